# label: papers
"""Every paper's scenarios pass `check`, and a small version of each gives the headline of its paper.

Bands are the papers' own or rough readings of them, far wider than what chance does to the small versions; the numbers follow from
the scenarios' seeds, so a pass stays a pass until the model changes.
"""
import json
import pathlib
import sys

import pytest

from program import call

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
pytest.importorskip("h5py")
from papers import page, runs  # noqa: E402
from papers.papers import PAPERS  # noqa: E402

SCENARIOS = sorted((ROOT / "scenarios" / "papers").glob("*.toml"))
BY_ID = {paper.id: paper for paper in PAPERS}


@pytest.mark.parametrize("name", [file.name for file in SCENARIOS])
def test_scenarios_are_valid_and_say_what_they_show(name):
    file = ROOT / "scenarios" / "papers" / name
    done = call("check", file, "--json", folder=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["accounts"] > 0
    assert file.read_text().startswith("# ")


@pytest.mark.parametrize("name", BY_ID)
def test_the_small_version_has_the_headline(name, tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "FOLDER", tmp_path)
    paper = BY_ID[name]
    data = paper.run(True)
    for number in paper.numbers:
        ours = number.ours(data)
        assert number.form.format(ours)
        if number.band:
            low, high = number.band
            assert low <= ours <= high, (number.what, ours)


def test_every_scenario_is_of_a_paper():
    assert {file.name for file in SCENARIOS} == {name for paper in PAPERS for name in paper.scenarios}


def test_every_paper_has_a_section_on_the_page():
    text = (ROOT / "docs" / "papers.md").read_text()
    kept = page.sections_of(text)
    for paper in PAPERS:
        assert paper.id in kept and f"## {paper.title}" in kept[paper.id], paper.id
        for name in paper.scenarios:
            assert f"../scenarios/papers/{name}" in kept[paper.id], name
        for number in paper.numbers:
            assert f"| {number.what} |" in kept[paper.id], number.what
