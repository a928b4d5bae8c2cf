"""What documents have in common: whose they are, how many records they have, and these narrowed to what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from rightscli.base.model import FactBase
    from rightscli.index.queries import Index
    from rightscli.records import Record


def describe_head(base: Index | FactBase | Sequence[Record]) -> Record:
    """Return what a document says of its base, or of each of its bases."""
    names = ("title", "edition", "sha256")
    bases: Sequence[Record] | None = base if isinstance(base, list) else getattr(base, "bases", None)
    if bases is None or len(bases) == 1:
        return {"base": {name: bases[0][name] if bases else getattr(base, name) for name in names}}
    return {"bases": [{name: one[name] for name in ("name", *names)} for one in bases]}


def count_records(returned: int, total: int | None = None) -> Record:
    """Return what a document says of how many records it has: so many *returned* of *total*, else all of them."""
    whole = returned if total is None else total
    return {"total": whole, "returned": returned, "truncated": returned < whole}


def narrow_records(records: Iterable[Record], fields: Sequence[str]) -> Iterator[Record]:
    """Yield *records* with those members alone that *fields* name, in their order; what a record lacks, it lacks.

    ``citations.text`` names a member of a member, of each in a list.
    """
    inner: dict[str, list[str]] = {}
    for field in fields:
        name, _, rest = field.partition(".")
        inner.setdefault(name, []).append(rest)
    for record in records:
        yield {name: _narrow_member(record[name], some) for name, some in inner.items() if name in record}


def _narrow_member(value: Any, fields: Sequence[str]) -> Any:
    """Return *value* with those members alone that *fields* name; whole where one of them is empty, or it has none."""
    if "" in fields or not isinstance(value, dict | list):
        return value
    narrowed = list(narrow_records(value if isinstance(value, list) else [value], fields))
    return narrowed if isinstance(value, list) else narrowed[0]
