"""The dates that a text names: months, days, years, decades, in numbers or in words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


_MONTHS = "january february march april may june july august september october november december".split()


_SHORT_MONTHS = {month[:3]: month for month in _MONTHS} | {"sept": "september"}


_SHORT = "|".join(_SHORT_MONTHS)


_SHORT_MONTH = rf"(?i)\b(?:{_SHORT})\b\.?(?=\s*\d)|(?:(?<=\d )|(?<=\d[snrt][tdh] ))(?:{_SHORT})\b"


_NUMERIC_DATE = r"""(?x)(?<![\w.,/-])(?:
    (?P<year>[12][0-9]{3}) [-/.] (?P<month>[01]?[0-9]) (?: [-/.] (?P<day>[0-3]?[0-9]) )?
    | (?P<one>[0-3]?[0-9]) [/.-] (?P<two>[0-3]?[0-9]) [/.-] (?P<last>[12][0-9]{3})
)(?![\w/-])"""


def write_out_dates(query: str) -> str:
    """Return *query* with its numeric dates in words, ``2019-03-22`` as ``march 22 2019``, and its months in full.

    Of two numbers before a year the first is the day, unless only the second can be one.
    """
    if not any(letter.isdecimal() for letter in query):
        return query
    import re

    def write_out(match: re.Match[str]) -> str:
        parts = match.groupdict()
        day, month = parts["day"] or parts["one"], parts["month"] or parts["two"]
        if parts["one"] and int(month) > 12:
            day, month = month, day
        if not 1 <= int(month) <= 12:
            return match[0]
        return f"{_MONTHS[int(month) - 1]} {int(day) if day else ''} {parts['year'] or parts['last']}"

    query = re.sub(_NUMERIC_DATE, write_out, query)
    return re.sub(_SHORT_MONTH, lambda match: _SHORT_MONTHS[match[0].lower().rstrip(".")], query)


class DateMention(NamedTuple):
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
