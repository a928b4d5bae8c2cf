"""The one reader of files: bases, copies of sources, drafts."""

from __future__ import annotations

import stat
from pathlib import Path

from rightscli.errors import UnreadableError
from rightscli.words import shorten_text


def read_bytes(name: str, *, limit: int, what: str) -> bytes:
    """Return what is in the file *name*, which holds *what* and at most *limit* bytes.

    Raises UnreadableError. A pipe, socket or device is not even opened: it might never end.
    """
    try:
        mode = Path(name).stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableError(f"{name}: a file is expected, not a directory")
        if not stat.S_ISREG(mode):
            raise UnreadableError(f"{name}: a regular file is expected, not a pipe, socket or device")
        with Path(name).open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise UnreadableError(f"{name}: no such file") from None
    except OSError as error:
        raise UnreadableError(f"{name}: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        # What stat says of a path with a NUL in it, or with characters that the file system cannot hold.
        raise UnreadableError(f"{shorten_text(name)}: no file can have this name") from None
    if len(data) > limit:
        raise UnreadableError(f"{name}: more than {limit:,} bytes, the limit for {what}")
    return data
