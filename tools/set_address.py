"""Write another address of the project wherever it is named: ``python tools/set_address.py https://github.com/ORG/rights``.

The address is the ``Repository`` of ``pyproject.toml``. The name in MCP's registry is made from it, as the registry asks:
``io.github.ORG/rights``, or else the host from behind.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]


def read_address(root: Path = ROOT) -> str:
    """Return the address that the project goes by now."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["urls"]["Repository"])


def name_server(address: str) -> str:
    """Return the name of the MCP server of the project at *address*: a domain from behind, a slash, a name."""
    parts = urlsplit(address)
    *owners, name = parts.path.strip("/").split("/")
    if parts.hostname == "github.com":
        return f"io.github.{owners[0]}/{name}"
    return f"{'.'.join(reversed((parts.hostname or '').split('.')))}/{name}"


def list_files(root: Path = ROOT) -> list[Path]:
    """Return the project's files, but for those of the tests, whose addresses are made up."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [
        root / name for name in listed.split("\0") if name and not name.startswith("tests/") and (root / name).is_file()
    ]


def replace_address(new: str, root: Path = ROOT) -> list[Path]:
    """Write *new* for the present address in every file, and the server's name likewise; return the files that changed."""
    changes = {read_address(root): new, name_server(read_address(root)): name_server(new)}
    changed = []
    for path in list_files(root):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            # A picture.
            continue
        told = text
        for old, now in changes.items():
            told = told.replace(old, now)
        if told != text:
            path.write_bytes(told.encode("utf-8"))
            changed.append(path)
    return changed


if __name__ == "__main__":
    if len(sys.argv) != 2 or not urlsplit(sys.argv[1]).hostname or urlsplit(sys.argv[1]).path.count("/") < 1:
        sys.exit((__doc__ or "").partition("\n")[0])
    for path in replace_address(sys.argv[1].rstrip("/")):
        print(path.relative_to(ROOT))
