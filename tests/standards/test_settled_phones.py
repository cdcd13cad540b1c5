"""What SQL settles of phones is what the library settles: value, type and validity."""

import json
import random
from collections.abc import Iterable
from pathlib import Path

import phonenumbers
import pyarrow as pa
import pytest

from unify.standards import phones
from unify.standards.phone_patterns import bound
from unify.tables import Table, text
from unify.workspace import opened

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "reference" / "phone_examples.json"

Cell = tuple[str, str]
Form = tuple[str, str, bool]

SINGLE: list[tuple[str, str, list[Form]]] = [
    ("IT", "02/7654321", [("+39027654321", "landline", True)]),
    ("IT", "(02) 765.43-21", [("+39027654321", "landline", True)]),
    ("IT", "333\u00a01234567 ", [("+393331234567", "mobile", True)]),
    ("IT", "+39 (0)2 7654321", [("+39027654321", "landline", True)]),
    ("IT", "+39 (0)332 123456", [("+390332123456", "landline", True)]),
    ("IT", "(0039) 333 1234567", [("+393331234567", "mobile", True)]),
    ("IT", "+0039 333 1234567", [("+393331234567", "mobile", True)]),
    ("IT", "393331234567", [("+393331234567", "mobile", True)]),
    ("IT", "3331234567.0", [("+393331234567", "mobile", True)]),
    ("IT", "Tel.: 02 7654321", [("+39027654321", "landline", True)]),
    ("IT", "FAX 02 7654321", [("+39027654321", "fax", True)]),
    ("IT", "800 123456", [("+39800123456", "other", True)]),
    ("IT", "2 7654321", [("27654321", "other", False)]),
    ("IT", "41446681800", [("+41446681800", "landline", True)]),
    ("VA", "06 69812345", [("+390669812345", "landline", True)]),
    ("SM", "0549 886377", [("+3780549886377", "landline", True)]),
    ("DE", "030 123456", [("+4930123456", "landline", True)]),
    ("US", "011 39 02 7654321", [("+39027654321", "landline", True)]),
    ("CA", "1 (416) 967-1111", [("+14169671111", "landline", True)]),
    ("IT", "+1 868 291 1234", [("+18682911234", "mobile", True)]),
    ("GB", "07781 123456", [("+447781123456", "mobile", True)]),
    ("IT", "+800 1234 5678", [("+80012345678", "other", True)]),
    ("", "333 1234567", [("3331234567", "other", False)]),
    ("XX", "+393331234567", [("+393331234567", "mobile", True)]),
    ("IT", "1234567890", []),
    ("IT", "00 333333", []),
    ("IT", "n.d.", []),
    ("IT", "int. 12", []),
]
LEFT: list[Cell] = [
    ("IT", "02 7654321 / 333 1234567"),
    ("IT", "3331234567/3341234567"),
    ("IT", "02 7654321 - 06 7654321"),
    ("IT", "02 7654321; 333 1234567"),
    ("IT", "02 7654321 int. 12"),
    ("IT", "int. 02 7654321"),
    ("IT", "02 7654321 (casa)"),
    ("IT", "cell. 333 12345"),
    ("IT", "０２ ７６５４３２１"),
    ("IT", "&#48;2 7654321"),
    ("SM", "886377"),
    ("AR", "011 15 2345 6789"),
]


class WrittenPhoneValue(Table):
    """One row a distinct written phone and the country it is read as of."""

    name = "written_phone"
    columns = text("context", "written")


def settled(cells: Iterable[Cell]) -> dict[Cell, list[Form]]:
    """The settled cells, each with its number or with none."""
    contexts, written = zip(*cells, strict=True)
    with opened(None) as workspace:
        rows = pa.table({"context": contexts, "written": written})
        workspace.adopt(WrittenPhoneValue, rows)
        forms = workspace.rows("settled_phone", **bound())
        placed = workspace.connection.execute("select rowid, context, written from written_phone")
        cell_of = {place: (context, written) for place, context, written in placed.fetchall()}
    by_cell = {cell_of[row["id"]]: row for row in forms}
    assert len(by_cell) == len(forms)
    return {
        cell: [] if row["value"] is None else [(row["value"], row["type"], row["valid"])]
        for cell, row in by_cell.items()
    }


def by_library(cell: Cell) -> list[Form]:
    context, written = cell
    return [
        (phone.value, phone.type, phone.valid) for phone in phones.standardise(written, context)
    ]


def share_settled(cells: set[Cell]) -> float:
    """How many of the cells are settled, once every one that is agrees with the library."""
    found = settled(sorted(cells))
    different = {cell: form for cell, form in found.items() if form != by_library(cell)}
    assert not different
    return len(found) / len(cells)


@pytest.fixture(scope="module")
def found() -> dict[Cell, list[Form]]:
    """Every cell of the tables, settled at once."""
    return settled([(context, written) for context, written, _ in SINGLE] + LEFT)


@pytest.mark.parametrize(("context", "written", "form"), SINGLE)
def test_a_single_number_is_settled(found, context, written, form):
    assert found[context, written] == form == by_library((context, written))


@pytest.mark.parametrize("cell", LEFT)
def test_what_could_be_read_otherwise_is_left_to_the_library(found, cell):
    assert cell not in found


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("02 / 7654321", "IT"),
        ("(0422) / 123456", "IT"),
        ("+39 0422 / 123456", "IT"),
        ("+39 (0)332 123456", "IT"),
        ("+39 (0)55 12345678", "IT"),
        ("+0039 02 7654321", "IT"),
        ("+49 (0)30 123456", "IT"),
        ("06 69812345", "VA"),
    ],
)
def test_a_number_is_read_as_libphonenumber_reads_it(written, country):
    number = phonenumbers.parse(written, country)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert phonenumbers.is_valid_number(number)
    assert [phone.value for phone in phones.standardise(written, country)] == [e164]


def test_ordinary_numbers_are_settled_but_for_one_in_ten():
    numbers = NumberWriter(7)
    assert share_settled({numbers.ordinary() for _ in range(3000)}) >= 0.9


def test_generated_numbers_are_settled_as_the_library_would():
    numbers = NumberWriter(11)
    assert share_settled({numbers.decorated() for _ in range(5000)}) > 0.6


@pytest.mark.soak
def test_200_000_generated_numbers_are_settled_as_the_library_would():
    numbers = NumberWriter(13)
    cells: set[Cell] = set()
    while len(cells) < 200_000:
        cells.add(numbers.decorated())
    print(f"\n{share_settled(cells):.1%} of {len(cells)} generated numbers are settled")


@pytest.mark.real
def test_the_example_numbers_of_the_world_are_settled_in_every_shape():
    if not EXAMPLES.exists():
        pytest.skip("the example numbers are not here")
    cells: set[Cell] = set()
    for region, types in json.loads(EXAMPLES.read_text())["regions"].items():
        shapes = [shape for type_ in types.values() for shape in _shapes(type_)]
        cells |= {(context, shape) for shape in shapes for context in (region, "IT", "")}
    assert share_settled(cells) >= 0.9


def _shapes(example: str | dict[str, str]) -> list[str]:
    """An example as it is, and as people write it."""
    written = [example] if isinstance(example, str) else list(example.values())
    return [
        shape
        for number in written
        for shape in (
            number,
            number.replace("+", "00"),
            number.replace("+", ""),
            number.replace(" ", ""),
            number.replace(" ", "."),
            number.replace(" ", "/", 1),
            f"Tel. {number}",
            f"fax: {number}",
        )
    ]


class NumberWriter:
    """Writes numbers of all regions as people do: right, wrong, foreign, decorated."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.regions = sorted(phonenumbers.SUPPORTED_REGIONS)
        self.examples = [
            (region, example)
            for region in self.regions
            for type_ in range(11)
            if (example := phonenumbers.example_number_for_type(region, type_))
        ]
        self.landlines_and_mobiles = [
            (region, example)
            for region in ("IT", "SM", "CH", "FR", "DE", "AT", "ES", "GB", "US", "RO", "PL", "SI")
            for type_ in (0, 1)
            if (example := phonenumbers.example_number_for_type(region, type_))
        ]

    def ordinary(self) -> Cell:
        """One number of Italy or near it: at home as it is dialled there, else with its code."""
        region, number = self.random.choice(self.landlines_and_mobiles)
        national = phonenumbers.national_significant_number(number)
        home = self.random.random() < 0.5
        digits = national[:-5] + self._digits(5)
        trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
        code = self.random.choice(("+{} ", "00{} ", "+{}", "00{}")).format(number.country_code)
        written = digits[:3] + self.random.choice((" ", "-", ".", "/", "")) + digits[3:]
        before = self.random.choice(("", "", "", "Tel. ")) + (trunk if home else code)
        return region if home else "IT", before + written

    def decorated(self) -> Cell:
        """Anything that a cell of phones may hold, and the country it may be read as of."""
        region, number = self.random.choice(self.examples)
        digits = self._altered(phonenumbers.national_significant_number(number))
        written = self._divided(digits, (" ", "-", ".", "/", "  ", " - ", " / ", "–", "", ""))
        prefix = self._prefix(region, str(number.country_code))
        context = self.random.choice((region, region, "IT", self.random.choice(self.regions), ""))
        return context, self._beside(prefix + written)

    def _altered(self, national: str) -> str:
        kept = self.random.randrange(len(national) // 3, len(national) + 1)
        digits = national[:kept] + self._digits(len(national) - kept)
        return self.random.choice(
            (*[digits] * 6, digits[:-1], digits + self._digits(1), "0" + digits, digits[1:])
        )

    def _divided(self, digits: str, dividers: tuple[str, ...]) -> str:
        first, second = sorted(self.random.choices(range(1, len(digits)), k=2))
        one, two = self.random.choice(dividers), self.random.choice((*dividers, ""))
        return digits[:first] + one + digits[first:second] + two + digits[second:]

    def _prefix(self, region: str, code: str) -> str:
        trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
        abroad = self.random.choice(("+{}", "00{}", "(+{})", "{}", "+{} (0)", "011{}", "+00{}"))
        home = self.random.choice(("", trunk, f"{trunk} ", "(0)", "0", "1", "06 "))
        return self.random.choice((home, abroad.format(code) + self.random.choice(("", " ", "-"))))

    def _beside(self, written: str) -> str:
        before = self.random.choice(("Tel. ", "tel:", "Cell.", "FAX ", "int. ", "o ", "x", "casa "))
        after = self.random.choice((" int. 12", ".0", " cell", " / 333 1234567", " (fax)", "\t"))
        return self.random.choice((*[written] * 5, before + written, written + after))

    def _digits(self, length: int) -> str:
        return "".join(self.random.choices("0123456789", k=length))
