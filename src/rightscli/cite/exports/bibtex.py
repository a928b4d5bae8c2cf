"""CSL-JSON records → BibLaTeX or BibTeX.

Fields are those of the BibLaTeX manual (2.2) and of btxdoc. What readers make of them decides the rest: institutions, titles and
containers stand in double braces, or readers turn an institution round and change the case of a title; a chapter is
``@inbook`` in BibLaTeX, for Typst doubles the container of ``@incollection``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.text.dates import MONTHS
from rightscli.text.edtf import read_date_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightscli.records import Record

_BIBLATEX_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "legislation",
    "book": "book",
    "broadcast": "video",
    "chapter": "inbook",
    "classic": "book",
    "dataset": "dataset",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "image",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "regulation": "legislation",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "song": "music",
    "speech": "unpublished",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "legal",
    "webpage": "online",
}
_BIBTEX_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "classic": "book",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "review": "article",
    "review-book": "article",
    "speech": "unpublished",
}
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_PARTS = ("inbook", "incollection", "inproceedings", "inreference")
# What babel calls the languages that CSL names by their BCP 47 tags.
_BABEL = {
    "ar": "arabic",
    "de": "ngerman",
    "en": "english",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-GB": "british",
    "en-US": "american",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "pt-BR": "brazilian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}
_BOTH = {
    "author": "author",
    "editor": "editor",
    "volume": "volume",
    "chapter-number": "chapter",
    "edition": "edition",
    "collection-title": "series",
    "genre": "type",
    "note": "note",
    "keyword": "keywords",
    "abstract": "abstract",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
}
_BIBLATEX_FIELDS = _BOTH | {
    "translator": "translator",
    "container-author": "bookauthor",
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "part-number": "part",
    "number-of-volumes": "volumes",
    "number-of-pages": "pagetotal",
    "event-title": "eventtitle",
    "event": "eventtitle",
    "event-place": "venue",
    "event-date": "eventdate",
    "publisher-place": "location",
    "medium": "howpublished",
    "annote": "annotation",
    "status": "pubstate",
    "version": "version",
    "accessed": "urldate",
    "original-date": "origdate",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "original-title": "origtitle",
}
_BIBTEX_FIELDS = _BOTH | {"publisher-place": "address", "medium": "howpublished", "annote": "annote"}
_ROLES = ("compiler", "director", "organizer")
"""Roles that BibLaTeX knows as those of a further editor, of whom it has three: ``editora`` to ``editorc``."""

_HEAD = "author editor title booktitle journaltitle journal publisher institution organization school date year month day".split()
"""The fields that stand first in a file, in this order."""
_VERBATIM = ("doi", "url")
_GUARDED = frozenset(
    """title shorttitle shortjournal series address location eventtitle venue origlocation origpublisher origtitle
    """.split()
)
"""Besides container and publisher: titles, whose case counts, and lists, which an *and* would part."""
_DATES = ("urldate", "origdate", "eventdate")
_NAMES = ("author", "editor", "translator", "bookauthor")


def format_bibtex(records: Sequence[Record], form: str) -> str:
    """Return *records* as a ``.bib`` file in the dialect *form*, ``biblatex`` or ``bibtex``."""
    list_fields = _list_biblatex if form == "biblatex" else _list_bibtex
    return "\n".join(_format_record(record, *list_fields(record)) for record in records)


def _format_record(record: Record, kind: str, fields: Mapping[str, str]) -> str:
    order = [*(name for name in _HEAD if name in fields), *(name for name in fields if name not in _HEAD)]
    lines = "".join(f"  {name} = {fields[name]},\n" for name in order)
    return f"@{kind}{{{record['id']},\n{lines}}}\n"


def _list_biblatex(record: Record) -> tuple[str, dict[str, str]]:
    """Return BibLaTeX's type of *record*, and its fields."""
    kind = _BIBLATEX_TYPES.get(record["type"], "misc")
    fields = _take_fields(record, _BIBLATEX_FIELDS)
    if record["type"] in _SUBTYPES:
        fields["entrysubtype"] = f"{{{_SUBTYPES[record['type']]}}}"
    if container := record.get("container-title"):
        # For a site or a broadcast no standard field is better: pandoc takes titleaddon for a part of the title.
        fields["booktitle" if kind in _PARTS else "journaltitle"] = _guard(container)
    if publisher := record.get("publisher"):
        fields["institution" if kind in ("report", "thesis") else "publisher"] = _guard(publisher)
    _add_authority(fields, record)
    date = read_date_parts(record.get("issued", ""))
    if date.edtf:
        fields["date"] = f"{{{date.edtf}}}"
    elif date.text:
        fields["year"] = _guard(date.text)
    for letter, role in zip("abc", (role for role in _ROLES if record.get(role)), strict=False):
        fields[f"editor{letter}"] = _format_names(record[role])
        fields[f"editor{letter}type"] = f"{{{role}}}"
    if babel := _BABEL.get(record.get("language", "")):
        fields["langid"] = f"{{{babel}}}"
    if pubmed := record.get("PMID"):
        fields |= {"eprint": f"{{{_escape_bib(pubmed)}}}", "eprinttype": "{pubmed}"}
    if shelf := ", ".join(record[name] for name in ("archive", "archive_location", "call-number") if record.get(name)):
        fields["library"] = _guard(shelf)
    return kind, fields


def _list_bibtex(record: Record) -> tuple[str, dict[str, str]]:
    """Return BibTeX's type of *record*, and its fields."""
    kind = _BIBTEX_TYPES.get(record["type"], "misc")
    genre = record.get("genre", "")
    if record["type"] == "thesis" and genre:
        # Without a genre it may be neither of the two theses that BibTeX knows.
        kind = "mastersthesis" if "master" in genre.lower() else "phdthesis"
    fields = _take_fields(record, _BIBTEX_FIELDS)
    if kind == "techreport":
        # Styles print "Technical report" without.
        fields.setdefault("type", "{Report}")
    if kind == "phdthesis" and genre == "PhD thesis":
        # Said by the kind of work.
        del fields["type"]
    elif genre[1:] != genre[1:].lower() and not (kind == "techreport" and fields.get("number")):
        # Styles print it in lower case; where they do not, it has no braces, since pandoc would print them.
        fields["type"] = _guard(genre)
    if container := record.get("container-title"):
        name = "journal" if kind == "article" else "booktitle" if kind in _PARTS else "howpublished"
        fields.setdefault(name, _guard(container))
    if publisher := record.get("publisher"):
        house = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}.get(kind, "publisher")
        fields[house] = _guard(publisher)
    _add_authority(fields, record)
    date = read_date_parts(record.get("issued", ""))
    if date.years or date.text:
        fields["year"] = f"{{{'/'.join(f'{year:04}' for year in date.years) or _escape_bib(date.text)}}}"
    if date.last is None and len(date.first) > 1 and date.first[1] <= 12:
        fields["month"] = MONTHS[date.first[1] - 1][:3]
        if len(date.first) > 2:
            fields["day"] = f"{{{date.first[2]}}}"
    return kind, fields


def _add_authority(fields: dict[str, str], record: Record) -> None:
    """Add the court, or whoever else issued the work; Zotero and pandoc read either field."""
    if authority := record.get("authority"):
        fields["organization" if "institution" in fields else "institution"] = _guard(authority)


def _take_fields(record: Record, names: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that both dialects have, under the *names* of one of them."""
    fields: dict[str, str] = {}
    order = dict.fromkeys((*names, "title", "issue", "collection-number", "number", "page", "page-first"))
    for variable in order:
        name, value = names.get(variable, variable), record.get(variable)
        if not value:
            continue
        if variable in ("issue", "number", "collection-number"):
            # One field for all three, of which a work has one.
            fields.setdefault("number", f"{{{_escape_bib(value)}}}")
        elif variable in ("page", "page-first"):
            fields.setdefault("pages", f"{{{re.sub('[-–]+', '--', _escape_bib(value))}}}")
        elif name in _NAMES:
            fields[name] = _format_names(value)
        elif name in _DATES:
            fields[name] = f"{{{read_date_parts(value).edtf}}}"
        elif name in _VERBATIM:
            fields[name] = "{" + re.sub(r"[{}\\\s]", _encode_match, value) + "}"
        else:
            fields.setdefault(name, _guard(value) if name in _GUARDED else f"{{{_escape_bib(value)}}}")
    return fields


def _format_names(names: Sequence[Mapping[str, str]]) -> str:
    return f"{{{' and '.join(_format_name(name) for name in names)}}}"


def _format_name(name: Mapping[str, str]) -> str:
    """Return a name as BibTeX parses it; an institution, or one without parts, in braces of its own."""
    family, given = _escape_bib(name.get("family", "")), _escape_bib(name.get("given", ""))
    if name.get("literal") or not (family and given):
        whole = _escape_bib(name.get("literal", "")) or family or given
        return f"{{{whole}}}"
    return ", ".join(f"{{{part}}}" if re.search(r",| and ", part) else part for part in (family, given))


def _guard(text: str) -> str:
    """Return *text* in double braces: no reader changes its case, or takes an *and* inside for the end of a name."""
    return f"{{{{{_escape_bib(text)}}}}}"


_LETTERS = {letter: f"\\{letter}" for letter in "&%$#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _escape_bib(text: str) -> str:
    """Return *text* as the readers of ``.bib`` files, most of which know little LaTeX, read it back."""
    # Readers count braces before they look at backslashes, so that only braces in pairs can be spelt in the usual way.
    pairs = _has_pairs(text)
    braces = {"{": r"\{", "}": r"\}"} if pairs else {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    text = "".join(_LETTERS.get(letter) or braces.get(letter, letter) for letter in " ".join(text.split()))
    return re.sub(r"([-'`])(?=\1)", r"\1{}", text)


def _has_pairs(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0


def _encode_match(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"
