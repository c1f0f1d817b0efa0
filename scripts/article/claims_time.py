"""S17, S18 and K1: what takes time, and where pitching wins."""
import numpy as np

from article import runs
from article.claim import Ablation, Claim, Effect, less
from article.figures import several


def lead(series, day=None):
    """Value-add less pitch."""
    return less(series, "value-add", "pitch", day)


def came(arm):
    return lambda data: data.total("attendances", arm)


def share_of_strangers(data):
    return data.total("strangers", "clean-up") / np.maximum(1, data.total("attendances", "clean-up"))


def crossing(data):
    """The first day from which value-add has more customers to the end, by replicate; the run's length where it never has."""
    ahead = data.curves("customers", "value-add") > data.curves("customers", "pitch")
    days = [data.days[len(row) - np.argmin(row[::-1])] if row[-1] and not row.all() else data.days[-1 if not row[-1] else 0]
            for row in ahead]
    mean, half = runs.interval(days)
    return f"crossing day: {mean:,.0f} ± {half:,.0f} (95 % interval over replicates)"


TIME = [
    Claim(
        "S17", "S17", "A flash mob brings people together who have nothing in common but the stream; a good cause draws",
        "article/s17_flash_mob.toml",
        [Effect("attendances, clean-up less promotion", lambda d: came("clean-up")(d) - came("promotion")(d), +1, "accounts", 0),
         Effect("attendances, clean-up", came("clean-up"), +1, "accounts", 0),
         Effect("of these by strangers to the planner, less one half", lambda d: share_of_strangers(d) - 0.5, +1, "", 2)],
        [Ablation(["model.mob.altruism=0"], 0, 0, "nobody cares what it is for"),
         Ablation(["model.mob.threshold.sd=0.06"], 1, 0.05, "thresholds differ less: no jump")],
        ["network.accounts=10_000", "strategy.clean-up.followers=1000", "strategy.promotion.followers=1000"], 8,
        lambda data, figure: several(data, figure, [("committed", "committed"), ("reach", "reach")])),
    Claim(
        "S18", "S18", "It takes patience: the early ranking can be the wrong one",
        "article/s18_patience.toml",
        [Effect("customers on day 60, value-add less pitch", lead("customers", 60), -1, "accounts", 1),
         Effect("customers at the end, value-add less pitch", lead("customers"), +1, "accounts", 1),
         Effect("followers at the end, value-add less pitch", lead("followers"), +1, "accounts", 0)],
        [Ablation(["model.ladder.wear=0", "model.ladder.check_trust=0", "model.ladder.pull=0"], 1, 0.35,
                  "pitches do not wear, trust opens no door, giving draws nobody")],
        [], 16,
        lambda data, figure: several(data, figure, [("customers", "customers"), ("followers", "followers")]), crossing),
    Claim(
        "K1", "against", "Pitching can win: fans for an audience, a short horizon, deals that get clicks",
        "article/k01_pitch_wins.toml",
        [Effect("customers after a fortnight, pitch less value-add", lambda d: -lead("customers")(d), +1, "accounts", 1)],
        [Ablation(["model.ladder.check_rate=0"], 0, 0, "nobody looks closer"),
         Ablation(["audience.affinity_weight=0"], 0, 0.5, "an audience like everyone")],
        [], 16,
        lambda data, figure: several(data, figure, [("customers", "customers"), ("followers", "followers")])),
]
