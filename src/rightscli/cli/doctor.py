"""rights doctor: a base against its editorial rules, and against copies of its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.doctor import diagnose_base
from rightscli.cli.console import (
    Finished,
    choose_bases,
    choose_format,
    find_copies,
    make_lines,
    print_answer,
    print_aside,
)
from rightscli.errors import UsageError
from rightscli.records import FINDINGS, make_finding_record
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, FieldsOption, FormatOption, JsonOption


def doctor(
    path: Annotated[str | None, typer.Argument(metavar="BASE", help="The fact base; as --base.")] = None,
    copy: Annotated[
        list[str] | None, typer.Option("--copy", metavar="SOURCE=FILE", help="Check against this copy of a source.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for notices, too.")] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Check a fact base against its editorial rules."""
    form = choose_format(format, json, fields)
    if path is not None and base:
        raise UsageError("the base is named twice", hint="give BASE or --base, not both")
    files = [_split_pair(pair) for pair in copy or ()]
    paths = choose_bases([path] if path is not None else base)
    answer = diagnose_base(paths, files=files, copies=find_copies())
    records = [make_finding_record(finding) for finding in answer.findings]
    page = make_lines(records, FINDINGS, form)
    print_answer("doctor", answer.bases, records, FINDINGS, form, page=page, fields=fields)
    if form is None:
        print_aside(answer.summary)
    if any(strict or finding.level != "notice" for finding in answer.findings):
        raise Finished(1)


def _split_pair(pair: str) -> tuple[str, str]:
    """Return the source and the file of ``SOURCE=FILE``."""
    key, equals, file = pair.partition("=")
    if not (key and equals and file):
        raise UsageError(f"--copy '{shorten_text(pair)}' is not SOURCE=FILE", hint="as in --copy hrw-2020=chapter.txt")
    return key, file
