"""The bundled base: complete, in our own words, and small enough to be read by a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rightscli.base.model import FactBase
from rightscli.copies.reading import find_paragraphs, read_copy
from rightscli.text.words import split_words


def test_the_base_is_as_large_as_its_source_asks_for(bundled: FactBase) -> None:
    assert 110 <= len(bundled.facts) <= 160
    assert 20 <= len(bundled.topics) <= 50
    assert len(bundled.sources["hrw-2020"].paragraphs) == 23


def test_the_source_has_exactly_the_csl_fields_of_the_design(bundled: FactBase) -> None:
    source = bundled.sources["hrw-2020"]

    assert [*source.names, *source.dates, *source.fields] == [
        "author", "issued", "container-title", "publisher", "URL", "language",
    ]  # fmt: skip


def test_the_sections_are_those_of_the_source(bundled: FactBase) -> None:
    sections = [paragraph.section for paragraph in bundled.sources["hrw-2020"].paragraphs]

    assert [sections.index(section) + 1 for section in dict.fromkeys(sections)] == [1, 4, 8, 12, 16, 18]


def test_every_fact_has_a_topic_an_anchor_a_term_and_a_date(bundled: FactBase) -> None:
    assert [fact.id for fact in bundled.facts if not (fact.topics and fact.anchors and fact.terms and fact.date)] == []


def test_every_topic_can_be_looked_up_by_other_words(bundled: FactBase) -> None:
    assert [topic.id for topic in bundled.topics.values() if not topic.alt] == []


@pytest.mark.parametrize(
    "words",
    ["rodong danryeondae", "rodong dallyeondae", "kyohwaso", "kwanliso", "dolgyeokdae", "songbun", "Tomas Ojea Quintana",
     "Nguyen Phu Trong", "262", "2,706", "1,137", "771", "Third Committee"],
)  # fmt: skip
def test_names_terms_and_figures_of_the_source_stand_in_the_claims(words: str, bundled: FactBase) -> None:
    assert any(words in fact.claim for fact in bundled.facts)


def test_every_figure_of_the_source_stands_in_a_claim_on_its_paragraph(source_copy: Path, bundled: FactBase) -> None:
    paragraphs = find_paragraphs(bundled.sources["hrw-2020"], read_copy(source_copy))

    for number, text in paragraphs.items():
        claims = " ".join(
            fact.claim for fact in bundled.facts if any(number in cited.locator.positions for cited in fact.citations)
        )
        missing = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", claims))
        assert not missing, f"paragraph {number}"


def test_every_capitalised_name_of_the_source_stands_in_a_fact(source_copy: Path, bundled: FactBase) -> None:
    paragraphs = find_paragraphs(bundled.sources["hrw-2020"], read_copy(source_copy))
    held = {
        word
        for fact in bundled.facts
        for text in (fact.claim, *fact.anchors, *fact.terms)
        for word in split_words(text)
    }

    for number, text in paragraphs.items():
        names = re.findall(r"(?<![.] )(?<!^)\b[A-Z][a-z]{2,}\b", text)
        assert {word for name in names for word in split_words(name)} - held == set(), f"paragraph {number}"


def test_no_file_of_the_project_holds_a_sentence_of_the_source(source_copy: Path) -> None:
    from conftest import ROOT

    lines = [split_words(line) for line in read_copy(source_copy).text.splitlines()]
    runs = {words[place : place + 9] for words in lines for place in range(len(words) - 8)}
    for path in [
        ROOT / "facts.yaml",
        *ROOT.glob("*.md"),
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tests").rglob("*.*"),
    ]:
        if path.suffix == ".pyc":
            continue
        own = split_words(path.read_text(encoding="utf-8"))
        assert not [own[place : place + 9] for place in range(len(own) - 8) if own[place : place + 9] in runs], path
