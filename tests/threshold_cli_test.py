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


@pytest.mark.parametrize("weights, weight, threshold", [("relative-weight", 1, 1), ("weight", 0.7, 0.7)])
def test_rounding_of_weights_keeps_nobody_from_a_threshold_that_is_met(tmp_path, weights, weight, threshold):
    sources = "abc" if weights == "relative-weight" else "a"
    (tmp_path / "f.txt").write_text("".join(f"{source} z {weight}\n" for source in sources) + "q r 1\n")
    seeds = ", ".join(f'"{source}"' for source in sources)
    told = run(tmp_path, f'replicates = 3\n[network]\nfile = "f.txt"\ndirection = "source -> target"\nweights = "strength"\n'
                         f'[model]\nname = "linear-threshold"\nweights = "{weights}"\nthreshold = {threshold}\nseeds = [{seeds}]\n')
    assert told["size"]["mean"] == len(sources) + 1


def test_a_crowd_in_which_nobody_is_left_makes_no_more_contacts(tmp_path):
    told = run(tmp_path, f'replicates = 2\n{CROWD.format(2000)}[model]\nname = "si"\ntime = "continuous"\ninfection = 0.01\n')
    assert told["size"]["min"] == 2000 and told["deliveries"] < 2 * 2000 * 30


@pytest.mark.parametrize("text, says", [
    ("[dynamics]\nunfollow = 0.1\n", "not for classic models"),
    ("[audience]\nreciprocal = 0.1\n", "not for classic models"),
    ("[output]\ntrust = true\n", "nobody is under study"),
    ("[output]\ncascades = \"all\"\n", "there are no such trees"),
])
def test_what_belongs_to_the_conversation_is_refused(tmp_path, text, says):
    (tmp_path / "s.toml").write_text(text + '[network]\nkind = "ring"\naccounts = 20\n[model]\nname = "sir"\n')
    refused("check", "s.toml", folder=tmp_path, code=3, says=says)


def test_crowds_are_refused_where_follows_decide(tmp_path):
    (tmp_path / "s.toml").write_text(CROWD.format(20) + '[model]\nname = "threshold"\n')
    refused("check", "s.toml", folder=tmp_path, code=3, says="in a crowd without follows")


def test_check_finds_what_only_the_network_tells(tmp_path):
    (tmp_path / "s.toml").write_text('[network]\nkind = "florentine"\n[model]\nname = "sir"\nseeds = ["Medicis"]\n')
    refused("check", "s.toml", folder=tmp_path, code=3, says="Medicis")
