"""rights detach: your copy of a source, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.answers.copies import detach_copy
from rightscli.cli.console import open_library, print_aside

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from rightscli.cli.parsing import BaseOption


def detach(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's key.")],
    base: BaseOption = None,
) -> None:
    """Forget your copy of a source."""
    print_aside(f"detached the copy of {detach_copy(open_library(base), source)}")
