"""What a measuring run begins with: nothing measured."""

from __future__ import annotations

import pytest

from tests.quality.results import RESULT


def pytest_collection_finish(session: pytest.Session) -> None:
    """Figures of two versions never stand in one result."""
    if any(item.get_closest_marker("quality") for item in session.items):
        RESULT.unlink(missing_ok=True)
