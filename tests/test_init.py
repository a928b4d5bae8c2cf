"""rights init: a base that loads as it stands, with examples that are right as soon as their comment signs go."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import rightscli
from conftest import run_rights
from rightscli.answers import open_base
from rightscli.answers.cite import cite_refs
from rightscli.answers.init import begin_base
from rightscli.base.load import read_base
from rightscli.base.paths import name_templates
from rightscli.cite.engines import compile_templates
from rightscli.cite.engines.slots import write_templates
from rightscli.cite.items import make_csl_item
from rightscli.cite.styles import STYLES
from rightscli.doctor import examine_base
from rightscli.errors import UnreadableError
from rightscli.records import make_source_record

NEXT = "  next: rights add source KEY FILE --base {}\n"


def uncomment(text: str) -> str:
    """Return *text* with its examples below the section that they stand above, the license among the first fields."""
    lines: list[str] = []
    examples: list[str] = []
    for line in text.splitlines():
        if line.startswith("#  "):
            examples.append(line[1:])
        else:
            lines += [line.removeprefix("# ") if line.startswith("# license") else line]
        if line in ("sources:", "topics:", "facts:"):
            lines += examples
            examples = []
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_a_base_is_begun_empty_and_every_command_answers_from_it(folder: Path) -> None:
    begun = run_rights("init", cwd=folder)

    wrote = "rights: wrote facts.yaml, and facts.schema.json, by which editors complete it\n"
    assert (begun.code, begun.out, begun.err) == (0, "", wrote + NEXT.format("facts.yaml"))
    base = ("--base", "facts.yaml")
    nothing = (
        1,
        "",
        "rights: nothing in this base for 'torture'\n  the base covers: Say here, in two sentences, what the ",
    )
    searched = run_rights("search", "torture", *base, cwd=folder)
    assert (searched.code, searched.out, searched.err[: len(nothing[2])]) == nothing
    judged = run_rights("doctor", "facts.yaml", cwd=folder)
    assert (judged.code, judged.out.splitlines()) == (
        0,
        [
            f"facts.yaml:1: notice: {one}: still what rights init wrote; say what this base is"
            for one in ("title", "scope")
        ],
    )
    assert judged.err == "rights: 2 findings in no facts and no topics\n"
    for command in ("topics", "sources", "export"):
        told = run_rights(command, *base, cwd=folder)
        assert (told.code, told.out, told.err) == (0, "", "")
    assert run_rights("show", "x:1", *base, cwd=folder).err == (
        "rights: no source 'x' in A base of my own (facts); --base names another\n"
    )
    assert json.loads(run_rights("search", "x", "--json", *base, cwd=folder).out)["total"] == 0


def test_a_file_that_is_there_stays(folder: Path) -> None:
    (folder / "mine.yaml").write_text("mine")
    (folder / "facts.schema.json").write_text("mine, too")
    (folder / "gone.yaml").symlink_to(folder / "nowhere")

    refused = run_rights("init", "mine.yaml", cwd=folder)
    other = run_rights("init", "other.yaml", cwd=folder)
    link = run_rights("init", "gone.yaml", cwd=folder)

    err = "rights: mine.yaml: is there already, and stays as it is\n  name another file\n"
    assert (refused.code, refused.out, refused.err) == (3, "", err)
    assert (other.code, other.out, other.err) == (0, "", "rights: wrote other.yaml\n" + NEXT.format("other.yaml"))
    assert link.code == 3
    assert (folder / "mine.yaml").read_text() == "mine"
    assert (folder / "facts.schema.json").read_text() == "mine, too"
    assert not (folder / "nowhere").exists()


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file or directory"):
        begin_base(folder / "none" / "facts.yaml")


def test_in_git_it_says_how_two_curators_get_along(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "inner").mkdir()

    begun = run_rights("init", "inner/facts.yaml", cwd=folder)

    assert "merge=union would drop a line that both share" in begun.err


def test_the_examples_load_and_validate_when_their_comment_signs_go(folder: Path) -> None:
    path = folder / "facts.yaml"
    begin_base(path)
    path.write_text(uncomment(path.read_text()))

    base = read_base(path)

    assert {source.type for source in base.sources.values()} == {"report", "treaty", "legal_case", "webpage", "book"}
    assert (len(base.facts), list(base.topics), base.license) == (1, ["prisons", "justice"], "CC-BY-4.0")
    assert {finding.level for finding in examine_base(base)} == {"warning", "notice"}
    schema = json.loads(Path(rightscli.__file__).with_name("facts.schema.json").read_text())

    assert (
        list(
            Draft202012Validator(schema).iter_errors(
                json.loads(json.dumps(yaml.safe_load(path.read_text()), default=str))
            )
        )
        == []
    )


def test_the_schema_line_names_the_file_that_is_written_beside_it(folder: Path) -> None:
    answer = begin_base(folder / "facts.yaml")

    named = re.match(r"# yaml-language-server: \$schema=(.*)", Path(answer.path).read_text())
    assert named
    assert Path(answer.schema) == folder / named[1]
    assert json.loads(Path(answer.schema).read_text())["title"]


CITED = {
    (
        "oscola",
        "report:12",
    ): "Freedonia Rights Watch, ‘Without a Hearing: Detention in Freedonia’ (Freedonia Rights Watch 2019) para 12",
    ("oscola", "treaty:9(1)"): "Convention on the Rights of Detained Persons (20 November 1989), 1577 UNTS 3 art 9(1)",
    ("oscola", "judgment:63"): "Doe v Freedonia [2011] European Court of Human Rights 12345/06, 2011-II ECHR 41 [63]",
    ("oscola", "un-document:28"): "(United Nations 2019) A/HRC/40/66 para 28",
    (
        "oscola",
        "page:3",
    ): "(Example News, 3 December 2019) para 3 <https://example.org/news/last-camp> accessed 14 January 2020",
    ("oscola", "book:14"): "John Doe, A History of Detention (2nd edn, Example University Press 2015) 14",
    ("bluebook", "treaty:9(1)"): "Convention on the Rights of Detained Persons, 1577 UNTS 3",
    ("bluebook", "judgment:63"): "2011-II ECHR 41",
    ("bluebook", "page:3"): "Freedonia Closes Its Last Prison Camp, Example News",
    ("bluebook", "book:14"): "John Doe, A History of Detention 14",
    ("apa", "treaty:9(1)"): "(Convention on the Rights of Detained Persons, 1989, ",
    ("apa", "un-document:28"): "(UN Human Rights Council, 2019, para. 28)",
    ("apa", "book:14"): "(Doe, 2015, p. 14)",
    (
        "chicago-notes",
        "treaty:9(1)",
    ): "Convention on the Rights of Detained Persons, November 20, 1989, 1577 UNTS 3, art. 9(1)",
    ("chicago-notes", "judgment:63"): "2011-II ECHR 41 (European Court of Human Rights 2011), ¶ 63",
    ("chicago-notes", "un-document:28"): "A/HRC/40/66 (United Nations, 2019), para. 28",
    ("chicago-notes", "book:14"): "John Doe, A History of Detention, 2nd ed. (Example University Press, 2015), 14.",
}


def test_the_examples_are_cited_as_lawyers_and_scholars_cite_them(folder: Path) -> None:
    pytest.importorskip("citeproc")
    path = folder / "facts.yaml"
    begin_base(path)
    path.write_text(uncomment(path.read_text()))
    sources = read_base(path).sources
    items = {key: make_csl_item(make_source_record(source)["csl"]) for key, source in sources.items()}
    units = {key: source.shown_unit for key, source in sources.items()}
    styles = [style for style in STYLES if any(style.name == name for name, _ in CITED)]
    write_templates(name_templates(str(path)), compile_templates(items, units, styles=styles).templates)

    library = open_base(path)
    cited = {
        (style, ref): cite_refs(library, f"example-{ref}", style=style).citations[0]["text"] for style, ref in CITED
    }

    assert {one: text for one, text in cited.items() if CITED[one] not in text} == {}
