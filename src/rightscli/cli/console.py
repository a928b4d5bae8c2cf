"""What the commands share: their options, the base they ask, the REFs they are given, and how they print.

Only the package ``cli`` exits and reads the environment; only this module of it prints.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rightscli import __version__
from rightscli.errors import NotFoundError, RightsError, SeveralErrors, UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from rightscli.base.model import FactBase
    from rightscli.cite.styles import Style
    from rightscli.copies.attached import Copy
    from rightscli.index.queries import Index
    from rightscli.records import Kind, Record
    from rightscli.refs import Target

FORMATS = ("json", "jsonl", "csv", "tsv", "md", "ids")
"""In which a command prints records."""


class Finished(Exception):
    """A command has said all that there is to say, and ends with exit code *code*."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def choose_base(path: str | None) -> str:
    """Return *path*, else what RIGHTS_BASE names, else the bundled base."""
    if path == "":
        raise UsageError("the path of the base is empty")
    if path is None:
        path = os.environ.get("RIGHTS_BASE")
    if path:
        return path
    from rightscli.base.paths import find_bundled_base

    return find_bundled_base()


def open_base(base: str | None) -> Index:
    """Return the index of the base that *base* or the environment names; a long build shows how far it is."""
    from rightscli.index.building import open_index

    path, folder = choose_base(base), find_cache()
    if not sys.stderr.isatty():
        return open_index(path, folder)
    bar: Any = None

    def tell(share: float) -> None:
        nonlocal bar
        # A base that is read in a moment shows nothing, and imports nothing for it.
        if share <= 0:
            return
        if bar is None:
            import typer

            bar = typer.progressbar(length=1000, label="Reading the base", file=sys.stderr)
        bar.update(int(share * 1000) - bar.pos)

    index = open_index(path, folder, tell=tell)
    if bar is not None:
        bar.update(1000 - bar.pos)
        bar.render_finish()
    return index


def find_cache() -> str | None:
    """Return the folder where indexes are kept, one a version; None where the user has no home."""
    folder = _find_folder("XDG_CACHE_HOME", "user_cache_dir", ".cache")
    return os.path.join(folder, __version__) if folder else None


def _find_folder(variable: str, function: str, usual: str) -> str | None:
    """Return the user's folder that platformdirs gives by *function*, which *variable* overrides; None without a home."""
    named = os.environ.get(variable, "")
    if sys.platform in ("darwin", "win32") and not named:
        import platformdirs

        found: str = getattr(platformdirs, function)("rights", appauthor=False)
        return found
    # What platformdirs does here too, but for the time that it takes to import.
    above = named if named.startswith("/") else os.path.join(os.path.expanduser("~"), usual)
    return os.path.join(above, "rights") if os.path.isabs(above) else None


def choose_style(name: str | None) -> Style:
    """Return the style called *name*, else the one that RIGHTS_STYLE names, else APA's."""
    from rightscli.cite.styles import find_style
    from rightscli.index.building import DEFAULT_STYLE

    return find_style(clean_text(name or os.environ.get("RIGHTS_STYLE") or DEFAULT_STYLE))


def restyle_facts(facts: Iterable[Record], index: Index, style: str | None) -> Iterator[Record]:
    """Yield the records of *facts* with their citations in *style*, or in the one that RIGHTS_STYLE names.

    A source for which that is not compiled keeps the form that it has; the first one is told on standard error.
    """
    if not (style or os.environ.get("RIGHTS_STYLE")):
        yield from facts
        return
    from rightscli.cite.templates import fill_template
    from rightscli.records import read_locator

    chosen = choose_style(style)
    told = set[str]()
    for fact in facts:
        citations = []
        for cited in fact["citations"]:
            used, forms = index.find_forms(cited["source"], chosen.name)
            if used != chosen.name and cited["source"] not in told:
                told.add(cited["source"])
                print_aside(
                    f"{cited['source']} is not compiled in {chosen.name}; rights styles --compile BASE compiles it"
                )
            text = fill_template(forms, [read_locator(cited)]).text if used == chosen.name else cited["text"]
            citations.append(cited | {"text": text})
        yield fact | {"citations": citations}


def list_target_facts(target: Target, index: Index) -> list[Record]:
    """Return the facts that *target* names: the fact itself, or those that rest on the passage, in the base's order."""
    if target.fact:
        return [target.fact]
    assert target.source is not None
    return index.get_facts(list_resting(target, index))


def list_resting(target: Target, index: Index) -> list[int]:
    """Return the places of the facts that rest on a source, or on paragraphs of it."""
    key = target.source["id"] if target.source else ""
    if not target.locators:
        return list(index.list_places("source", key))
    numbers = [number for locator in target.locators for number in locator.numbers]
    return sorted({place for number in numbers for place in index.list_places("paragraph", f"{key}:{number}")})


def select_places(index: Index, topic: str | None, source: str | None, para: str | None) -> set[int] | None:
    """Return the places of the facts on the topic and on the passage; None where neither is named."""
    if topic is source is para is None:
        return None
    from rightscli.refs import find_source, find_topic, parse_ref, resolve_ref

    chosen = None if topic is None else set(index.list_places("topic", find_topic(clean_text(topic), index)["id"]))
    if source is None and para is None:
        return chosen
    keys = index.list_sources()
    if source is None and len(keys) != 1:
        raise UsageError("--para needs --source where the base has several", hint=f"one of {', '.join(keys)}")
    key = find_source(clean_text(source), index)["id"] if source is not None else keys[0]
    target = resolve_ref(parse_ref(clean_text(f"{key}:{para}") if para is not None else key), index)
    places = set(list_resting(target, index))
    return places if chosen is None else chosen & places


def resolve_refs(texts: Sequence[str], index: Index) -> tuple[list[Target], list[RightsError]]:
    """Return what each REF names, in order, and a fault for each that names nothing; ``-`` stands for lines of stdin."""
    from rightscli.refs import parse_ref, resolve_ref

    targets: list[Target] = []
    faults: list[RightsError] = []
    for text in _read_refs(texts):
        try:
            targets.append(resolve_ref(parse_ref(clean_text(text)), index))
        except (NotFoundError, UsageError) as fault:
            faults.append(fault)
    if not targets and not faults:
        raise UsageError("no REF on standard input")
    if not targets and all(isinstance(fault, UsageError) for fault in faults):
        raise SeveralErrors(faults)
    return targets, faults


def _read_refs(texts: Sequence[str]) -> Iterator[str]:
    """Yield each REF; for ``-`` those that the lines of standard input begin with, up to a tab."""
    for text in texts:
        if text == "-":
            yield from (line.partition("\t")[0] for line in _read_input().splitlines() if line.strip())
        else:
            yield text


_INPUT: list[str] = []
"""What standard input held: it can be read only once, though a command may have to run again."""


def _read_input() -> str:
    if not _INPUT:
        _INPUT.append(sys.stdin.read().removeprefix("\ufeff"))
    return _INPUT[0]


def choose_format(format: str | None, json: bool) -> str | None:
    """Return the format asked for; None where none is."""
    if json and format not in (None, "json"):
        raise UsageError(f"--json and -f {format} exclude each other")
    return "json" if json else format


def wants_colour() -> bool:
    """Tell whether colour is asked for where it would not go by itself, as in ``… | less -R``."""
    return os.environ.get("FORCE_COLOR", "0") not in ("", "0") and not os.environ.get("NO_COLOR")


def get_width() -> int:
    """Return how many columns a page has: what COLUMNS says, else the terminal's own width; too few for a page are 80."""
    from shutil import get_terminal_size

    columns = get_terminal_size().columns
    return columns if columns >= 20 else 80


def clean_text(text: str) -> str:
    """Return *text* with a replacement character for what was not UTF-8 on the command line."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def print_records(
    command: str, base: Index | FactBase, records: Iterable[Record], kind: Kind, form: str | None, **more: Any
) -> None:
    """Print *records* plain, or in the format asked for."""
    from rightscli.records import format_document, format_plain, format_records, make_document

    if form is None:
        write_out(format_plain(records, kind))
    elif form == "json":
        head = {"title": base.title, "edition": base.edition, "sha256": base.sha256}
        write_out(format_document(make_document(command, head, [], **more), records))
    else:
        write_out(format_records(records, kind, form))


def print_found(
    command: str,
    index: Index,
    records: Iterable[Record],
    kind: Kind,
    form: str | None,
    faults: Sequence[RightsError],
    **more: Any,
) -> None:
    """Print *records*; where there are none because of *faults*, only JSON has anything to say: one empty document."""
    if form == "json" or not faults:
        print_records(command, index, records, kind, form, **more, warnings=[fault.message for fault in faults])


def write_out(texts: Iterable[str]) -> None:
    """Write to standard output; a reader that has gone away ends the writing quietly."""
    try:
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def drop_output() -> None:
    """Send the rest of standard output nowhere, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def print_aside(text: str) -> None:
    """Print a remark to standard error; it is lost where nobody reads that."""
    write_error(f"rights: {text}")


def read_input_bytes(most: int) -> bytes:
    """Return standard input, of a longer one the first *most* bytes."""
    return sys.stdin.buffer.read(most)


def find_data() -> Path:
    """Return the folder where attached copies are kept; raise UnreadableError where the user has no home."""
    from pathlib import Path

    folder = _find_folder("XDG_DATA_HOME", "user_data_dir", ".local/share")
    if folder is None:
        raise UnreadableError("no home folder, so no place for copies", hint="set XDG_DATA_HOME")
    return Path(folder)


def load_copies(sources: Iterable[Record]) -> list[Copy]:
    """Return what is attached to *sources*."""
    from rightscli.copies.attached import load_copy

    try:
        folder = find_data()
    except UnreadableError:
        return []
    return [copy for source in sources if (copy := load_copy(folder, source))]


def write_terminal(sequence: str) -> None:
    """Send the terminal a control sequence by way of standard error, so that it gets into no pipe."""
    sys.stderr.write(sequence)
    sys.stderr.flush()


def write_error(line: str, *, whole: bool = False) -> None:
    """Write a line to standard error; it is lost where nobody reads that.

    A terminal gets it broken between words, unless it is to stay *whole* for a program.
    """
    from contextlib import suppress

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
        from json import dumps

        bodies = [
            {"code": error.code, "message": message, "hint": error.hint}
            for error in errors
            for message in error.messages
        ]
        first = next((error for error in errors if error.exit_code == code), errors[0])
        body = {"code": first.code, "message": "\n".join(first.messages), "hint": first.hint}
        document = {"error": body} | ({"errors": bodies} if len(bodies) > 1 else {})
        write_error(dumps(document, ensure_ascii=False), whole=True)
        return
    for error in errors:
        for message in error.messages:
            print_aside(message)
        if error.hint:
            write_error(f"  {error.hint}")


def exit_with_faults(faults: Sequence[RightsError], *, json: bool) -> None:
    """Print the faults, if any, and exit with 1."""
    if faults:
        print_errors(faults, as_json=json, code=1)
        raise Finished(1)
