"""Where the sentences of a text end. A citation behind a full stop belongs to the sentence before it."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "adm al approx apr art aug ave bros ca capt cf ch cl cmdr co col comm corp dec dept dist dr ed eds e.g eg est etc et feb fig"
    " figs fn ft gen gov hon i.e ie inc jan jr jul jun lt ltd maj mar messrs mgr mr mrs ms mt n nn no nos nov oct op p para paras"
    " par pars ph pp prof pt rep res rev s.a sec sect sen sep sept ser sgt sr st ste supp supra v viz vol vols vs".split()
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_NUMBERED = frozenset("no nos p pp para paras par pars art fig figs vol vols ch sec sect cl n nn fn op".split())
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
# A citation alone, in brackets or bare, which goes with what stands before it.
_CITATION = re.compile(
    r"\s*(?:[(\[][^()\[\]]{0,120}?(?:@|:\s?\d|¶|§|\bparas?\b|\bpars?\b)[^()\[\]]{0,120}[)\]]|\[\^?\w{1,40}\])[.;]?(?=\s|$)"
)


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence of *text*, in order, without the blanks between them; none is empty."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends_sentence(text, start, match):
            continue
        end = match.end()
        while cited := _CITATION.match(text, end):
            end = cited.end()
        start = _add_span(spans, text, start, end)
    _add_span(spans, text, start, len(text))
    return tuple(spans)


def _add_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    """Add what stands between without blanks at its ends, if anything does, and return *end*."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    if first < last:
        spans.append((first, last))
    return end


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a sentence that began at *start* ends with the marks that *match* found."""
    rest = text[match.end() : match.end() + 40].lstrip()
    if not rest:
        return True
    # What goes on in lower case goes on, but for names that are written so; an ellipsis may stand inside.
    if rest[0].islower() and match[0] != "?":
        return False
    if match[0][0] != ".":
        return True
    word = re.search(r"[^\s(\[“‘\"']*$", text[max(start, match.start() - 30) : match.start()])
    last = word[0].lower() if word else ""
    if last in _NUMBERED and rest[0].isdigit():
        return False
    if last in _MONTHS and rest[0].isdigit():
        return False
    if last in _ABBREVIATIONS and last not in _NUMBERED | _MONTHS | {
        "etc",
        "al",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
    }:
        return False
    # An initial: "J. Smith"; "U.S." ends a sentence where a word follows that begins many.
    if re.fullmatch(r"[a-z]", last):
        return not rest[0].isupper()
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return bool(
            re.match(r"(?:The|A|An|In|On|At|It|He|She|They|We|This|That|These|But|And|However|For|As|Since)\b", rest)
        )
    return True
