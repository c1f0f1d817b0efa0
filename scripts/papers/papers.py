"""All papers, in the order of the page: one line each."""
from papers import goel

PAPERS = [goel.PAPER]
