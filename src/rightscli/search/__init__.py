"""A query × an index → hits, best first; or nothing, where what makes the query specific is not in the base.

The query's words become *groups*: a word, or several that a topic's label says are one (``civil society``). Each group is
looked up from the strictest tier to the loosest: the word itself (exact), its other spelling or another label of a topic
(variant), its stem, and only where all that finds nothing, as the beginning of a word (prefix) or a misspelling (typo). A
fact's score is what its groups weigh in it, each by its rarity, times the share of the query that it covers.
"""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import CorruptIndexError
from rightscli.search.groups import Group, Match
from rightscli.search.matching import find_groups
from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.search.weights import MOST_CANDIDATES, TIERS
from rightscli.text.dates import write_out_dates
from rightscli.text.spelling import unify_spelling
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightscli.records import Record
    from rightscli.search.matching import Vocabulary

_ENOUGH_CANDIDATES = 128
MOST_WORDS = 300
"""How many words of a query are looked at."""
_MOST_READ = 60
_KNOWN_AT_LEAST = 0.4
"""The share of what is specific in a query that the base must know, or the answer is nothing."""
_BEST = 3
_TOGETHER_AT_LEAST = 0.6
"""The share of it that one of the best facts must hold, where there is anything in the query that the base does not know."""
_SHARED_AT_LEAST = 0.4
"""The share that one of them must hold of any query: words that stand each in another fact say nothing together."""


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


def find_named_by_terms(hits: Iterable[Hit], records: Iterable[Record]) -> dict[str, str]:
    """Return the query words that are names, initials or figures and were found in look-up terms alone, in no hit elsewhere.

    Each with the spelling that it has in the term: ``ofac``, ``OFAC``. An ordinary word in a term is another word for what the
    claim says; a name in a term is none that the claim says. *records* are the facts of *hits*.
    """
    named: dict[str, str] = {}
    elsewhere: set[str] = set()
    for hit, record in zip(hits, records, strict=True):
        for asked, match in hit.matches.items():
            if match.field != "terms":
                elsewhere.add(asked)
                continue
            for written in (word for term in record["terms"] for word in term.split()):
                if not written.islower() and match.word in split_words(written):
                    named.setdefault(asked, written.strip('.,;:"()'))
    return {asked: written for asked, written in named.items() if asked not in elsewhere}


class Findings(NamedTuple):
    """What a query found: *hits*, best first; how many facts matched in all; the query words that the base does not know.

    Where what makes the query specific is unknown, *weak* is true: no hit holds enough of it. Where very many facts matched,
    *more* may be true: there are at least *total*. Where the query has more words than are looked at, *cut* is true.
    """

    hits: list[Hit]
    total: int
    unknown: list[str]
    weak: bool = False
    more: bool = False
    cut: bool = False


class Scope(NamedTuple):
    """Which facts a search may find: those at *places* (None: all), whose dates overlap the days *since* to *until*, that hold
    each of the *phrases* and none of the words *without*."""

    places: set[int] | None = None
    since: int | None = None
    until: int | None = None
    phrases: Sequence[str] = ()
    without: Sequence[str] = ()

    def is_open(self) -> bool:
        """Tell whether every fact is in it."""
        return self.places is None and self.since is None and self.until is None and not (self.phrases or self.without)


def find_facts(
    base: Vocabulary, query: str, *, limit: int = 10, strict: bool = False, scope: Scope | None = None
) -> Findings:
    """Return at most *limit* hits, best first; ties in the base's order, so that the same query always prints the same list.

    Words between double quotes must occur side by side. *strict* stops after the exact and variant tiers.
    """
    query, phrases = _cut_phrases(write_out_dates(query))
    words = split_words(query)
    asked = words[:MOST_WORDS]
    groups, unknown = find_groups(base, asked, strict=strict, kept=_list_kept(query, asked))
    found = [group for group in groups if group.lists or any(part.lists for part in group.parts)]
    missed = [word for word in unknown if word not in GENERIC_WORDS and len(word) > 1]
    sets, first, more = _list_candidates(base, found, (scope or Scope())._replace(phrases=phrases), limit)
    if not any(sets):
        return Findings([], 0, missed)
    for group in found:
        group.weigh_rarity(base.count)
    # Where the asker is, no base can know.
    absent = [*missed, "me"] if ("near", "me") in pairwise(asked) else missed
    total = sum(group.rarity for group in found) + _weigh_missed(absent, query) * log(1 + base.count / 0.5)
    chosen = _choose_places(sets, first, limit)
    scores, shares = _score_places(chosen, found, total or 1.0)
    if "-" in query and " " not in query:
        # A fact's own id, by which JSON and -f ids know it.
        for (place,) in base.ask("SELECT place FROM facts WHERE id = ?", query):
            if place in scores:
                scores[place] = 2 * max(scores.values())
    best = sorted(scores, key=lambda place: (-scores[place], place))
    best = _prefer_phrases(base, asked, best[:_MOST_READ], scores) + best[_MOST_READ:]
    hits = [_make_hit(place, scores[place], found) for place in best[:limit]]
    known = sum(group.rarity * group.trust for group in found) / (total or 1.0)
    together = max(shares[place] for place in best[:_BEST])
    weak = _is_too_little(known, together, absent=bool(absent))
    weak = weak or (together < 1 and _names_another(base, asked, found, missed, chosen))
    count = max(group.count_places() for group in found) if more else len(set().union(*sets))
    return Findings(hits, count, missed, weak, more, cut=len(words) > MOST_WORDS)


def _list_kept(query: str, asked: Sequence[str]) -> set[str]:
    """Return the words of a query that look like stop words and are none: the month *May*, and *US*."""
    kept = {"may"} if any("may" in pair and pair[pair[0] == "may"].isdecimal() for pair in pairwise(asked)) else set()
    if not query.isupper() and any(word.strip(".,:;?!()'\"") in ("US", "U.S") for word in query.split()):
        kept.add("us")
    return kept


def _is_too_little(known: float, together: float, *, absent: bool) -> bool:
    """Tell whether the base knows too small a share of a query, or one fact holds too small a share of it *together*.

    More of it is needed where words are *absent* from the base.
    """
    # A share is a sum of parts: what is just enough must not fall short by the last of its binary digits.
    known, together = round(known, 9), round(together, 9)
    # A share is a sum of parts: what is just enough must not fall short by the last of its binary digits.
    known, together = round(known, 9), round(together, 9)
    if absent:
        return known < _KNOWN_AT_LEAST or together < _TOGETHER_AT_LEAST
    return together < _SHARED_AT_LEAST


def _weigh_missed(words: Sequence[str], query: str) -> int:
    """Return how many words a query's unknown ones count for: what is asked of one whom the base lacks is not in it.

    So a name counts double: a word with a capital behind the first, where not all the words have one.
    """
    others = query.split()[1:]
    cased = words and any(word[:1].islower() and word not in STOP_WORDS for word in others)
    names = {name for word in others if cased and word[:1].isupper() for name in split_words(word)[:1]}
    return len(words) + sum(word in names for word in words)


def _names_another(
    base: Vocabulary, asked: Sequence[str], groups: Sequence[Group], missed: Sequence[str], places: Iterable[int]
) -> bool:
    """Tell whether a query asks of another country what none of the facts at *places* says of that one.

    That is a country that the base lacks (one of the words that were *missed*), or one in whose facts there is nothing else of
    the query.
    """
    from rightscli.text.countries import find_countries

    named = find_countries(" ".join(asked))
    if any(word in missed for name, _ in named for word in name.split()):
        return True
    abroad = [names for _, names in named if not _is_home(base, names)]
    if len(abroad) != 1:
        return False
    # By any of its names: what is said of Chinese controls is said of China.
    words = base.get_words(places)
    places = {place for place, text in words.items() if any(f" {name} " in text for name in abroad[0])}
    own = {word for name, _ in named for word in name.split()}
    others = [group for group in groups if not group.generic and not own & {*group.words}]
    return bool(places and others) and not any(group.list_weighed(places) for group in others)


def _is_home(base: Vocabulary, names: Sequence[str]) -> bool:
    """Tell whether the base is about the country that goes by *names*: one of them is in a third of its facts."""
    words = sorted({word for name in names for word in name.split()})
    counts = dict(base.ask_in_parts("SELECT word, facts FROM words WHERE word IN ({})", words))
    return any(min(counts.get(word, 0) for word in name.split()) > base.count / 3 for name in names if name)


def _list_candidates(
    base: Vocabulary, groups: Sequence[Group], scope: Scope, limit: int
) -> tuple[list[set[int]], set[int], bool]:
    """Return for each of *groups* the places in *scope* that it found; those that are likeliest for all of the groups that
    found very many, if they are enough by themselves; and whether there may be more.

    Of a group that found very many, the likeliest do, if they are enough: nothing filters them, and others share them.
    """
    if scope.is_open() and limit < MOST_CANDIDATES:
        sets = [group.list_places(whole=False) for group in groups]
        large = [group for group in groups if group.has_more()]
        if len(large) < 2:
            return sets, set(), bool(large)
        # Enough of the best: a fact with all of the very words must not give way to those with their stems.
        heads = [group.list_likeliest() for group in large]
        first = set.intersection(*heads)
        if len(first) < limit:
            pool = set[int]().union(*heads)
            first = set.intersection(*(group.keep_surest(pool) for group in large))
        if len(first) >= limit:
            return sets, first, True
        # What the rarest of them shares with the others is looked for among all that it found.
        rarest = min(large, key=Group.count_places)
        pool = rarest.list_places(whole=True)
        for group, places in zip(groups, sets, strict=True):
            if group in large:
                places |= pool if group is rarest else group.keep_places(pool)
        return sets, set(), True
    sets = [group.list_places(whole=True) for group in groups]
    if not scope.is_open():
        kept = _keep_in_scope(base, set().union(*sets), scope)
        sets = [places & kept for places in sets]
    return sets, set(), any(group.is_cut() for group in groups)


def _cut_phrases(query: str) -> tuple[str, tuple[str, ...]]:
    """Return *query* without its double quotes, and the folded words of what stands between them."""
    for mark in "“”„‟":
        query = query.replace(mark, '"')
    pieces = query.split('"')
    # What stands behind a last mark that nothing closes is no phrase.
    phrases = [" ".join(split_words(phrase)) for phrase in pieces[1:-1:2]]
    return " ".join(pieces), tuple(filter(None, phrases))


def _keep_in_scope(base: Vocabulary, places: set[int], scope: Scope) -> set[int]:
    """Return those of *places* that are in *scope*."""
    if scope.places is not None:
        places = places & scope.places
    if scope.since is not None or scope.until is not None:
        places = base.list_dated(places, scope.since, scope.until)
    if scope.phrases or scope.without:
        forms: dict[str, str] = {}
        wanted = [_unify_words(split_words(text), forms) for text in scope.phrases]
        banned = [_unify_words(split_words(write_out_dates(text)), forms) for text in scope.without]
        told = {place: _unify_words(words.split(), forms) for place, words in base.get_words(places).items()}
        places = {
            place
            for place, words in told.items()
            if all(phrase in words for phrase in wanted) and not any(text in words for text in banned)
        }
    return places


def _unify_words(words: Iterable[str], forms: dict[str, str]) -> str:
    """Return *words* between blanks, all spellings of one alike; *forms* are those already known."""
    unified = [forms.get(word) or forms.setdefault(word, unify_spelling(word)) for word in words]
    return f" {' '.join(unified)} "


def _choose_places(sets: Sequence[set[int]], first: set[int], limit: int) -> set[int]:
    """Return the facts to look at: all that any group found or, where they are very many, some of the likeliest.

    Those are the facts of the rarest groups, and the *first* of the others; without such, what several of the others found
    and, if that makes not even enough, the first of the rarest of them.
    """
    least, most = max(limit, _ENOUGH_CANDIDATES), max(limit, MOST_CANDIDATES)
    chosen: set[int] = set()
    large: list[set[int]] = []
    for places in sorted(sets, key=len):
        if len(chosen) + len(places) <= most:
            chosen |= places
        else:
            large.append(places)
    if first:
        chosen.update(sorted(first)[:most])
    elif large:
        shared = large[0]
        for places in large[1:]:
            shared = shared & places or shared
        chosen.update(sorted(shared - chosen)[: most - len(chosen)])
        if len(chosen) < least:
            chosen.update(sorted(large[0] - chosen)[: most - len(chosen)])
    return chosen


def _score_places(places: set[int], groups: Sequence[Group], total: float) -> tuple[dict[int, float], dict[int, float]]:
    """Return the score of each of *places*, and the share of the query that it is trusted to hold."""
    sums, shares = dict.fromkeys(places, 0.0), dict.fromkeys(places, 0.0)
    trusted = dict.fromkeys(places, 0.0)
    for group in groups:
        rarity, trust, held = group.rarity, group.trust, group.held
        for place, weight in group.weigh_places(places).items():
            share = rarity * held[place] if place in held else rarity
            sums[place] += rarity * weight
            shares[place] += share
            trusted[place] += share * trust
    scores = {place: sums[place] * shares[place] / total / 48 for place in places}
    return scores, {place: trust / total for place, trust in trusted.items()}


def _prefer_phrases(base: Vocabulary, asked: tuple[str, ...], best: list[int], scores: dict[int, float]) -> list[int]:
    """Return the *best* places again, those first raised that hold words of the query side by side, as it does."""
    pairs = {f" {one} {two} " for one, two in pairwise(asked) if not (one in STOP_WORDS and two in STOP_WORDS)}
    if pairs and len(best) > 1:
        for place, words in base.get_words(best).items():
            scores[place] *= 1 + 0.5 * sum(pair in words for pair in pairs) / len(pairs)
    return sorted(best, key=lambda place: (-scores[place], place))


def _make_hit(place: int, score: float, groups: Sequence[Group]) -> Hit:
    matches: dict[str, Match] = {}
    for group in groups:
        matches |= group.list_matches(place)
    if not matches:
        raise CorruptIndexError("a word's facts are out of order")
    worst = max((match.tier for match in matches.values()), key=TIERS.index)
    return Hit(place, float(f"{score:.4g}"), worst, matches)
