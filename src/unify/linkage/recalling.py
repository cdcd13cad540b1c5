"""Records of now beside those of an earlier generation, compared and weighed by the model of now.

The earlier ones stand behind those of now under one count of places, and of no source: that a
source seldom holds somebody twice says nothing of what it held before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from unify.linkage.blocking import Limits, block
from unify.linkage.comparing import compare
from unify.linkage.model import Model
from unify.linkage.scoring import score
from unify.workspace import Workspace, quoted

# What is loose is compared in blocks of so many, a rule finding so many pairs for each record.
SMALL_BLOCK, LARGEST_BLOCK, PAIRS_A_RECORD = 20, 400, 10


@dataclass(frozen=True, slots=True)
class Recall:
    """A model over the records of now and the earlier ones that are asked about."""

    model: Model
    now: str
    """The table of its records of now."""
    before: int
    """So many places come before the first earlier record's."""


def recall(workspace: Workspace, model: Model, earlier: str, asked: str) -> Recall:
    """Set the records of `asked` among those of the table `earlier` behind those of now.

    Raises nothing where a column is missing in the earlier table: nothing is known of it.
    """
    table, name = model.table, f"recalled_{model.kind}"
    ((before,),) = workspace.select(f"select coalesce(max(place) + 1, 0) from {quoted(table)}")
    workspace.view(
        name,
        f"select * from {quoted(table)} union all by name select * replace"
        f" (null::VARCHAR as source, (place + {before})::INTEGER as place)"
        f" from {quoted(earlier)} semi join {quoted(asked)} using (record_id)",
    )
    return Recall(replace(model, table=name), table, before)


def weigh_keys(workspace: Workspace, recalled: Recall, name: str) -> None:
    """Make a sketch `name` of the keys in `changed_key` whose two records the model compares:
    `record_id`, the `evidence` (log2) that they are one, and whether something tells them apart.
    """
    workspace.sketch_from("kept_key_pair", records=recalled.model.table, before=recalled.before)
    compare(workspace, recalled.model, "kept_key_pair", "kept_key_level")
    score(workspace, recalled.model, "kept_key_level", "kept_key_weight")
    workspace.sketch(
        name,
        f"select record_id, {_evidence(recalled.model)} as evidence, parted"
        f" from kept_key_weight join {quoted(recalled.now)} on place = l",
    )
    workspace.drop("kept_key_pair", "kept_key_level", "kept_key_weight")


def find_pairs(workspace: Workspace, recalled: Recall, name: str, *, auto_merge: float) -> None:
    """Make a sketch `name` of the records in `loose_record`, an earlier and a later one of one
    source, which the model is so sure are one: `then_record`, `now_record` and `weight` (log2).
    """
    workspace.sketch(
        "loose",
        "select recalled.*, loose.source as loose_source, loose.earlier"
        f" from {quoted(recalled.model.table)} as recalled join loose_record as loose"
        f" on loose.record_id = recalled.record_id and loose.earlier = (place >= $before)",
        before=recalled.before,
    )
    ((records,),) = workspace.select("select count(*) from loose")
    budget = max(1, PAIRS_A_RECORD * records)
    limits = Limits(SMALL_BLOCK, LARGEST_BLOCK, budget, budget, training=1)
    block(workspace, replace(recalled.model, table="loose"), limits)
    workspace.sketch_from("loose_pair")
    compare(workspace, recalled.model, "loose_pair", "loose_level")
    score(workspace, recalled.model, "loose_level", "loose_weight")
    workspace.sketch_from("found_again", least=math.log2(auto_merge / (1 - auto_merge)))
    workspace.sketch(name, "select * from found_again")
    workspace.drop(
        "loose", "candidate_pair", "loose_pair", "loose_level", "loose_weight", "found_again"
    )


def _evidence(model: Model) -> str:
    """The match weight without what any two records weigh."""
    return f"match_weight - ({math.log2(model.prior / (1 - model.prior))!r})"
