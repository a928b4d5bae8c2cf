"""How well statements are judged: ``check.py SET.json [-v] [--half even|odd] [--base BASE]``.

A set is a list of cases: ``text``, ``expect`` (``supported``, ``differs``, ``none`` or ``none-or-supported``), ``fact``,
``also`` (other facts that may be named), ``kind`` and ``pinpoint``.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rightscli.build import open_index
from rightscli.check.claims import Claims, prepare_claims
from rightscli.check.statements import Judgement, judge_sentence
from rightscli.files import find_bundled_base

_PINPOINT = r"\s*[(\[][^()\[\]]*(?:\bparas?\.?|\bparagraphs?|¶+|[\w-]:)\s*\d[^()\[\]]*[)\]]"


def read_claims(base: str) -> Claims:
    """Return the facts of *base*, made ready."""
    index = open_index(base, None)
    return prepare_claims(index.read_facts(), [topic for _, topic in index.list_topics()])


def judge_case(case: dict[str, Any], claims: Claims) -> Judgement | None:
    """Return the judgement of a case, its pinpoint blanked out as ``check`` does."""
    text = re.sub(_PINPOINT, lambda match: " " * len(match[0]), case["text"])
    pinned = None
    if case.get("pinpoint"):
        source, _, number = case["pinpoint"].partition(":")
        pinned = {(source, int(number.partition("@")[0].partition("-")[0]))}
    return judge_sentence(text, claims, pinned=pinned)


def main() -> None:
    """Print the table of what was expected and what came, the four figures, and the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--base", default=find_bundled_base())
    options = parser.parse_args()
    cases = json.loads(options.set.read_text(encoding="utf-8"))
    if options.half:
        cases = cases[options.half == "odd" :: 2]
    start = time.process_time()
    claims = read_claims(options.base)
    ready = time.process_time()
    judged = [(case, judge_case(case, claims)) for case in cases]
    spent = time.process_time() - ready
    table: Counter[tuple[str, str]] = Counter()
    misses, missed_fact = [], 0
    for case, judgement in judged:
        verdict = judgement.verdict if judgement else "none"
        table[case["expect"], verdict] += 1
        right = verdict in case["expect"]
        named = {case.get("fact"), *(case.get("also") or ())}
        missed_fact += bool(judgement and right and case.get("fact") and judgement.fact not in named)
        if not right:
            misses.append((case, judgement))
    print_figures(table, missed_fact)
    print(f"prepared in {ready - start:.3f} s; {1e6 * spent / max(1, len(cases)):.0f} µs a sentence")
    if options.verbose:
        for case, judgement in misses:
            print(f"\n{case['expect']} {case['kind']} {case.get('fact')}\n  {case['text']}\n  {judgement}")


def print_figures(table: Counter[tuple[str, str]], missed_fact: int) -> None:
    """Print what was expected (rows) and what came (columns), and the four figures."""
    columns = ("supported", "differs", "none")
    rows = list(dict.fromkeys(expected for expected, _ in sorted(table)))
    print(f"{'expected':20}" + "".join(f"{column:>12}" for column in columns))
    for row in rows:
        print(f"{row:20}" + "".join(f"{table[row, column]:12}" for column in columns))

    def share(row: str, *verdicts: str) -> float:
        total = sum(table[row, column] for column in columns)
        return 100 * sum(table[row, verdict] for verdict in verdicts) / total if total else 0.0

    print(f"planted errors found       {share('differs', 'differs'):5.1f} %")
    print(f"right restatements found   {share('supported', 'supported'):5.1f} %")
    print(f"right ones called wrong    {share('supported', 'differs'):5.1f} %")
    print(f"unrelated, yet a finding   {share('none', 'supported', 'differs'):5.1f} %")
    print(f"right verdicts that name another fact: {missed_fact}")


if __name__ == "__main__":
    main()
