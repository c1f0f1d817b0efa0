"""What the end-to-end tests share: the program, one small scenario, and ways to call it."""
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PASSALONG_PROGRAM", str(ROOT / "build/release/passalong"))
VERBS = ["run", "check", "compare", "explain", "report", "inspect", "digest", "network generate",
         "network import", "network describe", "seeds", "models", "schema", "bench", "validate", "init"]
SCENARIO = """\
title = "A small world"
seed = 7
duration = "14 days"
replicates = 3

[network]
accounts = 2000
mean_followers = 20

[[strategy]]
name = "value-add"
posts = "2 per day"
mix = { value = 0.9, pitch = 0.1 }
followers = 100

[[strategy]]
name = "pitch"
posts = "2 per day"
mix = { value = 0.1, pitch = 0.9 }
followers = 100
"""


def clean_environment(**changes):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PASSALONG_") and k not in ("NO_COLOR", "CLICOLOR_FORCE")}
    return {**kept, **changes}


def call(*words, folder, **options):
    options.setdefault("env", clean_environment())
    return subprocess.run([PROGRAM, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=120, **options)


def refused(*words, folder, code, says, env=None):
    """The call fails with this code, tells why on standard error, and prints nothing on standard output."""
    done = call(*words, folder=folder, env=env or clean_environment())
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    for text in [says] if isinstance(says, str) else says:
        assert text in done.stderr
    return done


def errors_of(done):
    told = json.loads(done.stdout)
    assert told["schema"] == 1 and told["errors"] and done.stderr == ""
    assert all(set(e) == {"file", "line", "column", "message", "help"} for e in told["errors"])
    return told["errors"]


def leftovers(folder):
    return [p.name for p in folder.iterdir() if ".partial-" in p.name]


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """A folder with small.toml and what one run of it left."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "small.toml").write_text(SCENARIO)
    done = call("run", "small.toml", folder=folder)
    assert done.returncode == 0, done.stderr
    (folder / "run.out").write_text(done.stdout)
    return folder


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.toml").write_text(SCENARIO)
    return tmp_path
