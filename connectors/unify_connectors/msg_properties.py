"""The properties of an Outlook message (msg), plain ones and those of Outlook's own names."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import olefile

_NAMES: Final = "__nameid_version1.0/__substg1.0_"
_FIXED: Final = "__properties_version1.0"
_HEAD: Final = 32  # bytes of a message's own properties
_LARGEST: Final = 1 << 20  # bytes of a value
_NAMED: Final = 0x8000
_TEXT_8, _TEXT, _BYTES, _TIME = 0x1E, 0x1F, 0x102, 0x40
_ADDRESS: Final = "0420060000000000c000000000000046"
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)


def properties(file: Path) -> Mapping[str, str]:
    """The texts, bytes and instants of a message, by their tag, as `3A06`; those that are named in
    Outlook's set for addresses as `address 8083`. Raises what the library raises for damage.
    """
    import olefile

    with olefile.OleFileIO(file) as ole:
        named = dict(_named(ole))
        found = {**dict(_instants(ole)), **dict(_streams(ole))}
    return {named.get(tag, f"{tag:04X}"): value for tag, value in found.items()}


def _read(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name) or ole.get_size(name) > _LARGEST:
        return b""
    content: bytes = ole.openstream(name).read(_LARGEST)
    return content


def _named(ole: olefile.OleFileIO) -> Iterator[tuple[int, str]]:
    """Which tag stands for which named property of a contact."""
    guids, entries = _read(ole, f"{_NAMES}00020102"), _read(ole, f"{_NAMES}00030102")
    for at in range(0, len(entries) - 7, 8):
        number, kind, index = struct.unpack_from("<IHH", entries, at)
        place = ((kind >> 1) - 3) * 16
        if not kind & 1 and place >= 0 and guids[place : place + 16].hex() == _ADDRESS:
            yield _NAMED + index, f"address {number:04X}"


def _streams(ole: olefile.OleFileIO) -> Iterator[tuple[int, str]]:
    for name, *below in ole.listdir():
        head, _, tag = name.rpartition("_")
        if below or head != "__substg1.0" or len(tag) != 8:
            continue
        number, kind = int(tag[:4], 16), int(tag[4:], 16)
        content = _read(ole, name)
        if kind == _TEXT:
            yield number, content.decode("utf-16-le", "replace").strip("\0")
        elif kind == _TEXT_8:
            yield number, content.decode("cp1252", "replace").strip("\0")
        elif kind == _BYTES and len(content) <= 64:
            yield number, content.hex()


def _instants(ole: olefile.OleFileIO) -> Iterator[tuple[int, str]]:
    content = _read(ole, _FIXED)
    for at in range(_HEAD, len(content) - 15, 16):
        kind, number, _, ticks = struct.unpack_from("<HHIQ", content, at)
        # Beyond the year 4000 stands what means nothing was entered.
        if kind == _TIME and 0 < ticks < 757_000_000_000_000_000:
            moment = _EPOCH + timedelta(microseconds=ticks // 10)
            yield number, moment.strftime("%Y-%m-%dT%H:%M:%SZ")
