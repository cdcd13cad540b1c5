"""Outlook's contact export: delimited text whose header is Outlook's, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unify_connectors.address_book import AddressBook


@dataclass(frozen=True, slots=True)
class OutlookExport(AddressBook):
    """Contacts that Outlook exported as CSV, in any of its languages.

    path: the file, folder or pattern.
    """

    preset: ClassVar[str] = "headers/outlook.toml"
