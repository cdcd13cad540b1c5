"""A pure function over many values, on all processors; the rows come back as Arrow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

import pyarrow as pa

Row = Mapping[str, Any]
Forms = Callable[[Any], Iterable[Row]]

# Starting processes costs about as much as this many values.
WORTH_PROCESSES = 20_000
CHUNK = 10_000


def rows_of(forms: Forms, values: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """The rows that `forms` gives for each value, in the order of the values.

    `forms` must be a module's function (or a partial of one): other processes import it.
    """
    work = partial(_chunk, forms, schema)
    if len(values) < WORTH_PROCESSES or (os.cpu_count() or 1) == 1:
        return work(values)
    pieces = [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
    # A fresh process has no lock and no thread of this one, on any system.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        chunks = list(pool.map(work, pieces))
    return pa.concat_tables(chunks)


def _chunk(forms: Forms, schema: pa.Schema, values: Sequence[Any]) -> pa.Table:
    rows = [row for value in values for row in forms(value)]
    return pa.table(
        [pa.array([row.get(field.name) for row in rows], field.type) for field in schema],
        schema=schema,
    )
