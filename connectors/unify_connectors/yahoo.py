"""Yahoo's contacts as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unify_connectors.address_book import AddressBook


@dataclass(frozen=True, slots=True)
class YahooExport(AddressBook):
    """Contacts that Yahoo exported as CSV.

    path: the file, folder or pattern.
    """

    preset: ClassVar[str] = "headers/yahoo.toml"
