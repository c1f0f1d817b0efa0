"""passalong run: what it writes, what it refuses, how it stops, and what it says where."""
import gzip
import hashlib
import json
import os
import pty
import re
import signal
import subprocess
import time

import pytest

from program import PROGRAM, SCENARIO, call, clean_environment, errors_of, folder, leftovers, refused, world  # noqa: F401


# ---- run ----


def test_run_leaves_a_result_and_its_timings(world):
    told = (world / "run.out").read_text()
    digest = call("digest", "small.h5", folder=world).stdout.strip()
    assert "small.h5" in told and digest in told and "deliveries/s" in told
    assert "followers" in told  # the verdict
    timings = json.loads((world / "small.run.json").read_text())
    assert timings["digest"] == digest and timings["seconds"] > 0 and timings["threads"] >= 1
    assert not leftovers(world)


def test_run_json(folder):
    done = call("run", "small.toml", "--json", folder=folder)
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["schema"] == 1 and told["output"] == "small.h5"
    for name in ("seconds", "deliveries", "impressions", "shares", "peak_memory_bytes", "threads"):
        assert told[name] >= 0
    assert told["deliveries"] >= told["impressions"] > 0
    assert re.fullmatch("[0-9a-f]{64}", told["digest"])


def test_same_scenario_same_bytes(world, folder):
    """For any number of threads, from another folder, under another name."""
    expected = hashlib.sha256((world / "small.h5").read_bytes()).hexdigest()
    for threads in ("1", "2"):
        assert call("run", "small.toml", "-o", f"t{threads}.h5", "--threads", threads, folder=folder).returncode == 0
        assert hashlib.sha256((folder / f"t{threads}.h5").read_bytes()).hexdigest() == expected


def test_seed_and_set_change_the_result_and_are_recorded(world, folder):
    import h5py
    done = call("run", "small.toml", "--seed", "8", "--replicates", "2", "--set", "network.accounts=2100", folder=folder)
    assert done.returncode == 0, done.stderr
    assert call("digest", "small.h5", folder=folder).stdout != call("digest", "small.h5", folder=world).stdout
    with h5py.File(folder / "small.h5") as file:
        assert file.attrs["seed"] == 8 and len(file["replicate"]) == 2
        history = file.attrs["history"]
    assert history.endswith("run small.toml --set network.accounts=2100 --seed 8 --replicates 2")


def test_history_names_files_without_their_folders(folder):
    import h5py
    follows = folder / "follows.txt"
    follows.write_text("".join(f"{a} {b}\n" for a in range(60) for b in range(60) if (a * 7 + b) % 5 == 0))
    scenario = folder / "file.toml"
    scenario.write_text('duration = "2 days"\nreplicates = 1\n[network]\nfile = "absent.txt"\n'
                        '[[strategy]]\nname = "a"\nposts = "2 per day"\nfollowers = 5\nmix = { value = 1 }\n')
    done = call("run", "file.toml", "--set", f"network.file={follows}", folder=folder)
    assert done.returncode == 0, done.stderr
    with h5py.File(folder / "file.h5") as file:
        assert file.attrs["history"] == "passalong run file.toml --set network.file=follows.txt"


def test_input_hash_is_that_of_scenario_and_network_file(folder):
    """Over a file of several blocks: what `cat` and `sha256sum` say."""
    import h5py
    follows = "".join(f"{a} {(a * k + 1) % 3000}\n" for a in range(3000) for k in range(2, 92))
    assert len(follows) > 2 << 20
    (folder / "follows.txt").write_text(follows)
    scenario = ('duration = "1 day"\nreplicates = 1\n[network]\nfile = "follows.txt"\n'
                '[[strategy]]\nname = "a"\nposts = "2 per day"\nfollowers = 5\nmix = { value = 1 }\n')
    (folder / "file.toml").write_text(scenario)
    done = call("run", "file.toml", folder=folder)
    assert done.returncode == 0, done.stderr
    with h5py.File(folder / "file.h5") as file:
        assert file.attrs["input_sha256"] == hashlib.sha256((scenario + follows).encode()).hexdigest()


FILE_SCENARIO = ('duration = "2 days"\nreplicates = 2\n[network]\nfile = "nets/follows.txt.gz"\n'
                 '[[strategy]]\nname = "a"\nposts = "2 per day"\nfollowers = 5\nmix = { value = 1 }\n')


def test_run_check_and_inspect_tell_the_network_of_a_file(folder):
    lines = [f"{a} {b}" for a in range(1200) for b in range(a + 1, a + 4)]  # 1,203 accounts, 3,600 follows
    lines += ["5 5", "1 2", "7 8", "7 7", "9 10"]
    (folder / "nets").mkdir()
    (folder / "nets/follows.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode() + b"\n"))
    (folder / "file.toml").write_text(FILE_SCENARIO)
    text = "1,203 accounts, 3,600 follows, from follows.txt.gz (2 self-loops, 3 duplicates dropped)"
    checked = call("check", "file.toml", folder=folder).stdout
    assert "accounts    1,203\n" in checked and "follows     3,600\n" in checked
    ran = call("run", "file.toml", folder=folder)
    assert f"\nNetwork {text}\n" in ran.stdout, ran.stderr
    assert f"\nnetwork     {text}\n" in call("inspect", "file.h5", folder=folder).stdout
    for words in (["run", "file.toml", "-f"], ["check", "file.toml"], ["inspect", "file.h5"]):
        told = json.loads(call(*words, "--json", folder=folder).stdout)
        assert (told["accounts"], told["follows"]) == (1203, 3600)


def test_check_tells_the_faults_of_a_network_file_and_estimates_a_large_one(folder):
    (folder / "nets").mkdir()
    (folder / "file.toml").write_text(FILE_SCENARIO.replace("follows.txt.gz", "follows.txt"))
    (folder / "nets/follows.txt").write_text("1 2\n2\n")
    refused("check", "file.toml", folder=folder, code=4, says="follows.txt:2")
    with open(folder / "nets/follows.txt", "wb") as large:
        large.truncate(240_000_000)  # takes no room
    done = call("check", "file.toml", folder=folder)
    assert "follows     about 20,000,000\n" in done.stdout, done.stderr
    assert json.loads(call("check", "file.toml", "--json", folder=folder).stdout)["network_estimated"]


def test_the_network_of_a_generator_is_told_too(world, folder):
    told = re.search(r"^Network 2,000 accounts, (\S+) follows$", (world / "run.out").read_text(), re.M)
    assert told and f"network     2,000 accounts, {told.group(1)} follows\n" in call("inspect", "small.h5", folder=world).stdout
    many = call("run", "small.toml", "--set", "redraw=network", folder=folder).stdout
    assert re.search(r"^Network 2,000 accounts, [\d,]+ (to [\d,]+ follows, a network for each replicate|follows)$", many, re.M)


def test_threads_by_environment_and_option(folder):
    def threads(*words, **env):
        return json.loads(call("run", "small.toml", "--json", "-f", *words, folder=folder, env=clean_environment(**env)).stdout)["threads"]
    assert threads(PASSALONG_THREADS="1") == 1
    assert threads("--threads", "2", PASSALONG_THREADS="1") == 2


def test_quiet_run(folder):
    done = call("run", "small.toml", "-q", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_file_is_overwritten_unasked(world, folder):
    (folder / "small.h5").write_text("mine")
    refused("run", "small.toml", folder=folder, code=1, says=["small.h5", "--force"])
    assert (folder / "small.h5").read_text() == "mine"
    assert call("run", "small.toml", "--force", folder=folder).returncode == 0
    assert (folder / "small.h5").read_bytes() == (world / "small.h5").read_bytes()


def test_where_no_result_can_be_written_nothing_is_run(folder):
    refused("run", "small.toml", "-o", "nowhere/x.h5", folder=folder, code=1, says="nowhere")
    refused("run", "small.toml", "-o", ".", folder=folder, code=1, says="folder")


def test_missing_scenario(folder):
    for verb in ("run", "check"):
        refused(verb, "none.toml", folder=folder, code=4, says="none.toml")


def test_wrong_scenarios_are_told_all_at_once(folder):
    (folder / "bad.toml").write_text(SCENARIO.replace("mean_followers", "mean_folowers").replace("0.9, pitch", "1.9, pitch"))
    done = refused("run", "bad.toml", folder=folder, code=3, says=["bad.toml:8:1", "mean_followers", "1.9"])
    assert done.stderr.index("bad.toml:8") < done.stderr.index("1.9")
    (folder / "worse.toml").write_text("sede = 3\n" + SCENARIO)
    refused("check", "bad.toml", "worse.toml", "small.toml", folder=folder, code=3, says=["bad.toml:8", "worse.toml:1"])
    places = {(e["file"], e["line"]) for e in errors_of(call("check", "bad.toml", "worse.toml", "--json", folder=folder))}
    assert ("bad.toml", 8) in places and ("worse.toml", 1) in places
    assert sorted(os.listdir(folder)) == ["bad.toml", "small.toml", "worse.toml"]


@pytest.mark.parametrize("change", ["network.acounts=5", "network.accounts=-5", "seed=x", "duration=\"3 apples\""])
def test_wrong_set_is_a_fault_of_the_scenario(change, folder):
    refused("run", "small.toml", "--set", change, folder=folder, code=3, says=change.split("=")[0].split(".")[-1])


# ---- stopping early ----


def start(*words, folder, **options):
    return subprocess.Popen([PROGRAM, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=clean_environment(), **options)


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_a_partial_result(number, code, folder):
    running = start("run", "small.toml", "--replicates", "5000", folder=folder)
    time.sleep(2)
    running.send_signal(number)
    out, err = running.communicate(timeout=60)
    assert running.returncode == code, err
    whole = int(re.search(r"(\d+) of 5000 replicates are whole; small.h5 is a partial result", err).group(1))
    assert 1 <= whole < 5000 and not leftovers(folder)
    told = json.loads(call("inspect", "small.h5", "--json", folder=folder).stdout)
    assert (told["status"], told["replicates"], told["replicates_planned"]) == ("partial", whole, 5000)
    assert call("compare", "small.h5", folder=folder).returncode == 0


def test_two_signals_leave_nothing(folder):
    running = start("run", "small.toml", "--set", "duration=\"36000 days\"", folder=folder)
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert running.poll() is None  # it is finishing a replicate
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=5)
    assert running.returncode == 130 and "stopped at once" in err
    assert os.listdir(folder) == ["small.toml"]


def test_time_limit(folder):
    done = call("run", "small.toml", "--replicates", "5000", "--max-time", "1.5s", "--json", folder=folder)
    assert done.returncode == 1 and "time limit reached" in done.stderr
    told = json.loads(done.stdout)
    assert not told["complete"] and 1 <= told["replicates"] < 5000


# ---- streams ----


@pytest.mark.parametrize("words", [["--help"], ["schema"], ["models", "--json"], ["digest", "small.h5"], ["run", "small.toml", "-o", "new.h5"]])
def test_output_that_cannot_be_written_is_a_failure(words, world, folder):
    (folder / "small.h5").write_bytes((world / "small.h5").read_bytes())
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, *words], cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, env=clean_environment())
    assert done.returncode == 1 and "standard output" in done.stderr
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([PROGRAM, *words, *(["-f"] if "run" in words else [])], cwd=folder, stdout=writer,
                          stderr=subprocess.PIPE, text=True, env=clean_environment())
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")  # the reader has seen enough


def test_a_closed_stream_never_becomes_the_result(folder):
    done = subprocess.run(f'"{PROGRAM}" run small.toml >&- 2>&-', shell=True, cwd=folder, env=clean_environment())
    assert done.returncode == 1
    assert json.loads(call("inspect", "small.h5", "--json", folder=folder).stdout)["status"] == "complete"


def on_terminal(*words, folder, **env):
    """Output of a run whose standard error is a terminal."""
    terminal, end = pty.openpty()
    done = subprocess.Popen([PROGRAM, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=end, env=clean_environment(**env))
    os.close(end)
    seen = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            piece = b""
        if not piece:
            break
        seen += piece
    os.close(terminal)
    done.wait(timeout=60)
    return seen.decode()


def test_colour_follows_option_environment_and_terminal(folder):
    red = "\x1b["
    assert red not in call("run", "none.toml", folder=folder).stderr
    assert red in call("run", "none.toml", "--color=always", folder=folder).stderr
    assert red in call("run", "none.toml", folder=folder, env=clean_environment(CLICOLOR_FORCE="1")).stderr
    assert red in call("run", "none.toml", folder=folder, env=clean_environment(PASSALONG_COLOR="always", NO_COLOR="1")).stderr
    assert red in on_terminal("run", "none.toml", folder=folder, TERM="xterm")
    assert red not in on_terminal("run", "none.toml", folder=folder, TERM="xterm", NO_COLOR="1")
    assert red not in on_terminal("run", "none.toml", folder=folder, TERM="dumb")
    assert red not in on_terminal("run", "none.toml", "--color", "never", folder=folder, TERM="xterm")


def test_progress_is_for_terminals(folder):
    longer = ["run", "small.toml", "--replicates", "60", "-f"]
    assert re.search(r"\r.*\d+ %.*deliveries/s", on_terminal(*longer, folder=folder, TERM="xterm"))
    assert on_terminal(*longer, "-q", folder=folder, TERM="xterm") == ""
    plain = call(*longer, folder=folder).stderr
    assert "\r" not in plain and len(plain.splitlines()) <= 10
