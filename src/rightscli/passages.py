"""A source's record and places in it → its passages: where they stand, what they are called, their sealed REF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.locators import Locator, format_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from rightscli.text.numbering import Numbering

    Record = dict[str, Any]

_NUMBERINGS: dict[int, tuple[Sequence[Record], Numbering]] = {}
_KEPT_NUMBERINGS = 256


def read_numbering(source: Record) -> Numbering:
    """Return how the source of the record *source* numbers its passages, kept for the next question about it."""
    passages: list[Record] = source["paragraphs"]
    kept = _NUMBERINGS.get(id(passages))
    if kept and kept[0] is passages and kept[1].unit == source["unit"]:
        return kept[1]
    # What only prints records, which most look-ups do, asks for none.
    from rightscli.text.numbering import Numbering

    numbering = Numbering(
        source["unit"],
        [passage["number"] for passage in passages],
        sections=[passage["section"] for passage in passages],
        pages=[passage.get("page", "") for passage in passages],
    )
    if len(_NUMBERINGS) >= _KEPT_NUMBERINGS:
        _NUMBERINGS.clear()
    _NUMBERINGS[id(passages)] = passages, numbering
    return numbering


def read_locator(citation: Record, source: Record) -> Locator:
    """Return the locator of a citation's record, in the source of the record *source*."""
    first, _, last = citation["locator"]["value"].partition("-")
    return read_numbering(source).locate(first, last) or Locator(0, 0, citation["locator"]["value"])


def list_passages(source: Record, locators: Iterable[Locator]) -> list[Record]:
    """Return the records of the passages at *locators*; none of a source that is known by its pages alone."""
    passages: list[Record] = source["paragraphs"]
    return [passages[at - 1] for locator in locators for at in locator.positions] if passages else []


def has_copy(source: Record, locators: Iterable[Locator]) -> bool:
    """Tell whether the base was made from a copy of the passages at *locators*, so that a copy can prove them."""
    passages = list_passages(source, locators)
    return bool(passages) and all(passage["sha256"] for passage in passages)


def name_sections(source: Record, locators: Sequence[Locator]) -> str:
    """Return the sections that *locators* stand in; of several, all, with a dash between them."""
    sections = dict.fromkeys(passage["section"] for passage in list_passages(source, locators))
    return " – ".join(filter(None, sections))


def show_locators(source: Record, locators: Sequence[Locator]) -> Sequence[Locator]:
    """Return *locators* as a citation shows them: themselves, or the pages of a source that is cited by page."""
    return read_numbering(source).show_pages(locators) if source.get("cited_by") else locators


def name_shown_unit(source: Record) -> str:
    """Return what citations of a source call a place in it."""
    return str(source.get("cited_by") or source["unit"])


def make_ref(source: Record, locators: Sequence[Locator]) -> str:
    """Return the sealed REF of *locators* in the source of the record *source*."""
    return format_ref(source["id"], locators, [paragraph["sha256"] for paragraph in source["paragraphs"]])
