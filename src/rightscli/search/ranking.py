"""Which of the facts that were found come first: exactly those that would if every one were scored.

A fact's score is what its groups weigh in it, each by its rarity, times the share of the query that it holds; it gains by pairs
of the query's words that stand in it side by side, and by the best facts of its passage. Most facts are never scored:
``bounds`` tells which could not come first.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import CorruptIndexError
from rightscli.search import weights
from rightscli.search.bitmaps import pick_places, read_bitmap
from rightscli.search.bounds import bound_reach, find_able
from rightscli.search.groups import Group, Match
from rightscli.search.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from rightscli.search.vocabulary import Vocabulary

_FEW = 500
"""How many facts are all scored: with fewer, nothing is gained by bounds."""
_GUESSES = (1.0, 0.6, 0.4, 0.25, 0.15, 0.1)
"""Shares of what a fact could reach, above which enough facts are looked for before all are scored."""
_GAIN = 1 + weights.PHRASE_BONUS
"""The most that pairs multiply a score by."""
_BATCH = 64
"""How many facts are read at once to look for pairs in them."""


class Hit(NamedTuple):
    """A fact's place, its score (higher is better), its matches by query word, and the worst tier among them."""

    place: int
    score: float
    tier: str
    matches: dict[str, Match]


class Ranking:
    """The scores of the facts of the bitmap *found*, as far as they are known, for the length of one search.

    *total* is the rarity of the whole query, whose words are *asked*.
    """

    def __init__(
        self, base: "Vocabulary", groups: Sequence[Group], found: int, *, asked: Sequence[str], total: float
    ) -> None:
        self._base = base
        self._groups = groups
        self._found = self._left = found
        self._scale = total * weights.CLAIM_WEIGHT
        pairs = [pair for pair in pairwise(asked) if not STOP_WORDS.issuperset(pair)]
        self._pairs = {f" {one} {other} " for one, other in pairs}
        self._paired = _find_paired(groups, pairs)
        self._scores: dict[int, float] = {}
        self._best: list[float] = []

    def rank_facts(self, most: int) -> list[tuple[int, float]]:
        """Return the *most* best facts with their scores, best first; ties in the base's order."""
        highest = bound_reach(self._groups) / self._scale
        for guess in _GUESSES if self._left.bit_count() > max(most, _FEW) else ():
            self._score_able(guess * highest, most)
            if len(self._best) == most:
                if self._best[-1] < guess * highest:
                    self._score_able(self._best[-1], most)
                break
        else:
            self._score_able(0.0, most)
        best = [place for place, score in self._scores.items() if score >= self._best[-1]]
        return self._raise_beside(self._list_best(best)[:most], most)

    def _raise_beside(self, best: list[int], most: int) -> list[tuple[int, float]]:
        """Return the *most* best facts with their scores, once those gain that share a passage with one of the first of *best*.

        What is asked in several words is often told in several facts of a passage; of one word that says nothing.
        """
        firsts = best[: weights.BEST_FACTS] if len(self._groups) > 1 else []
        gained: dict[int, float] = {}
        for first, beside in self._base.list_beside(firsts).items():
            for place in read_bitmap(beside & self._found & ~(1 << first)):
                gained[place] = max(gained.get(place, 0.0), weights.BESIDE * self._scores[first])
        self._score_wholly([place for place in gained if place not in best])
        for place, gain in gained.items():
            self._scores[place] += gain
        return [(place, self._scores[place]) for place in self._list_best({*best, *gained})[:most]]

    def _list_best(self, places: Iterable[int]) -> list[int]:
        """Return *places*, the facts of the best scores first; ties in the base's order."""
        return sorted(places, key=lambda place: (-self._scores[place], place))

    def _score_able(self, least: float, most: int) -> None:
        """Score the facts that could reach *least* and were not scored before, and note the *most* best scores."""
        able = find_able(self._groups, self._left, least * self._scale)
        able |= find_able(self._groups, self._left & self._paired, least * self._scale / _GAIN)
        self._left ^= able
        places = read_bitmap(able)
        self._score_places(places)
        raised = pick_places(self._paired, places)
        known = [self._scores[place] for place in set(places).difference(raised)]
        self._best = sorted((*self._best, *known), reverse=True)[:most]
        self._raise_paired(raised, most)

    def _score_places(self, places: Sequence[int]) -> None:
        """Score the facts at *places*, but for what pairs of words add."""
        points, shares = [0.0] * len(places), [0.0] * len(places)
        for group in self._groups:
            rarity, (weighed, partial) = group.rarity, group.weigh_places(places)
            points = [point + rarity * weighed.get(place, 0.0) for place, point in zip(places, points, strict=True)]
            shares = [
                share + rarity * partial.get(place, 1.0) if place in weighed else share
                for place, share in zip(places, shares, strict=True)
            ]
        for place, point, share in zip(places, points, shares, strict=True):
            self._scores[place] = point * share / self._scale

    def _score_wholly(self, places: list[int]) -> None:
        """Score the facts at *places*, with what pairs of words add."""
        self._score_places(sorted(places))
        self._raise_pairs(pick_places(self._paired, places))

    def _raise_paired(self, places: list[int], most: int) -> None:
        """Raise the scores of those facts at *places* that hold pairs of words, and note the *most* best scores.

        They are read from the best on, until no other could come among the *most* best.
        """
        scores = self._scores
        places.sort(key=lambda place: -scores[place])
        for start in range(0, len(places), _BATCH):
            batch = places[start : start + _BATCH]
            if len(self._best) == most and scores[batch[0]] * _GAIN < self._best[-1]:
                break
            self._raise_pairs(batch)
            self._best = sorted((*self._best, *(scores[place] for place in batch)), reverse=True)[:most]

    def _raise_pairs(self, places: Sequence[int]) -> None:
        """Raise the scores of the facts at *places* by the pairs of words that each holds."""
        for place, words in self._base.get_words(places).items():
            held = sum(pair in words for pair in self._pairs) / len(self._pairs)
            self._scores[place] *= 1 + weights.PHRASE_BONUS * held


def _find_paired(groups: Sequence[Group], pairs: Sequence[tuple[str, str]]) -> int:
    """Return the bitmap of the facts that may hold one of *pairs* of words side by side: those that say both words."""
    said = {
        one.match.word: one.bitmap
        for group in groups
        for part in (group, *group.parts)
        for one in part.lists
        if one.fields is not None and one.match.tier == "exact"
    }
    paired = 0
    for pair in pairs:
        # Nearly every fact says a stop word.
        one, other = (said.get(word, -1 if word in STOP_WORDS else 0) for word in pair)
        paired |= one & other
    return paired


def make_hit(place: int, score: float, groups: Sequence[Group]) -> Hit:
    """Return the fact at *place* as a hit: by what each query word matched in it.

    A word that other facts have, and this one's words are but near to, makes its tier no worse.
    """
    matches: dict[str, Match] = {}
    tiers: set[str] = set()
    for group in groups:
        found = group.list_matches(place)
        matches |= found
        tiers.update(match.tier for match in found.values() if match.tier != "synonym" or not group.lists)
    if not tiers:
        raise CorruptIndexError("a fact is found by no word")
    worst = max(tiers, key=weights.TIERS.index)
    return Hit(place, float(f"{score:.4g}"), worst, matches)
