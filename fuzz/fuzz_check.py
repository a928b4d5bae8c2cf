"""Fuzz the judge of statements and the repairs: no crash, no conflict outside its sentence, nothing left to repair.

By hand, with atheris from PyPI in an environment that has the package: ``python fuzz/fuzz_check.py -max_total_time=600``.
"""

from __future__ import annotations

import sys
from functools import partial

import atheris

with atheris.instrument_imports(include=["rightscli.check", "rightscli.drafts"]):
    # Imported here to be instrumented.
    from rightscli.answers.check import gather_materials
    from rightscli.base.paths import find_bundled_base
    from rightscli.check.examine import Materials, examine_draft
    from rightscli.check.findings import DraftFinding
    from rightscli.check.repairs import mend_draft
    from rightscli.check.stated.statements import judge_sentence
    from rightscli.drafts import FORMS, Form, decode_draft, parse_draft
    from rightscli.errors import UnreadableError
    from rightscli.index.building import open_index

_INDEX = open_index(find_bundled_base(), None)
_MATERIALS: Materials = gather_materials(_INDEX)
_FORMS = sorted(set(FORMS.values()))
_CLAIMS = [fact["claim"] for fact in _INDEX.read_facts()]
_PIECES = (
    "[@hrw-2020, para. 3]", "hrw-2020:7", "(Human Rights Watch 2020, para. 5)", r"\autocite[para.~3]{hrw-2020}", "not ",
    "without ", "never ", "all ", "most ", "at least ", "2018 ", "May 2019, ", "every other year ", "“", "”", "…", "\n\n",
    "> ", "```\n", "- ", "| a | b |\n", "<p>", "</p>", "<q>", "$x$", "\\begin{quote}", "\\end{quote}", "[^1]", "[^1]: ", ". ",
)  # fmt: skip
"""What turns a claim into another, and what a draft is made of."""


def read_draft(provider: atheris.FuzzedDataProvider) -> str:
    """Return a draft of words of claims, of pieces and of any text."""
    parts: list[str] = []
    while provider.remaining_bytes() and len(parts) < 60:
        kind = provider.ConsumeIntInRange(0, 9)
        if kind < 5:
            words = _CLAIMS[provider.ConsumeIntInRange(0, len(_CLAIMS) - 1)].split()
            first = provider.ConsumeIntInRange(0, len(words) - 1)
            parts.append(" ".join(words[first : first + provider.ConsumeIntInRange(1, len(words))]) + " ")
        elif kind < 9:
            parts.append(_PIECES[provider.ConsumeIntInRange(0, len(_PIECES) - 1)])
        else:
            parts.append(provider.ConsumeUnicodeNoSurrogates(provider.ConsumeIntInRange(1, 12)))
    return "".join(parts)


def _examine(text: str, form: Form) -> list[DraftFinding]:
    return list(examine_draft("draft", text, parse_draft(text, form=form), _MATERIALS).findings)


def check_draft(content: bytes) -> None:
    """Raise AssertionError where a draft made of *content* breaks a law of the judge or of the repairs."""
    provider = atheris.FuzzedDataProvider(content)
    form = _FORMS[provider.ConsumeIntInRange(0, len(_FORMS) - 1)]
    try:
        text = decode_draft(read_draft(provider).encode(), name="-")
    except UnreadableError:
        return
    judgement = judge_sentence(text[:2000], _MATERIALS.claims, pinned=[("hrw-2020", 3)])
    for conflict in judgement.conflicts if judgement else ():
        assert 0 <= conflict.start < conflict.end <= len(text), (text, conflict)
    findings = _examine(text, form)
    for finding in findings:
        assert 0 <= finding.start <= finding.end <= len(text), (text, finding)
    mended = mend_draft(text, findings, partial(_examine, form=form))
    again = _examine(mended, form)
    assert mend_draft(mended, again, partial(_examine, form=form)) == mended, (form, text, mended)
    assert sum(one.is_problem() for one in again) <= sum(one.is_problem() for one in findings), (form, text, mended)


if __name__ == "__main__":
    atheris.Setup(sys.argv, check_draft)
    atheris.Fuzz()
