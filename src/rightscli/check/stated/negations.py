"""Whether a sentence denies what a fact affirms, or the other way round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import list_negator_roots, list_opposed_roots, root_word

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
    shared = [root for root in said if root in base]
    turned = {root for root in shared if said[root] * base[root] < 0 and root not in _GENERIC}
    if not turned:
        return ()
    opposed = list_opposed_roots() - list_negator_roots()
    weight = sum(max(claims.weigh(root), 0.6 if root in list_opposed_roots() else 0.0) for root in turned)
    kept = sum(
        claims.weigh(root)
        for root in shared
        if said[root] < 0
        and base[root] < 0
        # Unpaid on both sides is no negation on either.
        and (root not in opposed or _is_reached(reading, root) or _is_reached(claim.reading, root))
    )
    is_plainly_said = not reading.negations and "without" not in reading.text
    is_reached = is_plainly_said and any(_is_reached(claim.reading, root) for root in turned)
    share = 0.0 if turned & list_opposed_roots() else 0.08 if is_reached else 0.12
    if weight <= 2 * kept or weight < max(0.3, share * sum(claims.weigh(root) for root in shared)):
        return ()
    # A negation that turns nothing that both say may be a way to say the same.
    if not reading.negations and not claim.reading.negations:
        turned = {root for root in turned if _find_context(reading, root) & _find_context(claim.reading, root)}
        if not turned:
            return ()
    known = frozenset(shared)
    # Said of one thing, a negation of another in the base is no excuse.
    is_plain = any(said[root] < 0 for root in turned)
    if _has_stray_negation(reading, known):
        return ()
    if _has_stray_negation(claim.reading, known) and not (is_plain or is_reached):
        return ()
    negative = reading if is_plain else claim.reading
    root = next(word.root for word in negative.words if word.root in turned and word.sign < 0)
    start, end = _find_turned(reading, root)
    first, last = _find_turned(claim.reading, root)
    return (Conflict("negation", reading.text[start:end], start, end, claim.reading.text[first:last]),)


_PRESENCE = (
    r"(?i)\b(without|with|after|by|following|to(?=\s+an?\s))\s+"
    r"(?:(?:an?|the|any|their|its|official|government|prior|first)\s+)*([a-z]+)\b"
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
        re.search(r"(?i)\b(?:not|never|no|without)\b[^.;:]{0,32}$|n['’]t\b[^.;:]{0,32}$", match.string[: match.start()])
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
