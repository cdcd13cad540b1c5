"""What a column holds is told by the configuration, the connector, or its header."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from unify.discovery import Column, header_words, map_columns
from unify.errors import ConfigError
from unify.fields import Field
from unify.presets import read_toml


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


PERSON = ("given_name", "family_name", "birth_date", "sex", "phones:mobile", "emails:other")
PLACE = ("street:other", "house_number:other", "postcode:other", "city:other", "country:other")


@pytest.mark.parametrize(
    ("person", "place"),
    [
        ("Imię|Nazwisko|Data urodzenia|Płeć|Komórka|Adres e-mail", "Ulica|Nr domu|Kod pocztowy|Miejscowość|Kraj"),
        ("Nombre|Apellidos|Fecha de nacimiento|Género|Móvil|Correo electrónico", "Calle|Número de calle|Código postal|Población|País"),
        ("Prénom|Nom|Date de naissance|Sexe|Tél. portable|Adresse e-mail", "Rue|Numéro de rue|Code postal|Ville|Pays"),
        ("Vorname|Name|Geburtsdatum|Geschlecht|Mobilnummer|E-Mail-Adresse", "Straße|Hausnr.|PLZ|Wohnort|Land"),
        ("Nome|Apelido|Data de nascimento|Sexo|Telemóvel|Correio electrónico", "Morada|Número da porta|Código Postal|Concelho|País"),
        ("Voornaam|Achternaam|Geboortedatum|Geslacht|Mobiel|E-mailadres", "Straat|Huisnummer|Postcode|Woonplaats|Land"),
        ("Jméno|Příjmení|Datum narození|Pohlaví|Mobilní telefon|E-mail", "Ulice|Číslo popisné|PSČ|Město|Země"),
        ("Förnamn|Efternamn|Födelsedatum|Kön|Mobiltelefon|E-post", "Gatuadress|Husnummer|Postnummer|Postort|Land"),
        ("Fornavn|Efternavn|Fødselsdato|Køn|Mobilnummer|E-mailadresse", "Adresse|Husnr.|Postnr.|City|Land"),
        ("Etunimi|Sukunimi|Syntymäaika|Sukupuoli|Matkapuhelin|Sähköposti", "Katuosoite|House number|Postinumero|Kaupunki|Maa"),
    ],
)  # fmt: skip
def test_headers_are_known_in_many_languages(person: str, place: str) -> None:
    columns = [*person.split("|"), *place.split("|")]
    assert mapped(columns) == dict(zip(columns, (*PERSON, *PLACE), strict=True))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nazwa firmy", "organization"), ("Razón social", "any_name"), ("Klantnaam", "any_name"),
        ("Raison sociale", "any_name"), ("NIP", "vat_id"), ("N° TVA", "vat_id"), ("PESEL", "tax_id"),
        ("BTW-nummer", "vat_id"), ("Imię 2", "middle_name"), ("Województwo", "region:other"),
        ("Téléphone bureau", "phones:work"), ("Telefon privat", "phones:home"),
        ("Uwagi", "notes"), ("Fonction", "job_title"), ("Strona internetowa", "website"),
    ],
)  # fmt: skip
def test_a_foreign_header_means_a_field(header: str, field: str) -> None:
    assert mapped([header]) == {header: field}


def test_no_header_means_two_fields() -> None:
    fields: dict[str, set[str]] = {}
    for field, headers in read_toml("headers/contacts.toml").items():
        for header in headers:
            fields.setdefault(header_words(header).replace(" ", ""), set()).add(field)
    assert {header: both for header, both in fields.items() if len(both) > 1} == {}


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
        (["Nom", "Prénom"], {"Nom": "family_name", "Prénom": "given_name"}),
        (["Name", "Vorname"], {"Name": "family_name", "Vorname": "given_name"}),
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
