"""Yes and no, in the words of forms and mailing programs."""

from __future__ import annotations

from functools import cache

from unify.presets import read_toml
from unify.standards.text import key


def standardise(written: str | None) -> str | None:
    """`yes`, `no`, or None when the value says neither: silence is not consent."""
    return _words().get(key(written) or "")


@cache
def _words() -> dict[str, str]:
    table = read_toml("words.toml")["consent"]
    return {word: answer for answer, words in table.items() for word in words}
