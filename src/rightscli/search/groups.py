"""A query word, or several that are one, and the facts that it found: which, by which tier, and what they weigh."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from math import ceil, log
from typing import NamedTuple

from rightscli.errors import CorruptIndexError
from rightscli.search import weights
from rightscli.search.bitmaps import make_bitmap, pick_places, unite_bitmaps

_DISORDER = "a word's facts are out of order"
_LONG = 1000
"""How many facts must hold a word to be parted by what it weighs in them: of fewer it is no gain."""


class Match(NamedTuple):
    """What one query word found in a fact: the base's *word* or label, the *field* it stands in, by which *tier*."""

    word: str
    field: str
    tier: str


class FactList:
    """One way in which a group found facts: by a word of the base, or by a name, which weighs the same in each.

    *bitmap* is of the facts (see ``search.bitmaps``). Of a word, *fields* and the points stand beside *places*, ascending.
    *nearness*, from 0 to 1, is that of its word's meaning to the query's.
    """

    __slots__ = ("bitmap", "factor", "fields", "match", "places", "points", "trust")

    def __init__(
        self,
        match: Match,
        bitmap: int,
        points: bytes | float,
        places: Sequence[int] = (),
        fields: bytes | None = None,
        *,
        nearness: float = 1.0,
    ) -> None:
        far = match.tier == "typo" and len(match.word) >= weights.FAR_TYPO
        self.match = match
        self.trust = weights.TRUST.get("far typo" if far else match.tier, 1.0) * nearness
        if fields is None and match.field == "passage":
            self.trust *= weights.PASSAGE_TRUST
        self.factor = weights.TIER_WEIGHTS[match.tier] * nearness
        self.bitmap = bitmap
        self.points = points
        self.places = places
        self.fields = fields

    def find_heaviest(self) -> float:
        """Return the most that it weighs in any fact."""
        return self.factor * (max(self.points, default=0) if isinstance(self.points, bytes) else self.points)

    def find_heavy(self, least: float) -> int:
        """Return the bitmap of the facts in which a word weighs *least* or more, and perhaps of others; of a name, none."""
        if not isinstance(self.points, bytes):
            return 0
        if len(self.places) < _LONG:
            return self.bitmap
        lowest = min(ceil(least / self.factor), 256)
        return make_bitmap(compress(self.places, self.points.translate(bytes(lowest) + b"\1" * (256 - lowest))))

    def weigh_places(self, chosen: Sequence[int]) -> dict[int, float]:
        """Return what it weighs in the facts at those of the *chosen* places, ascending, that it holds."""
        held, points, places = pick_places(self.bitmap, chosen), self.points, self.places
        if not isinstance(points, bytes):
            return dict.fromkeys(held, self.factor * points)
        # To go through all of its places is quicker than to look very many up, each by itself.
        if len(places) < 4 * len(held):
            found = [*compress(points, map(set(held).__contains__, places))]
        else:
            found = [points[self._find_offset(place)] for place in held]
        if len(found) != len(held):
            raise CorruptIndexError(_DISORDER)
        return {place: self.factor * point for place, point in zip(held, found, strict=True)}

    def weigh_place(self, place: int) -> float:
        """Return what it weighs in the fact at *place*, 0 where it does not hold it."""
        if not self.bitmap >> place & 1:
            return 0.0
        return self.factor * (self.points[self._find_offset(place)] if isinstance(self.points, bytes) else self.points)

    def name_field(self, place: int) -> str:
        """Return the field in which the fact at *place*, which it holds, has the word."""
        if self.fields is None:
            return self.match.field
        bits = self.fields[self._find_offset(place)]
        return next((name for bit, name in weights.FIELDS if bits & bit), "")

    def _find_offset(self, place: int) -> int:
        """Return where the fact at *place* stands among the places."""
        offset = bisect_left(self.places, place)
        if offset < len(self.places) and self.places[offset] == place:
            return offset
        raise CorruptIndexError(_DISORDER)


class Group:
    """A query word, or several that are one, and what they found, for the length of one search.

    *parts* are the groups of its words, where there are several; *lists* are then the topics that go by all of them. *near* is
    what words near in meaning find: a guess, which finds a fact by itself only where the base lacks the word.

    Once it is settled, it has bitmaps of all facts that it found (*found*), of those that hold the word or name, or all of the
    words (*whole*), of those that say the word (*said*), and of those that hold the more or less of it (*touched*). *most* bounds
    what it weighs in a fact, *named* what topics and sections add to that, *less* what it weighs in a fact that holds a *part* of
    it at most.
    """

    __slots__ = (
        "found", "generic", "lacking", "less", "lists", "most", "named", "near", "part", "parts", "rarity", "said", "touched",
        "trust", "whole", "words",
    )  # fmt: skip

    def __init__(self, words: tuple[str, ...], lists: list[FactList], *, generic: bool = False) -> None:
        self.words = words
        self.lists = lists
        self.generic = generic
        self.lacking = 0.0
        self.near: list[FactList] = []
        self.parts: list[Group] = []
        self.trust = max((one.trust for one in lists), default=0.0)

    @property
    def is_misspelt(self) -> bool:
        """Whether all that it found was by a slip of the pen that its word was taken for."""
        return bool(self.lists) and all(one.match.tier == "typo" for one in self.lists)

    @property
    def is_of_passage(self) -> bool:
        """Whether all that it found was by the words of passages: what these say may be of none of the facts."""
        return bool(self.lists) and all(one.fields is None and one.match.field == "passage" for one in self.lists)

    def settle(self, count: int) -> None:
        """Unite what was found, and set the *rarity* by it, from how many of the base's *count* facts it is in."""
        says = [one for one in self.lists if one.fields is not None]
        names = [one for one in self.lists if one.fields is None]
        self.said = unite_bitmaps(one.bitmap for one in says)
        self.found = self.whole = self.said | unite_bitmaps(one.bitmap for one in names)
        self.named = max((one.find_heaviest() for one in names), default=0.0)
        self.most = self.named + max((one.find_heaviest() for one in says), default=0.0)
        self.touched, self.less, self.part = self.found, 0.0, 0.0
        if self.parts:
            self._settle_parts(count)
        if self.near:
            self._settle_near()
        # What a passage says may be of one of its facts alone: it makes no word of the claims less rare.
        own = unite_bitmaps(one.bitmap for one in self.lists if one.fields is not None or one.match.field != "passage")
        held: float = (self.whole if self.parts else own or self.whole).bit_count()
        held = held or (weights.UNKNOWN_FACTS if self.near else 1)
        self.rarity = log(1 + count / held) * (weights.GENERIC_FACTOR if self.generic else 1.0)

    def _settle_parts(self, count: int) -> None:
        all_words = -1
        for part in self.parts:
            part.settle(count)
            all_words &= part.found
            self.found |= part.found
            self.said |= part.said
        self.whole |= all_words
        together = max(self.named, weights.UNIT_BONUS if self.lists else 0.0)
        self.named = together + max(part.named for part in self.parts)
        self.most = together + max(part.most for part in self.parts)
        self.touched, self.less, self.part = self.found, weights.PART * self.most, weights.PART

    def _settle_near(self) -> None:
        self.less = max(one.find_heaviest() for one in self.near)
        self.part = max(one.trust for one in self.near)
        self.most = max(self.most, self.less)
        self.named = max(self.named, *(0.0 if one.fields else one.find_heaviest() for one in self.near))
        self.touched |= unite_bitmaps(one.bitmap for one in self.near)
        if not self.lists:
            self.found = self.touched

    def find_heavy(self, least: float) -> int:
        """Return the bitmap of the facts that say a word which weighs *least* or more in them, and perhaps of others."""
        parts = (part.find_heavy(least) for part in self.parts)
        return unite_bitmaps((*(one.find_heavy(least) for one in (*self.lists, *self.near)), *parts))

    def weigh_places(self, chosen: Sequence[int]) -> tuple[dict[int, float], dict[int, float]]:
        """Return what the group weighs in the facts at those of the *chosen* places, ascending, that it found: in what each says
        itself, and in what its topics are called; and which part of the group each holds that does not hold the whole."""
        said: dict[int, float] = {}
        named: dict[int, float] = {}
        for one in self.lists:
            if one.fields is None:
                named = _keep_greater(named, one.weigh_places(chosen))
            else:
                said = _keep_greater(said, one.weigh_places(chosen))
        if self.parts:
            return self._weigh_parts(chosen, named)
        both = said | named
        both.update((place, said[place] + named[place]) for place in said.keys() & named.keys())
        near: dict[int, float] = {}
        partial: dict[int, float] = {}
        for one in self.near:
            weighed = {place: weight for place, weight in one.weigh_places(chosen).items() if place not in both}
            near = _keep_greater(near, weighed)
            partial = _keep_greater(partial, dict.fromkeys(weighed, one.trust))
        return both | near, partial

    def _weigh_parts(self, chosen: Sequence[int], named: dict[int, float]) -> tuple[dict[int, float], dict[int, float]]:
        """Return what several words that are one weigh: by their topic, or by all of them together."""
        parts = [(part.rarity, part.weigh_places(chosen)[0]) for part in self.parts]
        total = sum(rarity for rarity, _ in parts) or 1.0
        weighed: dict[int, float] = {}
        partial: dict[int, float] = {}
        for place in pick_places(self.found, chosen):
            have = [(rarity, part[place]) for rarity, part in parts if place in part]
            if len(have) == len(parts):
                weighed[place] = sum(weight for _, weight in have) / len(have)
                weighed[place] += weights.UNIT_BONUS if place in named else 0.0
            elif place in named:
                weighed[place] = named[place]
            else:
                # One word of several: "society" is not "civil society".
                partial[place] = weights.PART * sum(rarity for rarity, _ in have) / total
                weighed[place] = weights.PART * sum(rarity * weight for rarity, weight in have) / total
        return weighed, partial

    def list_matches(self, place: int) -> dict[str, Match]:
        """Return by which match each of the group's words found *place*; a topic that goes by several stands for each."""
        matches: dict[str, Match] = {}
        for part in self.parts:
            matches |= part.list_matches(place)
        own = [one for one in self.lists if one.weigh_place(place)]
        best = max(own or self.near, key=lambda one: one.weigh_place(place), default=None)
        if best and best.weigh_place(place):
            match = best.match._replace(field=best.name_field(place))
            matches = dict.fromkeys(self.words, match) | matches
        return matches


def _keep_greater(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    """Return both, of what is in both the greater."""
    both = one | other
    both.update((place, max(one[place], other[place])) for place in one.keys() & other.keys())
    return both
