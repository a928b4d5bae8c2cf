"""Who does what to whom: a sentence in which two parties have changed places is never supported, and a passive is no problem."""

from __future__ import annotations

import pytest

from judging import judge, read_claims
from rightscli.check.stated.clauses import list_clauses
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.tokens import Token


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("health", "At first the Ombudsman's inspectors kept St. Brandt and Holm Children's Hospital out."),
        (
            "health",
            "The board of Tolmen General warned Ruben Aske, head of the emergency department, in writing in September 2020.",
        ),
        ("health", "Parents told Holm Children's Hospital of the outbreak after 17 days."),
        ("health", "The nurse Petra Lind dismissed St. Brandt Hospital in October 2020."),
        ("health", "Petra Lind ordered the Labor Court in Lorne to reinstate St. Brandt Hospital."),
        (
            "health",
            "Medora bought 200 ventilators from Veldmark's Department of Health in March 2020 for 5.6 million crowns.",
        ),
        ("health", "The Ombudsman, Marit Sandoe, refused twice to meet Minister Joren Pell."),
        ("health", "St. Brandt Hospital's psychiatric ward has never visited the Medical Inspectorate."),
        (
            "health",
            "In 2021, 97 patients paid 83,000 crowns back to the Eskwater Infirmary after the Ombudsman intervened.",
        ),
        ("health", "Uninsured patients demanded deposits of up to 1,500 crowns from the Eskwater Infirmary."),
        (
            "health",
            "In 2021 patients complained most often about waiting times; billing came second and staff conduct third.",
        ),
        (
            "health",
            "Doctors in Veldmark said women had them sign their consent to a cesarean only after the operation.",
        ),
        (
            "bundled",
            "North Korea was pressed by China's government in 2019 to track down North Koreans, networks say.",
        ),
        (
            "bundled",
            "In North Korean detention facilities women have subjected security personnel to rape and other sexual violence.",
        ),
        (
            "bundled",
            "It was the US State Department that put three senior North Korean officials on its sanctions list.",
        ),
        (
            "bundled",
            "In its 2014 report the Security Council recommended that the COI refer North Korea's situation to"
            " the International Criminal Court.",
        ),
        (
            "bundled",
            "A report on censorship and on serious human rights abuses was released by the Treasury"
            " Department on December 10, 2018.",
        ),
        ("bundled", "Human rights sanctions on the United States continued to be imposed by North Korea in 2019."),
        ("udhr", "Under the Universal Declaration of Human Rights the state is protected by the family."),
    ],
)
def test_a_sentence_with_two_parties_in_each_others_place_is_not_supported(name: str, sentence: str) -> None:
    assert judge(name, sentence) != "supported"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "health",
            "A court order of June 2021 let the Ombudsman's inspectors into St. Brandt and Holm Children's"
            " Hospital, which had first kept them out.",
        ),
        (
            "health",
            "Its board was warned in writing in September 2020 by Ruben Aske, head of Tolmen General's emergency department.",
        ),
        ("health", "The parents of the infants were told of the outbreak by Holm Children's Hospital after 17 days."),
        ("health", "The nurse Petra Lind was dismissed by St. Brandt Hospital in October 2020."),
        ("health", "St. Brandt Hospital was ordered by the Labor Court in Lorne to reinstate Petra Lind."),
        (
            "health",
            "200 ventilators were bought from Medora by Veldmark's Department of Health in March 2020 without a tender.",
        ),
        ("health", "Marit Sandoe, the Ombudsman, was twice refused a meeting by Minister Joren Pell."),
        ("health", "The owner of Medora was a brother-in-law of Karl Venn, the deputy minister of the time."),
        ("health", "St. Brandt's psychiatric ward has never been visited by the Medical Inspectorate."),
        (
            "health",
            "Patients got 83,000 crowns back from the Eskwater Infirmary in 2021, after the Ombudsman had intervened.",
        ),
        ("health", "Uninsured patients were asked by the Eskwater Infirmary for deposits of up to 1,500 crowns."),
        (
            "health",
            "Doctors had some women in Veldmark sign their consent to a cesarean only after the operation, the women said.",
        ),
        (
            "bundled",
            "China's government was pressed by North Korea in 2019 to track down North Koreans, networks say.",
        ),
        ("bundled", "Independent media are banned by North Korea's government."),
        ("bundled", "In detention facilities in North Korea, women have been raped by security personnel."),
        ("bundled", "Human traffickers and brokers subject North Korean women in China to sexual slavery."),
        (
            "bundled",
            "It was the US Treasury Department that put three senior North Korean officials on its sanctions list.",
        ),
        (
            "bundled",
            "North Korea was reviewed by other states on May 9, 2019, and got 262 recommendations from 87 of them.",
        ),
        (
            "bundled",
            "What the COI recommended in its 2014 report was that North Korea's situation be referred by the Security"
            " Council to the International Criminal Court.",
        ),
        ("bundled", "Jobs are assigned by the government to men and to unmarried women."),
        (
            "bundled",
            "A report on censorship and on serious human rights abuses was released by the State Department"
            " on December 10, 2018.",
        ),
        ("bundled", "North Korea's labor brigades are run by the ruling party, which controls them."),
        (
            "udhr",
            "Society and the state have to protect the family, which the Declaration calls the natural and"
            " fundamental group unit of society.",
        ),
        (
            "udhr",
            "Slavery and the slave trade are banned in all their forms by the Universal Declaration of Human Rights.",
        ),
        (
            "udhr",
            "Everyone is entitled by the Universal Declaration of Human Rights to equal protection from discrimination.",
        ),
    ],
)
def test_a_claim_told_in_the_passive_or_with_another_clause_first_is_no_problem(name: str, sentence: str) -> None:
    assert judge(name, sentence) in ("supported", "unproven")


def join_words(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.word for token in tokens)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("The court fined the owner.", [("fined", "court", "owner")]),
        ("The owner was fined by the court.", [("fined", "court", "owner")]),
        ("It was the court that fined the owner.", [("was", "it", "court"), ("fined", "court", "owner")]),
        ("The owner, a company of Arvel, has never been fined.", [("fined", "", "owner")]),
        ("The owner continued to press the court.", [("press", "owner", "court"), ("continued", "owner", "")]),
        ("Workers held there were paid.", [("held", "", ""), ("paid", "", "workers held")]),
        (
            "In 2019 the court closed it and dismissed its director.",
            [("closed", "court", "it"), ("dismissed", "court", "director")],
        ),
        ("The migrants whom the court heard were paid.", [("heard", "court", "migrants"), ("paid", "", "migrants")]),
        ("Mould was found by inspectors in a report of the city.", [("found", "inspectors", "mould")]),
        ("They let the captain turn back.", [("let", "they", "captain"), ("turn", "captain", "")]),
    ],
)
def test_clauses_are_read_in_the_active_as_in_the_passive(text: str, clauses: list[tuple[str, str, str]]) -> None:
    found = list_clauses(read_statement(text, read_claims("harbour").names))

    assert [(one.verb.word, join_words(one.agent), join_words(one.patient)) for one in found] == clauses
