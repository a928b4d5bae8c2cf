"""Finding and reading facts: search, show, topics, sources."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rightscli.cli.console import (
    Finished,
    choose_format,
    clean_text,
    exit_with_faults,
    get_width,
    list_target_facts,
    load_copies,
    open_base,
    print_aside,
    print_errors,
    print_found,
    print_records,
    resolve_refs,
    restyle_facts,
    select_places,
    wants_colour,
    write_error,
    write_out,
)
from rightscli.errors import NotFoundError, RightsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Annotated, NoReturn

    import typer

    from rightscli.cli.parsing import (
        BaseOption,
        CiteOption,
        FormatOption,
        JsonOption,
        ParaOption,
        RefArguments,
        SourceOption,
        TopicOption,
    )
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.refs import Target
    from rightscli.search import Findings, Hit


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
    weak: Annotated[bool, typer.Option("--any", help="Show weak hits as well; standard error says so.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Say what each word matched, and where.")] = False,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Find the facts that match the words, best first."""
    from rightscli.search import Scope, find_facts
    from rightscli.text.words import split_words

    form = choose_format(format, json)
    query = clean_text(" ".join(words))
    if not split_words(query):
        raise UsageError("no word to search for", hint="try: rights search forced labor")
    banned = [clean_text(word) for word in without or ()]
    if not all(map(split_words, banned)):
        raise UsageError("no word in --not")
    days = _read_days(since, until)
    index = open_base(base)
    scope = Scope(select_places(index, topic, source, para), *days, without=banned)
    found = find_facts(index, query, limit=limit, strict=exact, scope=scope)
    if not found.hits or (found.weak and not weak):
        outside = None if scope.is_open() else find_facts(index, query, limit=limit, strict=exact)
        _report_silence(index, query, found, form, outside=outside)
    facts = restyle_facts(index.get_facts(hit.place for hit in found.hits), index, cite)
    records = [
        record | {"match": _describe_match(hit, weak=found.weak, why=why)}
        for hit, record in zip(found.hits, facts, strict=True)
    ]
    _print_hits(index, query, found, records, form)


def _describe_match(hit: Hit, *, weak: bool, why: bool) -> Record:
    """Return how a hit matched, word by word, as its record has it; *why* adds what each word matched."""
    match: Record = {"tier": hit.tier, "score": hit.score}
    match["words"] = {word: one.tier for word, one in hit.matches.items()}
    match["fields"] = {word: one.field for word, one in hit.matches.items()}
    if weak:
        match["weak"] = True
    if why:
        match["why"] = [{"query": word} | one._asdict() for word, one in hit.matches.items()]
    return match


def _read_days(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day that a fact may be of, as ordinals."""
    first, last = _read_date("--since", since)[0], _read_date("--until", until)[1]
    if first is not None and last is not None and first > last:
        raise UsageError(f"--since {since} is later than --until {until}")
    return first, last


def _read_date(option: str, date: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day of an option's date, as ordinals."""
    if date is None:
        return None, None
    from rightscli.index.building import read_days

    try:
        return read_days(date)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", hint="write 2019, 2019-03 or 2019-03-22") from None


def _spot_place(query: str, index: Index) -> list[str]:
    """Return a remark for who asks for a place in a source by its words; none for others."""
    if not any(sign in query for sign in ":¶") and "par" not in query.lower():
        return []
    from rightscli.refs import parse_ref, resolve_ref

    try:
        target = resolve_ref(parse_ref(query), index)
    except RightsError:
        return []
    if not (target.source and target.locators):
        return []
    return [f"to see what rests on that place: rights show {target.source['id']}:{','.join(map(str, target.locators))}"]


def _report_silence(
    index: Index, query: str, found: Findings, form: str | None, *, outside: Findings | None = None
) -> NoReturn:
    """Say that the base does not hold what was asked for, what it does hold, and which topics are nearest; exit with 1.

    *outside* is what was found without the filters, where there are any.
    """
    from rightscli.records import FACTS
    from rightscli.search import list_topics
    from rightscli.text.folding import shorten_text

    missing, hint = f"nothing in this base for '{shorten_text(query, 80)}'", f"the base covers: {index.scope}"
    warnings = [missing]
    if outside and outside.hits and not outside.weak:
        many = f"at least {outside.total}" if outside.more else outside.total
        facts = "fact matches" if outside.total == 1 else "facts match"
        missing = f"nothing for '{shorten_text(query, 80)}' that passes the filters"
        hint = f"{many} {facts} without them"
        warnings = [missing, hint]
    nearest = list_topics(index, found.hits)
    if form == "json":
        counts = {"total": 0, "at_least": False, "returned": 0, "truncated": False}
        told = {"scope": index.scope, "suggestions": nearest, "warnings": [*warnings, *_spot_place(query, index)]}
        print_records("search", index, [], FACTS, form, query=query, **counts, **told)
        raise Finished(1)
    if form:
        # A table has its head whether or not there is anything in it.
        print_records("search", index, [], FACTS, form)
    print_errors([NotFoundError(missing, hint=hint)], as_json=False)
    if nearest:
        weak = "; --any shows the weak matches" if found.weak else ""
        write_error(f"  nearest topics: {', '.join(nearest)}{weak}")
    for remark in _spot_place(query, index):
        print_aside(remark)
    raise Finished(1)


def _print_hits(index: Index, query: str, found: Findings, records: list[Record], form: str | None) -> None:
    """Print hits in the format asked for, or as a page; guesses at the query are told on standard error."""
    from rightscli.records import FACTS
    from rightscli.search import MOST_WORDS, find_named_by_terms
    from rightscli.text.folding import shorten_text

    guesses = {
        f"'{word}'": match.word
        for hit in reversed(found.hits)
        for word, match in hit.matches.items()
        if match.tier == "typo" or (match.tier == hit.tier == "related")
    }
    warnings = [f"no {word} in this base; showing results for '{known}'" for word, known in guesses.items()]
    named = find_named_by_terms(found.hits, records)
    warnings += [f"no '{shorten_text(name)}' in the claims; found by a look-up term" for name in named.values()]
    if found.unknown:
        warnings.append(f"not in this base: {', '.join(shorten_text(word) for word in found.unknown[:5])}")
    if found.cut:
        warnings.append(f"only the first {MOST_WORDS} words were looked at")
    if found.weak:
        warnings.append("weak matches: no fact holds enough of the query")
    warnings += _spot_place(query, index)
    if form != "json":
        for warning in warnings:
            print_aside(warning)
    marked = [{match.word for match in hit.matches.values()} for hit in found.hits]
    if form is None and sys.stdout.isatty():
        from rightscli.show import render_hits

        write_out([render_hits(records, marked, named, width=get_width())])
        if len(records) < found.total:
            way = (
                f"more than {found.total} facts"
                if found.more
                else f"{found.total} facts; -n {found.total} shows them all"
            )
            print_aside(f"{len(records)} of {way}")
    elif form is None and wants_colour():
        from rightscli.show import paint_lines

        write_out(paint_lines(records, marked))
    else:
        counts = {"total": found.total, "at_least": found.more, "returned": len(records)}
        counts["truncated"] = len(records) < found.total
        print_records("search", index, records, FACTS, form, query=query, **counts, warnings=warnings)


def show(
    refs: RefArguments,
    context: Annotated[
        int | None, typer.Option("--context", metavar="N", min=0, help="Your copy's words, with N paragraphs around.")
    ] = None,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Show facts whole: by id, or all that rest on a passage."""
    from rightscli.cite.links import link_passage
    from rightscli.records import FACTS, WORDS, make_target_record

    form = choose_format(format, json)
    index = open_base(base)
    targets, faults = resolve_refs(refs, index)
    groups = [(target, list(restyle_facts(list_target_facts(target, index), index, cite))) for target in targets]
    faults += [NotFoundError(f"no fact rests on {target.text}") for target, records in groups if not records]
    words = _read_context([target for target, _ in groups], index, context, faults) if context is not None else []
    if form is None and sys.stdout.isatty():
        from rightscli.show import render_words

        write_out([*_render_groups(groups, index), *([render_words(words, width=get_width())] if words else [])])
    elif form is None and context is not None:
        # The words of the copy are what was asked for.
        print_records("show", index, words, WORDS, form)
    else:
        records = list({record["id"]: record for _, group in groups for record in group}.values())
        named = [
            make_target_record(target.text, target.source, target.locators, facts=group, link=link_passage)
            for target, group in groups
        ]
        more = {"refs": named} | ({"context": words} if context is not None else {})
        print_records("show", index, records, FACTS, form, **more, warnings=[fault.message for fault in faults])
    exit_with_faults(faults, json=form == "json")


def _read_context(targets: Sequence[Target], index: Index, around: int, faults: list[RightsError]) -> list[Record]:
    """Return the copies' own words of what *targets* rest on, with *around* paragraphs before and after."""
    from rightscli.records import make_words_record, read_locator
    from rightscli.text.locators import Locator, merge_locators

    wanted: dict[str, list[Locator]] = {}
    for target in targets:
        places = [(target.source["id"], locator) for locator in target.locators] if target.source else []
        if target.fact:
            places = [(cited["source"], read_locator(cited)) for cited in target.fact["citations"]]
        for key, locator in places:
            wanted.setdefault(key, []).append(Locator(locator.first - around, locator.last + around))
    records = []
    for key, locators in wanted.items():
        source = index.get_source(key)
        copy = next(iter(load_copies([source] if source else [])), None)
        if not source or not copy:
            faults.append(NotFoundError(f"no copy of {key} is attached", hint=f"rights attach {key} FILE"))
            continue
        ranges = [locator.numbers for locator in merge_locators(locators)]
        kept = [number for number in sorted(copy.texts) if any(number in numbers for numbers in ranges)]
        records += [make_words_record(source, number, copy.texts[number], number in copy.proven) for number in kept]
    return records


def _render_groups(groups: Iterable[tuple[Target, list[Record]]], index: Index) -> Iterator[str]:
    """Yield the page of each target: a fact whole, a passage as a list under its place."""
    from rightscli.records import name_sections
    from rightscli.show import render_fact, render_facts

    labels = {topic["id"]: topic["label"] for _, topic in index.list_topics()}
    for target, records in groups:
        if target.fact:
            (fact,) = records
            sources = {cited["source"]: index.get_source(cited["source"]) for cited in fact["citations"]}
            known = {key: source for key, source in sources.items() if source}
            yield render_fact(fact, known, labels, width=get_width())
        elif target.source and records:
            heading: str = target.source["id"]
            if target.locators:
                heading += f" ¶{', '.join(map(str, target.locators))} · {name_sections(target.source, target.locators)}"
            yield render_facts(records, heading=heading, width=get_width())


def topics(
    topic: Annotated[
        list[str] | None, typer.Argument(metavar="TOPIC", help="A topic's id, label or other label.")
    ] = None,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the topics as a tree with counts, or one topic's facts."""
    from rightscli.records import FACTS, TOPICS
    from rightscli.text.folding import count_noun

    form = choose_format(format, json)
    index = open_base(base)
    if not topic:
        tree = index.list_topics()
        if form is None and sys.stdout.isatty():
            from rightscli.show import render_topics

            write_out([render_topics(tree, width=get_width())])
        else:
            print_records("topics", index, [record for _, record in tree], TOPICS, form)
        return
    one, facts, faults = _read_topic(" ".join(topic), index)
    records = list(restyle_facts(facts, index, cite))
    if form is None and one and records and sys.stdout.isatty():
        from rightscli.show import render_facts

        heading = f"{one['label']} · {count_noun(len(records), 'fact')}"
        write_out([render_facts(records, heading=heading, width=get_width())])
    else:
        print_found("topics", index, records, FACTS, form, faults, topic=one)
    exit_with_faults(faults, json=form == "json")


def _read_topic(name: str, index: Index) -> tuple[Record | None, list[Record], list[RightsError]]:
    """Return the topic that goes by *name*, its facts, and what is wrong where there is none of either."""
    from rightscli.refs import find_topic

    try:
        topic = find_topic(clean_text(name), index)
    except NotFoundError as fault:
        return None, [], [fault]
    records = index.get_facts(index.list_places("topic", topic["id"]))
    return topic, records, [] if records else [NotFoundError(f"no fact on {topic['label']}")]


def sources(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="A source's key.")] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the sources, or one source's numbered paragraphs."""
    from rightscli.records import PARAGRAPHS, SOURCES
    from rightscli.refs import find_source

    form = choose_format(format, json)
    index = open_base(base)
    keys = index.list_sources() if source is None else [clean_text(source)]
    faults: list[RightsError] = []
    records: list[Record] = []
    try:
        records = [find_source(key, index) for key in keys]
    except NotFoundError as fault:
        faults.append(fault)
    for record in records:
        copy = next(iter(load_copies([record])), None)
        # How many paragraphs of one's own copy are the base's edition, word for word, and how many there are.
        record["attached"] = {"proven": len(copy.proven), "paragraphs": len(copy.texts)} if copy else None
    if form is None and records and sys.stdout.isatty():
        from rightscli.show import render_source, render_sources

        width = get_width()
        write_out([render_sources(records, width=width) if source is None else render_source(records[0], width=width)])
    elif source and records and form not in ("json", "jsonl"):
        print_records("sources", index, records[0]["paragraphs"], PARAGRAPHS, form)
    else:
        print_found("sources", index, records, SOURCES, form, faults)
    exit_with_faults(faults, json=form == "json")
