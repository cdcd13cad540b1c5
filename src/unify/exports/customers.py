"""The golden customers of a published generation, as exports read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Customers:
    """Golden customers, a row each, in the columns that are published.

    `folder`: the generation's; `language`: whom they are exported for.
    """

    table: pa.Table
    folder: Path
    language: str = "en"

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.table.schema.names)

    def __len__(self) -> int:
        """How many there are."""
        return self.table.num_rows

    def batches(self) -> Iterator[list[Row]]:
        """The rows, some thousands at a time."""
        return batches_of(self.table)

    def rows(self) -> Iterator[Row]:
        """The rows, one by one."""
        return rows_of(self.table)


def batches_of(table: pa.Table) -> Iterator[list[Row]]:
    """The rows of a table as plain values, some thousands at a time."""
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        yield batch.to_pylist()


def rows_of(table: pa.Table) -> Iterator[Row]:
    """The same, one by one."""
    for batch in batches_of(table):
        yield from batch
