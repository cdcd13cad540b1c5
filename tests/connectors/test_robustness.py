"""Whatever a file holds, a connector gives rows or one sentence: no traceback, no hang, no abort."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from tests.apart import Reader
from tests.mutants import mutants

from unify.connector import installed, load

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ROOT / ".." / "shared" / "data" / "formats"
EXAMPLE = ROOT / "examples" / "officine-bianchi"
SOURCES = ("*.csv", "*.db", "*.xlsx")

real = [
    pytest.mark.real,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine"),
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as started:
        yield started


def _real_files() -> list[Path]:
    return sorted(file for file in FORMATS.rglob("*") if file.is_file())


def _example_files() -> list[Path]:
    return sorted(file for pattern in SOURCES for file in EXAMPLE.glob(pattern))


def _finders(file: Path) -> list[str]:
    return [name for name in installed() if list(load(name, where="test").find(str(file)))]


def _assert_sound(
    reader: Reader, files: Sequence[Path], count: int, seed: int, folder: Path
) -> None:
    """That damaged copies of files do no harm to those who read the files."""
    finders: dict[Path, list[str]] = {}
    faults = {}
    for mutant in mutants(files, count, seed):
        if mutant.of not in finders:
            finders[mutant.of] = _finders(mutant.of)
        copy = folder / f"copy{mutant.of.suffix}"
        copy.write_bytes(mutant.content)
        outcome = reader.outcome(str(copy), finders[mutant.of])
        if outcome.faults:
            faults[f"{mutant.of.name}, {mutant.how}"] = outcome.faults
    assert faults == {}


FOLDERS = sorted(folder.name for folder in FORMATS.iterdir()) if FORMATS.is_dir() else ["none"]


@pytest.mark.parametrize("folder", [pytest.param(name, marks=real) for name in FOLDERS])
def test_every_real_file_gives_rows_or_a_sentence(reader: Reader, folder: str) -> None:
    files = [file for file in _real_files() if folder in file.relative_to(FORMATS).parts[:1]]
    faults = {str(file): reader.outcome(str(file)).faults for file in files}
    assert files
    assert {file: told for file, told in faults.items() if told} == {}


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=real) for seed in range(4)])
def test_damaged_real_files_do_no_harm(reader: Reader, seed: int, tmp_path: Path) -> None:
    _assert_sound(reader, _real_files(), 25, seed, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [pytest.param(seed, marks=real) for seed in range(4, 14)])
def test_many_damaged_real_files_do_no_harm(reader: Reader, seed: int, tmp_path: Path) -> None:
    _assert_sound(reader, _real_files(), 200, seed, tmp_path)


def test_damaged_copies_of_the_example_do_no_harm(reader: Reader, tmp_path: Path) -> None:
    _assert_sound(reader, _example_files(), 40, 1, tmp_path)


def _workbook(file: Path) -> Path:
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["Nome", "Email"])
    return file


def _with_part(file: Path, part: str, content: bytes, folder: Path) -> Path:
    """A copy of a workbook in which one part is another one."""
    changed = folder / "changed.xlsx"
    with (
        zipfile.ZipFile(file) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return changed


SHEET = "xl/worksheets/sheet1.xml"
MAIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
MALICIOUS = {
    "a zip bomb": MAIN.encode() + b" " * 100_000_000,
    "a cell of zeros": (MAIN + '<row r="1"><c r="A1" t="inlineStr"><is><t>').encode() + b"0" * 100_000_000,
    "an XML bomb": (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>{MAIN}<row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row></sheetData></worksheet>'
    ).encode(),
    "two cells far apart": (
        f'{MAIN}<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("what", MALICIOUS)
def test_a_malicious_spreadsheet_gets_a_sentence(reader: Reader, what: str, tmp_path: Path) -> None:
    file = _with_part(_workbook(tmp_path / "a.xlsx"), SHEET, MALICIOUS[what], tmp_path)
    outcome = reader.outcome(str(file), ["spreadsheet"])
    assert outcome.faults == ()
    assert "spreadsheet: after 0 rows" in outcome.told[0]


@pytest.mark.parametrize("name", ["a\nb.csv", "a\nb.xlsx", "a\x1b[31m.csv"])
def test_an_odd_name_is_no_harm(reader: Reader, name: str, tmp_path: Path) -> None:
    try:
        (tmp_path / name).write_bytes(b"Nome;Email\nAnna;a@x.it\n")
    except OSError:
        pytest.skip("this system has no such names")
    outcome = reader.outcome(str(tmp_path / name))
    assert (outcome.faults, outcome.told) == ((), ("csv: 1 rows",))


@pytest.mark.soak
def test_a_line_of_a_gigabyte_gets_a_sentence(reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "line.csv"
    with file.open("wb") as stream:
        stream.write(b"Nome;Email\n" + b"Anna;a@x.it\n" * 50_000)
        for _ in range(1_000):
            stream.write(b"x" * 1_000_000)
    if shutil.disk_usage(tmp_path).free < 100_000_000 or file.stat().st_size < 10**9:
        pytest.skip("there is no room for such a file")
    outcome = reader.outcome(str(file))
    assert outcome.faults == ()
    assert "a line is longer than 16 MB" in outcome.told[0]
