"""SimSoM (Truong, Lou, Flammini & Menczer 2024): quality and diversity of feeds, without and with bots."""
import numpy as np

from papers import runs
from papers.paper import Number, Paper

SCENARIO = "simsom.toml"
SLOTS = {"1": 4.69, "2": 5.08, "4": 5.38, "8": 6.02, "16": 6.85, "32": 7.54, "64": 8.17, "128": 8.75}  # their entropies
NEW = {"0.1": 5.59, "0.25": 6.35, "0.5": 6.78, "0.75": 7.05, "0.9": 7.26}
INFILTRATION = ["0.001", "0.01", "0.1"]
SMALL = ["network.accounts=1_000", "network.mean_followers=30"]


def with_bots(chance):
    return ["model.bots=0.05", f"model.infiltration={chance}"]


def run(small):
    more, replicates = (SMALL, 2) if small else ([], None)

    def one(*settings):
        return runs.run(SCENARIO, [*settings, "model.rows_from=0", *more], replicates)

    return {**{("slots", s): one(f"model.slots={s}") for s in SLOTS}, **{("new", m): one(f"model.new={m}") for m in NEW}, **{("bots", g): one(*with_bots(g)) for g in INFILTRATION},
            ("shuffled", "15"): one("model.popularity=none", "model.recency=none", "model.appeal=none")}


def mean(name, *which):
    return lambda data: float(np.mean(data[which].values[name]))


def figure(data, figure):
    panels = figure.subplots(1, 3, width_ratios=(1, 1, 1))
    for panel, key, theirs, label in ((panels[0], "slots", SLOTS, "slots of a feed"), (panels[1], "new", NEW, "chance of a new message")):
        at = [float(k) for k in theirs]
        panel.plot(at, list(theirs.values()), "o--", color="#999999", markersize=3, label="SimSoM")
        panel.plot(at, [mean("diversity", key, k)(data) for k in theirs], "o-", color="#0072b2", markersize=3, label="here")
        panel.set_xlabel(label)
        panel.set_title("diversity, nat", fontsize=8)
    panels[0].set_xscale("log")
    panels[0].legend(fontsize=6, frameon=False)
    panels[2].semilogx([float(g) for g in INFILTRATION], [mean("quality", "bots", g)(data) for g in INFILTRATION], "o-", color="#d55e00", markersize=3)
    panels[2].set_xlabel("chance to follow a bot")
    panels[2].set_title("mean quality", fontsize=8)


PAPER = Paper(
    id="simsom",
    title="SimSoM (Truong, Lou, Flammini & Menczer 2024): quality and diversity of feeds",
    found="Accounts post new messages or pass on what is on their feeds, drawn by appeal, popularity and recency. Without bots the feeds have the quality at which messages are written: what is popular is not better. Feeds are the more "
          "diverse the more they hold and the more is new. Bots that a part of the accounts follow pull quality down; how many follow them matters most.",
    scenarios=[SCENARIO],
    how=["passalong run scenarios/papers/simsom.toml", "passalong run scenarios/papers/simsom.toml --set model.slots=1 -o simsom_1.h5", "passalong run scenarios/papers/simsom.toml --set model.bots=0.05 --set model.infiltration=0.1 -o simsom_bots.h5"],
    run=run,
    numbers=[
        Number("mean quality, no bots", "0.9026 ± 0.003 (written: 0.9000)", mean("quality", "new", "0.5"), "{:.4f}", band=(0.88, 0.92)),
        Number("tau-b of quality and posts", "(its own measure ranks ties by quality)", mean("discrimination", "new", "0.5"), "{:.4f}", band=(-0.03, 0.03)),
        *(Number(f"diversity, {s} slots", f"{d:.2f}", mean("diversity", "slots", s), "{:.2f}") for s, d in SLOTS.items()),
        *(Number(f"diversity, new {m}", f"{d:.2f}", mean("diversity", "new", m), "{:.2f}") for m, d in NEW.items()),
        Number("diversity, drawn by chance alone", "", mean("diversity", "shuffled", "15"), "{:.2f}"),
        *(Number(f"mean quality, bots 0.05 followed with chance {g}", "less", mean("quality", "bots", g), "{:.3f}", band=(0, 0.9)) for g in INFILTRATION),
    ],
    figure=figure,
    notes=["Entropies are some 0.9 above theirs whatever the slots: that is the network's doing. With a heavier tail (exponent 1.6, correlation 0.8) those of 15 slots fall from 7.6 to 7.2, on 1,000 accounts with 30 followers they are 6.5."],
    differs=[
        "the network: theirs is one of 10,006 accounts of Twitter by their politics, with communities and clustering; ours has as many accounts and follows and a power-law tail, but is otherwise random.",
        "the program sets the age of all messages of a feed back to 1 whenever nothing that arrives is there yet; here ages grow as the paper says.",
        "bots follow each other at random; theirs grow a network by random walks.",
        "their figures are read from the program's published results; quality has the density e^(10 q), as those have, and appeal (1 - a)^4.",
    ],
)
