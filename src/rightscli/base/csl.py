"""The fields that CSL 1.0.2 gives a source, by what they hold, and the short titles of CSL-JSON with them.

Appendices III and IV of https://docs.citationstyles.org/en/stable/specification.html. Left out are the variables that belong to
a citation and not to a work, and that a processor fills in: citation-key, citation-label, citation-number,
first-reference-note-number, locator, year-suffix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.addresses import is_safe_address, strip_resolver

if TYPE_CHECKING:
    from rightscli.base.model import Name, Source

CSL_TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)
CSL_NAMES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator""".split()
)
CSL_DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
CSL_TEXTS = frozenset(
    """abstract annote archive archive-place archive_collection archive_location authority call-number chapter-number
    collection-number collection-title container-title container-title-short dimensions division DOI edition event
    event-place event-title genre ISBN ISSN issue jurisdiction keyword language license medium note number
    number-of-pages number-of-volumes original-publisher original-publisher-place original-title page page-first
    part-number part-title PMCID PMID printing-number publisher publisher-place references reviewed-genre
    reviewed-title scale section source status supplement-number title-short URL version volume volume-title
    volume-title-short""".split()
)


def make_csl_record(source: Source) -> dict[str, object]:
    """Return the source as a CSL-JSON item; dates as EDTF text, which CSL 1.0.2 allows beside date-parts.

    Programs open its ``URL``, so that one which they would run (``javascript:``) is left out; a ``DOI`` is one without the
    address that leads to it, which styles print themselves. ``doctor`` reports both.
    """

    def make_name(name: Name) -> dict[str, str]:
        return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}

    names = {role: [make_name(name) for name in people] for role, people in source.names.items()}
    fields = {name: text for name, text in source.fields.items() if name != "URL" or is_safe_address(text)}
    if "DOI" in fields:
        fields["DOI"] = strip_resolver(fields["DOI"])
    record: dict[str, object] = {"id": source.key, "type": source.type, "title": source.title}
    return record | dict(names) | dict(source.dates) | dict(fields)
