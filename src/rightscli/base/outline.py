"""A base's text → where its sections, records and fields stand in it, by offset.

The marks of the parser's events say where each value starts. Where a block collection ends they say only after the comments
and blank lines that follow, so its end here is that of its last value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

from rightscli.base.values import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    YAMLError,
    explain_yaml_error,
    open_events,
)
from rightscli.errors import UnreadableError
from rightscli.text.folding import shorten_text

_DEPTH = 3
"""Base, section, record, field: what lies deeper is changed only as part of a field."""


class Node(NamedTuple):
    """A value in the text, from *start* to *end*; *column* and *line* are those of its start, from 0.

    *kind* is ``scalar``, ``mapping`` or ``list``; *style* the sign that a scalar is quoted with or, of a collection,
    ``flow`` or ``block``; *children* are pairs of a key, None in a list, and a value.
    """

    kind: str
    style: str
    text: str
    start: int
    end: int
    column: int
    line: int
    children: tuple[tuple[Node | None, Node], ...] = ()

    def find(self, key: str) -> tuple[Node, Node] | None:
        """Return the key and the value of a mapping's *key*; None where it has none."""
        pairs = ((name, value) for name, value in self.children if name)
        return next(((name, value) for name, value in pairs if name.text.strip() == key), None)


def read_outline(text: str, *, name: str) -> Node:
    """Return the outline of the base *text*, which came from the file *name*.

    Raises UnreadableError for what cannot be added to: no YAML, no mapping, several documents, an anchor, an alias, a tag.
    """
    next_event = open_events(BytesIO(text.encode()))
    try:
        next_event()
        if isinstance(next_event(), StreamEndEvent):
            raise _refuse(
                name, 0, "the file holds nothing but comments", "rights init FILE writes a base to begin with"
            )
        root = _Reader(text, name, next_event).read_node(next_event(), 0)
        next_event()
        after = next_event()
    except YAMLError as error:
        line, _, message = explain_yaml_error(error)
        raise _refuse(name, line - 1, message, None) from None
    if isinstance(after, DocumentStartEvent):
        line = after.start_mark.line if after.start_mark else 0
        raise _refuse(name, line, "a second document starts here", "keep one document in the file")
    if root.kind != "mapping":
        raise _refuse(name, root.line, "the base must be a mapping", "rights init FILE writes a base to begin with")
    return root


def _refuse(name: str, line: int, message: str, hint: str | None) -> UnreadableError:
    return UnreadableError(f"{shorten_text(name, 500)}:{line + 1}: {message}, so nothing can be added", hint=hint)


class _Reader:
    """Events → nodes, for the length of one text."""

    def __init__(self, text: str, name: str, next_event: Callable[[], Event]) -> None:
        self._text = text
        self._name = name
        self._next_event = next_event

    def read_node(self, event: Event, depth: int) -> Node:
        """Return the value that starts with *event*, which lies *depth* values deep, read to its end."""
        mark = event.start_mark
        assert mark
        self._require_plain(event, mark.line)
        if isinstance(event, ScalarEvent):
            end = event.end_mark.index if event.end_mark else mark.index
            if event.style in ("|", ">"):
                # Its mark is behind the blank lines that follow.
                end = mark.index + len(self._text[mark.index : end].rstrip())
            return Node("scalar", event.style or "", event.value, mark.index, end, mark.column, mark.line)
        assert isinstance(event, CollectionStartEvent)
        children = []
        end = mark.index
        for key, value in self._read_children(event, depth + 1):
            end = value.end
            # Of a large base, only what can be changed by itself is kept.
            if depth < _DEPTH:
                children.append((key, value))
        if event.flow_style and self._last_mark:
            end = self._last_mark.index
        kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
        style = "flow" if event.flow_style else "block"
        return Node(kind, style, "", mark.index, end, mark.column, mark.line, tuple(children))

    def _read_children(self, event: Event, depth: int) -> Iterator[tuple[Node | None, Node]]:
        is_mapping = isinstance(event, MappingStartEvent)
        while not isinstance(first := self._next_event(), MappingEndEvent | SequenceEndEvent):
            key = self.read_node(first, depth) if is_mapping else None
            yield key, self.read_node(self._next_event() if is_mapping else first, depth)
        self._last_mark = first.end_mark

    def _require_plain(self, event: Event, line: int) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, AliasEvent):
            raise _refuse(self._name, line, f"the alias '*{anchor}' stands here", "write out what it stands for")
        if anchor:
            raise _refuse(
                self._name, line, f"the anchor '&{anchor}' stands here", "remove it, and write out its aliases"
            )
        if tag:
            raise _refuse(self._name, line, f"the tag '{tag}' stands here", "remove it: every value of a base is text")
