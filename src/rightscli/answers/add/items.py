"""A file of CSL-JSON, or what an option says → the fields of a source, as the base's file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rightscli.errors import RightsError, UnreadableError
from rightscli.text.folding import count_noun, shorten_text

if TYPE_CHECKING:
    from rightscli.base.rendering import Entry

LIMIT = 100 * 10**6
"""How large a file of records may be."""

_PARTS = ("literal", "family", "given")
_PARTICLES = ("dropping-particle", "non-dropping-particle")
_IDS = ("id", "citation-key")


def read_item(content: bytes, name: str, *, key: str = "") -> tuple[dict[str, Entry], list[str]]:
    """Return the fields of one record in the CSL-JSON of the file *name*, and a warning for each that no base has.

    *key* is the record's ``id`` or ``citation-key``; without one, the file holds one record alone. Raises UnreadableError for
    what is no CSL-JSON, RightsError where it does not say which record.
    """
    from json import loads

    try:
        document = loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableError(
            f"{name}: not JSON", hint="pandoc FILE.bib -t csljson makes it of BibTeX or RIS"
        ) from None
    items = document if isinstance(document, list) else [document]
    if not all(isinstance(item, dict) for item in items):
        raise UnreadableError(f"{name}: not CSL-JSON: a list of records is expected")
    found = [item for item in items if not key or key in (str(item.get(id, "")) for id in _IDS)]
    if len(found) != 1:
        shown = ", ".join(shorten_text(str(item.get("id", "?"))) for item in items[:5])
        fault = f"no record '{shorten_text(key)}'" if key and not found else count_noun(len(found), "record")
        raise RightsError(f"{name}: {fault}", hint=f"name one: --from {name}#KEY; its keys are {shown}")
    return _convert_item(found[0], name)


def read_csl_name(text: str) -> dict[str, str]:
    """Return the name that an option gives: ``Doe, Jane`` is a person's, all else an institution's."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and given and "," not in given:
        return {"family": family, "given": given}
    return {"literal": text.strip()}


def _convert_item(item: dict[str, Any], name: str) -> tuple[dict[str, Entry], list[str]]:
    from rightscli.base.csl import CSL_DATES, CSL_NAMES, CSL_TEXTS

    fields: dict[str, Entry] = {}
    left: list[str] = []
    for field, value in item.items():
        if field in CSL_NAMES and isinstance(value, list):
            fields[field] = [_convert_name(one) for one in value if isinstance(one, dict)]
        elif field in CSL_DATES and isinstance(value, str | dict):
            date = _read_date(value)
            fields |= {field: date} if date else {}
            left += [] if date else [field]
        elif field in CSL_TEXTS | {"type", "title"} and isinstance(value, str | int | float):
            fields[field] = " ".join(str(value).split())
        elif field not in _IDS:
            left.append(field)
    fields = {field: value for field, value in fields.items() if value not in ("", [])}
    told = ", ".join(shorten_text(field) for field in left)
    return fields, [f"{name}: left out what no base has: {told}"] if left else []


def _read_date(value: str | dict[str, Any]) -> str:
    """Return a CSL-JSON date in EDTF; nothing where it is words."""
    from rightscli.text.edtf import parse_edtf, read_date_parts

    try:
        parts = read_date_parts(value)
        text = parts.edtf or (value if isinstance(value, str) else parts.text)
        parse_edtf(text)
        return text
    except (ValueError, TypeError, IndexError):
        return ""


def _convert_name(name: dict[str, Any]) -> dict[str, str]:
    """Return a CSL name with the parts that a base has: particles are of the family name, suffixes of the given one."""
    parts = {part: " ".join(str(name[part]).split()) for part in _PARTS if name.get(part)}
    particles = [str(name[part]) for part in _PARTICLES if name.get(part)]
    if particles and "family" in parts:
        parts["family"] = " ".join((*particles, parts["family"]))
    if name.get("suffix") and "given" in parts:
        parts["given"] = f"{parts['given']}, {name['suffix']}"
    return {"literal": parts["literal"]} if "literal" in parts else parts
