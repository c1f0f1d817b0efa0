# label: lint
"""The seeded faults still fit the sources they break; whether `validate` notices them, scripts/seeded_faults tells."""
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
FAULTS = sorted((ROOT / "tests" / "faults").glob("*.patch"))


def test_there_are_a_dozen():
    assert len(FAULTS) >= 12


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.stem)
def test_fits(fault, tmp_path):
    assert not fault.read_text().startswith("---"), "its first line says what is broken"
    files = [line[6:] for line in fault.read_text().splitlines() if line.startswith("+++ b/")]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    before = [(tmp_path / name).read_text() for name in files]
    subprocess.run(["patch", "--strip=1", "--silent", "--fuzz=0"], cwd=tmp_path, input=fault.read_text(), text=True,
                   check=True)
    assert all((tmp_path / name).read_text() != text for name, text in zip(files, before))
