"""`passalong branch` as a user types it: what it writes, says and refuses."""
import json
import os
import pathlib
import subprocess

import pytest
import xarray

PROGRAM = os.environ.get("PASSALONG_PROGRAM", str(pathlib.Path(__file__).parent.parent / "build/release/passalong"))
SCENARIO = """
duration = "10 days"
replicates = 3
[network]
accounts = 1000
mean_followers = 15
[[strategy]]
name = "value-add"
posts = "4 per day"
mix = { value = 0.9, pitch = 0.1 }
followers = 200
[[strategy]]
name = "pitch"
posts = { file = "log.csv" }
followers = 200
"""


def passalong(*words, code=0):
    result = subprocess.run([PROGRAM, *words], capture_output=True, text=True)
    assert result.returncode == code, result.stderr
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("branch")
    (path / "s.toml").write_text(SCENARIO)
    (path / "log.csv").write_text("time,kind\n" + "".join(f"{k / 3},pitch\n" for k in range(28)))
    passalong("run", str(path / "s.toml"), "-o", str(path / "s.h5"), "--quiet")
    return path


def test_futures_stand_beside_their_past(folder):
    out = folder / "b.h5"
    said = passalong("branch", str(folder / "s.h5"), "--at", "day 4", "--set", "strategy.value-add.mix.value=0.3",
                     "--name", "selling out", "--future", "rules: model.trust.loss=9", "-o", str(out)).stdout
    assert "'selling out' ends" in said and "'pitch: rules' ends" in said
    with xarray.open_dataset(out) as data, xarray.open_dataset(folder / "s.h5") as past:
        names = [str(name) for name in data.strategy.values]
        assert names == ["value-add", "pitch", "selling out", "value-add: rules", "pitch: rules"]
        assert data.attrs["branch_of"] == past.attrs["digest"] and data.attrs["branch_at"] == "day 4"
        assert [future["name"] for future in json.loads(data.attrs["futures"])] == names[2:]
        assert data.attrs["history"] == ("passalong run s.toml; passalong branch s.h5 --at 'day 4' --set "
                                         "strategy.value-add.mix.value=0.3 --name 'selling out' --future "
                                         "'rules: model.trust.loss=9'")
        for series in past.data_vars:
            if "time" not in past[series].dims:
                continue
            assert (data[series][:2].values == past[series].values).all() or past[series].isnull().any()
            for arm, parent in ((2, 0), (3, 0), (4, 1)):
                before = data[series][arm, :, :5].values
                assert ((before == past[series][parent, :, :5].values) | (before != before)).all()
    compared = json.loads(passalong("compare", str(out), "--baseline", "pitch", "--at", "4", "--json").stdout)
    pair = next(p for p in compared["pairs"] if p["a"] == "pitch: rules" or p["b"] == "pitch: rules")
    assert pair["difference"] == 0 or pair["difference"]["mean"] == 0
    passalong("report", str(out), "--quiet")


def test_json(folder):
    told = json.loads(passalong("branch", str(folder / "s.h5"), "--at", "2", "--set", "strategy.pitch.promote=fans",
                                "--json", "--force", "-q").stdout)
    assert told["output"].endswith("s.branch.h5") and told["replicates"] == 3 and told["complete"] is True
    assert told["futures"] == [{"name": "pitch from day 2", "of": "pitch", "set": ["strategy.pitch.promote=fans"],
                                "input_sha256": told["futures"][0]["input_sha256"]}]
    assert passalong("digest", told["output"]).stdout.strip() == told["digest"]


@pytest.mark.parametrize("words, code, message", [
    ([], 2, "--at is missing"),
    (["--at", "3"], 2, "no future to continue it under"),
    (["--at", "day 3", "--name", "x", "--future", "model.trust.gain=2"], 2, "--name is for the future that --set makes"),
    (["--at", "10", "--set", "model.trust.gain=2"], 2, "nothing is left of the run by then"),
    (["--at", "30 min", "--set", "model.trust.gain=2"], 2, "this falls within a tick"),
    (["--at", "3", "--set", "network.accounts=9"], 3, "`network.accounts` cannot change in the middle of a run"),
    (["--at", "3", "--set", "strategy.pich.posts=3 per day"], 3, "did you mean `pitch`?"),
    (["--at", "3", "--future", "pitch: strategy.pitch.promote=fans"], 3, "two arms would be called `pitch`"),
    (["--at", "3", "--set", "model.trust.gain=2", "--name", b"\xff\xfe"], 3, "is not printable text"),
    (["--at", "3", "--set", "model.trust.gain=2", "--name", "a\nb"], 3, "is not printable text"),
    (["--at", "3", "--set", "model.trust.gain=2", "--name", "  "], 3, "begins or ends with a blank"),
    (["--at", "3", "--set", "model.trust.gain=2", "--name", "x" * 5000], 3, "has more than 200 bytes"),
    (["--at", "3", "--set", b"strategy.pitch.promote=\xff"], 3, "is not printable text"),
    (["--at", "3", "--future", "it's: model.trust.gain=2"], 2, "a name cannot hold quotes or ="),
    (["--at", "3", "--future", "a=b: model.trust.gain=2"], 2, "a name cannot hold quotes or ="),
    (["--at", "3", "--future", "one: model.trust.gain=2, model.trust.gian=2", "--future", "seed=3"], 3,
     "--> --future 'one':2:"),
    (["--at", "3", "--future", "one: model.trust.gain=2, model.trust.gian=2", "--future", "seed=3"], 3,
     "--> --future 'seed=3':1:1"),
])
def test_refusals(folder, words, code, message):
    assert message in passalong("branch", str(folder / "s.h5"), *words, "-o", str(folder / "no.h5"), code=code).stderr
    assert not (folder / "no.h5").exists()


def test_files_are_looked_for(folder, tmp_path):
    (tmp_path / "s.h5").write_bytes((folder / "s.h5").read_bytes())
    words = ["branch", str(tmp_path / "s.h5"), "--at", "3", "--set", "model.trust.gain=2", "-q"]
    assert "the file `log.csv`" in passalong(*words, code=4).stderr
    (tmp_path / "log.csv").write_text("time,kind\n1,pitch\n")
    assert "are not those it was made with" in passalong(*words, code=4).stderr
    passalong(*words, "--inputs", str(folder))
    again = passalong("branch", str(tmp_path / "s.branch.h5"), *words[2:], "--inputs", str(folder), code=2).stderr
    assert "is a branch of another" in again


def futures_of(path):
    with xarray.open_dataset(path) as data:
        return json.loads(data.attrs["futures"]), {str(n): data.sel(strategy=n).posts_made.values.sum() for n in data.strategy.values}


def test_a_calendar_gives_way_to_another_and_to_a_rate(folder):
    (folder / "other.csv").write_text("time,kind\n" + "".join(f"{5 + k / 20},value\n" for k in range(60)))
    words = ["branch", str(folder / "s.h5"), "--at", "4", "--force", "-q"]
    out = ["-o", str(folder / "calendar.h5")]
    for change in ("strategy.pitch.posts.file=other.csv", "strategy.pitch.posts={ file = 'other.csv' }"):
        passalong(*words, *out, "--set", change, "--future", "as it is: model.trust.gain=1")
        told, posts = futures_of(out[1])
        assert told[0]["input_sha256"] != told[1]["input_sha256"], change
        assert posts["pitch from day 4"] != posts["pitch"], change
    for change in ("strategy.pitch.posts.file=none.csv", "strategy.pitch.posts={ file = 'none.csv' }"):
        assert "none.csv" in passalong(*words, *out, "--set", change, code=4).stderr
    passalong(*words, *out, "--set", "strategy.pitch.posts=3 per day", "--set", "strategy.pitch.mix.value=1")
    told, posts = futures_of(out[1])
    assert "input_sha256" not in told[0] and posts["pitch from day 4"] > 0
    said = passalong(*words, *out, "--set", "strategy.pitch.posts=3 per day", "--set", "strategy.pitch.mix.valu=1", code=3).stderr
    assert "--set:2:" in said


def test_no_folder_gets_into_the_file(folder):
    out, log = folder / "paths.h5", folder / "log.csv"
    changes = [f"strategy.pitch.posts.file={log}", f"strategy.pitch.posts={{ file = '{log}' }}",
               f'strategy.pitch.posts={{file="{log}"}}', f'strategy.pitch.posts.file = "{log}"']
    for change in changes:
        passalong("branch", str(folder / "s.h5"), "--at", "4", "--set", change, "--future", f"more: {change}, model.trust.gain=2",
                  "-o", str(out), "--force", "-q")
        with xarray.open_dataset(out) as data:
            for told in (data.attrs["history"], data.attrs["futures"]):
                assert str(folder) not in told and told.count("log.csv") == 2, change
        passalong("run", str(folder / "s.toml"), "--set", change, "-o", str(out), "--force", "-q")
        with xarray.open_dataset(out) as data:
            assert str(folder) not in data.attrs["history"] and "log.csv" in data.attrs["history"]


def test_what_is_left_out_is_said(folder):
    words = ["branch", str(folder / "s.h5"), "--at", "8", "-o", str(folder / "ucb.h5"), "--force"]
    change = ["--set", "strategy.value-add.learn=ucb"]
    assert "leaves out pitch_share, reward" in passalong(*words, *change).stderr
    assert passalong(*words, *change, "-q").stderr == ""


def test_a_difference_of_nothing_has_no_direction(tmp_path):
    policy = '[[strategy]]\nname = "{}"\nposts = "4 per day"\nmix = {{ {} }}\nfollowers = 150\n'
    (tmp_path / "two.toml").write_text(
        'duration = "12 days"\nreplicates = 2\nseed = 2\n[network]\naccounts = 400\nmean_followers = 15\n' +
        policy.format("give", "value = 0.9, pitch = 0.1") + policy.format("sell", "value = 0.1, pitch = 0.7, routine = 0.2"))
    passalong("run", str(tmp_path / "two.toml"), "-o", str(tmp_path / "two.h5"), "-q")
    said = passalong("branch", str(tmp_path / "two.h5"), "--at", "8", "--future", "soft: strategy.sell.mix.value=0.3").stdout
    assert "'soft' ends level with 'sell' (95 % interval -12.71 to 12.71)" in said.replace("\n", " "), said
