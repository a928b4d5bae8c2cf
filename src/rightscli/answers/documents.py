"""What documents have in common: how many records there are, and records narrowed to the members that are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rightscli.records import Record


def count_records(returned: int, total: int | None = None) -> Record:
    """Return what a document says of how many records it has: so many *returned* of *total*, else all of them."""
    whole = returned if total is None else total
    return {"total": whole, "returned": returned, "truncated": returned < whole}


def narrow_records(records: Iterable[Record], fields: Sequence[str]) -> Iterator[Record]:
    """Yield *records* with those members alone that *fields* name, in their order; what a record lacks, it lacks."""
    for record in records:
        yield {name: record[name] for name in fields if name in record}
