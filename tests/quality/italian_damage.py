"""How Italian contacts get written down: spellings, habits and errors, and how often."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from random import Random

from tests.quality.italian_pools import listed
from tests.quality.italian_world import Address, Firm, Pair

# Of a hundred given names with a nickname so many are written as it; of all names, 7 %.
NICKNAME_SHARE = 0.10
INITIAL_SHARE = 0.04
SWAPPED_SHARE = 0.03
UPPER_CASE_SHARE = 0.06
OTHER_MOBILE_SHARE = 0.12
OTHER_EMAIL_SHARE = 0.12
MOVED_SHARE = 0.09
WRONG_EMAIL_SHARE = 0.01
JUNK_SHARE = 0.01
# Of a hundred written values, so many hold a typing error.
TYPING_ERRORS = {"name": 0.06, "heard name": 0.10, "street": 0.08, "town": 0.05, "firm": 0.08}
TYPING_ERRORS |= {"email": 0.04, "phone": 0.04, "tax id": 0.04, "postcode": 0.04, "birth": 0.04}

NICKNAMES = dict(
    entry.split(": ")
    for entry in listed("""
    Giuseppe: Beppe Peppe Pino, Giovanni: Gianni Nanni, Antonio: Tonino Toni, Mario: Marietto,
    Luigi: Gigi Gino, Francesco: Franco Ciccio, Angelo: Lino Angelino, Vincenzo: Enzo,
    Pietro: Piero, Salvatore: Totò Salvo Turi, Carlo: Carletto, Domenico: Mimmo,
    Paolo: Paolino, Michele: Michi,
    Giorgio: Giorgino, Sergio: Sergino, Luciano: Lucio, Alessandro: Sandro Ale, Roberto: Roby Berto,
    Stefano: Ste, Massimo: Max, Matteo: Teo, Maurizio: Mauri, Daniele: Dani, Riccardo: Ricky,
    Federico: Fede Chicco, Lorenzo: Renzo, Gabriele: Lele, Alberto: Berto, Emanuele: Manu,
    Nicola: Nico, Filippo: Pippo, Tommaso: Tommy, Giacomo: Mino, Edoardo: Edo, Gianluca: Luca,
    Samuele: Samu, Raffaele: Lello, Gennaro: Gennarino, Pasquale: Lino, Gaetano: Tano,
    Leonardo: Leo, Maria: Mariuccia Mary, Anna: Annina Nuccia, Giuseppina: Pina Giusy,
    Rosa: Rosetta Rosy,
    Angela: Angelina, Giovanna: Gianna Vanna, Teresa: Resi Teresina, Lucia: Lucietta,
    Carmela: Melina Carmelina, Caterina: Rina Katia, Francesca: Franca Francy, Antonietta: Tonia,
    Carla: Carletta, Elena: Ele, Concetta: Tina, Margherita: Rita, Paola: Paoletta, Laura: Lalla,
    Giulia: Giulietta, Sara: Saretta, Silvia: Silvietta, Valentina: Vale, Alessandra: Sandra Ale,
    Federica: Fede, Barbara: Babi, Cristina: Cri, Daniela: Dani, Roberta: Roby, Elisabetta: Betty,
    Antonella: Nella, Patrizia: Patty, Martina: Marti, Manuela: Manu, Luisa: Isa, Stefania: Stefy,
    Maria Grazia: Mariagrazia Grazia, Anna Maria: Annamaria, Maria Teresa: Marisa, Loredana: Lory,
    Eleonora: Ele Nora, Gabriella: Lella, Raffaella: Lella, Maddalena: Lena, Filomena: Mena,
    Domenica: Mimma, Franco: Franchino, Bruno: Brunello, Marco: Marcolino, Aldo: Alduccio
    """)
)
SPELLINGS = {
    "S.r.l.": listed("S.r.l., S.R.L., Srl, SRL, srl, s.r.l., S. r. l., Soc. a r.l."),
    "S.p.A.": listed("S.p.A., SPA, Spa, S.P.A., s.p.a."),
    "S.n.c.": listed("S.n.c., SNC, snc, S.N.C."),
    "S.a.s.": listed("S.a.s., SAS, sas, S.A.S."),
    "Soc. Coop.": listed("Soc. Coop., Società Cooperativa, S.C., soc.coop., Coop."),
    "S.r.l.s.": listed("S.r.l.s., SRLS, Srls, S.r.l. semplificata"),
}
SHORT_WORDS = {
    "Fratelli": listed("F.lli, Fratelli, F.LLI"),
    "Officina": listed("Off., Officina"),
    "Meccanica": listed("Mecc., Meccanica"),
    "Costruzioni": listed("Costr., Costruzioni"),
    "Via": listed("V., via, Via"),
    "Viale": listed("V.le, viale"),
    "Piazza": listed("P.za, P.zza"),
    "Corso": listed("C.so, corso"),
    "Garibaldi": listed("G. Garibaldi, Giuseppe Garibaldi"),
    "Giuseppe": ("G.", ""),
    "Alighieri": ("Alighieri", ""),
    "Santa": listed("S., Santa"),
    "San": listed("S., San"),
}
LANDLINES = listed("""
    {p}{n}, {p} {n}, {p}/{n}, {p}-{n}, +39 {p} {n}, +39{p}{n}, 0039{p}{n}, ({p}) {n}, Tel. {p}{n},
    {p} {spaced}
""")
MOBILES = listed("""
    {p}{n}, {p}{n}, {p} {n}, {p}/{n}, {p}-{n}, {p} {spaced}, +39 {p} {n}, +39{p}{n}, 0039{p}{n},
    Cell. {p}{n}
""")
JUNK_PHONES = ("0000000", "n/a", "-")
JUNK_EMAILS = ("info@", "n/a", "-")
KEYS = "qwertyuiopasdfghjklzxcvbnm1234567890"
NEIGHBOURS = dict(zip(KEYS, "wertyuioposdfghjklkxcvbnmn2345678909", strict=True))


def kept(value: str, share: float, rng: Random) -> str:
    """The value, in about that share of the records; nothing in the others."""
    return value if value and rng.random() < share else ""


def mistyped(text: str, rng: Random) -> str:
    """The text with one typing error: two signs swapped, one lost, doubled or a neighbour."""
    if len(text) < 3:
        return text
    at = rng.randrange(len(text) - 1)
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
    if text.isascii():
        return text
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


def given_name(given: str, what: str, rng: Random) -> str:
    """A given name as people write it: in full, a nickname, or its initial."""
    if given in NICKNAMES and rng.random() < NICKNAME_SHARE:
        return rng.choice(NICKNAMES[given].split())
    if rng.random() < INITIAL_SHARE:
        return given[0] + rng.choice(("", ".", "."))
    return typed(accented(given, rng), what, rng)


def name_fields(given: str, family: str, rng: Random) -> tuple[str, str]:
    """Given and family name in their two fields, now and then in each other's."""
    pair = given_name(given, "name", rng), typed(accented(family, rng), "name", rng)
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
    form = kept(rng.choice(SPELLINGS[firm.form]), 0.88, rng)
    return cased(f"{name} {form}".strip(), 0.1, rng)


def street(address: Address, rng: Random) -> str:
    """Street and number, in one of the ways to write them; now and then without the number."""
    name = typed(accented(shortened(address.street, 0.3, rng), rng), "street", rng)
    if rng.random() < 0.03:
        return name
    return name + rng.choice((" ", " ", " ", ", ", ", ", " n. ", ", n. ")) + address.number


def town(address: Address, rng: Random) -> str:
    """The name of the town."""
    return typed(accented(address.town.name, rng), "town", rng)


def phone(number: str, rng: Random) -> str:
    """A phone number in one of the ways to write it."""
    if not number:
        return ""
    if rng.random() < JUNK_SHARE:
        return rng.choice(JUNK_PHONES)
    prefix, local = number.split()
    local = typed(local, "phone", rng)
    spaced = " ".join(re.findall("..?", local))
    pattern = rng.choice(MOBILES if prefix[0] == "3" else LANDLINES)
    return pattern.format(p=prefix, n=local, spaced=spaced)


def mobile(mobiles: Pair, rng: Random) -> str:
    """The mobile number of somebody who sometimes gives another one."""
    return phone(mobiles[rng.random() < OTHER_MOBILE_SHARE], rng)


def usual_email(emails: Pair, rng: Random) -> str:
    """The mailbox of somebody who sometimes gives another one."""
    return emails[rng.random() < OTHER_EMAIL_SHARE]


def email(address: str, rng: Random) -> str:
    """An e-mail address; typing errors hit the part before the @."""
    if not address:
        return ""
    if rng.random() < JUNK_SHARE:
        return rng.choice(JUNK_EMAILS)
    local, domain = address.split("@")
    return cased(f"{typed(local, 'email', rng)}@{domain}", 0.03, rng)


def tax_id(code: str, rng: Random) -> str:
    """A codice fiscale or partita IVA, as typed."""
    return typed(code, "tax id", rng) if code else ""


def birth_date(day: date, rng: Random) -> date:
    """A date of birth, now and then with day and month confused, or one day or ten years off."""
    if rng.random() >= TYPING_ERRORS["birth"]:
        return day
    if day.day <= 12:
        return date(day.year, day.day, day.month)
    return date(day.year - rng.choice((0, 10)), day.month, day.day - 1)
