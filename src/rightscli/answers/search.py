"""A query → the facts that it found, or what the base holds instead."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import Library, clean_text
from rightscli.answers.facts import list_names, list_uncompiled, restyle_facts, select_places
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
    from rightscli.answers.facts import Names
    from rightscli.copies.words import CopyWords
    from rightscli.index.queries import Index
    from rightscli.search.vocabulary import Vocabulary


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
    topic: "Names" = None,
    source: "Names" = None,
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

    Words between double quotes must occur side by side. A fact is on the *topic*, rests on the *source* (of several, on any)
    and its paragraphs *para* (``13``, ``13-15``), is dated from *since* to *until* (``2019``, ``2019-03``, ``2019-03-22``), and
    holds none of the words or phrases *without*. With *exact* no guess is made at misspelt words; with *weak*, matches that
    hold too little of the query are shown; with *why*, the ``match`` of each fact says what each word matched.

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
    copies = _open_words(library)
    base = _join_words(index, copies)
    found = find_facts(base, query, limit=limit, strict=exact, scope=scope)
    if found.hits and (weak or not found.weak):
        return _answer_hits(library, query, found, why=why, style=style)
    outside = None if scope.is_open() else find_facts(base, query, limit=limit, strict=exact)
    held = any(not one.weak and one.hits for one in (find_facts(copy.passages, query, strict=exact) for copy in copies))
    return _answer_silence(index, query, found, outside, held=held)


def describe_search(answer: SearchAnswer, index: "Index") -> Record:
    """Return what a document says of *answer* before its facts: the query and the counts; of silence what the base covers."""
    from rightscli.answers.documents import count_records

    told: Record = {"query": answer.query, "total": answer.total, "at_least": False}
    told |= count_records(len(answer.facts), answer.total)
    return told | ({"scope": index.scope, "suggestions": list(answer.topics)} if answer.faults else {})


def warn_of_search(answer: SearchAnswer) -> list[str]:
    """Return the warnings of a document of *answer*: that nothing was found, too, which is no error there."""
    silence = [text for one in answer.faults for text in (one.message, one.hint if answer.outside else None) if text]
    return [*silence, *answer.warnings]


def _open_words(library: Library) -> "Sequence[CopyWords]":
    """Return the words of the attached copies; where none was ever attached, nothing is imported."""
    if library.copies is None or not os.path.isdir(os.path.join(library.copies, "copies")):
        return []
    from rightscli.copies.words import open_copies

    return open_copies(library.index, library.copies, library.cache)


def _join_words(index: "Index", copies: "Sequence[CopyWords]") -> "Vocabulary":
    """Return a base whose facts are found by the words of *copies*, too."""
    if not copies:
        return index
    from rightscli.copies.words import AttachedWords

    return AttachedWords(index, copies)


class PassagesAnswer(NamedTuple):
    """The *passages* of attached copies that a query found: records, best first; *total* is how many matched.

    *marked* are the folded words that matched in each. Where nothing was found, *faults* holds the NotFoundError that says so.
    """

    query: str
    passages: Sequence[Record]
    total: int
    marked: Sequence[set[str]]
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def search_passages(
    library: Library, query: str, *, limit: int = 10, source: "Names" = None, exact: bool = False, weak: bool = False
) -> PassagesAnswer:
    """Return at most *limit* passages of the attached copies that match the words of *query*, best first, ranked as facts are.

    Raises UsageError for a query without a word, NotFoundError for a source that the base lacks.
    """
    query = clean_text(query)
    if not split_words(query):
        raise UsageError("no word to search for", hint="try: rights search --passages forced labor")
    keys: list[str] = []
    if named := list_names(source):
        from rightscli.refs import find_source

        keys = [find_source(clean_text(name), library.index)["id"] for name in named]
    copies = [copy for copy in _open_words(library) if not keys or copy.source["id"] in keys]
    if not copies:
        keys = keys or library.index.list_sources()
        fault = NotFoundError(
            "no copy is attached to search in", hint=f"rights attach {keys[0] if keys else 'KEY'} FILE"
        )
        return PassagesAnswer(query, (), 0, (), (), [fault])
    searched = [(copy, find_facts(copy.passages, query, limit=limit, strict=exact)) for copy in copies]
    kept = [(copy, found) for copy, found in searched if found.hits and (weak or not found.weak)]
    hits = [(copy, hit, found.weak) for copy, found in kept for hit in found.hits]
    hits.sort(key=lambda one: -one[1].score)
    hits = hits[:limit]
    records = [_describe_passage(copy, hit, weak=thin) for copy, hit, thin in hits]
    marked = [{match.word for match in hit.matches.values()} for _, hit, _ in hits]
    remarks = dict.fromkeys(remark for _, found in kept for remark in _list_remarks(found, {}, "these copies"))
    missing = NotFoundError(f"nothing in the attached copies for '{shorten_text(query, 80)}'")
    faults = [] if records else [missing]
    return PassagesAnswer(query, records, sum(found.total for _, found in kept), marked, [*remarks], faults)


def _describe_passage(copy: "CopyWords", hit: Hit, *, weak: bool) -> Record:
    """Return the record of a passage that was found: its REF, its own words around the match, how many facts rest on it."""
    from rightscli.copies.words import cut_around

    (kept,) = copy.passages.get_facts([hit.place])
    passage = copy.source["paragraphs"][kept["position"] - 1]
    words = {match.word for match in hit.matches.values()}
    # In the index of a copy a passage stands where a claim does, and its section where a term does.
    names = {"claim": "passage", "terms": "section"}
    match = _describe_match(hit, weak=weak, why=False)
    match["fields"] = {word: names.get(field, field) for word, field in match["fields"].items()}
    return {
        "ref": passage["ref"],
        "source": copy.source["id"],
        "locator": {"label": copy.source["unit"], "value": passage["number"]},
        "section": passage["section"],
        "words": cut_around(kept["text"], words),
        "facts": passage["facts"],
        "match": match,
    }


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
    warnings = [
        *list_uncompiled(plain, library, style),
        *_list_remarks(found, named),
        *_list_passage_words(found, index),
    ]
    warnings += _spot_place(query, index)
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
        if not date.strip():
            raise ValueError("no date is given")
        return read_days(date)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", hint="write 2019, 2019-03 or 2019-03-22") from None


def _list_remarks(found: Findings, named: Mapping[str, str], where: str = "this base") -> Iterator[str]:
    """Yield what was guessed, unknown, cut or weak in a query, and what was found in the words of a copy alone."""
    guesses = _map_guesses(found)
    for word, known in guesses.items():
        yield f"no '{word}' in {where}; showing results for '{known}'"
    for name in named.values():
        yield f"no '{shorten_text(name)}' in the claims; found by a look-up term"
    unknown = [shorten_text(word) for word in found.unknown if word not in guesses]
    if unknown:
        yield f"not in {where}: {', '.join(unknown[:5])}"
    if found.cut:
        yield f"only the first {MOST_WORDS} words were looked at"
    if found.weak:
        yield "weak matches: no fact holds enough of the query"


def _map_guesses(found: Findings) -> dict[str, str]:
    """Return the query words that the base lacks and that were found by a guess, each with the word that was found."""
    return {
        word: match.word
        for hit in reversed(found.hits)
        for word, match in hit.matches.items()
        if match.tier == "typo"
        or (match.tier == "synonym" and word in found.unknown)
        or (match.tier == hit.tier == "related")
    }


def _list_passage_words(found: Findings, index: "Index") -> list[str]:
    """Return a remark on each query word that was found in passages alone, by their copy, and in no fact's own words."""
    fields: dict[str, set[str]] = {}
    for hit in found.hits:
        for asked, match in hit.matches.items():
            fields.setdefault(asked, set()).add(match.field)
    guesses = _map_guesses(found)
    alone = [asked for asked, some in fields.items() if some == {"passage"} and asked not in guesses]
    known = index.count_facts(alone)
    return [f"no '{shorten_text(word)}' in the facts; found in a passage" for word in alone if not known.get(word)]


_LABEL_SIGNS = (":", "¶", "§", "par", "art", "sec", "rule", "ch.", "chap", "part", "page", "p.", "verse")
"""What stands in a query that names a place in a source, in one of the ways in which people write one."""


def _spot_place(query: str, index: "Index") -> list[str]:
    """Return a remark for who asks for a place in a source by its words; none for others."""
    if not any(sign in query.lower() for sign in _LABEL_SIGNS):
        return []
    from rightscli.refs import parse_ref, resolve_ref

    try:
        target = resolve_ref(parse_ref(query), index)
    except RightsError:
        return []
    if not (target.source and target.locators):
        return []
    return [f"to see what rests on that place: rights show {target.source['id']}:{','.join(map(str, target.locators))}"]


def _answer_silence(
    index: "Index", query: str, found: Findings, outside: Findings | None, *, held: bool
) -> SearchAnswer:
    """Return the answer that the base does not hold what was asked for; *outside* is what was found without the filters.

    *held* says that a passage of an attached copy holds it.
    """
    count = outside.total if outside and outside.hits and not outside.weak else 0
    missing, hint = f"nothing in this base for '{shorten_text(query, 80)}'", f"the base covers: {index.scope}"
    if len(index.bases) > 1:
        missing = f"nothing in {index.describe()} for '{shorten_text(query, 80)}'"
        hint = "; ".join(f"{base['name']} covers: {base['scope']}" for base in index.bases)
    if outside and count:
        missing = f"nothing for '{shorten_text(query, 80)}' that passes the filters"
        hint = f"{count} {'fact matches' if count == 1 else 'facts match'} without them"
    topics, fault = list_topics(index, found.hits), NotFoundError(missing, hint=hint)
    told = ["no fact, but an attached copy holds it: rights search --passages"] if held else []
    return SearchAnswer(query, (), 0, (), {}, topics, found.weak, count, [*told, *_spot_place(query, index)], [fault])
