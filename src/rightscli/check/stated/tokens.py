"""The words of a text as its clauses are read from them: names, figures and dates whole, each word with its kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.roots import TOKEN, fold_word, is_light

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.names import NameSaid

_KINDS = {
    "det": "the a an this these those its their his her our my your each every some any no all both another such own whose"
    " few many several more most other much little less fewer",
    "prep": "of in on at by from with for against about into onto over under between among during after before since until"
    " within without through across near upon toward towards per via like as than behind beside besides despite to",
    "be": "is are was were be been being am remain remains remained stay stays stayed become becomes became",
    "have": "has have had having",
    "do": "does do did",
    "modal": "can could may might must shall should will would cannot ought",
    "not": "not never n't yet",
    "rel": "who whom which that where when what how why whether",
    "and": "and or nor but",
    "sub": "while whereas although though because if unless so until once",
    "pron": "it he she they we i you him them us me one nobody everyone someone anyone itself himself herself themselves",
    "adv": "also still then later first again already always often now ever only even just too there thus once twice far off up"
    " down out away back",
}
_CLOSED = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_MARKS = r"[,;:()—–]"
_INITIALS = r"\([A-Z]{2,8}\)"
"""Behind the name that they stand for."""


class Token(NamedTuple):
    """A word, a mark, or a whole name, figure or date of a text: its *kind* of word, what it is compared by, its place."""

    kind: str
    word: str
    key: str
    start: int
    end: int
    owns: bool
    name: NameSaid | None = None

    @property
    def tells(self) -> bool:
        """Whether it is a name, or a word that says something by itself."""
        return self.kind == "name" or bool(self.key and self.kind == "word" and not is_light(self.word))


@lru_cache(maxsize=4096)
def list_tokens(reading: Reading) -> tuple[Token, ...]:
    """Return the words and marks of a text in order, its names, figures and dates whole."""
    text = reading.text
    whole: list[tuple[int, int, str, NameSaid | None]] = [(one.start, one.end, "date", None) for one in reading.dates]
    whole += [(one.start, one.end, "figure", None) for one in reading.quantities if one.unit != "ordinal"]
    whole += [(one.start, one.end, "name", one) for one in reading.names]
    spans = sorted(whole, key=lambda one: one[:2])
    roots = {word.start: word.root for word in reading.words}
    tokens: list[Token] = []
    end, number = 0, 0
    for match in re.finditer(rf"{_INITIALS}|{TOKEN}|{_MARKS}", text):
        if match.start() < end:
            continue
        while number < len(spans) and spans[number][1] <= match.start():
            number += 1
        if number < len(spans) and spans[number][0] <= match.start():
            _, end, kind, name = spans[number]
            key = f"={name.key}" if name else ""
            tokens.append(
                Token(kind, fold_word(text[match.start() : end]), key, match.start(), end, _owns(text, end), name)
            )
            continue
        end = match.end()
        if match[0][0] == "(" and len(match[0]) > 1:
            continue
        if len(match[0]) == 1 and not match[0].isalnum():
            tokens.append(Token("mark", match[0], "", match.start(), end, False))
            continue
        word = match[0].lower()
        if text[end : end + 1] == "-" and word in _PREFIXES:
            continue
        if tokens and text[match.start() - 1 : match.start()] == "-" and tokens[-1].end == match.start() - 1:
            # At-risk, brother-in-law: one word.
            tokens[-1] = _join(tokens[-1], match, roots.get(match.start(), ""))
            continue
        kind = _tell_kind(word, is_joined=text[end : end + 1] == "-")
        tokens.append(Token(kind, fold_word(word), roots.get(match.start(), ""), match.start(), end, _owns(text, end)))
    return tuple(tokens)


def _tell_kind(word: str, *, is_joined: bool) -> str:
    """Return the kind of a *word* in small letters; *is_joined*: a hyphen follows."""
    if is_joined:
        return "word"
    kind = "not" if word.endswith("n't") else _CLOSED.get(fold_word(word), "")
    return kind or ("adv" if word.endswith("ly") and len(word) > _ADVERB else "word")


_ADVERB = 4
_PREFIXES = frozenset("co re non ex pre".split())
"""What stands before a hyphen in a word that may be a verb: *co-sponsored*."""


def _join(token: Token, match: re.Match[str], key: str) -> Token:
    """Return a token with the word behind its hyphen."""
    word = f"{token.word}-{fold_word(match[0])}"
    return token._replace(kind="word", word=word, key=key or token.key, end=match.end(), name=None)


def _owns(text: str, end: int) -> bool:
    """Tell whether what ends there is in the possessive."""
    return text[:end].endswith("'s") or text.startswith("'s", end) or bool(re.match(r"'\s", text[end : end + 2]))
