"""A quotation is a REF: an attached copy says which passage it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import CACHE, ROOT, Outcome, run_rights
from quoting import read_report
from rightscli.answers.copies import Wordings, find_quoted
from rightscli.errors import NotFoundError
from rightscli.index.building import open_index
from rightscli.refs import parse_ref
from rightscli.text.signs import read_quoted

HARBOUR, REPORT = str(ROOT / "tests" / "data" / "harbour.yaml"), ROOT / "tests" / "data" / "harbour-report.txt"
BASE = open_index(HARBOUR, None)
COPIES = Wordings(read_report(), frozenset(), ())
WORDS = {
    number: text.split()
    for (_, number), text in zip(COPIES.passages.names, COPIES.passages.texts, strict=True)  # type: ignore[union-attr]
}
MARKS = [('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("'", "'"), ("‘", "’"), ("“", ",”"), ('"', '".')]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": CACHE}


def ask(home: dict[str, str], command: str, *arguments: str, stdin: str = "") -> Outcome:
    return run_rights(command, *arguments, "--base", HARBOUR, env=home, stdin=stdin)


@given(
    st.sampled_from(sorted(WORDS)).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, len(WORDS[n]) - 8))),
    st.sampled_from(MARKS),
    st.sampled_from([str, str.lower, str.capitalize]),
)
def test_eight_words_of_a_passage_in_any_marks_and_capitals_name_it(start, marks, spell) -> None:  # type: ignore[no-untyped-def]
    number, first = start
    words = spell(" ".join(WORDS[number][first : first + 8]))
    if any(mark in words for mark in "“”"):
        marks = ("«", "»")
    assume(sum(words.lower() in " ".join(others).lower() for others in WORDS.values()) == 1)

    target, _ = find_quoted(parse_ref(f"{marks[0]}{words}{marks[1]}"), COPIES, BASE)

    assert (target.source or {})["id"] == "harbour"
    assert [list(locator.positions) for locator in target.locators] == [[number]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"so it is said"', "so it is said"),
        ("“he said “no” to it”", "he said “no” to it"),
        ('"he said "no" to it".', 'he said "no" to it'),
        ("``so it is said''", "so it is said"),
        ('"Harbors," in "World Report"', ""),
        ("“Harbors,” in “World Report”", ""),
        ('"so it is said" (harbour:3)', ""),
        ("harbour:3", ""),
        ('"', ""),
        ("", ""),
    ],
)
def test_a_quotation_is_one_from_end_to_end(text: str, words: str) -> None:
    assert read_quoted(text) == words


def test_a_quotation_is_shown_cited_and_quoted_by_its_passage(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))
    quotation = "“each harbor receives a yearly quota”"

    shown, cited = ask(home, "show", quotation), ask(home, "cite", "-", stdin=f"{quotation}\n")
    record = json.loads(ask(home, "show", quotation, "--json").out)["refs"][0]

    assert shown == ask(home, "show", "harbour:3")
    assert cited == ask(home, "cite", "harbour:3")
    assert cited.out == "(Tidewatch, 2022, para. 3)\n"
    assert ask(home, "quote", quotation) == ask(home, "quote", "harbour:3")
    assert (record["text"], record["ref"].partition("@")[0]) == (quotation, "harbour:3")


def test_a_quotation_needs_a_copy(home: dict[str, str]) -> None:
    found = ask(home, "show", '"each harbor receives a yearly quota"')

    why = 'rights: no copy is attached in which "each harbor receives a yearly quota" could be found\n'
    assert found == Outcome(1, "", f"{why}  rights attach harbour FILE\n")


def test_a_quotation_of_three_words_is_no_ref(home: dict[str, str]) -> None:
    found = ask(home, "cite", '"a yearly quota"')

    why = 'rights: "a yearly quota" is too short a quotation to be a REF\n'
    assert found == Outcome(2, "", f"{why}  quote 4 words or more\n")


def test_a_near_miss_names_the_passage_and_what_differs(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))
    quotation = '"each harbor receives a monthly quota from the Fisheries Council"'

    found = ask(home, "cite", quotation)

    why = f"rights: {quotation} stands nowhere: harbour:3 has it otherwise: 'monthly' for 'yearly'\n"
    hint = "  harbour:3 says: each harbor receives a yearly quota from the Fisheries Council\n"
    assert found == Outcome(1, "", why + hint)


def test_words_that_stand_nowhere_are_said_to(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))

    found = ask(home, "show", '"a quick brown fox jumps over it"', "harbour:3")

    assert (found.code, found.out) == (1, ask(home, "show", "harbour:3").out)
    assert found.err == 'rights: "a quick brown fox jumps over it" stands in no source that is attached\n'


def test_what_a_quotation_leaves_out_is_told_beside_its_citation(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))

    found = ask(home, "cite", '"a deckhand may … leave the vessel"')

    cut = "left out [Unless a captain agrees in writing] and [not], which turns what harbour:5 says"
    told = f'"a deckhand may … leave the vessel": {cut}'
    assert (found.code, found.out) == (0, "(Tidewatch, 2022, para. 5)\n")
    assert found.err.startswith(f"rights: {told}\n")


def test_words_of_several_passages_are_ambiguous_and_all_are_named() -> None:
    from rightscli.check.quoted.passages import prepare_paragraphs

    texts = {
        ("harbour", 1): "So it was said by the council.",
        ("harbour", 2): "And so it was said by the council, too.",
    }

    with pytest.raises(NotFoundError) as caught:
        find_quoted(
            parse_ref('"it was said by the council"'), Wordings(prepare_paragraphs(texts), frozenset(), ()), BASE
        )

    assert caught.value.message == (
        '"it was said by the council" stands in harbour:1 and harbour:2: say which is meant'
    )


def test_a_copy_of_another_edition_is_said_to_be_one() -> None:
    copies = COPIES._replace(strange=frozenset({("harbour", 3)}))

    _, warnings = find_quoted(parse_ref('"each harbor receives a yearly quota"'), copies, BASE)

    assert warnings == ['"each harbor receives a yearly quota": the attached copy has another edition of harbour:3']
