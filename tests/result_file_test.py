"""Result files as other programs see them: xarray with both engines, h5py and ncdump, with warnings as errors.

The file comes from the first of these that is set: PASSALONG_RESULT (a result file), PASSALONG_PROGRAM (the program;
it runs PASSALONG_SCENARIO, by default scenarios/smoke.toml), PASSALONG_OUTPUT_TEST (the output_test program, which
writes samples). What needs samples, or the program, is skipped without.
"""
import os
import pathlib
import shutil
import subprocess

import pytest

h5py = pytest.importorskip("h5py")
np = pytest.importorskip("numpy")
xr = pytest.importorskip("xarray")
pytest.importorskip("netCDF4")
pytest.importorskip("h5netcdf")

pytestmark = pytest.mark.filterwarnings("error")
ROOT = pathlib.Path(__file__).resolve().parent.parent
ENGINES = [None, "netcdf4", "h5netcdf"]
ROOT_DIMENSIONS = ["strategy", "brand", "replicate", "time"]
# scenarios/four_brands.toml in small, with posts of everyone.
BRANDS = ["--set", "network.accounts=2000", "--set", "duration=4 days", "--set", "population.posts=0.3 per day", "--replicates", "2",
          *(word for name in ("teacher", "balanced", "seller", "neighbour") for word in ("--set", f"brand.{name}.followers=150"))]
FIRST_ATTRIBUTES = ["title", "source", "git_commit", "schema_version", "seed", "scenario", "scenario_resolved",
                    "input_sha256", "history", "digest"]


def run(command, **environment):
    return subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True, text=True).stdout


def write_samples(folder, **environment):
    program = os.environ.get("PASSALONG_OUTPUT_TEST")
    if not program:
        pytest.skip("PASSALONG_OUTPUT_TEST names no program")
    run([program, "--gtest_filter=OutputSamples.AreWritten*"], PASSALONG_SAMPLES=str(folder), **environment)
    return folder


def run_scenario(folder):
    scenario = os.environ.get("PASSALONG_SCENARIO", str(ROOT / "scenarios" / "smoke.toml"))
    run([os.environ["PASSALONG_PROGRAM"], "run", scenario, "-o", str(folder / "run.h5")])
    return folder / "run.h5"


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def brands(tmp_path_factory):
    if not os.environ.get("PASSALONG_PROGRAM"):
        pytest.skip("PASSALONG_PROGRAM names no program")
    path = tmp_path_factory.mktemp("brands") / "brands.h5"
    run([os.environ["PASSALONG_PROGRAM"], "run", str(ROOT / "scenarios" / "four_brands.toml"), "-o", str(path), *BRANDS])
    return path


@pytest.fixture(scope="session", params=["strategies", "brands"])
def result(tmp_path_factory, request):
    if request.param == "brands":
        return request.getfixturevalue("brands")
    if os.environ.get("PASSALONG_RESULT"):
        return pathlib.Path(os.environ["PASSALONG_RESULT"])
    if os.environ.get("PASSALONG_PROGRAM"):
        return run_scenario(tmp_path_factory.mktemp("run"))
    return request.getfixturevalue("samples") / "sample.h5"


def inspect(path):
    """What passalong says of a file; the program's exit code is not looked at."""
    if os.environ.get("PASSALONG_PROGRAM"):
        done = subprocess.run([os.environ["PASSALONG_PROGRAM"], "inspect", str(path)], capture_output=True, text=True)
        return done.stdout + done.stderr
    if os.environ.get("PASSALONG_OUTPUT_TEST"):
        return run([os.environ["PASSALONG_OUTPUT_TEST"], "--gtest_filter=OutputSamples.AreInspected*"],
                   PASSALONG_INSPECT=str(path))
    pytest.skip("neither PASSALONG_PROGRAM nor PASSALONG_OUTPUT_TEST names a program")


def load(path, engine, group=None):
    with xr.open_dataset(path, engine=engine, group=group) as data:
        return data.load()


def groups_of(path):
    with h5py.File(path) as file:
        return [name for name in file if isinstance(file[name], h5py.Group)]


@pytest.mark.parametrize("engine", ENGINES)
def test_root_has_named_dimensions_with_coordinates(result, engine):
    data = load(result, engine)
    assert set(data.dims) <= set(ROOT_DIMENSIONS)
    assert set(data.coords) == set(data.dims)
    assert data["replicate"].dtype == np.int64
    if "time" in data.dims:
        assert data["time"].dtype == np.float64
        assert data["time"].attrs == {"units": "d", "long_name": "days since start"}
        assert (np.diff(data["time"]) > 0).all()
    for names in {"strategy", "brand"} & set(data.dims):
        assert all(isinstance(name, str) for name in data[names].values)


@pytest.mark.parametrize("engine", ENGINES)
def test_series_say_what_they_are(result, engine):
    data = load(result, engine)
    assert len(data.data_vars) > 0
    for series in data.data_vars.values():
        assert series.attrs["units"] and series.attrs["long_name"]
        assert list(series.dims) == [d for d in ROOT_DIMENSIONS if d in series.dims]


@pytest.mark.parametrize("engine", ENGINES)
def test_groups_open_with_their_own_dimensions(result, engine):
    for group in groups_of(result):
        data = load(result, engine, group)
        assert not any(str(d).startswith("phony") for d in data.dims)
        own = set(data.dims) - set(ROOT_DIMENSIONS)
        assert own <= set(data.coords)
    if "posts" in groups_of(result):
        posts = load(result, engine, "posts")
        assert list(posts["strategy"].dims) == ["post"]  # the codes, not the root's coordinate
        assert list(posts["post"].values) == list(range(posts.sizes["post"]))


@pytest.mark.parametrize("engine", ENGINES)
def test_codes_carry_their_meanings(result, engine):
    if "posts" not in groups_of(result):
        pytest.skip("no posts in this file")
    posts, root = load(result, engine, "posts"), load(result, engine)
    assert list(np.atleast_1d(posts["strategy"].attrs["meanings"])) == list(root["strategy"].values)
    for codes in (v for v in posts.data_vars.values() if "flag_values" in v.attrs):
        values = np.atleast_1d(codes.attrs["flag_values"])
        assert values.dtype == codes.dtype
        assert len(codes.attrs["flag_meanings"].split(" ")) == len(values)
        assert set(codes.values) <= set(values)


@pytest.mark.parametrize("engine", ENGINES)
def test_brands_are_a_dimension_of_what_is_about_them(brands, engine):
    data, posts = load(brands, engine), load(brands, engine, "posts")
    assert list(data["strategy"].values) == ["all"]
    assert list(data["brand"].values) == ["teacher", "balanced", "seller", "neighbour"]
    assert data["followers"].dims == ("strategy", "brand", "replicate", "time")
    assert data["world_shares"].dims == ("strategy", "replicate", "time")
    everyone = [name for name in data.data_vars if "brand" not in data[name].dims]
    assert everyone == [name for name in data.data_vars if name.startswith("world_")] and len(everyone) == 3
    first = data["followers"].isel(time=0)
    assert (first == 150).all() and (data["followers"].isel(time=-1).values.ravel() != 150).any()
    assert list(posts["brand"].attrs["meanings"]) == list(data["brand"].values)
    # Every post in the table belongs to the brand whose series counts it.
    for k, name in enumerate(data["brand"].values):
        made = data["posts_made"].sel(brand=name).sum(("strategy", "time"))
        rows = posts.isel(post=np.flatnonzero(posts["brand"].values == k))
        assert [int((rows["replicate"] == r).sum()) for r in data["replicate"].values] == list(made.values)
        pitches = (rows["kind"] == 1).mean()
        assert pitches == 0 if name == "neighbour" else pitches > 0 or name == "teacher"


def test_engines_agree(result):
    for group in [None, *groups_of(result)]:
        netcdf4, h5netcdf = (stripped(load(result, engine, group)) for engine in ("netcdf4", "h5netcdf"))
        xr.testing.assert_identical(netcdf4, h5netcdf)


def stripped(data):
    """Without attributes: one engine gives lists where another gives arrays."""
    for variable in data.variables.values():
        variable.attrs = {}
    data.attrs = {}
    return data


def test_attributes_are_in_order_and_complete_is_last(result):
    with h5py.File(result) as file:
        names = list(file.attrs)
        assert [n for n in names if n in FIRST_ATTRIBUTES] == [n for n in FIRST_ATTRIBUTES if n in names]
        assert {"source", "schema_version", "seed", "scenario", "history", "digest"} <= set(names)
        assert names[-1] == "complete" and file.attrs["complete"] == 1
        assert isinstance(file.attrs["scenario"], str)
        assert str(os.uname().nodename) not in file.attrs["history"]


def test_every_axis_has_its_scale_both_ways(result):
    def check(_, dataset):
        if not isinstance(dataset, h5py.Dataset) or h5py.h5ds.is_scale(dataset.id):
            return
        for axis, dimension in enumerate(dataset.dims):
            assert len(dimension) == 1
            assert h5py.h5ds.is_attached(dataset.id, dimension[0].id, axis)
            assert dimension[0].shape == (dataset.shape[axis],)

    with h5py.File(result) as file:
        file.visititems(check)


def test_values_are_chunked_packed_and_checksummed(result):
    def check(_, dataset):
        if isinstance(dataset, h5py.Dataset) and dataset.shape and dataset.dtype.kind in "if":
            assert dataset.compression == "gzip" and dataset.shuffle and dataset.fletcher32
            assert np.prod(dataset.chunks) * dataset.dtype.itemsize <= 1 << 20

    with h5py.File(result) as file:
        file.visititems(check)


def test_ncdump_reads_it(result):
    if not shutil.which("ncdump"):
        pytest.skip("no ncdump here")
    done = subprocess.run(["ncdump", "-h", str(result)], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    assert ":complete = 1 ;" in done.stdout
    assert all(f"group: {group}" in done.stdout for group in groups_of(result))


def test_same_bytes_whatever_the_memory_held(tmp_path):
    for value in ("0", "85", "255"):
        (tmp_path / value).mkdir()
        write_samples(tmp_path / value, MALLOC_PERTURB_=value)
    for name in ("sample.h5", "partial.h5", "empty.h5"):
        assert len({(tmp_path / value / name).read_bytes() for value in ("0", "85", "255")}) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_no_posts_is_an_empty_table(samples, engine):
    posts = load(samples / "empty.h5", engine, "posts")
    assert posts.sizes["post"] == 0
    assert load(samples / "empty.h5", engine).sizes["time"] == 4


@pytest.mark.parametrize("engine", ENGINES)
def test_sample_values(samples, engine):
    data = load(samples / "sample.h5", engine)
    assert list(data["strategy"].values) == ["value-add", "hard pitch – ä"]
    assert data["followers"].sel(strategy="value-add", replicate=1, time=2.0) == 107
    assert np.isnan(data["trust_mean"].values.ravel()[7])
    assert len(data.attrs["scenario"]) > 200_000
    assert load(samples / "sample.h5", engine, "network")["spectral_radius"].dims == ("replicate",)


def test_partial_says_so(samples):
    assert load(samples / "partial.h5", None).attrs["complete"] == 0
    assert ": partial" in inspect(samples / "partial.h5")


def test_a_rewritten_file_keeps_its_values_or_is_refused(result, tmp_path):
    copy = pathlib.Path(shutil.copy(result, tmp_path / "copy.h5"))
    with h5py.File(copy, "r+") as file:
        file.attrs["note"] = "mine"
    assert ": complete" in inspect(copy) and "rewritten" in inspect(copy)
    with h5py.File(copy, "r+") as file:
        name = next(n for n in file if isinstance(file[n], h5py.Dataset) and not h5py.h5ds.is_scale(file[n].id))
        file[name][...] = file[name][...] + 1
    assert "damaged" in inspect(copy) and "digest" in inspect(copy)


def test_a_copy_by_another_tool_keeps_its_values(result, tmp_path):
    for command in (["nccopy", str(result)], ["h5repack", str(result)]):
        if shutil.which(command[0]):
            subprocess.run([*command, str(tmp_path / command[0])], check=True)
            assert ": complete" in inspect(tmp_path / command[0]), inspect(tmp_path / command[0])


def test_a_foreign_file_is_not_a_result(tmp_path):
    with h5py.File(tmp_path / "foreign.h5", "w") as file:
        file["followers"] = np.arange(5)
    xr.Dataset({"a": ("x", [1.0, 2.0])}).to_netcdf(tmp_path / "foreign.nc")
    for name in ("foreign.h5", "foreign.nc"):
        assert "not a passalong result" in inspect(tmp_path / name)
