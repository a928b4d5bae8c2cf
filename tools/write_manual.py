"""Write the manual page, and the options by which shells complete, from the parser: ``man/rights.1`` and ``options.txt``.

``--check`` compares instead, and exits with 1 where one of them differs. The page is man(7), which mandoc and groff both set.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from rightscli import __version__, cli
from rightscli.cli.help import PAGES
from rightscli.cli.parsing import build_app
from rightscli.tables import read_text

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "man" / "rights.1"
OPTIONS = ROOT / "src" / "rightscli" / "cli" / "completions" / "options.txt"

VARIABLES = {
    "RIGHTS_BASE": "The bases that are asked where no --base is given, parted as PATH is.",
    "RIGHTS_STYLE": "The citation style where none is given.",
    "RIGHTS_PAGER, PAGER": "What shows a page that is longer than the screen; empty for nothing.",
    "BROWSER": "What show --open opens links in.",
    "NO_COLOR, FORCE_COLOR, TERM, COLUMNS": "Whether and how pages are coloured, and how wide they are.",
    "XDG_CACHE_HOME, XDG_DATA_HOME": "Where indexes and attached copies are kept.",
}


def list_commands() -> Iterator[tuple[str, Any]]:
    """Yield the program itself, under no name, and each command, as Typer's parser knows them."""
    whole = typer.main.get_command(build_app(cli._COMMANDS, cli._GROUPS, None))
    yield "", whole
    for name in cli._COMMANDS:
        command: Any = whole
        for word in name.split():
            command = command.commands[word]
        yield name, command


def describe_value(parameter: Any) -> str:
    """Return what an option or argument takes: its choices, or else its name in the help; nothing of a switch."""
    if getattr(parameter, "is_flag", False):
        return ""
    choices = getattr(parameter.type, "choices", None)
    shown = "|".join(str(getattr(one, "value", one)) for one in choices) if choices else parameter.metavar or ""
    return shown.strip("{}") or parameter.name.upper()


def list_parameters(command: Any) -> Iterator[tuple[list[str], str, str]]:
    """Yield the names of each option and argument (none of an argument), what it takes, and its help."""
    for parameter in command.params:
        is_option = parameter.param_type_name == "option"
        yield list(parameter.opts) if is_option else [], describe_value(parameter), parameter.help or ""


def write_options() -> str:
    """Return the table of what each command takes, a line an option or argument."""
    lines = ["# Made by tools/write_manual.py of the parser: what each command takes, for the completion of shells."]
    for name, command in list_commands():
        for names, value, note in list_parameters(command):
            lines.append(f"{name or 'rights'} | {' '.join([*names, *filter(None, [value])])}: {note}")
    return "\n".join(lines) + "\n"


def escape_roff(text: str) -> str:
    """Return *text* so that roff prints it as it stands: no escape, no request, ASCII hyphens and quotes."""
    text = (
        text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga").replace('"', r"\(dq")
    )
    return "\n".join(rf"\&{line}" if line.startswith(".") else line for line in text.split("\n"))


def set_parameters(command: Any) -> Iterator[str]:
    """Yield the options and arguments of a command as tagged paragraphs."""
    for names, value, note in list_parameters(command):
        shown = ", ".join(rf"\fB{escape_roff(name)}\fP" for name in names)
        taken = rf"\fI{escape_roff(value)}\fP" if value else ""
        yield from (".TP", f"{shown} {taken}".strip(), escape_roff(note) or r"\&")


def set_examples(text: str) -> Iterator[str]:
    """Yield lines that are to stay as they stand."""
    yield from (".PP", ".RS 4", ".nf", escape_roff(text), ".fi", ".RE")


def set_page(text: str) -> Iterator[str]:
    """Yield a page of ``rights help``: its heading is ours, its paragraphs are set anew, indented lines stay."""
    for block in text.strip("\n").split("\n\n")[1:]:
        if block.startswith("  "):
            yield from set_examples("\n".join(line.removeprefix("  ") for line in block.split("\n")))
        else:
            yield from (".PP", escape_roff(block))


def write_manual() -> str:
    """Return the manual page."""
    (_, whole), *commands = list_commands()
    told = (whole.help or "").strip()
    lines = [
        r".\" Made by tools/write_manual.py of the parser and of the pages of rights help.",
        f'.TH RIGHTS 1 "" "rights {__version__}" "User Commands"',
        # Options and REFs are not hyphenated, and lines not stretched.
        *(".nh", ".ad l"),
        *(".SH NAME", rf"rights \- {escape_roff(told[:1].lower() + told[1:].rstrip('.'))}"),
        *(".SH SYNOPSIS", r"\fBrights\fP \fICOMMAND\fP [\fIOPTIONS\fP] [\fIARGUMENTS\fP]"),
        *(".SH OPTIONS", *set_parameters(whole)),
        ".SH COMMANDS",
    ]
    for name, command in commands:
        line, examples = cli._COMMANDS[name]
        lines += [
            f".SS rights {name}",
            escape_roff(line),
            *set_parameters(command),
            *set_examples(strip_indent(examples)),
        ]
    for page in PAGES:
        lines += [f".SH {page.upper().replace('-', ' ')}", *set_page(read_text(f"cli/pages/{page}.txt"))]
    lines.append(".SH ENVIRONMENT")
    for names, meaning in VARIABLES.items():
        lines += [".TP", escape_roff(names), escape_roff(meaning)]
    return "\n".join(lines) + "\n"


def strip_indent(text: str) -> str:
    """Return the lines of *text* without the two blanks before each."""
    return "\n".join(line.removeprefix("  ") for line in text.split("\n"))


def main(arguments: Iterable[str]) -> int:
    """Write both files, or compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args(list(arguments)).check
    made = {MANUAL: write_manual(), OPTIONS: write_options()}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'differs' if check else 'written'}")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
