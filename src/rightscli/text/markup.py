"""Plain text → text in a markup, so that a reader sees every character as it stands, wherever on a line it lands.

Characters that print wants (curly quotes, dashes) stay themselves. Straight quotation marks and apostrophes stay straight
in the file; LaTeX, Typst and pandoc print them curled, as whoever writes there expects. Sequences that would become
another character (``--``, ``...``, two backticks) are broken up, except in Markdown, where they stand for themselves. White
space becomes single blanks; no-break spaces stay. What is made is a piece of a document, not a whole one: RTF, too, is a
piece to stand inside ``{\\rtf1 …}``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MARKUPS = ("text", "markdown", "html", "latex", "typst", "rtf", "org", "mediawiki")

_BLANKS = r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+"
_LIST_LABEL = r"(\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+))([.)])(?=[ \xa0]|$)"
"""What opens a list where a line begins, in CommonMark, Org, Typst or pandoc: ``1.``, ``2)``, ``(iv)``, ``b.``."""
UNSEEN = "\u2060"
"""A word joiner, which keeps Org's signs from being syntax, in Emacs and in pandoc.

The Org manual proposes a zero-width space, but both take that for white space, behind which an emphasis may open.
"""


def escape_text(text: str, markup: str, *, opens: bool = True) -> str:
    """Return *text*, on one line, as *markup* has to have it; *opens* tells that it stands where a line begins.

    Raises KeyError for a markup that is not among ``MARKUPS``.
    """
    return _ESCAPES[markup](re.sub(_BLANKS, " ", text), opens)


def link_text(text: str, url: str, markup: str) -> str:
    """Return the plain *text* linked to *url*; in plain text, with the address in angle brackets behind it."""
    return wrap_link(escape_text(text, markup, opens=False), url, markup)


def wrap_link(content: str, url: str, markup: str) -> str:
    """Return *content*, which is in *markup* already, linked to *url*."""
    # No URL holds these as they stand (RFC 3986), and each is syntax somewhere.
    safe = "".join(_encode_letter(letter) if letter <= " " or letter in '"<>\\^`{|}' else letter for letter in url)
    if content == escape_text(url, markup, opens=False) and markup in _BARE_LINKS:
        return _BARE_LINKS[markup](safe)
    return _LINKS[markup](content, safe)


def quote_block(text: str, markup: str, *, citation: str = "") -> str:
    """Return *text*, a paragraph a line, as a block quotation, without a line break at its end.

    *citation*, in *markup* already, stands behind the last paragraph, inside the block.
    """
    before, first, between, after = _BLOCKS[markup]
    paragraphs = [escape_text(line.strip(), markup) for line in text.splitlines() if line.strip()]
    if citation:
        paragraphs.append(f"{paragraphs.pop()} {citation}")
    return before + between.join(first + paragraph for paragraph in paragraphs) + after


def quote_inline(text: str, markup: str) -> str:
    """Return *text* between the quotation marks of American English; double marks inside it become single.

    Single marks inside those become double: ``“a ‘b “c” d’ e”``. What a straight double mark opens or closes is told by what
    stands before it.
    """
    # A single mark inside double ones: what opens it is unmistakable, what closes it has no letter behind it.
    deep = re.compile(r"‘([^‘]*?)’(?!\w)")
    inner = re.sub(r'(^|[\s(\[“‘—–-])"', r"\1“", text.strip()).replace('"', "”")
    inner = re.sub("“([^“”]*)”", lambda match: "‘" + deep.sub(r"“\1”", match[1]) + "’", inner)
    return escape_text(f"“{inner}”", markup)


def _encode_letter(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def _escape_html(text: str, opens: bool) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escape_markdown(text: str, opens: bool) -> str:
    """Return *text* as CommonMark, GitHub (``:tada:``) and pandoc (``@key``, ``x^2^``, more kinds of lists) show it."""
    text = re.sub(r"[\\`*_\[\]<>#~|$^]|&(?=[#A-Za-z])|@(?=[\w{])|:(?=[\d_]*[A-Za-z+-][\w+-]*:)", r"\\\g<0>", text)
    if opens:
        text = re.sub(rf"^( ?){_LIST_LABEL}", r"\1\2\\\3", text)
        # Lists, underlines of headings, definitions, pandoc's title block, and its numbered examples.
        text = re.sub(r"^( ?)([-+=:%@]|\((?=@))", r"\1\\\2", text)
    return text


_LATEX = {letter: f"\\{letter}" for letter in "{}$&%#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\`{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Behind \item, \\ or a command they would hold its options.
    "[": "{[}",
    "]": "{]}",
}


def _escape_latex(text: str, opens: bool) -> str:
    text = "".join(_LATEX.get(letter, letter) for letter in text)
    # Dashes, a curly quote, a low quote (in T1 fonts).
    return re.sub(r"([-',])(?=\1)", r"\1{}", text)


def _escape_typst(text: str, opens: bool) -> str:
    text = re.sub(r"[\\#$*_`<>@\[\]~]", r"\\\g<0>", text)
    # Dashes, a soft hyphen, a minus sign, an ellipsis, comments and bare addresses.
    text = re.sub(r"-(?=[-?])|(?<=-)-|(?<![^\W_])-(?=\d)|\.(?=\.\.)|/(?=[/*\\])|(?<=/)/", r"\\\g<0>", text)
    if opens:
        text = re.sub(rf"^( ?){_LIST_LABEL}", r"\1\2\\\3", text)
        text = re.sub(r"^( ?)([-+=/])", r"\1\\\2", text)
    return text


def _escape_rtf(text: str, opens: bool) -> str:
    return "".join(_encode_rtf(letter) for letter in text)


def _encode_rtf(letter: str) -> str:
    if letter.isascii():
        return f"\\{letter}" if letter in "\\{}" else letter
    units = letter.encode("utf-16-le", "surrogatepass")
    numbers = (int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2))
    # Readers that do not know \u show its fallback, a question mark, here spelt so that pandoc takes it as one sign.
    return "".join(f"\\u{number}\\'3f" for number in numbers)


def _escape_org(text: str, opens: bool) -> str:
    """Return *text* with a word joiner beside each sign that would be Org's, whose entities are not known everywhere."""
    # What may open an emphasis has it before, since it must not follow a letter, and everything else behind.
    text = re.sub(r"(?<![^\W_])[*/_+=~](?=\S)", rf"{UNSEEN}\g<0>", text)
    # What begins a link wherever it stands.
    text = re.sub(
        r"(?<![A-Za-z])(?:https?|ftp|file|mailto|news|shell|elisp|doi|id|info|help)(?=:\S)", rf"\g<0>{UNSEEN}", text
    )
    risky = r"[_^](?=[\w{*+.,\\(-])|\\(?=\S)|\[(?=[\[@0-9%]|fn|cite)|<(?=\S)|\$|@(?=@)|\{(?=\{)|-(?=-)|\.(?=\.)"
    text = re.sub(risky, rf"\g<0>{UNSEEN}", text)
    if opens and re.match(rf" ?(?:{_LIST_LABEL}|[-+*#|:%])", text):
        text = UNSEEN + text.lstrip(" ")
    return text


def _escape_mediawiki(text: str, opens: bool) -> str:
    text = re.sub(
        r"[\[\]{}|]|:(?=//)|'(?=')|(?<=')'|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_", _name_letter, _escape_html(text, opens)
    )
    return re.sub(r"^( ?)([*#:;=-])", lambda match: _name_letter(match, 2), text.lstrip(" ")) if opens else text


def _name_letter(match: re.Match[str], group: int = 0) -> str:
    """Return what was found as a character reference, which is never syntax."""
    return f"&#{ord(match[group])};"


_ESCAPES: Mapping[str, Callable[[str, bool], str]] = {
    "text": lambda text, opens: text,
    "markdown": _escape_markdown,
    "html": _escape_html,
    "latex": _escape_latex,
    "typst": _escape_typst,
    "rtf": _escape_rtf,
    "org": _escape_org,
    "mediawiki": _escape_mediawiki,
}

# hyperref takes %, # and & as they stand only outside of other commands, and behind a backslash anywhere.
_LATEX_URL = str.maketrans({letter: f"\\{letter}" for letter in "%#&"})
_BRACKETED_URL = str.maketrans({"[": "%5B", "]": "%5D", "'": "%27"})
_LINKS: Mapping[str, Callable[[str, str], str]] = {
    "text": lambda content, url: f"{content} <{url}>",
    "markdown": lambda content, url: f"[{content}](<{url}>)",
    "html": lambda content, url: f'<a href="{_escape_html(url, False)}">{content}</a>',
    "latex": lambda content, url: f"\\href{{{url.translate(_LATEX_URL)}}}{{{content}}}",
    "typst": lambda content, url: f'#link("{url}")[{content}]',
    "rtf": lambda content, url: (
        f'{{\\field{{\\*\\fldinst{{HYPERLINK "{_escape_rtf(url, False)}"}}}}{{\\fldrslt{{{content}}}}}}}'
    ),
    "org": lambda content, url: f"[[{url.translate(_BRACKETED_URL)}][{re.sub(r'](?=]|$)', ']' + UNSEEN, content)}]]",
    "mediawiki": lambda content, url: f"[{url.translate(_BRACKETED_URL)} {content}]",
}

# For an address that shows itself; these break it at the end of a line, too.
_BARE_LINKS: Mapping[str, Callable[[str], str]] = {
    "text": lambda url: url,
    "markdown": lambda url: f"<{url}>",
    "latex": lambda url: f"\\url{{{url.translate(_LATEX_URL)}}}",
    "typst": lambda url: f'#link("{url}")',
    "org": lambda url: f"[[{url.translate(_BRACKETED_URL)}]]",
}

# What stands before the block, before each paragraph, between two of them, and after the block.
_BLOCKS: Mapping[str, tuple[str, str, str, str]] = {
    "text": ("", "    ", "\n\n", ""),
    "markdown": ("", "> ", "\n>\n", ""),
    "html": ("<blockquote>\n", "<p>", "</p>\n", "</p>\n</blockquote>"),
    "latex": ("\\begin{quote}\n", "", "\n\n", "\n\\end{quote}"),
    "typst": ("#quote(block: true)[\n", "  ", "\n\n", "\n]"),
    "rtf": ("", r"{\pard\li720\ri720\sa180 ", "\\par}\n", "\\par}"),
    "org": ("#+begin_quote\n", "", "\n\n", "\n#+end_quote"),
    "mediawiki": ("<blockquote>\n", "", "\n\n", "\n</blockquote>"),
}
