# %% [markdown]
# # A researcher's ensemble: Bass against his closed form
#
# Bass (1969): in a crowd of $N$ who have not adopted, each does so by itself at rate $p$ and by example at rate $q$ times the share that
# has. For large $N$ the share that has adopted is
#
# $$F(t) = \frac{1 - e^{-(p+q)t}}{1 + \frac{q}{p}\, e^{-(p+q)t}}.$$
#
# The model `bass` plays it person by person, exactly, in continuous time. Here are its replicates as an xarray Dataset with named
# dimensions, beside the formula.

# %%
import pathlib
import sys
import tempfile

import numpy as np
from matplotlib import pyplot

HERE = pathlib.Path(globals().get("__file__", "notebook")).resolve()  # a notebook goes by the current folder
ROOT = next(folder for folder in HERE.parents if (folder / "scripts/passalong.py").exists())
sys.path.insert(0, str(ROOT / "scripts"))
import passalong

P, Q, N, REPLICATES = 0.03, 0.38, 4000, 200  # a day; the usual values of Sultan, Farley & Lehmann (1990)

# %%
scenario = pathlib.Path(tempfile.mkdtemp()) / "bass.toml"
scenario.write_text(f"""
title = "Bass in a crowd"
seed = 1
duration = "40 days"
tick = "1 day"
replicates = {REPLICATES}
[network]
kind = "well-mixed"
accounts = {N}
[model]
name = "bass"
innovation = {P}
imitation = {Q}
""")
data = passalong.load(passalong.run(scenario))
print(data)

# %% [markdown]
# `active` counts people by replicate and day. Its mean over 200 histories, less the formula, in standard errors: a drift would show as
# a curve that leaves the band.

# %%
t = data.time
closed = (1 - np.exp(-(P + Q) * t)) / (1 + Q / P * np.exp(-(P + Q) * t))
share = data.active / N
error = share.std("replicate", ddof=1) / np.sqrt(REPLICATES)

figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
left.plot(t, share.isel(replicate=slice(20)).T, color="0.7", linewidth=0.5)
left.plot(t, share.mean("replicate"), color=passalong.COLOURS[0], linewidth=2, label=f"mean of {REPLICATES}")
left.plot(t, closed, "--", color=passalong.COLOURS[1], linewidth=2, label="closed form")
left.set(xlabel="days", ylabel="share that has adopted", title=f"Bass in a crowd of {N:,}")
left.legend(frameon=False)
inner = slice(1, None)
right.plot(t[inner], ((share.mean("replicate") - closed) / error)[inner], color=passalong.COLOURS[0])
right.axhspan(-2, 2, color="0.9", zorder=0)
right.set(xlabel="days", ylabel="mean - closed form, in standard errors", title="Deviation")

# %% [markdown]
# The formula is the limit of a crowd without end. In one of $N$ the mean lags by an order of $1/N$, because whoever adopts early by chance
# carries others along: at most a few tenths of a per cent here.

# %%
gap = float(abs(share.mean("replicate") - closed).max())
print(f"largest gap {100 * gap:.2f} % of the crowd; standard errors up to {100 * float(error.max()):.2f} %")
assert gap < 0.01

# %%
pyplot.show()
