"""REFs → claims, or a copy's own words, each in one piece with its citations, ready to paste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers.cite import cite_passage, link_address, merge_passages, note_display
from rightscli.answers.facts import choose_style, list_target_facts, resolve_refs
from rightscli.cite.quotes import Attribution, compose_quotation, compose_statement
from rightscli.errors import NotFoundError, RightsError
from rightscli.refs import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightscli.answers import Library
    from rightscli.answers.cite import Passage
    from rightscli.cite.forms import Markup, Syntax
    from rightscli.cite.styles import Style
    from rightscli.records import Record

_MARKUPS: Mapping[Syntax, Markup] = {
    "pandoc": "markdown",
    "latex": "latex",
    "typst": "typst",
    "org": "org",
    "myst": "markdown",
}
"""What the text around a key is written in; Sphinx's own markup is none of ours."""


class QuoteAnswer(NamedTuple):
    """The records of *quotes*: ``quote`` is the whole piece, ``claim`` or ``words`` what it says, ``citations`` what behind it.

    *text* is all of them with an empty line between them. *faults* says which REF names nothing, on which passage no fact
    rests, of which passage no copy proves the words.
    """

    quotes: Sequence[Record]
    text: str
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def quote_refs(
    library: Library,
    refs: str | Iterable[str],
    *,
    style: str | None = None,
    markup: Markup | None = None,
    syntax: Syntax | None = None,
    verbatim: bool = False,
) -> QuoteAnswer:
    """Return the claims that *refs* name or that rest on their passages; *verbatim*, the words that attached copies have there.

    They are written in *markup*, or else in what the program of *syntax* reads, whose key then stands for the citation.

    Raises UsageError for an unknown *style*, and where every REF is malformed.
    """
    written: Markup = markup or (_MARKUPS.get(syntax, "text") if syntax else "text")
    writer = _QuoteWriter(library, choose_style(style, library), written, syntax)
    targets, faults, told = resolve_refs(refs, library)
    quotes = writer.quote_words(targets, faults) if verbatim else writer.quote_facts(targets, faults)
    notes = told + ([] if syntax else writer.list_notes(quotes))
    if quotes and not verbatim:
        notes.append("the words are the base's, not the source's: no quotation marks around them")
    return QuoteAnswer(quotes, "\n\n".join(record["quote"] for record in quotes), notes, faults)


class _QuoteWriter:
    """How one request is quoted: in which style, markup and syntax, from which library."""

    def __init__(self, library: Library, style: Style, markup: Markup, syntax: Syntax | None) -> None:
        self.library = library
        self.index = library.index
        self.style = style
        self.markup: Markup = markup
        self.syntax: Syntax | None = syntax

    def quote_facts(self, targets: Iterable[Target], faults: list[RightsError]) -> list[Record]:
        """Return the claims that *targets* name or that rest on them, each with its citations."""
        facts: dict[str, Record] = {}
        for target in targets:
            found = list_target_facts(target, self.index)
            # Who asks for a passage asks for what holds.
            found = found if target.fact else [fact for fact in found if not fact.get("retracted")]
            faults += [] if found else [NotFoundError(f"no fact rests on {target.place}")]
            facts |= {fact["id"]: fact for fact in found}
        return [
            self._make_quote(id, merge_passages([Target(id, fact=fact)], self.index), fact["claim"], verbatim=False)
            for id, fact in facts.items()
        ]

    def quote_words(self, targets: Iterable[Target], faults: list[RightsError]) -> list[Record]:
        """Return the copies' own words of what *targets* name, each passage with its citation."""
        from rightscli.answers.copies import load_copies
        from rightscli.passages import make_ref

        records = []
        for passage in merge_passages(targets, self.index):
            source, locators, _ = passage
            copy = next(iter(load_copies(self.library.copies, [source])), None)
            positions = [at for locator in locators for at in locator.positions]
            missing = [at for at in positions if not copy or at not in copy.proven]
            if not positions or not copy or missing:
                what = source["id"]
                if copy and missing:
                    what = f"{source['unit']} {source['paragraphs'][missing[0] - 1]['number']} of {source['id']}"
                fault = f"no proven copy of {what} is attached" if positions else f"{source['id']} is too much to quote"
                first = source["paragraphs"][0]["number"] if source["paragraphs"] else "1"
                hint = (
                    f"rights attach {source['id']} FILE"
                    if positions
                    else f"name {source['unit']}s, as {source['id']}:{first}"
                )
                faults.append(NotFoundError(fault, hint=hint))
                continue
            words = "\n".join(copy.texts[at] for at in positions)
            records.append(self._make_quote(make_ref(source, locators), [passage], words, verbatim=True))
        return records

    def list_notes(self, quotes: Iterable[Record]) -> list[str]:
        """Return what a writer must know of the citations of *quotes*."""
        cited = (one for record in quotes for one in record["citations"])
        notes = (note for one in cited for note in note_display(one, self.style, "citation", self.index))
        return list(dict.fromkeys(notes))

    def _make_quote(self, id: str, passages: Sequence[Passage], text: str, *, verbatim: bool) -> Record:
        """Return the record of a *text*, a claim or *verbatim* the words of a copy, with the citations of *passages*."""
        citations = [
            cite_passage(passage, self.style, "citation", self.markup, self.syntax, self.index) for passage in passages
        ]
        attributions = [self._attribute(cited, passage[0]) for cited, passage in zip(citations, passages, strict=True)]
        # A label of a note in any markup: letters, digits and hyphens.
        label = re.sub(r"[^0-9A-Za-z]+", "-", id.partition("@")[0]).strip("-")
        compose = compose_quotation if verbatim else compose_statement
        return {
            "id": id,
            "words" if verbatim else "claim": text,
            "verbatim": verbatim,
            "as": self.markup,
            "quote": compose(text, attributions, markup=self.markup, label=label),
            "ref": id,
            "citations": citations,
        }

    def _attribute(self, cited: Record, source: Record) -> Attribution:
        """Return a citation's record as what stands behind a text: its address, or else all of it, opens the passage."""
        if self.syntax:
            return Attribution(cited["rendered"])
        raised = cited["html"].startswith("<sup>")
        note = self.style.kind == "note" and cited["style"] == self.style.name
        linked = link_address(cited["html"], source, cited["url"])
        if self.markup == "text" or linked == cited["html"]:
            return Attribution(cited["rendered"], cited["url"], raised, note)
        from rightscli.cite.conversion import convert_html

        return Attribution(convert_html(linked, self.markup), None, raised, note)
