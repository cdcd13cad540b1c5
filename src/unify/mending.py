"""A published generation written anew without a person: whole, with sums that are right again."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.erasures import ERASED, Erasure
from unify.fields import LISTS
from unify.generations import SUMMARY, Generations, read_summary
from unify.publication import DATABASE
from unify.rewriting import Original, original
from unify.workspace import literal, quoted

REPORT = "report.html"
GOLDEN = "golden_customers"
Row = dict[str, Any]
Render = Callable[[Path, Mapping[str, Any]], str]


def holds(folder: Path, erasure: Erasure) -> bool:
    """Whether a generation tells anything of the person."""
    with original(folder / DATABASE, erasure.person) as found:
        return any(
            found.memory.select(f"select 1 from {place} except all"
                                f" select 1 from ({found.without_person(table)}) limit 1")
            for table, place in found.tables.items() if table != "set_aside"
        ) or _aside_holds(found)  # fmt: skip


def mend(
    generations: Generations, folder: Path, erasure: Erasure, render: Render, *, tell: bool
) -> Path:
    """Write a generation anew, beside itself; give the new folder, sealed.

    `tell`: whether it is the one whose events say that the customer was retired.
    """
    summary = read_summary(folder)
    target = generations.begin(f"{summary['run_id']}.mended")
    with original(folder / DATABASE, erasure.person) as found:
        selects = _selects(found, erasure, tell)
        found.memory.write_database(selects, target / DATABASE)
    with original(target / DATABASE, erasure.person) as written:
        files = _write_files(written, folder, target, erasure)
        summary = {**summary, **_counted(written, summary, erasure), "files": files}
    (target / REPORT).write_text(render(target, summary), encoding="utf-8")
    generations.seal(target, summary)
    return target


def _aside_holds(found: Original) -> bool:
    if "set_aside" not in found.tables:
        return False
    ((before,),) = found.memory.select(
        f"select count(*) from {found.tables['set_aside']} where reason = {literal(ERASED)}"
    )
    ((now,),) = found.memory.select(
        f"select count(*) from ({found.without_person('set_aside')})"
        f" where reason = {literal(ERASED)}"
    )
    return bool(now != before)


def _selects(found: Original, erasure: Erasure, tell: bool) -> dict[str, str]:
    selects = {table: found.without_person(table) for table in found.tables}
    if GOLDEN in selects:
        found.memory.hold("mended_customer", _mended(found))
        selects[GOLDEN] = (
            f"select * from ({selects[GOLDEN]}) where customer_id not in"
            " (select customer_id from mended_customer)"
            " union all by name from mended_customer order by customer_id"
        )
    if tell and "events" in selects:
        told = pa.table({
            "customer_id": [erasure.person.customers[0]], "event": ["retired"],
            "other_customer_id": pa.array([None], pa.string()),
            "run_id": [erasure.run_id], "at": [erasure.at],
        })  # fmt: skip
        found.memory.hold("told", told)
        selects["events"] = (
            f"{selects['events']} union all by name from told"
            ' order by "at", customer_id, event, other_customer_id'
        )
    return selects


def _mended(found: Original) -> pa.Table:
    """The golden rows of customers that held records of others as well, without the person's."""
    memory, tables = found.memory, found.tables
    mixed = (
        f"(select customer_id from {tables['crosswalk']} group by customer_id"
        " having bool_or(record_id in (from erased_record))"
        " and not bool_and(record_id in (from erased_record)))"
    )
    rows: pa.Table = memory.connection.sql(
        f"select * from {tables[GOLDEN]} where customer_id in {mixed}"
    ).to_arrow_table()
    lost = memory.select(
        f"select customer_id, field, value from {tables['lineage']} where customer_id in {mixed}"
        " and source || ':' || source_key in (from erased_record)"
    )
    left = memory.select(
        f"select customer_id, count(*), list_sort(list(distinct source)) from {tables['crosswalk']}"
        f" where customer_id in {mixed} and record_id not in (from erased_record)"
        " group by customer_id"
    )
    staying = {customer: (records, sources) for customer, records, sources in left}
    mended = []
    for row in rows.to_pylist():
        _take_out(row, [(f, v) for c, f, v in lost if c == row["customer_id"]], found)
        row["records"], row["sources"] = staying[row["customer_id"]]
        mended.append(row)
    return pa.Table.from_pylist(mended, schema=rows.schema)


def _take_out(row: Row, lost: Sequence[tuple[str, str]], found: Original) -> None:
    gone = {value for _, value in lost} | set(found.person.values)
    for field in LISTS:
        row[field] = [one for one in row[field] or () if one["value"] not in gone]
        best = field.removesuffix("s")
        if row[best] in gone:
            row[best] = row[field][0]["value"] if row[field] else None
    for field, _ in lost:
        if field in row and field not in LISTS:
            row[field] = None
    for field, value in row.items():
        if isinstance(value, str) and value in found.person.values and field != "customer_id":
            row[field] = None


def _write_files(
    written: Original, folder: Path, target: Path, erasure: Erasure
) -> dict[str, dict[str, Any]]:
    """Every file of the generation from the tables that stand now; give their rows."""
    files: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir()):
        if file.name in (DATABASE, SUMMARY, REPORT):
            continue
        if file.stem in written.tables and file.suffix in (".csv", ".parquet"):
            select = _as_file(written, file.stem, csv=file.suffix == ".csv")
            files[file.name] = {"rows": written.memory.write(select, target / file.name)}
        elif not any(mark.encode() in file.read_bytes().lower() for mark in erasure.person.marks):
            shutil.copyfile(file, target / file.name)
    return files


def _as_file(written: Original, table: str, *, csv: bool) -> str:
    columns = []
    for name, kind in written.columns(table).items():
        if csv and kind.endswith("[]"):
            text = "list_transform({0}, lambda v: v.value)" if "STRUCT" in kind else "{0}"
            joined = f"array_to_string({text.format(quoted(name))}, '; ')"
            columns.append(f"nullif({joined}, '') as {quoted(name)}")
        else:
            columns.append(quoted(name))
    return f"select {', '.join(columns)} from {written.tables[table]}"


def _counted(written: Original, summary: Row, erasure: Erasure) -> Row:
    """The sums of a generation that are others now."""
    memory, tables = written.memory, written.tables
    counted = "select source, count(*) from {} group by source"
    records = dict(memory.select(counted.format(tables["crosswalk"])))
    aside = dict(memory.select(counted.format(tables["set_aside"])))
    erased = dict(memory.select(
        f"select source, count(*) from {tables['set_aside']} where reason = {literal(ERASED)}"
        " group by source"
    ))  # fmt: skip
    sources = {
        name: {**told, "records": records.get(name, 0), "set_aside": aside.get(name, 0),
               ERASED: erased.get(name, 0)}
        for name, told in summary["sources"].items()
    }  # fmt: skip
    golden = memory.select(f"select kind, len(sources), records from {tables[GOLDEN]}")
    kinds, systems = Counter(kind for kind, *_ in golden), Counter(n for _, n, _ in golden)
    return {
        "sources": sources,
        "records": sum(records.values()),
        "set_aside": sum(aside.values()),
        "customers": len(golden),
        "by_kind": {kind: kinds[kind] for kind in summary["by_kind"]},
        "by_systems": {str(number): systems[number] for number in sorted(systems)},
        "largest_customer": max((count for *_, count in golden), default=0),
        "erasures": [*summary.get("erasures", ()), erasure.run_id],
    }
