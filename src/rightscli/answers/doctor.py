"""Base files, and copies of their sources → what breaks the editorial rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import NotFoundError, UnreadableError, raise_together

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from rightscli.answers import BasePaths
    from rightscli.base.model import FactBase
    from rightscli.doctor.findings import Finding
    from rightscli.records import Record


class DoctorAnswer(NamedTuple):
    """The *findings* in each of *bases*, in the order of its lines; *compared* are the sources that a copy was held against.

    The record of a base has its ``name``, ``title``, ``edition`` and ``sha256``.
    """

    bases: Sequence[Record]
    findings: Sequence[Finding]
    compared: Sequence[str]
    summary: str


def diagnose_base(
    paths: BasePaths = None,
    *,
    files: Sequence[tuple[str, str]] = (),
    copies: str | os.PathLike[str] | None = None,
) -> DoctorAnswer:
    """Return what the editorial rules find in the base in the file *paths*, in the bundled one, or in each of several, and which
    names of several clash.

    *files* are copies of sources, each a source's key and a file; sources without one are compared with the copy that is
    attached in the folder *copies*, if there is one.

    Raises UnreadableError, BadBaseError with every fault of a file, UnreadableFilesError with those of several files, and
    NotFoundError for an unknown key.
    """
    from rightscli.answers import locate_bases
    from rightscli.base.paths import name_bases
    from rightscli.doctor import examine_base
    from rightscli.text.folding import count_noun

    bases = _read_bases(locate_bases(paths))
    heads: list[Record] = [
        {"name": name, "title": base.title, "edition": base.edition, "sha256": base.sha256}
        for name, base in zip(name_bases([base.path for base in bases]), bases, strict=True)
    ]
    _require_sources(bases, heads, files)
    clashes = _list_clashes(bases, [head["name"] for head in heads])
    findings: list[Finding] = []
    compared = {}
    for base in bases:
        found = [*examine_base(base), *(one for one in clashes if one.file == base.path)]
        for key, faults in (*_examine_files(base, files), *_examine_attached(base, {key for key, _ in files}, copies)):
            compared[key] = True
            found += faults
        findings += sorted(found, key=lambda finding: finding.line)
    facts, topics = (sum(len(getattr(base, name)) for base in bases) for name in ("facts", "topics"))
    checked = f"{count_noun(facts, 'fact')} and {count_noun(topics, 'topic')}"
    checked += f" of {len(bases)} bases" if len(bases) > 1 else ""
    against = f" against a copy of {', '.join(compared)}" if compared else ""
    summary = f"{count_noun(len(findings), 'finding')} in {checked}{against}"
    return DoctorAnswer(heads, findings, list(compared), summary)


def _list_clashes(bases: Sequence[FactBase], names: Sequence[str]) -> list[Finding]:
    """Return a finding for each name that the *bases*, called *names*, use for different things, in the file of the last."""
    from rightscli.base.joining import BaseJoiner, BasePart
    from rightscli.doctor.findings import Finding

    parts = [
        BasePart(name, base.path, base.sources, base.topics, base.facts)
        for name, base in zip(names, bases, strict=True)
    ]
    joiner = BaseJoiner(parts)
    for _ in joiner.join_facts():
        pass
    return [
        Finding(one.files[-1], one.lines[-1], "warning", f"{one.kind.split()[0]}s.{one.name}", "name-clash", str(one))
        for one in joiner.clashes
    ]


def _read_bases(paths: Sequence[str]) -> list[FactBase]:
    """Return the bases at *paths*; raise the faults of all that cannot be read."""
    from rightscli.base.load import read_base

    bases, faults = [], []
    for path in paths:
        try:
            bases.append(read_base(path))
        except UnreadableError as fault:
            faults.append(fault)
    if faults:
        raise_together(faults)
    return bases


def _require_sources(bases: Sequence[FactBase], heads: Sequence[Record], files: Sequence[tuple[str, str]]) -> None:
    """Raise NotFoundError for a copy in *files* of a source that none of *bases* has."""
    from rightscli.base.paths import describe_bases
    from rightscli.refs import suggest_name
    from rightscli.text.folding import shorten_text

    keys = [key for base in bases for key in base.sources]
    for key, _ in files:
        if key not in keys:
            raise NotFoundError(f"no source '{shorten_text(key)}' in {describe_bases(heads)}{suggest_name(key, keys)}")


def _examine_files(base: FactBase, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Yield what the copies in *files* show, each with its source's key."""
    from rightscli.copies.reading import find_paragraphs, read_copy
    from rightscli.doctor import examine_copy

    for key, file in files:
        if source := base.sources.get(key):
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
