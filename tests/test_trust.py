"""Trust by source and field, and what age leaves of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import Project, made
from unify import config
from unify.errors import ConfigError

HEADER = "Id,Nome,Cognome,Agg,Email,Sito web,Indirizzo,Città,CAP\n"
SOURCES = """
[sources.crm]
path = "crm.csv"
key = "Id"
updated = "Agg"
{crm}
[sources.shop]
path = "shop.csv"
key = "Id"
updated = "Agg"
trust = 50
"""


def toml(crm: str) -> str:
    return SOURCES.format(crm=crm)


def row(key: str, who: str, when: str, site: str, street: str = "Via Roma 1") -> str:
    return f"{key},Anna,{who},{when},anna@{who}.it,{site},{street},Bergamo,24121\n"


def golden(project: Project) -> dict[str, dict[str, str]]:
    """Each person's golden row, by family name."""
    project.run()
    return {row["family_name"].lower(): row for row in project.published("golden_customers")}


def world(folder: Path, crm: str, *, crm_says: str, newest: str = "2026-01-01") -> Project:
    """Anna in a CRM and in a shop; and somebody else in the shop who is known since yesterday."""
    shop = row("1", "rossi", "2020-01-01", "shop.it", "Via Milano 2")
    files = {
        "crm.csv": HEADER + row("1", "rossi", crm_says, "crm.it"),
        "shop.csv": HEADER + shop + row("2", "verdi", newest, "verdi.it"),
    }
    project = made(folder, toml(crm), files)
    project.decide("crm:1", "shop:1")
    return project


@pytest.mark.parametrize(
    ("trust", "site", "city"),
    [
        ("trust = 90", "crm.it", "Via Roma, 1"),
        ("trust = { default = 90 }", "crm.it", "Via Roma, 1"),
        ("trust = { default = 90, website = 10 }", "shop.it", "Via Roma, 1"),
        ("trust = { default = 10, website = 90 }", "crm.it", "Via Milano, 2"),
        ("trust = { default = 90, postcode = 10 }", "crm.it", "Via Milano, 2"),
        ("trust = { website = 51 }", "crm.it", "Via Milano, 2"),
    ],
)
def test_a_source_is_trusted_by_field(tmp_path: Path, trust: str, site: str, city: str) -> None:
    anna = golden(world(tmp_path, trust, crm_says="2019-01-01"))["rossi"]
    assert (anna["website"].removeprefix("https://"), anna["street"]) == (site, city)


@pytest.mark.parametrize(
    ("trust", "crm_says", "site"),
    [
        # 90 * 0.5 ** (731 / 730) is 45, and 90 * 0.5 ** (366 / 730) is 64
        ("trust = { default = 90, half_life_days = 730 }", "2024-01-01", "shop.it"),
        ("trust = { default = 90, half_life_days = 730 }", "2025-01-01", "crm.it"),
        ("trust = { default = 90, website = { trust = 90, half_life_days = 30 } }", "2025-11-01", "shop.it"),
        ("trust = { default = 90, half_life_days = 30, website = { trust = 90 } }", "2019-01-01", "crm.it"),
        # Without a date, it is as old as the oldest.
        ("trust = { default = 90, half_life_days = 730 }", "", "shop.it"),
        # A day that is yet to come is no age.
        ("trust = { default = 90, half_life_days = 730 }", "2030-01-01", "crm.it"),
    ],
)  # fmt: skip
def test_trust_is_halved_by_age(tmp_path: Path, trust: str, crm_says: str, site: str) -> None:
    anna = golden(world(tmp_path, trust, crm_says=crm_says))["rossi"]
    assert anna["website"].removeprefix("https://") == site


def test_ages_are_measured_from_the_newest_change_and_not_from_today(tmp_path: Path) -> None:
    trust = "trust = { default = 90, half_life_days = 730 }"
    project = world(tmp_path, trust, crm_says="2020-06-01", newest="2020-12-01")
    assert golden(project)["rossi"]["website"].endswith("crm.it")
    before = (project.golden / "golden_customers.csv").read_bytes()
    project.run(minute=60 * 24 * 365 * 10)
    assert (project.golden / "golden_customers.csv").read_bytes() == before
    # A mistyped year does not age all others.
    project.write("shop.csv", (tmp_path / "shop.csv").read_text("utf-8") + row("3", "neri", "2062-01-01", "neri.it"))  # fmt: skip
    assert golden(project)["rossi"]["website"].endswith("crm.it")


def test_a_record_without_a_date_is_older_than_any_with_one(tmp_path: Path) -> None:
    toml = SOURCES.format(crm="trust = 50")
    files = {
        "crm.csv": HEADER + row("1", "rossi", "", "crm.it"),
        "shop.csv": HEADER + row("1", "rossi", "1999-05-06", "shop.it"),
    }
    project = made(tmp_path, toml, files)
    project.decide("crm:1", "shop:1")
    assert golden(project)["rossi"]["website"].endswith("shop.it")


@pytest.mark.parametrize(
    ("trust", "where", "said"),
    [
        ("trust = 101", "[sources.crm]", "trust: input should be less than or equal to 100"),
        ("trust = { default = 101 }", "[sources.crm.trust]", "default: input should be less"),
        ("trust = { websit = 10 }", "[sources.crm.trust]", "unknown field 'websit'"),
        ("trust = { half_life = 10 }", "[sources.crm.trust]", "unknown field 'half_life'"),
        ("trust = { website = -1 }", "[sources.crm.trust]", "website: input should be greater"),
        ('trust = { website = "high" }', "[sources.crm.trust]", "website: input should be a valid int"),
        ("trust = { website = { trust = 10, half = 1 } }", "[sources.crm.trust.website]", "unknown key 'half'"),
        ("trust = { website = { half_life_days = 0, trust = 1 } }", "[sources.crm.trust.website]", "half_life_days: input should be greater than 0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, trust: str, where: str, said: str
) -> None:
    project = made(tmp_path, toml(trust))
    with pytest.raises(ConfigError) as refused:
        config.read(project.folder / "unify.toml")
    assert where in str(refused.value)
    assert said in str(refused.value)
    if "unknown" in said:
        assert {"websit": "website", "half": "half_life_days", "half_life": "half_life_days"}[
            said.split("'")[1]
        ] in refused.value.remedy


def test_what_survives_together_is_trusted_alike(tmp_path: Path) -> None:
    project = made(tmp_path, toml("trust = { street = 10, city = 90 }"), {"crm.csv": HEADER, "shop.csv": HEADER})  # fmt: skip
    with pytest.raises(ConfigError, match="street and city survive together"):
        project.plan()
