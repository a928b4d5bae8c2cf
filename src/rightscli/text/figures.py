"""The figures that a text states, in digits or in words, and what each is worth."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rightscli.text.dates import DateMention, find_dates

if TYPE_CHECKING:
    from decimal import Decimal


NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        "zero one,first two three,third four,fourth five,fifth six,sixth seven,seventh eight,eighth nine,ninth ten,tenth eleven"
        " twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
    for word in words.split(",")
}


class Figure(NamedTuple):
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
