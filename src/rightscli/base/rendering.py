"""Texts, lists and mappings → YAML as a curator would write it: quoted only where an unquoted text would be read otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from rightscli.base.csl import CSL_DATES
from rightscli.base.values import is_plain_text

Entry: TypeAlias = "str | int | Sequence[Entry] | Mapping[str, Entry]"
"""What a field may hold. Every reader of a base reads a number as text, so it makes no difference but to look at."""
Fields: TypeAlias = Mapping[str, Entry]

# Numbers and dates by their nature, which other readers may take for such: 13, 2019, 2020-01-14.
_BARE = CSL_DATES | {"date", "number", "words", "page", "cites"}
_LONG = 2
"""A list of mappings with more fields than these has a line for each."""

# A quote, a sign of YAML's, a mark of order, or anything that a reader of the file could not see.
_OPENING_SIGN = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=<~]")
_DIVIDING = re.compile(r":(?:\s|$)|\s#")
# The question mark is for PyYAML's own parser, which ends a text there.
_FLOW_SIGN = re.compile(r"[,?\[\]{}]|:(?=[,?\[\]{}]|$)")


class Writing(NamedTuple):
    """How a file is written: the *step* of a mapping in a mapping, the offset of a *dash* in one, the *gap* behind a dash.

    With *quoted*, every text is between quotation marks, as in JSON.
    """

    step: int = 2
    dash: int = 2
    gap: int = 1
    quoted: bool = False


def render_text(text: str, *, flow: bool, bare: bool = False) -> str:
    """Return *text* as a scalar that reads back as just that; inside brackets if *flow*, as a number or date if *bare*."""
    is_safe = (
        text
        and text == text.strip()
        and text.isprintable()
        and "\ufeff" not in text
        and not _OPENING_SIGN.match(text)
        and not _DIVIDING.search(text)
        and not text.startswith(("---", "..."))
        and not (flow and _FLOW_SIGN.search(text))
        and (bare or is_plain_text(text))
    )
    if is_safe:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # JSON leaves these as they are, and YAML would break a line at some of them, or not take them at all.
    return re.sub(r"[\x7f-\xa0\u00ad\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", quoted)


def render_inline(entry: Entry, writing: Writing, *, bare: bool = False, flow: bool = True) -> str:
    """Return *entry* on one line; a text in it is *bare* or inside brackets as ``render_text`` says."""
    if isinstance(entry, Mapping):
        pairs = ((key, render_inline(value, writing, bare=bare or key in _BARE)) for key, value in entry.items())
        return f"{{{', '.join(f'{render_key(key, writing)}: {value}' for key, value in pairs)}}}"
    if isinstance(entry, str | int):
        text = str(entry)
        return json.dumps(text, ensure_ascii=False) if writing.quoted else render_text(text, flow=flow, bare=bare)
    return f"[{', '.join(render_inline(one, writing, bare=bare) for one in entry)}]"


def render_key(key: str, writing: Writing) -> str:
    """Return the *key* of a mapping."""
    return json.dumps(key, ensure_ascii=False) if writing.quoted else render_text(key, flow=True)


def render_fields(fields: Fields, column: int, writing: Writing) -> Iterator[str]:
    """Yield the lines of a mapping in block style, indented to *column*."""
    for key, value in fields.items():
        start = " " * column + render_key(key, writing) + ":"
        if is_long_list(value):
            yield start
            dash = " " * (column + writing.dash) + "-" + " " * writing.gap
            yield from (dash + render_inline(one, writing) for one in value)  # type: ignore[union-attr]
        else:
            yield f"{start} {render_inline(value, writing, bare=key in _BARE, flow=False)}"


def render_value(key: str, value: Entry, writing: Writing, *, flow: bool) -> str:
    """Return the *value* of the field *key* on one line."""
    return render_inline(value, writing, bare=key in _BARE, flow=flow)


def is_long_list(value: Entry) -> bool:
    """Tell whether *value* is a list that has a line for each of its members: passages, and not names."""
    if isinstance(value, str | int | Mapping):
        return False
    return any(isinstance(one, Mapping) and len(one) > _LONG for one in value)
