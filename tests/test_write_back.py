"""The pack for a source's owner: which of its records are one customer, and which values differ."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb
import pytest
from python_calamine import load_workbook

from tests.projects import Project, made
from unify.errors import ConfigError, WorkspaceError
from unify.export import write_back

TOML = (
    "".join(
        f'[sources.{name}]\npath = "{name}.csv"\nkey = "Id"\ntrust = {trust}\n'
        for name, trust in (("crm", 40), ("erp", 90))
    )
    + '[fields.shoe]\nkind = "text"\n[sources.crm.fields]\nshoe = "Shoe"\n'
)
CRM = (
    "Id,Nome,Cognome,Email,Tel,Via,CAP,Città,Shoe\n"
    "001,ANNA,ROSSI,anna@rossi.it,035 603178,Via Roma 1,24121,Bergamo,37\n"
    "002,Anna,Rossi,anna@rossi.it,,,,,38\n"
    "003,Luca,Verdi,luca@verdi.it,,,,,\n"
    "=1+1,Carlo,Neri,carlo@neri.it,,,,,\n"
)
ERP = (
    "Id,Nome,Cognome,Email,Data di nascita,Via,CAP,Città\n"
    "9,Anna,Rossi,a.rossi@pec.it,1980-04-12,Via Verdi 2,24121,Bergamo\n"
    "8,Luca,Verdi,luca@verdi.it,,,,\n"
)
NOTHING = {"field": "", "source_value": "", "golden_value": ""}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A CRM that holds Anna twice, and an ERP that is trusted more; published."""
    project = made(tmp_path_factory.mktemp("back"), TOML, {"crm.csv": CRM, "erp.csv": ERP})
    project.run()
    for one, other in (("crm:001", "crm:002"), ("crm:001", "erp:9"), ("crm:003", "erp:8")):
        project.decide(one, other)
    project.run(1)
    return project


def pack(project: Project, source: str, folder: Path) -> list[dict[str, str]]:
    """The rows of a source's pack."""
    file = folder / f"{source}.csv"
    write_back(project.generations, str(file), source=source, force=True)
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def differing(rows: list[dict[str, str]], key: str) -> dict[str, tuple[str, str]]:
    """field → source's value and golden value, of a key."""
    of_key = [row for row in rows if row["source_key"] == key and row["field"]]
    return {row["field"]: (row["source_value"], row["golden_value"]) for row in of_key}


def test_every_key_stands_there_with_its_customer(published: Project, tmp_path: Path) -> None:
    customers = published.customers()
    for source in ("crm", "erp"):
        told = {
            f"{source}:{r['source_key']}": r["customer_id"]
            for r in pack(published, source, tmp_path)
        }
        assert told == {key: c for key, c in customers.items() if key.startswith(source)}


def test_one_key_of_a_customer_survives_and_the_others_are_its_duplicates(
    published: Project, tmp_path: Path
) -> None:
    rows = pack(published, "crm", tmp_path)
    standing = {row["source_key"]: (row["standing"], row["duplicate_of"]) for row in rows}
    assert standing == {
        "001": ("survivor", ""),
        "002": ("duplicate", "001"),
        "003": ("survivor", ""),
        "=1+1": ("survivor", ""),
    }
    assert {row["standing"] for row in pack(published, "erp", tmp_path)} == {"survivor"}


def test_values_that_differ_stand_beside_the_golden_ones(
    published: Project, tmp_path: Path
) -> None:
    rows = pack(published, "crm", tmp_path)
    emails = "a.rossi@pec.it; anna@rossi.it"
    assert differing(rows, "001") == {
        "emails": ("anna@rossi.it", emails),
        "street": ("Via Roma, 1", "Via Verdi, 2"),
    }
    second = differing(rows, "002")
    assert second["emails"] == ("anna@rossi.it", emails)
    assert second["phones"] == ("", "+39035603178")
    assert second["shoe"] == ("38", "37")
    assert second["city"] == ("", "Bergamo")
    assert "given_name" not in second


def test_what_a_source_has_no_place_for_is_not_missing(published: Project, tmp_path: Path) -> None:
    assert "birth_date" not in {row["field"] for row in pack(published, "crm", tmp_path)}
    assert "phones" not in {row["field"] for row in pack(published, "erp", tmp_path)}


def test_a_record_that_is_as_it_should_be_has_one_row(published: Project, tmp_path: Path) -> None:
    rows = [row for row in pack(published, "crm", tmp_path) if row["source_key"] == "003"]
    assert len(rows) == 1
    assert rows[0].items() >= NOTHING.items()


def test_as_a_spreadsheet_it_holds_the_same_as_text(published: Project, tmp_path: Path) -> None:
    write_back(published.generations, str(tmp_path / "a.xlsx"), source="crm", force=False)
    names, *rows = load_workbook(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    expected = pack(published, "crm", tmp_path)
    assert [dict(zip(names, row, strict=True)) for row in rows] == expected


def test_an_unknown_source_names_the_nearest(published: Project, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        write_back(published.generations, str(tmp_path / "a.csv"), source="cmr", force=False)
    assert "'crm'" in refused.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_what_an_older_version_published_is_told(published: Project, tmp_path: Path) -> None:
    copy = Project(shutil.copytree(published.folder, tmp_path / "copy", symlinks=True))
    with duckdb.connect(copy.golden / "golden.duckdb") as database:
        database.execute("drop table standard_record")
    with pytest.raises(WorkspaceError, match="older version"):
        write_back(copy.generations, str(tmp_path / "a.csv"), source="crm", force=False)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("--to a.csv --write-back crm", 0, "4 records of crm are in a.csv."),
        ("--to a.vcf --write-back crm", 2, ".xlsx, .csv"),
        ("--to a.csv --write-back crm --table t", 2, "neither --table nor"),
    ],
)  # fmt: skip
def test_the_command(
    published: Project, tmp_path: Path, arguments: str, code: int, said: str
) -> None:
    config = str(published.folder / "unify.toml")
    done = Project(tmp_path).unify("-c", config, "export", *arguments.split())
    assert done.code == code
    assert said in done.stdout + done.stderr
