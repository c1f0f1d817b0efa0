"""The gallery: every claim of the article with its scenario, its effects and what removes them."""
from article.claims_conversation import CONVERSATION
from article.claims_narrowing import NARROWING
from article.claims_spread import SPREAD
from article.claims_ties import TIES
from article.claims_time import TIME

CLAIMS = [*NARROWING, *CONVERSATION, *SPREAD, *TIES, *TIME]
