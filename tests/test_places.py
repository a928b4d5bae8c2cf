"""Places: one grammar for REFs, drafts, citation keys and what styles print; what it does not understand, it never drops."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CACHE, run_rights
from rightscli.answers.check import gather_materials
from rightscli.base.paths import find_bundled_base
from rightscli.check.examine import Materials, examine_draft
from rightscli.check.pinpoints import Pinpoint, find_pinpoints
from rightscli.cite.styles import STYLES
from rightscli.cite.syntaxes import SYNTAXES, format_key_citation
from rightscli.cite.templates import fill_template
from rightscli.drafts import parse_draft
from rightscli.errors import NotFoundError, RightsError, UsageError
from rightscli.index.building import open_index
from rightscli.refs import parse_ref, resolve_ref
from rightscli.text.locators import Locator, merge_locators
from rightscli.text.numbering import Numbering
from rightscli.text.places import (
    LABELS,
    PRINTED,
    find_key_citations,
    flatten_signs,
    label_place,
    locate_span,
    name_places,
    read_key_citation,
    read_place,
)

BASE = open_index(find_bundled_base(), None)
LAST = len((BASE.get_source("hrw-2020") or {})["paragraphs"])
MATERIALS = gather_materials(BASE)._replace(passages=None)

KINDS = ("markdown", "html", "latex", "text")
EVERYWHERE = """
{k}:{n}
{k}: {n}
{k}:¶{n}
{k} ¶{n}
{k}, para. {n}
{k}, paras. {n}
{k} §§ {n}
{k}, paragraph no. {n}
{k} (para. {n})
{k}, at pars. {n}
@{k}, para. {n}
[@{k}, para. {n}]
[see @{k}, ¶ {n}]
@{k} [paras. {n}]
@{k}[para. {n}]
@{k}:{n}
[@{k}, see para. {n}]
[cite:@{k} para. {n}]
para. {n} of {k}
paragraphs {n} of @{k}
(Human Rights Watch, 2020, para. {n})
(Human Rights Watch 2020, paras. {n})
Human Rights Watch (2020, para. {n})
Human Rights Watch, 2020, paras. {n}
Human Rights Watch (n 12) para {n}
HRW 2020, ¶¶ {n}
Human Rights Watch’s World Report 2020, paragraphs {n}
"""
# A role says nothing to LaTeX, nor a command of LaTeX to a web page.
COMMANDS = (r"\autocite[para.~{n}]{{{k}}}", r"\parencite[see][paras.~{n}]{{{k}}}")
ROLES = ("{{cite:p}}`{k}{{para. {n}}}`", ":cite:p:`{k}{{paras. {n}}}`")
FORMS = {
    **dict.fromkeys(EVERYWHERE.strip().splitlines(), KINDS),
    **dict.fromkeys(COMMANDS, ("markdown", "latex", "text")),
    **dict.fromkeys(ROLES, ("markdown", "text")),
}
FRAMES = ("{}", "It is so ({}).", "As “some words” show [{}]; it is so.", "See {}. It is so.")

NUMBER = st.integers(0, LAST + 3).map(str)
ODD = NUMBER | st.builds("{}{}".format, NUMBER, st.sampled_from(["a", "(a)", " (b)", ".2", "(1)(b)", " bis"]))
DASH = st.sampled_from(["-", "–", "—", "−", "‑", "--", "---", " - ", " – ", " to ", " through "])
SPAN = st.one_of(ODD, st.builds("{}{}{}".format, NUMBER, DASH, NUMBER))
COMMA = st.sampled_from([", ", ",", "; ", ";", "/", " and ", ", and ", " or ", ", ¶", " and para. ", ",\u00a0"])
LIST = st.builds(
    lambda first, rest: first + "".join(map("".join, rest)), SPAN, st.lists(st.tuples(COMMA, SPAN), max_size=3)
)
TAIL = st.sampled_from(["", "", "", " f.", "f.", " ff.", "ff", " et seq.", " and following"])
JUNK = st.sampled_from(
    ["", "", "", "", "-x", "--x", "x", "xy", ".x", "(", "[b]", "/x", ":5", "@x", "-", "=2", " 15", "\u200b5", "½"]
)
# 13 bisx is 13 and a word.
NUMBERS = st.builds("{}{}".format, LIST, TAIL | JUNK).filter(lambda text: not re.search(r"bis\w", text))


def show(text: str) -> tuple[Locator, ...] | None:
    """Return the locators that ``show`` reads; None where it refuses."""
    try:
        return resolve_ref(parse_ref(text), BASE).locators
    except RightsError:
        return None


def check(text: str, kind: Any) -> list[tuple[Locator, ...] | None]:
    """Return the locators of each place that ``check`` judges in a draft; None where it refuses one."""
    cited: list[Pinpoint] = [
        one for block in parse_draft(text, form=kind).blocks for one in find_pinpoints(block.text, MATERIALS.works)
    ]
    return [one.locators if not one.unread and show(one.ref) == one.locators else None for one in cited]


def examine(text: str, materials: Materials = MATERIALS, kind: Any = "markdown") -> list[tuple[str, str, str | None]]:
    found = examine_draft("draft", text, parse_draft(text, form=kind), materials).findings
    return [(one.kind, one.verdict, one.ref) for one in found]


# One grammar


@given(st.sampled_from(sorted(FORMS)), NUMBERS, st.sampled_from(FRAMES))
def test_show_and_check_read_the_same_places_or_both_refuse(form: str, numbers: str, frame: str) -> None:
    text = form.format(k="hrw-2020", n=numbers)
    expected = show(text)

    for kind in FORMS[form]:
        found = check(frame.format(text), kind)
        assert found == [expected] or (expected is None and not any(found))


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize(
    ("numbers", "places"),
    [("13", "13"), ("13-15", "13-15"), ("13--15", "13-15"), ("13, 15–17", "13,15-17"), ("13 and 15", "13,15"),
     ("16 ff.", "16-17")],
)  # fmt: skip
def test_every_form_is_read_in_every_kind_of_draft(form: str, numbers: str, places: str) -> None:
    text = form.format(k="hrw-2020", n=numbers)
    expected = parse_ref(f"hrw-2020:{places}").spans
    locators = merge_locators(Locator(int(span.first), int(span.last)) for span in expected)

    assert show(text) == locators
    for kind in FORMS[form]:
        assert check(f"It is so: {text}.", kind) == [locators]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("13", "13"), ("13-15", "13-15"), ("13 -- 15", "13-15"), ("13—15", "13-15"), ("13−15", "13-15"),
        ("para. 13 to 15", "13-15"), ("paras. 13 through 15", "13-15"), ("¶16, ¶17", "16,17"), ("¶¶16 & 17", "16,17"),
        ("pars. 16&17", "16,17"), ("para. 16, and para. 17", "16,17"), ("13/15; 17", "13,15,17"), ("para.\\ 99", "99"),
        ("para.~99", "99"), ("para.\u00a099", "99"), ("paragraph no. 9", "9"), ("Paragraphs nos. 9–10", "9-10"),
        ("13a", "13a"), ("15(a)", "15(a)"), ("15 (a)", "15(a)"), ("9.2", "9.2"), ("11(1)(b)", "11(1)(b)"), ("13 bis", "13bis"),
        ("16 f.", "16f."), ("16f.", "16f."), ("16 ff.", "16ff."), ("16ff", "16ff."), ("16 et seq.", "16ff."),
        ("16, et seq.", "16ff."), ("paras. 16 and following", "16ff."), ("13, 15 ff.", "13,15ff."), ("1\u200b3", "13"),
        ("13, 15 people", "13"), ("13 to 15 people", "13"), ("paras. 13, 15 say", "13,15"), ("13, 2018", "13"),
        ("para. 16, and para. 17 of the Covenant", "16"), ("13, 15-year-old people", "13"), ("13 15 people", "13"),
        ("13; 2019-review:4", "13"), ("13) it", "13"), ("13. It", "13"), ("13.It is", "13"),
        ("13’s words", "13"), ("13—it is", "13"), ("paras. 13, 15; 2019, para. 4", "13,15"),
        ("para. 9; see also paras. 3, 5–7", "9,3,5-7"), ("para. 9; see para. 3 below", "9"),
        ("16 sqq.", "16ff."), ("16~17", "16-17"),
        ("13[12]", "13"), ("13[^a]", "13"), ("13² and", "13"), ("13: it", "13"), ("13…", "13"), ("13, but", "13"), ("13**", "13"),
    ],
)  # fmt: skip
def test_a_place_is_read_up_to_where_it_ends(text: str, places: str) -> None:
    place = read_place(flatten_signs(text), 0)

    assert place
    assert (",".join(map(str, place.spans)), place.unread) == (places, "")


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("13x y", ""), ("13xy z", "xy"), ("13--x", "--x"), ("13-x)", "-x"), ("13- and", "-"), ("13-15-17", "-17"), ("13.x", ".x"),
        ("13(see", "(see"), ("13@xyz", "@xyz"), ("13@", "@"), ("13/x", "/x"), ("13,b)", ",b"), ("13:5", ":5"), ("13½", "½"),
        ("13%", "%"), ("13+", "+"), ("paras. 13 15)", " 15"), ("13 15", " 15"), ("paras. 13 to the end", " to the"),
        ("paras. 13 and x", " and x"), ("paras. 13 und 15", " und 15"), ("13, 15-x]", "-x"), ("13_5", "_5"),
        ("13..15", "..15"), ("13.-15.", ".-15"),  ("13,-,", ",-"), ("para. 13 a)", " a"), ("13—b]", "—b"),
        ("13\u200bx", "\u200bx"),
    ],
)  # fmt: skip
def test_what_follows_a_number_and_is_not_understood_is_never_dropped(text: str, unread: str) -> None:
    place = read_place(flatten_signs(text), 0)

    assert place
    assert place.unread == unread
    assert place.end == text.index(unread) + len(unread) if unread else place.spans[0].first == "13x"


@given(st.text() | NUMBERS)
def test_of_any_text_a_place_lies_inside_and_what_is_replaced_is_its_number(text: str) -> None:
    place = read_place(flatten_signs(text), 0)

    if place:
        assert 0 < place.end <= len(text)
        assert not (place.number and place.unread)
        if place.number:
            start, end = place.number
            changed = read_place(flatten_signs(f"{text[:start]}7{text[end:]}"), 0)
            assert changed
            assert (list(map(str, changed.spans)), changed.unread) == (["7"], "")


@given(st.text() | NUMBERS.map("paras. {0}, k:{0}".format))
def test_what_any_text_cites_lies_inside_it(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in find_key_citations(text))


@pytest.mark.parametrize(
    "piece",
    ["¶1, ", "¶1 and ", "k ¶1, ", "k:1,", "k:1, ", "k:1^", "k:1-", "@k, para. 1 and ", "para. 1 of ", "(para. 1) ", "see ",
     "paras. 1 to 2 ", "k:1(1)", "k:1.1", r"\cite[para. 1]", "Human Rights Watch (2020, ", "(para. 1", "\u200b1"],
)  # fmt: skip
def test_a_text_costs_what_it_is_long(piece: str) -> None:
    def measure(times: int) -> float:
        start = time.process_time()
        find_pinpoints(piece * times, MATERIALS.works)
        return time.process_time() - start

    # Twice each, since a busy machine is slow for a while: four times the text costs four times, and not sixteen.
    assert min(measure(8000), measure(8000)) < 8 * min(measure(2000), measure(2000)) + 0.2


# Labels


@pytest.mark.parametrize("label", sorted(label for label, meaning in LABELS.items() if "paragraph" in meaning.units))
@pytest.mark.parametrize("stop", ["", " ", "\u00a0"])
def test_every_label_of_paragraphs_is_read_with_its_stop_or_without(label: str, stop: str) -> None:
    for spelling in (label, label.upper(), label.rstrip(".")):
        assert show(f"hrw-2020, {spelling}{stop}13") == (Locator(13, 13),)


def test_a_label_that_is_printed_is_read_as_what_it_says() -> None:
    for unit, (one, many) in PRINTED.items():
        assert (LABELS[one], LABELS[many]) == (((unit,), False), ((unit,), True))


@pytest.mark.parametrize(
    ("locators", "text"),
    [
        ((Locator(13, 13),), "para. 13"),
        ((Locator(13, 15),), "paras. 13–15"),
        ((Locator(13, 13), Locator(15, 17)), "paras. 13, 15–17"),
    ],
)
def test_a_locator_is_printed_with_its_label(locators: tuple[Locator, ...], text: str) -> None:
    assert name_places(locators) == text
    assert label_place(locators, "article") == ("art." if text == "para. 13" else "arts.")


# Sections


@pytest.mark.parametrize(
    ("text", "locator"),
    [("1 f.", (1, 2)), ("1 ff.", (1, 2)), ("2 ff.", (2, 2)), ("3 ff.", (3, 5)),
     ("1-3 et seq.", (1, 5)), ("5 f.", None), ("9 ff.", None)],
)  # fmt: skip
def test_what_follows_ends_with_the_section_or_else_with_the_source(text: str, locator: tuple[int, int] | None) -> None:
    place = read_place(text, 0)

    assert place
    numbering = Numbering("paragraph", list("12345"), sections=["Quays", "Quays", "", "", ""])
    assert locate_span(place.spans[0], numbering) == (locator and Locator(*locator))


@pytest.mark.parametrize(
    ("text", "number"), [("13a", "13a"), ("15(a)", "15(a)"), ("9.2", "9.2"), ("22--99", "99"), ("23 f.", "24"), ("0-3", "0")]
)  # fmt: skip
def test_a_number_that_the_source_lacks_is_told_as_it_is_written(text: str, number: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve_ref(parse_ref(f"hrw-2020, para. {text}"), BASE)

    assert caught.value.message == f"hrw-2020 has no paragraph {number}: it has paragraphs 1-23"
    assert [verdict for _, verdict, _ in examine(f"It is so (hrw-2020, para. {text}).")] == ["out-of-range"]


# What is printed is read back


LOCATORS = st.lists(st.integers(1, LAST), max_size=6, unique=True).map(
    lambda numbers: merge_locators(Locator(number, number) for number in numbers)
)


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(locators=LOCATORS)
def test_every_key_citation_that_is_printed_is_read_back(syntax: str, locators: tuple[Locator, ...]) -> None:
    text = format_key_citation("hrw-2020", locators, syntax)
    kind = {"latex": "latex", "pandoc": "markdown", "myst": "markdown"}.get(syntax, "text")

    assert show(text) == locators
    assert check(f"It is so {text}.", kind) == [locators]


@pytest.mark.parametrize("style", [style.name for style in STYLES])
@pytest.mark.parametrize("form", ["citation", "short", "ibid"])
@settings(max_examples=10)
@given(locators=LOCATORS)
def test_every_citation_that_names_its_source_is_read_back(
    style: str, form: Any, locators: tuple[Locator, ...]
) -> None:
    text = fill_template(BASE.find_forms("hrw-2020", style)[1], locators, form=form).text

    if "Watch" in text:
        assert show(text) == locators
        assert check(f"It is so: {text}", "text")[0] == locators
    else:
        # A bare number is anyone's.
        assert show(text) is None


@pytest.mark.parametrize(
    "text", ["(Human Rights Watch, 2019, para. 13)", "Human Rights Watch, 2020, para. 13 and more", "ibid 13."]
)
def test_what_is_printed_otherwise_is_no_ref(text: str) -> None:
    with pytest.raises(UsageError, match="is not a REF"):
        resolve_ref(parse_ref(text), BASE)


def test_a_citation_of_two_sources_alike_is_neither(tmp_path: Path) -> None:
    source = "{type: report, title: %s, author: [{literal: Anyport Harbour Trust}], issued: 2021, paragraphs: [%s]}"
    paragraph = "{number: 1, section: Quays, begins: The quay was, ends: at last., words: 12, sha256: %s}" % ("a" * 64)
    base = tmp_path / "alike.yaml"
    base.write_text(
        "schema: 1\ntitle: T\nedition: '1'\nscope: S.\nsources:\n"
        + "".join(f"  {key}: {source % (title, paragraph)}\n" for key, title in (("one", "Quays"), ("two", "Crews")))
        + "topics: {quays: {label: Quays}}\nfacts:\n"
        + "  - {id: a-b, claim: The quay of Anyport was rebuilt., cites: {one: 1}, topics: [quays], anchors: [quay]}\n",
        encoding="utf-8",
    )

    outcome = run_rights("show", "(Anyport Harbour Trust, 2021, para. 1)", "--base", str(base))

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "rights: '(Anyport Harbour Trust, 2021, para. 1)' is a citation of one and two alike\n  cite by the key\n"
    )


def test_a_ref_may_stand_in_brackets_and_be_led_in() -> None:
    for text in ("(hrw-2020:13)", "[see @hrw-2020, para. 13]", "(see also hrw-2020, para. 13).", "[-@hrw-2020, ¶13]"):
        assert show(text) == (Locator(13, 13),)
    assert read_key_citation("(hrw-2020:13]") is None


@pytest.mark.parametrize(
    "text", ["Human Rights Watch, 2020, para. 13", "hrw-2020, paras. 13 to 15", "paras. 13-15 of hrw-2020", "hrw-2020:13f."]
)  # fmt: skip
def test_a_place_is_shown_in_every_form(text: str) -> None:
    outcome = run_rights("show", text, "-f", "ids")

    assert (outcome.code, outcome.err) == (0, "")
    assert "absence-from-work-punished" in outcome.out


def test_a_place_that_is_not_understood_is_wrong_usage() -> None:
    outcome = run_rights("show", "hrw-2020, para. 13--x")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "rights: 'hrw-2020, para. 13--x' is not a REF\n  '--x' behind 13 is not understood\n"


def test_the_filters_of_a_search_take_the_same_places() -> None:
    (plain, worded) = (
        run_rights("search", "labor", "--para", place, "-f", "ids") for place in ("12-14", "paras. 12 to 14")
    )

    assert (worded.code, worded.err) == (0, "")
    assert worded == plain


# In a draft


def test_what_is_not_understood_is_a_notice_and_fails_only_when_asked(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("It is so [@hrw-2020, para. 13-x].\n", encoding="utf-8")

    usual, strict = (run_rights("check", str(draft), *more) for more in ((), ("--strict",)))

    assert (usual.code, strict.code) == (0, 1)
    assert (
        usual.out == strict.out == f"{draft}:1:11: unreadable: '-x' behind the paragraph's number is not understood\n"
    )
    sarif = json.loads(run_rights("check", str(draft), "-f", "sarif").out)["runs"][0]
    (result,) = sarif["results"]
    assert (result["ruleId"], result["level"]) == ("pinpoint/unreadable", "note")
    assert sarif["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "pinpoint/unreadable"


def check_house_draft(text: str, folder: Path, source_copy: Path) -> tuple[list[tuple[str, str]], str]:
    """Return the verdicts on a draft with the source's copy attached, and the diff of its repairs."""
    home = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": CACHE}
    assert run_rights("attach", "hrw-2020", str(source_copy), env=home).code == 0
    draft = folder / "draft.md"
    draft.write_text(text, encoding="utf-8")
    results: Sequence[dict[str, str]] = json.loads(run_rights("check", str(draft), "--json", env=home).out)["results"]
    return [(one["kind"], one["verdict"]) for one in results], run_rights("check", str(draft), "--fix", env=home).out


EXACT = [("quotation", "exact"), ("pinpoint", "ok")]


def test_a_quotation_beside_a_range_or_list_that_holds_it_is_exact_and_nothing_is_mended(
    tmp_path: Path, source_copy: Path
) -> None:
    cited = [
        "[@hrw-2020, paras. 16--17]", "(Human Rights Watch, 2020, ¶16, ¶17)", "[@hrw-2020, para. 16 et seq.]",
        "[@hrw-2020, pars. 16&17]", "[@hrw-2020, para. 16, and para. 17]",
    ]  # fmt: skip
    text = "\n\n".join(f'As "State authorities engage in abuses against women" {one}.' for one in cited)

    assert check_house_draft(text, tmp_path, source_copy) == (EXACT * len(cited), "")


def test_a_place_that_the_source_lacks_is_never_well_and_never_mended(tmp_path: Path, source_copy: Path) -> None:
    cited = ["paras. 22--99", "para.\\ 99", "para. 13a", "para. 15(a)", "para. 9.2"]
    text = "\n\n".join(f"It says so [@hrw-2020, {one}]." for one in cited)

    assert check_house_draft(text, tmp_path, source_copy) == ([("pinpoint", "out-of-range")] * len(cited), "")
