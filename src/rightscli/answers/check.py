"""A draft × the base and the attached copies → its findings, and the draft with the safe repairs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import clean_text
from rightscli.answers.copies import prepare_copies
from rightscli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rightscli.answers import Library
    from rightscli.answers.copies import Wordings
    from rightscli.check.examine import Materials
    from rightscli.check.findings import DraftFinding
    from rightscli.drafts import Draft, Form
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.text.locators import Locator


class CheckAnswer(NamedTuple):
    """What was found in one draft.

    *findings* stand in the order of the *text*, which is *draft* in blocks; *name* is what they call its file, and *content*
    the file's bytes. So many *sentences* were held against the facts, and so many of them are *unmatched*: no fact is near.
    *mended* is the text with the repairs that are safe, where those were asked for.
    """

    name: str
    content: bytes
    text: str
    draft: Draft
    findings: Sequence[DraftFinding]
    mended: str
    sentences: int = 0
    unmatched: int = 0


def check_text(
    library: Library,
    text: str,
    *,
    form: Form | None = None,
    name: str = "<text>",
    materials: Materials | None = None,
) -> CheckAnswer:
    """Return the pinpoints, quotations and statements in *text*, each with its verdict.

    *form* is ``markdown``, ``text``, ``html`` or ``latex``, else what *text* looks like. Quotations are judged by the copies that
    are attached. *materials*, from ``gather_materials``, need not be gathered again for each of many texts.

    Raises UnreadableError for NUL characters, and for more than 20 MB or a million lines.
    """
    materials = materials or gather_materials(library.index, prepare_copies(library))
    return _examine_draft(_read_content(name, clean_text(text).encode(), form), materials)


def check_files(
    library: Library,
    files: Iterable[str | os.PathLike[str]],
    *,
    form: Form | None = None,
    stdin: bytes = b"",
    fix: bool = False,
) -> Iterator[CheckAnswer]:
    """Yield the same for each of *files*, once, however often it is named; ``-`` stands for *stdin*.

    All are read before the first is judged. With *fix*, the answer's ``mended`` has all repairs that are safe to make.
    Raises UnreadableError for a file that cannot be read or is no text.
    """
    from rightscli.drafts import MEGABYTES
    from rightscli.files import list_files_once, read_bytes

    index = library.index
    drafts = [
        _read_content("<stdin>", stdin, form)
        if name == "-"
        else _read_content(name, read_bytes(name, limit=MEGABYTES * 10**6, what="a draft"), form)
        for name in list_files_once(os.fspath(file) for file in files)
    ]
    materials = gather_materials(index, prepare_copies(library))
    for draft in drafts:
        yield _examine_draft(draft, materials, fix=fix)


def diff_repairs(answer: CheckAnswer) -> str:
    """Return the unified diff of the repairs that are safe to make, as ``patch`` reads it; nothing where there are none."""
    from rightscli.check.report import format_diff

    mark = _get_mark(answer)
    return format_diff(_name_from_here(answer.name), mark + answer.text, mark + answer.mended)


def write_repairs(answer: CheckAnswer) -> bool:
    """Make the repairs in the draft's file, all or none; return whether there were any.

    Raises UsageError for a file that is not UTF-8, UnreadableError for one that was changed since, or cannot be written to.
    """
    from rightscli.files import replace_bytes

    mark = _get_mark(answer)
    if answer.mended == answer.text:
        return False
    if answer.content != (mark + answer.text).encode():
        raise UsageError(f"{answer.name} is not UTF-8, so it is not written to", hint="save it as UTF-8")
    replace_bytes(answer.name, answer.content, (mark + answer.mended).encode())
    return True


def sum_up_findings(answers: Sequence[CheckAnswer], failing: Collection[str] = ()) -> str:
    """Return in one line what was judged, how many problems there are, and how many sentences no fact is near to."""
    from rightscli.text.folding import count_noun

    findings = [finding for answer in answers for finding in answer.findings]
    problems = count_noun(sum(finding.is_problem(failing) for finding in findings), "problem")
    kinds = [count_noun(sum(finding.kind == kind for finding in findings), kind) for kind in ("pinpoint", "quotation")]
    sentences, unmatched = (sum(getattr(one, name) for one in answers) for name in ("sentences", "unmatched"))
    judged = f"{kinds[0]}, {kinds[1]} and {count_noun(sentences - unmatched, 'statement')} judged"
    rest = f"; no fact is near to {count_noun(unmatched, 'sentence')}" if unmatched else ""
    return f"{problems} in {count_noun(len(answers), 'file')}: {judged}{rest}"


def gather_materials(index: Index, copies: Wordings | None = None) -> Materials:
    """Return what the base and the *copies* of its sources have to hold a draft against."""
    from rightscli.check.examine import Materials
    from rightscli.check.pinpoints import gather_works
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

    titles = [source["csl"].get(name, "") for source in sources for name in ("title", "container-title")]
    titles += dict.fromkeys(paragraph["section"] for source in sources for paragraph in source["paragraphs"])
    return Materials(
        works=gather_works(sources, index.list_templates, find_places, facts.keys()),
        resolve=lambda text: resolve_ref(parse_ref(text), index),
        passages=copies.passages if copies else None,
        strange=copies.strange if copies else frozenset(),
        claims=prepare_claims(facts.values(), (topic for _, topic in index.list_topics())),
        titles=[title for title in titles if title],
        cite=cite_fact,
    )


def _read_content(name: str, content: bytes, form: Form | None) -> CheckAnswer:
    """Return the draft in *content*, without findings as yet."""
    from rightscli.drafts import decode_draft, guess_form, parse_draft

    text = decode_draft(content, name=name)
    return CheckAnswer(name, content, text, parse_draft(text, form=form or guess_form(name, text)), (), text)


def _examine_draft(answer: CheckAnswer, materials: Materials, *, fix: bool = False) -> CheckAnswer:
    from rightscli.check.examine import examine_draft
    from rightscli.check.repairs import mend_draft
    from rightscli.drafts import parse_draft

    def examine(text: str) -> Sequence[DraftFinding]:
        return examine_draft(answer.name, text, parse_draft(text, form=answer.draft.form), materials).findings

    found = examine_draft(answer.name, answer.text, answer.draft, materials)
    return answer._replace(
        findings=found.findings,
        sentences=found.sentences,
        unmatched=found.unmatched,
        mended=mend_draft(answer.text, found.findings, examine) if fix else answer.text,
    )


def _name_from_here(name: str) -> str:
    """Return the path of a draft from the working folder, as a diff has it; of one outside, from the root."""
    try:
        path = os.path.relpath(name)
    except ValueError:
        # On another drive.
        path = name
    path = path.replace(os.sep, "/")
    return os.path.abspath(name).replace(os.sep, "/").lstrip("/") if path.startswith("../") else path


def _get_mark(answer: CheckAnswer) -> str:
    """Return the byte order mark that a draft's file begins with, or nothing."""
    return "\ufeff" if answer.content.startswith(b"\xef\xbb\xbf") else ""
