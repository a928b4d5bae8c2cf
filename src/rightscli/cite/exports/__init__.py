"""Sources → the formats of reference managers and of programs that set a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.records import Record

BIBLIOGRAPHY_FORMS = ("csl-json", "biblatex", "bibtex", "ris", "hayagriva")


def format_bibliography(sources: Sequence[Record], form: str) -> str:
    """Return *sources*, CSL-JSON records, in *form*, one of ``BIBLIOGRAPHY_FORMS``, as the text of a file.

    Dates may be EDTF text or have ``date-parts``; in csl-json they stay as they are. Every variable that has a place in the
    format goes there; one that has none is left out. UTF-8 is expected of the file. Raises ValueError for another form.
    """
    if form == "csl-json":
        from rightscli.text.inert import dump_json

        # Zotero and pandoc take the key from there, and other programs the id.
        keyed = [{"id": record["id"], "citation-key": record["id"]} | record for record in sources]
        return dump_json(keyed, indent=2) + "\n"
    if form in ("biblatex", "bibtex"):
        from rightscli.cite.exports.bibtex import format_bibtex

        return format_bibtex(sources, form)
    if form == "ris":
        from rightscli.cite.exports.ris import format_ris

        return format_ris(sources)
    if form == "hayagriva":
        from rightscli.cite.exports.hayagriva import format_hayagriva

        return format_hayagriva(sources)
    raise ValueError(f"no form of a bibliography: {form!r}")
