"""Stretches of a draft's markup that a repair keeps out of: links, code, groups, addresses, entities, tags, formulas.

Found in the file as it is written, and rather one too many: what stands in one that only looks closed is left to the writer.
Whatever is not paired closes nothing, and each search takes time that is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rightscli.drafts.latex import match_braces
from rightscli.drafts.texcommands import ACTIONS, FOREIGN, HEADINGS, NOTES

Span = tuple[int, int]

_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.|\b(?:mailto|doi):)[^\s<>\"{}\\]*[^\s<>\"{}\\'.,;:!?)\]*_~|`]",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{0,40});")
_TAG = re.compile(r"<[^<>]*>")
_CLOSING_TAG = re.compile(r"</\s*([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_ELEMENT = re.compile(
    r"<(a|code|pre|kbd|samp|tt|var|script|style|title|textarea|button|select|svg|math|template|object)\b[^<>]*>",
    re.IGNORECASE,
)
_TICKS = re.compile("`+")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
# As pandoc reads them: $5 and $6 are two prices.
_FORMULA = re.compile(r"\$\$[^$]+\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*(?<![\s\\])\$(?!\d)")
_BRACKET = re.compile(r"\\.|\n[ \t]*\n|[\[\]]", re.DOTALL)
_DESTINATION = re.compile(r"\((?:[^()\\\n]|\\.|\([^()\n]*\))*\)")
_KEY = re.compile(r"(?<![\w.])@[\w{]")

_TEX_COMMAND = re.compile(r"\\(?:[a-zA-Z@]+\*?(?:[ \t]*\[[^\[\]\n]*\])*|.)", re.DOTALL)
_TEX_PRINTED = re.compile(r"\\(?:verb|lstinline)\*?([^\w\s*{])[^\n]*?\1|(?<!\\)%[^\n]*")
_TEX_FORMULA = re.compile(r"\$\$[^$]+\$\$|(?<!\\)\$[^$\n]+\$|\\\((?:[^\\\n]|\\[^()\n])*\\\)")
_TEX_HEAD = re.compile(r"(?:\\([a-zA-Z@]+)\*?)?(?:\[[^\[\]]*\]|\{[^{}]*\})*\s*\Z")
_HEAD_LENGTH = 100
# Commands whose argument is text like any other.
_TEXT_COMMANDS = (
    frozenset(
        "emph textbf textit textsl textsc textsf texttt textrm textup textmd textnormal underline uline mbox foreignlanguage"
        " textcolor".split()
    )
    | ACTIONS.keys()
    | FOREIGN
    | HEADINGS.keys()
    | NOTES
)


class ClosedSpans(NamedTuple):
    """Stretches of a file, ascending, none in another: nothing in *sealed* ones is to be changed; in *held* ones, which these are
    part of, words may be, but nothing is to be put there."""

    sealed: list[Span]
    held: list[Span]

    def allows_insertion(self, place: int) -> bool:
        """Return whether something may be put in at *place*: at the edge of a stretch it may."""
        number = bisect_left(self.held, place, key=lambda span: span[0]) - 1
        return number < 0 or self.held[number][1] <= place

    def allows_change(self, start: int, end: int) -> bool:
        """Return whether ``[start:end]`` of the file may be written otherwise."""
        number = bisect_left(self.sealed, end, key=lambda span: span[0]) - 1
        return number < 0 or self.sealed[number][1] <= start


def find_closed_spans(text: str, form: str) -> ClosedSpans:
    """Return the closed stretches of the file *text*, a draft of this *form*; all of it, where the form is not known."""
    if form == "latex":
        sealed, held = _scan_latex(text)
    elif form in ("markdown", "text"):
        sealed, held = _scan_markdown(text)
    elif form == "html":
        sealed, held = [*_list_tags(text)], []
    else:
        sealed, held = [(0, len(text))], []
    sealed += (match.span() for match in _ADDRESS.finditer(text))
    if form != "latex":
        sealed += (match.span() for match in _ENTITY.finditer(text))
    return ClosedSpans(_merge_spans(sealed), _merge_spans([*sealed, *held]))


def _merge_spans(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _list_tags(text: str) -> Iterator[Span]:
    """Yield HTML's tags and comments, and elements that show no text of the writer's own, or show it as a link."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end)
    yield from (match.span() for match in _TAG.finditer(text))
    ends: dict[str, list[int]] = {}
    for match in _CLOSING_TAG.finditer(text):
        ends.setdefault(match[1].lower(), []).append(match.end())
    for match in _CLOSED_ELEMENT.finditer(text):
        closings = ends.get(match[1].lower(), [])
        number = bisect_right(closings, match.end())
        if number < len(closings):
            yield match.start(), closings[number]


def _scan_markdown(text: str) -> tuple[list[Span], list[Span]]:
    """Return the sealed and the held stretches of Markdown, and of plain text, whose markups are like it."""
    code = [*_pair_ticks(text)]
    sealed = [*code, *_list_tags(text)]
    sealed += (match.span() for pattern in (_ATTRIBUTES, _FORMULA) for match in pattern.finditer(text))
    held = []
    for start, end in _pair_brackets(text, _merge_spans(code)):
        behind = _DESTINATION.match(text, end)
        if not behind and not text.startswith("[", end) and _KEY.search(text, start, end):
            held.append((start, end))
        else:
            sealed.append((start, behind.end() if behind else end))
    return sealed, held


def _pair_ticks(text: str) -> Iterator[Span]:
    """Yield the code spans: from a run of backticks to the next of its length in the same paragraph."""
    breaks = [match.start() for match in re.finditer(r"\n[ \t]*\n", text)]
    runs = [match.span() for match in _TICKS.finditer(text)]
    places: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        places.setdefault(end - start, []).append(number)
    number = 0
    while number < len(runs):
        start, end = runs[number]
        alike = places[end - start]
        following = bisect_right(alike, number)
        number += 1
        if following < len(alike):
            closing = runs[alike[following]]
            if bisect_left(breaks, start) == bisect_left(breaks, closing[0]):
                yield start, closing[1]
                number = alike[following] + 1


def _pair_brackets(text: str, code: list[Span]) -> Iterator[Span]:
    """Yield from each bracket to its counterpart in the same paragraph, those in *code* left out."""
    starts = [span[0] for span in code]
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] not in "[]":
            if match[0][0] == "\n":
                opened.clear()
            continue
        number = bisect_right(starts, match.start()) - 1
        if number >= 0 and match.start() < code[number][1]:
            continue
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.end()


def _scan_latex(text: str) -> tuple[list[Span], list[Span]]:
    """Return the sealed and the held stretches of LaTeX: groups are held where they are the text of a command, else sealed."""
    sealed = [
        match.span() for pattern in (_TEX_PRINTED, _TEX_FORMULA, _TEX_COMMAND) for match in pattern.finditer(text)
    ]
    held = []
    for opening, closing in zip(*match_braces(text), strict=True):
        if not closing:
            continue
        head = _TEX_HEAD.search(text, max(opening - _HEAD_LENGTH, 0), opening)
        if head and (head[1] in _TEXT_COMMANDS or not head[0].strip()):
            held.append((opening, closing + 1))
        else:
            sealed.append((opening, closing + 1))
    return sealed, held
