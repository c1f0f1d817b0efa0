# label: cli
"""The notebooks of docs/notebooks run as scripts, in seconds, and each of their figures says what it shows."""
import os
import pathlib
import runpy
import time
import warnings

import pytest

for module in ("numpy", "h5py", "xarray"):
    pytest.importorskip(module)
matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.environ.setdefault("PASSALONG_PROGRAM", str(ROOT / "build/release/passalong"))
NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.py"))
FIGURES = {"who_wins": 3, "bass_closed_form": 1, "cascades": 3}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(notebook, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)  # from anywhere
    pyplot.close("all")
    began = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        runpy.run_path(str(notebook))
    assert time.process_time() - began < 10  # Python's own share
    assert len(pyplot.get_fignums()) == FIGURES[notebook.stem]
    for number in pyplot.get_fignums():
        for ax in pyplot.figure(number).axes:
            assert ax.get_xlabel() or ax.get_ylabel()
            assert ax.has_data()
    assert capsys.readouterr().out


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_narrated(notebook):
    cells = notebook.read_text().split("# %%")[1:]
    told = [cell for cell in cells if cell.startswith(" [markdown]")]
    assert told and len(told) >= (len(cells) - len(told)) / 2
    assert all(line.startswith("#") or not line for cell in told for line in cell.splitlines()[1:])
