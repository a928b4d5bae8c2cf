"""The one reader of files, bases, copies of sources, drafts; and the writer of those that are kept for one user alone."""

from __future__ import annotations

import glob
import os
import stat
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from rightscli.errors import ChangedError, UnreadableError, UsageError
from rightscli.text.folding import shorten_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


_TRIES = 100
"""How often a file is read again where others write to it at the same time."""
_Answer = TypeVar("_Answer")


def open_bytes(name: str, *, limit: int, what: str, pipes: bool = False) -> BinaryIO:
    """Return the file *name*, opened, which holds *what* and at most *limit* bytes.

    Raises UnreadableError. A pipe, socket or device is not even opened, for it might never end; with *pipes*, a pipe and
    standard input are waited for as a shell does, and whoever reads them stops at *limit*.
    """
    shown = shorten_text(name, 500)
    if not name:
        # To the system it is the working folder.
        raise UsageError(f"the path of {what} is empty")
    try:
        status = Path(name).stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError(f"{shown}: a file is expected, not a directory")
        is_stream = pipes and (stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode))
        if not (stat.S_ISREG(status.st_mode) or is_stream):
            raise UnreadableError(f"{shown}: a regular file is expected, not a pipe, socket or device")
        if status.st_size > limit:
            raise UnreadableError(f"{shown}: more than {limit:,} bytes, the limit for {what}")
        return Path(name).open("rb")
    except FileNotFoundError:
        raise UnreadableError(f"{shown}: no such file") from None
    except OSError as error:
        raise _tell_fault(name, error) from None
    except ValueError:
        # What stat says of a path with a NUL in it, or with characters that the file system cannot hold.
        raise UnreadableError(f"{shown}: no file can have this name") from None


def read_bytes(name: str, *, limit: int, what: str, pipes: bool = False) -> bytes:
    """Return what is in the file *name*, as it was at one moment, and with *pipes* all that comes out of one.

    Raises as ``open_bytes``, for a file that changes, and for a pipe that holds more than *limit* bytes.
    """
    with open_bytes(name, limit=limit, what=what, pipes=pipes) as file:
        before = os.fstat(file.fileno())
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise _tell_fault(name, error) from None
        after = os.fstat(file.fileno())
    if not stat.S_ISREG(before.st_mode):
        if len(content) > limit:
            raise UnreadableError(f"{shorten_text(name, 500)}: more than {limit:,} bytes, the limit for {what}")
        return content
    if len(content) > limit or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        # Half of one version and half of another would be judged as if someone had written that.
        raise UnreadableError(f"{shorten_text(name, 500)}: changed while it was read", hint="try again")
    return content


def list_files_once(names: Iterable[str]) -> list[str]:
    """Return *names* without those of a file that one before them names: the same path, another way to it, a link."""
    known: dict[object, str] = {}
    for name in names:
        try:
            status = os.stat(name)
            known.setdefault((status.st_dev, status.st_ino), name)
        except (OSError, ValueError):
            # Whoever reads it says so.
            known.setdefault(name, name)
    return list(known.values())


def is_same_file(name: str, other: str) -> bool:
    """Return whether both names are of one file that is there."""
    try:
        return os.path.samefile(name, other)
    except (OSError, ValueError):
        return False


def rewrite_file(
    name: str, change: Callable[[bytes], tuple[_Answer, bytes | None]], *, limit: int, what: str
) -> _Answer:
    """Return what *change* answers of the content of the file *name*, once what it makes of it has been written.

    It makes None, or the same, where nothing is to be written. It is asked again where somebody else has written meanwhile, for
    what it makes has to fit that. Raises UnreadableError, as ``read_bytes`` and ``replace_bytes``.
    """
    for left in reversed(range(_TRIES)):
        before = read_bytes(name, limit=limit, what=what)
        answer, after = change(before)
        if after is None or after == before:
            break
        try:
            replace_bytes(name, before, after)
            break
        except ChangedError:
            if not left:
                raise
    return answer


def replace_bytes(name: str, before: bytes, after: bytes) -> None:
    """Put *after* into the file *name*, which holds *before*: all of it or, if that fails, nothing.

    Its owner, its rights and its other names stay; a link's file is replaced, not it. Raises UnreadableError for a file that
    was changed meanwhile, is write-protected (for root, too), or cannot be written to.
    """

    def require_unchanged() -> None:
        with open_bytes(name, limit=sys.maxsize, what="a file that is written to") as file:
            same = file.read(len(before) + 1) == before
        if not same:
            raise ChangedError(f"{shorten_text(name, 500)}: changed since it was read", hint="try again")

    require_unchanged()
    path = Path(name).resolve()
    try:
        with _lock_folder(path.parent):
            status = path.stat()
            if not status.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
                raise UnreadableError(f"{shorten_text(name, 500)}: write-protected, so it is not written to")
            _sweep_folder(path.parent, glob.escape(path.name[:_NAME_KEPT]))
            is_own = sys.platform == "win32" or os.geteuid() in (0, status.st_uid)
            if status.st_nlink > 1 or not is_own:
                _overwrite_file(path, before, after, check=require_unchanged)
            else:
                _write_aside(path, after, like=path, check=require_unchanged)
    except OSError as error:
        raise _tell_fault(name, error, "cannot be written: ") from None


def create_bytes(name: str, content: bytes) -> None:
    """Put *content* into the new file *name*: all of it or nothing.

    Raises UnreadableError where there is a file or a link of that name already, and where none can be written.
    """
    path = Path(name)
    try:
        if os.path.lexists(path):
            raise FileExistsError
        aside = path.with_name(f".{path.name[:_NAME_KEPT]}.{os.getpid()}-{time.monotonic_ns()}.tmp")
        with _forget_file(aside):
            with aside.open("xb") as file:
                _fill_file(file, content)
            _name_file(aside, path, content)
    except FileExistsError:
        message = f"{shorten_text(name, 500)}: is there already, and stays as it is"
        raise UnreadableError(message, hint="name another file") from None
    except OSError as error:
        raise _tell_fault(name, error, "cannot be written: ") from None
    except ValueError:
        raise UnreadableError(f"{shorten_text(name, 500)}: no file can have this name") from None


def _name_file(aside: Path, path: Path, content: bytes) -> None:
    """Give the file *aside* the name *path* as well; raise FileExistsError where there is one: a rename would take its place."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system where a file has one name only.
        with path.open("xb") as file:
            _fill_file(file, content)


@contextmanager
def _forget_file(path: Path) -> Iterator[None]:
    """Remove the file *path* in the end."""
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()


def write_bytes(name: str, content: bytes, *, through_link: bool = True) -> None:
    """Put *content* into the file *name*, new or not: all of it or, if that fails, nothing.

    Raises UnreadableError, for a link, too, unless *through_link*.
    """
    if not name:
        raise UsageError("the path of the file to write is empty")
    path = Path(name).resolve()
    try:
        if not through_link and os.path.islink(name):
            message = f"{shorten_text(name, 500)}: a link, and what it leads to is not written over"
            raise UnreadableError(message, hint="remove the link")
        _write_aside(path, content, like=path if path.exists() else None)
    except OSError as error:
        raise _tell_fault(name, error, "cannot be written: ") from None


def _tell_fault(name: str | Path, error: OSError, doing: str = "") -> UnreadableError:
    return UnreadableError(f"{shorten_text(str(name), 500)}: {doing}{(error.strerror or str(error)).lower()}")


@contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Keep other writers of this program's out of *folder*; the system lets them in again, whatever ends this one.

    Where folders cannot be locked, as on Windows and some networks, a file that changed is still told but in its last moment.
    """
    with ExitStack() as stack:
        if sys.platform != "win32":
            from fcntl import LOCK_EX, flock

            with suppress(OSError):
                descriptor = os.open(folder, os.O_RDONLY)
                stack.callback(os.close, descriptor)
                flock(descriptor, LOCK_EX)
        yield


def _overwrite_file(path: Path, before: bytes, after: bytes, *, check: Callable[[], None]) -> None:
    """Put *after* for *before* into a file that has other names or is another user's: a new file would have neither."""
    check()
    with path.open("r+b") as file:
        try:
            _fill_file(file, after)
        except BaseException:
            file.seek(0)
            _fill_file(file, before)
            raise


def _fill_file(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


def _write_aside(
    path: Path,
    content: bytes,
    *,
    mode: int = 0o666,
    like: Path | None = None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Write *content* beside *path*, down to the disk, and rename it; with the owner and rights of *like*, else with *mode*.

    *check* is called at the last moment before. Raises OSError where the owner cannot be kept.
    """
    aside = path.with_name(f".{path.name[:_NAME_KEPT]}.{os.getpid()}-{time.monotonic_ns()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        # For its owner alone, until it has the rights that it is to have.
        with os.fdopen(os.open(aside, flags, mode if like is None else 0o600), "wb") as file:
            _fill_file(file, content)
        if like is not None:
            _copy_rights(like, aside)
        check()
        aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink()


def _copy_rights(path: Path, aside: Path) -> None:
    """Give *aside* the owner, the rights and the extended attributes of *path*."""
    from shutil import copystat

    status, own = path.stat(), aside.stat()
    if sys.platform != "win32" and (status.st_uid, status.st_gid) != (own.st_uid, own.st_gid):
        os.chown(aside, status.st_uid, status.st_gid)
    copystat(path, aside)
    os.utime(aside)


_LEFT_SECONDS = 3600
"""A file written aside that is older was left by a writer that was killed."""
_NAME_KEPT = 50
"""How many characters of a file's name are in that of the one written aside, which may not be too long."""


def read_private(path: Path, *, limit: int, what: str) -> bytes | None:
    """Return what is in the file *path*, which this program wrote for this user alone; None if there is none.

    Raises UnreadableError for a link, a file or folder of another user's or that others may write to, and for what is
    larger than *limit* bytes.
    """
    shown = shorten_text(str(path), 500)
    if not _check_folder(path.parent):
        return None
    try:
        # Not blocking: a pipe may have been put there.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if path.is_symlink():
            raise UnreadableError(f"{shown}: a link where {what} is expected", hint="remove it")
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or not _is_private(status):
                raise UnreadableError(f"{shown}: not a file of this user's alone", hint="remove it")
            content = file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _tell_fault(path, error) from None
    if len(content) > limit:
        raise UnreadableError(f"{shown}: more than {limit:,} bytes, the limit for {what}", hint="remove it")
    return content


def write_private(path: Path, content: bytes) -> None:
    """Put *content* into the file *path* for this user alone (0600, its folder 0700): all of it or, if that fails, nothing.

    Raises UnreadableError where the folder is a link or another user's, or cannot be written to.
    """
    try:
        for folder in (*reversed(path.parent.parents), path.parent):
            # As the XDG Base Directory specification asks; mkdir's own parents would follow the umask.
            if not folder.exists():
                folder.mkdir(exist_ok=True, mode=0o700)
        _check_folder(path.parent)
        path.parent.chmod(0o700)
        _sweep_folder(path.parent, "*")
        _write_aside(path, content, mode=0o600)
        _sync_folder(path.parent)
    except OSError as error:
        raise _tell_fault(path, error, "cannot be written: ") from None


def remove_private(path: Path) -> bool:
    """Remove the file, or link, *path* from a folder of this user's; tell whether there was one."""
    if not _check_folder(path.parent):
        return False
    try:
        path.unlink()
        _sync_folder(path.parent)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _tell_fault(path, error, "cannot be removed: ") from None
    return True


def list_private(folder: Path, pattern: str) -> list[Path]:
    """Return the files in a *folder* of this user's whose names match *pattern*, in order; none where there is no folder."""
    try:
        return sorted(folder.glob(pattern)) if _check_folder(folder) else []
    except OSError as error:
        raise _tell_fault(folder, error) from None


def _check_folder(folder: Path) -> bool:
    """Tell whether there is a *folder*; raise UnreadableError if it is not one of this user's alone."""
    shown = shorten_text(str(folder), 500)
    try:
        status = folder.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _tell_fault(folder, error) from None
    if stat.S_ISLNK(status.st_mode):
        raise UnreadableError(f"{shown}: a link where a folder is expected", hint="remove it")
    if not stat.S_ISDIR(status.st_mode):
        raise UnreadableError(f"{shown}: a folder is expected", hint="remove it")
    if not _is_private(status):
        raise UnreadableError(
            f"{shown}: another user's folder, or one that others may write to", hint="remove it, or make it yours alone"
        )
    # Whoever owns the folder around may put another one in its place.
    outer = folder.parent.stat()
    if sys.platform != "win32" and (outer.st_uid not in (os.geteuid(), 0) or outer.st_mode & 0o1002 == 0o002):
        raise UnreadableError(f"{shown}: in another user's folder, or in one that others may write to")
    return True


def _is_private(status: os.stat_result) -> bool:
    """Tell whether a file or folder is this user's and nobody else may write to it."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _sync_folder(folder: Path) -> None:
    """Let the names in *folder* outlive a power cut, where the platform can."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep_folder(folder: Path, name: str) -> None:
    """Remove what writers that were killed have left of the files whose names match *name*."""
    for path in folder.glob(f".{name}.[0-9]*-[0-9]*.tmp"):
        with suppress(OSError, ValueError):
            writer = int(path.name.split(".")[-2].partition("-")[0])
            if not _is_running(writer) or time.time() - path.lstat().st_mtime > _LEFT_SECONDS:
                path.unlink()


def _is_running(process: int) -> bool:
    """Tell whether there may be such a *process*."""
    if sys.platform == "win32":
        # Nothing can be asked there without ending it.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True
