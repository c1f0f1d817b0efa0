"""independent-cascade with trees and with small cascades only counted, as a user asks for them and reads them."""
import json

import numpy as np
import pytest
import xarray as xr

from program import call, refused

SCENARIO = """\
seed = 5
replicates = 20_000
[network]
kind = "configuration"
accounts = 3_000
mean_followers = 5
[model]
name = "independent-cascade"
probability = 0.12
seeds = { random = 1 }
trees = true
[output]
viral_size = 20
"""


def write(folder, scenario=SCENARIO):
    (folder / "ic.toml").write_text(scenario)


def run(folder, *options, code=0):
    done = call("run", "ic.toml", "--json", "--force", *options, folder=folder)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def group(folder, name):
    with xr.open_dataset(folder / "ic.h5", engine="h5netcdf", group=name) as data:
        return data.load()


def root(folder):
    with xr.open_dataset(folder / "ic.h5", engine="h5netcdf") as data:
        return data.load()


def test_a_star_has_its_structural_virality(tmp_path):
    (tmp_path / "edges.txt").write_text("".join(f"0 {leaf}\n" for leaf in range(1, 10)))
    write(tmp_path, """replicates = 3
[network]
file = "edges.txt"
direction = "source -> target"
[model]
name = "independent-cascade"
probability = 1
seeds = ["0"]
trees = true
""")
    run(tmp_path)
    assert root(tmp_path)["structural_virality"].dims == ("replicate",)
    assert np.allclose(root(tmp_path)["structural_virality"], 2 * 9 / 10)


def test_trees_change_nothing_else(tmp_path):
    write(tmp_path)
    run(tmp_path)
    with_trees = root(tmp_path)
    run(tmp_path, "--set", "model.trees=false")
    without = root(tmp_path)
    assert "structural_virality" not in without
    assert (with_trees["size"] == without["size"]).all() and (with_trees["depth"] == without["depth"]).all()
    assert ((with_trees["structural_virality"] > 0) == (with_trees["size"] > 1)).all()
    assert (with_trees["structural_virality"] <= 2 * with_trees["depth"]).all()


def test_what_is_kept_is_of_the_same_cascades(tmp_path):
    write(tmp_path)
    told = run(tmp_path)
    each = root(tmp_path)
    counted = [run(tmp_path, "--set", "model.keep=viral", "--threads", n) for n in (1, 2, 5)]
    assert len({one["digest"] for one in counted}) == 1
    for one in counted:
        assert one["replicates"] == told["replicates"] and one["complete"]
        for name in ("mean", "se", "min", "max"):
            assert one["size"][name] == pytest.approx(told["size"][name], rel=1e-9)
    small, large = group(tmp_path, "sizes"), group(tmp_path, "viral")
    assert "replicate" not in root(tmp_path).dims
    assert small["count"].sum() + large.sizes["cascade"] == 20_000
    for row in range(small.sizes["size"]):
        these = each.isel(replicate=(each["size"] == small["size"][row]).values)
        assert small["count"][row] == these.sizes["replicate"]
        assert small["depth_sum"][row] == these["depth"].sum()
        assert float(small["structural_virality_sum"][row]) == pytest.approx(float(these["structural_virality"].sum()), rel=1e-9)
    viral = each.isel(replicate=(each["size"] >= 20).values)
    assert large.sizes["cascade"] == viral.sizes["replicate"] > 10
    assert (large["replicate"].values == viral["replicate"].values).all()
    for name in ("size", "depth", "structural_virality"):
        assert (large[name].values == viral[name].values).all()
    assert ((large["seed"] >= 0) & (large["seed"] < 3000)).all()


def test_a_run_cut_short_is_that_of_fewer_replicates(tmp_path):
    write(tmp_path)
    told = run(tmp_path, "--set", "model.keep=viral", "--set", "replicates=4_000_000_000", "--max-time", "2s", code=1)
    assert not told["complete"] and 0 < told["replicates"] < 4_000_000_000
    assert f"{told['replicates']} of 4000000000" in call("inspect", "ic.h5", folder=tmp_path).stdout
    short = [group(tmp_path, name) for name in ("sizes", "viral")]
    run(tmp_path, "--set", "model.keep=viral", "--replicates", str(told["replicates"]))
    for before, name in zip(short, ("sizes", "viral")):
        assert before.equals(group(tmp_path, name))


def test_several_networks(tmp_path):
    write(tmp_path)
    options = ["--set", "redraw=network", "--replicates", "20", "--set", "output.viral_size=3"]
    run(tmp_path, *options)
    each = root(tmp_path)
    run(tmp_path, *options, "--set", "model.keep=viral")
    small, large = group(tmp_path, "sizes"), group(tmp_path, "viral")
    assert small["count"].sum() == (each["size"] < 3).sum()
    assert (large["structural_virality"].values == each["structural_virality"].values[each["size"] >= 3]).all()


def test_a_precision_ends_it_alike(tmp_path):
    write(tmp_path)
    each = run(tmp_path, "--set", "until=±20%")
    counted = run(tmp_path, "--set", "until=±20%", "--set", "model.keep=viral")
    assert counted["replicates"] == each["replicates"] < 20_000
    assert counted["stopped"] == each["stopped"] == "precision"
    assert counted["size"] == pytest.approx(each["size"], rel=1e-9)


def test_nothing_large_leaves_an_empty_table(tmp_path):
    write(tmp_path)
    run(tmp_path, "--set", "model.keep=viral", "--set", "output.viral_size=100000")
    assert group(tmp_path, "viral").sizes["cascade"] == 0
    assert call("report", "ic.h5", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("changes, says", [
    (["--set", "model.seeds={ random = 2 }"], "`trees` needs one seed, `seeds` has 2"),
    (["--set", "model.seeds=[{ random = 1, at = \"3 h\" }]"], "`trees` begin at once"),
    (["--set", "model.exact=true"], "`exact` plays no cascades"),
    (["--set", "replicates=200_000_000"], 'set keep = "viral"'),
    (["--set", "model.keep=virul"], 'did you mean "viral"?'),
])
def test_faults(tmp_path, changes, says):
    write(tmp_path)
    refused("run", "ic.toml", *changes, folder=tmp_path, code=3, says=says)
