"""Facts as one HTML file that a browser opens from the disk: to search, to read, to cite, to print.

What it looks words and citations up in is written here; its script knows no rule about text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.browse.citations import tabulate_citations
from rightscli.browse.lookup import make_word_table
from rightscli.browse.parts import mark_text, render_browsed_facts, render_passages, render_timeline, render_topic_tree
from rightscli.tables import read_text
from rightscli.text.folding import count_noun
from rightscli.text.inert import dump_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.index.queries import Index
    from rightscli.records import Record


def render_base(facts: Sequence[Record], index: Index, *, whole: bool) -> str:
    """Return the page of *facts* with the topics and sources that they have; of the *whole* base, with all that it has."""
    cited = {citation["source"] for fact in facts for citation in fact["citations"]}
    keys = [key for key in index.list_sources() if whole or key in cited]
    sources = {key: source for key in keys if (source := index.get_source(key))}
    topics = _place_topics(facts, index, whole=whole)
    style, script = read_text("browse/page.css"), read_text("browse/page.js")
    table = {
        "words": make_word_table(facts, [(record, places) for _, record, places in topics]),
        "topics": {record["id"]: places for _, record, places in topics},
        **tabulate_citations(facts, sources, index),
    }
    parts = {
        "title": mark_text(index.title),
        "scope": mark_text(index.scope),
        "topics": render_topic_tree([(depth, record, len(places)) for depth, record, places in topics]),
        "facts": render_browsed_facts(facts, {record["id"]: record["label"] for _, record, _ in topics}),
        "timeline": render_timeline(facts),
        "sources": render_passages(facts, sources),
        "colophon": mark_text(
            f"{count_noun(len(facts), 'fact')}; edition {index.edition}; SHA-256 of the base: {index.sha256}"
        ),
        # Nothing in it may end the element that it stands in.
        "table": dump_json(table).replace("<", "\\u003c"),
        "style": style,
        "script": script,
        "style_hash": _hash_element(style),
        "script_hash": _hash_element(script),
    }
    # In one pass, so that no text of a base is taken for a slot.
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: parts[slot[1]], read_text("browse/page.html"))


def _place_topics(facts: Sequence[Record], index: Index, *, whole: bool) -> list[tuple[int, Record, list[int]]]:
    """Return each topic's depth, its record, and the places among *facts* of those on it; retracted facts are on none."""
    places = {index.find_place(fact["id"]): at for at, fact in enumerate(facts)}
    found = []
    for depth, record in index.list_topics():
        mine = [places[place] for place in index.list_places("topic", record["id"]) if place in places]
        if mine or whole:
            found.append((depth, record, mine))
    return found


def _hash_element(content: str) -> str:
    """Return what allows an inline element with this *content* in a Content-Security-Policy."""
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
