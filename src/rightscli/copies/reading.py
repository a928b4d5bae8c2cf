"""The reader's own copy of a source: read it, and find which passage of it is which paragraph of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

from rightscli.base.model import Paragraph, Source
from rightscli.copies.pages import RunningText, Stretch, Window, is_near, prove_by_hyphen
from rightscli.copies.stretches import Candidates, Neighbours
from rightscli.drafts import MEGABYTES, Form, guess_form, parse_draft
from rightscli.drafts.conversion import convert_copy
from rightscli.drafts.furniture import list_furniture
from rightscli.errors import NotFoundError, RightsError
from rightscli.files import read_bytes
from rightscli.records import Record
from rightscli.text.folding import count_noun, hash_text, normalise_text, shorten_text

_DIFF_WORDS, _DIFFS_SHOWN = 5000, 5
_ELSEWHERE = 200
"""How many paragraphs that are not where they should be are looked for in the whole of a copy."""
_WORD, _NEAR, _FAR = 15, 20_000, 200_000
"""How many characters behind what is found before it a paragraph is looked for: so many a word, and these; at most the last."""
# A form feed behind a line's end is no blank line.
_LINE_ENDS = re.compile("(?:\r\n|\n)\f?|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class CopyText:
    """A copy as it was read: its *text*, without a byte order mark, and the *form* it seems to have; *name* for messages.

    *remarks* say what its reader should know of how it was read.
    """

    name: str
    text: str
    form: Form
    remarks: tuple[str, ...] = ()


class Examined(NamedTuple):
    """What a copy holds of the passage at a *position* of a source: the same words, changed ones, or none.

    *text* is the copy's, on one line; *difference* says in one line what is known of how it was changed; both are empty
    where there is nothing to say.
    """

    position: int
    state: Literal["same", "changed", "missing"]
    text: str = ""
    difference: str = ""


class _Sought(NamedTuple):
    """A passage that is looked for: its *position* in the source, and what the base knows of it."""

    position: int
    section: str
    begins: str
    ends: str
    words: int
    sha256: str


class _Lines(NamedTuple):
    """A copy as lines, blank ones empty; which of them are headings or the like, and which start a page."""

    lines: list[str]
    aside: frozenset[int]
    page_tops: frozenset[int]
    is_plain: bool


def read_copy(path: str | Path) -> CopyText:
    """Return the copy in the file *path*: a text, a PDF or a document, at most 20 MB.

    Raises UnreadableError.
    """
    content = read_bytes(str(path), limit=MEGABYTES * 10**6, what="a copy of a source", pipes=True)
    return decode_copy(content, name=str(path))


def decode_copy(content: bytes, *, name: str) -> CopyText:
    """Return the copy in *content*, as it was read from the file or stream *name*.

    A document, or a text in the encoding that it declares, else in UTF-8 or windows-1252. Raises UnreadableError.
    """
    return CopyText(name, *convert_copy(content, name=name))


def make_paragraphs(source: Record) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a source from its record."""
    names = ("number", "section", "begins", "ends", "words", "sha256")
    return tuple(Paragraph(*(paragraph[name] for name in names)) for paragraph in source["paragraphs"])


def find_paragraphs(source: Source | Sequence[Paragraph], copy: CopyText | str) -> Mapping[int, str]:
    """Return which passage of *copy* is which paragraph of *source*, by its position there, ascending, as far as found.

    A passage is proven by its hash: a line, a block, the lines between two blank ones, or else a stretch of running text
    with the paragraph's first and last words, its lines joined in every way that a hyphen, a page's edge or the mark of a
    note allows. A paragraph without proof is the passage, between those of its neighbours, that has its first or last
    words; or the one that is left there when as many are left as paragraphs. So a passage may differ from what the base
    says about its paragraph: compare its hash before you trust it.
    """
    # One that the base was made without a copy of can be told by nothing.
    sought = [
        _Sought(position, one.section, one.begins, one.ends, one.words, one.sha256)
        for position, one in enumerate(_list_paragraphs(source), start=1)
        if one.sha256
    ]
    if isinstance(copy, str):
        copy = CopyText("", copy, "text")
    best: _Search | None = None
    elsewhere: dict[int, str] = {}
    for lines in _list_readings(copy):
        search = _Search(sought, lines)
        search.prove_paragraphs()
        elsewhere |= {position: found.text for position, found in search.found.items()}
        if best is None or len(search.found) > len(best.found):
            best = search
        if len(elsewhere) == len(sought):
            break
    assert best
    best.add_unproven([paragraph for paragraph in sought if paragraph.position not in elsewhere])
    texts = {position: found.text for position, found in best.found.items()} | elsewhere
    for one in sought:
        # A hyphen inside a word makes no more words of it.
        text = texts.get(one.position, "")
        if text and len(text.split()) == one.words and hash_text(text) != one.sha256:
            texts[one.position] = prove_by_hyphen(texts[one.position], one.sha256) or texts[one.position]
    return {position: texts[position] for position in sorted(texts)}


def _list_paragraphs(source: Source | Sequence[Paragraph]) -> Sequence[Paragraph]:
    return source.paragraphs if isinstance(source, Source) else source


def compare_copy(
    source: Source | Sequence[Paragraph], copy: CopyText | str, *, older: Mapping[int, str] | None = None
) -> tuple[Examined, ...]:
    """Return what *copy* holds of each paragraph of *source*, in their order; *older* are the texts of another copy."""
    found = find_paragraphs(source, copy)
    return tuple(
        _examine_paragraph(position, paragraph, found, older or {})
        for position, paragraph in enumerate(_list_paragraphs(source), start=1)
    )


def _examine_paragraph(
    position: int, paragraph: Paragraph, found: Mapping[int, str], older: Mapping[int, str]
) -> Examined:
    if position not in found:
        return Examined(position, "missing")
    if hash_text(found[position]) == paragraph.sha256:
        return Examined(position, "same", found[position])
    difference = describe_difference(paragraph, found[position], older=older.get(position))
    return Examined(position, "changed", found[position], difference)


def describe_difference(paragraph: Paragraph, text: str, *, older: str | None = None) -> str:
    """Return in one line how *text* differs from *paragraph*, as far as the base can tell, and from an *older* text of it."""
    words, normal = text.split(), normalise_text(text)
    told = []
    for verb, own, place in (("begins", paragraph.begins, slice(5)), ("ends", paragraph.ends, slice(-5, None))):
        plain = normalise_text(own)
        if not (normal.startswith(plain) if verb == "begins" else normal.endswith(plain)):
            told.append(f"{verb} '{shorten_text(' '.join(words[place]), 80)}', not '{own}'")
    if len(words) != paragraph.words:
        told.append(f"{count_noun(len(words), 'word')}, not {paragraph.words}")
    if not told:
        told.append(f"{_AS_MANY} ({paragraph.words}), but not the same ones or not the same signs")
    if older is not None and (changes := _list_changes(normalise_text(older).split(), normal.split())):
        shown = changes[:_DIFFS_SHOWN]
        more = [f"{len(changes) - len(shown)} more"] if len(changes) > len(shown) else []
        told.append("beside the attached copy: " + ", ".join(shown + more))
        # Now it is known that they are not.
        told = [one for one in told if not one.startswith(_AS_MANY)]
    return "; ".join(told)


def _list_changes(old: list[str], new: list[str]) -> list[str]:
    """Return what was put for what, word by word; nothing for texts too long to compare so."""
    if max(len(old), len(new)) > _DIFF_WORDS:
        return []
    changes = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = shorten_text(" ".join(old[start:end]), 60), shorten_text(" ".join(new[new_start:new_end]), 60)
        if kind == "replace":
            changes.append(f"'{after}' for '{before}'")
        elif kind == "delete":
            changes.append(f"without '{before}'")
        elif kind == "insert":
            changes.append(f"with '{after}'")
    return changes


def require_attachable(
    examined: Sequence[Examined], *, source: str, name: str, force: bool = False, unit: str = "paragraph"
) -> None:
    """Raise NotFoundError where nothing of the copy *name* is to be attached to *source*, each of whose passages is a *unit*:
    where none is in it and, without *force*, where none is proven."""
    changed = [one.position for one in examined if one.state == "changed"]
    if any(one.state == "same" for one in examined) or (changed and force):
        return
    if changed:
        raise tell_edition(examined, source=source, name=name, unit=unit) or NotFoundError(
            f"{shorten_text(name, 500)}: none of the {count_noun(len(examined), unit)} of {source} is proven by it",
            hint=_FORCE,
        )
    raise NotFoundError(
        f"{shorten_text(name, 500)}: none of the {count_noun(len(examined), unit)} of {source} is in it",
        hint=f"rights sources {source} shows how its {unit}s begin and end",
    )


def tell_edition(
    examined: Sequence[Examined], *, source: str, name: str, unit: str = "paragraph"
) -> RightsError | None:
    """Return the error of a copy that has other words than *source*; None where it may differ in signs alone."""
    if not any(one.state == "changed" and not one.difference.startswith(_AS_MANY) for one in examined):
        return None
    changed = count_noun(sum(one.state == "changed" for one in examined), unit)
    missing = sum(one.state == "missing" for one in examined)
    return RightsError(
        f"{shorten_text(name, 500)}: another edition of {source}: {changed} changed{f', {missing} missing' if missing else ''}",
        hint=_FORCE,
    )


_FORCE = "--force attaches what differs, too; quotations are then judged by it, and said to be unproven"
_AS_MANY = "as many words"


def _list_readings(copy: CopyText) -> Iterator[_Lines]:
    """Yield the copy as lines, in the ways in which it may be read, its own form first."""
    if copy.form == "text":
        yield _split_lines(copy.text)
        guessed = guess_form("", copy.text)
        if guessed != "text":
            yield _split_blocks(copy.text, guessed)
        return
    yield _split_blocks(copy.text, copy.form)
    if copy.form != "html":
        yield _split_lines(copy.text)


def _split_lines(text: str) -> _Lines:
    lines, page_tops = [], set()
    start = 0
    for end in _LINE_ENDS.finditer(text):
        lines.append(" ".join(text[start : end.start()].split()))
        if end.group().endswith("\f"):
            page_tops.add(len(lines))
        start = end.end()
    lines.append(" ".join(text[start:].split()))
    return _Lines(lines, frozenset(), frozenset(page_tops), is_plain=True)


def _split_blocks(text: str, form: Form) -> _Lines:
    blocks = parse_draft(text, form=form).blocks
    asides = (number for number, block in enumerate(blocks) if block.kind not in ("paragraph", "quote", "list"))
    lines = [" ".join(block.text.split()) for block in blocks]
    return _Lines(lines, frozenset(asides), frozenset(), is_plain=False)


class _Search:
    """One search for *paragraphs* in a copy read as *lines*: *found* are those found so far, by position."""

    def __init__(self, paragraphs: Sequence[_Sought], lines: _Lines) -> None:
        self._paragraphs = paragraphs
        self._lines = lines
        self._headings = {normalise_text(paragraph.section) for paragraph in paragraphs if paragraph.section}
        self._running: RunningText | None = None
        self._passages: list[Stretch] = []
        self.found: dict[int, Stretch] = {}

    def prove_paragraphs(self) -> None:
        """Find the paragraphs whose hashes prove them."""
        splits = [_cut_passages(self._lines.lines, joined=False)]
        if self._lines.is_plain:
            splits.append(_cut_passages(self._lines.lines, joined=True))
        proofs = [_prove_passages(self._paragraphs, passages) for passages in splits]
        self._passages, self.found = max(zip(splits, proofs, strict=True), key=lambda split: len(split[1]))
        for other in proofs:
            self.found = other | self.found
        lines = self._lines.lines
        for cleaned, without_edges in ((False, False), (True, False), (True, True)):
            missing = [paragraph for paragraph in self._paragraphs if paragraph.position not in self.found]
            left_out = list_furniture(lines, self._lines.page_tops) if missing and without_edges else frozenset()
            if missing and (left_out or not without_edges):
                running = RunningText(lines, cleaned=cleaned, left_out=left_out)
                # Most copies have nothing to be cleaned of: looked through once is enough.
                if self._running is None or running.own != self._running.own:
                    self._prove_running(running)
                self._running = self._running or running

    def _prove_running(self, running: RunningText) -> None:
        """Find what is missing in a running text: behind what stands before it; else, so many paragraphs, anywhere."""
        taken = {found.start for found in self.found.values()}
        elsewhere = _ELSEWHERE
        for paragraph, window in self._list_windows(self._list_neighbours()):
            begins, ends = normalise_text(paragraph.begins), normalise_text(paragraph.ends)
            words, sha256 = paragraph.words, paragraph.sha256
            proof = running.find_proof(begins, ends, words=words, sha256=sha256, taken=taken, within=window)
            if not proof and elsewhere:
                elsewhere -= 1
                proof = running.find_proof(begins, ends, words=words, sha256=sha256, taken=taken)
            if proof:
                self.found[paragraph.position] = proof
                taken.add(proof.start)

    def _list_windows(self, neighbours: Neighbours) -> Iterator[tuple[_Sought, Window]]:
        """Yield the paragraphs that are not found, and where each should stand, asked when it is its turn."""
        reach = 0
        for paragraph in self._paragraphs:
            if paragraph.position in self.found:
                reach = 0
                continue
            reach += _WORD * paragraph.words
            window = neighbours.find_window(paragraph.position)
            yield paragraph, Window(*window, min(reach + _NEAR, _FAR))
            if paragraph.position in self.found:
                neighbours.add(paragraph.position, self.found[paragraph.position])
                reach = 0

    def add_unproven(self, missing: Sequence[_Sought]) -> None:
        """Find the *missing* paragraphs by their ends or by their places."""
        free = [
            (passage, normal)
            for passage in self._passages
            if passage.start[0] not in self._lines.aside
            and (normal := normalise_text(passage.text)) not in self._headings
        ]
        passages = Candidates([passage for passage, _ in free], [normal for _, normal in free])
        neighbours = self._list_neighbours()
        # Both ends first: each paragraph found narrows the stretch in which its neighbours are looked for.
        self._add_by_ends(missing, passages, neighbours, ends=2)
        self._add_running(neighbours)
        self._add_by_ends(missing, passages, neighbours, ends=1)
        self._add_by_place(missing, passages, neighbours)
        self._add_by_gap(missing, neighbours)

    def _list_neighbours(self) -> Neighbours:
        neighbours = Neighbours(max((one.position for one in self._paragraphs), default=0), (len(self._lines.lines), 0))
        for position, stretch in self.found.items():
            neighbours.add(position, stretch)
        return neighbours

    def _keep(self, position: int, stretch: Stretch, neighbours: Neighbours) -> None:
        self.found[position] = stretch
        neighbours.add(position, stretch)

    def _add_by_ends(
        self, missing: Iterable[_Sought], passages: Candidates, neighbours: Neighbours, *, ends: int
    ) -> None:
        """Add the paragraphs of which a passage between their neighbours' has *ends* (1 or 2) of the ends."""
        for paragraph in missing:
            if paragraph.position in self.found:
                continue
            begins, closes = normalise_text(paragraph.begins), normalise_text(paragraph.ends)
            within = passages.list_between(*neighbours.find_window(paragraph.position))
            for place in passages.list_alike(begins, closes, within):
                passage = passages.normal[place]
                matched = bool(begins and passage.startswith(begins)) + bool(closes and passage.endswith(closes))
                # One line of several of a paragraph has an end of it, too.
                if matched >= ends and (ends == 2 or is_near(passage.count(" ") + 1, paragraph.words)):
                    self._keep(paragraph.position, passages.stretches[place], neighbours)
                    break

    def _add_running(self, neighbours: Neighbours) -> None:
        """Add the paragraphs of which a stretch between their neighbours' has both ends."""
        for paragraph, window in self._list_windows(neighbours) if self._running else ():
            begins, ends = normalise_text(paragraph.begins), normalise_text(paragraph.ends)
            assert self._running
            alike = self._running.find_alike(begins, ends, words=paragraph.words, within=window)
            if alike:
                self.found[paragraph.position] = alike

    def _add_by_place(self, missing: Iterable[_Sought], passages: Candidates, neighbours: Neighbours) -> None:
        """Add each run of paragraphs that has as many passages left between two found neighbours."""
        for numbers in self._list_runs(missing):
            places = passages.list_between(*neighbours.find_window(numbers[0]))
            if len(places) == len(numbers):
                for number, place in zip(numbers, places, strict=True):
                    self._keep(number, passages.stretches[place], neighbours)

    def _add_by_gap(self, missing: Sequence[_Sought], neighbours: Neighbours) -> None:
        """Add each paragraph alone between two found neighbours for which lines of about its length are left there."""
        words = {paragraph.position: paragraph.words for paragraph in missing}
        for numbers in self._list_runs(missing):
            if len(numbers) > 1:
                continue
            after, before = neighbours.find_window(numbers[0])
            lines = [
                number
                for number in range(after[0], min(before[0] + 1, len(self._lines.lines)))
                if (number, 0) >= after
                and number < before[0]
                and self._lines.lines[number]
                and number not in self._lines.aside
                and normalise_text(self._lines.lines[number]) not in self._headings
            ]
            text = " ".join(self._lines.lines[number] for number in lines)
            if lines and is_near(len(text.split()), words[numbers[0]]):
                stretch = Stretch(text, (lines[0], 0), (lines[-1], len(self._lines.lines[lines[-1]])))
                self._keep(numbers[0], stretch, neighbours)

    def _list_runs(self, missing: Iterable[_Sought]) -> list[list[int]]:
        """Return the positions of the *missing* that are still not found, in runs between two found neighbours."""
        lost = {paragraph.position for paragraph in missing} - self.found.keys()
        runs = []
        for is_lost, group in groupby((paragraph.position for paragraph in self._paragraphs), key=lost.__contains__):
            numbers = list(group)
            if is_lost and numbers[0] - 1 in self.found and numbers[-1] + 1 in self.found:
                runs.append(numbers)
        return runs


def _cut_passages(lines: Sequence[str], *, joined: bool) -> list[Stretch]:
    """Return the filled lines; or, *joined* by blanks, those between two blank ones."""
    if not joined:
        return [Stretch(line, (number, 0), (number, len(line))) for number, line in enumerate(lines) if line]
    passages = []
    for filled, run in groupby(enumerate(lines), key=lambda pair: bool(pair[1])):
        if filled:
            numbers, texts = zip(*run, strict=True)
            passages.append(Stretch(" ".join(texts), (numbers[0], 0), (numbers[-1], len(texts[-1]))))
    return passages


def _prove_passages(paragraphs: Iterable[_Sought], passages: Iterable[Stretch]) -> dict[int, Stretch]:
    """Return the positions of paragraphs and the *passages* whose hashes are theirs; equal ones in order."""
    places: dict[str, list[Stretch]] = {}
    for passage in passages:
        places.setdefault(hash_text(passage.text), []).append(passage)
    return {
        paragraph.position: places[paragraph.sha256].pop(0) for paragraph in paragraphs if places.get(paragraph.sha256)
    }
