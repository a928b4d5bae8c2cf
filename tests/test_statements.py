"""The judge of statements: its verdicts on the development set, and what must hold of any base and any text.

``RIGHTS_TESTS_WRITE_GOLDEN=1 pytest tests/test_statements.py`` writes the verdicts anew; review them as a diff.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import compare_golden
from rightscli.base.paths import find_bundled_base
from rightscli.check.findings import DraftFinding
from rightscli.check.sentences import split_sentences
from rightscli.check.stated.accounts import Judgement
from rightscli.check.stated.agreement import match_quantities
from rightscli.check.stated.claims import Claims, prepare_claims
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.quantities import find_quantities
from rightscli.check.stated.roots import root_word
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index
from rightscli.text.folding import shorten_text

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from check import judge_draft, read_materials

HERE = Path(__file__).parent / "data"
CASES: list[dict[str, Any]] = json.loads((HERE / "statements.json").read_text(encoding="utf-8"))


def read_claims(base: str) -> tuple[Claims, list[dict[str, Any]]]:
    index = open_index(base, None)
    records = list(index.read_facts())
    return prepare_claims(records, [topic for _, topic in index.list_topics()]), records


BUNDLED, BUNDLED_RECORDS = read_claims(find_bundled_base())
HARBOUR, HARBOUR_RECORDS = read_claims(str(HERE / "harbour.yaml"))
PAY = root_word("pay")[0]
BASES = {"bundled": (BUNDLED, BUNDLED_RECORDS), "harbour": (HARBOUR, HARBOUR_RECORDS)}
# The words of the cases and the base in any order are nearer to a fact than any random text.
WORDS = sorted({word for case in CASES for word in case["text"].split()})
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict[str, Any], str, list[DraftFinding]]]:
    """Each case of the development set with its verdict and the findings that it is made of."""
    materials = read_materials(find_bundled_base())
    return [(case, *judge_draft(case["text"], materials)) for case in CASES]


def test_every_verdict_on_the_development_set_is_the_golden_one(
    judged: list[tuple[dict[str, Any], str, list[DraftFinding]]],
) -> None:
    lines = ["case\tas expected\texpected\tverdict\tref\ttext"]
    for number, (case, verdict, findings) in enumerate(judged, 1):
        found = [
            (" ".join(one.verdict for one in findings) or "none"),
            " ".join(one.ref or "" for one in findings) or "-",
        ]
        good = "yes" if verdict in case["expect"] else "NO"
        lines.append("\t".join([f"{number}", good, case["expect"], *found, shorten_text(case["text"], 60)]))

    compare_golden("verdicts-statements.tsv", "\n".join([*lines, ""]))


def test_the_development_set_is_judged_as_well_as_promised(
    judged: list[tuple[dict[str, Any], str, list[DraftFinding]]],
) -> None:
    table = Counter((case["expect"], verdict) for case, verdict, _ in judged)
    total = Counter(case["expect"] for case in CASES)
    # A green that is wrong costs the most, then a red; what is left over in a right sentence costs its writer a look.
    assert table["differs", "supported"] <= 0.005 * total["differs"]
    assert table["none", "supported"] == 0
    assert table["supported", "differs"] <= 0.006 * total["supported"]
    assert table["none", "differs"] <= 0.021 * total["none"]
    assert table["differs", "differs"] >= 0.94 * total["differs"]
    # Not more: what says little of its fact is no longer green, whether right or wrong.
    assert table["supported", "supported"] >= 0.78 * total["supported"]


@pytest.mark.parametrize("name", BASES)
def test_every_claim_verbatim_is_supported(name: str) -> None:
    claims, records = BASES[name]

    verdicts = {record["id"]: judge_sentence(record["claim"], claims) for record in records}
    assert {fact: judgement for fact, judgement in verdicts.items() if not judgement or judgement.conflicts} == {}


@pytest.mark.parametrize("name", BASES)
def test_every_claim_is_supported_with_its_pinpoint(name: str) -> None:
    claims, records = BASES[name]

    for record in records:
        citation = record["citations"][0]
        pinned = {(citation["source"], int(citation["locator"]["value"].partition("-")[0]))}
        judgement = judge_sentence(record["claim"], claims, pinned=pinned)
        assert judgement, record["id"]
        assert (record["id"], judgement.verdict) == (record["id"], "supported")


@pytest.mark.parametrize("name", BASES)
@given(text=TEXTS, pin=st.integers(min_value=0, max_value=30))
def test_a_judgement_never_fails_and_points_into_the_sentence(name: str, text: str, pin: int) -> None:
    claims, _ = BASES[name]
    pinned = {("hrw-2020", pin), ("harbour", pin)}

    judgement = judge_sentence(text, claims, pinned=pinned)
    assert judgement == judge_sentence(text, claims, pinned=set(pinned))
    if judgement:
        assert (judgement.verdict == "differs") == bool(judgement.conflicts)
        assert 0 <= judgement.score <= 1
        for conflict in judgement.conflicts:
            assert 0 <= conflict.start < conflict.end <= len(text)
            assert text[conflict.start : conflict.end] == conflict.said
            assert conflict.base


def judge_harbour(text: str) -> Judgement | None:
    return judge_sentence(text, HARBOUR)


@pytest.mark.parametrize(
    ("text", "kind", "said", "base"),
    [
        ("Harbour police in Vestmar detained 215 foreign crew members in 2020.", "figure", "215", "512"),
        ("Vestmar's Landings Act came into force on 14 May 2018.", "date", "14 May 2018", "May 14, 2016"),
        ("The NFO suspended Vestmar on June 28, 2021.", "date", "June 28, 2021", "January 28, 2021"),
        (
            "Deputy Minister Ilse Brandt defended the secrecy of Vestmar's quotas in a letter of October 3, 2021.",
            "person",
            "Ilse Brandt",
            "Ilse Brandvold",
        ),
        ("Vestmar has not ratified the 2007 Work in Fishing Convention.", "negation", "not ratified", "ratified"),
        (
            "The Labor Inspectorate has prosecuted recruiters since 2013.",
            "negation",
            "has prosecuted recruiters",
            "No recruiter",
        ),
        ("Henrik Vaal's commission held several public hearings.", "negation", "public", "no public"),
        (
            "Only a quarter of Vestmar's fish landings in 2021 were taken in by the four main harbors.",
            "figure",
            "a quarter",
            "61 percent",
        ),
        (
            "One in three vessels was inspected by Vestmar's government.",
            "figure",
            "One in three",
            "less than one in nine",
        ),
        (
            "Some 600 women in Port Sallow went on strike for nine weeks in June 2021.",
            "figure",
            "nine weeks",
            "nine days",
        ),
        (
            "Some 600 women in Port Sallow went on strike for nine days on the second of July 2021.",
            "date",
            "second of July 2021",
            "June 2021",
        ),
        (
            "Vestmar's harbor police may hold foreign crew with a charge for as long as 72 hours.",
            "negation",
            "with a charge",
            "without charge",
        ),
        ("Kesterhaven's port authority concedes harm to the fishery from dredging.", "negation", "concedes", "denies"),
    ],
)
def test_a_planted_error_in_another_base_is_found_with_both_sides(text: str, kind: str, said: str, base: str) -> None:
    judgement = judge_harbour(text)

    assert judgement
    assert judgement.verdict == "differs"
    assert [(one.kind, one.said, one.base) for one in judgement.conflicts] == [(kind, said, base)]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The Landings Act of Vestmar has been in force since 14 May 2016.", "landings-act-in-force"),
        ("The NFO, by fourteen votes to three, suspended Vestmar on 28 January 2021.", "nfo-suspension"),
        ("Since 2013 the Labour Inspectorate has not prosecuted a single recruiter.", "no-recruiter-prosecuted"),
        ("Foreign crew may be held for three days without charge.", "detention-72-hours"),
        (
            "Women who gut and pack fish are not covered by the Harbor Workers' Pension Fund.",
            "women-outside-pension-fund",
        ),
    ],
)
def test_a_restatement_in_another_base_is_supported(text: str, fact: str) -> None:
    judgement = judge_harbour(text)

    assert judgement
    assert (judgement.verdict, judgement.fact) == ("supported", fact)


@pytest.mark.parametrize(
    "text",
    [
        "The harbor of Rotterdam is the largest in Europe.",
        "In 2019 dredging of the river Elbe began near Hamburg.",
        "The commission on wages published its findings in July 2020.",
        "Last week the harbour police of Vestmar detained 40 foreign crew members.",
        "The commission received 512 letters and answered 38 of them.",
    ],
)
def test_what_merely_sounds_like_a_fact_is_neither_borne_out_nor_contradicted(text: str) -> None:
    judgement = judge_harbour(text)

    assert judgement is None or (judgement.verdict == "unproven" and judgement.left_over)


@pytest.mark.parametrize(
    ("said", "base", "answer"),
    [
        ("2,706", "two thousand seven hundred and six", True),
        ("about 2,700", "2,706", True),
        ("about 2,900", "2,706", False),
        ("more than 1,100", "1,137", True),
        ("more than 1,200", "1,137", False),
        ("more than 60", "more than 40", False),
        ("fewer than 40", "more than 40", False),
        ("three days", "72 hours", True),
        ("three years", "three months", False),
        ("27 per cent", "27 percent", True),
        ("4.5 years", "four and a half years", True),
        ("54 months", "four and a half years", True),
        ("a dozen", "12", True),
        ("twice", "two times", True),
    ],
)
def test_figures_compare_by_value(said: str, base: str, answer: bool) -> None:
    (one,), (other,) = find_quantities(said, ()), find_quantities(base, ())

    assert match_quantities(one, other) is answer


def test_both_figures_of_a_span_have_its_unit() -> None:
    found = find_quantities("from one to three months", ())

    assert [(one.value, one.unit) for one in found] == [(1, "month"), (3, "month")]


def test_names_of_one_country_have_one_key() -> None:
    reading = read_statement("Tokyo and Japanese officials of Japan met the South Koreans in Seoul.", BUNDLED.names)

    assert [name.key for name in reading.names] == ["japan", "japan", "japan", "south korea", "south korea"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("On Dec. 10 the U.S. Treasury acted. So it was.", ["On Dec. 10 the U.S. Treasury acted.", "So it was."]),
        ("Dr. J. Smith paid 4.5 percent. See No. 5.", ["Dr. J. Smith paid 4.5 percent.", "See No. 5."]),
        (
            "A claim. [@k, para. 3] Another (hrw-2020:9). End",
            ["A claim. [@k, para. 3]", "Another (hrw-2020:9).", "End"],
        ),
        ("He said “Go.” Then he left.", ["He said “Go.”", "Then he left."]),
        ("A title\n\n- one row\n- another row", ["A title", "- one row", "- another row"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(alphabet="aA1. \n!?()[]\"'”,;:-", max_size=80))
def test_sentences_hold_all_of_a_text_in_order(text: str) -> None:
    spans = split_sentences(text)

    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
    assert list(spans) == sorted(spans)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("They do not pay them.", -1),
        ("They do not, in many cases, pay them.", -1),
        ("They have not, whatever may be said elsewhere, paid them.", -1),
        ("They have done nothing but pay them.", 1),
        ("They hardly ever pay them.", -1),
        ("They pay barely 300 of them.", 1),
        ("No other company pays as many as they do.", 1),
        ("They have given up paying them.", -1),
        ("They fell short of paying them.", -1),
    ],
)
def test_a_negation_reaches_what_it_turns(text: str, sign: int) -> None:
    assert read_statement(text, BUNDLED.names).signs[PAY] == sign


def test_no_sentence_of_the_source_differs_from_its_facts(source_copy: Path) -> None:
    materials = read_materials(find_bundled_base())

    verdicts = [
        judge_draft(line, materials)[0] for line in source_copy.read_text(encoding="utf-8").splitlines() if line
    ]
    assert "differs" not in verdicts
    assert verdicts.count("supported") >= 20
