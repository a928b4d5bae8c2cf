"""The parts of a page: facts, topics, a timeline and sources, as HTML in which every text of a base is only text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rightscli.browse.filling import mark_link, mark_text
from rightscli.cite.links import link_passage
from rightscli.passages import read_locator, read_numbering
from rightscli.text.edtf import parse_edtf
from rightscli.text.folding import count_noun

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from rightscli.records import Record

MOST = 200
"""How many facts a page has as elements: a browser takes a second for a thousand. More stand as text until they are shown."""


def _link_fact(id: str, text: str) -> str:
    return f'<a href="#{mark_text(id)}">{mark_text(text)}</a>'


def _write_late(html: str) -> str:
    """Return *html* as a browser that runs the page's script leaves it: unread until it is shown."""
    return f"<noscript>{html}</noscript>"


def _fold_part(head: str, html: str, *, late: bool, source: str = "") -> str:
    """Return a part of the page below its *head*: open, or folded and *late*."""
    name = f' data-source="{mark_text(source)}"' if source else ""
    opened, inner = ("", _write_late(html)) if late else (" open", html)
    return f"<details{name}{opened}><summary>{head}</summary>\n{inner}\n</details>"


def render_browsed_facts(facts: Sequence[Record], labels: Mapping[str, str], sources: Mapping[str, Record]) -> str:
    """Return an article for each of *facts*; *labels* are those of the topics that the page has."""
    ids = {fact["id"] for fact in facts}
    articles = [_render_article(fact, labels, sources, ids) for fact in facts]
    return "\n".join([*articles[:MOST], *map(_write_late, articles[MOST:])])


def _name_passage(citation: Record, source: Record) -> str:
    """Return the address on the page of the first passage that a fact rests on; none of a source without passages."""
    first = read_locator(citation, source).first
    passages = source["paragraphs"]
    return f"passage:{mark_text(source['id'])}:{mark_text(passages[first - 1]['number'])}" if first and passages else ""


def _render_article(fact: Record, labels: Mapping[str, str], sources: Mapping[str, Record], ids: Container[str]) -> str:
    id, claim, gone = mark_text(fact["id"]), mark_text(fact["claim"]), fact.get("retracted")
    lines = [f'<article id="{id}">']
    lines += [f'<span id="{mark_text(name)}"></span>' for name in fact.get("was", ()) if name not in ids]
    lines.append(f'<p class="claim">{f"<s>{claim}</s>" if gone else claim}</p>')
    if gone:
        instead = f" · in its place: {_link_fact(gone['for'], gone['for'])}" if gone["for"] in ids else ""
        told = f"on {mark_text(gone['on'])}: {mark_text(gone['because'])}{instead}"
        lines.append(f'<p class="gone"><strong>Retracted</strong> {told}</p>')
    if fact["according_to"]:
        lines.append(f'<p class="by">According to {mark_text(fact["according_to"])}</p>')
    for one in fact["citations"]:
        unproven = "" if one.get("proven", True) else " not proven by a copy"
        ref = f"<code>{mark_text(one['ref'])}</code>"
        if row := _name_passage(one, sources[one["source"]]):
            ref = f'<a href="#{row}">{ref}</a>'
        lines.append(f"<p>{mark_link(one['text'], one['url'])} {ref}{unproven}</p>")
    more = [f'<a class="self" href="#{id}">#{id}</a>']
    more += [f"<span>{mark_text(fact['date'])}</span>"] if fact["date"] else []
    more += [f"in {mark_text(' and '.join(fact['bases']))}"] if "bases" in fact else []
    more += [f'<a href="#topic:{mark_text(id)}">{mark_text(labels[id])}</a>' for id in fact["topics"] if id in labels]
    return "\n".join([*lines, f'<p class="small">{" · ".join(more)}</p>\n</article>'])


def render_topic_tree(topics: Iterable[tuple[int, Record, int]]) -> str:
    """Return the tree of *topics*, which come with their depth, the broader first, and how many facts are on them."""
    lines, open_lists = [], 0
    for depth, record, count in topics:
        # A broader topic that the page has not leaves no gap.
        depth = min(depth + 1, open_lists + 1)
        lines.append("<ul>" if depth > open_lists else "</li>" + "</ul></li>" * (open_lists - depth))
        open_lists = depth
        id = mark_text(record["id"])
        lines.append(f'<li><a id="topic:{id}" href="#topic:{id}">{mark_text(record["label"])}</a> ({count})')
    # Each list but the outermost stands in an item of another.
    return "\n".join([*lines, "</li></ul>" * open_lists])


def render_timeline(facts: Iterable[Record]) -> str:
    """Return the facts that have a date, and hold, by the year in which it begins, the earliest first."""
    years: dict[int, list[tuple[date, Record]]] = {}
    for fact in facts:
        if fact["date"] and not fact.get("retracted"):
            begins = _begin_date(fact["date"])
            years.setdefault(begins.year, []).append((begins, fact))
    late = sum(map(len, years.values())) > MOST
    parts = []
    for year, dated in sorted(years.items()):
        rows = (
            f"<li><span>{mark_text(fact['date'])}</span> {_link_fact(fact['id'], fact['claim'])}</li>"
            for _, fact in sorted(dated, key=lambda pair: pair[0])
        )
        head = f'<h3>{year}</h3> <span class="small">{count_noun(len(dated), "fact")}</span>'
        parts.append(_fold_part(head, "\n".join(["<ul>", *rows, "</ul>"]), late=late))
    return "\n".join(parts) or "<p>No fact has a date.</p>"


def _begin_date(text: str) -> date:
    """Return the first day of a date, or of one without a beginning its last."""
    first, last = parse_edtf(text)
    return first or last or date.min


def render_passages(facts: Sequence[Record], sources: Mapping[str, Record]) -> str:
    """Return each source with its passages, and the facts that rest on each."""
    resting: dict[tuple[str, int], dict[str, None]] = {}
    of_source: dict[str, set[str]] = {}
    for fact in facts:
        for one in fact["citations"]:
            of_source.setdefault(one["source"], set()).add(fact["id"])
            for position in read_locator(one, sources[one["source"]]).positions:
                resting.setdefault((one["source"], position), {})[fact["id"]] = None
    late = len(facts) > MOST or sum(len(source["paragraphs"]) for source in sources.values()) > MOST
    return "\n".join(
        _render_source(
            source,
            len(of_source.get(key, ())),
            [list(resting.get((key, at), ())) for at in range(1, len(source["paragraphs"]) + 1)],
            late=late,
        )
        for key, source in sources.items()
    )


def _render_source(source: Record, count: int, resting: Sequence[Sequence[str]], *, late: bool) -> str:
    """Return a source of which *count* facts are; *resting* are the ids of those on each of its passages."""
    name = mark_text(source["id"])
    counts = [count_noun(count, "fact"), *([count_noun(len(resting), "passage")] if resting else [])]
    head = f'<h3>{name}</h3> <span class="small">{", ".join(counts)}</span>'
    work = f"<p>{mark_link(source['text'] or source['id'], source['csl'].get('URL'))}</p>"
    if not resting:
        return _fold_part(head, work, late=False)
    lines = [f'{work}\n<div class="scroll" role="region" tabindex="0" aria-label="Passages of {name}"><table>']
    lines.append(
        '<thead><tr><th scope="col">Passage</th><th scope="col">Words</th><th scope="col">Facts</th></tr></thead>'
    )
    section = ""
    group: list[str] = []
    for position, (passage, ids) in enumerate(zip(source["paragraphs"], resting, strict=True), 1):
        if passage["section"] != section and group:
            lines.append(_group_rows(section, group))
            group = []
        section = passage["section"]
        group.append(_render_passage(source, position, ids))
    lines.append(_group_rows(section, group))
    return _fold_part(head, "\n".join([*lines, "</table></div>"]), late=late, source=source["id"])


def _group_rows(section: str, rows: Sequence[str]) -> str:
    """Return the rows of a section's passages below its name."""
    head = [f'<tr><th scope="rowgroup" colspan="3">{mark_text(section)}</th></tr>'] if section else []
    return "\n".join(["<tbody>", *head, *rows, "</tbody>"])


def _render_passage(source: Record, position: int, ids: Sequence[str]) -> str:
    passage = source["paragraphs"][position - 1]
    address = link_passage(source, [read_numbering(source).locate_positions(position, position)])
    words = " … ".join(mark_text(words) for words in (passage["begins"], passage["ends"]) if words)
    links = ", ".join(_link_fact(id, id) for id in ids)
    return (
        f'<tr id="passage:{mark_text(source["id"])}:{mark_text(passage["number"])}">'
        f"<td>{mark_link(passage['ref'], address)}</td>"
        f"<td>{words}</td><td>{count_noun(len(ids), 'fact')}{': ' if links else ''}{links}</td></tr>"
    )
