"""The one grammar of places: labels, numbers, ranges and lists, and the forms in which a key is cited with them.

A place is read from its label or first number on. What follows a number and is not understood makes the whole place
unreadable; it is never left out. Brackets, punctuation, and a blank with words end a place.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rightscli.text.locators import ROMAN, Locator
from rightscli.text.numbering import Numbering
from rightscli.text.signs import DASHES, DOUBLE_QUOTES, MINUSES, SINGLE_QUOTES, UNSEEN

_SPELLINGS = (
    ("paragraph", "para. par. paragraph ¶ §", "paras. pars. paragraphs ¶¶ §§"),
    ("article", "art. article", "arts. articles"),
    ("section", "sec. sect. s. section §", "secs. sects. ss. sections §§"),
    ("page", "p. page", "pp. pages"),
    ("rule", "r. rule", "rr. rules"),
    ("chapter", "ch. chap. chapter", "chs. chaps. chapters"),
    ("part", "pt. part", "pts. parts"),
    ("verse", "v. verse", "vv. verses"),
)
"""CSL's label of each unit, how one and how several of it are labelled; what is printed comes first. A full stop may be
missing. Courts number paragraphs with §, laws sections."""


class Label(NamedTuple):
    """What a label says: the *units*, by CSL's names, that it may stand for, and whether of several."""

    units: tuple[str, ...]
    is_plural: bool


def _make_labels() -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for unit, one, many in _SPELLINGS:
        for spellings, is_plural in ((one, False), (many, True)):
            for spelling in spellings.split():
                units = labels[spelling].units if spelling in labels else ()
                labels[spelling] = Label((*units, unit), is_plural)
    return labels


LABELS = _make_labels()
"""Every label in lower case, ``para.`` to ``verses``."""
PRINTED = {unit: (one.split()[0], many.split()[0]) for unit, one, many in _SPELLINGS}
"""The labels that are printed before one and before several, by CSL's name of the unit."""


def _join_spellings(labels: Sequence[str]) -> str:
    """Return the pattern of *labels*, the longest first, their full stops optional."""
    ordered = sorted(labels, key=len, reverse=True)
    return "|".join(re.escape(label).replace(r"\.", r"\.?") for label in ordered)


_UNSEEN, _EM = "\u200b", "\u2014"
# All of the same length, so that an offset in one text is an offset in the other.
_SIGNS = str.maketrans(
    dict.fromkeys(map(chr, UNSEEN), _UNSEEN)
    | dict.fromkeys(DASHES + MINUSES, "-")
    | dict.fromkeys("\u2014\u2015\u2e3a\u2e3b", _EM)
    | dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DOUBLE_QUOTES + "»›«‹", '"')
    # As figures are, at full width.
    | dict(zip("０１２３４５６７８９", "0123456789", strict=True))
)
BLANK = rf"(?:[\s~{_UNSEEN}]|\\ )"
"""The pattern of a blank, or of what no reader sees. Pandoc writes one that must not break as a backslash and a blank, TeX as a
tilde."""
_DASH = rf"[-{_EM}]{{1,3}}"
_COUNTED = rf"(?:(?:nos?|nrs?)\.?|numbers?|№){BLANK}{{0,2}}"


def compile_label(*units: str) -> str:
    """Return the pattern of a label of *units*, of any without them, up to the number: ``paras. ``, ``¶``, ``article no. ``.

    It is to be matched in any case.
    """
    labels = [label for label, meaning in LABELS.items() if not units or set(units) & set(meaning.units)]
    return rf"(?<!\w)(?:{_join_spellings(labels)}){BLANK}{{0,3}}(?:{_COUNTED})?"


LABEL = compile_label()
# The pronoun is no number: in part I saw it.
_ROMAN = rf"(?:(?!(?-i:I){BLANK}(?!of|in|and|or|to)[a-z])(?:{ROMAN})|preamble(?!\w))"
# Of vi the first letter is no label.
START = rf"(?=[0-9]|(?<![^\W\d_]){_ROMAN})"
"""The pattern of where a number begins behind a label; it matches no character."""
AHEAD = rf"(?={LABEL}{START})"
"""The pattern of a label that has a number behind it; it matches no character."""

# 13, 13a, 13bis, 15(a), 9.2, 11(1)(b), iv, 9의2, preamble; in 13f. the letter is no part of the number.
_NUMBER = (
    rf"(?:[0-9](?:{_UNSEEN}*[0-9])*|{_ROMAN})"
    rf"(?:의[0-9]{{1,2}}|\.[0-9]+|{BLANK}?\((?:[0-9]{{1,2}}|[a-z]|[ivxl]{{2,4}})\)|(?!f\.(?!\w))[a-z](?!\w)|{BLANK}?(?:bis|ter|quater)(?!\w))*"
)
_NEXT = rf"{BLANK}f(?![\w-])\.?|f\.(?!\w)"
_FOLLOWING = (
    rf"{BLANK}?ff(?!\w)\.?|,?{BLANK}(?:et{BLANK}s|s)e?q(?:q|uen(?:s|tes|tia))?(?!\w)\.?"
    rf"|{BLANK}(?:and{BLANK}(?:the{BLANK})?following|onwards?)(?!\w)"
)
_TAIL = rf"(?P<next>{_NEXT})|(?P<following>{_FOLLOWING})"
# Between digits a tilde is a dash, as in Korean and Japanese print.
_RANGE = rf"{BLANK}?{_DASH}{BLANK}?|[~～](?=[0-9])|(?P<to>{BLANK}(?:to|through|thru|until){BLANK})"
_AND = rf"(?:and|or|&){BLANK}"
_LIST = rf"(?P<tight>[,;/&+])|{BLANK}?[,;/&+]{BLANK}{{0,2}}(?:{_AND})?|{BLANK}(?:and|or|as{BLANK}well{BLANK}as){BLANK}"
_LEAD = rf"(?:see(?:{BLANK}also)?|also|cf\.?|at|esp\.?|especially){BLANK}"
# A number that a key begins with is none of the list: (hrw-2020:13; 2019-review:4).
_NO_KEY = r"(?![0-9]+(?:[-_][-_0-9]*[a-z]|[a-z]{2})[-_0-9a-z]*:)"
_JOIN = rf"(?:(?P<range>{_RANGE})|(?P<list>{_LIST}))(?:(?:{_LEAD})*(?P<label>{LABEL}))?{START}{_NO_KEY}"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9])"
# Others than eight digits seal nothing, and that has to be said.
_SEAL = r"@(?P<seal>[0-9a-f]{4,64})(?![0-9a-z])"

_CLOSERS = r")\]}>|<\"`*†‡。、，．：；！？）］｝〉》」』】〕¹²³⁰⁴-⁹"
_APART = rf"\Z|[\s~{_CLOSERS}]|\\ "
_ENDS = "|".join(
    (
        _APART,
        r"'(?:(?!\w)|s(?!\w))",
        r"_(?!\w)",
        rf"[.,;:!?…]+(?:{_APART}|['(\[]|{_EM})",
        # The blank behind a comma or a full stop may be missing; a dash between words needs none.
        rf"[,;!?][^\W\d_]{{2}}|;-?@\w|\.[A-Z][a-z]|{_EM}(?![0-9]|[b-zB-HJ-Z](?!\w))",
        # The mark of a note.
        r"\[(?:[0-9]{1,3}|\^[^\]\s]{1,40})\]",
    )
)
"""What may stand behind a number that is understood."""
_WORD = rf"{BLANK}+[^\W\d_]"
# A token may be as long as a file, and is looked at only so far.
_REST = r"\S[^\s)\]}>;,\"]{0,80}+"
_PROSE = rf"{_REST}(?<![.!?…]){_WORD}"
_STRAY = rf"{BLANK}(?:(?:to|through){BLANK})?(?=[0-9]){_REST}(?:(?<=[.!?…])|(?!{_WORD}))|{BLANK}[a-z](?=[)\]])"
"""Another number behind a blank, and no words behind that, or a letter: *paras. 13 15*, *(para. 13 a)*."""
_DANGLING = rf"{BLANK}(?:(?:and|or|to|through|until|&|{_DASH}){BLANK}\w+|[^\W\d_]+{BLANK}[0-9]+)"
"""What goes on with a single number behind a label of several: *paras. 13 to the end*, *paras. 13 und 15*."""
_OTHERS = rf"{BLANK}(?:of|in{BLANK}the|above|below|supra|infra)(?!\w)"
"""What makes a paragraph, told of behind others, another text's, or the writer's own."""

DIGITS_AT_MOST = 18
"""A number of more names no paragraph."""


class Span(NamedTuple):
    """A member of a place, as printed: a number, or a range from *first* to *last*; *tail* is empty, ``f.`` where the next one
    belongs to it, or ``ff.`` where those do that follow. Prints as ``13``, ``13-15``, ``13ff.``."""

    first: str
    last: str
    tail: str = ""

    def __str__(self) -> str:
        return f"{self.first if self.first == self.last else f'{self.first}-{self.last}'}{self.tail}"


class Place(NamedTuple):
    """Passages as ``text[start:end]`` names them: *spans* in the order of the text, and the *seal* behind them.

    *unread* is what follows the last number and is not understood: then nothing is known to be named. *number* is where the
    number stands, if the place is a single one without a seal. *units* are what its label may call the passages, none of them
    where it has no label.
    """

    start: int
    end: int
    spans: tuple[Span, ...]
    seal: str | None = None
    unread: str = ""
    number: tuple[int, int] | None = None
    units: tuple[str, ...] = ()


class KeyCitation(NamedTuple):
    """``text[start:end]`` cites what is called *name*, in lower case; without a *place*, as a whole.

    *has_colon*: it is written ``key:13``, as other things are, too.
    """

    start: int
    end: int
    name: str
    place: Place | None
    has_colon: bool = False


def read_place(text: str, start: int, *, before_name: bool = False) -> Place | None:
    """Return the place that begins with a label or a number at *start*, None where none does.

    Without a label of several, a further number belongs to it only where no word follows: *13, 15 people* is a paragraph and
    people. *before_name*: it does in any case, as the name of a source comes next.
    """
    # With a number behind it: a label may look like a Roman number itself, as in letters:v.
    label = _match(rf"{LABEL}{START}", text, start)
    meaning = _read_label(label[0]) if label else _NO_LABEL
    first = _match(_NUMBER, text, label.end() if label else start)
    if first is None:
        return None
    is_plural = meaning.is_plural
    spans, end = _read_spans(text, first, meaning, is_sure=is_plural or before_name, before_name=before_name)
    is_single = end == first.end() and not spans[0].tail
    sealed = _match(_SEAL, text, end)
    seal, end = (sealed["seal"].lower(), sealed.end()) if sealed else (None, end)
    unread = _find_unread(text, end, is_short=is_plural and is_single and not before_name)
    number = first.span() if is_single and not seal and not unread else None
    return Place(start, end + len(unread), spans, seal, unread, number, meaning.units)


_NO_LABEL = Label((), False)


def _read_label(text: str) -> Label:
    """Return what a label says, as it stands in a text."""
    word = re.sub(
        rf"(?<=\w\b)\.?{BLANK}*(?:{_COUNTED})?$|{BLANK}*(?:{_COUNTED})?$", "", text, flags=re.IGNORECASE
    ).lower()
    return LABELS.get(word) or LABELS.get(f"{word}.") or _NO_LABEL


def _match(pattern: str, text: str, start: int) -> re.Match[str] | None:
    return re.compile(pattern, re.IGNORECASE).match(text, start)


def _ends_at(text: str, end: int) -> bool:
    # Not in any case: a capital may begin a sentence.
    return bool(re.compile(rf"{_UNSEEN}*(?:{_ENDS})").match(text, end))


def _find_unread(text: str, end: int, *, is_short: bool) -> str:
    """Return what goes on behind a number and is not understood; *is_short*: several numbers were announced, and one came."""
    rest = None if _ends_at(text, end) else _match(_REST, text, end)
    rest = rest or _match(_STRAY, text, end) or (_match(_DANGLING, text, end) if is_short else None)
    return rest[0].rstrip(".!?…") or rest[0] if rest else ""


def _read_spans(
    text: str, first: re.Match[str], label: Label, *, is_sure: bool, before_name: bool
) -> tuple[tuple[Span, ...], int]:
    """Return the members of the place that begins with *label* and the number *first*, and where they end."""
    spans: list[Span] = []
    end = _add_span(text, spans, first)
    # So far they belong to it, whatever follows.
    sure = (0, spans[0], end)
    is_doubtful = False
    while join := _match(_JOIN, text, end):
        number = _match(_NUMBER, text, join.end())
        assert number
        if join["range"] and (spans[-1].first != spans[-1].last or spans[-1].tail):
            break
        if join["label"] and not before_name and _match(_OTHERS, text, number.end()):
            # para. 13, and para. 15 of the Covenant
            break
        other = _read_label(join["label"]) if join["label"] else _NO_LABEL
        if other.units and not set(other.units) & set(label.units or other.units):
            # para. 13, p. 5
            break
        if not (number[0][0].isdigit() or _goes_on_in_roman(join, number[0], spans[-1], is_sure=is_sure)):
            break
        is_sure = is_sure or other.is_plural
        is_doubtful |= not (is_sure or join["label"] or join["tight"] or (join["range"] and not join["to"]))
        if re.match(_YEAR, number[0]) and (is_doubtful or ";" in (join["list"] or "")):
            # (Author, 2020, para. 13; 2019, para. 4)
            break
        end = _add_span(text, spans, number, is_range=bool(join["range"]))
        # People are not numbered 15 ff.
        is_doubtful = is_doubtful and not spans[-1].tail
        if not is_doubtful:
            sure = (len(spans) - 1, spans[-1], end)
    if sure[2] < end and _match(_WORD if _ends_at(text, end) else _PROSE, text, end):
        return (*spans[: sure[0]], sure[1]), sure[2]
    return tuple(spans), end


def _goes_on_in_roman(join: re.Match[str], number: str, before: Span, *, is_sure: bool) -> bool:
    """Tell whether a Roman *number* behind *before* is one, and no word: *pp. iv-vi*, *pp. 12, iv*; not *13/x*, *13, i.e.*"""
    if not before.last[0].isdigit():
        return True
    return len(number) > 1 if join["range"] else "," in join["list"] and bool(is_sure or join["tight"])


def _add_span(text: str, spans: list[Span], number: re.Match[str], *, is_range: bool = False) -> int:
    """Add a member to *spans*, or make the last a range, and return where it ends."""
    value = re.sub(BLANK, "", number[0]).lower()
    tail = _match(_TAIL, text, number.end())
    told = "" if tail is None else "f." if tail["next"] else "ff."
    spans.append(Span(spans.pop().first if is_range else value, value, told))
    return tail.end() if tail else number.end()


def locate_span(span: Span, numbering: Numbering | None) -> Locator | None:
    """Return the place of *span* among the passages that *numbering* numbers; None where it names one that is not there.

    Where nothing is known of the source, without a *numbering*, whole numbers are taken as they are.
    """
    first, last, tail = span
    if numbering is None:
        if not all(end.isdecimal() and len(end) <= DIGITS_AT_MOST for end in (first, last)) or int(last) < int(first):
            return None
        return Locator(int(first), int(last) + (tail == "f."))
    if tail == "f." and (
        exact := numbering.locate(*dict.fromkeys((first if first != last else f"{last}f", f"{last}f")))
    ):
        # Section 13f, at the end of a sentence.
        return exact
    locator = numbering.locate(first, "" if first == last else last)
    if locator is None or locator.last < locator.first:
        return None
    end = locator.last
    if tail == "f.":
        end += 1
    elif tail and numbering.sections:
        section = numbering.sections[end - 1]
        while end < len(numbering.sections) and (not section or numbering.sections[end] == section):
            end += 1
    if end == locator.last:
        return locator
    if numbering.numbers and end > len(numbering.numbers):
        return None
    return numbering.locate(first, numbering.locate_positions(end, end).text or str(end))


def name_missing(span: Span, numbering: Numbering) -> str:
    """Return the number that *span* names and the source does not have, or the whole of a *span* that runs backwards."""
    missing = [end for end in (span.first, span.last) if numbering.locate(end) is None]
    if missing:
        # Of a range that goes on too far, where it ends; of one with a stranger's number, that.
        return next((end for end in missing if not end.isdecimal()), missing[-1])
    return str(len(numbering.numbers) + 1) if span.tail and numbering.is_plain else str(span)


def label_place(locators: Sequence[Locator], unit: str = "paragraph") -> str:
    """Return ``para.`` of one paragraph, ``paras.`` of several, ``art.`` of an article, as American print has it."""
    return PRINTED[unit][not (len(locators) == 1 and locators[0].is_single)]


def name_places(locators: Sequence[Locator], unit: str = "paragraph", *, dash: str = "–", blank: str = " ") -> str:
    """Return ``para. 13`` or ``paras. 13, 15–17``, with this *dash* and this *blank* behind the label of *unit*."""
    return f"{label_place(locators, unit)}{blank}{', '.join(str(locator).replace('-', dash) for locator in locators)}"


NAME = r"[a-z0-9]++(?:[-_][a-z0-9]++)*(?![-_]?[a-z0-9])"
"""The pattern of a key or id, in any case; a base's own have no underscores."""
BASED_NAME = rf"(?:[\w.-]++/)?{NAME}"
"""The pattern of a key or id, perhaps of one of several bases: ``base/key``."""
_KEY = rf"(?:(?<![\w.])@|(?<![\w@:/.#&=\\-]))(?P<name>{BASED_NAME})"
_COLON = rf"{_KEY}(?P<colon>{BLANK}{{0,2}}:{BLANK}{{0,2}})(?={LABEL}{START}|[0-9]|(?<=:){_ROMAN})"
_LABELLED = rf"{_KEY}{BLANK}{{0,2}}(?:[,:]{BLANK}{{0,2}})?(?P<open>[(\[{{]{BLANK}?)?(?:{_LEAD})*{AHEAD}"
_ROLE = rf"(?:\{{cite(?::[a-z]+)?\}}|:cite(?::[a-z]+)?:)`?(?P<name>{BASED_NAME})(?P<open>\{{{AHEAD})?"
_TEX = r"\\(?!nocite)[a-z]*cite[a-z]*\*?"
_TEX_PLACE = rf"{_TEX}(?:\[[^\[\]]{{0,80}}\])?\[(?:{_LEAD})*{AHEAD}"
_TEX_KEY = rf"{_TEX}\{{{BLANK}?(?P<name>{BASED_NAME}){BLANK}?\}}"
_OF = rf"{BLANK}(?:of|in|from){BLANK}@?(?P<name>{BASED_NAME})(?![\w:/])"
_AT = rf"(?<![\w.])@(?P<name>{BASED_NAME})"
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def flatten_signs(text: str) -> str:
    """Return *text*, of the same length, with one sign for all dashes but the longest, for all quotation marks of a sort, and for
    what no reader sees, and with digits of the usual width: as ``read_place`` takes it."""
    return text if text.isascii() else text.translate(_SIGNS)


def find_key_citations(text: str) -> Iterator[KeyCitation]:
    """Yield what *text* cites by a key, in all forms, form by form; some lie in others, and most may be no key at all."""
    text = flatten_signs(text)
    if ":" in text:
        yield from _find_behind_keys(_COLON, text)
    if re.search(AHEAD, text, re.IGNORECASE):
        yield from _find_behind_keys(_LABELLED, text)
        yield from _find_before_keys(text)
    if "cite" in text.lower():
        yield from _find_behind_keys(_ROLE, text)
        yield from _find_in_commands(text)
    if "@" in text:
        for match in re.finditer(_AT, text, re.IGNORECASE):
            yield KeyCitation(*match.span(), match["name"].lower(), None)


def _find_behind_keys(pattern: str, text: str) -> Iterator[KeyCitation]:
    """Yield places behind the keys that *pattern* finds, and keys without a place."""
    head, position = re.compile(pattern, re.IGNORECASE), 0
    while match := head.search(text, position):
        parts = match.groupdict()
        place = read_place(text, match.end())
        position = end = place.end if place else match.end()
        colon = parts.get("colon")
        if colon and len(colon) > 1 and text[match.end()].isdecimal() and _match(_WORD, text, end):
            # There was one harbour: 5 boats lay in it.
            continue
        if parts.get("open"):
            closed = _match(rf"{BLANK}?{re.escape(_CLOSING[parts['open'][0]])}", text, end)
            end = closed.end() if closed else end
        if pattern == _ROLE and text.startswith("`", end):
            end += 1
        yield KeyCitation(match.start(), end, match["name"].lower(), place, bool(colon))


def _find_before_keys(text: str) -> Iterator[KeyCitation]:
    """Yield each *para. 13 of key*."""
    for place in find_places(text):
        if named := _match(_OF, text, place.end):
            yield KeyCitation(place.start, named.end(), named["name"].lower(), place)


def find_places(text: str) -> Iterator[Place]:
    """Yield each place of *text*, flattened, that begins with a label, as it is read where a name comes next."""
    head, position = re.compile(rf"(?<![\w:/.#&=-]){AHEAD}", re.IGNORECASE), 0
    while match := head.search(text, position):
        place = read_place(text, match.start(), before_name=True)
        position = place.end if place else match.start() + 1
        if place:
            yield place


def _find_in_commands(text: str) -> Iterator[KeyCitation]:
    r"""Yield what TeX's commands cite in a text that is not TeX's: ``\autocite[para.~13]{key}``."""
    for match in re.finditer(_TEX_PLACE, text, re.IGNORECASE):
        place = read_place(text, match.end())
        if place and (named := _match(rf"\]\{{(?P<name>{BASED_NAME})\}}", text, place.end)):
            yield KeyCitation(match.start(), named.end(), named["name"].lower(), place)
    for match in re.finditer(_TEX_KEY, text, re.IGNORECASE):
        yield KeyCitation(*match.span(), match["name"].lower(), None)


_BEFORE = rf"(?P<open>[\[(]?)(?:cite(?:/\w+)*:)?{BLANK}?(?:{_LEAD})*-?"
_AFTER = rf"{BLANK}?(?P<close>[\])]?)\.?"


def read_key_citation(text: str) -> KeyCitation | None:
    """Return the citation that *text* is, from end to end, perhaps in brackets; None where it is none."""
    text = " ".join(flatten_signs(text).split())
    for one in find_key_citations(text):
        before = re.fullmatch(_BEFORE, text[: one.start], re.IGNORECASE)
        after = re.fullmatch(_AFTER, text[one.end :])
        if before and after and _CLOSING.get(before["open"], "") == after["close"]:
            return one
    return None
