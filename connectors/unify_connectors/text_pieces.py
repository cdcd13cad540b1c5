"""A text file of any encoding as UTF-8, in pieces of whole lines: flat in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from unify.errors import ConnectorError
from unify_connectors.text_encoding import SOUND, STRAYS, UNSOUND

LONGEST_LINE: Final = 16_000_000  # bytes; an exported photo fits, a file that has no lines does not


def utf8_pieces(file: Path, encoding: str, size: int) -> Iterator[bytes]:
    """The text as UTF-8, in pieces of about `size` characters and of whole lines.

    Every line ends as `\\n`, zero bytes are left out, a byte that means nothing is replaced.
    Raises ConnectorError for a line that is too long to be one.
    """
    chunks = _sound(file, size) if encoding == SOUND else _decoded(file, encoding, size)
    for whole in _whole_lines(chunks, file):
        yield whole.replace(b"\0", b"") if b"\0" in whole else whole


def _whole_lines(chunks: Iterable[bytes], file: Path) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if end:
            yield rest + chunk[:end] if rest or end < len(chunk) else chunk
        rest = chunk[end:] if end else rest + chunk
        if len(rest) > LONGEST_LINE:
            raise ConnectorError(
                f"a line is longer than {LONGEST_LINE // 1_000_000} MB: this is no table of text",
                where=os.fspath(file),
                remedy="Name another `connector`, or export it again as CSV.",
            )
    # DOS wrote a Ctrl-Z where a text ends.
    if rest := rest.rstrip(b"\x1a"):
        yield rest + b"\n"


def _sound(file: Path, size: int) -> Iterator[bytes]:
    with file.open("rb") as stream:
        held = b""
        while read := stream.read(size):
            chunk = held + read if held else read
            # The other half of `\r\n` may come with the next chunk.
            held = b"\r" if chunk.endswith(b"\r") else b""
            yield _lines_alike(chunk.removesuffix(held))
        yield _lines_alike(held)


def _lines_alike(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _decoded(file: Path, encoding: str, size: int) -> Iterator[bytes]:
    errors = STRAYS if encoding == UNSOUND else "replace"
    with file.open(encoding=encoding, errors=errors, newline=None) as stream:
        start = stream.read(size).removeprefix("\ufeff")
        for text in chain([start], iter(lambda: stream.read(size), "")):
            yield text.encode(errors="replace")
