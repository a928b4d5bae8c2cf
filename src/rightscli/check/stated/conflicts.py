"""Which of a sentence's clues agree with a fact's, and which differ: figures, dates, people, countries, bodies, negation."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.agreement import count_others, match_quantities, tell_side
from rightscli.check.stated.asides import count_spoken, is_same_spot, list_spoken, stands_aside
from rightscli.check.stated.clues import Conflict, state_conflict
from rightscli.check.stated.lexicon import list_body_words
from rightscli.check.stated.moments import compare_dates, is_of_whole_year
from rightscli.check.stated.quantities import TIME_UNITS, Quantity
from rightscli.check.stated.roots import bare_root, fold_word, map_agents, root_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.names import NameSaid


class Clues(NamedTuple):
    """The clues of a sentence beside a fact's: how many *agreed*, which places are *strange* to it, which are in conflict.

    *left_out* and *base_out* are the names' keys on either side that are in conflict, and so tell nothing else; *found*
    the fact's names that the sentence holds under another name.
    """

    conflicts: tuple[Conflict, ...]
    agreed_places: frozenset[tuple[int, int]]
    met: frozenset[tuple[int, int]]
    strange: frozenset[tuple[int, int]]
    left_out: frozenset[str]
    base_out: frozenset[str]
    found: frozenset[str]


def compare_clues(reading: Reading, claim: Claim, claims: Claims) -> Clues:
    """Return how the clues of *reading* stand to those of *claim*, but for what either denies."""
    names, met_names, strange_names, left, out, found = _compare_names(reading, claim, claims)
    figures, agreed_figures, strange_figures = _compare_quantities(reading, claim)
    dates, agreed_dates, strange_dates = compare_dates(reading, claim)
    agents = _compare_agents(reading.text, claim.reading.text)
    return Clues(
        (*figures, *dates, *names, *agents),
        frozenset((*agreed_figures, *agreed_dates)),
        frozenset((*met_names, *agreed_figures, *agreed_dates)),
        frozenset(
            (start, end)
            for start, end in (*strange_names, *strange_figures, *strange_dates)
            if not any(one.start < end and start < one.end for one in agents)
        ),
        left,
        out,
        found,
    )


_Places = list[tuple[int, int]]
_Side = tuple[tuple[Conflict, ...], _Places, _Places]


def _compare_quantities(reading: Reading, claim: Claim) -> _Side:
    """Return the figures in conflict, how many agree, and how many the fact knows nothing of."""
    if not reading.quantities:
        return (), [], []
    conflicts: list[Conflict] = []
    agreed: _Places = []
    strange: _Places = []
    matched: set[Quantity] = set()
    open_said: list[Quantity] = []
    for said in reading.quantities:
        answers = [(match_quantities(said, base), base) for base in claim.quantities]
        if any(answer for answer, _ in answers):
            agreed.append((said.start, said.end))
            matched |= {base for answer, base in answers if answer}
        else:
            open_said.append(said)
    values = {(base.value, base.unit) for base in matched}
    spoken = {base.value for base in matched}
    shares = [base for base in claim.quantities if base.bound == "share"]
    # A part of a whole that is said itself is no other figure's.
    own = [] if any(base.value in spoken for base in claim.reading.quantities) else shares
    unused = [base for base in (*claim.reading.quantities, *own) if (base.value, base.unit) not in values]
    for said in open_said:
        untold = [base for base in claim.quantities if match_quantities(said, base) is None]
        if any(base.value == said.value for base in untold):
            continue
        if any((base.value, base.unit) not in values for base in untold):
            strange.append((said.start, said.end))
            continue
        if _is_reckoned(said, reading, claim) or is_of_whole_year(reading, claim):
            strange.append((said.start, said.end))
            continue
        rival = _find_rival(said, unused, reading, claim)
        side = 0 if rival else tell_side(said) * claim.reading.signs.get(MOST, 0)
        if side > 0:
            agreed.append((said.start, said.end))
        elif rival or side:
            word = rival or next(word for word in claim.reading.words if word.root == MOST)
            conflicts.append(state_conflict("figure", reading, said, claim.reading, word))
        elif said.unit != "ordinal":
            strange.append((said.start, said.end))
    conflicts += _find_swaps(reading, claim)
    for said in reading.quantities:
        if said.bound == "all" and not conflicts and unused and agreed:
            rival = next((base for base in unused if _is_share(base, said, claim)), None)
            if rival:
                conflicts.append(state_conflict("figure", reading, said, claim.reading, rival))
    return tuple(conflicts), agreed, strange


def _is_reckoned(said: Quantity, reading: Reading, claim: Claim) -> bool:
    """Tell whether a figure is the difference of two of the fact's, which a reader can reckon: all but *two* of nine, of seven.

    Whether it is the right one of the two is for the reader: it is left over. Where the sentence says the whole, too, the rest
    of it need not be named as such: of the 61 aboard, of whom 14 drowned, *47* lived.
    """
    own = [one for one in claim.reading.quantities if one.unit == said.unit or not (one.unit and said.unit)]
    sums = [(one, other) for one, other in combinations(own, 2) if abs(one.value + other.value - said.value) < _SAME]
    if sums:
        # Of 3,600 doses and 1,150 together; of 22 boys and five guards.
        between = [claim.reading.text[one.end : other.start] for one, other in sums]
        return bool(re.search(_TOGETHER, reading.text)) or any(re.fullmatch(_AND, text) for text in between)
    if said.unit == "percent" and (_is_change(said, claim) or _counts_others(said, reading, claim)):
        return True
    if _has_rate(reading) and not _has_rate(claim.reading):
        # Of every hundred, about four: a rate, for the reader to reckon.
        return True
    if _is_of_rest(said, claim) or re.match(_SHORT_OF, reading.text[said.end :]):
        return True
    pairs = [
        (one, other) for one, other in combinations(own, 2) if abs(abs(one.value - other.value) - said.value) < _SAME
    ]
    if not pairs or _names_rest(reading) or re.search(_BY, reading.text[: said.start]):
        return bool(pairs)
    spoken = {one.value for one in reading.quantities}
    wholes = [sorted(pair, key=lambda one: one.value) for pair in pairs]
    ours = _list_said_of(reading, said)
    theirs = [_list_said_of(claim.reading, part) for part, whole in wholes if whole.value in spoken]
    # Of both the same is said as far as they are one whole.
    return any((ours - one and one - ours) or not ours for one in theirs)


def counts_rest(reading: Reading, claim: Claim) -> bool:
    """Tell whether a sentence counts the rest of a whole, of which the fact counts a part: *twelve of the 19* were not, of seven.

    What is denied of the rest is said of the part.
    """
    said = {one.value for one in reading.quantities if not one.unit}
    own = {one.value for one in claim.quantities if not one.unit}
    is_rest = any(whole - part in said for whole in said & own for part in own - said)
    return is_rest or any(_counts_others(one, reading, claim) for one in reading.quantities)


def _counts_others(said: Quantity, reading: Reading, claim: Claim) -> bool:
    """Tell whether a share is that of all others, of whom the contrary holds: *four in five got none*, a fifth got some."""
    if said.unit != "percent":
        return False
    shares = [one for one in claim.reading.quantities if one.unit == "percent"]
    others = [one for one in shares if abs(100 - one.value - said.value) < _SAME]
    return any(_is_of_denial(said, reading) != _is_of_denial(one, claim.reading) for one in others)


def _is_of_denial(figure: Quantity, reading: Reading) -> bool:
    """Tell whether the clause of a figure denies."""
    marks = [match.start() for match in re.finditer(r"[;:.](?!\d)|,\s(?:and|but|while|whereas)\b", reading.text)]
    first = max((mark for mark in marks if mark < figure.start), default=0)
    last = min((mark for mark in marks if mark >= figure.end), default=len(reading.text))
    return any(first <= start < last for start, _ in reading.negations)


def _is_change(said: Quantity, claim: Claim) -> bool:
    """Tell whether a share is that by which one of the fact's figures is less than another: cut by *two thirds*, from 18 to 6."""
    for one, other in combinations(claim.reading.quantities, 2):
        small, large = sorted((one.value, other.value))
        if one.unit != other.unit or small <= 0:
            continue
        shares = (100 * small / large, 100 * (1 - small / large), 100 * (large / small - 1))
        if any(match_quantities(said, replace(one, unit="percent", value=share, bound="share")) for share in shares):
            return True
    return False


@lru_cache(maxsize=4096)
def _names_rest(reading: Reading) -> bool:
    """Tell whether a text says by a word that one of its figures is what is left of another."""
    return bool(re.search(_RECKONED, reading.text))


def _list_said_of(reading: Reading, said: Quantity) -> set[str]:
    """Return the roots of the words behind a figure in its clause: what is said of it."""
    stop = re.compile(r"[,;:.]|\b(?:and|but|while|whereas)\b").search(reading.text, said.end)
    end = stop.start() if stop else len(reading.text)
    return {word.root for word in reading.words if said.end <= word.start < end}


def _is_of_those_who(base: Quantity, claim: Claim, said: Quantity, reading: Reading) -> bool:
    """Tell whether a fact counts only *the 12 whose* return is asked for, and a sentence neither those nor *the* 13: others are
    more."""
    text = claim.reading.text
    match = re.match(_THOSE_WHO, text[base.end :]) if re.search(_THE, text[: base.start]) else None
    if not match or re.search(_THE, reading.text[: said.start]):
        return False
    first, last = base.end + match.start(1), base.end + match.end(1)
    told = {word.root for word in reading.words}
    return not told.issuperset(word.root for word in claim.reading.words if first <= word.start < last)


_THE = r"(?i)\bthe $"
_THOSE_WHO = r"(?:\s+[\w'-]+){1,3}\s+(?:whose|who|whom|that)((?:\s+[\w'-]+){1,4})"
"""Behind a figure, what says which ones it counts."""


def _is_of_rest(said: Quantity, claim: Claim) -> bool:
    """Tell whether a figure is what the others of the fact leave of the greatest, where it tells of the rest: 11 of 24."""
    values = sorted(one.value for one in claim.reading.quantities if not one.unit)
    is_left = len(values) > 2 and abs(values[-1] - sum(values[:-1]) - said.value) < _SAME
    return is_left and bool(re.search(r"(?i)\b(?:rest|others?|remain\w*)\b", claim.reading.text))


_SHORT_OF = r"\s+(?:(?:\w+\s+)?(?:short|shy) of|(?:cents?|pence|points?) (?:under|below|above|over|beyond))\b"
"""Behind a figure that says how far something is from another: *two short of* half, 70 cents *under the* minimum."""
_BY = r"(?i)\bby (?:about |around |some |nearly |almost )?[$€£]?$"
"""Before a difference: lowered *by 23,000*."""
_RECKONED = (
    r"(?i)\b(?:all but|more|fewer|less|other|others|rest|remain\w*|another|extra|gap|difference|short|yet|not|never|no|none"
    r"|(?:by|margin of|majority of) (?=\S+ (?:votes?|points?|seats?))|without|rose|risen|fell|fallen|grew|grown|rise|increase\w*"
    r"|decrease\w*|drop\w*)\b|n't\b"
)
_TOGETHER = (
    r"(?i)\b(?:together|in all|in total|altogether|combined|between them|sum|both|a total of|all told|overall)\b"
)


@lru_cache(maxsize=4096)
def _has_rate(reading: Reading) -> bool:
    return bool(re.search(_OF_EVERY, reading.text))


_OF_EVERY = r"(?i)\b(?:of|for|in|out of) every (?:hundred|thousand|ten|twenty|dozen|twelve|\d+)\b"
_AND = r"(?:\s[\w'-]+){1,8} and\s"
"""Between two counts of one list: *22 boys and five guards*."""
_SAME = 1e-6


MOST = root_word("most")[0]


def _find_rival(said: Quantity, unused: list[Quantity], reading: Reading, claim: Claim) -> Quantity | None:
    """Return the figure of the fact in whose place *said* stands: the same kind of unit, best beside the same words."""
    about = reading.near(said.start, said.end)
    rivals = [base for base in unused if _share_kind(said, base) and not _is_of_those_who(base, claim, said, reading)]
    if not reading.negations:
        # All its members are no other count of those who have not joined.
        rivals = [base for base in rivals if not re.match(_WHO_DO_NOT, claim.reading.text[base.end :])]
    if said.value == 1 and not said.unit:
        # A single corridor is no other count of inspectors.
        rivals = [base for base in rivals if _name_counted(reading, said) == _name_counted(claim.reading, base)]
    rivals = [base for base in rivals if not count_others(said, reading, base, claim.reading)]
    if not rivals:
        return None
    return max(rivals, key=lambda base: (base.unit == said.unit, len(about & claim.reading.near(base.start, base.end))))


_WHO_DO_NOT = r"(?:\W+[\w-]+){1,6}?\W+(?:that|who|which)\W+(?:\w+\W+){0,2}?(?:not|never)\b"


def _is_share(base: Quantity, said: Quantity, claim: Claim) -> bool:
    """Tell whether the fact's *base* is a part of what is *said* to be all: ``132 of the 262``."""
    for whole in claim.reading.quantities:
        gap = claim.reading.text[base.end : whole.start]
        if whole.value == said.value and whole.start > base.end and gap.split()[:1] == ["of"] and len(gap) < 16:
            return not base.unit
    return False


def _find_swaps(reading: Reading, claim: Claim) -> list[Conflict]:
    """Return the conflict of two counts that have changed places: each stands before the other's noun."""
    if sum(not one.unit for one in reading.quantities) < 2 or sum(not one.unit for one in claim.reading.quantities) < 2:
        return []
    said = {_name_counted(reading, one): one for one in reading.quantities if not one.unit}
    base = {_name_counted(claim.reading, one): one for one in claim.reading.quantities if not one.unit}
    nouns = [noun for noun in said if noun and noun in base]
    crossed = [noun for noun in nouns if said[noun].value != base[noun].value]
    if len(crossed) < 2 or {said[noun].value for noun in crossed} != {base[noun].value for noun in crossed}:
        return []
    return [state_conflict("figure", reading, said[crossed[0]], claim.reading, base[crossed[0]])]


def _name_counted(reading: Reading, quantity: Quantity) -> str:
    """Return the root of the word that follows *quantity*; none after a mark."""
    match = re.match(r"\s+([^\W\d_]+)", reading.text[quantity.end : quantity.end + 24])
    return bare_root(match[1]) if match else ""


def _share_kind(said: Quantity, base: Quantity) -> bool:
    """Tell whether two figures may count the same thing."""
    return said.unit == base.unit or (said.unit in TIME_UNITS and base.unit in TIME_UNITS)


def _compare_names(
    reading: Reading, claim: Claim, claims: Claims
) -> tuple[tuple[Conflict, ...], _Places, _Places, frozenset[str], frozenset[str], frozenset[str]]:
    """Return the names in conflict, how many are strange, and the keys that these and their other names bear."""
    spoken, own = list_spoken(reading, claims), list_spoken(claim.reading, claims)
    if not spoken:
        return (), [], [], frozenset(), frozenset(), frozenset()
    conflicts: list[Conflict] = []
    strange: _Places = []
    met: _Places = []
    left: set[str] = set()
    out: set[str] = set()
    found: set[str] = set()
    shared = [[name for name in own if said.may_be(name)] for said in spoken]
    unused = [] if all(shared) else [name for name in own if not any(name.may_be(said) for said in spoken)]
    for said, same in zip(spoken, shared, strict=True):
        if same:
            found |= {f"={name.key}" for name in same}
            met.append((said.start, said.end))
            if f"={said.key}" not in claim.core:
                left.add(f"={said.key}")
            continue
        if said.kind in ("institution", "name") and is_worded_in(reading.text[said.start : said.end], claim):
            met.append((said.start, said.end))
            left.add(f"={said.key}")
            continue
        if said.kind != "person" and any(said.key == name.key for name in claim.aside_names):
            continue
        rivals = unused + [name for name in own if _is_half_named(name, said, reading, claim, claims)]
        if rivals and stands_aside(reading.text, said):
            rivals = [name for name in rivals if is_same_spot(said, reading.text, name, claim.reading.text)]
        rivals = [
            name for name in rivals if not (name.kind == "institution" and _is_said_short(name, said, reading, own))
        ]
        rivals = [name for name in rivals if not _owns_other(said, reading, name, claim.reading)]
        if said.key in claims.common:
            # What all is about stands for nobody.
            rivals = [name for name in rivals if name.kind != "person"]
        rival = next((name for name in rivals if _share_class(said, name) and name.key not in claims.common), None)
        if rival:
            kind = said.kind if said.kind != "name" else rival.kind if rival.kind != "name" else "person"
            if any(conflict.base == claim.reading.text[rival.start : rival.end] for conflict in conflicts):
                strange.append((said.start, said.end))
                continue
            conflicts.append(state_conflict(kind, reading, said, claim.reading, rival))
            left.add(f"={said.key}")
            out.add(f"={rival.key}")
        elif said.key not in claims.common:
            strange.append((said.start, said.end))
    return tuple(conflicts), met, strange, frozenset(left), frozenset(out), frozenset(found)


def _owns_other(said: NameSaid, reading: Reading, base: NameSaid, own: Reading) -> bool:
    """Tell whether two names each own something else: *Reyndal's party*, *Belmora's elections*."""
    ours, theirs = (
        re.match(r"['’]?\s+(.+?)(?:[,.;:]|$)", text[end:])
        if text[:end].endswith(("'s", "s'")) or text[end : end + 1] == "'"
        else None
        for text, end in ((reading.text, said.end), (own.text, base.end))
    )
    if not ours or not theirs:
        return False
    one, other = ({bare_root(word) for word in match[1].split()[:3]} for match in (ours, theirs))
    return one.isdisjoint(other)


@lru_cache(maxsize=1)
def _list_agent_patterns() -> tuple[str, str]:
    """Return the patterns of who does it, and of who is said not to: by the army *rather than by the party*."""
    agents = "|".join(map_agents())
    return (
        rf"(?i)\bby\s+(?:(?:the|its|their|an?)\s+)?(?:[\w']+\s+){{0,2}}({agents})\b",
        rf"(?i)(?:rather\s+than|instead\s+of|not)\s+(?:by\s+)?(?:the\s+)?(?:[a-z]+\s+)?(?:{agents})\b",
    )


def _compare_agents(said: str, base: str) -> tuple[Conflict, ...]:
    """Return the conflict of two texts that tell of one deed by another doer: ``run by the army``, ``by the ruling party``.

    Each names one doer, whom the other does not name at all.
    """
    if " by " not in said or " by " not in base:
        return ()
    groups = map_agents()
    pattern, denied = _list_agent_patterns()
    said = re.sub(denied, lambda match: " " * len(match[0]), said)
    ours, theirs = list(re.finditer(pattern, said)), list(re.finditer(pattern, base))
    if len(ours) != 1 or len(theirs) != 1:
        return ()
    one, other = groups[ours[0][1].lower()], groups[theirs[0][1].lower()]
    spoken, told = ({groups.get(word) for word in text.lower().split()} for text in (said, base))
    if one == other or one in told - {other} or other in spoken - {one}:
        return ()
    return (Conflict("institution", ours[0][0], *ours[0].span(), theirs[0][0]),)


def _is_said_short(base: NameSaid, said: NameSaid, reading: Reading, own: Sequence[NameSaid]) -> bool:
    """Tell whether a sentence names a body by what it is: *a commission* set up by a council, of the Commission of Inquiry."""
    roots = {root for name in own if name.key == base.key for root in name.words} - said.words
    words = [word for word in reading.words if word.root in roots]
    return any(
        re.search(_ARTICLE, reading.text[: word.start])
        and fold_word(reading.text[word.start : word.end]) in list_body_words()
        for word in words
    )


_ARTICLE = r"(?i)\b(?:an?|the|this|that|its|their)\s+$"


def _is_half_named(base: NameSaid, said: NameSaid, reading: Reading, claim: Claim, claims: Claims) -> bool:
    """Tell whether *said* may stand in the place of a name that the sentence holds less fully, or less often, too."""
    if said.kind == "person" and base.kind == "person":
        return bool(said.words & base.words)
    if said.kind == "country" and base.kind == "country":
        return count_spoken(claim.reading, claims)[base.key] > count_spoken(reading, claims)[base.key]
    return False


def is_worded_in(text: str, claim: Claim) -> bool:
    """Tell whether the fact holds every word of a name, if in small letters."""
    roots = _list_roots(text)
    return bool(roots) and roots <= claim.core.keys()


@lru_cache(maxsize=4096)
def _list_roots(text: str) -> frozenset[str]:
    return frozenset(root_word(word)[0] for word in text.split()) - {""}


def _share_class(said: NameSaid, base: NameSaid) -> bool:
    """Tell whether one name may stand in the other's place."""
    return said.kind == base.kind or (
        "name" in (said.kind, base.kind) and {said.kind, base.kind} <= {"name", "person", "country"}
    )
