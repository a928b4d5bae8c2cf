"""Arguments → a command's parameters, by Typer: the options that commands share, the app, and what is wrong with a usage.

Apart from the commands, so that one that is asked for in plain words runs without importing Typer (see ``cli``).
"""

from __future__ import annotations

import re
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

from rightscli import __version__
from rightscli.cite import forms
from rightscli.cli.console import Finished, write_error, write_out
from rightscli.errors import UsageError
from rightscli.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Format = Literal["json", "jsonl", "csv", "tsv", "md", "ids"]

BaseOption = Annotated[
    list[str] | None,
    typer.Option("--base", metavar="PATH", help="Base or bases, else RIGHTS_BASE or bundled."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("-f", "--format", help="Else pages, or plain lines in a pipe."),
]
FieldsOption = Annotated[
    str | None, typer.Option("--fields", metavar="NAMES", help="Only these of a record: id,claim.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for -f json.")]
RefArguments = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...",
        help="An id, hrw-2020:13, 'hrw-2020, para. 13', hrw-2020, '\"four words or more\"', or - for stdin.",
    ),
]
TopicOption = Annotated[
    list[str] | None, typer.Option("--topic", metavar="TOPIC", help="Only facts on it, or on any of several.")
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="SOURCE", help="Only facts from it, or from any of several.")
]
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

CheckFormat = Literal["html", "json", "jsonl", "csv", "tsv", "md", "github", "sarif"]
DraftForm = Literal["markdown", "text", "html", "latex"]

ExportFormat = Literal[
    "json", "jsonl", "csv", "tsv", "md", "ids", "html", "csl-json", "biblatex", "bibtex", "ris", "hayagriva"
]


Shell = Literal["bash", "zsh", "fish"]

_JOBS = {
    "Look up": ("search", "show", "topics", "sources"),
    "Cite": ("cite", "quote", "styles", "export"),
    "Prove": ("check", "attach", "detach"),
    "Curate": ("init", "add", "doctor"),
    "Program": ("schema", "mcp"),
    "Learn": ("help",),
}
"""What the commands are for, in the order of the help."""


class _Command(typer.core.TyperCommand):
    """A command, none of whose options loses a value without a word where it is given twice."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse *args* into *ctx*; raise UsageError for an option that is given twice and takes one value."""
        _, _, given = self.make_parser(ctx).parse_args(args=[*args])
        for at, option in enumerate(given):
            takes_one = isinstance(option, typer.core.TyperOption) and not (option.multiple or option.is_flag)
            if takes_one and option in given[:at]:
                names = " / ".join(f"'{name}'" for name in option.opts)
                raise UsageError(f"{names} is given twice: it takes one value", hint=f"see {ctx.command_path} --help")
        return super().parse_args(ctx, args)


class _CommandsByJob(typer.core.TyperGroup):
    """The group of all commands, which its help lists by what they are for."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list: what commands are for stands before the first of them, so that all fit a screen."""
        width = max(map(len, _JOBS)) + 2
        rows = []
        for job, names in _JOBS.items():
            known = [name for name in names if name in self.commands]
            rows += [
                (f"{'' if at else job:{width}}{name}", self.commands[name].get_short_help_str(100))
                for at, name in enumerate(known)
            ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def run_app(
    arguments: Sequence[str], commands: Mapping[str, tuple[str, str]], groups: Mapping[str, str] = MappingProxyType({})
) -> int:
    """Run the one of *commands*, each a line of help and examples, that *arguments* ask for, and return its exit code.

    A command of two words is one of a group; *groups* say what each is for.

    Raises UsageError for arguments that cannot be parsed, and what the command raises.
    """
    asked = _name_command(arguments, commands)
    try:
        code = build_app(commands, groups, asked)(args=list(arguments), prog_name="rights", standalone_mode=False)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            write_error(error.message)
            raise Finished(2) from None
        raise _explain_usage(error, asked, commands) from None
    return code if isinstance(code, int) else 0


def build_app(commands: Mapping[str, tuple[str, str]], groups: Mapping[str, str], asked: str | None) -> typer.Typer:
    """Return the app with the one command *asked* whole, or all of them for None."""
    app = typer.Typer(
        cls=_CommandsByJob,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        # Typer's asks the whole parser at each TAB (see ``completion``).
        add_completion=False,
        # By our own rule (see ``_explain_usage``).
        suggest_commands=False,
        help=_rights.__doc__,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(
        epilog="\b\nExamples:\n  rights search forced labor -f ids | rights cite -\n  rights help refs    what names a fact"
    )(_rights)
    inner: dict[str, typer.Typer] = {}
    for name, (line, examples) in commands.items():
        group, _, last = name.rpartition(" ")
        if group and group not in inner:
            inner[group] = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
            # Named here, so that it stands among the commands where its first one does.
            inner[group].callback(help=groups[group])(_do_nothing)
            app.add_typer(inner[group], name=group)
        place = inner[group] if group else app
        if asked in (name, None):
            command = read_annotations(getattr(import_module(f"rightscli.cli.{name.replace(' ', '.')}"), last))
            place.command(last, cls=_Command, help=line, epilog=f"\b\nExamples:\n{examples}")(command)
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


def _print_completion(shell: str | None) -> None:
    if shell:
        write_out([read_text(f"cli/completions/rights.{shell}")])
        raise typer.Exit


def _rights(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    completion: Annotated[
        Shell | None,
        typer.Option(
            "--completion",
            metavar="SHELL",
            callback=_print_completion,
            is_eager=True,
            help="Print what completes in bash, zsh or fish.",
        ),
    ] = None,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print long pages without a pager.")] = False,
) -> None:
    """Look a fact up, prove where it comes from, and print it ready to cite."""


def _do_nothing() -> None:
    """Stand for a command that was not asked for."""


def _explain_usage(error: typer.TyperException, asked: str, commands: Iterable[str]) -> UsageError:
    """Return what Typer found wrong with the arguments of the command *asked*, in our own manner."""
    from rightscli.text.slips import find_suggestion, format_guess

    fault: Any = error
    message, guess = error.format_message(), ""
    # Of an option without its value, Typer does not say whose it is.
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else f"rights {asked}".rstrip()
    if possible := getattr(fault, "possibilities", None):
        message, guess = error.message, format_guess(find_suggestion(fault.option_name, possible))
    elif unknown := re.fullmatch(r"No such command '(.*)'\.", error.message):
        _, _, group = command.partition(" ")
        known = [name.removeprefix(f"{group} ") for name in commands if not group or name.startswith(f"{group} ")]
        guess = format_guess(find_suggestion(unknown[1], known))
    message = message.rstrip(".").replace("a valid int range", "a whole number")
    return UsageError(message[:1].lower() + message[1:] + guess, hint=f"see {command} --help")
