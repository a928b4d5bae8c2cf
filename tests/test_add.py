"""rights add fact: proven before a byte is written, all or nothing, and the table that export writes comes back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import chain, combinations
from pathlib import Path

import pytest

from conftest import Outcome, run_rights
from rightscli.answers import open_base
from rightscli.answers.add.fact import add_facts
from rightscli.answers.add.rows import NewFact, read_rows
from rightscli.answers.copies import attach_copy
from rightscli.base.adding import insert_source
from rightscli.base.load import read_base
from rightscli.base.rendering import Fields
from rightscli.cli.console import find_copies
from rightscli.errors import UnreadableError, UsageError
from rightscli.text.folding import hash_text

PASSAGES = {
    "16": "The prison at Longwater held 17,500 people when the committee came in May 2018.",
    "17": "By the end of 2019, Freedonia's prisons held 17,100 people, of whom 4,200 had never seen a judge.",
    "18": "Guards told the committee that ‘water was enough’, and that visits were stopped.",
}
HEADER = """\
schema: 1
title: Prisons of Freedonia
edition: "1"
scope: Prisons.
# Mine.
sources:
topics:
  prisons: {label: Prisons}
facts:
"""
CLAIM = "At the end of 2019, 17,100 people were held in Freedonia's prisons."
Run = Callable[..., Outcome]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A base with one source, of which a copy is attached, and without facts."""
    paragraphs = [
        {
            "number": number,
            "begins": " ".join(text.split()[:3]),
            "ends": " ".join(text.split()[-3:]),
            "words": str(len(text.split())),
            "sha256": hash_text(text),
        }
        for number, text in PASSAGES.items()
    ]
    fields: Fields = {"type": "report", "title": "Behind Walls", "issued": "2020", "paragraphs": paragraphs}
    path = tmp_path / "prisons.yaml"
    path.write_bytes(insert_source(HEADER.encode(), "report", fields, name="prisons.yaml"))
    copy = tmp_path / "report.txt"
    copy.write_text("\n".join(PASSAGES.values()) + "\n", encoding="utf-8")
    assert not attach_copy(open_base(path, copies=find_copies()), "report", copy).faults
    return path


@pytest.fixture
def run(base: Path) -> Run:
    """``rights add fact`` in the folder of the base."""

    def run(*arguments: str, code: int = 0, stdin: str = "") -> Outcome:
        outcome = run_rights("add", "fact", *arguments, "--base", base.name, cwd=base.parent, stdin=stdin)
        assert outcome.code == code, outcome
        return outcome

    return run


def test_a_fact_needs_a_claim_and_a_place_and_gets_its_id_and_its_anchors(run: Run, base: Path) -> None:
    before = base.read_text()

    outcome = run(CLAIM, "--at", "report, para. 17", "--topic", "Prisons", "--date", "2019")

    added = "end-people-held-freedonia-prisons"
    assert outcome.out == f"{added}\tadded\t{CLAIM}\t17,100 people\n"
    assert outcome.err == "rights: prisons.yaml: added 1 fact\n"
    assert base.read_text() == before + (
        f"  - id: {added}\n    claim: {CLAIM}\n    cites: {{report: 17}}\n    topics: [prisons]\n    date: 2019\n"
        '    anchors: ["17,100 people"]\n'
    )
    assert "no findings" not in run_rights("doctor", str(base)).err


def test_a_figure_that_is_not_in_the_passage_is_told_beside_those_that_are(run: Run, base: Path) -> None:
    before = base.read_bytes()

    outcome = run(CLAIM.replace("17,100", "17,500"), "--at", "report:17", "--topic", "prisons", code=1)

    told = "rights: claim: '17,500' is not in paragraph 17 of report; it has 17,100, 4,200; paragraph 16 has '17,500'\n"
    assert (outcome.out, outcome.err) == ("", told)
    assert base.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((CLAIM, "--at", "report:19"), "report has no paragraph 19: it has paragraphs 16-18"),
        ((CLAIM, "--at", "report"), "'report' names no passage\n  as in report:12 or report:12-14"),
        ((CLAIM,), "no passage is given\n  --at REF names it, as in --at report:12"),
        (
            (CLAIM, "--at", "report:17", "--topic", "prisns"),
            "no topic 'prisns' in Prisons of Freedonia (prisons); did you mean 'prisons'?\n  --new-topic 'prisns' makes it\n",
        ),
        ((CLAIM, "--at", "report:17", "--date", "soon"), "'soon' is no EDTF date"),
        ((CLAIM, "--at", "report:17", "--id", "report"), "id: a source has this name; see line 7"),
        (
            (CLAIM, "--at", "report:17", "--id", "Not An Id"),
            "id: 'Not An Id' is no id; lower-case letters, digits and ",
        ),
        (
            (CLAIM, "--at", "report:17", "--anchor", "17,100 men"),
            "anchors: '17,100 men' is not in paragraph 17 of report",
        ),
        (
            ("Of the people held in 2019, 4,200 had never seen a judge", "--at", "report:18"),
            "claim: '4,200' is not in paragraph 18 of report",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    run: Run, base: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = base.read_bytes()

    outcome = run(*arguments, code=1)

    assert outcome.out == ""
    assert f"rights: {told}" in outcome.err
    assert base.read_bytes() == before


@pytest.mark.parametrize("option", ["at", "topic", "new-topic", "date", "anchor", "term", "according-to", "id"])
def test_an_option_without_a_text_is_told(run: Run, option: str) -> None:
    outcome = run(CLAIM, "--at", "report:17", f"--{option}", " ", code=2)

    assert (outcome.out, outcome.err) == ("", f"rights: --{option} is empty\n")


def test_a_doubt_is_told_and_written(run: Run, base: Path) -> None:
    outcome = run("They told the committee that visits were stopped", "--at", "report:18")

    assert outcome.err.splitlines() == [
        "rights: claim: opens with 'They'; name who or what is meant",
        "rights: claim: does not end as a sentence does; end it with a full stop",
        "rights: topics: no topic",
        "rights: prisons.yaml: added 1 fact",
    ]
    assert read_base(base).facts[0].anchors == ("visits were stopped",)


def test_without_a_copy_an_anchor_must_be_given_and_nothing_is_said_to_be_proven(run: Run, base: Path) -> None:
    run_rights("detach", "report", "--base", str(base))
    warning = "rights: no copy of report is attached, so nothing of it is proven; rights attach report FILE keeps one\n"

    refused = run(CLAIM, "--at", "report:17", "--topic", "prisons", code=1)
    added = run(CLAIM, "--at", "report:17", "--topic", "prisons", "--anchor", "17,100 people", "--anchor", "2019")

    assert refused.err.startswith(warning)
    assert "anchors: no anchor; take a figure, a date, a name or a term from the cited paragraph" in refused.err
    assert added.err == f"{warning}rights: prisons.yaml: added 1 fact\n"


def test_a_new_topic_is_made_for_the_fact(run: Run, base: Path) -> None:
    run(CLAIM, "--at", "report:17", "--new-topic", "Held without trial", "--date", "2019")

    loaded = read_base(base)
    assert loaded.topics["held-without-trial"].label == "Held without trial"
    assert loaded.facts[0].topics == ("held-without-trial",)


def test_a_new_topic_that_no_fact_of_a_table_bears_is_refused(run: Run, base: Path) -> None:
    (base.parent / "rows.csv").write_text(f'claim,ref,topics\n"{CLAIM}",report:17,prisons\n')
    before = base.read_bytes()

    refused = run("--from", "rows.csv", "--new-topic", "Fisheries", code=1)

    assert (refused.out, refused.err) == (
        "",
        "rights: no fact bears the new topic 'Fisheries'\n  name it in a fact's topics, or leave --new-topic out\n",
    )
    assert base.read_bytes() == before


def test_a_dry_run_prints_the_diff_that_would_be_made(run: Run, base: Path) -> None:
    before = base.read_bytes()
    arguments = (CLAIM, "--at", "report:17", "--topic", "prisons", "--id", "held")

    diff = run(*arguments, "--dry-run")
    assert base.read_bytes() == before
    run(*arguments)
    after = base.read_bytes()

    assert diff.err == "rights: prisons.yaml: added 1 fact; not written: --dry-run\n"
    base.write_bytes(before)
    subprocess.run(["patch", "-p1", "-s"], input=diff.out.encode(), cwd=base.parent, check=True)
    assert base.read_bytes() == after


def test_the_bundled_base_is_never_written_to() -> None:
    outcome = run_rights("add", "fact", CLAIM, "--at", "hrw-2020:1")

    hint = "  rights init begins a base of your own; --base or RIGHTS_BASE names it\n"
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"rights: the bundled base is never written to\n{hint}")
    with pytest.raises(UsageError):
        add_facts(None, [])


def test_what_is_there_is_left_and_what_differs_needs_update(run: Run, base: Path) -> None:
    one = (CLAIM, "--at", "report:17", "--topic", "prisons")
    run(*one, "--id", "held")
    before = base.read_bytes()

    again = run(*one)
    differs = run(*one, "--date", "2019", "--term", "inmates", code=1)
    assert base.read_bytes() == before
    updated = run(*one, "--date", "2019", "--term", "inmates", "--update")

    assert again.err == "rights: prisons.yaml: nothing to add, 1 fact is there already\n"
    shown = "with date '', not '2019', and terms '', not 'inmates'"
    assert differs.err == f"rights: the fact 'held' is there already, {shown}\n  --update changes it\n"
    assert updated.out.split("\t")[:2] == ["held", "updated"]
    assert "    topics: [prisons]\n    date: 2019\n" in base.read_text()


def test_a_difference_deep_in_a_claim_is_shown(run: Run) -> None:
    claim = "In 2019, guards of the prison at Longwater in Freedonia told the committee again that visits were stopped."
    run(claim, "--at", "report:18", "--topic", "prisons", "--id", "visits", "--date", "2019")

    told = run(claim.replace("stopped", "rare"), "--at", "report:18", "--id", "visits", code=1).err

    assert "with claim '…again that visits were stopped.', not '…again that visits were rare.'" in told


def test_json_has_what_became_of_each(run: Run) -> None:
    outcome = run(CLAIM, "--at", "report:17", "--topic", "prisons", "--json")

    document = json.loads(outcome.out)
    assert (document["schema"], document["warnings"]) == ("rights.add-fact/1", [])
    assert document["results"] == [
        {
            "id": "end-people-held-freedonia-prisons",
            "state": "added",
            "claim": CLAIM,
            "anchors": ["17,100 people", "2019"],
        }
    ]


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_export_and_add_are_a_circle(run: Run, base: Path, form: str) -> None:
    begun = base.read_bytes()
    run(CLAIM, "--at", "report:17", "--topic", "prisons", "--date", "2019", "--term", "+ and; -", "--term", "=x")
    run("Visits were stopped, guards said.", "--at", "report:18,16", "--according-to", "guards", "--topic", "prisons")
    whole = base.read_bytes()
    table = base.parent / f"facts.{form}"
    table.write_text(run_rights("export", "-f", form, "--base", str(base)).out)

    same = run("--from", table.name)
    assert base.read_bytes() == whole
    base.write_bytes(begun)
    run("--from", table.name)

    assert same.err == "rights: prisons.yaml: nothing to add, 2 facts are there already\n"
    again = run_rights("export", "-f", form, "--base", str(base)).out
    assert again == table.read_text()


def test_a_row_at_fault_is_told_by_its_line_and_keeps_all_others_out(run: Run, base: Path) -> None:
    before = base.read_bytes()
    # As a spreadsheet of a country with decimal commas saves it.
    rows = (
        f'claim;ref;topics\n"{CLAIM}";report:17;Prisons\n"Visits were ""stopped"".";report:40;\n;report:16;\n'
        '"Guards had 12 keys.";report:18;x\n'
    )

    outcome = run("--from", "-", stdin="\ufeff" + rows, code=1)

    assert outcome.err.splitlines() == [
        "rights: <stdin>:3: topics: no topic",
        "rights: <stdin>:4: topics: no topic",
        "rights: <stdin>:3: report has no paragraph 40: it has paragraphs 16-18",
        "rights: <stdin>:4: no claim is given",
        "  one sentence in your own words",
        "rights: <stdin>:5: no topic 'x' in Prisons of Freedonia (prisons); --base names another",
        "  --new-topic 'x' makes it",
        "rights: <stdin>:5: claim: '12' is not in paragraph 18 of report",
    ]
    assert base.read_bytes() == before


def test_every_fault_of_every_row_is_told_in_one_run(run: Run, base: Path) -> None:
    before = base.read_bytes()
    rows = (
        "id,claim,ref,topics,date,anchors\n"
        'Not An Id,"Guards had 12 keys.",report:18,x; prisons; y,,\n'
        ",,report:40; report:16; report:41,z,soon,\n"
        f'good-one,"{CLAIM}",report:17,prisons,2019,"17,100 men"\n'
        'good-one,"Guards said that water was enough.",report:18,prisons,,\n'
    )

    outcome = run("--from", "-", stdin=rows, code=1)

    assert [line for line in outcome.err.splitlines() if line.startswith("rights: ")] == [
        "rights: <stdin>:2: no topic 'x' in Prisons of Freedonia (prisons); --base names another",
        "rights: <stdin>:2: no topic 'y' in Prisons of Freedonia (prisons); --base names another",
        "rights: <stdin>:2: id: 'Not An Id' is no id; lower-case letters, digits and single hyphens are expected",
        "rights: <stdin>:2: claim: '12' is not in paragraph 18 of report",
        "rights: <stdin>:3: report has no paragraph 40: it has paragraphs 16-18",
        "rights: <stdin>:3: report has no paragraph 41: it has paragraphs 16-18",
        "rights: <stdin>:3: no topic 'z' in Prisons of Freedonia (prisons); --base names another",
        "rights: <stdin>:3: 'soon' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B",
        "rights: <stdin>:3: no claim is given",
        "rights: <stdin>:4: anchors: '17,100 men' is not in paragraph 17 of report",
        "rights: <stdin>:5: the fact 'good-one' is asked for twice",
    ]
    assert base.read_bytes() == before


def test_no_fault_of_a_row_hides_another(run: Run, base: Path) -> None:
    wrong = {
        "claim": ("", "no claim is given"),
        "ref": ("report:40", "report has no paragraph 40: it has paragraphs 16-18"),
        "topics": ("x", "no topic 'x' in Prisons of Freedonia (prisons); --base names another"),
        "date": ("soon", "'soon' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B"),
        "id": ("Not An Id", "id: 'Not An Id' is no id; lower-case letters, digits and single hyphens are expected"),
    }
    columns, rows, expected = list(wrong), [], []
    for number, picked in enumerate(chain.from_iterable(combinations(columns, n) for n in range(len(columns) + 1))):
        # Words of its own make no two claims alike.
        words = " ".join(f"{letter}ane" for letter in f"{number:05b}".translate(str.maketrans("01", "lk")))
        good = {"claim": f"Guards said {words} that water was enough.", "ref": "report:18", "topics": "prisons"}
        cells = {name: wrong[name][0] if name in picked else good.get(name, "") for name in columns}
        cells["id"] += f" {number}" if cells["id"] else ""
        rows.append(",".join(cells[name] for name in columns))
        expected += [(number + 2, wrong[name][1].replace("'Not An Id'", f"'Not An Id {number}'")) for name in picked]

    outcome = run("--from", "-", stdin="\n".join([",".join(columns), *rows, ""]), code=1)

    told = [line.split(":", 3)[2:] for line in outcome.err.splitlines() if line.startswith("rights: <stdin>")]
    faults = [(int(line), text.strip()) for line, text in told if not text.startswith((" claim:", " anchors:"))]
    assert sorted(faults) == sorted(expected)


def test_a_passage_is_named_by_several_refs_in_one_citation(run: Run, base: Path) -> None:
    run(CLAIM, "--at", "[@report, para. 17; @report, para. 16]", "--topic", "prisons")

    (fact,) = read_base(str(base)).facts
    assert [str(cited.locator) for cited in fact.citations] == ["17", "16"]


def test_a_date_that_is_none_makes_no_year_of_the_claim_a_fault(run: Run) -> None:
    outcome = run(
        "The prison held 17,500 people in 2018.", "--at", "report:17", "--topic", "prisons", "--date", "soon", code=1
    )

    assert [line.partition(":")[2].partition(";")[0] for line in outcome.err.splitlines()] == [
        " 'soon' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B",
        " claim: '17,500' is not in paragraph 17 of report",
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("claim,plase\n", "t.csv:1: no column 'plase'"),
        ("date,ref\n", "t.csv:1: neither a column 'claim' nor 'id'"),
        ('claim\n"x\n', "t.csv:2: unexpected end of data"),
        ("\xff", "t.csv: a table must be UTF-8"),
    ],
)
def test_what_is_no_table_of_facts_is_refused(table: str, told: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_rows(table.encode("latin-1"), "t.csv")

    assert caught.value.message.startswith(told)


def test_a_base_that_somebody_protects_stays(run: Run, base: Path) -> None:
    base.chmod(0o444)

    outcome = run(CLAIM, "--at", "report:17", "--topic", "prisons", code=3)

    assert outcome.err == "rights: prisons.yaml: write-protected, so it is not written to\n"
    assert sorted(path.name for path in base.parent.iterdir()) == ["prisons.yaml", "report.txt"]


def test_a_link_is_followed_and_stays_a_link(run: Run, base: Path) -> None:
    real = base.rename(base.with_name("real.yaml"))
    base.symlink_to("real.yaml")

    run(CLAIM, "--at", "report:17", "--topic", "prisons")

    assert base.is_symlink()
    assert CLAIM in real.read_text()


def test_of_many_writers_at_once_none_loses_anything(base: Path) -> None:
    # Nobody can tell without a copy whether the blocks have these numbers.
    run_rights("detach", "report", "--base", str(base))
    command = [sys.executable, "-m", "rightscli", "add", "fact", "--at", "report:18", "--base", str(base), "--anchor"]
    writers = [
        subprocess.Popen([*command, str(block), f"Visits of block {block} were stopped."], stderr=subprocess.DEVNULL)
        for block in range(6)
    ]

    assert [writer.wait() for writer in writers] == [0] * len(writers)
    assert len(read_base(base).facts) == len(writers)


def test_a_writer_that_is_killed_leaves_the_old_file_or_the_new_one(base: Path) -> None:
    old = base.read_bytes()
    program = (
        "import os, sys; from rightscli.cli import run\n"
        "steps, told = int(sys.argv[1]), 0\n"
        "def count(event, given):\n"
        "    global told\n"
        "    if event in ('open', 'os.rename', 'os.remove', 'os.chmod', 'os.utime', 'fcntl.flock', 'os.chown'):\n"
        "        told += base in str(given) or event != 'open'\n"
        "        told > steps and os.kill(os.getpid(), 9)\n"
        "base = os.path.dirname(sys.argv[-1])\n"
        "sys.addaudithook(count)\n"
        "sys.exit(run(sys.argv[2:]))"
    )
    arguments = ["add", "fact", CLAIM, "--at", "report:17", "--topic", "prisons", "--base", str(base)]
    killed = set()
    for steps in range(200):
        code = subprocess.run(
            [sys.executable, "-c", program, str(steps), *arguments], capture_output=True, check=False
        ).returncode
        killed.add(code)
        assert base.read_bytes() == old or CLAIM in base.read_text()
        read_base(base)
        if code == 0:
            break
        base.write_bytes(old)

    assert killed == {0, -signal.SIGKILL}
    # What the killed ones left is swept by the next one.
    assert sorted(path.name for path in base.parent.iterdir()) == ["prisons.yaml", "report.txt"]


def test_an_answer_is_typed_and_prints_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = NewFact("", {"claim": "Visits were stopped, guards said.", "refs": ("report:18",), "anchors": ("visits",)})

    dry = add_facts(base, [asked], dry_run=True)
    answer = add_facts(base, [asked])

    assert [(fact.id, fact.state) for fact in answer.facts] == [("visits-stopped-guards", "added")]
    assert (dry.facts, dry.diff[:4], answer.diff) == (answer.facts, "--- ", "")
    assert capsys.readouterr() == ("", "")


REPORT = [
    "In 2018, the ministry counted 31 prisons in Freedonia.",
    "Nine of them were built before 1950, most of them on the coast.",
    "Longwater, the largest, held 2,940 people in June 2019.",
    "The committee visited seven prisons in May and June 2019.",
    "It was turned away from the women's prison at Ashby.",
    "In four prisons, guards read the letters that came.",
    "Lawyers waited for eleven days, on average, before they saw a client.",
    "No doctor had come to Longwater since October 2018.",
    "The ministry did not answer the committee's questions.",
    "In 2017, parliament had rejected a law on visits.",
    "Two newspapers that reported on Ashby were fined.",
    "The committee recommends that courts review every detention.",
]
TABLE = """\
claim,ref,topics,date
Freedonia had 31 prisons in 2018.,behind:1,Prisons,2018
"Freedonia's largest prison, Longwater, had 2,940 prisoners in June 2019.",behind:3,Prisons,2019-06
"In 2019, the committee was refused entry to Freedonia's prison for women at Ashby.",behind:5,Access,2019
"In 2019, lawyers in Freedonia had to wait eleven days on average to meet a client.",behind:7,Access,2019
"Freedonia's Longwater prison had no doctor's visit after October 2018.",behind:8,Prisons,2018-10/2019
"""


def test_a_stranger_makes_a_base_of_a_text_in_a_few_commands(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "\n\n".join(f"{number}. {text}" for number, text in enumerate(REPORT, 1)) + "\n"
    )
    (tmp_path / "facts.csv").write_text(TABLE)
    (tmp_path / "draft.md").write_text("In 2018, Freedonia had 32 prisons (behind, para. 1).\n")
    source = [
        "add",
        "source",
        "behind",
        "report.txt",
        "--type",
        "report",
        "--title",
        "Behind Walls",
        "--issued",
        "2019",
    ]
    base = ("--base", "b.yaml")

    begun = run_rights("init", "b.yaml", cwd=tmp_path)
    added = run_rights(*source, *base, cwd=tmp_path)
    topics = ("--new-topic", "Prisons", "--new-topic", "Access")
    facts = run_rights("add", "fact", "--from", "facts.csv", *topics, *base, cwd=tmp_path)
    doubts = run_rights("doctor", *base, cwd=tmp_path)
    checked = run_rights("check", "draft.md", *base, cwd=tmp_path)

    assert [one.code for one in (begun, added, facts, checked)] == [0, 0, 0, 1], (added, facts)
    assert facts.err == "rights: b.yaml: added 5 facts\n"
    assert (doubts.code, [line.split(": ")[3] for line in doubts.out.splitlines()]) == (
        0,
        ["still what rights init wrote; say what this base is"] * 2 + ["no fact cites 7 of 12 paragraphs"],
    )
    assert checked.out.startswith("draft.md:1:24: differs: says 32; behind:1 says 31: ")


def test_a_document_in_the_place_of_json_lines_is_refused_with_the_form_that_is_read(run: Run, base: Path) -> None:
    (base.parent / "facts.json").write_text('{\n  "results": []\n}\n', encoding="utf-8")

    outcome = run("--from", "facts.json", code=3)

    assert outcome.err == (
        "rights: facts.json:1: no JSON object on this line\n"
        "  one object a line, as rights export -f jsonl writes them\n"
    )
