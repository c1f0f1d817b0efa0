"""passalong from Python: run scenarios, read results as xarray Datasets, compare, draw.

    import passalong                                       # this folder on PYTHONPATH, or beside your notebook
    out = passalong.run("my.toml", replicates=8)           # a result file
    data = passalong.load(out)                             # series: (strategy, replicate, time)
    posts = passalong.load(out, group="posts")             # a row for each post
    passalong.compare(out, metric="reach", at=30)          # paired differences, as `passalong compare` tells them
    passalong.plot_series(data, "followers")

Statistics are the program's own: `compare` calls it. What is drawn here is the replicates themselves, their mean and their
middle 90 %. Needs python3-xarray (with pandas and one of netCDF4, h5netcdf) and, to draw, python3-matplotlib. docs/notebooks
has examples.
"""
import atexit
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import warnings

import numpy as np

# Told apart by people with any colour vision (Okabe & Ito 2008), and by their lines and markers without colour.
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
LINES = ["-", "--", "-.", ":"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
FUNNEL = ["reach", "checks", "customers", "clients"]  # steps of the relationship ladder, the widest first
STOCKS = {"followers", "reach", "customers", "clients", "real_ties", "conversing", "committed"}  # the others are flows


class Failed(RuntimeError):
    """The program ended with an error; `code` is its exit code, the text what it said."""

    def __init__(self, code, said):
        super().__init__(said.strip() or f"passalong ended with exit code {code}")
        self.code = code


# ---- the program ----

def program():
    """Path of the program: PASSALONG_PROGRAM, else on PATH, else the build folder beside this file's. FileNotFoundError where there
    is none."""
    named = os.environ.get("PASSALONG_PROGRAM")
    built = pathlib.Path(__file__).resolve().parent.parent / "build/release/passalong"
    found = named or shutil.which("passalong") or (str(built) if built.exists() else None)
    if found is None:
        raise FileNotFoundError("no program `passalong`: build it with scripts/build, or set PASSALONG_PROGRAM to its path")
    return found


def call(*words):
    """Standard output of `passalong WORDS...`, a text; Failed with what it said where it did not succeed."""
    done = subprocess.run([program(), *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.returncode, done.stderr)
    return done.stdout


def _toml(value):
    """A value as TOML writes it."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return repr(value.item() if isinstance(value, np.generic) else value)


def run(scenario, changes=None, *, out=None, threads=None, **more):
    """Runs a scenario; the path of its result file.

    changes: keys of the scenario and their values, such as {"network.accounts": 5000, "strategy.pitch.followers": 300}. More of
    them as keywords, with __ for the dot: network__accounts=5000, replicates=8, duration="30 days".
    out: the result file, replaced where it exists; without it one in a temporary folder that goes when Python ends.
    """
    if out is None:
        folder = tempfile.mkdtemp(prefix="passalong-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        out = pathlib.Path(folder) / (pathlib.Path(scenario).stem + ".h5")
    keys = {**(changes or {}), **{key.replace("__", "."): value for key, value in more.items()}}
    words = [word for key, value in keys.items() for word in ("--set", f"{key}={_toml(value)}")]
    call("run", scenario, "-o", out, "--force", "--quiet", *words, *(["--threads", threads] if threads else []))
    return pathlib.Path(out)


# ---- results ----

def groups(out):
    """Names of a result's tables, such as ["posts", "network"]; `load` reads one."""
    import h5py
    with h5py.File(out, "r") as file:
        return [name for name, item in file.items() if isinstance(item, h5py.Group)]


def load(out, group=None):
    """A result in memory, as an xarray.Dataset.

    Without a group: the series, along strategy (names), brand (names, where several share a world), replicate (numbers) and time
    (days since start), each with attrs `units` and `long_name`. With one: that table, such as "posts" (along `post`), "cascades"
    (along `node`: post and parent are indices, parent -1 at the author, time in days) or "network".
    Codes stand as their words: posts.strategy == "pitch". attrs: title, seed, scenario (TOML), digest, ..., `complete` (bool).
    A partial result, of a run that was cut short, holds the replicates that are whole and is read with a warning.
    """
    import xarray
    root = xarray.load_dataset(out)
    complete = bool(root.attrs.get("complete", 0))
    if not complete:
        planned = root.attrs.get("replicates_planned", "?")
        warnings.warn(f"{out} is partial: {root.sizes.get('replicate', 0)} of {planned} replicates are whole", stacklevel=2)
    data = root if group is None else xarray.load_dataset(out, group=group)
    for name, variable in data.variables.items():
        words = variable.attrs.get("meanings")
        if words is not None:
            names = np.atleast_1d(np.asarray(words, object))
            data[name] = (variable.dims, names[variable.values.astype(int)], {"long_name": variable.attrs.get("long_name", "")})
    data.attrs.update(root.attrs, complete=complete)
    data.encoding["source"] = str(out)
    return data


def _comparison(out, metric, at, baseline):
    words = ["--metric", metric, *(["--at", at] if at is not None else []), *(["--baseline", baseline] if baseline else [])]
    return json.loads(call("compare", out, *words, "--json"))


def _table(rows, told):
    """Rows as a pandas.DataFrame: an interval [low, high] becomes two columns; what else was told goes to attrs."""
    import pandas
    flat = []
    for row in rows:
        flat.append({})
        for key, value in row.items():
            if isinstance(value, list) and len(value) == 2:
                stem = "" if key == "ci" else key.removesuffix("ci")
                flat[-1].update({f"{stem}low": value[0], f"{stem}high": value[1]})
            elif not isinstance(value, (list, dict)):
                flat[-1][key] = value
    table = pandas.DataFrame(flat)
    table.attrs.update({key: value for key, value in told.items() if not isinstance(value, (list, dict))})
    return table


def compare(out, metric="followers", at=None, baseline=None):
    """Paired differences of strategies (or brands) on a day, a pandas.DataFrame with a row for each pair.

    Columns: a, b; difference (a - b, in the metric's units), low, high (95 % interval); p_a_beats_b, p_low, p_high (share of the
    replicates); crossing_day (days, NaN where there is none); correlation; variance_reduction. attrs: metric, at (days), verdict.
    at: day, the last by default. baseline: the one that all others are set against. Told by `passalong compare`.
    """
    told = _comparison(out, metric, at, baseline)
    return _table(told["pairs"], told)


def means(out, metric="followers", at=None):
    """Mean of each strategy (or brand) on a day with its 95 % interval: columns name, mean, low, high. As for `compare`."""
    told = _comparison(out, metric, at, None)
    return _table(told["strategies"], told)


# ---- pictures ----

def _axes(ax):
    from matplotlib import pyplot
    return pyplot.subplots(figsize=(7, 4), layout="constrained")[1] if ax is None else ax


def _arms(data):
    """Dimension along which there is something to compare, and its names."""
    for dimension in ("brand", "strategy"):
        if dimension in data.dims and (dimension == "strategy" or data.sizes[dimension] > 1):
            return dimension, [str(name) for name in data[dimension].values]
    return None, ["all"]


def _arm(values, dimension, name):
    one = values if dimension is None or dimension not in values.dims else values.sel({dimension: name})
    return one.isel({d: 0 for d in one.dims if d not in ("replicate", "time")})


def _named(variable):
    units = variable.attrs.get("units", "")
    return f"{variable.name.replace('_', ' ')}{f' ({units})' if units not in ('', '1', variable.name) else ''}"


def _band(ax, values, style, **kind):
    """Mean over the replicates as a line, their middle 90 % as a band. values: (replicate, time)."""
    low, high = values.quantile([0.05, 0.95], "replicate").values if values.sizes["replicate"] > 1 else (None, None)
    ax.plot(values.time, values.mean("replicate"), LINES[style % len(LINES)], color=COLOURS[style % len(COLOURS)], **kind)
    if low is not None:
        ax.fill_between(values.time, low, high, color=COLOURS[style % len(COLOURS)], alpha=0.15, linewidth=0)


def plot_series(data, metric=None, ax=None):
    """Course of a series by strategy: mean of the replicates and the band of their middle 90 %, over days. The axes. metric: followers
    or, where a classic model has none, its first series over time."""
    if metric is None:
        metric = "followers" if "followers" in data else next(name for name in data.data_vars if {"replicate", "time"} <= set(data[name].dims))
    ax = _axes(ax)
    dimension, names = _arms(data)
    for style, name in enumerate(names):
        _band(ax, _arm(data[metric], dimension, name).transpose("replicate", "time"), style, label=name)
    ax.set(xlabel="days", ylabel=_named(data[metric]), title=data[metric].attrs.get("long_name", metric))
    if dimension is not None:
        ax.legend(frameon=False)
    ax.margins(x=0)
    return ax


def plot_difference(data, metric="followers", a=None, b=None, ax=None):
    """Course of the paired difference a - b (the first two by default): replicates thin, their mean thick, band of the middle 90 %.
    Replicates are paired: both met the same people and the same chances. The axes."""
    ax = _axes(ax)
    dimension, names = _arms(data)
    if dimension is None or len(names) < 2:
        raise ValueError("there is nothing to compare: the result has one strategy")
    a = a or names[0]
    b = b or next(name for name in names if name != a)
    values = data[metric].astype(float)
    paired = (_arm(values, dimension, a) - _arm(values, dimension, b)).transpose("replicate", "time")
    ax.plot(paired.time, paired.T, color="0.6", linewidth=0.5)
    _band(ax, paired, 0, linewidth=2)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(xlabel="days", ylabel=f"difference in {_named(data[metric])}", title=f"{a} - {b}")
    ax.margins(x=0)
    return ax


def plot_funnel(data, stages=None, ax=None):
    """How many accounts got how far: for each stage a bar by strategy, on a logarithmic scale. Stocks stand as on the last day,
    flows as their sum over the run; means over replicates, whiskers their middle 90 %. stages: names of series, the widest first
    (those of the ladder that the result has). The axes."""
    ax = _axes(ax)
    dimension, names = _arms(data)
    stages = [stage for stage in (stages or FUNNEL) if stage in data]
    if not stages:
        raise ValueError(f"the result has none of the series {', '.join(FUNNEL)}")
    height = 0.8 / len(names)
    for style, name in enumerate(names):
        totals = np.array([_total(_arm(data[stage], dimension, name)) for stage in stages])  # (stage, replicate)
        mean, low, high = totals.mean(1), *np.quantile(totals, [0.05, 0.95], axis=1)
        at = np.arange(len(stages)) + (style - (len(names) - 1) / 2) * height
        spread = np.clip([mean - low, high - mean], 0, None)
        ax.barh(at, mean, height * 0.9, color=COLOURS[style % len(COLOURS)], label=name, xerr=spread,
                hatch=["", "//", "..", "xx"][style % 4], edgecolor="white", error_kw={"linewidth": 1})
    ax.set_yticks(range(len(stages)), [stage.replace("_", " ") for stage in stages])
    ax.invert_yaxis()
    ax.set_xscale("log")
    ax.set(xlabel="accounts", title="How far accounts got")
    if dimension is not None:
        ax.legend(frameon=False)
    return ax


def _total(values):
    """By replicate: a stock on the last day, the sum of a flow over the run."""
    return values.isel(time=-1).values if values.name in STOCKS else values.sum("time").values


def plot_cascades(out, ax=None):
    """Share of the posts whose cascade has so many accounts or more, by strategy, both axes logarithmic. out: a result file or its
    posts. The axes."""
    posts = load(out, group="posts") if isinstance(out, (str, os.PathLike)) else out
    ax = _axes(ax)
    by = "brand" if "brand" in posts else "strategy"
    for style, name in enumerate(dict.fromkeys(posts[by].values)):
        sizes = np.sort(posts["size"].values[posts[by].values == name])
        values, first = np.unique(sizes, return_index=True)
        ax.plot(values, 1 - first / len(sizes), LINES[style % len(LINES)], color=COLOURS[style % len(COLOURS)], label=name,
                marker=MARKERS[style % len(MARKERS)], markersize=3, drawstyle="steps-pre")
    ax.set(xscale="log", yscale="log", xlabel="accounts in the cascade", ylabel="share of the posts at least as large",
           title="Sizes of cascades")
    ax.legend(frameon=False)
    return ax


def plot_tree(out, post=None, ax=None):
    """One cascade as a tree: generations to the right, who passed it on from whom as lines, colour by hours since it was posted. out:
    a result file with /cascades, or that table; post: index in the table of posts (the largest tree there is). The axes."""
    from matplotlib.colors import PowerNorm  # most pass it on in the first hours
    nodes = load(out, group="cascades") if isinstance(out, (str, os.PathLike)) else out
    counts = np.bincount(nodes.post.values)
    post = int(counts.argmax()) if post is None else post
    rows = np.flatnonzero(nodes.post.values == post)
    if len(rows) == 0:
        raise ValueError(f"the tree of post {post} was not kept")
    ax = _axes(ax)
    parents = nodes.parent.values[rows] - rows[0]  # nodes of a tree follow each other, parents first
    depth, height = _layout(parents)
    hours = 24 * (nodes.time.values[rows] - nodes.time.values[rows[0]])
    for k in range(1, len(rows)):
        ax.plot(depth[[parents[k], k]], height[[parents[k], k]], color="0.75", linewidth=0.6, zorder=1)
    dots = ax.scatter(depth, height, c=hours, cmap="cividis", norm=PowerNorm(0.4), s=np.clip(4000 / len(rows), 4, 40), zorder=2)
    ax.figure.colorbar(dots, ax=ax, label="hours since it was posted")
    ax.set(xlabel="generations from the author", yticks=[], title=f"Post {post}: {len(rows)} accounts")
    ax.set_xticks(range(int(depth.max()) + 1))
    return ax


def _layout(parents):
    """Depth and height of a tree's nodes: each stands amid its leaves. parents[k] < k; node 0 is the root."""
    n = len(parents)
    depth, leaves, children = np.zeros(n, int), np.zeros(n), [[] for _ in range(n)]
    for k in range(1, n):
        depth[k] = depth[parents[k]] + 1
        children[parents[k]].append(k)
    for k in range(n - 1, -1, -1):
        leaves[k] = leaves[k] or 1
        if k > 0:
            leaves[parents[k]] += leaves[k]
    first, height = np.zeros(n), np.zeros(n)
    for k in range(n):
        height[k] = first[k] + leaves[k] / 2
        at = first[k]
        for child in sorted(children[k], key=lambda c: -leaves[c]):
            first[child], at = at, at + leaves[child]
    return depth, height
