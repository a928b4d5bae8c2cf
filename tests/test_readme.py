"""The README, executed: each command is run and its output compared with the one printed below it."""

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
# A console block holds commands, each behind "$ ", and below each one what it prints.
BLOCKS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SESSIONS = [re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE) for block in BLOCKS]


@pytest.mark.skipif(not shutil.which("bash"), reason="the README's commands are for a POSIX shell")
@pytest.mark.parametrize("session", SESSIONS, ids=[session[0][0] for session in SESSIONS])
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
    blocks = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    said = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", None, 0)
    told: list[str] = []

    outcome = doctest.DocTestRunner().run(said, out=told.append)

    assert outcome.attempted > 0
    assert ("".join(told), outcome.failed) == ("", 0)


def test_the_readme_shows_every_command() -> None:
    shown = {command.split()[1] for session in SESSIONS for command, _ in session}

    assert {"search", "show", "topics", "sources", "cite", "export", "init", "add", "doctor"} <= shown


def test_the_readme_begins_with_the_two_commands_that_set_up() -> None:
    first, second = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[:2]

    assert first.splitlines()[0].endswith("rights search forced labor")
    assert second.splitlines()[0].endswith("pytest")
