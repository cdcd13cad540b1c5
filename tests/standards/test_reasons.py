import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards import emails, phones
from unify.standards.reasons import why_nothing
from unify.standards.text import clean


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        ("notes", None, "empty"),
        ("notes", "", "empty"),
        ("notes", " \t ", "empty"),
        ("notes", "n/a", "a word for nothing"),
        ("notes", "Non disponibile", "a word for nothing"),
        ("notes", "Test", "a word for nothing"),
        ("notes", "-", "signs alone"),
        ("notes", "...", "signs alone"),
        ("notes", "000000", "zeros"),
        ("notes", "0 0", "zeros"),
        ("notes", "xxx", "crosses"),
        ("notes", "XX XX", "crosses"),
        ("notes", "richiamare", None),
        ("full_name", "12345", "no letters"),
        ("full_name", "n.d.", "a word for nothing"),
        ("full_name", "xxx", "crosses"),
        ("family_name", "Test", None),
        ("family_name", "Null", None),
        ("full_name", "Mario Rossi", None),
        ("organization", "---", "signs alone"),
        ("organization", "3M", None),
        ("emails", "mario.rossi", "no @"),
        ("emails", "mario@", "half an address"),
        ("emails", "@ditta.it", "half an address"),
        ("emails", "mario@rossi@it", "more than one @"),
        ("emails", "nome@email.it", "a stand-in"),
        ("emails", "test@test.com", "a stand-in"),
        ("emails", "n/a", "a word for nothing"),
        ("emails", "mario@ditta..it", None),
        ("phones", "000000", "zeros"),
        ("phones", "int. 12", "too few digits"),
        ("phones", "12345", "too few digits"),
        ("phones", "1234567890", "a stand-in"),
        ("phones", "9999999999", "a stand-in"),
        ("phones", "02123456789012345678", "too many digits"),
        ("phones", "chiamare in ufficio", "no digits"),
        ("phones", "02 7654321", None),
        ("birth_date", "01/01/1900", "a placeholder"),
        ("birth_date", "31/02/2000", "no such day"),
        ("birth_date", "ieri", "not a date"),
        ("birth_date", "n.d.", "a word for nothing"),
        ("birth_date", "", "empty"),
        ("birth_date", "12/03/1975", None),
        ("updated", "1709288553", None),
        ("tax_id", "00000000000", "zeros"),
        ("tax_id", "XXXXXXXXXXXXXXXX", "crosses"),
        ("tax_id", "ABC", "too short"),
        ("vat_id", "12345678901", "a stand-in"),
        ("vat_id", "00743110158", None),
        ("website", "acme", "no host"),
        ("country", "Ruritania", "not a country we know"),
        ("sex", "boh", "neither sex"),
        ("consent_marketing", "forse", "neither yes nor no"),
    ],
)
def test_what_says_nothing_has_a_reason(field, written, reason):
    assert why_nothing(field, written) == reason


_CELLS = st.text() | st.text("0123 @.-/xn", max_size=20)


@given(_CELLS)
def test_a_value_has_a_reason_or_a_standard_form(cell):
    assert (why_nothing("notes", cell) is None) == (clean(cell) is not None)
    assert (why_nothing("emails", cell) is None) == bool(emails.standardise(cell))
    assert (why_nothing("phones", cell) is None) == bool(phones.standardise(cell, "IT"))
