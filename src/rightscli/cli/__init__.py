"""The commands: parse, ask, print, exit.

Typer builds every option of every command at each start. So only the command that is asked for is imported, and given to it
whole; the others are names and one line of help (see ``_build_app``).
"""

from __future__ import annotations

import gc

# What is imported now stays for the whole process: to look through it for garbage, again and again, is a tenth of the start.
gc.disable()

import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from importlib import import_module  # noqa: E402
from typing import Annotated, Any, NoReturn  # noqa: E402

import typer  # noqa: E402

from rightscli import __version__  # noqa: E402
from rightscli.cli.console import drop_output, find_cache, print_errors, write_error, write_out  # noqa: E402
from rightscli.errors import CorruptIndexError, RightsError, SeveralErrors, UnreadableError, UsageError  # noqa: E402

gc.freeze()
gc.enable()

_COMMANDS: dict[str, tuple[str, str, str]] = {
    "search": (
        "finding",
        "Find the facts that match the words, best first.",
        "  rights search forced labor\n"
        "  rights search -n 3 'what happens to returnees?'\n"
        "  rights search sanctions --since 2019 --not Kim --why\n"
        "  rights search songbun --json | jq -r '.results[].claim'\n"
        "  rights search bribes -f ids | rights cite -",
    ),
    "show": (
        "finding",
        "Show facts whole: by id, or all that rest on a passage.",
        "  rights show absence-from-work-punished\n"
        "  rights show hrw-2020:13-15    all that rests on these paragraphs\n"
        "  rights show '[@hrw-2020, para. 13]' --json",
    ),
    "topics": (
        "finding",
        "List the topics as a tree with counts, or one topic's facts.",
        "  rights topics\n"
        "  rights topics forced-labor    its facts, narrower topics included\n"
        "  rights topics 'forced labour' -f csv",
    ),
    "sources": (
        "finding",
        "List the sources, or one source's numbered paragraphs.",
        "  rights sources\n"
        "  rights sources hrw-2020    its paragraphs, first and last words\n"
        "  rights sources hrw-2020 --json",
    ),
    "cite": (
        "citing",
        "Print citations, ready to paste.",
        "  rights cite absence-from-work-punished\n"
        "  rights cite hrw-2020:13,15-17 --style chicago-notes\n"
        "  rights cite hrw-2020:13 --all-styles\n"
        "  rights search songbun -f ids | rights cite -",
    ),
    "quote": (
        "quoting",
        "Print a fact and its citation in one piece, ready to paste.",
        "  rights quote absence-from-work-punished\n"
        "  rights quote absence-from-work-punished --as latex --style chicago-notes\n"
        "  rights quote hrw-2020:13 --as markdown --syntax pandoc",
    ),
    "styles": (
        "handing",
        "List the citation styles, or compile them for a base of your own.",
        "  rights styles\n  rights styles --compile my-facts.yaml    writes my-facts.citations.json beside it",
    ),
    "export": (
        "handing",
        "Write facts, or their sources, for other programs.",
        "  rights export --json > facts.json    or jsonl csv tsv md ids\n"
        "  rights export --topic forced-labor -f md\n"
        "  rights export --source hrw-2020 --para 12-15 -f csv\n"
        "  rights export -f biblatex > sources.bib    or csl-json bibtex ris hayagriva",
    ),
    "check": (
        "checking",
        "Check the pinpoints, quotations and statements of your draft.",
        "  rights check draft.md\n"
        "  rights check --strict -f github *.md    in continuous integration\n"
        "  rights check draft.md --fix --write    make the safe repairs",
    ),
    "attach": (
        "tending",
        "Keep your own copy of a source, proven paragraph by paragraph.",
        "  rights attach hrw-2020 chapter.html\n  pdftotext chapter.pdf - | rights attach hrw-2020 -",
    ),
    "detach": ("tending", "Forget your copy of a source.", "  rights detach hrw-2020"),
    "doctor": (
        "tending",
        "Check a fact base against its editorial rules.",
        "  rights doctor my-facts.yaml\n  rights doctor --copy hrw-2020=chapter.txt    against a copy, too",
    ),
}
"""Each command's module, its line of help and its examples."""


def _build_app(arguments: Sequence[str]) -> typer.Typer:
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
    asked = _name_command(arguments)
    for name, (module, line, examples) in _COMMANDS.items():
        if name == asked or "_RIGHTS_COMPLETE" in os.environ:
            command = getattr(import_module(f"rightscli.cli.{module}"), name)
            app.command(name, help=line, epilog=f"\b\nExamples:\n{examples}")(command)
        else:
            app.command(name, help=line)(_do_nothing)
    return app


def _name_command(arguments: Sequence[str]) -> str:
    """Return the first of *arguments* that is no option: the command, if it is one; nothing where there is none."""
    return next((argument for argument in arguments if not argument.startswith("-")), "")


def _print_version(wanted: bool) -> None:
    if wanted:
        write_out([f"rights {__version__}\n"])
        raise typer.Exit


def _rights(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Look a fact up, prove where it comes from, and print it ready to cite."""


def _do_nothing() -> None:
    """Stand for a command that was not asked for."""


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON, also where the arguments cannot be parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = zip(options, (*options[1:], ""), strict=False)
    return any(
        one in ("--json", "-fjson", "--format=json") or (one in ("-f", "--format") and other == "json")
        for one, other in pairs
    )


def run(arguments: Sequence[str], *, again: bool = True) -> int:
    """Run one command and return its exit code: 0 found, 1 nothing or problems found, 2 usage, 3 unreadable, 130 stopped."""
    as_json = _wants_json(arguments)
    try:
        _open_streams()
        code = _build_app(arguments)(args=list(arguments), prog_name="rights", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except CorruptIndexError as error:
        from rightscli.index import discard_indexes

        discard_indexes(find_cache())
        # An export may have written a part already.
        if again and arguments[0] != "export":
            return run(arguments, again=False)
        print_errors([error], as_json=as_json)
        return error.exit_code
    except SeveralErrors as several:
        print_errors(several.errors, as_json=as_json, code=several.exit_code)
        return several.exit_code
    except RightsError as error:
        print_errors([error], as_json=as_json)
        return error.exit_code
    except typer.TyperException as error:
        return _report_usage(error, arguments, as_json=as_json)
    except KeyboardInterrupt:
        return 130
    except (SystemExit, BrokenPipeError):
        # Typer's own way out when the reader of its help has gone.
        drop_output()
        return 0
    except OSError as error:
        drop_output()
        fault = UnreadableError(f"cannot write: {(error.strerror or str(error)).lower()}")
        print_errors([fault], as_json=as_json)
        return fault.exit_code


def _open_streams() -> None:
    """Give every stream the same bytes wherever it runs: no locale, no platform's line ends. A closed one goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))
        stream: Any = getattr(sys, name)
        stream.reconfigure(encoding="utf-8", errors="replace" if name == "stdin" else "backslashreplace", newline="\n")


def _report_usage(error: typer.TyperException, arguments: Sequence[str], *, as_json: bool) -> int:
    """Print what Typer found wrong with the arguments, in our own manner."""
    if type(error).__name__ == "NoArgsIsHelpError":
        write_error(error.message)
        return 2
    message = error.format_message().rstrip(".").replace("a valid int range", "a whole number")
    # Of an option without its value, Typer does not say whose it is.
    context, asked = getattr(error, "ctx", None), _name_command(arguments)
    command = context.command_path if context else f"rights {asked}" if asked in _COMMANDS else "rights"
    fault = UsageError(message[:1].lower() + message[1:], hint=f"see {command} --help")
    print_errors([fault], as_json=as_json)
    return 2


def main() -> NoReturn:
    """Run the command that the process was started with, and exit."""
    sys.exit(run(sys.argv[1:]))
