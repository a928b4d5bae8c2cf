"""rights check: the pinpoints, quotations and statements of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli import __version__
from rightscli.answers.check import (
    CheckAnswer,
    check_files,
    count_findings,
    diff_repairs,
    sum_up_findings,
    write_comments,
    write_repairs,
)
from rightscli.check.findings import FAILABLE
from rightscli.cli.console import (
    Finished,
    choose_format,
    get_width,
    is_for_people,
    open_library,
    print_answer,
    print_aside,
    read_build_date,
    read_input,
    write_out,
    write_page,
)
from rightscli.cli.options import refuse_options, require_fields, require_told
from rightscli.errors import CorruptIndexError, UnreadableError, UnreadableFilesError, UsageError, raise_together
from rightscli.text.inert import Verbatim, dump_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Annotated

    import typer

    from rightscli.answers import Library
    from rightscli.check.findings import DraftFinding
    from rightscli.cli.parsing import BaseOption, CheckFormat, DraftForm, FieldsOption, JsonOption
    from rightscli.errors import RightsError
    from rightscli.records import Record
    from rightscli.show import FindingRow


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Drafts, or - for standard input.")],
    form: Annotated[DraftForm | None, typer.Option("--form", help="Else by name or text; .rst, .org are text.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for every notice, and for uncited facts.")] = False,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", metavar="KINDS", help="Fail for these notices: unproven,uncited …")
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say of each clue of a statement what bears it out.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Print a diff of the safe repairs.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Make the repairs in the files.")] = False,
    comments: Annotated[
        str | None, typer.Option("--comments", metavar="OUT.docx", help="Write a copy with the findings as comments.")
    ] = None,
    base: BaseOption = None,
    format: Annotated[
        CheckFormat | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="html json jsonl csv tsv md github sarif"),
    ] = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Check a draft's pinpoints, quotations and statements."""
    shape = choose_format(format, json, fields)
    _require_fixable(files, shape, fix=fix, write=write)
    _require_tellable(files, shape, fix=fix, why=why, comments=comments is not None, fields=fields)
    failing = _read_kinds(fail_on, strict=strict)
    library = open_library(base)
    for warning in library.index.warnings if shape is None else ():
        print_aside(warning)
    answers: list[CheckAnswer] = []
    unread: list[RightsError] = []
    stdin = read_input() if "-" in files else b""

    def judge_drafts() -> Iterator[str]:
        judged = check_files(library, files, form=form, stdin=stdin, fix=fix, why=why or shape == "html")
        for answer in _keep_faults(judged, unread):
            answers.append(answer)
            if comments is not None:
                _comment_draft(answer, comments, failing, silent=shape == "json")
            if fix:
                _repair_draft(answer, failing, write=write)
            elif shape is None:
                yield from _format_findings(answer, failing, why=why)

    write_page(judge_drafts())
    if shape is not None:
        more = {"strict": strict, "fail_on": sorted(failing)} | count_findings(answers, failing)
        _print_report(answers, library, shape, failing, unread, why=why, fields=fields, more=more)
    _finish_check(answers, unread, failing, silent=shape == "json")


def _finish_check(
    answers: Sequence[CheckAnswer], unread: Sequence[RightsError], failing: Collection[str], *, silent: bool
) -> None:
    """Sum up, unless *silent*, what was found; raise what is *unread*, or else Finished where there is a problem."""
    if not silent:
        print_aside(sum_up_findings(answers, failing))
    if unread:
        raise_together(unread)
    if any(finding.is_problem(failing) for answer in answers for finding in answer.findings):
        raise Finished(1)


def _keep_faults(judged: Iterator[CheckAnswer], unread: list[RightsError]) -> Iterator[CheckAnswer]:
    """Yield the drafts that are *judged*, and put the faults of those that cannot be read into *unread* where any can."""
    answer = None
    try:
        for answer in judged:
            yield answer
    except CorruptIndexError:
        raise
    except UnreadableError as fault:
        if answer is None:
            raise
        unread.extend(fault.errors if isinstance(fault, UnreadableFilesError) else [fault])


class _Unread(NamedTuple):
    """What a document says of the drafts that cannot be read."""

    faults: Sequence[RightsError]
    warnings: Sequence[str] = ()


def _read_kinds(text: str | None, *, strict: bool) -> frozenset[str]:
    """Return the notices that ``--fail-on`` names, or all of them; raise UsageError for a name that is none's."""
    kinds = frozenset(kind.strip() for kind in (text or "").split(",") if kind.strip())
    if text is not None and not kinds:
        raise UsageError("no notice in --fail-on", hint=f"any of {', '.join(sorted(FAILABLE))}")
    if unknown := sorted(kinds - FAILABLE):
        raise UsageError(f"no notice '{unknown[0]}' in --fail-on", hint=f"any of {', '.join(sorted(FAILABLE))}")
    return FAILABLE if strict else kinds


def _require_fixable(files: Sequence[str], shape: str | None, *, fix: bool, write: bool) -> None:
    """Raise UsageError where repairs are asked for that nothing can be done with."""
    if write and not fix:
        raise UsageError("--write needs --fix")
    if write and "-" in files:
        raise UsageError("standard input cannot be written to", hint="name the file, or leave --write out")
    if fix and shape:
        raise UsageError(f"--fix prints a diff: it excludes -f {shape}")


def _require_tellable(
    files: Sequence[str], shape: str | None, *, fix: bool, why: bool, comments: bool, fields: str | None
) -> None:
    """Raise UsageError where comments or accounts are asked for that have no place to stand."""
    if comments and (len(files) > 1 or fix):
        raise UsageError("--comments takes one draft, and excludes --fix")
    if why:
        refuse_options("--why is told in text, json or jsonl", fix=fix)
        require_told("--why", ("json", "jsonl"), shape)
        require_fields("--why", ["why"], fields)


def _comment_draft(answer: CheckAnswer, path: str, failing: Collection[str], *, silent: bool) -> None:
    """Write the copy of a draft with comments to *path* and, unless *silent*, say how many there are."""
    count = write_comments(answer, path, failing=failing)
    if not silent:
        print_aside(f"comments in {path}: {count}")


def _repair_draft(answer: CheckAnswer, failing: Collection[str], *, write: bool) -> None:
    """Print the diff of a draft's safe repairs, and make them where *write* says so; say so where its problems have none."""
    diff = diff_repairs(answer)
    if not diff and any(finding.is_problem(failing) for finding in answer.findings):
        print_aside(f"{answer.name}: no problem here has a safe repair; without --fix they are listed")
    # In a pipe it has to apply to the draft's own bytes.
    write_out([diff if is_for_people(None) else Verbatim(diff)])
    if write and write_repairs(answer):
        print_aside(f"mended {answer.name}")


def _format_findings(answer: CheckAnswer, failing: Collection[str], *, why: bool) -> Iterator[str]:
    """Yield all that is not well, a line each, and with *why* every statement with its account.

    On a terminal with the piece underlined, and what is restated without a citation in a list of its own.
    """
    from rightscli.check.findings import GOOD
    from rightscli.check.report import format_line

    pages = is_for_people(None)
    told = [
        one
        for one in answer.findings
        if one.verdict not in GOOD
        or one.warnings
        or (one.is_problem(failing) and not (pages and one.is_uncited))
        or (why and one.why and not (pages and one.is_uncited))
    ]
    if pages:
        from rightscli.show import render_findings

        uncited = [one for one in answer.findings if one.is_uncited]
        if told:
            yield render_findings(_make_rows(answer, told, why=why), width=get_width())
        if uncited:
            yield "\n" if told else ""
            yield "Restated without a citation\n"
            yield render_findings(_make_rows(answer, uncited, why=why), width=get_width())
    else:
        for one, reasons in _list_reasons(told, why=why):
            yield from (f"{line}\n" for line in (format_line(one, alone=True), *reasons))


def _make_rows(answer: CheckAnswer, findings: Sequence[DraftFinding], *, why: bool) -> Iterator[FindingRow]:
    """Yield what a page shows of each of *findings*."""
    from rightscli.check.report import format_line

    starts = answer.draft.line_starts
    for one, reasons in _list_reasons(findings, why=why):
        line = answer.text[starts[one.line - 1] :].partition("\n")[0].rstrip("\r")
        yield format_line(one), line, one.column, _get_end(one), reasons


def _list_reasons(findings: Sequence[DraftFinding], *, why: bool) -> Iterator[tuple[DraftFinding, tuple[str, ...]]]:
    """Yield each finding with the lines of its account, once for a sentence that differs in several clues."""
    from rightscli.check.report import format_reasons

    before = None
    for one in findings:
        yield one, tuple(format_reasons(one)) if why and one.why is not before else ()
        before = one.why


def _get_end(finding: DraftFinding) -> int | None:
    """Return the column where a finding ends on its first line; None if it goes on below."""
    return finding.end_column if finding.end_line == finding.line else None


def _print_report(
    answers: Sequence[CheckAnswer],
    library: Library,
    shape: str,
    failing: Collection[str],
    unread: Sequence[RightsError],
    *,
    why: bool,
    fields: str | None,
    more: Record,
) -> None:
    """Print all findings as a page or as other programs read them; for ``github`` and ``sarif`` those that are not well."""
    from rightscli.check.findings import make_check_record
    from rightscli.check.report import format_annotations, make_sarif
    from rightscli.records import CHECKED

    findings = [finding for answer in answers for finding in answer.findings]
    if shape == "html":
        from rightscli.answers.report import report_check

        write_out([report_check(library, answers, failing=failing, date=read_build_date())])
    elif shape == "github":
        write_out(format_annotations(findings, failing=failing))
    elif shape == "sarif":
        write_out([dump_json(make_sarif(findings, version=__version__, failing=failing), indent=2), "\n"])
    else:
        records: Iterator[Record] = (make_check_record(finding, failing, why=why) for finding in findings)
        answer = _Unread(unread)
        print_answer("check", library.index, records, CHECKED, shape, answer=answer, more=more, fields=fields)
