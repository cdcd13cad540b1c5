"""What is known to be true: a CSV that names the entity of every record it speaks of."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from unify.errors import ConfigError

COLUMNS = ("source", "source_key", "entity")
HEADER = f"Its header must be {','.join(COLUMNS)}."

Record = tuple[str, str]


def read_truth(path: Path) -> dict[Record, str]:
    """(source, source_key) → entity, all trimmed. Raises ConfigError for what is no truth."""
    where = os.fspath(path)
    if not path.is_file():
        raise ConfigError("no such file", where=where, remedy="Name the truth's CSV.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                lacking = f"the truth has no column {', '.join(missing)}"
                raise ConfigError(lacking, where=where, remedy=HEADER)
            told = _told(((rows.line_num, row) for row in rows), where)
    except (UnicodeDecodeError, csv.Error) as unreadable:
        raise ConfigError(
            "the truth cannot be read as UTF-8 CSV",
            where=where,
            remedy=f"Save it as UTF-8 with the header {','.join(COLUMNS)}.",
        ) from unreadable
    if not told:
        raise ConfigError("the truth has no rows", where=where, remedy="Give it a row a record.")
    return told


def _told(rows: Iterable[tuple[int, Mapping[str, str | None]]], where: str) -> dict[Record, str]:
    """The entity of every record. Raises ConfigError for a record without one, or with two."""
    told: dict[Record, str] = {}
    for line, row in rows:
        source, key, entity = ((row[name] or "").strip() for name in COLUMNS)
        place = f"{where}, line {line}"
        if not (source and key and entity):
            raise ConfigError(
                "a value is empty",
                where=place,
                remedy=f"Every row needs {', '.join(COLUMNS)}.",
            )
        if told.setdefault((source, key), entity) != entity:
            raise ConfigError(
                "an earlier line gives this record another entity",
                where=place,
                remedy="A record is of one entity: keep the line that is right.",
            )
    return told
