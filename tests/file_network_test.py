"""Scenarios whose network is a file: what only the file can tell is checked before anything runs."""
from program import call

SCENARIO = """duration = "2 days"
replicates = 1
[network]
file = "follows.txt"
[[strategy]]
name = "a"
posts = "2 per day"
followers = {followers}
mix = {{ value = 1 }}
"""


def test_a_first_audience_larger_than_half_the_file_is_refused(tmp_path):
    (tmp_path / "follows.txt").write_text("1 2\n2 3\n3 4\n4 1\n")
    (tmp_path / "file.toml").write_text(SCENARIO.format(followers=3))
    done = call("run", "file.toml", folder=tmp_path)
    assert done.returncode == 3
    assert "strategy 'a' starts with 3 followers, but the network has only 4 accounts" in done.stderr
    assert "followers = 2" in done.stderr
    assert not (tmp_path / "file.h5").exists()
    (tmp_path / "file.toml").write_text(SCENARIO.format(followers=2))
    assert call("run", "file.toml", folder=tmp_path).returncode == 0
