"""The published file itself: CSV and Parquet for machines."""

from __future__ import annotations

import shutil
from pathlib import Path

from unify.exports.customers import Customers


def write_csv(customers: Customers, target: Path) -> None:
    """Write the golden customers as they are published in CSV."""
    shutil.copyfile(customers.folder / "golden_customers.csv", target)


def write_parquet(customers: Customers, target: Path) -> None:
    """Write the golden customers as they are published in Parquet."""
    shutil.copyfile(customers.folder / "golden_customers.parquet", target)
