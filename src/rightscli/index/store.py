"""The index's file: where it lies, whether it is still good, and how it is opened.

An index is found with one ``stat`` of its base, or of each of its bases: a pointer, named after the bases' paths, holds their
devices, inodes, sizes, mtime_ns and ctime_ns as they were when they were read, and those of the index as they were when it was
written. Whatever has
been changed since, by anyone, has another ctime, and is built anew. An index is written aside and renamed, so that a reader
sees a whole one or none. Where the cache cannot be written, or is not the user's own, the index is kept in memory, without
a word.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Sequence

from rightscli.base.paths import name_templates
from rightscli.errors import CorruptIndexError
from rightscli.index.queries import Index


def find_index(bases: str | Sequence[str], cache: str | os.PathLike[str] | None) -> Index | None:
    """Return the index of the file, or the files, *bases* if the *cache* holds one that is still good."""
    if cache is None:
        return None
    try:
        names = resolve_names(bases)
        *of, code, status, file, own = read_pointer(get_pointer(names, cache))
        path = os.path.join(cache, file)
        if of != names or code != describe_code() or os.path.basename(file) != file:
            return None
        if status != " ".join(map(describe_base, names)):
            return None
        return open_file(path) if own == describe_file(path, own=True) else None
    except (OSError, ValueError, sqlite3.Error, CorruptIndexError, IndexError, KeyError, TypeError):
        return None


def open_file(path: str) -> Index:
    """Return the index in the file *path*; raise CorruptIndexError, or what SQLite raises."""
    # immutable: nobody writes to it, so no locks and no look for a journal. Two slashes at its start would name a host.
    name = os.fsencode(path).replace(b"%", b"%25").replace(b"?", b"%3f").replace(b"#", b"%23")
    scheme = b"file://" if name.startswith(b"/") else b"file:"
    connection = sqlite3.connect(scheme + name + b"?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        return Index(connection)
    except BaseException:
        connection.close()
        raise


def resolve_names(bases: str | Sequence[str]) -> list[str]:
    """Return the real paths of one base, or of several."""
    return [os.path.realpath(base) for base in ([bases] if isinstance(bases, str) else bases)]


def get_pointer(names: Sequence[str], cache: str | os.PathLike[str]) -> str:
    """Return where the pointer of the files with the real paths *names* is kept."""
    name = "\0".join(names)
    return os.path.join(cache, f"{hash_name(name)}{len(os.fsencode(name)) & 0xFFFF:04x}.at")


def hash_name(name: str) -> str:
    """Return eight hex digits for *name*."""
    return f"{zlib.crc32(os.fsencode(name)):08x}"


def read_pointer(pointer: str | os.PathLike[str]) -> list[str]:
    """Return the bases' real paths, our code's description and theirs, the index's name and its, if the pointer is whole."""
    describe_file(pointer, own=True)
    with open(pointer, "rb") as file:
        return os.fsdecode(file.read()).split("\0")


def describe_file(path: str | os.PathLike[str], *, own: bool = False) -> str:
    """Return what changes when the file does; raise OSError if it is not there, or is no file of our *own*."""
    status = os.lstat(path) if own else os.stat(path)
    if own and not (stat.S_ISREG(status.st_mode) and is_own(status)):
        raise PermissionError(path)
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def describe_base(path: str) -> str:
    """Return what changes when the base's file does, or what is compiled beside it."""
    return f"{describe_file(path)} {describe_templates(path)}"


def describe_templates(base: str) -> str:
    """Return what changes when the compiled citations beside *base* do; without any, a sign of that."""
    try:
        return describe_file(name_templates(base))
    except OSError:
        return "-"


def describe_code() -> str:
    """Return what changes when any module or table of the package does: another release, or a developer's last edit."""
    size = newest = 0
    try:
        folders = [os.path.dirname(os.path.dirname(__file__))]
        for folder in folders:
            for entry in os.scandir(folder):
                if entry.name.endswith((".py", ".txt", ".json")):
                    status = entry.stat()
                    size, newest = size + status.st_size, max(newest, status.st_mtime_ns)
                elif "." not in entry.name and entry.name != "__pycache__":
                    folders.append(entry.path)
    except OSError:
        # In an archive: what can be told is its release, which is in the cache's name.
        return ""
    return f"{size}.{newest}"


def is_own(status: os.stat_result) -> bool:
    """Tell whether a file is this user's."""
    return sys.platform == "win32" or status.st_uid == os.geteuid()
