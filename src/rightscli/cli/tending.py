"""Tending a base and the copies of its sources: doctor, attach, detach."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from rightscli.cli.console import (
    Finished,
    choose_base,
    choose_format,
    clean_text,
    exit_with_faults,
    find_data,
    load_copies,
    open_base,
    print_aside,
    print_records,
    read_input_bytes,
)
from rightscli.errors import NotFoundError, RightsError, UsageError

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.base.model import FactBase
    from rightscli.cli.parsing import BaseOption, FormatOption, JsonOption
    from rightscli.copies.reading import CopyText, Examined
    from rightscli.doctor.findings import Finding


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
    from rightscli.base.load import read_base
    from rightscli.doctor import examine_base
    from rightscli.records import FINDINGS, make_finding_record
    from rightscli.text.folding import count_noun

    form = choose_format(format, json)
    if path is not None and base is not None:
        raise UsageError("the base is named twice", hint="give BASE or --base, not both")
    found = read_base(choose_base(path if path is not None else base))
    findings = list(examine_base(found))
    for pair in copy or ():
        findings += _examine_pair(found, pair)
    keys = dict.fromkeys(pair.partition("=")[0] for pair in copy or ())
    for key, more in _examine_attached(found, set(keys)):
        keys[key] = None
        findings += more
    findings.sort(key=lambda finding: finding.line)
    print_records("doctor", found, [make_finding_record(finding) for finding in findings], FINDINGS, form)
    if form is None:
        checked = f"{count_noun(len(found.facts), 'fact')} and {count_noun(len(found.topics), 'topic')}"
        against = f" against a copy of {', '.join(keys)}" if keys else ""
        print_aside(f"{count_noun(len(findings), 'finding')} in {checked}{against}")
    if findings:
        raise Finished(1)


def _examine_attached(base: FactBase, named: Collection[str]) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Yield what the attached copies show, but of the sources *named*, to which another copy was given."""
    from rightscli.doctor import examine_copy
    from rightscli.records import make_source_record

    for key, source in base.sources.items():
        for copy in load_copies([make_source_record(source)] if key not in named else []):
            yield key, examine_copy(base, source, copy.texts)


def _examine_pair(base: FactBase, pair: str) -> Sequence[Finding]:
    """Return what a copy of a source shows, named as ``SOURCE=FILE``."""
    from rightscli.copies.reading import find_paragraphs, read_copy
    from rightscli.doctor import examine_copy
    from rightscli.refs import suggest_name
    from rightscli.text.folding import shorten_text

    key, equals, file = pair.partition("=")
    if not (key and equals and file):
        raise UsageError(f"--copy '{shorten_text(pair)}' is not SOURCE=FILE", hint="as in --copy hrw-2020=chapter.txt")
    if key not in base.sources:
        raise NotFoundError(f"no source '{shorten_text(key)}'{suggest_name(key, base.sources)}")
    source = base.sources[key]
    return examine_copy(base, source, find_paragraphs(source, read_copy(file)))


def attach(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's key.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="Your copy: text, Markdown or HTML; - for stdin.")],
    force: Annotated[bool, typer.Option("--force", help="Attach another edition, too.")] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Keep your own copy of a source, proven paragraph by paragraph."""
    from rightscli.copies.attached import load_copy, save_copy
    from rightscli.copies.reading import compare_copy, make_paragraphs, require_attachable
    from rightscli.records import EXAMINED, make_examined_record
    from rightscli.refs import find_source
    from rightscli.text.folding import count_noun

    form = choose_format(format, json)
    index = open_base(base)
    found = find_source(clean_text(source), index)
    copy = _read_copy(clean_text(file))
    older = load_copy(find_data(), found)
    examined = compare_copy(make_paragraphs(found), copy, older=older.texts if older else None)
    faults: list[RightsError] = []
    try:
        require_attachable(examined, source=found["id"], name=copy.name, force=force)
        kept = save_copy(find_data(), found, {one.number: one.text for one in examined if one.text}, replace=force)
    except RightsError as fault:
        faults.append(fault)
    shown = examined if form else [one for one in examined if one.state != "same"]
    records = [make_examined_record(found, one) for one in shown]
    print_records("attach", index, records, EXAMINED, form, attached=not faults, warnings=[f.message for f in faults])
    if not faults:
        whole = f"{len(kept.proven)} of {count_noun(len(examined), 'paragraph')} of {found['id']}"
        print_aside(f"attached {whole}, proven word for word{_name_rest(examined, frozenset(kept.proven))}")
    exit_with_faults(faults, json=form == "json")


def _name_rest(examined: Sequence[Examined], proven: frozenset[int]) -> str:
    """Return how many paragraphs a copy has otherwise, or not at all; of these, those *proven* are an older copy's."""
    from rightscli.text.folding import count_noun

    older = sum(one.state == "missing" and one.number in proven for one in examined)
    missing = sum(one.state == "missing" for one in examined) - older
    changed = sum(one.state == "changed" for one in examined)
    counts = (("changed", changed), ("missing", missing), ("kept from the copy attached before", older))
    return "".join(f"; {count_noun(count, 'paragraph')} {state}" for state, count in counts if count)


def _read_copy(file: str) -> CopyText:
    from rightscli.copies.reading import decode_copy, read_copy
    from rightscli.drafts import MEGABYTES

    return decode_copy(read_input_bytes(MEGABYTES * 10**6 + 1), name="<stdin>") if file == "-" else read_copy(file)


def detach(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's key.")],
    base: BaseOption = None,
) -> None:
    """Forget your copy of a source."""
    from rightscli.copies.attached import remove_copy
    from rightscli.refs import find_source

    found = find_source(clean_text(source), open_base(base))
    if not remove_copy(find_data(), found):
        raise NotFoundError(f"no copy of {found['id']} is attached")
    print_aside(f"detached the copy of {found['id']}")
