"""The publish gate: what may not change from one run to the next without a person's look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

from unify.config import Publish
from unify.decisions import Decision, Override
from unify.moves import Moved, name_now
from unify.workspace import Workspace, literal, quoted

# What makes two runs on one ledger of ids the same: what was read, decided and set.
MADE_OF = ("inputs", "decided", "settings")
# Fewer customers than this may always disappear or change hands.
FEW = 20
CONSENT = "consent_marketing"
# Columns that are no value of the customer's own, or stand beside one that is.
NO_VALUES = (
    "customer_id", "kind", "emails", "phones", "sources", "records", "confidence", "first_seen",
    "updated",
)  # fmt: skip


def objections(
    published: Mapping[str, Any], candidate: Mapping[str, Any], limits: Publish
) -> tuple[str, ...]:
    """Why a candidate must not follow the published generation by itself; nothing if it may."""
    return (
        *_undone(published, candidate),
        *_shrunk(published, candidate, limits),
        *_rekeyed(candidate, limits),
        *_displaced(published, candidate, limits),
        *_lost(candidate, limits),
        *_loosened(candidate, limits),
        *_grown(candidate, limits),
    )


def newly_spoken_of(
    said: Iterable[Decision | Override],
    moves: Iterable[tuple[str, Moved]],
    published: Mapping[str, str],
    heard: str,
) -> frozenset[str]:
    """The published customers of whom stewards said something that no generation has heeded yet:
    what becomes of them was asked for.

    `moves`: those published until now. `published`: record id → customer id. `heard`: the
    instant of the last word that the published generation heeded.
    """
    moves = list(moves)
    records = {
        name_now(record, one.at, moves)
        for one in said
        if one.at > heard
        for record in _records(one)
    }
    return frozenset(published[record] for record in records if record and record in published)


def _records(said: Decision | Override) -> tuple[str, ...]:
    return said.records if isinstance(said, Override) else (said.left_record, said.right_record)


def displaced(events: Iterable[tuple[str, str, str | None]], asked: Set[str]) -> dict[str, Any]:
    """How many published customers disappear or change hands, but those of `asked`, and how.

    `events`: customer id, event, other customer id.
    """
    told = {
        customer: event
        for customer, event, _ in events
        if event != "created" and customer not in asked
    }
    return {"displaced": len(told), "displaced_by": dict(sorted(Counter(told.values()).items()))}


def changes(
    workspace: Workspace, golden: str, standing: Path | None, asked: Set[str]
) -> dict[str, Any]:
    """What customers lost from the published generation to this one, but those of `asked`.

    `golden`: the SELECT of this run's golden customers. `standing`: the published ones (Parquet).
    Gives `lost` (field → of the customers that go on, how many had a value, and how many of these
    have none now), `loosened` (how many had refused marketing, and how many of these no longer do)
    and `largest` (the most records of a customer, before and now).
    """
    if standing is None:
        return {"lost": {}, "loosened": {"had": 0, "now": 0}, "largest": {}}
    before = f"read_parquet({literal(str(standing))})"
    now = workspace.shape_of(f"({golden})")
    fields = [f for f in workspace.shape_of(before) if f in now and f not in NO_VALUES]
    counts = ", ".join(
        f"count(b.{quoted(f)}) filter (where n.customer_id is not null),"
        f" count(b.{quoted(f)}) filter (where n.customer_id is not null and n.{quoted(f)} is null)"
        for f in fields
    )
    refused = f"count(*) filter (where b.{CONSENT} = 'no'"
    (counted,) = workspace.select(
        f"select max(b.records), max(n.records), {refused}),"
        f" {refused} and n.customer_id is not null and n.{CONSENT} is distinct from 'no'),"
        f" {counts} from {before} as b full join ({golden}) as n using (customer_id)"
        " where not list_contains($asked, coalesce(b.customer_id, n.customer_id))",
        asked=sorted(asked),
    )
    had_largest, largest, had_refused, loosened, *rest = counted
    pairs = zip(fields, rest[::2], rest[1::2], strict=True)
    return {
        "lost": {field: {"had": had, "lost": lost} for field, had, lost in pairs if lost},
        "loosened": {"had": had_refused, "now": loosened},
        "largest": {"before": had_largest or 0, "now": largest or 0},
    }


def _undone(published: Mapping[str, Any], candidate: Mapping[str, Any]) -> tuple[str, ...]:
    """What was undone does not come back by itself."""
    return tuple(
        f"{undone['run_id']} was undone, and sources, decisions and settings are what they were"
        for undone in published.get("undone", ())
        if all(undone[name] == candidate[name] for name in MADE_OF)
    )


def _shrunk(
    published: Mapping[str, Any], candidate: Mapping[str, Any], limits: Publish
) -> tuple[str, ...]:
    found = []
    for name, then in published["sources"].items():
        now = candidate["sources"].get(name)
        if now and _counting(now) < limits.min_rows * _counting(then):
            found.append(
                f"source '{name}' gave {now['rows_read']} rows, {then['rows_read']} the last time"
                f" (min_rows = {limits.min_rows})"
            )
    return tuple(found)


def _rekeyed(candidate: Mapping[str, Any], limits: Publish) -> tuple[str, ...]:
    """A key that holds somebody else, or content that stands under another key."""
    return tuple(
        f"source '{name}' has renumbered its records or given keys away:"
        f" {told['strangers']} of {told['keys']} keys hold other people than they did, and"
        f" {told['moved']} records stand under another key (max_rekeyed = {limits.max_rekeyed});"
        " see that `key` is the right column. Customer ids follow the people, not the keys"
        for name, told in candidate.get("rekeyed", {}).items()
        if told["keyed"] and _many(told["rekeyed"], limits.max_rekeyed, told["records"])
    )


def _many(count: int, most: float, of: int) -> bool:
    """Whether it is more than a share, and not just a few."""
    return count >= FEW and count > most * of


def _counting(source: Mapping[str, Any]) -> int:
    """The rows of a source, without those of erased people: they may go, and should."""
    rows: int = source["rows_read"] - source.get("erased", 0)
    return rows


def _displaced(
    published: Mapping[str, Any], candidate: Mapping[str, Any], limits: Publish
) -> tuple[str, ...]:
    displaced, customers = candidate["displaced"], published["customers"]
    if not _many(displaced, limits.max_retired, customers):
        return ()
    happened = candidate.get("displaced_by", {})
    how = ", ".join(f"{count} {event}" for event, count in happened.items())
    return (
        f"{displaced} of {customers} published customers would disappear or change hands"
        f"{f' ({how})' if how else ''} (max_retired = {limits.max_retired})",
    )


def _lost(candidate: Mapping[str, Any], limits: Publish) -> tuple[str, ...]:
    return tuple(
        f"{told['lost']} of {told['had']} customers would lose their {field}"
        f" (max_lost = {limits.max_lost})"
        for field, told in candidate.get("lost", {}).items()
        # A consent that is withdrawn or given is no value lost; one that was refused counts below.
        if field != CONSENT and _many(told["lost"], limits.max_lost, told["had"])
    )


def _loosened(candidate: Mapping[str, Any], limits: Publish) -> tuple[str, ...]:
    told = candidate.get("loosened", {"now": 0, "had": 0})
    if not _many(told["now"], limits.max_loosened, told["had"]):
        return ()
    return (
        f"{told['now']} of {told['had']} customers who refused marketing would no longer refuse it"
        f" (max_loosened = {limits.max_loosened})",
    )


def _grown(candidate: Mapping[str, Any], limits: Publish) -> tuple[str, ...]:
    told = candidate.get("largest")
    if not told or told["now"] < FEW or told["now"] <= limits.max_growth * told["before"]:
        return ()
    return (
        f"the largest customer would have {told['now']} records, {told['before']} before"
        f" (max_growth = {limits.max_growth})",
    )
