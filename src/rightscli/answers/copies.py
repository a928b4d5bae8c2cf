"""The reader's own copies of sources: attached, proven paragraph by paragraph, and detached again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import clean_text
from rightscli.errors import NotFoundError, RightsError, UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rightscli.answers import Library
    from rightscli.check.quoted.passages import Passages
    from rightscli.copies.attached import Copy
    from rightscli.copies.reading import CopyText, Examined
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.refs import Ref, Target


class AttachAnswer(NamedTuple):
    """What a copy holds of each paragraph of *source*, in order, and in a *summary* what is attached now.

    *whole*: every paragraph is proven now, or was asked for by force. *faults* says why nothing was attached, or that what was
    not is another edition.
    """

    source: Record
    paragraphs: Sequence[Examined]
    summary: str
    warnings: Sequence[str]
    faults: Sequence[RightsError]
    whole: bool = False


def attach_copy(
    library: Library, key: str, file: str | os.PathLike[str], *, content: bytes | None = None, force: bool = False
) -> AttachAnswer:
    """Keep the copy in *file* of the source *key* in the library's folder of copies, and return what it proves.

    *content* is what *file* holds, where it is no file. What is proven is attached; with *force*, what differs as well.

    Raises NotFoundError for an unknown source, UnreadableError for a copy that cannot be read or kept.
    """
    from rightscli.copies.attached import load_copy, save_copy
    from rightscli.copies.reading import compare_copy, make_paragraphs, require_attachable, tell_edition
    from rightscli.copies.words import discard_words
    from rightscli.refs import find_source

    source = find_source(clean_text(key), library.index)
    if not any(paragraph["sha256"] for paragraph in source["paragraphs"]):
        message = f"the base was made without a copy of {source['id']}, so that none can be proven"
        raise NotFoundError(message)
    copy = _read_copy(os.fspath(file), content)
    remarks = [f"{copy.name}: {remark}" for remark in copy.remarks]
    folder = _require_folder(library)
    older = load_copy(folder, source)
    discard_words(source, folder, library.cache)
    examined = compare_copy(make_paragraphs(source), copy, older=older.texts if older else None)
    names = {"source": source["id"], "name": copy.name, "unit": source["unit"]}
    states = ("same", "changed") if force else ("same",)
    try:
        require_attachable(examined, force=force, **names)
        texts = {one.position: one.text for one in examined if one.state in states}
        kept = save_copy(folder, source, texts, replace=force)
    except UnreadableError:
        # The copy is good, and the place for it is not: a full disk, somebody else's folder.
        raise
    except RightsError as fault:
        return AttachAnswer(source, examined, "", remarks, [fault])
    edition = None if force else tell_edition(examined, **names)
    summary = _sum_up_copy(source, examined, kept.proven)
    provable = {position for position, one in enumerate(source["paragraphs"], 1) if one["sha256"]}
    whole = force or kept.proven >= provable
    return AttachAnswer(source, examined, summary, remarks, (edition,) if edition else (), whole)


def detach_copy(library: Library, key: str) -> str:
    """Forget what is attached to the source *key*, and return the key as the base has it.

    Raises NotFoundError for an unknown source, and where nothing is attached.
    """
    from rightscli.copies.attached import remove_copy
    from rightscli.copies.words import discard_words
    from rightscli.refs import find_source

    source = find_source(clean_text(key), library.index)
    discard_words(source, _require_folder(library), library.cache)
    if not remove_copy(_require_folder(library), source):
        raise NotFoundError(f"no copy of {source['id']} is attached")
    return str(source["id"])


def load_copies(folder: str | os.PathLike[str] | None, sources: Iterable[Record]) -> list[Copy]:
    """Return what is attached to *sources* in *folder*, at most one copy each."""
    if folder is None:
        return []
    from pathlib import Path

    from rightscli.copies.attached import load_copy

    return [copy for source in sources if (copy := load_copy(Path(folder), source))]


class Wordings(NamedTuple):
    """The words of every copy that is attached, None where there is none, and which paragraphs of them are another edition's
    (*strange*); *bare* are the sources without a copy."""

    passages: Passages | None
    strange: frozenset[tuple[str, int]]
    bare: Sequence[str]


def prepare_copies(library: Library) -> Wordings:
    """Return the words of all copies that are attached in *library*, ready to be compared with quotations."""
    from rightscli.check.quoted.passages import prepare_paragraphs

    keys = library.index.list_sources()
    copies = load_copies(library.copies, filter(None, map(library.index.get_source, keys)))
    words = {(copy.source, number): copy.texts[number] for copy in copies for number in sorted(copy.texts)}
    strange = frozenset((copy.source, number) for copy in copies for number in copy.texts if number not in copy.proven)
    held = {copy.source for copy in copies}
    return Wordings(prepare_paragraphs(words) if words else None, strange, [key for key in keys if key not in held])


def find_quoted(ref: Ref, copies: Wordings, index: Index) -> tuple[Target, list[str]]:
    """Return the passage where the words of *ref* stand, in any capitals, and what its reader should know of them.

    Raises UsageError for fewer than four words, NotFoundError where they stand nowhere, with the nearest passage and what
    differs there, or in several passages, with all of them.
    """
    from rightscli.check.explanations import explain_quotation, name_place
    from rightscli.check.quoted.quotations import FEWEST_WORDS, judge_quotation
    from rightscli.passages import read_numbering
    from rightscli.refs import Target, parse_ref, resolve_ref
    from rightscli.text.folding import shorten_text

    verdict, shown = judge_quotation(ref.words, copies.passages), shorten_text(ref.text, 80)
    attach = f"rights attach {copies.bare[0]} FILE" if copies.bare else None
    if verdict.name == "too-short":
        raise UsageError(f"{shown} is too short a quotation to be a REF", hint=f"quote {FEWEST_WORDS} words or more")
    if verdict.name == "unproven":
        raise NotFoundError(f"no copy is attached in which {shown} could be found", hint=attach)
    numberings = {key: read_numbering(source) for key in index.list_sources() if (source := index.get_source(key))}
    names = [name_place(place, numberings) for place in verdict.places]
    told = explain_quotation(verdict, names, [])
    if verdict.name == "not-found":
        lacking = f"no copy of {', '.join(copies.bare[:5])} is attached: {attach}" if copies.bare else None
        raise NotFoundError(f"{shown} {told}", hint=lacking)
    place = names[0]
    if verdict.name in ("altered", "omission") and any(one.kind != "case" for one in verdict.differences):
        raise NotFoundError(f"{shown} stands nowhere: {told}", hint=f"{place} says: {verdict.wording}")
    if len(verdict.places) > 1:
        raise NotFoundError(f"{shown} {told}", hint="quote more of it, or name the place")
    target = resolve_ref(parse_ref(place), index)
    warnings = [f"{shown}: {told}"] if verdict.cuts else []
    if any((one.source, number) in copies.strange for one in verdict.places for number in (one.first, one.last)):
        warnings.append(f"{shown}: the attached copy has another edition of {place}")
    return Target(ref.text, target.fact, target.source, target.locators), warnings


def _require_folder(library: Library) -> Path:
    from pathlib import Path

    if library.copies is None:
        raise UnreadableError("no home folder, so no place for copies", hint="set XDG_DATA_HOME")
    return Path(library.copies)


def _read_copy(file: str, content: bytes | None) -> CopyText:
    from rightscli.copies.reading import decode_copy, read_copy

    return read_copy(file) if content is None else decode_copy(content, name=file)


_NAMED = 5
"""How many paragraphs that are not proven a summary names."""


def _sum_up_copy(source: Record, examined: Sequence[Examined], proven: frozenset[int]) -> str:
    """Return how many paragraphs are *proven*, and how many a copy has otherwise, lacks, or has from an older copy."""
    from rightscli.text.folding import count_noun

    older = sum(one.state != "same" and one.position in proven for one in examined)
    unproven = [one for one in examined if one.position not in proven]
    missing = sum(one.state == "missing" for one in unproven)
    changed = [one for one in unproven if one.state == "changed"]
    differs = any(not one.difference.startswith("as many") for one in changed)
    counts = (("changed", len(changed) * differs), ("missing", missing), ("kept from the copy attached before", older))
    rest = "".join(f"; {count_noun(count, source['unit'])} {state}" for state, count in counts if count)
    if changed and not differs:
        numbers = [source["paragraphs"][one.position - 1]["number"] for one in changed]
        named = numbers if len(numbers) <= _NAMED else [*numbers[: _NAMED - 1], f"{len(numbers) - _NAMED + 1} more"]
        listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
        unit = source["unit"] if len(changed) == 1 else f"{source['unit']}s"
        rest = f"; {unit} {listed} not proven, where a hyphen, a sign or a word differs{rest}"
    whole = f"{len(proven)} of {count_noun(len(examined), source['unit'])} of {source['id']}"
    return f"attached {whole}, proven word for word{rest}"
