"""What a published generation says of the business: the figures behind the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from unify.fields import STANDARD
from unify.ledger import Run
from unify.publication import DATABASE
from unify.workspace import Workspace, published

Row = dict[str, Any]

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
# Models take evidence for more independent than it is: of pairs that they held surer than 0.999,
# 0.3 % were false, over twenty sets of which the truth is known.
SUREST = 0.997
DOUBTFUL, PLACES, RUNS = 10, 12, 10
# Every customer with so many records or more is in the last row of sizes.
MANY = 10


def measures(
    folder: Path, summary: Mapping[str, Any], past: Sequence[Run], *, personal: bool
) -> Row:
    """The figures of the generation in `folder`, by the report's sections.

    `summary`: as in run.json. `past`: the project's runs, oldest first. `personal`: whether what
    names people is told too. Raises WorkspaceError when the generation cannot be read.
    """
    with published(folder / DATABASE) as database:
        runs = _runs(past, summary)
        return {
            "headline": _headline(summary),
            "unified": _unified(database, summary),
            "usable": _usable(database, summary),
            "quality": _quality(database, summary),
            "model": _model(database, summary),
            "clusters": _clusters(database, personal=personal),
            "sources": _sources(database, summary, runs, personal=personal),
            "where": _where(database),
            "history": [_told(run) for run in reversed(runs)],
        }


def _headline(summary: Mapping[str, Any]) -> Row:
    customers = summary["customers"]
    alone = summary["by_systems"].get("1", 0)
    return {
        "duplicates": share(summary["records"] - customers, summary["records"]),
        "known": share(customers - alone, customers),
        "first": summary.get("follows") is None,
    }


def _unified(database: Workspace, summary: Mapping[str, Any]) -> Row:
    customers = summary["customers"]
    names = sorted(summary["sources"])
    common = {
        (row["one"], row["other"]): row["customers"] for row in database.rows("report_overlap")
    }
    held = {row["source"]: row for row in database.rows("report_source")}
    return {
        "by_systems": [
            {"systems": int(systems), "customers": count, "share": share(count, customers)}
            for systems, count in summary["by_systems"].items()
        ],
        "names": names,
        "overlap": [[_in_common(common, one, other) for other in names] for one in names],
        "elsewhere": [
            {
                **held[name],
                "share": share(held[name]["elsewhere"], held[name]["customers"]),
                "repeated": held[name]["records"] - held[name]["customers"],
            }
            for name in names
            if name in held
        ],
    }


def _in_common(common: Mapping[tuple[str, str], int], one: str, other: str) -> Row:
    """What two sources have in common, and which share of the first one's customers that is."""
    count = common.get((min(one, other), max(one, other)), 0)
    return {"customers": count, "share": share(count, common.get((one, one), 0))}


def _usable(database: Workspace, summary: Mapping[str, Any]) -> Row:
    kinds = database.rows("report_reach")
    (before,), (after,) = (
        database.rows("report_filled_before"),
        database.rows("report_filled_after"),
    )
    before |= {row["field"]: row["filled"] for row in database.rows("report_filled_own")}
    standard = [field.name for field in STANDARD if field.name != "kind"]
    own = sorted(after.keys() - {*standard, "kind", "email", "phone"})
    filled = [
        {
            "field": name,
            "before": share(before.get(name, 0), summary["records"]),
            "after": share(after.get(name, 0), summary["customers"]),
        }
        for name in (*standard, *own)
    ]
    return {
        "reach": [
            {
                "by": by,
                "customers": sum(kind[by] for kind in kinds),
                "share": share(sum(kind[by] for kind in kinds), summary["customers"]),
            }
            for by in ("email", "phone", "post", "nothing")
        ],
        "filled": [row for row in filled if row["before"] or row["after"]],
    }


def _quality(database: Workspace, summary: Mapping[str, Any]) -> Row:
    joined, false = summary["joined_pairs"], summary["expected_false"]
    return {
        "joined": joined,
        "false": false,
        "precision": 1 - share(false, joined) if joined else None,
        "recall": [
            {"kind": linkage["kind"], "recall": linkage["blocking"]["recall"]}
            for linkage in summary["linkage"]
            if linkage["blocking"]["recall"] is not None
        ],
        "thresholds": database.rows("report_threshold", thresholds=list(THRESHOLDS), surest=SUREST),
    }


def _model(database: Workspace, summary: Mapping[str, Any]) -> list[Row]:
    records = {linkage["kind"]: linkage["records"] for linkage in summary["linkage"]}
    levels = database.rows("report_level")
    heaviest = max((abs(level["weight"]) for level in levels), default=0) or 1
    return [
        {
            "kind": kind,
            "records": records.get(kind, 0),
            "heaviest": heaviest,
            "comparisons": [
                {"name": name, "levels": list(of_one)}
                for name, of_one in groupby(of_kind, key=lambda level: str(level["comparison"]))
            ],
        }
        for kind, of_kind in groupby(levels, key=lambda level: str(level["kind"]))
    ]


def _clusters(database: Workspace, *, personal: bool) -> Row:
    sizes = database.rows("report_size")
    few = [row | {"more": False} for row in sizes if row["records"] < MANY]
    many = sum(row["customers"] for row in sizes if row["records"] >= MANY)
    if many:
        few.append({"records": MANY, "customers": many, "more": True})
    most = max((row["customers"] for row in few), default=1)
    return {
        "sizes": [row | {"share": share(row["customers"], most)} for row in few],
        "doubtful": database.rows("report_doubtful", most=DOUBTFUL) if personal else None,
    }


def _sources(
    database: Workspace, summary: Mapping[str, Any], runs: Sequence[Mapping[str, Any]], *,
    personal: bool,
) -> list[Row]:  # fmt: skip
    aside = database.rows("report_aside")
    if not personal:
        aside = [row | {"content": None} for row in aside]
    return [
        {
            "name": name,
            **counts,
            "columns": summary["columns"].get(name, {}),
            "aside": [row for row in aside if row["source"] == name],
            "unused": [row for row in summary["unused"] if row["source"] == name],
            "drift": [
                {"run_id": run["run_id"], "records": run["sources"][name]["records"]}
                for run in runs
                if name in run.get("sources", {})
            ],
        }
        for name, counts in summary["sources"].items()
    ]


def _where(database: Workspace) -> Row:
    return {
        "regions": database.rows("report_place", level="region", most=PLACES),
        "cities": database.rows("report_place", level="city", most=PLACES),
        "relations": database.rows("report_relation"),
    }


def _runs(past: Sequence[Run], summary: Mapping[str, Any]) -> list[Row]:
    """The last runs that ended, oldest first, and the one at hand."""
    ended = [
        {**json.loads(run.summary), "run_id": run.run_id, "started_at": run.started_at,
         "status": run.status}
        for run in past
        if run.ended_at and run.run_id != summary["run_id"]
    ]  # fmt: skip
    status = "held" if summary.get("gate") else "published"
    return [*ended[1 - RUNS :], {**summary, "status": status}]


def _told(run: Mapping[str, Any]) -> Row:
    return {
        name: run.get(name) for name in ("run_id", "started_at", "status", "records", "customers")
    }


def share(part: float, whole: float) -> float:
    """A part of a whole, from 0 to 1; 0 of nothing."""
    return part / whole if whole else 0.0
