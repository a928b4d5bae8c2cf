"""The verbs of a text, read shallowly: each with its auxiliaries, its voice, and whether it is denied."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.roots import root_word
from rightscli.check.stated.thesaurus import PLURALS, count_kinds, find_lemmas, is_past

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightscli.check.stated.tokens import Token


class Verb(NamedTuple):
    """The words of a verb, from the *first* auxiliary to the *main* verb.

    *voice* is ``active``, ``passive``, ``to`` (an infinitive), ``ing``, or empty where it cannot be told.
    """

    first: int
    main: int
    voice: str
    is_denied: bool


HELPING = frozenset(("be", "have", "do", "modal", "not", "adv"))
"""The kinds of words before a verb that belong to it."""


def find_verbs(tokens: Sequence[Token]) -> Iterator[Verb]:
    """Yield the verbs of a text, each with its auxiliaries."""
    place = 0
    while place < len(tokens):
        verb = _read_auxiliaries(tokens, place) if _opens(tokens, place) else None
        if not verb and (is_main(tokens, place) or _is_let(tokens, place)):
            verb = Verb(place, place, _tell_voice(tokens, place), False)
        if verb:
            yield verb
        place = verb.main + 1 if verb else place + 1


def _opens(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb begins with an auxiliary, or with *to*, at *place*."""
    token = tokens[place]
    if token.word == "to":
        following = _look(tokens, place, 1)
        return bool(
            following
            and (
                following.word in ("be", "have", "do")
                or (following.kind == "word" and _may_be_base(following) and not _is_noun(following))
            )
        )
    return token.kind in ("be", "have", "do", "modal")


def _read_auxiliaries(tokens: Sequence[Token], place: int) -> Verb:
    """Return the verb that begins with an auxiliary at *place*."""
    first, last, is_denied = place, place, False
    aux = tokens[place]
    while place < len(tokens) and (tokens[place].kind in HELPING or tokens[place].word == "to"):
        if tokens[place].word == "to" and not _opens(tokens, place):
            break
        is_denied = is_denied or tokens[place].kind == "not"
        if tokens[place].kind not in ("adv", "not"):
            last, aux = place, tokens[place]
        place += 1
    main = tokens[place] if place < len(tokens) else None
    opening = "to" if tokens[first].word == "to" else "active"
    if main and main.kind == "word":
        if aux.kind == "be":
            if is_past(main.word):
                return Verb(first, place, "passive", is_denied)
            if main.word.endswith("ing") and count_kinds(main.word, "v"):
                return Verb(first, place, opening, is_denied)
        elif (aux.kind == "have" and is_past(main.word)) or (aux.kind != "have" and _may_be_base(main)):
            return Verb(first, place, opening, is_denied)
    return Verb(first, last, opening, is_denied)


def _may_be_base(token: Token) -> bool:
    return count_kinds(token.word, "v") > 0


def _is_noun(token: Token) -> bool:
    """Tell whether a word behind *to* is rather no verb."""
    return _is_plural(token) or count_kinds(token.word, "v") < count_kinds(token.word, "n") + count_kinds(
        token.word, "a"
    )


def _is_plural(token: Token) -> bool:
    return (token.word.endswith("s") and not token.word.endswith("ss")) or token.word in PLURALS


def is_main(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word at *place* is a verb without an auxiliary."""
    token = tokens[place]
    if token.kind != "word" or token.owns or not count_kinds(token.word, "v"):
        return False
    before = _look(tokens, place, -1)
    behind = _look(tokens, place, 1)
    is_counted = before is not None and before.kind == "figure" and is_past(token.word)
    if before is None or before.owns or (before.kind in ("det", "prep", "figure") and not is_counted):
        return bool(before) and before.kind == "prep" and token.word.endswith("ing")  # type: ignore[union-attr]
    leads = behind is None or behind.kind in _AFTER_VERB
    if token.word.endswith("ing"):
        return leads
    if is_past(token.word):
        is_sure = before.kind in ("pron", "rel", "name", "and", "figure") or before.word == ","
        return leads or is_sure or (before.kind == "word" and count_kinds(before.word, "n") > 0)
    is_verbal = count_kinds(token.word, "v") > count_kinds(token.word, "n") or (
        behind is not None and behind.kind in ("det", "name", "pron", "rel", "figure")
    )
    if before.kind == "pron" or (before.kind == "name" and place > 1 and _follows_relative(tokens, place)):
        return True
    if before.kind == "rel":
        return is_verbal
    if before.kind not in ("word", "name", "mark", "and"):
        return False
    if before.kind in ("mark", "and") and (behind is None or behind.kind in ("mark", "and", "sub")):
        # A list: with patients, nurses, doctors.
        return False
    if "-" in before.word:
        return False
    if _is_wanted(tokens, place):
        return count_kinds(token.word, "v") > 0 and not is_past(token.word) and (leads or is_verbal)
    head = _find_counted(tokens, place, before)
    if _is_plural(head) == _is_plural(token) or (before.kind == "word" and _is_adjective(before.word)):
        return False
    return is_verbal and (leads or count_kinds(token.word, "v") > count_kinds(token.word, "n") + 1)


_MUTUAL = "meet marry talk negotiate resemble match equal"
"""Verbs of which both parties are the doers."""
_WANTING = frozenset("recommend demand ask urge insist propose request require order suggest".split())


def _is_wanted(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word at *place* may be what somebody wants done: recommended that the Council *refer* it."""
    first = place - 1
    while first > 0 and tokens[first].kind in ("word", "name", "det"):
        if tokens[first].kind == "word" and count_kinds(tokens[first].word, "v") > count_kinds(tokens[first].word, "n"):
            return False
        first -= 1
    return first > 0 and tokens[first].word == "that" and not _WANTING.isdisjoint(find_lemmas(tokens[first - 1].word))


def _find_counted(tokens: Sequence[Token], place: int, before: Token) -> Token:
    """Return the noun that says whether a verb at *place* is of one or of many: *women* in China."""
    while place > 0 and tokens[place] is not before:
        place -= 1
    is_behind = place > 1 and before.kind == "name" and tokens[place - 1].kind == "prep"
    return tokens[place - 2] if is_behind and tokens[place - 2].kind in ("word", "name") else before


def _is_adjective(word: str) -> bool:
    return is_past(word) or (not word.endswith("s") and 0 < count_kinds(word, "a") >= count_kinds(word, "n"))


def _is_let(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word at *place* is what somebody lets another do: let the captain *turn* back."""
    word = tokens[place].word
    is_verbal = tokens[place].kind == "word" and count_kinds(word, "v") > count_kinds(word, "n")
    if place < 2 or not is_verbal or tokens[place - 1].kind not in ("word", "name", "pron"):
        return False
    behind = _look(tokens, place, 1)
    is_noun = behind is not None and behind.word == "of"
    return not is_noun and any(token.word in _LETTING for token in tokens[max(0, place - 6) : place - 1])


_LETTING = frozenset("let lets letting make makes made".split())


def _follows_relative(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a relative pronoun stands before what stands right before *place*: *whom China* returns."""
    while place > 0 and tokens[place - 1].kind == "adv":
        place -= 1
    return place > 1 and tokens[place - 2].kind == "rel"


_AFTER_VERB = frozenset(("det", "prep", "name", "pron", "figure", "date", "mark", "rel", "adv", "and", "sub", "not"))


def _look(tokens: Sequence[Token], place: int, step: int) -> Token | None:
    """Return the token beside *place*, over adverbs."""
    place += step
    while 0 <= place < len(tokens) and tokens[place].kind in ("adv", "not", "date"):
        place += step
        if step < 0 < place and tokens[place].kind == "prep":
            # At first, by then, in 1962.
            place += step
    return tokens[place] if 0 <= place < len(tokens) else None


def _tell_voice(tokens: Sequence[Token], place: int) -> str:
    """Return in which voice a verb without an auxiliary stands; nothing where it cannot be told: *workers assigned to it*."""
    word, behind = tokens[place].word, _look(tokens, place, 1)
    if word.endswith("ing"):
        return "ing"
    if not is_past(word) or not word.endswith(("n", "t", "d")) or word in _PAST_ONLY:
        return "active"
    if behind and behind.word == "by":
        return "passive"
    if place + 1 < len(tokens) and tokens[place + 1].word == "to" and _opens(tokens, place + 1):
        return "active"
    if _is_of_relative(tokens, place):
        return "active"
    return "" if behind is None or behind.kind in ("prep", "mark", *HELPING) else "active"


def _is_of_relative(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb is that of a relative clause with a subject of its own: whom *the court heard*."""
    first = place - 1
    while first > 0 and tokens[first].kind in ("word", "name", "det", "adv"):
        first -= 1
    return 0 <= first < place - 1 and tokens[first].kind == "rel"


_PAST_ONLY = frozenset("began crept fled forgot knelt ran rode slept stood went wept".split())
"""Verbs in the past that are no participles, or not of what is done to somebody."""


@lru_cache(maxsize=1)
def list_mutual() -> frozenset[str]:
    """Return the roots of the verbs of which both parties are the doers."""
    return frozenset(root_word(word)[0] for word in _MUTUAL.split())
