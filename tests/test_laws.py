"""The laws of statements: what holds of every claim of every base, whatever is added to it, changed in it or cited for it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from judging import PATHS
from rightscli.answers.check import gather_materials
from rightscli.check.stated import weights as w
from rightscli.check.stated.accounts import Judgement
from rightscli.check.stated.claims import Claims
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.matches import _lay_beside, _measure_cover, may_be_near
from rightscli.check.stated.roots import is_light
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index
from rightscli.text.folding import fold_text

MARKS = ("[7]", "¹²", " (see Table 2)", " (see section 3.2)", " https://example.org/2017/08/1999", " (BBC, 3 May 2017)")
EXTRAS = (
    ", according to officials.",
    ", as the report notes.",
    ", in Geneva.",
    ", mostly by way of China.",
    ", a BBC report said in 2021.",
    ", 85 percent of them women.",
)
STRANGERS = ("accordion", "marmalade")
TURNED = (
    ("after", "before"),
    ("before", "after"),
    ("more", "less"),
    ("second", "third"),
    ("first", "second"),
    ("third", "second"),
)


class Base(NamedTuple):
    """A base made ready: its claims, and each fact's record."""

    claims: Claims
    records: tuple[dict[str, Any], ...]


@cache
def read_base(name: str) -> Base:
    index = open_index(PATHS[name], None)
    records = tuple(index.read_facts())
    return Base(gather_materials(index).claims, records)


FACTS = [(name, record["id"]) for name in PATHS for record in read_base(name).records]


def get_fact(name: str, id: str) -> tuple[Claims, str, frozenset[tuple[str, int]]]:
    base = read_base(name)
    claim = next(record["claim"] for record in base.records if record["id"] == id)
    return base.claims, claim, next(fact.places for fact in base.claims.facts if fact.id == id)


def name_verdict(judgement: Judgement | None) -> str:
    return judgement.verdict if judgement else "none"


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_a_claim_is_supported_alone_and_with_its_citation(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)

    assert name_verdict(judge_sentence(claim, claims)) == "supported"
    assert name_verdict(judge_sentence(claim, claims, pinned=places)) == "supported"


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_a_mark_or_a_reference_changes_no_verdict(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)

    verdicts = {mark: name_verdict(judge_sentence(claim + mark, claims, pinned=places)) for mark in MARKS}
    assert set(verdicts.values()) == {"supported"}, verdicts


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_a_harmless_clause_never_makes_a_true_sentence_a_problem(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)

    for extra in EXTRAS:
        verdict = name_verdict(judge_sentence(claim.rstrip(".") + extra, claims, pinned=places))
        assert verdict in ("supported", "unproven", "none"), extra


DATED = [
    (name, record["id"])
    for name in PATHS
    for record in read_base(name).records
    if re.fullmatch(r"\d{4}", record["date"] or "") and not re.search(r"\d{4}", record["claim"])
]
"""The facts of a year whose claims do not say it."""


@pytest.mark.parametrize(("name", "id"), DATED)
def test_a_day_of_a_facts_year_is_more_than_the_fact_says(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)
    year = next(record["date"] for record in read_base(name).records if record["id"] == id)

    assert name_verdict(judge_sentence(f"In {year}, {claim}", claims, pinned=places)) == "supported"
    assert name_verdict(judge_sentence(f"On March 12, {year}, {claim}", claims, pinned=places)) != "supported"


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_no_informative_word_can_be_changed_for_a_stranger_and_stay_supported(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)

    for word in re.finditer(r"[A-Za-z]{4,}", claim):
        if is_light(word[0]):
            continue
        for stranger in STRANGERS:
            changed = claim[: word.start()] + stranger + claim[word.end() :]
            assert name_verdict(judge_sentence(changed, claims, pinned=places)) != "supported", changed


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_two_words_of_a_longer_claim_prove_nothing(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)
    fact = next(one for one in claims.facts if one.id == id)
    if len(fact.core) < 3 * w.PIECES:
        return

    for one, other in pairwise(word for word in fact.reading.words if not is_light(claim[word.start : word.end])):
        said = f"It was about {claim[one.start : one.end]} and {claim[other.start : other.end]}."
        judgement = judge_sentence(said, claims, pinned=places)
        assert (name_verdict(judgement), judgement and judgement.fact) != ("supported", id), said


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_a_fact_cited_to_the_paragraph_beside_its_own_is_told(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)

    for key, number in places:
        for other in ((key, number - 1), (key, number + 1)):
            if other in places or not other[1]:
                continue
            verdict = name_verdict(judge_sentence(claim, claims, pinned={other}))
            assert verdict in ("wrong-paragraph", "differs"), other


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_a_question_or_a_demand_is_never_judged(name: str, id: str) -> None:
    claims, claim, places = get_fact(name, id)

    asked = f"Is it true that {claim[0].lower()}{claim[1:].rstrip('.')}?"
    assert judge_sentence(asked, claims, pinned=places) is None


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_no_message_contradicts_what_a_fact_of_that_paragraph_says_there(name: str, id: str) -> None:
    """*Says X; P says Y* is never said where a fact of P has X."""
    claims, claim, places = get_fact(name, id)

    for other in (one for one in claims.facts if one.places & places and one.id != id):
        joined = f"{claim.rstrip('.')}, and {other.reading.text[0].lower()}{other.reading.text[1:]}"
        judgement = judge_sentence(joined, claims, pinned=places)
        for conflict in judgement.conflicts if judgement else ():
            texts = [fact.reading.text.lower() for fact in claims.facts if fact.places & places]
            if conflict.kind in ("figure", "date", "country", "person", "institution"):
                assert not any(conflict.said.lower() in text for text in texts), joined


@pytest.mark.parametrize("name", PATHS)
def test_a_fact_that_is_ruled_out_by_words_alone_is_not_near(name: str) -> None:
    claims = read_base(name).claims
    texts = [fact.reading.text for other in PATHS for fact in read_base(other).claims.facts[::3]]
    ruled_out = 0
    for reading in (read_statement(text, claims.names) for text in texts):
        for number, fact in enumerate(claims.facts):
            context = frozenset(claims.facts[number - 1].core) if number % 2 else frozenset()
            if not may_be_near(reading, fact, claims, context):
                laid = _lay_beside(reading, fact, claims)
                typed, base_out = len(laid.clues.agreed_places), laid.clues.base_out
                cover = _measure_cover(fact, laid.reached, typed, base_out, context)
                ruled_out += 1

                assert (cover * laid.explained) ** 0.5 < w.NEAR, (reading.text, fact.id)
    assert ruled_out


def _swap(text: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    """Return *text* with two spans of it, the first of which stands first, in each other's place."""
    (start, end), (first, last) = one, other
    return text[:start] + text[first:last] + text[end:first] + text[start:end] + text[last:]


@pytest.mark.parametrize(("name", "id"), FACTS)
def test_no_message_says_on_both_sides_the_same(name: str, id: str) -> None:
    claims, claim, _ = get_fact(name, id)
    reading = read_statement(claim, claims.names)
    clues = [*((one.start, one.end) for one in reading.words), *((one.start, one.end) for one in reading.names)]
    spans = sorted([*clues, *((one.start, one.end) for one in reading.quantities)])
    swapped = [_swap(reading.text, one, other) for one, other in pairwise(spans) if one[1] <= other[0]]
    swapped += [re.sub(rf"\b{one}\b", other, claim) for one, other in TURNED if re.search(rf"\b{one}\b", claim)]

    found = [conflict for text in swapped if (one := judge_sentence(text, claims)) for conflict in one.conflicts]

    # Of a negation only the sentence's side is told.
    assert [one for one in found if one.kind != "negation" and fold_text(one.said) == fold_text(one.base)] == []
