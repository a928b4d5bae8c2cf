"""What a negation is about, as a message names it: *discussed violations*, where *violations* would not show what differs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightscli.check.stated.roots import fold_word
from rightscli.check.stated.thesaurus import count_kinds
from rightscli.check.stated.tokens import list_tokens
from rightscli.check.stated.verbs import find_verbs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightscli.check.stated.clues import Conflict, Reading

_REACH = 60
"""How many characters may part a verb from its object."""


def name_deeds(conflicts: Iterable[Conflict], reading: Reading) -> tuple[Conflict, ...]:
    """Return *conflicts*, those over what is denied of a noun with the verb before it."""
    return tuple(_name_deed(one, reading) if one.kind == "negation" else one for one in conflicts)


def _name_deed(conflict: Conflict, reading: Reading) -> Conflict:
    word = fold_word(conflict.said)
    if " " in word or count_kinds(word, "n") <= count_kinds(word, "v") + count_kinds(word, "a"):
        return conflict
    tokens = list_tokens(reading)
    verbs = [(tokens[verb.first].start, tokens[verb.main].end) for verb in find_verbs(tokens)]
    start, end = max((verb for verb in verbs if verb[0] <= conflict.start), default=(0, len(reading.text)))
    between = reading.text[end : conflict.start]
    if end > conflict.start or len(between) > _REACH or re.search(r"[,;:()–—]", between):
        return conflict
    return replace(conflict, said=reading.text[start : conflict.end], start=start)
