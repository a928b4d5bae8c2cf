"""REFs → the facts that they name or that rest on their passages, and the words of a copy around those."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers import Library
from rightscli.answers.facts import list_target_facts, list_uncompiled, resolve_refs, restyle_facts
from rightscli.errors import NotFoundError, RightsError, UsageError
from rightscli.records import Record
from rightscli.refs import Target

if TYPE_CHECKING:
    from rightscli.text.locators import Locator


class ShowAnswer(NamedTuple):
    """What REFs name: *groups* are each target with its facts, in the order of the REFs; *facts* are those of all, once.

    *words* are the records of the paragraphs of attached copies, where they were asked for. *faults* says which REF names
    nothing, on which passage no fact rests, of which source there is no copy.
    """

    groups: Sequence[tuple[Target, Sequence[Record]]]
    facts: Sequence[Record]
    words: Sequence[Record]
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def show_refs(
    library: Library, refs: str | Iterable[str], *, around: int | None = None, style: str | None = None
) -> ShowAnswer:
    """Return the facts that *refs* name or that rest on the passages that they name.

    With *around*, also the words that attached copies have there, and in so many paragraphs before and after.

    Raises UsageError where every REF is malformed, and for an unknown *style*.
    """
    index = library.index
    targets, faults, told = resolve_refs(refs, library)
    plain = [(target, list_target_facts(target, index)) for target in targets]
    bare = [target for target, facts in plain if not facts]
    words = _read_words(library, targets, around, faults) if around is not None else []
    held = {record["ref"] for record in words}
    # Where the copy's words were asked for and are there, something was found.
    told += [f"no fact rests on {target.place}" for target in bare if _is_among(target, held)]
    faults += [NotFoundError(f"no fact rests on {target.place}") for target in bare if not _is_among(target, held)]
    groups = [(target, list(restyle_facts(facts, library, style))) for target, facts in plain]
    once = {fact["id"]: fact for _, facts in groups for fact in facts}
    told += list_uncompiled(once.values(), library, style)
    return ShowAnswer(groups, list(once.values()), words, told, faults)


def describe_targets(groups: Iterable[tuple[Target, Sequence[Record]]]) -> list[Record]:
    """Return a record of what each REF names: its sealed REF, its link, the ids of its facts."""
    from rightscli.cite.links import link_passage
    from rightscli.records import make_target_record

    return [
        make_target_record(target.text, target.source, target.locators, facts=facts, link=link_passage)
        for target, facts in groups
    ]


_MOST_LINKS = 10
"""How many links are opened at once: each is a tab in a browser, and nobody wants a hundred."""


def list_links(groups: Iterable[tuple[Target, Sequence[Record]]]) -> list[Record]:
    """Return the records of the passages that REFs name, or on which the facts rest that they name, those with one link once.

    Raises UsageError where they are more than anyone opens.
    """
    passages = [
        passage
        for target, facts in groups
        for passage in (facts[0]["citations"] if target.fact else describe_targets([(target, facts)]))
    ]
    once = {passage["url"] or passage["ref"]: passage for passage in passages}
    if len(once) > _MOST_LINKS:
        raise UsageError(f"--open opens at most {_MOST_LINKS} pages, not {len(once)}", hint="name fewer REFs")
    return list(once.values())


def _is_among(target: Target, refs: Collection[str]) -> bool:
    """Tell whether *refs*, sealed, name a passage of *target*."""
    passages = target.source["paragraphs"] if target.source else ()
    return any(passages[at - 1]["ref"] in refs for locator in _list_locators(target) for at in locator.positions)


def _list_locators(target: Target) -> "Sequence[Locator]":
    """Return where in its source *target* is: at the passages that it names, or all of them where it names none."""
    from rightscli.text.locators import Locator

    whole = [Locator(1, len(target.source["paragraphs"]))] if target.source and target.source["paragraphs"] else []
    return target.locators or whole


def _read_words(library: Library, targets: Iterable[Target], around: int, faults: list[RightsError]) -> list[Record]:
    """Return the copies' own words of what *targets* rest on, with *around* paragraphs before and after."""
    from rightscli.answers.copies import load_copies
    from rightscli.passages import read_locator
    from rightscli.records import make_words_record
    from rightscli.text.locators import Locator, merge_locators

    wanted: dict[str, list[Locator]] = {}
    for target in targets:
        places = [(target.source["id"], locator) for locator in _list_locators(target)] if target.source else []
        if target.fact:
            sources = {cited["source"]: library.index.get_source(cited["source"]) for cited in target.fact["citations"]}
            places = [
                (cited["source"], read_locator(cited, source))
                for cited in target.fact["citations"]
                if (source := sources[cited["source"]])
            ]
        for key, locator in places:
            wanted.setdefault(key, []).append(Locator(locator.first - around, locator.last + around))
    records = []
    for key, locators in wanted.items():
        source = library.index.get_source(key)
        copy = next(iter(load_copies(library.copies, [source] if source else [])), None)
        if not source or not copy:
            faults.append(NotFoundError(f"no copy of {key} is attached", hint=f"rights attach {key} FILE"))
            continue
        ranges = [locator.positions for locator in merge_locators(locators)]
        kept = [at for at in sorted(copy.texts) if any(at in positions for positions in ranges)]
        records += [make_words_record(source, at, copy.texts[at], at in copy.proven) for at in kept]
    return records
