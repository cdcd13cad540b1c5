from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from unify.errors import ConnectorError
from unify.fields import LABELS, MAPPABLE
from unify.presets import read_toml
from unify_connectors.known_header import header_of
from unify_connectors.outlook import OutlookExport

PRESET = OutlookExport.preset

ITALIAN = (
    '"Titolo","Nome","Secondo nome","Cognome","Titolo straniero","Società","Ufficio",'
    '"Abitazione","Cellulare","Compleanno","Indirizzo posta elettronica","Sesso",'
    '"Via (uff.)","Città (uff.)","Cod. Fisc./P. IVA","Notes","Priorità"\r\n'
    '"Dott.","Nicolò","","Bianchi","","Officine Bianchi Srl","02 1234567",'
    '"","333 1234567","0/0/00","n@example.com","Non specificato",'
    '"Via Roma 1","Forlì","BNCNCL80A01D704X","riga 1\r\nriga 2","Normale"\r\n'
)


def _read(folder: Path, text: str, encoding: str = "cp1252") -> tuple[dict[str, Any], Any]:
    file = folder / "contatti.csv"
    file.write_bytes(text.encode(encoding))
    (batch,) = OutlookExport(file).read()
    return batch.records.to_pylist()[0], batch.records.schema


def _meaning(schema: Any, column: str) -> dict[str, str]:
    metadata = schema.field(column).metadata or {}
    return {key.decode(): value.decode() for key, value in metadata.items()}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_an_italian_export(tmp_path: Path, encoding: str, delimiter: str) -> None:
    record, schema = _read(tmp_path, ITALIAN.replace('","', f'"{delimiter}"'), encoding)
    assert record["Nome"] == "Nicolò"
    assert record["Notes"] == "riga 1\nriga 2"
    assert _meaning(schema, "Titolo straniero") == {"field": "name_suffix"}
    assert _meaning(schema, "Ufficio") == {"field": "phones", "label": "work"}
    assert _meaning(schema, "Abitazione") == {"field": "phones", "label": "home"}
    assert _meaning(schema, "Cellulare") == {"field": "phones", "label": "mobile"}
    assert _meaning(schema, "Città (uff.)") == {"field": "city", "label": "work"}
    assert _meaning(schema, "Cod. Fisc./P. IVA") == {"field": "any_id"}
    assert _meaning(schema, "Priorità") == {"field": "none"}


def test_what_outlook_writes_for_nothing_is_nothing(tmp_path: Path) -> None:
    record, _ = _read(tmp_path, ITALIAN)
    assert record["Compleanno"] is None
    assert record["Sesso"] is None
    assert record["Priorità"] == "Normale"


def test_nothing_is_nothing_only_in_its_own_column(tmp_path: Path) -> None:
    record, _ = _read(tmp_path, "First Name,Last Name,Gender\nUnspecified,0/0/00,Female\n")
    assert record == {"First Name": "Unspecified", "Last Name": "0/0/00", "Gender": "Female"}


@pytest.mark.parametrize(
    ("columns", "language", "column", "english"),
    [
        (["Nome", "Cognome", "Società", "Ufficio"], "it", "Ufficio", "Business Phone"),
        (["Titre", "Prénom", "Nom", "Titre_2"], "fr", "Titre_2", "Job Title"),
        (["Vorname", "Nachname", "Region geschäftlich"], "de", "Region geschäftlich", None),
        (["Sobrenome", "Estado", "Cidade", "Estado_2"], "pt-BR", "Estado_2", "Other State"),
        (["FIRST NAME", "last name", "Suffix"], "en", "last name", "Last Name"),
    ],
)
def test_the_language_is_told_from_the_header(
    columns: list[str], language: str, column: str, english: str | None
) -> None:
    header = header_of(columns, PRESET)
    assert header.language == language
    assert header.english[column] == (english or "Business State")


@pytest.mark.parametrize("language", sorted(read_toml(PRESET)["headers"]))
def test_a_full_header_is_found_in_every_language(tmp_path: Path, language: str) -> None:
    headers = read_toml(PRESET)["headers"][language]
    file = tmp_path / "contacts.csv"
    file.write_text(",".join(f'"{header}"' for header in headers) + "\n", encoding="utf-8")
    (finding,) = OutlookExport.find(str(file))
    assert finding.settings == {"path": str(file)}
    assert finding.confidence > 0.9


@pytest.mark.parametrize(
    "header",
    [
        "Nome,Cognome,Email",
        "Id,Ragione sociale,Partita IVA,Via,CAP,Città,Telefono,Note",
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,"
        "Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Notes",
    ],
)
def test_another_program_s_contacts_are_not_outlook_s(tmp_path: Path, header: str) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(f"{header}\n", encoding="utf-8")
    assert list(OutlookExport.find(str(file))) == []


def test_what_was_learnt_decides_where_the_bytes_do_not(tmp_path: Path) -> None:
    file = tmp_path / "outlook.csv"
    file.write_bytes("Nome,Cognome,Indirizzo posta elettronica\nAnna,Köln,\n".encode("cp858"))
    batches = [*OutlookExport(file).read(), *OutlookExport(file).read_as({"encoding": "cp858"})]
    assert [batch.records["Cognome"].to_pylist() for batch in batches] == [["Kîln"], ["Köln"]]


def test_text_without_a_contact_s_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="not that of an export from Outlook"):
        _read(tmp_path, "Codice;Prezzo\n1;2\n")


def test_the_preset_names_fields_labels_and_columns_that_exist() -> None:
    preset = read_toml(PRESET)
    english = {name for headers in preset["headers"].values() for name in headers.values()}
    assert set(preset["fields"]) | set(preset["nothing_entered"]) <= english
    assert {meaning["field"] for meaning in preset["fields"].values()} <= set(MAPPABLE)
    assert {m["label"] for m in preset["fields"].values() if "label" in m} <= set(LABELS)
