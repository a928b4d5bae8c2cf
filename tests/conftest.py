"""What the tests share: an environment of their own, the command as a process, golden files, a small made-up base, the source.

``RIGHTS_TESTS_WRITE_GOLDEN=1`` writes the golden files anew; ``RIGHTS_TESTS_PROFILE=thorough`` tries more examples of each law.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from contract import judge_document
from rightscli.base.load import read_base
from rightscli.base.model import FactBase
from rightscli.base.paths import find_bundled_base
from rightscli.index.building import open_index
from rightscli.index.queries import Index

ROOT = Path(__file__).resolve().parents[1]
SOURCE_COPY = ROOT.parent / "shared" / "sources" / "hrw-world-report-2020-north-korea.txt"
GOLDEN = ROOT / "tests" / "golden"
# Indexes go where nobody keeps any, and are as old as this process of the tests.
CACHE = tempfile.mkdtemp(prefix="rights-tests-")
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)
# As it was when the tests began: for tools that keep in the developer's cache what they once fetched.
DEVELOPER_ENVIRONMENT = dict(os.environ)
# What decides how this program or a library of its looks at the world; a test that is about one of them sets it itself.
PREFERENCES = (
    "RIGHTS_BASE RIGHTS_STYLE COLUMNS LINES TERMINAL_WIDTH NO_COLOR FORCE_COLOR PY_COLORS COLORTERM TERM TTY_COMPATIBLE"
    " TTY_INTERACTIVE GITHUB_ACTIONS RIGHTS_PAGER PAGER LESS BROWSER"
).split()

# The same examples in every run: few while somebody works, more where a change lands. A hunt looks for others.
settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=200, derandomize=True, deadline=None)
settings.register_profile("hunt", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("RIGHTS_TESTS_PROFILE", "quick"))


def try_more(times: int) -> settings:
    """Return the settings of a law that needs *times* as many examples as others."""
    return settings(max_examples=times * settings().max_examples)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run the whole suite in a process a core, at most eight, where pytest-xdist is; a file, a test, a debugger gets one.

    Not in pyproject's ``addopts``, because ``-p no:xdist`` would make ``-n`` there an unknown option.
    """
    option, worker = config.option, hasattr(config, "workerinput")
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not option.keyword
    if whole and not worker and not option.usepdb and getattr(option, "numprocesses", 0) is None:
        # Files stay together, so that what a file shares is made once, until a process has nothing left to do.
        option.numprocesses, option.maxprocesses, option.dist = "auto", 8, "worksteal"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Write which tests were skipped into the file that RIGHTS_TESTS_SKIPPED names, to be run where all is there: ``@FILE``."""
    if path := os.environ.get("RIGHTS_TESTS_SKIPPED"):
        skipped = {report.nodeid: None for report in terminalreporter.stats.get("skipped", ())}
        Path(path).write_text("".join(f"{test}\n" for test in skipped), encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def own_environment() -> Iterator[None]:
    """Nothing that the developer prefers, and a cache of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PREFERENCES:
            patch.delenv(name, raising=False)
        # On a terminal of the tests' own, nobody turns pages.
        patch.setenv("PAGER", "cat")
        patch.setenv("XDG_CACHE_HOME", CACHE)
        if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
            # Begun in the background, a shell's child ignores interrupts, and its children with it.
            signal.signal(signal.SIGINT, signal.default_int_handler)
        yield


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place for attached copies that is this test's alone: a name, since most tests attach nothing."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / f"data-{next(NUMBERS)}"))


NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a command did."""

    code: int
    out: str
    err: str


RunRights = Callable[..., Outcome]

HANG = 600
"""Seconds after which a program is taken to hang: no measure of speed, for a busy machine may be ten times slower."""


def run_rights(*arguments: str, stdin: str = "", env: dict[str, str] | None = None, cwd: Path = ROOT) -> Outcome:
    """Run ``rights`` as its users do, in a process of its own, with pipes for its streams; ``--json`` is held to its schema."""
    process = subprocess.run(
        [sys.executable, "-m", "rightscli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        env=os.environ | (env or {}),
        cwd=cwd,
        timeout=HANG,
        check=False,
    )
    outcome = Outcome(process.returncode, process.stdout.decode(), process.stderr.decode())
    if "--json" in arguments:
        for text in (outcome.out, outcome.err):
            # Beside a diff, or a remark on what was attached, there is no document.
            if text.startswith("{") and text.endswith("}\n"):
                judge_document(text)
    return outcome


def compare_golden(name: str, text: str) -> None:
    """Assert that *text* is the golden file's; where it is to be written anew, write it."""
    path = GOLDEN / name
    if os.environ.get("RIGHTS_TESTS_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text.split("\n") == path.read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="session")
def bundled() -> FactBase:
    return read_base(find_bundled_base())


@pytest.fixture(scope="session")
def index() -> Index:
    return open_index(find_bundled_base(), None)


@pytest.fixture(scope="session")
def source_copy() -> Path:
    if not SOURCE_COPY.is_file():
        # The source is not ours to ship; .ci/run sets this so that these tests cannot go unrun there.
        if os.environ.get("RIGHTS_TESTS_NEED_SOURCE"):
            pytest.fail(f"no copy of the source at {SOURCE_COPY}")
        pytest.skip("needs a copy of the source, which is not part of the project")
    return SOURCE_COPY


SMALL_BASE = """\
schema: 1
title: Harbour [sic] notes
edition: "1"
scope: What a made-up harbour report says.
sources:
  harbour:
    type: report
    title: "The Harbour [sic] of Anyport"
    author: [{family: Quill, given: Ada}, {family: Mast, given: Ben}]
    issued: 2021-05
    URL: https://example.org/harbour
    paragraphs:
      - {number: 1, section: Quays, begins: The quay was, ends: "in May, at last.", words: 12, sha256: %s}
      - {number: 2, section: Quays, begins: Nine cranes, ends: stand there, words: 9, sha256: %s}
      - {number: 3, section: Boats, begins: No boat, ends: came back, words: 7, sha256: %s}
topics:
  quays: {label: Quays, alt: [docks, wharves]}
  cranes: {label: Cranes, broader: quays, alt: [hoists]}
  boats: {label: Boats, alt: [vessels]}
  empty: {label: Empty}
facts:
  - id: quay-rebuilt
    claim: The quay of Anyport was rebuilt [sic] in May 2021.
    cites: {harbour: 1}
    topics: [quays]
    date: 2021-05
    anchors: [rebuilt in May]
  - id: nine-cranes
    claim: Nine cranes stand at the quay of Anyport; a_b*c <d> & 5%% of them work.
    cites: {harbour: [2, "1-2"]}
    topics: [cranes]
    anchors: [Nine cranes]
    according_to: the harbour master
"""


@pytest.fixture
def small_base(tmp_path: Path) -> Path:
    """A base with three paragraphs and two facts; paragraph 3 and the topics *boats* and *empty* carry none."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL_BASE % ("a" * 64, "b" * 64, "c" * 64), encoding="utf-8")
    return path
