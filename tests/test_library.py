"""Several bases as one: what is found in them, whose it is, which names clash, and which bases are taken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Outcome, run_rights
from rightscli.answers import Library, open_base
from rightscli.answers.cite import cite_refs
from rightscli.answers.doctor import diagnose_base
from rightscli.answers.export import export_facts, export_sources
from rightscli.answers.search import search_facts
from rightscli.answers.show import show_refs
from rightscli.answers.sources import describe_sources
from rightscli.answers.topics import read_topic
from rightscli.base.paths import find_bundled_base, name_bases
from rightscli.errors import BadBaseError, UsageError
from rightscli.show import render_hits, render_sources

DATA = ROOT / "tests" / "data"
BASES = [str(DATA / "harbour.yaml"), str(DATA / "health.yaml"), str(DATA / "numbers.yaml"), find_bundled_base()]
NAMES = ["harbour", "health", "numbers", "bundled"]
ALONE = [open_base(path) for path in BASES]
WHOLE = open_base(BASES)
ANOTHER = "--base names another"


def write_base(path: Path, **parts: str) -> Path:
    """Write a base with one source of two articles, one topic and one fact, but for what *parts* give."""
    given = {
        "title": f"Notes of {path.stem}",
        "work": "Charter of the Quay",
        "key": "charter",
        "hash": "a",
        "topic": "boats: {label: Boats}",
        "id": "boats-moored",
        "claim": "Boats are moored at the quay.",
        "on": "boats",
    } | parts
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        textwrap.dedent("""\
            schema: "1"
            title: {title}
            edition: "1"
            scope: what {title} say of boats
            sources:
              {key}:
                type: treaty
                title: {work}
                issued: 1950
                unit: article
                paragraphs:
                  - {{number: 1, words: 20, sha256: {digest}}}
                  - {{number: 2, words: 20, sha256: {other}}}
            topics:
              {topic}
            facts:
              - id: {id}
                claim: {claim}
                cites: {{{key}: 2}}
                topics: [{on}]
            """).format(**given, digest=given["hash"] * 64, other="f" * 64),
        encoding="utf-8",
    )
    return path


def ask(*arguments: str, bases: list[Path | str], **more: Any) -> Outcome:
    named = [part for base in bases for part in ("--base", str(base))]
    return run_rights(*arguments, *named, **more)


def list_ids(library: Library, *refs: str) -> list[str]:
    return [fact["id"] for fact in show_refs(library, refs).facts]


# What every base gives alone, the library gives.

KNOWN = [
    (number, ref)
    for number, library in enumerate(ALONE)
    for ref in [
        *(fact["id"] for fact in library.index.read_facts()),
        *(source["id"] for source in describe_sources(library).sources if source["facts"]),
        *(
            paragraph["ref"]
            for source in describe_sources(library).sources
            for paragraph in source["paragraphs"]
            if paragraph["facts"]
        ),
    ]
]


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=4))
def test_ids_and_refs_find_in_a_library_what_they_find_in_each_base_alone(asked: list[tuple[int, str]]) -> None:
    refs = [ref for _, ref in asked]
    alone = [fact for number, ref in asked for fact in show_refs(ALONE[number], [ref]).facts]

    found = show_refs(WHOLE, refs)

    assert found.faults == []
    assert [{name: fact[name] for name in fact if name != "bases"} for fact in found.facts] == [
        fact for place, fact in enumerate(alone) if fact not in alone[:place]
    ]
    assert [fact["bases"] for fact in show_refs(WHOLE, [refs[0]]).facts] == [[NAMES[asked[0][0]]]] * len(
        show_refs(ALONE[asked[0][0]], [refs[0]]).facts
    )
    assert list_ids(WHOLE, *(f"{NAMES[number]}/{ref}" for number, ref in asked)) == [fact["id"] for fact in found.facts]


@given(st.sampled_from([fact for library in ALONE for fact in library.index.read_facts()]))
def test_no_hit_is_lost_in_a_library(fact: dict[str, Any]) -> None:
    found = {one["id"] for one in search_facts(WHOLE, fact["claim"], limit=1000).facts}

    assert (fact["id"] in found) is ("retracted" not in fact)


def test_a_topic_and_an_export_of_a_library_hold_those_of_every_base() -> None:
    topics = {record["id"] for library in ALONE for _, record in library.index.list_topics()}

    for topic in topics:
        places = [(one.index, one.index.list_places("topic", topic)) for one in ALONE]
        alone = {fact["id"] for index, found in places for fact in index.get_facts(found)}
        assert {fact["id"] for fact in read_topic(WHOLE, topic).facts} >= alone
    assert [fact["id"] for fact in export_facts(WHOLE).facts] == [
        fact["id"] for one in ALONE for fact in export_facts(one).facts
    ]
    assert export_facts(WHOLE).total == WHOLE.index.count == sum(one.index.count for one in ALONE)
    items = [json.loads(export_sources(one, "csl-json").text) for one in (WHOLE, *ALONE)]
    assert items[0] == [item for some in items[1:] for item in some]


def test_of_several_sources_any_will_do() -> None:
    keys = [library.index.list_sources()[0] for library in ALONE[:2]]

    either = [fact["id"] for key in keys for fact in export_facts(WHOLE, source=key).facts]
    assert [fact["id"] for fact in export_facts(WHOLE, source=keys).facts] == either
    with pytest.raises(UsageError, match="--para needs one --source, and not several"):
        export_facts(WHOLE, source=keys, para="1")


def test_each_source_is_cited_as_its_own_base_has_compiled_it() -> None:
    for one, name in zip(ALONE, NAMES, strict=True):
        for key in one.index.list_sources():
            alone, whole = (cite_refs(library, [key], style="oscola").citations[0] for library in (one, WHOLE))
            assert (whole["text"], whole["engine"]) == (alone["text"], alone["engine"]), name


# The same, and what clashes.


def test_the_same_source_topic_and_fact_of_two_bases_are_there_once(tmp_path: Path) -> None:
    one = write_base(tmp_path / "one.yaml")
    two = write_base(tmp_path / "two.yaml", topic="boats: {label: boats, alt: [ships]}")
    three = write_base(tmp_path / "three.yaml", id="boats-counted", claim="The quay holds boats.")
    library = open_base([one, two, three])

    [source], [fact, other] = describe_sources(library).sources, library.index.read_facts()
    [(_, topic)] = library.index.list_topics()

    assert (source["id"], source["bases"], source["facts"]) == ("charter", ["one", "two", "three"], 2)
    assert (topic["id"], topic["bases"], topic["alt"], topic["facts"]) == (
        "boats",
        ["one", "two", "three"],
        ["ships"],
        2,
    )
    assert (fact["id"], fact["bases"], other["id"], other["bases"]) == (
        "boats-moored", ["one", "two"], "boats-counted", ["three"],
    )  # fmt: skip
    assert (library.index.warnings, library.index.count) == ([], 2)
    assert [base["facts"] for base in library.index.bases] == [1, 1, 1]
    for ref in ("charter:2", "one/charter:2", "two/charter:2", "three/charter:2"):
        assert list_ids(library, ref) == ["boats-moored", "boats-counted"]
    assert list_ids(library, "two/boats-moored") == ["boats-moored"]
    assert show_refs(library, ["three/boats-moored"]).facts == []


def test_two_keys_of_the_same_passages_stay_two(tmp_path: Path) -> None:
    bases = [write_base(tmp_path / "one.yaml"), write_base(tmp_path / "two.yaml", key="treaty", id="more")]

    assert open_base(bases).index.list_sources() == ["charter", "treaty"]


@pytest.fixture
def clash(tmp_path: Path) -> list[Path | str]:
    """Two bases that call a source, a topic and a fact alike, and a third that has the second's source."""
    two = {"hash": "b", "work": "Charter of the Bridge", "topic": "boats: {label: Ferries}"}
    return [
        write_base(tmp_path / "one.yaml"),
        write_base(tmp_path / "two.yaml", claim="A ferry crosses the river.", **two),
        write_base(tmp_path / "three.yaml", id="ferry-sunk", claim="A ferry sank.", **two),
    ]


def test_names_that_clash_are_told_with_both_files(clash: list[Path | str]) -> None:
    one, two, _ = clash

    outcome = ask("search", "ferry", "-f", "ids", bases=clash)
    document = json.loads(ask("search", "ferry", "--json", bases=clash).out)

    told = f"the source 'charter' is not the same in {one} and in {two}: write one/charter or two/charter"
    told += "; 2 more: rights doctor lists them"
    assert outcome == Outcome(0, "ferry-sunk\ntwo/boats-moored\n", f"rights: {told}\n")
    assert document["warnings"] == [told]
    assert [(fact["id"], fact["bases"]) for fact in document["results"]] == [
        ("ferry-sunk", ["three"]), ("two/boats-moored", ["two"]),
    ]  # fmt: skip


def test_a_name_that_clashes_is_chosen_by_its_base(clash: list[Path | str]) -> None:
    library = open_base(clash)

    assert list_ids(library, "one/charter:2") == ["one/boats-moored"]
    for ref in ("two/charter:2", "three/charter:2", "[@two/charter, art. 2]", "art. 2 of two/charter", "TWO/charter"):
        assert list_ids(library, ref) == ["two/boats-moored", "ferry-sunk"]
    assert list_ids(library, "one/boats-moored", "two/boats-moored") == ["one/boats-moored", "two/boats-moored"]
    for name in ("boats-moored", "charter:2", "charter"):
        [fault] = show_refs(library, [name]).faults
        own = name.partition(":")[0]
        assert fault.message == f"'{own}' is not the same in several bases: write one/{own} or two/{own}"
    assert [fact["id"] for fact in read_topic(library, "two/boats").facts] == ["two/boats-moored", "ferry-sunk"]
    [fault] = read_topic(library, "boats").faults
    assert fault.message == "'boats' is a label of several topics: one/boats, two/boats"


def test_what_is_printed_of_a_clash_is_read_back(clash: list[Path | str]) -> None:
    library = open_base(clash)

    for fact in library.index.read_facts():
        assert list_ids(library, fact["id"]) == [fact["id"]]
        for citation in fact["citations"]:
            assert fact["id"] in list_ids(library, citation["ref"])
    for syntax in ("pandoc", "latex", "typst", "org", "myst"):
        [record] = cite_refs(library, ["two/charter:2"], syntax=syntax).citations
        assert "two/charter" in record["rendered"]


def test_doctor_reports_clashes_in_the_file_of_the_last(clash: list[Path | str]) -> None:
    answer = diagnose_base(clash)

    found = [(one.file, one.line, one.place) for one in answer.findings if one.rule == "name-clash"]
    assert found == [
        (str(clash[1]), 6, "sources.charter"),
        (str(clash[1]), 15, "topics.boats"),
        (str(clash[1]), 17, "facts.boats-moored"),
    ]
    assert answer.summary.endswith(" in 3 facts and 3 topics of 3 bases")
    assert [base["name"] for base in answer.bases] == ["one", "two", "three"]
    assert not [one for one in diagnose_base(clash[1:]).findings if one.rule == "name-clash"]


def test_a_draft_that_cites_by_a_key_of_several_bases_is_told_so(clash: list[Path | str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("See [@charter, art. 2], [@one/charter, art. 2], [@two/charter, art. 9], [@boats-moored].\n")

    outcome = ask("check", draft.name, bases=clash, cwd=tmp_path)

    assert outcome.out.splitlines() == [
        "draft.md:1:6: ambiguous: may be one/charter:2 or two/charter:2: name the title, or cite by the key",
        "draft.md:1:50: out-of-range: two/charter has no article 9: it has articles 1-2",
        "draft.md:1:74: unknown-fact: 'boats-moored' is not the same in several bases:"
        " write one/boats-moored or two/boats-moored",
    ]
    assert outcome.err.startswith("rights: the source 'charter' is not the same in ")


def test_a_fact_that_is_called_as_another_base_s_source_goes_by_its_base(tmp_path: Path) -> None:
    one, two = write_base(tmp_path / "one.yaml"), write_base(tmp_path / "two.yaml", id="charter", key="treaty")
    library = open_base([one, two])

    assert list_ids(library, "charter") == ["boats-moored"]
    assert list_ids(library, "two/charter") == ["two/charter"]
    assert library.index.warnings[0].startswith(f"the fact or source 'charter' is not the same in {two} and in {one}")


def test_copies_of_sources_that_clash_are_kept_apart(tmp_path: Path, clash: list[Path | str]) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Nobody shall moor a boat here without the harbour master's leave, given on paper, at any time.\n")
    base = tmp_path / "own.yaml"
    run_rights("init", str(base))
    run_rights("add", "source", "charter", str(text), "--title", "Own", "--type", "book", "--base", str(base))

    ids = json.loads(ask("sources", "--json", bases=[*clash, base]).out)["results"]

    assert [(one["id"], bool(one["attached"])) for one in ids] == [
        ("one/charter", False), ("two/charter", False), ("own/charter", True),
    ]  # fmt: skip
    assert ask("detach", "own/charter", bases=[*clash, base]).err == "rights: detached the copy of own/charter\n"


# What goes wrong.


def test_one_broken_base_among_several_is_named_with_all_its_faults(tmp_path: Path) -> None:
    good, bad = write_base(tmp_path / "good.yaml"), write_base(tmp_path / "bad.yaml", on="boots")
    worse = write_base(tmp_path / "worse.yaml", topic="boats: {lable: Boats}")

    with pytest.raises(BadBaseError) as raised:
        open_base([good, bad, worse])
    outcome = ask("search", "boats", bases=[good, tmp_path / "none.yaml"])

    assert {problem.file for problem in raised.value.problems} == {str(bad), str(worse)}
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rights: {tmp_path / 'none.yaml'}: ")


def test_what_is_not_found_names_what_was_asked(tmp_path: Path) -> None:
    one, two = write_base(tmp_path / "one.yaml"), write_base(tmp_path / "two.yaml", key="treaty", id="more")

    alone = run_rights("show", "udhr:3")
    both = ask("sources", "zebra", bases=[one, two])
    many = ask("topics", "zebra", bases=[*map(str, BASES)])
    silent = ask("search", "zebra", bases=[one, two])

    assert alone.err == f"rights: no source 'udhr' in Human rights in North Korea (bundled); {ANOTHER}\n"
    assert both.err == f"rights: no source 'zebra' in Notes of one (one) and Notes of two (two); {ANOTHER}\n"
    assert many.err.startswith(f"rights: no topic 'zebra' in these 4 bases; {ANOTHER}\n")
    assert silent.err.splitlines()[:2] == [
        "rights: nothing in Notes of one (one) and Notes of two (two) for 'zebra'",
        "  one covers: what Notes of one say of boats; two covers: what Notes of two say of boats",
    ]


# Which bases are taken, and what is said of them.


def test_bases_are_named_after_their_files() -> None:
    paths = ["a/Facts.yaml", "b/facts.yaml", "my own notes.yml", "북한.yaml", "x", find_bundled_base()]

    assert name_bases(paths) == ["facts", "facts-2", "my-own-notes", "북한", "x", "bundled"]


def test_the_same_file_twice_is_one_base(tmp_path: Path) -> None:
    base = write_base(tmp_path / "one.yaml")

    assert len(open_base([base, tmp_path / "." / "one.yaml"]).index.bases) == 1
    assert open_base(["@bundled", find_bundled_base()]).index.title == "Human rights in North Korea"
    with pytest.raises(UsageError, match="the path of the base is empty"):
        open_base([base, ""])


def test_sources_are_listed_by_base_with_path_facts_edition_and_age(tmp_path: Path) -> None:
    one, two = write_base(tmp_path / "one.yaml"), write_base(tmp_path / "two.yaml", id="more")
    os.utime(one, (0, 0))

    document = json.loads(ask("sources", "--json", bases=[one, two]).out)

    assert [base["name"] for base in document["bases"]] == ["one", "two"]
    assert {name: document["bases"][0][name] for name in ("path", "facts", "edition", "changed")} == {
        "path": str(one), "facts": 1, "edition": "1", "changed": "1970-01-01",
    }  # fmt: skip
    assert "base" not in document


def test_pages_say_whose_a_hit_and_a_source_are(tmp_path: Path) -> None:
    library = open_base([write_base(tmp_path / "one.yaml"), write_base(tmp_path / "two.yaml")])
    answer = search_facts(library, "boats moored")
    sources = describe_sources(library).sources

    page = render_hits(answer.facts, answer.marked, answer.named, width=200)
    listed = render_sources(sources, heading="two · Notes", base="two", width=200)

    assert "boats-moored · in one and two" in page
    assert listed.splitlines()[0] == "two · Notes"
    assert "1 facts · also in one" in listed


SETTINGS = 'bases = ["one.yaml", "@bundled"]\nstyle = "oscola"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a base and settings, and a folder below it."""
    write_base(tmp_path / "one.yaml")
    write_base(tmp_path / "two.yaml", id="more")
    (tmp_path / "below").mkdir()
    (tmp_path / ".rights.toml").write_text(SETTINGS)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "env", "names"),
    [
        ((), {}, ["one", "bundled"]),
        ((), {"RIGHTS_BASE": f"../two.yaml{os.pathsep}@bundled"}, ["two", "bundled"]),
        ((), {"RIGHTS_BASE": f"{os.pathsep}~/two.yaml", "HOME": ".."}, ["two"]),
        (("--base", "../two.yaml"), {"RIGHTS_BASE": "../one.yaml"}, ["two"]),
        (("--base", "../two.yaml", "--base", "~/one.yaml"), {"HOME": ".."}, ["two", "one"]),
        (("--base", "@bundled"), {}, ["bundled"]),
    ],
)
def test_options_go_before_the_environment_and_that_before_settings(
    folder: Path, arguments: tuple[str, ...], env: dict[str, str], names: list[str]
) -> None:
    outcome = run_rights("topics", "--json", *arguments, env=env, cwd=folder / "below")

    document = json.loads(outcome.out)
    titles = {"one": "Notes of one", "two": "Notes of two", "bundled": "Human rights in North Korea"}
    bases = document["bases"] if len(names) > 1 else [document["base"]]
    assert [base["title"] for base in bases] == [titles[name] for name in names]


def test_the_style_of_the_settings_is_that_of_citations(folder: Path) -> None:
    plain = run_rights("cite", "hrw-2020:13", "--style", "oscola").out

    assert run_rights("cite", "hrw-2020:13", cwd=folder / "below").out == plain
    assert run_rights("cite", "hrw-2020:13", cwd=folder, env={"RIGHTS_STYLE": "apa"}).out != plain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bases = [", "no TOML: "),
        ("base = 'x'", "unknown field 'base'\n  bases or style is expected\n"),
        ("bases = 'x'", "bases: a list of paths is expected\n"),
        ("bases = ['']", "bases: a list of paths is expected\n"),
        ("style = 3", "style: a style's name is expected\n"),
    ],
)
def test_settings_that_are_not_understood_are_refused(folder: Path, text: str, told: str) -> None:
    (folder / ".rights.toml").write_text(text)

    outcome = run_rights("topics", cwd=folder / "below")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rights: {folder / '.rights.toml'}: {told}")


def test_a_base_that_is_set_and_not_there_is_looked_for_where_it_is_set(folder: Path) -> None:
    (folder / ".rights.toml").write_text('bases = ["none.yaml"]')
    gone = folder / "none.yaml"

    for command in (["topics"], ["doctor"], ["add", "fact", "Boats sank.", "--at", "charter:1"], ["cite", "charter:1"]):
        by_file = run_rights(*command, cwd=folder / "below")
        by_variable = run_rights(*command, cwd=folder, env={"RIGHTS_BASE": f"one.yaml{os.pathsep}gone.yaml"})
        typed = run_rights(*command, "--base", "gone.yaml", cwd=folder)

        assert by_file == Outcome(3, "", f"rights: {gone}: no such file\n  it is named in the nearest .rights.toml\n")
        assert by_variable == Outcome(3, "", "rights: gone.yaml: no such file\n  it is named in RIGHTS_BASE\n")
        assert typed == Outcome(3, "", "rights: gone.yaml: no such file\n")
    assert run_rights("topics", "--base", "one.yaml", cwd=folder).code == 0


def test_every_base_that_cannot_be_read_is_told_with_the_faults_of_the_others(folder: Path) -> None:
    (folder / "bad.yaml").write_text("title: 3\n")
    bases = ["gone.yaml", "bad.yaml", "one.yaml", "none.yaml"]
    options = [part for base in bases for part in ("--base", base)]

    for command in (["topics"], ["doctor"]):
        typed = run_rights(*command, *options, cwd=folder)
        by_variable = run_rights(*command, cwd=folder, env={"RIGHTS_BASE": os.pathsep.join(bases)})

        assert (typed.code, typed.out) == (3, "")
        *bad, first, second = sorted(typed.err.splitlines())
        assert (first, second) == ("rights: gone.yaml: no such file", "rights: none.yaml: no such file")
        assert bad
        assert all(line.startswith("rights: bad.yaml:") for line in bad)
        gone = "rights: gone.yaml: no such file\nrights: none.yaml: no such file\n  they are named in RIGHTS_BASE\n"
        assert by_variable == Outcome(3, "", gone)


def test_what_is_added_goes_to_the_first_base_that_is_the_user_s(folder: Path) -> None:
    adding = (
        *("add", "fact", "In 1950, nobody swam at the quay.", "--at", "charter:1", "--id", "no-swimming"),
        *("--date", "1950", "--anchor", "1950", "--topic", "boats"),
    )

    outcome = run_rights(*adding, cwd=folder, env={"RIGHTS_BASE": f"@bundled{os.pathsep}two.yaml{os.pathsep}one.yaml"})

    assert outcome.err.splitlines()[-1] == "rights: two.yaml: added 1 fact"
    assert "no-swimming" in (folder / "two.yaml").read_text()
    assert "no-swimming" not in (folder / "one.yaml").read_text()
    assert run_rights(*adding, "--base", "@bundled", cwd=folder).err.startswith("rights: the bundled base is never")


def test_what_a_library_exports_of_a_base_is_there_already_when_it_is_added_to_it(clash: list[Path | str]) -> None:
    exported = ask("export", "-f", "jsonl", bases=clash[:2]).out.splitlines()

    outcome = ask("add", "fact", "--from", "-", bases=clash[1:2], stdin=exported[1])

    assert outcome.code == 0
    assert outcome.err == f"rights: {clash[1]}: nothing to add, 1 fact is there already\n"


LookUp = Callable[..., set[str]]


@pytest.fixture
def list_loaded() -> LookUp:
    def run(*arguments: str, cwd: Path) -> set[str]:
        """Return what a look-up imports, of what it need not."""
        heavy = {"tomllib", "typer", "yaml", "pathlib", "hashlib", "dataclasses", "rightscli.base.joining"}
        program = (
            "import sys; from rightscli.cli import run; run(sys.argv[1:]);"
            f"sys.stderr.write('|' + ' '.join(set(sys.modules) & {heavy!r}))"
        )
        command = [sys.executable, "-c", program, *arguments]
        subprocess.run(command, capture_output=True, cwd=cwd, check=True)
        process = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=True)
        return set(process.stderr.rpartition("|")[2].split())

    return run


def test_a_look_up_in_several_bases_loads_no_more_than_in_one(list_loaded: LookUp, tmp_path: Path) -> None:
    bases = [part for path in (*BASES[:3], "@bundled") for part in ("--base", path)]

    assert list_loaded("search", "forced", "labor", cwd=tmp_path) == set()
    assert list_loaded("search", "forced", "labor", *bases, cwd=tmp_path) == set()


def test_toml_is_loaded_only_where_there_are_settings(list_loaded: LookUp, folder: Path) -> None:
    assert "tomllib" in list_loaded("search", "forced", "labor", cwd=folder / "below")
    assert list_loaded("search", "forced", "labor", "--base", "@bundled", cwd=folder.parent) == set()


def test_an_index_of_several_bases_is_made_anew_when_any_of_them_changes(tmp_path: Path) -> None:
    bases: list[Path | str] = [write_base(tmp_path / "one.yaml"), write_base(tmp_path / "two.yaml", id="more")]
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    before = ask("search", "swan", bases=bases, env=cache)
    write_base(tmp_path / "two.yaml", id="more", claim="A swan swims at the quay.")
    after = ask("search", "swan", "-f", "ids", bases=bases, env=cache)

    assert (before.code, after.code, after.out) == (1, 0, "more\n")
