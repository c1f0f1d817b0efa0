# label: lint
"""The layer check itself: a small tree with one fault of each kind, and none without."""
import pathlib
import subprocess

import pytest

CHECK = pathlib.Path(__file__).parent.parent / "scripts" / "check_layers"


def check(tree, **files):
    for name, text in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return subprocess.run([CHECK, tree], capture_output=True, text=True)


@pytest.mark.parametrize("name, text", [
    ("sim/base/a.hpp", '#include "sim/scenario/b.hpp"\n'),
    ("sim/engine/a.hpp", '#include "sim/observe/b.hpp"\n'),
    ("sim/engine/a.cpp", '#include "models/conversation.hpp"\n'),
    ("sim/theory/a.cpp", '#include "sim/base/math.hpp"\n'),
    ("sim/engine/a.cpp", '#include "sim/theory/b.hpp"\n'),
    ("sim/experiment/a.cpp", '#include "sim/validate/b.hpp"\n'),
    ("sim/validate/a.cpp", '#include "sim/cli/b.hpp"\n'),
    ("sim/validate/a.cpp", '#include "models/conversation.hpp"\n'),
    ("sim/magic/a.cpp", '#include "sim/base/types.hpp"\n'),
    ("sim/base/a.cpp", '#include "types.hpp"\n'),
    ("sim/engine/a.cpp", "#include <tbb/parallel_for.h>\n"),
    ("sim/observe/a.cpp", "#include <hdf5.h>\n"),
    ("sim/cli/a.cpp", "#include <toml++/toml.h>\n"),
    ("sim/report/a.cpp", "#include <CLI/CLI.hpp>\n"),
    ("sim/engine/a.cpp", "#include <Random123/philox.h>\n"),
    ("sim/engine/a.hpp", "#include <Eigen/Core>\n"),
    ("sim/engine/a.cpp", "#include <random>\n"),
    ("sim/engine/a.cpp", "double f(double x) { return std::exp(x); }\n"),
    ("sim/network/a.cpp", "double f(double x) { return pow(x, 2); }\n"),
    ("sim/base/a.cpp", "int x;\n" * 401),
    ("docs/a.md", "see /" "home/someone/notes.txt\n"),
    ("docs/a.md", "see ." "./elsewhere/notes.md\n"),
    ("scripts/a", "curl https://registry" ".npm" "js.org/\n"),
    ("sim/base/a.cpp", "// TO" "DO later\n"),
])
def test_fault_is_found(tmp_path, name, text):
    result = check(tmp_path, **{name: text})
    assert result.returncode == 1
    assert result.stdout.startswith(name + ":")


def test_model_needs_a_heading(tmp_path):
    model = {"models/conversation.cpp": '#include "models/mechanisms/trust.hpp"\n', "models/mechanisms/trust.hpp": ""}
    result = check(tmp_path, **model)
    assert result.returncode == 1
    assert "models/conversation.cpp" in result.stdout and "models/mechanisms/trust.hpp" in result.stdout
    assert check(tmp_path, **model, **{"models/ODD.md": "## Conversation\n### Trust\n"}).returncode == 0


def test_model_may_not_see_another_model_nor_observers(tmp_path):
    odd = {"models/ODD.md": "# Rumour\n"}
    assert check(tmp_path, **odd, **{"models/rumour.cpp": '#include "models/sir.hpp"\n'}).returncode == 1
    assert check(tmp_path, **odd, **{"models/rumour.cpp": '#include "sim/observe/result.hpp"\n'}).returncode == 1
    assert check(tmp_path, **odd, **{"models/rumour.cpp": '#include "sim/engine/world.hpp"\n'}).returncode == 0


def test_clean_tree_passes(tmp_path):
    result = check(tmp_path, **{
        "sim/base/math.hpp": "#pragma once\n#include <cmath>\n",
        "sim/theory/a.cpp": '#include "sim/theory/a.hpp"\ndouble f(double x) { return std::exp(x); }\n',
        "sim/validate/a.cpp": '#include "sim/theory/a.hpp"\n#include "models/mechanisms/trust.hpp"\n',
        "sim/engine/a.cpp": '#include "sim/base/math.hpp"\n'
                            "double f(double x) { return passalong::exp(x) + passalong::log(std::sqrt(x)); }\n",
        "sim/output/a.cpp": "#include <hdf5.h>\n",
        "README.md": "`scripts/run` leaves out/RESULT.h5; `/network` is a group.\n",
    })
    assert (result.returncode, result.stdout) == (0, "layers, doors, lengths and paths are in order\n")
