"""The clock is an argument: everything that needs the time is handed one of these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def instant(at: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def run_id(at: datetime) -> str:
    """The id of a run that started then."""
    return at.astimezone(UTC).strftime("run-%Y%m%dT%H%M%SZ")
