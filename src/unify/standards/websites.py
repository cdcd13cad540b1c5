"""Web addresses without what every one of them has: the scheme, `www.`, a last slash."""

from __future__ import annotations

import re
from typing import Final

from unify.standards.text import clean

_SCHEME: Final = re.compile(r"^(?:[a-z]{3,6}:/{1,3}|//)", re.IGNORECASE)
_WWW: Final = re.compile(r"^www\d?\.", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_]{2,}(?::\d+)?")


def standardise(written: str | None) -> str | None:
    """The address with its host in lower case; None when there is no host in it."""
    text = clean(written)
    if text is None:
        return None
    bare = text.split()[0].rstrip(",;")
    while (rest := _WWW.sub("", _SCHEME.sub("", bare))) != bare:
        bare = rest
    host, slash, path = bare.partition("/")
    if not _HOST.fullmatch(host):
        return None
    return f"{host.lower()}{slash}{path}".rstrip("/")


def domain(written: str | None) -> str | None:
    """The host of a web address, without its port."""
    address = standardise(written)
    return address.partition("/")[0].partition(":")[0] if address else None
