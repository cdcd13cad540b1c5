"""Cases: two sides of records, of which a person can tell whether they are one customer."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from unify.accord import Agreed
from unify.decisions import Judgement
from unify.linkage.clustering import WEAK_BRIDGE
from unify.standing import Heard, Standing, decided_pairs, pairs_table
from unify.verdict import probability, weight_of
from unify.workspace import Workspace

Row = Mapping[str, Any]
Pair = tuple[str, str]
HALVES = "bridge"
MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a case: the customer it belongs to, and what it is known by."""

    record: str
    customer: str
    source: str
    source_key: str
    form: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question: whether the records of left and those of right are the same customer."""

    asks: str
    left: tuple[Member, ...]
    right: tuple[Member, ...]
    pair: Pair
    """The two records, of left and of right, that say most for one."""
    probability: float | None
    worth: float
    reason: str | None = None
    """What kept the two apart, likely as they are."""
    said: tuple[Heard, ...] = field(default=())
    """What stewards said of records of the two sides."""

    @property
    def members(self) -> tuple[Member, ...]:
        """All records, those of left first."""
        return (*self.left, *self.right)

    @property
    def id(self) -> str:
        """What it is known by: a hash of its sides, and of what their records hold."""
        sides = sorted(sorted((m.record, m.form) for m in side) for side in (self.left, self.right))
        return hashlib.sha256(repr(sides).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Queue:
    """What there is to ask: the open cases, most valuable first."""

    cases: tuple[Case, ...]
    open: int


def queue(
    database: Workspace,
    heard: Sequence[Heard],
    agreed: Agreed,
    *,
    review: float,
    auto_merge: float,
    limit: int | None = None,
) -> Queue:
    """The open cases of a published generation, most valuable first; no more than `limit`."""
    decided = decided_pairs(agreed)
    database.lend(
        "decided_now", pairs_table(sorted(decided - _doubted(database, heard, auto_merge)))
    )
    merges = database.rows("open_case", review=review)
    same = {(a, b) for a, b, judgement in decided if judgement == Judgement.SAME.value}
    bridges = list(_bridges(database, auto_merge, same | {d[:2] for d in decided}))
    found = sorted(
        (*(_Asked.merge(row) for row in merges), *bridges),
        key=lambda one: (-one.worth, one.customers, one.pair),
    )
    chosen = found if limit is None else found[:limit]
    return Queue(tuple(_cases(database, chosen, heard)), len(found))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case before its records are looked up."""

    customers: tuple[str, ...]
    pair: Pair
    probability: float
    worth: float
    reason: str | None = None
    half: frozenset[str] = frozenset()
    """Of one customer, the records of the left half."""

    @staticmethod
    def merge(row: Row) -> _Asked:
        """Of two customers."""
        customers, pair = (row["one"], row["other"]), (row["record_l"], row["record_r"])
        return _Asked(customers, pair, row["probability"], row["worth"], row["reason"])


def _doubted(
    database: Workspace, heard: Iterable[Heard], auto_merge: float
) -> set[tuple[str, str, str]]:
    """Decisions that new evidence disagrees with: a record changed, and the two look like one."""
    carried = {
        (*one.current.pair, Judgement.DIFFERENT.value)
        for one in heard
        if one.standing is Standing.CARRIED
        if one.decision.judgement is Judgement.DIFFERENT
    }
    if not carried:
        return set()
    database.lend("doubted", pairs_table(sorted(carried)))
    likely = database.select(
        "select record_id_l, record_id_r from scored_pair"
        " semi join doubted using (record_id_l, record_id_r) where match_probability >= $least",
        least=auto_merge,
    )
    return {(a, b, Judgement.DIFFERENT.value) for a, b in likely}


def _bridges(database: Workspace, auto_merge: float, decided: set[Pair]) -> Iterator[_Asked]:
    """Customers that one weak link holds together: their two halves."""
    if auto_merge >= 1:
        return
    enough = weight_of(auto_merge)
    links: dict[str, list[Row]] = defaultdict(list)
    sure = probability(enough + WEAK_BRIDGE)
    for row in database.rows("bridge_customer", sure=sure, joins=auto_merge):
        links[row["customer_id"]].append(row)
    for customer, rows in links.items():
        weakest, half = _cut(rows)
        across = [r for r in rows if (r["record_id_l"] in half) != (r["record_id_r"] in half)]
        records = {r for row in rows for r in (row["record_id_l"], row["record_id_r"])}
        pair = weakest["record_id_l"], weakest["record_id_r"]
        if len(across) > 1 or weakest["match_weight"] >= enough + WEAK_BRIDGE or pair in decided:
            continue
        p = weakest["match_probability"]
        yield _Asked((customer,), pair, p, round(4 * p * (1 - p) * len(records), 6), None, half)


def _cut(rows: Sequence[Row]) -> tuple[Row, frozenset[str]]:
    """The weakest link that is needed, and the records on its left side."""
    parent: dict[str, str] = {}

    def find(record: str) -> str:
        while parent.setdefault(record, record) != record:
            record = parent[record]
        return record

    needed = []
    for row in rows:
        left, right = find(row["record_id_l"]), find(row["record_id_r"])
        if left != right:
            parent[right] = left
            needed.append(row)
    weakest = needed[-1]
    parent = {}
    for row in needed[:-1]:
        parent[find(row["record_id_r"])] = find(row["record_id_l"])
    root = find(weakest["record_id_l"])
    return weakest, frozenset(record for record in [*parent] if find(record) == root)


def _cases(database: Workspace, asked: Sequence[_Asked], heard: Sequence[Heard]) -> Iterator[Case]:
    customers = sorted({customer for one in asked for customer in one.customers})
    database.lend("asked_customer", pa.table({"customer_id": pa.array(customers, pa.string())}))
    members: dict[str, list[Member]] = defaultdict(list)
    for r in database.rows("case_record"):
        members[r["customer_id"]].append(
            Member(r["record_id"], r["customer_id"], r["source"], r["source_key"], r["fingerprint"])
        )
    spoken: dict[str, list[Heard]] = defaultdict(list)
    for word in heard:
        told = word.decision
        for record in {told.left_record, told.right_record, word.left, word.right} - {None}:
            spoken[str(record)].append(word)
    for one in asked:
        yield _case(one, members, spoken)


def _case(
    asked: _Asked, members: Mapping[str, Sequence[Member]], spoken: Mapping[str, list[Heard]]
) -> Case:
    if len(asked.customers) == 1:
        whole = members[asked.customers[0]]
        sides = [
            tuple(m for m in whole if (m.record in asked.half) is inside)
            for inside in (True, False)
        ]
    else:
        # The one with more records goes on: it stands on the left.
        sides = [tuple(members[customer]) for customer in asked.customers]
    left, right = sorted(sides, key=lambda side: (-len(side), side[0].customer, side[0].record))
    ours = {m.record for m in left}
    pair = asked.pair if asked.pair[0] in ours else asked.pair[::-1]
    theirs = {m.record for m in right}
    said = {
        id(one): one
        for record in (*sorted(ours), *sorted(theirs))
        for one in spoken.get(record, ())
        if _across(one, ours, theirs)
    }
    asks = HALVES if len(asked.customers) == 1 else MERGE
    return Case(
        asks, left, right, pair, asked.probability, asked.worth, asked.reason, tuple(said.values())
    )


def _across(one: Heard, left: set[str], right: set[str]) -> bool:
    """Whether a word is of a record of one side and one of the other, as they were or are."""
    a = one.left or one.decision.left_record
    b = one.right or one.decision.right_record
    return (a in left and b in right) or (a in right and b in left)
