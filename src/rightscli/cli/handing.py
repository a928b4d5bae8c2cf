"""Handing on: styles and export."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rightscli.cli.console import (
    choose_base,
    choose_format,
    exit_with_faults,
    get_width,
    open_base,
    print_aside,
    print_found,
    print_records,
    restyle_facts,
    select_places,
    write_out,
)
from rightscli.errors import NotFoundError, RightsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Annotated

    import typer

    from rightscli.cite.styles import Style
    from rightscli.cli.parsing import (
        BaseOption,
        CiteOption,
        ExportFormat,
        FormatOption,
        JsonOption,
        ParaOption,
        SourceOption,
        TopicOption,
    )
    from rightscli.index.queries import Index
    from rightscli.records import Record


def styles(
    compile: Annotated[
        str | None, typer.Option("--compile", metavar="BASE", help="Compile them for the sources of this base.")
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the citation styles, or compile them for a base of your own."""
    from rightscli.cite.styles import STYLES
    from rightscli.records import STYLES as KIND

    if compile is not None:
        if base is not None:
            raise UsageError("the base is named twice", hint="give --compile BASE or --base, not both")
        if format or json:
            raise UsageError("--compile lists nothing that could have a format", hint="list the styles afterwards")
        _compile_base(choose_base(compile))
        return
    form = choose_format(format, json)
    index = open_base(base)
    records = [_describe_style(style, index) for style in STYLES]
    if form is None and sys.stdout.isatty():
        from rightscli.show import render_styles

        rows = [(record["id"], f"{record['example']}\n{_join_facts(record)}") for record in records]
        write_out([render_styles(rows, width=get_width())])
    else:
        print_records("styles", index, records, KIND, form)
    if form != "json":
        print_aside(
            f"compiled by {index.engine}" if index.engine else "no styles are compiled for this base: --compile BASE"
        )


def _join_facts(record: Record) -> str:
    """Return what is to be said of a style, on one line."""
    shows = {"paragraph": "shows paragraphs", "page": "shows a paragraph like a page", "none": "shows no paragraphs"}
    note = shows.get(record["shows"], "not compiled for this base")
    return f"{record['title']} · {record['kind']} · {note}"


def _describe_style(style: Style, index: Index) -> Record:
    """Return the record of a style, with a citation of the base's first source as its example."""
    from rightscli.cite.templates import REFERENCE_ENGINE, fill_template, tell_locator_display
    from rightscli.text.locators import Locator

    keys = index.list_sources()
    source = index.get_source(keys[0]) if keys else None
    used, forms = index.find_forms(source["id"], style.name) if source else ("", None)
    compiled = used == style.name
    number = min(13, len(source["paragraphs"])) if source else 0
    locators = [Locator(number, number)] if number else []
    return {
        "id": style.name,
        "title": style.title,
        "kind": style.kind,
        "csl": style.csl,
        "aliases": [style.csl, *style.aliases],
        "shows": tell_locator_display(forms) if compiled and forms else None,
        "example": fill_template(forms, locators).text if forms else "",
        "engine": index.engine if compiled else None,
        "verified": compiled and (index.engine or "").startswith(f"{REFERENCE_ENGINE} "),
    }


def _compile_base(path: str) -> None:
    """Compile the styles for the sources of the base at *path*, and say what was written."""
    import os

    from rightscli.base.load import read_base
    from rightscli.base.paths import find_bundled_base, name_templates
    from rightscli.cite.engines import compile_templates
    from rightscli.cite.engines.slots import write_templates
    from rightscli.cite.items import make_csl_item
    from rightscli.cite.templates import name_engine
    from rightscli.records import make_source_record
    from rightscli.text.folding import count_noun

    real = os.path.realpath(path)
    if real == os.path.realpath(find_bundled_base()):
        raise UsageError("the bundled base is compiled by tools/compile_citations.py, with citeproc-js itself")
    found = read_base(path)
    items = {key: make_csl_item(make_source_record(source)["csl"]) for key, source in found.sources.items()}
    compiled = compile_templates(items)
    for complaint in compiled.complaints:
        print_aside(complaint)
    beside = name_templates(real)
    write_templates(beside, compiled.templates)
    made = {style for source in compiled.templates["sources"].values() for style in source["styles"]}
    count = f"{count_noun(len(made), 'style')} for {count_noun(len(items), 'source')}"
    print_aside(f"wrote {beside}: {count}, by {name_engine(compiled.templates)}")


def export(
    topic: TopicOption = None,
    source: SourceOption = None,
    para: ParaOption = None,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: Annotated[
        ExportFormat | None, typer.Option("-f", "--format", metavar="FORMAT", help="A list below says which.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Write facts, or their sources, for other programs."""
    from rightscli.cite.exports import BIBLIOGRAPHY_FORMS
    from rightscli.records import FACTS

    form = choose_format(format, json)
    index = open_base(base)
    faults: list[RightsError] = []
    places: set[int] | None = set()
    try:
        places = select_places(index, topic, source, para)
        if places is not None and not places:
            faults.append(NotFoundError("no fact in that part of the base"))
    except NotFoundError as fault:
        faults.append(fault)
    records: Iterator[Record] = index.read_facts() if places is None else iter(index.get_facts(sorted(places)))
    if form in BIBLIOGRAPHY_FORMS:
        if not faults:
            _write_bibliography(records if places is not None else None, index, form)
    elif form is None and not faults and sys.stdout.isatty():
        from rightscli.show import render_facts

        facts = restyle_facts(records, index, cite)
        write_out(render_facts([record], width=get_width()) for record in facts)
    else:
        count = index.count if places is None else len(places)
        print_found("export", index, restyle_facts(records, index, cite), FACTS, form, faults, total=count)
    exit_with_faults(faults, json=form == "json")


def _write_bibliography(facts: Iterable[Record] | None, index: Index, form: str) -> None:
    """Write the sources that *facts* cite, or all of them, in the base's order."""
    from rightscli.cite.exports import format_bibliography
    from rightscli.cite.items import make_csl_item

    keys = index.list_sources()
    if facts is not None:
        cited = {citation["source"] for fact in facts for citation in fact["citations"]}
        keys = [key for key in keys if key in cited]
    items = [make_csl_item(source["csl"]) for key in keys if (source := index.get_source(key))]
    write_out([format_bibliography(items, form)])
