"""The figures and dates that a text mentions, and dates as the base writes them (EDTF).

Patterns are kept as text and given to ``re`` where they are used: it compiles each one once, and only in the commands that
need it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text states, exact, and where: ``text[start:end]``."""

    value: Decimal
    start: int
    end: int


# The longer first, where one begins with another.
_SMALL = (
    "nineteen|eighteen|seventeen|sixteen|fifteen|fourteen|thirteen|twelve|eleven|ten|nine|eight|seven|six|five|four|three"
    "|two|one"
)
_TENS = "ninety|eighty|seventy|sixty|fifty|forty|thirty|twenty"
NUMBERS = {word: 19 - place for place, word in enumerate(_SMALL.split("|"))}
NUMBERS |= {word: 90 - 10 * place for place, word in enumerate(_TENS.split("|"))}
SCALES = {"dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_GAP = r"[\s‐‑-]+"
_BELOW_100 = rf"(?:(?:{_TENS})(?:{_GAP}(?:{_SMALL})\b)?|(?:{_SMALL}))"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a){_GAP}hundred(?:{_GAP}(?:and{_GAP})?{_BELOW_100}\b)?|{_BELOW_100})"
_SCALE = rf"(?:{'|'.join(SCALES)})\b"
_SPELLED = (
    rf"(?:{_BELOW_1000}|a(?={_GAP}(?!dozen){_SCALE}))\b"
    rf"(?:{_GAP}and{_GAP}a{_GAP}half\b)?"
    rf"(?:{_GAP}{_SCALE}(?:{_GAP}(?:and{_GAP})?{_BELOW_1000}\b)?)*"
    # twenty-first is an ordinal
    r"(?!-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
# What it may begin with first: most places in a text are passed over by that.
_FIGURE = rf"""(?ix)(?=[0-9aefnost])(?<![^\W_])(?:
    (?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)(?:{_GAP}(?P<scale>(?!dozen){_SCALE}))?
    | (?P<spelled>{_SPELLED})
)"""


def find_figures(text: str, dates: tuple[DateMention, ...] | None = None) -> tuple[Figure, ...]:
    """Return the numbers that *text* states in digits or in words, in order.

    ``2,706``, ``$100``, ``50%``, ``30th``, ``2.5 million``, ``four-and-a-half``. Not those inside a date (see
    ``find_dates``, whose answer may be handed over as *dates*), so ``2019`` is none; not a lone *one*, which is mostly a
    pronoun; not ordinal words.
    """
    dates = find_dates(text) if dates is None else dates
    return tuple(
        Figure(_value_figure(match), match.start(), match.end())
        for match in re.finditer(_FIGURE, text)
        if match[0].lower() != "one"
        and not any(date.start < match.end() and match.start() < date.end for date in dates)
    )


def _value_figure(match: re.Match[str]) -> Decimal:
    """Return the number that a match of ``_FIGURE`` states."""
    from decimal import Decimal

    if match["digits"]:
        scale = SCALES[match["scale"].lower()] if match["scale"] else 1
        # As an exponent: multiplying would round a long number.
        return Decimal(f"{match['digits'].replace(',', '')}e{len(str(scale)) - 1}")
    total, group = Decimal(0), Decimal(0)
    words = re.split(_GAP, match["spelled"].lower())
    for before, word in pairwise(["", *words]):
        if word in NUMBERS:
            group += NUMBERS[word]
        elif word == "a" and before != "and":
            group = Decimal(1)
        elif word == "half":
            group += Decimal("0.5")
        elif word == "hundred":
            group *= 100
        elif word in SCALES:
            total, group = total + group * SCALES[word], Decimal(0)
    return total + group


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as far as a text names it, and where: ``text[start:end]``. With *decade*, ``1970s``, year is 1970."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    decade: bool = False


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_NUMBER_ENDS = r"(?![^\W_]|[.,][0-9]|%)"
_DATE = rf"""(?x)(?=[0-9ADFJMNOS])(?<![^\W_])(?<![$€£¥])(?<![0-9][.,])(?:
    (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?){_NUMBER_ENDS}
    | (?P<one>[0-3]?[0-9])(?P<mark>[/.-])(?P<two>[0-3]?[0-9])(?P=mark)(?P<last>{_YEAR}){_NUMBER_ENDS}
    | (?:(?:(?P<from>{_DAY})(?:\s?[-–]\s?|\s+(?:and|to)\s+))?(?P<before>{_DAY})\s+(?:of\s+)?)?
      (?:(?P<month>{MONTHS})|(?P<short>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)
      (?:\s+(?P<after>{_DAY}){_NUMBER_ENDS}
         (?:(?:\s?[-–]\s?|\s+(?:and|to)\s+(?={_DAY},?\s+{_YEAR}))(?P<to>{_DAY}){_NUMBER_ENDS})?)?
      (?:,?\s+(?:of\s+)?(?P<year>{_YEAR}){_NUMBER_ENDS})?(?![^\W_])
    | (?P<bare>(?:19|20)[0-9]{{2}})(?:(?P<decade>['’]?s)|[-–/](?P<next>[0-9]{{2}}))?{_NUMBER_ENDS}
)"""
_BEFORE_MONTH = (
    r"\b(?:in|on|since|until|till|between|and|or|from|of|by|to|during|through|before|after|early|late|mid|last|next|every"
    r"|each|this)[\s-]+$"
)
_LISTED = r"\s*,?\s*(?:[-–—]|(?:and|or|to|until|till|through)\b(?:\s+again)?(?:\s+(?:in|on))?)?\s*"
_LED_BY_YEAR = r",?\s+(?:in|on|between|from)\s+"


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates that *text* names, in order.

    ``May 9, 2019``, ``9 May``, ``2019-05-09``, ``17/12/2018``, ``Sept. 2016``, ``December``, ``1970s``, ``2019`` (bare
    years from 1900 to 2099). A month without a year takes that of its list or span, be it last (``between January and
    September 2019``) or first (``in 2019, in January and June``). *March* and *May* alone are months only after a word
    such as *in*; short names only with a day or a year.
    """
    mentions: list[DateMention] = []
    for match in re.finditer(_DATE, text):
        mentions.extend(_read_dates(match))
    _spread_years(mentions, text)
    return tuple(mentions)


def _spread_years(mentions: list[DateMention], text: str) -> None:
    """Give the months without a year that of the list or span they stand in."""
    gaps = [text[one.end : other.start] for one, other in pairwise(mentions)]
    for index in reversed(range(len(gaps))):
        mention, following = mentions[index], mentions[index + 1]
        if mention.month and not mention.year and following.month and re.fullmatch(_LISTED, gaps[index]):
            mentions[index] = replace(mention, year=following.year)
    led = False
    for index, gap in enumerate(gaps):
        before, mention = mentions[index], mentions[index + 1]
        is_bare_year = not before.month and not before.decade
        led = bool(is_bare_year and re.fullmatch(_LED_BY_YEAR, gap)) or (led and bool(re.fullmatch(_LISTED, gap)))
        if led and mention.month and not mention.year:
            mentions[index + 1] = replace(mention, year=before.year)


def _read_dates(match: re.Match[str]) -> Iterator[DateMention]:
    """Yield the one or two dates (``9-12 May``, ``2018/19``) that a match of ``_DATE`` names, or none."""
    start, end = match.span()
    if match["iso"]:
        year, month, *day = map(int, match["iso"].split("-"))
        yield DateMention(year, month, day[0] if day else None, start, end)
    elif match["last"]:
        yield _read_numeric_date(match)
    elif match["bare"]:
        year = int(match["bare"])
        second = year - year % 100 + int(match["next"] or 0)
        if second <= year:
            yield DateMention(
                year, None, None, start, end if match["decade"] else match.end("bare"), bool(match["decade"])
            )
        else:
            yield DateMention(year, None, None, start, match.end("bare"))
            yield DateMention(second, None, None, match.start("next"), end)
    else:
        yield from _read_named_month(match)


def _read_numeric_date(match: re.Match[str]) -> DateMention:
    """Return what ``17/12/2018`` says; of ``9/5/2019``, of which either number may be the month, the year alone."""
    start, end = match.span()
    one, two, year = int(match["one"]), int(match["two"]), int(match["last"])
    for day, month, other in ((one, two, two), (two, one, one)):
        if 1 <= month <= 12 and 1 <= day <= 31 and (day > 12 or day == other):
            return DateMention(year, month, day, start, end)
    return DateMention(year, None, None, start, end)


def _read_named_month(match: re.Match[str]) -> Iterator[DateMention]:
    """Yield what a match of ``_DATE`` with a month's name says, unless that name alone is too little to go by."""
    start, end = match.span()
    name = match["month"] or match["short"]
    days = [match[group] for group in ("from", "before", "after", "to") if match[group]]
    if not days and not match["year"]:
        before = match.string[max(0, start - 12) : start]
        if match["short"] or (name in ("March", "May") and not re.search(_BEFORE_MONTH, before, re.I)):
            return
    month = next(number for number, full in enumerate(MONTHS.split("|"), 1) if full.startswith(name[:3]))
    year = int(match["year"]) if match["year"] else None
    for day in days or [None]:
        yield DateMention(year, month, int(day.rstrip("stndrh")) if day else None, start, end)


_EDTF = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?"
_LONGEST_NAMED = 100
"""Of how many years a date names each."""
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""EDTF's seasons by the month they begin in: spring in March … winter in December, three months each."""


def parse_edtf(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that an EDTF date or interval covers, None for an open end.

    EDTF (ISO 8601-2) level 0, and of level 1 what a fact needs: ``2019``, ``2019-05``, ``2019-05-09``, ``197X``,
    ``2019-XX``, ``2019-21`` (a season, by its northern months: winter lasts into the next year), a final ``?``, ``~``
    or ``%``, and ``A/B`` with ``..`` or nothing for an open side. Years from 0001 to 9999. Raises ValueError.
    """
    sides = text.split("/")
    if len(sides) == 1:
        return _parse_period(text)
    if len(sides) > 2:
        raise ValueError(f"'{text}' is no EDTF interval: write it as A/B")
    first = None if sides[0] in ("", "..") else _parse_period(sides[0])[0]
    last = None if sides[1] in ("", "..") else _parse_period(sides[1])[1]
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
    for match in re.finditer(_EDTF, text):
        month, day = match[2], match[3]
        if month and month.isdecimal() and int(month) <= 12:
            words.append(MONTHS.split("|")[int(month) - 1].lower())
        if day and day.isdecimal():
            words.append(str(int(day)))
    return list(dict.fromkeys(words))


def _parse_period(text: str) -> tuple[date, date]:
    """Return the first and the last day of one EDTF date; ValueError if it is none."""
    from datetime import date, timedelta

    match = re.fullmatch(_EDTF, text)
    if match is None:
        raise ValueError(f"'{text}' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B")
    year_text, month_text, day_text = match.groups()
    first_year, last_year = max(1, int(year_text.replace("X", "0"))), int(year_text.replace("X", "9"))
    if last_year < 1:
        raise ValueError(f"'{text}' is no EDTF date here: years run from 0001 to 9999")
    if month_text in (None, "XX"):
        if day_text not in (None, "XX"):
            raise ValueError(f"'{text}' is no EDTF date: it has a day without a month")
        return date(first_year, 1, 1), date(last_year, 12, 31)
    if first_year != last_year:
        raise ValueError(f"'{text}' is no EDTF date: it has a month without a year")
    month = int(month_text)
    if not (1 <= month <= 12 or (month in _SEASONS and day_text is None)):
        raise ValueError(f"'{text}' is no EDTF date: there is no month {month_text}")
    start = date(first_year, _SEASONS.get(month, month), 1)
    months = start.month + (3 if month in _SEASONS else 1)
    after = (first_year + (months > 12), (months - 1) % 12 + 1)
    # There is no first of January 10000 to count back from.
    last = date(9999, 12, 31) if after[0] > 9999 else date(*after, 1) - timedelta(days=1)
    if day_text in (None, "XX"):
        return start, last
    if not 1 <= int(day_text) <= last.day:
        raise ValueError(f"'{text}' is no EDTF date: that month has no day {day_text}")
    day = start.replace(day=int(day_text))
    return day, day
