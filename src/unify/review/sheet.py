"""A worksheet as rows: its columns, its cells, the hidden token of each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from unify.fields import NAMES
from unify.linkage.explanation import Weighed, weigh
from unify.linkage.model import Model
from unify.match import most_unanchored
from unify.review.because import because, change
from unify.review.cases import Case, Member
from unify.review.letters import runs
from unify.review.tokens import Token, written
from unify.wording import Wording
from unify.worksheets import Rich
from unify.workspace import Workspace

FIXED: Final = (
    "case", "side", "decision", "reviewer", "comment", "probability", "because", "customer_id",
    "source", "source_key",
)  # fmt: skip
TOKEN: Final = "token"
SHEET: Final = "Review"
Row = Mapping[str, Any]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet before it is written."""

    columns: tuple[str, ...]
    bands: tuple[tuple[tuple[Rich, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What all rows of a worksheet carry: its name, its reviewer, the key that signs it."""

    worksheet: str
    reviewer: str
    key: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the records of some cases."""

    values: Mapping[str, Row]
    fields: tuple[str, ...]
    weighed: Mapping[Pair, Weighed]


def known(
    database: Workspace, cases: Sequence[Case], models: Iterable[Model], own: Sequence[str],
    *, auto_merge: float,
) -> Known:  # fmt: skip
    """What records of cases hold, the fields that any of them holds, and what the pairs weigh."""
    records = sorted({m.record for case in cases for m in case.members})
    database.lend("asked_record", pa.table({"record_id": pa.array(records, pa.string())}))
    values = {r["record_id"]: _flat(r) for r in database.rows("case_value")}
    held = {name for row in values.values() for name, value in row.items() if value}
    most = most_unanchored(auto_merge)
    weighed: dict[Pair, Weighed] = {}
    pairs = sorted({(min(case.pair), max(case.pair)) for case in cases})
    for one in (one for model in models if pairs for one in weigh(database, model, pairs)):
        best = weighed.get((one.left, one.right))
        if best is None or one.capped(most) > best.capped(most):
            weighed[one.left, one.right] = one
    fields = tuple(field for field in (*NAMES, *own) if field in held)
    return Known(values, fields, weighed)


def sheet(cases: Sequence[Case], known: Known, words: Wording, stamp: Stamp) -> Sheet:
    """The rows of some cases, a band each, in the reader's words."""
    heads = [words.text("worksheet", name) for name in FIXED]
    fields = [words.field(name) for name in known.fields]
    columns = (*heads, *_apart(fields, heads), TOKEN)
    bands = (
        tuple(_rows(number, case, known, words, stamp))
        for number, case in enumerate(cases, start=1)
    )
    return Sheet(columns, tuple(bands))


def _apart(fields: Sequence[str], heads: Sequence[str]) -> Iterator[str]:
    """Names of columns, no two alike: a field may be called as another column is."""
    seen = {*heads, TOKEN}
    for name in fields:
        unique, counter = name, 1
        while unique in seen:
            counter += 1
            unique = f"{name} {counter}"
        seen.add(unique)
        yield unique


def _rows(
    number: int, case: Case, known: Known, words: Wording, stamp: Stamp
) -> Iterator[tuple[Rich, ...]]:
    weighed = known.weighed.get((min(case.pair), max(case.pair)))
    point = words.text("worksheet", "point")
    likely = "" if case.probability is None else f"{case.probability:.3f}".replace(".", point)
    why = {
        "left": because(case, weighed, words),
        "right": change(case, known.values, known.fields, words),
    }
    sides = (("left", case.left, case.right), ("right", case.right, case.left))
    every = [(name, member, others) for name, side, others in sides for member in side]
    for place, (name, member, others) in enumerate(every, start=1):
        told = (
            str(number), words.text("worksheet", name), "", stamp.reviewer, "", likely,
            why.pop(name, ""), member.customer, member.source, member.source_key,
        )  # fmt: skip
        token = Token(
            stamp.worksheet, stamp.reviewer, case.id, number, name, place, len(every),
            member.record, member.form,
        )  # fmt: skip
        yield (
            *([(text, False)] for text in told),
            *_values(member, others, known),
            [(written(token, stamp.key), False)],
        )


def _values(member: Member, others: Sequence[Member], known: Known) -> Iterator[Rich]:
    for field in known.fields:
        value = known.values[member.record].get(field) or ""
        theirs = [known.values[other.record].get(field) or "" for other in others]
        yield runs(value, [one for one in theirs if one]) if value else [("", False)]


def _flat(row: Row) -> dict[str, str]:
    """What a record holds as text, own fields among the others."""
    own = row.get("own") or []
    return {
        name: str(value)
        for name, value in (*row.items(), *own)
        if name not in ("own", "record_id", "updated") and value not in (None, "")
    }
