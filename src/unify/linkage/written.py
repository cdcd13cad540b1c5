"""Linkage models as rows of tables, and back: to keep them, to publish them, to explain by them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa

from unify.linkage.comparing import MISSING
from unify.linkage.drift import Met
from unify.linkage.model import BlockingRule, Comparison, Level, Model
from unify.linkage.training import numbered
from unify.tables import Columns

Row = dict[str, Any]
ARROW: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()), "BIGINT[]": pa.list_(pa.int64()),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model that a run fitted: by what it is known, when, and to what."""

    model: Model
    shipped: str
    """The fingerprint of the model that it was fitted from."""
    run_id: str
    records: int
    met: Met
    counted: str = ""
    """The fingerprint of how often its values were met."""

    @property
    def version(self) -> str:
        """By what it is known: a hash of its parameters."""
        parameters = [
            (comparison.name, level.name, level.m, level.u, level.odds)
            for comparison in self.model.comparisons
            for level in comparison.levels
        ]
        opened = [rule.opened_to for rule in self.model.blocking]
        of = (self.model.kind, self.shipped, self.records, self.counted, opened)
        return _hash((*of, self.model.prior, parameters))


def fingerprint(model: Model) -> str:
    """A hash of all that a model says."""
    return _hash(model)


def model_row(fitted: Fitted) -> Row:
    """A fitted model as a row."""
    model = fitted.model
    return {
        "kind": model.kind,
        "version": fitted.version,
        "shipped": fitted.shipped,
        "run_id": fitted.run_id,
        "records": fitted.records,
        "prior": model.prior,
        "matches_per_record": model.matches_per_record,
        "anchors": list(model.anchors),
        "names": list(model.names),
        "rare_names": model.rare_names,
        "blocking": [rule.name for rule in model.blocking],
        "largest_blocks": [rule.largest for rule in model.blocking],
        "opened_to": [rule.opened_to for rule in model.blocking],
        "counted": fitted.counted,
    }


def level_rows(fitted: Fitted, met: Met) -> Iterator[Row]:
    """The levels of a fitted model as rows, from the strongest down, with how often each is met."""
    model = fitted.model
    for place, comparison in enumerate(model.comparisons):
        number = {level.name: n for n, level in numbered(comparison)}
        for level in comparison.levels:
            at = number.get(level.name, MISSING)
            yield {
                "kind": model.kind,
                "version": fitted.version,
                "comparison": comparison.name,
                "given": comparison.given,
                "place": place,
                "number": at,
                **_parameters(level),
                "candidates": met.candidates[place].get(at, 0.0),
                "random": met.random[place].get(at, 0.0),
            }


def read_fitted(table: str, model: Row, levels: Sequence[Row]) -> Fitted:
    """A model from its row and those of its levels, which are in order."""
    return Fitted(
        model=read_model(table, model, levels),
        shipped=model["shipped"],
        run_id=model["run_id"],
        records=model["records"],
        met=Met(_met(levels, "candidates"), _met(levels, "random")),
        counted=model["counted"],
    )


def read_model(table: str, model: Row, levels: Iterable[Row]) -> Model:
    """The model of a row and of its levels' rows, for the records of `table`."""
    return Model(
        kind=model["kind"],
        table=table,
        prior=model["prior"],
        matches_per_record=model["matches_per_record"],
        comparisons=tuple(
            Comparison(name, tuple(map(_level, rows)), given)
            for (name, given), rows in groupby(
                levels, key=lambda row: (str(row["comparison"]), row["given"])
            )
        ),
        anchors=tuple(model["anchors"]),
        names=tuple(model["names"]),
        rare_names=model["rare_names"],
        blocking=tuple(
            BlockingRule(rule, tuple(rule.split(" + ")), largest, opened_to)
            for rule, largest, opened_to in zip(
                model["blocking"], model["largest_blocks"], model["opened_to"], strict=True
            )
        ),
    )


def table_of(columns: Columns, rows: Iterable[Row]) -> pa.Table:
    """Rows as Arrow rows of a table's columns."""
    schema = pa.schema([pa.field(name, ARROW[kind]) for name, kind in columns])
    return pa.Table.from_pylist(list(rows), schema=schema)


def _parameters(level: Level) -> Row:
    return {
        "name": level.name,
        "condition": level.when,
        "m": level.m,
        "u": level.u,
        "weight": None if level.missing else round(math.log2(level.m / level.u), 6),
        "odds": level.odds,
        "fixed": level.fixed,
        "term_frequency": level.term_frequency,
        "counted_in": list(level.counted_in),
        "within": level.within,
        "learns_from": list(level.learns_from),
        "parts": level.parts,
    }


def _level(row: Row) -> Level:
    return Level(
        name=row["name"],
        when=row["condition"],
        m=row["m"],
        u=row["u"],
        fixed=row["fixed"],
        odds=row["odds"],
        within=row["within"],
        learns_from=tuple(row["learns_from"]),
        term_frequency=row["term_frequency"],
        counted_in=tuple(row["counted_in"]),
        parts=row["parts"],
    )


def _met(levels: Iterable[Row], among: str) -> tuple[dict[int, float], ...]:
    return tuple(
        {row["number"]: row[among] for row in rows if row[among]}
        for _, rows in groupby(levels, key=lambda row: str(row["comparison"]))
    )


def _hash(said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]
