"""rights schema: the JSON Schema of what --json prints, or which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.schema import list_schemas, read_schema
from rightscli.cli.console import get_width, is_for_people, write_out
from rightscli.text.inert import dump_json

if TYPE_CHECKING:
    from typing import Annotated

    import typer


def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="A document's name, as search or error.")
    ] = None,
) -> None:
    """List the documents that --json prints, or print the JSON Schema of one."""
    if name is None and is_for_people(None):
        from rightscli.show import render_lines

        write_out([render_lines(list_schemas().items(), width=get_width())])
    elif name is None:
        write_out(f"{document}\t{what}\n" for document, what in list_schemas().items())
    else:
        write_out([dump_json(read_schema(name), indent=2), "\n"])
