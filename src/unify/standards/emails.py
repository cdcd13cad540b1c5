"""E-mail addresses: every address of a cell, its sameness, and what kind of address it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from unify.presets import read_toml
from unify.standards.text import clean

_DIVIDER: Final = re.compile(r"[\s;,|<>]+")
_BRACKET: Final = re.compile(r"[\[(]")
_ENCLOSED: Final = "\"'“”«»()[]"
# Signs beside an address; a stroke may be its first sign, never its last.
_BEFORE: Final = "'.:*=\\ "
_BEHIND: Final = "'.:-_`*=\\ "
_MAILTO: Final = re.compile(r"^(?:mailto|e-?mail|pec)\s*:\s*", re.IGNORECASE)
_SPACED: Final = re.compile(r"\s*(?:@|\(at\)|\[at\]|\s+at\s+(?=\S+\.\w))\s*", re.IGNORECASE)
_PLAIN: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9+_-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
# A domain in punycode, `xn--`, or one that looks like it.
_DASHED: Final = re.compile(r"[@.]..--")
_GOOGLE: Final = frozenset({"gmail.com", "googlemail.com"})
_SEPARATED: Final = re.compile(r"[._-]")
_NUMBERED: Final = re.compile(r"[\d._-]+$")


@dataclass(frozen=True, slots=True)
class Email:
    """One address.

    `same_as` is what two spellings of one mailbox share; `role` an address of an office or a
    household, `free_provider` of a mail provider that anybody uses, `pec` of Italian certified
    mail.
    """

    value: str
    same_as: str
    valid: bool
    role: bool
    free_provider: bool
    pec: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    free: frozenset[str]
    role: frozenset[str]
    household: frozenset[str]
    pec: frozenset[str]
    pec_label: frozenset[str]


def standardise(written: str | None) -> tuple[Email, ...]:
    """Every address of a cell, in the order written; what has no single @ is dropped."""
    text = clean(written)
    if text is None or ("@" not in text and "at" not in text.lower()):
        return ()
    words = _DIVIDER.split(_SPACED.sub("@", text.lower()))
    pieces = (_piece(piece) for word in words for piece in _pieces(word))
    emails = {piece: _email(piece) for piece in pieces if _is_address(piece)}
    return tuple(emails.values())


def _pieces(word: str) -> list[str]:
    """The addresses of a word: `a@x.it/b@x.it` is two, `Mario(a@x.it)` the one in its bracket."""
    bare = word.strip(_ENCLOSED)
    if "@" in (inside := _BRACKET.split(bare)[-1]) and inside.isprintable():
        bare = bare if any(sign in inside for sign in '])"') else inside
    return bare.split("/") if bare.count("@") > 1 else [bare]


def _piece(piece: str) -> str:
    bare = _bare(piece)
    while (rest := _bare(_MAILTO.sub("", bare))) != bare:
        bare = rest
    return bare


def _bare(piece: str) -> str:
    return piece.lstrip(_BEFORE).rstrip(_BEHIND).strip(_ENCLOSED)


def _is_address(piece: str) -> bool:
    local, _, domain = piece.partition("@")
    worded = all(any(letter.isalnum() for letter in part) for part in (local, domain))
    return worded and "@" not in domain and piece not in _junk()


def _email(address: str) -> Email:
    local, _, domain = address.partition("@")
    lists = _lists()
    return Email(
        value=address,
        same_as=_same_as(local, domain),
        valid=_is_valid(address),
        role=_NUMBERED.sub("", local) in lists.role or local in lists.role or _is_household(local),
        free_provider=domain in lists.free,
        pec=_is_certified(domain, lists),
    )


def _is_household(local: str) -> bool:
    return _SEPARATED.split(local)[0] in _lists().household


def _is_certified(domain: str, lists: _Lists) -> bool:
    if domain in lists.pec or not lists.pec_label.isdisjoint(domain.split(".")[:-1]):
        return True
    return any(domain.endswith(f".{provider}") for provider in lists.pec)


def _same_as(local: str, domain: str) -> str:
    """One mailbox, one spelling: Google ignores stops, and what follows a plus."""
    if domain not in _GOOGLE:
        return f"{local}@{domain}"
    mailbox = local.partition("+")[0].replace(".", "")
    return f"{mailbox or local}@gmail.com"


def _is_valid(address: str) -> bool:
    # Nearly every address is of this shape, which the library accepts at fifty times the cost.
    if len(address) < 64 and _PLAIN.fullmatch(address) and not _is_special(address):
        return True
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _is_special(address: str) -> bool:
    """Whether the library has its own rules for the domain: no mail is sent to `.local`."""
    return bool(_DASHED.search(address)) or address.rpartition(".")[2] in _special()


@cache
def _special() -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in SPECIAL_USE_DOMAIN_NAMES)


@cache
def _lists() -> _Lists:
    table = read_toml("emails.toml")
    return _Lists(**{name: frozenset(values) for name, values in table.items()})


def lists() -> dict[str, list[str]]:
    """The word lists by which an address is judged, by name.

    `junk` are no addresses; an address that ends in one of `special` only the library can judge.
    """
    return {**read_toml("emails.toml"), "junk": sorted(_junk()), "special": sorted(_special())}


@cache
def _junk() -> frozenset[str]:
    return frozenset(read_toml("junk.toml")["emails"])
