"""What is found in a draft: a pinpoint, a quotation or a statement, its verdict, and whether that is a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rightscli.records import Record

GOOD = frozenset({"ok", "exact", "supported"})
"""Verdicts that say that all is well."""
NOTICES = frozenset({"too-short", "ambiguous", "unproven"})
"""Verdicts that are told and are no problem, unless strictness is asked for."""


class Repair(NamedTuple):
    """A safe change to the file: ``text[start:end]`` becomes *new*."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One finding: *kind* is ``pinpoint``, ``quotation`` or ``statement``.

    *start* and *end* are offsets in the file, *line*, *column*, *end_line* and *end_column* the same in lines and characters from
    1, the end exclusive. *text* is what was judged, *ref* what the base has for it. *cites*: a source of the base is cited
    beside it. *repair* is the change that would mend it, where that is safe.
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

    def is_problem(self, *, strict: bool = False) -> bool:
        """Tell whether the draft fails for it.

        Words that are nobody's here fail only where a source of the base is cited for them. With *strict*, so do notices, and
        a statement that restates a fact without citing it.
        """
        if self.verdict == "not-found":
            return self.cites
        if self.verdict in NOTICES:
            return strict
        if self.verdict == "supported":
            return strict and not self.cites
        return self.verdict not in GOOD


def make_check_record(finding: DraftFinding) -> Record:
    """Return the record of a finding (``rights.check/1``)."""
    names = ("kind", "verdict", "file", "line", "column", "end_line", "end_column", "text", "ref", "message")
    return {name: getattr(finding, name) for name in names} | {"warnings": list(finding.warnings)}
