"""vCards: what they say, and that they read back to the same contacts."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.golden import NASTY, PEOPLE, as_card, customers, read_back, values
from unify.exports.customers import Row
from unify.exports.vcard import card, folded, write_vcards
from unify_connectors.vcard import VCard


def test_cards_read_back_to_the_same_contacts_with_their_labels(tmp_path: Path) -> None:
    given_ones = customers(*PEOPLE)
    file = tmp_path / "contacts.vcf"
    write_vcards(given_ones, file)
    read = read_back(VCard(file))
    assert read == [as_card(row) for row in given_ones.rows()]


def test_the_customer_id_is_the_key_and_the_last_change_is_told(tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    write_vcards(customers(PEOPLE[0]), file)
    (batch,) = VCard(file).read()
    (record,) = batch.records.to_pylist()
    assert record["UID"] == "C-0000000000"
    assert record["REV"] == "2025-08-07T10:20:30Z"


def test_another_library_reads_the_same(tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    rows = [{"full_name": text, "notes": text.replace("\n", " ")} for text in NASTY]
    write_vcards(customers(*rows), file)
    read = list(vobject.readComponents(file.read_text(encoding="utf-8")))
    assert [one.note.value for one in read] == [row["notes"] for row in rows]
    assert {one.version.value for one in read} == {"4.0"}


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"kind": "organization", "full_name": "Rondamec"}, "KIND:org"),
        ({"kind": None, "full_name": "Rondamec"}, "KIND:individual"),
        ({"full_name": None}, "FN:"),
        ({"family_name": "De; Rossi"}, "N:De\\; Rossi;;;;"),
        ({"birth_date": "1980-04-12"}, "BDAY:19800412"),
        ({"birth_date": "spring 1980"}, "BDAY;VALUE=text:spring 1980"),
        ({"updated": "2025-08-07T10:20:30Z"}, "REV:20250807T102030Z"),
        ({"notes": "a\r\nb\rc\nd"}, "NOTE:a\\nb\\nc\\nd"),
        ({"phones": values(("+39035", "fax"))}, "TEL;PREF=1;TYPE=fax:+39035"),
        ({"emails": values(("a@b.it", "pec"))}, "EMAIL;PREF=1;TYPE=x-pec:a@b.it"),
        ({"city": "Bergamo"}, "ADR;TYPE=home:;;;Bergamo;;;"),
        ({"kind": "organization", "city": "Bergamo"}, "ADR;TYPE=work:;;;Bergamo;;;"),
    ],
)  # fmt: skip
def test_a_line(row: Row, line: str) -> None:
    (whole,) = customers(row).rows()
    assert line in list(card(whole))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
def test_lines_are_folded_at_75_octets_between_letters(text: str) -> None:
    lines = folded(f"NOTE:{text}").split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.startswith(b" ") for line in lines[1:])
    parts = [line.decode() for line in lines]
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == f"NOTE:{text}"
