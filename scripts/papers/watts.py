"""Watts 2002: the window of global cascades on random networks."""
import math

import numpy as np

from papers import runs
from papers.paper import Number, Paper

SCENARIO = "watts_2002.toml"
ACCOUNTS, GLOBAL = 10_000, 0.1  # a cascade is global from this share of the accounts on
MEANS = [0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.25, 5.5, 5.75, 6, 6.25, 6.5, 7, 8]


def poisson(k, mean):
    return math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1))


def offspring(mean, most=5):
    """Vulnerable accounts, of at most so many ties, that a tie to a vulnerable one leads on to."""
    return mean * sum(poisson(k, mean) for k in range(most - 1))


def borders(most=5):
    """Where that is 1."""
    grid = np.linspace(0.5, 8, 750_001)
    above = np.array([offspring(z, most) > 1 for z in grid[::50]])
    inside = np.flatnonzero(above)
    return grid[::50][inside[0]], grid[::50][inside[-1]]


def trigger(mean, most=5):
    """The chance that one account sets off a global cascade on an endless network."""
    y = 0.0
    for _ in range(100_000):
        then = 1 - sum(poisson(j, mean) * (1 - y**j) for j in range(most))
        if abs(then - y) < 1e-13:
            break
        y = then
    return 1 - math.exp(-mean * (1 - y))


def run(small):
    seeds, means = (range(1, 3), [0.8, 3, 7.5]) if small else (range(1, 11), MEANS)
    settings = [f"network.accounts={2000 if small else ACCOUNTS}"]
    sizes = {z: [runs.run(SCENARIO, [*settings, f"network.mean_followers={z}", f"seed={seed}"],
                          replicates=200 if small else 1000).values["size"] for seed in seeds] for z in means}
    share = GLOBAL * (2000 if small else ACCOUNTS)
    return {z: ([(s > share).mean() for s in all_sizes], np.concatenate(all_sizes)) for z, all_sizes in sizes.items()}


def frequency(data, mean):
    return np.mean(data[mean][0])


def size(data, mean):
    sizes = data[mean][1]
    large = sizes[sizes > 0.1 * ACCOUNTS]
    return large.mean() / ACCOUNTS if len(large) else 0


def figure(data, figure):
    left, right = figure.subplots(1, 2)
    means = sorted(data)
    fine = np.linspace(min(means), max(means), 300)
    left.plot(fine, [trigger(z) for z in fine], color="#999999", linewidth=1, label="endless networks")
    left.errorbar(means, [frequency(data, z) for z in means], yerr=[2 * np.std(data[z][0]) / len(data[z][0])**0.5 for z in means],
                  fmt="o", markersize=3, color="#0072b2", label="10,000 accounts")
    left.legend(fontsize=7)
    left.set_title("share of first accounts with a global cascade", fontsize=8)
    inside = [z for z in means if frequency(data, z) > 0]
    right.plot(inside, [size(data, z) for z in inside], "o", markersize=3, color="#d55e00")
    right.set_xlim(*left.get_xlim())
    right.set_title("share of accounts that it reaches", fontsize=8)
    for axes in (left, right):
        axes.set_xlabel("mean degree")
        axes.set_ylim(-0.03, 1.03)
        for border in borders():
            axes.axvline(border, color="#999999", linewidth=0.8, linestyle="--")


def largest_outside(data):
    return max(data[z][1].max() for z in data if z < 1 or z > 6.25) / ACCOUNTS


PAPER = Paper(
    id="watts",
    title="Watts 2002: a simple model of global cascades on random networks",
    found="Accounts that become active once a share phi of their neighbours is, from a single one: on random networks global cascades happen only where enough accounts give in to one neighbour, a window of the mean degree z with z P(Poisson(z) "
          "<= 1/phi - 2) > 1. At its lower end their size grows from 0; at its upper end they are rare and all the larger.",
    scenarios=[SCENARIO],
    how=["passalong run scenarios/papers/watts_2002.toml --set network.mean_followers=5"],
    run=run,
    numbers=[
        Number("lower border of the window, phi = 0.18", "1.021 (formula)", lambda data: borders()[0], "{:.3f}"),
        Number("upper border", "5.765 (formula)", lambda data: borders()[1], "{:.3f}"),
        Number("share of first accounts with a global cascade, z = 3", f"{trigger(3):.3f} (endless network)", lambda data: frequency(data, 3), "{:.3f}", band=(0.7, 1)),
        Number("... z = 5", f"{trigger(5):.3f}", lambda data: frequency(data, 5) if 5 in data else math.nan, "{:.3f}"),
        Number("... z = 5.5", f"{trigger(5.5):.3f}", lambda data: frequency(data, 5.5) if 5.5 in data else math.nan, "{:.3f}"),
        Number("share of accounts reached by one, z = 5", "nearly all", lambda data: size(data, 5) if 5 in data else math.nan, "{:.3f}"),
        Number("largest share reached outside, z < 1 or z > 6.25", "0", largest_outside, "{:.3f}", band=(0, 0.1)),
    ],
    figure=figure,
    differs=[
        "a cascade counts as global from a tenth of the accounts on.",
        "accounts look at what the last step left, not one after the other in random order; who is active in the end is the same (`update = \"one-by-one\"` is the paper's).",
        "ten networks of 10,000 accounts for each mean degree, 1,000 first accounts on each.",
        "between 5.765 and about 6.2 a network of 10,000 accounts still has a global cascade now and then: the border is that of endless networks.",
    ],
)
