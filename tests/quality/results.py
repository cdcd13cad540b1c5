"""Where measured figures are kept until the README's table is written: build/quality.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RESULT = Path(__file__).resolve().parents[2] / "build" / "quality.json"
# Under what the agreement of golden customers with a clean list is kept, beside the sets.
AGREEMENT = "cell agreement"


def noted() -> dict[str, Any]:
    """The figures of every set that was measured, by its name."""
    return dict(json.loads(RESULT.read_text(encoding="utf-8"))) if RESULT.exists() else {}


def note(name: str, figures: Mapping[str, Any]) -> None:
    """Put the figures of a set beside those of the others."""
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**noted(), name: figures}, indent=2) + "\n", encoding="utf-8")
