"""What the tables of a run follow from beside sources and decisions: this package, and settings."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from unify.presets import config_root

LIBRARIES = (
    "unify-contacts", "duckdb", "phonenumbers", "email-validator", "python-stdnum", "ftfy",
    "anyascii",
)  # fmt: skip
READ = (".py", ".sql", ".toml", ".txt", ".csv")


def made_by(settings: str) -> str:
    """A fingerprint of the code, the presets, the libraries' versions and a hash of settings."""
    return hashlib.sha256(f"{_rules()} {settings}".encode()).hexdigest()


@cache
def _rules() -> str:
    found = hashlib.sha256()
    for library in LIBRARIES:
        found.update(f"{library} {version(library)}\n".encode())
    for root in (files("unify"), config_root()):
        for path, content in sorted(_contents(root, "")):
            found.update(path.encode())
            found.update(content)
    return found.hexdigest()


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            found += _contents(entry, name)
        elif entry.name.endswith(READ):
            found.append((name, entry.read_bytes()))
    return found
