"""Building: what a look-up answers while others build, rewrite the base, are killed, or leave no room; and what is built."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from conftest import ROOT, SMALL_BASE, Outcome, run_rights
from rightscli.base.load import read_base
from rightscli.base.model import FactBase, list_broader
from rightscli.base.paths import find_bundled_base
from rightscli.cite.links import link_passage
from rightscli.cite.templates import fill_template
from rightscli.errors import BadBaseError, RightsError
from rightscli.index import cache as index_module
from rightscli.index.building import open_index
from rightscli.index.queries import Index
from rightscli.index.store import find_index
from rightscli.records import make_citation_record, make_fact_record
from test_index import rewrite_base, write_large_base
from test_load import BASE as FULL_BASE
from test_load import ROWS as FAULTS

NOBODY = 65_534
NO_ONE_AT_ALL = 54_321
"""A user whom no list of users knows."""
NO_CACHE = {"XDG_CACHE_HOME": os.devnull}
QUERIES = [
    ("search", "forced", "labor"),
    ("search", "what happens to returnees?", "--json"),
    ("search", "dallyeondea", "--why", "-f", "csv"),
    ("search", "docker", "compose"),
    ("search", "sanctions", "--since", "2019", "--not", "Kim"),
    ("show", "hrw-2020:13-15", "--json"),
    ("topics",),
    ("topics", "forced labour", "-f", "md"),
    ("sources", "hrw-2020"),
    ("cite", "absence-from-work-punished"),
    ("export", "-f", "jsonl"),
]
ROTTEN = [QUERIES[place] for place in (0, 1, 5, 6, 8, 9)]
# What a process needs before it becomes somebody who may not be able to read this checkout, nor this Python.
LIBRARIES = (
    "typer._click.decorators, csv, difflib, hashlib, json, pwd, rapidfuzz.distance, sqlite3, textwrap, yaml, zlib"
)
# All of our own, which the other user may not be let to read; but for what needs an engine of others.
MODULES = sorted(
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    for path in (ROOT / "src" / "rightscli").rglob("*.py")
    if path.stem not in ("__init__", "__main__", "citeproc") and path.parent.name != "mcp"
)


@functools.cache
def answer_from_memory(*arguments: str) -> Outcome:
    """Return what the command does where no cache can be written, whoever runs."""
    return run_rights(*arguments, env=NO_CACHE)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that everybody may enter and write to, unlike ``tmp_path``."""
    folder = Path(tempfile.mkdtemp(prefix="rights-public-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def list_cache(folder: Path) -> list[Path]:
    """Return the files below a folder that is somebody's XDG_CACHE_HOME."""
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def start_rights(*arguments: str, cache: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "rightscli", *arguments]
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT)


def run_as(user: int, *arguments: str, env: Mapping[str, str | None]) -> Outcome:
    """Run ``rights`` as another user; a variable that is None is not set."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("needs the right to become another user")
    program = (
        f"import os, sys, {LIBRARIES}; from rightscli import cli; [__import__(name) for name in {MODULES}];"
        "from rightscli.search.synonyms import list_synonyms; list_synonyms(['read before the tree is out of reach']);"
        "from rightscli.text.english import is_english; is_english('read, too');"
        f"os.chdir('/'); os.setgroups([]); os.setgid({user}); os.setuid({user}); sys.exit(cli.run(sys.argv[1:]))"
    )
    environment = {name: value for name, value in (os.environ | env).items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, env=environment, cwd=ROOT, check=False
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def copy_base(folder: Path) -> Path:
    base = folder / "base.yaml"
    shutil.copy(find_bundled_base(), base)
    base.chmod(0o644)
    return base


# One cache, many processes


@pytest.mark.parametrize("arguments", QUERIES, ids=" ".join)
def test_a_fresh_index_answers_as_one_in_memory_does(arguments: tuple[str, ...]) -> None:
    run_rights("topics")

    assert run_rights(*arguments) == answer_from_memory(*arguments)


def test_eight_processes_that_build_at_once_all_print_the_same(tmp_path: Path) -> None:
    right = answer_from_memory("search", "forced", "labor", "--json")
    outcomes = []
    for _ in range(2):
        racing = [start_rights("search", "forced", "labor", "--json", cache=tmp_path / "cache") for _ in range(8)]
        for process in racing:
            out, err = process.communicate(timeout=120)
            outcomes.append(Outcome(process.returncode, out.decode(), err.decode()))

    assert outcomes == [right] * 16
    assert [path.suffix for path in list_cache(tmp_path / "cache")] == [".index", ".at"]


def test_bases_that_are_built_at_once_do_not_get_in_each_other_s_way(tmp_path: Path, small_base: Path) -> None:
    bases = [tmp_path / f"base-{number}.yaml" for number in range(4)]
    for number, base in enumerate(bases):
        base.write_text(small_base.read_text(encoding="utf-8").replace("Nine", f"Nine and {number}"), encoding="utf-8")
    racing = [
        start_rights("show", "nine-cranes", "-f", "csv", "--base", str(base), cache=tmp_path / "cache")
        for base in bases * 2
    ]
    claims = [process.communicate(timeout=120)[0].decode().splitlines()[1].split(",")[1][:17] for process in racing]

    assert claims == [f"Nine and {number} cranes" for number in range(4)] * 2


def test_a_killed_build_leaves_nothing_that_anyone_believes(tmp_path: Path, small_base: Path) -> None:
    base, cache = tmp_path / "large.yaml", tmp_path / "cache"
    write_large_base(base, small_base, 20_000)
    process = start_rights("search", "word19999", "--base", str(base), cache=cache)
    for _ in range(20_000):
        if any(path.suffix == ".tmp" and path.stat().st_size for path in list_cache(cache)):
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.002)
            break
    process.send_signal(signal.SIGKILL)
    out, _ = process.communicate(timeout=60)
    left = list_cache(cache)

    # It was killed before it could print, let alone rename its file.
    assert (process.returncode, out, [path.suffix for path in left]) == (-signal.SIGKILL, b"", [".tmp"])
    os.utime(left[0], (1, 1))
    found = run_rights("search", "word19999", "--base", str(base), "-f", "ids", env={"XDG_CACHE_HOME": str(cache)})
    assert found == Outcome(0, "fact-19999\n", "")
    assert [path for path in list_cache(cache) if path.suffix == ".tmp"] == []


def test_an_index_that_nothing_points_to_goes_with_a_later_build(
    tmp_path: Path, small_base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_TICK_NS", -(10**12))
    base, cache = tmp_path / "base.yaml", tmp_path / "cache"
    kept = []
    for text in ("Nine", "Ten", "Eleven", "Twelve"):
        base.write_text(small_base.read_text(encoding="utf-8").replace("Nine", text), encoding="utf-8")
        open_index(str(base), cache).close()
        kept.append(set(cache.glob("*.index")))
        if len(kept) == 3:
            # Who has just read its pointer may still open the second; the first nobody knows any more.
            os.utime(next(iter(kept[0])), (1, 1))

    assert [len(one) for one in kept] == [1, 2, 3, 3]
    assert kept[3] - kept[2]
    assert kept[2] - kept[3] == kept[0]


def test_a_stopped_build_leaves_nothing(tmp_path: Path, small_base: Path) -> None:
    base, cache = tmp_path / "large.yaml", tmp_path / "cache"
    write_large_base(base, small_base, 20_000)
    process = start_rights("search", "word19999", "--base", str(base), cache=cache)
    for _ in range(20_000):
        if any(path.suffix == ".tmp" and path.stat().st_size for path in list_cache(cache)):
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.002)
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err, list_cache(cache)) == (130, b"", b"", [])


SWAP = """
import os, sys
folder, way = sys.argv[1:]
for turn in range(1_000_000):
    source = f"{folder}/{'ab'[turn % 2]}.yaml"
    if way == "link":
        os.symlink(source, f"{folder}/next")
    else:
        with open(source, "rb") as old, open(f"{folder}/next", "wb") as new:
            new.write(old.read())
    os.replace(f"{folder}/next", f"{folder}/base.yaml")
"""


@pytest.mark.parametrize("way", ["file", "link"])
def test_while_the_base_is_swapped_every_answer_is_right_for_one_of_the_two(
    tmp_path: Path, small_base: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    text = small_base.read_text(encoding="utf-8")
    contents = {"a": text, "b": text.replace("Nine", "Some").replace("notes", "n0tes")}
    due = {}
    for name, content in contents.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(content, encoding="utf-8")
        due[name] = describe_answers(open_index(str(path), None))
    base, cache = tmp_path / "base.yaml", tmp_path / "cache"
    base.symlink_to(tmp_path / "a.yaml")
    if way == "link":
        # The files themselves stay as they are, so that their indexes are kept from the first.
        monkeypatch.setattr(index_module, "_TICK_NS", -(10**12))
    swapper = subprocess.Popen([sys.executable, "-c", SWAP, str(tmp_path), way])
    seen = []
    try:
        for _ in range(150):
            index = open_index(str(base), cache)
            seen.append(describe_answers(index))
            index.close()
            if os.urandom(1)[0] < 64:
                shutil.rmtree(cache, ignore_errors=True)
    finally:
        swapper.kill()
        swapper.wait()

    assert [one for one in seen if one not in due.values()] == []
    for name in contents:
        assert describe_answers(open_index(str(tmp_path / f"{name}.yaml"), cache)) == due[name]
    current = "a" if base.read_text(encoding="utf-8") == contents["a"] else "b"
    assert describe_answers(open_index(str(base), cache)) == due[current]


def describe_answers(index: Index) -> tuple[object, ...]:
    return index.title, index.sha256, list(index.read_facts()), index.get_fact("nine-cranes")


def test_processes_see_every_change_of_a_base(tmp_path: Path, small_base: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    claims = []
    for letter in "abcd":
        base = small_base.read_text(encoding="utf-8")
        small_base.write_text(
            base.replace(base[base.index(" cranes stand") - 1 :][:13], f"{letter} cranes stand"), "utf-8"
        )
        claims.append(
            run_rights("show", "nine-cranes", "--base", str(small_base), env=environment).out.split("\t")[1][:5]
        )

    assert claims == ["Nina ", "Ninb ", "Ninc ", "Nind "]


# Damage, as the command meets it


@pytest.mark.parametrize("ending", [".index", ".at"])
@pytest.mark.parametrize("damage", ["empty", "garbage", "half", "foreign", "folder"])
def test_a_damaged_cache_is_mended_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, damage: str
) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    monkeypatch.setattr(index_module, "_TICK_NS", 0)
    open_index(find_bundled_base(), next_cache(tmp_path / "cache")).close()
    (path,) = [path for path in list_cache(tmp_path / "cache") if path.suffix == ending]
    data = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "foreign":
        other = "../../../../../../etc/passwd\0" * 4 if ending == ".at" else "SQLite format 3\0" + "x" * 5000
        path.write_text(other, encoding="utf-8")
    else:
        path.write_bytes({"empty": b"", "garbage": os.urandom(len(data)), "half": data[: len(data) // 2]}[damage])

    right = answer_from_memory("search", "forced", "labor")
    assert run_rights("search", "forced", "labor", env=environment) == right
    assert damage == "folder" or find_index(find_bundled_base(), next_cache(tmp_path / "cache"))


@pytest.mark.parametrize("arguments", ROTTEN, ids=" ".join)
def test_an_index_that_has_rotted_on_its_disk_is_built_anew_while_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(index_module, "_TICK_NS", 0)
    cache = next_cache(tmp_path / "cache")
    open_index(find_bundled_base(), cache).close()
    (path,) = cache.glob("*.index")
    with path.open("rb+") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * (path.stat().st_size - 4096 * 2))
    refit_pointer(path)

    assert run_rights(*arguments, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}) == run_rights(
        *arguments, env=NO_CACHE
    )


def test_a_command_that_runs_again_has_not_lost_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_TICK_NS", 0)
    cache = next_cache(tmp_path / "cache")
    open_index(find_bundled_base(), cache).close()
    (path,) = cache.glob("*.index")
    with path.open("rb+") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * (path.stat().st_size - 4096 * 2))
    refit_pointer(path)

    outcome = run_rights("cite", "-", stdin="hrw-2020:13\n", env={"XDG_CACHE_HOME": str(tmp_path / "cache")})

    assert outcome == run_rights("cite", "hrw-2020:13")


def next_cache(folder: Path) -> Path:
    """Return where the command keeps its indexes, if XDG_CACHE_HOME is *folder*."""
    from rightscli import __version__

    return folder / "rights" / __version__


# No room, no right


def test_a_full_disk_is_nobody_s_business(small_disk: Path) -> None:
    right = answer_from_memory("search", "forced", "labor", "--json")
    outcomes = [
        run_rights("search", "forced", "labor", "--json", env={"XDG_CACHE_HOME": str(small_disk)}) for _ in range(2)
    ]

    assert outcomes == [right, right]
    assert list_cache(small_disk) == []


def test_a_disk_with_no_byte_left_is_nobody_s_business(small_disk: Path, small_base: Path) -> None:
    base = small_disk / "base.yaml"
    shutil.copy(small_base, base)
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(4096)):
            pass
    right = run_rights("show", "nine-cranes", "--json", "--base", str(base), env=NO_CACHE)
    outcome = run_rights("show", "nine-cranes", "--json", "--base", str(base), env={"XDG_CACHE_HOME": str(small_disk)})

    assert outcome == right
    assert outcome.code == 0
    assert list_cache(small_disk) == [base, small_disk / "filler"]
    assert base.read_bytes() == small_base.read_bytes()


@pytest.mark.parametrize("room", range(4096, 65_537, 4096))
def test_a_disk_that_fills_up_at_any_point_leaves_nothing_half_done(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(index_module, "_TICK_NS", -(10**12))
    base = tmp_path / "tiny.yaml"
    base.write_text((SMALL_BASE % ("a" * 64, "b" * 64, "c" * 64)).partition("  - id: nine")[0], encoding="utf-8")
    (small_disk / "filler").write_bytes(bytes(65_536 - room))
    cache = small_disk / "cache"
    index = open_index(str(base), cache)

    assert [record["id"] for record in index.read_facts()] == ["quay-rebuilt"]
    assert [path for path in list_cache(small_disk) if path.suffix == ".tmp"] == []
    found = find_index(str(base), cache)
    assert found is None or describe_answers(found) == describe_answers(open_index(str(base), None))


@pytest.mark.parametrize("kind", ["a file", "below a file", "a link to nothing", "a link to itself", "too long"])
def test_where_there_can_be_no_cache_folder_the_answer_is_the_same(tmp_path: Path, kind: str) -> None:
    right = answer_from_memory("search", "songbun")
    cache = tmp_path / "cache"
    if kind == "a file":
        cache.mkdir()
        (cache / "rights").write_text("mine", encoding="utf-8")
    elif kind == "below a file":
        cache.write_text("mine", encoding="utf-8")
        cache = cache / "x"
    elif kind == "a link to nothing":
        (tmp_path / "rights").symlink_to(tmp_path / "nowhere" / "else")
        cache = tmp_path
    elif kind == "a link to itself":
        cache.symlink_to(cache)
    else:
        cache = cache / ("x" * 300)

    assert run_rights("search", "songbun", env={"XDG_CACHE_HOME": str(cache)}) == right


def test_a_relative_cache_folder_is_left_alone(tmp_path: Path) -> None:
    # The XDG Base Directory Specification: all paths must be absolute; a relative one is to be ignored.
    work, home = tmp_path / "work", tmp_path / "home"
    work.mkdir()
    right = answer_from_memory("search", "songbun")
    outcome = run_rights("search", "songbun", env={"XDG_CACHE_HOME": "caches", "HOME": str(home)}, cwd=work)

    assert outcome == right
    assert list(work.iterdir()) == []
    assert all(path.is_relative_to(home / ".cache" / "rights") for path in list_cache(tmp_path / "home"))
    assert list_cache(home)


@pytest.mark.parametrize("mode", [0o555, 0o000, 0o111])
@pytest.mark.parametrize("filled", [True, False])
def test_a_cache_that_cannot_be_written_is_nobody_s_business(public_folder: Path, mode: int, filled: bool) -> None:
    base, cache = copy_base(public_folder), public_folder / "cache"
    environment = {"XDG_CACHE_HOME": str(cache), "HOME": str(public_folder)}
    arguments = ("search", "songbun", "--json", "--base", str(base))
    cache.mkdir()
    if filled:
        run_rights(*arguments, env=environment)
    right = run_as(NOBODY, *arguments, env=environment | NO_CACHE)
    cache.chmod(mode)
    outcome = run_as(NOBODY, *arguments, env=environment)

    assert outcome.code == 0
    assert outcome == right


def test_another_user_s_cache_is_neither_believed_nor_written(public_folder: Path) -> None:
    base, cache = copy_base(public_folder), public_folder / "cache"
    environment = {"XDG_CACHE_HOME": str(cache)}
    arguments = ("search", "songbun", "--base", str(base))
    right = run_as(NOBODY, *arguments, env=environment | NO_CACHE)
    cache.mkdir()
    folder = next_cache(cache)
    # Somebody else's answers: to the same path, of the same size and time, with a pointer that fits.
    text = base.read_text(encoding="utf-8")
    forged = public_folder / "forged.yaml"
    forged.write_text(text.replace("Songbun", "Nothing").replace("songbun", "nothing"), encoding="utf-8")
    forge_index(base, forged, folder)
    for path in (cache, *cache.rglob("*")):
        path.chmod(0o777)
    refit_pointer(next(folder.glob("*.index")))
    before = {path: path.stat() for path in list_cache(cache)}
    outcome = run_as(NOBODY, *arguments, env=environment)

    assert right.code == 0
    assert outcome == right
    assert {path: path.stat() for path in list_cache(cache)} == before
    # The forgery is a good one: its maker believes it.
    assert run_rights(*arguments, env=environment) != right


def forge_index(base: Path, other: Path, folder: Path) -> None:
    """Make the index of *base* in *folder* give the answers of *other*."""
    tick, index_module._TICK_NS = index_module._TICK_NS, -(10**12)
    try:
        open_index(str(other), folder).close()
        (bad,) = folder.glob("*.index")
        next(folder.glob("*.at")).unlink()
        open_index(str(base), folder).close()
    finally:
        index_module._TICK_NS = tick
    (good,) = set(folder.glob("*.index")) - {bad}
    bad.replace(good)
    refit_pointer(good)


def refit_pointer(path: Path) -> None:
    """Make the only pointer beside the index at *path* describe that as it is now."""
    (pointer,) = path.parent.glob("*.at")
    lines = pointer.read_bytes().split(b"\0")
    status = path.stat()
    found = f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    pointer.write_bytes(b"\0".join((*lines[:-1], found.encode())))


@pytest.mark.parametrize("theirs", [".index", ".at"])
def test_one_file_of_another_user_s_is_not_believed(
    small_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: str
) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("needs the right to give files away")
    monkeypatch.setattr(index_module, "_TICK_NS", -(10**12))
    cache, other = tmp_path / "cache", tmp_path / "other.yaml"
    other.write_text(small_base.read_text(encoding="utf-8").replace("notes", "n0tes"), encoding="utf-8")
    forge_index(small_base, other, cache)
    believed = find_index(str(small_base), cache)
    assert believed
    assert believed.title == "Harbour [sic] n0tes"
    (path,) = cache.glob(f"*{theirs}")
    os.chown(path, NOBODY, NOBODY)
    if theirs == ".index":
        refit_pointer(path)

    assert find_index(str(small_base), cache) is None
    assert open_index(str(small_base), cache).title == "Harbour [sic] notes"


def test_a_cache_of_one_s_own_works_under_any_user(public_folder: Path) -> None:
    base, cache = copy_base(public_folder), public_folder / "cache"
    environment = {"XDG_CACHE_HOME": str(cache)}
    first = run_as(NOBODY, "search", "songbun", "--base", str(base), env=environment)
    second = run_as(NOBODY, "search", "songbun", "--base", str(base), env=environment)

    assert first.code == 0
    assert first == second
    assert {path.stat().st_uid for path in next_cache(cache).parent.rglob("*")} == {NOBODY}


@pytest.mark.parametrize("home", [None, "", "/nowhere"])
def test_a_user_without_a_home_is_answered_too(public_folder: Path, home: str | None) -> None:
    base = copy_base(public_folder)
    outcome = run_as(
        NO_ONE_AT_ALL, "search", "songbun", "--base", str(base), env={"XDG_CACHE_HOME": None, "HOME": home}
    )
    right = run_rights("search", "songbun", "--base", str(base))

    assert outcome == right


# Faults in a base


def test_a_base_with_faults_leaves_nothing_and_does_not_fall_back_on_the_index_of_before(
    small_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_TICK_NS", -(10**12))
    cache = tmp_path / "cache"
    open_index(str(small_base), cache).close()
    good = sorted(cache.iterdir())
    assert len(good) == 2
    rewrite_base(small_base, "date: 2021-05", "date: 2021-55")

    for _ in range(2):
        with pytest.raises(BadBaseError, match=r"facts\.quay-rebuilt\.date"):
            open_index(str(small_base), cache)
    assert sorted(cache.iterdir()) == good
    rewrite_base(small_base, "date: 2021-55", "date: 2021-06")
    assert (open_index(str(small_base), cache).get_fact("quay-rebuilt") or {})["date"] == "2021-06"


@pytest.mark.parametrize("broken", ["a fault", "no yaml", "no file", "a folder", "a pipe", "empty"])
def test_a_base_that_cannot_be_used_leaves_no_index(tmp_path: Path, small_base: Path, broken: str) -> None:
    base, cache = tmp_path / "broken.yaml", tmp_path / "cache"
    if broken == "a folder":
        base.mkdir()
    elif broken == "a pipe":
        os.mkfifo(base)
    elif broken != "no file":
        text = small_base.read_text(encoding="utf-8")
        contents = {"a fault": text.replace("harbour: 1}", "harbour: 9}"), "no yaml": text + "a: [", "empty": ""}
        base.write_text(contents[broken], encoding="utf-8")
    outcome = run_rights("search", "quay", "--base", str(base), env={"XDG_CACHE_HOME": str(cache)})

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rights: {base}:")
    assert "Traceback" not in outcome.err
    assert list_cache(cache) == []


def open_in_memory(path: Path) -> None:
    open_index(str(path), None).close()


def find_problems(path: Path) -> list[str]:
    """Return what is wrong with a base, as ``load`` says, and assert that building an index says the same."""
    said: list[list[str]] = []
    for read in (read_base, open_in_memory):
        try:
            read(path)
            said.append([])
        except RightsError as error:
            said.append(list(error.messages))
    assert said[0] == said[1]
    return said[0]


@pytest.mark.parametrize(
    ("old", "new"), [row[:2] for row in FAULTS], ids=[f"{row[0][:20]} -> {row[1][:20]}" for row in FAULTS]
)
@pytest.mark.parametrize("order", ["sources first", "facts first"])
def test_a_fault_in_a_base_is_told_alike_while_an_index_is_built(
    tmp_path: Path, old: str, new: str, order: str
) -> None:
    text = FULL_BASE.replace(old, new, 1)
    if order == "facts first" and "\nsources:" in text and "\nfacts:" in text:
        head, sources = text.split("\nsources:", 1)
        sources, facts = sources.split("\nfacts:", 1)
        text = f"{head}\nfacts:{facts.rstrip()}\nsources:{sources}\n"
    path = tmp_path / "faulty.yaml"
    path.write_text(text, encoding="utf-8")

    assert find_problems(path) != []


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, len(FULL_BASE)), length=st.integers(0, 30), text=st.text(max_size=5))
def test_whatever_is_changed_in_a_base_is_told_alike(tmp_path: Path, start: int, length: int, text: str) -> None:
    path = tmp_path / "changed.yaml"
    path.write_bytes((FULL_BASE[:start] + text + FULL_BASE[start + length :]).encode("utf-8", "replace"))

    find_problems(path)


# What is built


LETTERS = st.characters(
    codec="utf-8",
    categories=("Lu", "Ll", "Lo", "Nd", "Pd", "Po", "Sc", "Sm", "Zs", "Mn"),
    exclude_characters="\u2028\u2029",
)
TEXTS = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: f"x{text}y")
SHORT_TEXTS = st.lists(TEXTS, max_size=3, unique=True)
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
DATES = st.sampled_from(["2019", "2019-03", "2019-03-22", "2018/2019", "../2020", "2020/..", "2019-12-31/2020-01-01"])


@st.composite
def draw_base(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a base, in the order of its fields too, as ``facts.yaml`` would hold it."""
    names = draw(st.lists(IDS, min_size=4, max_size=14, unique=True))
    cut = draw(st.integers(1, len(names) - 1))
    keys, ids = names[: min(cut, 3)], names[min(cut, 3) :]
    sizes = {key: draw(st.integers(1, 5)) for key in keys}
    sources = {
        key: {
            "type": "report",
            "title": draw(TEXTS),
            "author": [draw(st.fixed_dictionaries({"literal": TEXTS}))],
            "issued": draw(DATES.filter(lambda date: "/" not in date)),
            "URL": draw(st.sampled_from(["https://example.org/a", "https://example.org/?b#c"])),
            "paragraphs": [
                {
                    "number": number,
                    "section": draw(TEXTS),
                    "begins": "a",
                    "ends": "b",
                    "words": 2,
                    "sha256": f"{number:064x}",
                }
                for number in range(1, size + 1)
            ],
        }
        for key, size in sizes.items()
    }
    topic_ids = draw(st.lists(IDS, max_size=5, unique=True))
    topics: dict[str, Any] = {}
    for place, topic in enumerate(topic_ids):
        topics[topic] = {"label": draw(TEXTS), "alt": draw(SHORT_TEXTS), "hidden": draw(SHORT_TEXTS)}
        if place and draw(st.booleans()):
            topics[topic]["broader"] = draw(st.sampled_from(topic_ids[:place]))
    topics = dict(draw(st.permutations(list(topics.items()))))
    facts = []
    for id in ids:
        cited = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
        fact = {"id": id, "claim": draw(TEXTS), "cites": {key: draw_locators(draw, sizes[key]) for key in cited}}
        if topic_ids:
            fact["topics"] = draw(st.lists(st.sampled_from(topic_ids), max_size=3, unique=True))
        optional = {"date": DATES, "according_to": TEXTS, "anchors": SHORT_TEXTS, "terms": SHORT_TEXTS}
        facts.append(fact | draw(st.fixed_dictionaries({}, optional=optional)))
    base = {"schema": "1", "title": draw(TEXTS), "edition": draw(TEXTS), "scope": draw(TEXTS)}
    parts = draw(st.permutations([("sources", sources), ("topics", topics), ("facts", facts)]))
    return base | dict(parts)


def draw_locators(draw: st.DrawFn, last: int) -> str | list[str]:
    spans = draw(
        st.lists(st.tuples(st.integers(1, last), st.integers(1, last)), min_size=1, max_size=3, unique_by=sorted_pair)
    )
    texts = [f"{min(span)}-{max(span)}" if span[0] != span[1] else str(span[0]) for span in spans]
    return texts[0] if len(texts) == 1 and draw(st.booleans()) else texts


def sorted_pair(span: tuple[int, int]) -> tuple[int, ...]:
    return tuple(sorted(span))


def make_due_records(base: FactBase, index: Index) -> list[dict[str, Any]]:
    """Return the record that each fact of *base* should have."""
    records = []
    for fact in base.facts:
        citations = [
            make_citation_record(
                index.get_source(cited.source) or {},
                cited.locator,
                text=fill_template(index.find_forms(cited.source, "plain")[1], [cited.locator]).text,
                link=link_passage,
            )
            for cited in fact.citations
        ]
        records.append(make_fact_record(fact, citations))
    return records


def assert_is_whole(path: Path, index: Index) -> None:
    """Assert that the index of the base at *path* holds all of it."""
    base = read_base(path)
    due = make_due_records(base, index)

    assert (index.sha256, index.title, index.edition, index.scope) == (
        base.sha256,
        base.title,
        base.edition,
        base.scope,
    )
    assert index.count == len(base.facts)
    assert [index.get_fact(fact.id) for fact in base.facts] == due
    assert list(index.read_facts()) == due
    assert index.get_facts(range(index.count)) == due
    assert index.list_sources() == list(base.sources)
    assert {record["id"] for _, record in index.list_topics()} == set(base.topics)
    for topic in base.topics.values():
        places = [
            place
            for place, fact in enumerate(base.facts)
            if any(topic.id in list_broader(one, base.topics) for one in fact.topics)
        ]
        assert list(index.list_places("topic", topic.id)) == places
        for name in (topic.id, topic.label):
            assert topic.id in [record["id"] for record in index.find_topics(name)]


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(document=draw_base(), kept=st.booleans())
def test_every_fact_of_any_base_is_in_its_index(tmp_path: Path, document: dict[str, Any], kept: bool) -> None:
    path = tmp_path / "any.yaml"
    # JSON is YAML.
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    try:
        read_base(path)
    except BadBaseError:
        # Two of the texts, or a label and an id, may come out as one.
        reject()
    index = open_index(str(path), tmp_path / "cache" if kept else None)

    assert_is_whole(path, index)
    index.close()


def test_every_fact_of_the_bundled_base_is_in_its_index(index: Index) -> None:
    assert_is_whole(Path(find_bundled_base()), index)


def test_progress_is_told_now_and_then_and_never_goes_back(tmp_path: Path, small_base: Path) -> None:
    base = tmp_path / "large.yaml"
    write_large_base(base, small_base, 3500)
    told: list[float] = []
    open_index(str(base), None, tell=told.append)

    assert told == sorted(told)
    assert len(told) == 3
    assert all(0 < share < 1 for share in told)
