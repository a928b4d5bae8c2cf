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
from rightscli.text.folding import count_noun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, FieldsOption, FormatOption, JsonOption
    from rightscli.records import Record


def sources(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="A source's key.")] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """List the sources, or one source's numbered paragraphs."""
    form = choose_format(format, json, fields)
    library = open_library(base)
    answer = describe_sources(library, source)
    records, kind = answer.sources, SOURCES
    if source and records and form not in ("json", "jsonl"):
        records, kind = records[0]["paragraphs"], PARAGRAPHS
    bases = library.index.bases
    page = _render_sources(answer.sources, bases, whole=source is not None) if is_for_people(form) else None
    more = {"bases": [_describe_base(one) for one in bases]} if len(bases) > 1 else {}
    print_answer("sources", library.index, records, kind, form, answer=answer, page=page, more=more, fields=fields)
    exit_with_faults(answer.faults, form)


def _describe_base(base: Record) -> Record:
    """Return what a list of sources says of one of several bases."""
    return {name: base[name] for name in ("name", "title", "edition", "sha256", "path", "facts", "changed")}


def _render_sources(sources: Sequence[Record], bases: Sequence[Record], *, whole: bool) -> list[str]:
    """Return the page of *sources*, by their *bases* where there are several, or of the *whole* of one."""
    from rightscli.show import render_source, render_sources

    if not sources:
        return []
    width = get_width()
    if whole or len(bases) == 1:
        return [render_source(sources[0], width=width) if whole else render_sources(sources, width=width)]
    pages: list[str] = []
    for base in bases:
        facts = count_noun(base["facts"], "fact")
        head = f"{base['name']} · {base['title']} · edition {base['edition']} · {facts} · changed {base['changed']}"
        own = [source for source in sources if base["name"] in source["bases"]]
        pages += ["\n"] if pages else []
        pages.append(render_sources(own, heading=f"{head}\n{base['path']}", base=base["name"], width=width))
    return pages
