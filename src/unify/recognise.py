"""Published records → the records that they are now: by key, while it holds the same people.

A key says who a record is until its content says somebody else: a source that renumbers its
records, or gives the key of a deleted one away, hands nobody a stranger's history. What lost its
key, and what never had one but its content, is looked for among what came: the very same content
first, then, one to one, what the linkage models are as sure of as they must be to merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.fields import ORGANIZATION, PERSON
from unify.linkage.model import Model
from unify.linkage.recalling import Recall, find_pairs, recall, weigh_keys
from unify.tables import Compared, PublishedCrosswalk, StandardRecord, Table
from unify.workspace import Workspace, quoted

Row = dict[str, Any]
# Evidence (log2) below which what a key holds is somebody else, and from which on it is plainly
# the same: given and family name speak with -11 where both differ, with +13 where both agree.
APART, TOGETHER = -6.0, 6.0
# From so many strangers on, which are such a share of its keys, a source's keys prove nothing.
SOME_STRANGERS, STRANGE_SHARE = 20, 0.1


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which record each published one is now, and the sources that lost keys."""

    published: PublishedCrosswalk
    moved: dict[str, str | None]
    """Each published record that left its key, with the one that it is now; none where it is
    gone, and somebody else has its key."""
    rekeyed: tuple[Row, ...]
    """By source: the keys that stand, those of them that hold strangers, the records that stand
    under another key, those that lost theirs, and how many there were."""


def recognise(
    workspace: Workspace,
    records: StandardRecord,
    compared: Compared,
    models: Sequence[Model],
    crosswalk: Mapping[str, str],
    database: Path | None,
    *,
    auto_merge: float,
) -> Recognised:
    """Find every published record again.

    `models`: what this run compared by. `crosswalk`: record id → customer id, as published.
    `database`: that of the published generation, which knows what its records said; where there
    is none, or none that tells, keys alone tell who they are.
    """
    workspace.hold("was_published", _was_published(crosswalk))
    with _earlier(workspace, compared, database) as earlier:
        for name, people, firms in (
            ("then_content", *earlier),
            ("now_content", compared.people.name, compared.firms.name),
        ):
            content = workspace.text_of("record_content")
            workspace.sketch(name, content, people=people, firms=firms)
        workspace.sketch_from("changed_key")
        recalled = [
            recall(workspace, model, one, "changed_key")
            for model, one in zip(models, earlier, strict=True)
        ]
        _judge_keys(workspace, recalled)
        _follow(workspace, recalled, auto_merge)
    published = workspace.adopt(PublishedCrosswalk, workspace.text_of("published_record"), records)
    moved = {row["then_record"]: row["now_record"] for row in workspace.rows("moved_record")}
    rekeyed = workspace.rows("rekeyed_source")
    workspace.drop(
        "was_published", "then_content", "now_content", "changed_key", "key_evidence",
        "distrusted_source", "strange_key", "same_content", "loose_record", "followed_record",
    )  # fmt: skip
    return Recognised(published, moved, tuple(rekeyed))


@contextmanager
def _earlier(
    workspace: Workspace, compared: Compared, database: Path | None
) -> Iterator[tuple[str, str]]:
    """What was compared of people and of firms in the published generation: two views.

    They are empty where that is not to be read, or not to be compared with what is now.
    """
    names = "earlier_person", "earlier_firm"
    with workspace.beside_if_readable(database) as tables:
        for name, table in zip(names, (compared.people, compared.firms), strict=True):
            workspace.view(name, _as_now(workspace, table, tables.get(table.name)))
        yield names
        recalled = (f"recalled_{kind}" for kind in (PERSON, ORGANIZATION))
        workspace.close(*recalled, *names)


def _as_now(workspace: Workspace, table: Table, earlier: str | None) -> str:
    """The rows of an earlier table, in those of its columns that are still the same; none where
    it lacks any that are always compared."""
    now = workspace.shape_of(table.name)
    same = now.items() & workspace.shape_of(earlier).items() if earlier else set()
    if not earlier or not {name for name, _ in table.columns} <= {name for name, _ in same}:
        return f"select * from {quoted(table.name)} where false"
    columns = ", ".join(quoted(name) for name in now if (name, now[name]) in same)
    return f"select {columns} from {earlier}"


def _judge_keys(workspace: Workspace, recalled: Sequence[Recall]) -> None:
    """Make `strange_key`: the keys that hold somebody else, as the models weigh the two."""
    weighed = [f"key_evidence_{place}" for place in range(len(recalled))]
    for one, name in zip(recalled, weighed, strict=True):
        weigh_keys(workspace, one, name)
    every = " union all ".join(f"select * from {name}" for name in weighed)
    workspace.sketch(
        "key_evidence",
        "select record_id, max(evidence) as evidence, bool_and(parted) as parted"
        f" from ({every}) group by record_id",
    )
    workspace.drop(*weighed)
    workspace.sketch_from(
        "distrusted_source", apart=APART, some=SOME_STRANGERS, share=STRANGE_SHARE
    )
    workspace.sketch_from("strange_key", apart=APART, together=TOGETHER)


def _follow(workspace: Workspace, recalled: Sequence[Recall], auto_merge: float) -> None:
    """Make `followed_record`: records that lost their key, or had none, and what they are now."""
    workspace.sketch_from("same_content")
    workspace.sketch_from("loose_record")
    found: list[Row] = []
    for place, one in enumerate(recalled):
        name = f"found_pair_{place}"
        find_pairs(workspace, one, name, auto_merge=auto_merge)
        found += [
            dict(zip(("then_record", "now_record", "weight"), row, strict=True))
            for row in workspace.select(f"select then_record, now_record, weight from {name}")
        ]
        workspace.drop(name)
    workspace.lend("paired", _pairs(one_to_one(found)))
    workspace.sketch(
        "followed_record", "select * from same_content union all by name select * from paired"
    )


def one_to_one(found: Iterable[Row]) -> list[tuple[str, str]]:
    """Of pairs of an earlier record and one of now, the surest of each: none stands in two."""
    pairs: list[tuple[str, str]] = []
    taken: set[tuple[str, str]] = set()
    order = sorted(found, key=lambda p: (-p["weight"], p["then_record"], p["now_record"]))
    for row in order:
        ends = {("then", row["then_record"]), ("now", row["now_record"])}
        if not ends & taken:
            taken |= ends
            pairs.append((row["then_record"], row["now_record"]))
    return pairs


def _was_published(crosswalk: Mapping[str, str]) -> pa.Table:
    """The published records, each with its customer and source."""
    records = sorted(crosswalk)
    return pa.table(
        {
            "record_id": pa.array(records, pa.string()),
            "customer_id": pa.array([crosswalk[record] for record in records], pa.string()),
            "source": pa.array([record.partition(":")[0] for record in records], pa.string()),
        }
    )


def _pairs(pairs: Sequence[tuple[str, str]]) -> pa.Table:
    return pa.table(
        {
            "then_record": pa.array([then for then, _ in pairs], pa.string()),
            "now_record": pa.array([now for _, now in pairs], pa.string()),
        }
    )
