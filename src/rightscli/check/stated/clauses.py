"""The clauses of a text, read shallowly: each verb with who does it and what it is done to, in the active as in the passive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from rightscli.check.stated.tokens import Token, list_tokens
from rightscli.check.stated.verbs import HELPING, find_verbs, is_main

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.verbs import Verb


@dataclass(frozen=True, slots=True)
class Clause:
    """A *verb* of a text, with who does it, what it is done to, and what else stands behind it; none where it is not said.

    *of* is what the agent is of, or in: the *minister*, where it is his brother who does it. *is_denied*: a *not* stands with
    the verb.
    """

    verb: Token
    agent: tuple[Token, ...]
    of: tuple[Token, ...]
    patient: tuple[Token, ...]
    others: tuple[Token, ...]
    is_denied: bool


_Tokens = tuple[Token, ...]


@lru_cache(maxsize=4096)
def list_clauses(reading: Reading) -> tuple[Clause, ...]:
    """Return the clauses of a text, in order."""
    tokens = list_tokens(reading)
    verbs = list(find_verbs(tokens))
    clauses: list[Clause] = []
    subject: _Tokens = ()
    is_denied = False
    lead: Token | None = None
    floor = 0
    for number, verb in enumerate(verbs):
        behind_verb = verbs[number - 1].main + 1 if number else 0
        following = verbs[number + 1] if number + 1 < len(verbs) else None
        before = _find_subject(tokens, verb, floor)
        antecedent: _Tokens = ()
        if not before and verb.voice in ("active", "passive"):
            antecedent = _take_antecedent(tokens, verb)
            before = antecedent or (subject if _goes_on(tokens, verb) else ())
        is_next = bool(number) and _is_right_behind(tokens, behind_verb, verb.first)
        if is_next and _is_led(tokens, verb):
            # Continued to press, kept pressing: who does both.
            before = subject
        elif verb.voice == "to":
            before = ()
        elif number and behind_verb == verb.first:
            before = _find_antecedent(tokens, behind_verb - 1)
        is_finite = verb.voice in ("active", "passive") or _is_alone(tokens, verb, verbs)
        subject = before if is_finite and before else subject
        is_denied = verb.is_denied or (is_denied and behind_verb == verb.first)
        # Women held there are: what stands before a participle is the subject of the verb behind it.
        floor = verb.main + 1 if verb.voice or is_finite else floor
        is_lead = following and _is_right_behind(tokens, verb.main + 1, following.first) and _is_led(tokens, following)
        if is_lead and verb.voice != "passive":
            lead = tokens[verb.main]
            continue
        behind = tokens[verb.main + 1 : following.first if following else len(tokens)]
        clause = _make_clause(tokens[verb.main], verb, before, behind, is_denied, is_finite)
        if verb.voice == "active" and before and not clause.patient:
            clause = replace(clause, patient=_find_object_before(tokens, before[0]))
        clauses.append(_take_last(clause, before) if antecedent and verb.voice == "active" else clause)
        if lead and is_next and verb.voice != "passive":
            clauses.append(_repeat_clause(clauses[-1], lead))
        lead = None
    return tuple(clauses)


def _repeat_clause(clause: Clause, lead: Token) -> Clause:
    """Return a clause as that of the verb which leads its own: who offers to lend *offers*, and lends."""
    return replace(clause, verb=lead, patient=(), others=(*clause.patient, *clause.others))


def _is_right_behind(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether nothing but a date stands between two verbs: continued *in 2019* to press."""
    between = tokens[start:end]
    return not between or (between[-1].kind == "date" and all(token.kind in ("date", "prep") for token in between))


def _is_led(tokens: Sequence[Token], verb: Verb) -> bool:
    """Tell whether a verb is led by the one right before it: continued *to press*, kept *pressing*."""
    return tokens[verb.first].word == "to" or verb.voice == "ing"


def _make_clause(
    main: Token, verb: Verb, before: _Tokens, behind: Sequence[Token], is_denied: bool, is_finite: bool
) -> Clause:
    """Return the clause of a verb between its subject and what stands *behind* it."""
    direct, others, doer = _part_behind(behind)
    if verb.voice == "passive":
        agent, patient = doer, (*before, *direct)
    elif verb.voice or is_finite:
        agent, patient = before, direct
    else:
        agent, patient = (), direct
    head, of = _part_phrase(agent)
    if main.kind == "be":
        # The owner is who owns.
        last = next((token for token in reversed(_part_phrase(direct)[0]) if token.tells), main)
        main = last if last.word.removesuffix("s").endswith(("er", "or")) else main
    return Clause(main, head, of, _drop_marks(patient), _drop_marks(others), is_denied)


def _take_last(clause: Clause, phrase: _Tokens) -> Clause:
    """Return a relative *clause* said of the last thing in the phrase before it, or of what that is of: *areas of work* that."""
    last = max((number for number, token in enumerate(phrase) if token.kind == "prep"), default=-1)
    return replace(clause, agent=_drop_marks(phrase[last + 1 :]), of=_drop_marks(phrase[: last + 1]))


def _is_alone(tokens: Sequence[Token], verb: Verb, verbs: Sequence[Verb]) -> bool:
    """Tell whether a verb in the past is the only one that can be the sentence's between two marks: *fatigue led to* it."""
    if verb.voice:
        return False
    first, last = verb.first, verb.main
    while first > 0 and tokens[first - 1].kind not in ("mark", "sub", "rel"):
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].kind not in ("mark", "sub", "rel"):
        last += 1
    return not any(one.voice in ("active", "passive") and first <= one.main <= last for one in verbs)


# -- what stands before a verb, and behind it


def _find_subject(tokens: Sequence[Token], verb: Verb, floor: int) -> tuple[Token, ...]:
    """Return what stands right before a verb as its subject."""
    last, is_aside = _skip_back(tokens, verb.first - 1), False
    apposed: Sequence[Token] = ()
    if last < floor:
        return ()
    if tokens[last].kind == "mark" and verb.voice in ("ing", ""):
        return ()
    if tokens[last].kind == "mark" and tokens[last].word in ",)—–":
        # China, the largest partner, is: what stands before the aside.
        opening = last - 1
        while opening >= 0 and tokens[opening].kind != "mark":
            opening -= 1
        # An engineer at the plant, Ada Brill, warned: both say who.
        apposed = [token for token in tokens[opening + 1 : last] if last - opening == 2 and token.name]
        last, floor, is_aside = opening - 1, 0, True
    if last < 0 or tokens[last].kind not in ("word", "name", "pron", "figure", "date", "det"):
        return ()
    first = last
    while first >= floor and (_is_listed(tokens, first) or tokens[first].kind not in ("mark", "rel", "sub")):
        if tokens[first].word == "but" or (is_aside and (tokens[first].kind in HELPING or is_main(tokens, first))):
            break
        first -= 1
    if tokens[first + 1].kind == "and":
        return _trim_phrase(tokens[first + 2 : last + 1])
    if not is_aside and 0 < floor == first + 1 and tokens[first].word not in _OPENING:
        # What stands behind the verb before is done to by that.
        return ()
    return (*apposed, *_trim_phrase(tokens[first + 1 : last + 1]))


_OPENING = frozenset(
    "let lets make makes made help helps helped see saw say says said think thinks thought report reports reported believe"
    " believes believed claim claims claimed find finds found argue argues argued is was were are".split()
)
"""Verbs behind which a clause may begin without a word of its own."""


def _is_listed(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a comma stands between two names."""
    beside = tokens[max(0, place - 1) : place + 2]
    return tokens[place].word == "," and [token.kind for token in beside] == ["name", "mark", "name"]


def _trim_phrase(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the words of a phrase, without what stands before a pronoun: *in the talks it*."""
    starts = [number for number, token in enumerate(tokens) if token.word in _SUBJECTS]
    rest = tokens[starts[-1] if starts else 0 :]
    return tuple(
        token
        for token, following in zip_longest(rest, rest[1:])
        if token.kind in ("word", "name", "pron", "prep")
        and not (token.kind == "prep" and following and following.kind == "date")
    )


_SUBJECTS = frozenset("it he she they we".split())


def _part_phrase(tokens: Sequence[Token]) -> tuple[_Tokens, _Tokens]:
    """Return what a phrase is of, and what stands behind its prepositions: *a report* / *by the commission*.

    Where its head says nothing, it is of all: *the government of China*.
    """
    places = [number for number, token in enumerate(tokens) if token.kind == "prep"]
    first = places[-1] + 1 if places and places[0] == 0 else 0
    last = next((place for place in places if place > first), len(tokens))
    head = _drop_marks(tokens[first:last])
    if any(token.tells for token in head):
        return head, _drop_marks(tokens[last:])
    return _drop_marks(tokens), ()


def _drop_marks(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(token for token in tokens if token.kind not in ("prep", "mark"))


def _skip_back(tokens: Sequence[Token], place: int) -> int:
    """Return the last token up to *place* but for adverbs and dates: *Brandt, in 1962,* gave; *at first* kept."""
    while place >= 0:
        if place and tokens[place].word == "," and tokens[place - 1].kind == "date":
            place -= 1
        if tokens[place].kind not in ("adv", "not", "date", "prep"):
            break
        place -= 1
    return place


def _take_antecedent(tokens: Sequence[Token], verb: Verb) -> tuple[Token, ...]:
    """Return what a relative clause that begins right before *verb* is said of: *the networks* that help."""
    place = _skip_back(tokens, verb.first - 1)
    return _find_antecedent(tokens, place) if place >= 0 and tokens[place].word in ("who", "which", "that") else ()


def _find_antecedent(tokens: Sequence[Token], place: int) -> tuple[Token, ...]:
    """Return what the relative clause at *place* is said of: *the migrants* whom it interviewed."""
    return _trim_phrase(_cut_antecedent(tokens, place))


def _cut_antecedent(tokens: Sequence[Token], place: int) -> Sequence[Token]:
    while place >= 0 and tokens[place].word not in ("who", "whom", "which", "that"):
        place -= 1
    last = place - (2 if place > 0 and tokens[place - 1].word == "," else 1)
    if last < 0 or tokens[last].kind in ("det", "pron"):
        # Those who fled.
        return ()
    first = last
    while first >= 0 and tokens[first].kind not in ("mark", "rel", "sub", *HELPING) and not is_main(tokens, first):
        first -= 1
    return tokens[first + 1 : last + 1]


def _find_object_before(tokens: Sequence[Token], first: Token) -> tuple[Token, ...]:
    """Return what is done to in a relative clause whose subject begins with *first*: *the teachers* whom the ministry offered."""
    place = next(number for number, token in enumerate(tokens) if token.start == first.start) - 1
    while place >= 0 and tokens[place].kind == "det":
        place -= 1
    if place < 1 or tokens[place].word not in ("whom", "which"):
        # The advice that it should join: *that* may begin what is advised.
        return ()
    phrase = _cut_antecedent(tokens, place)
    last = max((number for number, token in enumerate(phrase) if token.kind == "prep"), default=-1)
    return tuple(token for token in phrase[last + 1 :] if token.kind in ("word", "name", "pron", "figure"))


def _goes_on(tokens: Sequence[Token], verb: Verb) -> bool:
    """Tell whether a verb has the subject of the one before it: *and closed it*."""
    place = _skip_back(tokens, verb.first - 1)
    if place > 0 and tokens[place].kind == "and" and tokens[place - 1].word == ",":
        # Where they are, and cites: who does that stands further off.
        return False
    return place >= 0 and (tokens[place].kind == "and" or tokens[place].word == ",")


def _part_behind(tokens: Sequence[Token]) -> tuple[_Tokens, _Tokens, _Tokens]:
    """Return what stands behind a verb: what it is done to, what stands behind a preposition, and by whom it is done."""
    direct: list[Token] = []
    others: list[Token] = []
    doer: list[Token] = []
    lead = ""
    for place, token in enumerate(tokens):
        if token.kind in ("rel", "sub") or token.word == "but":
            break
        if (token.kind == "mark" and not _is_listed(tokens, place)) or (token.kind == "and" and not place):
            break
        if token.kind == "prep" and token.word != "of":
            lead = token.word
        elif token.kind in ("word", "name", "pron", "figure", "prep"):
            (doer if lead == "by" else others if lead else direct).append(token)
    return tuple(direct), tuple(others), tuple(doer)
