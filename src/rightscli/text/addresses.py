"""What an address on the web or a DOI is, and which of them a link may open."""

from __future__ import annotations

import re

_SCHEMES = ("http", "https", "mailto", "doi")
"""What a link may begin with. A browser runs ``javascript:`` and ``data:``; ``file:`` and others hand over to a program."""
# Browsers leave out tabs and line ends, and what stands before the scheme and no reader sees.
_SCHEME = re.compile(r"[\0-\x20\u200b-\u200f\u2060\ufeff]*([a-z][a-z0-9+.\t\n\r-]*):", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#@<>\"\\^`{|}]+(?:[/?#][^\s<>\"\\^`{|}]*)?", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{1,9}(?:\.[0-9]+)*/\S+")
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE)


def is_safe_address(text: str) -> bool:
    """Tell whether a program may open *text* as a link without running anything: what names no scheme, or one of ours."""
    scheme = _SCHEME.match(text)
    return scheme is None or re.sub(r"[\t\n\r]", "", scheme[1]).lower() in _SCHEMES


def is_web_address(text: str) -> bool:
    """Tell whether *text* is a whole address on the web, or else of a mailbox."""
    return _WEB.fullmatch(text) is not None or re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", text) is not None


def is_doi(text: str) -> bool:
    """Tell whether *text* is a DOI, and not its address."""
    return _DOI.fullmatch(text) is not None


def strip_resolver(text: str) -> str:
    """Return the DOI in *text*, ``https://doi.org/10.1/x`` or ``doi:10.1/x``; another text as it stands."""
    found = _RESOLVER.match(text)
    return text[found.end() :] if found and is_doi(text[found.end() :]) else text
