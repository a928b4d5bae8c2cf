"""``rights help``: its pages say what the program does, and so does the manual, which is made of them and of the parser."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import get_args

import pytest

from conftest import ROOT, run_rights
from judges import find_program
from rightscli import errors
from rightscli.check.findings import FAILABLE, GOOD, NOTICES, DraftFinding
from rightscli.cite.forms import CitationForm, Markup, Syntax
from rightscli.cli import _COMMANDS
from rightscli.cli.help import PAGES
from rightscli.cli.parsing import _JOBS, CheckFormat, ExportFormat
from rightscli.tables import read_labels, read_text

TEXTS = {page: read_text(f"cli/pages/{page}.txt") for page in PAGES}
MANUAL = ROOT / "man" / "rights.1"


def test_without_a_page_the_pages_are_listed() -> None:
    outcome = run_rights("help")

    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split(" ")[0] for line in outcome.out.splitlines()[:6]] == list(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_printed_as_it_stands_and_fits_a_terminal(page: str) -> None:
    outcome = run_rights("help", page)

    assert (outcome.code, outcome.out, outcome.err) == (0, TEXTS[page], "")
    assert max(map(len, outcome.out.splitlines())) <= 78
    assert outcome.out.isascii()


def test_an_unknown_page_is_wrong_usage_and_names_the_pages() -> None:
    near, far = run_rights("help", "verdict"), run_rights("help", "nosuch")

    told = "  there are refs, verdicts, exit-codes, formats, bases, agents, and each command\n"
    assert (near.code, near.out, near.err) == (2, "", f"rights: no help on 'verdict'; did you mean 'verdicts'?\n{told}")
    assert (far.code, far.out, far.err) == (2, "", f"rights: no help on 'nosuch'\n{told}")


@pytest.mark.parametrize("command", ["search", "add", "add fact"])
def test_a_command_s_help_is_had_by_its_name_too(command: str) -> None:
    assert run_rights("help", *command.split()) == run_rights(*command.split(), "--help")
    assert run_rights("help", command) == run_rights("help", *command.split())


def test_every_command_stands_in_the_help_under_what_it_is_for() -> None:
    listed = [name for names in _JOBS.values() for name in names]

    assert {name.split(" ")[0] for name in _COMMANDS} <= set(listed)
    assert len(listed) == len(set(listed))


VERDICTS = {
    "pinpoint": "ok out-of-range unknown-source unknown-fact seal-broken retracted unreadable ambiguous renamed older-edition",
    "quotation": "exact altered omission turned wrong-paragraph not-found cut-short ambiguous too-short unproven",
    "statement": "supported differs wrong-paragraph retracted unproven uncited",
}


def test_the_verdicts_are_said_to_be_what_they_are() -> None:
    blocks = [block for block in TEXTS["verdicts"].split("\n\n") if block.startswith("  ")]
    told = [re.findall(r"^  (\S+) +(problem|notice|)", block, re.MULTILINE) for block in blocks]

    assert [" ".join(name for name, _ in rows) for rows in told] == list(VERDICTS.values())
    for kind, rows in zip(VERDICTS, told, strict=True):
        for verdict, said in rows:
            finding = DraftFinding(kind, verdict, "", 0, 0, 0, 0, 0, 0, "", None, "")
            meant = "problem" if finding.is_problem() else "notice" if verdict in NOTICES else ""
            assert verdict == "uncited" or said == meant, verdict
    assert set(" ".join(VERDICTS.values()).split()) >= GOOD | FAILABLE


def test_the_exit_codes_are_those_of_the_errors() -> None:
    listed = TEXTS["exit-codes"].partition("The codes are ")[2]
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.RightsError)]

    for kind in kinds:
        # It only gathers others.
        if kind is not errors.SeveralErrors:
            (said,) = re.findall(rf"\b{kind.code}\b[^:]*: ([0-9])", listed)
            assert int(said) == kind.exit_code


def test_every_format_style_form_and_key_is_named() -> None:
    known = {*get_args(CheckFormat), *get_args(ExportFormat), *get_args(CitationForm), *get_args(Markup)}

    assert {name for name in known if not re.search(rf"\b{name}\b", TEXTS["formats"])} == set()
    assert {name for name in get_args(Syntax) if name not in TEXTS["formats"].lower()} == set()


def test_each_ref_that_the_page_shows_is_one() -> None:
    block = TEXTS["refs"].split("\n\n")[2]
    shown = [shlex.split(line)[0] if "'" in line else line.split()[0] for line in block.splitlines()]

    assert len(shown) == 14
    for ref in shown:
        if ref != "-" and not ref.startswith('"'):
            outcome = run_rights("show", ref, "-f", "ids")
            assert (outcome.code, outcome.err) == (0, ""), ref


def list_options(command: str) -> set[str]:
    labels = (label.partition(" | ") for label, _ in read_labels("cli/completions/options.txt"))
    return {word for name, _, rest in labels if name == command for word in rest.split() if word.startswith("-")}


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_name_no_command_and_no_option_that_is_not_there(page: str) -> None:
    commands = re.findall(r"\brights ((?:add )?[a-z]+)((?: [^ \n.,;:]+)*)", TEXTS[page])

    assert commands
    known = {*_COMMANDS, "add"}
    for name, rest in commands:
        options = {word for word in rest.split() if word.startswith("-") and word != "-"}
        assert name not in known or options <= list_options(name) | {"--base"}, name


def test_the_manual_and_the_options_for_shells_are_those_of_the_parser() -> None:
    command = [sys.executable, str(ROOT / "tools" / "write_manual.py"), "--check"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)

    # After a change: python tools/write_manual.py
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_the_manual_is_set_by_man_without_a_warning_and_says_what_the_help_says() -> None:
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "100", "MANROFFSEQ": "", "MANPAGER": "cat"}
    command = [find_program("man"), "--warnings", "-l", str(MANUAL)]
    process = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert (process.returncode, process.stderr) == (0, "")
    shown = " ".join(process.stdout.split())
    for page, text in TEXTS.items():
        assert page.upper().replace("-", " ") in shown
        _, *blocks = text.split("\n\n")
        assert [block for block in blocks if " ".join(block.split()) not in shown] == []
    for name, (line, _) in _COMMANDS.items():
        assert f"rights {name} {line}" in shown
