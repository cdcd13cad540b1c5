"""What is settled word by word, or street by street, is what the whole value would be."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.projects import made

from unify.land import land
from unify.presets import read_lines, read_toml
from unify.standardise import standardise
from unify.standards import addresses, rows
from unify.workspace import Workspace, opened

Row = dict[str, object]

# Words that are names now and then, and mean something else beside one.
DOUBTFUL = (
    "Dott", "Ing.", "Avv", "de", "De", "Della", "D'Amico", "di", "San", "La", "Srl", "SPA", "Studio", "Bar", "Casa",
    "e", "and", "ved", "Nata", "in", "Jr", "III", "M.", "Nicolo'", "Null", "Test", "Rosa", "Bruno", "Aldo", "Leone",
    "Conte", "Santa", "Maria", "Gian", "Re", "Li", "Coop", "Figli", "Soci", "Xyzzy", "Van", "Bin", "Villa", "Gruppo", "Don",
)  # fmt: skip


def written_names(count: int) -> list[str]:
    drawn = random.Random(5)
    given, family = read_lines("names/given_common.txt"), read_lines("names/family_common.txt")
    firms = read_toml("organizations/words.toml")["anywhere"]
    pools = (given, given, family, family, DOUBTFUL, firms, read_lines("names/family.txt"))
    cases = (str.title, str.title, str.upper, str.lower, str)
    return sorted(
        {
            drawn.choice(cases)(
                " ".join(drawn.choice(drawn.choice(pools)) for _ in range(drawn.choice((2, 2, 3))))
            )
            for _ in range(count)
        }
    )


@pytest.mark.parametrize("country", ["IT", "US", "ES", "HU"])
def test_a_name_in_one_column_is_named_as_the_whole_would_be(tmp_path: Path, country: str) -> None:
    names = written_names(2_500)
    with opened(None) as workspace:
        _standardise(workspace, tmp_path, "Id,Nominativo", [[name] for name in names], country)
        plain = workspace.connection.execute("select count(*) from name_word where known")
        assert plain.fetchall() > [(500,)]
        found = workspace.connection.sql(
            "select kind, kind_certainty, full_name, given_name, middle_name, family_name, name_prefix,"
            " name_key, given_key, family_key, given_forms, given_common, organization_key"
            " from standard_record order by record_id"
        )
        for name, row in zip(names, found.to_arrow_table().to_pylist(), strict=True):
            assert row == _as_python_says(name, country, row), name


def _as_python_says(name: str, country: str, like: Row) -> Row:
    empty = ("kind", "full_name", "name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "organization", "born", "first", "set_kind")  # fmt: skip
    party = {**dict.fromkeys(empty), "any_name": name, "person_id": False, "firm_id": False}
    (said,) = rows.party({"written": json.dumps(party)}, country)
    return {field: said.get(field) for field in like}


STREETS = (
    "Via Roma", "via G. Garibaldi", "V.le Europa", "P.zza Dante", "Strada Statale", "S.S.", "Via XX Settembre", "C.P.",
    "Casella postale", "Main Street", "Rue de la Paix", "Hauptstr.", "Via Roma scala", "Loc. Piano", "Fraz. Borgo",
    "c/o Rossi Via Roma", "Via Nicolo'", "Via del N", "Calle Mayor", "Corso Italia Interno", "Via 4 Novembre", "km",
    "Via Citt\u00e0", "Via Perch\u00c3\u00a9", "Via Roma,", "Flat", "Via Case Sparse", "n",
)  # fmt: skip
SIGNS = (" ", ", ", " n. ", " n.", ", n° ", " nr ", " num. ", " civ. ", " no ", " # ", ",")
NUMBERS = (
    "1",
    "12",
    "012",
    "12A",
    "12/A",
    "12 bis",
    "12/b",
    "12-14",
    "SNC",
    "0",
    "123456",
    "7 int. 3",
    "",
)


def written_streets(count: int) -> list[list[str]]:
    drawn = random.Random(6)
    found = set()
    for _ in range(count):
        street, number = drawn.choice(STREETS), drawn.choice(NUMBERS)
        if drawn.random() < 0.25:
            line, apart = street, number
        elif drawn.random() < 0.2:
            line, apart = f"{number} {street}".strip(), ""
        else:
            line, apart = f"{street}{drawn.choice(SIGNS)}{number}", drawn.choice(("", "", "", "9"))
        place = drawn.choice((("Milano", "20121"), ("", ""), ("ROMA", ""), ("", "24121")))
        found.add((line, apart, *place, drawn.choice(("", "IT", "US", "DE", "FR"))))
    return sorted(map(list, found))


def test_a_street_is_settled_as_the_whole_address_would_be(tmp_path: Path) -> None:
    written = written_streets(6_000)
    header = "Id,Indirizzo,Civico,Comune,CAP,Nazione"
    with opened(None) as workspace:
        _standardise(workspace, tmp_path, header, written, "IT")
        lines = workspace.connection.execute("select count(*) from standard_street").fetchall()
        found = workspace.connection.sql(
            "select source_key, street, number, city, region, postcode, country, street_key, city_key"
            " from record_address join source_record using (record_id)"
        )
        settled = {row.pop("source_key"): row for row in found.to_arrow_table().to_pylist()}
    assert lines < [(len(written) * 0.85,)]
    different = []
    for place, (street, number, city, postcode, country) in enumerate(written):
        said = addresses.standardise(
            street=street.strip() or None, house_number=number or None, city=city or None,
            region=None, postcode=postcode or None, country=country or None, default_country="IT",
        )  # fmt: skip
        row = settled[f"{place:05}"]
        expected = {field: getattr(said, field) for field in row}
        if row != expected:
            different.append((written[place], row, expected))
    assert not different


def _standardise(
    workspace: Workspace, folder: Path, header: str, values: Sequence[Sequence[str]], country: str
) -> None:
    lines = (
        f"{n:05},{','.join(f'{chr(34)}{v}{chr(34)}' for v in row)}" for n, row in enumerate(values)
    )
    project = made(folder, files={"crm.csv": "\n".join([header, *lines, ""])})
    standardise(workspace, land(workspace, project.plan().sources, ()).records, country)
