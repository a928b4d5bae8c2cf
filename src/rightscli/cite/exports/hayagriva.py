"""CSL-JSON records → Hayagriva, the YAML that Typst reads.

Fields: https://github.com/typst/hayagriva/blob/main/docs/file-format.md. It has no spans of dates, so that of a span the
first day stands. A container is a parent, to which editors, publisher and numbers of the whole belong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.text.edtf import read_date_parts
from rightscli.text.inert import dump_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightscli.records import Record

_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "legislation",
    "book": "book",
    "broadcast": "video",
    "chapter": "chapter",
    "classic": "book",
    "dataset": "repository",
    "entry": "chapter",
    "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter",
    "figure": "artwork",
    "graphic": "artwork",
    "legal_case": "case",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "motion_picture": "video",
    "pamphlet": "book",
    "paper-conference": "article",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "post": "post",
    "post-weblog": "article",
    "regulation": "legislation",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "repository",
    "song": "audio",
    "thesis": "thesis",
    "treaty": "legislation",
    "webpage": "web",
}
# The parents that Typst takes a container from (measured with 0.15, all pairs of types); none for the types left out, entries
# among them, which are chapters of a reference work here.
_PARENTS = {
    "article-journal": "periodical",
    "article-magazine": "periodical",
    "article-newspaper": "newspaper",
    "chapter": "book",
    "legal_case": "anthology",
    "entry": "reference",
    "entry-dictionary": "reference",
    "entry-encyclopedia": "reference",
    "paper-conference": "proceedings",
    "post": "web",
    "post-weblog": "blog",
    "report": "book",
    "review": "periodical",
    "review-book": "periodical",
    "webpage": "web",
}
_AFFILIATED = {
    "translator": "translator",
    "compiler": "compiler",
    "composer": "composer",
    "director": "director",
    "executive-producer": "executive-producer",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "performer": "cast-member",
    "producer": "producer",
    "script-writer": "writer",
}
_OWN_TEXTS = {
    "genre": "genre",
    "abstract": "abstract",
    "archive": "archive",
    "archive-place": "archive-location",
    "call-number": "call-number",
    "note": "note",
}
_WHOLE_TEXTS = {
    "edition": "edition",
    "volume": "volume",
    "issue": "issue",
    "number-of-volumes": "volume-total",
    "number-of-pages": "page-total",
}
_OWN_NUMBERS = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "number": "serial"}
_WHOLE_NUMBERS = {"ISBN": "isbn", "ISSN": "issn"}

Tree = dict[str, "str | bool | Tree | list[Tree]"]


def format_hayagriva(records: Sequence[Record]) -> str:
    """Return *records* as Hayagriva YAML, one after the other, an empty line between two."""
    return "\n".join(
        f"{_quote_key(record['id'])}:\n" + "".join(f"  {line}\n" for line in _write_tree(_make_tree(record)))
        for record in records
    )


def _make_tree(record: Record) -> Tree:
    tree: Tree = {"type": _TYPES.get(record["type"], "misc"), "title": _make_title(record, "title", "title-short")}
    if author := record.get("author"):
        tree["author"] = [_make_name(name) for name in author]
    issued = read_date_parts(record.get("issued", ""))
    if date := _write_date(issued.first or issued.last or ()):
        tree["date"] = date
    if url := record.get("URL"):
        accessed = _write_date(read_date_parts(record.get("accessed", "")).first)
        tree["url"] = {"value": url, "date": accessed} if accessed else url
    # Typst refuses a whole file for a language that is no tag of BCP 47.
    if re.fullmatch("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", record.get("language", "")):
        tree["language"] = record["language"]
    tree |= {name: _escape_dollars(record[variable]) for variable, name in _OWN_TEXTS.items() if record.get(variable)}
    if authority := record.get("authority"):
        # CSL's authority is Hayagriva's organization.
        tree["organization"] = _escape_dollars(authority)
    if pages := record.get("page"):
        tree["page-range"] = pages
    affiliated: list[Tree] = [
        {"role": role, "names": [_make_name(name) for name in record[variable]]}
        for variable, role in _AFFILIATED.items()
        if record.get(variable)
    ]
    if affiliated:
        tree["affiliated"] = affiliated
    numbers: Tree = {name: record[variable] for variable, name in _OWN_NUMBERS.items() if record.get(variable)}
    if numbers:
        tree["serial-number"] = numbers
    _add_whole(tree, record)
    return tree


def _add_whole(tree: Tree, record: Record) -> None:
    """Add what belongs to the container, as a parent, or to the work itself where it has none."""
    whole = tree
    if record.get("container-title"):
        parent: Tree = {"type": _PARENTS.get(record["type"], "misc")}
        parent["title"] = _make_title(record, "container-title", "container-title-short")
        if author := record.get("container-author"):
            parent["author"] = [_make_name(name) for name in author]
        tree["parent"] = parent
        # Of another parent, Typst would not even find the editors.
        whole = parent if record["type"] in _PARENTS else tree
    if editor := record.get("editor"):
        whole["editor"] = [_make_name(name) for name in editor]
    house, place = record.get("publisher", ""), record.get("publisher-place", "")
    if house and record["type"] == "thesis":
        whole["organization"] = _escape_dollars(house)
        house = ""
    if house:
        publisher: Tree = {"name": _guard_text(house)}
        whole["publisher"] = publisher | ({"location": _guard_text(place)} if place else {})
    elif place:
        whole["location"] = _guard_text(place)
    whole |= {name: record[variable] for variable, name in _WHOLE_TEXTS.items() if record.get(variable)}
    numbers: Tree = {name: record[variable] for variable, name in _WHOLE_NUMBERS.items() if record.get(variable)}
    if numbers:
        known = whole.get("serial-number", {})
        whole["serial-number"] = (known if isinstance(known, dict) else {}) | numbers
    if series := record.get("collection-title"):
        above: Tree = {"type": "book", "title": _guard_text(series)}
        if number := record.get("collection-number"):
            above["volume"] = number
        whole.setdefault("parent", above)


def _make_title(record: Record, long: str, short: str) -> Tree:
    title = _guard_text(record[long])
    if record.get(short):
        title["short"] = _escape_dollars(record[short])
    return title


def _guard_text(text: str) -> Tree:
    """Return *text* so that no style changes its case."""
    return {"value": _escape_dollars(text), "verbatim": True}


def _escape_dollars(text: str) -> str:
    """Return *text* without what Hayagriva takes for mathematics (``$``) or for a guard of upper and lower case (braces)."""
    return re.sub(r"[\\{}$]", r"\\\g<0>", " ".join(text.split()))


def _make_name(name: Mapping[str, str]) -> Tree:
    parts: Tree = {"name": name.get("literal") or name.get("family") or name.get("given", "")}
    if name.get("family") and name.get("given"):
        parts["given-name"] = name["given"]
    return parts


def _write_date(parts: Sequence[int]) -> str:
    """Return year, month and day as far as Hayagriva knows them: no seasons."""
    known = parts[:1] if len(parts) > 1 and parts[1] > 12 else parts
    return "-".join((f"{known[0]:04}", *(f"{part:02}" for part in known[1:]))) if known else ""


def _write_tree(tree: Tree) -> Iterator[str]:
    """Yield the lines of a YAML mapping."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {line}" for line in _write_tree(value))
        elif isinstance(value, list):
            yield f"{name}:"
            for member in value:
                first, *others = _write_tree(member)
                yield f"  - {first}"
                yield from (f"    {line}" for line in others)
        else:
            yield f"{name}: {_quote_value(value)}"


def _quote_value(value: str | bool) -> str:
    """Return a scalar of YAML: true, a plain word, or a string as JSON writes it, which YAML reads alike."""
    if isinstance(value, bool):
        return str(value).lower()
    if re.fullmatch("[a-z]{3,}(-[a-z]+)*", value) and value not in _WORDS:
        return value
    # Signs that end a line in YAML, but not in JSON.
    return re.sub("[\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", dump_json(value))


def _quote_key(key: str) -> str:
    return _quote_value(key) if re.fullmatch("[a-z]{1,4}|[0-9.e-]+", key) else key


_WORDS = frozenset(("null", "true", "false", "yes", "off"))
"""Plain words that YAML reads as something else."""
