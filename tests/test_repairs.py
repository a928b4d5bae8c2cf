"""check --fix: what is repaired is the better for it, and nothing beside it is harmed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Outcome, run_rights
from rightscli.answers.check import gather_materials
from rightscli.base.load import read_base
from rightscli.base.paths import find_bundled_base
from rightscli.check.examine import Materials, examine_draft
from rightscli.check.findings import FAILABLE, GOOD, DraftFinding
from rightscli.check.quoted.passages import prepare_paragraphs
from rightscli.check.repairs import mend_draft
from rightscli.check.report import format_diff
from rightscli.copies.reading import find_paragraphs
from rightscli.drafts import parse_draft
from rightscli.drafts.closed import find_closed_spans
from rightscli.errors import UnreadableError
from rightscli.files import list_files_once, replace_bytes
from rightscli.index.building import open_index

DATA = ROOT / "tests" / "data"
HARBOUR, REPORT = str(DATA / "harbour.yaml"), str(DATA / "harbour-report.txt")
BASE = read_base(HARBOUR)
TEXTS = find_paragraphs(BASE.sources["harbour"], Path(REPORT).read_text("utf-8"))
MATERIALS = gather_materials(open_index(HARBOUR, None))._replace(
    passages=prepare_paragraphs({("harbour", number): text for number, text in TEXTS.items()})
)
FORMS = ("markdown", "text", "html", "latex")


def examine(text: str, form: Any, materials: Materials = MATERIALS) -> list[DraftFinding]:
    return examine_draft("draft", text, parse_draft(text, form=form), materials).findings


def mend(text: str, form: Any = "markdown", materials: Materials = MATERIALS) -> str:
    return mend_draft(text, examine(text, form, materials), lambda new: examine(new, form, materials))


# The words of a quotation that stand in paragraph 6, and nowhere else.
DIED = "at least 38 crew members died at sea"
# A claim that paragraph 11 bears out.
HELD = "Harbor police in Vestmar detained 512 foreign crew members in 2020"


def test_the_examples_are_what_they_are_meant_to_be() -> None:
    assert [(one.verdict, one.ref) for one in examine(f"{HELD}.", "markdown")] == [("supported", "harbour:11")]
    assert [one.ref for one in examine(f"“{DIED}” (harbour:3).", "markdown")] == ["harbour:6", "harbour:3"]


@pytest.mark.parametrize(
    ("said", "mended"),
    [
        ("“{}” (harbour:3).", "“{}” (harbour:6)."),
        ("As Tidewatch says, “{}” [@harbour, para. 3].", "As Tidewatch says, “{}” [@harbour, para. 6]."),
        ("Its authors note: “{}” (Tidewatch, 2022, para. 3).", "Its authors note: “{}” (Tidewatch, 2022, para. 6)."),
        ("> {} (harbour:3)", "> {} (harbour:6)"),
        # Its sentence asserts something else, for which the citation may be right.
        ("The quota was cut, while “{}” (harbour:3).", None),
        ("In 2020, “{}” (harbour:3).", None),
        ("“{}” and “each harbor receives a yearly quota” (harbour:3).", None),
        # Several passages, sealed ones, what is not understood.
        *((f"“{{}}” (harbour:{place}).", None) for place in ("3-4", "3--4", "3,4", "3@2a2e0e2f", "3@x", "3-x")),
        *((f"“{{}}” (harbour:{place}).", None) for place in ("3f.", "3 ff.", "3a")),
        *((f"“{{}}” [@harbour, {place}].", None) for place in ("paras. 3, 4", "paras. 3 to 4", "¶3, ¶4", "paras. 3 and more")),
        ("“{}” (harbour:3; harbour:4).", None),
        ("As “{}” [@harbour, see ¶ 3].", "As “{}” [@harbour, see ¶ 6]."),
        ("As “{}” (para. 3 of harbour).", "As “{}” (para. 6 of harbour)."),
        # What stands beside it would be left wrong.
        ("“{}” ([harbour:3](https://example.org#3)).", None),
        ("“{}” (`harbour:3`).", None),
    ],
)  # fmt: skip
def test_a_pinpoint_is_rewritten_where_its_sentence_says_nothing_else(said: str, mended: str | None) -> None:
    assert mend(said.format(DIED)) == (mended or said).format(DIED)


@pytest.mark.parametrize(
    ("beside", "added"),
    [
        ("", " (harbour:11)"),
        ("See (Tidewatch, 2022, para. 3).", " (Tidewatch, 2022, para. 11)"),
        ("It is so [@harbour, para. 3].", " [@harbour, para. 11]"),
        ("It is so [@doe2019, p. 3].", " [@harbour, para. 11]"),
        ("It is so (harbour:3).", " (harbour:11)"),
    ],
)
def test_a_citation_is_added_in_the_style_that_the_draft_uses(beside: str, added: str) -> None:
    assert mend(f"{HELD}.\n\n{beside}\n") == f"{HELD}{added}.\n\n{beside}\n"


@pytest.mark.parametrize(
    ("beside", "added"),
    [
        ("Human Rights Watch (2020, para. 3) says more.", " (Human Rights Watch, 2020, para. 9)"),
        # Where a citation stands in a note, nobody can tell where another is to stand.
        ("It is so.[^1]\n\n[^1]: Human Rights Watch, “North Korea: Events of 2019,” 2020, para. 3.", ""),
    ],
)
def test_a_citation_in_print_is_copied_where_it_can_be(beside: str, added: str) -> None:
    materials = gather_materials(open_index(find_bundled_base(), None))
    claim = "Only 1,137 North Koreans reached South Korea in 2018"

    mended = mend(f"{claim}.\n\n{beside}\n", materials=materials)

    assert mended == f"{claim}{added}.\n\n{beside}\n"


@pytest.mark.parametrize(
    ("beside", "added"),
    [
        ("", " (harbour:11)"),
        ("So \\autocite[3]{doe}.", "~\\autocite[para.~11]{harbour}"),
        ("So \\parencite{doe} and \\parencite{roe}, \\autocite{x}.", "~\\parencite[para.~11]{harbour}"),
        ("As \\textcite{doe} says.", "~\\parencite[para.~11]{harbour}"),
        ("As \\citet{doe} says.", "~\\citep[para.~11]{harbour}"),
        ("So.\\footcite{doe}", "\\footcite[para.~11]{harbour}"),
    ],
)
def test_a_citation_in_latex_is_added_by_the_command_that_the_draft_uses(beside: str, added: str) -> None:
    assert mend(f"{HELD}.\n\n{beside}\n", "latex") == f"{HELD}{added}.\n\n{beside}\n"


@pytest.mark.parametrize(
    ("form", "text", "added"),
    [
        ("markdown", "**{}**{}.", True),
        ("markdown", "**{}{}.**", True),
        ("markdown", "- {}{}", True),
        ("markdown", "[{}](http://x.y){}.", True),
        ("markdown", "[{}.{}](http://x.y)", False),
        ("markdown", "[{}.{}][x]\n\n[x]: http://x.y", False),
        ("markdown", "`{}{}.`", False),
        ("markdown", "- {} https://example.org/a{}", True),
        ("markdown", "- {} <https://example.org/a>{}", False),
        ("markdown", "- {} &amp;{}", False),
        ("markdown", "{}, etc{}.", False),
        ("markdown", "{} ..{}.", False),
        ("html", "<p>{}{}.</p>", True),
        ("html", "<p><a href='x'>{}{}.</a></p>", False),
        ("html", "<p><code>{}{}</code></p>", False),
        ("html", "<p>{} &amp;{}</p>", False),
        ("latex", "\\emph{{{}}}{}.", True),
        ("latex", "\\emph{{{}{}.}}", False),
        ("latex", "{} \\url{{https://example.org/a{}}}", False),
        ("latex", "{} \\verb!x{}!", False),
        ("latex", "{} \\gls{{harbor{}}}", False),
        ("latex", "So.\\footnote{{{}{}.}}", False),
        ("text", "{}{}.", True),
        ("text", "{}{}", False),
        ("text", "<{}{}.>", False),
        ("text", "{}, and “no vessel leaves{}. It stays”.", False),
    ],
)  # fmt: skip
def test_a_citation_is_added_outside_of_all_that_it_would_break(form: str, text: str, added: bool) -> None:
    before, after = text.format(HELD, ""), text.format(HELD, " (harbour:11)")

    assert mend(before, form) == (after if added else before)


LINES = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=8).map("\n".join)


@pytest.mark.skipif(not shutil.which("patch") or not shutil.which("git"), reason="needs patch and git")
@pytest.mark.parametrize(
    "name",
    ["draft.md", "my draft.md", 'a "quoted" draft.md', "a\tb\\c.md", "Entwürfe – 1.md", "x\u202ey.md", os.fsdecode(b"b\xff.md")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\ntwo\nthree\n", "one\n2\nthree\n"),
        ("one\r\ntwo\r\n", "one\r\n2\r\n"),
        ("\ufeffone\ntwo", "\ufeffone\n2"),
        ("a\fb\x0bc\u2028d\x85e\x1cf\rg two\n", "a\fb\x0bc\u2028d\x85e\x1cf\rg 2\n"),
        ("\x1b[2J\ntwo\u202e", "\x1b[2J\n2\u202e"),
    ],
)
def test_a_diff_applies_whatever_the_draft_and_its_name_hold(
    name: str, before: str, after: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(before.encode())
    diff = format_diff(name, before, after).encode()

    assert b"\x1b" not in diff.partition(b"@@")[0]
    for command in (["git", "apply", "-"], ["git", "apply", "-R", "-"], ["patch", "-p1", "--binary", "-s"]):
        subprocess.run(command, input=diff, cwd=tmp_path, check=True)
        assert (tmp_path / name).read_bytes() == (before if "-R" in command else after).encode()


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@given(LINES, LINES)
def test_git_makes_of_a_draft_and_its_diff_the_mended_one(before: str, after: str) -> None:
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.md"
        draft.write_bytes(before.encode())
        if diff := format_diff("draft.md", before, after):
            subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=folder, check=True)

        assert draft.read_bytes() == after.encode()


def check_harbour(*arguments: str, cwd: Path) -> Outcome:
    """Run check on the made-up report's base, with its copy attached."""
    env = {"XDG_DATA_HOME": str(cwd / "data")}
    run_rights("attach", "harbour", REPORT, "--base", HARBOUR, env=env)
    return run_rights("check", *arguments, "--base", HARBOUR, env=env, cwd=cwd)


@pytest.mark.parametrize("other", ["./twice.md", "hard.md", "soft.md", "folder/../twice.md"])
def test_one_file_by_two_names_is_mended_once_and_the_others_too(other: str, tmp_path: Path) -> None:
    draft, third = tmp_path / "twice.md", tmp_path / "third.md"
    for path in (draft, third):
        path.write_text(f"“{DIED}” (harbour:3).\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "hard.md").hardlink_to(draft)
    (tmp_path / "soft.md").symlink_to(draft)

    outcome = check_harbour("--fix", "--write", "twice.md", other, "third.md", cwd=tmp_path)

    assert (outcome.code, outcome.out.count("@@ -1 +1 @@")) == (1, 2)
    assert outcome.err.splitlines()[:2] == ["rights: mended twice.md", "rights: mended third.md"]
    assert [path.read_text("utf-8") for path in sorted(tmp_path.glob("*.md"))] == [f"“{DIED}” (harbour:6).\n"] * 4
    assert (tmp_path / "soft.md").is_symlink()
    assert (tmp_path / "hard.md").samefile(draft)


def test_a_write_protected_draft_is_refused_for_root_too(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"“{DIED}” (harbour:3).\n", encoding="utf-8")
    draft.chmod(0o444)

    outcome = check_harbour("--fix", "--write", "draft.md", cwd=tmp_path)

    assert (outcome.code, outcome.err) == (3, "rights: draft.md: write-protected, so it is not written to\n")
    assert draft.read_text("utf-8") == f"“{DIED}” (harbour:3).\n"
    assert draft.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "draft.md"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_keeps_its_owner_and_its_rights(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_bytes(b"one")
    os.chown(draft, 12345, 23456)
    draft.chmod(0o641)

    replace_bytes(str(draft), b"one", b"two")

    status = draft.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (12345, 23456, 0o641)
    assert draft.read_bytes() == b"two"


def test_a_file_that_changes_while_another_is_written_beside_it_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_bytes(b"one")
    sync = os.fsync

    def sync_and_edit(descriptor: int) -> None:
        sync(descriptor)
        draft.write_bytes(b"1ne")

    monkeypatch.setattr(os, "fsync", sync_and_edit)

    with pytest.raises(UnreadableError, match="changed since it was read"):
        replace_bytes(str(draft), b"one", b"two")

    assert [path.name for path in tmp_path.iterdir()] == ["draft.md"]
    assert draft.read_bytes() == b"1ne"


def test_what_a_killed_writer_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_bytes(b"one")
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".draft.md.{int(gone.stdout)}-1.tmp"
    kept = [tmp_path / f".draft.md.{os.getpid()}-1.tmp", tmp_path / ".other.md.1-1.tmp", tmp_path / ".draft.md.x.tmp"]
    for path in (left, *kept):
        path.touch()

    replace_bytes(str(draft), b"one", b"two")

    assert sorted(tmp_path.iterdir()) == sorted([draft, *kept])


def test_a_draft_with_the_longest_name_is_written(tmp_path: Path) -> None:
    draft = tmp_path / ("n" * 252 + ".md")
    draft.write_bytes(b"one")

    replace_bytes(str(draft), b"one", b"two")

    assert draft.read_bytes() == b"two"


def test_files_are_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").touch()
    Path("b").touch()

    assert list_files_once(["a", "./a", "b", "-", "none", "none", "-", "\0"]) == ["a", "b", "-", "none", "\0"]


def quote_words(number: int, first: int, count: int) -> str:
    words = re.sub("[“”‘’]", "", TEXTS[number]).split()
    start = min(first, max(len(words) - count, 0))
    return " ".join(words[start : start + count]).strip(".,;:")


CITATIONS = {
    "markdown": [
        "(harbour:{0})",
        "[@harbour, para. {0}]",
        "(Tidewatch, 2022, para. {0})",
        "[harbour:{0}](http://x.y#{0})",
    ],
    "text": ["(harbour:{0})", "(Tidewatch, 2022, para. {0})", "<harbour:{0}>"],
    "html": [
        "(harbour:{0})",
        "(Tidewatch, 2022, para.&nbsp;{0})",
        "<a href='#{0}'>harbour:{0}</a>",
        "<code>harbour:{0}</code>",
    ],
    "latex": [
        "\\autocite[para.~{0}]{{harbour}}",
        "(harbour:{0})",
        "\\footcite[{0}]{{harbour}}",
        "\\gls{{harbour:{0}}}",
    ],
}
CLOSED = {
    "markdown": [
        *("https://example.org/a_b.", "<https://example.org/x>", "`{}`", "[{}](https://example.org/(y))", "&amp;"),
        *("[{}][z]", "*{}*", "$x$"),
    ],
    "text": ["https://example.org/a_b.", "<https://example.org/x>", "`{}`", "[{}]", "&c."],
    "html": [
        *("<a href='x.html'>{}</a>", "<code>{}</code>", "&amp;", "&#8212;", "<em>{}</em>", "<!-- {} -->", "<br>"),
    ],
    "latex": [
        *("\\url{{https://example.org/x}}", "\\verb!{}!", "\\gls{{{}}}", "\\emph{{{}}}", "$x$", "\\&", "% {}\n"),
        "\\href{{https://example.org}}{{{}}}",
    ],
}
SHAPES = {
    "markdown": ["{}", "- {}", "> {}", "| a | b |\n|---|---|\n| {} | c |"],
    "text": ["{}"],
    "html": ["<p>{}</p>", "<li>{}", "<blockquote>{}</blockquote>"],
    "latex": ["{}", "\\begin{{quote}}\n{}\n\\end{{quote}}", "\\item {}"],
}
NUMBERS = st.sampled_from(sorted(TEXTS))
PLACES = st.one_of(NUMBERS.map(str), st.sampled_from(["3, 4", "3-5", "3@b0152101", "99"]))
CLAIMS = st.sampled_from([fact.claim.rstrip(".") for fact in BASE.facts])
QUOTED = st.builds(quote_words, NUMBERS, st.integers(0, 50), st.integers(5, 12))
BODIES = st.one_of(CLAIMS, QUOTED.map("“{}”".format), QUOTED.map("“un{}”".format))
LEADS = st.sampled_from(["", "", "Tidewatch says that ", "In 2020, ", "As the report puts it: "])


@st.composite
def make_sentences(draw: st.DrawFn, form: str) -> str:
    """A sentence that claims or quotes something, cited or not, with something closed around it or in it."""
    lead, body = draw(LEADS), draw(BODIES)
    cited = draw(
        st.one_of(st.just(""), st.builds(str.format, st.sampled_from(CITATIONS[form]), PLACES).map(" {}".format))
    )
    closed = draw(st.one_of(st.just("{}"), st.sampled_from(CLOSED[form])))
    return draw(
        st.sampled_from(
            [
                f"{lead}{body}{cited}.",
                f"{lead}{body} {closed.format('x')}{cited}.",
                f"{lead}{closed.format(body)}{cited}.",
                closed.format(f"{lead}{body}{cited}."),
                f"{lead}{body}{cited}, and {draw(CLAIMS)}.",
                f"{lead}{body}{cited}, and “{draw(QUOTED)}”.",
                f"{lead}{body}{cited}",
            ]
        )
    )


@st.composite
def make_drafts(draw: st.DrawFn, form: str) -> str:
    paragraphs = draw(st.lists(st.lists(make_sentences(form), min_size=1, max_size=3).map(" ".join), max_size=4))
    shapes = [draw(st.sampled_from(SHAPES[form])) for _ in paragraphs]
    return draw(st.sampled_from(["\n\n", "\r\n\r\n"])).join(map(str.format, shapes, paragraphs))


def count_good(findings: list[DraftFinding]) -> Counter[tuple[str, str]]:
    return Counter((one.kind, one.ref or "") for one in findings if one.verdict in GOOD)


def count_problems(findings: list[DraftFinding], *, strict: bool) -> int:
    return sum(one.is_problem(FAILABLE if strict else ()) for one in findings)


def check_laws(draft: str, form: str) -> None:
    before, mended = examine(draft, form), mend(draft, form)
    after = examine(mended, form)

    assert mend(mended, form) == mended
    # A pinpoint that was right as such is replaced by another.
    assert not [kind for kind, _ in count_good(before) - count_good(after) if kind != "pinpoint"]
    assert count_problems(after, strict=False) <= count_problems(before, strict=False)
    # A problem weighs twice what a notice does: an altered quotation may be one that is cut short as well.
    faults, left = (sum(count_problems(found, strict=strict) for strict in (True, False)) for found in (before, after))
    assert (left < faults) == (mended != draft)
    closed, closed_after = find_closed_spans(draft, form).sealed, find_closed_spans(mended, form).sealed
    assert not Counter(draft[slice(*span)] for span in closed) - Counter(mended[slice(*span)] for span in closed_after)


@given(make_drafts("markdown"))
def test_a_repair_of_markdown_harms_nothing_and_leaves_nothing_to_repair(draft: str) -> None:
    check_laws(draft, "markdown")


@given(make_drafts("text"))
def test_a_repair_of_plain_text_harms_nothing_and_leaves_nothing_to_repair(draft: str) -> None:
    check_laws(draft, "text")


@given(make_drafts("html"))
def test_a_repair_of_html_harms_nothing_and_leaves_nothing_to_repair(draft: str) -> None:
    check_laws(draft, "html")


@given(make_drafts("latex"))
def test_a_repair_of_latex_harms_nothing_and_leaves_nothing_to_repair(draft: str) -> None:
    check_laws(draft, "latex")
