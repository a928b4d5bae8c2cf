"""How well a search ranks: MRR, hit@1, nDCG@5 and recall@5 over graded queries, and how often it is rightly silent.

``python benchmarks/quality.py QUERIES.json [COPY.txt]`` prints our own figures, and with a plain-text copy of the source
(a paragraph or heading a line) those of rankers over its sentences, as far as they are installed: SQLite's FTS5, rapidfuzz,
tantivy.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

Rank = Callable[[str], Iterable[int]]
"""A query → paragraph numbers, best first; repeated ones count once."""


class Measures(NamedTuple):
    """Means over the queries that have an answer, and over those that have none the number met with *silent*."""

    reciprocal_rank: float
    hit_at_1: float
    gain_at_5: float
    recall_at_5: float
    silent: int
    unanswerable: int


def measure_ranking(queries: list[dict[str, Any]], rank: Rank) -> Measures:
    """Return the measures of *rank* on graded queries: grade 2 answers, 1 touches on it; gain is 2**grade - 1."""
    sums = [0.0] * 4
    silent = answerable = 0
    for query in queries:
        grades = {int(number): grade for number, grade in query["relevant"].items()}
        ranked = list(dict.fromkeys(rank(query["query"])))
        if not grades:
            silent += not ranked
            continue
        answerable += 1
        first = next((place for place, number in enumerate(ranked, 1) if grades.get(number) == 2), None)
        ideal = sorted(grades.values(), reverse=True)
        gain = _discount_gains(grades.get(number, 0) for number in ranked[:5])
        for place, value in enumerate(
            (
                1 / first if first else 0.0,
                float(first == 1),
                gain / _discount_gains(ideal[:5]),
                len(grades.keys() & set(ranked[:5])) / min(5, len(grades)),
            )
        ):
            sums[place] += value
    means = [total / max(answerable, 1) for total in sums]
    return Measures(means[0], means[1], means[2], means[3], silent, len(queries) - answerable)


def _discount_gains(grades: Iterable[int]) -> float:
    return sum((float(2**grade) - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def read_sentences(copy: Path, headings: set[str]) -> list[tuple[int, str]]:
    """Return the sentences of a copy with their paragraph numbers."""
    lines = [line.strip() for line in copy.read_text(encoding="utf-8").splitlines()]
    paragraphs = [line for line in lines if line and line not in headings]
    return [
        (number, sentence)
        for number, text in enumerate(paragraphs, 1)
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)
    ]


def rank_with_fts5(sentences: list[tuple[int, str]]) -> Rank:
    """Return SQLite's own ranking, porter stems, any of the words."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(text, number UNINDEXED, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO t (number, text) VALUES (?, ?)", sentences)

    def rank(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        if not words:
            return []
        return [
            number
            for (number,) in base.execute("SELECT number FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", (words,))
        ]

    return rank


def rank_with_rapidfuzz(sentences: list[tuple[int, str]]) -> Rank:
    """Return the order of rapidfuzz's WRatio over whole sentences."""
    from rapidfuzz import fuzz, process

    texts = [text for _, text in sentences]

    def rank(query: str) -> list[int]:
        found = process.extract(query, texts, scorer=fuzz.WRatio, limit=20, score_cutoff=60)
        return [sentences[place][0] for _, _, place in found]

    return rank


def rank_with_tantivy(sentences: list[tuple[int, str]]) -> Rank:
    """Return tantivy's ranking: English stems, fuzzy terms at distance 1."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="en_stem")
    builder.add_integer_field("number", stored=True, indexed=True)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for number, text in sentences:
        writer.add_document(tantivy.Document(text=text, number=number))
    writer.commit()
    index.reload()

    def rank(query: str) -> list[int]:
        words = " ".join(re.findall(r"\w+", query))
        parsed = index.parse_query(words, ["text"], fuzzy_fields={"text": (True, 1, True)})
        searcher = index.searcher()
        return [searcher.doc(address)["number"][0] for _, address in searcher.search(parsed, 20).hits]

    return rank


def rank_with_rights() -> tuple[Rank, set[str]]:
    """Return our own ranking over the bundled base, and the names of its sections."""
    from rightscli.base.paths import find_bundled_base
    from rightscli.index.building import open_index
    from rightscli.search import find_facts

    index = open_index(find_bundled_base(), None)
    sources = [index.get_source(key) for key in index.list_sources()]

    def rank(query: str) -> list[int]:
        found = find_facts(index, query, limit=20)
        records = [] if found.weak else index.get_facts(hit.place for hit in found.hits)
        return [int(cited["locator"]["value"].partition("-")[0]) for record in records for cited in record["citations"]]

    return rank, {paragraph["section"] for source in sources if source for paragraph in source["paragraphs"]}


def main() -> None:
    """Print the table."""
    queries = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    own, headings = rank_with_rights()
    rankers: dict[str, Callable[[], Rank]] = {"rights": lambda: own}
    if len(sys.argv) > 2:
        sentences = read_sentences(Path(sys.argv[2]), headings)
        rankers["SQLite FTS5, porter"] = lambda: rank_with_fts5(sentences)
        rankers["rapidfuzz WRatio"] = lambda: rank_with_rapidfuzz(sentences)
        rankers["tantivy, stems, fuzzy"] = lambda: rank_with_tantivy(sentences)
    print(f"{'':24} {'MRR':>6} {'hit@1':>6} {'nDCG@5':>6} {'rec@5':>6}  silent")
    for name, make in rankers.items():
        try:
            measures = measure_ranking(queries, make())
        except ImportError as error:
            print(f"{name:24} not installed: {error.name}")
            continue
        print(
            f"{name:24} {' '.join(f'{value:6.3f}' for value in measures[:4])}  {measures.silent}/{measures.unanswerable}"
        )


if __name__ == "__main__":
    main()
