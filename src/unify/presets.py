"""The presets that ship with the tool: word lists, country packs and rules as files."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from unify.errors import ConfigError


def config_root() -> Traversable:
    """The folder of presets: inside the package when installed, else beside the sources."""
    packaged = files("unify") / "configs"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "configs"


def _read(name: str) -> str:
    try:
        return (config_root() / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"the preset {name!r} is missing",
            where="configs",
            remedy="Reinstall unify: the file ships with it.",
        ) from error


@cache
def read_toml(name: str) -> dict[str, Any]:
    """A preset written as TOML, by its path under the presets; read once."""
    return tomllib.loads(_read(name))


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """A preset of one entry a line, without blank lines and `#` comments; read once."""
    return tuple(line for line in _read(name).splitlines() if line and line[0] != "#")
