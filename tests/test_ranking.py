"""Ranking: what is found first is what is found first where every fact is scored, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import log
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, SMALL_BASE
from rightscli.index.building import open_index
from rightscli.index.queries import Index
from rightscli.records import Record
from rightscli.search import bounds, find_facts, groups, ranking, weights
from rightscli.search.bitmaps import make_bitmap, pick_places, read_bitmap, unite_bitmaps
from rightscli.search.bounds import find_able
from rightscli.search.groups import FactList, Group
from rightscli.search.matching import find_groups
from rightscli.search.scope import Scope
from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.text.words import split_words

Weighed = dict[int, float]
Draw = Callable[[st.SearchStrategy[Any]], Any]


def weigh_list(one: FactList) -> Weighed:
    """Return what one way of finding facts weighs in all of them."""
    if isinstance(one.points, bytes):
        return {place: one.factor * point for place, point in zip(one.places, one.points, strict=True)}
    return dict.fromkeys(read_bitmap(one.bitmap), one.factor * one.points)


def weigh_word(group: Group) -> Weighed:
    """Return what one word weighs in all facts that hold it: the most by its own words, and the most by names."""
    said: Weighed = {}
    named: Weighed = {}
    for one in group.lists:
        best = named if one.fields is None else said
        for place, weight in weigh_list(one).items():
            best[place] = max(best.get(place, 0.0), weight)
    return {place: said.get(place, 0.0) + named.get(place, 0.0) for place in said.keys() | named.keys()}


def weigh_group(group: Group, count: int) -> tuple[float, Weighed, Weighed]:
    """Return the rarity of a word, or of several that are one, what it weighs in all facts, and which share of it each holds."""
    factor = weights.GENERIC_FACTOR if group.generic else 1.0
    own = weigh_word(group)
    if not group.parts:
        points, shares = dict(own), dict.fromkeys(own, 1.0)
        for one in group.near:
            for place, weight in weigh_list(one).items():
                if place not in own:
                    points[place] = max(points.get(place, 0.0), weight)
                    shares[place] = max(shares.get(place, 0.0), one.trust)
        held = len(own) or (weights.UNKNOWN_FACTS if group.near else 1)
        return log(1 + count / held) * factor, points, shares
    parts = [weigh_group(part, count) for part in group.parts]
    total = sum(rarity for rarity, _, _ in parts)
    points, shares = {}, {}
    for place in own.keys() | {place for _, weighed, _ in parts for place in weighed}:
        have = [(rarity, weighed[place]) for rarity, weighed, _ in parts if place in weighed]
        if len(have) == len(parts):
            points[place] = sum(weight for _, weight in have) / len(have)
            points[place] += weights.UNIT_BONUS if place in own else 0.0
        elif place in own:
            points[place] = own[place]
        else:
            points[place] = weights.PART * sum(rarity * weight for rarity, weight in have) / total
            shares[place] = weights.PART * sum(rarity for rarity, _ in have) / total
    whole = len(points) - len(shares)
    return (
        log(1 + count / max(whole, 1)) * factor,
        points,
        {place: shares.get(place, 1.0) for place in points},
    )


def list_found(group: Group, points: Weighed) -> Iterable[int]:
    """Return the places of the facts that a group finds, of those that it weighs in."""
    return weigh_word(group) if group.near and group.lists else points


def rank_every_fact(index: Index, query: str, *, without: str = "") -> list[tuple[int, float]]:
    """Return all facts that a *query* without names finds, scored one by one, best first; ties in the base's order."""
    phrases = [" ".join(split_words(phrase)) for phrase in query.split('"')[1:-1:2]]
    asked = split_words(query)
    groups, unknown = find_groups(index, asked, strict=False)
    weighed = [weigh_group(group, index.count) for group in groups]
    found = {place for group, one in zip(groups, weighed, strict=True) for place in list_found(group, one[1])}
    unknown = [word for word in unknown if word not in GENERIC_WORDS and len(word) > 1]
    total = sum(rarity for rarity, points, _ in weighed if points) + len(unknown) * log(1 + index.count / 0.5)
    pairs = {f" {one} {two} " for one, two in pairwise(asked) if not (one in STOP_WORDS and two in STOP_WORDS)}
    scores = {}
    for place, text in index.get_words(range(index.count)).items():
        points = sum(rarity * weighed.get(place, 0.0) for rarity, weighed, _ in weighed)
        share = sum(rarity * shares.get(place, 0.0) for rarity, _, shares in weighed)
        # A word that is but near to one of the query's finds a fact only where the base lacks that one.
        if (
            place in found
            and all(f" {phrase} " in text for phrase in phrases)
            and not (without and f" {without} " in text)
        ):
            held = sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
            scores[place] = points * share / (total * weights.CLAIM_WEIGHT) * (1 + weights.PHRASE_BONUS * held)
    order = sorted(scores, key=lambda place: (-scores[place], place))
    firsts = order[:3] if sum(bool(points) for _, points, _ in weighed) > 1 else []
    gained = {place: scores[place] + weights.BESIDE * gain for place, gain in list_gains(index, firsts, scores)}
    return sorted((scores | gained).items(), key=lambda pair: (-pair[1], pair[0]))


def list_gains(index: Index, firsts: list[int], scores: Weighed) -> Iterator[tuple[int, float]]:
    """Yield the facts that share a passage with others among the *firsts*, each with the best score of these."""
    resting = {place: list_passages(fact) for place, fact in enumerate(index.read_facts())}
    for place in scores:
        beside = [scores[first] for first in firsts if first != place and resting[first] & resting[place]]
        if beside:
            yield place, max(beside)


def list_passages(fact: Record) -> set[tuple[str, int]]:
    """Return the numbered passages that a fact rests on."""
    found = set()
    for citation in fact["citations"]:
        first, _, last = citation["locator"]["value"].partition("-")
        found |= {(citation["source"], number) for number in range(int(first), int(last or first) + 1)}
    return found


def assert_ranked_as_every_fact(index: Index, query: str, *, limit: int, without: str = "") -> None:
    due = rank_every_fact(index, query, without=without)
    found = find_facts(index, query, limit=limit, scope=Scope(without=[without] if without else []))

    assert [(hit.place, hit.score) for hit in found.hits] == [
        (place, float(f"{score:.4g}")) for place, score in due[:limit]
    ]
    assert found.total == len(due)


class MadeUp(NamedTuple):
    """The index of a made-up base, its claims, and what queries are made of: lists of words of one kind."""

    base: Index
    claims: list[list[str]]
    kinds: list[list[str]]


def write_few_words(path: Path, count: int) -> None:
    """Write a base of *count* facts with so few words that each of them holds most, many weigh the same, and pairs abound."""
    random = Random(count)
    head = (SMALL_BASE % ("a" * 64, "b" * 64, "c" * 64)).partition("facts:\n")[0]
    words = "quay crane boat dock vessel gull terns tern mole buoy the of".split()
    facts = []
    for number in range(count):
        claim = " ".join(random.choices(words, range(12, 0, -1), k=random.choice((1, 2, 3, 5, 8, 13, 21))))
        terms = [" ".join(random.sample(words, 2)) for _ in range(random.randrange(3))]
        topics = random.sample(["quays", "cranes", "boats"], random.randrange(3))
        facts.append(
            f"  - {{id: f{number}, claim: {claim.capitalize()}., cites: {{harbour: {random.randrange(1, 4)}}},"
            f" topics: [{', '.join(topics)}], terms: [{', '.join(dict.fromkeys(terms))}]}}\n"
        )
    head = head.replace("alt: [hoists]", "alt: [hoists, crane boat]").replace("alt: [vessels]", "alt: [gull tern mole]")
    path.write_text(f"{head}facts:\n{''.join(facts)}", encoding="utf-8")


@pytest.fixture(scope="module", params=["few words", 400, 3000])
def made_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeUp]:
    """A base with words as frequent as in real texts, or with very few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        from generate import write_base
    path = tmp_path_factory.mktemp("made-up") / "base.yaml"
    if request.param == "few words":
        write_few_words(path, 600)
    else:
        write_base(request.param, path, seed=request.param)
    index = open_index(str(path), None)
    claims = [list(filter(str.isalpha, split_words(fact["claim"]))) for fact in index.read_facts()]
    counts = Counter(word for claim in claims for word in set(claim) - STOP_WORDS)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    labels = [label for _, topic in index.list_topics() for label in (topic["label"], *topic["alt"])]
    slips = [f"{word[:2]}{word[3]}{word[2]}{word[4:]}" for word in words if len(word) > 4]
    kinds = [words[:80], words, [word[:3] for word in words[:300]], slips, sorted(STOP_WORDS), labels]
    yield MadeUp(index, claims, kinds)
    index.close()


def draw_query(made_up: MadeUp, draw: Draw) -> str:
    """Return words of all frequencies, words of one claim, topics' names, words half typed or misspelt, and stop words."""
    parts = []
    for kind in draw(st.lists(st.integers(0, len(made_up.kinds)), min_size=1, max_size=5)):
        if kind < len(made_up.kinds):
            words = made_up.kinds[kind]
            parts.append(words[draw(st.integers(0, len(words) - 1))])
        else:
            parts += draw_run(made_up, draw, most=5)
    # A figure may be a date, or the year of a title.
    return " ".join(part for part in parts if not any(letter.isdecimal() or letter == "-" for letter in part)) or "to"


def draw_run(made_up: MadeUp, draw: Draw, *, most: int) -> list[str]:
    """Return up to *most* words of one claim, side by side but for its figures."""
    claim = made_up.claims[draw(st.integers(0, len(made_up.claims) - 1))]
    start = draw(st.integers(0, 6))
    return claim[start : start + draw(st.integers(1, most))]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), limit=st.integers(1, 30))
def test_the_first_hits_are_those_of_a_ranking_of_every_fact(made_up: MadeUp, data: st.DataObject, limit: int) -> None:
    assert_ranked_as_every_fact(made_up.base, draw_query(made_up, data.draw), limit=limit)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), limit=st.integers(1, 30))
def test_they_are_so_wherever_facts_are_parted(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch, data: st.DataObject, limit: int
) -> None:
    # Where so few facts are found, all would be scored.
    monkeypatch.setattr(ranking, "_FEW", 1)
    monkeypatch.setattr(ranking, "_BATCH", 3)
    monkeypatch.setattr(bounds, "_FEW", 2)
    monkeypatch.setattr(groups, "_LONG", 10)

    assert_ranked_as_every_fact(made_up.base, draw_query(made_up, data.draw), limit=limit)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bound_is_below_what_a_fact_reaches(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr(bounds, "_FEW", 0)
    monkeypatch.setattr(groups, "_LONG", 1)
    found = find_groups(made_up.base, split_words(draw_query(made_up, data.draw)), strict=False)[0]
    for group in found:
        group.settle(made_up.base.count)
    weighed = [weigh_group(group, made_up.base.count) for group in found]
    pool = unite_bitmaps(group.found for group in found)
    reached = {
        place: sum(rarity * points.get(place, 0.0) for rarity, points, _ in weighed)
        * sum(rarity * shares.get(place, 0.0) for rarity, _, shares in weighed)
        for place in read_bitmap(pool)
    }
    least = sorted(reached.values())[data.draw(st.integers(0, len(reached) - 1))] if reached else 1.0

    assert {place for place in reached if reached[place] >= least} <= {*read_bitmap(find_able(found, pool, least))}


def test_a_fact_comes_before_its_equals_beside_one_that_says_all(tmp_path: Path) -> None:
    head = (SMALL_BASE % ("a" * 64, "b" * 64, "c" * 64)).partition("facts:\n")[0]
    claims = {
        "far": ("Cranes are red.", 1),
        "near": ("Cranes are tall.", 2),
        "first": ("Cranes lift boats at night.", 2),
    }
    facts = [
        f"  - {{id: {id}, claim: {claim}, cites: {{harbour: {number}}}, topics: []}}\n"
        for id, (claim, number) in claims.items()
    ]
    (tmp_path / "base.yaml").write_text(f"{head}facts:\n{''.join(facts)}", encoding="utf-8")
    index = open_index(str(tmp_path / "base.yaml"), None)

    found = find_facts(index, "crane boats night")

    assert [fact["id"] for fact in index.get_facts(hit.place for hit in found.hits)] == ["first", "near", "far"]


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), limit=st.integers(1, 30))
def test_they_are_so_among_the_facts_that_a_scope_leaves(made_up: MadeUp, data: st.DataObject, limit: int) -> None:
    phrase, banned = draw_run(made_up, data.draw, most=2), draw_run(made_up, data.draw, most=1)
    query = f'{draw_query(made_up, data.draw)} "{" ".join(phrase)}"'

    assert_ranked_as_every_fact(made_up.base, query, limit=limit, without=" ".join(banned))


@given(st.sets(st.integers(0, 500)), st.sets(st.integers(0, 500)))
def test_a_bitmap_is_the_set_of_its_places(one: set[int], other: set[int]) -> None:
    first, second = make_bitmap(one), make_bitmap(sorted(other))

    assert read_bitmap(first) == sorted(one)
    assert read_bitmap(first & second) == sorted(one & other)
    assert read_bitmap(unite_bitmaps((first, second))) == sorted(one | other)
    assert pick_places(first, sorted(other)) == sorted(one & other)
    assert first.bit_count() == len(one)
