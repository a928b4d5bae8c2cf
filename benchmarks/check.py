"""How well statements are judged: ``check.py SET.json [-v] [--half even|odd] [--base BASE]``.

A set is a list of cases: ``text``, a draft of one or two sentences, ``expect`` (``supported``, ``differs``, ``none`` or
``none-or-supported``) and ``kind``. Each goes the way of a whole draft: parsed, its pinpoints found, its sentences judged.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from rightscli.answers.check import gather_materials
from rightscli.base.paths import find_bundled_base
from rightscli.check.examine import Materials, examine_draft
from rightscli.check.findings import DraftFinding
from rightscli.drafts import parse_draft
from rightscli.index.building import open_index


def read_materials(base: str) -> Materials:
    """Return what *base* has to hold drafts against, without anybody's copies."""
    return gather_materials(open_index(base, None))._replace(passages=None)


def judge_draft(text: str, materials: Materials) -> tuple[str, list[DraftFinding]]:
    """Return the worst verdict on the statements in *text*, ``none`` where there is no finding, and the findings."""
    found = examine_draft("draft", text, parse_draft(text, form="markdown"), materials).findings
    statements = [finding for finding in found if finding.kind == "statement"]
    verdicts = {finding.verdict for finding in statements}
    worst = ("differs", "wrong-paragraph", "unproven", "supported")
    return next((verdict for verdict in worst if verdict in verdicts), "none"), statements


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
    materials = read_materials(options.base)
    ready = time.process_time()
    judged = [(case, *judge_draft(case["text"], materials)) for case in cases]
    spent = time.process_time() - ready
    print_figures(Counter((case["expect"], verdict) for case, verdict, _ in judged))
    print(f"prepared in {ready - start:.3f} s; {1e6 * spent / max(1, len(cases)):.0f} µs a case")
    for case, verdict, findings in judged if options.verbose else ():
        if verdict not in case["expect"]:
            print(f"\n{case['expect']} {case['kind']} {case.get('fact')}: {verdict}\n  {case['text']}")
            for finding in findings:
                print(f"  {finding.verdict}: {finding.message}")


def print_figures(table: Counter[tuple[str, str]]) -> None:
    """Print what was expected (rows) and what came (columns), and what share was judged right and wrong."""
    columns = ("supported", "differs", "unproven", "wrong-paragraph", "none")
    rows = list(dict.fromkeys(expected for expected, _ in sorted(table)))
    print(f"{'expected':20}" + "".join(f"{column:>16}" for column in columns))
    for row in rows:
        print(f"{row:20}" + "".join(f"{table[row, column]:16}" for column in columns))

    def share(row: str, *verdicts: str) -> float:
        total = sum(table[row, column] for column in columns)
        return 100 * sum(table[row, verdict] for verdict in verdicts) / total if total else 0.0

    print(f"planted errors found       {share('differs', 'differs'):5.1f} %")
    print(f"right restatements found   {share('supported', 'supported'):5.1f} %")
    print(f"right ones called wrong    {share('supported', 'differs'):5.1f} %")
    print(f"planted errors passed      {share('differs', 'supported'):5.1f} %")
    print(f"unrelated, yet borne out   {share('none', 'supported'):5.1f} %")
    print(f"unrelated, yet a problem   {share('none', 'differs', 'wrong-paragraph'):5.1f} %")


if __name__ == "__main__":
    main()
