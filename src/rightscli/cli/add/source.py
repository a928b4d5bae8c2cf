"""rights add source: a document, with its passages, into a base of your own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.add.fact import require_own_base
from rightscli.answers.add.source import NewSource, add_source
from rightscli.cli.console import (
    choose_format,
    choose_own_base,
    exit_with_faults,
    find_copies,
    is_for_people,
    print_answer,
    print_aside,
    read_input,
    warn_of_cuts,
    write_out,
)
from rightscli.cli.options import refuse_empty
from rightscli.errors import UsageError
from rightscli.records import PARAGRAPHS, make_source_record
from rightscli.text.folding import count_noun, shorten_text
from rightscli.text.inert import Verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Annotated

    import typer

    from rightscli.answers.add.source import SourceAnswer
    from rightscli.base.rendering import Entry
    from rightscli.cli.parsing import BaseOption, FormatOption, JsonOption

_SHOWN = 3
"""How many texts are shown of those that were left out for one reason."""


def source(
    key: Annotated[str, typer.Argument(metavar="KEY", help="What facts will cite it by.")],
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Text, HTML, .rst, .org, PDF, .docx, .odt or .epub; - for stdin.")
    ],
    type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="CSL's: report, treaty, book, ….")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Else the document's heading.")] = None,
    author: Annotated[
        list[str] | None, typer.Option("--author", metavar="NAME", help="'Doe, Jane', or an institution.")
    ] = None,
    issued: Annotated[str | None, typer.Option("--issued", metavar="DATE", help="2019, 2019-05, 2019-05-21.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Where it stands on the web.")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="NAME=TEXT", help="Any other field of CSL: publisher=….")
    ] = None,
    from_file: Annotated[
        str | None, typer.Option("--from", metavar="FILE[#KEY]", help="Take the fields from CSL-JSON.")
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="UNIT", help="article, section, …; paragraph counts anew.")
    ] = None,
    only: Annotated[str | None, typer.Option("--only", metavar="NUMBERS", help="Only these passages: 7-18,20.")] = None,
    skip: Annotated[str | None, typer.Option("--skip", metavar="NUMBERS", help="Not these.")] = None,
    preamble: Annotated[bool, typer.Option("--preamble", help="With what stands before the first number.")] = False,
    edition_of: Annotated[
        str | None, typer.Option("--edition-of", metavar="KEY", help="Say what has changed since that source.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the diff, and write nothing.")] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Add a source: its passages are found in your copy, numbered, proven and attached."""
    form = choose_format(format, json)
    refuse_empty(type=type, title=title, author=author, issued=issued, url=url, from_=from_file)
    refuse_empty(as_=as_, only=only, skip=skip, edition_of=edition_of)
    if dry_run and form:
        raise UsageError(f"--dry-run prints a diff: it excludes -f {form}")
    path = require_own_base(choose_own_base(base))
    fields, warnings = _read_fields(from_file, field or ())
    fields |= {
        name: text for name, text in (("type", type), ("title", title), ("issued", issued), ("URL", url)) if text
    }
    fields |= {"author": _read_names(author)} if author else {}
    asked = _read_document(key, file, fields, warnings)
    asked = asked._replace(
        as_=_require_unit(as_), only=only or "", skip=skip or "", preamble=preamble, edition_of=edition_of
    )
    answer = add_source(path, asked, dry_run=dry_run, copies=find_copies())
    _print_source(answer, asked, path, form, dry_run=dry_run)


def _require_unit(unit: str | None) -> str | None:
    from rightscli.text.locators import UNITS

    if unit and unit not in UNITS:
        raise UsageError(f"--as {shorten_text(unit)}: {', '.join(UNITS[:-1])} or {UNITS[-1]} is expected")
    return unit


def _read_names(names: Sequence[str]) -> Entry:
    from rightscli.answers.add.items import read_csl_name

    return [read_csl_name(one) for one in names]


def _read_fields(file: str | None, given: Sequence[str]) -> tuple[dict[str, Entry], Sequence[str]]:
    """Return the fields from a file of CSL-JSON and from ``--field``, and what there is to be warned of."""
    from rightscli.base.csl import CSL_NAMES

    fields: dict[str, Entry] = {}
    warnings: Sequence[str] = ()
    if file:
        from rightscli.answers.add.items import LIMIT, read_item
        from rightscli.files import read_bytes

        name, _, key = file.partition("#")
        fields, warnings = read_item(read_bytes(name, limit=LIMIT, what="CSL-JSON"), name, key=key)
    for one in given:
        name, sign, text = (part.strip() for part in one.partition("="))
        if not sign or not name or not text:
            raise UsageError(f"--field {shorten_text(one)}: NAME=TEXT is expected")
        fields[name] = _read_names([text]) if name in CSL_NAMES else text
    return fields, warnings


def _read_document(key: str, file: str, fields: dict[str, Entry], warnings: Sequence[str]) -> NewSource:
    from rightscli.copies.reading import decode_copy
    from rightscli.drafts import MEGABYTES
    from rightscli.files import read_bytes

    name = "<stdin>" if file == "-" else file
    content = (
        read_input()
        if file == "-"
        else read_bytes(file, limit=MEGABYTES * 10**6, what="a copy of a source", pipes=True)
    )
    copy = decode_copy(content, name=name)
    remarks = [f"{name}: {remark}" for remark in copy.remarks]
    return NewSource(key, name, copy.text, copy.form, fields, warnings=[*warnings, *remarks])


def _print_source(answer: SourceAnswer, asked: NewSource, path: str, form: str | None, *, dry_run: bool) -> None:
    """Print what was read and what became of it: the diff or the passages on standard output, all else beside it."""
    if form is None:
        for line in _describe_reading(answer, asked):
            print_aside(line)
    if dry_run and not answer.faults:
        write_out([answer.diff if is_for_people(None) else Verbatim(answer.diff)])
    records = make_source_record(answer.source)["paragraphs"] if answer.source and form else []
    more = {
        "source": asked.key,
        "unit": answer.reading.unit,
        "numbered": answer.reading.numbered,
        "left_out": [{"why": one.why, "text": one.text} for one in answer.reading.left_out],
        "changes": [change._asdict() for change in answer.changes],
        "attached": answer.attached,
    }
    warn_of_cuts(answer.base)
    print_answer(
        "add-source", answer.base, [] if answer.faults else records, PARAGRAPHS, form, answer=answer, more=more
    )
    exit_with_faults(answer.faults, form)
    if form is None:
        proven = f", attached {answer.attached} of them, proven word for word" if answer.attached else ""
        added = f"{path}: added {asked.key}, {count_noun(len(answer.reading.passages), answer.reading.unit)}"
        print_aside(added + ("; not written: --dry-run" if dry_run else proven))


def _describe_reading(answer: SourceAnswer, asked: NewSource) -> list[str]:
    """Return what was seen in a document, what was left out and why, and what has changed since an older edition."""
    from rightscli.base.passages import list_reasons

    reading = answer.reading
    first, last = reading.passages[0], reading.passages[-1]
    how = f"numbered {first.number} to {last.number}" if reading.numbered else "without numbers, counted"
    sections = len({one.section for one in reading.passages} - {""})
    lines = [
        f"{asked.name}: {count_noun(len(reading.passages), reading.unit)}, {how}; {count_noun(sections, 'section')}"
    ]
    for why, texts in list_reasons(reading):
        shown = ", ".join(f"'{shorten_text(text, 30)}'" for text in texts[:_SHOWN])
        more = f", and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
        lines.append(f"left out, {why}: {shown}{more}")
    return lines + _describe_changes(answer, asked)


def _describe_changes(answer: SourceAnswer, asked: NewSource) -> list[str]:
    from collections import Counter

    if not answer.changes:
        return []
    counts: Counter[str] = Counter(change.state for change in answer.changes)
    lines = [f"beside {asked.edition_of}: " + ", ".join(f"{counts[state]} {state}" for state in counts)]
    for change in answer.changes:
        if change.state != "same":
            numbers = " → ".join(dict.fromkeys(number for number in (change.older, change.newer) if number))
            rests = f"; on it: {', '.join(change.facts)}" if change.facts else ""
            lines.append(f"{numbers}: {change.state}{rests}")
    return lines
