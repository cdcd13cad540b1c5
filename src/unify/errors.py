"""Every error a user can meet: what happened, where, and the next step.

Raised where the fact is known, printed once at the edge of the command line.
The exit codes are promised to schedulers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


class UnifyError(Exception):
    """A run or command cannot go on; what was published before still stands."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        step = f"\n{self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{step}"


class ConfigError(UnifyError):
    """The configuration is missing or wrong, or a command was used wrongly."""

    exit_code = 2


class ConnectorError(UnifyError):
    """A source could not be read at all: no such file, nothing in it, no answer."""

    exit_code = 5


class ModelError(UnifyError):
    """A linkage model is malformed or cannot be used on this data."""


class WorkspaceError(UnifyError):
    """The workspace, the ledger or the output folder cannot be read or written."""


class WorksheetError(UnifyError):
    """A worksheet is malformed: nothing of it was taken in."""


class ExportError(UnifyError):
    """What was asked to be exported could not be written; nothing is left half-written."""


class RunInProgress(UnifyError):
    """Another run holds the workspace."""

    exit_code = 4


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence naming the nearest known word, or all of them."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(word, names, n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(names)}."
