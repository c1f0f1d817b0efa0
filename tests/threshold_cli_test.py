"""Models of thresholds and adoption as a user runs them, from TOML to xarray."""
import json

import pytest
import xarray as xr

from program import call, errors_of, refused

HEAD = "seed = 3\nreplicates = 20\n"
CROWD = '[network]\nkind = "well-mixed"\naccounts = {}\n'


def run(folder, text, *options):
    (folder / "s.toml").write_text(text)
    done = call("run", "s.toml", "--json", "--force", *options, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def opened(folder, group=None):
    return xr.open_dataset(folder / "s.h5", engine="h5netcdf", group=group)


MODELS = {
    "linear-threshold": "",
    "threshold": "threshold = 0.4\n",
    "complex-contagion": "chances = [0.2, 0.5]\n",
    "bass": "",
}


@pytest.mark.parametrize("model", MODELS)
def test_a_result_has_its_course(model, tmp_path):
    text = f'duration = "9 h"\n{HEAD}[network]\nkind = "erdos-renyi"\naccounts = 200\nmean_followers = 5\n[model]\nname = "{model}"\n{MODELS[model]}'
    digests = {run(tmp_path, text, "--threads", n)["digest"] for n in (1, 2, 5)}
    assert len(digests) == 1
    with opened(tmp_path) as data:
        assert data["size"].dims == data["depth"].dims == ("replicate",)
        assert data["active"].dims == ("replicate", "time")
        assert (data["active"][:, -1] == data["size"]).all()
        assert (data["newly_active"].cumsum("time") == data["active"]).all()
    assert json.loads(call("check", "s.toml", "--json", folder=tmp_path).stdout)["accounts"] == 200


def test_signals_make_an_exposure_curve(tmp_path):
    run(tmp_path, HEAD + '[network]\nkind = "lattice"\naccounts = 900\ndiagonals = "both"\n[model]\nname = "complex-contagion"\n'
        "chances = [0.3, 0.6]\nseeds = { random = 20 }\n")
    with opened(tmp_path, "signals") as table:
        first = table.where(table["number"] == 1, drop=True)
        assert abs(first["convinced"].sum() / first["received"].sum() - 0.3) < 0.05
        assert (table["convinced"] <= table["received"]).all()


def test_fractions_recover(tmp_path):
    run(tmp_path, HEAD + '[network]\nkind = "ring"\naccounts = 100\n[model]\nname = "fsir"\nshare = 1\nshares_for = 2\n')
    with opened(tmp_path) as data:
        assert (data["susceptible"] + data["infected"] + data["recovered"] == 100).all()
        assert (data["recovered"][:, -1] == data["size"]).all()


def test_a_crowd_hangs_on_one_person(tmp_path):
    everybody = ", ".join(map(str, range(100)))
    text = CROWD.format(100) + f'[model]\nname = "granovetter"\nof = "number"\nthresholds = [{everybody}]\n'
    assert run(tmp_path, text)["size"]["mean"] == 100
    assert run(tmp_path, text.replace("[0, 1,", "[0, 2,"))["size"]["mean"] == 1


def test_nobody_sees_anybody_in_a_well_mixed_conversation(tmp_path):
    text = ('duration = "3 days"\nreplicates = 2\n' + CROWD.format(2000) +
            '[[strategy]]\nname = "one"\nposts = "2 per day"\nmix = { value = 1 }\nfollowers = 100\n')
    assert run(tmp_path, text)["shares"] >= 0


def test_faults_are_told_with_a_way_out(tmp_path):
    for text, words in [
        ('[network]\nkind = "ring"\n[model]\nname = "granovetter"\n', "well-mixed"),
        (CROWD.format(10) + '[model]\nname = "bass"\n', "duration"),
        ('[network]\nkind = "ring"\n[model]\nname = "linear-threshold"\nweights = "weight"\n', "no weights"),
        ('[network]\nkind = "lattice"\nmutual = false\ndiagonals = "one"\n[model]\nname = "threshold"\n', "both directions"),
    ]:
        (tmp_path / "s.toml").write_text(text)
        refused("check", "s.toml", folder=tmp_path, code=3, says=words)
        assert errors_of(call("run", "s.toml", "--json", folder=tmp_path))
