"""What each number, word list and rule of the judge of statements is worth: ``ablate.py [SET.json …] [--only WORD]``.

Each number of ``check/stated/weights`` is made a fifth lower and a fifth higher, each word list is emptied, each rule finds
nothing; then the sets (``tests/data/statements.json`` by default) are judged again. A line says how many verdicts change, and
how many more or fewer right sentences are supported or called wrong, and errors are found or called supported. What changes
nothing may go; what helps only on the set that the rules were made on is learnt by heart.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from check import judge_draft, read_materials
from rightscli import tables
from rightscli.base.paths import find_bundled_base
from rightscli.check.stated import accounts, conflicts, lexicon, matches, negations, weights

SET = Path(__file__).parents[1] / "tests" / "data" / "statements.json"
LISTS = sorted(path.stem for path in Path(lexicon.__file__).parent.glob("*.txt") if path.stem != "thesaurus")
RULES = {
    "sorts": (matches, "compare_sorts"),
    "strengths": (matches, "compare_strengths"),
    "opposed words": (matches, "_compare_words"),
    "negations": (matches, "compare_negations"),
    "contrasts": (negations, "find_contrast"),
    "orders": (matches, "compare_orders"),
    "parts": (matches, "compare_parts"),
    "halves": (matches, "compare_halves"),
    "agents": (conflicts, "_compare_agents"),
    "crossed": (accounts, "find_crossed"),
    "displaced": (accounts, "find_displaced"),
    "misglossed": (accounts, "find_misglossed"),
    "parties": (accounts, "find_misplaced"),
    "doubts": (accounts, "find_doubt"),
    "speakers": (accounts, "find_unsaid"),
    "strong words": (accounts, "_list_strong"),
}
"""Rules by name, each a function that finds what is wrong: switched off, it finds nothing."""
COUNTED = {
    "right": ("supported", "supported"),
    "red": ("supported", "differs"),
    "found": ("differs", "differs"),
    "green": ("differs", "supported"),
}


@contextmanager
def change(owner: Any, name: str, value: object) -> Iterator[None]:
    """Set ``owner.name`` to *value* for as long as the block runs; what was kept of earlier judging is forgotten."""
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
        _forget()


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        for one in vars(module).values() if name.startswith("rightscli.check") else ():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


def list_changes() -> Iterator[tuple[str, tuple[Any, str, object]]]:
    """Yield every change, as its name, and as the owner, the name and the new value."""
    numbers = {name: value for name, value in vars(weights).items() if isinstance(value, int | float)}
    for name, value in numbers.items():
        for factor in (0.8, 1.25):
            # A count is made one less, one more.
            changed = value * factor if isinstance(value, float) else value + (1 if factor > 1 else -1)
            yield f"{name} {value} > {changed:.3g}", (weights, name, changed)
    for name in LISTS:
        yield f"{name}.txt", (tables, "_read_lines", _empty_list(name))
    for name, (module, function) in RULES.items():
        yield f"rule: {name}", (module, function, lambda *told, **named: ())


def _empty_list(name: str) -> Callable[[str], list[str]]:
    """Return a reader of word lists for which that of *name* holds one row, of words that no text has."""
    read = tables._read_lines

    def read_emptied(path: str) -> list[str]:
        lines = read(path)
        return [re.sub(r"\w+", "zzzz", lines[0])] if path.endswith(f"/{name}.txt") else lines

    return read_emptied


def judge_cases(cases: list[dict[str, Any]], base: str) -> list[str]:
    """Return the verdict on each of *cases*."""
    _forget()
    materials = read_materials(base)
    return [judge_draft(case["text"], materials)[0] for case in cases]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, nargs="*", default=[SET])
    parser.add_argument("--base", default=find_bundled_base())
    parser.add_argument("--only", default="", help="the changes whose names hold this")
    options = parser.parse_args()
    cases = [case for path in options.sets for case in json.loads(path.read_text(encoding="utf-8"))]
    before = judge_cases(cases, options.base)

    def count(verdicts: list[str]) -> Counter[tuple[str, str]]:
        return Counter(zip((case["expect"] for case in cases), verdicts, strict=True))

    print(f"{'of ' + str(len(cases)):32}{'changed':>9}" + "".join(f"{column:>8}" for column in COUNTED))
    print(f"{'as it is':32}{'':9}" + "".join(f"{count(before)[pair]:8}" for pair in COUNTED.values()))
    for name, (owner, attribute, value) in list_changes():
        if options.only not in name:
            continue
        with change(owner, attribute, value):
            after = judge_cases(cases, options.base)
        changed = sum(one != other for one, other in zip(before, after, strict=True))
        gained = count(after)
        gained.subtract(count(before))
        print(f"{name:32}{changed:9}" + "".join(f"{gained[pair]:+8}" for pair in COUNTED.values()), flush=True)


if __name__ == "__main__":
    main()
