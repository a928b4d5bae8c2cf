"""Facts → a base of the user's: proven by the attached copies and held to the editorial rules before a byte is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import BadBaseError, RightsError, UnreadableError, UsageError
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from rightscli.answers.add.drafts import FactDraft, FactDrafter
    from rightscli.answers.add.proof import Proof
    from rightscli.answers.add.rows import NewFact
    from rightscli.base.model import FactBase


class AddedFact(NamedTuple):
    """What became of one fact: its *state* is ``added``, ``updated`` or ``same``; *anchors* are all that it has now."""

    id: str
    state: str
    claim: str
    anchors: Sequence[str]


class AddAnswer(NamedTuple):
    """The *base* with the *facts*; of a dry run, *diff* says which lines would differ. With *faults*, nothing was written."""

    base: FactBase
    facts: Sequence[AddedFact]
    diff: str
    warnings: Sequence[str]
    faults: Sequence[RightsError]


def require_own_base(path: str | os.PathLike[str] | None) -> str:
    """Return the *path* of a base that may be written to; raise UsageError for the bundled one, and for an empty path."""
    import os

    from rightscli.base.paths import is_packaged

    if path is None or is_packaged(os.fspath(path)):
        hint = "rights init begins a base of your own; --base or RIGHTS_BASE names it"
        raise UsageError("the bundled base is never written to", hint=hint)
    if not os.fspath(path):
        raise UsageError("the path of the base is empty")
    return os.fspath(path)


def add_facts(
    path: str | os.PathLike[str] | None,
    asked: Sequence[NewFact],
    *,
    new_topics: Sequence[str] = (),
    update: bool = False,
    dry_run: bool = False,
    copies: str | os.PathLike[str] | None = None,
) -> AddAnswer:
    """Write the facts that are *asked* for into the base in the file *path*, all of them or none.

    What is there and the same is left; what is there and differs is a fault, unless *update* says to change it. *new_topics*
    are labels of topics to be made. *copies* is the folder of attached copies, which prove figures, dates and anchors, and
    from which anchors are proposed. With *dry_run* nothing is written.

    Raises UsageError for the bundled base, UnreadableError for a base that cannot be read, added to or written to.
    """
    from rightscli.answers import clean_text, name_from_here
    from rightscli.base.load import BYTE_LIMIT
    from rightscli.check.report import format_diff
    from rightscli.files import rewrite_file

    name = require_own_base(path)
    asked = [one.map_texts(clean_text) for one in asked]
    labels = [clean_text(label) for label in new_topics]

    def extend(content: bytes) -> tuple[AddAnswer, bytes | None]:
        answer, after = _extend_base(name, content, copies, asked, labels, update=update)
        if answer.faults:
            return answer, None
        if dry_run:
            return answer._replace(diff=format_diff(name_from_here(name), content.decode(), after.decode())), None
        return answer, after

    return rewrite_file(name, extend, limit=BYTE_LIMIT, what="a fact base")


def _extend_base(
    name: str,
    content: bytes,
    copies: str | os.PathLike[str] | None,
    asked: Sequence[NewFact],
    new_topics: Sequence[str],
    *,
    update: bool,
) -> tuple[AddAnswer, bytes]:
    """Return what is to be said of the facts *asked* for, and the base's *content* with them."""
    from rightscli.answers.add.drafts import FactDrafter, name_topic
    from rightscli.answers.add.proof import complete_draft, load_proof
    from rightscli.base.load import read_base

    base = read_base(name, content)
    taken = {*base.sources, *base.topics, *(fact.id for fact in base.facts)}
    topics: dict[str, str] = {}
    for label in new_topics:
        topics[name_topic(label, taken | topics.keys())] = label
    drafts, faults = _draft_facts(FactDrafter(base, topics), asked, update=update)
    # A fact that is refused might have borne its topic: that is told when it is mended.
    if not faults and (unborne := _list_unborne(topics, drafts)):
        return AddAnswer(base, (), "", (), unborne), content
    proof = load_proof(base, drafts, copies)
    drafts = [complete_draft(draft, base, proof) for draft in drafts]
    extended, after = base, content
    while True:
        try:
            after = _write_drafts(name, content, drafts, topics)
            extended = read_base(name, after)
            break
        except BadBaseError as error:
            # What is sound in the others, and in the rest of their fields, is judged without them.
            left = _drop_problems(error, drafts, len(base.facts), faults)
        if left == drafts:
            return AddAnswer(base, (), "", (), _order_faults(faults, asked)), content
        drafts = left
    if not faults:
        _require_as_drafted(base, extended, drafts, name)
    warnings = _judge_drafts(extended, drafts, proof, faults)
    if faults:
        return AddAnswer(base, (), "", warnings, _order_faults(faults, asked)), content
    facts = [AddedFact(one.fact.id, one.state, one.fact.claim, one.fact.anchors) for one in drafts]
    return AddAnswer(extended, facts, "", warnings, ()), after


_Placed = tuple[str, RightsError]
"""The row that is at fault, empty where the command line is, and what is wrong in it."""


def _draft_facts(
    drafter: FactDrafter, asked: Sequence[NewFact], *, update: bool
) -> tuple[list[FactDraft], list[_Placed]]:
    """Return the drafts of the facts *asked* for, and what is at fault in them."""
    drafts: list[FactDraft] = []
    faults: list[_Placed] = []
    for one in asked:
        draft, found = drafter.draft_fact(one, update=update)
        drafts += [draft] if draft else []
        faults += [(one.place, fault) for fault in found]
    return drafts, faults


def _order_faults(faults: Sequence[_Placed], asked: Sequence[NewFact]) -> list[RightsError]:
    """Return *faults*, each with its row, in the order in which the rows are *asked* for."""
    order = {one.place: number for number, one in enumerate(asked)}
    placed = sorted(faults, key=lambda pair: order.get(pair[0], -1))
    return [
        RightsError(f"{place}: {fault.message}" if place else fault.message, hint=fault.hint) for place, fault in placed
    ]


def _list_unborne(topics: Mapping[str, str], drafts: Sequence[FactDraft]) -> list[RightsError]:
    """Return a fault for each of the new *topics*, labels by id, that no fact among *drafts* bears."""
    borne = {topic for draft in drafts for topic in draft.fact.topics}
    hint = "name it in a fact's topics, or leave --new-topic out"
    return [
        RightsError(f"no fact bears the new topic '{shorten_text(label)}'", hint=hint)
        for id, label in topics.items()
        if id not in borne
    ]


def _write_drafts(name: str, content: bytes, drafts: Sequence[FactDraft], topics: Mapping[str, str]) -> bytes:
    """Return the base's *content* with the new *topics*, with the *drafts* that are new, and with the others changed."""
    from rightscli.base.adding import insert_facts, insert_records, replace_fields

    after = insert_records(content, "topics", {id: {"label": label} for id, label in topics.items()}, name=name)
    changes = {draft.fact.id: draft.list_entries() for draft in drafts if draft.state == "updated"}
    if changes:
        after = replace_fields(after, "facts", changes, name=name)
    entries = [draft.list_entries() for draft in drafts if draft.state == "added"]
    new = [{field: value for field, value in one.items() if value is not None} for one in entries]
    return insert_facts(after, new, name=name)


def _drop_problems(
    error: BadBaseError, drafts: Sequence[FactDraft], count: int, faults: list[_Placed]
) -> list[FactDraft]:
    """Return *drafts* without the fields in which the loader found problems, in the base that had *count* facts.

    They are told in *faults*, each with its row.
    """
    added = [draft for draft in drafts if draft.state == "added"]
    places = {f"facts.{draft.fact.id}": draft for draft in drafts}
    places |= {f"facts[{number}]": draft for number, draft in enumerate(added, start=count + 1)}
    left: dict[str, FactDraft | None] = {draft.fact.id: draft for draft in drafts}
    for number, problem in enumerate(error.problems):
        head = next((head for head in places if problem.place == head or problem.place.startswith(f"{head}.")), None)
        field = problem.place[len(head) :].strip(".") if head else problem.place
        row = places[head].asked.place if head else ""
        faults.append((row, RightsError(": ".join(part for part in (field, problem.message) if part))))
        if head and (draft := left[places[head].fact.id]):
            left[places[head].fact.id] = draft.drop_field(field.partition(".")[0], spare=f"unread-{number}")
    return [draft for draft in left.values() if draft]


def _require_as_drafted(base: FactBase, extended: FactBase, drafts: Sequence[FactDraft], name: str) -> None:
    """Raise UnreadableError unless the *extended* base holds just what *base* held and the *drafts*: rather that than a loss."""
    changed = {draft.fact.id: draft.fact for draft in drafts if draft.state != "added"}
    expected = [changed.get(fact.id, fact) for fact in base.facts]
    expected += [draft.fact for draft in drafts if draft.state == "added"]
    old = {id: extended.topics.get(id) for id in base.topics}
    if [*extended.facts] != expected or old != base.topics or extended.sources != base.sources:
        raise UnreadableError(
            f"{name}: cannot be added to without changing what is there", hint="add the facts by hand"
        )


def _judge_drafts(base: FactBase, drafts: Sequence[FactDraft], proof: Proof, faults: list[_Placed]) -> Sequence[str]:
    """Return the warnings for the *base* with *drafts*: what the rules find wrong in them is one, or one of the *faults*."""
    from rightscli.answers.add.proof import examine_drafts, list_unproven

    warnings = list_unproven(base, drafts, proof)
    for level, row, message in examine_drafts(base, drafts, proof):
        if level == "warning":
            warnings.append(f"{row}: {message}" if row else message)
        else:
            faults.append((row, RightsError(message)))
    return warnings
