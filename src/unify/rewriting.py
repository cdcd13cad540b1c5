"""A database written anew without a person: what is deleted in place stays in a file's free space.

Which rows are a person's is told by the columns that name records and customers, whatever the
table. Tables that name neither (standard forms by what was written) lose the rows that hold a
value which was that person's alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.erasures import ERASED, Person
from unify.tables import Complete
from unify.workspace import Workspace, literal, opened, quoted

RECORDS = (
    "record_id", "record_id_l", "record_id_r", "witness_l", "witness_r", "founding_record",
    "left_record", "right_record", "then_record", "now_record",
)  # fmt: skip
CUSTOMERS = ("customer_id", "other_customer_id", "old_id")
# What happened to an id stays told.
HISTORY = ("event", "events")
SET_ASIDE = "set_aside"
# What models are made of holds nobody's values.
OF_NOBODY = ("fitted_model", "fitted_level", "linkage_model", "linkage_level")
# A text in JSON; and every one in a row, however deep, but for the names of what holds them.
_TEXT = r'"((?:[^"\\]|\\.)*)"'
TEXTS = (
    f"regexp_extract_all(regexp_replace(to_json(one)::VARCHAR, '{_TEXT}:', '', 'g'), '{_TEXT}', 1)"
)


@dataclass(frozen=True, slots=True)
class Original:
    """A database, attached to be read: its tables by name, each with where it stands."""

    memory: Workspace
    tables: Mapping[str, str]
    person: Person

    def columns(self, table: str) -> dict[str, str]:
        """The columns of a table, with their types."""
        rows = self.memory.select(f"describe {self.tables[table]}")
        return {name: kind for name, kind, *_ in rows}

    def without_person(self, table: str) -> str:
        """The table as a SELECT of the rows that are not the person's."""
        columns, source = self.columns(table), self.tables[table]
        if table == SET_ASIDE:
            return self._set_aside()
        conditions = [f"coalesce({quoted(c)}, '') not in (from erased_record)"
                      for c in RECORDS if c in columns]  # fmt: skip
        if {"source", "source_key"} <= columns.keys():
            conditions.append(
                "coalesce(source || ':' || source_key, '') not in (from erased_record)"
            )
        if table not in HISTORY:
            conditions += [f"coalesce({quoted(c)}, '') not in (from gone_customer)"
                           for c in CUSTOMERS if c in columns]  # fmt: skip
        if not conditions and table not in (*OF_NOBODY, *HISTORY):
            conditions = [f"not list_has_any({TEXTS}, (select list(value) from erased_value))"]
            conditions.append(
                "not exists (from erased_mark where contains(lower(to_json(one)::VARCHAR), mark))"
            )
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"select * from {source} as one{where}"

    def records_lost(self) -> dict[str, int]:
        """How many of the person's records each source has in the crosswalk."""
        if "crosswalk" not in self.tables:
            return {}
        return dict(
            self.memory.select(
                f"select source, count(*) from {self.tables['crosswalk']}"
                " where record_id in (from erased_record) group by source"
            )
        )

    def _set_aside(self) -> str:
        """Its rows, those of the person without content, and one for each record that goes."""
        theirs = (
            "(exists (from erased_mark where contains(lower(content), mark)) or exists"
            " (from erased_key where erased_key.source = one.source"
            """ and contains(content, '"' || erased_key.key || '"')))"""
        )
        gone = "" if "crosswalk" not in self.tables else (
            f" union all select source, null, {literal(ERASED)}, null from"
            f" {self.tables['crosswalk']} where record_id in (from erased_record)"
        )  # fmt: skip
        return (
            f"select source, case when {theirs} then null else location end as location,"
            f" case when {theirs} then {literal(ERASED)} else reason end as reason,"
            f" case when {theirs} then null else content end as content"
            f" from {self.tables[SET_ASIDE]} as one{gone} order by all"
        )


@contextlib.contextmanager
def original(database: Path, person: Person) -> Iterator[Original]:
    """A database beside an empty one in memory, where `person` is known. Nothing is changed."""
    with opened(None) as memory, memory.beside(database) as tables:
        _know(memory, person, tables)
        yield Original(memory, tables, person)


def rewrite(database: Path, target: Path, person: Person) -> dict[str, int]:
    """Write a workspace without the person; give how many records each source lost."""
    with original(database, person) as found:
        lost = found.records_lost()
        sources, counts = pa.array(lost, pa.string()), pa.array(lost.values(), pa.int64())
        found.memory.hold("lost", pa.table({"source": sources, "lost": counts}))
        # What is left is no run's: the next one goes on from nothing.
        stays = (name for name in found.tables if name != Complete.name)
        selects = {name: found.without_person(name) for name in stays}
        if "source_count" in selects:
            selects["source_count"] = _recounted(selects["source_count"])
        found.memory.write_workspace(selects, target)
    return lost


def texts_of(database: Path, person: Person) -> set[str]:
    """Every text in the rows of a database that are the person's."""
    with original(database, person) as found:
        return {text for table in found.tables for text in _texts(found, table)}


def texts_of_others(database: Path, person: Person, texts: Iterable[str]) -> set[str]:
    """Those of the texts that rows of other people hold as well."""
    held: set[str] = set()
    with original(database, person) as found:
        found.memory.hold("asked", pa.table({"value": pa.array(sorted(texts), pa.string())}))
        for table in found.tables:
            if {"record_id", "customer_id"} & found.columns(table).keys():
                rows = found.memory.select(
                    f"select distinct value from (select unnest({TEXTS}) as value from"
                    f" ({found.without_person(table)}) as one) semi join asked using (value)"
                )
                held.update(value for (value,) in rows)
    return held


def _texts(found: Original, table: str) -> set[str]:
    columns = found.columns(table)
    conditions = []
    if "record_id" in columns:
        conditions.append("record_id in (from erased_record)")
    if "customer_id" in columns and table not in HISTORY:
        conditions.append("customer_id in (from gone_customer)")
    if not conditions:
        return set()
    rows = found.memory.select(
        f"select distinct unnest({TEXTS}) from {found.tables[table]} as one"
        f" where {' or '.join(conditions)}"
    )
    return {value for (value,) in rows}


def _recounted(select: str) -> str:
    return (
        "select * exclude (lost) replace (records - coalesce(lost, 0) as records,"
        " set_aside + coalesce(lost, 0) as set_aside)"
        f" from ({select}) left join lost using (source)"
    )


def _know(memory: Workspace, person: Person, tables: Mapping[str, str]) -> None:
    """Make the tables that tell who is meant, and which customers hold nobody else."""

    def hold(name: str, column: str, values: Iterable[str]) -> None:
        memory.hold(name, pa.table({column: pa.array(sorted(values), pa.string())}))

    hold("erased_record", "record_id", person.records)
    hold("erased_value", "value", (value for value in person.values if len(value) > 1))
    hold("erased_mark", "mark", person.marks)
    keys = [record.partition(":") for record in person.records]
    memory.hold("erased_key", pa.table({
        "source": pa.array([source for source, _, _ in keys], pa.string()),
        "key": pa.array([key for _, _, key in keys], pa.string()),
    }))  # fmt: skip
    hold("gone_customer", "customer_id", _gone(memory, person, tables))


def _gone(memory: Workspace, person: Person, tables: Mapping[str, str]) -> set[str]:
    if "crosswalk" not in tables:
        return set(person.customers)
    rows: list[tuple[Any, ...]] = memory.select(
        "select customer_id, bool_and(record_id in (from erased_record)),"
        f" bool_or(record_id in (from erased_record)) from {tables['crosswalk']}"
        " group by customer_id"
    )
    alone = {customer for customer, every, _ in rows if every}
    others = {customer for customer, every, _ in rows if not every}
    return alone | (set(person.customers) - others)
