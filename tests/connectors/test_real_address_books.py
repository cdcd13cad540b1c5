"""Address books as other programs wrote them, against the results that came with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from unify.connector import Connector, Finding, installed, load
from unify.discovery import Column, map_columns
from unify.errors import ConnectorError
from unify_connectors.delimited import DelimitedText
from unify_connectors.ldif import Ldif
from unify_connectors.vcard import VCard

FORMATS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "formats"
ROUNDCUBE = FORMATS / "contacts_roundcube" / "src"
THUNDERBIRD = FORMATS / "contacts_thunderbird" / "mailnews"
IMPORTS = THUNDERBIRD / "import" / "test" / "unit" / "resources"
EZ = FORMATS / "vcard_ezvcard" / "io" / "text"
FOLDERS = (*FORMATS.glob("contacts_*"), *FORMATS.glob("vcard_*"))
FILES = sorted(file for folder in FOLDERS for file in folder.rglob("*") if file.is_file())

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine"),
]

Standard = dict[str, list[str]]
"""The values of a contact: `phones:work` and the like, of several values each."""


def _findings(file: Path) -> Iterator[tuple[str, Finding]]:
    for name in installed():
        yield from ((name, finding) for finding in load(name, where="test").find(str(file)))


def _best(file: Path) -> tuple[str, Connector]:
    name, finding = max(_findings(file), key=lambda found: found[1].confidence)
    settings = {k: Path(v) if k == "path" else v for k, v in finding.settings.items()}
    return name, load(name, where="test")(**settings)


def _contacts(connector: Connector) -> list[Standard]:
    return [contact for batch in connector.read() for contact in _standard(batch.records)]


def _standard(records: Any) -> Iterator[Standard]:
    """The contacts by field and label, as the columns are mapped without a configuration."""
    columns = []
    for field in records.schema:
        told = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
        columns.append(Column(field.name, told.get("field", ""), told.get("label", "")))
    mapped = map_columns(columns, {}, (), where="test")
    for row in records.to_pylist():
        contact: Standard = defaultdict(list)
        for mapping in mapped:
            key = f"{mapping.field}:{mapping.label}".rstrip(":")
            contact[key] += [v for v in (row[mapping.column] or "").split("; ") if v]
        yield {key: _plain(key, values) for key, values in sorted(contact.items()) if values}


def _plain(key: str, values: list[str]) -> list[str]:
    """Dates by their digits; of what a contact has once, the first."""
    if key == "birth_date":
        return ["".join(filter(str.isdigit, value)) for value in values]
    return values[:1] if key == "website" else values


def _differing(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    keys = sorted(theirs.keys() | ours.keys())
    return {k: (theirs.get(k), ours.get(k)) for k in keys if theirs.get(k) != ours.get(k)}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_file_gives_contacts_or_a_sentence(file: Path) -> None:
    for name in installed():
        kind = load(name, where="test")
        list(kind.find(str(file)))
        # Neither is told of by a path alone.
        if name in ("sql", "fixed_width"):
            continue
        try:
            for batch in kind(path=file).read():
                assert batch.records.num_rows == len(batch.locations)
        except ConnectorError as refused:
            assert file.name in str(refused)


NOT_SAID = "Roundcube names a contact without a name by its e-mail"
AT_HOME = "Roundcube takes the only e-mail, and Thunderbird's first, for that of the home"


@pytest.mark.parametrize(
    ("book", "kind", "on_purpose"),
    [
        ("gmail", "google", {}),
        (
            "tb_plain",
            "thunderbird",
            {
                "emails:home": (["test@domain.tld"], None, AT_HOME),
                "emails:other": (["next@domain.tld"], ["test@domain.tld", "next@domain.tld"], AT_HOME),
            },
        ),
        (
            "email",
            "csv",
            {
                "emails:home": (["test1@domain.tld"], None, AT_HOME),
                "emails:other": (None, ["test1@domain.tld"], AT_HOME),
                "full_name": (["test1@domain.tld"], None, NOT_SAID),
            },
        ),
        ("outlook", "csv", {"full_name": (["test1@domain.tld"], None, NOT_SAID)}),
        (
            "all",
            "outlook",
            {
                "birth_date": (["19910120"], ["20011991"], "dates are put in order when the source is known"),
                "phones:other": (["600", "900", "222", "444"], ["600", "900", "444"], "no program writes `Phone Video`"),
            },
        ),
    ],
)  # fmt: skip
def test_roundcube_s_csv_is_read_as_its_vcards(
    book: str, kind: str, on_purpose: dict[str, tuple[Any, Any, str]]
) -> None:
    name, connector = _best(ROUNDCUBE / "Csv2vcard" / f"{book}.csv")
    theirs = _contacts(VCard(ROUNDCUBE / "Csv2vcard" / f"{book}.vcf"))
    ours = _contacts(connector)
    assert (name, len(ours)) == (kind, len(theirs))
    assert _differing(theirs[0], ours[0]) == {key: said[:2] for key, said in on_purpose.items()}


@pytest.mark.parametrize(
    ("key", "file", "kind"),
    [
        ("basic_addressbook", "basic_ldif_addressbook.ldif", "ldif"),
        ("bug_263304", "bug_263304.ldif", "ldif"),
        ("quote_csv", "quote.csv", "thunderbird"),
        ("utf16_csv", "utf16_addressbook.csv", "thunderbird"),
        ("csv_import", "basic_csv_addressbook.csv", "thunderbird"),
        ("vcard_import", "basic_vcard_addressbook.vcf", "vcard"),
        ("vcard_import", "emptylines_vcard_addressbook.vcf", "vcard"),
        ("dos_vcard_import", "dos_vcard_addressbook.vcf", "vcard"),
    ],
)
def test_thunderbird_s_expected_contacts(tmp_path: Path, key: str, file: str, kind: str) -> None:
    expected = json.loads((IMPORTS / "addressbook.json").read_text(encoding="utf-8"))[key]
    name, connector = _best(IMPORTS / file)
    contacts = _contacts(connector)
    assert (name, len(contacts)) == (kind, len(expected))
    for said, contact in zip(expected, contacts, strict=True):
        assert _named_in_the_json(said).items() <= _names(contact).items()
        if "_vCard" in said:
            card = "\r\n".join(["BEGIN:VCARD", *said["_vCard"], "END:VCARD", ""])
            (tmp_path / "expected.vcf").write_text(card, encoding="utf-8", newline="")
            assert _differing(_contacts(VCard(tmp_path / "expected.vcf"))[0], contact) == {}


def _named_in_the_json(said: Mapping[str, Any]) -> dict[str, str]:
    names = ("DisplayName", "FirstName", "LastName", "PrimaryEmail")
    return {name: said[name] for name in names if name in said}


def _names(contact: Standard) -> dict[str, str]:
    emails = [
        value for key, values in contact.items() if key.startswith("emails") for value in values
    ]
    found = {
        "DisplayName": contact.get("full_name"),
        "FirstName": contact.get("given_name"),
        "LastName": contact.get("family_name"),
        "PrimaryEmail": emails,
    }
    return {name: values[0] for name, values in found.items() if values}


def test_japanese_text_is_read_where_its_encoding_is_named() -> None:
    """It is not told: beside western encodings, Shift-JIS is told by a header alone, and this is English."""
    (batch,) = DelimitedText(IMPORTS / "shiftjis_addressbook.csv", encoding="cp932").read()
    expected = json.loads((IMPORTS / "addressbook.json").read_text(encoding="utf-8"))[
        "shiftjis_csv"
    ]
    assert batch.records["Display Name"].to_pylist() == [expected[0]["DisplayName"]]


def test_thunderbird_s_exports_are_the_same_contacts() -> None:
    exports = THUNDERBIRD / "addrbook" / "test" / "unit" / "data"
    read = [_best(exports / f"export.{suffix}") for suffix in ("csv", "ldif", "vcf")]
    assert [name for name, _ in read] == ["thunderbird", "ldif", "vcard"]
    csv, ldif, vcf = (_contacts(connector) for _, connector in read)
    assert csv == ldif == vcf
    (group,) = [
        aside for batch in Ldif(exports / "export.ldif").read() for aside in batch.set_aside
    ]
    assert group.reason == "no contact but a group"


# By eye, from the files.
@pytest.mark.parametrize(
    ("file", "number", "place", "expected"),
    [
        (EZ / "gmail-list.vcf", 3, 2, {"full_name": ["Doug White"], "emails:other": ["dwhite@gmail.com"]}),
        (EZ / "gmail-single.vcf", 1, 0, {"phones:mobile": ["555 555 1111"], "city:other": ["Custom City"], "birth_date": ["19600910"], "website": ["http://TheProfile.com"]}),
        (EZ / "gmail-single2.vcf", 1, 0, {"emails:work": ["workemail@example.com"], "phones:fax": ["5555551117", "5555551118"], "street:other 3": ["115 Main St"]}),
        (EZ / "John_Doe_ANDROID.vcf", 6, 4, {"full_name": ["Ñ Ñ Ñ Ñ"], "organization": ["Ñ" * 12], "phones:fax": ["123456"], "emails:work": ["bob@company.com"]}),
        (EZ / "John_Doe_GMAIL.vcf", 1, 0, {"middle_name": ["Richter, James"], "street:home": ["Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, United States of America"]}),
        (EZ / "John_Doe_IPHONE.vcf", 1, 0, {"middle_name": ["Richter James"], "phones:fax": ["905-888-1234", "905-999-1234"], "phones:work": ["905-777-1234"], "street:work": ["Street4, Building 6, Floor 8"]}),
        (EZ / "John_Doe_MS_OUTLOOK.vcf", 1, 0, {"name_prefix": ["Mr."], "job_title": ["Money Counter"], "phones:home": ["(905) 666-1234"], "street:work": ["Cresent moon drive"]}),
        (EZ / "outlook-2003.vcf", 1, 0, {"organization": ["Company, The"], "notes": ["This is the note field!!\nSecond line\n\nThird line is empty"], "street:work": ["123 Main St", "TheOffice"]}),
        (EZ / "rfc2426-example.vcf", 2, 1, {"organization": ["Netscape Communications Corp."], "region:work": ["CA"], "postcode:work": ["94043"]}),
        (EZ / "rfc6350-example.vcf", 1, 0, {"name_suffix": ["ing. jr, M.Sc."], "sex": ["M"], "phones:work": ["+1-418-656-9254 ext. 102"], "phones:mobile": ["+1-418-262-6501"]}),
        (FORMATS / "vcard_vobject" / "radicale-1587.vcf", 1, 0, {"given_name": ["Given"], "middle_name": ["Additional"], "name_suffix": ["Suffix"]}),
        (ROUNDCUBE / "apple.vcf", 1, 0, {"kind": ["organization"], "city:work": ["Wallisellen-Zürich"], "website": ["http://www.apple.ch"]}),
        (ROUNDCUBE / "johndoe.vcf", 1, 0, {"full_name": ["John Doë"], "emails:home": ["roundcube@gmail.com"], "phones:mobile": ["+987654321"]}),
        (ROUNDCUBE / "photo.vcf", 1, 0, {"family_name": ["Müller"], "given_name": ["Jörg"]}),
        (ROUNDCUBE / "thebat.vcf", 1, 0, {"family_name": ["Iksiñski"], "sex": ["Male"]}),
        (ROUNDCUBE / "utf-16_sample.vcf", 1, 0, {"full_name": ["Ǽgean ĽdaMonté"], "region:work": ["Conceptión"]}),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else None,
)  # fmt: skip
def test_what_stands_in_a_vcard(file: Path, number: int, place: int, expected: Standard) -> None:
    contacts = _contacts(VCard(file))
    assert len(contacts) == number
    assert {key: contacts[place].get(key) for key in expected} == expected
