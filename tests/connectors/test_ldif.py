from __future__ import annotations

import base64
import logging
from pathlib import Path
from typing import Any

import pytest

from unify.connector import SetAside
from unify.errors import ConnectorError
from unify.fields import LABELS, MAPPABLE
from unify.presets import read_toml
from unify_connectors.ldif import Ldif
from unify_connectors.ldif_contact import PRESET

PERSON = "objectClass: person\nobjectClass: inetOrgPerson\n"


def _entry(*lines: str, dn: str = "cn=Anna,dc=x") -> str:
    return f"dn: {dn}\n{PERSON}" + "".join(f"{line}\n" for line in lines) + "\n"


def _read(folder: Path, text: str | bytes) -> tuple[list[dict[str, Any]], list[SetAside]]:
    file = folder / "book.ldif"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    batches = list(Ldif(file).read())
    rows = [row for batch in batches for row in batch.records.to_pylist()]
    return rows, [aside for batch in batches for aside in batch.set_aside]


def _one(folder: Path, text: str | bytes) -> dict[str, str]:
    (row,), aside = _read(folder, text)
    assert aside == []
    return {column: value for column, value in row.items() if value is not None}


def _base64(text: str, encoding: str = "utf-8") -> str:
    return base64.b64encode(text.encode(encoding)).decode()


@pytest.mark.parametrize(
    ("lines", "column", "value"),
    [
        (["cn: Anna Rossi"], "cn", "Anna Rossi"),
        ([f"cn:: {_base64('Nicolò')}"], "cn", "Nicolò"),
        ([f"cn:: {_base64('Nicolò', 'cp1252')}"], "cn", "Nicolò"),
        (["cn: Anna", " Rossi"], "cn", "AnnaRossi"),
        (["cn: Anna", "# a comment", "#  that", "  goes on", "sn: Rossi"], "sn", "Rossi"),
        (["SN: Rossi"], "sn", "Rossi"),
        (["surname: Rossi"], "sn", "Rossi"),
        (["cn: Anna", "cn: Anna Rossi"], "cn", "Anna"),
        (["cn: Anna", "cn: Anna Rossi"], "cn further", "Anna Rossi"),
        (["cn;lang-ja: アンナ"], "cn;lang-ja", "アンナ"),
        (["mail: a@x.it", "email: b@x.it"], "mail", "a@x.it; b@x.it"),
        (["mozillaSecondEmail: b@x.it"], "mozillaSecondEmail", "b@x.it"),
        (["fax: 02 1"], "facsimileTelephoneNumber", "02 1"),
        (["homePostalAddress: Via Roma 1$47121 Forlì $ "], "homePostalAddress", "Via Roma 1, 47121 Forlì"),
        (["postalAddress: Via Roma 1$Forlì"], "street", "Via Roma 1, Forlì"),
        (["postalAddress: Via Roma 1$Forlì", "street: Via Roma 2"], "street", "Via Roma 2"),
        (["birthyear: 1980", "birthmonth: 3", "birthday: 2"], "dateOfBirth", "1980-03-02"),
        (["modifyTimestamp: 20231127220000Z"], "modifyTimestamp", "2023-11-27T22:00:00Z"),
        (["description: one", "description: two"], "description", "one\ntwo"),
        (["changetype: add", "sn: Rossi"], "sn", "Rossi"),
        (["sn:Rossi"], "sn", "Rossi"),
        (["jpegPhoto:: /9j/4AAQ", " SkZJ", "sn: Rossi"], "sn", "Rossi"),
        (["labeledURI: http://example.com a title"], "labeledURI", "http://example.com"),
        (["employeeNumber: 007"], "employeenumber", "007"),
    ],
)  # fmt: skip
def test_an_attribute(tmp_path: Path, lines: list[str], column: str, value: str) -> None:
    assert _one(tmp_path, _entry(*lines))[column] == value


@pytest.mark.parametrize(
    "line",
    [
        "userPassword:: e1NTSEF9c2VjcmV0",
        "unicodePwd: c2VjcmV0",
        "sambaNTPassword: c2VjcmV0",
        "jpegPhoto:: c2VjcmV0",
        "userCertificate;binary:: c2VjcmV0",
        "thumbnailPhoto: c2VjcmV0",
    ],
)
@pytest.mark.parametrize("kind", ["inetOrgPerson", "groupOfNames"])
def test_passwords_and_pictures_are_left_out(tmp_path: Path, line: str, kind: str) -> None:
    rows, aside = _read(tmp_path, f"dn: cn=x\nobjectClass: {kind}\n{line}\nsn: Rossi\n")
    assert "c2VjcmV0" not in f"{rows}{aside}"
    assert len(rows) + len(aside) == 1


@pytest.mark.parametrize("dn", ["cn=Nicolò,dc=x", "not a dn", "a;" * 40, "cn=\\,a=" * 40, ""])
def test_any_dn_is_a_key_and_none_takes_time(tmp_path: Path, dn: str, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        assert _one(tmp_path, _entry("sn: Rossi", dn=dn)).get("dn", "") == dn
    assert caplog.text == ""


def test_a_dn_may_be_folded_and_in_base64(tmp_path: Path) -> None:
    written = _base64("cn=Nicolò,dc=example,dc=com")
    assert (
        _one(tmp_path, f"dn:: {written[:9]}\n {written[9:]}\n{PERSON}")["dn"]
        == "cn=Nicolò,dc=example,dc=com"
    )
    assert Ldif.native_key == "dn"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("dn: cn=x\nobjectClass: groupOfNames\nmember: cn=y\n", "no contact but a group"),
        ("dn: ou=x\nobjectClass: organizationalUnit\nou: x\n", "no contact (organizationalunit)"),
        ("dn: cn=x\nobjectClass: person\nobjectClass: computer\n", "no contact but a machine"),
        ("dn: cn=x\nchangetype: delete\n", "no contact but a change (delete)"),
        ("dn: cn=x\nchangetype: modify\nadd: mail\nmail: a@x.it\n-\n", "no contact but a change (modify)"),
        ("cn: x\nmail: a@x.it\n", "an entry without a dn"),
        ("dn: cn=x\nobjectClass: person\nrubbish\n", "a line of it is no attribute"),
        ("dn: cn=x\nmail:: a\n", "a line of it is no attribute"),
        ("dn: cn=x\nmail: " + "a" * 2_000_000 + "\n", "line 6 is longer than 1 MB"),
    ],
)  # fmt: skip
def test_what_is_no_contact_is_set_aside(tmp_path: Path, text: str, reason: str) -> None:
    rows, aside = _read(tmp_path, f"dn: cn=1\n{PERSON}\n{text}\ndn: cn=2\n{PERSON}")
    assert [row["dn"] for row in rows] == ["cn=1", "cn=2"]
    assert [(one.location, one.reason) for one in aside] == [("book.ldif line 5", reason)]
    assert len(aside[0].content) <= 2_000


def test_what_a_server_says_of_itself_is_no_entry(tmp_path: Path) -> None:
    text = (
        "version: 1\n\n# comment\n\n"
        + _entry("sn: Rossi")
        + "# search result\nsearch: 2\nresult: 0 Success\n"
    )
    assert _one(tmp_path, text)["sn"] == "Rossi"
    assert _one(tmp_path, "version: 1\n" + _entry("sn: Rossi"))["dn"] == "cn=Anna,dc=x"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    text = _entry("cn: Nicolò Città", "description: perché è così") + _entry("sn: Rossi", dn="cn=2")
    rows, _ = _read(tmp_path, text.replace("\n", end).encode(encoding))
    assert [(row["cn"], row["sn"]) for row in rows] == [("Nicolò Città", None), (None, "Rossi")]


def test_a_file_without_an_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="no LDIF"):
        _read(tmp_path, "Nome: Anna\nCognome: Rossi\n")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("book.txt", _entry("sn: Rossi"), True),
        ("book", "# a comment\n\nversion: 1\n\n" + _entry("sn: Rossi"), True),
        ("book.ldif", "dn: ou=x\nobjectClass: organizationalUnit\n", False),
        ("book.ldif", "Nome: Anna\n", False),
        ("book.ldif", "", False),
    ],
)
def test_an_address_book_is_found_by_its_content(
    tmp_path: Path, name: str, text: str, found: bool
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(list(Ldif.find(str(tmp_path / name)))) == found


def test_the_preset_names_fields_labels_and_attributes_that_exist() -> None:
    preset = read_toml(PRESET)
    assert {meaning["field"] for meaning in preset["fields"].values()} <= set(MAPPABLE)
    assert {m["label"] for m in preset["fields"].values() if "label" in m} <= set(LABELS)
    assert set(preset["aliases"].values()) <= {*preset["fields"], "department", "pager"}
    assert not {alias.lower() for alias in preset["aliases"]} & {
        name.lower() for name in preset["fields"]
    }
