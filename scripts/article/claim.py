"""What a claim is: a scenario, effects with a direction, and ablations that remove them."""
import math
from dataclasses import dataclass, field
from typing import Callable

from article import runs


@dataclass
class Effect:
    name: str
    measure: Callable  # of Data: an array by replicate
    sign: int  # the direction the claim says: +1 or -1
    unit: str = ""
    digits: int = 3
    band: bool = False  # no test: the mean is inside (above 0), or not


@dataclass
class Ablation:
    """Settings under which an effect (by its place) loses at least 1 - left of its size; left = 0: it is exactly nothing."""

    settings: list
    effect: int = 0
    left: float = 0.35
    why: str = ""


@dataclass
class Claim:
    id: str
    claims: str  # of the article: "S1 S3"
    says: str
    scenario: str
    effects: list
    ablations: list
    small: list = field(default_factory=list)  # settings of the small version
    replicates: int = 8  # of the small version
    figure: Callable = None  # of (Data, axes)
    extra: Callable = None  # lines about the full run, for the page

    def run(self, settings=(), small=False):
        return runs.run(self.scenario, [*(self.small if small else []), *settings], self.replicates if small else None)


def less(series, a, b, day=None):
    """The measure of one arm's stock less another's, on a day (the last by default)."""
    return lambda data: data.at(series, a, day) - data.at(series, b, day)


def shrinkage(whole, ablated, sign):
    """How much less of the effect there is, replicate by replicate."""
    return sign * (whole - ablated)


def left_of(whole, ablated):
    """The share of an effect that an ablation leaves."""
    return float(ablated.mean() / whole.mean()) if whole.mean() else math.nan
