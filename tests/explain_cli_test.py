"""passalong explain: the text people read, the object scripts read, and what it refuses."""
import json
import math
import re

import numpy
import pytest

from program import call, errors_of, folder, refused, world  # noqa: F401


def explain(world, *words):
    done = call("explain", "small.h5", *words, folder=world)
    assert done.returncode == 0, done.stderr
    return done.stdout


def story(world, *words):
    told = json.loads(explain(world, *words, "--json"))
    assert told["schema"] == 1 and told["checked"]["identical"] is True
    return told


def close(a, b):
    return math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-5)


def expect_reckonings_to_hold(event):
    for r in event["reckonings"]:
        terms = list(r.get("terms", {}).values())
        if r.get("form") == "sum":
            assert close(sum(terms), r["value"]), r
        if r.get("form") == "product":
            assert close(math.prod(terms), r["value"]), r
        if "drawn" in r:
            assert r["happens"] == (r["drawn"] < r["value"])


def test_a_leaver_as_text(world):
    text = explain(world, "--account", "leaver", "--strategy", "pitch", "--replicate", "2")
    last = re.search(r"In sum: account (\d+) saw (\d+) of (\d+)\s+posts of 'pitch', shared \d+.* left on day (\d+)", text.replace("\n", " "))
    assert last, text
    sights = re.findall(r"^  \d\d:\d\d   sees (?:value|pitch|routine|conversation) post pitch:2:\d+ \(topic \d+, quality", text, re.M)
    assert len(sights) == int(last[2]) and int(last[3]) == 28
    assert f"\nDay {last[4]}\n" in text and re.search(r"leaves 'pitch' (because of|for no reason)", text)
    assert re.search(r"^ +worth V +-?[\d.e-]+ = ", text, re.M) and re.search(r"^ +hazard so far +[\d.e-]+ = ", text, re.M)
    assert "equal the result's bit for bit in all 15 rows" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_sharer_as_json(world):
    told = story(world, "--account", "sharer")
    kinds = {e["event"] for e in told["events"]}
    assert kinds <= {"sight", "review", "follows"} and "sight" in kinds
    shares = [e for e in told["events"] if e["event"] == "sight" and e["shares"]]
    assert shares and told["summary"]["value-add"]["shared"] == len(shares)
    for event in told["events"]:
        expect_reckonings_to_hold(event)
        chance = [r for r in event["reckonings"] if r["name"] == "share_chance"]
        if event["event"] == "sight":
            assert chance[0]["happens"] == (event["shares"] or event["too_late"])
    assert 0 <= told["traits"]["affinity"] <= 1
    part = story(world, "--account", told["account"], "--from", "2", "--to", "day 3")
    assert part["days"] == 4 and part["checked"]["rows"] == 5
    assert part["events"] == [e for e in told["events"] if 2 <= e["day"] < 4]


def test_a_post_by_row_and_by_name(world):
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(world / "small.h5", group="posts", engine="h5netcdf") as posts:
        row = int(numpy.argmax(posts.shares.values))
        told = story(world, "--post", str(row))
        for name in ("deliveries", "impressions", "shares", "size", "depth"):
            assert told[name] == int(posts[name][row])
        assert math.isclose(told["born_on_day"], float(posts.time[row]))
    assert story(world, "--post", told["post"])["events"] == told["events"]
    assert len(told["cascade"]) == told["size"] and told["cascade"][0]["account"] == told["author"]
    sharers = {e["account"]: e for e in told["events"]}
    for one in told["cascade"][1:]:
        assert sharers[one["account"]]["from"] == one["through"]
        assert sharers[one["account"]]["appears_on_day"] == one["day"]
        expect_reckonings_to_hold(sharers[one["account"]])
    means = {m["name"]: m for m in told["means"]}
    assert means["share_chance"]["sharers"] > means["share_chance"]["others"]
    assert sum(r["readers"] for r in told["reasons"]) == told["other_readers"] == told["impressions"] - told["sharing_readers"]
    assert sum(d["impressions"] for d in told["by_day"]) == told["impressions"]
    text = explain(world, "--post", str(row))
    for part in ("Where it went", "Who passed it on", "Why they did", "What they had in common", "Why the others did not", "In sum"):
        assert part in text


def test_nobody_special_is_told_of_others(world):
    for account in range(2000):
        told = story(world, "--account", str(account)) if account % 400 == 7 else None
        if told and not told["events"]:
            assert "--account leaver" in explain(world, "--account", str(account))
            return


def test_refusals(world):
    refused("explain", "small.h5", folder=world, code=2, says="an account or a post?")
    refused("explain", "small.h5", "--account", "1", "--post", "2", folder=world, code=2, says="one at a time")
    refused("explain", "small.h5", "--account", "2000", folder=world, code=2, says=["no account '2000'", "0 to 1999", "leaver"])
    refused("explain", "small.h5", "--account", "pitch", folder=world, code=2, says="account under study")
    refused("explain", "small.h5", "--account", "leaver", "--replicate", "1", folder=world, code=2, says="there is no leaver")
    refused("explain", "small.h5", "--account", "1", "--strategy", "pich", folder=world, code=2, says="did you mean 'pitch'?")
    refused("explain", "small.h5", "--account", "1", "--replicate", "3", folder=world, code=2, says="it has 0 to 2")
    refused("explain", "small.h5", "--post", "99999", folder=world, code=2, says="numbered from 0 to 167")
    refused("explain", "small.h5", "--post", "a:b", folder=world, code=2, says="value-add:0:0")
    refused("explain", "small.h5", "--post", "1", "--replicate", "1", folder=world, code=2, says="do not apply")
    refused("explain", "small.h5", "--account", "1", "--from", "5", "--to", "4", folder=world, code=2, says="before")
    refused("explain", "small.h5", "--account", "1", "--from", "14", folder=world, code=2, says=["nothing is left", "ends on day 14"])
    refused("explain", "none.h5", "--account", "1", folder=world, code=4, says="none.h5")
    done = call("explain", "small.h5", "--account", "2000", "--json", folder=world)
    assert done.returncode == 2 and "no account" in errors_of(done)[0]["message"]


def test_a_classic_model_has_nobody_to_explain(folder):
    (folder / "ic.toml").write_text(
        '[network]\naccounts = 100\nmean_followers = 5\n[model]\nname = "independent-cascade"\nprobability = 0.1\nseeds = { random = 1 }\n')
    assert call("run", "ic.toml", folder=folder).returncode == 0
    refused("explain", "ic.h5", "--account", "1", folder=folder, code=2, says=["independent-cascade", "conversation"])


def test_those_who_join_have_numbers_too(folder):
    (folder / "join.toml").write_text(
        'duration = "4 days"\nreplicates = 1\n[network]\naccounts = 800\nmean_followers = 9\n[dynamics]\nnewcomers = 60\n'
        'newcomer_rate = "20 per day"\n[[strategy]]\nname = "value"\nfollowers = 50\nposts = "2 per day"\nmix = { value = 1 }\n')
    done = call("run", "join.toml", "-o", "join.h5", folder=folder)
    assert done.returncode == 0, done.stderr
    refused("explain", "join.h5", "--account", "860", folder=folder, code=2, says=["0 to 799", "from 800 to 859", "leaver"])
    assert call("explain", "join.h5", "--account", "859", folder=folder).returncode == 0


def test_an_account_by_its_label(folder):
    edges = "".join(f"user{(i * k) % 300} user{i}\n" for i in range(300) for k in range(2, 12) if (i * k) % 300 != i)
    (folder / "follows.txt").write_text(edges)
    (folder / "own.toml").write_text(
        'duration = "10 days"\nreplicates = 1\n[network]\nfile = "follows.txt"\n[[strategy]]\nname = "value"\nfollowers = 50\n'
        'posts = "2 per day"\nmix = { value = 1 }\n')
    done = call("run", "own.toml", "-o", "small.h5", folder=folder)
    assert done.returncode == 0, done.stderr
    told = story(folder, "--account", "follower")
    assert told["account"].startswith("user")
    assert story(folder, "--account", told["account"])["events"] == told["events"]
    refused("explain", "small.h5", "--account", told["account"] + "x", folder=folder, code=2, says="did you mean")
    (folder / "follows.txt").write_text(edges + "user1 user2\n")
    refused("explain", "small.h5", "--account", told["account"], folder=folder, code=4, says="SHA-256")


def test_of_a_branched_result_the_past_is_explained(world):
    done = call("branch", "small.h5", "--at", "day 12", "--set", "strategy.pitch.mix.value=0.8", "-o", "branched.h5", folder=world)
    assert done.returncode == 0, done.stderr
    told = call("explain", "branched.h5", "--account", "7", "--strategy", "pitch", "--json", folder=world)
    assert json.loads(told.stdout)["events"] == story(world, "--account", "7", "--strategy", "pitch")["events"]
    refused("explain", "branched.h5", "--account", "7", "--strategy", "pitch from day 12", folder=world, code=2, says="is a future")
