"""The strongest way from one record to another, along links: its weakest link is the strongest."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import NamedTuple


class Step(NamedTuple):
    """A link between two records, and its match weight; infinite where a steward made it."""

    left: str
    right: str
    weight: float


def strongest_path(links: Iterable[Step], start: str, end: str) -> tuple[Step, ...]:
    """The way from `start` to `end` whose weakest link is strongest; the shorter one of two alike.

    Empty where no links lead there.
    """
    neighbours: dict[str, list[tuple[str, float]]] = {}
    for left, right, weight in links:
        neighbours.setdefault(left, []).append((right, weight))
        neighbours.setdefault(right, []).append((left, weight))
    waiting: list[tuple[float, int, str, tuple[Step, ...]]] = [(-float("inf"), 0, start, ())]
    reached: set[str] = set()
    while waiting:
        weakest, steps, record, path = heapq.heappop(waiting)
        if record == end:
            return path
        if record in reached:
            continue
        reached.add(record)
        for other, weight in neighbours.get(record, ()):
            if other not in reached:
                step = (*path, Step(record, other, weight))
                heapq.heappush(waiting, (max(weakest, -weight), steps + 1, other, step))
    return ()
