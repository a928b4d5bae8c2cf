"""A place in a source → the link that opens it: a Text Fragment (https://wicg.github.io/scroll-to-text-fragment/).

A browser takes the first place on the page where the start stands and, from there, the first where the end stands. Of a
paragraph the base has only the first and the last words, five each, so it cannot see what stands in the middle of the other
paragraphs, in a teaser or in a menu. Measured against the whole text of the bundled source, 23 paragraphs: starts of one word
go to a wrong paragraph 18 times, of two 6, of three 3, of four 2, of five never. Hence a start is all that the base has. An
end is looked for only behind the start: one word is wrong once, two never; the shortest that no other paragraph
begins or ends with is taken, from three words on.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rightscli.records import Record
from rightscli.text.locators import Locator

LEAST = 3
"""The fewest words that an end has."""

_KEPT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~")
_KEPT_SOURCES = 4096


class _Edges(NamedTuple):
    """A source's *paragraphs*, and their first and last words as they are compared: ``\\n begins \\r ends `` of each."""

    paragraphs: Sequence[Record]
    text: str


_EDGES: dict[int, _Edges] = {}
"""By the identity of the paragraphs: a base has many links into one source."""


def link_passage(source: Record, locators: Sequence[Locator]) -> str | None:
    """Return the URL that opens the passage; without locators the source's URL, without a URL None.

    Of several ranges, the first is opened, from the start of its first paragraph to the end of its last. Where an earlier
    paragraph starts alike, the last words of the paragraph before lead to the right one.
    """
    url: str | None = source["csl"].get("URL")
    # Where the first words are not known, no fragment can say where it begins.
    begins = bool(locators and source["paragraphs"]) and source["paragraphs"][locators[0].first - 1]["begins"]
    if not url or not begins:
        return url
    joint = "#:~:" if "#" not in url else "&" if ":~:" in url else ":~:"
    return f"{url}{joint}{_make_directive(_list_edges(source['paragraphs']), locators[0])}"


def _make_directive(edges: _Edges, locator: Locator) -> str:
    """Return ``text=start,end``, where it is needed with what stands before, or ``text=`` a short paragraph as a whole."""
    first, last = edges.paragraphs[locator.first - 1], edges.paragraphs[locator.last - 1]
    whole = _join_words(first) if first is last else ""
    if whole:
        return f"text={_encode_words(whole)}"
    before = _find_prefix(first, edges, locator.first)
    prefix = f"{_encode_words(before)}-," if before else ""
    end = f",{_encode_words(_shorten_end(last['ends'], edges.text))}" if last["ends"] else ""
    return f"text={prefix}{_encode_words(first['begins'])}{end}"


def _join_words(paragraph: Record) -> str:
    """Return all of a paragraph whose first and last words meet or overlap, else nothing.

    A browser looks for the end behind the start, so that in so short a paragraph it would find another one's.
    """
    begins, ends = paragraph["begins"].split(), paragraph["ends"].split()
    overlap = len(begins) + len(ends) - paragraph["words"]
    if overlap < 0 or not (begins and ends):
        return ""
    return " ".join(begins + ends[overlap:])


def _list_edges(paragraphs: Sequence[Record]) -> _Edges:
    """Return the edges of *paragraphs*, kept for the next link into the same source."""
    kept = _EDGES.get(id(paragraphs))
    if kept and kept.paragraphs is paragraphs:
        return kept
    lines = (f"\n{_fold_words(paragraph['begins'])}\r{_fold_words(paragraph['ends'])}" for paragraph in paragraphs)
    edges = _Edges(paragraphs, "".join(lines))
    if len(_EDGES) >= _KEPT_SOURCES:
        _EDGES.clear()
    _EDGES[id(paragraphs)] = edges
    return edges


def _fold_words(words: str) -> str:
    """Return *words* so that those are equal which a browser takes for equal: in any case, with any quotation marks."""
    from rightscli.text.folding import normalise_text

    return f" {normalise_text(words).casefold()} "


def _shorten_end(words: str, edges: str) -> str:
    """Return the shortest end of *words* that stands once among the *edges*, at least ``LEAST`` words; else all."""
    all_words, folded = words.split(), _fold_words(words).split()
    if len(all_words) != len(folded):
        # A sign that is a blank and a mark to a browser, say.
        return words
    counts = range(LEAST, len(all_words))
    found = next((count for count in counts if edges.count(f" {' '.join(folded[-count:])} ") == 1), 0)
    return " ".join(all_words[-found:]) if found else words


def _find_prefix(paragraph: Record, edges: _Edges, position: int) -> str:
    """Return the last words before the *paragraph* at *position* if an earlier one starts alike and no heading is between."""
    place = edges.text.index(f"\n{_fold_words(paragraph['begins'])}")
    if edges.text.count("\n", 0, place) == position - 1:
        return ""
    before = edges.paragraphs[position - 2]
    return str(before["ends"]) if before["section"] == paragraph["section"] else ""


class _Encoding(dict[int, str]):
    """Each sign's percent-encoding, made when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        encoded = "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))
        self[code] = sign if sign in _KEPT else encoded
        return self[code]


_ENCODING = _Encoding()


def _encode_words(words: str) -> str:
    """Return *words* percent-encoded, ``-``, ``,`` and ``&`` too, which have a meaning in a Text Fragment."""
    return words.translate(_ENCODING)
