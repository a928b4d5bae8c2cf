"""A text and its citation in one piece, in a markup, ready to paste.

Words of the base stand as a plain sentence, never in quotation marks; words of the source between marks or, from forty words on,
as a block (APA, 7th edition, 8.27). Where a style cites in notes, the citation is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.text.markup import escape_text, quote_block, quote_inline, wrap_link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONG_QUOTATION = 40
"""From how many words on a quotation stands as a block."""


class Attribution(NamedTuple):
    """A finished citation, *content*, in the markup; *url* opens the passage; *raised* is set above the line; *note* belongs
    into a note."""

    content: str
    url: str | None = None
    raised: bool = False
    note: bool = False


def compose_statement(claim: str, attributions: Sequence[Attribution], *, markup: str, label: str) -> str:
    """Return the *claim*, in the base's words, with its citations; *label* names its note where it has one."""
    body, stop = _cut_stop(claim)
    return _wrap_paragraph(
        _attach(escape_text(body, markup), escape_text(stop, markup), attributions, markup, label), markup
    )


def compose_quotation(words: str, attributions: Sequence[Attribution], *, markup: str, label: str) -> str:
    """Return *words* of the source, a paragraph a line, as a quotation with its citations."""
    if len(words.split()) < LONG_QUOTATION and "\n" not in words.strip():
        body, stop = _cut_stop(words.strip())
        quoted = quote_inline(body, markup)
        return _wrap_paragraph(_attach(quoted, escape_text(stop, markup), attributions, markup, label), markup)
    cited, notes = _mark_citations(attributions, markup, label)
    block = quote_block(words, markup, citation=cited.strip())
    return "\n\n".join([block, *notes])


def _cut_stop(text: str) -> tuple[str, str]:
    """Return a sentence and the full stop that its citation comes before; the point of an abbreviation stays."""
    last = text.rpartition(" ")[2]
    return (text[:-1], ".") if last.endswith(".") and "." not in last[:-1] else (text, "")


def _attach(body: str, stop: str, attributions: Sequence[Attribution], markup: str, label: str) -> str:
    """Return *body* with its citations before its full stop, or behind it where they are raised or notes."""
    cited, notes = _mark_citations(attributions, markup, label)
    behind = any(one.raised or one.note for one in attributions)
    # A sentence that ends otherwise, or whose citation brings its own, needs no further full stop.
    line = f"{body}{stop}{cited}" if behind else f"{body}{cited}{stop}"
    return "\n\n".join([line, *notes])


def _mark_citations(attributions: Sequence[Attribution], markup: str, label: str) -> tuple[str, list[str]]:
    """Return what stands in the text for the citations, with the blank before it, and the notes that follow below."""
    from rightscli.cite.conversion import convert_html

    marks, notes = "", []
    for number, one in enumerate(attributions, 1):
        content = wrap_link(one.content, one.url, markup) if one.url and markup != "text" else one.content
        if not one.note:
            # Two raised numbers would read as one: 1 and 2 as 12.
            marks += convert_html("<sup>,</sup>", markup) if one.raised and marks else ""
            marks += content if one.raised else f" {content}"
            continue
        name = label if len(attributions) == 1 else f"{label}-{number}"
        mark, note = _NOTES[markup](content, name)
        marks += mark
        notes += [note] if note else []
    return marks, notes


def _wrap_paragraph(text: str, markup: str) -> str:
    """Return *text* as a paragraph of its own, where that has to be marked."""
    if markup == "html":
        return "\n".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return text


# What stands in the text, and what below it.
_NOTES: Mapping[str, Callable[[str, str], tuple[str, str]]] = {
    "text": lambda content, name: (f" ({content.removesuffix('.')})", ""),
    "markdown": lambda content, name: (f"[^{name}]", f"[^{name}]: {content}"),
    "html": lambda content, name: (f'<sup><a href="#{name}">*</a></sup>', f'<span id="{name}">* {content}</span>'),
    "latex": lambda content, name: (f"\\footnote{{{content}}}", ""),
    "typst": lambda content, name: (f"#footnote[{content}]", ""),
    "rtf": lambda content, name: (f"{{\\super\\chftn}}{{\\footnote {{\\super\\chftn}} {content}}}", ""),
    "org": lambda content, name: (f"[fn:{name}]", f"[fn:{name}] {content}"),
    "mediawiki": lambda content, name: (f"<ref>{content}</ref>", ""),
}
