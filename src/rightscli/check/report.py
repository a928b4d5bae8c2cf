"""Findings → what other programs read: a compiler's lines, GitHub's annotations, SARIF; and repairs as a diff."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from rightscli.check.findings import GOOD, DraftFinding
from rightscli.text.folding import quote_beginning
from rightscli.text.inert import escape_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rightscli.records import Record

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES: Mapping[str, str] = {
    "pinpoint/ok": "the paragraph that is cited is there",
    "pinpoint/out-of-range": "the source has no such paragraph",
    "pinpoint/unknown-source": "the base has no such source",
    "pinpoint/unknown-fact": "the base has no such fact",
    "pinpoint/seal-broken": "the paragraph has other words than those that were sealed",
    "pinpoint/unreadable": "what follows the paragraph's number is not understood",
    "pinpoint/ambiguous": "several sources are cited so",
    "pinpoint/retracted": "the fact that is cited no longer holds",
    "pinpoint/renamed": "what is cited has another name now",
    "pinpoint/older-edition": "a newer edition stands beside the one that is cited",
    "quotation/exact": "the source says so, word for word",
    "quotation/altered": "the source says it in other words",
    "quotation/omission": "words are left out without an ellipsis",
    "quotation/turned": "what is left out turns the sense",
    "quotation/cut-short": "a word that qualifies the quotation is left out",
    "quotation/wrong-paragraph": "the words stand in another paragraph",
    "quotation/not-found": "the words stand in no source",
    "quotation/ambiguous": "the words stand in several paragraphs",
    "quotation/too-short": "too few words to be judged",
    "quotation/unproven": "no copy of the source is attached",
    "statement/unproven": "it says more than the facts do",
    "statement/wrong-paragraph": "facts of another paragraph say so",
    "statement/supported": "a fact of the base says so",
    "statement/retracted": "only a fact that no longer holds says so",
    "statement/differs": "a fact of the base says otherwise",
}
"""What each kind and verdict means."""


def explain_verdict(finding: DraftFinding) -> str:
    """Return what the kind and the verdict of a finding mean."""
    return _RULES[f"{finding.kind}/{finding.verdict}"]


def format_line(finding: DraftFinding, *, alone: bool = False) -> str:
    """Return a finding as compilers print theirs: ``draft.md:12:5: differs: says 2,760; hrw-2020:9 says 2,706``.

    One that stands *alone*, without the draft's own line, has its first words where it is in a document, which numbers no
    paragraph for its reader: ``draft.docx:¶12 'In 2018, 2,760 North Koreans …': differs``.
    """
    notes = "".join(f"; {warning}" for warning in finding.warnings)
    place = _describe_place(finding) if alone else finding.place
    return f"{escape_name(finding.file)}:{place}: {finding.verdict}: {finding.message}{notes}"


def _describe_place(finding: DraftFinding) -> str:
    return finding.place if finding.paragraph is None else f"{finding.place} {quote_beginning(finding.text)}"


def format_reasons(finding: DraftFinding) -> Iterator[str]:
    """Yield a line for each clue of a statement: what became of it, and by which fact."""
    for clue in finding.why:
        by = f"{clue.ref} ({clue.fact})" if clue.fact else ""
        said = clue.text if clue.text.startswith("(") else f"'{clue.text}'"
        if clue.outcome == "contradicted":
            yield f"  {said}: contradicted by {by}{f', which has {clue.base}' if clue.base else ''}"
        else:
            yield f"  {said}: {clue.outcome}{f' by {by}' if by else ''}"


def format_annotations(findings: Iterable[DraftFinding], *, failing: Collection[str]) -> Iterator[str]:
    """Yield GitHub's workflow commands for all that is not well.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    for finding in findings:
        if finding.verdict in GOOD and not finding.is_problem(failing):
            continue
        level = "error" if finding.is_problem(failing) else "notice"
        places = f"line={finding.line},endLine={finding.end_line},col={finding.column},endColumn={finding.end_column},"
        # A document has no lines that anyone is shown.
        places, said = (places, "") if finding.paragraph is None else ("", f"{_describe_place(finding)}: ")
        name = _escape_command(_relate_path(finding.file), also=":,")
        notes = "".join(f"; {warning}" for warning in finding.warnings)
        title = f"{finding.kind}: {finding.verdict}"
        yield f"::{level} file={name},{places}title={_escape_command(title, also=':,')}::"
        yield f"{_escape_command(said + finding.message + notes)}\n"


def _relate_path(name: str) -> str:
    """Return the path of a draft from the working folder; of one outside of it, as it is."""
    from os.path import isabs, relpath

    try:
        path = relpath(name) if isabs(name) else name
    except ValueError:
        # On another drive.
        return name
    return name if path.startswith("..") else path


def _escape_command(text: str, *, also: str = "") -> str:
    return "".join(f"%{ord(letter):02X}" if letter in "%\r\n" + also else letter for letter in text)


def make_sarif(findings: Iterable[DraftFinding], *, version: str, failing: Collection[str]) -> Record:
    """Return a log of SARIF 2.1.0 with all that is not well; columns count characters.

    https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    told = [one for one in findings if one.verdict not in GOOD or one.is_problem(failing)]
    driver = {
        "name": "rights",
        "version": version,
        "rules": [{"id": id, "shortDescription": {"text": text}} for id, text in _RULES.items()],
    }
    results = [_make_result(finding, failing=failing) for finding in told]
    return {
        "$schema": _SARIF,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _make_result(finding: DraftFinding, *, failing: Collection[str]) -> Record:
    from os import fsencode, sep
    from urllib.parse import quote

    id = f"{finding.kind}/{finding.verdict}"
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    uri = quote(fsencode(_relate_path(finding.file).replace(sep, "/")), safe="/~._-")
    physical: Record = {"artifactLocation": {"uri": uri}, "region": region}
    location: Record = {"physicalLocation": physical}
    if finding.paragraph is not None:
        # A document has no lines: its places have names.
        del physical["region"]
        location["logicalLocations"] = [{"fullyQualifiedName": finding.place, "kind": "element"}]
    notes = "".join(f"; {warning}" for warning in finding.warnings)
    return {
        "ruleId": id,
        "ruleIndex": list(_RULES).index(id),
        "level": "error" if finding.is_problem(failing) else "note",
        "message": {"text": finding.message + notes},
        "locations": [location],
    }


def format_diff(name: str, before: str, after: str) -> str:
    """Return the unified diff of a file's repairs, as ``patch`` and ``git apply`` read it; nothing where there are none.

    *name* is the file's path from the folder where that is done.
    """
    from difflib import unified_diff

    if before == after:
        return ""
    # Other signs that end a line elsewhere, such as a form feed, do not in a diff.
    lines = unified_diff(_split_lines(before), _split_lines(after), n=2)
    heads = (f"--- {_quote_path(f'a/{name}')}\n", f"+++ {_quote_path(f'b/{name}')}\n")
    ended = (
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in islice(lines, 2, None)
    )
    return "".join([*heads, *ended])


def _split_lines(text: str) -> list[str]:
    return re.findall("[^\n]*\n|[^\n]+", text)


def _quote_path(path: str) -> str:
    """Return *path* as git writes it in a diff (https://git-scm.com/docs/git-config, core.quotePath)."""
    from os import fsencode

    quoted = "".join(_quote_byte(byte) for byte in fsencode(path))
    if quoted != path:
        return f'"{quoted}"'
    # What follows a tab is a date: without it, the name would end at its first blank.
    return f"{path}\t" if " " in path else path


def _quote_byte(byte: int) -> str:
    sign = chr(byte)
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return sign if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


_ESCAPES: Mapping[str, str] = dict(
    zip('\a\b\t\n\v\f\r"\\', ["\\a", "\\b", "\\t", "\\n", "\\v", "\\f", "\\r", '\\"', "\\\\"], strict=True)
)
