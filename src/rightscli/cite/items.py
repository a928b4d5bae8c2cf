"""A source's record → the CSL-JSON that citation engines and reference managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.edtf import make_csl_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.records import Record

# https://docs.citationstyles.org/en/stable/specification.html#date-variables
_DATES = frozenset({"accessed", "available-date", "event-date", "issued", "original-date", "submitted"})


def make_csl_item(csl: Mapping[str, object]) -> Record:
    """Return proper CSL-JSON of a record's ``csl``: dates as ``date-parts`` instead of EDTF, no empty parts of names.

    The keys keep their order, and nothing is added: another field would change what styles print.
    """
    return {
        name: make_csl_date(value) if name in _DATES and isinstance(value, str) else _drop_empty_parts(value)
        for name, value in csl.items()
    }


def digest_item(item: Mapping[str, object]) -> str:
    """Return the SHA-256 of a CSL-JSON item, 64 hex digits; the order of keys and the spaces between them do not count."""
    from hashlib import sha256
    from json import dumps

    return sha256(dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _drop_empty_parts(value: object) -> object:
    """Return names without the parts that are empty, which engines would print a blank or a comma for."""
    if not isinstance(value, list):
        return value
    return [{part: text for part, text in name.items() if text} if isinstance(name, dict) else name for name in value]
