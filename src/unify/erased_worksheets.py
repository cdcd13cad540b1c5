"""Worksheets without a person: the cases that show one are blanked, what cannot be read goes.

A spreadsheet is changed within its own parts, so that everything else in it (what reviewers have
filled in, protection, widths) stays as it is.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

from unify.erasures import Person

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_ROW = re.compile(r"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row>)", re.S)
_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_TEXT = re.compile(r"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.S)
_VALUE = re.compile(r"<(?:\w+:)?v\b[^>]*>(.*?)</(?:\w+:)?v>", re.S)
_ITEM = re.compile(r"<((?:\w+:)?)si\b[^>]*?(?:/>|>.*?</\1si>)", re.S)
_COMMENTS = re.compile(r"xl/(?:comments|threadedComments)[^/]*(?:/[^/]+)?\.xml")


def clean(folder: Path, person: Person) -> list[str]:
    """Take a person out of every worksheet in a folder; say which ones, and how."""
    if not folder.is_dir():
        return []
    done = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        said = _cleaned(file, person)
        if said:
            done.append(f"{file.relative_to(folder.parent).as_posix()}: {said}")
    return done


def _cleaned(file: Path, person: Person) -> str:
    try:
        if file.suffix.lower() == ".csv":
            return _clean_csv(file, person)
        if file.suffix.lower() in (".xlsx", ".xlsm"):
            return _clean_xlsx(file, person)
        held = _tells(_readable(file), person)
    except (OSError, ValueError, KeyError, csv.Error, zipfile.BadZipFile):
        held = True
    if held:
        file.unlink()
        return "removed, for nobody but its program can take a row out of it"
    return ""


def _clean_csv(file: Path, person: Person) -> str:
    raw = file.read_bytes()
    text = raw.decode("utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    gone = _of_cases(rows, [number for number, row in enumerate(rows) if _shows(row, person)])
    if not gone:
        return ""
    written = io.StringIO(newline="")
    ending = "\r\n" if "\r\n" in text else "\n"
    csv.writer(written, delimiter=delimiter, lineterminator=ending).writerows(
        row for number, row in enumerate(rows) if number not in gone
    )
    mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
    _put(file, (mark + written.getvalue()).encode())
    return _said(len(gone))


def _clean_xlsx(file: Path, person: Person) -> str:
    with zipfile.ZipFile(file) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    texts = {info.filename: raw.decode("utf-8") for info, raw in parts.items() if _is_text(info)}
    strings = ["".join(map(_plain, _TEXT.findall(item.group()))) for item in
               _ITEM.finditer(texts.get(_STRINGS, ""))]  # fmt: skip
    count = 0
    for name in [name for name in texts if _SHEET.fullmatch(name)]:
        texts[name], blanked = _blanked(texts[name], strings, person)
        count += blanked
    if _STRINGS in texts:
        texts[_STRINGS] = _unused_blanked(texts)
    for name, text in texts.items():
        if not _SHEET.fullmatch(name) and name != _STRINGS and _tells(unescape(text), person):
            if not _COMMENTS.fullmatch(name):
                raise ValueError(name)
            texts[name] = _TEXT.sub("<t/>", text)
            count += 1
    if not count:
        return ""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, raw in parts.items():
            archive.writestr(info, texts.get(info.filename, raw))
    _put(file, packed.getvalue())
    return _said(count)


def _blanked(sheet: str, strings: list[str], person: Person) -> tuple[str, int]:
    """A sheet whose rows of the cases that show the person are empty; how many these are."""
    rows = [_cells(row.group(3) or "", strings) for row in _ROW.finditer(sheet)]
    gone = _of_cases(rows, [number for number, row in enumerate(rows) if _shows(row, person)])
    if not gone:
        return sheet, 0
    numbers = iter(range(len(rows)))

    def emptied(row: re.Match[str]) -> str:
        return f"<{row[1]}row{row[2]}/>" if next(numbers) in gone else row.group()

    return _ROW.sub(emptied, sheet), len(gone)


def _cells(row: str, strings: list[str]) -> list[str]:
    cells = []
    for cell in _CELL.finditer(row):
        attributes, content = cell.group(1), cell.group(2) or ""
        value = _VALUE.search(content)
        if 't="s"' in attributes and value:
            cells.append(strings[int(value.group(1))])
        else:
            found = _TEXT.findall(content)
            cells.append(
                "".join(map(_plain, found)) if found else _plain(value[1] if value else "")
            )
    return cells


def _unused_blanked(texts: dict[str, str]) -> str:
    """The strings that cells share, those that no cell shows any more without content."""
    used = {
        int(value[1])
        for name, text in texts.items() if _SHEET.fullmatch(name)
        for cell in _CELL.finditer(text) if 't="s"' in cell.group(1)
        if (value := _VALUE.search(cell.group(2) or ""))
    }  # fmt: skip
    numbers = iter(range(len(_ITEM.findall(texts[_STRINGS]))))

    def kept(item: re.Match[str]) -> str:
        return (
            item.group() if next(numbers) in used else f"<{item[1]}si><{item[1]}t/></{item[1]}si>"
        )

    return _ITEM.sub(kept, texts[_STRINGS])


def _of_cases(rows: list[list[str]], shown: Iterable[int]) -> set[int]:
    """Those rows, and all others of their cases: half a case asks nothing."""
    gone = set(shown) - {0}
    column = next((i for i, name in enumerate(rows[0]) if name in ("case", "caso")), None) \
        if rows else None  # fmt: skip
    if column is None:
        return gone
    cases = {rows[number][column] for number in gone if len(rows[number]) > column}
    of_cases = {n for n, row in enumerate(rows) if n and len(row) > column and row[column] in cases}
    return gone | (of_cases if "" not in cases else set())


def _shows(row: list[str], person: Person) -> bool:
    if set(row).intersection((*person.records, *person.customers)):
        return True
    keys = {tuple(record.split(":", 1)) for record in person.records}
    pairs = pairwise(row)
    return any(pair in keys for pair in pairs) or _tells("\n".join(row), person)


def _tells(text: str, person: Person) -> bool:
    folded = text.casefold()
    return any(mark in folded for mark in person.marks) or any(
        one.casefold() in folded for one in person.customers
    )


def _readable(file: Path) -> str:
    """All that stands in a file, in a zip's parts as well."""
    raw = [file.read_bytes()]
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            raw = [archive.read(info) for info in archive.infolist()]
    return "\n".join(unescape(text) for part in raw for text in _decoded(part))


def _decoded(raw: bytes) -> Iterator[str]:
    yield raw.decode("utf-8", "replace")
    yield raw.decode("utf-16-le", "replace")


def _is_text(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith((".xml", ".rels", ".vml"))


def _plain(text: str) -> str:
    return unescape(text)


def _put(file: Path, content: bytes) -> None:
    beside = file.with_name(f".{file.name}.part")
    beside.write_bytes(content)
    beside.chmod(file.stat().st_mode & 0o777)
    os.replace(beside, file)  # noqa: PTH105


def _said(rows: int) -> str:
    return f"{rows} rows of cases that showed the person were taken out"
