"""Each rule of the judge of statements, pinned by a sentence that it decides, on bases that are not the bundled one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judging import PATHS, judge, read_claims
from rightscli.answers.check import gather_materials
from rightscli.check.stated.asides import stands_aside
from rightscli.check.stated.claims import prepare_claims
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.roots import bare_root, is_light
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        # Who lets do what is forbidden.
        ("bundled", "During 2019 Kim Jong Un let North Koreans communicate freely with the outside world."),
        # What everybody has, a few alone; what is denied of a part; what a duty is set against.
        (
            "udhr",
            "Under the Universal Declaration, only citizens of a state have a right to life and to personal security.",
        ),
        ("udhr", "The Universal Declaration lets scientists, and nobody else, share in the advance of science."),
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
        # More in one year than in another, of which two facts tell.
        ("bundled", "More North Koreans reached South Korea in 2018 than in 2011."),
        # Of two facts, one knows nothing of when it was.
        ("bundled", "The 12 Japanese citizens whose return Japan demands were abducted by North Korea in the 1950s."),
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


def judge_beside(claim: str, sentence: str, *, anchors: Sequence[str] = ()) -> str:
    """Return the verdict on *sentence* by a base of one *claim*, with neither topics nor look-up terms."""
    judgement = judge_sentence(sentence, prepare_claims([make_record(claim, anchors)], []))
    return judgement.verdict if judgement else "none"


def make_record(claim: str, anchors: Sequence[str] = ()) -> dict[str, object]:
    return {
        "id": "only-fact",
        "claim": claim,
        "anchors": list(anchors),
        "terms": [],
        "topics": [],
        "citations": [{"source": "report", "locator": {"label": "paragraph", "value": "1"}, "text": "(Report, 2020)"}],
        "date": None,
        "according_to": None,
    }


@pytest.mark.parametrize(
    ("claim", "sentence", "verdict"),
    [
        # A short sentence of a long fact's words is about it, where it differs by a slip: a month, a unit, two digits.
        (
            "The Mining Council adopted its report on the Arvel shaft, the deaths and the widows' pay on March 22, 2019.",
            "The Mining Council adopted its report on May 22, 2019.",
            "differs",
        ),
        (
            "Rescuers of the company, which had sold its pumps to a rival, found the body of Ada Brill after 46 days.",
            "Rescuers found the body of Ada Brill after 46 hours.",
            "differs",
        ),
        # What is set aside, and who is excepted.
        (
            "Fatigue contributed to 27 of 64 accidents in the Arvel mines.",
            "Drink, not fatigue, contributed to 27 of 64 accidents.",
            "differs",
        ),
        (
            "Miners, cooks and children had to work at night in Arvel's shafts.",
            "Children were exempt from night work in Arvel's shafts, though miners and cooks had to work at night.",
            "differs",
        ),
        (
            "Orland's sanctions over the Arvel mines target owner Karl Brandt and six of his managers.",
            "Orland's sanctions over the Arvel mines spare owner Karl Brandt.",
            "differs",
        ),
        # What is counted, of two figures that one sentence says.
        (
            "Firedamp in the Arvel shaft led to 640 injuries and 17 deaths in June 2019.",
            "Firedamp led to 640 deaths in the Arvel shaft in June 2019.",
            "differs",
        ),
        (
            "The Arvel shaft is a brick tube 71 metres wide and 840 metres deep.",
            "The Arvel shaft, a brick tube, is 840 metres wide and 71 metres deep.",
            "differs",
        ),
        (
            "In 2019, 29 of the 80 wells that the League tested in Arvel were foul.",
            "In 2019, 29 wells that the League tested in Arvel were foul.",
            "no problem",
        ),
        # Who has a right to do something may, and who should not always does.
        (
            "By the charter of Arvel every miner may leave any shaft, the old ones among them.",
            "By the charter of Arvel every miner has the right to leave any shaft.",
            "no problem",
        ),
        (
            "By the charter of Arvel every miner may leave any shaft, the old ones among them.",
            "By the charter of Arvel every miner leaves any shaft.",
            "differs",
        ),
        # A compound that opens a sentence is nobody.
        (
            "The Mining Council under Ada Brill concluded that cost-cutting by the Arvel Mine was the main cause of the fire.",
            "Cost-cutting by the Arvel Mine, the Mining Council concluded, was the main cause of the fire.",
            "no problem",
        ),
        # A verb is no thing.
        (
            "Brandt replaced the clay of the Arvel shaft with a soil, a change that its engineer, Karl Vell, approved.",
            "The engineer of the Arvel shaft, Karl Vell, objected to the change.",
            "no green",
        ),
        # Opposites said outright, though each side has a word that denies.
        (
            "The owner kept talk with the press under tight restrictions in Arvel.",
            "The owner loosened the limits on talk with the press in Arvel.",
            "differs",
        ),
        # Outside a rule, and no rule for it; a law that is broken, and what is unlawful.
        (
            "Arvel's miners have a right to ten hours of rest a day, but not in pits under 15 metres.",
            "Pits under 15 metres fall outside the rule of ten hours of rest a day in Arvel.",
            "no problem",
        ),
        (
            "The Arvel court found the dismissal order unlawful.",
            "The Arvel court found that the dismissal order broke the law.",
            "no problem",
        ),
        # A sentence that says little of a long fact, and nothing else, is about it.
        (
            "The High Court of Orland ordered the Brandt Foundation in 2021 to return 259 masks to the Museum of Arvel within"
            " six months and to pay 2.6 million marks in costs.",
            "The High Court gave the Brandt Foundation six weeks to return 259 masks to the Museum of Arvel.",
            "differs",
        ),
        (
            "Officials in Arvel's mines accept bribes to allow exceptions to night rules, to speed up permits, to open shafts to"
            " traders, or to let people avoid punishment.",
            "Mine officials refuse the bribes that people offer for exceptions.",
            "differs",
        ),
        (
            "A majority of Arvel's miners have to do unpaid work at some time in their lives; such work is often called"
            " a portrayal of loyalty.",
            "Loyalty is a word that owners have always loved.",
            "no problem",
        ),
        # In no other than this, and in this only.
        (
            "The safety labels in Arvel's mines are printed in Orlandish only.",
            "No safety label in Arvel's mines is printed in any language but Orlandish.",
            "no problem",
        ),
        # Who does it: with a name in apposition, in a wish, in the passive; of which rate, and which way.
        (
            "The coroner, Judith Penn, sent reports on the deaths in Arvel's mines to Chief Constable Helen Brand.",
            "Helen Brand, the coroner, sent reports on the deaths in Arvel's mines to Chief Constable Judith Penn.",
            "no green",
        ),
        (
            "In its 2014 report the Miners' League recommended that the Mining Council refer the Arvel case to the High Court.",
            "In its 2014 report the Miners' League recommended that the High Court refer the Arvel case to the Mining Council.",
            "differs",
        ),
        (
            "In its 2014 report the Miners' League recommended that the Mining Council refer the Arvel case to the High Court.",
            "The Miners' League's report of 2014 recommended a Mining Council referral of the Arvel case to the High Court.",
            "no problem",
        ),
        (
            "Miners dependent on drink were often denied the pills that a doctor had prescribed for them.",
            "Miners often refused the pills that a doctor had prescribed for them.",
            "no green",
        ),
        (
            "In 2022, cooks in Arvel were hurt at 3.6 times the rate of miners.",
            "Miners in Arvel were hurt in 2022 at 3.6 times the rate of cooks.",
            "differs",
        ),
        (
            "Two miners' groups closed their offices in Arvel in 2021; one of them, Open Shaft, moved to Orland.",
            "Open Shaft moved from Orland to Arvel in 2021.",
            "no green",
        ),
        (
            "In 2019, Orland continued to demand that 12 miners whom Vestmar held be returned.",
            "Vestmar continued in 2019 to demand that 12 miners held by Orland be returned.",
            "no green",
        ),
        # None, where many do not; all but so many, where so many do.
        (
            "The safety labels in Arvel are printed in Orlandish only, which many of the miners from Vestmar cannot read.",
            "None of the miners from Vestmar can read the safety labels in Arvel.",
            "differs",
        ),
        (
            "Many of Arvel's miners work at night, but none of the owners pays a supplement for night work.",
            "None of the owners pays Arvel's miners a supplement for night work.",
            "no problem",
        ),
        (
            "Eleven of the 46 pumps in Arvel's shafts were broken or clogged when inspectors examined them.",
            "All but eleven of the 46 pumps in Arvel's shafts were broken or clogged.",
            "differs",
        ),
        (
            "Eleven of the 46 pumps in Arvel's shafts were not in order when inspectors examined them.",
            "All but eleven of the 46 pumps in Arvel's shafts were in order when inspectors examined them.",
            "no problem",
        ),
        # Several, of the only one; before and after, also where both deny.
        (
            "State Route 33 was the only paved road out of Arvel.",
            "Arvel could be left by several paved roads, of which State Route 33 was one.",
            "no green",
        ),
        (
            "The mine sent its warnings in English only, although a quarter of Arvel's miners spoke Orlandish at home.",
            "The mine sent Arvel's miners its warnings in both English and Orlandish.",
            "no green",
        ),
        (
            "Three insurers stopped writing new policies in Arvel in the year after the fire.",
            "Three insurers had stopped writing new policies in Arvel in the year before the fire.",
            "differs",
        ),
        # One thing denied in other words on each side: a verb that the fact lacks, who stopped it, *against* it, *out of* it.
        (
            "Miners and hauliers at the Arvel shaft used lamps that could not signal to each other.",
            "Miners at the Arvel shaft were unable to reach hauliers by lamp.",
            "no problem",
        ),
        (
            "The council approved night digging at Arvel without a survey, and a county judge halted it in May 2021.",
            "Night digging at Arvel, approved without a survey, was stopped by a county judge in May 2021.",
            "no problem",
        ),
        (
            "The owner decided against a preventive pump shutdown at Arvel on the morning of the flood.",
            "On the morning of the flood the owner chose not to order a preventive pump shutdown at Arvel.",
            "no problem",
        ),
        (
            "The warden fined two hauliers over the flood at Arvel, but the county decided against criminal charges.",
            "The county has brought criminal charges against the two hauliers fined over the flood at Arvel.",
            "differs",
        ),
        (
            "Accidents entered in the Arvel shift log were left out of the ledger that wardens saw.",
            "Accidents entered in the Arvel shift log never appeared in the ledger that wardens saw.",
            "no problem",
        ),
        (
            "The expert concluded that 218 of the Arvel pay slips had been signed by someone other than the miner.",
            "The expert concluded that 218 of the Arvel pay slips were not signed by the miner.",
            "no problem",
        ),
        (
            "The warden sent the owner of Arvel a report on preventing future floods.",
            "The owner of Arvel was sent a report on the prevention of future floods by the warden.",
            "no problem",
        ),
        # A body named in part is the one that the fact names, and what the fact denies of that is denied.
        (
            "The Arvel Mining Court found that at least 44 of the electors at Orland did not exist.",
            "At least 44 of the electors at Orland, the court found, did not exist.",
            "supported",
        ),
        (
            "As of 2019, the county had yet to create the Arvel Widows Foundation that its Mining Act mandates.",
            "The foundation that the act mandates was up and running in 2019.",
            "no green",
        ),
        (
            "The Arvel Mining Court ordered a fresh election and refused to declare Ada Brill elected.",
            "The court declared Brill elected, so no fresh poll was needed.",
            "differs",
        ),
        # What is said of some of them is not said of all.
        (
            "In 2022, wardens at Arvel searched 57 children, 22 of them without a matron present.",
            "No matron was present when wardens at Arvel searched those 57 children.",
            "no green",
        ),
        # No rivals: all and those who have not, a room's number and a count, one of another thing.
        (
            "As of 2019, the league had only seven members that had not signed the charter.",
            "The league has 187 members.",
            "no problem",
        ),
        (
            "On 16 February 2021, train 417 struck a wall at Arvel; 43 people were killed.",
            "At Arvel the number of people killed was 43.",
            "no problem",
        ),
        (
            "Arvel has nine inspectors, who made 74 inspections in 2021.",
            "The nine inspectors, who share a single corridor, made 74 inspections in 2021 in Arvel.",
            "no problem",
        ),
        # What came before anybody could do it; what no other has more of.
        (
            "The wreck was scrapped in July 2021, before experts could examine it.",
            "The wreck was scrapped in July 2021 before experts had had a chance to examine it.",
            "no problem",
        ),
        (
            "Orland is Vestmar's largest trading partner.",
            "With no other country does Vestmar trade more than with Orland.",
            "no problem",
        ),
        # A place's adjective is its name.
        (
            "Since 2016 Kestria's fishers have had a right to ten hours of rest a day.",
            "Since 2016 Kestrian law has given fishers a right to ten hours of rest a day.",
            "no problem",
        ),
        # What is reported only is not told outright, whatever else the fact says that somebody told.
        (
            "Some mine inspectors reportedly told widows to sign the Arvel waiver before the hearing.",
            "The mine inspectors told widows to sign the Arvel waiver before the hearing.",
            "no green",
        ),
        (
            "According to the Miners' League, Orland Mining closed the accounts of 14 widows in Arvel.",
            "Orland Mining closed the accounts of 14 widows in Arvel.",
            "no green",
        ),
        (
            "Some widows insist that the number of miners whom the Arvel shaft buried is much higher than the 12 of the report.",
            "The number of buried miners is much higher than 12.",
            "no green",
        ),
        (
            "The Arvel inspectorate recommends that no shaft be reopened without an inspection by an engineer.",
            "No shaft may be reopened without an inspection by an engineer.",
            "no green",
        ),
        (
            "The talks between Arvel and Orland in 2019 were reportedly about weapons only.",
            "The talks between Arvel and Orland in 2019 dealt with nothing but weapons.",
            "no green",
        ),
        # A phrasal verb may hold a pronoun.
        (
            "The inquiry ruled out the municipal tip at Arvel, which Orland Mining had blamed, as a source of the lead.",
            "Orland Mining pointed at the municipal tip at Arvel, but the inquiry ruled it out as a source of the lead.",
            "no problem",
        ),
        # Where none has as much, one has more than any other.
        (
            "Orland has more influence in the Vestmar mines than any other international actor.",
            "Nor does any other international actor have as much influence in the Vestmar mines.",
            "no problem",
        ),
        # A quiet engineer denies nothing.
        (
            "The leak became public because Karl Vell, an engineer of the Arvel shaft, passed test results to the Courier.",
            "Karl Vell, a quiet engineer of the Arvel shaft, passed test results to the Courier.",
            "no problem",
        ),
        (
            "In Vestmar, the mines must have every shaft tested for gas four times a year.",
            "In Vestmar, the mines must have every shaft tested for gas once a year.",
            "differs",
        ),
        # Two counts of two things that both texts name are no rivals.
        (
            "Seven wells at Fennick supplied about 31,400 people in Dunmar and the villages of Sallow and Nether Pike.",
            "Some 31,400 people in Dunmar and two nearby villages, Sallow and Nether Pike, relied on the wells at Fennick.",
            "no problem",
        ),
        # What is derived from a word is not its opposite's opposite: running, standing.
        (
            "Brandt ran a metal works on Tanner's Lane in Arvel from 1958 until 2014.",
            "The metal works of Brandt stood on Tanner's Lane in Arvel until 2014.",
            "no problem",
        ),
        # What is probable is not told as it is; what a fact bounds is not told without its bound, whatever an anchor says.
        (
            "The gas in the Arvel shaft had probably leaked since the late 1970s.",
            "The gas in the Arvel shaft had leaked since the late 1970s.",
            "unproven",
        ),
        (
            "The gas in the Arvel shaft had probably leaked since the late 1970s.",
            "The gas in the Arvel shaft may have leaked since the late 1970s.",
            "supported",
        ),
        (
            "The Arvel mines test a shaft yearly if the last four results were below a tenth of the limit.",
            "The Arvel mines test a shaft yearly if the last four results were below half the limit.",
            "differs",
        ),
        # A share that rounds the fact's, and what a reader can reckon from its figures.
        (
            "Pupils with special needs made up 47 per cent of those whom the schools of Arvel excluded in 2021.",
            "Pupils with special needs were close to half of those whom the schools of Arvel excluded in 2021.",
            "supported",
        ),
        (
            "Seven of the nine counties of Vestmar run a deficit in their school budgets.",
            "All but two of the nine counties of Vestmar run a deficit in their school budgets.",
            "no problem",
        ),
        (
            "The link centres of Arvel had 9,700 pupils in January 2023 but funding for only 7,900.",
            "The link centres of Arvel had 1,800 pupils more than they had funding for in January 2023.",
            "no problem",
        ),
        (
            "The number of pupils with a support plan in Arvel grew to 52,700 by January 2023.",
            "By January 2023 the number of pupils with a support plan in Arvel had passed 52,000.",
            "no problem",
        ),
        (
            "Only 54 per cent of teachers in the link centres of Arvel are fully qualified.",
            "Little more than half of the teachers in the link centres of Arvel are fully qualified.",
            "no problem",
        ),
        (
            "From the sixth day of an exclusion, the county of Arvel must provide full-time education elsewhere.",
            "From the sixteenth day of an exclusion, the county of Arvel must provide full-time education elsewhere.",
            "differs",
        ),
        # What denies nothing: whether or not; what is put in between two commas.
        (
            "Informal exclusions are unlawful in Arvel even if the parents agree to them.",
            "Informal exclusions are unlawful in Arvel whether or not the parents agree to them.",
            "no problem",
        ),
        (
            "Vestmar's government systematically extracts forced and unpaid labor from citizens to carry out public projects.",
            "The government of Vestmar, which is never short of slogans, systematically extracts forced and unpaid labor from"
            " citizens to carry out public projects.",
            "no problem",
        ),
        # So much a month is not so much a year; what is told to two digits is no total.
        (
            "Miners of Arvel borrowed from lenders whose interest can reach 10 per cent a month.",
            "The interest of the lenders of Arvel's miners can reach 10 per cent a year.",
            "differs",
        ),
        (
            "The strike of Arvel won its 3,400 miners a rise of 0.40 florins an hour.",
            "The strike of Arvel won its 3,400 miners 0.40 florins more a month.",
            "differs",
        ),
        (
            "The minimum for mine work in Vestmar was 7.10 florins an hour; the miners interviewed earned 5.30 on average.",
            "The miners interviewed in Vestmar made 5.30 florins an hour on average, when the minimum for mine work was 7.10.",
            "no problem",
        ),
        (
            "The heating of Arvel's huts failed for 19 days, and the temperature fell to six degrees.",
            "The heating of Arvel's huts failed for 19 days, and the temperature fell to six degrees below zero.",
            "differs",
        ),
        # Who did what, by the figures.
        (
            "In 2021, 412 mine guards of Arvel resigned, but only 265 were recruited.",
            "In 2021 the mines of Arvel recruited 412 guards, and 265 resigned.",
            "differs",
        ),
        (
            "In 2021, 412 mine guards of Arvel resigned, but only 265 were recruited.",
            "In 2021 the mines of Arvel recruited 265 guards, while 412 resigned.",
            "no problem",
        ),
        (
            "The mine police of Arvel held 1,056 children in 2021; a guardian attended fewer than half of their interviews.",
            "A guardian attended almost all interviews of the 1,056 children whom the mine police of Arvel held in 2021.",
            "no green",
        ),
        # Not one of the complaints: the complaints were made.
        (
            "Miners lodged 74 complaints with the Arvel board in 2020, and none led to the withdrawal of a licence.",
            "Not one of the complaints that miners of Arvel made in 2020 led to the withdrawal of a licence.",
            "no problem",
        ),
        # Abandoned mines are mines; at most is no share of anything, and most often no number.
        (
            "In Vestmar, 23 abandoned shafts had no working pump.",
            "In Vestmar, 23 shafts had no working pump.",
            "no problem",
        ),
        (
            "A reform of Vestmar cut the longest night shift to 15 days, but in Arvel the foreman kept some miners in it for 60.",
            "A miner of Vestmar can be kept in the night shift for 15 days at most.",
            "no problem",
        ),
        (
            "Vestmar's inspectors found the huts of 17 of the 38 mines unfit for a night, most often because they had no stove.",
            "In 17 of the 38 mines of Vestmar, the inspectors found the huts unfit for anyone to spend the night in.",
            "no problem",
        ),
        # Who fell ill went down with nothing else.
        (
            "Arvel's hospital treated 217 miners for lead poisoning in 2019, compared with 133 in 2016; most fell ill in May.",
            "Arvel's hospital treated 217 miners for lead poisoning in 2019, up from 133 in 2016.",
            "no problem",
        ),
        # What is left out behind a denial is what was said before it.
        (
            "Vestmar's sanctions are targeted at the owner of the Arvel shaft, several foremen and the mine inspectors.",
            "Vestmar's sanctions are targeted at several foremen and the mine inspectors, but the owner of the shaft is not.",
            "differs",
        ),
        # One's government is not the other's.
        (
            "In 2019, South Korea's government deported two North Korean miners, who were to face murder charges.",
            "In 2019 the North Korean government deported two South Korean miners, who were to face murder charges.",
            "differs",
        ),
        # A few words of a long fact are anybody's; of a short one they are the fact.
        (
            "Missing a shift without the foreman's leave is an offence in Vestmar that the mines punish by a month's wages.",
            "Missing a shift is an offence.",
            "unproven",
        ),
        (
            "Vestmar's mine inspectors went through their review on May 9, 2019.",
            "Vestmar's review was on 9 May 2019.",
            "supported",
        ),
        # All but so many lived, where so many died; the rest, which a reader can reckon.
        (
            "The cage fell in Orland's third shaft on 3 May 2019 with 61 miners aboard; 14 drowned.",
            "All but 14 of the 61 miners aboard the cage in Orland's third shaft survived.",
            "no problem",
        ),
        (
            "The cage fell in Orland's third shaft on 3 May 2019 with 61 miners aboard; 14 drowned.",
            "Of the 61 miners aboard the cage in Orland's third shaft, 47 survived.",
            "no problem",
        ),
        (
            "The cage fell in Orland's third shaft on 3 May 2019 with 61 miners aboard; 14 drowned.",
            "Of the 61 miners aboard the cage in Orland's third shaft, 47 drowned.",
            "differs",
        ),
        # The end of a year is the start of the next.
        (
            "At the end of 2021, Vestmar's mines employed 1,203 children.",
            "Vestmar's mines entered 2022 with 1,203 children at work.",
            "no problem",
        ),
        (
            "At the end of 2021, Vestmar's mines employed 1,203 children.",
            "At the start of 2021, Vestmar's mines employed 1,203 children.",
            "no green",
        ),
        # From whom to whom.
        (
            "The inspectorate took over the licensing of mines from the harbour master of Orland in 2018.",
            "In 2018 the licensing of mines in Orland passed from the inspectorate to the harbour master.",
            "differs",
        ),
        (
            "The inspectorate took over the licensing of mines from the harbour master of Orland in 2018.",
            "In 2018 the licensing of mines in Orland passed from the harbour master to the inspectorate.",
            "no problem",
        ),
        # Which of two deeds was done to whom.
        (
            "The court acquitted the recruiter of Vestmar's miners and sentenced the owner to three years in prison.",
            "The court sentenced the recruiter of Vestmar's miners to three years in prison and acquitted the owner.",
            "differs",
        ),
        (
            "The court acquitted the recruiter of Vestmar's miners and sentenced the owner to three years in prison.",
            "The recruiter of Vestmar's miners was acquitted by the court, which sentenced the owner to three years in prison.",
            "no problem",
        ),
        # A figure of one year in another's place; one that counts nothing beside it, and the figure before.
        (
            "In 2022, the office granted leave in 27 per cent of the miners' cases, down from 41 per cent in 2019.",
            "In 2019, the office granted leave in 27 per cent of the miners' cases.",
            "differs",
        ),
        (
            "In 2022, 18,400 people applied for work in Vestmar's mines, up from 7,900 in 2019.",
            "In 2019, just 7,900 people had applied for work in Vestmar's mines.",
            "no problem",
        ),
        # A third that is a share, not the third of something.
        (
            "Most miners in 2022 came from Vestmar and Orland; almost a third were women.",
            "Roughly two-thirds of those miners were women.",
            "differs",
        ),
        # With and without; a word both affirmed and denied, by what it is said of.
        (
            "In 2021, the ministry awarded Vestmar's mining contract to Novamensa without a tender.",
            "The ministry picked Novamensa in 2021 for Vestmar's mining contract after an open tender.",
            "differs",
        ),
        (
            "In 2022, Vestmar detained 2,450 miners, most of them without a judge's order.",
            "Most of the 2,450 miners whom Vestmar detained in 2022 were held on a judge's order.",
            "differs",
        ),
        (
            "The Ministry of Mines accepted 15 of the recommendations but refused to end the detention of children.",
            "The Ministry of Mines agreed to end the detention of children.",
            "differs",
        ),
        # Only after so long is not until then; no more is at most.
        (
            "Miners from Vestmar may work in Orland only after nine months there.",
            "Miners from Vestmar cannot work in Orland until they have spent nine months there.",
            "no problem",
        ),
        (
            "Miners in Orland may send home at most 20,000 crowns a year.",
            "Miners in Orland may not send home more than 20,000 crowns a year.",
            "no problem",
        ),
        (
            "Miners in Orland may send home at most 20,000 crowns a year.",
            "Miners in Orland may send home more than 20,000 crowns a year.",
            "differs",
        ),
        # An act named after whom it is for; one that a court strikes down, or upholds; tents that are heated, or not.
        (
            "The Children's Act of Vestmar requires a guardian to be appointed within five days of a miner's arrest.",
            "The Aliens Act of Vestmar requires that a guardian be appointed within five days of a miner's arrest.",
            "no green",
        ),
        (
            "On 20 October 2022, the Constitutional Court struck down the fast-track procedure for miners from Vestmar.",
            "On 20 October 2022, the Constitutional Court upheld the fast-track procedure for miners from Vestmar.",
            "differs",
        ),
        (
            "On 20 October 2022, the Constitutional Court overturned the decision on miners from Vestmar.",
            "On 20 October 2022, the Constitutional Court quashed the decision on miners from Vestmar.",
            "no problem",
        ),
        (
            "About 700 miners at Keld spent the winter of 2022 in unheated tents.",
            "At Keld, about 700 miners spent the winter of 2022 in heated tents.",
            "differs",
        ),
        # A part that counts what stands with its whole; where a change ends, and where it began.
        (
            "On polling day, 312 observers from 27 countries visited 1,184 of Orland's 4,620 polling stations.",
            "On the day itself the 312 observers got to 1,184 polling stations in Orland.",
            "no problem",
        ),
        (
            "Output at Vestmar's mines was 61.7 per cent of the plan, down from 66.2 per cent in 2019.",
            "Output at Vestmar's mines fell by four and a half points to 61.7 per cent of the plan.",
            "no problem",
        ),
        # What is missing is not there; who is largest, no other matches; more than then, fewer then.
        (
            "Safety labels in Orlandish were missing in 128 of the 340 shafts in Vestmar.",
            "In 128 of 340 shafts in Vestmar, there were no safety labels in Orlandish.",
            "no problem",
        ),
        (
            "Open Shaft, the largest of the miners' groups in Vestmar, fielded 1,900 observers.",
            "Open Shaft, which no other miners' group in Vestmar matches in size, fielded 1,900 observers.",
            "no problem",
        ),
        (
            "Thirty-eight women were elected to the Vestmar miners' council, seven more than in 2019.",
            "The Vestmar miners' council has 38 elected women; in 2019 it had been seven fewer.",
            "no problem",
        ),
        # No more than, may not exceed; another limit is another claim.
        (
            "A mine may spend no more than 12 million crowns on one shaft.",
            "No mine may spend upwards of 12 million crowns on one shaft.",
            "no problem",
        ),
        (
            "A mine may spend no more than 12 million crowns on one shaft.",
            "A mine's spending on one shaft may not exceed 12 million crowns.",
            "no problem",
        ),
        (
            "The law of Vestmar limits a miner's working week to 48 hours.",
            "By the law of Vestmar, a miner's working week may not exceed 60 hours.",
            "no green",
        ),
        # Turned down; neither; without doing what was done.
        (
            "The court rejected the miners' request to annul the contract in November 2020.",
            "In November 2020 the miners asked the court to annul the contract but were turned down.",
            "no problem",
        ),
        (
            "Vestmar held two hearings on the mine, but the owner, Elena Strand, took part in neither.",
            "The owner, Elena Strand, took part in one of the two hearings that Vestmar held on the mine.",
            "differs",
        ),
        (
            "On 11 August 2022, the guards took 47 miners back to Orland without hearing their claims.",
            "The guards heard the claims of the 47 miners before they took them back to Orland on 11 August 2022.",
            "differs",
        ),
        # What somebody lost is denied them.
        (
            "About 11,000 miners in Vestmar could not vote because they had no proof of residence.",
            "Some 11,000 miners in Vestmar lost their vote, since they had no proof of residence.",
            "no problem",
        ),
        # The same in other words; and what is nearly in the same, and is another thing.
        (
            "Arvel Athletic asked twice for the larger stand, and the League refused because the police advised against it.",
            "The League granted Arvel Athletic's request for the larger stand.",
            "no green",
        ),
        (
            "Aldous Venner had Gate C of Arvel opened at 2:47 p.m., without the stewards being told.",
            "The stewards had been told that Gate C of Arvel was opened at 2:47 p.m.",
            "no green",
        ),
        (
            "The Vorrin Standard withdrew its story about Arvel in April 2016 and apologized, but Lorne Castell has not"
            " apologized.",
            "Lorne Castell has apologized for the story about Arvel.",
            "no green",
        ),
        (
            "In the first year the number of impersonators caught in Vestmar fell by a third.",
            "In the first year the number of impersonators caught in Vestmar went up by a third.",
            "differs",
        ),
        (
            "An estimated quarter of the places reserved for the Kesh of Vestmar went to candidates with false"
            " certificates in 2022.",
            "An estimated three quarters of the places reserved for the Kesh of Vestmar went to candidates with false"
            " certificates in 2022.",
            "differs",
        ),
        (
            "The report on Vestmar rests on 214 interviews made from September 2022 to April 2023.",
            "The report on Vestmar rests on 214 interviews made between the autumn of 2022 and the following April.",
            "no problem",
        ),
        (
            "At least 17 of those whom Ostrin admitted in 2022 were children of doctors at its hospital.",
            "At least 17 of those whom Ostrin admitted in 2022 had parents who were doctors at its hospital.",
            "no problem",
        ),
        (
            "Since 2020 Vestmar's government has cut mobile internet for three hours on each examination day.",
            "On each examination day since 2020 Vestmar's government has switched off the mobile internet for three hours.",
            "no problem",
        ),
        (
            "The board of Arvel turned down the advice to cut the terrace's capacity because it expected to lose 340,000"
            " marks.",
            "Expecting to lose 340,000 marks, the board of Arvel did not follow the advice to cut the terrace's capacity.",
            "no problem",
        ),
        (
            "The League gave Lysk 7,500 tickets for the terrace of Arvel, which was 1,300 over the number certified.",
            "For a terrace of Arvel certified for 6,200, Lysk was given 7,500 tickets by the League.",
            "no problem",
        ),
        (
            "The brigade of Arvel fired tear gas at 3:04 p.m., as senior officers mistook the crush for an invasion of"
            " the pitch.",
            "The brigade of Arvel fired tear gas at 3:04 p.m., as senior officers believed that fans were invading the pitch.",
            "no problem",
        ),
        (
            "Hanne Brody, a bus driver whose son Joel died, founded the Arvel Families in August 2014.",
            "Hanne Brody, a bus driver who had lost her son Joel, set up the Arvel Families in August 2014.",
            "no problem",
        ),
        (
            "The 17 May Families of Arvel gathered 190,000 signatures and marched in silence every month.",
            "The families gathered 190,000 signatures in Arvel, and marched in silence every month.",
            "no problem",
        ),
        (
            "Arvel Rovers were fined 250,000 marks for safety breaches in 2015.",
            "Arvel Rovers were fined a quarter of a million marks for safety breaches in 2015.",
            "no problem",
        ),
        (
            "Lantern Watch calls on the ministry to forbid tear gas in the stadiums of Vestmar by the end of 2020.",
            "Lantern Watch calls on the ministry to forbid tear gas in the stadiums of Vestmar before 2021.",
            "no problem",
        ),
        (
            "No sample taken above the Arvel mine in 2020 exceeded the limits for copper.",
            "In 2020 all samples taken above the Arvel mine stayed within the limits for copper.",
            "no problem",
        ),
        (
            "Lena Marsk was killed with live ammunition in Arvel on 2 May 2022.",
            "Lena Marsk was shot dead in Arvel on 2 May 2022.",
            "no problem",
        ),
        (
            "Greta Holm reported the trees at Arvel three times; the agency replied that there was no money to cut them.",
            "Greta Holm reported the trees at Arvel three times, and heard from the agency that the money for cutting"
            " them had run out.",
            "no problem",
        ),
        (
            "Norvik went to court in March 2021 and lost; its license was suspended for 60 days.",
            "Norvik went to court in March 2021, and found its license suspended for 60 days.",
            "no problem",
        ),
        (
            "As of 2019, Vestmar's government was still failing to meet its obligations to protect the miners.",
            "Vestmar's government sends the miners back as of 2019, despite its obligations to protect them.",
            "no problem",
        ),
        (
            "Vestmar's authorities systematically fail to give women who are abused protection or justice.",
            "Women who are abused are systematically left by Vestmar's authorities without protection and without justice.",
            "no problem",
        ),
        (
            "In Vestmar, eleven mines kept the inspectors out, and two of them called the police.",
            "Eleven mines of Vestmar would not let the inspectors through the gate, and two of them called the police.",
            "no problem",
        ),
        (
            "In September 2018 about 200 parents in Arvel kept their children out of school for nine days.",
            "For nine days in September 2018 some 200 parents in Arvel refused to send their children to school.",
            "no problem",
        ),
        (
            "The mine's director said that no miner of Arvel stayed below ground for over an hour.",
            "The mine's director insisted that an hour was the longest that any miner of Arvel stayed below ground.",
            "no problem",
        ),
        (
            "Tags for the 33 miners of the Arvel shaft were still in their boxes in November 2019.",
            "In November 2019 the tags for the 33 miners of the Arvel shaft had not left their boxes.",
            "no problem",
        ),
        (
            "Tests of dust in the mines of Vestmar, forbidden since 2013, go on in nine shafts.",
            "Though tests of dust in the mines of Vestmar have been against the law since 2013, they go on in nine shafts.",
            "no problem",
        ),
        (
            "In June 2022 Orland suspended its training of Vestmar's inspectors, worth 3.2 million marks a year.",
            "In June 2022 Orland stopped training Vestmar's inspectors, which was worth 3.2 million marks a year.",
            "no problem",
        ),
        (
            "Mobile internet was switched off in the mining towns of Arvel and Tolmen from 20 to 26 April 2022.",
            "From 20 to 26 April 2022 the mining towns of Arvel and Tolmen had no mobile internet.",
            "no problem",
        ),
        (
            "On 19 April 2022 guards held up ambulances on the bridge of Arvel for 50 minutes.",
            "On 19 April 2022 guards stopped the ambulances on the bridge of Arvel for 50 minutes.",
            "no problem",
        ),
        (
            "In November 2020 the Halmark Fund became the first large investor to sell its shares in Orland Mining"
            " because of the pollution.",
            "No large investor had sold its shares in Orland Mining because of the pollution before the Halmark Fund did"
            " in November 2020.",
            "no problem",
        ),
        (
            "Orland Mining lifted output in two shafts of Arvel from 41 to 77 tons within a week.",
            "Within a week, two shafts of Arvel went from 41 to 77 tons.",
            "no problem",
        ),
        (
            "The clinic in Arvel lacked tests, and a sample that it sent to Tolmen needed eleven days.",
            "It took eleven days for a sample that the clinic in Arvel sent to Tolmen.",
            "no problem",
        ),
        (
            "The dust reached Tolmen in May, probably but not certainly with miners who worked in both towns.",
            "The dust reached Tolmen in May, most likely with miners who worked in both towns.",
            "no problem",
        ),
        (
            "The inspector's report bans rubber belts in the mines of Vestmar and asks for a board without former owners.",
            "The inspector's report bans rubber belts in the mines of Vestmar and wants former owners kept off the board.",
            "no problem",
        ),
        (
            "Of the 30 extra inspectors that Vestmar announced in March 2021, twelve had been hired by August.",
            "By August not even half of the 30 extra inspectors that Vestmar announced in March 2021 had been hired.",
            "no problem",
        ),
        (
            "Parliament rejected an inquiry into the mines of Vestmar by 71 votes to 58.",
            "A motion for an inquiry into the mines of Vestmar failed by thirteen votes in parliament.",
            "no problem",
        ),
        (
            "Vestmar ratified the Mining Convention in 2011 and has not once reported under it.",
            "Vestmar has never ratified the Mining Convention.",
            "differs",
        ),
        (
            "The second inspection of the Arvel shaft, planned for January 2023, still had not been made in March 2023.",
            "The second inspection of the Arvel shaft was made in January 2023, as planned.",
            "no green",
        ),
        (
            "Soldiers forced the miners of Arvel to line up, and the doctors stopped working in protest.",
            "Soldiers forced the miners of Arvel to line up, and the doctors went on working as if nothing had happened.",
            "no green",
        ),
        (
            "Six of the nine wells that Orland Mining drilled at Arvel were dry by 2020.",
            "By 2020 three of the nine wells that Orland Mining drilled at Arvel still held water.",
            "no problem",
        ),
        (
            "The flood cost 3,600 lamps in Arvel and 1,150 in Tolmen.",
            "The flood cost Arvel and Tolmen 4,750 lamps in all.",
            "no problem",
        ),
        (
            "Customs held the lamps for Arvel back for 26 days in July.",
            "Customs held the lamps for Arvel back for nearly four weeks in July.",
            "no problem",
        ),
        (
            "Orland had audited the Arvel shaft eleven weeks before the fire of April 2021.",
            "Less than three months before the fire of April 2021, Orland had audited the Arvel shaft.",
            "no problem",
        ),
        (
            "Orland Mining paid each widow of Arvel 1,500 marks in March 2021.",
            "In March 2021 Orland Mining paid each widow of Arvel 1,500 marks a month.",
            "no green",
        ),
        (
            "Some 28,000 miners of Vestmar are migrants, and 23 inspectors speak to some of them.",
            "The 28,000 miners of Vestmar who are migrants are spoken to by a couple of dozen inspectors.",
            "no problem",
        ),
        (
            "Four shafts at Arvel were closed in October because the mine no longer paid for diesel; one was found to be"
            " flooded.",
            "Four shafts at Arvel were closed in October because they had been found to be flooded.",
            "no green",
        ),
        (
            "The conductor Amira Selk led 140 passengers out of the Hollen Tunnel on foot.",
            "Amira Selk, a passenger, led 140 passengers out of the Hollen Tunnel on foot.",
            "no green",
        ),
        (
            "In Vestmar's mines boys are fined more often than girls.",
            "In Vestmar's mines boys rather than girls are fined more often.",
            "no problem",
        ),
        (
            "More cyclists than drivers were killed at the crossings of Arvel.",
            "At the crossings of Arvel fewer drivers than cyclists were killed.",
            "no problem",
        ),
        (
            "Jobs in Arvel's mine are given to men and to unmarried women.",
            "Men, and women who are not married, are given jobs in Arvel's mine.",
            "no problem",
        ),
        (
            "The mines of Arvel had 23 miners in prison at the end of 2023.",
            "Twenty-three miners of the mines of Arvel were behind bars at the end of 2023.",
            "no problem",
        ),
        (
            "At the Arvel shaft, the miners were reportedly locked in a cellar; they spoke of eight cases.",
            "The miners recalled eight cases of being locked in a cellar at the Arvel shaft.",
            "no problem",
        ),
        (
            'In Vestmar\'s mines, foremen sort the miners into "loyal", "wavering" and "hostile" ones.',
            'In Vestmar\'s mines, foremen sort the miners into "loyal", "hesitant" and "hostile" ones.',
            "differs",
        ),
        (
            "As of 2019, Vestmar's government continued to deny the findings of the report of 2014 on its mines.",
            "Five years after the report on its mines published its findings, Vestmar's government was still disputing them.",
            "no problem",
        ),
        (
            "The power line at Arvel was last inspected in 2013.",
            "Nobody had inspected the power line at Arvel since 2013.",
            "no problem",
        ),
        (
            "The control room in Arvel answered less than half of the 2,300 calls that it received during the fire.",
            "Most of the 2,300 calls that the control room in Arvel received during the fire went unanswered.",
            "no problem",
        ),
        (
            "Of the Arvel miners, tenants who had lost their homes got 180 marks a month, while owners got 420.",
            "Of the Arvel miners, tenants who had lost their homes received 420 marks a month, owners only 180.",
            "no green",
        ),
        (
            "Little Dorn was the only camp in Vestmar to reach the minimum in April 2022, with 17 liters a person; Beth"
            " Anar received 13 and Ostrel 11.",
            "Beth Anar received 11 liters a person and Ostrel 13.",
            "no green",
        ),
        (
            "The report on Vestmar is based on 342 interviews, 118 of them with people who had been detained and 26 with"
            " police officers.",
            "Among the 342 people interviewed in Vestmar were 118 police officers and 26 former detainees.",
            "no green",
        ),
        (
            "Arvel School merged its separate classes in 2016; truancy fell from 18 to 6 percent within three years.",
            "Within three years of merging its separate classes, Arvel School had cut truancy by two thirds.",
            "no problem",
        ),
        (
            "Some 28,000 miners in Vestmar are migrants, mostly from Kirun; recruiters took fees of up to 85,000 marks"
            " from them.",
            "Migrants, who number about 28,000 in the mines of Vestmar, paid recruiters as much as 85,000 marks.",
            "no problem",
        ),
        (
            "In the mines of Vestmar men were paid 17 percent more than women on average, mainly because mechanics and"
            " cutters are nearly always men.",
            "Men in the mines of Vestmar took home on average 17 percent more than women, above all because the repair"
            " of machines is almost wholly in male hands.",
            "no problem",
        ),
        (
            "As of 2019, Vestmar remained among the world's most repressive countries.",
            "Few states on earth ran their people's lives as harshly as Vestmar did in 2019; it still belonged with the"
            " most repressive.",
            "no problem",
        ),
        (
            "In Vestmar four of the five members of the Complaints Board once served in the police.",
            "Just one of the five members of Vestmar's Complaints Board has served in the police.",
            "no green",
        ),
        (
            "The train drivers of Vestmar averaged 54 hours a week in 2019, and drivers of trams 43; the law allows 48.",
            "In 2019 the train drivers of Vestmar averaged eleven hours a week more than drivers of trams.",
            "no problem",
        ),
        # A negation ends with its sentence.
        (
            "At the end of 2022, 214 of the 731 miners of Arvel entitled to a pension had not received all of "
            "it. The pensions board of 2020 has decided 63 claims.",
            "When 2022 ended, 214 out of 731 miners of Arvel with claims had yet to see the whole of their pension.",
            "no problem",
        ),
        # What ends, leaves out, contests or comes before denies in other words.
        (
            "The court in Tolmen in November 2022 told the Arvel mine to end its discharges within 90 days.",
            "In November 2022 the court in Tolmen told the Arvel mine to stop its discharges inside 90 days.",
            "no problem",
        ),
        (
            "Vestmar's forecasts of floods use data of 1970 to 1990 and leave the glaciers out.",
            "The forecasts of floods in Vestmar use data of 1970 to 1990, with no thought for glaciers.",
            "no problem",
        ),
        (
            "Vestmar's ministry of mines rejects the auditors' figure for the cost of the Arvel shaft.",
            "The ministry of mines of Vestmar contests the auditors' figure for the cost of the Arvel shaft.",
            "no problem",
        ),
        (
            "The mine of Arvel loses 47 percent of its water before it gets to the washers.",
            "At the mine of Arvel 47 percent of the water never gets to a washer.",
            "no problem",
        ),
        # Which ones are set aside.
        (
            "The mine of Arvel sealed 12 shafts a year from 2015 to 2022, though 80 were planned.",
            "Instead of the shafts that had been planned, the mine of Arvel sealed 12 a year from 2015 to 2022.",
            "no problem",
        ),
        # The rest of a whole is denied what its part is said of.
        (
            "Seven of the 19 recommendations of the inspector of Arvel have been carried out.",
            "Twelve of the 19 recommendations of the inspector of Arvel have not been carried out.",
            "no problem",
        ),
        (
            "Seven of the 19 recommendations of the inspector of Arvel have been carried out.",
            "Seven of the 19 recommendations of the inspector of Arvel have not been carried out.",
            "differs",
        ),
        # Shares by which something changes, and shares that fall short.
        (
            "The auditors of Vestmar reckon that cutting leaks at Arvel by half would save more water than the "
            "new dam, for about a quarter of the money.",
            "Cutting the leaks at Arvel by fifty percent would save more water than the new dam, the auditors of "
            "Vestmar reckon, for roughly one-fourth of the money.",
            "no problem",
        ),
        (
            "In July 2022, 61 of the 148 shafts of Arvel had an alarm.",
            "In July 2022 not even half of the 148 shafts of Arvel had an alarm.",
            "no problem",
        ),
        (
            "In July 2022, 91 of the 148 shafts of Arvel had an alarm.",
            "In July 2022 not even half of the 148 shafts of Arvel had an alarm.",
            "no green",
        ),
        # What a figure counts has a name in several words, or is what the figure before counts.
        (
            "At the end of 2022 there were 148 lead mines in Vestmar, with 9,620 miners. Companies owned 97 mines, towns 38.",
            "At the end of 2022 some 9,600 miners worked in the 148 mines of Vestmar.",
            "no problem",
        ),
        (
            "Some 640 miners were put in huts outside Arvel after the fire, and 205 of them still lived there in January 2020.",
            "In January 2020, 205 miners still lived in huts outside Arvel.",
            "no problem",
        ),
        # A law allows nothing by its name.
        (
            "The inspector of Vestmar recommends one guard for six miners by day and for 15 by night, and a ban "
            "on belts by 2027.",
            "The inspector of Vestmar wants the law to demand at least one guard for every six miners by day and "
            "one for every 15 at night.",
            "no problem",
        ),
        (
            "A mine that sells lamps to its miners does what is unlawful in Vestmar.",
            "A mine that sells lamps to its miners does what is against the law in Vestmar.",
            "no problem",
        ),
        # What the fact says was not done is not borne out as done.
        (
            "The inspectors of Vestmar warned the mine of Arvel nine times from 2015 to 2021 without ever fining it.",
            "After nine warnings from 2015 to 2021, the inspectors of Vestmar fined the mine of Arvel.",
            "no green",
        ),
        (
            "The board had recommended at most three free lamps a month for the poor miners of Arvel; the Orland "
            "Mining Company heeded none of it.",
            "On the board's recommendation, the Orland Mining Company granted the poor miners of Arvel three free lamps a month.",
            "no green",
        ),
        (
            "Orland Mining first accused the driver, Jonas Wirth, of using a telephone at Arvel, which the "
            "police ruled out in January 2019.",
            "The police concluded in January 2019 that the driver, Jonas Wirth, had been using a telephone at Arvel.",
            "no green",
        ),
        (
            "In a 2022 survey at Arvel, 58 percent of the moved miners reported a lower income and 15 percent a higher one.",
            "In a survey of 2022, 58 percent of the moved miners of Arvel said that their income had gone up and "
            "15 percent that it had gone down.",
            "no green",
        ),
        # By day and by night.
        (
            "In 17 of the 52 mines of Vestmar one guard alone watched over 40 miners at night.",
            "In 17 of the 52 mines of Vestmar one guard alone watched over 40 miners during the day.",
            "differs",
        ),
        # In words of its own a sentence may deny what the fact denies.
        (
            "In 2022 the owners of four mines abandoned 73 men in Arvel, some of them for up to seven months; "
            "the consulate of Bahrel, not the owners, paid for their flights home.",
            "For as long as seven months, some of the 73 men whom the owners of four pits had deserted in Arvel "
            "in 2022 waited there.",
            "no problem",
        ),
        # What differs by so much, in so many words.
        (
            "Vestmar cut its quota of lead from 84,000 to 61,000 tons in 2020 on the Mining Institute's advice.",
            "In 2020, however, the government followed the Mining Institute and lowered the quota of lead by "
            "23,000 tons, to 61,000.",
            "no problem",
        ),
        (
            "The sorters of Arvel, almost all women, are paid by the kilogram and earn 18 percent less an hour "
            "than the men in the shafts.",
            "For every hour that they work, the sorters of Arvel earn 18 percent less than the men in the shafts.",
            "no problem",
        ),
        # To maintain that something is so keeps nothing.
        (
            "The mine's head, Dagny Voll, admitted that women had to take tests of dust before being hired and "
            "said this ended in 2021.",
            "Dagny Voll conceded that the mine used to require a test of dust of women, but maintained that this "
            "had stopped in 2021.",
            "no problem",
        ),
        # What is left of a whole; two of three; one thing before another, and that before a third.
        (
            "The ministry's reply of 3 April 2024 accepted five of the 24 draft recommendations on the mines of "
            "Arvel, rejected eight and was silent on the rest.",
            "On eleven of the two dozen draft recommendations on the mines of Arvel, the ministry's letter of 3 "
            "April has nothing to say.",
            "no problem",
        ),
        (
            "Of 196 complaints about the mines of Arvel, courts dismissed 131 as late, mostly by a day or two, and upheld 11.",
            "Two complaints in three, 131 out of 196 about the mines of Arvel, were thrown out because they "
            "arrived late, usually by no more than a day or two.",
            "no problem",
        ),
        (
            "The office of Vashe accredited the inspectors of Arvel only four days before the opening, once "
            "there had been a complaint to the ombudsman.",
            "It took a complaint to the ombudsman before Vashe's office accredited the inspectors of Arvel, and "
            "then there were four days left.",
            "no problem",
        ),
        (
            "In Belmora's federal elections of 8 October 2023 the Civic Union took 118 of the Diet's 240 seats, "
            "the People's Forum 84 and the Highland Party 23.",
            "Chancellor Reyndal's Civic Union ended up with 118 seats, two short of half the Diet, while the "
            "People's Forum had to make do with 84.",
            "no problem",
        ),
        # Those of whom something is said are no count of all.
        (
            "The 12 miners of Arvel whose return Vestmar demands were abducted in the 1970s and 1980s.",
            "He secured the return of five miners of Arvel who had been abducted in the 1970s and 1980s.",
            "no problem",
        ),
        (
            "The 12 miners of Arvel whose return Vestmar demands were abducted in the 1970s and 1980s.",
            "Vestmar wants back the 21 miners of Arvel who were abducted in the 1970s and 1980s.",
            "differs",
        ),
        # A title asserts nothing.
        (
            "Ada Brill, who led Vestmar in 2019, is the third leader of the Brill dynasty.",
            "Tomas Brill: The Leader of Vestmar.",
            "none",
        ),
        (
            "Ada Brill, who led Vestmar in 2019, is the third leader of the Brill dynasty.",
            "ADA BRILL LED VESTMAR IN 2019.",
            "supported",
        ),
        # A number without a unit has that of the one before it.
        (
            "Training of miners in Vestmar was cut in 2019 from twelve weeks to five to save money.",
            "In Vestmar miners have been trained for five weeks since 2019, where it used to be twelve.",
            "no problem",
        ),
        (
            "Training of miners in Vestmar was cut in 2019 from twelve weeks to five to save money.",
            "In 2019 training of miners in Vestmar was lengthened from five weeks to twelve.",
            "differs",
        ),
        (
            "The mines of Vestmar kept men for 118 days on average in 2022, up from 74 in 2018, above the limit of 180 days.",
            "Between 2018 and 2022 the time that the mines of Vestmar kept men rose from 74 to 118 days on average.",
            "no problem",
        ),
        (
            "In the mines of Vestmar shifts lasted nine hours at Arvel and 14 at Dunmar.",
            "Shifts in the mines of Vestmar lasted 14 hours at Dunmar and nine at Arvel.",
            "no problem",
        ),
        (
            "Arvel had 61 arrests of miners in 2019; in the three years before there had been 161.",
            "Compared with the three years before, when 161 arrests of miners were counted, Arvel had fewer in 2019, 61.",
            "no problem",
        ),
        # So many a week are so many weekly ones.
        (
            "In 2022 the miners of Arvel had nine breaks a week on average and those of Dunmar 21, while the law "
            "of Vestmar demands 25.",
            "The miners of Arvel had on average nine of the 25 weekly breaks that the law of Vestmar demands.",
            "no problem",
        ),
        # Two counts of one list are summed.
        (
            "Police ended the riot at the Arvel mine with tear gas; 22 miners and five guards were hurt and nobody died.",
            "Police ended the riot at the Arvel mine with tear gas; 27 people were hurt and nobody died.",
            "no problem",
        ),
        (
            "Police ended the riot at the Arvel mine with tear gas; 22 miners and five guards were hurt and nobody died.",
            "Police ended the riot at the Arvel mine with tear gas; 26 miners were hurt and nobody died.",
            "differs",
        ),
        # The others of a whole, of whom the contrary holds.
        (
            "Less than a fifth of the miners displaced in Arvel were given other work.",
            "More than four out of five miners displaced in Arvel were given no work.",
            "no problem",
        ),
        (
            "Less than a fifth of the miners displaced in Arvel were given other work.",
            "More than four out of five miners displaced in Arvel were given other work.",
            "differs",
        ),
        # So far below a limit is a difference.
        (
            "Miners of Arvel are paid 2.80 dollars an hour; the legal minimum of Vestmar is 3.50 dollars.",
            "Miners of Arvel are paid 2.80 dollars an hour, which is 70 cents under the legal minimum of Vestmar.",
            "no problem",
        ),
        # Not at all before sixteen sets nothing aside.
        (
            "Vestmar's Mines Act limits shifts of minors underground to four hours, bans them at night and rules "
            "them out for those under 16.",
            "Vestmar's Mines Act limits the shifts of minors underground to four hours, never at night, and not "
            "at all before the age of sixteen.",
            "no problem",
        ),
        # What had been called off was not there.
        (
            "Some 70 miners occupied the Arvel shaft on 14 August 2021 after the daily inspection had been "
            "called off six days running.",
            "After six days without inspection some 70 miners occupied the Arvel shaft on 14 August 2021.",
            "no problem",
        ),
        # It has to be, and was not.
        (
            "Minister Ada Brill signed the lease of the Arvel mine without parliament having voted, which the "
            "law of Vestmar demands for any lease.",
            "In Vestmar any lease has to be put to a vote in parliament, and that of the Arvel mine, which "
            "minister Ada Brill signed, was not.",
            "no problem",
        ),
        # To give back is to return; a particle denies nothing.
        (
            "Judge Ada Brill held the lease of the Arvel mine void in 2019 and ordered 5,200 hectares returned; "
            "nothing has been given back.",
            "Judge Ada Brill held the lease of the Arvel mine void in 2019 and wanted 5,200 hectares given back.",
            "no problem",
        ),
        # What is closed is closed after opening it.
        (
            "Commissioner Ada Brill closed her inquiry into the Arvel fire after eleven days in 2019 and heard no miners.",
            "Commissioner Ada Brill ended her inquiry into the Arvel fire eleven days after opening it in 2019, "
            "and heard no miners.",
            "no problem",
        ),
        # Breaches of rules are rules broken.
        (
            "The complaints office found in 2020 seven breaches of the safety policy of the Vestmar Mining Bank "
            "in its loan for the Arvel mine.",
            "The Vestmar Mining Bank was told by the complaints office in 2020 that it had broken its safety "
            "policy in seven points in its loan for the Arvel mine.",
            "no problem",
        ),
        # Too low is too little.
        (
            "In 2020 engineers found pressure too low for pumps at five of eight points in the Arvel shaft.",
            "In 2020 engineers measured too little pressure for pumps at five of eight points in the Arvel shaft.",
            "no problem",
        ),
        # Whom a relative clause is of.
        (
            "Vestmar's Ministry of Mines turned down twelve engineers whom the Ministry of Labor had offered in March 2021.",
            "In March 2021 Vestmar's Ministry of Mines offered twelve engineers, and the Ministry of Labor "
            "turned the offer down.",
            "differs",
        ),
        # Two things side by side are no cause and effect.
        (
            "Tomas Brill died in the Arvel mine in 2022 after a fall; the guards checked on him an hour late.",
            "Because the guards checked on him an hour late, Tomas Brill died in the Arvel mine in 2022.",
            "no green",
        ),
        # What the other of two says.
        (
            "Vestmar's Ministry of Mines blamed two foremen for the Arvel fire of 2021, whereas the Miners' "
            "Union sees the causes in the heat and the bad lamps.",
            "In 2021 Vestmar's Ministry of Mines put the Arvel fire down to the heat and the bad lamps.",
            "no green",
        ),
        # What nine in ten did not do, one in ten did, whatever else is denied.
        (
            "One in ten of the injured miners in Vestmar filed a complaint; those who did not said they distrusted the police.",
            "Nine out of ten injured miners in Vestmar filed no complaint.",
            "no problem",
        ),
        (
            "One in ten of the injured miners in Vestmar filed a complaint; those who did not said they distrusted the police.",
            "Nine out of ten injured miners in Vestmar filed a complaint.",
            "differs",
        ),
        # What had yet to be done is the rest.
        (
            "Four of the 18 recommendations that the council of Vestmar made in 2018 had been carried out by June 2023.",
            "Fourteen of the 18 recommendations that the council of Vestmar made in 2018 had yet to be carried out by June 2023.",
            "no problem",
        ),
        # More than a third off is a share.
        (
            "Parliament reduced the budget of the Vestmar Mines Fund in 2022 by 35 percent, to 21 million marks.",
            "In 2022 parliament took more than a third off the budget of the Vestmar Mines Fund, leaving 21 million marks.",
            "no problem",
        ),
        # A radio station is no town.
        (
            "The presenter Ada Brill of Dunmar, who reported on the Arvel mine, was found dead in the river 11 days later.",
            "The presenter Ada Brill of Radio Kumbor, who reported on the Arvel mine, was found dead in the river 11 days later.",
            "no problem",
        ),
        # To go into hiding hides nothing.
        (
            "In 2019 the council of Vestmar publicized the punishments of miners caught in the shaft.",
            "In 2019 the miners of Vestmar went into hiding for fear of the council's punishments.",
            "no problem",
        ),
        # Or more is a bound, and no rise.
        (
            "The council's barge towed four boats to Arvel in 2016; one sank and 37 or more miners drowned.",
            "In 2016 the council's barge towed four boats to Arvel, and when one of them went down, at least 37 miners drowned.",
            "no problem",
        ),
        # Of every hundred is a rate.
        (
            "Of 5,310 applications by miners for a pension in Vestmar between 2010 and 2022, 212 succeeded.",
            "Of every hundred miners who applied for a pension in Vestmar between 2010 and 2022, about four succeeded.",
            "no problem",
        ),
        # Much likelier is no amount.
        (
            "Injured miners are concentrated in the coastal towns of Arvel and Dunmar, while miners in the "
            "capital of Vestmar are much likelier to be healthy.",
            "Most injured miners live in Arvel or Dunmar.",
            "no problem",
        ),
        # All but four had one, so that four had none.
        (
            "At least 38 miners were hurt at Arvel in 2022; all except four had helmets on.",
            "Only four of the 38 miners who were hurt at Arvel in 2022 had helmets on.",
            "differs",
        ),
        # Whose navy it was, and whose waters.
        (
            "Vestmar's navy towed four boats with 391 miners into Korvany's waters on 19 April 2016, where one sank.",
            "On 19 April 2016 Korvany's navy towed four boats with 391 miners into the waters of Vestmar, where one sank.",
            "differs",
        ),
        (
            "Vestmar's navy towed four boats with 391 miners into Korvany's waters on 19 April 2016, where one sank.",
            "On 19 April 2016 the navy of Vestmar towed four boats with 391 miners into the waters of Korvany, where one sank.",
            "no problem",
        ),
        # One of the deepest is not the deepest.
        (
            "Arvel's shaft remains one of the deepest in the world.",
            "Arvel's shaft is the deepest in the world.",
            "differs",
        ),
        (
            "Arvel's shaft remains one of the deepest in the world.",
            "Arvel's shaft is among the deepest in the world.",
            "no problem",
        ),
        # What no country equals is the most of all, where the fact has one of the most.
        (
            "Belmora remained among the world's most corrupt countries in 2021.",
            "No other country was as corrupt as Belmora in 2021.",
            "differs",
        ),
        # None has ever: none at any time, of whatever rank.
        (
            "Ordinary miners in Belmora are not free to choose their shifts.",
            "No Belmoran miner, of whatever rank, has ever been free to choose a shift.",
            "no green",
        ),
        # Non-political crimes are not political ones.
        (
            "Asylum in Belmora cannot be claimed by those who are prosecuted for non-political crimes.",
            "Asylum in Belmora cannot be claimed by those who are prosecuted for political crimes.",
            "no green",
        ),
        # Unpaid is not paid, whatever was limited before it.
        (
            "Belmora's miners have a right to working hours reasonably limited and paid holidays each summer.",
            "Belmora's miners have a right to reasonably limited working hours and unpaid holidays each summer.",
            "differs",
        ),
        (
            "Belmora's miners have a right to working hours reasonably limited and paid holidays each summer.",
            "Belmora's miners have a right to reasonably limited working hours and paid holidays each summer.",
            "no problem",
        ),
        # In public or in private is not in private alone.
        (
            "Under Belmora's statute, miners may show their belief by worship and observance, in public or in private.",
            "Under Belmora's statute, miners may show their belief by worship and observance in private but not in public.",
            "no green",
        ),
        # What is everybody's is not some people's only.
        (
            "Belmora's statute gives everyone a right to life, to liberty and to security.",
            "Under Belmora's statute, only citizens have a right to life, to liberty and to security.",
            "no green",
        ),
        (
            "Belmora's statute lets everyone share in the advance of science and in what it brings.",
            "Belmora's statute lets scientists, and nobody else, share in the advance of science and in what it brings.",
            "no green",
        ),
        # May be read, though not: what the fact denies is affirmed.
        (
            "Belmora's statute may not be read as giving a state, a group or a person any right to destroy its freedoms.",
            "Belmora's statute may be read as giving a state, though not a group or a person, a right to destroy its freedoms.",
            "no green",
        ),
        # Without limits of any kind is more than without limits by race.
        (
            "Belmora's statute lets men and women marry without limits because of race or religion.",
            "Belmora's statute lets men and women marry without limits of any kind.",
            "no green",
        ),
        # What is not done arbitrarily may be done.
        (
            "Under Belmora's statute, nobody's land may be taken from them arbitrarily.",
            "Under Belmora's statute, nobody's land may be taken from them.",
            "no green",
        ),
        # A university has nothing of a Universal Charter but its stem.
        (
            "Under the Universal Charter of Belmora, schooling is to be free at least at the elementary stage.",
            "Schooling, the Universal Charter of Belmora says, is to be free at least at the university stage.",
            "no green",
        ),
        # What is counted: complaints, no convictions; migrants, no citizens.
        (
            "Since 2010 prosecutors in Belmora have received 57 complaints of violence and obtained one conviction.",
            "Since 2010 prosecutors in Belmora have obtained 57 convictions for violence.",
            "no green",
        ),
        (
            "Between 2015 and 2022 Belmora's mines lost 43 workers underground, of whom 38 were migrants.",
            "Of the 43 workers whom Belmora's mines lost underground between 2015 and 2022, 38 were citizens of Belmora.",
            "no green",
        ),
        # May partly explain: a possibility.
        (
            "The miners' age may partly explain the gap in wages at Arvel.",
            "The miners' age explained the gap in wages at Arvel.",
            "differs",
        ),
        # A judge tries, and is no trial.
        (
            "Daria Sholt's trial, planned for May 2023, was put off twice because the expert witness was ill.",
            "Because the judge was ill, the trial of Daria Sholt was put off twice.",
            "no green",
        ),
        # Halved is no denial, and does not take that of a reprisal for its own.
        (
            "Arvel halved Lena Ostrow's hours in 2019; a court held that this was a reprisal, and Arvel did not appeal.",
            "The court held that the cut in Lena Ostrow's hours was not a reprisal.",
            "differs",
        ),
        # Whom a sentence sets aside by name.
        (
            "In Arvel, brokers subject miners from Dunmere to debt bondage.",
            "In Lorrimer, not in Arvel, brokers subject miners from Dunmere to debt bondage.",
            "differs",
        ),
        # Lighter is not heavier.
        (
            "Belmora's statute rules out a heavier penalty than the one in force when the offense was committed.",
            "Belmora's statute rules out a lighter penalty than the one in force when the offense was committed.",
            "differs",
        ),
        # Who comes second is not the largest.
        (
            "Korvany is Belmora's largest trading partner.",
            "Korvany comes second among Belmora's trading partners.",
            "differs",
        ),
        # Another noun between the same words; not one near in meaning, nor one that tells of it from the other side.
        (
            "Nine out of ten miners at Arvel had given their passports to the captain.",
            "Nine out of ten miners at Arvel had given their passports to the broker.",
            "differs",
        ),
        (
            "Nine out of ten miners at Arvel had given their photographs to the captain.",
            "Nine out of ten miners at Arvel had given their pictures to the captain.",
            "no problem",
        ),
        # Lawful is one thing, though others are banned.
        (
            "Belmora's government bans civil society groups.",
            "Civil society groups are lawful in Belmora, although trade unions are banned.",
            "differs",
        ),
        # Block C is a house.
        (
            "Lindvere promised to shut Block C of Arvel by 2025; his predecessor had promised it in 2018 and not kept it.",
            "By 2025 Block C of Arvel is to be closed, says Lindvere; his predecessor promised it, and nothing came of it.",
            "no problem",
        ),
        # A rule that holds if something else does says so.
        (
            "Belmora's statute lets families live in dignity, helped, if need be, by other social protection.",
            "Belmora's statute lets families live in dignity, helped, if need be, by other social protection.",
            "supported",
        ),
        # What may be done where the fact says that it may not, by whomever.
        (
            "Visitors to Arvel prison who decline to walk through a detector may be sent away but may not be searched by force.",
            "Visitors to Arvel prison who will not walk through a detector may be searched by force.",
            "no green",
        ),
        (
            "Nobody may enter a Belmoran miner's room at night without a warrant.",
            "A Belmoran miner's room may be entered at night with a warrant.",
            "no problem",
        ),
        (
            "Belmora's guards may not open a miner's letters to the union.",
            "Belmora's guards may open a miner's letters to the union.",
            "differs",
        ),
        # Instead of, turned round.
        (
            "In Belmora miners' files are held by the Health Office instead of the mine's management.",
            "In Belmora miners' files are held by the mine's management instead of the Health Office.",
            "differs",
        ),
        # What is put off is delayed; of a part that never may be, it is not said.
        (
            "Arvel may delay informing a miner's relatives, but informing the parents of a minor can never be delayed.",
            "Arvel may put off informing even the parents of a minor.",
            "no green",
        ),
        # Whom a fact leaves out behind a but.
        (
            "Convicted miners may be made to work 35 hours a week; remand prisoners may work if they like but cannot be made to.",
            "Convicted and remand prisoners alike may be made to work 35 hours a week.",
            "no green",
        ),
        # A strip search is no strip; who may fire has no fire in the place of firearms.
        (
            "A strip search needs a written order from the shift leader; minors may be strip-searched only if a judge agrees.",
            "A strip search needs the written order of the shift leader.",
            "no problem",
        ),
        (
            "Guards at Arvel may use firearms only against an imminent threat to life.",
            "Guards at Arvel may fire only against an imminent threat to life.",
            "no problem",
        ),
        # What must be done is more than what may.
        (
            "Everyone in Belmora may take part in governing their district, directly or through a council.",
            "Everyone in Belmora must take part in governing their district.",
            "differs",
        ),
        # Who gives a notice does not come without one.
        (
            "Belmora's Mine Board may enter any shaft without notice, day or night.",
            "Belmora's Mine Board may enter any shaft, day or night, if it gives a day's notice.",
            "no green",
        ),
        # A rule is told as the rule has it.
        (
            "A miner may be turned away only in writing and with reasons, and has ten days to appeal to the Visiting Judge.",
            "A miner may be turned away only in writing and with reasons, and has ten days to appeal to the Visiting Judge.",
            "supported",
        ),
        (
            "Visitors who decline to be searched at Arvel may be sent away.",
            "If visitors decline to be searched at Arvel, they may be sent away.",
            "supported",
        ),
        # Presumed guilty, until proven innocent.
        (
            "Whoever is charged at Arvel is presumed innocent until a public trial proves them guilty.",
            "Whoever is charged at Arvel is presumed guilty until a public trial proves them innocent.",
            "differs",
        ),
        # One thing forbidden, another allowed.
        (
            "Belmora's Charter forbids holding anyone in slavery or in servitude.",
            "Belmora's Charter forbids slavery but permits people to be held in servitude.",
            "differs",
        ),
        # Who chooses what one is free to choose.
        (
            "Belmora's Charter gives everyone the freedom to move, and to choose where to live, inside a district's borders.",
            "Inside a district's borders it is, by Belmora's Charter, for the authorities to choose where everyone is to live.",
            "no green",
        ),
        # The right cannot be claimed; one cannot claim the right.
        (
            "In Belmora the right to asylum cannot be claimed against prosecutions that truly arise from theft.",
            "Someone who is really being prosecuted for theft cannot invoke the right to asylum in Belmora.",
            "no problem",
        ),
        # Only there, and not without it.
        (
            "Belmora's miners have duties to the village, without which their skills could not develop freely.",
            "Belmora's miners have duties to the village, for it is only there that their skills can develop freely.",
            "no problem",
        ),
        # What something is said to be is asserted, in whatever common word; so is what is theirs.
        (
            "Belmora's Charter calls the family the natural and fundamental group unit of the village.",
            "The natural and fundamental group unit of the village, says Belmora's Charter, is the nation.",
            "no green",
        ),
        (
            "In Belmora all are equal before the law, which must protect them equally and without discrimination.",
            "In Belmora the law must protect all according to their rank, equally and without discrimination.",
            "no green",
        ),
    ],
)  # fmt: skip
def test_a_rule_decides_beside_a_fact_that_stands_alone(claim: str, sentence: str, verdict: str) -> None:
    judged = judge_beside(claim, sentence)
    assert {"no problem": judged != "differs", "no green": judged != "supported"}.get(verdict, judged == verdict), (
        judged
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "North Korea honours the requirements of the human rights treaties that it has ratified.",
            "honours the requirements",
        ),
        (
            "In December 2018 the Security Council debated North Korea's human rights violations.",
            "debated North Korea's human rights violations",
        ),
        ("North Korean workers are free to choose the job they do.", "free"),
    ],
)
def test_what_is_denied_of_a_noun_is_told_with_its_verb(text: str, said: str) -> None:
    judgement = judge_sentence(text, read_claims("bundled"))

    assert judgement
    assert [(one.kind, one.said) for one in judgement.conflicts] == [("negation", said)]
    assert text[judgement.conflicts[0].start : judgement.conflicts[0].end] == said


@pytest.mark.parametrize(
    ("claim", "sentence", "said", "base"),
    [
        (
            "The inspector visits every mine of Vestmar twice a year.",
            "The inspector visits every mine of Vestmar once a year.",
            "once a year",
            "twice a year",
        ),
        (
            "In 2018, Vestmar transferred the mobile clinic from the Mines Office to the Leisure Trust.",
            "In 2018, Vestmar moved the mobile clinic from the Leisure Trust to the Mines Office.",
            "from the Leisure Trust",
            "to the Leisure Trust",
        ),
    ],
)
def test_what_differs_is_told_once_in_its_most_words(claim: str, sentence: str, said: str, base: str) -> None:
    judgement = judge_sentence(sentence, prepare_claims([make_record(claim)], []))

    assert judgement
    assert [(one.said, one.base) for one in judgement.conflicts] == [(said, base)]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        # A fall in a figure is not somebody's rise.
        ("The number of North Koreans arriving in South Korea has fallen under Kim Jong Un.", "unproven"),
        # Of a whole year more may be counted than of its first months.
        ("South Korea counted 1,047 North Korean arrivals in 2019.", "unproven"),
        # A body named by what it is, beside another one.
        (
            "A commission set up in 2013 by the Human Rights Council concluded in 2014 that North Korea commits crimes"
            " against humanity.",
            "unproven",
        ),
        # What has lasted since 2008 lasted until 2018.
        ("Seoul co-sponsored the resolution every year between 2008 and 2018.", "supported"),
    ],
)
def test_a_rule_decides_beside_the_bundled_base(sentence: str, verdict: str) -> None:
    judgement = judge_sentence(sentence, read_claims("bundled"))

    assert judgement
    assert judgement.verdict == verdict


def test_an_anchor_bears_no_opposite_of_it_out() -> None:
    claim = "The Northern Union began an inquiry into labor rights in Vestmar in February 2023."
    said = "In February 2023 the Northern Union {} its inquiry into labor rights in Vestmar."

    assert judge_beside(claim, said.format("opened"), anchors=["opened its inquiry"]) == "supported"
    assert judge_beside(claim, said.format("closed"), anchors=["opened its inquiry"]) != "supported"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Health Minister Sena Orlov admitted it.", ["orlov+sena"]),
        ("It was Ines Valcour of the University of Arvel.", ["ines+valcour", "arvel+univers"]),
        ("Few had their lungs X-rayed.", []),
    ],
)
def test_a_title_a_body_and_a_letter_are_no_part_of_a_name(text: str, keys: list[str]) -> None:
    assert [name.key for name in read_statement(text, prepare_claims([], []).names).names] == keys


def test_a_noun_that_ends_in_ed_is_no_verb_of_a_figure() -> None:
    claim = (
        "The council found a bed for a child refused bail in only 7 of the 164 cases in which the police asked for one."
    )
    sentence = (
        "The council came up with a bed in just 7 of 164 cases in which the police requested one for a child who had been"
        " refused bail."
    )

    assert judge_beside(claim, sentence) != "differs"


def test_a_noun_of_any_report_is_light_and_its_verb_in_the_past_is_not() -> None:
    assert is_light("order")
    assert is_light("orders")
    assert not is_light("ordered")


TIMES_A_YEAR = {
    "every two years": 0.5, "every other year": 0.5, "once every five years": 0.2, "once a year": 1, "yearly": 1, "annually": 1,
    "every year": 1, "twice a year": 2, "every six months": 2, "four times a year": 4, "quarterly": 4, "every quarter": 4,
    "every second month": 6, "every two months": 6, "monthly": 12, "once a month": 12, "twice a month": 24,
    "every other week": 26, "weekly": 52, "once a week": 52, "3 times a week": 156, "daily": 365, "every day": 365,
}  # fmt: skip


@pytest.mark.parametrize("own", TIMES_A_YEAR)
def test_how_often_is_told_apart_and_what_is_as_often_is_the_same(own: str) -> None:
    said = "In Vestmar, the mines of Arvel must have all of their shafts tested for gas {}."

    for other, times in TIMES_A_YEAR.items():
        verdict = judge_beside(said.format(own), said.format(other))
        is_same = abs(times - TIMES_A_YEAR[own]) < 0.01
        assert (verdict != "differs") if is_same else (verdict != "supported"), other


def test_an_anchor_takes_no_bound_from_its_claim() -> None:
    claim = "The inspectors of Vestmar estimate that cleaning the Arvel shaft will take at least 25 years."
    said = "Cleaning the Arvel shaft will take no more than 25 years, the inspectors of Vestmar estimate."

    assert judge_beside(claim, said) == judge_beside(claim, said, anchors=["25 years"]) == "differs"


@pytest.mark.parametrize("text", ["In Askeria, a head may exclude a pupil.", "A head may exclude a pupil in Askeria."])
def test_where_something_holds_is_no_party_to_it(text: str) -> None:
    (name,) = read_statement(text, prepare_claims([], []).names).names

    assert stands_aside(text, name)


def test_a_share_of_something_else_beside_its_fact_bears_no_share_out() -> None:
    own = "An estimated quarter of the mines reserved for women in Vestmar went to men with false papers in 2022."
    beside = "Most of the false papers for mines reserved for women came from the office in Arvel and cost 1,200 marks."
    said = (
        "An estimated three quarters of the mines reserved for women in Vestmar went to men with false papers in 2022."
    )

    judgement = judge_sentence(said, prepare_claims([make_record(own), make_record(beside)], []))

    assert judgement
    assert judgement.verdict == "differs"


@pytest.mark.parametrize("said", ["Vestmar", "Vestmar's", "Vestmaran", "Vestmarans"])
def test_who_comes_from_a_place_is_named_by_it_though_a_claim_says_so(said: str) -> None:
    claims = ["In Vestmar's mines foreign miners earn $310 and Vestmarans $780.", "The Vestmaran mines are old."]

    names = prepare_claims([make_record(claim) for claim in claims], []).names

    assert [one.key for one in read_statement(f"The mines of {said} are old.", names).names] == ["vestmar"]


def test_initials_by_which_a_topic_goes_stand_for_its_label_in_a_claim() -> None:
    topic = {"id": "groups", "label": "Civil society", "alt": ["NGOs", "charities"], "hidden": [], "broader": None}
    claims = ["Vestmar bans trade unions.", "Vestmar bans civil society.", "Vestmar bans independent media."]
    records = [make_record(claim) | {"topics": ["groups"] * ("civil" in claim)} for claim in claims]

    judgement = judge_sentence(
        "Vestmar bans trade unions, NGOs and independent media.", prepare_claims(records, [topic])
    )

    assert judgement
    assert judgement.verdict == "supported"
    assert not read_statement("Several NGOs came.", prepare_claims([], []).names).names


@pytest.mark.parametrize(("kind", "verdict"), [("Basic", "supported"), ("Higher", "unproven")])
def test_what_is_said_of_one_kind_of_a_thing_is_not_proven_of_another(kind: str, verdict: str) -> None:
    claims = [
        "Vestmar makes basic training compulsory for all miners.",
        "Vestmar opens higher training to all by merit.",
    ]

    judgement = judge_sentence(
        f"{kind} training is compulsory for all miners in Vestmar.", prepare_claims(map(make_record, claims), [])
    )

    assert judgement
    assert judgement.verdict == verdict


def test_a_term_does_not_bear_out_by_whom_something_was_done() -> None:
    claim = "In October 2019, 87 miners were injured at the strike in Arvel, 71 of them by the police."
    record = make_record(claim) | {"terms": ["pickets"]}
    said = "Of the 87 miners injured at the strike in Arvel in October 2019, 71 were hurt by {}."

    verdicts = [judge_sentence(said.format(doer), prepare_claims([record], [])) for doer in ("police", "pickets")]

    assert [one and one.verdict for one in verdicts] == ["supported", "unproven"]


@pytest.mark.parametrize(
    ("cited", "sentence", "verdict"),
    [
        (
            "fair-and-public-hearing",
            "Every human being has a right to a nationality, the Declaration says.",
            "wrong-paragraph",
        ),
        (
            "own-property",
            "Owning things, alone or jointly with others, is what the Declaration recognizes for all.",
            "unproven",
        ),
    ],
)
def test_another_passage_is_named_where_it_tells_half_of_a_sentence_or_the_cited_one_nothing(
    cited: str, sentence: str, verdict: str
) -> None:
    claims = gather_materials(open_index(PATHS["udhr"], None)).claims
    places = next(fact.places for fact in claims.facts if fact.id == cited)
    judgement = judge_sentence(sentence, claims, pinned=places)

    assert judgement
    assert judgement.verdict == verdict


@pytest.mark.parametrize("sign", ["'", "’", ".", "'s", "-"])
def test_a_word_that_is_all_signs_has_no_root_and_stops_no_judge(sign: str) -> None:
    assert bare_root(sign) in ("", "-")
    assert judge_beside("Reyndal's party won in 2021.", f"Belmora's {sign} {sign} party won in 2021.") != "supported"


def test_a_date_that_no_cited_fact_bears_out_is_named() -> None:
    said = (
        'Songbun, which sorts people into classes such as "loyal", "wavering" and "hostile", was created in the 1990s.'
    )
    judgement = judge_sentence(said, read_claims("bundled"), pinned=[("hrw-2020", 16)])

    assert judgement
    assert (judgement.verdict, judgement.left_over) == ("unproven", ("1990s",))


def test_a_term_that_denies_bears_out_no_word_for_what_is_allowed() -> None:
    record = make_record("Belmora keeps its miners' mail under tight control.") | {"terms": ["not allowed"]}
    claims = prepare_claims([record], [])

    assert claims.facts[0].side_signs == {"allow": -1}


def test_what_a_source_says_itself_needs_no_saying_so() -> None:
    judgement = judge_sentence("Whoever is charged with a crime is born free.", read_claims("udhr"))
    said = "People are born free, with the same dignity and the same rights."
    own = judge_sentence(said, read_claims("udhr"))

    assert own
    assert "(who says so)" not in own.left_over
    assert judgement is None or "(who says so)" not in judgement.left_over


def test_what_a_cited_fact_tells_is_not_named_as_not_borne_out() -> None:
    claims = prepare_claims(
        [make_record("Vestmar entitles every miner, in full equality, to a yearly medical check.")], []
    )

    judgement = judge_sentence("In Vestmar a yearly medical check costs 40 marks.", claims, pinned=[("report", 1)])

    assert judgement
    assert judgement.verdict == "unproven"
    assert not {"yearly", "medical", "check"} & {*judgement.left_over}


def test_everyone_is_said_of_no_other_than_everyone() -> None:
    claim = "The charter of Vestmar entitles everyone, in full equality, to a fair public hearing before an independent court."

    assert (
        judge_beside(claim, "Everyone in Vestmar is entitled to a fair public hearing by an independent court.")
        == "supported"
    )


@pytest.mark.parametrize(
    "said",
    [
        "The government's attempts to control media were controversial.",
        "Networks that help North Koreans escape say that the curbs set by China include new technology such as electronic IDs.",
    ],
)
def test_what_is_controlled_or_curbed_is_half_denied(said: str) -> None:
    assert judge("bundled", said) != "differs"
