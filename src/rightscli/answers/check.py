"""A draft × the base and the attached copies → its findings, and the draft with the safe repairs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, cast

from rightscli.answers import clean_text, name_from_here
from rightscli.answers.copies import prepare_copies
from rightscli.errors import RightsError, UnreadableError, UsageError, raise_together

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
    why: bool = False,
    materials: Materials | None = None,
) -> CheckAnswer:
    """Return the pinpoints, quotations and statements in *text*, each with its verdict.

    *form* is ``markdown``, ``text``, ``html`` or ``latex``, else what *text* looks like. Quotations are judged by the copies that
    are attached; with *why*, each statement has its account. *materials*, from ``gather_materials``, need not be gathered
    again for each of many texts.

    Raises UnreadableError for NUL characters, and for more than 20 MB or a million lines.
    """
    materials = materials or gather_materials(library.index, prepare_copies(library))
    return _examine_draft(_read_content(name, clean_text(text).encode(), form), materials, why=why)


def check_files(
    library: Library,
    files: Iterable[str | os.PathLike[str]],
    *,
    form: Form | None = None,
    stdin: bytes = b"",
    fix: bool = False,
    why: bool = False,
) -> Iterator[CheckAnswer]:
    """Yield the same for each of *files*, once, however often it is named; ``-`` stands for *stdin*.

    All are read before the first is judged. With *fix*, the answer's ``mended`` has all repairs that are safe to make.
    Raises UnreadableError for files that cannot be read or are no text, behind the answers for the others, and UsageError,
    before the first answer, for documents that are to be mended or are said to have a *form*; where they are several, the
    error holds one for each.
    """
    from rightscli.files import list_files_once

    index = library.index
    drafts: list[CheckAnswer] = []
    faults: list[RightsError] = []
    for name in list_files_once(os.fspath(file) for file in files):
        try:
            drafts.append(_read_draft(name, form, stdin=stdin, fix=fix))
        except RightsError as fault:
            faults.append(fault)
    if faults and not (drafts and all(isinstance(one, UnreadableError) for one in faults)):
        raise_together(faults)
    materials = gather_materials(index, prepare_copies(library))
    for draft in drafts:
        yield _examine_draft(draft, materials, fix=fix, why=why)
    if faults:
        raise_together(faults)


def diff_repairs(answer: CheckAnswer) -> str:
    """Return the unified diff of the repairs that are safe to make, as ``patch`` reads it; nothing where there are none."""
    from rightscli.check.report import format_diff

    mark = _get_mark(answer)
    return format_diff(name_from_here(answer.name), mark + answer.text, mark + answer.mended)


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


def write_comments(answer: CheckAnswer, path: str | os.PathLike[str], *, failing: Collection[str] = ()) -> int:
    """Write a copy of the Word document of *answer* to *path*, a comment at each finding that is not well; return how many.

    Raises UsageError for another draft than a Word document, for the draft itself and for a *path* that is not called a Word
    document, UnreadableError for one that cannot be written.
    """
    from rightscli.check.findings import GOOD
    from rightscli.drafts.archives import PACKAGES
    from rightscli.drafts.comments import Comment, comment_document
    from rightscli.files import is_same_file, write_bytes
    from rightscli.text.inert import escape_controls

    if answer.draft.form != "docx":
        raise UsageError(f"{answer.name}: comments are written into Word documents only")
    if is_same_file(answer.name, os.fspath(path)):
        raise UsageError(f"{answer.name}: the draft itself is not written to", hint="name another file for its copy")
    if PACKAGES.get(os.path.splitext(os.fspath(path))[1].lower()) != "docx":
        # The name of a draft in another form, given by a slip, would lose it.
        raise UsageError(f"{os.fspath(path)}: a Word document is written, and none is called so", hint="name it .docx")
    told = [one for one in answer.findings if one.verdict not in GOOD or one.warnings or one.is_problem(failing)]
    comments = []
    for one in told:
        kind = "Problem" if one.is_problem(failing) else "Notice"
        cited = [one.ref] if one.ref and one.ref not in one.message else []
        lines = [f"{kind}: {one.verdict}: {one.message}", *one.warnings, *cited]
        comments.append(Comment(one.start, one.end, [escape_controls(line) for line in lines]))
    write_bytes(os.fspath(path), comment_document(answer.content, comments, name=answer.name))
    return len(comments)


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


def count_findings(answers: Sequence[CheckAnswer], failing: Collection[str] = ()) -> Record:
    """Return what a document says of drafts: the ``files``, and of all how many problems, sentences and verdicts there are."""
    from collections import Counter
    from hashlib import sha256

    files: list[Record] = [
        {
            "file": one.name,
            "sha256": sha256(one.content).hexdigest(),
            "problems": sum(finding.is_problem(failing) for finding in one.findings),
            "sentences": one.sentences,
            "unmatched": one.unmatched,
        }
        for one in answers
    ]
    counts: dict[str, Counter[str]] = {"pinpoint": Counter(), "quotation": Counter(), "statement": Counter()}
    for answer in answers:
        for finding in answer.findings:
            counts[finding.kind][finding.verdict] += 1
    sums = {name: sum(file[name] for file in files) for name in ("problems", "sentences", "unmatched")}
    return {"files": files} | sums | {"counts": {kind: dict(sorted(some.items())) for kind, some in counts.items()}}


def gather_materials(index: Index, copies: Wordings | None = None) -> Materials:
    """Return what the base and the *copies* of its sources have to hold a draft against."""
    from rightscli.check.examine import Materials
    from rightscli.check.pinpoints import gather_works
    from rightscli.check.stated.claims import prepare_claims
    from rightscli.passages import read_locator
    from rightscli.refs import describe_retraction, parse_ref, resolve_ref

    facts: dict[str, Record] = {fact["id"]: fact for fact in index.read_facts()}
    sources = [source for key in index.list_sources() if (source := index.get_source(key))]
    by_key = {source["id"]: source for source in sources}

    # An id that several bases have is seen as one, and told for what it is when it is resolved.
    shared = {id.rpartition("/")[2]: fact for id, fact in facts.items() if "/" in id}

    def find_places(id: str) -> Sequence[tuple[str, Locator]] | None:
        fact = facts.get(id) or shared.get(id) or (index.get_fact(id) if "/" in id else None)
        if not fact:
            return None
        return [(cited["source"], read_locator(cited, by_key[cited["source"]])) for cited in fact["citations"]]

    def cite_fact(id: str) -> tuple[str, str, str]:
        (first, *_) = facts[id]["citations"]
        return str(first["ref"]).partition("@")[0], str(first["text"]), str(facts[id]["claim"])

    titles = [source["csl"].get(name, "") for source in sources for name in ("title", "container-title")]
    titles += dict.fromkeys(paragraph["section"] for source in sources for paragraph in source["paragraphs"])
    others = _list_other_names(index, sources)
    works = gather_works(sources, index.list_templates, find_places, facts.keys(), index.list_former(), others)
    unproven = (id for id, fact in facts.items() if not all(cited.get("proven", True) for cited in fact["citations"]))
    retracted = {id: told for id, fact in facts.items() if (told := describe_retraction(fact))}
    topics = [topic for _, topic in index.list_topics()]
    holding = [fact for id, fact in facts.items() if id not in retracted]
    return Materials(
        works=works,
        resolve=lambda text: resolve_ref(parse_ref(text), index),
        passages=copies.passages if copies else None,
        strange=copies.strange if copies else frozenset(),
        claims=prepare_claims(holding, topics, works.numberings),
        titles=[title for title in titles if title],
        cite=cite_fact,
        unproven=frozenset(unproven),
        retracted=retracted,
        everything=prepare_claims(facts.values(), topics, works.numberings) if retracted else None,
        newer={source["id"]: source["newer_edition"] for source in sources if "newer_edition" in source},
    )


def _list_other_names(index: Index, sources: Iterable[Record]) -> dict[str, list[str]]:
    """Return by ``base/key``, and by a key that several bases have, the keys that *sources* go by."""
    found: dict[str, list[str]] = {}
    for source in sources:
        _, slash, own = source["id"].rpartition("/")
        if slash:
            found.setdefault(own, []).append(source["id"])
        else:
            names = source.get("bases", [one["name"] for one in index.bases])
            found |= {f"{base}/{own}": [own] for base in names}
    return found


def _read_content(name: str, content: bytes, form: Form | None) -> CheckAnswer:
    """Return the draft in *content*, without findings as yet."""
    from rightscli.drafts import read_content

    text, draft = read_content(content, name=name, form=form)
    return CheckAnswer(name, content, text, draft, (), text)


def _read_draft(name: str, form: Form | None, *, stdin: bytes, fix: bool) -> CheckAnswer:
    """Return the draft in the file *name*, ``-`` for *stdin*.

    Raises UsageError for a document that is to be mended, or is said to have a *form*.
    """
    from rightscli.drafts import DOCUMENTS, MEGABYTES
    from rightscli.files import read_bytes

    if name == "-":
        draft = _read_content("<stdin>", stdin, form)
    else:
        draft = _read_content(name, read_bytes(name, limit=MEGABYTES * 10**6, what="a draft", pipes=True), form)
    if draft.draft.form in DOCUMENTS and fix:
        instead = "; --comments OUT.docx writes what is found into a copy" if draft.draft.form == "docx" else ""
        raise UsageError(f"{draft.name}: a document: repairs are made in text only", hint=f"leave --fix out{instead}")
    if draft.draft.form in DOCUMENTS and form:
        raise UsageError(f"{draft.name}: a document: --form says how a text is read", hint="leave --form out")
    return draft


def _examine_draft(answer: CheckAnswer, materials: Materials, *, fix: bool = False, why: bool = False) -> CheckAnswer:
    from rightscli.check.examine import examine_draft
    from rightscli.check.repairs import mend_draft
    from rightscli.drafts import parse_draft

    def examine(text: str) -> Sequence[DraftFinding]:
        # Of texts alone: documents are not mended.
        form = cast("Form", answer.draft.form)
        return examine_draft(answer.name, text, parse_draft(text, form=form), materials).findings

    found = examine_draft(answer.name, answer.text, answer.draft, materials, why=why)
    return answer._replace(
        findings=found.findings,
        sentences=found.sentences,
        unmatched=found.unmatched,
        mended=mend_draft(answer.text, found.findings, examine) if fix else answer.text,
    )


def _get_mark(answer: CheckAnswer) -> str:
    """Return the byte order mark that a draft's file begins with, or nothing."""
    return "\ufeff" if answer.content.startswith(b"\xef\xbb\xbf") else ""
