"""Worksheets as CSV: what a spreadsheet would take for a formula is escaped, and comes back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

# What starts a formula or a command in some spreadsheet program, also in full width.
STARTS: Final = tuple("=+-@\t\r\n＝＋－＠'")
ENCODINGS: Final = ("utf-8-sig", "cp1252", "latin-1")


def escaped(value: str) -> str:
    """A value that no program takes for a formula."""
    return f"'{value}" if value.startswith(STARTS) else value


def plain(cell: str) -> str:
    """The value that was escaped."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(STARTS) else cell


def write(target: Path, rows: Iterable[Sequence[str]], delimiter: str) -> None:
    """Write rows, with the mark by which spreadsheet programs know UTF-8."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=delimiter)
        out.writerows([escaped(cell) for cell in row] for row in rows)


def read(content: bytes, wanted: str) -> list[list[str]]:
    """The rows of a CSV, in whatever encoding and by whatever delimiter a program wrote it.

    `wanted`: the name of a column, by which the header is known.
    """
    text = _decoded(content).replace("\0", "")
    head = next((line for line in text.splitlines() if wanted in line.casefold()), "")
    delimiter = max(",;\t|", key=head.count)
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[plain(cell) for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads all bytes")
