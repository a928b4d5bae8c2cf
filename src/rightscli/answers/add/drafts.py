"""A fact that is asked for → the fields that are to stand in the file, or to change in the fact that stands there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from rightscli.answers.add.lookup import BaseLookup
from rightscli.answers.add.rows import arm_text
from rightscli.base.model import Citation, Fact
from rightscli.errors import NotFoundError, RightsError, UsageError
from rightscli.refs import find_topic, parse_ref, part_refs, resolve_ref
from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.text.dates import MONTHS, SHORT_MONTHS
from rightscli.text.edtf import parse_edtf
from rightscli.text.folding import fold_text, shorten_text
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rightscli.answers.add.rows import NewFact
    from rightscli.base.model import FactBase
    from rightscli.base.rendering import Entry

FIELDS = ("id", "claim", "cites", "topics", "date", "according_to", "anchors", "terms")
"""A fact's fields as they stand in the file, one below the other."""
_ID_WORDS = 5
_ID_LENGTH = 60
_TELLING = 3
"""With fewer words than these that are rare in English and not in the base's title, all but the commonest are taken."""
_SHOWN = 60


class FactDraft(NamedTuple):
    """The *fact* as it is to be, and which fields of it are to be written: all, some, or none where it is there already.

    *state* is ``added``, ``updated`` or ``same``. What is at fault in a field is told, and the field is *unread*: the fact is
    then only drafted so that its other faults can be told, too. Something else may stand in for an unread field.
    """

    asked: NewFact
    fact: Fact
    state: str
    fields: tuple[str, ...]
    unread: frozenset[str] = frozenset()

    def drop_field(self, name: str, *, spare: str) -> FactDraft | None:
        """Return the draft without the field *name*, as the file calls it; None where nothing could be judged without it.

        *spare* stands for an id, and for a claim.
        """
        if name == "cites" or name not in FIELDS:
            return None
        is_needed = name in ("id", "claim")
        empty: Any = spare if is_needed else () if isinstance(_get_field(self.fact, name), tuple) else None
        changes = {name: empty}
        fields = self.fields if is_needed else tuple(one for one in self.fields if one != name)
        return self._replace(fact=replace(self.fact, **changes), fields=fields, unread=self.unread | {name})

    def list_entries(self) -> dict[str, Entry | None]:
        """Return what the fields to be written are to hold, None for one that is to go."""
        fact = self.fact
        entries: dict[str, Entry | None] = {
            "id": fact.id,
            "claim": fact.claim,
            "cites": _enter_citations(fact.citations),
            "topics": list(fact.topics),
            "date": fact.date,
            "according_to": fact.according_to,
            "anchors": list(fact.anchors),
            "terms": list(fact.terms),
        }
        return {name: entries[name] or None for name in self.fields}


class FactDrafter:
    """What drafts facts for one *base*: it knows which names are taken, and where each REF leads.

    *topics* are the new ones, labels by id.
    """

    def __init__(self, base: FactBase, topics: Mapping[str, str]) -> None:
        self._base = base
        self._lookup = BaseLookup(base)
        self._topics = {fold_text(name): id for id, label in topics.items() for name in (id, label)}
        self._facts = {fact.id: fact for fact in base.facts}
        self._claims = {fact.claim: fact for fact in base.facts}
        former = [name for fact in base.facts for name in fact.was]
        former += [name for source in base.sources.values() for name in source.was]
        self._names = {*self._facts, *base.sources, *base.topics, *topics, *former}
        self._asked: set[str] = set()
        self._cited: dict[str, tuple[Citation, ...]] = {}
        self._found: dict[str, str] = {}
        self._dull = {*GENERIC_WORDS, *split_words(base.title), *MONTHS, *SHORT_MONTHS}

    def draft_fact(self, asked: NewFact, *, update: bool) -> tuple[FactDraft | None, list[RightsError]]:
        """Return what is to be written of the fact that is *asked* for, and everything that is at fault in it.

        That is a fact that is there and differs, unless *update* says to change it; one without a claim or a passage; a REF, a
        topic or a date that names nothing; one that is asked for twice. There is no draft where nothing else could be judged.
        """
        id = self._lookup.drop_name(asked.get_text("id"))
        old = self._facts.get(id) if id else self._claims.get(asked.get_text("claim"))
        new, found = self._read_fields(asked)
        unread = {name for name, _ in found}
        faults = [fault for _, fault in found]
        missing = [name for name in ("claim", "citations") if not new.get(name, getattr(old, name, None))]
        faults += [
            UsageError(f"no {'claim' if name == 'claim' else 'passage'} is given", hint=_hint_field(name, asked))
            for name in missing
            if name not in unread
        ]
        if missing:
            new |= {name: value for name, value in self._stand_in().items() if name in missing}
            # They would have been proposed by what is missing.
            unread |= {*missing, *(() if new.get("anchors") else ("anchors",))}
        is_whole = all(new.get(name, getattr(old, name, None)) for name in ("claim", "citations"))
        if is_whole and not id:
            id = old.id if old else self._make_id(new["claim"], new["citations"])
        if id and id in self._asked:
            return None, [*faults, UsageError(f"the fact '{shorten_text(id)}' is asked for twice")]
        self._asked.add(id)
        if not is_whole:
            return None, faults
        unread = {"cites" if name == "citations" else name for name in unread}
        return self._compare_fact(asked, id, old, new, update=update, faults=faults, unread=frozenset(unread))

    def _stand_in(self) -> dict[str, Any]:
        """Return a claim and citations by which the rest of a fact is judged that lacks them.

        There are no citations where no source has a passage.
        """
        number = len(self._asked)
        places = (
            f"{key}:{source.paragraphs[0].number}" for key, source in self._base.sources.items() if source.paragraphs
        )
        first = next(places, None)
        return {"claim": f"missing-{number}", "citations": self._cite(first) if first else ()}

    def _compare_fact(
        self,
        asked: NewFact,
        id: str,
        old: Fact | None,
        new: Mapping[str, Any],
        *,
        update: bool,
        faults: list[RightsError],
        unread: frozenset[str],
    ) -> tuple[FactDraft, list[RightsError]]:
        """Return the draft of the *new* fields, beside the fact of the same *id* that is there, and its *faults*."""
        if old is None:
            self._names.add(id)
            fact = Fact(id=id, **new)
            self._claims[fact.claim] = fact
            fields = tuple(name for name in FIELDS if _get_field(fact, name))
            return FactDraft(asked, fact, "added", fields, unread), faults
        changed = {name: value for name, value in new.items() if _differs(getattr(old, name), value)}
        if changed and not update:
            told = f"the fact '{old.id}' is there already, with {_show_changes(old, changed)}"
            faults.append(RightsError(told, hint="--update changes it"))
        fields = tuple("cites" if name == "citations" else name for name in changed)
        state = "updated" if changed else "same"
        return FactDraft(asked, replace(old, **changed), state, fields, unread), faults

    def _read_fields(self, asked: NewFact) -> tuple[dict[str, Any], list[tuple[str, RightsError]]]:
        """Return the fields of a fact that *asked* gives, but for its id, and the faults in them, each with its field.

        A field at fault is left out.
        """
        fields: dict[str, Any] = {}
        faults: list[tuple[str, RightsError]] = []

        def read_each(name: str, values: Iterable[str], read: Callable[[str], Iterable[Any]]) -> None:
            found: list[Any] = []
            count = len(faults)
            for value in dict.fromkeys(values):
                try:
                    found += read(value)
                except (RightsError, ValueError) as fault:
                    faults.append((name, fault if isinstance(fault, RightsError) else RightsError(str(fault))))
            if len(faults) == count:
                fields[name] = tuple(dict.fromkeys(found))

        for name, value in asked.given.items():
            if name == "refs":
                read_each("citations", value, self._cite)
            elif name == "topics":
                read_each(name, value, lambda topic: (self._find_topic(topic),))
            elif name == "date" and value:
                read_each(name, (str(value),), lambda date: (parse_edtf(date),))
                if name in fields:
                    fields[name] = value
            elif name in ("date", "according_to"):
                fields[name] = value or None
            elif name != "id":
                fields[name] = value
        return fields, faults

    def _cite(self, ref: str) -> tuple[Citation, ...]:
        if ref not in self._cited:
            found: list[Citation] = []
            for one in part_refs((ref,), self._lookup):
                target = resolve_ref(parse_ref(one), self._lookup)
                if not target.source or not target.locators:
                    raise UsageError(f"'{shorten_text(one)}' names no passage", hint="as in report:12 or report:12-14")
                found += [Citation(target.source["id"], locator) for locator in target.locators]
            self._cited[ref] = tuple(found)
        return self._cited[ref]

    def _find_topic(self, name: str) -> str:
        if name not in self._found:
            try:
                self._found[name] = self._topics.get(fold_text(name)) or find_topic(name, self._lookup)["id"]
            except NotFoundError as fault:
                raise NotFoundError(fault.message, hint=f"--new-topic '{shorten_text(name)}' makes it") from None
        return self._found[name]

    def _make_id(self, claim: str, citations: Sequence[Citation]) -> str:
        """Return a free id of the words that tell most of *claim*; of a claim without Latin letters, one of its passage."""
        words = [word for word in _list_words(claim) if word not in STOP_WORDS and not word.isdecimal()]
        telling = [word for word in words if word not in self._dull]
        chosen = telling if len(telling) >= _TELLING else words
        place = f"{citations[0].source}-{citations[0].locator}"
        return name_freely("-".join(chosen[:_ID_WORDS]) or "-".join(_list_words(place)), self._names)


def _hint_field(name: str, asked: NewFact) -> str:
    """Return how the claim or the citations that *asked* lacks are given: in a table, or on the command line."""
    if name == "claim":
        return "one sentence in your own words"
    return "the column ref names it, as in report:12" if asked.place else "--at REF names it, as in --at report:12"


def name_freely(name: str, taken: set[str]) -> str:
    """Return *name*, shortened between words, with the first number behind it that makes it none of those *taken*."""
    while len(name) > _ID_LENGTH and "-" in name:
        name = name.rpartition("-")[0]
    name = name[:_ID_LENGTH]
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def name_topic(label: str, taken: set[str]) -> str:
    """Return a free id for a topic with this *label*; raise UsageError for one that has no Latin letter or digit."""
    if words := _list_words(label):
        return name_freely("-".join(words), taken)
    raise UsageError(
        f"no id can be made of the label '{shorten_text(label)}'", hint="add the topic to the file by hand"
    )


def _list_words(text: str) -> list[str]:
    return [word for word in (re.sub(r"[^a-z0-9]", "", one) for one in split_words(text)) if word]


def _enter_citations(citations: Sequence[Citation]) -> dict[str, Entry]:
    """Return *citations* as the file has them: a place, or a list of places, for each source."""
    places: dict[str, list[Entry]] = {}
    for citation in citations:
        places.setdefault(citation.source, []).append(str(citation.locator))
    return {source: each[0] if len(each) == 1 else each for source, each in places.items()}


def _get_field(fact: Fact, name: str) -> object:
    return getattr(fact, "citations" if name == "cites" else name)


def _differs(old: object, new: object) -> bool:
    """Tell whether a field is another one; what an exported table cannot tell apart is the same."""
    if isinstance(old, tuple) and all(isinstance(one, str) for one in old):
        return _join_cells(old) != _join_cells(new)
    return old != new and not (isinstance(old, str) and arm_text(old) == new)


def _join_cells(texts: object) -> list[str]:
    return [one.strip() for text in texts for one in text.split(";")] if isinstance(texts, tuple) else []


def _show_changes(old: Fact, changed: Mapping[str, object]) -> str:
    def show(value: object) -> str:
        if isinstance(value, tuple):
            return "; ".join(f"{one.source}:{one.locator}" if isinstance(one, Citation) else str(one) for one in value)
        return str(value or "")

    def pairs() -> Iterator[str]:
        for name, value in changed.items():
            before, after = _cut_common(show(getattr(old, name)), show(value))
            yield f"{name} '{shorten_text(before, _SHOWN)}', not '{shorten_text(after, _SHOWN)}'"

    return ", and ".join(pairs())


def _cut_common(before: str, after: str) -> tuple[str, str]:
    """Return two texts from shortly before where they differ, so that a message shows where that is."""
    common = next((place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    start = before.rfind(" ", 0, max(0, common - _SHOWN // 3)) + 1
    return (f"…{before[start:]}", f"…{after[start:]}") if start else (before, after)
