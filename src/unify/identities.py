"""Customer ids that stay: who goes on, who is new, and what became of every published id.

An id is `C-` and ten characters of Crockford base 32, a hash of the record that founded the
customer. It goes to the cluster with the largest share of the customer's published records
and is never recomputed from content, nor ever given to somebody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Ten bits of a hash as two letters, the lower five first: five such pairs make an id.
LETTERS = tuple(CROCKFORD[number % 32] + CROCKFORD[number // 32] for number in range(1024))

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """What was published and promised before this run."""

    crosswalk: Mapping[str, str]
    """record id → customer id, of the published generation."""
    first_seen: Mapping[str, str]
    """Every id ever promised → the instant it was first published."""
    at: str


@dataclass(frozen=True, slots=True)
class Promise:
    """The ids of this run's customers; those among them that are new; and what happened."""

    customers: tuple[tuple[str, int, str, str], ...]
    """customer id, cluster, founding record, first seen."""
    created: tuple[tuple[str, str], ...]
    """customer id, founding record."""
    events: tuple[tuple[str, str, str | None], ...]
    """customer id, event, other customer id."""


def settle_ids(overlaps: Sequence[Row], clusters: Sequence[Row], past: Past) -> Promise:
    """Give every cluster its customer id, and say what became of the published ones."""
    goes_on = _going_on(overlaps, past.first_seen)
    taken = {*past.first_seen, *past.crosswalk.values()}
    customers, created = [], []
    ids: dict[int, str] = {}
    for row in clusters:
        cluster, founding = row["cluster"], row["founding_record"]
        known = goes_on.get(cluster)
        if known is None:
            known = new_id(founding, taken)
            taken.add(known)
            created.append((known, founding))
        ids[cluster] = known
        customers.append((known, cluster, founding, past.first_seen.get(known, past.at)))
    events: list[tuple[str, str, str | None]] = [(made, "created", None) for made, _ in created]
    events += fates(overlaps, ids, past)
    return Promise(tuple(sorted(customers)), tuple(created), tuple(sorted(events, key=str)))


def new_id(founding_record: str, taken: set[str]) -> str:
    """An id that was never given out, made of the founding record alone."""
    counter = 0
    while True:
        seed = founding_record if counter == 0 else f"{founding_record}#{counter}"
        number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[-7:], "big")
        letters = (LETTERS[number >> bits & 1023] for bits in range(0, 50, 10))
        if (made := f"C-{''.join(letters)}") not in taken:
            return made
        counter += 1


def _going_on(overlaps: Sequence[Row], first_seen: Mapping[str, str]) -> dict[int, str]:
    """Which cluster keeps which published id: largest overlap first."""
    order = sorted(
        overlaps,
        key=lambda row: (
            -row["records"],
            first_seen.get(row["customer_id"], ""),
            row["customer_id"],
            row["cluster"],
        ),
    )
    by_cluster: dict[int, str] = {}
    given: set[str] = set()
    for row in order:
        if row["cluster"] not in by_cluster and row["customer_id"] not in given:
            by_cluster[row["cluster"]] = row["customer_id"]
            given.add(row["customer_id"])
    return by_cluster


def fates(
    overlaps: Sequence[Row], ids: Mapping[Any, str], past: Past
) -> list[tuple[str, str, str | None]]:
    """Merged, split or retired: what became of each published customer that did not just stay."""
    where: dict[str, list[tuple[int, str]]] = {}
    for row in overlaps:
        where.setdefault(row["customer_id"], []).append((row["records"], ids[row["cluster"]]))
    living = set(ids.values())
    fates: list[tuple[str, str, str | None]] = []
    for customer in sorted(set(past.crosswalk.values())):
        parts = sorted(where.get(customer, []), key=lambda part: (-part[0], part[1]))
        if not parts:
            fates.append((customer, "retired", None))
        elif customer not in living:
            fates.append((customer, "merged", parts[0][1]))
        else:
            fates.extend((customer, "split", other) for _, other in parts if other != customer)
    return fates
