"""Weng, Flammini, Vespignani & Menczer 2012: competition among memes in a world with limited attention."""
import numpy as np

from papers import runs
from papers.paper import Number, Paper

SCENARIO = "weng_2012.toml"
WINDOWS = {"0.1": "0.16", "1": "0.016", "5": "0.0032"}  # and the chance to notice a post that keeps people as busy
SMALL = ["network.accounts=20_000", "duration=30 days"]


def settings(window):
    return [f"model.window={window}", f"model.reading={WINDOWS[window]}"]


def run(small):
    more, replicates = (SMALL, 1) if small else ([], None)
    results = {w: runs.run(SCENARIO, settings(w) + more, replicates) for w in WINDOWS}
    results["random"] = runs.run("weng_2012_random.toml", more, replicates)
    return results


def memes(data, name, which="1"):
    return data[which].groups["memes"][name]


def longest(which):
    return lambda data: memes(data, "lifetime", which).max()


def lasting(which):
    return lambda data: (memes(data, "lifetime", which) >= 4).sum() / len(memes(data, "lifetime", which))


def largest(which):
    return lambda data: memes(data, "users", which).max()


def mean(name, which="1"):
    return lambda data: float(np.mean(data[which].values[name]))


def ccdf(values):
    at, counts = np.unique(values, return_counts=True)
    return at, counts[::-1].cumsum()[::-1] / len(values)


LOOKS = {"1": ("#000000", "window 1"), "0.1": ("#d55e00", "window .1"), "5": ("#cc79a7", "window 5"), "random": ("#0072b2", "random network")}


def figure(data, figure):
    panels = figure.subplots(1, 3)
    for which, (colour, name) in LOOKS.items():
        for panel, column in zip(panels, ["lifetime", "users"]):
            panel.loglog(*ccdf(memes(data, column, which)), color=colour, linewidth=1, label=name)
        entropy = data[which].values["system_entropy"]
        panels[2].plot(entropy.mean(axis=0)[1:], color=colour, linewidth=1)
    for panel, title in zip(panels, ["share of memes with such a lifetime", "share posted by as many accounts", "entropy of a tick's posts"]):
        panel.set_title(title, fontsize=8)
    for panel, label in zip(panels, ["ticks", "accounts", "tick"]):
        panel.set_xlabel(label)
    panels[0].legend(fontsize=6, frameon=False)


PAPER = Paper(
    id="weng",
    title="Weng, Flammini, Vespignani & Menczer 2012: memes that compete for attention",
    found="Of many memes on Twitter few live long or become popular. So it is in a model in which no meme is better than another: they compete for places on screens and in memories that hold a week's posts. With a window a tenth as long "
          "(more competition) too few memes live long; with one five times as long (less) none becomes extremely popular; nor does a random network of the same size give the breadth that the followers' network does.",
    scenarios=[SCENARIO, "weng_2012_random.toml"],
    how=["passalong run scenarios/papers/weng_2012.toml", "passalong run scenarios/papers/weng_2012.toml --set model.window=0.1 --set model.reading=0.16 -o weng_more.h5",
         "passalong run scenarios/papers/weng_2012.toml --set model.window=5 --set model.reading=0.0032 -o weng_less.h5", "passalong run scenarios/papers/weng_2012_random.toml"],
    run=run,
    numbers=[
        Number("memes that live 4 ticks or more in a row, window 1", "", lasting("1"), "{:.2e}", band=(3e-3, 3e-2)),
        Number("... window .1", "too few", lasting("0.1"), "{:.2e}", band=(0, 1e-4)),
        Number("... window 5", "", lasting("5"), "{:.2e}"),
        Number("longest lifetime, ticks: window 1", "", longest("1"), "{:,}", band=(6, 60)),
        Number("... window .1", "shorter", longest("0.1"), "{:,}", band=(1, 4)),
        Number("accounts of the most popular meme, window 1", "", largest("1"), "{:,}", band=(50, 20_000)),
        Number("... window 5", "fewer", largest("5"), "{:,}"),
        Number("... random network", "fewer", largest("random"), "{:,}", band=(5, 40)),
        Number("entropy of a user's posts of a tick, window 1", "", mean("user_diversity"), "{:.3f}"),
        Number("posts an action, window 1", "", lambda d: float(np.mean(d["1"].values["posts"])) / d["1"].told["accounts"] / (len(d["1"].values["system_entropy"][0]) - 1), "{:.3f}"),
    ],
    figure=figure,
    differs=[
        "the network: theirs is a sample of 100,000 accounts of Twitter that follow each other 3,000,000 times; ours has as many, drawn evenly from those with a power-law tail and half of the follows returned. It has no clustering, and its most followed accounts have 3,000 followers: (1 - new) x reading x spectral radius must stay below 1 (here 0.76), or posts multiply without end.",
        "with other windows the chance to notice a post is changed against them, so that people post as much as before: with five times the posts on screens and the same chance each post would be noticed more than once, and there would be ever more. What the paper did about this we do not know.",
        "the parameters (new .45, reading .016, memory .4) are quoted from memory of the paper; a tick is its week.",
    ],
)
