"""The example of Officine Bianchi: made by its script, complete, and as hard as it claims."""

from __future__ import annotations

import csv
import importlib
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from contextlib import closing
from itertools import groupby
from pathlib import Path
from types import ModuleType

import phonenumbers
import pytest
from python_calamine import load_workbook
from stdnum.it import codicefiscale, iva

EXAMPLE = Path(__file__).parents[2] / "examples" / "officine-bianchi"
CSV_DIALECTS = {"crm": ("utf-8", ","), "outlook": ("cp1252", ","), "assistenza": ("latin-1", ";")}
KEYS = {
    "crm": "Id",
    "outlook": "Numero ID organizzativo",
    "gestionale": "CODICE",
    "newsletter": "Email",
    "assistenza": "Ticket cliente",
}

Table = list[dict[str, str]]


def text_rows(folder: Path, source: str) -> Table:
    encoding, delimiter = CSV_DIALECTS[source]
    with (folder / f"{source}.csv").open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def database_rows(folder: Path) -> Table:
    with closing(sqlite3.connect(folder / "gestionale.db")) as database:
        found = database.execute("select * from ANAGRAFICA order by CODICE")
        names = [column[0] for column in found.description]
        return [dict(zip(names, (cell or "" for cell in row), strict=True)) for row in found]


def sheet_rows(folder: Path) -> Table:
    sheet = load_workbook(folder / "newsletter.xlsx").get_sheet_by_name("Iscritti")
    header, *rows = sheet.to_python()
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]


def all_rows(folder: Path) -> dict[str, Table]:
    texts = {source: text_rows(folder, source) for source in CSV_DIALECTS}
    return texts | {"gestionale": database_rows(folder), "newsletter": sheet_rows(folder)}


@pytest.fixture(scope="module")
def sources() -> dict[str, Table]:
    return all_rows(EXAMPLE)


@pytest.fixture(scope="module")
def truth() -> dict[tuple[str, str], str]:
    with (EXAMPLE / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {(row["source"], row["source_key"]): row["entity"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script and the modules beside it, which no other test sees."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLE))
        loaded = importlib.import_module("make")
    for name in ("make", "world", "damage"):
        sys.modules.pop(name)
    return loaded


@pytest.fixture(scope="module")
def world(script):
    return script.real_world()


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("officine-bianchi")
    subprocess.run([sys.executable, "-B", EXAMPLE / "make.py", "--to", folder], check=True)
    return folder


@pytest.mark.parametrize("name", ["crm.csv", "outlook.csv", "assistenza.csv", "truth.csv"])
def test_the_script_makes_the_committed_text_files(made_anew, name):
    assert (made_anew / name).read_bytes() == (EXAMPLE / name).read_bytes()


def test_the_script_makes_the_committed_database_and_workbook(made_anew):
    assert database_rows(made_anew) == database_rows(EXAMPLE)
    assert sheet_rows(made_anew) == sheet_rows(EXAMPLE)


def test_about_600_records_tell_of_about_350_people_and_firms(truth):
    assert len(truth) == pytest.approx(600, abs=30)
    assert len(set(truth.values())) == pytest.approx(350, abs=15)
    firms = {entity for entity in truth.values() if entity.startswith("F-")}
    assert len(firms) / len(set(truth.values())) == pytest.approx(0.25, abs=0.03)


def test_the_truth_names_every_record_once_and_no_other(sources, truth):
    keys = [(source, row[KEYS[source]]) for source, rows in sources.items() for row in rows]
    assert Counter(keys) == Counter(truth.keys())


def test_the_configuration_names_every_source_and_maps_no_column():
    settings = tomllib.loads((EXAMPLE / "unify.toml").read_text(encoding="utf-8"))["sources"]
    assert {name: source["key"] for name, source in settings.items()} == KEYS
    assert not any("fields" in source for source in settings.values())


def test_every_tax_id_of_the_world_is_valid(world):
    assert all(codicefiscale.is_valid(person.tax_id) for person in world.people)
    assert all(codicefiscale.get_gender(person.tax_id) == person.sex for person in world.people)
    assert len({person.tax_id for person in world.people}) == len(world.people)
    assert all(iva.is_valid(firm.vat_id) for firm in world.firms)


def test_every_phone_number_of_the_world_is_valid(world):
    numbers = {firm.phone for firm in world.firms} | {p.mobile.now for p in world.people}
    numbers |= {p.household.landline for p in world.people if p.household.landline}
    parsed = {number: phonenumbers.parse(number, "IT") for number in numbers}
    assert [n for n, number in parsed.items() if not phonenumbers.is_valid_number(number)] == []


def test_a_written_codice_fiscale_is_valid_unless_mistyped(sources):
    written = [row["TaxCode"] for row in sources["crm"]]
    written += [row["CODFIS"] for row in sources["gestionale"]]
    written = [code for code in written if code and not code.isdigit()]
    valid = sum(codicefiscale.is_valid(code) for code in written)
    assert 0.90 <= valid / len(written) < 1


def test_families_share_landlines_and_some_a_mailbox(world):
    homes = defaultdict(list)
    for person in world.people:
        homes[person.household.address].append(person)
    families = [members for members in homes.values() if len(members) > 1]
    landlines = sum(bool(members[0].household.landline) for members in families)
    mailboxes = sum(bool(members[0].household.email) for members in families)
    assert landlines / len(families) == pytest.approx(0.55, abs=0.12)
    assert 2 <= mailboxes <= 6


def test_two_names_are_borne_by_two_people_each_once_by_father_and_son(world):
    def name(person):
        return f"{person.given} {person.family}"

    borne = {n: list(group) for n, group in groupby(sorted(world.people, key=name), key=name)}
    pairs = [people for people in borne.values() if len(people) > 1]
    homes = [len({person.household for person in pair}) for pair in pairs]
    assert sorted(homes) == [1, 2]
    assert all(one.birth != other.birth for one, other in pairs)


def test_srl_is_written_in_six_ways(sources):
    names = [row["Company"] for row in sources["crm"]] + [r["Società"] for r in sources["outlook"]]
    forms = {
        found[0] for name in names if (found := re.search(r" s\. ?r\. ?l\.$| srl$", name, re.I))
    }
    assert len(forms) >= 6


def test_three_in_ten_people_work_at_a_firm_of_the_list(world):
    assert all(person.job is None or person.job.firm in world.firms for person in world.people)
    employed = sum(person.job is not None for person in world.people)
    assert employed / len(world.people) == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize(
    ("source", "column", "written"),
    [
        ("crm", "FirstName", "Beppe|Gianni|Pina|Gigi|Tonino|Sandro|Sandra|Mauri|Roby|Max"),
        ("crm", "FirstName", r"[A-Z]\.?"),
        ("crm", "FirstName", "[A-Z]{3,}"),
        ("crm", "Phone", "0000000|n/a|-"),
        ("crm", "Phone", r"Tel\. .*"),
        ("crm", "Phone", "0039.*"),
        ("crm", "Mobile", r"\d{3}/.*"),
        ("outlook", "Compleanno", r"0\.0\.00"),
        ("outlook", "Compleanno", r"\d+/\d+/\d{4}"),
        ("outlook", "Notes", "(?s).*\r\n.*"),
        ("gestionale", "RAGSOC", ".*[A-Z]'( .*)?"),
        ("gestionale", "CODICE", r"0\d{5}"),
        ("newsletter", "Consenso", "Sì"),
        ("assistenza", "Nominativo", r"(?i)(Ing|Dott|Sig)\.(ra|ssa)? .*"),
        ("assistenza", "C.F./P.IVA", r"\d{11}"),
        ("assistenza", "C.F./P.IVA", r"[A-Z]{6}\w{10}"),
        ("assistenza", "Indirizzo", r"Via .*\d+, \d{5} \w+ BG"),
    ],
)
def test_a_column_holds_values_written_like_this(sources, source, column, written):
    assert any(re.fullmatch(written, row[column]) for row in sources[source])


def strong_keys(row: dict[str, str]) -> set[str]:
    """What can hardly be another person's: e-mail addresses, mobile numbers, codici fiscali."""
    words = {word.lower() for value in row.values() for word in value.split()}
    emails = {word for word in words if re.fullmatch(r"(?!info@)\S+@\S+\.\S+", word)}
    codes = {word for word in words if re.fullmatch(r"[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]", word)}
    digits = {re.sub(r"\D", "", value) for value in row.values()}
    mobiles = {found[1] for d in digits if (found := re.fullmatch(r"(?:00)?(?:39)?(3\d{9})", d))}
    return emails | codes | mobiles


def test_most_people_in_several_records_share_a_strong_key(sources, truth):
    known = defaultdict(list)
    for source, rows in sources.items():
        for row in rows:
            known[truth[source, row[KEYS[source]]]].append(strong_keys(row))
    several = [sets for entity, sets in known.items() if len(sets) > 1 and entity.startswith("P-")]
    bearers = [Counter(key for keys in sets for key in keys) for sets in several]
    shared = sum(max(count.values(), default=0) > 1 for count in bearers)
    assert 0.7 < shared / len(several) < 1


def test_the_outlook_export_has_its_92_columns(sources):
    assert {len(row) for row in sources["outlook"]} == {92}
