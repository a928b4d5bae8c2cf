"""The sources of a base, their paragraphs, and how much of each an attached copy proves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import clean_text
from rightscli.answers.copies import load_copies
from rightscli.errors import NotFoundError, RightsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.answers import Library
    from rightscli.records import Record


class SourcesAnswer(NamedTuple):
    """The records of *sources*, each with its ``paragraphs``; *faults* says that there is none of that name.

    ``attached`` counts in an attached copy the ``paragraphs``, and those ``proven`` to be the base's edition word for word.
    """

    sources: Sequence[Record]
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def describe_sources(library: Library, key: str | None = None) -> SourcesAnswer:
    """Return every source of the base, in its order, or the one with this *key*."""
    from rightscli.refs import find_source

    index = library.index
    keys = index.list_sources() if key is None else [clean_text(key)]
    try:
        sources = [find_source(one, index) for one in keys]
    except NotFoundError as fault:
        return SourcesAnswer((), (), [fault])
    copies = {copy.source: copy for copy in load_copies(library.copies, sources)}
    counts = {key: {"proven": len(copy.proven), "paragraphs": len(copy.texts)} for key, copy in copies.items()}
    return SourcesAnswer([source | {"attached": counts.get(source["id"])} for source in sources], (), ())
