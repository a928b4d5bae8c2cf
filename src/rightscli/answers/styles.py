"""The citation styles: each with an example, or all compiled for a base."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from rightscli.cite.styles import STYLES
from rightscli.errors import UsageError

if TYPE_CHECKING:
    from rightscli.answers import Library
    from rightscli.cite.styles import Style
    from rightscli.index.queries import Index
    from rightscli.records import Record


class StylesAnswer(NamedTuple):
    """The records of the *styles*, and the program that compiled them for this base, if they are."""

    styles: list[Record]
    engine: str | None


class CompiledAnswer(NamedTuple):
    """The file that was written, in a *summary* what is in it, and *warnings* of what could not be compiled."""

    path: str
    summary: str
    warnings: tuple[str, ...]


def describe_styles(library: Library) -> StylesAnswer:
    """Return every citation style, with a citation of the base's first source as its example."""
    return StylesAnswer([_describe_style(style, library.index) for style in STYLES], _find_engine(library.index))


def _find_engine(index: Index) -> str | None:
    """Return what compiled the citations of the first source, which is every style's example."""
    keys = index.list_sources()
    return index.get_engine(keys[0]) if keys else index.bases[0]["engine"]


def compile_styles(path: str | os.PathLike[str]) -> CompiledAnswer:
    """Compile every style for the sources of the base in the file *path*, and write the result beside it.

    Raises UnreadableError, BadBaseError, UsageError for the bundled base, and MissingEngineError where neither pandoc nor
    citeproc-py is installed.
    """
    from rightscli.answers import locate_bases
    from rightscli.base.load import read_base
    from rightscli.base.paths import find_bundled_base, name_templates
    from rightscli.cite.engines import compile_templates
    from rightscli.cite.engines.slots import write_templates
    from rightscli.cite.items import make_csl_item
    from rightscli.cite.templates import name_engine
    from rightscli.records import make_source_record
    from rightscli.text.folding import count_noun

    chosen = locate_bases(path)[0]
    real = os.path.realpath(chosen)
    if real == os.path.realpath(find_bundled_base()):
        raise UsageError("the bundled base is compiled by tools/compile_citations.py, with citeproc-js itself")
    found = read_base(chosen)
    items = {key: make_csl_item(make_source_record(source)["csl"]) for key, source in found.sources.items()}
    compiled = compile_templates(items, {key: source.shown_unit for key, source in found.sources.items()})
    # Where the base itself lies, as named if it is no link.
    beside = name_templates(real if os.path.islink(chosen) else os.fspath(chosen))
    write_templates(beside, compiled.templates)
    made = {style for source in compiled.templates["sources"].values() for style in source["styles"]}
    count = f"{count_noun(len(made), 'style')} for {count_noun(len(items), 'source')}"
    summary = f"wrote {beside}: {count}, by {name_engine(compiled.templates)}"
    return CompiledAnswer(beside, summary, tuple(compiled.complaints))


def _describe_style(style: Style, index: Index) -> Record:
    from rightscli.cite.templates import REFERENCE_ENGINE, fill_template, tell_locator_display
    from rightscli.passages import name_shown_unit, read_numbering, show_locators

    keys = index.list_sources()
    source = index.get_source(keys[0]) if keys else None
    used, forms = index.find_forms(source["id"], style.name) if source else ("", None)
    compiled = used == style.name
    engine = _find_engine(index) if compiled else None
    position = min(13, len(source["paragraphs"])) if source else 0
    locators = [read_numbering(source).locate_positions(position, position)] if source and position else []
    shown = show_locators(source, locators) if source else locators
    unit = name_shown_unit(source) if source else "paragraph"
    return {
        "id": style.name,
        "title": style.title,
        "kind": style.kind,
        "csl": style.csl,
        "aliases": [style.csl, *style.aliases],
        "shows": tell_locator_display(forms, unit=unit) if compiled and forms else None,
        "example": fill_template(forms, shown).text if forms else "",
        "engine": engine,
        "verified": (engine or "").startswith(f"{REFERENCE_ENGINE} "),
    }
