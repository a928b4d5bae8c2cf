"""Whether a sentence denies what a fact affirms, or the other way round."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.clues import Conflict, state_conflict, tell_form
from rightscli.check.stated.contrasts import find_contrast
from rightscli.check.stated.denials import is_plain, list_reached, says_alike
from rightscli.check.stated.duties import compare_duties
from rightscli.check.stated.roots import MORE, bare_root, fold_word, is_light, list_opposed_roots, root_word
from rightscli.check.stated.thesaurus import is_inflected, is_verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import Reading, WordSaid


def compare_negations(reading: Reading, claim: Claim, claims: Claims) -> tuple[Conflict, ...]:
    """Return where one side negates what the other affirms, as at most one conflict."""
    return (
        find_contrast(reading, claim)
        or _compare_objects(reading, claim.reading)
        or _compare_signs(reading, claim, claims)
        or _compare_presence(reading, claim.reading)
        or compare_duties(reading, claim.reading)
    )


def _compare_objects(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where of two texts, one of which both affirms and denies a word, one denies of a thing what the other affirms of it.

    So it *accepted* most advice but *refused* to end what, by the other, it *agreed* to end.
    """
    for root in (reading.signs.keys() & base.signs.keys()).intersection(list_opposed_roots()):
        if not reading.signs[root] and not base.signs[root] and (found := _compare_complements(reading, base, root)):
            return found
        if bool(reading.signs[root]) == bool(base.signs[root]):
            continue
        ours, theirs = _list_objects(reading, root), _list_objects(base, root)
        if not reading.signs[root] and len({word.sign for word in ours.values()}) < len(_SIGNS):
            # It had put its name to it, and pulled out.
            continue
        for key in ours.keys() & theirs.keys():
            said, own = ours[key], theirs[key]
            if said.sign * own.sign < 0:
                return (state_conflict("negation", reading, said, base, own),)
    return ()


def _compare_complements(reading: Reading, base: Reading, root: str) -> tuple[Conflict, ...]:
    """Return where of two opposites each stands behind the verb that the fact has the other behind: *presumed guilty*."""
    ours, theirs = _map_complements(reading, root), _map_complements(base, root)
    for verb in ours.keys() & theirs.keys():
        if ours[verb].sign * theirs[verb].sign < 0:
            return (state_conflict("negation", reading, ours[verb], base, theirs[verb]),)
    return ()


def _map_complements(reading: Reading, root: str) -> dict[str, WordSaid]:
    """Return the words of a *root* that stand right behind another, by the root of that."""
    pairs = pairwise(reading.words)
    return {one.root: two for one, two in pairs if two.root == root and reading.text[one.end : two.start] == " "}


_SIGNS = (1, -1)


def _list_objects(reading: Reading, root: str) -> dict[str, WordSaid]:
    """Return the words of a *root* that a text says outright, by the roots of what each is said of: of a verb, the word that
    follows; of what somebody or something *is*, the words before that. What both are said of is left out."""
    found: dict[str, WordSaid] = {}
    both: set[str] = set()
    for number, word in enumerate(reading.words):
        if word.root != root or word.sign != tell_form(word, reading):
            continue
        for thing in _list_things(number, reading):
            if found.setdefault(thing, word).sign != word.sign:
                both.add(thing)
    return {thing: word for thing, word in found.items() if thing not in both}


def _list_things(number: int, reading: Reading) -> list[str]:
    """Return the roots of what the word of that *number* is said of."""
    word = reading.words[number]
    said = fold_word(reading.text[word.start : word.end])
    found = []
    if is_verb(said) and (is_inflected(said) or said.endswith("ing")):
        stop = re.compile(_ENDS).search(reading.text, word.end)
        last = stop.start() if stop else len(reading.text)
        behind = [one for one in reading.words[number + 1 : number + 1 + _OBJECTS] if one.start < last]
        rivals = [one.start for one in behind if one.root == word.root]
        found = [one.root for one in behind if one.start < min(rivals, default=last)]
        found = found if behind and behind[0].start - word.end <= _OBJECT_REACH else []
    lead = max(0, word.start - _LEAD)
    match = re.search(_IS, reading.text[lead : word.start])
    if match:
        before = reading.text[lead : lead + match.start()]
        first = max((mark.end() for mark in re.finditer(_CLAUSE, before)), default=0)
        if not re.search(_OF_WHAT, before[first:]):
            found += [one.root for one in reading.words[:number] if lead + first <= one.start < lead + match.start()]
    return found


_ENDS = r"(?i)[,;:.]|\b(?:although|though|while|whereas|but|because)\b"
_OBJECTS = 5
"""How many words behind a verb may be what it is said of."""
_IS = r"(?i)\b(?:is|are|was|were|be|been|remains?|remained)(?: \w+ly)? $"
_OF_WHAT = r"(?i)\b(?:of|in|on|over|for|by|from|with|to|at)\b"
"""In a subject of more than a noun: what it is of is not what something is said of."""
_CLAUSE = r"(?i)[,;:.]|\b(?:although|though|while|whereas|but|because|that|who|which)\b"
_OBJECT_REACH = 24
"""How many characters may part a verb from what it is said of."""
_NONE_BUT = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in ("no|none|not|never|nobody|nowhere", "any|anyone|anything|other|else", "but|except|than")
)
"""*In no other language than* this: in this only."""
_GENERIC = frozenset("peopl person govern offici countri human right group order area member".split())
"""Roots that tell too little for a negation to hang on them."""


def _compare_signs(reading: Reading, claim: Claim, claims: Claims) -> tuple[Conflict, ...]:
    """Return the conflict of a word that one side says, and the other denies."""
    said, base = reading.signs, claim.reading.signs
    turned = {root for root in said.keys() & base.keys() if said[root] * base[root] < 0 and root not in _GENERIC}
    if not turned or _is_of_none_but(reading.text) or says_alike(reading.text, claim.reading.text):
        return ()
    turned -= _find_purpose(claim.reading) | _find_purpose(reading)
    if " than " in reading.text and " than " in claim.reading.text:
        # Which of two is more, the orders tell: fewer drivers than cyclists, more cyclists than drivers.
        turned.discard(MORE)
    if not turned:
        return ()
    opposites = {root for root in turned if _is_said_outright(root, reading) and _is_said_outright(root, claim.reading)}
    if (
        not opposites
        and deny_alike(reading, claim.reading)
        and _is_denial_shared(reading, claim.reading)
        and not _is_reversed(reading, turned, base)
    ):
        # Each denies as often as the other: what is *barred* in one and *banned* in the other is the same.
        return ()
    turned -= {root for root in turned - opposites if _is_overreach(root, reading, claim.reading)}
    turned -= {root for root in turned - opposites if _has_other_predicate(root, reading, claim.reading)}
    turned -= _PARTICLES
    turned -= {root for root in turned & _OF_DAY if not _is_first(root, reading, claim.reading)}
    adverbs = {word.root for word in reading.words if reading.text.endswith("ly", 0, word.end)}
    opposed = list_opposed_roots()
    turned = {root for root in turned if root in opposed or (root not in adverbs and claims.weigh(root) >= w.HINGE)}
    turned = {root for root in turned if root in opposites or is_plain(root, reading, claim.reading)}
    if not turned:
        return ()
    # What the negative side denies: by its negation, or by a word that is the opposite of the other's.
    negative = reading if any(said[root] < 0 for root in turned) else claim.reading
    root = next(word.root for word in negative.words if word.root in turned and word.sign < 0)
    start, end = _find_turned(reading, root)
    first, last = _find_turned(claim.reading, root)
    return (Conflict("negation", reading.text[start:end], start, end, claim.reading.text[first:last]),)


def _is_of_none_but(text: str) -> bool:
    """Tell whether one of each of ``_NONE_BUT`` stands in a part of a text between two marks, in this order."""
    for part in re.split("[,;:]", text):
        found, end = None, 0
        for pattern in _NONE_BUT:
            found = pattern.search(part, end)
            if not found:
                break
            end = found.end()
        if found:
            return True
    return False


def _is_first(root: str, one: Reading, other: Reading) -> bool:
    """Tell whether a negation of either text is of *root* before all else: *not at night*."""
    return any(reached and reached[0].root == root for own in (one, other) for reached in list_reached(own))


_PARTICLES = frozenset(bare_root(word) for word in "back out up down off away over again together".split())
"""Roots of words that go with a verb, and say little without it: *given back*."""
_OF_DAY = frozenset(bare_root(word) for word in "morning noon afternoon evening night day week month year".split())
"""Roots of when something was, or was not."""


def _is_said_outright(root: str, reading: Reading) -> bool:
    """Tell whether a text says a word of a pair of opposites without turning it: *loosened*, *tight*."""
    words = [word for word in reading.words if word.root == root]
    return root in list_opposed_roots() and all(word.sign == tell_form(word, reading) for word in words)


def _is_overreach(root: str, one: Reading, other: Reading) -> bool:
    """Tell whether the negation that reaches *root* in one text is about what the other denies too: it reaches too far."""
    return any(
        any(word.root == root for word in reached)
        and any(
            near.root not in (root, *_GENERIC) and near.sign < 0 and rival.signs.get(near.root, 1) <= 0
            for near in reached
        )
        for own, rival in ((one, other), (other, one))
        if own.signs[root] < 0
        for reached in list_reached(own)
    )


def _has_other_predicate(root: str, one: Reading, other: Reading) -> bool:
    """Tell whether another deed is denied than the one that the other text tells of: they did *not have* what *was kept*.

    The negation then governs a verb that says little, and the other text has a verb of its own.
    """
    for own, rival in ((one, other), (other, one)):
        if own.signs[root] >= 0:
            continue
        denials = [
            own.text[start:end]
            for (start, end), reached in zip(own.negations, list_reached(own), strict=True)
            if any(word.root == root for word in reached)
        ]
        if denials and all(re.match(_EMPTY, text) for text in denials):
            return any(
                is_verb(spoken) and is_inflected(spoken) and not spoken.endswith("s")
                for word in rival.words
                if (spoken := fold_word(rival.text[word.start : word.end]))
            )
    return False


_EMPTY = (
    r"(?i)(?:not|n't|never|no|\w+n't)\s+"
    r"(?:have|has|had|what|be|been|come|came|get|got|surprise|with|in|one|their|his|her|its)\b"
)
"""A negation of a verb that says little by itself."""


def deny_alike(one: Reading, other: Reading) -> bool:
    """Tell whether two texts deny, and as often as each other."""
    return 0 < count_denials(one) == count_denials(other)


def _is_reversed(reading: Reading, turned: set[str], base: Mapping[str, int]) -> bool:
    """Tell whether a statement affirms what the fact denies, and denies what it affirms: *labor, not fish*."""
    if any(re.match(_OUTSIDE, reading.text[start:]) for start, _ in reading.negations):
        # The ships are outside the rule, and the rule is not for the ships.
        return False
    affirmed = {root for root in turned if reading.signs[root] > 0 > base[root]}
    denied = {root for root in turned - affirmed if _is_denied(root, reading)}
    return bool(affirmed) and bool(denied or _is_apart(affirmed, reading))


def _is_denied(root: str, reading: Reading) -> bool:
    """Tell whether a text turns a word of a *root*; one that is itself the opposite of its root may stand as it is."""
    words = [word for word in reading.words if word.root == root]
    return any(word.sign * tell_form(word, reading) < 0 for word in words)


_REFUSED = (
    r"\W*(?:(?:the|its|their|his|her) \w+ )?(?:was|were|is|are|ha[sd] been|have been|got) (?:\w+ly )?"
    r"(?:turned down|rejected|refused|dismissed|denied|rebuffed)\b"
)
"""What was asked for in the clause before was not granted."""


def _is_apart(roots: set[str], reading: Reading) -> bool:
    """Tell whether a statement says *roots* in another clause than all that it denies: *sick pay is given, but no leave*."""
    joint = re.search(r",? \b(?:but|while|whereas|yet|though|although)\b|, so\b|;", reading.text)
    if not joint or re.match(_REFUSED, reading.text[joint.end() :]):
        return False
    sides = {word.start < joint.start() for word in reading.words if word.root in roots}
    denied = {start < joint.start() for start, _ in reading.negations}
    return len(sides) == len(denied) == 1 and sides != denied


_OUTSIDE = r"(?i)(?:outside|exempt\w*|excused|excluded|spared|escap\w+|evad\w+)\b"


def _is_denial_shared(reading: Reading, base: Reading) -> bool:
    """Tell whether a statement says anything of what a fact denies, so that the two denials may be one.

    So they may where it denies a verb that the fact has not: *could not reach them by radio*, *could not communicate*.
    """
    denied = {word.root for word in base.words if word.sign * tell_form(word, base) < 0}
    if not denied:
        return not any(reached and base.signs.get(reached[0].root, 0) > 0 for reached in list_reached(reading))
    if any(word.root in denied for word in reading.words):
        return True
    return all(
        reached
        and reached[0].root not in base.signs
        and re.match(r"(?i)(?:not|never|unable|\w*not|\w*n't)\b", reading.text[start:])
        and not is_light(reading.text[reached[0].start : reached[0].end])
        for (start, _), reached in zip(reading.negations, list_reached(reading), strict=True)
    )


@lru_cache(maxsize=4096)
def count_denials(reading: Reading) -> int:
    """Return how often a text denies; *nor* goes on with the denial before it."""
    text = reading.text.lower()
    nor = sum(text.startswith("nor", start) for start, _ in reading.negations)
    return len(reading.negations) - nor + ("without" in text)


@lru_cache(maxsize=4096)
def _find_purpose(reading: Reading) -> frozenset[str]:
    """Return the roots of what somebody does something *so as not to* do: which others say in other ways, without a *not*."""
    match = re.search(_PURPOSE, reading.text)
    if not match:
        return frozenset()
    end = re.compile(_PURPOSE_ENDS).search(reading.text, match.end())
    last = end.start() if end else len(reading.text)
    return frozenset(word.root for word in reading.words if match.start() < word.start < last)


_PURPOSE = (
    r"\b(?:so as not to|in order not to|lest|avoid\w*|evad\w+|escap\w+"
    r"|instead of|rather than|spare|spares|sparing|let \w+ off)\b"
)


_PURPOSE_ENDS = r"[,;:.]|\b(?:to|that|report\w*|say|says|said|and)\b"


_WITHOUT = (
    r"(?i)(?<!\bnot )\bwithout\s+(?:(?:an?|the|any|their|its|his|her|official|government|prior|former|first|narrow|wide|formal"
    r"|clear|large|open|unanimous|majority)\s+)*(?:[a-z]+['’]s\s+)?([a-z]+)\b"
)
_NEVER_WITHOUT = (
    r"(?i)\b(?:no|not|nobody|none|never|cannot|neither|forbid\w*|ban(?:s|ned)?|prohibit\w*)\b[^,.;:]*$|n't\b[^,.;:]*$"
)
_WITH = r"(?i)\b(?:with|after|by|following|on|under|to(?=\s+an?\s))\s+(?:[\w'’-]+\s+){0,3}$"


def _compare_presence(reading: Reading, fact: Reading) -> tuple[Conflict, ...]:
    """Return where one text tells of a thing done *without* what the other says it was done with: a vote, permission."""
    said, base = reading.text, fact.text
    if "without" not in said.lower() and "without" not in base.lower():
        return ()
    abroad = {one.key for one in reading.names if one.kind == "country"} - {one.key for one in fact.names}
    if abroad:
        # Of another country it may well be so.
        return ()
    for absent in re.finditer(_WITHOUT, base):
        if re.search(_NEVER_WITHOUT, base[: absent.start()]):
            # Nobody may do it without a warrant: with one, they may.
            continue
        present = _find_present(absent[1], reading) or _find_affirmed(absent[1], said)
        if present:
            return (Conflict("negation", said[slice(*present)], *present, absent[0]),)
    lacking: dict[str, re.Match[str]] = {}
    for absent in re.finditer(_WITHOUT, said):
        if not re.search(_NEVER_WITHOUT, said[: absent.start()]):
            lacking.setdefault(absent[1], absent)
    for absent in lacking.values():
        present = _find_present(absent[1], fact)
        if present:
            return (Conflict("negation", absent[0], *absent.span(), base[slice(*present)]),)
    return ()


def _find_present(lacking: str, reading: Reading) -> tuple[int, int] | None:
    """Return where a text tells of what was done *with* or *after* what another says was *lacking*, and never denies it."""
    root, text = bare_root(lacking), reading.text
    words = [match for match in re.finditer(r"[^\W\d_]+", text) if bare_root(match[0]) == root]
    if any(0 < one.start - word.end() < _LEAD // 2 and one.sign < 0 for word in words for one in reading.words):
        # After it had been called off.
        return None
    if re.search(_DENIED_LAST, text):
        return None
    first: tuple[int, int] | None = None
    for word in words:
        start = max(0, word.start() - _LEAD)
        lead = re.search(_WITH, text[start : word.start()])
        if not lead or re.search(_ABSENT, text[start : word.start()]):
            return None
        first = first or (start + lead.start(), word.end())
    return first


_DENIED_LAST = r"(?i)\b(?:(?:is|are|was|were|do|does|did|has|have|had) not|\w+n't)\s*(?:[.,;)]|$)"
"""Ends a clause that denies what is said before it: it has to be, and *was not*."""
_LEAD = 96
"""How many characters before a word say whether it was there."""
_ABSENT = r"(?i)(?:\b(?:not|never|no|without|lack\w*)\b|n't\b)[^.;:]{0,48}$"


def _find_affirmed(lacking: str, said: str) -> tuple[int, int] | None:
    """Return where a statement affirms what a fact says is *lacking*: *pays them*, of work without *compensation*."""
    root, sign = root_word(lacking)
    if not root:
        return None
    is_deed = lacking.endswith("ing") and is_verb(fold_word(lacking))
    if not (is_deed or root in list_opposed_roots()) or re.search(
        r"(?i)\b(?:not|no|never|without|nor|neither|nobody|none|nothing|un\w+|lack\w*|(?:want|absence|instead) of|rather than"
        r"|cannot|refus\w*|fail\w*|declin\w*|ignor\w*|den(?:y|ied|ies))\b|n't\b",
        said,
    ):
        return None
    words = (match.span() for match in re.finditer(r"[^\W\d_]+", said) if root_word(match[0]) == (root, sign))
    return next(words, None)


def _find_turned(reading: Reading, root: str) -> tuple[int, int]:
    """Return where *root* stands, with what negates it if that is near."""
    word = next(word for word in reading.words if word.root == root)
    starts = [start for start, end in reading.negations if word.start - 40 < start < word.start < end]
    return min(starts, default=word.start), word.end
