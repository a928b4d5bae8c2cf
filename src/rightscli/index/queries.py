"""A base's index → records, word lists, facts: every question that is asked of it, and the only SQL."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from json import loads
from typing import TYPE_CHECKING

from rightscli.base.paths import describe_bases
from rightscli.errors import CorruptIndexError
from rightscli.text.folding import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from rightscli.records import Record

    Places = Sequence[int]

FORMAT = 12
"""Raised whenever an index has other tables than before; other rules make other code (see ``describe_code``)."""

_MOST_KEPT = 100
"""How many words' facts are kept: two words of a query often have their stem, and so all they find, in common."""

PLAIN = "plain"
"""What the forms of a citation go by that no style was compiled for."""


class Index:
    """A whole base, or several as one, ready to be looked up. Places count facts from 0, in the order of the files.

    *bases* are the records of the bases: their ``name``, ``title``, ``edition``, ``scope``, ``sha256``, ``path``, how many
    ``facts`` they have, when they were ``changed``, and the ``engine`` that compiled their citations.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sources: dict[str, Record] = {}
        self._forms: dict[tuple[str, str], Record | None] = {}
        self._postings: dict[int, tuple[int, int, bytes, Places, bytes]] = {}
        if self._ask("PRAGMA user_version") != [(FORMAT,)]:
            raise CorruptIndexError("another format")
        head = self._load_json(self._ask("SELECT value FROM meta WHERE key = 'head'")[0][0])
        self.bases: list[Record] = head["bases"]
        self.title, self.edition, self.scope, self.sha256 = (
            "; ".join(base[name] for base in self.bases) for name in ("title", "edition", "scope", "sha256")
        )
        self.remark: str = head["remark"]
        self.count: int = head["count"]
        self.words_per_fact: float = head["words"]
        self._clashes: list[Any] = head["clashes"]

    def _ask(self, query: str, *values: Any) -> list[Any]:
        """Return the rows of one query; raise CorruptIndexError where SQLite cannot read them."""
        try:
            return self._connection.execute(query, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise CorruptIndexError(str(error)) from error

    def _ask_in_parts(self, query: str, values: Iterable[Any], *more: Any) -> Iterator[Any]:
        """Yield the rows of *query*, run in batches of 500 *values*, whose placeholders ``{}`` stands for; *more* follow them."""
        wanted = list(values)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            yield from self._ask(query.format(",".join("?" * len(part))), *part, *more)

    @property
    def warnings(self) -> list[str]:
        """What is to be said of names that the bases have in common."""
        count, *first = self._clashes
        more = f"; {count - 1:,} more: rights doctor lists them" if count > 1 else ""
        return [f"{first[0]}{more}"] if first else []

    def describe(self) -> str:
        """Return the titles of the bases with their names, as messages have them."""
        return describe_bases(self.bases)

    def get_engine(self, source: str) -> str | None:
        """Return what compiled the citations of a source, if anything did."""
        names = (self.get_source(source) or {}).get("bases", [self.bases[0]["name"]])
        engines = [base["engine"] for base in self.bases if base["name"] in names]
        return next(filter(None, engines), None)

    def get_source(self, key: str) -> Record | None:
        """Return the record of the source *key*, which may be ``base/key``, or None."""
        if key not in self._sources:
            rows = self._ask("SELECT record FROM sources WHERE key = ?", key)
            if not rows:
                return self._choose_own(key, "SELECT record FROM sources WHERE key = ?")
            self._sources[key] = self._load_json(rows[0][0])
        return self._sources[key]

    def _choose_own(self, name: str, query: str) -> Record | None:
        """Return the record that *query* gives for what ``base/name`` goes by, if that base has it."""
        base, slash, own = name.partition("/")
        names = [one["name"] for one in self.bases]
        if not slash or base not in names or "/" in own:
            return None
        # What clashes with a third base's may still be several bases' own.
        rows = [row for one in (own, *(f"{other}/{own}" for other in names)) for row in self._ask(query, one)]
        records = [self._load_json(record) for (record,) in rows]
        return next((one for one in records if base in one.get("bases", names)), None)

    def list_rivals(self, name: str) -> list[str]:
        """Return what the sources and facts go by that several bases call *name*."""
        qualified = [f"{base['name']}/{name}" for base in self.bases if len(self.bases) > 1]
        rows = [
            *self._ask_in_parts("SELECT key FROM sources WHERE key IN ({})", qualified),
            *self._ask_in_parts("SELECT id FROM facts WHERE id IN ({})", qualified),
        ]
        return [one for one in qualified if (one,) in rows]

    def get_forms(self, source: str, style: str) -> Record | None:
        """Return the forms of a citation of *source* in *style* (see ``cite.templates``), or None where there are none."""
        rows = self._ask("SELECT forms FROM styles WHERE source = ? AND style = ?", source, style)
        forms: Record | None = self._load_json(rows[0][0]) if rows else None
        return forms

    def list_templates(self, source: str) -> list[str]:
        """Return the texts of every citation of *source* that was compiled, with their slots, but for lists of works."""
        rows = self._ask("SELECT forms FROM styles WHERE source = ?", source)
        forms = [self._load_json(row[0]) for row in rows]
        kinds = [one[form] for one in forms for form in ("citation", "short", "ibid") if form in one]
        return list(dict.fromkeys(text for kind in kinds for text, _ in kind.values()))

    def list_cited_alike(self, source: str, style: str) -> list[str]:
        """Return the keys of the other sources that *style* cites in the same words as *source*."""
        rows = self._ask("SELECT alike FROM styles WHERE source = ? AND style = ?", source, style)
        return str(rows[0][0]).split() if rows else []

    def find_forms(self, source: str, style: str) -> tuple[str, Record]:
        """Return the forms of *source* in *style*, or else the plain ones, and the name of which they are."""
        for name in (style, PLAIN):
            if (source, name) not in self._forms:
                self._forms[source, name] = self.get_forms(source, name)
            forms = self._forms[source, name]
            if forms:
                return name, forms
        raise CorruptIndexError(f"no citation of {source}")

    def list_sources(self) -> list[str]:
        """Return the keys of the sources, in the order of the file."""
        return [key for (key,) in self._ask("SELECT key FROM sources ORDER BY place")]

    def list_topics(self) -> list[tuple[int, Record]]:
        """Return each topic's depth and record, the broader before the narrower."""
        return [
            (depth, self._load_json(record))
            for depth, record in self._ask("SELECT depth, record FROM topics ORDER BY place")
        ]

    def find_topics(self, name: str) -> list[Record]:
        """Return the topics that go by *name*, which may be ``base/id``: by id or label, else by an other label, else by a hidden
        one."""
        rows = self._ask(
            "SELECT DISTINCT rank, record, place FROM labels JOIN topics ON place = topic WHERE form = ? ORDER BY rank, place",
            fold_text(name),
        )
        own = [] if rows else filter(None, [self._choose_own(name, "SELECT record FROM topics WHERE id = ?")])
        return [*own, *(self._load_json(record) for rank, record, _ in rows if rank == rows[0][0])]

    def list_names(self, table: str, like: str = "", most: int = 20_000) -> list[str]:
        """Return names of facts (``facts``) or topics' labels (``labels``) that a misspelt *like* may have meant."""
        column = "id" if table == "facts" else "form"
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT ?"
        everything = [name for (name,) in self._ask(query, "", "\U0010ffff", most)]
        if len(everything) < most:
            return everything
        return [name for (name,) in self._ask(query, like[:2], like[:2] + "\U0010ffff", most)]

    def list_begun_records(self, table: str, begun: str, most: int) -> list[tuple[str, Record]]:
        """Return the ids and records of facts (``facts``) or topics (``topics``) whose ids begin with *begun*, in their order.

        Of more than *most* the first and the last, so that these have in common what all of them begin with.
        """
        query = f"SELECT id, record FROM {table} WHERE id >= ? AND id < ? ORDER BY id"
        rows = self._ask(f"{query} LIMIT ?", begun, begun + "\U0010ffff", most)
        if len(rows) == most:
            rows[-1:] = self._ask(f"{query} DESC LIMIT 1", begun, begun + "\U0010ffff")
        return [(id, self._load_json(record)) for id, record in rows]

    def get_fact(self, id: str) -> Record | None:
        """Return the record of the fact *id*, which may be ``base/id``, or None."""
        rows = self._ask("SELECT record FROM facts WHERE id = ?", id)
        return self._load_json(rows[0][0]) if rows else self._choose_own(id, "SELECT record FROM facts WHERE id = ?")

    def find_former(self, name: str) -> str | None:
        """Return what the source or fact is called now that went by *name* before, or None."""
        rows = self._ask("SELECT now FROM former WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def list_former(self) -> dict[str, str]:
        """Return every former name of a source or a fact, with the name that it has now."""
        return dict(self._ask("SELECT name, now FROM former"))

    def get_facts(self, places: Iterable[int]) -> list[Record]:
        """Return the records of the facts at *places*, in that order."""
        wanted = list(places)
        rows = self._ask_in_parts("SELECT place, record FROM facts WHERE place IN ({})", wanted)
        found = {place: self._load_json(record) for place, record in rows}
        if len(found) < len(set(wanted)):
            raise CorruptIndexError("a fact is missing")
        return [found[place] for place in wanted]

    def read_facts(self) -> Iterator[Record]:
        """Yield every fact's record, in the order of the file."""
        try:
            for (record,) in self._connection.execute("SELECT record FROM facts ORDER BY place"):
                yield self._load_json(record)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise CorruptIndexError(str(error)) from error

    def list_places(self, kind: str, key: str) -> Places:
        """Return the ascending places of the facts on a topic (``topic``), narrower ones included, or of a source's
        paragraph (``paragraph``, ``hrw-2020:13``)."""
        rows = self._ask("SELECT places FROM lists WHERE kind = ? AND key = ?", kind, key)
        return _unpack_places(rows[0][0] if rows else b"")

    def get_bitmap(self, kind: str, key: str) -> int:
        """Return what ``list_places`` does, as a bitmap (see ``search.bitmaps``)."""
        rows = self._ask("SELECT places, bitmap FROM lists WHERE kind = ? AND key = ?", kind, key)
        return _unpack_bitmap(_unpack_places(rows[0][0]), rows[0][1]) if rows else 0

    def list_related(self, topic: str) -> list[tuple[str, str]]:
        """Return the ids and labels of the topics that are related to *topic*, in the order that the base gives."""
        found = []
        for (record,) in self._ask("SELECT record FROM topics WHERE id = ?", topic):
            for id in self._load_json(record)["related"]:
                found += self._ask("SELECT topics.id, record FROM topics WHERE id = ?", id)
        return [(id, self._load_json(record)["label"]) for id, record in found]

    def get_words(self, places: Iterable[int]) -> dict[int, str]:
        """Return the words of the facts at *places*, each between blanks, each field between bars."""
        return dict(self._ask_in_parts("SELECT place, words FROM facts WHERE place IN ({})", places))

    def find_place(self, id: str) -> int | None:
        """Return the place of the fact *id*, or None."""
        rows = self._ask("SELECT place FROM facts WHERE id = ?", id)
        return rows[0][0] if rows else None

    def list_inflections(self, roots: Iterable[str]) -> list[tuple[int, str, str, str]]:
        """Return the numbers and words that have one of *roots* (see ``find_root``), each with its unified spelling and root."""
        return [*self._ask_in_parts("SELECT id, word, form, stem FROM words WHERE stem IN ({})", roots)]

    def number_words(self, words: Iterable[str]) -> dict[str, int]:
        """Return the numbers of those of *words* that the base has."""
        return dict(self._ask_in_parts("SELECT word, id FROM words WHERE word IN ({})", words))

    def count_facts(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many facts each of *words* stands, of those that the base has."""
        return dict(self._ask_in_parts("SELECT word, facts FROM words WHERE word IN ({})", words))

    def list_begun(self, prefix: str) -> list[tuple[int, str]]:
        """Return the numbers and words that begin with *prefix* and are longer, those in most facts first."""
        query = "SELECT id, word FROM words WHERE word > ? AND word < ? ORDER BY facts DESC, word"
        return self._ask(query, prefix, prefix + "\U0010ffff")

    def list_alike(
        self, firsts: Iterable[str], onsets: Iterable[str], *, shortest: int, longest: int
    ) -> list[tuple[int, str]]:
        """Return the numbers and words that may be misspelt, *shortest* to *longest* letters long, whose onset begins with one
        of *firsts* or is one of *onsets*."""
        begun = list(firsts)
        others = [onset for onset in onsets if not onset.startswith(tuple(begun))]
        parts = ["onset >= ? AND onset < ?"] * len(begun) + [f"onset IN ({','.join('?' * len(others))})"]
        values = [*((first, chr(ord(first) + 1)) for first in begun), tuple(others)]
        # All at once (OR) would take twice as long: SQLite would look for rows that it has had.
        query = " UNION ALL ".join(
            f"SELECT id, word FROM words WHERE onset IS NOT NULL AND {part} AND length(word) BETWEEN ? AND ?"
            for part in parts
        )
        return self._ask(query, *(value for some in values for value in (*some, shortest, longest)))

    def get_postings(self, words: Iterable[int]) -> list[tuple[int, int, bytes, Places, bytes]]:
        """Return for each of *words*, by number: the bitmap of its facts, its points in each, their ascending places, and the
        fields (bits) that hold it there (see ``search.weights``)."""
        wanted = sorted(words)
        if len(self._postings) > _MOST_KEPT:
            self._postings.clear()
        numbers = [word for word in wanted if word not in self._postings]
        query = "SELECT word, packed, bitmap FROM postings WHERE word IN ({})"
        for word, packed, bitmap in self._ask_in_parts(query, numbers):
            points, places, fields = _unpack_postings(packed)
            self._postings[word] = word, _unpack_bitmap(places, bitmap), points, places, fields
        return [self._postings[word] for word in wanted if word in self._postings]

    def get_bitmaps(self, words: Iterable[int]) -> dict[int, int]:
        """Return the bitmap of the facts of each of *words*, by number."""
        return {word: bitmap for word, bitmap, *_ in self.get_postings(words)}

    def list_topics_named_by(self, words: Iterable[int]) -> list[tuple[int, str, int]]:
        """Return each of *words*, by number, with a topic that it names and the rank of that name (see ``search.weights``)."""
        query = "SELECT word, topics.id, rank FROM topic_words JOIN topics ON place = topic WHERE word IN ({})"
        return list(self._ask_in_parts(query, words))

    def list_sections_named_by(self, words: Iterable[int]) -> list[tuple[int, int]]:
        """Return each of *words*, by number, with the bitmap of the facts that rest on the sections and sources whose names hold
        it."""
        rows = self._ask_in_parts("SELECT word, places, bitmap FROM section_words WHERE word IN ({})", words)
        return [(word, _unpack_bitmap(_unpack_places(places), bitmap)) for word, places, bitmap in rows]

    def list_passages_holding(self, words: Iterable[int]) -> list[tuple[int, int]]:
        """Return none of *words*: an index knows of no copy (see ``copies.words``)."""
        return []

    def list_beside(self, places: Iterable[int]) -> dict[int, int]:
        """Return for each of the facts at *places* the bitmap of those that rest on a passage of its own, itself too."""
        found: dict[int, int] = {}
        for place, passages in self._ask_in_parts("SELECT place, passages FROM facts WHERE place IN ({})", places):
            for key in passages.split():
                found[place] = found.get(place, 0) | self.get_bitmap("paragraph", key)
        return found

    def find_units(self, forms: Iterable[str]) -> list[tuple[str, str, int]]:
        """Return each of *forms* (see ``form_unit``) by which a topic goes, with that topic and the best rank of that name."""
        query = "SELECT form, topics.id, min(rank) FROM units JOIN topics ON place = topic"
        return list(self._ask_in_parts(f"{query} WHERE form IN ({{}}) GROUP BY form, topic", forms))

    def list_dated(self, places: Iterable[int], since: int | None, until: int | None) -> set[int]:
        """Return those of *places* whose dates overlap the days *since* to *until*, as ordinals; undated ones do not."""
        query = "SELECT place FROM facts WHERE place IN ({}) AND until >= ? AND since <= ?"
        return {place for (place,) in self._ask_in_parts(query, places, since or 0, until or 10**9)}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # From 3.13 on, Python complains of a connection that is dropped open.
    __del__ = close

    def _load_json(self, text: str) -> Any:
        try:
            return loads(text)
        except (TypeError, ValueError) as error:
            raise CorruptIndexError(str(error)) from error


def _unpack_places(packed: bytes) -> Places:
    try:
        return array("I", packed)
    except (TypeError, ValueError) as error:
        raise CorruptIndexError(str(error)) from error


def _unpack_postings(packed: bytes) -> tuple[bytes, Places, bytes]:
    """Return the points, places and fields of a word's facts, each of which is a number of 64 bits (see ``add_fact``)."""
    halves = _unpack_places(packed)
    if sys.byteorder == "little":
        return packed[1::8], halves[1::2], packed[0::8]
    return packed[6::8], halves[0::2], packed[7::8]


def _unpack_bitmap(places: Places, bitmap: bytes) -> int:
    """Return the *bitmap* that was kept, or where none was, that of *places*."""
    # Only a search asks for bitmaps, and it has imported this.
    from rightscli.search.bitmaps import make_bitmap

    try:
        return int.from_bytes(bitmap, "little") if bitmap else make_bitmap(places)
    except (TypeError, ValueError) as error:
        raise CorruptIndexError(str(error)) from error
