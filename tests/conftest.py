"""What the tests share: the command as a process, a small made-up base, and the copy of the source where there is one."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from rightscli.base.load import read_base
from rightscli.base.model import FactBase
from rightscli.base.paths import find_bundled_base
from rightscli.index.building import open_index
from rightscli.index.queries import Index

ROOT = Path(__file__).resolve().parents[1]
SOURCE_COPY = ROOT.parent / "shared" / "sources" / "hrw-world-report-2020-north-korea.txt"
# Indexes and copies go where nobody keeps anything, and are as old as this run of the tests.
CACHE = tempfile.mkdtemp(prefix="rights-tests-")
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)
# The suite tries the same examples in every run; RIGHTS_TESTS_EXAMPLES=5000 goes looking for others.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("hunt", max_examples=int(os.environ.get("RIGHTS_TESTS_EXAMPLES", "100")), deadline=None)
settings.load_profile("hunt" if "RIGHTS_TESTS_EXAMPLES" in os.environ else "same")
_PLAIN_ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name
    not in {"RIGHTS_BASE", "RIGHTS_STYLE", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "TTY_COMPATIBLE"}
} | {"XDG_CACHE_HOME": CACHE, "XDG_DATA_HOME": CACHE}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a command did."""

    code: int
    out: str
    err: str


RunRights = Callable[..., Outcome]


def run_rights(*arguments: str, stdin: str = "", env: dict[str, str] | None = None, cwd: Path = ROOT) -> Outcome:
    """Run ``rights`` as its users do, in a process of its own, with pipes for its streams."""
    process = subprocess.run(
        [sys.executable, "-m", "rightscli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        env=_PLAIN_ENVIRONMENT | (env or {}),
        cwd=cwd,
        timeout=120,
        check=False,
    )
    return Outcome(process.returncode, process.stdout.decode(), process.stderr.decode())


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
