"""rights search: facts that match words."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from rightscli.answers.search import (
    PassagesAnswer,
    SearchAnswer,
    describe_search,
    search_facts,
    search_passages,
    warn_of_search,
)
from rightscli.cli.console import (
    Finished,
    choose_format,
    get_width,
    is_for_people,
    open_library,
    print_answer,
    print_aside,
    print_errors,
    wants_colour,
    write_error,
)
from rightscli.cli.options import refuse_options, require_citation, require_fields, require_told
from rightscli.errors import NotFoundError, UsageError
from rightscli.records import FACTS, FOUND_PASSAGES, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Annotated, NoReturn

    import typer

    from rightscli.answers import Library
    from rightscli.cli.parsing import (
        BaseOption,
        CiteOption,
        FieldsOption,
        FormatOption,
        JsonOption,
        ParaOption,
        SourceOption,
        TopicOption,
    )
    from rightscli.index.queries import Index


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='Words; "a phrase" must occur; -- ends the options.'),
    ],
    limit: Annotated[int, typer.Option("-n", "--limit", metavar="N", min=1, help="How many facts at most.")] = 10,
    without: Annotated[
        list[str] | None, typer.Option("--not", metavar="WORD", help="Only facts without this word or phrase.")
    ] = None,
    topic: TopicOption = None,
    source: SourceOption = None,
    para: ParaOption = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only facts dated then or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only facts dated then or earlier.")] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Stop after exact words and variants.")] = False,
    weak: Annotated[bool, typer.Option("--any", help="Show weak hits as well, and say so.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Say what each word matched, and where.")] = False,
    passages: Annotated[bool, typer.Option("--passages", help="Search the words of attached copies.")] = False,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Find the facts that match the words, best first."""
    form = choose_format(format, json, fields)
    _refuse_idle(form, fields, cite=cite, why=why)
    library, query = open_library(base), " ".join(words)
    if passages:
        _refuse_facts_options(para=para, topic=topic, since=since, until=until, without=without, cite=cite, why=why)
        with _telling_nothing(query, library, form, fields, passages=True):
            found = search_passages(library, query, limit=limit, source=source, exact=exact, weak=weak)
        _print_passages(found, library.index, form, fields)
        return
    find_within = partial(search_facts, topic=topic, source=source, para=para, since=since, until=until)
    with _telling_nothing(query, library, form, fields):
        answer = find_within(
            library, query, limit=limit, without=without or (), exact=exact, weak=weak, why=why, style=cite
        )
    if answer.faults:
        _report_silence(answer, library.index, form, fields)
    _print_hits(answer, library.index, form, fields)


def _refuse_idle(form: str | None, fields: str | None, *, cite: str | None, why: bool) -> None:
    """Refuse what would change nothing of what is printed."""
    if why:
        require_told("--why", ("json", "jsonl"), form)
        require_fields("--why", ["match.why"], fields)
    require_citation(cite, form, fields)
    if form == "ids":
        refuse_options("-f ids prints no citation", cite=cite)


@contextmanager
def _telling_nothing(
    query: str, library: Library, form: str | None, fields: str | None, *, passages: bool = False
) -> Iterator[None]:
    """Print the document, or the head of the table, of a search in a part that the base has not, before the error is told."""
    from rightscli.answers.documents import count_records

    try:
        yield
    except NotFoundError as fault:
        nothing = PassagesAnswer(query, (), 0, (), (), [fault])
        more: Record = {"query": query, **count_records(0)}
        if passages:
            print_answer("passages", library.index, (), FOUND_PASSAGES, form, answer=nothing, more=more, fields=fields)
        else:
            more["at_least"] = False
            print_answer("search", library.index, (), FACTS, form, answer=nothing, more=more, fields=fields)
        raise


def _refuse_facts_options(**values: object) -> None:
    """Refuse those options that are given *values* and say something of facts, which passages are not."""
    for name, value in values.items():
        if value:
            raise UsageError(f"--passages does not go with --{'not' if name == 'without' else name}")


def _print_passages(answer: PassagesAnswer, index: Index, form: str | None, fields: str | None) -> None:
    """Print the passages that were found; exit with 1 where there are none."""
    from rightscli.answers.documents import count_records

    returned = len(answer.passages)
    more = {"query": answer.query} | count_records(returned, answer.total)
    whole = answer if form == "json" else answer._replace(faults=())
    page = None
    if is_for_people(form):
        from rightscli.show import render_found_passages

        page = [render_found_passages(answer.passages, answer.marked, width=get_width())]
    print_answer(
        "passages",
        index,
        answer.passages,
        FOUND_PASSAGES,
        form,
        answer=whole,
        page=page,
        more=more,
        warns_first=True,
        fields=fields,
    )
    if answer.faults:
        if form != "json":
            print_errors(answer.faults, as_json=False)
        raise Finished(1)
    if is_for_people(form) and more["truncated"]:
        print_aside(f"{returned} of {answer.total} passages; -n {answer.total} shows them all")


def _report_silence(answer: SearchAnswer, index: Index, form: str | None, fields: str | None) -> NoReturn:
    """Say that the base does not hold what was asked for, what it does hold, and which topics are nearest; exit with 1."""
    # Under JSON, nothing found is no error but a document that says so.
    whole = answer._replace(warnings=warn_of_search(answer) if form == "json" else (), faults=())
    # A table has its head whether or not there is anything in it.
    print_answer("search", index, (), FACTS, form, answer=whole, more=describe_search(answer, index), fields=fields)
    if form != "json":
        print_errors(answer.faults, as_json=False)
        if answer.topics:
            weak = "; --any shows the weak matches" if answer.weak else ""
            write_error(f"  nearest topics: {', '.join(answer.topics)}{weak}")
        for remark in answer.warnings:
            print_aside(remark)
    raise Finished(1)


def _print_hits(answer: SearchAnswer, index: Index, form: str | None, fields: str | None) -> None:
    """Print hits in the format asked for, or as a page, which says how many there are if these are not all."""
    more, page = describe_search(answer, index) if form == "json" else None, _make_page(answer, form)
    # A guess is told before what it found.
    print_answer(
        "search", index, answer.facts, FACTS, form, answer=answer, page=page, more=more, warns_first=True, fields=fields
    )
    if is_for_people(form) and len(answer.facts) < answer.total:
        print_aside(f"{len(answer.facts)} of {answer.total} facts; -n {answer.total} shows them all")


def _make_page(answer: SearchAnswer, form: str | None) -> Iterable[str] | None:
    """Return hits as a terminal shows them, or coloured lines where colour is asked for; None where other lines are."""
    if is_for_people(form):
        from rightscli.show import render_hits

        return [render_hits(answer.facts, answer.marked, answer.named, width=get_width())]
    if form is None and wants_colour():
        from rightscli.show import paint_lines

        return paint_lines(answer.facts, answer.marked)
    return None
