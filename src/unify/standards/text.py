"""Clean text, and the key that matching compares in place of what was written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii
from ftfy import TextFixerConfig, fix_text

from unify.presets import read_toml

# Mending costs 50 microseconds; only text with one of these signs can need it.
_SUSPECT: Final = re.compile(
    "[ÂÃâ\x80-\x9f\ufffd]|&[#a-zA-Z]|[ﬀ-ﬆ！-～\u0300-\u036f\u00ad\u200b-\u200f\ufeff]"
)
_MENDING: Final = TextFixerConfig(explain=False, unescape_html=True)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})

_ELIDED: Final = re.compile(r"\b([dl]|dell|dall|nell|sull|all|sant|santa?|degl|quell)'\s+")
_APOSTROPHE: Final = re.compile(r"['’‘`´ʼ]")
_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")


def clean(text: str | None) -> str | None:
    """The text as its writer meant it: mended, on one line; None when it says nothing."""
    kept = clean_name(text)
    return None if kept is None or kept.lower() in _names_of_nobody() else kept


# The parts of a name are asked for more than once each, words of names again and again.
@lru_cache(maxsize=64)
def clean_name(text: str | None) -> str | None:
    """As `clean`, keeping the words for nothing that are also family names (Null, Test)."""
    if not text:
        return None
    tidy = _tidy(text)
    return None if not tidy or _is_junk(tidy.lower()) else tidy


def why_nothing(text: str | None) -> str | None:
    """The reason for which `clean` gives nothing; None where it gives something."""
    if clean(text) is not None:
        return None
    lowered = _tidy(text or "").lower()
    if not lowered:
        return "empty"
    shapes = read_toml("junk.toml")["shapes"].items()
    shaped = (reason for reason, shape in shapes if re.fullmatch(shape, lowered))
    return next(shaped, "a word for nothing")


@lru_cache(maxsize=20_000)
def key(text: str | None) -> str | None:
    """What matching compares: lower case, no accents, apostrophes or punctuation, single spaced."""
    if not text:
        return None
    if text.isalpha() and text.isascii():
        return text.lower()
    plain = text.translate(_QUOTES) if text.isascii() else _ascii(text.translate(_QUOTES))
    joined = _APOSTROPHE.sub("", _ELIDED.sub(r"\1", plain.lower()))
    return _NOT_KEY.sub(" ", joined).strip() or None


def _ascii(text: str) -> str:
    # A sign is no letter of a name, though it has a transcription: `€` is EUR, `™` is TM.
    words = "".join(one for one in text if unicodedata.category(one)[0] != "S" or one.isascii())
    letters = unicodedata.normalize("NFKD", words)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain if plain.isascii() else anyascii(plain)


def _tidy(text: str) -> str:
    for _ in range(4):
        tidy = _tidy_once(text)
        if tidy == text:
            break
        # A sign of damage can surface only once another is mended.
        text = tidy
    return text


def _tidy_once(text: str) -> str:
    if _SUSPECT.search(text):
        text = fix_text(text, _MENDING)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _BLANK.sub(" ", text.translate(_QUOTES)).strip()


def _is_junk(lowered: str) -> bool:
    words, shape = _junk()
    return lowered in words or shape.fullmatch(lowered) is not None


@cache
def _junk() -> tuple[frozenset[str], re.Pattern[str]]:
    rules = read_toml("junk.toml")
    words = frozenset(rules["text"]) - frozenset(rules["also_names"])
    return words, re.compile("|".join(f"(?:{pattern})" for pattern in rules["shapes"].values()))


@cache
def _names_of_nobody() -> frozenset[str]:
    return frozenset(read_toml("junk.toml")["also_names"])
