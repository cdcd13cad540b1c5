"""What tests share: a project folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import servers
from tests.projects import CRM, Project, made
from tests.servers import Server


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Project]:
    """`project(toml, {name: text, ...})`: a project in a fresh folder."""

    def make(toml: str = CRM, files: dict[str, str | bytes] | None = None) -> Project:
        return made(tmp_path, toml, files)

    return make


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL that answers."""
    with servers.url_of("postgres") as url:
        yield url


@pytest.fixture(scope="session")
def mariadb_url() -> Iterator[str]:
    """The URL of a MariaDB that answers."""
    with servers.url_of("mariadb") as url:
        yield url


@pytest.fixture(params=["postgres", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Each database server in turn."""
    with servers.server(request.getfixturevalue(f"{request.param}_url")) as found:
        yield found


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Server]:
    """A PostgreSQL."""
    with servers.server(postgres_url) as found:
        yield found


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Server]:
    """A MariaDB."""
    with servers.server(mariadb_url) as found:
        yield found


# A busy machine is no fault of the code: nothing in the tests is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
