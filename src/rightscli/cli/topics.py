"""rights topics: the topics as a tree, or one topic's facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.topics import TopicAnswer, read_topic, read_topics
from rightscli.cli.console import choose_format, exit_with_faults, get_width, is_for_people, open_library, print_answer
from rightscli.cli.options import refuse_options, require_citation
from rightscli.errors import UsageError
from rightscli.records import FACTS, TOPICS

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption, CiteOption, FieldsOption, FormatOption, JsonOption
    from rightscli.records import Record


def topics(
    topic: Annotated[
        list[str] | None, typer.Argument(metavar="TOPIC", help="A topic's id, label or other label.")
    ] = None,
    cite: CiteOption = None,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """List the topics as a tree with counts, or one topic's facts."""
    form = choose_format(format, json, fields)
    require_citation(cite, form, fields)
    if cite and not topic:
        raise UsageError("--cite needs a TOPIC")
    if form == "ids":
        refuse_options("-f ids prints no citation", cite=cite)
    library = open_library(base)
    if not topic:
        tree = read_topics(library)
        page = _render_tree(tree) if is_for_people(form) else None
        print_answer("topics", library.index, [record for _, record in tree], TOPICS, form, page=page, fields=fields)
        return
    answer = read_topic(library, " ".join(topic), style=cite)
    page = _render_topic(answer) if is_for_people(form) else None
    print_answer(
        "topics",
        library.index,
        answer.facts,
        FACTS,
        form,
        answer=answer,
        page=page,
        more={"topic": answer.topic},
        fields=fields,
    )
    exit_with_faults(answer.faults, form)


def _render_tree(tree: list[tuple[int, Record]]) -> list[str]:
    from rightscli.show import render_topics

    return [render_topics(tree, width=get_width())]


def _render_topic(answer: TopicAnswer) -> list[str]:
    from rightscli.show import render_facts
    from rightscli.text.folding import count_noun

    if not (answer.topic and answer.facts):
        return []
    heading = f"{answer.topic['label']} · {count_noun(len(answer.facts), 'fact')}"
    return [render_facts(answer.facts, heading=heading, width=get_width())]
