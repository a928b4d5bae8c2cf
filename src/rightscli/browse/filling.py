"""Templates of pages → pages: one file with its style and its script, which ask nothing of a network."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from rightscli.tables import read_text
from rightscli.text.addresses import is_web_address
from rightscli.text.inert import escape_controls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def mark_text(text: str) -> str:
    """Return *text* as HTML that shows it, in an attribute or outside, and does nothing."""
    return escape(escape_controls(text))


def mark_link(text: str, address: str | None) -> str:
    """Return *text* linked to *address*, if that is one that a browser opens and does not run."""
    if not address or not is_web_address(address):
        return mark_text(text)
    return f'<a href="{mark_text(address)}">{mark_text(text)}</a>'


def fill_page(name: str, parts: Mapping[str, str], *, styles: Sequence[str], script: str = "") -> str:
    """Return the template *name* with its *parts*, the style sheets *styles* as one, and the *script*: files of this room.

    Its policy allows that style and that script, by their hashes, and nothing else.
    """
    style = "".join(read_text(f"browse/{one}") for one in ("shared.css", *styles))
    code = read_text(f"browse/{script}") if script else ""
    allowed = f"script-src {_hash_element(code)}; " if code else ""
    allowed += f"style-src {_hash_element(style)}"
    head = _fill_slots("head.html", {"title": parts["title"], "style": style, "allowed": allowed})
    return _fill_slots(name, {**parts, "head": head, "script": code})


def _fill_slots(name: str, filled: Mapping[str, str]) -> str:
    """Return the file *name* with its slots *filled*: in one pass, so that no text of a base is taken for a slot."""
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: filled[slot[1]], read_text(f"browse/{name}"))


def _hash_element(content: str) -> str:
    """Return what allows an inline element with this *content* in a Content-Security-Policy."""
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
