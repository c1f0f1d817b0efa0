"""What the program must never do: replace what it reads, leave half a file, or stop without a word where one is due."""
import os
import resource
import signal
import subprocess
import time

import pytest

from program import PROGRAM, SCENARIO, call, clean_environment, folder, leftovers, refused, world  # noqa: F401

FOLLOWS = "".join(f"{a} {b}\n" for a in range(60) for b in range(60) if (a * 7 + b) % 5 == 0)


# ---- inputs and outputs ----


def spared(path, *words, folder, says):
    before = path.read_bytes()
    refused(*words, folder=folder, code=1, says=["would replace", *says])
    assert path.read_bytes() == before and not leftovers(folder)


@pytest.mark.parametrize("output", ["small.toml", "./small.toml", "link.h5"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_result_never_replaces_its_scenario(output, force, folder):
    (folder / "link.h5").symlink_to("small.toml")
    spared(folder / "small.toml", "run", "small.toml", "-o", output, *force, folder=folder, says=[output, "small.toml"])


def test_a_result_never_replaces_its_network(folder):
    (folder / "n.txt").write_text(FOLLOWS)
    (folder / "n.toml").write_text(SCENARIO.replace("accounts = 2000\nmean_followers = 20", 'file = "n.txt"'))
    spared(folder / "n.txt", "run", "n.toml", "-o", "n.txt", "--force", folder=folder, says=["n.txt"])


def test_timings_never_replace_a_scenario(folder):
    (folder / "x.run.json").write_text(SCENARIO)
    spared(folder / "x.run.json", "run", "x.run.json", "-o", "x.h5", folder=folder, says=["x.run.json"])


def test_a_page_never_replaces_its_result(world, folder):
    (folder / "r.h5").write_bytes((world / "small.h5").read_bytes())
    spared(folder / "r.h5", "report", "r.h5", "-o", "r.h5", "--force", folder=folder, says=["r.h5"])


def test_timings_that_cannot_be_written_are_told_before_the_work(folder):
    (folder / "small.run.json").mkdir()
    refused("run", "small.toml", folder=folder, code=1, says=["small.run.json", "folder"])
    assert not (folder / "small.h5").exists()
