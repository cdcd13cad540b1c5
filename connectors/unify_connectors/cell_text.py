"""Values of spreadsheets and databases as the text that a person reads."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal


def as_text(value: object) -> str | None:
    """The value as text: no `.0` behind a whole number, dates in ISO order, lists with `; `."""
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _bytes(bytes(value))
    return _compound(value)


def _moment(value: date | time | timedelta) -> str:
    """In ISO order; a date alone where midnight only stands for no time at all."""
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat()


def _duration(value: timedelta) -> str:
    """Hours, minutes and seconds, as clocks and databases write them: `26:00:00`."""
    sign, seconds = ("-", -value) if value < timedelta(0) else ("", value)
    whole, rest = divmod(seconds, timedelta(seconds=1))
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest else ""
    return f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}"


def _number(value: float | Decimal) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    # Excel keeps and shows 15 digits; what comes after them is noise.
    return str(int(value)) if value.is_integer() else f"{value:.15g}"


def _bytes(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return value.hex()
    return value.hex() if "\0" in text else text


def _compound(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, list | tuple | set):
        return "; ".join(filter(None, map(as_text, value)))
    return str(value)
