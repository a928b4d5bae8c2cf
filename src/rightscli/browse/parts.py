"""The parts of a page: facts, topics, a timeline and sources, as HTML in which every text of a base is only text."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from rightscli.cite.links import link_passage
from rightscli.passages import read_locator, read_numbering
from rightscli.text.addresses import is_web_address
from rightscli.text.edtf import parse_edtf
from rightscli.text.folding import count_noun
from rightscli.text.inert import escape_controls

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from rightscli.records import Record


def mark_text(text: str) -> str:
    """Return *text* as HTML that shows it, in an attribute or outside, and does nothing."""
    return escape(escape_controls(text))


def _link_text(text: str, address: str | None) -> str:
    """Return *text* linked to *address*, if that is one that a browser opens and does not run."""
    if not address or not is_web_address(address):
        return mark_text(text)
    return f'<a href="{mark_text(address)}" rel="noreferrer">{mark_text(text)}</a>'


def _link_fact(id: str, text: str) -> str:
    return f'<a href="#{mark_text(id)}">{mark_text(text)}</a>'


def render_browsed_facts(facts: Sequence[Record], labels: Mapping[str, str]) -> str:
    """Return an article for each of *facts*; *labels* are those of the topics that the page has."""
    ids = {fact["id"] for fact in facts}
    return "\n".join(_render_article(fact, labels, ids) for fact in facts)


def _render_article(fact: Record, labels: Mapping[str, str], ids: Container[str]) -> str:
    claim, gone = mark_text(fact["claim"]), fact.get("retracted")
    lines = [f'<article id="{mark_text(fact["id"])}">']
    lines += [f'<span id="{mark_text(name)}"></span>' for name in fact.get("was", ()) if name not in ids]
    lines.append(f'<p class="claim">{f"<s>{claim}</s>" if gone else claim}</p>')
    if gone:
        instead = f"; {_link_fact(gone['for'], gone['for'])} stands for it" if gone["for"] in ids else ""
        lines.append(
            f"<p><strong>Retracted</strong> on {mark_text(gone['on'])}: {mark_text(gone['because'])}{instead}</p>"
        )
    if fact["according_to"]:
        lines.append(f"<p>According to {mark_text(fact['according_to'])}</p>")
    for one in fact["citations"]:
        unproven = "" if one.get("proven", True) else ", not proven by a copy"
        ref = f'<span class="small">{mark_text(one["ref"])}{unproven}</span>'
        lines.append(f"<p>{_link_text(one['text'], one['url'])} {ref}</p>")
    topics = [f'<a href="#topic:{mark_text(id)}">{mark_text(labels[id])}</a>' for id in fact["topics"] if id in labels]
    more = [f'<a class="self" href="#{mark_text(fact["id"])}">#{mark_text(fact["id"])}</a>']
    more += [f"<time>{mark_text(fact['date'])}</time>"] if fact["date"] else []
    lines.append(f'<p class="small">{" · ".join((*more, *topics))}</p>')
    lines.append("<details hidden><summary>Cite in every style</summary></details>\n</article>")
    return "\n".join(lines)


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
    return "\n".join([*lines, "</li></ul>" * open_lists])


def render_timeline(facts: Iterable[Record]) -> str:
    """Return the facts that have a date, and hold, by the year in which it begins, the earliest first."""
    dated = [(_begin_date(fact["date"]), fact) for fact in facts if fact["date"] and not fact.get("retracted")]
    lines, year = [], 0
    for begins, fact in sorted(dated, key=lambda pair: pair[0]):
        if begins.year != year:
            lines += (["</ul>"] if year else []) + [f"<h3>{begins.year}</h3>\n<ul>"]
            year = begins.year
        lines.append(f"<li><time>{mark_text(fact['date'])}</time> {_link_fact(fact['id'], fact['claim'])}</li>")
    return "\n".join([*lines, "</ul>"]) if year else "<p>No fact has a date.</p>"


def _begin_date(text: str) -> date:
    """Return the first day of a date, or of one without a beginning its last."""
    first, last = parse_edtf(text)
    return first or last or date.min


def render_passages(facts: Iterable[Record], sources: Mapping[str, Record]) -> str:
    """Return each source with its passages, and the facts that rest on each."""
    resting: dict[tuple[str, int], list[Record]] = {}
    of_source: dict[str, set[str]] = {}
    for fact in facts:
        for one in fact["citations"]:
            of_source.setdefault(one["source"], set()).add(fact["id"])
            for position in read_locator(one, sources[one["source"]]).positions:
                held = resting.setdefault((one["source"], position), [])
                held += [fact] if fact not in held else []
    return "\n".join(
        _render_source(source, len(of_source.get(key, ())), {at: resting.get((key, at), []) for at in _count(source)})
        for key, source in sources.items()
    )


def _count(source: Record) -> range:
    return range(1, len(source["paragraphs"]) + 1)


def _render_source(source: Record, count: int, resting: Mapping[int, Sequence[Record]]) -> str:
    head = _link_text(source["text"] or source["id"], source["csl"].get("URL"))
    lines = [f"<h3>{mark_text(source['id'])}</h3>\n<p>{head}</p>\n<p>{count_noun(count, 'fact')}</p>"]
    if not resting:
        return lines[0]
    name = mark_text(source["id"])
    lines.append(f'<div class="scroll" role="region" tabindex="0" aria-label="Passages of {name}"><table>')
    lines.append(
        '<thead><tr><th scope="col">Passage</th><th scope="col">Words</th><th scope="col">Facts</th></tr></thead>'
    )
    section = ""
    for position, passage in enumerate(source["paragraphs"], 1):
        if passage["section"] != section:
            section = passage["section"]
            lines.append(f'<tr><th scope="colgroup" colspan="3">{mark_text(section)}</th></tr>')
        lines.append(_render_passage(source, position, resting[position]))
    return "\n".join([*lines, "</table></div>"])


def _render_passage(source: Record, position: int, facts: Sequence[Record]) -> str:
    passage = source["paragraphs"][position - 1]
    address = link_passage(source, [read_numbering(source).locate_positions(position, position)])
    words = " … ".join(mark_text(words) for words in (passage["begins"], passage["ends"]) if words)
    links = ", ".join(_link_fact(fact["id"], fact["id"]) for fact in facts)
    return (
        f'<tr id="passage:{mark_text(source["id"])}:{mark_text(passage["number"])}">'
        f"<td>{_link_text(passage['ref'], address)}</td>"
        f"<td>{words}</td><td>{len(facts)}{': ' if links else ''}{links}</td></tr>"
    )
