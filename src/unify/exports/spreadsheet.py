"""A spreadsheet of golden customers, for people."""

from __future__ import annotations

from pathlib import Path

from unify.exports.customers import Customers
from unify.worksheets import Sheet, text_of, write


def write_xlsx(customers: Customers, target: Path) -> None:
    """Write a sheet of one row a customer; the values of a list are joined by `; `."""
    columns = customers.columns
    rows = ([text_of(row[name]) for name in columns] for row in customers.rows())
    write(target, [Sheet("Customers", columns, rows)])
