"""All papers, in the order of the page: one line each."""
from papers import centola, gleeson, goel, granovetter, simsom, watts, weng

PAPERS = [
    goel.PAPER,
    watts.PAPER,
    granovetter.PAPER,
    centola.PAPER,
    weng.PAPER,
    gleeson.PAPER,
    simsom.PAPER,
]
