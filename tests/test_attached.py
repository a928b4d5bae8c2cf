"""attached: what was attached is kept whole and private, and is proof only while the base says so."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from rightscli.base.model import Paragraph, Source
from rightscli.copies.attached import Copy, load_copy, remove_copy, save_copy
from rightscli.errors import RightsError, UnreadableError
from rightscli.records import Record, make_source_record
from rightscli.text.folding import hash_text

TEXTS = {1: "The quay was “rebuilt”.", 2: "Nine cranes stand there.", 3: "No boat came back."}
OTHERS = {1: "A tide table.", 2: "A list of moons."}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other rights")


def make_record(texts: dict[int, str], key: str = "harbour") -> Record:
    """Return the record of a source whose paragraphs are *texts*."""
    paragraphs = (Paragraph(str(n), "Quays", text[:4], text[-4:], 4, hash_text(text)) for n, text in texts.items())
    source = Source(key, "report", "Harbour", {}, {}, {}, tuple(paragraphs))
    return make_source_record(source)


HARBOUR = make_record(TEXTS)
WHOLE = Copy("harbour", TEXTS, frozenset(TEXTS))


def list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def test_what_is_attached_is_found_again(tmp_path: Path) -> None:
    assert load_copy(tmp_path, HARBOUR) is None

    assert save_copy(tmp_path, HARBOUR, TEXTS) == WHOLE
    assert load_copy(tmp_path, HARBOUR) == WHOLE


@POSIX
def test_a_copy_is_for_its_owner_alone_and_alone_in_its_folder(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        save_copy(tmp_path / "data" / "rights", HARBOUR, TEXTS)
    finally:
        os.umask(before)

    [path] = list_files(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_attaching_the_same_copy_again_changes_no_byte(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    [path] = list_files(tmp_path)
    content = path.read_bytes()

    save_copy(tmp_path, HARBOUR, dict(reversed(TEXTS.items())))

    assert [path.read_bytes() for path in list_files(tmp_path)] == [content]
    assert json.loads(content)["paragraphs"]["1"] == {
        "text": TEXTS[1],
        "sha256": hash_text(TEXTS[1]),
        "proven": True,
    }


def test_detaching_undoes_attaching(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)

    assert remove_copy(tmp_path, HARBOUR)
    assert load_copy(tmp_path, HARBOUR) is None
    assert not remove_copy(tmp_path, HARBOUR)
    assert list_files(tmp_path) == []


def test_parts_of_a_source_add_up(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, {3: TEXTS[3]})

    assert save_copy(tmp_path, HARBOUR, {1: TEXTS[1]}) == Copy("harbour", {1: TEXTS[1], 3: TEXTS[3]}, frozenset({1, 3}))
    assert load_copy(tmp_path, HARBOUR) == Copy("harbour", {1: TEXTS[1], 3: TEXTS[3]}, frozenset({1, 3}))


def test_a_changed_text_does_not_put_a_proven_one_away(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)

    save_copy(tmp_path, HARBOUR, {2: "Ten cranes stand there."})

    assert load_copy(tmp_path, HARBOUR) == WHOLE


def test_a_changed_edition_that_replaces_is_kept_unproven(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    edition = TEXTS | {2: "Ten cranes stand there."}

    save_copy(tmp_path, HARBOUR, edition, replace=True)

    assert load_copy(tmp_path, HARBOUR) == Copy("harbour", edition, frozenset({1, 3}))


def test_two_works_with_one_key_do_not_clash(tmp_path: Path) -> None:
    other = make_record(OTHERS)
    save_copy(tmp_path, HARBOUR, TEXTS)

    assert load_copy(tmp_path, other) is None
    save_copy(tmp_path, other, OTHERS)
    assert load_copy(tmp_path, HARBOUR) == WHOLE
    assert remove_copy(tmp_path, HARBOUR)
    assert load_copy(tmp_path, other) == Copy("harbour", OTHERS, frozenset(OTHERS))


def test_keys_that_begin_alike_do_not_clash(tmp_path: Path) -> None:
    digest = list_name(HARBOUR, tmp_path)
    longer = make_record(OTHERS, key=f"harbour-{digest}")
    save_copy(tmp_path, HARBOUR, TEXTS)
    save_copy(tmp_path, longer, OTHERS)

    assert load_copy(tmp_path, HARBOUR) == WHOLE
    assert remove_copy(tmp_path, HARBOUR)
    assert load_copy(tmp_path, longer) == Copy(f"harbour-{digest}", OTHERS, frozenset(OTHERS))


def list_name(source: Record, folder: Path) -> str:
    """Return the digest in the name of the file of *source*."""
    save_copy(folder / "elsewhere", source, TEXTS)
    [path] = list_files(folder / "elsewhere")
    return path.stem.rpartition("-")[2]


def test_a_base_edited_since_keeps_what_is_still_proven(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    edited = make_record({1: "A new opening.", 2: TEXTS[1], 3: "Nine cranes stood there.", 4: TEXTS[3]})

    found = load_copy(tmp_path, edited)

    assert found == Copy("harbour", {2: TEXTS[1], 4: TEXTS[3]}, frozenset({2, 4}))
    assert remove_copy(tmp_path, edited)
    assert list_files(tmp_path) == []


def test_a_paragraph_of_which_the_base_has_another_hash_now_is_unproven(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)

    found = load_copy(tmp_path, make_record(TEXTS | {2: "Ten cranes stand there."}))

    assert found == Copy("harbour", TEXTS, frozenset({1, 3}))


def test_attaching_anew_after_an_edit_of_the_base_leaves_one_file(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    edited = make_record(TEXTS | {4: "A new end."})

    save_copy(tmp_path, edited, {4: "A new end."})

    assert load_copy(tmp_path, edited) == Copy("harbour", TEXTS | {4: "A new end."}, frozenset({1, 2, 3, 4}))
    assert len(list_files(tmp_path)) == 1
    assert load_copy(tmp_path, HARBOUR) == WHOLE


def test_what_the_file_says_of_proof_is_not_believed(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    [path] = list_files(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("Nine cranes", "Ten cranes"), encoding="utf-8")

    found = load_copy(tmp_path, HARBOUR)

    assert found == Copy("harbour", TEXTS | {2: "Ten cranes stand there."}, frozenset({1, 3}))


@pytest.mark.parametrize("texts", [{}, {9: "None of it."}])
def test_nothing_is_not_attached(tmp_path: Path, texts: dict[int, str]) -> None:
    with pytest.raises(RightsError) as caught:
        save_copy(tmp_path, HARBOUR, texts)

    assert caught.value.message == "nothing to attach to harbour"
    assert list_files(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"schema": "rights.copy/2", "source": "harbour", "base": [], "paragraphs": {}}',
        b'{"schema": "rights.copy/1", "source": "bay", "base": [], "paragraphs": {}}',
        b'{"schema": "rights.copy/1", "source": "harbour", "base": [], "paragraphs": {"1": {"text": 3}}}',
        b'{"schema": "rights.copy/1", "source": "harbour", "base": [], "paragraphs": {"0": {"text": ""}}}',
        b'{"schema": "rights.copy/1", "source": "harbour", "base": 3, "paragraphs": {}}',
        b'{"schema": "rights.copy/1", "source": "harbour", "base": [], "paragraphs": []}',
    ],
)
def test_a_spoilt_file_is_named_and_can_be_detached_or_attached_anew(tmp_path: Path, content: bytes) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    [path] = list_files(tmp_path)
    path.write_bytes(content)

    with pytest.raises(UnreadableError) as caught:
        load_copy(tmp_path, HARBOUR)

    assert caught.value.message == f"{path}: not an attached copy as it was written"
    assert caught.value.hint == "attach it again, or undo it: rights detach harbour"
    assert save_copy(tmp_path, HARBOUR, TEXTS) == load_copy(tmp_path, HARBOUR)
    path.write_bytes(content)
    assert remove_copy(tmp_path, HARBOUR)
    assert load_copy(tmp_path, HARBOUR) is None


@POSIX
def test_a_link_planted_for_the_file_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    save_copy(tmp_path / "rights", HARBOUR, TEXTS)
    [path] = list_files(tmp_path)
    target = path.replace(tmp_path / "target")
    before = target.read_bytes()
    path.symlink_to(target)

    with pytest.raises(UnreadableError) as caught:
        load_copy(tmp_path / "rights", HARBOUR)
    save_copy(tmp_path / "rights", HARBOUR, {1: TEXTS[1]})

    assert caught.value.message == f"{path}: a link where an attached copy is expected"
    assert target.read_bytes() == before
    assert not path.is_symlink()


@POSIX
def test_a_pipe_planted_for_the_file_is_not_waited_for(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    [path] = list_files(tmp_path)
    path.unlink()
    os.mkfifo(path)

    with pytest.raises(UnreadableError) as caught:
        load_copy(tmp_path, HARBOUR)

    assert caught.value.message == f"{path}: not a file of this user's alone"


@POSIX
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "copies").symlink_to(tmp_path / "elsewhere")

    for use in (
        lambda: save_copy(tmp_path, HARBOUR, TEXTS),
        lambda: load_copy(tmp_path, HARBOUR),
        lambda: remove_copy(tmp_path, HARBOUR),
    ):
        with pytest.raises(UnreadableError) as caught:
            use()
        assert caught.value.message == f"{tmp_path / 'copies'}: a link where a folder is expected"
    assert list_files(tmp_path / "elsewhere") == []


@POSIX
@pytest.mark.parametrize("place", ["copies", "."])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path: Path, place: str) -> None:
    save_copy(tmp_path / "rights", HARBOUR, TEXTS)
    (tmp_path / "rights" / place).chmod(0o777)

    with pytest.raises(UnreadableError) as caught:
        load_copy(tmp_path / "rights", HARBOUR)

    assert "others may write to" in caught.value.message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives folders away")
@pytest.mark.parametrize("place", ["copies", "copies/*.json"])
def test_another_users_folder_or_file_is_refused(tmp_path: Path, place: str) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    [path] = tmp_path.glob(place)
    os.chown(path, 12345, 12345)

    with pytest.raises(UnreadableError) as caught:
        load_copy(tmp_path, HARBOUR)

    assert str(path) in caught.value.message


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "copies").touch()

    with pytest.raises(UnreadableError) as caught:
        save_copy(tmp_path, HARBOUR, TEXTS)

    assert caught.value.message.startswith(f"{tmp_path / 'copies'}")


WRITER = """
import sys
from pathlib import Path
from rightscli.copies.attached import save_copy
from rightscli.text.folding import hash_text
texts = {n: f"{n} " + "word " * 20000 for n in range(1, 40)}
record = {"id": "harbour", "paragraphs": [{"number": str(n), "sha256": hash_text(text)} for n, text in texts.items()]}
print("ready", flush=True)
while True:
    save_copy(Path(sys.argv[1]), record, texts)
"""


@POSIX
def test_a_writer_killed_at_any_moment_leaves_a_whole_copy_or_none(tmp_path: Path) -> None:
    texts = {n: f"{n} " + "word " * 20000 for n in range(1, 40)}
    record = {
        "id": "harbour",
        "paragraphs": [{"number": str(n), "sha256": hash_text(text)} for n, text in texts.items()],
    }
    for pause in (0.0, 0.02, 0.05, 0.09, 0.14, 0.2):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        )
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

        found = load_copy(tmp_path, record)
        assert found is None or found.proven == frozenset(texts)
    assert save_copy(tmp_path, record, texts).proven == frozenset(texts)


@POSIX
def test_what_a_killed_writer_left_is_swept_away_later(tmp_path: Path) -> None:
    save_copy(tmp_path, HARBOUR, TEXTS)
    [path] = list_files(tmp_path)
    old, new = (path.with_name(f".{path.name}.{number}-1.tmp") for number in (1, 2))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))

    save_copy(tmp_path, HARBOUR, TEXTS)

    assert list_files(tmp_path) == sorted([path, new])
    assert load_copy(tmp_path, HARBOUR) == WHOLE


@given(
    st.dictionaries(st.integers(1, 5), st.text(min_size=1, max_size=30)),
    st.lists(st.text(min_size=1, max_size=30), min_size=5, max_size=5, unique_by=hash_text),
    st.booleans(),
)
def test_only_texts_with_the_bases_hash_are_ever_proven(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[int, str], own: list[str], mixed: bool
) -> None:
    record = make_record(dict(enumerate(own, 1)))
    texts = texts | ({1: own[0]} if mixed or not texts else {})
    folder = tmp_path_factory.mktemp("rights")

    saved = save_copy(folder, record, texts)

    found = load_copy(folder, record)
    assert found
    assert found.texts.keys() >= saved.texts.keys()
    assert found.proven >= saved.proven
    for number, text in found.texts.items():
        assert (number in found.proven) == (hash_text(text) == record["paragraphs"][number - 1]["sha256"])
