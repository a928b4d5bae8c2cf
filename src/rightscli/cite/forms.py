"""What a citation may be asked for as: a form, a markup, the syntax of a program."""

from typing import Literal

CitationForm = Literal["citation", "short", "ibid", "narrative", "bibliography"]
"""A first citation, a later one, one right after another of the same source; one in a sentence; a line in a list of works."""
Markup = Literal["text", "markdown", "html", "latex", "typst", "rtf", "org", "mediawiki"]
Syntax = Literal["pandoc", "latex", "typst", "org", "myst", "sphinx"]
"""Programs that set a bibliography themselves, and take a key in the text."""
