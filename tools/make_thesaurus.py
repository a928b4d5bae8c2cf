"""Make ``src/rightscli/check/stated/thesaurus.txt`` from a folder with the files of WordNet 3.1 (``index.sense``, ``data.*``).

Usage: ``python tools/make_thesaurus.py DICT``. It needs wordfreq, which says how common a word is: only words as common as
*dilapidated* stand in it. Of each word the first few senses are kept, in WordNet's order, which is by how common they are.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from wordfreq import zipf_frequency

OUT = Path(__file__).parents[1] / "src" / "rightscli" / "check" / "stated" / "thesaurus.txt"
COMMON = 3.0
"""How common a word must be: the tenth logarithm of its occurrences in a thousand million words."""
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
KINDS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
RELATED = {"n": 4, "v": 4, "a": 3, "r": 2}
"""How many senses of a word may be related to another word's as opposite or by derivation."""
KEPT = {"n": 3, "v": 5, "a": 3, "r": 2}
"""How many senses of a word are in the thesaurus."""
HEAD = """\
# A thesaurus of common English words, made by tools/make_thesaurus.py from WordNet 3.1 (Princeton University; its licence is
# in LICENSE-wordnet). Four parts: words with the numbers of their senses, the commonest first (n noun, v verb, a adjective,
# r adverb; a sense that no other word here has is left out, and ^ marks the one above it); which sense is above which;
# opposites; words derived from one another.
"""

Sense = tuple[str, str]
"""The kind of a sense and its offset in the file of that kind."""


class Pointer(NamedTuple):
    """A relation between the words at two places of two senses."""

    sense: Sense
    place: int
    other: Sense
    other_place: int


class Senses(NamedTuple):
    """The words of each sense, those *above* it, those *similar* to it, and which words are opposed and derived."""

    names: dict[Sense, list[str]]
    above: dict[Sense, list[Sense]]
    similar: dict[Sense, list[Sense]]
    opposed: set[Pointer]
    derived: set[Pointer]


def is_common(word: str) -> bool:
    """Tell whether a word is common in any of its inflections: more people are imprisoned than imprison."""
    stem = word.removesuffix("e")
    forms = (word, f"{word}s", f"{stem}ed", f"{stem}ing")
    return len(word) > 1 and word.isalpha() and max(zipf_frequency(form, "en") for form in forms) >= COMMON


def read_words(folder: Path, senses: Senses) -> dict[tuple[str, str], list[str]]:
    """Return the offsets of each common word's senses, the commonest first, by word and kind; but for those of names."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, offset, number, _ = line.split()
        word, _, rest = key.partition("%")
        kind = KINDS[rest[0]]
        if is_common(word) and word in senses.names[kind, offset]:
            found[word, kind].append((int(number), offset))
    return {key: [offset for _, offset in sorted(senses)] for key, senses in found.items()}


def read_senses(folder: Path) -> Senses:
    """Return what the four data files say."""
    senses = Senses({}, {}, {}, set(), set())
    for kind, file in FILES.items():
        for line in (folder / f"data.{file}").read_text(encoding="latin-1").splitlines():
            if not line.startswith(" "):
                read_sense(kind, line.split(" | ")[0].split(), senses)
    return senses


def read_sense(kind: str, fields: list[str], senses: Senses) -> None:
    sense, count = (kind, fields[0]), int(fields[3], 16)
    senses.names[sense] = [fields[4 + 2 * place].partition("(")[0] for place in range(count)]
    start = 4 + 2 * count
    for place in range(start + 1, start + 1 + 4 * int(fields[start]), 4):
        sign, offset, other_kind, places = fields[place : place + 4]
        other = (other_kind.replace("s", "a"), offset)
        if sign in ("@", "@i"):
            senses.above.setdefault(sense, []).append(other)
        elif sign == "&":
            senses.similar.setdefault(sense, []).append(other)
        elif sign in ("!", "+"):
            pointers = senses.opposed if sign == "!" else senses.derived
            pointers.add(Pointer(sense, int(places[:2], 16), other, int(places[2:], 16)))


def pair_words(
    pointers: set[Pointer], words: dict[tuple[str, str], list[str]], senses: Senses
) -> list[tuple[str, str]]:
    """Return the pairs of common words that *pointers* relate by one of their first senses."""
    pairs = set()
    for sense, place, other, other_place in pointers:
        one, two = senses.names[sense][place - 1], senses.names[other][other_place - 1]
        ours = words.get((one, sense[0]), [])[: RELATED[sense[0]]]
        theirs = words.get((two, other[0]), [])[: RELATED[other[0]]]
        if one != two and sense[1] in ours and other[1] in theirs:
            pairs.add((min(one, two), max(one, two)))
    return sorted(pairs)


def number_senses(words: dict[tuple[str, str], list[str]], senses: Senses) -> tuple[list[str], list[str]]:
    """Return the lines of words and those of what is above what."""
    own = {key: [(key[1], offset) for offset in offsets[: KEPT[key[1]]]] for key, offsets in words.items()}
    uses = Counter(sense for found in own.values() for sense in found)

    def find_above(sense: Sense) -> Sense | None:
        near = senses.similar if sense[0] == "a" else senses.above
        return next(iter(near.get(sense, ())), None) if sense[0] != "a" or uses[sense] else None

    all_uses = uses + Counter(above for sense in uses if (above := find_above(sense)))
    kept = {sense for sense, count in all_uses.items() if count > 1}
    numbers: dict[Sense, int] = {}
    told: dict[str, list[str]] = defaultdict(list)
    for word, kind in sorted(own):
        marks = []
        for sense in own[word, kind]:
            above = find_above(sense)
            if sense in kept:
                marks.append(f"{numbers.setdefault(sense, len(numbers) + 1)}")
            elif above in kept:
                marks.append(f"^{numbers.setdefault(above, len(numbers) + 1)}")
        if marks:
            told[word].append(kind + ",".join(dict.fromkeys(marks)))
    over: dict[int, int] = {}
    open_senses = list(numbers)
    for sense in open_senses:
        above = find_above(sense)
        if above in kept:
            if above not in numbers:
                numbers[above] = len(numbers) + 1
                open_senses.append(above)
            over[numbers[sense]] = numbers[above]
    lines = [f"{word} {' '.join(kinds)}" for word, kinds in sorted(told.items())]
    return lines, [f"{one}>{other}" for one, other in sorted(over.items())]


def main(folder: Path) -> None:
    """Write the thesaurus."""
    senses = read_senses(folder)
    words = read_words(folder, senses)
    opposed = [f"{one} ! {other}" for one, other in pair_words(senses.opposed, words, senses)]
    derived = [f"{one} ~ {other}" for one, other in pair_words(senses.derived, words, senses)]
    parts = [HEAD, *("\n".join(lines) + "\n" for lines in (*number_senses(words, senses), opposed, derived))]
    OUT.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
