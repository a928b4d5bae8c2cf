"""Every citation of a page's facts, in all styles and forms: what is the same for all places of a source is written once."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from rightscli.cite.narrative import make_narrative
from rightscli.cite.styles import STYLES
from rightscli.cite.templates import (
    FORMS,
    Rendering,
    fill_bibliography,
    fill_template,
    names_note,
    tell_locator_display,
)
from rightscli.passages import name_shown_unit, read_locator, show_locators
from rightscli.text.inert import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightscli.cite.styles import StyleKind
    from rightscli.index.queries import Index
    from rightscli.records import Record

_FORM_NAMES = ("", ", later", ", right after one of the same source", ", in a sentence", ", in a list of works")
"""What a page calls the forms: those of ``FORMS``, the first of which needs no name, the narrative one, the bibliography's."""


class _Form(NamedTuple):
    """One form of a style: the style's number, what the form is called, and the citations in it, a place each."""

    style: int
    name: str
    texts: Sequence[str]


def tabulate_citations(facts: Iterable[Record], sources: Mapping[str, Record], index: Index) -> Record:
    """Return ``styles`` and ``forms``, what they are called; ``cited``, the source and place of each fact's citations; and
    ``sources``: by key, its ``forms`` and what each of its ``places`` is in them.

    A form is a style, a form of it, and what stands before the place and behind it; where no place is shown, all of it.
    """
    cited = [[[one["source"], one["locator"]["value"]] for one in fact["citations"]] for fact in facts]
    places: dict[str, dict[str, None]] = {}
    for key, value in (place for one in cited for place in one):
        places.setdefault(key, {})[value] = None
    names: dict[str, int] = {}
    made = {key: _tabulate_source(sources[key], list(values), index, names) for key, values in places.items()}
    titles = [*(style.title for style in STYLES), "Not compiled"]
    return {"styles": titles, "forms": list(names), "cited": cited, "sources": made}


def _tabulate_source(source: Record, values: Sequence[str], index: Index, names: dict[str, int]) -> Record:
    """Return the forms of a source, whose names are numbered in *names*, and its places."""
    forms: list[list[object]] = []
    columns: list[Sequence[str] | None] = []
    for form in _list_forms(source, values, index):
        number = (form.style, names.setdefault(form.name, len(names)))
        before, between, after = _share_ends(form.texts)
        forms.append([*number, before, after] if any(between) else [*number, before + after])
        columns.append(between if any(between) else None)
    # Most styles print a place in the same way, and then it is kept once.
    shown = next((column for column in columns if column), values)
    rows = list(zip(*(column or shown for column in columns), strict=True))
    places = {value: row[0] if len(set(row)) == 1 else row for value, row in zip(values, rows, strict=True)}
    return {"forms": forms, "places": places}


def _list_forms(source: Record, values: Sequence[str], index: Index) -> Iterator[_Form]:
    """Yield the forms of each style that the source is compiled in; without any, the plain ones."""
    found = [(number, style, *index.find_forms(source["id"], style.name)) for number, style in enumerate(STYLES)]
    compiled = [(number, style.kind, templates) for number, style, used, templates in found if used == style.name]
    for number, kind, templates in compiled or [(len(STYLES), "author-date", found[0][3])]:
        for at, texts in _render_forms(source, values, templates, has_author=kind == "author-date"):
            remarks = _FORM_NAMES[at], *_remark_form(source, templates, kind, at)
            yield _Form(number, "".join(remarks), texts)


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
    for at, renderings in enumerate(made):
        texts = [escape_controls(one.text) for one in renderings if one]
        if len(texts) == len(values) and texts not in told:
            told.append(texts)
            yield at, texts


def _remark_form(source: Record, templates: Record, kind: StyleKind, at: int) -> Iterator[str]:
    """Yield what a writer must know of a form, and it does not say itself."""
    if at > len(FORMS):
        return
    form = FORMS[at] if at < len(FORMS) else "citation"
    if kind == "numeric":
        yield "; its number is that in your own list"
    elif kind == "note" and form != "citation" and names_note(templates, form=form):
        yield "; the note's number is that of your own first note"
    if tell_locator_display(templates, form=form, unit=name_shown_unit(source)) == "none":
        yield f"; shows no {name_shown_unit(source)}"


def _share_ends(texts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """Return what all *texts* begin with, what is each one's own, and what all end with."""
    before = _find_common(texts)
    rest = [text[len(before) :] for text in texts]
    after = _find_common([text[::-1] for text in rest])[::-1]
    return before, [text[: len(text) - len(after)] for text in rest], after


def _find_common(texts: Sequence[str]) -> str:
    """Return what all *texts* begin with."""
    return "".join(signs[0] for signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*texts, strict=False)))
