"""The contract: a JSON Schema of every document that a command prints, and of a base.

They stand in ``documents.json``, with the ``$defs`` that they share. An object may get members that its schema does not know:
only what is there stays as it is under one name (``rights.search/1``).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rightscli.errors import NotFoundError
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightscli.records import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LIMIT = 10**6


def list_schemas() -> dict[str, str]:
    """Return what each document is, by its name, in the order of the names."""
    documents = _read_own("documents.json")["documents"] | {"base": _read_base_schema()}
    return {name: documents[name]["description"].partition(": ")[0].rstrip(".") for name in sorted(documents)}


def read_schema(name: str) -> Record:
    """Return the JSON Schema (2020-12) of the document *name*, which needs no other file.

    Its ``$id`` ends in the document's ``schema``, ``rights.search/1``. Raises NotFoundError for a name that is none of
    ``list_schemas``.
    """
    if name == "base":
        schema, shared = _read_base_schema(), {}
    else:
        whole = _read_own("documents.json")
        if name not in whole["documents"]:
            from rightscli.refs import suggest_name

            near = suggest_name(name, [*whole["documents"], "base"])
            raise NotFoundError(f"no schema '{shorten_text(name)}'{near}", hint="rights schema lists them")
        schema, shared = whole["documents"][name], whole["$defs"]
    schema = _allow_fields(schema, shared)
    named = {"$schema": _DIALECT, "$id": f"urn:rightscli:rights.{name}/1"} | schema
    needed = _list_needed(schema, shared)
    return named | ({"$defs": {one: shared[one] for one in shared if one in needed}} if needed else {})


def list_members(definition: str, *, inner: bool = False) -> list[str]:
    """Return the names of all members that a record may have which is described by *definition*: ``fact``, ``topic`` …

    With *inner*, those of its members, too: ``citations.text``.
    """
    shared = _read_own("documents.json")["$defs"]
    return list(_list_paths(_drop_required(shared[definition], shared), "" if inner else None))


def _list_paths(schema: Record, before: str | None) -> Iterator[str]:
    for name, part in schema.get("items", schema).get("properties", {}).items():
        yield f"{before or ''}{name}"
        if before is not None:
            yield from _list_paths(part, f"{before}{name}.")


def _allow_fields(schema: Record, shared: Record) -> Record:
    """Return the *schema* of a document with this rule: where it names ``fields``, its records need not hold all members."""
    if "fields" not in schema["properties"]:
        return schema
    records = schema["properties"]["results"]["items"]
    some, whole = ({"properties": {"results": {"items": one}}} for one in (_drop_required(records, shared), records))
    plain = schema["properties"] | {"results": {"type": "array"}}
    return schema | {"properties": plain, "if": {"required": ["fields"]}, "then": some, "else": whole}


def _drop_required(schema: Any, shared: Record) -> Any:
    """Return *schema*, and what it refers to among the *shared* definitions, with no member that has to be there."""
    if isinstance(schema, list):
        return [_drop_required(part, shared) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        meant = shared[schema["$ref"].removeprefix("#/$defs/")]
        return _drop_required(meant, shared) if "properties" in meant or "items" in meant else schema
    return {name: _drop_required(part, shared) for name, part in schema.items() if name != "required"}


def _list_needed(schema: Any, shared: Record) -> set[str]:
    """Return which of the *shared* definitions a *schema* refers to, by way of others, too; none refers to itself."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    needed = set[str]().union(*(_list_needed(part, shared) for part in parts))
    name = schema["$ref"].removeprefix("#/$defs/") if isinstance(schema, dict) and "$ref" in schema else ""
    return needed | ({name} | _list_needed(shared[name], shared) if name in shared else set())


def _read_base_schema() -> Record:
    from rightscli.base.paths import find_schema

    return _read_json(find_schema())


def _read_own(name: str) -> Record:
    return _read_json(os.path.join(os.path.dirname(__file__), name))


def _read_json(path: str) -> Record:
    from json import loads

    from rightscli.files import read_bytes

    schema: Record = loads(read_bytes(path, limit=_LIMIT, what="a schema"))
    return schema
