"""When two quantities agree: of one value, or the one as the other rounds or bounds it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightscli.check.stated.quantities import TIME_UNITS, Quantity
from rightscli.check.stated.roots import root_word

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading

_ROUND, _ROUND_SHARE = 2.5, 0.1
"""By how many points of a hundred a round share may differ from what it rounds, *almost one in six*, of 16 percent, and by how
much of itself: *close to half*, of 47 percent."""


def tell_side(said: Quantity) -> int:
    """Return 1 for a share that is most of a whole, -1 for less than half of it, 0 where that cannot be told."""
    if said.unit != "percent" or not 0 < said.value <= 100:
        return 0
    if said.value == 50:
        return {"over": 1, "under": -1}.get(said.bound, 0)
    return 1 if said.value > 50 else -1 if said.bound != "over" else 0


def count_others(said: Quantity, reading: Reading, base: Quantity, own: Reading) -> bool:
    """Tell whether two counts are of two things that both texts name: *two villages* on the wells, *seven wells*."""
    if said.unit or base.unit:
        return False
    ours, theirs = (list_counted(text, one) for text, one in ((reading, said), (own, base)))
    # Two villages, where 58 of the children are counted, whom the sentence has elsewhere.
    return bool(ours) and ours.isdisjoint(theirs) and not theirs.isdisjoint(reading.signs)


def list_counted(reading: Reading, quantity: Quantity) -> set[str]:
    """Return the roots of the words behind *quantity*, one of which it counts; none where *of* comes first."""
    behind = re.match(r"(?:\s+[^\W\d_]+){1,3}", re.sub(_PART, "", reading.text[quantity.end :]))
    roots = [root_word(word)[0] for word in behind[0].split()] if behind else [""]
    return set(roots) - {""} if roots[0] else set()


_FEW = 1
"""How many digits a round figure has that stands for a time in another unit: *nearly four weeks*, of 26 days."""
_NEAR_TIME = 0.1
"""By how much of it such a time may be off."""
_HOURS = {"hour": 1.0, "month": 24 * 30.4}
"""How many hours the units of time have: months no whole number, so that they are about so long."""
_PART = r"^\s+of (?:the |its |their |all )?(?:\d[\d,]*)?"
"""What stands between a figure and what it counts, where it counts some of a whole."""


def match_quantities(said: Quantity, base: Quantity) -> bool | None:
    """Tell whether what is *said* agrees with the *base*, in any of their readings; None where neither can be told."""
    if said.other is None and base.other is None:
        return _match_sure(said, base)
    answers = {_match_sure(one, other) for one in said.list_readings() for other in base.list_readings()}
    return True if True in answers else None if None in answers else False


def _count_hours(one: Quantity) -> Quantity:
    return replace(one, unit="hour", value=one.value * _HOURS[one.unit], bound=one.bound or "about")


def _match_sure(said: Quantity, base: Quantity) -> bool | None:
    if said.unit != base.unit:
        units = {said.unit, base.unit}
        if units == set(TIME_UNITS):
            return _match_sure(_count_hours(said), _count_hours(base))
        if said.value != base.value or "" not in units:
            return False
        if "age" in units or ("rate" in units and said.digits > 1):
            # 7.10 an hour, and 7.10: what is told so closely is no total.
            return True
        # Nine lessons a week are nine weekly lessons.
        return False if units.isdisjoint(("time", "ordinal", "rate")) else None
    if said.bound == "all" and base.bound != "all":
        return said.value == base.value
    if abs(said.value - base.value) <= 1e-6 * max(1.0, abs(base.value)):
        return {said.bound, base.bound} != {"over", "under"}
    if said.bound == base.bound == "under":
        return False
    if said.bound == "over" and base.bound in ("", "over", "about", "share") and said.value < base.value:
        return True if base.value <= 1.25 * said.value else None
    if said.bound == "under" and base.bound in ("", "under", "about", "share") and said.value > base.value:
        return True if base.value >= 0.75 * said.value else None
    if base.bound == "share" and abs(said.value - base.value) <= 0.6:
        return said.bound not in ("over", "under")
    if (
        said.bound == "about"
        and said.unit == "percent"
        and abs(said.value - base.value) <= max(_ROUND, _ROUND_SHARE * said.value)
    ):
        return True
    if (
        said.bound == "about"
        and base.unit in TIME_UNITS
        and said.digits <= _FEW
        and abs(said.value / base.value - 1) <= _NEAR_TIME
    ):
        # Nearly four weeks, of 26 days.
        return True
    if said.bound == "about" and base.value:
        digits = min(said.digits, 3)
        return float(f"{base.value:.{digits - 1}e}") == said.value
    return False
