"""A base → one SQLite file in the user's cache; that file → records, word lists, facts: what every look-up reads.

An index is found with one ``stat`` of its base: a pointer, named after the base's path, holds the base's device, inode, size,
mtime_ns and ctime_ns as they were when it was read, and those of the index as they were when it was written. Whatever has
been changed since, by anyone, has another ctime, and is built anew. An index is written aside and renamed, so that a reader
sees a whole one or none. Where the cache cannot be written the index is kept in memory, without a word.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rightscli.records import Record
from rightscli.words import find_root, fold_text, list_deletes, split_joined, split_words, unify_spelling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.model import Fact, Topic

FORMAT = 1
"""Raised whenever an index means something else than before: tables, weights, or a rule of ``words``."""

CLAIM, TERM, PLACE = 1, 2, 4
"""Bits of the fields that hold a word: the claim; its terms, anchors and id; the section and title of its source."""
LABEL, ALT, HIDDEN = 0, 1, 2
"""How a topic holds a word or a name."""

LONGEST_LIST = 1 << 16
"""How many facts of a word are looked at, the weightiest first: one that is in more of them says little of each."""
_USUAL_CLAIM = 20
_WEIGHTS = {CLAIM: 48, TERM: 32, PLACE: 8}
_LONGEST_UNIT = 6
_OLD_SECONDS = 3600
# A base that was changed so shortly before it was read may change once more within the same tick of the file system.
_TICK_NS = 2_000_000_000

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (place INTEGER PRIMARY KEY, key TEXT UNIQUE, record TEXT);
CREATE TABLE topics (place INTEGER PRIMARY KEY, id TEXT UNIQUE, depth INT, record TEXT);
CREATE TABLE labels (form TEXT, topic INT, rank INT);
CREATE TABLE units (form TEXT, topic INT, rank INT);
CREATE TABLE facts (place INTEGER PRIMARY KEY, id TEXT, since INT, until INT, words TEXT, record TEXT);
CREATE TABLE lists (kind TEXT, key TEXT, places BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT, form TEXT, stem TEXT, facts INT);
CREATE TABLE postings (word INTEGER PRIMARY KEY, places BLOB, weights BLOB, fields BLOB);
CREATE TABLE topic_words (word INT, topic INT, rank INT, PRIMARY KEY (word, topic)) WITHOUT ROWID;
CREATE TABLE deletes (form TEXT, word INT, PRIMARY KEY (form, word)) WITHOUT ROWID;
"""
_KEYS = """
CREATE UNIQUE INDEX facts_by_id ON facts (id);
CREATE INDEX words_by_stem ON words (stem);
CREATE INDEX words_by_word ON words (word);
CREATE INDEX labels_by_form ON labels (form);
CREATE INDEX units_by_form ON units (form);
"""


class CorruptIndexError(Exception):
    """The index is not what we wrote; ``discard_index`` and build it anew."""


class Index:
    """A whole base, ready to be looked up. Places count facts from 0, in the order of the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sources: dict[str, Record] = {}
        head = self._load_json(self.ask("SELECT value FROM meta WHERE key = 'head'")[0][0])
        self.title: str = head["title"]
        self.edition: str = head["edition"]
        self.scope: str = head["scope"]
        self.sha256: str = head["sha256"]
        self.path: str = head["path"]
        self.count: int = head["count"]

    def ask(self, query: str, *values: Any) -> list[Any]:
        """Return the rows of one query; raise CorruptIndexError where SQLite cannot read them."""
        try:
            return self._connection.execute(query, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise CorruptIndexError(str(error)) from error

    def get_source(self, key: str) -> Record | None:
        """Return the record of the source *key*, or None."""
        if key not in self._sources:
            rows = self.ask("SELECT record FROM sources WHERE key = ?", key)
            if not rows:
                return None
            self._sources[key] = self._load_json(rows[0][0])
        return self._sources[key]

    def list_sources(self) -> list[str]:
        """Return the keys of the sources, in the order of the file."""
        return [key for (key,) in self.ask("SELECT key FROM sources ORDER BY place")]

    def list_topics(self) -> list[tuple[int, Record]]:
        """Return each topic's depth and record, the broader before the narrower."""
        return [
            (depth, self._load_json(record))
            for depth, record in self.ask("SELECT depth, record FROM topics ORDER BY place")
        ]

    def find_topics(self, name: str) -> list[Record]:
        """Return the topics that go by *name*: by id or label, else by an other label, else by a hidden one."""
        rows = self.ask(
            "SELECT DISTINCT rank, record, place FROM labels JOIN topics ON place = topic WHERE form = ? ORDER BY rank, place",
            fold_text(name),
        )
        return [self._load_json(record) for rank, record, _ in rows if rank == rows[0][0]]

    def list_names(self, table: str, like: str = "", most: int = 20_000) -> list[str]:
        """Return names of facts (``facts``) or topics' labels (``labels``) that a misspelt *like* may have meant."""
        column = "id" if table == "facts" else "form"
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT ?"
        everything = [name for (name,) in self.ask(query, "", "\U0010ffff", most)]
        if len(everything) < most:
            return everything
        return [name for (name,) in self.ask(query, like[:2], like[:2] + "\U0010ffff", most)]

    def get_fact(self, id: str) -> Record | None:
        """Return the record of the fact *id*, or None."""
        rows = self.ask("SELECT record FROM facts WHERE id = ?", id)
        return self._load_json(rows[0][0]) if rows else None

    def get_facts(self, places: Iterable[int]) -> list[Record]:
        """Return the records of the facts at *places*, in that order."""
        wanted = list(places)
        found: dict[int, Record] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for place, record in self.ask(f"SELECT place, record FROM facts WHERE place IN ({marks})", *part):
                found[place] = self._load_json(record)
        return [found[place] for place in wanted]

    def read_facts(self) -> Iterator[Record]:
        """Yield every fact's record, in the order of the file."""
        for (record,) in self._connection.execute("SELECT record FROM facts ORDER BY place"):
            yield self._load_json(record)

    def list_places(self, kind: str, key: str) -> array[int]:
        """Return the ascending places of the facts on a topic (``topic``), narrower ones included, or of a source's
        paragraph (``paragraph``, ``hrw-2020:13``)."""
        rows = self.ask("SELECT places FROM lists WHERE kind = ? AND key = ?", kind, key)
        return array("I", rows[0][0] if rows else b"")

    def get_words(self, places: Iterable[int]) -> dict[int, str]:
        """Return the words of the facts at *places*, each between blanks, each field between bars."""
        wanted = list(places)
        rows: list[tuple[int, str]] = []
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            rows += self.ask(f"SELECT place, words FROM facts WHERE place IN ({marks})", *part)
        return dict(rows)

    def list_dated(self, places: Iterable[int], since: int | None, until: int | None) -> set[int]:
        """Return those of *places* whose dates overlap the days *since* to *until*, as ordinals; undated ones do not."""
        kept: set[int] = set()
        wanted = list(places)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            query = f"SELECT place FROM facts WHERE place IN ({marks}) AND until >= ? AND since <= ?"
            kept.update(place for (place,) in self.ask(query, *part, since or 0, until or 10**9))
        return kept

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _load_json(self, text: str) -> Any:
        from json import loads

        try:
            return loads(text)
        except ValueError as error:
            raise CorruptIndexError(str(error)) from error


class IndexWriter:
    """Sources, topics and facts → an index, for the length of one build. Topics come before facts, in the tree's order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA user_version = {FORMAT};"
            + _TABLES
        )
        self._topics: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._lists: dict[tuple[str, str], array[int]] = {}
        self._ids: dict[str, int] = {}
        self._places: list[array[int]] = []
        self._weights: list[bytearray] = []
        self._fields: list[bytearray] = []
        self._rows: list[tuple[Any, ...]] = []
        self._section_words: dict[tuple[str, int], tuple[str, ...]] = {}
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
            self._topics[topic.id] = (place, broader(topic.id))
            self._connection.execute("INSERT INTO topics VALUES (?, ?, ?, '')", (place, topic.id, depth))
            self._add_labels(topic, place)
            stack += [(child, depth + 1) for child in reversed(children.get(topic.id, []))]

    def _add_labels(self, topic: Topic, place: int) -> None:
        ranked = [
            (LABEL, topic.label),
            *((ALT, alt) for alt in topic.alt),
            *((HIDDEN, label) for label in topic.hidden),
        ]
        words: dict[int, int] = {}
        for rank, label in ranked:
            self._connection.execute("INSERT INTO labels VALUES (?, ?, ?)", (fold_text(label), place, rank))
            for word in split_joined(label):
                words.setdefault(self._number_word(word), rank)
            unit = form_unit(split_words(label))
            self._connection.execute("INSERT INTO units VALUES (?, ?, ?)", (unit, place, rank))
        self._connection.execute("INSERT INTO labels VALUES (?, ?, ?)", (topic.id, place, LABEL))
        rows = [(word, place, rank) for word, rank in words.items()]
        self._connection.executemany("INSERT INTO topic_words VALUES (?, ?, ?)", rows)

    def add_section(self, source: str, number: int, words: tuple[str, ...]) -> None:
        """Take in what the paragraph *number* of a source stands under: its section, and its source's title."""
        self._section_words[source, number] = words

    def add_fact(self, fact: Fact, record: Record, *, since: int | None, until: int | None) -> None:
        """Take one fact in, with its finished *record* and the first and last day of its date, as ordinals."""
        from json import dumps

        place, self._count = self._count, self._count + 1
        words = join_words((fact.claim, *fact.anchors, *fact.terms, fact.according_to or ""))
        self._rows.append((place, fact.id, since, until, words, dumps(record, ensure_ascii=False)))
        if len(self._rows) >= 1000:
            self._flush_rows()
        claim = split_joined(fact.claim)
        weights: dict[str, tuple[int, int]] = {}
        termed = {
            word
            for text in (*fact.anchors, *fact.terms, fact.according_to or "", fact.id)
            for word in split_joined(text)
        }
        sections = {word for cited in fact.citations for word in self._section_words[cited.source, cited.locator.first]}
        # A word says more of a short claim than of a long one.
        share = int(_WEIGHTS[CLAIM] * 2 / (1 + len(claim) / _USUAL_CLAIM))
        for bit, weight, held in (
            (CLAIM, share, set(claim)),
            (TERM, _WEIGHTS[TERM], termed),
            (PLACE, _WEIGHTS[PLACE], sections),
        ):
            for word in held:
                bits, sum_ = weights.get(word, (0, 0))
                weights[word] = (bits | bit, sum_ + weight)
        for word, (bits, weight) in weights.items():
            number = self._number_word(word)
            self._places[number].append(place)
            self._weights[number].append(min(weight, 255))
            self._fields[number].append(bits)
        self._add_to_lists(fact, place)

    def _add_to_lists(self, fact: Fact, place: int) -> None:
        keys = {("topic", broader) for topic in fact.topics for broader in self._topics[topic][1]}
        for cited in fact.citations:
            keys.update(("paragraph", f"{cited.source}:{number}") for number in cited.locator.numbers)
            keys.add(("source", cited.source))
        for key in keys:
            self._lists.setdefault(key, array("I")).append(place)

    def _number_word(self, word: str) -> int:
        number = self._ids.get(word)
        if number is None:
            number = self._ids[word] = len(self._ids)
            self._places.append(array("I"))
            self._weights.append(bytearray())
            self._fields.append(bytearray())
        return number

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
        words = ((number, word, form := unify_spelling(word), find_root(form)) for word, number in self._ids.items())
        run("INSERT INTO words VALUES (?, ?, ?, ?, ?)", ((*row, len(self._places[row[0]])) for row in words))
        run("INSERT INTO postings VALUES (?, ?, ?, ?)", filter(None, map(self._pack_word, range(len(self._places)))))
        deletes = sorted((form, number) for word, number in self._ids.items() for form in list_deletes(word))
        run("INSERT OR IGNORE INTO deletes VALUES (?, ?)", deletes)
        self._connection.executescript(_KEYS)
        value = dumps(head | {"count": self._count}, ensure_ascii=False)
        self._connection.execute("INSERT INTO meta VALUES ('head', ?)", (value,))
        self._connection.commit()

    def _pack_word(self, number: int) -> tuple[int, bytes, bytes, bytes] | None:
        """Return the row of a word's facts; of very many, the weightiest."""
        places, weights, fields = self._places[number], self._weights[number], self._fields[number]
        if not places:
            return None
        if len(places) > LONGEST_LIST:
            best = sorted(range(len(places)), key=lambda i: -weights[i])[:LONGEST_LIST]
            best.sort()
            places = array("I", [places[i] for i in best])
            weights, fields = bytearray(weights[i] for i in best), bytearray(fields[i] for i in best)
        return number, places.tobytes(), bytes(weights), bytes(fields)


def join_words(texts: Iterable[str]) -> str:
    """Return the words of *texts* so that a run of words can be looked for: each between blanks, each text between bars."""
    return f" {' | '.join(' '.join(split_words(text)) for text in texts)} "


def form_unit(words: Iterable[str]) -> str:
    """Return what several words that mean one thing are found by, however they are inflected or spelt."""
    return " ".join(find_root(unify_spelling(word)) for word in words)


def find_index(base: str, cache: Path | None) -> Index | None:
    """Return the index of the file *base* if the *cache* holds one that is still good."""
    if cache is None:
        return None
    try:
        pointer = _get_pointer(base, cache).read_text(encoding="utf-8").split("\n")
        if len(pointer) != 4 or pointer[0] != os.path.realpath(base) or pointer[1] != _describe_file(Path(base)):
            return None
        path = cache / pointer[2]
        if Path(pointer[2]).name != pointer[2] or pointer[3] != _describe_file(path, own=True):
            return None
        return _open_file(path)
    except (OSError, ValueError, sqlite3.DatabaseError, CorruptIndexError, IndexError, KeyError):
        return None


def _open_file(path: Path) -> Index:
    # immutable: nobody writes to it, so no locks and no look for a journal.
    name = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file:{name}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        connection.close()
        raise CorruptIndexError("another format")
    return Index(connection)


def build_index(base: str, cache: Path | None, fill: Callable[[IndexWriter], str]) -> Index:
    """Return a new index of the file *base*, kept in the *cache* where that can be written, else in memory.

    *fill* reads the base into the writer and returns its SHA-256; what it raises is passed on, and nothing is left behind.
    """
    if cache is not None:
        try:
            return _build_file(base, cache, fill)
        except (OSError, sqlite3.Error):
            pass  # no room, no right, or gone meanwhile: none of it is the user's business
    connection = sqlite3.connect(":memory:")
    fill(IndexWriter(connection))
    return Index(connection)


def _build_file(base: str, cache: Path, fill: Callable[[IndexWriter], str]) -> Index:
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep_cache(cache)
    before = _describe_file(Path(base))
    aside = cache / f"{os.getpid()}-{time.monotonic_ns()}.tmp"
    connection = sqlite3.connect(aside)
    try:
        aside.chmod(0o600)
        sha256 = fill(IndexWriter(connection))
        connection.close()
        pointer = _get_pointer(base, cache)
        path = cache / f"{pointer.stem}-{sha256[:16]}.index"
        aside.replace(path)
    finally:
        connection.close()
        aside.unlink(missing_ok=True)
    changed = Path(base).stat()
    if (
        before == _describe_file(Path(base))
        and time.time_ns() - max(changed.st_mtime_ns, changed.st_ctime_ns) > _TICK_NS
    ):
        lines = [os.path.realpath(base), before, path.name, _describe_file(path, own=True)]
        aside.write_text("\n".join(lines), encoding="utf-8")
        aside.replace(pointer)
    return _open_file(path)


def discard_index(base: str, cache: Path | None) -> None:
    """Forget the index of the file *base*."""
    if cache is not None:
        with suppress(OSError):
            _get_pointer(base, cache).unlink()


def _sweep_cache(cache: Path) -> None:
    """Remove what builds that were killed have left, and indexes that no pointer names any more."""
    named = {
        line
        for pointer in cache.glob("*.at")
        for line in pointer.read_text(encoding="utf-8", errors="replace").split("\n")
    }
    for path in [*cache.glob("*.tmp"), *cache.glob("*.tmp-journal"), *cache.glob("*.index")]:
        with suppress(OSError):
            if path.name not in named and time.time() - path.stat().st_mtime > _OLD_SECONDS:
                path.unlink()


def _get_pointer(base: str, cache: Path) -> Path:
    from zlib import crc32

    name = os.path.realpath(base).encode("utf-8", "surrogateescape")
    return cache / f"{crc32(name):08x}{len(name):04x}.at"


def _describe_file(path: Path, *, own: bool = False) -> str:
    """Return what changes when the file does; raise OSError if it is not there, or is not our *own*."""
    status = path.stat()
    if own and sys.platform != "win32" and status.st_uid != os.geteuid():
        raise PermissionError(path)
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
