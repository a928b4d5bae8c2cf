"""Facts, all or a part, and the sources that they cite, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers.facts import list_uncompiled, restyle_facts, select_places
from rightscli.errors import NotFoundError, RightsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightscli.answers import Library
    from rightscli.answers.facts import Names
    from rightscli.records import Record


class ExportAnswer(NamedTuple):
    """*total* facts, to be read once, in the order of the base; *faults* says why there are none."""

    facts: Iterable[Record]
    total: int
    warnings: Sequence[str]
    faults: Sequence[RightsError]


class BibliographyAnswer(NamedTuple):
    """The *text* of a bibliography; *faults* says why there is none."""

    text: str
    faults: Sequence[RightsError]


class PageAnswer(NamedTuple):
    """The *text* of an HTML page; *faults* says why there is none."""

    text: str
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def export_facts(
    library: Library,
    *,
    topic: Names = None,
    source: Names = None,
    para: str | None = None,
    style: str | None = None,
) -> ExportAnswer:
    """Return the facts on the *topic* that rest on the *source* and its paragraphs *para*; all of them where none is named.

    Of several topics or sources, any will do. Raises UsageError for an unknown *style*, a malformed *para*, and one without a
    source where there are several.
    """
    places, faults = _select_part(library, topic, source, para)
    if faults:
        return ExportAnswer((), 0, (), faults)
    index = library.index
    if places is None:
        warnings = list_uncompiled(None, library, style)
        return ExportAnswer(restyle_facts(index.read_facts(), library, style), index.count, warnings, ())
    facts = index.get_facts(sorted(places))
    return ExportAnswer(restyle_facts(facts, library, style), len(facts), list_uncompiled(facts, library, style), ())


def export_sources(
    library: Library, form: str, *, topic: Names = None, source: Names = None, para: str | None = None
) -> BibliographyAnswer:
    """Return the sources that the same facts cite, or all of the base, in its order, as a bibliography.

    *form* is ``csl-json``, ``biblatex``, ``bibtex``, ``ris`` or ``hayagriva``; for another, ValueError is raised.
    """
    from rightscli.cite.exports import format_bibliography
    from rightscli.cite.items import make_csl_item

    places, faults = _select_part(library, topic, source, para)
    if faults:
        return BibliographyAnswer("", faults)
    index = library.index
    keys = index.list_sources()
    if places is not None:
        cited = {citation["source"] for fact in index.get_facts(sorted(places)) for citation in fact["citations"]}
        keys = [key for key in keys if key in cited]
    items = [make_csl_item(record["csl"]) for key in keys if (record := index.get_source(key))]
    return BibliographyAnswer(format_bibliography(items, form), ())


def export_page(
    library: Library,
    *,
    topic: Names = None,
    source: Names = None,
    para: str | None = None,
    style: str | None = None,
) -> PageAnswer:
    """Return the same facts as ``export_facts`` as one HTML file, to be opened from the disk."""
    from rightscli.browse import render_base

    answer = export_facts(library, topic=topic, source=source, para=para, style=style)
    if answer.faults:
        return PageAnswer("", answer.warnings, answer.faults)
    whole = not topic and not source and para is None
    return PageAnswer(render_base(list(answer.facts), library.index, whole=whole), answer.warnings, ())


def _select_part(
    library: Library, topic: Names, source: Names, para: str | None
) -> tuple[set[int] | None, list[RightsError]]:
    """Return the places of the facts that are named, None for all, and a fault where there are none."""
    try:
        places = select_places(library.index, topic, source, para)
    except NotFoundError as fault:
        return set(), [fault]
    return places, [] if places is None or places else [NotFoundError("no fact in that part of the base")]
