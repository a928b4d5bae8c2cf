"""Dates as the base writes them: EDTF (ISO 8601-2), read once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rightscli.text.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


_EDTF = r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
_HOW = "write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B"
_LONGEST_NAMED = 100
"""Of how many years a date names each."""
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""EDTF's seasons by the month they begin in: spring in March … winter in December, three months each."""


class _Period(NamedTuple):
    """One EDTF date as it is written, *text*, and its parts, one that is unknown or absent as nothing."""

    text: str
    year: str
    month: str
    day: str
    mark: str

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year: 1970 and 1979 of ``197X``, the same where all digits are known."""
        return int(self.year.replace("X", "0")), int(self.year.replace("X", "9"))

    @property
    def known(self) -> tuple[int, ...]:
        """The year, the first of a decade or century, and month and day as far as they are known."""
        return (self.years[0], *(int(part) for part in (self.month, self.day) if part))

    @property
    def printed(self) -> str:
        """The year as print has it: ``2020``, ``1970s``."""
        return self.year.replace("XX", "00s").replace("X", "0s")


def _read_sides(text: str) -> list[_Period | None]:
    """Return the date that *text* is, or the two ends of an interval, None for an open one. Raises ValueError."""
    sides = text.split("/")
    if len(sides) > 2:
        raise ValueError(f"'{text}' is no EDTF date: {_HOW}")
    return [None if len(sides) > 1 and side in ("", "..") else _read_period(side) for side in sides]


def _read_period(text: str) -> _Period:
    match = re.fullmatch(_EDTF, text)
    if match is None:
        raise ValueError(f"'{text}' is no EDTF date: {_HOW}")
    return _Period(text, *("" if part in (None, "XX") else part for part in match.groups()))


def parse_edtf(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that an EDTF date or interval covers, None for an open end.

    EDTF (ISO 8601-2) level 0, and of level 1 what a fact needs: ``2019``, ``2019-05``, ``2019-05-09``, ``197X``,
    ``2019-XX``, ``2019-21`` (a season, by its northern months: winter lasts into the next year), a final ``?``, ``~``
    or ``%``, and ``A/B`` with ``..`` or nothing for an open side. Years from 0001 to 9999. Raises ValueError.
    """
    days = [period and _list_ends(period) for period in _read_sides(text)]
    first, last = days[0] and days[0][0], days[-1] and days[-1][1]
    if first is None and last is None:
        raise ValueError(f"'{text}' says nothing: one end of an interval must be a date")
    if first is not None and last is not None and last < first:
        raise ValueError(f"'{text}' ends before it starts")
    return first, last


def name_days(text: str | None) -> list[str]:
    """Return the words by which a reader may look an EDTF date up: its months and days, and every year that it covers.

    Of a longer time than a life only its first and last year. Raises ValueError.
    """
    if not text:
        return []
    ends = [end.year for end in parse_edtf(text) if end]
    years = range(ends[0], ends[-1] + 1) if ends[-1] - ends[0] < _LONGEST_NAMED else ends
    words = list(map(str, years))
    for period in filter(None, _read_sides(text)):
        if period.month and int(period.month) <= 12:
            words.append(MONTHS[int(period.month) - 1])
        if period.day:
            words.append(str(int(period.day)))
    return list(dict.fromkeys(words))


def _list_ends(period: _Period) -> tuple[date, date]:
    """Return the first and the last day of *period*; ValueError if there is no such time."""
    from datetime import date, timedelta

    text = period.text
    first_year, last_year = max(1, period.years[0]), period.years[1]
    if last_year < 1:
        raise ValueError(f"'{text}' is no EDTF date here: years run from 0001 to 9999")
    if not period.month:
        if period.day:
            raise ValueError(f"'{text}' is no EDTF date: it has a day without a month")
        return date(first_year, 1, 1), date(last_year, 12, 31)
    if first_year != last_year:
        raise ValueError(f"'{text}' is no EDTF date: it has a month without a year")
    month = int(period.month)
    if not (1 <= month <= 12 or (month in _SEASONS and text[7:8] != "-")):
        raise ValueError(f"'{text}' is no EDTF date: there is no month {period.month}")
    start = date(first_year, _SEASONS.get(month, month), 1)
    months = start.month + (3 if month in _SEASONS else 1)
    after = (first_year + (months > 12), (months - 1) % 12 + 1)
    # There is no first of January 10000 to count back from.
    last = date(9999, 12, 31) if after[0] > 9999 else date(*after, 1) - timedelta(days=1)
    if not period.day:
        return start, last
    if not 1 <= int(period.day) <= last.day:
        raise ValueError(f"'{text}' is no EDTF date: that month has no day {period.day}")
    day = start.replace(day=int(period.day))
    return day, day


class DateParts(NamedTuple):
    """A date or, where *last* is not None, a span from *first* to *last*; an open end is empty.

    *first* and *last* hold year, month and day as far as they are known; months from 21 on are seasons. *edtf* is all of it
    as EDTF text, *text* words where there are no numbers.
    """

    first: tuple[int, ...]
    last: tuple[int, ...] | None = None
    edtf: str = ""
    text: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The year, or both years of a span of several."""
        ends = (self.first, self.last or ())
        return tuple(dict.fromkeys(parts[0] for parts in ends if parts))


def read_date_parts(value: Any) -> DateParts:
    """Return the parts of a CSL-JSON date: EDTF text, or an object with ``date-parts``, ``season``, ``circa``, ``literal``.

    What is no date in either spelling is kept as words.
    """
    if isinstance(value, str):
        return _read_parts(value)
    text = str(value.get("literal") or value.get("raw") or "")
    spans = [tuple(int(part) for part in parts if str(part).strip()) for parts in value.get("date-parts", ())]
    if not spans:
        return _read_parts(text)
    # CSL spells an open end as the year 0.
    sides = [() if not parts or not parts[0] else parts for parts in spans[:2]]
    season = str(value.get("season", ""))
    if season in "1234" and season and len(sides[0]) == 1:
        sides[0] += (20 + int(season),)
    mark = "~" if value.get("circa") else ""
    edtf = "/".join(_write_edtf(parts) + mark if parts else ".." for parts in sides)
    return DateParts(sides[0], sides[1] if len(sides) > 1 else None, edtf, text)


def _read_parts(text: str) -> DateParts:
    try:
        periods = _read_sides(text)
    except ValueError:
        return DateParts((), text=text)
    sides = [period.known if period else () for period in periods]
    # A decade or a century: from its first year to its last.
    decades = [period.years[1:] for period in periods if period and "X" in period.year]
    last = sides[1] if len(sides) > 1 else decades[0] if decades else None
    return DateParts(sides[0], last, text if any(sides) else "")


def _write_edtf(parts: Sequence[int]) -> str:
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])))


def make_csl_date(text: str) -> dict[str, Any]:
    """Return the CSL-JSON date of an EDTF *text*.

    ``2020-01-14`` is ``{"date-parts": [[2020, 1, 14]]}``. An interval has two; one with an open end keeps the date that is
    known, since CSL has no open intervals. ``?``, ``~`` and ``%`` become ``circa``, seasons ``season``; unknown digits of a
    month or day are left off, those of a year make it a ``literal`` decade, ``1970s``.
    """
    periods = [period for period in _read_sides(text) if period]
    circa: dict[str, Any] = {"circa": True} if any(period.mark for period in periods) else {}
    if any("X" in period.year for period in periods):
        return {"literal": "–".join(dict.fromkeys(period.printed for period in periods))} | circa
    parts = [list(period.known) for period in periods]
    season: dict[str, Any] = {}
    for part in parts:
        # EDTF's seasons are the months 21 to 24, CSL's the numbers 1 to 4.
        if len(part) > 1 and part[1] > 12:
            season = {"season": part[1] - 20} if len(parts) == 1 else {}
            del part[1:]
    # Engines take an interval only with ends of equal precision.
    length = min(map(len, parts))
    parts = [part[:length] for part in parts]
    return {"date-parts": parts[:1] if parts[0] == parts[-1] else parts} | season | circa


def name_years(text: str) -> str:
    """Return the year, or years, of an EDTF date as print has it: ``2020``, ``1970s``, ``2014–2017``; nothing of none."""
    periods = _read_sides(text) if text else []
    return "–".join(dict.fromkeys(period.printed for period in periods if period))
