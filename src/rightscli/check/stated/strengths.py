"""How strong a statement is: how much, how often, how surely; and where it is stronger than a fact."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import root_word
from rightscli.check.stated.wordlists import read_lines

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading, WordSaid


class Degree(NamedTuple):
    """A word or phrase that says how much: on which *scale*, how far up (*rank*, from 0), ``text[start:end]``."""

    scale: str
    rank: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _compile_scales() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    """Return the pattern of all degrees, the longest first, and what each means."""
    degrees = {
        phrase: (scale, rank)
        for scale, steps in read_lines("scales")
        for rank, step in enumerate(steps.split(" < "))
        for phrase in step.split(", ")
    }
    phrases = sorted(degrees, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b"), degrees


_SUPERLATIVE = r"\bthe (?:world's |country's |second[- ]|single )?(?:most|least|\w+est)\b(?! of\b)"
_DEGREE_OF = r"\b(?:the|more|less|as|so)\s+$"


STRONGEST = {"quantity": 5, "frequency": 4}
"""The rank of *all* and of *always*."""


def find_degrees(text: str) -> tuple[Degree, ...]:
    """Return what *text* says of how much, how often and how surely, in order."""
    pattern, degrees = _compile_scales()
    lower = text.lower()
    found = []
    for match in pattern.finditer(lower):
        if match[0] in ("most", "certain", "risk", "all", "each") and not _counts(match):
            continue
        found.append(Degree(*degrees[match[0]], *match.span()))
    return tuple(found)


def _counts(match: re.Match[str]) -> bool:
    """Tell whether a word of two uses says how much: not *the most repressive*, not *if any*, not *it is certain that*."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if match[0] == "all":
        return not re.search(r"\b(?:above|after|at|for|first of|once and for|in|not|of) $", before) and not re.match(
            r" (?:but|told|the same|too|along|around|alike|in all)\b", after
        )
    if match[0] == "each":
        return not after.startswith((" other", " december", " year", " month")) and not before.endswith(" each ")
    if match[0] == "most":
        return not re.search(_DEGREE_OF, before) or after.startswith(" of ")
    if match[0] == "certain":
        return bool(re.match(r" \w+s\b", after))
    return bool(re.match(r" (?:of|being|that)\b", after))


def compare_strengths(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where the statement is stronger than the fact *base*: on a scale, or without its *can*, *should*, *reportedly*."""
    said, own = find_degrees(reading.text), find_degrees(base.text)
    conflicts = []
    for scale in ("quantity", "frequency"):
        ours = [one for one in said if one.scale == scale]
        theirs = [one for one in own if one.scale == scale]
        if not ours or not theirs:
            continue
        top, highest = max(ours, key=lambda one: one.rank), max(theirs, key=lambda one: one.rank)
        kept = any(one.rank == highest.rank for one in ours)
        if top.rank > highest.rank and not kept:
            conflicts.append(_state("strength", reading, top, base, highest))
    return (*conflicts, *_compare_surety(reading, base, said, own), *_compare_order(reading, base))


_ORDER = r"\b(after|before|following|prior to)\b"


def _compare_order(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where what came first in the fact *base* comes last in the statement: *after* and *before* the other way round."""
    ours, theirs = _part_in_time(reading), _part_in_time(base)
    if not ours or not theirs:
        return ()
    roots = [{word.root for word in part} for part in (*ours, *theirs)]
    crossed, straight = (roots[0] & roots[3], roots[1] & roots[2]), (roots[0] & roots[2], roots[1] & roots[3])
    if not all(crossed) or len(crossed[0]) + len(crossed[1]) <= len(straight[0]) + len(straight[1]):
        return ()
    one = next(word for word in ours[0] if word.root in crossed[0])
    other = next(word for word in theirs[0] if word.root not in roots[0])
    return (
        Conflict("order", reading.text[one.start : one.end], one.start, one.end, base.text[other.start : other.end]),
    )


def _part_in_time(reading: Reading) -> tuple[list[WordSaid], list[WordSaid]] | None:
    """Return the words of what a text says came first, and of what came later; None where it does not say."""
    match = re.search(_ORDER, reading.text.lower())
    if not match:
        return None
    comma = reading.text.find(",", match.end())
    end = comma if comma >= 0 else len(reading.text)
    behind = [word for word in reading.words if match.end() <= word.start < end]
    before = [word for word in reading.words if word.end <= match.start()]
    others = before or [word for word in reading.words if word.start > end]
    return (behind, others) if match[1] in ("after", "following") else (others, behind)


def _state(kind: str, reading: Reading, said: Degree, base: Reading, own: Degree) -> Conflict:
    return Conflict(kind, reading.text[said.start : said.end], said.start, said.end, base.text[own.start : own.end])


_WEAK = (
    r"\b(?:can|could|may|might|should|ought|would|possib\w*|risk\w*|liable|depend\w*|decid\w*|determin\w*|hinge\w*"
    r"|potential\w*|sometimes|at times|some|or)\b"
)
ATTRIBUTED = (
    r"\b(?:report(?:s|ed|edly)?|said|says?|saying|accord\w+|alleg\w+|apparent\w*|claim\w*|insist\w*|believ\w+|suppos\w+|told|"
    r"accounts?|understood|by all accounts|seems?|appears?|held|holds|argues?|finds?|found|conclud\w+|named"
    r"|lists?|listed|records?|recorded|documents?|documented|describ\w+|cit(?:es|ed))\b"
)


def _compare_surety(
    reading: Reading, base: Reading, said: tuple[Degree, ...], own: tuple[Degree, ...]
) -> list[Conflict]:
    """Return where the statement leaves out what makes the fact less sure: *can be*, *should*, *reportedly*, *one of the*."""
    lower = reading.text.lower()
    conflicts: list[Conflict] = []
    for match in re.finditer(r"\b(can|could|may|might|should)\s+(?:be\s+|also\s+)*([a-z]+)", base.text.lower()):
        root = root_word(match[2])[0]
        alike = [word for word in reading.words if root and word.root == root and word.sign >= 0]
        spoken = [word for word in alike if _is_plain(reading, word, match[2])]
        if spoken and not re.search(_WEAK, lower):
            word = spoken[0]
            text = reading.text[word.start : word.end]
            conflicts.append(Conflict("strength", text, word.start, word.end, base.text[match.start() : match.end()]))
            break
    hedges = [one for one in own if one.scale == "hedge" and one.rank == 0 and _is_told(reading, base, one)]
    if hedges and not re.search(ATTRIBUTED, lower) and not any(one.scale == "hedge" and not one.rank for one in said):
        spot = reading.words[0] if reading.words else None
        if spot:
            hedge = base.text[hedges[0].start : hedges[0].end]
            conflicts.append(Conflict("strength", reading.text[spot.start : spot.end], spot.start, spot.end, hedge))
    ours = re.search(_SUPERLATIVE, lower)
    theirs = re.search(r"\b(?:one of|among|amongst|ranks? (?:with|among))\b", base.text.lower())
    is_of_some = re.search(r"\b(?:one of|among|amongst|some of|counts?|ranks?)\b", lower)
    is_superlative = re.search(_SUPERLATIVE.replace("the ", "(?:the |world's )"), base.text.lower())
    if ours and theirs and is_superlative and not is_of_some:
        words, told = reading.text[slice(*ours.span())], base.text[slice(*theirs.span())]
        conflicts.append(Conflict("strength", words, *ours.span(), told))
    sole = [one for one in said if one.scale == "share" and one.rank == 1]
    if sole and theirs and not re.search(r"\b(?:one of|among)\b", lower):
        conflicts.append(_state_sole(reading, sole[0], base, theirs))
    return conflicts


def _is_told(reading: Reading, base: Reading, hedge: Degree) -> bool:
    """Tell whether the statement says what the fact hedges: one of the two words that follow."""
    roots = [word.root for word in base.words if word.start >= hedge.end][:2]
    return any(word.root in roots for word in reading.words)


def _is_plain(reading: Reading, word: WordSaid, verb: str) -> bool:
    """Tell whether a word says outright what *verb* says: not *punishable*, not *penalty*, of *punished*."""
    said = reading.text[word.start : word.end].lower()
    return said[:4] == verb[:4] and not said.endswith(("able", "ible", "ment", "ion"))


def _state_sole(reading: Reading, said: Degree, base: Reading, theirs: re.Match[str]) -> Conflict:
    return Conflict(
        "strength", reading.text[said.start : said.end], said.start, said.end, base.text[slice(*theirs.span())]
    )
