"""What holds a claim: the figures, dates and anchors that its paragraphs and anchors state; and how a fault names its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from rightscli.base.model import Fact, FactBase, Paragraph, Source
from rightscli.doctor.findings import Fault
from rightscli.text.dates import DateMention, find_dates
from rightscli.text.edtf import parse_edtf
from rightscli.text.figures import find_figures
from rightscli.text.folding import normalise_text
from rightscli.text.spelling import unify_spelling
from rightscli.text.words import split_words

COPIED_WORDS = 9
END_WORDS = 5


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
    """Yield the facts that cite *source*, with the paragraphs cited, ascending, where the copy has all of these."""
    for fact in base.facts:
        numbers = {n for cite in fact.citations if cite.source == source.key for n in cite.locator.numbers}
        if numbers and numbers <= paragraphs.keys():
            yield fact, tuple(sorted(numbers))


def cites_others(fact: Fact, source: Source) -> bool:
    """Tell whether *fact* cites other sources than *source*."""
    return any(cite.source != source.key for cite in fact.citations)


def join_numbers(numbers: Iterable[int]) -> str:
    """Return *numbers* as a message lists them."""
    return " or ".join(map(str, numbers))


def has_anchor(text: str, anchor: str) -> bool:
    """Whether *anchor* stands in the normalised *text* as whole words, its first letter in either case.

    ``12`` is neither in ``132`` nor in ``12,500``.
    """
    anchor = normalise_text(anchor)
    # Found by str.find: compiling a pattern for each anchor takes longer than all the rest of an examination.
    for form in {anchor[:1].lower() + anchor[1:], anchor[:1].upper() + anchor[1:]}:
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            # Of $100 there may well be something before, as in US$100.
            cut_before = form[0].isalnum() and re.search(r"(?:\w|\d[.,])$", text[max(0, start - 2) : start])
            cut_after = re.match(r"\w|[.,]\d", text[end : end + 2])
            if not cut_before and not cut_after:
                return True
            start = text.find(form, start + 1)
    return False


def list_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every nine words in a row of *text*, folded."""
    words = split_words(text)
    return (words[first : first + COPIED_WORDS] for first in range(len(words) - COPIED_WORDS + 1))


# The same few paragraphs are read for every fact that cites them.
read_figures = lru_cache(maxsize=1024)(find_figures)
read_dates_once = lru_cache(maxsize=1024)(find_dates)


def list_unheld_figures(fact: Fact, texts: Iterable[str]) -> list[str]:
    """Return the figures of *fact*'s claim, as it spells them, that none of *texts* states, not even as a year."""
    values = {value for text in texts for figure in read_figures(text) for value in figure.readings}
    years = {date.year for text in texts for date in read_dates_once(text)}
    held = values | years | {*list_years(fact)}
    return [
        fact.claim[figure.start : figure.end] for figure in read_figures(fact.claim) if figure.readings.isdisjoint(held)
    ]


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
