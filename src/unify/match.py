"""Standard forms → scored pairs, by the linkage models: people with people, firms with firms."""

from __future__ import annotations

from dataclasses import dataclass

from unify.fields import ORGANIZATION, PERSON
from unify.linkage.blocking import BlockingCost, Candidates, Limits, block
from unify.linkage.capture import Captured
from unify.linkage.comparing import compare
from unify.linkage.fitting import Chosen, Wanted, choose
from unify.linkage.model import Model, shipped
from unify.linkage.own import Own, with_own
from unify.linkage.scoring import patterns, score
from unify.linkage.training import Trained, start
from unify.linkage.written import level_rows, model_row, table_of
from unify.presets import read_toml
from unify.standards import name_lists
from unify.standards.kinds import OPEN
from unify.tables import (
    Compared,
    LentName,
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
# Pairs drawn at random, for u.
RANDOM_PAIRS = 300_000
# A block of so few records costs next to nothing; one of so many joins strangers.
SMALL_BLOCK, LARGEST_BLOCK = 10, 400
# Between the two, a rule may find so many pairs for each record, and no more than so many.
PAIRS_A_RECORD = 3
PAIRS_A_RULE = 150_000
# More pairs than this, over all rules, teach a model nothing further.
TRAINING_PAIRS = 600_000
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
    workspace: Workspace, standard: StandardForms, wanted: Wanted, own: Own, *, auto_merge: float
) -> Matched:
    """Compare records of the same kind and score the pairs, by models trained without labels.

    `wanted`: the models of earlier runs that are to be taken over, while they hold. `own`: the
    fields that are compared by their kind, beside those of the models that ship. `auto_merge`:
    the match probability from which on pairs merge.
    """
    people, firms = _people(workspace, standard), _firms(workspace, standard)
    shipped_models = [
        with_own(workspace, shipped(kind), standard.records, own) for kind in (PERSON, ORGANIZATION)
    ]
    workspace.start(ScoredPair)
    linkages = tuple(
        _link(workspace, model, wanted, most_unanchored(auto_merge)) for model in shipped_models
    )
    workspace.compose_from("scored_pair_sorted")
    pairs = workspace.adopt(ScoredPair, "select * from scored_pair_sorted", people, firms)
    workspace.drop("scored_pair_sorted")
    models, levels = _written(workspace, linkages)
    return Matched(pairs, Compared(people, firms, models, levels), linkages)


def _written(
    workspace: Workspace, linkages: tuple[Linkage, ...]
) -> tuple[LinkageModel, LinkageLevel]:
    """The models that were compared by, as tables."""
    used = [(one.chosen, one.trained.model) for one in linkages if one.chosen]
    models = [model_row(chosen.fitted, model) for chosen, model in used]
    levels = [row for c, model in used for row in level_rows(c.fitted, model, c.met)]
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


def _link(workspace: Workspace, shipped_model: Model, wanted: Wanted, unanchored: float) -> Linkage:
    """Block, choose a model and score one kind; its pairs are added to `scored_pair`."""
    kind, table = shipped_model.kind, shipped_model.table
    records = workspace.rows("kind_record", records=table)[0]["records"]
    first = start(shipped_model, records)
    if records < 2:
        return Linkage(kind, Trained(first, 0.0, ()), None, records, (), Captured(0, 0, 0), 0)
    candidates = _compared(workspace, first, records)
    chosen = choose(
        workspace, shipped_model, wanted,
        candidates=patterns(
            workspace, first, "compared_level", "for_training", candidates.stands_for
        ),
        random=patterns(workspace, first, "compared_level", "drawn"),
        records=records,
    )  # fmt: skip
    score(workspace, chosen.trained.model, "compared_level", "compared_pair")
    captured = Captured(**workspace.rows("captured", likely=LIKELY, unanchored=unanchored)[0])
    before = workspace.count(ScoredPair)
    workspace.append(
        ScoredPair, workspace.text_of("kept_pair"),
        records=table, least=WORTH_KEEPING, unanchored=unanchored, likely=LIKELY,
    )  # fmt: skip
    kept = workspace.count(ScoredPair) - before
    workspace.drop("compared_pair", "compared_level")
    return Linkage(kind, chosen.trained, chosen, records, candidates.costs, captured, kept)


def _compared(workspace: Workspace, model: Model, records: int) -> Candidates:
    """Make `compared_level`: candidate pairs and pairs drawn at random, by the levels they meet."""
    widest = PAIRS_A_RECORD * records
    candidates = block(
        workspace,
        model,
        Limits(
            SMALL_BLOCK, LARGEST_BLOCK, min(widest, PAIRS_A_RULE), widest, training=TRAINING_PAIRS
        ),
    )
    partners = max(1, min(records // 2, RANDOM_PAIRS // records))
    workspace.sketch_from("random_pair", records=model.table, partners=partners, most=RANDOM_PAIRS)
    # To read the records once is half the cost of comparing few pairs.
    workspace.sketch("pair", "from candidate_pair union all by name from random_pair")
    compare(workspace, model, "pair", "compared_level")
    workspace.drop("pair", "candidate_pair", "random_pair")
    return candidates
