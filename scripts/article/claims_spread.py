"""S5, S6, S7, S19, S20: what is passed on, and by whom."""
import numpy as np

from article import runs
from article.claim import Ablation, Claim, Effect
from article.figures import COLOURS, bands

RATES = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0]


def sizes(arm, how=np.mean):
    return lambda data: data.posts(arm, "size", how=how)


def branching(data, arm):
    """By replicate: shares that a share of the first generation leads to; later ones meet those who have shared already."""
    def of(table):
        return np.stack([table["first_generation"], table["second_generation"]], axis=1)

    def ratio(rows):
        first, second = rows.sum(axis=0)
        return second / first if first else 0.0

    return data.posts(arm, of, how=ratio)


def threshold_figure(claim):
    """Branching, mean size and structural virality against the willingness to pass on: needs runs of its own."""
    def draw(data, figure):
        axes = figure.subplots(1, 3)
        results = [claim().run([f"model.forwarding.rate={rate}"]) for rate in RATES]
        for colour, arm in zip(COLOURS, data.arms):
            axes[0].plot(RATES, [branching(d, arm).mean() for d in results], color=colour, marker="o", markersize=3, label=arm)
            axes[1].semilogy(RATES, [sizes(arm)(d).mean() for d in results], color=colour, marker="o", markersize=3)
        table = data.groups["posts"]
        axes[2].semilogx(table["size"], table["structural_virality"], ".", markersize=1.5, color=COLOURS[0], rasterized=True)
        axes[0].axhline(1, color="grey", linewidth=0.8)
        for one, x, title in zip(axes, ["willingness to pass on"] * 2 + ["size of cascade"],
                                 ["shares a share leads to", "mean size of a cascade", "structural virality"]):
            one.set_xlabel(x), one.set_title(title, fontsize=8)
        axes[0].legend()
    return draw


def per_follower(series, arm):
    return lambda data: data.total(series, arm) / data.at("followers", arm, 0)


def famous_less_imitator(series):
    return lambda data: per_follower(series, "celebrity")(data) - per_follower(series, "imitator")(data)


def gain_of_crossing(data):
    """Mean size at the scenario's rate against that just below the threshold, value-add."""
    return branching(data, "value-add") - 1


def sorted_sizes(data, figure):
    """How many posts are passed on at least so often."""
    axes = figure.subplots(1, 1)
    table = data.groups["posts"]
    for colour, arm in zip(COLOURS, data.arms):
        shares = np.sort(table["shares"][table["strategy"] == data.arms.index(arm)])[::-1]
        axes.step(np.maximum(shares, 0.5), np.arange(1, len(shares) + 1) / len(shares), color=colour, label=arm)
    axes.set_xscale("log"), axes.set_yscale("log"), axes.set_xlabel("shares"), axes.legend()
    axes.set_title("posts passed on at least so often", fontsize=8)


SMALL_SPREAD = ["network.accounts=20_000", "strategy.value-add.followers=50", "strategy.pitch.followers=50"]

SPREAD = [
    Claim(
        "S5", "S5 S19", "When enough people agree or are intrigued, a post goes viral: past one share a share; and value-add is what does",
        "article/s05_viral_threshold.toml",
        [Effect("shares a share leads to, value-add, above 1", gain_of_crossing, +1),
         Effect("log10 of mean cascade, value-add less pitch",
                lambda d: np.log10(sizes("value-add")(d)) - np.log10(sizes("pitch")(d)), +1),
         Effect("mean structural virality, value-add less pitch",
                lambda d: d.posts("value-add", "structural_virality") - d.posts("pitch", "structural_virality"), +1)],
        [Ablation(["model.forwarding.on=false"], 1, 0, "nobody passes anything on"),
         Ablation(["model.forwarding.rate=0.05"], 1, 0.5, "few do: below the threshold")],
        SMALL_SPREAD, 16, None),
    Claim(
        "S6", "S6", "People only ever forward what they feel adds value to their friends, as it has to them",
        "article/s06_both_gain.toml",
        [Effect("shares a post, value-add",
                lambda d: sizes("value-add")(d) - 1, +1),
         Effect("shares a post, value-add less pitch", lambda d: sizes("value-add")(d) - sizes("pitch")(d), +1)],
        [Ablation(["model.appraisal.value_weight=0", "model.appraisal.affinity_weight=0", "model.appraisal.noise=0",
                   "model.appraisal.trust_weight=0"], 0, 0, "nothing gives anything to the reader")],
        ["network.accounts=20_000", "strategy.value-add.followers=600", "strategy.pitch.followers=600"], 8, sorted_sizes),
    Claim(
        "S7", "S7 S20", "Daily routine bores in the extreme, unless one is a celebrity; imitating one fails",
        "article/s07_celebrity.toml",
        [Effect("shares a follower, celebrity less imitator", famous_less_imitator("shares"), +1),
         Effect("unfollows a follower, celebrity less imitator", famous_less_imitator("unfollows"), -1),
         Effect("followers, giver less imitator", lambda d: d.at("followers", "giver") - d.at("followers", "imitator"), +1, "accounts", 0)],
        [Ablation(["model.appraisal.routine_weight=0", "model.unfollow.routine=0"], 1, 0.35, "fame does not matter")],
        ["network.accounts=20_000", "strategy.celebrity.followers=8_000", "strategy.imitator.followers=400",
         "strategy.giver.followers=400", "duration=40 days"], 8,
        lambda data, figure: [bands(data, axes, series, None, title) for axes, (series, title) in zip(
            figure.subplots(1, 2), [("unfollows", "unfollows a day"), ("trust_mean", "trust")])]),
]
SPREAD[0].figure = threshold_figure(lambda: SPREAD[0])
