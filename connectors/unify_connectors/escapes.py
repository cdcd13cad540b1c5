"""Quotation marks within cells as MySQL and PHP write them: `\\"` where others double them."""

from __future__ import annotations

import re
from typing import Final

_ESCAPED: Final = re.compile(rb'\\(["\\])')


def escapes_quotes(text: str, delimiter: str) -> bool:
    """Whether a quoted cell goes on after `\\"`, which would else be the end of it."""
    edge = re.escape(delimiter)
    cell = rf'(?:^|(?<={edge}))"(?:[^"\\\n]|\\.)*\\"[^"\n{edge}]'
    return '\\"' in text and re.search(cell, text, re.MULTILINE) is not None


def quotes_doubled(text: bytes) -> bytes:
    """The text with its escaped quotation marks doubled, and its escaped backslashes plain."""
    return _ESCAPED.sub(lambda found: b'""' if found[1] == b'"' else b"\\", text)
