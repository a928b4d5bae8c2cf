"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re

from rightscli.check.stated.lexicon import list_stop_words
from rightscli.text.dates import SHORT_MONTHS
from rightscli.text.places import LABELS
from rightscli.text.signs import CLOSING_MARKS, OPENING_MARKS

_ABBREVIATIONS = (
    frozenset(
        "mr mrs ms dr prof gen col sgt lt capt st sr jr rev hon sen rep gov pres messrs no nos vol vols fig figs ed eds cf vs"
        " v etc al approx ca dept est inc ltd co corp e.g i.e eg ie viz ibid op cit u.s u.n u.k a.m p.m ph.d mt ft".split()
    )
    .union(SHORT_MONTHS)
    .union(label.removesuffix(".") for label in LABELS if label.endswith("."))
)
_WORDS_TOO = frozenset("no nos p art par".split())
"""Abbreviations only where a number follows."""
_OPENS_ANYWAY = frozenset("etc al inc ltd co corp u.s u.n u.k a.m p.m jr sr dept".split())
"""Abbreviations after which a sentence may well end, if a word such as *The* follows."""
_CLOSERS = CLOSING_MARKS + ")]*_"
_CITATION = r"\s*(?:\[[^\[\]\n]{0,80}\]|\((?=[^()\n]{0,80}\d)[^()\n]{0,80}\))[.]?"
_BREAK = r"\n[ \t]*\n\s*|\n(?=\s*(?:[-*+•]|\d+[.)]|#+|>)\s)"
_STOP = r"[.!?…]+"
_OPENERS = OPENING_MARKS + "([*_"


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence of *text*, in order, white space around them left out.

    Abbreviations, initials, decimals and numbered references do not end one; the closing marks and the citation after
    its full stop belong to it; an empty line, or a new row of a list, ends one without any mark.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(f"(?P<gap>{_BREAK})|{_STOP}", text):
        if match.start() < start:
            continue
        if match["gap"]:
            spans.append((start, match.start()))
            start = match.end()
            continue
        end = _end_sentence(text, match.start(), match.end())
        if end:
            spans.append((start, end))
            start = end
    spans.append((start, len(text)))
    return tuple(trimmed for trimmed in (_trim_span(text, *span) for span in spans) if trimmed[0] < trimmed[1])


def _trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _end_sentence(text: str, start: int, end: int) -> int:
    """Return where the sentence ends whose last marks are ``text[start:end]``, 0 if it goes on."""
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    citation = re.compile(_CITATION).match(text, end)
    # A remark in brackets that begins with a capital may be a sentence of its own, but not one with a digit in so few words.
    if citation and _may_begin(text, citation.end()):
        return citation.end() if text[start] != "." or not _is_abbreviated(text, start, citation.end()) else 0
    if end < len(text) and not text[end].isspace():
        return 0
    if not _may_begin(text, end) or (text[start:end] == "." and _is_abbreviated(text, start, end)):
        return 0
    return end


def _may_begin(text: str, place: int) -> bool:
    """Tell whether a sentence may begin after *place*: nothing follows, or no small letter does."""
    rest = text[place : place + 40].lstrip()
    if not rest:
        return True
    if place < len(text) and not text[place].isspace():
        return False
    first = rest.lstrip(_OPENERS)[:1]
    return not first or not first.islower()


def _is_abbreviated(text: str, stop: int, end: int) -> bool:
    """Tell whether the full stop at *stop* belongs to an abbreviation or an initial, and the sentence goes on."""
    match = re.search(r"(?:[^\W\d_]\.)*[^\W_]+$", text[max(0, stop - 24) : stop])
    if not match:
        return False
    word = match[0]
    following = text[end : end + 12].lstrip()
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    if word.lower() in _ABBREVIATIONS:
        first = re.match(r"[A-Z][^\W_]*", following)
        opens = word.lower() in _OPENS_ANYWAY and first is not None and first[0].lower() in list_stop_words()
        # No. as an answer, and 5 p.m. at the end.
        return bool(following) and not opens and (word.lower() not in _WORDS_TOO or following[:1].isdigit())
    return is_initial and following[:1].isupper()
