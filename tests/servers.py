"""Database servers that tests read: those that answer, or a PostgreSQL started for the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

SERVERS = {
    "postgres": ("UNIFY_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"),
    "mariadb": ("UNIFY_TEST_MARIADB_URL", "mysql+pymysql://root@127.0.0.1:3306/test"),
}
POSTGRES_BINARIES = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Server:
    """A database server: its URL, and the name of a table that is dropped afterwards."""

    url: str
    engine: Engine
    table: str

    @property
    def kind(self) -> str:
        return self.engine.dialect.name

    def run(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))


@contextmanager
def server(url: str) -> Iterator[Server]:
    """The server at a URL, with a name for a table."""
    engine = create_engine(url)
    found = Server(url, engine, f"customers_{uuid4().hex[:12]}")
    yield found
    found.run(f"drop table if exists {found.table}")
    engine.dispose()


@contextmanager
def url_of(kind: str) -> Iterator[str]:
    """The URL of a server that answers. Skips the test where there is none; fails it instead
    where `UNIFY_REQUIRE_SERVICES` is 1.
    """
    variable, usual = SERVERS[kind]
    url = os.environ.get(variable, usual)
    if said := _refused(url):
        if kind == "postgres" and variable not in os.environ and (binaries := _binaries()):
            with _started(binaries) as url:
                yield url
            return
        if os.environ.get("UNIFY_REQUIRE_SERVICES") == "1":
            pytest.fail(f"{kind} does not answer: {said}")
        pytest.skip(f"{kind} does not answer; {variable} names another")
    yield url


def _refused(url: str) -> str | None:
    """What a server says that lets nobody in; None where it does."""
    engine = create_engine(url, connect_args={"connect_timeout": 5})
    try:
        engine.connect().close()
    except (SQLAlchemyError, ImportError) as error:
        return str(error)
    finally:
        engine.dispose()
    return None


def _binaries() -> Path | None:
    """Where PostgreSQL's programs are, if they are installed at all."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(POSTGRES_BINARIES.glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


@contextmanager
def _started(binaries: Path) -> Iterator[str]:
    """The URL of a PostgreSQL whose data is thrown away afterwards."""
    folder, port = Path(tempfile.mkdtemp(prefix="unify-postgres-")), _free_port()
    # PostgreSQL refuses to run as root.
    user = "postgres" if getattr(os, "geteuid", lambda: 1)() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: object) -> None:
        command = [str(binaries / program), *map(str, arguments)]
        # A server that is started keeps what it was given as output: no pipe, then.
        subprocess.run(command, check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL)

    data, address = folder / "data", ["-h", "127.0.0.1", "-p", port, "-U", "postgres"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8")
        run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        run("createdb", *address, "test")
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/test"
    finally:
        with suppress(subprocess.CalledProcessError):
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
