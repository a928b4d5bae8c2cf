"""rights add fact: a fact, or a table of facts, into a base of your own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rightscli.answers.add.fact import add_facts, require_own_base
from rightscli.answers.add.rows import LIMIT, NewFact, read_rows
from rightscli.cli.console import (
    choose_format,
    choose_own_base,
    exit_with_faults,
    find_copies,
    is_for_people,
    make_lines,
    print_answer,
    print_aside,
    read_input,
    warn_of_cuts,
    write_out,
)
from rightscli.cli.options import refuse_empty
from rightscli.errors import UsageError
from rightscli.files import read_bytes
from rightscli.records import ADDED, make_added_record
from rightscli.text.folding import count_noun
from rightscli.text.inert import Verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Annotated, TypeAlias

    import typer

    from rightscli.answers.add.fact import AddAnswer
    from rightscli.cli.parsing import BaseOption, FormatOption, JsonOption

    _Given: TypeAlias = dict[str, str | list[str] | None]


def fact(
    claim: Annotated[str | None, typer.Argument(metavar="[CLAIM]", help="A sentence in your own words.")] = None,
    at: Annotated[
        list[str] | None, typer.Option("--at", metavar="REF", help="The passage that says so, or several.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option("--topic", metavar="TOPIC", help="A topic of the base.")] = None,
    new_topic: Annotated[
        list[str] | None, typer.Option("--new-topic", metavar="LABEL", help="A topic to be made for it.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="EDTF", help="When it happened or held.")] = None,
    anchor: Annotated[
        list[str] | None, typer.Option("--anchor", metavar="WORDS", help="Exact words; else from your copy.")
    ] = None,
    term: Annotated[list[str] | None, typer.Option("--term", metavar="WORDS", help="To look it up by, too.")] = None,
    according_to: Annotated[
        str | None, typer.Option("--according-to", metavar="WHO", help="Who asserts it inside the source.")
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Else made from the claim.")] = None,
    from_file: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="CSV, TSV or JSONL, as export writes it.")
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Change facts that are there and differ.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the diff, and write nothing.")] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Add a fact, or many from a file, proven before it is written."""
    form = choose_format(format, json)
    refuse_empty(at=at, topic=topic, new_topic=new_topic, date=date, anchor=anchor, term=term)
    refuse_empty(according_to=according_to, id=id)
    path = require_own_base(choose_own_base(base))
    given: _Given = {
        "id": id,
        "claim": claim,
        "refs": at,
        "topics": topic,
        "date": date,
        "anchors": anchor,
        "terms": term,
    }
    asked = _read_asked(from_file, given | {"according_to": according_to}, new_topic or [])
    answer = add_facts(path, asked, new_topics=new_topic or (), update=update, dry_run=dry_run, copies=find_copies())
    _print_added(answer, path, form, dry_run=dry_run)


def _print_added(answer: AddAnswer, path: str, form: str | None, *, dry_run: bool) -> None:
    """Print what was added to the base at *path* or, with *dry_run*, the lines that would be; exit with 1 for faults."""
    if dry_run and form:
        raise UsageError(f"--dry-run prints a diff: it excludes -f {form}")
    if dry_run and not answer.faults:
        # In a pipe it has to apply to the file's own bytes.
        write_out([answer.diff if is_for_people(None) else Verbatim(answer.diff)])
    records = [make_added_record(one) for one in answer.facts if not (dry_run or answer.faults)]
    warn_of_cuts(answer.base)
    page = make_lines(records, ADDED, form)
    print_answer("add-fact", answer.base, records, ADDED, form, answer=answer, page=page, paged=False)
    exit_with_faults(answer.faults, form)
    if form is None:
        print_aside(_sum_up_facts(answer, path, dry_run=dry_run))


def _read_asked(file: str | None, options: _Given, new_topics: list[str]) -> Sequence[NewFact]:
    """Return the facts in the table *file* or, without one, the one that *options* give; UsageError for both, or neither."""
    if file is None:
        if not options["claim"] and not options["id"]:
            raise UsageError("no claim is given", hint="rights add fact CLAIM --at REF, or --from FILE")
        options |= {"topics": [*(options["topics"] or []), *new_topics] or None}
        given = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items() if value}
        return [NewFact("", given)]
    if any(options.values()):
        raise UsageError("--from takes every fact from the file", hint="put the rest into its columns")
    if file == "-":
        return read_rows(read_input(), "<stdin>")
    return read_rows(read_bytes(file, limit=LIMIT, what="a table of facts"), file)


def _sum_up_facts(answer: AddAnswer, path: str, *, dry_run: bool) -> str:
    """Return how many facts were added to the base at *path*, updated, and left as they are."""
    counts = Counter(one.state for one in answer.facts)
    done = [f"{state} {count_noun(counts[state], 'fact')}" for state in ("added", "updated") if counts[state]]
    same = f"{count_noun(counts['same'], 'fact')} {'is' if counts['same'] == 1 else 'are'} there already"
    parts = [*(done or ["nothing to add"]), *([same] if counts["same"] else [])]
    return f"{path}: {', '.join(parts)}" + ("; not written: --dry-run" if dry_run and done else "")
