"""What is wrong with a fact base that loads: by itself, and beside a copy of its source.

Each rule is a function that yields its faults, and says in its docstring what it asks for; ``BASE_RULES`` and
``COPY_RULES`` name them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Literal

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
        "paragraph-share",
        "fact-unproven",
        "label-repeated",
        "retracted-for",
        "source-alike",
        "source-doi",
        "source-markup",
        "text-unseen",
    }
)
"""The rules whose breach makes a base poorer, not wrong."""
NOTICES = frozenset({"paragraph-uncited", "header-begun"})
"""The rules whose breach is no fault of what is there: a base that grows is never whole."""
_COMPARING = "claim-alike"
"""The rule that compares a fact with all others."""


def examine_base(base: FactBase) -> tuple[Finding, ...]:
    """Return what ``BASE_RULES`` find in *base*, in line order."""
    return _list_findings(base, {name: rule(base) for name, rule in BASE_RULES.items()})


def examine_facts(base: FactBase, ids: Collection[str]) -> tuple[Finding, ...]:
    """Return what ``BASE_RULES`` find in the facts *ids* of *base*, in line order: the others are not read but to compare."""
    part = replace(base, facts=tuple(fact for fact in base.facts if fact.id in ids))
    found = {name: rule(base if name == _COMPARING else part) for name, rule in BASE_RULES.items()}
    return tuple(finding for finding in _list_findings(base, found) if _name_fact(finding.place) in ids)


def _name_fact(place: str) -> str:
    """Return the id of the fact that *place* is in, or nothing."""
    section, _, rest = place.partition(".")
    return rest.partition(".")[0] if section == "facts" else ""


def examine_copy(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> tuple[Finding, ...]:
    """Return what ``COPY_RULES`` find in *base* beside a copy of *source*, in line order.

    *paragraphs* are the copy's, by position (see ``reading.find_paragraphs``). A fact that cites a paragraph missing there
    is not judged by its text; of a fact that cites other sources too, only one anchor has to be in this one.
    """
    return _list_findings(base, {name: rule(base, source, paragraphs) for name, rule in COPY_RULES.items()})


def _rank_rule(rule: str) -> Literal["error", "warning", "notice"]:
    if rule in NOTICES:
        return "notice"
    return "warning" if rule in WARNINGS else "error"


def _list_findings(base: FactBase, faults: Mapping[str, Iterable[Fault]]) -> tuple[Finding, ...]:
    findings = [
        Finding(base.path, fault.line, _rank_rule(rule), fault.place, rule, fault.message)
        for rule, found in faults.items()
        for fault in found
    ]
    return tuple(sorted(findings, key=lambda finding: finding.line))
