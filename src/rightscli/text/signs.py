"""The one table of signs: quotation marks, apostrophes, dashes, and what no reader sees."""

from __future__ import annotations

SINGLE_QUOTES = "‘’‚‛′‵ʹʻʼʽ"


DOUBLE_QUOTES = "“”„‟″‶ʺ〝〞〟"


# Unicode's class Pd, the minus signs and the hyphen bullet; those whose NFKC form is among these need no place here.
DASHES = "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0"


MINUSES = "\u02d7\u2043\u2212"


# Soft hyphen, joiners, marks of direction, byte order mark: they have no width, and no reader sees them.
UNSEEN = (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
