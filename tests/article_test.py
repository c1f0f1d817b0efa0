# label: article
"""Every claim of the article, in a small version, with its ablation.

An effect passes where its one-sided t over replicates exceeds the critical value of 1 in 1,000: so often would it pass were
there nothing. An ablation passes where the effect is less by the same test and no more than the stated share of it is left.
The numbers follow from the scenarios' seeds, so a pass stays a pass until the model changes.
"""
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
pytest.importorskip("h5py")
from article import runs  # noqa: E402
from article.claim import left_of, shrinkage  # noqa: E402
from article.claims import CLAIMS  # noqa: E402

ALPHA = 1e-3
BY_ID = {claim.id: claim for claim in CLAIMS}


@pytest.fixture(scope="module")
def whole():
    kept = {}

    def of(claim):
        if claim.id not in kept:
            kept[claim.id] = claim.run(small=True)
        return kept[claim.id]

    return of


@pytest.mark.parametrize("name", BY_ID)
def test_effects_have_the_direction_the_article_says(name, whole):
    claim = BY_ID[name]
    for effect in claim.effects:
        values = effect.measure(whole(claim))
        if effect.band:
            assert values.mean() > 0, effect.name
            continue
        assert effect.sign * runs.t_of(values) > runs.critical(ALPHA, len(values) - 1), (effect.name, runs.interval(values))


@pytest.mark.parametrize("name,place", [(c.id, k) for c in CLAIMS for k in range(len(c.ablations))])
def test_ablations_remove_the_effect(name, place, whole):
    claim = BY_ID[name]
    ablation = claim.ablations[place]
    effect = claim.effects[ablation.effect]
    full, less = effect.measure(whole(claim)), effect.measure(claim.run(ablation.settings, small=True))
    if ablation.left == 0:
        assert (less == 0).all(), (effect.name, less)
        return
    gone = shrinkage(full, less, effect.sign)
    assert runs.t_of(gone) > runs.critical(ALPHA, len(gone) - 1), (effect.name, runs.interval(full), runs.interval(less))
    assert left_of(full, less) <= ablation.left, (effect.name, left_of(full, less))


def test_every_scenario_of_the_gallery_is_a_claim():
    files = {p.name for p in (ROOT / "scenarios" / "article").glob("*.toml")}
    assert files == {pathlib.Path(c.scenario).name for c in CLAIMS}


def test_every_scenario_begins_with_what_it_shows():
    for file in (ROOT / "scenarios" / "article").glob("*.toml"):
        assert file.read_text().startswith("# "), file.name


def test_every_claim_has_a_row_on_the_page():
    page = (ROOT / "docs" / "article.md").read_text()
    for claim in CLAIMS:
        assert f"| {claim.id} |" in page, claim.id


def test_the_critical_value_is_students():
    assert runs.critical(0.025, 7) == pytest.approx(2.3646, abs=1e-3)
    assert runs.critical(0.001, 7) == pytest.approx(4.785, abs=1e-2)
