"""The five systems that hold Italian contacts, each with the part it knows of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from tests.quality import italian_damage as damage
from tests.quality.italian_damage import kept
from tests.quality.italian_pools import listed
from tests.quality.italian_world import Address, Entity, Firm, Person

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class System:
    """A system: its columns and key, its views, and how likely it knows a person or a firm."""

    name: str
    columns: tuple[str, ...]
    key_pattern: str
    trust: int
    of_person: Callable[[Person, Random], Row]
    of_firm: Callable[[Firm, Random], Row]
    dated: Callable[[date, Random], str]
    people: int
    firms: int

    @property
    def key(self) -> str:
        """The column that names a record."""
        return self.columns[0]

    @property
    def updated(self) -> str:
        """The column that says when a record was last touched."""
        return self.columns[-1]

    def weight(self, entity: Entity) -> int:
        """How likely the system knows somebody, beside the others."""
        return self.firms if isinstance(entity, Firm) else self.people

    def row(self, entity: Entity, day: date, rng: Random) -> Row:
        """What the system knows of somebody, last touched on a day."""
        known = (
            self.of_firm(entity, rng) if isinstance(entity, Firm) else self.of_person(entity, rng)
        )
        return known | {self.updated: self.dated(day, rng)}


# --- What several systems know alike ----------------------------------------------------


def whereabouts(addresses: tuple[Address, Address], rng: Random) -> Address:
    """Where somebody is, or was before in a record that missed the move."""
    return addresses[rng.random() < damage.MOVED_SHARE]


def place(address: Address, columns: Sequence[str], rng: Random) -> Row:
    """An address in the columns for street, town, province and postcode."""
    postcode = kept(damage.typed(address.postcode, "postcode", rng), 0.9, rng)
    province = kept(address.town.province, 0.9, rng)
    values = damage.street(address, rng), damage.town(address, rng), province, postcode
    return dict(zip(columns, values, strict=True))


def one_line(address: Address, rng: Random) -> str:
    """An address in one line."""
    row = place(address, ("street", "town", "province", "postcode"), rng)
    if rng.random() < 0.3:
        return "{street} - {town}".format(**row)
    row["province"] = row["province"] and rng.choice(("{}", "({})")).format(row["province"])
    return " ".join("{street}, {postcode} {town} {province}".format(**row).split())


def mailboxes(person: Person, at_work: bool, rng: Random) -> list[str]:
    """The e-mail addresses that somebody leaves, the first one first."""
    private = kept(person.mistaken_email, damage.WRONG_EMAIL_SHARE, rng)
    private = private or damage.usual_email(person.emails, rng)
    known = [private, kept(person.emails[private == person.emails[0]], 0.25, rng)]
    if person.employer and at_work:
        shared = kept(person.employer.emails[0], 0.4, rng) if person.employer.domain else ""
        known = [person.work_email or shared, private]
    return [damage.email(address, rng) for address in known if address]


def whole_name(person: Person, rng: Random) -> str:
    """A person's name as it was heard, in one column, in either order."""
    given = damage.given_name(person.given, "heard name", rng)
    family = damage.typed(damage.accented(person.family, rng), "heard name", rng)
    title = kept("Sig." if person.sex == "M" else "Sig.ra", 0.15, rng)
    names = [given, family] if rng.random() < 0.6 else [family, given]
    return damage.cased(" ".join([title, *names]).strip(), 0.2, rng)


# --- CRM: people and firms, well kept ---------------------------------------------------

CRM_COLUMNS = listed("""
    Id, Nome, Cognome, Azienda, Email, Email 2, Telefono, Cellulare, Indirizzo, Comune, Provincia,
    CAP, Data di nascita, Partita IVA, Codice fiscale, Sito web, Ultima modifica
""")
CRM_ADDRESS = ("Indirizzo", "Comune", "Provincia", "CAP")


def crm_person(person: Person, rng: Random) -> Row:
    """What the CRM knows of a person, at work or at home."""
    job = person.employer if rng.random() < 0.7 else None
    first, last = damage.name_fields(person.given, person.family, rng)
    emails = [*mailboxes(person, job is not None, rng), ""]
    number = job.phone if job else person.household.landline
    row = {
        "Nome": first,
        "Cognome": last,
        "Azienda": damage.firm_name(job, rng) if job else "",
        "Email": kept(emails[0], 0.92, rng),
        "Email 2": kept(emails[1], 0.75, rng),
        "Telefono": damage.phone(kept(number, 0.75, rng), rng),
        "Cellulare": kept(damage.mobile(person.mobiles, rng), 0.85, rng),
        "Data di nascita": kept(f"{damage.birth_date(person.birth, rng):%d/%m/%Y}", 0.45, rng),
        "Codice fiscale": damage.tax_id(kept(person.tax_id, 0.35, rng), rng),
    }
    at_work = job is not None and rng.random() < 0.5
    known = job.addresses if job and at_work else person.household.addresses
    return row | crm_place(known, 0.75, rng)


def crm_firm(firm: Firm, rng: Random) -> Row:
    """What the CRM knows of a firm."""
    row = {
        "Azienda": damage.firm_name(firm, rng),
        "Email": damage.email(kept(damage.usual_email(firm.emails, rng), 0.8, rng), rng),
        "Telefono": damage.phone(kept(firm.phone, 0.85, rng), rng),
        "Partita IVA": kept("IT", 0.15, rng) + damage.tax_id(firm.vat_id, rng),
        "Sito web": kept(f"www.{firm.domain}", 0.4, rng) if firm.domain else "",
    }
    row["Partita IVA"] = kept(row["Partita IVA"], 0.65, rng)
    return row | crm_place(firm.addresses, 0.8, rng)


def crm_place(known: tuple[Address, Address], share: float, rng: Random) -> Row:
    """An address in that share of the records, and the town alone in some others."""
    row = place(whereabouts(known, rng), CRM_ADDRESS, rng)
    return row if rng.random() < share else {"Comune": kept(row["Comune"], 0.5, rng)}


# --- Gestionale: the ledger, in capitals, the family name first -------------------------

GESTIONALE_COLUMNS = listed("""
    CODICE, RAGSOC, INDIR, CAP, LOCAL, PROV, PARIVA, CODFIS, TEL1, TEL2, EMAIL, DTAGG
""")
GESTIONALE_ADDRESS = ("INDIR", "LOCAL", "PROV", "CAP")


def gestionale_person(person: Person, rng: Random) -> Row:
    """What the ledger knows of a private customer."""
    names = damage.name_fields(person.given, person.family, rng)
    phones = [
        damage.phone(kept(person.household.landline, 0.8, rng), rng),
        kept(damage.mobile(person.mobiles, rng), 0.7, rng),
    ]
    if not phones[0] or rng.random() < 0.2:
        phones.reverse()
    row = {
        "RAGSOC": " ".join(reversed(names)),
        "CODFIS": damage.tax_id(kept(person.tax_id, 0.85, rng), rng),
        "TEL1": phones[0],
        "TEL2": phones[1],
        "EMAIL": kept(mailboxes(person, False, rng)[0], 0.3, rng),
    }
    return in_capitals(
        row | place(whereabouts(person.household.addresses, rng), GESTIONALE_ADDRESS, rng)
    )


def gestionale_firm(firm: Firm, rng: Random) -> Row:
    """What the ledger knows of a firm."""
    vat_id = damage.tax_id(firm.vat_id, rng)
    row = {
        "RAGSOC": damage.firm_name(firm, rng),
        "PARIVA": kept(vat_id, 0.92, rng),
        "CODFIS": kept(vat_id, 0.5, rng),
        "TEL1": damage.phone(kept(firm.phone, 0.8, rng), rng),
        "EMAIL": damage.email(kept(damage.usual_email(firm.emails, rng), 0.3, rng), rng),
    }
    return in_capitals(row | place(whereabouts(firm.addresses, rng), GESTIONALE_ADDRESS, rng))


def in_capitals(row: Row) -> Row:
    """A row in capitals without accents."""
    capitals = ("RAGSOC", "INDIR", "LOCAL")
    return row | {name: damage.accents_as_apostrophes(row[name]).upper() for name in capitals}


# --- Newsletter: an e-mail address, and little else -------------------------------------

NEWSLETTER_COLUMNS = listed("Iscrizione, Email, Nome, Città, Iscritto il")


def newsletter_person(person: Person, rng: Random) -> Row:
    """A person who subscribed to the newsletter."""
    at_work = rng.random() < 0.1
    first, _ = damage.name_fields(person.given, person.family, rng)
    return {
        "Email": mailboxes(person, at_work, rng)[0],
        "Nome": kept(first, 0.65, rng),
        "Città": kept(damage.town(whereabouts(person.household.addresses, rng), rng), 0.4, rng),
    }


def newsletter_firm(firm: Firm, rng: Random) -> Row:
    """A firm that subscribed to the newsletter."""
    return {
        "Email": damage.email(damage.usual_email(firm.emails, rng), rng),
        "Nome": kept(damage.firm_name(firm, rng), 0.5, rng),
        "Città": kept(damage.town(whereabouts(firm.addresses, rng), rng), 0.3, rng),
    }


# --- Assistenza: a phone number, and a name as it was heard -----------------------------

ASSISTENZA_COLUMNS = listed("Ticket cliente, Nominativo, Telefono, Indirizzo, Aggiornato")


def assistenza_person(person: Person, rng: Random) -> Row:
    """What the help desk knows of a person."""
    landline = damage.phone(person.household.landline, rng)
    desk = damage.phone(person.employer.phone, rng) if person.employer else ""
    number = kept(desk, 0.2, rng) or kept(landline, 0.2, rng)
    address = whereabouts(person.household.addresses, rng)
    return {
        "Nominativo": whole_name(person, rng),
        "Telefono": number or damage.mobile(person.mobiles, rng),
        "Indirizzo": kept(one_line(address, rng), 0.5, rng),
    }


def assistenza_firm(firm: Firm, rng: Random) -> Row:
    """What the help desk knows of a firm."""
    return {
        "Nominativo": damage.firm_name(firm, rng),
        "Telefono": damage.phone(firm.phone, rng),
        "Indirizzo": kept(one_line(whereabouts(firm.addresses, rng), rng), 0.45, rng),
    }


# --- Rubrica: somebody's address book ---------------------------------------------------

RUBRICA_COLUMNS = listed("""
    Scheda, Nome, Cognome, Società, Cellulare, Telefono ufficio, Telefono abitazione,
    Indirizzo posta elettronica, Via, Città, Provincia, CAP, Modificato il
""")
RUBRICA_ADDRESS = ("Via", "Città", "Provincia", "CAP")


def rubrica_person(person: Person, rng: Random) -> Row:
    """A person in the address book: a mobile number and another one."""
    job = person.employer if rng.random() < 0.6 else None
    at_work = job is not None and rng.random() < 0.6
    first, last = damage.name_fields(person.given, person.family, rng)
    row = {
        "Nome": first,
        "Cognome": last,
        "Società": damage.firm_name(job, rng) if job else "",
        "Cellulare": kept(damage.mobile(person.mobiles, rng), 0.88, rng),
        "Indirizzo posta elettronica": kept(mailboxes(person, at_work, rng)[0], 0.85, rng),
    }
    if job:
        row["Telefono ufficio"] = damage.phone(kept(job.phone, 0.7, rng), rng)
    else:
        row["Telefono abitazione"] = damage.phone(kept(person.household.landline, 0.8, rng), rng)
    address = whereabouts(person.household.addresses, rng)
    return row | (place(address, RUBRICA_ADDRESS, rng) if rng.random() < 0.35 else {})


def rubrica_firm(firm: Firm, rng: Random) -> Row:
    """A firm in the address book: a name and how to reach it."""
    row = {
        "Società": damage.firm_name(firm, rng),
        "Telefono ufficio": damage.phone(firm.phone, rng),
        "Indirizzo posta elettronica": damage.email(kept(firm.emails[0], 0.7, rng), rng),
    }
    address = whereabouts(firm.addresses, rng)
    return row | (place(address, RUBRICA_ADDRESS, rng) if rng.random() < 0.4 else {})


# --- All of them ------------------------------------------------------------------------


def to_the_second(day: date, rng: Random) -> str:
    """A day with a time of day, as exported by a cloud service."""
    moment = time(rng.randrange(7, 19), rng.randrange(60), rng.randrange(60))
    return f"{datetime.combine(day, moment).isoformat()}Z"


def packed(day: date, _: Random) -> str:
    return f"{day:%Y%m%d}"


def iso(day: date, _: Random) -> str:
    return day.isoformat()


def italian(day: date, _: Random) -> str:
    return f"{day:%d/%m/%Y}"


SYSTEMS = (
    System(
        name="crm",
        columns=CRM_COLUMNS,
        key_pattern="C{:07}",
        trust=90,
        of_person=crm_person,
        of_firm=crm_firm,
        dated=to_the_second,
        people=32,
        firms=32,
    ),
    System(
        name="gestionale",
        columns=GESTIONALE_COLUMNS,
        key_pattern="{:07}",
        trust=80,
        of_person=gestionale_person,
        of_firm=gestionale_firm,
        dated=packed,
        people=18,
        firms=36,
    ),
    System(
        name="rubrica",
        columns=RUBRICA_COLUMNS,
        key_pattern="R-{}",
        trust=60,
        of_person=rubrica_person,
        of_firm=rubrica_firm,
        dated=iso,
        people=22,
        firms=10,
    ),
    System(
        name="assistenza",
        columns=ASSISTENZA_COLUMNS,
        key_pattern="AS{:07}",
        trust=50,
        of_person=assistenza_person,
        of_firm=assistenza_firm,
        dated=italian,
        people=14,
        firms=18,
    ),
    System(
        name="newsletter",
        columns=NEWSLETTER_COLUMNS,
        key_pattern="N{}",
        trust=40,
        of_person=newsletter_person,
        of_firm=newsletter_firm,
        dated=iso,
        people=12,
        firms=4,
    ),
)
