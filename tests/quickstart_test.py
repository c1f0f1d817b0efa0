# label: cli, install
"""docs/quickstart.md as a newcomer follows it: every command, in order, in one shell, in a clone of this repository.

Two things stand in for what a test cannot do: the address cloned is this repository's own folder, and the clone takes over the
program that is built already (quickstart_from_source_test.py builds it there). The page is opened by a browser without a window.
"""
import os
import pathlib
import re
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PAGE = (REPOSITORY / "docs/quickstart.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
PROGRAM = pathlib.Path(os.environ.get("PASSALONG_PROGRAM", REPOSITORY / "build/release/passalong"))

BROWSER = """#!/bin/sh
exec chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \\
  --disable-component-update --disable-sync --user-data-dir="$HOME/browser" --virtual-time-budget=5000 \\
  --dump-dom "file://$PWD/$1" > "$HOME/opened.html" 2> "$HOME/browser.log"
"""
BUILD = f"""#!/bin/sh
mkdir -p build/release && ln -sf "{PROGRAM}" build/release/passalong
"""


def place(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(text)
    file.chmod(0o755)


def follow(home, blocks, builds):
    """What the commands print, all in one shell that ends with the first failure."""
    place(home / "bin/xdg-open", BROWSER)
    place(home / "built", BUILD)
    commands = "\n".join(blocks).replace("ADDRESS", f"file://{REPOSITORY}")
    if not builds:
        commands = commands.replace("\nscripts/run\n", '\ncp "$HOME/built" scripts/build\nscripts/run\n')
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PASSALONG_")}
    environment = {**kept, "HOME": str(home), "PATH": f"{home}/bin:{os.environ['PATH']}"}
    return subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=home, env=environment, capture_output=True, text=True)


def check_page(home, done):
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "'value-add' wins on followers" in done.stdout
    opened = (home / "opened.html").read_text()
    assert "Value-add versus pitch" in opened and opened.count("<svg") >= 3, "the page is opened and its charts are drawn"


def check_files(home):
    clone = home / "passalong"
    for name in ["out/RESULT.h5", "my.h5", "my.html", "sure.h5", "whatif.h5", "my.csv"]:
        assert (clone / name).stat().st_size > 0, name


def test_every_command_of_the_quickstart_works(tmp_path):
    check_page(tmp_path, follow(tmp_path, BLOCKS, builds=False))
    check_files(tmp_path)


def test_the_commands_are_all_there():
    """A block the pattern misses would not be run."""
    assert PAGE.count("```") == 2 * len(BLOCKS) and len(BLOCKS) >= 6

