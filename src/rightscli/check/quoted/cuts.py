"""What a quotation's cuts leave out that changes its sense: just before it, just behind it, and in its ellipses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rightscli.check.quoted.alignment import Run, is_common
from rightscli.check.quoted.passages import Passages, Wording, read_words
from rightscli.check.quoted.phrases import (
    Mention,
    Phrase,
    Phrases,
    find_phrases,
    list_opposing,
    list_phrases,
    match_phrase,
    unify_negation,
)
from rightscli.text.stems import stem_word

_NEAR = 2
"""Over as many words of weight a phrase reaches: of "little evidence of real progress", to *progress*."""
_BESIDE = 4
"""As many words may stand between a draft's own *outlaws* and the quotation that it is said of."""
_LONGEST_CLAUSE = 60
_MOST_SHOWN = 8

_STOP = re.compile(r"[.!?;:()\[\]…—–]|\s-+\s")
_JOINING = frozenset("and but because while although though whereas since which who whom whose when where as".split())
_LEADING = frozenset("and but or so yet that".split())
"""Words that may stand before the first word of a clause."""

_DEFINITE = frozenset("the this these those its their his her our my your".split())
_OPENING = frozenset("that whether if how why what".split())


class Cut(NamedTuple):
    """*words* of the source, as they stand there, that a quotation leaves out: they turn its sense, or only qualify it."""

    words: str
    turns: bool


class Surroundings(NamedTuple):
    """The draft's own words in the sentence of a quotation."""

    before: str = ""
    after: str = ""


def find_cuts(passages: Passages, wording: Wording, runs: Sequence[Run], around: Surroundings) -> tuple[Cut, ...]:
    """Return what is cut off where the quotation's words stand at *runs*, but for what the draft itself says *around* it."""
    own = _Own(around, " ".join(re.findall(r"\[([^\[\]]*)\]", wording.text)) if "[" in wording.text else "")
    found: list[Cut] = []
    for number, run in enumerate(runs):
        end = run.source + run.length
        if run.said == 0 or run.said in wording.breaks:
            low = runs[number - 1].source + runs[number - 1].length if number else 0
            found += _find_before(passages, run.source, low, own, is_name=not number and _is_name(wording))
        if run.said + run.length == len(wording.keys) or run.said + run.length in wording.breaks:
            limit = runs[number + 1].source if number + 1 < len(runs) else None
            found += _find_behind(passages, end, limit, own)
    return tuple(dict.fromkeys(found))


def _is_name(wording: Wording) -> bool:
    """Tell whether the quotation is no more than a name, which asserts nothing that could be turned."""
    told = [word.form for word in wording.words if not is_common(word.form.casefold())]
    return not wording.breaks and not any(form[0].islower() for form in told)


class _Clause(NamedTuple):
    """The words of a sentence before a cut; *stops* has, before each of them and before the cut, how they are parted.

    ``""`` for not, ``,`` for a comma, ``.`` for anything that parts clauses more. *following* is the word behind the cut.
    *whole*: the sentence begins with them.
    """

    keys: tuple[str, ...]
    stops: tuple[str, ...]
    following: str
    whole: bool


def _read_clause(passages: Passages, first: int, place: int) -> _Clause:
    keys = tuple(unify_negation(key) for key in passages.keys[first:place])
    stops = tuple(_part_words(passages, at) if at > first else "" for at in range(first, place + 1))
    return _Clause(keys, stops, passages.keys[place], passages.starts_sentence(first))


def _part_words(passages: Passages, place: int) -> str:
    """Return how the word at *place* is parted from the one before: see ``_Clause``."""
    between = _get_gap(passages, place)
    return "." if _STOP.search(between) else "," if "," in between else ""


def _get_gap(passages: Passages, place: int) -> str:
    text = passages.texts[passages.paragraph_of[place]]
    return text[passages.ends[place - 1] : passages.starts[place]]


def _find_before(passages: Passages, place: int, low: int, own: _Own, *, is_name: bool) -> Iterator[Cut]:
    """Yield what changes the words from *place* on and stands before them, from *low* on, in their sentence."""
    first = place
    while first > max(low, place - _LONGEST_CLAUSE) and not passages.starts_sentence(first):
        first -= 1
    if first == place:
        return
    clause = _read_clause(passages, first, place)
    left_out = [
        mention
        for mention in find_phrases(list_phrases()[0], clause.keys)
        if mention.phrase.reach
        and not (is_name and mention.phrase.turns)
        and not _is_hyphenated(passages, first + mention.start, first + mention.end)
        and _reaches(clause, mention)
        and not _says(own, mention.phrase, clause.keys[mention.end :])
    ]
    if left_out:
        turns = any(mention.phrase.turns and not _is_presupposed(clause, mention) for mention in left_out)
        yield Cut(_show_words(passages, first + left_out[0].start, place), turns)


def _is_presupposed(clause: _Clause, mention: Mention) -> bool:
    """Tell whether what follows the cut is there even so: who fails to meet *its obligations* has some."""
    between = clause.keys[mention.end :]
    if not any(not is_common(key) for key in between) or _opens_clause(clause, mention.start):
        return False
    return between[-1] in _DEFINITE or (clause.following in _DEFINITE and between[-1] not in _OPENING)


def _is_hyphenated(passages: Passages, start: int, end: int) -> bool:
    """Tell whether words are part of a compound: no-fly, little-known."""
    return _get_gap(passages, end) == "-" or (start > 0 and _get_gap(passages, start) == "-")


def _reaches(clause: _Clause, mention: Mention) -> bool:
    """Tell whether a phrase before a cut changes the words behind it: see ``turning.txt``."""
    reach, at = mention.phrase.reach, mention.end
    between, stops = clause.keys[at:], clause.stops[at:]
    if clause.following in _JOINING:
        return False
    is_plain = not any(stops) and _JOINING.isdisjoint(between)
    if is_plain and reach != {"front"} and _weigh_words(clause, at) <= (0 if "next" in reach else _NEAR):
        return True
    opens = _opens_clause(clause, mention.start)
    if "clause" in reach and opens:
        # The commas of an aside are two: Few of the women, who gut fish, had contracts.
        commas = stops.count(",")
        return is_plain or ("." not in stops and commas > 0 and commas % 2 == 0)
    if "next" in reach or "," not in stops or not (opens or clause.stops[mention.start]):
        return False
    # In theory, they are …; According to the union, at least …: over the first comma, and over no further stop.
    comma = stops.index(",")
    return sum(map(bool, stops)) == 1 and (not comma or "front" in reach) and _JOINING.isdisjoint(between[comma:])


def _weigh_words(clause: _Clause, at: int) -> int:
    """Return how many words of weight stand between place *at* of *clause* and the cut."""
    # What a noun's infinitive says is its own: failed in its obligations to …
    following = (*clause.keys[at + 1 :], clause.following) if at < len(clause.keys) else ()
    return sum(not is_common(key) for key in clause.keys[at:]) + following.count("to")


def _opens_clause(clause: _Clause, at: int) -> bool:
    """Tell whether a clause begins with the word at place *at*."""
    if at and clause.keys[at - 1] == "that":
        return True
    at -= bool(at and clause.keys[at - 1] in _LEADING)
    return clause.whole if at == 0 else bool(clause.stops[at])


def _find_behind(passages: Passages, end: int, limit: int | None, own: _Own) -> Iterator[Cut]:
    """Yield what changes the words before place *end* and stands just behind them, before *limit*, in their sentence."""
    last = len(passages.keys) if limit is None else limit
    if end >= last or not passages.keys[end] or passages.starts_sentence(end):
        return
    keys = tuple(unify_negation(key) for key in passages.keys[end : min(last, end + _MOST_SHOWN)])
    phrase = match_phrase(list_phrases()[1], keys, 0)
    if phrase is None or ("next" in phrase.reach and _part_words(passages, end)):
        return
    until = next((at for at in range(end + 1, last) if passages.starts_sentence(at)), last)
    if limit is not None and until == limit and "contrast" in phrase.reach:
        # Both sides of the contrast are quoted.
        return
    if not _says(own, phrase, keys[len(phrase.words) :]):
        yield Cut(_show_words(passages, end, until), phrase.turns)


def _show_words(passages: Passages, first: int, end: int) -> str:
    """Return the source's words from place *first* to before *end*, as far as the first comma or a few of them."""
    last = min(end, first + _MOST_SHOWN)
    shown = passages.quote_source(first, last)
    return shown if last == end else f"{shown} …"


_ASIDE = re.compile(r"(?i),\s(?:which|who|whom|whose|where|when|although|though|despite|if|unlike)\b[^,]*,")
_CLAUSE_AHEAD = re.compile(
    r"(?i)[.;:—–]|\s-+\s|,\s(?:and|but|yet|so|while|whereas|although|though|because|since|which|who|whose|where|when)\b"
    r"|\s(?:but|because|while|whereas|although)\b"
)
_FRONTED = re.compile(
    r"(?i)\W*(?:although|though|while|whereas|when|whenever|if|since|as|because|after|before|despite|with|without)\b[^,]*,"
)
_CLAUSE_BEHIND = re.compile(r"(?i)[.!?;:—–]|\s-+\s|,?\s(?:and|but|yet|while|whereas|although|though|because|since)\b")


class _Own(NamedTuple):
    """What is a draft's own: the words *around* a quotation, and those in *brackets* inside it."""

    around: Surroundings
    brackets: str


class _OwnWords(NamedTuple):
    """A draft's own words, before the quotation, behind it, and in brackets: in its *clause*, and in its whole *sentence*."""

    clause: tuple[tuple[str, ...], ...]
    sentence: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=64)
def _read_own_words(own: _Own) -> _OwnWords:
    before = _ASIDE.sub(" ", own.around.before)
    ahead = [match.end() for match in _CLAUSE_AHEAD.finditer(before)]
    before = before[ahead[-1] if ahead else 0 :]
    fronted = _FRONTED.match(before)
    behind = _CLAUSE_BEHIND.search(own.around.after)
    after = own.around.after[: behind.start() if behind else len(own.around.after)]
    clause = map(_list_keys, (before[fronted.end() if fronted else 0 :], after, own.brackets))
    return _OwnWords(tuple(clause), tuple(map(_list_keys, (*own.around, own.brackets))))


def _says(own: _Own, phrase: Phrase, others: Sequence[str]) -> bool:
    """Tell whether a draft says *phrase* itself, or as much; *others* are the words that stand with it."""
    clause, sentence = _read_own_words(own)
    if phrase.words == _ACCORDING:
        return any(key in keys for keys in sentence for key in others if not is_common(key))
    if _opposes(clause):
        return True
    before, behind = list_phrases()
    if not phrase.turns:
        return _mention_any((before, behind), sentence, turning=False)
    if phrase.reach & {"front", "-"}:
        # A condition is said in many ways: in theory …; …, but many are not.
        return _mention_any((before,), sentence, turning=True) or _mention_any((behind,), sentence, turning=False)
    return _mention_any((before, behind), clause, turning=True)


def _opposes(clause: Sequence[Sequence[str]]) -> bool:
    """Tell whether a word close to the quotation says that it is not so, or is stopped."""
    before, after, brackets = clause
    near = (before[-_BESIDE - 1 :], after[: _BESIDE + 1], brackets)
    return _mention_any((list_opposing(),), [[stem_word(key) for key in keys] for keys in near], turning=True)


_ACCORDING = ("according", "to")
"""Said of the source itself, it qualifies nothing: only who else is named there tells."""


def _mention_any(lists: Sequence[Phrases], texts: Sequence[Sequence[str]], *, turning: bool) -> bool:
    """Tell whether a phrase of *lists* stands in one of *texts*: any that changes something, or only one that turns it."""
    return any(
        mention.phrase.reach and (mention.phrase.turns or not turning) and mention.phrase.words != _ACCORDING
        for phrases in lists
        for keys in texts
        for mention in find_phrases(phrases, keys)
    )


def _list_keys(text: str) -> tuple[str, ...]:
    return tuple(unify_negation(word.form.casefold()) for word in read_words(text))
