"""The name of a firm: its legal form apart, what matching compares, how it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards import legal_forms
from unify.standards.casing import elided, proper
from unify.standards.text import clean, key

_QUOTE: Final = re.compile(r"[\"“”«»]")
_QUOTED: Final = re.compile(r"[\"“”«]([^\"“”«»]*)[\"“”»]")
_BROTHERS: Final = re.compile(r"\b(?:f\.\s?lli|f\.?lli)(?:\.|\b)", re.IGNORECASE)
_INITIALS: Final = re.compile(r"\b(?:\w\.){2,}(?=\s|$|,|-)\s?")
# `Rossi Snc di Rossi Mario & C.`: who owns the firm is not its name.
_OWNERS: Final = re.compile(r"\bdi\s.+?(?:&|\be)\s*c(?:\b\.?|o\b\.?)\s*$", re.IGNORECASE)
_OWNED: Final = re.compile(r"(?:di|dei|del|della|fra|tra|e\s+c)\b|&", re.IGNORECASE)
_AND_COMPANY: Final = re.compile(r"(?<=\w)\s*(?:&|\be)\s*c(?:o|ie)?\.?\s*$", re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:&|\+|\b(?:and|und|et)\b)\s*", re.IGNORECASE)
_WORD_AND: Final = " e "
# Words that one writes and another leaves out: `The Tillerman`, `Rossi Bianchi`.
_NO_NAME: Final = frozenset({"e", "the"})
# Inside a word of a name that has capitals: `Auto-scuola`, `Wil_liams`; not `Rossi-Bianchi`.
_INSIDE_WORD: Final = re.compile(r"(?<=[a-zà-ÿ])[-_,](?=[a-zà-ÿ])")
_ACRONYM: Final = re.compile(r"[b-df-hj-np-tv-xz]{2,5}|(?:\w\.)+\w?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """A firm's name for display, the key of its name without legal form, and the form.

    `same_as` is what two ways to place its words share: `Verdi & Rossi` and `Rossi e Verdi`.
    `state` is what its name says of its end, as a key: `in liquidazione`.
    """

    name: str | None = None
    key: str | None = None
    legal_form: str | None = None
    same_as: str | None = None
    state: str | None = None


def standardise(written: str | None) -> OrganizationName:
    """The standard form of a firm's name; empty for junk."""
    text = clean(written)
    if text is None or key(text) is None:
        return OrganizationName()
    found = legal_forms.take_off(_unquoted(text))
    core = found.core if key(found.core) else text
    name = " ".join(part for part in (_display(core), found.legal_form) if part)
    compared = core_key(core)
    return OrganizationName(
        name=name + _tail(found.tail),
        key=compared,
        legal_form=found.legal_form,
        same_as=_same_as(compared or ""),
        state=found.state,
    )


def _same_as(compared: str) -> str | None:
    words = compared.split()
    return " ".join(sorted(word for word in words if word not in _NO_NAME) or words) or None


def _unquoted(text: str) -> str:
    """`"Acme" S.r.l.` without the marks around what is called so."""
    return _QUOTED.sub(r"\1", text).strip() if _QUOTE.search(text) else text


def _tail(tail: str) -> str:
    """What follows the legal form: its owners, or a branch behind a hyphen."""
    if not tail:
        return ""
    return f" {_display(tail)}" if _OWNED.match(tail) else f" - {_display(tail)}"


def has_legal_form(text: str | None) -> bool:
    """Whether a name says its legal form, as only a firm's does."""
    return bool(text) and legal_forms.take_off(clean(text) or "").legal_form is not None


def core_key(core: str) -> str | None:
    """What matching compares: no owners, one word for `and`, short words spelt out."""
    whole = _words_whole(core)
    text = _OWNERS.sub("", whole).strip(" ,-") or whole
    text = _AND_COMPANY.sub("", text) or text
    text = _INITIALS.sub(lambda run: run[0].replace(".", "").strip() + " ", text)
    words = (key(_AND.sub(_WORD_AND, _BROTHERS.sub("fratelli ", text))) or key(core) or "").split()
    return " ".join(_spelt().get(word, word) for word in words) or None


def _words_whole(core: str) -> str:
    joined = core if core.islower() else _INSIDE_WORD.sub("", core)
    return joined.replace("_", " ")


@cache
def _spelt() -> dict[str, str]:
    spelt: dict[str, str] = read_toml("organizations/words.toml")["spelt"]
    return spelt


def _display(core: str) -> str:
    text = " ".join(_BROTHERS.sub("Fratelli ", core).split())
    if not (core.isupper() or core.islower()):
        return text
    words = elided(proper(text.lower(), _small())).split()
    return " ".join(word.upper() if _ACRONYM.fullmatch(word) else word for word in words)


@cache
def _small() -> frozenset[str]:
    return frozenset(read_toml("words.toml")["small"]["organization"])
