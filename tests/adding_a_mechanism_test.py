# label: unit
"""Follows docs/adding_a_mechanism.md: one file, one line, and a program with one mechanism more."""
import json
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from program import PROGRAM, ROOT, SCENARIO, clean_environment

PAGE = (ROOT / "docs" / "adding_a_mechanism.md").read_text()
BUILD = pathlib.Path(PROGRAM).parent
pytestmark = pytest.mark.skipif(not (BUILD / "build.ninja").exists() or not shutil.which("ninja"), reason="not built by ninja")


def blocks():
    file, line = re.findall(r"```cpp\n(.*?)```", PAGE, re.S)
    return file, line


def command_of(target):
    told = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", target], capture_output=True, text=True, check=True).stdout
    return [line for line in told.splitlines() if line and not line.startswith("ninja:")][-1]


def swapped(command, **changes):
    """A compile or link command with another output."""
    words = [w for w in shlex.split(command) if w not in ("&&", ":")]
    words[words.index("-o") + 1] = str(changes["output"])
    return words


def run(words):
    done = subprocess.run([str(w) for w in words], cwd=BUILD, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """The program with the page's mechanism: the model's sources with one file and one line more, before the library."""
    folder = tmp_path_factory.mktemp("grown")
    shutil.copytree(ROOT / "models", folder / "models")
    file, line = blocks()
    (folder / "models/mechanisms/exposure.hpp").write_text(file)
    header = folder / "models/conversation.hpp"
    text = header.read_text()
    last, ours = line.rstrip().splitlines()
    begin = text.index("using FurtherMechanisms")
    end = text.index(">;", begin)
    tail = text[begin:end].rstrip().splitlines()[-1]  # the list's last line, which the page shows with a comma
    assert tail.split()[0] + "," == last.split()[0], "the page shows another end of the list"
    text = text[:begin] + text[begin:end].replace(tail, f"{last}\n{ours}") + text[end:]
    header.write_text('#include "models/mechanisms/exposure.hpp"\n'.join(text.split("#pragma once\n", 1)).replace(
        '#include "models/mechanisms/exposure.hpp"\n', '#pragma once\n#include "models/mechanisms/exposure.hpp"\n', 1))
    compile_words = swapped(command_of("CMakeFiles/passalong_library.dir/models/conversation.cpp.o"), output=folder / "conversation.o")
    compile_words = [w for w in compile_words if not w.endswith("ccache")]
    source = next(k for k, w in enumerate(compile_words) if w.endswith("models/conversation.cpp"))
    compile_words[source] = folder / "models/conversation.cpp"
    compile_words[1:1] = ["-I", folder]
    run([*compile_words, "-O0"])
    link_words = swapped(command_of("passalong"), output=folder / "passalong")
    main = next(k for k, w in enumerate(link_words) if w.endswith("main.cpp.o"))
    link_words.insert(main, folder / "conversation.o")
    run(link_words)
    (folder / "small.toml").write_text(SCENARIO)
    return folder


def told(folder, *words, program=None):
    done = subprocess.run([program or folder / "passalong", *words], cwd=folder, capture_output=True, text=True, env=clean_environment())
    assert done.returncode == 0, done.stderr
    return done.stdout


def result(folder, name, *words, program=None):
    return json.loads(told(folder, "run", "small.toml", "-o", name, "--quiet", "--json", *words, program=program))


def test_it_is_listed_with_its_parameters(grown):
    assert "exposure" in told(grown, "models") and "Zajonc" in told(grown, "models")
    assert "[model.exposure]" in told(grown, "schema")


def test_off_it_changes_nothing(grown):
    with_it = result(grown, "off.h5")
    without = result(grown, "without.h5", program=PROGRAM)
    assert with_it["shares"] == without["shares"] and with_it["impressions"] == without["impressions"]


def test_on_it_does_what_it_says(grown):
    off = result(grown, "off.h5", "--force")
    on = result(grown, "on.h5", "--set", "model.exposure.on=true", "--set", "model.exposure.liking=0.3")
    assert on["shares"] > off["shares"]
    again = result(grown, "again.h5", "--set", "model.exposure.on=true", "--set", "model.exposure.liking=0.3", "--threads", "1")
    assert again["digest"] == on["digest"]
