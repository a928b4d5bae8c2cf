"""Pages for people at a terminal; the only module that knows colour.

Everything is given to Rich by ``_make_text``, never as markup, so that ``[sic]`` and ``[@key, para. 15]`` survive, and no control
character does: the sequences in a page are Rich's own, and so it is ``Verbatim``. The highlight is bold and underlined beside
its colour: colour never carries meaning alone, and each is legible on dark and on light.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from rightscli.passages import has_copy, list_passages, read_locator
from rightscli.records import Record, format_match, format_plain_fact
from rightscli.text.folding import count_noun
from rightscli.text.inert import Verbatim, escape_controls
from rightscli.text.locators import Locator
from rightscli.text.places import name_places
from rightscli.text.signs import APOSTROPHES
from rightscli.text.words import split_words

_MATCHED = "bold underline"
_NAME = "bold"
_ASIDE = "dim"
_GONE = "strike"
_HANGING = 2
_NARROWEST = 24
"""How many columns a text beside a name needs."""
_WORD = rf"[^\W_]+(?:[{APOSTROPHES}.,][^\W_]+)*"


def render_hits(
    records: Iterable[Record], found: Iterable[Collection[str]], named: Mapping[str, str], *, width: int
) -> Verbatim:
    """Return each hit's record: the claim with the *found* words marked, its citation, its id, and its tier if not exact.

    *named* are query words that only look-up terms hold, with the spelling there: a hit that one of them found says so.
    """
    console = _open_console(width)
    for number, (record, words) in enumerate(zip(records, found, strict=True), 1):
        tier = record["match"]["tier"]
        notes = [] if tier in ("exact", "variant") else [f"{tier} match"]
        if record["match"].get("weak"):
            notes = ["weak match"]
        notes += [f"look-up term {name}" for word, name in named.items() if word in record["match"]["fields"]]
        notes += [format_match(match) for match in record["match"].get("why", ())]
        _print_claim(console, f"{number}.", record, found=words, notes=notes)
    return _end_page(console)


def render_facts(records: Iterable[Record], *, heading: str = "", width: int) -> Verbatim:
    """Return a list of facts under a *heading*."""
    console = _open_console(width)
    if heading:
        console.print(_make_text((heading + "\n", _NAME)))
    for record in records:
        _print_claim(console, "•", record)
    return _end_page(console)


def render_fact(record: Record, sources: Mapping[str, Record], labels: Mapping[str, str], *, width: int) -> Verbatim:
    """Return one fact whole: its claim, and everything that carries it. *labels* are those of its topics, by id."""
    console = _open_console(width)
    rows: list[tuple[str, str | Text]] = []
    for citation in record["citations"]:
        source = sources[citation["source"]]
        locator = read_locator(citation, source)
        rows += [
            ("citation", _link_citation(citation)),
            ("passage", _describe_passage(source, locator, citation["section"])),
            ("proof", "" if has_copy(source, [locator]) else "none: the base was made without a copy of it"),
            ("REF", citation["ref"]),
        ]
    rows += [
        ("base", ", ".join(record.get("bases", ()))),
        ("according to", record["according_to"] or ""),
        ("date", record["date"] or ""),
        ("topics", ", ".join(labels[id] for id in record["topics"])),
        ("anchors", " · ".join(record["anchors"])),
    ]
    gone = record.get("retracted")
    if gone:
        rows[:0] = [("retracted", f"{gone['on']}: {gone['because']}"), ("stands for it", gone["for"] or "")]
    claim = _make_text((record["claim"], _GONE if gone else ""))
    console.print(_make_text((record["id"], _NAME)), Padding(claim, (0, 0, 1, 2)), _make_pairs(rows, width=width))
    for citation in record["citations"]:
        if citation["url"]:
            # Wrapped by the terminal alone, so that it can be copied and clicked as one.
            console.print(_make_text("  " + citation["url"]), soft_wrap=True)
    console.print()
    return _end_page(console)


def _describe_passage(source: Record, locator: Locator, section: str) -> str:
    """Return where a place is: its section, its number, its first and its last words, as far as the base has them."""
    where = " ".join(filter(None, (section, mark_places(source, [locator]))))
    passages = list_passages(source, [locator])
    ends = (passages[0]["begins"], passages[-1]["ends"]) if passages else ("", "")
    return f"{where}: “{ends[0]} … {ends[1]}”" if any(ends) else where


def mark_places(source: Record, locators: Sequence[Locator]) -> str:
    """Return places as a page names them: ``¶13, 15-17``, ``art. 11(1)``."""
    if source["unit"] == "paragraph":
        return f"¶{', '.join(map(str, locators))}"
    return name_places(locators, source["unit"], dash="-")


def render_topics(topics: Iterable[tuple[int, Record]], *, width: int) -> Verbatim:
    """Return the tree: each topic indented by its depth, with the number of its facts and its id, below it where it is narrow."""
    console = _open_console(width)
    if width < 2 * _NARROWEST:
        for depth, topic in topics:
            told = _make_text((f"{topic['facts']} · {topic['id']}", _ASIDE))
            console.print(_hang_text(_make_text(topic["label"]), depth), _hang_text(told, depth + 1))
        return _end_page(console)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style=_ASIDE, overflow="fold")
    for depth, topic in topics:
        label = _hang_text(_make_text(topic["label"]), depth)
        table.add_row(label, str(topic["facts"]), _make_text(topic["id"]))
    console.print(table)
    return _end_page(console)


def render_sources(sources: Iterable[Record], *, heading: str = "", base: str = "", width: int) -> Verbatim:
    """Return each source's key, its citation, and how many paragraphs and facts it has, under a *heading*, as those of *base*."""
    grid = _make_grid()
    for source in sources:
        unit = source["unit"]
        known = f"{len(source['paragraphs'])} {unit}s" if source["paragraphs"] else f"by {unit}, no copy"
        counts = f"{known} · {source['facts']} facts"
        if source["attached"]:
            counts += f" · copy attached, {source['attached']['proven']} {unit}s proven"
        others = [name for name in source.get("bases", ()) if name != base]
        counts += f" · also in {', '.join(others)}" if others else ""
        grid.add_row(_make_text((source["id"], _NAME)), _make_text(source["text"], "\n", (counts, _ASIDE)))
    console = _open_console(width)
    if heading:
        console.print(_make_text((heading, _NAME)))
    console.print(grid)
    return _end_page(console)


def render_words(records: Iterable[Record], *, width: int) -> Verbatim:
    """Return paragraphs in a copy's own words, each under its REF."""
    console = _open_console(width)
    for record in records:
        note = "" if record["proven"] else " · another edition"
        console.print(_make_text((f"{record['ref']} · {record['section']}{note}", _ASIDE)))
        console.print(Padding(_make_text(record["text"]), (0, 0, 1, 2)))
    return _end_page(console)


def render_found_passages(records: Iterable[Record], found: Iterable[Collection[str]], *, width: int) -> Verbatim:
    """Return passages that a search found: the words around the match, the *found* ones marked; REF, section, count of facts."""
    console = _open_console(width)
    for number, (record, words) in enumerate(zip(records, found, strict=True), 1):
        known = [record["ref"], record["section"], count_noun(record["facts"], "fact")]
        aside = _make_text((" · ".join(filter(None, known)), _ASIDE), "\n")
        grid = _make_grid()
        grid.add_row(f"{number}.", _make_text(_mark_words(record["words"], words), "\n", aside))
        console.print(grid)
    return _end_page(console)


def render_lines(rows: Iterable[Sequence[str]], *, width: int) -> Verbatim:
    """Return a line a row, broken between words: its fields, those that are not empty, the first of several as its name."""
    console = _open_console(width)
    for name, *fields in rows:
        others = [field for field in fields if field]
        text = _make_text((name, _NAME if others else ""), *(f" · {field}" for field in others))
        first, *more = text.wrap(console, max(width - _HANGING, 1), overflow="fold")
        console.print(first)
        for line in more:
            console.print(Padding(line, (0, 0, 0, _HANGING)))
    return _end_page(console)


FindingRow = tuple[str, str, int, "int | None", tuple[str, ...]]
"""The line to print, the draft's line, the column where the piece begins, and where it ends there, if it does; further lines."""


def render_findings(rows: Iterable[FindingRow], *, width: int) -> Verbatim:
    """Return each finding's line, below it the line of the draft with the piece underlined, and what else is said of it."""
    console = _open_console(width)
    room = max(width - 4, 20)
    for told, line, column, end, more in rows:
        console.print(_make_text(told))
        before, piece, behind = cut_line(line.replace("\t", " "), column - 1, (end or len(line) + 1) - 1, room)
        shown = _make_text("  ", before, (piece, _MATCHED), behind)
        console.print(shown, no_wrap=True, crop=True)
        for text in more:
            console.print(Padding(_make_text(text.lstrip()), (0, 0, 0, 4)))
    return _end_page(console)


def cut_line(line: str, first: int, end: int, room: int) -> tuple[str, str, str]:
    """Return what of *line* has *room* around the piece from *first* to *end*: what stands before it, the piece, what is behind.

    An ellipsis stands for what is left out, and no word is cut where there is a blank to end at.
    """
    start = max(0, first - room // 3)
    if start:
        start = line.find(" ", start - 1, first) + 1 or start
    stop = start + room - bool(start)
    if stop < len(line):
        stop -= 1
        blank = line.rfind(" ", end if end <= stop else first + 1, stop + 1)
        stop = blank if blank >= 0 else stop
    opened, closed = "…" if start else "", "…" if stop < len(line) else ""
    return opened + line[start:first], line[first : min(end, stop)], line[end:stop] + closed


def render_styles(rows: Iterable[tuple[str, str]], *, width: int) -> Verbatim:
    """Return each style's name and what stands beside it, or below it where that is too narrow."""
    console = _open_console(width)
    console.print(_pair_texts(rows, style=_NAME, width=width))
    return _end_page(console)


def link_lines(citations: Iterable[Record]) -> Iterator[Verbatim]:
    """Yield each citation on a line, linked to its passage where the terminal can."""
    for citation in citations:
        console = _open_console(80)
        console.print(_link_citation(citation), soft_wrap=True)
        yield _end_page(console)


def render_source(source: Record, *, width: int) -> Verbatim:
    """Return a source's paragraphs by section, each with its first and last words and the number of its facts."""
    console = _open_console(width)
    console.print(_make_text((source["id"], _NAME)), Padding(_make_text(source["text"]), (0, 0, 0, 2)))
    section = None
    for paragraph in source["paragraphs"]:
        if paragraph["section"] != section:
            section = paragraph["section"]
            console.print(_make_text((f"\n{section}" if section else "", _NAME)))
        grid = _make_grid()
        facts = f"  {paragraph['facts']} facts"
        passage = f"{paragraph['begins']} … {paragraph['ends']}"
        mark = f"¶{paragraph['number']:>2}" if source["unit"] == "paragraph" else paragraph["number"]
        grid.add_row(_make_text(mark), _make_text(passage, (facts, _ASIDE)))
        console.print(grid)
    return _end_page(console)


def _make_text(*pieces: str | Text | tuple[str, str | Style]) -> Text:
    """Return *pieces*, some with a style, as one text without a control character."""
    shown = Text()
    for piece in pieces:
        if isinstance(piece, Text):
            shown.append_text(piece)
        else:
            text, style = (piece, "") if isinstance(piece, str) else piece
            shown.append(escape_controls(text), style)
    return shown


def _make_grid() -> Table:
    """Return a grid of a narrow first column and a wide second one."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _make_pairs(rows: Iterable[tuple[str, str | Text]], *, width: int) -> RenderableType:
    """Return names and values side by side, without those that have no value."""
    return Padding(_pair_texts(rows, style=_ASIDE, width=width - _HANGING), (0, 0, 0, _HANGING))


def _pair_texts(rows: Iterable[tuple[str, str | Text]], *, style: str, width: int) -> RenderableType:
    """Return names and what there is of texts side by side, or the one below the other where that is too narrow."""
    pairs = [(name, _make_text(value)) for name, value in rows if value]
    if width - max((len(name) for name, _ in pairs), default=0) < _NARROWEST:
        return Group(*(part for name, text in pairs for part in (_make_text((name, style)), _hang_text(text))))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style=style, no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in pairs:
        table.add_row(name, text)
    return table


def _hang_text(text: Text, depth: int = 1) -> Padding:
    return Padding(text, (0, 0, 0, _HANGING * depth))


def _print_claim(
    console: Console, bullet: str, record: Record, *, found: Collection[str] = (), notes: Iterable[str] = ()
) -> None:
    """Print a claim behind its *bullet*, the *found* words marked, and under it, dimmed, citations, id and *notes*."""
    claim = _mark_words(record["claim"], found)
    if record.get("retracted"):
        claim.stylize(_GONE)
        notes = ["retracted", *notes]
    citations = Text("; ").join(map(_link_citation, record["citations"]))
    names = _make_text(" · ".join([record["id"], *_list_owners(record), *notes]))
    room = console.width - cell_len(bullet) - 1
    joint = " · " if citations.cell_len + 3 + names.cell_len <= room else "\n"
    aside = _make_text(citations, joint, names, "\n")
    aside.stylize_before(_ASIDE)
    grid = _make_grid()
    grid.add_row(bullet, _make_text(claim, "\n", aside))
    console.print(grid)


def _list_owners(record: Record) -> list[str]:
    """Return whose a record is, in a library of several bases."""
    return [f"in {' and '.join(record['bases'])}"] if "bases" in record else []


def paint_lines(records: Iterable[Record], found: Iterable[Collection[str]]) -> Iterator[Verbatim]:
    """Yield the plain line of each hit, coloured: the same fields, tabs and all, never cut."""
    console = Console(file=sys.stdout, force_terminal=True, highlight=False, emoji=False, markup=False)
    for record, words in zip(records, found, strict=True):
        id, claim, *rest = format_plain_fact(record)
        with console.capture() as capture:
            console.print(_mark_words(claim, words), soft_wrap=True, end="")
        marked = capture.get()
        with console.capture() as capture:
            console.print(_make_text(("\t".join(rest), _ASIDE)), soft_wrap=True)
        yield Verbatim(f"{escape_controls(id)}\t{marked}\t{capture.get()}")


def _link_citation(citation: Record) -> Text:
    """Return the text of a citation, linked to its passage by OSC 8 (https://github.com/Alhadis/OSC8-Adoption)."""
    url = citation["url"] or ""
    # A terminal may hand an address to whatever program its scheme names.
    is_safe = re.match("https?://", url) and escape_controls(url) == url
    return _make_text((citation["text"], Style(link=url) if is_safe else ""))


def _mark_words(claim: str, found: Collection[str]) -> Text:
    """Return the claim with the *found* words marked."""
    text = _make_text(claim)
    for word in re.finditer(_WORD, text.plain):
        if any(part in found for part in split_words(word[0])):
            text.stylize(_MATCHED, word.start(), word.end())
    return text


def _end_page(console: Console) -> Verbatim:
    """Return what *console* kept, without the blanks with which Rich fills its lines, so that it can be pasted."""
    # Rich numbers its links by chance, which nothing needs.
    page = re.sub(r"\x1b\]8;id=[^;]*;", "\x1b]8;;", console.end_capture())
    code = r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\"
    return Verbatim(re.sub(rf"(?: |{code})+$", lambda match: match[0].replace(" ", ""), page, flags=re.MULTILINE))


def _open_console(width: int) -> Console:
    """Return a console that keeps a page for ``end_capture``, coloured as the terminal and NO_COLOR have it."""
    # With a height as well, or Rich takes a dumb terminal to be 80 columns wide.
    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False, width=width, height=25)
    console.begin_capture()
    return console
