"""Running text of HTML: whole pages, and the pieces of HTML inside Markdown.

A scanner of our own, after the tokens of the WHATWG HTML standard: the standard library's parser needs half a minute for
20,000 unclosed tags in Python releases that we support, and parsers that build trees keep no positions.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from rightscli.drafts.blocks import BlockWriter, Excerpt, Kind, cut_excerpt

_TOKEN = re.compile(
    r"[^<&]+|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|(<)(?=[a-zA-Z/!?])|[<&]"
)
_TAG_NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,63})")
_UP_TO_QUOTE_OR_END = re.compile(r"[^>\"']*")
# What follows a note's number, and nothing else: a superscript that is a link.
_LINK = re.compile(r"\s*<a[\s>]", re.IGNORECASE)
_RAISED = re.compile(r"\s*<sup[\s>]", re.IGNORECASE)
# The mark of a note, either way round: the link names the note.
_TO_NOTE = r"<a\s[^<>]{0,300}?href\s?=\s?[\"']?#([^\"'\s>]{1,99})"
_MARK = re.compile(rf"<sup\b[^<>]{{0,300}}>\s{{0,9}}{_TO_NOTE}|{_TO_NOTE}[^<>]{{0,300}}>\s{{0,9}}<sup\b", re.IGNORECASE)
_ID = re.compile(r"\bid\s?=\s?[\"']?([^\"'\s>]{1,99})", re.IGNORECASE)
_ANCHOR = re.compile(r"\b(?:id|name)\s?=\s?[\"']?([^\"'\s>]{1,99})", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s?=\s?[\"']?#([^\"'\s>]{1,99})", re.IGNORECASE)
_LINKED = re.compile(r"<a\s([^<>]{0,600})>", re.IGNORECASE)
# From a note back to its mark: the note's number or letter, or a sign, as ``↩``.
_SIGNS = r"(?:</?(?:sup|span|b|i)\b[^<>]{0,99}>|<!\[[^<>]{0,60}>|&#?\w{1,8};|[^\w<]){0,20}"
_BACK = re.compile(
    rf"<a\s[^<>]{{0,300}}?href\s?=\s?[\"']?#[^<>]{{1,300}}>{_SIGNS}(?:\d{{1,4}}|[a-z])?{_SIGNS}</a>", re.IGNORECASE
)
_CODE = re.compile(r"\s*<code[\s>]", re.IGNORECASE)

# Their content is text up to their end tag, whatever it holds, and no reader sees it.
_RAW = frozenset("script style title textarea iframe noembed noframes xmp".split())
_UNSEEN = frozenset("svg math template noscript select button object audio video canvas".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("quote", frozenset({"blockquote"})),
    ("caption", frozenset({"caption", "figcaption"})),
    ("cell", frozenset({"td", "th"})),
    ("list", frozenset({"li", "dd", "dt"})),
)
# The end tags of these may be left out where one of those ends.
_HELD = {
    **dict.fromkeys(("table", "tbody", "thead", "tfoot", "tr"), frozenset({"td", "th", "caption"})),
    **dict.fromkeys(("ul", "ol", "dl", "menu", "blockquote"), frozenset({"li", "dd", "dt"})),
}
_KEPT = frozenset.union(*(names for _, names in _KINDS))
_BREAKING = _KEPT | frozenset(
    "address article aside body center details dialog dir div dl fieldset figure footer form head header hgroup hr html"
    " legend main menu nav ol p pre search section summary table tbody tfoot thead tr ul".split()
)
_REGIONS = {
    "nav": "navigation",
    "menu": "navigation",
    "aside": "aside",
    "figure": "caption",
    "footer": "footer",
    "header": "header",
    "form": "form",
    "dialog": "form",
    "search": "form",
    "main": "main",
    "article": "article",
}
_ROLES = {
    "navigation": "navigation",
    "doc-toc": "navigation",
    "complementary": "aside",
    "contentinfo": "footer",
    "banner": "header",
    "search": "form",
    "dialog": "form",
    "doc-endnotes": "notes",
    "doc-footnote": "notes",
    "doc-endnote": "notes",
    "main": "main",
    "article": "article",
}
_CLASSES = {
    **dict.fromkeys(
        ("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "toc", "pagination"), "navigation"
    ),
    **dict.fromkeys(
        (
            "sidebar",
            "share",
            "sharing",
            "social",
            "related",
            "newsletter",
            "advert",
            "pullquote",
            "pull-quote",
            "cookie",
            "cookies",
        ),
        "aside",
    ),
    **dict.fromkeys(("footnote", "footnotes", "endnotes", "references", "reflist"), "notes"),
    **dict.fromkeys(("caption", "wp-caption-text", "figure-caption", "image-caption", "photo-credit"), "caption"),
    "footer": "footer",
}
_ROLE = re.compile(r"\brole\s?=\s?[\"']?([\w-]{1,30})", re.IGNORECASE)
_CLASS = re.compile(r"\b(?:class|id)\s?=\s?(?:\"([^\"]{1,300})\"|'([^']{1,300})'|([^\"'\s>]{1,99}))", re.IGNORECASE)
_VALUE = re.compile(r"\b(?:start|value)\s?=\s?[\"']?(-?[0-9]{1,6})\b", re.IGNORECASE)
_LETTERED = re.compile(r"\btype\s?=\s?[\"']?[aAiI]\b")
_REGION_DEPTH = 50
_HOLDING_NOTES = frozenset({"p", "div", "li", "dd", "td"})
_BARE = frozenset({"body", "html", "li", "td", "th", "tr", "table", "tbody"})


def find_region(name: str, attributes: str) -> str:
    """Return which part of a page an element opens, by its name, role, class or id; empty where it opens none.

    ``navigation``, ``aside``, ``footer``, ``header``, ``form``, ``notes``, ``caption`` hold what is no running text, ``main``
    and ``article`` what is.
    """
    if role := _ROLE.search(attributes):
        return _ROLES.get(role[1].lower(), "")
    if name in _REGIONS:
        return _REGIONS[name]
    if name in _BARE:
        return ""
    words = (word for found in _CLASS.findall(attributes) for word in "".join(found).lower().split())
    return next((_CLASSES.get(word, "caption") for word in words if word in _CLASSES or "caption" in word), "")


def parse_webpage(text: str) -> BlockWriter:
    """Return the blocks of an HTML page, as far as its readers see them: no scripts, no formulas, no numbers of notes."""
    writer, paired = BlockWriter(), _find_paired(text)
    raised = (one or other for one, other in _MARK.findall(text))
    WebpageReader(writer, notes=paired.union(raised), paired=paired).read_piece(cut_excerpt(text))
    return writer


def _find_paired(text: str) -> frozenset[str]:
    """Return the ids of links that a link before them leads to, and that lead back to it: those of notes, raised or not."""
    links: dict[str, tuple[int, str]] = {}
    for number, attributes in enumerate(_LINKED.findall(text)):
        id, target = _ANCHOR.search(attributes), _HREF.search(attributes)
        if id and target:
            links.setdefault(id[1], (number, target[1]))
    return frozenset(
        target
        for id, (number, target) in links.items()
        if target in links and links[target][1] == id and links[target][0] > number
    )


class WebpageReader:
    """Where a page is, between two pieces of it: which elements are open, and what is left out.

    *notes* are the ids of its notes: whatever a raised number links to, and those that are *paired* with a link to them.
    """

    def __init__(
        self, writer: BlockWriter, *, notes: frozenset[str] = frozenset(), paired: frozenset[str] = frozenset()
    ) -> None:
        self._writer = writer
        self._notes = notes
        self._paired = paired
        self._note = ""
        self._note_name = ""
        self._note_depth = 0
        # The element that began the open block; empty behind its end.
        self._opener = ""
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._heading = 0
        self._quotations = 0
        self._unseen = ""
        self._unseen_depth = 0
        self._after_break = False
        # The parts of the page that are open: the element of each, how many of its name are open in it, what part it is.
        self._regions: list[tuple[str, int, str]] = []
        # The lists that are open: the next number of each; None where no numbers are printed.
        self._lists: list[int | None] = []

    @property
    def kind(self) -> Kind:
        """What kind of block text is here."""
        if self._heading:
            return "heading"
        return next((kind for kind, names in _KINDS if any(self._counts[name] for name in names)), "paragraph")

    def read_piece(self, piece: Excerpt) -> None:
        """Write the text of *piece* and go on from where the one before it ended."""
        text, position = piece.text, 0
        # Where no tag can end any more: what is unclosed there is looked for once, not once a tag.
        last_end = text.rfind(">")
        while match := _TOKEN.match(text, position):
            position = match.end()
            token = match.group()
            if not match.lastindex or position > last_end:
                if not self._unseen:
                    self._write_token(piece, match.start(), token)
            else:
                position = self._read_markup(piece, position)

    def _write_token(self, piece: Excerpt, start: int, token: str) -> None:
        if not token.isspace():
            self._after_break = False
        decoded = unescape(token) if token[0] == "&" and len(token) > 2 else token
        if decoded != token:
            self._writer.add_decoded(decoded, piece.find_place(start))
        else:
            self._writer.copy_text(piece, start, start + len(token))

    def _read_markup(self, piece: Excerpt, position: int) -> int:
        """Act on the tag or comment whose ``<`` is just before *position*, and return where it ends."""
        text = piece.text
        if text.startswith("!--", position):
            end = text.find("-->", position + 1)
            return end + 3 if end >= 0 else len(text)
        name_match = _TAG_NAME.match(text, position)
        if not name_match:
            end = text.find(">", position)
            return end + 1 if end >= 0 else len(text)
        end = _find_tag_end(text, name_match.end())
        name = name_match.group(1).lower()
        place = piece.find_place(position - 1)
        if self._unseen:
            self._leave_unseen(name, closing=text[position] == "/")
        elif text[position] == "/":
            self._close_element(name, place)
        elif name in _RAW:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, end)
            return _find_tag_end(text, closing.end()) if closing else len(text)
        elif self._starts_unseen(name, text, end) or self._leads_back(name, text, position):
            self._unseen, self._unseen_depth = name, 1
            mark = _MARK.match(text, position - 1) if self._notes else None
            if mark and not self._note:
                self._writer.add_note(mark[1] or mark[2])
        else:
            attributes = text[name_match.end() : end]
            self._enter_note(name, attributes)
            if name in _BREAKING:
                self._opener = name
                self._enter_region(name, attributes)
                self._enter_list(name, attributes)
            self._open_element(name, place)
        return end

    def _enter_note(self, name: str, attributes: str) -> None:
        """Take the element *name*, which is about to open, for a note if its id is one's; notes do not nest."""
        if self._note:
            if name != self._note_name:
                return
            if name != "li":
                self._note_depth += 1
                return
            # Its end tag may be left out.
            self._note = ""
        id = _ID.search(attributes) if self._notes and name in _BREAKING else None
        if id and id[1] in self._notes:
            self._note, self._note_name, self._note_depth = id[1], name, 1

    def _leads_back(self, name: str, text: str, position: int) -> bool:
        """Tell whether the link whose ``<`` is just before *position* leads from a note to its mark, or from a mark to its note.

        One that bears a note's id begins that note, where no element around it does.
        """
        if name != "a" or not self._notes or not _BACK.match(text, position - 1):
            return False
        attributes = text[position : text.find(">", position)]
        id, target = _ANCHOR.search(attributes), _HREF.search(attributes)
        if not self._note and id and id[1] in self._notes:
            if self._opener in _HOLDING_NOTES and not self._writer.last_part.strip():
                self._note, self._note_name, self._note_depth = id[1], self._opener, 1
                self._start_block()
        elif not self._note and target and target[1] in self._paired:
            self._writer.add_note(target[1])
            return True
        return bool(self._note)

    def _enter_region(self, name: str, attributes: str) -> None:
        region = find_region(name, attributes)
        if region and len(self._regions) < _REGION_DEPTH:
            self._regions.append((name, 1, region))
            self._writer.region = region
        else:
            self._count_in_region(name, 1)

    def _count_in_region(self, name: str, step: int) -> None:
        """Count an element *name* that opens (1) or ends (-1) in the part of the page that one of its name opened."""
        for place in reversed(range(len(self._regions))):
            opener, count, region = self._regions[place]
            if opener == name:
                self._regions[place] = (name, count + step, region)
                if not count + step:
                    # With those in it whose end tags are missing.
                    del self._regions[place:]
                    self._writer.region = self._regions[-1][2] if self._regions else ""
                return

    def _enter_list(self, name: str, attributes: str) -> None:
        """Count what is listed: the number of an element of an ordered list is printed before it."""
        value = _VALUE.search(attributes)
        if name in ("ol", "ul", "menu"):
            counted = name == "ol" and not _LETTERED.search(attributes)
            self._lists.append((int(value[1]) if value else 1) if counted else None)
            self._writer.depth = len(self._lists)
        elif name == "li" and self._lists:
            number = self._lists[-1]
            if number is not None:
                number = int(value[1]) if value else number
                self._lists[-1] = number + 1
            self._writer.mark_next("" if number is None else f"{number}.")

    def _starts_unseen(self, name: str, text: str, end: int) -> bool:
        return (
            name in _UNSEEN
            or (name == "sup" and bool(_LINK.match(text, end)))
            or (name == "a" and bool(self._notes) and bool(_RAISED.match(text, end)))
            or (name == "pre" and bool(_CODE.match(text, end)))
        )

    def _leave_unseen(self, name: str, *, closing: bool) -> None:
        if name == self._unseen:
            self._unseen_depth += -1 if closing else 1
            if not self._unseen_depth:
                self._unseen = ""

    def _open_element(self, name: str, place: int) -> None:
        if name == "br":
            if self._after_break:
                self._start_block()
            else:
                self._writer.add_decoded(" ", place)
            self._after_break = not self._after_break
        elif name == "a":
            self._writer.start_link()
        elif name == "q":
            self._quotations += 1
            self._writer.add_decoded("“" if self._quotations % 2 else "‘", place)
        elif name in _HEADINGS:
            self._heading = _HEADINGS[name]
            self._start_block()
        elif name in _BREAKING:
            self._heading = 0
            if self._open and self._open[-1] in _KEPT - {"blockquote"} and _is_sibling(name, self._open[-1]):
                self._counts[self._open.pop()] -= 1
            if name in _KEPT:
                self._open.append(name)
                self._counts[name] += 1
            self._start_block()

    def _close_element(self, name: str, place: int) -> None:
        if name == "q" and self._quotations:
            self._writer.add_decoded("”" if self._quotations % 2 else "’", place)
            self._quotations -= 1
        elif name == "a":
            self._writer.end_link()
        elif name in _HEADINGS or name in _BREAKING:
            self._heading, self._opener = 0, ""
            if self._open and self._open[-1] in _HELD.get(name, ()):
                self._counts[self._open.pop()] -= 1
            while self._counts[name]:
                closed = self._open.pop()
                self._counts[closed] -= 1
                if closed == name:
                    break
            if self._note and (name == self._note_name or (self._note_name == "li" and name in ("ol", "ul"))):
                self._note_depth -= 1
                self._note = self._note if self._note_depth else ""
            self._count_in_region(name, -1)
            if name in ("ol", "ul", "menu") and self._lists:
                self._lists.pop()
                self._writer.depth = len(self._lists)
            self._start_block()

    def _start_block(self) -> None:
        self._quotations = 0
        self._writer.start_block(self.kind, level=self._heading, key=self._note or None)


def _is_sibling(name: str, other: str) -> bool:
    """Return whether the start of an element *name* ends the open *other*, whose end tag may be left out."""
    return (
        {name, other} <= {"td", "th"}
        or {name, other} <= {"dd", "dt"}
        or name == other == "li"
        or (name == "tr" and other in {"td", "th"})
    )


def _find_tag_end(text: str, position: int) -> int:
    """Return where the tag ends that goes on at *position*: after ``>``, but for one in a quoted value."""
    while True:
        match = _UP_TO_QUOTE_OR_END.match(text, position)
        end = match.end() if match else position
        if end == len(text):
            return end
        sign = text[end]
        if sign == ">":
            return end + 1
        position = end + 1
        # A quote elsewhere than after = opens nothing, so that an apostrophe gone astray does not eat the page.
        if text[max(end - 20, 0) : end].rstrip().endswith("="):
            closing = text.find(sign, position)
            if closing >= 0:
                position = closing + 1
