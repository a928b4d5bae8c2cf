"""A word → its stem, and the root of all its inflections."""

from __future__ import annotations


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
    """Return what all inflections of a word have in common, regular or not, given what ``unify_spelling`` makes of it.

    Of a Korean word, what stands before its particles.
    """
    if not form.isascii():
        from rightscli.text.particles import drop_particles

        return drop_particles(form)
    if form[:2] == "un" and form[2:] in _IRREGULAR:
        return stem_word("un" + _IRREGULAR[form[2:]])
    return stem_word(_IRREGULAR.get(form, form))


def differ_by_number(form: str, other: str) -> bool:
    """Tell whether two words, as ``unify_spelling`` makes them, are one's singular and plural: camps, parties, women."""
    return _find_singular(form) == _find_singular(other)


def _find_singular(form: str) -> str:
    singular = _drop_plural(_PLURALS.get(form, form)) if form.isalpha() else form
    return singular[:-1] + "i" if singular[-1:] == "y" else singular
