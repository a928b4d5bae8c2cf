"""What the commands share: streams, printing, and the environment, which nobody else reads.

Each command is of one shape: its options, one question to ``answers``, ``print_answer`` with a page or records, the exit.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rightscli import __version__
from rightscli.answers import Library
from rightscli.errors import UnreadableError, UsageError, raise_together
from rightscli.text.folding import shorten_text
from rightscli.text.inert import Verbatim, dump_json, escape_controls, escape_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Protocol

    from rightscli.base.model import FactBase
    from rightscli.errors import RightsError
    from rightscli.index.queries import Index
    from rightscli.records import Kind, Record

    class Answer(Protocol):
        """What the answers of ``answers`` have in common."""

        @property
        def warnings(self) -> Sequence[str]: ...
        @property
        def faults(self) -> Sequence[RightsError]: ...


FORMATS = ("json", "jsonl", "csv", "tsv", "md", "ids")
"""In which a command prints records."""
_FIELDED = ("json", "jsonl", "csv", "tsv")
"""In which these have fields."""


class Finished(Exception):
    """A command has said all that there is to say, and ends with exit code *code*."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def open_library(base: Sequence[str] | None) -> Library:
    """Return the library of the bases that are named, with what the environment and the nearest ``.rights.toml`` set.

    A long build shows how far it is.
    """
    listed, style = _find_settings()
    tell = None
    if sys.stderr.isatty():
        from rightscli.cli.progress import make_progress

        tell = make_progress(sys.stderr)
    return Library(
        _list_bases(base, listed),
        cache=find_cache(),
        copies=find_copies(),
        style=os.environ.get("RIGHTS_STYLE") or style,
        tell=tell,
        warn=print_aside,
    )


def choose_bases(base: Sequence[str] | None) -> list[str] | None:
    """Return the paths *base*, else those that RIGHTS_BASE or the nearest ``.rights.toml`` lists; None for the bundled base."""
    return _list_bases(base, _find_settings()[0])


def _list_bases(base: Sequence[str] | None, last: Sequence[str]) -> list[str] | None:
    """Return the paths *base*, else those that RIGHTS_BASE lists, else the *last*; None where there are none.

    Raises UnreadableError for one that is not typed and not there: it is looked for where it was set.
    """
    if base:
        return [os.path.expanduser(path) for path in base]
    from rightscli.base.paths import BUNDLED

    listed = [path for path in os.environ.get("RIGHTS_BASE", "").split(os.pathsep) if path]
    paths = [os.path.expanduser(path) for path in listed or last]
    gone = [path for path in dict.fromkeys(paths) if path != BUNDLED and not os.path.exists(path)]
    if gone:
        them = "it is" if len(gone) == 1 else "they are"
        hint = f"{them} named in {'RIGHTS_BASE' if listed else f'the nearest {_SETTINGS}'}"
        raise_together([UnreadableError(f"{shorten_text(path, 500)}: no such file", hint=hint) for path in gone])
    return paths or None


def choose_own_base(base: Sequence[str] | None) -> str | None:
    """Return the first of the same bases that may be written to; None where the bundled base is the only one."""
    from rightscli.base.paths import BUNDLED, is_packaged

    return next((path for path in choose_bases(base) or () if path != BUNDLED and not is_packaged(path)), None)


_SETTINGS = ".rights.toml"


def _find_settings() -> tuple[Sequence[str], str | None]:
    """Return the paths of the bases and the style that the nearest ``.rights.toml`` upwards sets: nothing and None without it."""
    try:
        folder = os.getcwd()
    except OSError:
        # It was removed.
        return (), None
    while not os.path.isfile(path := os.path.join(folder, _SETTINGS)):
        above = os.path.dirname(folder)
        if above == folder:
            return (), None
        folder = above
    from rightscli.cli.settings import read_settings

    return read_settings(path)


def find_cache() -> str | None:
    """Return the folder where indexes are kept, one a version; None where the user has no home."""
    folder = _find_folder("XDG_CACHE_HOME", "user_cache_dir", ".cache")
    return os.path.join(folder, __version__) if folder else None


def find_copies() -> str | None:
    """Return the folder where attached copies are kept; None where the user has no home."""
    return _find_folder("XDG_DATA_HOME", "user_data_dir", ".local/share")


def _find_folder(variable: str, function: str, usual: str) -> str | None:
    """Return the user's folder that platformdirs gives by *function*, which *variable* overrides; None without a home."""
    named = os.environ.get(variable, "")
    if sys.platform in ("darwin", "win32") and not named:
        import platformdirs

        found: str = getattr(platformdirs, function)("rights", appauthor=False)
        return found
    # What platformdirs does here too, but for the time that it takes to import. Of an empty HOME, Python makes the root.
    home = os.path.expanduser("~") if os.environ.get("HOME", "~") else ""
    above = named if named.startswith("/") else os.path.join(home, usual)
    return os.path.join(above, "rights") if os.path.isabs(above) else None


def read_build_date() -> str | None:
    """Return the day, in UTC, that SOURCE_DATE_EPOCH sets for what is written now; None where it sets none.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    from time import gmtime, strftime

    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return strftime("%Y-%m-%d", gmtime(int(seconds))) if seconds else None
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH is no number of seconds since 1970") from None


def read_refs(texts: Sequence[str]) -> Iterator[str]:
    """Yield each REF, for ``-`` those that the lines of standard input begin with, up to a tab; UsageError if there is none."""
    content = read_input() if "-" in texts else b""
    if len(content) > _MOST_INPUT:
        raise UnreadableError(
            f"standard input: more than {_MOST_INPUT:,} bytes, the limit for REFs", hint="give fewer at a time"
        )
    named = content.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    named = [line for line in named if line.strip()]
    if named and _is_other_format(named[0]):
        raise UsageError("standard input is a document or a table, not a REF a line", hint="-f ids prints REFs")
    lines = [line.partition("\t")[0] for line in named]
    if not lines and set(texts) <= {"-"}:
        raise UsageError("no REF on standard input")
    for text in texts:
        yield from lines if text == "-" else [text]


def _is_other_format(line: str) -> bool:
    """Tell whether *line* is the first of JSON, of a Markdown list, or of a table with columns, as ``-f`` prints them."""
    columns = line.replace("\t", ",").split(",")
    are_names = all(one.replace("_", "").replace(".", "").isalpha() for one in columns)
    return line.startswith(("{", "- ")) or (columns[0] in ("id", "ref") and len(columns) > 1 and are_names)


_INPUT: list[bytes] = []
"""What standard input held: it can be read only once, though a command may have to run again."""
_MOST_INPUT = 20_000_000
"""How many bytes of standard input are taken: as many as a draft or a copy may have."""


def read_input() -> bytes:
    """Return standard input; of one with more than ``_MOST_INPUT`` bytes so much that this is seen."""
    if not _INPUT:
        try:
            _INPUT.append(sys.stdin.buffer.read(_MOST_INPUT + 1))
        except OSError as error:
            raise UnreadableError(f"standard input: {(error.strerror or str(error)).lower()}") from None
    return _INPUT[0]


def choose_format(format: str | None, json: bool, fields: str | None = None) -> str | None:
    """Return the format asked for; None where none is. Raise UsageError where it has no *fields* that could be chosen."""
    if json and format not in (None, "json"):
        raise UsageError(f"--json and -f {format} exclude each other")
    form = "json" if json else format
    if fields is not None and form not in _FIELDED:
        raise UsageError(f"--fields goes with -f {', '.join(_FIELDED[:-1])} or {_FIELDED[-1]}")
    return form


def wants_colour() -> bool:
    """Tell whether colour is asked for where it would not go by itself, as in ``… | less -R``."""
    return os.environ.get("FORCE_COLOR", "0") not in ("", "0") and not os.environ.get("NO_COLOR")


def get_width() -> int:
    """Return how many columns a page has: what COLUMNS says, else the terminal's own width; too few for a page are 80."""
    from shutil import get_terminal_size

    columns = get_terminal_size().columns
    return columns if columns >= 20 else 80


def is_for_people(form: str | None) -> bool:
    """Tell whether a page is wanted: no format was asked for, and a terminal shows it."""
    return form is None and sys.stdout.isatty()


def make_lines(records: Iterable[Record], kind: Kind, form: str | None) -> Iterable[str] | None:
    """Return plain records as a terminal shows them; None where they are for a pipe, or in a format."""
    if not is_for_people(form):
        return None
    from rightscli.records import format_plain
    from rightscli.show import render_lines

    rows = (line.removesuffix("\n").split("\t") for line in format_plain(records, kind))
    return [render_lines(rows, width=get_width())]


def print_answer(
    command: str,
    base: Index | FactBase | Sequence[Record],
    records: Iterable[Record],
    kind: Kind,
    form: str | None,
    *,
    answer: Answer | None = None,
    page: Iterable[str] | None = None,
    more: Record | None = None,
    fields: str | None = None,
    warns_first: bool = False,
    paged: bool = True,
) -> None:
    """Print a *page* or else *records*, plain or in the format asked for, and the warnings of *answer* on standard error.

    A page of what was done is not *paged*: what is to be said of it shall not wait for the reader of a pager.
    JSON is one document, with *more* and with the answer's warnings and faults in it. *fields* are those that are asked for,
    between commas.
    """
    from rightscli.records import format_document, format_plain, format_records, make_document

    if fields is not None and form:
        from rightscli.cli.fields import choose_fields

        records, kind, names = choose_fields(records, kind, form, fields)
        more = (more or {}) | {"fields": names}

    warnings = [*getattr(base, "warnings", ()), *(answer.warnings if answer else ())]
    if warns_first:
        _print_warnings(warnings, form)
    if page is not None:
        (write_page if paged else write_out)(page)
    elif form == "json":
        from rightscli.answers.documents import count_records, describe_head

        told = [*warnings, *(fault.message for fault in answer.faults)] if answer else warnings
        # Of a base of any size, the total is known before its records are read.
        if more is None or "total" not in more:
            records = list(records)
            more = count_records(len(records)) | (more or {})
        document = make_document(command, describe_head(base), [], **more, warnings=told)
        write_out(format_document(document, records))
    else:
        write_out(format_plain(records, kind) if form is None else format_records(records, kind, form))
    if not warns_first:
        _print_warnings(warnings, form)


def _print_warnings(warnings: Iterable[str], form: str | None) -> None:
    for warning in warnings if form != "json" else ():
        print_aside(warning)


def warn_of_cuts(base: FactBase) -> None:
    """Say in one line what comments have cut in a base that was read from its file; an index says it when it is opened."""
    from rightscli.base.load import describe_cuts

    if base.cuts:
        print_aside(describe_cuts(base.path, base.cuts))


def write_page(texts: Iterable[str]) -> None:
    """Write a page as ``write_out`` does; on a terminal, one that is longer than the screen goes through the pager."""
    parts = iter(texts)
    kept: list[str] = []
    if sys.stdout.isatty():
        from shutil import get_terminal_size

        left = get_terminal_size().lines - 1
        for text in parts:
            kept.append(text)
            left -= text.count("\n")
            if left < 0:
                break
        if left < 0 and _page_out(kept, parts):
            return
    write_out(kept)
    write_out(parts)


def _page_out(kept: list[str], parts: Iterator[str]) -> bool:
    """Return whether the pager took what is *kept* and the other *parts*; what it was given in vain is kept, too."""
    from itertools import chain

    from rightscli.cli.pager import find_pager, show_paged

    def give() -> Iterator[str]:
        told = len(kept)
        for number, text in enumerate(chain(kept[:told], parts)):
            kept.extend([text] if number >= told else [])
            yield _make_inert(text)

    command = find_pager()
    sys.stdout.flush()
    return command is not None and show_paged(give(), command)


def _make_inert(text: str) -> str:
    return text if isinstance(text, Verbatim) else escape_controls(text)


def write_out(texts: Iterable[str]) -> None:
    """Write to standard output, without control characters but for what is ``Verbatim``; without a reader, end quietly."""
    for text in texts:
        if not _send_output(sys.stdout.write, _make_inert(text)):
            return
    _send_output(sys.stdout.flush)


def _send_output(act: Callable[..., object], *arguments: str) -> bool:
    """Return whether somebody reads standard output; raise UnreadableError where it cannot be written to."""
    try:
        act(*arguments)
    except BrokenPipeError:
        drop_output()
        return False
    except OSError as error:
        drop_output()
        raise UnreadableError(f"cannot write: {(error.strerror or str(error)).lower()}") from None
    return True


def drop_output() -> None:
    """Send the rest of standard output nowhere, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def print_aside(text: str) -> None:
    """Print a remark, on one line, to standard error; it is lost where nobody reads that."""
    write_error(f"rights: {escape_name(text)}")


def write_terminal(sequence: str) -> None:
    """Send the terminal a control sequence by way of standard error, so that it gets into no pipe."""
    sys.stderr.write(sequence)
    sys.stderr.flush()


def write_error(line: str, *, whole: bool = False) -> None:
    """Write a line to standard error, without control characters; it is lost where nobody reads that.

    A terminal gets it broken between words, unless it is to stay *whole* for a program.
    """
    from contextlib import suppress

    line = escape_controls(line)
    with suppress(OSError):
        if not whole and "\n" not in line and sys.stderr.isatty() and len(line) > (width := get_width()):
            from textwrap import fill

            line = fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        print(line, file=sys.stderr, flush=True)


def print_errors(errors: Sequence[RightsError], *, as_json: bool, code: int = 0) -> None:
    """Print errors to standard error: a line a complaint, its hint indented below; or all as one JSON object.

    Of several, the object's ``error`` is the first that has the exit *code*, and ``errors`` are all.
    """
    if as_json:
        bodies = [
            {"code": error.code, "message": message, "hint": error.hint}
            for error in errors
            for message in error.messages
        ]
        first = next((error for error in errors if error.exit_code == code), errors[0])
        body = {"code": first.code, "message": "\n".join(first.messages), "hint": first.hint}
        document = {"schema": "rights.error/1", "error": body} | ({"errors": bodies} if len(bodies) > 1 else {})
        write_error(dump_json(document), whole=True)
        return
    for error, following in zip(errors, [*errors[1:], None], strict=True):
        for message in error.messages:
            print_aside(message)
        # Of several that have one way out, it stands below the last.
        if error.hint and (following is None or following.hint != error.hint):
            write_error(f"  {escape_name(error.hint)}")


def exit_with_faults(faults: Sequence[RightsError], form: str | None) -> None:
    """Print the faults, if any, and exit with 1."""
    if faults:
        print_errors(faults, as_json=form == "json", code=1)
        raise Finished(1)
