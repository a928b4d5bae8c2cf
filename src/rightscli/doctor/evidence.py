"""What holds a claim: the figures, dates and anchors that its paragraphs and anchors state; and how a fault names its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from rightscli.base.model import Fact, FactBase, Paragraph, Source
from rightscli.doctor.findings import Fault
from rightscli.text.boundaries import may_begin, may_part
from rightscli.text.dates import DateMention, find_dates
from rightscli.text.edtf import parse_edtf
from rightscli.text.figures import find_figures
from rightscli.text.folding import normalise_text
from rightscli.text.places import AHEAD, Place, flatten_signs, locate_span, read_place
from rightscli.text.spelling import unify_spelling
from rightscli.text.words import split_words

COPIED_WORDS = 9
END_WORDS = 5
_OTHERS = 3
"""How many figures of a passage, or passages with a figure, a message names."""
_RAISED = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]+")


def fault_claim(fact: Fact, message: str) -> Fault:
    """Return a fault of the claim of *fact*."""
    return Fault(fact.line, f"facts.{fact.id}.claim", message)


def fault_anchors(fact: Fact, message: str) -> Fault:
    """Return a fault of the anchors of *fact*."""
    return Fault(fact.line, f"facts.{fact.id}.anchors", message)


def place_paragraph(source: Source, paragraph: Paragraph) -> str:
    """Return the dotted path of a paragraph of *source*."""
    return f"sources.{source.key}.paragraphs.{paragraph.number}"


def list_citing(
    base: FactBase, source: Source, paragraphs: Mapping[int, str]
) -> Iterator[tuple[Fact, tuple[int, ...]]]:
    """Yield the facts that cite *source*, with the positions of what they cite, ascending, where the copy has all of these."""
    for fact in base.facts:
        positions = {at for cite in fact.citations if cite.source == source.key for at in cite.locator.positions}
        if positions and positions <= paragraphs.keys():
            yield fact, tuple(sorted(positions))


def cites_others(fact: Fact, source: Source) -> bool:
    """Tell whether *fact* cites other sources than *source*."""
    return any(cite.source != source.key for cite in fact.citations)


def name_passages(source: Source, positions: Iterable[int]) -> str:
    """Return the passages at *positions* of *source* as a message lists them: ``paragraph 13 or 14``."""
    return f"{source.unit} {' or '.join(source.paragraphs[at - 1].number for at in positions)}"


def prepare_passage(text: str) -> str:
    """Return the normalised *text*; where it has raised digits, behind it once more with these apart.

    Normalising makes plain digits of them: of ``17,100²``, whose ``²`` may be the mark of a note, ``17,1002``.
    """
    plain = normalise_text(text)
    apart = plain if text.isascii() else normalise_text(_RAISED.sub(r" \g<0>", text))
    return plain if apart == plain else f"{plain}\n{apart}"


def has_anchor(text: str, anchor: str) -> bool:
    """Whether *anchor* stands in the *text*, as ``prepare_passage`` returns it, as whole words, its first letter in either case.

    ``12`` is neither in ``132`` nor in ``12,500``; ``북한`` is in ``북한에서``, where words are joined.
    """
    anchor = normalise_text(anchor)
    # Found by str.find: compiling a pattern for each anchor takes longer than all the rest of an examination.
    for form in {anchor[:1].lower() + anchor[1:], anchor[:1].upper() + anchor[1:]}:
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            # Of $100 there may well be something before, as in US$100.
            is_begun = not form[0].isalnum() or (
                may_begin(text, start) and not re.search(r"\d[.,]$", text[max(0, start - 2) : start])
            )
            if is_begun and may_part(text, end) and not re.match(r"[.,]\d", text[end : end + 2]):
                return True
            start = text.find(form, start + 1)
    return False


def list_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every nine words in a row of *text*, folded."""
    words = split_words(text)
    return (words[first : first + COPIED_WORDS] for first in range(len(words) - COPIED_WORDS + 1))


# The same passages and claims are read by one rule after the other; of fewer, each rule would read all of them anew.
_READ = 1 << 14
read_figures = lru_cache(maxsize=_READ)(find_figures)
read_dates_once = lru_cache(maxsize=_READ)(find_dates)


def list_unheld_figures(fact: Fact, texts: Iterable[str], base: FactBase) -> list[str]:
    """Return the figures of *fact*'s claim, as it spells them, that none of *texts* states, not even as a year.

    The number of a passage that it cites is none of them: *Article 3 bans …*.
    """
    own = list_own_places(fact, base)
    values = {value for text in texts for figure in read_figures(text) for value in figure.readings}
    years = {date.year for text in texts for date in read_dates_once(text)}
    held = values | years | {*list_years(fact)}
    return [
        fact.claim[figure.start : figure.end]
        for figure in read_figures(fact.claim)
        if figure.readings.isdisjoint(held) and not any(start <= figure.start < end for start, end in own)
    ]


def list_own_places(fact: Fact, base: FactBase) -> list[tuple[int, int]]:
    """Return where the claim of *fact* names passages that it cites, or what they are parts of, by what they are called."""
    text = flatten_signs(fact.claim)
    places = [place for one in re.finditer(AHEAD, text, re.IGNORECASE) if (place := read_place(text, one.end()))]
    cited: dict[str, set[int]] = {}
    for cite in fact.citations if places else ():
        cited.setdefault(cite.source, set()).update(cite.locator.positions)
    numberings = [(base.sources[key].make_numbering(), positions) for key, positions in cited.items()]

    def is_own(place: Place) -> bool:
        for numbering, positions in numberings:
            found = [locate_span(span, numbering) for span in place.spans]
            if numbering.unit in place.units and all(one and positions.intersection(one.positions) for one in found):
                return True
        return False

    return [(place.start, place.end) for place in places if is_own(place)]


def list_unheld_dates(fact: Fact, texts: Iterable[str]) -> list[str]:
    """Return the dates of *fact*'s claim, as it spells them, that *texts* do not hold: month and day, and year.

    The year may also be one that the fact's date covers, and be written as a figure.
    """
    texts = tuple(texts)
    held = [date for text in texts for date in read_dates_once(text)]
    years = {(date.year, date.decade) for date in held}
    figures = {value for text in texts for figure in read_figures(text) for value in figure.readings}

    def is_held(date: DateMention) -> bool:
        has_year = (
            date.year is None
            or (date.year, date.decade) in years
            or date.year in list_years(fact)
            or date.year in figures
        )
        return has_year and (date.month is None or any(_has_day(other, date) for other in held))

    return [fact.claim[date.start : date.end] for date in read_dates_once(fact.claim) if not is_held(date)]


def list_unanchored_dates(fact: Fact, base: FactBase) -> list[str]:
    """Return the dates of *fact*'s claim that are neither in its anchors nor its date.

    The year may also be one that the title of a source it cites states: *Events of 2019*.
    """
    ends = (end.rstrip("?~%") for end in (fact.date or "").split("/"))
    titles = (base.sources[cite.source].title for cite in fact.citations)
    years = (str(date.year) for title in titles for date in read_dates_once(title) if date.year and not date.month)
    return list_unheld_dates(fact, (*fact.anchors, *ends, *years))


def name_others(fact: Fact, texts: Iterable[str]) -> str:
    """Return the figures that *texts* state and *fact*'s claim does not, as they spell them, at most three, or nothing."""
    stated = {value for figure in read_figures(fact.claim) for value in figure.readings}
    others = dict.fromkeys(
        text[figure.start : figure.end]
        for text in texts
        for figure in read_figures(text)
        if figure.readings.isdisjoint(stated)
    )
    listed = list(others)[:_OTHERS]
    return ", ".join(listed) + (" …" if len(others) > _OTHERS else "")


def list_stating(figure: str, paragraphs: Mapping[int, str]) -> list[int]:
    """Return the positions of the passages that state *figure*, at most three."""
    values = {value for one in find_figures(figure) for value in one.readings}
    stating = (
        position
        for position, text in paragraphs.items()
        if not values.isdisjoint(value for one in read_figures(text) for value in one.readings)
    )
    return list(islice(stating, _OTHERS))


def _has_day(held: DateMention, date: DateMention) -> bool:
    """Whether *held* says the month of *date*, and its day if it has one, and not of another year."""
    same_day = held.month == date.month and date.day in (None, held.day)
    return same_day and (None in (held.year, date.year) or held.year == date.year)


def list_years(fact: Fact) -> range:
    """Return the years that the fact's date covers; of an open interval, those of its one end."""
    if fact.date is None:
        return range(0)
    first, last = parse_edtf(fact.date)
    ends = [end.year for end in (first, last) if end]
    return range(ends[0], ends[-1] + 1)


def list_values(text: str) -> set[Decimal | int | None]:
    """Return what *text* states in figures, ordinals (*third*), times (*twice*) and years."""
    words = split_words(text)
    numbers = {int(form) for form in map(unify_spelling, words) if form.isdecimal()}
    times = {number for word, number in (("once", 1), ("twice", 2), ("thrice", 3)) if word in words}
    years = {date.year for date in read_dates_once(text) if date.year}
    return numbers | times | years | {value for figure in read_figures(text) for value in figure.readings}
