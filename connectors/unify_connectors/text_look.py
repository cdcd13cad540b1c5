"""Whether the start of a file is a table of text: told by what is in it, not by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from unify_connectors.header import has_email, is_blank
from unify_connectors.layout import SAMPLE_LINES, Layout, records_in, told_layout
from unify_connectors.text_encoding import is_binary, possible_encodings

# Signs that no program writes into a table: of a binary file, they are one in ten.
_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f\ufffd]")
_MOST_CONTROL: Final = 0.02
_NO_TEXT: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3\0", b"%PDF-")
_MOST_ZEROS: Final = 0.2
# Markup, JSON, programs, contacts and calendars, mailboxes, and what else says what it is.
_OTHER_KIND: Final = re.compile(
    r"\s*(?:<[?!a-z]|\{\s*[\"}\\]|\[\s*[\[{\"\]]|#!|%[!P]|BEGIN:V|From \S+@|-----BEGIN|"
    r"dn::? |version: *\d|/\*|//|package |import |from \S+ import |#include|"
    r"INSERT INTO|CREATE TABLE|SELECT )",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"\s*(?:(?:return|if|else|for|while|def|class|import|var|let)\b|#|//|\*|})"
)
_LONGEST_NAME: Final = 60
_SENTENCE: Final = re.compile(r"[.!?]$|\. ")
_SHARE: Final = 0.9
_FEW_ROWS: Final = 5
_MANY_COLUMNS: Final = 3
_LOOK: Final = 256_000  # bytes


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text: its layout, and whether its first row names the columns."""

    layout: Layout
    header: bool


def shown_lines(file: Path) -> list[str]:
    """The first lines of a text file; none of a file that is no text, or says it is no table."""
    if not file.is_file():
        return []
    with file.open("rb") as stream:
        start = stream.read(_LOOK)
    # Encodings are told at some cost, and these have none.
    if start.startswith(_NO_TEXT):
        return []
    if is_binary(start):
        return []
    encoding = possible_encodings(file, within=_LOOK)[0]
    text = start.decode(encoding, "replace").removeprefix("\ufeff")
    if not _is_text(text) or _OTHER_KIND.match(text):
        return []
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole = lines[:-1] if len(start) == _LOOK or not lines[-1] else lines
    return [f"{line}\n" for line in whole[:SAMPLE_LINES]]


def told_table(lines: Sequence[str], *, named: bool) -> Table | None:
    """The table that a file's first lines are; one `named` as a table need not be regular."""
    for header in (True, False):
        if layout := told_layout(lines, None, header=header):
            records = records_in(lines, layout)
            wide = len(layout.columns) > 1
            is_table = wide and (named or _is_regular(layout, records, header=header))
            return Table(layout, header) if is_table or _lists_emails(lines) else None
    return None


def _is_text(text: str) -> bool:
    """Whether what was read is text: hardly any sign that no program writes into a table."""
    if not text or text.count("\0") > _MOST_ZEROS * len(text):
        return False
    return len(_CONTROL.findall(text)) <= max(2, _MOST_CONTROL * len(text))


def _lists_emails(lines: Sequence[str]) -> bool:
    written = [line for line in lines if not is_blank(line)]
    return 2 * sum(has_email([line]) for line in written) >= len(written) > 0


def _is_regular(layout: Layout, records: Sequence[Sequence[str]], *, header: bool) -> bool:
    """Whether rows that nothing but their content declares are those of a table: as many cells
    in all of them, below names that are no sentences.
    """
    width = len(layout.columns)
    exact = sum(len(row) == width for row in records)
    least = 1.0 if len(records) <= _FEW_ROWS else _SHARE
    if not records or exact < least * len(records):
        return False
    if not _are_names(layout.columns) or (not header and width < _MANY_COLUMNS):
        return False
    if layout.delimiter not in ",;":
        return True
    return not _is_prose(records) and not _is_code([layout.columns, *records])


def _are_names(columns: Sequence[str]) -> bool:
    return all(len(name) <= _LONGEST_NAME and not _SENTENCE.search(name) for name in columns)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Commas and semicolons in a sentence have a blank behind them, those of a table seldom."""
    inner = [cell for row in rows for cell in row[1:] if cell]
    return 2 * sum(cell.startswith(" ") for cell in inner) > len(inner)


def _is_code(rows: Sequence[Sequence[str]]) -> bool:
    """Whether many lines begin or end as those of programs do."""
    ends = sum(is_blank(row[-1]) or row[-1].rstrip().endswith(("{", "}", "(", ":")) for row in rows)
    begins = sum(bool(_CODE.match(row[0])) for row in rows)
    return ends == len(rows) or 3 * begins > len(rows)
