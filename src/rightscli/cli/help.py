"""rights help: what a command's own help is too short for, a page a subject; the manual has the same pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.cli.console import write_page
from rightscli.errors import UsageError
from rightscli.tables import read_text
from rightscli.text.folding import shorten_text
from rightscli.text.slips import find_suggestion, format_guess

if TYPE_CHECKING:
    from typing import Annotated

    import typer

PAGES = {
    "refs": "What names a fact or a passage.",
    "verdicts": "What check says of a draft.",
    "exit-codes": "What a command ends with.",
    "formats": "What is printed, and what programs read.",
    "bases": "Which facts are asked, and how to make your own.",
    "agents": "How a language model is to use rights.",
}
"""Each page with its line in the list; its text is a file in ``pages/``."""


def help(
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", help="refs verdicts exit-codes formats bases agents, or a command.")
    ] = None,
) -> None:
    """Explain REFs, verdicts, formats and more, or a command."""
    if page is None:
        width = max(map(len, PAGES)) + 2
        write_page([*(f"{name:{width}}{line}\n" for name, line in PAGES.items()), "\nrights help PAGE prints one.\n"])
    elif page in PAGES:
        write_page([read_text(f"cli/pages/{page}.txt")])
    else:
        guess = format_guess(find_suggestion(page, PAGES))
        raise UsageError(
            f"no help on '{shorten_text(page)}'{guess}", hint=f"there are {', '.join(PAGES)}, and each command"
        )
