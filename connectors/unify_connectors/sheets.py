"""The sheets of a spreadsheet, read by a process apart that may fail, hang or eat memory alone."""

from __future__ import annotations

import atexit
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from unify.connector import refuse_empty, unreadable
from unify.errors import ConnectorError
from unify_connectors.sheets_apart import heard, said

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY: Final = 1_000_000_000  # bytes
_PATIENCE: Final = 10  # seconds, and one more for each megabyte
_BETWEEN_LOOKS: Final = 0.2

_PIPE: Final = 1 << 20  # bytes: the next rows are read while these are taken in
_LOOK: Final = 256_000  # bytes
_ZIP: Final = b"PK\x03\x04"
_PARTS: Final = (b"xl/workbook.", b"opendocument.spreadsheet")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_STREAMS: Final = ("Workbook", "Book")
_ENCRYPTED: Final = "EncryptedPackage"

_IDLE: Final[list[subprocess.Popen[bytes]]] = []
"""Processes that have read a spreadsheet, and wait for the next one."""

Block = Sequence["pa.StringArray"]
"""Consecutive rows of a sheet, column by column."""


class PasswordNeeded(ConnectorError):
    """A spreadsheet that is encrypted."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet that is open: the names of its sheets, and each sheet's rows in turn."""

    names: list[str]
    sheets: Iterator[tuple[str, Iterator[Block]]]


@contextmanager
def opened(file: Path, *, sheet: str | None = None, rows: int = 0) -> Iterator[Workbook]:
    """A spreadsheet, whatever its name says it is: all its sheets or one, all their rows or the
    first ones. Raises ConnectorError for one that cannot be read.
    """
    _refuse_at_once(file)
    patience = _PATIENCE + file.stat().st_size // 1_000_000
    process = _IDLE.pop() if _IDLE else _started()
    watch = _Watch(process, patience)
    try:
        _ask(process, (os.fspath(file.absolute()), rows, 2 * patience, sheet))
        messages = _messages(process, watch, file)
        _, names = next(messages)
        yield Workbook(names, _sheets(messages))
    finally:
        watch.end()
        if watch.done and process.poll() is None:
            _IDLE.append(process)
        else:
            _end(process)


def _started() -> subprocess.Popen[bytes]:
    # What a damaged file makes the library say is for its authors.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "unify_connectors.sheets_apart", str(MEMORY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=_PIPE,
    )


def _ask(process: subprocess.Popen[bytes], message: tuple[Any, ...]) -> None:
    assert process.stdin is not None
    with suppress(OSError):  # A process that has ended gives no answer; that is told.
        process.stdin.write(said(message))
        process.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(OSError):
        process.communicate()


@atexit.register
def _end_all() -> None:
    while _IDLE:
        _end(_IDLE.pop())


if hasattr(os, "register_at_fork"):
    # The processes are the parent's to talk to.
    os.register_at_fork(after_in_child=_IDLE.clear)


def is_spreadsheet(file: Path) -> bool:
    """Whether a file is built as spreadsheets are, whatever its name."""
    if not file.is_file():
        return False
    ends = _ends(file)
    if ends.startswith(_OLE):
        return any(name.encode("utf-16-le") in ends for name in (*_STREAMS, _ENCRYPTED))
    return ends.startswith(_ZIP) and any(name in ends for name in _PARTS)


def _ends(file: Path) -> bytes:
    """The start and the end of a file, where archives keep the names of their parts."""
    with file.open("rb") as stream:
        start = stream.read(_LOOK)
        stream.seek(max(file.stat().st_size - _LOOK, 0))
        return start + stream.read(_LOOK)


def _refuse_at_once(file: Path) -> None:
    try:
        refuse_empty(file)
        ends = _ends(file)
    except OSError as error:
        raise unreadable(file, error) from error
    if ends.startswith(_OLE) and _ENCRYPTED.encode("utf-16-le") in ends:
        raise _refusal(file, "password")


@dataclass
class _Watch:
    """Ends a process that gives no answer for some seconds while it is waited for."""

    process: subprocess.Popen[bytes]
    patience: float
    until: float = math.inf
    late: bool = False
    done: bool = False
    """Whether the whole answer has come."""
    _ended: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        Thread(target=self._look, daemon=True).start()

    def waiting(self) -> None:
        """From now on an answer is waited for."""
        self.until = time.monotonic() + self.patience

    def answered(self) -> None:
        """An answer has come."""
        self.until = math.inf

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()

    def _look(self) -> None:
        while not self._ended.wait(_BETWEEN_LOOKS):
            if time.monotonic() > self.until:
                self.late = True
                self.process.kill()
                return


def _messages(
    process: subprocess.Popen[bytes], watch: _Watch, file: Path
) -> Iterator[tuple[Any, ...]]:
    assert process.stdout is not None
    while True:
        watch.waiting()
        message = heard(process.stdout)
        if message is None:
            raise _gone(file, watch)
        watch.answered()
        watch.done = message[0] in ("refused", "end")
        if message[0] == "refused":
            raise _refusal(file, *message[1:])
        if watch.done:
            return
        yield message


def _sheets(messages: Iterator[tuple[Any, ...]]) -> Iterator[tuple[str, Iterator[Block]]]:
    """Each sheet with its rows, which are there until the next sheet is asked for."""
    ahead: list[tuple[Any, ...]] = []

    def blocks() -> Iterator[Block]:
        for message in messages:
            if message[0] != "rows":
                ahead.append(message)
                return
            yield [_unpacked(message[1], *column) for column in message[2]]

    while message := ahead.pop() if ahead else next(messages, None):
        if message[0] == "sheet":
            of_this = blocks()
            yield message[1], of_this
            for _ in of_this:
                pass


def _unpacked(count: int, offsets: bytes, texts: bytes) -> pa.StringArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(texts))
    # Old programs leave zero bytes behind.
    return pc.replace_substring(column, "\0", "") if b"\0" in texts else column


def _gone(file: Path, watch: _Watch) -> ConnectorError:
    if watch.late:
        what = f"reading it took longer than {watch.patience:g} s"
    else:
        what = f"the file is damaged, or reading it takes more than {MEMORY // 1_000_000} MB"
    return _refused(file, what, "Open it in Excel or LibreOffice and save its table as CSV.")


def _refusal(file: Path, kind: str, said: str = "") -> ConnectorError:
    if kind == "password":
        return PasswordNeeded(
            "the spreadsheet is protected by a password",
            where=os.fspath(file),
            remedy="Save it without one.",
        )
    if kind == "memory":
        what = f"reading it takes more than {MEMORY // 1_000_000} MB"
        return _refused(file, what, "Save its table as CSV.")
    return _refused(
        file,
        f"the file is damaged or no spreadsheet ({said})",
        "Open it in Excel or LibreOffice and save it again as xlsx.",
    )


def _refused(file: Path, what: str, remedy: str) -> ConnectorError:
    return ConnectorError(what, where=os.fspath(file), remedy=remedy)
