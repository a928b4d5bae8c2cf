"""The dates that a text names: months, days, years, decades, in numbers or in words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rightscli.text.numerals import DECADES, LONG_ORDINALS
from rightscli.text.signs import APOSTROPHES, DASHES, MINUSES

MONTHS = "january february march april may june july august september october november december".split()
SHORT_MONTHS = {month[:3]: month for month in MONTHS if month != "may"} | {"sept": "september"}


class DateMention(NamedTuple):
    """A date as far as a text names it, and where: ``text[start:end]``. With *decade*, ``1970s``, year is 1970."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    decade: bool = False


_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_DASH = f"[-{DASHES}{MINUSES}]"
# Three numbers, the year first or last.
_NUMERIC = rf"""(?:
    (?P<year>{_YEAR})(?P<sign>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sign)(?P<day>3[01]|[12][0-9]|0?[1-9])
    | (?P<one>[0-3]?[0-9])(?P<mark>[/.-])(?P<two>[0-3]?[0-9])(?P=mark)(?P<last>{_YEAR})
)"""
_OF_YEAR = rf"(?P<in>{_YEAR})[-/.](?P<month_in>1[0-2]|0?[1-9])"
_SHORT = "|".join(SHORT_MONTHS)
_SHORT_MONTH = rf"(?i)\b(?:{_SHORT})\b\.?(?=\s*\d)|(?:(?<=\d )|(?<=\d[snrt][tdh] ))(?:{_SHORT})\b"
# A person in his thirties is of no decade.
_DECADE = (
    rf"(?i)(?<![^\W_])(?:the\s+)?[{APOSTROPHES}]?"
    rf"(?:(?:19)?(?P<tens>[2-9]0)[{APOSTROPHES}]?s|(?P<worded>{'|'.join(DECADES)}))\b"
)
_AGED = r"(?i)\b(?:his|her|their|my|our|your|whose)\s+(?:(?:early|mid|late)[\s-]+)?$"


def write_out_dates(query: str) -> str:
    """Return *query* with numeric dates in words, ``2019-03-22`` as ``march 22 2019``, months in full, decades in digits.

    Of two numbers before a year the first is the day, unless only the second can be one.
    """
    words = query.lower().replace(".", " ").split()
    if "of" in words and not LONG_ORDINALS.keys().isdisjoint(words):
        query = re.sub(_WORDED_DAY, _write_out_day, query)
    for decade in reversed(_find_decades(query)):
        query = f"{query[: decade.start]}{decade.year}s{query[decade.end :]}"
    if not any(letter.isdecimal() for letter in query):
        return query
    if not {"-", "/", "."}.isdisjoint(query):
        query = re.sub(rf"(?x)(?<![\w.,/-])(?:{_NUMERIC}|{_OF_YEAR})(?![\w/-])", _write_out_date, query)
    if not SHORT_MONTHS.keys().isdisjoint(words):
        query = re.sub(_SHORT_MONTH, lambda match: SHORT_MONTHS[match[0].lower().rstrip(".")], query)
    return query


def _write_out_day(match: re.Match[str]) -> str:
    """Return a worded day in digits, at the same width, so that offsets hold."""
    return str(LONG_ORDINALS[match[0].lower()]).ljust(len(match[0]))


def _write_out_date(match: re.Match[str]) -> str:
    if match["in"]:
        return f"{MONTHS[int(match['month_in']) - 1]}  {match['in']}"
    readings = _read_numbers(match)
    if not readings:
        return match[0]
    year, month, day = readings[0]
    return f"{MONTHS[month - 1]} {day} {year}"


def _read_numbers(match: re.Match[str]) -> list[tuple[int, int, int]]:
    """Return the year, month and day that a match of ``_NUMERIC`` may say: two readings of ``9/5/2019``, the day first first."""
    if match["year"]:
        return [(int(match["year"]), int(match["month"]), int(match["day"]))]
    one, two, year = int(match["one"]), int(match["two"]), int(match["last"])
    pairs = dict.fromkeys(((two, one), (one, two)))
    return [(year, month, day) for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31]


_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_NUMBER_ENDS = r"(?![^\W_]|[.,][0-9]|%)"
_LONG_NAMES, _SHORT_NAMES = (
    "|".join(map(str.capitalize, names)) for names in (MONTHS, sorted(SHORT_MONTHS, reverse=True))
)
_DATE = rf"""(?x)(?=[0-9ADFJMNOS])(?<![^\W_])(?<![$€£¥])(?<![0-9][.,])(?:
    {_NUMERIC}{_NUMBER_ENDS}
    | (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])){_NUMBER_ENDS}
    | (?:(?:(?P<from>{_DAY})(?:\s?{_DASH}\s?|\s+(?:and|to)\s+))?(?P<before>{_DAY})\s+(?:of\s+)?)?
      (?:(?P<name>{_LONG_NAMES})|(?P<short>{_SHORT_NAMES})\b\.?)
      (?:\s+(?P<after>{_DAY}){_NUMBER_ENDS}
         (?:(?:\s?{_DASH}\s?|\s+(?:and|to)\s+(?={_DAY},?\s+{_YEAR}))(?P<to>{_DAY}){_NUMBER_ENDS})?)?
      (?:,?\s+(?:of\s+)?(?P<of>{_YEAR}){_NUMBER_ENDS})?(?![^\W_])
    | (?P<bare>(?:19|20)[0-9]{{2}})(?:(?P<decade>[{APOSTROPHES}]?s)|(?:{_DASH}|/)(?P<next>[0-9]{{2}}))?{_NUMBER_ENDS}
)"""
_MAY_DATE = rf"[12][0-9]{{3}}|\b(?:{_SHORT_NAMES}|May)|[2-9]0[{APOSTROPHES}]?s\b|ties\b"
_SIGNS = (*"0123456789", *(short for short in SHORT_MONTHS if short != "sept"), "may", "ties")
"""One of these is in whatever names a date."""
_WORDED_DAY = (
    rf"(?i)(?<![^\W_])(?:{'|'.join(sorted(LONG_ORDINALS, key=len, reverse=True))})(?=\s+of\s+(?:{_LONG_NAMES})\b)"
)
_BEFORE_MONTH = (
    r"\b(?:in|on|since|until|till|between|and|or|from|of|by|to|during|through|before|after|early|late|mid|last|next|every"
    r"|each|this)[\s-]+$"
)
_LISTED = rf"\s*,?\s*(?:{_DASH}|(?:and|or|to|until|till|through)\b(?:\s+again)?(?:\s+(?:in|on))?)?\s*"
_LED_BY_YEAR = r",?\s+(?:in|on|between|from)\s+"


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates that *text* names, in order.

    ``May 9, 2019``, ``9 May``, ``the ninth of May``, ``2019-05-09``, ``17/12/2018``, ``Sept. 2016``, ``December``, ``1970s``,
    ``the seventies``, ``2019`` (bare years from 1900 to 2099). A month without a year takes that of its list or span, be it
    last (``between January and September 2019``) or first (``in 2019, in January and June``). *March* and *May* alone are
    months only after a word such as *in*; short names only with a day or a year.
    """
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS) or not re.search(_MAY_DATE, text, re.IGNORECASE):
        return ()
    if " of " in text and any(month in lower for month in MONTHS):
        text = re.sub(_WORDED_DAY, _write_out_day, text)
    mentions: list[DateMention] = []
    for match in re.finditer(_DATE, text):
        mentions.extend(_read_dates(match))
    _spread_years(mentions, text)
    spans = [(date.start, date.end) for date in mentions]
    mentions += (decade for decade in _find_decades(text) if not overlaps_any(spans, decade.start, decade.end))
    return tuple(sorted(mentions, key=lambda date: date.start))


def overlaps_any(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether any of *spans*, which ascend and do not cross each other, shares a character with ``[start, end)``."""
    before = bisect_left(spans, (end,)) - 1
    return before >= 0 and spans[before][1] > start


def _find_decades(text: str) -> list[DateMention]:
    """Return the decades of the last century that *text* names without a century or in words, in order."""
    # Most texts have none, and need no long pattern to show it.
    if "ties" not in text.lower() and not ("0" in text and re.search(r"0\W?s\b", text)):
        return []
    return [
        DateMention(
            1900 + int(match["tens"] or DECADES[match["worded"].lower()]), None, None, *match.span(), decade=True
        )
        for match in re.finditer(_DECADE, text)
        if not re.search(_AGED, text[max(0, match.start() - 20) : match.start()])
    ]


def share_year(text: str, dates: tuple[DateMention, ...]) -> tuple[DateMention, ...]:
    """Return *dates*, all that have no year in the only one that stands by itself: ``its 2019 session, on 30 December``.

    Not so in *since 2008*, which another date need not be in.
    """
    bare = [date for date in dates if not date.month and not date.decade]
    partial = [date for date in dates if not date.year]
    if len(bare) != 1 or not partial or len(dates) != len(partial) + 1:
        return dates
    if re.search(r"(?i)\b(?:since|until|till|from|before|after|by|between|to)\s+$", text[: bare[0].start]):
        return dates
    return tuple(date._replace(year=bare[0].year) for date in partial)


def _spread_years(mentions: list[DateMention], text: str) -> None:
    """Give the months without a year that of the list or span they stand in."""
    gaps = [text[one.end : other.start] for one, other in pairwise(mentions)]
    for index in reversed(range(len(gaps))):
        mention, following = mentions[index], mentions[index + 1]
        if mention.month and not mention.year and following.month and re.fullmatch(_LISTED, gaps[index]):
            mentions[index] = mention._replace(year=following.year)
    led = False
    for index, gap in enumerate(gaps):
        before, mention = mentions[index], mentions[index + 1]
        is_bare_year = not before.month and not before.decade
        led = bool(is_bare_year and re.fullmatch(_LED_BY_YEAR, gap)) or (led and bool(re.fullmatch(_LISTED, gap)))
        if led and mention.month and not mention.year:
            mentions[index + 1] = mention._replace(year=before.year)


def _read_dates(match: re.Match[str]) -> Iterator[DateMention]:
    """Yield the one or two dates (``9-12 May``, ``2018/19``) that a match of ``_DATE`` names, or none."""
    start, end = match.span()
    if match["year"] or match["last"]:
        readings = _read_numbers(match)
        # Of 9/5/2019, of which either number may be the month, the year alone.
        month, day = readings[0][1:] if len(readings) == 1 else (None, None)
        yield DateMention(int(match["year"] or match["last"]), month, day, start, end)
    elif match["iso"]:
        year, month = map(int, match["iso"].split("-"))
        yield DateMention(year, month, None, start, end)
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


def _read_named_month(match: re.Match[str]) -> Iterator[DateMention]:
    """Yield what a match of ``_DATE`` with a month's name says, unless that name alone is too little to go by."""
    start, end = match.span()
    name = match["name"] or match["short"]
    days = [match[group] for group in ("from", "before", "after", "to") if match[group]]
    if not days and not match["of"]:
        before = match.string[max(0, start - 12) : start]
        if match["short"] or (name in ("March", "May") and not re.search(_BEFORE_MONTH, before, re.I)):
            return
    month = next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name[:3].lower()))
    year = int(match["of"]) if match["of"] else None
    for day in days or [None]:
        yield DateMention(year, month, int(day.rstrip("stndrh")) if day else None, start, end)
