"""All papers, in the order of the page: one line each."""
from papers import centola, goel, granovetter, watts

PAPERS = [goel.PAPER, watts.PAPER, granovetter.PAPER, centola.PAPER]
