"""Telephone numbers: every number of a cell in E.164, with what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import phonenumbers
from phonenumbers import PhoneNumberType

from unify.presets import read_toml
from unify.standards.text import clean

PhoneType = Literal["mobile", "landline", "fax", "other"]

_EXTENSION: Final = re.compile(
    r"[\s,;.(-]*\b(?:int(?:erno)?|ext(?:ension)?|est|x|durchwahl|poste|anexo)[\s.:#]*(\d{1,6})\)?(?=\D|$)",
    re.IGNORECASE,
)
# A hyphen divides numbers only where a whole number stands on either side.
_DIVIDER: Final = re.compile(
    r"\s*[;,|\n]\s*|\s+[oe]\s+|\s+or\s+|(?<=\d{6})\s*/\s*(?=[+\d])|\s+/\s*(?=(?:\D*\d){6})"
    r"|(?<=\d{5})\s+[-–]\s+(?=[+0-9](?:\D?\d){5})"
    r"|(?<=\d)\s+(?=\+\d)|(?<=\d)\s+(?=(?:tel|cell?|fax|mob)\b)",
    re.IGNORECASE,
)
# A slash with spaces sets off an area code as well: `02 / 1234567`.
_AREA_CODE: Final = re.compile(
    r"((?:^|[;,|])\D*(?:0\d{1,3}|(?:\+|\b00)\d{2,3}[ (]*\d{2,4})\)?)\s+/\s*(?=\d)"
)
_NOT_DIGIT: Final = re.compile(r"\D+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# The trunk zero that the library drops where it should, and that is no part of an Italian mobile.
_TRUNK_ZERO: Final = re.compile(r"\(0\)")
_WITHOUT_ZERO: Final = re.compile(r"(?:\+?(?:00)?39)?(?P<national>[124-9]\d{5,9})")
_ITALY: Final = ("+39", "0039")
_ABROAD: Final = re.compile(r"[^\d+]*\+")
# A number that a spreadsheet kept as a number.
_AS_NUMBER: Final = re.compile(r"(?<=\d{6})\.0$")
_MOBILE: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.PAGER})
_LANDLINE: Final = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_SHORTEST: Final = 6
_LONGEST: Final = 17


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: E.164 when it is valid, else the digits as written.

    `completed` is what an Italian landline is since 1998, where the zero that belongs to it was
    not written: a guess, to be compared and never dialled.
    """

    value: str
    type: PhoneType
    valid: bool
    extension: str | None = None
    completed: str | None = None


def standardise(written: str | None, country: str) -> tuple[Phone, ...]:
    """Every number of a cell, in the order written; `country` reads those without a country code.

    Args:
        country: ISO alpha-2, or "" when it is not known.
    """
    text = clean(written)
    if text is None:
        return ()
    phones: dict[str, Phone] = {}
    for part in _parts(text):
        phone = _standard(part, country)
        if phone:
            phones.setdefault(phone.value, phone)
    return tuple(phones.values())


def why_no_length(digits: int) -> str | None:
    """What is wrong with a count of digits; None for one that a number can have."""
    if digits < _SHORTEST:
        return "too few digits"
    return "too many digits" if digits > _LONGEST else None


def _parts(text: str) -> list[str]:
    """The cell cut where another number begins; a piece too short belongs to the one before."""
    parts: list[str] = []
    for piece in _DIVIDER.split(_AREA_CODE.sub(r"\1 ", text)):
        digits = len(_NOT_DIGIT.sub("", piece or ""))
        if parts and 0 < digits < _SHORTEST and "int" not in piece.lower():
            parts[-1] += f" {piece}" if len(_NOT_DIGIT.sub("", parts[-1])) < _SHORTEST else ""
        elif piece:
            parts.append(piece)
    return parts


def _standard(part: str, country: str) -> Phone | None:
    match = _EXTENSION.search(part)
    extension = match[1] if match else None
    number = part[: match.start()] if match else part
    number = _AS_NUMBER.sub("", number.strip())
    digits = _digits(number)
    plain = digits.lstrip("+")
    if not _SHORTEST <= len(plain) <= _LONGEST or _is_junk(plain):
        return None
    said = _said(number)
    parsed = _parsed(digits, country) or _parsed(_digits(_TRUNK_ZERO.sub("", number)), country)
    if parsed is None:
        return Phone(plain, said or "other", False, extension, _completed(digits, country))
    value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Phone(value, said if said == "fax" else _type(parsed), True, extension)


def _digits(number: str) -> str:
    digits = _NOT_DIGIT.sub("", number)
    return f"+{digits}" if _ABROAD.match(number) else digits


def _parsed(digits: str, country: str) -> phonenumbers.PhoneNumber | None:
    """The valid number the digits are: in the country, else by a country code of their own."""
    if digits.startswith("+"):
        return _valid(f"+{digits[1:].removeprefix('00')}", None)
    if digits.startswith("00"):
        return _valid(f"+{digits[2:]}", None) or _valid(digits, country)
    return _valid(digits, country) or (_valid(f"+{digits}", None) if len(digits) > 10 else None)


def _completed(digits: str, country: str) -> str | None:
    """`2 7654321` as +39 02 7654321; None for what no zero would make a landline."""
    found = (
        _WITHOUT_ZERO.fullmatch(digits) if country == "IT" or digits.startswith(_ITALY) else None
    )
    number = _valid(f"+390{found['national']}", None) if found else None
    if number is None or phonenumbers.number_type(number) not in _LANDLINE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _valid(digits: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    if country == "":
        return None
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _type(number: phonenumbers.PhoneNumber) -> PhoneType:
    kind = phonenumbers.number_type(number)
    if kind in _MOBILE:
        return "mobile"
    return "landline" if kind in _LANDLINE else "other"


def _said(number: str) -> PhoneType | None:
    """What the words beside a number say of it: `Fax 02...`."""
    for word in _LETTERS.findall(number.lower()):
        if word in _words():
            return _words()[word]
    return None


@cache
def _words() -> dict[str, PhoneType]:
    table = read_toml("countries/phones.toml")["words"]
    return {word: kind for kind, words in table.items() for word in words}


@cache
def _junk() -> frozenset[str]:
    return frozenset(read_toml("junk.toml")["phones"])


def _is_junk(digits: str) -> bool:
    return digits in _junk() or len(set(digits)) == 1 or len(set(digits.lstrip("0"))) <= 1
