"""Running text of Markdown: CommonMark with tables and footnotes, Pandoc's citations, MyST's roles.

Blocks and inline markup are markdown-it's. It tells the lines of a block, not the places of its characters: those are
found by walking its tokens and the source in step, as each token says how much of the source it is.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rightscli.drafts.blocks import BlockWriter, Excerpt, cut_excerpt, find_line_starts
from rightscli.drafts.commonmark import NESTING, make_parser
from rightscli.drafts.webpage import WebpageReader

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_INLINE_NESTING = 8
# markdown-it needs some 600 bytes for a character of nothing but markup.
_LONGEST_INLINE = 100_000
_FRONT_MATTER = re.compile(
    r"(?:---[ \t]*\n(?=[\w\"'-]+[ \t]*:|#)(?:.*\n)*?(?:---|\.\.\.)|\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+)[ \t]*(?:\n|\Z)"
)
_CITED = re.compile(r"(?:\{([^{}]*)\})?([^{}]*)(?:\{([^{}]*)\})?")
_ROLE = re.compile(r"\{cite(?::[a-z]+)*\}\Z")
_MARKUP = re.compile(r"[\\`*_\[\]<&!^~]")
_INDENT = " \t"
# Obsidian's and GitHub's: [!quote]- Title
_CALLOUT = re.compile(r"\[!([\w-]+)(?:\|[^\[\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|\Z)")
_QUOTING = frozenset({"quote", "cite"})
"""The callouts that quote: what stands in all others is the writer's own."""
_QUOTES = frozenset({"blockquote_open", "callout"})


class TooDeepError(ValueError):
    """Markdown whose blocks are nested more than ``NESTING`` deep."""


def parse_markdown(text: str) -> BlockWriter:
    """Return the blocks of Markdown, without front matter, code blocks, formulas on lines of their own, and comments.

    Citations stay as they are written; MyST's roles become Pandoc's citations. Raises TooDeepError.
    """
    # As markdown-it writes it, and as wide, so that its lines are found in the file.
    text = text.replace("\0", "\ufffd")
    whole = cut_excerpt(text)
    front = _FRONT_MATTER.match(whole.text)
    source = whole.text
    if front:
        # As many lines, so that line numbers stay.
        source = "\n" * front.group().count("\n") + source[front.end() :]
    parser = make_parser()
    environment: dict[str, object] = {}
    tokens: list[Token] = []
    # Not markdown-it's parse(), which would keep the inline tokens of the whole text at once.
    parser.block.parse(source, parser, environment, tokens)
    if any(token.level >= NESTING - 1 for token in tokens):
        raise TooDeepError
    # Each bracket is looked into for links as deep as this.
    parser.options["maxNesting"] = _INLINE_NESTING
    if "references" not in environment and "](" not in source:
        # Each lone bracket would be a link's start, to be looked into for links.
        parser.inline.ruler.disable(["link", "image"])
    return _MarkdownReader(text, parser, environment).read_tokens(tokens)


class _MarkdownReader:
    """One reading of one text."""

    def __init__(self, text: str, parser: MarkdownIt, environment: dict[str, object]) -> None:
        self._text = text
        self._lines = find_line_starts(text)
        self._parser = parser
        self._environment = environment
        self._writer = BlockWriter()
        self._page = WebpageReader(self._writer)
        self._containers: list[str] = []
        self._labels: list[str] = []
        self._notes_here = 0
        self._depth_here = 0

    def read_tokens(self, tokens: list[Token]) -> BlockWriter:
        """Return the blocks that *tokens* are."""
        for place, token in enumerate(tokens):
            if token.type == "inline":
                self._read_inline(token, tokens[place - 1], tokens[place - 2])
            elif token.type == "tr_open":
                cells = _list_cells(tokens, place)
                for excerpt in self._cut_cells(cells):
                    self._start_block("td_open")
                    self._write_inline(excerpt, 0, len(excerpt.text))
            elif token.type == "html_block":
                self._start_block("html_block")
                self._page.read_piece(self._cut_lines(token))
            elif token.type in {"note_open", "blockquote_open", "list_item_open"}:
                self._containers.append("callout" if _is_own_callout(tokens, place) else token.type)
                if token.type == "list_item_open":
                    self._writer.depth += 1
                    self._writer.mark_next(f"{token.info}{token.markup}" if token.info else "")
                if token.type == "note_open":
                    self._labels.append(token.content)
            elif token.type in {"note_close", "blockquote_close", "list_item_close"}:
                self._containers.pop()
                if token.type == "list_item_close":
                    self._writer.depth -= 1
                if token.type == "note_close":
                    self._labels.pop()
        return self._writer

    def _read_inline(self, token: Token, opening: Token, outer: Token) -> None:
        """Write the block whose text is *token*: *opening* opens it, in what *outer* opens if it is the first there."""
        if opening.type in {"th_open", "td_open"}:
            return
        content = token.content
        if content.startswith("$$") and content.endswith("$$") and len(content) > 4:
            return
        excerpt, start = self._cut_lines(token), 0
        callout = _CALLOUT.match(content) if outer.type == "blockquote_open" else None
        if callout:
            # What it is called is no part of what it holds.
            self._writer.start_block("caption", key=self._labels[-1] if self._labels else None)
            self._write_inline(excerpt, *callout.span(2))
            start = callout.end()
        self._start_block(opening.type, int(opening.tag[1]) if opening.type == "heading_open" else 0)
        self._write_inline(excerpt, start, len(content))

    def _write_inline(self, excerpt: Excerpt, first: int, last: int) -> None:
        """Write ``excerpt.text[first:last]``, with its markup read."""
        if not _MARKUP.search(excerpt.text, first, last):
            self._writer.copy_text(excerpt, first, last)
            return
        for start, end in _split_inline(excerpt.text, first, last):
            children: list[Token] = []
            self._parser.inline.parse(excerpt.text[start:end], self._parser, self._environment, children)
            self._walk_tokens(children, excerpt, start, start)

    def _start_block(self, opening: str, level: int = 0) -> None:
        key = self._labels[-1] if self._labels else None
        # A quotation may be opened by a tag on a line of its own, and hold paragraphs of Markdown.
        kind = self._page.kind
        if opening == "heading_open":
            kind = "heading"
        elif next((one for one in reversed(self._containers) if one in _QUOTES), "") == "blockquote_open":
            kind = "quote"
        elif opening == "td_open":
            kind = "cell"
        elif kind == "paragraph" and not {"list_item_open", "note_open"}.isdisjoint(self._containers):
            kind = "list"
        self._writer.start_block(kind, level=level, key=key)

    def _cut_lines(self, token: Token) -> Excerpt:
        """Return the content of *token*, each line of which is the end of a line of the file."""
        first, last = token.map or (0, 1)
        lead_line = token.content.partition("\n")[0].strip()
        # A form feed alone on a line is no blank line to markdown-it, which then strips it from the paragraph, as it does
        # with every blank that Unicode knows.
        while first + 1 < last and not self._get_line(first).rstrip().endswith(lead_line):
            first += 1
        starts, places = array("I"), array("I")
        position = 0
        for number, line in enumerate(token.content.split("\n"), first):
            core = line.strip(_INDENT)
            if core:
                lead = line.index(core[0])
                starts.append(position + lead)
                places.append(self._find_in_line(number, core))
            position += len(line) + 1
        return Excerpt(token.content, *_join_runs(starts, places))

    def _find_in_line(self, number: int, core: str) -> int:
        """Return where line *number* ends with *core*, but for blanks, and the number signs that close a heading."""
        start = self._lines[number]
        line = self._get_line(number).rstrip("\r\n" + _INDENT)
        # Not to be found is not known to happen; a finding in a wrong column would be better than none at all.
        return start + max(line.rfind(core), 0)

    def _get_line(self, number: int) -> str:
        end = self._lines[number + 1] if number + 1 < len(self._lines) else len(self._text)
        return self._text[self._lines[number] : end]

    def _cut_cells(self, cells: list[Token]) -> Iterator[Excerpt]:
        """Yield the contents of one row's *cells*, with where they are in the row's line."""
        if not cells:
            return
        number = cells[0].map[0] if cells[0].map else 0
        start, line = self._lines[number], self._get_line(number)
        pieces = list(_split_row(line))
        wanted = [cell.content.replace("|", "\\|") for cell in cells]
        # What stands before the first bar is the first cell, or the marks of a list or quotation.
        if not _match_cells(pieces, wanted):
            pieces = pieces[1:]
        for (piece, offset), cell, content in zip(pieces + [("", len(line))] * len(cells), cells, wanted, strict=False):
            place = start + offset + max(piece.rstrip().rfind(content), 0) if content else start
            starts, places = array("I", [0]), array("I", [place])
            for count, bar in enumerate(re.finditer(r"\|", cell.content), 1):
                starts.append(bar.start())
                places.append(place + bar.start() + count)
            yield Excerpt(cell.content, starts, places)

    def _walk_tokens(self, tokens: Sequence[Token], excerpt: Excerpt, position: int, base: int) -> None:
        """Write inline *tokens*, which *excerpt* is from *position* on; the ends they tell are counted from *base*."""
        text = excerpt.text
        skipped_to_close = False
        for token in tokens:
            kind = token.type
            if kind == "text" and not skipped_to_close:
                self._writer.copy_text(excerpt, position, position + len(token.content))
                position += len(token.content)
            elif kind == "text_special":
                self._write_special(token, excerpt, position)
                position += len(token.markup)
            elif kind in {"softbreak", "hardbreak"}:
                end = text.index("\n", position)
                self._writer.add_decoded(" ", excerpt.find_place(end))
                position = _skip_blanks(text, end + 1)
            elif kind == "code_inline":
                position = self._write_code(token, excerpt, position)
            elif kind == "image":
                self._walk_tokens(token.children or (), excerpt, position + 2, position + 2)
                position = base + token.meta["end"]
            elif kind == "link_open":
                position += 1
                self._writer.start_link()
                if token.info == "auto":
                    end = text.index(">", position)
                    self._writer.copy_text(excerpt, position, end)
                    position, skipped_to_close = end + 1, True
            elif kind == "link_close":
                position = position if skipped_to_close else base + token.meta["end"]
                skipped_to_close = False
                self._writer.end_link()
            else:
                position = self._walk_mark(token, excerpt, position)

    def _walk_mark(self, token: Token, excerpt: Excerpt, position: int) -> int:
        """Act on a token that is no text of its own, and return where it ends."""
        if token.type == "html_inline":
            # Of HTML tags among words, these alone write something: quotation marks, a blank.
            if re.match(r"</?q[\s>]", token.content, re.IGNORECASE):
                self._page.read_piece(Excerpt(token.content, (0,), (excerpt.find_place(position),)))
            elif re.match(r"<br[\s/>]", token.content, re.IGNORECASE):
                self._writer.add_decoded(" ", excerpt.find_place(position))
            return position + len(token.content)
        if token.type == "note_mark":
            self._writer.add_note(token.content)
        elif token.type == "note_here_open":
            self._notes_here += 1
            self._depth_here += 1
            if self._depth_here == 1:
                # No label is a number.
                self._writer.start_note(self._notes_here)
            return position + 2
        elif token.type == "note_here_close":
            self._depth_here -= 1
            if not self._depth_here:
                self._writer.end_note()
            return position + 1
        return position + len(token.markup)

    def _write_special(self, token: Token, excerpt: Excerpt, position: int) -> None:
        if token.info == "escape" and token.content != token.markup:
            self._writer.copy_text(excerpt, position + 1, position + len(token.markup))
        elif token.info == "escape":
            self._writer.copy_text(excerpt, position, position + len(token.markup))
        else:
            self._writer.add_decoded(token.content, excerpt.find_place(position))

    def _write_code(self, token: Token, excerpt: Excerpt, position: int) -> int:
        """Write a code span, or the citation that a MyST role makes of it; return where it ends."""
        ticks, content = len(token.markup), token.content
        start = position + ticks
        if excerpt.text[start : start + len(content)].replace("\n", " ") != content or not excerpt.text.startswith(
            token.markup, start + len(content)
        ):
            start += 1
        role = _ROLE.search(self._writer.last_part)
        if role:
            self._writer.take_back(len(role.group()))
            self._writer.add_decoded(_write_citation(content), excerpt.find_place(position - len(role.group())))
        else:
            self._writer.copy_text(excerpt, start, start + len(content))
        end = excerpt.text.index(token.markup, start + len(content))
        return end + ticks


def _write_citation(role: str) -> str:
    """Return Pandoc's citation for what is in a MyST role: ``{see}hrw-2020{para. 13};other``."""
    cited = []
    # In braces a semicolon parts places, not keys.
    for piece in re.findall(r"(?:\{[^{}]*\}|[^;])+", role):
        match = _CITED.fullmatch(piece.strip())
        before, key, locator = match.groups() if match else ("", piece.strip(), "")
        cited.append(f"{before or ''} @{key.strip()}".strip() + (f", {locator}" if locator else ""))
    return f"[{'; '.join(cited)}]"


def _list_cells(tokens: list[Token], place: int) -> list[Token]:
    """Return the contents of the table row that opens at *place*."""
    cells = []
    while tokens[place].type != "tr_close":
        if tokens[place].type == "inline":
            cells.append(tokens[place])
        place += 1
    return cells


def _split_row(line: str) -> Iterator[tuple[str, int]]:
    """Yield what stands between the bars of a table's line that no backslash is before, and where."""
    start = 0
    for bar in re.finditer(r"(?<!\\)\|", line):
        yield line[start : bar.start()], start
        start = bar.end()
    yield line[start:], start


def _match_cells(pieces: list[tuple[str, int]], wanted: list[str]) -> bool:
    texts = [piece.strip("\r\n" + _INDENT) for piece, _ in pieces]
    return bool(texts[0]) and texts[0].endswith(wanted[0]) and texts[1 : len(wanted)] == wanted[1 : len(texts)]


def _split_inline(text: str, start: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield where to cut ``text[start:last]``, if it is very long, at blanks: its markup is read piece by piece."""
    while last - start > _LONGEST_INLINE:
        end = start + _LONGEST_INLINE
        blank = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
        end = blank if blank > start else end
        yield start, end
        start = end
    yield start, last


def _is_own_callout(tokens: list[Token], place: int) -> bool:
    """Tell whether a callout opens at *place* that quotes nobody."""
    if tokens[place].type != "blockquote_open" or place + 2 >= len(tokens):
        return False
    callout = _CALLOUT.match(tokens[place + 2].content) if tokens[place + 2].type == "inline" else None
    return callout is not None and callout[1].lower() not in _QUOTING


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _INDENT:
        position += 1
    return position


def _join_runs(starts: array[int], places: array[int]) -> tuple[array[int], array[int]]:
    """Return the runs without those that only go on where the one before is."""
    kept = [
        run for run in range(len(starts)) if not run or places[run] - places[run - 1] != starts[run] - starts[run - 1]
    ]
    return array("I", [starts[run] for run in kept] or [0]), array("I", [places[run] for run in kept] or [0])
