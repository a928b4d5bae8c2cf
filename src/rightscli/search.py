"""A query × an index → hits, best first; or nothing, where what makes the query specific is not in the base.

The query's words become *groups*: a word, or several that a topic's label says are one (``civil society``). Each group is
looked up from the strictest tier to the loosest: the word itself (exact), its other spelling or another label of a topic
(variant), its stem, and only where all that finds nothing, as the beginning of a word (prefix) or a misspelling (typo). A
fact's score is what its groups weigh in it, each by its rarity, times the share of the query that it covers.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise, repeat
from math import log
from typing import TYPE_CHECKING, NamedTuple

from rightscli.words import count_slips, find_root, list_deletes, split_words, unify_spelling, write_out_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Protocol

    class Vocabulary(Protocol):
        """What an index offers to a search."""

        count: int

        def ask(self, query: str, *values: Any) -> list[Any]: ...
        def ask_in_parts(self, query: str, values: Iterable[Any], *more: Any) -> Iterator[Any]: ...
        def get_entries(self, words: Iterable[int]) -> list[tuple[int, Any, bytes, bytes]]: ...
        def list_places(self, kind: str, key: str) -> Any: ...
        def list_dated(self, places: Iterable[int], since: int | None, until: int | None) -> set[int]: ...
        def get_facts(self, places: Iterable[int]) -> list[dict[str, Any]]: ...
        def get_words(self, places: Iterable[int]) -> dict[int, str]: ...


TIERS = ("exact", "variant", "stem", "prefix", "typo", "related")
"""How a query word, or a whole hit, matched; the best first."""
_TIER_WEIGHTS = {"exact": 1.0, "variant": 0.95, "stem": 0.85, "prefix": 0.7, "typo": 0.6, "related": 0.3}
_FIELDS = ((1, "claim"), (2, "terms"))
_TOPIC_WEIGHTS = (32.0, 16.0, 14.0)
"""What a topic's label, other label and hidden label weigh, beside what the index says a field weighs."""
_SECTION_WEIGHT = 8.0
_UNIT_BONUS = 32.0
_MOST_CANDIDATES = 1024
_RANK_TIERS = ("exact", "variant", "variant")
_SHORTEST_PREFIX = 3
_MOST_PREFIXED = 40
_LONGEST_UNIT = 6
_MOST_WORDS = 1000
"""How many words of a query are looked at."""
_MOST_SECTIONS = 200
_MOST_READ = 60
_KNOWN_AT_LEAST = 0.4
"""The share of what is specific in a query that the base must know, or the answer is nothing."""
_TOGETHER_AT_LEAST = 0.45
"""The share of it that one fact must hold, where there is anything in the query that the base does not know."""
_TRUST = {"prefix": 0.8, "typo": 0.6, "far typo": 0.4}
"""How much of a word's rarity counts as known where its match may be a wrong guess."""

STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being between both but by can cannot"
    " could did do does doing done don down during each either else ever every few for from further get gets getting give"
    " given go goes going got had has have having he her here hers him his how however i if in into is isn it its itself just"
    " let like ll made make makes many may maybe me might mine more most much must my neither no nor not now of off on once"
    " one only or other others our out over own per please quite rather really re s same say says she should since so some"
    " such t than that the their theirs them themselves then there these they this those though through thus to too toward"
    " under until up upon us very via was way we were what whatever when where whether which while who whoever whom whose why"
    " will with within without would yes yet you your"
    " arent cant couldnt didnt doesnt dont hadnt hasnt havent hows im isnt ive shouldnt thats theres theyre wasnt werent whats"
    " wheres whos wont wouldnt youre".split()
)
"""Words that make no query specific. They are looked for only where a query holds nothing else."""
_GENERIC_WORDS = frozenset(
    "according actual actually add affect allow allowed answer anybody anyone anything anywhere apparently approximately around"
    " article ask bad basically become big bit bring call called came case cause certain change claim claims come comes coming"
    " concern concerning consider count country countries current currently data date dates day days deal describe described"
    " description detail details difference different document else especially estimate everyone everything evidence exact"
    " exactly example explain fact facts far figure figures find first follow following form full general good great guy happen"
    " happened happening happens hear heard help holding hold important include included includes including info information"
    " instead involve involved issue issues keep keeps kind knew know known last late lately latest least less level list"
    " little long look looking lot lots main mainly major matter mean meaning means mention mentioned name names near need"
    " needs new nice next north number numbers occur often old overview part particular people perhaps person place point"
    " possible probably problem problems put question quick quote read reason reasons recent recently regard regarding related"
    " relevant report reported reporting reports result right said saw see seem seems seen sentence set several short show"
    " shows side simply situation sort source sources specific start stand state stated still stuff summary supposed sure take"
    " taken takes talk talking tell text thing things think time times today together told took topic total towards true try"
    " trying type use used uses using usually want wants whole word words work works world wonder wondering write year years"
    " yesterday hello hi hey thanks thank essay homework writing summarise summarize explanation someone somebody folk"
    " folks".split()
)
"""Words that questions are made of: where the base does not know them, they are not missed."""


class Match(NamedTuple):
    """What one query word found in a fact: the base's *word* or label, the *field* it stands in, by which *tier*."""

    word: str
    field: str
    tier: str


class Hit(NamedTuple):
    """A fact's place, its score (higher is better), its matches by query word, and the worst tier among them."""

    place: int
    score: float
    tier: str
    matches: dict[str, Match]


def list_topics(base: Vocabulary, hits: Iterable[Hit], *, most: int = 3) -> list[str]:
    """Return the ids of the topics that most of *hits* are on, the likeliest first: where to look instead."""
    counts: dict[str, int] = {}
    for record in base.get_facts(hit.place for hit in hits):
        for topic in record["topics"]:
            counts[topic] = counts.get(topic, 0) + 1
    return sorted(counts, key=lambda topic: -counts[topic])[:most]


class Findings(NamedTuple):
    """What a query found: *hits*, best first; how many facts matched in all; the query words that the base does not know.

    Where what makes the query specific is unknown, *weak* is true: the hits share only common words with it.
    """

    hits: list[Hit]
    total: int
    unknown: list[str]
    weak: bool = False


class Scope(NamedTuple):
    """Which facts a search may find: those at *places* (None: all), whose dates overlap the days *since* to *until*, that hold
    each of the *phrases* and none of the words *without*."""

    places: set[int] | None = None
    since: int | None = None
    until: int | None = None
    phrases: Sequence[str] = ()
    without: Sequence[str] = ()


class _List:
    """One way in which a group found facts: by a word of the base (*fields* beside *places*, ascending), or by a name."""

    __slots__ = ("factor", "fields", "match", "places", "trust", "weights")

    def __init__(
        self, match: Match, places: Sequence[int], weights: Iterable[float], fields: bytes | None = None
    ) -> None:
        self.match = match
        self.factor = _TIER_WEIGHTS[match.tier]
        far = match.tier == "typo" and len(match.word) >= 8
        self.trust = _TRUST.get("far typo" if far else match.tier, 1.0)
        self.places = places
        self.weights = dict(zip(places, weights, strict=False))
        self.fields = fields

    def name_field(self, place: int) -> str:
        """Return the field in which *place* holds the word."""
        if self.fields is None:
            return self.match.field
        bits = self.fields[bisect_left(self.places, place)]
        return next(name for bit, name in _FIELDS if bits & bit)


class _Group:
    """A query word, or several that are one, and what they found, for the length of one search.

    *parts* are the groups of its words, where there are several; *lists* are then the topics that go by all of them.
    """

    __slots__ = ("generic", "lists", "parts", "rarity", "trust", "words")

    def __init__(self, words: tuple[str, ...], lists: list[_List], *, generic: bool = False) -> None:
        self.words = words
        self.lists = lists
        self.generic = generic
        self.parts: list[_Group] = []
        self.rarity = 0.0
        self.trust = max((one.trust for one in lists), default=0.0)

    def list_places(self) -> set[int]:
        """Return the places of every fact that the group found."""
        return set().union(*(one.weights for one in self.lists), *(part.list_places() for part in self.parts))

    def weigh_place(self, place: int) -> float:
        """Return what the group weighs in a fact: in what it says itself, and in what its topics are called."""
        if self.parts:
            return self._weigh_parts(place)
        said = named = 0.0
        for one in self.lists:
            if place in one.weights:
                weight = one.weights[place] * one.factor
                if one.fields is None:
                    named = max(named, weight)
                else:
                    said = max(said, weight)
        return said + named

    def _weigh_parts(self, place: int) -> float:
        """Return what several words that are one weigh: by their topic, or by all of them together."""
        named = max((one.weights[place] * one.factor for one in self.lists if place in one.weights), default=0.0)
        have = [weight for weight in (part.weigh_place(place) for part in self.parts) if weight]
        if len(have) == len(self.parts):
            return sum(have) / len(have) + (_UNIT_BONUS if named else 0.0)
        # One word of several: "society" is not "civil society".
        return max(named, 0.3 * sum(have) / len(self.parts))

    def list_matches(self, place: int) -> dict[str, Match]:
        """Return by which match each of the group's words found *place*; a topic that goes by several stands for each."""
        matches: dict[str, Match] = {}
        for part in self.parts:
            matches |= part.list_matches(place)
        found = [one for one in self.lists if place in one.weights]
        if found:
            best = max(found, key=lambda one: one.weights[place] * one.factor)
            match = best.match._replace(field=best.name_field(place))
            matches = dict.fromkeys(self.words, match) | matches
        return matches


def find_facts(
    base: Vocabulary, query: str, *, limit: int = 10, strict: bool = False, scope: Scope | None = None
) -> Findings:
    """Return at most *limit* hits, best first; ties in the base's order, so that the same query always prints the same list.

    Words between double quotes must occur side by side. *strict* stops after the exact and variant tiers.
    """
    query, phrases = _cut_phrases(write_out_dates(query))
    asked = split_words(query)[:_MOST_WORDS]
    groups, unknown = _find_groups(base, asked, strict=strict)
    found = [group for group in groups if group.lists or any(part.lists for part in group.parts)]
    missed = [word for word in unknown if word not in _GENERIC_WORDS and len(word) > 1]
    sets = [group.list_places() for group in found]
    for group, places in zip(found, sets, strict=True):
        group.rarity = log(1 + base.count / max(len(places), 1)) * (0.5 if group.generic else 1.0)
    total = sum(group.rarity for group in found) + len(missed) * log(1 + base.count / 0.5)
    scope = (scope or Scope())._replace(phrases=phrases)
    chosen = _choose_places(sets, scope.places, most=max(limit, _MOST_CANDIDATES))
    scores, shares = _score_places(chosen, found, total or 1.0)
    count = len(set().union(*sets)) if scope == Scope() else 0
    _keep_in_scope(base, scores, scope)
    if not scores:
        return Findings([], 0, missed)
    best = sorted(scores, key=lambda place: (-scores[place], place))
    best = _prefer_phrases(base, asked, best[:_MOST_READ], scores) + best[_MOST_READ:]
    hits = [_make_hit(place, scores[place], found) for place in best[:limit]]
    known = sum(group.rarity * group.trust for group in found) / total
    weak = bool(missed) and (known < _KNOWN_AT_LEAST or max(shares[place] for place in scores) < _TOGETHER_AT_LEAST)
    return Findings(hits, count or len(scores), missed, weak)


def _cut_phrases(query: str) -> tuple[str, list[str]]:
    """Return *query* without its double quotes, and the folded words of what stands between them."""
    import re

    query = re.sub("[“”„‟]", '"', query)
    phrases = [" ".join(split_words(phrase)) for phrase in re.findall('"([^"]*)"', query)] if '"' in query else []
    return query.replace('"', " "), [phrase for phrase in phrases if phrase]


def _keep_in_scope(base: Vocabulary, scores: dict[int, float], scope: Scope) -> None:
    """Take out of *scores* what is not in *scope*."""
    out: set[int] = set()
    if scope.places is not None:
        out |= scores.keys() - scope.places
    if scope.since is not None or scope.until is not None:
        out |= scores.keys() - base.list_dated(scores, scope.since, scope.until)
    if scope.phrases or scope.without:
        banned = [" ".join(split_words(text)) for text in scope.without]
        for place, words in base.get_words(scores).items():
            held = all(f" {phrase} " in words for phrase in scope.phrases)
            if not held or any(f" {text} " in words for text in banned):
                out.add(place)
    for place in out:
        del scores[place]


def _choose_places(sets: Sequence[set[int]], within: set[int] | None, *, most: int) -> set[int]:
    """Return the facts to look at: all that any group found or, where they are very many, some *most* of the likeliest.

    Those are the facts of the rarest groups, those that several of the others found and, if room is left, the first others.
    """
    chosen: set[int] = set()
    large: list[set[int]] = []
    for places in sorted((places if within is None else places & within for places in sets), key=len):
        if len(chosen) + len(places) <= most:
            chosen |= places
        else:
            large.append(places)
    shared = set(large[0]) if large else set()
    for places in large[1:]:
        shared = shared & places or shared
    for places in (shared, *large[:1]):
        if len(chosen) < most:
            chosen.update(sorted(places - chosen)[: most - len(chosen)])
    return chosen


def _score_places(
    places: Iterable[int], groups: Sequence[_Group], total: float
) -> tuple[dict[int, float], dict[int, float]]:
    """Return the score of each of *places*, and the share of the query that it is trusted to hold."""
    scores: dict[int, float] = {}
    trusted: dict[int, float] = {}
    for place in places:
        sum_ = share = trust = 0.0
        for group in groups:
            weight = group.weigh_place(place)
            if weight:
                sum_ += group.rarity * weight
                share += group.rarity
                trust += group.rarity * group.trust
        scores[place] = sum_ * share / total / 48
        trusted[place] = trust / total
    return scores, trusted


def _prefer_phrases(base: Vocabulary, asked: tuple[str, ...], best: list[int], scores: dict[int, float]) -> list[int]:
    """Return the *best* places again, those first raised that hold words of the query side by side, as it does."""
    pairs = {f" {one} {two} " for one, two in pairwise(asked) if not (one in STOP_WORDS and two in STOP_WORDS)}
    if pairs and len(best) > 1:
        for place, words in base.get_words(best).items():
            scores[place] *= 1 + 0.5 * sum(pair in words for pair in pairs) / len(pairs)
    return sorted(best, key=lambda place: (-scores[place], place))


def _make_hit(place: int, score: float, groups: Sequence[_Group]) -> Hit:
    matches: dict[str, Match] = {}
    for group in groups:
        matches |= group.list_matches(place)
    worst = max((match.tier for match in matches.values()), key=TIERS.index)
    return Hit(place, float(f"{score:.4g}"), worst, matches)


def _find_groups(base: Vocabulary, asked: tuple[str, ...], *, strict: bool) -> tuple[list[_Group], list[str]]:
    """Return the query's groups, and the words that no tier finds."""
    words = [word for word in dict.fromkeys(asked) if word not in STOP_WORDS] or list(dict.fromkeys(asked))
    units = _find_units(base, asked)
    groups, unknown = [], []
    taken: set[str] = set()
    for unit, lists in units:
        inner = [word for word in unit if word in words]
        taken.update(inner)
        group = _Group(tuple(inner), lists)
        group.parts = [_Group((word,), _find_word(base, word, strict=strict)) for word in inner]
        group.trust = 1.0
        groups.append(group)
    for word in words:
        if word in taken:
            continue
        lists = _find_word(base, word, strict=strict)
        if not lists:
            unknown.append(word)
        groups.append(_Group((word,), lists, generic=word in _GENERIC_WORDS))
    return groups, unknown


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
            lists = [_list_topic(base, topic, rank, " ".join(asked[start:end])) for topic, rank in named[form]]
            units.append((asked[start:end], lists))
    return units


def _list_topic(base: Vocabulary, topic: str, rank: int, word: str, tier: str = "") -> _List:
    """Return the facts on *topic*, found because it goes by *word*."""
    weight = _TOPIC_WEIGHTS[rank]
    match = Match(word, "topic", tier or _RANK_TIERS[rank])
    return _List(match, base.list_places("topic", topic), repeat(weight))


def _find_word(base: Vocabulary, word: str, *, strict: bool) -> list[_List]:
    """Return what *word* finds, by the strictest tiers that find anything."""
    form = unify_spelling(word)
    rows = base.ask("SELECT id, word, form FROM words WHERE stem = ?", find_root(form))
    tiers = {
        number: (known, "exact" if known == word else "variant" if known_form == form else "stem")
        for number, known, known_form in rows
    }
    if strict:
        return _list_words(base, {number: one for number, one in tiers.items() if one[1] != "stem"})
    if not tiers and len(word) >= _SHORTEST_PREFIX:
        query = "SELECT id, word FROM words WHERE word > ? AND word < ? ORDER BY facts DESC, word LIMIT ?"
        tiers = {
            number: (known, "prefix") for number, known in base.ask(query, word, word + "\U0010ffff", _MOST_PREFIXED)
        }
    if not tiers:
        tiers = {number: (known, "typo") for number, known in _find_misspelt(base, word)}
    return _list_words(base, tiers)


def _list_words(base: Vocabulary, tiers: Mapping[int, tuple[str, str]]) -> list[_List]:
    """Return the facts of the words that *tiers* names by number: themselves, and the topics they name."""
    lists = []
    for number, places, weights, fields in base.get_entries(tiers):
        word, tier = tiers[number]
        lists.append(_List(Match(word, "", tier), places, weights, fields))
    marks = ",".join("?" * len(tiers))
    query = f"SELECT word, topics.id, rank FROM topic_words JOIN topics ON place = topic WHERE word IN ({marks})"
    for number, topic, rank in base.ask(query, *tiers):
        word, tier = tiers[number]
        worse = max(tier, _RANK_TIERS[rank], key=TIERS.index)
        lists.append(_list_topic(base, topic, rank, word, worse))
    # A word that very many facts hold themselves needs no section to be found by.
    said = sum(len(one.weights) for one in lists)
    return lists if said > _MOST_CANDIDATES else lists + _list_sections(base, tiers)


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
        lists.append(_List(Match(word, "section", tier), sorted(found), repeat(_SECTION_WEIGHT)))
    return lists


def _find_misspelt(base: Vocabulary, word: str) -> list[tuple[int, str]]:
    """Return the numbers and words nearest to *word*: as many slips apart as ``count_slips`` allows."""
    forms = list_deletes(word)
    if not forms:
        return []
    marks = ",".join("?" * len(forms))
    query = (
        f"SELECT DISTINCT id, words.word FROM deletes JOIN words ON id = deletes.word WHERE deletes.form IN ({marks})"
    )
    candidates = base.ask(query, *forms)
    if not candidates:
        return []
    from rapidfuzz.distance import DamerauLevenshtein

    near = []
    for number, known in candidates:
        slips = min(count_slips(word), count_slips(known))
        distance = DamerauLevenshtein.distance(word, known, score_cutoff=slips)
        if distance <= slips and _sounds_alike(word, known):
            near.append((distance, known, number))
    nearest = min(near)[0] if near else 0
    return [(number, known) for distance, known, number in sorted(near) if distance == nearest]


def _sounds_alike(word: str, known: str) -> bool:
    """Tell whether two words begin alike: few people miss a word's first sound, and short words have many neighbours."""
    alike = str.maketrans("kqsxzygv", "cccccijf")
    first, other = word[:2].translate(alike), known[:2].translate(alike)
    return first[0] == other[0] or first == other[::-1] or word[0] == known[1:2] or word[1:2] == known[0]
