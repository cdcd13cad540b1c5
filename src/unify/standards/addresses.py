"""Postal addresses: street, number, city, province, postcode and country in standard form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards import countries, italy, streets
from unify.standards.casing import accent, elided, proper
from unify.standards.text import clean, key

_BOX: Final = re.compile(
    r"[\s,;(-]*\b(?:c\.?\s?p\.?|cas(?:ella)?\.?\s+post(?:ale)?\.?|p\.?\s?o\.?\s*box|postfach|b\.?p\.?|apartado)"
    r"\s*(?:n[.°]?\s*)?(\d{1,6})\b\)?",
    re.IGNORECASE,
)
# A whole address in the street: `Via Roma 12, 20121 Milano (MI)`.
_WHOLE: Final = re.compile(
    r"^(?P<street>.+?)[\s,;-]+(?:(?P<country>[A-Z])-)?(?P<postcode>\d{5})[\s,-]+(?P<city>[^\d]+)$"
)
_POSTCODE_FIRST: Final = re.compile(r"^(?:[A-Z]{1,2}-)?(\d{5})[\s,-]+(?=\D)")
_PROVINCE_LAST: Final = re.compile(
    r"^(?P<city>.+?)[\s,]*(?:[(\[]\s*(?P<bracket>[A-Za-z]{2})\.?\s*[)\]]|[\s/,-]+(?P<bare>[A-Z]{2}))$"
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address; `region` is the province's two letters in Italy.

    `street` shows street and number; the keys are what matching compares.
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a street is; `code` is the country that the address is read as of."""

    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A street as shown with its number, the number and the key alone, and a postal box."""

    street: str | None = None
    number: str | None = None
    street_key: str | None = None
    postal_box: str | None = None


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
    code = countries.standardise(country) or default_country
    street, city, postcode = _whole_line(clean(street), clean(city), postcode, code)
    found = place(
        city=city,
        region=region,
        postcode=postcode,
        country=country,
        default_country=default_country,
    )
    written = line(street, house_number, code)
    empty = not (street or city or found.region or found.postcode or clean(country))
    return Address(
        street=written.street,
        number=written.number,
        city=found.city,
        region=found.region,
        postcode=found.postcode,
        country=None if empty else code or None,
        street_key=written.street_key,
        city_key=city_key(found.city),
        postal_box=written.postal_box,
    )


def place(
    *,
    city: str | None,
    region: str | None,
    postcode: str | None,
    country: str | None,
    default_country: str,
) -> Place:
    """City, province or region, and postcode, completed by what each says of the others."""
    code = countries.standardise(country) or default_country
    return _place(Place(clean(city), clean(region), clean(postcode), code))


def line(street: str | None, house_number: str | None, country: str) -> Line:
    """A street and its house number, in one field or two, as of a country's code."""
    rest, box = _box_apart(clean(street))
    number = clean(house_number)
    if rest is None or key(rest) is None:
        return Line(number=number, postal_box=box)
    found = streets.standardise(rest, number, country)
    return Line(streets.display(found, country), found.number, found.key, box)


def _whole_line(
    line: str | None, city: str | None, postcode: str | None, country: str
) -> tuple[str | None, str | None, str | None]:
    """A street that holds its postcode and city too gives them up when no field has them."""
    found = _WHOLE.match(line) if line and not city and country == "IT" else None
    if found is None:
        return line, city, postcode
    return found["street"], found["city"], postcode or found["postcode"]


def _box_apart(line: str | None) -> tuple[str | None, str | None]:
    found = _BOX.search(line) if line else None
    if line is None or found is None:
        return line, None
    return (line[: found.start()] + line[found.end() :]).strip(" ,;-") or None, found[1]


def _place(place: Place) -> Place:
    if place.code == "IT":
        return _italian(place)
    city = proper(place.city, _small()) if place.city else None
    region = place.region.upper() if place.region and len(place.region) <= 3 else place.region
    return replace(
        place,
        city=city,
        region=region and (region if region.isupper() else proper(region)),
        postcode=_foreign_postcode(place.postcode, place.code),
    )


def _foreign_postcode(postcode: str | None, country: str) -> str | None:
    if postcode is None:
        return None
    text = " ".join(postcode.upper().split())
    if country == "US" and re.fullmatch(r"\d{3,4}", text):
        return text.zfill(5)
    return re.sub(r"^[A-Z]{1,2}-(?=\d)", "", text) or None


def _italian(place: Place) -> Place:
    city, letters, leading = _city_parts(place.city)
    written = _postcode(place.postcode) or leading
    zones = italy.provinces_of(written) if written else ()
    if city is None and written:
        city = italy.city_of(written)
    province = italy.province(place.region) or letters
    found = italy.municipalities(city)
    town = _chosen(found, province, zones)
    if town:
        return Place(town.name, town.province, written or italy.only_postcode(town.name), "IT")
    name = _display_city(city) if city else None
    region = province or (zones[0] if len(zones) == 1 else None)
    return Place(name, region or (proper(place.region) if place.region else None), written, "IT")


def _city_parts(written: str | None) -> tuple[str | None, str | None, str | None]:
    """A city field's city, the province and the postcode beside it: `20121 Milano (MI)`."""
    if written is None:
        return None, None, None
    zipped = _POSTCODE_FIRST.match(written)
    text = written[zipped.end() :] if zipped else written
    found = _PROVINCE_LAST.match(text)
    letters = italy.province(found["bracket"] or found["bare"]) if found else None
    if found and letters:
        text = found["city"].strip(" -/,")
    return text, letters, zipped[1] if zipped else None


def _chosen(
    found: tuple[italy.Municipality, ...], province: str | None, zones: tuple[str, ...]
) -> italy.Municipality | None:
    """The municipality that is meant: province and postcode tell those of one name apart."""
    if len(found) == 1:
        return found[0]
    for known in ((province,) if province else (), zones):
        fitting = [town for town in found if town.province in known]
        if len(fitting) == 1:
            return fitting[0]
    return None


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


def city_key(city: str | None) -> str | None:
    """What matching compares of a city."""
    return italy.spelling(key(city) or "") or None if city else None


@cache
def _small() -> frozenset[str]:
    return frozenset(read_toml("words.toml")["small"]["city"])
