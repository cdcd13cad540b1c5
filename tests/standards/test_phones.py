import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards.phones import Phone, standardise


@pytest.mark.parametrize(
    ("written", "country", "values"),
    [
        ("02/1234567", "IT", ["+39021234567"]),
        ("02-1234567", "IT", ["+39021234567"]),
        ("02.12.34.567", "IT", ["+39021234567"]),
        ("333 1234567", "IT", ["+393331234567"]),
        ("0039 333 1234567", "IT", ["+393331234567"]),
        ("0039-02-1234567", "IT", ["+39021234567"]),
        ("+39 (0)2 1234567", "IT", ["+39021234567"]),
        ("+49 (0)30 123456", "IT", ["+4930123456"]),
        ("393331234567", "IT", ["+393331234567"]),
        ("3331234567.0", "IT", ["+393331234567"]),
        ("Tel. 02 1234567 / 333.1234567", "IT", ["+39021234567", "+393331234567"]),
        ("02 1234567 - 06 7654321", "IT", ["+39021234567", "+39067654321"]),
        ("333/1234567; 02/7654321", "IT", ["+393331234567", "+39027654321"]),
        ("02 1234567,333 1234567", "IT", ["+39021234567", "+393331234567"]),
        ("3331234567/3341234567", "IT", ["+393331234567", "+393341234567"]),
        ("tel 02 1234567 cell 333 1234567", "IT", ["+39021234567", "+393331234567"]),
        ("+1 617 384 7579", "IT", ["+16173847579"]),
        ("(617) 384-7579", "US", ["+16173847579"]),
        ("020 7946 0958", "GB", ["+442079460958"]),
        ("030 123456", "DE", ["+4930123456"]),
        ("+393331234567", "", ["+393331234567"]),
        ("333 1234567", "", ["3331234567"]),
        ("555-1234", "US", ["5551234"]),
        ("000000", "IT", []),
        ("1234567890", "IT", []),
        ("9999999999", "IT", []),
        ("int. 12", "IT", []),
        ("12345", "IT", []),
        ("n.d.", "IT", []),
    ],
)
def test_every_number_of_a_cell_gains_its_country(written, country, values):
    assert [phone.value for phone in standardise(written, country)] == values


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("02 1234567 int. 12", Phone("+39021234567", "landline", True, "12")),
        ("fax 02 1234567", Phone("+39021234567", "fax", True)),
        ("333 1234567", Phone("+393331234567", "mobile", True)),
        ("800 123456", Phone("+39800123456", "other", True)),
        ("999 999 1234567", Phone("9999991234567", "other", False)),
    ],
)
def test_a_number_says_what_it_is_for(written, phone):
    assert standardise(written, "IT") == (phone,)


@pytest.mark.parametrize(
    ("written", "country", "completed"),
    [
        ("2 7654321", "IT", "+39027654321"),
        ("+39 2 7654321", "IT", "+39027654321"),
        ("0039 6 69812345", "US", "+390669812345"),
        ("55/123456", "IT", "+39055123456"),
        ("2 7654321", "US", None),
        ("390 123", "IT", None),
        ("02 7654321", "IT", None),
    ],
)
def test_a_landline_without_its_zero_is_doubtful(written, country, completed):
    (phone,) = standardise(written, country)
    assert phone.completed == completed
    assert phone.valid == (written == "02 7654321")


_CELLS = st.text("0123456789+/-.,;() telfaxint", max_size=40) | st.text()


@given(_CELLS, st.sampled_from(["IT", "US", "", "XX"]))
def test_a_standard_number_is_its_own_standard(text, country):
    for phone in standardise(text, country):
        if phone.valid:
            assert [again.value for again in standardise(phone.value, country)] == [phone.value]


@pytest.mark.real
def test_the_example_numbers_of_the_world_are_read_at_home():
    path = (
        Path(__file__).resolve().parents[2]
        / ".."
        / "shared"
        / "data"
        / "reference"
        / "phone_examples.json"
    )
    if not path.exists():
        pytest.skip("the example numbers are not here")
    for country, kinds in json.loads(path.read_text())["regions"].items():
        for kind in ("FIXED_LINE", "MOBILE"):
            example = kinds.get(kind)
            if example and "1234567" not in example["e164"]:
                written = standardise(example["national"], country)
                assert [phone.value for phone in written] == [example["e164"]], (country, kind)
