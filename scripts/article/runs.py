"""Runs a scenario and holds its result as arrays by arm and replicate; intervals and tests over replicates."""
import functools
import json
import math
import os
import pathlib
import subprocess
import tempfile

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("PASSALONG_PROGRAM", str(ROOT / "build/release/passalong"))


class Data:
    """A result in memory. arms: names of strategies, or of brands that share a world; days: of the rows."""

    def __init__(self, file):
        with h5py.File(file, "r") as h5:
            self.values = {name: np.asarray(h5[name]) for name in h5 if isinstance(h5[name], h5py.Dataset)}
            self.groups = {g: {name: np.asarray(h5[g][name]) for name in h5[g]} for g in h5 if isinstance(h5[g], h5py.Group)}
            self.brands = "brand" in h5
            self.arms = [name.decode() if isinstance(name, bytes) else str(name)
                         for name in (h5["brand"] if self.brands else h5["strategy"])]
            self.days = self.values["time"]

    def has(self, series):
        return series in self.values

    def curves(self, series, arm):
        """(replicate, time) of one arm."""
        values = self.values[series][0] if self.brands else self.values[series]
        return values[self.arms.index(arm)].astype(float)

    def at(self, series, arm, day=None):
        """By replicate: a stock on a day (the last by default)."""
        row = -1 if day is None else int(np.searchsorted(self.days, day + 1e-9) - 1)
        return self.curves(series, arm)[:, row]

    def total(self, series, arm, since=0.0, until=math.inf):
        """By replicate: a flow summed over (since, until]."""
        rows = (self.days > since + 1e-9) & (self.days <= until + 1e-9)
        return self.curves(series, arm)[:, rows].sum(axis=1)

    def posts(self, arm, of, kind=None, how=np.mean):
        """By replicate: how(...) of a column, or of a function of the columns, over an arm's posts (of a kind)."""
        table = self.groups["posts"]
        mine = table["brand" if self.brands else "strategy"] == self.arms.index(arm)
        if kind is not None:
            kinds = ["value", "pitch", "routine", "conversation", "problem", "invitation"]
            mine = mine & (table["kind"] == kinds.index(kind))
        values = of(table) if callable(of) else table[of].astype(float)
        return np.array([how(values[mine & (table["replicate"] == r)]) for r in np.unique(table["replicate"])])


def run(scenario, settings=(), replicates=None):
    """Runs scenarios/SCENARIO with --set of each of settings; Data."""
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.h5"
        command = [PROGRAM, "run", str(ROOT / "scenarios" / scenario), "-o", out, "--quiet", "--json"]
        command += [word for setting in settings for word in ("--set", setting)]
        if replicates is not None:
            command += ["--replicates", str(replicates)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        data = Data(out)
        data.told = json.loads(done.stdout)
        return data


def student(t, df):
    """P(T > t) of Student's t, by the trapezoid rule on its density."""
    x = np.linspace(0, 1, 200_001)[1:]  # of 1 / (1 + s), s = T - t
    s = t + (1 - x) / x
    log_c = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    density = np.exp(log_c - (df + 1) / 2 * np.log1p(s * s / df)) / x**2
    return float(np.sum((density[1:] + density[:-1]) / 2) * (x[1] - x[0]))


@functools.lru_cache
def critical(alpha, df):
    """t with P(T > t) = alpha."""
    low, high = 0.0, 1e4
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if student(middle, df) > alpha else (low, middle)
    return high


def interval(values, level=0.95):
    """Mean, and the half-width of its Student interval over replicates."""
    values = np.asarray(values, float)
    n = len(values)
    if n < 2:
        return float(values.mean()), math.inf
    return float(values.mean()), critical((1 - level) / 2, n - 1) * float(values.std(ddof=1)) / math.sqrt(n)


def t_of(values):
    """The t statistic of a mean against 0; infinite where the values do not vary."""
    values = np.asarray(values, float)
    spread = values.std(ddof=1) / math.sqrt(len(values))
    if spread == 0:
        return math.copysign(math.inf, values.mean()) if values.mean() else 0.0
    return float(values.mean() / spread)
