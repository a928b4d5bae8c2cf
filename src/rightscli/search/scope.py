"""Which facts a search may find: its filters, the phrases that must occur, and what is left out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rightscli.search.bitmaps import make_bitmap, read_bitmap, unite_bitmaps
from rightscli.search.stopwords import STOP_WORDS
from rightscli.text.dates import write_out_dates
from rightscli.text.signs import cut_quoted
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from rightscli.search.vocabulary import Vocabulary


class Scope(NamedTuple):
    """Which facts a search may find: those at *places* (None: all), whose dates overlap the days *since* to *until*, that hold
    each of the *phrases* and none of the words *without*."""

    places: set[int] | None = None
    since: int | None = None
    until: int | None = None
    phrases: Sequence[str] = ()
    without: Sequence[str] = ()

    def is_open(self) -> bool:
        """Tell whether every fact is in it."""
        return self.places is None and self.since is None and self.until is None and not (self.phrases or self.without)


def cut_phrases(query: str) -> tuple[str, tuple[str, ...]]:
    """Return *query* without its double quotes, and the folded words of what stands between them."""
    query, quoted = cut_quoted(query)
    return query, tuple(filter(None, (" ".join(split_words(phrase)) for phrase in quoted)))


def keep_in_scope(base: "Vocabulary", found: int, scope: Scope) -> int:
    """Return those facts of the bitmap *found* that are in *scope*."""
    if scope.places is not None:
        found &= make_bitmap(scope.places)
    if scope.since is not None or scope.until is not None:
        found = make_bitmap(base.list_dated(read_bitmap(found), scope.since, scope.until))
    for text in scope.phrases:
        found = _keep_saying(base, found, split_words(text))
    for text in scope.without:
        found ^= _keep_saying(base, found, split_words(write_out_dates(text)))
    return found


def _keep_saying(base: "Vocabulary", found: int, phrase: Sequence[str]) -> int:
    """Return those facts of the bitmap *found* that say the *phrase*, in whatever spelling."""
    forms: dict[str, str] = {}
    wanted = _unify_words(phrase, forms)
    # Only what says all of the words is read; nearly every fact says a stop word.
    for word in set(phrase) - STOP_WORDS:
        known = base.list_inflections([find_root(forms[word])])
        numbers = [number for number, _, form, _ in known if form == forms[word]]
        found &= unite_bitmaps(base.get_bitmaps(numbers).values())
    told = base.get_words(read_bitmap(found))
    return make_bitmap(place for place, words in told.items() if wanted in _unify_words(words.split(), forms))


def _unify_words(words: Iterable[str], forms: dict[str, str]) -> str:
    """Return *words* between blanks, all spellings of one alike; *forms* are those already known."""
    unified = [forms.get(word) or forms.setdefault(word, unify_spelling(word)) for word in words]
    return f" {' '.join(unified)} "
