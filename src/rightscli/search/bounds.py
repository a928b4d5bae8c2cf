"""Which facts could reach a score, told from the words that they hold, without a look at each.

As in MaxScore and WAND (Turtle and Flood 1995, Broder et al. 2003), what is out of reach is left out with all that is like it.
No bound is below what it bounds: nothing is left out that reaches the score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.search.bitmaps import unite_bitmaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.search.groups import Group

    Level = tuple[int, float, float]

_FEW = 128
"""How many facts are not parted any more: to score one takes less time than to tell it from others."""
_MOST_GROUPS = 6
"""How many groups, the rarest, part facts."""
_SLACK = 1 - 1e-9
"""What a bound is compared by: its sums are added up in another order than a score's, and may differ in their last digit."""


def bound_reach(groups: Sequence[Group]) -> float:
    """Return the most that a fact could reach with all of *groups*: points by rarity, times rarity."""
    return sum(group.rarity * group.most for group in groups) * sum(group.rarity for group in groups)


def find_able(groups: Sequence[Group], pool: int, least: float) -> int:
    """Return the bitmap of those facts of the bitmap *pool* that could reach *least*, and perhaps of some that could not."""
    if not pool or not least:
        return pool
    # The rarest first: a fact without it is soonest out of reach.
    groups = sorted(groups, key=lambda group: -group.rarity)
    least *= _SLACK
    rarity = sum(group.rarity for group in groups)
    # A fact is out of reach where no word of its own weighs as much as this, whatever else it holds.
    heavy = max(0.0, (least / rarity - sum(group.rarity * group.named for group in groups)) / rarity)
    heavies = [group.find_heavy(heavy) if heavy else group.said for group in groups]
    if heavy:
        pool &= unite_bitmaps(heavies)
    levels = [_list_levels(group, some, heavy) for group, some in zip(groups, heavies, strict=True)]
    return _keep_able(groups, levels[:_MOST_GROUPS], pool, least, 0.0, 0.0)


def _list_levels(group: Group, heavy: int, least: float) -> list[Level]:
    """Return bitmaps of a group's facts, the most that it weighs in them, and the greatest share of it that they hold.

    A fact counts in the first that has it: those *heavy* ones that hold the whole group, and in which a word of it weighs
    *least* or more; others in which a word of it stands; others that go by its name; those that hold a part of it, or a word
    near to it.
    """
    return [
        (group.whole & heavy, group.most, 1.0),
        (group.whole & group.said, min(group.named + least, group.most), 1.0),
        (group.whole, group.named, 1.0),
        (group.touched, group.less, group.part),
    ]


def _keep_able(
    groups: Sequence[Group], levels: Sequence[list[Level]], pool: int, least: float, points: float, share: float
) -> int:
    """Return those facts of *pool* that could reach *least*, if other groups than *groups* give them *points* and *share*."""
    if not levels or pool.bit_count() <= _FEW:
        return pool
    group, later, kept = groups[0], groups[1:], 0
    points_after = points + sum(group.rarity * group.most for group in later)
    share_after = share + sum(group.rarity for group in later)
    for facts, weight, part in (*levels[0], (pool, 0.0, 0.0)):
        more, rarer = group.rarity * weight, group.rarity * part
        if (points_after + more) * (share_after + rarer) >= least:
            inside = pool & facts
            pool ^= inside
            kept |= _keep_able(later, levels[1:], inside, least, points + more, share + rarer)
    return kept
