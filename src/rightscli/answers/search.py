"""A query → the facts that it found, or what the base holds instead."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import Library, clean_text
from rightscli.answers.facts import list_uncompiled, restyle_facts, select_places
from rightscli.errors import NotFoundError, RightsError, UsageError
from rightscli.records import Record
from rightscli.search import Findings, find_facts
from rightscli.search.ranking import Hit
from rightscli.search.scope import Scope
from rightscli.search.silence import find_named_by_terms, list_topics
from rightscli.search.weights import MOST_WORDS
from rightscli.text.folding import shorten_text
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from rightscli.index.queries import Index


class SearchAnswer(NamedTuple):
    """What a query found.

    *facts* are records, best first, each with its ``match``; *total* is how many matched. *marked* are
    the folded words that matched in each fact; *named* are names in the query that only look-up terms hold, with their
    spelling there. Where nothing was found, *faults* holds the NotFoundError that says so, and *topics* the ids of the
    nearest topics, the nearest first, and *outside* facts match without the filters. *weak* says that the matches are weak,
    shown or not.
    """

    query: str
    facts: Sequence[Record]
    total: int
    marked: Sequence[set[str]]
    named: Mapping[str, str]
    topics: Sequence[str]
    weak: bool
    outside: int
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def search_facts(
    library: Library,
    query: str,
    *,
    limit: int = 10,
    topic: str | None = None,
    source: str | None = None,
    para: str | None = None,
    since: str | None = None,
    until: str | None = None,
    without: Sequence[str] = (),
    exact: bool = False,
    weak: bool = False,
    why: bool = False,
    style: str | None = None,
) -> SearchAnswer:
    """Return at most *limit* facts that match the words of *query*, best first.

    Words between double quotes must occur side by side. A fact is on the *topic*, rests on the *source* and its paragraphs
    *para* (``13``, ``13-15``), is dated from *since* to *until* (``2019``, ``2019-03``, ``2019-03-22``), and holds none of the
    words or phrases *without*. With *exact* no guess is made at misspelt words; with *weak*, matches that hold too little of
    the query are shown; with *why*, the ``match`` of each fact says what each word matched.

    Raises UsageError for a query without a word and for a malformed date, NotFoundError for a name that the base lacks.
    """
    query = clean_text(query)
    if not split_words(query):
        raise UsageError("no word to search for", hint="try: rights search forced labor")
    banned = [clean_text(text) for text in without]
    if not all(map(split_words, banned)):
        raise UsageError("no word in --not")
    days = _read_days(since, until)
    index = library.index
    scope = Scope(select_places(index, topic, source, para), *days, without=banned)
    found = find_facts(index, query, limit=limit, strict=exact, scope=scope)
    if found.hits and (weak or not found.weak):
        return _answer_hits(library, query, found, why=why, style=style)
    outside = None if scope.is_open() else find_facts(index, query, limit=limit, strict=exact)
    return _answer_silence(index, query, found, outside)


def _answer_hits(library: Library, query: str, found: Findings, *, why: bool, style: str | None) -> SearchAnswer:
    """Return the answer with the facts that were *found*, and what must be said of them."""
    index = library.index
    plain = index.get_facts(hit.place for hit in found.hits)
    named = find_named_by_terms(found.hits, plain)
    facts = [
        record | {"match": _describe_match(hit, weak=found.weak, why=why)}
        for hit, record in zip(found.hits, restyle_facts(plain, library, style), strict=True)
    ]
    marked = [{match.word for match in hit.matches.values()} for hit in found.hits]
    warnings = [*list_uncompiled(plain, library, style), *_list_remarks(found, named), *_spot_place(query, index)]
    return SearchAnswer(query, facts, found.total, marked, named, (), found.weak, 0, warnings, ())


def _describe_match(hit: Hit, *, weak: bool, why: bool) -> Record:
    """Return how a hit matched, word by word, as its record has it; *why* adds what each word matched."""
    match: Record = {"tier": hit.tier, "score": hit.score}
    match["words"] = {word: one.tier for word, one in hit.matches.items()}
    match["fields"] = {word: one.field for word, one in hit.matches.items()}
    if weak:
        match["weak"] = True
    if why:
        match["why"] = [{"query": word} | one._asdict() for word, one in hit.matches.items()]
    return match


def _read_days(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day that a fact may be of, as ordinals."""
    first, last = _read_date("--since", since)[0], _read_date("--until", until)[1]
    if first is not None and last is not None and first > last:
        raise UsageError(f"--since {since} is later than --until {until}")
    return first, last


def _read_date(option: str, date: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day of an option's date, as ordinals."""
    if date is None:
        return None, None
    from rightscli.index.building import read_days

    try:
        return read_days(date)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", hint="write 2019, 2019-03 or 2019-03-22") from None


def _list_remarks(found: Findings, named: Mapping[str, str]) -> Iterator[str]:
    """Yield what was guessed, unknown, cut or weak in a query."""
    guesses = {
        f"'{word}'": match.word
        for hit in reversed(found.hits)
        for word, match in hit.matches.items()
        if match.tier == "typo" or (match.tier == hit.tier == "related")
    }
    for word, known in guesses.items():
        yield f"no {word} in this base; showing results for '{known}'"
    for name in named.values():
        yield f"no '{shorten_text(name)}' in the claims; found by a look-up term"
    if found.unknown:
        yield f"not in this base: {', '.join(shorten_text(word) for word in found.unknown[:5])}"
    if found.cut:
        yield f"only the first {MOST_WORDS} words were looked at"
    if found.weak:
        yield "weak matches: no fact holds enough of the query"


def _spot_place(query: str, index: "Index") -> list[str]:
    """Return a remark for who asks for a place in a source by its words; none for others."""
    if not any(sign in query for sign in ":¶") and "par" not in query.lower():
        return []
    from rightscli.refs import parse_ref, resolve_ref

    try:
        target = resolve_ref(parse_ref(query), index)
    except RightsError:
        return []
    if not (target.source and target.locators):
        return []
    return [f"to see what rests on that place: rights show {target.source['id']}:{','.join(map(str, target.locators))}"]


def _answer_silence(index: "Index", query: str, found: Findings, outside: Findings | None) -> SearchAnswer:
    """Return the answer that the base does not hold what was asked for; *outside* is what was found without the filters."""
    count = outside.total if outside and outside.hits and not outside.weak else 0
    missing, hint = f"nothing in this base for '{shorten_text(query, 80)}'", f"the base covers: {index.scope}"
    if outside and count:
        missing = f"nothing for '{shorten_text(query, 80)}' that passes the filters"
        hint = f"{count} {'fact matches' if count == 1 else 'facts match'} without them"
    topics, fault = list_topics(index, found.hits), NotFoundError(missing, hint=hint)
    return SearchAnswer(query, (), 0, (), {}, topics, found.weak, count, _spot_place(query, index), [fault])
