"""The signs by which an erased person is known again, without anything of the person being kept.

A sign is a salted hash: of a source's key, or of a name together with an e-mail, a phone or an
identifier. A value that several share is never a sign by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyarrow as pa

from unify.erasures import ERASED, Tombstones
from unify.presets import read_toml
from unify.workspace import Workspace

# What a row must tell to be signed, beside its e-mails and phones.
TOLD = (
    "full_name", "any_name", "given_name", "middle_name", "family_name", "organization",
    "tax_id", "vat_id", "any_id",
)  # fmt: skip


def key_sign(salt: str, record_id: str) -> str:
    """The sign of a record's key."""
    return hashlib.sha256(f"{salt}|key|{record_id}".encode()).hexdigest()


def signs_of(workspace: Workspace, rows: str, salt: str) -> set[str]:
    """The signs of names with contacts, of a SELECT of rows that tell them."""
    _sign(workspace, rows, salt)
    found = workspace.select("select distinct sign from sign")
    workspace.drop("signed", "sign")
    return {sign for (sign,) in found}


def set_apart(workspace: Workspace, source: str, rows: str, erased: Tombstones) -> None:
    """Give each row of `verdict` that is an erased person's, by key or by sign, that reason.

    `rows`: a SELECT of the arrived rows, told as records.
    """
    if not erased.signs:
        return
    workspace.lend("tombstone", pa.table({"sign": list(erased.signs)}))
    _sign(workspace, rows, erased.salt)
    workspace.sketch_from("erased_key", source=source, salt=erased.salt)
    workspace.connection.execute(
        "update verdict set reason = $reason where source_key in (from erased_key)",
        {"reason": ERASED},
    )
    workspace.drop("signed", "sign", "erased_key")


def _sign(workspace: Workspace, rows: str, salt: str) -> None:
    workspace.sketch("signed", rows)
    workspace.sketch_from("sign", salt=salt, titles=_titles())


def _titles() -> list[str]:
    table = read_toml("names/titles.toml")
    return sorted({*_words(table["prefix"]), *_words(table.get("suffix", {}))})


def _words(listed: Iterable[str]) -> Iterable[str]:
    return (word for word in listed if word.isalpha())
