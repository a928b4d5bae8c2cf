"""What a fact says only as a plan, a demand, a charge or a guess, and a statement says outright."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.roots import fold_word, root_word
from rightscli.check.stated.thesaurus import find_lemmas, find_meaning
from rightscli.tables import read_labels

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading

_REACH = 8
"""How many words behind such a verb are what is planned, asked for, said or guessed."""
_SAID_AT_LEAST = 0.5
"""The share of these that a statement must say, to say the same outright."""
_GOVERNS = r"(?: [^\s,;:.]+){0,5}? (?:that|to|of|for|on|as|had|has|have|would|will|whether)\b| [a-z]+ing\b"
"""What stands behind a verb that has more than an object."""
_PASSIVE = r"\b(?:is|are|was|were|be|been|being)\s+$"
_NOT_OUTRIGHT = (
    r"(?i)^\W*To [a-z]+|^(?!.*\b(?:no|none|nobody)\b[^,;:]*\bmay\b).*\bmay\b|\b(?:in order|so as) to\b"
    r"|\b(?:will|would|should|could|might|ought|to be|accord\w+|said|says?|report\w*|told|want\w*"
    r"|call\w*|in favou?r|goal|ambition|idea|target\w*|purported\w*|apparent\w*|likely|probabl[ey]|possib\w+|perhaps"
    r"|view|opinion|words|seems?|appears?|supposed\w*|presumabl[ey])\b"
)
"""What else says that something is not told outright."""


@lru_cache(maxsize=1)
def _list_frames() -> frozenset[str]:
    return frozenset(word for _, row in read_labels("check/stated/frames.txt") for word in row.split(", "))


@lru_cache(maxsize=65536)
def _is_frame(word: str) -> bool:
    """Tell whether a folded *word* is one of the list, in any inflection."""
    return bool(_list_frames() & {word, *find_lemmas(word)})


def find_lost_frame(reading: Reading, base: Reading, said: frozenset[str]) -> str:
    """Return the verb under which the fact *base* says what the statement says outright; nothing if it has one, or says little
    of that. *said* are the roots of the fact that the statement says."""
    found = _find_governing(base.text)
    if not found or not _is_outright(reading.text):
        return ""
    for frame in found:
        stop = re.compile(r"[;:.]").search(base.text, frame.end())
        end = stop.start() if stop else len(base.text)
        behind = [word.root for word in base.words if frame.end() < word.start < end][:_REACH]
        behind += [f"={name.key}" for name in base.names if frame.end() < name.start < end][:2]
        if re.search(_PASSIVE, base.text[: frame.start()]):
            # What is scheduled stands before it.
            behind += [word.root for word in base.words if word.end < frame.start()][-_REACH:]
        root = root_word(frame[0])[0]
        told = said & set(behind)
        # All that it says of the fact may be what stands under the verb.
        is_told = len(told) >= _SAID_AT_LEAST * len(behind) or (
            len(told) > 1 and said <= _list_under(base, frame.end())
        )
        if root not in said and len(behind) > 1 and is_told:
            return frame[0]
    return ""


@lru_cache(maxsize=4096)
def _find_governing(text: str) -> tuple[re.Match[str], ...]:
    """Return the verbs of a text that are of the list and govern more than an object."""
    return tuple(
        match
        for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
        if match.start() and _is_frame(fold_word(match[0])) and re.match(_GOVERNS, text[match.end() :])
    )


@lru_cache(maxsize=256)
def _is_outright(text: str) -> bool:
    """Tell whether a text tells what it tells without any such verb, or another word that says the same."""
    if re.search(_NOT_OUTRIGHT, text):
        return False
    spoken = {fold_word(word) for word in re.findall(r"[^\W\d_]+", text)}
    return not any(_is_frame(word) or _list_frames() & find_meaning(word).lemmas for word in spoken)


def _list_under(base: Reading, start: int) -> set[str]:
    """Return the roots and names of a text from *start* to the next mark."""
    stop = re.compile(r"[,;:.]").search(base.text, start)
    end = stop.start() if stop else len(base.text)
    return {one.key for one in base.list_keys() if start <= one.start < end}
