"""What the program must never do: replace what it reads, leave half a file, or stop without a word where one is due."""
import json
import os
import resource
import signal
import subprocess
import time

import pytest

from program import PROGRAM, ROOT, SCENARIO, call, clean_environment, folder, leftovers, refused, world  # noqa: F401

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


# ---- telling what was done ----


def test_compare_tells_a_run_that_was_cut_short(world, folder):
    done = call("run", "small.toml", "--replicates", "5000", "--max-time", "1.5s", "--json", folder=folder)
    whole = json.loads(done.stdout)["replicates"]
    text = call("compare", "small.h5", folder=folder).stdout
    assert text.splitlines()[0].endswith(f"{whole} of 5000 replicates: the run was cut short")
    told = json.loads(call("compare", "small.h5", "--json", folder=folder).stdout)
    assert (told["replicates"], told["replicates_planned"], told["complete"]) == (whole, 5000, False)
    told = json.loads(call("compare", "small.h5", "--json", folder=world).stdout)
    assert (told["replicates"], told["replicates_planned"], told["complete"]) == (3, 3, True)


def test_compare_tells_the_day_it_took(world):
    done = call("compare", "small.h5", "--at", "3.5", folder=world)
    assert done.returncode == 0 and "day 3.5" in done.stderr and "day 3, the one before" in done.stderr
    assert "on day 3," in done.stdout.splitlines()[0]
    assert call("compare", "small.h5", "--at", "3", folder=world).stderr == ""


def test_a_reader_that_has_seen_enough_is_no_news(folder):
    done = subprocess.run(f'"{PROGRAM}" schema --json | head -c 1', shell=True, cwd=folder, capture_output=True,
                          text=True, env=clean_environment())
    assert (done.stdout, done.stderr) == ("{", "")


@pytest.mark.parametrize("name", [".", "..", "ro/", "ro/.", ".toml", "ro/.toml"])
def test_init_refuses_what_names_no_file(name, folder):
    (folder / "ro").mkdir()
    refused("init", name, folder=folder, code=2, says=["names no file", "scenario"])
    assert sorted(os.listdir(folder)) == ["ro", "small.toml"] and not os.listdir(folder / "ro")


def test_help_names_the_environment(folder):
    manual = (ROOT / "scripts/install/passalong.1").read_text()
    for name in ("PASSALONG_THREADS", "PASSALONG_MEMORY_LIMIT", "PASSALONG_COLOR"):
        assert name in call("--help", folder=folder).stdout and name in manual
