"""doctor: each rule finds its fault, in one complete line, and leaves its near miss alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightscli.base.model import Citation, CutText, Fact, FactBase, Paragraph, Retraction, Source, Topic
from rightscli.doctor import WARNINGS, examine_base, examine_copy, examine_facts
from rightscli.doctor.baserules import ALIKE, BASE_RULES
from rightscli.doctor.copyrules import COPY_RULES
from rightscli.doctor.findings import Finding
from rightscli.text.folding import hash_text
from rightscli.text.locators import Locator
from rightscli.text.words import split_words

TEXTS = {
    1: "The island of Orvania has been ruled by the Harbour Council since 2011, and police let nobody hold elections.",
    2: "In March 2018, police held 2,706 dockers for three to six weeks. Women were kept apart, and 12 fell ill.",
    3: "The Ministry of Tides has children gather kelp. A family that refuses pays US$100, four-and-a-half days’ pay.",
    4: "On May 9, the Harbour Council told visiting envoys that it would close 132 salt pits; it closed 40 in June.",
}
SHA256 = {number: hash_text(text) for number, text in TEXTS.items()}


def make_source(key: str, texts: Mapping[int, str], *, line: int) -> Source:
    paragraphs = []
    for number, text in texts.items():
        words = text.split()
        quarter = len(words) // 4
        first, last = " ".join(words[:quarter]), " ".join(words[-quarter:])
        paragraphs.append(Paragraph(str(number), "All", first, last, len(words), hash_text(text), line + number))
    return Source(key, "report", key.title(), {}, {}, {}, tuple(paragraphs), line)


def make_facts() -> tuple[Fact, ...]:
    def cite(number: int) -> tuple[Citation, ...]:
        return (Citation("tides", Locator(number, number)),)

    return (
        Fact(
            "no-vote",
            "Nobody in Orvania has voted since the Harbour Council took over in 2011.",
            cite(1),
            ("rule",),
            "2011/..",
            anchors=("Harbour Council since", "2011"),
            line=31,
        ),
        Fact(
            "dockers",
            "Police in Orvania detained 2,706 dockers in March 2018, for between 3 and 6 weeks.",
            cite(2),
            ("arrest",),
            "2018-03",
            anchors=("2,706 dockers", "three to six weeks"),
            line=32,
        ),
        Fact(
            "kelp-fine",
            "Orvanian families must pay a hundred dollars if they keep a child from the kelp harvest.",
            cite(3),
            ("work",),
            anchors=("$100", "ministry of Tides"),
            line=33,
        ),
        Fact(
            "salt-pits",
            "Orvania promised on May 9, 2019 to shut 132 salt pits, and had shut forty of them by June 2019.",
            cite(4),
            ("work", "rule"),
            "2019",
            anchors=("May 9", "132", "40 in June"),
            line=34,
        ),
    )


def make_base(
    *, facts: tuple[Fact, ...] | None = None, topics: Mapping[str, Topic] | None = None, source: Source | None = None
) -> FactBase:
    """Return a base without a fault, but for the parts given."""
    own_topics = {
        "rights": Topic("rights", "Rights", line=21),
        "rule": Topic("rule", "Rule", alt=("government",), line=22),
        "arrest": Topic("arrest", "Arrest", hidden=("arest",), broader="rights", line=23),
        "work": Topic("work", "Forced work", alt=("compulsory work",), line=24),
    }
    source = source or make_source("tides", TEXTS, line=10)
    return FactBase(
        "base.yaml",
        "0" * 64,
        "Orvania",
        "1",
        "Scope.",
        "CC0",
        {"tides": source},
        topics or own_topics,
        facts or make_facts(),
    )


def make_base_of_two(key: str) -> FactBase:
    """Return a base with another source *key* that has the first one's author and year."""
    base = make_base()
    return replace(base, sources={**base.sources, key: replace(base.sources["tides"], key=key, paragraphs=(), line=30)})


def change_fact(id: str, **changes: Any) -> FactBase:
    return make_base(facts=tuple(replace(fact, **changes) if fact.id == id else fact for fact in make_facts()))


def change_topic(id: str, **changes: Any) -> FactBase:
    topics = make_base().topics
    return make_base(topics=dict(topics) | {id: replace(topics[id], **changes)})


def change_source(**fields: str) -> FactBase:
    """Return the base with *fields* of CSL in its source."""
    return make_base(source=replace(make_source("tides", TEXTS, line=10), fields=fields))


def change_paragraph(number: int, **changes: Any) -> FactBase:
    source = make_base().sources["tides"]
    changed = (
        replace(paragraph, **changes) if paragraph.number == str(number) else paragraph
        for paragraph in source.paragraphs
    )
    return make_base(source=replace(source, paragraphs=tuple(changed)))


def add_fact(claim: str, **changes: Any) -> FactBase:
    fact = Fact("extra", claim, (Citation("tides", Locator(2, 2)),), ("work",), anchors=("12",), line=35)
    return make_base(facts=(*make_facts(), replace(fact, **changes)))


def list_lines(findings: tuple[Finding, ...]) -> list[str]:
    return [str(finding) for finding in findings]


def test_a_base_without_a_fault_has_no_finding() -> None:
    base = make_base()

    assert examine_base(base) == ()
    assert examine_copy(base, base.sources["tides"], TEXTS) == ()


BAD_BASES = [
    (
        "anchor-length",
        change_fact("kelp-fine", anchors=("$100", "A family that refuses pays US$100, four-and-a-half")),
        "33: error: facts.kelp-fine.anchors: 'A family that refuses pays US$100, four-and-a-half' has 7 words; "
        "keep at most six of them",
    ),
    (
        "anchor-missing",
        change_fact("kelp-fine", anchors=(), claim="Orvanian families are fined."),
        "33: error: facts.kelp-fine.anchors: no anchor; "
        "take a figure, a date, a name or a term from the cited paragraph",
    ),
    (
        "paragraph-ends",
        change_paragraph(1, begins="The island of Orvania has been"),
        "11: error: sources.tides.paragraphs.1.begins: 'The island of Orvania has been' has 6 words; "
        "keep at most five of them",
    ),
    (
        "paragraph-ends",
        change_paragraph(1, ends="and police let nobody hold elections."),
        "11: error: sources.tides.paragraphs.1.ends: 'and police let nobody hold elections.' has 6 words; "
        "keep at most five of them",
    ),
    (
        "paragraph-share",
        change_paragraph(1, begins="The island of Orvania has"),
        "11: warning: sources.tides.paragraphs.1.begins: 'The island of Orvania has' is more than a quarter of 19 words; "
        "keep at most 4 of them",
    ),
    (
        "paragraph-share",
        change_paragraph(1, begins="The", ends="", words=3),
        "11: warning: sources.tides.paragraphs.1.begins: 'The' is more than a quarter of 3 words; leave it empty",
    ),
    (
        "fact-unproven",
        change_paragraph(4, begins="", ends="", words=0, sha256=""),
        "34: warning: facts.salt-pits.cites.tides: unproven: the base was made without a copy of tides, para. 4",
    ),
    (
        "claim-figure",
        change_fact(
            "dockers", anchors=("2,706 dockers",), claim="Police detained two thousand seven hundred and seven."
        ),
        "32: error: facts.dockers.claim: the figure 'two thousand seven hundred and seven' is in no anchor",
    ),
    (
        "claim-date",
        change_fact("salt-pits", anchors=("May 8", "132", "40 in June")),
        "34: error: facts.salt-pits.claim: 'May 9, 2019' is neither in an anchor nor in the fact's date",
    ),
    (
        "claim-date",
        change_fact("no-vote", anchors=("Harbour Council",), date="2012/.."),
        "31: error: facts.no-vote.claim: '2011' is neither in an anchor nor in the fact's date",
    ),
    (
        "claim-date",
        change_fact("salt-pits", anchors=("May 9, 2018", "132", "40 in June")),
        "34: error: facts.salt-pits.claim: 'May 9, 2019' is neither in an anchor nor in the fact's date",
    ),
    (
        "claim-date",
        change_fact("kelp-fine", claim="Orvania fined families in 1970.", anchors=("1970s",)),
        "33: error: facts.kelp-fine.claim: '1970' is neither in an anchor nor in the fact's date",
    ),
    (
        "claim-month",
        change_fact("dockers", claim="Police detained 2,706 dockers in March."),
        "32: warning: facts.dockers.claim: 'March' without its year; write the year after it",
    ),
    (
        "claim-opening",
        change_fact("kelp-fine", claim="They’re fined by the ministry."),
        "33: warning: facts.kelp-fine.claim: opens with 'They'; name who or what is meant",
    ),
    (
        "claim-opening",
        change_fact("kelp-fine", claim="That is why families of Orvania pay."),
        "33: warning: facts.kelp-fine.claim: opens with 'That'; name who or what is meant",
    ),
    (
        "claim-end",
        change_fact("kelp-fine", claim="Orvania fines families"),
        "33: warning: facts.kelp-fine.claim: does not end as a sentence does; end it with a full stop",
    ),
    (
        "claim-length",
        change_fact("kelp-fine", claim="Orvania " * 60 + "fines."),
        "33: warning: facts.kelp-fine.claim: has 61 words; say it in at most 60 or make two",
    ),
    (
        "claim-date",
        change_fact("kelp-fine", claim="Orvania fined families of the kelp harvest in 2016.", anchors=("kelp",)),
        "33: error: facts.kelp-fine.claim: '2016' is neither in an anchor nor in the fact's date",
    ),
    (
        "claim-time",
        change_fact("kelp-fine", claim="Orvania still fines families."),
        "33: warning: facts.kelp-fine.claim: 'still' is read as of today; say in or as of which year",
    ),
    (
        "claim-time",
        change_fact("kelp-fine", claim="Orvania has yet to drop the fine."),
        "33: warning: facts.kelp-fine.claim: 'yet to' is read as of today; say in or as of which year",
    ),
    (
        "claim-time",
        change_fact("kelp-fine", claim="The fine is that of President Ada Quill of Orvania."),
        "33: warning: facts.kelp-fine.claim: 'President' is read as of today; say in or as of which year",
    ),
    (
        "term-figure",
        change_fact("kelp-fine", terms=("a hundred dollars", "since 1948")),
        "33: warning: facts.kelp-fine.terms: the claim does not say the figure of 'since 1948'; remove it",
    ),
    (
        "term-figure",
        change_fact("kelp-fine", terms=("nine dollars",)),
        "33: warning: facts.kelp-fine.terms: the claim does not say the figure of 'nine dollars'; remove it",
    ),
    (
        "claim-alike",
        add_fact("Nobody in Orvania voted since the Harbour Council took over, in 2011.", anchors=("2011",)),
        "35: warning: facts.extra.claim: nearly the same as that of fact 'no-vote'; merge them or say how they differ",
    ),
    (
        "header-begun",
        replace(make_base(), title="A base of my own"),
        "1: notice: title: still what rights init wrote; say what this base is",
    ),
    (
        "topic-unused",
        change_topic("arrest", broader=None),
        "21: warning: topics.rights: no fact has this topic",
    ),
    (
        "topic-missing",
        change_fact("salt-pits", topics=()),
        "34: warning: facts.salt-pits.topics: no topic",
    ),
    (
        "paragraph-uncited",
        change_fact("salt-pits", citations=(Citation("tides", Locator(1, 3)),)),
        "10: notice: sources.tides.paragraphs: no fact cites 1 of 4 paragraphs: 4",
    ),
    (
        "label-shared",
        change_topic("work", alt=("Government",)),
        "24: error: topics.work: 'Government' names topic 'rule' too; leave it to one of them",
    ),
    (
        "label-repeated",
        change_topic("arrest", hidden=("ARREST",)),
        "23: warning: topics.arrest: 'ARREST' is there already; remove it",
    ),
    (
        "source-alike",
        make_base_of_two("moons"),
        "30: warning: sources.moons: is cited like tides: (“Tides”)",
    ),
    (
        "source-address",
        change_source(URL="javascript:alert(1)"),
        "10: error: sources.tides.URL: 'javascript:alert(1)' is no address that may be opened, and is left out",
    ),
    (
        "source-address",
        change_source(URL="www.tides.org/a b"),
        "10: error: sources.tides.URL: 'www.tides.org/a b' is no whole address; one begins with https://",
    ),
    (
        "source-doi",
        change_source(URL="https://doi.org/10.1000/182"),
        "10: warning: sources.tides.URL: the address of a DOI; write DOI: 10.1000/182",
    ),
    (
        "source-doi",
        change_source(DOI="https://doi.org/10.1000/182"),
        "10: warning: sources.tides.DOI: 'https://doi.org/10.1000/182' is no DOI; write 10.1000/182",
    ),
    (
        "source-doi",
        change_source(DOI="none"),
        "10: warning: sources.tides.DOI: 'none' is no DOI; one is like 10.1000/182",
    ),
    (
        "source-markup",
        change_source(publisher="The <i>Salt Press"),
        "10: warning: sources.tides.publisher: <i> has no counterpart; citation programs read it as markup",
    ),
    (
        "retracted-for",
        make_base(
            facts=(
                *make_facts(),
                Fact(
                    "old",
                    "x.",
                    (),
                    retracted=Retraction("2026", "y", "older"),
                    anchors=("x",),
                    topics=("work",),
                    line=40,
                ),
                Fact("older", "z.", (), retracted=Retraction("2026", "y"), anchors=("z",), topics=("work",), line=41),
            )
        ),
        "40: warning: facts.old.retracted.for: 'older' is retracted, too; name the fact that holds",
    ),
    (
        "text-cut",
        replace(make_base(), cuts=(CutText(33, "facts.kelp-fine.claim", "# 1 of 7 fines"),)),
        "33: error: facts.kelp-fine.claim: cut off before '# 1 of 7 fines'; put the text in quotation marks,"
        " or the comment above it",
    ),
    (
        "text-unseen",
        change_fact("kelp-fine", according_to="the \u202eMinistry"),
        "33: warning: facts.kelp-fine: U+202E turns the direction of reading, unseen; remove it",
    ),
]


@pytest.mark.parametrize(("rule", "base", "line"), BAD_BASES, ids=[row[0] for row in BAD_BASES])
def test_a_fault_of_a_base_is_found_and_named(rule: str, base: FactBase, line: str) -> None:
    findings = examine_base(base)

    assert list_lines(findings) == [f"base.yaml:{line}"]
    assert [finding.rule for finding in findings] == [rule]


NEAR_BASES = {
    "anchor-length": change_fact("kelp-fine", anchors=("$100", "family that refuses pays US$100, four-and-a-half")),
    "anchor-missing": change_fact("kelp-fine", anchors=("$100",)),
    "paragraph-ends": change_paragraph(
        1, begins="The island of Orvania has", ends="let nobody hold elections.", words=20
    ),
    "paragraph-share": change_paragraph(1, begins="", ends="", words=3),
    "claim-figure, in words": change_fact("dockers", claim="Police detained two thousand seven hundred and six."),
    "claim-figure, one": change_fact("kelp-fine", claim="One of the fines hits families; a third pay."),
    "claim-figure, as a year": change_fact("kelp-fine", claim="Orvania fined 2000 families.", anchors=("2,000",)),
    "claim-figure, in the year": change_fact("kelp-fine", claim="Orvania fined 2,000 families.", anchors=("2000",)),
    "claim-figure, in the date": change_fact("kelp-fine", claim="Orvania fined families in 1850.", date="1850"),
    "claim-date, day and year apart": change_fact(
        "salt-pits", date=None, anchors=("May 9", "2019", "132", "40 in June")
    ),
    "claim-date, in the date": change_fact("salt-pits", date="2019-05-09%/2019-06?", anchors=("132", "40")),
    "claim-date, inside the date": change_fact("salt-pits", date="2010/2020"),
    "claim-date, decade": change_fact("no-vote", claim="Nobody voted in the 1970s.", date="197X"),
    "claim-month, shared year": change_fact(
        "salt-pits", claim="Orvania shut 132 pits between May and June 2019.", anchors=("132", "May", "by May", "June")
    ),
    "claim-month, led by the year": change_fact("dockers", claim="Police detained dockers in 2018, in March."),
    "claim-month, recurring": change_fact("salt-pits", claim="Orvania shuts a pit every June."),
    "claim-month, each year": change_fact("salt-pits", claim="Orvania shuts pits from May to June each year."),
    "claim-month, annually": change_fact("salt-pits", claim="Pits are shut in June, by order, annually."),
    "claim-figure, its own passage": change_fact("kelp-fine", claim="Paragraph 3 lets Orvania fine families."),
    "claim-figure, its own passages": change_fact(
        "salt-pits", claim="Paras. 3 and 4 let Orvania fine families.", citations=(Citation("tides", Locator(3, 4)),)
    ),
    "source-address": change_source(URL="https://tides.org/a?b=1#c", DOI="10.1000/182"),
    "source-markup": change_source(publisher="The <i>Salt</i> Press, a < b"),
    "claim-opening, general": change_fact("kelp-fine", claim="Those who keep children at home are fined."),
    "claim-opening, empty": change_fact("kelp-fine", claim="It is highly unusual that families refuse."),
    "claim-opening, name": change_fact("kelp-fine", claim="IT workers gather kelp."),
    "claim-opening, longer word": change_fact("kelp-fine", claim="Thistles and items are fined."),
    "claim-end, quotation": change_fact("kelp-fine", claim="Orvania calls the fines “just.”"),
    "claim-length": change_fact("kelp-fine", claim="Orvania " * 59 + "fines."),
    "claim-alike, figures": add_fact(
        "Police in Orvania detained 12 dockers in March 2018, for between 3 and 6 weeks.",
        anchors=("12", "three", "six"),
        date="2018-03",
    ),
    "claim-alike, figures in words": make_base(
        facts=(
            *make_facts(),
            *(
                Fact(
                    f"women-{number}",
                    f"Police in Orvania keep women dockers apart from the others for {number} long weeks.",
                    (Citation("tides", Locator(2, 2)),),
                    ("arrest",),
                    anchors=("three to six weeks",),
                )
                for number in ("three", "six")
            ),
        )
    ),
    "claim-alike, other words": add_fact(
        "Nobody in Orvania has sung since the Herring Council took over in 2011.", date="2011"
    ),
    "topic-missing": change_fact("salt-pits", topics=("rights",)),
    "paragraph-uncited": change_fact("salt-pits", citations=(Citation("tides", Locator(1, 4)),)),
    "label-shared": change_topic("work", hidden=("government",)),
    "label-repeated": change_topic("arrest", hidden=("arrests",)),
}


@pytest.mark.parametrize("base", NEAR_BASES.values(), ids=NEAR_BASES)
def test_what_only_looks_like_a_fault_is_left_alone(base: FactBase) -> None:
    assert list_lines(examine_base(base)) == []


def test_a_passage_that_a_claim_names_and_does_not_cite_is_a_figure() -> None:
    base = change_fact("kelp-fine", claim="Paragraph 2 lets Orvania fine families.")

    assert list_lines(examine_base(base)) == [
        "base.yaml:33: error: facts.kelp-fine.claim: the figure '2' is in no anchor"
    ]


def test_a_month_is_not_made_yearly_by_another_clause() -> None:
    base = change_fact("salt-pits", claim="Orvania shut pits in June; it shuts others each year.")

    assert [finding.rule for finding in examine_base(base)] == ["claim-month"]


def test_passages_without_facts_are_one_line_a_source_however_many() -> None:
    texts = {number: f"{number} {TEXTS[1]}" for number in range(1, 60)}
    base = make_base(source=make_source("tides", texts, line=10), facts=make_facts()[1:2])

    (found,) = [finding for finding in examine_base(base) if finding.rule == "paragraph-uncited"]
    assert (found.level, found.message) == ("notice", "no fact cites 58 of 59 paragraphs: 1, 3-59")


def test_findings_come_in_line_order() -> None:
    base = change_fact("dockers", claim="They fell ill", anchors=(), topics=())

    assert list_lines(examine_base(replace(base, topics=change_topic("work", label="Rule").topics))) == [
        "base.yaml:21: warning: topics.rights: no fact has this topic",
        "base.yaml:23: warning: topics.arrest: no fact has this topic",
        "base.yaml:24: error: topics.work: 'Rule' names topic 'rule' too; leave it to one of them",
        "base.yaml:32: error: facts.dockers.anchors: no anchor; "
        "take a figure, a date, a name or a term from the cited paragraph",
        "base.yaml:32: warning: facts.dockers.claim: opens with 'They'; name who or what is meant",
        "base.yaml:32: warning: facts.dockers.claim: does not end as a sentence does; end it with a full stop",
        "base.yaml:32: warning: facts.dockers.topics: no topic",
    ]


@given(st.lists(st.lists(st.sampled_from("abcdefghijk"), min_size=1, max_size=12), max_size=12))
def test_claims_are_alike_exactly_when_comparing_every_two_says_so(claims: list[list[str]]) -> None:
    facts = tuple(Fact(f"fact-{place}", " ".join(words), ()) for place, words in enumerate(claims))
    bags = [set(split_words(fact.claim)) for fact in facts]

    alike = {
        place
        for place, bag in enumerate(bags)
        if any(len(bag & other) >= ALIKE * len(bag | other) for other in bags[:place])
    }

    found = examine_base(make_base(facts=facts)) if facts else ()
    assert {finding.place for finding in found if finding.rule == "claim-alike"} == {
        f"facts.fact-{place}.claim" for place in alike
    }


def keep_texts(*numbers: int) -> dict[int, str]:
    return {number: TEXTS[number] for number in numbers}


LONGER = TEXTS[3] + " So it goes."
BAD_COPIES = [
    (
        "copy-paragraph",
        make_base(),
        keep_texts(1, 2, 4),
        ["13: error: sources.tides.paragraphs.3: paragraph 3 is not in the copy"],
    ),
    (
        "copy-text",
        make_base(),
        TEXTS | {3: LONGER},
        [
            "13: error: sources.tides.paragraphs.3.sha256: is not that of the copy's text",
            "13: error: sources.tides.paragraphs.3.words: the copy has 20, not 17",
            "13: error: sources.tides.paragraphs.3.ends: "
            "the copy ends 'days’ pay. So it goes.', not 'US$100, four-and-a-half days’ pay.'",
        ],
    ),
    (
        "copy-text",
        change_paragraph(3, sha256="0" * 64, words=16, begins="The Ministry of T", ends="s’ pay."),
        TEXTS,
        [
            "13: error: sources.tides.paragraphs.3.sha256: is not that of the copy's text",
            "13: error: sources.tides.paragraphs.3.words: the copy has 17, not 16",
            "13: error: sources.tides.paragraphs.3.begins: "
            "the copy begins 'The Ministry of Tides has', not 'The Ministry of T'",
            "13: error: sources.tides.paragraphs.3.ends: "
            "the copy ends 'pays US$100, four-and-a-half days’ pay.', not 's’ pay.'",
        ],
    ),
    (
        "copy-text",
        change_paragraph(3, sha256="0" * 64),
        TEXTS,
        [f"13: error: sources.tides.paragraphs.3.sha256: the copy's is {SHA256[3]}"],
    ),
    (
        "copy-anchor",
        change_fact("kelp-fine", anchors=("ministry of tides",)),
        TEXTS,
        ["33: error: facts.kelp-fine.anchors: 'ministry of tides' is not in paragraph 3 of tides"],
    ),
    (
        "copy-anchor",
        change_fact("dockers", anchors=("2,706", "706", "2", "docker", "ockers")),
        TEXTS,
        [
            f"32: error: facts.dockers.anchors: '{anchor}' is not in paragraph 2 of tides"
            for anchor in ("706", "2", "docker", "ockers")
        ],
    ),
    (
        "copy-pin",
        change_fact("dockers", anchors=("police",)),
        TEXTS,
        ["32: error: facts.dockers.anchors: each of them is in paragraph 1 too; add one that is not"],
    ),
    (
        "copy-pin",
        change_fact("no-vote", anchors=("Harbour Council", "the"), citations=(Citation("tides", Locator(1, 3)),)),
        TEXTS,
        ["31: error: facts.no-vote.anchors: each of them is in paragraph 4 too; add one that is not"],
    ),
    (
        "copy-number",
        change_fact("kelp-fine", claim="Orvania fines families 101 dollars, 4.5 days' pay."),
        TEXTS,
        ["33: error: facts.kelp-fine.claim: '101' is not in paragraph 3 of tides; it has 100"],
    ),
    (
        "copy-number",
        change_fact("salt-pits", claim="Orvania made promises on May 9, 2020 and on May 8, 2019."),
        TEXTS,
        [
            "34: error: facts.salt-pits.claim: 'May 9, 2020' is not in paragraph 4 of tides",
            "34: error: facts.salt-pits.claim: 'May 8, 2019' is not in paragraph 4 of tides",
        ],
    ),
    (
        "copy-words",
        change_fact(
            "dockers", claim="Of dockers the “HARBOUR council” told visiting envoys, that it would close none."
        ),
        TEXTS,
        [
            "32: error: facts.dockers.claim: 'the harbour council told visiting envoys that it would' "
            "is in paragraph 4 of tides; say it in other words"
        ],
    ),
]


@pytest.mark.parametrize(("rule", "base", "texts", "lines"), BAD_COPIES, ids=[row[0] for row in BAD_COPIES])
def test_a_fault_beside_a_copy_is_found_and_named(
    rule: str, base: FactBase, texts: Mapping[int, str], lines: list[str]
) -> None:
    findings = examine_copy(base, base.sources["tides"], texts)

    assert list_lines(findings) == [f"base.yaml:{line}" for line in lines]
    assert {finding.rule for finding in findings} == {rule}


BASE = make_base()
NEAR_COPIES = {
    "copy-paragraph": (BASE, TEXTS | {5: "More."}),
    "copy-text, spaces": (BASE, TEXTS | {3: TEXTS[3].replace(" ", "\u00a0\n")}),
    "copy-text, no first and last words": (change_paragraph(4, begins="", ends=""), TEXTS),
    "copy-text, begins before a comma": (change_paragraph(4, begins="On May 9"), TEXTS),
    "copy-anchor, first letter": (change_fact("kelp-fine", anchors=("$100", "A family", "the Ministry")), TEXTS),
    "copy-anchor, other quotes": (change_fact("kelp-fine", anchors=("$100", "days' pay")), TEXTS),
    "copy-anchor, in a word and alone": (change_fact("salt-pits", anchors=("132", "it")), TEXTS),
    "copy-pin, one of two": (change_fact("no-vote", anchors=("the", "2011")), TEXTS),
    "copy-pin, not next": (change_fact("no-vote", anchors=("Harbour Council",)), TEXTS),
    "copy-pin, whole source": (
        change_fact("no-vote", anchors=("the",), citations=(Citation("tides", Locator(1, 4)),)),
        TEXTS,
    ),
    "copy-number, by value": (
        change_fact("kelp-fine", claim="The fine is one hundred dollars, or 4.5 days' pay."),
        TEXTS,
    ),
    "copy-number, year in the date": (change_fact("salt-pits", claim="Orvania spoke on 9 May 2019."), TEXTS),
    "copy-words, eight": (
        change_fact("salt-pits", claim="Harbour Council told visiting envoys that it would speak."),
        TEXTS,
    ),
}


@pytest.mark.parametrize(("base", "texts"), NEAR_COPIES.values(), ids=NEAR_COPIES)
def test_what_only_looks_like_a_fault_beside_a_copy_is_left_alone(base: FactBase, texts: Mapping[int, str]) -> None:
    findings = examine_copy(base, base.sources["tides"], texts)

    assert list_lines(findings) == []


def test_a_fact_of_two_sources_needs_only_one_anchor_in_each_copy() -> None:
    both = (Citation("tides", Locator(3, 3)), Citation("winds", Locator(1, 1)))
    claim = "Families pay $100, and $70 in 1999."
    winds = make_source("winds", {1: "In 1999 a refusal cost $70."}, line=40)
    good, bad = (
        replace(base, sources=dict(base.sources) | {"winds": winds})
        for base in (
            change_fact("kelp-fine", claim=claim, citations=both, anchors=("$100", "$70", "1999")),
            change_fact("kelp-fine", claim=claim, citations=both, anchors=("$70", "1999")),
        )
    )

    assert examine_copy(good, good.sources["tides"], TEXTS) == ()
    assert list_lines(examine_copy(bad, bad.sources["tides"], TEXTS)) == [
        "base.yaml:33: error: facts.kelp-fine.anchors: none of them is in paragraph 3 of tides; add one that is"
    ]


def test_a_fact_whose_paragraph_is_missing_is_not_judged_by_its_text() -> None:
    base = change_fact("kelp-fine", anchors=("nowhere",), claim="Orvania fines 7 families.")

    assert list_lines(examine_copy(base, base.sources["tides"], keep_texts(1, 2, 4))) == [
        "base.yaml:13: error: sources.tides.paragraphs.3: paragraph 3 is not in the copy"
    ]


def test_every_rule_has_a_bad_row_and_a_sentence() -> None:
    rules = {**BASE_RULES, **COPY_RULES}

    assert {row[0] for row in BAD_BASES} | {row[0] for row in BAD_COPIES} == set(rules)
    assert rules.keys() >= WARNINGS
    assert all(rule.__doc__ for rule in rules.values())


def test_the_facts_that_are_asked_for_are_examined_as_in_the_whole_base(bundled: FactBase) -> None:
    worse = tuple(
        replace(fact, claim=fact.claim.rstrip("."), anchors=()) if number % 5 == 0 else fact
        for number, fact in enumerate(bundled.facts)
    )
    twice = replace(worse[3], id="once-more")
    base = replace(bundled, facts=(*worse, twice))
    ids = {fact.id for fact in base.facts[::2]} | {"once-more"}

    whole = [finding for finding in examine_base(base) if finding.place.split(".")[1] in ids]

    assert list(examine_facts(base, ids)) == whole != []
