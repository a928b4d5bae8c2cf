"""What each command answers, typed, with its warnings and its faults: the Python API, and what ``cli`` prints.

``open_base`` gives the library that every question is asked of; each file has the questions of the command that it is named
after. An answer is a value. Its *warnings* are what its reader should know, a sentence each. Its *faults* are errors that are
not raised, because the rest was answered: a REF that names nothing, beside others that do. Facts, sources, topics and
citations are records, as the command prints them with ``--json``. Nothing here prints, exits or reads the environment.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rightscli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rightscli.index.queries import Index

    BasePaths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None


class Library:
    """One base, or several as one, with what its reader has set; its index is opened when it is first asked for.

    So a request that is wrong in itself opens no file. *paths* are those of ``open_base``. *copies* is the folder of the
    attached copies, *cache* that of indexes, None where there are none; *style* names the citation style where a question
    names none, None for APA. *warn* is told in a line what is not right in the base and does not keep it from being read.
    """

    def __init__(
        self,
        paths: BasePaths = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        copies: str | os.PathLike[str] | None = None,
        style: str | None = None,
        tell: Callable[[float], None] | None = None,
        warn: Callable[[str], None] | None = None,
    ) -> None:
        self.copies = copies
        self.style = style
        self._warn = warn
        self._paths = paths
        self.cache = cache
        self._tell = tell
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The index of the base. Raises as ``open_base`` does."""
        if self._index is None:
            from rightscli.index.building import open_index

            self._index = open_index(locate_bases(self._paths), self.cache, tell=self._tell)
            if self._tell:
                self._tell(1.0)
            if self._warn and self._index.remark:
                self._warn(self._index.remark)
        return self._index


def open_base(
    paths: BasePaths = None,
    *,
    cache: str | os.PathLike[str] | None = None,
    copies: str | os.PathLike[str] | None = None,
    style: str | None = None,
    tell: Callable[[float], None] | None = None,
) -> Library:
    """Return the library of the base in the file *paths*, of those in several files as of one, or of the bundled base.

    In a list, ``@bundled`` names the bundled one. Names that several bases have are told apart as ``base/name``.
    *cache* is a folder where the base's index is kept from one time to the next; without it, the index is made in memory each
    time. While it is made, *tell* is called with the share that is done, from 0 to 1, and with 1 at the end. *copies* and
    *style* are those of ``Library``.

    Raises UnreadableError, BadBaseError with every fault of the file, and UsageError for an empty path.
    """
    library = Library(paths, cache=cache, copies=copies, style=style, tell=tell)
    # What is wrong with the base is raised here, and not by the first question.
    _ = library.index
    return library


def locate_bases(paths: BasePaths) -> list[str]:
    """Return the *paths* of one base or several, each file once, or the path of the bundled base.

    Raises UsageError where a path is empty.
    """
    from rightscli.base.paths import BUNDLED, find_bundled_base

    named = [paths] if paths is None or isinstance(paths, str | os.PathLike) else [*paths]
    found: dict[str, str] = {}
    for path in named or [None]:
        if path == "":
            raise UsageError("the path of the base is empty")
        name = find_bundled_base() if path in (None, BUNDLED) else os.fspath(path)
        found.setdefault(os.path.realpath(name) if len(named) > 1 else name, name)
    return [*found.values()]


def clean_text(text: str) -> str:
    """Return *text* with a replacement character for what UTF-8 cannot hold: a byte of ``sys.argv`` in another encoding."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON and the command line of Windows let through.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def name_from_here(name: str) -> str:
    """Return the path of a file from the working folder, as a diff has it; of one outside, from the root."""
    try:
        path = os.path.relpath(name)
    except ValueError:
        # On another drive.
        path = name
    path = path.replace(os.sep, "/")
    return os.path.abspath(name).replace(os.sep, "/").lstrip("/") if path.startswith("../") else path
