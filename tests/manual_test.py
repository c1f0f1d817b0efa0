"""The man page and the completions know every verb and option that --help names, and no verb besides."""
import os
import pathlib
import re
import subprocess

import pytest

INSTALL = pathlib.Path(__file__).parent.parent / "scripts" / "install"
PROGRAM = os.environ.get("PASSALONG_PROGRAM", str(INSTALL.parent.parent / "build/release/passalong"))
MAN = (INSTALL / "passalong.1").read_text().replace("\\-", "-")
BASH = INSTALL / "completions/passalong.bash"
ZSH = (INSTALL / "completions/_passalong").read_text()
FISH = (INSTALL / "completions/passalong.fish").read_text()


def help_of(*verb):
    return subprocess.run([PROGRAM, *verb, "--help"], capture_output=True, text=True, check=True).stdout


def complete(*words):
    """What bash offers for the last of `words`."""
    script = f'source "{BASH}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _passalong; printf "%s\\n" "${{COMPREPLY[@]}}"'
    result = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    return set(result.stdout.split())


GROUPS = {"network": sorted(complete("passalong", "network", ""))}
VERBS = sorted(verb for word in complete("passalong", "") for verb in
               ([f"{word} {second}" for second in GROUPS[word]] if word in GROUPS else [word]))


def options_of(verb):
    """The options declared in a verb's help: a line that begins with one."""
    lines = [line.strip() for line in help_of(*verb.split()).splitlines() if line.strip().startswith("-")]
    return {option for line in lines for option in re.findall(r"--[a-z][a-z-]*", line.split("  ")[0])}


def test_verbs_are_those_of_the_program():
    shown = help_of()
    assert VERBS, "the completion offers no verb"
    assert [verb for verb in VERBS if not re.search(rf"^\s+{verb}\b", shown, re.MULTILINE)] == []
    known = re.findall(r"^  ([a-z]+(?: [a-z]+)?)  +[A-Z]", shown, re.MULTILINE)
    assert sorted(known) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_options_of_a_verb(verb):
    options = options_of(verb)
    assert "--help" in options
    assert complete("passalong", *verb.split(), "--") == options
    for option in options:
        assert option in MAN and option in ZSH
        assert re.search(rf"-l {option[2:]}\b", FISH)
    assert ".SY passalong\\ {}\n".format(verb.replace(" ", "\\ ")) in MAN
    assert f"'{verb}:" in ZSH and all(f"-a {word} " in FISH for word in verb.split())


def test_files_are_offered_by_kind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.toml", "a.h5", "a.txt"):
        pathlib.Path(name).touch()
    assert complete("passalong", "run", "a") == {"a.toml"}
    assert complete("passalong", "compare", "a") == {"a.h5"}
    assert complete("passalong", "run", "-o", "a") == {"a.toml", "a.h5", "a.txt"}
    assert complete("passalong", "run", "--color", "n") == {"never"}


def test_manual_has_no_warning():
    result = subprocess.run(["man", "--warnings", "-l", INSTALL / "passalong.1"], capture_output=True, text=True,
                            env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert result.returncode == 0 and result.stderr == "" and "passalong run" in result.stdout
