"""What cite and quote print, and what they tell a writer of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import run_rights
from rightscli.answers.cite import link_address

NOTE_NUMBER = "rights: the note number in {style} stands for that of your own first note\n"


@pytest.mark.parametrize(
    ("style", "form", "ref", "told"),
    [
        ("oscola", "short", "hrw-2020:13", True),
        ("oscola", "short", "hrw-2020", True),
        ("bluebook", "short", "hrw-2020:2", True),
        ("oscola", "ibid", "hrw-2020:13", False),
        ("bluebook", "ibid", "hrw-2020:13", False),
        ("oscola", "citation", "hrw-2020:13", False),
    ],
)
def test_a_number_of_a_note_is_told_where_there_is_one_and_no_paragraph_is_taken_for_it(
    style: str, form: str, ref: str, told: bool
) -> None:
    outcome = run_rights("cite", ref, "--style", style, "--form", form)

    assert outcome.code == 0
    assert (NOTE_NUMBER.format(style=style) in outcome.err) == told


@pytest.mark.parametrize("shown", ["https://example.org/?a=1&#38;b=2", "https://example.org/?a=1&amp;b=2"])
def test_an_address_with_an_ampersand_is_linked_however_the_engine_spells_it(shown: str) -> None:
    source = {"csl": {"URL": "https://example.org/?a=1&b=2"}}

    assert link_address(f"<i>T</i>, {shown}.", source) == (
        f'<i>T</i>, <a href="https://example.org/?a=1&amp;b=2">{shown}</a>.'
    )
    assert link_address("<i>T</i>.", source) == link_address("<i>T</i>.", {"csl": {}}) == "<i>T</i>."


@pytest.mark.parametrize(
    ("syntax", "written"),
    [
        ("pandoc", r"a\_b\*c \<d\> & 5% of them work [@harbour, paras. 1-2]."),
        ("latex", r"a\_b*c \textless{}d\textgreater{} \& 5\% of them work \autocite[paras.~1--2]{harbour}."),
        ("typst", r"a\_b\*c \<d\> & 5% of them work @harbour[paras. 1–2]."),
        ("org", "a_\u2060b*c <\u2060d> & 5% of them work [cite:@harbour paras. 1-2]."),
        ("myst", r"a\_b\*c \<d\> & 5% of them work {cite:p}`harbour{paras. 1–2}`."),
        ("sphinx", "a_b*c <d> & 5% of them work :cite:p:`harbour{paras. 1–2}`."),
    ],
)
def test_the_text_around_a_key_is_written_for_the_program_that_reads_it(
    syntax: str, written: str, small_base: Path
) -> None:
    ask = ("quote", "nine-cranes", "--base", str(small_base), "--syntax", syntax)

    quoted, plain = run_rights(*ask).out, run_rights(*ask, "--as", "text").out

    assert quoted == f"Nine cranes stand at the quay of Anyport; {written}\n"
    assert plain.startswith("Nine cranes stand at the quay of Anyport; a_b*c <d> & 5% of them work ")


def test_a_list_in_markdown_is_written_in_markdown() -> None:
    work = run_rights("cite", "hrw-2020", "--form", "bibliography", "-f", "md").out
    quoted = run_rights("quote", "not-in-ilo", "-f", "md").out

    assert " In *World Report 2020*. Human Rights Watch. <https://www.hrw.org/" in work
    assert "(ILO) [(Human Rights Watch, 2020, para. 15)](<https://www.hrw.org/" in quoted


@pytest.mark.parametrize("form", ["csv", "tsv", "md"])
def test_a_table_holds_the_citation_as_it_was_asked_for(form: str) -> None:
    key = run_rights("cite", "hrw-2020:13", "--syntax", "org", "-f", form).out
    work = run_rights("cite", "hrw-2020", "--form", "bibliography", "--markup", "latex", "-f", form).out
    styled = run_rights("cite", "hrw-2020", "--all-styles", "--markup", "html", "-f", form).out

    assert "[cite:@hrw-2020 para. 13]" in key
    assert r"\emph{World Report 2020}" in work
    assert "<i>World Report 2020</i>" in styled


@pytest.mark.parametrize(("options", "env"), [(("--cite", "mla"), {}), ((), {"RIGHTS_STYLE": "mla"})])
def test_a_topic_s_facts_are_cited_in_the_style_that_was_asked_for(
    options: tuple[str, ...], env: dict[str, str]
) -> None:
    outcome = run_rights("topics", "abductions", *options, env=env)

    assert (outcome.code, outcome.err) == (0, "")
    assert {line.split("\t")[2] for line in outcome.out.splitlines()} == {"(Human Rights Watch, par. 21)"}
