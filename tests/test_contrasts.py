"""What a text sets against each other, with *not* or in two halves, read by itself."""

from __future__ import annotations

import pytest

from rightscli.check.stated.bindings import find_misglossed
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.contrasts import compare_contrasts
from rightscli.check.stated.halves import compare_halves
from rightscli.check.stated.names import build_names

NAMES = build_names(())


@pytest.mark.parametrize(
    ("said", "base"),
    [
        ("The label certifies labor, not fish stocks.", "The label certifies fish stocks and not labor."),
        (
            "The state banned this on the high seas, though not in its own waters.",
            "The state banned this in its own waters but not on the high seas.",
        ),
    ],
)
def test_what_is_denied_for_what_is_said_is_told(said: str, base: str) -> None:
    theirs = read_statement(base, NAMES)

    assert [one.kind for one in compare_contrasts(read_statement(said, NAMES), theirs)] == ["negation"]
    assert compare_contrasts(theirs, theirs) == ()


def test_two_halves_parted_by_a_semicolon_are_held_against_two_parted_by_while() -> None:
    base = read_statement("The court held 45 masks to be probably genuine; for 13 the evidence did not suffice.", NAMES)
    turned = read_statement(
        "The court held 13 masks probably genuine, while for 45 the evidence did not suffice.", NAMES
    )
    right = read_statement(
        "The court held 45 masks probably genuine, while for 13 the evidence did not suffice.", NAMES
    )

    assert [one.kind for one in compare_halves(turned, base)] == ["order"]
    assert compare_halves(right, base) == ()


def test_a_date_and_a_figure_say_of_no_two_halves_that_they_have_changed_places() -> None:
    base = read_statement("On 19 October 2022 the council rejected, by 33 votes to 29, a halt to evictions.", NAMES)
    said = read_statement(
        "Twenty-nine in the council were for a halt to evictions on 19 October 2022, and 33 against, so it was rejected.",
        NAMES,
    )
    paid = read_statement("In 2021 a Kestrian deckhand earned 3,150 marks, a migrant deckhand 540.", NAMES)
    turned = read_statement("In 2021 a migrant deckhand earned 3,150 marks, a Kestrian deckhand 540.", NAMES)

    assert compare_halves(said, base) == ()
    assert [one.kind for one in compare_halves(turned, paid)] == ["order"]


def test_a_term_with_what_another_term_is_explained_by_is_told() -> None:
    bases = [
        read_statement("They can be sent to a long-term ordinary prison (kyohwaso).", NAMES),
        read_statement("They can be sent to a short-term detention facility (danryeondae).", NAMES),
    ]
    turned = read_statement("They are sent to the kyohwaso, a short-term facility.", NAMES)
    right = read_statement("They are sent to the danryeondae, a short-term facility, or to the kyohwaso.", NAMES)

    assert [one.said for one in find_misglossed(turned, bases)] == ["kyohwaso"]
    assert find_misglossed(right, bases) == ()
