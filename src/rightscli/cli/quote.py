"""rights quote: a fact and its citation in one piece, ready to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.quote import quote_refs
from rightscli.cli.console import choose_format, exit_with_faults, open_library, print_answer, read_refs
from rightscli.cli.options import refuse_options
from rightscli.records import QUOTES

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.cite.forms import Markup
    from rightscli.cli.parsing import (
        BaseOption,
        ClipOption,
        FieldsOption,
        FormatOption,
        JsonOption,
        RefArguments,
        StyleOption,
        SyntaxOption,
    )


def quote(
    refs: RefArguments,
    markup: Annotated[
        Markup | None, typer.Option("--as", help="What it is pasted into, else what --syntax is for, or text.")
    ] = None,
    style: StyleOption = None,
    syntax: SyntaxOption = None,
    verbatim: Annotated[bool, typer.Option("--verbatim", help="The source's own words, from your copy.")] = False,
    clip: ClipOption = False,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Print a fact and its citation in one piece, ready to paste."""
    form = choose_format(format, json, fields)
    if syntax and form not in ("json", "jsonl"):
        refuse_options("--syntax prints a key", style=style)
    if form == "ids" and not clip:
        refuse_options("-f ids prints no quotation", style=style, syntax=syntax, **{"as": markup})
    library = open_library(base)
    written = markup or ("markdown" if form == "md" and not syntax else None)
    answer = quote_refs(library, read_refs(refs), style=style, markup=written, syntax=syntax, verbatim=verbatim)
    page = None if form else [f"{answer.text}\n"] if answer.quotes else []
    print_answer("quote", library.index, answer.quotes, QUOTES, form, answer=answer, page=page, fields=fields)
    if clip and answer.quotes:
        from rightscli.cli.clipboard import copy_out

        copy_out(answer.text)
    exit_with_faults(answer.faults, form)
