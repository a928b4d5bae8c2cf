"""The reader's own copy of a source: read it, and find which passage of it is which paragraph of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from rightscli.errors import UnreadableError
from rightscli.files import read_bytes
from rightscli.model import Paragraph, Source
from rightscli.words import hash_text, normalise_text

MEGABYTES = 20
"""The largest copy that is read."""


def read_copy(path: str | Path) -> str:
    """Return the text of a plain-text copy: UTF-8, with or without a byte order mark, at most 20 MB.

    Raises UnreadableError for anything else; a pipe, device or directory is not even opened, so that nothing waits.
    """
    content = read_bytes(str(path), limit=MEGABYTES * 10**6, what="a copy of a source")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"{path}:{line}: not UTF-8", hint="save the copy as UTF-8") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableError(f"{path}:{line}: a NUL character: not plain text", hint="save the copy as plain text")
    return text.removeprefix("\ufeff")


def find_paragraphs(source: Source, text: str) -> Mapping[int, str]:
    """Return which passage of *text* is which paragraph of *source*, by number, ascending, as far as found.

    A passage is a line, or else the lines between two blank ones joined by blanks: whichever proves more paragraphs by
    their hashes. A paragraph without proof is the passage, between those of its neighbours, that has its first or last
    words; or the one that is left there when as many are left as paragraphs. So a passage may differ from what the base
    says about its paragraph: compare its hash before you trust it.
    """
    lines = [line.strip() for line in re.split("\r\n|\r|\n", text)]
    splits = [[line for line in lines if line], [" ".join(run) for filled, run in groupby(lines, key=bool) if filled]]
    proofs = [_prove_paragraphs(source, passages) for passages in splits]
    passages, found = max(zip(splits, proofs, strict=True), key=lambda split: len(split[1]))
    headings = {normalise_text(paragraph.section) for paragraph in source.paragraphs}
    normal = [normalise_text(passage) for passage in passages]
    free = [place for place, passage in enumerate(normal) if passage not in headings]
    # Both ends first: each paragraph found narrows the stretch in which its neighbours are looked for.
    for ends in (2, 1):
        _add_by_ends(found, source.paragraphs, normal, free, ends=ends)
    _add_by_place(found, source.paragraphs, free)
    return {number: passages[found[number]] for number in sorted(found)}


def _prove_paragraphs(source: Source, passages: Iterable[str]) -> dict[int, int]:
    """Return paragraph numbers and the places of the *passages* whose hashes are theirs; equal ones in order."""
    places: dict[str, list[int]] = {}
    for place, passage in enumerate(passages):
        places.setdefault(hash_text(passage), []).append(place)
    return {
        paragraph.number: places[paragraph.sha256].pop(0)
        for paragraph in source.paragraphs
        if places.get(paragraph.sha256)
    }


def _add_by_ends(
    found: dict[int, int], paragraphs: Iterable[Paragraph], normal: list[str], free: list[int], *, ends: int
) -> None:
    """Add to *found* the paragraphs of which a passage between their neighbours' has *ends* (1 or 2) of the ends."""
    for paragraph in paragraphs:
        if paragraph.number in found:
            continue
        begins, closes = normalise_text(paragraph.begins), normalise_text(paragraph.ends)
        for place in _find_free(found, paragraph.number, free):
            passage = normal[place]
            if bool(begins and passage.startswith(begins)) + bool(closes and passage.endswith(closes)) >= ends:
                found[paragraph.number] = place
                break


def _add_by_place(found: dict[int, int], paragraphs: tuple[Paragraph, ...], free: list[int]) -> None:
    """Add to *found* each run of paragraphs that has as many passages left between two found neighbours."""
    proven = set(found)
    for is_found, group in groupby((paragraph.number for paragraph in paragraphs), key=proven.__contains__):
        numbers = list(group)
        if is_found or numbers[0] - 1 not in proven or numbers[-1] + 1 not in proven:
            continue
        places = _find_free(found, numbers[0], free)
        if len(places) == len(numbers):
            found.update(zip(numbers, places, strict=True))


def _find_free(found: Mapping[int, int], number: int, free: Iterable[int]) -> list[int]:
    """Return the *free* places, ascending, that lie between those of the paragraphs before and after *number*."""
    after = max((place for other, place in found.items() if other < number), default=-1)
    before = min((place for other, place in found.items() if other > number), default=float("inf"))
    return [place for place in free if after < place < before]
