"""Thunderbird's address books as CSV, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unify_connectors.address_book import AddressBook


@dataclass(frozen=True, slots=True)
class ThunderbirdExport(AddressBook):
    """Contacts that Thunderbird exported as CSV, in any of its languages.

    path: the file, folder or pattern.
    """

    preset: ClassVar[str] = "headers/thunderbird.toml"
