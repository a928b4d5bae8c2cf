"""CSL-JSON records → RIS, as EndNote, Zotero and Mendeley read it.

RIS has no way to keep an institution whole that has a comma in its name: readers take what follows for a given name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.text.edtf import read_date_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightscli.records import Record

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "ADVS",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry": "CHAP",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    # Not LEGAL, which Zotero and pandoc read as a case.
    "treaty": "STAT",
    "webpage": "ELEC",
}
_NAMES = {
    "author": "AU",
    "editor": "A2",
    "container-author": "A2",
    "collection-editor": "A3",
    "translator": "A4",
}
# In the order of the file; of two variables under one tag, the first that a work has.
_TEXTS = {
    "title": "TI",
    "title-short": "ST",
    "container-title": "T2",
    "event-title": "T2",
    "event": "T2",
    "container-title-short": "J2",
    "collection-title": "T3",
    "volume": "VL",
    "issue": "IS",
    "number": "M1",
    "collection-number": "M1",
    "edition": "ET",
    "section": "SE",
    "chapter-number": "SE",
    "number-of-volumes": "NV",
    "genre": "M3",
    "publisher": "PB",
    "publisher-place": "CY",
    "event-place": "CY",
    "ISBN": "SN",
    "ISSN": "SN",
    "DOI": "DO",
    "PMCID": "C2",
    "PMID": "AN",
    "call-number": "CN",
    "authority": "PB",
    "archive": "DP",
    "source": "DB",
    "original-publisher": "OP",
    "language": "LA",
    "abstract": "AB",
    "note": "N1",
    "annote": "RN",
    "URL": "UR",
}
# A court publishes its judgments, and numbers of some works have a tag of their own, for EndNote and Zotero.
_OWN_TAGS = {
    "legal_case": {"authority": "PB", "number": "SV"},
    "report": {"number": "SN"},
}


def format_ris(records: Sequence[Record]) -> str:
    """Return *records* as RIS, one after the other, an empty line between two."""
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _list_tags(record)) for record in records)


def _list_tags(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(record["type"], "GEN")
    yield "ID", record["id"]
    for role, tag in _NAMES.items():
        yield from ((tag, _format_author(name)) for name in record.get(role, ()))
    yield from _list_dates(record)
    taken: set[str] = set()
    own = _OWN_TAGS.get(record["type"], {})
    for variable, tag in {**own, **_TEXTS, **own}.items():
        if (value := record.get(variable)) and tag not in taken:
            taken.add(tag)
            yield tag, _flatten_value(value)
    for keyword in re.split(r"[,;]\s*", record.get("keyword", "")):
        if keyword.strip():
            yield "KW", _flatten_value(keyword)
    pages = re.fullmatch(r"([^-–]*)[-–]+([^-–]*)", record.get("page", ""))
    first, last = pages.groups() if pages else (record.get("page") or record.get("page-first", ""), "")
    if first.strip():
        yield "SP", _flatten_value(first)
    if last.strip():
        yield "EP", _flatten_value(last)
    yield "ER", ""


def _list_dates(record: Record) -> Iterator[tuple[str, str]]:
    """Yield year and date, ``YYYY/MM/DD/other``, where *other* holds what is no single date."""
    date = read_date_parts(record.get("issued", ""))
    if date.first:
        year, month, day = (*date.first, 0, 0)[:3]
        month = month if month <= 12 else 0
        other = date.text or (_format_span(date.years) if date.last is not None else "")
        yield "PY", f"{year:04}"
        if month or other:
            yield "DA", f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/{other}".rstrip("/")
    if accessed := read_date_parts(record.get("accessed", "")).first:
        yield "Y2", "/".join((f"{accessed[0]:04}", *(f"{part:02}" for part in accessed[1:])))


def _format_span(years: Sequence[int]) -> str:
    return "–".join(f"{year:04}" for year in years)


def _format_author(name: Mapping[str, str]) -> str:
    """Return ``Family, Given``; an institution with a comma behind it, or readers take its last word for a family name."""
    if name.get("literal") or not name.get("family"):
        return f"{_flatten_value(name.get('literal') or name.get('given', ''))},"
    return _flatten_value(f"{name['family']}, {name.get('given', '')}".strip())


def _flatten_value(text: str) -> str:
    return " ".join(text.split())
