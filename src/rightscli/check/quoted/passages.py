"""A source's words, made ready to be compared with quotations: each word's form, place and paragraph, and where it recurs.

A word is what both sides must share: letters and digits with what joins them inside (``2,706``, ``don't``), or a sign that
is read as a word (``%``, ``$``). Quotation marks, emphasis, commas and stops are none.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rightscli.text.figures import straighten_text
from rightscli.text.folding import normalise_text
from rightscli.text.numerals import GROUPED, read_digits
from rightscli.text.signs import CLOSING_MARKS, HYPHENS, MINUSES, UNSEEN

_LETTER = r"[^\W_]"
# Letters may hold marks, joiners and soft hyphens, none of which re counts as letters.
_UNSEEN = "\u0300-\u036f" + "".join(map(chr, UNSEEN))
_WORD = rf"""(?x:
    [A-Z](?:\.[A-Z])+(?![^\W_]) | (?:{GROUPED})(?![^\W_])
    | {_LETTER}(?:{_LETTER}|[{_UNSEEN}]|'(?={_LETTER})|(?<=[0-9])[.,:](?=[0-9]))*
    | [%‰$€£¥₩§&°]
)"""
_ELLIPSIS = r"(?:…|⋯|\.(?:\s?\.){2,})"
_GAP = rf"[\[(]\s*{_ELLIPSIS}\s*[\])]|{_ELLIPSIS}|\*(?:\s\*){{2,}}"
_ASIDE = r"\(sic!?\)|\((?:emphasis|italics)\s[^()]{1,40}\)"
# What tells that there may be a gap, a bracket or an aside.
_EDITED = r"[\[(…⋯]|[.*]\s?[.*]"
_QUOTED = rf"(?P<gap>{_GAP})|(?P<bracket>\[[^\[\]]*\])|(?P<aside>{_ASIDE})|(?P<word>{_WORD})"


class Paragraphs(NamedTuple):
    """A run of paragraphs of one source, *first* to *last*."""

    source: str
    first: int
    last: int


class Word(NamedTuple):
    """A word of a text: ``text[start:end]``, normalised; *joined*: a hyphen or dash ties it to the one before."""

    form: str
    start: int
    end: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A quotation's words. *breaks* maps the place of a word to what stands before it: ``gap`` (an ellipsis) or ``insertion``.

    *keys* are the case-folded forms; *free* the places where the first letter may be either case.
    """

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    breaks: Mapping[int, str]
    free: frozenset[int]

    @property
    def count(self) -> int:
        """How many words a person counts: what a hyphen joins is one, a sign none."""
        return sum(not word.joined and word.form[0].isalnum() for word in self.words)

    @property
    def segments(self) -> list[tuple[int, int]]:
        """The stretches between breaks, as places ``[start, end)``."""
        ends = [0, *sorted(self.breaks), len(self.words)]
        return [(start, end) for start, end in pairwise(ends) if start < end]


# A dash between words parts them, one between figures ties them.
_TIES = f"{HYPHENS}\u2013{MINUSES}"


def _read_word(match: re.Match[str]) -> Word:
    form, start = match[0], match.start()
    if not form.isascii():
        form = normalise_text(form)
    if "." in form and form[0].isalpha():
        form = form.replace(".", "")
    elif form[:1].isdecimal() and re.fullmatch(GROUPED, form):
        # However a house groups digits.
        form = read_digits(form)[0]
    joined = start > 1 and match.string[start - 1] in _TIES and match.string[start - 2].isalnum()
    return Word(form, start, match.end(), joined)


def read_words(text: str) -> Iterator[Word]:
    """Yield the words of a source's *text*, in order."""
    text = straighten_text(text)
    return (word for word in map(_read_word, re.finditer(_WORD, text)) if word.form)


def read_wording(text: str) -> Wording:
    """Return the words of a quotation's *text* and its ellipses and brackets.

    ``[T]he`` is *The*, in either case; any other bracket is an insertion, with the letters that touch it; ``[sic]`` and
    its like are nothing. Ellipses at the ends say nothing, nor do brackets there.
    """
    words: list[Word] = []
    breaks: dict[int, str] = {}
    free = {0}
    if not re.search(_EDITED, text):
        words = list(read_words(text))
    else:
        _read_quoted(straighten_text(text), words, breaks, free)
    for place in list(breaks):
        free.add(place)
        if place in (0, len(words)):
            del breaks[place]
    return Wording(text, tuple(words), tuple(word.form.casefold() for word in words), breaks, frozenset(free))


_BROKEN = f"[{HYPHENS}\u00ad]\\s+"


def join_broken_words(wording: Wording, passages: Passages) -> Wording:
    """Return *wording* with one word for two that a line's end parts behind a hyphen, where the source has that word."""
    if not re.search(_BROKEN, wording.text):
        return wording
    words: list[Word] = []
    places: list[int] = []
    for place, word in enumerate(wording.words):
        if words and place not in wording.breaks:
            before = words[-1]
            whole = before.form + word.form
            gap = wording.text[before.end - 1 : word.start]
            if whole.casefold() in passages.places and re.fullmatch(rf"\w?{_BROKEN}", gap):
                words[-1] = Word(whole, before.start, word.end, before.joined)
                places.append(len(words) - 1)
                continue
        places.append(len(words))
        words.append(word)
    places.append(len(words))
    breaks = {places[place]: kind for place, kind in wording.breaks.items()}
    keys = tuple(word.form.casefold() for word in words)
    return Wording(wording.text, tuple(words), keys, breaks, frozenset(places[place] for place in wording.free))


def _read_quoted(text: str, words: list[Word], breaks: dict[int, str], free: set[int]) -> None:
    """Fill *words*, *breaks* and *free* from a *text* that has ellipses or brackets."""
    lead: re.Match[str] | None = None
    for match in re.finditer(_QUOTED, text):
        if match["gap"]:
            breaks[len(words)] = "gap"
        elif match["bracket"]:
            lead = match
            _read_bracket(match, words, breaks)
            continue
        elif match["word"]:
            word = _read_word(match)
            if lead is not None and lead.end() == word.start and word.form:
                inner = re.search(r"[^\W_]+(?=\s*\]$)", lead[0])
                if inner is None or len(inner[0]) > 1:
                    # demand[ed], [re]opened: the editor's word, not the source's.
                    continue
                free.add(len(words))
                word = Word(inner[0] + word.form, lead.end() - 2, word.end, False)
                if len(re.findall(r"[^\W_]+", lead[0])) == 1:
                    _drop_insertion(breaks, len(words))
            if word.form:
                words.append(word)
        lead = None


def _read_bracket(match: re.Match[str], words: list[Word], breaks: dict[int, str]) -> None:
    """Note an insertion before the next word, unless the bracket says something about the words and not in their place."""
    inside = match[0][1:-1].strip().lower()
    if not re.search(r"[^\W\d_]", inside) or re.match(
        r"\^|sic\b|(?:my |original |our )?(?:emphasis|italics|emphases)\b|(?:footnotes?|citations?) omitted|translat",
        inside,
    ):
        return
    if words and words[-1].end == match.start() and match.string[match.start() - 1].isalnum():
        words.pop()
    breaks.setdefault(len(words), "insertion")


def _drop_insertion(breaks: dict[int, str], place: int) -> None:
    if breaks.get(place) == "insertion":
        del breaks[place]


@dataclass(frozen=True, slots=True)
class Passages:
    """The words of paragraphs, in the order of their numbers, source by source.

    *keys* (case folded), *forms*, *starts* and *ends* (in the paragraph's text), *sentence_of* (a running number) and
    *paragraph_of* (a place in *names*, *texts* and *bounds*, where it begins) go by the place of a word. Between paragraphs
    that do not follow each other stands an empty key, which no quotation has. *places* lists, for each key, where it stands,
    ascending; *sources* has every source's key.
    """

    names: tuple[tuple[str, int], ...]
    texts: tuple[str, ...]
    keys: tuple[str, ...]
    forms: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    paragraph_of: Sequence[int]
    sentence_of: Sequence[int]
    bounds: Sequence[int]
    places: Mapping[str, Sequence[int]]
    sources: frozenset[str]

    def name_paragraphs(self, first: int, last: int) -> Paragraphs:
        """Return the paragraphs in which the words from place *first* to *last* stand."""
        source, number = self.names[self.paragraph_of[first]]
        return Paragraphs(source, number, self.names[self.paragraph_of[last]][1])

    def quote_source(self, first: int, end: int) -> str:
        """Return the source's own text from word *first* to before word *end*, paragraphs joined by a blank."""
        if first >= end:
            return ""
        one, other = self.paragraph_of[first], self.paragraph_of[end - 1]
        if one == other:
            return self.texts[one][self.starts[first] : self.ends[end - 1]]
        middle = self.texts[one + 1 : other]
        return " ".join([self.texts[one][self.starts[first] :], *middle, self.texts[other][: self.ends[end - 1]]])

    def starts_sentence(self, place: int) -> bool:
        """Tell whether the word at *place* begins a sentence or a paragraph, as far as stops show."""
        return place == 0 or self.sentence_of[place - 1] != self.sentence_of[place]


_ABBREVIATIONS = frozenset("Dr Mr Mrs Ms St No Nos Gen Sen Rep Prof Col Capt Lt Gov Jr vs cf al".split())


def _parts_sentences(between: str, before: str) -> bool:
    """Tell whether what stands between two words, the first of which is *before*, ends a sentence, as far as stops show."""
    return bool(re.search(rf"[.!?][{CLOSING_MARKS})\]]*\s", between)) and before not in _ABBREVIATIONS


def prepare_paragraphs(paragraphs: Mapping[tuple[str, int], str]) -> Passages:
    """Return the words of *paragraphs*, by source and number, ready for ``judge_quotation``; once for many quotations."""
    forms: list[str] = []
    starts, ends, owners, sentences, bounds = array("l"), array("l"), array("l"), array("l"), array("l")
    sentence = 0
    names = tuple(sorted(paragraphs))
    before: tuple[str, int] | None = None
    for paragraph, name in enumerate(names):
        if before is not None and name != (before[0], before[1] + 1):
            for column, gap in ((starts, 0), (ends, 0), (owners, paragraph - 1), (sentences, sentence)):
                column.append(gap)
            forms.append("")
        before = name
        bounds.append(len(forms))
        text, last = paragraphs[name], 0
        sentence += 1
        for form, start, end, _ in read_words(text):
            if start - last > 1 and last and _parts_sentences(text[last:start], forms[-1]):
                sentence += 1
            last = end
            sentences.append(sentence)
            forms.append(form)
            starts.append(start)
            ends.append(end)
            owners.append(paragraph)
    folded = {form: form.casefold() for form in set(forms)}
    keys = [folded[form] for form in forms]
    bounds.append(len(forms))
    places: dict[str, array[int]] = {}
    for place, key in enumerate(keys):
        if key in places:
            places[key].append(place)
        elif key:
            places[key] = array("l", (place,))
    texts = tuple(paragraphs[name] for name in names)
    sources = frozenset(source for source, _ in names)
    return Passages(names, texts, tuple(keys), tuple(forms), starts, ends, owners, sentences, bounds, places, sources)


def find_words(passages: Passages, words: tuple[str, ...], low: int = 0, high: int | None = None) -> Iterator[int]:
    """Yield each place from *low* on, and before *high*, at which all of *words* (keys) follow each other, ascending."""
    if not words:
        return
    all_places = [passages.places.get(word) for word in words]
    rarest, least = 0, len(passages.keys) + 1
    for offset, places in enumerate(all_places):
        if places is None:
            return
        if len(places) < least:
            rarest, least = offset, len(places)
    places = all_places[rarest]
    assert places is not None
    high = len(passages.keys) if high is None else high
    length = len(words)
    for at in range(bisect_left(places, low + rarest), len(places)):
        place = places[at] - rarest
        if place + length > high:
            return
        if passages.keys[place : place + length] == words:
            yield place
