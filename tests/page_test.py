# label: cli
"""The page in a real browser: offline from a disk, whole, usable by mouse and keyboard, on paper and on a telephone; and
its numbers are the file's."""
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from program import PROGRAM, ROOT, SCENARIO, call

CHROMIUM = os.environ.get("PASSALONG_CHROMIUM", "/usr/bin/chromium")
MODULES = pathlib.Path(PROGRAM).parent / "page/node_modules"
SECTIONS = ["verdict", "course", "funnel", "costs", "audience", "trust", "cascades", "tree", "figures", "assumptions", "origin"]

pytestmark = [
    pytest.mark.skipif(not pathlib.Path(CHROMIUM).exists(), reason="no chromium: scripts/install_dependencies --tests"),
    pytest.mark.skipif(not (MODULES / "playwright-core").exists(), reason="playwright-core is not installed with the build"),
]


def made(folder, name, *options):
    """A result and its page."""
    done = call("run", *options, "-o", f"{name}.h5", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / f"{name}.h5"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    (folder / "small.toml").write_text(SCENARIO.replace("accounts = 2000", "accounts = 5000  # [assumption] few")
                                       + '\n[output]\ncascades = "largest"\n')
    (folder / "brands.toml").write_text(SCENARIO.replace("[[strategy]]", "[[brand]]"))
    made(folder, "policies", "small.toml", "--replicates", "6")
    made(folder, "calm", "small.toml", "--replicates", "6", "--set", "model.suspicion.on=false")
    made(folder, "brands", "brands.toml")
    arms = "".join(f'[[strategy]]\nname = "policy of {"long" * 20} number {k}"\nposts = "2 per day"\nfollowers = 100\n'
                   f"mix = {{ value = 0.{k}, pitch = 0.{10 - k} }}\n" for k in range(1, 10))
    (folder / "many.toml").write_text(SCENARIO[:SCENARIO.index("[[strategy]]")] + arms)
    made(folder, "many", "many.toml")
    made(folder, "lone", "small.toml", "--replicates", "1", "--set", 'duration="2 days"')
    made(folder, "classic", str(ROOT / "scenarios/epidemic.toml"), "--replicates", "9")
    return folder


@pytest.fixture(scope="module")
def seen(results):
    pages = {}
    for name in ("policies", "classic", "brands", "lone", "many"):
        assert call("report", f"{name}.h5", folder=results).returncode == 0
        pages[name] = str(results / f"{name}.html")
    assert call("report", "policies.h5", "calm.h5", "-o", "drivers.html", folder=results).returncode == 0
    pages["drivers"] = str(results / "drivers.html")
    if os.environ.get("PASSALONG_SHOTS"):
        pages["shots"] = os.environ["PASSALONG_SHOTS"]
    (results / "pages.json").write_text(json.dumps(pages))
    done = subprocess.run([shutil.which("node") or "node", ROOT / "tests/page/checks.mjs", MODULES, "pages.json", "seen.json"],
                          cwd=results, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((results / "seen.json").read_text())


@pytest.fixture(scope="module")
def h5(results):
    return pytest.importorskip("h5py").File(results / "policies.h5")


WIDTHS = {"320": 0, "420": 0, "768": 0, "1440": 0}
PAGES = ["policies", "classic", "brands", "lone", "drivers", "many"]


@pytest.mark.parametrize("name", PAGES)
def test_it_asks_for_nothing_but_itself_and_has_nothing_to_complain_of(seen, name):
    page = seen[name]
    assert page["console"] == [] and page["refused"] == []
    assert [url for url in page["requests"] if not url.endswith(f"/{name}.html")] == []
    print(f"{name}: loaded in {page['loaded']} ms, drawn in {page['total']} ms")


@pytest.mark.parametrize("name", PAGES)
def test_it_is_small_and_nothing_sticks_out(seen, results, name):
    assert (results / f"{name}.html").stat().st_size < 1_200_000
    if name != "policies":
        assert seen[name]["widths"] == WIDTHS
    else:
        assert seen["widths"] == WIDTHS


def test_every_section_and_chart_is_there(seen):
    assert seen["policies"]["sections"] == SECTIONS
    charts = {chart["name"]: chart for chart in seen["policies"]["charts"] if not chart["hidden"]}
    assert {"course-chart", "difference-chart", "impressions-chart", "shares-chart", "follows-chart", "checks-chart", "adoptions-chart",
            "costs-chart", "fan_share-chart", "seller_share-chart", "audience_diversity-chart", "trust_mean-chart",
            "suspicion_mean-chart", "sizes-chart", "tree-chart"} <= set(charts)
    for chart in charts.values():
        assert chart["marks"] > 3 and chart["label"] and chart["wider"] <= 0, chart


def test_the_verdict_stands_first_in_two_sentences(seen):
    text = seen["policies"]["text"]
    assert re.search(r"(The winner is|There is no clear winner|Highest is).*followers", text[:400])
    assert "95\u00a0% confidence" in text[:700]


def test_classic_brand_and_short_results_have_pages_of_their_own(seen):
    assert seen["classic"]["sections"] == ["verdict", "finals", "sizes", "spread", "figures", "origin"]
    assert "On average" in seen["classic"]["text"] and "susceptible" in seen["classic"]["text"]
    assert "2 brands, 3 replicates" in seen["brands"]["text"] and "course" in seen["brands"]["sections"]
    assert "One replicate cannot tell" in seen["lone"]["text"]
    difference = [chart for chart in seen["lone"]["charts"] if chart["name"] == "difference-chart"]
    assert difference == [] or difference[0]["hidden"]


def test_what_drove_the_result_is_told_where_there_is_another(seen):
    assert "drivers" in seen["drivers"]["sections"] and "drivers" not in seen["policies"]["sections"]
    assert "calm.h5: without suspicion" in seen["drivers"]["text"]


def as_told(number):
    """From 100 on numbers may be told whole."""
    return pytest.approx(number, rel=6e-4, abs=0.5 if abs(number) >= 99.995 else 1e-3)


def numbers_in(text):
    return [float(number.replace(",", "").replace("\u2212", "-")) for number in re.findall(r"[\u2212-]?\d[\d,]*\.?\d*", text)]


def test_tooltips_tell_the_values_of_the_file_with_their_units(seen, h5):
    lines = seen["tips"]["course"].splitlines()
    day = int(numbers_in(lines[0])[0])
    assert "followers" in lines[0] and "accounts" in seen["tips"]["course"]
    for arm, name in enumerate(["value-add", "pitch"]):
        mean = h5["followers"][arm, :, day].mean()
        told = numbers_in(lines[lines.index(name) + 1])[0]
        assert told == as_told(mean), name
    lines = seen["tips"]["difference"].splitlines()
    paired = (h5["followers"][0, :, day] - h5["followers"][1, :, day]).mean()
    day_told = int(numbers_in(lines[0])[0])
    paired = abs((h5["followers"][0, :, day_told] - h5["followers"][1, :, day_told]).mean())
    assert abs(numbers_in(lines[-3])[0]) == as_told(paired) and "accounts" in lines[-3]
    assert "of posts" in seen["tips"]["sizes"] and "accounts or more" in seen["tips"]["sizes"]


def test_bars_and_chosen_series_are_totals_of_the_file(seen, h5):
    bought = h5["adoptions"][0].sum(axis=1).mean()
    assert f"{bought:.4g}" in seen["tips"]["bars"] or f"{bought:.0f}" in seen["tips"]["bars"]
    lines = seen["choose"]["tip"].splitlines()
    day = int(numbers_in(lines[0])[0])
    told = numbers_in(lines[lines.index("value-add") + 1])[0]
    assert told == as_told(h5["adoptions"][0, :, :day + 1].sum(axis=1).mean())
    assert "purchases" in seen["choose"]["finding"].lower()


def test_the_table_of_figures_is_the_file_s(seen, h5):
    text = seen["policies"]["text"]
    for name, label in [("followers", "followers"), ("reach", "reach")]:
        row = re.search(rf"\n{label}\t(.*?)\n", text + "\n").group(1) if re.search(rf"\n{label}\t(.*?)\n", text) else None
        assert row is not None, label
        assert numbers_in(row)[0] == as_told(h5[name][0, :, -1].mean())


def test_lines_can_be_hidden_and_shown_again(seen):
    legend = seen["legend"]
    assert legend == {"without": ["pitch"], "pressed": "false", "again": ["value-add", "pitch"]}


def test_days_can_be_chosen_and_stay_chosen_under_new_data(seen):
    zoom = seen["zoom"]
    assert (zoom["near"]["from"], zoom["near"]["to"]) == (3.5, 10.5) and zoom["told"] == "days 4\u201311"
    assert (zoom["later"]["from"], zoom["later"]["to"]) == (5.25, 12.25)
    assert zoom["redrawn"] == zoom["later"]
    assert (zoom["all"]["from"], zoom["all"]["to"]) == (0, 14)


def test_days_never_become_so_few_that_no_point_is_left(seen):
    assert seen["zoom"]["least"]["to"] - seen["zoom"]["least"]["from"] == pytest.approx(4)


def test_many_strategies_look_different_and_are_told_in_short(seen):
    looks = seen["looks"]
    assert len(looks["looks"]) == 9 and len(set(looks["looks"])) == 9
    assert len(set(looks["ends"])) == 9 and all(len(end) <= 13 and "\u2026" in end for end in looks["ends"])
    assert looks["marks"] <= 3
    assert all(heading.count("policy of") <= 3 for heading in looks["headings"]), looks["headings"]
    assert min(looks["contrasts"]) >= 4.5


def test_texts_claim_no_more_than_the_figures(seen):
    text = seen["policies"]["text"]
    assert "eight of ten" not in text and "all replicates lie in the shading" in text
    assert not re.search(r"\bviews\b|\bsights?\b|\blooks closer\b|drives .* away|most looks", text)
    assert re.search(r"In the largest cascade.* passe?s? the post on", text)
    assert "\nFollowers lost: no clear difference" in text or "loses" in text
    assert "purchases, added up (adoptions)" in text


def test_a_keyboard_is_enough(seen):
    path = seen["keyboard"]["path"]
    assert path[0]["text"] == "Skip to the verdict"
    assert {"SUMMARY", "SELECT", "BUTTON"} <= {step["tag"] for step in path}
    assert all(step["ring"] != "none" for step in path), path
    assert seen["keyboard"]["toggled"] == ["pitch"] and seen["keyboard"]["chosen"] != "followers"


def test_a_cascade_folds_and_unfolds(seen, h5):
    tree = seen["tree"]
    posts = list(h5["cascades/post"][:])
    assert tree["all"] == min(300, max(posts.count(post) for post in set(posts)))
    assert tree["fewer"] <= tree["all"] == tree["again"] == tree["reopened"] and tree["closed"] == 1
    assert "The author" in tree["tip"] and "account" in tree["tip"]


def test_without_scripts_the_figures_are_read(seen, h5):
    plain = seen["plain"]
    assert plain["rows"] >= 15 and "need JavaScript" in plain["text"]
    mean = h5["followers"][0, :, -1].mean()
    assert (f"{mean:.4g}" in plain["text"] or f"{mean:.0f}" in plain["text"]) and h5.attrs["digest"] in plain["text"]


def test_a_live_page_follows_the_run_and_keeps_what_the_reader_has_set(seen):
    live = seen["live"]
    assert live["running"] == "Replicates 2 of 6 finished, 1 running, day 7 of 14, about 40 s left."
    assert live["next"] and live["kept"] == ["pitch"] and live["asked"] >= 2
    assert live["lost"] and live["complaints"] == []


def test_it_prints(seen):
    assert seen["paper"]["sections"] == SECTIONS
    assert seen["paper"]["bytes"] > 50_000 and 2 <= seen["paper"]["sheets"] <= 20
