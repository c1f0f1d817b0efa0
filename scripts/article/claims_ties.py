"""S14, S16: levels of a relation, and events that turn a cyber-tribe into a real one."""
from article.claim import Ablation, Claim, Effect, less
from article.figures import several


def hazard(who, arm="with"):
    """By replicate: unfollows per follower and day, of those who came or of those who accepted but did not."""
    def measure(data):
        step = data.days[1] - data.days[0]
        return data.total(f"{who}_unfollows", arm) / (data.curves(f"{who}_followers", arm).sum(axis=1) * step)
    return measure


def looks(who, arm="with"):
    """By replicate: looks closer per post seen."""
    return lambda data: data.total(f"{who}_checks", arm) / data.total(f"{who}_impressions", arm)


def against(of, a, b):
    return lambda data: of(a)(data) - of(b)(data)


NEUTRAL = ["model.gathering.met_shield=0", "model.gathering.friend_shield=0", "model.gathering.face_gain=0",
           "model.gathering.met_influence=1", "model.gathering.friend_influence=1", "model.gathering.closure=0"]

TIES = [
    Claim(
        "S14", "S14", "Who knows which ties to lift gets more for the same effort",
        "article/s14_whom_to_invite.toml",
        [Effect("clients at the end, fans first less at random", less("clients", "fans", "random"), +1, "accounts", 1),
         Effect("customers at the end, fans first less at random", less("customers", "fans", "random"), +1, "accounts", 1),
         Effect("clients at the end, at random less nobody", less("clients", "random", "nobody"), +1, "accounts", 1),
         Effect("followers at the end, fans first less at random", less("followers", "fans", "random"), -1, "accounts", 1)],
        [Ablation(["model.gathering.on=false"], 0, 0, "no events"),
         Ablation(["model.gathering.on=false"], 1, 0, "no events")],
        [], 8,
        lambda data, figure: several(data, figure, [("clients", "clients"), ("customers", "customers")])),
    Claim(
        "S16", "S16", "A convention turns a cyber-tribe into a real one",
        "article/s16_convention.toml",
        [Effect("unfollows per 1,000 followers and day, absentees less guests",
                lambda d: 1000 * against(hazard, "absentee", "attendee")(d), +1, "", 3),
         Effect("looks per post seen, guests less absentees", against(looks, "attendee", "absentee"), +1, "", 4),
         Effect("closure among guests, now less when they met",
                lambda d: d.at("attendee_closure", "with") - d.at("attendee_closure_before", "with"), +1, "", 4),
         Effect("followers at the end, with less without", less("followers", "with", "without"), +1, "accounts", 1)],
        [Ablation(NEUTRAL[:3], 0, 0.35, "a handshake neither binds nor earns trust"),
         Ablation(NEUTRAL[2:5], 1, 0.35, "it neither opens doors nor earns trust"),
         Ablation(NEUTRAL[5:], 2, 0, "guests do not follow each other"),
         Ablation(NEUTRAL, 3, 0, "a handshake changes nothing")],
        [], 12,
        lambda data, figure: several(data, figure, [("real_ties", "real ties"), ("followers", "followers")])),
]
