"""What holds of every standard form: it is its own, no input breaks it, nothing written is lost."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unify.presets import read_toml
from unify.standards import (
    addresses,
    emails,
    identifiers,
    kinds,
    names,
    organizations,
    owners,
    phones,
)
from unify.standards.text import clean, key

COUNTRIES = st.sampled_from(["IT", "US", "DE", "FR", "ES", "GB", ""])
ANY = st.text() | st.text("abcèü'’ÀÉ ABC.,;:/()-\"&@+0123456789\t\x93\u200b王И", max_size=40)
# Without the signs of damage that capitals could make out of small letters.
TIDY = st.text("abcèü'’ÀÉ ABC.,;:/()-\"&@+0123456789ИM", max_size=30)
_TITLES = read_toml("names/titles.toml")
TITLES = {*_TITLES["prefix"], *_TITLES["suffix"], *_TITLES["rules"]["with_stop"]}
WORDS = st.text("abcdefghilmnoprstuvz", min_size=4, max_size=9).filter(
    lambda word: word not in TITLES and clean(word)
)
NAMES = st.sampled_from(
    ["Mario", "Rossi", "De Luca", "D'Amico", "Anna Maria", "M.", "Rossi-Bianchi", "McDonald", "Nicolò"]
)  # fmt: skip


def _letters(*parts: str | None) -> str:
    return "".join((key(part) or "").replace(" ", "") for part in parts if part)


def _all_parts(form: object) -> str:
    texts = [getattr(form, field.name) for field in fields(form)]  # type: ignore[arg-type]
    return "|".join(_letters(text) for text in texts if isinstance(text, str))


def _lost(words: list[str], form: object) -> list[str]:
    kept = _all_parts(form)
    return [word for word in words if _letters(word) not in kept]


@settings(max_examples=300)
@given(
    st.lists(WORDS | NAMES, min_size=1, max_size=5), st.sampled_from([" ", ", ", " / "]), COUNTRIES
)
def test_no_word_of_a_name_is_lost(words, between, country):
    text = between.join(words)
    form = names.standardise(full=text, country=country)
    assert not _lost([part for word in words for part in word.split()], form), form


@settings(max_examples=300)
@given(WORDS | NAMES, WORDS | NAMES, WORDS | NAMES | st.none(), COUNTRIES)
def test_no_word_of_a_name_in_columns_is_lost(first, last, middle, country):
    form = names.standardise(given=first, family=last, middle=middle, country=country)
    assert not _lost([word for word in (first, last, middle) if word], form), form


FIRM_WORDS = WORDS | st.sampled_from(
    ["Rossi", "F.lli", "A.B.C.", "3M", "&", "Bar", "di", "D'Amico", "Auto-scuola", "(Milano)"]
)
FORMS = st.sampled_from(["", "S.r.l.", "SPA", "snc", "GmbH", "in liquidazione", "Ltd"])


@settings(max_examples=300)
@given(st.lists(FIRM_WORDS, min_size=1, max_size=5), FORMS)
def test_no_word_of_a_firm_is_lost(words, form):
    standard = organizations.standardise(" ".join([*words, form]))
    plain = [word for word in words if key(word) and key(word) not in ("f lli", "flli")]
    assert not _lost(plain, standard), standard


STREET_WORDS = st.sampled_from(
    ["Roma", "12", "12/A", "bis", "San Rocco", "XX Settembre", "dell'Orto", "Garibaldi", "km 12",
     "int. 3", "c/o Bianchi", "C.P. 34", "Loc. Pianella", "SNC"]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(STREET_WORDS | WORDS, min_size=1, max_size=4), st.sampled_from(["Via ", "Piazza ", ""]),
       st.sampled_from([" ", ", "]), COUNTRIES)  # fmt: skip
def test_no_word_of_a_street_is_lost(words, kind, between, country):
    form = addresses.standardise(
        street=kind + between.join(words), house_number=None, city=None, region=None,
        postcode=None, country=None, default_country=country,
    )  # fmt: skip
    plain = [part for word in words for part in word.split() if part not in ("c/o", "C.P.")]
    assert not _lost(plain, form), form


@given(TIDY, COUNTRIES)
def test_a_standard_address_is_its_own_standard(text, country):
    form = addresses.standardise(
        street=text, house_number=None, city=text, region=text, postcode=text, country=None,
        default_country=country,
    )  # fmt: skip
    again = addresses.standardise(
        street=form.street, house_number=form.number, city=form.city, region=form.region,
        postcode=form.postcode, country=form.country, default_country=country,
    )  # fmt: skip
    places = [(one.city, one.region, one.postcode, one.city_key) for one in (form, again)]
    assert places[0] == places[1]


@settings(max_examples=300)
@given(st.lists(FIRM_WORDS, min_size=1, max_size=5), FORMS)
def test_a_standard_firm_is_its_own_standard(words, form):
    standard = organizations.standardise(" ".join([*words, form]))
    again = organizations.standardise(standard.name)
    assert (again.name, again.key) == (standard.name, standard.key)


@given(
    st.lists(st.sampled_from(["02 7654321", "333 1234567", "+44 20 7946 0958", "12"]), max_size=3)
)
def test_no_number_of_a_cell_is_lost(numbers):
    found = phones.standardise("; ".join(numbers), "IT")
    kept = "|".join(phone.value for phone in found)
    for number in numbers:
        digits = "".join(filter(str.isdigit, number))
        assert digits in kept or len(digits) < 6


@given(
    st.lists(st.from_regex(r"[a-z]{2,8}@[a-z]{3,8}\.it", fullmatch=True), max_size=4),
    st.sampled_from("; ,|/"),
)
def test_no_address_of_a_cell_is_lost(written, between):
    known = [one for one in written if emails.standardise(one)]
    found = [email.value for email in emails.standardise(between.join(known))]
    assert set(found) == set(known)


@given(ANY, COUNTRIES)
def test_any_text_stands(text, country):
    names.standardise(full=text, country=country)
    names.standardise(given=text, family=text, country=country)
    organizations.standardise(text)
    owners.named(text, country)
    identifiers.either(text, country)
    phones.standardise(text, country)
    emails.standardise(text)
    kind = kinds.decide(
        written_kind=None, full=text, given=None, family=None, organization=None,
        tax_id_is_person=None, vat_valid=False, birth_date=None,
    )  # fmt: skip
    assert 0.5 <= kind.certainty <= 1


@pytest.mark.parametrize("written", ["Nicolo' D’Amico", "Ã¨ vero", "A &amp; B"])
def test_what_is_mended_stays_mended(written):
    assert clean(clean(written)) == clean(written)
