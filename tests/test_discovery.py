"""What a column holds is told by the configuration, the connector, or its header."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from unify.discovery import Column, map_columns
from unify.errors import ConfigError
from unify.fields import Field


def mapped(
    columns: Sequence[str | Column],
    configured: dict[str, Sequence[str]] | None = None,
    own: Sequence[Field] = (),
) -> dict[str, str]:
    """Column → field, or field:label."""
    listed = [Column(c) if isinstance(c, str) else c for c in columns]
    return {
        m.column: f"{m.field}:{m.label}" if m.label else m.field
        for m in map_columns(listed, configured or {}, own, where="unify.toml [sources.crm]")
    }


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ("FirstName|FIRST_NAME|first-name|Vorname|Prénom|Nome di battesimo", "given_name"),
        ("LastName|Surname|Cognome|COGNOME|Nachname", "family_name"),
        ("Full Name|Nome e cognome|Cognome e nome", "full_name"),
        ("RAGSOC|Ragione sociale|RagioneSociale|Denominazione|Nominativo|Intestatario", "any_name"),
        ("Company|Azienda|Ditta|Società|SOCIETA'|Firma", "organization"),
        ("Job Title|JobTitle|Qualifica|Mansione|Ruolo", "job_title"),
        ("Email|E-mail|EMail2|EMAIL_2|E-Mail-Adresse 2|Posta elettronica", "emails:other"),
        ("PEC|Posta certificata", "emails:pec"),
        ("Tel|Tel.|TEL1|TEL2|Telefono|Nr. Tel|Phone|Phone Number|Recapito", "phones:other"),
        ("Cellulare|Cell.|Mobile|Mobile Phone", "phones:mobile"),
        ("Tel. casa|Home Phone|Abitazione|Telefono (ab.)", "phones:home"),
        ("Tel. ufficio|Work Phone|Centralino|Telefono (uff.)", "phones:work"),
        ("Fax|Numero fax", "phones:fax"),
        ("INDIR|Indirizzo|Via|Street|Address|Street Address", "street:other"),
        ("Via (ab.)|Indirizzo residenza|Home Street", "street:home"),
        ("Via (uff.)|Business Street|Sede legale", "street:work"),
        ("LOCAL|Località|Città|Comune|City|Town", "city:other"),
        ("Città (ab.)|Home City", "city:home"),
        ("PROV|Prov.|Provincia|State|Province", "region:other"),
        ("CAP|C.A.P.|Zip|Postcode|PostalCode", "postcode:other"),
        ("CAP (uff.)|Business Postal Code", "postcode:work"),
        ("Country|Nazione|Paese", "country:other"),
        ("Data di nascita|DataNascita|DATANASC|Nato il|Birthdate|DOB|Compleanno", "birth_date"),
        ("Sesso|Gender|Sex", "sex"),
        ("CODFIS|Codice fiscale|CodiceFiscale|Cod. Fisc.|C.F.|TaxCode", "tax_id"),
        ("PARIVA|Partita IVA|PartitaIVA|P.IVA|P. IVA|VatNumber", "vat_id"),
        ("C.F./P.IVA|CF/PIVA|Codice fiscale / Partita IVA", "any_id"),
        ("Sito web|Website|URL|www", "website"),
        ("Consenso marketing|Consenso|MarketingConsent|Opt-in", "consent_marketing"),
        ("Note|Notes|Annotazioni", "notes"),
        ("Titolo|Title|Salutation", "name_prefix"),
    ],
)  # fmt: skip
def test_a_header_means_a_field(headers: str, field: str) -> None:
    assert {header: mapped([header]) for header in headers.split("|")} == {
        header: {header: field} for header in headers.split("|")
    }


@pytest.mark.parametrize(
    "header", ["Id", "CODICE", "DTAGG", "LastModified", "Importo", "X", "", "42"]
)
def test_a_header_that_says_nothing_maps_nothing(header: str) -> None:
    assert mapped([header]) == {}


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (["Nome"], {"Nome": "any_name"}),
        (["Nome", "Cognome"], {"Nome": "given_name", "Cognome": "family_name"}),
        (["Name", "Surname"], {"Name": "given_name", "Surname": "family_name"}),
        (
            ["Ragione sociale", "Cognome"],
            {"Ragione sociale": "any_name", "Cognome": "family_name"},
        ),
        (["Via", "Civico"], {"Via": "street:other", "Civico": "house_number:other"}),
    ],
)
def test_neighbours_tell_what_a_header_means(columns: list[str], fields: dict[str, str]) -> None:
    assert mapped(columns) == fields


def test_a_configured_neighbour_tells_too() -> None:
    found = mapped(["Nome", "Campo2"], {"family_name": ["Campo2"]})
    assert found == {"Nome": "given_name", "Campo2": "family_name"}


def test_the_configuration_overrides_the_header() -> None:
    assert mapped(["Notes", "Email"], {"job_title": ["Notes"]}) == {
        "Notes": "job_title",
        "Email": "emails:other",
    }


def test_a_configured_field_is_taken_from_its_columns_alone() -> None:
    assert mapped(["Email", "Email2", "Mail PEC"], {"emails": ["Email2", "Mail PEC"]}) == {
        "Email2": "emails:other",
        "Mail PEC": "emails:pec",
    }


def test_an_empty_column_silences_a_field() -> None:
    assert mapped(["Note", "Email"], {"notes": [""]}) == {"Email": "emails:other"}


def test_the_configuration_overrides_the_connector_and_the_connector_the_header() -> None:
    column = Column("Note", "phones", "home")
    assert mapped([column]) == {"Note": "phones:home"}
    assert mapped([column], {"job_title": ["Note"]}) == {"Note": "job_title"}


def test_a_field_of_one_s_own_is_found_by_its_name() -> None:
    own = [Field("customer_class", "category", "customer_class")]
    assert mapped(["Customer Class"], own=own) == {"Customer Class": "customer_class"}


def test_a_field_of_one_s_own_comes_before_the_dictionary() -> None:
    own = [Field("cliente", "category", "cliente")]
    assert mapped(["Cliente"], own=own) == {"Cliente": "cliente"}


def test_a_configured_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no column 'Mail' for emails"):
        mapped(["Email"], {"emails": ["Mail"]})
