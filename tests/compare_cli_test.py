"""passalong compare over one result and several: metrics, pairing, ranking, CSV, files, refusals."""
import csv
import io
import json

import pytest

from program import ROOT, SCENARIO, call, errors_of, folder, refused, world  # noqa: F401

CASCADE = """\
seed = 3
replicates = 400
[network]
kind = "configuration"
accounts = 500
mean_followers = 8
[model]
name = "independent-cascade"
probability = 0.08
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """One scenario, the same with another mix, with another seed, and a cascade with two chances."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "a.toml").write_text(SCENARIO)
    (folder / "c.toml").write_text(CASCADE)
    for name, *changes in (("a", "a.toml"), ("b", "a.toml", "--set", "strategy.pitch.posts=4 per day", "--replicates", "5"),
                           ("other", "a.toml", "--seed", "8"), ("c", "c.toml"), ("d", "c.toml", "--set", "model.probability=0.1")):
        done = call("run", *changes, "-q", "-o", f"{name}.h5", folder=folder)
        assert done.returncode == 0, done.stderr
    return folder


def told(runs, *words):
    done = call("compare", *words, "--json", folder=runs)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_listed_metric_can_be_compared(runs):
    for file in ("a.h5", "c.h5"):
        metrics = json.loads(call("compare", file, "--list", "--json", folder=runs).stdout)["metrics"]
        assert all(m["name"] and m["meaning"] for m in metrics)
        text = call("compare", file, "--list", folder=runs).stdout
        for m in metrics:
            assert f"\n{m['name']} " in "\n" + text
    names = {m["name"] for m in json.loads(call("compare", "a.h5", "--list", "--json", folder=runs).stdout)["metrics"]}
    assert names >= {"followers", "adoptions", "shares/impressions", "posts.size", "posts.went_viral"}
    for name in ("customers", "shares/impressions", "posts.structural_virality", "follows/posts"):
        assert len(told(runs, "a.h5", "--metric", name)["strategies"]) == 2


def test_a_total_is_the_sum_of_its_steps(runs):
    steps = [told(runs, "a.h5", "--metric", "impressions", "--per-step", "--at", str(day)) for day in range(15)]
    total = told(runs, "a.h5", "--metric", "impressions")
    assert (total["basis"], steps[3]["basis"], total["at"]) == ("total", "step", 14)
    assert total["strategies"][0]["mean"] == pytest.approx(sum(s["strategies"][0]["mean"] for s in steps))
    assert call("compare", "a.h5", "-m", "impressions", folder=runs).stdout.startswith("total impressions up to day 14")
    assert told(runs, "a.h5", "-m", "adoptions")["strategies"][1]["mean"] == told(runs, "a.h5", "-m", "customers")["strategies"][1]["mean"]


def test_several_results_are_paired_where_they_met_the_same_draws(runs):
    both = told(runs, "a.h5", "b.h5")
    assert [s["name"] for s in both["strategies"]] == ["a:value-add", "a:pitch", "b:value-add", "b:pitch"]
    pairs = {(p["a"], p["b"]): p for p in both["pairs"]}
    same = pairs["a:value-add", "b:value-add"]
    assert same["paired"] and same["difference"] == 0 and (same["replicates_a"], same["replicates_b"]) == (3, 3) and same["not_paired_because"] is None
    assert [f["replicates"] for f in both["files"]] == [3, 5] and "differences are paired" in both["verdict"]
    other = told(runs, "a.h5", "other.h5", "--baseline", "a:pitch")
    across = next(p for p in other["pairs"] if p["a"] == "other:pitch")
    assert not across["paired"] and across["not_paired_because"] == "they differ in seed (8 and 7)"
    assert across["correlation"] is None and "Welch" in other["verdict"]
    assert [r["name"] for r in other["ranking"]] == [s["name"] for s in other["strategies"]]
    assert all(1 <= r["rank_range"][0] <= r["rank_range"][1] <= 4 for r in other["ranking"])


def test_classic_models_are_one_arm_a_file(runs):
    sizes = told(runs, "c.h5", "d.h5")
    assert (sizes["metric"], sizes["at"], sizes["dimension"]) == ("size", None, "file")
    (pair,) = sizes["pairs"]
    assert (pair["a"], pair["b"], pair["paired"]) == ("c", "d", True) and pair["difference"] < 0
    assert pair["p_a_beats_b"] <= 0.5  # the same coins, with a greater chance
    active = told(runs, "c.h5", "d.h5", "-m", "active")
    assert pair["difference"] <= active["pairs"][0]["difference"] < 0  # the longer course is left where the other ends
    assert "goes on to" in active["verdict"]
    assert told(runs, "c.h5", "-m", "depth")["pairs"] == []


def test_csv_is_rfc_4180(runs):
    done = call("compare", "a.h5", "b.h5", "--csv", folder=runs)
    assert done.returncode == 0
    call("compare", "a.h5", "b.h5", "--csv", "-o", "out.csv", folder=runs)
    text = (runs / "out.csv").read_bytes().decode()
    assert text.count("\r\n") == text.count("\n") == 11
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [r["row"] for r in rows] == ["strategy"] * 4 + ["pair"] * 6
    both = told(runs, "a.h5", "b.h5")
    for row, pair in zip(rows[4:], both["pairs"]):
        assert (row["name"], row["against"]) == (pair["a"], pair["b"])
        assert float(row["mean"]) == pair["difference"] and float(row["p_adjusted"]) == pair["p_adjusted"]
        assert row["replicates_more"] == ("" if pair["replicates_more"] is None else str(pair["replicates_more"]))
    man = (ROOT / "scripts/install/passalong.1").read_text()
    assert all(name in man for name in rows[0])


def test_output_and_refusals(runs):
    assert call("compare", "a.h5", "--json", "-o", "told.json", folder=runs).stdout == ""
    assert json.loads((runs / "told.json").read_text()) == told(runs, "a.h5")
    refused("compare", "a.h5", "-o", "told.json", folder=runs, code=1, says="--force")
    refused("compare", "a.h5", "-o", "a.h5", "--force", folder=runs, code=1, says="would replace")
    assert call("inspect", "a.h5", folder=runs).returncode == 0
    refused("compare", "a.h5", "a.h5", folder=runs, code=2, says="given twice")
    refused("compare", "a.h5", "c.h5", folder=runs, code=2, says=["'followers' in c.h5", "size"])
    refused("compare", "a.h5", "-m", "shares/impresions", folder=runs, code=2, says="did you mean 'impressions'?")
    refused("compare", "c.h5", "--at", "3", folder=runs, code=2, says="leave out --at")
    refused("compare", "a.h5", "none.h5", folder=runs, code=4, says="none.h5")
    refused("compare", "a.h5", "b.h5", "--baseline", "pitch", folder=runs, code=2, says="a:pitch")
    assert errors_of(call("compare", "a.h5", "--csv", "--json", folder=runs))
