"""Arguments → a command's parameters, by Typer: the options that commands share, the app, and what is wrong with a usage.

Apart from the commands, so that one that is asked for in plain words runs without importing Typer (see ``cli``).
"""

from __future__ import annotations

import os
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

from rightscli import __version__
from rightscli.cite import forms
from rightscli.cli.console import Finished, write_error, write_out
from rightscli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Format = Literal["json", "jsonl", "csv", "tsv", "md", "ids"]

BaseOption = Annotated[
    list[str] | None,
    typer.Option("--base", metavar="PATH", help="Base or bases, else RIGHTS_BASE or bundled."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("-f", "--format", help="Else pages, or plain lines in a pipe."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for -f json.")]
RefArguments = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...",
        help="An id, hrw-2020:13, 'hrw-2020, para. 13', hrw-2020, '\"four words or more\"', or - for stdin.",
    ),
]
TopicOption = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Only facts on this topic.")]
SourceOption = Annotated[str | None, typer.Option("--source", metavar="SOURCE", help="Only facts from this source.")]
CiteOption = Annotated[
    str | None, typer.Option("--cite", metavar="STYLE", help="Citation style, else RIGHTS_STYLE or apa.")
]
ParaOption = Annotated[str | None, typer.Option("--para", metavar="N|N-M", help="Only from these paragraphs of it.")]

StyleOption = Annotated[
    str | None, typer.Option("--style", metavar="STYLE", help="Citation style, else RIGHTS_STYLE or apa.")
]
SyntaxOption = Annotated[
    forms.Syntax | None, typer.Option("--syntax", help="The key, for programs that set a bibliography.")
]
ClipOption = Annotated[bool, typer.Option("--clip", help="Put it on the clipboard as well.")]

CheckFormat = Literal["json", "jsonl", "csv", "tsv", "md", "github", "sarif"]
DraftForm = Literal["markdown", "text", "html", "latex"]

ExportFormat = Literal["json", "jsonl", "csv", "tsv", "md", "ids", "csl-json", "biblatex", "bibtex", "ris", "hayagriva"]


def run_app(
    arguments: Sequence[str], commands: Mapping[str, tuple[str, str]], groups: Mapping[str, str] = MappingProxyType({})
) -> int:
    """Run the one of *commands*, each a line of help and examples, that *arguments* ask for, and return its exit code.

    A command of two words is one of a group; *groups* say what each is for.

    Raises UsageError for arguments that cannot be parsed, and what the command raises.
    """
    try:
        code = _build_app(arguments, commands, groups)(args=list(arguments), prog_name="rights", standalone_mode=False)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            write_error(error.message)
            raise Finished(2) from None
        raise _explain_usage(error, _name_command(arguments, commands)) from None
    return code if isinstance(code, int) else 0


def _build_app(
    arguments: Sequence[str], commands: Mapping[str, tuple[str, str]], groups: Mapping[str, str]
) -> typer.Typer:
    """Return the app with the one command whole that *arguments* ask for, or all of them, for shell completion."""
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        # Named in the README; in the help, it would push the commands off the screen.
        add_completion=any(argument.endswith("-completion") for argument in arguments)
        or "_RIGHTS_COMPLETE" in os.environ,
        help=_rights.__doc__,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(epilog="\b\nExamples:\n  rights search forced labor -f ids | rights cite -")(_rights)
    asked = _name_command(arguments, commands)
    inner: dict[str, typer.Typer] = {}
    for name, (line, examples) in commands.items():
        group, _, last = name.rpartition(" ")
        if group and group not in inner:
            inner[group] = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
            # Named here, so that it stands among the commands where its first one does.
            inner[group].callback(help=groups[group])(_do_nothing)
            app.add_typer(inner[group], name=group)
        place = inner[group] if group else app
        if name == asked or "_RIGHTS_COMPLETE" in os.environ:
            command = read_annotations(getattr(import_module(f"rightscli.cli.{name.replace(' ', '.')}"), last))
            place.command(last, help=line, epilog=f"\b\nExamples:\n{examples}")(command)
        else:
            place.command(last, help=line)(_do_nothing)
    return app


def read_annotations(command: Callable[..., None]) -> Callable[..., None]:
    """Return *command* with what its annotations stand for, in whose module neither Typer nor the options are imported."""
    command.__annotations__ = get_type_hints(command, localns=globals() | vars(forms), include_extras=True)
    return command


def _name_command(arguments: Sequence[str], commands: Mapping[str, object]) -> str:
    """Return the command that the first of *arguments* that are no options name; nothing where they name none."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    return next((name for name in (" ".join(words[:1]), " ".join(words[:2])) if name in commands), "")


def _print_version(wanted: bool) -> None:
    if wanted:
        write_out([f"rights {__version__}\n"])
        raise typer.Exit


def _rights(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print long pages without a pager.")] = False,
) -> None:
    """Look a fact up, prove where it comes from, and print it ready to cite."""


def _do_nothing() -> None:
    """Stand for a command that was not asked for."""


def _explain_usage(error: typer.TyperException, asked: str) -> UsageError:
    """Return what Typer found wrong with the arguments of the command *asked*, in our own manner."""
    message = error.format_message().rstrip(".").replace("a valid int range", "a whole number")
    # Of an option without its value, Typer does not say whose it is.
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else f"rights {asked}".rstrip()
    return UsageError(message[:1].lower() + message[1:], hint=f"see {command} --help")
