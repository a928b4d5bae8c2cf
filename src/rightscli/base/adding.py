"""Sources, topics and facts → insertions into the base's text, which is never written anew.

A section is added to in the style that it has: a block by lines below its last value, brackets before the one that closes
them. All else stays as it is, byte for byte: comments, order, quotes, line ends, a mark of byte order.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from rightscli.base.outline import Node, read_outline
from rightscli.base.rendering import (
    Entry,
    Fields,
    Writing,
    is_long_list,
    render_fields,
    render_inline,
    render_key,
    render_value,
)
from rightscli.errors import UnreadableError
from rightscli.text.folding import shorten_text

Section: TypeAlias = Literal["sources", "topics", "facts"]

_ORDER = ("schema", "title", "edition", "scope", "license", "sources", "topics", "facts")
"""Where a section that is missing goes: behind the last of those before it."""
_FACT_ORDER = ("id", "claim", "cites", "topics", "date", "according_to", "anchors", "terms")
"""The same of a fact's field."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"#[^\r\n]*")


class _Edit(NamedTuple):
    """The text from *start* to *end* becomes *new*."""

    start: int
    end: int
    new: str


def insert_source(content: bytes, key: str, fields: Fields, *, name: str) -> bytes:
    """Return the base's *content*, from the file *name*, with the source *key*, whose *fields* are named as in the file.

    Raises UnreadableError, with the place and the way out, for a file that cannot be added to.
    """
    return insert_records(content, "sources", {key: fields}, name=name)


def insert_facts(content: bytes, facts: Sequence[Fields], *, name: str) -> bytes:
    """Return the base's *content* with *facts* behind those that it has. Raises as ``insert_source`` does."""
    return insert_records(content, "facts", facts, name=name)


def insert_records(
    content: bytes, section: Section, records: Mapping[str, Fields] | Sequence[Fields], *, name: str
) -> bytes:
    """Return the base's *content* with *records* at the end of *section*: by key or, for ``facts``, a list."""
    if not records:
        return content
    mark, text = _decode_base(content)
    root = read_outline(text, name=name)
    return mark + _apply_edits(text, _extend_section(text, root, section, records)).encode()


def replace_fields(
    content: bytes, section: Section, changes: Mapping[str, Mapping[str, Entry | None]], *, name: str
) -> bytes:
    """Return the base's *content* with other fields in records of *section*, by key or id; a field that is None is removed.

    Raises KeyError for a record that is not there, UnreadableError for one that cannot be changed by itself.
    """
    mark, text = _decode_base(content)
    root = read_outline(text, name=name)
    records = _list_records(root, section)
    writing = _read_writing(text, root)
    edits: list[_Edit] = []
    for key, fields in changes.items():
        for field, value in fields.items():
            place = f"{section}.{key}.{field}"
            try:
                edits += _change_field(text, records[key], field, value, writing)
            except _UnremovableError as fault:
                where = f"{shorten_text(name, 500)}:{records[key].line + 1}: {place}"
                raise UnreadableError(f"{where}: {fault}", hint="change it by hand") from None
    return mark + _apply_edits(text, edits).encode()


def _decode_base(content: bytes) -> tuple[bytes, str]:
    """Return the mark of byte order, or nothing, and the text behind it."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark, content[len(mark) :].decode()


def _apply_edits(text: str, edits: Iterable[_Edit]) -> str:
    """Return *text* with *edits* made; of those at one offset, in their order."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join([*pieces, text[done:]])


def _extend_section(
    text: str, root: Node, section: Section, records: Mapping[str, Fields] | Sequence[Fields]
) -> list[_Edit]:
    writing = _read_writing(text, root)
    found = root.find(section)
    if root.style == "flow":
        empty = not found or not found[1].children
        flow = [_render_flow(record, writing) for record in _pair_records(records)]
        if found and not empty:
            return _extend_flow(text, found[1], root, flow, writing)
        inner = ", ".join(flow)
        whole = f"[{inner}]" if section == "facts" else f"{{{inner}}}"
        if found:
            return [_Edit(found[1].start, found[1].end, whole)]
        return _extend_flow(text, root, root, [f"{render_key(section, writing)}: {whole}"], writing)
    if found and found[1].children:
        node = found[1]
        if node.style == "flow":
            return _extend_flow(
                text, node, root, [_render_flow(one, writing) for one in _pair_records(records)], writing
            )
        lines = _render_block(records, node.column, writing, flow=_get_last(node).style == "flow")
        return [_insert_lines(text, node.end, lines)]
    column = root.column + (writing.dash if section == "facts" else writing.step)
    lines = _render_block(records, column, writing, flow=section == "topics")
    if not found:
        before = [pair for name in _ORDER[: _ORDER.index(section)] if (pair := root.find(name))]
        end = max((value.end for _, value in before), default=root.end)
        return [_insert_lines(text, end, [" " * root.column + f"{section}:", *lines])]
    value = found[1]
    if value.kind != "scalar" and _LINE_END.search(text, value.start, value.end):
        # There may be comments between the brackets.
        flow = [_render_flow(record, writing) for record in _pair_records(records)]
        return _extend_flow(text, value, root, flow, writing)
    # An empty list, or nothing: its place is taken by the lines below it.
    start = value.start if value.start == value.end else len(text[: value.start].rstrip(" \t"))
    return [_Edit(start, value.end, ""), _insert_lines(text, value.end, lines)]


def _pair_records(records: Mapping[str, Fields] | Sequence[Fields]) -> list[tuple[str, Fields]]:
    """Return *records* with their keys, which are empty in a list."""
    return list(records.items()) if isinstance(records, Mapping) else [("", record) for record in records]


def _render_flow(record: tuple[str, Fields], writing: Writing) -> str:
    key, fields = record
    return (f"{render_key(key, writing)}: " if key else "") + render_inline(fields, writing)


def _render_block(
    records: Mapping[str, Fields] | Sequence[Fields], column: int, writing: Writing, *, flow: bool
) -> list[str]:
    """Return the lines of *records* at *column*; each on one line if *flow*, but for one that has passages."""
    lines: list[str] = []
    for key, fields in _pair_records(records):
        inner = column + (writing.step if key else 1 + writing.gap)
        if flow and not any(map(is_long_list, fields.values())):
            head = f"{render_key(key, writing)}: " if key else "-" + " " * writing.gap
            lines.append(" " * column + head + render_inline(fields, writing))
            continue
        body = list(render_fields(fields, inner, writing))
        if key:
            lines += [" " * column + f"{render_key(key, writing)}:", *body]
        else:
            lines += [" " * column + "-" + " " * writing.gap + body[0].lstrip(), *body[1:]]
    return lines


def _insert_lines(text: str, end: int, lines: Sequence[str]) -> _Edit:
    """Return the insertion of *lines* below the line on which a value ends at *end*; the last line stays without its end."""
    below = _LINE_END.search(text, end)
    if below:
        return _Edit(below.end(), below.end(), "".join(line + below[0] for line in lines))
    first = _LINE_END.search(text)
    line_end = first[0] if first else "\n"
    return _Edit(len(text), len(text), "".join(line_end + line for line in lines))


def _extend_flow(text: str, node: Node, root: Node, entries: Sequence[str], writing: Writing) -> list[_Edit]:
    """Return the insertion of *entries* into the brackets of *node*: on the line of the last value, or on lines of their own."""
    close = node.end - 1
    last = _get_last(node).end if node.children else node.start + 1
    # Between the last value and the bracket there are only blanks, comments and perhaps a comma.
    gap = _COMMENT.sub(lambda comment: " " * len(comment[0]), text[last:close])
    comma = gap.find(",")
    behind = last if comma < 0 else last + comma + 1
    needs_comma = bool(node.children) and comma < 0
    if not (below := _LINE_END.search(text, behind, close)):
        return [_Edit(behind, behind, (", " if needs_comma else " " * bool(node.children)) + ", ".join(entries))]
    column = root.column + writing.step
    if node.children:
        key, value = node.children[0]
        first = key or value
        column = first.column if not text[_find_line(text, first.start) : first.start].strip() else column
    trailing = "," if comma >= 0 else ""
    new = ("," + below[0]).join(" " * column + entry for entry in entries) + trailing + below[0]
    edits = [_Edit(below.end(), below.end(), new)]
    return [_Edit(last, last, ","), *edits] if needs_comma else edits


def _get_last(node: Node) -> Node:
    return node.children[-1][1]


def _find_line(text: str, offset: int) -> int:
    """Return where the line begins that *offset* is on."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _read_writing(text: str, root: Node) -> Writing:
    """Return how the file is written, as its last records show it; as the bundled base is, where there are none."""
    if root.style == "flow":
        return Writing(quoted=any(key is not None and key.style == '"' for key, _ in root.children))
    step, dash, gap = Writing().step, Writing().dash, Writing().gap
    for name in ("topics", "sources"):
        if (found := root.find(name)) and found[1].children and found[1].style == "block":
            step = found[1].column - root.column
    found = root.find("facts")
    if found and found[1].children and found[1].kind == "list" and found[1].style == "block":
        facts = found[1]
        dash, last = facts.column - root.column, _get_last(facts)
        before = text[_find_line(text, last.start) : last.start]
        if "-" in before:
            gap = len(before) - before.rfind("-") - 1
    return Writing(step, dash, gap)


def _list_records(root: Node, section: Section) -> dict[str, Node]:
    """Return the records of *section* by key or id."""
    found = root.find(section)
    if not found:
        return {}
    if section != "facts":
        return {key.text.strip(): value for key, value in found[1].children if key}
    pairs = ((value.find("id"), value) for _, value in found[1].children)
    return {pair[1].text.strip(): value for pair, value in pairs if pair}


class _UnremovableError(Exception):
    """A field cannot be taken out of its record without touching what stands beside it."""


def _change_field(text: str, record: Node, field: str, value: Entry | None, writing: Writing) -> list[_Edit]:
    """Return the edits that give *record* another *value* in *field*, or none."""
    pair = record.find(field)
    if value is None:
        return _remove_field(text, record, pair) if pair else []
    flow = record.style == "flow"
    if not pair:
        if flow:
            entry = f"{render_key(field, writing)}: {render_value(field, value, writing, flow=True)}"
            return _extend_flow(text, record, record, [entry], writing)
        order = _FACT_ORDER[: _FACT_ORDER.index(field)] if field in _FACT_ORDER else ()
        before = [one for name in order if (one := record.find(name))]
        end = max((one.end for _, one in before), default=record.end)
        return [_insert_lines(text, end, list(render_fields({field: value}, record.column, writing)))]
    key, old = pair
    new = render_value(field, value, writing, flow=flow)
    if old.style != "block":
        return [_Edit(old.start, old.end, new if old.start < old.end else f" {new}")]
    # A block stands below its key: a comment behind the colon stays there.
    colon = text.index(":", key.end) + 1
    comment = _LINE_END.split(text[colon : old.start])[0].rstrip()
    return [_Edit(colon, old.end, f" {new}{comment}")]


def _remove_field(text: str, record: Node, pair: tuple[Node, Node]) -> list[_Edit]:
    key, value = pair
    place = record.children.index(pair)
    if record.style == "flow":
        if place:
            return [_Edit(record.children[place - 1][1].end, value.end, "")]
        raise _UnremovableError("the first field between brackets cannot be removed")
    start = _find_line(text, key.start)
    if text[start : key.start].strip():
        raise _UnremovableError("the first field, beside the dash, cannot be removed")
    below = _LINE_END.search(text, value.end)
    return [_Edit(start, below.end() if below else len(text), "")]
