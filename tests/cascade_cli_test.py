"""The model independent-cascade, from an edge list with labels to xarray."""
import json

import pytest
import xarray as xr

from program import call, errors_of, refused

EDGES = "12 7\n12 99\n7 30\n99 30\n30 4\n"
SCENARIO = """\
seed = 3
replicates = {replicates}
[network]
file = "edges.txt"
direction = "source -> target"
[model]
name = "independent-cascade"
probability = {probability}
seeds = {seeds}
"""


def write(folder, probability="0.5", seeds='["12"]', replicates=20_000, edges=EDGES, more=""):
    (folder / "edges.txt").write_text(edges)
    (folder / "ic.toml").write_text(SCENARIO.format(probability=probability, seeds=seeds, replicates=replicates) + more)


def run(folder, *options):
    done = call("run", "ic.toml", "--json", "--force", *options, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_diamond_has_its_mean(tmp_path):
    write(tmp_path)
    told = run(tmp_path)
    # 1 + 2 p + q + q p, where q = 1 - (1 - p^2)^2 is the chance of the account both lead to
    q = 1 - (1 - 0.25) ** 2
    size = told["size"]
    assert abs(size["mean"] - (2 + q * 1.5)) < 5 * size["se"]  # 1 in a million
    assert (size["min"], size["max"]) == (1, 5)
    assert told["deliveries"] > told["impressions"] > told["shares"] > 0
    assert told["impressions"] >= told["shares"] == round(size["mean"] * 20_000) - 20_000


def test_the_result_opens_in_xarray(tmp_path):
    write(tmp_path, replicates=300)
    run(tmp_path)
    with xr.open_dataset(tmp_path / "ic.h5", engine="h5netcdf") as data:
        assert data["size"].dims == data["depth"].dims == ("replicate",)
        assert data["active"].dims == data["newly_active"].dims == ("replicate", "time")
        assert (data["active"][:, -1] == data["size"]).all()
        assert (data["newly_active"].cumsum("time") == data["active"]).all()
        assert (data["active"].argmax("time") == data["depth"]).all()
        assert data["depth"].max() == 3 and data["time"].size == 4
        assert data.attrs["algorithm"] == "fused, step by step"


def test_threads_and_algorithms_leave_the_values_as_they_are(tmp_path):
    write(tmp_path, replicates=1000)
    digests = {run(tmp_path, "--threads", n)["digest"] for n in (1, 2, 3, 8)}
    assert len(digests) == 1
    with_times = run(tmp_path)["size"]
    assert run(tmp_path, "--set", "model.times=false")["size"] == with_times
    with xr.open_dataset(tmp_path / "ic.h5", engine="h5netcdf") as data:
        assert "depth" not in data and "time" not in data.dims
        assert data.attrs["algorithm"] == "fused, in whichever order"


def test_a_duration_ends_it(tmp_path):
    write(tmp_path, probability="1", replicates=2, more="")
    assert run(tmp_path)["size"]["mean"] == 5
    assert run(tmp_path, "--set", "duration=1 h", "--set", "output.every=1 h")["size"]["mean"] == 3


def test_weights_are_probabilities(tmp_path):
    write(tmp_path, probability='"weight"', edges="12 7 1\n7 30 0\n12 99 1\n", replicates=5)
    text = (tmp_path / "ic.toml").read_text().replace("[model]", 'weights = "probability"\n[model]')
    (tmp_path / "ic.toml").write_text(text)
    assert run(tmp_path)["size"] == {"mean": 3, "se": 0, "ci": [3, 3], "min": 3, "max": 3}


def test_trivalency_gives_each_follow_one_of_three_chances(tmp_path):
    write(tmp_path, probability='"trivalency"', edges="".join(f"hub v{i}\n" for i in range(900)), seeds='["hub"]')
    size = run(tmp_path, "--replicates", 4000)["size"]
    # 900 chances of .037 on average, which vary by .0447 each: within 5 standard deviations of the draw
    assert abs(size["mean"] - 1 - 900 * 0.037) < 5 * 30 * 0.0447
    assert run(tmp_path, "--replicates", 4000, "--threads", 3)["size"] == size


def test_top_and_random_seeds(tmp_path):
    write(tmp_path, seeds="{ top = 1 }", probability="1", replicates=2)
    assert run(tmp_path)["size"]["mean"] == 5
    write(tmp_path, seeds="{ random = 5 }", probability="0", replicates=2)
    assert run(tmp_path)["size"]["mean"] == 5


@pytest.mark.parametrize("changes, says", [
    ({"seeds": '["13"]'}, ["`seeds`: there is no account '13' in the network"]),
    ({"seeds": "[]"}, ["`seeds` is empty", "ic.toml:9:9"]),
    ({"seeds": "{ }"}, ["`seeds` needs one of `random`, `top` and `labels`"]),
    ({"seeds": "{ random = 6 }"}, ["`seeds` asks for 6 of 5 accounts"]),
    ({"seeds": "{ randon = 6 }"}, ["did you mean `random`?"]),
    ({"seeds": "12"}, ["`seeds` must be a list of labels, or a table"]),
    ({"probability": "1.4"}, ["`probability` = 1.4 is outside [0, 1]"]),
    ({"probability": '"wieght"'}, ['did you mean "weight"?']),
    ({"probability": '"weight"'}, ["the weights of the network's file are not probabilities"]),
])
def test_faults(tmp_path, changes, says):
    write(tmp_path, **changes)
    refused("run", "ic.toml", folder=tmp_path, code=3, says=says)
    assert errors_of(call("run", "ic.toml", "--json", folder=tmp_path))
    assert not (tmp_path / "ic.h5").exists()


def test_a_generated_network_has_no_weights(tmp_path):
    (tmp_path / "ic.toml").write_text('[model]\nname = "independent-cascade"\nprobability = "weight"\n')
    refused("check", "ic.toml", folder=tmp_path, code=3, says="a generated network has no weights")


def test_check_inspect_and_digest(tmp_path):
    write(tmp_path, replicates=50)
    told = json.loads(call("check", "ic.toml", "--json", folder=tmp_path).stdout)
    assert (told["accounts"], told["follows"]) == (5, 5) and told["memory_bytes"] < 2**28
    digest = run(tmp_path)["digest"]
    assert call("digest", "ic.h5", folder=tmp_path).stdout.split()[0] == digest
    assert "accounts active in the end" in call("inspect", "ic.h5", folder=tmp_path).stdout
