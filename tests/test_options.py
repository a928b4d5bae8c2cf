"""Options beside each other: one that would change nothing is refused, one that acts is taken."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import typer

from conftest import Outcome, run_rights
from rightscli import cli
from rightscli.cli.parsing import build_app

ID = "absence-from-work-punished"


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (f"cite {ID} --syntax pandoc --style mla", "--syntax prints a key: it excludes --style"),
        (f"cite {ID} --syntax pandoc --form short", "--syntax prints a key: it excludes --form"),
        (f"cite {ID} --syntax pandoc --markup latex", "--syntax prints a key: it excludes --markup"),
        (f"cite {ID} -f ids --style mla", "-f ids prints no citation: it excludes --style"),
        (f"cite {ID} -f ids --markup latex", "-f ids prints no citation: it excludes --markup"),
        (f"cite {ID} -f ids --syntax latex", "-f ids prints no citation: it excludes --syntax"),
        (f"cite {ID} -f ids --form short", "-f ids prints no citation: it excludes --form"),
        (f"quote {ID} --syntax pandoc --style mla", "--syntax prints a key: it excludes --style"),
        (f"quote {ID} -f ids --as latex", "-f ids prints no quotation: it excludes --as"),
        ("search women --why -f csv", "--why is told in text, json or jsonl: it excludes -f csv"),
        (
            "search women --why -f jsonl --fields id",
            "--why is told in the field match.why: it excludes --fields without that",
        ),
        (
            "search women --cite mla -f csv --fields id,claim",
            "--cite is told in the field citation: it excludes --fields without that",
        ),
        (
            "check README.md --why -f jsonl --fields kind,verdict",
            "--why is told in the field why: it excludes --fields without that",
        ),
        (
            f"show {ID} --cite mla -f jsonl --fields id,citations.ref",
            "--cite is told in the field citations.text: it excludes --fields without that",
        ),
        ("search women --cite mla -f ids", "-f ids prints no citation: it excludes --cite"),
        (f"show {ID} --context 1 -f jsonl", "--context is told in text or json: it excludes -f jsonl"),
        (f"show {ID} --context 1 --cite mla", "--context prints the words alone in a pipe: it excludes --cite"),
        (f"show {ID} --cite mla -f ids", "-f ids prints no citation: it excludes --cite"),
        ("topics --cite mla", "--cite needs a TOPIC"),
        ("topics women --cite mla -f ids", "-f ids prints no citation: it excludes --cite"),
        ("export --cite mla -f ids", "-f ids prints no citation: it excludes --cite"),
        ("export --cite mla -f ris", "-f ris prints no citation: it excludes --cite"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(asked: str, fault: str) -> None:
    assert run_rights(*asked.split()) == Outcome(2, "", f"rights: {fault}\n")


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("search women --since", "--since: no date is given\n  write 2019, 2019-03 or 2019-03-22"),
        ("search women --until", "--until: no date is given\n  write 2019, 2019-03 or 2019-03-22"),
        ("search women --cite", "no style ''\n  rights styles lists them"),
        ("topics women --cite", "no style ''\n  rights styles lists them"),
        ("export --cite", "no style ''\n  rights styles lists them"),
        (f"cite {ID} --style", "no style ''\n  rights styles lists them"),
        (f"quote {ID} --style", "no style ''\n  rights styles lists them"),
        ("check", "the path of a draft is empty"),
        ("attach hrw-2020", "the path of a copy of a source is empty"),
    ],
)
def test_what_is_given_empty_is_not_as_if_it_were_not_given(asked: str, fault: str) -> None:
    assert run_rights(*asked.split(), "") == Outcome(2, "", f"rights: {fault}\n")


def list_options() -> Iterator[tuple[str, typer.core.TyperOption]]:
    """Yield each option of each command, with the command's words."""
    groups = [("", typer.main.get_command(build_app(cli._COMMANDS, cli._GROUPS, None)))]
    for words, command in groups:
        assert isinstance(command, typer.core.TyperGroup | typer.core.TyperCommand)
        groups += [(f"{words} {name}", one) for name, one in getattr(command, "commands", {}).items()]
        yield from ((words, one) for one in command.params if words and isinstance(one, typer.core.TyperOption))


def test_no_option_given_twice_loses_a_value_without_a_word() -> None:
    told = []
    for words, option in list_options():
        if not option.is_flag and not option.multiple:
            for name in option.opts:
                outcome = run_rights(*words.split(), name, "x", f"{name}=y" if name.startswith("--") else f"{name}y")
                names = " / ".join(f"'{one}'" for one in option.opts)
                hint = f"  see rights{words} --help"
                assert outcome == Outcome(2, "", f"rights: {names} is given twice: it takes one value\n{hint}\n"), name
                told.append(name)

    assert {"--limit", "-f", "--para", "--since", "--style", "--fail-on", "--date", "--title"} <= {*told}
    assert {"--topic", "--source", "--base", "--not", "--at", "--copy"}.isdisjoint(told)


@pytest.mark.parametrize("option", ["--fail-on", "--comments"])
def test_an_empty_option_of_check_is_refused(option: str) -> None:
    outcome = run_rights("check", "-", option, "", stdin="Nothing.\n")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("rights: ")


def test_a_kind_that_is_none_is_told_also_where_every_notice_fails() -> None:
    outcome = run_rights("check", "-", "--strict", "--fail-on", "unprovn", stdin="Nothing.\n")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("rights: no notice 'unprovn' in --fail-on\n")


def test_a_record_has_the_citation_in_a_style_and_form_beside_the_key() -> None:
    outcome = run_rights("cite", ID, "--syntax", "pandoc", "--style", "chicago-notes", "--form", "short", "--json")

    (record,) = json.loads(outcome.out)["results"]
    assert (outcome.code, outcome.err) == (0, "")
    assert record["rendered"] == "[@hrw-2020, para. 13]"
    assert (record["style"], record["form"], record["text"]) == (
        "chicago-notes",
        "short",
        "Human Rights Watch, “North Korea: Events of 2019,” para. 13.",
    )


@pytest.mark.parametrize(
    "asked",
    [
        "search women --why --json --fields id,match",
        "search women --why --json --fields match.why",
        "topics women --cite mla --json --fields citations",
        "export --cite mla --json --fields citations.text",
        "export --cite mla -f tsv --fields id,citation",
    ],
)
def test_an_option_is_taken_where_a_field_tells_of_it(asked: str) -> None:
    outcome = run_rights(*asked.split())

    assert (outcome.code, outcome.err) == (0, "")


def test_the_style_of_the_environment_is_no_option_and_excludes_nothing() -> None:
    outcome = run_rights("cite", ID, "--syntax", "pandoc", env={"RIGHTS_STYLE": "mla"})

    assert outcome == Outcome(0, "[@hrw-2020, para. 13]\n", "")


def test_the_styles_that_have_a_form_are_listed_by_their_ids() -> None:
    outcome = run_rights("cite", ID, "--all-styles", "--form", "bibliography", "-f", "ids")

    assert (outcome.code, outcome.err) == (0, "")
    assert "bluebook" not in outcome.out.split()
