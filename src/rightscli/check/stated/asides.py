"""Which names of a text are no party to what it says: its sources' authors, those set aside, who says so, where it was."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.lexicon import list_body_words
from rightscli.check.stated.roots import bare_root, fold_word, root_word

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claims
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.names import NameSaid

_SET_AGAINST = (
    r"(?i)\b(?:and|but|though|rather than|instead of)(?:,)? not (?:with |by |to |from |in |for |of |that of |the )*$"
)
_SPEAKS = (
    r"(?i)(?:['’]s \w+)?,? (?:said|says|told|argued|argues|claimed|wrote|writes|noted|notes|reports|reported|added|recalled"
    r"|finds|found|states)\b"
)
_SPOKEN = (
    r"(?i)\b(?:according to|as|told|citing|in the words of|for|says|said)"
    r" (?:(?:the|an?|its|his|her|their|lawmaker|minister|president|spokes\w+|former|then) )*$"
)


_WINDOW = 120
"""How many characters beside a name may say that it is aside."""


_WHOLE_WORLD = "united nations"
"""Too many bodies are its own for a name of it to be in conflict with theirs."""


@lru_cache(maxsize=4096)
def list_spoken(reading: Reading, claims: Claims) -> tuple[NameSaid, ...]:
    """Return the names of a text but for its sources' authors', and for those that it sets others against: *and not China*."""
    return tuple(
        name
        for name in reading.names
        if name.key != _WHOLE_WORLD
        and not _is_author(name, reading, claims)
        and not re.search(_SET_AGAINST, reading.text[max(0, name.start - _WINDOW) : name.start])
    )


def _is_author(name: NameSaid, reading: Reading, claims: Claims) -> bool:
    """Tell whether a name is that of a source's author, who says all of it, or short for it: *the Commission*."""
    said = " ".join(map(fold_word, reading.text[name.start : name.end].split()))
    if claims.authors & {name.key, said} or any(name.words == {*author.split()} for author in claims.authors):
        return True
    words = {bare_root(word) for word in said.split()}
    is_short = reading.text[: name.start].lower().endswith("the ") or not words.isdisjoint(_list_body_roots())
    is_body = name.kind in ("institution", "name") and is_short
    return is_body and any(words < {bare_root(word) for word in author.split()} for author in claims.authors)


def is_source(name: NameSaid, claims: Claims) -> bool:
    """Tell whether a name is that of a source, or of its author: whatever stands first in its citations."""
    return any(
        name.words == {root for word in re.findall(r"[^\W\d_]+", author) if (root := root_word(word)[0])}
        for author in claims.authors
    )


@lru_cache(maxsize=1)
def _list_body_roots() -> frozenset[str]:
    return frozenset(map(bare_root, list_body_words()))


@lru_cache(maxsize=4096)
def count_spoken(reading: Reading, claims: Claims) -> Counter[str]:
    """Return how often a text names each of those names, by their keys."""
    return Counter(name.key for name in list_spoken(reading, claims))


def stands_aside(text: str, name: NameSaid) -> bool:
    """Tell whether a name is that of who says so, or of where something happened: no party to it."""
    before = text[max(0, name.start - _WINDOW) : name.start]
    if name.kind == "name" and re.search(r"(?i)(?:^|\s)(?:in|at|near|from|through|via)\s$", before):
        return True
    return bool(
        name.kind in ("person", "name")
        and (re.match(_SPEAKS, text[name.end : name.end + _WINDOW]) or re.search(_SPOKEN, before))
    )


def is_same_spot(said: NameSaid, text: str, name: NameSaid, base: str) -> bool:
    """Tell whether two names say where, each behind the same word: *in* Arvel, *in* Dunmere."""
    ours, theirs = (re.search(r"\b(in|at|near)\s+$", one) for one in (text[: said.start], base[: name.start]))
    return bool(ours and theirs and ours[1] == theirs[1])
