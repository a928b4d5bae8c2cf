"""rights init: a base of your own, to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.init import begin_base
from rightscli.cli.console import print_aside, write_error
from rightscli.text.inert import escape_name

if TYPE_CHECKING:
    from typing import Annotated

    import typer


def init(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="The new base; never over a file.")] = "facts.yaml",
) -> None:
    """Begin a fact base of your own."""
    answer = begin_base(file)
    schema = f", and {answer.schema}, by which editors complete it" if answer.schema else ""
    print_aside(f"wrote {answer.path}{schema}")
    write_error(f"  next: rights add source KEY FILE --base {escape_name(answer.path)}")
    if answer.in_git:
        # Measured: of two new facts that end with the same line, git's union keeps that line once.
        print_aside(
            "in git, two who add facts at once get a conflict: keep both sides; merge=union would drop a line that both share"
        )
