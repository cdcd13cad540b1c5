import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards import consents, countries, sexes, websites


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Sì", "yes"),
        ("S", "yes"),
        ("1", "yes"),
        ("vero", "yes"),
        ("unsubscribed", "no"),
        ("NO", "no"),
        ("0", "no"),
        ("boh", None),
        (None, None),
    ],
)
def test_consent_is_yes_no_or_unknown(written, answer):
    assert consents.standardise(written) == answer


@pytest.mark.parametrize(
    ("written", "sex"),
    [("M", "M"), ("Maschio", "M"), ("Sig.ra", "F"), ("female", "F"), ("?", None), (None, None)],
)
def test_sex_from_words(written, sex):
    assert sexes.standardise(written) == sex


@pytest.mark.parametrize(
    ("written", "site"),
    [
        ("http://www.Acme.it/", "acme.it"),
        ("HTTPS://acme.it/Path/", "acme.it/Path"),
        ("www.acme.it", "acme.it"),
        ("acme", None),
        ("info@acme.it", None),
        ("n/a", None),
    ],
)
def test_a_website_is_its_host_and_path(written, site):
    assert websites.standardise(written) == site


def test_a_domain_has_no_path():
    assert websites.domain("https://www.acme.it:8080/chi-siamo") == "acme.it"


@given(st.text() | st.text("htps:/w.acm", max_size=25))
def test_a_standard_website_is_its_own_standard(text):
    assert websites.standardise(websites.standardise(text)) == websites.standardise(text)
    countries.standardise(text)
    consents.standardise(text)
    sexes.standardise(text)
