"""The contacts of Windows Live Mail, Hotmail and Windows Contacts as CSV, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unify_connectors.address_book import AddressBook


@dataclass(frozen=True, slots=True)
class WindowsLiveExport(AddressBook):
    """Contacts that Windows Live Mail, Hotmail or Windows Contacts exported as CSV.

    path: the file, folder or pattern.
    """

    preset: ClassVar[str] = "headers/windows_live.toml"
