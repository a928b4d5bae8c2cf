"""A query word, or several that are one, and the facts that it found: which, by which tier, and what they weigh."""

from __future__ import annotations

from bisect import bisect_left
from math import log
from typing import TYPE_CHECKING, NamedTuple

from rightscli.search.weights import (
    FIELDS,
    GENERIC_FACTOR,
    LONGEST_LIST,
    MOST_CANDIDATES,
    PART,
    TIER_WEIGHTS,
    TIERS,
    TRUST,
    UNIT_BONUS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Match(NamedTuple):
    """What one query word found in a fact: the base's *word* or label, the *field* it stands in, by which *tier*."""

    word: str
    field: str
    tier: str


class FactList:
    """One way in which a group found facts: by a word of the base (*weights* and *fields* beside *places*, ascending), or
    by a name, which weighs the same in each.

    There may be very many places, of which few are looked at: *head* holds the weightiest, all where they are not very many,
    and *weighed* those that were chosen, with what they weigh, once ``weigh_places`` was told them.
    """

    __slots__ = ("_weights", "factor", "fields", "head", "match", "places", "trust", "weighed")

    def __init__(
        self,
        match: Match,
        places: Sequence[int],
        weights: bytes | float,
        fields: bytes | None = None,
        head: Sequence[int] = (),
    ) -> None:
        self.match = match
        self.head = head or places
        far = match.tier == "typo" and len(match.word) >= 8
        self.trust = TRUST.get("far typo" if far else match.tier, 1.0)
        self.factor = TIER_WEIGHTS[match.tier]
        self.places = places
        self.fields = fields
        self.weighed: dict[int, float] = {}
        self._weights = weights

    def weigh_places(self, chosen: set[int]) -> None:
        """Weigh those of the *chosen* places that hold the word or name."""
        factor, weights, places = self.factor, self._weights, self.places
        if not isinstance(weights, bytes):
            self.weighed = dict.fromkeys(self.list_held(chosen), factor * weights)
        elif self._is_short(chosen):
            found = dict(zip(places, weights, strict=True))
            self.weighed = {place: factor * found[place] for place in chosen & found.keys()}
        else:
            self.weighed = {place: factor * weights[spot] for place, spot in self._find_spots(chosen)}

    def list_held(self, chosen: set[int]) -> Iterable[int]:
        """Return those of the *chosen* places that are among its own."""
        if self._is_short(chosen):
            return chosen.intersection(self.places)
        return [place for place, _ in self._find_spots(chosen)]

    def _is_short(self, chosen: set[int]) -> bool:
        """Tell whether to go through all of its places is quicker than to look each of the *chosen* up."""
        return len(self.places) < 16 * len(chosen)

    def _find_spots(self, chosen: Iterable[int]) -> list[tuple[int, int]]:
        """Return those of the *chosen* places that are among its own, and where they stand there."""
        places, ends = self.places, len(self.places)
        spots = [(place, bisect_left(places, place)) for place in chosen]
        return [(place, spot) for place, spot in spots if spot < ends and places[spot] == place]

    def name_field(self, place: int) -> str:
        """Return the field in which *place* holds the word."""
        if self.fields is None:
            return self.match.field
        bits = self.fields[bisect_left(self.places, place)]
        return next(name for bit, name in FIELDS if bits & bit)


class Group:
    """A query word, or several that are one, and what they found, for the length of one search.

    *parts* are the groups of its words, where there are several; *lists* are then the topics that go by all of them. *held*
    are the shares of such a group that facts hold which say some of its words only, once ``weigh_places`` was told them.
    """

    __slots__ = ("generic", "held", "lists", "parts", "rarity", "trust", "words")

    def __init__(self, words: tuple[str, ...], lists: list[FactList], *, generic: bool = False) -> None:
        self.words = words
        self.lists = lists
        self.generic = generic
        self.parts: list[Group] = []
        self.held: dict[int, float] = {}
        self.rarity = 0.0
        self.trust = max((one.trust for one in lists), default=0.0)

    def list_places(self, *, whole: bool) -> set[int]:
        """Return the places of the facts that the group found; unless *whole*, of very many only the likeliest."""
        parts = [part.list_places(whole=whole) for part in self.parts]
        if whole:
            return set().union(*(one.places for one in self.lists), *parts)
        said = [one.head for one in self.lists if one.fields is not None]
        # Those that say the word themselves are likelier than those whose topics do.
        heads = said if sum(map(len, said)) > MOST_CANDIDATES else [one.head for one in self.lists]
        return set().union(*heads, *parts)

    def keep_places(self, pool: set[int]) -> set[int]:
        """Return those places of the *pool* that the group found."""
        return set().union(
            *(one.list_held(pool) for one in self.lists), *(part.keep_places(pool) for part in self.parts)
        )

    def list_likeliest(self) -> set[int]:
        """Return the places of the likeliest facts of those that ``keep_surest`` keeps."""
        return self._gather_surest(lambda one: one.head)

    def keep_surest(self, pool: set[int]) -> set[int]:
        """Return those places of the *pool* whose facts say the word by the strictest tier that found anything; several words
        all of them, or are on their topic."""
        return self._gather_surest(lambda one: one.list_held(pool))

    def _gather_surest(self, list_some: Callable[[FactList], Iterable[int]]) -> set[int]:
        if self.parts:
            said = set.intersection(*(part._gather_surest(list_some) for part in self.parts))
            return said.union(*map(list_some, self.lists))
        strictest = min((TIERS.index(one.match.tier) for one in self.lists if one.fields is not None), default=0)
        surest = (one for one in self.lists if one.fields is not None and TIERS.index(one.match.tier) == strictest)
        return set().union(*map(list_some, surest))

    def has_more(self) -> bool:
        """Tell whether there are facts that ``list_places`` leaves out unless it is asked for the whole."""
        said = [one for one in self.lists if one.fields is not None]
        cut = sum(len(one.head) for one in said) > MOST_CANDIDATES and len(said) < len(self.lists)
        return (
            cut or any(len(one.head) < len(one.places) for one in said) or any(part.has_more() for part in self.parts)
        )

    def is_cut(self) -> bool:
        """Tell whether the group found more facts than an index keeps of a word."""
        return any(len(one.places) >= LONGEST_LIST for one in self.lists) or any(part.is_cut() for part in self.parts)

    def count_places(self) -> int:
        """Return about how many facts the group found: exactly, where they are not very many."""
        if self.has_more():
            return max(len(one.places) for group in (self, *self.parts) for one in group.lists)
        return len(self.list_places(whole=True))

    def list_weighed(self, places: Iterable[int]) -> set[int]:
        """Return those of *places* that were weighed and hold the group's word or name, or all of its words."""
        held = set[int]().union(
            *(one.weighed for one in self.lists), *(part.list_weighed(places) for part in self.parts)
        )
        return held.intersection(places).difference(self.held)

    def weigh_rarity(self, count: int) -> None:
        """Set the *rarity*, from how many of the base's *count* facts the group found: several words, all together."""
        for part in self.parts:
            part.weigh_rarity(count)
        found = self.count_places()
        if self.parts and not self.has_more():
            said = set.intersection(*(part.list_places(whole=True) for part in self.parts))
            found = len(said.union(*(one.places for one in self.lists)))
        elif self.parts:
            found = min(part.count_places() for part in self.parts)
        self.rarity = log(1 + count / max(found, 1)) * (GENERIC_FACTOR if self.generic else 1.0)

    def weigh_places(self, chosen: set[int]) -> dict[int, float]:
        """Return what the group weighs in the *chosen* facts: in what each says itself, and in what its topics are called."""
        said: dict[int, float] = {}
        named: dict[int, float] = {}
        for one in self.lists:
            one.weigh_places(chosen)
            weights = named if one.fields is None else said
            for place, weight in one.weighed.items():
                if weight > weights.get(place, 0.0):
                    weights[place] = weight
        if self.parts:
            return self._weigh_parts(chosen, named)
        for place, weight in named.items():
            said[place] = said.get(place, 0.0) + weight
        return said

    def _weigh_parts(self, chosen: set[int], named: dict[int, float]) -> dict[int, float]:
        """Return what several words that are one weigh: by their topic, or by all of them together."""
        parts = [(part.rarity, part.weigh_places(chosen)) for part in self.parts]
        whole = sum(rarity for rarity, _ in parts) or 1.0
        weights: dict[int, float] = {}
        for place in chosen.intersection(named.keys() | set[int]().union(*(part for _, part in parts))):
            have = [(rarity, part[place]) for rarity, part in parts if place in part]
            if len(have) == len(parts):
                weights[place] = sum(weight for _, weight in have) / len(have) + (UNIT_BONUS if place in named else 0.0)
            elif place in named:
                weights[place] = named[place]
            else:
                # One word of several: "society" is not "civil society".
                self.held[place] = PART * sum(rarity for rarity, _ in have) / whole
                weights[place] = PART * sum(rarity * weight for rarity, weight in have) / whole
        return weights

    def list_matches(self, place: int) -> dict[str, Match]:
        """Return by which match each of the group's words found *place*; a topic that goes by several stands for each."""
        matches: dict[str, Match] = {}
        for part in self.parts:
            matches |= part.list_matches(place)
        best = max(self.lists, key=lambda one: one.weighed.get(place, 0.0), default=None)
        if best and place in best.weighed:
            match = best.match._replace(field=best.name_field(place))
            matches = dict.fromkeys(self.words, match) | matches
        return matches
