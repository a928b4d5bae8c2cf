"""The names of a base in memory: what ``refs`` asks of an index, without one of a file that is about to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.base.paths import describe_bases, name_bases
from rightscli.records import make_fact_record, make_source_record, make_topic_record
from rightscli.text.folding import fold_text

if TYPE_CHECKING:
    from rightscli.base.model import FactBase
    from rightscli.records import Record


class BaseLookup:
    """The sources, facts and topics of *base* by name (see ``refs.Lookup``)."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._sources: dict[str, Record] = {}
        self._facts = {fact.id: fact for fact in base.facts}
        self._labels: dict[str, list[tuple[int, str]]] = {}
        for id, topic in base.topics.items():
            for rank, names in enumerate(((id, topic.label), topic.alt, topic.hidden)):
                for name in names:
                    self._labels.setdefault(fold_text(name), []).append((rank, id))

    def get_source(self, key: str) -> Record | None:
        """Return the record of the source *key*, or None."""
        key = self.drop_name(key)
        if key in self._base.sources and key not in self._sources:
            self._sources[key] = make_source_record(self._base.sources[key])
        return self._sources.get(key)

    def get_fact(self, id: str) -> Record | None:
        """Return the record of the fact *id*, without its citations, or None."""
        id = self.drop_name(id)
        return make_fact_record(self._facts[id], ()) if id in self._facts else None

    def find_former(self, name: str) -> str | None:
        """Return what the source or fact is called now that went by *name* before, or None."""
        named = [(source.was, key) for key, source in self._base.sources.items()]
        named += [(fact.was, id) for id, fact in self._facts.items() if fact.was]
        return next((now for was, now in named if name in was), None)

    def drop_name(self, name: str) -> str:
        """Return what ``base/name`` is in *base*, and any other name as it is."""
        return name.removeprefix(f"{name_bases([self._base.path])[0]}/") if "/" in name else name

    def list_rivals(self, name: str) -> list[str]:
        """Return nothing: there is one base."""
        return []

    def describe(self) -> str:
        """Return the base's title with its name."""
        return describe_bases([{"title": self._base.title, "name": name_bases([self._base.path])[0]}])

    def find_topics(self, name: str) -> list[Record]:
        """Return the topics that go by *name*: by id or label, else by an other label, else by a hidden one."""
        found = self._labels.get(fold_text(name)) or self._labels.get(fold_text(self.drop_name(name)), [])
        first = min((rank for rank, _ in found), default=0)
        ids = dict.fromkeys(id for rank, id in found if rank == first)
        return [make_topic_record(self._base.topics[id], narrower=(), count=0) for id in ids]

    def list_sources(self) -> list[str]:
        """Return the keys of the sources."""
        return list(self._base.sources)

    def list_templates(self, source: str) -> list[str]:
        """Return the texts of every citation of *source* that was compiled, with their slots, but for lists of works."""
        from rightscli.index.building import read_styles

        forms, _ = read_styles(self._base.path, {source: self._base.sources[source]})
        kinds = [one[form] for one in forms[source].values() for form in ("citation", "short", "ibid") if form in one]
        return list(dict.fromkeys(text for kind in kinds for text, _ in kind.values()))

    def list_names(self, table: str, like: str = "") -> list[str]:
        """Return the ids of the facts (``facts``) or the topics' labels (``labels``), of which *like* may be a slip."""
        names = self._facts if table == "facts" else self._labels
        return sorted(name for name in names if len(names) < _FEW or name[:2] == like[:2])


_FEW = 20_000
"""Of more names, only those are near that begin alike."""
