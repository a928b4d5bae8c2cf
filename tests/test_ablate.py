"""benchmarks/ablate.py, on a small set."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

CASES = [
    case
    for case in json.loads((ROOT / "tests" / "data" / "statements.json").read_text(encoding="utf-8"))
    if "neg" in case["kind"]
]


def test_ablate_prints_how_many_verdicts_a_rule_and_a_list_are_worth(tmp_path: Path) -> None:
    cases = tmp_path / "set.json"
    cases.write_text(json.dumps(CASES[:20]), encoding="utf-8")

    lines = [
        subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "ablate.py"), str(cases), "--only", only],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for only in ("negations", "negators", "RIVAL")
    ]

    assert lines[0][0].split() == ["of", "20", "changed", "right", "red", "found", "green"]
    assert [len(one) for one in lines] == [3, 3, 4]
    assert lines[0][2].split()[:2] == ["rule:", "negations"]
    # Without it, errors that stand in a *not* are not found; a word is left over, so that none is called supported.
    assert int(lines[0][2].split()[5]) < 0 == int(lines[0][2].split()[6])
    assert lines[1][2].split()[0] == "negators.txt"
