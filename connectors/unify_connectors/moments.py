"""Dates and instants that address books write without a sign between their numbers."""

from __future__ import annotations

import re
from typing import Final

_COMPACT: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?(Z|[+-]\d\d(?::?\d\d)?)?"
)


def spaced_out(written: str) -> str:
    """`20080716T203548Z` and LDAP's `20080716203548Z` as `2008-07-16T20:35:48Z`; else as it is."""
    match = _COMPACT.fullmatch(written.strip())
    if not match:
        return written
    year, month, day, hour, minute, second, zone = match.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{_zone(zone or '')}"


def _zone(zone: str) -> str:
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}" if digits else zone
