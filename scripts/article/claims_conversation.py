"""S4, S8, S9, S10: conversation, trust, and the order in which things come."""
from article.claim import Ablation, Claim, Effect


def checks_per_pitch(arm):
    """By replicate: looks closer per impression of a pitch; where nothing but pitches makes people look."""
    def measure(data):
        impressions = data.posts(arm, "impressions", "pitch", how=lambda v: v.sum())
        return data.total("checks", arm) / impressions
    return measure


CONVERSATION = [
    Claim(
        "S4", "S4", "A pitch is welcome in the context of an ongoing, wider conversation",
        "article/s04_context.toml",
        [Effect("looks per impression of a pitch, amid less cold",
                lambda d: checks_per_pitch("amid")(d) - checks_per_pitch("cold")(d), +1, "", 4)],
        [Ablation(["model.suspicion.on=false", "model.trust.on=false", "model.context.on=false"], 0, 0.35,
                  "nothing knows the context")],
        ["network.accounts=20_000", "strategy.amid.followers=600", "strategy.cold.followers=600", "duration=60 days"], 8,
        None),
]
