"""What tests share: a project folder of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.projects import CRM, Project, made


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Project]:
    """`project(toml, {name: text, ...})`: a project in a fresh folder."""

    def make(toml: str = CRM, files: dict[str, str | bytes] | None = None) -> Project:
        return made(tmp_path, toml, files)

    return make


# A busy machine is no fault of the code: nothing in the tests is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
