"""The example, through the command line: what it publishes and how right that is."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.exports.golden import as_card, as_contact, read_back
from tests.projects import Project
from unify_connectors.outlook import OutlookExport
from unify_connectors.vcard import VCard

EXAMPLE = Path(__file__).parents[2] / "examples" / "officine-bianchi"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the example after `unify match`."""
    folder = tmp_path_factory.mktemp("example") / "officine-bianchi"
    left_out = shutil.ignore_patterns("golden", ".*", "unify.duckdb*", "ledger.sqlite*")
    shutil.copytree(EXAMPLE, folder, ignore=left_out)
    project = Project(folder)
    done = project.unify("match")
    assert done.code == 0, done.stderr
    return project


def test_no_column_is_mapped_by_hand() -> None:
    settings = tomllib.loads((EXAMPLE / "unify.toml").read_text(encoding="utf-8"))
    assert len(settings["sources"]) == 5
    assert not any("fields" in source for source in settings["sources"].values())


def test_joins_are_right_and_most_are_found(published: Project) -> None:
    found = json.loads(published.unify("evaluate", "truth.csv", "--json").stdout)
    assert found["not_published"] == 0
    assert found["pairwise"]["precision"] >= 0.97
    assert found["pairwise"]["recall"] >= 0.75


def test_every_row_of_every_source_is_accounted_for(published: Project) -> None:
    with (EXAMPLE / "truth.csv").open(encoding="utf-8", newline="") as file:
        written = Counter(row["source"] for row in csv.DictReader(file))
    records = Counter(row["source"] for row in published.published("crosswalk"))
    aside = Counter(row["source"] for row in published.published("set_aside"))
    assert records + aside == written
    said = published.summary["sources"]
    assert {name: of["rows_read"] for name, of in said.items()} == written
    assert len(written) == 5


def test_one_record_never_stands_in_two_customers(published: Project) -> None:
    records = [row["record_id"] for row in published.published("crosswalk")]
    assert len(records) == len(set(records))


def test_people_and_firms_are_never_one_customer(published: Project) -> None:
    with (EXAMPLE / "truth.csv").open(encoding="utf-8", newline="") as file:
        kind = {f"{r['source']}:{r['source_key']}": r["entity"][0] for r in csv.DictReader(file)}
    kinds: dict[str, set[str]] = {}
    for record, customer in published.customers().items():
        kinds.setdefault(customer, set()).add(kind[record])
    assert [customer for customer, both in kinds.items() if len(both) > 1] == []


def test_vcards_read_back_to_the_same_contacts(published: Project, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    assert published.unify("export", "--to", str(file)).code == 0
    rows = pq.read_table(published.golden / "golden_customers.parquet").to_pylist()
    assert read_back(VCard(file)) == [as_card(row) for row in rows]


def test_contacts_for_outlook_read_back_to_the_same(published: Project, tmp_path: Path) -> None:
    file = tmp_path / "outlook.csv"
    assert published.unify("export", "--to", str(file)).code == 0
    rows = pq.read_table(published.golden / "golden_customers.parquet").to_pylist()
    read, expected = read_back(OutlookExport(file)), [as_contact(row, "it") for row in rows]
    for fields in (*read, *expected):
        # A second mobile stands under another label.
        fields["phones"] = {value for value, _ in fields.get("phones", ())}
    assert read == expected
