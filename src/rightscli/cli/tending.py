"""Tending a base: doctor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from rightscli.cli.console import (
    BaseOption,
    FormatOption,
    JsonOption,
    choose_base,
    choose_format,
    print_aside,
    print_records,
)
from rightscli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from rightscli.doctor import Finding
    from rightscli.model import FactBase


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

    form = choose_format(format, json)
    if path is not None and base is not None:
        raise UsageError("the base is named twice", hint="give BASE or --base, not both")
    found = read_base(choose_base(path if path is not None else base))
    findings = list(examine_base(found))
    for pair in copy or ():
        findings += _examine_pair(found, pair)
    findings.sort(key=lambda finding: finding.line)
    print_records("doctor", found, [make_finding_record(finding) for finding in findings], FINDINGS, form)
    if form is None:
        checked = f"{count_noun(len(found.facts), 'fact')} and {count_noun(len(found.topics), 'topic')}"
        keys = dict.fromkeys(pair.partition("=")[0] for pair in copy or ())
        against = f" against a copy of {', '.join(keys)}" if keys else ""
        print_aside(f"{count_noun(len(findings), 'finding')} in {checked}{against}")
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
