# label: cli
"""passalong export: forms that other programs read, checked with readers that are not ours."""
import csv
import json
import os
import pathlib
import subprocess
import xml.etree.ElementTree as xml

import pytest

np = pytest.importorskip("numpy")
h5py = pytest.importorskip("h5py")

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PASSALONG_PROGRAM", str(ROOT / "build/release/passalong"))
GRAPHML, GEXF = "{http://graphml.graphdrawing.org/xmlns}", "{http://gexf.net/1.3}"
EDGES = [("anna", "ben & co"), ("ben & co", "anna"), ("<carl>", "anna"), ('d"ora"', "anna"), ("émile", "<carl>"), ("anna", "émile")]


def export(*words, code=0):
    done = subprocess.run([PROGRAM, "export", *map(str, words)], capture_output=True, timeout=60)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout if code == 0 else (done.stderr + done.stdout).decode()


def rows_of(data):
    rows = list(csv.reader(data.decode().splitlines(keepends=True)))
    return rows[0], rows[1:]


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    out = tmp_path_factory.mktemp("export") / "out.h5"
    changes = ["duration=6 days", "replicates=2", "output.cascades=all", "output.trust=true"]
    subprocess.run([PROGRAM, "run", ROOT / "scenarios/smoke.toml", "-o", out, "--quiet",
                    *(word for change in changes for word in ("--set", change))], check=True)
    return out


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    folder = tmp_path_factory.mktemp("network")
    (folder / "edges.csv").write_text("follower,followed\n" + "".join('"{}","{}"\n'.format(a.replace('"', '""'), b) for a, b in EDGES))
    subprocess.run([PROGRAM, "network", "import", folder / "edges.csv", "-o", folder / "net.h5", "--quiet"], check=True)
    return folder / "net.h5"


def test_series_are_the_files_to_the_last_bit(result):
    names, rows = rows_of(export(result, "--as", "csv"))
    assert names[:3] == ["strategy", "replicate", "time"]
    with h5py.File(result) as file:
        series = [name for name, item in file.items() if isinstance(item, h5py.Dataset) and item.ndim == 3]
        assert sorted(names[3:]) == sorted(series)
        shape = file["followers"].shape
        assert len(rows) == np.prod(shape)
        for at, name in enumerate(names[3:], 3):
            told = np.array([float(row[at] or "nan") for row in rows]).reshape(shape)
            np.testing.assert_array_equal(told, file[name][...], err_msg=name)
        assert [row[0] for row in rows] == [n.decode() for n in file["strategy"][...].repeat(shape[1] * shape[2])]
        np.testing.assert_array_equal([float(row[2]) for row in rows], np.tile(file["time"][...], shape[0] * shape[1]))


def test_tables_are_the_files(result):
    for table in ("posts", "cascades", "trust"):
        names, rows = rows_of(export(result, "--as", "csv", "--table", table))
        with h5py.File(result) as file:
            group = file[table]
            assert set(names) >= set(group)
            for at, name in enumerate(names):
                if name not in group or group[name].shape != (len(rows),):
                    continue
                values = group[name][...]
                words = group[name].attrs.get("meanings")
                told = [row[at] for row in rows]
                assert told == [words[v] for v in values] if words is not None else (np.array(told, float) == values).all(), name


def test_selections(result):
    everything = rows_of(export(result, "--as", "csv"))[1]
    names, rows = rows_of(export(result, "--as", "csv", "-m", "reach", "-m", "followers", "--strategy", "pitch", "--replicate", "1"))
    assert names == ["strategy", "replicate", "time", "reach", "followers"]
    assert len(rows) == len(everything) / 4 and {(row[0], row[1]) for row in rows} == {("pitch", "1")}
    assert "did you mean `reach`" in export(result, "--as", "csv", "-m", "raech", code=2)
    assert "did you mean `posts`" in export(result, "--as", "csv", "--table", "psots", code=2)
    assert "there is no strategy `sell`" in export(result, "--as", "gexf", "--strategy", "sell", code=2)
    assert "--as gexf" in export(result, "--as", "gexf", "--table", "posts", code=2)
    assert "csv, gexf, graphml or socialsim" in export(result, code=2)
    for table in ("posts", "cascades"):
        assert "no post 99999" in export(result, "--as", "csv", "--table", table, "--post", 99999, code=2)


def forest_in(result, chosen=None):
    with h5py.File(result) as file:
        nodes = {name: column[...] for name, column in file["cascades"].items()}
    keep = np.ones(len(nodes["node"]), bool) if chosen is None else np.isin(nodes["post"], chosen)
    edges = {(int(p), int(k)) for p, k in zip(nodes["parent"][keep], nodes["node"][keep]) if p >= 0}
    return nodes, set(map(int, nodes["node"][keep])), edges


def test_graphml_holds_the_trees(result):
    tree = xml.fromstring(export(result, "--as", "graphml"))
    nodes, ids, edges = forest_in(result)
    keys = {key.get("id"): key.get("attr.name") for key in tree.iter(GRAPHML + "key")}
    assert all(key.get("attr.type") in ("long", "double", "string") for key in tree.iter(GRAPHML + "key"))
    found = {int(node.get("id")[1:]): {keys[data.get("key")]: data.text for data in node} for node in tree.iter(GRAPHML + "node")}
    assert set(found) == ids
    assert {(int(e.get("source")[1:]), int(e.get("target")[1:])) for e in tree.iter(GRAPHML + "edge")} == edges
    depth = {k: 0 for k in ids}
    for parent, child in sorted(edges, key=lambda e: e[1]):
        depth[child] = depth[parent] + 1
    for k, told in found.items():
        assert int(told["account"]) == nodes["account"][k] and float(told["time"]) == nodes["time"][k]
        assert int(told["depth"]) == depth[k] and int(told["post"]) == nodes["post"][k]


def test_gexf_holds_one_tree(result):
    with h5py.File(result) as file:
        post = int(file["posts/size"][...].argmax())
    tree = xml.fromstring(export(result, "--as", "gexf", "--post", post))
    assert tree.tag == GEXF + "gexf" and tree.get("version") == "1.3"
    graph = tree.find(GEXF + "graph")
    assert [child.tag.removeprefix(GEXF) for child in graph] == ["attributes", "nodes", "edges"]
    nodes, ids, edges = forest_in(result, [post])
    assert {int(node.get("id")) for node in tree.iter(GEXF + "node")} == ids
    assert {(int(e.get("source")), int(e.get("target"))) for e in tree.iter(GEXF + "edge")} == edges
    assert all(float(node.get("start")) == nodes["time"][int(node.get("id"))] for node in tree.iter(GEXF + "node"))


def test_networkx_reads_both_forms(result, network, tmp_path):
    """GEXF 1.3 it knows from version 3.6 on; those before know 1.2, which differs in its name as far as we use it."""
    networkx = pytest.importorskip("networkx")

    def read(source, form):
        data = export(source, "--as", form).replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
        (tmp_path / "graph").write_bytes(data.replace(b' version="1.3"', b' version="1.2"'))
        return (networkx.read_gexf if form == "gexf" else networkx.read_graphml)(tmp_path / "graph")

    _, ids, edges = forest_in(result)
    for form in ("gexf", "graphml"):
        graph = read(result, form)
        assert graph.is_directed() and networkx.is_branching(graph)
        assert {int(k.strip("n")) for k in graph} == ids
        assert {(int(a.strip("n")), int(b.strip("n"))) for a, b in graph.edges} == edges
        graph = read(network, form)
        labels = dict(graph.nodes(data="label"))
        assert sorted((labels[a], labels[b]) for a, b in graph.edges) == sorted(EDGES)
        assert all(graph.in_degree(k) == graph.nodes[k]["followers"] for k in graph)


def test_networks_keep_their_follows(network, tmp_path):
    tree = xml.fromstring(export(network, "--as", "graphml"))
    labels = {node.get("id"): node.find(GRAPHML + "data[@key='label']").text for node in tree.iter(GRAPHML + "node")}
    assert sorted((labels[e.get("source")], labels[e.get("target")]) for e in tree.iter(GRAPHML + "edge")) == sorted(EDGES)
    names, rows = rows_of(export(network, "--as", "csv"))
    assert names == ["follower", "followed"] and sorted(map(tuple, rows)) == sorted(EDGES)
    (tmp_path / "made.toml").write_text('[network]\nkind = "erdos-renyi"\naccounts = 300\nmean_followers = 5\n')
    (tmp_path / "again.csv").write_bytes(export(tmp_path / "made.toml", "--as", "csv"))
    made, again = (json.loads(subprocess.run([PROGRAM, "network", "describe", tmp_path / name, "--json"], check=True,
                                             capture_output=True).stdout) for name in ("made.toml", "again.csv"))
    assert made["follows"] == again["follows"] > 1000 and made["triangles"] == again["triangles"]
    assert "is a network" in export(network, "--as", "socialsim", code=2)


def test_weights_and_directions(tmp_path):
    (tmp_path / "edges.txt").write_text("1 2\n2 3\n")
    assert export(tmp_path / "edges.txt", "--as", "csv", "--direction", "source -> target") == b"follower,followed\r\n2,1\r\n3,2\r\n"
    (tmp_path / "weighted.csv").write_text("source,target,weight\n7,8,0.25\n8,9,0.1\n")
    subprocess.run([PROGRAM, "network", "import", tmp_path / "weighted.csv", "-o", tmp_path / "w.h5", "--quiet", "--weights", "probability",
                    "--direction", "source -> target"], check=True)
    names, rows = rows_of(export(tmp_path / "w.h5", "--as", "csv"))
    assert names == ["follower", "followed", "probability"]
    assert [(a, b, np.float32(w)) for a, b, w in rows] == [("8", "7", np.float32(0.25)), ("9", "8", np.float32(0.1))]


def test_socialsim_has_the_fields_and_the_trees(result):
    lines = [json.loads(line) for line in export(result, "--as", "socialsim", "--strategy", "value-add", "--replicate", "1").splitlines()]
    about, events = lines[0], lines[1:]
    assert {"identifier", "team", "scenario"} == set(about)
    with h5py.File(result) as file:
        chosen = np.flatnonzero((file["posts/strategy"][...] == 0) & (file["posts/replicate"][...] == 1))
        days = file["cascades/time"][...]
    nodes, ids, edges = forest_in(result, chosen)
    assert {int(event["nodeID"]) for event in events} == ids
    for event in events:
        assert {"nodeID", "nodeUserID", "parentID", "rootID", "actionType", "nodeTime", "platform", "informationID"} <= set(event)
        own, root = event["nodeID"] == event["rootID"], event["actionType"] == "tweet"
        assert own == root == (event["nodeID"] == event["parentID"])
        assert event["nodeTime"] == round(days[int(event["nodeID"])] * 86400)
        assert (event["strategy"], event["replicate"]) == ("value-add", 1)
        assert nodes["post"][int(event["rootID"])] == nodes["post"][int(event["nodeID"])]
    assert {(int(e["parentID"]), int(e["nodeID"])) for e in events if e["actionType"] == "retweet"} == edges


def test_files_are_whole_or_not_there(result, tmp_path):
    out = tmp_path / "out.csv"
    told = json.loads(export(result, "--as", "csv", "-o", out, "--json"))
    assert told["rows"] == len(rows_of(out.read_bytes())[1]) and told["bytes"] == out.stat().st_size
    assert out.read_bytes() == export(result, "--as", "csv") == export(result, "--as", "csv", "-o", "-")
    assert "already exists" in export(result, "--as", "csv", "-o", out, code=1)
    export(result, "--as", "graphml", "-o", out, "--force")
    assert out.read_bytes().startswith(b"<?xml")
    assert "no cascades" in export(_without_cascades(tmp_path), "--as", "gexf", "-o", tmp_path / "none.gexf", code=2)
    assert "would replace" in export(result, "--as", "csv", "-o", result, "--force", code=1)
    assert "with -o" in export(result, "--as", "csv", "--json", code=2)
    export(tmp_path / "absent.h5", "--as", "csv", code=4)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["none.h5", "out.csv"]


def _without_cascades(folder):
    subprocess.run([PROGRAM, "run", ROOT / "scenarios/smoke.toml", "-o", folder / "none.h5", "--quiet", "--set", "duration=2 days",
                    "--replicates", "1"], check=True)
    (folder / "none.run.json").unlink()
    return folder / "none.h5"


def test_a_reader_that_has_seen_enough_ends_it_quietly(result):
    done = subprocess.run(["bash", "-c", f'"{PROGRAM}" export "{result}" --as csv | head -1; exit "${{PIPESTATUS[0]}}"'],
                          capture_output=True, text=True)
    assert done.stdout.startswith("strategy,") and done.stderr == ""
