"""A Korean word → the word without the particles that are written behind it: 북한에서는 is *in North Korea*, and a topic."""

from __future__ import annotations

# Behind a final consonant, behind a vowel, behind either; the longest first. A noun of one syllable is only told from the end
# of a longer one by particles that agree with it (마을, 회의 and 종이 are nouns).
_AFTER_CONSONANT = ("으로서", "으로써", "으로", "이라는", "이나", "이며", "이란", "을", "은", "이", "과")
_AFTER_VOWEL = ("로서", "로써", "로", "라는", "를", "는", "가", "와")
_AFTER_EITHER = (
    "에게서", "에서", "에게", "께서", "까지", "부터", "처럼", "보다", "마다", "조차", "마저", "밖에", "한테", "에", "의", "도",
    "만", "들",
)  # fmt: skip
_SURE = ("을", "를", "은", "는")
_PARTICLES = sorted((*_AFTER_CONSONANT, *_AFTER_VOWEL, *_AFTER_EITHER), key=lambda particle: -len(particle))
_FIRST, _LAST = ord("가"), ord("힣")


def drop_particles(word: str) -> str:
    """Return a Korean *word* without the particles behind it, ``북한`` of ``북한에서는``; another word as it is."""
    while word and _FIRST <= ord(word[-1]) <= _LAST:
        stem = next(
            (word.removesuffix(one) for one in _PARTICLES if word.endswith(one) and _may_follow(word, one)), word
        )
        if stem == word:
            break
        word = stem
    return word


def _may_follow(word: str, particle: str) -> bool:
    """Tell whether *particle* may be one, by what *word* has before it."""
    stem = word.removesuffix(particle)
    if len(stem) < (1 if particle in _SURE else 2):
        return False
    if not _FIRST <= ord(stem[-1]) <= _LAST:
        # Behind a figure or foreign letters, whose sound is not written.
        return True
    final = (ord(stem[-1]) - _FIRST) % 28
    if particle in _AFTER_CONSONANT:
        # 로 stands behind ㄹ (8), too.
        return final != 0 and not (particle.startswith("으로") and final == 8)
    return particle not in _AFTER_VOWEL or final == 0 or (particle.startswith("로") and final == 8)
