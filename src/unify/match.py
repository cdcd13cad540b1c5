"""Standard forms → scored pairs, by the linkage models: people with people, firms with firms."""

from __future__ import annotations

from dataclasses import dataclass

from unify.fields import ORGANIZATION, PERSON
from unify.linkage.again import Last
from unify.linkage.blocking import BlockingCost
from unify.linkage.capture import Captured
from unify.linkage.fitting import Chosen, Wanted
from unify.linkage.linking import before, link, pairs_of
from unify.linkage.model import Model, shipped
from unify.linkage.own import Own, with_own
from unify.linkage.training import Trained
from unify.linkage.written import level_rows, model_row, table_of
from unify.memory import rows_of
from unify.presets import read_toml
from unify.standards import name_lists
from unify.standards.kinds import OPEN
from unify.tables import (
    BlockingCount,
    Compared,
    LentName,
    LinkageFrequency,
    LinkageLevel,
    LinkageModel,
    OrganizationParty,
    OrganizationRecord,
    PersonEmail,
    PersonName,
    PersonParty,
    PersonRecord,
    PersonWork,
    ScoredPair,
    StandardForms,
)
from unify.workspace import Workspace

# A domain with so many mailboxes is a provider's: an address there made of a name proves little.
BUSY_DOMAIN = 20
# A record whose kind is less certain than this is compared with those of either kind.
SURE = 0.9
# A firm's name that so few records hold may be a single firm's.
RARE_NAME = 4
# A name of fewer letters (ABC) is any number of firms'.
LONG_NAME = 5
# Pairs less likely than this are of no use to anybody.
WORTH_KEEPING = 0.01
# What pairs less likely than this say against others is of no use either.
LIKELY = 0.5
# However alike the names, a pair without an anchor is no likelier than this, nor than so much of
# what a merge takes.
UNANCHORED, SHORT_OF_A_MERGE = 0.95, 0.99


@dataclass(frozen=True, slots=True)
class Linkage:
    """How the records of one kind were linked: by which model, through which blocks."""

    kind: str
    trained: Trained
    chosen: Chosen | None
    """Where the model comes from; nothing where there were no two records to compare."""
    records: int
    blocking: tuple[BlockingCost, ...]
    captured: Captured
    pairs: int


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs worth keeping, and how each kind was linked."""

    pairs: ScoredPair
    compared: Compared
    linkages: tuple[Linkage, ...]


def most_unanchored(auto_merge: float) -> float:
    """The match probability that a pair without an anchor has at most: below that of a merge."""
    return min(UNANCHORED, SHORT_OF_A_MERGE * auto_merge)


def match(
    workspace: Workspace,
    standard: StandardForms,
    wanted: Wanted,
    own: Own,
    *,
    auto_merge: float,
    anew: bool = True,
) -> Matched:
    """Compare records of the same kind and score the pairs, by models trained without labels.

    `wanted`: the models of earlier runs that are to be taken over, while they hold. `own`: the
    fields that are compared by their kind, beside those of the models that ship. `auto_merge`:
    the match probability from which on pairs merge. `anew`: compare all records, whatever the
    last run left compared.
    """
    last = _set_by(workspace, anew=anew)
    people, firms = _people(workspace, standard), _firms(workspace, standard)
    shipped_models = [
        with_own(workspace, shipped(kind), standard.records, own) for kind in (PERSON, ORGANIZATION)
    ]
    workspace.start(ScoredPair)
    workspace.start(LinkageFrequency)
    workspace.start(BlockingCount)
    linkages = tuple(
        _link(workspace, model, wanted, last.get(model.kind), most_unanchored(auto_merge))
        for model in shipped_models
    )
    workspace.drop(*(before(model.table) for model in shipped_models))
    workspace.compose_from("scored_pair_sorted")
    pairs = workspace.adopt(ScoredPair, "select * from scored_pair_sorted", people, firms)
    workspace.drop("scored_pair_sorted")
    models, levels = _written(workspace, linkages)
    compared = Compared(people, firms, models, levels, LinkageFrequency())
    return Matched(pairs, compared, linkages)


def _written(
    workspace: Workspace, linkages: tuple[Linkage, ...]
) -> tuple[LinkageModel, LinkageLevel]:
    """The models that were compared by, as tables."""
    used = [one.chosen for one in linkages if one.chosen]
    models = [model_row(chosen.fitted) for chosen in used]
    levels = [row for chosen in used for row in level_rows(chosen.fitted, chosen.met)]
    written = workspace.adopt(LinkageModel, table_of(LinkageModel.columns, models))
    return written, workspace.adopt(LinkageLevel, table_of(LinkageLevel.columns, levels), written)


def _people(workspace: Workspace, standard: StandardForms) -> PersonRecord:
    given, family = name_lists.given_names(), name_lists.family_names()
    parties = workspace.build(PersonParty, standard.records, sure=SURE, open=OPEN)
    # The address that a person writes as the firm's says where the firm is.
    _places(workspace, "home_place", parties.name, without=["work"])
    lent = workspace.build(
        LentName, parties, standard.emails, standard.shared,
        given_names=list(given), given_grades=list(given.values()),
        family_names=list(family), family_grades=list(family.values()),
        household=list(read_toml("names/mailboxes.toml")["household"]),
    )  # fmt: skip
    names = workspace.build(PersonName, parties, lent)
    emails = workspace.build(
        PersonEmail, names, standard.emails, standard.shared, busy_from=BUSY_DOMAIN
    )
    work = workspace.build(
        PersonWork, standard.records, names, standard.emails, standard.phones, standard.shared,
        busy_from=BUSY_DOMAIN,
    )  # fmt: skip
    return workspace.build(
        PersonRecord, standard.records, names, emails, work, standard.phones, standard.addresses,
        standard.shared,
    )  # fmt: skip


def _firms(workspace: Workspace, standard: StandardForms) -> OrganizationRecord:
    firms = workspace.build(OrganizationParty, standard.records, sure=SURE)
    _places(workspace, "firm_place", firms.name, without=[])
    return workspace.build(
        OrganizationRecord, standard.records, firms, standard.emails, standard.phones,
        standard.addresses, rare_to=RARE_NAME, long_from=LONG_NAME, open=OPEN,
        everywhere=list(read_toml("organizations/words.toml")["everywhere"]),
    )  # fmt: skip


def _places(workspace: Workspace, name: str, records: str, *, without: list[str]) -> None:
    """The addresses of a table's records as lists of keys, those of some labels left out."""
    workspace.sketch(name, workspace.text_of("record_place"), records=records, without=without)


def _link(
    workspace: Workspace, shipped_model: Model, wanted: Wanted, last: Last | None, unanchored: float
) -> Linkage:
    """Choose a model for one kind and score its pairs; those of use are added to `scored_pair`."""
    kind, table = shipped_model.kind, shipped_model.table
    records = workspace.rows("kind_record", records=table)[0]["records"]
    linked = link(workspace, shipped_model, wanted, last, records)
    if linked.chosen is None:
        return Linkage(kind, linked.trained, None, records, (), Captured(0, 0, 0), 0)
    pairs = pairs_of(shipped_model)
    found = workspace.rows("captured", pairs=pairs, likely=LIKELY, unanchored=unanchored)[0]
    known = workspace.count(ScoredPair)
    workspace.append(
        ScoredPair, workspace.text_of("kept_pair"),
        pairs=pairs, records=table, least=WORTH_KEEPING, unanchored=unanchored, likely=LIKELY,
    )  # fmt: skip
    kept = workspace.count(ScoredPair) - known
    captured = Captured(**found)
    return Linkage(kind, linked.trained, linked.chosen, records, linked.costs, captured, kept)


def _set_by(workspace: Workspace, *, anew: bool) -> dict[str, Last]:
    """What the last run compared, by kind, its records set by; nothing where `anew`."""
    tables = (PersonRecord, OrganizationRecord)
    if anew or not all(map(workspace.holds, (LinkageModel, BlockingCount))):
        workspace.drop(*(before(table.name) for table in tables))
        return {}
    for table in tables:
        workspace.rename(table.name, before(table.name))
    costs = [
        (kind, BlockingCost(rule, pairs, left_out))
        for kind, rule, pairs, left_out in rows_of(workspace, BlockingCount)
    ]
    return {
        kind: Last(version, tuple(cost for of, cost in costs if of == kind))
        for kind, version in workspace.select(f"select kind, version from {LinkageModel.name}")
    }
