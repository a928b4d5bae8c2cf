"""REFs → citations, ready to paste, and what a writer must know of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import Library
from rightscli.answers.facts import choose_style, resolve_refs
from rightscli.cite.links import link_passage
from rightscli.cite.styles import STYLES, Style
from rightscli.cite.templates import Rendering, fill_bibliography, fill_template, names_note, tell_locator_display
from rightscli.errors import NotFoundError, RightsError, UsageError
from rightscli.passages import name_shown_unit, read_locator, show_locators
from rightscli.records import Record, make_cited_record
from rightscli.refs import Target
from rightscli.text.locators import Locator, merge_locators
from rightscli.text.places import name_places

if TYPE_CHECKING:
    from rightscli.cite.forms import CitationForm, Markup, Syntax
    from rightscli.index.queries import Index


class CiteAnswer(NamedTuple):
    """The records of *citations*, a source and style each: ``rendered`` is what was asked for, ``text`` and ``html`` are the same
    citation without a key. *faults* says which REF names nothing, and which style has no list of works."""

    citations: Sequence[Record]
    warnings: Sequence[str]
    faults: Sequence[RightsError]


Passage = tuple["Record", "tuple[Locator, ...]", list[str]]
"""A source, places in it, ascending, and the ids of the facts among the REFs that rest on them."""


def cite_refs(
    library: Library,
    refs: str | Iterable[str],
    *,
    style: str | None = None,
    form: "CitationForm" = "citation",
    markup: "Markup" = "text",
    syntax: "Syntax | None" = None,
    all_styles: bool = False,
) -> CiteAnswer:
    """Return one citation for each source that *refs* name, all its passages in it, in the order in which they first come.

    It is rendered in *markup*, or with *syntax* as a key for a program that sets a bibliography. With *all_styles*, there is
    one in every style that has the *form*, and once the plain form for those that its base is not compiled in.

    Raises UsageError for an unknown *style*, for *all_styles* beside another choice, and where every REF is malformed.
    """
    styles = STYLES if all_styles else (choose_style(style, library),)
    if all_styles and (style or syntax):
        raise UsageError(f"--all-styles and --{'style' if style else 'syntax'} exclude each other")
    if form == "narrative" and syntax:
        raise UsageError("--form narrative and --syntax exclude each other")
    index = library.index
    targets, faults, told = resolve_refs(refs, library)
    passages = merge_passages(targets, index)
    citations: list[Record] = []
    notes = dict.fromkeys(told)
    plain: set[tuple[str, str]] = set()
    for one in styles:
        try:
            cited = [cite_passage(passage, one, form, markup, syntax, index) for passage in passages]
        except NotFoundError as fault:
            faults += [] if all_styles else [fault]
            continue
        citations += _drop_repeated(cited, plain, notes) if all_styles else cited
        for record in () if all_styles or syntax else cited:
            notes |= dict.fromkeys(note_display(record, one, form, index))
    return CiteAnswer(citations, list(notes), faults)


def _drop_repeated(cited: Iterable[Record], plain: set[tuple[str, str]], notes: dict[str, None]) -> Iterator[Record]:
    """Yield those of *cited* in a style of their own, and the plain form once, which stands for what is not compiled.

    What was yielded so is put into *plain*, and said in *notes*.
    """
    from rightscli.index.queries import PLAIN

    for record in cited:
        one = (record["ref"], record["rendered"])
        if record["style"] != PLAIN:
            yield record
        elif one not in plain:
            plain.add(one)
            told = (
                "is not compiled in every style: plain stands for the others; rights styles --compile BASE compiles it"
            )
            notes[f"{record['source']} {told}"] = None
            yield record


def merge_passages(targets: Iterable[Target], index: "Index") -> list[Passage]:
    """Return what *targets* name, all places in one source as one, in the order in which they first come.

    A whole source stays apart from places in it.
    """
    found: dict[tuple[str, bool], tuple[list[Locator], list[str]]] = {}
    for target in targets:
        places = [(target.source["id"], list(target.locators))] if target.source else []
        if target.fact:
            places = [(cited["source"], [_read_place(cited, index)]) for cited in target.fact["citations"]]
        for key, locators in places:
            merged, facts = found.setdefault((key, bool(locators)), ([], []))
            merged += locators
            facts += [target.fact["id"]] if target.fact and target.fact["id"] not in facts else []
    return [
        (source, merge_locators(locators), facts)
        for (key, _), (locators, facts) in found.items()
        if (source := index.get_source(key))
    ]


def _read_place(citation: Record, index: "Index") -> Locator:
    source = index.get_source(citation["source"])
    assert source
    return read_locator(citation, source)


def cite_passage(
    passage: Passage, style: Style, form: "CitationForm", markup: "Markup", syntax: "Syntax | None", index: "Index"
) -> Record:
    """Return the record of one citation; raise NotFoundError where the style has no list of works."""
    source, locators, facts = passage
    used, rendering = _render_citation(source, locators, style, form, index)
    rendered = rendering.text
    if markup != "text":
        from rightscli.cite.conversion import convert_html

        rendered = convert_html(link_address(rendering.html, source), markup)
    if syntax:
        from rightscli.cite.syntaxes import format_key_citation

        rendered = format_key_citation(source["id"], show_locators(source, locators), syntax, name_shown_unit(source))
    more = {"style": used, "engine": None if used != style.name else index.get_engine(source["id"]), "form": form}
    more |= {"html": rendering.html, "rendered": rendered}
    return make_cited_record(source, locators, facts=facts, text=rendering.text, link=link_passage, **more)


def link_address(html: str, source: Record, to: str | None = None) -> str:
    """Return *html* with the source's address in it, if it is there, linked to itself or *to* a passage."""
    from rightscli.text.markup import escape_text

    address = source["csl"].get("URL", "")
    # Engines differ in how they spell an ampersand.
    for shown in (escape_text(address, "html"), escape_text(address, "html").replace("&amp;", "&#38;")):
        if address and shown in html:
            return html.replace(shown, f'<a href="{escape_text(to or address, "html")}">{shown}</a>')
    return html


def note_display(record: Record, style: Style, form: "CitationForm", index: "Index") -> Iterator[str]:
    """Yield what a writer must know of the citation *record*, and it does not say itself."""
    from rightscli.index.queries import PLAIN

    used, forms = index.find_forms(record["source"], style.name)
    form = "citation" if form == "narrative" else form
    alike = index.list_cited_alike(record["source"], used) if form == "citation" else []
    if alike:
        yield f"{record['source']} is cited like {' and '.join(alike)}: name the title beside it, or cite by the key"
    if used == PLAIN:
        yield (
            f"{record['source']} is not compiled in {style.name}: this is the plain form;"
            " rights styles --compile BASE compiles it"
        )
        return
    if form == "bibliography":
        return
    if record["locators"]:
        shown = [Locator(0, 0, place.get("page", place["value"])) for place in record["locators"]]
        (first, *_) = record["locators"]
        unit = "page" if "page" in first else first["label"]
        display = tell_locator_display(forms, form=form, unit=unit)
        if display == "none":
            yield f"{style.name} shows no {unit}s: say {name_places(shown, unit)} beside it"
        elif display == "page" and unit != "page":
            one = f"an {unit}" if unit == "article" else f"a {unit}"
            yield f"{style.name} shows {one} like a page: this is {name_places(shown, unit)}"
    if style.kind == "numeric":
        yield f"the 1 in {style.name} stands for the number that the source has in your own list"
    elif style.kind == "note" and form != "citation" and names_note(forms, form=form):
        yield f"the note number in {style.name} stands for that of your own first note"


def _render_citation(
    source: Record, locators: Sequence[Locator], style: Style, form: "CitationForm", index: "Index"
) -> tuple[str, Rendering]:
    """Return the citation in *style*, or in the plain form where that is not compiled, and which of them it is."""
    used, forms = index.find_forms(source["id"], style.name)
    if form == "narrative":
        from rightscli.cite.narrative import make_narrative

        cited, whole = (fill_template(forms, show_locators(source, places)) for places in (locators, ()))
        told = (
            None if used == style.name and style.kind != "author-date" else make_narrative(cited, whole, source["csl"])
        )
        if told is None:
            raise NotFoundError(
                f"{style.name} has no citation that is part of a sentence", hint="--form citation shows its own"
            )
        return used, told
    if form != "bibliography":
        return used, fill_template(forms, show_locators(source, locators), form=form)
    line = fill_bibliography(forms)
    if line is None:
        raise NotFoundError(f"{style.name} has no list of works", hint="--form citation shows the whole reference")
    return used, line
