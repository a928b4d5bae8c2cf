"""The parser of Markdown: markdown-it with tables, strikethrough, and footnotes.

Footnotes are rules of our own: the plug-in that has them would be one more dependency, for less than is here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

NESTING = 20
"""Blocks inside one another beyond which a text is not taken for Markdown: markdown-it would drop what is deeper."""

_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,200})\]")


def make_parser() -> MarkdownIt:
    """Return a parser whose links and images say in ``meta["end"]`` of their last token where in the source they end.

    Footnotes are tokens *note_open* and *note_close* (blocks), *note_mark*, *note_here_open* and *note_here_close*.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"])
    parser.block.ruler.before("reference", "note", _read_note, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "note_mark", _read_note_mark)
    parser.inline.ruler.before("link", "note_here", _read_note_here)
    for name in ("link", "image"):
        _record_end(parser, name)
    return parser


def _record_end(parser: MarkdownIt, name: str) -> None:
    """Let the rule *name* write into its last token where in the source it ended."""
    from markdown_it.rules_inline import image, link

    rule = {"link": link, "image": image}[name]

    def read_and_record(state: StateInline, silent: bool) -> bool:
        found = rule(state, silent)
        if found and not silent:
            state.tokens[-1].meta["end"] = state.pos
        return found

    parser.inline.ruler.at(name, read_and_record)


def _read_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``[^label]: text``, with what is indented below it: a block rule of markdown-it."""
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first : first + 2] != "[^" or state.is_code_block(start):
        return False
    match = _NOTE.match(state.src, first, state.eMarks[start])
    if not match:
        return False
    if silent:
        return True
    kept = state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent, state.parentType
    token = state.push("note_open", "", 1)
    token.content = match.group(1)
    state.env.setdefault("notes", set()).add(match.group(1))
    state.blkIndent += 4
    state.bMarks[start], state.tShift[start], state.sCount[start] = match.end(), 0, state.blkIndent
    state.parentType = "note"
    state.md.block.tokenize(state, start, end)
    state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent, state.parentType = kept
    state.push("note_close", "", -1)
    return True


def _read_note_mark(state: StateInline, silent: bool) -> bool:
    """Read ``[^label]`` of a note that is there: an inline rule of markdown-it."""
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if not match or match.group(1) not in state.env.get("notes", ()):
        return False
    if not silent:
        token = state.push("note_mark", "", 0)
        token.content, token.markup = match.group(1), match.group()
    state.pos = match.end()
    return True


def _read_note_here(state: StateInline, silent: bool) -> bool:
    """Read Pandoc's ``^[text of a note]``: an inline rule of markdown-it."""
    if not state.src.startswith("^[", state.pos):
        return False
    start, end = state.pos + 2, state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        after = state.posMax
        state.push("note_here_open", "", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = after
        state.push("note_here_close", "", -1)
    state.pos = end + 1
    return True
