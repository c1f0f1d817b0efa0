# label: determinism
"""Pinned digests: the same scenario and seed give the same values on every machine, compiler, build type and parallel back
end. Where numbers are meant to move, set PASSALONG_ACCEPT=1 once, and say so under Results in the changelog."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
PROGRAM = pathlib.Path(os.environ.get("PASSALONG_PROGRAM", ROOT / "build/release/passalong"))
# The same sources with the other back end; built beside the tests.
THREADS = PROGRAM.parent / "tests" / "passalong_threads"

CASES = {
    "smoke": [],
    "background": ["--set", "population.posts=1 per day", "--set", "duration=5 days", "--replicates", "2"],
    "network": ["--set", "redraw=network", "--set", "duration=5 days", "--replicates", "2"],
    "changing": ["--set", "population.posts=1 per day", "--set", "duration=5 days", "--replicates", "2",
                 "--set", "dynamics.unfollow=0.01 per day", "--set", "dynamics.chatty=0.01 per day",
                 "--set", "dynamics.mutual=0.5", "--set", "dynamics.follow=0.3 per day", "--set", "dynamics.follow_back=0.2",
                 "--set", "dynamics.on_reshare=0.05", "--set", "dynamics.newcomers=40",
                 "--set", "dynamics.newcomer_rate=9.5 per day"],
    "feed": ["--set", "population.posts=1 per day", "--set", "duration=5 days", "--replicates", "2", "--set", "model.attention.form=feed",
             "--set", "model.attention.ranking=engagement", "--set", "model.attention.new=0.7"],
    "brands": ["--set", "network.accounts=3000", "--set", "population.posts=0.5 per day", "--set", "duration=5 days",
               "--replicates", "2", *(word for name in ("teacher", "balanced", "seller", "neighbour")
                                      for word in ("--set", f"brand.{name}.followers=300"))],
}
SCENARIOS = {"brands": "four_brands"}  # the others change scenarios/smoke.toml


def digest(program, case, threads, folder):
    out = folder / f"{case}.h5"
    subprocess.run([program, "run", ROOT / f"scenarios/{SCENARIOS.get(case, 'smoke')}.toml", "-o", out, "--force", "--quiet", "--threads", str(threads),
                    *CASES[case]], check=True)
    return subprocess.run([program, "digest", out], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("case", CASES)
def test_digest_is_the_pinned_one(case, tmp_path):
    pinned = GOLDEN / f"{case}.digest"
    got = digest(PROGRAM, case, 2, tmp_path)
    if os.environ.get("PASSALONG_ACCEPT"):
        pinned.parent.mkdir(exist_ok=True)
        pinned.write_text(got + "\n")
    assert got == pinned.read_text().strip()


@pytest.mark.parametrize("case", CASES)
def test_both_back_ends_agree(case, tmp_path):
    if not THREADS.exists():
        pytest.skip(f"{THREADS.name} is not built")
    shown = subprocess.run([THREADS, "--version"], check=True, capture_output=True, text=True).stdout
    assert "threads" in shown
    for threads in (1, 2, 3, 8):
        assert digest(THREADS, case, threads, tmp_path) == digest(PROGRAM, case, 8, tmp_path)
