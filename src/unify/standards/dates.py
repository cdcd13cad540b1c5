"""Dates and instants, from every way of writing them to ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final, Literal

from unify.presets import read_toml
from unify.standards.text import clean, key

Order = Literal["dmy", "mdy", "ymd"]

_TIME: Final = re.compile(
    r"(?:T|\s|,)+(?:(?:ore|h|alle|at)\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?"
    r"\s*(Z|UTC|GMT|CES?T|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"(\d{1,4})\s*[-/. \\]\s*(\d{1,2})\s*[-/. \\]\s*(\d{1,4})")
_COMPACT: Final = re.compile(r"\d{8}")
_SHORT: Final = re.compile(r"(\d\d)(\d\d)(\d\d)")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d+))?")
_EPOCH: Final = re.compile(r"(\d{10})(?:\.\d+)?|(\d{13})")
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s/.-]*(?:de\s+|of\s+)?([^\W\d_]+)\.?[\s/.,-]*(?:de[l]?\s+)?'?(\d{2,4})"
)
_MONTH_FIRST: Final = re.compile(
    r"([^\W\d_]+)\.?[\s/.-]*(\d{1,2})(?:st|nd|rd|th)?[\s,/.-]+('?\d{2}|\d{4})"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[\s/.-]*([^\W\d_]+)[\s/.-]*(\d{1,2})")
# A day of the week, or `nato il`, before the day; a place in brackets behind it.
_WORDS_BEFORE: Final = re.compile(r"^(?:[^\W\d_]+\.?,?\s+){1,2}(?=\d{1,2}[\s/.\\-])")
_BESIDE: Final = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=[a-z])|\s*\([^()\d]*\)$", re.IGNORECASE
)
_EXCEL_EPOCH: Final = date(1899, 12, 30)
_ZONES: Final = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120}
_EMPTY: Final = "empty"
_NOT_A_DATE: Final = "not a date"
_IMPOSSIBLE: Final = "no such day"
_PLACEHOLDER: Final = "a placeholder"
_EARLIEST, _LATEST = 1850, 2100


@dataclass(frozen=True, slots=True)
class Date:
    """A day as YYYY-MM-DD, or the reason why there is none."""

    value: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Numbers:
    year: int
    month: int
    day: int


def usual_order(country: str) -> Order:
    """The order of day and month that a country writes."""
    return "mdy" if country in read_toml("dates.toml")["month_first"] else "dmy"


def standardise(written: str | None, *, order: Order) -> Date:
    """The day that was written; `order` settles what the digits leave open."""
    text = clean(written)
    if text is None:
        return Date(None, _PLACEHOLDER if _is_zeros(written) else _EMPTY)
    if _is_zeros(text):
        return Date(None, _PLACEHOLDER)
    numbers = _numbers(_alone(_TIME.sub("", text)), order)
    if numbers is None:
        return Date(None, _NOT_A_DATE)
    return _checked(numbers)


def _alone(text: str) -> str:
    bare = _BESIDE.sub("", text)
    found = _WORDS_BEFORE.match(bare)
    if found is None or any(key(word) in _months() for word in found[0].split()):
        return bare
    return bare[found.end() :]


def instant(written: str | None, *, order: Order) -> str | None:
    """The moment that was written as YYYY-MM-DDTHH:MM:SSZ; without a zone it is taken as UTC."""
    text = clean(written)
    if text is None:
        return None
    if epoch := _EPOCH.fullmatch(text):
        seconds = int(epoch[1]) if epoch[1] else int(epoch[2]) // 1000
        return _written_instant(datetime.fromtimestamp(seconds, UTC))
    day = standardise(text, order=order).value
    if day is None:
        return None
    time = _time(text)
    return _written_instant(datetime.fromisoformat(day).replace(tzinfo=UTC) + time)


def _written_instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else moment.isoformat()


def _time(text: str) -> timedelta:
    """The time of day after midnight UTC; nought when none, or an impossible one, was written."""
    serial = _SERIAL.fullmatch(text)
    if serial and serial[2]:
        return timedelta(seconds=round(float(f"0.{serial[2]}") * 86400))
    match = _TIME.search(text)
    if not match:
        return timedelta()
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower().startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return timedelta()
    return timedelta(hours=hour, minutes=minute, seconds=second) - _offset(match[5])


def _offset(zone: str | None) -> timedelta:
    if not zone:
        return timedelta()
    if zone.lower() in _ZONES:
        return timedelta(minutes=_ZONES[zone.lower()])
    digits = zone[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -away if zone[0] == "-" else away


def _numbers(text: str, order: Order) -> _Numbers | None:
    if found := _NUMBERS.fullmatch(text):
        return _in_order((found[1], found[2], found[3]), order)
    if _COMPACT.fullmatch(text):
        return _compact(text, order)
    if found := _SERIAL.fullmatch(text):
        return _serial(int(found[1]))
    if found := _SHORT.fullmatch(text):
        return _in_order((found[1], found[2], found[3]), order)
    return _with_month_name(text.lower())


def _in_order(parts: tuple[str, str, str], order: Order) -> _Numbers | None:
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) >= 3:
        return _swapped(_Numbers(first, second, third)) if len(parts[2]) <= 2 else None
    if len(parts[2]) == 3:
        return None
    if order == "ymd" and len(parts[2]) <= 2:
        return _Numbers(_century(first), second, third)
    year = third if len(parts[2]) == 4 else _century(third)
    if order == "mdy":
        return _swapped(_Numbers(year, first, second))
    return _swapped(_Numbers(year, second, first))


def _swapped(numbers: _Numbers) -> _Numbers:
    """A month of 13 or more beside a day that could be one: they changed places."""
    if numbers.month > 12 >= numbers.day:
        return _Numbers(numbers.year, numbers.day, numbers.month)
    return numbers


def _century(year: int) -> int:
    """Two digits of a year: no further ahead than the first decade after this one begins."""
    return year + (2000 if year <= 29 else 1900)


def _compact(digits: str, order: Order) -> _Numbers | None:
    by_year = _Numbers(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if _is_day(by_year):
        return by_year
    return _in_order((digits[:2], digits[2:4], digits[4:]), "dmy" if order == "ymd" else order)


def _serial(days: int) -> _Numbers:
    day = _EXCEL_EPOCH + timedelta(days=days)
    return _Numbers(day.year, day.month, day.day)


def _with_month_name(text: str) -> _Numbers | None:
    for pattern, (year, month, day) in (
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
        (_YEAR_FIRST, (1, 2, 3)),
    ):
        found = pattern.fullmatch(text)
        number = _months().get(key(found[month]) or "") if found else None
        if found and number:
            digits = found[year].strip("'")
            full = int(digits) if len(digits) == 4 else _century(int(digits))
            return _Numbers(full, number, int(found[day]))
    return None


def _is_day(numbers: _Numbers) -> bool:
    try:
        date(numbers.year, numbers.month, numbers.day)
    except ValueError:
        return False
    return _EARLIEST <= numbers.year <= _LATEST


def _checked(numbers: _Numbers) -> Date:
    value = f"{numbers.year:04}-{numbers.month:02}-{numbers.day:02}"
    if value in _placeholders():
        return Date(None, _PLACEHOLDER)
    return Date(value, None) if _is_day(numbers) else Date(None, _IMPOSSIBLE)


def _is_zeros(text: str | None) -> bool:
    digits = re.sub(r"[\s/.:TZ-]", "", text or "")
    return bool(digits) and set(digits) == {"0"}


def limits() -> dict[str, object]:
    """What a day is held against: the years it may lie in, and the days that mean none."""
    return {
        "earliest": _EARLIEST,
        "latest": _LATEST,
        "placeholders": sorted(_placeholders()),
    }


@cache
def _months() -> dict[str, int]:
    table = read_toml("dates.toml")["months"]
    return {word: int(number) for number, words in table.items() for word in words}


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(read_toml("dates.toml")["placeholders"])
