# %% [markdown]
# # Who wins, and how sure are we?
#
# You run an account and ask: do we pitch less? The default scenario sets three policies against each other: nine posts in ten that
# give something (value-add), half and half (mixed), nine in ten that sell (pitch). Each policy meets the *same* people and the
# *same* chances in each replicate, so the difference between two of them is not blurred by luck they share.
#
# Open this file as a notebook (Jupytext, VS Code, Spyder: cells begin with `# %%`) or run it: `python3 docs/notebooks/who_wins.py`.

# %%
import pathlib
import sys

from matplotlib import pyplot

HERE = pathlib.Path(globals().get("__file__", "notebook")).resolve()  # a notebook goes by the current folder
ROOT = next(folder for folder in HERE.parents if (folder / "scripts/passalong.py").exists())
sys.path.insert(0, str(ROOT / "scripts"))
import passalong

# %% [markdown]
# A small version, so that you wait a second: 20,000 accounts in place of 200,000, 60 days, 8 replicates. Take the changes out for the
# whole thing.

# %%
out = passalong.run(ROOT / "scenarios/value_vs_pitch.toml", {f"strategy.{name}.followers": 1000 for name in ("value-add", "mixed", "pitch")},
                    network__accounts=20_000, duration="60 days", replicates=8)
data = passalong.load(out)
print(data[["followers", "reach", "trust_mean"]])

# %% [markdown]
# Lines are means over the replicates, bands their middle 90 %: how much one simulated history differs from the next.

# %%
passalong.plot_series(data, "followers")

# %% [markdown]
# Bands overlap where luck is shared: whoever is lucky with one policy would have been so with the other. Look at the *difference*,
# replicate by replicate (thin lines), before you say that two policies do not differ.

# %%
passalong.plot_difference(data, "followers", "value-add", "pitch")

# %% [markdown]
# In numbers. `difference` is a - b with its 95 % interval (`low`, `high`); `p_a_beats_b` is the share of the replicates in which a ends
# above b; from `crossing_day` on the two stay apart.

# %%
table = passalong.compare(out, "followers")
print(table[["a", "b", "difference", "low", "high", "p_a_beats_b", "crossing_day"]].to_string(index=False))
print(table.attrs["verdict"])

# %% [markdown]
# Followers are not clients. How far do people get with each policy? In two months those who pitch sell more, while they lose the
# audience they sell to: ask what you want, and by when.

# %%
passalong.plot_funnel(data)
print(passalong.means(out, "customers").to_string(index=False))

# %%
pyplot.show()
