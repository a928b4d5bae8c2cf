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
    from collections.abc import Callable

    from rightscli.index.queries import Index


class Library:
    """One base, with what its reader has set; its index is opened when it is first asked for.

    So a request that is wrong in itself opens no file. *copies* is the folder of the attached copies, None where there are
    none; *style* names the citation style where a question names none, None for APA.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        copies: str | os.PathLike[str] | None = None,
        style: str | None = None,
        tell: Callable[[float], None] | None = None,
    ) -> None:
        self.copies = copies
        self.style = style
        self._path = path
        self._cache = cache
        self._tell = tell
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The index of the base. Raises as ``open_base`` does."""
        if self._index is None:
            from rightscli.index.building import open_index

            self._index = open_index(choose_base(self._path), self._cache, tell=self._tell)
            if self._tell:
                self._tell(1.0)
        return self._index


def open_base(
    path: str | os.PathLike[str] | None = None,
    *,
    cache: str | os.PathLike[str] | None = None,
    copies: str | os.PathLike[str] | None = None,
    style: str | None = None,
    tell: Callable[[float], None] | None = None,
) -> Library:
    """Return the library of the base in the file *path*, or of the bundled base.

    *cache* is a folder where the base's index is kept from one time to the next; without it, the index is made in memory each
    time. While it is made, *tell* is called with the share that is done, from 0 to 1, and with 1 at the end. *copies* and
    *style* are those of ``Library``.

    Raises UnreadableError, BadBaseError with every fault of the file, and UsageError for an empty path.
    """
    library = Library(path, cache=cache, copies=copies, style=style, tell=tell)
    # What is wrong with the base is raised here, and not by the first question.
    _ = library.index
    return library


def choose_base(path: str | os.PathLike[str] | None) -> str:
    """Return *path*, or the path of the bundled base; raise UsageError where *path* is empty."""
    if path == "":
        raise UsageError("the path of the base is empty")
    if path is not None:
        return os.fspath(path)
    from rightscli.base.paths import find_bundled_base

    return find_bundled_base()


def clean_text(text: str) -> str:
    """Return *text* with a replacement character for what UTF-8 cannot hold: a byte of ``sys.argv`` in another encoding."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON and the command line of Windows let through.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
