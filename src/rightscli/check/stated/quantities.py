"""Figures with what they count: ``more than 40``, ``twice``, ``three to six months``, ``half of``, ``the third``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.text.dates import overlaps_any
from rightscli.text.figures import Figure, find_figures, straighten_text
from rightscli.text.numerals import GROUPED, ORDINALS, SCALES, SMALL, TENS, read_digits
from rightscli.text.signs import DASHES, MINUSES

if TYPE_CHECKING:
    from rightscli.text.dates import DateMention

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
    "km": ("meter", 1000),
    "kg": ("kilogram", 1),
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
TIME_UNITS = ("hour", "month")
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_UNIT = rf"[\s-]*({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?:e?s)?(?![^\W_])"
_SPAN = rf"(?:\s*(?:to|or|and|through|[-{DASHES}{MINUSES}])\s*)"
_RATE = r"(?:\s+\w+){0,3}?\s+(?:a|an|per|each|every)\s+(?:year|month|week|day|hour|head|person|night)\b"
"""So many in each: none of a total."""
_EVENT = r"\s+(?:[a-z]+\s+)?(?:meeting|summit|encounter|visit|trip|occasion)s?\b"
"""Two meetings are had by who met twice."""
_OVER = (
    r"more than|over|passed|surpassed|topped|exceeded|at least|a minimum of|above|no fewer than|no less than|not less than"
    r"|upwards of|in excess of|exceed(?:s|ing)?"
)
_UNDER = r"fewer than|less than|under|at most|below|no more than|not more than|not even|up to|as many as|as much as|a maximum of"
_ABOUT = (
    r"about|around|some|roughly|approximately|nearly|almost|an estimated|estimated|close to|barely|hardly|scarcely|just over"
    r"|just under|not quite"
)
_BOUND = rf"(?:\b(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))\s+(?:the\s+)?[$€£]?)$"
_ORDINALS = list(ORDINALS)
_COUNTS = SMALL | TENS | {"hundred": 100} | SCALES
_SCALE = "|".join(SCALES)
_WHOLES = "|".join(word for word in _COUNTS if word != "one")
_PARTS = "third|quarter|fourth|fifth|sixth|eighth|tenth"
_FEW = "two|three|four|five|six|seven|eight|nine|ten"
_BOUNDS = f"{_OVER}|{_UNDER}|{_ABOUT}".replace(" ", r"\s")
_NO_NOUN = (
    r"(?!\s+(?!(?:and|as|at|between|but|by|compared|during|for|from|in|of|on|or|over|since|than|to|until|while|will|within"
    r"|would)\b)[a-z])"
)
"""Behind *a third*, which is a share there: no *third man*."""
_OTHERS = rf"""(?ix)(?=[0-9abceflhjmnoprstu])(?<![^\W_-])(?<!ty-)(?:
    (?P<times>(?:(?<=only\s)|(?<=just\s))once|once(?=\s+in\s+[12][0-9]{{3}}\b|\s+(?:an?|per|each|every)\s+(?:year|month|week|day)\b)
        |once(?!\s+(?:every|an?|per|each|in|the|they|he|she|it|again|more)\b)|twice|thrice)
    | (?P<pair>(?:a\s+)?(?:pair|couple)\s+of(?!\s+(?:dozen|hundred|thousand|million|score))|a\s+(?:single|lone|sole)|a\s+trio\s+of
        | (?:only|just)\s+one(?![\s-]+(?:hundred|{_SCALE})\b))
    | (?P<dozen>(?:half\s+)?a\s+dozen)
    | (?P<fraction>(?:(?:a\s+|one[\s-])?half
        |(?:a\s+|an\s+estimated\s+|one[\s-])(?:{_PARTS}))(?=\s+(?:of|off|[a-z]{{2,6}}er|less|more|as|were|are|was|is|had|have|did|do)\b)
        |half(?=\s+(?:the|its|their|all|those|these)\b)
        |two[\s-]thirds|three[\s-](?:quarters|fourths)
        |two[\s-]fifths|three[\s-]fifths|four[\s-]fifths)
    | (?<=\bby\s)(?:(?:{_BOUNDS})\s+)?
        (?P<change>(?:a\s+|one[\s-])?(?:half|(?:{_PARTS}){_NO_NOUN}))
    | (?P<among>(?:{_FEW})\s+[a-z-]+\s+(?:in|out\s+of)\s+(?:{_FEW}))(?=\s*[,.;:)]|\s+(?:were|was|are|is|had|have|has|did|do)\b)
    | (?P<half>an?\s+[a-z]+\s+and\s+a\s+half)
    | (?P<ratio>(?:one\s+(?:[a-z-]+\s+){{0,3}}?|(?P<part>two|three|four|five|six|seven|eight|nine|[2-9])\s+)
        (?:in|out\s+of)\s+(?:(?:every|an?)\s+)?(?!(?:19|20)[0-9][0-9]\b)
        (?P<whole>{_WHOLES}|{GROUPED}|[0-9]{{1,6}})(?!\s+(?:months?|years?|weeks?|days?)))
    | (?P<ordinal>{"|".join(_ORDINALS)})
    | (?P<numeral>[0-9]+)(?:st|nd|rd|th)
    | (?P<one>one(?=\s+(?:to|or)\s+(?:two|three|four|five|six|[0-9])|[\s-]+(?:percent|per\scent|month|year|week|day|hour)\b))
    )(?![^\W_])"""
_NOT_BEFORE = r"(?:\bnot|\bnever|\bno|n't|\bwithout)\b[^.;]{0,24}$"
_DENIED = (
    r"(?:(?:\b(?:not|never)|cannot|n't)\s+(?:(?!(?:and|as|at|but|by|for|from|if|in|of|on|or|that|to|when|with)\b)\w+\s+){0,2}"
    r"|\b(?:no|nobody|none)\s+(?:\w+\s+){0,2}(?:can|may|must|shall|should)\s+(?:\w+\s+){0,2})$"
)
"""Who may not spend more than so much may spend so much at most."""
_MINUS = r"(?:\bminus\s+|\u2212)$"
_BELOW_ZERO = r"(?:\s+degrees?)?(?:\s+(?:celsius|centigrade|fahrenheit))?\s+(?:below|of)\s+(?:zero|freezing|frost)\b"
"""How cold it is, by what stands before a number, and behind it."""
_SPAN_OF = r"\b(?:first|last|past|next|previous|final)\s+$"
"""The first nine months are a date, not a duration."""
_AGED = r"\b(?:aged|age of|(?:man|woman|boy|girl|child|person) of)\s+$"
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_FRACTIONS = {
    "half": 50.0, "third": 100 / 3, "quarter": 25.0, "fourth": 25.0, "thirds": 200 / 3, "quarters": 75.0, "fourths": 75.0,
    "fifth": 20.0, "sixth": 100 / 6, "eighth": 12.5, "tenth": 10.0, "two fifths": 40.0, "three fifths": 60.0, "four fifths": 80.0,
}  # fmt: skip
_NUMBER_WORDS = frozenset(_ORDINALS).union(
    _COUNTS, "once twice thrice pair couple single lone sole trio half third thirds quarter quarters".split()
)
"""One of them, or a digit, is in whatever states a quantity."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it, ``text[start:end]`` with its unit and bound.

    *value* is in *unit*, which is ``""`` for a plain count, ``ordinal`` for a place in a row, ``label`` for a number that is a
    name, and ``clock`` for a time of the day, in minutes; *bound* is ``over``, ``under``, ``about``, ``all`` (``all 262``) or
    ``""``; *digits* is how many of its digits say something. *other* is what *value* may be instead, if anything.
    """

    value: float
    unit: str
    bound: str
    digits: int
    start: int
    end: int
    other: float | None = None

    def list_readings(self) -> tuple[Quantity, ...]:
        """Return what the quantity may be, each for sure."""
        return (
            (self,) if self.other is None else (replace(self, other=None), replace(self, value=self.other, other=None))
        )


def find_quantities(text: str, dates: tuple[DateMention, ...]) -> tuple[Quantity, ...]:
    """Return the quantities that *text* states outside its *dates*, in order."""
    text = straighten_text(text)
    lower = text.lower()
    if not re.search("[0-9]", text) and _NUMBER_WORDS.isdisjoint(re.findall("[a-z]+", lower)):
        return ()
    spans = [(date.start, date.end) for date in dates]
    others = [
        match for match in re.finditer(_OTHERS, text) if not overlaps_any(spans, *match.span()) and not _is_idle(match)
    ]
    timed = re.finditer(_CLOCK, text) if any(sign in lower for sign in _CLOCK_SIGNS) else ()
    clocks = [match for match in timed if not overlaps_any(spans, *match.span())]
    spans = [match.span() for match in (*others, *clocks)]
    figures = (_read_figure(text, one) for one in find_figures(text, dates))
    found = [one for one in figures if not overlaps_any(spans, one.start, one.end)] + [
        *map(_read_other, others),
        *map(_read_clock, clocks),
    ]
    # All three, said of a list.
    found = [one for one in found if one.bound != "all" or not re.match(r"\s*(?:[.,;:!?]|$)", text[one.end :])]
    found = [
        one
        for one in found
        if one.unit not in TIME_UNITS or not re.search(_SPAN_OF, text[max(0, one.start - 16) : one.start], re.I)
    ]
    found.sort(key=lambda one: one.start)
    found = _join_scales(text, found)
    found = [_share_unit(text, one, other) for one, other in pairwise([*found, None]) if one is not None]
    found = _lend_units(text, found)
    return tuple(
        replace(one, unit="rate") if _is_of_rate(text, before, one) else one
        for before, one in pairwise([None, *found])
        if one
    )


def _join_scales(text: str, found: list[Quantity]) -> list[Quantity]:
    """Return quantities in order, with *a quarter of a million* as one."""
    joined: list[Quantity] = []
    for one in found:
        before = joined[-1] if joined else None
        if (
            before
            and before.unit == "percent"
            and text[before.end : one.start] == " of "
            and text[one.start :].startswith("a ")
        ):
            joined[-1] = replace(one, start=before.start, value=one.value * before.value / 100)
        else:
            joined.append(one)
    return joined


def _is_of_rate(text: str, before: Quantity | None, one: Quantity) -> bool:
    """Tell whether a number is as many in each as the one *before* it: from two a year *to four*."""
    if before is None or before.unit != "rate" or one.unit:
        return False
    return bool(re.fullmatch(r"\s+(?:a|an|per|each|every)\s+\w+\s+to\s+", text[before.end : one.start]))


def _is_idle(match: re.Match[str]) -> bool:
    """Tell whether a match of ``_OTHERS`` counts nothing: ``without a single``."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    return match[0][:2].lower() == "a " and bool(re.search(_NOT_BEFORE, before, re.I))


def _share_unit(text: str, one: Quantity, other: Quantity | None) -> Quantity:
    """Return *one* with the unit of the *other* that a span joins it to: ``three to six months``."""
    if (
        other is None
        or one.unit
        or other.unit == "clock"
        or not other.unit
        or not re.fullmatch(_SPAN, text[one.end : other.start])
    ):
        return one
    match = re.match(_UNIT, text[_end_number(text, other) :], re.I)
    name = match[1].lower() if match else ""
    factor = UNITS[name][1] if name in UNITS else 1
    return replace(one, value=one.value * factor, unit=other.unit, other=one.other and one.other * factor)


def _lend_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Return quantities in order, a number without a unit with that of the one before it: from twelve weeks *to five*."""
    lent: list[Quantity] = []
    unit, factor = "", 1.0
    for one in found:
        match = re.search(_UNIT + "$", text[one.start : one.end], re.I)
        if one.unit == "rate":
            unit, factor = one.unit, 1.0
        elif match and one.unit not in ("ordinal", "label", "clock", "time"):
            unit, factor = UNITS[match[1].lower()]
        elif unit and not one.unit and _leaves_unit_out(text, one):
            one = replace(one, unit=unit, value=one.value * factor, other=one.other and one.other * factor)
        lent.append(one)
    return lent


def _leaves_unit_out(text: str, one: Quantity) -> bool:
    """Tell whether nothing that a number could count stands behind it, and before it what may lead to it: *up from* 74 *in*."""
    before = text[max(0, one.start - _LEAD) : one.start]
    return bool(re.search(_ELLIPTIC, before) and re.match(_NO_UNIT, text[one.end : one.end + _LEAD]))


_LEAD = 24
"""How many characters on either side of a number may say so."""
_ELLIPTIC = r"\b(?:from|to|than|of|for|at|with|against|be|(?<!there )(?:is|are|was|were)|and|or|only|just|[A-Z]\w+)\s+$"
_NO_UNIT = (
    r"\s*(?:[,;:.)]|$)|\s(?:to|in|on|at|for|since|after|before|by|and|but|while|as|has|have|had|is|are|was|were)\b"
)
"""What stands before a number that leaves its unit out, and behind it."""


def _end_number(text: str, quantity: Quantity) -> int:
    """Return where the number of *quantity* ends and its unit begins."""
    match = re.search(_UNIT + "$", text[quantity.start : quantity.end], re.I)
    return quantity.start + match.start() if match else quantity.end


def _read_figure(text: str, figure: Figure) -> Quantity:
    """Return the quantity of a *figure* of *text*."""
    start, end, value, other = (
        figure.start,
        figure.end,
        float(figure.value),
        float(figure.other) if figure.other else None,
    )
    digits = len(f"{value:.10g}".replace(".", "").rstrip("0")) or 1
    start, bound = _read_bound(text, start)
    if re.search(r"\b(?:all|each of)\s+(?:of\s+)?(?:the\s+)?$", text[max(0, start - 16) : start], re.I):
        bound = "all"
    unit, factor = _SIGNS.get(text[start - 1 : start], ""), 1.0
    match = re.match(_UNIT, text[end : end + 14], re.I)
    if re.match(r"[- ]years?[- ]old\b", text[end : end + 12], re.I) or (
        not match and re.search(_AGED, text[max(0, start - _LEAD) : start], re.I)
    ):
        unit = "age"
    elif match:
        unit, factor = UNITS[match[1].lower()]
        end += match.end()
    elif not unit and re.match(_RATE, text[end : end + 40], re.I):
        unit = "rate"
    elif not unit and re.match(_EVENT, text[end : end + 40], re.I):
        unit = "time"
    elif not unit and not bound and _is_label(text, start, end):
        unit = "label"
    if re.search(_MINUS, text[max(0, start - 8) : start], re.I) or re.match(_BELOW_ZERO, text[end : end + 40], re.I):
        value = -value
    behind = re.match(_OR_MORE, text[end : end + 24])
    if behind and not bound:
        bound, end = "over" if behind["more"] else "under", end + behind.end()
    if unit == "percent" and other:
        # Nobody counts thousands of them.
        value, other = other, None
    return Quantity(value * factor, unit, bound, digits, start, end, other and other * factor)


_OR_MORE = r"\s+or\s+(?:(?P<more>more|above|over)|fewer|less|under|below)\b(?!\s+than\b)"
"""The bound behind a number: *37 or more*."""


def _is_label(text: str, start: int, end: int) -> bool:
    """Tell whether a number names what stands before it, and counts nothing: *train 417*, *in room 12*."""
    before = re.search(rf"\b(?:{_NAMED}) $", text[max(0, start - 24) : start], re.I)
    return bool(before) and not re.match(r" (?:of|percent|people|men|women)\b", text[end:])


_NAMED = (
    r"no\.|nr\.|train|flight|bus|tram|line|route|room|ward|cell|block|building|gate|platform|track|unit|squad|camp|zone|district|sector"
    "|item|exhibit|annex|appendix|table|figure|form|case|file|lot|plot|mine|shaft|well|reactor|channel|highway|road|house|flat"
)
"""What is told apart by numbers."""


def _read_bound(text: str, start: int) -> tuple[int, str]:
    """Return where the bound of a number at *start* begins, and which it is."""
    before = re.search(_BOUND, text[max(0, start - 24) : start], re.I)
    bound = next((name for name in ("over", "under", "about") if before and before[name]), "")
    end = start - len(before[0]) if before else 0
    if before and re.search(_DENIED, text[max(0, end - 64) : end], re.I):
        bound = {"over": "under", "under": "over"}.get(bound, bound)
    return (start - len(before[0].lstrip()) if before and bound else start), bound


def _read_other(match: re.Match[str]) -> Quantity:
    """Return the quantity that a match of ``_OTHERS`` names."""
    start, end = match.span()
    text = match[0].lower()
    if match["times"]:
        return Quantity(_TIMES[text], "time", "", 1, start, end)
    if match["fraction"] or match["change"]:
        # By about a fifth.
        start, bound = _read_bound(match.string, match.start("change") if match["change"] else start)
        return Quantity(_read_fraction(text), "percent", bound or "about", 2, start, end)
    if match["among"]:
        # Two complaints in three.
        words = text.split()
        return Quantity(100 * _COUNTS[words[0]] / _COUNTS[words[-1]], "percent", "about", 2, start, end)
    if match["half"]:
        unit, factor = UNITS.get(text.split()[1], ("", 1))
        return Quantity(1.5 * factor, unit, "about", 1, start, end)
    if match["ratio"]:
        whole = match["whole"].lower()
        count = _COUNTS.get(whole) or float(read_digits(whole)[0])
        start, bound = _read_bound(match.string, start)
        part = float(_COUNTS.get(match["part"].lower()) or match["part"]) if match["part"] else 1.0
        return Quantity(100 * part / max(count, 1), "percent", bound or "about", 2, start, end)
    if match["ordinal"]:
        return Quantity(ORDINALS[text], "ordinal", "", 1, start, end)
    if match["numeral"]:
        return Quantity(float(match["numeral"][:15]), "ordinal", "", 1, start, end)
    if match["one"]:
        return _read_figure(match.string, Figure(Decimal(1), start, end))
    count = (
        (6 if text.startswith("half") else 12)
        if match["dozen"]
        else 3
        if "trio" in text
        else 2
        if text.endswith("of")
        else 1
    )
    unit = "time" if re.match(_EVENT, match.string[end : end + 40], re.I) else ""
    return Quantity(count, unit, "", 2, start, end)


_CLOCK = (
    r"(?i)(?<![\w.:])(?P<hour>[01]?\d|2[0-3])"
    r"(?::(?P<minute>[0-5]\d)(?![\d:])|(?:\.(?P<dotted>[0-5]\d))?(?=\s?[ap]\.?m\b))(?:\s?(?P<half>[ap])\.?m\b\.?)?"
)
"""A time of the day: 6:31 a.m., 18.45, 5 pm."""
_CLOCK_SIGNS = (":", "am", "a.m", "pm", "p.m")
"""One of these is in whatever names one."""


def _read_clock(match: re.Match[str]) -> Quantity:
    """Return a time of the day, in minutes after midnight."""
    hour = int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p") if match["half"] else int(match["hour"])
    minutes = 60 * hour + int(match["minute"] or match["dotted"] or 0)
    # Ten past five may be before noon, or after.
    other = None if match["half"] or hour > 12 else (minutes + 720) % 1440
    return Quantity(minutes, "clock", "", 4, *match.span(), other)


def _read_fraction(text: str) -> float:
    """Return the per cent of a fraction in words: ``two-thirds``."""
    words = text.replace("-", " ")
    return _FRACTIONS.get(words) or _FRACTIONS[words.split()[-1]]


def find_shares(text: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Return what *text* states as a part of a whole, ``132 of the 262``, in per cent."""
    return tuple(
        Quantity(100 * part.value / whole.value, "percent", "share", 2, part.start, whole.end)
        for part, whole in pairwise(quantities)
        if not part.unit
        and 0 < part.value < whole.value
        and re.fullmatch(r"\s+(?:out\s+)?of\s+(?:(?:the|its|all)\s+)?", text[part.end : whole.start])
    )
