"""Each rule of the judge of statements, pinned by a sentence that it decides, on bases that are not the bundled one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rightscli.check.stated.claims import Claims, prepare_claims
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index

HERE = Path(__file__).parent / "data"


@cache
def read_claims(name: str) -> Claims:
    index = open_index(str(HERE / f"{name}.yaml"), None)
    return prepare_claims(list(index.read_facts()), [topic for _, topic in index.list_topics()])


def judge(name: str, sentence: str) -> str:
    judgement = judge_sentence(sentence, read_claims(name))
    return judgement.verdict if judgement else "none"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        # What is only planned, asked for or said is told as done.
        ("harbour", "Vestmar's Court of Audit published all quotas in 2018."),
        ("harbour", "The Northern Fisheries Organization reviewed Vestmar again in March 2023."),
        ("health", "Files were taken from Tolmen General's archive before the fire of 2019."),
        # What turns the fact, in a verb or in two words.
        ("harbour", "Dredging at Kesterhaven was done away with in February 2018."),
        ("harbour", "Vestmar's Landings Act was given up on May 14, 2016."),
        ("harbour", "The strike of June 2021 by some 600 women in Port Sallow was called off."),
        ("health", "In 2021 most complaints about hospitals that the Veldmark Health Ombudsman upheld were given up."),
        # All, only, proven.
        ("harbour", "All officials at the harbors of Port Sallow and Kesterhaven waived safety checks."),
        ("harbour", "Migrant workers in Vestmar only pay recruiters 2,300 marks, or about five months' wages."),
        # A verb or a noun that no fact bears out.
        ("harbour", "Orland burned its observers' notes in Vestmar in April 2021."),
    ],
)
def test_what_is_told_outright_and_is_not_so_in_the_fact_is_never_supported(name: str, sentence: str) -> None:
    assert judge(name, sentence) in ("unproven", "differs", "none")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        # First and second, more and less, from and to.
        ("health", "In 2021 Veldmark's patients complained most often about billing; waiting times came third."),
        ("health", "St. Brandt Hospital dismissed Petra Lind three weeks before she reported falsified restraint logs."),
        ("harbour", "Men gutting fish in Vestmar's harbors earn 27 percent less on average than women."),
        ("harbour", "Tidewatch's report on Vestmar rests on 143 interviews held from August 2021 to March 2020."),
        # Figures in each other's place.
        ("health", "From 2016 to 2021 Veldmark's Medical Board struck off six doctors and suspended one."),
        ("harbour", "Port Sallow's quota was 15,250 tons in 2020, and the Fisheries Council raised it to 18,400 tons for 2021."),
        ("health", "Midwives in northern Veldmark counted 14 births in ambulances or private cars in 2017 and three in 2021."),
        # Signs.
        ("harbour", "Vestmar's government made public the quotas of 2019."),
        ("harbour", "Women gutting fish in Vestmar's harbors earn 27 percent more on average than men."),
        ("harbour", "Vestmar's Harbor Workers' Pension Fund covers the women who gut and pack fish."),
        # Strength.
        ("harbour", "Officials at the harbors of Port Sallow and Kesterhaven always waived safety checks."),
        # Ages, places.
        ("health", "A man of 42 called Emil was strapped to a bed at St. Brandt Hospital for 39 hours in February 2021."),
        ("harbour", "Dredging at Port Sallow started in February 2018 and made the harbor 11 feet deeper."),
    ],
)  # fmt: skip
def test_what_has_changed_places_rank_sign_or_strength_differs(name: str, sentence: str) -> None:
    assert judge(name, sentence) == "differs"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("harbour", "In April 2021 Orland pulled its observers out of Vestmar."),
        ("harbour", "By 14 votes to 3, Vestmar was suspended on January 28, 2021, by the Northern Fisheries Organization."),
        ("harbour", "No public hearing was held by Henrik Vaal's commission."),
        ("harbour", "In Vestmar's harbors, women who gut fish earn on average 27 percent less than men."),
        ("health", "Hilda Croy of Queen Ada Hospital denied that patients were discharged at night for want of beds."),
        ("health", "In 2021, no public hospital in Veldmark but Idris Hospital answered complaints within the legal limit."),
    ],
)  # fmt: skip
def test_a_right_restatement_in_other_words_is_no_problem(name: str, sentence: str) -> None:
    assert judge(name, sentence) in ("supported", "unproven")


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Im Jahr 2020 hat die Hafenpolizei von Vestmar 512 ausländische Seeleute festgehalten.", "none"),
        ("En 2020, la police de Vestmar a détenu 512 marins étrangers dans les ports.", "none"),
        ("2020년에 베스트마르 항만 경찰은 외국인 선원 512명을 구금했다.", "none"),
    ],
)
def test_of_another_language_nothing_is_supported(sentence: str, verdict: str) -> None:
    assert judge("harbour", sentence) == verdict
