"""Own fields are compared by their kind, where they tell something."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from tests.projects import Project, made
from tests.test_explain import explained
from unify.fields import PERSON, Field, Kind
from unify.linkage.comparing import compare
from unify.linkage.levels import SPARK
from unify.linkage.model import Model, shipped
from unify.linkage.own import FEW, HANDFUL, Own, with_own
from unify.linkage.splink_engine import settings
from unify.linkage.training import numbered, start
from unify.tables import StandardRecord
from unify.workspace import Workspace, opened

SHARED = "anna@alfa.it"


def own_model(
    workspace: Workspace, kind: Kind, values: Sequence[str], country: str = "IT"
) -> Model:
    """The model of people with one own field, over records that hold the values."""
    ids = [f"r{n:03}" for n in range(len(values))]
    bare = {
        "record_id": ids,
        "place": pa.array(range(len(ids)), pa.int32()),
        "of_kind": [True] * len(ids),
        "contacts": pa.array([[f"c{n}"] for n in range(len(ids))], pa.list_(pa.string())),
    }
    workspace.hold("person_record", pa.table(bare))
    held = pa.table({"record_id": ids, "own": [[("x", value)] for value in values]},
        schema=pa.schema([pa.field("record_id", pa.string()), pa.field("own", pa.map_(pa.string(), pa.string()))]))  # fmt: skip
    workspace.hold("standard_record", held)
    fields = (Field("x", kind, "x"),)
    return with_own(workspace, shipped(PERSON), StandardRecord(), Own(fields, country))


# So many different values that the field tells something.
OTHERS: dict[Kind, list[str]] = {
    "id": [f"K-{n}00{n}Q" for n in range(10, 30)],
    "category": [f"Classe {n % 5}" for n in range(20)],
    "name": [f"Agente {word}" for word in ["Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda"]] * 2,
    "text": [f"{word} di prova numero {n}" for n, word in enumerate(["Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda"])],
    "email": [f"persona{n}@esempio{n}.it" for n in range(10, 30)],
    "phone": [f"035 {n}77{n}1" for n in range(10, 30)],
    "number": [str(n * 1000) for n in range(10, 30)],
    "date": [f"{n:02}/05/1980" for n in range(1, 29)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "left", "right", "level"),
    [
        ("id", "ab-12/3456", "AB 123456", "same"),
        ("id", "AB123456", "AB123457", "one sign off"),
        ("id", "AB123456", "XY999999", "different"),
        ("id", "AB123456", "n/a", "missing"),
        ("id", "000000", "000000", "missing"),
        ("category", "Oro", " ORO ", "same"),
        ("category", "Oro", "Argento", "different"),
        ("name", "Caffè Nero", "CAFFE' NERO", "same"),
        ("name", "Giovanni Verdi", "Giovani Verdi", "very similar"),
        ("name", "Verdi Giovanni", "Bianchi Giovanni", "a word in common"),
        ("name", "Verdi", "Bianchi", "different"),
        ("text", "Consegna il martedì.", "consegna il martedi", "same"),
        ("text", "chiama dopo le sei", "dopo le sei non chiamare mai più", "words in common"),
        ("text", "chiama", "consegna", "different"),
        ("email", "Anna@Alfa.IT", "anna@alfa.it", "same"),
        ("email", "anna@alfa.it", "ana@alfa.it", "one sign off"),
        ("email", "anna@alfa.it", "anna", "missing"),
        ("phone", "+39 347 1234567", "347/1234567", "same"),
        ("phone", "347 1234567", "347 1234568", "one digit off"),
        ("phone", "347 1234567", "02 998877", "different"),
        ("number", "1.234,50 €", "1234,5", "same"),
        ("number", "1.234.567", "1234567", "same"),
        ("number", "1000", "1040", "near"),
        ("number", "1000", "2000", "different"),
        ("number", "1000", "molto", "missing"),
        ("date", "31/12/2024", "2024-12-31", "same"),
        ("date", "05/03/1980", "03/05/1980", "day and month swapped"),
        ("date", "2024-12-31", "02.01.2025", "near"),
        ("date", "05/03/1980", "05/03/1970", "one digit off"),
        ("date", "05/03/1980", "17/08/1991", "different"),
        ("date", "01/01/1900", "01/01/1900", "missing"),
    ],
)  # fmt: skip
def test_values_are_compared_by_their_kind(kind: Kind, left: str, right: str, level: str) -> None:
    with opened(None) as workspace:
        model = own_model(workspace, kind, [left, right, *OTHERS[kind]])
        assert met(workspace, model) == level


def met(workspace: Workspace, model: Model) -> str:
    """The level that the first two records meet in the own comparison."""
    workspace.hold("pair", pa.table({"l": [0], "r": [1]}))
    (own,) = (one for one in model.comparisons if one.name == "own_x")
    alone = Model(**{**{n: getattr(model, n) for n in Model.__slots__}, "comparisons": (own,)})
    compare(workspace, alone, "pair", "compared")
    ((number,),) = workspace.select("select own_x from compared")
    return dict(numbered(own))[number].name if number >= 0 else "missing"


def test_a_country_that_writes_the_month_first_is_read_so() -> None:
    with opened(None) as workspace:
        american = own_model(workspace, "date", ["12/31/2024", "2024-12-31", *OTHERS["date"]], "US")
        assert met(workspace, american) == "same"


def test_what_agrees_as_the_contact_does_says_less() -> None:
    with opened(None) as workspace:
        model = own_model(workspace, "category", ["Oro", "Oro", *OTHERS["category"]])
        workspace.connection.execute("update person_record set contacts = ['c'] where place < 2")
        assert met(workspace, model) == "same, as is the contact"


def test_a_field_that_is_hardly_ever_filled_or_never_differs_is_not_compared() -> None:
    plain = shipped(PERSON)
    for values in (["", "n/a"] * 30, [f"K{n}" for n in range(HANDFUL)], ["Oro"] * 60):
        with opened(None) as workspace:
            assert own_model(workspace, "id", values) == plain


@pytest.mark.parametrize(
    ("kind", "values", "identifies"),
    [
        ("id", [f"K{n // 2}" for n in range(60)], True),
        ("phone", [f"0351234{n:03}" for n in range(60)], True),
        ("email", [f"a{n}@x.it" for n in range(60)], True),
        ("category", [f"K{n}" for n in range(60)], False),
        ("text", [f"K{n}" for n in range(60)], False),
        # The code of a branch is no customer's.
        ("id", [f"K{n // (FEW + 1)}" for n in range(60)], False),
        ("id", [f"K{n // 4}" for n in range(60)], False),
    ],
)  # fmt: skip
def test_only_an_identifier_with_values_of_its_own_carries_a_merge(
    kind: Kind, values: list[str], identifies: bool
) -> None:
    with opened(None) as workspace:
        model = own_model(workspace, kind, values)
    assert ("own_x" in model.anchors) == identifies
    assert ("own_x" in [rule.name for rule in model.blocking]) == identifies


def test_the_settings_can_be_built_for_spark() -> None:
    for kind, values in OTHERS.items():
        with opened(None) as workspace:
            model = start(own_model(workspace, kind, [*values, *values]), 1000)
        built = settings(model, SPARK).get_settings("spark").as_dict()
        assert len(built["comparisons"]) == len(model.comparisons)


GIVEN = ("Carla", "Dario", "Elisa", "Fabio", "Gino", "Ida", "Livio")
FAMILY = ("Neri", "Galli", "Conti", "Costa", "Greco", "Serra", "Monti")
# In two systems that have a name and the number of a card in common.
PEOPLE = [(given, family) for given in GIVEN for family in FAMILY]
CRM = "Id,Nome,Cognome,Email,Tessera,Zona\n" + "".join(
    f"{n},{given},{family},{given.lower()}{n}@alfa.it,T-{1000 + 37 * n},Nord\n"
    for n, (given, family) in enumerate(PEOPLE)
)
SHOP = "Id,Nome,Cognome,Cellulare,Tessera,Zona\n" + "".join(
    f"{n},{given[0]}.,{family},347 55512{n:02},T{1000 + 37 * n},Nord\n"
    for n, (given, family) in enumerate(PEOPLE[:30])
)
TOML = """
[sources.crm]
path = "crm.csv"
key = "Id"
[sources.shop]
path = "shop.csv"
key = "Id"
"""
CARD = '[fields.tessera]\nkind = "{kind}"\n[fields.zona]\nkind = "category"\n'


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two systems, and the number of a card as an identifier."""
    files = {"crm.csv": CRM, "shop.csv": SHOP}
    project = made(tmp_path_factory.mktemp("cards"), TOML + CARD.format(kind="id"), files)
    project.run()
    return project


def test_an_identifier_of_one_s_own_joins_who_has_it(cards: Project) -> None:
    customers = cards.customers()
    assert all(customers[f"crm:{n}"] == customers[f"shop:{n}"] for n in range(30))
    assert len(set(customers.values())) == len(PEOPLE)


def test_an_own_field_is_explained_by_its_name(cards: Project) -> None:
    found = explained(cards, "crm:3", "shop:3")
    (line,) = (line for line in found.lines if line.comparison == "own_tessera")
    assert (line.compared, line.left, line.right) == ("tessera", "T1111", "T1111")
    assert line.weight > 5


def test_a_text_of_one_s_own_joins_nobody(tmp_path: Path) -> None:
    project = made(tmp_path, TOML + CARD.format(kind="text"), {"crm.csv": CRM, "shop.csv": SHOP})
    project.run()
    assert len(set(project.customers().values())) == len(PEOPLE) + 30


def test_another_kind_of_field_fits_the_models_anew(tmp_path: Path) -> None:
    project = made(tmp_path, TOML + CARD.format(kind="text"), {"crm.csv": CRM, "shop.csv": SHOP})
    project.run()
    project.write("unify.toml", TOML + CARD.format(kind="id"))
    report = project.run(1)
    (why,) = [one["model"]["why"] for one in report.summary["linkage"] if one["kind"] == PERSON]
    assert why == "the model that it starts from has changed"
