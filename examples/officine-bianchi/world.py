"""The world of Officine Bianchi: firms, households and people, as they really are.

Everything here is invented, and drawn from one random generator: the same generator
gives the same world. What a system knows of it, and how it is written there, is the
business of `make.py` and `damage.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Sex = Literal["M", "F"]
Handle = Literal["email", "mobile", "tax_id"]

HANDLES: tuple[Handle, ...] = ("email", "email", "mobile", "mobile", "tax_id")
SEXES: tuple[Sex, ...] = ("M", "F")
FIRMS = 82
SISTER_FIRMS = 3
FAMILIES = 55
LONERS = 90


def listed(text: str) -> tuple[str, ...]:
    """The entries of a list written with commas over several lines."""
    return tuple(" ".join(entry.split()) for entry in text.split(","))


SURNAMES = listed("""
    Rota, Locatelli, Carminati, Cortinovis, Gritti, Bonetti, Mazzoleni, Pesenti, Gamba, Vitali,
    Colombo, Ferrari, Brambilla, Galli, Fumagalli, Riva, Cattaneo, Villa, Sala, Crippa, Rossi,
    Russo, Esposito, Romano, Ricci, Marino, Greco, Bruno, Conti, Costa, Giordano, Mancini,
    Lombardi, Moretti, Barbieri, Fontana, Santoro, Mariani, Rinaldi, Caruso, Ferrara, Martini,
    Leone, Longo, Gentile, Martinelli, Vitale, Serra, Coppola, Marchetti, Parisi, Fabbri,
    Bernardi, Palumbo, Zanetti, Valsecchi, Invernizzi, Tironi, Zambelli, Ghilardi, Belotti,
    Signorelli, Capelli, Bertocchi, Maffeis, Nava, Facchinetti, Pellegrini, Cantù, Dalò, Bettinelli,
    Milesi, Ravasio, Zanchi, Moioli, Plebani, Patelli, Oberti, Suardi, Testa, De Luca, D'Amico,
    Della Valle, Dell'Orto, De Santis, Di Stefano, D'Angelo, Lo Presti, La Rosa, Dal Molin
""")
MEN = listed("""
    Marco, Luca, Andrea, Giuseppe, Giovanni, Antonio, Francesco, Roberto, Stefano, Paolo,
    Alessandro, Mario, Luigi, Angelo, Davide, Matteo, Fabio, Massimo, Claudio, Maurizio, Daniele,
    Simone, Franco, Carlo, Pietro, Domenico, Vincenzo, Salvatore, Michele, Enrico, Giorgio,
    Riccardo, Federico, Lorenzo, Gabriele, Alberto, Bruno, Sergio, Diego, Emanuele, Nicola,
    Nicolò, Giosuè, Mosè, Filippo, Tommaso, Giacomo, Edoardo, Battista, Gian Luca, Pier Paolo,
    Gianfranco, Renato, Silvano, Ivan, Omar, Cristian, Mirko, Oscar, Walter, Ettore, Samuele,
    Guido, Raffaele
""")
WOMEN = listed("""
    Maria, Anna, Giuseppina, Francesca, Laura, Paola, Elena, Chiara, Sara, Giulia, Silvia,
    Valentina, Alessandra, Federica, Barbara, Cristina, Monica, Daniela, Roberta, Simona,
    Elisabetta, Antonella, Patrizia, Lucia, Carla, Rosa, Teresa, Angela, Giovanna, Caterina,
    Margherita, Martina, Alice, Giorgia, Ilaria, Serena, Michela, Manuela, Marta, Nadia, Ornella,
    Luisa, Maria Grazia, Anna Maria, Maria Teresa, Rita, Claudia, Emanuela, Stefania, Sabrina,
    Tiziana, Loredana, Mariangela, Rosanna, Ivana, Donatella, Gabriella, Beatrice, Eleonora,
    Camilla, Salomè, Noemi, Vittoria, Raffaella
""")
CRAFTS = listed("""
    Torneria, Carpenteria, Minuterie Metalliche, Officina Meccanica, Tranciatura, Stampi,
    Fonderia, Utensileria, Trasporti, Autofficina, Elettromeccanica, Impianti, Serramenti,
    Verniciatura, Galvanica, Idraulica, Edilizia, Falegnameria, Imballaggi, Tipografia
""")
COINED = listed("""
    Orsobrè, Valdurna, Teralba, Montegaldo, Serimark, Orobitec, Galdenga, Brevalta, Ternova,
    Lamporo, Adramet, Cornabusa, Filodoro, Meccanor, Rovamet, Tecnoserio, Valbrenta, Zincoral,
    Albamec, Ferrodina, Granarola, Isomet, Lariotec, Nordalpe, Prealpina Sud, Quadrifer,
    Rondamec, Stelmar, Torrebruna, Unimec Orobia
""")
ROLES = listed("""
    Responsabile acquisti, Titolare, Amministrazione, Responsabile produzione, Direttore tecnico,
    Ufficio commerciale, Magazziniere, Responsabile qualità, Progettista, Capo officina
""")
STREETS = listed("""
    Via Roma, Via Garibaldi, Via Mazzini, Via Verdi, Via Dante Alighieri, Via Don Minzoni,
    Via Papa Giovanni XXIII, Via XXV Aprile, Via IV Novembre, Via della Libertà, Via Forlì,
    Via Marconi, Via Manzoni, Via Leopardi, Via San Bernardino, Via Sant'Antonio, Via dei Mille,
    Via Donizetti, Via Trento, Via Trieste, Via Piave, Via Monte Grappa, Via dell'Industria,
    Via dell'Artigianato, Via Provinciale, Via Nazionale, Via Fratelli Bandiera, Via Kennedy,
    Via Aldo Moro, Via De Gasperi, Viale Italia, Viale Europa, Viale della Vittoria,
    Corso Matteotti, Piazza della Repubblica, Piazza Sant'Anna, Vicolo Chiuso, Via Santa Lucia,
    Via Cavour, Via Carducci, Via Pascoli, Via Foscolo, Via Toscanini, Via Galvani
""")
TITLES: dict[Sex, tuple[str, ...]] = {
    "M": ("Ing.", "Dott.", "Geom.", "Rag.", "Arch.", "Avv."),
    "F": ("Ing.", "Dott.ssa", "Rag.", "Arch.", "Avv."),
}
FORMS = ("S.r.l.",) * 11 + ("S.n.c.",) * 4 + ("S.a.s.",) * 3 + ("S.p.A.",) * 3 + ("Soc. Coop.",)
FREE_MAIL = ("gmail.com",) * 4 + ("libero.it",) * 3 + ("virgilio.it", "alice.it", "tiscali.it")
MOBILE_PREFIXES = listed(
    "320, 328, 329, 333, 335, 338, 339, 340, 347, 348, 349, 366, 380, 388, 392"
)
BIRTHPLACES = listed("""
    A794, A794, A794, A794, L400, L400, F205, F205, B157, E507, C933, D150, H501, F839, G273,
    L219, Z133
""")  # codes of Bergamo, Treviglio, Milano, Brescia, Lecco ... Torino, and Switzerland


@dataclass(frozen=True, slots=True)
class Town:
    """A town: its province, postcodes, dialling prefix, and the length of a number there."""

    name: str
    province: str
    postcodes: tuple[str, ...]
    prefix: str
    digits: int = 6


def postcodes(first: int, last: int) -> tuple[str, ...]:
    """All postcodes of a city that has several."""
    return tuple(str(code) for code in range(first, last + 1))


BERGAMO = Town("Bergamo", "BG", postcodes(24121, 24129), "035")
TREVIGLIO = Town("Treviglio", "BG", ("24047",), "0363", 5)
TOWNS = (
    *(BERGAMO,) * 6,
    *(TREVIGLIO,) * 2,
    Town("Dalmine", "BG", ("24044",), "035"),
    Town("Seriate", "BG", ("24068",), "035"),
    Town("Albino", "BG", ("24021",), "035"),
    Town("Nembro", "BG", ("24027",), "035"),
    Town("Alzano Lombardo", "BG", ("24022",), "035"),
    Town("Curno", "BG", ("24035",), "035"),
    Town("Stezzano", "BG", ("24040",), "035"),
    Town("Osio Sotto", "BG", ("24046",), "035"),
    Town("Ponte San Pietro", "BG", ("24036",), "035"),
    Town("Grumello del Monte", "BG", ("24064",), "035"),
    Town("Sarnico", "BG", ("24067",), "035"),
    Town("Lovere", "BG", ("24065",), "035"),
    Town("Caravaggio", "BG", ("24043",), "0363", 5),
    Town("Romano di Lombardia", "BG", ("24058",), "0363", 6),
    Town("Clusone", "BG", ("24023",), "0346", 5),
    Town("Zogno", "BG", ("24019",), "0345", 5),
    Town("Milano", "MI", postcodes(20121, 20162), "02", 8),
    Town("Gorgonzola", "MI", ("20064",), "02", 8),
    Town("Brescia", "BS", postcodes(25121, 25136), "030", 7),
    Town("Palazzolo sull'Oglio", "BS", ("25036",), "030", 7),
    Town("Lecco", "LC", ("23900",), "0341", 6),
    Town("Calolziocorte", "LC", ("23801",), "0341", 6),
    Town("Monza", "MB", ("20900",), "039", 7),
    Town("Crema", "CR", ("26013",), "0373", 6),
    Town("Cantù", "CO", ("22063",), "031", 6),
)
VAT_OFFICES = {"BG": 16, "MI": 15, "BS": 17, "LC": 97, "MB": 96, "CR": 19, "CO": 13}


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or works."""

    street: str
    number: str
    postcode: str
    town: Town


@dataclass(frozen=True, slots=True)
class Changing(Generic[T]):
    """A fact that may have been another one before a day."""

    now: T
    before: T | None = None
    since: date = date.min

    def at(self, day: date) -> T:
        """What was true on that day."""
        return self.before if self.before is not None and day < self.since else self.now


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm: its name and legal form, seat, switchboard, mailboxes and partita IVA."""

    id: str
    name: str
    form: str
    address: Changing[Address]
    phone: str
    domain: str
    email: str
    pec: str
    vat_id: str


@dataclass(frozen=True, slots=True)
class Job:
    """Where a person works, as what, and the mailbox that goes with it, if any."""

    firm: Firm
    role: str
    email: str


@dataclass(frozen=True, slots=True)
class Household:
    """What the people of one home have in common; `email` is empty unless they share one."""

    address: Changing[Address]
    landline: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person. `leaves` is the handle that this person leaves wherever they are asked."""

    id: str
    given: str
    family: str
    sex: Sex
    title: str
    birth: date
    tax_id: str
    household: Household
    mobile: Changing[str]
    email: Changing[str]
    leaves: Handle
    job: Job | None = None


Entity = Person | Firm


@dataclass(frozen=True, slots=True)
class World:
    """Everybody whom the systems may know."""

    people: tuple[Person, ...]
    firms: tuple[Firm, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        return (*self.people, *self.firms)


# --- Codice fiscale: Decreto ministeriale 23 dicembre 1976 -----------------------------

MONTHS = "ABCDEHLMPRST"
ODD_VALUES = (
    *(1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18),
    *(20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
)


def plain_letters(text: str) -> str:
    """The letters A to Z of a name, without accents, apostrophes and spaces."""
    bare = unicodedata.normalize("NFD", text.upper())
    return "".join(letter for letter in bare if "A" <= letter <= "Z")


def family_code(family: str) -> str:
    """The three letters of a family name: consonants first, then vowels, then X."""
    letters = plain_letters(family)
    consonants = [letter for letter in letters if letter not in "AEIOU"]
    vowels = [letter for letter in letters if letter in "AEIOU"]
    return "".join([*consonants, *vowels, "X", "X", "X"][:3])


def given_code(given: str) -> str:
    """The three letters of a given name: of four consonants or more, the second is left out."""
    consonants = [letter for letter in plain_letters(given) if letter not in "AEIOU"]
    if len(consonants) > 3:
        return consonants[0] + consonants[2] + consonants[3]
    return family_code(given)


def check_letter(code: str) -> str:
    """The sixteenth letter, from the fifteen before it."""
    total = 0
    for place, sign in enumerate(code):
        value = int(sign) if sign.isdigit() else ord(sign) - ord("A")
        total += value if place % 2 else ODD_VALUES[value]
    return chr(ord("A") + total % 26)


def codice_fiscale(given: str, family: str, sex: Sex, birth: date, birthplace: str) -> str:
    """The tax id of a person; a woman's day of birth counts from 41."""
    day = birth.day + (40 if sex == "F" else 0)
    month = MONTHS[birth.month - 1]
    code = f"{family_code(family)}{given_code(given)}{birth:%y}{month}{day:02}{birthplace}"
    return code + check_letter(code)


def partita_iva(number: int, office: int) -> str:
    """The tax id of a firm: its number, the office that gave it, and a Luhn digit."""
    digits = f"{number:07}{office:03}"
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"


# --- Drawing facts ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Registry:
    """The random generator, and what it has given out that nobody else may have."""

    rng: Random
    taken: set[str] = field(default_factory=set)

    def unused(self, draw: Callable[[], str]) -> str:
        """The first draw that nobody has yet."""
        while (value := draw()) in self.taken:
            pass
        self.taken.add(value)
        return value

    def by_chance(self, share: float) -> bool:
        """True for about that share of the calls."""
        return self.rng.random() < share

    def day(self, first: date, last: date) -> date:
        """A day between two."""
        return first + timedelta(days=self.rng.randrange((last - first).days + 1))


def changing(registry: Registry, share: float, draw: Callable[[], T]) -> Changing[T]:
    """A fact, of which about that share was another one before some day."""
    now = draw()
    if not registry.by_chance(share):
        return Changing(now)
    return Changing(now, draw(), registry.day(date(2019, 1, 1), date(2024, 12, 31)))


def address(registry: Registry, town: Town) -> Address:
    """An address in a town."""
    rng = registry.rng
    number = str(rng.randrange(1, 121)) + rng.choice(("",) * 9 + ("/A", "/B", " bis"))
    return Address(rng.choice(STREETS), number, rng.choice(town.postcodes), town)


def landline(registry: Registry, town: Town) -> str:
    """A number of a town's exchange that nobody has."""
    low = 2 * 10 ** (town.digits - 1)
    return registry.unused(lambda: f"{town.prefix}{registry.rng.randrange(low, 4 * low)}")


def mobile(registry: Registry) -> str:
    """A mobile number that nobody has."""
    rng = registry.rng
    return registry.unused(
        lambda: f"{rng.choice(MOBILE_PREFIXES)}{rng.randrange(2 * 10**6, 10**7)}"
    )


def mailbox(registry: Registry, given: str, family: str, year: int) -> str:
    """A private e-mail address, as people make them of their names."""
    one, two = plain_letters(given).lower(), plain_letters(family).lower()
    patterns = (f"{one}.{two}", f"{one}{two}", f"{one[0]}.{two}", f"{two}.{one}", f"{two}{one[0]}")

    def draw() -> str:
        tail = registry.rng.choice(("", "", f"{year % 100:02}", str(registry.rng.randrange(1, 99))))
        return f"{registry.rng.choice(patterns)}{tail}@{registry.rng.choice(FREE_MAIL)}"

    return registry.unused(draw)


# --- Firms ------------------------------------------------------------------------------


def firm_name(registry: Registry) -> str:
    """The name of a firm: its craft with a coined word or a family, or brothers."""
    rng = registry.rng

    def draw() -> str:
        craft, family = rng.choice(CRAFTS), rng.choice(SURNAMES)
        coined = f"{craft} {rng.choice(COINED)}"
        return rng.choice((coined, coined, f"{craft} {family}", f"Fratelli {family}"))

    return registry.unused(draw)


def firm(registry: Registry) -> Firm:
    """A firm; a third has no domain and a mailbox at a free provider."""
    rng, town, name = registry.rng, registry.rng.choice(TOWNS), firm_name(registry)
    label = plain_letters(name).lower()
    domain = "" if registry.by_chance(0.3) else f"{label}.it"
    return Firm(
        id="",
        name=name,
        form=rng.choice(FORMS),
        address=changing(registry, 0.06, lambda: address(registry, town)),
        phone=landline(registry, town),
        domain=domain,
        email=f"info@{domain}" if domain else f"{label}@{rng.choice(FREE_MAIL)}",
        pec=f"{label}@pec.it",
        vat_id=vat_id(registry, town),
    )


def vat_id(registry: Registry, town: Town) -> str:
    """A partita IVA of the town's tax office that nobody has."""
    office = VAT_OFFICES[town.province]
    return registry.unused(lambda: partita_iva(registry.rng.randrange(10**5, 5 * 10**6), office))


def sister(registry: Registry, older: Firm) -> Firm:
    """Another firm of the same owners: same seat, switchboard and mailbox, its own ids."""
    name = f"{older.name.split()[-1]} Immobiliare"
    tax = vat_id(registry, older.address.now.town)
    pec = f"{plain_letters(name).lower()}@pec.it"
    return replace(older, name=name, form="S.r.l.", vat_id=tax, pec=pec)


def firms(registry: Registry) -> tuple[Firm, ...]:
    """All firms, numbered."""
    alone = [firm(registry) for _ in range(FIRMS)]
    all_firms = [*alone, *(sister(registry, older) for older in alone[:SISTER_FIRMS])]
    return tuple(replace(one, id=f"F-{n:03}") for n, one in enumerate(all_firms, 1))


# --- People -----------------------------------------------------------------------------


def household(registry: Registry, town: Town, *, landline_share: float) -> Household:
    """A home; about one in eleven has moved, within the town."""
    place = changing(registry, 0.09, lambda: address(registry, town))
    return Household(place, landline(registry, town) if registry.by_chance(landline_share) else "")


def given_name(rng: Random, names: tuple[str, ...]) -> str:
    """A given name; the first third of the names is borne by two thirds of the people."""
    return rng.choice(names[: len(names) // 3] if rng.random() < 0.5 else names)


def person(
    registry: Registry, home: Household, sex: Sex, year: int, family: str, given: str = ""
) -> Person:
    """A person of a household, with a name that nobody else bears unless one is given."""
    rng = registry.rng
    names = MEN if sex == "M" else WOMEN
    given = (
        given or registry.unused(lambda: f"{given_name(rng, names)} {family}")[: -len(family) - 1]
    )
    birth = registry.day(date(year, 1, 1), date(year, 12, 31))
    private = changing(registry, 0.10, lambda: mailbox(registry, given, family, year))
    return Person(
        id="",
        given=given,
        family=family,
        sex=sex,
        title=rng.choice(TITLES[sex]) if registry.by_chance(0.12) else "",
        birth=birth,
        tax_id=codice_fiscale(given, family, sex, birth, rng.choice(BIRTHPLACES)),
        household=home,
        mobile=changing(registry, 0.10, lambda: mobile(registry)),
        email=Changing(home.email) if home.email else private,
        leaves=rng.choice(HANDLES),
    )


def family_members(registry: Registry) -> Iterator[tuple[Sex, int, str]]:
    """Sex, year of birth and family name of the two to four people of a family.

    Two thirds of the wives are filed under their husband's name, as in many a card index.
    """
    rng, name = registry.rng, registry.rng.choice(SURNAMES)
    year = rng.randrange(1944, 1972)
    yield "M", year, name
    if registry.by_chance(0.8):
        own_name = rng.choice(SURNAMES) if registry.by_chance(0.33) else name
        yield "F", year + rng.randrange(-3, 7), own_name
    for _ in range(rng.choice((1, 1, 2))):
        yield rng.choice(SEXES), year + rng.randrange(24, 34), name


def family(registry: Registry) -> list[Person]:
    """The people of one home, who often share a landline and now and then a mailbox."""
    home = household(registry, registry.rng.choice(TOWNS), landline_share=0.55)
    members = list(family_members(registry))
    if registry.by_chance(0.07):
        shared = mailbox(registry, "famiglia", members[0][2], members[0][1])
        home = replace(home, email=shared)
    return [person(registry, home, *member) for member in members]


def loner(registry: Registry) -> Person:
    """A person of whose family no system knows anybody."""
    home = household(registry, registry.rng.choice(TOWNS), landline_share=0.25)
    year = registry.rng.randrange(1945, 2004)
    return person(registry, home, registry.rng.choice(SEXES), year, registry.rng.choice(SURNAMES))


def namesakes(registry: Registry) -> list[Person]:
    """A father and a son of one name and home, and two strangers of one name."""
    home = household(registry, BERGAMO, landline_share=1.0)
    homes = [household(registry, town, landline_share=0.0) for town in (BERGAMO, TREVIGLIO)]
    borne_twice = [
        person(registry, home, "M", 1949, "Cortinovis", "Giuseppe"),
        person(registry, home, "M", 1981, "Cortinovis", "Giuseppe"),
        person(registry, homes[0], "M", 1966, "Locatelli", "Marco"),
        person(registry, homes[1], "M", 1984, "Locatelli", "Marco"),
    ]
    return [replace(one, leaves="tax_id") for one in borne_twice]


def employed(registry: Registry, one: Person, employers: tuple[Firm, ...]) -> Person:
    """The person with a job at one of the firms, and often a mailbox there."""
    employer = registry.rng.choice(employers)
    has_mailbox = employer.domain and registry.by_chance(0.7)
    email = work_mailbox(registry, one, employer) if has_mailbox else ""
    return replace(one, job=Job(employer, registry.rng.choice(ROLES), email))


def work_mailbox(registry: Registry, one: Person, employer: Firm) -> str:
    """A person's e-mail address at a firm that nobody else has."""
    given, family = plain_letters(one.given).lower(), plain_letters(one.family).lower()
    patterns = (f"{given[0]}.{family}", f"{given}.{family}", f"{given}", f"{family}")
    return registry.unused(lambda: f"{registry.rng.choice(patterns)}@{employer.domain}")


def people(registry: Registry, employers: tuple[Firm, ...]) -> tuple[Person, ...]:
    """Everybody, numbered; three in ten work at one of the firms."""
    registry.taken.update(("Giuseppe Cortinovis", "Marco Locatelli"))
    everybody = [one for _ in range(FAMILIES) for one in family(registry)]
    everybody += [loner(registry) for _ in range(LONERS)]
    everybody += namesakes(registry)
    at_work = [
        employed(registry, one, employers) if registry.by_chance(0.3) else one for one in everybody
    ]
    return tuple(replace(one, id=f"P-{n:03}") for n, one in enumerate(at_work, 1))


def build(rng: Random) -> World:
    """The whole world."""
    registry = Registry(rng)
    all_firms = firms(registry)
    return World(people(registry, all_firms), all_firms)
