"""libphonenumber's rules as regular expressions over all regions, for SQL to settle phones by.

Each region's alternative begins with the region, so that one expression judges a whole column:
`IT 0212345678` or, where a type of number has lengths of its own, `IT 0212345678 10`.
libphonenumber keeps its patterns within RE2 (no lookaround), which is what DuckDB runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from unify.presets import read_toml

# The types that are neither landline nor mobile, before and after the library asks for pagers.
_SPECIAL: Final = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number")
_COMPANY: Final = ("uan", "voicemail")
# Words beside a number that say nothing of its type.
_SILENT: Final = ("t", "tel", "telef", "telefon", "telefono", "telephone", "phone", "ph")
# One digit over and over, zeros before it or not.
_ONE_DIGIT: Final = "0*(?:1*|2*|3*|4*|5*|6*|7*|8*|9*)"


@dataclass(frozen=True, slots=True)
class _Region:
    """A region of the library, and its turn among those that share its country code."""

    name: str
    code: int
    turn: int
    # Rules are typed as if each could be missing; every region has a general description.
    rules: Any

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(self.rules.general_desc.possible_length)


_Pattern = Callable[[_Region], str | None]


@cache
def bound() -> dict[str, Any]:
    """What `settled_phone.sql` is bound to: patterns by name, and the list of `regions`."""
    words = read_toml("countries/phones.toml")["words"]
    return {
        "regions": _claims(),
        "junk": _either((*read_toml("junk.toml")["phones"], _ONE_DIGIT)),
        "silent_word": _either(_SILENT),
        "type_word": _either(words["mobile"] + words["landline"]),
        "fax_word": _either(words["fax"]),
        "country_code": f"^(?:{_either(COUNTRY_CODE_TO_REGION_CODE)})",
        "international_prefix": _prefix(lambda region: region.rules.international_prefix),
        "national_prefix": _prefix(_dropped_prefix),
        "rewritten_prefix": _prefix(_rewritten_prefix),
        "leading_digits": _prefix(lambda region: region.rules.leading_digits),
        "claimed_before": _prefix(_claimed_before),
        "general": _whole(lambda region: region.rules.general_desc.national_number_pattern),
        "long_enough": _whole(lambda region: f"{_possible(region)}|{_too_long(region)}"),
        "too_long": _whole(_too_long),
        "national": _of_type("general_desc"),
        "special": _of_type(*_SPECIAL),
        "pager": _of_type("pager"),
        "company": _of_type(*_COMPANY),
        "landline": _of_type("fixed_line"),
        "mobile": _of_type("mobile"),
    }


def _claims() -> list[dict[str, Any]]:
    """Every region, with how it claims a number of a country code that others share."""
    return [
        {
            "region": region.name,
            "code": str(region.code),
            "turn": region.turn,
            "shared": len(COUNTRY_CODE_TO_REGION_CODE[region.code]) > 1,
            "by_leading_digits": region.rules.leading_digits is not None,
        }
        for region in _regions()
    ]


@cache
def _regions() -> tuple[_Region, ...]:
    """Every region in the library's order; a code that is no country's is its own region."""
    return tuple(
        _Region(str(code), code, 0, PhoneMetadata.metadata_for_nongeo_region(code))
        if name == "001"
        else _Region(name, code, turn, PhoneMetadata.metadata_for_region(name))
        for code, names in COUNTRY_CODE_TO_REGION_CODE.items()
        for turn, name in enumerate(names)
    )


def _whole(pattern: _Pattern) -> str:
    patterns = ((region.name, pattern(region)) for region in _regions())
    return "|".join(f"{name} (?:{of_region})" for name, of_region in patterns if of_region)


def _prefix(pattern: _Pattern) -> str:
    return f"^(?:{_whole(pattern)})"


def _of_type(*types: str) -> str:
    """Numbers of any of some types, each type with its own lengths."""

    def of_region(region: _Region) -> str:
        numbers = (getattr(region.rules, type_) for type_ in types)
        return "|".join(
            f"(?:{of_type.national_number_pattern}) (?:{_either(of_type.possible_length)})"
            for of_type in numbers
            if of_type
        )

    return _whole(of_region)


def _dropped_prefix(region: _Region) -> str | None:
    rewritten = region.rules.national_prefix_transform_rule
    return None if rewritten else region.rules.national_prefix_for_parsing


def _rewritten_prefix(region: _Region) -> str | None:
    rewritten = region.rules.national_prefix_transform_rule
    return region.rules.national_prefix_for_parsing if rewritten else None


def _claimed_before(region: _Region) -> str:
    """The leading digits of the regions that share the code and are asked before this one."""
    return _either(
        other.rules.leading_digits
        for other in _regions()
        if other.code == region.code and other.turn < region.turn and other.rules.leading_digits
    )


def _possible(region: _Region) -> str:
    return _either(rf"\d{{{length}}}" for length in region.lengths)


def _too_long(region: _Region) -> str:
    return rf"\d{{{max(region.lengths) + 1},}}"


def _either(patterns: Iterable[object]) -> str:
    return "|".join(map(str, patterns))
