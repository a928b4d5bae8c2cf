"""Citations by pandoc, from version 3, as a program of its own: its ``pandoc lua`` runs ``pandoc.lua`` beside this file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rightscli.cite.engines.slots import ESCAPES, OTHER_WORK, STYLE_LIMIT, Printed, Probes
from rightscli.cite.templates import FORMS
from rightscli.errors import RightsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightscli.cite.styles import Style
    from rightscli.cite.templates import Form
    from rightscli.records import Record

_TAGS = {
    "Emph": "i",
    "Strong": "b",
    "Superscript": "sup",
    "Subscript": "sub",
    "Underline": "u",
}
_LABELS = {
    "paragraph": "para.",
    "article": "art.",
    "section": "sec.",
    "rule": "r.",
    "chapter": "chap.",
    "part": "pt.",
    "page": "p.",
    "verse": "v.",
}
_QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def find_pandoc() -> str | None:
    """Return the version of the pandoc on the PATH, or None where it is none or older than 3."""
    import subprocess
    from shutil import which

    program = which("pandoc")
    if not program:
        return None
    run = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    match = re.match(r"pandoc(?:\.exe)? ([0-9][0-9.]*)", run.stdout)
    return match[1] if match and int(match[1].partition(".")[0]) >= 3 else None


def print_with_pandoc(
    items: Mapping[str, Record], probes: Mapping[str, Probes], files: Mapping[Style, str]
) -> dict[tuple[str, Style], Printed | str]:
    """Return what pandoc prints for each source and style; in one run."""
    import subprocess
    from shutil import which
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        sources = {}
        for number, (key, item) in enumerate(items.items()):
            file = Path(folder, f"{number}.json")
            file.write_text(json.dumps([item, OTHER_WORK]), encoding="utf-8")
            locators = probes[key].locators
            suffixes = [_label_locator(locator, probes[key].unit) for locator in locators]
            sources[key] = {"file": str(file), "locators": locators, "suffixes": suffixes}
        styles = {style.name: {"file": path, "locale": choose_locale(style, path)} for style, path in files.items()}
        request = {"styles": styles, "sources": sources, "other": OTHER_WORK["id"]}
        command = [which("pandoc") or "pandoc", "lua", str(Path(__file__).with_suffix(".lua"))]
        run = subprocess.run(
            command, input=json.dumps(request), capture_output=True, text=True, encoding="utf-8", check=False
        )
    if run.returncode:
        raise RightsError(f"pandoc: {run.stderr.strip().partition(chr(10))[0].lower()}")
    answer = json.loads(run.stdout)
    return {(key, style): _read_answer(answer[style.name][key]) for style in files for key in items}


def choose_locale(style: Style, path: str) -> str:
    """Return the language to render *style* in: that of its CSL file at *path*, unless ours is forced or it has none."""
    from rightscli.files import read_bytes

    head = read_bytes(path, limit=STYLE_LIMIT, what="a CSL style").decode()
    match = re.search(r"<style\b[^>]*\bdefault-locale=\"([^\"]+)\"", head)
    return match[1] if match and not style.forced else style.locale


def _label_locator(locator: str, unit: str) -> str:
    """Return *locator*, numbers of a *unit*, as pandoc reads it behind a key.

    Always with the label of one: it finds the plural by itself, and does not know "paras." where British styles have "paras".
    """
    return f", {_LABELS[unit]} {locator}" if locator else ""


def _read_answer(answer: Mapping[str, Any]) -> Printed:
    forms: dict[Form, dict[str, tuple[str, str]]] = {
        form: {locator: _render_document(document) for locator, document in answer[form].items()} for form in FORMS
    }
    works = _render_document(answer["bibliography"])
    return Printed(forms, works if works[0] else None)


def _render_document(document: str) -> tuple[str, str]:
    """Return pandoc's JSON *document* as text and as HTML, on one line each."""
    blocks = json.loads(document)["blocks"]
    text, html = (_render_nodes(blocks, html=html).strip() for html in (False, True))
    return text, html


def _render_nodes(nodes: Sequence[Any], *, html: bool) -> str:
    return "".join(_render_node(node["t"], node.get("c"), html=html) for node in nodes)


def _render_node(kind: str, content: Any, *, html: bool) -> str:
    """Return one element of pandoc's documents (https://hackage.haskell.org/package/pandoc-types), as citeproc-js tags it."""
    if kind == "Str":
        return str(content).translate(ESCAPES) if html else str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in _TAGS:
        inner = _render_nodes(content, html=html)
        return f"<{_TAGS[kind]}>{inner}</{_TAGS[kind]}>" if html else inner
    if kind == "SmallCaps":
        inner = _render_nodes(content, html=html)
        return f'<span style="font-variant:small-caps;">{inner}</span>' if html else inner
    if kind == "Quoted":
        marks = _QUOTES[content[0]["t"]]
        return f"{marks[0]}{_render_nodes(content[1], html=html)}{marks[1]}"
    if kind in ("Cite", "Link", "Span", "Div"):
        inner = _render_nodes(content[1], html=html)
        # The number of a numbered list of works.
        return f"{inner.strip()} " if kind == "Span" and "csl-left-margin" in content[0][1] else inner
    if kind in ("Para", "Plain", "Note", "Strikeout"):
        return _render_nodes(content, html=html)
    # Code, mathematics and what is raw: attributes or a kind, then the text.
    return str(content[-1]) if content else ""
