"""Make the README's pictures in ``docs/pictures/``: a terminal's page, the report of a check, the page of a base.

The first is rich's SVG of what the commands print, the same wherever it is made; ``--check`` compares it, and exits with 1
where it differs. The others are taken by Chromium and depend on its fonts, so they are made only with ``--browser``.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from rightscli.cli import run

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 92
SESSION = (
    ("search", "labour", "camps", "-n", "2"),
    ("cite", "absence-from-work-punished", "--style", "chicago-notes"),
)
# Rich's own loads a font from the network.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; \
line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
DRAFT = """\
# Work and punishment

In 2018, 1,317 North Koreans reached South Korea (hrw-2020:9). Missing work without permission can be punished by three to
six weeks in a labor training camp (Human Rights Watch, 2020, para. 13). North Korea has not joined the International Labour
Organization (hrw-2020:15). Prisoners do forced labor in dangerous conditions (hrw-2020:41).
"""


class _Terminal(io.TextIOWrapper):
    """A standard output that a command takes for a terminal."""

    def isatty(self) -> bool:
        return True


def print_page(arguments: Sequence[str], folder: str) -> str:
    """Return what a command shows on a terminal of ``WIDTH`` columns, with its control sequences."""
    buffer = io.BytesIO()
    out = _Terminal(buffer, encoding="utf-8")
    environment = {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "RIGHTS_PAGER": "", "PATH": os.environ["PATH"]}
    environment |= {"XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder, "HOME": folder, "COLORTERM": "truecolor"}
    with mock.patch.dict(os.environ, environment, clear=True), contextlib.redirect_stdout(out):
        # What is said beside the page would be said here.
        with contextlib.redirect_stderr(_Terminal(io.BytesIO())):
            run(arguments)
        out.flush()
    return buffer.getvalue().decode("utf-8")


def draw_terminal() -> str:
    """Return the SVG of the ``SESSION``."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    with tempfile.TemporaryDirectory() as folder:
        for arguments in SESSION:
            if arguments != SESSION[0]:
                console.print()
            console.print(Text(f"$ rights {' '.join(arguments)}", style="bold"))
            console.print(Text.from_ansi(print_page(arguments, folder).rstrip("\n")))
    drawn = console.export_svg(title="rights", theme=MONOKAI, code_format=FRAME, unique_id="rights")
    return "\n".join(line.rstrip() for line in drawn.split("\n"))


def take_pictures() -> Iterator[Path]:
    """Take the pictures of the report and of the page by Chromium; yield their paths."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.exit("needs chromium")
    rights = [sys.executable, "-m", "rightscli"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "draft.md").write_text(DRAFT, encoding="utf-8")
        environment = os.environ | {"XDG_DATA_HOME": folder, "SOURCE_DATE_EPOCH": "1795737600"}
        for name, arguments, size in (
            ("report", ["check", "draft.md", "-f", "html"], "1000,1320"),
            ("page", ["export", "-f", "html"], "1280,800"),
        ):
            made = subprocess.run([*rights, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
            page = Path(folder) / f"{name}.html"
            page.write_bytes(made.stdout)
            picture = PICTURES / f"{name}.png"
            options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--force-color-profile=srgb"]
            command = [browser, *options, f"--window-size={size}", f"--screenshot={picture}", page.as_uri()]
            subprocess.run(command, capture_output=True, check=True, timeout=120)
            yield picture


def main(arguments: Sequence[str]) -> int:
    """Make the pictures, or compare the first; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare the terminal's page, and write nothing")
    parser.add_argument("--browser", action="store_true", help="take those of Chromium, too")
    options = parser.parse_args(arguments)
    path, drawn = PICTURES / "terminal.svg", draw_terminal()
    if options.check:
        return int(not path.is_file() or path.read_text("utf-8") != drawn)
    PICTURES.mkdir(parents=True, exist_ok=True)
    path.write_text(drawn, encoding="utf-8")
    for made in [path, *(take_pictures() if options.browser else ())]:
        print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
