"""passalong bench as a user types it, at a scale that is over in a moment."""
import json
import xml.etree.ElementTree

import pytest

from program import call, clean_environment, errors_of, folder, refused  # noqa: F401

SMALL = ["--scale", "0.0005"]
FIELDS = {"name", "items", "unit", "seconds", "per_second", "threads", "bytes_per_edge", "bytes_per_account",
          "roofline_fraction", "digest"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What all workloads give with two threads, and with one."""
    where = tmp_path_factory.mktemp("bench")
    return [json.loads(call("bench", *SMALL, "--threads", threads, "--json", folder=where).stdout) for threads in (2, 1)]


def test_json(told):
    two = told[0]
    assert two["schema"] == 1 and "errors" not in two
    for w in two["workloads"]:
        assert FIELDS <= set(w) and w["per_second"] > 0 and len(w["digest"]) == 64 and w["version"] >= 1
        assert w["bound"] in ("random-lines", "triad") and w["roofline_fraction"] > 0 and w["touched_is"]
        assert [s["threads"] for s in w["scaling"]] == ([1, 2] if w["threads"] == 2 else [1])
    machine = two["machine"]
    assert machine["cores"] >= 1 and machine["triad_bytes_per_second"] > 1e8 and machine["random_lines_per_second"] > 1e5
    assert [limit["threads"] for limit in machine["limits"]] == [1, 2]


def test_results_do_not_depend_on_threads_and_are_pinned(told):
    two, one = ({w["name"]: w["digest"] for w in t["workloads"]} for t in told)
    assert two == one
    assert [w["name"] for w in told[0]["workloads"] if w["digest"] != w["digest_pinned"]] == []


def test_text_and_picture(folder):
    done = call("bench", "tick", "import", *SMALL, "-o", "speed.svg", folder=folder)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 100
    for text in ("workload", "tick", "import", "as pinned", "an impression", "random lines/s"):
        assert text in done.stdout
    assert "write" not in done.stdout.split("\n\n")[0]
    picture = xml.etree.ElementTree.parse(folder / "speed.svg").getroot()
    assert picture.tag.endswith("svg") and float(picture.get("height")) > 100
    refused("bench", "tick", *SMALL, "-o", "speed.svg", folder=folder, code=1, says="speed.svg")
    assert sorted(p.name for p in folder.iterdir()) == ["small.toml", "speed.svg"]


def test_wrong_words(folder):
    refused("bench", "tik", folder=folder, code=2, says=["unknown workload `tik`", "did you mean `tick`?"])
    refused("bench", "everything", folder=folder, code=2, says="workloads are generate, import")
    for scale in ("0", "-1", "big", "1e9"):
        refused("bench", "--scale", scale, folder=folder, code=2, says=["--scale", scale])


def test_what_does_not_fit_is_refused(folder):
    limited = clean_environment(PASSALONG_MEMORY_LIMIT="64MiB")
    refused("bench", "twitter-2009", "--scale", "1", folder=folder, code=5, says=["twitter-2009", "64 MiB"], env=limited)
    told = errors_of(call("bench", "generate", "tick", "--scale", "1", "--json", folder=folder, env=limited))
    assert len(told) == 2
