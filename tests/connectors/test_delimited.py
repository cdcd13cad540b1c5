from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from unify.connector import Batch
from unify.errors import ConfigError, ConnectorError
from unify_connectors import delimited
from unify_connectors.delimited import DelimitedText


def _batches(folder: Path, text: str | bytes, **settings: Any) -> list[Batch]:
    file = folder / "crm.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(DelimitedText(file, **settings).read())


def _rows(folder: Path, text: str | bytes, **settings: Any) -> list[list[str | None]]:
    """The header, then the records."""
    batches = _batches(folder, text, **settings)
    records = [list(row.values()) for batch in batches for row in batch.records.to_pylist()]
    return [list(batches[0].records.schema.names), *records]


def _lines(batches: list[Batch]) -> list[int]:
    return [int(at.rpartition(" ")[2]) for b in batches for at in b.locations.to_pylist()]


def _set_aside(batches: list[Batch]) -> list[tuple[str, str]]:
    return [(row.location, row.content) for batch in batches for row in batch.set_aside]


@pytest.mark.parametrize(
    "text",
    [
        "Nome,Email,Via\nAnna,a@x.it,Via Roma\n",
        "Nome;Email;Via\nAnna;a@x.it;Via Roma\n",
        "Nome\tEmail\tVia\nAnna\ta@x.it\tVia Roma\n",
        "Nome|Email|Via\nAnna|a@x.it|Via Roma\n",
        "Nome^Email^Via\nAnna^a@x.it^Via Roma\n",
        "Nome~Email~Via\nAnna~a@x.it~Via Roma\n",
        "Nome\x1fEmail\x1fVia\nAnna\x1fa@x.it\x1fVia Roma\n",
        "sep=§\nNome§Email§Via\nAnna§a@x.it§Via Roma\n",
        '"Nome";"Email";"Via"\r\n"Anna";"a@x.it";"Via Roma"\r\n',
        " Nome ; Email ;Via\n Anna;a@x.it ;\u00a0Via Roma\t\n",
        "sep=;\nNome;Email;Via\nAnna;a@x.it;Via Roma\n",
        '"sep=|"\r\nNome|Email|Via\r\nAnna|a@x.it|Via Roma\r\n',
        "Nome;Email;Via\rAnna;a@x.it;Via Roma\r",
        "\ufeffNome;Email;Via\nAnna;a@x.it;Via Roma",
        "\n\n;;\nNome;Email;Via\n\n;;\n  ; ;\nAnna;a@x.it;Via Roma\n;;\n",
        "Elenco clienti\nDitta;Bianchi\n\nNome;Email;Via\nAnna;a@x.it;Via Roma\n",
        "Elenco clienti, aggiornato, 2026\nNome;Email;Via\nAnna;a@x.it;Via Roma\n",
        "1;2;3\nNome;Email;Via\nAnna;a@x.it;Via Roma\n",
        "Nome;Email;Via\nAnna;a@x.it;Via Roma;;;\n",
        "Nome;Email;Via\nAn\0na;a@x.it;Via Roma\n",
    ],
)
def test_many_layouts_of_one_contact(tmp_path: Path, text: str) -> None:
    assert _rows(tmp_path, text) == [["Nome", "Email", "Via"], ["Anna", "a@x.it", "Via Roma"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # Commas in every address are not the delimiter: the header has none.
        (
            "Nome;Via\nAnna;Via Roma, 3, 00100 Roma, RM\nUgo;Via Po, 4, 20100 Milano, MI\n",
            [["Anna", "Via Roma, 3, 00100 Roma, RM"], ["Ugo", "Via Po, 4, 20100 Milano, MI"]],
        ),
        # Amounts with a decimal comma neither.
        ("Nome;Saldo\nAnna;12,50\nUgo;3,10\n", [["Anna", "12,50"], ["Ugo", "3,10"]]),
        ('a,b\n1,"ha ""ha"" ha"\n', [["1", 'ha "ha" ha']]),
        ('a,b\n1,"{""x"": [1, 2]}"\n', [["1", '{"x": [1, 2]}']]),
        ('a;b\n1;5" di tubo\n', [["1", '5" di tubo']]),
        ('a;b\n"x"y;2\n', [["xy", "2"]]),
        ('a;b\n"uno\ndue";2\n3;"\n\n4"\n', [["uno\ndue", "2"], ["3", "4"]]),
        ('a;b\n"uno\r\ndue";2\r\n', [["uno\ndue", "2"]]),
        ("a;b\n1;\n;2\n", [["1", None], [None, "2"]]),
        ('a;b\n1;""\n1;" "\n', [["1", None], ["1", None]]),
        ("a;b\n007;+39 02\n", [["007", "+39 02"]]),
        ("a;b\nNULL;NA\n", [["NULL", "NA"]]),
        ("a;b;c\n1\n1;2\n1;2;3\n", [["1", None, None], ["1", "2", None], ["1", "2", "3"]]),
        ("Email\na@x.it\nb@x.it\n", [["a@x.it"], ["b@x.it"]]),
        ("Email\n\na@x.it\n\n", [["a@x.it"]]),
    ],
)
def test_cells(tmp_path: Path, text: str, rows: list[list[str | None]]) -> None:
    assert _rows(tmp_path, text)[1:] == rows


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Email;Email;email", ["Email", "Email_2", "email_3"]),
        ("Email;Email;Email_2", ["Email", "Email_2", "Email_2_2"]),
        ("Nome;;Email", ["Nome", "column_2", "Email"]),
        ("Nome;column_3;", ["Nome", "column_3", "column_3_2"]),
        ('"Nome\ncompleto";  Via   Roma ;c', ["Nome completo", "Via Roma", "c"]),
    ],
)
def test_no_two_columns_share_a_name(tmp_path: Path, header: str, names: list[str]) -> None:
    assert _rows(tmp_path, f"{header}\n1;2;3\n")[0] == names


def test_a_location_is_the_file_and_the_first_line_of_the_row(tmp_path: Path) -> None:
    text = 'Titolo\n\n"a\nb";c;d\n1;"due\nrighe";x\n\n2;x;y\n3;x\n4;"tre\n\nrighe";x\n5;x;y\n'
    batches = _batches(tmp_path, text)
    assert batches[0].locations[0].as_py() == "crm.csv line 5"
    assert _lines(batches) == [5, 8, 9, 10, 13]


def test_a_row_with_a_cell_too_many_is_set_aside_as_it_is_written(tmp_path: Path) -> None:
    batches = _batches(tmp_path, 'a;b\n1;2\n3;"4;\n5";6\n7;8\n')
    assert _lines(batches) == [2, 5]
    assert _set_aside(batches) == [("crm.csv line 3", '3;"4;\n5";6')]
    assert batches[0].set_aside[0].reason == "3 cells where there are 2 columns"


@pytest.mark.parametrize(
    ("text", "rows", "set_aside"),
    [
        # The mark costs nothing where the line has its cells without it,
        ('a;b\n1;"x\n2;y\n3;z\n', [["1", '"x'], ["2", "y"], ["3", "z"]], []),
        ('a;b\n1;2\n3;"z\n', [["1", "2"], ["3", '"z']], []),
        # and only its own line elsewhere.
        ('a;b\n1;"x;y\n2;y\n', [["2", "y"]], [("crm.csv line 2", '1;"x;y')]),
    ],
)
def test_a_quotation_mark_that_never_closes_costs_one_line_at_most(
    tmp_path: Path, text: str, rows: list[list[str]], set_aside: list[tuple[str, str]]
) -> None:
    batches = _batches(tmp_path, text)
    assert [list(r.values()) for b in batches for r in b.records.to_pylist()] == rows
    assert _set_aside(batches) == set_aside


def test_only_bad_rows_are_still_accounted_for(tmp_path: Path) -> None:
    batches = _batches(tmp_path, "a;b\n1;2;3\n")
    assert [batch.records.num_rows for batch in batches] == [0]
    assert _set_aside(batches) == [("crm.csv line 2", "1;2;3")]


def test_a_header_without_rows_is_one_batch_without_records(tmp_path: Path) -> None:
    (batch,) = _batches(tmp_path, "Nome;Email\n")
    assert batch.records.schema.names == ["Nome", "Email"]
    assert batch.records.num_rows == len(batch.locations) == 0


def test_without_a_header_columns_are_numbered(tmp_path: Path) -> None:
    text = "Anna;Bianchi;a@x.it\nUgo;Rossi;u@x.it\n"
    names, *records = _rows(tmp_path, text, header=False)
    assert names == ["column_1", "column_2", "column_3"]
    assert records == [["Anna", "Bianchi", "a@x.it"], ["Ugo", "Rossi", "u@x.it"]]


def test_a_first_record_is_never_taken_for_a_header(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="no header row") as caught:
        _batches(tmp_path, "Anna;a@x.it\nUgo;u@x.it\n")
    assert "header = false" in caught.value.remedy


def test_a_given_delimiter_and_encoding_hold(tmp_path: Path) -> None:
    text = "Nome#Città\nAnna,Ugo#Forlì\n".encode("cp850")
    rows = _rows(tmp_path, text, delimiter="#", encoding="cp850")
    assert rows == [["Nome", "Città"], ["Anna,Ugo", "Forlì"]]


@pytest.mark.parametrize(
    "settings",
    [
        {"delimiter": "::"},
        {"delimiter": ""},
        {"delimiter": '"'},
        {"delimiter": "\n"},
        {"encoding": "hex"},
        {"encoding": "utf9"},
    ],
)
def test_wrong_settings_are_configuration_errors(settings: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        DelimitedText(Path("crm.csv"), **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"SQLite format 3\0", b"%PDF-1.7"])
def test_another_format_under_the_name_of_text_is_refused(tmp_path: Path, start: bytes) -> None:
    with pytest.raises(ConnectorError, match="no text"):
        _batches(tmp_path, start + b"\x01" * 50)


@pytest.mark.parametrize("text", ["\n\n", "   \n", ";;\n;;\n"])
def test_a_file_of_blanks_has_no_header(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConnectorError, match="no header row"):
        _batches(tmp_path, text)


def test_a_folder_is_read_in_name_order_each_file_an_origin(tmp_path: Path) -> None:
    for name, text in [("b.csv", "a;b\n1;2\n"), ("a.txt", "a;c\n3;4\n"), ("x.vcf", "BEGIN")]:
        (tmp_path / name).write_text(text)
    batches = list(DelimitedText(tmp_path).read())
    assert [Path(batch.origin).name for batch in batches] == ["a.txt", "b.csv"]
    assert [batch.records.schema.names for batch in batches] == [["a", "c"], ["a", "b"]]


def test_batches_hold_at_most_fifty_thousand_records(tmp_path: Path) -> None:
    batches = _batches(tmp_path, "a;b\n" + "1;2\n" * 120_000)
    assert max(batch.records.num_rows for batch in batches) <= 50_000
    assert _lines(batches) == list(range(2, 120_002))


@pytest.mark.parametrize("seed", range(20))
def test_where_a_file_is_cut_for_reading_shows_in_nothing(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["1;2", '"x\ny";2', "3", "4;5;6", ";", '7;5" di tubo', '"a ""b""";c', "", '8;"x;\n\n"']
    text = "a;b\n" + "".join(f"{row}\n" for row in random.Random(seed).choices(rows, k=300))
    whole = _facts(_batches(tmp_path, text))
    monkeypatch.setattr(delimited, "PIECE", 50)
    assert _facts(_batches(tmp_path, text)) == whole


def _facts(batches: list[Batch]) -> tuple[list[Any], list[int], list[Any]]:
    records = [record for batch in batches for record in batch.records.to_pylist()]
    return records, _lines(batches), _set_aside(batches)


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("crm.csv", "Nome;Email\nAnna;a@x.it\n", {}),
        ("crm.tsv", "Nome\tEmail\nAnna\ta@x.it\n", {}),
        ("list.txt", "Email\na@x.it\n", {}),
        ("list.csv", "Anna;a@x.it\nUgo;u@x.it\n", {"header": False}),
        ("list.txt", "a@x.it\nu@x.it\n", {"header": False}),
        ("crm.dat", "Nome;Email\nAnna;a@x.it\nUgo;u@x.it\n", {}),
        ("crm", "Nome\tEmail\tCitta\nAnna\ta@x.it\tRoma\n", {}),
        ("crm.bin", "sep=;\nNome;Email\nAnna;a@x.it\n", {}),
        ("crm.bak", "Anna;Rossi;a@x.it\nUgo;Verdi;u@x.it\n", {"header": False}),
        ("crm.dat", "Nome^Email\nAnna^a@x.it\nUgo^u@x.it\n", {}),
        ("crm.csv", "Nome;Email\n", {}),
        ("crm.dat", "Nome;Email\n", None),
        ("empty.csv", "", None),
        ("letter.txt", "Gentile cliente\nle scriviamo per dirle che siamo chiusi\n", None),
        ("letter.txt", "Cara Anna, come va,\nti scrivo, come vedi,\nda Roma, da sola,\n", None),
        ("licence", "1. You may, if so,\n\nuse it; or not, or\nshare it, but, see below,\n", None),
        ("page.csv", "<!DOCTYPE html><html><body>a,b\n1,2\n3,4</body></html>\n", None),
        ("list.csv", "<?xml version='1.0'?>\n<a,b>\n<c,d>\n", None),
        ("data.csv", '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', None),
        ("data.txt", '[\n{"a": 1, "b": 2},\n{"a": 3, "b": 4}\n]\n', None),
        ("main.c", "#include <stdio.h>\nint a, b;\nint c, d;\n", None),
        ("main.js", "var a = 1, b;\nvar c = 2, d;\nvar e = 3, f;\n", None),
        ("book.csv", "BEGIN:VCARD\nN:Rossi;Anna;;\nEND:VCARD\n", None),
        ("noise.csv", "".join(map(chr, range(256))) * 9, None),
    ],
)
def test_find(tmp_path: Path, file: str, text: str, found: dict[str, Any] | None) -> None:
    place = tmp_path / file
    place.write_text(text, encoding="utf-8")
    settings = [dict(finding.settings) for finding in DelimitedText.find(str(place))]
    assert settings == ([] if found is None else [{"path": str(place)} | found])


OPEN = "Nome;Citta\nAnna;Köln\n"  # in DOS letters, `ö` may as well be a Macintosh's `î`
TELLING = "Nome;Citta\nAnna;perché più è così\n"


def _cities(folder: Path, learnt: dict[str, str], **settings: Any) -> list[str]:
    batches = DelimitedText(folder, **settings).read_as(learnt)
    return [row["Citta"] for batch in batches for row in batch.records.to_pylist()]


@pytest.mark.parametrize(
    ("text", "encoding", "learnt", "city"),
    [
        (OPEN, "cp858", {}, "Kîln"),
        (OPEN, "cp858", {"encoding": "cp858"}, "Köln"),
        (OPEN, "cp858", {"encoding": "cp1252"}, "Kîln"),
        (TELLING, "cp858", {"encoding": "mac_roman"}, "perché più è così"),
        (TELLING, "cp1252", {"encoding": "cp858"}, "perché più è così"),
        (OPEN, "utf-8", {"encoding": "cp858"}, "Köln"),
        (OPEN, "utf-16", {"encoding": "cp858"}, "Köln"),
    ],
)
def test_what_was_learnt_decides_where_the_bytes_do_not(
    tmp_path: Path, text: str, encoding: str, learnt: dict[str, str], city: str
) -> None:
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    batches = list(DelimitedText(tmp_path).read_as(learnt))
    assert [row["Citta"] for b in batches for row in b.records.to_pylist()] == [city]


@pytest.mark.parametrize("learnt", [{}, {"encoding": "mac_roman"}])
@pytest.mark.parametrize("names", ["ab", "ba"])
def test_the_files_of_a_load_are_read_alike_in_any_order(
    tmp_path: Path, learnt: dict[str, str], names: str
) -> None:
    for name, text in zip(names, (OPEN, TELLING), strict=True):
        (tmp_path / f"{name}.csv").write_bytes(text.encode("cp858"))
    assert sorted(_cities(tmp_path, learnt)) == ["Köln", "perché più è così"]


@pytest.mark.parametrize(
    ("text", "encoding", "settings", "shown"),
    [
        (TELLING, "cp858", {}, {"encoding": "cp858"}),
        (OPEN, "cp858", {}, {}),
        (TELLING, "utf-8", {}, {}),
        (TELLING, "cp858", {"encoding": "cp858"}, {}),
    ],
)
def test_only_a_proof_is_shown(
    tmp_path: Path, text: str, encoding: str, settings: dict[str, str], shown: dict[str, str]
) -> None:
    batches = _batches(tmp_path, text.encode(encoding), **settings)
    assert [batch.shown for batch in batches] == [shown]


def test_a_header_that_comes_again_is_set_aside(tmp_path: Path) -> None:
    text = "Nome;Email;Email\nNome;x@y.it;\nAnna;a@x.it;\n nome;Email;Email\nNome;Email;Email\nUgo;u@x.it;\n"
    read = _batches(tmp_path, text)
    assert _rows(tmp_path, text)[1:] == [
        ["Nome", "x@y.it", None], ["Anna", "a@x.it", None],
        ["nome", "Email", "Email"], ["Ugo", "u@x.it", None],
    ]  # fmt: skip
    assert _set_aside(read) == [("crm.csv line 5", "Nome; Email; Email")]
    assert _lines(read) == [2, 3, 4, 6]


@pytest.mark.parametrize(
    ("written", "via"),
    [
        (r'"Via \"Roma\", 3"', 'Via "Roma", 3'),
        (r'"C:\\Via\\"', "C:\\Via\\"),
        (r'"Via ""Roma"", 3"', 'Via "Roma", 3'),
    ],
)
def test_quotation_marks_may_be_escaped_by_a_backslash(
    tmp_path: Path, written: str, via: str
) -> None:
    text = f'"Nome","Via","Email"\n"Il \\"Capo\\" Ugo","Via","u@x.it"\n"Anna",{written},"a@x.it"\n'
    assert _rows(tmp_path, text)[1:] == [
        ['Il "Capo" Ugo', "Via", "u@x.it"],
        ["Anna", via, "a@x.it"],
    ]


def test_a_backslash_before_a_quotation_mark_that_ends_its_cell_is_a_letter(tmp_path: Path) -> None:
    text = '"Nome","Cartella"\n"Anna","C:\\Anna\\"\n"Ugo","D:\\"\n'
    assert _rows(tmp_path, text)[1:] == [["Anna", "C:\\Anna\\"], ["Ugo", "D:\\"]]


def test_the_sign_that_ends_a_text_of_dos_is_no_record(tmp_path: Path) -> None:
    assert _rows(tmp_path, "Nome;Email\r\nAnna;a@x.it\r\n\x1a")[1:] == [["Anna", "a@x.it"]]
