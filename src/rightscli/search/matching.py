"""A query's words → groups of words, and the facts that each finds, by which tier."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from math import log

from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.tuples import NamedTuple
from rightscli.words import (
    begin_alike,
    count_slips,
    differ_by_number,
    find_root,
    list_one_slip,
    list_onsets,
    unify_spelling,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, Protocol

    class Vocabulary(Protocol):
        """What an index offers to a search."""

        count: int

        def ask(self, query: str, *values: Any) -> list[Any]: ...
        def ask_in_parts(self, query: str, values: Iterable[Any], *more: Any) -> Iterator[Any]: ...
        def list_words(
            self, firsts: Iterable[str], onsets: Iterable[str], *, shortest: int, longest: int
        ) -> list[tuple[int, str]]: ...
        def get_postings(self, words: Iterable[int]) -> list[tuple[int, Any, bytes, bytes, Any]]: ...
        def list_places(self, kind: str, key: str) -> Any: ...
        def list_related(self, topic: str) -> list[tuple[str, str]]: ...
        def list_dated(self, places: Iterable[int], since: int | None, until: int | None) -> set[int]: ...
        def get_facts(self, places: Iterable[int]) -> list[dict[str, Any]]: ...
        def get_words(self, places: Iterable[int]) -> dict[int, str]: ...


TIERS = ("exact", "variant", "stem", "prefix", "typo", "related")
"""How a query word, or a whole hit, matched; the best first."""
_STRICT_TIERS = TIERS[:2]
_TIER_WEIGHTS = {"exact": 1.0, "variant": 0.95, "stem": 0.75, "prefix": 0.7, "typo": 0.6, "related": 0.3}
_FIELDS = ((1, "claim"), (8, "date"), (4, "passage"), (2, "terms"))
_TOPIC_WEIGHTS = (32.0, 16.0, 14.0)
"""What a topic's label, other label and hidden label weigh, beside what the index says a field weighs."""
_SECTION_WEIGHT = 8.0
_UNIT_BONUS = 32.0
MOST_CANDIDATES = 320
_LONGEST_LIST = 1 << 15
"""How many facts of a word an index keeps, and of a topic a word can find that names it; a filter has no such bound."""
_RANK_TIERS = ("exact", "variant", "variant")
_SHORTEST_PREFIX = 3
_STEM_BESIDE = 0.5
_SURE_PREFIX = 5
_GENERIC_FACTOR = 0.5
_PART = 0.3
_MOST_PREFIXED = 40
_LONGEST_UNIT = 6
_LONGEST_JOINED = 40
_MOST_READ = 60
_MOST_SECTIONS = 200
_TRUST = {"prefix": 0.8, "typo": 0.6, "far typo": 0.4}
"""How much of a word's rarity counts as known where its match may be a wrong guess."""


class Match(NamedTuple):
    """What one query word found in a fact: the base's *word* or label, the *field* it stands in, by which *tier*."""

    word: str
    field: str
    tier: str


class _List:
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
        self.trust = _TRUST.get("far typo" if far else match.tier, 1.0)
        self.factor = _TIER_WEIGHTS[match.tier]
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
        return next(name for bit, name in _FIELDS if bits & bit)


class Group:
    """A query word, or several that are one, and what they found, for the length of one search.

    *parts* are the groups of its words, where there are several; *lists* are then the topics that go by all of them. *held*
    are the shares of such a group that facts hold which say some of its words only, once ``weigh_places`` was told them.
    """

    __slots__ = ("generic", "held", "lists", "parts", "rarity", "trust", "words")

    def __init__(self, words: tuple[str, ...], lists: list[_List], *, generic: bool = False) -> None:
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

    def _gather_surest(self, list_some: Callable[[_List], Iterable[int]]) -> set[int]:
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
        return any(len(one.places) >= _LONGEST_LIST for one in self.lists) or any(part.is_cut() for part in self.parts)

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
        self.rarity = log(1 + count / max(found, 1)) * (_GENERIC_FACTOR if self.generic else 1.0)

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
                weights[place] = sum(weight for _, weight in have) / len(have) + (
                    _UNIT_BONUS if place in named else 0.0
                )
            elif place in named:
                weights[place] = named[place]
            else:
                # One word of several: "society" is not "civil society".
                self.held[place] = _PART * sum(rarity for rarity, _ in have) / whole
                weights[place] = _PART * sum(rarity * weight for rarity, weight in have) / whole
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


def find_groups(
    base: Vocabulary, asked: tuple[str, ...], *, strict: bool, kept: Iterable[str] = ()
) -> tuple[list[Group], list[str]]:
    """Return the query's groups, and the words that no tier finds; *kept* are words that are no stop words this time."""
    stopped = STOP_WORDS.difference(kept)
    words = [word for word in dict.fromkeys(asked) if word not in stopped] or list(dict.fromkeys(asked))
    units = _find_units(base, asked)
    groups, unknown = [], []
    taken: set[str] = set()
    for unit, lists in units:
        inner = [word for word in unit if word in words]
        taken.update(inner)
        groups.append(_make_unit(base, inner, lists, strict=strict))
    for word in words:
        if word in taken:
            continue
        lists = _find_word(base, word, strict=strict)
        if len(word) < _SURE_PREFIX and len(words) > 1:
            # More likely a word of its own than one typed half.
            lists = [one for one in lists if one.match.tier != "prefix"]
        joined = [] if lists else _find_joined(base, word)
        if joined:
            groups += [_make_unit(base, unit, found, strict=strict, best="variant") for unit, found in joined]
            continue
        if not lists:
            unknown.append(word)
        groups.append(Group((word,), lists, generic=word in GENERIC_WORDS))
    _drop_titled_numbers(asked, groups, unknown)
    return groups, unknown


def _drop_titled_numbers(asked: tuple[str, ...], groups: Sequence[Group], unknown: list[str]) -> None:
    """Take a number that only the title of a source or a section holds for unknown, but behind a word of that title.

    *World Report 2020* names the source; *arrivals 2020* asks for a year, of which a report may say nothing.
    """
    for group in groups:
        number = group.words[0]
        if number.isdecimal() and group.lists and all(one.match.field == "section" for one in group.lists):
            before = {one for one, other in pairwise(asked) if other == number}
            if not any(
                one.match.field == "section" and before & {*other.words} for other in groups for one in other.lists
            ):
                group.lists.clear()
                unknown.append(number)


def _make_unit(
    base: Vocabulary, words: Sequence[str], lists: Iterable[_List], *, strict: bool, best: str = "exact"
) -> Group:
    """Return the group of several *words* that are one; *lists* are the topics that go by them, *best* their best tier."""
    group = Group(tuple(words), [one for one in lists if not strict or one.match.tier in _STRICT_TIERS])
    group.parts = [Group((word,), _find_word(base, word, strict=strict)) for word in words]
    for one in (*group.lists, *(one for part in group.parts for one in part.lists)):
        one.match = one.match._replace(tier=max(one.match.tier, best, key=TIERS.index))
    group.trust = 1.0
    return group


def _find_joined(base: Vocabulary, word: str) -> list[tuple[tuple[str, ...], list[_List]]]:
    """Return the two words that *word* is without the blank between them: ``tradeunions``, ``humanrights``.

    A topic goes by both, or a fact holds them side by side.
    """
    ends = range(_SHORTEST_PREFIX, min(len(word), _LONGEST_JOINED) - _SHORTEST_PREFIX + 1)
    halves = [(word[:end], word[end:]) for end in ends]
    for pair in halves:
        found = _find_units(base, pair)
        if found:
            return found
    query = "SELECT word, id FROM words WHERE word IN ({})"
    known = dict(base.ask_in_parts(query, sorted({half for pair in halves for half in pair})))
    for one, other in halves:
        if one in known and other in known:
            heads = [set(head) for _, _, _, _, head in base.get_postings((known[one], known[other]))]
            both = sorted(set.intersection(*heads))[:_MOST_READ] if len(heads) == 2 else []
            if any(f" {one} {other} " in words for words in base.get_words(both).values()):
                return [((one, other), [])]
    return []


def _find_units(base: Vocabulary, asked: tuple[str, ...]) -> list[tuple[tuple[str, ...], list[_List]]]:
    """Return the runs of query words that a topic goes by, the longest first, none overlapping another."""
    forms = [find_root(unify_spelling(word)) for word in asked]
    runs = {
        (start, end): " ".join(forms[start:end])
        for start in range(len(asked))
        for end in range(start + 2, min(start + _LONGEST_UNIT, len(asked)) + 1)
    }
    if not runs:
        return []
    query = "SELECT form, topics.id, min(rank) FROM units JOIN topics ON place = topic"
    query += " WHERE form IN ({}) GROUP BY form, topic"
    named: dict[str, list[tuple[str, int]]] = {}
    for form, topic, rank in base.ask_in_parts(query, sorted(set(runs.values()))):
        named.setdefault(form, []).append((topic, rank))
    units, used = [], set[int]()
    for (start, end), form in sorted(runs.items(), key=lambda run: (run[0][0] - run[0][1], run[0][0])):
        if form in named and not used & set(range(start, end)):
            used.update(range(start, end))
            name = " ".join(asked[start:end])
            lists = [one for topic, rank in named[form] for one in _list_topic(base, topic, rank, name)]
            units.append((asked[start:end], lists))
    return units


def _list_topic(base: Vocabulary, topic: str, rank: int, word: str, tier: str = "") -> list[_List]:
    """Return the facts on *topic*, found because it goes by *word*; where there are none, those on its related topics."""
    weight, places = _TOPIC_WEIGHTS[rank], base.list_places("topic", topic)
    if len(places):
        return [_List(Match(word, "topic", tier or _RANK_TIERS[rank]), places[:_LONGEST_LIST], weight)]
    related = [(label, base.list_places("topic", other)) for other, label in base.list_related(topic)]
    return [_List(Match(label, "topic", "related"), places[:_LONGEST_LIST], weight) for label, places in related]


def _find_word(base: Vocabulary, word: str, *, strict: bool) -> list[_List]:
    """Return what *word* finds, by the strictest tiers that find anything."""
    form = unify_spelling(word)
    rows = base.ask("SELECT id, word, form FROM words WHERE stem = ?", find_root(form))
    tiers = {
        number: (known, "exact" if known == word else _name_tier(known_form, form))
        for number, known, known_form in rows
    }
    if not tiers and word[-4:-3] == "." and word[-3:].isdecimal():
        # 2.706 is how much of the world writes 2,706.
        whole = word.replace(".", "")
        query = "SELECT id, word FROM words WHERE word = ?"
        tiers = {number: (known, "variant") for number, known in base.ask(query, whole)}
    if strict:
        lists = _list_words(base, {number: one for number, one in tiers.items() if one[1] != "stem"})
        return [one for one in lists if one.match.tier in _STRICT_TIERS]
    if not tiers and len(word) >= _SHORTEST_PREFIX:
        query = "SELECT id, word FROM words WHERE word > ? AND word < ? ORDER BY facts DESC, word LIMIT ?"
        tiers = {
            number: (known, "prefix") for number, known in base.ask(query, word, word + "\U0010ffff", _MOST_PREFIXED)
        }
    if not tiers:
        tiers = {number: (known, "typo") for number, known in _find_misspelt(base, word)}
    lists = _list_words(base, tiers)
    if any(one.match.tier in _STRICT_TIERS for one in lists):
        # university is not universal: where the base has the word itself, others of its stem are further from it.
        for one in lists:
            one.factor *= _STEM_BESIDE if one.match.tier == "stem" else 1.0
    return lists


def _name_tier(known: str, form: str) -> str:
    """Return by which tier two words of one stem match, given their unified spellings."""
    return "variant" if known == form or differ_by_number(known, form) else "stem"


def _list_words(base: Vocabulary, tiers: Mapping[int, tuple[str, str]]) -> list[_List]:
    """Return the facts of the words that *tiers* names by number: themselves, and the topics they name."""
    lists = []
    for number, places, weights, fields, head in base.get_postings(tiers):
        word, tier = tiers[number]
        lists.append(_List(Match(word, "", tier), places, weights, fields, head))
    marks = ",".join("?" * len(tiers))
    query = f"SELECT word, topics.id, rank FROM topic_words JOIN topics ON place = topic WHERE word IN ({marks})"
    for number, topic, rank in base.ask(query, *tiers):
        word, tier = tiers[number]
        worse = max(tier, _RANK_TIERS[rank], key=TIERS.index)
        lists += _list_topic(base, topic, rank, word, worse)
    # A word that very many facts hold themselves needs no section to be found by.
    said = sum(len(one.places) for one in lists)
    return lists if said > MOST_CANDIDATES else lists + _list_sections(base, tiers)


def _list_sections(base: Vocabulary, tiers: Mapping[int, tuple[str, str]]) -> list[_List]:
    """Return the facts in the sections, and of the sources, whose names hold the words that *tiers* names."""
    marks = ",".join("?" * len(tiers))
    query = f"SELECT word, section FROM section_words WHERE word IN ({marks}) LIMIT {_MOST_SECTIONS}"
    places: dict[int, set[int]] = {}
    for number, section in base.ask(query, *tiers):
        places.setdefault(number, set()).update(base.list_places("section", section))
    lists = []
    for number, found in places.items():
        word, tier = tiers[number]
        lists.append(_List(Match(word, "section", tier), sorted(found), _SECTION_WEIGHT))
    return lists


def _find_misspelt(base: Vocabulary, word: str) -> list[tuple[int, str]]:
    """Return the numbers and words nearest to *word*: as many slips apart as ``count_slips`` allows."""
    slips = count_slips(word)
    if not slips:
        return []
    firsts, onsets = list_onsets(word)
    found = base.list_words(firsts, onsets, shortest=len(word) - slips, longest=len(word) + slips)
    numbers = {known: number for number, known in found}
    near = [(known, numbers[known]) for known in list_one_slip(word, numbers) if begin_alike(word, known)]
    # Most slips are one: only two are worth the import.
    if not near and slips > 1 and found:
        from rapidfuzz.distance import DamerauLevenshtein
        from rapidfuzz.process import extract_iter

        near = [
            (known, number)
            for known, distance, number in extract_iter(
                word, dict(found), scorer=DamerauLevenshtein.distance, score_cutoff=slips
            )
            if distance <= count_slips(known) and begin_alike(word, known)
        ]
    return [(number, known) for known, number in sorted(near)]
