"""reStructuredText → Markdown, for copies of sources: what it shows, with its headings, lists, quotations and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*\Z")
_EXPLICIT = re.compile(r"(?P<indent> *)\.\.(?: +(?P<text>.*)|\s*)\Z")
_NOTE = re.compile(r"\[(?:#?(?P<name>[\w-]*)|\*)\](?: +(?P<text>.*)|\s*)\Z")
_DIRECTIVE = re.compile(r"(?P<name>[\w-]+)::(?: +(?P<text>.*)|\s*)\Z")
_SUBSTITUTION = re.compile(r"\|(?P<name>[^|]+)\| +replace:: +(?P<text>.*)\Z")
_TARGET = re.compile(r"^ *\.\. +_([\w .-]+):", re.MULTILINE)
_OPTION = re.compile(r"\s+:[\w-]+:(?:\s|\Z)")
_LISTED = re.compile(r"(?P<indent> *)(?P<mark>[-*+•]|\(?(?:\w{1,4}|#)[.)]) +(?=\S)")
_BORDER = re.compile(r"=+(?: +=+)+\s*\Z|\+(?:[-=]+\+)+\s*\Z")
_FIELD = re.compile(r":(?P<name>[^:\s][^:]*):(?=\s|\Z)")
_DEEPEST = 40
"""Of how many characters at most the marks are of quotations in quotations."""
_QUOTING = frozenset({"epigraph", "highlights", "pull-quote"})
_SHOWN = frozenset(
    "admonition attention caution compound container danger error hint important note sidebar tip topic warning".split()
)
_WRAPPED = r"(?:(?!\n\s*\n)[^`])+?"
_INLINE = (
    # Two backslashes stand for one, a blank behind one for nothing.
    (re.compile(r"\\ "), ""),
    (re.compile(rf"(?<![`\w]):[\w+.:-]+:`({_WRAPPED})(?:\s*<[^<>`]*>)?`(?!`)"), r"\1"),
    (re.compile(rf"(?<!`)`({_WRAPPED})\s*<[^<>`]*>`__?(?!\w)"), r"\1"),
    (re.compile(rf"(?<!`)`({_WRAPPED})`__?(?!\w)"), r"\1"),
    (re.compile(rf"(?<!`)`({_WRAPPED})`(?::[\w+.:-]+:)?(?!`)"), r"*\1*"),
    (re.compile(r" ?\[#?([\w-]+)\]_(?!\w)"), r"[^\1]"),
    (re.compile(r" ?\[[#*]\]_(?!\w)"), ""),
)


def convert_rst(text: str) -> str:
    """Return what a text in reStructuredText shows, as Markdown."""
    lines = text.expandtabs(8).splitlines()
    written = "\n".join(_Writer().write_lines(lines)) + "\n"
    for pattern, shown in _INLINE:
        written = pattern.sub(shown, written)
    for name, shown in _list_substitutions(lines):
        written = written.replace(f"|{name}|", shown)
    names = {name.lower() for name in _TARGET.findall(text)}
    return re.sub(
        r"(?<![\w`*])(\w[\w-]*)_(?!\w)", lambda found: found[1] if found[1].lower() in names else found[0], written
    )


def _list_substitutions(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        explicit = _EXPLICIT.match(line)
        if explicit and (found := _SUBSTITUTION.match(explicit["text"] or "")):
            yield found["name"], found["text"]


class _Writer:
    """The lines of a document; headings have the levels in which their adornments first come."""

    def __init__(self) -> None:
        self._levels: list[str] = []

    def write_lines(self, lines: Sequence[str], *, quoting: str = "") -> Iterator[str]:
        """Yield *lines* as Markdown, each after *quoting*."""
        place, listed, is_parted = 0, -1, True
        while place < len(lines):
            line = lines[place]
            indent = len(line) - len(line.lstrip())
            item = _LISTED.match(line)
            if item:
                listed = len(item["indent"])
            elif line.strip() and indent <= listed and is_parted:
                listed = -1
            if heading := self._read_heading(lines, place):
                yield from (f"{quoting}{heading[0]}", quoting.rstrip())
                place, listed, is_parted = place + heading[1], -1, True
            elif is_parted and _EXPLICIT.match(line):
                stop = _find_end(lines, place + 1, indent)
                yield from self._write_explicit(lines[place:stop], quoting)
                place = stop
            elif line.strip() and indent and listed < 0 and is_parted and len(quoting) < _DEEPEST:
                stop = _find_end(lines, place, indent - 1)
                yield from self.write_lines([one[indent:] for one in lines[place:stop]], quoting=f"{quoting}> ")
                place = stop
            else:
                yield f"{quoting}{_write_line(line)}".rstrip()
                place, is_parted = place + 1, not line.strip()
                if line.rstrip().endswith("::"):
                    # What is set in below is shown as it stands, and is no running text.
                    below = _skip_blank(lines, place)
                    place = _find_end(lines, below, indent) if below > place else place

    def _read_heading(self, lines: Sequence[str], place: int) -> tuple[str, int] | None:
        """Return the heading that begins at *place*, and how many lines it has; a transition is an empty one."""
        line, below = lines[place], lines[place + 1] if place + 1 < len(lines) else ""
        adorned = _ADORNMENT.match(line)
        if adorned and not below.strip():
            return "", 1
        if adorned and place + 2 < len(lines) and lines[place + 2].strip() == line.strip():
            return f"{self._rank(adorned[1] * 2)} {below.strip()}", 3
        under = _ADORNMENT.match(below)
        if (
            line.strip()
            and not line.startswith(" ")
            and under
            and not adorned
            and len(below.strip()) >= len(line.strip()) - 2
        ):
            return f"{self._rank(under[1])} {line.strip()}", 2
        return None

    def _rank(self, adornment: str) -> str:
        if adornment not in self._levels:
            self._levels.append(adornment)
        return "#" * min(self._levels.index(adornment) + 1, 6)

    def _write_explicit(self, lines: Sequence[str], quoting: str) -> Iterator[str]:
        """Yield what is shown of a note or a directive; nothing of a comment, a target, a picture, code."""
        explicit = _EXPLICIT.match(lines[0])
        text = (explicit["text"] or "") if explicit else ""
        indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
        body = [line[min(indents) :] for line in lines[1:]] if indents else []
        if note := _NOTE.match(text):
            yield f"{quoting}[^{note['name'] or 'note'}]: {note['text'] or ''}"
            yield from (f"{quoting}    {line}".rstrip() for line in body)
            yield quoting.rstrip()
        elif (directive := _DIRECTIVE.match(text)) and directive["name"] in _QUOTING | _SHOWN:
            while body and _OPTION.match(f" {body[0]}"):
                body.pop(0)
            inner = f"{quoting}> " if directive["name"] in _QUOTING else quoting
            yield quoting.rstrip()
            yield from self.write_lines([*filter(None, [directive["text"] or ""]), *body], quoting=inner)
            yield quoting.rstrip()


def _write_line(line: str) -> str:
    if _BORDER.match(line.strip()):
        return ""
    line = re.sub(r"^\s*\|\s", "", line)
    line = _FIELD.sub(r"\g<name>:", line, count=1) if _FIELD.match(line) else line
    line = re.sub(r"^(\s*)#\. ", r"\g<1>1. ", line)
    return re.sub(r"\s*::\s*\Z", ":" if line.strip() != "::" else "", line)


def _find_end(lines: Sequence[str], place: int, indent: int) -> int:
    """Return where the lines end that are set in deeper than *indent*, from *place* on, with the blank ones between them."""
    end = place
    for number in range(place, len(lines)):
        if lines[number].strip():
            if len(lines[number]) - len(lines[number].lstrip()) <= indent:
                break
            end = number + 1
    return end


def _skip_blank(lines: Sequence[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place
