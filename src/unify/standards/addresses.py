"""Postal addresses: street, number, city, province, postcode and country in standard form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards import countries, italian_places, italy, localities, streets
from unify.standards.casing import accent, elided, proper
from unify.standards.text import clean, key

_BOX: Final = re.compile(
    r"[\s,;(-]*\b(?:c\.?\s?p\.?|cas(?:ella)?\.?\s+post(?:ale)?\.?|p\.?\s?o\.?\s*box|postfach|b\.?p\.?|apartado)"
    r"\s*(?:n[.°]?\s*)?(\d{1,6}(?:\s\d{2,3})*)\b\)?",
    re.IGNORECASE,
)
# A whole address in the street: `Via Roma 12, 20121 Milano (MI)`.
_WHOLE: Final = re.compile(
    r"^(?P<street>.+?)[\s,;-]+(?:(?P<country>[A-Z])-)?(?P<postcode>\d{5})[\s,-]+(?P<city>[^\d]+)$"
)
# `Via Roma 12 Milano`: a town behind the number.
_TOWN_LAST: Final = re.compile(r"^(?P<street>\D+?\d+(?:\s?/?\s?[A-Za-z])?)[\s,-]+(?P<city>[^\d,]{2,})$")
_COUNTRY_LAST: Final = re.compile(r"[\s,(-]+(?:italia|italy|italien|italie)\W*$", re.IGNORECASE)
_POSTCODE_FIRST: Final = re.compile(r"^(?:[A-Z]{1,2}-)?(\d{5})[\s,-]+(?=\D)")
_PROVINCE_LAST: Final = re.compile(
    r"^(?P<city>.+?)[\s,]*(?:[(\[]\s*(?P<bracket>[A-Za-z]{2})\.?\s*[)\]]|[\s/,-]+(?P<bare>[A-Z]{2}))$"
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address; `region` is the province's two letters in Italy.

    `street` shows street and number, or the postal box where there is no street; the keys are
    what matching compares. `locality` is a part of the city, `care_of` who takes in the post.
    """

    street: str | None = None
    number: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    street_key: str | None = None
    city_key: str | None = None
    postal_box: str | None = None
    locality: str | None = None
    care_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    city: str | None
    region: str | None
    postcode: str | None
    locality: str | None = None


def standardise(
    *,
    street: str | None,
    house_number: str | None,
    city: str | None,
    region: str | None,
    postcode: str | None,
    country: str | None,
    default_country: str,
) -> Address:
    """The standard form of an address; one without a country is read as the default country's."""
    line, town = clean(street), clean(city)
    code = countries.standardise(country) or default_country
    line, town, zipped = _whole_line(line, town, postcode, code)
    line, box = _box_apart(line)
    line, hamlet = localities.off_street(line) if line and code == "IT" else (line, None)
    place = _place(_Place(town, clean(region), clean(zipped)), code)
    address = _with_street(line, clean(house_number), code)
    if box and address.street_key is None:
        address = _boxed(box, code)
    empty = not (line or town or place.region or place.postcode or clean(country))
    return replace(
        address,
        city=place.city,
        region=place.region,
        postcode=place.postcode,
        country=None if empty else code or None,
        city_key=_city_key(place.city),
        postal_box=box,
        locality=hamlet or place.locality,
    )


def _whole_line(
    line: str | None, city: str | None, postcode: str | None, country: str
) -> tuple[str | None, str | None, str | None]:
    """A street that holds its postcode and city too gives them up when no field has them."""
    found = _WHOLE.match(line) if line and not city and country == "IT" else None
    if found is None and line and not city and country == "IT":
        found = _TOWN_LAST.match(line)
        if found and italy.municipalities(found["city"]):
            return found["street"], found["city"], postcode
        found = None
    if found is None:
        return line, city, postcode
    return found["street"], found["city"], postcode or found["postcode"]


def _box_apart(line: str | None) -> tuple[str | None, str | None]:
    found = _BOX.search(line) if line else None
    if line is None or found is None:
        return line, None
    return (line[: found.start()] + line[found.end() :]).strip(" ,;-") or None, found[1].replace(" ", "")


def _boxed(box: str, country: str) -> Address:
    """A postal box in the place of a street: with its town it is as good as a door."""
    name = "Casella Postale" if country == "IT" else "PO Box"
    return Address(street=f"{name} {box}", number=box, street_key=key(name))


def _with_street(line: str | None, house_number: str | None, country: str) -> Address:
    if line is None or key(line) is None:
        return Address(number=house_number)
    street = streets.standardise(line, house_number, country)
    return Address(
        street=streets.display(street, country),
        number=street.number,
        street_key=street.key,
        care_of=street.care_of,
    )


def _place(place: _Place, country: str) -> _Place:
    if country == "IT":
        return _italian(place)
    city = proper(place.city, _small()) if place.city else None
    region = place.region.upper() if place.region and len(place.region) <= 3 else place.region
    return _Place(
        city,
        region and (region if region.isupper() else proper(region)),
        _foreign_postcode(place.postcode, country),
    )


def _foreign_postcode(postcode: str | None, country: str) -> str | None:
    if postcode is None:
        return None
    text = " ".join(postcode.upper().split())
    if country == "US" and re.fullmatch(r"\d{3,4}", text):
        return text.zfill(5)
    return re.sub(r"^[A-Z]{1,2}-(?=\d)", "", text) or None


def _italian(place: _Place) -> _Place:
    whole, letters, leading = _city_parts(place.city)
    city, quarter = localities.off_city(whole) if whole else (whole, None)
    written = _postcode(place.postcode) or leading
    town = italian_places.meant(city, italy.province(place.region) or letters, written)
    region = town.region or (proper(place.region) if place.region else None)
    name = town.city or (_display_city(city) if city else None)
    return _Place(name, region, town.postcode, quarter)


def _city_parts(written: str | None) -> tuple[str | None, str | None, str | None]:
    """A city field's city, the province and the postcode beside it: `20121 Milano (MI)`."""
    if written is None:
        return None, None, None
    written = _COUNTRY_LAST.sub("", written) or written
    zipped = _POSTCODE_FIRST.match(written)
    text = written[zipped.end() :] if zipped else written
    found = _PROVINCE_LAST.match(text)
    letters = italy.province(found["bracket"] or found["bare"]) if found else None
    if found and letters:
        text = found["city"].strip(" -/,")
    return text, letters, zipped[1] if zipped else None


def _postcode(written: str | None) -> str | None:
    """Five digits; noughts that a spreadsheet ate come back."""
    if written is None:
        return None
    text = re.sub(r"^(?:I|IT)\s*-?\s*(?=\d)|\.0$", "", written.strip().upper()).replace(" ", "")
    if re.fullmatch(r"\d{3,4}", text):
        text = text.zfill(5)
    return text or None


def _display_city(city: str) -> str:
    return elided(proper(accent(city), _small()))


def _city_key(city: str | None) -> str | None:
    return italy.spelling(key(city) or "") or None if city else None


@cache
def _small() -> frozenset[str]:
    return frozenset(read_toml("words.toml")["small"]["city"])
