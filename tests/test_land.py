"""Every row that is read becomes a record or is set aside with its reason."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import CRM, Project, firms, made
from unify.errors import ConfigError, ConnectorError
from unify.land import land
from unify.tables import SetAsideRow, SourceRecord, SourceTrait
from unify.workspace import opened, quoted

Make = Callable[..., Project]
NO_KEY = '[sources.crm]\npath = "crm.csv"\n'


def landed(project: Project) -> tuple[list[dict[str, object]], list[tuple[str, str, str]]]:
    """The records of all sources; (location, reason, content) of each row set aside."""
    with opened(None) as workspace:
        plan = project.plan()
        land(workspace, plan.sources, plan.own_fields)
        read = {
            table: workspace.connection.table(quoted(table.name)).to_arrow_table().to_pylist()
            for table in (SourceRecord, SetAsideRow)
        }
    aside = [(r["location"], r["reason"], r["content"]) for r in read[SetAsideRow]]
    return read[SourceRecord], sorted(aside)


def keys(project: Project) -> list[object]:
    """The keys of the records."""
    return [record["source_key"] for record in landed(project)[0]]


def reasons(project: Project) -> list[tuple[str, str]]:
    """(location, reason) of each row set aside."""
    return [(location, reason) for location, reason, _ in landed(project)[1]]


@pytest.mark.parametrize(
    ("path", "files", "said"),
    [
        ("crm.csv", {}, "no such file"),
        ("data/*.csv", {"data/crm.txt": "Id,Nome\n"}, "no file matches"),
        ("data", {"data/.hidden": ""}, "the folder holds no"),
        ("data", {"data/read.me": "nothing of ours"}, "no installed connector knows"),
        ("crm.csv", {"crm.csv": ""}, "empty (0 bytes)"),
    ],
)
@pytest.mark.parametrize("connector", ["", 'connector = "csv"\n'])
def test_a_source_without_a_file_to_read_ends_with_5(
    project: Make, path: str, files: dict[str, str], said: str, connector: str
) -> None:
    made = project(f'[sources.crm]\npath = "{path}"\n{connector}', files)
    with pytest.raises(ConnectorError) as caught:
        landed(made)
    assert caught.value.exit_code == 5
    assert path in str(caught.value)
    assert said in str(caught.value) or connector


@pytest.mark.parametrize("table", ['table = "T"', 'query = "select 1"'])
def test_a_database_that_is_not_there_ends_with_5(project: Make, table: str) -> None:
    made = project(f'[sources.crm]\nurl = "sqlite:///no.db"\n{table}\n')
    with pytest.raises(ConnectorError, match=r"no\.db: no such file"):
        landed(made)


@pytest.mark.parametrize(
    "place",
    [
        'url = "sqlite:///old.db"\ntable = "ANAGRAFICA"',
        'url = "sqlite:///old.db"\nquery = "select * from ANAGRAFICA"',
        'path = "old.db"',
    ],
)
def test_the_connector_of_a_database_need_not_be_named(
    project: Make, tmp_path: Path, place: str
) -> None:
    connection = sqlite3.connect(tmp_path / "old.db")
    connection.executescript(
        "create table ANAGRAFICA (CODICE text, RAGSOC text);"
        "insert into ANAGRAFICA values ('001', 'Rondamec S.r.l.')"
    )
    connection.close()
    assert keys(project(f'[sources.crm]\n{place}\nkey = "CODICE"\n')) == ["001"]


def test_a_folder_is_read_in_name_order_by_the_connector_of_its_files(project: Make) -> None:
    files = {"data/b.csv": "Id,Nome\n2,Luca\n", "data/a.csv": "Id,Nome\n1,Anna\n"}
    made = project('[sources.crm]\npath = "data"\nkey = "Id"\n', files)
    assert keys(made) == ["1", "2"]


def test_a_header_without_rows_is_no_record(project: Make) -> None:
    assert landed(project(CRM, {"crm.csv": "Id,Nome\n"})) == ([], [])


def test_the_same_row_twice_is_set_aside(project: Make) -> None:
    made = project(CRM, {"crm.csv": "Id,Nome\n1,Anna\n1,Anna\n"})
    records, aside = landed(made)
    assert [record["location"] for record in records] == ["crm.csv line 2"]
    assert aside == [("crm.csv line 3", "same row", '{"Id":"1","Nome":"Anna"}')]


def rows(count: int, repeats: int) -> str:
    """Rows with their own codes, the last few with the first one's key."""
    numbers = [*range(count - repeats), *[0] * repeats]
    return "Id,Nome,Codice\n" + "".join(f"{n},Anna,C{i}\n" for i, n in enumerate(numbers))


def test_a_key_that_repeats_a_little_sets_its_later_rows_aside(project: Make) -> None:
    made = project(CRM, {"crm.csv": rows(20, repeats=1)})
    assert reasons(made) == [("crm.csv line 21", "key repeats")]
    assert keys(made) == [str(n) for n in range(19)]


def test_a_key_that_repeats_a_lot_is_refused_and_a_better_one_named(project: Make) -> None:
    made = project(CRM, {"crm.csv": rows(20, repeats=2)})
    with pytest.raises(ConfigError) as caught:
        landed(made)
    assert caught.value.exit_code == 2
    assert "[sources.crm] key = Id: the key repeats: 2 of 20 rows" in str(caught.value)
    assert 'key = "Codice"' in caught.value.remedy


def test_a_later_file_supersedes_an_earlier_one(project: Make) -> None:
    files = {
        "crm-1.csv": "Id,Nome\n1,Anna\n2,Luca\n3,Ugo\n",
        "crm-2.csv": "Id,Nome\n1,Anna Maria\n2,Luca\n",
    }
    made = project('[sources.crm]\npath = "crm-*.csv"\nkey = "Id"\n', files)
    records, _ = landed(made)
    assert [(r["source_key"], r["any_name"], r["location"]) for r in records] == [
        ("3", "Ugo", "crm-1.csv line 4"),
        ("1", "Anna Maria", "crm-2.csv line 2"),
        ("2", "Luca", "crm-2.csv line 3"),
    ]
    assert reasons(made) == [
        ("crm-1.csv line 2", "superseded"),
        ("crm-1.csv line 3", "same row"),
    ]


def test_a_column_may_be_spelt_in_another_case_in_another_file(project: Make) -> None:
    files = {"crm-1.csv": "Id,Città\n1,Bari\n", "crm-2.csv": "ID,CITTÀ\n2,Lecce\n"}
    made = project('[sources.crm]\npath = "crm-*.csv"\nkey = "Id"\n', files)
    cities = [record["addresses"][0]["city"] for record in landed(made)[0]]  # type: ignore[index]
    assert cities == ["Bari", "Lecce"]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("a,b", "a|b"),
        ("a|b,c", r"a\|b|c"),
        ("a,b|c", r"a|b\|c"),
        (r"a\,b", r"a\\|b"),
        ("007,", "007|"),
    ],
)
def test_a_key_of_several_columns_is_joined_by_an_escaped_bar(
    project: Make, row: str, key: str
) -> None:
    toml = '[sources.crm]\npath = "crm.csv"\nconnector = "csv"\ndelimiter = ","\n'
    made = project(f'{toml}key = ["Sede", "Codice"]\n', {"crm.csv": f"Sede,Codice,Nome\n{row},X\n"})
    assert keys(made) == [key]


def test_a_key_keeps_its_zeros_and_loses_its_blanks(project: Make) -> None:
    assert keys(project(CRM, {"crm.csv": "Id,Nome\n 0042 ,Anna\n"})) == ["0042"]


def test_an_empty_key_falls_back_to_a_hash_of_the_content(project: Make) -> None:
    _, first, second = keys(project(CRM, {"crm.csv": "Id,Nome\n1,Ugo\n,Anna\n ,Luca\n"}))
    assert first != second
    assert len(str(first)) == len(str(second)) == 32


def test_without_a_key_the_content_is_the_key(project: Make) -> None:
    made = project(NO_KEY, {"crm.csv": "Nome,Cognome\nAnna,Rossi\nLuca,Bianchi\nAnna,Rossi\n"})
    anna, luca = keys(made)
    assert reasons(made) == [("crm.csv line 4", "same row")]
    made.write("crm.csv", "Nome,Cognome\nLuca,Bianchi\nAnna,Rossi\n")
    assert keys(made) == [luca, anna]


def test_a_row_with_too_many_cells_is_set_aside_with_its_line(project: Make) -> None:
    made = project(CRM, {"crm.csv": "Id,Nome\n1,Anna\n2,Luca,Bianchi,Bari\n3,Ugo\n"})
    records, aside = landed(made)
    assert [record["source_key"] for record in records] == ["1", "3"]
    assert aside == [
        ("crm.csv line 3", "4 cells where there are 2 columns", "2,Luca,Bianchi,Bari"),
    ]


ACCOUNTED = {
    "crm-1.csv": rows(40, repeats=2) + "\n90,Anna,C90,too,many\n,Bice,C91\n",
    "crm-2.csv": "Id,Nome,Codice\n5,Anna,C5\n6,Ada,C6\n6,Ada,C6\n",
    "ufficio.csv": 'Nome;Cognome;Note\nAnna;Rossi;"due\nrighe; una"\nAnna;Rossi;\nAnna;Rossi;\n',
    "vuoto.csv": "Codice,Ragione sociale\n",
}
ACCOUNTED_TOML = """
[sources.crm]
path = "crm-*.csv"
key = "Id"
[sources.ufficio]
path = "ufficio.csv"
[sources.vuoto]
path = "vuoto.csv"
"""


def rows_in(folder: Path, pattern: str, delimiter: str) -> int:
    """The rows below the headers, as Python reads them: those that hold anything."""
    count = 0
    for file in folder.glob(pattern):
        with file.open(encoding="utf-8", newline="") as text:
            _, *below = csv.reader(text, delimiter=delimiter)
            count += sum(any(cell.strip() for cell in row) for row in below)
    return count


def test_rows_read_are_records_and_rows_set_aside(tmp_path: Path) -> None:
    project = made(tmp_path, ACCOUNTED_TOML, ACCOUNTED)
    project.run()
    written = {
        "crm": rows_in(tmp_path, "crm-*.csv", ","),
        "ufficio": rows_in(tmp_path, "ufficio.csv", ";"),
        "vuoto": rows_in(tmp_path, "vuoto.csv", ","),
    }
    records = Counter(row["source"] for row in project.published("crosswalk"))
    aside = Counter(row["source"] for row in project.published("set_aside"))
    assert written == {"crm": 45, "ufficio": 3, "vuoto": 0}
    assert {name: records[name] + aside[name] for name in written} == written
    said = json.loads((project.golden / "run.json").read_text(encoding="utf-8"))["sources"]
    assert {
        name: (of["rows_read"], of["records"], of["set_aside"]) for name, of in said.items()
    } == {name: (written[name], records[name], aside[name]) for name in written}
    assert aside == {"crm": 6, "ufficio": 1}


def test_every_record_stands_in_the_crosswalk_once(tmp_path: Path) -> None:
    project = made(tmp_path, ACCOUNTED_TOML, ACCOUNTED)
    project.run()
    records = [row["record_id"] for row in project.published("crosswalk")]
    assert len(records) == len(set(records)) == len(landed(project)[0])


TOLD, OPEN = "Id,Nome\n1,perché più è così\n", "Id,Nome\n2,Köln\n"


def names(project: Project, loads: list[bytes]) -> list[str]:
    """The name in each of consecutive loads of one source."""
    found = []
    with opened(project.folder / "unify.duckdb") as workspace:
        for load in loads:
            project.write("crm.csv", load)
            plan = project.plan()
            land(workspace, plan.sources, plan.own_fields)
            ((name,),) = workspace.connection.execute(
                "select coalesce(full_name, given_name, any_name) from source_record"
            ).fetchall()
            found.append(name)
    return found


@pytest.mark.parametrize(
    ("loads", "last"),
    [
        ([OPEN.encode("cp858")], "Kîln"),
        ([TOLD.encode("cp858"), OPEN.encode("cp858")], "Köln"),
        ([TOLD.encode("cp858"), OPEN.encode(), OPEN.encode("cp858")], "Köln"),
        ([TOLD.encode("cp858"), TOLD.encode("mac_roman"), OPEN.encode("cp858")], "Kîln"),
        ([TOLD.encode("mac_roman"), TOLD.encode("cp858")], "perché più è così"),
        ([TOLD.encode("cp858"), OPEN.encode("utf-8")], "Köln"),
    ],
)
def test_a_later_load_is_read_as_earlier_ones_were(
    project: Make, loads: list[bytes], last: str
) -> None:
    assert names(project(CRM), loads)[-1] == last


def test_what_was_learnt_outlives_the_process_and_is_of_its_source_alone(project: Make) -> None:
    two = CRM + '[sources.altro]\npath = "altro.csv"\nkey = "Id"\n'
    both = project(two, {"crm.csv": TOLD.encode("cp858"), "altro.csv": OPEN.encode("cp858")})
    both.run()
    both.write("crm.csv", OPEN.encode("cp858"))
    both.run(1, dry_run=True)
    with opened(both.folder / "unify.duckdb") as workspace:
        found = workspace.connection.execute(
            "select source, coalesce(full_name, given_name, any_name) from source_record order by 1"
        ).fetchall()
    assert found == [("altro", "Kîln"), ("crm", "Köln")]


def test_files_that_disagree_teach_nothing(project: Make) -> None:
    toml = '[sources.crm]\npath = "data"\nkey = "Id"\n'
    files = {"data/a.csv": TOLD.encode("cp858"), "data/b.csv": TOLD.encode("mac_roman")}
    disagreeing = project(toml, files)
    with opened(None) as workspace:
        plan = disagreeing.plan()
        land(workspace, plan.sources, plan.own_fields)
        assert workspace.count(SourceTrait) == 0


KEPT = """[sources.crm]
path = "crm.csv"
key = "Id"
[sources.erp]
connector = "csv"
path = "erp.csv"
key = "Id"
on_error = "keep"
"""


def test_the_last_records_of_a_source_that_cannot_be_read_stand_if_it_is_to_keep_them(
    project: Callable[..., Project],
) -> None:
    here = project(KEPT, {"crm.csv": firms(range(5)), "erp.csv": firms(range(5, 9))})
    here.run()
    before = here.customers()
    (here.folder / "erp.csv").unlink()
    here.write("crm.csv", "")
    assert here.unify("match").code == 5
    here.write("crm.csv", firms(range(6)))
    again = here.unify("match")
    assert again.code == 0
    assert "'erp' was not read, its last records stand" in again.stderr
    assert before.items() < here.customers().items()
    assert list(here.summary["kept_sources"]) == ["erp"]
    assert "its last records stand" in (here.golden / "report.html").read_text(encoding="utf-8")


def test_a_source_without_last_records_cannot_keep_them(project: Callable[..., Project]) -> None:
    here = project(KEPT, {"crm.csv": firms(range(5))})
    assert here.unify("match").code == 5
