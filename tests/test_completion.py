"""What TAB completes: as the program tells it, and in real shells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, run_rights
from judges import find_program, run_program
from rightscli.index.queries import Index
from terminals import Terminal


def complete(*words: str, **env: str) -> list[str]:
    """Return what the last of *words* may become, without the notes."""
    outcome = run_rights(*words, env={"_RIGHTS_COMPLETE": "bash"} | env)
    assert (outcome.code, outcome.err) == (0, "")
    return [line.partition("\t")[0] for line in outcome.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("sh",), ["show"]),
        (("add", ""), ["source", "fact"]),
        (("add", "fa"), ["fact"]),
        (("show", "absence"), ["absence-from-work-punished"]),
        (("show", "hrw"), ["hrw-2020"]),
        (("show", "not-in-ilo", "absence"), ["absence-from-work-punished"]),
        (("show", "hrw-2020:2"), [f"hrw-2020:{number}" for number in (2, 20, 21, 22, 23)]),
        (("show", "nosuch:1"), []),
        (("topics", "forced"), ["forced-labor"]),
        (("topics", "forced-labor", "f"), []),
        (("cite", "--style", "osc"), ["oscola"]),
        (("cite", "hrw-2020:13", "--style=osc"), ["--style=oscola"]),
        (("search", "x", "-f", "js"), ["json", "jsonl"]),
        (("search", "x", "--format=js"), ["--format=json", "--format=jsonl"]),
        (("search", "x", "--si"), ["--since"]),
        (("search", "x", "--", "--si"), []),
        (("export", "--topic", "forced"), ["forced-labor"]),
        (("detach", ""), ["hrw-2020"]),
        (("attach", "hrw-2020", ""), [":files"]),
        (("check", "dra"), [":files"]),
        (("doctor", "--base", ""), [":files"]),
        (("show", "--base=examples/udhr.yaml", "udhr:11"), ["udhr:11(1)", "udhr:11(2)"]),
        (("show", "--base", "examples/udhr.yaml", "udhr:9"), ["udhr:9"]),
        (("show", "--base", "no-such-file", "a"), []),
        (("--comp",), ["--completion"]),
        (("--completion", ""), ["bash", "zsh", "fish"]),
        (("help", "ex"), ["exit-codes", "export"]),
        (("schema", "sea"), ["search"]),
        (("search", "x", "--fi"), ["--fields"]),
        (("nosuch", ""), []),
        (("search", "--source", "--nosuch", "x"), []),
    ],
)
def test_what_is_offered_is_what_the_command_takes_there(words: tuple[str, ...], offered: list[str]) -> None:
    assert complete(*words) == offered


def test_every_command_and_option_of_the_parser_is_offered() -> None:
    for command in complete(""):
        options = complete(command, "-")
        assert options[0] == "--help"
        # Click sets each option at the start of a line.
        shown = run_rights(command, "--help").out
        assert {option for option in options if option not in shown} == set()


def test_ids_are_offered_with_their_claims_and_from_a_base_of_one_s_own(small_base: Path) -> None:
    outcome = run_rights("show", "", env={"_RIGHTS_COMPLETE": "fish", "RIGHTS_BASE": str(small_base)})

    assert outcome.out == (
        "harbour\tQuill and Mast, “The Harbour [sic] of Anyport” (2021).\n"
        "nine-cranes\tNine cranes stand at the quay of Anyport; a_b*c <d> & 5% of \n"
        "quay-rebuilt\tThe quay of Anyport was rebuilt [sic] in May 2021.\n"
    )


def test_what_is_offered_of_very_many_begins_as_all_of_them_do(index: Index) -> None:
    # A shell types what all that is offered have in common.
    for begun in ("", "n", "us-"):
        ids = sorted(record["id"] for record in index.read_facts() if record["id"].startswith(begun))
        for most in (2, 3, len(ids), len(ids) + 1):
            offered = [id for id, _ in index.list_begun_records("facts", begun, most)]
            assert offered == (ids if most > len(ids) else [*ids[: most - 1], ids[-1]])


def test_a_shell_that_is_none_of_ours_is_wrong_usage() -> None:
    outcome = run_rights("--completion", "tcsh")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "rights: invalid value for '--completion': 'tcsh' is not one of 'bash', 'zsh', 'fish'\n  see rights --help\n"
    )


@pytest.fixture
def shell_environment(tmp_path: Path) -> dict[str, str]:
    """An environment whose ``rights`` is this tree's, and whose home is empty."""
    if sys.platform == "win32":
        pytest.skip("needs a shell of POSIX")
    script = tmp_path / "bin" / "rights"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rightscli "$@"\n')
    script.chmod(0o755)
    path = os.pathsep.join([str(script.parent), os.environ["PATH"]])
    (tmp_path / "draft one.md").write_text("No claim.\n")
    return os.environ | {"PATH": path, "HOME": str(tmp_path), "TERM": "xterm", "PYTHONPATH": str(ROOT / "src")}


def try_tabs(shell: Terminal, *loading: str) -> None:
    """Type what loads the completion, then half a word and TAB, for each sort of word, and see it whole; end the *shell*."""
    try:
        for line in loading:
            shell.type(line)
        shell.read_until("ready\n", "$ ")
        type_halves(shell)
    finally:
        shell.stop()


def type_halves(shell: Terminal) -> None:
    for typed, whole in {
        "rights sea\t": "rights search ",
        "rights show absence-f\t": "rights show absence-from-work-punished ",
        "rights show hrw-2020:15\t-f ids": "rights show hrw-2020:15 -f ids",
        "rights cite hrw-2020:13 --style osc\t": "rights cite hrw-2020:13 --style oscola ",
        "rights topics forc\t": "rights topics forced-labor ",
        "rights check dra\t": "rights check draft\\ one.md ",
    }.items():
        shell.type(typed)
        shell.read_until(whole)
        shell.type("\x15")


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_tab_completes_in_bash_and_zsh(name: str, shell_environment: dict[str, str], tmp_path: Path) -> None:
    program = find_program(name)
    flags = ["--norc", "--noprofile", "-i"] if name == "bash" else ["-f", "-i"]
    shell = Terminal([program, *flags], shell_environment | {"PS1": "$ "}, tmp_path, columns=200)
    begin = ["PS1='$ '; autoload -U compinit; compinit -u -D\n"] if name == "zsh" else []
    try_tabs(shell, *begin, f'eval "$(rights --completion {name})"; echo re""ady\n')


def test_zsh_loads_the_script_from_its_path_of_functions(shell_environment: dict[str, str], tmp_path: Path) -> None:
    program = find_program("zsh")
    (tmp_path / "_rights").write_text(run_rights("--completion", "zsh").out)
    shell = Terminal([program, "-f", "-i"], shell_environment, tmp_path, columns=200)
    try_tabs(shell, f"PS1='$ '; fpath=({tmp_path} $fpath); autoload -U compinit; compinit -u -D; echo re''ady\n")


def test_fish_completes_with_notes(shell_environment: dict[str, str], tmp_path: Path) -> None:
    fish = find_program("fish")

    def ask(line: str) -> str:
        command = [fish, "--no-config", "-c", f'rights --completion fish | source; complete -C "{line}"']
        process = subprocess.run(
            command, env=shell_environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        return process.stdout

    assert ask("rights sh") == "show\tShow facts whole: by id, or all that rest on a passage.\n"
    assert ask("rights show absence-f").startswith("absence-from-work-punished\tIn North Korea, missing work")
    assert ask("rights show hrw-2020:23").startswith("hrw-2020:23\t")
    assert ask("rights cite x --style osc") == "oscola\tOSCOLA, 4th edition\n"
    assert ask("rights check dra").startswith("draft one.md")


def test_the_shells_find_no_fault_in_the_scripts() -> None:
    for shell in ("bash", "zsh", "fish"):
        script = run_rights("--completion", shell)
        assert (script.code, script.err) == (0, "")
        run_program(find_program(shell), "-n", "/dev/stdin", stdin=script.out)
