"""The history of a project's runs."""

from __future__ import annotations

from pathlib import Path

from unify import ledger as ledgers
from unify.ledger import FILE, Run


def history(folder: Path) -> list[Run]:
    """Every run of the project in a folder, oldest first; none before the first one."""
    file = folder / FILE
    if not file.exists():
        return []
    with ledgers.opened(file) as ledger:
        return ledger.runs()
