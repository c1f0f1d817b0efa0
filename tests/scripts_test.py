# label: cli, install
"""The two commands: scripts/run from another folder and again, its failures; the count behind scripts/test's last line."""
import os
import pathlib
import signal
import subprocess
import time

import pytest

REPOSITORY = pathlib.Path(__file__).parent.parent


def run(folder, *arguments):
    return subprocess.run([REPOSITORY / "scripts/run", *arguments], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PASSALONG_OUT": str(folder / "out")})


def test_run_leaves_result_page_and_verdict_and_builds_nothing(tmp_path):
    for _ in range(2):
        result = run(tmp_path, str(REPOSITORY / "scenarios/smoke.toml"))
        assert result.returncode == 0, result.stderr
        assert "Building CXX" not in result.stderr
        named = [line.split(maxsplit=1)[1] for line in result.stdout.splitlines() if line.startswith(("Result ", "Page "))]
        assert named == [str(tmp_path / "out/RESULT.h5"), str(tmp_path / "out/RESULT.html")]
        assert all(pathlib.Path(name).stat().st_size > 0 for name in named)
        *_, verdict, page = result.stdout.strip().split("\n\n")
        assert verdict.endswith(".") and page == f"Page    {named[1]}", "the verdict in words, and the page last"


def test_run_finds_a_scenario_in_the_caller_s_folder_and_passes_options(tmp_path):
    (tmp_path / "mine.toml").write_text((REPOSITORY / "scenarios/smoke.toml").read_text())
    result = run(tmp_path, "mine.toml", "--seed", "5", "--replicates", "2")
    assert result.returncode == 0, result.stderr


def test_run_says_the_verdict_once(tmp_path):
    result = run(tmp_path, "scenarios/smoke.toml")
    assert result.returncode == 0, result.stderr
    verdict = result.stdout.strip().split("\n\n")[-2].splitlines()[0]
    assert result.stdout.count(verdict) == 1


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_is_shown_and_hands_on_its_code(tmp_path, number, code):
    """The signal reaches the whole group, as from a terminal."""
    started = subprocess.Popen([REPOSITORY / "scripts/run", "scenarios/smoke.toml", "--replicates", "100000"], cwd=tmp_path,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                               env={**os.environ, "PASSALONG_OUT": str(tmp_path / "out")})
    children = pathlib.Path(f"/proc/{started.pid}/task/{started.pid}/children")
    names = lambda: [pathlib.Path(f"/proc/{child}/comm").read_text().strip() for child in children.read_text().split()]
    for _ in range(600):
        if "passalong" in names():
            break
        time.sleep(0.1)
    time.sleep(5)  # some replicates, on a busy machine too
    os.killpg(started.pid, number)
    out, err = started.communicate(timeout=60)
    assert started.returncode == code, err
    assert "partial result" in err and f"Page    {tmp_path}/out/RESULT.html" in out and "replicates" in out
    assert (tmp_path / "out/RESULT.h5").stat().st_size > 0 and (tmp_path / "out/RESULT.html").stat().st_size > 0


def test_run_that_fails_leaves_the_result_before_it_alone_and_unsaid(tmp_path):
    assert run(tmp_path, "scenarios/smoke.toml").returncode == 0
    before = (tmp_path / "out/RESULT.h5").read_bytes()
    failed = run(tmp_path, "absent.toml")
    assert (failed.returncode, failed.stdout) == (4, "")
    assert (tmp_path / "out/RESULT.h5").read_bytes() == before


def test_run_with_one_strategy_tells_its_network_and_figures(tmp_path):
    (tmp_path / "one.toml").write_text('duration = "2 days"\nreplicates = 2\n[network]\naccounts = 2000\nmean_followers = 9\n'
                                       '[[strategy]]\nname = "only"\nposts = "2 per day"\nfollowers = 50\nmix = { value = 1 }\n')
    result = run(tmp_path, "one.toml")
    assert result.returncode == 0, result.stderr
    assert "\nNetwork 2,000 accounts, " in result.stdout and "only" in result.stdout.split("Network")[1]


@pytest.mark.parametrize("arguments, code", [(["absent.toml"], 4), (["scenarios/smoke.toml", "--sed", "5"], 2)])
def test_run_hands_on_the_exit_code(tmp_path, arguments, code):
    result = run(tmp_path, *arguments)
    assert result.returncode == code
    assert not (tmp_path / "out/RESULT.h5").exists()


ENTRIES = """<testsuite><testcase name="unit" status="run"/><testcase name="crash" status="fail"><failure/></testcase>
<testcase name="lint" status="run"/><testcase name="late" status="fail"><failure/></testcase></testsuite>"""
UNIT = """<testsuites><testsuite><testcase name="a" classname="A" status="run"/>
<testcase name="b" classname="A" status="run"/><testcase name="c" classname="A"><skipped/></testcase>
</testsuite></testsuites>"""
LATE = '<testsuites><testcase name="d" classname="B" status="run"><failure/></testcase></testsuites>'


def count(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.xml").write_text(text)
    return subprocess.run([REPOSITORY / "scripts/count_tests", tmp_path], capture_output=True, text=True)


def test_count_sums_cases_and_entries(tmp_path):
    result = count(tmp_path, ctest=ENTRIES, unit=UNIT, late=LATE, crash="<testsuites>")
    assert result.stdout.splitlines() == ["skipped: A.c", "failed: crash", "failed: B.d", "3 passed, 2 failed"]
    assert result.returncode == 1


def test_count_of_nothing_is_a_failure(tmp_path):
    assert count(tmp_path).returncode == 1


def test_count_names_an_entry_that_failed_without_a_failed_case(tmp_path):
    result = count(tmp_path, ctest='<testsuite><testcase name="unit" status="fail"><failure/></testcase></testsuite>',
                   unit=UNIT)
    assert result.stdout.splitlines()[-2:] == ["failed: unit (ended badly)", "2 passed, 1 failed"]


def test_count_takes_a_program_that_was_not_built_for_a_failure(tmp_path):
    result = count(tmp_path, ctest='<testsuite><testcase name="unit" status="notrun"><skipped/></testcase></testsuite>')
    assert result.stdout.splitlines() == ["failed: unit", "0 passed, 1 failed"]


def test_count_of_passes_succeeds(tmp_path):
    result = count(tmp_path, ctest='<testsuite><testcase name="unit" status="run"/></testsuite>', unit=UNIT)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "2 passed, 0 failed")
