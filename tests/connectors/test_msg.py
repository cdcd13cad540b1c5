"""Contacts that Outlook saved as files: real ones, since no library writes them, and damaged ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.apart import Reader
from tests.mutants import mutants

from unify.errors import ConnectorError
from unify_connectors.msg import OutlookMessage

FORMATS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "formats"
CONTACT = FORMATS / "msg_msgreader" / "contactUnicode.msg"
OTHER = FORMATS / "msg_poi" / "msgClassContact.msg"
MAIL = FORMATS / "msg_msgreader" / "Simple.msg"
real = [
    pytest.mark.real,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine"),
]
# The columns of the expected result, and their names in Outlook's export.
EXPECTED = {
    "displayNamePrefix": "Title", "givenName": "First Name", "middleName": "Middle Name", "surname": "Last Name",
    "generation": "Suffix", "companyName": "Company", "departmentName": "Department", "title": "Job Title",
    "businessTelephoneNumber": "Business Phone", "homeTelephoneNumber": "Home Phone", "mobileTelephoneNumber": "Mobile Phone",
    "businessFaxNumber": "Business Fax", "workAddressStreet": "Business Street", "workAddressCity": "Business City",
    "workAddressState": "Business State", "workAddressPostalCode": "Business Postal Code",
    "workAddressCountry": "Business Country/Region", "email1EmailAddress": "E-mail Address", "businessHomePage": "Web Page",
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as started:
        yield started


class TestReal:
    pytestmark = real

    def test_a_contact_has_what_is_expected(self) -> None:
        """What differs on purpose: fax addresses, display names and readings of names are left out."""
        (batch,) = OutlookMessage(CONTACT).read()
        (row,) = batch.records.to_pylist()
        said = json.loads(CONTACT.with_suffix(".json").read_text(encoding="utf-8"))
        assert {name: row[column] for name, column in EXPECTED.items()} == {
            name: said[name] for name in EXPECTED
        }
        assert row["Modified"] == "2022-07-20T23:58:09Z"
        assert row["Search Key"]

    def test_its_columns_say_what_they_hold(self) -> None:
        (batch,) = OutlookMessage(OTHER).read()
        told = {f.name: (f.metadata or {}).get(b"field") for f in batch.records.schema}
        assert (told["E-mail Address"], told["Mobile Phone"], told["Last Name"]) == (
            b"emails",
            b"phones",
            b"family_name",
        )

    def test_contacts_are_found_and_mails_are_not(self) -> None:
        assert [len(list(OutlookMessage.find(str(file)))) for file in (CONTACT, OTHER, MAIL)] == [
            1,
            1,
            0,
        ]

    def test_mails_and_damaged_files_of_a_folder_are_set_aside(self, tmp_path: Path) -> None:
        for file in (CONTACT, MAIL):
            shutil.copyfile(file, tmp_path / file.name)
        (tmp_path / "cut.msg").write_bytes(CONTACT.read_bytes()[:700])
        batches = list(OutlookMessage(tmp_path).read())
        assert sum(batch.records.num_rows for batch in batches) == 1
        assert [one.location for batch in batches for one in batch.set_aside] == [
            "Simple.msg",
            "cut.msg",
        ]

    @pytest.mark.parametrize("count", [60, pytest.param(1_000, marks=pytest.mark.soak)])
    def test_damaged_copies_do_no_harm(self, reader: Reader, count: int, tmp_path: Path) -> None:
        copy, faults = tmp_path / "copy.msg", {}
        for mutant in mutants([CONTACT, OTHER, MAIL], count, 11):
            copy.write_bytes(mutant.content)
            if found := reader.outcome(str(copy), ["msg"]).faults:
                faults[f"{mutant.of.name}, {mutant.how}"] = found
        assert faults == {}


@pytest.mark.parametrize("content", [b"", b"Nome;Email", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_message_gets_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.msg"
    file.write_bytes(content)
    assert list(OutlookMessage.find(str(file))) == []
    with pytest.raises(ConnectorError):
        list(OutlookMessage(file).read())
