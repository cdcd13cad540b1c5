"""Golden customers to export, and what connectors read of an export."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.connector import Connector
from unify.exports.customers import Customers, Row
from unify.exports.outlook import header
from unify.standards import dates, sexes

TEXT = (
    "customer_id", "kind", "full_name", "name_prefix", "given_name", "middle_name", "family_name",
    "name_suffix", "organization", "job_title", "street", "city", "region", "postcode", "country",
    "birth_date", "sex", "tax_id", "vat_id", "website", "consent_marketing", "notes", "updated",
)  # fmt: skip
VALUES = pa.list_(pa.struct([("value", pa.string()), ("label", pa.string())]))

Fields = dict[str, Any]

# What is written in words or without signs, in standard form.
STANDARD = {
    "birth_date": lambda written: dates.standardise(written, order="dmy").value,
    "sex": sexes.standardise,
}


def values(*given: tuple[str, str]) -> list[dict[str, str]]:
    """A list of e-mails or phones: value, label."""
    return [{"value": value, "label": label} for value, label in given]


def customers(*rows: Row, language: str = "en") -> Customers:
    """Golden customers of which only some fields are told."""
    shape = pa.schema(
        [(name, pa.string()) for name in TEXT] + [("emails", VALUES), ("phones", VALUES)]
    )
    empty = {"kind": "person", "emails": [], "phones": []}
    whole = [{"customer_id": f"C-{n:010}", **empty, **row} for n, row in enumerate(rows)]
    return Customers(pa.Table.from_pylist(whole, schema=shape), Path(), language)


NASTY = (
    '=1+1', "=cmd|' /C calc'!A0", "@SUM(A1)", "+39 035", "-1", "007", "00186", '"Da Gino"',
    "Rossi; Bianchi, Verdi", "back\\slash\\n", "riga 1\nriga 2\n\nriga 4", "emoji 👩‍👩‍👧 è così",
    "è" * 200, "a" * 75, "👍" * 60, "l'Aquila", "a\tb", "BEGIN:VCARD", "50 % & <b>", "日本語のメモ",
)  # fmt: skip

PEOPLE: tuple[Row, ...] = (
    {
        "full_name": "Dott. Nicolò D’Amico Jr.", "name_prefix": "Dott.", "given_name": "Nicolò",
        "middle_name": "Maria", "family_name": "D’Amico", "name_suffix": "Jr.",
        "organization": "Rossi, Bianchi & C.; S.n.c.", "job_title": "Resp. acquisti; vendite",
        "emails": values(("n@damico.it", "work"), ("nicolo@pec.it", "pec"), ("x@y.it", "other")),
        "phones": values(
            ("+39035603178", "work"), ("+393497319563", "mobile"), ("+393497319564", "mobile"),
            ("+39035603179", "fax"), ("+39035111222", "home"), ("+3902123456", "other"),
        ),
        "street": "Via S. Rocco, 7/A; scala B", "city": "Forlì", "region": "FC", "postcode": "00186",
        "country": "IT", "birth_date": "1980-04-12", "sex": "M", "tax_id": "BNCNCL80A01D704X",
        "website": "https://www.damico.it/?a=1;b=2,3", "updated": "2025-08-07T10:20:30Z",
    },
    {
        "kind": "organization", "full_name": "Officine Bianchi S.r.l.",
        "organization": "Officine Bianchi S.r.l.", "vat_id": "01551460197",
        "emails": values(("info@bianchi.it", "work")), "phones": values(("+39035603178", "work")),
        "street": "Viale Europa, 57", "city": "Dalmine", "postcode": "24044",
    },
    *({"full_name": text, "given_name": text, "notes": text} for text in NASTY),
)  # fmt: skip


SINGLE = (
    "name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "organization",
    "job_title", "birth_date", "sex", "website", "notes", "street", "city", "region", "postcode",
    "country",
)  # fmt: skip
# Columns that Outlook has in every language, but that are not known in each.
ONLY_SOMETIMES = {
    "name_prefix": "Title", "name_suffix": "Suffix", "any_id": "Government ID Number",
    "website": "Web Page",
}  # fmt: skip


def as_card(row: Row) -> Fields:
    """What a connector should read of a customer's vCard."""
    kind = "org" if row["kind"] == "organization" else "individual"
    named = {"full_name": row["full_name"]} if row["full_name"] else {}
    return {"kind": kind, **named, **_single(row), **_listed(row)}


def as_contact(row: Row, language: str) -> Fields:
    """What a connector should read of a customer in Outlook: e-mails have no label there."""
    listed = _listed(row)
    if "emails" in listed:
        listed["emails"] = {(value, "other") for value, _ in listed["emails"]}
    first, other = row["tax_id"], row["vat_id"]
    if row["kind"] == "organization":
        first, other = other, first
    any_id = {"any_id": first or other} if first or other else {}
    fields = {**_single(row), **listed, **any_id}
    known = header(language)
    return {n: v for n, v in fields.items() if ONLY_SOMETIMES.get(n, "Notes") in known}


def _single(row: Row) -> Fields:
    return {name: row[name] for name in SINGLE if row[name]}


def _listed(row: Row) -> Fields:
    return {
        name: {(one["value"], one["label"]) for one in row[name]}
        for name in ("emails", "phones")
        if row[name]
    }


def read_back(connector: Connector) -> list[Fields]:
    """What a connector reads, record by record: a value a field, value and label of lists."""
    found = []
    for batch in connector.read():
        assert batch.set_aside == ()
        shape = batch.records.schema
        told = {
            field.name: {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
            for field in shape
        }
        found += [_fields(record, told) for record in batch.records.to_pylist()]
    return found


def _fields(record: dict[str, str | None], told: dict[str, dict[str, str]]) -> Fields:
    fields: Fields = defaultdict(set)
    for column, value in record.items():
        meaning = told[column]
        name = meaning.get("field", "none")
        if value is None or value == "" or name == "none":
            continue
        if name in ("emails", "phones"):
            fields[name] |= {(one, meaning["label"]) for one in value.split("; ")}
        else:
            assert name not in fields, (name, column)
            fields[name] = value
    for name, standard in STANDARD.items():
        if name in fields:
            fields[name] = standard(fields[name])
    return dict(fields)
