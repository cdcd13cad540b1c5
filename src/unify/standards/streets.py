"""Streets: the type spelt out, the house number apart, and the key that matching compares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards.casing import accent, elided, proper
from unify.standards.name_lists import COMMON, family_grade, given_grade
from unify.standards.text import key

_NUMBER: Final = (
    r"\d{1,5}(?:\s?[-/]\s?\d{1,4})*"
    r"(?:\s?[/-]?\s?(?:bis|ter|quater|rosso|[a-z])(?![^\W\d_]))?(?:\s?/\s?(?:\d{1,3}|[a-z](?![^\W\d_])))?"
)
_KM: Final = r"(?:al\s)?km\.?\s?\d{1,4}(?:[.,+]\s?\d{1,3})?"
_SIGN: Final = r"(?:(?:n\.?\s?c\.?\s|n(?:um(?:ero)?|ro|r|°|º)?|civ(?:ico)?|no|nr|#)[.°º:\s]*)"
_NONE: Final = r"(?:s\.?n\.?c\.?|s\.?\s?n\.?|snc|senza numero(?: civico)?)"
_DETAIL: Final = (
    r"(?P<detail>[\s,;(-]+(?:#|(?:int(?:erno)?|scala|sc|piano|pal(?:azzina)?|edificio|ed|lotto|apt|apartment"
    r"|ang(?:olo)?|suite|ste|unit|flat|fl|floor|room|rm)\b)\.?\s?.{1,40}|[\s,]+\d{1,2}\s?[ºª].{0,20})?"
)
_AT_END: Final = re.compile(
    rf"^(?P<street>.*?[^\W\d].*?)(?:\s*,\s*|\s+){_SIGN}?(?P<number>{_KM}|{_NUMBER}|{_NONE}){_DETAIL}[\s.,;]*$",
    re.IGNORECASE,
)
_AT_START: Final = re.compile(
    rf"^(?P<number>\d{{1,5}} (?:bis|ter)\b|\d{{1,6}}[a-z]?(?:[-/]\d{{1,5}}[a-z]?)?)"
    rf"(?:\s*,\s*|\s+)(?P<street>(?!\d+(?!\d|(?:st|nd|rd|th)\b)).*?[^\W\d].*?){_DETAIL}$",
    re.IGNORECASE,
)
# Who takes in the post, to the next comma or the next type of street.
_CARE_OF: Final = re.compile(
    r"[\s,(-]*\b(?:c/o|c\.o\.|presso|att\.?n?e?:)\s*([^,]*?)(?:[\s)]*,\s*|[\s)]*$"
    r"|\s+(?=(?:via|viale|v\.le|v\.|piazza|p\.zza|p\.za|piazzale|p\.le|corso|c\.so|largo|l\.go|vicolo|strada|loc\.|localit[àa])[\s.]))",
    re.IGNORECASE,
)
_MAY_BE_CARE_OF: Final = re.compile(r"c/o|c\.o\.|presso|att", re.IGNORECASE)
_INSIDE_FIRST: Final = re.compile(
    r"^((?:flat|unit|apt|apartment|suite|room)\.?\s+\w+),?\s+(?=\d)", re.IGNORECASE
)
_BROTHERS: Final = re.compile(r"\bf\.?\s?lli\b\.?", re.IGNORECASE)
_APART: Final = re.compile(r"\b(dell|nell|sull|all|dall|sant|d|l)'\s+(?=\w)", re.IGNORECASE)
_LETTER_AFTER: Final = re.compile(r"(?<=\d)\s?[-/]?\s?(bis|ter|quater|[a-z])(?=/|$)", re.IGNORECASE)
_NOTHING: Final = re.compile(_NONE, re.IGNORECASE)
_SIGN_FIRST: Final = re.compile(rf"^{_SIGN}", re.IGNORECASE)
# `Via Roma n.`, and the number in a field of its own.
_SIGN_LAST: Final = re.compile(rf"(?:\s*,\s*|\s+){_SIGN}?\s*$", re.IGNORECASE)
_KILOMETRE: Final = re.compile(r"(?:AL\s)?KM\.?\s?(\d{1,4}(?:[.,+]\s?\d{1,3})?)", re.IGNORECASE)
NUMBERED_ROADS: Final = frozenset({"Strada Statale", "Strada Provinciale", "Highway", "Route"})
_SAINTS: Final = frozenset({"s", "san", "sant", "santa", "santo", "ss"})
_ROMAN: Final = re.compile(r"[ivx]+")
_CENTURY: Final = re.compile(
    r"\b(?:x{1,3}(?:iv|ix|vi{0,3}|i{1,3})?|iv|vi{1,3}|i{2,3}|ix)\b", re.IGNORECASE
)
_DIRECTION: Final = re.compile(r"\b(?:N[ew]|S[ew])\b")
_JOINED: Final = re.compile(r"\b(?:sant|dell|all|nell|dall|sull)'\s?", re.IGNORECASE)
# What tells where in an English street a house is.
_CROSSING: Final = re.compile(
    r"(?<=\w)[\s,.(]+(?:between|btwn?|near|at|off|opposite|corner of|cnr)\b.*$", re.IGNORECASE
)
_ORDINAL: Final = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_GERMAN: Final = re.compile(r"(?<=[a-zäöüß])(?:str\.?|strasse|straße)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Street:
    """A street, its house number and what else leads to the door."""

    name: str
    number: str | None
    detail: str | None
    key: str | None
    care_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    """The name of a street around its type: `Via` + Roma, 5th + `Avenue` + N."""

    before: str
    kind: str | None
    after: str

    @property
    def rest(self) -> str:
        return f"{self.before} {self.after}".strip()


@dataclass(frozen=True, slots=True)
class _Language:
    types: dict[str, str]
    type_last: bool


def standardise(written: str, house_number: str | None, country: str) -> Street:
    """The parts of a street as written in a country; a number in a field of its own comes first."""
    text, care_of = _care_of_apart(written)
    name, number, detail = _number_apart(text, country)
    own = _number(house_number, country) if house_number else None
    if own and number and number != own:
        # The number in the street is part of its name then: `Via Strada 5`, house 12.
        name, number, detail = text, None, None
    elif own:
        name = _SIGN_LAST.sub("", name) or name
    named = _type_apart(name, country)
    compared = _english_key(name, country) if _language(country).type_last else None
    compared = compared or _key(named.rest or name)
    return Street(_spelt(named, country), own or number, detail, compared, care_of)


def _care_of_apart(written: str) -> tuple[str, str | None]:
    text = _BROTHERS.sub("Fratelli", written)
    text = _APART.sub(r"\1'", text) if "'" in text else text
    found = _CARE_OF.search(text) if _MAY_BE_CARE_OF.search(text) else None
    rest = _CARE_OF.sub(" ", text).strip(" ,;-") if found else text
    if not rest or found is None:
        return " ".join(text.split()), None
    return " ".join(rest.split()), found[1].strip(" ,;-(") or None


def display(street: Street, country: str) -> str:
    """The street and its number in the order of the country: `Via Roma, 12/A`, `12 Main Street`."""
    number = street.number
    if number is None:
        line = street.name
    elif country in _rules()["number_first"]:
        line = f"{number} {street.name}"
    else:
        line = (
            f"{street.name}, {number}"
            if country in ("IT", "SM", "VA", "ES", "")
            else f"{street.name} {number}"
        )
    return f"{line} {street.detail}" if street.detail else line


def _number_apart(text: str, country: str) -> tuple[str, str | None, str | None]:
    first = country in _rules()["number_first"] or _begins_with_number(text, country)
    within = _INSIDE_FIRST.match(text) if first else None
    text = text[within.end() :] if within else text
    for pattern in (_AT_START, _AT_END) if first else (_AT_END,):
        found = pattern.match(text)
        if found and not _is_road_number(found, country):
            detail = (found["detail"] or "").strip(" ,;(-)") or (within[1] if within else None)
            return found["street"].strip(" ,;-"), _number(found["number"], country), detail
    return f"{within[0]}{text}" if within else text, None, None


def _begins_with_number(text: str, country: str) -> bool:
    """`12 Via Roma`: as they write abroad, with a type of street to prove it."""
    if not text[0].isdigit():
        return False
    if not country:
        return True
    _, _, rest = text.replace(",", " ").partition(" ")
    return _type_apart(rest.strip(), country).kind is not None


def _is_road_number(found: re.Match[str], country: str) -> bool:
    """`Strada Statale 16` has a number for its name."""
    if not found["number"].isdigit():
        return False
    named = _type_apart(f"{found['street']} 0", country)
    name = (key(named.rest) or "").split()[:-1]
    return named.kind in NUMBERED_ROADS and (not name or name[-1] in ("n", "km"))


def _number(written: str, country: str) -> str | None:
    text = written.strip(" .,").upper()
    if _NOTHING.fullmatch(text):
        return "SNC"
    if found := _KILOMETRE.fullmatch(text):
        return f"km {found[1].replace(' ', '').replace('.', ',')}"
    text = _SIGN_FIRST.sub("", text).replace(" ", "").replace("ROSSO", "R")
    sign = "" if country in _rules()["number_first"] else "/"
    marked = _LETTER_AFTER.sub(lambda letter: f"{sign}{letter[1]}", text)
    return marked.replace("BIS", "bis").replace("TER", "ter").lstrip("0") or None


def _type_apart(text: str, country: str) -> _Named:
    """The type of the street in its standard spelling, and the words on either side of it."""
    language = _language(country)
    words = text.split()
    if language.type_last:
        return _last_type(words, language)
    for size in (2, 1):
        kind = language.types.get(key(" ".join(words[:size])) or "")
        if kind and len(words) > size:
            return _Named("", kind, " ".join(words[size:]))
    return _unspaced_type(text, language)


def _unspaced_type(text: str, language: _Language) -> _Named:
    """`P.zza.Roma`, `V.Roma`: no blank behind the stop."""
    pieces = text.split(".")
    for size in range(min(3, len(pieces) - 1), 0, -1):
        kind = language.types.get(key(" ".join(pieces[:size])) or "")
        rest = ".".join(pieces[size:]).strip()
        if kind and len(key(rest) or "") > 2:
            return _Named("", kind, rest)
    return _Named("", None, text)


def _last_type(words: list[str], language: _Language) -> _Named:
    """The last type, with whatever follows it: `Peachtree` + Road + NE Plaza Tower."""
    for place in range(len(words) - 1, 0, -1):
        if kind := language.types.get(key(words[place]) or ""):
            return _Named(" ".join(words[:place]), kind, " ".join(words[place + 1 :]))
    return _Named("", None, " ".join(words))


def _spelt(named: _Named, country: str) -> str:
    words = " ".join(part for part in (named.before, named.kind, named.after) if part)
    name = elided(proper(accent(words) if country == "IT" else words, _small()))
    name = _CENTURY.sub(lambda run: run[0].upper(), name[:1].upper() + name[1:])
    if _language(country).type_last:
        return _DIRECTION.sub(lambda run: run[0].upper(), name)
    return _GERMAN.sub("straße", name) if country in ("DE", "AT") else name


def _english_key(name: str, country: str) -> str | None:
    """The name without its quarter of the sky, the streets it crosses and the house that it leads
    to: `W. 3rd St. near 5th Ave.` is `West Third Street`."""
    street = _CROSSING.sub("", name)
    words = (key(_type_apart(street, country).before or street) or "").split()
    told = [word for word in words if word not in _rules()["directions"]] or words
    spelt = [_ordinals().get(word, word) for word in told]
    return _key(" ".join(_ORDINAL.sub(r"\1", word) for word in spelt))


def _key(rest: str) -> str | None:
    """The name without initials and given names: `G. Garibaldi` is `Giuseppe Garibaldi`."""
    words = (key(_JOINED.sub(_apart, _GERMAN.sub("", rest))) or "").split()
    words = [word for word in words if word not in _small()] or words
    if len(words) > 1 and words[1] in _rules()["months"]:
        words[0] = str(_days().get(words[0], words[0]))
    if words and words[0] in _SAINTS:
        return " ".join(["san", *words[1:]])
    while len(words) > 1 and _is_left_out(words[0]) and not _ROMAN.fullmatch(words[1]):
        words = words[1:]
    return " ".join(words) or None


def _apart(article: re.Match[str]) -> str:
    return "san " if article[0].lower() == "sant'" else " "


def _is_left_out(word: str) -> bool:
    return word in _rules()["titles"] or _is_first_name(word)


def _is_first_name(word: str) -> bool:
    if len(word) == 1:
        return word.isalpha()
    return given_grade(word) == COMMON and family_grade(word) < COMMON


@cache
def _language(country: str) -> _Language:
    table = read_toml("countries/streets.toml")
    language = next((name for name, codes in table["countries"].items() if country in codes), None)
    if language is None:
        return _Language({}, False)
    types = {key(way) or "": kind for kind, ways in table[language].items() for way in ways}
    return _Language(types, language in table["rules"]["type_last"])


@cache
def _rules() -> dict[str, frozenset[str]]:
    rules = read_toml("countries/streets.toml")["rules"]
    return {name: frozenset(words) for name, words in rules.items()}


def _small() -> frozenset[str]:
    return _rules()["small"]


@cache
def _ordinals() -> dict[str, str]:
    ordinals: list[str] = read_toml("countries/streets.toml")["ordinals"]
    return {word: str(place + 1) for place, word in enumerate(ordinals)}


@cache
def _days() -> dict[str, int]:
    days: dict[str, int] = read_toml("countries/streets.toml")["days"]
    return days
