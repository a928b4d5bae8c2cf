"""rights sources: the sources, or one source's numbered paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.sources import describe_sources
from rightscli.cli.console import (
    choose_format,
    exit_with_faults,
    get_width,
    is_for_people,
    open_library,
    print_answer,
)
from rightscli.records import PARAGRAPHS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, FormatOption, JsonOption
    from rightscli.records import Record


def sources(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="A source's key.")] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the sources, or one source's numbered paragraphs."""
    form = choose_format(format, json)
    library = open_library(base)
    answer = describe_sources(library, source)
    records, kind = answer.sources, SOURCES
    if source and records and form not in ("json", "jsonl"):
        records, kind = records[0]["paragraphs"], PARAGRAPHS
    page = _render_sources(answer.sources, whole=source is not None) if is_for_people(form) else None
    print_answer("sources", library.index, records, kind, form, answer=answer, page=page)
    exit_with_faults(answer.faults, form)


def _render_sources(sources: Sequence[Record], *, whole: bool) -> list[str]:
    """Return the page of *sources*, or of the *whole* of one."""
    from rightscli.show import render_source, render_sources

    if not sources:
        return []
    width = get_width()
    return [render_source(sources[0], width=width) if whole else render_sources(sources, width=width)]
