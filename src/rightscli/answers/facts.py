"""The facts that a request is about: named by REFs, or of a topic, a source, paragraphs; cited in the style asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers import clean_text
from rightscli.errors import NotFoundError, RightsError, SeveralErrors, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from rightscli.answers import Library
    from rightscli.answers.copies import Wordings
    from rightscli.cite.styles import Style
    from rightscli.index.queries import Index
    from rightscli.records import Record
    from rightscli.refs import Target

    Names: TypeAlias = str | Sequence[str] | None
    """One name, or several of which any will do; None and an empty sequence ask for nothing."""


def resolve_refs(refs: str | Iterable[str], library: Library) -> tuple[list[Target], list[RightsError], list[str]]:
    """Return what each of *refs* names, in order; a fault for each that names nothing or is malformed; warnings of others.

    A quotation is found by the copies that are attached. REFs may be listed as tables print them, or in one
    citation (see ``part_refs``).
    Raises SeveralErrors where all are malformed.
    """
    from rightscli.refs import parse_ref, part_refs, resolve_ref

    targets: list[Target] = []
    faults: list[RightsError] = []
    warnings: list[str] = []
    copies: Wordings | None = None
    for text in part_refs(map(clean_text, [refs] if isinstance(refs, str) else refs), library.index):
        try:
            ref = parse_ref(text)
            if not ref.words:
                targets.append(resolve_ref(ref, library.index))
                continue
            from rightscli.answers.copies import find_quoted, prepare_copies

            copies = copies or prepare_copies(library)
            target, told = find_quoted(ref, copies, library.index)
            targets.append(target)
            warnings += told
        except (NotFoundError, UsageError) as fault:
            faults.append(fault)
    warnings += [note for target in targets for note in _note_changes(target, library.index)]
    if faults and not targets and all(isinstance(fault, UsageError) for fault in faults):
        raise SeveralErrors(faults)
    return targets, faults, list(dict.fromkeys(warnings))


def _note_changes(target: Target, index: Index) -> Iterator[str]:
    """Yield what has changed of what *target* names since it was written down: its name, whether it holds, its edition."""
    from rightscli.refs import describe_retraction

    if target.was:
        yield f"'{target.was}' is called {target.now} now"
    if target.fact and target.fact.get("retracted"):
        yield describe_retraction(target.fact)
    keys = [cited["source"] for cited in target.fact["citations"]] if target.fact else [target.now]
    for key in dict.fromkeys(keys):
        if newer := (index.get_source(key) or {}).get("newer_edition"):
            yield f"{key} is an older edition of {newer}"


def list_target_facts(target: Target, index: Index) -> list[Record]:
    """Return the facts that *target* names: the fact itself, or those that rest on the passage, in the base's order."""
    if target.fact:
        return [target.fact]
    return index.get_facts(_list_resting(target, index))


def list_names(names: Names) -> Sequence[str]:
    """Return *names* as a sequence."""
    return [names] if isinstance(names, str) else names or ()


def select_places(index: Index, topic: Names, source: Names, para: str | None) -> set[int] | None:
    """Return the places of the facts on a topic, from a source and on the paragraphs *para*; None where nothing is named.

    Of several topics or sources, any will do. Raises NotFoundError for a name or paragraph that is not there, UsageError for
    *para* without a source where there are several, and beside several sources.
    """
    topics, sources = list_names(topic), list_names(source)
    if not topics and not sources and para is None:
        return None
    from rightscli.refs import find_source, find_topic, parse_ref, resolve_ref

    ids = dict.fromkeys(find_topic(clean_text(name), index)["id"] for name in topics)
    chosen = {place for id in ids for place in index.list_places("topic", id)} if topics else None
    if not sources and para is None:
        return chosen
    keys = list(dict.fromkeys(find_source(clean_text(name), index)["id"] for name in sources)) or index.list_sources()
    if para is not None and len(keys) != 1:
        one = "one --source, and not several" if sources else "--source where the base has several"
        raise UsageError(f"--para needs {one}", hint=f"one of {', '.join(keys)}")
    refs = keys if para is None else [f"{keys[0]}:{para}"]
    targets = [resolve_ref(parse_ref(clean_text(ref)), index) for ref in refs]
    places = {place for target in targets for place in _list_resting(target, index)}
    return places if chosen is None else chosen & places


def _list_resting(target: Target, index: Index) -> list[int]:
    """Return the places of the facts that rest on a source, or on paragraphs of it."""
    key = target.source["id"] if target.source else ""
    if not target.locators:
        return list(index.list_places("source", key))
    positions = [at for locator in target.locators for at in locator.positions]
    return sorted({place for at in positions for place in index.list_places("paragraph", f"{key}:{at}")})


def choose_style(name: str | None, library: Library) -> Style:
    """Return the style called *name*, else the library's, else APA's; raise UsageError with the nearest name."""
    from rightscli.cite.styles import find_style
    from rightscli.index.building import DEFAULT_STYLE

    try:
        return find_style(clean_text((library.style or DEFAULT_STYLE) if name is None else name))
    except UsageError as fault:
        # What was not typed is looked for where it was set.
        hint = (
            fault.hint
            if name is not None
            else "none is named here: it is that of RIGHTS_STYLE, or of the nearest .rights.toml"
        )
        raise UsageError(fault.message, hint=hint) from None


def restyle_facts(facts: Iterable[Record], library: Library, style: str | None) -> Iterator[Record]:
    """Yield the records of *facts* with their citations in *style*, else in the library's.

    A source that is not compiled in it keeps the citation that it has; ``list_uncompiled`` says which.
    """
    if style is None and not library.style:
        yield from facts
        return
    from rightscli.cite.templates import fill_template
    from rightscli.passages import read_locator, show_locators

    name = choose_style(style, library).name
    for fact in facts:
        citations = []
        for cited in fact["citations"]:
            used, forms = library.index.find_forms(cited["source"], name)
            source = library.index.get_source(cited["source"])
            if used == name and source:
                shown = show_locators(source, [read_locator(cited, source)])
                cited = cited | {"text": fill_template(forms, shown).text}
            citations.append(cited)
        yield fact | {"citations": citations}


def list_uncompiled(facts: Iterable[Record] | None, library: Library, style: str | None) -> list[str]:
    """Return a warning for each source of *facts*, or of the whole base, that ``restyle_facts`` cannot cite in *style*."""
    if style is None and not library.style:
        return []
    index, name = library.index, choose_style(style, library).name
    keys = index.list_sources() if facts is None else [cited["source"] for fact in facts for cited in fact["citations"]]
    return [
        f"{key} is not compiled in {name}; rights styles --compile BASE compiles it"
        for key in dict.fromkeys(keys)
        if index.find_forms(key, name)[0] != name
    ]
