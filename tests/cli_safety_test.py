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


# ---- signals ----


def start(*words, folder):
    return subprocess.Popen([PROGRAM, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=clean_environment())


@pytest.mark.parametrize("number, code, why", [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")])
def test_one_signal_is_enough_while_the_network_is_made(number, code, why, folder):
    large = ["--set", "network.accounts=500_000", "--set", "network.mean_followers=60"]
    running = start("run", "small.toml", *large, folder=folder)
    time.sleep(0.4)
    running.send_signal(number)
    _, err = running.communicate(timeout=60)
    assert running.returncode == code and f"{why}: nothing was whole yet, nothing was written" in err
    assert os.listdir(folder) == ["small.toml"]


def test_sigusr1_does_not_end_a_run(folder):
    running = start("run", "small.toml", folder=folder)
    time.sleep(0.1)
    running.send_signal(signal.SIGUSR1)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 0, err


def test_a_limit_on_file_sizes_is_told(folder):
    done = call("run", "small.toml", folder=folder,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    assert done.returncode == 5 and "File too large" in done.stderr, done.stderr
    assert os.listdir(folder) == ["small.toml"]
