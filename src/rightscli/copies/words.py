"""The words of attached copies: each copy as an index of its own, whose facts are passages; a base that is found by them, too.

The index lies in the user's cache, as private as the copy, is made anew when the copy changes, and goes when it is detached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.search import weights
from rightscli.search.bitmaps import read_bitmap, unite_bitmaps
from rightscli.text.words import split_words

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Any

    from rightscli.copies.attached import Copy
    from rightscli.index.queries import Index
    from rightscli.index.writing import IndexWriter
    from rightscli.records import Record

_STEP = 1 << 40
"""By how much the numbers of a copy's words are above those of the base, and of the copy before it."""


class CopyWords(NamedTuple):
    """The index of the *passages* of a copy of the record *source*; *positions* are theirs there, by their place in the index."""

    source: Record
    passages: Index
    positions: tuple[int, ...]


def open_copies(
    base: Index, folder: str | os.PathLike[str] | None, cache: str | os.PathLike[str] | None
) -> list[CopyWords]:
    """Return the words of the passages that are proven in the copies attached in *folder* to the sources of *base*.

    Their indexes are kept in *cache*. A copy that cannot be read is left out: who asks for its words is told why.
    """
    if folder is None:
        return []
    from rightscli.errors import RightsError

    found = []
    for source in filter(None, map(base.get_source, base.list_sources())):
        try:
            index = _open_copy(source, folder, cache)
        except (RightsError, OSError):
            continue
        positions = tuple(map(int, index.scope.split())) if index else ()
        if index and positions:
            found.append(CopyWords(source, index, positions))
    return found


def _open_copy(source: Record, folder: str | os.PathLike[str], cache: str | os.PathLike[str] | None) -> Index | None:
    from pathlib import Path

    from rightscli.copies.attached import load_copy, name_copy
    from rightscli.index.store import find_index

    path = name_copy(Path(folder), source)
    found = find_index(str(path), cache)
    if found:
        return found
    copy = load_copy(Path(folder), source)
    if copy is None:
        return None
    from rightscli.index.cache import build_index

    # What is found in the copy of another edition of the base has no file of this name: it is indexed each time.
    return build_index(
        str(path), cache if path.is_file() else None, lambda writer: _fill_copy(path, copy, source, writer)
    )


def _fill_copy(path: os.PathLike[str], copy: Copy, source: Record, writer: IndexWriter) -> str:
    """Take the proven passages of a *copy* in, each as a fact, and return the SHA-256 of the file *path*, if it is there."""
    from hashlib import sha256

    from rightscli.base.model import Fact
    from rightscli.files import read_private

    positions = [position for position in sorted(copy.texts) if position in copy.proven]
    for position in positions:
        text, passage = copy.texts[position], source["paragraphs"][position - 1]
        fact = Fact(
            id=str(position), claim=text, citations=(), terms=(passage["section"],) if passage["section"] else ()
        )
        record = {"position": position, "text": text, "citations": []}
        writer.add_fact(fact, record, lambda _: {}, since=None, until=None, dated=())
    content = read_private(path, limit=1 << 30, what="an attached copy") or b""  # type: ignore[arg-type]
    digest = sha256(content).hexdigest()
    base = {
        "name": source["id"],
        "title": source["id"],
        "edition": "",
        "scope": " ".join(map(str, positions)),
        "sha256": digest,
        "path": str(path),
        "facts": len(positions),
        "changed": "",
        "engine": None,
    }
    writer.finish({"bases": [base], "clashes": [0], "remark": ""}, (), ())
    return digest


class AttachedWords:
    """A base whose facts are found by the words of the passages that they rest on, too: what a search asks of an index.

    The numbers of a copy's words are above all those of the base.
    """

    def __init__(self, base: Index, copies: Iterable[CopyWords]) -> None:
        self._base = base
        self._copies = list(copies)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)

    def list_inflections(self, roots: Iterable[str]) -> list[tuple[int, str, str, str]]:
        """Return the words of the base and of the copies that have one of *roots*."""
        wanted = list(roots)
        found = self._base.list_inflections(wanted)
        for at, copy in enumerate(self._copies, 1):
            known = copy.passages.list_inflections(wanted)
            found += [(at * _STEP + number, word, form, root) for number, word, form, root in known]
        return found

    def get_postings(self, words: Iterable[int]) -> list[Any]:
        """Return the facts of those *words* that are the base's own."""
        return self._base.get_postings(_keep_own(words))

    def get_bitmaps(self, words: Iterable[int]) -> dict[int, int]:
        """Return the bitmaps of those *words* that are the base's own."""
        return self._base.get_bitmaps(_keep_own(words))

    def list_topics_named_by(self, words: Iterable[int]) -> list[tuple[int, str, int]]:
        """Return the topics of those *words* that are the base's own."""
        return self._base.list_topics_named_by(_keep_own(words))

    def list_sections_named_by(self, words: Iterable[int]) -> list[tuple[int, int]]:
        """Return the sections of those *words* that are the base's own."""
        return self._base.list_sections_named_by(_keep_own(words))

    def list_passages_holding(self, words: Iterable[int]) -> list[tuple[int, int]]:
        """Return each of *words* that is a copy's, with the bitmap of the facts that rest on the passages that hold it.

        A word in very many passages says too little of each, and is left out.
        """
        found = []
        for number in sorted(word for word in words if word >= _STEP):
            copy = self._copies[number // _STEP - 1]
            held = copy.passages.get_bitmaps((number % _STEP,)).get(number % _STEP, 0)
            if held.bit_count() <= max(weights.MOST_PASSAGES, copy.passages.count * weights.HOME_SHARE):
                keys = (f"{copy.source['id']}:{copy.positions[place]}" for place in read_bitmap(held))
                facts = unite_bitmaps(self._base.get_bitmap("paragraph", key) for key in keys)
                if facts:
                    found.append((number, facts))
        return found


def _keep_own(words: Iterable[int]) -> list[int]:
    return [word for word in words if word < _STEP]


def discard_words(source: Record, folder: str | os.PathLike[str], cache: str | os.PathLike[str] | None) -> None:
    """Remove the words of the copy of the record *source* from the *cache*."""
    from pathlib import Path

    from rightscli.copies.attached import name_copy
    from rightscli.index.cache import discard_index

    discard_index(str(name_copy(Path(folder), source)), cache)


_AROUND = 12
"""How many words are shown before and behind the words that match."""


def cut_around(text: str, words: set[str]) -> str:
    """Return the part of *text* in which most of the folded *words* stand near each other, with some words around them."""
    parts = text.split()
    places = [place for place, part in enumerate(parts) if words.intersection(split_words(part))]
    if not places:
        return " ".join(parts[: 2 * _AROUND]) + (" …" if len(parts) > 2 * _AROUND else "")
    best = max(places, key=lambda first: (sum(first <= place < first + _AROUND for place in places), -first))
    last = max(place for place in places if best <= place < best + _AROUND)
    start, end = max(0, best - _AROUND), min(len(parts), last + 1 + _AROUND)
    return f"{'… ' if start else ''}{' '.join(parts[start:end])}{' …' if end < len(parts) else ''}"
