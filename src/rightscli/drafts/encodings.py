"""The encoding of a copy: the one that it declares, by its first bytes or in its head; else UTF-8; else windows-1252."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 4096
# What the WHATWG Encoding standard reads these labels as: pages that claim Latin-1 are windows-1252.
_ALIASES = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1", "l1"), "windows-1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr", "ksc5601"), "cp949"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis"), "cp932"),
    "iso-8859-9": "windows-1254",
    "tis-620": "cp874",
}
_FALLBACK = "windows-1252"


def find_encoding(content: bytes) -> str | None:
    """Return the encoding that *content* declares, as Python names it; None where it declares none that is known."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    declared = _DECLARED.search(content, 0, _HEAD)
    if not declared:
        return None
    label = (declared[1] or declared[2]).decode("ascii", "replace").lower()
    name = _ALIASES.get(label, label)
    try:
        # Not those that turn bytes into bytes, or code into text.
        known = codecs.lookup(name)
        return name if known.name.startswith(_TEXTUAL) else None
    except LookupError:
        return None


_TEXTUAL = (
    "utf",
    "cp",
    "iso8859",
    "koi8",
    "mac",
    "gb",
    "big5",
    "euc",
    "shift",
    "ascii",
    "iso2022",
    "johab",
    "hz",
    "tis",
)


def recode_text(content: bytes) -> tuple[bytes, str]:
    """Return *content* in UTF-8, and what its reader should know of how it was read.

    Bytes that are not of the encoding they should be of come back as they are: whoever decodes them says where they fail.
    """
    declared = find_encoding(content)
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return content.decode(encoding).encode(), ""
        except (UnicodeError, ValueError):
            continue
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or _is_damaged(content):
        return content, ""
    try:
        text = content.decode(_FALLBACK)
    except UnicodeDecodeError:
        return content, ""
    return text.encode(), "read as windows-1252: it declares no encoding that it keeps to, and it is not UTF-8"


def _is_damaged(content: bytes) -> bool:
    """Return whether *content* is UTF-8 but for a few bytes, or no text at all."""
    if b"\0" in content:
        return True
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return sum(sign > "\x7f" for sign in text) - lost > lost
