"""Org → Markdown, for copies of sources: what it shows, with its headings, lists, quotations and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADING = re.compile(
    r"(?P<stars>\*+) +(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED) +)?(?:\[#\w\] +)?(?P<text>.*?)(?:\s+:[\w@#%:]+:)?\s*\Z"
)
_KEYWORD = re.compile(r"\s*#\+(?P<name>\w+)(?:\[.*\])?:\s*(?P<text>.*)\Z")
_BEGIN = re.compile(r"\s*#\+begin_(?P<name>\w+)\b", re.IGNORECASE)
_DRAWER, _DRAWER_END = re.compile(r"\s*:[\w-]+:\s*\Z"), re.compile(r"\s*:END:\s*\Z", re.IGNORECASE)
_PLANNING = re.compile(r"\s*(?:SCHEDULED|DEADLINE|CLOSED):\s")
_SILENT = re.compile(r"\s*#(?:\s|\Z)|\s*-{5,}\s*\Z|\s*\|[-+]+\|?\s*\Z|\s*:(?:\s|\Z)")
_LISTED = re.compile(r"(?P<indent>\s*)(?:[-+]|\d+[.)])\s+(?=\S)|(?P<starred>\s+)\*\s+(?=\S)")
_NOTE = re.compile(r"\[fn:([\w-]+)\]\s*")
_SHOWN, _QUOTING = frozenset({"center", "justifyleft", "justifyright", "abstract"}), frozenset({"quote", "verse"})
_BEFORE, _BEHIND = r"(?<![^\s\-({'\"“‘])", r"(?![^\s\-.,;:!?'\")}\[\]”’])"


def _mark_emphasis(sign: str) -> re.Pattern[str]:
    edge = rf"[^\s{sign}]"
    return re.compile(rf"{_BEFORE}{sign}({edge}|{edge}(?:(?!\n\s*\n)[^{sign}])*?{edge}){sign}{_BEHIND}")


_INLINE = (
    (re.compile(r"\[\[(?:[^\[\]]|\[[^\[\]]*\](?!\[))+\]\[((?:(?!\n\s*\n)[^\[\]])+)\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]]+)\]\]"), r"\1"),
    (re.compile(r" ?\[fn:([\w-]+)(?::[^\[\]]*)?\]"), r"[^\1]"),
    (re.compile(r" ?\[fn::[^\[\]]*\]"), ""),
    (re.compile(r"\[cite(?:/[\w/-]+)?:"), "["),
    (_mark_emphasis(r"\*"), r"**\1**"),
    (_mark_emphasis("/"), r"*\1*"),
    (_mark_emphasis("_"), r"\1"),
    (_mark_emphasis(r"\+"), r"\1"),
    (_mark_emphasis("="), r"\1"),
    (_mark_emphasis("~"), r"\1"),
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
    (re.compile(r"<<<?([^<>\n]+)>>>?"), ""),
    (re.compile(r"\\\\[ \t]*$", re.MULTILINE), ""),
)


def convert_org(text: str) -> str:
    """Return what a text in Org shows, as Markdown."""
    written = "\n".join(_write_lines(text.expandtabs(8).splitlines())) + "\n"
    # A note is written at the line's start; elsewhere it is its mark.
    pieces = re.split(r"^(\[\^[\w-]+\]: )", written, flags=re.MULTILINE)
    return "".join(piece if place % 2 else _write_inline(piece) for place, piece in enumerate(pieces))


def _write_inline(text: str) -> str:
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return text


def _write_lines(lines: Sequence[str], *, quoting: str = "") -> Iterator[str]:
    """Yield *lines* as Markdown, each after *quoting*."""
    place, listed = 0, -1
    while place < len(lines):
        line = lines[place]
        place += 1
        if begin := _BEGIN.match(line):
            stop = _find_block_end(lines, place, begin["name"])
            name = begin["name"].lower()
            if name in _SHOWN | _QUOTING:
                inner = f"{quoting}> " if name in _QUOTING else quoting
                yield quoting.rstrip()
                yield from _write_lines(lines[place:stop], quoting=inner)
                yield quoting.rstrip()
            place = stop + 1
        elif _DRAWER.match(line) and (end := _find_drawer_end(lines, place)):
            place = end
        elif heading := _HEADING.match(line):
            yield from (
                quoting.rstrip(),
                f"{quoting}{'#' * min(len(heading['stars']), 6)} {heading['text']}",
                quoting.rstrip(),
            )
            listed = -1
        elif not (_KEYWORD.match(line) or _PLANNING.match(line) or _SILENT.match(line)):
            item = _LISTED.match(line)
            if item:
                listed = len(item["indent"] or item["starred"] or "")
            elif line.strip() and len(line) - len(line.lstrip()) <= listed:
                listed = -1
            yield f"{quoting}{_write_line(line, is_listed=listed >= 0)}".rstrip()


def _write_line(line: str, *, is_listed: bool) -> str:
    if note := _NOTE.match(line):
        return f"[^{note[1]}]: {line[note.end() :]}"
    if line.lstrip().startswith("|"):
        return " ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    # Only in lists does it say anything how far a line is set in.
    return line if is_listed else line.lstrip()


def _find_block_end(lines: Sequence[str], place: int, name: str) -> int:
    """Return where the block *name* ends: at the line that says so, or with the text."""
    end = re.compile(rf"\s*#\+end_{re.escape(name)}\b", re.IGNORECASE)
    return next((number for number in range(place, len(lines)) if end.match(lines[number])), len(lines))


def _find_drawer_end(lines: Sequence[str], place: int) -> int:
    """Return the place behind a drawer; 0 where it is none."""
    for number in range(place, len(lines)):
        if _DRAWER_END.match(lines[number]):
            return number + 1
        if _HEADING.match(lines[number]):
            return 0
    return 0
