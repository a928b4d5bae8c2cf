"""Running text of LaTeX: what a reader of the typeset page sees, and its citations as Pandoc writes them.

A tolerant scanner of our own: of the parsers that there are, pylatexenc takes three seconds for a megabyte and TexSoup
fifteen, and both give up on braces nested some hundred deep. Nothing is expanded: a command of the author's own shows
its arguments in braces. What is unclosed opens nothing.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter

from rightscli.drafts.blocks import BlockWriter, Excerpt, Kind, cut_excerpt
from rightscli.drafts.texcommands import (
    ACCENTS,
    ACTIONS,
    CITATIONS,
    DROPPED,
    ENVIRONMENTS,
    FOREIGN,
    FOREIGN_DISPLAYS,
    HEADINGS,
    NOTES,
    OPTION,
    SIGNS,
    SKIPPED_ENVIRONMENTS,
    find_citations,
    read_citation,
)

_TOKEN = re.compile(
    r"""(?P<words>(?:[^\\{}$%~`'\-&\n]++|\n(?![ \t]*\n)|'(?!')|-(?!-))+)
    |(?P<comment>%[^\n]*(?:\n[ \t]*)?)
    |\\(?P<name>[a-zA-Z@]+\*?)[ \t]*(?:\n[ \t]*(?!\s))?
    |\\(?P<sign>[^a-zA-Z@]|\Z)
    |(?P<open>\{)|(?P<close>\})
    |(?P<math>\$\$?)
    |(?P<paragraph>\n[ \t]*\n\s*)
    |(?P<marks>``|''|`|---?|~)
    |(?P<other>.|\n)""",
    re.VERBOSE | re.DOTALL,
)
_MARKS = {"``": "“", "''": "”", "`": "‘", "--": "–", "---": "—", "~": " "}
# Braces that are escaped, in comments, or printed by \verb, group nothing.
_BRACE = re.compile(r"\\verb\*?([^\w\s*])[^\n]{0,500}?\1|\\.|%[^\n]*|[{}]", re.DOTALL)
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])|([cvHkrudb])(?![a-zA-Z]))\s*(?:\{\s*(\\[ij]|[^\W\d_])\s*\}|(\\[ij](?![a-zA-Z])|[^\W\d_]))"
)
_MATH = re.compile(r"\$\$(?:[^$\\]++|\\.)*\$\$|\$(?:[^$\\\n]++|\\.|\n(?![ \t]*\n))+\$", re.DOTALL)
# A figure in dollars is a figure.
_FIGURE = re.compile(r"\$(\d(?:[\d.,]|\{,\}|\\,(?=\d))*)(\\%)?\$")
_VERB = re.compile(r"\\verb\*?([^\w\s*])([^\n]*?)\1")
_DOCUMENT = re.compile(r"^[^%\n]*?\\begin\{document\}", re.MULTILINE)


def parse_latex(text: str) -> BlockWriter:
    """Return the blocks of LaTeX, without its preamble, comments, formulas, verbatim texts and references to labels."""
    return _LatexReader(cut_excerpt(text)).read_body()


class _LatexReader:
    """One reading of one text; ``_ends`` says what to do at the brace that closes each open group."""

    def __init__(self, source: Excerpt) -> None:
        self._source = source
        self._text = source.text
        self._writer = BlockWriter()
        self._ends: list[str] = []
        self._environments: list[str] = []
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._citations: dict[int, str] = {}
        self._environment_citations: list[str] = []
        self._groups: Counter[str] = Counter()
        self._level = 0
        self._notes = 0
        self._quotations = 0
        self._unclosed: set[str] = set()
        self._opens, self._closes = match_braces(self._text)

    def read_body(self) -> BlockWriter:
        """Return the blocks of the document's body, or of the whole text where it has none."""
        start = _DOCUMENT.search(self._text)
        position = start.end() if start else 0
        while match := _TOKEN.match(self._text, position):
            kind = match.lastgroup
            if kind == "words":
                self._writer.copy_text(self._source, position, match.end())
                position = match.end()
            elif kind == "name":
                if match["name"] == "end" and self._text.startswith("{document}", match.end()):
                    break
                position = self._read_command(match)
            else:
                position = self._read_sign(match)
        return self._writer

    def _read_sign(self, match: re.Match[str]) -> int:
        """Act on what is neither words nor a command with a name, and return where it ends."""
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "open":
            self._ends.append("")
        elif kind == "close":
            self._close_group(start)
        elif kind == "paragraph":
            self._start_block()
        elif kind == "comment":
            # The comment eats its line's end, but not the blank line below it.
            if match.group().count("\n") and self._text.startswith("\n", end):
                self._start_block()
        elif kind == "marks":
            self._write_sign(_MARKS[match.group()], start)
        elif kind == "math":
            return self._read_math(start, end)
        elif kind == "sign":
            return self._read_escape(match)
        elif match.group() == "&" and self._kinds["cell"]:
            self._start_block()
        else:
            self._writer.copy_text(self._source, start, end)
        return end

    def _read_math(self, start: int, end: int) -> int:
        """Leave the formula out that starts at *start*, unless it is a figure; an unclosed dollar is a sign like others."""
        figure = _FIGURE.match(self._text, start)
        if figure and not {"{", "\\"}.isdisjoint(figure[1]):
            self._write_sign(figure[1].replace("{,}", ",").replace("\\,", ","), start)
        elif figure:
            self._writer.copy_text(self._source, *figure.span(1))
        if figure:
            self._write_sign("%" if figure[2] else "", figure.end() - 1)
            return figure.end()
        formula = _MATH.match(self._text, start)
        if not formula:
            self._writer.copy_text(self._source, start, end)
        return formula.end() if formula else end

    def _read_escape(self, match: re.Match[str]) -> int:
        """Act on a backslash and one sign that is no letter, and return where that ends."""
        sign, start, end = match["sign"], match.start(), match.end()
        accent = _ACCENT.match(self._text, start)
        if accent:
            return self._write_accent(accent)
        if sign in {"(", "["}:
            closing = "\\)" if sign == "(" else "\\]"
            found = self._find_closing(closing, end)
            return found + 2 if found >= 0 else end
        if sign == "\\":
            option = OPTION.match(self._text, end)
            self._break_line(start)
            return option.end() if option else end
        if sign in "%&$_{}#":
            self._writer.copy_text(self._source, start + 1, end)
        elif sign in " ,;:~\n":
            self._write_sign(" ", start)
        return end

    def _write_accent(self, accent: re.Match[str]) -> int:
        letter = (accent[3] or accent[4]).removeprefix("\\")
        composed = unicodedata.normalize("NFC", letter + ACCENTS[accent[1] or accent[2]])
        self._write_sign(composed, accent.start())
        return accent.end()

    def _read_command(self, match: re.Match[str]) -> int:
        """Act on a command with a name, and return where it, and what belongs to it, ends."""
        name, start, end = match["name"].rstrip("*"), match.start(), match.end()
        if name in {"begin", "end"}:
            return self._read_environment(name, start, end)
        if name in CITATIONS:
            cited = read_citation(self._text, name, end, self._find_group_end)
            if cited:
                self._write_sign(cited[0], start)
                return cited[1]
            return end
        if name in DROPPED:
            position = self._skip_arguments(end, DROPPED[name])
            if name == "href" and self._text.startswith("{", position) and self._find_group_end(position) >= 0:
                self._open_group("link", start)
                position += 1
            return position
        if name in SIGNS:
            self._write_sign(SIGNS[name], start)
            return end
        if len(name) == 1 and (accent := _ACCENT.match(self._text, start)):
            return self._write_accent(accent)
        if name == "verb" and (verb := _VERB.match(self._text, start)):
            self._writer.copy_text(self._source, *verb.span(2))
            return verb.end()
        if name in {"par", "item", "newline", "tabularnewline", "bigskip", "medskip", "smallskip"}:
            self._break_line(start) if name in {"newline", "tabularnewline"} else self._start_block()
            return end
        return self._open_argument(name, start, end)

    def _open_argument(self, name: str, start: int, end: int) -> int:
        """Open the group that is the argument of a command which does something with it, or of one that is unknown."""
        if name in FOREIGN and self._find_group_end(end) >= 0:
            end = self._find_group_end(end) + 1
        cited, position = self._read_options(name, end)
        if not self._text.startswith("{", position) or self._find_group_end(position) < 0:
            return position
        action = ACTIONS.get(name, "")
        if name == "textelp":
            self._write_sign("[…]", start)
            action = "" if self._text[position + 1] == "}" else action
        if name in HEADINGS:
            action, self._level = "heading", HEADINGS[name]
        elif name in NOTES:
            action = "" if self._groups["note"] else "note"
        self._open_group(action, start)
        if cited:
            self._citations[len(self._ends)] = cited
        return position + 1

    def _read_options(self, name: str, position: int) -> tuple[str, int]:
        """Return what the options at *position* of the command *name* cite, and where they, and its keys, end."""
        if name.endswith(("textcquote", "blockcquote")):
            cited, end = read_citation(self._text, name, position, self._find_group_end) or ("", position)
            return cited, self._skip_arguments(end, "o")
        options = []
        # A bracket after a blank is an option of commands that take one, and else text: \LaTeX [sic].
        takes_option = name in ACTIONS or name in HEADINGS or name in NOTES or not self._text[position - 1].isspace()
        while takes_option and (option := OPTION.match(self._text, position)):
            options.append(option[1])
            position = option.end()
        is_quoting = name.endswith(("textquote", "blockquote")) and options
        return find_citations(options[0]) if is_quoting else "", position

    def _open_group(self, action: str, place: int) -> None:
        self._ends.append(action)
        if not action:
            return
        self._groups[action] += 1
        if action == "quotation":
            self._quotations += 1
            self._write_sign("“" if self._quotations % 2 else "‘", place)
        elif action == "insertion":
            self._write_sign("[", place)
        elif action == "note":
            self._notes += 1
            self._writer.start_note(self._notes)
        elif action == "link":
            self._writer.start_link()
        else:
            self._start_block()

    def _close_group(self, place: int) -> None:
        """Do what is to be done at a closing brace; one that closes nothing is nothing."""
        if not self._ends:
            return
        cited = self._citations.pop(len(self._ends), "")
        action = self._ends.pop()
        self._groups[action] -= 1
        if action == "quotation":
            self._write_sign("”" if self._quotations % 2 else "’", place)
            self._quotations -= 1
        elif action == "insertion":
            self._write_sign("]", place)
        if cited:
            self._write_sign(" " + cited, place)
        if action == "note":
            self._writer.end_note()
        elif action == "link":
            self._writer.end_link()
        elif action in {"heading", "caption", "quote"}:
            self._start_block()

    def _read_environment(self, command: str, start: int, end: int) -> int:
        """Act on a ``\\begin`` or ``\\end``, and return where it and its arguments end."""
        closing = self._text.find("}", end, end + 60) if self._text.startswith("{", end) else -1
        if closing < 0:
            return end
        name = self._text[end + 1 : closing].strip()
        position = closing + 1
        if command == "end":
            self._end_environment(name, start)
            return position
        if name.rstrip("*") in SKIPPED_ENVIRONMENTS:
            found = self._find_closing(f"\\end{{{name}}}", position)
            return found if found >= 0 else position
        kind, arguments = ENVIRONMENTS.get(name.rstrip("*"), ("", "o"))
        cited = ""
        if name in FOREIGN_DISPLAYS:
            position, arguments = self._skip_arguments(position, "m"), arguments[1:]
        if name.endswith("cquote"):
            found_citation = read_citation(self._text, "textcquote", position, self._find_group_end)
            cited, position = found_citation or ("", position)
        elif name.endswith("displayquote") and (option := OPTION.match(self._text, position)):
            cited = find_citations(option[1])
        self._environments.append(name)
        self._environment_citations.append(cited)
        self._counts[name] += 1
        self._kinds[kind] += 1
        position = self._skip_arguments(position, arguments)
        self._start_block()
        return position

    def _end_environment(self, name: str, place: int) -> None:
        while self._counts[name]:
            closed = self._environments.pop()
            cited = self._environment_citations.pop()
            self._counts[closed] -= 1
            self._kinds[ENVIRONMENTS.get(closed.rstrip("*"), ("", ""))[0]] -= 1
            if closed == name:
                if cited:
                    self._write_sign(" " + cited, place)
                break
        self._start_block()

    def _start_block(self) -> None:
        kinds: tuple[tuple[Kind, int], ...] = (
            ("heading", self._groups["heading"]),
            ("caption", self._groups["caption"]),
            ("quote", self._groups["quote"] + self._kinds["quote"]),
            ("cell", self._kinds["cell"]),
            ("list", self._kinds["list"]),
        )
        kind: Kind = next((kind for kind, count in kinds if count > 0), "paragraph")
        self._writer.start_block(kind, level=self._level if kind == "heading" else 0)

    def _break_line(self, place: int) -> None:
        if self._kinds["cell"]:
            self._start_block()
        else:
            self._write_sign(" ", place)

    def _write_sign(self, sign: str, place: int) -> None:
        self._writer.add_decoded(sign, self._source.find_place(place))

    def _find_group_end(self, position: int) -> int:
        """Return where the brace is that closes the one at *position*, or -1."""
        number = bisect_left(self._opens, position)
        if number < len(self._opens) and self._opens[number] == position:
            return self._closes[number] or -1
        return -1

    def _find_closing(self, closing: str, position: int) -> int:
        """Return where *closing* is next, or -1; one that is missing is looked for only once."""
        if closing in self._unclosed:
            return -1
        found = self._text.find(closing, position)
        if found < 0:
            self._unclosed.add(closing)
        return found

    def _skip_arguments(self, position: int, arguments: str) -> int:
        """Return where the *arguments* end that start at *position*: ``m`` in braces, ``o`` in brackets if there."""
        for argument in arguments:
            if argument == "o":
                option = OPTION.match(self._text, position)
                position = option.end() if option else position
                continue
            found = self._find_group_end(position)
            if found < 0:
                break
            position = found + 1
        return position


def match_braces(text: str) -> tuple[array[int], array[int]]:
    """Return where braces open, ascending, and where each is closed, or 0: found once, so that nothing is looked for twice."""
    opens, closes, stack = array("I"), array("I"), array("I")
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            stack.append(len(opens))
            opens.append(match.start())
            closes.append(0)
        elif match.group() == "}" and stack:
            closes[stack.pop()] = match.start()
    return opens, closes
