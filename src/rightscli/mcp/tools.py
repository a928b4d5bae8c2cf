"""The four tools: what each is asked with, and the document that it answers with, lean enough for a model's context."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rightscli.answers.documents import count_records, describe_head, narrow_records
from rightscli.errors import UsageError
from rightscli.records import make_document
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from rightscli.answers import Library
    from rightscli.check.findings import DraftFinding
    from rightscli.errors import RightsError
    from rightscli.records import Record

_FOUND_FIELDS = ("id", "claim", "according_to", "date", "citations.text", "citations.ref", "citations.url")
_FACT_FIELDS = (*_FOUND_FIELDS, "was", "retracted")
_CITED_FIELDS = ("ref", "style", "text", "url")
_FINDING_FIELDS = ("kind", "verdict", "line", "column", "text", "ref", "message", "problem", "warnings")
_MOST_FACTS = 50
"""How many facts one passage, or a source, is answered with."""
_MOST_WORDS = 10
"""Of how many passages the copy's own words are given."""
_MOST_FINDINGS = 100
"""How many findings of a draft are given."""


def list_tools() -> list[Record]:
    """Return each tool's name, title, description and schemas, as the protocol has them."""
    from json import loads

    from rightscli.files import read_bytes

    path = os.path.join(os.path.dirname(__file__), "tools.json")
    tools: list[Record] = loads(read_bytes(path, limit=10**6, what="the tools"))
    return tools


def answer_tool(library: Library, name: str, arguments: Mapping[str, Any]) -> Record:
    """Return the document that the tool *name* answers with; its *arguments* are as its ``inputSchema`` says.

    What is not found is told in the document's ``warnings``. Raises RightsError for what cannot be understood or read.
    """
    return _TOOLS[name](library, **arguments)


def _search_facts(library: Library, query: str, limit: int = 5) -> Record:
    from rightscli.answers.search import describe_search, search_facts, warn_of_search

    answer = search_facts(library, query, limit=int(limit))
    more = describe_search(answer, library.index)
    return _make_lean("search", library, answer.facts, _FOUND_FIELDS, more, warn_of_search(answer))


def _get_passage(library: Library, ref: str) -> Record:
    from rightscli.answers.show import describe_targets, show_refs

    answer = show_refs(library, ref, around=0)
    more = count_records(min(len(answer.facts), _MOST_FACTS), len(answer.facts))
    more |= {"refs": describe_targets(answer.groups), "context": list(answer.words[:_MOST_WORDS])}
    warnings = [*answer.warnings, *_tell_faults(answer.faults)]
    if len(answer.words) > _MOST_WORDS:
        warnings.append(f"the words of {_MOST_WORDS} of {len(answer.words)} passages; name fewer to see theirs")
    return _make_lean("show", library, answer.facts[:_MOST_FACTS], _FACT_FIELDS, more, warnings)


def _cite_ref(library: Library, ref: str, style: str | None = None) -> Record:
    from rightscli.answers.cite import cite_refs

    answer = cite_refs(library, ref, style=style or None)
    warnings = [*answer.warnings, *_tell_faults(answer.faults)]
    return _make_lean("cite", library, answer.citations, _CITED_FIELDS, count_records(len(answer.citations)), warnings)


def _check_draft(library: Library, text: str) -> Record:
    from rightscli.answers.check import check_text, count_findings
    from rightscli.check.findings import make_check_record

    answer = check_text(library, text)
    told = sorted(answer.findings, key=_rank_finding)[:_MOST_FINDINGS]
    more = count_records(len(told), len(answer.findings)) | {"strict": False, "fail_on": []} | count_findings([answer])
    return _make_lean("check", library, [make_check_record(one) for one in told], _FINDING_FIELDS, more, ())


def _rank_finding(finding: DraftFinding) -> int:
    """Return 0 for a problem, 1 for a notice, 2 for what is well; the order of the text stays within each."""
    from rightscli.check.findings import GOOD

    return 0 if finding.is_problem() else 2 if finding.verdict in GOOD else 1


def _tell_faults(faults: Sequence[RightsError]) -> list[str]:
    """Return what was not found, each with the way out; raise a fault that is of another kind."""
    for fault in faults:
        if isinstance(fault, UsageError):
            raise fault
    return [f"{fault.message}; {fault.hint}" if fault.hint else fault.message for fault in faults]


def _make_lean(
    document: str,
    library: Library,
    records: Sequence[Record],
    fields: Sequence[str],
    more: Record,
    warnings: Sequence[str],
) -> Record:
    """Return the *document* of *records* narrowed to *fields*, as ``--fields`` has it."""
    index = library.index
    narrowed = list(narrow_records(records, fields))
    told = [*index.warnings, *warnings]
    return make_document(document, describe_head(index), narrowed, **more, fields=list(fields), warnings=told)


_TOOLS: dict[str, Callable[..., Record]] = {
    "search_facts": _search_facts,
    "get_passage": _get_passage,
    "cite": _cite_ref,
    "check_draft": _check_draft,
}


def describe_argument_fault(name: str, rule: str, limit: Any) -> str:
    """Return what is wrong with an argument, by the *rule* of its schema that it breaks and what that says."""
    shown = shorten_text(name)
    if rule in _BROKEN:
        return f"{shown}: {_BROKEN[rule].format(limit)}"
    return f"{shown}: not as its schema says"


_BROKEN = {
    "type": "of the wrong type: {} is expected",
    "minLength": "it is empty",
    "maxLength": "more than {} characters",
    "minimum": "less than {}",
    "maximum": "more than {}",
}
