"""The folder of indexes: a new one is written aside and renamed, a pointer says where it lies, and old files are swept."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rightscli.base.paths import name_templates
from rightscli.errors import CorruptIndexError
from rightscli.index.queries import Index
from rightscli.index.store import (
    describe_base,
    describe_code,
    describe_file,
    describe_templates,
    get_pointer,
    hash_name,
    is_own,
    open_file,
    read_pointer,
    resolve_names,
)
from rightscli.index.writing import IndexWriter

if TYPE_CHECKING:
    from collections.abc import Callable

_OLD_SECONDS = 3600
# A base that was changed so shortly before it was read may change once more within the same tick of the file system.
_TICK_NS = 2_000_000_000


def build_index(
    bases: str | Sequence[str], cache: str | os.PathLike[str] | None, fill: Callable[[IndexWriter], str]
) -> Index:
    """Return a new index of the file, or the files, *bases*, kept in the *cache* where that can be written, else in memory.

    *fill* reads the bases into the writer and returns the SHA-256 of each, with a blank between them; what it raises is passed
    on, and nothing is left behind.
    """
    if cache is not None:
        try:
            return _build_file(resolve_names(bases), Path(cache), fill)
        except (OSError, sqlite3.Error, CorruptIndexError):
            pass  # no room, no right, or gone meanwhile: none of it is the user's business
    connection = sqlite3.connect(":memory:")
    try:
        fill(IndexWriter(connection))
        return Index(connection)
    except BaseException:
        connection.close()
        raise


def _build_file(names: Sequence[str], cache: Path, fill: Callable[[IndexWriter], str]) -> Index:
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not is_own(cache.stat()):
        raise PermissionError(cache)
    _sweep_cache(cache)
    templates = [describe_templates(name) for name in names]
    aside = cache / f"{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        digests = _write_file(aside, fill).split(" ")
        found = [_vouch_for(Path(name), digest) for name, digest in zip(names, digests, strict=True)]
        states = [status for status in found if status is not None]
        if len(states) < len(names) or templates != [describe_templates(name) for name in names]:
            # Nobody could find it again. It is open, so it can be read to the end though its name goes.
            return open_file(str(aside))
        pointer = Path(get_pointer(names, cache))
        whole = digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()
        path = cache / f"{pointer.stem}-{hash_name(describe_code())}-{whole[:16]}.index"
        aside.replace(path)
        with suppress(OSError):
            _make_file(aside)
            told = (*names, describe_code(), " ".join(states), path.name, describe_file(path, own=True))
            aside.write_bytes(os.fsencode("\0".join(told)))
            aside.replace(pointer)
        return open_file(str(path))
    finally:
        with suppress(OSError):
            aside.unlink()


def _write_file(path: Path, fill: Callable[[IndexWriter], str]) -> str:
    """Write an index to a new file, down to the disk; return what *fill* does."""
    _make_file(path)
    connection = sqlite3.connect(path)
    try:
        digests = fill(IndexWriter(connection))
    finally:
        connection.close()
    # Else a pointer may outlive what it points to when the power fails; and some disks tell only now that they are full.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return digests


def _make_file(path: Path) -> None:
    """Make a new and empty file that is for its owner alone, whatever the umask; one that is there is none of ours."""
    path.touch(mode=0o600, exist_ok=False)
    path.chmod(0o600)


def _vouch_for(base: Path, digest: str) -> str | None:
    """Return what tells the file *base* from any later state of it; None if that cannot be told, or it is not what was read.

    It is read once more, because its name, or a link to it, may have stood for another file while it was read.
    """
    from hashlib import file_digest

    now, status = time.time_ns(), describe_base(str(base))
    changed = [path.stat() for path in (base, Path(name_templates(str(base)))) if path.exists()]
    with base.open("rb") as file:
        same = file_digest(file, "sha256").hexdigest() == digest
    # On Windows ctime is when the file was made; elsewhere no write leaves it alone, and mtime is whatever anyone says.
    last = max(one.st_mtime_ns if sys.platform == "win32" else one.st_ctime_ns for one in changed)
    return status if same and now - last > _TICK_NS and status == describe_base(str(base)) else None


def discard_indexes(cache: str | os.PathLike[str] | None) -> None:
    """Forget every index in the *cache*; the next look-up builds its own anew."""
    for pointer in Path(cache).glob("*.at") if cache else ():
        with suppress(OSError):
            pointer.unlink()


def discard_index(base: str, cache: str | os.PathLike[str] | None) -> None:
    """Remove the index of the file *base* from the *cache*, with what it holds."""
    if cache is None:
        return
    pointer = Path(get_pointer(resolve_names(base), cache))
    for path in (*Path(cache).glob(f"{pointer.stem}-*.index"), pointer):
        with suppress(OSError):
            path.unlink()


def _sweep_cache(cache: Path) -> None:
    """Remove what builds that were killed have left, and indexes that no pointer names any more."""
    named = set[str]()
    for pointer in cache.glob("*.at"):
        with suppress(OSError):
            named.update(read_pointer(pointer))
    # Only names that we give: where this folder turns out to be another one, its files are not ours to remove.
    ours = ("[0-9]*-[0-9]*.tmp", f"{'[0-9a-f]' * 12}-{'[0-9a-f]' * 8}-{'[0-9a-f]' * 16}.index")
    for path in (path for pattern in ours for path in cache.glob(pattern)):
        with suppress(OSError):
            if path.name not in named and time.time() - path.lstat().st_mtime > _OLD_SECONDS:
                path.unlink()
