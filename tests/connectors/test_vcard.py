from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import vobject

from unify.connector import SetAside
from unify.errors import ConnectorError
from unify.fields import LABELS, MAPPABLE
from unify.presets import read_toml
from unify_connectors.labels import OF_ANOTHER, PRESET, label_of
from unify_connectors.moments import spaced_out
from unify_connectors.vcard import VCard


def _card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def _read(folder: Path, text: str | bytes) -> tuple[list[dict[str, Any]], list[SetAside]]:
    file = folder / "cards.vcf"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    batches = list(VCard(file).read())
    rows = [row for batch in batches for row in batch.records.to_pylist()]
    return rows, [aside for batch in batches for aside in batch.set_aside]


def _one(folder: Path, text: str | bytes) -> dict[str, str]:
    (row,), aside = _read(folder, text)
    assert aside == []
    return {column: value for column, value in row.items() if value is not None}


def _meaning(folder: Path, *lines: str) -> dict[str, dict[str, str]]:
    (folder / "cards.vcf").write_text(_card(*lines), encoding="utf-8")
    (batch,) = VCard(folder / "cards.vcf").read()
    return {
        field.name: {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
        for field in batch.records.schema
    }


@pytest.mark.parametrize(
    ("version", "line", "column", "value"),
    [
        ("3.0", "FN:Nicolò Bianchi", "FN", "Nicolò Bianchi"),
        ("3.0", r"ORG:Rossi\; Bianchi\, & C.;Vendite", "ORG", "Rossi; Bianchi, & C."),
        ("3.0", "ORG:Officine;Vendite;Estero", "ORG unit", "Vendite, Estero"),
        ("3.0", "N:Bianchi;Nicolò;Maria,Luisa;Dott.;", "N additional", "Maria Luisa"),
        ("2.1", "N:Bianchi;Nicolò;Maria,Luisa;Dott.;", "N additional", "Maria,Luisa"),
        ("4.0", "N:Perreault;Simon;;;ing. jr,M.Sc.", "N suffix", "ing. jr, M.Sc."),
        ("3.0", "N:Bianchi", "N family", "Bianchi"),
        ("3.0", r"NOTE:one\, two\nthree\\four", "NOTE", "one, two\nthree\\four"),
        ("3.0", "NOTE:one, two; three", "NOTE", "one, two; three"),
        ("3.0", "NOTE:C:\\", "NOTE", "C:\\"),
        ("2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab =\r\nc", "NOTE", "a\nb c"),
        ("2.1", "NOTE;QUOTED-PRINTABLE:perch=E9", "NOTE", "perché"),
        ("2.1", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nicol=C3=\r\n=B2", "FN", "Nicolò"),
        ("2.1", "FN;CHARSET=ISO-8859-2;QUOTED-PRINTABLE:Iksi=F1ski", "FN", "Iksiński"),
        ("2.1", "FN;CHARSET=no-such:Nicolò", "FN", "Nicolò"),
        ("2.1", "FN;CHARSET=a\0b:Nicolò", "FN", "Nicolò"),
        ("2.1", "NOTE:folded at\r\n a blank", "NOTE", "folded at a blank"),
        ("3.0", "NOTE:folded any\r\n where", "NOTE", "folded anywhere"),
        ("3.0", "NOTE:never folded\r\nsecond line\r\nFN:x", "NOTE", "never folded\nsecond line"),
        ("2.1", "TEL;CELL;PREF:333 1", "TEL mobile", "333 1"),
        ("4.0", 'TEL;TYPE="work,voice":02 1', "TEL work", "02 1"),
        ("4.0", "TEL;VALUE=uri;TYPE=home:tel:+39-02-1;ext=102", "TEL home", "+39-02-1 ext. 102"),
        ("3.0", "TEL;TYPE=WORK,FAX:02 2", "TEL fax", "02 2"),
        ("3.0", "TEL;TYPE=workfax:02 2", "TEL fax", "02 2"),
        ("3.0", "TEL;TYPE=PAGER:02 3", f"TEL {OF_ANOTHER}", "02 3"),
        ("3.0", "EMAIL;TYPE=INTERNET:a@x.it\r\nEMAIL;TYPE=pref:b@x.it", "EMAIL other", "b@x.it; a@x.it"),
        ("3.0", "item1.EMAIL:a@x.it\r\nitem1.X-ABLabel:_$!<Work>!$_", "EMAIL work", "a@x.it"),
        ("3.0", "item1.EMAIL:a@x.it\r\nitem1.X-ABLabel:PEC", "EMAIL pec", "a@x.it"),
        ("3.0", "item1.TEL:1\r\nitem1.X-ABLabel:Cellulare (ufficio)", "TEL mobile", "1"),
        ("3.0", r"ADR;TYPE=HOME:;int. 2;Via Roma\, 1\nScala B;Forlì;FC;47121;Italia", "ADR home street", "Via Roma, 1, Scala B"),
        ("3.0", "ADR;TYPE=HOME:;int. 2;Via Roma;Forlì;FC;47121;Italia", "ADR home street 2", "int. 2"),
        ("3.0", "ADR;TYPE=HOME:;;A;B\r\nADR;TYPE=HOME:;;C;D", "ADR home 2 street", "C"),
        ("3.0", r"URL:http\://www.example.com", "URL", "http://www.example.com"),
        ("3.0", "URL:a.it\r\nURL;TYPE=PREF:b.it", "URL further", "a.it"),
        ("3.0", r"CATEGORIES:Clienti,Amici\, altri", "CATEGORIES", "Clienti; Amici, altri"),
        ("3.0", "REV:20080716T203548Z", "REV", "2008-07-16T20:35:48Z"),
        ("3.0", "BDAY;VALUE=date:1980-03-22", "BDAY", "1980-03-22"),
        ("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22", "BDAY", "--03-22"),
        ("3.0", r"LABEL;TYPE=HOME:Via Roma 1\n47121 Forlì", "ADR home street", "Via Roma 1, 47121 Forlì"),
        ("3.0", "LABEL;TYPE=HOME:x\r\nADR;TYPE=HOME:;;Via Roma 1", "ADR home street", "Via Roma 1"),
        ("4.0", "GENDER:F;a note", "GENDER", "F"),
        ("3.0", "X-GENDER:Male", "GENDER", "Male"),
        ("3.0", "X-ABShowAs:COMPANY", "KIND", "organization"),
        ("4.0", "KIND:org", "KIND", "org"),
        ("3.0", "X-SKYPE:nico", "X-SKYPE", "nico"),
        ("3.0", "UID:urn:uuid:4f", "UID", "urn:uuid:4f"),
    ],
)  # fmt: skip
def test_a_property(tmp_path: Path, version: str, line: str, column: str, value: str) -> None:
    assert (
        _one(tmp_path, _card("FN:x", line, version=version).replace("FN:x\r\nFN", "FN"))[column]
        == value
    )


def test_columns_say_what_they_mean(tmp_path: Path) -> None:
    meaning = _meaning(
        tmp_path,
        "UID:1", "FN:x", "N:a;b;c;d;e", "ORG:o;u", "TITLE:t", "EMAIL;TYPE=HOME:e", "TEL;TYPE=CELL:1",
        "TEL;TYPE=PAGER:2", "ADR;TYPE=WORK:p;q;s;c;r;z;i", "BDAY:2", "X-FOO:y",
    )  # fmt: skip
    assert {column: told for column, told in meaning.items() if told != {"field": "none"}} == {
        "FN": {"field": "full_name"},
        "N prefix": {"field": "name_prefix"},
        "N given": {"field": "given_name"},
        "N additional": {"field": "middle_name"},
        "N family": {"field": "family_name"},
        "N suffix": {"field": "name_suffix"},
        "ORG": {"field": "organization"},
        "TITLE": {"field": "job_title"},
        "EMAIL home": {"field": "emails", "label": "home"},
        "TEL mobile": {"field": "phones", "label": "mobile"},
        "ADR work street": {"field": "street", "label": "work"},
        "ADR work street 2": {"field": "street", "label": "work"},
        "ADR work city": {"field": "city", "label": "work"},
        "ADR work region": {"field": "region", "label": "work"},
        "ADR work code": {"field": "postcode", "label": "work"},
        "ADR work country": {"field": "country", "label": "work"},
        "BDAY": {"field": "birth_date"},
    }
    assert {told["field"] for told in meaning.values()} <= {*MAPPABLE, "none"}
    assert next(iter(meaning)) == "UID"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_the_encoding_of_a_file_is_told(tmp_path: Path, encoding: str) -> None:
    text = _card("FN:Nicolò Città", "NOTE:perché è così")
    assert _one(tmp_path, text.encode(encoding))["FN"] == "Nicolò Città"


def test_each_property_may_have_an_encoding_of_its_own(tmp_path: Path) -> None:
    card = _card("FN;CHARSET=windows-1252:A", "NOTE;CHARSET=UTF-8:B", "TITLE:C", version="2.1")
    written = (
        card.encode()
        .replace(b":A", b":Do\xeb")
        .replace(b":B", b":Do\xc3\xab")
        .replace(b":C", b":Do\xeb")
    )
    row = _one(tmp_path, written)
    assert (row["FN"], row["NOTE"], row["TITLE"]) == ("Doë", "Doë", "Doë")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_lines_end_as_any_system_ends_them(tmp_path: Path, end: str) -> None:
    text = _card("FN:Anna", "NOTE:one\r\n  two") + _card("FN:Zoë")
    rows, _ = _read(tmp_path, text.replace("\r\n", end))
    assert [(row["FN"], row["NOTE"]) for row in rows] == [("Anna", "one two"), ("Zoë", None)]


@pytest.mark.parametrize(
    "picture",
    [
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJ",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n    SkZJ\r\n",
        "PHOTO;BASE64:\r\n  /9j/4AAQ\r\n  SkZJ",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\nSkZJ\r\n",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ",
        "item1.LOGO;VALUE=uri:http://example.com/a.png",
        "KEY;X509;ENCODING=BASE64:\r\n MIID\r\n\r\n",
        "AGENT:\r\nBEGIN:VCARD\r\nFN:Somebody else\r\nTEL:1\r\nEND:VCARD",
    ],
)
def test_pictures_keys_and_agents_are_skipped(tmp_path: Path, picture: str) -> None:
    row = _one(tmp_path, _card("FN:Anna", picture, "TITLE:CEO", version="2.1"))
    assert row == {"FN": "Anna", "TITLE": "CEO"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Nicolò\n", "the card has no end"),
        ("BEGIN:VCARD\nFN:Nicolò\nBEGIN:VCARD\nFN:Anna\nEND:VCARD\n", "the card has no end"),
        (_card("UID:1", "CATEGORIES:x"), "an empty card"),
        (_card("FN:Friends", "KIND:group", version="4.0"), "no contact but a group"),
        (_card("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group"), "no contact but a group"),
        ("From: a@x.it\nTo: b@x.it\n\n", "text that is no card"),
    ],
)  # fmt: skip
def test_a_bad_card_is_set_aside_and_the_others_are_read(
    tmp_path: Path, text: str, reason: str
) -> None:
    rows, aside = _read(tmp_path, _card("FN:First") + text + _card("FN:Last"))
    assert [row["FN"] for row in rows if row["FN"] != "Anna"] == ["First", "Last"]
    (one,) = aside
    assert (one.location, one.reason) == ("cards.vcf line 5", reason)
    assert one.content.splitlines()[0] in text


def test_a_line_of_megabytes_spoils_its_card_alone(tmp_path: Path) -> None:
    long = _card("FN:Long", "NOTE:" + "x" * 3_000_000)
    pictured = _card("FN:Pictured", "PHOTO;ENCODING=b:" + "A" * 3_000_000)
    rows, (aside,) = _read(tmp_path, long + pictured)
    assert [row["FN"] for row in rows] == ["Pictured"]
    assert aside.reason == "line 4 is longer than 1 MB"
    assert len(aside.content) < 3_000


@pytest.mark.parametrize(
    "line", [":x", ";:x", "TEL;A" + ",b" * 100_000, 'TEL;"' + '"a":' * 50_000, "\\" * 200_000, ";" * 200_000 + ":x", "\r" * 200_000]
)  # fmt: skip
def test_a_line_of_signs_takes_no_time(tmp_path: Path, line: str) -> None:
    rows, aside = _read(tmp_path, _card("FN:Anna", line))
    assert len(rows) + len(aside) == 1


def test_a_file_without_a_card_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="no vCard"):
        _read(tmp_path, "Nome;Cognome\nAnna;Rossi\n")


def test_a_folder_is_read_file_by_file_in_name_order(tmp_path: Path) -> None:
    for name in ("b.vcf", "a.VCF", "c.vcard", "readme.txt"):
        (tmp_path / name).write_text(_card(f"FN:{name}"), encoding="utf-8")
    batches = list(VCard(tmp_path).read())
    assert [row["FN"] for b in batches for row in b.records.to_pylist()] == [
        "a.VCF",
        "b.vcf",
        "c.vcard",
    ]
    assert [Path(b.origin).name for b in batches] == ["a.VCF", "b.vcf", "c.vcard"]


@pytest.mark.soak
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(cards: int) -> int:
        with (tmp_path / "cards.vcf").open("w", encoding="utf-8") as file:
            file.writelines(_card(f"FN:Anna {n}", f"TEL;TYPE=CELL:333 {n}") for n in range(cards))
        tracemalloc.start()
        assert sum(b.records.num_rows for b in VCard(tmp_path / "cards.vcf").read()) == cards
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(90_000) < 1.2 * peak(30_000)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("contacts.txt", _card("FN:x").encode(), True),
        ("contacts", ("\ufeff\r\n" + _card("FN:x")).encode(), True),
        ("contacts.vcf", _card("FN:x").encode("utf-16"), True),
        ("contacts.vcf", _card("FN:x").lower().encode(), True),
        ("contacts.vcf", b"Nome;Cognome\r\nBEGIN:VCARD;x\r\n", False),
        ("contacts.vcf", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", False),
        ("contacts.vcf", b"", False),
    ],
)
def test_a_vcard_is_found_by_its_content(
    tmp_path: Path, name: str, text: bytes, found: bool
) -> None:
    (tmp_path / name).write_bytes(text)
    assert [f.settings for f in VCard.find(str(tmp_path / name))] == (
        [{"path": str(tmp_path / name)}] if found else []
    )


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (("cell", "work"), "mobile"),
        (("home", "fax"), "fax"),
        (("internet", "pref"), "other"),
        (("Work Fax",), "fax"),
        (("Lavoro",), "work"),
        (("Casa 2",), "home"),
        (("privat",), "home"),
        (("PEC aziendale",), "pec"),
        (("Assistant",), OF_ANOTHER),
        ((), "other"),
    ],
)
def test_a_label_is_told_from_words(words: tuple[str, ...], label: str) -> None:
    assert label_of(frozenset(words)) == label


def test_the_preset_s_labels_are_those_of_the_fields() -> None:
    labels = read_toml(PRESET)["labels"]
    assert set(labels) <= {*LABELS, OF_ANOTHER}
    assert all(word == word.casefold() for words in labels.values() for word in words)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20080716T203548Z", "2008-07-16T20:35:48Z"),
        ("20231127220000.0Z", "2023-11-27T22:00:00Z"),
        ("20090808T1430-0500", "2009-08-08T14:30:00-05:00"),
        ("1996-10-22T14:00:00Z", "1996-10-22T14:00:00Z"),
        ("19800322", "19800322"),
        ("--0203", "--0203"),
        ("next year", "next year"),
    ],
)
def test_moments_are_spaced_out(written: str, moment: str) -> None:
    assert spaced_out(written) == moment


# Why vCards are read without the library that there is for them.
def test_the_library_loses_what_we_keep(tmp_path: Path) -> None:
    card = _card("FN:Anna", "NOTE:one, two", "TEL;CELL:333 1", version="2.1")
    theirs, ours = vobject.readOne(card), _one(tmp_path, card)
    assert (theirs.note.value, ours["NOTE"]) == ("one", "one, two")
    assert (theirs.tel.params, ours["TEL mobile"]) == ({}, "333 1")


def test_what_the_library_does_not_lose_we_read_as_it_does(tmp_path: Path) -> None:
    card = _card(
        r"N:D\;Amico;Anna;Maria;Dott.;jr", "FN:Anna", r"NOTE:one\, two\nthree", "ORG:A;B",
        "ADR;TYPE=HOME:;int. 2;Via Roma;Forlì;FC;47121;Italia", "TEL;TYPE=CELL:333", "EMAIL:a@x.it\r\n .example",
    )  # fmt: skip
    theirs, ours = vobject.readOne(card), _one(tmp_path, card)
    name, address = theirs.n.value, theirs.adr.value
    assert (name.family, name.given, name.additional, name.prefix, name.suffix) == (
        ours["N family"], ours["N given"], ours["N additional"], ours["N prefix"], ours["N suffix"],
    )  # fmt: skip
    assert (address.street, address.extended, address.city, address.code) == (
        ours["ADR home street"], ours["ADR home street 2"], ours["ADR home city"], ours["ADR home code"],
    )  # fmt: skip
    assert theirs.note.value == ours["NOTE"]
    assert theirs.org.value == [ours["ORG"], ours["ORG unit"]]
    assert theirs.email.value == ours["EMAIL other"]
