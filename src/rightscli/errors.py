"""What can go wrong: one family of errors, each with its exit code.

Raise where the fault is known; only ``cli`` turns an error into a message and an exit.
"""

from collections.abc import Sequence
from typing import NamedTuple, NoReturn


class RightsError(Exception):
    """A fault that the user can act on: *message* says what, *hint* (if any) the way out.

    Both are lower case and without a full stop. ``code`` names the kind of fault for programs, ``exit_code`` is
    the process's exit status.
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def messages(self) -> tuple[str, ...]:
        """Every complaint, one line each."""
        return (self.message,)


class NotFoundError(RightsError):
    """A well-formed name, pinpoint or query that names nothing in this base."""

    code = "not-found"


class BrokenSealError(NotFoundError):
    """A sealed pinpoint whose seal is not that of the words in this base."""

    code = "seal-broken"


class UsageError(RightsError):
    """A request that cannot be understood: a malformed REF, an unknown format, no word at all."""

    code = "usage"
    exit_code = 2


class UnreadableError(RightsError):
    """A base, source or other file that cannot be read, or not as what it should be."""

    code = "unreadable"
    exit_code = 3


class MissingPackageError(UnreadableError):
    """A Python package that only one command needs, and that is not installed."""

    code = "not-installed"


class ChangedError(UnreadableError):
    """A file that is no longer what it was when it was read, so that what was made of it must not be written there."""

    code = "changed"


class CorruptIndexError(UnreadableError):
    """An index in the cache that is not what was written there: to be thrown away and built anew."""

    code = "corrupt-index"


class SeveralErrors(UsageError):
    """Several requests, none of which can be understood: *errors* are the faults of each, in order."""

    def __init__(self, errors: Sequence[RightsError]) -> None:
        super().__init__(errors[0].message, hint=errors[0].hint)
        self.errors = errors


class UnreadableFilesError(UnreadableError):
    """Several files at fault, of which at least one cannot be read: *errors* are the faults of each, in order."""

    def __init__(self, errors: Sequence[RightsError]) -> None:
        first = next(error for error in errors if isinstance(error, UnreadableError))
        super().__init__(first.message, hint=first.hint)
        self.errors = errors


def raise_together(errors: Sequence[RightsError]) -> NoReturn:
    """Raise the only one of *errors*, or an error that holds them all: UnreadableFilesError where one of them is unreadable."""
    if len(errors) == 1:
        raise errors[0]
    if any(isinstance(error, UnreadableError) for error in errors):
        raise UnreadableFilesError(errors)
    raise SeveralErrors(errors)


class Problem(NamedTuple):
    """One fault in a file. *line* counts from 1; *place* is a dotted path such as ``facts.some-id.cites``, or empty."""

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{self.file}:{self.line}: {place}{self.message}"


class BadBaseError(UnreadableError):
    """A fact base with faults: *problems* holds every one of them, in line order."""

    code = "bad-base"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems

    @property
    def messages(self) -> tuple[str, ...]:
        """Every problem, one line each, as ``file:line: place: message``."""
        return tuple(str(problem) for problem in self.problems)
