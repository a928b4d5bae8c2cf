"""The topics as a tree, or the facts of one."""

from collections.abc import Sequence
from typing import NamedTuple

from rightscli.answers import Library, clean_text
from rightscli.errors import NotFoundError, RightsError
from rightscli.records import Record


class TopicAnswer(NamedTuple):
    """One topic's record and its *facts*, narrower topics' included; *faults* says that there is no topic, or no fact."""

    topic: Record | None
    facts: Sequence[Record]
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def read_topics(library: Library) -> list[tuple[int, Record]]:
    """Return each topic's depth in the tree, from 0, and its record, the broader before the narrower."""
    return library.index.list_topics()


def read_topic(library: Library, name: str, *, style: str | None = None) -> TopicAnswer:
    """Return the facts on the topic that goes by *name*: its id, its label or another of its labels, in any case."""
    from rightscli.answers.facts import list_uncompiled, restyle_facts
    from rightscli.refs import find_topic

    index = library.index
    try:
        topic = find_topic(clean_text(name), index)
    except NotFoundError as fault:
        return TopicAnswer(None, (), (), [fault])
    plain = index.get_facts(index.list_places("topic", topic["id"]))
    faults = [] if plain else [NotFoundError(f"no fact on {topic['label']}")]
    facts = list(restyle_facts(plain, library, style))
    return TopicAnswer(topic, facts, list_uncompiled(plain, library, style), faults)
