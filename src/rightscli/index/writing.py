"""A base's facts → its index in the user's cache: the tables, their rows, and the file written aside and renamed."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rightscli.base.paths import name_templates
from rightscli.errors import CorruptIndexError
from rightscli.index.queries import FORMAT, Index, unpack_postings
from rightscli.index.store import (
    describe_base,
    describe_code,
    describe_file,
    describe_templates,
    get_pointer,
    hash_name,
    is_own,
    open_file,
    read_pointer,
)
from rightscli.records import Record
from rightscli.text.folding import fold_text
from rightscli.text.slips import count_slips, find_onset
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root
from rightscli.text.words import split_joined, split_texts, split_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.base.model import Citation, Fact, Topic

CLAIM, TERM, ANCHOR, DATE = 1, 2, 4, 8
"""Bits of the fields that hold a word: the claim and its speaker; its terms; its anchors, the passage's words; its date."""
LABEL, ALT, HIDDEN = 0, 1, 2
"""How a topic holds a word or a name."""

LONGEST_LIST = 1 << 15
"""How many facts of a word are looked at, the weightiest first: one that is in more of them says little of each."""
LONGEST_HEAD = 1 << 11
"""How many of them are looked at first: a word's head."""
_USUAL_CLAIM = 20
_WEIGHTS = {CLAIM: 48, TERM: 32, DATE: 16}
_OLD_SECONDS = 3600
_KEPT = 50_000
"""Citations that are kept at hand."""
# A base that was changed so shortly before it was read may change once more within the same tick of the file system.
_TICK_NS = 2_000_000_000

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (place INTEGER PRIMARY KEY, key TEXT UNIQUE, record TEXT);
CREATE TABLE styles (source TEXT, style TEXT, forms TEXT, PRIMARY KEY (source, style)) WITHOUT ROWID;
CREATE TABLE topics (place INTEGER PRIMARY KEY, id TEXT UNIQUE, depth INT, record TEXT);
CREATE TABLE labels (form TEXT, topic INT, rank INT);
CREATE TABLE units (form TEXT, topic INT, rank INT);
CREATE TABLE facts (place INTEGER PRIMARY KEY, id TEXT, since INT, until INT, words TEXT, record TEXT);
CREATE TABLE lists (kind TEXT, key TEXT, places BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT, form TEXT, stem TEXT, onset TEXT, facts INT);
CREATE TABLE postings (word INTEGER PRIMARY KEY, packed BLOB, head BLOB);
CREATE TABLE topic_words (word INT, topic INT, rank INT, PRIMARY KEY (word, topic)) WITHOUT ROWID;
CREATE TABLE section_words (word INT, section TEXT, PRIMARY KEY (word, section)) WITHOUT ROWID;
"""
_KEYS = """
CREATE UNIQUE INDEX facts_by_id ON facts (id);
CREATE INDEX words_by_stem ON words (stem);
CREATE INDEX words_by_word ON words (word);
CREATE INDEX labels_by_form ON labels (form);
CREATE INDEX words_by_onset ON words (onset, word) WHERE onset IS NOT NULL;
CREATE INDEX units_by_form ON units (form);
"""


class _Postings(dict[str, "array[int]"]):
    """The list of each word, in the order in which they first came, which is their number."""

    def __missing__(self, word: str) -> array[int]:
        self[word] = found = array("Q")
        return found


class IndexWriter:
    """Sources, topics and facts → an index, for the length of one build. Topics come before facts, in the tree's order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        from json import JSONEncoder

        self._connection = connection
        self._encode = JSONEncoder(ensure_ascii=False, check_circular=False).encode
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA user_version = {FORMAT};"
            + _TABLES
        )
        self._topics: dict[str, tuple[str, ...]] = {}
        self._lists: dict[tuple[str, str], array[int]] = {}
        self._postings = _Postings()
        self._topic_words: list[tuple[str, int, int]] = []
        self._section_words: list[tuple[str, str]] = []
        self._cited: dict[Citation, tuple[str, tuple[array[int], ...]]] = {}
        self._topic_lists: dict[str, tuple[array[int], ...]] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._sections: dict[tuple[str, int], str] = {}
        self._count = 0

    def add_topics(self, topics: Mapping[str, Topic], broader: Callable[[str], tuple[str, ...]]) -> None:
        """Take the *topics* in, before the first fact; *broader* gives a topic and its broader ones, narrowest first."""
        children: dict[str | None, list[Topic]] = {}
        for topic in topics.values():
            children.setdefault(topic.broader, []).append(topic)
        stack = [(topic, 0) for topic in reversed(children.get(None, []))]
        while stack:
            topic, depth = stack.pop()
            place = len(self._topics)
            self._topics[topic.id] = broader(topic.id)
            self._connection.execute("INSERT INTO topics VALUES (?, ?, ?, '')", (place, topic.id, depth))
            self._add_labels(topic, place)
            stack += [(child, depth + 1) for child in reversed(children.get(topic.id, []))]

    def _add_labels(self, topic: Topic, place: int) -> None:
        ranked = [
            (LABEL, topic.label),
            *((ALT, alt) for alt in topic.alt),
            *((HIDDEN, label) for label in topic.hidden),
        ]
        words: dict[str, int] = {}
        for rank, label in ranked:
            self._connection.execute("INSERT INTO labels VALUES (?, ?, ?)", (fold_text(label), place, rank))
            for word in split_joined(label):
                words.setdefault(word, rank)
            unit = form_unit(split_words(label))
            self._connection.execute("INSERT INTO units VALUES (?, ?, ?)", (unit, place, rank))
        self._connection.execute("INSERT INTO labels VALUES (?, ?, ?)", (topic.id, place, LABEL))
        self._topic_words += ((word, place, rank) for word, rank in words.items())

    def add_styles(self, source: str, styles: Mapping[str, Record]) -> None:
        """Take in the forms of the citations of *source* by style."""
        rows = [(source, style, self._encode(forms)) for style, forms in styles.items()]
        self._connection.executemany("INSERT INTO styles VALUES (?, ?, ?)", rows)

    def add_section(self, source: str, numbers: Iterable[int], words: Iterable[str]) -> None:
        """Take in what the paragraphs *numbers* of a source stand under: the *words* of their section and source's title."""
        key = f"{source}:{len(self._sections)}"
        self._sections |= dict.fromkeys(((source, number) for number in numbers), key)
        self._section_words += ((word, key) for word in dict.fromkeys(words))

    def add_fact(
        self,
        fact: Fact,
        record: Record,
        cite: Callable[[Citation], Record],
        *,
        since: int | None,
        until: int | None,
        dated: Sequence[str],
    ) -> None:
        """Take one fact in, with its *record*, the first and last day of its date, as ordinals, and the words of that date.

        The record ends with ``citations``, still empty: many facts share them, so that each is made by *cite*, and encoded, once.
        """
        place, self._count = self._count, self._count + 1
        others = (*fact.anchors, *fact.terms, fact.according_to or "")
        (claim, *rest), joined = split_texts((fact.claim, *others))
        cited = [self._cited.get(citation) or self._take_citation(citation, cite) for citation in fact.citations]
        whole = f"{self._encode(record).removesuffix(']}')}{', '.join([text for text, _ in cited])}]}}"
        self._rows.append((place, fact.id, since, until, join_words((claim, *rest)), whole))
        if len(self._rows) >= 1000:
            self._flush_rows()
        tied = joined or [()] * (1 + len(rest))
        kinds = (*[ANCHOR] * len(fact.anchors), *[TERM] * len(fact.terms), CLAIM)
        beside: dict[str, int] = {}
        for kind, words, more in zip(kinds, rest, tied[1:], strict=True):
            for word in (*words, *more):
                beside[word] = beside.get(word, 0) | kind
        postings, first = self._postings, place << 32
        for word, entry in _weigh_words((*claim, *tied[0]), beside, dated, length=len(claim)).items():
            postings[word].append(first | entry)
        topics = [self._topic_lists.get(topic) or self._list_topic(topic) for topic in fact.topics]
        for lists in (*topics, *(one for _, one in cited)):
            for places in lists:
                if not places or places[-1] != place:
                    places.append(place)

    def _take_citation(
        self, citation: Citation, cite: Callable[[Citation], Record]
    ) -> tuple[str, tuple[array[int], ...]]:
        """Return a citation's record as it is kept, and the lists of its paragraphs, its source and its section."""
        if len(self._cited) > _KEPT:
            self._cited.clear()
        source, numbers = citation.source, citation.locator.numbers
        lists = (
            *(self._get_list("paragraph", f"{source}:{number}") for number in numbers),
            self._get_list("source", source),
            self._get_list("section", self._sections[source, citation.locator.first]),
        )
        self._cited[citation] = self._encode(cite(citation)), lists
        return self._cited[citation]

    def _list_topic(self, topic: str) -> tuple[array[int], ...]:
        lists = self._topic_lists[topic] = tuple(self._get_list("topic", one) for one in self._topics[topic])
        return lists

    def _get_list(self, kind: str, key: str) -> array[int]:
        found = self._lists.get((kind, key))
        if found is None:
            found = self._lists[kind, key] = array("I")
        return found

    def _flush_rows(self) -> None:
        self._connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def count_places(self, kind: str, key: str) -> int:
        """Return how many facts are on a topic, a paragraph or a source, so far."""
        return len(self._lists.get((kind, key), ()))

    def finish(self, head: Record, sources: Iterable[Record], topics: Iterable[Record]) -> None:
        """Write what is known only at the end: *head* is the base's own record, without ``count``."""
        from json import dumps

        self._flush_rows()
        run = self._connection.executemany
        run(
            "INSERT INTO sources (key, record) VALUES (?, ?)",
            ((one["id"], dumps(one, ensure_ascii=False)) for one in sources),
        )
        run(
            "UPDATE topics SET record = ? WHERE id = ?", ((dumps(one, ensure_ascii=False), one["id"]) for one in topics)
        )
        run(
            "INSERT INTO lists VALUES (?, ?, ?)",
            ((*key, places.tobytes()) for key, places in sorted(self._lists.items())),
        )
        names = [*(word for word, _, _ in self._topic_words), *(word for word, _ in self._section_words)]
        for word in names:
            self._postings[word]  # numbers what only names hold
        numbers = {word: number for number, word in enumerate(self._postings)}
        run(
            "INSERT INTO topic_words VALUES (?, ?, ?)",
            ((numbers[word], place, rank) for word, place, rank in self._topic_words),
        )
        run("INSERT INTO section_words VALUES (?, ?)", ((numbers[word], key) for word, key in self._section_words))
        run("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?)", map(self._describe_word, enumerate(self._postings)))
        run("INSERT INTO postings VALUES (?, ?, ?)", filter(None, map(_pack_word, enumerate(self._postings.values()))))
        self._connection.executescript(_KEYS)
        # Escaped, because a path may hold what is not UTF-8, and SQLite takes nothing else.
        value = dumps(head | {"count": self._count})
        self._connection.execute("INSERT INTO meta VALUES ('head', ?)", (value,))
        self._connection.commit()

    def _describe_word(self, item: tuple[int, str]) -> tuple[int, str, str, str, str | None, int]:
        number, word = item
        form = unify_spelling(word)
        onset = find_onset(word) if count_slips(word) else None
        return number, word, form, find_root(form), onset, len(self._postings[word])


def _weigh_words(
    claimed: Iterable[str], beside: Mapping[str, int], dated: Iterable[str], *, length: int
) -> dict[str, int]:
    """Return the weight of each of a fact's words, above the bits of the fields that hold it.

    *claimed* are its claim's words, of which it has *length*; *beside* are those of its other fields, with their bits.
    """
    # A word says more of a short claim than of a long one.
    share = int(_WEIGHTS[CLAIM] * 2 / (1 + length / _USUAL_CLAIM))
    found = dict.fromkeys(claimed, share << 8 | CLAIM)
    # Beside the claim a word counts once, in however many fields it stands.
    for word, bits in beside.items():
        found[word] = found.get(word, 0) + (_WEIGHTS[TERM] << 8) | bits
    for word in dated:
        found.setdefault(word, _WEIGHTS[DATE] << 8 | DATE)
    return found


def _pack_word(item: tuple[int, array[int]]) -> tuple[int, bytes, bytes | None] | None:
    """Return the row of a word's facts; of very many, the weightiest."""
    number, packed = item
    if not packed:
        return None
    if len(packed) <= LONGEST_HEAD:
        return number, packed.tobytes(), None
    if len(packed) > LONGEST_LIST:
        packed = _pick_weightiest(packed, LONGEST_LIST)
    head = array("I", [entry >> 32 for entry in _pick_weightiest(packed, LONGEST_HEAD)])
    return number, packed.tobytes(), head.tobytes()


def _pick_weightiest(packed: array[int], most: int) -> array[int]:
    """Return the *most* entries that weigh most, the first among equals, in their order."""
    _, weights, _ = unpack_postings(packed.tobytes())
    least, left = 256, most
    while left > 0:
        least -= 1
        count, left = left, left - weights.count(least)
    # Of those of the least weight there may be too many.
    kept: list[int] = []
    for entry, weight in zip(packed, weights, strict=True):
        if weight > least:
            kept.append(entry)
        elif weight == least and count:
            count -= 1
            kept.append(entry)
    return array("Q", kept)


def join_words(texts: Iterable[Iterable[str]]) -> str:
    """Return the words of several texts so that a run can be looked for: each between blanks, each text between bars."""
    return f" {' | '.join(map(' '.join, texts))} "


def form_unit(words: Iterable[str]) -> str:
    """Return what several words that mean one thing are found by, however they are inflected or spelt."""
    return " ".join(find_root(unify_spelling(word)) for word in words)


def build_index(base: str, cache: str | os.PathLike[str] | None, fill: Callable[[IndexWriter], str]) -> Index:
    """Return a new index of the file *base*, kept in the *cache* where that can be written, else in memory.

    *fill* reads the base into the writer and returns its SHA-256; what it raises is passed on, and nothing is left behind.
    """
    if cache is not None:
        try:
            return _build_file(base, Path(cache), fill)
        except (OSError, sqlite3.Error, CorruptIndexError):
            pass  # no room, no right, or gone meanwhile: none of it is the user's business
    connection = sqlite3.connect(":memory:")
    try:
        # Neither is there room elsewhere, perhaps.
        connection.execute("PRAGMA temp_store = MEMORY")
        fill(IndexWriter(connection))
        return Index(connection)
    except BaseException:
        connection.close()
        raise


def _build_file(base: str, cache: Path, fill: Callable[[IndexWriter], str]) -> Index:
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not is_own(cache.stat()):
        raise PermissionError(cache)
    _sweep_cache(cache)
    name = os.path.realpath(base)
    templates = describe_templates(name)
    aside = cache / f"{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        sha256 = _write_file(aside, fill)
        status = _vouch_for(Path(name), sha256)
        if status is None or templates != describe_templates(name):
            # Nobody could find it again. It is open, so it can be read to the end though its name goes.
            return open_file(str(aside))
        pointer = Path(get_pointer(name, cache))
        path = cache / f"{pointer.stem}-{hash_name(describe_code())}-{sha256[:16]}.index"
        aside.replace(path)
        with suppress(OSError):
            _make_file(aside)
            aside.write_bytes(
                os.fsencode("\0".join((name, describe_code(), status, path.name, describe_file(path, own=True))))
            )
            aside.replace(pointer)
        return open_file(str(path))
    finally:
        with suppress(OSError):
            aside.unlink()


def _write_file(path: Path, fill: Callable[[IndexWriter], str]) -> str:
    """Write an index to a new file, down to the disk; return what *fill* does."""
    _make_file(path)
    connection = sqlite3.connect(path)
    try:
        sha256 = fill(IndexWriter(connection))
    finally:
        connection.close()
    # Else a pointer may outlive what it points to when the power fails; and some disks tell only now that they are full.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return sha256


def _make_file(path: Path) -> None:
    """Make a new and empty file that is for its owner alone, whatever the umask; one that is there is none of ours."""
    path.touch(mode=0o600, exist_ok=False)
    path.chmod(0o600)


def _vouch_for(base: Path, sha256: str) -> str | None:
    """Return what tells the file *base* from any later state of it; None if that cannot be told, or it is not what was read.

    It is read once more, because its name, or a link to it, may have stood for another file while it was read.
    """
    from hashlib import file_digest

    now, status = time.time_ns(), describe_base(str(base))
    changed = [path.stat() for path in (base, Path(name_templates(str(base)))) if path.exists()]
    with base.open("rb") as file:
        same = file_digest(file, "sha256").hexdigest() == sha256
    # On Windows ctime is when the file was made; elsewhere no write leaves it alone, and mtime is whatever anyone says.
    last = max(one.st_mtime_ns if sys.platform == "win32" else one.st_ctime_ns for one in changed)
    return status if same and now - last > _TICK_NS and status == describe_base(str(base)) else None


def discard_indexes(cache: str | os.PathLike[str] | None) -> None:
    """Forget every index in the *cache*; the next look-up builds its own anew."""
    for pointer in Path(cache).glob("*.at") if cache else ():
        with suppress(OSError):
            pointer.unlink()


def _sweep_cache(cache: Path) -> None:
    """Remove what builds that were killed have left, and indexes that no pointer names any more."""
    named = set[str]()
    for pointer in cache.glob("*.at"):
        with suppress(OSError):
            named.update(read_pointer(pointer))
    # Only names that we give: where this folder turns out to be another one, its files are not ours to remove.
    ours = ("[0-9]*-[0-9]*.tmp", f"{'[0-9a-f]' * 12}-{'[0-9a-f]' * 8}-{'[0-9a-f]' * 16}.index")
    for path in (path for pattern in ours for path in cache.glob(pattern)):
        with suppress(OSError):
            if path.name not in named and time.time() - path.lstat().st_mtime > _OLD_SECONDS:
                path.unlink()
