"""Search: what is found, in which order, by which tier; and that no query breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightscli.load import find_bundled_base, read_base
from rightscli.model import Tier
from rightscli.search import find_facts

BASE = read_base(find_bundled_base())
WORDS = st.sampled_from(sorted({word for fact in BASE.facts for word in fact.claim.split()}))


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=12).map(" ".join)))
def test_no_query_makes_search_raise(query: str) -> None:
    hits = find_facts(BASE, query)

    assert len({hit.fact.id for hit in hits}) == len(hits)
    assert all(hit.score > 0 and hit.matches for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@settings(deadline=None)
@given(st.sampled_from(BASE.facts))
def test_a_claim_finds_its_own_fact_first(fact: object) -> None:
    hits = find_facts(BASE, fact.claim)  # type: ignore[attr-defined]

    assert hits[0].fact == fact


@pytest.mark.parametrize(
    ("query", "id", "tier"),
    [
        ("absenteeism", "absence-from-work-punished", Tier.EXACT),
        ("labour training camp absence", "absence-from-work-punished", Tier.EXACT),
        ("stereotyping", "gender-stereotypes-endorsed", Tier.STEM),
        ("extermi", "coi-crimes-listed", Tier.PREFIX),
        ("dallyeondea", "absence-from-work-punished", Tier.TYPO),
        ("1137", "arrivals-in-south-2018", Tier.EXACT),
        ("1,137", "arrivals-in-south-2018", Tier.EXACT),
    ],
)
def test_the_best_hit_and_its_tier(query: str, id: str, tier: Tier) -> None:
    best = find_facts(BASE, query)[0]

    assert (best.fact.id, best.tier) == (id, tier)


def test_forced_labor_comes_before_other_forced_things() -> None:
    claims = [hit.fact.claim for hit in find_facts(BASE, "forced labor")[:5]]

    assert all("forced" in claim and "labor" in claim for claim in claims)


@pytest.mark.parametrize("query", ["772", "2,707", "1952"])
def test_a_digit_is_never_taken_for_a_slip(query: str) -> None:
    assert find_facts(BASE, query) == ()


@pytest.mark.parametrize("query", ["", "   ", "?!", "…"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert find_facts(BASE, query) == ()
