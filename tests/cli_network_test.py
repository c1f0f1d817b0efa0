"""The network verbs end to end: generate, import and describe networks, and run on the files they make."""
import json
import re

import pytest

from program import SCENARIO, call, errors_of, folder, leftovers, refused  # noqa: F401

EDGES = "# a comment\n1 2\n2 3\n3 1\n3 4\n4 4\n1 2\n"
KEYS = {"schema", "accounts", "follows", "self_loops", "duplicates", "reciprocity", "clustering", "triangles", "tail_exponent",
        "largest_component", "spectral_radius", "bytes"}
KINDS = ["power-law", "configuration", "chung-lu", "erdos-renyi", "barabasi-albert", "preferential-attachment", "watts-strogatz",
         "ring", "lattice", "stochastic-block", "communities", "rmat", "complete", "star", "path", "tree", "florentine",
         "well-mixed"]


def told(*words, folder):
    done = call(*words, "--json", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def digest(file, folder):
    return call("digest", file, folder=folder).stdout.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_generated_and_read_again(kind, folder):
    size = [] if kind == "florentine" else ["--accounts", "400"]
    few = ["--set", "network.mean_followers=8"] if kind == "power-law" else []
    made = told("network", "generate", "--kind", kind, *size, *few, "-o", "net.h5", folder=folder)
    assert made["schema"] == 1 and made["output"] == "net.h5" and (made["follows"] > 0) == (kind != "well-mixed")
    found = told("network", "describe", "net.h5", folder=folder)
    assert KEYS <= set(found)
    assert (found["accounts"], found["follows"]) == (made["accounts"], made["follows"])
    assert found["reciprocity"] == pytest.approx(made["reciprocity"])
    assert leftovers(folder) == []


def test_a_network_does_not_depend_on_threads(folder):
    for threads in ("1", "3"):
        call("network", "generate", "small.toml", "-o", f"{threads}.h5", "-j", threads, folder=folder)
    assert (folder / "1.h5").read_bytes() == (folder / "3.h5").read_bytes()
    assert re.fullmatch("[0-9a-f]{64}", digest("1.h5", folder))
    call("network", "generate", "small.toml", "--seed", "8", "-o", "other.h5", folder=folder)
    assert digest("other.h5", folder) != digest("1.h5", folder)


def test_generate_says_what_was_asked_and_what_came_out(folder):
    done = call("network", "generate", "small.toml", "-o", "net.h5", folder=folder)
    assert done.returncode == 0 and done.stderr == ""
    assert re.search(r"^  accounts +2,000 +2,000$", done.stdout, re.M) and "asked for" in done.stdout
    made = told("network", "generate", "small.toml", "-o", "net.h5", "--force", folder=folder)
    assert made["asked"]["mean_followers"] == 20 and made["mean_followers"] == pytest.approx(20, rel=0.01)
    quiet = call("network", "generate", "small.toml", "-o", "net.h5", "--force", "--quiet", folder=folder)
    assert quiet.stdout == quiet.stderr == ""


def test_import_counts_what_it_drops(folder):
    (folder / "edges.txt").write_text(EDGES)
    made = told("network", "import", "edges.txt", "-o", "net.h5", folder=folder)
    assert [made[k] for k in ("accounts", "follows", "self_loops", "duplicates")] == [4, 4, 1, 1]
    text, kept = (told("network", "describe", f, folder=folder) for f in ("edges.txt", "net.h5"))
    assert text == kept
    other = told("network", "import", "edges.txt", "--direction", "undirected", "-o", "u.h5", folder=folder)
    assert other["follows"] == 8 and other["reciprocity"] == 1
    page = call("network", "describe", "net.h5", folder=folder)
    assert page.returncode == 0 and all(word in page.stdout for word in ("spectral radius", "effective diameter", "triangles"))


def test_weights_labels_and_attributes_are_kept(folder):
    (folder / "edges.csv").write_text("source,target,weight\nann,bob,0.5\nbob,eve,0.25\neve,ann,1\n")
    (folder / "people.csv").write_text("label,interest_1,interest_2,place\nann,3,1,Bern\neve,0,2,Basel\n")
    made = told("network", "import", "edges.csv", "--direction", "source -> target", "--weights", "probability", "--attributes",
                "people.csv", "-o", "net.h5", folder=folder)
    assert (made["accounts"], made["follows"]) == (3, 3)
    seen = told("inspect", "net.h5", folder=folder)
    assert seen["weights_are"] == seen["weights"] == "probability" and seen["labels"] and seen["places"] and seen["topics"] == 2
    h5py = pytest.importorskip("h5py")
    with h5py.File(folder / "net.h5") as data:
        assert bytes(data["labels"][...]) == b"annbobeve" and sorted(data["weights"][...]) == [0.25, 0.5, 1]
        assert data["interests"][...].tolist() == [[0.75, 0.25], [0, 0], [0, 1]]
        assert data.attrs["kind"] == "passalong network" and data.attrs["attributes"] == "people.csv"
    (folder / "edges.csv").write_text("source,target,weight\nann,bob,-1\n")
    refused("network", "import", "edges.csv", "--weights", "strength", "-o", "x.h5", folder=folder, code=4, says="edges.csv:2")


def test_inspect_tells_a_network_file(folder):
    (folder / "edges.txt").write_text(EDGES)
    call("network", "import", "edges.txt", "-o", "net.h5", folder=folder)
    seen = told("inspect", "net.h5", folder=folder)
    assert seen["status"] == "complete" and seen["kind"] == "network" and seen["file"] == "edges.txt"
    assert seen["digest"] == digest("net.h5", folder)
    data = (folder / "net.h5").read_bytes()
    (folder / "net.h5").write_bytes(data[:-20])
    for words in (["inspect", "net.h5"], ["digest", "net.h5"], ["network", "describe", "net.h5"]):
        refused(*words, folder=folder, code=4, says="cut short")
    assert json.loads(call("inspect", "net.h5", "--json", folder=folder).stdout)["status"] == "damaged"
    refused("compare", "net.h5", folder=folder, code=4, says="net.h5")


def series(file, folder):
    """Everything but how the network was named."""
    h5py = pytest.importorskip("h5py")
    with h5py.File(folder / file) as data:
        return {name: data[name][...].tolist() for name in data if isinstance(data[name], h5py.Dataset)}


def test_a_run_on_a_network_file_is_the_run_on_the_network_itself(folder):
    assert call("network", "generate", "small.toml", "-o", "net.h5", folder=folder).returncode == 0
    text = SCENARIO.replace("accounts = 2000\nmean_followers = 20", 'file = "net.h5"')
    (folder / "kept.toml").write_text(text)
    checked = told("check", "kept.toml", folder=folder)
    assert checked["accounts"] == 2000 and not checked["network_estimated"]
    for name in ("small", "kept"):
        done = call("run", f"{name}.toml", "--replicates", "1", folder=folder)
        assert done.returncode == 0, done.stderr
    assert repr(series("small.h5", folder)) == repr(series("kept.h5", folder))


def test_a_run_on_an_imported_edge_list_is_the_run_on_the_list(folder):
    lines = [f"{i} {(i * 7 + k * k) % 500}" for i in range(500) for k in range(1, 9)]
    (folder / "edges.txt").write_text("\n".join(lines) + "\n")
    assert call("network", "import", "edges.txt", "-o", "edges.h5", folder=folder).returncode == 0
    for name, file in (("list", "edges.txt"), ("kept", "edges.h5")):
        text = SCENARIO.replace("accounts = 2000\nmean_followers = 20", f'file = "{file}"')
        (folder / f"{name}.toml").write_text(text)
        done = call("run", f"{name}.toml", "--replicates", "1", folder=folder)
        assert done.returncode == 0, done.stderr
    assert repr(series("list.h5", folder)) == repr(series("kept.h5", folder))


def test_refusals(folder):
    (folder / "edges.txt").write_text(EDGES)
    refused("network", folder=folder, code=2, says="network generate")
    refused("network", "genrate", folder=folder, code=2, says="did you mean `network generate`?")
    refused("network", "generate", folder=folder, code=2, says="-o NET.h5")
    refused("network", "import", "-o", "x.h5", folder=folder, code=2, says="FILE is missing")
    refused("network", "import", "edges.txt", "-o", "x.h5", "--weights", "strenght", folder=folder, code=2, says="did you mean `strength`?")
    refused("network", "import", "edges.txt", "-o", "x.h5", "--direction", "up", folder=folder, code=2, says="follower -> followed")
    refused("network", "import", "none.txt", "-o", "x.h5", folder=folder, code=4, says="none.txt")
    refused("network", "import", "small.toml", "-o", "x.h5", folder=folder, code=4, says="network generate")
    refused("network", "import", "edges.txt", "-o", "edges.txt", "--force", folder=folder, code=1, says="would replace")
    refused("network", "generate", "--kind", "wats", "-o", "x.h5", folder=folder, code=3, says="watts-strogatz")
    refused("network", "generate", "--accounts", "1", "-o", "x.h5", folder=folder, code=2, says="--accounts")
    refused("network", "generate", "--accounts", "4000000000", "-o", "x.h5", folder=folder, code=5, says="memory")
    refused("network", "describe", "none.h5", folder=folder, code=4, says="none.h5")
    assert errors_of(call("network", "describe", "none.h5", "--json", folder=folder))
    (folder / "text.h5").write_text(EDGES)
    refused("network", "describe", "text.h5", folder=folder, code=4, says="not a network file")
    call("network", "import", "edges.txt", "-o", "net.h5", folder=folder)
    refused("network", "import", "edges.txt", "-o", "net.h5", folder=folder, code=1, says="--force")
    refused("network", "describe", "net.h5", "--direction", "undirected", folder=folder, code=2, says="does not apply")
    assert leftovers(folder) == [] and not (folder / "x.h5").exists()


def test_what_does_not_go_with_a_network_file(folder):
    (folder / "edges.txt").write_text(EDGES)
    call("network", "import", "edges.txt", "-o", "net.h5", folder=folder)
    beside = SCENARIO.replace("accounts = 2000\nmean_followers = 20", 'file = "net.h5"\ndirection = "undirected"')
    (folder / "beside.toml").write_text(beside)
    refused("check", "beside.toml", folder=folder, code=3, says=["`direction` does not apply", "imported"])
    told("network", "generate", "small.toml", "--set", "population.topics=5", "-o", "five.h5", folder=folder)
    (folder / "five.toml").write_text(SCENARIO.replace("accounts = 2000\nmean_followers = 20", 'file = "five.h5"'))
    refused("run", "five.toml", "-o", "out.h5", folder=folder, code=3, says=["5 topics", "topics = 5"])
    run = call("run", "small.toml", "--replicates", "1", folder=folder)
    assert run.returncode == 0
    refused("network", "describe", "small.h5", folder=folder, code=4, says="the result of a run")


TAKEN = """duration = "5 days"
replicates = 2
[network]
file = "people.csv"
[population]
posts = "1 per day"
[[strategy]]
name = "alice's"
account = "alice"
posts = "3 per day"
mix = { value = 1 }
"""


def test_a_strategy_takes_the_place_of_an_account(folder):
    followers = [f"reader{i}" for i in range(40)]
    rows = [f"{f},alice" for f in followers] + [f"{f},bob" for f in followers[:7]] + ["alice,reader0", "alice,bob"]
    (folder / "people.csv").write_text("follower,followed\n" + "\n".join(rows) + "\n")
    (folder / "taken.toml").write_text(TAKEN)
    assert call("run", "taken.toml", "-o", "out.h5", folder=folder).returncode == 0
    h5py = pytest.importorskip("h5py")
    with h5py.File(folder / "out.h5") as file:
        assert (file["followers"][0, :, 0] == 40).all()
        assert file["deliveries"][0, :, :].sum() > 0
        assert (file["reach"][0, :, -1] <= 41).all()  # everyone but alice herself
    (folder / "wrong.toml").write_text(TAKEN.replace('"alice"', '"alcie"'))
    refused("run", "wrong.toml", "-o", "x.h5", folder=folder, code=3, says=["no account 'alcie'", "did you mean 'alice'?"])
    (folder / "both.toml").write_text(TAKEN + "followers = 3\n")
    refused("check", "both.toml", folder=folder, code=3, says="`followers` does not apply")
