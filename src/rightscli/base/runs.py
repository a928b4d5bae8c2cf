"""Which lines of a document number its passages: the run of numbers that goes through the whole.

A line that begins with a number proves nothing: it may begin with a year, or be one of a list. What decides is the run: of
all lines that are numbered in one style, the ones that ascend, with the most text below them and the fewest gaps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import log2
from typing import NamedTuple

from rightscli.base.layout import Line, has_stop, reads_as_heading
from rightscli.base.numbering import SUB_STYLES, UNIT_STYLES, Key, Marker, is_listed, read_marker

_FULL_WORDS, _LEAST_WORTH, _SKIP_COST = 20, 0.3, 0.02
"""From how many words on a number is worth 1; what one without words is worth; what a number costs that is passed over."""
_GAP_COST, _WORDED_GAP_COST, _FAR, _FAR_COST = 0.12, 0.03, 100, 3.0
"""What doubling a gap costs, for bare numbers and for those with a word before them; and from where on a bare number is so far
that it takes more than a few behind it to be believed. Set by hand: no ``1999.`` behind ``12.``, but ``40.``."""
_WINDOW = 300
"""How many numbers back the one before is looked for."""

_LEAST_SHARE, _LEAST_LIST_SHARE, _LEAST_SURE_SHARE = 0.25, 0.6, 0.1
"""The share of the words that a run without a word for its unit must hold: at all; where it may be a list in a text without
numbers, with more sentences before it than in it; and where it can be none."""
_LEAST_PART, _LEAST_KEPT = 0.6, 0.8
"""The share of a style's numbers that its run must be: to outdo articles; and to be one run that goes on below headings."""
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_HEADED_BLOCKS = 4
"""Numbered headings with more paragraphs below each than this number no passages."""


class Candidate(NamedTuple):
    """A numbered line: where it stands in the document, and how many words are below it up to the next of its style.

    What *is_led* up to by a colon, with the numbers that follow it, is quoted, or a list, unless it is the next number.
    """

    place: int
    key: Key
    words: int
    is_led: bool = False


class NumberRun(NamedTuple):
    """The numbers of one style that go through a document: the places of their lines, ascending, and what they are worth."""

    style: str
    places: tuple[int, ...]
    worth: float
    share: float


def choose_run(lines: Sequence[Line], unit: str | None) -> NumberRun | None:
    """Return the run of numbers that are the passages', of the *unit* that is asked for if there is one of it."""
    runs = {
        style: run
        for style in _list_styles(lines, unit)
        if (run := _find_style_run(lines, style)) and len(run.places) > 1
    }
    if unit in runs:
        return runs[unit]
    worded = [run for style, run in runs.items() if style in UNIT_STYLES]
    plain = [run for style, run in runs.items() if style not in UNIT_STYLES and _holds_text(lines, run)]
    plain = [run for run in plain if not any(_is_listed_in(lines, run, other) for other in plain)]
    best_worded = max(worded, key=lambda run: run.worth, default=None)
    best_plain = max(plain, key=lambda run: run.worth, default=None)
    if not best_worded or not best_plain:
        return best_worded or best_plain
    if _begins_anew(lines, best_plain, best_worded):
        return best_worded
    parts = {sum(place < at for place in best_worded.places) for at in best_plain.places}
    is_whole = best_plain.share >= _LEAST_PART and len(parts) > 1
    return best_plain if is_whole and best_plain.worth > best_worded.worth else best_worded


def _begins_anew(lines: Sequence[Line], run: NumberRun, other: NumberRun) -> bool:
    """Return whether the numbers of a *run* begin with 1 again and again below those of the *other*: its paragraphs."""
    ones = [
        bisect_left(other.places, place)
        for place, line in enumerate(lines)
        if line.marker and line.marker.style == run.style and line.marker.key == ((1, ""),) and not line.why
    ]
    return run.places[0] > other.places[0] and len(set(ones)) > 1


def _is_listed_in(lines: Sequence[Line], run: NumberRun, other: NumberRun) -> bool:
    """Return whether a *run* is a list below one number of the *other*: a colon leads up to it."""
    first, last = run.places[0], run.places[-1]
    inside = bisect_left(other.places, first) == bisect_left(other.places, last) > 0
    return inside and lines[first - 1].text.endswith(":")


def _list_styles(lines: Sequence[Line], unit: str | None) -> list[str]:
    """Return the styles of numbers that passages may have: of chapters and parts only where they are the *unit* asked for."""
    skipped = {"chapter", "part", "circled"} - {unit}
    return list(dict.fromkeys(line.marker.style for line in lines if line.marker and line.marker.style not in skipped))


def _find_style_run(lines: Sequence[Line], style: str) -> NumberRun | None:
    """Return the run of one *style*; a number alone on a line may be a page's, but here it is not known for one."""
    is_open = style == "bare"
    places = [
        place
        for place, line in enumerate(lines)
        if line.marker and line.marker.style == style and (not line.why or (is_open and line.why == "page numbers"))
    ]
    run = find_run(style, _list_candidates(lines, places))
    sound = find_run(style, _list_candidates(lines, [place for place in places if _is_sound(lines, place)]))
    # A number that a wrapped line happens to begin with is none, where others begin blocks or follow a stop.
    return sound if run and sound and 2 * len(sound.places) >= max(len(run.places), 4) else run


def _list_candidates(lines: Sequence[Line], places: Sequence[int]) -> list[Candidate]:
    candidates: list[Candidate] = []
    for place, end in pairwise([*places, len(lines)]):
        marker = lines[place].marker
        assert marker
        # A heading with its own number is worth what is below it.
        own = 0 if _is_heading_line(lines, place) else len(lines[place].text[marker.end :].split())
        below = sum(line.words for line in lines[place + 1 : end] if not line.why)
        is_led = place > 0 and lines[place - 1].text.endswith(":")
        if candidates and _measure_gap(candidates[-1].key, marker.key) == 1:
            is_led = is_led or candidates[-1].is_led
        candidates.append(Candidate(place, marker.key, own + below, is_led))
    return candidates


def _is_sound(lines: Sequence[Line], place: int) -> bool:
    """Return whether a number begins a block, or follows what ends as a sentence, an item or a heading does."""
    if lines[place].starts or place == 0:
        return True
    before = lines[place - 1]
    return (
        has_stop(before.text) or before.text.endswith((";", ",")) or (before.starts and reads_as_heading(before.text))
    )


def _is_heading_line(lines: Sequence[Line], place: int) -> bool:
    """Return whether a numbered line is a block that reads like a heading."""
    line = lines[place]
    assert line.marker
    alone = place + 1 == len(lines) or lines[place + 1].starts
    rest = line.text[line.marker.end :]
    return line.kind == "heading" or (line.starts and alone and not line.printed and reads_as_heading(rest))


def _holds_text(lines: Sequence[Line], run: NumberRun) -> bool:
    """Return whether a *run* without a word for its unit is the document's own numbering, and not a list in it."""
    if (run.style == "bare" and len(run.places) < 3) or _are_years(lines, run):
        return False
    chosen = set(run.places)
    own = free = before = 0
    is_own = was_head = False
    for place, line in enumerate(lines):
        if place in chosen:
            assert line.marker
            is_own, was_head = True, line.marker.end == len(line.text) or _is_heading_line(lines, place)
            own += line.words
        elif line.why or line.kind == "heading":
            continue
        else:
            if line.starts and not line.set_in and not line.marker and not is_listed(line.text):
                is_own, was_head = was_head, False
            own += line.words if is_own else 0
            free += 0 if is_own else line.words
            before += line.words if place < run.places[0] and has_stop(line.text) else 0
    if (run.style == "bare" and _are_pages(lines, run)) or _has_long_sections(lines, run):
        return False
    share = own / (own + free) if own else 0.0
    if _is_no_list(lines, run):
        return share >= _LEAST_SURE_SHARE
    return share >= _LEAST_SHARE and (share >= _LEAST_LIST_SHARE or before <= own)


def _has_long_sections(lines: Sequence[Line], run: NumberRun) -> bool:
    """Return whether the numbers of a *run* are those of headings, with many paragraphs below each."""
    blocks = {line.block for line in lines[run.places[0] :] if not line.why and line.kind != "heading"}
    return is_headed(lines, run) and len(blocks) > _HEADED_BLOCKS * len(run.places)


def _is_no_list(lines: Sequence[Line], run: NumberRun) -> bool:
    """Return whether a *run* can be no list in a text: it begins with a later number than 1, or goes on below headings."""
    first = lines[run.places[0]].marker
    if first and first.key > ((1, "~"),) and len(first.key) == 1:
        return True
    between = lines[run.places[0] : run.places[-1]]
    crosses = any(
        line.kind == "heading" or (not line.marker and line.starts and line.text.isupper()) for line in between
    )
    return crosses and run.share >= _LEAST_KEPT


def _are_years(lines: Sequence[Line], run: NumberRun) -> bool:
    """Return whether the numbers of a *run* read like years of a chronology: each of four digits, with gaps."""
    numbers = [marker.key[0][0] for place in run.places if (marker := lines[place].marker)]
    return min(numbers) >= _FIRST_YEAR and max(numbers) < _LAST_YEAR and numbers[-1] - numbers[0] >= len(numbers)


def _are_pages(lines: Sequence[Line], run: NumberRun) -> bool:
    """Return whether the numbers alone on their lines are those of pages: they cut sentences, or stand below their text."""
    lone = [place for place in run.places if lines[place].why == "page numbers"]
    if len(lone) * 2 < len(run.places):
        return False
    before = [line for line in lines[: lone[0]] if not line.why]
    cut = sum(
        place > 0 and not has_stop(lines[place - 1].text) and not reads_as_heading(lines[place - 1].text)
        for place in lone
    )
    blocks = len({line.block for line in lines[lone[0] :] if not line.why and not line.set_in})
    below = any(not line.why for line in lines[lone[-1] + 1 :])
    return bool(cut > len(lone) / 10 or blocks > 2 * len(lone) or not below or sum(line.words for line in before) > 100)


def is_headed(lines: Sequence[Line], run: NumberRun) -> bool:
    """Return whether most of the numbers of a *run* are those of headings."""
    return 2 * sum(_is_heading_line(lines, place) for place in run.places) > len(run.places)


def find_subs(lines: Sequence[Line], run: NumberRun) -> dict[int, Marker]:
    """Return the places of the sub-numbers that stand below the numbers of a *run*: 1, 2, 3, … in one style, each below one.

    None where a sentence leads up to them: what follows a colon is its list.
    """
    subs: dict[int, Marker] = {}
    for place, end in pairwise([*run.places, len(lines)]):
        head = lines[place].marker
        assert head
        rest = lines[place].text[head.end :]
        first = read_marker(rest)
        style, expected = "", 1
        if first and first.style in SUB_STYLES and first.key == ((1, ""),):
            style, expected = first.style, 2
        elif rest and not reads_as_heading(rest) and not has_stop(rest):
            continue
        led, found = rest, dict[int, Marker]()
        for other in range(place + 1, end):
            line = lines[other]
            marker = line.marker
            if line.why:
                continue
            if (
                marker
                and marker.style in SUB_STYLES
                and marker.key == ((expected, ""),)
                and style in ("", marker.style)
            ):
                if not style and led and not reads_as_heading(led) and led.rstrip()[-1:] in ":,;–—-":
                    break
                style, expected = marker.style, expected + 1
                found[other] = marker
            led = line.text
        # One line that begins with 1 and no sign behind it may be a sentence's.
        subs |= found if style != "bare" or len(found) > 1 else {}
    return subs


def find_run(style: str, candidates: Sequence[Candidate]) -> NumberRun | None:
    """Return the run of ascending numbers among *candidates* of one *style* that is worth most; None where there are none."""
    cost, far = (_WORDED_GAP_COST, 10**6) if style in UNIT_STYLES else (_GAP_COST, _FAR)
    best: list[tuple[float, int]] = []
    # What the best of all numbers up to each is worth: where no earlier one can do better, none is looked at.
    highest: list[float] = []
    for place, candidate in enumerate(candidates):
        worth, before = 0.0, -1
        for other in range(place - 1, max(place - _WINDOW, -1), -1):
            skipped = _SKIP_COST * (place - other - 1)
            if highest[other] - skipped <= worth:
                break
            gap = _measure_gap(candidates[other].key, candidate.key)
            if gap > 0:
                is_far = gap >= far or (gap > 1 and candidate.is_led)
                jump = _FAR_COST if is_far else cost * log2(gap)
                reached = best[other][0] - jump - skipped
                if reached > worth:
                    worth, before = reached, other
        own = _LEAST_WORTH + (1 - _LEAST_WORTH) * min(candidate.words, _FULL_WORDS) / _FULL_WORDS
        best.append((worth + own, before))
        highest.append(max(worth + own, highest[-1] if highest else 0.0))
    if not best:
        return None
    last = max(range(len(best)), key=lambda place: best[place][0])
    worth, places = best[last][0], []
    while last >= 0:
        places.append(last)
        last = best[last][1]
    chosen = tuple(candidates[place].place for place in reversed(places))
    return NumberRun(style, chosen, worth, len(chosen) / len(candidates))


def _measure_gap(first: Key, second: Key) -> int:
    """Return how far *second* is after *first*, 1 for the next; 0 or less where it is not after it."""
    for place, (number, suffix) in enumerate(second):
        if place >= len(first):
            return number + sum(more[0] - 1 for more in second[place + 1 :])
        own, own_suffix = first[place]
        if number != own:
            return number - own + sum(more[0] - 1 for more in second[place + 1 :]) if number > own else 0
        if suffix != own_suffix:
            return 1 if suffix > own_suffix else 0
    return 0
