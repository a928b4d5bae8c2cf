"""The program that ``pdf`` starts: a PDF on standard input → how that went on a line, and then the text of its pages."""

from __future__ import annotations

import re
import sys
from ctypes import c_double
from math import hypot
from typing import Any

from rightscli.drafts.pdfparagraphs import PageLine, write_pages

_LINE = re.compile("([^\r\n\ufffe]*)(\ufffe(?:\r\n)?|\r\n|\r|\n|\\Z)")
_FIRST_WORD = re.compile(r"\s*(\S+)")
_NOTE_NUMBER = re.compile(r"(?:(?<=[^\W\d_])|(?<=[.,;:!?)\]”’\"'])|\A)\d{1,3}(?!\d)")
_DIGIT, _CONTROL = re.compile("[0-9]"), re.compile("[\x0b-\x1f]")
_RAISED = 0.86
"""How many times the size of the sign beside it the number of a note has at most."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What fonts in TeX's encodings show that do not say which signs they hold: Cork's, and the ligatures of the older one.
_TEX_SIGNS = str.maketrans(
    dict(zip("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f", "“ ” „ « » – — ff fi fl ffi ffl".split(), strict=True))
    | dict(zip("\x0b\x0c\x0e\x0f", "ff fi ffi ffl".split(), strict=True))
)


def print_pages() -> None:
    """Print ``read`` and the pages, with form feeds between; ``locked`` or ``damaged`` where there are none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(_PageReader(text).read_lines())
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        state = "locked" if "password" in str(error).lower() else "damaged"
        sys.stdout.buffer.write(f"{state}\n".encode())
        return
    sys.stdout.buffer.write(f"read\n{write_pages(pages)}".encode("utf-8", "replace"))


class _PageReader:
    """The characters of a page, which PDFium counts from 0: the hyphen at a line's end is one, and a line's end two."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw

        self._page = page
        self._raw: Any = pypdfium2.raw
        self._x, self._y = c_double(), c_double()
        self._matrix, self._box = self._raw.FS_MATRIX(), self._raw.FS_RECTF()

    def read_lines(self) -> list[PageLine]:
        """Return the filled lines of the page, in the file's order."""
        text, count = self._page.get_text_range(), self._page.count_chars()
        lines = []
        for found in _LINE.finditer(text):
            is_cut = found[2][:1] == "\ufffe"
            if found[1].strip() and found.end(1) + is_cut <= count:
                lines.append(self._place_line(found[1], found.start(1), is_cut=is_cut))
        return lines

    def _place_line(self, text: str, start: int, *, is_cut: bool) -> PageLine:
        """Return the line *text*, whose first character is the one at *start*; *is_cut* says that a hyphen ends it."""
        word = _FIRST_WORD.match(text)
        assert word
        left, baseline = self._find_origin(start + word.start(1))
        size = self._measure_size(start + word.start(1))
        right = self._find_right(start + len(text.rstrip()) - 1 + is_cut)
        wide = self._find_right(start + word.end(1) - 1) - left
        shown = text.rstrip()
        # Asked first: most lines have neither, and a book has 100,000 of them.
        if _DIGIT.search(shown):
            shown = _NOTE_NUMBER.sub(lambda found: self._raise_number(found, start), shown)
        if _CONTROL.search(shown):
            shown = shown.translate(_TEX_SIGNS)
        return PageLine(f"{shown}-" if is_cut else shown, left, right, baseline, size, wide)

    def _raise_number(self, found: re.Match[str], start: int) -> str:
        """Return a number as superscript if it is that of a note: smaller than the sign beside it."""
        beside = found.start() - 1 if found.start() else found.end()
        beside += found.string[beside : beside + 1].isspace()
        if beside >= len(found.string):
            return found[0]
        place = found.start()
        is_raised = self._measure_size(start + place) < _RAISED * self._measure_size(start + beside)
        return found[0].translate(_SUPERSCRIPTS) if is_raised else found[0]

    def _find_origin(self, place: int) -> tuple[float, float]:
        """Return where the character at *place* stands on its baseline, in points from the lower left corner."""
        self._raw.FPDFText_GetCharOrigin(self._page, place, self._x, self._y)
        return self._x.value, self._y.value

    def _find_right(self, place: int) -> float:
        self._raw.FPDFText_GetLooseCharBox(self._page, place, self._box)
        return float(self._box.right)

    def _measure_size(self, place: int) -> float:
        """Return the size of type, in points, as the page shows it."""
        self._raw.FPDFText_GetMatrix(self._page, place, self._matrix)
        return float(self._raw.FPDFText_GetFontSize(self._page, place) * hypot(self._matrix.c, self._matrix.d))


if __name__ == "__main__":
    print_pages()
