"""Who is merged with whom, and who is not, in worlds small enough to judge by eye."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.projects import CRM, made
from unify.fields import ORGANIZATION, PERSON
from unify.linkage.levels import SPARK
from unify.linkage.model import shipped
from unify.linkage.splink_engine import settings
from unify.linkage.training import numbered, start, train
from unify.tables import ScoredPair
from unify.workspace import opened

HEADER = "Id,FirstName,LastName,Company,Email,Mobile,Phone,Street,City,Zip,Birthdate,TaxCode"
# Neighbours, so that a world is no smaller than the smallest that users have.
OTHERS = [
    f"n{n},{given},{family},,{given.lower()}.{family.lower()}{n}@libero.it,33{n:08},,Via Po {n},Lodi,26900,,"
    for n, (given, family) in enumerate(
        (given, family)
        for given in ("Carla", "Dario", "Elisa", "Fabio", "Gino", "Ida", "Livio")
        for family in ("Neri", "Galli", "Conti", "Costa", "Greco", "Serra", "Monti")
    )
]
AMERICAN = f'[project]\nname = "a"\ncountry = "US"\n\n{CRM}'
WORDS = (
    "Amber", "Birch", "Cedar", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Indigo", "Juniper", "Kestrel",
    "Lantern", "Meteor", "Nectar", "Orbit", "Pebble", "Quartz", "Raven", "Saffron", "Timber", "Umber", "Velvet",
)  # fmt: skip

OPEN_NEIGHBOURS = "".join(
    f"n{n},{name},{name.lower().replace(' ', '.')}{n}@libero.it,33{n:08}\n"
    for n, name in enumerate(("Carla Neri", "Dario Galli", "Elisa Conti", "Fabio Costa"))
)


def merged(folder: Path, rows: Iterable[str]) -> set[frozenset[str]]:
    """The keys that ended as one customer, for the given rows among their neighbours."""
    project = made(folder, files={"crm.csv": "\n".join([HEADER, *rows, *OTHERS])})
    project.run()
    customers: dict[str, set[str]] = {}
    for row in project.published("crosswalk"):
        customers.setdefault(row["customer_id"], set()).add(row["source_key"])
    return {frozenset(keys) for keys in customers.values() if len(keys) > 1}


def workspace_rows(folder: Path, select: str) -> list[tuple[Any, ...]]:
    """What the last run in a folder left in its workspace."""
    with opened(folder / "unify.duckdb") as workspace:
        return workspace.select(select)


def rows(*written: str) -> list[str]:
    """Rows with their commas made up."""
    return [row + "," * (HEADER.count(",") - row.count(",")) for row in written]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(
            ["1,Anna,Rossi,,anna@rossi.it", "2,Anna,Rossi,,ANNA@ROSSI.IT"], id="one mailbox"
        ),
        pytest.param(
            ["1,Anna,Rossi,,,333 1234567,,Via Roma 1,Bergamo,24121",
             "2,ANNA,ROSSI,,,+39 3331234567,,V. Roma 1,Bergamo,24121"], id="one mobile and home",
        ),
        pytest.param(
            ["1,Giuseppe,Rossi,,,3331234567", "2,Beppe,Rossi,,,3331234567"], id="a short form"
        ),
        pytest.param(
            ["1,Rossi,Mario,,m.rossi@alfa.it", "2,Mario,Rossi,,m.rossi@alfa.it"], id="swapped"
        ),
        pytest.param(
            ["1,,,Officine Rossi S.r.l.,info@officinerossi.it,,035 123456,Via dell'Industria 4,Bergamo,24121",
             "2,,,OFFICINE ROSSI SRL,info@officinerossi.it,,035123456,Via Industria 4,Bergamo,24121"],
            id="a firm in two spellings",
        ),
    ],
)  # fmt: skip
def test_the_same_customer_becomes_one(tmp_path: Path, written: list[str]) -> None:
    assert merged(tmp_path, rows(*written)) == {frozenset({"1", "2"})}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(
            ["1,Mario,Rossi,,,,,,Roma,00184", "2,Mario,Rossi,,,,,,Roma,00184"],
            id="two Mario Rossi of one town",
        ),
        pytest.param(
            [f"{n},Anna,Rossi,,anna.rossi{n}@gmail.com" for n in range(50, 80)],
            id="thirty namesakes with mailboxes of their own",
        ),
        pytest.param(
            [f"{n},{given},Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121"
             for n, given in enumerate(("Marco", "Paola", "Luca", "Giulia"))],
            id="a family of four at one landline",
        ),
        pytest.param(
            ["1,Marco,Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121,1950-02-01",
             "2,Marco,Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121,1980-05-12"],
            id="father and son",
        ),
        pytest.param(
            ["1,Maria,Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121,1980-05-12",
             "2,Mario,Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121,1980-05-12"],
            id="twins",
        ),
        pytest.param(
            ["1,Mario,Russo,,russo22@alice.it,3331234567", "2,Chiara,Russo,,russo22@alice.it,3331234567",
             "3,,Russo,,russo22@alice.it"],
            id="a couple and a record that fits either",
        ),
        pytest.param(
            ["1,Paola,Ferrari,,famiglia.ferrari@alice.it", "2,Luca,Ferrari,,famiglia.ferrari@alice.it"],
            id="a couple at one mailbox",
        ),
        pytest.param(
            [f"{n},{given},{family},Alfa S.p.A.,info@alfaspa.it,,035 111111,Via Fermi 1,Bergamo,24121"
             for n, (given, family) in enumerate(
                (given, family)
                for given in ("Aldo", "Bice", "Ciro", "Dina", "Enzo", "Furio", "Gaia", "Ivo", "Lea",
                              "Mara", "Nino", "Olga", "Pia", "Rino", "Sara", "Tea", "Ugo", "Vera",
                              "Zeno", "Edda")
                for family in ("Alberti", "Barone", "Caputo", "Donati", "Esposito", "Fabbri",
                               "Grassi", "Landi", "Mancini", "Negri", "Orlandi", "Pagani", "Riva",
                               "Sala", "Testa", "Urso", "Valle", "Zanetti", "Bruni", "Corti",
                               "Dossi", "Fontana", "Gatti", "Longo", "Marini")
            )],
            id="five hundred employees at one switchboard",
        ),
        pytest.param(
            ["1,Mario,Ferrari,,mario.ferrari@gmail.com,3331234567,,Via Roma 1,Bergamo,24121",
             "2,Mario,Ferrari,,mario.ferrair@gmail.com,3387654321,,Via Etna 90,Roma,00184"],
            id="namesakes whose mailboxes are their name, once with a slip",
        ),
        pytest.param(
            ["1,Beppe,Ferrari,,giuseppe.ferrari@gmail.com,3331234567,,Via Roma 1,Bergamo,24121",
             "2,Beppe,Ferrari,,giuseppe.ferrari@gmail.com,3387654321,,Via Etna 90,Roma,00184"],
            id="namesakes whose mailbox is the long form of their name",
        ),
        pytest.param(
            ["1,Mario,Bianchi,,mario@alfa.it,3331234567,,,,,,RSSMRA45C12F205C",
             "2,Mario,Bianchi,,mario@alfa.it,3331234567,,,,,,MRTNTN23M02D969P"],
            id="two valid tax ids",
        ),
        pytest.param(
            ["1,Marco,Rossi,Alfa S.p.A.,m.rossi@alfaspa.it,,035 111111", "2,Mario,Rossi,Alfa S.p.A.,m.rossi@alfaspa.it,,035 111111",
             "3,M.,Rossi,Alfa S.p.A.,m.rossi@alfaspa.it,,035 111111"],
            id="two colleagues at one mailbox and an initial that fits either",
        ),
        pytest.param(
            [f"{n},{given},Ferrari,,ferrari@alice.it,3331234567,,Via Verdi 3,Bergamo,24121,1980-05-12"
             for n, given in enumerate(("Luca", "Marco", ""))],
            id="twins and a record without a given name",
        ),
        pytest.param(
            [f"{n},,,{name},info@studiobeta.it,,035 123456,Via Roma 1,Bergamo,24121"
             for n, name in enumerate(("Alfa Meccanica S.r.l.", "Gamma Impianti S.r.l.", "Alfa Meccanica e Gamma Impianti"))],
            id="two firms of one office and a record that names both",
        ),
        pytest.param(
            ["1,Marco,Ferrari,,,3331234567,,Via Verdi 3,Bergamo,24121,1950-02-01",
             "2,Marco,Ferrari,,,3331234567,,Via Verdi 3,Bergamo,24121,1980-05-12"],
            id="father and son at one mobile",
        ),
        pytest.param(
            ["1,Maria Grazia,Ferrari,,,3331234567,035 234567,Via Verdi 3,Bergamo,24121",
             "2,Maria Teresa,Ferrari,,,3331234567,035 234567,Via Verdi 3,Bergamo,24121"],
            id="two sisters named Maria",
        ),
        pytest.param(
            [f"{n},,,Condominio Via Roma {n},amm@studiorossi.it,,035 123456" for n in (12, 14)],
            id="two houses of one administrator",
        ),
        pytest.param(
            [f"{n},,,Farmacia Comunale {n},info@farmacie.it,,035 123456" for n in (1, 2)],
            id="numbered branches at one switchboard",
        ),
        pytest.param(
            [f"{n},,,Alfa Immobiliare {side},info@alfa.it,,035 123456" for n, side in enumerate(("Nord", "Sud"))],
            id="two firms of a group",
        ),
        pytest.param(
            [f"{n},,,Parrocchia San Giovanni Battista" for n in (1, 2)],
            id="parishes of which nothing but the saint is known",
        ),
    ],
)  # fmt: skip
def test_different_customers_stay_apart(tmp_path: Path, written: list[str]) -> None:
    assert merged(tmp_path, rows(*written)) == set()


def test_a_small_list_of_namesakes_with_phones_of_their_own_stays_one_each(tmp_path: Path) -> None:
    written = [f"{n},Giuseppe,Russo,,,,081 {5510000 + 7919 * n},,Napoli,80100" for n in range(50)]
    project = made(tmp_path, files={"crm.csv": "\n".join([HEADER, *rows(*written)])})
    project.run()
    assert len({row["customer_id"] for row in project.published("crosswalk")}) == len(written)


def test_a_person_is_never_merged_with_a_firm(tmp_path: Path) -> None:
    written = rows(
        "1,Mario,Rossi,,info@rossimario.it,,035 123456,Via Roma 1,Bergamo,24121",
        "2,,,Rossi Mario S.r.l.,info@rossimario.it,,035 123456,Via Roma 1,Bergamo,24121",
    )
    assert merged(tmp_path, written) == set()


@pytest.mark.parametrize("kind", [PERSON, ORGANIZATION])
def test_the_settings_can_be_built_for_spark(kind: str) -> None:
    built = settings(start(shipped(kind), 1000), SPARK).get_settings("spark")
    assert len(built.comparisons) == len(shipped(kind).comparisons)


def test_training_keeps_the_shipped_values_where_data_say_nothing() -> None:
    model = start(shipped(PERSON), 50)
    trained = train(shipped(PERSON), candidates={}, random={}, records=50).model
    for before, after in zip(model.comparisons, trained.comparisons, strict=True):
        for level, fitted in zip(before.levels, after.levels, strict=True):
            assert fitted.m == pytest.approx(level.m, rel=1e-6)


def test_the_other_evidence_on_pairs_moves_the_odds_of_what_they_share() -> None:
    model = shipped(PERSON)
    place = {comparison.name: n for n, comparison in enumerate(model.comparisons)}
    contact, given = (
        {level.name: number for number, level in numbered(model.comparisons[place[name]])}
        for name in ("contact", "given_name")
    )
    pattern = [-1] * len(model.comparisons)
    pattern[place["contact"]], pattern[place["given_name"]] = (
        contact["same mobile"], given["different"],
    )  # fmt: skip
    strangers = train(model, {tuple(pattern): 500}, {}, records=5000).model
    pattern[place["given_name"]] = given["same"]
    friends = train(model, {tuple(pattern): 500}, {}, records=5000).model

    def odds(fitted: object) -> float:
        (level,) = [x for x in fitted.comparisons[0].levels if x.name == "same mobile"]  # type: ignore[attr-defined]
        return float(level.odds)

    assert odds(strangers) < 1
    assert odds(friends) > 12


def test_a_difference_counts_among_the_pairs_that_could_agree() -> None:
    model = shipped(PERSON)
    place = {comparison.name: n for n, comparison in enumerate(model.comparisons)}
    number = {
        comparison.name: {level.name: n for n, level in numbered(comparison)}
        for comparison in model.comparisons
    }

    def pattern(contact: str, tax_id: str) -> tuple[int, ...]:
        met = [-1] * len(model.comparisons)
        met[place["contact"]] = number["contact"][contact]
        met[place["reach"]] = number["reach"]["mobile"]
        met[place["tax_id"]] = number["tax_id"][tax_id]
        return tuple(met)

    # Of a thousand who are surely one, six hundred have another mobile.
    candidates = {pattern("another mobile", "same"): 600, pattern("same mobile", "same"): 400}
    fitted = train(model, candidates, {}, records=5000).model
    (level,) = [
        level for level in fitted.comparisons[place["contact"]].levels
        if level.name == "another mobile"
    ]  # fmt: skip
    assert level.m == pytest.approx(0.6, abs=0.05)
    assert level.u > 0.99


def test_the_data_tell_how_seldom_a_source_holds_a_customer_twice() -> None:
    model = shipped(PERSON)
    place = {comparison.name: n for n, comparison in enumerate(model.comparisons)}
    met = [-1] * len(model.comparisons)
    met[place["tax_id"]] = {
        level.name: n for n, level in numbered(model.comparisons[place["tax_id"]])
    }["same"]
    levels = {level.name: n for n, level in numbered(model.comparisons[place["source"]])}
    candidates = {}
    for name, pairs in (("two sources", 950), ("the same source", 50)):
        met[place["source"]] = levels[name]
        candidates[tuple(met)] = pairs
    fitted = train(model, candidates, {}, records=5000).model.comparisons[place["source"]]
    assert {level.name: level.m for level in fitted.levels if not level.missing} == {
        "two sources": pytest.approx(0.94, abs=0.02), "the same source": pytest.approx(0.06, abs=0.02),
    }  # fmt: skip


def test_of_two_identifiers_the_one_that_passes_its_check_is_kept(tmp_path: Path) -> None:
    text = "Id,Nome,Cognome,CodiceFiscale,C.F./P.IVA\n1,Mario,Rossi,RSSMRA45C12F205C,ZZZMRA45C12F205Z\n"
    project = made(tmp_path, files={"crm.csv": text})
    project.run()
    (customer,) = project.published("golden_customers")
    assert customer["tax_id"] == "RSSMRA45C12F205C"
    assert customer["birth_date"] == "1945-03-12"


@pytest.mark.parametrize(
    ("written", "lent"),
    [
        pytest.param(",,,ermenegilda.squarcina@alice.it", ("ermenegilda", "squarcina"), id="both"),
        pytest.param(",,,squarcina.ermenegilda@alice.it", ("ermenegilda", "squarcina"), id="order"),
        pytest.param(",,,ermenegildasquarcina71@alice.it", ("ermenegilda", "squarcina"), id="one word"),
        pytest.param("Ermenegilda,,,e.squarcina@alice.it", ("ermenegilda", "squarcina"), id="a family name"),
        pytest.param("E.,Squarcina,,squarcina.ermenegilda@alice.it", ("ermenegilda", "squarcina"), id="an initial"),
        pytest.param(",,,famigliasquarcina@alice.it", (None, "squarcina"), id="a household"),
        pytest.param(",,,info@alice.it", None, id="a role"),
        pytest.param(",,,xkcd1234@alice.it", None, id="no name"),
        pytest.param("Ermenegilda,Squarcina,,mario.rossi@alice.it", None, id="a whole name"),
    ],
)  # fmt: skip
def test_an_e_mail_lends_the_name_that_its_record_lacks(
    tmp_path: Path, written: str, lent: tuple[str | None, str] | None
) -> None:
    known = rows("98,Ermenegilda,Squarcina,,,3331234599", "99,Mario,Rossi,,,3331234598")
    merged(tmp_path, [*known, *rows(f"1,{written}")])
    found = workspace_rows(
        tmp_path,
        "select given_key, family_key from person_record where record_id = 'crm:1' and lent",
    )
    assert found == ([lent] if lent else [])


def test_a_record_of_an_e_mail_alone_finds_its_person(tmp_path: Path) -> None:
    written = rows(
        "1,Ermenegilda,Squarcina,,e.squarcina@alice.it,3331234567,,Via Roma 1,Bergamo,24121",
        "2,,,,e.squarcina@alice.it",
    )
    assert merged(tmp_path, written) == {frozenset({"1", "2"})}


def test_two_records_that_have_their_name_of_one_e_mail_are_no_namesakes_for_it(
    tmp_path: Path,
) -> None:
    written = rows("1,,,,mario.rossi@alice.it", "2,,,,mario.rossi@alice.it")
    merged(tmp_path, written)
    ((lent,),) = workspace_rows(
        tmp_path,
        "select count(*) from person_record where lent and family_key = 'rossi'",
    )
    assert lent == 2


@pytest.mark.parametrize(
    ("written", "together"),
    [
        pytest.param(
            ["1,,,R.G.L. Imballaggi S.r.l.,commerciale@rgl-imballaggi.it,,035 123456,,Bergamo,24121",
             "2,,,,rosa.ding@rgl-imballaggi.it"], False, id="somebody who works there",
        ),
        pytest.param(
            ["1,Anna,Segato,,,333 8572358,,,Lodi,26900", "2,Anna,Segato,,,333 8527358"], True,
            id="two digits of the mobile changed places",
        ),
        pytest.param(
            ["1,Giovanna,Pavoncelli,,,3331234567,,,Lodi,26900", "2,Pavoncelli,Vanna,,,3331234567"],
            True, id="names swapped, and one a short form",
        ),
        pytest.param(
            ["1,Paolo,Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121",
             "2,Paola,Ferrari,,,,035 234567,Via Verdi 3,Bergamo,24121"], False, id="brother and sister",
        ),
    ],
)  # fmt: skip
def test_what_is_said_in_other_ways_is_understood(
    tmp_path: Path, written: list[str], together: bool
) -> None:
    assert merged(tmp_path, rows(*written)) == ({frozenset({"1", "2"})} if together else set())


def test_an_office_without_a_name_takes_that_of_its_domain(tmp_path: Path) -> None:
    written = rows(
        "1,,,R.G.L. Imballaggi S.r.l.,,,035 123456,,Bergamo,24121",
        "2,,,,info@rgl-imballaggi.it",
        "3,,,,rosa.ding@rgl-imballaggi.it",
    )
    merged(tmp_path, written)
    found = workspace_rows(
        tmp_path, "select record_id, name_key from organization_record where lent order by all"
    )
    assert found == [("crm:2", "rgl imballaggi")]


def test_a_record_of_open_kind_is_what_its_e_mail_makes_it(tmp_path: Path) -> None:
    text = (
        "Id,Nominativo,Email,Cellulare\n1,Giovanni Becherini,giovanni.becherini71@hotmail.it,3331234567\n"
        "2,G.,giovanni.becherini71@hotmail.it,\n"
    )
    project = made(tmp_path, files={"crm.csv": text + OPEN_NEIGHBOURS})
    project.run()
    customers = project.customers()
    assert customers["crm:1"] == customers["crm:2"]
    kinds = {row["customer_id"]: row["kind"] for row in project.published("golden_customers")}
    assert kinds[customers["crm:1"]] == "person"


def test_a_pair_of_two_kinds_goes_to_a_person_and_never_merges() -> None:
    columns = ("l", "r", "match_weight", "anchored", "crossing", "parted")
    pairs = [(0, 1, 20.0, True, True, False), (2, 3, 20.0, True, False, False)]
    records = {"record_id": list("abcd"), "place": range(4)}
    with opened(None) as workspace:
        compared = [dict(zip(columns, pair, strict=True)) for pair in pairs]
        workspace.hold("compared_pair", pa.Table.from_pylist(compared))
        workspace.start(ScoredPair)
        workspace.hold("person_record", pa.table(records))
        workspace.append(
            ScoredPair, workspace.text_of("kept_pair"),
            pairs="compared_pair", records="person_record", least=0.01, unanchored=0.95, likely=0.5,
        )  # fmt: skip
        items = [{"record_id": record, "item": n} for n, record in enumerate("abcd")]
        workspace.hold("cluster_item", pa.Table.from_pylist(items))
        probabilities = workspace.rows("scored_pair_sorted")
        workspace.compose_from("numbered_link")
        links = workspace.rows("strong_link", threshold=0.9)
    assert {row["record_id_l"]: row["match_probability"] for row in probabilities} == {
        "a": 0.95,
        "c": 0.999999,
    }
    assert [(link["a"], link["b"]) for link in links] == [(2, 3)]


def test_what_fits_two_with_tax_ids_of_their_own_is_neither_s(tmp_path: Path) -> None:
    written = rows(
        "1,Mario,Bianchi,,mario@alfa.it,3331234567,,Via Po 1,Bergamo,24121,,RSSMRA45C12F205C",
        "2,Mario,Bianchi,,mario@alfa.it,3331234567,,Via Po 1,Bergamo,24121,,",
        "3,Mario,Bianchi,,mario@alfa.it,3331234567,,Via Po 1,Bergamo,24121,,MRTNTN23M02D969P",
    )
    # To which of the two the second belongs, nothing tells.
    assert merged(tmp_path, written) == set()
    refused = workspace_rows(tmp_path, "select reason, witness_l, witness_r from refused_pair")
    assert {(reason, left, right) for reason, left, right in refused} == {
        ("it fits two customers alike", "crm:1", "crm:2"),
        ("it fits two customers alike", "crm:2", "crm:3"),
    }


def test_branches_of_a_firm_are_left_for_a_person(tmp_path: Path) -> None:
    written = rows(
        "1,,,Farmacia Zanardelli,,,035 123456,Via Po 1,Bergamo,24121",
        "2,,,Farmacia Zanardelli,,,035 123456,Via Roma 90,Dalmine,24044",
    )
    assert merged(tmp_path, written) == set()


def test_one_birth_date_is_enough_to_be_compared(tmp_path: Path) -> None:
    written = rows("1,Vladyslav,Kuzmin,,,,,,,,1991-03-10", "2,Wladislav,Cuzmyn,,,,,,,,1991-03-10")
    merged(tmp_path, written)
    pairs = workspace_rows(tmp_path, "select record_id_l, record_id_r from scored_pair")
    assert ("crm:1", "crm:2") in pairs


@pytest.mark.parametrize(("initial", "customers"), [("Q", 1), ("T", 2)])
def test_a_middle_initial_tells_a_father_from_his_son(
    tmp_path: Path, initial: str, customers: int
) -> None:
    files = {
        "crm.csv": "Id,first name,middle initial,last name,phone,address,city\n"
        "1,Harold,Q,Winkler,(212) 555-0123,12 Elm St,Albany\n"
        f"2,Harold,{initial},Winkler,(212) 555-0123,12 Elm St,Albany\n"
        + "".join(
            f"f{n},{word},{'QT'[n % 2]},Bird,(212) 555-{3000 + n},{n} Oak St,Albany\n"
            for n, word in enumerate(WORDS)
        )
    }
    project = made(tmp_path, AMERICAN, files)
    project.run()
    assert len(project.published("golden_customers")) == len(WORDS) + customers


def test_a_firm_whose_street_is_spelt_otherwise_is_no_branch(tmp_path: Path) -> None:
    written = rows(
        "1,,,Farmacia Zanardelli,,,035 123456,Via Sant'Alessandro 18,Bergamo,24121",
        "2,,,Farmacia Zanardelli,,,035 123456,V. Allessandro 18,Bergamo,24121",
    )
    assert merged(tmp_path, written) == {frozenset({"1", "2"})}


def test_a_firm_in_a_town_spelt_otherwise_is_no_branch(tmp_path: Path) -> None:
    files = {
        "crm.csv": "Id,name,phone,address,city\n"
        "1,Harbour Tavern,(212) 555-1204,2450 W. Broadway,New York\n"
        "2,Harbour Tavern,212-555-1204,2450 Broadway near 90th St.,New York City\n"
        + "".join(
            f"f{n},{word} Pizzeria,(212) 555-{3000 + n},{n} Elm St,New York\n"
            for n, word in enumerate(WORDS)
        )
    }
    project = made(tmp_path, AMERICAN, files)
    project.run()
    customer = {row["source_key"]: row["customer_id"] for row in project.published("crosswalk")}
    assert customer["1"] == customer["2"]
    assert len(set(customer.values())) == len(WORDS) + 1


def test_in_a_list_of_firms_a_name_that_could_be_a_person_s_is_a_firm_s(tmp_path: Path) -> None:
    firms = [f"{word} Pizzeria" for word in WORDS]
    people = ["Joe Allen", "Maria Lopez", "Tom Baker"]
    lines = [f"{n},{name}" for n, name in enumerate([*firms, "Palace Court", *people])]
    project = made(tmp_path, AMERICAN, {"crm.csv": "\n".join(["Id,name", *lines])})
    project.run()
    golden = project.published("golden_customers")
    assert sorted(row["full_name"] for row in golden if row["kind"] == PERSON) == people


def test_firms_of_which_nothing_but_a_rare_name_is_known_are_one(tmp_path: Path) -> None:
    written = rows("1,,,Officine Zanardelli Srl", "2,,,OFFICINE ZANARDELLI S.R.L.")
    assert merged(tmp_path, written) == {frozenset({"1", "2"})}


def test_firms_of_one_name_and_two_legal_forms_are_two(tmp_path: Path) -> None:
    written = rows("1,,,Officine Zanardelli Srl", "2,,,Officine Zanardelli S.n.c.")
    assert merged(tmp_path, written) == set()


def test_firms_of_one_name_in_two_countries_are_two(tmp_path: Path) -> None:
    files = {
        "crm.csv": "Id,organization,country\n1,Brouwer Shipping,NL\n2,Brouwer Shipping,DE\n"
        + "".join(f"f{n},{word} Shipping,{('NL', 'DE')[n % 2]}\n" for n, word in enumerate(WORDS))
    }
    project = made(tmp_path, files=files)
    project.run()
    assert len(project.published("golden_customers")) == len(WORDS) + 2
