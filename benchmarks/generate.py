"""A made-up fact base of any size, to measure with: ``python benchmarks/generate.py COUNT FILE [--seed N]``.

Its words are made of syllables and mean nothing, but they are spread as those of real texts are: some 30,000 of them, in
families of inflections, the frequent ones short, drawn by the law of Zipf and Mandelbrot, stop words between them; each
topic has favourites of its own. The same count and seed always give the same bytes, whatever the machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

VOCABULARY = 30_000
"""How many words there are, stop words, names and figures not counted."""
STOP_WORDS = (
    "the the the the of of of in in and and to to a a for by on with that from was were are is at as has had been their its not"
    " or which after during under between most"
).split()

_ONSETS = (
    "b c d f g h j k l m n p r s t v w z b c d f g h k l m n p r s t v br cl cr dr fl gr pl pr sl sp st str tr th sh"
).split()
_VOWELS = "a a a e e e e i i i o o o u u ai ea ie ou".split()
_CODAS = ["", "", "", "", "", *"n n r r l s t m d nd nt rk st ck ng".split()]
_ACCENTED = str.maketrans("aeou", "áéöü")
# How much flatter than 1/rank the head of the curve is: so the most frequent word is in a fifth of all claims.
_FLATNESS = 5
_BATCH = 100_000
_TYPES = "chapter report book article-journal article-newspaper webpage hearing treaty".split()
_COMMON_PLACES = ("Report of the", "Annual review of", "Findings on", "Letters from", "A history of", "Notes on the")


class Vocabulary(NamedTuple):
    """*words*, the most frequent first, with their cumulative weights; *names* of people and places; *patterns* of claims."""

    words: list[str]
    weights: list[float]
    names: list[str]
    patterns: list[tuple[str, str]]


class Tree(NamedTuple):
    """The ids of the topics, and for each of them the words that it favours."""

    ids: list[str]
    words: list[list[str]]


class Library(NamedTuple):
    """The keys of the sources, and how many paragraphs each of them has."""

    keys: list[str]
    sizes: list[int]


def make_vocabulary(seed: int) -> Vocabulary:
    """Return the words of the bases with this *seed*, whatever their size."""
    random = Random(f"words {seed}")
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        root = _make_word(random, 1 + (random.random() < (0.4 if len(words) < 500 else 0.9)) + (random.random() < 0.2))
        if len(root) > 2 and root not in STOP_WORDS:
            words[root] = None
            for ending in random.choice(("", "", "s", "s", "s ed ing", "er ers", "ation", "ness", "ly")).split():
                words[root + ending] = None
    # An inflection is not always rarer than its root, but much of the family keeps together.
    ranks = {word: place * (0.5 + random.random()) for place, word in enumerate(words, start=1)}
    ranked = sorted(words, key=ranks.__getitem__)[:VOCABULARY]
    weights = list(accumulate(1 / (rank + _FLATNESS) for rank in range(1, VOCABULARY + 1)))
    names = [_make_word(random, random.choice((2, 2, 3))).capitalize() for _ in range(4000)]
    names = [name.translate(_ACCENTED) if random.random() < 0.05 else name for name in names]
    return Vocabulary(ranked, weights, names, [_make_pattern(random) for _ in range(3000)])


def _make_word(random: Random, syllables: int) -> str:
    parts = [random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(syllables)]
    return "".join(parts) + random.choice(_CODAS)


def _make_pattern(random: Random) -> tuple[str, str]:
    """Return a claim of 10 to 30 words with a gap for each word that is no stop word, and the kinds of its gaps.

    Kinds: ``w`` a word, ``t`` a word of a topic, ``n`` a name, ``f`` a figure.
    """
    tokens: list[str] = []
    kinds = ""
    for place in range(round(random.triangular(10, 30, 17))):
        if random.random() < 0.4 and not (tokens and tokens[-1] in STOP_WORDS):
            tokens.append(random.choice(STOP_WORDS))
        else:
            tokens.append("%s")
            kinds += random.choices("wtnf", (64, 25, 7, 4))[0]
        if random.random() < 0.05 and place > 3:
            tokens[-1] += ","
    return " ".join(tokens).rstrip(",") + ".", kinds


def _draw_words(random: Random, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield words for ever, each as often as its rank says."""
    while True:
        yield from random.choices(vocabulary.words, cum_weights=vocabulary.weights, k=_BATCH)


def _draw_figures(random: Random) -> Iterator[str]:
    """Yield figures and years for ever: ``1,234``, ``37``, ``4.5 percent``, ``2014``."""
    while True:
        yield f"{int(10 ** random.uniform(3, 6)):,}"
        yield str(int(10 ** random.uniform(0.4, 3)))
        yield f"{random.randint(1, 999) / 10} percent"
        yield str(random.randint(1950, 2020))


def _draw_date(random: Random) -> str:
    """Return an EDTF date: a year, a month, a day or an interval."""
    year, month, day = random.randint(1990, 2020), random.randint(1, 12), random.randint(1, 28)
    choice = random.random()
    if choice < 0.4:
        return str(year)
    if choice < 0.65:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}" if choice < 0.9 else f"{year}/{year + random.randint(1, 9)}"


def _quote_list(texts: Iterable[str]) -> str:
    """Return a flow sequence; a text with a comma in it needs quotes there."""
    return "[" + ", ".join(f'"{text}"' if "," in text else text for text in dict.fromkeys(texts)) + "]"


def _swap_letters(random: Random, text: str) -> str:
    """Return *text* as someone in a hurry types it."""
    place = random.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def write_sources(
    write: Callable[[str], object], random: Random, vocabulary: Vocabulary, words: Iterator[str], count: int
) -> Library:
    """Write the sources of *count* facts, one for 200 of them and at least three."""
    library = Library([], [])
    write("sources:\n")
    for number in range(max(3, count // 200)):
        name = random.choice(vocabulary.names)
        year = random.randint(1995, 2020)
        key = f"{next(words)}-{year}-{number}"
        title = f"{random.choice(_COMMON_PLACES)} {next(words)} {next(words)}: {name} in {year}"
        person = f"family: {name}, given: {random.choice(vocabulary.names)}"
        author = person if random.random() < 0.5 else f"literal: {name} {next(words).capitalize()} Council"
        write(
            f'  {key}:\n    type: {random.choice(_TYPES)}\n    title: "{title}"\n    container-title: {name} Papers {year}\n'
            f"    author: [{{{author}}}]\n    publisher: {random.choice(vocabulary.names)} Press\n"
            f"    issued: {year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}\n"
            f"    URL: https://www.example.org/{key}\n    language: en\n    paragraphs:\n"
        )
        library.keys.append(key)
        library.sizes.append(_write_paragraphs(write, random, words))
    return library


def _write_paragraphs(write: Callable[[str], object], random: Random, words: Iterator[str]) -> int:
    section = "Introduction"
    size = random.randint(5, 40)
    for number in range(1, size + 1):
        if number > 2 and random.random() < 0.25:
            section = f"{next(words).capitalize()} {random.choice(STOP_WORDS)} {next(words)}"
        write(
            f"      - number: {number}\n        section: {section}\n"
            f'        begins: "The {next(words)} {next(words)}’s {next(words)} was"\n'
            f'        ends: "{next(words)} and {next(words)} {next(words)}."\n'
            f"        words: {random.randint(25, 160)}\n        sha256: {random.getrandbits(256):064x}\n"
        )
    return size


def write_topics(
    write: Callable[[str], object], random: Random, vocabulary: Vocabulary, words: Iterator[str], count: int
) -> Tree:
    """Write the topics of *count* facts, 40 to 400, as a tree of three or four floors."""
    size = min(400, max(40, count // 100))
    labels: dict[str, list[str]] = {}
    while len(labels) < size:
        own = random.sample(vocabulary.words[100:8000], 40)
        labels[f"{own[0]} {own[1]}" if random.random() < 0.6 else own[0]] = own
    tree = Tree([label.replace(" ", "-") for label in labels], list(labels.values()))
    taken = set(labels)
    write("topics:\n")
    for number, (label, own) in enumerate(labels.items()):
        others = (f"{own[2]} {own[3]}", own[4], f"{next(words)} {own[5]}", f"{own[0]} of {own[6]}")
        alt = [other for other in others[: random.randint(1, 4)] if other not in taken]
        hidden = [_swap_letters(random, other) for other in (label, *alt)[: random.randint(1, 3)]]
        hidden = [other for other in hidden if other not in taken and other not in alt]
        taken.update(alt, hidden)
        write(f"  {tree.ids[number]}:\n    label: {label.capitalize()}\n")
        write(f"    alt: {_quote_list(alt)}\n    hidden: {_quote_list(hidden)}\n")
        if number >= 8:
            write(f"    broader: {tree.ids[number // 8 - 1 if number < 72 else number // 6]}\n")
        if number % 3 == 1:
            write(f"    related: [{tree.ids[random.randrange(number)]}]\n")
    return tree


def write_facts(
    write: Callable[[str], object],
    random: Random,
    vocabulary: Vocabulary,
    words: Iterator[str],
    library: Library,
    tree: Tree,
    count: int,
) -> None:
    """Write *count* facts, those of a source together."""
    tags = random.sample(vocabulary.words[:3000], 1000)
    figures = _draw_figures(random)
    draw: dict[str, Callable[[], str]] = {
        "w": words.__next__,
        "n": lambda: random.choice(vocabulary.names),
        "f": figures.__next__,
    }
    write("facts:\n")
    for number in range(count):
        topics = [int(random.random() ** 2 * len(tree.ids)) for _ in range(random.choice((1, 1, 2, 3)))]
        favourites = tree.words[topics[0]]
        draw["t"] = lambda own=favourites: own[int(random.random() ** 2 * len(own))]  # type: ignore[misc]
        pattern, kinds = random.choice(vocabulary.patterns)
        gaps = [draw[kind]() for kind in kinds]
        claim = pattern % tuple(gaps)
        # Two tags count the facts, so that no id comes twice; as in bases made by hand, an id holds no figures.
        tag = f"{tags[number % 1000]}-{tags[(number // 1000 + number * 7) % 1000]}"
        id = f"{favourites[0]}-{next(words)}-{tag}"
        terms = [next(words) if random.random() < 0.6 else f"{next(words)} {next(words)}" for _ in range(number % 7)]
        anchors = [" ".join(gaps[place : place + 2]) for place in (0, 4)[: 1 + number % 2]]
        cites = _cite_sources(random, library, number * len(library.keys) // count)
        lines = [
            f"  - id: {id}\n    claim: {claim[0].upper()}{claim[1:]}\n    cites: {cites}\n",
            f"    topics: {_quote_list(tree.ids[topic] for topic in topics)}\n    date: {_draw_date(random)}\n",
            f"    according_to: {random.choice(vocabulary.names)} {next(words)}\n" if number % 5 == 0 else "",
            f"    anchors: {_quote_list(anchors)}\n",
            f"    terms: {_quote_list(terms)}\n" if terms else "",
        ]
        write("".join(lines))


def _cite_sources(random: Random, library: Library, own: int) -> str:
    """Return one to three citations, the first one of the source at the place *own*."""
    size = library.sizes[own]
    first = random.randint(1, size)
    choice = random.random()
    if choice < 0.8 or first + 2 > size:
        cited = str(first)
    else:
        cited = f"{first}-{first + 1}" if choice < 0.9 else f'[{first}, "{first + 1}-{first + 2}"]'
    cites = f"{library.keys[own]}: {cited}"
    other = random.randrange(len(library.keys))
    if random.random() < 0.1 and other != own:
        cites += f", {library.keys[other]}: {random.randint(1, library.sizes[other])}"
    return f"{{{cites}}}"


def write_base(count: int, file: Path, *, seed: int = 1) -> None:
    """Write a base of *count* facts, 1 to 1,000,000, into *file*, a part at a time."""
    if not 1 <= count <= 1_000_000:
        raise ValueError("a base of 1 to 1,000,000 facts can be made")
    random = Random(f"base {seed} {count}")
    vocabulary = make_vocabulary(seed)
    words = _draw_words(random, vocabulary)
    with file.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as stream:
        stream.write(
            f"schema: 1\ntitle: A made-up base of {count:,} facts\nedition: seed {seed}\n"
            "scope: Words that mean nothing, as often as words of their rank would stand in a real text.\nlicense: CC0-1.0\n"
        )
        library = write_sources(stream.write, random, vocabulary, words, count)
        tree = write_topics(stream.write, random, vocabulary, words, count)
        write_facts(stream.write, random, vocabulary, words, library, tree, count)


def main() -> None:
    """Write the base that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a made-up fact base.")
    parser.add_argument("count", type=int, metavar="COUNT", help="how many facts, 1 to 1,000,000")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_base(arguments.count, arguments.file, seed=arguments.seed)


if __name__ == "__main__":
    main()
