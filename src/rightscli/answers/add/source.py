"""A document → a source of a base of the user's: its passages found, written, and attached as a copy that proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers.add.fact import require_own_base
from rightscli.errors import BadBaseError, NotFoundError, RightsError, UnreadableError, UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from rightscli.answers.add.editions import Change
    from rightscli.base.model import FactBase, Source
    from rightscli.base.passages import DocumentReading
    from rightscli.base.rendering import Entry
    from rightscli.drafts import Form

_TOLD_ELSEWHERE = frozenset({"paragraph-uncited"})
"""Rules that a source breaks until there are facts on it."""


class NewSource(NamedTuple):
    """What is to be added: the *key*, the *text* of the document and its *form*, and the *fields* that describe the work.

    *as_*, *only*, *skip* and *preamble* are those of ``passages.read_passages``; *edition_of* is the key of an older edition.
    *warnings* are those that there were before.
    """

    key: str
    name: str
    text: str
    form: Form
    fields: Mapping[str, Entry]
    as_: str | None = None
    only: str = ""
    skip: str = ""
    preamble: bool = False
    edition_of: str | None = None
    warnings: Sequence[str] = ()


class SourceAnswer(NamedTuple):
    """The *base* with the *source*, and how its document was read; *changes* are those from an older edition.

    *attached* is how many passages the copy that is kept proves. *diff* says which lines of the file differ. With *faults*,
    nothing was written.
    """

    base: FactBase
    source: Source | None
    reading: DocumentReading
    changes: Sequence[Change]
    attached: int
    diff: str
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def add_source(
    path: str | os.PathLike[str] | None,
    asked: NewSource,
    *,
    dry_run: bool = False,
    copies: str | os.PathLike[str] | None = None,
) -> SourceAnswer:
    """Write the source that is *asked* for into the base in the file *path*, with its passages, and keep its text as a copy.

    *copies* is the folder of attached copies. With *dry_run* nothing is written.

    Raises UsageError for the bundled base, UnreadableError for a base that cannot be read, added to or written to,
    RightsError for a key that is taken and a document without passages.
    """
    from rightscli.base.load import BYTE_LIMIT
    from rightscli.base.passages import read_passages
    from rightscli.files import rewrite_file

    name = require_own_base(path)
    reading = read_passages(
        asked.text,
        form=asked.form,
        as_=asked.as_,
        only=asked.only,
        skip=asked.skip,
        preamble=asked.preamble,
        title=str(asked.fields.get("title", "")),
    )
    if not reading.passages:
        raise RightsError(f"{asked.name}: no passage is in it", hint="a text, Markdown or HTML is expected")

    def insert(content: bytes) -> tuple[SourceAnswer, bytes | None]:
        answer, after = _insert_reading(name, content, asked, reading, copies)
        return answer, None if dry_run or answer.faults else after

    answer = rewrite_file(name, insert, limit=BYTE_LIMIT, what="a fact base")
    return answer if dry_run or answer.faults else _attach_reading(answer, copies)


def _insert_reading(
    name: str, content: bytes, asked: NewSource, reading: DocumentReading, copies: str | os.PathLike[str] | None
) -> tuple[SourceAnswer, bytes]:
    """Return what is to be said of the source *asked* for, and the base's *content* with it."""
    from rightscli.answers import name_from_here
    from rightscli.base.adding import insert_source
    from rightscli.base.load import read_base
    from rightscli.check.report import format_diff

    base = read_base(name, content)
    _require_free(base, asked.key)
    changes = _list_changes(base, asked, reading, copies)
    after = insert_source(content, asked.key, _list_entries(asked, reading), name=name)
    try:
        extended = read_base(name, after)
    except BadBaseError as error:
        faults = [_explain_problem(problem.place, problem.message, asked.key) for problem in error.problems]
        return SourceAnswer(base, None, reading, changes, 0, "", asked.warnings, faults), content
    source = extended.sources[asked.key]
    if (extended.facts, extended.topics) != (base.facts, base.topics) or len(source.paragraphs) != len(
        reading.passages
    ):
        raise UnreadableError(
            f"{name}: cannot be added to without changing what is there", hint="add the source by hand"
        )
    faults, warnings = _judge_source(extended, asked.key)
    diff = format_diff(name_from_here(name), content.decode(), after.decode())
    return SourceAnswer(extended, source, reading, changes, 0, diff, [*asked.warnings, *warnings], faults), after


def _require_free(base: FactBase, key: str) -> None:
    """Raise RightsError for a *key* that something in *base* has, UsageError for one that is empty."""
    if not key:
        raise UsageError("the key of the source is empty")
    for what, names in (
        ("source", base.sources),
        ("topic", base.topics),
        ("fact", {fact.id for fact in base.facts}),
    ):
        if key in names:
            raise RightsError(
                f"a {what} of {base.path} is named '{key}' already",
                hint=f"give another key; --edition-of {key} says what has changed since" if what == "source" else None,
            )


def _list_entries(asked: NewSource, reading: DocumentReading) -> dict[str, Entry]:
    """Return the fields of the source, in the order in which they are written."""
    fields = dict(asked.fields)
    kind = fields.pop("type", "") or ("webpage" if "URL" in fields and asked.form == "html" else "document")
    title = fields.pop("title", "") or reading.title
    entries: dict[str, Entry] = {"type": kind}
    entries |= {"title": title} if title else {}
    entries |= fields
    entries |= {"unit": reading.unit} if reading.unit != "paragraph" else {}
    entries |= {"edition-of": asked.edition_of} if asked.edition_of else {}
    passages: list[dict[str, Entry]] = []
    for one in reading.passages:
        fields = {
            "number": one.number,
            "section": one.section,
            "page": one.page,
            "begins": one.begins,
            "ends": one.ends,
        }
        passages.append(
            {name: value for name, value in fields.items() if value} | {"words": one.words, "sha256": one.sha256}
        )
    return {**entries, "paragraphs": passages}


def _explain_problem(place: str, message: str, key: str) -> RightsError:
    """Return what the loader found wrong, with the way out where an option is one."""
    field = place.removeprefix(f"sources.{key}").strip(".")
    hint = "--title gives it" if "'title'" in message else None
    return RightsError(f"{field}: {message}" if field else message, hint=hint)


def _judge_source(base: FactBase, key: str) -> tuple[list[RightsError], list[str]]:
    """Return what the rules find wrong in the source *key*: faults, and warnings."""
    from rightscli.doctor import examine_base

    faults: list[RightsError] = []
    warnings: list[str] = []
    for finding in examine_base(base):
        if finding.place.startswith(f"sources.{key}") and finding.rule not in _TOLD_ELSEWHERE:
            message = f"{finding.place}: {finding.message}"
            if finding.level == "warning":
                warnings.append(message)
            else:
                faults.append(RightsError(message))
    return faults, warnings


def _list_changes(
    base: FactBase, asked: NewSource, reading: DocumentReading, copies: str | os.PathLike[str] | None
) -> Sequence[Change]:
    """Return what became of the passages of the older edition that is *asked* about, if one is."""
    if not asked.edition_of:
        return ()
    from rightscli.answers.add.editions import compare_editions
    from rightscli.answers.copies import load_copies
    from rightscli.records import make_source_record

    older = base.sources.get(asked.edition_of)
    if not older:
        hint = f"its sources are {', '.join(base.sources)}" if base.sources else "it has none yet"
        raise NotFoundError(f"no source '{asked.edition_of}' in {base.title}", hint=hint)
    kept = load_copies(copies, [make_source_record(older)])
    texts = {position: kept[0].texts[position] for position in kept[0].proven} if kept else {}
    return compare_editions(base, older, texts, reading.passages)


def _attach_reading(answer: SourceAnswer, copies: str | os.PathLike[str] | None) -> SourceAnswer:
    """Keep what was read as the copy of the new source; where that cannot be, say so: the base is written."""
    from pathlib import Path

    from rightscli.copies.attached import save_copy
    from rightscli.records import make_source_record

    assert answer.source
    if copies is None:
        return answer._replace(warnings=[*answer.warnings, "no home folder, so no copy is kept; set XDG_DATA_HOME"])
    texts = {position: one.text for position, one in enumerate(answer.reading.passages, start=1)}
    try:
        kept = save_copy(Path(copies), make_source_record(answer.source), texts, replace=True)
    except RightsError as fault:
        return answer._replace(warnings=[*answer.warnings, f"no copy is kept: {fault.message}"])
    return answer._replace(attached=len(kept.proven))
