"""docs/papers.md: a section a paper between two marks, the text around them stays, as do sections not asked for."""
import re

from papers.papers import PAPERS

BEGIN, END = "<!-- begin scripts/write_papers -->", "<!-- end scripts/write_papers -->"


def mark(paper):
    return f"<!-- {paper.id} -->"


def table(paper, data):
    rows = ["| | the paper | here |", "|---|---|---|"]
    return rows + [f"| {n.what} | {n.theirs or '-'} | **{n.form.format(n.ours(data))}** |" for n in paper.numbers]


def draw(paper, data, folder):
    if paper.figure is None:
        return []
    from article import figures
    folder.mkdir(exist_ok=True)
    figures.save(folder / f"{paper.id}.svg", lambda figure: paper.figure(data, figure), *paper.size)
    return ["", f"![{paper.title}](papers/{paper.id}.svg)"]


def section(paper, folder):
    data = paper.run(False)
    names = ", ".join(f"[{name.removesuffix('.toml')}](../scenarios/papers/{name})" for name in paper.scenarios)
    lines = [mark(paper), f"## {paper.title}", "", paper.found, "", f"Scenario: {names}"]
    lines += ["", *(f"    {command}" for command in paper.how)]
    lines += ["", paper.told(data)] if paper.told else []
    lines += ["", *table(paper, data), *draw(paper, data, folder), ""]
    lines += [*(f"* {note}" for note in paper.notes), *(f"* Differs: {text}" for text in paper.differs)]
    return "\n".join(lines) + "\n"


def sections_of(text):
    """By paper: what stands on the page."""
    inside = text.split(BEGIN)[1].split(END)[0]
    marks = {mark(paper): paper.id for paper in PAPERS}
    parts = re.split(f"({'|'.join(re.escape(m) for m in marks)})", inside)
    return {marks[m]: m + body.rstrip() + "\n" for m, body in zip(parts[1::2], parts[2::2])}


def write(page, wanted):
    from article.page import renew
    kept = sections_of(page.read_text())
    for paper in PAPERS:
        if not wanted or paper.id in wanted:
            print(paper.id, *paper.scenarios, flush=True)
            kept[paper.id] = section(paper, page.parent / "papers")
    renew(page, BEGIN, END, [kept[paper.id] for paper in PAPERS if paper.id in kept])
