"""Weak bridges: links that alone hold two groups of one customer's records together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Each side of a weak bridge holds so many records: one that joins by itself is no group.
GROUP = 2


class Held(NamedTuple):
    """A link within a customer: two items, and whether it is firm."""

    a: int
    b: int
    firm: bool


@dataclass(frozen=True, slots=True)
class _Graph:
    """Links by their places, and by the items that they touch."""

    links: Sequence[Held]
    touching: Mapping[int, Sequence[int]]


def beyond(links: Iterable[Held]) -> list[int]:
    """The items of a customer that only weak bridges hold to the main part of it, in order.

    `links`: all that hold the customer's items together. A bridge is a link without which they
    fall into two (Tarjan, Information Processing Letters 2, 1974). The main part is the one of
    the most items; of as many, the one with the smallest.
    """
    graph = _graph(links)
    weak = {place for place in _bridges(graph) if not graph.links[place].firm}
    cut = {place for place in weak if _parts_groups(graph, place)}
    if not cut:
        return []
    sides = list(_parts(graph, cut))
    main = min(sides, key=lambda side: (-len(side), side[0]))
    return sorted(item for side in sides if side is not main for item in side)


def _graph(links: Iterable[Held]) -> _Graph:
    known = sorted(links)
    touching: dict[int, list[int]] = defaultdict(list)
    for place, link in enumerate(known):
        touching[link.a].append(place)
        touching[link.b].append(place)
    return _Graph(known, touching)


def _bridges(graph: _Graph) -> Iterator[int]:
    """The places of the links without which the items fall apart."""
    turn: dict[int, int] = {}
    reach: dict[int, int] = {}
    for start in sorted(graph.touching):
        if start in turn:
            continue
        turn[start] = reach[start] = len(turn)
        path = [(start, -1, iter(graph.touching[start]))]
        while path:
            item, came_by, ways = path[-1]
            way = next((one for one in ways if one != came_by), None)
            if way is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    reach[above] = min(reach[above], reach[item])
                    if reach[item] > turn[above]:
                        yield came_by
                continue
            other = _other(graph.links[way], item)
            if other in turn:
                reach[item] = min(reach[item], turn[other])
            else:
                turn[other] = reach[other] = len(turn)
                path.append((other, way, iter(graph.touching[other])))


def _other(link: Held, item: int) -> int:
    return link.b if link.a == item else link.a


def _parts_groups(graph: _Graph, bridge: int) -> bool:
    return all(len(side) >= GROUP for side in _parts(graph, {bridge}))


def _parts(graph: _Graph, cut: set[int]) -> Iterator[list[int]]:
    """The items that hang together without some links, in order."""
    seen: set[int] = set()
    for start in sorted(graph.touching):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for item in part:
            others = (_other(graph.links[p], item) for p in graph.touching[item] if p not in cut)
            fresh = {other for other in others if other not in seen}
            seen |= fresh
            part.extend(sorted(fresh))
        yield sorted(part)
