"""The commands: parse, ask, print, exit. Only this module exits and reads the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from rightscli import __version__
from rightscli.errors import NotFoundError, RightsError, UsageError
from rightscli.records import Format

if TYPE_CHECKING:
    from rightscli.model import Fact, FactBase, Source, Topic
    from rightscli.records import Kind, Record
    from rightscli.refs import Target

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

BaseOption = Annotated[
    str | None,
    typer.Option("--base", metavar="PATH", help="Fact base to use; else RIGHTS_BASE, else the bundled one."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("-f", "--format", help="Output format; else pages on a terminal, plain lines in a pipe."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for -f json.")]
RefArguments = Annotated[
    list[str],
    typer.Argument(metavar="REF...", help="A fact's id, hrw-2020:13, 'hrw-2020, para. 13', hrw-2020, or - for stdin."),
]
TopicOption = Annotated[str | None, typer.Option("--topic", help="Only facts on this topic or a narrower one.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        _write_out([f"rights {__version__}\n"])
        raise typer.Exit


@app.callback(
    epilog="\b\nExamples:\n"
    "  rights search forced labor\n"
    "  rights show hrw-2020:13    all that rests on paragraph 13\n"
    "  rights cite absence-from-work-punished\n"
    "  rights topics forced-labor -f md\n"
    "\b\nExit: 0 found, 1 nothing or problems found, 2 wrong usage, 3 unreadable file."
)
def rights(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Look a fact up, prove where it comes from, and print it ready to cite."""


@app.command(
    epilog="\b\nExamples:\n"
    "  rights search forced labor\n"
    "  rights search -n 3 'what happens to returnees?'\n"
    "  rights search songbun --json | jq -r '.results[].claim'\n"
    "  rights search bribes -f ids | rights cite -"
)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What to look for; -- ends the options.")],
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="How many facts at most.")] = 10,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Find the facts that match the words, best first."""
    from rightscli.cite import cite_in_text, link_passage
    from rightscli.records import FACTS, make_hit_record
    from rightscli.search import find_facts
    from rightscli.words import split_words

    form = _choose_format(format, json)
    query = _clean_text(" ".join(words))
    if not split_words(query):
        raise UsageError("no word to search for", hint="try: rights search forced labor")
    found = _read_base(base)
    hits = find_facts(found, query)
    shown = hits[:limit]
    missing = [] if hits else [f"nothing in this base for '{query}'"]
    if form is None and hits and _is_for_people():
        from rightscli.show import print_hits

        _print_page(print_hits, shown, found, cite=cite_in_text)
    else:
        records = [make_hit_record(hit, found, cite=cite_in_text, link=link_passage) for hit in shown]
        counts = {"total": len(hits), "returned": len(shown), "truncated": len(shown) < len(hits)}
        more = {} if hits else {"scope": found.scope}
        _print_records("search", found, records, FACTS, form, query=query, **counts, **more, warnings=missing)
    if missing:
        if form is not Format.JSON:
            _print_errors([NotFoundError(missing[0], hint=f"the base covers: {found.scope}")], as_json=False)
        raise typer.Exit(1)
    if len(shown) < len(hits) and form is None and _is_for_people():
        _print_aside(f"{len(shown)} of {len(hits)} facts; -n {len(hits)} shows them all")


@app.command(
    epilog="\b\nExamples:\n"
    "  rights show absence-from-work-punished\n"
    "  rights show hrw-2020:13-15    all that rests on these paragraphs\n"
    "  rights show '[@hrw-2020, para. 13]' --json"
)
def show(refs: RefArguments, base: BaseOption = None, format: FormatOption = None, json: JsonOption = False) -> None:
    """Show facts whole: by id, or all that rest on a passage."""
    from rightscli.cite import cite_in_text, link_passage
    from rightscli.records import FACTS, make_fact_record
    from rightscli.refs import list_facts

    form = _choose_format(format, json)
    found = _read_base(base)
    targets, faults = _resolve_refs(refs, found)
    groups = []
    for target in targets:
        facts = list_facts(target, found)
        groups.append((target, facts))
        if not facts:
            faults.append(NotFoundError(f"no fact rests on {target.text}"))
    if form is None and _is_for_people():
        _print_page(_show_groups, groups, found)
    else:
        facts = tuple({fact.id: fact for _, group in groups for fact in group}.values())
        records = [make_fact_record(fact, found, cite=cite_in_text, link=link_passage) for fact in facts]
        named = [
            {
                "text": target.text,
                "ref": target.source.format_ref(target.locators) if target.source else fact_id,
                "url": link_passage(target.source, target.locators) if target.source else None,
                "facts": [fact.id for fact in group],
            }
            for target, group in groups
            for fact_id in [target.fact.id if target.fact else None]
        ]
        _print_records("show", found, records, FACTS, form, refs=named, warnings=[fault.message for fault in faults])
    _exit_with_faults(faults, json=form is Format.JSON, several=len(targets) > 0)


def _show_groups(groups: Iterable[tuple[Target, tuple[Fact, ...]]], base: FactBase) -> None:
    """Print each target: a fact as a page of its own, a passage as a list under its place."""
    from rightscli.cite import cite_in_text, link_passage
    from rightscli.show import print_fact, print_facts

    for target, facts in groups:
        if target.fact:
            print_fact(target.fact, base, cite=cite_in_text, link=link_passage)
        elif target.source and facts:
            heading = target.source.key
            if target.locators:
                first = target.source.paragraphs[target.locators[0].first - 1]
                heading += f" ¶{', '.join(map(str, target.locators))} · {first.section}"
            print_facts(facts, base, cite=cite_in_text, heading=heading)


@app.command(
    epilog="\b\nExamples:\n"
    "  rights topics\n"
    "  rights topics forced-labor    its facts, narrower topics included\n"
    "  rights topics 'forced labour' -f csv"
)
def topics(
    topic: Annotated[str | None, typer.Argument(metavar="TOPIC", help="A topic's id, label or other label.")] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the topics as a tree with counts, or one topic's facts."""
    from rightscli.cite import cite_in_text, link_passage
    from rightscli.records import FACTS, TOPICS, make_fact_record, make_topic_record
    from rightscli.refs import find_topic

    form = _choose_format(format, json)
    found = _read_base(base)
    counts = found.count_facts()

    def make_record(one: Topic) -> Record:
        return make_topic_record(
            one, narrower=[child.id for child in found.list_children(one.id)], count=counts[one.id]
        )

    if topic is None:
        tree = tuple(_walk_topics(found))
        if form is None and _is_for_people():
            from rightscli.show import print_topics

            _print_page(print_topics, [(depth, one, counts[one.id]) for depth, one in tree])
        else:
            _print_records("topics", found, [make_record(one) for _, one in tree], TOPICS, form)
        return
    one = find_topic(topic, found)
    facts = found.select_topic(one.id)
    if form is None and facts and _is_for_people():
        from rightscli.show import print_facts

        _print_page(print_facts, facts, found, cite=cite_in_text, heading=f"{one.label} · {len(facts)} facts")
    else:
        records = [make_fact_record(fact, found, cite=cite_in_text, link=link_passage) for fact in facts]
        _print_records("topics", found, records, FACTS, form, topic=make_record(one))
    if not facts:
        _exit_with_faults([NotFoundError(f"no fact on {one.label}")], json=form is Format.JSON)


def _walk_topics(base: FactBase, top: str | None = None, depth: int = 0) -> Iterator[tuple[int, Topic]]:
    """Yield each topic with its depth, the broader before the narrower, in the order of the file."""
    for topic in base.list_children(top):
        yield depth, topic
        yield from _walk_topics(base, topic.id, depth + 1)


@app.command(
    epilog="\b\nExamples:\n"
    "  rights sources\n"
    "  rights sources hrw-2020    its paragraphs, first and last words\n"
    "  rights sources hrw-2020 --json"
)
def sources(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="A source's key.")] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the sources, or one source's numbered paragraphs."""
    from rightscli.cite import cite_in_full
    from rightscli.records import PARAGRAPHS, SOURCES, make_source_record
    from rightscli.refs import find_source

    form = _choose_format(format, json)
    found = _read_base(base)
    chosen: Sequence[Source] = [find_source(source, found)] if source else list(found.sources.values())
    records = [make_source_record(one, found, text=cite_in_full(one, ())) for one in chosen]
    if form is None and _is_for_people():
        from rightscli.show import print_source, print_sources

        if source:
            counts = {paragraph["number"]: paragraph["facts"] for paragraph in records[0]["paragraphs"]}
            _print_page(print_source, chosen[0], records[0]["text"], counts)
        else:
            rows = [(one, record["text"], record["facts"]) for one, record in zip(chosen, records, strict=True)]
            _print_page(print_sources, rows)
    elif source and form not in (Format.JSON, Format.JSONL):
        _print_records("sources", found, records[0]["paragraphs"], PARAGRAPHS, form)
    else:
        _print_records("sources", found, records, SOURCES, form)


@app.command(
    epilog="\b\nExamples:\n"
    "  rights cite absence-from-work-punished\n"
    "  rights cite hrw-2020:13,15-17\n"
    "  rights search songbun -f ids | rights cite -"
)
def cite(refs: RefArguments, base: BaseOption = None, format: FormatOption = None, json: JsonOption = False) -> None:
    """Print citations, ready to paste."""
    from rightscli.cite import cite_in_full, link_passage
    from rightscli.records import CITED, make_cited_record

    form = _choose_format(format, json)
    found = _read_base(base)
    targets, faults = _resolve_refs(refs, found)
    records = []
    for target in targets:
        fact = target.fact.id if target.fact else None
        places = [(target.source, target.locators)] if target.source else []
        if target.fact:
            places = [(found.sources[cited.source], (cited.locator,)) for cited in target.fact.citations]
        for source, locators in places:
            records.append(make_cited_record(source, locators, fact=fact, cite=cite_in_full, link=link_passage))
    _print_records("cite", found, records, CITED, form, warnings=[fault.message for fault in faults])
    _exit_with_faults(faults, json=form is Format.JSON, several=len(targets) > 0)


@app.command(
    epilog="\b\nExamples:\n"
    "  rights export --json > facts.json\n"
    "  rights export --topic forced-labor -f md\n"
    "  rights export --source hrw-2020 --para 12-15 -f csv"
)
def export(
    topic: TopicOption = None,
    source: Annotated[str | None, typer.Option("--source", help="Only facts that rest on this source.")] = None,
    para: Annotated[str | None, typer.Option("--para", metavar="N|N-M", help="Only on these paragraphs of it.")] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Write all facts, or a part of them, in the base's order."""
    from rightscli.cite import cite_in_text, link_passage
    from rightscli.records import FACTS, make_fact_record
    from rightscli.refs import find_topic

    form = _choose_format(format, json)
    found = _read_base(base)
    facts = found.select_topic(find_topic(topic, found).id) if topic else found.facts
    facts = _select_passage(facts, found, source, para)
    records = [make_fact_record(fact, found, cite=cite_in_text, link=link_passage) for fact in facts]
    if form is None and facts and _is_for_people():
        from rightscli.show import print_facts

        _print_page(print_facts, facts, found, cite=cite_in_text)
    else:
        _print_records("export", found, records, FACTS, form)
    if not facts:
        _exit_with_faults([NotFoundError("no fact in that part of the base")], json=form is Format.JSON)


def _select_passage(facts: tuple[Fact, ...], base: FactBase, source: str | None, para: str | None) -> tuple[Fact, ...]:
    """Return those of *facts* that rest on the source, and on its paragraphs where *para* names any."""
    from rightscli.refs import find_source, parse_ref, resolve_ref, rests_on

    if source is None and para is None:
        return facts
    if source is None and len(base.sources) != 1:
        raise UsageError("--para needs --source where the base has several", hint=f"one of {', '.join(base.sources)}")
    key = find_source(source, base).key if source else next(iter(base.sources))
    target = resolve_ref(parse_ref(f"{key}:{para}" if para is not None else key), base)
    return tuple(fact for fact in facts if rests_on(fact, target))


@app.command(
    epilog="\b\nExamples:\n"
    "  rights doctor my-facts.yaml\n"
    "  rights doctor --copy hrw-2020=chapter.txt    against a copy, too"
)
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
    from rightscli.copies import find_paragraphs, read_copy
    from rightscli.doctor import examine_base, examine_copy
    from rightscli.records import FINDINGS, make_finding_record
    from rightscli.refs import find_source

    form = _choose_format(format, json)
    found = _read_base(path or base)
    findings = list(examine_base(found))
    for pair in copy or ():
        key, equals, file = pair.partition("=")
        if not (key and equals and file):
            raise UsageError(f"--copy '{pair}' is not SOURCE=FILE", hint="as in --copy hrw-2020=chapter.txt")
        source = find_source(key, found)
        findings += examine_copy(found, source, find_paragraphs(source, read_copy(file)))
    findings.sort(key=lambda finding: finding.line)
    _print_records("doctor", found, [make_finding_record(finding) for finding in findings], FINDINGS, form)
    if form is None:
        checked = f"{len(found.facts)} facts and {len(found.topics)} topics"
        against = f" against the copy of {', '.join(pair.partition('=')[0] for pair in copy)}" if copy else ""
        _print_aside(f"{len(findings) or 'no'} findings in {checked}{against}")
    if findings:
        raise typer.Exit(1)


def _read_base(path: str | None) -> FactBase:
    """Return the base at *path*, else at RIGHTS_BASE, else the bundled one."""
    from rightscli.load import find_bundled_base, read_base

    return read_base(path or os.environ.get("RIGHTS_BASE") or find_bundled_base())


def _resolve_refs(texts: Sequence[str], base: FactBase) -> tuple[list[Target], list[RightsError]]:
    """Return what each REF names, in order, and a fault for each that names nothing; ``-`` stands for lines of stdin."""
    from rightscli.refs import parse_ref, resolve_ref

    targets: list[Target] = []
    faults: list[RightsError] = []
    for text in _read_refs(texts):
        try:
            targets.append(resolve_ref(parse_ref(_clean_text(text)), base))
        except RightsError as fault:
            faults.append(fault)
    if not targets and not faults:
        raise UsageError("no REF on standard input")
    return targets, faults


def _read_refs(texts: Sequence[str]) -> Iterator[str]:
    """Yield each REF; for ``-`` the lines of standard input that are not blank."""
    for text in texts:
        if text == "-":
            yield from (line for line in sys.stdin.read().splitlines() if line.strip())
        else:
            yield text


def _choose_format(format: Format | None, json: bool) -> Format | None:
    """Return the format asked for; None where none is."""
    if json and format not in (None, Format.JSON):
        raise UsageError(f"--json and -f {format} exclude each other")
    return Format.JSON if json else format


def _is_for_people() -> bool:
    """Tell whether standard output is a terminal, or FORCE_COLOR says to treat it as one."""
    return sys.stdout.isatty() or os.environ.get("FORCE_COLOR", "0") not in ("", "0")


def _clean_text(text: str) -> str:
    """Return *text* with a replacement character for what was not UTF-8 on the command line."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _print_records(
    command: str, base: FactBase, records: list[Record], kind: Kind, form: Format | None, **more: Any
) -> None:
    """Print *records* plain, or in the format asked for."""
    from rightscli.records import format_plain, format_records, make_document

    if form is None:
        _write_out(format_plain(records, kind))
    else:
        _write_out(format_records(records, kind, form, make_document(command, base, records, **more)))


def _write_out(lines: Iterable[str]) -> None:
    """Write to standard output; a reader that has gone away ends the writing quietly."""
    try:
        for line in lines:
            sys.stdout.write(line)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()


def _print_page(page: Any, *values: Any, **named: Any) -> None:
    """Call one of ``show``'s functions; a reader that has gone away ends it quietly."""
    try:
        page(*values, **named)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()


def _drop_output() -> None:
    """Send the rest of standard output nowhere, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_aside(text: str) -> None:
    """Print a remark to standard error."""
    print(f"rights: {text}", file=sys.stderr)


def _print_errors(errors: Sequence[RightsError], *, as_json: bool) -> None:
    """Print errors to standard error: a line a complaint, its hint indented below; or all as one JSON object."""
    messages = [(message, error) for error in errors for message in error.messages]
    if as_json:
        from json import dumps

        first = errors[0]
        body = {"code": first.code, "message": "\n".join(text for text, _ in messages), "hint": first.hint}
        print(dumps({"error": body}, ensure_ascii=False), file=sys.stderr)
        return
    for message, error in messages:
        print(f"rights: {message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)


def _exit_with_faults(faults: Sequence[RightsError], *, json: bool, several: bool = True) -> None:
    """Print the faults, if any, and exit: with the fault's own code where nothing was good, else with 1."""
    if faults:
        _print_errors(faults, as_json=json)
        raise typer.Exit(1 if several else min(fault.exit_code for fault in faults))


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON, also where the arguments cannot be parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = zip(options, (*options[1:], ""), strict=False)
    return any(
        one in ("--json", "-fjson", "--format=json") or (one in ("-f", "--format") and other == "json")
        for one, other in pairs
    )


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 found, 1 nothing or problems found, 2 usage, 3 unreadable, 130 stopped."""
    # The same bytes wherever it runs: no locale, no platform's line ends.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        code = app(args=list(arguments), prog_name="rights", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except RightsError as error:
        _print_errors([error], as_json=_wants_json(arguments))
        return error.exit_code
    except typer.TyperException as error:
        return _report_usage(error, as_json=_wants_json(arguments))
    except KeyboardInterrupt:
        return 130


def _report_usage(error: typer.TyperException, *, as_json: bool) -> int:
    """Print what Typer found wrong with the arguments, in our own manner."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.message, file=sys.stderr)
        return 2
    message = error.format_message().rstrip(".")
    command = getattr(getattr(error, "ctx", None), "command_path", "rights")
    hint = f"see {command} --help"
    _print_errors([UsageError(message[:1].lower() + message[1:], hint=hint)], as_json=as_json)
    return 2


def main() -> NoReturn:
    """Run the command that the process was started with, and exit."""
    sys.exit(run(sys.argv[1:]))
