"""A query × the base → hits, best first.

Each query word is looked up on its own, from the strictest tier to the loosest: as it is (exact), in a topic's other labels
(variant), by its stem, as the beginning of a word, and only where all that finds nothing, as a misspelling. A fact counts
by the share of what makes the query specific that it matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from rightscli.model import Fact, FactBase, Hit, Match, Tier
from rightscli.words import split_words, stem_word

_TIER_WEIGHTS = {
    Tier.EXACT: 1.0,
    Tier.VARIANT: 0.9,
    Tier.STEM: 0.8,
    Tier.PREFIX: 0.6,
    Tier.TYPO: 0.5,
    Tier.RELATED: 0.3,
}
_TIER_ORDER = tuple(Tier)
# What the fact says counts more than what names it, what it is about, and where it stands.
_FIELD_WEIGHTS = {"claim": 3.0, "terms": 2.0, "topic": 1.5, "section": 0.5}
_SHORTEST_PREFIX = 3
_STOP_WORDS = frozenset(
    "a about an and any are as at be been being but by can could did do does doing for from had has have having how i if in"
    " into is it its me my of on or our should so than that the their them then there these they this those to was we were"
    " what when where which while who whom whose why will with would you your".split()
)


@dataclass(slots=True)
class _Postings:
    """Which facts hold which word, for the length of one search: word → fact's place → best match, and weight of all."""

    words: dict[str, dict[int, tuple[Match, float]]] = field(default_factory=lambda: defaultdict(dict))
    stems: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add_words(self, place: int, name: str, words: set[str], tier: Tier = Tier.EXACT, weight: float = 1.0) -> None:
        """Note *words*, which stand in the field *name* of the fact in *place*; a word's fields add up."""
        for word in words:
            match = Match(word, name, tier)
            best, before = self.words[word].get(place, (match, 0.0))
            if _weigh_match(best) < _weigh_match(match):
                best = match
            self.words[word][place] = (best, before + weight * _weigh_match(match))


def find_facts(base: FactBase, query: str) -> tuple[Hit, ...]:
    """Return every hit, best first; ties in the base's order, so that the same query always prints the same list.

    Empty where nothing matches, and where the query holds no word at all.
    """
    postings = _collect_postings(base)
    words = dict.fromkeys(split_words(query))
    asked = [word for word in words if word not in _STOP_WORDS] or list(words)
    found = {word: _find_word(word, postings) for word in asked}
    rarity = {word: log(1 + len(base.facts) / max(len(places), 0.5)) for word, places in found.items()}
    total = sum(rarity.values())
    hits = []
    for place in sorted({place for places in found.values() for place in places}):
        matches = {word: places[place] for word, places in found.items() if place in places}
        share = sum(rarity[word] for word in matches) / total
        score = share**2 * sum(rarity[word] * weight for word, (_, weight) in matches.items())
        worst = max((match.tier for match, _ in matches.values()), key=_TIER_ORDER.index)
        bare = {word: match for word, (match, _) in matches.items()}
        hits.append(Hit(base.facts[place], worst, float(f"{score:.4g}"), bare))
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def _weigh_match(match: Match) -> float:
    return _FIELD_WEIGHTS[match.field] * _TIER_WEIGHTS[match.tier]


def _collect_postings(base: FactBase) -> _Postings:
    """Return the words of every fact of *base*, from each of its fields."""
    postings = _Postings()
    claims = [split_words(fact.claim) for fact in base.facts]
    usual = sum(map(len, claims)) / max(len(claims), 1)
    for place, (fact, claim) in enumerate(zip(base.facts, claims, strict=True)):
        # A word says more of a short claim than of a long one.
        postings.add_words(place, "claim", set(claim), weight=2 / (1 + len(claim) / usual))
        postings.add_words(place, "terms", _split_all(*fact.anchors, *fact.terms, fact.according_to or "", fact.id))
        topics = [base.topics[id] for id in fact.topics]
        labels = _split_all(*(topic.label for topic in topics))
        postings.add_words(place, "topic", labels)
        others = _split_all(*(label for topic in topics for label in (*topic.alt, *topic.hidden)))
        postings.add_words(place, "topic", others - labels, Tier.VARIANT)
        postings.add_words(place, "section", _split_all(*_list_sections(fact, base)))
    for word in postings.words:
        postings.stems[stem_word(word)].add(word)
    return postings


def _split_all(*texts: str) -> set[str]:
    return {word for text in texts for word in split_words(text)}


def _list_sections(fact: Fact, base: FactBase) -> tuple[str, ...]:
    """Return the section that each citation of *fact* begins in."""
    places = ((base.sources[citation.source], citation.locator.first) for citation in fact.citations)
    return tuple(source.paragraphs[number - 1].section for source, number in places)


def _find_word(word: str, postings: _Postings) -> dict[int, tuple[Match, float]]:
    """Return the facts that hold *word*, as strictly as the base allows: place → match and weight."""
    found = dict(postings.words.get(word, {}))
    _add_matches(found, postings, postings.stems.get(stem_word(word), ()), Tier.STEM)
    if not found and len(word) >= _SHORTEST_PREFIX:
        _add_matches(found, postings, (known for known in postings.words if known.startswith(word)), Tier.PREFIX)
    if not found:
        _add_matches(found, postings, _find_misspelt(word, postings), Tier.TYPO)
    return found


def _add_matches(found: dict[int, tuple[Match, float]], postings: _Postings, words: Iterable[str], tier: Tier) -> None:
    """Add the facts that hold one of *words* and are not in *found* yet."""
    for word in sorted(words):
        for place, (match, weight) in postings.words[word].items():
            found.setdefault(place, (Match(word, match.field, tier), weight * _TIER_WEIGHTS[tier]))


def _find_misspelt(word: str, postings: _Postings) -> list[str]:
    """Return the known words nearest to *word*: one slip in four to seven letters, two in eight or more, none in fewer."""
    slips = 0 if len(word) < 4 or word.isdecimal() else 1 if len(word) < 8 else 2
    if not slips:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    # A digit is never a slip: 771 is not 777.
    known = [known for known in postings.words if not any(letter.isdecimal() for letter in known)]
    near = process.extract(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None)
    nearest = min((distance for _, distance, _ in near), default=0)
    return [known for known, distance, _ in near if distance == nearest]
