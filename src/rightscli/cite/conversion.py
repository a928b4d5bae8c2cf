"""The small HTML that citeproc-js prints → the same words, set the same way, in another markup.

HTML → runs of text, each with its styles → the markup. In a run, ``font-style:normal`` is simply no italics, so that markups
without a word for it need none. Small capitals are lost where a markup has none (text, Org).
"""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rightscli.text.addresses import is_web_address
from rightscli.text.markup import UNSEEN, escape_text, wrap_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TOKEN = r'<(?P<close>/?)(?P<tag>[a-z]+)(?P<rest>(?: [a-z]+="[^"<>]*")*) ?/?>|(?P<text>[^<]+)|(?P<bad><)'
_TAGS = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sup": "sup", "sub": "sub"}
_CSS = {
    "font-style:normal": ("italic", False),
    "font-style:italic": ("italic", True),
    "font-weight:normal": ("bold", False),
    "font-weight:bold": ("bold", True),
    "font-variant:normal": ("capitals", False),
    "font-variant:small-caps": ("capitals", True),
    "text-decoration:none": ("underline", False),
    "text-decoration:underline": ("underline", True),
    # Spelt so by citeproc-js.
    "baseline": ("raised", False),
}
_BLOCKS = {"csl-entry": "\n", "csl-block": "\n", "csl-indent": "\n", "csl-left-margin": "", "csl-right-inline": " "}
"""What parts a block from the text before it: another paragraph, nothing, or a blank."""
_ORDER = ("bold", "italic", "capitals", "underline", "sup", "sub")
"""From the outermost style to the innermost."""

_ORG_BLANK = "\u200b"


class _Run(NamedTuple):
    """Text set in one way: *styles* of ``_ORDER``, and the address that it is linked to, or nothing."""

    text: str
    styles: frozenset[str] = frozenset()
    url: str = ""


_SIGNS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "text": {},
    "markdown": {"italic": ("*", "*"), "bold": ("**", "**")},
    "html": {},
    "latex": {
        "italic": ("\\emph{", "}"),
        "bold": ("\\textbf{", "}"),
        "capitals": ("\\textsc{", "}"),
        "underline": ("\\underline{", "}"),
        "sup": ("\\textsuperscript{", "}"),
        "sub": ("\\textsubscript{", "}"),
    },
    "typst": {"italic": ("_", "_"), "bold": ("*", "*")},
    "rtf": {
        "italic": ("{\\i ", "}"),
        "bold": ("{\\b ", "}"),
        "capitals": ("{\\scaps ", "}"),
        "underline": ("{\\ul ", "}"),
        "sup": ("{\\super ", "}"),
        "sub": ("{\\sub ", "}"),
    },
    "org": {
        "italic": ("/", "/"),
        "bold": ("*", "*"),
        "underline": ("_", "_"),
        "sup": ("^{", "}"),
        "sub": ("_{", "}"),
    },
    "mediawiki": {"italic": ("''", "''"), "bold": ("'''", "'''")},
}
# What a markup says in words where it has no sign, or its sign would not be taken for one.
_HTML = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "capitals": ('<span style="font-variant:small-caps;">', "</span>"),
    "underline": ("<u>", "</u>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}
_TYPST = {
    "italic": ("#emph[", "]"),
    "bold": ("#strong[", "]"),
    "capitals": ("#smallcaps[", "]"),
    "underline": ("#underline[", "]"),
    "sup": ("#super[", "]"),
    "sub": ("#sub[", "]"),
}
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "markdown": _HTML,
    "html": _HTML,
    "mediawiki": _HTML,
    "typst": _TYPST,
}


def convert_html(html: str, markup: str) -> str:
    """Return *html*, as citeproc-js prints a citation or bibliography, in *markup*; HTML itself as it stands.

    The paragraphs of a bibliography are parted by an empty line. Raises ValueError for a tag or style that citeproc-js does
    not print.
    """
    runs = list(_read_runs(html))
    if markup == "html":
        return html.strip()
    paragraphs: list[list[_Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            paragraphs.append([])
        else:
            paragraphs[-1].append(run)
    texts = (_set_runs(_trim_runs(paragraph), markup) for paragraph in paragraphs)
    return "\n\n".join(text for text in texts if text)


def find_html_fault(html: str) -> str:
    """Return what *html* has that citeproc-js does not print in a citation, or nothing: other tags, a link to a script."""
    try:
        for _ in _read_runs(html):
            pass
    except ValueError as error:
        return str(error)
    links = (unescape(link) for link in re.findall('href="([^"]*)"', html))
    return next((f"a link that is none to the web: {link!r}" for link in links if not is_web_address(link)), "")


def _read_runs(html: str) -> Iterator[_Run]:
    """Yield the runs of *html*; a run that is a line break alone parts two paragraphs."""
    opened: list[tuple[str, frozenset[str], str]] = []
    styles, url = frozenset[str](), ""
    for token in re.finditer(_TOKEN, html, re.S):
        if token["text"] is not None:
            yield _Run(" ".join(re.split(r"[ \n\t]+", unescape(token["text"]))), styles, url)
        elif token["bad"]:
            raise ValueError(f"no tag of citeproc's: {html[token.start() : token.start() + 40]!r}")
        elif token["close"]:
            if not opened or opened[-1][0] != token["tag"]:
                raise ValueError(f"{token[0]} closes nothing in {html[:200]!r}")
            _, styles, url = opened.pop()
        else:
            opened.append((token["tag"], styles, url))
            attributes = {name: unescape(value) for name, value in re.findall(r'([a-z]+)="([^"]*)"', token["rest"])}
            if token["tag"] == "div" and attributes.keys() == {"class"} and attributes["class"] in _BLOCKS:
                yield _Run(_BLOCKS[attributes["class"]])
            elif token["tag"] == "a" and attributes.keys() == {"href"}:
                url = attributes["href"]
            else:
                styles = _change_styles(styles, token["tag"], attributes)
    if opened:
        raise ValueError(f"<{opened[-1][0]}> is not closed in {html[:200]!r}")


def _change_styles(styles: frozenset[str], tag: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """Return the styles inside of a tag that stands among *styles*."""
    if tag in _TAGS and not attributes:
        return styles | {_TAGS[tag]}
    if tag == "span" and attributes.get("class") == "nocase" and len(attributes) == 1:
        return styles
    if tag == "span" and attributes.keys() == {"style"}:
        for declaration in attributes["style"].replace(" ", "").strip(";").split(";"):
            if declaration not in _CSS:
                raise ValueError(f"no style of citeproc's: {declaration!r}")
            style, is_set = _CSS[declaration]
            dropped = {"sup", "sub"} if style == "raised" else {style}
            styles = styles | {style} if is_set else styles - dropped
        return styles
    raise ValueError(f"no tag of citeproc's: <{tag}> with {', '.join(attributes) or 'no attribute'}")


def _trim_runs(runs: Sequence[_Run]) -> list[_Run]:
    """Return *runs* without empty ones, blanks at the ends of the paragraph, and runs of blanks."""
    trimmed: list[_Run] = []
    for run in runs:
        blank = not trimmed or trimmed[-1].text.endswith(" ")
        text = run.text.lstrip(" ") if blank else run.text
        if not text:
            continue
        if trimmed and trimmed[-1][1:] == run[1:]:
            trimmed[-1] = run._replace(text=trimmed[-1].text + text)
        else:
            trimmed.append(run._replace(text=text))
    if trimmed:
        trimmed[-1] = trimmed[-1]._replace(text=trimmed[-1].text.rstrip(" "))
    return [run for run in trimmed if run.text]


def _set_runs(runs: Sequence[_Run], markup: str) -> str:
    """Return *runs* in *markup*: links around styles, styles in their order."""
    done = ""
    groups = [(url, list(group)) for url, group in groupby(runs, key=lambda run: run.url)]
    for place, (url, group) in enumerate(groups):
        following = groups[place + 1] if place + 1 < len(groups) else ("", [])
        after = "[" if following[0] else _look_ahead(following[1])
        content = _nest_styles(group, _ORDER, markup, "[" if url else done[-1:], "]" if url else after)
        if url:
            if markup == "markdown" and done.endswith("!"):
                # Before a link it would make an image of it.
                done = f"{done[:-1]}\\!"
            content = _end_call(wrap_link(content, url, markup), markup, after)
        done += content
    return done


def _look_ahead(runs: Sequence[_Run]) -> str:
    """Return the first sign of *runs* as far as it matters: an asterisk for any markup, a comma for a mere full stop."""
    if not runs or runs[0].styles:
        return "*" if runs else ""
    text = runs[0].text
    return "," if text[0] == "." and not text[1:2].isalpha() else text[0]


def _nest_styles(runs: Sequence[_Run], order: Sequence[str], markup: str, before: str, after: str) -> str:
    """Return *runs*, set in the styles of *order*; *before* and *after* are the signs beside them, or nothing."""
    if not order:
        # In Typst, a bracket begins a paragraph.
        opens = before == "" or (markup == "typst" and before == "[")
        return escape_text("".join(run.text for run in runs), markup, opens=opens)
    style, *rest = order
    done = ""
    groups = [(is_set, list(group)) for is_set, group in groupby(runs, key=lambda run: style in run.styles)]
    for place, (is_set, group) in enumerate(groups):
        left = (before + done)[-1:]
        right = _look_ahead(groups[place + 1][1]) if place + 1 < len(groups) else after
        if not is_set:
            done += _nest_styles(group, rest, markup, left, right)
            continue
        inner = _nest_styles(group, rest, markup, "[", "]")
        content = inner.strip(" ")
        head, tail = inner[: len(inner) - len(inner.lstrip(" "))], inner[len(inner.rstrip(" ")) :]
        if content:
            content = _set_style(content, style, markup, head or left, tail or right)
        done += head + content + tail
    return done


def _set_style(content: str, style: str, markup: str, before: str, after: str) -> str:
    """Return *content* set in *style*, with signs where they would be taken for signs, else in words."""
    first, last = _SIGNS[markup].get(style, ("", ""))
    if markup == "org" and first in ("/", "*", "_"):
        # Behind the sign, so that none inside closes it; a zero-width space beside it, which Org takes for a blank.
        content = content.replace(first, first + UNSEEN)
        head = "" if before in " -('\"{" else _ORG_BLANK
        tail = "" if after in " -.,:!?;)}['\"" else _ORG_BLANK
        return head + first + content + last + tail
    if first and _ALLOWS.get(markup, _allow_always)(content, before, after):
        return first + content + last
    first, last = _WORDS.get(markup, {}).get(style, ("", ""))
    return _end_call(first + content + last, markup, after)


def _end_call(content: str, markup: str, after: str) -> str:
    """Return a call of Typst's so that what comes *after* it is no part of it; anything else as it is."""
    return f"{content};" if markup == "typst" and after in tuple("([.;") else content


def _allow_always(content: str, before: str, after: str) -> bool:
    return True


def _allow_asterisks(content: str, before: str, after: str) -> bool:
    """Whether CommonMark's flanking rules take asterisks around *content* for emphasis, and for nothing else."""
    if "*" in (before, after, content[0]) or re.search(r"(?<!\\)(?:\\\\)*\*$", content):
        return False
    if content[0].isspace() or content[-1].isspace():
        return False
    opens = content[0].isalnum() or _is_gap(before)
    return opens and (content[-1].isalnum() or _is_gap(after))


def _is_gap(letter: str) -> bool:
    from unicodedata import category

    return not letter or letter.isspace() or category(letter).startswith("P")


def _allow_typst(content: str, before: str, after: str) -> bool:
    return not (before.isalnum() or after.isalnum())


def _allow_apostrophes(content: str, before: str, after: str) -> bool:
    return "'" not in (before, after, content[0], content[-1])


_ALLOWS = {"markdown": _allow_asterisks, "typst": _allow_typst, "mediawiki": _allow_apostrophes}
