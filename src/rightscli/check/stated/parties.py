"""Who does what to whom: whether what a sentence says of a party is said of the same party by the facts that it restates."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clauses import Clause, list_clauses
from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import is_light
from rightscli.check.stated.thesaurus import are_kin, find_lemmas, find_meaning
from rightscli.check.stated.tokens import Token, list_tokens
from rightscli.check.stated.verbs import list_mutual

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightscli.check.stated.clues import Reading

_VERB = 1.5
"""What a verb that two clauses have in common weighs, beside one for each word of what it is done to."""
_COMPARED = r"(?i)\bthan\b|\bas\b[^,;:]*\bas\b"
_MOST = 40
"""How many clauses of a sentence are compared; sentences that people write have fewer."""
_EMPTY = frozenset("do get have".split())
"""Verbs that say nothing of what is done."""


class Misplaced(NamedTuple):
    """A party of a sentence that does what the fact says of another; *is_turned*: each stands where the other does."""

    conflict: Conflict
    is_turned: bool


class _Pair(NamedTuple):
    """A clause of a sentence and one of a fact that say the same of somebody, how much of it (*rank*), and the fact's text."""

    ours: Clause
    theirs: Clause
    rank: float
    base: Reading
    text: str = ""


def find_misplaced(reading: Reading, bases: Sequence[Reading]) -> Misplaced | None:
    """Return where another does in a sentence, or has done to it, what the facts *bases* say of somebody."""
    if re.search(_COMPARED, reading.text):
        # Which of two is more, the orders tell.
        return None
    own = list_clauses(reading)[:_MOST]
    known = [(clause, base) for base in bases for clause in list_clauses(base)]
    for clause in own:
        pairs = [_Pair(clause, other, _overlap(clause, other), base, reading.text) for other, base in known]
        near = [pair for pair in pairs if pair.rank >= _VERB]
        near = [pair for pair in near if pair.theirs.agent and _do_same(pair.ours, pair.theirs)] or near
        near = [pair for pair in near if _have_verb(pair) and not _says_little(pair.ours.verb)] or near
        found = _find_other_doer(near, own, [other for other, _ in known], reading)
        found = found or _find_other_object(pairs, own) or _find_other_voice(pairs)
        if found:
            ours, theirs, base, is_turned = found
            return Misplaced(_state(reading, ours, base, theirs), is_turned)
    return None


class _Found(NamedTuple):
    """What a sentence has in the place of the fact's *theirs*; *is_turned*: each stands where the other does."""

    ours: Sequence[Token]
    theirs: Sequence[Token]
    base: Reading
    is_turned: bool


def _find_other_doer(
    pairs: Sequence[_Pair], own: Sequence[Clause], known: Sequence[Clause], reading: Reading
) -> _Found | None:
    """Return the doer of a clause and the other that all the facts' clauses of the same deed have."""
    pairs = [pair for pair in pairs if pair.theirs.agent and _tell_doer((*pair.theirs.agent, *pair.theirs.of))]
    best = max((pair.rank for pair in pairs), default=0.0)
    least = best if best == _VERB else _VERB + 0.5
    if not pairs or any(_share_doer(pair.ours, pair.theirs) for pair in pairs if pair.rank >= least):
        return None
    if pairs and any(_share_doer(pairs[0].ours, other) and _is_nearer(other, pairs[0]) for other in known):
        return None
    pairs = [pair for pair in pairs if pair.rank == best and _tell_doer(pair.ours.agent)]
    if pairs and (pairs[0].ours.verb.kind == "be" or pairs[0].ours.verb.key in list_mutual()):
        return None
    for pair in pairs:
        is_turned = _judge_doers(pair, own, known, reading)
        if is_turned is not None:
            return _Found(
                _tell_doer(pair.ours.agent), _tell_doer((*pair.theirs.agent, *pair.theirs.of)), pair.base, is_turned
            )
    return None


def _judge_doers(pair: _Pair, own: Sequence[Clause], known: Sequence[Clause], reading: Reading) -> bool | None:
    """Return whether the doers of two clauses have changed places; None where nothing says that they are two."""
    agent, rival = _tell_doer(pair.ours.agent), _tell_doer(pair.theirs.agent) or _tell(pair.theirs.of)
    named = any(token.name for token in agent), any(token.name for token in rival)
    is_doer = any(_share(_tell_doer(one.agent), rival) for one in own)
    does_other = any(_share(agent[-1:], _tell_doer(one.agent)) for one in known)
    if named[1]:
        is_said = _share(rival, _list_besides(reading, pair.ours.agent))
    else:
        is_said = any(_share(rival[-1:], _tell((*one.patient, *one.others))) for one in own)
    if named[0]:
        is_known = _share(agent[-1:], _list_besides(pair.base, (*pair.theirs.agent, *pair.theirs.of)))
    else:
        is_known = any(_share(agent[-1:], _tell((*one.patient, *one.others))) for one in list_clauses(pair.base))
    if (is_said or is_doer) and (is_known or does_other):
        theirs, ours = _tell(pair.theirs.patient), _tell(pair.ours.patient)
        is_crossed = _share(agent[-1:], theirs) and _share(rival, ours)
        return is_crossed or all(named)
    if (is_said and not is_doer and rival[-1].name) or (all(named) and pair.rank > _VERB):
        return False
    said = agent[-1].name
    told = _tell((*pair.theirs.of, *pair.theirs.patient, *pair.theirs.others))
    if said and said.kind == "person" and _share(agent[-1:], told):
        return False
    return None


def _find_other_object(pairs: Sequence[_Pair], own: Sequence[Clause]) -> _Found | None:
    """Return what a clause says is done to one and the facts to another, whom it names elsewhere: *to the museum by* it."""
    pairs = [pair for pair in pairs if _have_verb(pair) and _may_share_doer(pair.ours, pair.theirs)]
    for pair in pairs:
        ours, theirs = _tell_doer(pair.ours.patient), _tell_doer(pair.theirs.patient)
        said = _tell(pair.ours.patient)
        if not ours or not theirs or any(_share(said, _tell(one.theirs.patient)) for one in pairs):
            continue
        if _share(theirs, _tell(pair.ours.others)) and _share(ours, _tell(pair.theirs.others)):
            # Set fire to a car, set a car on fire.
            continue
        is_named = all(any(token.name for token in side) for side in (ours, theirs))
        is_elsewhere = _share(theirs, _list_parties(own, pair.ours, others=is_named))
        is_known = _share(ours, _list_parties(list_clauses(pair.base), pair.theirs, others=is_named))
        if is_known and is_elsewhere:
            return _Found(ours, theirs, pair.base, is_turned=True)
        if is_known and all(token.name for token in ours) and not is_light(pair.ours.verb.word):
            return _Found(ours, theirs, pair.base, is_turned=False)
    return None


def _find_other_voice(pairs: Sequence[_Pair]) -> _Found | None:
    """Return whom a clause has do what the facts have done to them, by nobody in particular: *refused* it, *were denied* it."""
    for pair in pairs:
        ours, theirs = _tell_doer(pair.ours.agent), _tell_doer(pair.theirs.patient)
        if not ours or not theirs or not _tell(pair.ours.patient) or not _do_same(pair.ours, pair.theirs):
            continue
        if any(_tell_doer(other.theirs.agent) and _do_same(other.ours, other.theirs) for other in pairs):
            continue
        if _share(ours[-1:], theirs[:1]) and _share(_tell(pair.ours.patient), theirs[1:]):
            return _Found(ours, theirs[:1], pair.base, is_turned=False)
    return None


def _may_share_doer(clause: Clause, other: Clause) -> bool:
    """Tell whether two clauses have the same doer, or neither says who does it."""
    return not (_tell_doer(clause.agent) or _tell_doer(other.agent)) or _share_doer(clause, other)


def _overlap(clause: Clause, other: Clause) -> float:
    """Return how much two clauses say alike but for who does it."""
    is_same, says_little = _do_same(clause, other), _says_little(clause.verb) or _says_little(other.verb)
    if not is_same and not says_little:
        return 0
    same = _count_shared(clause, other)
    if is_same and (not is_light(clause.verb.word) or _are_near(clause, other, same)):
        return same + _VERB
    return same if same > 1 and says_little else 0


def _count_shared(clause: Clause, other: Clause) -> int:
    """Return how many words, names and figures behind the verb of a clause another has, too."""
    ours, theirs = (_tell((*one.patient, *one.others)) for one in (clause, other))
    figures = [
        {token.word for token in (*one.patient, *one.others) if token.kind == "figure"} for one in (clause, other)
    ]
    return sum(any(_are_alike(token, rival) for rival in theirs) for token in ours) + len(figures[0] & figures[1])


def _are_near(clause: Clause, other: Clause, same: int) -> bool:
    """Tell whether two clauses with a verb of many meanings are of one thing: *kept*, *gave*, *put*."""
    ours, theirs = (_tell((*one.patient, *one.others)) for one in (clause, other))
    is_crossed = _share(_tell_doer(clause.agent), theirs) or _share(_tell_doer(other.agent), ours)
    named = sum(any(_are_alike(token, rival) for rival in theirs) for token in ours if token.name)
    return is_crossed or same > named


def _says_little(verb: Token) -> bool:
    return (not verb.key and verb.kind != "be") or bool(_EMPTY.intersection(find_lemmas(verb.word)))


def _do_same(clause: Clause, other: Clause) -> bool:
    """Tell whether two clauses have the same verb, or verbs that may mean the same."""
    one, rival = clause.verb, other.verb
    if one.key == rival.key != "" or _are_one_verb(one.word, rival.word):
        return True
    return not is_light(one.word) and _are_alike(one, rival)


def _have_verb(pair: _Pair) -> bool:
    """Tell whether two clauses have one verb, and not two that may mean the same."""
    return _are_one_verb(pair.ours.verb.word, pair.theirs.verb.word)


@lru_cache(maxsize=65536)
def _are_one_verb(word: str, other: str) -> bool:
    """Tell whether two folded words may be inflections of one."""
    return not set(find_lemmas(word)).isdisjoint(find_lemmas(other))


def _is_nearer(other: Clause, pair: _Pair) -> bool:
    """Tell whether what a clause is of is rather that of another clause, whatever its verb: *two fishermen*."""
    return _count_shared(pair.ours, other) > _count_shared(pair.ours, pair.theirs)


def _share_doer(clause: Clause, other: Clause) -> bool:
    """Tell whether two clauses may have the same doer."""
    ours, theirs = _tell_doer(clause.agent), _tell_doer(other.agent)
    if any(_share([token], _tell(other.patient)) and not _share([token], theirs) for token in ours[:-1] if token.name):
        # Aldmere's army, in Korvany; Korvany's army.
        return False
    if _are_countries(ours) and _are_countries(theirs) and not _share(ours, theirs):
        # One's government is not the other's.
        return False
    heads = [[token for token in one.agent if token.kind == "word"][-1:] for one in (clause, other)]
    if _share(ours[-1:], theirs) or _share(theirs[-1:], ours) or _share(heads[0], heads[1]):
        return True
    # A report by the commission, the commission.
    people = any(token.name and token.name.kind == "person" for token in (*ours, *theirs))
    beyond = _tell(clause.of), _tell(other.of)
    return not people and (_share((*ours[-1:], *beyond[0]), (*theirs[-1:], *beyond[1])) or _share(beyond[0], theirs))


def _are_countries(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and all(token.name and token.name.kind == "country" for token in tokens)


def _list_parties(clauses: Sequence[Clause], besides: Clause, *, others: bool) -> list[Token]:
    """Return who does what to whom in clauses, but for what one of them says is done to whom."""
    found = [token for one in clauses for token in (*one.agent, *one.of, *(one.others if others else ()))]
    return _tell([*found, *(token for one in clauses if one is not besides for token in one.patient)])


def _list_besides(reading: Reading, besides: Sequence[Token]) -> list[Token]:
    """Return the words and names of a text that tell something, but for those of a phrase."""
    starts = {token.start for token in besides} | {clause.verb.start for clause in list_clauses(reading)}
    return [token for token in list_tokens(reading) if token.tells and token.start not in starts]


def _tell(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.tells]


def _tell_doer(tokens: Iterable[Token]) -> list[Token]:
    """Return what tells who does it: the names alone, where the last word says nothing, *few people* of Korvany."""
    found = [token for token in tokens if token.kind in ("word", "name")]
    is_empty = bool(found) and not found[-1].tells
    return [token for token in found if token.name or (token.tells and not is_empty)]


def _share(ours: Iterable[Token], theirs: Sequence[Token]) -> bool:
    return any(_are_alike(one, other) for one in ours for other in theirs)


def _are_alike(one: Token, other: Token) -> bool:
    """Tell whether two words or names may mean the same."""
    if one.name and other.name:
        return one.name.may_be(other.name)
    if one.name or other.name:
        name, word = (one, other) if one.name else (other, one)
        return bool(name.name and {word.key, word.word} & set(name.name.words))
    if one.key and one.key == other.key:
        return True
    return _mean_alike(one.word, other.word)


@lru_cache(maxsize=65536)
def _mean_alike(word: str, other: str) -> bool:
    """Tell whether either of two folded words may mean the other, or a kind of it."""
    meaning, base = find_meaning(word), find_meaning(other)
    return bool(meaning.lemmas) and are_kin(meaning, base)


def _state(reading: Reading, ours: Sequence[Token], base: Reading, theirs: Sequence[Token]) -> Conflict:
    start, end = ours[0].start, ours[-1].end
    told = base.text[min(token.start for token in theirs) : max(token.end for token in theirs)]
    return Conflict("order", reading.text[start:end], start, end, told)
