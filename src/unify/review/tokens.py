"""The hidden token by which a worksheet's row is known, wherever people move it.

It says the worksheet, the case, the row's place in it, the record and what that held, under a
signature that only this project's ledger can make.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass

BEGINS = "u1."
SIGNED = 12


@dataclass(frozen=True, slots=True)
class Token:
    """One row of a worksheet: `row` of the `rows` of its case."""

    worksheet: str
    reviewer: str
    """To whom the worksheet was given, if to anybody."""
    case: str
    number: int
    side: str
    row: int
    rows: int
    record: str
    form: str


def written(token: Token, key: str) -> str:
    """A token as it stands in a cell."""
    said = json.dumps(astuple(token), ensure_ascii=False, separators=(",", ":")).encode()
    body = base64.urlsafe_b64encode(said).decode().rstrip("=")
    return f"{BEGINS}{body}.{_signature(body, key)}"


def read(cell: str, key: str) -> Token | None:
    """The token of a cell; nothing where this project did not write it."""
    body, _, signature = cell.strip().removeprefix(BEGINS).rpartition(".")
    if not cell.strip().startswith(BEGINS) or not cell.isascii():
        return None
    if not hmac.compare_digest(signature, _signature(body, key)):
        return None
    padded = body + "=" * (-len(body) % 4)
    return Token(*json.loads(base64.urlsafe_b64decode(padded)))


def _signature(body: str, key: str) -> str:
    return hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()[:SIGNED]
