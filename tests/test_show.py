"""Pages for people, in a real pseudo-terminal: golden files, colour, width, and nothing read as markup.

``RIGHTS_TESTS_WRITE_GOLDEN=1 pytest tests/test_show.py`` writes the golden files anew; review them as a diff.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, SMALL_BASE, compare_golden, run_rights
from rightscli.show import cut_line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")

HARBOUR, REPORT = ROOT / "tests" / "data" / "harbour.yaml", ROOT / "tests" / "data" / "harbour-report.txt"
PAGES = {
    "search": ["search", "forced", "labor", "-n", "4"],
    "search-typo": ["search", "dallyeondea"],
    "show-fact": ["show", "absence-from-work-punished"],
    "show-passage": ["show", "hrw-2020:15"],
    "show-passages": ["show", "hrw-2020:7-8"],
    "search-why": ["search", "labour", "camp", "absenteeism", "--why", "-n", "1"],
    "topics": ["topics"],
    "topics-one": ["topics", "songbun"],
    "sources": ["sources"],
    "sources-one": ["sources", "hrw-2020"],
    "cite": ["cite", "hrw-2020:13,15-17", "--style", "bluebook"],
    "cite-all": ["cite", "hrw-2020:13", "--all-styles"],
    "quote": ["quote", "absence-from-work-punished"],
    "styles": ["styles"],
}


def run_in_terminal(arguments: list[str], *, columns: int = 80, env: dict[str, str] | None = None) -> str:
    """Return what the command prints, standard error included, to a terminal that is *columns* wide."""
    import pty

    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": str(columns)} | (env or {})
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-m", "rightscli", *arguments], environment)
    printed = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux's word for the end of a pseudo-terminal
            break
        if not piece:
            break
        printed += piece
    os.waitpid(child, 0)
    os.close(terminal)
    return printed.decode().replace("\r\n", "\n")


@cache
def read_page(name: str, columns: int) -> str:
    """Return one of PAGES, without its colours."""
    return strip_colour(run_in_terminal(PAGES[name], columns=columns))


def strip_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)


@pytest.mark.parametrize("columns", [60, 160])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_golden_one(name: str, columns: int) -> None:
    compare_golden(f"{name}-{columns}.txt", read_page(name, columns))


@pytest.mark.parametrize("columns", [40, 60, 160])
@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"show-fact", "cite", "quote"}))
def test_no_line_is_wider_than_the_terminal(name: str, columns: int) -> None:
    lines = read_page(name, columns).splitlines()

    # Asides on standard error are wrapped by the terminal.
    assert max(len(line) for line in lines if not line.startswith("rights: ")) <= columns


def test_matched_words_are_bold_and_underlined_and_the_citation_is_dimmed() -> None:
    page = run_in_terminal(["search", "absenteeism", "rodong"])

    assert "(\x1b[1;4mrodong\x1b[0m" in page
    assert re.search(
        r"\x1b\]8;;https://www.hrw.org/[^\x1b]*#:~:text=Ordinary%20North[^\x1b]*\x1b\\"
        r"\x1b\[2m\(Human Rights Watch, 2020, para. 13\)\x1b\[0m\x1b\]8;;\x1b\\",
        page,
    )


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(env: dict[str, str]) -> None:
    page = run_in_terminal(["search", "absenteeism"], env=env)

    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", page)
    if "TERM" in env:
        assert "\x1b" not in page


def test_force_color_colours_the_lines_of_a_pipe_and_leaves_their_fields() -> None:
    plain = run_rights("search", "labor").out
    painted = run_rights("search", "labor", env={"FORCE_COLOR": "1"}).out

    assert "\x1b[1;4mlabor\x1b[0m" in painted
    assert strip_colour(painted) == plain
    assert run_rights("search", "labor", env={"FORCE_COLOR": "0"}).out == plain
    assert run_rights("search", "labor", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out == plain


@pytest.mark.parametrize("columns", ["0", "1", "x"])
def test_a_width_that_is_none_loses_nothing(columns: str) -> None:
    page = run_in_terminal(["search", "absenteeism"], env={"COLUMNS": columns})

    assert "absence-from-work-punished" in page


@pytest.mark.parametrize("columns", [20, 30, 44])
@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_has_every_word_of_a_wide_one(name: str, columns: int) -> None:
    wide, narrow = read_page(name, 160), read_page(name, columns)

    # A longer word may be broken, an address is.
    words = set(re.findall(r"(?<![\w/.%:@-])[\w-]{1,12}(?![\w/.%:@-])", wide))
    assert words - set(re.findall(r"[\w-]+", narrow)) == set()


def test_the_documents_are_listed_on_a_terminal_as_other_things_are() -> None:
    page = strip_colour(run_in_terminal(["schema"], columns=40))

    assert page.startswith("add-fact · What became of facts that\n  were to be added\nadd-source · ")
    assert run_rights("schema").out.startswith("add-fact\tWhat became of facts that were to be added\n")


def test_a_dumb_terminal_has_the_width_that_it_says() -> None:
    page = run_in_terminal(["search", "forced", "labor"], columns=60, env={"TERM": "dumb"})

    assert 50 < max(len(line.rstrip()) for line in page.splitlines()) <= 60


def test_nothing_of_the_base_is_read_as_markup(tmp_path: Path) -> None:
    base = tmp_path / "small.yaml"
    base.write_text(SMALL_BASE % ("a" * 64, "b" * 64, "c" * 64), encoding="utf-8")

    page = strip_colour(run_in_terminal(["show", "quay-rebuilt", "--base", str(base)], columns=160))
    sources = strip_colour(run_in_terminal(["sources", "--base", str(base)], columns=160))

    assert "The quay of Anyport was rebuilt [sic] in May 2021." in page
    assert "“The Harbour [sic] of Anyport” (2021)." in sources


def test_the_rest_is_told_on_standard_error() -> None:
    page = run_in_terminal(["search", "labor", "-n", "1"])

    assert re.search(r"rights: 1 of (\d+) facts; -n \1 shows them all\n$", page)


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_a_remark_is_broken_between_words(columns: int) -> None:
    page = run_in_terminal(["search", "jamal", "khashoggi"], columns=columns)

    lines = page.replace("\r", "").splitlines()
    assert max(map(len, lines)) <= columns
    assert "nothing later than that chapter" in " ".join(line.strip() for line in lines)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment whose copies are kept in a folder of its own."""
    return {"XDG_DATA_HOME": str(tmp_path / "data"), "NO_COLOR": "1", "RIGHTS_PAGER": ""}


def test_lists_that_have_no_page_of_their_own_are_broken_between_words(
    home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "copy.txt"
    copy.write_text(
        REPORT.read_text(encoding="utf-8").replace("Port Sallow", "Port Sorrow and Sallow"), encoding="utf-8"
    )
    base = tmp_path / "base.yaml"
    base.write_text(
        HARBOUR.read_text(encoding="utf-8").replace("topics:\n", f"topics:\n  unused: {{label: {'x ' * 20}}}\n", 1)
    )

    for arguments in (["attach", "harbour", copy.name, "--base", str(HARBOUR)], ["doctor", base.name]):
        piped = run_rights(*arguments, env=home, cwd=tmp_path)
        shown = strip_colour(run_in_terminal(arguments, columns=60, env=home))

        assert piped.out.count("\n") < shown.count("\n")
        assert max(map(len, map(str.rstrip, shown.splitlines()))) <= 60
        assert " ".join(shown.replace(" · ", " ").split()).startswith(" ".join(piped.out.split()))


@given(st.text("ab ¶한", max_size=60), st.data(), st.integers(20, 40))
def test_a_line_around_a_piece_is_cut_between_words_and_says_so(line: str, data: st.DataObject, room: int) -> None:
    first = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(first, len(line)))

    before, piece, behind = cut_line(line, first, end, room)

    assert len(before + piece + behind) <= room
    start, shown = first - len(before.removeprefix("…")), (before.removeprefix("…") + piece + behind.removesuffix("…"))
    assert line[start : start + len(shown)] == shown
    assert before.startswith("…") == (start > 0)
    assert behind.endswith("…") == (start + len(shown) < len(line))
    assert line[first:end].startswith(piece)
    assert piece == line[first:end] or behind == "…"
    if " " in line[start : start + room] and 0 < start < first:
        assert line[start - 1] == " " or " " not in line[start:first]


def test_passages_are_shown_with_what_was_found_marked(home: dict[str, str]) -> None:
    run_rights("attach", "harbour", str(REPORT), "--base", str(HARBOUR), env=home)

    shown = run_in_terminal(
        ["search", "--passages", "contracts", "-n", "1", "--base", str(HARBOUR)],
        columns=60,
        env=home | {"NO_COLOR": ""},
    )

    assert re.search("\x1b\\[[0-9;]*mcontracts\x1b", shown)
    assert re.search(r"^1\. .*^   harbour:\d+@[0-9a-f]{8} · .* facts?$", strip_colour(shown), re.DOTALL | re.MULTILINE)
