"""Fact bases as files: what cannot be read, whatever is in it, and with either of the two YAML parsers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rightscli
from conftest import try_more
from rightscli.base.load import read_base
from rightscli.base.model import FactBase
from rightscli.errors import BadBaseError, RightsError, UnreadableError
from test_load import BASE, CLAIM, ROWS, replace_once


def refuse(path: str | Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_base(path)
    assert not isinstance(caught.value, BadBaseError)
    return caught.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refuse(tmp_path / "nope.yaml") == f"{tmp_path}/nope.yaml: no such file"


def test_a_directory_is_no_base(tmp_path: Path) -> None:
    assert refuse(tmp_path) == f"{tmp_path}: a file is expected, not a directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_answers_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")

    assert refuse(tmp_path / "fifo") == f"{tmp_path}/fifo: a regular file is expected, not a pipe, socket or device"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(BASE, encoding="utf-8")
    path.chmod(0)

    assert refuse(path) == f"{path}: permission denied"


def test_a_file_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").touch()

    assert refuse(tmp_path / "x" / "y") == f"{tmp_path}/x/y: not a directory"


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert refuse("a\0b") == "a\\x00b: no file can have this name"


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    assert refuse(path) == f"{path}: more than 4,294,967,296 bytes, the limit for a fact base"


# Whatever is in the file

PIECES = [*BASE.splitlines(keepends=True), *"[]{}:-?!&*|>'\"%@`#,\t\n\r\0\x85\u2028\ufeff", "<<: *a\n", "--- ", "...\n"]


def answers_in_lines(path: Path) -> bool:
    """Read the base at *path*: a FactBase or a RightsError, each complaint on one line, and nothing else."""
    try:
        return isinstance(read_base(path), FactBase)
    except RightsError as error:
        return bool(error.messages) and all(message.splitlines() == [message] for message in error.messages)


ANY_BYTES = st.one_of(
    st.binary(),
    st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode()),
)
EXAMPLES = settings(try_more(2), suppress_health_check=[HealthCheck.function_scoped_fixture])


@EXAMPLES
@given(data=ANY_BYTES)
def test_a_base_or_a_rights_error_whatever_the_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(data)

    assert answers_in_lines(path)


@EXAMPLES
@given(start=st.integers(0, len(BASE)), length=st.integers(0, 30), text=st.text(max_size=5))
def test_a_base_or_a_rights_error_whatever_is_changed(tmp_path: Path, start: int, length: int, text: str) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(BASE[:start] + text + BASE[start + length :], encoding="utf-8", errors="surrogatepass")

    assert answers_in_lines(path)


SLOW_PARSER = """
import json, sys
sys.modules["yaml.cyaml"] = None
import yaml
from rightscli.errors import RightsError
from rightscli.base.load import read_base
assert not yaml.__with_libyaml__
for path in sys.argv[1:]:
    try:
        print(json.dumps([fact.claim for fact in read_base(path).facts]))
    except RightsError as error:
        print(json.dumps([message.removeprefix(path) for message in error.messages]))
"""


def test_a_base_reads_the_same_without_libyaml(tmp_path: Path) -> None:
    # Where the two parsers word a fault in YAML itself differently, the line is still the same.
    rows = [row for row in ROWS if any(": the " in message or ".claim: " in message for message in row[2])]
    texts = [
        BASE,
        *(replace_once(BASE, old, new) for old, new, _ in rows),
        replace_once(BASE, CLAIM, 'claim: "\\UFFFFFFFF"'),
    ]
    paths = [tmp_path / f"{number}.yaml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="")

    run = subprocess.run(
        [sys.executable, "-c", SLOW_PARSER, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(Path(rightscli.__file__).parents[1])},
        capture_output=True,
        check=True,
    )

    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert answers == [
        ["It holds for two lines.", "Another claim."],
        *([f":{message}" for message in expected] for _, _, expected in rows),
        [":1: found an escape that is no character"],
    ]
