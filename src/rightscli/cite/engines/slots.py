"""What a citation engine printed → templates, and templates → the text of their file.

An engine is asked for each source, style and form with *probes* for locators: numbers that stand nowhere in the source's own
fields. Where a probe comes out, the slot is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from json import dumps
from typing import TYPE_CHECKING

from rightscli.cite.items import digest_item
from rightscli.cite.templates import FORMS, KINDS, SCHEMA, require_whole
from rightscli.errors import RightsError
from rightscli.text.locators import SLOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.cite.templates import Form
    from rightscli.records import Record


STYLE_LIMIT = 10_000_000
"""The most bytes that a CSL style may have."""

ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
"""How citeproc-js writes what has a meaning in HTML."""

OTHER_WORK = {
    "id": "another source",
    "type": "book",
    "title": "Zzyzx",
    "author": [{"family": "Zzyzx", "given": "Zeb"}],
    "issued": {"date-parts": [[1801]]},
}
"""What stands between two citations of a source: named as no source's key can be, like no author or year of a source."""


_TAGS = r"(?:</?(?:i|b|sup|sub|span)\b[^<>]*>)*"
_SEAM = re.compile(
    # The semicolon of an entity is no mark.
    r"&#?\w+;"
    rf"|(?P<blank>\s+)(?={_TAGS}[,;:.)](?!\w))"
    rf"|(?P<weaker>[,;:]\s*)(?={_TAGS}\s*[,;:.)](?!\w))"
    rf"|(?P<stop>(?<!\.)\.\s*)(?={_TAGS}\s*\.(?![.\w]))"
    rf"|\((?P<tags>{_TAGS})(?P<opening>[\s,;:]+)"
)
"""What styles leave where a field is missing, or print by an oversight: a blank before a mark, a mark before a mark."""


@dataclass(frozen=True, slots=True)
class Probes:
    """Locators to ask an engine for: *one*, a *range*, a *list*, as CSL writes them; *numbers* are what they are made of, and
    each is a *unit*."""

    numbers: tuple[str, str, str, str]
    unit: str = "paragraph"

    @property
    def one(self) -> str:
        """One passage."""
        return self.numbers[0]

    @property
    def range(self) -> str:
        """A range, with CSL's hyphen."""
        return f"{self.numbers[1]}-{self.numbers[2]}"

    @property
    def list(self) -> str:
        """A passage and a range."""
        return f"{self.numbers[0]}, {self.numbers[1]}-{self.numbers[3]}"

    @property
    def locators(self) -> tuple[str, ...]:
        """All that an engine is to be asked for; an empty one is none."""
        return ("", self.one, self.range, self.list)


@dataclass(frozen=True, slots=True)
class Printed:
    """What an engine printed of one source in one style.

    *forms* maps each form (``citation``, ``short``, ``ibid``) and each locator to text and HTML; *bibliography* is text and
    HTML, or None where the style has no list of works.
    """

    forms: Mapping[Form, Mapping[str, tuple[str, str]]]
    bibliography: tuple[str, str] | None


def name_csl_label(unit: str) -> str:
    """Return CSL's label of *unit*: an ``article`` is a kind of work there, and its number an ``article-locator``."""
    return "article-locator" if unit == "article" else unit


def choose_probes(item: Mapping[str, object], unit: str = "paragraph") -> Probes:
    """Return probes, each a *unit*, whose numbers stand nowhere in *item*, always the same for the same item.

    Their first digits differ, so that no rule for ranges (``1711-15``) may shorten one.
    """
    text = str(item)
    for tail in range(711, 1000):
        first, second, third, fourth = (f"{lead}{tail}" for lead in (2, 5, 7, 8))
        if not any(number in text for number in (first, second, third, fourth)):
            return Probes((first, second, third, fourth), unit)
    raise RightsError("this source has too many numbers of four digits for a citation to be made of it")


def mend_seams(printed: Printed, item: Mapping[str, object]) -> Printed:
    """Return what was *printed* of *item* without a blank before ``,;:.)`` or behind ``(``, and without one mark upon another.

    What the texts of *item* have themselves, a French `` :``, stays.
    """
    own = dumps(item, ensure_ascii=False).lower()

    def mend(pair: tuple[str, str]) -> tuple[str, str]:
        text, html = (_mend_text(text, own) for text in pair)
        return text, html

    forms = {form: {locator: mend(pair) for locator, pair in made.items()} for form, made in printed.forms.items()}
    return Printed(forms, printed.bibliography and mend(printed.bibliography))


def _mend_text(text: str, own: str) -> str:
    """Return *text* or HTML so mended; *own* holds what stays."""

    def mend(match: re.Match[str]) -> str:
        around = text[max(match.start() - 1, 0) : match.end() + 1].lower()
        if match.lastgroup is None or around in own:
            return match[0]
        return f"({match['tags']}" if match["opening"] else ""

    while (mended := _SEAM.sub(mend, text)) != text:
        text = mended
    return text


def make_forms(printed: Printed, probes: Probes) -> Record:
    """Return the templates of one source and style, without what is as the one before it (see ``templates``).

    Raises RightsError if a range and a list cannot be told by one template.
    """
    marks = _find_marks(printed, probes)
    forms: Record = {}
    last: dict[str, list[str]] = {}
    for form in FORMS:
        kinds = dict(_cut_slots(printed.forms[form], probes, marks))
        if kinds != last:
            new = [kind for before, kind in pairwise(("", *KINDS)) if kinds[kind] != kinds.get(before)]
            forms[form] = {kind: kinds[kind] for kind in new}
        last = kinds
    if printed.bibliography:
        forms["bibliography"] = list(printed.bibliography)
    dash, comma = marks
    return forms | ({"dash": dash} if dash != "–" else {}) | ({"comma": comma} if comma != ", " else {})


def _find_marks(printed: Printed, probes: Probes) -> tuple[str, str]:
    """Return what the style prints inside a range and between the members of a list."""
    first, second, _, fourth = probes.numbers
    found = re.search(rf"{first}(\D{{1,5}}){second}(\D{{1,3}}){fourth}", printed.forms["citation"][probes.list][0])
    return (found[2], found[1]) if found else ("–", ", ")


def _cut_slots(
    printed: Mapping[str, tuple[str, str]], probes: Probes, marks: tuple[str, str]
) -> tuple[tuple[str, list[str]], ...]:
    """Return a pair of text and HTML for each kind of locator, the probes replaced by the slot."""
    first, second, third, fourth = probes.numbers
    dash, comma = marks
    wholes = {
        "": "",
        probes.one: first,
        probes.range: f"{second}{dash}{third}",
        probes.list: f"{first}{comma}{second}{dash}{fourth}",
    }
    pairs = {}
    for locator, whole in wholes.items():
        pair = [text.replace(whole, SLOT) if whole else text for text in printed[locator]]
        if any(number in text for number in probes.numbers for text in pair):
            raise RightsError(f"the {probes.unit}s '{locator}' came out in pieces: {printed[locator][0]}")
        pairs[locator] = pair
    if pairs[probes.range] != pairs[probes.list]:
        raise RightsError(f"a range and a list came out unlike: {pairs[probes.range][0]} | {pairs[probes.list][0]}")
    return tuple(zip(KINDS, (pairs[""], pairs[probes.one], pairs[probes.range]), strict=True))


def make_templates(
    engine: Mapping[str, str],
    sources: Mapping[str, tuple[Record, Mapping[str, Record]]],
    units: Mapping[str, str] | None = None,
) -> Record:
    """Return a whole file of templates: *engine* says what made them; *sources* are CSL-JSON items with forms by style.

    *units* are what the forms of a source call a place in it, where that is not a paragraph.
    """
    units = units or {}
    return {
        "schema": SCHEMA,
        "engine": dict(engine),
        "sources": {
            key: {"item": digest_item(item), "styles": dict(styles)}
            | ({"unit": units[key]} if units.get(key, "paragraph") != "paragraph" else {})
            for key, (item, styles) in sources.items()
        },
    }


def format_templates(templates: Record) -> str:
    """Return the text of a file of templates: sorted, indented, one template a line, so that a change is a readable diff."""
    text = dumps(templates, ensure_ascii=False, indent=1, sort_keys=True)
    # A pair of text and HTML on one line; JSON's strings hold no line breaks of their own.
    return re.sub(r"\[\n\s+(\".*\"),\n\s+(\".*\")\n\s+\]", r"[\1, \2]", text) + "\n"


def write_templates(path: str, templates: Record) -> None:
    """Write a file of templates at *path*, whole or not at all, if it can be read back; raises RightsError.

    A link is not written through: what it leads to may be any file.
    """
    from rightscli.files import write_bytes

    hint = "mend that source in the base: in its texts, <i>, <b>, <sup> and <sub> set what stands inside them"
    require_whole(path, templates, hint=hint)
    write_bytes(path, format_templates(templates).encode(), through_link=False)
