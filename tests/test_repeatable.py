"""The same input gives the same bytes, and a second run changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.projects import Project, made

CRM = """Id,Nome,Cognome,Email,Cellulare,Indirizzo,Città,CAP,Agg,Classe
1,Anna,Rossi,anna.rossi84@libero.it,347 1234567,Via Roma 1,Bergamo,24121,2025-01-01,A
2,Luca,Bianchi,luca.bianchi@gmail.com,348 7654321,Via Milano 2,Bergamo,24122,2025-02-01,B
3,Giulia,Verdi,giulia.verdi@gmail.com,349 1112223,Via Dante 3,Treviglio,24047,2025-03-01,A
4,Ugo,Ferri,,,,,,,
"""
ERP = """CODICE,RAGSOC,INDIR,LOCAL,CAP,TEL1,EMAIL,PARIVA
0001,ROSSI ANNA,VIA ROMA 1,BERGAMO,24121,3471234567,anna.rossi84@libero.it,
0002,BIANCHI LUCA,VIA MILANO 2,BERGAMO,24122,348/7654321,,
0003,RONDAMEC SRL,VIA INDUSTRIA 10,DALMINE,24044,035 561234,info@rondamec.it,
0004,Rondamec S.r.l.,Via dell'Industria 10,Dalmine,24044,035561234,info@rondamec.it,
0004,Rondamec S.r.l.,Via dell'Industria 10,Dalmine,24044,035561234,info@rondamec.it,
"""
TOML = """
[sources.crm]
path = "crm.csv"
key = "Id"
updated = "Agg"
[sources.erp]
path = "erp.csv"
key = "CODICE"
[fields.classe]
kind = "category"
[match]
auto_merge = 0.90
"""
FILES = {"crm.csv": CRM, "erp.csv": ERP}
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
RUN = r"run-\d{8}T\d{6}Z"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A fresh project after its first run."""
    project = made(tmp_path_factory.mktemp("first"), TOML, FILES)
    project.run(0)
    return project


def contents(project: Project) -> dict[str, bytes]:
    """Every published file."""
    return {file.name: file.read_bytes() for file in project.golden.iterdir()}


def without_instants(file: Path) -> object:
    """What a published file says, its instants and run ids left out."""
    if file.suffix == ".parquet":
        return [_plain(column) for column in pq.read_table(file).columns]
    if file.suffix == ".duckdb":
        with duckdb.connect(file, read_only=True) as database:
            tables = [name for (name,) in database.sql("show tables").fetchall()]
            return {
                table: [_plain(c) for c in database.table(table).to_arrow_table().columns]
                for table in tables
            }
    text = re.sub(RUN, "RUN", re.sub(INSTANT, "INSTANT", file.read_text(encoding="utf-8")))
    if file.name == "run.json":
        # The sums of files that hold instants differ with them.
        return re.sub(r'"sha256": "[0-9a-f]{64}"', "SUM", text)
    return text


def _plain(column: pa.ChunkedArray) -> object:
    if not pa.types.is_string(column.type):
        return column.to_pylist()
    bare = pc.replace_substring_regex(column, pattern=INSTANT, replacement="INSTANT")
    return pc.replace_substring_regex(bare, pattern=RUN, replacement="RUN").to_pylist()


def test_the_runs_below_join_people_and_firms(first: Project) -> None:
    customers = first.customers()
    assert customers["crm:1"] == customers["erp:0001"]
    assert customers["erp:0003"] == customers["erp:0004"]
    assert len(set(customers.values())) < len(customers)


def test_two_fresh_projects_publish_the_same_bytes(first: Project, tmp_path: Path) -> None:
    other = made(tmp_path, TOML, FILES)
    other.run(0)
    assert contents(other) == contents(first)


def test_two_fresh_projects_differ_in_instants_and_run_ids_alone(
    first: Project, tmp_path: Path
) -> None:
    other = made(tmp_path, TOML, FILES)
    other.run(9)
    assert contents(other) != contents(first)
    for file in first.golden.iterdir():
        assert without_instants(other.golden / file.name) == without_instants(file)


UNCHANGING = [
    f"{table}.{form}"
    for table in ("golden_customers", "crosswalk", "aliases", "relations", "events")
    for form in ("csv", "parquet")
]


def test_a_second_run_changes_nothing(first: Project) -> None:
    before = contents(first)
    again = first.run(1)
    after = contents(first)
    assert again.summary["events"] == {}
    assert first.summary["run_id"] == "run-20260512T060100Z"
    for name in (*UNCHANGING, "lineage.parquet", "set_aside.csv"):
        assert after[name] == before[name]


def test_only_who_changed_has_changed(tmp_path: Path) -> None:
    project = made(tmp_path, TOML, FILES)
    project.run(0)
    project.write("crm.csv", CRM.replace("giulia.verdi@gmail.com", "verdi.giulia@gmail.com"))
    project.run(1)
    changed = [
        row["customer_id"] for row in project.published("events") if row["event"] == "changed"
    ]
    assert changed == [project.customers()["crm:3"]]
    project.run(2)
    assert {row["event"] for row in project.published("events")} == {"created"}
