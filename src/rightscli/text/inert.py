"""What is shown is inert: text that moves no cursor, sets no title, turns no direction of reading.

Whatever is printed passes ``escape_controls`` (``cli.console`` calls it), but for what says that it is ``Verbatim``. JSON is made
by ``dump_json``, which leaves nothing to escape.
"""

from __future__ import annotations

import re

# C0 but tab and line feed, DEL, C1; the marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm
# (UAX 9); and surrogates, which stand for bytes of a file's name that are not UTF-8.
_ACTIVE = "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_BREAKS = "[\t\n\u2028\u2029]"


class Verbatim(str):
    """Text that is printed as it stands: a page whose control sequences are our own, or a diff, which has to apply."""

    __slots__ = ()


def escape_controls(text: str) -> str:
    r"""Return *text* with every control character but tab and line feed shown as ``\x1b`` or ``\u202e``. Idempotent."""
    return text if _is_printable(text) else re.sub(_ACTIVE, _show_sign, text)


def escape_name(name: str) -> str:
    r"""Return the *name* of a file on one line, its tabs and line ends shown as ``\x0a``, too.

    One that would begin a line as GitHub's workflow commands do (``::error::``) begins with ``./``.
    """
    shown = re.sub(_BREAKS, _show_sign, escape_controls(name))
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def dump_json(value: object, *, indent: int | None = None, compact: bool = False) -> str:
    r"""Return *value* as JSON whose strings hold no control character as it stands: ``\u001b``, ``\u202e``.

    *compact*, without a blank behind commas and colons.
    """
    from json import dumps

    # It escapes C0 itself.
    text = dumps(value, ensure_ascii=False, indent=indent, separators=(",", ":") if compact else None)
    return text if _is_printable(text) else re.sub(_ACTIVE, lambda match: f"\\u{ord(match[0]):04x}", text)


def _is_printable(text: str) -> bool:
    """Tell whether *text* holds but printable characters, tabs and line feeds: most texts do, and need no pattern compiled."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _show_sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        # How Python keeps the byte (PEP 383).
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
