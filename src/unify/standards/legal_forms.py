"""Legal forms of the world: found in the name of a firm, taken off and spelt in one way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards.text import key

# What may follow a legal form without being the name: the state of the firm, its owners.
_TRAILER: Final = re.compile(
    r"[\s,(\-–]+(?:in\s+(?:liquidazione|liq\.?|fallimento|amministrazione\s+straordinaria|concordato"
    r"(?:\s+preventivo)?)(?:\s+(?:volontaria|coatta(?:\s+amministrativa)?))?|unipersonale"
    r"|(?:con|a)\s+socio\s+unico|società\s+unipersonale|società\s+benefit|in\s+liquidation)[\s.)]*$",
    re.IGNORECASE,
)
_SEPARATOR: Final = r"[\s,;(\-–/]+"


@dataclass(frozen=True, slots=True)
class Found:
    """A name without its legal form, and what was said after the form."""

    core: str
    legal_form: str | None
    tail: str = ""


def take_off(name: str) -> Found:
    """The legal form at the end, before a tail (`di Rossi & C.`) or at the start, taken off."""
    text, trailer = _without_trailer(name)
    for pattern in (_patterns().last, _patterns().inside, _patterns().first):
        match = pattern.search(text)
        if match and _is_meant(match, text):
            return _found(match, text)
    return Found(text if trailer else name, None)


def _without_trailer(name: str) -> tuple[str, bool]:
    text = name
    while match := _TRAILER.search(text):
        text = text[: match.start()]
    return (text, text != name) if text.strip() else (name, False)


def _found(match: re.Match[str], text: str) -> Found:
    head, tail = text[: match.start()].strip(" ,;(-–/"), text[match.end() :].strip(" ,;)-–/")
    form = _patterns().spelling[_compact(match["form"])]
    return Found(head, form, tail) if head else Found(tail, form)


def _is_meant(match: re.Match[str], text: str) -> bool:
    """Whether the letters are a form and not a word of the name: `SPA Benessere`, `Hotel & Spa`."""
    head, written = text[: match.start()].rstrip(), match["form"]
    rest = text[match.end() :].strip(" ,;)-–/.")
    if not (key(head) or key(rest)):
        return False
    if head.endswith(("&", " e", " and", " con", " di", " de", " la", " the")):
        return False
    if _compact(written) in _patterns().words_too:
        return "." in written or (written.isupper() and not (head or rest).isupper())
    return True


def _compact(written: str) -> str:
    return (key(written) or "").replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Patterns:
    last: re.Pattern[str]
    inside: re.Pattern[str]
    first: re.Pattern[str]
    spelling: dict[str, str]
    words_too: frozenset[str]


@cache
def _patterns() -> _Patterns:
    table = read_toml("organizations/legal_forms.toml")
    variants = {
        variant: spelling
        for group in ("world", "italy")
        for spelling, written in table[group].items()
        for variant in (*written, key(spelling) or "")
        if variant
    }
    longest = sorted(variants, key=len, reverse=True)
    every = "|".join(_written(variant) for variant in longest)
    # A form inside is believed when it cannot be a word and its owners or a place follow.
    inside = "|".join(_written(variant) for variant in longest if len(variant) > 2)
    first = "|".join(_written(variant) for variant in table["rules"]["first_too"])
    owners = r"(?=[\s,]+(?:di|dei|del|della|fra|tra|&|e\s+c\b|-|–|\(|a\s+s\.?u)|\s*[-–(,])"
    return _Patterns(
        last=re.compile(
            rf"(?:^|{_SEPARATOR}|(?<=[.\w])\s)(?P<form>{every})[.\s)]*$", re.IGNORECASE
        ),
        inside=re.compile(rf"{_SEPARATOR}(?P<form>{inside})\.?(?!\w){owners}", re.IGNORECASE),
        first=re.compile(rf"^(?P<form>{first})\.?(?=[\s,-])", re.IGNORECASE),
        spelling={variant.replace(" ", ""): spelling for variant, spelling in variants.items()},
        words_too=frozenset(table["rules"]["words_too"]),
    )


def _written(variant: str) -> str:
    """How a key may be written: `srl` as S.r.l., s r l; accents and stops between words."""
    if " " not in variant and len(variant) <= 4:
        return r"[.\s/]{0,2}".join(re.escape(letter) for letter in variant)
    return r"[.\s&]{1,3}".join(_word(word) for word in variant.split())


def _word(word: str) -> str:
    accented = {"a": "[aàáâäă]'?", "e": "[eèéê]'?", "i": "[iìíî]", "o": "[oòóôö]", "u": "[uùúü]"}
    return "".join(accented.get(letter, letter) for letter in word)
