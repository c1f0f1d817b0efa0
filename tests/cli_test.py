"""The verbs as a user types them: command lines, results, exit codes, JSON."""
import json
import os
import re

import pytest

from program import ROOT, SCENARIO, VERBS, call, clean_environment, errors_of, folder, refused, world  # noqa: F401


def tampered(world, folder, change):
    data = bytearray((world / "small.h5").read_bytes())
    (folder / "bad.h5").write_bytes(change(data))
    return folder / "bad.h5"


# ---- help, version, misspellings ----


def test_overview_names_every_verb_and_exit_code(folder):
    done = call("--help", folder=folder)
    assert done.returncode == 0 and done.stderr == ""
    for verb in VERBS:
        assert re.search(rf"^  {verb} +\w", done.stdout, re.M)
    for code in (0, 1, 2, 3, 4, 5, 130, 143):
        assert re.search(rf"^  {code} +\w", done.stdout, re.M)
    assert max(map(len, done.stdout.splitlines())) <= 100


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb(verb, folder):
    long, short = call(*verb.split(), "--help", folder=folder), call(*verb.split(), "-h", folder=folder)
    assert long.returncode == short.returncode == 0
    assert f"Usage: passalong {verb}" in short.stdout and long.stdout.startswith(short.stdout)
    examples = long.stdout.split("Examples:\n")[1].split("\n\n")[0]
    assert 3 <= len(examples.splitlines()) <= 5
    assert "Exit codes:" in long.stdout and "PASSALONG_THREADS" in long.stdout


def test_version(folder):
    told = call("--version", folder=folder).stdout
    assert re.match(r"passalong \d+\.\d+\.\d+\ncommit +(\w{40}(-dirty)?|unknown)\n", told)
    assert re.search(r"^compiler +(g\+\+|clang) ", told, re.M) and re.search(r"^HDF5 +\d", told, re.M)
    assert re.search(r"^parallel +(tbb|threads)$", told, re.M)


@pytest.mark.parametrize("words, says", [
    ([], "a verb is missing"),
    (["rnu", "x"], ["unknown verb `rnu`", "did you mean `run`?"]),
    (["comprae"], "did you mean `compare`?"),
    (["grumble", "x"], ["unknown verb `grumble`", "verbs are run, check"]),
    (["run"], "SCENARIO.toml is missing"),
    (["run", "a", "b"], "unexpected argument `b`"),
    (["run", "small.toml", "--thraeds", "3"], ["has no option `--thraeds`", "did you mean `--threads`?"]),
    (["compare", "x", "--metrik=reach"], "did you mean `--metric`?"),
    (["digest", "x", "--seed", "3"], "`digest` has no option `--seed`"),
    (["run", "small.toml", "--seed"], "--seed needs a value"),
    (["run", "small.toml", "--seed", "-1"], "--seed: `-1` is not a whole number"),
    (["run", "small.toml", "--seed", "99999999999999999999"], "is not a whole number from 0 to 9223372036854775807"),
    (["run", "small.toml", "--seed", "7x"], "`7x`"),
    (["run", "small.toml", "--replicates", "0"], "`0` is not a whole number from 1"),
    (["run", "small.toml", "--threads", "-2"], "`-2`"),
    (["run", "small.toml", "--max-time", "2"], ["`2` is not a duration", "2h"]),
    (["run", "small.toml", "--set", "seed"], "`seed` is not key=value"),
    (["run", "small.toml", "-o", "--force"], "looks like an option"),
    (["run", "small.toml", "--color", "red"], "auto, always, never"),
    (["compare", "x.h5", "--at", "soon"], "`soon` is not a number"),
    (["models", "conversatoin"], "did you mean `conversation`?"),
    (["--json", "run"], "a verb comes first"),
])
def test_wrong_command_lines(words, says, folder):
    if "--json" in words:
        assert says in errors_of(call(*words, folder=folder))[0]["message"]
    else:
        refused(*words, folder=folder, code=2, says=says)
    assert os.listdir(folder) == ["small.toml"]


@pytest.mark.parametrize("name, value", [("PASSALONG_THREADS", "many"), ("PASSALONG_THREADS", "-1"), ("PASSALONG_COLOR", "red")])
def test_wrong_environment(name, value, folder):
    refused("run", "small.toml", folder=folder, code=2, says=[name, value], env=clean_environment(**{name: value}))


# ---- check ----


def test_check(folder):
    done = call("check", "small.toml", folder=folder)
    assert done.returncode == 0 and re.search(r"accounts +2,000\n", done.stdout)
    one = json.loads(call("check", "small.toml", "--json", folder=folder).stdout)
    assert one["schema"] == 1 and one["accounts"] == 2000 and 0.5 < one["follows"] / 40000 < 2
    assert all(one[name] > 0 for name in ("memory_bytes", "seconds", "deliveries"))
    two = json.loads(call("check", "small.toml", "small.toml", "--json", folder=folder).stdout)
    assert [s["accounts"] for s in two["scenarios"]] == [2000, 2000]
    assert os.listdir(folder) == ["small.toml"]


def test_check_of_a_missing_network(folder):
    for file, says in (("none.txt", "none.txt"), (".", "irectory")):
        (folder / "file.toml").write_text(SCENARIO.replace("accounts = 2000\nmean_followers = 20", f'file = "{file}"'))
        for verb in ("check", "run"):
            refused(verb, "file.toml", folder=folder, code=4, says=says)


def test_what_cannot_fit_is_refused_before_it_is_built(folder):
    giant = ["--set", "network.accounts=4_000_000_000", "--set", "network.mean_followers=500"]
    for verb in ("check", "run"):
        done = call(verb, "small.toml", *giant, folder=folder)
        assert done.returncode == 5, (done.stdout, done.stderr)
        assert "memory" in done.stderr and "iB" in done.stderr
    done = call("check", "small.toml", *giant, "--json", folder=folder)
    assert done.returncode == 5 and json.loads(done.stdout)["errors"]
    assert os.listdir(folder) == ["small.toml"]


# ---- results ----


def test_brands_compete_in_one_world(folder):
    (folder / "small.toml").write_text(SCENARIO.replace("[[strategy]]", "[[brand]]"))
    ran = call("run", "small.toml", "--set", "brand.pitch.posts=3 per day", folder=folder)
    assert ran.returncode == 0 and "The brands compete" in ran.stdout, ran.stderr
    told = json.loads(call("compare", "small.h5", "--json", folder=folder).stdout)
    assert told["dimension"] == "brand" and [s["name"] for s in told["strategies"]] == ["value-add", "pitch"]
    against = call("compare", "small.h5", "--baseline", "pitch", "--metric", "reach", folder=folder)
    assert "value-add - pitch" in against.stdout and "strateg" not in against.stdout
    inspected = json.loads(call("inspect", "small.h5", "--json", folder=folder).stdout)
    assert inspected["brands"] == ["value-add", "pitch"] and inspected["strategies"] == ["all"]
    assert "brands      value-add, pitch\n" in call("inspect", "small.h5", folder=folder).stdout
    assert call("report", "small.h5", folder=folder).returncode == 0
    assert "2 brands, 3 replicates" in (folder / "small.html").read_text()
    forecast = json.loads(call("check", "small.toml", "--json", folder=folder).stdout)
    assert json.loads((folder / "small.run.json").read_text())["deliveries"] < 3 * forecast["deliveries"]
    one = call("run", "small.toml", "--threads", "1", "-o", "one.h5", "--set", "brand.pitch.posts=3 per day", folder=folder)
    assert one.returncode == 0 and (folder / "one.h5").read_bytes() == (folder / "small.h5").read_bytes()


def test_compare(world):
    text = call("compare", "small.h5", folder=world)
    assert text.returncode == 0 and "value-add" in text.stdout and "pitch" in text.stdout
    told = json.loads(call("compare", "small.h5", "--json", folder=world).stdout)
    assert told["schema"] == 1 and told["metric"] == "followers" and told["at"] == 14
    assert [s["name"] for s in told["strategies"]] == ["value-add", "pitch"]
    (pair,) = told["pairs"]
    assert set(pair) >= {"a", "b", "difference", "ci", "p_a_beats_b", "p_ci", "crossing_day", "correlation", "variance_reduction"}
    assert pair["ci"][0] <= pair["difference"] <= pair["ci"][1]
    means = {s["name"]: s["mean"] for s in told["strategies"]}
    assert pair["difference"] == pytest.approx(means[pair["a"]] - means[pair["b"]])


def test_compare_options(world):
    told = json.loads(call("compare", "small.h5", "-m", "reach", "--baseline", "pitch", "--at", "7", "--json", folder=world).stdout)
    assert (told["metric"], told["at"], told["pairs"][0]["b"]) == ("reach", 7, "pitch")
    refused("compare", "small.h5", "--metric", "folowers", folder=world, code=2, says="followers")
    refused("compare", "small.h5", "--metric", "trust", folder=world, code=2, says="did you mean 'trust_mean'?")
    refused("compare", "small.h5", "--baseline", "pich", folder=world, code=2, says="pitch")
    refused("compare", "small.h5", "--at", "999", folder=world, code=2, says="14")


def test_report(world, folder):
    done = call("report", world / "small.h5", "-o", "page.html", folder=folder)
    assert done.returncode == 0 and "page.html" in done.stdout
    page = (folder / "page.html").read_text()
    assert page.lstrip().lower().startswith("<!doctype html") and "value-add" in page
    refused("report", world / "small.h5", "-o", "page.html", folder=folder, code=1, says="--force")
    told = json.loads(call("report", world / "small.h5", "-o", "page.html", "--force", "--json", folder=folder).stdout)
    assert told["output"] == "page.html"


def test_inspect(world):
    done = call("inspect", "small.h5", folder=world)
    assert done.returncode == 0 and "complete" in done.stdout and "followers" in done.stdout
    told = json.loads(call("inspect", "small.h5", "--json", folder=world).stdout)
    assert told["schema"] == 1 and told["status"] == "complete" and told["steps_done"] > 0
    assert told["title"] == "A small world" and told["strategies"] == ["value-add", "pitch"]


@pytest.mark.parametrize("change", [
    lambda data: data[:-1000], lambda data: data[: len(data) // 2], lambda data: b"\0" * 4096, lambda data: b"",
], ids=["truncated", "half", "zeros", "empty"])
def test_damaged_results(change, world, folder):
    tampered(world, folder, change)
    for verb in ("inspect", "digest", "compare", "report"):
        refused(verb, "bad.h5", folder=folder, code=4, says="bad.h5")
    told = json.loads(call("inspect", "bad.h5", "--json", folder=folder).stdout)
    assert told["status"] == "damaged" and told["reason"]
    assert errors_of(call("digest", "bad.h5", "--json", folder=folder))


def test_missing_results(folder):
    for verb in ("inspect", "digest", "compare", "report"):
        refused(verb, "none.h5", folder=folder, code=4, says="none.h5")
        assert errors_of(call(verb, "none.h5", "--json", folder=folder))


def test_digest_prints_the_hash_alone(world):
    assert re.fullmatch("[0-9a-f]{64}\n", call("digest", "small.h5", folder=world).stdout)
    told = json.loads(call("digest", "small.h5", "--json", folder=world).stdout)
    assert told["digest"] + "\n" == call("digest", "small.h5", folder=world).stdout


def test_xarray_opens_a_result(world):
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(world / "small.h5") as data:
        assert data.followers.dims == ("strategy", "replicate", "time") and data.followers.shape[:2] == (2, 3)
        assert list(data.strategy.values) == ["value-add", "pitch"] and data.attrs["complete"] == 1
        assert float(data.followers.isel(time=0).min()) > 0


def test_the_session_in_the_readme_is_real(folder):
    readme = (ROOT / "README.md").read_text()
    session = readme.split("## A session\n")[1].split("\nThe figures")[0]
    told = ""
    for line in re.findall(r"^    \$ passalong (.*)$", session, re.M):
        told += f"$ passalong {line}\n" + call(*line.split(), folder=folder).stdout
    assert re.sub("^    ", "", session, flags=re.M).strip() == told.strip()


# ---- what a scenario may say ----


def test_init_writes_a_scenario_that_is_sound(folder):
    assert call("init", folder=folder).returncode == 0
    assert call("init", "mine", folder=folder).returncode == 0
    assert (folder / "mine.toml").read_text() == (folder / "scenario.toml").read_text()
    assert call("check", "mine.toml", folder=folder).returncode == 0
    (folder / "mine.toml").write_text("changed")
    refused("init", "mine.toml", folder=folder, code=1, says=["mine.toml", "--force"])
    assert call("init", "mine", "--force", folder=folder).returncode == 0
    assert "changed" != (folder / "mine.toml").read_text()


def test_models_and_schema(folder):
    assert "conversation" in call("models", folder=folder).stdout
    assert "conversation" in call("models", "conversation", folder=folder).stdout
    assert json.loads(call("models", "--json", folder=folder).stdout)["schema"] == 1
    assert "mean_followers" in call("schema", folder=folder).stdout
    assert json.loads(call("schema", "--json", folder=folder).stdout)["schema"] == 1
