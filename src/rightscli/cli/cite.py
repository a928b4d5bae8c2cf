"""rights cite: citations, ready to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.cite import cite_refs
from rightscli.cli.console import (
    choose_format,
    exit_with_faults,
    get_width,
    is_for_people,
    open_library,
    print_answer,
    read_refs,
)
from rightscli.cli.options import refuse_options
from rightscli.records import CITED, STYLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Annotated

    import typer

    from rightscli.cite.forms import CitationForm, Markup, Syntax
    from rightscli.cli.parsing import (
        BaseOption,
        ClipOption,
        FieldsOption,
        FormatOption,
        JsonOption,
        RefArguments,
        StyleOption,
        SyntaxOption,
    )
    from rightscli.records import Record


def cite(
    refs: RefArguments,
    style: StyleOption = None,
    form: Annotated[
        CitationForm, typer.Option("--form", help="First, later, at once again, in a sentence, in a list.")
    ] = "citation",
    markup: Annotated[Markup | None, typer.Option("--markup", help="How italics are written, else as text.")] = None,
    syntax: SyntaxOption = None,
    all_styles: Annotated[bool, typer.Option("--all-styles", help="In every style, to choose by eye.")] = False,
    clip: ClipOption = False,
    base: BaseOption = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    json: JsonOption = False,
) -> None:
    """Print citations, ready to paste."""
    shape = choose_format(format, json, fields)
    _refuse_idle(shape, style=style, form=form, markup=markup, syntax=syntax, all_styles=all_styles, clip=clip)
    library = open_library(base)
    # A list in Markdown is no list of plain text.
    written: Markup = markup or ("markdown" if shape == "md" else "text")
    answer = cite_refs(
        library, read_refs(refs), style=style, form=form, markup=written, syntax=syntax, all_styles=all_styles
    )
    page = None
    if is_for_people(shape) and (all_styles or (written == "text" and not syntax)):
        page = _render_citations(answer.citations, side_by_side=all_styles)
    kind = STYLED if all_styles else CITED
    print_answer("cite", library.index, answer.citations, kind, shape, answer=answer, page=page, fields=fields)
    if clip:
        from rightscli.cli.clipboard import copy_out

        copy_out("\n".join(record["rendered"] for record in answer.citations))
    exit_with_faults(answer.faults, shape)


def _refuse_idle(
    shape: str | None,
    *,
    style: str | None,
    form: CitationForm,
    markup: Markup | None,
    syntax: Syntax | None,
    all_styles: bool,
    clip: bool,
) -> None:
    """Refuse what would change nothing of what is printed, or put on the clipboard."""
    if syntax:
        refuse_options("--syntax prints a key", markup=markup)
        # A record has the citation itself beside the key; ``cite_refs`` refuses a narrative one everywhere.
        if shape not in ("json", "jsonl"):
            refuse_options("--syntax prints a key", style=style, form=form in ("short", "ibid", "bibliography"))
    if shape == "ids" and not clip:
        refuse_options("-f ids prints no citation", style=style, markup=markup, syntax=syntax)
        # Which styles are listed depends on the form.
        refuse_options("-f ids prints no citation", form=form != "citation" and not all_styles)


def _render_citations(records: Sequence[Record], *, side_by_side: bool) -> Iterable[str]:
    """Return citations as a terminal shows them: linked, or each behind the name of its style."""
    from rightscli.show import link_lines, render_styles

    if not side_by_side:
        return link_lines(records)
    return [render_styles([(record["style"], record["rendered"]) for record in records], width=get_width())]
