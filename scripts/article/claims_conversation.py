"""S4, S8, S9, S10, S15: conversation, trust, and the order in which things come."""
import numpy as np

from article.claim import Ablation, Claim, Effect, less
from article.figures import COLOURS, several


def checks_per_pitch(arm):
    """By replicate: looks closer per impression of a pitch; where nothing but pitches makes people look."""
    def measure(data):
        impressions = data.posts(arm, "impressions", "pitch", how=lambda v: v.sum())
        return data.total("checks", arm) / impressions
    return measure


def leaving(arm):
    """By replicate: unfollows per 1,000 followers and day."""
    return lambda data: 1000 * data.total("unfollows", arm) / (
        data.curves("followers", arm)[:, 1:].sum(axis=1) * (data.days[1] - data.days[0]))


def terciles(seen):
    """Masks of the trust bands that hold the least and the most trusting third of what was seen, all replicates together."""
    share = seen.sum(axis=0).cumsum() / seen.sum()
    return share <= max(1 / 3, share[0]), share - seen.sum(axis=0) / seen.sum() >= 2 / 3 - 1e-9


def of_trust(measure):
    """measure(rows of the most trusting tercile) less that of the least trusting, by replicate; rows: by name (replicate, band[, delay])."""
    def value(data):
        table = data.groups["trust"]
        rows = {name: table[name][0].astype(float) for name in ("seen", "checks", "adoptions", "shares_by_delay")}
        low, high = terciles(rows["seen"])
        return np.array([measure({n: v[r][high] for n, v in rows.items()}, table["hours"]) -
                         measure({n: v[r][low] for n, v in rows.items()}, table["hours"]) for r in range(len(rows["seen"]))])
    return value


def mean_hours(rows, hours):
    """Mean delay of shares, of its logarithm: hours taken to the power of e."""
    counts = rows["shares_by_delay"].sum(axis=0)
    return float((counts * np.log(np.maximum(hours, hours[1]))).sum() / max(1.0, counts.sum()))


def ratio(above, below):
    return lambda rows, hours: rows[above].sum() / max(1.0, rows[below].sum())


def survival(data, figure):
    """Shares yet to come by hours since seeing, and looks by trust."""
    table = data.groups["trust"]
    axes = figure.subplots(1, 2)
    delays, seen = table["shares_by_delay"][0].sum(axis=0), table["seen"][0]
    low, high = terciles(seen)
    for colour, (name, mask) in zip(COLOURS, [("least trusting third", low), ("between", ~(low | high)), ("most trusting third", high)]):
        counts = delays[mask].sum(axis=0)
        axes[0].step(table["hours"], 1 - counts.cumsum() / max(1, counts.sum()), color=colour, label=name, linewidth=1)
    bands = np.arange(len(table["trust_low"]))
    with np.errstate(invalid="ignore", divide="ignore"):
        axes[1].plot(table["trust_low"][bands], table["checks"][0].sum(axis=0) / seen.sum(axis=0), marker="o", markersize=3, color=COLOURS[0])
    axes[0].set_xscale("log"), axes[0].set_xlabel("hours since seeing"), axes[0].set_title("shares yet to come", fontsize=8)
    axes[0].legend(), axes[1].set_xlabel("trust"), axes[1].set_title("looks per post seen", fontsize=8)


NO_CONTEXT = ["model.suspicion.on=false", "model.trust.on=false", "model.context.on=false"]

CONVERSATION = [
    Claim(
        "S4", "S4", "A pitch is welcome in the context of an ongoing, wider conversation",
        "article/s04_context.toml",
        [Effect("looks per impression of a pitch, amid less cold",
                lambda d: checks_per_pitch("amid")(d) - checks_per_pitch("cold")(d), +1, "", 4)],
        [Ablation(NO_CONTEXT, 0, 0.35, "nothing knows the context")],
        ["network.accounts=20_000", "strategy.amid.followers=600", "strategy.cold.followers=600", "duration=60 days"], 8,
        lambda data, figure: several(data, figure, [("trust_mean", "trust"), ("suspicion_mean", "suspicion"), ("adoptions", "adoptions a day")])),
    Claim(
        "S8", "S8", "It is one-on-one conversation, albeit using mass media: who answers keeps people",
        "article/s08_conversation.toml",
        [Effect("trust, 60 answers a day less none", less("trust_mean", "60 answers", "silent"), +1),
         Effect("unfollows per 1,000 followers and day, 60 answers less none",
                lambda d: leaving("60 answers")(d) - leaving("silent")(d), -1, "", 3),
         Effect("followers at the end, 60 answers less none", less("followers", "60 answers", "silent"), +1, "accounts", 1)],
        [Ablation(["model.dialogue.on=false"], 0, 0, "nobody replies"),
         Ablation(["model.dialogue.on=false"], 1, 0, "nobody replies")],
        [], 16,
        lambda data, figure: several(data, figure, [("trust_mean", "trust"), ("reciprocity", "reciprocity"), ("followers", "followers")])),
    Claim(
        "S9", "S9", "Where there is trust new ideas are accepted, or at least checked out, and then shared much more quickly",
        "article/s09_trust.toml",
        [Effect("looks per post seen, most less least trusting third", of_trust(ratio("checks", "seen")), +1, "", 4),
         Effect("shares per post seen, likewise", of_trust(lambda rows, h: rows["shares_by_delay"].sum() / max(1.0, rows["seen"].sum())), +1, "", 4),
         Effect("log of hours to a share, likewise", of_trust(mean_hours), -1, "", 3),
         Effect("adoptions per post seen, likewise", of_trust(ratio("adoptions", "seen")), +1, "", 5)],
        [Ablation(["model.delay.trust_speed=0"], 2, 0.35, "trust does not hurry anyone"),
         Ablation(["model.ladder.check_trust=0", "model.suspicion.on=false"], 0, 0.5, "trust opens no door, suspicion shuts none")],
        ["network.accounts=20_000", "duration=60 days"], 8, survival),
    Claim(
        "S10", "S10", "People respond better once you have proven that you have their interests at heart",
        "article/s10_order.toml",
        [Effect("adoptions, value first less pitch first", less("customers", "value first", "pitch first"), +1, "accounts", 1),
         Effect("looks closer, value first less pitch first", lambda d: d.total("checks", "value first") - d.total("checks", "pitch first"), +1, "", 1)],
        [Ablation(["model.ladder.check_trust=0", "model.trust.on=false", "model.suspicion.on=false", "model.unfollow.on=false",
                   "model.follow.on=false"], 1, 0.35, "nothing remembers what came before")],
        ["network.accounts=20_000", "strategy.value first.followers=800", "strategy.pitch first.followers=800",
         "strategy.as drawn.followers=800"], 16,
        lambda data, figure: several(data, figure, [("customers", "customers"), ("trust_mean", "trust"), ("suspicion_mean", "suspicion")])),
    Claim(
        "S15", "S15", "Ties made online are seldom as close as face to face; video lies between",
        "article/s15_channels.toml",
        [Effect("trust, video less text", less("trust_mean", "video", "text"), +1),
         Effect("trust, text less nothing", less("trust_mean", "text", "nothing"), +1)],
        [Ablation(["model.ties.face_gain=0"], 0, 0.5, "a meeting earns no trust"),
         Ablation(["model.ties.on=false", "model.dialogue.on=false"], 1, 0, "no contact of any kind")],
        [], 32,
        lambda data, figure: several(data, figure, [("trust_mean", "trust"), ("checks", "looks closer a day")])),
]
