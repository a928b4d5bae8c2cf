"""Where what belongs to a base lies, by name only: no file is opened here."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

BUNDLED = "@bundled"
"""What the bundled base goes by in a list of bases."""


def name_templates(base: str) -> str:
    """Return the path of the compiled citations of the fact base at *base*: ``facts.citations.json`` beside ``facts.yaml``."""
    return os.path.splitext(base)[0] + ".citations.json"


def find_bundled_base() -> str:
    """Return the path of the fact base that comes with the program: in the package, or at the top of a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    packaged = os.path.join(package, "facts.yaml")
    return (
        packaged if os.path.isfile(packaged) else os.path.join(os.path.dirname(os.path.dirname(package)), "facts.yaml")
    )


def name_bases(paths: Sequence[str]) -> list[str]:
    """Return the names of the bases at *paths*: ``bundled``, or the file's name without ``.yaml``, as a REF can have it.

    Of several that are called alike, the second has ``-2`` behind its name.
    """
    bundled = os.path.realpath(find_bundled_base())
    names: list[str] = []
    for path in paths:
        stem = re.sub(r"\.ya?ml$", "", os.path.basename(path).lower())
        name = "bundled" if os.path.realpath(path) == bundled else re.sub(r"[^\w.-]+", "-", stem) or "base"
        number, free = 1, name
        while free in names:
            number += 1
            free = f"{name}-{number}"
        names.append(free)
    return names


def describe_bases(bases: Sequence[Mapping[str, str]]) -> str:
    """Return the titles of *bases* with their names; of many, how many they are."""
    if len(bases) > _MOST_NAMED:
        return f"these {len(bases)} bases"
    *others, last = [f"{base['title']} ({base['name']})" for base in bases]
    return f"{', '.join(others)} and {last}" if others else last


_MOST_NAMED = 3


def find_begun_base() -> str:
    """Return the path of the base that a user begins with: a header to fill in, and examples in comments."""
    return os.path.join(os.path.dirname(os.path.realpath(__file__)), "begun.yaml")


def find_schema() -> str:
    """Return the path of the JSON Schema of bases, by which editors complete and check them."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "facts.schema.json")


def is_in_git(path: str) -> bool:
    """Tell whether the file at *path* lies in a git checkout."""
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True


def is_packaged(path: str) -> bool:
    """Tell whether the base at *path* is part of the installed program."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    return os.path.realpath(path).startswith(package + os.sep)
