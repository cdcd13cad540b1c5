"""Where the published generation stands, for those who read it."""

from __future__ import annotations

import os
from pathlib import Path

from unify.errors import WorkspaceError
from unify.generations import Generations

DATABASE = "golden.duckdb"


def current(generations: Generations) -> Path:
    """The database of the published generation. Raises WorkspaceError when nothing is published."""
    folder = generations.published()
    if folder is None:
        raise WorkspaceError(
            "nothing is published yet",
            where=os.fspath(generations.output),
            remedy="Run `unify match` first.",
        )
    # One generation throughout, whatever is published meanwhile.
    return folder.resolve() / DATABASE
