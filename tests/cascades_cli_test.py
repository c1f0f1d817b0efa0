# label: cli
"""The group /cascades: trees as [output] cascades asks for them, whose shapes are those of /posts."""
import json
import os
import pathlib
import subprocess

import pytest

np = pytest.importorskip("numpy")
h5py = pytest.importorskip("h5py")

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PASSALONG_PROGRAM", str(ROOT / "build/release/passalong"))
SHORT = ["duration=8 days", "replicates=3", "output.viral_size=8"]


def run(folder, which, *changes, scenario=ROOT / "scenarios/smoke.toml", threads=2):
    out = folder / f"{which}.h5"
    subprocess.run([PROGRAM, "run", scenario, "-o", out, "--force", "--quiet", "--threads", str(threads),
                    *(word for change in (*SHORT, f"output.cascades={which}", *changes) for word in ("--set", change))],
                   check=True)
    return out


def group(file, name):
    with h5py.File(file) as result:
        return {key: column[...] for key, column in result[name].items()}


def shapes(nodes, posts):
    """Size, depth and breadth of the trees by their posts, from the nodes alone."""
    depth = np.zeros(len(nodes["node"]), int)
    for k, parent in enumerate(nodes["parent"]):
        if parent >= 0:
            depth[k] = depth[parent] + 1
    found = {}
    for post in np.unique(nodes["post"]):
        own = depth[nodes["post"] == post]
        found[post] = (len(own), own.max(), np.bincount(own).max())
    return found


def told(posts, chosen):
    return {k: (posts["size"][k], posts["depth"][k], posts["breadth"][k]) for k in chosen}


@pytest.fixture(scope="module")
def all_of_them(tmp_path_factory):
    return run(tmp_path_factory.mktemp("all"), "all")


def test_every_post_has_its_tree(all_of_them):
    nodes, posts = group(all_of_them, "cascades"), group(all_of_them, "posts")
    assert shapes(nodes, posts) == told(posts, range(len(posts["post"])))
    roots = nodes["parent"] < 0
    np.testing.assert_array_equal(nodes["post"][roots], posts["post"])
    np.testing.assert_array_equal(nodes["time"][roots], posts["time"])
    assert set(nodes["account"][roots]) == {2000}  # behind the accounts of the network
    inner = ~roots
    parents = nodes["parent"][inner]
    assert (parents < nodes["node"][inner]).all() and (nodes["post"][parents] == nodes["post"][inner]).all()
    assert (nodes["time"][parents] < nodes["time"][inner]).all()  # passed on a tick later, at least
    assert (nodes["account"][inner] < 2000).all()
    for post in posts["post"]:
        assert len(set(nodes["account"][nodes["post"] == post])) == posts["size"][post]  # nobody twice


def test_viral_ones_and_largest_ones_are_among_all(all_of_them, tmp_path):
    every, posts = group(all_of_them, "cascades"), group(all_of_them, "posts")
    viral, largest = run(tmp_path, "viral"), run(tmp_path, "largest")
    first = {}
    for k in np.lexsort((posts["post"], -posts["size"])):  # the earliest of the largest
        first.setdefault((posts["strategy"][k], posts["replicate"][k]), k)
    for file, chosen in ((viral, np.flatnonzero(posts["size"] >= 8)), (largest, np.array(sorted(first.values())))):
        nodes = group(file, "cascades")
        assert len(chosen) > 0
        np.testing.assert_array_equal(np.unique(nodes["post"]), chosen)
        keep = np.isin(every["post"], chosen)
        for name in ("post", "account", "time"):
            np.testing.assert_array_equal(nodes[name], every[name][keep])
        place = np.cumsum(keep) - 1  # of the nodes kept
        parents = every["parent"][keep]
        np.testing.assert_array_equal(nodes["parent"], np.where(parents < 0, -1, place[parents]))


def test_nothing_else_changes_and_threads_do_not_matter(all_of_them, tmp_path):
    none, alone = run(tmp_path, "none"), run(tmp_path, "all", threads=1)
    assert alone.read_bytes() == all_of_them.read_bytes()
    with h5py.File(none) as a, h5py.File(all_of_them) as b:
        assert set(b) - set(a) == {"cascades"}
        for name in a:
            if isinstance(a[name], h5py.Dataset):
                np.testing.assert_array_equal(a[name][...], b[name][...])
    for name in ("posts", "network"):
        a, b = group(none, name), group(all_of_them, name)
        assert all(np.array_equal(a[key], b[key], equal_nan=a[key].dtype.kind == "f") for key in a)


def test_xarray_reads_them(all_of_them):
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(all_of_them, group="cascades") as nodes:
        assert nodes.sizes == {"node": len(nodes.post)} and nodes.time.attrs["units"] == "d"
        inner = nodes.where(nodes.parent >= 0, drop=True)
        assert (nodes.post.values[inner.parent.values.astype(int)] == inner.post.values).all()


def test_accounts_have_their_labels(tmp_path):
    rng = np.random.default_rng(1)
    edges = {(a, b) for a, b in rng.integers(0, 300, (4000, 2)) if a != b}
    (tmp_path / "edges.txt").write_text("".join(f"user{a} user{b}\n" for a, b in sorted(edges)))
    (tmp_path / "named.toml").write_text(
        'seed = 3\nduration = "4 days"\n[network]\nfile = "edges.txt"\ndirection = "follower -> followed"\n'
        '[[strategy]]\nname = "joins"\nposts = "4 per day"\nfollowers = 60\nmix = { value = 1 }\n'
        '[[strategy]]\nname = "stands"\nposts = "4 per day"\naccount = "user7"\nmix = { value = 1 }\n')
    file = run(tmp_path, "all", scenario=tmp_path / "named.toml")
    nodes, posts = group(file, "cascades"), group(file, "posts")
    labels = np.array([label.decode() for label in nodes["label"]])
    names = sorted({f"user{a}" for edge in edges for a in edge})
    roots = nodes["parent"] < 0
    assert (labels[roots] == np.array(["joins", "user7"])[posts["strategy"]]).all()
    assert (~roots).any()
    assert [names[a] for a in nodes["account"][~roots]] == list(labels[~roots])
    shown = subprocess.run([PROGRAM, "inspect", file], check=True, capture_output=True, text=True).stdout
    assert "what the account is called" in shown
    assert subprocess.run([PROGRAM, "digest", file], check=True, capture_output=True, text=True).stdout.strip()


def test_their_memory_is_forecast():
    def bytes_of(which):
        done = subprocess.run([PROGRAM, "check", ROOT / "scenarios/value_vs_pitch.toml", "--json", "--set", f"output.cascades={which}"],
                              check=True, capture_output=True)
        return json.loads(done.stdout)["memory_bytes"]

    none, largest, every = map(bytes_of, ("none", "largest", "all"))
    assert 0 < largest - none < 5e6 < every - none < 200e6


def test_brands_have_each_their_largest(tmp_path):
    file = run(tmp_path, "largest", "network.accounts=3000", "replicates=2", "duration=5 days",
               *(f"brand.{name}.followers=300" for name in ("teacher", "balanced", "seller", "neighbour")),
               scenario=ROOT / "scenarios/four_brands.toml")
    nodes, posts = group(file, "cascades"), group(file, "posts")
    chosen = np.unique(nodes["post"])
    assert shapes(nodes, posts) == told(posts, chosen)
    pairs = list(zip(posts["replicate"][chosen], posts["brand"][chosen]))
    assert sorted(pairs) == [(r, b) for r in range(2) for b in range(4)]
    for k in chosen:
        same = (posts["replicate"] == posts["replicate"][k]) & (posts["brand"] == posts["brand"][k])
        assert posts["size"][k] == posts["size"][same].max()
    authors = nodes["account"][nodes["parent"] < 0]
    np.testing.assert_array_equal(authors, 3000 + posts["brand"][chosen])
