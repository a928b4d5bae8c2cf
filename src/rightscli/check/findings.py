"""What is found in a draft: a pinpoint, a quotation or a statement, its verdict, and whether that is a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from rightscli.records import Record

GOOD = frozenset({"ok", "exact", "supported"})
"""Verdicts that say that all is well."""
NOTICES = frozenset({"cut-short", "too-short", "ambiguous", "unproven", "unreadable", "renamed", "older-edition"})
"""Verdicts that are told and are no problem, unless they are asked for."""
UNCITED = "uncited"
"""What a statement is that restates a fact without citing it: no verdict, but one may fail for it."""
FAILABLE = NOTICES | {UNCITED}
"""What a draft may be made to fail for: all of it with ``--strict``, some of it with ``--fail-on``."""


class Repair(NamedTuple):
    """A safe change to the file: ``text[start:end]`` becomes *new*."""

    start: int
    end: int
    new: str


class ClueJudged(NamedTuple):
    """What a sentence says, *text*, and its *outcome*: ``borne out``, ``contradicted`` or ``left over``; by which *fact*, at
    *ref*, that has *base* instead, where those are there."""

    text: str
    outcome: str
    fact: str | None
    ref: str | None
    base: str | None


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One finding: *kind* is ``pinpoint``, ``quotation`` or ``statement``.

    *start* and *end* are offsets in the file, *line*, *column*, *end_line* and *end_column* the same in lines and characters from
    1, the end exclusive. *text* is what was judged, *ref* what the base has for it. *cites*: a source of the base is cited
    beside it. *repair* is the change that would mend it, where that is safe. *why* is the account of a statement's clues,
    where that was asked for.
    Of a document the offsets are in what it shows, a paragraph a line; *paragraph* and *note* say where that is.
    """

    kind: str
    verdict: str
    file: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    ref: str | None
    message: str
    warnings: tuple[str, ...] = ()
    cites: bool = True
    repair: Repair | None = None
    why: tuple[ClueJudged, ...] = ()
    paragraph: int | None = None
    note: int | None = None

    @property
    def place(self) -> str:
        """Where it is, for people: ``12:5`` in a text; ``¶12`` or ``note 3`` in a document, which has no lines."""
        if self.note is not None:
            return f"note {self.note}"
        return f"{self.line}:{self.column}" if self.paragraph is None else f"¶{self.paragraph}"

    @property
    def is_uncited(self) -> bool:
        """Whether it is a statement that restates a fact without citing it."""
        return self.verdict == "supported" and not self.cites

    def is_problem(self, failing: Collection[str] = ()) -> bool:
        """Tell whether the draft fails for it; *failing* are those of ``FAILABLE`` for which it is to fail as well.

        Words that are nobody's here fail only where a source of the base is cited for them.
        """
        if self.verdict == "not-found":
            return self.cites
        if self.verdict in NOTICES or self.is_uncited:
            return (UNCITED if self.is_uncited else self.verdict) in failing
        return self.verdict not in GOOD


def make_check_record(finding: DraftFinding, failing: Collection[str] = (), *, why: bool = False) -> Record:
    """Return the record of a finding (``rights.check/1``), with *why* its account; *failing* as in ``is_problem``."""
    names = ("kind", "verdict", "file", "line", "column", "end_line", "end_column", "text", "ref", "message")
    record = {name: getattr(finding, name) for name in names}
    if finding.paragraph is not None:
        record |= {"place": finding.place, "paragraph": finding.paragraph, "note": finding.note}
    record |= {"problem": finding.is_problem(failing), "warnings": list(finding.warnings)}
    return record | ({"why": [clue._asdict() for clue in finding.why]} if why else {})
