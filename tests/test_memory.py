"""What a later run takes over from an earlier one: standard forms, and what sources have shown."""

from __future__ import annotations

from pathlib import Path

from tests.projects import CRM, Project, made
from unify.land import land
from unify.standardise import standardise
from unify.tables import Remembered
from unify.workspace import Workspace, opened

HEADER = "Id,Nominativo,Email,Telefono,Indirizzo,Citta,Nato il,C.F./P.IVA\n"
ROWS = (
    'C1,"Officine Rossi S.r.l., Milano","Mario <m.rossi@x.it>","02 7654321 int. 5",Via Roma 5,Milano,1 marzo 1970,01234567897\n'
    "C2,Verdi Anna,anna@x.it,333 1234567,Corso Italia 9,Roma,12/03/1975,\n"
)


def _standardised(project: Project, workspace: Workspace, *, anew: bool = False) -> list[object]:
    records = land(workspace, project.plan().sources, ()).records
    standardise(workspace, records, "IT", anew=anew)
    return list(workspace.connection.execute("select * from standard_record").fetchall())


def _age(workspace: Workspace) -> None:
    """Mark every remembered form, so that one made again is told by lacking the mark."""
    workspace.connection.execute("update standard_party set full_name = 'remembered'")


def test_a_value_that_was_standardised_is_not_standardised_again(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, files={"crm.csv": HEADER + ROWS})
    with opened(tmp_path / "unify.duckdb") as workspace:
        first = _standardised(project, workspace)
        _age(workspace)
        project.write("crm.csv", HEADER + ROWS + "C3,Officine Verdi snc,,,,,,\n")
        _standardised(project, workspace)
        names = workspace.connection.execute(
            "select full_name from standard_record where kind = 'organization' order by record_id"
        ).fetchall()
        assert names == [("remembered",), ("Officine Verdi S.n.c.",)]
        assert _standardised(project, workspace, anew=True)[:2] == first[:2]


def test_what_nobody_writes_any_more_is_dropped(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, files={"crm.csv": HEADER + ROWS})
    with opened(tmp_path / "unify.duckdb") as workspace:
        _standardised(project, workspace)
        project.write("crm.csv", HEADER + "C9,Bianchi Luca,,,,,,\n")
        _standardised(project, workspace)
        for table in Remembered.__subclasses__():
            held = workspace.connection.execute(f"select * from {table.name}").fetchall()
            assert "Rossi" not in str(held), table.name


def test_other_rules_settle_every_value_anew(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, files={"crm.csv": HEADER + ROWS})
    with opened(tmp_path / "unify.duckdb") as workspace:
        first = _standardised(project, workspace)
        _age(workspace)
        workspace.connection.execute("update made_by set rules = 'those of another version'")
        assert _standardised(project, workspace) == first


def test_a_source_is_read_as_its_earlier_loads_were(tmp_path: Path) -> None:
    """The first load proves that months lead; the second, alone, would be read the usual way."""
    header = "Id,Nato il\n"
    project = made(tmp_path, CRM, files={"crm.csv": header + "C1,03/25/1975\nC2,01/02/1970\n"})
    with opened(tmp_path / "unify.duckdb") as workspace:
        _standardised(project, workspace)
        project.write("crm.csv", header + "C2,01/02/1970\n")
        _standardised(project, workspace)
        assert _birth_dates(workspace) == [("1970-01-02",)]
        _standardised(project, workspace, anew=True)
        assert _birth_dates(workspace) == [("1970-01-02",)]
        project.write("crm.csv", header + "C2,01/02/1970\nC3,25/03/1975\n")
        _standardised(project, workspace)
        assert _birth_dates(workspace) == [("1970-02-01",), ("1975-03-25",)]


def _birth_dates(workspace: Workspace) -> list[tuple[str]]:
    return workspace.connection.execute(
        "select birth_date from standard_record order by record_id"
    ).fetchall()


def test_values_that_say_nothing_are_counted_with_the_reason(tmp_path: Path) -> None:
    rows = (
        "C1,Rossi Mario,nome@email.it,000000,,,01/01/1900,xxx\nC2,Verdi Anna,n/a,-,,,30/02/1970,\n"
    )
    project = made(tmp_path, CRM, files={"crm.csv": HEADER + rows})
    report = project.run()
    assert {(u["field"], u["reason"], u["values"]) for u in report.summary["unused"]} == {
        ("any_id", "crosses", 1),
        ("birth_date", "a placeholder", 1),
        ("birth_date", "no such day", 1),
        ("emails", "a stand-in", 1),
        ("emails", "a word for nothing", 1),
        ("phones", "signs alone", 1),
        ("phones", "zeros", 1),
    }


FAMILY_FIRST = ("Rossi Mario", "Bianchi Anna", "Esposito Giuseppe", "Ferrari Luca", "Colombo Maria")


def _names(workspace: Workspace) -> dict[str, tuple[str, str]]:
    rows = workspace.connection.execute(
        "select source_key, given_name, family_name from standard_record"
    )
    return {key: (given, family) for key, given, family in rows.fetchall()}


def test_a_name_that_could_be_either_way_is_read_as_its_source_writes_names(tmp_path: Path) -> None:
    header = "Id,Nominativo\n"
    told = "".join(f"T{n},{FAMILY_FIRST[n % 5]}\n" for n in range(25))
    open_one = "X1,Aldo Bruno\nX2,Mario Rossi\n"
    project = made(tmp_path, CRM, files={"crm.csv": header + open_one})
    with opened(tmp_path / "unify.duckdb") as workspace:
        _standardised(project, workspace)
        assert _names(workspace)["X1"] == ("Aldo", "Bruno")
        project.write("crm.csv", header + told + open_one)
        _standardised(project, workspace)
        assert _names(workspace)["X1"] == ("Bruno", "Aldo")
        assert _names(workspace)["X2"] == ("Mario", "Rossi")
        project.write("crm.csv", header + open_one)
        _standardised(project, workspace)
        assert _names(workspace)["X1"] == ("Bruno", "Aldo")
