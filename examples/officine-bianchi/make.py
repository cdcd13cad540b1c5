"""Write the contacts of Officine Bianchi as its five systems export them, and the truth.

    python make.py [--to FOLDER]

The same files come out every time: everything is drawn from generators of one seed.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import damage
import xlsxwriter
from damage import kept
from world import Address, Entity, Firm, Person, World, build, listed

SEED = 115
FIRST_DAY, LAST_DAY = date(2014, 1, 7), date(2026, 3, 31)
DUPLICATES = 0.06

Row = dict[str, str]

CRM_COLUMNS = listed("""
    Id, FirstName, LastName, Company, JobTitle, Email, Email2, Phone, Mobile, Street, City,
    Province, Zip, Birthdate, VatNumber, TaxCode, MarketingConsent, LastModified
""")
OUTLOOK_COLUMNS = listed("""
    Titolo, Nome, Secondo nome, Cognome, Titolo straniero, Società, Reparto, Posizione, Via (uff.),
    Via (uff.) 2, Via (uff.) 3, Città (uff.), Provincia (uff.), CAP (uff.), Paese (uff.),
    Via (ab.), Via (ab.) 2, Via (ab.) 3, Città (ab.), Provincia (ab.), CAP (ab.), Paese (ab.),
    Altra via, Altra via 2, Altra via 3, Altra città, Altra provincia, Altro CAP, Altro paese,
    Telefono assistente, Fax (uff.), Ufficio, Ufficio 2, Richiamata automatica, Telefono auto,
    Telefono principale società, Fax (ab.), Abitazione, Abitazione 2, ISDN, Cellulare, Altro fax,
    Altro telefono, Cercapersone, Telefono principale, Radiotelefono, Telefono TTY/TDD, Telex,
    Account, Anniversario, Nome assistente, Dati fatturazione, Compleanno,
    Indirizzo (uff.) - Casella postale, Categorie, Figli, Server di elenchi in linea,
    Indirizzo posta elettronica, Tipo posta elettronica, Nome visualizzato posta elettronica,
    Indirizzo posta elettronica 2, Tipo posta elettronica 2, Nome visualizzato posta elettronica 2,
    Indirizzo posta elettronica 3, Tipo posta elettronica 3, Nome visualizzato posta elettronica 3,
    Sesso, Cod. Fisc./P. IVA, Hobby, Indirizzo (ab.) - Casella postale, Iniziali,
    Disponibilità Internet, Parole chiave, Lingua, Luogo, Nome manager, Indennità trasferta, Notes,
    Ubicazione ufficio, Numero ID organizzativo, Altro indirizzo - Casella postale, Priorità,
    Privato, Professione, Presentato da, Riservatezza, Nome coniuge, Utente 1, Utente 2, Utente 3,
    Utente 4, Pagina Web
""")
HOME_ADDRESS = ("Via (ab.)", "Città (ab.)", "Provincia (ab.)", "CAP (ab.)")
WORK_ADDRESS = ("Via (uff.)", "Città (uff.)", "Provincia (uff.)", "CAP (uff.)")
GESTIONALE_COLUMNS = listed("""
    CODICE, RAGSOC, INDIR, CAP, LOCAL, PROV, PARIVA, CODFIS, TEL1, TEL2, EMAIL, DTAGG
""")
NEWSLETTER_COLUMNS = listed("Email, Nome, Cognome, Iscritto il, Consenso, Città")
ASSISTENZA_COLUMNS = listed("""
    Ticket cliente, Nominativo, Telefono, Indirizzo, C.F./P.IVA, Email, Aggiornato
""")
NOTES = (
    "Conosciuto in fiera a Bergamo",
    "Chiamare dopo le 17",
    "Cliente storico\r\nPaga a 60 giorni",
    "Amico di Bianchi",
    "Vuole un preventivo per i supporti",
)


# --- What a system knows of a person or firm on a day -----------------------------------


def mailboxes(person: Person, day: date, at_work: bool, rng: Random) -> list[str]:
    """The e-mail addresses that a system knows of a person, as written there."""
    private = kept(person.email.at(day), 1 if person.leaves == "email" else 0.5, rng)
    known = [private]
    if person.job and at_work:
        own = kept(person.job.email, 0.75, rng)
        known = [own or kept(person.job.firm.email, 0.25, rng), private]
    written = [damage.email(address, rng) for address in known if address]
    return [*written, "", "", ""]


def mobile(person: Person, day: date, share: float, rng: Random) -> str:
    """A person's mobile number, in at least that share of the records."""
    known = kept(person.mobile.at(day), 1 if person.leaves == "mobile" else share, rng)
    return damage.phone(known, rng)


def tax_id(person: Person, share: float, rng: Random) -> str:
    """A person's codice fiscale, in at least that share of the records."""
    return damage.tax_id(kept(person.tax_id, 1 if person.leaves == "tax_id" else share, rng), rng)


def place(address: Address, columns: Sequence[str], rng: Random) -> Row:
    """An address in the columns for street, city, province and postcode."""
    province = kept(address.town.province, 0.9, rng)
    values = damage.street(address, rng), damage.city(address, rng), province, address.postcode
    return dict(zip(columns, values, strict=True))


def consent(rng: Random, yes: str, no: str) -> str:
    """What somebody answered, when asked at all."""
    return rng.choice((yes, yes, no, ""))


# --- The five systems, each with the view it has ----------------------------------------


def crm_stamp(day: date, rng: Random) -> Row:
    """What the CRM notes of every record: the consent, and when it was last touched."""
    moment = datetime.combine(day, time(rng.randrange(7, 19), rng.randrange(60), rng.randrange(60)))
    return {
        "MarketingConsent": consent(rng, "true", "false"),
        "LastModified": f"{moment.isoformat()}Z",
    }


def crm_firm(firm: Firm, day: date, rng: Random) -> Row:
    """What the CRM knows of a firm."""
    row = {
        "Company": damage.cased(damage.firm_name(firm, rng), 0.08, rng),
        "Email": damage.email(kept(firm.email, 0.75, rng), rng),
        "Email2": damage.email(kept(firm.pec, 0.2, rng), rng),
        "Phone": damage.phone(kept(firm.phone, 0.85, rng), rng),
        "VatNumber": kept("IT", 0.15, rng) + damage.tax_id(firm.vat_id, rng),
    }
    row["VatNumber"] = kept(row["VatNumber"], 0.7, rng)
    return row | place_in_crm(firm.address.at(day), 0.8, rng) | crm_stamp(day, rng)


def crm_person(person: Person, day: date, rng: Random) -> Row:
    """What the CRM knows of a person, at work or at home."""
    job = person.job if rng.random() < 0.8 else None
    first, last = damage.name_fields(person.given, person.family, rng)
    emails = mailboxes(person, day, job is not None, rng)
    birth = damage.birth_date(person.birth, rng).isoformat()
    row = {
        "FirstName": first,
        "LastName": last,
        "Company": damage.firm_name(job.firm, rng) if job else "",
        "JobTitle": damage.or_junk(job.role, damage.JUNK_TEXTS, rng) if job else "",
        "Email": emails[0],
        "Email2": emails[1],
        "Phone": damage.phone(job.firm.phone if job else person.household.landline, rng),
        "Mobile": mobile(person, day, 0.6, rng),
        "Birthdate": kept(birth, 0.4, rng),
        "TaxCode": tax_id(person, 0.25, rng),
    }
    at_work = job is not None and rng.random() < 0.5
    address = job.firm.address if job and at_work else person.household.address
    return row | place_in_crm(address.at(day), 0.75, rng) | crm_stamp(day, rng)


def place_in_crm(address: Address, share: float, rng: Random) -> Row:
    """An address in the columns of the CRM, in about that share of the records."""
    row = place(address, ("Street", "City", "Province", "Zip"), rng)
    return row if rng.random() < share else {"City": kept(row["City"], 0.5, rng)}


def as_exported(row: Row, rng: Random) -> Row:
    """A row as Outlook exports it: settings in every one, a note in some, a type by each e-mail."""
    settings = {"Sesso": "Non specificato", "Priorità": "Normale", "Privato": "Falso"}
    entered = {"Notes": kept(rng.choice(NOTES), 0.25, rng), "Compleanno": "0.0.00"} | row
    types = {
        f"Tipo posta elettronica{number}": "SMTP"
        for number in ("", " 2", " 3")
        if entered.get(f"Indirizzo posta elettronica{number}")
    }
    return settings | entered | types


def outlook_firm(firm: Firm, day: date, rng: Random) -> Row:
    """A firm among the personal contacts: a name and how to reach it."""
    row = {
        "Società": damage.firm_name(firm, rng),
        "Ufficio": damage.phone(firm.phone, rng),
        "Indirizzo posta elettronica": damage.email(kept(firm.email, 0.7, rng), rng),
    }
    if rng.random() < 0.4:
        row |= place(firm.address.at(day), WORK_ADDRESS, rng)
    return as_exported(row, rng)


def outlook_person(person: Person, day: date, rng: Random) -> Row:
    """A person among the personal contacts."""
    job = person.job if rng.random() < 0.6 else None
    first, last = damage.name_fields(person.given, person.family, rng)
    emails = mailboxes(person, day, job is not None, rng)
    row = {
        "Titolo": kept(person.title, 0.6, rng),
        "Nome": first,
        "Cognome": last,
        "Società": damage.firm_name(job.firm, rng) if job else "",
        "Posizione": kept(job.role, 0.5, rng) if job else "",
        "Cellulare": mobile(person, day, 0.75, rng),
        "Abitazione": damage.phone(kept(person.household.landline, 0.6, rng), rng),
        "Ufficio": damage.phone(kept(job.firm.phone, 0.6, rng), rng) if job else "",
        "Indirizzo posta elettronica": emails[0],
        "Indirizzo posta elettronica 2": emails[1],
        "Cod. Fisc./P. IVA": tax_id(person, 0.03, rng),
        "Compleanno": outlook_birthday(person.birth, rng),
    }
    row |= outlook_addresses(person, job.firm if job else None, day, rng)
    return as_exported(row, rng)


def outlook_addresses(person: Person, firm: Firm | None, day: date, rng: Random) -> Row:
    """The addresses at home and at work, where they were entered."""
    row: Row = {}
    if rng.random() < 0.4:
        row |= place(person.household.address.at(day), HOME_ADDRESS, rng)
    if firm and rng.random() < 0.3:
        row |= place(firm.address.at(day), WORK_ADDRESS, rng)
    return row


def outlook_birthday(birth: date, rng: Random) -> str:
    """A birthday as Outlook writes it: 0.0.00 when it was not entered."""
    if rng.random() < 0.75:
        return "0.0.00"
    sign = rng.choice("./")
    return f"{birth.day}{sign}{birth.month}{sign}{birth.year}"


def in_capitals(row: Row, day: date) -> Row:
    """A row as the accounting system keeps it: capitals without accents, and its date."""
    capitals = ("RAGSOC", "INDIR", "LOCAL")
    written = {name: damage.accents_as_apostrophes(row[name]).upper() for name in capitals}
    return row | written | {"DTAGG": f"{day:%Y%m%d}"}


def gestionale_firm(firm: Firm, day: date, rng: Random) -> Row:
    """What the accounting system knows of a firm."""
    vat_id = damage.tax_id(firm.vat_id, rng)
    row = {
        "RAGSOC": damage.firm_name(firm, rng),
        "PARIVA": kept(vat_id, 0.92, rng),
        "CODFIS": kept(vat_id, 0.5, rng),
        "TEL1": damage.phone(kept(firm.phone, 0.8, rng), rng),
        "EMAIL": damage.email(kept(rng.choice((firm.email, firm.pec)), 0.6, rng), rng),
    }
    row |= place(firm.address.at(day), ("INDIR", "LOCAL", "PROV", "CAP"), rng)
    return in_capitals(row, day)


def gestionale_person(person: Person, day: date, rng: Random) -> Row:
    """What the accounting system knows of a private customer, family name first."""
    given, family = damage.given_name(person.given, rng), damage.typed(person.family, "name", rng)
    names = (given, family) if rng.random() < damage.SWAPPED_SHARE else (family, given)
    phones = [
        damage.phone(kept(person.household.landline, 0.7, rng), rng),
        mobile(person, day, 0.45, rng),
    ]
    if not phones[0] or rng.random() < 0.2:
        phones.reverse()
    row = {
        "RAGSOC": " ".join(names),
        "CODFIS": tax_id(person, 0.8, rng),
        "TEL1": phones[0],
        "TEL2": phones[1],
        "EMAIL": mailboxes(person, day, False, rng)[0],
    }
    row |= place(person.household.address.at(day), ("INDIR", "LOCAL", "PROV", "CAP"), rng)
    return in_capitals(row, day)


def newsletter_firm(firm: Firm, day: date, rng: Random) -> Row:
    """A firm that subscribed to the newsletter."""
    name = kept(damage.firm_name(firm, rng), 0.6, rng)
    return {"Email": firm.email, "Nome": name} | subscription(day, rng)


def newsletter_person(person: Person, day: date, rng: Random) -> Row:
    """A person who subscribed to the newsletter: an e-mail address, and little else."""
    first, last = damage.name_fields(person.given, person.family, rng)
    own = person.job.email if person.job and rng.random() < 0.25 else ""
    city = damage.city(person.household.address.at(day), rng)
    row = {
        "Email": damage.cased(own or person.email.at(day), 0.03, rng),
        "Nome": kept(first, 0.85, rng),
        "Cognome": kept(last, 0.35, rng),
        "Città": kept(city, 0.25, rng),
    }
    return row | subscription(day, rng)


def subscription(day: date, rng: Random) -> Row:
    """Since when, and with which consent."""
    return {"Iscritto il": day.isoformat(), "Consenso": consent(rng, "Sì", "No")}


def assistenza_firm(firm: Firm, day: date, rng: Random) -> Row:
    """What the help desk knows of a firm."""
    return {
        "Nominativo": damage.cased(damage.firm_name(firm, rng), 0.25, rng),
        "Telefono": damage.phone(kept(firm.phone, 0.85, rng), rng),
        "Indirizzo": kept(address_line(firm.address.at(day), rng), 0.7, rng),
        "C.F./P.IVA": damage.tax_id(kept(firm.vat_id, 0.6, rng), rng),
        "Email": damage.email(kept(firm.email, 0.5, rng), rng),
        "Aggiornato": f"{day:%d/%m/%Y}",
    }


def assistenza_person(person: Person, day: date, rng: Random) -> Row:
    """What the help desk knows of a person."""
    reachable = mobile(person, day, 0.5, rng)
    return {
        "Nominativo": damage.cased(whole_name(person, rng), 0.25, rng),
        "Telefono": reachable or damage.phone(person.household.landline, rng),
        "Indirizzo": kept(address_line(person.household.address.at(day), rng), 0.7, rng),
        "C.F./P.IVA": tax_id(person, 0.35, rng),
        "Email": mailboxes(person, day, True, rng)[0],
        "Aggiornato": f"{day:%d/%m/%Y}",
    }


def whole_name(person: Person, rng: Random) -> str:
    """A person's name in one column, in either order, with or without a title."""
    given = damage.given_name(person.given, rng)
    family = damage.typed(damage.accented(person.family, rng), "name", rng)
    polite = person.title or ("Sig." if person.sex == "M" else "Sig.ra")
    title = kept(polite, 0.7 if person.title else 0.2, rng)
    names = [given, family] if rng.random() < 0.55 else [family, given]
    return " ".join(part for part in (title, *names) if part)


def address_line(address: Address, rng: Random) -> str:
    """An address in one line."""
    row = place(address, ("street", "city", "province", "postcode"), rng)
    row["province"] = rng.choice(("{0}", "({0})")).format(address.town.province)
    pattern = rng.choice(("{street}, {postcode} {city} {province}",) * 3 + ("{street} - {city}",))
    return pattern.format(**row)


# --- Who is known where -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class System:
    """A system: its columns and key, its views, and how likely it knows a person or a firm."""

    name: str
    columns: tuple[str, ...]
    key: str
    key_pattern: str
    of_person: Callable[[Person, date, Random], Row]
    of_firm: Callable[[Firm, date, Random], Row]
    people: int
    firms: int

    def weight(self, entity: Entity) -> int:
        """How likely the system knows somebody, beside the others."""
        return self.firms if isinstance(entity, Firm) else self.people

    def row(self, entity: Entity, day: date, rng: Random) -> Row:
        """What the system knows of somebody on a day."""
        if isinstance(entity, Firm):
            return self.of_firm(entity, day, rng)
        return self.of_person(entity, day, rng)


CRM = System("crm", CRM_COLUMNS, "Id", "C{:05}", crm_person, crm_firm, 30, 32)
OUTLOOK = System(
    "outlook",
    OUTLOOK_COLUMNS,
    "Numero ID organizzativo",
    "OB-{:04}",
    outlook_person,
    outlook_firm,
    22,
    10,
)
GESTIONALE = System(
    "gestionale",
    GESTIONALE_COLUMNS,
    "CODICE",
    "{:06}",
    gestionale_person,
    gestionale_firm,
    16,
    36,
)
NEWSLETTER = System(
    "newsletter", NEWSLETTER_COLUMNS, "Email", "", newsletter_person, newsletter_firm, 17, 4
)
ASSISTENZA = System(
    "assistenza",
    ASSISTENZA_COLUMNS,
    "Ticket cliente",
    "AS{:05}",
    assistenza_person,
    assistenza_firm,
    15,
    18,
)
SYSTEMS = (CRM, OUTLOOK, GESTIONALE, NEWSLETTER, ASSISTENZA)
# How many systems know somebody: of a hundred, 54 stand in one, 31 in two ...
REACH = (1,) * 54 + (2,) * 31 + (3,) * 11 + (4,) * 3 + (5,)


def systems_knowing(entity: Entity, how_many: int, rng: Random) -> list[System]:
    """So many systems, drawn by how likely each knows somebody of that kind."""
    weights = {system: system.weight(entity) for system in SYSTEMS}
    drawn: list[System] = []
    while len(drawn) < how_many:
        drawn += rng.choices(list(weights), list(weights.values()))
        del weights[drawn[-1]]
    return drawn


def homonyms(world: World) -> frozenset[str]:
    """The ids of people whose name another one bears too."""
    borne = Counter((person.given, person.family) for person in world.people)
    return frozenset(p.id for p in world.people if borne[p.given, p.family] > 1)


def appearances(world: World, rng: Random) -> list[tuple[System, Entity]]:
    """Who stands in which system, some of them twice in one."""
    of_one_name = homonyms(world)
    known = [
        (system, entity)
        for entity in world.entities
        for system in systems_knowing(entity, rng.choice(REACH), rng)
        if entity.id not in of_one_name
    ]
    known += [
        (s, e) for e in world.entities if e.id in of_one_name for s in (CRM, OUTLOOK, GESTIONALE)
    ]
    return known + [pair for pair in known if rng.random() < DUPLICATES]


def recent_day(rng: Random) -> date:
    """When a record was last touched; most were in the last years."""
    days = (LAST_DAY - FIRST_DAY).days
    return FIRST_DAY + timedelta(days=max(rng.randrange(days), rng.randrange(days)))


def records(system: System, known: Iterable[Entity], rng: Random) -> list[tuple[Row, Entity]]:
    """A system's records in no order, keyed; no two of them with the same key."""
    entities = list(known)
    rng.shuffle(entities)
    numbers = rng.sample(range(1, 4 * len(entities)), len(entities))
    keyed: dict[str, tuple[Row, Entity]] = {}
    for number, entity in zip(sorted(numbers), entities, strict=True):
        row = system.row(entity, recent_day(rng), rng)
        row = row | ({system.key: system.key_pattern.format(number)} if system.key_pattern else {})
        keyed.setdefault(row[system.key].lower(), (row, entity))
    return list(keyed.values())


# --- Files ------------------------------------------------------------------------------


def write_csv(file: Path, rows: list[list[str]], encoding: str, **dialect: object) -> None:
    """A text file with separators."""
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, **dialect).writerows(rows)  # type: ignore[arg-type]


def write_table(file: Path, rows: list[list[str]]) -> None:
    """A SQLite database with the one table ANAGRAFICA."""
    file.unlink(missing_ok=True)
    columns = ", ".join(f"{name} TEXT" for name in rows[0][1:])
    marks = ", ".join("?" * len(rows[0]))
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"CREATE TABLE ANAGRAFICA ({rows[0][0]} TEXT PRIMARY KEY, {columns})")
        database.executemany(f"INSERT INTO ANAGRAFICA VALUES ({marks})", rows[1:])


def write_sheet(file: Path, rows: list[list[str]], dated: str) -> None:
    """A workbook with the one sheet Iscritti, whose column `dated` holds dates."""
    with xlsxwriter.Workbook(file) as book:
        book.set_properties({"created": datetime.combine(LAST_DAY, time())})
        sheet, at = book.add_worksheet("Iscritti"), rows[0].index(dated)
        day_format = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, rows[0])
        for number, row in enumerate(rows[1:], 1):
            sheet.write_row(number, 0, [value or None for value in row])
            sheet.write_datetime(number, at, datetime.fromisoformat(row[at]), day_format)


def real_world() -> World:
    """The firms and people of the example, as they really are."""
    return build(Random(f"{SEED}:world"))


def write_all(folder: Path) -> None:
    """All files of the example, in a folder that exists."""
    known = appearances(real_world(), Random(f"{SEED}:appearances"))
    truth = [["source", "source_key", "entity"]]
    tables = {}
    for system in SYSTEMS:
        entities = [entity for knowing, entity in known if knowing is system]
        found = records(system, entities, Random(f"{SEED}:{system.name}"))
        rows = [[row.get(column, "") for column in system.columns] for row, _ in found]
        tables[system.name] = [list(system.columns), *rows]
        truth += [[system.name, row[system.key], entity.id] for row, entity in found]
    write_csv(folder / "crm.csv", tables["crm"], "utf-8", lineterminator="\n")
    write_csv(folder / "outlook.csv", tables["outlook"], "cp1252", quoting=csv.QUOTE_ALL)
    write_table(folder / "gestionale.db", tables["gestionale"])
    write_sheet(folder / "newsletter.xlsx", tables["newsletter"], "Iscritto il")
    write_csv(folder / "assistenza.csv", tables["assistenza"], "latin-1", delimiter=";")
    write_csv(folder / "truth.csv", truth, "utf-8", lineterminator="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files beside this script, or elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    folder = parser.parse_args(arguments).to
    folder.mkdir(parents=True, exist_ok=True)
    write_all(folder)


if __name__ == "__main__":
    main()
