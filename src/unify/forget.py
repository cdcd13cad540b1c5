"""A person forgotten: removed from all that a project keeps, and not taken in again."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from unify import ledger as ledgers
from unify import project
from unify.clock import instant
from unify.decisions import Speaker
from unify.erasing import carry_out
from unify.erasures import ERASED, Erasure, Person, note, salt
from unify.errors import ConfigError, UnifyError, WorkspaceError
from unify.generations import Generations
from unify.ledger import Ledger
from unify.plan import Plan
from unify.publication import DATABASE, resolved
from unify.rewriting import original, texts_of, texts_of_others
from unify.signs import TOLD, key_sign, signs_of
from unify.workspace import opened, published, quoted


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row that still stands in its source."""

    source: str
    source_key: str
    location: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an erasure removed, and what is left for others to remove."""

    run_id: str
    customers: tuple[str, ...]
    records: int
    done: tuple[str, ...]
    remaining: tuple[SourceRow, ...]


def seek(plan: Plan, asked: str) -> Person:
    """Whom a customer's id (any that it ever had) or a record means. Nothing is changed.

    Raises ConfigError where nothing of that name was ever published.
    """
    with ledgers.opened(plan.folder / ledgers.FILE) as ledger:
        return _sought(project.generations_of(plan), ledger, asked)


def forget(plan: Plan, asked: str, speaker: Speaker) -> Forgotten:
    """Remove a person for good: from workspace, ledger, generations, worksheets.

    What is left is signs by which later imports know the person's rows, to set them aside.
    Raises ConfigError for one that is unknown, or whose name the speaker repeats; RunInProgress.
    """
    with project.held(plan) as (ledger, generations):
        person = _sought(generations, ledger, asked)
        workspace = plan.folder / project.WORKSPACE
        person = replace(person, values=_values(person, workspace, generations))
        _refuse_repeating(speaker, person)
        remaining = _remaining(person, workspace)
        signs = _signs(person, workspace, generations, salt(ledger))
        run_id = project.begin(plan, ledger)
        with project.recorded(ledger, plan, run_id) as end:
            erasure = Erasure(
                run_id, instant(plan.clock()), speaker.steward, speaker.reason, person
            )
            note(ledger, erasure, signs)
            done = carry_out(erasure, ledger, project.place(plan, generations, ledger.runs()))
            end(ERASED, 0, project.erased_summary(erasure))
    return Forgotten(run_id, person.customers, len(person.records), done, remaining)


def _sought(generations: Generations, ledger: Ledger, asked: str) -> Person:
    databases = [
        folder / DATABASE for folder in (*generations.folders(), *generations.candidates())
    ]
    unknown: UnifyError | None = None
    for database in databases:
        try:
            customers, records = _held(database, asked)
        except UnifyError as refused:
            unknown = unknown or refused
        else:
            return _whole(customers, records, databases, ledger)
    known = {p.customer_id: p.founding_record for p in ledger.promised()}
    if asked.upper() in known:
        founding = tuple(filter(None, [known[asked.upper()]]))
        return _whole((asked.upper(),), founding, databases, ledger)
    raise unknown or WorkspaceError(
        "nothing is published yet",
        where=os.fspath(generations.output),
        remedy="Run `unify match` first.",
    )


def _held(database: Path, asked: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids and records of a customer in one generation."""
    with published(database) as held:
        customer = resolved(held, asked)
        former = held.select(
            "select old_id from aliases where customer_id = $customer order by 1", customer=customer
        )
        records = held.rows("shown_record", customer=customer)
    return (customer, *(old for (old,) in former)), tuple(row["record_id"] for row in records)


def _whole(
    customers: tuple[str, ...],
    records: tuple[str, ...],
    databases: list[Path],
    ledger: Ledger,
) -> Person:
    """With the records that the customer once had and that are nobody's now."""
    living: set[str] = set()
    earlier: set[str] = set()
    for number, database in enumerate(databases):
        with published(database) as held:
            rows = held.select("select customer_id, record_id from crosswalk")
        if number == 0:
            living = {record for _, record in rows}
        earlier |= {record for customer, record in rows if customer in customers}
    earlier |= {p.founding_record for p in ledger.promised() if p.customer_id in customers}
    for said in ledger.overrides():
        if said.customer_id in customers:
            earlier.update(said.records)
    gone = {record for record in earlier if record} - living
    return Person(customers, tuple(sorted({*records, *gone})))


def _values(person: Person, workspace: Path, generations: Generations) -> tuple[str, ...]:
    """All text that only the person's rows hold."""
    kept = [folder / DATABASE for folder in (*generations.folders(), *generations.candidates())]
    databases = [*([workspace] if workspace.exists() else []), *kept]
    texts: set[str] = set()
    for database in databases:
        with contextlib.suppress(WorkspaceError):
            texts |= texts_of(database, person)
    texts |= {record.partition(":")[2] for record in person.records} - {""}
    others: set[str] = set()
    for database in databases[:2]:
        with contextlib.suppress(WorkspaceError):
            others |= texts_of_others(database, person, texts)
    return tuple(sorted(map(_unescaped, texts - others - {*person.customers})))


def _unescaped(text: str) -> str:
    return str(json.loads(f'"{text}"'))


def _refuse_repeating(speaker: Speaker, person: Person) -> None:
    """What is said of an erasure stays: it must not repeat what is to be forgotten."""
    for option, said in (("--by", speaker.steward), ("--reason", speaker.reason)):
        if any(mark in said.casefold() for mark in person.marks):
            raise ConfigError(
                "it repeats what is to be forgotten, and would be kept",
                where=option,
                remedy="Say it without name, address or number; a case number will do.",
            )


def _remaining(person: Person, workspace: Path) -> tuple[SourceRow, ...]:
    """The rows that the sources still hold, as far as the last run has seen them."""
    rows = dict.fromkeys(person.records, "")
    if workspace.exists():
        with contextlib.suppress(WorkspaceError), opened(workspace):
            pass
        with contextlib.suppress(WorkspaceError), original(workspace, person) as found:
            if "source_record" in found.tables:
                seen = dict(found.memory.select(
                    f"select record_id, location from {found.tables['source_record']}"
                    " where record_id in (from erased_record)"
                ))  # fmt: skip
                rows = {record: place or "" for record, place in seen.items()}
    return tuple(
        SourceRow(record.partition(":")[0], record.partition(":")[2], location)
        for record, location in sorted(rows.items())
    )


def _signs(person: Person, workspace: Path, generations: Generations, drawn: str) -> set[str]:
    """The signs of the records' keys, and of names with contacts in every form they have."""
    signs = {key_sign(drawn, record) for record in person.records}
    databases = [folder / DATABASE for folder in generations.folders()]
    for database in [workspace, *databases]:
        if database.exists():
            with contextlib.suppress(WorkspaceError), original(database, person) as found:
                for select in _told(found.tables):
                    signs |= signs_of(found.memory, select, drawn)
    return signs


def _told(tables: Mapping[str, str]) -> Iterator[str]:
    """SELECTs of what tells whom the person's records name."""
    mine = "record_id in (from erased_record)"
    if "source_record" in tables:
        yield (
            f"select record_id as place, null::VARCHAR as spelt, {', '.join(TOLD)}, emails, phones"
            f" from {tables['source_record']} where {mine}"
        )
    if {"standard_record", "record_email", "record_phone", "person_record"} <= tables.keys():
        lists = ", ".join(
            f"(select list({{'value': value, 'label': label}}) from {tables[name]} as held"
            f" where held.record_id = one.record_id) as {quoted(column)}"
            for column, name in (("emails", "record_email"), ("phones", "record_phone"))
        )
        for spelt in ("null::VARCHAR", "unnest(compared.given_forms) || ' ' || one.family_name"):
            yield (
                "select one.record_id as place, full_name, null::VARCHAR as any_name, given_name,"
                " middle_name, family_name, organization, one.tax_id, vat_id,"
                f" null::VARCHAR as any_id, {spelt} as spelt, {lists}"
                f" from {tables['standard_record']} as one"
                f" left join {tables['person_record']} as compared using (record_id)"
                f" where one.{mine}"
            )
