# label: peers
"""The classic models against programs of others (bench/peers/agree), where those are installed, and the test that judges it."""
import itertools
import json
import pathlib
import random
import subprocess
import sys

import pytest

from program import PROGRAM

PEERS = pathlib.Path(__file__).resolve().parent.parent / "bench" / "peers"
sys.path.insert(0, str(PEERS))
pytest.importorskip("numpy", reason="python3-numpy is not installed: scripts/install_dependencies --peers")
import runners  # noqa: E402
import smirnov  # noqa: E402


def share_at_least_as_far(a, b):
    """p by its definition: every way to part the pooled values."""
    pooled, observed = a + b, smirnov.distance(a, b)
    ways = [set(way) for way in itertools.combinations(range(len(pooled)), len(a))]
    parts = ([[v for i, v in enumerate(pooled) if (i in way) == inside] for inside in (True, False)] for way in ways)
    return sum(smirnov.distance(*part) >= observed for part in parts) / len(ways)


def test_p_is_exact_with_ties():
    dice = random.Random(3)
    for _ in range(40):
        a, b = ([dice.randrange(4) for _ in range(dice.randint(1, 6))] for _ in range(2))
        assert smirnov.test(a, b)[1] == pytest.approx(share_at_least_as_far(a, b), abs=1e-12)


def test_p_of_plain_cases():
    assert smirnov.test([1, 2, 3], [1, 2, 3]) == (0, 1)
    distance, p = smirnov.test(range(8), range(8, 16))  # apart altogether: two ways of 16 over 8
    assert distance == 1 and p == pytest.approx(2 / 12870, rel=1e-12)
    assert 0 <= smirnov.test(range(900), range(600, 1700))[1] < 1e-60  # and never below 0 where sizes differ


def test_the_classic_models_agree_with_other_programs(tmp_path):
    pytest.importorskip("h5py", reason="python3-h5py is not installed: scripts/install_dependencies --peers")
    if runners.build_igraph(tmp_path) is None and not runners.has_graph_tool():
        pytest.skip("neither igraph nor graph-tool is installed: scripts/install_dependencies --peers")
    done = subprocess.run([PEERS / "agree", "--program", PROGRAM, "--json"], capture_output=True, text=True, timeout=600)
    told = json.loads(done.stdout)
    assert told["rows"] and all(row["runs"] == 1000 for row in told["rows"] if row["statistic"] != "each run")
    assert [row for row in told["rows"] if not row["ok"]] == []
    assert done.returncode == 0 and told["agree"], done.stderr
