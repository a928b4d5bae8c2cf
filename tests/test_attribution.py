"""Which citation a quotation belongs to, and which are of works that the base lacks."""

from __future__ import annotations

import pytest

from quoting import DATA, read_report
from rightscli.answers.check import gather_materials
from rightscli.check.examine import Materials, examine_draft
from rightscli.check.findings import DraftFinding
from rightscli.check.otherworks import find_cited_works, find_linked_works, is_reference
from rightscli.drafts import Form, parse_draft
from rightscli.index.building import open_index

MATERIALS = gather_materials(open_index(str(DATA / "harbour.yaml"), None))._replace(passages=read_report())
OTHERS = "everything has a price in the market"
OURS = "the strike ended when the packing companies promised written contracts"


def quote(text: str, materials: Materials = MATERIALS, form: str = "markdown") -> list[DraftFinding]:
    text = text.replace("OTHERS", OTHERS).replace("OURS", OURS)
    draft = parse_draft(text, form=form)  # type: ignore[arg-type]
    return [one for one in examine_draft("draft", text, draft, materials).findings if one.kind == "quotation"]


@pytest.mark.parametrize(
    "text",
    [
        "They take bribes (harbour:1). As Park told the BBC (Park, 2018, p. 3), “OTHERS.”",
        "They take bribes [@harbour, para. 1]. “OTHERS” [@park2018, p. 3].",
        "They take bribes [@harbour, para. 1]. “OTHERS” [see @park, p. 3; @lee].",
        "They take bribes (harbour:1). “OTHERS” (Amnesty International 2019).",
        "They take bribes (harbour:1). “OTHERS” (see Lee and Kim, 2020, pp. 3-4; Park 2018a).",
        "They take bribes (harbour:1). Park et al. (2018) say “OTHERS.”",
        "As Park (2018, p. 3) says, “OTHERS,” and officials take bribes (harbour:1).",
        "“OTHERS” (Park, 2018, p. 3), and officials take bribes (harbour:1).",
        "They take bribes (harbour:1). “OTHERS” (Park 33).",
        "They take bribes (harbour:1). “OTHERS” \\cite[3]{park}.",
        "They take bribes (harbour:1). “OTHERS.”[^1]\n\n[^1]: Park, *Money Matters* (Oxford 2018), 3.",
        "They take bribes (harbour:1). “OTHERS.”[^1]\n\n[^1]: BBC, *Bribes*, https://example.org/bribes.",
        "They take bribes (harbour:1).\n\n> Everything has a price in the market (Park, 2018).",
        "They take bribes (harbour:1).\n\n> Everything has a price in the market\n\n(Park, 2018)",
        "They take bribes (harbour:1). “OTHERS” [Park, 2018](https://example.org).",
    ],
)
def test_the_words_of_a_work_that_the_base_lacks_are_not_ours(text: str) -> None:
    assert quote(text) == []


@pytest.mark.parametrize(
    ("text", "is_problem"),
    [
        ("They take bribes (harbour:1). The minister told parliament: “OTHERS.”", False),
        ("“OTHERS.” They take bribes (harbour:1).", False),
        ("“OTHERS” (harbour:1; Park, 2018).", False),
        ("“OTHERS” (harbour:1).", True),
        ("As Quill (2018) says, they take bribes, and “OTHERS” (harbour:1).", True),
        ("“OTHERS” (harbour:1) since May (2018).", True),
        ("They said in 2018 (Table 3) that “OTHERS” [@harbour, para. 1].", True),
        ("“OTHERS.”[^1]\n\n[^1]: harbour:1; so Park (2018).", False),
        ("“OTHERS.”[^1]\n\n[^1]: harbour:1, for all that it is worth.", True),
        ("> OTHERS, they say\n\n(harbour:1)", True),
    ],
)
def test_words_in_no_source_are_a_problem_only_where_the_citation_is_ours(text: str, is_problem: bool) -> None:
    assert [(one.verdict, one.is_problem()) for one in quote(text)] == [("not-found", is_problem)]


@pytest.mark.parametrize(
    "text",
    [
        "As harbour:9 says, “OURS,” which Park (2018) doubts.",
        "Park (2018) doubts it, but “OURS” (harbour:9).",
        "“OTHERS” (Park, 2018), but “OURS” (harbour:9).",
        "“OURS” (Park, 2018; harbour:9).",
    ],
)
def test_our_words_beside_others_citations_are_ours(text: str) -> None:
    assert [(one.verdict, one.ref) for one in quote(text)] == [("exact", "harbour:9")]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("(Park, 2018, p. 3), (see Amnesty International 2019)", ["Park, 2018", "see Amnesty International 2019"]),
        ("(cf. Park, 2018; Lee & Kim, 2020)", ["cf. Park, 2018", "Lee & Kim, 2020"]),
        ("Park’s (2018) book, Lee et al. (2019: 3), Park (n 12) 3", ["Park’s (2018)", "Lee et al. (2019: 3)", "Park (n 12)"]),
        ("[@park, p. 3] and @park2018 but not @reader or a@b.org", ["@park", "@park2018"]),
        ("(Park 3) and (Lee and Kim 3-4)", ["(Park 3)", "(Lee and Kim 3-4)"]),
        ("(May 2019), (Table 3), (in 2019), (Article 9), (since March 2018), May (2018), (1912-1994), (2018)", []),
        ("(Vestmar, 2018 to 2020) and (the Court of Audit recommended in 2018 that)", []),
        ("[@harbour, para. 1] \\cite{harbour} \\citep[3]{park,lee}", ["\\citep[3]{park,lee}"]),
        ("(Quill 3)", []),
    ],
)  # fmt: skip
def test_citations_of_any_work_are_known_by_their_form(text: str, cited: list[str]) -> None:
    found = find_cited_works(text, keys=["harbour"], names=["Quill"])

    assert [text[start:end].strip() for start, end in found] == cited


LINKS: dict[Form, str] = {"markdown": "[{}](/a)", "html": '<a href="/a">{}</a>', "latex": "\\href{{/a}}{{{}}}"}


@pytest.mark.parametrize("form", LINKS)
@pytest.mark.parametrize(
    ("shown", "names_a_work"),
    [
        ("source, 2017", True),
        ("BBC, 3 May 2017", True),
        ("Amnesty International, May 3, 2017", True),
        ("in 2017", False),
        ("3 May 2017", False),
        ("in Arvel, in 2017", False),
        ("2017", False),
        ("Quill, 2017", False),
    ],
)
def test_a_link_by_publisher_and_year_names_a_work(form: Form, shown: str, names_a_work: bool) -> None:
    (block,) = parse_draft(f"Officials take bribes {LINKS[form].format(shown)}.", form=form).blocks
    named = list(find_linked_works(block.text, block.links, names=["Quill"]))

    assert block.text == f"Officials take bribes {shown}."
    assert [block.text[start:end] for start, end in block.links] == [shown]
    assert named == [link for link in block.links if names_a_work]


@pytest.mark.parametrize(
    ("note", "names_a_work"),
    [
        ("Park, Money Matters (Oxford, 2018), 3.", True),
        ("BBC News, 3 May 2018.", True),
        ("See https://example.org.", True),
        ("Park, p. 3.", True),
        ("This is a point that he made in 2018 as well as she did.", False),
        ("Ibid., p. 3.", False),
    ],
)
def test_a_note_that_names_a_work_is_no_remark(note: str, names_a_work: bool) -> None:
    assert is_reference(note) == names_a_work


def test_a_citation_of_the_next_sentence_is_not_said_to_be_the_quotation_s() -> None:
    altered = OURS.replace("promised", "gave")

    (finding,) = quote(f"> {altered.capitalize()}.\n\nOn the quay they sleep in turns (harbour:1), for want of beds.\n")

    assert finding.verdict == "altered"
    assert "not in harbour:1" not in finding.message
