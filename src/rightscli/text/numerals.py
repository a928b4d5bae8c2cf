"""How numbers are written: the one table of number words, and how digits are grouped.

Groups are parted by commas, points, apostrophes, blanks of every kind, or TeX's ``\\,`` (see ``figures.straighten_text``).
``2.706`` is read as 2,706, as most of the world writes that, and may be less than three: whoever compares takes either.
"""

from __future__ import annotations

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_FIRST = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL.split(), 1)}
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
SCALES = {"dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_BELOW_20TH = {word: number for number, word in enumerate(_FIRST.split(), 1)}
ORDINALS = _BELOW_20TH | {word[:-1] + "ieth": number for word, number in TENS.items()}
"""``first`` to ``nineteenth``, ``twentieth``, ``thirtieth`` … ``ninetieth``."""
LONG_ORDINALS = ORDINALS | {
    f"{ten}-{word}": number + more for ten, number in TENS.items() for word, more in _BELOW_20TH.items() if more < 10
}
"""And all between, such as ``twenty-first``."""
DECADES = {word[:-1] + "ies": number for word, number in TENS.items()}
"""``twenties`` to ``nineties``."""
NUMBER_WORDS = {
    word: str(number) for word, number in ({"zero": 0} | SMALL | TENS | ORDINALS).items() if word != "second"
}
"""Numbers of one word as digits. A second is a time, too, and a second job one more, whichever it is."""
LONG_NUMBERS = frozenset((*TENS, "hundred", "thousand"))
"""One of them is in every number of several words, but for what is counted in dozens or in millions."""
_BY_POINTS = r"(?!0)[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9]|\.[0-9])"
GROUPED = rf"{_BY_POINTS}(?:,[0-9]+)?|[0-9]{{1,3}}(?:\\?,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?"
"""Digits in groups, in a text that ``figures.straighten_text`` has been through."""


def read_digits(digits: str) -> tuple[str, str | None]:
    """Return a number in *digits*, plain or as ``GROUPED`` has it, without its groups; and what else it may be, if anything."""
    digits = digits.replace("\\", "")
    if "," in digits and "." in digits:
        whole, _, decimals = digits.replace(",", ".").rpartition(".")
        return f"{whole.replace('.', '')}.{decimals}", None
    first, *groups = digits.split(".")
    if groups and len(first) < 4 and first[0] != "0" and all(len(group) == 3 for group in groups):
        return "".join((first, *groups)), digits if len(groups) == 1 else None
    return digits.replace(",", ""), None
