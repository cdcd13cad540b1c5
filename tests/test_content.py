"""What a column holds is told by its values, where its header says nothing or the wrong thing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.quality.italian_contacts import write_project
from tests.quality.italian_systems import SYSTEMS
from unify.content.headers import near, purpose
from unify.content.judgement import Judged, Looked, fields_to_write, propose
from unify.content.looks import look
from unify.discovery import Column, map_columns

TODAY = date(2026, 5, 12)


def judged(columns: dict[str, Sequence[str]], country: str = "IT") -> dict[str, Judged]:
    """Column → what it is judged to be."""
    looked = []
    for name, values in columns.items():
        filled = [value for value in values if value]
        looks = look(filled, country, TODAY)
        looked.append(Looked(Column(name), looks, len(filled) / max(1, len(values))))
    return {one.column: one for one in propose(looked)}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ("anna@rossi.it|ugo.bianchi@libero.it|INFO@FERRO.IT|m.verdi@pec.it", "emails"),
        ("035 221122|(0341) 735039|+39 335 6861864|02/48019876|Tel. 338 3752321", "phones"),
        ("BRNFNC59C06F839Y|BTTFRC61P67Z133V|CNTMRA81P47E507A|CRTGPP49E09G273D", "tax_id"),
        ("03959780168|04435740164|IT06324179163|06868040137|07117500160", "vat_id"),
        ("BRNFNC59C06F839Y|03959780168|CNTMRA81P47E507A|04435740164|07117500160", "any_id"),
        ("26/07/1947|09/05/1949|1 marzo 1950|13.8.1969|10-10-1999", "birth_date"),
        ("2024-03-31T12:43:15Z|2022-07-05T15:49:30Z|2025-09-05T10:51:20Z", "updated"),
        ("20251024|20240323|20260330|20220714", "updated"),
        ("24121|20124|00184|80100|10121", "postcode"),
        ("BG|MI|RM|NA|TO", "region"),
        ("Bergamo|Alzano Lombardo|Milano|Cernusco sul Naviglio|Osio Sotto", "city"),
        ("Italia|Germania|FRANCE|Svizzera", "country"),
        ("Via Roma 12|P.za Sant'Anna, 28|V. Carducci 75|Corso Matteotti 118", "street"),
        ("Hauptstraße 5|Bahnhofstr. 12|Goetheplatz 3|Am Ring 4", "street"),
        ("Anna|Giuseppe|MARIA GRAZIA|Luca|Beppe|Francesca", "given_name"),
        ("Rossi|BIANCHI|De Luca|Esposito|Colombo|Cortinovis", "family_name"),
        ("Anna Rossi|Bianchi Giuseppe|Sig. Marco Bettinelli|Luca Ferrari", "full_name"),
        ("Ferramenta Colombo S.r.l.|Autofficina Russo|Rossi & C. snc|Banca Alpina SpA", "organization"),
        ("Anna Rossi|Ferramenta Colombo S.r.l.|Bianchi Giuseppe|Studio Verdi|Luca Ferrari", "any_name"),
        ("www.rossi.it|http://ferro.com|bianchi.eu/chi-siamo", "website"),
        ("M|F|F|M", "sex"),
        ("Dott.ssa|Ing.|Sig.|Avv.", "name_prefix"),
        ("Direttore tecnico|Responsabile acquisti|Impiegata|Capo officina", "job_title"),
        ("Sì|No|Sì", "yes or no"),
        ("C00001|C00002|C00017", ""),
        ("12.50|3.20|0.99|120.00", ""),
        ("1|2|3|4|5|6", "house_number"),
    ],
)  # fmt: skip
def test_values_look_like_a_field(values: str, field: str) -> None:
    assert look(values.split("|"), "IT", TODAY).field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Indirizo", "street"),
        ("E-Mail adress", "emails"),
        ("Telefno", "phones"),
        ("Cliente cognome", "family_name"),
        ("Partita IVA cliente", "vat_id"),
        ("Codce fiscale", "tax_id"),
        ("Cellulare 2 ", "phones:mobile"),
        ("Tel. ufficcio", "phones:work"),
        ("Importo", None),
        ("Capo", None),
    ],
)
def test_a_header_is_known_but_for_a_slip_or_a_word(header: str, field: str | None) -> None:
    assert near(header) == field


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Id|CODICE|Cod. cliente|Customer ID|Kundennummer|ID_1", "key"),
        ("LastModified|DTAGG|Ultima modifica|Aggiornato", "updated"),
        ("Iscritto il|Data inserimento|created_at", "created"),
        ("Campo12|F3|column_4|Unnamed: 2|X|Field 1", "nothing"),
        ("Luogo di nascita|Nome coniuge|Agente|Banca", "other"),
    ],
)
def test_a_header_says_what_else_a_column_is_for(header: str, meant: str) -> None:
    assert {one: purpose(one) for one in header.split("|")} == dict.fromkeys(
        header.split("|"), meant
    )


NAMES = ["Anna", "Giuseppe", "Maria", "Luca", "Francesca", "Marco"]
FAMILIES = ["Rossi", "Bianchi", "De Luca", "Esposito", "Colombo", "Russo"]
MAILS = [
    f"{n.lower()}@{f.lower().replace(' ', '')}.it" for n, f in zip(NAMES, FAMILIES, strict=True)
]
TOWNS = ["Bergamo", "Milano", "Torino", "Genova", "Napoli", "Bari"]


def test_values_overrule_a_header_that_contradicts_them() -> None:
    found = judged({"Nome": NAMES, "Cognome": FAMILIES, "Telefono": MAILS})
    assert found["Telefono"].field == "emails"
    assert "its header says phones" in found["Telefono"].question


def test_names_under_each_other_s_header_are_asked_about() -> None:
    found = judged({"Nome": FAMILIES, "Cognome": NAMES, "Email": MAILS})
    assert "look like given_name" in found["Cognome"].question
    assert "look like family_name" in found["Nome"].question


def test_agents_are_the_contacts_where_nobody_else_is_named() -> None:
    full = [f"{n} {f}" for n, f in zip(NAMES, FAMILIES, strict=True)]
    alone = judged({"Rappresentante": full, "Email": MAILS})["Rappresentante"]
    assert (alone.field, bool(alone.question)) == ("full_name", True)
    beside = judged({"Ragione sociale": FAMILIES, "Rappresentante": full, "Email": MAILS})
    assert beside["Rappresentante"].field == ""


def test_a_header_and_values_that_agree_are_surer_than_either() -> None:
    both = judged({"Email": MAILS})["Email"].confidence
    assert both > judged({"Campo1": MAILS})["Campo1"].confidence
    assert both > judged({"Email": []})["Email"].confidence


def test_what_is_another_s_is_not_the_contact_s() -> None:
    found = judged({"Cognome": FAMILIES, "Luogo di nascita": TOWNS, "Nome coniuge": NAMES})
    assert {name: one.field for name, one in found.items()} == {
        "Cognome": "family_name", "Luogo di nascita": "", "Nome coniuge": "",
    }  # fmt: skip


def test_a_second_column_of_towns_is_asked_about() -> None:
    found = judged({"Città": TOWNS, "Campo2": TOWNS[::-1]})
    assert (found["Campo2"].field, bool(found["Campo2"].question)) == ("", True)


def test_what_is_written_is_read_as_it_was_judged() -> None:
    found = judged({"Nome": NAMES, "Campo2": FAMILIES, "Telefono": MAILS, "Email": MAILS})
    columns = [Column(name) for name in found]
    fields = fields_to_write(list(found.values()), columns)
    read = {m.column: m.field for m in map_columns(columns, fields, (), where="")}
    assert read == {
        "Nome": "given_name", "Campo2": "family_name", "Telefono": "emails", "Email": "emails",
    }  # fmt: skip


def share_right(folder: Path, records: int, seed: int) -> float:
    """The share of the columns of generated systems that are told by their values alone."""
    write_project(folder, records, seed)
    right = []
    for system in SYSTEMS:
        with (folder / f"{system.name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        fields = {
            m.column: m.field for m in map_columns([Column(h) for h in header], {}, (), where="")
        }
        numbered = {f"Campo{n}": [row[n] for row in rows] for n in range(len(header))}
        found = judged(numbered)
        for n, name in enumerate(header):
            held = any(numbered[f"Campo{n}"])
            if name in fields and held:
                right.append(_same(found[f"Campo{n}"].field, fields[name]))
    return sum(right) / len(right)


def _same(found: str, meant: str) -> bool:
    """A codice fiscale and a partita IVA in one column are read alike under either name."""
    return found == meant or {found, meant} == {"tax_id", "any_id"}


@pytest.mark.parametrize(("records", "least"), [(150, 0.9), (600, 0.95)])
@pytest.mark.parametrize("seed", [1, 2])
def test_columns_without_a_header_are_told_by_their_values(
    tmp_path: Path, records: int, least: float, seed: int
) -> None:
    assert share_right(tmp_path, records, seed) >= least
