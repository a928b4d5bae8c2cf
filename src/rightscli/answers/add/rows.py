"""A table of facts, as ``export`` writes it and a spreadsheet saves it, → the facts that it asks for."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Any, NamedTuple

from rightscli.errors import UnreadableError
from rightscli.text.folding import shorten_text
from rightscli.text.slips import find_suggestion, format_guess

LIMIT = 100 * 10**6
"""How many bytes a table may have."""

_TEXTS = ("id", "claim", "date", "according_to")
_LISTS = ("refs", "topics", "anchors", "terms")
_NAMES = {**{name: name for name in (*_TEXTS, *_LISTS)}, "ref": "refs", "at": "refs", "topic": "topics"}
"""The columns that are read, and the fields that they hold."""
_UNREAD = frozenset({"bases", "citation", "citations", "url", "match", "was", "retracted"})
"""What ``export`` writes that follows from the rest."""
_DISARMED = re.compile(r"'(?=[=+@\t\r-])")


class NewFact(NamedTuple):
    """A fact that is asked for: the fields that are *given*, by name, an empty one to be left out of the base.

    *place* is the file and line that ask for it, empty where the command line does.
    """

    place: str
    given: Mapping[str, str | tuple[str, ...]]

    def get_text(self, name: str) -> str:
        """Return the text of the field *name*, or nothing."""
        value = self.given.get(name, "")
        return value if isinstance(value, str) else ""

    def map_texts(self, change: Callable[[str], str]) -> NewFact:
        """Return the same fact with every text as *change* makes it."""
        pairs = (
            (name, change(value) if isinstance(value, str) else tuple(map(change, value)))
            for name, value in self.given.items()
        )
        return self._replace(given=dict(pairs))


def arm_text(text: str) -> str:
    """Return *text* without the apostrophe that ``export`` puts before what a spreadsheet would run as a formula."""
    return text[1:] if _DISARMED.match(text) else text


def read_rows(content: bytes, name: str) -> list[NewFact]:
    """Return the facts in the table *content*, from the file *name*: CSV, TSV or JSON Lines, told by the name, else by itself.

    Raises UnreadableError for what is no such table, or has a column that is not known.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(
            f"{shorten_text(name, 500)}: a table must be UTF-8", hint="save it as CSV UTF-8"
        ) from None
    lower = name.lower()
    is_json = lower.endswith((".jsonl", ".ndjson")) or (
        not lower.endswith((".csv", ".tsv")) and text.lstrip().startswith("{")
    )
    return list(_read_json(text, name) if is_json else _read_table(text, name))


def _read_table(text: str, name: str) -> Iterator[NewFact]:
    head = text.partition("\n")[0]
    # Spreadsheets of some countries part by semicolons.
    mark = max(",\t;", key=lambda mark: len({*_NAMES}.intersection(one.strip('"\r ') for one in head.split(mark))))
    rows = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        columns = [column.strip() for column in next(rows, [])]
        _check_columns(columns, f"{shorten_text(name, 500)}:1")
        # Where the table ends before its last column, a spreadsheet leaves out the cells.
        while (before := rows.line_num) is not None and (row := next(rows, None)) is not None:
            if any(cell.strip() for cell in row):
                cells = zip(columns, [*row, *[""] * (len(columns) - len(row))], strict=False)
                yield NewFact(f"{name}:{before + 1}", dict(_read_cells(cells)))
    except csv.Error as error:
        raise UnreadableError(f"{shorten_text(name, 500)}:{rows.line_num}: {error}") from None


def _read_cells(cells: Any) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for column, cell in cells:
        text = re.sub(r"[\t\r\n]+", " ", arm_text(cell)).strip()
        if (field := _NAMES.get(column)) in _TEXTS:
            yield field, text
        elif field:
            yield field, tuple(one.strip() for one in text.split(";") if one.strip())


def _read_json(text: str, name: str) -> Iterator[NewFact]:
    for number, line in enumerate(text.splitlines(), start=1):
        place = f"{name}:{number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            message = f"{shorten_text(place, 500)}: no JSON object on this line"
            raise UnreadableError(message, hint="one object a line, as rights export -f jsonl writes them") from None
        if not isinstance(record, dict):
            raise UnreadableError(f"{shorten_text(place, 500)}: an object is expected")
        _check_columns(record, shorten_text(place, 500))
        if "citations" in record and not record.keys() & {"ref", "refs", "at"}:
            record["refs"] = [
                cited["ref"] for cited in record["citations"] if isinstance(cited, dict) and "ref" in cited
            ]
        yield NewFact(place, dict(_read_fields(record, place)))


def _read_fields(record: Mapping[str, Any], place: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in record.items():
        if not (field := _NAMES.get(key)):
            continue
        listed = [value] if isinstance(value, str) else value or []
        if field in _TEXTS and isinstance(value, str | None):
            yield field, value or ""
        elif field in _LISTS and isinstance(listed, list) and all(isinstance(one, str) for one in listed):
            yield field, tuple(listed)
        else:
            raise UnreadableError(
                f"{shorten_text(place, 500)}: {key}: {'text' if field in _TEXTS else 'a list of texts'} is expected"
            )


def _check_columns(columns: Any, place: str) -> None:
    """Raise UnreadableError for a column that is not known: what it holds would be lost without a word."""
    known = {*_NAMES, *_UNREAD}
    for column in columns:
        if column not in known and column:
            guess = format_guess(find_suggestion(column, known))
            raise UnreadableError(
                f"{place}: no column '{shorten_text(column)}'{guess}", hint="rights export -f csv shows them"
            )
    if not {"claim", "id"} & set(columns):
        raise UnreadableError(f"{place}: neither a column 'claim' nor 'id'", hint="rights export -f csv shows them")
