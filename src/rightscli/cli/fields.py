"""--fields: records of fewer members, tables of fewer columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli import records as kinds
from rightscli.answers import documents
from rightscli.answers.schema import list_members
from rightscli.errors import UsageError
from rightscli.records import Kind
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rightscli.records import Record

DESCRIBED: Mapping[Kind, str] = {
    kinds.FACTS: "fact",
    kinds.TOPICS: "topic",
    kinds.SOURCES: "source",
    kinds.PARAGRAPHS: "paragraph",
    kinds.FOUND_PASSAGES: "found-passage",
    kinds.CITED: "cited",
    kinds.STYLED: "cited",
    kinds.STYLES: "style",
    kinds.QUOTES: "quote",
    kinds.CHECKED: "finding-in-draft",
    kinds.WORDS: "words",
    kinds.FINDINGS: "finding-in-base",
}
"""By which of the published definitions a kind of record is described."""


def choose_fields(
    records: Iterable[Record], kind: Kind, form: str, asked: str
) -> tuple[Iterable[Record], Kind, list[str]]:
    """Return *records* and their *kind* with the fields that are *asked* for, between commas, and the names of these.

    Those of a table are its columns. Raises UsageError for one that there is not, and for none.
    """
    names = list(dict.fromkeys(name.strip() for name in asked.split(",") if name.strip()))
    known = list(kind.columns) if form in ("csv", "tsv") else list_members(DESCRIBED[kind])
    deep = known if form in ("csv", "tsv") else list_members(DESCRIBED[kind], inner=True)
    unknown = [name for name in names if name not in deep]
    if unknown or not names:
        from rightscli.refs import suggest_name

        near = suggest_name(unknown[0], deep) if unknown else ""
        name = f" '{shorten_text(unknown[0])}'" if unknown else ""
        raise UsageError(f"no field{name} in --fields{near}", hint=f"any of {', '.join(known)}")
    if form in ("csv", "tsv"):
        columns = {name: kind.columns[name] for name in names}
        return records, Kind(columns=columns, plain=kind.plain, markdown=kind.markdown, id=kind.id), names
    return documents.narrow_records(records, names), kind, names
