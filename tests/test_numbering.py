"""Numbers as sources print them, in every unit: read, located, printed, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, run_rights
from rightscli.answers.check import gather_materials
from rightscli.base.load import read_base
from rightscli.base.paths import find_bundled_base
from rightscli.check.pinpoints import find_pinpoints
from rightscli.cite.styles import STYLES
from rightscli.cite.syntaxes import SYNTAXES, format_key_citation
from rightscli.cite.templates import fill_template
from rightscli.errors import BadBaseError, NotFoundError, RightsError
from rightscli.index.building import open_index
from rightscli.passages import make_ref, name_shown_unit, read_numbering, show_locators
from rightscli.refs import parse_ref, resolve_ref
from rightscli.text.folding import hash_text
from rightscli.text.locators import UNITS, Locator, fold_number, merge_locators
from rightscli.text.numbering import Numbering
from rightscli.text.places import flatten_signs, locate_span, name_places, read_place

BASE = str(ROOT / "tests" / "data" / "numbers.yaml")
INDEX = open_index(BASE, None)
MATERIALS = gather_materials(INDEX)
SOURCES: dict[str, Any] = {key: INDEX.get_source(key) for key in INDEX.list_sources()}
# What is listed in numbers.yaml, the parents too; and pages of a book that nobody has a copy of.
PAGES = [Locator(1, 1), Locator(45, 47), Locator(212, 212), *Numbering("page", ()).locate_pages("1")]

DIGITS = st.integers(1, 400).map(str)
ROMANS = st.sampled_from("i ii iii iv v vi ix x xiv xl xcix cxx".split())
NUMBERS = st.one_of(
    DIGITS,
    st.builds("{}{}".format, DIGITS, st.sampled_from(["a", "b", "z", "bis", "ter"])),
    st.builds("{}({})".format, DIGITS, st.sampled_from(["1", "12", "a", "iv"])),
    st.builds("{}.{}".format, DIGITS, DIGITS),
    st.builds("{}({})({})".format, DIGITS, st.sampled_from(["1", "2"]), st.sampled_from(["b", "x"])),
)
# Roman numbers stand in front, as in books.
NUMBERINGS = st.builds(
    lambda unit, romans, numbers: Numbering(unit, [*romans, *numbers]),
    st.sampled_from(UNITS),
    st.lists(ROMANS, max_size=4, unique=True),
    st.lists(NUMBERS, min_size=1, max_size=8, unique_by=fold_number),
)


def resolve(text: str) -> tuple[Locator, ...]:
    return resolve_ref(parse_ref(text), INDEX).locators


def draw_locators(data: st.DataObject, numbering: Numbering) -> tuple[Locator, ...]:
    """Return places in a source; of one without passages, pages."""
    if not numbering.numbers:
        pages = st.builds(lambda first, more: Locator(first, first + more), st.integers(1, 400), st.integers(0, 9))
        return merge_locators(data.draw(st.lists(pages, min_size=1, max_size=4)))
    ends = st.tuples(*[st.integers(1, len(numbering.numbers))] * 2).map(sorted)
    spans = data.draw(st.lists(ends, min_size=1, max_size=4))
    return merge_locators(numbering.locate_positions(first, last) for first, last in spans)


# A place is read as it is printed


@settings(max_examples=300)
@given(numbering=NUMBERINGS, data=st.data())
def test_every_place_that_is_printed_is_read_back(numbering: Numbering, data: st.DataObject) -> None:
    locators = draw_locators(data, numbering)

    for text in (name_places(locators, numbering.unit), name_places(locators, numbering.unit, dash="--", blank="~")):
        place = read_place(flatten_signs(text), 0)
        assert place
        assert numbering.unit in place.units
        assert (place.unread, place.end) == ("", len(text))
        assert tuple(locate_span(span, numbering) for span in place.spans) == locators


@given(numbering=NUMBERINGS)
def test_a_number_names_its_passage_and_a_parent_its_parts(numbering: Numbering) -> None:
    for position, number in enumerate(numbering.numbers, start=1):
        found = numbering.locate(number.upper())
        assert found
        assert (found.first, found.last, str(found)) == (position, position, number)
        if parent := number.rpartition("(")[0]:
            whole = numbering.locate(parent)
            assert whole is None or number == parent or position in whole.positions or parent in numbering.numbers


@pytest.mark.parametrize(
    ("text", "located"),
    [
        ("2", Locator(2, 3, "2")),
        ("2(1)", Locator(2, 2, "2(1)")),
        ("2-5", Locator(2, 4, "2-5")),
        ("1-2", Locator(1, 3, "1-2")),
        ("2(2)-5", Locator(3, 4, "2(2)-5")),
        ("5", Locator(4, 4, "5")),
        ("3", None),
        ("2(3)", None),
        ("5-1", None),
    ],
)
def test_a_range_goes_by_the_order_of_the_file(text: str, located: Locator | None) -> None:
    place = read_place(text, 0)

    assert place
    assert locate_span(place.spans[0], read_numbering(SOURCES["charter"])) == located


def test_parts_that_do_not_follow_each_other_have_no_parent() -> None:
    numbering = Numbering("article", ["1(1)", "2", "1(2)"])

    assert numbering.locate("1") is None
    assert numbering.locate("1(1)", "1(2)") == Locator(1, 3, "1(1)-1(2)")


def test_a_number_with_an_f_at_the_end_of_a_sentence_is_that_number() -> None:
    numbering = Numbering("section", ["13", "13f", "14"])
    place = read_place("s. 13f.", 0)

    assert place
    assert locate_span(place.spans[0], numbering) == Locator(2, 2, "13f")


# Every form of REF, and what is printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("charter:2", "charter:2@0a688d1e"),
        ("charter:2(1)", "charter:2(1)@22222222"),
        ("charter:2(1),5@4eec52ee", None),
        ("charter, art. 2(1)", "charter:2(1)@22222222"),
        ("charter, article 2 (1)", "charter:2(1)@22222222"),
        ("Article 5 of charter", "charter:5@44444444"),
        ("arts. 1 and 5 of charter", None),
        ("[@charter, art. 2(2)]", "charter:2(2)@33333333"),
        ("(“Charter of the Harbour of Vestmar,” 1948, art. 2(2))", "charter:2(2)@33333333"),
        ("judgment:23A", "judgment:23a@88888888"),
        ("judgment [23a]", None),
        ("judgment, § 7", "judgment:7@55555555"),
        ("judgment, paras. 8 ff.", None),
        ("rules, r. 3.10", "rules:3.10@bbbbbbbb"),
        ("rules:3", None),
        ("rule 4bis of rules", "rules:4bis@cccccccc"),
        ("letters:ii-x", "letters:ii-x"),
        ("letters:v", None),
        ("letters, s. x", "letters:x"),
        ("sections i to ii of letters", "letters:i-ii"),
        ("history:xii", "history:xii"),
        ("history, pp. xii, 45–47", "history:xii,45-47"),
        ("(Lund, p. 45)", "history:45"),
        ("memoir, p. 17", "memoir:2-3@87d1131f"),
        ("memoir, p. iv", "memoir:1@dddddddd"),
        ("memoir:1", "memoir:1@dddddddd"),
    ],
)
def test_a_ref_is_read_in_every_form(text: str, printed: str | None) -> None:
    try:
        target = resolve_ref(parse_ref(text), INDEX)
    except RightsError:
        assert printed is None
        return
    assert target.source
    ref = make_ref(target.source, target.locators)
    if printed:
        assert ref == printed
    assert resolve(ref) == target.locators


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("charter:3", "charter has no article 3: it has articles 1-5"),
        ("charter, p. 3", "charter has articles, not pages: it has articles 1-5"),
        ("charter, para. 5", "charter has articles, not paragraphs: it has articles 1-5"),
        ("judgment:9", "judgment has no paragraph 9: it has paragraphs 7-23a"),
        ("judgment:5-8", "judgment has no paragraph 5: it has paragraphs 7-23a"),
        ("judgment:11-7.", None),
        ("rules, art. 3", "rules has rules, not articles: it has rules 3.1-4bis"),
        ("letters:v", "letters has no section v: it has sections i-x"),
        ("history:9a", "history has no page 9a: it has pages such as 9 or ix"),
        ("history, para. 9", "history has pages, not paragraphs: it has pages such as 9 or ix"),
        ("memoir, p. 3", "memoir has no passage on page 3"),
    ],
)
def test_what_is_not_there_is_told_with_the_real_range_in_its_unit(text: str, message: str | None) -> None:
    with pytest.raises(RightsError) as caught:
        resolve(text)

    if message:
        assert isinstance(caught.value, NotFoundError)
        assert caught.value.message == message


@pytest.mark.parametrize("key", SOURCES)
@settings(max_examples=30)
@given(data=st.data())
def test_every_ref_and_key_citation_that_is_printed_is_read_back(key: str, data: st.DataObject) -> None:
    source = SOURCES[key]
    locators = draw_locators(data, read_numbering(source))

    assert resolve(make_ref(source, locators)) == locators
    for syntax in SYNTAXES:
        text = format_key_citation(key, locators, syntax, source["unit"])
        assert resolve(text) == locators
        (found,) = find_pinpoints(f"It is so {text}.", MATERIALS.works)
        assert (found.locators, found.unread) == (locators, "")


@pytest.mark.parametrize("style", [style.name for style in STYLES] + [""])
@pytest.mark.parametrize("key", SOURCES)
@settings(max_examples=8)
@given(data=st.data())
def test_every_citation_that_names_its_source_is_read_back(key: str, style: str, data: st.DataObject) -> None:
    source = SOURCES[key]
    locators = draw_locators(data, read_numbering(source))
    shown = show_locators(source, locators)
    used, forms = INDEX.find_forms(key, style)
    assert used == (style or used)
    author = source["csl"].get("author", [{"literal": source["csl"]["title"]}])[0]
    text = fill_template(forms, shown).text

    names = (author.get("family") or author["literal"], source["csl"]["title"])
    if any(name in text for name in names) and str(shown[0]).partition("-")[0] in text:
        found = resolve(text)
        if source.get("cited_by"):
            # All that stands on those pages is named.
            assert {at for one in found for at in one.positions} >= {at for one in locators for at in one.positions}
        else:
            assert found == locators


# The base


def test_a_locator_s_record_has_the_unit_and_the_number_as_printed() -> None:
    facts = {fact["id"]: fact["citations"] for fact in INDEX.read_facts()}

    assert [cited["locator"] for cited in facts["no-docker-held"]] == [{"label": "article", "value": "2"}]
    assert [cited["locator"] for cited in facts["dockers-held-for-weeks"]] == [
        {"label": "paragraph", "value": "7-11"},
        {"label": "paragraph", "value": "3", "page": "17-18"},
    ]
    assert [cited["locator"]["value"] for cited in facts["harbour-of-ice"]] == ["xii", "45-47"]
    assert [cited.get("proven") for cited in facts["harbour-of-ice"]] == [False, False]
    assert "proven" not in facts["trust-pays"][0]
    assert [one["number"] for one in SOURCES["charter"]["paragraphs"]] == ["1", "2(1)", "2(2)", "5"]
    assert [name_shown_unit(source) for source in SOURCES.values()] == [
        "article", "paragraph", "rule", "page", "page", "section"
    ]  # fmt: skip


def test_facts_are_found_by_a_part_and_by_its_parent() -> None:
    outcome = run_rights("show", "charter:2(2)", "charter:2", "history:46", "memoir, p. 18", "--base", BASE)

    assert (outcome.code, outcome.err) == (0, "")
    ids = [line.partition("\t")[0] for line in outcome.out.splitlines()]
    assert ids == ["no-docker-held", "harbour-of-ice", "dockers-held-for-weeks"]


def test_check_says_the_right_unit_and_what_nobody_can_prove(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Vestmar's charter of 1948 forbids to hold a docker [@charter, art. 2(2)].\n\n"
        "It says so [@charter, p. 3].\n\nIt says so [@rules, r. 3.9].\n\n"
        "The harbour of Vestmar froze in 1890 [@history, p. xii].\n\n"
        "Letters of Vestmar's dockers stayed unanswered in 1988 [@letters, § ii].\n",
        encoding="utf-8",
    )
    outcome = run_rights("check", str(draft), "--base", BASE, "--json")
    found = [(one["kind"], one["verdict"], one["message"]) for one in json.loads(outcome.out)["results"]]

    assert ("pinpoint", "out-of-range", "charter has articles, not pages: it has articles 1-5") in found
    assert ("pinpoint", "out-of-range", "rules has no rule 3.9: it has rules 3.1-4bis") in found
    assert ("pinpoint", "ok", "charter:2(2) is there") in found
    assert ("pinpoint", "ok", "history:xii is there") in found
    assert ("statement", "supported", "restates no-docker-held") in found
    assert [one[1] for one in found if one[0] == "statement"] == ["supported", "retracted", "unproven"]
    assert any(one[2].startswith("restates letters-unanswered, which no copy can prove") for one in found)


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("Article 2 of charter, and pp. xii-xiv of history.", ["charter:2", "history:xii-xiv"]),
        ("In letters, part I saw nothing; in letters, sec. I nothing either.", []),
        ("So it is [@letters, secs. i, x] [@rules, r. 3.10] [@judgment, para. 23a].",
         ["letters:i,x", "rules:3.10", "judgment:23a"]),
    ],
)  # fmt: skip
def test_a_draft_cites_a_place_by_its_own_unit(text: str, refs: list[str]) -> None:
    assert [one.ref for one in find_pinpoints(text, MATERIALS.works)] == refs


def test_the_place_in_another_s_text_behind_a_citation_is_not_the_source_s() -> None:
    works = gather_materials(open_index(find_bundled_base(), None)).works
    text = "Human Rights Watch (2020) says that the Covenant (art. 9) was broken (see p. 3), in Part 2 too (para. 13)."

    assert [one.ref for one in find_pinpoints(text, works)] == ["hrw-2020", "hrw-2020:13"]


HEAD = "schema: 1\ntitle: T\nedition: '1'\nscope: S.\n"
SHA256 = "a" * 64
ROW = f"words: 40, sha256: {SHA256}"
FACT = "{id: a-fact, claim: It is so., cites: {one: %s}}"


def write_base(tmp_path: Path, source: str, cites: str, *, more: str = "", first: str = "sources") -> str:
    """Write a base with the source ``one``, and a fact that cites it; *more* are further fields of that fact."""
    fact = (FACT % cites).removesuffix("}") + (f", {more}}}" if more else "}")
    parts = {
        "sources": f"sources: {{{source}}}\n",
        "facts": f"facts: [{fact}, {{id: b-fact, claim: So., cites: {{one: 1}}}}]\n",
    }
    rest = "facts" if first == "sources" else "sources"
    path = tmp_path / "base.yaml"
    path.write_text(f"{HEAD}{parts[first]}topics: {{a: {{label: A}}}}\n{parts[rest]}", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("first", ["sources", "facts"])
@pytest.mark.parametrize(
    ("cites", "locators"),
    [
        ("1", [Locator(1, 1)]),
        ("'2'", [Locator(2, 3, "2")]),
        ("'2(2)-3'", [Locator(3, 4, "2(2)-3")]),
        ("[1, '2(1)', iv]", [Locator(1, 1), Locator(2, 2, "2(1)"), Locator(5, 5, "iv")]),
    ],
)
def test_facts_cite_numbers_as_printed_wherever_the_sources_stand(
    first: str, cites: str, locators: list[Locator], tmp_path: Path
) -> None:
    numbers = ("1", "'2(1)'", "'2(2)'", "3", "iv")
    rows = ", ".join(f"{{number: {number}, {ROW}}}" for number in numbers)
    source = f"one: {{type: treaty, title: T, unit: article, paragraphs: [{rows}]}}"

    base = read_base(write_base(tmp_path, source, cites, first=first))

    assert [cited.locator for cited in base.facts[0].citations] == locators


ONE = f"one: {{type: treaty, title: T, unit: article, paragraphs: [{{number: 1, {ROW}}}, {{number: 5a, {ROW}}}]%s}}"
OTHER = f"two: {{type: book, title: T, paragraphs: [{{number: 1, {ROW}}}]%s}}"
BOOK = "one: {type: book, title: T, unit: page}"


@pytest.mark.parametrize("first", ["sources", "facts"])
@pytest.mark.parametrize(
    ("source", "cites", "more", "complaints"),
    [
        (ONE % "", "5", "", ["facts.a-fact.cites.one: the source has no article 5: it has articles 1-5a"]),
        (ONE % "", "5a-1", "", ["facts.a-fact.cites.one: '5a-1' runs backwards; write 1-5a"]),
        (ONE % "", "[1, 5A, 5a]", "", ["facts.a-fact.cites.one.3: '5a' is listed twice"]),
        (BOOK, "'iv-vi'", "", []),
        (BOOK, "9a", "", ["facts.a-fact.cites.one: a source without passages is cited by pages: 13, 13-15 or iv"]),
        (BOOK, "1-999999", "", ["facts.a-fact.cites.one: a range of more than 10,000 pages"]),
        (ONE % ", cited-by: page", "1", "", [
            "sources.one.paragraphs.1: a source that is cited by page needs the passage's page",
            "sources.one.paragraphs.2: a source that is cited by page needs the passage's page",
        ]),
        (ONE % ", cited-by: line", "1", "", ["sources.one.cited-by: no cited-by 'line'; page is expected"]),
        (ONE % ", edition-of: one", "1", "", ["sources.one.edition-of: a source cannot be an edition of itself"]),
        (ONE % ", edition-of: tow" + ", " + OTHER % "", "1", "", [
            "sources.one.edition-of: no source 'tow'"
        ]),
        (ONE % ", edition-of: two" + ", " + OTHER % ", edition-of: one", "1", "", [
            "sources.one.edition-of: a circle: one > two > one"
        ]),
        (ONE % ", alias: [The Law]" + ", " + OTHER % ", alias: [the law]", "1", "", [
            "sources.two.alias: 'the law' is an alias of one too"
        ]),
        (ONE % ", was: [two]" + ", " + OTHER % "", "1", "", ["sources.one.was: a source is called 'two' now"]),
        (ONE % ", was: [old]", "1", "was: [old]", None),
        (ONE % "", "1", "was: [b-fact]", ["facts.a-fact.was: a fact is called 'b-fact' now"]),
        (ONE % "", "1", "was: [a-fact]", ["facts.a-fact.was.1: this is its name now"]),
        (ONE % "", "1", "retracted: {on: 2026, because: x, for: b-fact}", []),
        (ONE % "", "1", "retracted: {on: 2026, because: x, for: c-fact}", [
            "facts.a-fact.retracted.for: no fact 'c-fact'; did you mean 'b-fact'?"
        ]),
        (ONE % "", "1", "retracted: {on: 2026, because: x, for: a-fact}", [
            "facts.a-fact.retracted.for: a fact cannot stand for itself"
        ]),
        (ONE % "", "1", "retracted: {on: soon}", [
            "facts.a-fact.retracted: the field 'because' is missing",
            "facts.a-fact.retracted.on: 'soon' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B",
        ]),
    ],
)  # fmt: skip
def test_what_a_source_or_fact_says_of_others_is_checked(
    first: str, source: str, cites: str, more: str, complaints: list[str] | None, tmp_path: Path
) -> None:
    path = write_base(tmp_path, source, cites, more=more, first=first)
    try:
        read_base(path)
    except BadBaseError as error:
        found = sorted(message.removeprefix(path).split(": ", 1)[1] for message in error.messages)
    else:
        found = []

    if complaints is None:
        # Whichever of the two comes second is told.
        assert [message.partition(":")[2].strip() for message in found] == [
            "'old' is a former name of sources.one too"
            if first == "sources"
            else "'old' is a former name of facts.a-fact too"
        ]
    else:
        assert found == sorted(complaints)


def test_a_copy_is_proven_number_by_number_and_kept_by_them(tmp_path: Path) -> None:
    texts = {
        "2(1)": "Every docker of the harbour may rest.",
        "4bis": "No pilot may be held.",
        "iv": "So it was agreed by all.",
    }
    rows = "".join(
        f"      - {{number: {number!r}, words: {len(text.split())}, sha256: {hash_text(text)}}}\n"
        for number, text in texts.items()
    )
    base, copy = tmp_path / "base.yaml", tmp_path / "copy.txt"
    base.write_text(
        f"{HEAD}sources:\n  one:\n    type: treaty\n    title: T\n    unit: article\n    paragraphs:\n{rows}"
        "topics: {a: {label: A}}\nfacts: [{id: a-fact, claim: It is so., cites: {one: 4bis}}]\n",
        encoding="utf-8",
    )
    copy.write_text("\n".join(texts.values()), encoding="utf-8")
    home = {"XDG_DATA_HOME": str(tmp_path / "data")}

    attached = run_rights("attach", "one", str(copy), "--base", str(base), env=home)
    quoted = run_rights("quote", "one:2(1)", "--verbatim", "--base", str(base), env=home)
    shown = run_rights("show", "a-fact", "--context", "1", "--base", str(base), "--json", env=home)
    # Renumbered and edited: what has its words is its passage, and what has its number only a changed one.
    base.write_text(
        base.read_text("utf-8").replace("'2(1)'", "'2'").replace("number: 'iv'", "number: 'v'"), encoding="utf-8"
    )
    moved = run_rights("show", "one:4bis", "--context", "2", "--base", str(base), "--json", env=home)

    assert (attached.code, attached.err) == (0, "rights: attached 3 of 3 articles of one, proven word for word\n")
    assert "Every docker of the harbour may rest" in quoted.out
    assert "art. 2(1)" in quoted.out
    for outcome, numbers in ((shown, ["2(1)", "4bis", "iv"]), (moved, ["2", "4bis", "v"])):
        words = json.loads(outcome.out)["context"]
        assert [(one["number"], one["proven"]) for one in words] == [(number, True) for number in numbers]


def test_a_source_without_a_copy_takes_none(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("The harbour froze.", encoding="utf-8")

    outcome = run_rights("attach", "history", str(copy), "--base", BASE)

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "rights: the base was made without a copy of history, so that none can be proven\n"
