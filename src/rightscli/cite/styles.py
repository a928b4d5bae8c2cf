"""The citation styles that ``rights`` knows by name, and which CSL style each one is."""

from typing import Literal, NamedTuple

from rightscli.errors import UsageError

StyleKind = Literal["author-date", "note", "numeric"]


class Style(NamedTuple):
    """A citation style: how *kind* cites in the text, and *csl*, the CSL style that it is compiled from.

    *csl* is the name of a file of the CSL style repository, without ``.csl``; *aliases* are further names. *locale* is what the
    style is rendered in where it names no locale of its own; with *forced*, even where it does.
    """

    name: str
    csl: str
    kind: StyleKind
    title: str
    aliases: tuple[str, ...] = ()
    locale: str = "en-US"
    forced: bool = False


STYLES = (
    Style("apa", "apa", "author-date", "APA, 7th edition"),
    Style("mla", "modern-language-association", "author-date", "MLA Handbook, 9th edition"),
    Style("chicago-notes", "chicago-notes-bibliography", "note", "Chicago, 18th edition, notes and bibliography"),
    Style("chicago-author-date", "chicago-author-date", "author-date", "Chicago, 18th edition, author-date"),
    Style("turabian-notes", "turabian-notes-bibliography", "note", "Turabian, 9th edition, notes and bibliography"),
    Style("turabian-author-date", "turabian-author-date", "author-date", "Turabian, 9th edition, author-date"),
    # The style names no locale, and its rules are British: single quotation marks, "paras" without a full stop.
    Style("harvard", "harvard-cite-them-right", "author-date", "Harvard, Cite Them Right", locale="en-GB", forced=True),
    Style("ieee", "ieee", "numeric", "IEEE"),
    Style(
        "vancouver", "nlm-citation-sequence", "numeric", "Vancouver (NLM, citation-sequence)", ("nlm", "vancouver-nlm")
    ),
    Style("ama", "american-medical-association", "numeric", "AMA, 11th edition", ("vancouver-ama",)),
    Style("apsa", "american-political-science-association", "author-date", "APSA, 2018"),
    Style("oscola", "oscola", "note", "OSCOLA, 4th edition", locale="en-GB"),
    Style("bluebook", "bluebook-law-review", "note", "Bluebook, law reviews"),
    Style("mhra", "mhra-notes", "note", "MHRA, notes", locale="en-GB"),
    Style("nature", "nature", "numeric", "Nature", locale="en-GB"),
)
"""Every style, in the order in which they are listed."""


def find_style(name: str) -> Style:
    """Return the style called *name*, in any case, with or without ``.csl``; UsageError with the nearest name."""
    asked = name.strip().lower().removesuffix(".csl")
    names = {alias: style for style in STYLES for alias in (style.csl, *style.aliases)}
    names |= {style.name: style for style in STYLES}
    if asked in names:
        return names[asked]
    from rightscli.text.folding import shorten_text
    from rightscli.text.slips import find_suggestion, format_guess

    near = find_suggestion(asked[:80], names)
    raise UsageError(
        f"no style '{shorten_text(name)}'{format_guess(near)}", hint=None if near else "rights styles lists them"
    )
