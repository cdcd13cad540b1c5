"""Distinct written values → their standard forms: each is settled once, in this run or an earlier.

A table of standard forms is remembered in the workspace. A value that stands in it is taken
over; only the others are settled, on all processors. What no record writes any more is dropped.
"""

from __future__ import annotations

from typing import TypeVar

import pyarrow as pa

from unify import memory
from unify.memory import not_remembered, remember
from unify.parallel import Forms, rows_of
from unify.rules import preset_rules
from unify.tables import MadeBy, Remembered, Table
from unify.workspace import Workspace

T = TypeVar("T", bound=Remembered)

_TYPES: dict[str, pa.DataType] = {
    "BOOLEAN": pa.bool_(),
    "DOUBLE": pa.float64(),
    "BIGINT": pa.int64(),
    "VARCHAR[]": pa.list_(pa.string()),
    "BIGINT[]": pa.list_(pa.int64()),
}


def settle(workspace: Workspace, table: type[T], forms: Forms, *read: Table, **bound: object) -> T:
    """The table of standard forms of the values that `sql/wanted_<name>.sql` asks for.

    `forms` gives one row or more for a row of wanted values: a value without a standard form has
    a row that says so.
    """
    subject = table.name.removeprefix("standard_")
    wanted = f"wanted_{subject}"
    workspace.sketch_from(wanted, **bound)
    values = not_remembered(workspace, table, wanted)
    made = remember(workspace, table, _rows(table, forms, values), wanted, *read)
    workspace.drop(wanted)
    return made


def _rows(table: type[T], forms: Forms, values: pa.Table) -> pa.Table:
    schema = pa.schema([(name, _TYPES.get(kind, pa.string())) for name, kind in table.columns])
    return rows_of(forms, values.to_pylist(), schema)


def keep_memory(workspace: Workspace, country: str, *, anew: bool) -> None:
    """Forget the standard forms that were made by other rules, or all of them where `anew`."""
    rules = f"{preset_rules()} {country}"
    if anew or memory.rows_of(workspace, MadeBy) != [(rules,)]:
        memory.forget(workspace, Remembered.__subclasses__())
    workspace.adopt(MadeBy, pa.table({"rules": [rules]}))
