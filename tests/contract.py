"""What every JSON document that the program prints is held to: its schema, closed."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from rightscli.answers.schema import read_schema


def close_schema(schema: Any) -> Any:
    """Return *schema* with no room for members that it does not name: what is printed is to be described."""
    if isinstance(schema, list):
        return [close_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    # CSL-JSON is described elsewhere.
    whole = (
        schema.get("type") == "object" and "properties" in schema and "CSL-JSON" not in schema.get("description", "")
    )
    closed = {name: close_schema(part) for name, part in schema.items()}
    return ({"additionalProperties": False} if whole else {}) | closed


@cache
def _make_validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(close_schema(read_schema(name)))


def judge_document(text: str) -> str:
    """Hold the JSON document *text* to its schema and return its name."""
    document = json.loads(text)
    name = document["schema"].removeprefix("rights.").removesuffix("/1")
    faults = [f"{fault.json_path}: {fault.message[:300]}" for fault in _make_validator(name).iter_errors(document)]
    assert not faults, (name, faults[:5])
    return str(name)
