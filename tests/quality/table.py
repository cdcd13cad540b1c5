"""Write the README's table of matching quality, of build/quality.json: `-m tests.quality.table`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.quality.linkage_sets import GENERATED, SETS

ROOT = Path(__file__).resolve().parents[2]
RESULT, README = ROOT / "build" / "quality.json", ROOT / "README.md"
BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"
HEADER = """\
| set | records | customers | precision | recall | F1 | seconds | peak MB |
|---|--:|--:|--:|--:|--:|--:|--:|"""


def table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The results as a Markdown table, a row a set."""
    return "\n".join([HEADER, *(_row(name, figures) for name, figures in results.items())])


def _row(name: str, figures: Mapping[str, Any]) -> str:
    scores = " | ".join(f"{figures[score]:.4f}" for score in ("precision", "recall", "f1"))
    memory = figures["megabytes"] if figures["megabytes"] is not None else "?"
    return (
        f"| {name} | {figures['records']:,} | {figures['customers']:,} | {scores}"
        f" | {figures['seconds']} | {memory} |"
    )


def replaced(text: str, written: str) -> str:
    """A text with what stands between the two marks replaced."""
    marked = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    return marked.sub(lambda _: f"{written}\n", text)


def main() -> None:
    """Bring the README's table up to date; unless every set was measured, leave it."""
    results = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    wanted = [*(chosen.name for chosen in SETS), *GENERATED]
    missing = [name for name in wanted if name not in results]
    if missing:
        print(f"README.md stays as it is: not measured here: {', '.join(missing)}.")
        return
    README.write_text(replaced(README.read_text("utf-8"), table(results)), encoding="utf-8")


if __name__ == "__main__":
    main()
