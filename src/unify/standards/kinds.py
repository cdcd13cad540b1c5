"""Person or organization, by all that a record says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from unify.fields import ORGANIZATION, PERSON
from unify.presets import read_toml
from unify.standards import organizations, titles
from unify.standards.name_lists import family_grade, given_grade, lean
from unify.standards.text import clean, key

CERTAIN: Final = 0.9
# Below this, a name leaves its kind open.
OPEN: Final = 0.7
LEANING: Final = 0.8
BY_SOURCE: Final = "what the source's other records are"
BY_STEWARD: Final = "set by a steward"
ARTICLES: Final = ("la", "lo", "il", "le", "i", "gli", "el", "los", "las")
_DIGIT: Final = re.compile(r"\d")
_AND: Final = re.compile(r"[&+]")
_JOINED: Final = re.compile(r"\s*(?:,|&|\+|\s(?:and|e|und|et)\s)\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[&+]|\s(?:and|e|und|et)\s", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"[^\W\d_]{2}'s\b", re.IGNORECASE)
_SIGN: Final = re.compile(r"[&@+%]|\d")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a record is, how sure that is (0 to 1), and by which evidence."""

    kind: Literal["person", "organization"]
    certainty: float
    reason: str


_VAT_ALONE: Final = Kind("organization", 0.75, "a VAT id and no known name")


def decide(
    *,
    written_kind: str | None,
    full: str | None,
    given: str | None,
    family: str | None,
    organization: str | None,
    tax_id_is_person: bool | None,
    vat_valid: bool,
    birth_date: str | None,
) -> Kind:
    """The kind of a record; the strongest evidence decides, in the order of its certainty."""
    named = bool(key(given) and key(family))
    whole = clean(full) or clean(None if named else given or family) or ""
    sure = (
        _by_firm_name(whole)
        or _by_written(written_kind, named)
        or _by_person(tax_id_is_person, birth_date)
    )
    if sure:
        return sure
    if named:
        return _by_two_names(given or "", family or "")
    if not clean(full) and (given or family):
        return _by_half_a_name(whole)
    if not whole:
        return _by_organization(organization, vat_valid)
    return _by_name(whole, organization, tax_id_is_person, vat_valid)


def as_set(kind: str) -> Kind:
    """The kind that a steward set: nothing else is as certain."""
    return Kind(ORGANIZATION if kind == ORGANIZATION else PERSON, 1.0, BY_STEWARD)


def leaned(alone: Kind, leaning: str | None) -> Kind:
    """The kind of a one-column name that is not certain of its own, in a source that leans to one.

    `leaning`: the kind of nearly all records of the source that are certain of theirs.
    """
    if alone.certainty >= CERTAIN or leaning is None:
        return alone
    if leaning != alone.kind and alone.certainty >= OPEN:
        return alone
    if leaning == alone.kind:
        return Kind(alone.kind, CERTAIN, alone.reason)
    return Kind(ORGANIZATION if leaning == ORGANIZATION else PERSON, LEANING, BY_SOURCE)


def _by_person(tax_id_is_person: bool | None, birth_date: str | None) -> Kind | None:
    if tax_id_is_person:
        return Kind("person", 0.97, "the tax id is a person's")
    return Kind("person", 0.95, "a birth date") if birth_date else None


def _by_firm_name(name: str) -> Kind | None:
    if name and organizations.has_legal_form(name):
        return Kind("organization", 0.99, "a legal form in the name")
    return None


def _by_written(written: str | None, named: bool) -> Kind | None:
    said = _written_kinds().get(key(written) or "")
    # Trade words (B2B, account) say whom one deals with, and are written on its staff as well.
    if said == "trade" and named:
        return None
    if said == PERSON:
        return Kind("person", 0.98, "written in the source")
    return Kind("organization", 0.98, "written in the source") if said else None


def _by_two_names(given: str, family: str) -> Kind:
    if organizations.has_legal_form(f"{given} {family}") or organizations.has_legal_form(family):
        return Kind("organization", 0.9, "a legal form in the name")
    # An initial or a known given name beside `La Rosa` or `Casa` leaves no doubt.
    initial = len(key(given) or "") == 1
    if firm_word(family) and not initial and not given_grade(key(given) or ""):
        return Kind("organization", 0.7, "a firm's word in the name")
    return Kind("person", 0.95, "a given and a family name")


def _by_half_a_name(name: str) -> Kind:
    """A column for given or family names holds a firm only if the name says so."""
    if firm_word(name):
        return Kind("organization", 0.8, "a firm's word in the name")
    return Kind("person", 0.8, "in a column of persons' names")


def _by_organization(organization: str | None, vat_valid: bool) -> Kind:
    if key(organization):
        return Kind("organization", 0.95, "only an organization is named")
    if vat_valid:
        return Kind("organization", 0.7, "a VAT id and no name")
    return Kind("person", 0.5, "nothing tells")


def _by_name(
    name: str, organization: str | None, tax_id_is_person: bool | None, vat_valid: bool
) -> Kind:
    known = _known_as_person(name)
    word = firm_word(name)
    # `La Rosa Simona` begins with an article, as firms do and surnames, too.
    if word and not (known and word in ARTICLES):
        return Kind("organization", 0.9, f"a firm's word in the name: {word}")
    if partners := _by_partners(name):
        return partners
    if known and tax_id_is_person is not False:
        every = _wholly_known(name)
        return Kind("person", 0.9 if every else 0.65, "the lists of names know it")
    if tax_id_is_person is False:
        return Kind("organization", 0.9, "the tax id is a firm's")
    if key(organization):
        same = key(organization) == key(name)
        return (
            Kind("organization", 0.8, "named as its organization")
            if same
            else Kind("person", 0.7, "an employer is named")
        )
    return _VAT_ALONE if vat_valid else _by_shape(name)


def _by_partners(name: str) -> Kind | None:
    """`Johnson and Johnson`, `Rossi & Bianchi`: one family name a partner, and no given name."""
    if _POSSESSIVE.search(name):
        return Kind("organization", 0.8, "a name that owns")
    partners = [partner for partner in _JOINED.split(name) if partner]
    if len(partners) < 2 or not _BETWEEN.search(name):
        return None
    if all(" " not in one and lean(key(one) or "") <= 0 for one in partners):
        return Kind("organization", 0.65, "family names of partners")
    return None


def _by_shape(name: str) -> Kind:
    words = name.split()
    if _SIGN.search(name) or len(words) > 4:
        return Kind("organization", 0.65, "not shaped as a person's name")
    lists = [given_grade(word) or family_grade(word) for word in (key(name) or "").split()]
    if not any(lists):
        return Kind("organization", 0.55, "the lists of names do not know it")
    if len(words) == 1 and lean(key(name) or "") > 0:
        return Kind("person", 0.85, "one word, a given name")
    if len(words) == 1:
        return Kind("person", 0.55, "one word, a known name")
    return Kind("person", 0.6, "partly known as a name")


def firm_word(name: str | None) -> str | None:
    """The word of a name that only a firm's has (`Officine`, `Comune di`), or None."""
    text = organizations.core_key(name or "") or ""
    words, rules = text.split(), _firm_words()
    for word in words:
        if word in rules.anywhere and len(words) > 1:
            return word
    if len(words) > 1 and words[0] in rules.first:
        return words[0]
    plain = key(_AND.sub(" e ", name or "")) or ""
    found = rules.phrases.search(plain)
    return found[0] if found else None


def _known_as_person(name: str) -> bool:
    """A known given name beside a known family name, or a title of a person."""
    taken = titles.split(name, "IT")
    words = [word for word in (key(" ".join(taken.words)) or "").split() if len(word) > 1]
    if taken.prefix and words and not _DIGIT.search(name):
        return True
    if not 2 <= len(words) <= 5:
        return False
    givens = [bool(given_grade(word)) for word in words]
    families = [bool(family_grade(word)) for word in words]
    known = sum(one or other for one, other in zip(givens, families, strict=True))
    return any(givens) and any(families) and known >= min(2, len(words))


def is_trade_word(word: str) -> bool:
    """Whether a word of a name is only a firm's: `Autofficina`, `Ditta`."""
    plain, rules = key(word) or "", _firm_words()
    return plain in rules.anywhere or (plain in rules.first and plain not in ARTICLES)


def _wholly_known(name: str) -> bool:
    """Whether a title, or no more than three words, all of them names, leave little doubt."""
    taken = titles.split(name, "IT")
    words = [word for word in (key(" ".join(taken.words)) or "").split() if len(word) > 2]
    known = all(given_grade(word) or family_grade(word) for word in words)
    return bool(taken.prefix) or (known and len(words) <= 3)


@dataclass(frozen=True, slots=True)
class _FirmWords:
    anywhere: frozenset[str]
    first: frozenset[str]
    phrases: re.Pattern[str]


@cache
def _firm_words() -> _FirmWords:
    table = read_toml("organizations/words.toml")
    phrases = "|".join(re.escape(phrase) for phrase in table["phrases"])
    return _FirmWords(
        frozenset(table["anywhere"]), frozenset(table["first"]), re.compile(rf"\b(?:{phrases})\b")
    )


@cache
def _written_kinds() -> dict[str, str]:
    table = read_toml("organizations/words.toml")["written_kind"]
    return {word: kind for kind, words in table.items() for word in words}
