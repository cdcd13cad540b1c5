"""Which value survives, by each rule; where it came from; and what stays whole."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import duckdb
import pytest

from tests.projects import Project, made

Rows = list[dict[str, Any]]

COLUMNS = (
    "Id", "Nome", "Cognome", "Agg", "Data di nascita", "Sesso", "Codice fiscale", "Azienda",
    "Qualifica", "Email", "Email2", "Tel", "Indirizzo", "Città", "CAP", "Consenso", "Note",
    "Sito web", "Classe", "Zona",
)  # fmt: skip
TOML = """
[sources.alto]
path = "alto.csv"
key = "Id"
updated = "Agg"
trust = 90
[sources.basso]
path = "basso.csv"
key = "Id"
updated = "Agg"
trust = 10
[sources.pari]
path = "pari.csv"
key = "Id"
updated = "Agg"
trust = 10
[fields.classe]
kind = "category"
[fields.zona]
kind = "text"
[survivorship]
notes = ["longest"]
birth_date = ["trust"]
sex = ["frequent"]
website = ["recent"]
organization = ["complete"]
classe = ["trust"]
zona = ["recent"]
"""


def person(key: str, **values: str) -> dict[str, str]:
    """A record of one of the people below, by the letter that the key begins with."""
    return {"Id": key, "Nome": "Anna", "Cognome": f"{PEOPLE[key[0]]}", **values}


PEOPLE = {
    "a": "Rossi", "b": "Bianchi", "c": "Verdi", "d": "Ferri", "e": "Conti", "f": "Fontana",
    "g": "Greco", "h": "Galli", "i": "Villa",
}  # fmt: skip
SOURCES = {
    "alto": [
        person(
            "a1", Agg="2020-01-01", **{"Data di nascita": "01/02/1970"}, Classe="A", Zona="nord"
        ),
        person("b1", Sesso="F"),
        person("c1", **{"Sito web": "vecchio.it"}, Agg="2020-01-01"),
        person("d1", Note="breve"),
        person("e1", **{"Codice fiscale": "RSSMRA80A01H501X"}),
        person("f1", Consenso="sì", Agg="2025-01-01"),
        person("g1", Indirizzo="Via Roma 1", Agg="2025-01-01"),
        person("h1", Email="anna.galli@alto.it", Email2="anna@@galli", Tel="035 123456"),
        person("i1", Azienda="Rondamec S.r.l."),
    ],
    "basso": [
        person("a2", Agg="2025-01-01", **{"Data di nascita": "03/02/1970"}, Classe="B", Zona="sud"),
        person("b2", Sesso="M"),
        person("c2", **{"Sito web": "nuovo.it"}, Agg="2025-01-01"),
        person("d2", Note="una nota molto lunga"),
        person("e2", **{"Codice fiscale": "RSSMRA80A01H501U"}),
        person("f2", Consenso="no", Agg="2019-01-01"),
        person("g2", Indirizzo="Via Milano 2", Città="Bergamo", CAP="24121", Agg="2019-01-01"),
        person("h2", Email="galli@basso.it", Tel="347 1234567"),
        person("i2", Azienda="Ferrodina S.p.A.", Qualifica="Direttrice"),
    ],
    "pari": [
        person("b3", Sesso="M"),
        person("c3", **{"Sito web": "senza-data.it"}),
        person("d3", Note="una nota molto lung."),
        person("h3", Email="GALLI@basso.it"),
    ],
}


def written(rows: Sequence[dict[str, str]]) -> str:
    """The rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Nine people, whose records a steward has joined."""
    files = {f"{name}.csv": written(rows) for name, rows in SOURCES.items()}
    project = made(tmp_path_factory.mktemp("survive"), TOML, files)
    held = defaultdict(list)
    for source, rows in SOURCES.items():
        for row in rows:
            held[row["Id"][0]].append(f"{source}:{row['Id']}")
    for records in held.values():
        for left, right in pairwise(records):
            project.decide(left, right)
    project.run()
    return project


@pytest.fixture(scope="module")
def golden(project: Project) -> dict[str, dict[str, str]]:
    """Each person's golden row, by letter."""
    rows = {row["customer_id"]: row for row in project.published("golden_customers")}
    return {
        record.partition(":")[2][0]: rows[customer]
        for record, customer in project.customers().items()
    }


@pytest.fixture(scope="module")
def database(project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(project.golden / "golden.duckdb", read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def lineage(project: Project, database: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Rows]:
    """(letter, field) → the rows of lineage."""
    letters = {c: r.partition(":")[2][0] for r, c in project.customers().items()}
    found: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in database.table("lineage").to_arrow_table().to_pylist():
        found[letters[row["customer_id"]], row["field"]].append(row)
    return found


@pytest.mark.parametrize(
    ("who", "field", "value", "record", "rule"),
    [
        ("a", "birth_date", "1970-02-01", "alto:a1", "trust"),
        ("b", "sex", "M", "basso:b2", "frequent"),
        ("c", "website", "nuovo.it", "basso:c2", "recent"),
        ("d", "notes", "una nota molto lunga", "basso:d2", "tie"),
        ("e", "tax_id", "RSSMRA80A01H501U", "basso:e2", "valid"),
        ("f", "consent_marketing", "no", "basso:f2", "most_restrictive"),
        ("g", "street", "Via Milano, 2", "basso:g2", "valid"),
        ("i", "job_title", "Direttrice", "basso:i2", "complete"),
        ("a", "classe", "A", "alto:a1", "trust"),
        ("a", "zona", "sud", "basso:a2", "recent"),
        ("g", "postcode", "24121", "basso:g2", "valid"),
        ("i", "kind", "person", "alto:i1", "only"),
    ],
)
def test_the_first_rule_that_tells_two_values_apart_decides(
    golden: dict[str, dict[str, str]],
    lineage: dict[tuple[str, str], Rows],
    who: str,
    field: str,
    value: str,
    record: str,
    rule: str,
) -> None:
    (row,) = lineage[who, field]
    assert golden[who][field] == row["value"] == value
    assert (f"{row['source']}:{row['source_key']}", row["rule"]) == (record, rule)


def test_an_address_comes_whole_from_one_record(golden: dict[str, dict[str, str]]) -> None:
    address = [golden["g"][part] for part in ("street", "city", "postcode")]
    assert address == ["Via Milano, 2", "Bergamo", "24121"]


def test_an_employer_and_the_job_there_come_from_one_record(
    golden: dict[str, dict[str, str]],
) -> None:
    assert golden["i"]["organization"].startswith("Ferrodina")
    assert golden["i"]["job_title"] == "Direttrice"


def test_a_list_holds_every_value_once_best_first(golden: dict[str, dict[str, str]]) -> None:
    assert golden["h"]["emails"].split("; ")[:2] == ["anna.galli@alto.it", "galli@basso.it"]
    assert golden["h"]["emails"].lower().count("galli@basso.it") == 1
    assert golden["h"]["email"] == "anna.galli@alto.it"


def test_a_person_s_own_mobile_comes_before_a_landline(golden: dict[str, dict[str, str]]) -> None:
    assert golden["h"]["phones"] == "+393471234567; +39035123456"
    assert golden["h"]["phone"] == "+393471234567"


def test_every_value_of_a_list_says_that_it_is_one_of_several(
    lineage: dict[tuple[str, str], Rows],
) -> None:
    assert {row["rule"] for row in lineage["h", "phones"]} == {"union"}
    assert len(lineage["h", "phones"]) == 2


def test_updated_is_the_newest_of_its_records(golden: dict[str, dict[str, str]]) -> None:
    assert golden["g"]["updated"] == "2025-01-01T00:00:00Z"
    assert golden["d"]["updated"] == ""


SINGLE = (
    "kind", "full_name", "name_prefix", "given_name", "middle_name", "family_name", "name_suffix",
    "organization", "job_title", "street", "city", "region", "postcode", "country", "birth_date",
    "sex", "tax_id", "vat_id", "website", "consent_marketing", "notes", "classe", "zona",
)  # fmt: skip


def test_lineage_has_one_row_a_golden_value_and_no_other(
    database: duckdb.DuckDBPyConnection,
) -> None:
    golden = []
    for row in database.table("golden_customers").to_arrow_table().to_pylist():
        golden += [(row["customer_id"], f, row[f]) for f in SINGLE if row[f] is not None]
        golden += [
            (row["customer_id"], f, v["value"]) for f in ("emails", "phones") for v in row[f]
        ]
    told = database.sql("select customer_id, field, value from lineage").fetchall()
    assert sorted(told) == sorted(golden)
    assert len(golden) > 50


def test_every_value_comes_from_a_record_of_its_customer(
    database: duckdb.DuckDBPyConnection,
) -> None:
    strays = database.sql(
        "from lineage anti join crosswalk using (customer_id, source, source_key)"
    )
    assert strays.fetchall() == []
    dated = database.sql("select distinct as_of from lineage where source_key = 'c2'").fetchall()
    assert dated == [("2025-01-01T00:00:00Z",)]
