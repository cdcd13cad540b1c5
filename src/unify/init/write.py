"""The configuration's file: where it goes, and that nothing of a steward's is lost."""

from __future__ import annotations

import os
from pathlib import Path

from unify.config import FILE
from unify.errors import ConfigError, UnifyError, WorkspaceError
from unify.init.explore import Explored


def target_of(given: str | None, here: Path, *, force: bool) -> Path:
    """The file to write. Raises ConfigError where one is that must not be written over."""
    target = Path(given) if given else here / FILE
    target = target / FILE if target.is_dir() else target
    target = Path(os.path.abspath(target))  # noqa: PTH100 (a link is not to be followed)
    if not target.parent.is_dir():
        raise ConfigError("no such folder", where=os.fspath(target.parent), remedy="Make it first.")
    if target.exists() and not force:
        raise ConfigError(
            "there is a configuration already",
            where=os.fspath(target),
            remedy="`unify check` shows how it reads; --force writes over it.",
        )
    return target


def write(file: Path, text: str, found: Explored) -> None:
    """Write the configuration. Raises UnifyError where no contacts were found, or none can be."""
    if not any(not one.same_as for one in found.sources):
        raise UnifyError(
            "no contacts were found; nothing was written",
            where=os.fspath(file.parent),
            remedy="Name the files, folders or databases that hold them: `unify init PATH or URL`.",
        )
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(file)
    except OSError as error:
        raise WorkspaceError(
            f"the configuration cannot be written ({error.strerror})",
            where=os.fspath(file),
            remedy="Check that you may write here.",
        ) from error
