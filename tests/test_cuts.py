"""What quotations leave out: verdicts on cuts that turn or qualify the sense, and the word lists behind them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import CACHE, run_rights
from quoting import DATA, read_report
from rightscli.base.model import FactBase
from rightscli.check.quoted.cuts import Surroundings
from rightscli.check.quoted.passages import Passages, prepare_paragraphs
from rightscli.check.quoted.quotations import Verdict, judge_quotation
from rightscli.copies.reading import find_paragraphs
from rightscli.tables import read_table
from rightscli.text.stems import stem_word

REPORT = read_report()
LISTS = ("turning", "qualifying", "harmless", "opposing")
REACHES = {
    "turning": {"near", "next", "clause", "front", "-"},
    "qualifying": {"near", "next", "front", "contrast", "-"},
}


def judge(text: str, quotation: str, before: str = "", after: str = "") -> Verdict:
    """Return the verdict on *quotation* of a source that says *text*, between words of a draft."""
    return judge_quotation(quotation, prepare_paragraphs({("made", 1): text}), around=Surroundings(before, after))


# The word lists


Row = tuple[tuple[str, ...], ...]


def list_faults(name: str, rows: tuple[Row, ...], others: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what is wrong with the rows of the word list *name*; *others* are the phrases of other lists."""
    phrases = [" ".join(row[0]) for row in rows]
    if [" | ".join(", ".join(column) or "-" for column in row) for row in rows] != sorted(
        " | ".join(", ".join(column) or "-" for column in row) for row in rows
    ):
        yield "not sorted"
    for phrase in sorted({one for one in phrases if phrases.count(one) > 1}):
        yield f"twice: {phrase}"
    for phrase, row in zip(phrases, rows, strict=True):
        said = phrase.removeprefix("… ").removesuffix(" …")
        if not re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", said):
            yield f"not words in lower case: {phrase}"
        if phrase in others:
            yield f"in another list: {phrase}"
        if name in REACHES:
            if phrase.startswith("…") == phrase.endswith("…"):
                yield f"on both sides, or on none: {phrase}"
            reach = set(row[1]) if len(row) == 2 and row[1] else {"-"}
            if not reach <= REACHES[name] or (len(row) != 2):
                yield f"no such reach: {phrase}"
        elif len(row) != 1 or said != phrase:
            yield f"more than a phrase: {phrase}"


@pytest.mark.parametrize("name", LISTS)
def test_a_word_list_is_sorted_and_says_each_thing_once(name: str) -> None:
    rows = {one: read_table(f"check/quoted/{one}.txt") for one in LISTS}
    others = {" ".join(row[0]) for one in LISTS[:2] if one != name for row in rows[one]}

    assert list(list_faults(name, rows[name], frozenset(others) if name in REACHES else frozenset())) == []


def test_no_stem_of_an_opposing_word_is_there_twice() -> None:
    stems = [" ".join(map(stem_word, phrase.split())) for ((phrase,),) in read_table("check/quoted/opposing.txt")]

    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("turning", (("a …",), ("near",)), "not sorted"),
        ("turning", (("without …",), ("near",)), "twice: without …"),
        ("turning", (("zzNo …",), ("near",)), "not words in lower case: zzNo …"),
        ("turning", (("zz",), ("near",)), "on both sides, or on none: zz"),
        ("turning", (("zz …",), ("far",)), "no such reach: zz …"),
        ("qualifying", (("zz …",),), "no such reach: zz …"),
        ("harmless", (("zz …",),), "more than a phrase: zz …"),
    ],
)
def test_a_bad_row_of_a_word_list_is_found(name: str, row: Row, fault: str) -> None:
    assert fault in list(list_faults(name, (*read_table(f"check/quoted/{name}.txt"), row)))


# What turns


@pytest.mark.parametrize(
    ("text", "quotation", "left_out"),
    [
        ("There was little sign of lasting change in the harbors.", "sign of lasting change in the harbors", "little"),
        ("There was little sign of lasting change in the harbors.", "There was … sign of lasting change", "little"),
        ("None of the firms that signed it have paid the fines.", "have paid the fines", "None of the firms that signed it"),
        ("Few of the women, who gut fish, had contracts in hand.", "had contracts in hand", "Few of the women, who gut fish"),
        ("The minister denied that soldiers had fired on the crowd.", "soldiers had fired on the crowd", "denied that"),
        ("The court found no proof whatsoever that the judge took bribes.", "the judge took bribes", "no proof whatsoever that"),
        ("Neither police nor army opened fire on the crowd.", "opened fire on the crowd", "Neither police nor army"),
        ("Under no circumstances may a guard strike a prisoner.", "a guard strike a prisoner", "no circumstances may"),
        ("The ministry is unlikely to publish the report this year.", "publish the report this year", "unlikely to"),
        ("The ministry failed to publish the report this year.", "The ministry … publish the report this year", "failed to"),
        ("The court refuses to hear the families of the victims.", "hear the families of the victims", "refuses to"),
        ("There is a lack of safe water in the camps.", "safe water in the camps", "lack of"),
        ("The police can't enter homes without a warrant.", "enter homes without a warrant", "can't"),
        ("Workers have the right to strike only in theory.", "Workers have the right to strike", "only in theory"),
        ("In theory, workers have the right to strike.", "workers have the right to strike", "In theory"),
        ("The army can enter homes unless a judge forbids it.", "The army can enter homes", "unless a judge forbids it"),
        ("Unless a judge forbids it, the army can enter homes.", "the army can enter homes", "Unless a judge forbids it"),
        ("The army can enter homes only if a judge allows it.", "The army can enter homes", "only if a judge allows it"),
        ("The village lost its school, but not its church.", "The village lost its school", "but not its church"),
        ("The reforms did anything but improve the lives of farmers.", "improve the lives of farmers", "anything but"),
        ("The group stopped short of calling the killings a genocide.", "calling the killings a genocide", "short of"),
        ("Hardly a day passes without an arrest in the capital.", "a day passes without an arrest", "Hardly"),
        ("There is no longer any independent press in the country.", "any independent press in the country", "no longer"),
        ("The state has yet to pay the pensions of the old.", "pay the pensions of the old", "yet to"),
    ],
)  # fmt: skip
def test_a_cut_that_turns_the_sense_is_told_with_what_is_left_out(text: str, quotation: str, left_out: str) -> None:
    verdict = judge(text, quotation)

    assert (verdict.name, [cut.words for cut in verdict.cuts]) == ("turned", [left_out])


@pytest.mark.parametrize(
    ("text", "quotation", "left_out"),
    [
        ("Some of the villages lost their schools in the flood.", "the villages lost their schools", "Some of"),
        ("Nearly 400 people lost their homes in the flood.", "400 people lost their homes", "Nearly"),
        ("At least 400 people lost their homes in the flood.", "400 people lost their homes", "At least"),
        ("Up to 400 people lost their homes in the flood.", "400 people lost their homes", "Up to"),
        ("The talks were reportedly limited to the budget.", "limited to the budget", "reportedly"),
        ("The talks were reportedly limited to the budget.", "The talks were … limited to the budget", "reportedly"),
        ("The guards allegedly beat the prisoners at night.", "beat the prisoners at night", "allegedly"),
        ("According to the union, 38 sailors died at sea.", "38 sailors died at sea", "According to the union"),
        ("Most people lost their homes, according to the mayor.", "Most people lost their homes", "according to the mayor"),
        ("Families lost their homes, in many cases for good.", "Families lost their homes", "in many cases for good"),
        ("In many cases, these firms do not pay their workers.", "these firms do not pay their workers", "In many cases"),
        ("At times the guards beat the prisoners at night.", "the guards beat the prisoners at night", "At times"),
        ("The guards often beat the prisoners at night.", "beat the prisoners at night", "often"),
        ("The state signed the treaty, yet it ignores the rules.", "The state signed the treaty", "yet it ignores the rules"),
        ("The state signed it, although it breaks the rules.", "The state signed it", "although it breaks the rules"),
        ("The state bans trade unions and all free media.", "trade unions and all free media", "bans"),
        ("The state fails to keep its promises to the orphans.", "promises to the orphans", "fails to keep its"),
        ("Leaving the country without permission is a crime there.", "Leaving the country … is a crime", "without permission"),
    ],
)  # fmt: skip
def test_a_qualifier_that_is_cut_off_is_a_notice(text: str, quotation: str, left_out: str) -> None:
    verdict = judge(text, quotation)

    assert (verdict.name, [cut.words for cut in verdict.cuts]) == ("cut-short", [left_out])


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("The rebels, not the army, shelled the hospital in May.", "shelled the hospital in May"),
        ("No fewer than 40 people died in the camp.", "40 people died in the camp"),
        ("Not only did he lie, he also took money from the state.", "he also took money from the state"),
        ("A few of the guards had taken money from families.", "of the guards had taken money"),
        ("There is no doubt that the guards had taken money.", "the guards had taken money"),
        ("They did not wait, and the guards had taken money.", "the guards had taken money"),
        ("They did not act because the guards had taken money.", "the guards had taken money"),
        ("Nobody came back, which the guards had long expected.", "the guards had long expected"),
        ("The no-fly zone over the valley was lifted in May.", "zone over the valley was lifted"),
        ("In theory, wrote the judge, every prisoner has a lawyer.", "every prisoner has a lawyer"),
        ("Without a warrant the police searched all of the houses.", "the police searched all of the houses"),
        ("The state fails to keep its promises to shelter orphans as a host.", "shelter orphans as a host"),
        ("He refuses to work with the Office of the High Commissioner in Seoul.", "the Office of the High Commissioner in Seoul"),
        ("Little by little the prisoners of the north lost hope.", "the prisoners of the north lost hope"),
        ("The village lost its school and not a single house.", "The village lost its school"),
        ("He signed it. However, the rules are ignored by all.", "the rules are ignored by all"),
        ("The police searched the houses without a warrant on Monday.", "The police searched the houses … on Monday"),
        ("The police searched the houses, which had no doors, on Monday.", "The police searched the houses … on Monday"),
        ("The police, who had no warrant, searched the houses.", "The police … searched the houses"),
        ("The police left. They had not searched it. They went home.", "The police left. … They went home."),
        ("The village, never a rich one, lost its school in the flood.", "The village … lost its school"),
        ("The state signed the treaty, but it ignores the rules.", "The state signed the treaty … it ignores the rules"),
        ("The talks (no one took notes) were limited to trade.", "The talks … were limited to trade"),
        ("The women, often sold by brokers, work in China for years.", "The women … work in China for years"),
    ],
)  # fmt: skip
def test_a_cut_that_changes_nothing_is_exact(text: str, quotation: str) -> None:
    verdict = judge(text, quotation)

    assert (verdict.name, verdict.cuts) == ("exact", ())


TRUE_ELLIPSES = [
    (2, 56, 60, 63, 66), (5, 0, 7, 8, 12), (7, 7, 13, 18, 27), (9, 0, 6, 10, 18), (10, 48, 54, 59, 63), (11, 85, 94, 98, 101),
    (12, 32, 42, 47, 53), (14, 4, 12, 20, 25), (16, 0, 4, 13, 19), (17, 33, 37, 42, 47), (21, 0, 10, 14, 19),
    (22, 36, 45, 49, 56), (23, 0, 9, 16, 24), (1, 12, 15, 22, 29), (16, 49, 54, 70, 73), (18, 0, 2, 22, 27),
]  # fmt: skip
"""Of the bundled source, by paragraph: words from the first number to the second, an ellipsis, words from third to last."""
TURNED = [
    ("little", 4, 30, 37), ("not", 2, 4, 9), ("fails to", 2, 50, 59), ("refuses to", 5, 71, 79), ("In theory", 13, 29, 35),
    ("lack of", 23, 52, 57), ("not", 15, 29, 35), ("fail to", 11, 37, 43), ("failed to", 23, 45, 50), ("not", 13, 6, 12),
    ("not", 20, 18, 23), ("not", 19, 69, 76), ("fail to", 17, 89, 97),
]  # fmt: skip
"""Of the bundled source: what stands just before some words, by their paragraph, from the first number to the second."""


def read_source(copy: Path, bundled: FactBase) -> tuple[dict[int, list[str]], Passages]:
    texts = find_paragraphs(bundled.sources["hrw-2020"], copy.read_text(encoding="utf-8"))
    passages = prepare_paragraphs({("hrw-2020", number): text for number, text in texts.items()})
    return {number: text.split() for number, text in texts.items()}, passages


def test_true_ellipses_in_the_bundled_source_raise_no_alarm(source_copy: Path, bundled: FactBase) -> None:
    words, passages = read_source(source_copy, bundled)

    verdicts = [
        judge_quotation(f"{' '.join(words[number][first:end])} … {' '.join(words[number][low:high])}", passages)
        for number, first, end, low, high in TRUE_ELLIPSES
    ]

    assert [(verdict.name, verdict.cuts) for verdict in verdicts] == [("exact", ())] * len(TRUE_ELLIPSES)


def test_cuts_that_turn_the_bundled_source_are_told(source_copy: Path, bundled: FactBase) -> None:
    words, passages = read_source(source_copy, bundled)

    verdicts = [judge_quotation(" ".join(words[number][first:end]), passages) for _, number, first, end in TURNED]

    assert [(verdict.name, verdict.cuts[0].words) for verdict in verdicts] == [("turned", row[0]) for row in TURNED]


# What the draft says itself


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("The report says there was ", " in 2019.", "turned"),
        ("The report found no ", ".", "exact"),
        ("The report found hardly any ", ".", "exact"),
        ("The report didn’t find ", ".", "exact"),
        ("The group has yet to see ", ".", "exact"),
        ("The report noted a shortage of ", ".", "exact"),
        ("", ", it says, is scarce.", "exact"),
        ("The report, which is no surprise, says there was ", ".", "turned"),
        ("The group, which is no state body, says there was ", ".", "turned"),
        ("It is no secret that there was ", ".", "turned"),
        ("The state did not comply, but there was ", ".", "turned"),
        ("Although the talks failed, there was ", ".", "turned"),
        ("It does not doubt it: there was ", ".", "turned"),
        ("On violations in the north, the report says there was ", ".", "turned"),
        ("There was ", " but no will to go on.", "turned"),
    ],
)
def test_what_the_draft_says_around_the_quotation_is_not_left_out(before: str, after: str, name: str) -> None:
    text = "There was little sign of lasting change in the harbors."

    assert judge(text, "sign of lasting change in the harbors", before, after).name == name


@pytest.mark.parametrize(
    ("text", "quotation", "before", "after", "name"),
    [
        ("In theory, workers get a salary.", "workers get a salary", "It says ", ".", "turned"),
        ("In theory, workers get a salary.", "workers get a salary", "It says ", ", but many get none.", "exact"),
        ("In theory, workers get a salary.", "workers get a salary", "On paper, ", ".", "exact"),
        ("The state bans trade unions and all free media.", "trade unions and all free media", "It outlaws ", ".", "exact"),
        ("According to the union, 38 sailors died at sea.", "38 sailors died at sea", "The union says: ", ".", "exact"),
        ("According to the union, 38 sailors died at sea.", "38 sailors died at sea", "According to us, ", ".", "cut-short"),
        ("The talks were reportedly limited to the budget.", "limited to the budget", "The talks were apparently ", ".", "exact"),
        ("Sailors are not free to leave their own ship.", "[Sailors are not] free to leave their own ship", "", "", "exact"),
        ("Sailors are not free to leave their own ship.", "Sailors are [not] free to leave their own ship", "", "", "exact"),
        ("Sailors are not free to leave their own ship.", "Sailors are [indeed] free to leave their own ship", "", "", "turned"),
    ],
)  # fmt: skip
def test_what_is_left_out_may_be_said_in_other_words(
    text: str, quotation: str, before: str, after: str, name: str
) -> None:
    assert judge(text, quotation, before, after).name == name


# Laws


SENTENCES = [
    sentence for text in REPORT.texts for sentence in re.split(r"(?<=[.!?])\s(?=[A-Z])", re.sub("[“”]", "", text))
]


@given(st.integers(0, len(SENTENCES) - 1))
def test_a_whole_sentence_is_never_cut_short(number: int) -> None:
    assume(not re.search(r"\bDr\.$", SENTENCES[number]) and len(SENTENCES[number].split()) > 3)

    verdict = judge_quotation(SENTENCES[number], REPORT)

    assert (verdict.name in ("exact", "ambiguous"), verdict.cuts) == (True, ())


@given(st.integers(1, len(REPORT.texts)), st.data())
def test_what_the_draft_has_of_the_cut_in_its_own_words_before_it_turns_nothing(
    number: int, data: st.DataObject
) -> None:
    words = REPORT.texts[number - 1].split()
    start = data.draw(st.integers(1, len(words) - 4))
    quotation = " ".join(words[start : data.draw(st.integers(start + 4, len(words)))])

    alone = judge_quotation(quotation, REPORT, pinned=[("harbour", number)])
    first = max(place for place in range(start + 1) if not place or words[place - 1].rstrip("”").endswith((".", "?")))
    said = " ".join(words[first:start])
    told = judge_quotation(quotation, REPORT, pinned=[("harbour", number)], around=Surroundings(f"{said} ", ""))

    ahead = [cut.words for cut in alone.cuts if cut.turns and cut.words.partition(" …")[0] in said]
    assert not {cut.words for cut in told.cuts} & set(ahead)


# In whole drafts, for people and programs


def check_harbour(draft: Path, tmp_path: Path, *arguments: str) -> Any:
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": CACHE}
    base = str(DATA / "harbour.yaml")
    run_rights("attach", "harbour", str(DATA / "harbour-report.txt"), "--base", base, env=home)
    return run_rights("check", draft.name, "--base", base, *arguments, env=home, cwd=tmp_path)


def test_a_turned_quotation_is_a_problem_and_a_cut_short_one_a_notice_in_every_format(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "It says that “dredging harmed the fishery” (harbour:8).\n\n"
        "It says that “600 women in Port Sallow stopped work for nine days” (harbour:9).\n",
        encoding="utf-8",
    )
    turned = "left out [denies that], which turns what harbour:8 says"
    short = "left out [some], which qualifies what harbour:9 says"

    text = check_harbour(draft, tmp_path)
    github = check_harbour(draft, tmp_path, "-f", "github")
    sarif = json.loads(check_harbour(draft, tmp_path, "-f", "sarif").out)
    records = json.loads(check_harbour(draft, tmp_path, "--json").out)

    assert text.code == 1
    assert text.out == f"draft.md:1:15: turned: {turned}\ndraft.md:3:15: cut-short: {short}\n"
    assert text.err.startswith("rights: 1 problem in 1 file")
    assert [line.partition(" ")[0] for line in github.out.splitlines()] == ["::error", "::notice"]
    assert [line.rpartition("::")[2] for line in github.out.splitlines()] == [turned, short]
    results = sarif["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("quotation/turned", "error"),
        ("quotation/cut-short", "note"),
    ]
    quotations = [(one["verdict"], one["message"]) for one in records["results"] if one["kind"] == "quotation"]
    assert (quotations, records["problems"]) == ([("turned", turned), ("cut-short", short)], 1)
