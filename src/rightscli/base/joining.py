"""Several bases → one name space: what is the same in them is there once, and names that clash are told apart.

The same key with the same passages is one source, the same id with a label of any sort in common one topic, the same id with
the same claim, citations and the rest one fact. Any other name that two bases use goes by ``base/name`` in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rightscli.base.model import Citation, Fact, Source, Topic
from rightscli.text.folding import fold_text


class BasePart(NamedTuple):
    """One of several bases: its *name*, its *file*, and what it holds; *facts* are read once."""

    name: str
    file: str
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    facts: Iterable[Fact]


class Clash(NamedTuple):
    """A *name* that stands for several things of a *kind*: what each goes by now, in which file it stands, and on which line."""

    kind: str
    name: str
    choices: tuple[str, ...]
    files: tuple[str, ...]
    lines: tuple[int, ...]

    def __str__(self) -> str:
        """The clash in a sentence, with the way out."""
        return (
            f"the {self.kind} '{self.name}' is not the same in {' and in '.join(self.files)}:"
            f" write {' or '.join(self.choices)}"
        )


class Revision(NamedTuple):
    """What the fact at a *place*, counted without those that were there before, is called in the end, and whose it is."""

    place: int
    old: str
    new: str
    bases: list[str]


class _Group(NamedTuple):
    """What several bases, by their numbers, have under one name, and is the same."""

    numbers: list[int]
    things: list[Any]


class BaseJoiner:
    """Bases → their sources, topics and facts under names that are one base's own, for the length of one build.

    After the last fact, *revisions* are the facts that have another id than their own, or are several bases', and *clashes*
    everything that several bases call alike.
    """

    def __init__(self, parts: Sequence[BasePart]) -> None:
        self.parts = parts
        self.clashes: list[Clash] = []
        self.revisions: list[Revision] = []
        self._owners: dict[tuple[str, str], list[int]] = {}
        sources, self._keys = self._join_names("source", [part.sources for part in parts], _are_one_source)
        topics, self._topics = self._join_names("topic", [part.topics for part in parts], _are_one_topic)
        self.sources = {key: self._rename_source(key, group) for key, group in sources.items()}
        self.topics = {id: self._unite_topics(id, group) for id, group in topics.items()}
        for id, group in topics.items():
            self._add_broader(id, group)

    def name_bases(self, kind: str, id: str) -> list[str]:
        """Return the names of the bases that have the source or topic that goes by *id*."""
        return [self.parts[number].name for number in self._owners[kind, id]]

    def list_twins(self, key: str) -> list[tuple[BasePart, str]]:
        """Return each base that has the source *key* just as the first has it, with the key that it has there."""
        numbers = self._owners["source", key]
        name = key.rpartition("/")[2]
        first = self.parts[numbers[0]].sources[name]
        return [(part, name) for part in map(self.parts.__getitem__, numbers) if part.sources[name] == first]

    def join_facts(self) -> Iterator[tuple[int, Fact, bool]]:
        """Yield each fact of every base, in order, citing by the new names, with the number of its base, and whether the same
        was there before."""
        known: dict[str, list[tuple[int, list[int], Fact]]] = {}
        place = 0
        for number, part in enumerate(self.parts):
            for own in part.facts:
                if len(self.parts) == 1:
                    yield 0, own, False
                    continue
                fact = self._rename_cited(number, own)
                others = known.setdefault(fact.id, [])
                same = next((numbers for _, numbers, other in others if other == fact), None)
                if same is None:
                    others.append((place, [number], fact))
                    place += 1
                else:
                    same.append(number)
                yield number, fact, same is not None
        for id, found in known.items():
            self._settle_facts(id, found)
        self.revisions.sort()

    def _settle_facts(self, id: str, found: Sequence[tuple[int, list[int], Fact]]) -> None:
        """Name apart the facts *found* under one *id*, and those of a base for which another one's source goes by it."""
        owners = self._owners.get(("source", id), [])
        strangers = [one for one in found if owners and not set(one[1]) <= set(owners)]
        clashing = found if len(found) > 1 else strangers
        for place, numbers, fact in found:
            names = [self.parts[number].name for number in numbers]
            new = f"{names[0]}/{id}" if clashing else id
            if clashing or len(names) > 1:
                self.revisions.append(Revision(place, fact.id, new, names))
        if not clashing:
            return
        spots = [(f"{self.parts[numbers[0]].name}/{id}", numbers[0], fact.line) for _, numbers, fact in found]
        if strangers:
            spots.append((id, owners[0], self.sources[id].line))
        choices = tuple(choice for choice, _, _ in spots)
        files = tuple(self.parts[number].file for _, number, _ in spots)
        lines = tuple(line for _, _, line in spots)
        self.clashes.append(Clash("fact or source" if strangers else "fact", id, choices, files, lines))

    def _join_names(
        self, kind: str, tables: Sequence[Mapping[str, Any]], are_one: Callable[[Any, Any], bool]
    ) -> tuple[dict[str, _Group], list[dict[str, str]]]:
        """Return what *tables*, one a base, hold by its new name, and the new name of each by its old one, for each base.

        *are_one* tells whether two things of one name are the same.
        """
        groups: dict[str, list[_Group]] = {}
        for number, table in enumerate(tables):
            for name, thing in table.items():
                several = groups.setdefault(name, [])
                group = next((one for one in several if any(are_one(other, thing) for other in one.things)), None)
                if group is None:
                    several.append(group := _Group([], []))
                group.numbers.append(number)
                group.things.append(thing)
        found: dict[str, _Group] = {}
        renamed: list[dict[str, str]] = [{} for _ in tables]
        for name, several in groups.items():
            for group in several:
                new = name if len(several) == 1 else f"{self.parts[group.numbers[0]].name}/{name}"
                found[new] = group
                self._owners[kind, new] = group.numbers
                for number in group.numbers:
                    renamed[number][name] = new
            if len(several) > 1:
                first = [(group.numbers[0], group.things[0]) for group in several]
                choices = tuple(f"{self.parts[number].name}/{name}" for number, _ in first)
                files = tuple(self.parts[number].file for number, _ in first)
                self.clashes.append(Clash(kind, name, choices, files, tuple(thing.line for _, thing in first)))
        order = {new: place for place, new in enumerate(new for table in renamed for new in table.values())}
        return {new: found[new] for new in sorted(found, key=lambda new: order[new])}, renamed

    def _rename_source(self, key: str, group: _Group) -> Source:
        source: Source = group.things[0]
        older = self._keys[group.numbers[0]].get(source.edition_of or "", source.edition_of)
        return source if (key, older) == (source.key, source.edition_of) else replace(source, key=key, edition_of=older)

    def _unite_topics(self, id: str, group: _Group) -> Topic:
        """Return one topic with the labels and relations that each base gives it, but for what is broader."""

        def unite(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(text for topic in group.things for text in getattr(topic, name)))

        related = (
            self._topics[number][other]
            for number, topic in zip(group.numbers, group.things, strict=True)
            for other in topic.related
        )
        first: Topic = group.things[0]
        labels = [topic.label for topic in group.things[1:]]
        alt = _drop_alike((*unite("alt"), *labels), (first.label,))
        hidden = _drop_alike(unite("hidden"), (first.label, *alt))
        return replace(first, id=id, alt=alt, hidden=hidden, broader=None, related=tuple(dict.fromkeys(related)))

    def _add_broader(self, id: str, group: _Group) -> None:
        """Give a topic the broader one that a base gives it, the first whose tree fits those before it."""
        for number, topic in zip(group.numbers, group.things, strict=True):
            broader = self._topics[number][topic.broader] if topic.broader else None
            above = broader
            while above and above != id:
                above = self.topics[above].broader
            if broader and above is None:
                self.topics[id] = replace(self.topics[id], broader=broader)
                return

    def _rename_cited(self, number: int, fact: Fact) -> Fact:
        keys, topics = self._keys[number], self._topics[number]
        citations = tuple(Citation(keys[one.source], one.locator) for one in fact.citations)
        named = tuple(topics[topic] for topic in fact.topics)
        return (
            fact
            if (citations, named) == (fact.citations, fact.topics)
            else replace(fact, citations=citations, topics=named)
        )


def _drop_alike(texts: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return *texts* without those that are alike, or like one that is *known*, when they are folded."""
    taken = {fold_text(text) for text in known}
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(fold_text(text), text)
    return tuple(text for folded, text in first.items() if folded not in taken)


def _are_one_source(one: Source, other: Source) -> bool:
    """Tell whether two sources are one: by their passages; and by the work, where nothing proves those."""
    passages, others = ([(passage.number, passage.sha256) for passage in each.paragraphs] for each in (one, other))
    is_proven = passages and all(sha256 for _, sha256 in passages)
    works = [(each.type, each.title, dict(each.dates)) for each in (one, other)]
    return one.unit == other.unit and passages == others and (bool(is_proven) or works[0] == works[1])


def _are_one_topic(one: Topic, other: Topic) -> bool:
    names, others = ({fold_text(name) for name in (each.label, *each.alt, *each.hidden)} for each in (one, other))
    return not names.isdisjoint(others)
