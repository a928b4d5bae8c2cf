"""rights export: facts, or their sources, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.documents import count_records
from rightscli.answers.export import export_facts, export_page, export_sources
from rightscli.cite.exports import BIBLIOGRAPHY_FORMS
from rightscli.cli.console import (
    choose_format,
    exit_with_faults,
    get_width,
    is_for_people,
    open_library,
    print_answer,
    print_aside,
    write_out,
)
from rightscli.cli.options import refuse_options, require_citation
from rightscli.records import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import (
        BaseOption,
        CiteOption,
        ExportFormat,
        FieldsOption,
        JsonOption,
        ParaOption,
        SourceOption,
        TopicOption,
    )
    from rightscli.records import Record


def export(
    topic: TopicOption = None,
    source: SourceOption = None,
    para: ParaOption = None,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: Annotated[
        ExportFormat | None, typer.Option("-f", "--format", metavar="FORMAT", help="A list below says which.")
    ] = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Write facts, or their sources, for other programs."""
    form = choose_format(format, json, fields)
    require_citation(cite, form, fields)
    if form in BIBLIOGRAPHY_FORMS or form == "ids":
        refuse_options(f"-f {form} prints no citation", cite=cite)
    library = open_library(base)
    if form in BIBLIOGRAPHY_FORMS:
        text, faults = export_sources(library, form, topic=topic, source=source, para=para)
        write_out([text])
        exit_with_faults(faults, form)
        return
    if form == "html":
        whole = export_page(library, topic=topic, source=source, para=para, style=cite)
        write_out([whole.text])
        for warning in (*library.index.warnings, *whole.warnings):
            print_aside(warning)
        exit_with_faults(whole.faults, form)
        return
    answer = export_facts(library, topic=topic, source=source, para=para, style=cite)
    page = _render_each(answer.facts) if is_for_people(form) else None
    print_answer(
        "export",
        library.index,
        answer.facts,
        FACTS,
        form,
        answer=answer,
        page=page,
        more=count_records(answer.total),
        fields=fields,
    )
    exit_with_faults(answer.faults, form)


def _render_each(facts: Iterable[Record]) -> Iterator[str]:
    from rightscli.show import render_facts

    return (render_facts([fact], width=get_width()) for fact in facts)
