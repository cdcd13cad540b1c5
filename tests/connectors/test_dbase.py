"""dBase and FoxPro tables: memos, code pages, deleted records, damage."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import dbf
import dbfread
import pytest
from tests.mutants import mutants

from unify.connector import Batch
from unify.errors import ConnectorError
from unify_connectors.dbase import DBase

PEOPLE = "COD C(6); NOME C(20); NATO D; SALDO N(10,2); ATTIVO L; NOTE M"
ROWS = (
    ("000012", "Nicolò Ferrè", datetime.date(1964, 2, 29), 12.5, True, "Chiamare di pomeriggio."),
    ("000013", "Perù s.r.l.", None, None, None, ""),
    ("000014", "Città Alta", datetime.date(2001, 12, 3), -3, False, "Riga uno\r\nriga due"),
)


def written(
    file: Path,
    rows: Sequence[Sequence[Any]] = ROWS,
    *,
    kind: str = "db3",
    page: str = "cp850",
    fields: str = PEOPLE,
) -> Path:
    """A table as such a program would have written it."""
    table = dbf.Table(str(file), fields, dbf_type=kind, codepage=page)
    with table.open(dbf.READ_WRITE):
        for row in rows:
            table.append(tuple(row))
    return file


def read(file: Path, **settings: Any) -> list[Batch]:
    return list(DBase(file, **settings).read())


def rows_of(file: Path, **settings: Any) -> list[dict[str, str | None]]:
    return [row for batch in read(file, **settings) for row in batch.records.to_pylist()]


def test_each_type_is_text_as_people_write_it(tmp_path: Path) -> None:
    first, second, third = rows_of(written(tmp_path / "clienti.dbf"))
    assert first == {
        "COD": "000012", "NOME": "Nicolò Ferrè", "NATO": "1964-02-29", "SALDO": "12.50", "ATTIVO": "true",
        "NOTE": "Chiamare di pomeriggio.",
    }  # fmt: skip
    assert second == dict.fromkeys(first) | {"COD": "000013", "NOME": "Perù s.r.l."}
    assert (third["SALDO"], third["ATTIVO"], third["NOTE"]) == (
        "-3.00",
        "false",
        "Riga uno\r\nriga due",
    )


@pytest.mark.parametrize("kind", ["db3", "fp", "vfp"])
@pytest.mark.parametrize("page", ["cp437", "cp850", "cp1252"])
def test_the_mark_tells_the_code_page_of_table_and_memo(
    kind: str, page: str, tmp_path: Path
) -> None:
    rows = [("1", "Nicolò Ferrè", None, None, None, "È tardi".lower())]
    file = written(tmp_path / "a.dbf", rows, kind=kind, page=page)
    if kind != "db3":
        # The library points to a memo of FoxPro, and does not write it.
        text = "è tardi".encode(page)
        with file.with_suffix(".fpt").open("ab") as memos:
            memos.write(struct.pack(">II", 1, len(text)) + text)
    (row,) = rows_of(file)
    assert (row["NOME"], row["NOTE"]) == ("Nicolò Ferrè", "è tardi")


def _without_mark(file: Path) -> Path:
    content = bytearray(file.read_bytes())
    content[29] = 0
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("page", ["cp850", "cp1252"])
def test_without_a_mark_the_letters_tell(page: str, tmp_path: Path) -> None:
    rows = [
        (str(i), name, None, None, None, "")
        for i, name in enumerate(["Nicolò", "Perù", "Società", "Ferrè"])
    ]
    file = _without_mark(written(tmp_path / "a.dbf", rows, page=page))
    assert [row["NOME"] for row in rows_of(file)] == ["Nicolò", "Perù", "Società", "Ferrè"]


def test_a_wrong_mark_can_be_overruled(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf", page="cp1252")
    content = bytearray(file.read_bytes())
    content[29] = 0x02
    file.write_bytes(content)
    assert rows_of(file)[0]["NOME"] != "Nicolò Ferrè"
    assert rows_of(file, encoding="cp1252")[0]["NOME"] == "Nicolò Ferrè"


def test_deleted_records_are_set_aside_and_numbers_stay(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf")
    content = bytearray(file.read_bytes())
    first, size = int.from_bytes(content[8:10], "little"), int.from_bytes(content[10:12], "little")
    content[first + size] = ord("*")
    file.write_bytes(content)
    (batch,) = read(file, record_number="record")
    assert batch.locations.to_pylist() == ["a.dbf record 1", "a.dbf record 3"]
    assert batch.records["record"].to_pylist() == ["1", "3"]
    (gone,) = batch.set_aside
    assert (gone.location, gone.reason) == ("a.dbf record 2", "deleted in the table")
    assert "Perù" in gone.content


@pytest.mark.parametrize("name", ["CLIENTI.DBT", "Clienti.dbt"])
def test_the_memo_file_is_found_whatever_its_case(name: str, tmp_path: Path) -> None:
    file = written(tmp_path / "clienti.dbf")
    file.with_suffix(".dbt").rename(tmp_path / name)
    assert rows_of(file)[0]["NOTE"] == "Chiamare di pomeriggio."


def test_a_missing_memo_file_is_told_and_the_rest_read(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf")
    file.with_suffix(".dbt").unlink()
    (batch,) = read(file)
    assert batch.records.num_rows == 3
    assert [(one.location, "memo file" in one.reason) for one in batch.set_aside] == [
        ("a.dbf NOTE", True)
    ]


def test_a_file_that_ends_too_soon_says_what_is_missing(tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.dbf", fields="COD C(6); NOME C(20)", rows=[row[:2] for row in ROWS]
    )
    file.write_bytes(file.read_bytes()[: -1 - 27 - 10])
    told = [aside for batch in read(file) for aside in batch.set_aside]
    assert [row["COD"] for row in rows_of(file)] == ["000012"]
    assert [aside.reason for aside in told] == [
        "the file ends within the record",
        "the file ends here: 1 records are missing",
    ]


def test_records_that_the_head_does_not_count_are_read(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf")
    content = bytearray(file.read_bytes())
    content[4:8] = (1).to_bytes(4, "little")
    file.write_bytes(content)
    assert len(rows_of(file)) == 3


def test_a_number_that_did_not_fit_is_missing_alone(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf")
    file.write_bytes(file.read_bytes().replace(b"     12.50", b"**********"))
    assert rows_of(file)[0] | {"SALDO": None} == rows_of(file)[0]


def _dbase_4(folder: Path, memo: bytes, block: int) -> Path:
    """A table of dBase IV, whose memos stand in blocks of a size that the memo file says."""
    field = b"NOTE".ljust(11, b"\0") + b"M" + bytes(4) + bytes([10, 0]) + bytes(14)
    head = (
        bytes([0x8B, 99, 1, 1])
        + (1).to_bytes(4, "little")
        + (65).to_bytes(2, "little")
        + (11).to_bytes(2, "little")
    )
    file = folder / "a.dbf"
    file.write_bytes(
        head.ljust(29, b"\0") + b"\x02\0\0" + field + b"\r" + b" " + b"1".rjust(10) + b"\x1a"
    )
    start = bytes(20) + block.to_bytes(2, "little")
    text = b"\xff\xff\x08\x00" + (len(memo) + 8).to_bytes(4, "little") + memo
    file.with_suffix(".dbt").write_bytes(start.ljust(block, b"\0") + text.ljust(block, b"\0"))
    return file


def test_memos_of_dbase_4_stand_in_blocks_of_any_size(tmp_path: Path) -> None:
    file = _dbase_4(tmp_path, "Però".encode("cp850"), 1024)
    assert rows_of(file) == [{"NOTE": "Però"}]
    assert [row["NOTE"] for row in dbfread.DBF(str(file))] != ["Però"]


def test_an_autonumber_is_the_key(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf", [("Anna",)], kind="vfp", fields="NOME C(20)")
    assert [finding.key for finding in DBase.find(str(file))] == [()]
    numbered = tmp_path / "b.dbf"
    content = bytearray(
        written(numbered, [(7, "Anna")], kind="vfp", fields="NUM I; NOME C(20)").read_bytes()
    )
    content[32 + 18] = 0x0C
    numbered.write_bytes(content)
    assert [finding.key for finding in DBase.find(str(numbered))] == [("NUM",)]
    assert rows_of(numbered) == [{"NUM": "7", "NOME": "Anna"}]


def test_a_last_field_of_no_length_is_empty(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf", fields="A C(6); B C(4)", rows=[("Anna", "x"), ("Ugo", "y")])
    content = bytearray(file.read_bytes())
    content[32 + 16], content[64 + 16] = 10, 0
    file.write_bytes(content)
    assert rows_of(file) == [{"A": "Anna  x", "B": None}, {"A": "Ugo   y", "B": None}]


def test_a_table_of_dbase_7_says_so(tmp_path: Path) -> None:
    file = written(tmp_path / "a.dbf")
    file.write_bytes(b"\x04" + file.read_bytes()[1:])
    with pytest.raises(ConnectorError, match="dBase 7"):
        read(file)


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="unknown encoding 'cp8500'"):
        read(written(tmp_path / "a.dbf"), encoding="cp8500")


def _copies(table: Path, folder: Path, count: int, seed: int) -> Iterator[Path]:
    """Damaged copies of a table, or of its memos, beside the other one as it is."""
    for mutant in mutants([table, table.with_suffix(".dbt")], count, seed):
        for file in (table, table.with_suffix(".dbt")):
            copy = folder / f"copy{file.suffix}"
            copy.write_bytes(mutant.content if file == mutant.of else file.read_bytes())
        yield folder / "copy.dbf"


@pytest.mark.parametrize("count", [100, pytest.param(1_000, marks=pytest.mark.soak)])
def test_damaged_tables_and_memos_give_rows_or_a_sentence(count: int, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    read_or_told = 0
    for copy in _copies(written(tmp_path / "a.dbf"), tmp_path / "copies", count, 5):
        with suppress(ConnectorError):
            read(copy)
        read_or_told += 1
    assert read_or_told == count


FORMATS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "formats"
real = [
    pytest.mark.real,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine"),
]
TABLES = ["dbf_infused/dbase_03", "dbf_infused/dbase_30", "dbf_infused/dbase_83"]


@pytest.mark.parametrize("table", [pytest.param(name, marks=real) for name in TABLES])
def test_real_tables_have_the_records_and_fields_of_their_summary(table: str) -> None:
    """What differs on purpose: a second field of a name is renamed (`Point_ID_2`); pictures (`G`)
    are left out."""
    lines = (FORMATS / f"{table}_summary.txt").read_text().splitlines()
    count = next(int(line.split(":")[1]) for line in lines if line.startswith("Records:"))
    ruled = next(at for at, line in enumerate(lines) if line.startswith("----"))
    said = [line.split() for line in lines[ruled + 1 :] if line.strip()]
    rows = rows_of(FORMATS / f"{table}.dbf")
    assert len(rows) == count
    names = [name.removesuffix("_2") if name == "Point_ID_2" else name for name in rows[0]]
    assert names == [name for name, kind, *_ in said if kind != "G"]


@pytest.mark.parametrize("number", [pytest.param(number, marks=real) for number in (0, 9)])
def test_real_records_and_memos_are_as_expected(number: int) -> None:
    """What differs on purpose: numbers keep the digits that the table shows (`0.00` for `0.0`)."""
    row = rows_of(FORMATS / "dbf_infused" / "dbase_83.dbf")[number]
    said = (FORMATS / "dbf_infused" / f"dbase_83_record_{number}.yml").read_text()
    spaced = " ".join(said.replace("\\r\\n", " ").replace("\\\n", " ").split())
    for field in ("ID", "NAME", "IMAGE", "TAXABLE", "ACTIVE"):
        assert f"- {row[field]}" in spaced
    # YAML parts long lines anywhere.
    plain = spaced.replace('\\"', '"')
    assert "".join((row["DESC"] or "").split()) in "".join(plain.split())


@pytest.mark.parametrize(
    "table", [pytest.param(name, marks=real) for name in ["dbf_dbfread/memotest"]]
)
def test_real_deleted_records_are_set_aside(table: str) -> None:
    (batch,) = read(FORMATS / f"{table}.dbf")
    assert batch.records["MEMO"].to_pylist() == ["Alice memo", "Bob memo"]
    assert [one.reason for one in batch.set_aside] == ["deleted in the table"]
