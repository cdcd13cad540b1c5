"""How matching is put into words, by language: the words stand in `configs/wording`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from unify.presets import read_toml

VALUES_SHOWN = 3
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a language."""

    texts: Mapping[str, Mapping[str, Any]]

    def comparison(self, name: str) -> str:
        """What is compared."""
        return str(self.texts["comparisons"].get(name, _own(name)))

    def level(self, name: str) -> str:
        """How far it agrees."""
        return str(self.texts["levels"].get(name, name))

    def reason(self, name: str) -> str:
        """Why a pair did not join."""
        return str(self.texts["reasons"].get(name, name))

    def field(self, name: str) -> str:
        """A field, as a worksheet heads its column."""
        return str(self.texts["fields"].get(name, name))

    def keys(self, rule: str) -> str:
        """The keys of a blocking rule."""
        known = self.texts["keys"]
        names = (key.removesuffix("[]") for key in rule.split(" + "))
        return " + ".join(str(known.get(name, _own(name))) for name in names)

    def text(self, table: str, key: str, **facts: object) -> str:
        """A sentence, with what it tells filled in."""
        return str(self.texts[table][key]).format(**facts)

    def values(
        self, comparison: str, left: Mapping[str, Any], right: Mapping[str, Any]
    ) -> tuple[str, str]:
        """What two records hold of what is compared: what both hold, where they hold any alike."""
        columns = [c for c in self.texts["shows"].get(comparison, [comparison]) if c in left]
        pairs = [(_listed(left[column]), _listed(right[column])) for column in columns]
        both = [value for one, other in pairs for value in one if value in other]
        if both:
            return _joined(both), _joined(both)
        return _joined(v for one, _ in pairs for v in one), _joined(v for _, o in pairs for v in o)


def wording(language: str = ENGLISH) -> Wording:
    """The words of a language."""
    return Wording(read_toml(f"wording/{language}.toml"))


def _own(name: str) -> str:
    """A field of one's own goes by the name that it was given."""
    return name.removeprefix("own_").replace("_", " ")


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _joined(values: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(values))
    more = " …" if len(distinct) > VALUES_SHOWN else ""
    # Addresses are compared as parts beside one another.
    return ", ".join(value.replace("|", " ") for value in distinct[:VALUES_SHOWN]) + more
