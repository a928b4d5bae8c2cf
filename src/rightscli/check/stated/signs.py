"""Which words of a text are denied: what a negation turns, and how far it reaches."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from rightscli.check.sentences import split_sentences
from rightscli.check.stated.company import (
    ARTICLES,
    BE_WORDS,
    IN_COMPANY,
    KEEPING_OUT,
    LAWS,
    OWNED,
    PERSONAL,
    WITHDRAWING,
    is_put_off,
    turns_in_company,
)
from rightscli.check.stated.lexicon import list_negators, list_passive_negators
from rightscli.check.stated.thesaurus import is_inflected, is_verb

_CLAUSE_WORDS = frozenset(
    "despite notwithstanding but because although though while whereas until since unless".split()
)
_SCOPE, _NEAR, _BACK = 16, 7, 24
"""How many words a negation may reach, how many of these it surely turns, and how many before it one in the passive."""


def find_signs(words: list[str], gaps: list[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the sign of each of the folded *words*, -1 within a negation, and what each negation surely reaches.

    ``gaps[i]`` is what stands between words i and i + 1. The sign is 0 where it cannot be told: in an aside (*without*), far
    from the negation, or in the subject of a negated passive.
    """
    signs = [1] * len(words)
    reaches: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if (word not in _list_turning() and not word.endswith("nt")) or not _is_negator(words, place):
            # Most words turn nothing in any company, and need no look at it.
            continue
        if _is_conditional(words, place, min(len(words), place + 1 + _SCOPE)):
            for other in range(place + 1, min(len(words), place + 1 + _SCOPE)):
                signs[other] = 0
            continue
        if words[place : place + 3] == ["not", "a", "single"] and place:
            # Not a single florin: what was given is denied, and no florin.
            signs[place + 3 : place + 4] = [0] * len(signs[place + 3 : place + 4])
            continue
        opened = _skip_aside(words, gaps, place)
        # What closes the aside is no end of the clause.
        end = _end_scope(words, gaps if opened == place else [*gaps[:opened], " ", *gaps[opened + 1 :]], opened)
        if word == "without" and words[place + 1 : place + 2] not in (["any"], ["being"]):
            for other in range(place + 1, min(end, place + 4)):
                signs[other] = 0
            continue
        end = _cut_scope(words, place, end)
        reaches.append((place, min(end, opened + _NEAR + 1)))
        if _turns_subject(words, place):
            for other in range(_start_scope(words, gaps, place), place):
                signs[other] = 0
        if word in _NONE_AT_END and _ends_clause(words, gaps, place):
            # Took part in neither.
            for other in range(_find_deed_before(words, gaps, place), place):
                signs[other] = -signs[other]
        first = _skip_of_whom(words, place)
        for other in range(opened + 1, min(end, first)):
            signs[other] = 0
        opened = max(opened, first - 1)
        sure = opened + _NEAR
        for other in range(opened + 1, end):
            is_clause = words[other] in ("who", "which", "that", "whom") or (
                words[other] in _SUBJECTS and other > place + 2
            )
            sure = min(sure, other) if is_clause and other > place + 1 else sure
            signs[other] = -signs[other] if other <= sure else 0
    _turn_others(words, gaps, signs, reaches)
    _drop_duties(words, signs)
    return signs, reaches


def _drop_duties(words: list[str], signs: list[int]) -> None:
    """Take the sign from what *should have* been done, which was done or not."""
    for place in range(len(words) - 2) if "should" in words or "ought" in words else ():
        if words[place : place + 2] == ["should", "have"] or words[place : place + 3] == ["ought", "to", "have"]:
            signs[place + 2 : place + 6] = [0] * len(signs[place + 2 : place + 6])


def _ends_clause(words: list[str], gaps: list[str], place: int) -> bool:
    """Tell whether the *nothing* at *place* ends its clause, or is what somebody is given: pays them *nothing*."""
    return place + 1 == len(words) or not gaps[place].isspace() or _is_given(words, place)


def _is_given(words: list[str], place: int) -> bool:
    """Tell whether the word at *place* is what somebody is given: pays *them* nothing."""
    return not PERSONAL.isdisjoint(words[max(0, place - 1) : place])


def _find_deed_before(words: list[str], gaps: list[str], place: int) -> int:
    """Return where the verb stands that *nothing*, at *place*, is the object of; *place* where there is none near."""
    start = max(_start_scope(words, gaps, place), place - 4)
    deeds = (other for other in range(place - 1, start - 1, -1) if is_inflected(words[other]) and is_verb(words[other]))
    # Their assigned workers are workers.
    return next((other for other in deeds if not other or words[other - 1] not in ARTICLES), place)


def _skip_of_whom(words: list[str], place: int) -> int:
    """Return where what is denied begins behind a negator that says of whom: *not one of the complaints* that were made."""
    start = place + 1 + (words[place : place + 2] == ["not", "one"])
    if words[place] not in _OF_WHOM or words[start : start + 1] != ["of"]:
        return 0
    return start + 2 + (words[start + 1 : start + 2] != [] and words[start + 1] in ARTICLES)


def _cut_scope(words: list[str], place: int, end: int) -> int:
    """Return the *end* of what the negator at *place* reaches, or a nearer one where it turns little or nothing behind it."""
    before = words[max(0, place - 3) : place]
    if words[place] in ("away", "absence", "want"):
        # Away from the state when it began.
        return min(end, place + 4)
    if words[place] == "limited":
        # Limited hours and paid leave.
        end = next((other for other in range(place + 1, end) if words[other] in ("and", "or")), end)
    if _is_failing(words, place):
        return place + 1
    if words[place] == "nothing" and _is_given(words, place):
        return place + 1
    if words[place] in ("lacking", "absent", "unknown", "unheard"):
        # Support was lacking: nothing after it is.
        return end if BE_WORDS.isdisjoint(before[-1:]) else place + 1
    is_by = words[place + 1 : place + 2] == ["by"] and not BE_WORDS.isdisjoint(before)
    # Work was stopped by a judge: the judge was not.
    return place + 1 if is_by and _is_passive(words, place) else end


def _turns_subject(words: list[str], place: int) -> bool:
    """Tell whether the negator at *place* turns what stands before it, too: dissent *is not* tolerated, *is banned*."""
    word = words[place]
    if (word == "against" and words[place + 1 : place + 3] in LAWS) or _is_failing(words, place):
        return True
    is_met = word == "no" and not _MEETING.isdisjoint(words[max(0, place - 1) : place])
    if is_met or _is_passive(words, place) or is_put_off(words, place):
        return True
    nearest = words[max(0, place - 2) : place] + ([word[:-2]] if word.endswith("nt") else [])
    is_plain = word in ("not", "never", "hardly", "barely", "scarcely", "cannot") or word.endswith("nt")
    is_done = words[place + 1 : place + 2] == ["be"]
    return is_plain and (is_done or not BE_WORDS.isdisjoint(nearest))


def _turn_others(words: list[str], gaps: list[str], signs: list[int], reaches: list[tuple[int, int]]) -> None:
    """Turn what *least* is said of, and what somebody is *kept from*."""
    for place, word in enumerate(words[:-1]) if "least" in words else ():
        if word == "least" and (place == 0 or words[place - 1] not in ("at", "not")):
            signs[place + 1] = -signs[place + 1]
    for place, word in enumerate(words):
        if word in _LOSING and not OWNED.isdisjoint(words[place + 1 : place + 2]):
            # Who lost their vote could not vote, and had one.
            signs[place + 2 : place + 4] = [0] * len(signs[place + 2 : place + 4])
        start = _find_kept_from(words, place) if word in _KEEPING else 0
        out = _find_kept_out(words, place) if word in KEEPING_OUT else 0
        if out:
            # Who kept the researchers out did not let them in.
            reaches.append((place, out))
            for other in range(place + 1, out):
                signs[other] = -signs[other]
        if start:
            reaches.append((start, start + _NEAR))
            for other in range(start, _end_scope(words, gaps, start - 1)):
                signs[other] = -signs[other]


def _find_kept_out(words: list[str], place: int) -> int:
    """Return where *out* stands that ends what somebody *keeps out*; 0 where the verb at *place* keeps nobody out of a place."""
    near = words[place + 1 : place + 6]
    out = near.index("out") if "out" in near else 0
    is_of = words[place + out + 2 : place + out + 3] == ["of"] and not words[place].startswith(("keep", "kept"))
    is_one = out and _CLAUSE_WORDS.union(("and", "to", "that")).isdisjoint(near[:out])
    return place + 1 + out if is_one and not is_of and words[place].startswith(("keep", "kept", "shut", "lock")) else 0


def _find_kept_from(words: list[str], place: int) -> int:
    """Return where what somebody is *kept from* doing begins; 0 where the *keep* at *place* keeps nobody from anything."""
    if "from" not in words[place + 1 : place + 7]:
        return 0
    start = words.index("from", place + 1) + 1
    return start if any(word.endswith("ing") for word in words[start : start + 2]) else 0


def _is_conditional(words: list[str], place: int, end: int) -> bool:
    """Tell whether a negation holds only but for something: nothing *without* a permit, no fine *higher than*."""
    later = words[place + 2 : end]
    near = words[place + 2 : place + 12]
    if words[place] == "no" and (
        "than" in near or any(one == "over" and _is_number(two) for one, two in pairwise(near))
    ):
        return True
    near = words[place + 1 : place + 6]
    spot = next((other for other, word in enumerate(near) if word in ("but", "except", "save")), 0)
    if words[place] in _NOBODY and spot and BE_WORDS.isdisjoint(near[:spot]) and _HELPING.isdisjoint(near[:spot]):
        # No hospital but one: that one did.
        return True
    is_ruled = not _RULING.isdisjoint(words)
    if words[place] in _NOBODY and is_ruled and {"under", "below", "over", "above"} & set(words[place + 1 : place + 4]):
        # Nobody under sixteen may: one must be sixteen.
        return True
    if words[place] == "instead" and not _WHICH_ONES.isdisjoint(words[place + 2 : place + 7]):
        # Instead of the 80 that were planned: they were planned.
        return True
    if words[place] in _PLAIN_NOT and words[place + 1 : place + 2] == ["exceed"]:
        # May not exceed so much: is so much at most.
        return True
    return words[place] in _PLAIN_NOT and bool({"without", "unless", "except", "until", "than", "upwards"} & set(later))


def _is_failing(words: list[str], place: int) -> bool:
    """Tell whether something fails by itself: a motion *failed* by three votes."""
    return words[place] in ("fails", "failed") and words[place + 1 : place + 2] in (["by"], ["in"])


def _is_number(word: str) -> bool:
    return word in _NUMERALS or word.isdecimal()


def _is_passive(words: list[str], place: int) -> bool:
    """Tell whether the negator at *place* is said of what stands before it: ``is denied``, ``rights denied to``."""
    before = words[max(0, place - 3) : place]
    if words[place] not in list_passive_negators():
        # Travel is under tight restriction.
        return "under" in before and words[place].removesuffix("s").endswith(("ion", "al"))
    if any(word in BE_WORDS for word in before):
        return True
    return words[place + 1 : place + 2] in (["to"], ["by"]) and not {"has", "have", "had"} & set(before)


@lru_cache(maxsize=1)
def _list_turning() -> frozenset[str]:
    """Return the words that may turn what follows them, but for those that end in a *not*."""
    return list_negators() | IN_COMPANY


def _is_negator(words: list[str], place: int) -> bool:
    """Tell whether the word at *place* turns what follows it."""
    word = words[place]
    after = words[place + 1] if place + 1 < len(words) else ""
    before = words[place - 1] if place else ""
    in_company = turns_in_company(words, place)
    if in_company is not None:
        return in_company
    if word not in list_negators() and word not in WITHDRAWING and not (word.endswith("nt") and word[:-2] in _HELPING):
        return False
    if word in ("nothing", "nobody") and "as" in words[max(0, place - 2) : place] and before in ("if", "though"):
        # As if nothing had happened.
        return False
    if word in ("nothing", "none", "nobody", "little") and after in ("but", "except", "besides", "else", "other"):
        return False
    if word in ("barely", "hardly", "scarcely") and (_is_number(after) or after in ("more", "over", "above", "a")):
        return False
    if (word == "bars" and before == "behind") or (
        word in ("block", "blocks") and (len(after) == 1 or after.isdecimal())
    ):
        return False
    if word == "no" and after == "other" and {"as", "than", "more"} & set(words[place + 2 : place + 12]):
        # No other city is as large as this one; with no other does it trade more.
        return False
    if word in WITHDRAWING:
        earlier, later = words[max(0, place - 3) : place], words[place + 1 : place + 4]
        return not {"not", "never"} & set(earlier) and bool(_WITHDRAWN & set(later))
    if word == "no":
        # No. 4 is a number.
        return not after.isdecimal() and after not in ("doubt", "more", "less", "fewer", "later", "sooner")
    if word == "not" and before == "or" and "whether" in words[:place]:
        return False
    if word == "not" and after == "even" and not _SHARES.isdisjoint(words[place + 2 : place + 4]):
        # Not even half: less than that.
        return False
    if word == "not":
        return after not in _NOT_ONLY or (after == "yet" and words[place + 2 : place + 3] != ["to"])
    if word == "outside":
        return after in ("the", "of", "it") and before not in ("the", "from")
    if word == "little":
        # Little more than half is no denial.
        return before != "a" and after not in ("more", "less", "over", "under", "short")
    if word.endswith("ed") and word in list_passive_negators() and after not in ARTICLES:
        # Of abandoned ships nothing is denied.
        return before not in _NUMERALS and not (before.isdecimal() and len(before) < _YEAR)
    # A quiet technician is one.
    return word not in _ATTRIBUTES or before not in ARTICLES


_ATTRIBUTES = frozenset("absent doubtful improbable quiet silent unable unknown unlikely unwilling".split())
_NOT_ONLY = frozenset("only just merely least until since yet more less fewer quite certainly necessarily".split())
"""Behind *not*, they say that it is so."""
_YEAR = 4
"""Digits of a year, which is no number of anything."""
_OF_WHOM = frozenset("none not neither nobody".split())
_NONE_AT_END = frozenset("neither nobody none nothing".split())
"""Behind a verb, at the end of a clause, they deny the verb."""
_NOBODY = frozenset("nobody none no".split())
_RULING = frozenset("may can could must shall should might allowed permitted admitted eligible".split())
"""What says that something is a rule, and no report."""
_PLAIN_NOT = frozenset("no not nothing nobody never none cannot neither".split())
_WHICH_ONES = frozenset("that which who whom".split())
_SUBJECTS = frozenset("they he she we".split())
"""What begins a clause by itself, behind a noun: the fields *they* had been promised."""
_SHARES = frozenset("half third quarter fifth tenth one two three four five".split())
_MEETING = frozenset("with find finds found enjoy enjoys enjoyed get gets got receive receives received".split())
"""Before *no*, they say it of the subject: dissent meets with no tolerance."""
_LOSING = frozenset("forfeit forfeited lose loses losing lost".split())
_KEEPING = frozenset("keep keeps kept keeping".split())
_CEASING = frozenset("drop dropped dropping end ended ending withdrawn relinquished waver wavered".split())
_WITHDRAWN = frozenset(
    "demand demands call calls claim claims request requests insistence objection objections".split()
)
_NUMERALS = frozenset(
    "a an one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred half".split()
)
_HELPING = frozenset("do does did is are was were has have had ca wo would could should must".split())


def _skip_aside(words: list[str], gaps: list[str], place: int) -> int:
    """Return the last word of what is put in behind the negator at *place*, between commas; else *place*."""
    if place + 1 < len(words) and "," in gaps[place] and words[place + 1] in _ASIDES:
        for other in range(place + 1, min(place + 9, len(gaps))):
            if "," in gaps[other]:
                return other
    return place


_ASIDES = frozenset("in at as for by on of to under whatever however according if despite though it".split())


def _end_scope(words: list[str], gaps: list[str], place: int) -> int:
    """Return the place after the last word that a negation at *place* reaches."""
    last = min(len(words), place + 1 + _SCOPE)
    # The government, which is never short of words, says so.
    is_put_in = any(
        words[one] in ("who", "which", "whose") and "," in gaps[one - 1] for one in range(max(1, place - 3), place)
    )
    for other in range(place + 1, min(place + 3, last)):
        if words[other] in _CEASING:
            # Who has not dropped a demand still makes it.
            return other
    for other in range(place + 1, last):
        is_next = words[other] in ("no", "nor", "never") and words[place] in ("no", "nor", "never", "neither")
        if (words[other] in _CLAUSE_WORDS and other > place + 1) or is_next:
            return other
        if words[other] in ("and", "or") and other + 1 < last and _is_negator(words, other + 1):
            # What is refused is not denied, in: denies it and refuses.
            return other
        if words[other] in ("and", "or") and words[place] not in _PLAIN_NOT and _is_deed(words, other + 1):
            # To ban it and move the agency.
            return other
        gap = gaps[other - 1]
        if "," in gap and words[other] == "and" and not any("," in one for one in gaps[place : other - 1]):
            # The clinic had no tests, and a sample took days.
            return other
        if any(sign in gap for sign in ";:—()") or ("," in gap and (is_put_in or not _goes_on(words, gaps, other))):
            return other
    return last


def _is_deed(words: list[str], place: int) -> bool:
    """Tell whether a verb stands at *place*, with what it is done to behind it."""
    return words[place + 1 : place + 2] in (["the"], ["a"], ["an"], ["its"], ["their"], ["his"], ["her"]) and is_verb(
        words[place]
    )


def _goes_on(words: list[str], gaps: list[str], place: int) -> bool:
    """Tell whether the word at *place*, after a comma, goes on with a list."""
    if words[place] in ("among", "including", "such", "and", "or", "nor", "like"):
        return True
    nearby = range(place, min(place + 3, len(words) - 1))
    return any("," in gaps[other] or words[other + 1] in ("and", "or") for other in nearby)


def _start_scope(words: list[str], gaps: list[str], place: int) -> int:
    """Return the first word that a negation said of what stands before *place* reaches."""
    for other in range(place, max(0, place - _BACK), -1):
        if words[other] in _CLAUSE_WORDS or any(sign in gaps[other - 1] for sign in ";:—()"):
            return other
    return max(0, place - _BACK)


def pair_gaps(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return what stands between the words at *spans*; between two sentences, a semicolon, which no negation reaches over."""
    gaps = [text[one[1] : other[0]] for one, other in pairwise(spans)]
    if not any("." in gap for gap in gaps):
        return gaps
    starts = {start for start, _ in split_sentences(text)}
    return [
        ";" if not starts.isdisjoint(range(one[1], other[0] + 1)) else gap
        for gap, (one, other) in zip(gaps, pairwise(spans), strict=True)
    ]
