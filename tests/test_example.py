"""The example base, the Universal Declaration of Human Rights: whole, clean, without its text, and cited by articles."""

from __future__ import annotations

import tomllib

import pytest

from conftest import ROOT, run_rights
from rightscli.base.load import read_base
from rightscli.base.model import FactBase

EXAMPLE = ROOT / "examples" / "udhr.yaml"
# Articles whose sub-paragraphs are numbered, with how many each has.
PARTED = {11: 2, 13: 2, 14: 2, 15: 2, 16: 3, 17: 2, 20: 2, 21: 3, 23: 4, 25: 2, 26: 3, 27: 2, 29: 3}


@pytest.fixture(scope="module")
def udhr() -> FactBase:
    return read_base(EXAMPLE)


def test_the_example_has_every_article_and_each_numbered_part_as_a_passage(udhr: FactBase) -> None:
    numbers = [passage.number for passage in udhr.sources["udhr"].paragraphs]

    assert numbers == [
        number
        for article in range(1, 31)
        for number in (
            [f"{article}({part})" for part in range(1, PARTED[article] + 1)] if article in PARTED else [str(article)]
        )
    ]


def test_every_passage_of_the_example_has_a_fact(udhr: FactBase) -> None:
    cited = {place for fact in udhr.facts for citation in fact.citations for place in citation.locator.positions}

    assert cited == set(range(1, len(udhr.sources["udhr"].paragraphs) + 1))


def test_every_fact_of_the_example_names_the_declaration_and_has_anchors_terms_and_a_topic(udhr: FactBase) -> None:
    lacking = [
        fact.id
        for fact in udhr.facts
        if "the Universal Declaration of Human Rights" not in fact.claim.replace("The", "the", 1)
        or not (fact.anchors and fact.topics and 2 <= len(fact.terms) <= 4)
    ]

    assert lacking == []


def test_doctor_finds_nothing_in_the_example() -> None:
    outcome = run_rights("doctor", "--base", str(EXAMPLE))

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "rights: no findings in 69 facts and 26 topics\n"


def test_torture_is_found_in_article_5_of_the_example() -> None:
    outcome = run_rights("search", "torture", "--base", str(EXAMPLE))

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0].split("\t")[0::2] == [
        "no-torture",
        "(Universal Declaration of Human Rights, 1948, Article 5)",
    ]


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        ("mla", "(Universal Declaration of Human Rights, art. 5)"),
        ("chicago-author-date", "(Universal Declaration of Human Rights 1948, art. 5)"),
        (
            "chicago-notes",
            "Universal Declaration of Human Rights, December 10, 1948, 217 A (III), art. 5,"
            " https://www.un.org/en/about-us/universal-declaration-of-human-rights.",
        ),
        (
            "oscola",
            "Universal Declaration of Human Rights (10 December 1948) art 5"
            " <https://www.un.org/en/about-us/universal-declaration-of-human-rights>.",
        ),
    ],
)
def test_the_example_is_cited_by_its_articles(style: str, citation: str) -> None:
    outcome = run_rights("cite", "no-torture", "--style", style, "--base", str(EXAMPLE))

    assert (outcome.code, outcome.out, outcome.err) == (0, f"{citation}\n", "")


def test_the_example_ships_in_the_sdist_and_not_in_the_wheel() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]

    assert "/examples" in targets["sdist"]["include"]
    assert not [path for path in targets["wheel"]["force-include"] if "examples" in path]
