"""docs/article.md: claim, scenario, figure, result, ablation; a row a claim between two marks, the text around them stays."""
import pathlib
import re

from article import runs
from article.claim import left_of
from article.claims import CLAIMS

BEGIN, END = "<!-- begin scripts/write_article -->", "<!-- end scripts/write_article -->"
HEAD = ["| claim | the article says | scenario | figure | effect, mean ± half a 95 % interval | ablation: what is left |", "|---|---|---|---|---|---|"]


def number(value, effect):
    return f"{value:+,.{effect.digits}f}"


def told(effect, values):
    mean, half = runs.interval(values)
    if effect.band:
        return f"{effect.name}: **{number(mean, effect)}** (a band, no test)"
    return f"{effect.name}: **{number(mean, effect)}** ± {abs(half):,.{effect.digits}f}{' ' + effect.unit if effect.unit else ''}"


def ablated(claim, ablation, data):
    effect = claim.effects[ablation.effect]
    less = effect.measure(claim.run(ablation.settings))
    settings = " ".join(f"`{setting}`" for setting in ablation.settings)
    left = left_of(effect.measure(data), less)
    kept = f"{left:.0%} left" if left >= 0.005 else "nothing left" if left > -0.005 else f"turned round, {left:.0%}"
    return f"{ablation.why} ({settings}): {effect.name} {number(less.mean() + 0.0, effect)}, {kept}"


def draw(claim, data, folder):
    if claim.figure is None:
        return ""
    from article import figures
    folder.mkdir(exist_ok=True)
    figures.save(folder / f"{claim.id.lower()}.svg", lambda figure: claim.figure(data, figure))
    return f"![{claim.id}](article/{claim.id.lower()}.svg)"


def row(claim, folder):
    data = claim.run()
    picture = draw(claim, data, folder)
    effects = "<br>".join(told(e, e.measure(data)) for e in claim.effects)
    if claim.extra:
        effects += "<br>" + claim.extra(data)
    removed = "<br>".join(ablated(claim, a, data) for a in claim.ablations)
    name = pathlib.Path(claim.scenario)
    return (f"| {claim.id} | {claim.claims}: {claim.says} | [{name.stem}](../scenarios/{claim.scenario}) | {picture} | {effects} | {removed} |")


def renew(page, begin, end, lines):
    """Puts lines between the two marks of a page."""
    text = page.read_text()
    page.write_text(text.split(begin)[0] + "\n".join([begin, *lines, end]) + text.split(end)[1])


def write(page, wanted):
    table = page.read_text().split(BEGIN)[1].split(END)[0]
    kept = {m[1]: m[0] for m in re.finditer(r"^\| (\w+) \|.*$", table, re.M) if m[1] != "claim"}
    for claim in CLAIMS:
        if not wanted or claim.id in wanted:
            print(claim.id, claim.scenario, flush=True)
            kept[claim.id] = row(claim, page.parent / "article")
    rows = [kept[claim.id] for claim in CLAIMS if claim.id in kept]
    renew(page, BEGIN, END, [*HEAD, *rows])
