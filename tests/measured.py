"""A command carried out, with what it cost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

PROCESSES = Path("/proc")
BETWEEN_LOOKS = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command printed, the seconds it took, and its peak memory in MB (Linux only).

    Memory is the resident memory of the command and all processes it started, added up and
    looked at fifty times a second: pages that they share count once for each.
    """

    output: str
    seconds: float
    megabytes: int | None


def unify(*arguments: str, folder: Path) -> Measured:
    """Carry out `unify` in a folder. Raises AssertionError with what it said where it fails."""
    return measured([sys.executable, "-m", "unify", *arguments], folder)


def measured(command: Sequence[str], folder: Path, limit: float | None = None) -> Measured:
    """Carry out a command in a folder, for `limit` seconds at most.

    Raises AssertionError with what it said where it fails, or does not end in time.
    """
    with TemporaryFile() as out, TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
        most = _most_memory(process, started + limit if limit else None)
        seconds = time.perf_counter() - started
        output, said = (_text(file) for file in (out, err))
    assert not limit or seconds < limit, f"no answer in {limit:g} s"
    assert process.returncode == 0, said
    return Measured(output, round(seconds, 2), round(most / 1_000_000) if most else None)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _most_memory(process: subprocess.Popen[bytes], until: float | None) -> int:
    """Wait for a process; give the most bytes that it and its descendants held at once.

    At the time `until` it is ended.
    """
    most = 0
    while process.poll() is None:
        if until and time.perf_counter() > until:
            process.kill()
        most = max(most, sum(map(_resident, _with_descendants(process.pid))))
        time.sleep(BETWEEN_LOOKS)
    return most


def _with_descendants(process: int) -> Iterator[int]:
    yield process
    for task in (PROCESSES / str(process) / "task").glob("*/children"):
        # A process may end while we look at it.
        with suppress(OSError):
            for child in task.read_text(encoding="ascii").split():
                yield from _with_descendants(int(child))


def _resident(process: int) -> int:
    with suppress(OSError):
        for line in (PROCESSES / str(process) / "status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0
