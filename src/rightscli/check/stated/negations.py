"""Whether a sentence denies what a fact affirms, or the other way round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import list_opposed_roots, root_word

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import Reading


def compare_negations(reading: Reading, claim: Claim, claims: Claims) -> tuple[Conflict, ...]:
    """Return where one side negates what the other affirms, as at most one conflict."""
    return _compare_signs(reading, claim, claims) or _compare_presence(reading.text, claim.reading.text)


_GENERIC = frozenset("peopl person govern offici countri human right group order area member".split())
"""Roots that tell too little for a negation to hang on them."""


def _compare_signs(reading: Reading, claim: Claim, claims: Claims) -> tuple[Conflict, ...]:
    """Return the conflict of a word that one side says, and the other denies."""
    said, base = reading.signs, claim.reading.signs
    spared = _find_purpose(claim.reading) | _find_purpose(reading)
    shared = [root for root in said if root in base and root not in spared]
    turned = {root for root in shared if said[root] * base[root] < 0 and root not in _GENERIC}
    if not turned:
        return ()
    if deny_alike(reading, claim.reading) and _is_denial_shared(reading, claim.reading):
        # Each denies as often as the other: what is *barred* in one and *banned* in the other is the same.
        return ()
    adverbs = {word.root for word in reading.words if reading.text[: word.end].endswith("ly")}
    opposed = list_opposed_roots()
    turned = {root for root in turned if root in opposed or (root not in adverbs and claims.weigh(root) >= _TELLING)}
    if not turned:
        return ()
    # What the negative side denies: by its negation, or by a word that is the opposite of the other's.
    negative = reading if any(said[root] < 0 for root in turned) else claim.reading
    root = next(word.root for word in negative.words if word.root in turned and word.sign < 0)
    start, end = _find_turned(reading, root)
    first, last = _find_turned(claim.reading, root)
    return (Conflict("negation", reading.text[start:end], start, end, claim.reading.text[first:last]),)


_TELLING = 0.2
"""What a root must weigh for a negation to hang on it."""


def deny_alike(one: Reading, other: Reading) -> bool:
    """Tell whether two texts deny, and as often as each other."""
    return 0 < _count_denials(one) == _count_denials(other)


def _is_denial_shared(reading: Reading, base: Reading) -> bool:
    """Tell whether a statement says anything of what a fact denies, so that the two denials may be one."""
    denied = {word.root for word in base.words if word.sign < 0}
    return not denied or any(word.root in denied for word in reading.words)


def _count_denials(reading: Reading) -> int:
    text = reading.text.lower()
    nor = sum(text[start:].startswith("nor") for start, _ in reading.negations)
    return len(reading.negations) - nor + text.count("without")


def _find_purpose(reading: Reading) -> frozenset[str]:
    """Return the roots of what somebody does something *so as not to* do: which others say in other ways, without a *not*."""
    match = re.search(_PURPOSE, reading.text)
    return frozenset(word.root for word in reading.words if match and word.start > match.start())


_PURPOSE = (
    r"\b(?:so as not to|in order not to|lest|avoid\w*|evad\w+|escap\w+"
    r"|instead of|rather than|spare|spares|sparing|let \w+ off)\b"
)


_PRESENCE = (
    r"(?i)\b(without|with|after|by|following|to(?=\s+an?\s))\s+"
    r"(?:(?:an?|the|any|their|its|official|government|prior|first|narrow|wide|formal|clear|large|unanimous|majority)\s+)*([a-z]+)\b"
)


def _compare_presence(said: str, base: str) -> tuple[Conflict, ...]:
    """Return where one text tells of a thing done *without* what the other says it was done with: a vote, permission."""
    if "without" not in said.lower() and "without" not in base.lower():
        return ()
    ours, theirs = ({root_word(match[2])[0]: match for match in re.finditer(_PRESENCE, text)} for text in (said, base))
    for root, match in ours.items():
        rival = theirs.get(root)
        is_bare = "without" in (match[1].lower(), rival[1].lower() if rival else "")
        if root and rival and is_bare and _is_absent(match) != _is_absent(rival):
            return (Conflict("negation", match[0], *match.span(), rival[0]),)
    return ()


def _is_absent(match: re.Match[str]) -> bool:
    """Tell whether a text says that there was no such thing: *without* a vote, *not* put to a vote."""
    return match[1].lower() == "without" or bool(
        re.search(r"(?i)\b(?:not|never|no|without)\b[^.;:]{0,32}$|n't\b[^.;:]{0,32}$", match.string[: match.start()])
    )


def _find_turned(reading: Reading, root: str) -> tuple[int, int]:
    """Return where *root* stands, with what negates it if that is near."""
    word = next(word for word in reading.words if word.root == root)
    starts = [start for start, end in reading.negations if word.start - 40 < start < word.start < end]
    return min(starts, default=word.start), word.end


def _find_context(reading: Reading, root: str) -> frozenset[str]:
    """Return the roots and the figures nearest to *root*."""
    found: set[str] = set()
    for word in reading.words:
        if word.root == root:
            found |= reading.near(word.start, word.end)
            found |= {f"={one.key}" for one in reading.names if -24 < one.start - word.end < 24}
    return frozenset(found) - {root, *_GENERIC}


def _is_reached(reading: Reading, root: str) -> bool:
    """Tell whether a negation reaches *root*."""
    return any(
        start <= word.start < end for word in reading.words if word.root == root for start, end in reading.negations
    )


def _has_stray_negation(reading: Reading, shared: frozenset[str]) -> bool:
    """Tell whether a negation reaches none of the *shared* roots."""
    return any(
        not any(start <= word.start < end for word in reading.words if word.root in shared)
        for start, end in reading.negations
    )
