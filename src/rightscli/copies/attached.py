"""The store of attached copies: the words of a source's paragraphs, kept for this user, proven anew whenever they are read.

A file is named by the source's key and a digest of its paragraphs' hashes, so that two bases may use one key for different
works. What counts as proof is not the file's name nor what stands in it but the hash of each text, made when it is read and
compared with the base's of that day: so a base that was edited keeps what is still true of its copy, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import RightsError, UnreadableError
from rightscli.files import list_private, read_private, remove_private, write_private
from rightscli.text.folding import hash_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rightscli.records import Record

SCHEMA = "rights.copy/1"
_LIMIT = 100 * 10**6
_WHAT = "an attached copy"
_NAME = "copies"
_HEX = "[0-9a-f]" * 16


class Copy(NamedTuple):
    """The texts of a source's passages, by position, ascending; those *proven* are the base's edition, word for word."""

    source: str
    texts: Mapping[int, str]
    proven: frozenset[int]


class _Kept(NamedTuple):
    """What a file holds: texts by position, and the hashes and numbers that the base's passages had when it was written."""

    texts: Mapping[int, str]
    base: tuple[str, ...]
    numbers: tuple[str, ...]


def save_copy(folder: Path, source: Record, texts: Mapping[int, str], *, replace: bool = False) -> Copy:
    """Keep *texts*, passages of the record *source* by position, under *folder*, and return what is attached now.

    What was attached and proven before stays where *texts* have nothing proven; with *replace* it goes. Of the same texts
    the file is the same, byte for byte. Raises RightsError where no paragraph is given, UnreadableError where the folder
    is not this user's alone or cannot be written to.
    """
    from json import dumps

    hashes, numbers = _list_hashes(source), _list_numbers(source)
    positions = [position for position in texts if 0 < position <= len(hashes)]
    if not positions:
        raise RightsError(f"nothing to attach to {source['id']}", hint="give a file that holds paragraphs of it")
    kept = {position: texts[position] for position in positions}
    if not replace and (older := _load_older(folder, source)):
        for position in older.proven:
            if position not in kept or hash_text(kept[position]) != hashes[position - 1]:
                kept[position] = older.texts[position]
    document = {
        "schema": SCHEMA,
        "source": _get_key(source),
        "base": hashes,
        "numbers": numbers,
        "paragraphs": {
            numbers[position - 1]: {
                "text": kept[position],
                "sha256": (digest := hash_text(kept[position])),
                "proven": digest == hashes[position - 1],
            }
            for position in sorted(kept)
        },
    }
    content = dumps(document, ensure_ascii=False, indent=1) + "\n"
    path = name_copy(folder, source)
    write_private(path, content.encode("utf-8", "surrogatepass"))
    proven = frozenset(position for position in kept if hash_text(kept[position]) == hashes[position - 1])
    held = {hashes[position - 1] for position in proven}
    for other, older_kept in _list_others(folder, source, path):
        # What an earlier edition of the base left; on *replace*, what would still be found there as proven.
        if replace or held.issuperset(map(hash_text, older_kept.texts.values())):
            remove_private(other)
    return Copy(source["id"], {position: kept[position] for position in sorted(kept)}, proven)


def load_copy(folder: Path, source: Record) -> Copy | None:
    """Return what is attached to the source of the record *source*; None if nothing is.

    A text is proven whose hash, made now, is that of a paragraph of the base, now. Texts of an older or another base that
    uses the key for the same work count, too; without proof only those that were attached by their positions to the same
    paragraphs, or to an older edition of the base. Raises UnreadableError where the folder is not this user's alone, or the
    file is not what was written there.
    """
    hashes = _list_hashes(source)
    path = name_copy(folder, source)
    files = [kept for kept in [_read_file(path, _get_key(source))] if kept]
    files += [kept for _, kept in _list_others(folder, source, path)]
    proofs: dict[str, str] = {}
    unproven: dict[int, str] = {}
    for kept in files:
        for position, text in kept.texts.items():
            proofs.setdefault(hash_text(text), text)
            unproven.setdefault(_move_text(position, kept, source), text)
    texts = {
        position: proofs.get(digest, unproven.get(position, ""))
        for position, digest in enumerate(hashes, 1)
        if digest in proofs or position in unproven
    }
    proven = frozenset(position for position, digest in enumerate(hashes, 1) if digest in proofs)
    return Copy(source["id"], texts, proven) if texts else None


def remove_copy(folder: Path, source: Record) -> bool:
    """Remove what is attached to the source of the record *source*, readable or not; tell whether anything was."""
    path = name_copy(folder, source)
    paths = [path, *(other for other, _ in _list_others(folder, source, path))]
    removed = [remove_private(other) for other in paths]
    return any(removed)


def _get_key(source: Record) -> str:
    """Return the key that *source* has in its base, also where it goes by ``base/key`` in a library."""
    return str(source["id"]).rpartition("/")[2]


def _list_hashes(source: Record) -> list[str]:
    return [paragraph["sha256"] for paragraph in source["paragraphs"]]


def _list_keys(source: Record) -> list[str]:
    """Return the key of *source* and its former ones."""
    return [_get_key(source), *source.get("was", ())]


def _list_numbers(source: Record) -> list[str]:
    return [paragraph["number"] for paragraph in source["paragraphs"]]


def name_copy(folder: Path, source: Record) -> Path:
    """Return where the copy of the record *source* is kept: a key's letters, digits and hyphens are safe in any file system."""
    from hashlib import sha256

    digest = sha256("\n".join(_list_hashes(source)).encode()).hexdigest()[:16]
    return folder / _NAME / f"{_get_key(source)}-{digest}.json"


def _move_text(position: int, kept: _Kept, source: Record) -> int:
    """Return the position in *source* of what stands at a *position* among what is *kept*; 0 if nothing is."""
    hashes = _list_hashes(source)
    if position > len(kept.base):
        return 0
    digest = kept.base[position - 1]
    if digest in hashes:
        return position if hashes[position - 1 : position] == [digest] else hashes.index(digest) + 1
    # Edited since: what has its number now, if that is new.
    now = [at for at, number in enumerate(_list_numbers(source), 1) if number == kept.numbers[position - 1]]
    return now[0] if now and hashes[now[0] - 1] not in kept.base else 0


def _load_older(folder: Path, source: Record) -> Copy | None:
    """Return what is attached already; nothing where that cannot be read, since it is to be written anew."""
    try:
        return load_copy(folder, source)
    except UnreadableError:
        return None


def _list_others(folder: Path, source: Record, path: Path) -> list[tuple[Path, _Kept]]:
    """Return the other files of the same key, or a former one, and work: those for a base of which some paragraph is the same."""
    hashes = frozenset(_list_hashes(source)) - {""}
    found = []
    named = [(key, other) for key in _list_keys(source) for other in list_private(folder / _NAME, f"{key}-{_HEX}.json")]
    for key, other in named:
        if other == path:
            continue
        try:
            kept = _read_file(other, key)
        except UnreadableError:
            # Perhaps another base's; it is told where that is used.
            continue
        if kept and (not hashes.isdisjoint(kept.base) or not hashes.isdisjoint(map(hash_text, kept.texts.values()))):
            found.append((other, kept))
    return found


def _read_file(path: Path, key: str) -> _Kept | None:
    """Return what the file *path* holds, or None if there is none."""
    content = read_private(path, limit=_LIMIT, what=_WHAT)
    if content is None:
        return None
    from json import loads

    try:
        document = loads(content.decode("utf-8", "surrogatepass"))
        if document["schema"] != SCHEMA or document["source"] != key:
            raise ValueError("another schema or source")
        base = tuple(document["base"])
        numbers = tuple(document.get("numbers", map(str, range(1, len(base) + 1))))
        positions = {number: position for position, number in enumerate(numbers, start=1)}
        texts = {positions[number]: kept["text"] for number, kept in document["paragraphs"].items()}
        if not all(isinstance(text, str) for text in (*texts.values(), *base)) or len(numbers) != len(base):
            raise ValueError("another shape")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableError(
            f"{path}: not {_WHAT} as it was written", hint=f"attach it again, or undo it: rights detach {key}"
        ) from None
    return _Kept(texts, base, numbers)
