"""Runs of worlds until something is decided or known closely enough: run --until."""
import json
import re

import pytest
import xarray as xr

from program import SCENARIO, call, refused

SMALL = SCENARIO.replace("replicates = 3\n", "").replace("accounts = 2000", "accounts = 800")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    return tmp_path


def run(folder, *options, code=0):
    done = call("run", "small.toml", "--json", "--force", *options, folder=folder)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_a_run_ends_once_it_is_decided(folder):
    told = run(folder, "--until", "decided", "-o", "a.h5")
    until = told["until"]
    assert (until["rule"], until["metric"], until["stopped"]) == ("decided", "followers", "decided")
    assert told["complete"] and told["stopped"] == "decided" and 8 <= until["replicates"] == told["replicates"] < 256
    assert told["replicates_planned"] == 256
    (pair,) = until["pairs"]
    assert (pair["a"], pair["b"]) == ("value-add", "pitch")
    low, high = pair["sequence"]
    assert low < pair["difference"] < high and not low <= 0 <= high
    with xr.open_dataset(folder / "a.h5", engine="h5netcdf") as data:
        assert data.attrs["stopped"] == data.attrs["until"] == "decided" and data.attrs["complete"] == 1
        assert data.attrs["history"] == "passalong run small.toml --until decided"
        end = data["followers"].isel(time=-1)
        difference = (end.sel(strategy="value-add") - end.sel(strategy="pitch")).values
        assert abs(difference.mean() - pair["difference"]) < 1e-9
    # The values are those of a run with just so many, and what it says can be read.
    assert run(folder, "--replicates", told["replicates"])["digest"] == told["digest"]
    compared = json.loads(call("compare", "a.h5", "--json", folder=folder).stdout)["pairs"][0]
    assert compared["sequence"] == pair["sequence"] and compared["ci"][0] > low and compared["ci"][1] < high
    assert "had seen enough" in call("compare", "a.h5", folder=folder).stdout.replace("\n", " ")
    assert f"{told['replicates']} of at most 256" in call("inspect", "a.h5", folder=folder).stdout
    assert run(folder, "--set", "until=decided", "--threads", 5)["digest"] == told["digest"]
    run(folder, "-o", "fixed.h5", "--replicates", 8)
    assert "sequence" not in json.loads(call("compare", "fixed.h5", "--json", folder=folder).stdout)["pairs"][0]
    said = call("run", "small.toml", "--force", "--until", "decided", folder=folder).stdout
    flat = " ".join(said.split())
    assert f"Ended decided after {told['replicates']} of at most 256 replicates: '{'value-add' if low > 0 else 'pitch'}'" in flat
    assert re.search(r"hold however often one looks \(95 %\): value-add - pitch [+-][\d.,]+ \([+-]", flat)


def test_it_is_read_again_as_it_was(folder):
    run(folder, "--until", "decided", "-o", "a.h5")
    with xr.open_dataset(folder / "a.h5", engine="h5netcdf") as data:
        (folder / "again.toml").write_text(data.attrs["scenario_resolved"])
        digest = call("digest", "a.h5", folder=folder).stdout
    assert call("run", "again.toml", folder=folder).returncode == 0
    assert call("digest", "again.h5", folder=folder).stdout == digest


def test_a_run_ends_once_it_is_precise(folder):
    told = run(folder, "--until", "followers +-20%")
    assert told["stopped"] == "precision" and told["until"]["rule"] == "followers +-20%"
    (pair,) = told["until"]["pairs"]
    assert 0 < max(pair["sequence"][1] - pair["difference"], pair["difference"] - pair["sequence"][0])
    said = " ".join(call("run", "small.toml", "--force", "--until", "followers +-20%", folder=folder).stdout.split())
    assert re.search(r"Ended precise after \d+ of at most 256 replicates: differences in followers are known to ±[\d.]+ %", said)


def test_one_strategy_alone_has_a_mean(folder):
    (folder / "small.toml").write_text(SMALL[:SMALL.rindex("[[strategy]]")])
    told = run(folder, "--until", "±15%")
    assert told["stopped"] == "precision" and told["until"]["pairs"] == []
    (arm,) = told["until"]["arms"]
    assert arm["name"] == "value-add" and arm["sequence"][0] < arm["mean"] < arm["sequence"][1]
    refused("check", "small.toml", "--until", "decided", folder=folder, code=3,
            says="one strategy alone has nothing to be ahead of")


def test_replicates_are_the_most(folder):
    told = run(folder, "--until", "followers ±0.01%", "--replicates", 9)
    assert told["complete"] and told["stopped"] == "replicates" and told["replicates"] == 9
    said = " ".join(call("run", "small.toml", "--force", "--until", "decided", "--replicates", 4, folder=folder).stdout.split())
    assert "Ended not decided after 4 replicates, the most allowed (fewer than 8 are not judged): 'value-add' may not be" in said


def test_a_time_limit_ends_it_too(folder):
    told = run(folder, "--until", "followers ±0.001%", "--replicates", 100000, "--max-time", "2s", code=1)
    assert not told["complete"] and told["stopped"] == told["until"]["stopped"] == "interrupted"
    assert 0 < told["replicates"] < 100000


def test_check_forecasts_the_most(folder):
    told = json.loads(call("check", "small.toml", "--until", "decided", "--json", folder=folder).stdout)
    assert told["at_most"]
    assert "worlds      at most 512" in call("check", "small.toml", "--until", "decided", folder=folder).stdout
    refused("check", "small.toml", "--until", "folowers ±1%", folder=folder, code=3,
            says=["no series 'folowers'", "did you mean 'followers'?"])
    refused("check", "small.toml", "--until", "followers", folder=folder, code=3, says=["has no ±", "followers ±1%"])
    refused("run", "small.toml", "--until", "", folder=folder, code=2, says="--until decided")


def test_brands(folder):
    (folder / "small.toml").write_text(SMALL.replace("[[strategy]]", "[[brand]]"))
    told = run(folder, "--until", "reach decided")
    assert told["stopped"] == "decided" and told["until"]["metric"] == "reach"
    assert run(folder, "--replicates", told["replicates"])["digest"] == told["digest"]
    refused("check", "small.toml", "--until", "network ±1%", folder=folder, code=3, says="of this scenario's brands")


def test_classic_models_have_sizes(tmp_path):
    (tmp_path / "small.toml").write_text(
        'seed = 3\n[network]\nkind = "erdos-renyi"\naccounts = 60\nmean_followers = 6\n'
        '[model]\nname = "independent-cascade"\nprobability = 0.2\nseeds = { random = 1 }\n')
    told = run(tmp_path, "--until", "size ±3%")
    assert told["stopped"] == "precision" and told["until"]["metric"] == "size" and told["until"]["pairs"] == []
    assert run(tmp_path, "--until", "±3%")["digest"] == told["digest"]
    refused("run", "small.toml", "--until", "decided", folder=tmp_path, code=3, says="for strategies and brands")
    refused("run", "small.toml", "--until", "reach ±1%", folder=tmp_path, code=3, says="have a size")
