"""What stewards set, as a table of the records that it holds for."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from unify.decisions import Override
from unify.tables import SetKind
from unify.workspace import Workspace


def set_kinds(workspace: Workspace, overrides: Iterable[Override]) -> SetKind:
    """The kind of each record for which one was set: the latest of `overrides` stands."""
    kinds = {
        record: said.value for said in overrides if said.field == "kind" for record in said.records
    }
    rows = {"record_id": list(kinds), "kind": list(kinds.values())}
    schema = pa.schema([(name, pa.string()) for name in rows])
    return workspace.adopt(SetKind, pa.table(rows, schema=schema))
