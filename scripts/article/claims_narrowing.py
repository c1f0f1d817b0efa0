"""S1, S2, S3: who is left, who notices, how wide the range of contacts stays."""
import numpy as np

from article.claim import Ablation, Claim, Effect, less
from article.figures import against_arms, several

SHARES = [f"p{10 * k}" for k in range(11)]  # per cent


def change(series):
    """What it is at the end, pitch share 1 less pitch share 0."""
    return less(series, "p100", "p0")


def narrow(data):
    """Fans and sellers together, likewise."""
    return change("fan_share")(data) + change("seller_share")(data)


def detection_day(data, arm):
    """By replicate: the first day on which the mean follower suspects more than not; the length of the run if never."""
    above = data.curves("suspicion_mean", arm) > 0.5
    return np.where(above.any(axis=1), data.days[above.argmax(axis=1)], data.days[-1])


SMALL = ["network.accounts=30_000", "duration=100 days"] + [f"strategy.{s}.followers=900" for s in SHARES]

NARROWING = [
    Claim(
        "S1", "S1 S3", "An account that only pitches keeps those who like such products, and those with something to pitch",
        "article/s01_narrowing.toml",
        [Effect("followers", change("followers"), -1, "accounts", 0),
         Effect("share of fans", change("fan_share"), +1),
         Effect("share of sellers", change("seller_share"), +1),
         Effect("effective interests", change("audience_diversity"), -1, "", 2),
         Effect("fans and sellers", narrow, +1)],
        [Ablation(["model.follow.on=false", "model.unfollow.on=false"], 0, 0, "nobody follows or leaves"),
         Ablation(["model.unfollow.seller=0"], 2, 0.5, "sellers are no more patient than others"),
         Ablation(["model.unfollow.pitch=0", "model.unfollow.irrelevance=0", "model.unfollow.volume=0"], 4, 0.5,
                  "pitches, irrelevance and volume drive nobody away")],
        SMALL, 8,
        lambda data, axes: against_arms(data, axes, SHARES, [("followers", "followers"), ("fan_share", "share of fans"),
                                                            ("seller_share", "share of sellers"),
                                                            ("audience_diversity", "effective interests")], "pitch share")),
    Claim(
        "S2", "S2", "People smell plastic a mile away: motive is inferred, and mixing delays it but does not prevent it",
        "article/s02_detection.toml",
        [Effect("suspicion at the end, pitch share .9 less .1", lambda d: d.at("suspicion_mean", "p90") - d.at("suspicion_mean", "p10"), +1),
         Effect("days until the mean follower suspects, .5 less .9", lambda d: detection_day(d, "p50") - detection_day(d, "p90"), +1, "days", 1),
         Effect("suspicion at the end, pitch share .5", lambda d: d.at("suspicion_mean", "p50") - 0.5, +1)],
        [Ablation(["model.suspicion.pitcher_rate=0.1"], 0, 0.05, "a pitcher is thought to pitch as seldom as anyone: nothing can be learnt")],
        ["network.accounts=20_000", "strategy.p10.followers=600", "strategy.p30.followers=600", "strategy.p50.followers=600", "strategy.p90.followers=600"], 8,
        lambda data, figure: several(data, figure, [("suspicion_mean", "suspicion"), ("trust_mean", "trust")])),
]
