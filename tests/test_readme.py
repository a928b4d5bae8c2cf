"""The README and docs/, executed: each command is run and its output compared with the one printed below it."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))}
# A console block holds commands, each behind "$ ", and below each one what it prints.
SESSIONS = [
    (name, re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE))
    for name, page in PAGES.items()
    for block in re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
]


@pytest.mark.skipif(not shutil.which("bash"), reason="the README's commands are for a POSIX shell")
@pytest.mark.parametrize(
    "session", [session for _, session in SESSIONS], ids=[f"{name}: {session[0][0]}" for name, session in SESSIONS]
)
def test_a_session_of_the_readme_prints_what_the_readme_says(session: list[tuple[str, str]], tmp_path: Path) -> None:
    # As in a clone; nothing is written there.
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command, out in session:
        # The user's own file, which the README shows.
        if shown := re.fullmatch(r"cat ([\w.-]+)", command):
            (tmp_path / shown[1]).write_text(out, encoding="utf-8")
        process = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

        # What a person sees: both streams, and an ellipsis where the README leaves lines out.
        pattern = re.escape(out).replace(re.escape("…\n"), "(?:.*\n)*?")
        printed = process.stdout + process.stderr
        assert re.fullmatch(pattern, printed), f"{command}\n{printed}"


def test_the_python_of_the_readme_returns_what_the_readme_says() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", "\n".join(PAGES.values()), re.MULTILINE | re.DOTALL)
    said = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", None, 0)
    told: list[str] = []

    outcome = doctest.DocTestRunner().run(said, out=told.append)

    assert outcome.attempted > 0
    assert ("".join(told), outcome.failed) == ("", 0)


def test_the_readme_shows_every_command() -> None:
    shown = {command.split()[1] for _, session in SESSIONS for command, _ in session}

    assert {"search", "show", "topics", "sources", "cite", "export", "init", "add", "doctor"} <= shown


def test_the_readme_is_short_and_shows_three_pictures() -> None:
    pictures = re.findall(r"!\[[^\]]{20,}\]\((docs/pictures/[^)]+)\)", README)

    assert len(README.splitlines()) < 300
    assert README.count("![") == len(pictures) == len(set(pictures)) == 3
    assert sum((ROOT / picture).stat().st_size for picture in pictures) < 500_000


def test_the_words_of_the_field_are_explained_where_they_first_occur() -> None:
    for word in ("REF", "pinpoint", "seal"):
        first = re.search(rf"\b{word}s?\b", README)
        assert first
        assert README[: first.start()].endswith("**"), word


def find_anchors(page: str) -> set[str]:
    """Return the names by which a page's headings are linked to (GitHub's)."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_each_link_to_the_project_s_own_files_leads_to_one(name: str) -> None:
    folder = ROOT if name == "README.md" else ROOT / "docs"
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", PAGES[name], flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", prose)

    for path, anchor in links:
        target = folder / path if path else folder / name
        assert target.exists(), path
        assert not anchor or anchor in find_anchors(target.read_text(encoding="utf-8")), anchor


def test_the_picture_of_a_terminal_is_what_the_commands_print() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_pictures.py"), "--check"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)

    # After a change of a page: python tools/make_pictures.py
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_the_readme_begins_with_the_two_commands_that_set_up() -> None:
    first, second = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[:2]

    assert first.splitlines()[0].endswith("rights search forced labor")
    assert second.splitlines()[0].endswith("pytest")
