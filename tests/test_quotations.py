"""Quotations: where a text has them, and what they are beside the source. The report in ``data`` is made up.

``RIGHTS_TESTS_WRITE_GOLDEN=1 pytest tests/test_quotations.py`` writes the verdicts anew; review them as a diff.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, compare_golden
from quoting import DATA, follow_recipe, judge_draft, read_report, strip_marks
from rightscli.base.load import read_base
from rightscli.base.model import FactBase
from rightscli.check.quoted.marks import find_quotations
from rightscli.check.quoted.passages import Paragraphs, Passages, prepare_paragraphs
from rightscli.check.quoted.quotations import is_title, judge_quotation
from rightscli.copies.reading import find_paragraphs
from rightscli.text.folding import shorten_text

REPORT = read_report()
CASES: list[dict[str, Any]] = json.loads((DATA / "quotations.json").read_text(encoding="utf-8"))
# What TeX and HTML need before they are text is the draft reader's work, and so is knowing the sources' titles.
PLAIN_CASES = [case for case in CASES if case["form"] in ("md", "txt") and case["id"] != "ti-own-title"]


def cut_quotation(number: int, start: int, length: int) -> str:
    """Return *length* words of the report's paragraph *number*, as whole words between blanks."""
    return " ".join(REPORT.texts[number - 1].split()[start : start + length])


def find_texts(text: str, *, whole_block: bool = False) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text, whole_block=whole_block)]


@pytest.mark.parametrize("case", PLAIN_CASES, ids=lambda case: case["id"])
def test_a_draft_gets_the_verdicts_that_a_careful_editor_gives(case: dict[str, Any]) -> None:
    found = judge_draft(case["draft"], case["form"], REPORT if case["attached"] else None)

    for expected in case["expect"]:
        verdicts = [verdict for words, verdict in found if strip_marks(expected["text"]) in strip_marks(words)]
        names = [verdict.name for verdict in verdicts] or ["none"]
        assert set(names) <= set(expected["verdict"].split("|"))
        refs = {f"{verdict.places[0].source}:{verdict.places[0].first}" for verdict in verdicts if verdict.places}
        assert not expected["ref"] or refs <= {expected["ref"]}
    assert len(found) <= len(case["expect"])


def test_every_verdict_on_the_known_drafts_is_the_golden_one() -> None:
    lines = ["case\tverdict\tref\tquotation"]
    for case in PLAIN_CASES:
        for words, verdict in judge_draft(case["draft"], case["form"], REPORT if case["attached"] else None):
            refs = " ".join(f"{place.source}:{place.first}" for place in verdict.places) or "-"
            lines.append("\t".join([case["id"], verdict.name, refs, shorten_text(" ".join(words.split()), 60)]))

    compare_golden("verdicts-quotations.tsv", "\n".join([*lines, ""]))


def test_recipes_for_the_real_source_give_their_verdicts(source_copy: Path, bundled: FactBase) -> None:
    recipes = json.loads((DATA / "recipes.json").read_text(encoding="utf-8"))
    paragraphs = find_paragraphs(bundled.sources["hrw-2020"], source_copy.read_text(encoding="utf-8"))
    passages = prepare_paragraphs({("hrw-2020", number): text for number, text in paragraphs.items()})

    got = {}
    for recipe in recipes:
        quotation = follow_recipe(recipe, paragraphs[recipe["paragraph"]])
        pinned = [("hrw-2020", recipe["pinpoint"])] if recipe["pinpoint"] else []
        verdict = judge_quotation(quotation, passages if recipe["attached"] else None, pinned=pinned)
        ref = f"hrw-2020:{verdict.places[0].first}" if recipe["ref"] and verdict.places else None
        got[recipe["id"]] = (verdict.name, ref)

    assert got == {recipe["id"]: (recipe["verdict"], recipe["ref"]) for recipe in recipes}


def test_the_made_up_report_is_the_one_that_its_base_describes() -> None:
    base = read_base(DATA / "harbour.yaml")
    text = (DATA / "harbour-report.txt").read_text(encoding="utf-8")

    found = find_paragraphs(base.sources["harbour"], text)
    assert tuple(found.values()) == REPORT.texts


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He saw ‘the crews’ families’ on the quay.", ["the crews’ families"]),
        ("‘It’s the owners’ affair,’ he said, ‘and ours.’", ["It’s the owners’ affair,", "and ours."]),
        ("He said: »Es ist gut so« und ging.", ["Es ist gut so"]),
        ("Il dit : « c’est « très » bon » et part.", ["c’est « très » bon"]),
        ("”Så är det” sa han.", ["Så är det"]),
        ("‚So ist es‘, sagt er.", ["So ist es"]),
        ("``TeX marks'' in a mail", ["TeX marks"]),
        ("彼は「これは『本当』です」と言った", ["これは『本当』です"]),
        ('"foo"—"bar"', ["foo", "bar"]),
        ('She said "the wall is 5" high" and left.', ['the wall is 5" high']),
        ("“He said ‘no’” and ‘she said “yes”’.", ["He said ‘no’", "she said “yes”"]),
        ("“unclosed “good one here” end", ["good one here"]),
        ("“a stray. “One,” he said. “Two,” she said. A late” mark.", ["One,", "Two,"]),
        ("“The first paragraph of a long quotation.", ["The first paragraph of a long quotation."]),
        ('“mixed by hand" and so', ["mixed by hand"]),
        ("rock 'n' roll's 'best of' list", ["best of"]),
        ("In '99 the crews' wages fell by '61 percent or more', he said.", ["61 percent or more"]),
        ("“” and “ ” and “…”", []),
    ],
)
def test_marks_of_every_house_are_paired(text: str, quotations: list[str]) -> None:
    assert find_texts(text) == quotations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Words here are good. — Tidewatch, 2022", "Words here are good."),
        ("“Words,” she said.\n-- Ada Quill", "“Words,” she said."),
        ("the fishery – in short – died", "the fishery – in short – died"),
    ],
)
def test_a_block_quotation_is_one_but_for_the_line_that_says_by_whom(text: str, words: str) -> None:
    assert find_texts(text, whole_block=True) == [words]


def test_a_citation_at_the_end_of_a_quotation_is_no_part_of_it() -> None:
    text = "Most of them were released (harbour:11)."

    found = find_quotations(text, whole_block=True, citations=[(text.index("harbour"), text.index(")"))])

    assert [text[one.start : one.end] for one in found] == ["Most of them were released"]


@pytest.mark.parametrize(
    ("quotation", "differences"),
    [
        ("shifts of 16–20 hours, with no more", [("16–20", "16 to 20", "word")]),
        ("is unlawful under the Labour Code", [("Labour", "Labor", "spelling")]),
        ("ratified the 2007 Work in fishing Convention", [("fishing", "Fishing", "case")]),
        ("has ratified the Work in Fishing Convention", [("", "2007", "omission")]),
        ("has responded to requests for comment", [("", "not", "omission")]),
        ("shifts of sixteen to twenty hours, with no more", [("sixteen", "16", "word"), ("twenty", "20", "word")]),
        ("Most of them were then released without charge", [("then", "", "addition")]),
        ("five months’ wages … after they’ve repaid the debt in full", [("they’ve", "they have", "word")]),
    ],
)
def test_a_difference_says_what_stands_on_both_sides(quotation: str, differences: list[tuple[str, str, str]]) -> None:
    verdict = judge_quotation(quotation, REPORT)

    assert [(one.said, one.source, one.kind) for one in verdict.differences] == differences
    assert all(quotation[one.start : one.end] == one.said for one in verdict.differences)


def test_pieces_that_stand_far_apart_or_in_another_order_are_altered() -> None:
    spliced = judge_quotation("a claim that the ministry’s own records … Most of them were released", REPORT)
    swapped = judge_quotation("may not leave the vessel … Crew members described shifts", REPORT)

    assert [(one.name, one.differences[0].kind) for one in (spliced, swapped)] == [("altered", "order")] * 2


def test_a_quotation_may_run_into_the_next_paragraph() -> None:
    words = "asked not to be named. The names of crew members have been changed, unless they agreed in writing to be identified."
    words += " Under the Landings Act"

    verdict = judge_quotation(words, REPORT, pinned=[("harbour", 3)])

    assert (verdict.name, verdict.places, verdict.wording) == ("exact", (Paragraphs("harbour", 2, 3),), words)


def test_of_two_sources_the_cited_one_is_right_and_one_without_a_copy_is_unproven() -> None:
    text = "The same sentence stands in both of these reports."
    both = prepare_paragraphs({("first", 1): text, ("second", 4): text})
    quotation = "The same sentence stands in both"

    verdicts = [judge_quotation(quotation, both, pinned=pins) for pins in ([], [("second", 4)], [("third", 1)])]

    assert [verdict.name for verdict in verdicts] == ["ambiguous", "exact", "unproven"]
    assert verdicts[1].places == (Paragraphs("second", 4, 4),)


def test_the_title_of_a_source_is_known_with_and_without_its_subtitle() -> None:
    titles = ["Harbors of Debt: Work and Corruption in Vestmar"]

    assert is_title("Harbors of Debt: Work and Corruption in Vestmar,", titles)
    assert is_title("harbors of debt", titles)
    assert not is_title("Work and Corruption in Vestmar", titles)
    assert not is_title("…", [""])


@st.composite
def cut_runs(draw: st.DrawFn, *, least: int = 4) -> tuple[int, str]:
    """A paragraph's number and a run of at least *least* of its words."""
    number = draw(st.integers(1, len(REPORT.texts)))
    words = REPORT.texts[number - 1].split()
    start = draw(st.integers(0, len(words) - least))
    return number, cut_quotation(number, start, draw(st.integers(least, len(words) - start)))


STANDS = {"exact", "cut-short", "turned"}
"""The verdicts on words that stand so in the source, with whatever is left out beside them."""


@given(cut_runs(), st.sampled_from(["“{}”", '"{}"', "« {} »", "„{}“", "‘{}’", "'{}'", "‹{}›"]), st.booleans())
def test_any_run_of_the_sources_words_is_found_in_any_marks(run: tuple[int, str], marks: str, curly: bool) -> None:
    number, words = run
    # As printed: marks inside marks are of the other kind, and an apostrophe is no mark.
    words = re.sub("[“”]|(?<!\\w)‘|(?<=[,.])’", "", words)
    quoted = marks.format(words if curly else words.replace("’", "'"))

    found = find_quotations(f"It says {quoted} there.")
    longest = max(found, key=lambda one: one.end - one.start)
    inside = f"It says {quoted} there."[longest.start : longest.end]
    verdicts = {judge_quotation(text, REPORT, pinned=[("harbour", number)]).name for text in (inside, words)}

    # A single mark after s is the end to one reader and a genitive to the other: a part is found all the same.
    assert verdicts <= (STANDS | {"too-short"} if marks[0] in "‘'" else STANDS)
    assert judge_quotation(words, REPORT).name in STANDS | {"ambiguous"}


@given(cut_runs(least=5), st.data())
def test_one_foreign_word_makes_it_altered(run: tuple[int, str], data: st.DataObject) -> None:
    words = run[1].split()
    words[data.draw(st.integers(0, len(words) - 1))] = "zeppelins"
    telling = [word for word in words if len(word) > 4 and word != "zeppelins"]

    verdict = judge_quotation(" ".join(words), REPORT, pinned=[("harbour", run[0])])

    # A few small words around a foreign one may stand anywhere.
    assert verdict.name == "altered" or (verdict.name == "not-found" and len(telling) < 3 and len(words) < 8)


_DOTS = ["…", "...", ". . .", "[…]", "[...]", "(…)", "….", "⋯", "* * *", ".\u00a0.\u00a0.", ".\u202f.\u202f.\u202f."]


@given(cut_runs(least=8), st.sampled_from(_DOTS), st.data())
def test_an_ellipsis_for_inner_words_is_no_omission(run: tuple[int, str], dots: str, data: st.DataObject) -> None:
    words = run[1].split()
    start = data.draw(st.integers(1, len(words) - 4))
    words[start : data.draw(st.integers(start + 1, len(words) - 3))] = [dots]

    assert judge_quotation(" ".join(words), REPORT, pinned=[("harbour", run[0])]).name in STANDS


@given(cut_runs(least=10), st.data())
def test_words_left_out_without_a_trace_are_an_omission(run: tuple[int, str], data: st.DataObject) -> None:
    words = run[1].split()
    start = data.draw(st.integers(4, len(words) - 5))
    del words[start : start + data.draw(st.integers(1, 2))]

    verdict = judge_quotation(" ".join(words), REPORT, pinned=[("harbour", run[0])])

    # Where the word before the cut is the one left out, nothing is missing.
    assert verdict.name in STANDS | {"omission"}


@given(cut_runs(least=6), st.sampled_from(["-\n", "- ", "‐\n  ", "\u00ad\n"]), st.booleans(), st.data())
def test_a_word_that_a_lines_end_parts_is_one(run: tuple[int, str], end: str, dots: bool, data: st.DataObject) -> None:
    words = run[1].split()
    at = data.draw(st.sampled_from([place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]))
    half = len(words[at]) // 2
    words[at] = words[at][:half] + end + words[at][half:]

    verdict = judge_quotation(" ".join(words) + " …" * dots, REPORT, pinned=[("harbour", run[0])])

    assert verdict.name in STANDS


@pytest.mark.parametrize("cut", ["permission ", "sell the ", "fish ", "without permission "])
def test_words_left_out_late_in_a_sentence_of_small_words_are_an_omission(cut: str) -> None:
    places = ", ".join(f"to the {noun} of the town and to the {noun}s" for noun in ("quay", "ferry", "market"))
    text = f"The mayor goes {places}, and to sell the fish without permission is a crime"

    verdict = judge_quotation(text.replace(cut, ""), prepare_paragraphs({("coast", 1): text}))

    assert (verdict.name, [one.source for one in verdict.differences]) == ("omission", [cut.strip()])


_PARTS = st.sampled_from(
    [
        *"“”„‘’‚'\"«»‹›…[]().,–—- \n",
        "s’ ",
        "'90s",
        "[…]",
        "...",
        "harbor",
        "the",
        "not",
        "Port",
        "2,706",
        "é",
        "ﬁ",
        "\u00ad",
    ]
)


@given(st.one_of(st.text(), st.lists(_PARTS, max_size=60).map("".join)), st.booleans())
def test_no_text_is_too_odd(text: str, whole_block: bool) -> None:
    found = find_quotations(text, whole_block=whole_block)

    ends = [0]
    for one in found:
        assert 0 <= one.outer_start <= one.start < one.end <= one.outer_end <= len(text)
        assert ends[-1] <= one.outer_start
        ends.append(one.outer_end)
        judge_quotation(text[one.start : one.end], REPORT, pinned=[("harbour", 3)])
    verdict = judge_quotation(text, REPORT)
    assert all(text[one.start : one.end] == one.said for one in verdict.differences)


@given(st.lists(st.text(alphabet="ab .’“”é"), max_size=4), st.text(alphabet="ab .’“”…[]é"))
def test_no_source_is_too_odd(texts: list[str], quotation: str) -> None:
    passages = prepare_paragraphs({("odd", 2 * number): text for number, text in enumerate(texts)})

    verdict = judge_quotation(quotation, passages)

    assert verdict.name in STANDS | {"altered", "omission", "not-found", "ambiguous", "too-short", "unproven"}


def _make_long_source() -> Passages:
    words = [f"w{(place * place + place // 7) % 4999}" for place in range(24_000)]
    return prepare_paragraphs({("long", 1 + at // 80): " ".join(words[at : at + 80]) for at in range(0, 24_000, 80)})


def test_twenty_thousand_words_are_judged_in_seconds() -> None:
    source = _make_long_source()
    words = " ".join(source.texts).split()[1_000:21_000]
    changed = ["zeppelins" if place % 50 == 7 else word for place, word in enumerate(words)]

    started = time.process_time()
    verdicts = [judge_quotation(" ".join(some), source) for some in (words, changed, words[::-1])]

    assert [verdict.name for verdict in verdicts[:2]] == ["exact", "altered"]
    assert len(verdicts[1].differences) == 400
    assert time.process_time() - started < 10


def test_no_sentence_of_the_real_source_is_in_the_data(source_copy: Path) -> None:
    text = source_copy.read_text(encoding="utf-8")
    source = prepare_paragraphs({("real", number): line for number, line in enumerate(text.splitlines(), 1)})
    files = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "data").glob("*"))]
    keys = [prepare_paragraphs({("data", 1): file}).keys for file in files]

    runs = {run[at : at + 9] for run in keys for at in range(len(run) - 8)}
    assert not [at for at in range(len(source.keys) - 8) if source.keys[at : at + 9] in runs]
