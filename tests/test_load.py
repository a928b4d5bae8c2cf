"""facts.yaml → FactBase: what is read, and every complaint, word for word."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

from rightscli.base import load
from rightscli.base.load import read_base
from rightscli.base.model import Citation, Fact, FactBase, Name, Paragraph, Source, Topic
from rightscli.base.paths import find_bundled_base
from rightscli.errors import BadBaseError, UnreadableError
from rightscli.text.locators import Locator

A = "a" * 64
B = "b" * 64
BASE = f"""\
schema: 1
title: Small base
edition: "1.10"
scope: What the tests need.
license: CC0-1.0
sources:
  un-2014:
    type: report
    title: "Report: the findings"
    issued: 2014-02
    author: [{{literal: UN}}, {{family: Kirby, given: Michael}}]
    URL: https://example.org/
    paragraphs:
      - {{number: 1, section: One, begins: “It, ends: it’s, words: 70, sha256: {A}}}
      - {{number: 2, section: One, begins: no, ends: 12:30, words: 2, sha256: {B}}}
topics:
  rights: {{label: Rights}}
  prisons: {{label: Prisons, alt: [jails], hidden: [prisns], broader: rights, related: [work]}}
  work: {{label: Work, broader: rights}}
facts:
  - id: first-fact
    claim: >
      It holds
      for two lines.
    cites: {{un-2014: 1}}
    topics: [prisons, work]
    date: 2013/2014
    according_to: the commission
    anchors: [no, 12:30]
    terms: [2014]
  - id: second-fact
    claim: Another claim.
    cites: {{un-2014: [2, 1-2]}}
"""

Complain: TypeAlias = Callable[[str | bytes], list[str]]


@pytest.fixture
def complain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Complain:
    """Return what reads a text as ``facts.yaml`` and gives every complaint, without the ``facts.yaml:`` before it."""
    monkeypatch.chdir(tmp_path)

    def complain(text: str | bytes) -> list[str]:
        Path("facts.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            read_base("facts.yaml")
        except BadBaseError as error:
            messages = error.messages
        else:
            return []
        assert all(message.startswith("facts.yaml:") for message in messages)
        return [message.removeprefix("facts.yaml:") for message in messages]

    return complain


def replace_once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


# What is read


def test_a_base_is_read_whole_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(BASE, encoding="utf-8")

    base = read_base(path)

    first, second = Paragraph("1", "One", "“It", "it’s", 70, A, 14), Paragraph("2", "One", "no", "12:30", 2, B, 15)
    assert base == FactBase(
        path=str(path),
        sha256=sha256(BASE.encode()).hexdigest(),
        title="Small base",
        edition="1.10",
        scope="What the tests need.",
        license="CC0-1.0",
        sources={
            "un-2014": Source(
                key="un-2014",
                type="report",
                title="Report: the findings",
                names={"author": (Name(literal="UN"), Name(family="Kirby", given="Michael"))},
                dates={"issued": "2014-02"},
                fields={"URL": "https://example.org/"},
                paragraphs=(first, second),
            )
        },
        topics={
            "rights": Topic("rights", "Rights"),
            "prisons": Topic("prisons", "Prisons", ("jails",), ("prisns",), "rights", ("work",)),
            "work": Topic("work", "Work", broader="rights"),
        },
        facts=(
            Fact(
                id="first-fact",
                claim="It holds for two lines.",
                citations=(Citation("un-2014", Locator(1, 1)),),
                topics=("prisons", "work"),
                date="2013/2014",
                according_to="the commission",
                anchors=("no", "12:30"),
                terms=("2014",),
            ),
            Fact(
                id="second-fact",
                claim="Another claim.",
                citations=(Citation("un-2014", Locator(2, 2)), Citation("un-2014", Locator(1, 2))),
            ),
        ),
    )
    assert [paragraph.line for paragraph in base.sources["un-2014"].paragraphs] == [14, 15]
    assert [source.line for source in base.sources.values()] == [7]
    assert [topic.line for topic in base.topics.values()] == [17, 18, 19]
    assert [fact.line for fact in base.facts] == [21, 31]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("license: CC0-1.0\n", "", id="no license"),
        pytest.param("\n", "\r\n", id="CRLF"),
        pytest.param("schema: 1\n", "\ufeff# a comment\n%YAML 1.1\n---\nschema: 1\n"[13:], id="a directive"),
        pytest.param("schema: 1\n", "\ufeffschema: 1\n", id="a byte order mark"),
        pytest.param("schema: 1\n", "---\nschema: '1'\n", id="a document start and a quoted number"),
        pytest.param("date: 2013/2014", "date: 197X~", id="a decade, about"),
        pytest.param("claim: Another claim.", "claim: '  Another claim. '", id="blanks around a text"),
        pytest.param("claim: Another claim.", "claim: |\n      Two\n      lines.", id="two lines"),
        pytest.param("claim: Another claim.", "claim: no", id="no"),
        pytest.param("topics: [prisons, work]", "topics: []", id="an empty list"),
        pytest.param("{un-2014: 1}", '{un-2014: "1"}', id="a quoted locator"),
        pytest.param("claim: Another claim.", f"claim: {'x' * 10_000}", id="a text of 10,000 characters"),
    ],
)
def test_these_are_all_fine(complain: Complain, old: str, new: str) -> None:
    assert complain(BASE.replace(old, new)) == []


@pytest.mark.parametrize("rest", ["sources: {}\ntopics: {}\nfacts: []\n", "sources:\ntopics:\n# none yet\nfacts:\n"])
def test_sources_topics_and_facts_may_be_empty(complain: Complain, rest: str) -> None:
    assert complain(BASE[: BASE.index("sources:")] + rest) == []


def test_facts_may_come_before_what_they_refer_to(complain: Complain) -> None:
    facts, rest = BASE[BASE.index("facts:") :], BASE[: BASE.index("facts:")]

    assert complain(facts + rest) == []
    assert complain(facts.replace("work]", "wrok]").replace("[2,", "[3,") + rest) == [
        "7: facts.first-fact.topics.2: no topic 'wrok'; did you mean 'work'?",
        "14: facts.second-fact.cites.un-2014.1: the source ends at paragraph 2",
    ]


def test_the_path_is_kept_as_the_user_named_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my facts.yaml").write_text(BASE, encoding="utf-8")

    assert read_base("./my facts.yaml").path == "./my facts.yaml"


def test_the_bundled_base_is_found_and_read() -> None:
    base = read_base(find_bundled_base())

    assert base.facts


# Complaints

WAY_OUT = (
    "; write out what it stands for, each time; a program that writes YAML can be told to (PyYAML: ignore_aliases)"
)
CLAIM = "claim: Another claim."
CITES = "{un-2014: 1}"
TOPICS = "topics: [prisons, work]"
AUTHOR = "author: [{literal: UN}, {family: Kirby, given: Michael}]"
PARAGRAPHS = BASE[BASE.index("    paragraphs:") : BASE.index("topics:\n")]
SOURCES = BASE[BASE.index("sources:") : BASE.index("topics:\n")]
NO_ID = "is no id; lower-case letters, digits and single hyphens are expected"
NO_PARAGRAPH = "is no paragraph; 13 or 13-15 is expected"
NO_NUMBER = "is no whole number from 1 to 999,999,999"
NO_PASSAGE = "is no number of a passage; 13, 23a, 11(1), 3.2 or iv is expected"
NO_DATE = "is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B"
NO_SHA = "is no SHA-256; 64 hex digits in lower case are expected"
AT = "facts.first-fact"
AT_2 = "facts.second-fact"
SOURCE = "sources.un-2014"
PARAGRAPH = f"{SOURCE}.paragraphs"

ROWS: list[tuple[str, str, list[str]]] = [
    # What YAML is not
    (
        CLAIM,
        "claim: One: two.",
        [
            "32: mapping values are not allowed in this context; text with a colon and a blank in it needs quotes",
        ],
    ),
    (
        CLAIM,
        "claim: @x",
        [
            "32: found character that cannot start any token; indent with blanks, and quote text that starts with @, "
            "` or %"
        ],
    ),
    (
        CLAIM,
        "claim: 'Another",
        ["34: found unexpected end of stream while scanning a quoted scalar that starts on line 32"],
    ),
    (CLAIM, 'claim: "\\UFFFFFFFF"', ["32: found invalid Unicode character escape code"]),
    (CLAIM, "claim: !e!x y", ["32: found undefined tag handle"]),
    (CLAIM, f"{'x' * 2000}: x", ["32: could not find expected ':'"]),
    # What YAML has and a base has not
    (CLAIM, "claim: !!str x", [f"32: {AT_2}.claim: tags are not allowed: '!!str'"]),
    (CLAIM, "claim: !foo x", [f"32: {AT_2}.claim: tags are not allowed: '!foo'"]),
    (CLAIM, "claim: ! x", [f"32: {AT_2}.claim: tags are not allowed: '!'"]),
    (
        CLAIM,
        "claim: !!python/object/apply:os.system [x]",
        [f"32: {AT_2}.claim: tags are not allowed: '!!python/object/apply:os.system'"],
    ),
    (CLAIM, "!x claim: y", [f"31: {AT_2}: the field 'claim' is missing", f"32: {AT_2}: tags are not allowed: '!x'"]),
    ("topics:\n", "topics: !!map\n", ["16: topics: tags are not allowed: '!!map'"]),
    ("facts:\n", "facts: &all\n", [f"20: facts: anchors are not allowed: '&all'{WAY_OUT}"]),
    ("schema: 1\n", "--- &all\nschema: 1\n", [f"1: anchors are not allowed: '&all'{WAY_OUT}"]),
    (CLAIM, "claim: &x y", [f"32: {AT_2}.claim: anchors are not allowed: '&x'{WAY_OUT}"]),
    (CLAIM, "claim: *x", [f"32: {AT_2}.claim: aliases are not allowed: '*x'{WAY_OUT}"]),
    (CLAIM, f"{CLAIM}\n    <<: *x", [f"33: {AT_2}.<<: aliases are not allowed: '*x'{WAY_OUT}"]),
    (CLAIM, f"{CLAIM}\n    *x : y", [f"33: {AT_2}: aliases are not allowed: '*x'{WAY_OUT}"]),
    (CLAIM, f"{CLAIM}\n    ? [a]\n    : b", [f"33: {AT_2}: a key must be text, not a list"]),
    (CLAIM, f"{CLAIM}\n    ? {{a: b}}\n    : b", [f"33: {AT_2}: a key must be text, not a mapping"]),
    (BASE, f"{BASE}---\nschema: 1\n", ["34: a second document starts here; a base is one document"]),
    (CLAIM, f"{CLAIM}\n    {CLAIM}", [f"33: {AT_2}.claim: this key is given twice; first on line 32"]),
    ("scope:", "title: x\nscope:", ["4: title: this key is given twice; first on line 2"]),
    (BASE, f"{BASE}facts: []\n", ["34: facts: this key is given twice; first on line 20"]),
    ("  work: {", "  rights: {label: x}\n  work: {", ["19: topics.rights: this key is given twice; first on line 17"]),
    (CITES, "{un-2014: 1, un-2014: 2}", [f"25: {AT}.cites.un-2014: this key is given twice; first on line 25"]),
    (CLAIM, "claim: " + "[" * 100_000, ["32: lists and mappings go deeper than 12 levels here"]),
    (CLAIM, "claim: " + "{a: " * 100_000, ["32: lists and mappings go deeper than 12 levels here"]),
    (BASE, "? " * 100_000, ["1: lists and mappings go deeper than 12 levels here"]),
    (BASE, "[" * 100_000, ["1: lists and mappings go deeper than 12 levels here"]),
    (CLAIM, f"claim: {'x' * 10_001}", [f"32: {AT_2}.claim: the text has 10,001 characters; the limit is 10,000"]),
    (CLAIM, f"claim: {'x' * 1_000_000}", [f"32: {AT_2}.claim: the text has 1,000,000 characters; the limit is 10,000"]),
    # Characters
    (CLAIM, "claim: x\0y", ["32: a NUL is not allowed"]),
    (CLAIM, "claim: x\ay # \x85", ["32: the control character U+0007 is not allowed"]),
    (CLAIM, "claim: x # \x1b", ["32: the control character U+001B is not allowed"]),
    (CLAIM, "claim: x\u2028y", ["32: the control character U+2028 is not allowed"]),
    (CLAIM, 'claim: "x\\ay"', [f"32: {AT_2}.claim: the control character U+0007 is not allowed"]),
    (CLAIM, 'claim: "x\\0y"', [f"32: {AT_2}.claim: the control character U+0000 is not allowed"]),
    (CLAIM, 'claim: "x\\ry"', [f"32: {AT_2}.claim: the control character U+000D is not allowed"]),
    # The file as a whole
    (BASE, "", ["1: the file is empty"]),
    (BASE, "\ufeff\n", ["1: the file is empty"]),
    (BASE, "# nothing yet\n", ["1: the file holds nothing but comments"]),
    (BASE, "--- \n", ["2: a mapping is expected, not empty text"]),
    (BASE, "- x\n", ["1: a mapping is expected, not a list"]),
    (BASE, "x\n", ["1: a mapping is expected, not text"]),
    (BASE, "{}", [f"1: the field '{name}' is missing" for name in load._BASE_REQUIRED]),
    ("schema: 1", "schema: 2", ["1: schema: schema 2 is not known; this version reads schema 1"]),
    (BASE, "what: ever\nschema: 2\n", ["2: schema: schema 2 is not known; this version reads schema 1"]),
    ("schema: 1", "schema: [1]", ["1: schema: text is expected, not a list"]),
    ("schema: 1", "schema:", ["1: schema: the text is empty"]),
    ("title: Small", "titel: Small", ["2: unknown field 'titel'; did you mean 'title'?"]),
    ("license:", "licence:", ["5: unknown field 'licence'; did you mean 'license'?"]),
    ("license: CC0-1.0", "license: ''", ["5: license: the text is empty"]),
    ("scope: What the tests need.\n", "", ["1: the field 'scope' is missing"]),
    (SOURCES, "", ["1: the field 'sources' is missing"]),
    (SOURCES, "sources: ~\n", ["6: sources: a mapping is expected, not text"]),
    (SOURCES, "sources: []\n", ["6: sources: a mapping is expected, not a list"]),
    (BASE[BASE.index("facts:") :], "facts: {}\n", ["20: facts: a list is expected, not a mapping"]),
    (BASE[BASE.index("facts:") :], "facts: [x]\n", ["20: facts[1]: a mapping is expected, not text"]),
    # Sources
    ("  un-2014:", "  UN 2014:", [f"7: sources.UN 2014: 'UN 2014' {NO_ID}"]),
    ("type: report", "type: raport", [f"8: {SOURCE}.type: no CSL type 'raport'; did you mean 'report'?"]),
    ("type: report", "type: [report]", [f"8: {SOURCE}.type: text is expected, not a list"]),
    ("issued: 2014-02", "issued: soon", [f"10: {SOURCE}.issued: 'soon' {NO_DATE}"]),
    ("URL:", "url:", [f"12: {SOURCE}: unknown field 'url'; did you mean 'URL'?"]),
    ("URL: https://example.org/", "URL: {}", [f"12: {SOURCE}.URL: text is expected, not a mapping"]),
    ("URL: https://example.org/", "locator: 13", [f"12: {SOURCE}: unknown field 'locator'"]),
    (AUTHOR, "author: UN", [f"11: {SOURCE}.author: a list is expected, not text"]),
    (AUTHOR, "author: []", [f"11: {SOURCE}.author: at least one name is expected"]),
    (AUTHOR, "author: [UN]", [f"11: {SOURCE}.author.1: a mapping is expected, not text"]),
    (AUTHOR, "author: [{}]", [f"11: {SOURCE}.author.1: a name needs literal, or family and given"]),
    (AUTHOR, "author: [{given: A}]", [f"11: {SOURCE}.author.1: a name needs literal, or family and given"]),
    ("literal: UN", "literal: UN, given: A", [f"11: {SOURCE}.author.1: a name is either literal, or family and given"]),
    ("literal: UN", "litral: UN", [f"11: {SOURCE}.author.1: unknown field 'litral'; did you mean 'literal'?"]),
    ("literal: UN", "literal: ''", [f"11: {SOURCE}.author.1.literal: the text is empty"]),
    (PARAGRAPHS, "", [f"7: {SOURCE}: the field 'paragraphs' is missing"]),
    (PARAGRAPHS, "    paragraphs: []\n", [f"13: {PARAGRAPH}: at least one paragraph is expected"]),
    ("number: 2", "number: 1", [f"15: {PARAGRAPH}.2.number: paragraph 1 is there already; see line 14"]),
    ("number: 2", "number: two", [f"15: {PARAGRAPH}.2.number: 'two' {NO_PASSAGE}"]),
    ("number: 2", "number: '0'", [f"15: {PARAGRAPH}.2.number: '0' {NO_PASSAGE}"]),
    ("number: 2", "number: 1-2", [f"15: {PARAGRAPH}.2.number: '1-2' {NO_PASSAGE}"]),
    ("number: 2, ", "", [f"15: {PARAGRAPH}.2: the field 'number' is missing"]),
    ("words: 70", "words: 0", [f"14: {PARAGRAPH}.1.words: '0' {NO_NUMBER}"]),
    ("words: 70", f"words: {'9' * 5000}", [f"14: {PARAGRAPH}.1.words: '{'9' * 39}…' {NO_NUMBER}"]),
    (A, "xyz", [f"14: {PARAGRAPH}.1.sha256: 'xyz' {NO_SHA}"]),
    (A, A.upper(), [f"14: {PARAGRAPH}.1.sha256: '{'A' * 39}…' {NO_SHA}"]),
    # Topics
    ("  work: {label", "  Work!: {label", [f"19: topics.Work!: 'Work!' {NO_ID}"]),
    (
        "  rights:",
        "  ? ''\n  :",
        [
            "17: topics.: '' " + NO_ID,
            *(f"{n}: topics.{t}.broader: no topic 'rights'" for n, t in ((19, "prisons"), (20, "work"))),
        ],
    ),
    ("{label: Rights}", "{}", ["17: topics.rights: the field 'label' is missing"]),
    ("{label: Rights}", "", ["17: topics.rights: a mapping is expected, not empty text"]),
    ("{label: Rights}", "{label: }", ["17: topics.rights.label: the text is empty"]),
    ("alt: [jails]", "alt: jails", ["18: topics.prisons.alt: a list is expected, not text"]),
    ("hidden: [prisns]", "hidden: [x, x]", ["18: topics.prisons.hidden.2: 'x' is listed twice"]),
    ("related: [work]", "related: [wrk]", ["18: topics.prisons.related.1: no topic 'wrk'; did you mean 'work'?"]),
    ("related: [work]", "related: [prisons]", ["18: topics.prisons.related: a topic cannot be related to itself"]),
    (
        "{label: Rights}",
        "{label: R, broader: right}",
        ["17: topics.rights.broader: no topic 'right'; did you mean 'rights'?"],
    ),
    (
        "{label: Rights}",
        "{label: R, broader: rights}",
        ["17: topics.rights.broader: a topic cannot be broader than itself"],
    ),
    (
        "{label: Rights}",
        "{label: R, broader: prisons}",
        ["17: topics.rights.broader: a circle: rights > prisons > rights"],
    ),
    # Facts
    ("- id: second-fact\n    ", "- ", ["31: facts[2]: the field 'id' is missing"]),
    ("id: second-fact", "id: Second Fact", [f"31: facts[2].id: 'Second Fact' {NO_ID}"]),
    ("id: second-fact", "id: second--fact", [f"31: facts[2].id: 'second--fact' {NO_ID}"]),
    ("id: second-fact", f"id: {'x' * 81}", ["31: facts[2].id: an id of 81 characters; the limit is 80"]),
    ("id: second-fact", "id:", ["31: facts[2].id: the text is empty"]),
    ("id: second-fact", "id: first-fact", ["31: facts.first-fact.id: another fact has this id; see line 21"]),
    ("id: second-fact", "id: un-2014", ["31: facts.un-2014.id: a source has this name; see line 7"]),
    (CLAIM, "clam: Another claim.", [f"32: {AT_2}: unknown field 'clam'; did you mean 'claim'?"]),
    (CLAIM, f"{CLAIM}\n    colour: red", [f"33: {AT_2}: unknown field 'colour'"]),
    (f"    {CLAIM}\n", "", [f"31: {AT_2}: the field 'claim' is missing"]),
    (CLAIM, "claim:", [f"32: {AT_2}.claim: the text is empty"]),
    (CLAIM, "claim: '  '", [f"32: {AT_2}.claim: the text is empty"]),
    (CLAIM, "claim: [a, b]", [f"32: {AT_2}.claim: text is expected, not a list"]),
    (CITES, "{}", [f"25: {AT}.cites: at least one citation is expected"]),
    (CITES, "un-2014", [f"25: {AT}.cites: a mapping is expected, not text"]),
    (CITES, "{un-2014: []}", [f"25: {AT}.cites.un-2014: at least one paragraph is expected"]),
    (CITES, "{un-2014}", [f"25: {AT}.cites.un-2014: the text is empty"]),
    (CITES, "{un-2014: {a: b}}", [f"25: {AT}.cites.un-2014: text is expected, not a mapping"]),
    (CITES, "{un-2013: [1, 9]}", [f"25: {AT}.cites.un-2013: no source 'un-2013'; did you mean 'un-2014'?"]),
    (CITES, "{un-2014: 3}", [f"25: {AT}.cites.un-2014: the source ends at paragraph 2"]),
    (CITES, "{un-2014: 1-3}", [f"25: {AT}.cites.un-2014: the source ends at paragraph 2"]),
    (CITES, f"{{un-2014: {'9' * 6000}}}", [f"25: {AT}.cites.un-2014: the source ends at paragraph 2"]),
    (CITES, "{un-2014: 0}", [f"25: {AT}.cites.un-2014: '0' {NO_PARAGRAPH}"]),
    (CITES, "{un-2014: 1.5}", [f"25: {AT}.cites.un-2014: the source has no paragraph 1.5: it has paragraphs 1-2"]),
    (CITES, "{un-2014: ١}", [f"25: {AT}.cites.un-2014: '١' {NO_PARAGRAPH}"]),
    (CITES, "{un-2014: 2-1}", [f"25: {AT}.cites.un-2014: '2-1' runs backwards; write 1-2"]),
    (CITES, "{un-2014: 10-9}", [f"25: {AT}.cites.un-2014: '10-9' runs backwards; write 9-10"]),
    (CITES, "{un-2014: 2-2}", [f"25: {AT}.cites.un-2014: '2-2' is a range of one paragraph; write 2"]),
    (CITES, "{un-2014: [1, '1']}", [f"25: {AT}.cites.un-2014.2: '1' is listed twice"]),
    (TOPICS, "topics: [prisns]", [f"26: {AT}.topics.1: no topic 'prisns'; did you mean 'prisons'?"]),
    (TOPICS, "topics: prisons", [f"26: {AT}.topics: a list is expected, not text"]),
    (TOPICS, "topics: [work, work]", [f"26: {AT}.topics.2: 'work' is listed twice"]),
    (TOPICS, "topics: [[work]]", [f"26: {AT}.topics.1: text is expected, not a list"]),
    ("date: 2013/2014", "date: last year", [f"27: {AT}.date: 'last year' {NO_DATE}"]),
    ("date: 2013/2014", "date: 2014/2013", [f"27: {AT}.date: '2014/2013' ends before it starts"]),
    ("date: 2013/2014", f"date: {'2' * 90}", [f"27: {AT}.date: '{'2' * 39}…' is no EDTF date"]),
    ("according_to: the commission", "according_to:", [f"28: {AT}.according_to: the text is empty"]),
    ("[no, 12:30]", "[no, no]", [f"29: {AT}.anchors.2: 'no' is listed twice"]),
    ("[no, 12:30]", "[no, '']", [f"29: {AT}.anchors.2: the text is empty"]),
    ("[2014]", '["a\\tb", "a\\tb"]', [f"30: {AT}.terms.2: 'a b' is listed twice"]),
    ("[2014]", '["\\u202ea", "\\u202ea"]', [f"30: {AT}.terms.2: '\\u202ea' is listed twice"]),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), ROWS, ids=[f"{row}: {old[:24]} -> {new[:24]}" for row, (old, new, _) in enumerate(ROWS)]
)
def test_a_fault_gets_its_one_complaint(complain: Complain, old: str, new: str, expected: list[str]) -> None:
    assert complain(replace_once(BASE, old, new)) == expected


def test_five_faults_get_five_complaints_in_line_order(complain: Complain) -> None:
    text = BASE
    for old, new in [
        (TOPICS, "topics: [prisns]"),
        ("type: report", "type: raport"),
        ("{un-2014: [2, 1-2]}", "{un-2014: [4, 1-2]}"),
        ("broader: rights, related", "broader: rigths, related"),
        ("edition:", "editon:"),
    ]:
        text = replace_once(text, old, new)

    assert complain(text) == [
        "3: unknown field 'editon'; did you mean 'edition'?",
        "8: sources.un-2014.type: no CSL type 'raport'; did you mean 'report'?",
        "18: topics.prisons.broader: no topic 'rigths'; did you mean 'rights'?",
        "26: facts.first-fact.topics.1: no topic 'prisns'; did you mean 'prisons'?",
        "33: facts.second-fact.cites.un-2014.1: the source ends at paragraph 2",
    ]


def test_what_comes_before_broken_yaml_is_complained_of_too(complain: Complain) -> None:
    text = replace_once(replace_once(BASE, "type: report", "type: raport"), CLAIM, "claim: &x y\n    claim: [")

    assert complain(text.replace("license", "licence")) == [
        "5: unknown field 'licence'; did you mean 'license'?",
        "8: sources.un-2014.type: no CSL type 'raport'; did you mean 'report'?",
        f"32: facts[2].claim: anchors are not allowed: '&x'{WAY_OUT}",
        "33: facts[2].claim: this key is given twice; first on line 32",
        "35: did not find expected ',' or ']' while parsing a flow sequence that starts on line 33",
    ]


def test_a_number_that_comes_twice_is_one_fault(complain: Complain) -> None:
    rows = "".join(
        f"      - {{number: {number}, section: s, begins: b, ends: e, words: 1, sha256: {A}}}\n"
        for number in (1, 2, 4, 5, 5)
    )

    assert complain(replace_once(BASE, PARAGRAPHS, f"    paragraphs:\n{rows}")) == [
        "18: sources.un-2014.paragraphs.5.number: paragraph 5 is there already; see line 17",
    ]


def test_two_facts_on_one_line_cannot_share_an_id(complain: Complain) -> None:
    fact = "{id: a, claim: x, cites: {un-2014: 1}}"

    assert complain(BASE[: BASE.index("facts:")] + f"facts: [{fact}, {fact}]\n") == [
        "20: facts.a.id: another fact has this id; see line 20"
    ]


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        ("{a: c, b: a, c: b}", ["17: topics.a.broader: a circle: a > c > b > a"]),
        ("{z: b, c: a, b: c, a: b}", ["17: topics.c.broader: a circle: c > a > b > c"]),
        (
            "{a: b, b: a, c: d, d: c, e: c}",
            ["17: topics.a.broader: a circle: a > b > a", "17: topics.c.broader: a circle: c > d > c"],
        ),
        (
            f"{{{', '.join(f't{n}: t{(n + 1) % 500}' for n in range(500))}}}",
            ["17: topics.t0.broader: a circle: t0 > t1 > t2 > t3 > … > t498 > t499 > t0"],
        ),
    ],
    ids=["one", "not its first comer", "two", "long"],
)
def test_each_circle_is_complained_of_once(complain: Complain, topics: str, expected: list[str]) -> None:
    mapping = re.sub(r"(\w+): (\w+)", r"\1: {label: x, broader: \2}", topics)

    assert complain(BASE[: BASE.index("topics:\n")] + f"topics:\n  {mapping}\nfacts: []\n") == expected


def test_an_alias_bomb_does_nothing(complain: Complain) -> None:
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))

    complaints = complain(f"a0: &a0 [lol]\n{bomb}{BASE}")

    assert len(complaints) == 10 + 9 * 9 + 10
    assert complaints[:3] == [
        f"1: a0: anchors are not allowed: '&a0'{WAY_OUT}",
        "1: unknown field 'a0'",
        f"2: a1: anchors are not allowed: '&a1'{WAY_OUT}",
    ]


def test_ten_thousand_misspelt_names_are_all_complained_of(complain: Complain) -> None:
    facts = "".join(f"  - {{id: f{n}, claim: x, cites: {{src{n}: 1}}, topics: [wrk{n}]}}\n" for n in range(5000))

    assert len(complain(BASE + facts)) == 10_000


@pytest.mark.parametrize("mark", ["with", "without"])
@pytest.mark.parametrize("encoding", ["UTF-16-LE", "UTF-16-BE", "UTF-32-LE", "UTF-32-BE"])
def test_only_utf_8_is_read(complain: Complain, encoding: str, mark: str) -> None:
    data = (("\ufeff" if mark == "with" else "") + BASE).encode(encoding)

    assert complain(data) == [f"1: the file must be UTF-8, not {encoding[:6]}"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_latin_1_is_told_by_its_first_bad_byte(complain: Complain, line_end: str) -> None:
    data = f"title: x{line_end}# caf\xe9 \xe9{line_end}".encode("latin-1")

    assert complain(data) == ["2: the file must be UTF-8, and byte 0xE9 here is not"]


def test_every_line_with_a_control_character_is_named(complain: Complain) -> None:
    assert complain("a: \x01\x02\r\nb: x\r\nc: \x7f\r\n") == [
        "1: the control character U+0001 is not allowed",
        "3: the control character U+007F is not allowed",
    ]


def test_no_message_is_longer_than_a_few_lines(complain: Complain) -> None:
    long = "x" * 900
    text = BASE.replace("un-2014", long).replace("work", long).replace("claim:", f"{long}:")

    assert max(map(len, complain(text))) < 200


# What a comment cuts

CUTS = [
    ("title: Small base", "title: Small base # 1", [("title", "# 1")]),
    (CLAIM, f"{CLAIM[:-1]} # 1 of 7", [("facts.second-fact.claim", "# 1 of 7")]),
    (CLAIM, "claim: Another\n      claim # 1", [("facts.second-fact.claim", "# 1")]),
    (CLAIM, f"{CLAIM}\n    anchors:\n      - three months # 3\n      - x", [("facts.second-fact.anchors.1", "# 3")]),
    (CLAIM, f"{CLAIM}\n    anchors: [three months] # 3", []),
    (CLAIM, "claim: 'Another claim.' # 1", []),
    (CLAIM, 'claim: "Another # 1 claim."', []),
    (CLAIM, "claim: Another#1 claim.", []),
    (CLAIM, "claim: >\n      Another # 1 claim.", []),
    (CLAIM, f"# of 7\n    {CLAIM}\n    # 1", []),
    ("type: report", "type: report # of 7", []),
]


@pytest.mark.parametrize(("old", "new", "cuts"), CUTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("mark", "has_libyaml"), [("", True), ("\ufeff", True), ("\ufeff", False)])
def test_a_sentence_that_a_comment_cuts_is_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    cuts: list[tuple[str, str]],
    ending: str,
    mark: str,
    has_libyaml: bool,
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", has_libyaml)
    path = tmp_path / "facts.yaml"
    path.write_bytes((mark + replace_once(BASE, old, new)).replace("\n", ending).encode())

    assert [(cut.place, cut.comment) for cut in read_base(path).cuts] == cuts


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_base_that_fails_while_it_is_read_is_named() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_base("/proc/self/mem")

    assert caught.value.message == "/proc/self/mem: input/output error"
