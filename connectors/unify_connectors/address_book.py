"""Address books as CSV: delimited text whose header row is a known program's, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, cast

from unify.connector import NO_FIELD, Batch, Finding, files_at
from unify.errors import ConnectorError
from unify.presets import read_toml
from unify_connectors.delimited import SUFFIXES, DelimitedText
from unify_connectors.known_header import Header, header_in, header_of

if TYPE_CHECKING:
    import pyarrow as pa

_ENOUGH: Final = 6  # known headers
_SHARE: Final = 0.6
_SURE: Final = 0.95  # that a header of known columns alone is the program's


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Contacts that a program exported as CSV.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = None
    preset: ClassVar[str]
    """What the program calls its columns, and what they mean."""

    def read(self) -> Iterator[Batch]:
        """The contacts; each column says which standard field it holds."""
        return self.read_as({})

    def read_as(self, learnt: Mapping[str, str]) -> Iterator[Batch]:
        """The same; an encoding that a file leaves open is the one that others prove."""
        header, origin = Header("", {}), None
        for batch in self._batches(learnt):
            if batch.origin != origin:
                header = self._known_header(batch.records.schema.names, batch.origin)
                origin = batch.origin
            yield replace(batch, records=self._with_meaning(batch.records, header))

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where most of a text file's header is the program's, in one language."""
        file = Path(place)
        with suppress(OSError, ValueError):
            header = header_in(file, cls.preset) if file.is_file() else Header("", {})
            if header.is_telling(cls.preset) and header.known >= max(
                _ENOUGH, _SHARE * header.width
            ):
                program = read_toml(cls.preset)["name"]
                what = f"{program} contacts ({header.language}), {header.width} columns"
                sure = _SURE - 0.3 * (1 - header.known / header.width)
                yield Finding({"path": place}, what, sure)

    def _batches(self, learnt: Mapping[str, str]) -> Iterator[Batch]:
        """The rows of the files, each in the encoding that its header proves, if it proves one."""
        proven = self._proven_encodings()
        if not any(proven.values()):
            yield from DelimitedText(self.path).read_as(learnt)
        for file, encoding in proven.items() if any(proven.values()) else ():
            yield from DelimitedText(file, encoding=encoding or None).read_as(learnt)

    def _proven_encodings(self) -> dict[Path, str]:
        files = files_at(self.path, suffixes=SUFFIXES)
        try:
            return {file: header_in(file, self.preset).encoding for file in files}
        except OSError:
            return {}  # who reads the rows says why the file cannot be read

    def _known_header(self, columns: Sequence[str], file: str) -> Header:
        header = header_of(columns, self.preset)
        if not header.is_telling(self.preset):
            program = read_toml(self.preset)["name"]
            raise ConnectorError(
                f"the header is not that of an export from {program}",
                where=file,
                remedy='Export the contacts again, or set `connector = "csv"`.',
            )
        return header

    def _with_meaning(self, records: pa.RecordBatch, header: Header) -> pa.RecordBatch:
        return with_dates(with_meaning(records, header, self.preset), header, self.preset)


def with_meaning(records: pa.RecordBatch, header: Header, preset: str) -> pa.RecordBatch:
    """The records, each column with its meaning and without what stands for nothing entered."""
    import pyarrow as pa

    english = [header.english.get(name, "") for name in records.schema.names]
    fields = [
        f.with_metadata(meaning) if (meaning := _meaning(e, preset)) else f
        for f, e in zip(records.schema, english, strict=True)
    ]
    columns = [
        _entered(cast("pa.StringArray", c), e, preset)
        for c, e in zip(records.columns, english, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def with_dates(records: pa.RecordBatch, header: Header, preset: str) -> pa.RecordBatch:
    """The records with a column more for each date that stands in three."""
    import pyarrow as pa

    written = {english: name for name, english in header.english.items()}
    for field, parts in read_toml(preset).get("dates", {}).items():
        if all(part in written for part in parts):
            columns = [records.column(written[part]).to_pylist() for part in parts]
            days = pa.array([_day(*day) for day in zip(*columns, strict=True)], pa.string())
            told = pa.field(field, pa.string(), metadata={"field": field})
            records = records.append_column(told, days)
    return records


def _day(year: str | None, month: str | None, day: str | None) -> str | None:
    parts = [part or "" for part in (year, month, day)]
    if not all(part.isdecimal() for part in parts):
        return None
    return f"{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}"


@cache
def _meaning(english: str, preset: str) -> dict[bytes | str, bytes | str]:
    """The standard field that a known column holds, or that it holds none."""
    told: Mapping[str, str] = read_toml(preset)["fields"].get(english, {"field": NO_FIELD})
    return dict(told.items()) if english else {}


def _entered(column: pa.StringArray, english: str, preset: str) -> pa.StringArray:
    """The column without the values that the program writes where nothing was entered."""
    import pyarrow as pa
    import pyarrow.compute as pc

    nothing = read_toml(preset)["nothing_entered"].get(english)
    if not nothing:
        return column
    is_nothing = pc.is_in(column, value_set=pa.array(nothing, pa.string()))
    entered: pa.StringArray = pc.if_else(is_nothing, pa.scalar(None, pa.string()), column)
    return entered
