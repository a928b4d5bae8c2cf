"""What differs between a quotation and the stretch of a source that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rightscli.check.quoted.alignment import LONGEST_INSERTION, Run
from rightscli.check.quoted.passages import Passages, Wording
from rightscli.text.folding import fold_text
from rightscli.text.spelling import unify_spelling


@dataclass(frozen=True, slots=True)
class Difference:
    """What the quotation says in ``quotation[start:end]``, and what the source says there, each as it stands.

    *kind*: ``word``, ``spelling`` (the same word as another house spells it: labour for labor), ``case``, ``omission``
    (*said* is empty), ``addition`` (*source* is empty), ``order`` (a piece that stands elsewhere in the source).
    """

    said: str
    source: str
    start: int
    end: int
    kind: str


def list_differences(passages: Passages, wording: Wording, runs: Sequence[Run]) -> tuple[Difference, ...]:
    """Return what differs where *runs* are the words that are the same, in the quotation's order."""
    found = [*_compare_start(passages, wording, runs[0])]
    for left, right in pairwise(runs):
        found += find_case_slips(passages, wording, left)
        said, until = left.said + left.length, right.said
        source, limit = left.source + left.length, right.source
        breaks = [place for place in range(said, until + 1) if place in wording.breaks]
        if not breaks:
            found += _compare_words(passages, wording, said, until, source, limit)
            continue
        # The words on either side of an ellipsis are to be compared with the words on the same side in the source.
        first, last = breaks[0], breaks[-1]
        after = min(first - said, limit - source)
        found += _compare_words(passages, wording, said, first, source, source + after)
        found += _compare_words(passages, wording, first, last, source, source)
        ahead = min(until - last, limit - source - after)
        found += _compare_words(passages, wording, last, until, limit - ahead, limit)
        dropped = limit - source - after - ahead
        if dropped > LONGEST_INSERTION and all(wording.breaks[place] == "insertion" for place in breaks):
            found += _compare_words(passages, wording, last, last, source + after, limit - ahead)
    found += find_case_slips(passages, wording, runs[-1])
    return (*found, *_compare_end(passages, wording, runs[-1]))


def reach_ends(passages: Passages, wording: Wording, runs: Sequence[Run]) -> tuple[int, int]:
    """Return the places ``[first, end)`` of the source's words that *runs* and the altered words at both ends stand for."""
    first, last = runs[0], runs[-1]
    start, wanted = first.source, first.said - max((0, *(at for at in wording.breaks if at <= first.said)))
    while wanted and start and not passages.starts_sentence(start) and passages.keys[start - 1]:
        start, wanted = start - 1, wanted - 1
    end, size = last.source + last.length, len(wording.keys)
    wanted = min((size, *(at for at in wording.breaks if at >= last.said + last.length))) - last.said - last.length
    while wanted and end < len(passages.keys) and passages.keys[end] and not passages.starts_sentence(end):
        end, wanted = end + 1, wanted - 1
    return start, end


def _compare_start(passages: Passages, wording: Wording, run: Run) -> Iterator[Difference]:
    """Yield what differs before the first of the runs."""
    start, _ = reach_ends(passages, wording, [run])
    split = max((0, *(at for at in wording.breaks if at <= run.said)))
    yield from _compare_words(passages, wording, 0, split, start, start)
    yield from _compare_words(passages, wording, split, run.said, start, run.source)


def _compare_end(passages: Passages, wording: Wording, run: Run) -> Iterator[Difference]:
    """Yield what differs after the last of the runs."""
    _, end = reach_ends(passages, wording, [run])
    said, size = run.said + run.length, len(wording.keys)
    split = min((size, *(at for at in wording.breaks if at >= said)))
    yield from _compare_words(passages, wording, said, split, run.source + run.length, end)
    yield from _compare_words(passages, wording, split, size, end, end)


def _compare_words(
    passages: Passages, wording: Wording, said: int, until: int, source: int, limit: int
) -> Iterator[Difference]:
    """Yield what differs between two stretches: word by word where they are even, else as a whole.

    Words that are the same at both ends of the stretches, too few or too common for a run, are no difference.
    """
    ours, theirs = wording.keys, passages.keys
    while said < until and source < limit and ours[said] == theirs[source]:
        yield from find_case_slips(passages, wording, Run(said, source, 1))
        said, source = said + 1, source + 1
    tail = 0
    while said < until and source < limit and ours[until - 1] == theirs[limit - 1]:
        until, limit, tail = until - 1, limit - 1, tail + 1
    if until - said == limit - source:
        for offset in range(until - said):
            one, other = said + offset, source + offset
            if ours[one] == theirs[other]:
                yield from find_case_slips(passages, wording, Run(one, other, 1))
            else:
                yield _compare_stretches(passages, wording, (one, one + 1), (other, other + 1))
    elif said == until and 0 < said < len(ours) and wording.words[said].joined and theirs[limit - 1 : limit + 1]:
        # 16–20 for 16 to 20: the dash stands for the word, so it is replaced and not left out.
        yield _compare_stretches(passages, wording, (said - 1, said + 1), (source - 1, min(limit + 1, len(theirs))))
    else:
        yield _compare_stretches(passages, wording, (said, until), (source, limit))
    yield from find_case_slips(passages, wording, Run(until, limit, tail))


def _compare_stretches(
    passages: Passages, wording: Wording, said: tuple[int, int], source: tuple[int, int]
) -> Difference:
    """Return the difference between the quotation's words and the source's, at least one of which is not empty."""
    words = wording.words[said[0] : said[1]]
    theirs = passages.quote_source(*source)
    if words:
        start, end = words[0].start, words[-1].end
        kind = "addition" if not theirs else "spelling" if _is_same_word(wording.text[start:end], theirs) else "word"
    else:
        start = end = wording.words[said[0] - 1].end if said[0] else 0
        kind = "omission"
    return Difference(wording.text[start:end], theirs, start, end, kind)


def _is_same_word(said: str, source: str) -> bool:
    """Tell whether two wordings are one, spelled by two houses: labour and labor, co-operate and cooperate, café and cafe."""
    one, other = fold_text(said).replace("-", "").replace(" ", ""), fold_text(source).replace("-", "").replace(" ", "")
    if not (one.isalpha() and other.isalpha()):
        return False
    same = unify_spelling(one), unify_spelling(other)
    # What comes out as a figure was a number in words.
    return same[0] == same[1] and not same[0].isdecimal()


def find_case_slips(passages: Passages, wording: Wording, run: Run) -> Iterator[Difference]:
    """Yield the words of *run* that differ in capitals, but for a first letter where the quotation may change it."""
    theirs = passages.forms[run.source : run.source + run.length]
    for offset, form in enumerate(theirs):
        word = wording.words[run.said + offset]
        if word.form == form or (run.said + offset in wording.free and word.form[1:] == form[1:]):
            continue
        source = passages.quote_source(run.source + offset, run.source + offset + 1)
        yield Difference(wording.text[word.start : word.end], source, word.start, word.end, "case")
