"""What can be read besides the answers of tools: the sources, the topics, the styles, and a fact whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers.documents import count_records, describe_head, narrow_records
from rightscli.errors import NotFoundError
from rightscli.records import make_document
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.answers import Library
    from rightscli.records import Record


class ListedResource(NamedTuple):
    """A resource as it is listed; its address begins with ``rights://``."""

    name: str
    title: str
    description: str

    @property
    def uri(self) -> str:
        """Its address."""
        return f"rights://{self.name}"


RESOURCES = (
    ListedResource("sources", "Sources", "The works that the facts cite, as they stand in a list of works."),
    ListedResource("topics", "Topics", "What the base covers: topics as a tree, with how many facts each has."),
    ListedResource("styles", "Citation styles", "The names that cite takes, each with an example."),
)
FACT = ListedResource("fact/{id}", "A fact", "One fact whole, with its anchors, terms and citations.")
"""The template of a fact's address."""

_SOURCE_FIELDS = ("id", "text", "alias", "unit", "facts", "attached", "newer_edition", "bases")
_TOPIC_FIELDS = ("id", "label", "alt", "broader", "facts", "bases")
_STYLE_FIELDS = ("id", "title", "kind", "shows", "example")


def read_resource(library: Library, uri: str) -> Record:
    """Return the document at the address *uri*; raise NotFoundError where there is none."""
    name = uri.removeprefix("rights://")
    if name == "sources":
        from rightscli.answers.sources import describe_sources

        return _make_list("sources", library, describe_sources(library).sources, _SOURCE_FIELDS)
    if name == "topics":
        from rightscli.answers.topics import read_topics

        return _make_list("topics", library, [record for _, record in read_topics(library)], _TOPIC_FIELDS)
    if name == "styles":
        from rightscli.answers.styles import describe_styles

        return _make_list("styles", library, describe_styles(library).styles, _STYLE_FIELDS)
    if name.startswith("fact/"):
        return _read_fact(library, name.removeprefix("fact/"))
    known = ", ".join(one.uri for one in (*RESOURCES, FACT))
    raise NotFoundError(f"no resource '{shorten_text(uri)}'", hint=f"any of {known}")


def _read_fact(library: Library, id: str) -> Record:
    from urllib.parse import unquote

    from rightscli.answers.show import describe_targets, show_refs

    answer = show_refs(library, unquote(id))
    if answer.faults or not all(target.fact for target, _ in answer.groups):
        raise answer.faults[0] if answer.faults else NotFoundError(f"'{shorten_text(id)}' is no fact")
    more = count_records(len(answer.facts)) | {"refs": describe_targets(answer.groups)}
    index = library.index
    told = [*index.warnings, *answer.warnings]
    return make_document("show", describe_head(index), answer.facts, **more, warnings=told)


def _make_list(document: str, library: Library, records: Sequence[Record], fields: Sequence[str]) -> Record:
    index = library.index
    narrowed = list(narrow_records(records, fields))
    more = count_records(len(narrowed)) | {"fields": list(fields)}
    return make_document(document, describe_head(index), narrowed, **more, warnings=list(index.warnings))
