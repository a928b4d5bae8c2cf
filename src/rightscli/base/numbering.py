"""The number at the start of a line, as documents print those of their passages: ``7.``, ``[7]``, ``Article 9``, ``제9조``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rightscli.tables import read_table

Key = tuple[tuple[int, str], ...]
"""A number to be compared: ``3.2`` is ((3, ""), (2, "")), ``23a`` is ((23, "a"),)."""

UNIT_STYLES = frozenset({"paragraph", "article", "section", "rule", "chapter", "part"})
"""Styles by a word, whose unit is the word's."""

_DIGITS = r"\d{1,4}(?:\ ?(?:bis|ter|quater)\b|[a-zA-Z](?![\w]))?"
_ROMAN = r"[IVXLC]{1,7}(?![\w])"
_FIRST = {"premier": "1", "première": "1", "primero": "1", "primo": "1", "الأولى": "1", "first": "1", "one": "1"}
_HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
# What may follow a number of a passage, other than of a sentence: its own end, punctuation, a title in brackets.
_CLOSED = re.compile(r"\s*[.:)\]]?\s*(?:[-–—]+\s+|\Z)|\s*[.:]\s+|\s*(?=[(（［\[【])")
# Glued to the number, as laws in Korean have it; not the number of a part.
_TITLE = re.compile(r"[(（](?!(?:\d+|[a-zA-Z]{1,4})[)）])([^()（）]{1,60})[)）]")
_BLANK = re.compile(r"\s+")
_DOT = re.compile(rf"(?P<number>{_DIGITS})\.(?=\s|\Z|[^\W\d_a-z])\s*")
_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,4})\.?(?=\s|\Z)(?!\s*[a-z])\s*")
_OTHERS = (
    ("bracket", re.compile(rf"\[(?P<number>{_DIGITS})\]\s*")),
    ("paren", re.compile(rf"\((?P<number>{_DIGITS})\)\s*")),
    ("close", re.compile(rf"(?P<number>{_DIGITS})\)\s*")),
    ("dash", re.compile(rf"(?P<number>{_DIGITS})\s?[-–—](?:\s+|\Z)")),
    ("colon", re.compile(rf"(?P<number>{_DIGITS}):(?:\s+|\Z)")),
    ("bare", re.compile(rf"(?P<number>{_DIGITS})(?:\Z|\t\s*|\s+(?=[\"'“‘«(\[]?[^\W\d_a-z]))")),
)
_CIRCLED = re.compile(r"(?P<sign>[①-⑳])\s*")
SUB_STYLES = frozenset({"dot", "paren", "close", "bracket", "dash", "circled", "bare"})
_INNER = re.compile(r"(?:\(?[a-zA-Z]{1}\)|\(?[ivx]{1,5}[).]|[a-z]\.|[-–—•·▪◦*‣]|[①-⑳])\s")
_LETTERED = re.compile(r"\(?(?:[a-zA-Z]|[ivx]{1,5})\)\s+")


class Marker(NamedTuple):
    """A number that a line begins with: how it is written, as printed, to be compared, and where the text goes on.

    *title* is what stands in brackets behind it: ``제9조(목적)``.
    """

    style: str
    number: str
    key: Key
    end: int
    title: str = ""


def read_marker(text: str, *, is_heading: bool = False) -> Marker | None:
    """Return the number that the line *text* begins with, if it may be a passage's."""
    if marker := _read_unit(text, is_heading=is_heading):
        return marker
    if circled := _CIRCLED.match(text):
        number = str(ord(circled["sign"]) - ord("①") + 1)
        return Marker("circled", number, parse_key(number), circled.end())
    if not text or not (text[0].isdecimal() or text[0] in "[("):
        return None
    if (dotted := _DOTTED.match(text)) or (dotted := _DOT.match(text)):
        return _make_marker("dot", dotted)
    for style, pattern in _OTHERS:
        if found := pattern.match(text):
            # A heading may leave the point out, where 2.1 has one.
            return _make_marker("dot" if is_heading and style == "bare" else style, found)
    return None


def is_listed(text: str) -> bool:
    """Return whether the line *text* begins with the letter, the small numeral or the bullet of a list."""
    return _INNER.match(text) is not None


def cut_letter(text: str) -> str:
    """Return what stands behind the letter or small numeral in brackets that the line *text* begins with; nothing without one."""
    found = _LETTERED.match(text)
    return text[found.end() :] if found else ""


def parse_key(number: str) -> Key:
    """Return a number as printed to be compared: digits, with what stands behind them; parts by points or in brackets."""
    parts = re.findall(r"(\d+)\s?([^\W\d_]*)", number)
    if not parts:
        return ((_read_roman(number), ""),)
    return tuple((int(digits), suffix.lower()) for digits, suffix in parts)


def _make_marker(style: str, found: re.Match[str]) -> Marker:
    number = _write_digits(found["number"])
    return Marker(style, number, parse_key(number), found.end())


def _write_digits(number: str) -> str:
    """Return *number* with the digits of every script as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in number)


def _read_roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}.get(sign, 0) for sign in numeral.upper()]
    return sum(-value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values))


def _read_han(number: str) -> str:
    """Return a Chinese numeral below a hundred in digits: 十二 is 12."""
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return "".join(str(_HAN[sign]) for sign in number)
    return str((_HAN.get(tens, 1) if tens else 1) * 10 + _HAN.get(ones, 0))


@cache
def _make_unit_patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    before: list[str] = []
    after: list[str] = []
    units: dict[str, str] = {}
    for (unit,), words, signs in read_table("base/units.txt"):
        before += words
        after += signs
        units.update(dict.fromkeys((*words, *signs), unit))
    ordered = "|".join(re.escape(word) for word in sorted(before, key=len, reverse=True))
    numbers = rf"{_DIGITS}(?:\(\d{{1,3}}\))*(?:\.\d{{1,3}})*|{_ROMAN}|(?:{'|'.join(_FIRST)})(?!\w)"
    leading = re.compile(
        rf"(?P<word>{ordered})(?:\.|(?<!\w)|(?!\w))\s*[(\[]?(?P<number>{numbers})(?:er|ère|re|\.?[º°ª])?(?![\w])",
        re.IGNORECASE,
    )
    all_signs = "|".join(after)
    trailing = re.compile(
        rf"[제第]?\s?(?P<number>\d{{1,4}}[a-zA-Z]?|[〇一二三四五六七八九十]{{1,4}})\s?(?P<word>{all_signs})(?P<more>의\s?\d{{1,2}})?"
    )
    return leading, trailing, units


def _read_unit(text: str, *, is_heading: bool) -> Marker | None:
    """Return the number that follows the word for a unit, or that its sign follows: ``Article 9``, ``§ 7``, ``제9조``."""
    leading, trailing, units = _make_unit_patterns()
    found = leading.match(text)
    if not found and (found := trailing.match(text)) and text[0] not in "제第":
        # Without the first sign, the words stand in sentences: 5부 may be five copies.
        found = None
    if not found:
        return None
    titled = _TITLE.match(text, found.end())
    end = titled.end() if titled else found.end()
    closed = _CLOSED.match(text, end)
    rest = text[end:].lstrip()
    if found.re is trailing and text[end : end + 1].isspace() and not trailing.match(rest):
        closed = closed or _BLANK.match(text, end)
    if not closed and not titled and not is_heading:
        follows = rest[:1].isupper() or (rest[:1] in "\"'“‘«" and rest[1:2].isupper())
        if not text[end].isspace() or not (follows or _is_short_title(rest)):
            return None
    if rest[:1].islower() and not (closed and closed.group().strip()):
        return None
    number = found["number"]
    number = _FIRST.get(number.lower(), number)
    if number[0] in _HAN or number[0] == "十":
        number = _read_han(number)
    elif not number[0].isdigit() and number.upper() != number:
        return None
    number = re.sub(r"\s(?=\()", "", _write_digits(number)) + (found.groupdict().get("more") or "").replace(" ", "")
    end = closed.end() if closed else len(text) - len(rest)
    return Marker(units[found["word"].lower()], number, parse_key(number), end, titled[1] if titled else "")


def _is_short_title(rest: str) -> bool:
    """Return whether *rest*, in a script without capitals, may be a title: a few words without a stop."""
    return (
        not rest[:1].islower()
        and len(rest.split()) <= 8
        and rest[-1:] not in ".!?;:,،؛。"
        and not rest.startswith("من ")
    )
