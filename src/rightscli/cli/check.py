"""rights check: the pinpoints, quotations and statements of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli import __version__
from rightscli.answers.check import CheckAnswer, check_files, diff_repairs, sum_up_findings, write_repairs
from rightscli.cli.console import (
    Finished,
    choose_format,
    get_width,
    is_for_people,
    open_library,
    print_answer,
    print_aside,
    read_input,
    write_out,
)
from rightscli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Annotated

    import typer

    from rightscli.check.findings import DraftFinding
    from rightscli.cli.parsing import BaseOption, CheckFormat, DraftForm, JsonOption
    from rightscli.index.queries import Index
    from rightscli.records import Record


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Drafts, or - for standard input.")],
    form: Annotated[DraftForm | None, typer.Option("--form", help="Else by the name, or by the text.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for notices and uncited facts as well.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Print a diff of the safe repairs.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Make the repairs in the files.")] = False,
    base: BaseOption = None,
    format: Annotated[
        CheckFormat | None, typer.Option("-f", "--format", metavar="FORMAT", help="json jsonl csv tsv md github sarif")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check the pinpoints, quotations and statements of your draft."""
    shape = choose_format(format, json)
    _require_fixable(files, shape, fix=fix, write=write)
    library = open_library(base)
    findings: list[DraftFinding] = []
    count = 0
    for answer in check_files(library, files, form=form, stdin=read_input(whole=False) if "-" in files else b""):
        findings += answer.findings
        count += 1
        if fix:
            _repair_draft(answer, write=write)
        elif shape is None:
            write_out(_format_findings(answer, strict=strict))
    if shape is not None:
        _print_report(findings, library.index, shape, strict=strict)
    if shape != "json":
        print_aside(sum_up_findings(findings, count, strict=strict))
    if any(finding.is_problem(strict=strict) for finding in findings):
        raise Finished(1)


def _require_fixable(files: Sequence[str], shape: str | None, *, fix: bool, write: bool) -> None:
    """Raise UsageError where repairs are asked for that nothing can be done with."""
    if write and not fix:
        raise UsageError("--write needs --fix")
    if write and "-" in files:
        raise UsageError("standard input cannot be written to", hint="name the file, or leave --write out")
    if fix and shape:
        raise UsageError(f"--fix prints a diff: it excludes -f {shape}")


def _repair_draft(answer: CheckAnswer, *, write: bool) -> None:
    """Print the diff of a draft's safe repairs, and make them where *write* says so."""
    write_out([diff_repairs(answer)])
    if write and write_repairs(answer):
        print_aside(f"mended {answer.name}")


def _format_findings(answer: CheckAnswer, *, strict: bool) -> Iterator[str]:
    """Yield all that is not well, a line each; on a terminal with the piece underlined."""
    from rightscli.check.findings import GOOD
    from rightscli.check.report import format_line

    told = [one for one in answer.findings if one.verdict not in GOOD or one.warnings or one.is_problem(strict=strict)]
    if told and is_for_people(None):
        from rightscli.show import render_findings

        starts = answer.draft.line_starts
        lines = [answer.text[starts[one.line - 1] :].partition("\n")[0].rstrip("\r") for one in told]
        rows = [(format_line(one), line, one.column, _get_end(one)) for one, line in zip(told, lines, strict=True)]
        yield render_findings(rows, width=get_width())
    else:
        yield from (f"{format_line(one)}\n" for one in told)


def _get_end(finding: DraftFinding) -> int | None:
    """Return the column where a finding ends on its first line; None if it goes on below."""
    return finding.end_column if finding.end_line == finding.line else None


def _print_report(findings: Sequence[DraftFinding], index: Index, shape: str, *, strict: bool) -> None:
    """Print all findings, or for ``github`` and ``sarif`` those that are not well, as other programs read them."""
    from rightscli.check.findings import make_check_record
    from rightscli.check.report import format_annotations, make_sarif
    from rightscli.records import CHECKED

    if shape == "github":
        write_out(format_annotations(findings, strict=strict))
    elif shape == "sarif":
        from json import dumps

        write_out([dumps(make_sarif(findings, version=__version__, strict=strict), ensure_ascii=False, indent=2), "\n"])
    else:
        problems = sum(finding.is_problem(strict=strict) for finding in findings)
        records: Iterator[Record] = (make_check_record(finding) for finding in findings)
        print_answer("check", index, records, CHECKED, shape, more={"problems": problems})
