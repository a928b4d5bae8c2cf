"""Checking a draft: check."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rightscli import __version__
from rightscli.cli.console import (
    Finished,
    choose_format,
    clean_text,
    get_width,
    load_copies,
    open_base,
    print_aside,
    print_records,
    read_input_bytes,
    write_out,
)
from rightscli.errors import UsageError

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.check.examine import Materials
    from rightscli.check.findings import DraftFinding
    from rightscli.check.quoted.passages import Passages
    from rightscli.cli.parsing import BaseOption, CheckFormat, DraftForm, JsonOption
    from rightscli.drafts import Draft
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.text.locators import Locator


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
    from rightscli.check.examine import examine_draft

    shape = choose_format(format, json)
    if write and not fix:
        raise UsageError("--write needs --fix")
    if write and "-" in files:
        raise UsageError("standard input cannot be written to", hint="name the file, or leave --write out")
    if fix and shape:
        raise UsageError(f"--fix prints a diff: it excludes -f {shape}")
    index = open_base(base)
    papers = [_read_paper(clean_text(file), form) for file in dict.fromkeys(files)]
    materials = gather_materials(index)
    findings: list[DraftFinding] = []
    for paper in papers:
        found = examine_draft(paper.name, paper.text, paper.draft, materials)
        findings += found
        if fix:
            _repair_paper(paper, found, write=write)
        elif shape is None:
            _show_findings(paper, found, strict=strict)
    if shape is not None:
        _print_report(findings, index, shape, strict=strict)
    _sum_up(findings, len(papers), strict=strict, quiet=shape == "json")
    if any(finding.is_problem(strict=strict) for finding in findings):
        raise Finished(1)


class _Paper(NamedTuple):
    """A draft as it was read: its name, the file's bytes, the text in them, and that in blocks."""

    name: str
    content: bytes
    text: str
    draft: Draft


def _read_paper(name: str, form: DraftForm | None) -> _Paper:
    """Return the draft in the file *name*; ``-`` is standard input."""
    from rightscli.drafts import MEGABYTES, decode_draft, guess_form, parse_draft
    from rightscli.files import read_bytes

    limit = MEGABYTES * 10**6
    content = read_input_bytes(limit + 1) if name == "-" else read_bytes(name, limit=limit, what="a draft")
    shown = "<stdin>" if name == "-" else name
    text = decode_draft(content, name=shown)
    return _Paper(shown, content, text, parse_draft(text, form=form or guess_form(name, text)))


def gather_materials(index: Index) -> Materials:
    """Return what the base has to hold a draft against."""
    from rightscli.check.examine import Materials
    from rightscli.check.pinpoints import Works, compile_citations
    from rightscli.check.stated.claims import prepare_claims
    from rightscli.records import read_locator
    from rightscli.refs import parse_ref, resolve_ref

    facts: dict[str, Record] = {fact["id"]: fact for fact in index.read_facts()}
    sources = [source for key in index.list_sources() if (source := index.get_source(key))]

    def find_places(id: str) -> Sequence[tuple[str, Locator]] | None:
        fact = facts.get(id)
        return [(cited["source"], read_locator(cited)) for cited in fact["citations"]] if fact else None

    def cite_fact(id: str) -> tuple[str, str, str]:
        (first, *_) = facts[id]["citations"]
        return str(first["ref"]).partition("@")[0], str(first["text"]), str(facts[id]["claim"])

    patterns = {
        source["id"]: pattern
        for source in sources
        if (pattern := compile_citations(source, index.list_templates(source["id"])))
    }
    passages, strange = _prepare_passages(sources)
    titles = [source["csl"].get(name, "") for source in sources for name in ("title", "container-title")]
    titles += dict.fromkeys(paragraph["section"] for source in sources for paragraph in source["paragraphs"])
    return Materials(
        works=Works(frozenset(source["id"] for source in sources), patterns, find_places),
        resolve=lambda text: resolve_ref(parse_ref(text), index),
        passages=passages,
        strange=strange,
        claims=prepare_claims(facts.values(), (topic for _, topic in index.list_topics())),
        titles=[title for title in titles if title],
        cite=cite_fact,
    )


def _prepare_passages(sources: Iterable[Record]) -> tuple[Passages | None, frozenset[tuple[str, int]]]:
    """Return the words of every source that a copy is attached to, and which paragraphs of them are another edition's.

    None where there is no copy.
    """
    from rightscli.check.quoted.passages import prepare_paragraphs

    copies = load_copies(sources)
    words = {(copy.source, number): copy.texts[number] for copy in copies for number in sorted(copy.texts)}
    strange = frozenset((copy.source, number) for copy in copies for number in copy.texts if number not in copy.proven)
    return prepare_paragraphs(words) if words else None, strange


def _show_findings(paper: _Paper, findings: Sequence[DraftFinding], *, strict: bool) -> None:
    """Print all that is not well, a line each; on a terminal with the piece underlined."""
    from rightscli.check.findings import GOOD
    from rightscli.check.report import format_line

    told = [one for one in findings if one.verdict not in GOOD or one.warnings or one.is_problem(strict=strict)]
    if told and sys.stdout.isatty():
        from rightscli.show import render_findings

        starts = paper.draft.line_starts
        lines = [paper.text[starts[one.line - 1] :].partition("\n")[0].rstrip("\r") for one in told]
        rows = [(format_line(one), line, one.column, _get_end(one)) for one, line in zip(told, lines, strict=True)]
        write_out([render_findings(rows, width=get_width())])
    else:
        write_out(f"{format_line(one)}\n" for one in told)


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
        print_records("check", index, records, CHECKED, shape, problems=problems)


def _repair_paper(paper: _Paper, findings: Sequence[DraftFinding], *, write: bool) -> None:
    """Print the diff of a draft's safe repairs, and make them where *write* says so."""
    from rightscli.check.report import format_diff, repair_text

    mended = repair_text(paper.text, findings)
    mark = "\ufeff" if paper.content.startswith(b"\xef\xbb\xbf") else ""
    write_out([format_diff(paper.name, mark + paper.text, mark + mended)])
    if write and mended != paper.text:
        from rightscli.files import replace_bytes

        if paper.content != (mark + paper.text).encode():
            raise UsageError(f"{paper.name} is not UTF-8, so it is not written to", hint="save it as UTF-8")
        replace_bytes(paper.name, paper.content, (mark + mended).encode())
        print_aside(f"mended {paper.name}")


def _sum_up(findings: Sequence[DraftFinding], files: int, *, strict: bool, quiet: bool) -> None:
    """Say on standard error what was checked."""
    from rightscli.text.folding import count_noun

    if quiet:
        return
    problems = count_noun(sum(finding.is_problem(strict=strict) for finding in findings), "problem")
    kinds = [
        count_noun(sum(finding.kind == kind for finding in findings), kind)
        for kind in ("pinpoint", "quotation", "statement")
    ]
    print_aside(f"{problems} in {count_noun(files, 'file')}: {kinds[0]}, {kinds[1]} and {kinds[2]} judged")
