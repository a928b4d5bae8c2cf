"""rights show: facts whole, by id or by the passages that they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.show import ShowAnswer, describe_targets, list_links, show_refs
from rightscli.cli.console import (
    choose_format,
    exit_with_faults,
    get_width,
    is_for_people,
    open_library,
    print_answer,
    read_refs,
)
from rightscli.cli.options import refuse_options, require_citation, require_told
from rightscli.records import FACTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, CiteOption, FieldsOption, FormatOption, JsonOption, RefArguments
    from rightscli.errors import RightsError
    from rightscli.index.queries import Index
    from rightscli.records import Record


def show(
    refs: RefArguments,
    context: Annotated[
        int | None, typer.Option("--context", metavar="N", min=0, help="Your copy's words, with N paragraphs around.")
    ] = None,
    in_browser: Annotated[bool, typer.Option("--open", help="Open the passage in your browser.")] = False,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Show facts whole: by id, or all that rest on a passage."""
    form = choose_format(format, json, fields)
    require_citation(cite, form, fields)
    if context is not None:
        require_told("--context", ("json",), form)
        if form is None and not is_for_people(form):
            refuse_options("--context prints the words alone in a pipe", cite=cite)
    if form == "ids":
        refuse_options("-f ids prints no citation", cite=cite)
    library = open_library(base)
    answer = show_refs(library, read_refs(refs), around=context, style=cite)
    # The words of the copy are what was asked for.
    records, kind = (answer.facts, FACTS) if context is None or form else (answer.words, WORDS)
    links = list_links(answer.groups) if in_browser else []
    more: Record = {"refs": describe_targets(answer.groups)} if form == "json" else {}
    more |= {"context": answer.words} if context is not None else {}
    page = _render_answer(answer, library.index) if is_for_people(form) else None
    print_answer("show", library.index, records, kind, form, answer=answer, page=page, more=more, fields=fields)
    exit_with_faults([*answer.faults, *_open_links(links)], form)


def _open_links(links: Sequence[Record]) -> list[RightsError]:
    """Open the *links* in the browser, and return what is wrong with those that were not opened."""
    if not links:
        return []
    from rightscli.cli.browser import open_link

    return [fault for link in links if (fault := open_link(link["ref"], link["url"]))]


def _render_answer(answer: ShowAnswer, index: Index) -> Iterator[str]:
    """Yield the page of each target, a fact whole, a passage as a list under its place; and the words of the copy."""
    from rightscli.passages import name_sections
    from rightscli.show import mark_places, render_fact, render_facts, render_words

    width = get_width()
    labels = {topic["id"]: topic["label"] for _, topic in index.list_topics()}
    for target, records in answer.groups:
        if target.fact:
            (fact,) = records
            sources = {cited["source"]: index.get_source(cited["source"]) for cited in fact["citations"]}
            known = {key: source for key, source in sources.items() if source}
            yield render_fact(fact, known, labels, width=width)
        elif target.source and records:
            heading: str = target.source["id"]
            if target.locators:
                heading += f" {mark_places(target.source, target.locators)}"
                sections = name_sections(target.source, target.locators)
                heading += f" · {sections}" if sections else ""
            yield render_facts(records, heading=heading, width=width)
    if answer.words:
        yield render_words(answer.words, width=width)
