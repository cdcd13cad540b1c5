"""The sex of a person, from the words and forms of address of legacy systems."""

from __future__ import annotations

from functools import cache

from unify.presets import read_toml
from unify.standards.text import key


def standardise(written: str | None) -> str | None:
    """`M`, `F`, or None when the value says neither."""
    return _words().get(key(written) or "")


@cache
def _words() -> dict[str, str]:
    table = read_toml("words.toml")["sex"]
    return {word: sex for sex, words in table.items() for word in words}
