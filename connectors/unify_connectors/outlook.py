"""Outlook's contact export: delimited text whose header is Outlook's, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, cast

from unify.connector import Batch, Finding
from unify.errors import ConnectorError
from unify.presets import read_toml
from unify_connectors.delimited import SUFFIXES, DelimitedText

if TYPE_CHECKING:
    import pyarrow as pa

PRESET: Final = "headers/outlook.toml"

_ENOUGH: Final = 6  # known headers
_SHARE: Final = 0.6
_TELLING: Final = frozenset({"E-mail Address", "First Name"})


@dataclass(frozen=True, slots=True)
class Header:
    """A header row that is Outlook's: its language, and the English name of each known column."""

    language: str
    english: Mapping[str, str]

    @property
    def is_telling(self) -> bool:
        """Whether it names a contact at all."""
        return not _TELLING.isdisjoint(self.english.values())


@dataclass(frozen=True, slots=True)
class OutlookExport:
    """Contacts that Outlook exported as CSV, in any of its languages.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = None

    def read(self) -> Iterator[Batch]:
        """The contacts; each column says which standard field it holds."""
        return self.read_as({})

    def read_as(self, learnt: Mapping[str, str]) -> Iterator[Batch]:
        """The same; an encoding that a file leaves open is the one that others prove."""
        header, origin = Header("", {}), None
        for batch in DelimitedText(self.path).read_as(learnt):
            if batch.origin != origin:
                header, origin = (
                    _known_header(batch.records.schema.names, batch.origin),
                    batch.origin,
                )
            yield replace(batch, records=_with_meaning(batch.records, header))

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where most of a text file's header is Outlook's in one language."""
        file = Path(place)
        if file.suffix.lower() not in SUFFIXES:
            return
        with suppress(ConnectorError, OSError, ValueError):
            columns = DelimitedText(file).layout_of(file).columns
            header = header_of(columns)
            known = len(header.english)
            if header.is_telling and known >= max(_ENOUGH, _SHARE * len(columns)):
                what = f"Outlook contacts ({header.language}), {len(columns)} columns"
                yield Finding({"path": place}, what, 0.95)


def header_of(columns: Sequence[str]) -> Header:
    """The columns as Outlook's, in the language that knows most of them."""
    candidates = [
        Header(language, {c: known[c.casefold()] for c in columns if c.casefold() in known})
        for language, known in _headers().items()
    ]
    return max(candidates, key=lambda header: len(header.english))


@cache
def _headers() -> dict[str, dict[str, str]]:
    """What each language calls Outlook's columns, in small letters: their English names."""
    written = read_toml(PRESET)["headers"]
    return {
        language: {header.casefold(): english for header, english in headers.items()}
        for language, headers in written.items()
    }


def _known_header(columns: Sequence[str], file: str) -> Header:
    header = header_of(columns)
    if not header.is_telling:
        raise ConnectorError(
            "the header is not that of an Outlook export",
            where=file,
            remedy='Export the contacts from Outlook again, or set `connector = "csv"`.',
        )
    return header


def _with_meaning(records: pa.RecordBatch, header: Header) -> pa.RecordBatch:
    import pyarrow as pa

    english = [header.english.get(name, "") for name in records.schema.names]
    fields = [_with_field(f, e) for f, e in zip(records.schema, english, strict=True)]
    columns = [
        _entered(cast("pa.StringArray", c), e)
        for c, e in zip(records.columns, english, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def _with_field(field: pa.Field[pa.DataType], english: str) -> pa.Field[pa.DataType]:
    meaning = read_toml(PRESET)["fields"].get(english)
    return field.with_metadata(meaning) if meaning else field


def _entered(column: pa.StringArray, english: str) -> pa.StringArray:
    """The column without the values that Outlook writes where nothing was entered."""
    import pyarrow as pa
    import pyarrow.compute as pc

    nothing = read_toml(PRESET)["nothing_entered"].get(english)
    if not nothing:
        return column
    is_nothing = pc.is_in(column, value_set=pa.array(nothing, pa.string()))
    entered: pa.StringArray = pc.if_else(is_nothing, pa.scalar(None, pa.string()), column)
    return entered
