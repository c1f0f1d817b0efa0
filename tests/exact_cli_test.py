"""independent-cascade without replicates (exact = true), and with as many as a precision asks for (until)."""
import json
import re

import numpy as np
import pytest
import xarray as xr

from program import call, refused

SCENARIO = """\
seed = 3
{top}
[network]
{network}
[model]
name = "independent-cascade"
probability = {probability}
seeds = {seeds}
{model}
"""
DIAMOND = "12 7\n12 99\n7 30\n99 30\n30 4\n"
FROM_FILE = 'file = "edges.txt"\ndirection = "source -> target"'
COMPLETE = 'kind = "complete"\naccounts = {}'


def write(folder, top="", network=FROM_FILE, probability="0.5", seeds='["12"]', model="exact = true", edges=DIAMOND):
    (folder / "edges.txt").write_text(edges)
    (folder / "ic.toml").write_text(SCENARIO.format(
        top=top, network=network, probability=probability, seeds=seeds, model=model))


def run(folder, *options):
    done = call("run", "ic.toml", "--json", "--force", *options, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def opened(folder):
    return xr.open_dataset(folder / "ic.h5", engine="h5netcdf")


def test_a_diamond_is_told_exactly(tmp_path):
    write(tmp_path)
    told = run(tmp_path)
    q = 1 - (1 - 0.25) ** 2  # that one of both ways leads to 30
    assert abs(told["size"].pop("exact") - (2 + q * 1.5)) < 1e-12
    assert told["size"] == {"mean": 2 + q * 1.5, "se": 0, "ci": [2 + q * 1.5] * 2, "min": 1, "max": 5}
    assert told["complete"] and told["replicates"] == 0
    said = call("run", "ic.toml", "--force", folder=tmp_path).stdout
    assert "spread 2.65625 (exact: live follows), from 1 to 5 accounts" in said
    with opened(tmp_path) as root, xr.open_dataset(tmp_path / "ic.h5", group="exact", engine="h5netcdf") as data:
        assert "size" not in root and root.attrs["algorithm"] == "exact: live follows"
        assert abs(float(data["mean"]) - told["size"]["mean"]) < 1e-12
        assert data["account"].values.tolist() == [4, 7, 12, 30, 99]
        assert np.allclose(data["active"], [q / 2, 0.5, 1, q, 0.5], atol=1e-12, rtol=0)
        assert data["size"].values.tolist() == [1, 2, 3, 4, 5]
        assert abs(float(data["probability"].sum()) - 1) < 1e-12
        assert abs(float((data["probability"] * data["size"]).sum()) - told["size"]["mean"]) < 1e-12


def test_it_is_the_same_twice_and_can_be_looked_into(tmp_path):
    write(tmp_path)
    digests = {run(tmp_path, "--threads", n)["digest"] for n in (1, 2, 5)}
    assert len(digests) == 1
    assert call("digest", "ic.h5", folder=tmp_path).stdout.split()[0] in digests
    assert "complete" in call("inspect", "ic.h5", folder=tmp_path).stdout
    assert json.loads(call("check", "ic.toml", "--json", folder=tmp_path).stdout)["deliveries"] == 0


def test_everyone_follows_everyone(tmp_path):
    write(tmp_path, network=COMPLETE.format(3), seeds="{ random = 1 }", probability="0.35")
    reach = 0.35 + 0.65 * 0.35**2
    assert abs(run(tmp_path)["size"]["exact"] - (1 + 2 * reach)) < 1e-12
    write(tmp_path, network=COMPLETE.format(2000), seeds="{ top = 2 }", probability="0.001")
    exact = run(tmp_path)["size"]["exact"]
    size = run(tmp_path, "--set", "model.exact=false", "--set", "model.times=false", "--replicates", 4000)["size"]
    assert abs(size["mean"] - exact) < 5 * size["se"]  # 1 in a million


@pytest.mark.parametrize("changes, says", [
    ({"top": 'duration = "10 h"'}, ["`exact` goes without steps"]),
    ({"top": 'redraw = "network"'}, ["`exact` is about one network"]),
    ({"top": 'until = "±1%"'}, ["`exact` has no error that `until` could bring down"]),
    ({"edges": "".join(f"12 {n}\n" for n in range(100, 126))}, ["at most 25", "until ="]),
    ({"network": COMPLETE.format(5001), "seeds": "{ top = 1 }"}, ["takes up to 5000 accounts"]),
    ({"network": COMPLETE.format(40), "seeds": "{ top = 1 }", "probability": '"trivalency"'}, ["at most 25"]),
    ({"seeds": "{ random = 7 }", "edges": "".join(f"1 {n}\n" for n in range(2, 40))}, ["more than 10000 sets"]),
])
def test_check_tells_where_it_cannot_be(tmp_path, changes, says):
    write(tmp_path, **changes)
    for verb in ("check", "run"):
        refused(verb, "ic.toml", folder=tmp_path, code=3, says=says)


# ---- until ----

RING = 'kind = "erdos-renyi"\naccounts = 60\nmean_followers = 6'


def write_until(folder, until, more="", network=RING):
    write(folder, top=f'until = "{until}"\n{more}', network=network, seeds="{ random = 1 }", probability="0.2", model="")


def test_replicates_are_played_until_the_mean_is_close(tmp_path):
    write_until(tmp_path, "±2%")
    told = run(tmp_path)
    size, n = told["size"], told["replicates"]
    half = (size["ci"][1] - size["ci"][0]) / 2
    assert told["stopped"] == "precision" and told["complete"]
    assert 1024 < n < 100_000 and 0.8 * 0.02 * size["mean"] < half <= 0.02 * size["mean"]
    assert abs(half - 1.96 * size["se"]) < 0.002 * half
    said = call("run", "ic.toml", "--force", folder=tmp_path).stdout
    assert re.search(rf"spread [\d.]+ ± [\d.]+ \(95 %, {n:,} replicates\), from 1 to", said), said
    with opened(tmp_path) as data:
        assert data.attrs["stopped"] == "precision" and data.sizes["replicate"] == n
        values = {name: data[name].values for name in data.variables}
    # The same as with just that many, for any threads.
    assert run(tmp_path, "--threads", 5)["digest"] == told["digest"]
    write(tmp_path, network=RING, seeds="{ random = 1 }", probability="0.2", model="", top=f"replicates = {n}")
    fixed = run(tmp_path)
    assert fixed["digest"] == told["digest"] and fixed["size"] == size and "stopped" not in fixed
    with opened(tmp_path) as data:
        assert "stopped" not in data.attrs and data.attrs["algorithm"]
        assert set(values) == set(data.variables) and all((data[k].values == v).all() for k, v in values.items())


def test_replicates_are_the_most(tmp_path):
    write_until(tmp_path, "+-0.01%", "replicates = 1500")
    told = run(tmp_path)
    assert told["stopped"] == "replicates" and told["replicates"] == 1500 and told["complete"]
    assert "`replicates`" in call("run", "ic.toml", "--force", folder=tmp_path).stdout
    told = json.loads(call("check", "ic.toml", "--json", folder=tmp_path).stdout)
    assert told["at_most"] and "at most 1,500" in call("check", "ic.toml", folder=tmp_path).stdout


def test_a_width_in_accounts_and_networks_drawn_anew(tmp_path):
    write_until(tmp_path, "±1.5", 'redraw = "network"')
    told = run(tmp_path)
    half = (told["size"]["ci"][1] - told["size"]["ci"][0]) / 2
    assert told["stopped"] == "precision" and half <= 1.5 and told["replicates"] >= 128
    assert run(tmp_path, "--threads", 5)["digest"] == told["digest"]


@pytest.mark.parametrize("until, says", [
    ("1%", "has no ±"), ("±", "is no half-width"), ("±0%", "is not above 0"), ("±-1", "is not above 0"),
    ("±1 %o", "is neither a share"), ("+-x", "is no half-width"),
])
def test_until_is_refused_where_it_makes_no_sense(tmp_path, until, says):
    write_until(tmp_path, until)
    refused("check", "ic.toml", folder=tmp_path, code=3, says=[says, "±1%", "ic.toml:2:"])


def test_sizes_alone_are_there_to_be_precise_about(tmp_path):
    write_until(tmp_path, "followers ±1%")
    refused("check", "ic.toml", folder=tmp_path, code=3, says="replicates of this model have a size")
