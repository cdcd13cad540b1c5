"""Address books with bytes flipped, lost or repeated: contacts, or a sentence why not."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from unify.connector import load
from unify.errors import ConnectorError

FORMATS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "formats"
CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Bianchi;Nicol=C3=\r\n=B2;;;\r\n"
    'item1.TEL;TYPE="work,voice":02 1\r\nitem1.X-ABLabel:_$!<Work>!$_\r\nADR;HOME:;;Via Roma\\, 1;Forlì;FC;47121;\r\n'
    "PHOTO;ENCODING=BASE64:\r\n /9j/4AAQ\r\n\r\nNOTE:uno\r\n  due\r\nEND:VCARD\r\n"
)
ENTRY = (
    "dn: cn=Nicolò,dc=x\nobjectClass: inetOrgPerson\ncn:: Tmljb2zDsg==\nsn: Bian\n chi\nmail: n@x.it\n# comment\n"
    "jpegPhoto:: /9j/4AAQ\n\ndn: cn=y\nchangetype: delete\n\n"
)
GOOGLE = (
    "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street\r\n"
    'Nicolò,Bianchi,* Work,n@x.it ::: m@x.it,Mobile,333 1,"Via Roma 1\r\nForlì"\r\n'
)
JSON = '[{"name": "Nicolò", "address": {"city": "Forlì"}, "tags": ["a", {"b": 1.0}]},\n{"name": "Anna"}]\n'
WRITTEN = {
    "vcard": ("cards.vcf", CARD * 3),
    "ldif": ("book.ldif", ENTRY * 3),
    "google": ("google.csv", GOOGLE),
    "json": ("people.json", JSON),
}
SIGNS = (
    b"\0",
    b"\n",
    b"\r",
    b"=",
    b":",
    b";",
    b",",
    b'"',
    b"\\",
    b"{",
    b"[",
    b"\xff",
    b" ",
    b"BEGIN:VCARD\n",
    b"dn:",
)


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    """A copy with one to eight stretches cut out, repeated, overwritten or swapped."""
    text = bytearray(whole)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((1, 1, 3, 30, 300)))
        stretch = bytes(text[start:end])
        text[start:end] = chance.choice((b"", stretch * 2, chance.choice(SIGNS), stretch[::-1]))
    return bytes(text)


def _read(kind: str, file: Path) -> None:
    connector = load(kind, where="test")
    list(connector.find(str(file)))
    try:
        for batch in connector(path=file).read():  # type: ignore[call-arg]
            assert batch.records.num_rows == len(batch.locations)
    except ConnectorError as refused:
        assert file.name in str(refused)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("kind", WRITTEN)
def test_a_damaged_book_gives_contacts_or_a_sentence(tmp_path: Path, kind: str, seed: int) -> None:
    name, text = WRITTEN[kind]
    (tmp_path / name).write_bytes(_damaged(text.encode(), random.Random(f"{kind} {seed}")))
    _read(kind, tmp_path / name)


@pytest.mark.soak
@pytest.mark.real
@pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine")
@pytest.mark.parametrize("kind", WRITTEN)
def test_two_thousand_damaged_books(tmp_path: Path, kind: str) -> None:
    suffixes = {"vcard": ".vcf", "ldif": ".ldif", "google": ".csv", "json": ".json"}
    books = [file.read_bytes() for file in sorted(FORMATS.rglob(f"*{suffixes[kind]}"))]
    books = [book for book in books if 0 < len(book) < 100_000]
    chance = random.Random(kind)
    for _ in range(2_000):
        file = tmp_path / f"damaged{suffixes[kind]}"
        file.write_bytes(_damaged(chance.choice(books), chance))
        began = time.monotonic()
        _read(kind, file)
        assert time.monotonic() - began < 30, file.read_bytes()[:200]
