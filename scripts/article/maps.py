"""Maps of the verdict on customers: pitch share x horizon x fans, and the assumptions that carry it, two at a time."""
import numpy as np

from article import runs
from article.page import renew

BEGIN, END = "<!-- begin scripts/write_maps -->", "<!-- end scripts/write_maps -->"
SHARES = [f"p{10 * k}" for k in range(11)]
HORIZONS = [14, 30, 60, 90, 180, 270, 360]
AUDIENCES = [("0", "like everyone"), ("3", "chosen by liking"), ("8", "nearly all fans")]
NARROWING, PATIENCE = "article/s01_narrowing.toml", "article/s18_patience.toml"
QUICK = ["network.accounts=10_000"]
PAIRS = [  # key, values; key, values; what they are
    ("model.ladder.wear", [0, 0.01, 0.03, 0.06, 0.1], "model.ladder.pull", [0, 0.05, 0.1, 0.2, 0.4],
     "wear of pitches (w, each pitch seen) and pull of posts that give"),
    ("model.ladder.check_trust", [0, 1, 2, 3, 4], "posts", [0.5, 1, 2, 4, 8], "trust at the door (g_c) and cadence (posts a day)"),
]


def best_shares(data, day):
    """(mean customers by pitch share, whether the share is not told apart from the best: 95 % paired interval over 0)."""
    customers = np.array([data.at("customers", arm, day) for arm in SHARES])
    best = customers.mean(axis=1).argmax()
    ties = []
    for row in customers:
        mean, half = runs.interval(customers[best] - row)
        ties.append(mean - half <= 0 or np.array_equal(row, customers[best]))
    return customers.mean(axis=1), ties


def share_map(quick):
    maps = {}
    for weight, name in AUDIENCES:
        settings = [f"audience.affinity_weight={weight}", "duration=360 days"]
        settings += (QUICK + [f"strategy.{s}.followers=300" for s in SHARES]) if quick else []
        data = runs.run(NARROWING, settings, 3 if quick else None)
        fans = data.at("fan_share", "p0", 0).mean()
        maps[f"{name} ({fans:.0%} fans)"] = [best_shares(data, day) for day in HORIZONS]
    return maps


def share_table(maps):
    lines = ["| audience | " + " | ".join(f"{d} days" for d in HORIZONS) + " |", "|---" * (len(HORIZONS) + 1) + "|"]
    for name, rows in maps.items():
        cells = []
        for means, ties in rows:
            among = [int(s[1:]) / 100 for s, tie in zip(SHARES, ties) if tie]
            cells.append(f"{int(means.argmax()) / 10:.1f} ({min(among):.1f}–{max(among):.1f})")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def draw_shares(maps, figure):
    axes = figure.subplots(1, len(maps), sharey=True)
    for one, (name, rows) in zip(axes, maps.items()):
        grid = np.array([means / max(means.max(), 1e-9) for means, _ in rows]).T
        one.imshow(grid, origin="lower", aspect="auto", cmap="cividis", vmin=0.4, vmax=1)
        for x, (means, ties) in enumerate(rows):
            for y, tie in enumerate(ties):
                if tie:
                    one.plot(x, y, marker="*" if y == means.argmax() else "o", color="white", markersize=6 if y == means.argmax() else 2)
        one.set_xticks(range(len(HORIZONS)), [str(d) for d in HORIZONS])
        one.set_yticks(range(0, 11, 2), [f"{k / 10:.1f}" for k in range(0, 11, 2)])
        one.set_title(name, fontsize=8), one.set_xlabel("days waited"), one.grid(False)
    axes[0].set_ylabel("pitch share")


def cell(first, a, second, b, quick):
    """Customers on the last of 180 days, value-add less pitch: mean, half-width."""
    def setting(key, value):
        if key != "posts":
            return [f"{key}={value}"]
        return [f"strategy.{arm}.posts={value} per day" for arm in ("value-add", "pitch")]

    small = QUICK + [f"strategy.{arm}.followers=300" for arm in ("value-add", "pitch")] if quick else []
    data = runs.run(PATIENCE, [*setting(first, a), *setting(second, b), "duration=180 days", *small], 3 if quick else None)
    return runs.interval(data.at("customers", "value-add") - data.at("customers", "pitch"))


def pair_map(pair, quick):
    first, a, second, b, _ = pair
    a, b = (a[::4], b[::4]) if quick else (a, b)
    return a, b, [[cell(first, x, second, y, quick) for x in a] for y in b]


def pair_table(pair, found):
    first, _, second, _, _ = pair
    a, b, cells = found
    lines = [f"| {second.split('.')[-1]} \\ {first.split('.')[-1]} | " + " | ".join(str(x) for x in a) + " |", "|---" * (len(a) + 1) + "|"]
    for y, row in zip(b, cells):
        told = [f"{'**' if abs(m) > h else ''}{m:+.1f}{'**' if abs(m) > h else ''} ± {h:.1f}" for m, h in row]
        lines.append(f"| {y} | " + " | ".join(told) + " |")
    return lines


def draw_pairs(found, figure):
    axes = figure.subplots(1, len(found))
    for one, (pair, (a, b, cells)) in zip(axes, found):
        means = np.array([[m for m, _ in row] for row in cells])
        most = max(np.abs(means).max(), 1e-9)
        one.imshow(means, origin="lower", aspect="auto", cmap="PuOr", vmin=-most, vmax=most)
        for y, row in enumerate(cells):
            for x, (m, h) in enumerate(row):
                one.text(x, y, f"{m:+.0f}" if abs(m) > h else "·", ha="center", va="center", fontsize=7)
        one.set_xticks(range(len(a)), [str(x) for x in a]), one.set_yticks(range(len(b)), [str(y) for y in b])
        one.set_xlabel(pair[0].split(".")[-1]), one.set_ylabel(pair[2].split(".")[-1]), one.grid(False)
        one.set_title("customers, value-add less pitch", fontsize=8)


def write(page, quick):
    from article import figures
    folder = page.parent / "article"
    folder.mkdir(exist_ok=True)
    maps = share_map(quick)
    found = [(pair, pair_map(pair, quick)) for pair in PAIRS]
    figures.save(folder / "map_shares.svg", lambda f: draw_shares(maps, f), 7.2, 2.4)
    figures.save(folder / "map_assumptions.svg", lambda f: draw_pairs(found, f), 7.2, 2.6)
    lines = ["", "![where each pitch share wins](article/map_shares.svg)", "", *share_table(maps), "",
             "![which assumptions carry it](article/map_assumptions.svg)", ""]
    for pair, cells in found:
        lines += [f"Customers after 180 days, value-add less pitch, ± half a 95 % interval, by {pair[4]}:", "", *pair_table(pair, cells), ""]
    renew(page, BEGIN, END, lines[:-1])
