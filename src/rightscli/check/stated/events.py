"""Whether a sentence that seems to contradict a fact rather speaks of another event: of another time, of somebody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import Conflict, Reading
    from rightscli.check.stated.matches import FactMatch

OF_NOW = (
    r"(?i)\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next)\s+(?:week|weekend|month|year|spring|summer|autumn|fall|winter)"
    r"|(?:on|last|this|next)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
"""When it is said by the writer's own calendar."""
_OF_ANOTHER = (
    r"(?i)\b(?:again|earlier|previous(?:ly)?|latest|most recent(?:ly)?|so far|since then|last year|this year|by then"
    r"|(?:had|has|have) (?:\w+ )*?(?:before(?! \w)|already)|for the \w+(?:th|nd|rd) (?:year|time)|\w+ annual|annual(?:ly)?)\b"
)
"""What says that the same has happened at other times."""
_LASTING = frozenset(("strength", "negation", "term", "institution", "member"))
"""Conflicts of what holds, rather than of what happened when: another year than the fact's excuses none of them."""


def is_of_other_event(
    match: FactMatch, conflicts: tuple[Conflict, ...], kinds: set[str], reading: Reading, claims: Claims
) -> bool:
    """Tell whether a sentence with *conflicts*, of these *kinds*, may be true beside the fact, as it speaks of another event."""
    if _is_elsewhere(match, conflicts, kinds, reading, claims):
        return True
    if any(_is_of_other_kind(conflict, reading, match.claim) for conflict in conflicts):
        return True
    return bool(re.search(_OF_ANOTHER, reading.text)) and not re.search(_OF_ANOTHER, match.claim.reading.text)


def _is_of_other_kind(conflict: Conflict, reading: Reading, claim: Claim) -> bool:
    """Tell whether two clues are hardly each other's rivals: a network and a country, a year and a month."""
    if conflict.kind == "date":
        said = next((one for one in reading.dates if one.start == conflict.start), None)
        base = next(
            (one for one in claim.reading.dates if claim.reading.text[one.start : one.end] == conflict.base), None
        )
        return bool(said and base) and not ((said.year and base.year) or (said.month and base.month))  # type: ignore[union-attr]
    if conflict.kind in ("person", "country", "institution"):
        said_name = next((one for one in reading.names if one.start == conflict.start), None)
        base_name = next(
            (one for one in claim.names if claim.reading.text[one.start : one.end] == conflict.base), said_name
        )
        kinds = {one.kind for one in (said_name, base_name) if one}
        return len(kinds) > 1 and ("country" in kinds or "name" not in kinds)
    return False


def _is_elsewhere(
    match: FactMatch, conflicts: tuple[Conflict, ...], kinds: set[str], reading: Reading, claims: Claims
) -> bool:
    """Tell whether the sentence rather speaks of another event: at another time and of other figures, or of somebody else."""
    own = match.claim.reading
    if own.dates and not reading.dates and re.search(OF_NOW, reading.text):
        return True
    years = {one.year for one in own.dates}
    if (
        not kinds <= _LASTING
        and reading.years_before
        and not any(one.year for one in reading.dates)
        and years.isdisjoint(reading.years_before)
    ):
        return bool(years)
    if len(kinds) > 1 and (kinds & {"date", "person", "country"}) and not match.clues.agreed_places:
        return True
    if "date" in kinds:
        said = [one for one in reading.dates if any(one.start == conflict.start for conflict in conflicts)]
        alike = (
            (one.year == base.year) + (one.month == base.month) + (one.day == base.day)
            for one in said
            for base in own.dates
        )
        if match.explained >= w.SAME_TIME and match.cover >= w.SAME_EVENT:
            return False
        if own.quantities and not match.clues.agreed_places:
            return True
        return not own.quantities and max(alike, default=0) < 2
    if "figure" in kinds and not match.clues.agreed_places and own.dates and reading.dates:
        # At a time that is not the fact's.
        return any((one.start, one.end) in match.clues.strange for one in reading.dates)
    if kinds & {"person", "country", "institution"}:
        own_names = [name for name in match.claim.names if name.key not in claims.common]
        is_nameless = bool(own_names and not match.clues.found) and match.explained < w.SAME_TIME
        return match.explained < w.SAME_EVENT or is_nameless
    return False
