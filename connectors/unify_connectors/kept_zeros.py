"""The zeros that number formats of a spreadsheet show: a postcode 187 under `00000` is 00187.

The reader of spreadsheets gives numbers without their format, so it is looked up here, for
the few workbooks whose formats keep zeros.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree

Cells = Mapping[tuple[int, int], str]
"""The number format of each cell whose zeros count, by row and column from 0."""

_TOKEN: Final = re.compile(r'"([^"]*)"|\\(.)|_.|([0#?])|([ ()/+-])')
_SPECIAL: Final = re.compile(r"\[(?![<>=])[^\]]*\]")
_CHUNK: Final = 1 << 20
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LONGEST_REPEAT: Final = 1_000


def shown_number(value: float, code: str) -> str | None:
    """A whole number as its format shows it; None where the format says nothing of zeros."""
    tokens = _tokens(code)
    if not tokens or value < 0 or value != int(value):
        return None
    digits = list(str(int(value)))
    places = sum(is_place for _, is_place in tokens)
    written: list[str] = []
    for sign, is_place in reversed(tokens):
        if not is_place:
            written.append(sign)
            continue
        places -= 1
        written.append(digits.pop() if digits else "0" * (sign == "0"))
        while digits and not places:
            written.append(digits.pop())
    return "".join(reversed(written)).strip()


def _tokens(code: str) -> list[tuple[str, bool]]:
    """The signs of a format and whether each is a place for a digit; none if it keeps no zeros."""
    first = _SPECIAL.sub("", code.split(";", maxsplit=1)[0])
    tokens, at = [], 0
    while at < len(first):
        token = _TOKEN.match(first, at)
        if not token:
            return []
        quoted, escaped, place, sign = token.groups()
        tokens.append((place or quoted or escaped or sign or "", bool(place)))
        at = token.end()
    return tokens if sum(token == ("0", True) for token in tokens) > 1 else []


@dataclass(frozen=True, slots=True)
class KeptZeros:
    """A workbook's cells whose number format keeps zeros."""

    file: Path

    def of(self, sheet: str) -> Cells:
        """Those of a sheet; none where the workbook cannot tell."""
        try:
            with zipfile.ZipFile(self.file) as archive:
                names = set(archive.namelist())
                if "xl/styles.xml" in names:
                    return dict(_of_excel(archive, sheet))
                if "content.xml" in names:
                    return dict(_of_opendocument(archive, sheet))
        except (zipfile.BadZipFile, OSError, ElementTree.ParseError, LookupError, ValueError):
            pass
        return {}


def _of_excel(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    styles = _styles(archive.read("xl/styles.xml").decode())
    part = _part(archive, sheet) if styles else None
    if part is None:
        return
    with archive.open(part) as stream:
        for tag in _cell_tags(stream):
            attributes = dict(re.findall(r'\b(r|s)="([^"]*)"', tag))
            code = styles.get(attributes.get("s", ""))
            if code and (at := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", attributes.get("r", ""))):
                yield (int(at[2]) - 1, _column(at[1])), code


def _styles(text: str) -> dict[str, str]:
    """The cell styles whose number format keeps zeros, by index."""
    codes = {}
    for tag in re.findall(r"<(?:\w+:)?numFmt\s[^>]*>", text):
        attributes = dict(re.findall(r'\b(numFmtId|formatCode)="([^"]*)"', tag))
        code = unescape(attributes.get("formatCode", ""))
        if _tokens(code):
            codes[attributes.get("numFmtId", "")] = code
    used = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    formats = re.findall(r'<(?:\w+:)?xf\s[^>]*?numFmtId="(\d+)"', used[0]) if used else []
    return {str(i): codes[number] for i, number in enumerate(formats) if number in codes}


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file of a sheet within the workbook."""
    workbook = archive.read("xl/workbook.xml").decode()
    links = archive.read("xl/_rels/workbook.xml.rels").decode()
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", workbook):
        attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        if unescape(attributes.get("name", "")) == sheet:
            link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            for relation in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
                said = dict(re.findall(r'(\w+)="([^"]*)"', relation))
                if said.get("Id") == link:
                    target = said.get("Target", "")
                    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _cell_tags(stream: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        text, _, rest = (rest + chunk).rpartition(b"<")
        rest = b"<" + rest
        for tag in re.findall(rb"<(?:\w+:)?c\s[^>]*>", text):
            yield tag.decode()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _of_opendocument(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    """What a cell shows stands beside its number: digits that begin with a zero."""
    styles = b"".join(archive.read(name) for name in ("content.xml", "styles.xml") if name)
    if not re.search(rb'min-integer-digits="(?:[2-9]|\d\d)', styles):
        return
    with archive.open("content.xml") as stream:
        row = column = 0
        within = False
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                within, row = element.get(f"{_TABLE}name") == sheet, 0
            elif event == "start" and element.tag == f"{_TABLE}table-row":
                column = 0
            elif event == "end" and element.tag in (
                f"{_TABLE}table-cell",
                f"{_TABLE}covered-table-cell",
            ):
                times = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
                shown = "".join(t for p in element.iter(f"{_TEXT}p") for t in p.itertext())
                if (
                    within
                    and element.get(f"{_OFFICE}value-type") == "float"
                    and shown.startswith("0")
                    and shown.isdigit()
                    and len(shown) > 1
                ):
                    for i in range(min(times, _LONGEST_REPEAT)):
                        yield (row, column + i), "0" * len(shown)
                column += times
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                row += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                element.clear()
