"""The verb seeds: who is chosen, what is said of them, and that `run` with these seeds finds the same."""
import csv
import json

import pytest

from program import call, errors_of, refused

# Hub 1 has four followers, hub 2 three, of whom one is shared; "a,b" is followed by one.
EDGES = "1\tu\n1\tv\n1\tw\n1\tx\n2\tx\n2\ty\n2\tz\na,b\tt\n"
SCENARIO = """\
seed = 5
replicates = 2000
[network]
file = "edges.tsv"
direction = "source -> target"
[model]
name = "independent-cascade"
probability = {probability}
"""
GENERATED = """\
seed = 3
[network]
kind = "configuration"
accounts = 3000
mean_followers = 8
[model]
name = "independent-cascade"
probability = 0.08
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "edges.tsv").write_text("source\ttarget\n" + EDGES)
    (tmp_path / "ic.toml").write_text(SCENARIO.format(probability=0.5))
    (tmp_path / "big.toml").write_text(GENERATED)
    return tmp_path


def told(folder, *words):
    done = call("seeds", *words, "--json", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("method", ["imm", "greedy"])
def test_hubs_are_chosen_and_run_finds_the_same(place, method):
    answer = told(place, "ic.toml", "-k", 3, "--method", method)
    assert answer["schema"] == 1 and answer["method"] == method
    assert [seed["label"] for seed in answer["seeds"]] == ["1", "2", "a,b"]
    assert [seed["rank"] for seed in answer["seeds"]] == [1, 2, 3]
    assert [seed["followers"] for seed in answer["seeds"]] == [4, 3, 1]
    mean, se = answer["spread"]["mean"], answer["spread"]["se"]
    assert abs(mean - (3 + 0.5 * 6 + 0.75)) < 5 * se  # a chance of 1 in a million
    assert abs(sum(seed["gain"] for seed in answer["seeds"]) - mean) < 1e-9
    assert answer["baselines"]["random"]["mean"] < mean
    assert answer["sets"] > 0 and answer["seconds"] >= answer["choosing_seconds"]
    done = call("run", "ic.toml", "--json", "--force", "--set", 'model.seeds=["1", "2", "a,b"]', folder=place)
    assert json.loads(done.stdout)["size"]["mean"] == pytest.approx(mean, abs=1e-9)


def test_the_guarantee_is_printed_with_the_line_for_a_scenario(place):
    done = call("seeds", "ic.toml", "-k", 3, "--confidence", "0.999", "--epsilon", "0.2", folder=place)
    assert done.returncode == 0, done.stderr
    words = " ".join(done.stdout.split())
    assert "with a probability of at least 0.999 each: they reach 43.2 % (1 - 1/e - 0.2) of what the best 3 reach" in words
    assert 'seeds = ["1", "2", "a,b"]' in done.stdout
    guarantee = told(place, "ic.toml", "-k", 3, "--confidence", "0.999")["guarantee"]
    assert 6.75 < guarantee.pop("best_at_most") < 8
    assert guarantee == {"share_of_best": pytest.approx(0.53212, abs=1e-5), "probability": pytest.approx(0.999), "epsilon": 0.1}
    assert "guarantee" not in told(place, "ic.toml", "-k", 3, "--method", "greedy")


def test_threads_choose_the_same(place):
    for method in ("imm", "greedy"):
        answers = [told(place, "big.toml", "-k", 20, "--method", method, "--epsilon", 0.3, "--samples", 100, "-j", n)
                   for n in (1, 2, 5)]
        for answer in answers:
            for key in ("threads", "seconds", "choosing_seconds", "memory_bytes"):
                del answer[key]
        assert answers[0] == answers[1] == answers[2]
        gains = [seed["foreseen"] for seed in answers[0]["seeds"]]
        assert gains == sorted(gains, reverse=True)
        assert answers[0]["spread"]["mean"] > answers[0]["baselines"]["random"]["mean"]


def test_the_table_quotes_labels_and_is_not_overwritten(place):
    assert call("seeds", "ic.toml", "-k", 3, "-o", "s.csv", "-q", folder=place).stdout == ""
    rows = list(csv.DictReader((place / "s.csv").open()))
    assert [row["account"] for row in rows] == ["1", "2", "a,b"]
    assert float(rows[2]["spread"]) == pytest.approx(6.75, abs=0.2)
    refused("seeds", "ic.toml", "-k", 3, "-o", "s.csv", folder=place, code=1, says="--force")
    refused("seeds", "ic.toml", "-o", "edges.tsv", "--force", folder=place, code=1, says="edges.tsv")


def test_what_cannot_be_chosen_is_refused(place):
    refused("seeds", "ic.toml", "-k", 0, folder=place, code=2, says="--count")
    refused("seeds", "ic.toml", "-k", 13, folder=place, code=2, says=["13 accounts asked for, the network has 10", "at most 10"])
    refused("seeds", "ic.toml", "--epsilon", 0.7, folder=place, code=2, says="0.632")
    refused("seeds", "ic.toml", "--method", "im", folder=place, code=2, says="did you mean `imm`?")
    refused("seeds", "ic.toml", "-k", 2, "--method", "greedy", "--set", 'duration="24 h"', folder=place, code=2, says="--method imm")
    refused("seeds", "big.toml", "--set", 'redraw="network"', folder=place, code=3, says="one network")
    (place / "talk.toml").write_text('duration = "2 days"\n[[strategy]]\nname = "a"\nposts = "1 per day"\nmix = { value = 1 }\n')
    refused("seeds", "talk.toml", folder=place, code=3, says="independent-cascade")
    assert len(told(place, "ic.toml", "-k", 10)["seeds"]) == 10


def test_what_does_not_fit_says_what_would(place):
    from program import clean_environment
    (place / "big.toml").write_text(GENERATED.replace("0.08", "0.5").replace("3000", "60_000"))
    limited = clean_environment(PASSALONG_MEMORY_LIMIT="200 MiB")
    done = call("seeds", "big.toml", "--json", folder=place, env=limited)
    assert done.returncode == 5
    assert "--method greedy" in errors_of(done)[0]["help"]
    refused("seeds", "big.toml", "--method", "greedy", "--samples", 100_000, folder=place, env=limited, code=5, says="--samples")
