"""Runs scenarios of papers and keeps results under out/papers: the same scenario with the same settings is run once.

--fresh of scripts/write_papers runs all anew; a result does not know the program it was made by.
"""
import hashlib
import json
import subprocess

import h5py
import numpy as np

from article.runs import PROGRAM, ROOT

FRESH = False  # set by scripts/write_papers
FOLDER = ROOT / "out" / "papers"


class Data:
    """A result in memory: values (root), groups by name, and what `run --json` told."""

    def __init__(self, file, told):
        with h5py.File(file, "r") as h5:
            self.values = {name: np.asarray(h5[name]) for name in h5 if isinstance(h5[name], h5py.Dataset)}
            self.groups = {g: {name: np.asarray(h5[g][name]) for name in h5[g]} for g in h5 if isinstance(h5[g], h5py.Group)}
        self.told = told


def run(scenario, settings=(), replicates=None, max_time=None):
    """Runs scenarios/papers/SCENARIO with --set of each of settings, a minute or so of it where max_time is given; Data."""
    path = ROOT / "scenarios" / "papers" / scenario
    options = [word for setting in settings for word in ("--set", setting)]
    options += ["--replicates", str(replicates)] if replicates else []
    key = hashlib.sha256(repr([path.read_text(), options]).encode()).hexdigest()[:12]
    FOLDER.mkdir(parents=True, exist_ok=True)
    out, told = FOLDER / f"{path.stem}-{key}.h5", FOLDER / f"{path.stem}-{key}.json"
    if FRESH or not told.exists():
        command = [PROGRAM, "run", str(path), *options, "-o", str(out), "--force", "--quiet", "--json"]
        command += ["--max-time", max_time] if max_time else []
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode and not (max_time and out.exists() and done.returncode == 1):
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        told.write_text(done.stdout)
    return Data(out, json.loads(told.read_text()))
