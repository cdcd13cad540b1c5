from __future__ import annotations

from pathlib import Path

import pytest

from unify.errors import ConfigError
from unify_connectors.text_encoding import (
    known_encoding,
    possible_encodings,
    told_encoding,
)
from unify_connectors.text_pieces import utf8_pieces

ITALIAN = (
    "Nome;Città;Nota\n"
    "Nicolò D’Amico;Forlì;è già cliente, perché no\n"
    "CAFFÈ DELLA CITTÀ;Cantù;sconto 5 € al mese\n"
)
DOS = ITALIAN.replace("’", "'")
ACCENTED_IN_TABLE = [
    ("cp1252", "Nome\nperché\n"),
    ("mac_roman", "Nome\nperché\n"),
    ("cp858", "Nome\nperché\n"),
    ("cp1252", "Nome\nCITTÀ\n"),
    ("mac_roman", "Nome\nCITTÀ\n"),
    ("cp858", "Nome\nCITTÀ\n"),
    ("cp1252", "Nome\nD’Amico\n"),
    ("mac_roman", "Nome\nD’Amico\n"),
    ("cp1252", "Nome\n12 €\n"),
    ("mac_roman", "Nome\n12 €\n"),
    ("cp858", "Nome\n12 €\n"),
    ("cp1252", "Straße\nMünchen, Köln, Lübeck\n"),
    ("mac_roman", "Straße\nMünchen, Köln, Lübeck\n"),
    ("cp858", "Straße\nMünchen, Köln, Lübeck\n"),
    ("cp1252", "Prénom\nFrançois, Noël\n"),
    ("mac_roman", "Prénom\nFrançois, Noël\n"),
    ("cp858", "Prénom\nFrançois, Noël\n"),
    ("cp1252", "Nombre\nIñigo Núñez\n"),
    ("mac_roman", "Nombre\nIñigo Núñez\n"),
]


def _decoded(file: Path) -> str:
    return b"".join(utf8_pieces(file, told_encoding(file), 100)).decode()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("ascii", "Nome;Citta\nAnna;Roma\n"),
        ("utf-8", ITALIAN),
        ("utf-8-sig", ITALIAN),
        ("utf-16", ITALIAN),
        ("utf-16-le", ITALIAN),
        ("utf-16-be", ITALIAN),
        ("utf-32", ITALIAN),
        ("cp1252", ITALIAN),
        ("mac_roman", ITALIAN),
        ("cp858", DOS),
        ("cp850", DOS.replace("€", "euro")),
        ("cp437", DOS.replace("€", "euro").replace("È", "E'").replace("À", "A'")),
        ("cp437", "╔══════════╗\n║ Clienti  ║\n╚══════════╝\nNome\nperché, più, città\n"),
        ("cp437", "Straße\nMünchen, Köln, Lübeck, Größe\n"),
        ("latin-1", DOS.replace("€", "euro")),
        ("iso8859-15", DOS),
        ("iso8859-15", "Nome;Saldo\nAnna;12 €\n"),
        ("iso8859-15", "Prénom\nFrançois, cœur, Œuvre, Škoda\n"),
        ("cp1252", "Prénom\nFrançois, cœur, Œuvre, Škoda\n"),
        ("cp1252", "Prénom;Taille\nFrançois;2½ m, 1¼ l\n"),
        *ACCENTED_IN_TABLE,
    ],
)
def test_the_encoding_is_told_from_the_bytes(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode(encoding))
    assert _decoded(file) == text


def test_a_mark_is_never_part_of_the_first_header(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("\ufeffNome\n".encode("utf-16-le"))
    assert b"".join(utf8_pieces(file, "utf-16-le", 100)) == b"Nome\n"


def test_a_windows_row_in_a_utf8_file_does_not_spoil_the_others(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Niccolò\nForlì\nCantù\nperché\n".encode() + "Città\n".encode("cp1252"))
    assert _decoded(file) == "Niccolò\nForlì\nCantù\nperché\nCittà\n"


@pytest.mark.parametrize("written", [b"a\r\nb\r\n", b"a\rb\r", b"a\nb", b"a\n\0b\n"])
def test_lines_end_alike_and_zero_bytes_go(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(written)
    assert b"".join(utf8_pieces(file, "utf-8", 100)) == b"a\nb\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pieces_are_whole_lines_and_nothing_is_lost(
    tmp_path: Path, encoding: str, size: int
) -> None:
    file = tmp_path / "list.csv"
    text = "".join(f"Niccolò {i};è;\r\n" for i in range(50))
    file.write_bytes(text.encode(encoding))
    pieces = list(utf8_pieces(file, encoding, size))
    assert all(piece.endswith(b"\n") for piece in pieces)
    assert b"".join(pieces).decode() == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("encoding", "text", "possible"),
    [
        ("cp858", "Köln", {"cp858", "mac_roman"}),
        ("mac_roman", "Jäger", {"cp858", "mac_roman"}),
        ("cp858", "Città", {"cp858", "cp1252"}),
        ("mac_roman", "CITTÀ", {"mac_roman", "cp1252"}),
        ("cp1252", "Köln", {"cp1252"}),
        ("cp1252", "CITTÀ", {"cp1252"}),
        ("mac_roman", "perché", {"mac_roman"}),
        ("cp858", "Größe in Köln", {"cp858"}),
        ("cp858", "Città " * 20, {"cp858"}),
        ("utf-8", "Köln", {"utf-8"}),
        ("ascii", "Koeln", {"utf-8"}),
    ],
)
def test_few_letters_leave_the_encoding_open(
    tmp_path: Path, encoding: str, text: str, possible: set[str]
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(f"Nome\n{text}\n".encode(encoding))
    found = possible_encodings(file)
    assert (set(found), len(found)) == (possible, len(possible))


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="cp99999"):
        known_encoding("cp99999")
