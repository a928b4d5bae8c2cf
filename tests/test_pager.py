"""Pages longer than the screen go through the reader's pager, on a terminal alone."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from conftest import run_rights
from judges import find_program
from terminals import Terminal, run_on_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal and a shell of POSIX")

LONG = ("topics", "prisons")


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that marks what goes through it, and says what it was told."""
    script = tmp_path / "pager with blank"
    script.write_text('#!/bin/sh\nprintf "<%s %s|" "$LESS" "$1"\ncat\nprintf "|>"\n')
    script.chmod(0o755)
    return f"{shlex.quote(str(script))} its-option"


def test_a_page_longer_than_the_screen_goes_through_the_pager_as_git_s_does(pager: str) -> None:
    code, shown = run_on_terminal(*LONG, env={"PAGER": pager})
    plain = run_on_terminal(*LONG, env={"PAGER": ""})

    assert (code, plain[0]) == (0, 0)
    assert shown == f"<FRX its-option|{plain[1]}|>"
    assert plain[1].count("\n") > 24


def test_rights_pager_goes_before_pager_and_less_keeps_what_the_reader_told_it(pager: str) -> None:
    env = {"PAGER": "false", "RIGHTS_PAGER": pager, "LESS": "-S"}

    assert run_on_terminal(*LONG, env=env)[1].startswith("<-S its-option|")


@pytest.mark.parametrize(
    ("arguments", "env", "rows"),
    [
        (LONG, {}, 200),
        (("--no-pager", *LONG), {}, 24),
        ((*LONG, "--no-pager"), {}, 24),
        ((*LONG, "--json"), {}, 24),
        ((*LONG, "-f", "tsv"), {}, 24),
        (LONG, {"RIGHTS_PAGER": ""}, 24),
        (LONG, {"RIGHTS_PAGER": "cat"}, 24),
        (LONG, {"TERM": "dumb"}, 24),
    ],
)
def test_nothing_else_does(arguments: tuple[str, ...], env: dict[str, str], rows: int, pager: str) -> None:
    code, shown = run_on_terminal(*arguments, env={"PAGER": pager} | env, rows=rows)

    assert code == 0
    assert "its-option" not in shown


def test_what_a_command_has_done_is_not_paged(pager: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("Quite another text.\n", encoding="utf-8")

    code, shown = run_on_terminal("attach", "hrw-2020", str(copy), env={"PAGER": pager}, rows=10)

    assert (code, shown.count("missing")) == (1, 23)
    assert "its-option" not in shown


def test_nothing_is_paged_in_a_pipe(pager: str) -> None:
    outcome = run_rights(*LONG, env={"PAGER": pager})

    assert (outcome.code, outcome.err) == (0, "")
    assert "its-option" not in outcome.out


def test_words_behind_two_dashes_are_words() -> None:
    outcome = run_rights("search", "--", "--no-pager", "zebra")

    assert outcome.err.startswith("rights: nothing in this base for '--no-pager zebra'\n")


@pytest.mark.parametrize("command", ["/nowhere/pager", "nowhere-pager --its-option"])
def test_a_pager_that_is_not_there_hides_nothing(command: str) -> None:
    code, shown = run_on_terminal(*LONG, env={"PAGER": command})

    assert code == 0
    assert shown.endswith(run_on_terminal(*LONG, env={"PAGER": "cat"})[1])


@pytest.mark.parametrize("command", ["true", "head -n 1", "exit 3"])
def test_a_reader_who_quits_the_pager_early_is_no_error(command: str, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("See hrw-2020:99.\n\n" * 1500, encoding="utf-8")

    code, shown = run_on_terminal(*LONG, env={"PAGER": command})
    judged = run_on_terminal("check", str(draft), env={"PAGER": command})

    assert (code, judged[0]) == (0, 1)
    assert "Traceback" not in shown + judged[1]
    assert "Broken" not in shown + judged[1]


def test_less_shows_the_first_screen_in_colour_and_waits(tmp_path: Path) -> None:
    environment = {"TERM": "xterm-256color", "PAGER": find_program("less"), "LESSHISTFILE": "-", "HOME": str(tmp_path)}
    terminal = Terminal([sys.executable, "-m", "rightscli", *LONG], os.environ | environment)

    first = terminal.read_until("\n:")
    terminal.type("q")

    assert terminal.finish() == 0
    assert "ESC[" not in first
    assert "\x1b[2m" in terminal.shown
    # The page stays where it was when less has gone, and the rest of it was not shown.
    assert terminal.shown.count("\n") < 40


def test_ctrl_c_is_the_pager_s(tmp_path: Path) -> None:
    # It says that it is there, takes the interrupt, and goes on. A shell's trap misses one between two of its commands: what is
    # blocked from the start is waited for, whenever it comes.
    program, script = tmp_path / "pager.py", tmp_path / "pager"
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{program}'\n")
    program.write_text(
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})\n"
        "sys.stdin.read()\n"
        "print('ready', flush=True)\n"
        "signal.sigwait({signal.SIGINT})\n"
        "print('taken', flush=True)\n"
        "open('/dev/tty').readline()\n"
        "print('left', flush=True)\n"
    )
    script.chmod(0o755)
    environment = os.environ | {"TERM": "xterm", "PAGER": str(script)}
    terminal = Terminal(
        [
            sys.executable,
            "-c",
            "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
            "os.execv(sys.executable, [sys.executable, '-m', 'rightscli', *sys.argv[1:]])",
            *LONG,
        ],
        environment,
    )

    terminal.read_until("ready")
    terminal.type("\x03")
    terminal.read_until("taken")
    terminal.type("\n")

    assert (terminal.finish(), "Traceback" in terminal.shown) == (0, False)
