import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards.identifiers import TaxId, VatId, either, person_tax_id, vat_id

PERSON = TaxId("RSSMRA45C12F205C", True, "1945-03-12", "M", "Milano", "person")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("rss mra 45c12 f205c", (PERSON, None)),
        ("C.F.: RSSMRA45C12F205C", (PERSON, None)),
        ("RSSMRA45C12F205X", (TaxId("RSSMRA45C12F205X", False, kind="person"), None)),
        ("IT 00743110157", (None, VatId("IT00743110157", True))),
        ("743110157", (None, VatId("IT00743110157", True))),
        ("00743110158", (None, VatId("IT00743110158", False))),
        ("P.IVA 00743110157", (None, VatId("IT00743110157", True))),
        ("DE136695976", (None, VatId("DE136695976", True))),
        ("00000000000", (None, None)),
        ("IT00000000000", (None, None)),
        ("n/a", (None, None)),
    ],
)
def test_a_column_for_both_ids_tells_them_apart(written, told):
    assert either(written, "IT") == told


def test_an_omocode_tells_the_same_person():
    assert person_tax_id("RSSMRA45C12F2LRI", "IT") == TaxId(
        "RSSMRA45C12F2LRI", True, "1945-03-12", "M", "Milano", "person"
    )


def test_the_tax_id_of_a_firm_is_eleven_digits():
    assert person_tax_id("00743110157", "IT") == TaxId("00743110157", True, kind="organization")


def test_a_vat_id_without_its_prefix_gains_its_country_s():
    assert vat_id("136695976", "DE") == VatId("DE136695976", True)


@given(
    st.text("RSMA0123456789TI .-", max_size=20) | st.text(), st.sampled_from(["IT", "DE", "US", ""])
)
def test_a_standard_id_is_its_own_standard(text, country):
    for standardise in (person_tax_id, vat_id):
        found = standardise(text, country)
        assert found is None or standardise(found.value, country) == found
    either(text, country)


@pytest.mark.real
def test_published_ids_are_read():
    path = (
        Path(__file__).resolve().parents[2]
        / ".."
        / "shared"
        / "data"
        / "reference"
        / "italian_tax_ids.json"
    )
    if not path.exists():
        pytest.skip("the published tax ids are not here")
    facts = json.loads(path.read_text())
    persons, firms = facts["codice_fiscale"], facts["partita_iva"]
    for written in (
        *persons["valid"],
        *persons["valid_omocode"],
        *persons["valid_when_separators_are_stripped"],
    ):
        assert either(written, "IT")[0].valid, written
    for written in persons["invalid"]:
        assert not person_tax_id(written, "IT").valid, written
    for written, birth_date in persons["birth_date"].items():
        assert person_tax_id(written, "IT").birth_date == birth_date
    for written, sex in persons["gender"].items():
        assert person_tax_id(written, "IT").sex == sex
    for written in firms["valid"]:
        assert either(written, "IT")[1].valid, written
    for written in firms["invalid"]:
        assert not vat_id(written, "IT").valid, written
