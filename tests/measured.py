"""A command carried out, with what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# What the operating system counts memory in: kilobytes, on a Mac bytes.
UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command printed, the seconds it took, and its peak memory in MB (POSIX only)."""

    output: str
    seconds: float
    megabytes: int | None


def unify(*arguments: str, folder: Path) -> Measured:
    """Carry out `unify` in a folder. Raises AssertionError with what it said where it fails."""
    return measured([sys.executable, "-m", "unify", *arguments], folder)


def measured(command: Sequence[str], folder: Path) -> Measured:
    """Carry out a command in a folder."""
    printed, said = folder / ".measured-out", folder / ".measured-err"
    with printed.open("wb") as out, said.open("wb") as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
        megabytes = _finished(process)
        seconds = time.perf_counter() - started
    assert process.returncode == 0, said.read_text(encoding="utf-8")
    output = printed.read_text(encoding="utf-8")
    printed.unlink()
    said.unlink()
    return Measured(output, round(seconds, 2), megabytes)


def _finished(process: subprocess.Popen[bytes]) -> int | None:
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return round(usage.ru_maxrss * UNIT / 1_000_000)
