"""Files of fixed width: EBCDIC, zoned and packed numbers, lines or none, and real mainframe files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from unify.connector import Batch
from unify.errors import ConfigError
from unify_connectors.fixed_width import FixedWidth

LAYOUT = [
    {"name": "COD", "start": 1, "length": 6, "kind": "zoned"},
    {"name": "NOME", "start": 7, "length": 20},
    {"name": "SALDO", "start": 27, "length": 5, "kind": "zoned"},
]
PEOPLE = [
    ("000012", "NICOLÒ FERRÈ", "0012C"),
    ("000013", "Perù & C.", "0000}"),
    ("000014", "Città", "0007L"),
]


def written(file: Path, encoding: str, end: str = "") -> Path:
    import ebcdic  # noqa: F401

    text = "".join(f"{code}{name:<20}{amount}{end}" for code, name, amount in PEOPLE)
    file.write_bytes(text.encode(encoding))
    return file


def read(file: Path, encoding: str, layout: Any = LAYOUT, **settings: Any) -> list[Batch]:
    told = {"path": file, "layout": layout, "encoding": encoding, **settings}
    return list(TypeAdapter(FixedWidth).validate_python(told).read())


def rows_of(*args: Any, **settings: Any) -> list[dict[str, str | None]]:
    return [row for batch in read(*args, **settings) for row in batch.records.to_pylist()]


@pytest.mark.parametrize(
    "encoding", ["cp037", "cp273", "cp280", "cp500", "cp1140", "cp1144", "cp850", "cp1252"]
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_text_and_zoned_numbers_are_read_in_any_code_page(
    encoding: str, end: str, tmp_path: Path
) -> None:
    assert rows_of(written(tmp_path / "a.dat", encoding, end), encoding) == [
        {"COD": "000012", "NOME": "NICOLÒ FERRÈ", "SALDO": "00123"},
        {"COD": "000013", "NOME": "Perù & C.", "SALDO": "-00000"},
        {"COD": "000014", "NOME": "Città", "SALDO": "-00073"},
    ]


def test_every_record_has_its_number_as_location(tmp_path: Path) -> None:
    (batch,) = read(written(tmp_path / "a.dat", "cp280"), "cp280", record_number="nr")
    assert batch.locations.to_pylist() == [f"a.dat record {number}" for number in (1, 2, 3)]
    assert batch.records["nr"].to_pylist() == ["1", "2", "3"]


def test_packed_numbers_keep_their_zeros(tmp_path: Path) -> None:
    file = tmp_path / "a.dat"
    file.write_bytes(bytes.fromhex("00123C00045DFFFFFF"))
    layout = [{"name": "N", "start": 1, "length": 3, "kind": "packed"}]
    assert rows_of(file, "cp037", layout) == [{"N": "00123"}, {"N": "-00045"}]


def test_a_file_that_ends_within_a_record_says_so(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dat", "cp280")
    file.write_bytes(file.read_bytes()[:-3])
    (batch,) = read(file, "cp280")
    assert batch.records.num_rows == 2
    assert [(one.location, one.reason) for one in batch.set_aside] == [
        ("a.dat record 3", "the file ends within the record")
    ]


def test_a_line_longer_than_the_layout_is_set_aside(tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", "cp850", "\n")
    file.write_bytes(file.read_bytes() + b"x" * 40 + b"\n")
    (batch,) = read(file, "cp850")
    assert (batch.records.num_rows, len(batch.set_aside)) == (3, 1)


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"layout": []}, "no field"),
        ({"record_length": 10}, "longer than a record"),
        ({"layout": [{"name": "A", "start": 0, "length": 3}]}, "start from 1"),
        ({"encoding": "cp9999"}, "unknown encoding"),
    ],
)
def test_a_layout_that_cannot_be_is_refused(
    settings: dict[str, Any], said: str, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.dat", "cp280")
    with pytest.raises(ConfigError, match=said):
        read(file, **{"encoding": "cp280", **settings})


FORMATS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "formats"


@pytest.mark.real
@pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine")
def test_real_mainframe_records_are_as_expected() -> None:
    """What differs on purpose: AMOUNT is binary, no kind of a contact's value, and not read."""
    folder = FORMATS / "ebcdic_cobrix" / "data"
    layout = [
        {"name": name, "start": start, "length": length}
        for name, start, length in [
            ("CURRENCY", 1, 3),
            ("SIGNATURE", 4, 8),
            ("COMPANY_NAME", 12, 15),
            ("COMPANY_ID", 27, 10),
        ]
    ] + [{"name": "WEALTH_QFY", "start": 37, "length": 1, "kind": "zoned"}]
    file = folder / "test3_data" / "TRAN2.AUG31.DATA.dat"
    lines = (folder / "test3_expected" / "test3.txt").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines if line]
    found = rows_of(file, "cp037", layout, record_length=45)
    assert len(found) == 1000
    for row, said in zip(found, expected, strict=False):
        assert row == {name: str(said[name]) for name in row}
