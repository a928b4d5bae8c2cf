"""The file ``.rights.toml`` → what it sets for the folder that it lies in, and for all below: ``bases`` and ``style``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence

from rightscli.base.paths import BUNDLED
from rightscli.errors import UnreadableError
from rightscli.files import read_bytes
from rightscli.text.folding import shorten_text

_LIMIT = 10**6
_FIELDS = ("bases", "style")


def read_settings(path: str) -> tuple[Sequence[str], str | None]:
    """Return the paths of the bases and the name of the style that the file at *path* sets; a path in it is one from its folder.

    Raises UnreadableError for a file that cannot be read, is no TOML, or sets what is not understood.
    """
    shown = shorten_text(path, 500)
    try:
        settings = tomllib.loads(read_bytes(path, limit=_LIMIT, what="settings").decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(f"{shown}: no TOML: {str(error).lower()}") from None
    if unknown := sorted(settings.keys() - set(_FIELDS)):
        raise UnreadableError(f"{shown}: unknown field '{shorten_text(unknown[0])}'", hint="bases or style is expected")
    bases, style = settings.get("bases", []), settings.get("style")
    if not isinstance(bases, list) or not all(base and isinstance(base, str) for base in bases):
        raise UnreadableError(f"{shown}: bases: a list of paths is expected", hint='bases = ["facts.yaml", "@bundled"]')
    if style is not None and not isinstance(style, str):
        raise UnreadableError(f"{shown}: style: a style's name is expected", hint='style = "oscola"')
    folder = os.path.dirname(path)
    return [base if base == BUNDLED else os.path.join(folder, os.path.expanduser(base)) for base in bases], style
