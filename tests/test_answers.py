"""The Python API, as a Python user calls it: typed answers, faults that are values, nothing printed, no environment read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, run_rights
from rightscli.answers import Library, open_base
from rightscli.answers.check import check_files, check_text, diff_repairs, gather_materials, write_repairs
from rightscli.answers.cite import cite_refs
from rightscli.answers.copies import attach_copy, detach_copy
from rightscli.answers.doctor import diagnose_base
from rightscli.answers.export import export_facts, export_sources
from rightscli.answers.quote import quote_refs
from rightscli.answers.search import search_facts
from rightscli.answers.show import show_refs
from rightscli.answers.sources import describe_sources
from rightscli.answers.styles import describe_styles
from rightscli.answers.topics import read_topic, read_topics
from rightscli.errors import BadBaseError, NotFoundError, RightsError, UnreadableError, UsageError

HARBOUR, REPORT = ROOT / "tests" / "data" / "harbour.yaml", ROOT / "tests" / "data" / "harbour-report.txt"
LIBRARY = open_base()


@pytest.fixture
def harbour(tmp_path: Path) -> Library:
    """The made-up report's base, and a folder for a copy of it."""
    return open_base(HARBOUR, copies=tmp_path / "data")


def list_ids(records: Iterable[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]


def list_messages(faults: Iterable[RightsError]) -> list[str]:
    return [fault.message for fault in faults]


@pytest.mark.parametrize(
    ("arguments", "ask"),
    [
        (["search", "forced", "labor"], lambda library: search_facts(library, "forced labor").facts),
        (["search", "labour", "--why"], lambda library: search_facts(library, "labour", why=True).facts),
        (["show", "hrw-2020:13-15"], lambda library: show_refs(library, "hrw-2020:13-15").facts),
        (["topics"], lambda library: [record for _, record in read_topics(library)]),
        (["topics", "songbun"], lambda library: read_topic(library, "Songbun").facts),
        (["sources"], lambda library: describe_sources(library).sources),
        (["cite", "hrw-2020:13"], lambda library: cite_refs(library, "hrw-2020:13").citations),
        (["quote", "not-in-ilo"], lambda library: quote_refs(library, "not-in-ilo").quotes),
        (["styles"], lambda library: describe_styles(library).styles),
        (["export", "--topic", "songbun"], lambda library: list(export_facts(library, topic="songbun").facts)),
    ],
)
def test_what_a_function_answers_is_what_its_command_prints(
    arguments: list[str], ask: Callable[[Library], list[dict[str, Any]]]
) -> None:
    assert ask(LIBRARY) == json.loads(run_rights(*arguments, "--json").out)["results"]


def test_nothing_is_printed_and_no_environment_is_read(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = cite_refs(open_base(), "absence-from-work-punished")
    for name in ("RIGHTS_BASE", "RIGHTS_STYLE", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))

    library = open_base()
    after = cite_refs(library, "absence-from-work-punished")
    search_facts(library, "dallyeondea")
    list(check_files(library, [ROOT / "README.md"]))

    assert after == before
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())


def test_a_base_with_faults_is_refused_when_it_is_opened_and_all_are_named(small_base: Path) -> None:
    text = small_base.read_text(encoding="utf-8")
    small_base.write_text(
        text.replace("cites: {harbour: 1}", "cites: {harbour: 9}").replace("[cranes]", "[crans]"), "utf-8"
    )

    with pytest.raises(BadBaseError) as caught:
        open_base(small_base)

    assert [problem.place for problem in caught.value.problems] == [
        "facts.quay-rebuilt.cites.harbour", "facts.nine-cranes.topics.1"
    ]  # fmt: skip
    with pytest.raises(UnreadableError, match="no such file"):
        open_base(small_base.with_name("none.yaml"))
    with pytest.raises(UsageError, match="the path of the base is empty"):
        open_base("")


def test_a_wrong_request_opens_no_base() -> None:
    library = Library("no such file")

    with pytest.raises(UsageError, match="no word to search for"):
        search_facts(library, "!")
    with pytest.raises(UsageError, match="no style 'nope'"):
        cite_refs(library, "hrw-2020:13", style="nope")
    with pytest.raises(UnreadableError):
        search_facts(library, "labor")


def test_an_index_is_kept_in_the_cache_and_the_share_that_is_made_is_told(tmp_path: Path) -> None:
    told: list[float] = []

    first = open_base(HARBOUR, cache=tmp_path, tell=told.append)
    kept = sorted(path.name for path in tmp_path.iterdir())
    second = open_base(HARBOUR, cache=tmp_path)

    assert kept
    assert sorted(path.name for path in tmp_path.iterdir()) == kept
    assert told == sorted(told)
    assert told[-1] == 1
    assert search_facts(first, "quota") == search_facts(second, "quota")


def test_a_search_has_the_facts_how_many_there_are_and_what_was_guessed() -> None:
    found = search_facts(LIBRARY, "dallyeondea", limit=1)
    dated = search_facts(LIBRARY, "sanctions", since="2019", without=["Kim"])

    assert (len(found.facts), found.total, found.faults) == (1, 3, ())
    assert found.warnings == ["no 'dallyeondea' in this base; showing results for 'dallyeondae'"]
    assert found.facts[0]["match"]["words"] == {"dallyeondea": "typo"}
    assert found.marked == [{"dallyeondae"}]
    assert dated.facts
    assert not any("Kim" in fact["claim"] for fact in dated.facts)


def test_what_is_not_in_the_base_is_a_fault_with_its_scope_and_the_nearest_topics() -> None:
    absent = search_facts(LIBRARY, "docker compose")
    filtered = search_facts(LIBRARY, "sanctions", topic="forced-labor")
    weak = search_facts(LIBRARY, "tourism prices sanctions")
    shown = search_facts(LIBRARY, "tourism prices sanctions", weak=True)

    (fault,) = absent.faults
    assert isinstance(fault, NotFoundError)
    assert (absent.facts, absent.total, fault.message) == ((), 0, "nothing in this base for 'docker compose'")
    assert fault.hint == f"the base covers: {LIBRARY.index.scope}"
    assert list_messages(filtered.faults) == ["nothing for 'sanctions' that passes the filters"]
    assert filtered.outside == search_facts(LIBRARY, "sanctions").total
    assert (weak.facts, weak.weak, bool(weak.topics)) == ((), True, True)
    assert (shown.weak, all(fact["match"]["weak"] for fact in shown.facts)) == (True, True)


def test_of_several_refs_the_good_ones_are_answered_and_the_others_are_faults() -> None:
    answer = show_refs(LIBRARY, ["not-in-ilo", "hrw-2020:15", "hrw-2020:99", "a b"])

    assert list_ids(answer.facts) == ["not-in-ilo", "ilo-recommendations-not-accepted"]
    assert [(target.text, list_ids(facts)) for target, facts in answer.groups] == [
        ("not-in-ilo", ["not-in-ilo"]),
        ("hrw-2020:15", ["not-in-ilo", "ilo-recommendations-not-accepted"]),
    ]
    assert list_messages(answer.faults) == [
        "hrw-2020 has no paragraph 99: it has paragraphs 1-23", "'a b' is not a REF"
    ]  # fmt: skip
    assert list_messages(cite_refs(LIBRARY, "nope").faults) == [
        "no fact 'nope' in Human rights in North Korea (bundled); --base names another"
    ]
    with pytest.raises(UsageError):
        show_refs(LIBRARY, ["a b", "c d"])


@pytest.mark.parametrize("style", ["apa", "mla", "chicago-notes", "oscola", "bluebook"])
def test_the_citations_and_refs_of_a_table_are_read_back_in_one_piece(style: str) -> None:
    table = export_facts(open_base(style=style)).facts

    for fact in table:
        for column in ("text", "ref"):
            printed = "; ".join(citation[column] for citation in fact["citations"])
            assert fact["id"] in list_ids(show_refs(LIBRARY, printed).facts)


def test_what_is_listed_is_read_only_where_all_of_it_are_refs() -> None:
    mixed = show_refs(LIBRARY, ["hrw-2020:15; hrw-2020:99", "hrw-2020:15; a b"])

    assert list_ids(mixed.facts) == ["not-in-ilo", "ilo-recommendations-not-accepted"]
    assert list_messages(mixed.faults) == [
        "hrw-2020 has no paragraph 99: it has paragraphs 1-23", "'hrw-2020:15; a b' is not a REF"
    ]  # fmt: skip


def test_facts_come_in_the_style_of_the_question_else_in_the_library_s() -> None:
    library = open_base(style="mla")

    texts = [
        show_refs(one, "not-in-ilo", style=style).facts[0]["citations"][0]["text"]
        for one, style in ((LIBRARY, None), (library, None), (library, "apa"))
    ]

    assert texts == [
        "(Human Rights Watch, 2020, para. 15)", "(Human Rights Watch, par. 15)", "(Human Rights Watch, 2020, para. 15)"
    ]  # fmt: skip


def test_a_source_that_is_not_compiled_is_a_warning_once(small_base: Path) -> None:
    library = open_base(small_base, style="mla")

    warning = "harbour is not compiled in mla; rights styles --compile BASE compiles it"
    assert show_refs(library, ["harbour:1", "harbour:2"]).warnings == [warning]
    assert search_facts(library, "cranes").warnings == [warning]
    assert export_facts(library).warnings == [warning]
    assert describe_styles(library).engine is None


def test_citations_of_one_source_are_one_and_come_as_a_key_too() -> None:
    refs = ["hrw-2020:13", "hrw-2020:15-17", "absence-from-work-punished"]

    (cited,) = cite_refs(LIBRARY, refs, style="mla", markup="html", syntax="pandoc").citations

    assert (cited["rendered"], cited["text"]) == (
        "[@hrw-2020, paras. 13, 15-17]", "(Human Rights Watch, pars. 13, 15–17)"
    )  # fmt: skip
    assert cited["facts"] == ["absence-from-work-punished"]
    assert len(cite_refs(LIBRARY, refs, all_styles=True).citations) == 15
    assert cite_refs(LIBRARY, "hrw-2020:13", style="nature").warnings[0] == (
        "nature shows no paragraphs: say para. 13 beside it"
    )


def test_a_copy_is_attached_read_quoted_and_detached(harbour: Library) -> None:
    without = quote_refs(harbour, "harbour:3", verbatim=True)
    attached = attach_copy(harbour, "harbour", REPORT)
    counts = describe_sources(harbour, "harbour").sources[0]["attached"]
    words = show_refs(harbour, "harbour:3", around=1).words
    quoted = quote_refs(harbour, "harbour:3", verbatim=True, markup="markdown")

    assert list_messages(without.faults) == ["no proven copy of harbour is attached"]
    assert (attached.summary, attached.faults) == ("attached 12 of 12 paragraphs of harbour, proven word for word", ())
    assert counts == {"proven": 12, "paragraphs": 12}
    assert [(one["number"], one["proven"]) for one in words] == [("2", True), ("3", True), ("4", True)]
    assert quoted.quotes[0]["words"] == words[1]["text"]
    assert quoted.text.startswith(f"> {words[1]['text'][:20]}")
    assert detach_copy(harbour, "HARBOUR") == "harbour"
    with pytest.raises(NotFoundError, match="no copy of harbour is attached"):
        detach_copy(harbour, "harbour")


def test_what_is_no_copy_is_a_fault_and_without_a_folder_nothing_is_kept(harbour: Library) -> None:
    other = attach_copy(harbour, "harbour", "other.txt", content=b"Quite another text.\n")

    assert list_messages(other.faults) == ["other.txt: none of the 12 paragraphs of harbour is in it"]
    assert {one.state for one in other.paragraphs} == {"missing"}
    with pytest.raises(UnreadableError):
        attach_copy(open_base(HARBOUR), "harbour", REPORT)


def test_a_text_is_checked_against_the_base_and_the_copy(harbour: Library) -> None:
    text = "The report “is based on 144 interviews held” somewhere (harbour:2). See harbour:99.\n"

    alone = check_text(harbour, text)
    attach_copy(harbour, "harbour", REPORT)
    beside = check_text(harbour, text, form="markdown", name="draft.md")

    def list_verdicts(answer: Any) -> list[tuple[str, str]]:
        return [(finding.kind, finding.verdict) for finding in answer.findings]

    assert ("pinpoint", "out-of-range") in list_verdicts(alone)
    assert ("quotation", "unproven") in list_verdicts(alone)
    assert ("quotation", "altered") in list_verdicts(beside)
    assert {finding.file for finding in beside.findings} == {"draft.md"}


def test_materials_are_gathered_once_for_many_texts() -> None:
    materials = gather_materials(LIBRARY.index)
    texts = ["hrw-2020:13", "See hrw-2020:99.", "North Korea has joined the ILO (hrw-2020:15)."]

    answers = [check_text(LIBRARY, text, materials=materials) for text in texts]

    assert answers == [check_text(LIBRARY, text) for text in texts]
    assert [finding.verdict for finding in answers[1].findings] == ["out-of-range"]


def test_safe_repairs_are_shown_and_made_in_the_file(harbour: Library, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    claim = next(fact for fact in export_facts(harbour).facts if len(fact["citations"]) == 1)
    right = claim["citations"][0]["locator"]["value"]
    wrong = "1" if right != "1" else "2"
    draft.write_bytes(f"\ufeff{claim['claim']} (harbour:{wrong})\r\n".encode())
    attach_copy(harbour, "harbour", REPORT)

    (answer,) = check_files(harbour, [draft, str(draft)], fix=True)

    shown = diff_repairs(answer)
    made = write_repairs(answer)
    (again,) = check_files(harbour, [draft], fix=True)
    assert made == bool(shown)
    assert draft.read_bytes().startswith(b"\xef\xbb\xbf")
    assert draft.read_bytes().endswith(b"\r\n")
    assert diff_repairs(again) == ""
    assert not write_repairs(again)


def test_standard_input_and_files_are_read_before_the_first_is_judged(harbour: Library, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("harbour:99", encoding="utf-8")

    answers = list(check_files(harbour, ["-", draft], stdin=b"harbour:1"))

    assert [(answer.name, answer.findings[0].verdict) for answer in answers] == [
        ("<stdin>", "ok"), (str(draft), "out-of-range")
    ]  # fmt: skip
    judged = check_files(harbour, [tmp_path / "none.md", draft])
    assert next(judged).findings == answers[1].findings
    with pytest.raises(UnreadableError, match="no such file"):
        next(judged)


def test_a_topic_goes_by_its_labels_and_one_that_is_not_there_is_a_fault(small_base: Path) -> None:
    library = open_base(small_base)

    assert [(depth, record["id"]) for depth, record in read_topics(library)] == [
        (0, "quays"), (1, "cranes"), (0, "boats"), (0, "empty")
    ]  # fmt: skip
    assert list_ids(read_topic(library, "DOCKS").facts) == ["quay-rebuilt", "nine-cranes"]
    assert list_messages(read_topic(library, "empty").faults) == ["no fact on Empty"]
    assert list_messages(read_topic(library, "quais").faults) == [
        "no topic 'quais' in Harbour [sic] notes (small); did you mean 'quays'?"
    ]
    assert list_messages(describe_sources(library, "harbor").faults) == [
        "no source 'harbor' in Harbour [sic] notes (small); did you mean 'harbour'?"
    ]  # fmt: skip


def test_a_part_of_the_base_is_exported_and_the_sources_that_it_cites(small_base: Path) -> None:
    library = open_base(small_base)

    part, whole = export_facts(library, source="harbour", para="2"), export_facts(library)

    assert (list_ids(part.facts), part.total) == (["nine-cranes"], 1)
    assert (list_ids(whole.facts), whole.total) == (["quay-rebuilt", "nine-cranes"], 2)
    assert export_facts(library, topic="boats").total == 0
    assert list_messages(export_facts(library, topic="boats").faults) == ["no fact in that part of the base"]
    assert export_sources(library, "ris").text == export_sources(library, "ris", topic="quays").text
    assert export_sources(library, "ris", topic="boats").text == ""


def test_a_base_is_diagnosed_alone_and_beside_copies(harbour: Library, tmp_path: Path) -> None:
    alone = diagnose_base(HARBOUR)
    beside = diagnose_base(HARBOUR, files=[("harbour", str(REPORT))])
    attach_copy(harbour, "harbour", REPORT)
    attached = diagnose_base(HARBOUR, copies=tmp_path / "data")

    assert (alone.findings, alone.compared) == ([], [])
    assert alone.summary == "no findings in 34 facts and 11 topics"
    assert (beside.findings, beside.compared) == (attached.findings, attached.compared) == ([], ["harbour"])
    with pytest.raises(NotFoundError, match="no source 'harbor'"):
        diagnose_base(HARBOUR, files=[("harbor", str(REPORT))])


ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@given(ANY_TEXT)
def test_whatever_is_searched_for_is_answered_or_is_wrong_usage(query: str) -> None:
    try:
        answer = search_facts(LIBRARY, query, limit=3)
    except UsageError:
        return

    assert len(answer.facts) <= min(3, answer.total)
    assert bool(answer.facts) != bool(answer.faults)
    assert all(isinstance(fault, NotFoundError) for fault in answer.faults)


@given(st.lists(ANY_TEXT | st.sampled_from(["not-in-ilo", "hrw-2020:15", "hrw-2020:15@00000000", "hrw-2020"])))
def test_every_ref_names_something_or_is_a_fault_unless_all_are_malformed(refs: list[str]) -> None:
    try:
        answer = show_refs(LIBRARY, refs)
    except UsageError:
        return

    assert len(answer.groups) + len(answer.faults) == len(refs)
