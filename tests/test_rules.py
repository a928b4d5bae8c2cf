"""Whoever reads a figure, a quotation mark or a date asks one reader: search, doctor and check agree on every way to write it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightscli.base.model import Fact, FactBase
from rightscli.base.paths import find_bundled_base
from rightscli.check.quoted.marks import find_quotations
from rightscli.check.quoted.passages import prepare_paragraphs, read_words
from rightscli.check.quoted.quotations import judge_quotation
from rightscli.check.sentences import split_sentences
from rightscli.check.stated.agreement import match_quantities
from rightscli.check.stated.claims import Claims, prepare_claims
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.quantities import find_quantities
from rightscli.check.stated.roots import list_gates
from rightscli.check.stated.statements import judge_sentence
from rightscli.doctor.evidence import list_unheld_dates, list_unheld_figures
from rightscli.index.building import open_index
from rightscli.search import find_facts
from rightscli.text.dates import find_dates, write_out_dates
from rightscli.text.figures import find_figures
from rightscli.text.folding import fold_text, hash_text, normalise_text
from rightscli.text.signs import APOSTROPHES, BLANKS, CLOSERS, CLOSING_MARKS, DASHES, MINUSES
from rightscli.text.spelling import unify_spelling
from rightscli.text.words import split_words

INDEX = open_index(find_bundled_base(), None)
CLAIMS: Claims = prepare_claims(INDEX.read_facts(), [topic for _, topic in INDEX.list_topics()])


def group_digits(number: int, sign: str) -> str:
    return f"{number:,}".replace(",", sign)


def widen_digits(number: int) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in f"{number:,}")


GROUPED: dict[str, Callable[[int], str]] = {
    "nothing": str,
    "full width": widen_digits,
    **{f"{sign!a}": partial(group_digits, sign=sign) for sign in (",", ".", " ", "\\,", *BLANKS, *APOSTROPHES)},
}


def find_words(query: str) -> list[str]:
    """Return what a query is looked up by."""
    return [unify_spelling(word) for word in split_words(write_out_dates(query))]


BASE = FactBase("base.yaml", "", "T", "1", "S", "", {}, {}, ())


def make_fact(claim: str) -> Fact:
    return Fact(id="a", claim=claim, citations=())


@pytest.mark.parametrize("way", GROUPED)
@given(number=st.integers(2100, 999_999_999))
def test_a_figure_is_read_alike_however_its_digits_are_grouped(way: str, number: int) -> None:
    plain, written = f"Some {number:,} people came.", f"Some {GROUPED[way](number)} people came."

    (figure,) = find_figures(written)
    assert number in figure.readings
    assert written[figure.start : figure.end].strip() == GROUPED[way](number)
    (said,), (base,) = find_quantities(written, ()), find_quantities(plain, ())
    assert match_quantities(said, base) is match_quantities(base, said) is True
    assert [word.form for word in read_words(written)] == [word.form for word in read_words(plain)]
    assert list_gates(written) == list_gates(plain)
    # 132 262 may be two words of a query.
    assert way == "' '" or find_words(written) == find_words(plain)
    assert list_unheld_figures(make_fact(written), [plain], BASE) == []
    assert list_unheld_figures(make_fact(plain), [written], BASE) == []


@pytest.mark.parametrize("way", GROUPED)
def test_a_figure_is_found_and_borne_out_however_it_is_written(way: str) -> None:
    written, other = GROUPED[way](1137), GROUPED[way](1138)

    assert (
        INDEX.get_facts([find_facts(INDEX, f"{written} arrivals").hits[0].place])[0]["id"] == "arrivals-in-south-2018"
    )
    place = {("hrw-2020", 9)}
    judged = [
        judge_sentence(f"In 2018, {one} North Koreans reached South Korea.", CLAIMS, pinned=place)
        for one in (written, other)
    ]
    assert [one.verdict for one in judged if one] == ["supported", "differs"]
    assert [conflict.said for one in judged if one for conflict in one.conflicts] == [other]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("12, 345", [12, 345]),
        ("in 2018 706 people", [706]),
        ("May 9 137 people", [137]),
        ("On day 3 500 people fled", [3, 500]),
        ("para. 3 500 people", [3, 500]),
        ("after COVID-19 300 people", [19, 300]),
        ("2,706 706", [2706, 706]),
        ("132 of 262", [132, 262]),
        ("in May 1\u202f137 people", [1137]),
        ("10,200 30", [10200, 30]),
    ],
)
def test_two_figures_side_by_side_are_two(text: str, figures: list[int]) -> None:
    assert [int(figure.value) for figure in find_figures(text)] == figures


def test_a_number_behind_a_point_may_be_either_and_says_so() -> None:
    (figure,) = find_figures("1.137")
    said, thousand, decimal = (find_quantities(f"some {text} of them", ())[0] for text in ("1.137", "1,137", "1.1370"))

    assert {float(value) for value in figure.readings} == {1137, 1.137}
    assert match_quantities(said, thousand) is match_quantities(said, decimal) is True
    assert match_quantities(thousand, decimal) is False
    assert [find_quantities(f"{text} of it", ())[0].list_readings()[0].value for text in ("2.706%", "0.706")] == [
        2.706,
        0.706,
    ]
    assert [float(one.value) for one in find_figures("2.706 million")] == [2_706_000]


@pytest.mark.parametrize(
    ("worded", "digits"),
    [
        ("one hundred thirty-two recommendations", "132 recommendations"),
        ("one hundred and thirty-two recommendations", "132 recommendations"),
        ("two thousand seven hundred and six arrivals", "2,706 arrivals"),
        ("seven states", "7 states"),
        ("thirty states", "30 states"),
        ("sixty-one percent", "61 percent"),
        ("one hundred million", "100 million"),
    ],
)
def test_a_number_in_words_is_looked_up_as_its_digits(worded: str, digits: str) -> None:
    assert find_words(worded) == find_words(digits)
    assert [figure.value for figure in find_figures(worded)] == [figure.value for figure in find_figures(digits)]


def test_a_query_with_a_number_in_words_finds_what_its_digits_find() -> None:
    found = [
        find_facts(INDEX, query).hits for query in ("132 recommendations", "one hundred thirty-two recommendations")
    ]

    assert [hit.place for hit in found[0]] == [hit.place for hit in found[1]] != []


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_an_apostrophe_is_one_whatever_is_typed_for_it(sign: str) -> None:
    text = f"North Korea{sign}s women{sign}s groups don{sign}t meet."

    assert fold_text(text) == fold_text(text.replace(sign, "'"))
    assert split_words(text) == ("north", "korea", "women", "groups", "dont", "meet")
    assert [word.form for word in read_words(text)] == "North Korea's women's groups don't meet".split()
    reading, straight = (read_statement(one, CLAIMS.names) for one in (text, text.replace(sign, "'")))
    assert (reading.words, reading.names) == (straight.words, straight.names)
    assert [name.key for name in reading.names] == ["north korea"]


@pytest.mark.parametrize(
    ("opener", "closer"),
    [*((opener, closer) for opener, closers in CLOSERS.items() for closer in closers), ("``", "''"), ("＂", "＂")],
)
def test_every_pair_of_double_marks_quotes_in_a_draft_and_in_a_query(opener: str, closer: str) -> None:
    text = f"He said {opener}the boats come first{closer} and left."

    (quotation,) = find_quotations(text)
    assert text[quotation.start : quotation.end] == "the boats come first"
    everywhere = find_facts(INDEX, f"{opener}December 10{closer} sanctions")
    assert [hit.place for hit in everywhere.hits] == [
        hit.place for hit in find_facts(INDEX, '"December 10" sanctions').hits
    ]
    assert len(everywhere.hits) < len(find_facts(INDEX, "December 10 sanctions").hits)


@pytest.mark.parametrize("sign", "´`＇'")
def test_a_quotation_in_typed_single_marks_is_one(sign: str) -> None:
    text = f"He said {sign}the boats come first{sign} and left."

    assert [text[one.start : one.end] for one in find_quotations(text)] == ["the boats come first"]


@pytest.mark.parametrize("mark", CLOSING_MARKS)
def test_a_mark_behind_a_full_stop_belongs_to_its_sentence(mark: str) -> None:
    assert split_sentences(f"So it was.{mark} Then it ended.") == ((0, 11), (12, 26))


@pytest.mark.parametrize(
    "quotation",
    ["the port´s 2 706 boats are old", "the port`s ２,７０６ boats are old", "the port’s 2.706 boats are old"],
)
def test_a_quotation_in_typed_marks_and_figures_is_exact(quotation: str) -> None:
    passages = prepare_paragraphs({("a", 1): "Here the port's 2,706 boats are old, and few go out."})

    verdict = judge_quotation(quotation, passages, pinned=[("a", 1)])
    assert (verdict.name, verdict.differences) == ("exact", ())


def test_an_altered_word_beside_such_a_figure_is_all_that_differs() -> None:
    passages = prepare_paragraphs({("a", 1): "Most of the port's 2,706 boats are old, and few go out."})

    verdict = judge_quotation("the port´s ２,７０６ boats are new, and few go out", passages, pinned=[("a", 1)])
    assert (verdict.name, [(one.said, one.source) for one in verdict.differences]) == ("altered", [("new", "old")])


def test_what_is_typed_for_a_mark_leaves_hashes_as_they_are() -> None:
    assert normalise_text("a´b `c` ＂d＇ «e» ⸺ 2 706") == "a ́b `c` \"d' «e» - 2 706"
    assert hash_text("the port´s `2 706`") == "cf08dee81988dc67405ab33ee25bed3f6b9468dc37898d9ff937205d86882d50"


@pytest.mark.parametrize(
    "way",
    [
        "March 22, 2019",
        "Mar. 22, 2019",
        "22 March 2019",
        "22 Mar 2019",
        "22nd March 2019",
        "22nd of March 2019",
        "the twenty-second of March 2019",
        "2019-03-22",
        "2019/03/22",
        "2019.3.22",
        "22/03/2019",
        "22.3.2019",
        "3/22/2019",
    ],
)
def test_a_date_is_read_alike_however_it_is_written(way: str) -> None:
    text, plain = f"On {way} it was said.", "On March 22, 2019 it was said."

    assert [one[:3] for one in find_dates(text)] == [(2019, 3, 22)]
    assert [one[:3] for one in read_statement(text, CLAIMS.names).dates] == [(2019, 3, 22)]
    assert {"march", "22", "2019"} <= {*find_words(way)} <= {"march", "22", "2019", "of", "the"}
    assert list_unheld_dates(make_fact(text), [plain]) == list_unheld_dates(make_fact(plain), [text]) == []


@pytest.mark.parametrize("dash", ["-", *DASHES, *MINUSES])
def test_a_span_of_days_and_of_years_is_one_with_any_dash(dash: str) -> None:
    assert [one[:3] for one in find_dates(f"May 9{dash}12, 2019")] == [(2019, 5, 9), (2019, 5, 12)]
    assert [one.year for one in find_dates(f"2014{dash}17")] == [2014, 2017]


@pytest.mark.parametrize(
    "way", ["1990s", "1990's", "1990’s", "90s", "'90s", "’90s", "nineties", "the Nineties", "mid-nineties"]
)
def test_a_decade_is_read_alike_however_it_is_written(way: str) -> None:
    text = f"Famine struck in the {way}."

    assert [(one.year, one.decade) for one in find_dates(text)] == [(1990, True)]
    assert [(one.year, one.decade) for one in read_statement(text, CLAIMS.names).dates] == [(1990, True)]
    assert find_words(way)[-1] == "1990s"


@pytest.mark.parametrize("text", ["women in their thirties", "a man in his late forties", "the duties of counties"])
def test_an_age_is_no_decade(text: str) -> None:
    assert find_dates(text) == ()
    assert write_out_dates(text) == text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("just one thousand one hundred and six boats", [1106]),
        ("just one of them", [1]),
        ("one boat in 10,000", [0.01]),
        ("one boat in 10 000", [0.01]),
        ("the ninth of May 2019", []),
    ],
)
def test_a_quantity_has_the_whole_of_its_figure(text: str, values: list[float]) -> None:
    assert [one.value for one in find_quantities(text, find_dates(text))] == values
