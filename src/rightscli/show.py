"""Pages for people at a terminal; the only module that knows colour.

Everything is given to Rich as ``Text``, never as markup, so that ``[sic]`` and ``[@key, para. 15]`` survive. The highlight is
bold and underlined beside its colour: colour never carries meaning alone, and each is legible on dark and on light.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Mapping

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rightscli.model import Fact, FactBase, Hit, Source, Tier, Topic
from rightscli.records import CiteText, LinkText
from rightscli.words import split_words

_MATCHED = "bold underline"
_NAME = "bold"
_ASIDE = "dim"
_WORD = r"[^\W_]+(?:['’.,][^\W_]+)*"


def print_hits(hits: Iterable[Hit], base: FactBase, *, cite: CiteText) -> None:
    """Print each hit: the claim with the matched words marked, its citation, its id, and its tier where that is not exact."""
    console = _open_console()
    for number, hit in enumerate(hits, 1):
        found = {match.word for match in hit.matches.values()}
        notes = [] if hit.tier in (Tier.EXACT, Tier.VARIANT) else [f"{hit.tier} match"]
        _print_claim(console, f"{number}.", hit.fact, base, cite=cite, found=found, notes=notes)


def print_facts(facts: Iterable[Fact], base: FactBase, *, cite: CiteText, heading: str = "") -> None:
    """Print a list of facts under a *heading*."""
    console = _open_console()
    if heading:
        console.print(Text(heading + "\n", style=_NAME))
    for fact in facts:
        _print_claim(console, "•", fact, base, cite=cite)


def print_fact(fact: Fact, base: FactBase, *, cite: CiteText, link: LinkText) -> None:
    """Print one fact whole: its claim, and everything that carries it."""
    console = _open_console()
    rows: list[tuple[str, str]] = []
    for citation in fact.citations:
        source = base.sources[citation.source]
        locators = (citation.locator,)
        first, last = source.paragraphs[citation.locator.first - 1], source.paragraphs[citation.locator.last - 1]
        rows += [
            ("citation", cite(source, locators)),
            ("passage", f"{first.section} ¶{citation.locator}: “{first.begins} … {last.ends}”"),
            ("REF", source.format_ref(locators)),
        ]
    rows += [
        ("according to", fact.according_to or ""),
        ("date", fact.date or ""),
        ("topics", ", ".join(base.topics[id].label for id in fact.topics)),
        ("anchors", " · ".join(fact.anchors)),
        ("also", ", ".join(fact.terms)),
    ]
    console.print(Text(fact.id, style=_NAME), Padding(Text(fact.claim), (0, 0, 1, 2)), _make_pairs(rows))
    for citation in fact.citations:
        # Wrapped by the terminal alone, so that it can be copied and clicked as one.
        console.print(Text("  " + (link(base.sources[citation.source], (citation.locator,)) or "")), soft_wrap=True)
    console.print()


def print_topics(topics: Iterable[tuple[int, Topic, int]]) -> None:
    """Print the tree: each topic indented by its depth, with its id and the number of its facts."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style=_ASIDE, overflow="fold")
    for depth, topic, count in topics:
        table.add_row(Padding(Text(topic.label), (0, 0, 0, 2 * depth)), Text(str(count)), Text(topic.id))
    _open_console().print(table)


def print_sources(sources: Iterable[tuple[Source, str, int]]) -> None:
    """Print each source's key, its citation, and how many paragraphs and facts it has."""
    grid = _make_grid()
    for source, text, count in sources:
        counts = f"{len(source.paragraphs)} paragraphs · {count} facts"
        grid.add_row(Text(source.key, style=_NAME), Text.assemble(text, "\n", (counts, _ASIDE)))
    _open_console().print(grid)


def print_source(source: Source, text: str, counts: Mapping[int, int]) -> None:
    """Print a source's paragraphs by section, each with its first and last words and the number of its facts."""
    console = _open_console()
    console.print(Text(source.key, style=_NAME), Padding(Text(text), (0, 0, 0, 2)))
    section = None
    for paragraph in source.paragraphs:
        if paragraph.section != section:
            section = paragraph.section
            console.print(Text(f"\n{section}", style=_NAME))
        grid = _make_grid()
        facts = f"  {counts.get(paragraph.number, 0)} facts"
        grid.add_row(
            Text(f"¶{paragraph.number:>2}"), Text.assemble(f"{paragraph.begins} … {paragraph.ends}", (facts, _ASIDE))
        )
        console.print(grid)


def _make_grid() -> Table:
    """Return a grid of a narrow first column and a wide second one."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _make_pairs(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Return names and values side by side, without those that have no value."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style=_ASIDE, no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(Text(name), Text(value))
    return Padding(table, (0, 0, 0, 2))


def _print_claim(
    console: Console,
    bullet: str,
    fact: Fact,
    base: FactBase,
    *,
    cite: CiteText,
    found: Collection[str] = (),
    notes: Iterable[str] = (),
) -> None:
    """Print a claim behind its *bullet*, the *found* words marked, and under it, dimmed, citations, id and *notes*."""
    claim = Text(fact.claim)
    for word in re.finditer(_WORD, fact.claim):
        if any(part in found for part in split_words(word[0])):
            claim.stylize(_MATCHED, word.start(), word.end())
    citations = "; ".join(cite(base.sources[citation.source], (citation.locator,)) for citation in fact.citations)
    asides = [citations, " · ".join([fact.id, *notes])]
    room = console.width - cell_len(bullet) - 1
    aside = " · ".join(asides) if cell_len(" · ".join(asides)) <= room else "\n".join(asides)
    grid = _make_grid()
    grid.add_row(Text(bullet), Text.assemble(claim, "\n", (aside + "\n", _ASIDE)))
    console.print(grid)


def _open_console() -> Console:
    """Return standard output as the terminal and NO_COLOR, FORCE_COLOR, TERM and COLUMNS have it."""
    return Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
