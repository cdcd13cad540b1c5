"""One run at a time: a lock that names its holder, and that no dead process leaves behind."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from unify.errors import RunInProgress, WorkspaceError


@contextlib.contextmanager
def held(workspace: Path, since: str) -> Iterator[None]:
    """Hold the workspace of a project. Raises RunInProgress naming who holds it."""
    from filelock import FileLock, Timeout

    # The operating system lets go of the lock when its process ends, however it ends.
    lock = FileLock(f"{workspace}.lock")
    holder = workspace.with_name(f"{workspace.name}.holder")
    try:
        lock.acquire(timeout=0)
    except Timeout as taken:
        raise RunInProgress(
            f"another run holds the workspace ({_said(holder)})",
            where=os.fspath(workspace),
            remedy="Wait until it ends, and run again.",
        ) from taken
    except OSError as refused:
        raise WorkspaceError(
            f"the project's folder cannot be written ({refused.strerror or refused})",
            where=os.fspath(workspace.parent),
            remedy="Check its permissions and the space left; then run again.",
        ) from refused
    try:
        holder.write_text(
            json.dumps({"process": os.getpid(), "host": socket.gethostname(), "since": since}),
            encoding="utf-8",
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _said(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {known['process']} on {known['host']}, since {known['since']}"
    except (OSError, ValueError, KeyError):
        return "its holder is not known"
