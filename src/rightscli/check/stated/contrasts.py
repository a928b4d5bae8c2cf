"""What a text sets against something else: *not this but that*, whom it excepts, what it affirms *but not* of another."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import fold_word
from rightscli.check.stated.thesaurus import find_meaning

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claim
    from rightscli.check.stated.clues import KeySaid, Reading


def find_contrast(reading: Reading, claim: Claim) -> tuple[Conflict, ...]:
    """Return where a statement sets against each other what the fact does not, as at most one conflict."""
    return (
        compare_contrasts(reading, claim.reading)
        or _compare_set_aside(reading, claim)
        or _compare_exceptions(reading, claim)
    )


_CONTRAST = r"(?:,|\b(?:but|though|although|and|yet))\s+not\s+|\b(?:instead of|rather than|as opposed to)\s+"
"""What sets something against what is said before it: *in its own waters, but not on the high seas*."""


class Contrast(NamedTuple):
    """What a text says, and what it says *not* beside it, by key; and where the two stand."""

    said: frozenset[str]
    denied: frozenset[str]
    start: int
    end: int


def compare_contrasts(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where a sentence denies what the fact says, and says what that denies: *labor, not fish*."""
    others = _list_contrasts(base)
    for one in _list_contrasts(reading) if others else ():
        for other in others:
            if one.denied & other.said and one.said & other.denied and not one.denied & other.denied:
                said = reading.text[one.start : one.end]
                return (Conflict("negation", said, one.start, one.end, base.text[other.start : other.end]),)
    return ()


@lru_cache(maxsize=4096)
def _list_contrasts(reading: Reading) -> tuple[Contrast, ...]:
    found = []
    keys = reading.list_keys()
    for match in islice(re.finditer(_CONTRAST, reading.text), _MOST):
        stop = re.compile(r"[,;:.]").search(reading.text, match.end())
        end = stop.start() if stop else len(reading.text)
        # The comma of *, though not* is no end of what stands before it.
        first = max(reading.text.rfind(sign, 0, max(0, match.start() - 2)) for sign in ",;:")
        said = frozenset(one.key for one in keys if first < one.start < match.start())
        denied = frozenset(one.key for one in keys if match.end() <= one.start < end)
        found.append(Contrast(said - denied, denied - said, match.start(), end))
    return tuple(found)


_MOST = 12
"""How many of these a sentence may have to be compared."""


_SET_ASIDE = (
    r"(?i)(?:\b(?:rather than|instead of|as opposed to|in no way)\b|(?:,|[–—(]|\band|\bbut|\bthough) not\b)"
    r"(?! (?:only|just|merely|at all|least|until|yet|all|every|always|necessarily|without)\b)([^,.;:()–—]+)"
)
"""What a text sets aside for something else: of farming, *not of construction*."""
_WHICH_ONES = r"(?i)\b(?:that|which|who|whom|whose)\b"
"""What says which ones are meant: only these are set aside, *instead of the 80 that were planned*."""
_COMPARED = r"(?i)\b(?:more|less|fewer|oftener|\w+er|as much|as often)\b"
_SETTING_ASIDE = (" not", "rather than", "instead of", "as opposed to", "in no way")
"""One of these is in whatever sets something aside."""


@lru_cache(maxsize=4096)
def _find_set_aside(text: str) -> re.Match[str] | None:
    lower = text.lower()
    # Most texts set nothing aside, and need no long pattern to show it.
    return re.search(_SET_ASIDE, text) if any(sign in lower for sign in _SETTING_ASIDE) else None


def _compare_set_aside(reading: Reading, claim: Claim) -> tuple[Conflict, ...]:
    """Return what a statement sets aside though the fact affirms all of it, and sets nothing aside itself."""
    found = _find_set_aside(reading.text)
    if not found or _find_set_aside(claim.reading.text) or re.search(_WHICH_ONES, found[1]):
        return ()
    than = claim.reading.text.find(" than ")
    if than >= 0 and re.search(_COMPARED, reading.text):
        # The boys rather than the girls are hit more: the boys more than the girls.
        return ()
    inside = [one for one in reading.list_keys() if found.start(1) <= one.start < found.end(1)]
    borne = [_find_borne(one, reading, claim) for one in inside]
    if not inside or not all(borne):
        return ()
    start, end = found.span()
    first = next(one for one in claim.reading.list_keys() if one.key == borne[0])
    return (Conflict("negation", reading.text[start:end], start, end, claim.reading.text[first.start : first.end]),)


_IS_EXCEPTED = (
    r"(?i)\b(?:is|are|was|were|been|remains?)(?:\s\w+ly)?"
    r" (?:exempt(?:ed)?|spared|excused|excluded|omitted|missing|absent|immune|left (?:out|alone|untouched))\b"
    r"|\b(?:is|are|was|were|do|does|did|has|have|had)(?: not|n't)(?=\s*(?:[.;]|$))"
)
"""What is said behind whom it excepts: *children are exempt*, *but children were not*."""
_EXCEPTS = r"(?i)\b(?:spares?|spared|exempts?|excuses?|excludes?|omits?|leaves? out)\b([^,.;:()–—]+)"
"""What is said before whom it excepts: they *spare the leader*."""
_MARKS = ",.;:()–—"


class Excepted(NamedTuple):
    """Where a text excepts somebody (``text[start:end]``), and where it says whom (``text[first:last]``)."""

    start: int
    end: int
    first: int
    last: int


@lru_cache(maxsize=4096)
def _find_excepted(text: str) -> Excepted | None:
    """Return whom a text excepts first: what stands before *are exempt* from a mark on, or behind *spare* up to one."""
    behind = re.search(_IS_EXCEPTED, text)
    mark = max(text.rfind(sign, 0, behind.start()) for sign in _MARKS) if behind else -1
    before = re.search(_EXCEPTS, text)
    if behind:
        return Excepted(max(mark, 0), behind.end(), mark + 1, behind.start())
    return Excepted(*before.span(), *before.span(1)) if before else None


def _compare_exceptions(reading: Reading, claim: Claim) -> tuple[Conflict, ...]:
    """Return whom a statement excepts though the fact, which excepts nobody, names them."""
    if claim.reading.negations or _find_excepted(claim.reading.text):
        return ()
    found = _find_excepted(reading.text)
    if not found or re.search(_WHICH_ONES, reading.text[found.first : found.last]):
        return ()
    inside = [key for key in reading.list_keys(light=False) if found.first <= key.start < found.last]
    if not inside or not all(one.key in claim.core and claim.reading.signs.get(one.key, 1) > 0 for one in inside):
        return ()
    base = next(one for one in claim.reading.list_keys() if one.key == inside[0].key)
    said = reading.text[found.start : found.end].strip(" ,.;:()")
    return (Conflict("negation", said, found.start, found.end, claim.reading.text[base.start : base.end]),)


def _find_borne(said: KeySaid, reading: Reading, claim: Claim) -> str:
    """Return the key of what the fact affirms that *said*, a word or a name, may stand for; nothing where there is none."""
    if said.key[0] == "=":
        return said.key if any(f"={name.key}" == said.key for name in claim.names) else ""
    kin = {said.key, *claim.list_kin(find_meaning(fold_word(reading.text[said.start : said.end])))}
    return next((root for root in claim.meanings if root in kin and claim.reading.signs.get(root, 0) > 0), "")
