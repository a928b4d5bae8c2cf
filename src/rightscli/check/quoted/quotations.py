"""Whether a draft's quotations are what the source says, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from rightscli.check.quoted.alignment import (
    LONGEST_INSERTION,
    Alignment,
    Run,
    align_wording,
    choose_windows,
    find_owner,
    is_common,
)
from rightscli.check.quoted.cuts import Cut, Surroundings, find_cuts
from rightscli.check.quoted.differences import Difference, find_case_slips, list_differences, reach_ends
from rightscli.check.quoted.passages import Paragraphs, Passages, Wording, find_words, join_broken_words, read_wording
from rightscli.text.words import split_words

FEWEST_WORDS = 4
"""A quotation of fewer words proves nothing and is not judged."""
_MOST_STEPS = 400
_ALONE = Surroundings()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a quotation is beside the sources.

    *name*: ``exact``, ``altered``, ``omission``, ``turned``, ``cut-short``, ``wrong-paragraph``, ``not-found``, ``ambiguous``,
    ``too-short``, ``unproven``. *places*: where the words (or the nearest ones) really stand, the best first; several where
    they stand in several. *differences*: for ``altered`` and ``omission``. *cuts*: what is left out and changes the sense.
    *wording*: the source's own words there. *pinned*: whether the first of *places* is one that the draft names; None if it
    names none.
    """

    name: str
    places: tuple[Paragraphs, ...] = ()
    differences: tuple[Difference, ...] = ()
    cuts: tuple[Cut, ...] = ()
    wording: str = ""
    pinned: bool | None = None


class _Case(NamedTuple):
    """A quotation, the copies that it is held against, the paragraphs that it is cited to, and the draft's words around it."""

    passages: Passages
    wording: Wording
    pins: frozenset[tuple[str, int]]
    around: Surroundings


def judge_quotation(
    quotation: str,
    passages: Passages | None,
    *,
    pinned: Sequence[tuple[str, int]] = (),
    around: Surroundings = _ALONE,
) -> Verdict:
    """Return what the words of *quotation* are beside *passages*: the copies attached, None if there are none.

    *pinned* are the paragraphs, by source and number, that the draft cites for it: any of them is right. Compared are words
    (see ``passages``), in any capitals at the start of a piece. A quotation is nearest to one stretch of one source; it is
    ``altered`` where at least about six of its ten words stand there in order (``_is_near``), else ``not-found``. What is cut
    off and changes the sense (see ``cuts``) may be said *around* it.
    """
    wording = read_wording(quotation)
    if wording.count < FEWEST_WORDS:
        return Verdict("too-short")
    if passages is None or not passages.keys:
        return Verdict("unproven")
    if pinned and not any(source in passages.sources for source, _ in pinned):
        return Verdict("unproven")
    wording = join_broken_words(wording, passages)
    case = _Case(passages, wording, frozenset(pinned).intersection(passages.names), around)
    matches = list(_find_matches(passages, wording))
    return _judge_matches(case, matches) if matches else _judge_nearest(case)


def is_title(quotation: str, titles: Iterable[str]) -> bool:
    """Tell whether *quotation* is one of *titles*, or what stands before its colon: the name of a source, not its words."""
    said = split_words(quotation)
    return bool(said) and any(said in _split_title(title) for title in titles)


@lru_cache(maxsize=4096)
def _split_title(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of *title*, and of what stands before its colon."""
    return split_words(title), split_words(title.partition(":")[0])


def _find_matches(passages: Passages, wording: Wording) -> Iterator[tuple[Run, ...]]:
    """Yield where all of the quotation's words stand, in order, across its breaks; as a run for each stretch of them."""
    segments = [(start, wording.keys[start:end]) for start, end in wording.segments]
    if len(segments) == 1:
        yield from ((Run(0, place, len(wording.keys)),) for place in find_words(passages, wording.keys))
        return
    if any(next(find_words(passages, words), None) is None for _, words in segments):
        return
    # By way of the rarest piece: the first may be a word that stands everywhere.
    rarest = min(range(len(segments)), key=lambda at: min(len(passages.places[word]) for word in segments[at][1]))
    steps, tried = 0, -1
    for anchor in find_words(passages, segments[rarest][1]):
        paragraph = max(0, passages.paragraph_of[anchor] - rarest)
        low = max(tried + 1, passages.bounds[paragraph])
        for place in find_words(passages, segments[0][1], low, anchor + len(segments[0][1])):
            tried = place
            followed, used = _follow_segments(passages, wording, segments, place)
            if followed:
                yield followed
            steps += used
            if steps > 50 * _MOST_STEPS:
                return


def _follow_segments(
    passages: Passages, wording: Wording, segments: Sequence[tuple[int, tuple[str, ...]]], first: int
) -> tuple[tuple[Run, ...], int]:
    """Return the runs of all *segments*, the first of which stands at place *first* (or none), and the steps it took."""
    choices: list[Iterator[int]] = [iter((first,))]
    runs: list[Run] = []
    steps = 0
    while choices and steps < _MOST_STEPS + len(segments):
        steps += 1
        place = next(choices[-1], None)
        if place is None:
            choices.pop()
            if runs:
                runs.pop()
            continue
        said, words = segments[len(runs)]
        runs.append(Run(said, place, len(words)))
        if len(runs) == len(segments):
            return tuple(runs), steps
        following, words = segments[len(runs)]
        end = place + runs[-1].length
        _, limit = find_owner(passages, end - 1)
        if wording.breaks[following] == "insertion":
            limit = min(limit, end + LONGEST_INSERTION + len(words))
        elif limit < len(passages.keys) and passages.keys[limit - 1]:
            # An ellipsis may reach into the next paragraph.
            _, limit = find_owner(passages, limit)
        choices.append(find_words(passages, words, end, limit))
    return (), steps


def _name_places(passages: Passages, runs: Sequence[Run]) -> Paragraphs:
    return passages.name_paragraphs(runs[0].source, runs[-1].source + runs[-1].length - 1)


def _is_pinned(place: Paragraphs, pins: frozenset[tuple[str, int]]) -> bool:
    """Tell whether one of the *pins* is among the paragraphs of *place*."""
    return any((place.source, number) in pins for number in range(place.first, place.last + 1))


class _Fit(NamedTuple):
    """One way in which a quotation's words stand in the source: at *runs*, with *differences* and *cuts*."""

    runs: tuple[Run, ...]
    differences: tuple[Difference, ...]
    cuts: tuple[Cut, ...]

    @property
    def rank(self) -> tuple[int, bool, int]:
        """What is least in the fit that speaks best for the quotation."""
        return len(self.differences), any(cut.turns for cut in self.cuts), len(self.cuts)


def _fit_runs(case: _Case, runs: tuple[Run, ...], differences: tuple[Difference, ...]) -> _Fit:
    return _Fit(runs, differences, find_cuts(case.passages, case.wording, runs, case.around))


def _judge_matches(case: _Case, matches: Sequence[tuple[Run, ...]]) -> Verdict:
    """Return the verdict on words that all stand in the source, at *matches*."""
    found: dict[Paragraphs, _Fit] = {}
    for runs in matches:
        place = _name_places(case.passages, runs)
        if place in found and not any(found[place].rank):
            continue
        slips = tuple(slip for run in runs for slip in find_case_slips(case.passages, case.wording, run))
        fit = _fit_runs(case, runs, slips)
        if place not in found or fit.rank < found[place].rank:
            found[place] = fit
    in_one = [place for place in found if place.first == place.last]
    places = in_one or list(found)
    is_pinned = any(_is_pinned(place, case.pins) for place in found) if case.pins else None
    if is_pinned:
        places = [place for place in found if _is_pinned(place, case.pins)]
    places.sort(key=lambda place: (found[place].rank, place.last - place.first))
    best = places[0]
    fit = found[best]
    if fit.differences:
        return _make_verdict(case, "altered", (best,), fit, pinned=is_pinned)
    places = [place for place in places if not found[place].differences]
    name = "wrong-paragraph" if is_pinned is False else "exact" if is_pinned or len(places) == 1 else "ambiguous"
    if any(cut.turns for cut in fit.cuts):
        name = "turned"
    elif fit.cuts and name == "exact":
        name = "cut-short"
    return _make_verdict(case, name, (best,) if is_pinned else tuple(places), fit, pinned=is_pinned)


def _make_verdict(case: _Case, name: str, places: tuple[Paragraphs, ...], fit: _Fit, *, pinned: bool | None) -> Verdict:
    """Return the verdict *name* with the source's own wording where *fit* is."""
    passages, wording, runs = case.passages, case.wording, fit.runs
    first, end = reach_ends(passages, wording, runs)
    gaps = [place for place, kind in wording.breaks.items() if kind == "gap"]
    pieces: list[str] = []
    for left, right in pairwise(runs):
        if any(left.said + left.length <= gap <= right.said for gap in gaps):
            pieces.append(passages.quote_source(first, left.source + left.length))
            first = right.source
    pieces.append(passages.quote_source(first, end))
    return Verdict(name, places, fit.differences, fit.cuts, " … ".join(pieces), pinned)


def _judge_nearest(case: _Case) -> Verdict:
    """Return the verdict on words that do not stand in the source as they are."""
    passages, wording, pins = case.passages, case.wording, case.pins
    numbers = {name: place for place, name in enumerate(passages.names)} if pins else {}
    favoured = [(passages.bounds[numbers[pin]], passages.bounds[numbers[pin] + 1]) for pin in sorted(pins)[:8]]
    aligned = align_wording(passages, wording, choose_windows(passages, wording, favoured))
    differences: tuple[Difference, ...] = ()
    near = _is_near(passages, wording, aligned)
    if near:
        differences = list_differences(passages, wording, aligned.runs)
        if differences and all(difference.kind == "omission" for difference in differences):
            return _conclude_nearest(case, aligned.runs, differences, "omission")
    moved = _find_moved_pieces(passages, wording)
    if moved:
        return _conclude_nearest(case, *moved, "altered")
    if near:
        return _conclude_nearest(case, aligned.runs, differences, "altered")
    return Verdict("not-found")


def _conclude_nearest(case: _Case, runs: tuple[Run, ...], differences: tuple[Difference, ...], name: str) -> Verdict:
    place = _name_places(case.passages, runs)
    is_pinned = _is_pinned(place, case.pins) if case.pins else None
    return _make_verdict(case, name, (place,), _fit_runs(case, runs, differences), pinned=is_pinned)


def _is_near(passages: Passages, wording: Wording, aligned: Alignment) -> bool:
    """Tell whether the quotation was made of the words it is aligned with, and not only shares some with them.

    Each change costs a little beside the words that it changes, so that a paraphrase, which keeps some words here and there,
    is no altered quotation. In a few words chance must be ruled out: what they share must be rarer than one such stretch in
    the whole source.
    """
    size, runs = len(wording.keys), aligned.runs
    if not runs or max(run.length for run in runs) < 2:
        return False
    shared = [wording.keys[place] for run in runs for place in range(run.said, run.said + run.length)]
    telling = sum(not is_common(key) for key in shared)
    changes = len(runs) - 1 + (runs[0].said > 0) + (runs[-1].said + runs[-1].length < size)
    changes -= min(changes, len(wording.breaks))
    total = len(passages.keys)
    if sum(log(total / len(passages.places[key])) for key in shared) < 1.4 * log(total):
        return False
    if size >= 8:
        return len(shared) - 0.3 * changes >= 0.5 * size and (telling >= 2 or max(run.length for run in runs) >= 5)
    return len(shared) - 0.1 * changes >= 0.6 * size and telling >= 1


def _find_moved_pieces(passages: Passages, wording: Wording) -> tuple[tuple[Run, ...], tuple[Difference, ...]] | None:
    """Return the pieces of a quotation with ellipses that all stand in one source, but not in this order or not together.

    The runs are the first piece's, the differences the other pieces.
    """
    if "gap" not in wording.breaks.values():
        return None
    runs: list[Run] = []
    for start, end in wording.segments:
        place = next(find_words(passages, wording.keys[start:end]), None)
        if place is None or end - start < 2:
            return None
        runs.append(Run(start, place, end - start))
    if len({passages.names[passages.paragraph_of[run.source]][0] for run in runs}) > 1:
        return None
    differences = []
    for run in runs[1:]:
        first, last = wording.words[run.said], wording.words[run.said + run.length - 1]
        theirs = passages.quote_source(run.source, run.source + run.length)
        differences.append(Difference(wording.text[first.start : last.end], theirs, first.start, last.end, "order"))
    return (runs[0],), tuple(differences)
