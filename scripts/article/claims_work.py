"""Effort and learning: policies at equal cost, and a policy that finds out; and why people say they leave."""
import numpy as np

from article.claim import Ablation, Claim, Effect, less
from article.figures import COLOURS, bands, several


def reward(arm):
    return lambda data: data.total("reward", arm)


def worst(data):
    return np.minimum(reward("value-add")(data), reward("pitch")(data))


def best(data):
    """By replicate: the reward of the fixed policy that is best on average."""
    fixed = [reward(arm)(data) for arm in ("value-add", "pitch")]
    return max(fixed, key=np.mean)


def regret(data, figure):
    """What each rule of learning has fallen short of the best fixed policy, and its mix."""
    axes = figure.subplots(1, 2)
    fixed = max((data.curves("reward", arm).cumsum(axis=1) for arm in ("value-add", "pitch")), key=lambda c: c[:, -1].mean())
    for colour, arm in zip(COLOURS, ("epsilon-greedy", "ucb", "thompson")):
        axes[0].plot(data.days, (fixed - data.curves("reward", arm).cumsum(axis=1)).mean(axis=0), color=colour, label=arm)
    axes[0].set_title("regret", fontsize=8), axes[0].set_xlabel("day"), axes[0].legend()
    bands(data, axes[1], "pitch_share", ["epsilon-greedy", "ucb", "thompson"], "pitch share in force")


def reasons(arm):
    """By replicate: promotion, irrelevance, volume as shares of the three."""
    def of(data):
        three = np.array([data.total(f"unfollows_for_{why}", arm) for why in ("promotion", "irrelevance", "volume")])
        return three / three.sum(axis=0)
    return of


SURVEY = np.array([46, 41, 35]) / 122


def off_survey(data):
    """Ten points less the largest distance of a mean share from the survey's; the same for each replicate."""
    shares = reasons("pitch")(data)
    return np.full(shares.shape[1], 0.1 - np.abs(shares.mean(axis=1) - SURVEY).max())


WORK = [
    Claim(
        "L1", "S18", "It takes time to find what works: in half a year a learner beats the wrong mix, and pays for not knowing the right one",
        "article/learning_the_mix.toml",
        [Effect("reward, Thompson less the worse of the fixed policies", lambda d: reward("thompson")(d) - worst(d), +1, "", 0),
         Effect("regret: the best fixed policy less Thompson", lambda d: best(d) - reward("thompson")(d), +1, "", 0)],
        [Ablation(["strategy.thompson.learning.arms=[0.9]"], 0, 0.35, "only one mix to choose")],
        [], 16, regret),
    Claim(
        "E1", "all", "At equal cost it matters who does the work: a designated employee is no leader who posts herself",
        "article/leader_or_employee.toml",
        [Effect("trust, leader less employee", less("trust_mean", "leader", "employee"), +1),
         Effect("hours a week, employee less leader",
                lambda d: (d.total("effort", "employee") - d.total("effort", "leader")) / (d.days[-1] / 7), +1, "h", 2)],
        [Ablation(["strategy.employee.authenticity=1", "strategy.employee.prior_suspicion=model"], 0, 0.5, "readers do not tell them apart")],
        [], 8,
        lambda data, figure: several(data, figure, [("trust_mean", "trust"), ("followers", "followers"), ("customers", "customers")])),
    Claim(
        "U4", "survey", "They leave for too many promotions, irrelevance and volume, as 46 : 41 : 35",
        "article/u04_reasons.toml",
        [Effect("ten points less the largest distance of a share from the survey's", off_survey, +1, band=True),
         Effect("share of promotion among the three, pitch less value-add",
                lambda d: reasons("pitch")(d)[0] - reasons("value-add")(d)[0], +1)],
        [Ablation(["model.suspicion.on=false"], 1, 0.35, "nobody suspects a pitch")],
        ["network.accounts=30_000", "strategy.pitch.followers=900", "strategy.value-add.followers=900"], 8,
        lambda data, figure: several(data, figure, [(f"unfollows_for_{why}", f"unfollows a day: {why}") for why in
                                                    ("promotion", "irrelevance", "volume")]),
        lambda d: "promotion : irrelevance : volume = " + " : ".join(f"{100 * x:.0f}" for x in reasons("pitch")(d).mean(axis=1)) + " against 38 : 34 : 29"),
]
