"""A date of a CSL-JSON record, in either of its spellings → its parts, which every export takes its own from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDTF = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)"


class DateParts(NamedTuple):
    """A date or, where *last* is not None, a span from *first* to *last*; an open end is empty.

    *first* and *last* hold year, month and day as far as they are known; months from 21 on are seasons. *edtf* is all of it
    as EDTF text, *text* words where there are no numbers.
    """

    first: tuple[int, ...]
    last: tuple[int, ...] | None = None
    edtf: str = ""
    text: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The year, or both years of a span of several."""
        ends = (self.first, self.last or ())
        return tuple(dict.fromkeys(parts[0] for parts in ends if parts))


def read_date_parts(value: Any) -> DateParts:
    """Return the parts of a CSL-JSON date: EDTF text, or an object with ``date-parts``, ``season``, ``circa``, ``literal``.

    What is no date in either spelling is kept as words.
    """
    if isinstance(value, str):
        return _read_edtf(value)
    text = str(value.get("literal") or value.get("raw") or "")
    spans = [tuple(int(part) for part in parts if str(part).strip()) for parts in value.get("date-parts", ())]
    if not spans:
        return _read_edtf(text)
    # CSL spells an open end as the year 0.
    sides = [() if not parts or not parts[0] else parts for parts in spans[:2]]
    season = str(value.get("season", ""))
    if season in "1234" and season and len(sides[0]) == 1:
        sides[0] += (20 + int(season),)
    mark = "~" if value.get("circa") else ""
    edtf = "/".join(_write_edtf(parts) + mark if parts else ".." for parts in sides)
    return DateParts(sides[0], sides[1] if len(sides) > 1 else None, edtf, text)


def _read_edtf(text: str) -> DateParts:
    sides: list[tuple[int, ...]] = []
    last: tuple[int, ...] | None = None
    for side in text.split("/"):
        match = re.fullmatch(_EDTF, side)
        if match is None and side not in ("", ".."):
            return DateParts((), text=text)
        known = [part for part in match.groups()[:3] if part and part != "XX"] if match else []
        if known and "X" in known[0]:
            # A decade or a century: from its first year to its last.
            sides.append((int(known[0].replace("X", "0")),))
            last = (int(known[0].replace("X", "9")),)
        else:
            sides.append(tuple(map(int, known)))
    return DateParts(sides[0], sides[1] if len(sides) > 1 else last, text if any(sides) else "")


def _write_edtf(parts: Sequence[int]) -> str:
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])))
