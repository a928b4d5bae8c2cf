"""Make ``src/rightscli/text/english.txt`` from wordfreq and a folder with the files of WordNet 3.1 (``data.*``, ``index.*``).

Usage: ``python tools/make_english.py DICT``. wordfreq says how common a word is, WordNet which words are no names, and which are
nouns more often than all else. A word that WordNet has with a capital alone, or not at all, is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import wrap

from wordfreq import top_n_list, zipf_frequency

from rightscli.check.stated.thesaurus import find_lemmas
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root

OUT = Path(__file__).parents[1] / "src" / "rightscli" / "text" / "english.txt"
LEAST = 3.55
"""How common a word must be: the tenth logarithm of its occurrences in a thousand million words."""
EITHER = 1 / 5
"""From which part of its uses on a word is counted as a noun as well."""
WIDTH = 1000
"""Characters in a line; more than in code, for each begins with its label."""
HEAD = """\
# The words of everyday English, made by tools/make_english.py: those that occur 3.5 times or more in a million words, by wordfreq
# 3.1 (Robyn Speer; its data is under CC BY-SA 4.0, and so is this file: LICENSE-wordfreq). By WordNet 3.1 (LICENSE-wordnet)
# names are left out, and nouns, and words that are nouns in a good part of their uses, are told from all other words.
"""
ENDS = {"n": ("s", "es"), "v": ("s", "es", "ed", "d", "ing"), "a": ("er", "r", "est", "st"), "r": ()}
"""What inflections add, by part of speech."""
KINDS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


def read_words(folder: Path) -> set[str]:
    """Return the words that WordNet writes without a capital."""
    words: set[str] = set()
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{kind}").read_text(encoding="utf-8").splitlines():
            parts = line.split() if not line.startswith(" ") else ["0"] * 4
            written = (word.partition("(")[0] for word in parts[4 : 4 + 2 * int(parts[3], 16) : 2])
            words.update(word for word in written if word.isalpha() and word.islower())
    return words


def count_uses(folder: Path) -> dict[tuple[str, str], int]:
    """Return how often each word was counted in texts as a noun, verb, adjective or adverb; one more, so that none is 0."""
    uses: dict[tuple[str, str], int] = {}
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, _, count = line.split()
        word, _, rest = key.partition("%")
        kind = KINDS[rest[0]]
        uses[word, kind] = uses.get((word, kind), 1) + int(count)
    return uses


def list_bases(word: str, kind: str) -> list[str]:
    """Return the words that *word* may be an inflection of, if it is of this *kind*."""
    bases = [word]
    for end in ENDS[kind]:
        if word.endswith(end) and len(word) > len(end) + 2:
            base = word.removesuffix(end)
            bases += [base, base + "e"]
            if base.endswith("i"):
                bases.append(base[:-1] + "y")
            if base[-1] == base[-2]:
                bases.append(base[:-1])
    return bases


def name_kind(word: str, uses: dict[tuple[str, str], int]) -> str:
    """Return whether a word is a ``noun`` more often than all else, ``either`` in a good part of its uses, or ``other``."""
    counts = {kind: max(uses.get((base, kind), 0) for base in list_bases(word, kind)) for kind in ENDS}
    share = counts["n"] / (sum(counts.values()) or 1)
    return "noun" if share > 1 / 2 else "either" if share > EITHER else "other"


def is_inflected(word: str, words: set[str], uses: dict[tuple[str, str], int]) -> bool:
    """Tell whether a word is a form of an adjective or a verb whose stem is none of a word of *words*: *biggest*, *sat*."""
    compared = word.endswith(("er", "est")) and any(
        base in words and (base, "a") in uses and zipf_frequency(base, "en") > zipf_frequency(word, "en")
        for base in list_bases(word, "a")
    )
    stemmed = word.endswith(("s", "ed", "ing")) and not word.endswith(("ies", "ied"))
    return compared or (bool(words & {*find_lemmas(word)} - {word}) and not stemmed)


def main() -> None:
    """Write the list."""
    folder = Path(sys.argv[1])
    words, uses = read_words(folder), count_uses(folder)
    roots = {find_root(unify_spelling(word)) for word in words}
    parted: dict[str, list[str]] = {"noun": [], "either": [], "other": []}
    for word in top_n_list("en", 20_000):
        plain = len(word) > 1 and word.isascii() and word.isalpha()
        known = find_root(unify_spelling(word)) in roots or is_inflected(word, words, uses)
        if plain and known and zipf_frequency(word, "en") >= LEAST:
            parted[name_kind(word, uses)].append(word)
    lines = [
        line
        for kind, found in parted.items()
        for line in wrap(" ".join(sorted(found)), WIDTH, initial_indent=f"{kind}: ", subsequent_indent=f"{kind}: ")
    ]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
