"""The commands: parse, ask, print, exit. Only this module exits and reads the environment.

Typer builds every option of every command at each start. So only the command that is asked for is given to it whole; the
others are names and one line of help (see ``_build_app``).
"""

from __future__ import annotations

import gc

# What is imported now stays for the whole process: to look through it for garbage, again and again, is a tenth of the start.
gc.disable()

import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Iterable, Iterator, Sequence  # noqa: E402
from functools import cache  # noqa: E402
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn  # noqa: E402

import typer  # noqa: E402

from rightscli import __version__  # noqa: E402
from rightscli.errors import CorruptIndexError, NotFoundError, RightsError, SeveralErrors, UnreadableError, UsageError  # noqa: E402

gc.freeze()
gc.enable()

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rightscli.doctor import Finding
    from rightscli.index import Index
    from rightscli.locators import Locator
    from rightscli.model import FactBase
    from rightscli.records import Kind, Record
    from rightscli.refs import Target
    from rightscli.search import Findings

Format = Literal["json", "jsonl", "csv", "tsv", "md", "ids"]

BaseOption = Annotated[
    str | None,
    typer.Option("--base", metavar="PATH", help="Base to use, else RIGHTS_BASE or bundled."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("-f", "--format", help="Else pages, or plain lines in a pipe."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for -f json.")]
RefArguments = Annotated[
    list[str],
    typer.Argument(metavar="REF...", help="A fact's id, hrw-2020:13, 'hrw-2020, para. 13', hrw-2020, or - for stdin."),
]
TopicOption = Annotated[str | None, typer.Option("--topic", help="Only facts on this topic.")]
SourceOption = Annotated[str | None, typer.Option("--source", help="Only facts from this source.")]
ParaOption = Annotated[str | None, typer.Option("--para", metavar="N|N-M", help="Only from these paragraphs of it.")]


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='Words; "a phrase" must occur; -- ends the options.'),
    ],
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="How many facts at most.")] = 10,
    without: Annotated[
        list[str] | None, typer.Option("--not", metavar="WORD", help="Only facts without this word or phrase.")
    ] = None,
    topic: TopicOption = None,
    source: SourceOption = None,
    para: ParaOption = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only facts dated then or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only facts dated then or earlier.")] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Stop after exact words and variants.")] = False,
    weak: Annotated[bool, typer.Option("--any", help="Show weak hits as well, marked.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Say what each word matched, and where.")] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Find the facts that match the words, best first."""
    from rightscli.search import Scope, find_facts
    from rightscli.words import split_words

    form = _choose_format(format, json)
    query = _clean_text(" ".join(words))
    if not split_words(query):
        raise UsageError("no word to search for", hint="try: rights search forced labor")
    days = _read_date("--since", since)[0], _read_date("--until", until)[1]
    index = _open_index(base)
    places = _select_places(index, topic, source, para)
    scope = Scope(places, *days, without=[_clean_text(word) for word in without or ()])
    found = find_facts(index, query, limit=limit, strict=exact, scope=scope)
    if not found.hits or (found.weak and not weak):
        _report_silence(index, query, found, form)
    records = []
    for hit, record in zip(found.hits, index.get_facts(hit.place for hit in found.hits), strict=True):
        tiers = {word: match.tier for word, match in hit.matches.items()}
        match: Record = {"tier": hit.tier, "score": hit.score, "words": tiers} | ({"weak": True} if found.weak else {})
        if why:
            match["why"] = [{"query": word} | one._asdict() for word, one in hit.matches.items()]
        records.append(record | {"match": match})
    _print_hits(index, query, found, records, form)


def _read_date(option: str, date: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day of an option's date, as ordinals."""
    if date is None:
        return None, None
    from rightscli.build import read_days

    try:
        return read_days(date)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", hint="write 2019, 2019-03 or 2019-03-22") from None


def _report_silence(index: Index, query: str, found: Findings, form: str | None) -> NoReturn:
    """Say that the base does not hold what was asked for, what it does hold, and which topics are nearest; exit with 1."""
    from rightscli.records import FACTS
    from rightscli.search import list_topics
    from rightscli.words import shorten_text

    missing = f"nothing in this base for '{shorten_text(query, 80)}'"
    nearest = list_topics(index, found.hits)
    if form == "json":
        counts = {"total": 0, "at_least": False, "returned": 0, "truncated": False}
        told = {"scope": index.scope, "suggestions": nearest, "warnings": [missing]}
        _print_records("search", index, [], FACTS, form, query=query, **counts, **told)
        raise typer.Exit(1)
    _print_errors([NotFoundError(missing, hint=f"the base covers: {index.scope}")], as_json=False)
    if nearest:
        weak = "; --any shows the weak matches" if found.weak else ""
        _write_error(f"  nearest topics: {', '.join(nearest)}{weak}")
    raise typer.Exit(1)


def _print_hits(index: Index, query: str, found: Findings, records: list[Record], form: str | None) -> None:
    """Print hits in the format asked for, or as a page; guesses at the query are told on standard error."""
    from rightscli.records import FACTS

    guesses = {
        f"'{word}'": match.word
        for word, match in found.hits[0].matches.items()
        if found.hits[0].tier in ("typo", "related") and match.tier == found.hits[0].tier
    }
    warnings = [f"no {word} in this base; showing results for '{known}'" for word, known in guesses.items()]
    if found.weak:
        warnings.append("weak matches: they share only common words with the query")
    if form != "json":
        for warning in warnings:
            _print_aside(warning)
    marked = [{match.word for match in hit.matches.values()} for hit in found.hits]
    if form is None and sys.stdout.isatty():
        from rightscli.show import render_hits

        _write_out([render_hits(records, marked, width=_get_width())])
        if len(records) < found.total:
            way = (
                f"more than {found.total} facts"
                if found.more
                else f"{found.total} facts; -n {found.total} shows them all"
            )
            _print_aside(f"{len(records)} of {way}")
    elif form is None and _wants_colour():
        from rightscli.show import paint_lines

        _write_out(paint_lines(records, marked))
    else:
        counts = {"total": found.total, "at_least": found.more, "returned": len(records)}
        counts["truncated"] = len(records) < found.total
        _print_records("search", index, records, FACTS, form, query=query, **counts, warnings=warnings)


def show(refs: RefArguments, base: BaseOption = None, format: FormatOption = None, json: JsonOption = False) -> None:
    """Show facts whole: by id, or all that rest on a passage."""
    from rightscli.cite import link_passage
    from rightscli.records import FACTS, make_target_record

    form = _choose_format(format, json)
    index = _open_index(base)
    targets, faults = _resolve_refs(refs, index)
    groups = [(target, _list_facts(target, index)) for target in targets]
    faults += [NotFoundError(f"no fact rests on {target.text}") for target, records in groups if not records]
    if form is None and sys.stdout.isatty():
        _write_out(_render_groups(groups, index))
    else:
        records = list({record["id"]: record for _, group in groups for record in group}.values())
        named = [
            make_target_record(target.text, target.source, target.locators, facts=group, link=link_passage)
            for target, group in groups
        ]
        _print_records("show", index, records, FACTS, form, refs=named, warnings=[fault.message for fault in faults])
    _exit_with_faults(faults, json=form == "json")


def _render_groups(groups: Iterable[tuple[Target, list[Record]]], index: Index) -> Iterator[str]:
    """Yield the page of each target: a fact whole, a passage as a list under its place."""
    from rightscli.records import name_sections
    from rightscli.show import render_fact, render_facts

    labels = {topic["id"]: topic["label"] for _, topic in index.list_topics()}
    for target, records in groups:
        if target.fact:
            sources = {cited["source"]: index.get_source(cited["source"]) for cited in target.fact["citations"]}
            known = {key: source for key, source in sources.items() if source}
            yield render_fact(target.fact, known, labels, width=_get_width())
        elif target.source and records:
            heading: str = target.source["id"]
            if target.locators:
                heading += f" ¶{', '.join(map(str, target.locators))} · {name_sections(target.source, target.locators)}"
            yield render_facts(records, heading=heading, width=_get_width())


def topics(
    topic: Annotated[
        list[str] | None, typer.Argument(metavar="TOPIC", help="A topic's id, label or other label.")
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the topics as a tree with counts, or one topic's facts."""
    from rightscli.records import FACTS, TOPICS
    from rightscli.words import count_noun

    form = _choose_format(format, json)
    index = _open_index(base)
    if not topic:
        tree = index.list_topics()
        if form is None and sys.stdout.isatty():
            from rightscli.show import render_topics

            _write_out([render_topics(tree, width=_get_width())])
        else:
            _print_records("topics", index, [record for _, record in tree], TOPICS, form)
        return
    one, records, faults = _read_topic(" ".join(topic), index)
    if form is None and one and records and sys.stdout.isatty():
        from rightscli.show import render_facts

        heading = f"{one['label']} · {count_noun(len(records), 'fact')}"
        _write_out([render_facts(records, heading=heading, width=_get_width())])
    else:
        _print_found("topics", index, records, FACTS, form, faults, topic=one)
    _exit_with_faults(faults, json=form == "json")


def _read_topic(name: str, index: Index) -> tuple[Record | None, list[Record], list[RightsError]]:
    """Return the topic that goes by *name*, its facts, and what is wrong where there is none of either."""
    from rightscli.refs import find_topic

    try:
        topic = find_topic(_clean_text(name), index)
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
    from rightscli.records import PARAGRAPHS, SOURCES, publish_source
    from rightscli.refs import find_source

    form = _choose_format(format, json)
    index = _open_index(base)
    keys = index.list_sources() if source is None else [_clean_text(source)]
    faults: list[RightsError] = []
    records: list[Record] = []
    try:
        records = [publish_source(find_source(key, index)) for key in keys]
    except NotFoundError as fault:
        faults.append(fault)
    if form is None and records and sys.stdout.isatty():
        from rightscli.show import render_source, render_sources

        width = _get_width()
        _write_out([render_sources(records, width=width) if source is None else render_source(records[0], width=width)])
    elif source and records and form not in ("json", "jsonl"):
        _print_records("sources", index, records[0]["paragraphs"], PARAGRAPHS, form)
    else:
        _print_found("sources", index, records, SOURCES, form, faults)
    _exit_with_faults(faults, json=form == "json")


def cite(refs: RefArguments, base: BaseOption = None, format: FormatOption = None, json: JsonOption = False) -> None:
    """Print citations, ready to paste."""
    from rightscli.build import cite_in_full
    from rightscli.cite import link_passage
    from rightscli.records import CITED, make_cited_record, read_locator

    form = _choose_format(format, json)
    index = _open_index(base)
    targets, faults = _resolve_refs(refs, index)
    records = []
    for target in targets:
        places: list[tuple[Record | None, Sequence[Locator]]] = [(target.source, target.locators)]
        if target.fact:
            places = [(index.get_source(cited["source"]), [read_locator(cited)]) for cited in target.fact["citations"]]
        fact = target.fact["id"] if target.fact else None
        records += [
            make_cited_record(source, locators, fact=fact, cite=cite_in_full, link=link_passage)
            for source, locators in places
            if source
        ]
    _print_records("cite", index, records, CITED, form, warnings=[fault.message for fault in faults])
    _exit_with_faults(faults, json=form == "json")


def export(
    topic: TopicOption = None,
    source: SourceOption = None,
    para: ParaOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Write all facts, or a part of them, in the base's order."""
    from rightscli.records import FACTS

    form = _choose_format(format, json)
    index = _open_index(base)
    faults: list[RightsError] = []
    places: set[int] | None = set()
    try:
        places = _select_places(index, topic, source, para)
        if places is not None and not places:
            faults.append(NotFoundError("no fact in that part of the base"))
    except NotFoundError as fault:
        faults.append(fault)
    records = index.read_facts() if places is None else iter(index.get_facts(sorted(places)))
    if form is None and not faults and sys.stdout.isatty():
        from rightscli.show import render_facts

        _write_out(render_facts([record], width=_get_width()) for record in records)
    else:
        count = index.count if places is None else len(places)
        _print_found("export", index, records, FACTS, form, faults, total=count)
    _exit_with_faults(faults, json=form == "json")


def doctor(
    path: Annotated[str | None, typer.Argument(metavar="BASE", help="The fact base; as --base.")] = None,
    copy: Annotated[
        list[str] | None, typer.Option("--copy", metavar="SOURCE=FILE", help="Check against this copy of a source.")
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Check a fact base against its editorial rules."""
    from rightscli.doctor import examine_base
    from rightscli.load import read_base
    from rightscli.records import FINDINGS, make_finding_record
    from rightscli.words import count_noun

    form = _choose_format(format, json)
    if path is not None and base is not None:
        raise UsageError("the base is named twice", hint="give BASE or --base, not both")
    found = read_base(_choose_base(path if path is not None else base))
    findings = list(examine_base(found))
    for pair in copy or ():
        findings += _examine_pair(found, pair)
    findings.sort(key=lambda finding: finding.line)
    _print_records("doctor", found, [make_finding_record(finding) for finding in findings], FINDINGS, form)
    if form is None:
        checked = f"{count_noun(len(found.facts), 'fact')} and {count_noun(len(found.topics), 'topic')}"
        keys = dict.fromkeys(pair.partition("=")[0] for pair in copy or ())
        against = f" against a copy of {', '.join(keys)}" if keys else ""
        _print_aside(f"{count_noun(len(findings), 'finding')} in {checked}{against}")
    if findings:
        raise typer.Exit(1)


def _examine_pair(base: FactBase, pair: str) -> Sequence[Finding]:
    """Return what a copy of a source shows, named as ``SOURCE=FILE``."""
    from rightscli.copies import find_paragraphs, read_copy
    from rightscli.doctor import examine_copy
    from rightscli.refs import suggest_name
    from rightscli.words import shorten_text

    key, equals, file = pair.partition("=")
    if not (key and equals and file):
        raise UsageError(f"--copy '{shorten_text(pair)}' is not SOURCE=FILE", hint="as in --copy hrw-2020=chapter.txt")
    if key not in base.sources:
        raise NotFoundError(f"no source '{shorten_text(key)}'{suggest_name(key, base.sources)}")
    source = base.sources[key]
    return examine_copy(base, source, find_paragraphs(source, read_copy(file)))


_COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "search": (
        search,
        "  rights search forced labor\n"
        "  rights search -n 3 'what happens to returnees?'\n"
        "  rights search sanctions --since 2019 --not Kim --why\n"
        "  rights search songbun --json | jq -r '.results[].claim'\n"
        "  rights search bribes -f ids | rights cite -",
    ),
    "show": (
        show,
        "  rights show absence-from-work-punished\n"
        "  rights show hrw-2020:13-15    all that rests on these paragraphs\n"
        "  rights show '[@hrw-2020, para. 13]' --json",
    ),
    "topics": (
        topics,
        "  rights topics\n"
        "  rights topics forced-labor    its facts, narrower topics included\n"
        "  rights topics 'forced labour' -f csv",
    ),
    "sources": (
        sources,
        "  rights sources\n"
        "  rights sources hrw-2020    its paragraphs, first and last words\n"
        "  rights sources hrw-2020 --json",
    ),
    "cite": (
        cite,
        "  rights cite absence-from-work-punished\n"
        "  rights cite hrw-2020:13,15-17\n"
        "  rights search songbun -f ids | rights cite -",
    ),
    "export": (
        export,
        "  rights export --json > facts.json\n"
        "  rights export --topic forced-labor -f md\n"
        "  rights export --source hrw-2020 --para 12-15 -f csv",
    ),
    "doctor": (
        doctor,
        "  rights doctor my-facts.yaml\n  rights doctor --copy hrw-2020=chapter.txt    against a copy, too",
    ),
}
"""Each command with its examples."""
_EXAMPLES = (
    "  rights search forced labor\n"
    "  rights show hrw-2020:13    all that rests on paragraph 13\n"
    "  rights cite absence-from-work-punished"
)


def _build_app(arguments: Sequence[str]) -> typer.Typer:
    """Return the app with the one command whole that *arguments* ask for, or all of them, for shell completion."""
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        help=_rights.__doc__,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(epilog=f"\b\nExamples:\n{_EXAMPLES}")(_rights)
    asked = next((argument for argument in arguments if not argument.startswith("-")), "")
    for name, (command, examples) in _COMMANDS.items():
        if name == asked or "_RIGHTS_COMPLETE" in os.environ:
            app.command(name, epilog=f"\b\nExamples:\n{examples}")(command)
        else:
            app.command(name, help=command.__doc__)(_do_nothing)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        _write_out([f"rights {__version__}\n"])
        raise typer.Exit


def _rights(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Look a fact up, prove where it comes from, and print it ready to cite."""


def _do_nothing() -> None:
    """Stand for a command that was not asked for."""


def _choose_base(path: str | None) -> str:
    """Return *path*, else what RIGHTS_BASE names, else the bundled base."""
    if path == "":
        raise UsageError("the path of the base is empty")
    if path is None:
        path = os.environ.get("RIGHTS_BASE")
    if path:
        return path
    from rightscli.files import find_bundled_base

    return find_bundled_base()


def _open_index(base: str | None) -> Index:
    """Return the index of the base that *base* or the environment names; a long build shows how far it is."""
    from rightscli.build import open_index

    path, folder = _choose_base(base), _find_cache()
    if not sys.stderr.isatty():
        return open_index(path, folder)
    bar = typer.progressbar(length=1000, label="Reading the base", file=sys.stderr)

    def tell(share: float) -> None:
        # A base that is read in a moment shows nothing.
        if share > 0:
            bar.update(int(share * 1000) - bar.pos)

    index = open_index(path, folder, tell=tell)
    if bar.pos:
        bar.update(1000 - bar.pos)
        bar.render_finish()
    return index


def _find_cache() -> Path | None:
    """Return the folder where indexes are kept, one a version; None where the user has no home."""
    from pathlib import Path

    folder = os.environ.get("XDG_CACHE_HOME", "")
    if sys.platform in ("darwin", "win32") and not folder:
        from platformdirs import user_cache_path

        return user_cache_path("rights", appauthor=False) / __version__
    # What platformdirs does here too, but for the time that it takes to import.
    try:
        kept = (Path(folder) if folder.startswith("/") else Path.home() / ".cache") / "rights" / __version__
    except RuntimeError:
        return None
    return kept if kept.is_absolute() else None


def _list_facts(target: Target, index: Index) -> list[Record]:
    """Return the facts that *target* names: the fact itself, or those that rest on the passage, in the base's order."""
    if target.fact:
        return [target.fact]
    assert target.source is not None
    return index.get_facts(_list_resting(target, index))


def _list_resting(target: Target, index: Index) -> list[int]:
    """Return the places of the facts that rest on a source, or on paragraphs of it."""
    key = target.source["id"] if target.source else ""
    if not target.locators:
        return list(index.list_places("source", key))
    numbers = [number for locator in target.locators for number in locator.numbers]
    return sorted({place for number in numbers for place in index.list_places("paragraph", f"{key}:{number}")})


def _select_places(index: Index, topic: str | None, source: str | None, para: str | None) -> set[int] | None:
    """Return the places of the facts on the topic and on the passage; None where neither is named."""
    from rightscli.refs import find_source, find_topic, parse_ref, resolve_ref

    chosen = None if topic is None else set(index.list_places("topic", find_topic(_clean_text(topic), index)["id"]))
    if source is None and para is None:
        return chosen
    keys = index.list_sources()
    if source is None and len(keys) != 1:
        raise UsageError("--para needs --source where the base has several", hint=f"one of {', '.join(keys)}")
    key = find_source(_clean_text(source), index)["id"] if source is not None else keys[0]
    target = resolve_ref(parse_ref(_clean_text(f"{key}:{para}") if para is not None else key), index)
    places = set(_list_resting(target, index))
    return places if chosen is None else chosen & places


def _resolve_refs(texts: Sequence[str], index: Index) -> tuple[list[Target], list[RightsError]]:
    """Return what each REF names, in order, and a fault for each that names nothing; ``-`` stands for lines of stdin."""
    from rightscli.refs import parse_ref, resolve_ref

    targets: list[Target] = []
    faults: list[RightsError] = []
    for text in _read_refs(texts):
        try:
            targets.append(resolve_ref(parse_ref(_clean_text(text)), index))
        except (NotFoundError, UsageError) as fault:
            faults.append(fault)
    if not targets and not faults:
        raise UsageError("no REF on standard input")
    if not targets and all(isinstance(fault, UsageError) for fault in faults):
        raise SeveralErrors(faults)
    return targets, faults


def _read_refs(texts: Sequence[str]) -> Iterator[str]:
    """Yield each REF; for ``-`` those that the lines of standard input begin with, up to a tab."""
    for text in texts:
        if text == "-":
            yield from (line.partition("\t")[0] for line in _read_input().splitlines() if line.strip())
        else:
            yield text


@cache
def _read_input() -> str:
    """Return standard input, which can be read only once, though a command may have to run again."""
    return sys.stdin.read().removeprefix("\ufeff")


def _choose_format(format: str | None, json: bool) -> str | None:
    """Return the format asked for; None where none is."""
    if json and format not in (None, "json"):
        raise UsageError(f"--json and -f {format} exclude each other")
    return "json" if json else format


def _wants_colour() -> bool:
    """Tell whether colour is asked for where it would not go by itself, as in ``… | less -R``."""
    return os.environ.get("FORCE_COLOR", "0") not in ("", "0") and not os.environ.get("NO_COLOR")


def _get_width() -> int:
    """Return how many columns a page has: what COLUMNS says, else the terminal's own width; too few for a page are 80."""
    from shutil import get_terminal_size

    columns = get_terminal_size().columns
    return columns if columns >= 20 else 80


def _clean_text(text: str) -> str:
    """Return *text* with a replacement character for what was not UTF-8 on the command line."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _print_records(
    command: str, base: Index | FactBase, records: Iterable[Record], kind: Kind, form: str | None, **more: Any
) -> None:
    """Print *records* plain, or in the format asked for."""
    from rightscli.records import format_document, format_plain, format_records, make_document

    if form is None:
        _write_out(format_plain(records, kind))
    elif form == "json":
        head = {"title": base.title, "edition": base.edition, "sha256": base.sha256}
        _write_out(format_document(make_document(command, head, [], **more), records))
    else:
        _write_out(format_records(records, kind, form))


def _print_found(
    command: str,
    index: Index,
    records: Iterable[Record],
    kind: Kind,
    form: str | None,
    faults: Sequence[RightsError],
    **more: Any,
) -> None:
    """Print *records*; where there are none because of *faults*, only JSON has anything to say: one empty document."""
    if form == "json" or not faults:
        _print_records(command, index, records, kind, form, **more, warnings=[fault.message for fault in faults])


def _write_out(texts: Iterable[str]) -> None:
    """Write to standard output; a reader that has gone away ends the writing quietly."""
    try:
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()


def _drop_output() -> None:
    """Send the rest of standard output nowhere, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _print_aside(text: str) -> None:
    """Print a remark to standard error; it is lost where nobody reads that."""
    _write_error(f"rights: {text}")


def _write_error(line: str) -> None:
    from contextlib import suppress

    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def _print_errors(errors: Sequence[RightsError], *, as_json: bool, code: int = 0) -> None:
    """Print errors to standard error: a line a complaint, its hint indented below; or all as one JSON object.

    Of several, the object's ``error`` is the first that has the exit *code*, and ``errors`` are all.
    """
    if as_json:
        from json import dumps

        bodies = [
            {"code": error.code, "message": message, "hint": error.hint}
            for error in errors
            for message in error.messages
        ]
        first = next((error for error in errors if error.exit_code == code), errors[0])
        body = {"code": first.code, "message": "\n".join(first.messages), "hint": first.hint}
        _write_error(dumps({"error": body} | ({"errors": bodies} if len(bodies) > 1 else {}), ensure_ascii=False))
        return
    for error in errors:
        for message in error.messages:
            _print_aside(message)
        if error.hint:
            _write_error(f"  {error.hint}")


def _exit_with_faults(faults: Sequence[RightsError], *, json: bool) -> None:
    """Print the faults, if any, and exit with 1."""
    if faults:
        _print_errors(faults, as_json=json, code=1)
        raise typer.Exit(1)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON, also where the arguments cannot be parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = zip(options, (*options[1:], ""), strict=False)
    return any(
        one in ("--json", "-fjson", "--format=json") or (one in ("-f", "--format") and other == "json")
        for one, other in pairs
    )


def run(arguments: Sequence[str], *, again: bool = True) -> int:
    """Run one command and return its exit code: 0 found, 1 nothing or problems found, 2 usage, 3 unreadable, 130 stopped."""
    as_json = _wants_json(arguments)
    try:
        _open_streams()
        code = _build_app(arguments)(args=list(arguments), prog_name="rights", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except CorruptIndexError as error:
        from rightscli.index import discard_indexes

        discard_indexes(_find_cache())
        # An export may have written a part already.
        if again and arguments[0] != "export":
            return run(arguments, again=False)
        _print_errors([error], as_json=as_json)
        return error.exit_code
    except SeveralErrors as several:
        _print_errors(several.errors, as_json=as_json, code=several.exit_code)
        return several.exit_code
    except RightsError as error:
        _print_errors([error], as_json=as_json)
        return error.exit_code
    except typer.TyperException as error:
        return _report_usage(error, as_json=as_json)
    except KeyboardInterrupt:
        return 130
    except (SystemExit, BrokenPipeError):
        # Typer's own way out when the reader of its help has gone.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        fault = UnreadableError(f"cannot write: {(error.strerror or str(error)).lower()}")
        _print_errors([fault], as_json=as_json)
        return fault.exit_code


def _open_streams() -> None:
    """Give every stream the same bytes wherever it runs: no locale, no platform's line ends. A closed one goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))
        stream: Any = getattr(sys, name)
        stream.reconfigure(encoding="utf-8", errors="replace" if name == "stdin" else "backslashreplace", newline="\n")


def _report_usage(error: typer.TyperException, *, as_json: bool) -> int:
    """Print what Typer found wrong with the arguments, in our own manner."""
    if type(error).__name__ == "NoArgsIsHelpError":
        _write_error(error.message)
        return 2
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "rights"
    fault = UsageError(message[:1].lower() + message[1:], hint=f"see {command} --help")
    _print_errors([fault], as_json=as_json)
    return 2


def main() -> NoReturn:
    """Run the command that the process was started with, and exit."""
    sys.exit(run(sys.argv[1:]))
