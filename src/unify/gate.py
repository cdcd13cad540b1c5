"""The publish gate: what may not change from one run to the next without a person's look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unify.config import Publish

# What makes two runs on one ledger of ids the same: what was read, decided and set.
MADE_OF = ("inputs", "decided", "settings")
# Fewer customers than this may always disappear or change hands.
FEW = 20


def objections(
    published: Mapping[str, Any], candidate: Mapping[str, Any], limits: Publish
) -> tuple[str, ...]:
    """Why a candidate must not follow the published generation by itself; nothing if it may."""
    return (
        *_undone(published, candidate),
        *_shrunk(published, candidate, limits),
        *_rekeyed(candidate, limits),
        *_displaced(published, candidate, limits),
    )


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
        if now and now["rows_read"] < limits.min_rows * then["rows_read"]:
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


def _displaced(
    published: Mapping[str, Any], candidate: Mapping[str, Any], limits: Publish
) -> tuple[str, ...]:
    displaced, customers = candidate["displaced"], published["customers"]
    if not _many(displaced, limits.max_retired, customers):
        return ()
    return (
        f"{displaced} of {customers} published customers would disappear or change hands"
        f" (max_retired = {limits.max_retired})",
    )
