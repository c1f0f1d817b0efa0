"""The gallery: every claim of the article with its scenario, its effects and what removes them."""
from article.claims_conversation import CONVERSATION
from article.claims_crowd import CROWD
from article.claims_narrowing import NARROWING
from article.claims_spread import SPREAD
from article.claims_ties import TIES
from article.claims_time import TIME
from article.claims_work import WORK

ORDER = ["S1", "S2", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12", "S13", "S14", "S15", "S16", "S17", "S18", "L1", "E1", "U4", "K1"]
CLAIMS = sorted([*NARROWING, *CONVERSATION, *SPREAD, *CROWD, *TIES, *TIME, *WORK], key=lambda claim: ORDER.index(claim.id))
