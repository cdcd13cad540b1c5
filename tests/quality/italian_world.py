"""Italian firms, households and people as they really are, drawn from one generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Literal, NamedTuple

from tests.quality.italian_pools import (
    CRAFTS,
    HEADS,
    MOBILE_PREFIXES,
    TAILS,
    Pool,
    Town,
    given_names,
    plain_letters,
    providers,
    streets,
    surnames,
    towns,
    zipf,
)

Sex = Literal["M", "F"]
# What somebody has, and what a system may hold in its place.
Pair = tuple[str, str]

FIRM_SHARE = 0.20
EMPLOYED_SHARE = 0.30
LANDLINE_SHARE = 0.55
HOUSEHOLD_EMAIL_SHARE = 0.04
HOUSEHOLD_SIZES = (0.35, 0.30, 0.20, 0.15)
# A household has 2.15 people, and 35 % of the households have a son who can bear his father's name.
NAMED_AFTER_FATHER_SHARE = 0.005 * 2.15 / 0.35
SISTER_FIRM_SHARE = 0.02
DOMAIN_SHARE = 0.80
WORK_MAILBOX_SHARE = 0.60
LAST_YEAR_OF_BIRTH = 2007
FORMS = {"S.r.l.": 55, "S.n.c.": 15, "S.a.s.": 10, "S.p.A.": 10, "Soc. Coop.": 5, "S.r.l.s.": 5}


class Address(NamedTuple):
    """Where somebody lives or works."""

    street: str
    number: str
    postcode: str
    town: Town


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm; `domain` is empty where it has its mailbox at a provider."""

    number: int
    name: str
    form: str
    addresses: tuple[Address, Address]
    phone: str
    domain: str
    emails: Pair
    vat_id: str


@dataclass(frozen=True, slots=True)
class Household:
    """What the people of one home have in common; `email` is empty unless they share one."""

    addresses: tuple[Address, Address]
    landline: str
    email: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person, with the firm they work at and their mailbox there, if any.

    `mistaken_email` is somebody else's mailbox, which some records have in error.
    """

    number: int
    given: str
    family: str
    sex: Sex
    birth: date
    tax_id: str
    household: Household
    mobiles: Pair
    emails: Pair
    mistaken_email: str
    employer: Firm | None
    work_email: str


Entity = Person | Firm


@dataclass(frozen=True, slots=True)
class World:
    """Everybody whom the systems may know."""

    firms: list[Firm]
    people: list[Person]


@dataclass(frozen=True, slots=True)
class Registry:
    """The random generator, what nobody else may have, and the last mailbox of each name."""

    rng: Random
    taken: set[str] = field(default_factory=set)
    mailboxes: dict[str, str] = field(default_factory=dict)

    def unused(self, draw: Callable[[], str], *wanted: str) -> str:
        """The first of the wanted values that nobody has yet, or else of the draws."""
        free = next(value for value in chain(wanted, iter(draw, "")) if value not in self.taken)
        self.taken.add(free)
        return free

    def by_chance(self, share: float) -> bool:
        """True for about that share of the calls."""
        return self.rng.random() < share


# --- Tax ids: Decreto ministeriale 23 dicembre 1976, and Luhn --------------------------

MONTHS = "ABCDEHLMPRST"
ODD_LETTERS = (
    *(1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18),
    *(20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EVEN = {sign: place % 26 for place, sign in enumerate(LETTERS)}
EVEN |= {str(digit): digit for digit in range(10)}
ODD = {sign: ODD_LETTERS[value] for sign, value in EVEN.items()}


def name_code(name: str, *, given: bool) -> str:
    """Three letters: consonants, vowels, X. Four consonants of a given name lose the second."""
    letters = plain_letters(name).upper()
    consonants = [letter for letter in letters if letter not in "AEIOU"]
    if given and len(consonants) > 3:
        del consonants[1]
    vowels = [letter for letter in letters if letter in "AEIOU"]
    return "".join([*consonants, *vowels, *"XXX"][:3])


def codice_fiscale(given: str, family: str, sex: Sex, birth: date, birthplace: str) -> str:
    """The tax id of a person; a woman's day of birth counts from 41."""
    day = birth.day + (40 if sex == "F" else 0)
    names = name_code(family, given=False) + name_code(given, given=True)
    code = f"{names}{birth:%y}{MONTHS[birth.month - 1]}{day:02}{birthplace}"
    total = sum(ODD[sign] for sign in code[::2]) + sum(EVEN[sign] for sign in code[1::2])
    return code + LETTERS[total % 26]


def partita_iva(number: int, office: int) -> str:
    """The tax id of a firm: its number, the office that gave it, and a Luhn digit."""
    digits = f"{number:07}{office:03}"
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return f"{digits}{-sum(value - 9 if value > 9 else value for value in doubled) % 10}"


# --- Addresses, numbers and mailboxes ---------------------------------------------------


def address(town: Town, rng: Random) -> Address:
    """An address in a town; a stretch of a street has one postcode."""
    street = streets().draw(rng)
    number = min(rng.randrange(1, 200), rng.randrange(1, 200))
    zone = (len(street) * 7 + ord(street[-1]) + number // 60) % len(town.postcodes)
    letter = rng.choice(("/A", "/B", "/C", " bis")) if rng.random() < 0.1 else ""
    return Address(street, f"{number}{letter}", town.postcodes[zone], town)


def addresses(town: Town, rng: Random) -> tuple[Address, Address]:
    """Where somebody is, and was before: mostly in the same town."""
    before = town if rng.random() < 0.7 else towns().draw(rng)
    return address(town, rng), address(before, rng)


def landline(registry: Registry, town: Town) -> str:
    """A number of a town's exchange that nobody has."""
    size = 10 ** (9 - len(town.prefix))
    return registry.unused(lambda: f"{town.prefix} {registry.rng.randrange(2 * size, 9 * size)}")


def mobile(registry: Registry) -> str:
    """A mobile number that nobody has."""
    rng = registry.rng
    return registry.unused(
        lambda: f"{rng.choice(MOBILE_PREFIXES)} {rng.randrange(10**6, 10**7 - 1)}"
    )


def mailbox(registry: Registry, given: str, family: str, year: int) -> str:
    """A private e-mail address made of a name; who comes second to it gets a number."""
    rng = registry.rng
    one, two, short = plain_letters(given), plain_letters(family), f"{year % 100:02}"
    patterns = {
        f"{one}.{two}": 45,
        f"{one[0]}.{two}": 12,
        f"{one}{two}{short}": 14,
        f"{two}.{one}": 9,
        f"{one}{two}": 8,
        f"{two}{one[0]}": 4,
        f"{one}.{two}{short}": 5,
        f"{one}{rng.randrange(999)}": 3,
    }
    local = rng.choices([*patterns], [*patterns.values()])[0]
    provider = providers().draw(rng)
    return registry.unused(
        lambda: f"{numbered(local, rng)}@{provider}",
        f"{local}@{provider}",
        f"{local}{short}@{provider}",
    )


def mistaken_mailbox(registry: Registry, name: str, own: str) -> str:
    """The mailbox of the last namesake, or else of the person before, mostly a relative."""
    found = registry.mailboxes.get(name) or registry.mailboxes.get("", "")
    registry.mailboxes[name] = registry.mailboxes[""] = own
    return found


def numbered(local: str, rng: Random) -> str:
    """The part before the @ with a number behind."""
    return f"{local}{rng.randrange(1, rng.choice((10, 100, 10_000)))}"


# --- Firms ------------------------------------------------------------------------------


def firm_name(town: Town, rng: Random) -> str:
    """The name of a firm: its craft, with a coined word, a family or its town."""
    craft, coined = rng.choice(CRAFTS), rng.choice(HEADS) + rng.choice(TAILS)
    family, other = surnames().draw(rng), surnames().draw(rng)
    letters = ".".join(rng.sample(LETTERS[:22], 3)) + "."
    names = {
        f"{craft} {coined}": 34,
        f"{craft} {family}": 26,
        f"Fratelli {family}": 8,
        f"{family} & {other}": 8,
        f"{craft} {town.name}": 8,
        coined: 12,
        f"{letters} {craft}": 4,
    }
    return rng.choices([*names], [*names.values()])[0]


def domain_of(registry: Registry, name: str, town: Town) -> str:
    """A domain made of a firm's name that no other firm has."""
    rng, words = registry.rng, [plain_letters(word) for word in name.split() if word != "&"]
    ending = rng.choices((".it", ".com", ".eu"), (85, 12, 3))[0]
    labels = ["".join(words), "-".join(words), "".join([*words, plain_letters(town.name)])]
    wanted = labels[rng.choice((0, 0, 0, 1)) :]
    return registry.unused(
        lambda: f"{numbered(labels[0], rng)}{ending}", *(label + ending for label in wanted)
    )


def firm(registry: Registry, number: int) -> Firm:
    """A firm; one in five has no domain, and its mailbox at a provider."""
    rng, town = registry.rng, towns().draw(registry.rng)
    name = firm_name(town, rng)
    domain = domain_of(registry, name, town) if registry.by_chance(DOMAIN_SHARE) else ""
    return Firm(
        number=number,
        name=name,
        form=rng.choices([*FORMS], [*FORMS.values()])[0],
        addresses=addresses(town, rng),
        phone=landline(registry, town),
        domain=domain,
        emails=firm_mailboxes(registry, name, domain),
        vat_id=vat_id(registry),
    )


def firm_mailboxes(registry: Registry, name: str, domain: str) -> Pair:
    """A firm's e-mail addresses: two at its domain, or the one it has at a provider."""
    rng = registry.rng
    if domain:
        return f"info@{domain}", f"{rng.choice(('amministrazione', 'commerciale'))}@{domain}"
    local, provider = plain_letters(name), providers().draw(rng)
    email = registry.unused(lambda: f"{numbered(local, rng)}@{provider}", f"{local}@{provider}")
    return email, email


def vat_id(registry: Registry) -> str:
    """A partita IVA that nobody has."""
    rng = registry.rng
    return registry.unused(
        lambda: partita_iva(rng.randrange(10**5, 5 * 10**6), rng.randrange(1, 101))
    )


def sister(registry: Registry, older: Firm, number: int) -> Firm:
    """Another firm of the same owners: same seat and switchboard, its own ids and mailbox."""
    town = older.addresses[0].town
    name = f"{older.name.split()[-1]} {registry.rng.choice(CRAFTS)}"
    domain = domain_of(registry, name, town)
    return replace(
        older,
        number=number,
        name=name,
        domain=domain,
        emails=firm_mailboxes(registry, name, domain),
        vat_id=vat_id(registry),
    )


def firms(registry: Registry, how_many: int) -> list[Firm]:
    """All firms; a few share their seat and switchboard with the one before."""
    drawn: list[Firm] = []
    for number in range(how_many):
        related = drawn and registry.by_chance(SISTER_FIRM_SHARE)
        drawn.append(sister(registry, drawn[-1], number) if related else firm(registry, number))
    return drawn


# --- People -----------------------------------------------------------------------------


class Member(NamedTuple):
    """Who belongs to a household."""

    given: str
    sex: Sex
    year: int


def sex_of(rng: Random) -> Sex:
    return rng.choice(("M", "F"))


def members(registry: Registry) -> list[Member]:
    """The one to four people of a household: a couple, their children, or somebody alone."""
    rng = registry.rng
    size = rng.choices((1, 2, 3, 4), HOUSEHOLD_SIZES)[0]
    if size == 1:
        sex = sex_of(rng)
        return [Member(given_names()[sex].draw(rng), sex, rng.randrange(1938, LAST_YEAR_OF_BIRTH))]
    year = rng.randrange(1940, 1982)
    home = [Member(given_names()["M"].draw(rng), "M", year)]
    if size > 2 or registry.by_chance(0.75):
        home.append(Member(given_names()["F"].draw(rng), "F", year + rng.randrange(-4, 8)))
    if size > 2 and registry.by_chance(NAMED_AFTER_FATHER_SHARE):
        home.append(Member(home[0].given, "M", year + rng.randrange(22, 26)))
    while len(home) < size:
        home += child(home, rng)
    return home


def child(home: list[Member], rng: Random) -> Iterator[Member]:
    """A grown child with a name of its own; nobody when the draw is a name of the home."""
    sex = sex_of(rng)
    given = given_names()[sex].draw(rng)
    if given not in {member.given for member in home}:
        yield Member(given, sex, min(home[0].year + rng.randrange(22, 37), LAST_YEAR_OF_BIRTH))


def family(registry: Registry, employers: Pool[Firm], first: int) -> list[Person]:
    """The people of one home, numbered from `first`."""
    rng, name, town = registry.rng, surnames().draw(registry.rng), towns().draw(registry.rng)
    home_members = members(registry)
    line = landline(registry, town) if registry.by_chance(LANDLINE_SHARE) else ""
    owner = rng.choice(("famiglia", home_members[0].given))
    shares = registry.by_chance(HOUSEHOLD_EMAIL_SHARE)
    email = mailbox(registry, owner, name, home_members[0].year) if shares else ""
    home = Household(addresses(town, rng), line, email)
    return [
        person(registry, number, member, name, home, employers)
        for number, member in enumerate(home_members, first)
    ]


def person(
    registry: Registry,
    number: int,
    member: Member,
    family: str,
    home: Household,
    employers: Pool[Firm],
) -> Person:
    """A person of a household; three in ten work at one of the firms."""
    given, sex, year = member
    employer = employers.draw(registry.rng) if registry.by_chance(EMPLOYED_SHARE) else None
    birth, tax_id = born(registry, member, family, home.addresses[0].town)
    usual = home.email or mailbox(registry, given, family, year)
    return Person(
        number=number,
        given=given,
        family=family,
        sex=sex,
        birth=birth,
        tax_id=tax_id,
        household=home,
        mobiles=(mobile(registry), mobile(registry)),
        emails=(usual, mailbox(registry, given, family, year)),
        mistaken_email=mistaken_mailbox(registry, f"{given} {family}", usual),
        employer=employer,
        work_email=work_mailbox(registry, given, family, employer),
    )


def born(registry: Registry, member: Member, family: str, town: Town) -> tuple[date, str]:
    """A day of birth, and the codice fiscale that it makes and nobody else has."""
    rng = registry.rng
    while True:
        birth = date(member.year, 1, 1) + timedelta(days=rng.randrange(365))
        birthplace = town if rng.random() < 0.6 else towns().draw(rng)
        code = codice_fiscale(member.given, family, member.sex, birth, birthplace.code)
        if code not in registry.taken:
            registry.taken.add(code)
            return birth, code


def work_mailbox(registry: Registry, given: str, family: str, employer: Firm | None) -> str:
    """A person's e-mail address at the employer's domain that nobody else has, if any."""
    if not employer or not employer.domain or not registry.by_chance(WORK_MAILBOX_SHARE):
        return ""
    one, two = plain_letters(given), plain_letters(family)
    patterns = [f"{one[0]}.{two}", f"{one}.{two}", f"{two}"]
    wanted = patterns[registry.rng.choice((0, 0, 1, 1, 2)) :]
    return registry.unused(
        lambda: f"{numbered(patterns[1], registry.rng)}@{employer.domain}",
        *(f"{local}@{employer.domain}" for local in wanted),
    )


def people(registry: Registry, how_many: int, employers: Pool[Firm]) -> list[Person]:
    """So many people, or a few more, home after home."""
    drawn: list[Person] = []
    while len(drawn) < how_many:
        drawn += family(registry, employers, len(drawn))
    return drawn


def build(entities: int, rng: Random) -> World:
    """A world of about so many firms and people."""
    registry, of_firms = Registry(rng), round(entities * FIRM_SHARE)
    employers = firms(registry, of_firms)
    return World(employers, people(registry, entities - of_firms, zipf(employers, 20)))
