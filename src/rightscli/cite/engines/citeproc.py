"""Citations by citeproc-py, with repairs of what it does otherwise than the CSL specification asks.

Seen in citeproc-py 0.11: a line in the list of works shows the locator of the first citation; ``<if disambiguate>`` always
holds; ``,`` and ``.`` stay outside American quotation marks; the number of a work stands right against it; the number of the
first note is not known to later ones; a style's own ``<`` is not escaped in HTML; full stops meet over an end tag; given
names become initials although ``initialize="false"`` says no; a title that stands in for names, and that a macro prints, is
printed again in its own place; the *v* of a case becomes a capital;
the tags that set a part of a title come out as text.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rightscli.cite.engines.slots import ESCAPES, OTHER_WORK, Printed, Probes, name_csl_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rightscli.cite.styles import Style
    from rightscli.cite.templates import Form
    from rightscli.records import Record

# The tags that citeproc-py's formatter writes.
_TAG = re.compile(r"(</?(?:i|b|l|u|sup|sub|span)(?: style=\"[^\"<>]*\")?>)")
_CSL = "{http://purl.org/net/xbiblio/csl}"


def print_with_citeproc(
    items: Mapping[str, Record], probes: Mapping[str, Probes], files: Mapping[Style, str]
) -> dict[tuple[str, Style], Printed | str]:
    """Return what citeproc-py prints for each source and style, or what it failed with."""
    import warnings

    from citeproc import CitationStylesStyle
    from citeproc.source import VariableError

    printed: dict[tuple[str, Style], Printed | str] = {}
    # It warns of every field and style that is newer than itself.
    with warnings.catch_warnings(), _keep_given_names(), _hide_substitutes(), _keep_versus():
        warnings.simplefilter("ignore")
        for style, path in files.items():
            parsed = CitationStylesStyle(path, validate=False)
            forced = style.forced or not parsed.root.get("default-locale")
            if forced:
                parsed = CitationStylesStyle(path, locale=style.locale, validate=False)
            _drop_disambiguation(parsed)
            for key, item in items.items():
                try:
                    printed[key, style] = _print_source(style, parsed, item, probes[key])
                except (AssertionError, AttributeError, LookupError, TypeError, ValueError, VariableError) as error:
                    printed[key, style] = (
                        f"citeproc-py failed: {type(error).__name__}{f': {error}' if str(error) else ''}"
                    )
    return printed


@contextmanager
def _keep_given_names() -> Iterator[None]:
    """Meanwhile, leave given names whole where a style wants them so."""
    from citeproc.model import Name

    initialize = Name.initialize

    def initialize_some(self: Any, given: str, mark: str, context: Any) -> Any:
        if self.get("initialize") != "false":
            return initialize(self, given, mark, context)
        # What are initials already still take the style's mark.
        return " ".join(re.sub(r"^([^\W\d_])\.$", rf"\1{mark.strip()}", part) for part in given.split())

    Name.initialize = initialize_some
    try:
        yield
    finally:
        Name.initialize = initialize


@contextmanager
def _hide_substitutes() -> Iterator[None]:
    """Meanwhile, print what stands in for missing names only there, also where a macro prints it (CSL 1.0.2, *Substitute*)."""
    from citeproc.model import Substitute, Text

    render, hide, read = Substitute.render, Substitute.add_to_repressed_list, Text._variable
    printed: list[tuple[str, str]] = []

    def read_variable(self: Any, item: Any, context: Any) -> Any:
        text = read(self, item, context)
        if text:
            printed.append((self.tag, self.get("variable")))
        return text

    def render_substitute(self: Any, item: Any, context: Any = None, **more: Any) -> Any:
        printed.clear()
        return render(self, item, context=context, **more)

    def hide_printed(self: Any, child: Any, context: Any) -> None:
        hide(self, child, context)
        for tag, variable in printed:
            context.get_layout().repressed.setdefault(tag, []).append(variable)

    Substitute.render, Substitute.add_to_repressed_list, Text._variable = render_substitute, hide_printed, read_variable
    try:
        yield
    finally:
        Substitute.render, Substitute.add_to_repressed_list, Text._variable = render, hide, read


@contextmanager
def _keep_versus() -> Iterator[None]:
    """Meanwhile, leave the *v* of a case in lower case where a style sets titles in capitals (CSL 1.0.2, *Title Case*)."""
    from citeproc.model import TextCased

    words = TextCased._stop_words
    TextCased._stop_words = [*words, "v", "v.", "vs", "vs.", "versus"]
    try:
        yield
    finally:
        TextCased._stop_words = words


def _drop_disambiguation(parsed: Any) -> None:
    """Make every ``<if disambiguate="true">`` of a style fail: one source alone is never ambiguous."""
    for condition in parsed.root.iter(f"{_CSL}if", f"{_CSL}else-if"):
        if condition.attrib.pop("disambiguate", None) == "true":
            # No work is of this type, and citeproc-py asks for all types at once.
            condition.set("type", f"{condition.get('type', '')} nothing".strip())


def _print_source(style: Style, parsed: Any, item: Record, probes: Probes) -> Printed:
    from citeproc import Locator, formatter

    swap = _puts_punctuation_in_quotes(parsed)
    forms: dict[Form, dict[str, tuple[str, str]]] = {"citation": {}, "short": {}, "ibid": {}}
    for locator in probes.locators:
        cited = Locator(name_csl_label(probes.unit), locator) if locator else None
        texts, pages = (_cite_in_notes(parsed, item, cited, form) for form in (formatter.plain, formatter.html))
        for form in forms:
            forms[form][locator] = (_mend_text(texts[form], swap=swap), _mend_html(pages[form], swap=swap))
    works = [_list_works(parsed, item, form) for form in (formatter.plain, formatter.html)]
    if not works[0]:
        return Printed(forms, None)
    if style.kind == "numeric":
        works = [re.sub(r"^(\[?\d+[\].)]*)\s*", r"\1 ", work) for work in works]
    return Printed(forms, (_mend_text(works[0], swap=swap), _mend_html(works[1], swap=swap)))


def _cite_in_notes(parsed: Any, item: Record, locator: Any, form: Any) -> dict[Form, str]:
    """Return the passage cited for the first time, later, and right after the source as a whole."""
    from citeproc import Citation, CitationItem

    def make_citation(what: str) -> Any:
        more = {"locator": locator} if what == "passage" and locator else {}
        return Citation([CitationItem(str(OTHER_WORK["id"]) if what == "other" else str(item["id"]), **more)])

    notes = [make_citation(what) for what in ("passage", "other", "passage", "other", "source", "passage")]
    document = _open_document(parsed, item, form)
    for note in notes:
        document.register(note)
    made = []
    for note in notes:
        made.append(str(document.cite(note, str)))
        document.source[str(item["id"]).lower()]["first_reference_note_number"] = "1"
    return {"citation": made[0], "short": made[2], "ibid": made[5]}


def _list_works(parsed: Any, item: Record, form: Any) -> str:
    """Return the source's line in the list of works, cited without a locator, or nothing."""
    from citeproc import Citation, CitationItem

    if not parsed.has_bibliography():
        return ""
    document = _open_document(parsed, item, form)
    document.register(Citation([CitationItem(str(item["id"]))]))
    return "".join(map(str, document.bibliography()))


def _open_document(parsed: Any, item: Record, form: Any) -> Any:
    from citeproc import CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    return CitationStylesBibliography(parsed, CiteProcJSON([item, OTHER_WORK]), form)


def _puts_punctuation_in_quotes(parsed: Any) -> bool:
    """Return whether the locale has ``,`` and ``.`` inside closing quotation marks; the first that says so counts."""
    for locale in parsed.root.locales:
        for options in locale.iter(f"{_CSL}style-options"):
            if "punctuation-in-quote" in options.attrib:
                return bool(options.get("punctuation-in-quote") == "true")
    return False


def _mend(text: str, *, swap: bool) -> str:
    """Return *text* with American punctuation where *swap* says so, and without a second full stop."""
    if swap:
        text = re.sub(r"(?<=[.,!?])(’?”)\.", r"\1", text)
        text = re.sub(r"(?<![.,!?])(’?”)([.,])", r"\2\1", text)
    return text.strip()


# Tags in the texts of a source (CSL-JSON's *rich text*), which citeproc-py takes for text: as they stand, and escaped.
_RICH = re.compile(r"<(i|b|sup|sub)>(.*?)</\1>")
_RICH_ESCAPED = re.compile(r"&#60;(i|b|sup|sub)&#62;(.*?)&#60;/\1&#62;")


def _mend_text(text: str, *, swap: bool) -> str:
    """Return *text* so mended, without the tags of a source's own texts."""
    while _RICH.search(text):
        text = _RICH.sub(r"\2", text)
    return _mend(text, swap=swap)


def _mend_html(html: str, *, swap: bool) -> str:
    """Return *html* so mended, every sign outside its tags escaped as citeproc-js does."""
    from html import unescape

    pieces = _TAG.split(html)
    pieces[::2] = [unescape(piece).translate(ESCAPES) for piece in pieces[::2]]
    page = "".join(pieces)
    while _RICH_ESCAPED.search(page):
        page = _RICH_ESCAPED.sub(r"<\1>\2</\1>", page)
    return _mend(re.sub(r"([.,!?])((?:</\w+>)+)\.", r"\1\2", page), swap=swap)
