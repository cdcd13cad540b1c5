"""What the line of a vCard says: the property, its parameters, its value in parts.

The library for vCards is not used: it hangs on a line with many commas, reads a value up to its
first comma, and wants text before it tells the encoding of a property.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from unify_connectors.text_encoding import SOUND, STRAYS, UNSOUND
from unify_connectors.vcard_lines import OLD

_HEADER: Final = re.compile(rb'((?:"[^"]*"|[^":])*):')
_CUT: Final = re.compile(r'((?:"[^"]*"|[^";])*);?')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_LIST_PARTS: Final = {
    sign: re.compile(rf"((?:\\.|[^\\{sign}])*){sign}?", re.DOTALL) for sign in ";,"
}
_MOST_PARTS: Final = 100


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a card; `types` in small letters, its value still with its escapes."""

    group: str
    name: str
    types: frozenset[str]
    value: str
    old: bool
    """Of a vCard 2.1, in which a comma separates nothing."""

    @property
    def text(self) -> str:
        """The value as one text."""
        return _plain(self.value)

    @property
    def parts(self) -> list[list[str]]:
        """The value's components, each a list of what its commas separate."""
        whole = _split(self.value, ";")
        return [[_plain(part)] if self.old else self._listed(part) for part in whole]

    @property
    def listed(self) -> list[str]:
        """What the value's commas separate."""
        return self._listed(self.value)

    @staticmethod
    def _listed(value: str) -> list[str]:
        return [_plain(item).strip() for item in _split(value, ",")]


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands before a property's colon."""

    group: str
    name: str
    types: frozenset[str]
    charset: str
    quoted_printable: bool


def properties(lines: Sequence[bytes], encoding: str) -> Iterator[Property]:
    """The properties of a card; what a property does not say of its encoding is the file's."""
    old = any(OLD.fullmatch(line) for line in lines)
    for line in lines:
        header, colon, value = _at_colon(line)
        if colon:
            yield _property(header, value, encoding, old=old)


def _at_colon(line: bytes) -> tuple[bytes, bytes, bytes]:
    """A line cut at the first colon that stands in no quotes."""
    match = _HEADER.match(line)
    return (match[1], b":", line[match.end() :]) if match else line.partition(b":")


def _property(header: bytes, value: bytes, encoding: str, *, old: bool) -> Property:
    read = _header(header)
    if read.quoted_printable:
        value = quopri.decodestring(value)
    text = _decoded(value, read.charset, encoding)
    return Property(read.group, read.name, read.types, text, old)


@lru_cache(maxsize=4096)
def _header(written: bytes) -> _Header:
    name, *parameters = _cut(written.decode(errors="replace")) or [""]
    group, _, bare = name.strip().rpartition(".")
    types, settings = _parameters(parameters)
    return _Header(
        group.casefold(),
        # Lotus writes names with an underscore.
        bare.upper().replace("_", "-"),
        frozenset(types),
        settings.get("charset", ""),
        "quoted-printable" in (*types, settings.get("encoding")),
    )


def _parameters(written: Sequence[str]) -> tuple[set[str], dict[str, str]]:
    types, settings = set(), {}
    for parameter in written[:_MOST_PARTS]:
        name, equals, value = parameter.partition("=")
        plain = value.strip().strip('"').casefold()
        if not equals:
            types.add(name.strip().casefold())
        elif name.strip().casefold() == "type":
            types.update(word.strip() for word in plain.split(","))
        else:
            settings[name.strip().casefold()] = plain
    if "pref" in settings:
        types.add("pref")
    return types, settings


def _decoded(value: bytes, charset: str, encoding: str) -> str:
    for name in filter(None, (charset, "utf-8")):
        try:
            return value.decode(name)
        except (LookupError, ValueError):
            continue
    sound = encoding in (SOUND, UNSOUND) or encoding.startswith("utf")
    return value.decode("utf-8", STRAYS) if sound else value.decode(encoding, "replace")


def _cut(header: str) -> list[str]:
    """The header of a line cut at the semicolons that stand in no quotes."""
    return [match[1] for match in _CUT.finditer(header) if match[0]]


def _split(value: str, sign: str) -> list[str]:
    """The value cut at a sign that is not escaped."""
    if "\\" not in value:
        return value.split(sign)[:_MOST_PARTS]
    parts = [match[1] for match in _LIST_PARTS[sign].finditer(value) if match[0]]
    return parts[:_MOST_PARTS]


def _plain(value: str) -> str:
    if "\\" not in value and "\r" not in value:
        return value
    plain = _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
    return plain.replace("\r\n", "\n")
