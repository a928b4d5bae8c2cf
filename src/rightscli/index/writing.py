"""A base's facts → the tables of its index and their rows."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from rightscli.index.queries import FORMAT
from rightscli.search import weights
from rightscli.search.bitmaps import make_bitmap
from rightscli.text.folding import fold_text
from rightscli.text.names import list_acronyms
from rightscli.text.slips import count_slips, find_onset
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root
from rightscli.text.words import read_id, split_joined, split_texts, split_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from rightscli.base.model import Citation, Fact, Topic
    from rightscli.records import Record

_KEPT = 50_000
"""Citations that are kept at hand."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (place INTEGER PRIMARY KEY, key TEXT UNIQUE, record TEXT);
CREATE TABLE styles (source TEXT, style TEXT, forms TEXT, alike TEXT, PRIMARY KEY (source, style)) WITHOUT ROWID;
CREATE TABLE topics (place INTEGER PRIMARY KEY, id TEXT UNIQUE, depth INT, record TEXT);
CREATE TABLE labels (form TEXT, topic INT, rank INT);
CREATE TABLE units (form TEXT, topic INT, rank INT);
CREATE TABLE facts (place INTEGER PRIMARY KEY, id TEXT, since INT, until INT, words TEXT, passages TEXT, record TEXT);
CREATE TABLE former (name TEXT PRIMARY KEY, now TEXT) WITHOUT ROWID;
CREATE TABLE lists (kind TEXT, key TEXT, places BLOB, bitmap BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT, form TEXT, stem TEXT, onset TEXT, facts INT);
CREATE TABLE postings (word INTEGER PRIMARY KEY, packed BLOB, bitmap BLOB);
CREATE TABLE topic_words (word INT, topic INT, rank INT, PRIMARY KEY (word, topic)) WITHOUT ROWID;
CREATE TABLE section_words (word INTEGER PRIMARY KEY, places BLOB, bitmap BLOB);
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


def _name_passages(citation: Citation) -> list[str]:
    """Return what the lists of the facts that rest on each passage of a citation go by: the source and the position in it."""
    return [f"{citation.source}:{position}" for position in citation.locator.positions]


class IndexWriter:
    """Sources, topics and facts → an index, for the length of one build. Topics come before facts, in the tree's order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        from json import JSONEncoder

        self._connection = connection
        self._encode = JSONEncoder(ensure_ascii=False, check_circular=False).encode
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            # Where an index is kept in memory, there may be no room elsewhere.
            f"PRAGMA temp_store = MEMORY; PRAGMA user_version = {FORMAT};" + _TABLES
        )
        self._topics: dict[str, tuple[str, ...]] = {}
        self._lists: dict[tuple[str, str], array[int]] = {}
        self._postings = _Postings()
        self._topic_words: list[tuple[str, int, int]] = []
        self._section_words: dict[str, list[array[int]]] = {}
        self._hidden = set[str]()
        self._cited: dict[Citation, tuple[str, tuple[array[int], ...]]] = {}
        self._topic_lists: dict[str, tuple[array[int], ...]] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._sections: dict[tuple[str, int], array[int]] = {}
        self._count = self._acronyms = 0
        self._retracted: dict[tuple[str, str], int] = {}

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
            (weights.LABEL, topic.label),
            *((weights.ALT, label) for label in topic.alt),
            *((weights.HIDDEN, label) for label in topic.hidden),
        ]
        words: dict[str, int] = {}
        for rank, label in ranked:
            self._connection.execute("INSERT INTO labels VALUES (?, ?, ?)", (fold_text(label), place, rank))
            for word in split_joined(label):
                words.setdefault(word, rank)
            unit = form_unit(split_words(label))
            self._connection.execute("INSERT INTO units VALUES (?, ?, ?)", (unit, place, rank))
        # An id that several bases have is found by itself, too, and names them all.
        for id in dict.fromkeys((topic.id, topic.id.rpartition("/")[2])):
            self._connection.execute("INSERT INTO labels VALUES (?, ?, ?)", (id, place, weights.LABEL))
        self._topic_words += ((word, place, rank) for word, rank in words.items())

    def add_styles(self, source: str, styles: Mapping[str, Record], alike: Mapping[str, Sequence[str]]) -> None:
        """Take in the forms of the citations of *source* by style, and which sources are cited in the same words there."""
        rows = [(source, style, self._encode(forms), " ".join(alike.get(style, ()))) for style, forms in styles.items()]
        self._connection.executemany("INSERT INTO styles VALUES (?, ?, ?, ?)", rows)

    def add_section(self, source: str, positions: Iterable[int], words: Iterable[str]) -> None:
        """Take in what the passages at *positions* of a source stand under: the *words* of their section and source's title.

        At 0 stand the pages of a source that is known by them alone.
        """
        resting = array("I")
        self._sections |= dict.fromkeys(((source, position) for position in positions), resting)
        for word in dict.fromkeys(words):
            self._section_words.setdefault(word, []).append(resting)

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
        others = (*fact.anchors, *fact.terms, fact.according_to or "", read_id(fact.id))
        cited = [self._cited.get(citation) or self._take_citation(citation, cite) for citation in fact.citations]
        whole = f"{self._encode(record).removesuffix(']}')}{', '.join([text for text, _ in cited])}]}}"
        (claim, *rest), joined = split_texts((fact.claim, *others))
        passages = " ".join(dict.fromkeys(key for citation in fact.citations for key in _name_passages(citation)))
        self._rows.append((place, fact.id, since, until, join_words((claim, *rest)), passages, whole))
        if len(self._rows) >= 1000:
            self._flush_rows()
        if fact.was:
            self.add_former(fact.was, fact.id)
        if fact.retracted:
            self._list_retracted(place, fact)
            return
        tied = joined or [()] * (1 + len(rest))
        kinds = (*[weights.ANCHOR] * len(fact.anchors), *[weights.TERM] * len(fact.terms), weights.CLAIM, weights.ID)
        beside: dict[str, int] = {}
        for kind, words, more in zip(kinds, rest, tied[1:], strict=True):
            for word in (*words, *more):
                beside[word] = beside.get(word, 0) | kind
        own = len(beside.keys() | set(claim))
        for kind, text in ((weights.CLAIM, fact.claim), *((weights.TERM, term) for term in fact.terms)):
            for word in list_acronyms(text):
                beside[word] = beside.get(word, 0) | kind
        self._acronyms += len(beside.keys() | set(claim)) - own
        postings, first = self._postings, place << 32
        for word, entry in _weigh_words((*claim, *tied[0]), beside, dated, length=len(claim)).items():
            postings[word].append(first | entry)
        topics = [self._topic_lists.get(topic) or self._list_topic(topic) for topic in fact.topics]
        for lists in (*topics, *(one for _, one in cited)):
            for places in lists:
                if not places or places[-1] != place:
                    places.append(place)

    def add_former(self, names: Iterable[str], now: str) -> None:
        """Take in by which *names* a source or a fact, which is called *now*, went before."""
        self._connection.executemany("INSERT INTO former VALUES (?, ?)", [(name, now) for name in names])

    def _list_retracted(self, place: int, fact: Fact) -> None:
        """Keep a retracted fact where who asks for its passages will see it, and nowhere else: no search and no topic has it."""
        for source in dict.fromkeys(citation.source for citation in fact.citations):
            self._keep_retracted(("source", source), place)
        for citation in fact.citations:
            for key in _name_passages(citation):
                self._keep_retracted(("paragraph", key), place)

    def _keep_retracted(self, key: tuple[str, str], place: int) -> None:
        places = self._get_list(*key)
        if not places or places[-1] != place:
            places.append(place)
            self._retracted[key] = self._retracted.get(key, 0) + 1

    def _take_citation(
        self, citation: Citation, cite: Callable[[Citation], Record]
    ) -> tuple[str, tuple[array[int], ...]]:
        """Return a citation's record as it is kept, and the lists of its paragraphs, its source and its section."""
        if len(self._cited) > _KEPT:
            self._cited.clear()
        source = citation.source
        lists = (
            *(self._get_list("paragraph", key) for key in _name_passages(citation)),
            self._get_list("source", source),
            self._sections[source, citation.locator.first if (source, 0) not in self._sections else 0],
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
        self._connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def count_places(self, kind: str, key: str) -> int:
        """Return how many facts are on a topic, a paragraph or a source, so far, without those that are retracted."""
        return len(self._lists.get((kind, key), ())) - self._retracted.get((kind, key), 0)

    def revise_fact(self, place: int, old: Record, new: Record) -> None:
        """Put *new* in the place of *old*, with which the record of the fact at *place* begins: its id, and more."""
        self._flush_rows()
        before, after = (self._encode(record).removesuffix("}") for record in (old, new))
        values = (new["id"], after, len(before) + 1, place)
        self._connection.execute("UPDATE facts SET id = ?, record = ? || substr(record, ?) WHERE place = ?", values)

    def finish(self, head: Record, sources: Iterable[Record], topics: Iterable[Record]) -> None:
        """Write what is known only at the end: *head* says which bases these are, without ``count`` and ``words``."""
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
            "INSERT INTO lists VALUES (?, ?, ?, ?)",
            ((*key, places.tobytes(), _pack_bitmap(places)) for key, places in sorted(self._lists.items())),
        )
        # A hidden label is a misspelling itself: no other is corrected to it.
        self._hidden = {word for word, _, rank in self._topic_words if rank == weights.HIDDEN}
        self._hidden.difference_update(word for word, _, rank in self._topic_words if rank != weights.HIDDEN)
        self._hidden.difference_update(self._postings, self._section_words)
        for word in (*(word for word, _, _ in self._topic_words), *self._section_words):
            self._postings[word]  # numbers what only names hold
        numbers = {word: number for number, word in enumerate(self._postings)}
        run(
            "INSERT INTO topic_words VALUES (?, ?, ?)",
            ((numbers[word], place, rank) for word, place, rank in self._topic_words),
        )
        sections = ((numbers[word], sorted(set().union(*lists))) for word, lists in self._section_words.items())
        run(
            "INSERT INTO section_words VALUES (?, ?, ?)",
            ((number, array("I", places).tobytes(), _pack_bitmap(places)) for number, places in sections if places),
        )
        run("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?)", map(self._describe_word, enumerate(self._postings)))
        run(
            "INSERT INTO postings VALUES (?, ?, ?)",
            (
                (number, packed.tobytes(), _pack_bitmap([entry >> 32 for entry in packed]))
                for number, packed in enumerate(self._postings.values())
                if packed
            ),
        )
        self._connection.executescript(_KEYS)
        # Escaped, because a path may hold what is not UTF-8, and SQLite takes nothing else.
        words = (sum(map(len, self._postings.values())) - self._acronyms) / max(self._count, 1)
        value = dumps(head | {"count": self._count, "words": round(words, 1)})
        self._connection.execute("INSERT INTO meta VALUES ('head', ?)", (value,))
        self._connection.commit()

    def _describe_word(self, item: tuple[int, str]) -> tuple[int, str, str, str, str | None, int]:
        number, word = item
        form = unify_spelling(word)
        onset = find_onset(word) if count_slips(word) and word not in self._hidden else None
        return number, word, form, find_root(form), onset, len(self._postings[word])


def _weigh_words(
    claimed: Iterable[str], beside: Mapping[str, int], dated: Iterable[str], *, length: int
) -> dict[str, int]:
    """Return the weight of each of a fact's words, above the bits of the fields that hold it.

    *claimed* are its claim's words, of which it has *length*; *beside* are those of its other fields, with their bits.
    """
    # A word says more of a short claim than of a long one.
    share = int(weights.CLAIM_WEIGHT * 2 / (1 + length / weights.USUAL_CLAIM))
    found = dict.fromkeys(claimed, share << 8 | weights.CLAIM)
    # Beside the claim a word counts once, in however many fields it stands.
    for word, bits in beside.items():
        found[word] = found.get(word, 0) + (weights.TERM_WEIGHT << 8) | bits
    for word in dated:
        found.setdefault(word, weights.DATE_WEIGHT << 8 | weights.DATE)
    return found


def _pack_bitmap(places: Sequence[int]) -> bytes:
    """Return the bitmap of ascending *places*, if it is shorter than they are one by one."""
    length = (places[-1] >> 3) + 1 if places else 0
    return make_bitmap(places).to_bytes(length, "little") if length < 4 * len(places) else b""


def join_words(texts: Iterable[Iterable[str]]) -> str:
    """Return the words of several texts so that a run can be looked for: each between blanks, each text between bars."""
    return f" {' | '.join(map(' '.join, texts))} "


def form_unit(words: Iterable[str]) -> str:
    """Return what several words that mean one thing are found by, however they are inflected or spelt."""
    return " ".join(find_root(unify_spelling(word)) for word in words)
