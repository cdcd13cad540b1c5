"""The encoding of a text file, told from its bytes.

Old programs seldom say how they write, and general detectors mistake Italian 8-bit
files for Baltic, Turkish or Vietnamese ones. So only the encodings that western
offices have used are weighed, by how well the letters they give sit between their
neighbours.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from unify.errors import ConfigError

SOUND: Final = "utf-8"  # read through: every byte of the file is known to be UTF-8
UNSOUND: Final = "utf-8-sig"  # UTF-8, perhaps with its mark, perhaps with stray bytes
STRAYS: Final = "unify.cp1252_strays"
"""The error handler that reads what is no UTF-8 in a UTF-8 file as Windows text."""

MARKS: Final = (
    (codecs.BOM_UTF8, UNSOUND),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's mark does, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp858 is DOS's cp850 with the euro sign in place of the dotless i.
EIGHT_BIT: Final = ("cp1252", "mac_roman", "cp858")


Seen = Counter[tuple[bytes, bytes, bytes]]
"""How often each run of accented letters stands between two plain ones."""

LATIN_9: Final = "iso8859-15"
"""Told from Windows' encoding by the few signs that differ."""

_CONTROL: Final = bytes({*range(1, 32)} - {*b"\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f"})
_MOST_CONTROL: Final = 0.02
_EURO: Final = b"\xa4"
_ONLY_LATIN_9: Final = frozenset(letter.encode("iso8859-15") for letter in "ŠšŒœž")
_HALF_A_LETTER: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z")
_CHUNK: Final = 1 << 20
_ENOUGH: Final = 20_000
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_UTF8_LETTER: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)

_WEIGHTS: Final = {
    **dict.fromkeys("àèéìòù", 10),
    **dict.fromkeys("ÀÈÉÌÒÙ", 5),
    **dict.fromkeys("äöüñçáíóúâêîôûëïãõ", 4),
    **dict.fromkeys("ßåøæœÄÖÜÑÇÁÍÓÚÂÊÎÔÛËÏÃÕÅØÆŒ", 1),
    **dict.fromkeys("’‘“”–—…€¤°«»ªº§£®©™•·¡¿\u00a0", 3),
    "\ufffd": -20,
}
_UNLIKELY: Final = -5
# DOS programs drew frames with these; no letter stands beside one.
_FRAME: Final = frozenset("─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬░▒▓█▄▀■")
_OPENING: Final = "‘“«¡¿"
# Six letters that are Italian in one encoding, and no letters in the other.
_PROOF: Final = 60
_ODD_SHARE: Final = 0.1


def told_encoding(file: Path) -> str:
    """The likeliest encoding of a text file."""
    return possible_encodings(file)[0]


def possible_encodings(file: Path, within: int | None = None) -> tuple[str, ...]:
    """The encodings that a text file may be in, the likeliest first; one alone is proven.

    Told from its mark, its zero bytes or its letters, `within` its first bytes if so asked.
    """
    with file.open("rb") as stream:
        start = stream.read(4096)
    proven = _marked(start) or _of_two_bytes(start)
    return (proven,) if proven else _by_letters(file, within)


def is_binary(start: bytes) -> bool:
    """Whether the start of a file holds more control signs than a text of any encoding."""
    if _marked(start):
        return False
    return len(start) - len(start.translate(None, _CONTROL)) > _MOST_CONTROL * len(start)


def known_encoding(name: str) -> str:
    """The codec of an encoding named in the configuration. Raises ConfigError if unknown."""
    try:
        "".encode(name)
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        raise ConfigError(
            f"unknown encoding '{name}'",
            where="encoding",
            remedy="Leave it out to have it told from the file, or try utf-8, cp1252 or mac_roman.",
        ) from None
    return UNSOUND if codec == SOUND else codec


def _marked(start: bytes) -> str | None:
    return next((name for mark, name in MARKS if start.startswith(mark)), None)


def _of_two_bytes(start: bytes) -> str | None:
    """UTF-16 without its mark: western text leaves every other byte zero."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    enough = len(start) / 10
    if odd > enough and odd > 4 * even:
        return "utf-16-le"
    if even > enough and even > 4 * odd:
        return "utf-16-be"
    return None


def encoding_of(texts: Callable[[], Iterable[bytes]]) -> str:
    """The likeliest encoding of texts that stand among other bytes. `texts` gives them anew."""
    return _told(texts)[0]


def _by_letters(file: Path, within: int | None) -> tuple[str, ...]:
    return _told(lambda: _chunks(file, within))


def _told(texts: Callable[[], Iterable[bytes]]) -> tuple[str, ...]:
    if _is_utf8(texts()):
        return (SOUND,)
    seen = _accented(texts())
    if _mostly_utf8(seen):
        return (UNSOUND,)
    scores = {name: _score(seen, name) for name in EIGHT_BIT}
    ranked = sorted(EIGHT_BIT, key=lambda name: -scores[name])
    close = [name for name in ranked if scores[ranked[0]] - scores[name] < _PROOF]
    names = tuple(name for name in close if _believable(seen, name)) or (ranked[0],)
    return tuple(LATIN_9 if name == "cp1252" and _is_latin_9(seen) else name for name in names)


def _is_latin_9(seen: Seen) -> bool:
    """Whether text that may be Windows' says euro signs or letters where Windows has others."""
    if any(0x80 <= byte <= 0x9F for _, run, _ in seen for byte in run):
        return False
    return any(
        _EURO in run or (run in _ONLY_LATIN_9 and after.isalpha() and not before.isdigit())
        for before, run, after in seen
    )


def _chunks(file: Path, within: int | None) -> Iterator[bytes]:
    with file.open("rb") as stream:
        if within is not None:
            # A letter that is cut in two by the end of the look is no error.
            yield _HALF_A_LETTER.sub(b"", stream.read(within))
        else:
            while chunk := stream.read(_CHUNK):
                yield chunk


def _is_utf8(chunks: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _accented(chunks: Iterable[bytes]) -> Seen:
    """The first accented letters of a file, with what stands before and after them."""
    seen: Seen = Counter()
    for chunk in chunks:
        if (missing := _ENOUGH - seen.total()) <= 0:
            break
        runs = islice(_HIGH.finditer(chunk), missing)
        spans = (run.span() for run in runs)
        seen.update((chunk[max(a - 1, 0) : a], chunk[a:b], chunk[b : b + 1]) for a, b in spans)
    return seen


def _mostly_utf8(seen: Seen) -> bool:
    """Whether UTF-8 letters outweigh the strays: one bad row must not spoil all accents."""
    letters = strays = 0
    for (_, run, _), times in seen.items():
        rest, found = _UTF8_LETTER.subn(b"", run)
        letters += found * times
        strays += len(rest) * times
    return letters > 3 * strays


def _score(seen: Seen, encoding: str) -> int:
    return sum(
        times * _plausibility(before.decode(), run.decode(encoding, "replace"), after.decode())
        for (before, run, after), times in seen.items()
    )


def _believable(seen: Seen, encoding: str) -> bool:
    """Whether nearly all letters that an encoding gives could have been meant."""
    odd = sum(
        times
        for (before, run, after), times in seen.items()
        if not _could_be_meant(before.decode(), run.decode(encoding, "replace"), after.decode())
    )
    return odd <= _ODD_SHARE * seen.total()


def _could_be_meant(before: str, run: str, after: str) -> bool:
    text = (before or " ") + run + (after or " ")
    return all(
        _fit(*text[i - 1 : i + 2]) > 0 and not _within_a_word(*text[i - 1 : i + 2])
        for i in range(1, len(text) - 1)
    )


def _within_a_word(before: str, sign: str, after: str) -> bool:
    """A sign between two letters, where only an apostrophe stands, or an opening one after one."""
    if sign.isalpha() or not before.isalpha():
        return False
    return sign in _OPENING or (sign != "’" and after.isalpha())


def _plausibility(before: str, run: str, after: str) -> int:
    text = (before or " ") + run + (after or " ")
    return sum(_fit(*text[i - 1 : i + 2]) for i in range(1, len(text) - 1))


def _fit(before: str, letter: str, after: str) -> int:
    weight = _WEIGHTS.get(letter, _UNLIKELY)
    if letter == "’" and before.isalpha() and after.isalpha():
        return weight + 5
    if letter == "°" and (before.isdigit() or before in "nN"):
        return weight + 5
    if letter in _FRAME:
        return _UNLIKELY if before.isalpha() or after.isalpha() else 2
    if letter in "€¤" and not before.isalpha() and not after.isalpha():
        return weight + 3
    return weight - 8 if _odd_case(before, letter, after) else weight


def _odd_case(before: str, letter: str, after: str) -> bool:
    """A capital within a word in small letters, or the reverse."""
    if letter.isupper():
        return before.islower()
    return letter.islower() and before.isupper() and not after.islower()


def _as_windows_text(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error(STRAYS, _as_windows_text)
