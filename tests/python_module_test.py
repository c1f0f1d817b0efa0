# label: cli
"""scripts/passalong.py: what it reads is what the file holds, what it compares is what the program tells."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import warnings

import pytest

np = pytest.importorskip("numpy")
h5py = pytest.importorskip("h5py")
xarray = pytest.importorskip("xarray")
matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.setdefault("PASSALONG_PROGRAM", str(ROOT / "build/release/passalong"))
sys.path.insert(0, str(ROOT / "scripts"))
import passalong  # noqa: E402


@pytest.fixture(scope="module")
def out():
    return passalong.run(ROOT / "scenarios/smoke.toml", {"strategy.pitch.followers": 300}, replicates=3, duration="10 days",
                         output__cascades="all", seed=5)


def test_changes_reach_the_scenario(out):
    data = passalong.load(out)
    assert data.attrs["seed"] == 5 and data.sizes == {"strategy": 2, "replicate": 3, "time": 11}
    np.testing.assert_array_equal(data.followers.sel(strategy="pitch", time=0), [300] * 3)
    assert passalong._toml({"value": 0.5, "b c": [1, True, 'x"y']}) == '{ "value" = 0.5, "b c" = [1, true, "x\\"y"] }'
    with pytest.raises(passalong.Failed, match="unknown key") as failed:
        passalong.run(ROOT / "scenarios/smoke.toml", replicats=3)
    assert failed.value.code == 3


def test_values_and_units_are_the_files(out):
    data = passalong.load(out)
    with h5py.File(out) as file:
        for name, variable in data.data_vars.items():
            np.testing.assert_array_equal(variable.values, file[name][...])
            assert variable.attrs["long_name"] and "units" in variable.attrs
        assert sorted(passalong.groups(out)) == ["cascades", "network", "posts"]
        posts = passalong.load(out, group="posts")
        codes = file["posts/kind"][...]
        np.testing.assert_array_equal(posts.kind.values, np.asarray(file["posts/kind"].attrs["meanings"])[codes])
        np.testing.assert_array_equal(posts["size"].values, file["posts/size"][...])
    assert set(posts.strategy.values) == {"value-add", "pitch"} and posts.attrs["digest"] == data.attrs["digest"]


def test_partial_results_say_so(out, tmp_path):
    shutil.copy(out, tmp_path / "partial.h5")
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert passalong.load(out).attrs["complete"] is True
    with h5py.File(tmp_path / "partial.h5", "r+") as file:
        file.attrs.modify("complete", np.int32(0))
        file.attrs.modify("replicates_planned", np.int64(7))
    with pytest.warns(UserWarning, match="3 of 7 replicates"):
        assert passalong.load(tmp_path / "partial.h5", group="posts").attrs["complete"] is False


def test_comparisons_are_the_programs(out):
    told = json.loads(subprocess.run([PROGRAM, "compare", out, "--metric", "reach", "--at", "5", "--json"], check=True,
                                     capture_output=True).stdout)
    table = passalong.compare(out, "reach", at=5)
    assert len(table) == len(told["pairs"]) == 1
    row, pair = table.iloc[0], told["pairs"][0]
    assert (row.a, row.b, row.difference) == (pair["a"], pair["b"], pair["difference"])
    assert [row.low, row.high] == pair["ci"] and [row.p_low, row.p_high] == pair["p_ci"]
    assert table.attrs["verdict"] == told["verdict"] and table.attrs["at"] == 5
    data = passalong.load(out)
    paired = (data.reach.sel(strategy=row.a) - data.reach.sel(strategy=row.b)).sel(time=5)
    assert float(paired.mean()) == pytest.approx(row.difference)
    assert list(passalong.means(out, "reach").columns)[:4] == ["name", "mean", "low", "high"]
    with pytest.raises(passalong.Failed):
        passalong.compare(out, "raech")


def test_a_classic_model_has_a_picture(tmp_path):
    (tmp_path / "sir.toml").write_text('replicates = 3\n[network]\nkind = "well-mixed"\naccounts = 300\n[model]\nname = "sir"\n'
                                       'infection = 0.6\nrecovery = 0.2\nseeds = { random = 10 }\n')
    data = passalong.load(passalong.run(tmp_path / "sir.toml", duration="20 days", tick="1 day"))
    ax = passalong.plot_series(data)
    name = next(name for name in data.data_vars if {"replicate", "time"} <= set(data[name].dims))
    np.testing.assert_allclose(ax.lines[0].get_ydata(), data[name].mean("replicate"))


def test_pictures_show_the_values(out):
    data = passalong.load(out)
    ax = passalong.plot_series(data, "reach")
    lines = {line.get_label(): line for line in ax.lines}
    np.testing.assert_allclose(lines["pitch"].get_ydata(), data.reach.sel(strategy="pitch").mean("replicate"))
    assert lines["pitch"].get_color() != lines["value-add"].get_color()
    assert lines["pitch"].get_linestyle() != lines["value-add"].get_linestyle()  # told apart without colour
    ax = passalong.plot_difference(data, "reach", "pitch", "value-add")
    paired = data.reach.sel(strategy="pitch") - data.reach.sel(strategy="value-add")
    np.testing.assert_allclose(ax.lines[3].get_ydata(), paired.mean("replicate"))
    np.testing.assert_allclose(ax.lines[1].get_ydata(), paired.isel(replicate=1))
    ax = passalong.plot_funnel(data)
    stages = [label.get_text() for label in ax.get_yticklabels()]
    widths = [bar.get_width() for bar in ax.patches]
    assert stages[:2] == ["reach", "checks"]
    assert float(data.reach.isel(time=-1).sel(strategy="value-add").mean()) in widths
    assert float(data.checks.sum("time").sel(strategy="pitch").mean()) in widths


def test_pictures_of_cascades_show_the_trees(out):
    posts = passalong.load(out, group="posts")
    ax = passalong.plot_cascades(out)
    line = next(line for line in ax.lines if line.get_label() == "value-add")
    sizes = posts["size"].values[posts.strategy.values == "value-add"]
    for x, y in zip(*line.get_data()):
        assert y == pytest.approx((sizes >= x).mean())
    ax = passalong.plot_tree(out)
    largest = int(posts["size"].max())
    assert len(ax.collections[0].get_offsets()) == largest and len(ax.lines) == largest - 1
    parents = np.array([0, 0, 0, 1, 1, 3])
    depth, height = passalong._layout(parents)
    assert depth.tolist() == [0, 1, 1, 2, 2, 3] and len(set(zip(depth, height))) == 6
    with pytest.raises(ValueError, match="was not kept"):
        passalong.plot_tree(out, post=10**6)
