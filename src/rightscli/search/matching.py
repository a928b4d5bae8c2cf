"""A query's words → groups of words, and the facts that each finds, by which tier."""

from __future__ import annotations

from itertools import pairwise
from re import compile as compile_pattern
from types import MappingProxyType
from typing import TYPE_CHECKING

from rightscli.search import weights
from rightscli.search.bitmaps import make_bitmap, read_bitmap, unite_bitmaps
from rightscli.search.groups import FactList, Group, Match
from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.search.synonyms import list_synonyms
from rightscli.text.english import is_english, list_english
from rightscli.text.slips import begin_alike, count_slips, list_one_slip, list_onsets
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import differ_by_number, find_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightscli.search.vocabulary import Vocabulary


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
        if len(word) < weights.SURE_PREFIX and len(words) > 1 and not (lists and lists[0].match.tier != "prefix"):
            # More likely a word of its own than one typed half, but where a fact says its beginning beside another's.
            beside = {} if strict else _find_begun(base, asked, word, stopped)
            lists = _list_words(base, beside or ({} if strict else _find_slipped(base, asked, word, stopped)))
        joined = [] if lists else _find_joined(base, word)
        if joined:
            groups += [_make_unit(base, unit, found, strict=strict, best="variant") for unit, found in joined]
            continue
        lists = lists or _find_place(base, word)
        if not lists:
            unknown.append(word)
        groups.append(Group((word,), lists, generic=word in GENERIC_WORDS))
    _drop_titled_numbers(asked, groups, unknown)
    if not strict:
        plain = [group for group in groups if not (group.parts or group.generic or group.words[0] in STOP_WORDS)]
        _add_synonyms(base, plain)
    return groups, unknown


def _find_begun(
    base: Vocabulary, asked: Sequence[str], word: str, stopped: Iterable[str]
) -> dict[int, tuple[str, str]]:
    """Return the words that a short *word* may be the beginning of: those that a fact says beside what is beside it in the query.

    So in ``secur coun``, and ``human rig``. Only the last word may be of two letters: it may still be being typed.
    """
    place = asked.index(word)
    last = place == len(asked) - 1
    if len(word) < weights.SHORTEST_PREFIX - last or not word.isalpha():
        return {}
    begun = base.list_begun(word)[: weights.MOST_BEGUN]
    found: dict[int, tuple[str, str]] = {}
    for other in _list_neighbours(asked, place, stopped):
        start, end = sorted((place, other))
        said = [f"{one}[^ ]*" if at in (place, other) else one for at, one in enumerate(asked) if start <= at <= end]
        pattern = compile_pattern(f" {' '.join(said)} ")
        beside = asked[other]
        whole = [*base.number_words((beside,)).values(), *(one for one, _ in base.list_begun(beside))]
        near = unite_bitmaps(base.get_bitmaps(whole[: weights.MOST_BEGUN]).values())
        both = near & unite_bitmaps(base.get_bitmaps(number for number, _ in begun).values())
        texts = base.get_words(read_bitmap(both)[: weights.MOST_READ]).values()
        if last and len(word) > weights.SHORTEST_PREFIX and not is_english(word):
            # What is no word yet is being typed: the fact need not say the two side by side.
            runs = {one for text in texts for one in text.split() if one.startswith(word)}
        else:
            runs = {one.split()[place - start] for text in texts for one in pattern.findall(text)}
        found |= {number: (known, "prefix") for number, known in begun if known in runs}
    return found


def _find_slipped(
    base: Vocabulary, asked: Sequence[str], word: str, stopped: Iterable[str]
) -> dict[int, tuple[str, str]]:
    """Return the words that a *word* too short to be corrected by itself may be, one slip away, where a fact says both names.

    So *Rahel Amdi* is *Rahel Amadi*, whom a fact names so.
    """
    if len(word) <= weights.SHORTEST_PREFIX or not word.isalpha() or is_english(word):
        return {}
    place = asked.index(word)
    firsts, onsets = list_onsets(word)
    found = {
        known: number for number, known in base.list_alike(firsts, onsets, shortest=len(word), longest=len(word) + 1)
    }
    near = {known: found[known] for known in list_one_slip(word, found) if begin_alike(word, known)}
    beside: dict[int, tuple[str, str]] = {}
    for other in _list_neighbours(asked, place, stopped) if near else ():
        pair = [asked[other], "{}"] if other < place else ["{}", asked[other]]
        held = base.get_bitmaps([*base.number_words((asked[other],)).values(), *near.values()])
        texts = base.get_words(read_bitmap(unite_bitmaps(held.values()))[: weights.MOST_READ]).values()
        for known, number in near.items():
            if any(f" {' '.join(pair)} ".format(known) in text for text in texts):
                beside[number] = (known, "typo")
    return beside


def _list_neighbours(asked: Sequence[str], place: int, stopped: Iterable[str]) -> list[int]:
    """Return where the nearest words before and behind a *place* of a query stand that are no stop words and could be begun."""
    before = next((at for at in range(place - 1, -1, -1) if asked[at] not in stopped), place)
    behind = next((at for at in range(place + 1, len(asked)) if asked[at] not in stopped), place)
    near = (at for at in (before, behind) if at != place)
    return [at for at in near if len(asked[at]) >= weights.SHORTEST_PREFIX and asked[at].isalpha()]


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
    base: Vocabulary, words: Sequence[str], lists: Iterable[FactList], *, strict: bool, best: str = "exact"
) -> Group:
    """Return the group of several *words* that are one; *lists* are the topics that go by them, *best* their best tier."""
    group = Group(tuple(words), [one for one in lists if not strict or one.match.tier in weights.STRICT_TIERS])
    group.parts = [Group((word,), _find_word(base, word, strict=strict)) for word in words]
    for one in (*group.lists, *(one for part in group.parts for one in part.lists)):
        one.match = one.match._replace(tier=max(one.match.tier, best, key=weights.TIERS.index))
    group.trust = 1.0
    return group


def _find_joined(base: Vocabulary, word: str) -> list[tuple[tuple[str, ...], list[FactList]]]:
    """Return the two words that *word* is without the blank between them: ``tradeunions``, ``humanrights``.

    A topic goes by both, or a fact holds them side by side.
    """
    shortest = weights.SHORTEST_PREFIX
    ends = range(shortest, min(len(word), weights.LONGEST_JOINED) - shortest + 1)
    halves = [(word[:end], word[end:]) for end in ends]
    for pair in halves:
        found = _find_units(base, pair)
        if found:
            return found
    known = base.number_words(sorted({half for pair in halves for half in pair}))
    for one, other in halves:
        if one in known and other in known:
            held = base.get_bitmaps((known[one], known[other]))
            both = held.get(known[one], 0) & held.get(known[other], 0)
            if any(f" {one} {other} " in words for words in base.get_words(read_bitmap(both)).values()):
                return [((one, other), [])]
    return []


def _find_units(base: Vocabulary, asked: tuple[str, ...]) -> list[tuple[tuple[str, ...], list[FactList]]]:
    """Return the runs of query words that a topic goes by, the longest first, none overlapping another."""
    forms = [find_root(unify_spelling(word)) for word in asked]
    runs = {
        (start, end): " ".join(forms[start:end])
        for start in range(len(asked))
        for end in range(start + 2, min(start + weights.LONGEST_UNIT, len(asked)) + 1)
    }
    named: dict[str, list[tuple[str, int]]] = {}
    for form, topic, rank in base.find_units(sorted(set(runs.values()))):
        named.setdefault(form, []).append((topic, rank))
    units, used = [], set[int]()
    for (start, end), form in sorted(runs.items(), key=lambda run: (run[0][0] - run[0][1], run[0][0])):
        if form in named and not used & set(range(start, end)):
            used.update(range(start, end))
            name = " ".join(asked[start:end])
            lists = [one for topic, rank in named[form] for one in _list_topic(base, topic, rank, name)]
            units.append((asked[start:end], lists))
    return units


def _list_topic(
    base: Vocabulary, topic: str, rank: int, word: str, tier: str = "", *, nearness: float = 1.0
) -> list[FactList]:
    """Return the facts on *topic*, found because it goes by *word*; where there are none, those on its related topics."""
    weight, bitmap = weights.LABEL_WEIGHTS[rank], base.get_bitmap("topic", topic)
    if bitmap:
        return [FactList(Match(word, "topic", tier or weights.LABEL_TIERS[rank]), bitmap, weight, nearness=nearness)]
    related = [(label, base.get_bitmap("topic", other)) for other, label in base.list_related(topic)]
    return [FactList(Match(label, "topic", "related"), bitmap, weight, nearness=nearness) for label, bitmap in related]


def _find_word(base: Vocabulary, word: str, *, strict: bool) -> list[FactList]:
    """Return what *word* finds, by the strictest tiers that find anything."""
    form = unify_spelling(word)
    tiers = {
        number: (known, "exact" if known == word else _name_tier(known_form, form))
        for number, known, known_form, _ in base.list_inflections([find_root(form)])
    }
    if not tiers and word[-4:-3] == "." and word[-3:].isdecimal():
        # 2.706 is how much of the world writes 2,706.
        known = base.number_words([word.replace(".", "")])
        tiers = {number: (whole, "variant") for whole, number in known.items()}
    if strict:
        lists = _list_words(base, {number: one for number, one in tiers.items() if one[1] != "stem"})
        return [one for one in lists if one.match.tier in weights.STRICT_TIERS]
    if not tiers and len(word) >= weights.SHORTEST_PREFIX:
        tiers = {number: (begun, "prefix") for number, begun in base.list_begun(word)}
    if not tiers:
        tiers = {number: (near, "typo") for number, near in _find_misspelt(base, word)}
    lists = _list_words(base, tiers)
    if any(one.match.tier in weights.STRICT_TIERS for one in lists):
        # university is not universal: where the base has the word itself, others of its stem are further from it.
        for one in lists:
            one.factor *= weights.STEM_BESIDE if one.match.tier == "stem" else 1.0
    return lists


def _name_tier(known: str, form: str) -> str:
    """Return by which tier two words of one stem match, given their unified spellings."""
    return "variant" if known == form or differ_by_number(known, form) else "stem"


def _list_words(
    base: Vocabulary, tiers: Mapping[int, tuple[str, str]], nearness: Mapping[str, float] = MappingProxyType({})
) -> list[FactList]:
    """Return the facts of the words that *tiers* names by number: themselves, the topics and the sections that they name.

    *nearness* is that of the words which are no form of the query's.
    """
    lists = []
    for number, bitmap, points, places, fields in base.get_postings(tiers):
        word, tier = tiers[number]
        near = nearness.get(word, 1.0)
        lists.append(FactList(Match(word, "", tier), bitmap, points, places, fields, nearness=near))
    for number, topic, rank in base.list_topics_named_by(tiers):
        word, tier = tiers[number]
        worse = max(tier, weights.LABEL_TIERS[rank], key=weights.TIERS.index)
        lists += _list_topic(base, topic, rank, word, worse, nearness=nearness.get(word, 1.0))
    named = [(number, bitmap, "section") for number, bitmap in base.list_sections_named_by(tiers)]
    named += [(number, bitmap, "passage") for number, bitmap in base.list_passages_holding(tiers)]
    for number, bitmap, field in named:
        word, tier = tiers[number]
        weight = weights.SECTION_WEIGHT if field == "section" else weights.PASSAGE_WEIGHT
        lists.append(FactList(Match(word, field, tier), bitmap, weight, nearness=nearness.get(word, 1.0)))
    return lists


def _find_place(base: Vocabulary, word: str) -> list[FactList]:
    """Return what a *word* that the base lacks finds by the other names of the place that it names: ``PRC`` by *China*."""
    from rightscli.text.names import find_countries

    lists = []
    names = next((names for name, names in find_countries(word) if name == word), ())
    for name in filter(None, names):
        words = name.split()
        if name != names[0] and (is_english(name) or len(name) < weights.SHORTEST_NAME):
            # Us is America's, and Scot is in scot-free.
            continue
        numbers = base.number_words(words)
        if len(numbers) < len({*words}):
            continue
        texts = base.get_words(read_bitmap(_intersect_bitmaps(base.get_bitmaps(numbers.values()).values())))
        said = make_bitmap(place for place, text in texts.items() if f" {name} " in text)
        for one in _list_words(base, {numbers[words[-1]]: (name, "variant")}) if said else ():
            one.bitmap &= said
            lists.append(one)
    return [one for one in lists if one.bitmap]


def _intersect_bitmaps(bitmaps: Iterable[int]) -> int:
    both = -1
    for bitmap in bitmaps:
        both &= bitmap
    return both


def _add_synonyms(base: Vocabulary, groups: Sequence[Group]) -> None:
    """Give *groups* of one word what words near to it in meaning find; of a word that nothing finds, near to what it may be a
    slip of the pen for."""
    spelt = {group.words[0]: group.words[0] if group.lists else _respell(group.words[0]) for group in groups}
    known = list_synonyms(spelt.values())
    near = {word: known[right] for word, right in spelt.items()}
    held = base.list_inflections(sorted({root for some in near.values() for root in some}))
    for group in groups:
        some = near[group.words[0]]
        found = [(number, known, some[root]) for number, known, _, root in held if root in some]
        tiers = {number: (known, "synonym") for number, known, _ in found}
        group.near = _list_words(base, tiers, {known: nearness for _, known, nearness in found}) if tiers else []


def _respell(word: str) -> str:
    """Return the everyday English word that *word*, which is none, is one slip away from; itself, where none or several are."""
    if not count_slips(word) or is_english(word):
        return word
    near = [known for known in list_one_slip(word, list_english()) if begin_alike(word, known)]
    return near[0] if len(near) == 1 else word


def _find_misspelt(base: Vocabulary, word: str) -> list[tuple[int, str]]:
    """Return the numbers and words nearest to *word*: as many slips apart as ``count_slips`` allows."""
    slips = count_slips(word)
    # Another word that is spelt right is no slip of the pen.
    if not slips or is_english(word):
        return []
    firsts, onsets = list_onsets(word)
    found = base.list_alike(firsts, onsets, shortest=len(word) - slips, longest=len(word) + slips)
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
