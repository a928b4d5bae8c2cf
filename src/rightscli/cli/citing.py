"""Citing: cite, and what quote shares with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rightscli.cli.console import (
    Finished,
    choose_format,
    choose_style,
    exit_with_faults,
    get_width,
    open_base,
    print_aside,
    print_errors,
    print_records,
    resolve_refs,
    write_out,
)
from rightscli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Annotated

    import typer

    from rightscli.cite.styles import Style
    from rightscli.cite.templates import Rendering
    from rightscli.cli.parsing import (
        BaseOption,
        CitationForm,
        ClipOption,
        FormatOption,
        JsonOption,
        Markup,
        RefArguments,
        StyleOption,
        Syntax,
        SyntaxOption,
    )
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.refs import Target
    from rightscli.text.locators import Locator


def cite(
    refs: RefArguments,
    style: StyleOption = None,
    form: Annotated[
        CitationForm, typer.Option("--form", help="First, later, at once again, or in a list.")
    ] = "citation",
    markup: Annotated[
        Markup | None, typer.Option("--markup", help="How italics and the like are written, else as text.")
    ] = None,
    syntax: SyntaxOption = None,
    all_styles: Annotated[bool, typer.Option("--all-styles", help="In every style, to choose by eye.")] = False,
    clip: ClipOption = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Print citations, ready to paste."""
    from rightscli.cite.styles import STYLES
    from rightscli.records import CITED, STYLED

    shape = choose_format(format, json)
    # A list in Markdown is no list of plain text.
    written: Markup = markup or ("markdown" if shape == "md" else "text")
    chosen = STYLES if all_styles else (choose_style(style),)
    if all_styles and (style or syntax):
        raise UsageError(f"--all-styles and --{'style' if style else 'syntax'} exclude each other")
    index = open_base(base)
    targets, faults = resolve_refs(refs, index)
    passages = merge_passages(targets, index)
    records, notes = [], dict[str, None]()
    for one in chosen:
        try:
            cited = [cite_passage(passage, one, form, written, syntax, index) for passage in passages]
        except NotFoundError as fault:
            faults += [] if all_styles else [fault]
            continue
        records += cited
        for record in () if all_styles or syntax else cited:
            notes |= dict.fromkeys(note_display(record, one, form, index))
    warnings = [*notes, *(fault.message for fault in faults)]
    if shape is None and sys.stdout.isatty() and (all_styles or (written == "text" and not syntax)):
        _show_citations(records, side_by_side=all_styles)
    else:
        print_records("cite", index, records, STYLED if all_styles else CITED, shape, warnings=warnings)
    for note in () if shape == "json" else notes:
        print_aside(note)
    if clip:
        copy_out("\n".join(record["rendered"] for record in records))
    exit_with_faults(faults, json=shape == "json")


def _show_citations(records: Sequence[Record], *, side_by_side: bool) -> None:
    """Print citations to a terminal: linked, or each behind the name of its style."""
    from rightscli.show import link_lines, render_styles

    if side_by_side:
        write_out([render_styles([(record["style"], record["rendered"]) for record in records], width=get_width())])
    else:
        write_out(link_lines(records))


Passage = tuple["Record", "tuple[Locator, ...]", list[str]]
"""A source, places in it, ascending, and the ids of the facts among the REFs that rest on them."""


def merge_passages(targets: Iterable[Target], index: Index) -> list[Passage]:
    """Return what *targets* name, all places in one source as one, in the order in which they first come.

    A whole source stays apart from places in it.
    """
    from rightscli.records import read_locator
    from rightscli.text.locators import merge_locators

    found: dict[tuple[str, bool], tuple[list[Locator], list[str]]] = {}
    for target in targets:
        places = [(target.source["id"], list(target.locators))] if target.source else []
        if target.fact:
            places = [(cited["source"], [read_locator(cited)]) for cited in target.fact["citations"]]
        for key, locators in places:
            merged, facts = found.setdefault((key, bool(locators)), ([], []))
            merged += locators
            facts += [target.fact["id"]] if target.fact and target.fact["id"] not in facts else []
    return [
        (source, merge_locators(locators), facts)
        for (key, _), (locators, facts) in found.items()
        if (source := index.get_source(key))
    ]


def cite_passage(
    passage: Passage, style: Style, form: CitationForm, markup: Markup, syntax: Syntax | None, index: Index
) -> Record:
    """Return the record of one citation; raise NotFoundError where the style has no list of works."""
    from rightscli.cite.links import link_passage
    from rightscli.records import make_cited_record

    source, locators, facts = passage
    used, rendering = _render_citation(source, locators, style, form, index)
    rendered = rendering.text
    if markup != "text":
        from rightscli.cite.conversion import convert_html

        rendered = convert_html(link_address(rendering.html, source), markup)
    if syntax:
        from rightscli.cite.syntaxes import format_key_citation

        rendered = format_key_citation(source["id"], locators, syntax)
    more = {"style": used, "engine": None if used != style.name else index.engine, "form": form}
    more |= {"html": rendering.html, "rendered": rendered}
    return make_cited_record(source, locators, facts=facts, text=rendering.text, link=link_passage, **more)


def link_address(html: str, source: Record, to: str | None = None) -> str:
    """Return *html* with the source's address in it, if it is there, linked to itself or *to* a passage."""
    from rightscli.text.markup import escape_text

    address = source["csl"].get("URL", "")
    # Engines differ in how they spell an ampersand.
    for shown in (escape_text(address, "html"), escape_text(address, "html").replace("&amp;", "&#38;")):
        if address and shown in html:
            return html.replace(shown, f'<a href="{escape_text(to or address, "html")}">{shown}</a>')
    return html


def _render_citation(
    source: Record, locators: Sequence[Locator], style: Style, form: CitationForm, index: Index
) -> tuple[str, Rendering]:
    """Return the citation in *style*, or in the plain form where that is not compiled, and which of them it is."""
    from rightscli.cite.templates import fill_bibliography, fill_template

    used, forms = index.find_forms(source["id"], style.name)
    if form != "bibliography":
        return used, fill_template(forms, locators, form=form)
    line = fill_bibliography(forms)
    if line is None:
        raise NotFoundError(f"{style.name} has no list of works", hint="--form citation shows the whole reference")
    return used, line


def note_display(record: Record, style: Style, form: CitationForm, index: Index) -> Iterator[str]:
    """Yield what a writer must know of the citation *record*, and it does not say itself."""
    from rightscli.cite.templates import names_note, tell_locator_display
    from rightscli.index.queries import PLAIN
    from rightscli.records import read_locator
    from rightscli.text.locators import name_places

    used, forms = index.find_forms(record["source"], style.name)
    if used == PLAIN:
        yield (
            f"{record['source']} is not compiled in {style.name}: this is the plain form;"
            " rights styles --compile BASE compiles it"
        )
        return
    if form == "bibliography":
        return
    locators = [read_locator({"locator": locator}) for locator in record["locators"]]
    display = tell_locator_display(forms, form=form) if locators else "paragraph"
    if display == "none":
        yield f"{style.name} shows no paragraphs: say {name_places(locators)} beside it"
    elif display == "page":
        yield f"{style.name} shows a paragraph like a page: this is {name_places(locators)}"
    if style.kind == "numeric":
        yield f"the 1 in {style.name} stands for the number that the source has in your own list"
    elif style.kind == "note" and form != "citation" and names_note(forms, form=form):
        yield f"the note number in {style.name} stands for that of your own first note"


def copy_out(text: str) -> None:
    """Put *text* on the clipboard and say how; exit with 1 where there is none."""
    from rightscli.cli.clipboard import copy_text
    from rightscli.text.folding import count_noun

    way = copy_text(text)
    if way is None:
        print_errors(
            [NotFoundError("no clipboard here: it needs a terminal, or wl-copy, xclip, xsel or pbcopy")], as_json=False
        )
        raise Finished(1)
    print_aside(f"put {count_noun(len(text), 'character')} on the clipboard ({way})")
