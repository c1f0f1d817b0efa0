"""Goel, Anderson, Hofman & Watts 2016: popularity and structural virality of a billion cascades."""
import numpy as np

from papers import runs
from papers.paper import Number, Paper

SCENARIO = "goel_2016.toml"
SMALL = ["network.accounts=250_000", "network.cutoff=1", "model.probability=0.0127323"]  # r = 0.5 of fewer followers


def run(small):
    if small:
        return runs.run(SCENARIO, SMALL, replicates=3_000_000)
    return runs.run(SCENARIO, max_time="10min")


def cascades(data):
    return data.groups["sizes"]["count"].sum() + len(large(data)["size"])


def large(data):
    return data.groups["viral"]


def mean_size(data):
    small = data.groups["sizes"]
    return ((small["size"] * small["count"]).sum() + large(data)["size"].sum()) / cascades(data)


def alone(data):
    return data.groups["sizes"]["count"][data.groups["sizes"]["size"] == 1].sum() / cascades(data)


def share_large(data):
    return len(large(data)["size"]) / cascades(data)


def correlation(data, of=lambda size: size):
    return np.corrcoef(of(large(data)["size"]), large(data)["structural_virality"])[0, 1]


def survival(data):
    """Sizes, and the share of cascades of at least that size."""
    small = data.groups["sizes"]
    sizes = np.concatenate([small["size"], large(data)["size"]])
    counts = np.concatenate([small["count"], np.ones(len(large(data)["size"]), int)])
    at, place = np.unique(sizes, return_inverse=True)
    many = np.bincount(place, counts)
    return at, many[::-1].cumsum()[::-1] / many.sum()


BINS = [100, 200, 400, 800, 1600, 3200, 6400, 12800, 10**9]


def figure(data, figure):
    left, right = figure.subplots(1, 2)
    left.loglog(*survival(data), color="#0072b2", linewidth=1.2)
    left.set_xlabel("size")
    left.set_title("share of cascades at least as large", fontsize=8)
    size, virality = large(data)["size"], large(data)["structural_virality"]
    groups = [virality[(size >= a) & (size < b)] for a, b in zip(BINS, BINS[1:])]
    names = [f"{a:,}" for a in BINS[:-1]]
    some = [(g, n) for g, n in zip(groups, names) if len(g) > 0]
    right.boxplot([g for g, _ in some], whis=(1, 99), sym="", medianprops={"color": "#d55e00"})
    right.set_xticks(range(1, len(some) + 1), [n for _, n in some], fontsize=6)
    right.set_xlabel("size, from")
    right.set_title("structural virality: quartiles, 1 and 99 %", fontsize=8)


def told(data):
    t = data.told
    return (f"{cascades(data):,} cascades on {t['accounts']:,} accounts and {t['follows']:,} follows in {t['seconds']:.0f} s on {t['threads']} threads, network included; "
            f"{len(large(data)['size']):,} of them reached 100.")


def nu(how):
    return lambda data: how(large(data)["structural_virality"])


PAPER = Paper(
    id="goel",
    title="Goel, Anderson, Hofman & Watts 2016: the structural virality of online diffusion",
    found="Of some 600 million posts on Twitter with 1.2 billion adoptions, 1 in 4,000 reached 100 adopters. Large cascades come in every shape between one broadcast and many generations; structural virality, the mean distance of two "
          "adopters in the tree, is low and hardly goes with size: popularity is driven by the largest broadcast. A simple contagion of low infectiousness (r = 0.5) on a random scale-free network (exponent 2.3, 25 million accounts, up to a "
          "billion cascades) has much of this, but not the variety of structural virality.",
    scenarios=[SCENARIO],
    how=["passalong run scenarios/papers/goel_2016.toml --max-time 10min"],
    run=run,
    numbers=[
        Number("mean size", "2 (Twitter: 1.2 billion / 600 million; model: 1 / (1 - r))", mean_size, "{:.3f}", band=(1.9, 2.1)),
        Number("share of cascades from 100", "0.00025 (Twitter)", share_large, "{:.5f}", band=(1e-4, 1e-3)),
        Number("correlation of size and structural virality, from 100", "0 to 0.2", correlation, "{:.3f}", band=(-0.2, 0.3)),
        Number("... of the logarithm of size", "", lambda data: correlation(data, np.log), "{:.3f}"),
        Number("mean structural virality, from 100", "2 to 4", nu(np.mean), "{:.2f}", band=(2, 4)),
        Number("its standard deviation", "more than the model's (Twitter)", nu(np.std), "{:.2f}"),
        Number("largest", "above 10 (Twitter)", nu(np.max), "{:.1f}", band=(5, 100)),
        Number("share of cascades of one account", "0.95 (Twitter, Goel, Watts & Goldstein 2012)", alone, "{:.3f}"),
        Number("largest size", "", lambda data: large(data)["size"].max(), "{:,}"),
    ],
    told=told,
    figure=figure,
    notes=["Theirs: the abstract, the authors' summaries and other accounts of the simulation, not the figures themselves; the bands for correlation and mean virality are read off these and are rough."],
    differs=[
        "follower counts are drawn from a discrete power law from 10 to 1,000,000, as reimplementations have the paper's; who follows is random, with followee counts of a log-normal law as narrow as a Poisson one.",
        "infection is one chance a follow in the next step (independent cascade), which has the final size and, with ties settled by order of activation, the tree of the paper's contagion of one step of infectiousness.",
        "as in the paper, many more posts of Twitter than of the model are passed on by nobody: r is the same for all here.",
    ],
)
