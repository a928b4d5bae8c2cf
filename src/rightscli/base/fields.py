"""Values → texts, lists, mappings, dates and numbers, and a complaint for each that is not what it should be."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rightscli.base.model import Name
from rightscli.base.values import Value, describe_kind, quote_text
from rightscli.errors import Problem
from rightscli.text.edtf import parse_edtf
from rightscli.text.folding import shorten_text
from rightscli.text.locators import NAME
from rightscli.text.slips import NEAR_FIELD, find_nearest, format_guess

_ID = re.compile(NAME)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_ID_LIMIT = 80
_COMPARISON_LIMIT = 20_000

_NAME_FIELDS = ("literal", "family", "given")


def is_id(text: str) -> bool:
    """Tell whether *text* may name a source, a topic or a fact."""
    return len(text) <= _ID_LIMIT and _ID.fullmatch(text) is not None


class FieldReader:
    """What takes the values of one *file*, and keeps its *problems*, for the length of one reading.

    A taker returns an empty value after a complaint, and for a field that is left out.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._guesses: dict[tuple[str, frozenset[str]], str] = {}
        self._comparisons = 0

    def _take_names(self, value: Value, place: str) -> tuple[Name, ...]:
        names = []
        for where, one in self._take_list(value, place, least="name"):
            before = len(self.problems)
            fields = self._open_mapping(one, where, required=(), allowed=_NAME_FIELDS)
            name = Name(**{part: self._take_text(fields.get(part), f"{where}.{part}") for part in _NAME_FIELDS})
            if len(self.problems) == before and all(part.content is not None for part in (one, *fields.values())):
                if name.literal and (name.family or name.given):
                    self._complain(one.line, where, "a name is either literal, or family and given")
                elif not name.literal and not name.family:
                    self._complain(one.line, where, "a name needs literal, or family and given")
            names.append(name)
        return tuple(names)

    def _take_date(self, value: Value | None, place: str) -> str:
        text = self._take_text(value, place)
        try:
            if text:
                parse_edtf(text)
        except ValueError as error:
            plain = shorten_text(text) == text
            self._complain(
                value.line if value else 0, place, str(error) if plain else f"{quote_text(text)} is no EDTF date"
            )
        return text

    def _take_number(self, value: Value | None, place: str) -> int:
        """Return the number, 0 after a complaint."""
        text = self._take_text(value, place)
        if _NUMBER.fullmatch(text):
            return int(text)
        if text and value:
            self._complain(value.line, place, f"{quote_text(text)} is no whole number from 1 to 999,999,999")
        return 0

    def _take_text(self, value: Value | None, place: str, *, may_be_empty: bool = False) -> str:
        """Return the text; none after a complaint, or for a field that is left out."""
        if value is None:
            return ""
        line, content = value
        if isinstance(content, str):
            if not content and not may_be_empty:
                self._complain(line, place, "the text is empty")
            return content
        self._complain_kind(value, place, "text")
        return ""

    def _take_list(self, value: Value | None, place: str, *, least: str = "") -> list[tuple[str, Value]]:
        """Return the places and values of a list, at least one if *least* says of what; none after a complaint."""
        if value is None:
            return []
        if not isinstance(value.content, list):
            self._complain_kind(value, place, "a list")
            return []
        if least and not value.content:
            self._complain(value.line, place, f"at least one {least} is expected")
        return [(f"{place}.{number}", one) for number, one in enumerate(value.content, start=1)]

    def _take_mapping(self, value: Value | None, place: str, *, least: str = "") -> dict[str, Value]:
        """Return the keys and values of a mapping, likewise."""
        if value is None:
            return {}
        if not isinstance(value.content, dict):
            self._complain_kind(value, place, "a mapping")
            return {}
        if least and not value.content:
            self._complain(value.line, place, f"at least one {least} is expected")
        return value.content

    def _open_mapping(
        self, value: Value, place: str, *, required: Sequence[str], allowed: Collection[str]
    ) -> dict[str, Value]:
        """Return the fields of a mapping; none after a complaint that it is none."""
        fields = self._take_mapping(value, place)
        if isinstance(value.content, dict):
            self._complain_fields(value.line, place, fields, required=required, allowed=allowed)
        return fields

    def _check_id(self, id: str, line: int, place: str) -> None:
        if len(id) > _ID_LIMIT:
            self._complain(line, place, f"an id of {len(id):,} characters; the limit is {_ID_LIMIT}")
        elif not _ID.fullmatch(id):
            message = f"{quote_text(id)} is no id; lower-case letters, digits and single hyphens are expected"
            self._complain(line, place, message)

    def _guess(self, name: str, known: frozenset[str]) -> str:
        """Return the known name that *name* is most like, or nothing; the effort for a whole file is limited."""
        asked = (name, known)
        if asked not in self._guesses:
            if len(name) > _ID_LIMIT or self._comparisons > _COMPARISON_LIMIT:
                return ""
            self._comparisons += len(known)
            lower = {other.lower(): other for other in sorted(known)}
            self._guesses[asked] = lower.get(find_nearest(name.lower(), lower, NEAR_FIELD), "")
        return self._guesses[asked]

    def _complain_fields(
        self, line: int, place: str, fields: dict[str, Value], *, required: Sequence[str], allowed: Collection[str]
    ) -> None:
        """Complain of unknown and missing fields; a missing one that is only misspelt is one fault, not two."""
        missing = [name for name in required if name not in fields]
        for name in fields:
            if name not in allowed and fields[name].content is not None:
                guess = self._guess(name, frozenset(allowed).difference(fields))
                if guess in missing:
                    missing.remove(guess)
                self._complain(fields[name].line, place, f"unknown field {quote_text(name)}{format_guess(guess)}")
        for name in missing:
            self._complain(line, place, f"the field '{name}' is missing")

    def _complain_kind(self, value: Value, place: str, expected: str) -> None:
        if value.content is not None:
            self._complain(value.line, place, f"{expected} is expected, not {describe_kind(value.content)}")

    def _complain(self, line: int, place: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, place, message))
