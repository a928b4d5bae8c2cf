"""What is wrong with a fact base that loads: by itself, and beside a copy of its source.

Each rule is a function that yields its faults, and says in its docstring what it asks for; ``BASE_RULES`` and
``COPY_RULES`` name them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rightscli.base.model import FactBase, Source
from rightscli.doctor.baserules import BASE_RULES
from rightscli.doctor.copyrules import COPY_RULES
from rightscli.doctor.findings import Fault, Finding

WARNINGS = frozenset(
    {
        "claim-month",
        "claim-opening",
        "claim-end",
        "claim-length",
        "claim-time",
        "term-figure",
        "claim-alike",
        "topic-unused",
        "topic-missing",
        "paragraph-uncited",
        "label-repeated",
        "source-alike",
    }
)
"""The rules whose breach makes a base poorer, not wrong."""


def examine_base(base: FactBase) -> tuple[Finding, ...]:
    """Return what ``BASE_RULES`` find in *base*, in line order."""
    return _list_findings(base, {name: rule(base) for name, rule in BASE_RULES.items()})


def examine_copy(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> tuple[Finding, ...]:
    """Return what ``COPY_RULES`` find in *base* beside a copy of *source*, in line order.

    *paragraphs* are the copy's, by number (see ``reading.find_paragraphs``). A fact that cites a paragraph missing there
    is not judged by its text; of a fact that cites other sources too, only one anchor has to be in this one.
    """
    return _list_findings(base, {name: rule(base, source, paragraphs) for name, rule in COPY_RULES.items()})


def _list_findings(base: FactBase, faults: Mapping[str, Iterable[Fault]]) -> tuple[Finding, ...]:
    findings = [
        Finding(base.path, fault.line, "warning" if rule in WARNINGS else "error", fault.place, rule, fault.message)
        for rule, found in faults.items()
        for fault in found
    ]
    return tuple(sorted(findings, key=lambda finding: finding.line))
