"""The figures that a text states, in digits or in words, and what each is worth."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rightscli.text.dates import MONTHS, SHORT_MONTHS, DateMention, find_dates, overlaps_any
from rightscli.text.numerals import GROUPED, LONG_NUMBERS, LONG_ORDINALS, SCALES, SMALL, TENS, read_digits
from rightscli.text.signs import APOSTROPHES, BLANKS, HYPHENS, straighten_signs, straighten_typed

if TYPE_CHECKING:
    from decimal import Decimal


class Figure(NamedTuple):
    """A number that a text states, exact, and where: ``text[start:end]``. *other* is what it may be instead, if anything."""

    value: Decimal
    start: int
    end: int
    other: Decimal | None = None

    @property
    def readings(self) -> frozenset[Decimal]:
        """What the number may be: of ``2.706``, 2706 and 2.706."""
        return frozenset((self.value, self.value if self.other is None else self.other))


_OTHERWISE = (
    r"(?<![^\W_])(?<![0-9][.,])(?<!-)(?P<head>[0-9]{1,3})"
    rf"(?P<rest>(?:[ {BLANKS}][0-9]{{3}})+|(?:[{APOSTROPHES}][0-9]{{3}})+)(?![^\W_])(?P<decimals>[.,][0-9]+)?"
)
_NUMBERED = frozenset(
    "age aged article articles chapter day days figure line no nos number page pages paragraph para paragraphs paras part"
    " phase resolution resolutions room rule section table unit week weeks year years".split()
).union(MONTHS, SHORT_MONTHS)
"""What has a number of its own: on May 9 500 people, on day 3 500 people."""


def straighten_text(text: str) -> str:
    """Return *text* with its signs straight (see ``straighten_signs``) and its digits grouped by commas: ``2 706`` as ``2,706``.

    As long as before, so that offsets hold. A plain blank groups nothing behind a word that has a number of its own.
    """
    return straighten_signs(_group_by_commas(straighten_typed(text)))


def _group_by_commas(text: str, *, keywords: bool = False) -> str:
    """Return *text* with grouped digits; of *keywords*, two of which may be numbers, a plain blank groups few.

    No more than two digits, that is, and three behind them: ``1 137``, and not ``132 262``.
    """

    # Most texts have no such digits, and need no long pattern to show it.
    if not re.search("[0-9][^0-9][0-9]{3}", text):
        return text

    def write_commas(match: re.Match[str]) -> str:
        head, rest, decimals = match["head"], match["rest"], match["decimals"] or ""
        if " " in rest:
            before = match.string[max(0, match.start() - 20) : match.start()].lower().rstrip(" .").rpartition(" ")[2]
            if before in _NUMBERED or (keywords and len(head) > 2):
                return match[0]
        return f"{head},{','.join(re.findall('[0-9]{3}', rest))}{decimals.replace(',', '.')}"

    return re.sub(_OTHERWISE, write_commas, text)


_GAP = rf"[{HYPHENS}\s]+"
_TEN, _UNIT = ("|".join(sorted(words, key=len, reverse=True)) for words in (TENS, SMALL))
_BELOW_100 = rf"(?:(?:{_TEN})(?:{_GAP}(?:{_UNIT})\b)?|(?:{_UNIT}))"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a){_GAP}hundred(?:{_GAP}(?:and{_GAP})?{_BELOW_100}\b)?|{_BELOW_100})"
_SCALE = rf"(?:{'|'.join(SCALES)})\b"
_SPELLED = (
    rf"(?:{_BELOW_1000}|a(?={_GAP}(?!dozen){_SCALE}))\b"
    rf"(?:{_GAP}and{_GAP}a{_GAP}half\b)?"
    rf"(?:{_GAP}{_SCALE}(?:{_GAP}(?:and{_GAP})?{_BELOW_1000}\b)?)*"
    # twenty-first is an ordinal
    rf"(?!-(?:{'|'.join(word for word in LONG_ORDINALS if '-' not in word)}))"
)
# What it may begin with first: most places in a text are passed over by that.
_FIGURE = rf"""(?ix)(?=[0-9aefnost])(?<![^\W_])(?:
    (?P<digits>{GROUPED}|[0-9]+(?:\.[0-9]+)?)(?:{_GAP}(?P<scale>(?!dozen){_SCALE}))?
    | (?P<spelled>{_SPELLED})
)"""


def find_figures(text: str, dates: tuple[DateMention, ...] | None = None) -> tuple[Figure, ...]:
    """Return the numbers that *text* states in digits or in words, in order.

    ``2,706``, ``2 706``, ``$100``, ``50%``, ``30th``, ``2.5 million``, ``four-and-a-half``. Not those inside a date (see
    ``find_dates``, whose answer may be handed over as *dates*), so ``2019`` is none; not a lone *one*, which is mostly a
    pronoun; not ordinal words.
    """
    text = straighten_text(text)
    spans = [(date.start, date.end) for date in (find_dates(text) if dates is None else dates)]
    return tuple(
        _read_figure(match)
        for match in re.finditer(_FIGURE, text)
        if match[0].lower() != "one" and not overlaps_any(spans, *match.span())
    )


def _read_figure(match: re.Match[str]) -> Figure:
    """Return the figure that a match of ``_FIGURE`` states."""
    from decimal import Decimal

    start, end = match.span()
    if match["spelled"]:
        return Figure(_value_words(match["spelled"]), start, end)
    value, other = read_digits(match["digits"])
    if match["scale"]:
        # As an exponent: multiplying would round a long number. Nobody counts thousands of millions behind a point.
        return Figure(Decimal(f"{other or value}e{len(str(SCALES[match['scale'].lower()])) - 1}"), start, end)
    return Figure(Decimal(value), start, end, Decimal(other) if other else None)


def _value_words(spelled: str) -> Decimal:
    """Return the number that ``_SPELLED`` found."""
    from decimal import Decimal

    total, group = Decimal(0), Decimal(0)
    for before, word in pairwise(["", *re.split(_GAP, spelled.lower())]):
        if word in SMALL or word in TENS:
            group += SMALL.get(word) or TENS[word]
        elif word == "a" and before != "and":
            group = Decimal(1)
        elif word == "half":
            group += Decimal("0.5")
        elif word == "hundred":
            group *= 100
        elif word in SCALES:
            total, group = total + group * SCALES[word], Decimal(0)
    return total + group


_LARGE = rf"(?i){_GAP}(?:million|billion|trillion)\b"


def write_out_figures(text: str) -> str:
    """Return *text* with its numbers as they are looked up: ``2 706`` as ``2,706``, ``one hundred thirty-two`` as ``132``.

    A number of one word stays, and so do *million* and what is larger: claims are written with that word.
    """
    text = _group_by_commas(straighten_typed(text), keywords=True)
    if LONG_NUMBERS.isdisjoint(re.findall("[a-z]+", text.lower())):
        return text

    def write_digits(match: re.Match[str]) -> str:
        if not match["spelled"] or not re.search(_GAP, match["spelled"]):
            return match[0]
        number = re.sub(rf"{_LARGE}$", "", match["spelled"])
        return f"{_value_words(number):f}{match['spelled'][len(number) :]}"

    return re.sub(_FIGURE, write_digits, text)
