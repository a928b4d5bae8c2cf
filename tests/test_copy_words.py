"""Facts found by the words of attached copies, and the passages themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, Outcome, run_rights
from rightscli.answers import open_base
from rightscli.answers.copies import attach_copy, detach_copy
from rightscli.answers.search import search_facts
from rightscli.index import cache as cache_module

HARBOUR, REPORT = str(ROOT / "tests" / "data" / "harbour.yaml"), ROOT / "tests" / "data" / "harbour-report.txt"

WORD = "biologist"
"""A word of one passage, and of no fact."""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def ask(home: dict[str, str], command: str, *arguments: str) -> Outcome:
    return run_rights(command, *arguments, "--base", HARBOUR, env=home)


def test_a_fact_is_found_by_the_words_of_its_passage_as_long_as_the_copy_is_attached(home: dict[str, str]) -> None:
    before = ask(home, "search", WORD, "--json")
    ask(home, "attach", "harbour", str(REPORT))
    found = ask(home, "search", WORD, "--json")
    told = ask(home, "search", WORD, "-f", "ids")
    ask(home, "detach", "harbour")
    after = ask(home, "search", WORD, "--json")

    assert all(one["match"]["fields"] == {WORD: "passage"} for one in json.loads(found.out)["results"])
    assert told.err == f"rights: no '{WORD}' in the facts; found in a passage\n"
    assert before == after
    assert before.code == 1


def test_words_of_a_fact_beside_one_of_a_passage_must_be_more_than_half_a_query(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))

    assert ask(home, "search", "opposition observers started").code == 1
    assert ask(home, "search", f"marine {WORD}").code == 0


def test_a_misspelt_word_of_a_passage_is_remarked_on_once(home: dict[str, str]) -> None:
    told = ask(home, "search", "schedulde review", "-f", "ids")

    assert told.err == "rights: no 'schedulde' in this base; showing results for 'scheduled'\n"


def test_the_words_of_a_copy_lie_in_the_cache_for_their_owner_alone_and_go_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_TICK_NS", -(10**12))
    cache = tmp_path / "cache"
    library = open_base(HARBOUR, cache=cache, copies=tmp_path / "data")
    attach_copy(library, "harbour", REPORT)

    def list_kept() -> list[Path]:
        return [path for path in cache.iterdir() if WORD.encode() in path.read_bytes()]

    first, (kept,) = search_facts(library, WORD), list_kept()
    written = kept.stat().st_mtime_ns
    again = search_facts(library, WORD)

    assert first == again
    assert first.total > 0
    assert (kept.stat().st_mtime_ns, kept.stat().st_mode & 0o077) == (written, 0)
    detach_copy(library, "harbour")
    assert list_kept() == []
    assert search_facts(library, WORD).total == 0


def test_passages_are_found_with_their_words_and_the_number_of_their_facts(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))

    found = json.loads(ask(home, "search", "--passages", WORD, "--json").out)
    none = ask(home, "search", "--passages", "zeppelin")

    assert found["schema"] == "rights.passages/1"
    assert found["total"] == found["returned"] == len(found["results"])
    assert all(WORD in one["words"].lower() and one["match"]["fields"] == {WORD: "passage"} for one in found["results"])
    assert all(run_rights("show", one["ref"], "--base", HARBOUR, env=home).code == 0 for one in found["results"])
    assert none == Outcome(1, "", "rights: nothing in the attached copies for 'zeppelin'\n")


def test_the_words_of_every_passage_find_it_first(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))
    passages = json.loads(ask(home, "sources", "harbour", "--json").out)["results"][0]["paragraphs"]
    texts = [line for line in REPORT.read_text(encoding="utf-8").splitlines() if len(line) > 100]

    for passage, text in zip(passages, texts, strict=True):
        words = text.replace('"', "").split()[:12]
        assert ask(home, "search", "--passages", "-n", "1", "-f", "ids", *words).out == passage["ref"] + "\n"


def test_without_a_copy_the_way_to_attach_one_is_told(home: dict[str, str]) -> None:
    found = ask(home, "search", "--passages", WORD)

    hint = "  rights attach harbour FILE\n"
    assert found == Outcome(1, "", "rights: no copy is attached to search in\n" + hint)


def test_where_no_fact_answers_and_a_copy_does_the_search_says_so(home: dict[str, str], tmp_path: Path) -> None:
    base = yaml.safe_load(Path(HARBOUR).read_text(encoding="utf-8"))
    base["facts"] = [fact for fact in base["facts"] if fact["cites"] != {"harbour": 8}]
    thinner = tmp_path / "thinner.yaml"
    thinner.write_text(yaml.safe_dump(base), encoding="utf-8")
    run_rights("attach", "harbour", str(REPORT), "--base", str(thinner), env=home)

    found = run_rights("search", WORD, "--base", str(thinner), env=home)

    assert found.code == 1
    assert found.err.endswith("rights: no fact, but an attached copy holds it: rights search --passages\n")


def test_passages_refuse_what_is_said_of_facts(home: dict[str, str]) -> None:
    found = ask(home, "search", "--passages", WORD, "--topic", "wages")

    assert found == Outcome(2, "", "rights: --passages does not go with --topic\n")
