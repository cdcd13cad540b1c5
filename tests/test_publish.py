"""A generation is published whole: every file, with its rows and sum, in one step."""

from __future__ import annotations

import csv
import hashlib
import json
import stat
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.projects import CRM, Project, firms, made
from unify.errors import WorkspaceError
from unify.generations import Generations
from unify.pipeline import Outcome

TABLES = ("golden_customers", "crosswalk", "aliases", "relations", "events")
FILES = {
    *(f"{table}.csv" for table in TABLES),
    *(f"{table}.parquet" for table in TABLES),
    "lineage.parquet",
    "set_aside.csv",
    "golden.duckdb",
    "report.html",
    "run.json",
}
ROWS = (
    "Id,Nome,Cognome,Email,Email2,Indirizzo,Note\n"
    '007,Anna,D\'Amico,a@damico.it,info@damico.it,"Via Roma, 1","dice ""sì""\ne poi; no"\n'
    "0042,Società Così Srl,,,,,\n"
    "0042,Società Così Srl,,,,,\n"
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A person, a firm, and a row set aside."""
    project = made(tmp_path_factory.mktemp("publish"), CRM, {"crm.csv": ROWS})
    project.run()
    return project


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A source without records."""
    project = made(tmp_path_factory.mktemp("empty"), CRM, {"crm.csv": "Id,Nome\n"})
    assert project.run().outcome is Outcome.PUBLISHED
    return project


def test_every_file_is_there(published: Project, empty: Project) -> None:
    for project in (published, empty):
        assert {file.name for file in project.golden.iterdir()} == FILES


def test_an_empty_table_has_its_header(published: Project, empty: Project) -> None:
    for table in (*TABLES, "set_aside"):
        header = [
            (p.golden / f"{table}.csv").read_bytes().splitlines()[0] for p in (published, empty)
        ]
        assert header[0] == header[1]
        assert empty.published(table) == []


def test_sums_and_rows_in_the_summary_are_those_of_the_files(
    published: Project, empty: Project
) -> None:
    for project in (published, empty):
        said = project.summary["files"]
        assert set(said) == FILES - {"run.json"}
        for name, of in said.items():
            file = project.golden / name
            assert of["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
            if file.suffix == ".csv":
                assert of["rows"] == len(project.published(file.stem))
            elif file.suffix == ".parquet":
                assert of["rows"] == pq.read_metadata(file).num_rows


def test_a_csv_is_as_rfc_4180_has_it(published: Project) -> None:
    written = (published.golden / "golden_customers.csv").read_bytes()
    assert not written.startswith(b"\xef\xbb\xbf")
    assert written.endswith(b"\r\n")
    assert '"Via Roma, 1"' in written.decode()
    assert '"dice ""sì""' in written.decode()
    header = written.split(b"\r\n")[0].decode().split(",")
    with (published.golden / "golden_customers.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, strict=True))
    assert lines[0] == header
    assert {len(line) for line in lines} == {len(header)}
    assert len(lines) == 3


def test_the_columns_of_golden_customers_are_those_promised(published: Project) -> None:
    header = (published.golden / "golden_customers.csv").read_text(encoding="utf-8").split("\n")[0]
    assert header.strip() == (
        "customer_id,kind,full_name,name_prefix,given_name,middle_name,family_name,name_suffix,"
        "organization,job_title,email,emails,phone,phones,street,city,region,postcode,country,"
        "birth_date,sex,tax_id,vat_id,website,consent_marketing,notes,sources,records,confidence,"
        "first_seen,updated"
    )


def test_leading_zeros_and_lists_survive(published: Project) -> None:
    assert {row["source_key"] for row in published.published("crosswalk")} == {"007", "0042"}
    (anna,) = [r for r in published.published("golden_customers") if r["kind"] == "person"]
    assert anna["emails"] == "a@damico.it; info@damico.it"
    parquet = pq.read_table(published.golden / "golden_customers.parquet").to_pylist()
    (anna,) = [row for row in parquet if row["kind"] == "person"]
    assert [email["value"] for email in anna["emails"]] == ["a@damico.it", "info@damico.it"]
    assert set(anna["emails"][0]) == {"value", "label"}


@pytest.mark.parametrize("table", [*TABLES, "lineage"])
def test_the_database_holds_what_the_parquet_files_hold(published: Project, table: str) -> None:
    with duckdb.connect(published.golden / "golden.duckdb", read_only=True) as database:
        held = database.sql(f"from {table}").to_arrow_table().to_pylist()
    assert held == pq.read_table(published.golden / f"{table}.parquet").to_pylist()


def modes(folder: Path) -> tuple[set[int], set[int]]:
    """The permissions of a folder's files, and of the folder itself."""
    files = {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    return files, {stat.S_IMODE(folder.stat().st_mode)}


def test_only_the_owner_may_read_personal_data(published: Project) -> None:
    assert modes(published.golden) == ({0o600}, {0o700})
    for name in ("ledger.sqlite", "unify.duckdb"):
        assert stat.S_IMODE((published.folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((published.folder / ".generations").stat().st_mode) == 0o700


def test_a_group_may_read_golden_where_the_configuration_says_so(tmp_path: Path) -> None:
    project = made(tmp_path, CRM + '[publish]\nmode = "group"\n', {"crm.csv": "Id,Nome\n1,Anna\n"})
    project.run()
    assert modes(project.golden) == ({0o640}, {0o750})
    assert stat.S_IMODE((tmp_path / ".generations").stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "ledger.sqlite").stat().st_mode) == 0o600


def written(generations: Generations, run: str) -> Path:
    """A sealed generation of one file."""
    folder = generations.begin(run)
    (folder / "golden_customers.csv").write_text(run)
    generations.seal(folder, {"run_id": run, "files": {}})
    return folder


def standing(generations: Generations) -> str | None:
    """The run that is published."""
    summary = generations.summary()
    return summary["run_id"] if summary else None


@pytest.mark.parametrize("links", [True, False])
def test_five_generations_are_kept_and_the_newest_is_golden(tmp_path: Path, links: bool) -> None:
    generations = Generations(tmp_path / "golden", "private", links=links)
    generations.prepare()
    for number in range(8):
        generations.switch(written(generations, f"run-{number}"), f"run-{number}", keep=5)
        assert standing(generations) == f"run-{number}"
    kept = {path.name for path in (tmp_path / ".generations").iterdir() if path.is_dir()}
    assert kept | {"run-7"} == {f"run-{number}" for number in range(3, 8)}
    assert (tmp_path / "golden").is_symlink() == links


def test_golden_is_switched_by_its_link(published: Project) -> None:
    assert published.golden.is_symlink()
    assert published.golden.readlink() == Path(".generations/run-20260512T060000Z")


@pytest.mark.parametrize("moved_away", [False, True])
def test_an_interrupted_switch_without_links_is_completed(tmp_path: Path, moved_away: bool) -> None:
    generations = Generations(tmp_path / "golden", "private", links=False)
    generations.prepare()
    generations.switch(written(generations, "run-1"), "run-1", keep=5)
    store = tmp_path / ".generations"
    written(generations, "run-2").rename(store / "run-2")
    note = {"arriving": "run-2", "leaving": "run-1"}
    (store / "switch.json").write_text(json.dumps(note), encoding="utf-8")
    if moved_away:
        (tmp_path / "golden").rename(store / "run-1")
    generations.prepare()
    assert standing(generations) == "run-2"
    assert {path.name for path in store.iterdir() if path.is_dir()} == {"run-1"}


def test_readers_complete_an_interrupted_switch_too(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "golden", "private", links=False)
    generations.prepare()
    written(generations, "run-1").rename(tmp_path / ".generations" / "run-1")
    note = '{"arriving": "run-1", "leaving": null}'
    (tmp_path / ".generations" / "switch.json").write_text(note, encoding="utf-8")
    assert standing(generations) == "run-1"


def test_half_written_generations_are_swept_away(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "golden", "private")
    generations.prepare()
    written(generations, "run-1")
    generations.prepare()
    assert not [path for path in (tmp_path / ".generations").iterdir() if path.is_dir()]


def test_somebody_else_s_folder_is_left_alone(tmp_path: Path) -> None:
    files = {"crm.csv": "Id,Nome\n1,Anna\n", "golden/mine.txt": "precious"}
    done = made(tmp_path, CRM, files).unify("match")
    assert done.code == 1
    assert "golden: the output exists and is no published generation" in done.stderr
    assert (tmp_path / "golden" / "mine.txt").read_text() == "precious"
    assert [file.name for file in (tmp_path / "golden").iterdir()] == ["mine.txt"]


def test_an_output_that_cannot_be_written_ends_with_1(tmp_path: Path) -> None:
    toml = '[project]\noutput = "file.txt/golden"\n' + CRM
    done = made(tmp_path, toml, {"crm.csv": "Id,Nome\n", "file.txt": "a file"}).unify("match")
    assert done.code == 1
    assert "file.txt/golden: the output cannot be written" in done.stderr
    assert (tmp_path / "file.txt").read_text() == "a file"


def test_a_run_that_fails_leaves_what_was_published(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": firms(range(3))})
    project.run()
    before = {file.name: file.read_bytes() for file in project.golden.iterdir()}
    project.write("crm.csv", "")
    assert project.unify("match").code == 5
    assert {file.name: file.read_bytes() for file in project.golden.iterdir()} == before


def test_an_unreadable_summary_is_said(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": "Id,Nome\n1,Anna\n"})
    project.run()
    (project.golden / "run.json").write_text("{")
    with pytest.raises(WorkspaceError, match=r"run\.json cannot be read"):
        project.run(1)


def test_two_projects_never_keep_their_generations_in_one_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        toml = f'[project]\noutput = "../out/{name}"\n' + CRM
        made(tmp_path / name, toml, {"crm.csv": "Id,Nome\n1,Anna\n"})
    Project(tmp_path / "a").run()
    with pytest.raises(WorkspaceError, match="another project"):
        Project(tmp_path / "b").run()
    assert (tmp_path / "out" / "a" / "run.json").is_file()
