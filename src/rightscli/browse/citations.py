"""Every citation of a page's facts, in all styles and forms: what is the same for all places of a source is written once."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from rightscli.cite.narrative import make_narrative
from rightscli.cite.styles import STYLES
from rightscli.cite.templates import FORMS, Rendering, fill_bibliography, fill_template
from rightscli.passages import read_locator, show_locators
from rightscli.text.inert import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightscli.index.queries import Index
    from rightscli.records import Record

_FORMS = ("", "later", "right after one of the same source", "in a sentence", "in a list of works")
"""What a page calls the forms: those of ``FORMS``, the first of which needs no name, the narrative one, the bibliography's."""


def tabulate_citations(facts: Iterable[Record], sources: Mapping[str, Record], index: Index) -> Record:
    """Return ``styles`` and ``forms``, what they are called; ``cited``, the source and place of each fact's citations; and
    ``sources``: by key, its ``forms`` and what each of its ``places`` is in them.

    A form is a style, a form of it, and what stands before the place and behind it; where no place is shown, all of it.
    """
    cited = [[[one["source"], one["locator"]["value"]] for one in fact["citations"]] for fact in facts]
    places: dict[str, dict[str, None]] = {}
    for key, value in (place for one in cited for place in one):
        places.setdefault(key, {})[value] = None
    made = {key: _tabulate_source(sources[key], list(values), index) for key, values in places.items()}
    titles = [*(style.title for style in STYLES), "Not compiled"]
    return {"styles": titles, "forms": _FORMS, "cited": cited, "sources": made}


def _tabulate_source(source: Record, values: Sequence[str], index: Index) -> Record:
    forms: list[list[object]] = []
    columns: list[Sequence[str] | None] = []
    for number, texts in _list_forms(source, values, index):
        before, between, after = _share_ends(texts)
        forms.append([*number, before, after] if any(between) else [*number, before + after])
        columns.append(between if any(between) else None)
    # Most styles print a place in the same way, and then it is kept once.
    shown = next((column for column in columns if column), values)
    rows = list(zip(*(column or shown for column in columns), strict=True))
    places = {value: row[0] if len(set(row)) == 1 else row for value, row in zip(values, rows, strict=True)}
    return {"forms": forms, "places": places}


def _list_forms(source: Record, values: Sequence[str], index: Index) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Yield the numbers of each compiled style and form, and the citations of *values* in it; without any, in the plain form."""
    found = [(style, *index.find_forms(source["id"], style.name)) for style in STYLES]
    compiled = [
        (number, style.kind == "author-date", templates)
        for number, (style, used, templates) in enumerate(found)
        if used == style.name
    ]
    for number, has_author, templates in compiled or [(len(STYLES), True, found[0][2])]:
        for form, texts in _render_forms(source, values, templates, has_author=has_author):
            yield (number, form), texts


def _render_forms(
    source: Record, values: Sequence[str], templates: Record, *, has_author: bool
) -> Iterator[tuple[int, list[str]]]:
    """Yield each form of a style and the citations of *values* in it, but for one that is the same as a form before it."""
    locators = [show_locators(source, [read_locator({"locator": {"value": value}}, source)]) for value in values]
    made: list[list[Rendering | None]] = [
        [fill_template(templates, shown, form=form) for shown in locators] for form in FORMS
    ]
    whole = fill_template(templates, ())
    made.append([make_narrative(one, whole, source["csl"]) if one and has_author else None for one in made[0]])
    made.append([fill_bibliography(templates)] * len(values))
    told: list[list[str]] = []
    for number, renderings in enumerate(made):
        texts = [escape_controls(one.text) for one in renderings if one]
        if len(texts) == len(values) and texts not in told:
            told.append(texts)
            yield number, texts


def _share_ends(texts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """Return what all *texts* begin with, what is each one's own, and what all end with."""
    before = _find_common(texts)
    rest = [text[len(before) :] for text in texts]
    after = _find_common([text[::-1] for text in rest])[::-1]
    return before, [text[: len(text) - len(after)] for text in rest], after


def _find_common(texts: Sequence[str]) -> str:
    """Return what all *texts* begin with."""
    return "".join(signs[0] for signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*texts, strict=False)))
