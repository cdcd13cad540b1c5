"""Files inside zip files, unpacked for as long as the process lives, within bounds.

A path may run through a zip: `exports.zip/2019/contacts.csv`, also with a pattern behind it.
"""

from __future__ import annotations

import fnmatch
import os
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import IO, Final

from unify.errors import ConnectorError

MOST_MEMBERS: Final = 20_000
LARGEST: Final = 2_000_000_000  # bytes of one member
# What expands more than this is made to fill a disk, not to be read.
EXPANSION: Final = 250
_SMALL: Final = 50_000_000  # bytes that may come of anything
_CHUNK: Final = 1_000_000
_ENCRYPTED: Final = 0x1
# All that the standard library raises for a zip that is none.
_BROKEN: Final = (
    OSError, EOFError, RuntimeError, NotImplementedError, ValueError,
    zlib.error, zipfile.BadZipFile,
)  # fmt: skip
_DOCUMENTS: Final = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")

_KINDS: Final = {"word": "a text document", "ppt": "a presentation", "META-INF": "a document"}


def split(path: Path) -> tuple[Path, str] | None:
    """The zip file that a path runs through, and what stands behind it; None where none is."""
    for parent in path.parents:
        if parent.is_file():
            return (parent, path.relative_to(parent).as_posix()) if is_zip(parent) else None
        if parent.exists():
            return None
    return None


def is_zip(file: Path) -> bool:
    """Whether a file is a zip of files, and no document that is kept in one (xlsx, ods, jar)."""
    try:
        with file.open("rb") as stream:
            if stream.read(2) != b"PK":
                return False
        with zipfile.ZipFile(file) as archive:
            names = {info.filename for info in archive.infolist()[:1000]}
    except _BROKEN:
        return False
    return names.isdisjoint(_DOCUMENTS)


def document(file: Path) -> str | None:
    """What a document kept in a zip is, where it is none that could hold a table."""
    try:
        with zipfile.ZipFile(file) as opened:
            folders = {info.filename.partition("/")[0] for info in opened.infolist()[:1000]}
    except _BROKEN:
        return None
    return next((kind for folder, kind in _KINDS.items() if folder in folders), None)


def members(archive: Path) -> list[zipfile.ZipInfo]:
    """The files in a zip, by name. Raises ConnectorError for one that is damaged or too large."""
    try:
        with zipfile.ZipFile(archive) as opened:
            found = [info for info in opened.infolist() if not info.is_dir()]
    except _BROKEN as error:
        raise _unreadable(archive, "the zip file is damaged") from error
    if len(found) > MOST_MEMBERS:
        raise _unreadable(archive, f"the zip file holds more than {MOST_MEMBERS} files")
    return sorted(found, key=lambda info: info.filename)


def files_in(archive: Path, inner: str) -> list[Path]:
    """The files of a zip that a name, a pattern or a folder means, unpacked, in name order."""
    names = {info.filename.lstrip("/"): info.filename for info in members(archive)}
    chosen = [name for name in names if name == inner]
    chosen = chosen or [name for name in names if name.startswith(f"{inner.rstrip('/')}/")]
    chosen = chosen or [name for name in names if fnmatch.fnmatchcase(name, inner)]
    shown = [name for name in chosen if name.rpartition("/")[2][:1] != "."]
    return [unpacked(archive, names[name]) for name in shown]


def start_of(archive: Path, info: zipfile.ZipInfo, size: int) -> bytes:
    """The first bytes of a member. Raises ConnectorError for one that cannot be read."""
    with _opened(archive, info) as stream:
        try:
            return stream.read(size)
        except _BROKEN as error:
            raise _damaged(archive, info) from error


def unpacked(archive: Path, member: str) -> Path:
    """A member of a zip as a file in a private folder, removed when the process ends.

    Raises ConnectorError for one that is encrypted, damaged, or larger than can be meant.
    """
    return _unpacked(archive.resolve(), archive.stat().st_mtime_ns, member)


@cache
def _unpacked(archive: Path, _changed: int, member: str) -> Path:
    with zipfile.ZipFile(archive) as opened:
        info = opened.getinfo(member)
    # Its own folder: two members may have one name, and no member's path is ever followed.
    folder = Path(_scratch().name) / str(len(list(Path(_scratch().name).iterdir()))) / archive.name
    folder.mkdir(parents=True)
    target = folder / _safe(member)
    with _opened(archive, info) as stream, target.open("wb") as file:
        _copy(stream, file, info, archive)
    return target


def _copy(stream: IO[bytes], file: IO[bytes], info: zipfile.ZipInfo, archive: Path) -> None:
    written, most = 0, min(LARGEST, max(_SMALL, EXPANSION * info.compress_size))
    try:
        while chunk := stream.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise _unreadable(archive, f"'{_safe(info.filename)}' expands beyond all measure")
            file.write(chunk)
    except _BROKEN as error:
        raise _damaged(archive, info) from error


def _opened(archive: Path, info: zipfile.ZipInfo) -> IO[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise _unreadable(archive, f"'{_safe(info.filename)}' in it is protected by a password")
    if info.file_size > max(_SMALL, EXPANSION * max(info.compress_size, 1)):
        raise _unreadable(archive, f"'{_safe(info.filename)}' expands beyond all measure")
    try:
        return zipfile.ZipFile(archive).open(info)
    except _BROKEN as error:
        raise _damaged(archive, info) from error


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="unify-zip-")


def _safe(member: str) -> str:
    """The member's last name, as a file system takes it."""
    name = member.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "".join(sign if sign.isprintable() and sign not in '<>:"|?*' else "_" for sign in name)


def _damaged(archive: Path, info: zipfile.ZipInfo) -> ConnectorError:
    return _unreadable(archive, f"'{_safe(info.filename)}' in it is damaged")


def _unreadable(archive: Path, what: str) -> ConnectorError:
    return ConnectorError(
        what, where=os.fspath(archive), remedy="Unpack it, and name the files in it."
    )
