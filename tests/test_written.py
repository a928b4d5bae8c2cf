"""Citations as people write them: authors with family names, a document's symbol, an alias, *ibid.*; and sources cited alike."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from rightscli.answers import Library
from rightscli.answers.check import check_text, gather_materials
from rightscli.check.pages import open_pages
from rightscli.check.pinpoints import find_pinpoints
from rightscli.drafts import parse_draft
from rightscli.refs import parse_ref, resolve_ref

WORKS = {
    "lee-kim-2018": [
        "type: book",
        "title: On Songs",
        "author: [{family: Lee, given: A.}, {family: Kim, given: B.}]",
        "issued: 2018",
    ],
    "berg-2019": ["type: book", "title: On Camps", "author: [{family: van der Berg, given: Jan}]", "issued: 2019"],
    "three-2017": [
        "type: book",
        "title: On Tides",
        "author: [{family: Quill, given: Ada}, {family: Mast, given: Ben}, {family: Oar, given: Cy}]",
        "issued: 2017",
    ],
    "council-2014": [
        "type: report",
        "title: Report on the islands",
        'number: "A/HRC/25/63"',
        "author: [{literal: Island Council}]",
        "issued: 2014-02-07",
        'alias: [Islands Report, "COI"]',
    ],
    "doe-v-x": ["type: legal_case", "title: Doe v. Anyport", 'number: "12345/67"', "issued: 2001"],
    "charter-1966": [
        "type: treaty",
        "title: Island Charter of Fishing Rights",
        "authority: Assembly of the Isles",
        "issued: 1966-12-16",
    ],
    "one-2020": ["type: report", "title: First Report", "author: [{literal: Amnesty Harbour}]", "issued: 2020-01-02"],
    "two-2020": ["type: report", "title: Second Report", "author: [{literal: Amnesty Harbour}]", "issued: 2020-06-02"],
}
PARAGRAPHS = 30


def make_base() -> str:
    """Return a base of sources that are cited by family names, by symbols, and alike."""
    lines = ["schema: 1", "title: Works", 'edition: "1"', "scope: Made-up works.", "sources:"]
    for key, fields in WORKS.items():
        lines += [f"  {key}:", *(f"    {field}" for field in fields), "    paragraphs:"]
        lines += [
            f"      - {{number: {n}, section: S, begins: P {n}, ends: of it, words: 9, sha256: {n:064x}}}"
            for n in range(1, PARAGRAPHS + 1)
        ]
    lines += ["topics: {things: {label: Things}}", "facts:"]
    lines += ["  - {id: one-thing, claim: The islands have a thing., cites: {council-2014: 1}, topics: [things]}"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("written") / "works.yaml"
    path.write_text(make_base(), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def library(path: str) -> Library:
    return Library(path)


FORMS = {
    "lee-kim-2018": [
        "Lee and Kim (2018, {})",
        "(Lee & Kim, 2018, {})",
        "(see Lee and Kim 2018, {})",
        "Lee and Kim, {}",
        "A. Lee and B. Kim, On Songs (2018), {}",
        "Lee et al. (2018), {}",
    ],
    "berg-2019": ["(van der Berg, 2019, {})", "Van der Berg (2019), {}", "Berg (2019, {})", "Berg, On Camps, {}"],
    "three-2017": ["Quill, Mast, and Oar (2017, {})", "(Quill et al., 2017, {})", "Quill, Mast & Oar, {}"],
    "council-2014": [
        "A/HRC/25/63, {}",
        "(UN Doc. A/HRC/25/63, 7 February 2014, {})",
        "Island Council, Report on the islands, A/HRC/25/63, {}",
        "Islands Report, {}",
        "COI, {}",
        "{} of A/HRC/25/63",
        "{} of the Islands Report",
        "{} of the Island Council (2014)",
    ],
    "charter-1966": [
        "(Island Charter of Fishing Rights, {})",
        "{} of the Island Charter of Fishing Rights",
        "{} of the *Island Charter of Fishing Rights*",
        "{} of the Island Charter",
        "{} of the ICFR",
        "{} ICFR",
        "ICFR, {}",
        "(ICFR 1966, {})",
        "(Assembly of the Isles 1966, {})",
    ],
    "doe-v-x": ["Doe v. Anyport, 12345/67, {}", "Doe v. Anyport (2001), {}", "12345/67, {}", "{} of Doe v. Anyport"],
    "two-2020": ["Amnesty Harbour, Second Report, 2020, {}"],
}
WRITTEN = [(key, form) for key, forms in FORMS.items() for form in forms]


@pytest.mark.parametrize(("key", "form"), WRITTEN)
@given(number=st.integers(1, PARAGRAPHS))
def test_what_people_write_is_read_alike_as_a_ref_and_in_a_draft(
    library: Library, key: str, form: str, number: int
) -> None:
    index, cited = library.index, form.format(f"para. {number}")
    works = gather_materials(index).works

    target = resolve_ref(parse_ref(cited), index)
    (pinpoint,) = find_pinpoints(f"So it is said {cited}, and so it was.", works)

    assert ((target.source or {})["id"], [str(one) for one in target.locators]) == (key, [str(number)])
    assert (pinpoint.ref, pinpoint.rivals) == (f"{key}:{number}", ())


@pytest.mark.parametrize(
    "text",
    [
        "Lee and Kim (2020, para. 3)",
        "Berg, para. 3",
        "(Bergman, 2019, para. 3)",
        "A/HRC/25/63/Add.1, para. 3",
        "A/HRC/25/631, para. 3",
        "XA/HRC/25/63, para. 3",
        "Quill (2017, para. 3)",
        "COIN, para. 3",
        "para. 3 of the Island Charter of Whaling Rights",
        "para. 3 of the Fishing Charter",
        "para. 3 of the ICFRX",
        "Assembly of the Isles, para. 3",
    ],
)
def test_another_work_is_not_taken_for_one_of_the_base(library: Library, text: str) -> None:
    assert find_pinpoints(f"So it is said {text}.", gather_materials(library.index).works) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A/HRC/25/63", "council-2014"),
        ("COI", "council-2014"),
        ("Islands Report", "council-2014"),
        ("12345/67", "doe-v-x"),
    ],
)
def test_a_symbol_alone_names_its_source(library: Library, text: str, key: str) -> None:
    target = resolve_ref(parse_ref(text), library.index)

    assert ((target.source or {})["id"], target.locators) == (key, ())


def list_verdicts(library: Library, draft: str) -> list[tuple[str, str | None]]:
    return [(one.verdict, one.ref) for one in check_text(library, draft, form="markdown").findings]


def test_ibid_repeats_the_citation_before_it(library: Library) -> None:
    draft = "One (Lee and Kim, 2018, para. 2). Two (ibid., para. 99). Three (ibid.).\n"

    assert list_verdicts(library, draft) == [
        ("ok", "lee-kim-2018:2"),
        ("out-of-range", "lee-kim-2018:99"),
        ("out-of-range", "lee-kim-2018:99"),
    ]


def test_ibid_in_a_note_repeats_the_note_before(library: Library) -> None:
    draft = "One.[^1] Two.[^2]\n\n[^1]: Doe v. Anyport (2001), para. 2.\n[^2]: Ibid., para. 99.\n"

    assert list_verdicts(library, draft) == [("ok", "doe-v-x:2"), ("out-of-range", "doe-v-x:99")]


def test_ibid_with_a_page_repeats_the_work_and_not_the_place(library: Library) -> None:
    works = gather_materials(library.index).works
    pages = open_pages(parse_draft("One (Lee and Kim, 2018, para. 2). Two (ibid., p. 5).", form="text").blocks, works)

    assert [pin.pinpoint.ref for pin in pages[0].pins] == ["lee-kim-2018:2", "lee-kim-2018"]


def test_ibid_after_another_work_is_that_one_s(library: Library) -> None:
    draft = "One (Lee and Kim, 2018, para. 2). Two (Smith, 2020, p. 3). Three (ibid., para. 99).\n"

    assert list_verdicts(library, draft) == [("ok", "lee-kim-2018:2")]


def test_what_may_be_either_of_two_sources_is_ambiguous_and_out_of_range_where_neither_has_it(library: Library) -> None:
    found = check_text(library, "One (Amnesty Harbour, 2020, para. 2), two (Amnesty Harbour, 2020, para. 99).").findings

    assert [(one.verdict, one.is_problem()) for one in found] == [("ambiguous", False), ("out-of-range", True)]
    assert found[0].message == "may be one-2020:2 or two-2020:2: name the title, or cite by the key"


def test_two_sources_that_print_alike_are_told_at_citing(path: str) -> None:
    cited = run_rights("cite", "one-2020:1", "--base", path)
    told = "rights: one-2020 is cited like two-2020: name the title beside it, or cite by the key\n"

    assert (cited.code, cited.out) == (0, "(Amnesty Harbour, 2020, para. 1)\n")
    assert cited.err.startswith(told)
    assert "cited like" not in run_rights("cite", "berg-2019:1", "--base", path).err
    assert "cited like" not in run_rights("cite", "one-2020:1", "--syntax", "pandoc", "--base", path).err


def test_an_alias_is_in_the_source_s_record(path: str) -> None:
    (source,) = json.loads(run_rights("sources", "council-2014", "--base", path, "--json").out)["results"]

    assert source["alias"] == ["Islands Report", "COI"]
