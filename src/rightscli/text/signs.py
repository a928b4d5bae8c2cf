"""The one table of signs: quotation marks, apostrophes, dashes, blanks, and what no reader sees; what each is, and stands for."""

from __future__ import annotations

# What the hashed text writes as ' and as ": curly and low marks, primes, modifier letters. A change here changes hashes.
SINGLE_QUOTES = "‘’‚‛′‵ʹʻʼʽ"
DOUBLE_QUOTES = "“”„‟″‶ʺ〝〞〟"


# What is typed, or written at full width, for a straight mark. The hashed text has some of these otherwise.
TYPED_SINGLE, TYPED_DOUBLE = "´`｀＇", "＂"
# Unicode's class Pd, the minus signs and the hyphen bullet; those whose NFKC form is among these need no place here.
DASHES = "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0"
MINUSES = "\u02d7\u2043\u2212"
HYPHENS = "-\u2010\u2011"
"""What joins the pieces of one word, or parts it at the end of a line."""
PARTING_DASHES = "".join(sign for sign in DASHES + MINUSES if sign not in HYPHENS)
"""What parts words."""
# Unicode's class Zs: no-break, thin and the like.
BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Soft hyphen, joiners, marks of direction, byte order mark: they have no width, and no reader sees them.
UNSEEN = (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "〝": "〞〟",
    "「": "」",
    "『": "』",
    '"': '"',
}
"""Each double mark that may open a quotation, with those that close it: ``»`` opens in German and Scandinavian books, ``”`` in
Swedish ones. All guillemets and corner brackets count as double: none of them can be an apostrophe."""
DOUBLE_MARKS = "".join(dict.fromkeys("".join(opener + closers for opener, closers in CLOSERS.items())))
SURE_OPENERS = "“„‟«‹〝「『"
"""The double marks that open wherever they stand."""
SINGLE_OPENERS, SINGLE_CLOSERS = "'‘‚‛", "'’‘"
APOSTROPHES = "'" + SINGLE_QUOTES + TYPED_SINGLE
"""What may stand for an apostrophe inside a word, or between the groups of a figure."""
OPENING_MARKS = SINGLE_OPENERS + SURE_OPENERS + '"' + TYPED_SINGLE + TYPED_DOUBLE
"""What may stand before the first word of a sentence."""
CLOSING_MARKS = "'’\"”»›〞〟」』" + TYPED_SINGLE + TYPED_DOUBLE
"""What may stand behind the stop that ends a sentence."""
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TYPED = _FULL_WIDTH | dict.fromkeys(map(ord, TYPED_SINGLE), "'") | dict.fromkeys(map(ord, TYPED_DOUBLE), '"')
_STRAIGHT = {
    **dict.fromkeys(map(ord, SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, BLANKS), " "),
    **_TYPED,
}


def straighten_typed(text: str) -> str:
    """Return *text* with straight marks where others are typed for them, ´ ` ＂ ＇, and nothing at full width.

    As long as before, so that offsets hold. Two backticks stay: they are TeX's opening mark.
    """
    if text.isascii() and "`" not in text:
        return text
    return "``".join(piece.translate(_TYPED) for piece in text.split("``"))


def straighten_signs(text: str) -> str:
    """Return *text* with every quotation mark and apostrophe straight, plain blanks, and nothing at full width.

    As long as before, so that offsets hold. Guillemets, corner brackets and dashes stay: they say more than straight ones.
    """
    return text if text.isascii() and "`" not in text else text.translate(_STRAIGHT)


def read_quoted(text: str) -> str:
    """Return what stands between quotation marks where *text* is one quotation, from end to end; else nothing.

    A stop or a comma may follow the closing mark. Inside, marks of the same kind stand in pairs.
    """
    bare = text.strip()
    bare = bare[: len(bare) - (bare[-1:] in (".", ","))].replace("``", "“").replace("''", "”")
    closers = CLOSERS.get(bare[:1]) or (SINGLE_CLOSERS if bare[:1] and bare[0] in SINGLE_OPENERS else "")
    if len(bare) < 2 or bare[-1] not in closers:
        return ""
    inside = bare[1:-1]
    # What begins and ends with a quotation, as a printed citation may, is none itself.
    if bare[0] in CLOSERS and inside.find(bare[-1]) != -1 and not _is_paired(inside, bare[0], bare[-1]):
        return ""
    return inside.strip()


def _is_paired(text: str, opener: str, closer: str) -> bool:
    """Tell whether each *closer* in *text* has an *opener* of its own before it: of straight marks, one behind a blank."""
    if opener == closer:
        return text.count(opener) % 2 == 0 and text.partition(opener)[0][-1:] in ("", " ", "(", "[")
    depth = 0
    for sign in text:
        depth += (sign == opener) - (sign == closer)
        if depth < 0:
            return False
    return depth == 0


def cut_quoted(text: str) -> tuple[str, list[str]]:
    """Return *text* without its double quotation marks, of whatever kind, and what stands between them, pair by pair.

    What stands behind a last mark that nothing closes is between none.
    """
    straight = straighten_typed(text).replace("``", '"').replace("''", '"')
    pieces = straight.translate(dict.fromkeys(map(ord, DOUBLE_MARKS + DOUBLE_QUOTES), '"')).split('"')
    return " ".join(pieces), pieces[1:-1:2]
