"""A table of golden customers in a database, kept in step with what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from unify.database import Shape, synchronise
from unify.exports.customers import Customers, Row

_KINDS: Final = {
    "emails": "list",
    "phones": "list",
    "sources": "list",
    "records": "integer",
    "confidence": "number",
}


def write_table(customers: Customers, url: str, table: str, *, force: bool) -> str:
    """Let a table hold the customers, one row each; lists as JSON. Gives the URL as shown."""
    shape = Shape(table, columns_of(customers.columns))
    return synchronise(url, shape, _batches(customers), replace=force)


def columns_of(names: Iterable[str]) -> list[tuple[str, str]]:
    """The columns of such a table, with their kinds."""
    return [(name, _KINDS.get(name, "text")) for name in names]


def _batches(customers: Customers) -> Iterator[list[Row]]:
    for batch in customers.batches():
        yield [{name: _storable(value) for name, value in row.items()} for row in batch]


def _storable(value: Any) -> Any:
    """A value without the sign that ends a text in some databases."""
    return value.replace("\0", "") if isinstance(value, str) else value
