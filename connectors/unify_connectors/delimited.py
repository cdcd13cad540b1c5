"""Delimited text: CSV and its relatives, as any program may have written them."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, files_at, refuse_empty, unreadable
from unify.errors import ConfigError, ConnectorError
from unify_connectors.batches import Place, ahead, batches
from unify_connectors.delimited_rows import stretches
from unify_connectors.escapes import escapes_quotes, quotes_doubled
from unify_connectors.layout import SAMPLE_LINES, Layout, told_layout
from unify_connectors.text_encoding import (
    EIGHT_BIT,
    LATIN_9,
    known_encoding,
    possible_encodings,
)
from unify_connectors.text_look import shown_lines, told_table
from unify_connectors.text_pieces import utf8_pieces

TABLE_SUFFIXES: Final = (".csv", ".tsv", ".tab")
SUFFIXES: Final = (*TABLE_SUFFIXES, ".txt")

_ONE_SIGN: Final = re.compile(r'[^"\r\n\0]')
ENCODING: Final = "encoding"  # what is learnt of a source
PIECE: Final = 4_000_000  # characters
_SAMPLE: Final = 250_000
_OTHER_FORMATS: Final = (
    (b"PK\x03\x04", "a spreadsheet or another zipped file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """Delimited text (CSV, TSV): a file, a folder of them or a pattern.

    path: the file, folder or pattern.
    delimiter: what stands between cells; told from the file if not given.
    encoding: for instance `cp1252`; told from the file if not given.
    header: false where the first row is already a record.
    """

    path: Path
    delimiter: str | None = None
    encoding: str | None = None
    header: bool = True

    native_key: ClassVar[str | None] = None

    def __post_init__(self) -> None:
        if self.delimiter is not None and not _ONE_SIGN.fullmatch(self.delimiter):
            raise ConfigError(
                f"the delimiter {self.delimiter!r} cannot stand between cells",
                where="delimiter",
                remedy='Write for instance ";" or "\\t".',
            )
        if self.encoding is not None:
            known_encoding(self.encoding)

    def read(self) -> Iterator[Batch]:
        """The rows below each file's header, with their line as location."""
        return self.read_as({})

    def read_as(self, learnt: Mapping[str, str]) -> Iterator[Batch]:
        """The same; an encoding that a file leaves open is the one that others prove.

        The other files of this load go before earlier loads, so that a second load is read as
        the first.
        """
        files = files_at(self.path, suffixes=SUFFIXES)
        possible = {file: self._possible_encodings(file) for file in files}
        proven = {names[0] for names in possible.values() if _is_proof(names)}
        usual = proven.pop() if len(proven) == 1 else learnt.get(ENCODING)
        for file, names in possible.items():
            shown = {ENCODING: names[0]} if _is_proof(names) and not self.encoding else {}
            for batch in self._records(file, usual if usual in names else names[0]):
                yield replace(batch, shown=shown)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where the start of a file is a table of text, or a list of e-mail addresses."""
        with suppress(ConnectorError, OSError, ValueError, csv.Error):
            file = Path(place)
            lines = shown_lines(file)
            if table := told_table(lines, named=file.suffix.lower() in TABLE_SUFFIXES):
                settings = {"path": place} | ({} if table.header else {"header": False})
                yield Finding(settings, _described(table.layout), 0.6)

    def layout_of(self, file: Path) -> Layout:
        """The file's delimiter and columns. Raises ConnectorError where it shows none."""
        return self._layout(file, self._possible_encodings(file)[0])

    def _records(self, file: Path, encoding: str) -> Iterator[Batch]:
        layout = self._layout(file, encoding)
        pieces = utf8_pieces(file, encoding, PIECE)
        if escapes_quotes("".join(_first_lines(file, encoding)), layout.delimiter):
            pieces = map(quotes_doubled, pieces)
        place = Place(f"{file.name} line", file, layout.columns)
        yield from batches(ahead(stretches(pieces, layout)), place)

    def _possible_encodings(self, file: Path) -> tuple[str, ...]:
        try:
            refuse_empty(file)
            _refuse_other_formats(file)
            named = self.encoding
            return (known_encoding(named),) if named else possible_encodings(file)
        except OSError as error:
            raise unreadable(file, error) from error

    def _layout(self, file: Path, encoding: str) -> Layout:
        layout = told_layout(_first_lines(file, encoding), self.delimiter, header=self.header)
        if layout is None:
            raise ConnectorError(
                "there is no header row",
                where=os.fspath(file),
                remedy="If the first row is already a record, set `header = false`.",
            )
        return layout


def _is_proof(names: tuple[str, ...]) -> bool:
    """Whether the bytes prove one of the encodings that bytes can leave open."""
    return len(names) == 1 and names[0] in (*EIGHT_BIT, LATIN_9)


def _refuse_other_formats(file: Path) -> None:
    with file.open("rb") as stream:
        start = stream.read(16)
    for mark, what in _OTHER_FORMATS:
        if start.startswith(mark):
            raise ConnectorError(
                f"this is no text but {what}",
                where=os.fspath(file),
                remedy="Name another `connector`, or export it again as CSV.",
            )


def _first_lines(file: Path, encoding: str) -> list[str]:
    start = next(utf8_pieces(file, encoding, _SAMPLE), b"").decode()
    return [f"{line}\n" for line in start.split("\n")[:-1][:SAMPLE_LINES]]


def _described(layout: Layout) -> str:
    columns = len(layout.columns)
    names = {"\t": "tabs", " ": "blanks"}
    by = names.get(layout.delimiter, f"'{layout.delimiter}'")
    return f"text with {columns} columns separated by {by}" if columns > 1 else "text, one column"
