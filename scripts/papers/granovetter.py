"""Granovetter 1978: crowds that are nearly alike and act differently."""
from papers import runs
from papers.paper import Number, Paper

SCENARIO = "granovetter_1978.toml"
SPREADS = [0.02, 0.04, 0.06, 0.08, 0.10, 0.11, 0.115, 0.12, 0.121, 0.122, 0.1225, 0.123, 0.125, 0.13, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8]


def normal(sd, accounts):
    threshold = f'model.threshold={{ distribution = "normal", mean = 0.25, sd = {sd} }}'
    return runs.run(SCENARIO, [threshold, f"network.accounts={accounts}"]).values["size"][0] / accounts


def riot(second):
    thresholds = ", ".join(str(t) for t in [0, second, *range(2, 100)])
    return runs.run(SCENARIO, ["network.accounts=100", 'model.of="number"', f"model.thresholds=[{thresholds}]"]).values["size"][0]


def run(small):
    spreads = [0.122, 0.123] if small else SPREADS
    accounts = 10_000 if small else 100_000
    return {"riot": (riot(1), riot(2)), "joined": {sd: normal(sd, accounts) for sd in spreads}}


def joined(sd):
    return lambda data: 100 * data["joined"].get(sd, float("nan"))


def figure(data, figure):
    axes = figure.subplots()
    spreads = sorted(data["joined"])
    axes.plot([100 * sd for sd in spreads], [100 * data["joined"][sd] for sd in spreads], "o-", markersize=3, linewidth=0.8, color="#0072b2")
    axes.axvline(12.25, color="#999999", linewidth=0.8, linestyle="--")
    axes.set_xlabel("standard deviation of thresholds, % of the crowd; mean 25 %")
    axes.set_ylabel("joined, %")


PAPER = Paper(
    id="granovetter",
    title="Granovetter 1978: threshold models of collective behavior",
    found="Everybody joins a riot once enough others have. Of 100 people with thresholds 0, 1, 2, ... 99 all do; where one person's threshold is 2 in place of 1, one does. With normal thresholds of mean 25 the number who join creeps up with their "
          "spread and jumps from about 6 to nearly 100 at a standard deviation of 12.2: nearly the same crowd, another outcome.",
    scenarios=[SCENARIO],
    how=["passalong run scenarios/papers/granovetter_1978.toml"],
    run=run,
    numbers=[
        Number("thresholds 0, 1, 2, ... 99", "100", lambda data: data["riot"][0], "{}", band=(100, 100)),
        Number("2 in place of 1", "1", lambda data: data["riot"][1], "{}", band=(1, 1)),
        Number("normal, sd 12.0: % that join", "4.02 (fixed point)", joined(0.12), "{:.2f}"),
        Number("... 12.2", "5.48; the paper: about 6, then the jump", joined(0.122), "{:.2f}", band=(5.3, 5.7)),
        Number("... 12.3", "100.00", joined(0.123), "{:.2f}", band=(99.9, 100)),
        Number("... 30", "99.34", joined(0.3), "{:.2f}"),
    ],
    figure=figure,
    size=(5.2, 2.6),
    notes=["The paper's numbers for normal thresholds are for 100 people and were not checked against its text; the fixed points are of an endless crowd."],
    differs=["the crowd of normal thresholds has 100,000 members, each with one quantile, so that the jump stands where that of an endless crowd does, between 12.2 and 12.3 %."],
)
