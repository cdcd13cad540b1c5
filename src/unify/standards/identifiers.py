"""Tax ids of persons and VAT ids of firms, checked and told apart by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from stdnum import exceptions
from stdnum.eu import vat
from stdnum.it import codicefiscale, iva

from unify.presets import read_lines, read_toml
from unify.standards.text import clean

SHORTEST: Final = 5
_NOT_IDENTIFIER: Final = re.compile(r"[^A-Z0-9]+")
_LABEL: Final = re.compile(
    r"^\W*(?:codice\s+fiscale|cod\.?\s*fisc\.?|partita\s+iva|part\.?\s*iva|p\.?\s*iva|c\.\s*f\.|p\.\s*i\.|cf(?=[\s:])|pi(?=[\s:])"
    r"|vat\s*(?:no\.?|id|number)?|ust-?id(?:-?nr\.?)?)\s*[.:]*\s*",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"
)
_PERSON_LIKE: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{9,11}")
_FIRM: Final = re.compile(r"(?:IT)?(\d{11})")
_SHORT_FIRM: Final = re.compile(r"(?:IT)?(\d{8,10})")
_PREFIXED: Final = re.compile(r"([A-Z]{2})[A-Z0-9+*]{5,13}")
_PREFIXED_IT: Final = re.compile(r"IT\d+")
# Digits and the letters that stand for them where two persons would share a code.
_OMOCODE: Final = str.maketrans("LMNPQRSTUV", "0123456789")
_DIGIT_PLACES: Final = (6, 7, 9, 10, 12, 13, 14)


@dataclass(frozen=True, slots=True)
class TaxId:
    """A tax id; for a person's codice fiscale also what it tells of the person."""

    value: str
    valid: bool
    birth_date: str | None = None
    sex: str | None = None
    birth_place: str | None = None
    kind: Literal["person", "organization"] | None = None


@dataclass(frozen=True, slots=True)
class VatId:
    """A VAT id with its country in front, `IT01234567897`."""

    value: str
    valid: bool


def person_tax_id(written: str | None, country: str) -> TaxId | None:
    """The tax id in capitals without blanks; one that fails its check is kept, not valid."""
    value = _tidy(written)
    if value is None:
        return None
    if country != "IT":
        return TaxId(value, False)
    firm = _firm_digits(value)
    if firm:
        return TaxId(firm, iva.is_valid(firm), kind="organization")
    if not _PERSON.fullmatch(value) or not codicefiscale.is_valid(value):
        return TaxId(value, False, kind="person" if _PERSON_LIKE.fullmatch(value) else None)
    return _decoded(value)


def vat_id(written: str | None, country: str) -> VatId | None:
    """The VAT id with its country's prefix; one that fails its check is kept, not valid."""
    value = _tidy(written)
    if value is None:
        return None
    if country == "IT" and (digits := _firm_digits(value)):
        return VatId(f"IT{digits}", iva.is_valid(digits))
    for candidate in (value, f"{_prefix(country)}{value}"):
        if _PREFIXED.fullmatch(candidate) and (standard := _valid_vat(candidate)):
            return VatId(standard, True)
    return VatId(value, False)


def either(written: str | None, country: str) -> tuple[TaxId | None, VatId | None]:
    """Which of the two a column for both holds, told by its shape."""
    value = _tidy(written)
    if value is None:
        return None, None
    if country == "IT" and _PERSON_LIKE.fullmatch(value) and not _PREFIXED_IT.fullmatch(value):
        return person_tax_id(value, country), None
    vat = vat_id(value, country)
    if vat and (vat.valid or (country == "IT" and _firm_digits(value))):
        return None, vat
    return person_tax_id(value, country), None


def _tidy(written: str | None) -> str | None:
    text = clean(written)
    if text is None:
        return None
    value = _NOT_IDENTIFIER.sub("", _LABEL.sub("", text).upper())
    return (
        None
        if len(value) < SHORTEST or value.removeprefix("IT") in _junk() or len(set(value)) == 1
        else value
    )


def _firm_digits(value: str) -> str | None:
    """The eleven digits; leading noughts lost in a spreadsheet come back when the check agrees."""
    if found := _FIRM.fullmatch(value):
        return found[1]
    short = _SHORT_FIRM.fullmatch(value)
    padded = short[1].zfill(11) if short else ""
    return padded if padded and iva.is_valid(padded) else None


def _prefix(country: str) -> str:
    return "EL" if country == "GR" else country


def _valid_vat(value: str) -> str | None:
    try:
        return str(vat.validate(value))
    except exceptions.ValidationError:
        return None


def _decoded(value: str) -> TaxId:
    letters = list(value)
    for position in _DIGIT_PLACES:
        letters[position] = letters[position].translate(_OMOCODE)
    plain = "".join(letters)
    return TaxId(
        value=value,
        valid=True,
        birth_date=codicefiscale.get_birth_date(plain).isoformat(),
        sex=codicefiscale.get_gender(plain),
        birth_place=_birth_places().get(plain[11:15]),
        kind="person",
    )


@cache
def _birth_places() -> dict[str, str]:
    """Municipalities by their land-registry code, and countries by theirs."""
    home = (line.split("\t") for line in read_lines("countries/it_municipalities.txt"))
    abroad = (line.split("\t") for line in read_lines("countries/it_born_abroad.txt"))
    municipalities = {row[2]: row[0] for row in home}
    return municipalities | {row[0]: row[1] for row in abroad}


@cache
def _junk() -> frozenset[str]:
    return frozenset(read_toml("junk.toml")["identifiers"])
