"""Facts as one HTML file that a browser opens from the disk: to search, to read, to cite, to print.

What it looks words and citations up in is written here; its script knows no rule about text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.browse.citations import tabulate_citations
from rightscli.browse.filling import fill_page, mark_text
from rightscli.browse.lookup import list_folded_letters, make_word_table
from rightscli.browse.parts import render_browsed_facts, render_passages, render_timeline, render_topic_tree
from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.text.folding import count_noun
from rightscli.text.inert import dump_json
from rightscli.text.slips import count_slips

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized

    from rightscli.index.queries import Index
    from rightscli.records import Record


def render_base(facts: Sequence[Record], index: Index, *, whole: bool) -> str:
    """Return the page of *facts* with the topics and sources that they have; of the *whole* base, with all that it has."""
    cited = {citation["source"] for fact in facts for citation in fact["citations"]}
    keys = [key for key in index.list_sources() if whole or key in cited]
    sources = {key: source for key in keys if (source := index.get_source(key))}
    topics = _place_topics(facts, index, whole=whole)
    table = {
        "words": make_word_table(facts, [(record, positions) for _, record, positions in topics]),
        "topics": {record["id"]: positions for _, record, positions in topics},
        "letters": list_folded_letters(),
        "stopped": sorted(STOP_WORDS),
        "generic": sorted(GENERIC_WORDS),
        "slip": next(length for length in range(1, 20) if count_slips("a" * length)),
        **tabulate_citations(facts, sources, index),
    }
    parts = {
        "title": mark_text(index.title),
        "scope": _tell_scope(index),
        "summary": _count_parts(facts, topics, sources, index, whole=whole),
        "topics": render_topic_tree([(depth, record, len(positions)) for depth, record, positions in topics]),
        "facts": render_browsed_facts(facts, {record["id"]: record["label"] for _, record, _ in topics}, sources),
        "timeline": render_timeline(facts),
        "sources": render_passages(facts, sources),
        "colophon": "\n".join(_identify_base(base) for base in index.bases),
        # Nothing in it may end the element that it stands in.
        "table": dump_json(table).replace("<", "\\u003c"),
    }
    return fill_page("page.html", parts, styles=["page.css"], script="page.js")


def _tell_scope(index: Index) -> str:
    """Return what the base covers; of several, what each does."""
    titles = [f"<strong>{mark_text(base['title'])}</strong>: " if len(index.bases) > 1 else "" for base in index.bases]
    scopes = (f"<p>{title}{mark_text(base['scope'])}</p>" for title, base in zip(titles, index.bases, strict=True))
    return "\n".join(scopes)


def _count_parts(facts: Sized, topics: Sized, sources: Sized, index: Index, *, whole: bool) -> str:
    part = "" if whole else f" of {index.count:,}"
    counts = (count_noun(len(topics), "topic"), count_noun(len(sources), "source"))
    told = f"{count_noun(len(facts), 'fact')}{part} on {counts[0]}, from {counts[1]}"
    return told if len(index.bases) > 1 else f"{told}; edition {mark_text(index.edition)}"


def _identify_base(base: Record) -> str:
    """Return what tells a base, and its edition, from every other."""
    return (
        f"<p>{mark_text(base['title'])}: edition {mark_text(base['edition'])}, {count_noun(base['facts'], 'fact')};"
        f" SHA-256 <code>{base['sha256']}</code></p>"
    )


def _place_topics(facts: Sequence[Record], index: Index, *, whole: bool) -> list[tuple[int, Record, list[int]]]:
    """Return each topic's depth, record, and the positions among *facts* of those on it; retracted facts are on none."""
    positions = {index.find_place(fact["id"]): at for at, fact in enumerate(facts)}
    found = []
    for depth, record in index.list_topics():
        mine = [positions[place] for place in index.list_places("topic", record["id"]) if place in positions]
        if mine or whole:
            found.append((depth, record, mine))
    return found
