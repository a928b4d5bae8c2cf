"""Text → its words, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.text.folding import fold_text
from rightscli.text.numerals import GROUPED, LONG_NUMBERS, read_digits

if TYPE_CHECKING:
    from collections.abc import Iterable


# 2,706 and 4.5 · u.s · runs of letters and digits with apostrophes inside; then a possessive 's, which is left out.
_WORD = rf"""(?x)
    ( {GROUPED} | \d+\.\d+
    | [^\W\d_] (?:\.[^\W\d_])+ (?![^\W_])
    | [^\W_]+ (?:'(?!s(?![^\W_]))[^\W_]+)*
    )
    (?:\.?'s(?![^\W_]))?"""


_ASCII_MARKS = {code: " " for code in range(128) if not chr(code).isalnum()}


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*, in order.

    Possessives are stripped and other apostrophes dropped (``women's`` is ``women``, ``ma'am`` is ``maam``), hyphenated
    words come apart, ``2,706`` and ``2 706`` are ``2706``, ``one hundred thirty-two`` is ``132``, ``4.5`` and ``2.706``
    stay, ``U.S.`` is ``us``; ``%`` is no word.
    """
    return _find_words(fold_text(_write_figures(text)))


def _write_figures(text: str) -> str:
    """Return *text* with its numbers as they are looked up (see ``write_out_figures``); most texts hold none to write."""
    words = text.lower().translate(_ASCII_MARKS).split()
    may_group = any(letter.isdecimal() for letter in text) and re.search(r"\d[^\w,.;:]\d{3}", text)
    if not may_group and LONG_NUMBERS.isdisjoint(words):
        return text
    from rightscli.text.figures import write_out_figures

    return write_out_figures(text)


def _find_words(text: str) -> tuple[str, ...]:
    """Return the words of a folded *text*, by the cheapest way that does for it."""
    # Most queries and terms: no pattern to compile.
    if text.isascii() and text.replace(" ", "").isalnum():
        return tuple(text.split())

    # Most claims: no number, no apostrophe, no initials.
    if "'" not in text and text.find(".") in (-1, len(text) - 1) and not re.search("[0-9]", text):
        return tuple(text.translate(_ASCII_MARKS).split() if text.isascii() else re.findall(r"[^\W_]+", text))
    return tuple(map(_join_word, re.findall(_WORD, text)))


def split_texts(texts: Iterable[str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the words of each of *texts*, and what hyphens join in each (nothing, if there is none in any of them).

    At less cost than one by one.
    """
    texts = list(texts)
    folded = fold_text(_write_figures("|".join(texts)))
    pieces = folded.split("|")
    if len(pieces) != len(texts):
        # One of them has a bar itself, or what folds to one.
        pieces = [fold_text(_write_figures(text)).replace("|", " ") for text in texts]
    if folded.isascii():
        # Most pieces are terms of a word or two.
        words = [tuple(piece.split()) if piece.replace(" ", "").isalnum() else _find_words(piece) for piece in pieces]
    else:
        words = [_find_words(piece) for piece in pieces]
    return words, [*map(_join_hyphens, pieces)] if "-" in folded else []


def read_id(id: str) -> str:
    """Return the words that an *id* is made of: what its curator calls the fact. A number there only tells it from others."""
    return " ".join(word for word in id.split("-") if not word.isdecimal())


def _join_hyphens(text: str) -> tuple[str, ...]:
    """Return what hyphens join in a folded *text*, as one word each: ``jaein`` of *Jae-in*."""
    if "-" not in text:
        return ()

    return tuple(word.replace("-", "") for word in re.findall(r"[^\W_]+(?:-[^\W_]+)+", text))


def _join_word(word: str) -> str:
    """Return *word* without its apostrophes, thousands commas and the dots of an initialism."""
    if word.isalnum():
        return word
    if word[0].isdecimal() and "'" not in word:
        number, other = read_digits(word)
        return other or number
    # Folded again because dropping a character can bring two Korean letters together.
    return fold_text(word.replace("'", "").replace(".", ""))


def split_joined(text: str) -> tuple[str, ...]:
    """Return the words of *text*, and what hyphens join as one word too: ``jae``, ``in`` and ``jaein``."""
    text = fold_text(_write_figures(text))
    return _find_words(text) + _join_hyphens(text)
