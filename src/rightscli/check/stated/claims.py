"""The facts of a base, made ready for statements to be compared with them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from rightscli.check.stated.clues import Reading, read_statement
from rightscli.check.stated.names import Names, build_names
from rightscli.check.stated.quantities import find_shares
from rightscli.check.stated.roots import TOKEN, fold_word, gate_word, list_gates, list_opposed_roots, root_word
from rightscli.check.stated.signs import find_signs, pair_gaps
from rightscli.check.stated.thesaurus import Meaning, find_meaning, is_covered
from rightscli.text.edtf import parse_edtf
from rightscli.text.names import list_initials
from rightscli.text.places import Span, locate_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from rightscli.check.stated.names import NameSaid
    from rightscli.check.stated.quantities import Quantity
    from rightscli.text.dates import DateMention
    from rightscli.text.numbering import Numbering

Record = dict[str, Any]

_SIDE_CLAUSE = r",?\s(?:although|though|because|owing to|due to|while|whereas|despite)\s|;\s"
_ANCHOR, _TERM, _TOPIC = 0.95, 0.75, 0.5
"""How much of a word's weight is explained by an anchor, a term or a topic that holds it, but not the claim."""


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A fact made ready. *core* are the weights of its claim's roots and names, *sides* what its other words explain.

    *main* are the keys of *core* in its main clause, without what comes after *although* or *because*; none where it is all.
    *also* are the keys of the claim for which initials stand that its topic goes by as well: *NGOs*, of civil society.
    """

    id: str
    places: frozenset[tuple[str, int]]
    reading: Reading
    core: Mapping[str, float]
    sides: Mapping[str, float]
    side_signs: Mapping[str, int]
    names: tuple[NameSaid, ...]
    aside_names: tuple[NameSaid, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    span: tuple[date | None, date | None] | None
    main: frozenset[str]
    meanings: Mapping[str, Meaning]
    also: Mapping[str, frozenset[str]]
    speaker: str

    def list_kin(self, meaning: Meaning) -> Iterator[str]:
        """Yield the roots of its words that may mean what a word of this *meaning* does, or a kind of it."""
        return (root for root, base in self.meanings.items() if is_covered(meaning, base))


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """All facts of a base: *postings* say for each root of a text in which of *facts* it weighs how much.

    A root that is in very many facts has empty postings. *common* are the names of what the base is about, *authors*
    those of its sources' authors.
    """

    facts: tuple[Claim, ...]
    names: Names
    weights: Mapping[str, float]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    places: Mapping[tuple[str, int], tuple[int, ...]]
    common: frozenset[str]
    authors: frozenset[str]

    def list_beside(self, index: int) -> Iterator[int]:
        """Yield the facts of the passages that the fact at *index* rests on."""
        for place in sorted(self.facts[index].places):
            yield from self.places[place]

    def weigh(self, key: str) -> float:
        """Return how much *key*, a root or a name's key, tells: 1 what stands in one claim only, less what stands in more."""
        return self.weights.get(key, 0.75)


def prepare_claims(
    records: Iterable[Record], topics: Iterable[Record], numberings: Mapping[str, Numbering] | None = None
) -> Claims:
    """Return the facts of the fact *records* ready to be compared with; *topics* are the base's topic records.

    *numberings* say how each source numbers its passages, where the numbers are not their positions.
    """
    records, labels = list(records), {topic["id"]: topic for topic in topics}
    names = build_names(_collect_names(records, labels))
    readings = [read_statement(record["claim"], names) for record in records]
    known: Counter[str] = Counter(key for reading in readings for key in set(_list_keys(reading)))
    weights = {key: log(1 + len(records) / count) / log(1 + len(records)) for key, count in known.items()}
    facts = tuple(
        _make_claim(record, reading, labels, names, weights, numberings or {})
        for record, reading in zip(records, readings, strict=True)
    )
    places: dict[tuple[str, int], list[int]] = {}
    for index, fact in enumerate(facts):
        for place in fact.places:
            places.setdefault(place, []).append(index)
    countries = Counter(name.key for fact in facts for name in {name.key: name for name in fact.names}.values())
    common = frozenset(key for key, count in countries.items() if count > len(facts) / 3)
    idle = {
        gate_word(phrase[0]) for phrases in names.phrases.values() for phrase, _, key, _ in phrases if key in common
    }
    authors = frozenset(_list_authors(records))
    idle |= {gate_word(word) for author in authors for word in author.split()}
    return Claims(
        facts,
        names,
        weights,
        _index_facts(records, facts) | dict.fromkeys(idle - {""}, ()),
        {place: tuple(indexes) for place, indexes in places.items()},
        common,
        authors,
    )


def _list_keys(reading: Reading) -> Iterator[str]:
    """Yield the roots and the names' keys of a reading."""
    yield from (word.root for word in reading.words)
    yield from (f"={name.key}" for name in reading.names)


def _make_claim(
    record: Record,
    reading: Reading,
    labels: Mapping[str, Record],
    names: Names,
    weights: Mapping[str, float],
    numberings: Mapping[str, Numbering],
) -> Claim:
    """Return a fact's record made ready."""
    core = {key: weights[key] for key in dict.fromkeys(_list_keys(reading))}
    anchors = [read_statement(text, names) for text in record["anchors"]]
    sides = {key: _ANCHOR for other in anchors for key in _list_keys(other)}
    aside = [name for other in anchors for name in other.names]
    for text in record["terms"]:
        told = _read_term(text, names)
        aside.extend(told.names)
        for key in told.keys:
            sides.setdefault(key, _TERM)
    for topic in record["topics"]:
        for text in _list_labels(labels.get(topic)):
            for key in _read_term(text, names).keys:
                sides.setdefault(key, _TOPIC)
    quantities = (*reading.quantities, *find_shares(reading.text, reading.quantities))
    dates = [*reading.dates, *(one for other in anchors for one in other.dates if one.year or not reading.dates)]
    return Claim(
        id=record["id"],
        places=frozenset(
            (citation["source"], position)
            for citation in record["citations"]
            for position in _list_positions(citation, numberings.get(citation["source"]))
        ),
        reading=reading,
        core=core,
        sides={key: factor for key, factor in sides.items() if key not in core},
        side_signs=_find_side_signs(anchors, record["terms"]),
        names=reading.names,
        aside_names=tuple(aside),
        quantities=quantities,
        dates=tuple(dates),
        span=parse_edtf(record["date"]) if record["date"] else None,
        main=_list_main(reading),
        meanings=_find_meanings(reading, anchors),
        also=_find_labels_alike(record, core, labels, names),
        speaker=record["according_to"] or "",
    )


def _find_meanings(reading: Reading, anchors: Iterable[Reading]) -> dict[str, Meaning]:
    """Return what the words of a claim and its anchors may mean, by root."""
    found: dict[str, Meaning] = {}
    for one in (reading, *anchors):
        for word in one.words:
            found.setdefault(word.root, find_meaning(fold_word(one.text[word.start : word.end])))
    return found


def _find_labels_alike(
    record: Record, core: Mapping[str, float], labels: Mapping[str, Record], names: Names
) -> dict[str, frozenset[str]]:
    """Return the initials that are another label of what a claim names by a label of one of its topics, with the keys of that."""
    found: dict[str, frozenset[str]] = {}
    for topic in record["topics"]:
        known = {text: _read_term(text, names).keys for text in _list_labels(labels.get(topic))}
        said = next((keys for keys in known.values() if keys and core.keys() >= set(keys)), ())
        initials = [keys[0] for text, keys in known.items() if keys and text.removesuffix("s").isupper()]
        found |= {key: frozenset(said) for key in initials if said and key not in core}
    return found


def _find_side_signs(anchors: Iterable[Reading], terms: Iterable[str]) -> dict[str, int]:
    """Return the signs of the roots with an opposite that anchors and terms hold; 0 for one that they hold both ways."""
    opposed = list_opposed_roots()
    found: dict[str, int] = {}
    said = [(word.root, word.sign) for one in anchors for word in one.words if word.root in opposed]
    for text in terms:
        spans = [match.span() for match in re.finditer(TOKEN, text)]
        told = [root_word(text[start:end]) for start, end in spans]
        if any(root in opposed for root, _ in told):
            signs, _ = find_signs([fold_word(text[start:end]) for start, end in spans], pair_gaps(text, spans))
            said += [(root, own * sign) for (root, own), sign in zip(told, signs, strict=True) if root in opposed]
    for root, sign in said:
        found[root] = sign if found.get(root, sign) == sign else 0
    return found


def _list_main(reading: Reading) -> frozenset[str]:
    """Return the keys of the clause that opens a claim; none where no other follows."""
    match = re.search(_SIDE_CLAUSE, reading.text)
    if not match or match.start() < 24:
        return frozenset()
    roots = {word.root for word in reading.words if word.start < match.start()}
    return frozenset(roots | {f"={name.key}" for name in reading.names if name.start < match.start()})


@dataclass(frozen=True, slots=True)
class _Term:
    """What a term or a topic's label holds: the *keys* of its roots and names."""

    keys: tuple[str, ...]
    names: tuple[NameSaid, ...]


def _read_term(text: str, names: Names) -> _Term:
    """Return what a term holds; only one with a capital in it is searched for names."""
    if text.islower():
        return _Term(tuple(root for root in (root_word(word)[0] for word in re.findall(TOKEN, text)) if root), ())
    reading = read_statement(text, names)
    return _Term(tuple(_list_keys(reading)), reading.names)


def _list_labels(topic: Record | None) -> list[str]:
    return [topic["label"], *topic["alt"]] if topic else []


def _list_positions(citation: Record, numbering: Numbering | None) -> range:
    first, _, last = citation["locator"]["value"].partition("-")
    locator = locate_span(Span(first, last or first), numbering)
    return locator.positions if locator else range(0)


def _list_authors(records: Iterable[Record]) -> Iterator[str]:
    """Yield the first words of the citations, which name the sources' authors, folded and joined."""
    for record in records:
        for citation in record["citations"]:
            head = re.match(r"\(?([^,;()\d]+)", citation.get("text", ""))
            if head:
                yield " ".join(fold_word(word) for word in head[1].split())


def _collect_names(records: list[Record], labels: Mapping[str, Record]) -> Iterator[tuple[str, str, str]]:
    """Yield the names that a base tells of itself, as (name, kind, key): initials beside what they stand for, people."""
    general = build_names(())
    readings = [read_statement(record["claim"], general) for record in records]
    # Before the names themselves, of which an adjective that a claim has is one.
    yield from _list_adjectives(readings)
    for record, reading in zip(records, readings, strict=True):
        for name in reading.names:
            text = reading.text[name.start : name.end]
            initials = re.match(r"(?:'s)?\s\(([A-Z]{2,8})\)", reading.text[name.end :])
            if initials and name.kind != "person":
                yield initials[1], name.kind, name.key
            if name.kind == "person":
                yield from _list_person(text, name.key)
            if name.kind == "name":
                yield text, "name", name.key
            for side in ("south", "north", "east", "west"):
                if name.kind == "country" and name.key.startswith(side + " "):
                    yield f"the {side}", "country", name.key
        yield from _pair_initials([record["claim"]], record["claim"], general)
    for topic in labels.values():
        texts = _list_labels(topic)
        yield from _pair_initials(texts, " ".join(texts), general)


def _list_adjectives(readings: Iterable[Reading]) -> Iterator[tuple[str, str, str]]:
    """Yield the adjectives of the places that a base names and no list knows: *Vestmarian*, *Kestrian* of *Kestria*."""
    plain = {
        name.key: reading.text[name.start : name.end].removesuffix("'s")
        for reading in readings
        for name in reading.names
        if name.kind == "name" and name.key.isalpha() and len(name.key) > _PLACE_AT_LEAST
    }
    for key, text in plain.items():
        if key.endswith("a"):
            for ending in ("n", "ns"):
                yield text + ending, "name", key
        one = key.removesuffix("s")
        stem = next((stem for stem in (one[:-1], one[:-2], one[:-3]) if stem in plain or stem + "a" in plain), "")
        if stem and one.endswith(("n", "an", "ian", "ese", "ish", "i", "ic")):
            own = stem if stem in plain else stem + "a"
            yield from ((form, "name", own) for form in (text, text.removesuffix("s")))


_PLACE_AT_LEAST = 4
"""How many letters, at most, a name has that no adjective is made of."""


def _list_person(text: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Yield the names of one person: in full, the first and the last word, the initials."""
    yield text, "person", key
    words = re.findall(r"[^\W_]+", text)
    if len(words) > 1:
        for word in (words[0], words[-1]):
            if len(word) > 1 and word[0].isupper():
                yield word, "person", key
        if len(words) > 2:
            yield "".join(word[0] for word in words).upper(), "person", key


def _pair_initials(texts: Iterable[str], where: str, general: Names) -> Iterator[tuple[str, str, str]]:
    """Yield the initials in *where* that fit a run of words of *texts*, with the name that they stand for."""
    initials = {word for word in re.findall(r"\b[A-Z]{2,8}\b", where) if fold_word(word) not in general.phrases}
    if not initials:
        return
    for text in texts:
        for word, name in list_initials(text):
            if word in initials:
                known = read_statement(name, general).names
                key = known[-1].key if known else name.lower()
                yield word, "institution", key
                yield name, "institution", key


def _index_facts(records: list[Record], facts: tuple[Claim, ...]) -> dict[str, tuple[tuple[int, float], ...]]:
    """Return for each root the facts that hold it, and its weight there; what is in very many facts is left out."""
    postings: dict[str, dict[int, float]] = {}
    for index, (record, fact) in enumerate(zip(records, facts, strict=True)):
        texts = " ".join([record["claim"], *record["anchors"]])
        plain = dict.fromkeys(list_gates(texts), 1.0)
        sides = {root: factor for root, factor in fact.sides.items() if not root.startswith("=")}
        for root, factor in (sides | plain).items():
            if root:
                postings.setdefault(root, {})[index] = factor
    limit = max(8, len(facts) // 4)
    size = log(1 + len(facts))
    return {
        root: tuple((index, factor * log(1 + len(facts) / len(places)) / size) for index, factor in places.items())
        if len(places) <= limit
        else ()
        for root, places in postings.items()
    }
