"""Figures with what they count: ``more than 40``, ``twice``, ``three to six months``, ``half of``, ``the third``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.mentions import find_figures

if TYPE_CHECKING:
    from rightscli.mentions import DateMention

UNITS: dict[str, tuple[str, float]] = {
    "minute": ("hour", 1 / 60),
    "hour": ("hour", 1),
    "day": ("hour", 24),
    "week": ("hour", 168),
    "month": ("month", 1),
    "year": ("month", 12),
    "decade": ("month", 120),
    "percent": ("percent", 1),
    "percentage": ("percent", 1),
    "per cent": ("percent", 1),
    "%": ("percent", 1),
    "meter": ("meter", 1),
    "metre": ("meter", 1),
    "kilometer": ("meter", 1000),
    "kilometre": ("meter", 1000),
    "mile": ("meter", 1609.344),
    "foot": ("meter", 0.3048),
    "feet": ("meter", 0.3048),
    "ton": ("kilogram", 1000),
    "tonne": ("kilogram", 1000),
    "kilogram": ("kilogram", 1),
    "hectare": ("hectare", 1),
    "acre": ("hectare", 0.40468564),
    "dollar": ("dollar", 1),
    "euro": ("euro", 1),
    "pound": ("pound", 1),
    "time": ("time", 1),
}
"""A unit's singular, the unit that it is compared in, and how many of that it is."""
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_UNIT = rf"[\s-]*({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?:e?s)?(?![^\W_])"
_SPAN = r"(?:\s*(?:to|or|and|through|[-–—])\s*)"
_OVER = r"more than|over|at least|above|no fewer than|no less than|not less than|upwards of|in excess of|exceeding"
_UNDER = r"fewer than|less than|under|at most|below|no more than|not more than|up to|as many as|as much as|a maximum of"
_ABOUT = r"about|around|some|roughly|approximately|nearly|almost|an estimated|estimated|close to|just over|just under"
_BOUND = rf"(?:\b(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))\s+(?:the\s+)?[$€£]?)$"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_OTHERS = rf"""(?ix)(?<![^\W_-])(?:
    (?P<times>once(?!\s+(?:every|an?|per|each|in|the|they|he|she|it|again|more)\b)|twice|thrice)
    | (?P<pair>(?:a\s+)?(?:pair|couple)\s+of|a\s+single|only\s+one|just\s+one|a\s+trio\s+of)
    | (?P<fraction>(?:a\s+|one[\s-])?(?:half|third|quarter)\s+(?=of\b)|two[\s-]thirds|three[\s-]quarters)
    | (?P<ordinal>{"|".join(_ORDINALS)})
    | (?P<numeral>[0-9]+)(?:st|nd|rd|th)
    | (?P<dozen>a\s+dozen)
    | (?P<one>one(?=\s+(?:to|or)\s+(?:two|three|four|five|six|[0-9])|[\s-]+(?:percent|per\scent|month|year|week|day|hour)\b))
    )(?![^\W_])"""
_NOT_BEFORE = r"(?:\bnot|\bnever|\bno|n['’]t|\bwithout)\b[^.;]{0,24}$"
_SPAN_OF = r"\b(?:first|last|past|next|previous|final)\s+$"
"""The first nine months are a date, not a duration."""
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "thirds": 200 / 3, "quarters": 75.0}
_MAY_HOLD = (
    r"(?i)[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|\w+ty|hundred|thousand"
    r"|\w*illion|dozen|once|twice|thrice|pair|couple|single|trio|half|thirds?|quarters?|\w+th|first|second)\b"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it, ``text[start:end]`` with its unit and bound.

    *value* is in *unit*, which is ``""`` for a plain count and ``ordinal`` for a place in a row; *bound* is ``over``,
    ``under``, ``about``, ``all`` (``all 262``) or ``""``; *digits* is how many of its digits say something.
    """

    value: float
    unit: str
    bound: str
    digits: int
    start: int
    end: int


def find_quantities(text: str, dates: tuple[DateMention, ...]) -> tuple[Quantity, ...]:
    """Return the quantities that *text* states outside its *dates*, in order."""
    if not re.search(_MAY_HOLD, text):
        return ()
    found = [_read_figure(text, figure.start, figure.end, float(figure.value)) for figure in find_figures(text, dates)]
    for match in re.finditer(_OTHERS, text):
        start, end = match.span()
        is_idle = "single" in match[0].lower() and re.search(_NOT_BEFORE, text[:start], re.I)
        if not is_idle and not any(date.start < end and start < date.end for date in dates):
            found = [one for one in found if one.end <= start or end <= one.start]
            found.append(_read_other(match))
    found = [
        one for one in found if one.unit not in ("month", "hour") or not re.search(_SPAN_OF, text[: one.start], re.I)
    ]
    found.sort(key=lambda one: one.start)
    return tuple(_share_unit(text, one, other) for one, other in pairwise([*found, None]) if one is not None)


def _share_unit(text: str, one: Quantity, other: Quantity | None) -> Quantity:
    """Return *one* with the unit of the *other* that a span joins it to: ``three to six months``."""
    if other is None or one.unit or not other.unit or not re.fullmatch(_SPAN, text[one.end : other.start]):
        return one
    match = re.match(_UNIT, text[_end_number(text, other) :], re.I)
    name = match[1].lower() if match else ""
    factor = UNITS[name][1] if name in UNITS else 1
    return replace(one, value=one.value * factor, unit=other.unit)


def _end_number(text: str, quantity: Quantity) -> int:
    """Return where the number of *quantity* ends and its unit begins."""
    match = re.search(_UNIT + "$", text[quantity.start : quantity.end], re.I)
    return quantity.start + match.start() if match else quantity.end


def _read_figure(text: str, start: int, end: int, value: float) -> Quantity:
    """Return the quantity of a figure at ``text[start:end]``."""
    digits = len(f"{value:.10g}".replace(".", "").rstrip("0")) or 1
    before = re.search(_BOUND, text[max(0, start - 24) : start], re.I)
    bound = next((name for name in ("over", "under", "about") if before and before[name]), "")
    if re.search(r"\b(?:all|each of)\s+(?:of\s+)?(?:the\s+)?$", text[max(0, start - 16) : start], re.I):
        bound = "all"
    if before and bound:
        start -= len(before[0].lstrip())
    unit, factor = _SIGNS.get(text[start - 1 : start], ""), 1.0
    match = re.match(_UNIT, text[end : end + 14], re.I)
    if match:
        unit, factor = UNITS[match[1].lower()]
        end += match.end()
    return Quantity(value * factor, unit, bound, digits, start, end)


def _read_other(match: re.Match[str]) -> Quantity:
    """Return the quantity that a match of ``_OTHERS`` names."""
    start, end = match.span()
    text = match[0].lower()
    if match["times"]:
        return Quantity(_TIMES[text], "time", "", 1, start, end)
    if match["fraction"]:
        return Quantity(_FRACTIONS[text.replace("-", " ").split()[-1]], "percent", "about", 2, start, end)
    if match["ordinal"]:
        return Quantity(_ORDINALS.index(text) + 1, "ordinal", "", 1, start, end)
    if match["numeral"]:
        return Quantity(float(match["numeral"][:15]), "ordinal", "", 1, start, end)
    if match["one"]:
        return _read_figure(match.string, start, end, 1)
    count = 12 if match["dozen"] else 3 if "trio" in text else 1 if "single" in text or "one" in text else 2
    return Quantity(count, "", "", 2, start, end)


def match_quantities(said: Quantity, base: Quantity) -> bool | None:
    """Tell whether what is *said* agrees with the *base*; None where neither can be told."""
    if said.unit != base.unit:
        return None if {said.unit, base.unit} in ({"", "time"}, {"", "ordinal"}) and said.value == base.value else False
    if said.bound == "all" and base.bound != "all":
        return said.value == base.value
    if abs(said.value - base.value) <= 1e-6 * max(1.0, abs(base.value)):
        return {said.bound, base.bound} != {"over", "under"}
    if said.bound == base.bound == "under":
        return False
    if said.bound == "over" and base.bound in ("", "over", "about") and said.value < base.value:
        return True if base.value <= 1.25 * said.value else None
    if said.bound == "under" and base.bound in ("", "under", "about") and said.value > base.value:
        return True if base.value >= 0.75 * said.value else None
    if said.bound == "about" and base.value:
        digits = min(said.digits, 3)
        return float(f"{base.value:.{digits - 1}e}") == said.value or abs(said.value / base.value - 1) <= 0.02
    return False
