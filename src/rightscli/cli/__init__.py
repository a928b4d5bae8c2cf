"""The commands: parse, ask, print, exit.

To import Typer, and to build its options, takes longer than most look-ups do. So only the command that is asked for is
imported, and where it is asked for in plain words (see ``_read_plain``) it is called at once; Typer parses all the others.
"""

from __future__ import annotations

import os
import sys
from errno import ENOSPC
from typing import TYPE_CHECKING

from rightscli.cli.console import FORMATS, Finished, drop_output, find_cache, print_errors
from rightscli.errors import CorruptIndexError, RightsError, SeveralErrors, UnreadableError, UnreadableFilesError
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

_COMMANDS: dict[str, tuple[str, str]] = {
    "search": (
        "Find the facts that match the words, best first.",
        "  rights search forced labor\n"
        "  rights search sanctions --since 2019 --not Kim --why\n"
        "  rights search songbun --json | jq -r '.results[].claim'\n"
        "  rights search bribes -f ids | rights cite -",
    ),
    "show": (
        "Show facts whole: by id, or all that rest on a passage.",
        "  rights show absence-from-work-punished\n"
        "  rights show hrw-2020:13-15    all that rests on these paragraphs\n"
        "  rights show '[@hrw-2020, para. 13]' --json",
    ),
    "topics": (
        "List the topics as a tree, or one topic's facts.",
        "  rights topics\n"
        "  rights topics forced-labor    its facts, narrower topics included\n"
        "  rights topics 'forced labour' -f csv",
    ),
    "sources": (
        "List the sources, or one source's numbered paragraphs.",
        "  rights sources\n"
        "  rights sources hrw-2020    its paragraphs, first and last words\n"
        "  rights sources hrw-2020 --json",
    ),
    "cite": (
        "Print citations, ready to paste.",
        "  rights cite absence-from-work-punished\n"
        "  rights cite hrw-2020:13,15-17 --style chicago-notes\n"
        "  rights cite hrw-2020:13 --all-styles\n"
        "  rights search songbun -f ids | rights cite -",
    ),
    "quote": (
        "Print a fact with its citation, ready to paste.",
        "  rights quote absence-from-work-punished\n"
        "  rights quote absence-from-work-punished --as latex --style chicago-notes\n"
        "  rights quote hrw-2020:13 --as markdown --syntax pandoc",
    ),
    "styles": (
        "List the citation styles, or compile them for your base.",
        "  rights styles\n  rights styles --compile my-facts.yaml    writes my-facts.citations.json beside it",
    ),
    "export": (
        "Write facts, or their sources, for other programs.",
        "  rights export --json > facts.json    or jsonl csv tsv md ids\n"
        "  rights export --topic forced-labor -f md\n"
        "  rights export -f html > facts.html    a page to open in a browser\n"
        "  rights export --source hrw-2020 --para 12-15 -f csv\n"
        "  rights export -f biblatex > sources.bib    or csl-json bibtex ris hayagriva",
    ),
    "check": (
        "Check a draft's pinpoints, quotations and statements.",
        "  rights check draft.md\n"
        "  rights check --strict -f github *.md    in continuous integration\n"
        "  rights check draft.md --fix --write    make the safe repairs",
    ),
    "attach": (
        "Keep your own copy of a source, proven by paragraph.",
        "  rights attach hrw-2020 chapter.html\n  pdftotext chapter.pdf - | rights attach hrw-2020 -",
    ),
    "detach": ("Forget your copy of a source.", "  rights detach hrw-2020"),
    "init": (
        "Begin a fact base of your own.",
        "  rights init    writes facts.yaml\n  rights init prisons.yaml",
    ),
    "add source": (
        "Add a source: its passages are found in your copy and proven.",
        "  rights add source udhr udhr.html --type treaty --title 'Universal Declaration of Human Rights'\n"
        "  rights add source doe-v-freedonia judgment.txt --only 7-18 --from zotero.json#doe2011\n"
        "  rights add source report-2020 new.html --edition-of report-2019 --dry-run    what has changed",
    ),
    "add fact": (
        "Add a fact, or many from a file, proven before it is written.",
        "  rights add fact 'In 2019, 771 people were detained.' --at report:12\n"
        "  rights add fact --from facts.csv    as rights export -f csv writes it\n"
        "  rights add fact --from facts.csv --update --dry-run",
    ),
    "doctor": (
        "Check a fact base against its editorial rules.",
        "  rights doctor my-facts.yaml\n  rights doctor --copy hrw-2020=chapter.txt    against a copy, too",
    ),
    "schema": (
        "Print the JSON Schema of what --json prints.",
        "  rights schema    the documents\n  rights schema search",
    ),
    "mcp": (
        "Serve the base to language models, by their MCP clients.",
        "  rights mcp --base my-facts.yaml    what a client is told to start",
    ),
    "help": (
        "Explain REFs, verdicts, formats and more, or a command.",
        "  rights help refs\n  rights help search    as rights search --help",
    ),
}
"""Each command's line of help and its examples; its module bears its name: ``add.fact`` that of ``add fact``."""

_GROUPS: dict[str, str] = {"add": "Add facts and sources to a base of your own."}
"""What each group of commands is for."""


_PLAIN: dict[str, tuple[str, tuple[str, ...]]] = {
    "search": ("words", ("base", "topic", "source", "para", "since", "until", "cite", "fields")),
    "show": ("refs", ("base", "cite", "fields")),
    "topics": ("topic", ("base", "cite", "fields")),
    "cite": ("refs", ("base", "style", "fields")),
    "quote": ("refs", ("base", "style", "fields")),
}
"""Commands that may be asked for in plain words: what these are, and the options that take any text."""
_SEVERAL = ("base", "topic", "source")
"""Those of these options that may be given several times."""


def _read_plain(arguments: Sequence[str]) -> tuple[Callable[..., None], dict[str, Any]] | None:
    """Return the command and its parameters, where *arguments* are so plain that they need no parser; else None.

    Those are words, and each option by itself, at most once, but for those that may be several. What is understood here, Typer
    would have understood alike.
    """
    if not arguments or arguments[0] not in _PLAIN:
        return None
    name, rest = arguments[0], iter(arguments[1:])
    parameter, texts = _PLAIN[name]
    words: list[str] = []
    options: dict[str, Any] = {}
    for argument in rest:
        option = _read_option(argument, rest, texts, name) if argument[:1] == "-" != argument else {}
        if option is None or (option.keys() & options.keys()).difference(_SEVERAL):
            return None
        words += [] if option else [argument]
        for one, value in option.items():
            options[one] = [*options.get(one, ()), value] if one in _SEVERAL else value
    if not words and name != "topics":
        return None
    # importlib would import more than all of these modules are.
    command = getattr(__import__(f"rightscli.cli.{name}", fromlist=[name]), name)
    return command, options | ({parameter: words} if words else {})


def _read_option(
    argument: str, rest: Iterator[str], texts: Sequence[str], name: str
) -> dict[str, bool | int | str] | None:
    """Return the parameter that *argument* sets, with its value from the *rest* if it has one; None where that is not plain."""
    if argument == "--json" or (argument == "--passages" and name == "search"):
        return {argument[2:]: True}
    value = next(rest, "-")
    if value[:1] == "-":
        return None
    if argument in ("-f", "--format"):
        return {"format": value} if value in FORMATS else None
    if argument in ("-n", "--limit"):
        is_number = name == "search" and value.isascii() and value.isdecimal() and value.strip("0")
        return {"limit": int(value)} if is_number and len(value) < 10 else None
    return {argument[2:]: value} if argument[:2] == "--" and argument[2:] in texts else None


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON, also where the arguments cannot be parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = zip(options, (*options[1:], ""), strict=False)
    return any(
        one in ("--json", "-fjson", "--format=json") or (one in ("-f", "--format") and other == "json")
        for one, other in pairs
    )


def _take_no_pager(arguments: Sequence[str]) -> Sequence[str]:
    """Return *arguments* without ``--no-pager``, which may stand anywhere before ``--`` and empties ``RIGHTS_PAGER``."""
    if "--no-pager" not in arguments:
        return arguments
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != "--no-pager"]
    if len(kept) < end:
        os.environ["RIGHTS_PAGER"] = ""
    return [*kept, *arguments[end:]]


def run(arguments: Sequence[str], *, again: bool = True) -> int:
    """Run one command and return its exit code: 0 found, 1 nothing or problems found, 2 usage, 3 unreadable, 130 stopped."""
    as_json = _wants_json(arguments)
    arguments = _take_no_pager(arguments)
    try:
        _open_streams()
        code = _run_command(arguments)
        sys.stdout.flush()
        return code
    except Finished as end:
        sys.stdout.flush()
        return end.code
    except CorruptIndexError as error:
        from rightscli.index.cache import discard_indexes

        discard_indexes(find_cache())
        # An export may have written a part already.
        if again and arguments[0] != "export":
            return run(arguments, again=False)
        print_errors([error], as_json=as_json)
        return error.exit_code
    except (SeveralErrors, UnreadableFilesError) as several:
        print_errors(several.errors, as_json=as_json, code=several.exit_code)
        return several.exit_code
    except RightsError as error:
        print_errors([error], as_json=as_json)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except (SystemExit, BrokenPipeError):
        # Typer's own way out when the reader of its help has gone.
        drop_output()
        return 0
    except MemoryError:
        fault = UnreadableError("out of memory")
    except ImportError as error:
        fault = UnreadableError(f"cannot be loaded: {error}", hint="install rights anew, or give it more memory")
    except OSError as error:
        place = f"{shorten_text(str(error.filename), 500)}: " if error.filename else ""
        if error.errno == ENOSPC:
            # Typer's help, which is all that is not written by ``write_out``.
            place = "cannot write: "
        fault = UnreadableError(place + (error.strerror or str(error)).lower())
    drop_output()
    print_errors([fault], as_json=as_json)
    return fault.exit_code


def _run_command(arguments: Sequence[str]) -> int:
    """Run what *arguments* ask for and return its exit code; raise what it raises, and UsageError."""
    if "_RIGHTS_COMPLETE" in os.environ:
        from rightscli.cli.completion import print_completions

        print_completions(arguments, {name: line for name, (line, _) in _COMMANDS.items()})
        return 0
    if arguments[:1] == ["help"] and (asked := " ".join(arguments[1:])) in (*_COMMANDS, *_GROUPS):
        arguments = [*asked.split(), "--help"]
    plain = _read_plain(arguments)
    if plain is None:
        from rightscli.cli.parsing import run_app

        return run_app(arguments, _COMMANDS, _GROUPS)
    command, parameters = plain
    command(**parameters)
    return 0


def _open_streams() -> None:
    """Give every stream the same bytes wherever it runs: no locale, no platform's line ends. A closed one goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))
        stream: Any = getattr(sys, name)
        stream.reconfigure(encoding="utf-8", errors="replace" if name == "stdin" else "backslashreplace", newline="\n")
