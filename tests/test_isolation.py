"""The tests themselves: whatever a developer prefers and keeps, they see none of it, and leave it as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import DEVELOPER_ENVIRONMENT, PREFERENCES, ROOT, run_rights
from rightscli.copies.attached import save_copy
from rightscli.index.queries import Index

ROOMS = ["tests/test_show.py", "tests/test_isolation.py"]
SOME = "(golden and passages) or sees_nothing"


def test_a_test_sees_nothing_that_a_developer_prefers() -> None:
    assert not [name for name in PREFERENCES if name in os.environ and name != "PAGER"]
    assert os.environ["PAGER"] == "cat"
    assert os.environ["XDG_CACHE_HOME"] != DEVELOPER_ENVIRONMENT.get("XDG_CACHE_HOME")
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


def list_states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file and folder in *folder* was last changed, and its size."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_the_tests_pass_beside_a_developer_s_own_settings_copies_and_caches(tmp_path: Path, index: Index) -> None:
    source = index.get_source("hrw-2020")
    assert source
    save_copy(tmp_path / "data" / "rights", source, {1: "Not what the source says."})
    [copy] = (tmp_path / "data").rglob("*.json")
    copy.write_bytes(b"{")
    (tmp_path / "cache").write_bytes(b"no folder")
    hostile = dict.fromkeys(PREFERENCES, "1") | {
        "RIGHTS_TESTS_SKIPPED": "", "RIGHTS_BASE": "nowhere.yaml", "RIGHTS_STYLE": "none", "TERM": "dumb",
        "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }  # fmt: skip
    before = list_states(tmp_path)
    spoilt = run_rights("show", "hrw-2020:1", "--context", "1", env={"XDG_DATA_HOME": str(tmp_path / "data")})

    suite = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ROOMS, "-k", SOME],
        cwd=ROOT,
        env=DEVELOPER_ENVIRONMENT | hostile,
        capture_output=True,
        text=True,
        check=False,
    )

    # The copy is one that a test would stumble over.
    assert (spoilt.code, str(copy) in spoilt.err) == (3, True)
    assert suite.returncode == 0, suite.stdout
    assert " passed" in suite.stdout
    assert list_states(tmp_path) == before
