"""Compiled citations: the file of templates, and a template filled with paragraph numbers.

A template is what a citation engine printed for a source in a style, with a slot where the paragraph numbers stood. No
engine is needed to fill it. The file (``facts.citations.json`` beside ``facts.yaml``) holds, for each source and style:

``citation``, ``short``, ``ibid``
    the first citation, a later one, and one right after another of the same source: each by what is cited, ``none`` (the
    whole source), ``one`` paragraph, ``many`` (a range or a list), as a pair of text and HTML. A form or kind is left out
    where it is as the one before it, so a style that shows no paragraphs has ``none`` alone.
``unit``
    beside the styles of a source: what they call a place in it, if not a paragraph.
``bibliography``
    the line in the list of works, as text and as HTML without a wrapper; left out by styles without such lists.
``dash``, ``comma``
    what stands inside a range and between members of a list, where that is not an en dash and a comma with a blank.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from rightscli.errors import UnreadableError
from rightscli.records import Record
from rightscli.text.locators import SLOT, Locator
from rightscli.text.places import compile_label

Form = Literal["citation", "short", "ibid"]
Display = Literal["paragraph", "page", "none"]
"""How a style shows a place: as the unit that it is, as a page, or not at all."""

SCHEMA = "rights.citations/1"
FORMS: tuple[Form, ...] = ("citation", "short", "ibid")
KINDS = ("none", "one", "many")
REFERENCE_ENGINE = "citeproc-js"
LIMIT = 100_000_000
"""The most bytes that a file of templates may have."""


_HINT = "rights styles --compile BASE writes it anew"


class Rendering(NamedTuple):
    """A finished citation, as plain *text* and as *html*."""

    text: str
    html: str


def read_templates(path: str) -> Record:
    """Return what the file of templates at *path* holds, checked; UnreadableError with the place of the first fault."""
    from json import loads

    from rightscli.files import read_bytes

    content = read_bytes(path, limit=LIMIT, what="compiled citations")
    try:
        templates = loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{path}: no JSON: {str(error).lower()}", hint=_HINT) from None
    checked: Record = templates
    require_whole(path, checked)
    return checked


def require_whole(path: str, templates: object, *, hint: str = _HINT) -> None:
    """Raise UnreadableError with the place of the first fault in *templates*, of which *path* is the file."""
    if fault := next(_find_faults(templates), None):
        raise UnreadableError(f"{path}: {fault}", hint=hint)


def fill_template(forms: Record, locators: Sequence[Locator], *, form: Form = "citation") -> Rendering:
    """Return the citation of *locators*, merged and ascending, as they are shown, by one source's and style's *forms*.

    Without locators, of the whole source. A style may show no paragraphs: then all citations of a source are alike.
    """
    kinds = next(forms[name] for name in FORMS[FORMS.index(form) :: -1] if name in forms)
    if not locators:
        kind = "none"
    elif len(locators) == 1 and locators[0].is_single:
        kind = "one"
    else:
        kind = "many"
    text, html = next(kinds[name] for name in KINDS[KINDS.index(kind) :: -1] if name in kinds)
    dash, comma = forms.get("dash", "–"), forms.get("comma", ", ")
    # Numbers, a dash and a comma need no escaping in HTML.
    numbers = str(comma).join(str(locator).replace("-", str(dash)) for locator in locators)
    return Rendering(text.replace(SLOT, numbers), html.replace(SLOT, numbers))


def fill_bibliography(forms: Record) -> Rendering | None:
    """Return the source's line in a list of works; None where the style has no such lists, as the Bluebook."""
    works: list[str] | None = forms.get("bibliography")
    return Rendering(*works) if works else None


def tell_locator_display(forms: Record, *, form: Form = "citation", unit: str = "paragraph") -> Display:
    """Return how a passage, called *unit*, is shown: named so, as a bare number that reads like a page, or not at all."""
    kinds = next(forms[name] for name in FORMS[FORMS.index(form) :: -1] if name in forms)
    text: str = kinds.get("one", kinds["none"])[0]
    before, slot, _ = text.partition(SLOT)
    if not slot:
        return "none"
    # Cases are cited by paragraphs in square brackets (OSCOLA, 4th edition, 2.1.7).
    return "paragraph" if re.search(rf"(?i:{compile_label(unit)}|\[)$", before) else "page"


def names_note(forms: Record, *, form: Form = "citation") -> bool:
    """Tell whether the citation names a note by its number, ``(n 1)`` or ``supra note 1``: only its writer knows which."""
    kinds = next(forms[name] for name in FORMS[FORMS.index(form) :: -1] if name in forms)
    return re.search(r"\(n 1\)|\bsupra note 1\b", kinds["none"][0]) is not None


def name_engine(templates: Record) -> str:
    """Return what made *templates*, ``pandoc 3.9, not verified against citeproc-js``; of citeproc-js, without the note."""
    engine: Record = templates["engine"]
    note = "" if engine["name"] == REFERENCE_ENGINE else f", not verified against {REFERENCE_ENGINE}"
    return f"{engine['name']} {engine['version']}{note}"


def find_stale_sources(
    templates: Record, items: Mapping[str, Record], units: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the keys of sources, given as CSL-JSON *items*, that *templates* lack or have as they once were, in order.

    *units* are what citations call places in them, where that is not a paragraph.
    """
    from rightscli.cite.items import digest_item

    known = {key: (source.get("item"), source.get("unit", "paragraph")) for key, source in templates["sources"].items()}
    units = units or {}
    return tuple(
        key for key, item in items.items() if known.get(key) != (digest_item(item), units.get(key, "paragraph"))
    )


def _find_faults(templates: object) -> Iterator[str]:
    """Yield the place and the fault of what is not as a file of templates is."""
    if not isinstance(templates, dict) or templates.get("schema") != SCHEMA:
        yield f"schema: '{SCHEMA}' is expected"
        return
    engine = templates.get("engine")
    for name in ("name", "version"):
        if not (isinstance(engine, dict) and isinstance(engine.get(name), str)):
            yield f"engine.{name}: text is expected"
    sources = templates.get("sources")
    if not isinstance(sources, dict):
        yield "sources: a mapping is expected"
        return
    for key, source in sources.items():
        styles = source.get("styles") if isinstance(source, dict) else None
        if not isinstance(styles, dict):
            yield f"sources.{key}.styles: a mapping is expected"
            continue
        if not isinstance(source.get("item"), str):
            yield f"sources.{key}.item: text is expected"
        if not isinstance(source.get("unit", ""), str):
            yield f"sources.{key}.unit: text is expected"
        for style, forms in styles.items():
            for fault in _find_form_faults(forms):
                yield f"sources.{key}.styles.{style}{fault}"
    yield from _find_controls(templates)


# As in a base, whose texts these are: C0 and C1 but for tab and line feed, and halves of surrogate pairs.
_CONTROL = "[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"


_DEEPEST = 12
"""How deep lists and mappings may go, as in a base."""


def _find_controls(content: object, place: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the place of each text that holds a control character, and of what is nested too deep to be read."""
    if isinstance(content, str):
        if found := re.search(_CONTROL, content):
            yield f"{place}: the control character U+{ord(found[0]):04X} is not allowed"
        return
    if depth > _DEEPEST:
        yield f"{place}: lists and mappings go deeper than {_DEEPEST} levels here"
        return
    pairs = content.items() if isinstance(content, dict) else enumerate(content, 1) if isinstance(content, list) else ()
    for name, value in pairs:
        if isinstance(name, str):
            yield from _find_controls(name, place or "its keys", depth)
        yield from _find_controls(value, f"{place}.{name}" if place else str(name), depth + 1)


def _find_form_faults(forms: object) -> Iterator[str]:
    """Yield the faults of what stands under one style."""
    # Only when an index is made: a look-up fills templates that were read before.
    from rightscli.cite.conversion import find_html_fault

    if not isinstance(forms, dict) or "citation" not in forms:
        yield ".citation: the form is missing"
        return
    for form, value in forms.items():
        if form in ("dash", "comma"):
            if not isinstance(value, str):
                yield f".{form}: text is expected"
        elif form == "bibliography":
            if not _is_pair(value):
                yield f".{form}: text and HTML are expected"
            elif fault := find_html_fault(value[1]):
                yield f".{form}: {fault}"
        elif form not in FORMS:
            yield f": unknown form '{form}'"
        elif not isinstance(value, dict) or "none" not in value:
            yield f".{form}.none: the template is missing"
        else:
            for kind, pair in value.items():
                if kind not in KINDS:
                    yield f".{form}: unknown kind '{kind}'"
                elif not _is_pair(pair):
                    yield f".{form}.{kind}: text and HTML are expected, with the slot in both or in neither"
                elif kind == "none" and SLOT in pair[0]:
                    yield f".{form}.{kind}: a slot is here, where no paragraph is cited"
                elif fault := find_html_fault(pair[1]):
                    yield f".{form}.{kind}: {fault}"


def _is_pair(value: object) -> bool:
    """Return whether *value* is a text and its HTML, both with a slot or both without."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(text, str) for text in value)
        and (SLOT in value[0]) == (SLOT in value[1])
    )
