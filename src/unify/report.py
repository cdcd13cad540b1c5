"""The report that is published with each run: one file, no network."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

WORDS = {
    "en": {
        "lead": "records became",
        "customers": "customers",
        "people": "people",
        "firms": "organisations",
        "sources": "Sources",
        "source": "Source",
        "rows": "Rows read",
        "records": "Records",
        "aside": "Set aside",
        "known": "Customers by number of systems",
        "systems": "Systems",
        "count": "Customers",
        "review": "pairs wait for a person's look",
        "run": "Run",
        "kept": "not read, its last records stand",
    },
    "it": {
        "lead": "record sono diventati",
        "customers": "clienti",
        "people": "persone",
        "firms": "organizzazioni",
        "sources": "Fonti",
        "source": "Fonte",
        "rows": "Righe lette",
        "records": "Record",
        "aside": "Messe da parte",
        "known": "Clienti per numero di sistemi",
        "systems": "Sistemi",
        "count": "Clienti",
        "review": "coppie attendono lo sguardo di una persona",
        "run": "Esecuzione",
        "kept": "non letta, valgono i suoi ultimi record",
    },
}


def render(summary: Mapping[str, Any], language: str) -> str:
    """The report as HTML, in the project's language. Holds numbers only, no personal data."""
    from jinja2 import Environment

    source = (files("unify") / "templates" / "report.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        source
    )
    return template.render(run=summary, words=WORDS[language], language=language) + "\n"
