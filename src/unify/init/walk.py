"""Where contacts may be: every file of folders and zip files, and why some are left out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from unify import archives
from unify.errors import ConnectorError
from unify.presets import read_toml

OWN: Final = frozenset({"golden", "review", "unify.toml"})
_OWN_BEGIN: Final = ("ledger.sqlite", "unify.duckdb")
_MACHINE: Final = frozenset(
    {
        "__pycache__",
        "__MACOSX",
        "node_modules",
        "$RECYCLE.BIN",
        "System Volume Information",
        "Thumbs.db",
        "desktop.ini",
    }
)
_START: Final = 64  # bytes that tell what a file is
_SQLITE_NOISE: Final = ("-wal", "-shm", "-journal")
# All that is unpacked of one zip.
_MOST_OF_A_ZIP: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file to look into: where it can be read, and how a configuration names it."""

    file: Path
    path: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is no contact list, and why not."""

    path: str
    why: str


def walk(place: Path, written: str, *, project: Path) -> Iterator[Found | LeftOut]:
    """The files at a place, in name order. `written`: how a configuration names it."""
    if place.is_dir():
        yield from _folder(place, written, project)
    else:
        yield from _file(place, written)


def kind_of(start: bytes) -> str | None:
    """What a file is by its first bytes, where they tell."""
    return next((kind for at, mark, kind in _marks("begin") if _is_at(start, at, mark)), None)


def _never_contacts(start: bytes) -> str | None:
    return next((kind for at, mark, kind in _marks("never") if _is_at(start, at, mark)), None)


def _is_at(start: bytes, at: int, mark: bytes) -> bool:
    return start[at : at + len(mark)] == mark


def _folder(folder: Path, written: str, project: Path) -> Iterator[Found | LeftOut]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield LeftOut(written, f"it cannot be opened ({error.strerror})")
        return
    for entry in listed:
        if entry.name.startswith(".") or entry.name in _MACHINE or _is_own(entry, folder, project):
            continue
        path = f"{written}/{entry.name}" if written not in ("", ".") else entry.name
        yield from _entry(entry, path, project)


def _entry(entry: os.DirEntry[str], path: str, project: Path) -> Iterator[Found | LeftOut]:
    if entry.is_symlink():
        yield LeftOut(path, "a symbolic link, which is not followed")
    elif not _writable_name(path):
        yield LeftOut(path, "its name is no valid text; rename it")
    elif entry.is_dir(follow_symlinks=False):
        yield from _folder(Path(entry.path), path, project)
    elif not entry.name.endswith(_SQLITE_NOISE):
        yield from _file(Path(entry.path), path)


def _file(file: Path, path: str) -> Iterator[Found | LeftOut]:
    try:
        known = file.stat()
        if not stat.S_ISREG(known.st_mode):
            yield LeftOut(path, "no ordinary file")
            return
        with file.open("rb") as stream:
            start = stream.read(_START)
    except OSError as error:
        yield LeftOut(path, f"it cannot be read ({error.strerror})")
        return
    yield from _begun(file, path, start)


def _begun(file: Path, path: str, start: bytes) -> Iterator[Found | LeftOut]:
    if not start:
        yield LeftOut(path, "empty (0 bytes)")
    elif kind := _never_contacts(start):
        yield LeftOut(path, kind)
    elif start.startswith(b"PK") and archives.is_zip(file):
        yield from _zip(file, path)
    else:
        yield Found(file, path)


def _zip(archive: Path, path: str) -> Iterator[Found | LeftOut]:
    try:
        infos = archives.members(archive)
    except ConnectorError as damaged:
        yield LeftOut(path, damaged.what)
        return
    total = 0
    for info in infos:
        name = info.filename
        if any(part[:1] == "." or part in _MACHINE for part in name.split("/")):
            continue
        total += info.file_size
        within = f"{path}/{name.lstrip('/')}"
        if total > _MOST_OF_A_ZIP:
            yield LeftOut(within, "the zip file holds too much; unpack it")
        else:
            yield _member(archive, name, within)


def _member(archive: Path, name: str, path: str) -> Found | LeftOut:
    try:
        file = archives.unpacked(archive, name)
    except ConnectorError as unreadable:
        return LeftOut(path, unreadable.what)
    if not file.stat().st_size:
        return LeftOut(path, "empty (0 bytes)")
    if archives.is_zip(file):
        return LeftOut(path, "a zip file within a zip file; unpack it")
    return Found(file, path)


def _is_own(entry: os.DirEntry[str], folder: Path, project: Path) -> bool:
    """Whether it is what a project itself writes."""
    beside = folder == project or (folder / "unify.toml").exists()
    return beside and (entry.name in OWN or entry.name.startswith(_OWN_BEGIN))


def _writable_name(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _marks(which: str) -> tuple[tuple[int, bytes, str], ...]:
    """Place, bytes and kind, the longest bytes first."""
    table = read_toml("files.toml")[which]
    marks = (
        (int(at or 0), bytes.fromhex(mark), kind)
        for kind, marks in table.items()
        for mark, _, at in (written.partition("@") for written in marks)
    )
    return tuple(sorted(marks, key=lambda entry: -len(entry[1])))
