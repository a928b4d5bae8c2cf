"""What cite and quote print, and what they tell a writer of it."""

from __future__ import annotations

import pytest

from conftest import run_rights

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
