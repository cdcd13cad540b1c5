"""Which pairs have to be compared again when some records changed since the last run compared.

A record is touched when it came, changed in anything that is compared, or shares a block that
has come to be too large to open, or small enough. A record that is gone, or was touched, takes
its pairs with it; those of touched records are looked for in all their blocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from unify.linkage.blocking import BlockingCost, keys_of, opened_to
from unify.linkage.model import Model
from unify.workspace import Workspace, quoted

# Where so large a share of the records is touched, to compare all of them anew costs no more.
MOST_TOUCHED = 0.3
# Rules beyond these share a bit, so that who loses one may have another.
TOLD_APART = 62


@dataclass(frozen=True, slots=True)
class Last:
    """What the last run compared of a kind: by which version of a model, and what blocks cost."""

    version: str
    costs: tuple[BlockingCost, ...]


def find_again(
    workspace: Workspace, model: Model, before: str, costs: Iterable[BlockingCost], records: int
) -> tuple[BlockingCost, ...] | None:
    """Make `candidate_pair` of the pairs with a touched record, and `still_there`.

    `before`: the records that were compared, beside those of the model's table, of now.
    `still_there`: the places that records have and had whose pairs among them stand.
    Gives what all blocks cost now; None, and no table, where it is better to begin anew.
    """
    if not _alike(workspace, model.table, before) or len(model.blocking) > TOLD_APART:
        return None
    _touch(workspace, model.table, before)
    workspace.sketch("touched_member", _touched_members(model, before))
    workspace.sketch_from("touched_block")
    members = keys_of(model, quoted(model.table))
    workspace.sketch(
        "seen_member",
        f"select distinct rule, block, place from ({members}) semi join touched_block"
        " using (rule, block)",
    )
    workspace.sketch_from("changed_block", opened_to=opened_to(model))
    workspace.sketch_from("touched_again")
    ((touched,),) = workspace.select("select count(*) from touched_again")
    now = _costs(model, costs, workspace.rows("changed_cost"))
    if touched <= MOST_TOUCHED * records:
        _pair_up(workspace, model)
        workspace.sketch(
            "still_there",
            "select was, now from unchanged anti join touched_again on place = now",
        )
    workspace.drop(
        "unchanged", "touched_member", "touched_block", "seen_member", "changed_block",
        "touched_again",
    )  # fmt: skip
    return now if touched <= MOST_TOUCHED * records else None


def _alike(workspace: Workspace, table: str, before: str) -> bool:
    columns = "select column_name, data_type from information_schema.columns where table_name = "
    now, then = (
        workspace.select(f"{columns} $name order by ordinal_position", name=name)
        for name in (table, before)
    )
    return now == then


def _touch(workspace: Workspace, table: str, before: str) -> None:
    """Make `unchanged`: the places that records have and had that are as they were."""
    described = workspace.select(
        "select column_name from information_schema.columns where table_name = $name"
        " order by ordinal_position",
        name=table,
    )
    names = ", ".join(quoted(name) for (name,) in described if name not in ("record_id", "place"))
    workspace.sketch(
        "unchanged",
        f"select was.place as was, now.place as now"
        f" from (select record_id, place, hash({names}) as content from {quoted(before)}) as was"
        f" join (select record_id, place, hash({names}) as content from {quoted(table)}) as now"
        " using (record_id, content)",
    )


def _touched_members(model: Model, before: str) -> str:
    """One row a block and record that is in it now and was not as it is (1), or was (-1)."""
    now = f"(select * from {quoted(model.table)} anti join unchanged on now = place)"
    was = f"(select * from {quoted(before)} anti join unchanged on was = place)"
    return (
        f"select distinct rule, block, place, 1 as came from ({keys_of(model, now)})"
        f" union all select distinct rule, block, place, -1 from ({keys_of(model, was)})"
    )


def _pair_up(workspace: Workspace, model: Model) -> None:
    """Make `candidate_pair`: what touched records share open blocks with."""
    touched = f"(select * from {quoted(model.table)} semi join touched_again using (place))"
    workspace.sketch(
        "wanted_block", f"select distinct rule, block from ({keys_of(model, touched)})"
    )
    members = keys_of(model, quoted(model.table))
    workspace.sketch(
        "block_member",
        f"select distinct * from ({members}) semi join wanted_block using (rule, block)",
    )
    workspace.sketch_from("block_size")
    workspace.sketch_from("opened_block", opened_to=opened_to(model))
    workspace.sketch("candidate_pair", workspace.text_of("candidate_again"))
    workspace.drop("wanted_block", "block_member", "block_size", "opened_block")


def _costs(
    model: Model, costs: Iterable[BlockingCost], changed: Iterable[dict[str, int]]
) -> tuple[BlockingCost, ...]:
    known = {cost.rule: (cost.pairs, cost.records_left_out) for cost in costs}
    for row in changed:
        rule = model.blocking[row["rule"]].name
        pairs, left_out = known.get(rule, (0, 0))
        known[rule] = pairs + row["pairs"], left_out + row["left_out"]
    names = [rule.name for rule in model.blocking if any(known.get(rule.name, ()))]
    return tuple(BlockingCost(name, *known[name]) for name in names)
