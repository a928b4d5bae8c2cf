"""How well a search ranks, and how often it is rightly silent, on several bases: MRR, hit@1, recall@5, silence.

``python benchmarks/quality.py QUERIES.json BASE.yaml=QUERIES.json …`` prints our own figures beside those of SQLite's FTS5 and,
where it is installed, tantivy's, over claims and terms. Queries without a base are the bundled base's, which is measured whole,
and cut to the first 2, 5 and 10 terms of each fact. A query has grades by paragraph, or by fact id: 2 answers, 1 touches on it.
``--worth`` prints instead what happens to the worst base with each number of the table of weights a third lower and a half
higher, ``--misses`` what each base got wrong. A rule that helps one base and harms another is learnt by heart.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from rightscli.base.paths import find_bundled_base
from rightscli.index.building import open_index
from rightscli.search import find_facts, weights

CUTS = (2, 5, 10)
"""How many terms of each fact the bundled base is cut to: an ordinary curator writes two or three."""
MOST = 20
"""How many hits are looked at."""

Rank = Callable[[str], Iterable[str]]
"""A query → paragraph numbers or fact ids, best first; repeated ones count once."""


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
        grades = query["relevant"]
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


class Measured(NamedTuple):
    """A base in the file *path*, the *name* it is printed by, and its graded *queries*, by paragraph or by fact."""

    name: str
    path: str
    queries: list[dict[str, Any]]

    @property
    def by_paragraph(self) -> bool:
        """Whether grades go by paragraph number."""
        return all(key.isdecimal() for query in self.queries for key in query["relevant"])


def rank_with_rights(path: str | None = None, *, by_paragraph: bool = True) -> Rank:
    """Return our own ranking over the base in the file *path*, by default the bundled one."""
    index = open_index(path or find_bundled_base(), None)

    def rank(query: str) -> Iterator[str]:
        found = find_facts(index, query, limit=MOST)
        for record in () if found.weak else index.get_facts(hit.place for hit in found.hits):
            yield from name_answers(record, by_paragraph=by_paragraph)

    return rank


def name_answers(record: dict[str, Any], *, by_paragraph: bool) -> list[str]:
    """Return by what the grades know a fact: the numbers of its first paragraphs, or its id."""
    return (
        [one["locator"]["value"].partition("-")[0] for one in record["citations"]] if by_paragraph else [record["id"]]
    )


def read_texts(path: str, *, by_paragraph: bool) -> list[tuple[list[str], str]]:
    """Return by what the grades know each fact of a base, with its claim and terms."""
    records = open_index(path, None).read_facts()
    return [
        (name_answers(record, by_paragraph=by_paragraph), " ".join((record["claim"], *record["terms"])))
        for record in records
    ]


def rank_with_fts5(texts: list[tuple[list[str], str]]) -> Rank:
    """Return SQLite's own ranking, porter stems, any of the words."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", enumerate(text for _, text in texts))

    def rank(query: str) -> Iterator[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        rows = base.execute(f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT {MOST}", (words or '""',))
        for (place,) in rows.fetchall():
            yield from texts[place][0]

    return rank


def rank_with_tantivy(texts: list[tuple[list[str], str]]) -> Rank:
    """Return tantivy's ranking: English stems, fuzzy terms at distance 1."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="en_stem")
    builder.add_integer_field("place", stored=True, indexed=True)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for place, (_, text) in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, place=place))
    writer.commit()
    index.reload()

    def rank(query: str) -> Iterator[str]:
        words = " ".join(re.findall(r"\w+", query))
        parsed = index.parse_query(words, ["text"], fuzzy_fields={"text": (True, 1, True)})
        searcher = index.searcher()
        for _, address in searcher.search(parsed, MOST).hits:
            yield from texts[searcher.doc(address)["place"][0]][0]

    return rank


def cut_terms(path: str, count: int, folder: Path) -> str:
    """Write a copy of a base with the first *count* terms of each fact to *folder*, and return its path."""
    base = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    for fact in base["facts"]:
        fact["terms"] = fact.get("terms", [])[:count]
    cut = folder / f"{count}.yaml"
    # JSON is YAML; a date is written as it was.
    cut.write_text(json.dumps(base, default=str), encoding="utf-8")
    return str(cut)


def list_bases(given: Sequence[str], folder: Path) -> Iterator[Measured]:
    """Yield the bases of the command's arguments; the bundled one whole and cut, the cut ones in *folder*."""
    for argument in given:
        path, _, file = argument.rpartition("=")
        queries = json.loads(Path(file).read_text(encoding="utf-8"))
        if path:
            yield Measured(Path(path).stem, path, queries)
            continue
        whole = find_bundled_base()
        yield Measured(f"{Path(file).stem}, whole", whole, queries)
        for count in CUTS:
            yield Measured(f"{Path(file).stem}, {count} terms", cut_terms(whole, count, folder), queries)


def print_table(bases: Iterable[Measured]) -> None:
    """Print the measures of every ranker on each base."""
    print(f"{'':44} {'MRR':>6} {'hit@1':>6} {'nDCG@5':>6} {'rec@5':>6} {'silence':>7}")
    for base in bases:
        texts = read_texts(base.path, by_paragraph=base.by_paragraph)
        rankers: dict[str, Callable[[], Rank]] = {
            "rights": partial(rank_with_rights, base.path, by_paragraph=base.by_paragraph),
            "FTS5, porter": partial(rank_with_fts5, texts),
            "tantivy, fuzzy": partial(rank_with_tantivy, texts),
        }
        for name, make in rankers.items():
            try:
                measures = measure_ranking(base.queries, make())
            except ImportError:
                continue
            shown = " ".join(f"{value:6.3f}" for value in measures[:4])
            print(f"{base.name:28} {name:15} {shown} {measures.silent / max(measures.unanswerable, 1):7.3f}")


def print_misses(bases: Iterable[Measured]) -> None:
    """Print the queries whose first hit is wrong, or that should have been met with silence and were not."""
    for base in bases:
        rank = rank_with_rights(base.path, by_paragraph=base.by_paragraph)
        for query in base.queries:
            ranked = list(dict.fromkeys(rank(query["query"])))
            best = {key for key, grade in query["relevant"].items() if grade == 2}
            if not (best & set(ranked[:1]) if query["relevant"] else not ranked):
                print(f"{base.name}: {query['query']!r} wants {sorted(best)}, got {ranked[:3]}")


def print_worth(bases: Sequence[Measured]) -> None:
    """Print what each weight is worth: by how much the worst base and the mean of all are better or worse without it."""
    before = score_bases(bases)
    print(f"{'worst of all bases, mean':44} {min(before):.3f} {sum(before) / len(before):.3f}")
    for name, value in list(vars(weights).items()):
        if not name.isupper() or not isinstance(value, int | float) or name in _BUILT_IN:
            continue
        for factor in (2 / 3, 3 / 2):
            changed = value * factor if isinstance(value, float) else round(value * factor)
            setattr(weights, name, changed)
            after = score_bases(bases)
            setattr(weights, name, value)
            worst, mean = min(after) - min(before), (sum(after) - sum(before)) / len(after)
            print(f"{name + f' {value} > {changed}':44} {worst:+.3f} {mean:+.3f}")


_BUILT_IN = {"CLAIM", "TERM", "ANCHOR", "PASSAGE", "DATE", "LABEL", "ALT", "HIDDEN"}
"""Bits and ranks: names of things, and no weights."""


def score_bases(bases: Iterable[Measured]) -> list[float]:
    """Return one figure a base: the mean of MRR and silence."""
    figures = []
    for base in bases:
        measures = measure_ranking(base.queries, rank_with_rights(base.path, by_paragraph=base.by_paragraph))
        figures.append((measures.reciprocal_rank + measures.silent / max(measures.unanswerable, 1)) / 2)
    return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("given", nargs="+", metavar="[BASE.yaml=]QUERIES.json")
    parser.add_argument("--worth", action="store_true", help="what each weight is worth")
    parser.add_argument("--misses", action="store_true", help="what is ranked or met with silence wrongly")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        bases = list(list_bases(options.given, Path(folder)))
        if options.worth:
            print_worth(bases)
        elif options.misses:
            print_misses(bases)
        else:
            print_table(bases)


if __name__ == "__main__":
    main()
