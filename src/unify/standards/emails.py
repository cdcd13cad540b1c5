"""E-mail addresses: every address of a cell, its sameness, and what kind of address it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from email_validator import EmailNotValidError, validate_email

from unify.presets import read_toml
from unify.standards.text import clean

_DIVIDER: Final = re.compile(r"[\s;,|<>\[\]()\"]+|/(?=[^/@]+@)")
_AROUND: Final = "'.:-_`*=\\ "
_MAILTO: Final = re.compile(r"^(?:mailto|e-?mail|pec)\s*:\s*", re.IGNORECASE)
_SPACED: Final = re.compile(r"\s*(?:@|\(at\)|\[at\]|\s+at\s+(?=\S+\.\w))\s*", re.IGNORECASE)
_PLAIN: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9+_-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
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
    pieces = (_piece(piece) for piece in _DIVIDER.split(_SPACED.sub("@", text.lower())))
    emails = {piece: _email(piece) for piece in pieces if _is_address(piece)}
    return tuple(emails.values())


def _piece(piece: str) -> str:
    bare = piece.strip(_AROUND)
    while (rest := _MAILTO.sub("", bare).strip(_AROUND)) != bare:
        bare = rest
    return bare


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
    if len(address) < 64 and _PLAIN.fullmatch(address):
        return True
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


@cache
def _lists() -> _Lists:
    table = read_toml("emails.toml")
    return _Lists(**{name: frozenset(values) for name, values in table.items()})


def lists() -> dict[str, list[str]]:
    """The word lists by which an address is judged, by name; `junk` are no addresses."""
    return {**read_toml("emails.toml"), "junk": sorted(_junk())}


@cache
def _junk() -> frozenset[str]:
    return frozenset(read_toml("junk.toml")["emails"])
