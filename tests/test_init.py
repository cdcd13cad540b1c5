"""`unify init`: contacts are found where they are, and the configuration reads them right."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tomllib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.projects import Project, unify
from tests.servers import Server
from tests.test_archives import zipped
from unify.check import check
from unify.connector import Finding
from unify.discovery import Column, map_columns
from unify.errors import ConnectorError
from unify.init.sight import ROWS, sighted, sightings
from unify_connectors.delimited import DelimitedText

EXAMPLE = Path(__file__).parents[1] / "examples" / "officine-bianchi"
MADE = ("golden", ".*", "unify.duckdb*", "ledger.sqlite*", "__pycache__")
CONTACTS = (
    "Id,Nome,Cognome,Email,Telefono\n"
    "1,Anna,Rossi,anna@rossi.it,035 221122\n"
    "2,Ugo,Bianchi,ugo@bianchi.it,335 6861864\n"
    "3,Maria,Verdi,maria@verdi.it,02 48019876\n"
    "4,Luca,Ferrari,luca@ferrari.it,338 3752321\n"
    "5,Paolo,Esposito,paolo@esposito.it,329 4560715\n"
)


def found(folder: Path, files: Mapping[str, str | bytes], *arguments: str) -> dict[str, Any]:
    """What `unify init` writes of some files."""
    project = Project(folder)
    for name, text in files.items():
        project.write(name, text)
    done = project.unify("init", *arguments)
    assert done.code == 0, done.stderr
    return settings(project)


def settings(project: Project) -> dict[str, Any]:
    return tomllib.loads((project.folder / "unify.toml").read_text(encoding="utf-8"))


def mapped(project: Project) -> dict[str, dict[str, str]]:
    """source → column → field, as a run reads them."""
    return {
        source.name: {c.name: c.mapping.field for c in source.columns if c.mapping}
        for source in check(project.plan())
    }


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the example after `unify init` wrote its configuration."""
    folder = tmp_path_factory.mktemp("init") / "officine-bianchi"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(*MADE))
    (folder / "unify.toml").unlink()
    done = unify("init", cwd=folder)
    assert done.code == 0, done.stderr
    return Project(folder)


def test_the_example_is_found_as_it_was_configured_by_hand(example: Project) -> None:
    by_hand = tomllib.loads((EXAMPLE / "unify.toml").read_text(encoding="utf-8"))
    written = settings(example)
    chosen = ("path", "url", "table", "key", "updated")
    assert {
        name: {key: source[key] for key in chosen if key in source}
        for name, source in written["sources"].items()
    } == {
        name: {key: source[key] for key in chosen if key in source}
        | ({"updated": "Iscritto il"} if name == "newsletter" else {})
        for name, source in by_hand["sources"].items()
    }
    assert written["project"] == by_hand["project"]


def test_every_column_of_the_example_is_mapped_as_by_hand(example: Project) -> None:
    assert mapped(example) == mapped(Project(EXAMPLE))


def test_the_example_runs_as_it_does_by_hand(example: Project) -> None:
    assert example.unify("match").code == 0
    judged = json.loads(example.unify("evaluate", "truth.csv", "--json").stdout)
    assert judged["not_published"] == 0
    assert judged["pairwise"]["precision"] >= 0.97
    assert judged["pairwise"]["recall"] >= 0.75


def test_the_same_files_give_the_same_configuration(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "other"):
        folder = tmp_path / name / "firm"
        found(folder, {"crm.csv": CONTACTS, "old/rubrica.csv": CONTACTS.replace("@", "@mail.")})
        texts.append((folder / "unify.toml").read_bytes())
    assert texts[0] == texts[1]


def test_a_configuration_is_not_written_over(tmp_path: Path) -> None:
    found(tmp_path, {"crm.csv": CONTACTS})
    (tmp_path / "unify.toml").write_text("# mine\n")
    done = unify("init", cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert "--force" in done.stderr
    assert (tmp_path / "unify.toml").read_text() == "# mine\n"
    assert unify("init", "--force", cwd=tmp_path).code == 0
    assert "crm" in settings(Project(tmp_path))["sources"]


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = unify("init", "nowhere", cwd=tmp_path)
    assert done.code == 5
    assert "nowhere: no such file or folder" in done.stderr


def test_where_nothing_is_found_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("product,price\nscrew,1.20\nnut,0.30\n")
    done = unify("init", cwd=tmp_path)
    assert done.code == 1
    assert "no contacts were found" in done.stderr
    assert not (tmp_path / "unify.toml").exists()


def test_a_file_that_is_named_twice_is_one_source(tmp_path: Path) -> None:
    written = found(tmp_path, {"a/crm.csv": CONTACTS}, ".", "a", "a/crm.csv")
    text = (tmp_path / "unify.toml").read_text(encoding="utf-8")
    assert list(written["sources"]) == ["crm"] and "Left out" not in text


def test_a_connector_that_fails_on_a_file_does_not_end_the_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(place: str) -> list[Finding]:
        raise ValueError(place)

    monkeypatch.setattr(DelimitedText, "find", find)
    with pytest.raises(ConnectorError, match="fails on it"):
        sightings(str(tmp_path))


@pytest.mark.parametrize(("rows", "whole"), [(ROWS, True), (ROWS + 1, False)])
def test_a_sample_says_whether_it_is_all(tmp_path: Path, rows: int, whole: bool) -> None:
    with closing(sqlite3.connect(tmp_path / "big.db")) as connection, connection:
        connection.execute("create table t (id integer primary key, name text)")
        connection.executemany("insert into t values (?, 'x')", [(n,) for n in range(rows)])
    ((name, finding),) = sightings(str(tmp_path / "big.db"))
    sample = sighted(name, finding)
    assert (sample.rows.num_rows, sample.whole) == (ROWS, whole)


def test_a_table_that_holds_customers_is_told_from_the_others(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "erp.db")) as connection, connection:
        connection.executescript(
            "create table clienti (cod text primary key, ragsoc text, email text, tel text);"
            "create table articoli (cod text, descrizione text, prezzo real);"
            "create table righe (id integer primary key, cod text, nota text);"
            "insert into articoli values ('A1', 'Vite M8', 0.1), ('A2', 'Dado M8', 0.2);"
            "insert into righe values (1, 'A1', 'urgente'), (2, 'A2', null);"
        )
        connection.executemany(
            "insert into clienti values (?, ?, ?, ?)",
            [(f"C{n}", f"Officine {n} Srl", f"info@o{n}.it", f"035 22112{n}") for n in range(9)],
        )
    written = found(tmp_path, {})
    assert {k: v for k, v in written["sources"]["erp"].items() if k in ("url", "table", "key")} == {
        "url": "sqlite:///erp.db",
        "table": "clienti",
        "key": "cod",
    }
    assert len(written["sources"]) == 1


ORDERS = "".join(f"{n},p{n % 9}@rossi.it,2024-03-0{1 + n % 9},{n}.50\n" for n in range(40))
ADDRESSED = "".join(
    f"{n},{name},Rossi,{name.lower()}@rossi.it,Via Roma {n % 4},{n}.50\n"
    for n, name in enumerate(("Anna", "Ugo", "Maria", "Luca") * 10)
)


def test_orders_are_contacts_only_where_they_tell_much_of_them(tmp_path: Path) -> None:
    files = {
        "crm.csv": CONTACTS,
        "orders.csv": "OrderId,CustomerEmail,OrderDate,Amount\n" + ORDERS,
        "shop.csv": "OrderId,First name,Last name,Email,Street,Amount\n" + ADDRESSED,
    }
    assert set(found(tmp_path, files)["sources"]) == {"crm", "shop"}
    assert "orders.csv: its rows are events" in (tmp_path / "unify.toml").read_text("utf-8")


def test_a_view_is_read_where_it_has_more_than_its_tables(tmp_path: Path) -> None:
    people = [(n, name, "Rossi") for n, name in enumerate(("Anna", "Ugo", "Maria", "Luca", "Ivo"))]
    mails = [(n, f"p{n}@rossi.it") for n in range(5)]
    with closing(sqlite3.connect(tmp_path / "erp.db")) as connection, connection:
        connection.executescript(
            "create table person (id integer primary key, nome text, cognome text);"
            "create table mail (person integer, testo text);"
            "create view contatti as select id, nome, cognome, testo as email"
            " from person join mail on person = id;"
            "create view nomi as select nome, email from contatti;"
        )
        connection.executemany("insert into person values (?, ?, ?)", people)
        connection.executemany("insert into mail values (?, ?)", mails)
    written = found(tmp_path, {})
    tables = [source["table"] for source in written["sources"].values()]
    assert "contatti" in tables and "nomi" not in tables and "person" not in tables
    assert "in erp.db [contatti] as well" in (tmp_path / "unify.toml").read_text("utf-8")


def test_a_file_in_a_zip_is_found_and_read_there(tmp_path: Path) -> None:
    zipped(tmp_path / "exports.zip", {"old/crm.csv": CONTACTS, "__MACOSX/old/._crm.csv": "x"})
    written = found(tmp_path, {})
    assert written["sources"]["crm"]["path"] == "exports.zip/old/crm.csv"
    assert Project(tmp_path).run().summary["records"] == 5


def test_a_copy_is_left_to_the_steward(tmp_path: Path) -> None:
    files = {"crm.csv": CONTACTS, "Copia di crm.csv": CONTACTS}
    assert [s["path"] for s in found(tmp_path, files)["sources"].values()] == ["crm.csv"]
    text = (tmp_path / "unify.toml").read_text(encoding="utf-8")
    assert "# ? Left out: all of its 5 rows stand in crm.csv as well" in text
    assert '# path = "Copia di crm.csv"' in text


def test_a_copy_says_how_many_of_its_rows_are_nowhere_else(tmp_path: Path) -> None:
    rows = [f"{n},Anna,Rossi,anna{n}@rossi.it,035 22112{n}\n" for n in range(21)]
    header = CONTACTS.partition("\n")[0] + "\n"
    files = {"crm.csv": header + "".join(rows[1:]), "old.csv": header + "".join(rows[:20])}
    (source,) = found(tmp_path, files)["sources"].values()
    assert source["path"] == "crm.csv"
    text = (tmp_path / "unify.toml").read_text(encoding="utf-8")
    assert "95% of its 20 rows stand in crm.csv as well, 1 do not" in text


def test_files_of_one_layout_are_one_source(tmp_path: Path) -> None:
    later = CONTACTS.replace("\n1,", "\n6,").replace("Rossi", "Ricci").replace("rossi", "ricci")
    files = {"2019/clienti_2018.csv": CONTACTS, "2019/clienti_2019.csv": later}
    (source,) = found(tmp_path, files)["sources"].values()
    assert source["path"] == "2019/clienti_*.csv"


@pytest.mark.parametrize("password", ["s3cret", "a/s3cret", "a@s3cret", "a#s3cret", "a?/s3cret"])
def test_a_password_is_written_nowhere(tmp_path: Path, password: str) -> None:
    done = unify("init", f"postgresql://u:{password}@127.0.0.1:1/erp", cwd=tmp_path)
    assert done.code == 5
    assert "s3cret" not in done.stdout + done.stderr


def test_a_database_s_table_is_found_by_its_url(server: Server, tmp_path: Path) -> None:
    server.run(
        f"create table {server.table} (codice varchar(9) primary key, cognome varchar(40),"
        " nome varchar(40), campo9 varchar(60))",
        *(
            f"insert into {server.table} values ('C{n}', 'Rossi', 'Anna', 'anna{n}@rossi.it')"
            for n in range(6)
        ),
    )
    written = found(tmp_path, {}, server.url)
    (source,) = [s for s in written["sources"].values() if s["table"].endswith(server.table)]
    assert (source["key"], source["fields"]) == ("codice", {"emails": "campo9"})
    assert source["url"] == server.url


def test_a_url_with_a_password_becomes_a_variable(server: Server, tmp_path: Path) -> None:
    if "postgres" not in server.url:
        pytest.skip("one server is enough")
    server.run(
        f"create table {server.table} (id integer primary key, name text, email text)",
        f"insert into {server.table} values (1, 'Anna Rossi', 'anna@rossi.it')",
    )
    url = server.url.replace("postgres@", "postgres:a/b#s3cret@")
    done = unify("init", url, cwd=tmp_path)
    assert done.code == 0, done.stderr
    written = (tmp_path / "unify.toml").read_text(encoding="utf-8")
    assert "s3cret" not in written + done.stdout + done.stderr
    assert 'url = "${TEST_URL}"' in written
    assert "Set TEST_URL in the environment" in done.stdout
    assert unify("check", cwd=tmp_path, env={"TEST_URL": url}).code == 0
    assert unify("init", "--force", "${TEST_URL}", cwd=tmp_path, env={"TEST_URL": url}).code == 0
    assert (tmp_path / "unify.toml").read_text(encoding="utf-8").count("${TEST_URL}") >= 1


def test_odd_places_are_said_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "other.csv").write_text(CONTACTS)
    firm = tmp_path / "firm"
    files: dict[str, str | bytes] = {
        "with\nnewline.csv": CONTACTS,
        ".hidden/crm.csv": CONTACTS,
        "golden/golden_customers.csv": CONTACTS,
        "empty.csv": "",
        "photo.csv": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9,
        "noise.xlsx": b"PK\x03\x04" + bytes(range(256)) * 9,
    }
    for name, content in files.items():
        Project(firm).write(name, content)
    (firm / "away").symlink_to(outside, target_is_directory=True)
    (firm / "away.csv").symlink_to(outside / "other.csv")
    zipped(firm / "bomb.zip", {"bomb.csv": b"0" * 80_000_000})
    done = unify("init", cwd=firm)
    assert done.code == 0, done.stderr
    assert [s["path"] for s in settings(Project(firm))["sources"].values()] == ["with\nnewline.csv"]
    for said in (
        "away, away.csv: a symbolic link, which is not followed",
        "empty.csv: empty (0 bytes)",
        "photo.csv: a picture",
        "bomb.zip/bomb.csv: 'bomb.csv' expands beyond all measure",
        "noise.xlsx: ",
    ):
        assert said in done.stdout
    shutil.rmtree(firm / "golden")
    assert Project(firm).run().summary["records"] == 5


def test_a_folder_of_cards_is_one_source(tmp_path: Path) -> None:
    cards = {
        f"cards/{n}.vcf": f"BEGIN:VCARD\nVERSION:3.0\nUID:u{n}\nFN:{name} Rossi\nEMAIL:{name}@rossi.it\nEND:VCARD\n"
        for n, name in enumerate(["Anna", "Ugo", "Maria", "Luca"])
    }
    (source,) = found(tmp_path, cards)["sources"].values()
    assert source["path"] == "cards/*.vcf"
    assert Project(tmp_path).run().summary["records"] == 4


def test_a_sheet_that_holds_contacts_is_told_from_the_others(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        clients, prices = book.add_worksheet("Clienti"), book.add_worksheet("Listino")
        clients.write(0, 0, "Elenco dei clienti")
        for row, line in enumerate(CONTACTS.splitlines(), start=2):
            clients.write_row(row, 0, line.split(","))
        for row in range(9):
            prices.write_row(
                row, 0, ["Articolo", "Prezzo"] if not row else [f"Vite M{row}", "0.30"]
            )
    (source,) = found(tmp_path, {})["sources"].values()
    assert source["sheet"] == "Clienti"


def test_a_list_in_a_language_that_no_table_knows_is_found_by_its_values(tmp_path: Path) -> None:
    rows = CONTACTS.partition("\n")[2]
    written = found(tmp_path, {"crm.csv": "Sira,Adiniz,Soyadiniz,Eposta kutusu,Ceptel\n" + rows})
    fields = written["sources"]["crm"]["fields"]
    assert (fields["emails"], fields["phones"]) == ("Eposta kutusu", "Ceptel")


def test_a_file_s_name_is_no_variable(tmp_path: Path) -> None:
    found(tmp_path, {"[x] ${HOME}.csv": CONTACTS})
    assert Project(tmp_path).run().summary["records"] == 5


def test_two_tables_on_one_sheet_are_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as workbook:
        sheet = workbook.add_worksheet("Foglio1")
        for number, line in enumerate(CONTACTS.splitlines()):
            sheet.write_row(number, 0, line.split(","))
        sheet.write_row(9, 0, ["Ragione sociale", "Partita IVA", "Telefono"])
        sheet.write_row(10, 0, ["Ferro Srl", "03959780168", "035 221122"])
    project = Project(tmp_path)
    said = project.unify("init").stdout
    assert "look at: two.xlsx [Foglio1]: another table begins within it" in said
    written = (tmp_path / "unify.toml").read_text("utf-8")
    assert "with the columns Ragione sociale, Partita IVA, Telefono" in written


def test_no_contact_s_value_stands_in_the_configuration(tmp_path: Path) -> None:
    found(tmp_path, {"crm.csv": CONTACTS, "dati.txt": CONTACTS.replace("Email", "Campo4")})
    written = (tmp_path / "unify.toml").read_text(encoding="utf-8").casefold()
    assert [v for v in ("anna", "rossi", "221122", "esposito") if v in written] == []


FORMATS = Path(__file__).parents[2] / "shared" / "data" / "formats"


@pytest.mark.real
@pytest.mark.soak
@pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not there")
def test_headers_of_real_files_that_are_known_are_mapped(tmp_path: Path) -> None:
    done = unify("init", str(FORMATS), cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "Traceback" not in done.stderr
    read = mapped(Project(tmp_path))
    known = [
        (source, column, field)
        for source, columns in _by_header(Project(tmp_path)).items()
        for column, field in columns.items()
    ]
    assert len(known) > 200
    right = [read[source].get(column) == field for source, column, field in known]
    assert sum(right) >= 0.95 * len(right)


def _by_header(project: Project) -> dict[str, dict[str, str]]:
    """source → column → field, as connector and header tell them."""
    return {
        source.name: {
            m.column: m.field
            for m in map_columns([Column(c.name) for c in source.columns], {}, (), where="")
        }
        for source in check(project.plan())
    }


def test_check_says_where_values_contradict_their_header(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("unify.toml", '[sources.crm]\npath = "crm.csv"\nkey = "Id"\n')
    project.write("crm.csv", CONTACTS.replace("Email,Telefono", "Telefono,Email"))
    done = project.unify("check")
    assert "doubtful: Telefono: its values look like emails (100%), not like phones" in done.stdout
    assert "doubtful: Email: its values look like phones (100%), not like emails" in done.stdout
