"""Which words of a quotation are which words of a source, where the two differ: runs of the same words, chained.

Sparse dynamic programming over runs (as in Eppstein, Galil, Giancarlo and Italiano, 1992), not a table of words by words:
its cost grows with the words, not with their product.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rightscli.check.quoted.passages import Passages, Wording, find_words

LONGEST_INSERTION = 8
"""As many words of the source an insertion in brackets may stand for."""

_COMMON = frozenset(
    "a an the of in on at to for from by with as and or but nor if that this these those it its he she they them his her "
    "their we our you your i is are was were be been being has have had do does did not no who which what when where there "
    "than then so such into over about up out all any some more most can could may might must will would shall should also "
    "after before between during".split()
)
_SHORT, _SEED = 48, 4
_MOST_PLACES, _LOOK_BACK = 30, 40
_LONG_LOOK_BACK = 120
_LEADERS = 12
_MOST_WINDOWS = 3


class Run(NamedTuple):
    """*length* words that are the same from place *said* in the quotation and place *source* in the passages."""

    said: int
    source: int
    length: int


class Alignment(NamedTuple):
    """Runs, ascending on both sides, and what they are worth together."""

    runs: tuple[Run, ...]
    score: float

    @property
    def matched(self) -> int:
        """How many words of the quotation stand in the source."""
        return sum(run.length for run in self.runs)


class _Task(NamedTuple):
    """What all steps of one alignment share; *weights* sums the words' weights up to each place."""

    passages: Passages
    wording: Wording
    weights: Sequence[float]
    breaks: Sequence[int]


def align_wording(passages: Passages, wording: Wording, windows: Sequence[tuple[int, int]]) -> Alignment:
    """Return the best alignment of *wording* with words in one of the *windows* of places ``[low, high)``.

    The first of equals. A long quotation is looked for in the whole source instead, by its runs of four words.
    """
    weights = list(accumulate((0.5 if key in _COMMON else 1.0 for key in wording.keys), initial=0.0))
    task = _Task(passages, wording, weights, sorted(wording.breaks))
    size = len(wording.keys)
    if size > _SHORT:
        runs = list(_grow_runs(task, _seed_long(task), 0, size, 0, len(passages.keys)))
        coarse = _chain_runs(task, runs, look_back=_LONG_LOOK_BACK)
        return Alignment(_slide_runs(task, list(_fill_gaps(task, coarse.runs))), coarse.score)
    best = Alignment((), 0.0)
    for low, high in windows:
        found = _align_words(task, 0, size, low, high)
        if found.score > best.score:
            best = found
    return Alignment(_slide_runs(task, list(best.runs)), best.score)


def _align_words(task: _Task, start: int, end: int, low: int, high: int) -> Alignment:
    """Return the alignment of the quotation's words ``[start, end)`` with the source's ``[low, high)``, word by word."""
    seeds: list[tuple[int, int]] = []
    for said in range(start, end):
        places = task.passages.places.get(task.wording.keys[said], ())
        first, last = bisect_left(places, low), bisect_left(places, high)
        # A word that is everywhere finds nothing; it joins the runs of its neighbours all the same.
        if last - first <= _MOST_PLACES:
            seeds.extend((said, place) for place in places[first:last])
    return _chain_runs(task, list(_grow_runs(task, seeds, start, end, low, high)), look_back=_LOOK_BACK)


def _seed_long(task: _Task) -> Iterator[tuple[int, int]]:
    """Yield where each fourth run of four words stands in the source, as far as it does not stand everywhere."""
    keys, places = task.wording.keys, task.passages.places
    for said in range(0, len(keys) - _SEED + 1, 2):
        words = keys[said : said + _SEED]
        if min(len(places.get(word, ())) for word in words) > 40 * _MOST_PLACES:
            continue
        found = []
        for place in find_words(task.passages, words):
            found.append((said, place))
            if len(found) > _MOST_PLACES:
                break
        else:
            yield from found


def _grow_runs(
    task: _Task, seeds: Sequence[tuple[int, int]] | Iterator[tuple[int, int]], start: int, end: int, low: int, high: int
) -> Iterator[Run]:
    """Yield the longest run around each of the *seeds*, once, within the bounds of both sides."""
    said_keys, source_keys = task.wording.keys, task.passages.keys
    done: dict[int, int] = {}
    for said, source in seeds:
        diagonal = source - said
        if done.get(diagonal, -1) > said:
            continue
        first = said
        while first > start and first + diagonal > low and said_keys[first - 1] == source_keys[first - 1 + diagonal]:
            first -= 1
        last = said + 1
        while last < end and last + diagonal < high and said_keys[last] == source_keys[last + diagonal]:
            last += 1
        done[diagonal] = last
        yield Run(first, first + diagonal, last - first)


def _price_step(task: _Task, said_from: int, said_to: int, source_from: int, source_to: int) -> float:
    """Return what it costs to go on from one run's ends (exclusive) to the next one's starts."""
    skipped = source_to - source_from
    passages = task.passages
    owners = passages.paragraph_of
    if source_from and passages.names[owners[source_from - 1]][0] != passages.names[owners[source_to]][0]:
        return 1e9
    place = bisect_left(task.breaks, said_from)
    while place < len(task.breaks) and task.breaks[place] <= said_to:
        kind = task.wording.breaks[task.breaks[place]]
        if kind == "gap" and owners[source_to] - owners[source_from - 1] <= 1:
            return 0.1
        if kind == "insertion" and skipped <= LONGEST_INSERTION:
            return 0.05
        place += 1
    if said_to - said_from == skipped:
        return 0.3 + 0.02 * min(skipped, 100)
    crossed = passages.sentence_of[source_to] - passages.sentence_of[source_from - 1]
    # Less than a common word is worth, so that "has responded" is known to lack "not".
    return 0.4 + 0.02 * min(skipped, 100) + 0.4 * min(crossed, 4) + 0.5 * (owners[source_to] - owners[source_from - 1])


def _chain_runs(task: _Task, runs: list[Run], *, look_back: int) -> Alignment:
    """Return the chain of *runs* that is worth most; each looks back on at most *look_back* runs before it.

    And on the few that are worth most of all.
    """
    runs.sort()
    weights = task.weights
    scores: list[float] = []
    before: list[int] = []
    chained: list[Run] = []
    # A long run stands far back in the list when its end comes: behind all the chance ones that began inside of it.
    leaders: list[int] = []
    for place, run in enumerate(runs):
        best, best_before, best_run = weights[run.said + run.length] - weights[run.said], -1, run
        nearest = max(-1, place - 1 - look_back)
        for other in (*range(place - 1, nearest, -1), *(leader for leader in leaders if leader <= nearest)):
            left = chained[other]
            said_end, source_end = left.said + left.length, left.source + left.length
            # The shared head belongs to the run before.
            over = max(said_end - run.said, source_end - run.source, 0)
            if over >= run.length or left.source >= run.source or left.said >= run.said:
                continue
            cut = Run(run.said + over, run.source + over, run.length - over)
            score = scores[other] + weights[cut.said + cut.length] - weights[cut.said]
            if score > best:
                score -= _price_step(task, said_end, cut.said, source_end, cut.source)
                if score > best:
                    best, best_before, best_run = score, other, cut
        scores.append(best)
        before.append(best_before)
        chained.append(best_run)
        leaders.append(place)
        if len(leaders) > _LEADERS:
            leaders.remove(min(leaders, key=lambda at: (scores[at], -at)))
    if not runs:
        return Alignment((), 0.0)
    place = max(range(len(runs)), key=lambda at: (scores[at], -at))
    top = scores[place]
    chain: list[Run] = []
    while place >= 0:
        chain.append(chained[place])
        place = before[place]
    return Alignment(tuple(reversed(chain)), top)


def _slide_runs(task: _Task, runs: list[Run]) -> tuple[Run, ...]:
    """Return *runs* so that of two equal words on both sides of what is left out, the one in the same capitals stays."""
    words, forms = task.wording.words, task.passages.forms
    for place in range(len(runs) - 1):
        left, right = runs[place], runs[place + 1]
        after, said = left.source + left.length, right.said
        if left.said + left.length != said or after >= right.source:
            continue
        if right.length > 1 and words[said].form == forms[after] != forms[right.source]:
            runs[place] = left._replace(length=left.length + 1)
            runs[place + 1] = Run(said + 1, right.source + 1, right.length - 1)
        elif left.length > 1 and words[said - 1].form == forms[right.source - 1] != forms[after - 1]:
            runs[place] = left._replace(length=left.length - 1)
            runs[place + 1] = Run(said - 1, right.source - 1, right.length + 1)
    return tuple(runs)


def _fill_gaps(task: _Task, runs: Sequence[Run]) -> Iterator[Run]:
    """Yield *runs* and, between them and at the ends, the shorter runs that only a look at single words finds."""
    said = source = 0
    size = len(task.wording.keys)
    for place, run in enumerate([*runs, None]):
        said_end = run.said if run else size
        if 0 < said_end - said <= _SHORT and runs:
            reach = 2 * (said_end - said) + LONGEST_INSERTION
            low = source if place else max(0, (run.source if run else 0) - reach)
            high = run.source if run else min(len(task.passages.keys), source + reach)
            if high - low > 20 * _SHORT:
                # Nothing ties the words to so wide a stretch but its ends.
                high = low + 20 * _SHORT
            yield from _align_words(task, said, said_end, low, high).runs
        if run:
            yield run
            said, source = run.said + run.length, run.source + run.length


def is_common(key: str) -> bool:
    """Tell whether *key* is one of the words that every text is full of."""
    return key in _COMMON


def choose_windows(
    passages: Passages, wording: Wording, favoured: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Return the stretches of the source that share most of the rare words of *wording*, at most three, best first.

    A stretch is a paragraph, and its neighbours where the quotation has an ellipsis or more words than it. The *favoured*
    ones (the paragraphs that the draft cites) come first.
    """
    votes: dict[int, float] = {}
    total = len(passages.keys)
    known = sorted(
        (places for key in set(wording.keys) if (places := passages.places.get(key))),
        key=lambda places: (len(places), places[0]),
    )
    for places in known[:_SHORT]:
        if len(places) > 20 * _MOST_PLACES and votes:
            break
        weight = 1.0 / (1.0 + 40.0 * len(places) / total)
        last = -1
        for place in places[: 20 * _MOST_PLACES]:
            owner = passages.paragraph_of[place]
            if owner != last:
                votes[owner] = votes.get(owner, 0.0) + weight
                last = owner
    best = sorted(votes, key=lambda owner: (-votes[owner], owner))[:_MOST_WINDOWS]
    windows = list(favoured)
    for owner in best:
        window = passages.bounds[owner], passages.bounds[owner + 1]
        if wording.breaks or window[1] - window[0] < len(wording.keys):
            window = passages.bounds[max(0, owner - 1)], passages.bounds[min(owner + 2, len(passages.bounds) - 1)]
        windows.append(window)
    return windows


def find_owner(passages: Passages, place: int) -> tuple[int, int]:
    """Return the bounds ``[first, end)`` of the paragraph in which the word at *place* stands."""
    paragraph = bisect_right(passages.bounds, place) - 1
    return passages.bounds[paragraph], passages.bounds[paragraph + 1]
