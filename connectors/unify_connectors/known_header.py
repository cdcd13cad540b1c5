"""Header rows that are a known program's: its language, and the encoding that its words prove."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from unify.presets import read_toml
from unify_connectors.layout import told_layout
from unify_connectors.raw_lines import START
from unify_connectors.text_encoding import EIGHT_BIT, is_binary, told_encoding

_LINES: Final = 50
_WIDE_START: Final = 4096
# What is told from letters elsewhere is western; a header in these proves them.
_OTHERS: Final = ("cp1250", "cp1251", "cp1254", "cp932", "cp936", "cp949", "cp950", "cp1256")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row as a program's: its language, and the English name of each known column."""

    language: str
    english: Mapping[str, str]
    width: int = 0
    encoding: str = ""
    """What the header proves that the file is written in; empty where it proves nothing."""

    @property
    def known(self) -> int:
        """How many columns are known."""
        return len(self.english)

    def is_telling(self, preset: str) -> bool:
        """Whether it names a contact at all."""
        return not set(read_toml(preset)["telling"]).isdisjoint(self.english.values())


def header_of(columns: Sequence[str], preset: str) -> Header:
    """The columns as the program's, in the language that knows most of them."""
    groups = _groups(preset)
    grouped = {c: c for c in columns if groups and groups.fullmatch(c)}
    candidates = [
        Header(
            language, {c: known[c.casefold()] for c in columns if c.casefold() in known} | grouped
        )
        for language, known in _headers(preset).items()
    ]
    return replace(max(candidates, key=lambda header: header.known), width=len(columns))


def header_in(file: Path, preset: str) -> Header:
    """The header of a text file as the program's, in the encoding that knows most of it."""
    with file.open("rb") as stream:
        start = stream.read(START)
    if is_binary(start):
        return Header("", {})
    if b"\0" in start[:_WIDE_START]:
        return _header(_decoded(start, told_encoding(file)), preset)
    if start.isascii():
        return _header(start.decode(), preset)
    candidates = [
        replace(_header(_decoded(start, name), preset), encoding=name if name in _OTHERS else "")
        for name in ("utf-8-sig", *EIGHT_BIT, *_OTHERS)
    ]
    return max(candidates, key=lambda header: header.known)


def _header(text: str, preset: str) -> Header:
    lines = [f"{line}\n" for line in text.splitlines()[:_LINES]]
    layout = None
    with suppress(csv.Error):
        layout = told_layout(lines, None, header=True)
    return header_of(layout.columns, preset) if layout else Header("", {})


def _decoded(start: bytes, encoding: str) -> str:
    """The text of a file's start, which may end within a letter; nothing if it is none."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeError:
        return ""


@cache
def _headers(preset: str) -> dict[str, dict[str, str]]:
    """What each language calls the program's columns, in small letters: their English names."""
    return {
        language: {header.casefold(): english for header, english in headers.items()}
        for language, headers in read_toml(preset)["headers"].items()
    }


@cache
def _groups(preset: str) -> re.Pattern[str] | None:
    """The columns that a program numbers: `Phone 1 - Value`, `Phone 2 - Value`."""
    groups = read_toml(preset).get("groups")
    if not groups:
        return None
    forms = [rf"(?:{'|'.join(g['names'])}) \d+ - (?:{'|'.join(g['parts'])})" for g in groups]
    return re.compile("|".join(forms), re.IGNORECASE)
