"""The countries, bodies and people that a text names, and whether two names may mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.lexicon import list_bodies, list_body_words, list_stop_words, list_titles
from rightscli.check.stated.roots import TOKEN, bare_root, fold_word, list_common_roots, root_word
from rightscli.check.stated.thesaurus import count_kinds, find_lemmas
from rightscli.text.dates import MONTHS, SHORT_MONTHS
from rightscli.text.names import list_places
from rightscli.text.signs import OPENING_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_JOINING = frozenset("of for on the and in to against".split())
_TITLES_TOO = frozenset("foreign state general special justice supreme deputy vice former prince king".split())
"""Titles that a name of another kind may begin with: the Supreme Court, King County."""
_CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday".split()).union(MONTHS, SHORT_MONTHS)
_PLAIN = frozenset("un united nations us national international world the".split())
_IGNORED = frozenset("human rights world report source".split())


@dataclass(frozen=True, slots=True)
class NameSaid:
    """A name in a text, ``text[start:end]``: of a ``person``, ``country``, ``institution`` or, unknown, a ``name``.

    *key* is the same for all names of one thing that are known to be so; *words* are the folded words that tell it.
    """

    kind: str
    key: str
    words: frozenset[str]
    start: int
    end: int

    def may_be(self, other: NameSaid) -> bool:
        """Tell whether this and *other* may name one thing: the same key, or one's words among the other's."""
        if self.key == other.key:
            return True
        if self.kind == "country" or other.kind == "country":
            return False
        if len(self.words) == len(other.words) == 1 and is_adjective_of(*sorted((*self.words, *other.words), key=len)):
            return True
        ours, theirs = self.words, other.words
        if {self.kind, other.kind} == {"name", "institution"}:
            # The Inspectorate, of the Labour Inspectorate.
            ours, theirs = frozenset(map(bare_root, ours)), frozenset(map(bare_root, theirs))
        return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


_ADJECTIVE = r"(?:n|an|ian|ean|ese|ish|ic|i|er)"
"""How English ends the adjective of a place."""


@lru_cache(maxsize=4096)
def is_adjective_of(place: str, word: str) -> bool:
    """Tell whether a folded *word* is made of a *place*'s name as adjectives are: ``kestrian`` of ``kestria``."""
    stem = re.sub(r"(?:ia|[aeoy])$", "", place)
    return len(stem) > 3 and any(re.fullmatch(re.escape(one) + _ADJECTIVE, word) for one in (place, stem))


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names that are known: by their first word, the phrases as (words, kind, key, in capitals only), longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, str, bool], ...]]


def build_names(pairs: Iterable[tuple[str, str, str]]) -> Names:
    """Return the general names and those of a base, given as (name, kind, key)."""
    found: dict[str, dict[tuple[tuple[str, ...], bool], tuple[str, str]]] = {}
    for name, kind, key in (*_list_general(), *pairs):
        words = tuple(fold_word(word) for word in re.findall(TOKEN, name))
        if words:
            capitals = len(words) == 1 and name.replace(".", "").isupper()
            found.setdefault(words[0], {}).setdefault((words, capitals), (kind, key))
    return Names(
        {
            first: tuple(
                (words, kind, key, capitals)
                for (words, capitals), (kind, key) in sorted(group.items(), key=lambda one: -len(one[0][0]))
            )
            for first, group in found.items()
        }
    )


@lru_cache(maxsize=1)
def _list_general() -> tuple[tuple[str, str, str], ...]:
    """Return the names that no base need tell."""
    tables = ((list_places(), "country"), (list_bodies(), "institution"))
    return tuple((name, kind, group[0].lower()) for table, kind in tables for group in table for name in group)


def find_names(text: str, spans: list[tuple[int, int]], words: list[str], known: Names) -> tuple[NameSaid, ...]:
    """Return the names in *text*, whose *words* (folded) stand at *spans*, in order; no two overlap."""
    found: list[NameSaid] = []
    place = 0
    while place < len(words):
        start = spans[place][0]
        if not text[start].isupper():
            if words[place] not in known.phrases:
                place += 1
                continue
            length, name = _match_lower(text, spans, words, place, known)
        else:
            length, name = _match_run(text, spans, words, place, known)
        if name:
            found.append(name)
        place += max(1, length)
    return tuple(found)


def _match_known(
    text: str, spans: list[tuple[int, int]], words: list[str], place: int, known: Names
) -> tuple[int, str, str]:
    """Return how many words the longest known name at *place* has, its kind and its key; 0 if none stands there."""
    for phrase, kind, key, capitals in known.phrases.get(words[place], ()):
        size = len(phrase)
        if tuple(words[place : place + size]) != phrase:
            continue
        start, end = spans[place]
        if capitals and not text[start:end].replace("'s", "").replace(".", "").isupper():
            continue
        if phrase[0] == "the" and _goes_on_capital(text, spans, place + size):
            # The South China Sea is no country.
            continue
        if size > 1 or text[start].isupper():
            return size, kind, key
    return 0, "", ""


def _goes_on_capital(text: str, spans: list[tuple[int, int]], after: int) -> bool:
    """Tell whether the next word, no mark between, has a capital."""
    return (
        after < len(spans)
        and text[spans[after][0]].isupper()
        and text[spans[after - 1][1] : spans[after][0]] in (" ", "-")
    )


def _match_lower(
    text: str, spans: list[tuple[int, int]], words: list[str], place: int, known: Names
) -> tuple[int, NameSaid | None]:
    """Return a known body's name in small letters (``the refugee agency``), or ``the South``."""
    size, kind, key = _match_known(text, spans, words, place, known)
    if not size:
        return 0, None
    return size, NameSaid(
        kind, key, _tell_words(words[place : place + size]), spans[place][0], spans[place + size - 1][1]
    )


def _match_run(
    text: str, spans: list[tuple[int, int]], words: list[str], place: int, known: Names
) -> tuple[int, NameSaid | None]:
    """Return the name at *place*, where a capital stands: a known one, a body's if its run of capitals says so, a person's."""
    size, kind, key = _match_known(text, spans, words, place, known)
    if kind == "person":
        return _match_full_person(text, spans, words, place, known, size=size, key=key)
    if size:
        tell = _tell_words(words[place : place + size])
        return size, NameSaid(kind, key, tell, spans[place][0], spans[place + size - 1][1])
    if words[place] in list_stop_words() or (words[place] in list_titles() and words[place] not in _TITLES_TOO):
        return 1, None
    length = _measure_run(text, spans, words, place)
    run = words[place : place + length]
    heads = [index for index, word in enumerate(run) if {word, word.removesuffix("s")} & list_body_words()]
    if length > 1 and heads:
        tell = _tell_words(run)
        name = NameSaid("institution", "+".join(sorted(tell)), tell, spans[place][0], spans[place + length - 1][1])
        return length, name
    return _match_person(text, spans, words, place, known)


def _match_full_person(
    text: str, spans: list[tuple[int, int]], words: list[str], place: int, known: Names, *, size: int, key: str
) -> tuple[int, NameSaid]:
    """Return the person known by *size* words at *place*, unless more words there make it someone else."""
    length, longer = _match_person(text, spans, words, place, known)
    end = spans[place + size - 1][1]
    if longer and length > size and not longer.words <= frozenset(key.split("+")):
        return length, longer
    size = max(size, length)
    return size, NameSaid(
        "person", key, frozenset(key.split("+")), spans[place][0], max(end, spans[place + size - 1][1])
    )


def _tell_words(words: Iterable[str]) -> frozenset[str]:
    """Return the words by which a name can be told, in one spelling: without *the*, *of*, *UN*."""
    bare = [word for word in words if word not in _JOINING]
    told = [word for word in bare if word not in _PLAIN] or bare
    return frozenset(map(bare_root, told))


def _measure_run(text: str, spans: list[tuple[int, int]], words: list[str], place: int) -> int:
    """Return how many words from *place* on are in capitals, or join those that are."""
    length, last = 1, spans[place][1]
    reach = 1
    while place + reach < len(words):
        start, end = spans[place + reach]
        gap = text[last:start]
        # Tavrania's Court is a court; the Children's Act is no other act.
        is_group = count_kinds(words[place], "n") > 0 and words[place] not in list_body_words()
        is_owner = reach == 1 and text.endswith("'s", 0, last) and not is_group
        if gap not in (" ", "-", "' ", "\n") or is_owner or words[place + reach] in _CALENDAR:
            break
        last = end
        if text[start].isupper():
            reach += 1
            length = reach
        elif words[place + reach] in ("of", "for", "on", "and", "the") and reach - length < 2:
            if reach > 1 and reach == length and words[place + reach] == "of" and _is_person_of(words, place, reach):
                # Ines Valcour of the University of Port Calla.
                break
            reach += 1
        else:
            break
    return length


def _is_person_of(words: list[str], place: int, reach: int) -> bool:
    """Tell whether the capitals before an *of* are somebody's name, who is of a body named behind it."""
    before, behind = words[place : place + reach], words[place + reach + 1 : place + reach + 5]
    is_body = any(word in list_body_words() for word in behind)
    return is_body and not any(word in list_body_words() or word in find_lemmas(word) for word in before)


def _match_person(
    text: str, spans: list[tuple[int, int]], words: list[str], place: int, known: Names
) -> tuple[int, NameSaid | None]:
    """Return the unknown name at *place*: two to four words in capitals, the titles before them left out."""
    if any(words[place] in words_of for words_of in (list_titles(), list_stop_words(), _CALENDAR)):
        return 1, None
    length = 1
    while place + length < len(words) and length < 4:
        start, end = spans[place + length]
        gap = text[spans[place + length - 1][1] : start]
        follows = text[start].isupper() or (gap == "-" and length >= 1 and text[start].islower())
        is_owner = text.endswith("'s", 0, spans[place + length - 1][1])
        if gap not in (" ", "-") or not follows or words[place + length] in _CALENDAR or is_owner:
            break
        if _match_known(text, spans, words, place + length, known)[0] and gap != "-":
            break
        length += 1
    run = words[place : place + length]
    office = next((number for number in range(length - 1, 0, -1) if run[number] in list_titles() - _TITLES_TOO), 0)
    if office and "-" not in text[spans[place][0] : spans[place + office][1]]:
        # Health Minister Sena Orlov is Sena Orlov.
        return office + 1, None
    start, end = spans[place][0], spans[place + length - 1][1]
    is_bare = length == 1 and _opens_sentence(text, start) and not _is_likely_name(text, spans, words, place)
    # *Cost-cutting* is a word that opens a sentence; *Jae-in* is a name.
    is_compound = length > 1 and text[start:end].count("-") == length - 1 and text[start + 1 : end].islower()
    is_bare = is_bare or (is_compound and _opens_sentence(text, start) and bool(find_lemmas(run[0])))
    is_initial = (
        length > 1 and len(run[0]) == 1 and text[spans[place][1]] == "-" and text[spans[place + 1][0]].islower()
    )
    # An X-ray is nobody, nor are NGOs.
    is_initials = length == 1 and text[start:end].removesuffix("s").isupper()
    if set(run) & _IGNORED or is_bare or is_initial or is_initials:
        return length if length > 1 else 1, None
    telling = frozenset(run)
    if length == 1 and run[0] in list_body_words():
        return 1, NameSaid("institution", run[0], _tell_words(run), start, end)
    return length, NameSaid("person" if length > 1 else "name", "+".join(sorted(run)), telling, start, end)


def _is_likely_name(text: str, spans: list[tuple[int, int]], words: list[str], place: int) -> bool:
    """Tell whether a capital that opens a sentence is a name's: ``Biden has``, ``Orland's``, not ``Fishing has``."""
    end = spans[place][1]
    if text.endswith("'s", 0, end):
        return True
    after = words[place + 1] if place + 1 < len(words) else ""
    is_common = words[place].endswith(("ing", "ly", "ed", "s", "ion", "ment", "ity", "ness", "ance", "ence", "men"))
    return (
        not is_common
        and len(words[place]) > 2
        and (after in _AFTER_NAMES or after.endswith("ed"))
        and root_word(words[place])[0] not in list_common_roots()
        and not find_lemmas(words[place])
    )


_AFTER_NAMES = frozenset(
    "met has had did is was will went took became said says continues refuses refused gets withdrew sent gave held made"
    " put led told".split()
)


def _opens_sentence(text: str, start: int) -> bool:
    """Tell whether nothing but marks stands before *start*, so that a capital there says nothing."""
    return not any(letter.isalnum() for letter in text[:start]) or text[:start].rstrip()[-1:] in ".!?:(" + OPENING_MARKS
