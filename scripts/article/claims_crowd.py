"""S11, S12, S13: open problems, the wisdom of crowds, and to be seen to be asking."""
import numpy as np

from article import runs
from article.claim import Ablation, Claim, Effect, less
from article.figures import COLOURS, bands, several


def met_across(data):
    """By replicate; absent, and so none, where contributors never meet."""
    return data.at("floor_ties_across", "problem") if data.has("floor_ties_across") else np.zeros(len(data.at("reach", "problem")))


def ideas_a_problem(arm):
    return lambda data: data.total("ideas", arm) / np.maximum(1, data.total("posts_made", arm))


def growth(data, figure):
    axes = figure.subplots(1, 3)
    bands(data, axes[0], "reach", None, "contacts")
    bands(data, axes[1], "ideas", ["problem"], "ideas", cumulative=True)
    sizes = np.sort(data.groups["posts"]["size"][data.groups["posts"]["strategy"] == data.arms.index("problem")])[::-1]
    axes[2].loglog(np.arange(1, len(sizes) + 1), sizes, color=COLOURS[0]), axes[2].set_title("size of a call by rank", fontsize=8)
    axes[0].legend()


def crowds(data, figure):
    axes = figure.subplots(1, 2)
    n = [ideas_a_problem(arm)(data).mean() for arm in data.arms]
    for one, (series, title) in zip(axes, [("crowd_error", "error of the mean estimate"), ("idea_best", "best idea")]):
        points = [runs.interval(data.at(series, arm)) for arm in data.arms]
        one.errorbar(n, [m for m, _ in points], [h for _, h in points], color=COLOURS[0], marker="o", markersize=3)
        one.set_xscale("log"), one.set_xlabel("ideas for a problem"), one.set_title(title, fontsize=8)
    x = np.array(n)
    axes[0].plot(x, data.at("crowd_error", data.arms[0]).mean() * np.sqrt(x[0] / x), color="grey", linewidth=0.8, label="1 / sqrt(n)")
    axes[0].set_yscale("log"), axes[0].legend()


def funnel(data):
    told = [("contacts", data.at("reach", "problem")), ("ideas", data.total("ideas", "problem")),
            ("contributors", data.at("contributors", "problem")), ("experts", data.at("experts", "problem"))]
    return "funnel: " + ", ".join(f"{values.mean():,.0f} {name}" for name, values in told)


CROWD = [
    Claim(
        "S11", "S11", "An open problem of someone who is no celebrity reaches 200,000 and draws 50,000 ideas in a month",
        "article/s11_open_source_cure.toml",
        [Effect("contacts, problem less the same posts for their worth", less("reach", "problem", "value"), +1, "accounts", 0),
         Effect("ideas", lambda d: d.total("ideas", "problem"), +1, "", 0),
         Effect("follows between contributors of other disciplines", met_across, +1, "", 0)],
        [Ablation(["model.problem.altruism=0"], 0, 0.1, "nobody passes on to help"),
         Ablation(["model.problem.meet=0"], 2, 0, "contributors do not meet")],
        ["network.accounts=50_000", "strategy.problem.followers=500", "strategy.value.followers=500", "model.problem.meet=0.2"], 12, growth, funnel),
    Claim(
        "S12", "S12", "However many gifted people one hires, one needs the crowd",
        "article/s12_wisdom_of_crowds.toml",
        [Effect("error of the mean estimate, audience 960 less 60", less("crowd_error", "960", "60"), -1),
         Effect("variety of estimates", lambda d: d.at("crowd_diversity", "960"), +1)],
        [Ablation(["model.problem.common=1"], 0, 0.35, "all err alike"),
         Ablation(["model.problem.influence=1"], 1, 0.35, "people say what others have said")],
        ["network.accounts=20_000", "duration=60 days"], 12, crowds,
        lambda d: "best idea by audience: " + ", ".join(f"{d.at('idea_best', arm).mean():.2f} of {arm}" for arm in d.arms)),
    Claim(
        "S13", "S13", "It helps to be seen to be asking",
        "article/s13_asking.toml",
        [Effect("trust, asking less telling", less("trust_mean", "asking", "telling"), +1)],
        [Ablation(["model.problem.asking=0"], 0, 0.35, "asking earns nothing")],
        ["network.accounts=20_000", "strategy.asking.followers=600", "strategy.telling.followers=600"], 12,
        lambda data, figure: several(data, figure, [("trust_mean", "trust"), ("followers", "followers")])),
]
