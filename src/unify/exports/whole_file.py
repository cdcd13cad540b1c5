"""A file that is there whole or not at all, for nobody else to read, and over no other file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from unify.errors import ConfigError, ExportError


def refuse(target: Path, *, force: bool) -> None:
    """Raise ConfigError where a file cannot be, or must not be written over."""
    if not target.parent.is_dir():
        where = os.fspath(target.parent)
        raise ConfigError("no such folder", where=where, remedy="Make it first.")
    if target.is_dir():
        remedy = "Name a file in it."
        raise ConfigError("this is a folder", where=os.fspath(target), remedy=remedy)
    if target.exists() and not force:
        raise ConfigError(
            "this file is there already",
            where=os.fspath(target),
            remedy="Name another one; --force writes over it.",
        )


@contextmanager
def whole_file(target: Path, *, force: bool) -> Iterator[Path]:
    """A path beside the target to write to; it takes the target's name when all is written.

    Raises ConfigError as `refuse` does, ExportError where nothing can be written.
    """
    refuse(target, force=force)
    beside: Path | None = None
    try:
        # Made for the owner alone.
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        os.close(handle)
        beside = Path(name)
        yield beside
        _flush(beside)
        refuse(target, force=force)
        beside.replace(target)
    except OSError as error:
        raise ExportError(
            f"the file cannot be written ({error.strerror or error})",
            where=os.fspath(target),
            remedy="Check the folder, its permissions and the space left; then export again.",
        ) from error
    finally:
        if beside:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
