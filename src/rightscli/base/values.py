"""A YAML file → small values with their lines, one at a time, and what no value may have anywhere.

PyYAML's loaders read ``no`` as False and ``12:30`` as 750, and quietly keep the last of two equal keys. Here every scalar
stays text, and keeps its line; tags, anchors and aliases are refused, so that an alias bomb can do nothing.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import TextIOWrapper
from itertools import chain
from typing import BinaryIO, NamedTuple, TypeAlias

import yaml
from yaml import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from rightscli.text.folding import shorten_text

_COMMENT = re.compile(r"[ \t]+#")
_SENTENCES = frozenset("claim title scope label alt hidden anchors terms because".split())
"""The fields that hold a sentence, or lists of what is said: a `` #`` there may be a number's sign and no comment's."""
# C0 and C1 but for tab and line ends; the line ends that YAML counts and no editor does; what is no character at all.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|\r|\n")

__all__ = [
    "AliasEvent",
    "CollectionStartEvent",
    "Composer",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "Value",
    "YAMLError",
    "describe_kind",
    "explain_yaml_error",
    "find_unreadable",
    "get_line",
    "is_plain_text",
    "list_commented",
    "open_events",
    "quote_text",
]

DEPTH_LIMIT = 12
TEXT_LIMIT = 10_000
# Programs that write YAML do this by themselves for two lists that are one object.
_WAY_OUT = "write out what it stands for, each time; a program that writes YAML can be told to (PyYAML: ignore_aliases)"
_TOO_DEEP = f"lists and mappings go deeper than {DEPTH_LIMIT} levels here"

# By the mark of byte order, or by the NULs among the first four bytes: a YAML file starts with ASCII.
_UTF_32 = re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]", re.DOTALL)
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|[^\0]\0[^\0]\0|\0[^\0]\0[^\0]", re.DOTALL)
_YAML_HINTS = (
    ("mapping values are not allowed", "text with a colon and a blank in it needs quotes"),
    ("cannot start any token", "indent with blanks, and quote text that starts with @, ` or %"),
)


class Value(NamedTuple):
    """What a key or a place in a list holds, and the line of that key or place."""

    line: int
    content: Content


Content: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""Text, a list, a mapping, or None for what has already been complained of."""


def find_unreadable(chunks: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the line and the fault of what is no UTF-8 text, or is no character that a text may hold.

    *chunks* are the pieces of a file, in order, cut anywhere.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, told, carried = 1, 0, ""
    for number, chunk in enumerate(chain(chunks, [b""])):
        for pattern, encoding in ((_UTF_32, "UTF-32"), (_UTF_16, "UTF-16")):
            if number == 0 and pattern.match(chunk):
                yield 1, f"the file must be UTF-8, not {encoding}"
                return
        try:
            text = carried + decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = carried + error.object[: error.start].decode()
            byte = error.object[error.start]
            yield line + len(_LINE_END.findall(before)), f"the file must be UTF-8, and byte 0x{byte:02X} here is not"
            return
        # A line's end may have been cut in two.
        carried = "\r" if chunk and text.endswith("\r") else ""
        text = text.removesuffix(carried)
        for found, message in _find_controls(text, line):
            # A line may run on from one piece to the next.
            if found != told:
                yield found, message
            told = found
        line += len(_LINE_END.findall(text))


def _find_controls(text: str, line: int) -> Iterator[tuple[int, str]]:
    """Yield a fault for each line of *text*, which begins on *line*, that holds what no text may hold."""
    if _CONTROL.search(text):
        for number, words in enumerate(_LINE_END.split(text), start=line):
            if found := _CONTROL.search(words):
                name = "a NUL" if found[0] == "\0" else f"the control character U+{ord(found[0]):04X}"
                yield number, f"{name} is not allowed"


def list_commented(file: BinaryIO) -> dict[int, str]:
    """Return the lines of *file*, by number, that hold something and a blank and ``#`` behind it, where a comment may begin."""
    # Every line end of YAML's, and no other: U+2028 and the like are refused.
    lines = TextIOWrapper(file, encoding="utf-8", newline=None)
    try:
        return {
            number: line.rstrip("\n")
            for number, line in enumerate(lines, start=1)
            if "#" in line and re.search(r"\S[ \t]+#", line)
        }
    finally:
        # The file is still to be read.
        lines.detach()


def quote_text(text: str) -> str:
    """Return *text* as a message quotes it, shortened."""
    return f"'{shorten_text(text)}'"


def explain_yaml_error(error: yaml.YAMLError) -> tuple[int, str, str]:
    """Return the line, the place (none) and YAML's own words for what is no YAML."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, "", str(error).partition("\n")[0]
    start, mark = error.context_mark, error.problem_mark or error.context_mark
    problem = error.problem or error.context or "not YAML"
    if "maximum nesting depth" in problem:
        # libyaml's own limit, from 0.2.6 on, which it meets while it looks ahead.
        problem = _TOO_DEEP
    hint = next((f"; {hint}" for words, hint in _YAML_HINTS if words in problem), "")
    context = ""
    if error.problem and error.context and start and mark and start.line != mark.line:
        context = f" {error.context} that starts on line {start.line + 1}"
    return mark.line + 1 if mark else 1, "", f"{problem[:1].lower()}{problem[1:]}{context}{hint}"


# What YAML 1.2 reads as a number, beside what PyYAML, which reads 1.1, takes for a number, a date, a truth value or none.
_NUMBER = re.compile(r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)")


def is_plain_text(text: str) -> bool:
    """Tell whether every reader of YAML takes *text*, unquoted, for text: neither for a number, a date, nor yes or no."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ())
    # PyYAML leaves out y and n, which YAML 1.1 has too.
    return not any(rule.match(text) for _, rule in resolvers) and not _NUMBER.fullmatch(text) and text not in {*"yYnN"}


def describe_kind(content: Content) -> str:
    """Return what kind of value *content* is, in words."""
    if isinstance(content, str):
        return "text" if content else "empty text"
    return "a list" if isinstance(content, list) else "a mapping"


def get_line(event: yaml.Event) -> int:
    """Return the line that *event* starts on, from 1."""
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def open_events(file: BinaryIO) -> Callable[[], yaml.Event]:
    """Return what yields the next event at each call; libyaml's parser if it is there, else Python's own."""
    if yaml.__with_libyaml__:
        return yaml.CSafeLoader(file).get_event  # type: ignore[return-value]
    parser = yaml.SafeLoader(file)

    def next_event() -> yaml.Event:
        try:
            return parser.get_event()  # type: ignore[no-any-return, no-untyped-call]
        except (ValueError, OverflowError):
            # Python's parser has no answer of its own to an escape such as "\UFFFFFFFF".
            raise yaml.MarkedYAMLError(problem="found an escape that is no character") from None

    return next_event


class Composer:
    """Events → values, one value at a time, for the length of one file.

    *path* leads to the value at hand, None standing for a key that is not read yet; *faults* are the line, path and
    message of what no value may have anywhere. *cuts* are the same of plain sentences with a comment behind them, which
    they may have been meant to go on with: *commented* are the lines that may hold one (see ``list_commented``).
    """

    def __init__(self, file: BinaryIO, commented: Mapping[int, str] | None = None) -> None:
        self.next_event = open_events(file)
        self.path: list[str | int | None] = []
        self.faults: list[tuple[int, tuple[str | int | None, ...], str]] = []
        self.cuts: list[tuple[int, tuple[str | int | None, ...], str]] = []
        self._commented = commented or {}

    def compose(self, event: yaml.Event) -> Content:
        """Return the content that starts with *event*, read to its end."""
        if type(event) is ScalarEvent:
            text = event.value.strip()
            if self._commented:
                self._note_cut(event)
            if event.tag or event.anchor or len(text) > TEXT_LIMIT or not text.isprintable():
                return self._judge_text(event, text)
            return text
        if type(event) is AliasEvent:
            self._blame(event, f"aliases are not allowed: {quote_text(f'*{event.anchor}')}; {_WAY_OUT}")
            return None
        assert isinstance(event, yaml.CollectionStartEvent)
        self.open_collection(event)
        content: Content
        if type(event) is MappingStartEvent:
            content = {key: Value(line, self.compose(self.next_event())) for key, line in self.walk_keys()}
        else:
            content = [Value(get_line(child), self.compose(child)) for child in self.walk_list()]
        return None if event.tag else content

    def open_collection(self, event: yaml.CollectionStartEvent) -> None:
        """Complain of a tag or an anchor on a list or mapping; stop reading if it is too deep."""
        self._blame_marks(event)
        if len(self.path) >= DEPTH_LIMIT:
            raise yaml.MarkedYAMLError(problem=_TOO_DEEP, problem_mark=event.start_mark)  # type: ignore[arg-type]

    def walk_list(self) -> Iterator[yaml.Event]:
        """Yield the first event of each value in a list; the caller reads the value before it asks for the next."""
        self.path.append(0)
        for number in itertools.count(1):
            event = self.next_event()
            if type(event) is SequenceEndEvent:
                break
            self.path[-1] = number
            yield event
        self.path.pop()

    def walk_keys(self) -> Iterator[tuple[str, int]]:
        """Yield each key of a mapping and its line; the caller reads the value before it asks for the next."""
        lines: dict[str, int] = {}
        self.path.append(None)
        while type(event := self.next_event()) is not MappingEndEvent:
            self.path[-1] = None
            key, line = self.compose(event), get_line(event)
            if isinstance(key, str) and key not in lines:
                self.path[-1] = key
                lines[key] = line
                yield key, line
                continue
            if isinstance(key, str):
                self.path[-1] = key
                self._blame(event, f"this key is given twice; first on line {lines[key]}")
            elif key is not None:
                self._blame(event, f"a key must be text, not {describe_kind(key)}")
            self.compose(self.next_event())
        self.path.pop()

    def _note_cut(self, event: ScalarEvent) -> None:
        """Keep the comment that stands on the line behind a plain sentence."""
        mark = event.end_mark
        # libyaml calls plain what has an empty style, Python's parser what has none.
        if event.style or not event.value or mark is None or mark.line + 1 not in self._commented:
            return
        last = self.path[-1] if self.path else None
        field = self.path[-2] if isinstance(last, int) and len(self.path) > 1 else last
        if field not in _SENTENCES:
            return
        # Line 1 may begin with a mark of byte order, which the parser does not count.
        line = self._commented[mark.line + 1]
        if behind := _COMMENT.match(line, mark.column):
            self.cuts.append((mark.line + 1, tuple(self.path), line[behind.end() - 1 :].strip()))

    def _judge_text(self, event: ScalarEvent, text: str) -> str | None:
        self._blame_marks(event)
        if event.tag:
            return None
        if len(text) > TEXT_LIMIT:
            self._blame(event, f"the text has {len(text):,} characters; the limit is {TEXT_LIMIT:,}")
        # These come by way of an escape: the file's own characters have been searched already.
        elif found := _CONTROL.search(text) or re.search("\r", text):
            self._blame(event, f"the control character U+{ord(found[0]):04X} is not allowed")
        else:
            return text
        return None

    def _blame_marks(self, event: yaml.CollectionStartEvent | ScalarEvent) -> None:
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._blame(event, f"tags are not allowed: {quote_text(tag)}")
        if event.anchor:
            self._blame(event, f"anchors are not allowed: {quote_text(f'&{event.anchor}')}; {_WAY_OUT}")

    def _blame(self, event: yaml.Event, message: str) -> None:
        self.faults.append((get_line(event), tuple(self.path), message))
