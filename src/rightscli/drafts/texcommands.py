"""What LaTeX's commands and environments do to running text: the kernel's, natbib's, biblatex's, csquotes', hyperref's."""

from __future__ import annotations

import re
from collections.abc import Callable

# An optional argument: no blank line in it, and other brackets only in braces.
OPTION = re.compile(r"\[((?:[^\[\]{}\\\n]++|\\.|\{(?:[^{}]++|\{[^{}]*+\})*\}|\n(?![ \t]*\n))*)\]", re.DOTALL)
_PARENTHESES = re.compile(r"\([^()\n]*\)")
_COMMAND = re.compile(r"\\([a-zA-Z]+)\*?(?=[\[{(])")
_LONGEST_KEYS = 2000

# Before the key of these stands a volume.
_VOLUMES = [
    *"volcite Volcite pvolcite Pvolcite fvolcite Fvolcite ftvolcite svolcite Svolcite tvolcite Tvolcite".split(),
    *"avolcite Avolcite".split(),
]
# Whether a citing command takes a list, each with options of its own.
CITATIONS: dict[str, bool] = {
    **dict.fromkeys(
        "cite citep citet citealp citealt Cite Citep Citet autocite Autocite parencite Parencite textcite Textcite footcite"
        " Footcite footcitetext Footcitetext smartcite Smartcite supercite fullcite footfullcite cbx@cite".split(),
        False,
    ),
    **dict.fromkeys(
        "cites Cites autocites Autocites parencites Parencites textcites Textcites footcites Footcites footcitetexts"
        " Footcitetexts smartcites Smartcites supercites".split(),
        True,
    ),
    **dict.fromkeys(_VOLUMES, False),
    **{f"{name}s": True for name in _VOLUMES},
}
HEADINGS = {
    **{"title": 1, "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4},
    **{"paragraph": 5, "subparagraph": 6, "frametitle": 3, "framesubtitle": 4},
}
NOTES = frozenset("footnote footnotetext endnote sidenote marginpar marginnote thanks".split())
# The first argument of these is a language.
_FOREIGN_IN_TEXT = (
    "foreignquote hyphenquote foreigntextquote hyphentextquote foreigntextcquote hyphentextcquote".split()
)
_FOREIGN_IN_BLOCKS = (
    "foreignblockquote hyphenblockquote hybridblockquote foreignblockcquote hyphenblockcquote hybridblockcquote".split()
)
FOREIGN = frozenset((*_FOREIGN_IN_TEXT, *_FOREIGN_IN_BLOCKS))
ACTIONS = {
    **dict.fromkeys("enquote textquote textcquote".split(), "quotation"),
    **dict.fromkeys(_FOREIGN_IN_TEXT, "quotation"),
    **dict.fromkeys("blockquote blockcquote".split(), "quote"),
    **dict.fromkeys(_FOREIGN_IN_BLOCKS, "quote"),
    **dict.fromkeys("textins textelp".split(), "insertion"),
    **dict.fromkeys("caption captionof".split(), "caption"),
}
# The arguments that go with them: m in braces, o in brackets. What follows these is text again.
DROPPED: dict[str, str] = {
    **dict.fromkeys(
        "label ref eqref pageref autoref nameref cref Cref crefrange vref input include includeonly bibliography"
        " bibliographystyle usetikzlibrary vspace hspace pagestyle thispagestyle hypersetup color pagecolor selectlanguage"
        " hyphenation graphicspath geometry phantom vphantom hphantom tag newcounter stepcounter refstepcounter cline"
        " pagenumbering todo setcitestyle citeauthor citeyear citeyearpar citetitle citedate glsadd textcolor"
        " foreignlanguage raisebox href hyperlink hypertarget colorbox scalebox ensuremath".split(),
        "om",
    ),
    **dict.fromkeys(
        "usepackage RequirePackage documentclass includegraphics addbibresource printbibliography".split(), "oom"
    ),
    **dict.fromkeys("nocite index glossary acsetup sisetup captionsetup".split(), "om"),
    **dict.fromkeys("newcommand renewcommand providecommand DeclareMathOperator newtheorem".split(), "moomo"),
    **dict.fromkeys(
        "setlength addtolength setcounter addtocounter definecolor fontsize multicolumn addcontentsline".split(), "mm"
    ),
    **dict.fromkeys("newenvironment renewenvironment".split(), "moomm"),
    **dict.fromkeys("multirow rule".split(), "omm"),
    **dict.fromkeys("footnotemark linebreak pagebreak nolinebreak nopagebreak maketitle".split(), "o"),
    **dict.fromkeys("hyperref parbox makebox framebox".split(), "o"),
}

# The first argument of these, too, is a language.
FOREIGN_DISPLAYS = "foreigndisplayquote hyphendisplayquote foreigndisplaycquote hyphendisplaycquote".split()
# What each environment is to the text in it ("" for nothing special), and its arguments.
ENVIRONMENTS: dict[str, tuple[str, str]] = {
    **dict.fromkeys("quote quotation verse displayquote displaycquote".split(), ("quote", "oo")),
    **dict.fromkeys(FOREIGN_DISPLAYS, ("quote", "moo")),
    **dict.fromkeys("itemize enumerate description".split(), ("list", "o")),
    **dict.fromkeys("tabular longtable".split(), ("cell", "om")),
    **dict.fromkeys("tabularx tabulary".split(), ("cell", "mm")),
    **dict.fromkeys("minipage wraptable".split(), ("", "oom")),
    **dict.fromkeys("multicols adjustbox otherlanguage foreignlanguage thebibliography".split(), ("", "m")),
    **dict.fromkeys("wrapfigure".split(), ("", "omm")),
}
SKIPPED_ENVIRONMENTS = frozenset(
    "verbatim Verbatim lstlisting minted comment alltt filecontents equation align gather multline displaymath math eqnarray"
    " flalign alignat tikzpicture picture pgfpicture thebibliography".split()
)
ACCENTS = dict(
    zip(
        "`'^\"~=.cvHkrudb",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u030b\u0328\u030a\u0306\u0323\u0331",
        strict=True,
    )
)
SIGNS = {
    **{
        "ss": "ß",
        "o": "ø",
        "O": "Ø",
        "l": "ł",
        "L": "Ł",
        "ae": "æ",
        "AE": "Æ",
        "oe": "œ",
        "OE": "Œ",
        "aa": "å",
        "AA": "Å",
    },
    **{"i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ"},
    **{"S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€", "textdegree": "°"},
    **{
        "ldots": "…",
        "dots": "…",
        "textellipsis": "…",
        "textquotedblleft": "“",
        "textquotedblright": "”",
        "textquoteleft": "‘",
    },
    **{
        "textquoteright": "’",
        "lq": "‘",
        "rq": "’",
        "textendash": "–",
        "textemdash": "—",
        "slash": "/",
        "textbackslash": "\\",
    },
    **{"textasciitilde": "~", "textdollar": "$", "textregistered": "®", "texttrademark": "™", "guillemotleft": "«"},
    **{
        "guillemotright": "»",
        "flqq": "«",
        "frqq": "»",
        "glqq": "„",
        "grqq": "“",
        "quad": " ",
        "qquad": " ",
        "space": " ",
    },
    **{"textbullet": "•", "LaTeX": "LaTeX", "TeX": "TeX", "nobreakspace": " ", "thinspace": " ", "textsection": "§"},
    **{"textparagraph": "¶", "texteuro": "€", "textsterling": "£", "textpercent": "%", "textunderscore": "_"},
}
# What biblatex prints for these is up to the entry's pagination; a source's unit is the paragraph unless it says otherwise.
_PLACES = {"pno": "para.", "ppno": "paras.", "psq": "f.", "psqq": "ff."}
_LEFTOVER = re.compile(r"\\([a-zA-Z]+)[ \t]*(?:\{\})?|\\(.)|---?|~|[{}]|\s+", re.DOTALL)


def read_citation(text: str, name: str, position: int, find_group_end: Callable[[int], int]) -> tuple[str, int] | None:
    """Return the citation that the arguments at *position* of the citing command *name* make, and where they end.

    It is written as Pandoc does, ``[see @key, para. 13; @other]``. None where no keys are. *find_group_end* tells where
    the brace at a place is closed, or -1.
    """
    cited = []
    is_list = CITATIONS.get(name, False)
    has_volume = name.removesuffix("s") in _VOLUMES
    while is_list and (parentheses := _PARENTHESES.match(text, position)):
        position = parentheses.end()
    while True:
        options, start = _read_options(text, position, 1 if has_volume else 2)
        end = find_group_end(start)
        if has_volume and end >= 0:
            # Of [see]{2}[para. 13]{key}, only what stands behind the volume is a place.
            places, start = _read_options(text, end + 1, 1)
            options, end = [*(options or [""]), *(places or [""])], find_group_end(start)
        if end < 0 or end - start > _LONGEST_KEYS:
            break
        cited.append(_write_citation(options, text[start + 1 : end]))
        position = end + 1
        if not is_list:
            break
    return (f"[{'; '.join(cited)}]", position) if cited else None


def _read_options(text: str, position: int, most: int) -> tuple[list[str], int]:
    """Return the optional arguments at *position*, at most *most*, and where they end."""
    options: list[str] = []
    while len(options) < most and (option := OPTION.match(text, position)):
        options.append(_clean_fragment(option[1]))
        position = option.end()
    return options, position


def find_citations(fragment: str) -> str:
    """Return the citations in a *fragment*, such as the option of a quotation, or an empty text."""
    cited = (
        read_citation(
            fragment,
            match[1],
            match.end(),
            lambda position: fragment.find("}", position) if fragment.startswith("{", position) else -1,
        )
        for match in _COMMAND.finditer(fragment)
        if match[1] in CITATIONS
    )
    return " ".join(found[0] for found in cited if found)


def _write_citation(options: list[str], keys: str) -> str:
    before, after = options if len(options) == 2 else ("", options[0] if options else "")
    cited = "; ".join(f"@{key.strip()}" for key in keys.split(",") if key.strip())
    return f"{before} {cited}".strip() + (f", {after}" if after else "")


def _clean_fragment(fragment: str) -> str:
    """Return a short piece of LaTeX, such as a locator, as text."""
    return _LEFTOVER.sub(_clean_match, fragment).strip()


def _clean_match(match: re.Match[str]) -> str:
    if match[1]:
        return _PLACES.get(match[1]) or SIGNS.get(match[1], "")
    if match[2]:
        return match[2] if match[2] in "%&$_{}#" else " "
    if match.group().startswith("--"):
        return "–" if len(match.group()) == 2 else "—"
    return "" if match.group() in "{}" else " "
