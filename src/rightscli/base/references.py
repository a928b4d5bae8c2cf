"""What a base's sections say of each other: names, passages and former names, each checked once it can be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rightscli.base.fields import FieldReader, is_id
from rightscli.base.model import Source, list_circles
from rightscli.base.values import Value, quote_text
from rightscli.text.folding import shorten_text
from rightscli.text.locators import Locator
from rightscli.text.numbering import PAGES_AT_MOST, Numbering
from rightscli.text.slips import format_guess


class Reference(NamedTuple):
    """A mention of something in *section*, ``sources``, ``topics`` or ``facts``; with *ends*, of passages from one number to
    another, in a source."""

    line: int
    place: str
    section: str
    name: str
    ends: tuple[str, str] | None = None


class ReferenceReader(FieldReader):
    """What keeps a base's names, and checks what refers to them, for the length of one reading."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.sources: dict[str, Source] = {}
        # Also of those with faults: how each source numbers its passages, None where that cannot be told because they are at
        # fault themselves, and None for each topic. *_whole* names the sections that were read to their end, so that what is
        # not in them is missing.
        self._known: dict[str, dict[str, Numbering | None]] = {"sources": {}, "topics": {}}
        self._whole: set[str] = set()
        self._fact_lines: dict[str, int] = {}
        self._pending: list[Reference] = []
        self._broader: dict[str, tuple[int, str]] = {}
        self._newer: dict[str, tuple[int, str]] = {}
        self._former: dict[str, tuple[int, str]] = {}
        self._instead: list[tuple[int, str, str]] = []

    def _take_texts(self, value: Value | None, place: str, *, section: str = "") -> tuple[str, ...]:
        """Return the texts of a list, none twice; in a *section*, they are names there."""
        if value is None:
            return ()
        texts: dict[str, None] = {}
        for where, one in self._take_list(value, place):
            text = self._take_text(one, where)
            if text in texts:
                self._complain(one.line, where, f"{quote_text(text)} is listed twice")
            elif text:
                texts[text] = None
                if section:
                    self._refer(Reference(one.line, where, section, text))
        return tuple(texts)

    def _refer(self, reference: Reference) -> Locator | None:
        """Return the passages that a reference names; keep it for the end of the file, unless it names something already."""
        known = self._known[reference.section]
        if reference.name not in known:
            self._pending.append(reference)
            return None
        numbering = known[reference.name]
        if reference.ends is None or numbering is None:
            return None
        locator = numbering.locate(*reference.ends)
        if locator is None or not _is_ascending(locator, numbering):
            self._pending.append(reference)
        return locator

    def _check_references(self) -> None:
        """Complain of what names nothing; a section that is missing or no mapping is a fault of its own."""
        names = {section: frozenset(known) for section, known in self._known.items()}
        pending, self._pending = self._pending, []
        for reference in pending:
            line, place, section, name, ends = reference
            if name in self._known[section]:
                numbering = self._known[section][name]
                if ends and numbering:
                    self._check_ends(reference, ends, numbering)
            elif section in self._whole and not ends:
                guess = self._guess(name, names[section])
                # A key that is no id has its complaint already; what means that key needs no other one.
                if not guess or is_id(guess):
                    self._complain(line, place, f"no {section[:-1]} {quote_text(name)}{format_guess(guess)}")
        for id, line in self._fact_lines.items():
            if id in self.sources:
                message = f"a source has this name; see line {self.sources[id].line}"
                self._complain(line, f"facts.{id}.id", message)

    def _check_ends(self, reference: Reference, ends: tuple[str, str], numbering: Numbering) -> None:
        """Complain of passages that a source does not have."""
        locator = numbering.locate(*ends)
        if locator is None:
            message = self._describe_missing(ends, numbering)
        elif locator.first > locator.last:
            message = f"{quote_text(str(locator))} runs backwards; write {'-'.join(reversed(str(locator).split('-')))}"
        elif not _is_ascending(locator, numbering):
            message = f"a range of more than {PAGES_AT_MOST:,} pages"
        else:
            return
        self._complain(reference.line, reference.place, message)

    def _describe_missing(self, ends: tuple[str, str], numbering: Numbering) -> str:
        unit, numbers = numbering.unit, numbering.numbers
        if not numbers:
            return "a source without passages is cited by pages: 13, 13-15 or iv"
        if numbering.is_plain and all(end.isdecimal() for end in ends):
            return f"the source ends at {unit} {len(numbers)}"
        missing = next((end for end in ends if numbering.locate(end) is None), ends[0])
        return f"the source has no {unit} {shorten_text(missing)}: it has {numbering.name_range()}"

    def _note_former(self, names: Iterable[tuple[Value, str]], owner: str) -> None:
        """Keep the former names of *owner*, each with its value and place; one that another has had is a fault."""
        for value, place in names:
            name = str(value.content)
            if name in self._former:
                self._complain(value.line, place, f"{quote_text(name)} is a former name of {self._former[name][1]} too")
            else:
                self._former[name] = (value.line, owner)

    def _check_former(self) -> None:
        """Complain of a former name that something has now."""
        for name, (line, owner) in self._former.items():
            if name in self._fact_lines or name in self.sources:
                what = "fact" if name in self._fact_lines else "source"
                self._complain(line, f"{owner}.was", f"a {what} is called {quote_text(name)} now")

    def _check_retractions(self) -> None:
        """Complain of facts that are said to stand for others, and are not there."""
        for line, place, id in self._instead:
            if id not in self._fact_lines:
                guess = self._guess(id, frozenset(self._fact_lines))
                self._complain(line, place, f"no fact {quote_text(id)}{format_guess(guess)}")

    def _check_circles(self) -> None:
        """Complain of each circle in ``broader`` and ``edition-of`` once, at what comes first in the file."""
        for section, field, above in (("topics", "broader", self._broader), ("sources", "edition-of", self._newer)):
            for circle in list_circles({name: other for name, (_, other) in above.items()}):
                way = circle if len(circle) <= 8 else [*circle[:4], "…", *circle[-3:]]
                message = f"a circle: {' > '.join(map(shorten_text, way))}"
                self._complain(above[circle[0]][0], f"{section}.{shorten_text(circle[0])}.{field}", message)
        self._broader, self._newer = {}, {}


def _is_ascending(locator: Locator, numbering: Numbering) -> bool:
    """Tell whether *locator* runs from a passage to a later one, in a source of pages no further than anyone would cite."""
    return locator.first <= locator.last and (bool(numbering.numbers) or locator.last - locator.first < PAGES_AT_MOST)
