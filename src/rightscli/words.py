"""Every rule about words, and nothing else: what counts as the same text, the same word, the same stem.

On the path of every look-up, so nothing is imported at the top: a query of plain words needs neither ``re`` nor
``unicodedata``. Patterns are kept as text and given to ``re`` where they are used: it compiles each one once.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_SINGLE_QUOTES = "‘’‚‛′‵ʹʻʼʽ"
_DOUBLE_QUOTES = "“”„‟″‶ʺ〝〞〟"
# Unicode's class Pd, the minus signs and the hyphen bullet; those whose NFKC form is among these need no place here.
_DASHES = "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0"
_MINUSES = "\u02d7\u2043\u2212"
# Soft hyphen, joiners, marks of direction, byte order mark: they have no width, and no reader sees them.
_UNSEEN = (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES + _MINUSES), "-"),
    **dict.fromkeys(_UNSEEN, None),
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


def count_noun(number: int, noun: str) -> str:
    """Return a number and its noun: ``no facts``, ``1 fact``, ``2 facts``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def fold_text(text: str) -> str:
    """Return *text* for comparing words: normalised, case folded, no diacritics (``Đổi`` is ``doi``). Idempotent."""
    text = normalise_text(text)
    if text.isascii():
        return text.lower()
    import unicodedata

    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return normalise_text(bare.casefold().translate(_BASE_LETTERS))


# 2,706 and 4.5 · u.s · runs of letters and digits with apostrophes inside; then a possessive 's, which is left out.
_WORD = r"""(?x)
    ( [0-9]{1,3} (?:,[0-9]{3})+ (?![0-9]) (?:\.[0-9]+)? | \d+\.\d+
    | [^\W\d_] (?:\.[^\W\d_])+ (?![^\W_])
    | [^\W_]+ (?:'(?!s(?![^\W_]))[^\W_]+)*
    )
    (?:\.?'s(?![^\W_]))?"""


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*, in order.

    Possessives are stripped and other apostrophes dropped (``women's`` is ``women``, ``ma'am`` is ``maam``), hyphenated
    words come apart, ``2,706`` is ``2706``, ``4.5`` stays, ``U.S.`` is ``us``; ``%`` is no word.
    """
    return _find_words(fold_text(text))


_ASCII_MARKS = {code: " " for code in range(128) if not chr(code).isalnum()}


def _find_words(text: str) -> tuple[str, ...]:
    """Return the words of a folded *text*, by the cheapest way that does for it."""
    # Most queries and terms: no pattern to compile.
    if text.isascii() and text.replace(" ", "").isalnum():
        return tuple(text.split())
    import re

    # Most claims: no number, no apostrophe, no initials.
    if "'" not in text and text.find(".") in (-1, len(text) - 1) and not re.search("[0-9]", text):
        return tuple(text.translate(_ASCII_MARKS).split() if text.isascii() else re.findall(r"[^\W_]+", text))
    return tuple(map(_join_word, re.findall(_WORD, text)))


def split_texts(texts: Iterable[str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the words of each of *texts*, and what hyphens join in each (nothing, if there is none in any of them).

    At less cost than one by one.
    """
    texts = list(texts)
    folded = fold_text("|".join(texts))
    pieces = folded.split("|")
    if len(pieces) != len(texts):
        # One of them has a bar itself, or what folds to one.
        pieces = [fold_text(text).replace("|", " ") for text in texts]
    if folded.isascii():
        # Most pieces are terms of a word or two.
        words = [tuple(piece.split()) if piece.replace(" ", "").isalnum() else _find_words(piece) for piece in pieces]
    else:
        words = [_find_words(piece) for piece in pieces]
    return words, [*map(_join_hyphens, pieces)] if "-" in folded else []


def _join_hyphens(text: str) -> tuple[str, ...]:
    """Return what hyphens join in a folded *text*, as one word each: ``jaein`` of *Jae-in*."""
    if "-" not in text:
        return ()
    import re

    return tuple(word.replace("-", "") for word in re.findall(r"[^\W_]+(?:-[^\W_]+)+", text))


def _join_word(word: str) -> str:
    """Return *word* without its apostrophes, thousands commas and the dots of an initialism."""
    if word.isalnum():
        return word
    if word[0].isdecimal():
        return word.replace(",", "").replace("'", "")
    # Folded again because dropping a character can bring two Korean letters together.
    return fold_text(word.replace("'", "").replace(".", ""))


def stem_word(word: str) -> str:
    """Return the stem of a folded English *word*, by the algorithm of Porter (1980); words with a digit stay whole.

    https://tartarus.org/martin/PorterStemmer/def.txt
    """
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _drop_plural(word)
    word = _drop_past(word)
    if word[-1] == "y" and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    for endings, least in ((_STEP_2, 0), (_STEP_3, 0), (_STEP_4, 1)):
        word = _replace_ending(word, endings, least)
    if word[-1] == "e":
        bare = word[:-1]
        if _measure(bare) > 1 or (_measure(bare) == 1 and not _ends_short(bare)):
            word = bare
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word


def _pair_endings(endings: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the endings and what replaces them by their last letter, the longest first."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for ending in endings.split():
        old, _, new = ending.partition(":")
        pairs.setdefault(old[-1], []).append((old, new))
    return {last: tuple(sorted(group, key=lambda pair: -len(pair[0]))) for last, group in pairs.items()}


_STEP_2 = _pair_endings(
    "ational:ate tional:tion enci:ence anci:ance izer:ize abli:able alli:al entli:ent eli:e ousli:ous ization:ize ation:ate"
    " ator:ate alism:al iveness:ive fulness:ful ousness:ous aliti:al iviti:ive biliti:ble"
)
_STEP_3 = _pair_endings("icate:ic ative: alize:al iciti:ic ical:ic ful: ness:")
_STEP_4 = _pair_endings(
    "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: sion:s tion:t ou: ism: ate: iti: ous: ive: ize:"
)


def _replace_ending(word: str, endings: dict[str, tuple[tuple[str, str], ...]], least: int) -> str:
    """Return *word* with the longest of the *endings* that it has replaced, where what is left measures over *least*."""
    for old, new in endings.get(word[-1], ()):
        if word.endswith(old):
            stem = word.removesuffix(old) + (new if old in ("sion", "tion") else "")
            return word.removesuffix(old) + new if _measure(stem) > least else word
    return word


def _drop_plural(word: str) -> str:
    """Porter's step 1a: caresses, ponies, cats."""
    for old, new in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(old):
            return word.removesuffix(old) + new
    return word


def _drop_past(word: str) -> str:
    """Porter's step 1b: agreed, plastered, motoring; then hop(p)ing, fil(e)ing."""
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for old in ("ed", "ing"):
        stem = word.removesuffix(old)
        if stem != word and _has_vowel(stem):
            if stem.endswith(("at", "bl", "iz")) or (_measure(stem) == 1 and _ends_short(stem)):
                return stem + "e"
            doubled = len(stem) > 1 and stem[-1] == stem[-2] and stem[-1] in "bdfgmnprt"
            return stem[:-1] if doubled else stem
    return word


def _shape(word: str) -> str:
    """Return ``v`` for each vowel and ``c`` for each consonant; y is a vowel after a consonant."""
    shape = ""
    for letter in word:
        shape += "v" if letter in "aeiou" or (letter == "y" and shape.endswith("c")) else "c"
    return shape


def _measure(word: str) -> int:
    """Return Porter's m: how often a consonant follows a vowel."""
    return _shape(word).count("vc")


def _has_vowel(word: str) -> bool:
    return "v" in _shape(word)


def _ends_short(word: str) -> bool:
    """Tell whether *word* ends consonant, vowel, consonant, the last one not w, x or y: -wil, -hop."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def split_joined(text: str) -> tuple[str, ...]:
    """Return the words of *text*, and what hyphens join as one word too: ``jae``, ``in`` and ``jaein``."""
    text = fold_text(text)
    return _find_words(text) + _join_hyphens(text)


_AMERICAN = (
    (("our",), r"(?<=..)our(?=s?$|ed$|ing$|er|able|ful|ist|less|ite)", "or"),
    (("ise", "ising", "isation", "isable"), r"(?<=...)is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)", "iz"),
    (("yse", "ysing"), r"(?<=...)ys(?=(?:e|es|ed|er|ing)$)", "yz"),
    (("lled", "lling", "ller"), r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)", "l"),
    (("bre", "cre", "tre"), r"(?<=[bct])re(?=s?$)", "er"),
    (("eence", "fence"), r"(?<=[ef]en)ce(?=s?$)", "se"),
    (("ogue",), r"(?<=..)ogue(?=s?$)", "og"),
    (("gramme",), r"(?<=..)gramme(?=s?$)", "gram"),
    (("oeuvre",), "oeuvre", "euver"),
    (("oeuvri",), "oeuvri", "euveri"),
    (("worshipp",), "worshipp", "worship"),
    (("gaol",), r"^gaol(?=s|ed|$)", "jail"),
)
"""What a word must hold one of, the pattern, and what stands for it; the first spares most words the second, and ``re``."""


_NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        "zero one,first two three,third four,fourth five,fifth six,sixth seven,seventh eight,eighth nine,ninth ten,tenth eleven"
        " twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
    for word in words.split(",")
}


_ABBREVIATED = {
    "govt": "government",
    "govts": "governments",
    "intl": "international",
    "natl": "national",
    "dept": "department",
    "depts": "departments",
    "orgs": "organizations",
    "assn": "association",
    "rpt": "report",
    "ctte": "committee",
    "cttee": "committee",
    "cmte": "committee",
    "jan": "january",
    "feb": "february",
    "apr": "april",
    "jul": "july",
    "aug": "august",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "recs": "recommendations",
}


def unify_spelling(word: str) -> str:
    """Return a folded *word* so that all its spellings are the same: labour and labor, organise, travelled, seven and 7th.

    What comes out need not be a word (``exercise`` is ``exercize``): it is compared, never shown.
    """
    if not word.isascii():
        return word
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS[word]
    word = _ABBREVIATED.get(word, word)
    if word[0].isdecimal():
        return word[:-2] if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal() else word.lstrip("0") or "0"
    if len(word) < 4:
        return word
    for signs, pattern, new in _AMERICAN:
        for sign in signs:
            if sign in word:
                import re

                word = re.sub(pattern, new, word)
                break
    return word


_PLURALS = {"men": "man", "women": "woman", "children": "child"}
_IRREGULAR = _PLURALS | dict(
    pair.split(":")
    for pair in (
        "began:begin begun:begin bought:buy broke:break broken:break brought:bring built:build caught:catch"
        " chose:choose chosen:choose drew:draw driven:drive drove:drive fallen:fall fed:feed fell:fall fled:flee forbade:forbid"
        " forbidden:forbid fought:fight found:find gave:give grew:grow grown:grow heard:hear held:hold hid:hide hidden:hide"
        " kept:keep led:lead left:leave lost:lose met:meet paid:pay ran:run rose:rise sent:send shown:show sold:sell"
        " sought:seek spoke:speak spoken:speak stole:steal stolen:steal stood:stand taught:teach thought:think told:tell"
        " took:take taken:take withdrawn:withdraw withdrew:withdraw won:win written:write wrote:write"
    ).split()
)


def find_root(form: str) -> str:
    """Return what all inflections of a word have in common, regular or not, given what ``unify_spelling`` makes of it."""
    if form[:2] == "un" and form[2:] in _IRREGULAR:
        return stem_word("un" + _IRREGULAR[form[2:]])
    return stem_word(_IRREGULAR.get(form, form))


def differ_by_number(form: str, other: str) -> bool:
    """Tell whether two words, as ``unify_spelling`` makes them, are one's singular and plural: camps, parties, women."""
    return _find_singular(form) == _find_singular(other)


def _find_singular(form: str) -> str:
    singular = _drop_plural(_PLURALS.get(form, form)) if form.isalpha() else form
    return singular[:-1] + "i" if singular[-1:] == "y" else singular


def count_slips(word: str) -> int:
    """Return how many slips of the pen are allowed in a word: none in four letters or a number, two in a long word."""
    return 0 if len(word) < 5 or not word.isalpha() else 1 if len(word) < 8 else 2


def is_one_slip(word: str, known: str) -> bool:
    """Tell whether two words are the same but for one letter more, less or other, or for two that changed places."""
    shared = 0
    for one, other in zip(word, known, strict=False):
        if one != other:
            break
        shared += 1
    rest, other_rest = word[shared:], known[shared:]
    return (
        rest[1:] in (other_rest, other_rest[1:])
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def list_one_slip(word: str, known: Iterable[str]) -> list[str]:
    """Return those words of *known* that are one slip away from *word*, or *word* itself (see ``is_one_slip``)."""
    # One slip leaves one half of a word as it is: quickly seen, where very many begin alike.
    head, tail = word[: len(word) // 2], word[len(word) // 2 + 1 :]
    return [one for one in known if (one.startswith(head) or one.endswith(tail)) and is_one_slip(word, one)]


_ALIKE = str.maketrans("kqsxzygv", "cccccijf")


def find_onset(word: str) -> str:
    """Return how a word begins: the class of letters that its first one sounds like, then its second letter."""
    return word[:1].translate(_ALIKE) + word[1:2]


def begin_alike(word: str, known: str) -> bool:
    """Tell whether two words begin alike: few people miss a word's first sound, and short words have many neighbours.

    The first letters sound alike, or change places, or one word lacks the other's first letter.
    """
    first, other = word[:2].translate(_ALIKE), known[:2].translate(_ALIKE)
    return first[0] == other[0] or first == other[::-1] or word[0] == known[1:2] or word[1:2] == known[0]


def list_onsets(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the onset of a word that begins like *word* begins with, or else is, if that word begins with a-z."""
    letters = sorted(set("abcdefghijklmnopqrstuvwxyz".translate(_ALIKE)))
    return tuple(dict.fromkeys(word[:2].translate(_ALIKE))), tuple(letter + word[0] for letter in letters)


_MONTHS = "january february march april may june july august september october november december".split()
_SHORT_MONTHS = {month[:3]: month for month in _MONTHS} | {"sept": "september"}
_SHORT = "|".join(_SHORT_MONTHS)
_SHORT_MONTH = rf"(?i)\b(?:{_SHORT})\b\.?(?=\s*\d)|(?:(?<=\d )|(?<=\d[snrt][tdh] ))(?:{_SHORT})\b"
_NUMERIC_DATE = r"""(?x)(?<![\w.,/-])(?:
    (?P<year>[12][0-9]{3}) [-/.] (?P<month>[01]?[0-9]) (?: [-/.] (?P<day>[0-3]?[0-9]) )?
    | (?P<one>[0-3]?[0-9]) [/.-] (?P<two>[0-3]?[0-9]) [/.-] (?P<last>[12][0-9]{3})
)(?![\w/-])"""


def write_out_dates(query: str) -> str:
    """Return *query* with its numeric dates in words, ``2019-03-22`` as ``march 22 2019``, and its months in full.

    Of two numbers before a year the first is the day, unless only the second can be one.
    """
    if not any(letter.isdecimal() for letter in query):
        return query
    import re

    def write_out(match: re.Match[str]) -> str:
        parts = match.groupdict()
        day, month = parts["day"] or parts["one"], parts["month"] or parts["two"]
        if parts["one"] and int(month) > 12:
            day, month = month, day
        if not 1 <= int(month) <= 12:
            return match[0]
        return f"{_MONTHS[int(month) - 1]} {int(day) if day else ''} {parts['year'] or parts['last']}"

    query = re.sub(_NUMERIC_DATE, write_out, query)
    return re.sub(_SHORT_MONTH, lambda match: _SHORT_MONTHS[match[0].lower().rstrip(".")], query)
