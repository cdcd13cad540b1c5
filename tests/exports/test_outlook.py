"""Contacts for Outlook: its columns in every language, and that they read back to the same."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.exports.golden import PEOPLE, as_contact, customers, read_back, values
from unify.errors import ConfigError
from unify.exports.customers import Row
from unify.exports.outlook import PRESET, contact, header, write_outlook
from unify.presets import read_toml
from unify_connectors.outlook import OutlookExport

LANGUAGES = tuple(language for language in read_toml(PRESET)["headers"] if "-cond" not in language)
PARTLY_KNOWN = ("de-CH", "sk", "zh-TW")


def _written(tmp_path: Path, *rows: Row, language: str) -> Path:
    file = tmp_path / "outlook.csv"
    write_outlook(customers(*rows, language=language), file)
    return file


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name not in PARTLY_KNOWN])
def test_contacts_read_back_to_the_same_in_every_language(tmp_path: Path, language: str) -> None:
    # A second mobile has no column of its own: it goes by another label.
    person = {**PEOPLE[0], "phones": [p for p in PEOPLE[0]["phones"] if p["value"][-1] != "4"]}
    rows = list(customers(person, *PEOPLE[1:]).rows())
    file = _written(tmp_path, person, *PEOPLE[1:], language=language)
    read = read_back(OutlookExport(file))
    assert read == [as_contact(row, language) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_is_outlook_s(tmp_path: Path, language: str) -> None:
    file = _written(tmp_path, PEOPLE[0], language=language)
    names, row = csv.reader(file.open(encoding="utf-8-sig", newline=""))
    assert len(names) == len(row) == len(header(language))
    (found,) = OutlookExport.find(str(file))
    # A language may be written as another one that shares the words.
    assert found.confidence > 0.9
    if language not in PARTLY_KNOWN:
        assert len(names) == 92
    (read,) = read_back(OutlookExport(file))
    assert {name: read[name] for name in ("given_name", "family_name", "organization")} == {
        name: PEOPLE[0][name] for name in ("given_name", "family_name", "organization")
    }


def test_there_are_17_languages() -> None:
    assert len(LANGUAGES) == 17


def test_it_is_utf_8_with_its_mark_every_value_quoted(tmp_path: Path) -> None:
    written = _written(tmp_path, PEOPLE[0], language="it").read_bytes()
    assert written.startswith('\ufeff"Titolo","Nome"'.encode())
    assert written.endswith(b'"\r\n')
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ({"sex": "F"}, "Gender", "Femminile"),
        ({"customer_id": "C-1"}, "Organizational ID Number", "C-1"),
        ({"full_name": "Bar Sport"}, "Last Name", "Bar Sport"),
        ({"kind": "organization", "full_name": "Bar Sport"}, "Company", "Bar Sport"),
        ({"kind": "organization", "full_name": "Bar Sport"}, "Last Name", ""),
        ({"kind": "organization", "city": "Bergamo"}, "Business City", "Bergamo"),
        ({"city": "Bergamo"}, "Home City", "Bergamo"),
        ({"tax_id": "T", "vat_id": "V"}, "Government ID Number", "T"),
        ({"tax_id": "T", "vat_id": "V"}, "Billing Information", "V"),
        ({"kind": "organization", "tax_id": "T", "vat_id": "V"}, "Government ID Number", "V"),
        ({"emails": values(("a@b.it", "work"))}, "E-mail Type", "SMTP"),
        ({"emails": values(*((f"{n}@b.it", "work") for n in range(5)))}, "User 1", "3@b.it; 4@b.it"),
        ({"phones": values(("1", "mobile"), ("2", "mobile"))}, "Car Phone", "2"),
        ({"phones": values(*((str(n), "home") for n in range(4)))}, "Home Phone 2", "1; 2; 3"),
        ({"phones": values(("1", "pec"))}, "Other Phone", "1"),
        ({"notes": "a\nb"}, "Notes", "a\r\nb"),
    ],
)  # fmt: skip
def test_a_value_stands_in_its_column(row: Row, column: str, value: str) -> None:
    (whole,) = customers(row).rows()
    assert contact(whole, "it")[column] == value


def test_every_value_has_a_column_of_outlook_s() -> None:
    known = set(read_toml(PRESET)["columns"])
    assert all(set(contact(row, "it")) <= known for row in customers(*PEOPLE).rows())


def test_an_unknown_language_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        _written(tmp_path, PEOPLE[0], language="pt-BT")
    assert "pt-BR" in refused.value.remedy
