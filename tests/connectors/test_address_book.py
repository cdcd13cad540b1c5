from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from unify.connector import NO_FIELD, installed, load
from unify.discovery import Column, map_columns
from unify.errors import ConnectorError
from unify.fields import LABELS, MAPPABLE
from unify.presets import read_toml
from unify_connectors.address_book import AddressBook
from unify_connectors.google import GoogleExport
from unify_connectors.known_header import header_in
from unify_connectors.outlook import OutlookExport
from unify_connectors.thunderbird import ThunderbirdExport
from unify_connectors.windows_live import WindowsLiveExport
from unify_connectors.yahoo import YahooExport

BOOKS = (OutlookExport, GoogleExport, ThunderbirdExport, WindowsLiveExport, YahooExport)
LANGUAGES = [(book, lang) for book in BOOKS for lang in read_toml(book.preset)["headers"]]


def _read(
    book: type[AddressBook], folder: Path, rows: list[list[str]], encoding: str = "utf-8"
) -> Any:
    file = folder / "contacts.csv"
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    file.write_text("\r\n".join([*lines, ""]), encoding=encoding, newline="")
    (batch,) = book(file).read()
    return batch.records


def _one(
    book: type[AddressBook], folder: Path, columns: dict[str, str]
) -> tuple[dict[str, str], dict[str, Any]]:
    """The values of a contact, and the meaning of each column."""
    records = _read(book, folder, [list(columns), list(columns.values())])
    (row,) = records.to_pylist()
    meaning = {
        f.name: {k.decode(): v.decode() for k, v in (f.metadata or {}).items()}
        for f in records.schema
    }
    return {column: value for column, value in row.items() if value is not None}, meaning


@pytest.mark.parametrize(
    ("book", "columns", "column", "meaning"),
    [
        (ThunderbirdExport, ["Nome", "Nome visualizzato", "E-mail primaria", "Telefono ufficio"], "Telefono ufficio", ("phones", "work")),
        (ThunderbirdExport, ["Prénom", "Nom à afficher", "Ville", "Ville"], "Ville_2", ("city", "work")),
        (ThunderbirdExport, ["Prénom", "Nom à afficher", "Ville", "Ville"], "Ville", ("city", "home")),
        (ThunderbirdExport, ["名", "表示名", "郵便番号 (自宅)"], "郵便番号 (自宅)", ("postcode", "home")),
        (ThunderbirdExport, ["Vorname", "Anzeigename", "Fax-Nummer", "Abteilung"], "Abteilung", (NO_FIELD, None)),
        (WindowsLiveExport, ["Nome", "Indirizzo di posta elettronica", "Ufficio", "Telefono (ufficio)"], "Ufficio", (NO_FIELD, None)),
        (OutlookExport, ["Nome", "Indirizzo posta elettronica", "Ufficio"], "Ufficio", ("phones", "work")),
        (OutlookExport, ["FirstName", "EmailAddress", "BusinessPhone"], "BusinessPhone", ("phones", "work")),
        (YahooExport, ["First", "Last", "Email", "Other", "Work ZIP"], "Other", ("phones", "other")),
    ],
)  # fmt: skip
def test_a_header_means_what_its_program_means(
    tmp_path: Path,
    book: type[AddressBook],
    columns: list[str],
    column: str,
    meaning: tuple[str, str | None],
) -> None:
    told = _read(book, tmp_path, [columns, ["x"] * len(columns)]).schema.field(column).metadata
    assert (told[b"field"].decode(), told.get(b"label", b"").decode() or None) == meaning


@pytest.mark.parametrize(("book", "language"), LANGUAGES)
def test_the_book_whose_header_it_is_finds_it_best(
    tmp_path: Path, book: type[AddressBook], language: str
) -> None:
    headers = read_toml(book.preset)["headers"][language]
    file = tmp_path / "contacts.csv"
    file.write_text(
        ",".join(f'"{header.removesuffix("_2")}"' for header in headers) + "\n", encoding="utf-8"
    )
    found = {other: [f.confidence for f in other.find(str(file))] for other in BOOKS}
    if len(headers) < 12:  # too little of the language is known
        return
    assert max(found, key=lambda other: found[other] or [0]) is book


@pytest.mark.parametrize(
    ("book", "language", "encoding"),
    [
        (OutlookExport, "ru", "cp1251"),
        (OutlookExport, "pl", "cp1250"),
        (OutlookExport, "ja", "cp932"),
        (OutlookExport, "tr", "cp1254"),
        (OutlookExport, "it", "mac_roman"),
        (OutlookExport, "fr", "cp1252"),
        (ThunderbirdExport, "zh-CN", "cp936"),
        (WindowsLiveExport, "ar", "cp1256"),
    ],
)
def test_a_header_proves_the_encoding(
    tmp_path: Path, book: type[AddressBook], language: str, encoding: str
) -> None:
    headers = list(read_toml(book.preset)["headers"][language])
    words = [header for header in headers if not header.isascii()][:1]
    records = _read(book, tmp_path, [headers, [*words, *[""] * (len(headers) - 1)]], encoding)
    assert records.to_pylist()[0][records.schema.names[0]] == words[0]
    proven = header_in(tmp_path / "contacts.csv", book.preset).encoding
    assert proven == ("" if encoding in ("cp1252", "mac_roman") else encoding)


@pytest.mark.parametrize(
    ("year", "month", "day", "date"),
    [
        ("1980", "3", "2", "1980-03-02"),
        ("1980", "", "2", None),
        ("", "", "", None),
        ("1980", "März", "2", None),
    ],
)
def test_a_birth_date_in_three_columns_is_one(
    tmp_path: Path, year: str, month: str, day: str, date: str | None
) -> None:
    columns = {"Display Name": "Anna", "Birth Year": year, "Birth Month": month, "Birth Day": day}
    row, meaning = _one(ThunderbirdExport, tmp_path, columns)
    assert row.get("birth_date") == date
    assert meaning["birth_date"] == {"field": "birth_date"}
    assert meaning["Birth Day"] == {"field": NO_FIELD}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"Phone 1 - Label": "Mobile", "Phone 1 - Value": "333"}, {"Phone (mobile)": "333"}),
        ({"Phone 1 - Type": "Work Fax", "Phone 1 - Value": "02"}, {"Phone (fax)": "02"}),
        ({"Phone 1 - Label": "", "Phone 1 - Value": "02"}, {"Phone (other)": "02"}),
        ({"Phone 1 - Label": "Cellulare", "Phone 1 - Value": "333 ::: 334"}, {"Phone (mobile)": "333; 334"}),
        ({"Phone 1 - Label": "Work", "Phone 1 - Value": "1", "Phone 2 - Label": "* Work", "Phone 2 - Value": "2"}, {"Phone (work)": "2; 1"}),
        ({"Phone 1 - Label": "Pager", "Phone 1 - Value": "1"}, {"Phone (of_another)": "1"}),
        ({"E-mail 1 - Label": "* ", "E-mail 1 - Value": "a@x.it"}, {"E-mail (other)": "a@x.it"}),
        ({"E-mail 1 - Label": "Privat", "E-mail 1 - Value": "a@x.it", "E-mail 2 - Label": "PEC", "E-mail 2 - Value": "b@x.it"}, {"E-mail (home)": "a@x.it", "E-mail (pec)": "b@x.it"}),
        ({"Website 1 - Value": "a.it ::: b.it"}, {"Website - Value": "a.it", "Website - Value further": "b.it"}),
        ({"Organization 1 - Name": "Officine", "Organization 1 - Title": "CEO"}, {"Organization - Name": "Officine", "Organization - Title": "CEO"}),
        ({"Organization Name": "Officine", "Organization Title": "CEO", "Phone 1 - Value": ""}, {"Organization Name": "Officine", "Organization Title": "CEO"}),
        (
            {"Address 1 - Label": "Home", "Address 1 - Formatted": "Via Roma 1\nForlì", "Address 1 - Street": "Via Roma 1", "Address 1 - City": "Forlì"},
            {"Address (home) - Street": "Via Roma 1", "Address (home) - City": "Forlì"},
        ),
        ({"Address 1 - Label": "Casa", "Address 1 - Formatted": "Via Roma 1\n47121 Forlì"}, {"Address (home) - Street": "Via Roma 1, 47121 Forlì"}),
        (
            {"Address 1 - Label": "Home", "Address 1 - Street": "A ::: C", "Address 1 - City": "B ::: D"},
            {"Address (home) - Street": "A", "Address (home) - City": "B", "Address (home 2) - Street": "C", "Address (home 2) - City": "D"},
        ),
        ({"Custom Field 1 - Label": "Codice", "Custom Field 1 - Value": "7"}, {"Custom Field 1 - Label": "Codice", "Custom Field 1 - Value": "7"}),
        ({"Labels": "* myContacts ::: Clienti"}, {"Labels": "* myContacts ::: Clienti"}),
        ({"Family Name": "Rossi"}, {"Family Name": "Rossi"}),
    ],
)  # fmt: skip
def test_what_google_numbers_is_gathered_by_its_label(
    tmp_path: Path, columns: dict[str, str], expected: dict[str, str]
) -> None:
    row, meaning = _one(GoogleExport, tmp_path, {"Given Name": "Anna", **columns})
    assert row == {"Given Name": "Anna", **expected}
    assert {m["field"] for m in meaning.values()} <= {*MAPPABLE, NO_FIELD}


@pytest.mark.parametrize(
    ("column", "meaning"),
    [
        ("Phone (mobile)", {"field": "phones", "label": "mobile"}),
        ("Phone (of_another)", {"field": NO_FIELD, "label": "of_another"}),
        ("E-mail (work)", {"field": "emails", "label": "work"}),
        ("Address (home 2) - Postal Code", {"field": "postcode", "label": "home 2"}),
        ("Organization - Title", {"field": "job_title"}),
        ("Website - Value", {"field": "website"}),
        ("Website - Value further", {"field": NO_FIELD}),
        ("Group Membership", {"field": NO_FIELD}),
    ],
)
def test_google_s_columns_say_what_they_mean(
    tmp_path: Path, column: str, meaning: dict[str, str]
) -> None:
    address = {"Label": "Home", "Postal Code": "1 ::: 2"}
    columns = {
        "Name": "Anna", "Group Membership": "x", "Organization 1 - Title": "CEO", "Website 1 - Value": "a.it ::: b.it",
        "Phone 1 - Type": "Mobile", "Phone 1 - Value": "1", "Phone 2 - Type": "Pager", "Phone 2 - Value": "2",
        "E-mail 1 - Type": "Work", "E-mail 1 - Value": "a@x.it", **{f"Address 1 - {part}": text for part, text in address.items()},
    }  # fmt: skip
    assert _one(GoogleExport, tmp_path, columns | {"Given Name": "Anna"})[1][column] == meaning


def test_google_names_nobody_by_an_e_mail(tmp_path: Path) -> None:
    row, _ = _one(GoogleExport, tmp_path, {"First Name": "a@x.it", "E-mail 1 - Value": "a@x.it"})
    assert row == {"E-mail (other)": "a@x.it"}


def test_a_known_column_without_a_field_is_none_by_its_header() -> None:
    columns = [Column("Ufficio", NO_FIELD), Column("Account", NO_FIELD), Column("Telefono", "")]
    (mapped,) = map_columns(columns, {}, (), where="")
    assert mapped.column == "Telefono"
    (configured,) = map_columns(columns[:1], {"organization": ["Ufficio"]}, (), where="")
    assert (configured.field, configured.told_by) == ("organization", "configuration")


@pytest.mark.parametrize("book", BOOKS)
def test_another_header_is_refused(tmp_path: Path, book: type[AddressBook]) -> None:
    with pytest.raises(ConnectorError, match="not that of an export from"):
        _read(book, tmp_path, [["Codice", "Prezzo"], ["1", "2"]])


@pytest.mark.parametrize("book", BOOKS)
def test_the_preset_names_fields_labels_and_columns_that_exist(book: type[AddressBook]) -> None:
    preset = read_toml(book.preset)
    english = {name for headers in preset["headers"].values() for name in headers.values()}
    dates = {part for parts in preset.get("dates", {}).values() for part in parts}
    assert {*preset["fields"], *preset["nothing_entered"], *dates} <= english
    assert {meaning["field"] for meaning in preset["fields"].values()} <= set(MAPPABLE)
    assert {m["label"] for m in preset["fields"].values() if "label" in m} <= set(LABELS)
    assert set(preset["telling"]) <= english | {"E-mail 1 - Value", "Phone 1 - Value"}


def test_every_address_book_is_installed() -> None:
    kinds = {load(name, where="test") for name in installed()}
    assert set(BOOKS) <= kinds
