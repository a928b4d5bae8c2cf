"""Places inside a source: one passage, a range, a list, numbered as the source prints them; and the seal of what stands there."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""How a source's key, a topic's or a fact's id is spelled."""
ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?!\w)"
"""The pattern of a Roman number below 400, in lower case: *mix* and *di* are none, and no source numbers so far with them."""
NUMBER = (
    rf"(?:[1-9][0-9]{{0,8}}|{ROMAN}|preamble(?!\w))"
    r"(?:의[0-9]{1,2}|\.[0-9]{1,9}|\((?:[0-9]{1,2}|[a-z]|[ivxl]{2,4})\)|[a-z](?!\w)|(?:bis|ter|quater)(?!\w))*"
)
"""The pattern of a passage's number, in any case: ``13``, ``23a``, ``11(1)``, ``3.2``, ``iv``; laws in Korean have ``9의2``.

What stands before the first number of a treaty is its ``preamble``."""
UNITS = ("paragraph", "article", "section", "rule", "chapter", "part", "page", "verse")
"""What a source may number, as CSL labels it (https://docs.citationstyles.org/en/stable/specification.html#locators)."""
SLOT = "\ufffc"
"""What stands for numbers in a citation's template: Unicode's object replacement character, which no text means."""
SEAL_LENGTH = 8
"""Hex digits of a SHA-256 that a sealed REF carries."""

_PART = r"(?i)(.*[^.(])(?:\.[0-9]+|\([0-9a-z]+\))"


class Locator(NamedTuple):
    """A passage, or a run of them, inside a source. Prints as ``13``, ``13-15``, ``11(1)``, ``iv-vi``.

    *first* and *last* are positions in the source, from 1. *text* is how the source numbers that place; it is empty where the
    numbers are the positions.
    """

    first: int
    last: int
    text: str = ""

    def __str__(self) -> str:
        return self.text or (str(self.first) if self.first == self.last else f"{self.first}-{self.last}")

    @property
    def positions(self) -> range:
        """The positions of the passages, ascending."""
        return range(self.first, self.last + 1)

    @property
    def is_single(self) -> bool:
        """Whether one number is printed: of a passage, or of the parent of several."""
        return "-" not in str(self)


def make_locator(first: int, last: int, text: str) -> Locator:
    """Return the place at these positions that is printed as *text*; equal places are equal, however they were made."""
    plain = Locator(first, last)
    return plain if str(plain) == text else Locator(first, last, text)


def merge_locators(locators: Iterable[Locator]) -> tuple[Locator, ...]:
    """Return *locators* ascending; those that overlap or touch become one."""
    merged: list[Locator] = []
    # What is wider comes first: a parent before its first part.
    for locator in sorted(locators, key=lambda one: (one.first, -one.last, one.text)):
        if not merged or locator.first > merged[-1].last + 1:
            merged.append(locator)
        elif locator.last > merged[-1].last:
            first, last = str(merged[-1]).partition("-")[0], str(locator).rpartition("-")[2]
            merged[-1] = make_locator(merged[-1].first, locator.last, f"{first}-{last}")
    return tuple(merged)


def seal_digests(digests: Sequence[str]) -> str:
    """Return the seal of passages by their SHA-256 hex *digests*, eight hex digits; nothing where one has none.

    Of one passage, the start of its own; of several, the start of the SHA-256 of all, joined by newlines.
    """
    if not all(digests) or not digests:
        return ""
    if len(digests) == 1:
        return digests[0][:SEAL_LENGTH]
    from hashlib import sha256

    return sha256("\n".join(digests).encode()).hexdigest()[:SEAL_LENGTH]


def format_ref(key: str, locators: Iterable[Locator], digests: Sequence[str]) -> str:
    """Return the sealed REF of *locators* in the source *key*, whose passages have these *digests*, from the first on.

    ``hrw-2020:13,15-17@3f9a1c2b``; without locators, the source's key; without digests, as of a source that there is no copy
    of, no seal.
    """
    places = tuple(locators)
    if not places:
        return key
    if not digests:
        return f"{key}:{','.join(map(str, places))}"
    sealed = seal_digests([digests[position - 1] for place in places for position in place.positions])
    return f"{key}:{','.join(map(str, places))}{'@' if sealed else ''}{sealed}"


def fold_number(number: str) -> str:
    """Return *number* as numbers are compared: in lower case, without leading zeros."""
    return number.lower().lstrip("0")


def list_parents(number: str) -> list[str]:
    """Return the numbers that stand for *number* and its siblings, the nearest first: of ``11(1)(b)``, ``11(1)`` and ``11``."""
    parents = []
    while match := re.fullmatch(_PART, number):
        number = match[1]
        parents.append(number)
    return parents


def count_roman(number: str) -> int:
    """Return what a Roman *number*, in any case, is worth; 0 of none."""
    if not re.fullmatch(ROMAN, number.lower()):
        return 0
    values = ["ivxlc".index(letter) for letter in number.lower()]
    worth = [10 ** (value // 2) * (5 if value % 2 else 1) for value in values]
    return sum(-one if worth[at + 1 : at + 2] > [one] else one for at, one in enumerate(worth))
