"""What the tables of a run follow from beside sources and decisions: this package, and settings."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from unify.presets import config_root

# What standard forms follow from, beside the values themselves.
OF_FORMS = (
    "unify-contacts", "phonenumbers", "email-validator", "python-stdnum", "ftfy", "anyascii",
)  # fmt: skip
READ = (".py", ".sql", ".toml", ".txt", ".csv")


def made_by(settings: str) -> str:
    """A fingerprint of the code, the presets, the libraries' versions and a hash of settings."""
    return hashlib.sha256(f"{_code()} {preset_rules()} {settings}".encode()).hexdigest()


@cache
def preset_rules() -> str:
    """A fingerprint of the presets and of the versions of the libraries of standard forms."""
    return _fingerprint(config_root(), OF_FORMS)


@cache
def _code() -> str:
    return _fingerprint(files("unify"), ("duckdb",))


def _fingerprint(root: Traversable, libraries: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for library in libraries:
        found.update(f"{library} {version(library)}\n".encode())
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
