"""What a rule finds wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. *line* counts from 1; *place* is a dotted path such as ``facts.some-id.claim``."""

    file: str
    line: int
    level: Literal["error", "warning", "notice"]
    place: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.place}: {self.message}"


class Fault(NamedTuple):
    """What a rule yields: a finding without what the rule's name tells."""

    line: int
    place: str
    message: str
