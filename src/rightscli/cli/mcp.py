"""rights mcp: the base for language models, by the Model Context Protocol."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rightscli.cli.console import open_library, print_aside
from rightscli.errors import MissingPackageError

if TYPE_CHECKING:
    from rightscli.cli.parsing import BaseOption


def mcp(base: BaseOption = None) -> None:
    """Serve the base to language models, by their MCP clients."""
    try:
        from rightscli.mcp.server import serve_models
    except ImportError as fault:
        # Of a version before 2, the package is there and lacks what is asked of it.
        if (fault.name or "").startswith("rightscli"):
            raise
        # By its own name: from a clone, no index has the extra.
        raise MissingPackageError("the package mcp is not installed: pip install 'mcp>=2.0,<3'") from None
    if sys.stdin.isatty():
        print_aside("a client asks here, line by line; it is told to start rights mcp, and Ctrl-D ends it")
    serve_models(lambda: open_library(base))
