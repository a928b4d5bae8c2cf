"""Which dates of a sentence a fact bears out, which it knows nothing of, and which differ."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import state_conflict

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claim
    from rightscli.check.stated.clues import Conflict, Reading
    from rightscli.text.dates import DateMention

_Places = list[tuple[int, int]]


def agree_dates(said: DateMention, base: DateMention) -> bool:
    """Tell whether two dates may be the same: whatever both of them name is equal."""
    if said.year and base.year:
        if said.decade or base.decade:
            if said.year // 10 != base.year // 10:
                return False
        elif said.year != base.year:
            return False
    if not ((said.year and base.year) or (said.month and base.month) or (said.day and base.day)):
        return False
    is_month = said.month is None or base.month is None or said.month == base.month
    return is_month and (said.day is None or base.day is None or said.day == base.day)


def compare_dates(reading: Reading, claim: Claim) -> tuple[tuple[Conflict, ...], _Places, _Places]:
    """Return the dates in conflict, how many agree, and how many the fact knows nothing of."""
    if not reading.dates:
        return (), [], []
    conflicts: list[Conflict] = []
    agreed: _Places = []
    strange: _Places = []
    opened: list[DateMention] = []
    # When a claim is as of a year, another year in a statement is its own business, unless that opens with it.
    frame = re.match(r"(?:As of|In|By|During) (?:[A-Z][a-z]+ )?\d{4}", claim.reading.text)
    opens = re.match(r"\W*(?:As of|In|By|During|Throughout|The year|Over|Back in)\b[^,.;]{0,24}\d{4}", reading.text)
    own = tuple(one for one in claim.reading.dates if opens or not frame or one.start >= frame.end())
    unused = [base for base in own if not _is_named(base, reading, own)]
    written = list_dates_written(claim)
    for said in reading.dates:
        if reading.text[said.start : said.end].lower() in written:
            # The year that a bare month shares with another may be that of another event.
            agreed.append((said.start, said.end))
            continue
        turn = _find_turn(reading, said)
        if turn and any(turn == _find_turn(claim.reading, base) for base in unused if not (said.day and base.day)):
            agreed.append((said.start, said.end))
            continue
        if _is_since(said, reading, claim):
            agreed.append((said.start, said.end))
            continue
        alike = [base for base in claim.dates if agree_dates(said, base)]
        if not any(base.year for base in alike) and _is_other_year(said, claim.dates):
            alike = []
        finer = any(_is_as_fine(base, said) for base in unused)
        if any(_is_as_fine(base, said) for base in alike) or (alike and not finer):
            is_finer = not any(_is_as_fine(base, said) for base in alike)
            (strange if is_finer else agreed).append((said.start, said.end))
        elif alike or not _lies_within(said, claim):
            opened.append(said)
    for said in opened:
        if unused:
            rival = max(unused, key=lambda base: (_is_as_fine(base, said), _is_as_fine(said, base)))
            conflicts.append(state_conflict("date", reading, said, claim.reading, rival))
        else:
            strange.append((said.start, said.end))
    return tuple(conflicts), agreed, strange


def _find_turn(reading: Reading, said: DateMention) -> int | None:
    """Return the year at whose end a date is: at the *end of 2021*, or when somebody *entered 2022*."""
    if said.month:
        return {(12, 31): said.year, (1, 1): (said.year or 1) - 1}.get((said.month, said.day or 0))
    match = re.search(_TURN, reading.text[max(0, said.start - _BEFORE) : said.start])
    return (said.year or 1) - bool(match["start"]) if match else None


_BEFORE = 32
"""How many characters before a year say whether its end or its start is meant."""
_TURN = (
    r"(?i)\b(?:(?:end|close|last day) of"
    r"|(?P<start>before|(?:start|beginning|outset|first day) of|entered|entering|began|beginning))(?: the year)?\s+$"
)


def _is_since(said: DateMention, reading: Reading, claim: Claim) -> bool:
    """Tell whether a sentence ends a time at *said* that the fact lets begin as it does, and last longer: *since 2008*."""
    match = re.search(_UNTIL, reading.text[: said.start])
    begun = next((one for one in reading.dates if match and one.start == match.start("first")), None)
    if not begun or not said.year or said.month:
        return False
    own = claim.reading.dates
    since = [
        one for one in own if agree_dates(one, begun) and re.search(r"(?i)\bsince\s$", claim.reading.text[: one.start])
    ]
    return bool(since) and said.year > (begun.year or said.year) and any((one.year or 0) > said.year for one in own)


_UNTIL = r"(?i)\b(?:between|from)\s+(?P<first>\d{4})\s+(?:and|to|until)\s+$"


def is_of_whole_year(reading: Reading, claim: Claim) -> bool:
    """Tell whether a sentence is of a year, and the fact of some months of it: what it counts may be more."""
    if not claim.span or not claim.reading.dates or not reading.dates or any(one.month for one in reading.dates):
        return False
    first, last = claim.span
    if not first or not last or first.month == last.month or (first.month, last.month) == (1, 12):
        return False
    years = {one.year for one in reading.dates}
    return years == {first.year} == {last.year} and all(one.month for one in claim.reading.dates)


@lru_cache(maxsize=65536)
def list_dates_written(claim: Claim) -> frozenset[str]:
    """Return the dates of a claim as it writes them, in small letters."""
    return frozenset(claim.reading.text[one.start : one.end].lower() for one in claim.reading.dates)


def _is_other_year(said: DateMention, own: tuple[DateMention, ...]) -> bool:
    """Tell whether a date lies before or after all the years of a fact, whose *each December* it is none of."""
    years = [base.year for base in own if base.year]
    return bool(said.year and years) and not min(years) <= (said.year or 0) <= max(years)


def _is_named(base: DateMention, reading: Reading, own: tuple[DateMention, ...]) -> bool:
    """Tell whether a date of the text names *base*: in full, or more coarsely where none of the fact's *own* is as coarse."""
    return any(
        agree_dates(base, said)
        and (_is_as_fine(said, base) or not any(agree_dates(one, said) and _is_as_fine(said, one) for one in own))
        for said in reading.dates
    )


def _is_as_fine(one: DateMention, other: DateMention) -> bool:
    """Tell whether *one* names at least what *other* names: the day, the month."""
    return bool((one.day or not other.day) and (one.month or not other.month))


_MONTH = 31
"""Days."""


def _lies_within(said: DateMention, claim: Claim) -> bool:
    """Tell whether the fact's own date, not stated in its claim, covers what is *said*."""
    if not claim.span or not said.year:
        return False
    first, last = claim.span
    try:
        day = datetime.date(said.year, said.month or 7, said.day or 1)
    except ValueError:
        return False
    one_year = bool(first and last and first.year == last.year == said.year)
    if not said.month and one_year:
        return True
    if said.month and not (first and last and (last - first).days < (1 if said.day else _MONTH)):
        # A day of a year is more than the year says.
        return False
    if claim.reading.dates or (last and day > last):
        return False
    # Since when it held is not known, but for the time up to which it did.
    return first <= day if first else not last or last.year == said.year
