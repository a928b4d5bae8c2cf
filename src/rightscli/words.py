"""Every rule about text, and nothing else: what counts as the same words, a figure, a date.

On the path of every look-up, so nothing heavier than ``re`` and ``unicodedata`` at the top. Patterns are kept as text
and given to ``re`` where they are used: it compiles each one once, and only in the commands that need it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

_SINGLE_QUOTES = "‘’‚‛′‵ʹʻʼʽ"
_DOUBLE_QUOTES = "“”„‟″‶ʺ〝〞〟"
# Unicode's class Pd, the minus signs and the hyphen bullet; those whose NFKC form is among these need no place here.
_DASHES = "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0"
_MINUSES = "\u02d7\u2043\u2212"
# Soft hyphen, joiners, marks of direction, byte order mark: they have no width, and no reader sees them.
_UNSEEN = (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES + _MINUSES), "-"),
    **dict.fromkeys(_UNSEEN, None),
}
_BASE_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)


def normalise_text(text: str) -> str:
    """Return *text* as it is hashed and compared everywhere.

    NFKC; curly quotes and primes straight; every dash and minus ``-``; soft hyphens and zero-width characters removed;
    white space collapsed to single blanks; stripped. Case, digits, ``%`` and punctuation stay. Idempotent.
    """
    if not text.isascii():
        # Before NFKC, which would make two primes of a double one, and for the letters that an unseen character holds
        # apart; again after it, for what it makes.
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    return " ".join(text.split())


def hash_text(text: str) -> str:
    """Return the SHA-256 of the normalised *text* in UTF-8, 64 lower-case hex digits."""
    from hashlib import sha256

    return sha256(normalise_text(text).encode("utf-8", "surrogatepass")).hexdigest()


def shorten_text(text: str, width: int = 40) -> str:
    """Return *text* as a message can hold it: on one line, printable, at most *width* characters long."""
    text = " ".join(text[: 4 * width].split())
    if len(text) > width:
        text = text[: width - 1] + "…"
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def fold_text(text: str) -> str:
    """Return *text* for comparing words: normalised, case folded, no diacritics (``Đổi`` is ``doi``). Idempotent."""
    text = normalise_text(text)
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return normalise_text(bare.casefold().translate(_BASE_LETTERS))


# 2,706 and 4.5 · u.s · runs of letters and digits with apostrophes inside; then a possessive 's, which is left out.
_WORD = r"""(?x)
    ( [0-9]{1,3} (?:,[0-9]{3})+ (?![0-9]) (?:\.[0-9]+)? | \d+\.\d+
    | [^\W\d_] (?:\.[^\W\d_])+ (?![^\W_])
    | [^\W_]+ (?:'(?!s(?![^\W_]))[^\W_]+)*
    )
    (?:\.?'s(?![^\W_]))?"""


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*, in order.

    Possessives are stripped and other apostrophes dropped (``women's`` is ``women``, ``ma'am`` is ``maam``), hyphenated
    words come apart, ``2,706`` is ``2706``, ``4.5`` stays, ``U.S.`` is ``us``; ``%`` is no word.
    """
    return tuple(map(_join_word, re.findall(_WORD, fold_text(text))))


def _join_word(word: str) -> str:
    """Return *word* without its apostrophes, thousands commas and the dots of an initialism."""
    if word.isalnum():
        return word
    if word[0].isdecimal():
        return word.replace(",", "").replace("'", "")
    # Folded again because dropping a character can bring two Korean letters together.
    return fold_text(word.replace("'", "").replace(".", ""))


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
_NUMBERS = {word: 19 - place for place, word in enumerate(_SMALL.split("|"))}
_NUMBERS |= {word: 90 - 10 * place for place, word in enumerate(_TENS.split("|"))}
_SCALES = {"dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_GAP = r"[\s‐‑-]+"
_BELOW_100 = rf"(?:(?:{_TENS})(?:{_GAP}(?:{_SMALL})\b)?|(?:{_SMALL}))"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a){_GAP}hundred(?:{_GAP}(?:and{_GAP})?{_BELOW_100}\b)?|{_BELOW_100})"
_SCALE = rf"(?:{'|'.join(_SCALES)})\b"
_SPELLED = (
    rf"(?:{_BELOW_1000}|a(?={_GAP}(?!dozen){_SCALE}))\b"
    rf"(?:{_GAP}and{_GAP}a{_GAP}half\b)?"
    rf"(?:{_GAP}{_SCALE}(?:{_GAP}(?:and{_GAP})?{_BELOW_1000}\b)?)*"
    # twenty-first is an ordinal
    r"(?!-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_FIGURE = rf"""(?ix)(?<![^\W_])(?:
    (?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)(?:{_GAP}(?P<scale>(?!dozen){_SCALE}))?
    | (?P<spelled>{_SPELLED})
)"""


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers that *text* states in digits or in words, in order.

    ``2,706``, ``$100``, ``50%``, ``30th``, ``2.5 million``, ``four-and-a-half``. Not those inside a date (see
    ``find_dates``), so ``2019`` is none; not a lone *one*, which is mostly a pronoun; not ordinal words.
    """
    dates = find_dates(text)
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
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
        # As an exponent: multiplying would round a long number.
        return Decimal(f"{match['digits'].replace(',', '')}e{len(str(scale)) - 1}")
    total, group = Decimal(0), Decimal(0)
    words = re.split(_GAP, match["spelled"].lower())
    for before, word in pairwise(["", *words]):
        if word in _NUMBERS:
            group += _NUMBERS[word]
        elif word == "a" and before != "and":
            group = Decimal(1)
        elif word == "half":
            group += Decimal("0.5")
        elif word == "hundred":
            group *= 100
        elif word in _SCALES:
            total, group = total + group * _SCALES[word], Decimal(0)
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


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_NUMBER_ENDS = r"(?![^\W_]|[.,][0-9]|%)"
_DATE = rf"""(?x)(?<![^\W_])(?<![$€£¥])(?<![0-9][.,])(?:
    (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?){_NUMBER_ENDS}
    | (?:(?:(?P<from>{_DAY})(?:\s?[-–]\s?|\s+(?:and|to)\s+))?(?P<before>{_DAY})\s+(?:of\s+)?)?
      (?:(?P<month>{_MONTHS})|(?P<short>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)
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

    ``May 9, 2019``, ``9 May``, ``2019-05-09``, ``Sept. 2016``, ``December``, ``1970s``, ``2019`` (bare years from 1900
    to 2099). A month without a year takes that of its list or span, be it last (``between January and September 2019``)
    or first (``in 2019, in January and June``). *March* and *May* alone are months only after a word such as *in*;
    short names only with a day or a year.
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
    name = match["month"] or match["short"]
    days = [match[group] for group in ("from", "before", "after", "to") if match[group]]
    if not days and not match["year"]:
        before = match.string[max(0, start - 12) : start]
        if match["short"] or (name in ("March", "May") and not re.search(_BEFORE_MONTH, before, re.I)):
            return
    month = next(number for number, full in enumerate(_MONTHS.split("|"), 1) if full.startswith(name[:3]))
    year = int(match["year"]) if match["year"] else None
    for day in days or [None]:
        yield DateMention(year, month, int(day.rstrip("stndrh")) if day else None, start, end)


_EDTF = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?"
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


def stem_word(word: str) -> str:
    """Return the stem of a folded English *word*, by the algorithm of Porter (1980); words with a digit stay whole.

    https://tartarus.org/martin/PorterStemmer/def.txt
    """
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _drop_plural(word)
    word = _drop_past(word)
    if word[-1] == "y" and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    for endings, least in ((_STEP_2, 0), (_STEP_3, 0), (_STEP_4, 1)):
        word = _replace_ending(word, endings, least)
    if word[-1] == "e":
        bare = word[:-1]
        if _measure(bare) > 1 or (_measure(bare) == 1 and not _ends_short(bare)):
            word = bare
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word


_STEP_2 = (
    "ational:ate tional:tion enci:ence anci:ance izer:ize abli:able alli:al entli:ent eli:e ousli:ous ization:ize ation:ate"
    " ator:ate alism:al iveness:ive fulness:ful ousness:ous aliti:al iviti:ive biliti:ble"
)
_STEP_3 = "icate:ic ative: alize:al iciti:ic ical:ic ful: ness:"
_STEP_4 = "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: sion:s tion:t ou: ism: ate: iti: ous: ive: ize:"


def _replace_ending(word: str, endings: str, least: int) -> str:
    """Return *word* with the longest of the *endings* that it has replaced, where what is left measures over *least*."""
    pairs = (ending.split(":") for ending in endings.split())
    for old, new in sorted(pairs, key=lambda pair: -len(pair[0])):
        if word.endswith(old):
            stem = word.removesuffix(old) + (new if old in ("sion", "tion") else "")
            return word.removesuffix(old) + new if _measure(stem) > least else word
    return word


def _drop_plural(word: str) -> str:
    """Porter's step 1a: caresses, ponies, cats."""
    for old, new in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(old):
            return word.removesuffix(old) + new
    return word


def _drop_past(word: str) -> str:
    """Porter's step 1b: agreed, plastered, motoring; then hop(p)ing, fil(e)ing."""
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for old in ("ed", "ing"):
        stem = word.removesuffix(old)
        if stem != word and _has_vowel(stem):
            if stem.endswith(("at", "bl", "iz")) or (_measure(stem) == 1 and _ends_short(stem)):
                return stem + "e"
            doubled = len(stem) > 1 and stem[-1] == stem[-2] and stem[-1] not in "aeioulsz"
            return stem[:-1] if doubled else stem
    return word


def _shape(word: str) -> str:
    """Return ``v`` for each vowel and ``c`` for each consonant; y is a vowel after a consonant."""
    shape = ""
    for letter in word:
        shape += "v" if letter in "aeiou" or (letter == "y" and shape.endswith("c")) else "c"
    return shape


def _measure(word: str) -> int:
    """Return Porter's m: how often a consonant follows a vowel."""
    return _shape(word).count("vc")


def _has_vowel(word: str) -> bool:
    return "v" in _shape(word)


def _ends_short(word: str) -> bool:
    """Tell whether *word* ends consonant, vowel, consonant, the last one not w, x or y: -wil, -hop."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"
