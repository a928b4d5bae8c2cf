"""A source's record → the CSL-JSON that citation engines and reference managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.records import Record

# https://docs.citationstyles.org/en/stable/specification.html#date-variables
_DATES = frozenset({"accessed", "available-date", "event-date", "issued", "original-date", "submitted"})
_MARKS = "?~%"


def make_csl_item(csl: Mapping[str, object]) -> Record:
    """Return proper CSL-JSON of a record's ``csl``: dates as ``date-parts`` instead of EDTF, no empty parts of names.

    The keys keep their order, and nothing is added: another field would change what styles print.
    """
    return {
        name: make_csl_date(value) if name in _DATES and isinstance(value, str) else _drop_empty_parts(value)
        for name, value in csl.items()
    }


def make_csl_date(text: str) -> Record:
    """Return the CSL-JSON date of an EDTF *text*.

    ``2020-01-14`` is ``{"date-parts": [[2020, 1, 14]]}``. An interval has two; one with an open end keeps the date that is
    known, since CSL has no open intervals. ``?``, ``~`` and ``%`` become ``circa``, seasons ``season``; unknown digits of a
    month or day are left off, those of a year make it a ``literal`` decade, ``1970s``.
    """
    sides = [side for side in text.split("/") if side not in ("", "..")]
    circa: Record = {"circa": True} if any(side[-1] in _MARKS for side in sides) else {}
    sides = [side.rstrip(_MARKS) for side in sides]
    if any("X" in side[:4] for side in sides):
        years = dict.fromkeys(_name_decade(side[:4]) for side in sides)
        return {"literal": "–".join(years)} | circa
    parts = [[int(part) for part in side.split("-") if "X" not in part] for side in sides]
    season: Record = {}
    for part in parts:
        # EDTF's seasons are the months 21 to 24, CSL's the numbers 1 to 4.
        if len(part) > 1 and part[1] > 12:
            season = {"season": part[1] - 20} if len(parts) == 1 else {}
            del part[1:]
    # Engines take an interval only with ends of equal precision.
    length = min(map(len, parts))
    parts = [part[:length] for part in parts]
    return {"date-parts": parts[:1] if parts[0] == parts[-1] else parts} | season | circa


def digest_item(item: Mapping[str, object]) -> str:
    """Return the SHA-256 of a CSL-JSON item, 64 hex digits; the order of keys and the spaces between them do not count."""
    from hashlib import sha256
    from json import dumps

    return sha256(dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _name_decade(year: str) -> str:
    return year.replace("XX", "00s").replace("X", "0s")


def _drop_empty_parts(value: object) -> object:
    """Return names without the parts that are empty, which engines would print a blank or a comma for."""
    if not isinstance(value, list):
        return value
    return [{part: text for part, text in name.items() if text} if isinstance(name, dict) else name for name in value]
