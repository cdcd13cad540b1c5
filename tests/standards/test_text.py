import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards.text import clean, clean_name, key


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("  Mario \t Rossi\n", "Mario Rossi"),
        ("NicolÃ²", "Nicolò"),
        ("CittÃ\xa0", "Città"),
        ("D’Amico", "D'Amico"),
        ("A &amp; B", "A & B"),
        ("e\u0301", "é"),
        ("Ros\u200bsi", "Rossi"),
        ("a\x00b", "a b"),
        ("0 0", None),
        *[
            (junk, None)
            for junk in ("n/a", "N.D.", "null", "None", "-", "xxx", "000000", ".", "?", "")
        ],
        ("non disponibile", None),
        ("Null", None),
        ("NA", "NA"),  # Napoli
        ("Nullo", "Nullo"),
        ("Testa", "Testa"),
        (None, None),
    ],
)
def test_text_is_mended_or_junk(written, standard):
    assert clean(written) == standard


@pytest.mark.parametrize("family_name", ["Null", "Test", "Prova"])
def test_a_word_for_nothing_may_be_a_family_name(family_name):
    assert clean_name(family_name) == family_name


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("D'Amico", "damico"),
        ("D’ Amico", "damico"),
        ("De  Luca", "de luca"),
        ("Nicolò", "nicolo"),
        ("Nicolo'", "nicolo"),
        ("Müller-Straße", "muller strasse"),
        ("Łódź", "lodz"),
        ("Иванов", "ivanov"),
        ("S.r.l.", "s r l"),
        ("***", None),
        (None, None),
    ],
)
def test_a_key_is_what_spellings_share(written, compared):
    assert key(written) == compared


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert key(key(text)) == key(text)
