"""Which words may be slips of the pen for one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


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


NEAR_NAME, NEAR_FIELD, NEAR_KEY, NEAR_WORD, NEAR_ID = 0.6, 0.72, 0.7, 0.8, 0.85
"""How like a name must be to one that is known, from 0 to 1 (``difflib``'s ratio): to be offered to a person who typed it, to
be a field of a base misspelt, to be a source's key in a draft where it looks like a key, and where it looks like a word, and
to be a fact's id where nothing else says that it is one."""
_LETTERS_A_SLIP = 3
"""Of how many letters one may be wrong in a name that a person is offered another for; in a shorter name one is, too."""


def find_nearest(name: str, names: Iterable[str], cutoff: float) -> str:
    """Return the one of *names* that is most like *name*, nothing where none is as like as *cutoff*."""
    # Seldom needed, and slow to import.
    from difflib import get_close_matches

    return "".join(get_close_matches(name, list(names), n=1, cutoff=cutoff))


def find_suggestion(name: str, names: Iterable[str]) -> str:
    """Return the one of *names* that a person who typed *name* may have meant; nothing where none is near.

    That is the one that is spelt most alike, or else the shortest that has all of its words, or all of whose words it has: what
    two names have in common by chance, a few letters in the same order, makes none.
    """
    from difflib import get_close_matches

    known = list(names)
    alike = get_close_matches(name, known, n=5, cutoff=NEAR_NAME)
    for one in alike:
        if is_one_slip(name, one) or _count_changes(name, one) <= len(name) // _LETTERS_A_SLIP:
            return one
    asked = _split_words(name)
    sharing = (one for one in known if asked and ((words := _split_words(one)) <= asked or asked <= words) and words)
    return min(sharing, key=lambda one: (len(one), one), default="")


def _count_changes(name: str, known: str) -> int:
    """Return how many letters of *name* must be changed, left out or put in to make *known* of it."""
    from difflib import SequenceMatcher

    changes = SequenceMatcher(None, name, known, autojunk=False).get_opcodes()
    return sum(max(end - start, last - first) for kind, start, end, first, last in changes if kind != "equal")


def _split_words(name: str) -> set[str]:
    """Return the words of a name, however they are joined."""
    return {word for word in re.split(r"[\W_]+", name.lower()) if word}


def format_guess(name: str) -> str:
    """Return ``; did you mean 'x'?``, or nothing for no *name*."""
    return f"; did you mean '{name}'?" if name else ""
