"""Quoting: a claim, or a source's own words, with the citation, in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.cli.citing import (
    cite_passage,
    copy_out,
    link_address,
    merge_passages,
    note_display,
)
from rightscli.cli.console import (
    choose_format,
    choose_style,
    exit_with_faults,
    list_target_facts,
    load_copies,
    open_base,
    print_aside,
    print_records,
    resolve_refs,
    write_out,
)
from rightscli.errors import NotFoundError, RightsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Annotated

    import typer

    from rightscli.cite.quotes import Attribution
    from rightscli.cite.styles import Style
    from rightscli.cli.citing import Passage
    from rightscli.cli.parsing import (
        BaseOption,
        ClipOption,
        FormatOption,
        JsonOption,
        Markup,
        RefArguments,
        StyleOption,
        Syntax,
        SyntaxOption,
    )
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.refs import Target


_MARKUPS: Mapping[Syntax, Markup] = {
    "pandoc": "markdown",
    "latex": "latex",
    "typst": "typst",
    "org": "org",
    "myst": "markdown",
}
"""What the text around a key is written in; Sphinx's own markup is none of ours."""


def quote(
    refs: RefArguments,
    markup: Annotated[
        Markup | None, typer.Option("--as", help="What it is pasted into, else what --syntax is for, or text.")
    ] = None,
    style: StyleOption = None,
    syntax: SyntaxOption = None,
    verbatim: Annotated[bool, typer.Option("--verbatim", help="The source's own words, from your copy.")] = False,
    clip: ClipOption = False,
    base: BaseOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Print a fact and its citation in one piece, ready to paste."""
    from rightscli.records import QUOTES

    shape = choose_format(format, json)
    written: Markup = markup or (_MARKUPS.get(syntax, "text") if syntax else "markdown" if shape == "md" else "text")
    desk = _Desk(choose_style(style), written, syntax, open_base(base))
    targets, faults = resolve_refs(refs, desk.index)
    records = desk.quote_words(targets, faults) if verbatim else desk.quote_facts(targets, faults)
    notes = desk.list_notes(records)
    if records and not verbatim:
        notes.append("the words are the base's, not the source's: no quotation marks around them")
    text = "\n\n".join(record["quote"] for record in records)
    if shape is not None:
        warnings = [*notes, *(fault.message for fault in faults)]
        print_records("quote", desk.index, records, QUOTES, shape, warnings=warnings)
    else:
        write_out([f"{text}\n"] if records else [])
        for note in notes:
            print_aside(note)
    if clip and records:
        copy_out(text)
    exit_with_faults(faults, json=shape == "json")


class _Desk:
    """How one run quotes: in which style, markup and syntax, from which base."""

    def __init__(self, style: Style, markup: Markup, syntax: Syntax | None, index: Index) -> None:
        self.style = style
        self.markup: Markup = markup
        self.syntax: Syntax | None = syntax
        self.index = index

    def quote_facts(self, targets: Iterable[Target], faults: list[RightsError]) -> list[Record]:
        """Return the claims that *targets* name or that rest on them, each with its citations."""
        from rightscli.cite.quotes import compose_statement
        from rightscli.refs import Target

        facts: dict[str, Record] = {}
        for target in targets:
            found = list_target_facts(target, self.index)
            faults += [] if found else [NotFoundError(f"no fact rests on {target.text}")]
            facts |= {fact["id"]: fact for fact in found}
        return [
            self._make_quote(
                id,
                merge_passages([Target(id, fact=fact)], self.index),
                fact["claim"],
                compose_statement,
                verbatim=False,
            )
            for id, fact in facts.items()
        ]

    def quote_words(self, targets: Iterable[Target], faults: list[RightsError]) -> list[Record]:
        """Return the copies' own words of what *targets* name, each passage with its citation."""
        from rightscli.cite.quotes import compose_quotation
        from rightscli.records import make_ref

        records = []
        for passage in merge_passages(targets, self.index):
            source, locators, _ = passage
            copy = next(iter(load_copies([source])), None)
            numbers = [number for locator in locators for number in locator.numbers]
            missing = [number for number in numbers if not copy or number not in copy.proven]
            if not numbers or not copy or missing:
                what = f"paragraph {missing[0]} of {source['id']}" if copy and missing else source["id"]
                fault = f"no proven copy of {what} is attached" if numbers else f"{source['id']} is too much to quote"
                hint = f"rights attach {source['id']} FILE" if numbers else f"name paragraphs, as {source['id']}:1"
                faults.append(NotFoundError(fault, hint=hint))
                continue
            words = "\n".join(copy.texts[number] for number in numbers)
            records.append(
                self._make_quote(make_ref(source, locators), [passage], words, compose_quotation, verbatim=True)
            )
        return records

    def _make_quote(
        self, id: str, passages: Sequence[Passage], text: str, compose: Callable[..., str], *, verbatim: bool
    ) -> Record:
        citations = [
            cite_passage(passage, self.style, "citation", self.markup, self.syntax, self.index) for passage in passages
        ]
        attributions = [self._attribute(cited, passage[0]) for cited, passage in zip(citations, passages, strict=True)]
        label = id.partition("@")[0].replace(":", "-").replace(",", "-")
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
        from rightscli.cite.conversion import convert_html
        from rightscli.cite.quotes import Attribution

        if self.syntax:
            return Attribution(cited["rendered"])
        raised = cited["html"].startswith("<sup>")
        note = self.style.kind == "note" and cited["style"] == self.style.name
        linked = link_address(cited["html"], source, cited["url"])
        if self.markup == "text" or linked == cited["html"]:
            return Attribution(cited["rendered"], cited["url"], raised, note)
        return Attribution(convert_html(linked, self.markup), None, raised, note)

    def list_notes(self, records: Iterable[Record]) -> list[str]:
        """Return what a writer must know of the citations of *records*."""
        if self.syntax:
            return []
        return list(
            dict.fromkeys(
                note
                for record in records
                for cited in record["citations"]
                for note in note_display(cited, self.style, "citation", self.index)
            )
        )
