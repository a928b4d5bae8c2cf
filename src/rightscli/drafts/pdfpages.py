"""The program that ``pdf`` starts: a PDF on standard input → how that went on a line, and then the text of its pages."""

from __future__ import annotations

import sys
from itertools import pairwise
from statistics import median
from typing import Any

_APART = 1.35
"""How many times the usual distance of two lines stands between paragraphs: word processors and browsers make 1.5 or more."""


def print_pages() -> None:
    """Print ``read`` and the pages, with form feeds between; ``locked`` or ``damaged`` where there are none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        pages = [_read_page(page.get_textpage()) for page in document]
    except pypdfium2.PdfiumError as error:
        state = "locked" if "password" in str(error).lower() else "damaged"
        sys.stdout.buffer.write(f"{state}\n".encode())
        return
    sys.stdout.buffer.write(f"read\n{chr(12).join(pages)}".encode("utf-8", "replace"))


def _read_page(page: Any) -> str:
    """Return the lines of a page, with a blank one where more stands between two than between most."""
    lines = page.get_text_range().split("\r\n")
    bottoms: list[float | None] = []
    place, count = 0, page.count_chars()
    for line in lines:
        bottoms.append(page.get_charbox(place, loose=True)[1] if line.strip() and place < count else None)
        # PDFium counts the hyphen at a line's end, and a line's end as two.
        place += len(line) + 2
    steps = [above - below if above is not None and below is not None else 0.0 for above, below in pairwise(bottoms)]
    usual = median([step for step in steps if step > 0] or [0.0])
    parted = [lines[0]]
    for line, step in zip(lines[1:], steps, strict=True):
        parted += ["", line] if step > _APART * usual > 0 else [line]
    return "\n".join(parted)


if __name__ == "__main__":
    print_pages()
