"""What counts as the same text: normalised for hashing, folded for comparing words."""

from __future__ import annotations

from rightscli.text.signs import DASHES, DOUBLE_QUOTES, MINUSES, SINGLE_QUOTES, UNSEEN, straighten_typed

_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, DASHES + MINUSES), "-"),
    **dict.fromkeys(UNSEEN, None),
}


_BASE_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)


def normalise_text(text: str) -> str:
    """Return *text* as it is hashed and compared everywhere.

    NFKC; curly quotes and primes straight; every dash and minus ``-``; soft hyphens and zero-width characters removed;
    white space collapsed to single blanks; stripped. Case, digits, ``%`` and punctuation stay. Idempotent.
    """
    if not text.isascii():
        import unicodedata

        # Before NFKC, which would make two primes of a double one, and for the letters that an unseen character holds
        # apart; again after it, for what it makes.
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    return " ".join(text.split())


def hash_text(text: str) -> str:
    """Return the SHA-256 of the normalised *text* in UTF-8, 64 lower-case hex digits."""
    from hashlib import sha256

    return sha256(normalise_text(text).encode("utf-8", "surrogatepass")).hexdigest()


def shorten_text(text: str, width: int = 40) -> str:
    """Return *text* as a message can hold it: on one line, printable, at most *width* characters long."""
    text = " ".join(text[: 4 * width].split())
    if len(text) > width:
        text = text[: width - 1] + "…"
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def quote_beginning(text: str, width: int = 60) -> str:
    """Return in quotation marks the words that *text* begins with, whole ones where it has blanks, to find it by."""
    shown = shorten_text(text, width)
    if shown.endswith("…") and not text.endswith("…"):
        shown = f"{shown[:-1].rpartition(' ')[0] or shown[:-1]}…"
    return f"'{shown}'"


def count_noun(number: int, noun: str) -> str:
    """Return a number and its noun: ``no facts``, ``1 fact``, ``2 facts``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def fold_text(text: str) -> str:
    """Return *text* for comparing words: normalised, case folded, no diacritics (``Đổi`` is ``doi``). Idempotent.

    The marks that are typed for an apostrophe, ´ and `, are one here, as they are not where text is hashed.
    """
    text = normalise_text(straighten_typed(text))
    if text.isascii():
        return text.lower()
    import unicodedata

    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return normalise_text(bare.casefold().translate(_BASE_LETTERS))
