"""A base file, and copies of its sources → what breaks the editorial rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import NotFoundError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from rightscli.base.model import FactBase
    from rightscli.doctor.findings import Finding


class DoctorAnswer(NamedTuple):
    """The *findings* in *base*, in the order of its lines; *compared* are the sources that a copy was held against."""

    base: FactBase
    findings: Sequence[Finding]
    compared: Sequence[str]
    summary: str


def diagnose_base(
    path: str | os.PathLike[str] | None = None,
    *,
    files: Sequence[tuple[str, str]] = (),
    copies: str | os.PathLike[str] | None = None,
) -> DoctorAnswer:
    """Return what the editorial rules find in the base in the file *path*, or in the bundled one.

    *files* are copies of sources, each a source's key and a file; sources without one are compared with the copy that is
    attached in the folder *copies*, if there is one.

    Raises UnreadableError, BadBaseError with every fault of the file, and NotFoundError for an unknown key.
    """
    from rightscli.answers import choose_base
    from rightscli.base.load import read_base
    from rightscli.doctor import examine_base
    from rightscli.text.folding import count_noun

    base = read_base(choose_base(path))
    findings = list(examine_base(base))
    compared = {}
    for key, found in (*_examine_files(base, files), *_examine_attached(base, {key for key, _ in files}, copies)):
        compared[key] = True
        findings += found
    findings.sort(key=lambda finding: finding.line)
    checked = f"{count_noun(len(base.facts), 'fact')} and {count_noun(len(base.topics), 'topic')}"
    against = f" against a copy of {', '.join(compared)}" if compared else ""
    return DoctorAnswer(base, findings, list(compared), f"{count_noun(len(findings), 'finding')} in {checked}{against}")


def _examine_files(base: FactBase, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Yield what the copies in *files* show, each with its source's key."""
    from rightscli.copies.reading import find_paragraphs, read_copy
    from rightscli.doctor import examine_copy
    from rightscli.refs import suggest_name
    from rightscli.text.folding import shorten_text

    for key, file in files:
        if key not in base.sources:
            raise NotFoundError(f"no source '{shorten_text(key)}'{suggest_name(key, base.sources)}")
        source = base.sources[key]
        yield key, examine_copy(base, source, find_paragraphs(source, read_copy(file)))


def _examine_attached(
    base: FactBase, named: set[str], copies: str | os.PathLike[str] | None
) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Yield what the attached copies show, but of the sources *named*, to which another copy was given."""
    from rightscli.answers.copies import load_copies
    from rightscli.doctor import examine_copy
    from rightscli.records import make_source_record

    for key, source in base.sources.items():
        for copy in load_copies(copies, [make_source_record(source)] if key not in named else []):
            yield key, examine_copy(base, source, copy.texts)
