"""A path may run through a zip file; what is in it is unpacked within bounds."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from tests.projects import made, unify
from unify.connector import files_at
from unify.errors import ConnectorError

ROWS = "Id,Nome,Cognome,Email\n1,Anna,Rossi,anna@rossi.it\n2,Ugo,Bianchi,ugo@bianchi.it\n"


def zipped(file: Path, members: dict[str, str | bytes], **how: int) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ("old/crm.csv", ["crm.csv"]),
        ("old/crm*.csv", ["crm.csv", "crm2.csv"]),
        ("old", ["crm.csv", "crm2.csv"]),
    ],
)
def test_a_path_names_files_in_a_zip(tmp_path: Path, inner: str, names: list[str]) -> None:
    members = {"old/crm2.csv": "b", "old/crm.csv": "a", "old/photo.jpg": "c", "x.csv": "d"}
    archive = zipped(tmp_path / "exports.zip", members)
    files = files_at(archive / inner, suffixes=(".csv",))
    assert [file.name for file in files] == names
    assert [file.read_text() for file in files] == ["a", "b"][: len(names)]


@pytest.mark.parametrize("member", ["../../escaped.csv", "/etc/escaped.csv", "a\\b:c.csv"])
def test_nothing_is_unpacked_elsewhere(tmp_path: Path, member: str) -> None:
    archive = zipped(tmp_path / "odd.zip", {member: "x"})
    (inner,) = zipfile.ZipFile(archive).namelist()
    (file,) = files_at(Path(f"{archive}/{inner}"))
    assert archive.name in file.parts
    assert not (tmp_path.parent / "escaped.csv").exists()


def test_a_file_that_is_not_in_the_zip_is_missed(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "exports.zip", {"crm.csv": ROWS})
    with pytest.raises(ConnectorError, match="no such file"):
        files_at(archive / "other.csv")


def test_what_expands_beyond_measure_is_refused(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "bomb.zip", {"crm.csv": b"0" * 100_000_000})
    with pytest.raises(ConnectorError, match="beyond all measure"):
        files_at(archive / "crm.csv")


def test_a_size_that_is_a_lie_is_found_while_unpacking(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "bomb.zip", {"crm.csv": b"0" * 100_000_000})
    told = (100_000_000).to_bytes(4, "little")
    archive.write_bytes(archive.read_bytes().replace(told, (1000).to_bytes(4, "little")))
    with pytest.raises(ConnectorError, match=r"damaged|beyond all measure"):
        files_at(archive / "crm.csv")


def test_a_document_is_no_folder_of_files(tmp_path: Path) -> None:
    book = zipped(tmp_path / "book.xlsx", {"[Content_Types].xml": "", "xl/a.xml": ""})
    with pytest.raises(ConnectorError, match="no such file"):
        files_at(book / "xl/a.xml")


def test_a_damaged_zip_is_said(tmp_path: Path) -> None:
    inner = io.BytesIO()
    zipped(inner, {"crm.csv": ROWS * 100})  # type: ignore[arg-type]
    broken = bytearray(inner.getvalue())
    broken[60:70] = os.urandom(10)
    (tmp_path / "exports.zip").write_bytes(broken)
    with pytest.raises(ConnectorError, match="damaged"):
        files_at(tmp_path / "exports.zip" / "crm.csv")


def test_a_source_in_a_zip_is_matched_and_leaves_nothing_behind(tmp_path: Path) -> None:
    toml = '[sources.crm]\npath = "exports.zip/old/crm.csv"\nkey = "Id"\n'
    project = made(tmp_path / "firm", toml)
    zipped(project.folder / "exports.zip", {"old/crm.csv": ROWS})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = unify("match", cwd=project.folder, env={"TMPDIR": str(scratch)})
    assert done.code == 0, done.stderr
    assert set(project.customers()) == {"crm:1", "crm:2"}
    assert list(scratch.iterdir()) == []
