"""Whether what stewards decided still applies, and to which records of now.

A decision knows its records by their keys and by the fingerprints of what they held. Same key,
same content: it applies. Same key, and content that still matches the old at `auto_merge`: it is
carried over. The same content under another key: it is moved along. Otherwise it is suspended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from typing import Any, NamedTuple

import pyarrow as pa

from unify.accord import Agreed, agree
from unify.decisions import Decision, Judgement
from unify.linkage.explanation import weigh
from unify.linkage.model import Model
from unify.match import Matched, most_unanchored
from unify.tables import (
    DecidedPair,
    OrganizationRecord,
    PersonRecord,
    RecordFingerprint,
    StandardForms,
)
from unify.workspace import Workspace, quoted

COMPARED = (PersonRecord.name, OrganizationRecord.name)
# What says nothing of a record itself, but of its place among others.
NOT_OF_ITS_OWN = ("place", "source")
THEN = "then"


class Standing(Enum):
    """What became of a decision since it was made."""

    APPLIES = "applies"
    CARRIED = "carried over"
    MOVED = "moved along"
    SUSPENDED = "suspended"


class Known(NamedTuple):
    """A record as it was decided on: its id, and the fingerprint of what it held."""

    record: str
    form: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A decision, as it stands now: the records that it speaks of, where they are known."""

    decision: Decision
    standing: Standing
    left: str | None
    right: str | None

    @property
    def current(self) -> Decision:
        """The decision on the records of now."""
        left, right = self.left or "", self.right or ""
        return replace(self.decision, left_record=left, right_record=right).ordered()


def fingerprints(workspace: Workspace, standard: StandardForms) -> RecordFingerprint:
    """Of each record, the fingerprint of what it holds."""
    return workspace.build(
        RecordFingerprint, standard.records, standard.emails, standard.phones, standard.addresses
    )


def known_by(workspace: Workspace, records: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What records are known by: record id → fingerprint, and fingerprint → content (JSON).

    Nothing where an earlier version published, which told no fingerprints.
    """
    if not workspace.holds(RecordFingerprint):
        return {}, {}
    _lend(workspace, "asked_record", records)
    found = {r["record_id"]: r["fingerprint"] for r in workspace.rows("standing_record")}
    contents: dict[str, dict[str, Any]] = {}
    for table in COMPARED:
        for row in _rows(workspace, table):
            form = found[row["record_id"]]
            own = {k: v for k, v in row.items() if v is not None and k not in NOT_OF_ITS_OWN}
            contents.setdefault(form, {})[table] = own
    return found, {form: json.dumps(held, sort_keys=True) for form, held in contents.items()}


def stand(
    workspace: Workspace,
    decisions: Sequence[Decision],
    forms: Mapping[str, str],
    models: Sequence[Model],
    *,
    auto_merge: float,
) -> tuple[Heard, ...]:
    """Each decision as it stands on the records of now.

    `forms`: what records held when they were decided on (JSON), by fingerprint. Without `models`,
    nothing is carried over.
    """
    asked = {one for d in decisions for one in _known(d)}
    _lend(workspace, "asked_record", {one.record for one in asked})
    _lend(workspace, "asked_form", {one.form for one in asked if one.form})
    now = {r["record_id"]: r["fingerprint"] for r in workspace.rows("standing_record")}
    holders = {r["fingerprint"]: r["records"] for r in workspace.rows("standing_form")}
    changed = {one for one in asked if one.form and now.get(one.record, one.form) != one.form}
    carried = _carried(workspace, changed, forms, models, auto_merge) if changed else set()
    return tuple(_heard(d, now, holders, carried) for d in decisions)


def models_of(matched: Matched) -> tuple[Model, ...]:
    """The models that records were compared by."""
    return tuple(one.trained.model for one in matched.linkages if one.chosen)


def agreed(heard: Iterable[Heard]) -> Agreed:
    """What holds of the decisions that still apply, taken together."""
    return agree(one.current for one in heard if one.standing is not Standing.SUSPENDED)


def decided_pairs(agreed: Agreed) -> set[tuple[str, str, str]]:
    """All pairs of records of which something is decided, also through others; and those on which
    somebody was asked and was unsure: the smaller id first, with the judgement."""
    unsure = (d for d in agreed.holding if d.judgement is Judgement.UNSURE)
    pairs = {(*d.pair, d.judgement.value) for d in unsure}
    for left, right in agreed.accord.held_apart():
        pairs |= {(min(p), max(p), Judgement.DIFFERENT.value) for p in product(left, right)}
    for group in agreed.accord.members.values():
        pairs |= {(a, b, Judgement.SAME.value) for a in group for b in group if a < b}
    return pairs


def adopt_decided(workspace: Workspace, agreed: Agreed) -> DecidedPair:
    """The pairs of records that stewards decided on, as a table."""
    return workspace.adopt(DecidedPair, pairs_table(sorted(decided_pairs(agreed))))


def pairs_table(rows: Sequence[tuple[str, ...]]) -> pa.Table:
    """Decided pairs as Arrow rows."""
    names = [name for name, _ in DecidedPair.columns]
    columns = zip(*rows, strict=True) if rows else ([],) * len(names)
    return pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})


def _known(decision: Decision) -> tuple[Known, Known]:
    return (
        Known(decision.left_record, decision.left_form),
        Known(decision.right_record, decision.right_form),
    )


def _heard(
    decision: Decision,
    now: Mapping[str, str],
    holders: Mapping[str, Sequence[str]],
    carried: set[Known],
) -> Heard:
    one, other = _known(decision)
    if one.form and one.form == other.form and not {one.record, other.record} & set(now):
        # Two alike were decided on, and two alike are there under other keys.
        twins = holders.get(one.form, ())
        if len(twins) == 2:
            return Heard(decision, Standing.MOVED, twins[0], twins[1])
    ends = [_record_now(known, now, holders, carried) for known in (one, other)]
    (left, how), (right, why) = ends
    if left is None or right is None or left == right:
        return Heard(decision, Standing.SUSPENDED, left, right)
    order = list(Standing)
    return Heard(decision, max(how, why, key=order.index), left, right)


def _record_now(
    known: Known,
    now: Mapping[str, str],
    holders: Mapping[str, Sequence[str]],
    carried: set[Known],
) -> tuple[str | None, Standing]:
    if known.record in now and known.form in ("", now[known.record]):
        return known.record, Standing.APPLIES
    if known in carried:
        return known.record, Standing.CARRIED
    others = holders.get(known.form, ())
    source = known.record.partition(":")[0] + ":"
    # A source that counts anew goes before another one that holds the same.
    for among in ([one for one in others if one.startswith(source)], others):
        if len(among) == 1:
            return among[0], Standing.MOVED
    return None, Standing.SUSPENDED


def _carried(
    workspace: Workspace,
    changed: set[Known],
    forms: Mapping[str, str],
    models: Sequence[Model],
    auto_merge: float,
) -> set[Known]:
    """Those whose record holds what still matches what it held."""
    contents = {one: json.loads(forms[one.form]) for one in sorted(changed) if one.form in forms}
    names = {f"{one.record}\x1f{one.form}": one for one in contents}
    most = most_unanchored(auto_merge)
    found = set()
    for model in models:
        then = [
            {**held[model.table], "record_id": name, "place": -1 - place}
            for place, (name, one) in enumerate(names.items())
            if model.table in (held := contents[one])
        ]
        if not then:
            continue
        _beside(workspace, model.table, then)
        pairs = [(names[row["record_id"]].record, row["record_id"]) for row in then]
        for weighed in weigh(workspace, replace(model, table=f"{model.table}_{THEN}"), pairs):
            likely = 1 / (1 + 2.0 ** -weighed.capped(most))
            one = names.get(weighed.left) or names[weighed.right]
            if likely >= auto_merge and not weighed.crossing:
                found.add(one)
    return found


def _beside(workspace: Workspace, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Make `<table>_then`: the table's records, and beside them records of then."""
    shape = workspace.connection.sql(f"select * from {quoted(table)} limit 0").to_arrow_table()
    workspace.lend("record_then", pa.Table.from_pylist(list(rows), schema=shape.schema))
    workspace.view(
        f"{table}_{THEN}",
        f"select * from {quoted(table)} union all by name select * from record_then",
    )


def _rows(workspace: Workspace, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a compared table that were asked for."""
    asked = workspace.connection.sql(
        f"select * from {quoted(table)} semi join asked_record using (record_id)"
    )
    yield from asked.to_arrow_table().to_pylist()


def _lend(workspace: Workspace, name: str, values: Iterable[str]) -> None:
    column = {"asked_record": "record_id", "asked_form": "fingerprint"}[name]
    workspace.lend(name, pa.table({column: pa.array(sorted(values), pa.string())}))
