"""Every citation of a page's facts, in all styles: what is the same for all places of a source is written once."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from rightscli.cite.styles import STYLES
from rightscli.cite.templates import fill_template
from rightscli.passages import read_locator, show_locators
from rightscli.text.inert import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightscli.index.queries import Index
    from rightscli.records import Record


def tabulate_citations(facts: Iterable[Record], sources: Mapping[str, Record], index: Index) -> Record:
    """Return ``styles``, their titles; ``cited``, the source and place of each fact's citations; and ``sources``: by key, its
    ``forms`` (style, 1 for the short form, what stands before and behind) and what stands between at each of its ``places``."""
    cited = [[[one["source"], one["locator"]["value"]] for one in fact["citations"]] for fact in facts]
    places: dict[str, dict[str, None]] = {}
    for key, value in (place for one in cited for place in one):
        places.setdefault(key, {})[value] = None
    made = {key: _tabulate_source(sources[key], list(values), index) for key, values in places.items()}
    return {"styles": [style.title for style in STYLES], "cited": cited, "sources": made}


def _tabulate_source(source: Record, values: Sequence[str], index: Index) -> Record:
    forms: list[list[object]] = []
    columns: list[Sequence[str]] = []
    for number, style in enumerate(STYLES):
        used, templates = index.find_forms(source["id"], style.name)
        if used != style.name:
            continue
        for short in (0, 1):
            texts = [_cite_place(source, value, templates, short=bool(short)) for value in values]
            before, between, after = _share_ends(texts)
            forms.append([number, short, before, after])
            columns.append(between)
    rows = list(zip(*columns, strict=True))
    # Most styles print a place in the same way, and then it is kept once.
    return {
        "forms": forms,
        "places": {value: row[0] if len(set(row)) == 1 else row for value, row in zip(values, rows, strict=False)},
    }


def _cite_place(source: Record, value: str, templates: Record, *, short: bool) -> str:
    locators = [read_locator({"locator": {"value": value}}, source)]
    shown = show_locators(source, locators)
    return escape_controls(fill_template(templates, shown, form="short" if short else "citation").text)


def _share_ends(texts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """Return what all *texts* begin with, what is each one's own, and what all end with."""
    before = _find_common(texts)
    rest = [text[len(before) :] for text in texts]
    after = _find_common([text[::-1] for text in rest])[::-1]
    return before, [text[: len(text) - len(after)] for text in rest], after


def _find_common(texts: Sequence[str]) -> str:
    """Return what all *texts* begin with."""
    return "".join(signs[0] for signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*texts, strict=False)))
