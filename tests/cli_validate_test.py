"""passalong validate as a user types it."""
import json

from program import call, errors_of, refused

FAST = ["X6", "X7", "--quick"]


def test_table(tmp_path):
    done = call("validate", *FAST, folder=tmp_path)
    assert done.returncode == 0 and "RED" not in done.stdout
    told = " ".join(done.stdout.split())
    assert "Medici, p = .1" in told and "none red" in told and "where nothing is wrong: below 0.001" in told
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert "\x1b[" not in done.stdout
    assert "\x1b[32mok" in call("validate", *FAST, "--color", "always", folder=tmp_path).stdout
    assert call("validate", *FAST, "--quiet", folder=tmp_path).stdout == ""


def test_json(tmp_path):
    told = json.loads(call("validate", *FAST, "--json", folder=tmp_path).stdout)
    assert told["schema"] == 1 and told["ok"] is True and told["quick"] is True and told["red"] == 0
    assert {r["id"] for r in told["rows"]} == {"X6", "X7"}
    for row in told["rows"]:
        assert {"id", "source", "what", "expected", "got", "se", "z", "gate", "detects", "ok"} <= set(row)
        assert row["ok"] is True
    by_chance = [r for r in told["rows"] if r["gate"] != "exact"]
    assert told["rows_by_chance"] == len(by_chance) and all(r["se"] > 0 and abs(r["z"]) < 6 for r in by_chance)
    assert abs(told["alpha"] * len(by_chance) - told["false_alarm_rate"]) < 1e-12 and told["false_alarm_rate"] <= 1e-3


def test_seed_and_threads(tmp_path):
    def rows(*words):
        return json.loads(call("validate", "X6", "--quick", "--json", *words, folder=tmp_path).stdout)["rows"]
    assert rows("--threads", 1) == rows("--threads", 2) != rows("--seed", 8)


def test_list(tmp_path):
    done = call("validate", "--list", folder=tmp_path)
    assert done.returncode == 0
    for target in ("X1 ", "X7 ", "C1 ", "T1 "):
        assert f"\n{target}" in "\n" + done.stdout
    told = json.loads(call("validate", "--list", "--json", folder=tmp_path).stdout)
    ids = [t["id"] for t in told["targets"]]
    assert "X6" in ids
    assert len({(t["id"], t["what"]) for t in told["targets"]}) == len(ids)


def test_unknown_target(tmp_path):
    refused("validate", "X77", folder=tmp_path, code=2, says=["`X77` is no target", "did you mean `X7`?"])
    assert "no target" in errors_of(call("validate", "X77", "--json", folder=tmp_path))[0]["message"]


def test_networks_asked_for(tmp_path):
    refused("validate", "N4", folder=tmp_path, code=2, says=["`N4` reads networks from files", "--networks FOLDER"])
    (tmp_path / "none").mkdir()
    refused("validate", "N4", "--networks", "none", folder=tmp_path, code=2,
            says=["`none` has no file `wiki-vote.txt.gz`", "--networks FOLDER"])
