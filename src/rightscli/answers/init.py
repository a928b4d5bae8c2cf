"""A new base, to be filled in."""

from __future__ import annotations

import os
from typing import NamedTuple

from rightscli.answers import clean_text
from rightscli.errors import UsageError

_LIMIT = 10**6


class InitAnswer(NamedTuple):
    """The new base's *path*, the *schema* that was written beside it, empty if there was one, and whether git keeps them."""

    path: str
    schema: str
    in_git: bool


def begin_base(path: str | os.PathLike[str] = "facts.yaml") -> InitAnswer:
    """Write a base with a header to fill in and examples in comments into the new file *path*; beside it, the JSON Schema.

    The base loads as it stands. Raises UsageError for an empty path, UnreadableError where a file is there already.
    """
    from rightscli.base.paths import find_begun_base, find_schema, is_in_git
    from rightscli.files import create_bytes, read_bytes

    name = os.fspath(path)
    if not name:
        raise UsageError("the path of the base is empty")
    create_bytes(name, read_bytes(find_begun_base(), limit=_LIMIT, what="a base to begin with"))
    schema = os.path.join(os.path.dirname(name), os.path.basename(find_schema()))
    # The one that is there may be the user's own.
    missing = not os.path.lexists(schema)
    if missing:
        create_bytes(schema, read_bytes(find_schema(), limit=_LIMIT, what="the schema of bases"))
    return InitAnswer(clean_text(name), clean_text(schema) if missing else "", is_in_git(name))
