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
    r"\s*(?:n[.°]?\s*)?(\d{1,6}(?:\s\d{2,3})*)(?![\w/-])\)?",
    re.IGNORECASE,
)
# A whole address in the street: `Via Roma 12, 20121 Milano (MI)`.
_WHOLE: Final = re.compile(
    r"^(?P<street>.+?)[\s,;-]+(?:(?P<country>[A-Z])-)?(?P<postcode>\d{5})[\s,-]+(?P<city>[^\d]+)$"
)
# `Via Roma 12 Milano`: a town behind the number.
_TOWN_LAST: Final = re.compile(
    r"^(?P<street>\D+?\d+(?:\s?/?\s?[A-Za-z])?)[\s,-]+(?P<city>[^\d,]{2,})$"
)
_COUNTRY_LAST: Final = re.compile(r"[\s,(-]+(?:italia|italy|italien|italie)\W*$", re.IGNORECASE)
_POSTCODE_FIRST: Final = re.compile(r"^(?:[A-Z]{1,2}-)?(\d{5})[\s,-]+(?=\D)")
_PROVINCE_LAST: Final = re.compile(
    r"^(?P<city>.+?)[\s,]*(?:[(\[]\s*(?P<bracket>[A-Za-z]{2})\.?\s*[)\]]|[\s/,-]+(?P<bare>[A-Z]{2}))$"
)

# Stands for a house number; no street holds it.
_ANY: Final = "\x00"


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
class Place:
    """Where a street is; `code` is the country that the address is read as of."""

    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    code: str = ""
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What a street's field tells: the street as shown, its parts, and what stood beside it.

    Another house number would be shown between `before` and `after`.
    """

    street: str | None = None
    number: str | None = None
    street_key: str | None = None
    postal_box: str | None = None
    locality: str | None = None
    care_of: str | None = None
    before: str | None = None
    after: str | None = None


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
    written, town, zipped = _whole_line(clean(street), clean(city), postcode, code)
    where = place(
        city=town,
        region=region,
        postcode=zipped,
        country=country,
        default_country=default_country,
    )
    door = line(written, house_number, code)
    said = (written, town, where.region, where.postcode, clean(country))
    return Address(
        street=door.street,
        number=door.number,
        city=where.city,
        region=where.region,
        postcode=where.postcode,
        country=code or None if any(said) else None,
        street_key=door.street_key,
        city_key=city_key(where.city),
        postal_box=door.postal_box,
        locality=door.locality or where.locality,
        care_of=door.care_of,
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
    """A street and its house number, in one field or two, read as of a country's code."""
    rest, box = _box_apart(clean(street))
    rest, hamlet = localities.off_street(rest) if rest and country == "IT" else (rest, None)
    door = _door(rest, clean(house_number), country)
    if box and door.street_key is None:
        door = _boxed(box, country)
    return replace(door, postal_box=box, locality=hamlet)


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
    return (line[: found.start()] + line[found.end() :]).strip(" ,;-") or None, found[1].replace(
        " ", ""
    )


def _boxed(box: str, country: str) -> Line:
    """A postal box in the place of a street: with its town it is as good as a door."""
    name = "Casella Postale" if country == "IT" else "PO Box"
    return Line(street=f"{name} {box}", number=box, street_key=key(name))


def _door(written: str | None, house_number: str | None, country: str) -> Line:
    if written is None or key(written) is None:
        return Line(number=house_number)
    street = streets.standardise(written, house_number, country)
    before, _, after = streets.display(replace(street, number=_ANY), country).partition(_ANY)
    return Line(
        street=streets.display(street, country),
        number=street.number,
        street_key=street.key,
        care_of=street.care_of,
        before=before,
        after=after,
    )


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
    whole, letters, leading = _city_parts(place.city)
    city, quarter = localities.off_city(whole) if whole else (whole, None)
    written = _postcode(place.postcode) or leading
    town = italian_places.meant(city, italy.province(place.region) or letters, written)
    region = town.region or (proper(place.region) if place.region else None)
    name = town.city or (_display_city(city) if city else None)
    return Place(name, region, town.postcode, "IT", quarter)


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


def city_key(city: str | None) -> str | None:
    """What matching compares of a city."""
    return italy.spelling(key(city) or "") or None if city else None


@cache
def _small() -> frozenset[str]:
    return frozenset(read_toml("words.toml")["small"]["city"])
