"""What cite and quote print, and what they tell a writer of it."""

from __future__ import annotations

import pytest

from conftest import run_rights
from rightscli.cli.citing import link_address

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
