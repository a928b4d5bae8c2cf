"""The text of a PDF, a form feed between pages, read in a process of its own: its readers may take forever, or abort.

By pypdfium2, where it is installed (the extra ``pdf``), else by ``pdftotext -raw``, which reads columns in the order of the file.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from importlib.util import find_spec
from shutil import which
from subprocess import DEVNULL, PIPE, SubprocessError, TimeoutExpired, run

from rightscli.errors import UnreadableError

_SECONDS, _BYTES = 10, 512 * 2**20
"""How many seconds of a processor a reader may take, and how much memory."""
_MORE = 2 * 10**6
"""Of how many bytes each gives it a second more: a book of 3,000 pages has 15 MB, and takes 7 to 13 seconds."""
_PATIENCE = 4
"""How many times as long it is waited for, where other programs have the processor."""
_MOST = 20 * 10**6
"""The most bytes of text, as of any other copy."""
_BY_HAND = "save its text as plain text, and name that"
_BROWSER_CUT = re.compile("[^\\W\\d_]\u2010\n")
_OWN_HYPHEN = re.compile(r"(?<=\w)-\n([^\W\d_]\S*)(?:[ \n]|\Z)")
_INNER_HYPHEN = re.compile(r"[^\W\d_]-[^\W\d_]")


def read_pdf(content: bytes, name: str) -> str:
    """Return the text of the PDF in *content*. Raises UnreadableError, and says what to do."""
    if find_spec("pypdfium2"):
        # -P: what lies in the working folder is not imported.
        text = _read_pages([sys.executable, "-P", "-m", "rightscli.drafts.pdfpages"], content, name)
    elif program := which("pdftotext"):
        text = _read_text([program, "-raw", "-enc", "UTF-8", "-", "-"], content, name)
    else:
        raise UnreadableError(
            f"{name}: a PDF, and nothing is installed that reads one",
            hint="pip install 'pypdfium2>=4.30,<6', or install pdftotext (poppler-utils)",
        )
    if not any(sign.isalnum() for sign in text):
        raise UnreadableError(f"{name}: no text is in this PDF: it is a scan", hint="let OCR read it first")
    return _restore_hyphens(text)


def _read_pages(command: list[str], content: bytes, name: str) -> str:
    state, _, text = _run_reader(command, content, name)[1].decode("utf-8", "replace").partition("\n")
    if state == "locked":
        raise UnreadableError(f"{name}: protected by a password", hint="remove the password, and save it again")
    if state not in ("read", "damaged"):
        raise _tell_limits(name)
    if state == "damaged":
        raise UnreadableError(f"{name}: a damaged PDF", hint=f"save it again, or {_BY_HAND}")
    return text


def _read_text(command: list[str], content: bytes, name: str) -> str:
    code, printed, told = _run_reader(command, content, name)
    if b"password" in told.lower():
        raise UnreadableError(f"{name}: protected by a password", hint="remove the password, and save it again")
    if code:
        raise UnreadableError(f"{name}: a damaged PDF", hint=f"save it again, or {_BY_HAND}")
    return printed.decode("utf-8", "replace")


def _run_reader(command: list[str], content: bytes, name: str) -> tuple[int, bytes, bytes]:
    """Return the exit status of a reader, what it prints, and what it says of itself."""
    seconds = _SECONDS + len(content) // _MORE
    try:
        done = run(
            command,
            input=content,
            stdout=PIPE,
            stderr=PIPE if command[-1] == "-" else DEVNULL,
            timeout=seconds * _PATIENCE,
            check=False,
            preexec_fn=partial(_limit_reader, seconds) if sys.platform != "win32" else None,
        )
    except TimeoutExpired:
        raise _tell_limits(name, seconds) from None
    except (OSError, SubprocessError) as error:
        raise UnreadableError(f"{name}: a PDF whose reader cannot be started: {error}", hint=_BY_HAND) from None
    if done.returncode < 0:
        raise _tell_limits(name, seconds)
    if len(done.stdout) > _MOST:
        raise UnreadableError(f"{name}: a PDF with more than {_MOST:,} bytes of text", hint="split it")
    return done.returncode, done.stdout, done.stderr or b""


def _tell_limits(name: str, seconds: int = _SECONDS) -> UnreadableError:
    return UnreadableError(
        f"{name}: a PDF that breaks its reader, or takes more than {seconds} seconds or {_BYTES // 2**20} MB to read",
        hint=_BY_HAND,
    )


def _limit_reader(seconds: int) -> None:
    """Let the process take no more memory and time than it may."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _restore_hyphens(text: str) -> str:
    """Return *text* with its hyphens as such: some makers have U+00AD for all of them.

    Where lines end in U+2010, which browsers put at the ends of words that they cut, any other hyphen there is the word's own.
    """
    if _BROWSER_CUT.search(text):
        return _OWN_HYPHEN.sub(r"-\1\n", text)
    return text if _INNER_HYPHEN.search(text) else text.replace("\u00ad", "-")
