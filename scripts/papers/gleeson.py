"""Gleeson, Ward, O'Sullivan & Lee 2014: competition-induced criticality in a model of meme popularity."""
import numpy as np

from papers import runs
from papers.paper import Number, Paper

SCENARIO = "gleeson_2014.toml"
NEW = ["0.1", "0.01", "0.001"]
SMALL = ["network.accounts=1_000", "duration=300 days"]


def run(small):
    more, replicates = (SMALL, 1) if small else ([], None)
    return {mu: runs.run(SCENARIO, [f"model.new={mu}", *more], replicates) for mu in NEW}


def posts(data, mu, tick_share=0.7):
    """Of the memes that had time."""
    memes = data[mu].groups["messages"]
    return memes["posts"][(memes["born"] >= 5) & (memes["born"] < tick_share * data[mu].values["ticks"].max())]


def exponent(mu, low, high):
    """1 + slope of the share of memes with at least so many posts."""
    def of(data):
        n = posts(data, mu)
        return 1 + np.log((n >= low).sum() / (n >= high).sum()) / np.log(high / low)
    return of


def mean_posts(mu):
    """Once no screen is empty any more."""
    def of(data):
        told, ticks = data[mu].told, data[mu].values["ticks"]
        return told["accounts"] * (ticks - 5).sum() / (data[mu].groups["messages"]["born"] >= 5).sum()
    return of


def figure(data, figure):
    panel = figure.subplots()
    for mu, colour in zip(NEW, ["#e69f00", "#56b4e9", "#0072b2"]):
        at, counts = np.unique(posts(data, mu), return_counts=True)
        panel.loglog(at, counts[::-1].cumsum()[::-1] / counts.sum(), color=colour, linewidth=1, label=f"new {mu}")
    n = np.array([3, 3000])
    panel.loglog(n, 0.8 * n**-0.5, "--", color="#999999", linewidth=1, label="exponent 3/2")
    panel.set_xlabel("posts of a meme")
    panel.set_title("share of memes with at least as many", fontsize=8)
    panel.legend(fontsize=6, frameon=False)


PAPER = Paper(
    id="gleeson",
    title="Gleeson, Ward, O'Sullivan & Lee 2014: competition brings memes to criticality",
    found="Users have screens of one meme; each in turn posts a new one with a small chance, else passes on what is on the screen, which overwrites those of all followers. A meme is then a branching process of mean 1 - new: as new memes become rare "
          "it is critical, and popularity has a power law with an exponent below 2: 3/2 where follower counts have a finite variance.",
    scenarios=[SCENARIO],
    how=["passalong run scenarios/papers/gleeson_2014.toml", "passalong run scenarios/papers/gleeson_2014.toml --set model.new=0.001 -o gleeson_rare.h5"],
    run=run,
    numbers=[
        Number("exponent, new 0.001, 10 to 1,000 posts", "1.5", exponent("0.001", 10, 1000), "{:.3f}", band=(1.35, 1.75)),
        Number("exponent, new 0.01, 10 to 100 posts", "1.5", exponent("0.01", 10, 100), "{:.3f}", band=(1.4, 1.7)),
        *(Number(f"posts a meme, new {mu}", f"{1 / float(mu):,.0f}", mean_posts(mu), "{:,.1f}", band=(0.8 / float(mu), 1.2 / float(mu))) for mu in NEW),
    ],
    figure=figure,
    size=(3.6, 2.6),
    differs=[
        "a new meme does not take the place on its author's own screen, and screens are empty at the start.",
        "exponents are slopes between two popularities; with new memes at any rate they are above 3/2 (1.513 for 0.001 between 10 and 1,000, 1.547 for 0.01 between 10 and 100, by the branching process).",
    ],
)
