"""The one reader of files: bases, copies of sources, drafts."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from rightscli.errors import UnreadableError
from rightscli.words import shorten_text


def open_bytes(name: str, *, limit: int, what: str) -> BinaryIO:
    """Return the file *name*, opened, which holds *what* and at most *limit* bytes.

    Raises UnreadableError. A pipe, socket or device is not even opened: it might never end.
    """
    shown = shorten_text(name, 500)
    try:
        status = Path(name).stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError(f"{shown}: a file is expected, not a directory")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(f"{shown}: a regular file is expected, not a pipe, socket or device")
        if status.st_size > limit:
            raise UnreadableError(f"{shown}: more than {limit:,} bytes, the limit for {what}")
        return Path(name).open("rb")
    except FileNotFoundError:
        raise UnreadableError(f"{shown}: no such file") from None
    except OSError as error:
        raise UnreadableError(f"{shown}: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        # What stat says of a path with a NUL in it, or with characters that the file system cannot hold.
        raise UnreadableError(f"{shown}: no file can have this name") from None


def read_bytes(name: str, *, limit: int, what: str) -> bytes:
    """Return what is in the file *name*, as it was at one moment. Raises as ``open_bytes``, and for a file that changes."""
    with open_bytes(name, limit=limit, what=what) as file:
        before = os.fstat(file.fileno())
        content = file.read(limit + 1)
        after = os.fstat(file.fileno())
    if len(content) > limit or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        # Half of one version and half of another would be judged as if someone had written that.
        raise UnreadableError(f"{shorten_text(name, 500)}: changed while it was read", hint="try again")
    return content


def name_templates(base: str) -> str:
    """Return the path of the compiled citations of the fact base at *base*: ``facts.citations.json`` beside ``facts.yaml``."""
    return str(Path(base).with_suffix(".citations.json"))


def find_bundled_base() -> str:
    """Return the path of the fact base that comes with the program: in the package, or at the top of a checkout."""
    module = Path(__file__).resolve()
    packaged = module.with_name("facts.yaml")
    return str(packaged if packaged.is_file() else module.parents[2] / "facts.yaml")
