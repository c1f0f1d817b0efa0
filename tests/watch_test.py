"""A run that is watched: its page and data grow to what the file holds, nobody can change or stop it, and it leaves the
same result as one that is not."""
import http.client
import json
import math
import signal
import socket
import subprocess
import time

import h5py
import pytest

from program import PROGRAM, SCENARIO, call, clean_environment, refused

LARGER = (SCENARIO.replace("accounts = 2000", "accounts = 20_000").replace("followers = 100", "followers = 6000")
          .replace("14 days", "60 days").replace("replicates = 3", "replicates = 12"))  # some seconds
SIR = """\
replicates = 400
tick = "1 day"
[output]
every = "1 day"
[network]
kind = "erdos-renyi"
mutual = true
accounts = 3_000
mean_followers = 5
[model]
name = "sir"
time = "continuous"
infection = 0.6
recovery = 1
seeds = { random = 10 }
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Watched:
    """A run under way, and what can be asked of it."""

    def __init__(self, folder, *options, scenario="larger.toml"):
        self.port = free_port()
        words = [PROGRAM, "run", scenario, "--watch", str(self.port), *options]
        self.process = subprocess.Popen(words, cwd=folder, env=clean_environment(), stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        for _ in range(1000):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except ConnectionRefusedError:
                assert self.process.poll() is None, self.process.stderr.read()
                time.sleep(0.01)

    def ask(self, path="/progress.json", method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read()

    def progress(self):
        return json.loads(self.ask()[1])

    def until(self, what):
        while not what(self.progress()):
            time.sleep(0.02)

    def end(self):
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("watch")
    (folder / "larger.toml").write_text(LARGER)
    (folder / "long.toml").write_text(LARGER.replace("60 days", "4000 days").replace("replicates = 12", "replicates = 40"))
    return folder


def values_of(data):
    """How many values of followers stand: the days of each strategy that somebody has got to."""
    series = [s for s in data["series"] if s["name"] == "followers"]
    return sum(v is not None for s in series for arm in s["arms"] for v in arm["mean"])


@pytest.fixture(scope="module")
def watched(folder):
    """One run followed to its end: the editions of its data in order, the last one with the file's digest."""
    run = Watched(folder, "-o", "watched.h5")
    editions, tag, same = [], None, 0
    while not editions or not editions[-1]["progress"]["ended"]:
        answer, body = run.ask("/data.json", **({"If-None-Match": tag} if tag else {}))
        if answer.status == 200:
            tag = answer.headers["ETag"]
            editions.append(json.loads(body))
        else:
            assert answer.status == 304 and body == b""
            same += 1
        time.sleep(0.05)
    code, out, err = run.end()
    assert code == 0 and f"//127.0.0.1:{run.port}/\n" in err
    return editions, same, out


def test_curves_grow_to_the_values_of_the_file(folder, watched):
    editions, same, _ = watched
    assert same > 0, "unchanged data is not sent again"
    finished = [e["progress"]["finished"] for e in editions]
    assert finished == sorted(finished) and finished[-1] == 12
    days = [len(e["days"][0]) for e in editions if e["days"]]
    assert days == sorted(days) and days[-1] == 61
    assert len({values_of(e) for e in editions}) > 2, "nothing was seen to grow"
    last = next(s for s in editions[-1]["series"] if s["name"] == "followers")
    with h5py.File(folder / "watched.h5") as file:
        for arm, mean in enumerate(file["followers"][:].mean(axis=1)):
            assert len(mean) == 61
            assert all(math.isclose(a, b, rel_tol=1e-4) for a, b in zip(last["arms"][arm]["mean"], mean))
    told = {"finished": 12, "running": 0, "planned": 12, "ended": True, "output": "watched.h5", "curves": []}
    assert {key: editions[-1]["progress"][key] for key in told} == told


def test_watching_changes_nothing(folder, watched):
    call("run", "larger.toml", "-o", "unwatched.h5", folder=folder)
    assert (folder / "watched.h5").read_bytes() == (folder / "unwatched.h5").read_bytes()


def test_who_may_ask_and_what(folder):
    run = Watched(folder, "-o", "asked.h5", scenario="long.toml")
    page, body = run.ask("/")
    assert page.status == 200 and b"<html" in body and page.headers["Connection"] == "close"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert run.ask("/", "HEAD")[1] == b"" and run.ask("/", "HEAD")[0].headers["Content-Length"] == str(len(body))
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        answer, _ = run.ask("/", method)
        assert answer.status == 405 and answer.headers["Allow"] == "GET, HEAD"
    for path in ("/../larger.toml", "/larger.toml", "//etc/passwd", "/%2e%2e/larger.toml", "/data.json/"):
        assert run.ask(path)[0].status == 404
    for host in ("evil.example", "evil.example:%d" % run.port, "127.0.0.1.evil.example", ""):
        assert run.ask(Host=host)[0].status == 403
    for host in ("localhost:%d" % run.port, "LOCALHOST", "127.0.0.1", "[::1]:9"):
        assert run.ask(Host=host)[0].status == 200
    assert run.ask(Range="bytes=" + ",".join(["0-0"] * 1500))[0].status in (200, 206, 416)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        run.ask("/" + "a" * 100_000)
    assert run.progress()["replicates"]["planned"] == 40
    run.process.kill()
    run.end()


def test_the_silent_and_the_slow_hold_up_nobody_and_an_interrupt_works(folder):
    run = Watched(folder, "-o", "cut.h5", "--replicates", "400", "--threads", "1", "--set", 'duration="200 days"', scenario="long.toml")
    held = [socket.create_connection(("127.0.0.1", run.port)) for _ in range(90)]  # say nothing
    for slow in held[-3:]:
        slow.send(b"GET / HT")
    run.until(lambda p: p["replicates"]["finished"] > 0)
    run.process.send_signal(signal.SIGINT)
    code, _, err = run.end()
    assert code == 130 and "replicates are whole; cut.h5 is a partial result" in err
    for one in held:
        one.close()


def test_taken_ports_and_wrong_addresses_end_it_before_the_work(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused("run", "larger.toml", "-o", "x.h5", "--watch", port, folder=folder, code=1,
                says=[f"cannot listen on 127.0.0.1:{port}: Address already in use", "--watch alone"])
    for address, why in (("70000", "no port from 1 to 65535"), ("here", "does not end in a port"), (":80", "has no host"),
                         ("::1:80", "lacks brackets")):
        refused("run", "larger.toml", "-o", "x.h5", f"--watch={address}", folder=folder, code=2, says=why)
    assert not (folder / "x.h5").exists()


def test_other_machines_are_let_in_by_name_alone(folder):
    (folder / "small.toml").write_text(SCENARIO)
    done = call("run", "small.toml", "-f", "--watch", f"0.0.0.0:{free_port()}", folder=folder)
    assert done.returncode == 0 and "warning: other machines can reach this page" in done.stderr
    done = call("run", "--watch", "small.toml", "-f", folder=folder)  # the word after it is the scenario
    assert done.returncode == 0 and "//127.0.0.1:" in done.stderr and "warning" not in done.stderr


def test_a_classic_model_is_watched_too(folder):
    (folder / "sir.toml").write_text(SIR)
    run = Watched(folder, "-o", "sir.h5", scenario="sir.toml")
    seen = []
    while not seen or not seen[-1]["progress"]["ended"]:
        seen.append(json.loads(run.ask("/data.json")[1]))
    code, _, err = run.end()
    assert code == 0, err
    assert seen[-1]["progress"]["finished"] == 400
