"""Whose a fact is and how sure: whether a statement of it says so, or something of it for what it leaves out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.asides import is_source
from rightscli.check.stated.frames import find_lost_frame
from rightscli.check.stated.roots import bare_root
from rightscli.check.stated.strengths import find_degrees, is_attributed

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.matches import FactMatch


def find_unsaid(reading: Reading, group: list[FactMatch], claims: Claims) -> str:
    """Return what a statement leaves out of whose a fact is and how sure, where no other fact says the same without it."""
    plain: set[int] = set()
    lost: list[tuple[str, frozenset[int]]] = []
    for match in group:
        unsaid = _find_lost_speaker(reading, match.claim, claims) or _find_lost_hedge(reading, match.claim)
        frame = find_lost_frame(reading, match.claim.reading, match.all_reached)
        if unsaid or frame:
            lost.append((unsaid or f"(without {frame})", match.told))
            if match is group[0]:
                return lost[0][0]
        else:
            plain |= match.told
    return next((unsaid for unsaid, told in lost if len(told - plain) >= _NEEDED), "")


_NEEDED = 2
"""How many words of a statement only such facts must tell, for it to restate them."""


_SAYING = (
    r"\b(?:said|told|says?|claim(?:s|ed)|alleg(?:e|es|ed)|[Aa]ccord(?:s|ed|ing) to|insist(?:s|ed)?|testified"
    r"|complain(?:s|ed))\b"
)


_BESIDE = 24
"""How many characters part who says so from the verb that says it."""


def _list_initials(name: str) -> str:
    letters = "".join(re.findall(r"\b[A-Z]", name.removeprefix("UN ")))
    return bare_root(letters) if letters else ""


def _find_lost_speaker(reading: Reading, claim: Claim, claims: Claims) -> str:
    """Return what a statement leaves out of who says so, where the fact is somebody's; or that it has another say it.

    What the source itself says needs no saying so.
    """
    if not claim.speaker:
        saying = _find_saying(claim)
        if not saying or is_attributed(reading, claim.reading):
            return ""
        speakers = [name for name in claim.names if 0 <= saying.start() - name.end < _BESIDE]
        is_named = any(one.may_be(other) for one in reading.names for other in speakers)
        is_own = bool(speakers) and all(is_source(name, claims) for name in speakers)
        return "" if is_named or is_own else "(who says so)"
    if _list_speaker_roots(claim.speaker) & _list_spoken_roots(reading.text):
        return ""
    match = re.search(r"(?i)\b(?:according to|as) [^,.]{3,60}", reading.text)
    return match[0] if match else "" if is_attributed(reading, claim.reading) else f"(who says so: {claim.speaker})"


@lru_cache(maxsize=4096)
def _find_saying(claim: Claim) -> re.Match[str] | None:
    return re.search(_SAYING, claim.reading.text)


@lru_cache(maxsize=4096)
def _list_speaker_roots(speaker: str) -> frozenset[str]:
    """Return the roots of the words by which a speaker is told, and of the initials."""
    roots = {bare_root(word) for word in re.findall(r"[^\W\d_]{3,}", speaker)}
    return frozenset(roots | {_list_initials(speaker)}) - {""}


@lru_cache(maxsize=256)
def _list_spoken_roots(text: str) -> frozenset[str]:
    return frozenset(bare_root(word) for word in re.findall(r"[^\W\d_]+", text))


def _find_lost_hedge(reading: Reading, claim: Claim) -> str:
    """Return the *reportedly* of a fact that a statement leaves out, with all other words that say whose it is."""
    hedge = next((one for one in find_degrees(claim.reading.text) if one.scale == "hedge" and not one.rank), None)
    if hedge is None or is_attributed(reading, claim.reading):
        return ""
    return f"(without {claim.reading.text[hedge.start : hedge.end]})"
