"""The summary of a run: what run.json and the report say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from unify.cluster import Clustered
from unify.land import Landed
from unify.linkage.fitting import Chosen
from unify.match import Linkage, Matched
from unify.measures import SUREST
from unify.plan import Plan
from unify.recognise import Recognised
from unify.workspace import Workspace


def summarise(
    workspace: Workspace,
    plan: Plan,
    run: str,
    at: str,
    landed: Landed,
    matched: Matched,
    recognised: Recognised,
    clustered: Clustered,
) -> dict[str, Any]:
    """All that run.json says but for its files. Raises AssertionError for a row that is lost."""
    unaccounted = workspace.rows("accounting")
    if unaccounted:
        raise AssertionError(f"rows are not accounted for: {unaccounted}")
    sources = {row.pop("source"): row for row in workspace.rows("summary_sources")}
    happened = Counter(event for _, event, _ in clustered.promise.events)
    return {
        "run_id": run,
        "started_at": at,
        "project": plan.name,
        "settings": plan.settings,
        "auto_merge": plan.match.auto_merge,
        "review": plan.match.review,
        "sources": sources,
        "kept_sources": dict(landed.kept),
        "columns": {
            name: {m.column: f"{m.field}:{m.label}" if m.label else m.field for m in mapped}
            for name, mapped in landed.mappings
        },
        **{
            total: sum(row[total] for row in sources.values())
            for total in ("rows_read", "records", "set_aside")
        },
        "unused": workspace.rows("summary_unused"),
        **_customers(workspace),
        **workspace.rows("inputs")[0],
        **workspace.rows("summary_pairs", review=plan.match.review)[0],
        **workspace.rows("summary_joined", auto_merge=plan.match.auto_merge, surest=SUREST)[0],
        "events": dict(sorted(happened.items())),
        "rekeyed": dict(_rekeyed(plan, recognised)),
        "linkage": [linkage_of(linkage) for linkage in matched.linkages],
    }


def _rekeyed(plan: Plan, recognised: Recognised) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each source that lost keys, how many; and whether it has any but its content."""
    keyed = {s.name for s in plan.sources if s.key or s.connector.native_key}
    for row in recognised.rekeyed:
        told = {name: count for name, count in row.items() if name != "source"}
        yield row["source"], {**told, "keyed": row["source"] in keyed}


def _customers(workspace: Workspace) -> dict[str, Any]:
    (counted,) = workspace.rows("summary_customers")
    return {
        "customers": counted["customers"],
        "by_kind": {"person": counted["person"], "organization": counted["organization"]},
        "by_systems": {
            str(row["systems"]): row["customers"] for row in workspace.rows("summary_systems")
        },
        "largest_customer": counted["largest"],
    }


def linkage_of(linkage: Linkage) -> dict[str, Any]:
    """How the records of a kind were linked."""
    return {
        "kind": linkage.kind,
        "records": linkage.records,
        "pairs": linkage.pairs,
        "expected_matches": round(linkage.trained.expected_matches, 1),
        "prior": linkage.trained.model.prior,
        "model": _model(linkage.chosen) if linkage.chosen else None,
        "remarks": list(linkage.trained.remarks),
        "blocking": {
            "found": round(linkage.captured.likely, 1),
            "by_one_rule": round(linkage.captured.by_one, 1),
            "missed": round(linkage.captured.missed, 1),
            "recall": _rounded(linkage.captured.recall),
        },
        "blocks_left_out": {
            cost.rule: cost.records_left_out for cost in linkage.blocking if cost.records_left_out
        },
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _model(chosen: Chosen) -> dict[str, Any]:
    """Which model it is: a version that says its parameters, and the run that fitted it."""
    return {
        "version": chosen.fitted.version,
        "run_id": chosen.fitted.run_id,
        "records": chosen.fitted.records,
        "reused": chosen.reused,
        "why": chosen.why,
    }
