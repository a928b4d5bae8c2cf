"""Why a sentence is judged as it is: each of its clues, borne out, contradicted or left over, and by which fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rightscli.check.stated.roots import is_light

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rightscli.check.stated.accounts import Judgement
    from rightscli.check.stated.claims import Claims
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.matches import FactMatch

Outcome = Literal["borne out", "contradicted", "left over"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A clue that the sentence *said* at ``sentence[start:end]``, and what became of it by which *fact*, an id.

    *base* is what the fact says instead. One that is left over has no fact; one that is missing in the sentence is no piece of
    it, from 0 to 0.
    """

    said: str
    start: int
    end: int
    outcome: Outcome
    fact: str = ""
    base: str = ""


def explain_account(
    reading: Reading, matches: Sequence[FactMatch], judgement: Judgement, claims: Claims
) -> tuple[Reason, ...]:
    """Return the account behind *judgement* in the order of the sentence; *matches* are the facts near it.

    Asked are the fact that it was judged by, first, and the others of its passages. Words that say nothing of their own, and
    what the sentence before has said, are in no account.
    """
    judged = next(match for match in matches if match.claim.id == judgement.fact)
    group = [judged, *(one for one in matches if one is not judged and one.claim.places & judged.claim.places)]
    found = [
        Reason(one.said, one.start, one.end, "contradicted", judgement.fact, one.base) for one in judgement.conflicts
    ]
    taken = _mark([(one.start, one.end) for one in judgement.conflicts], len(reading.text))
    for start, end, bearers in _list_clues(reading, group, claims):
        if any(taken[start:end]):
            continue
        said = reading.text[start:end]
        if bearers and said not in judgement.left_over:
            found.append(Reason(said, start, end, "borne out", bearers[0].claim.id))
        elif said in judgement.left_over or (judgement.verdict == "differs" and not is_light(said)):
            found.append(Reason(said, start, end, "left over"))
        taken[start:end] = b"\1" * (end - start)
    told = {one.said for one in found}
    found += [Reason(one, 0, 0, "left over") for one in judgement.left_over if one not in told]
    return tuple(sorted(found, key=lambda one: (one.end == 0, one.start)))


def _list_clues(
    reading: Reading, group: Sequence[FactMatch], claims: Claims
) -> Iterator[tuple[int, int, list[FactMatch]]]:
    """Yield where each clue of *reading* stands, and those of *group* that bear it out: the typed clues, then the words."""
    held_by = {
        match.claim.id: _mark((*match.clues.met, *match.clues.agreed_places), len(reading.text)) for match in group
    }
    spans = [(one.start, one.end) for one in reading.dates] + [(one.start, one.end) for one in reading.quantities]
    for start, end in spans:
        yield start, end, [match for match in group if any(held_by[match.claim.id][start:end])]
    for name in reading.names:
        key = f"={name.key}"
        held = [
            match for match in group if any(held_by[match.claim.id][name.start : name.end]) or key in match.claim.core
        ]
        held += [match for match in group if match not in held and key in match.claim.sides]
        if held or name.key not in claims.authors:
            yield name.start, name.end, held
    for number, word in enumerate(reading.words):
        yield word.start, word.end, [match for match in group if number in match.told]


def _mark(spans: Iterable[tuple[int, int]], size: int) -> bytearray:
    """Return a byte for each character of a text of *size* characters: 1 where one of *spans* lies."""
    marks = bytearray(size)
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks
