"""How well a value is written: marks that tell which of several ways to write it is the best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from unify.presets import read_toml

PRESET = "survivorship/writing.toml"


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of good or of bad writing, and those that look like it and are none.

    `groups`: the groups of fields that it tells of; none stands for all.
    """

    sign: re.Pattern[str]
    no_sign: re.Pattern[str] | None
    worth: int
    groups: frozenset[str]

    def count(self, text: str) -> int:
        """How often it is met; negative for what is better met seldom."""
        no_signs = len(self.no_sign.findall(text)) if self.no_sign else 0
        return self.worth * (len(self.sign.findall(text)) - no_signs)


def marks(text: str, group: str) -> list[int]:
    """What each mark says of a text of a group of fields, the weightiest first: more is better."""
    return [mark.count(text) if not mark.groups or group in mark.groups else 0 for mark in _marks()]


@cache
def _marks() -> tuple[Mark, ...]:
    return tuple(
        Mark(
            re.compile(one["pattern"]),
            re.compile(one["except"]) if "except" in one else None,
            1 if one["better"] == "more" else -1,
            frozenset(one.get("groups", ())),
        )
        for one in read_toml(PRESET)["marks"]
    )
