"""rights attach: your own copy of a source, kept and proven paragraph by paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.copies import attach_copy
from rightscli.cli.console import (
    Finished,
    choose_format,
    exit_with_faults,
    make_lines,
    open_library,
    print_answer,
    print_aside,
    read_input,
)
from rightscli.records import EXAMINED, make_examined_record

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, FormatOption, JsonOption


def attach(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's key.")],
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Text, HTML, .rst, .org, PDF, .docx, .odt or .epub; - for stdin.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Attach another edition, too.")] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Keep your own copy of a source, proven by paragraph."""
    form = choose_format(format, json)
    library = open_library(base)
    name, content = ("<stdin>", read_input()) if file == "-" else (file, None)
    answer = attach_copy(library, source, name, content=content, force=force)
    # Without a format, only what is not as it should be.
    shown = [one for one in answer.paragraphs if form or one.state != "same"]
    records = [make_examined_record(answer.source, one) for one in shown]
    more = {"attached": bool(answer.summary)}
    page = make_lines(records, EXAMINED, form)
    print_answer("attach", library.index, records, EXAMINED, form, answer=answer, page=page, more=more, paged=False)
    if answer.summary and form != "json":
        print_aside(answer.summary)
    exit_with_faults(answer.faults, form)
    if not answer.whole:
        raise Finished(1)
