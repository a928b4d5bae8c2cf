"""``rights`` as a process, which is also ``python -m rightscli``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the process was started with, and exit."""
    try:
        # Imported here, so that Ctrl-C ends it quietly from the first moment on.
        from rightscli.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except MemoryError:
        code = 3
    sys.exit(code)


if __name__ == "__main__":
    main()
