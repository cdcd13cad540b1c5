"""What SQL settles is what the Python functions, and through them the libraries, would say."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.projects import made

from unify.land import land
from unify.standardise import standardise
from unify.standards import dates, emails
from unify.workspace import Workspace, opened

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "reference"
Row = dict[str, object]


def settled_emails(values: Iterable[str]) -> dict[str, Row]:
    with opened(None) as workspace:
        _hold(
            workspace,
            "written_email",
            [("crm:1", "1", "other", value) for value in values],
            "record_id, position, label, written",
        )
        rows = workspace.rows("settled_email", **emails.lists())
    names = ("value", "same_as", "valid", "role", "free_provider", "pec")
    return {
        row["written"]: {name: row[name] for name in names}
        for row in rows
        if row["value"] is not None
    }


def settled_dates(values: Iterable[str], field: str, usual: str) -> tuple[str, dict[str, str]]:
    """The order that the values prove, and the value of each that SQL settles."""
    with opened(None) as workspace:
        rows = [("crm", field, value) for value in values]
        _hold(workspace, "written_date", rows, "source, field, written")
        workspace.sketch_from("date_order")
        workspace.sketch_from("ordered_date", usual=usual)
        workspace.sketch_from("settled_date", **dates.limits())
        found = workspace.connection.execute('select distinct "order" from ordered_date')
        ((order,),) = found.fetchall()
        settled = workspace.connection.execute("select written, value from settled_date").fetchall()
    return order, dict(settled)


def _hold(workspace: Workspace, table: str, rows: Iterable[tuple[str, ...]], columns: str) -> None:
    shape = ", ".join(f"{name} VARCHAR" for name in columns.split(", "))
    workspace.connection.execute(f"create table {table} ({shape})")
    marks = ", ".join("?" for _ in columns.split(", "))
    workspace.connection.executemany(f"insert into {table} values ({marks})", list(rows))


def _as_python_says(value: str) -> list[Row]:
    names = ("value", "same_as", "valid", "role", "free_provider", "pec")
    return [{name: getattr(e, name) for name in names} for e in emails.standardise(value)]


def _written_emails(count: int) -> list[str]:
    drawn = random.Random(1)
    locals_ = [
        "info",
        "mario.rossi",
        "m.rossi85",
        "Vendite",
        "a+b",
        "x",
        "no-reply",
        "info2",
        "1a",
        "a..b",
        ".a",
        "a-",
        "_x",
    ]
    domains = [
        "gmail.com",
        "GoogleMail.com",
        "libero.it",
        "pec.rossi.it",
        "a.legalmail.it",
        "x",
        "b-c.org",
        "-x.it",
        "rossi.c",
        "email.it",
        "a.b.c.museum",
    ]
    around = ["{}", " {} ", "<{}>", "mailto:{}", "Mario <{}>", "{};{}", "{}.", "'{}'", "{} (casa)"]
    return [
        drawn.choice(around).replace("{}", f"{drawn.choice(locals_)}@{drawn.choice(domains)}")
        for _ in range(count)
    ]  # fmt: skip


def test_a_settled_e_mail_is_the_one_that_the_library_gives() -> None:
    values = sorted(set(_written_emails(3_000)))
    settled = settled_emails(values)
    assert len(settled) > len(values) / 10
    for value, row in settled.items():
        assert [row] == _as_python_says(value), value


@pytest.mark.real
def test_settled_e_mails_agree_on_the_cases_of_isemail() -> None:
    file = REAL / "isemail" / "tests.xml"
    if not file.exists():
        pytest.skip("the cases of isemail are not on this machine")
    values = sorted({node.text for node in ElementTree.parse(file).iter("address") if node.text})
    assert len(values) > 150
    for value, row in settled_emails(values).items():
        assert [row] == _as_python_says(value), value


def _written_dates(count: int) -> list[str]:
    drawn = random.Random(2)
    forms = [
        "{d}/{m}/{y}", "{d}-{m}-{y}", "{y}-{m}-{d}", "{y}{m}{d}", "{y}/{d}/{m}", "{d}.{m}.{y}",
        "{d}/{m}/{y} 10:22", "{y}-{m}-{d}T10:22:33Z", "{y}-{m}-{d} 25:00:00", "{d} marzo {y}",
        "{y}-{m}-{d}T10:22:33+02:00", "{d}{m}{y}",
    ]  # fmt: skip
    made = []
    for _ in range(count):
        day, month = drawn.randint(0, 32), drawn.randint(0, 14)
        year = drawn.choice([1849, 1900, 1931, 1956, 1970, 1999, 2004, 2024, 2100, 2101])
        pad = drawn.choice(["02", ""])
        form = drawn.choice(forms)
        made.append(form.format(d=format(day, pad), m=format(month, pad), y=year))
    return sorted({*made, "1900-01-01", "01/01/1900", "00/00/0000"})


@pytest.mark.parametrize("field", ["birth_date", "updated"])
@pytest.mark.parametrize("usual", ["dmy", "mdy"])
def test_a_settled_date_is_the_one_that_is_read_in_its_source_s_order(
    field: str, usual: dates.Order
) -> None:
    values = _written_dates(2_000)
    order, settled = settled_dates(values, field, usual)
    assert len(settled) > len(values) / 3
    for written, value in settled.items():
        if field == "updated":
            assert value == dates.instant(written, order=order), written
        else:
            assert value == dates.standardise(written, order=order).value, written


@pytest.mark.parametrize(
    ("values", "usual", "order"),
    [
        (["12/03/1975", "25/03/1975"], "mdy", "dmy"),
        (["12/03/1975", "03/25/1975"], "dmy", "mdy"),
        (["12/03/1975"], "dmy", "dmy"),
        (["12/03/1975"], "mdy", "mdy"),
        (["25/03/1975", "03/25/1975"], "mdy", "mdy"),
        (["1975-03-25", "1975-25-03"], "mdy", "mdy"),
        (["32/03/1975", "40/03/1975"], "mdy", "mdy"),
        (["25.3.75"], "mdy", "dmy"),
        (["nato il 25/03/1975"], "mdy", "mdy"),
    ],
)
def test_a_source_s_own_dates_prove_the_order_of_day_and_month(
    values: list[str], usual: str, order: str
) -> None:
    assert settled_dates(values, "birth_date", usual)[0] == order


NAMES = (
    "Mario", "ROSSI", "anna", "D'Amico", "Nicolo'", "Jean-Luc", "Ing.", "SRL", "De Luca", "M.",
    "Giuseppe", "Bianchi", "", "n/a", "Dott", "Maria Rosa", "spa", "McDonald", "Null", "Λάμπρος",
)  # fmt: skip


def test_a_plain_person_is_named_as_the_whole_record_would_be(tmp_path: Path) -> None:
    """Settled word by word or as a whole, a name in two columns is the same name."""
    records = [(given, family) for given in NAMES for family in NAMES]
    by_word = _standardised(tmp_path / "a", "Id,Nome,Cognome", records)
    # A middle name that says nothing sends every record the long way.
    as_a_whole = _standardised(tmp_path / "b", "Id,Secondo nome,Nome,Cognome", records, "-,")
    assert len(by_word) == len(records)
    for found, expected in zip(by_word, as_a_whole, strict=True):
        assert found == expected


def _standardised(
    folder: Path, header: str, records: list[tuple[str, str]], before: str = ""
) -> list[Row]:
    rows = "".join(f"{n:04},{before}{g},{f}\n" for n, (g, f) in enumerate(records))
    project = made(folder, files={"crm.csv": f"{header}\n{rows}"})
    with opened(None) as workspace:
        standardise(workspace, land(workspace, project.plan().sources, ()).records, "IT")
        found = workspace.connection.sql(
            "select kind, kind_certainty, full_name, given_name, family_name, name_key, given_key,"
            " family_key, given_forms from standard_record order by record_id"
        )
        return list(found.to_arrow_table().to_pylist())
