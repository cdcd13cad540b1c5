"""Which column of a source holds which field, and the SQL that reads records that way.

The one place where a query's field list varies: identifiers are quoted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from unify.fields import ADDRESS, HOUSE_NUMBER, Field
from unify.tables import OWN, SINGLE, VALUES, WRITTEN_ADDRESSES
from unify.workspace import literal, quoted

ADDRESS_PARTS = ("street", HOUSE_NUMBER, *(part for part in ADDRESS if part != "street"))
SEPARATORS = {"full_name": " ", "any_name": " ", "given_name": " ", "notes": "\n"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A column, the field it holds, its label, and what told so."""

    column: str
    field: str
    label: str
    told_by: str


def keyed_select(columns: Sequence[str], key: Sequence[str], *, order: str) -> str:
    """One row an arrived row: its place, a hash of its content, its key, its origin's place."""
    return f"""
        select rowid as position, md5({content(columns)}) as content_hash,
               {source_key(key)} as written_key, list_position($origins, {quoted(order)}) as origin
        from arrived
    """


def record_select(
    mappings: Sequence[ColumnMapping], own: Sequence[Field], *, location: str, updated: str | None
) -> str:
    """The arrived rows that are records, as rows of `source_record`."""
    return f"""
        select $source || ':' || verdict.source_key as record_id, $source as source,
               verdict.source_key, {quoted(location)} as location,
               {_column(updated) if updated else "null::VARCHAR"} as updated,
               {select_list(mappings, own)}
        from arrived join verdict on verdict.position = arrived.rowid
        where verdict.reason is null order by verdict.position
    """


def signed_select(mappings: Sequence[ColumnMapping], own: Sequence[Field]) -> str:
    """The arrived rows as records, by their place: what tells whom each of them names."""
    return f"""
        select rowid as place, null::VARCHAR as spelt, {select_list(mappings, own)} from arrived
    """


def set_aside_select(columns: Sequence[str], *, location: str, origin: str) -> str:
    """The arrived rows that are none, with the reason and their content.

    Nothing is told of an erased person, not even a key that stands in the row's location.
    """
    return f"""
        select $source as source,
               case when verdict.reason = 'erased' and contains({quoted(location)}, source_key)
                    then {quoted(origin)} else {quoted(location)} end as location,
               verdict.reason,
               case when verdict.reason <> 'erased' then {content(columns)} end as content
        from arrived join verdict on verdict.position = arrived.rowid
        where verdict.reason is not null order by verdict.position
    """


def select_list(mappings: Sequence[ColumnMapping], own: Sequence[Field]) -> str:
    """The columns of `source_record` from `emails` to `own`, as SQL over the source's columns."""
    single = [f"{_single(name, mappings)} as {name}" for name in (*SINGLE, "any_name", "any_id")]
    return ",\n".join(
        [
            *single,
            f"{_values('emails', mappings)} as emails",
            f"{_values('phones', mappings)} as phones",
            f"{_addresses(mappings)} as addresses",
            f"{_own(mappings, own)} as own",
        ]
    )


def content(columns: Sequence[str]) -> str:
    """A row's content as one JSON object, as SQL."""
    pairs = ", ".join(f"{literal(name)}, {quoted(name)}" for name in columns)
    return f"json_object({pairs})::VARCHAR"


def source_key(key: Sequence[str]) -> str:
    """A record's key as SQL: trimmed, several columns joined with an escaped `|`; null if empty."""
    if not key:
        return "null::VARCHAR"
    parts = [
        f"coalesce(replace(replace(trim({quoted(name)}), '\\', '\\\\'), '|', '\\|'), '')"
        if len(key) > 1
        else f"trim({quoted(name)})"
        for name in key
    ]
    empty = " and ".join(f"coalesce(trim({quoted(name)}), '') = ''" for name in key)
    joined = " || '|' || ".join(parts)
    return f"case when {empty} then null else {joined} end"


def _column(name: str) -> str:
    return f"nullif(trim({quoted(name)}), '')"


def _of(field: str, mappings: Sequence[ColumnMapping]) -> list[ColumnMapping]:
    return [mapping for mapping in mappings if mapping.field == field]


def _single(field: str, mappings: Sequence[ColumnMapping]) -> str:
    columns = [_column(mapping.column) for mapping in _of(field, mappings)]
    if not columns:
        return "null::VARCHAR"
    if len(columns) == 1:
        return columns[0]
    if field in SEPARATORS:
        return f"nullif(concat_ws({literal(SEPARATORS[field])}, {', '.join(columns)}), '')"
    return f"coalesce({', '.join(columns)})"


def _values(field: str, mappings: Sequence[ColumnMapping]) -> str:
    values = [
        f"{{'value': {_column(m.column)}, 'label': {literal(m.label)}}}"
        for m in _of(field, mappings)
    ]
    return _filled(values, "v.value is not null", VALUES)


def _addresses(mappings: Sequence[ColumnMapping]) -> str:
    labels = list(dict.fromkeys(m.label for m in mappings if m.field in ADDRESS_PARTS))
    addresses = []
    for label in labels:
        here = [m for m in mappings if m.label == label]
        parts = ", ".join(f"'{part}': {_part(part, here)}" for part in ADDRESS_PARTS)
        addresses.append(f"{{'label': {literal(label)}, {parts}}}")
    known = "coalesce(v.street, v.city, v.postcode, v.region, v.country) is not null"
    return _filled(addresses, known, WRITTEN_ADDRESSES)


def _part(part: str, mappings: Sequence[ColumnMapping]) -> str:
    columns = [_column(mapping.column) for mapping in _of(part, mappings)]
    if part == "street" and len(columns) > 1:
        return f"nullif(concat_ws(', ', {', '.join(columns)}), '')"
    return f"coalesce({', '.join(columns)})" if columns else "null::VARCHAR"


def _filled(values: Sequence[str], known: str, kind: str) -> str:
    listed = ", ".join(values)
    return f"list_filter([{listed}]::{kind}, lambda v: {known})"


def _own(mappings: Sequence[ColumnMapping], own: Sequence[Field]) -> str:
    held = [field.name for field in own if _of(field.name, mappings)]
    names = ", ".join(literal(name) for name in held)
    values = ", ".join(_single(name, mappings) for name in held)
    return f"map([{names}]::VARCHAR[], [{values}]::VARCHAR[])::{OWN}"
