"""What the tests of quotations share: a rough reader of drafts, the made-up source, and cases made from a real one."""

from __future__ import annotations

import re
from typing import Any

from conftest import ROOT
from rightscli.base.load import read_base
from rightscli.check.quoted.cuts import Surroundings
from rightscli.check.quoted.marks import find_quotations
from rightscli.check.quoted.passages import Passages, prepare_paragraphs
from rightscli.check.quoted.quotations import Verdict, judge_quotation

DATA = ROOT / "tests" / "data"
_NUMBERS = r"\d+(?:[-–]\d+)?(?:,\s?\d+(?:[-–]\d+)?)*"
_CITATION = rf"\[?@?\bharbour(?:(?::| ¶|, paras?\. )(?P<numbers>{_NUMBERS})(?:@\w+)?)?(?:, emphasis added)?(?=\W|$)"


def read_report() -> Passages:
    """Return the made-up report's paragraphs: its lines, but for the sections' headings."""
    base = read_base(DATA / "harbour.yaml")
    headings = {paragraph.section for paragraph in base.sources["harbour"].paragraphs}
    lines = (DATA / "harbour-report.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if line and line not in headings]
    return prepare_paragraphs({("harbour", number): text for number, text in enumerate(texts, 1)})


def split_draft(draft: str, form: str) -> list[tuple[str, bool]]:
    """Return the blocks of a draft, and whether each is a block quotation; footnotes stand where they are called."""
    for label, note in re.findall(r"(?m)^\[\^(\w+)\]: (.*)$", draft):
        draft = draft.replace(f"[^{label}]: {note}", "").replace(f"[^{label}]", f" ({note})")
    draft = re.sub(r"(?s)```.*?```", "", draft)
    blocks: list[tuple[str, bool]] = []
    for chunk in re.split(r"\n\s*\n", draft):
        quoted = form == "md" and chunk.startswith(">")
        for part in re.split(r"(?m)^>\s*$", chunk) if quoted else [chunk]:
            text = " ".join(re.sub(r"(?m)^>\s?", "", part).replace("**", "").split())
            if text:
                blocks.append((text, quoted))
    return blocks


def judge_draft(draft: str, form: str, passages: Passages | None) -> list[tuple[str, Verdict]]:
    """Return each quotation of *draft* and its verdict, by the pinpoint after it in its block, before it, or in the next."""
    blocks = split_draft(draft, form)
    found: list[tuple[str, Verdict]] = []
    for place, (text, quoted) in enumerate(blocks):
        cited = list(re.finditer(_CITATION, text))
        quotations = find_quotations(text, whole_block=quoted, citations=[match.span() for match in cited])
        for order, quotation in enumerate(quotations):
            limit = quotations[order + 1].outer_start if order + 1 < len(quotations) else len(text)
            after = [match for match in cited if quotation.outer_end <= match.start() < limit]
            before = [match for match in cited if match.end() <= quotation.outer_start] if order == 0 else []
            later = list(re.finditer(_CITATION, blocks[place + 1][0])) if place + 1 < len(blocks) and quoted else []
            near = (after or before or later)[:1]
            pinned = [("harbour", number) for match in near for number in read_numbers(match["numbers"] or "")]
            words = text[quotation.start : quotation.end]
            around = Surroundings(text[: quotation.outer_start], text[quotation.outer_end :])
            found.append((words, judge_quotation(words, passages, pinned=pinned, around=around)))
    return found


def read_numbers(text: str) -> list[int]:
    """Return the paragraph numbers of a list such as ``5,9–10``."""
    numbers: list[int] = []
    for part in filter(None, re.split(r",\s?", text)):
        first, _, last = part.replace("–", "-").partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def strip_marks(text: str) -> str:
    """Return *text* without quotation marks and with single blanks, to find a case's words in it."""
    return " ".join(re.sub(r"[“”„\"«»‘’']", "", text).split())


def follow_recipe(recipe: dict[str, Any], paragraph: str) -> str:
    """Return the quotation that *recipe* makes from its *paragraph*."""
    words = paragraph.split()[recipe["start_word"] : recipe["start_word"] + recipe["words"]]
    change = recipe["change"] or {"kind": "none"}
    at = change.get("at", recipe["start_word"]) - recipe["start_word"]
    match change["kind"]:
        case "replace":
            words[at] = change["with"]
        case "drop":
            del words[at : at + change["count"]]
        case "ellipsis":
            words[at : at + change["count"]] = ["…"]
        case "insert":
            words.insert(at, change["with"])
        case "lower-first":
            words[0] = words[0][0].lower() + words[0][1:]
        case "bracket-first":
            words[0] = f"[{words[0][0].lower()}]{words[0][1:]}"
        case "reverse":
            words.reverse()
    return " ".join(words).replace("“", "‘").replace("”", "’")
