"""The reader's browser, which opens the links of passages: it asks the network then, `rights` itself never does."""

from __future__ import annotations

import os
import sys

from rightscli.cli.console import print_aside
from rightscli.errors import NotFoundError
from rightscli.text.addresses import is_web_address


def open_link(ref: str, url: str | None) -> NotFoundError | None:
    """Open *url*, the link of *ref*, in the browser and say so; return the fault where it was not opened."""
    if url is None:
        return NotFoundError(f"{ref} has no link: its source has no URL")
    if not (is_web_address(url) and url.lower().startswith("http")):
        # A browser runs ``javascript:``, ``file:`` and others hand over to a program, and a base may come from anywhere.
        return NotFoundError(f"the link of {ref} is not opened, because it is no web address: {url}")
    if not _ask_browser(url):
        return NotFoundError(f"no browser here opens the link of {ref}: {url}", hint="BROWSER names a browser")
    print_aside(f"opened {url}")
    return None


def _ask_browser(url: str) -> bool:
    """Return whether the browser that BROWSER names, or else the platform's own, took *url*."""
    import webbrowser

    sys.stdout.flush()
    kept = os.dup(1)
    try:
        # Some browsers talk on standard output, which is for the answer.
        os.dup2(2, 1)
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
    finally:
        os.dup2(kept, 1)
        os.close(kept)
