"""rights styles: the citation styles, or all of them compiled for a base of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.styles import compile_styles, describe_styles
from rightscli.cli.console import choose_format, get_width, is_for_people, open_library, print_answer, print_aside
from rightscli.errors import UsageError
from rightscli.records import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, FieldsOption, FormatOption, JsonOption
    from rightscli.records import Record

_SHOWS = {"paragraph": "shows paragraphs", "page": "shows a paragraph like a page", "none": "shows no paragraphs"}


def styles(
    compile: Annotated[
        str | None, typer.Option("--compile", metavar="BASE", help="Compile them for the sources of this base.")
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """List the citation styles, or compile them for your base."""
    if compile is not None:
        if base:
            raise UsageError("the base is named twice", hint="give --compile BASE or --base, not both")
        if format or json or fields:
            raise UsageError("--compile lists nothing that could have a format", hint="list the styles afterwards")
        compiled = compile_styles(compile)
        for line in (*compiled.warnings, compiled.summary):
            print_aside(line)
        return
    form = choose_format(format, json, fields)
    library = open_library(base)
    records, engine = describe_styles(library)
    page = _render_records(records) if is_for_people(form) else None
    print_answer("styles", library.index, records, STYLES, form, page=page, fields=fields)
    if form != "json":
        print_aside(f"compiled by {engine}" if engine else "no styles are compiled for this base: --compile BASE")


def _render_records(records: Iterable[Record]) -> list[str]:
    """Return the page of the styles, each with its example and what there is to say of it."""
    from rightscli.show import render_styles

    rows = []
    for record in records:
        note = _SHOWS.get(record["shows"], "not compiled for this base")
        rows.append((record["id"], f"{record['example']}\n{record['title']} · {record['kind']} · {note}"))
    return [render_styles(rows, width=get_width())]
