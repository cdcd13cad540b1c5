"""Through any sequence of changes, decisions and undoing, ids stay, resolve, and are given once."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projects import CRM, Project, made
from unify.decisions import Decision, Judgement
from unify.errors import WorkspaceError
from unify.ledger import FILE, opened
from unify.pipeline import Outcome, accept
from unify.undo import undo

LIMITS = "[publish]\nmin_rows = 0.0\nkeep = 20\n"
GIVEN = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia", "Ivo")
FAMILY = ("Rossi", "Galli", "Neri", "Conti", "Villa", "Ferri", "Longo", "Mazza")
HEADER = "Id,Nome,Cognome,Email,Tel,Città\n"
WHO = st.integers(0, 7)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["add", "remove", "move", "double"]), WHO, st.just(0)),
    st.tuples(st.sampled_from(["same", "different"]), WHO, WHO),
    st.tuples(st.sampled_from(["renumber", "undo"]), st.just(0), st.just(0)),
)
HISTORIES = st.lists(STEPS, min_size=2, max_size=6)


@dataclass
class Life:
    """A project, who stands in its source, and what was ever published of it."""

    project: Project
    people: dict[int, tuple[int, str]] = field(default_factory=dict)
    """key → who it is, and where they live."""
    minute: int = 0
    ever: set[str] = field(default_factory=set)

    def step(self, what: str, one: int, other: int) -> set[int]:
        """Change something; give who was touched by it."""
        self.minute += 1
        mine = [key for key, (who, _) in self.people.items() if who == one]
        if what == "add" and not mine:
            self.people[max(self.people, default=0) + 1] = one, "Bergamo"
        elif what == "double" and mine:
            self.people[max(self.people) + 1] = self.people[mine[0]]
        elif what == "remove" and len(self.people) > len(mine):
            self.people = {k: p for k, p in self.people.items() if k not in mine}
        elif what == "move":
            self.people |= dict.fromkeys(mine, (one, f"Milano{self.minute}"))
        elif what == "renumber":
            self.people = {key + 1: person for key, person in self.people.items()}
        elif what in ("same", "different") and one != other:
            theirs = [key for key, (who, _) in self.people.items() if who == other]
            self.decide(mine[:1], theirs[:1], Judgement(what))
        return {one, other}

    def decide(self, one: list[int], other: list[int], judgement: Judgement) -> None:
        """Have a steward speak of two records, in this minute."""
        if one and other:
            at = self.project.plan(self.minute).clock().strftime("%Y-%m-%dT%H:%M:%SZ")
            said = Decision(f"crm:{one[0]}", f"crm:{other[0]}", judgement, "anna", "x", at)
            with opened(self.project.folder / FILE) as ledger:
                ledger.decide(said)

    def publish(self) -> None:
        """Match, and accept whatever the gate says."""
        rows = (
            f"{key},{GIVEN[who]},{FAMILY[who]},{FAMILY[who].lower()}{who}x@libero.it,347 55500{who:02},{town}\n"
            for key, (who, town) in self.people.items()
        )
        self.project.write("crm.csv", HEADER + "".join(rows))
        self.minute += 1
        before = set(self.ever)
        done = self.project.run(self.minute)
        if done.outcome is Outcome.HELD:
            self.minute += 1
            accept(self.project.plan(self.minute), done.run_id)
        created = [
            e["customer_id"]
            for e in self.project.published("events")
            if e["event"] == "created" and e["run_id"] == done.run_id
        ]
        assert len(set(created)) == len(created)
        assert not before & set(created)
        self.ever |= set(self.rows)

    def take_back(self) -> None:
        """Undo, where there is something to undo."""
        self.minute += 1
        try:
            undo(self.project.plan(self.minute))
        except WorkspaceError:
            return
        self.ever |= set(self.rows)

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        """customer id → golden row. How sure a link is depends on how common a name is among all."""
        golden = self.project.published("golden_customers")
        return {row["customer_id"]: row | {"confidence": ""} for row in golden}

    def ids_resolve(self) -> None:
        """Every id ever published leads to a living customer, or to one that was retired."""
        ends: dict[str, tuple[str, str]] = {}
        for event in self.project.published("events"):
            if event["event"] in ("created", "merged", "retired"):
                ends[event["customer_id"]] = event["event"], event["other_customer_id"]
        living, follows = set(self.rows), {}
        for row in self.project.published("aliases"):
            follows[row["old_id"]] = row["customer_id"]
        for customer in self.ever - living:
            at, turns = customer, 0
            while at not in living and ends[at][0] == "merged":
                at, turns = ends[at][1], turns + 1
                assert turns < 50
            assert at in living or ends[at][0] == "retired"
            assert follows.get(customer) == (at if at in living else None)


def untouched(rows: dict[str, dict[str, str]], touched: set[int]) -> dict[str, dict[str, str]]:
    """The customers that hold none of those people's e-mails."""
    emails = {f"{FAMILY[who].lower()}{who}x@libero.it" for who in touched}
    return {c: row for c, row in rows.items() if not emails & set(row["emails"].split("; "))}


def live(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = made(Path(folder), CRM + LIMITS, {"crm.csv": HEADER})
        life = Life(project, {n: (n, "Bergamo") for n in range(1, 5)})
        life.publish()
        for step in steps:
            before = life.rows
            if step[0] == "undo":
                life.take_back()
                life.ids_resolve()
                continue
            touched = life.step(*step)
            undone = bool(project.summary.get("undone"))
            life.publish()
            life.ids_resolve()
            if not undone:
                stays = untouched(before, touched)
                assert {c: life.rows.get(c) for c in stays} == stays
        life.publish()
        stood = life.rows
        life.publish()
        assert life.rows == stood


RARELY = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(max_examples=4, derandomize=True, suppress_health_check=RARELY)
@given(HISTORIES)
def test_ids_over_time(steps: list[tuple[str, int, int]]) -> None:
    live(steps)


@pytest.mark.parametrize(
    "steps",
    [
        [("renumber", 0, 0), ("same", 1, 2), ("renumber", 0, 0), ("different", 1, 2)],
        [("double", 1, 0), ("remove", 2, 0), ("undo", 0, 0), ("add", 6, 0), ("undo", 0, 0), ("undo", 0, 0)],
        [("same", 1, 2), ("remove", 1, 0), ("undo", 0, 0), ("renumber", 0, 0), ("add", 1, 0)],
    ],
)  # fmt: skip
def test_ids_through_what_is_hardest(steps: list[tuple[str, int, int]]) -> None:
    live(steps)


@pytest.mark.soak
@settings(max_examples=150, suppress_health_check=RARELY)
@given(st.lists(STEPS, min_size=2, max_size=14))
def test_ids_over_a_long_time(steps: list[tuple[str, int, int]]) -> None:
    live(steps)
