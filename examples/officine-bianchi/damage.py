"""How facts are written down: spellings, habits, and errors, drawn from a generator."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from random import Random

from world import Address, Firm, listed

NICKNAME_SHARE = 0.15
INITIAL_SHARE = 0.045
SWAPPED_SHARE = 0.03
UPPER_CASE_SHARE = 0.06
JUNK_SHARE = 0.015
# Of a hundred written values, so many hold a typing error.
TYPING_ERRORS = {"name": 0.05, "street": 0.07, "city": 0.04, "email": 0.04, "phone": 0.04}
TYPING_ERRORS |= {"firm": 0.07, "id": 0.04}

NICKNAMES = {
    "Giuseppe": "Beppe",
    "Giovanni": "Gianni",
    "Giuseppina": "Pina",
    "Domenico": "Mimmo",
    "Francesco": "Franco",
    "Antonio": "Tonino",
    "Luigi": "Gigi",
    "Salvatore": "Totò",
    "Vincenzo": "Enzo",
    "Roberto": "Roby",
    "Alessandro": "Sandro",
    "Alessandra": "Sandra",
    "Maurizio": "Mauri",
    "Massimo": "Max",
    "Stefano": "Ste",
    "Daniele": "Dani",
    "Battista": "Tista",
    "Gian Luca": "Gianlu",
    "Gianfranco": "Franco",
    "Raffaele": "Lele",
    "Gabriele": "Lele",
    "Emanuele": "Manu",
    "Federico": "Fede",
    "Riccardo": "Ricky",
    "Lorenzo": "Renzo",
    "Tommaso": "Tommy",
    "Giacomo": "Mino",
    "Edoardo": "Edo",
    "Samuele": "Samu",
    "Matteo": "Teo",
    "Francesca": "Franca",
    "Valentina": "Vale",
    "Elisabetta": "Betty",
    "Antonella": "Nella",
    "Patrizia": "Patty",
    "Caterina": "Rina",
    "Margherita": "Rita",
    "Mariangela": "Mary",
    "Maria Grazia": "Mariagrazia",
    "Maria Teresa": "Mariuccia",
    "Stefania": "Stefy",
    "Loredana": "Lory",
    "Federica": "Fede",
    "Eleonora": "Ele",
    "Cristina": "Cri",
    "Michele": "Michi",
    "Barbara": "Babi",
    "Giovanna": "Gianna",
    "Teresa": "Resi",
    "Raffaella": "Lella",
    "Gabriella": "Lella",
    "Rosanna": "Rosi",
}
SPELLINGS = {
    "S.r.l.": ("S.r.l.", "S.R.L.", "Srl", "SRL", "srl", "s.r.l.", "S. r. l."),
    "S.p.A.": ("S.p.A.", "SPA", "Spa", "S.P.A.", "s.p.a."),
    "S.n.c.": ("S.n.c.", "SNC", "snc", "S.N.C."),
    "S.a.s.": ("S.a.s.", "SAS", "sas", "S.A.S."),
    "Soc. Coop.": ("Soc. Coop.", "Società Cooperativa", "S.C.", "soc.coop."),
}
SHORT_WORDS = {
    "Fratelli": ("F.lli", "Fratelli", "F.LLI"),
    "Officina": ("Off.", "Officina"),
    "Meccanica": ("Mecc.", "Meccanica"),
    "Via": ("V.", "via", "Via"),
    "Viale": ("V.le", "viale"),
    "Piazza": ("P.za", "P.zza"),
    "Corso": ("C.so", "corso"),
    "Garibaldi": ("G. Garibaldi", "Giuseppe Garibaldi"),
    "Verdi": ("G. Verdi", "Giuseppe Verdi"),
    "Alighieri": ("Alighieri", ""),
}
JUNK_PHONES = ("0000000", "n/a", "-")
JUNK_EMAILS = ("info@", "n/a", "-")
JUNK_TEXTS = ("n/a", "-", "n.d.")
LANDLINES = listed("""
    {p}{n}, {p} {n}, {p}/{n}, {p}-{n}, +39 {p} {n}, +39{p}{n}, 0039{p}{n}, 0039 {p} {n}, ({p}) {n},
    Tel. {p}{n}, {p} {spaced}, tel {p}/{n}
""")
MOBILES = listed("""
    {p}{n}, {p}{n}, {p} {n}, {p}/{n}, {p}-{n}, {p} {spaced}, +39 {p} {n}, +39{p}{n}, 0039{p}{n},
    Cell. {p}{n}, 39{p}{n}
""")
KEYS = "qwertyuiopasdfghjklzxcvbnm1234567890"
NEIGHBOURS = dict(zip(KEYS, "wertyuioposdfghjklkxcvbnmn2345678909", strict=True))


def kept(value: str, share: float, rng: Random) -> str:
    """The value, in about that share of the records; nothing in the others."""
    return value if rng.random() < share else ""


def or_junk(value: str, junk: tuple[str, ...], rng: Random) -> str:
    """The value, or now and then what people type to get past a mandatory field."""
    return rng.choice(junk) if rng.random() < JUNK_SHARE else value


def mistyped(text: str, rng: Random) -> str:
    """The text with one typing error: two signs swapped, one lost, doubled or a neighbour."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 1)
    here, after = text[at], text[at + 1]
    neighbour = NEIGHBOURS.get(here.lower(), "")
    neighbour = neighbour.upper() if here.isupper() else neighbour
    wrong = (after + here, after, here + here + after, neighbour + after)
    return text[:at] + rng.choice(wrong) + text[at + 2 :]


def typed(text: str, what: str, rng: Random) -> str:
    """The text as typed by hand, with a typing error at the rate of its kind of value."""
    return mistyped(text, rng) if rng.random() < TYPING_ERRORS[what] else text


def accents_as_apostrophes(text: str) -> str:
    """NICOLO' for NICOLÒ, as keyboards without accents have it."""
    return re.sub("[\u0300\u0301]", "'", unicodedata.normalize("NFD", text))


def accented(text: str, rng: Random) -> str:
    """The text with its accents, or apostrophes for them, or neither."""
    written = accents_as_apostrophes(text)
    if written == text or rng.random() < 0.5:
        return text
    return written if rng.random() < 0.7 else re.sub(r"'(?=$| )", "", written)


def cased(text: str, share: float, rng: Random) -> str:
    """The text, in capitals in about that share of the records."""
    return text.upper() if rng.random() < share else text


def given_name(given: str, rng: Random) -> str:
    """A given name as people write it: in full, a nickname, or its initial."""
    if given in NICKNAMES and rng.random() < NICKNAME_SHARE:
        return NICKNAMES[given]
    if rng.random() < INITIAL_SHARE:
        return given[0] + rng.choice(("", ".", "."))
    return typed(accented(given, rng), "name", rng)


def name_fields(given: str, family: str, rng: Random) -> tuple[str, str]:
    """Given and family name in their two fields, now and then in each other's."""
    pair = given_name(given, rng), typed(accented(family, rng), "name", rng)
    if rng.random() < UPPER_CASE_SHARE:
        pair = pair[0].upper(), pair[1].upper()
    return (pair[1], pair[0]) if rng.random() < SWAPPED_SHARE else pair


def shortened(text: str, share: float, rng: Random) -> str:
    """The text with some of its words abbreviated, in about that share of the records."""
    if rng.random() >= share:
        return text
    words = (rng.choice(SHORT_WORDS.get(word, (word,))) for word in text.split())
    return " ".join(word for word in words if word)


def firm_name(firm: Firm, rng: Random) -> str:
    """A firm's name in one of the spellings of its legal form, or without it."""
    name = typed(accented(shortened(firm.name, 0.35, rng), rng), "firm", rng)
    if rng.random() < 0.12:
        return name
    return f"{name} {rng.choice(SPELLINGS[firm.form])}"


def street(address: Address, rng: Random) -> str:
    """Street and number, in one of the ways to write them."""
    name = typed(accented(shortened(address.street, 0.3, rng), rng), "street", rng)
    return name + rng.choice((" ", " ", " ", ", ", ", ", " n. ", ", n. ")) + address.number


def city(address: Address, rng: Random) -> str:
    """The name of the town."""
    return typed(accented(address.town.name, rng), "city", rng)


def phone(number: str, rng: Random) -> str:
    """A phone number in one of the ways to write it."""
    if not number:
        return ""
    number = typed(number, "phone", rng)
    prefix = next((p for p in ("02", "030", "035", "031", "039") if number.startswith(p)), "")
    cut = len(prefix) or (3 if number.startswith("3") else 4)
    local = number[cut:]
    spaced = " ".join(re.findall("..?", local))
    pattern = rng.choice(MOBILES if number.startswith("3") else LANDLINES)
    return or_junk(pattern.format(p=number[:cut], n=local, spaced=spaced), JUNK_PHONES, rng)


def email(address: str, rng: Random) -> str:
    """An e-mail address; typing errors hit the part before the @."""
    if not address:
        return ""
    local, domain = address.split("@")
    written = f"{typed(local, 'email', rng)}@{domain}"
    return or_junk(cased(written, 0.03, rng), JUNK_EMAILS, rng)


def tax_id(code: str, rng: Random) -> str:
    """A codice fiscale or partita IVA, as typed."""
    return typed(code, "id", rng) if code else ""


def birth_date(day: date, rng: Random) -> date:
    """A date of birth, now and then with day and month confused, or never asked for."""
    chance = rng.random()
    if chance < 0.02:
        return date(1900, 1, 1)
    return date(day.year, day.day, day.month) if chance < 0.05 and day.day <= 12 else day
