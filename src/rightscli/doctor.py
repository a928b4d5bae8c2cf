"""What is wrong with a fact base that loads: by itself, and beside a copy of its source.

Each rule is a function that yields its faults, and says in its docstring what it asks for; ``BASE_RULES`` and
``COPY_RULES`` name them all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from rightscli.mentions import DateMention, find_dates, find_figures, parse_edtf
from rightscli.model import Fact, FactBase, Paragraph, Source
from rightscli.words import fold_text, hash_text, normalise_text, split_words, unify_spelling

ANCHOR_WORDS = 6
END_WORDS = 5
CLAIM_WORDS = 60
COPIED_WORDS = 9
ALIKE = 0.8
"""The share of their words that two claims have in common when they are nearly the same (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. *line* counts from 1; *place* is a dotted path such as ``facts.some-id.claim``."""

    file: str
    line: int
    level: Literal["error", "warning"]
    place: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.place}: {self.message}"


class Fault(NamedTuple):
    """What a rule yields: a finding without what the rule's name tells."""

    line: int
    place: str
    message: str


def examine_base(base: FactBase) -> tuple[Finding, ...]:
    """Return what ``BASE_RULES`` find in *base*, in line order."""
    return _list_findings(base, {name: rule(base) for name, rule in BASE_RULES.items()})


def examine_copy(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> tuple[Finding, ...]:
    """Return what ``COPY_RULES`` find in *base* beside a copy of *source*, in line order.

    *paragraphs* are the copy's, by number (see ``copies.find_paragraphs``). A fact that cites a paragraph missing there
    is not judged by its text; of a fact that cites other sources too, only one anchor has to be in this one.
    """
    return _list_findings(base, {name: rule(base, source, paragraphs) for name, rule in COPY_RULES.items()})


def _list_findings(base: FactBase, faults: Mapping[str, Iterable[Fault]]) -> tuple[Finding, ...]:
    findings = [
        Finding(base.path, fault.line, "warning" if rule in WARNINGS else "error", fault.place, rule, fault.message)
        for rule, found in faults.items()
        for fault in found
    ]
    return tuple(sorted(findings, key=lambda finding: finding.line))


# -- rules about a base by itself


def _check_anchor_lengths(base: FactBase) -> Iterator[Fault]:
    """An anchor has at most six words: the base holds no sentence of the source."""
    for fact in base.facts:
        for anchor in fact.anchors:
            if (count := len(anchor.split())) > ANCHOR_WORDS:
                yield _fault_anchors(fact, f"'{anchor}' has {count} words; keep at most six of them")


def _check_anchors_exist(base: FactBase) -> Iterator[Fault]:
    """A fact has an anchor: without one no machine can check its citation."""
    for fact in base.facts:
        if not fact.anchors:
            yield _fault_anchors(fact, "no anchor; take a figure, a date, a name or a term from the cited paragraph")


def _check_paragraph_ends(base: FactBase) -> Iterator[Fault]:
    """``begins`` and ``ends`` have at most five words each: the base holds no sentence of the source."""
    for source in base.sources.values():
        for paragraph in source.paragraphs:
            for name, words in (("begins", paragraph.begins), ("ends", paragraph.ends)):
                if (count := len(words.split())) > END_WORDS:
                    place = f"{_place_paragraph(source, paragraph)}.{name}"
                    yield Fault(paragraph.line, place, f"'{words}' has {count} words; keep at most five of them")


def _check_claim_figures(base: FactBase) -> Iterator[Fault]:
    """Every figure of a claim is, by value, in one of the fact's anchors."""
    for fact in base.facts:
        for figure in _list_unheld_figures(fact, fact.anchors):
            yield _fault_claim(fact, f"the figure '{figure}' is in no anchor")


def _check_claim_dates(base: FactBase) -> Iterator[Fault]:
    """Every date of a claim is, by value, in the fact's anchors or its date, the year perhaps apart from the day.

    The year may also be one that the title of a source it cites states: *Events of 2019*.
    """
    for fact in base.facts:
        ends = (end.rstrip("?~%") for end in (fact.date or "").split("/"))
        titles = (base.sources[cite.source].title for cite in fact.citations)
        years = (str(date.year) for title in titles for date in find_dates(title) if date.year and not date.month)
        for date in _list_unheld_dates(fact, (*fact.anchors, *ends, *years)):
            yield _fault_claim(fact, f"'{date}' is neither in an anchor nor in the fact's date")


def _check_claim_months(base: FactBase) -> Iterator[Fault]:
    """A claim names a month with its year, since it stands alone; only *every December* needs none."""
    for fact in base.facts:
        for date in find_dates(fact.claim):
            recurs = re.search(r"\b(?:every|each)\s+$", fact.claim[: date.start], re.IGNORECASE)
            if date.month and not date.year and not recurs:
                name = fact.claim[date.start : date.end]
                yield _fault_claim(fact, f"'{name}' without its year; write the year after it")


# What is true when it is written and may not be when it is read: a state that goes on, an office that somebody holds.
_OF_ITS_TIME = (
    r"\b(?i:(still|continues? to|continues|yet to|(?:not|never) yet|to date|so far|currently|current|remains?|one of only)\b"
    r"|(?:(?:vice[- ])?president|prime minister|chancellor|(?:secretary|attorney)[- ]general|special rapporteur"
    r"|administration of|leader)(?= (?-i:[A-Z][a-z]))|[a-z]+ administration(?= has\b))"
)


def _check_claim_times(base: FactBase) -> Iterator[Fault]:
    """A claim that says *still*, *to date* or *one of only*, or names who holds an office, says when: it stands alone."""
    for fact in base.facts:
        match = re.search(_OF_ITS_TIME, fact.claim)
        if match and not any(date.year for date in find_dates(fact.claim)):
            yield _fault_claim(fact, f"'{match[0]}' is read as of today; say in or as of which year")


def _check_term_figures(base: FactBase) -> Iterator[Fault]:
    """Every figure and year of a look-up term is, by value, in the claim, an anchor or the date: a term asserts nothing else."""
    for fact in base.facts:
        held = {value for text in (fact.claim, *fact.anchors) for value in _list_values(text)} | {
            *_list_years(fact),
            None,
        }
        held |= {year % 100 for year in held if isinstance(year, int)}
        for term in fact.terms:
            if not {figure.value for figure in _read_figures(term)} | {date.year for date in _read_dates(term)} <= held:
                message = f"the claim does not say the figure of '{term}'; remove it"
                yield Fault(fact.line, f"facts.{fact.id}.terms", message)


def _list_values(text: str) -> set[Decimal | int | None]:
    """Return what *text* states in figures, ordinals (*third*), times (*twice*) and years."""
    words = split_words(text)
    numbers = {int(form) for form in map(unify_spelling, words) if form.isdecimal()}
    times = {number for word, number in (("once", 1), ("twice", 2), ("thrice", 3)) if word in words}
    years = {date.year for date in _read_dates(text) if date.year}
    return numbers | times | years | {figure.value for figure in _read_figures(text)}


# Not "It is certain that", nor "Those who flee": there the word stands for nothing said before.
_OPENING = (
    r"(?i)\W*(its|they|their|theirs|them|this|these|he|his|him|she|hers?|we|our|such|the (?:former|latter)"
    r"|it(?! (?:is|was|remains|became) (?:\w+ )?\w+ (?:that|to|whether)\b)"
    r"|(?:that|those)(?= (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|means?|meant)\b))\b"
)


def _check_claim_openings(base: FactBase) -> Iterator[Fault]:
    """A claim does not open with a pronoun, or with *this* or *such*, since it stands alone."""
    for fact in base.facts:
        match = re.match(_OPENING, fact.claim)
        # IT and HE are abbreviations.
        if match and not match[1].isupper():
            yield _fault_claim(fact, f"opens with '{match[1]}'; name who or what is meant")


def _check_claim_ends(base: FactBase) -> Iterator[Fault]:
    """A claim ends as a sentence does, with a full stop, a question or an exclamation mark, quoted or not."""
    for fact in base.facts:
        if not re.search(r"[.?!][\"'”’»]*$", fact.claim):
            yield _fault_claim(fact, "does not end as a sentence does; end it with a full stop")


def _check_claim_lengths(base: FactBase) -> Iterator[Fault]:
    """A claim has at most sixty words."""
    for fact in base.facts:
        if (count := len(fact.claim.split())) > CLAIM_WORDS:
            yield _fault_claim(fact, f"has {count} words; say it in at most {CLAIM_WORDS} or make two")


def _check_claims_differ(base: FactBase) -> Iterator[Fault]:
    """No two claims are nearly the same: four fifths of their words, and the same figures and dates.

    Two sets so alike have one of their rarest words in common, so each is compared only with those that share one of
    these with it (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).
    """
    bags = [frozenset(split_words(fact.claim)) for fact in base.facts]
    counts = Counter(word for bag in bags for word in bag)
    seen: dict[tuple[frozenset[str], str], list[int]] = defaultdict(list)
    for place, (fact, bag) in enumerate(zip(base.facts, bags, strict=True)):
        digits = frozenset(word for word in bag if word[0].isdecimal())
        rare = sorted(bag, key=lambda word: (counts[word], word))[: len(bag) - int(ALIKE * len(bag)) + 1]
        for other in sorted({other for word in rare for other in seen[digits, word]}):
            alike = len(bag & bags[other]) / len(bag | bags[other])
            if alike >= ALIKE and _list_numbers(fact.claim) == _list_numbers(base.facts[other].claim):
                message = f"nearly the same as that of fact '{base.facts[other].id}'; merge them or say how they differ"
                yield _fault_claim(fact, message)
                break
        for word in rare:
            seen[digits, word].append(place)


def _list_numbers(text: str) -> tuple[object, ...]:
    """Return the values of the figures and dates in *text*, to be compared."""
    dates = ((date.year, date.month, date.day) for date in find_dates(text))
    return (sorted(figure.value for figure in find_figures(text)), [*dates])


def _check_topics_used(base: FactBase) -> Iterator[Fault]:
    """A topic has a fact, or a narrower topic that has one."""
    used: set[str] = set()
    for fact in base.facts:
        for id in fact.topics:
            topic: str | None = id
            while topic and topic not in used:
                used.add(topic)
                topic = base.topics[topic].broader
    for id in base.topics:
        if id not in used:
            yield Fault(base.topics[id].line, f"topics.{id}", "no fact has this topic")


def _check_facts_have_topics(base: FactBase) -> Iterator[Fault]:
    """A fact has a topic, or no reader finds it by one."""
    for fact in base.facts:
        if not fact.topics:
            yield Fault(fact.line, f"facts.{fact.id}.topics", "no topic")


def _check_paragraphs_cited(base: FactBase) -> Iterator[Fault]:
    """Every paragraph of a source is cited by a fact, so that the base covers what it says it does."""
    cited = {(cite.source, number) for fact in base.facts for cite in fact.citations for number in cite.locator.numbers}
    for source in base.sources.values():
        for paragraph in source.paragraphs:
            if (source.key, paragraph.number) not in cited:
                yield Fault(paragraph.line, _place_paragraph(source, paragraph), "no fact cites it")


def _check_labels_unique(base: FactBase) -> Iterator[Fault]:
    """A label or alt label names one topic only, whatever its case and accents, or looking up by label is ambiguous."""
    owners: dict[str, str] = {}
    for id, topic in base.topics.items():
        for label in (topic.label, *topic.alt):
            owner = owners.setdefault(fold_text(label), id)
            if owner != id:
                yield Fault(topic.line, f"topics.{id}", f"'{label}' names topic '{owner}' too; leave it to one of them")


def _check_labels_repeat(base: FactBase) -> Iterator[Fault]:
    """A topic has each label once, whatever its case and accents."""
    for id, topic in base.topics.items():
        labels = (topic.label, *topic.alt, *topic.hidden)
        folded = [fold_text(label) for label in labels]
        for place, label in enumerate(labels):
            if folded[place] in folded[:place]:
                yield Fault(topic.line, f"topics.{id}", f"'{label}' is there already; remove it")


# -- rules about a base beside a copy of one of its sources


def _check_paragraphs_found(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """Every paragraph of the source is in the copy."""
    for paragraph in source.paragraphs:
        if paragraph.number not in paragraphs:
            message = f"paragraph {paragraph.number} is not in the copy"
            yield Fault(paragraph.line, _place_paragraph(source, paragraph), message)


def _check_paragraph_texts(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """A paragraph's ``sha256``, ``words``, ``begins`` and ``ends`` are those of its text in the copy."""
    for paragraph in source.paragraphs:
        if paragraph.number not in paragraphs:
            continue
        place = _place_paragraph(source, paragraph)
        words = paragraphs[paragraph.number].split()
        text = " ".join(words)
        if paragraph.sha256 != (digest := hash_text(text)):
            yield Fault(paragraph.line, f"{place}.sha256", f"the copy's is {digest}")
        if paragraph.words != len(words):
            yield Fault(paragraph.line, f"{place}.words", f"the copy has {len(words)}, not {paragraph.words}")
        opening, closing = " ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:])
        if not _stands_at(r"^{}(?!\w)", paragraph.begins, text, opening):
            yield Fault(paragraph.line, f"{place}.begins", f"the copy begins '{opening}', not '{paragraph.begins}'")
        if not _stands_at(r"(?<!\w){}$", paragraph.ends, text, closing):
            yield Fault(paragraph.line, f"{place}.ends", f"the copy ends '{closing}', not '{paragraph.ends}'")


def _stands_at(pattern: str, own: str, text: str, copied: str) -> bool:
    """Tell whether *own* stands at an end of *text*, character for character; a copy in plain ASCII may be straightened.

    A base may not, or its links miss the passage.
    """
    if re.search(pattern.format(re.escape(own)), text):
        return True
    normal, plain = normalise_text(text), normalise_text(own)
    return copied.isascii() and re.search(pattern.format(re.escape(plain)), normal) is not None


def _check_anchors_found(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """Every anchor of a fact stands in a paragraph it cites; one of them, if the fact cites other sources too.

    It stands there as whole words, and in the same case but for its first letter.
    """
    texts = {number: normalise_text(text) for number, text in paragraphs.items()}
    for fact, numbers in _list_citing(base, source, paragraphs):
        missing = [anchor for anchor in fact.anchors if not any(_has_anchor(texts[n], anchor) for n in numbers)]
        where = f"in paragraph {_join_numbers(numbers)} of {source.key}"
        if not _cites_others(fact, source):
            for anchor in missing:
                yield _fault_anchors(fact, f"'{anchor}' is not {where}")
        elif missing and len(missing) == len(fact.anchors):
            yield _fault_anchors(fact, f"none of them is {where}; add one that is")


def _check_anchors_pin(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """One of a fact's anchors is not in any paragraph next to those it cites: a pinpoint that is one off is noticed."""
    texts = {number: normalise_text(text) for number, text in paragraphs.items()}
    for fact, numbers in _list_citing(base, source, paragraphs):
        near = sorted({n + step for n in numbers for step in (-1, 1)} & paragraphs.keys() - set(numbers))
        here = [anchor for anchor in fact.anchors if any(_has_anchor(texts[n], anchor) for n in numbers)]
        also = {anchor: [n for n in near if _has_anchor(texts[n], anchor)] for anchor in here}
        if also and all(also.values()):
            where = _join_numbers(sorted({n for places in also.values() for n in places}))
            yield _fault_anchors(fact, f"each of them is in paragraph {where} too; add one that is not")


def _check_numbers_found(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """Every figure and date of a claim is, by value, in a paragraph it cites; a year may be the fact's date's.

    Not asked of a fact that cites other sources too.
    """
    for fact, numbers in _list_citing(base, source, paragraphs):
        if _cites_others(fact, source):
            continue
        texts = [paragraphs[number] for number in numbers]
        for number in (*_list_unheld_figures(fact, texts), *_list_unheld_dates(fact, texts)):
            message = f"'{number}' is not in paragraph {_join_numbers(numbers)} of {source.key}"
            yield _fault_claim(fact, message)


def _check_claims_own(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """No nine words of a claim stand in a row in a paragraph of the source: claims are in our own words."""
    owners: dict[tuple[str, ...], int] = {}
    for number, text in paragraphs.items():
        for run in _list_runs(text):
            owners.setdefault(run, number)
    for fact in base.facts:
        copied = next((run for run in _list_runs(fact.claim) if run in owners), None)
        if copied:
            message = f"'{' '.join(copied)}' is in paragraph {owners[copied]} of {source.key}; say it in other words"
            yield _fault_claim(fact, message)


BASE_RULES: Mapping[str, Callable[[FactBase], Iterator[Fault]]] = {
    "anchor-length": _check_anchor_lengths,
    "anchor-missing": _check_anchors_exist,
    "paragraph-ends": _check_paragraph_ends,
    "claim-figure": _check_claim_figures,
    "claim-date": _check_claim_dates,
    "claim-month": _check_claim_months,
    "claim-opening": _check_claim_openings,
    "claim-end": _check_claim_ends,
    "claim-length": _check_claim_lengths,
    "claim-time": _check_claim_times,
    "term-figure": _check_term_figures,
    "claim-alike": _check_claims_differ,
    "topic-unused": _check_topics_used,
    "topic-missing": _check_facts_have_topics,
    "paragraph-uncited": _check_paragraphs_cited,
    "label-shared": _check_labels_unique,
    "label-repeated": _check_labels_repeat,
}
COPY_RULES: Mapping[str, Callable[[FactBase, Source, Mapping[int, str]], Iterator[Fault]]] = {
    "copy-paragraph": _check_paragraphs_found,
    "copy-text": _check_paragraph_texts,
    "copy-anchor": _check_anchors_found,
    "copy-pin": _check_anchors_pin,
    "copy-number": _check_numbers_found,
    "copy-words": _check_claims_own,
}
WARNINGS = frozenset(
    {
        "claim-month",
        "claim-opening",
        "claim-end",
        "claim-length",
        "claim-time",
        "term-figure",
        "claim-alike",
        "topic-unused",
        "topic-missing",
        "paragraph-uncited",
        "label-repeated",
    }
)
"""The rules whose breach makes a base poorer, not wrong."""


# -- what the rules share


def _fault_claim(fact: Fact, message: str) -> Fault:
    return Fault(fact.line, f"facts.{fact.id}.claim", message)


def _fault_anchors(fact: Fact, message: str) -> Fault:
    return Fault(fact.line, f"facts.{fact.id}.anchors", message)


def _place_paragraph(source: Source, paragraph: Paragraph) -> str:
    return f"sources.{source.key}.paragraphs.{paragraph.number}"


def _list_citing(
    base: FactBase, source: Source, paragraphs: Mapping[int, str]
) -> Iterator[tuple[Fact, tuple[int, ...]]]:
    """Yield the facts that cite *source*, with the paragraphs cited, ascending, where the copy has all of these."""
    for fact in base.facts:
        numbers = {n for cite in fact.citations if cite.source == source.key for n in cite.locator.numbers}
        if numbers and numbers <= paragraphs.keys():
            yield fact, tuple(sorted(numbers))


def _cites_others(fact: Fact, source: Source) -> bool:
    return any(cite.source != source.key for cite in fact.citations)


def _join_numbers(numbers: Iterable[int]) -> str:
    return " or ".join(map(str, numbers))


def _has_anchor(text: str, anchor: str) -> bool:
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


def _list_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every nine words in a row of *text*, folded."""
    words = split_words(text)
    return (words[first : first + COPIED_WORDS] for first in range(len(words) - COPIED_WORDS + 1))


# The same few paragraphs are read for every fact that cites them.
_read_figures = lru_cache(maxsize=1024)(find_figures)
_read_dates = lru_cache(maxsize=1024)(find_dates)


def _list_unheld_figures(fact: Fact, texts: Iterable[str]) -> list[str]:
    """Return the figures of *fact*'s claim, as it spells them, that none of *texts* states, not even as a year."""
    values = {figure.value for text in texts for figure in _read_figures(text)}
    years = {date.year for text in texts for date in _read_dates(text)}
    return [
        fact.claim[figure.start : figure.end]
        for figure in _read_figures(fact.claim)
        if figure.value not in values and figure.value not in years and figure.value not in _list_years(fact)
    ]


def _list_unheld_dates(fact: Fact, texts: Iterable[str]) -> list[str]:
    """Return the dates of *fact*'s claim, as it spells them, that *texts* do not hold: month and day, and year.

    The year may also be one that the fact's date covers, and be written as a figure.
    """
    texts = tuple(texts)
    held = [date for text in texts for date in _read_dates(text)]
    years = {(date.year, date.decade) for date in held}
    figures = {figure.value for text in texts for figure in _read_figures(text)}

    def is_held(date: DateMention) -> bool:
        has_year = (
            date.year is None
            or (date.year, date.decade) in years
            or date.year in _list_years(fact)
            or date.year in figures
        )
        return has_year and (date.month is None or any(_has_day(other, date) for other in held))

    return [fact.claim[date.start : date.end] for date in _read_dates(fact.claim) if not is_held(date)]


def _has_day(held: DateMention, date: DateMention) -> bool:
    """Whether *held* says the month of *date*, and its day if it has one, and not of another year."""
    same_day = held.month == date.month and date.day in (None, held.day)
    return same_day and (None in (held.year, date.year) or held.year == date.year)


def _list_years(fact: Fact) -> range:
    """Return the years that the fact's date covers; of an open interval, those of its one end."""
    if fact.date is None:
        return range(0)
    first, last = parse_edtf(fact.date)
    ends = [end.year for end in (first, last) if end]
    return range(ends[0], ends[-1] + 1)
