"""Where what belongs to a base lies, by name only: no file is opened here."""

from __future__ import annotations

import os


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
