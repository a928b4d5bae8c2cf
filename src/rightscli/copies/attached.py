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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rightscli.records import Record

SCHEMA = "rights.copy/1"
_LIMIT = 100 * 10**6
_WHAT = "an attached copy"
_NAME = "copies"
_HEX = "[0-9a-f]" * 16


class Copy(NamedTuple):
    """The texts of a source's paragraphs, by number, ascending; those *proven* are the base's edition, word for word."""

    source: str
    texts: Mapping[int, str]
    proven: frozenset[int]


class _Kept(NamedTuple):
    """What a file holds: texts by number, and the hashes that the base's paragraphs had when it was written."""

    texts: Mapping[int, str]
    base: tuple[str, ...]


def save_copy(folder: Path, source: Record, texts: Mapping[int, str], *, replace: bool = False) -> Copy:
    """Keep *texts*, paragraphs of the record *source* by number, under *folder*, and return what is attached now.

    What was attached and proven before stays where *texts* have nothing proven; with *replace* it goes. Of the same texts
    the file is the same, byte for byte. Raises RightsError where no paragraph is given, UnreadableError where the folder
    is not this user's alone or cannot be written to.
    """
    from json import dumps

    hashes = _list_hashes(source)
    numbers = [number for number in texts if 0 < number <= len(hashes)]
    if not numbers:
        raise RightsError(f"nothing to attach to {source['id']}", hint="give a file that holds paragraphs of it")
    kept = {number: texts[number] for number in numbers}
    if not replace and (older := _load_older(folder, source)):
        for number in older.proven:
            if number not in kept or hash_text(kept[number]) != hashes[number - 1]:
                kept[number] = older.texts[number]
    document = {
        "schema": SCHEMA,
        "source": source["id"],
        "base": hashes,
        "paragraphs": {
            str(number): {
                "text": kept[number],
                "sha256": (digest := hash_text(kept[number])),
                "proven": digest == hashes[number - 1],
            }
            for number in sorted(kept)
        },
    }
    content = dumps(document, ensure_ascii=False, indent=1) + "\n"
    path = _get_path(folder, source)
    write_private(path, content.encode("utf-8", "surrogatepass"))
    proven = frozenset(number for number in kept if hash_text(kept[number]) == hashes[number - 1])
    held = {hashes[number - 1] for number in proven}
    for other, older_kept in _list_others(folder, source, path):
        # What an earlier edition of the base left; on *replace*, what would still be found there as proven.
        if replace or held.issuperset(map(hash_text, older_kept.texts.values())):
            remove_private(other)
    return Copy(source["id"], {number: kept[number] for number in sorted(kept)}, proven)


def load_copy(folder: Path, source: Record) -> Copy | None:
    """Return what is attached to the source of the record *source*; None if nothing is.

    A text is proven whose hash, made now, is that of a paragraph of the base, now. Texts of an older or another base that
    uses the key for the same work count, too; without proof only those that were attached by their numbers to the same
    paragraphs, or to an older edition of the base. Raises UnreadableError where the folder is not this user's alone, or the
    file is not what was written there.
    """
    hashes = _list_hashes(source)
    path = _get_path(folder, source)
    files = [kept for kept in [_read_file(path, source["id"])] if kept]
    files += [kept for _, kept in _list_others(folder, source, path)]
    proofs: dict[str, str] = {}
    unproven: dict[int, str] = {}
    for kept in files:
        for number, text in kept.texts.items():
            proofs.setdefault(hash_text(text), text)
            unproven.setdefault(_renumber_text(number, kept.base, hashes), text)
    texts = {
        number: proofs.get(digest, unproven.get(number, ""))
        for number, digest in enumerate(hashes, 1)
        if digest in proofs or number in unproven
    }
    proven = frozenset(number for number, digest in enumerate(hashes, 1) if digest in proofs)
    return Copy(source["id"], texts, proven) if texts else None


def remove_copy(folder: Path, source: Record) -> bool:
    """Remove what is attached to the source of the record *source*, readable or not; tell whether anything was."""
    path = _get_path(folder, source)
    paths = [path, *(other for other, _ in _list_others(folder, source, path))]
    removed = [remove_private(other) for other in paths]
    return any(removed)


def list_copies(folder: Path) -> tuple[str, ...]:
    """Return the keys of the sources that something may be attached to, whatever their base, in order."""
    return tuple(sorted({path.stem.rpartition("-")[0] for path in list_private(folder / _NAME, f"*-{_HEX}.json")}))


def _list_hashes(source: Record) -> list[str]:
    return [paragraph["sha256"] for paragraph in source["paragraphs"]]


def _get_path(folder: Path, source: Record) -> Path:
    """Return where the copy of *source* is kept: a key's letters, digits and hyphens are safe in any file system."""
    from hashlib import sha256

    digest = sha256("\n".join(_list_hashes(source)).encode()).hexdigest()[:16]
    return folder / _NAME / f"{source['id']}-{digest}.json"


def _renumber_text(number: int, base: Sequence[str], hashes: Sequence[str]) -> int:
    """Return the number, in a base whose paragraphs have *hashes*, of what is the paragraph *number* of *base*; 0 if none."""
    if number > len(base):
        return 0
    if base[number - 1] in hashes:
        return number if hashes[number - 1 : number] == [base[number - 1]] else hashes.index(base[number - 1]) + 1
    # Edited since: what stands at its place now, if that is new.
    return number if number <= len(hashes) and hashes[number - 1] not in base else 0


def _load_older(folder: Path, source: Record) -> Copy | None:
    """Return what is attached already; nothing where that cannot be read, since it is to be written anew."""
    try:
        return load_copy(folder, source)
    except UnreadableError:
        return None


def _list_others(folder: Path, source: Record, path: Path) -> list[tuple[Path, _Kept]]:
    """Return the other files of the same key and work: those written for a base of which some paragraph is the same."""
    hashes = frozenset(_list_hashes(source))
    found = []
    for other in list_private(folder / _NAME, f"{source['id']}-{_HEX}.json"):
        if other == path:
            continue
        try:
            kept = _read_file(other, source["id"])
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
        texts = {int(number): kept["text"] for number, kept in document["paragraphs"].items()}
        base = tuple(document["base"])
        if not all(isinstance(text, str) for text in (*texts.values(), *base)) or min(texts, default=1) < 1:
            raise ValueError("another shape")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableError(
            f"{path}: not {_WHAT} as it was written", hint=f"attach it again, or undo it: rights detach {key}"
        ) from None
    return _Kept(texts, base)
