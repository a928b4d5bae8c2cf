"""The rules that a base keeps by itself. Each function yields its faults, and says in its docstring what it asks for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from rightscli.base.load import read_base
from rightscli.base.model import FactBase
from rightscli.base.paths import find_begun_base
from rightscli.doctor.evidence import (
    END_WORDS,
    fault_anchors,
    fault_claim,
    list_unanchored_dates,
    list_unheld_figures,
    list_values,
    list_years,
    place_paragraph,
    read_dates_once,
    read_figures,
)
from rightscli.doctor.findings import Fault
from rightscli.doctor.sourcerules import SOURCE_RULES
from rightscli.text.dates import find_dates
from rightscli.text.figures import find_figures
from rightscli.text.folding import count_noun, fold_text, shorten_text
from rightscli.text.locators import Locator, merge_locators
from rightscli.text.places import name_places
from rightscli.text.signs import CLOSING_MARKS
from rightscli.text.words import split_words

ANCHOR_WORDS = 6
CLAIM_WORDS = 60
_MOST_NAMED = 10
"""How many of a source's passages, or ranges of them, a message names."""
ALIKE = 0.8
"""The share of their words that two claims have in common when they are nearly the same (Jaccard)."""


def _check_anchor_lengths(base: FactBase) -> Iterator[Fault]:
    """An anchor has at most six words: the base holds no sentence of the source."""
    for fact in base.facts:
        for anchor in fact.anchors:
            if (count := len(anchor.split())) > ANCHOR_WORDS:
                yield fault_anchors(fact, f"'{anchor}' has {count} words; keep at most six of them")


def _check_anchors_exist(base: FactBase) -> Iterator[Fault]:
    """A fact has an anchor: without one no machine can check its citation."""
    for fact in base.facts:
        if not fact.anchors:
            yield fault_anchors(fact, "no anchor; take a figure, a date, a name or a term from the cited paragraph")


def _check_paragraph_ends(base: FactBase) -> Iterator[Fault]:
    """``begins`` and ``ends`` have at most five words each: the base holds no sentence of the source."""
    for source in base.sources.values():
        for paragraph in source.paragraphs:
            for name, words in (("begins", paragraph.begins), ("ends", paragraph.ends)):
                if (count := len(words.split())) > END_WORDS:
                    place = f"{place_paragraph(source, paragraph)}.{name}"
                    yield Fault(paragraph.line, place, f"'{words}' has {count} words; keep at most five of them")


def _check_paragraph_shares(base: FactBase) -> Iterator[Fault]:
    """``begins`` and ``ends`` are at most a quarter of their paragraph each, and of one of three words or fewer, nothing."""
    for source in base.sources.values():
        for paragraph in source.paragraphs:
            for name, words in (("begins", paragraph.begins), ("ends", paragraph.ends)):
                count, most = len(words.split()), paragraph.words // 4
                if most < count <= END_WORDS and paragraph.words:
                    place = f"{place_paragraph(source, paragraph)}.{name}"
                    kept = f"keep at most {most} of them" if most else "leave it empty"
                    yield Fault(
                        paragraph.line, place, f"'{words}' is more than a quarter of {paragraph.words} words; {kept}"
                    )


def _check_claim_figures(base: FactBase) -> Iterator[Fault]:
    """Every figure of a claim is, by value, in one of the fact's anchors."""
    for fact in base.facts:
        for figure in list_unheld_figures(fact, fact.anchors, base):
            yield fault_claim(fact, f"the figure '{figure}' is in no anchor")


def _check_claim_dates(base: FactBase) -> Iterator[Fault]:
    """Every date of a claim is, by value, in the fact's anchors or its date, the year perhaps apart from the day.

    The year may also be one that the title of a source it cites states: *Events of 2019*.
    """
    for fact in base.facts:
        for date in list_unanchored_dates(fact, base):
            yield fault_claim(fact, f"'{date}' is neither in an anchor nor in the fact's date")


_YEARLY = (
    r"^[^.;:?!]*?\b(?:(?:every|each) (?:other )?year|of (?:every|any|a) year|annually|yearly|a year|year after year)\b"
)
"""What says behind a date, in the same clause, that it comes again."""


def _check_claim_months(base: FactBase) -> Iterator[Fault]:
    """A claim names a month with its year, since it stands alone; only *every December*, *in December each year* need none."""
    for fact in base.facts:
        for date in find_dates(fact.claim):
            before, behind = fact.claim[: date.start], fact.claim[date.end :]
            recurs = re.search(r"\b(?:every|each)\s+$", before, re.I) or re.search(_YEARLY, behind, re.I)
            if date.month and not date.year and not recurs:
                name = fact.claim[date.start : date.end]
                yield fault_claim(fact, f"'{name}' without its year; write the year after it")


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
            yield fault_claim(fact, f"'{match[0]}' is read as of today; say in or as of which year")


def _check_term_figures(base: FactBase) -> Iterator[Fault]:
    """Every figure and year of a look-up term is, by value, in the claim, an anchor or the date: a term asserts nothing else."""
    for fact in (fact for fact in base.facts if fact.terms):
        held = {value for text in (fact.claim, *fact.anchors) for value in list_values(text)} | {
            *list_years(fact),
            None,
        }
        held |= {year % 100 for year in held if isinstance(year, int)}
        for term in fact.terms:
            years = {date.year for date in read_dates_once(term)}
            if not years <= held or any(figure.readings.isdisjoint(held) for figure in read_figures(term)):
                message = f"the claim does not say the figure of '{term}'; remove it"
                yield Fault(fact.line, f"facts.{fact.id}.terms", message)


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
            yield fault_claim(fact, f"opens with '{match[1]}'; name who or what is meant")


def _check_claim_ends(base: FactBase) -> Iterator[Fault]:
    """A claim ends as a sentence does, with a full stop, a question or an exclamation mark, quoted or not."""
    for fact in base.facts:
        if not re.search(rf"[.?!][{CLOSING_MARKS}]*$", fact.claim):
            yield fault_claim(fact, "does not end as a sentence does; end it with a full stop")


def _check_claim_lengths(base: FactBase) -> Iterator[Fault]:
    """A claim has at most sixty words."""
    for fact in base.facts:
        if (count := len(fact.claim.split())) > CLAIM_WORDS:
            yield fault_claim(fact, f"has {count} words; say it in at most {CLAIM_WORDS} or make two")


def _check_claims_differ(base: FactBase) -> Iterator[Fault]:
    """No two claims are nearly the same: four fifths of their words, and the same figures and dates.

    Two sets so alike have one of their rarest words in common, so each is compared only with those that share one of
    these with it (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).
    """
    # What stands for a retracted fact may well say nearly the same.
    facts = [fact for fact in base.facts if not fact.retracted]
    bags = [frozenset(split_words(fact.claim)) for fact in facts]
    counts = Counter(word for bag in bags for word in bag)
    seen: dict[tuple[frozenset[str], str], list[int]] = defaultdict(list)
    for place, (fact, bag) in enumerate(zip(facts, bags, strict=True)):
        digits = frozenset(word for word in bag if word[0].isdecimal())
        rare = sorted(bag, key=lambda word: (counts[word], word))[: len(bag) - int(ALIKE * len(bag)) + 1]
        for other in sorted({other for word in rare for other in seen[digits, word]}):
            alike = len(bag & bags[other]) / len(bag | bags[other])
            if alike >= ALIKE and _list_numbers(fact.claim) == _list_numbers(facts[other].claim):
                message = f"nearly the same as that of fact '{facts[other].id}'; merge them or say how they differ"
                yield fault_claim(fact, message)
                break
        for word in rare:
            seen[digits, word].append(place)


def _list_numbers(text: str) -> tuple[object, ...]:
    """Return the values of the figures and dates in *text*, to be compared."""
    dates = ((date.year, date.month, date.day) for date in find_dates(text))
    return (sorted(figure.value for figure in find_figures(text)), [*dates])


def _check_header(base: FactBase) -> Iterator[Fault]:
    """The title and the scope are the base's own: they are told to whoever asks for what it does not hold."""
    begun = read_base(find_begun_base())
    for field in ("title", "scope"):
        if getattr(base, field) == getattr(begun, field):
            yield Fault(1, field, "still what rights init wrote; say what this base is")


def _check_topics_used(base: FactBase) -> Iterator[Fault]:
    """A topic has a fact, or a narrower topic that has one."""
    used: set[str] = set()
    for fact in (fact for fact in base.facts if not fact.retracted):
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
    """Every paragraph of a source is cited by a fact, so that the base covers what it says it does; told once a source."""
    cited = {
        (cite.source, at)
        for fact in base.facts
        if not fact.retracted
        for cite in fact.citations
        for at in cite.locator.positions
    }
    for source in base.sources.values():
        count = len(source.paragraphs)
        bare = [Locator(at, at) for at in range(1, count + 1) if (source.key, at) not in cited]
        if bare:
            numbering = source.make_numbering()
            places = [str(numbering.locate_positions(one.first, one.last)) for one in merge_locators(bare)]
            named = ", ".join(places[:_MOST_NAMED]) + (" …" if len(places) > _MOST_NAMED else "")
            message = f"no fact cites {len(bare)} of {count_noun(count, source.unit)}: {named}"
            yield Fault(source.line, f"sources.{source.key}.paragraphs", message)


def _check_facts_proven(base: FactBase) -> Iterator[Fault]:
    """A fact rests on passages that a copy was read of, so that a machine can prove them."""
    for fact in base.facts:
        for cite in fact.citations:
            source = base.sources[cite.source]
            cited = [source.paragraphs[at - 1] for at in cite.locator.positions] if source.paragraphs else []
            if not all(one.sha256 for one in cited) or not cited:
                place = name_places([cite.locator], source.unit)
                message = f"unproven: the base was made without a copy of {cite.source}, {place}"
                yield Fault(fact.line, f"facts.{fact.id}.cites.{cite.source}", message)


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


def _check_successors(base: FactBase) -> Iterator[Fault]:
    """What stands for a retracted fact is not retracted itself."""
    gone = {fact.id for fact in base.facts if fact.retracted}
    for fact in base.facts:
        if fact.retracted and fact.retracted.replaced_by in gone:
            message = f"'{fact.retracted.replaced_by}' is retracted, too; name the fact that holds"
            yield Fault(fact.line, f"facts.{fact.id}.retracted.for", message)


def _check_texts_whole(base: FactBase) -> Iterator[Fault]:
    """No sentence ends where a comment begins: a `` #`` in it, meant as a number's sign, cuts it."""
    for cut in base.cuts:
        message = (
            f"cut off before '{shorten_text(cut.comment)}'; put the text in quotation marks, or the comment above it"
        )
        yield Fault(cut.line, cut.place, message)


def _check_texts_seen(base: FactBase) -> Iterator[Fault]:
    """No text holds a sign that no reader sees and that turns the direction of what stands behind it."""
    for line, place, text in _list_texts(base):
        if found := re.search(_TURNING, text):
            yield Fault(line, place, f"U+{ord(found[0]):04X} turns the direction of reading, unseen; remove it")


_TURNING = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"


def _list_texts(base: FactBase) -> Iterator[tuple[int, str, str]]:
    """Yield each text that is printed, with its line and place."""
    for name in ("title", "edition", "scope", "license"):
        yield 1, name, getattr(base, name)
    for source in base.sources.values():
        place = f"sources.{source.key}"
        names = (
            part for people in source.names.values() for one in people for part in (one.literal, one.family, one.given)
        )
        yield from (
            (source.line, place, text) for text in (source.title, *names, *source.fields.values(), *source.alias)
        )
        for one in source.paragraphs:
            yield one.line, place_paragraph(source, one), f"{one.section} {one.begins} {one.ends}"
    for topic in base.topics.values():
        yield topic.line, f"topics.{topic.id}", " ".join((topic.label, *topic.alt, *topic.hidden))
    for fact in base.facts:
        because = fact.retracted.because if fact.retracted else ""
        texts = (fact.claim, fact.according_to or "", *fact.anchors, *fact.terms, because)
        yield fact.line, f"facts.{fact.id}", " ".join(texts)


BASE_RULES: Mapping[str, Callable[[FactBase], Iterator[Fault]]] = {
    **SOURCE_RULES,
    "header-begun": _check_header,
    "anchor-length": _check_anchor_lengths,
    "anchor-missing": _check_anchors_exist,
    "paragraph-ends": _check_paragraph_ends,
    "paragraph-share": _check_paragraph_shares,
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
    "fact-unproven": _check_facts_proven,
    "label-shared": _check_labels_unique,
    "label-repeated": _check_labels_repeat,
    "retracted-for": _check_successors,
    "text-cut": _check_texts_whole,
    "text-unseen": _check_texts_seen,
}
