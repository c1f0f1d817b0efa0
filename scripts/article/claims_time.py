"""S17, S18 and K1: what takes time, and where pitching wins."""
from article import runs
from article.claim import Ablation, Claim, Effect
from article.figures import several


def lead(series, day=None):
    """Value-add less pitch."""
    return lambda data: data.at(series, "value-add", day) - data.at(series, "pitch", day)


TIME = [
    Claim(
        "S18", "S18", "It takes patience: the early ranking can be the wrong one",
        "article/s18_patience.toml",
        [Effect("customers on day 60, value-add less pitch", lead("customers", 60), -1, "accounts", 1),
         Effect("customers at the end, value-add less pitch", lead("customers"), +1, "accounts", 1),
         Effect("followers at the end, value-add less pitch", lead("followers"), +1, "accounts", 0)],
        [Ablation(["model.ladder.wear=0", "model.ladder.check_trust=0", "model.ladder.pull=0"], 1, 0.35,
                  "pitches do not wear, trust opens no door, giving draws nobody")],
        [], 16,
        lambda data, figure: several(data, figure, [("customers", "customers"), ("followers", "followers")])),
    Claim(
        "K1", "against", "Pitching can win: fans for an audience, a short horizon, deals that get clicks",
        "article/k01_pitch_wins.toml",
        [Effect("customers after a fortnight, pitch less value-add", lambda d: -lead("customers")(d), +1, "accounts", 1)],
        [Ablation(["model.ladder.check_rate=0"], 0, 0, "nobody looks closer"),
         Ablation(["audience.affinity_weight=0"], 0, 0.5, "an audience like everyone")],
        [], 16,
        lambda data, figure: several(data, figure, [("customers", "customers"), ("followers", "followers")])),
]
