"""Sources read in a process apart, so that an abort, a hang or a gluttony is caught and told."""

from __future__ import annotations

import dataclasses
import multiprocessing
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from unify.connector import Connector, installed, load
from unify.errors import UnifyError

SECONDS = 30.0
MEMORY = 1_000_000_000
"""Bytes that reading may take beside what the process holds when it starts."""


@dataclass(frozen=True)
class Outcome:
    """What came of a file: what each connector made of it, and all that must never happen."""

    told: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass
class Reader:
    """A process that reads one place after another with every connector; used in a `with`."""

    seconds: float = SECONDS
    memory: int = MEMORY
    _process: Any = field(default=None, init=False)
    _pipe: Any = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def outcome(self, place: str, forced: Sequence[str] = ()) -> Outcome:
        """What connectors make of a place: those that find it, and those that are `forced` on it."""
        if self._process is None:
            self._start()
        self._pipe.send((place, forced))
        if not self._pipe.poll(self.seconds):
            self._end()
            return Outcome(faults=(f"no answer in {self.seconds:g} s",))
        try:
            return Outcome(*self._pipe.recv())
        except EOFError:
            self._process.join()
            code = self._process.exitcode
            self._end()
            return Outcome(faults=(f"the process ended with {code}",))

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, self.memory), daemon=True)
        self._process.start()
        theirs.close()
        assert self._pipe.recv() == "ready"

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = None


def _serve(pipe: Connection, memory: int) -> None:
    kinds = {name: load(name, where="test") for name in installed()}
    _limit(memory)
    pipe.send("ready")
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            place, forced = pipe.recv()
            told: list[str] = []
            faults: list[str] = []
            for name, kind in kinds.items():
                try:
                    for connector in _ways(kind, place, forced=name in forced):
                        told.append(f"{name}: {_read(connector)}")
                except BaseException as error:
                    faults.append(f"{name}: {_shown(error)}")
            pipe.send((tuple(told), tuple(faults)))


def _limit(memory: int) -> None:
    """Bound the address space, where the system can: what is there, and `memory` more."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _ways(kind: type[Connector], place: str, *, forced: bool) -> Iterator[Connector]:
    """The connectors that `find` makes of a place, or the one that somebody forces on it."""
    settings = [finding.settings for finding in kind.find(place)]
    takes_a_path = "path" in [setting.name for setting in dataclasses.fields(kind)]  # type: ignore[arg-type]
    for found in settings or [{"path": place}] * (forced and takes_a_path):
        yield kind(**{k: Path(v) if k == "path" else v for k, v in found.items()})


def _read(connector: Connector) -> str:
    """How many rows there were, or the sentence why there were none."""
    rows = 0
    try:
        for batch in connector.read():
            assert batch.records.num_rows == len(batch.locations)
            rows += batch.records.num_rows + len(batch.set_aside)
    except UnifyError as refused:
        assert "\n" not in refused.what, f"more than a sentence: {refused.what!r}"
        assert refused.where, f"nowhere: {refused.what!r}"
        return f"after {rows} rows: {refused.what}"
    return f"{rows} rows"


def _shown(error: BaseException) -> str:
    return "".join(traceback.format_exception(error, limit=-4))
