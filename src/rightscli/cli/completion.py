"""What may follow on the command line, for the completion scripts of shells in ``completions/``; told without Typer.

A script calls ``rights`` with the words so far and ``_RIGHTS_COMPLETE`` set, at each TAB. What the commands take stands in
``options.txt``, which ``tools/write_manual.py`` makes from the parser: to build the parser would take longer than anyone waits.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rightscli.cli.console import open_library, write_out
from rightscli.errors import RightsError
from rightscli.tables import read_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FILES = ":files"
"""What is printed where the shell is to complete the names of files."""
_LONGEST_NOTE = 60
_NAMES = ("REF", "SOURCE", "TOPIC", "STYLE")
_FILES = ("FILE", "PATH", "BASE", "OUT.docx", "SOURCE=FILE", "FILE[#KEY]")


class _Taken(NamedTuple):
    """One option or argument of a command: its *names* (none of an argument), what it takes (nothing, if a switch), its help."""

    names: tuple[str, ...]
    value: str
    note: str


def print_completions(words: Sequence[str], commands: Mapping[str, str]) -> None:
    """Print what the last of *words*, which is not whole yet, may become: a line each, with a tab and a note behind it.

    *commands* are the commands with their lines of help. Nothing is printed where nothing can be told.
    """
    try:
        # A shell shows as much of a note as there is room for.
        lines = [
            f"{word}\t{' '.join(note[: 2 * _LONGEST_NOTE].split())[:_LONGEST_NOTE]}\n"
            if word != FILES
            else f"{FILES}\n"
            for word, note in _complete_words(words or ("",), commands)
        ]
    except RightsError:
        return
    write_out(["".join(lines)])


def _complete_words(words: Sequence[str], commands: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    *done, begun = words
    name, rest = _find_command(done, commands)
    taken = _read_taken(name)
    given, last = _split_given(rest, taken)
    option, equals, value = begun.partition("=")
    if last:
        yield from _complete_value(last, begun, done, commands)
    elif begun.startswith("--") and equals:
        known = next((one for one in taken if option in one.names and one.value), None)
        found = _complete_value(known, value, done, commands) if known else ()
        yield from ((f"{option}={word}" if word != FILES else word, note) for word, note in found)
    elif begun.startswith("-") and "--" not in done:
        yield from ((long, one.note) for one in taken for long in one.names[-1:] if long.startswith(begun))
    elif name not in commands:
        yield from _complete_command(name, begun, commands)
    elif argument := _choose_argument([one for one in taken if not one.names], given):
        yield from _complete_value(argument, begun, done, commands)


def _find_command(done: Sequence[str], commands: Mapping[str, str]) -> tuple[str, Sequence[str]]:
    """Return the command that the words *done* name, or as much of one as they do, and the words behind it."""
    words = [(at, word) for at, word in enumerate(done) if not word.startswith("-")]
    for length in (1, 2):
        name = " ".join(word for _, word in words[:length])
        if name in commands:
            return name, done[words[length - 1][0] + 1 :]
    return " ".join(word for _, word in words), done


def _complete_command(name: str, begun: str, commands: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the commands that begin so; *name* is the first word of one that has two."""
    whole = f"{name} {begun}".lstrip()
    offered: dict[str, str] = {}
    for command, line in commands.items():
        if command.startswith(whole):
            word, blank, _ = command[len(whole) - len(begun) :].partition(" ")
            offered.setdefault(word, "" if blank else line)
    yield from offered.items()


def _read_taken(name: str) -> list[_Taken]:
    """Return what the command *name* takes: its row begins with its name and a bar."""
    taken = [_Taken(("-h", "--help"), "", "Show the help of it.")]
    for label, note in read_labels("cli/completions/options.txt"):
        command, _, rest = label.partition(" | ")
        if command == (name or "rights"):
            parts = rest.split(" ")
            names = tuple(part for part in parts if part.startswith("-"))
            taken.append(_Taken(names, "".join(parts[len(names) :]), note))
    return taken


def _split_given(rest: Iterable[str], taken: Sequence[_Taken]) -> tuple[int, _Taken | None]:
    """Return how many arguments stand in the *rest*, and the option at its end that waits for its value, if one does."""
    arguments, waits, only_words = 0, None, False
    for word in rest:
        if waits:
            waits = None
        elif only_words or word[:1] != "-" or word == "-":
            arguments += 1
        elif word == "--":
            only_words = True
        else:
            waits = next((one for one in taken if word in one.names and one.value), None)
    return arguments, waits


def _choose_argument(arguments: Sequence[_Taken], given: int) -> _Taken | None:
    """Return which of *arguments* comes next, where so many were *given*: the last may come again, if it says so."""
    if given < len(arguments):
        return arguments[given]
    return arguments[-1] if arguments and arguments[-1].value.endswith("...") else None


def _complete_value(
    taken: _Taken, begun: str, done: Sequence[str], commands: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what the value of an option or argument may become."""
    from rightscli.answers.names import list_begun_names

    kind = taken.value.removesuffix("...").strip("[]")
    if kind in _FILES:
        yield FILES, ""
    elif kind in _NAMES:
        yield from list_begun_names(open_library(_list_bases(done)), kind, begun)
    elif kind == "PAGE":
        from rightscli.cli.help import PAGES

        offered = PAGES | {name: line for name, line in commands.items() if " " not in name}
        yield from ((name, line) for name, line in offered.items() if name.startswith(begun))
    elif "|" in kind and kind.islower():
        yield from ((choice, "") for choice in kind.split("|") if choice.startswith(begun))


def _list_bases(done: Sequence[str]) -> list[str] | None:
    """Return the bases that the words *done* name by ``--base``; None where they name none."""
    named = [value for option, value in pairwise(done) if option == "--base"]
    return [*named, *(word[7:] for word in done if word.startswith("--base="))] or None
