"""The word lists of the judge of statements: in order, each thing said once, and nothing of one base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from rightscli.base.load import read_base
from rightscli.base.paths import find_bundled_base
from rightscli.check.stated.roots import bare_root
from rightscli.check.stated.thesaurus import find_lemmas, find_meaning
from rightscli.search.stopwords import GENERIC_WORDS, STOP_WORDS
from rightscli.tables import read_labels, read_table
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root

Row = tuple[tuple[str, ...], ...]
COLUMNS = {
    "agents": 1,
    "bodies": 1,
    "bodywords": 1,
    "negators": 2,
    "opposites": 2,
    "phrasal": 2,
    "stopwords": 1,
    "titles": 1,
}
GROUPS = {"agents", "bodies", "opposites"}
"""The lists whose rows hold several words, the first of which stands for all."""
ENGLISH = (
    STOP_WORDS
    | GENERIC_WORDS
    | set("against although among largest pervasive publicly rapporteur reportedly tightly twice".split())
)
"""Words of any English text that the thesaurus lacks."""


def read_rows(name: str) -> tuple[Row, ...]:
    return read_table(f"check/stated/{name}.txt")


@cache
def list_words_of_base() -> frozenset[str]:
    """Return the words of the bundled base that are no common English: its names, and its own terms."""
    base = read_base(find_bundled_base())
    said = {word for fact in base.facts for word in re.findall(r"[A-Za-z]{2,}", fact.claim)}
    return frozenset(word for word in map(str.lower, said) if not find_lemmas(word) and word not in ENGLISH)


def list_faults(name: str, rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield what is wrong with the rows of the word list *name*."""
    keys = [row[0][0] for row in rows]
    order = zip(keys, sorted(keys, key=str.casefold), strict=True)
    yield from (f"{one} stands before {other}" for one, other in order if one != other)
    yield from (f"{row[0][0]} has {len(row)} columns" for row in rows if len(row) != COLUMNS[name])
    told = [words if place or name not in GROUPS else words[1:] for row in rows for place, words in enumerate(row)]
    yield from (f"not sorted: {', '.join(words)}" for words in told if list(words) != sorted(words, key=str.casefold))
    # The second column of these two says something of the first.
    columns = [words for row in rows for words in (row[:1] if name in ("negators", "phrasal") else row)]
    for words in columns:
        pattern = r"[A-Z][\w.]*(?: [\w.]+)*|[a-z]+(?: [\w.]+)*" if name == "bodies" else r"[a-z]+(?: [a-z]+)?"
        yield from (f"not words in lower case: {word}" for word in words if not re.fullmatch(pattern, word))
        yield from (f"of one base: {word}" for word in words if name != "bodies" and word in list_words_of_base())
    # The judge compares opposites by their roots, so an inflection in another row, or across the bar, would be a second meaning.
    fold = bare_root if name == "opposites" else str.casefold
    counts = Counter(word for words in columns for word in {fold(one) for one in words})
    yield from (f"twice: {word}" for word, count in counts.items() if count > 1)
    if name != "opposites":
        every = Counter(word for words in columns for word in words)
        yield from (f"twice in a row: {word}" for word, count in every.items() if count > 1 == counts[fold(word)])
    if name == "opposites":
        yield from (f"no opposite: {row[0][0]}" for row in rows if not all(row))
    if name == "negators":
        yield from (f"no such place: {row[1]}" for row in rows if row[1] not in ((), ("behind",)))


def list_synonym_faults(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield what is wrong with the rows of the list of synonyms: roots, or words, each with words of other roots by nearness."""
    labels = [label for label, _ in rows]
    yield from (f"{one} stands before {other}" for one, other in pairwise(labels) if one >= other)
    for label, line in rows:
        parts = line.split(" ")
        grades = [int(part) for part in parts if part.isdecimal()]
        words = [part for part in parts if not part.isdecimal()]
        near = [find_root(unify_spelling(word)) for word in words]
        root = find_root(unify_spelling(label[1:])) if label.startswith("=") else label
        falling = all(one > other for one, other in pairwise([11, *grades, 0]))
        if not falling or not parts[0].isdecimal() or parts[-1].isdecimal():
            yield f"{label}: its words go by no falling nearness"
        yield from (f"{label}: {word} is no word" for word in words if not (word.isalpha() and word.islower()))
        yield from (
            f"{label}: {word} is of the same root" for word, one in zip(words, near, strict=True) if one == root
        )
        yield from (f"{label}: {one} is named {count} times" for one, count in Counter(near).items() if count > 1)


def test_the_synonyms_are_sorted_and_of_other_roots() -> None:
    assert not [*list_synonym_faults(read_labels("search/synonyms.txt"))]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("abandon", "8 leave"), "wage stands before abandon"),
        (("wager", "8 bet Bet's"), "wager: Bet's is no word"),
        (("wager", "8 bet wagers"), "wager: wagers is of the same root"),
        (("wager", "8 bet 3 bets"), "wager: bet is named 2 times"),
        (("wager", "bet 8 stake"), "wager: its words go by no falling nearness"),
        (("wager", "8 bet 8 stake"), "wager: its words go by no falling nearness"),
        (("wager", "8 bet 3"), "wager: its words go by no falling nearness"),
    ],
)
def test_a_bad_row_of_synonyms_is_found(row: tuple[str, str], fault: str) -> None:
    assert fault in [*list_synonym_faults((("wage", "9 salary 8 pay"), row))]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_word_list_is_sorted_and_says_each_thing_once(name: str) -> None:
    assert list(list_faults(name, read_rows(name))) == []


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("titles", (("aaa",),), "ambassador stands before aaa"),
        ("titles", (("Zar",),), "not words in lower case: Zar"),
        ("titles", (("queen",),), "twice: queen"),
        ("titles", (("kim",),), "of one base: kim"),
        ("stopwords", (("pyongyang",),), "of one base: pyongyang"),
        ("stopwords", (("zz", "yy"),), "not sorted: zz, yy"),
        ("agents", (("zz", "zz"),), "twice in a row: zz"),
        ("bodies", (("Zz Board", "NATO"),), "twice: nato"),
        ("opposites", (("zz", "banned"), ("yy",)), "twice: ban"),
        ("opposites", (("zz",), ("zzs",)), "twice: zz"),
        ("opposites", (("zz",), ()), "no opposite: zz"),
        ("negators", (("zz",), ("before",)), "no such place: ('before',)"),
        ("phrasal", (("zz up",),), "zz up has 1 columns"),
    ],
)
def test_a_bad_row_of_a_word_list_is_found(name: str, row: Row, fault: str) -> None:
    assert any(one.startswith(fault) for one in list_faults(name, (*read_rows(name), row)))


@pytest.mark.parametrize(
    ("plural", "noun"), [("women", "woman"), ("men", "man"), ("children", "child"), ("wells", "well")]
)
def test_a_plural_means_what_its_noun_does(plural: str, noun: str) -> None:
    assert find_meaning(noun).own <= find_meaning(plural).own


def test_what_is_in_the_past_is_no_thing() -> None:
    assert find_meaning("objected").own < find_meaning("object").own
