"""Pictures of results for docs/article.md and docs/maps.md: small SVG files, the same bytes for the same figures."""
import numpy as np

STYLE = {
    "svg.hashsalt": "passalong", "svg.fonttype": "none", "font.size": 8, "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "grid.alpha": 0.25, "legend.frameon": False, "path.simplify": True, "path.simplify_threshold": 1.0}

# Okabe & Ito: told apart by the colour-blind too.
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]


def bands(data, axes, series, arms=None, label=None, cumulative=False):
    """Mean curve of each arm with its 10-90 % band over replicates."""
    for colour, arm in zip(COLOURS * 3, arms or data.arms):
        curves = data.curves(series, arm)
        if cumulative:
            curves = curves.cumsum(axis=1)
        axes.plot(data.days, curves.mean(axis=0), color=colour, label=arm, linewidth=1.2)
        if len(curves) > 2:
            low, high = np.nanpercentile(curves, [10, 90], axis=0)
            axes.fill_between(data.days, low, high, color=colour, alpha=0.18, linewidth=0)
    axes.set_xlabel("day")
    axes.set_title(label or series.replace("_", " "), fontsize=8)


def several(data, figure, panels, arms=None):
    """A row of panels: (series, title) each, of all arms."""
    axes = figure.subplots(1, len(panels), squeeze=False)[0]
    for one, (series, title) in zip(axes, panels):
        bands(data, one, series, arms, title)
    axes[0].legend()


def against_arms(data, figure, arms, panels, label):
    """Last values against the arms in order, with 95 % intervals over replicates."""
    from article import runs
    axes = figure.subplots(1, len(panels), squeeze=False)[0]
    x = [float("".join(c for c in arm if c.isdigit())) for arm in arms]
    for one, (series, title) in zip(axes, panels):
        points = [runs.interval(data.at(series, arm)) for arm in arms]
        one.errorbar(x, [m for m, _ in points], [h for _, h in points], color=COLOURS[0], marker="o", markersize=3, linewidth=1)
        one.set_xlabel(label)
        one.set_title(title, fontsize=8)


def save(path, draw, width=7.2, height=2.2):
    """draw(figure), then a file. Only here is matplotlib needed: the tests do without."""
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams.update(STYLE)
    from matplotlib import pyplot
    figure = pyplot.figure(figsize=(width, height), layout="constrained")
    draw(figure)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
