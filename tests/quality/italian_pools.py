"""What Italian contacts are drawn from: names, towns, streets, words of firms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from unify.presets import read_lines

T = TypeVar("T")


class Pool(Generic[T]):
    """Values to draw from, each as often as its weight says."""

    def __init__(self, values: Sequence[T], weights: Iterable[float]) -> None:
        self.values = values
        self._reached = list(accumulate(weights))

    def draw(self, rng: Random) -> T:
        """One of the values."""
        return rng.choices(self.values, cum_weights=self._reached)[0]


class Town(NamedTuple):
    """A municipality: its birth-place code, its postcodes, and the prefix of its numbers."""

    name: str
    province: str
    code: str
    postcodes: tuple[str, ...]
    prefix: str


def zipf(values: Sequence[T], offset: float, power: float = 1) -> Pool[T]:
    """A pool whose n-th value is drawn in proportion to 1 / (n + offset) ** power."""
    return Pool(values, ((rank + offset) ** -power for rank in range(1, len(values) + 1)))


def listed(text: str) -> tuple[str, ...]:
    """The entries of a list written with commas over several lines."""
    return tuple(" ".join(entry.split()) for entry in text.split(","))


def plain_letters(text: str) -> str:
    """The letters a to z of a text, without accents, apostrophes and spaces."""
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in bare if "a" <= letter <= "z")


COMMON_SURNAMES = listed("""
    Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Bruno, Gallo,
    Conti, De Luca, Mancini, Costa, Giordano, Rizzo, Lombardi, Moretti, Barbieri, Fontana, Santoro,
    Mariani, Rinaldi, Caruso, Ferrara, Galli, Martini, Leone, Longo, Gentile, Martinelli, Vitale,
    Lombardo, Serra, Coppola, De Santis, D'Angelo, Marchetti, Parisi, Villa, Conte, Ferraro, Ferri,
    Fabbri, Bianco, Marini, Grasso, Valentini, Messina, Sala, De Angelis, Gatti, Pellegrini,
    Palumbo, Sanna, Farina, Rizzi, Monti, Cattaneo, Morelli, Amato, Silvestri, Mazza, Testa,
    Grassi, Pellegrino, Carbone, Giuliani, Benedetti, Barone, Rossetti, Caputo, Montanari, Guerra,
    Palmieri, Bernardi, Martino, Fiore, De Rosa, Ferretti, Bellini, Basile, Riva, Donati, Piras,
    Vitali, Battaglia, Sartori, Neri, Costantini, Milani, Pagano, Ruggiero, Sorrentino, D'Amico,
    Orlando, Damico, Negri, Mantovani, D'Agostino, Di Stefano, Lo Presti, La Rosa, Dal Molin,
    Dell'Orto, Dalò, Cantù, Dell'Acqua, De Marco, Di Martino, Della Valle, Lo Bianco, De Simone
""")
MEN = listed("""
    Giuseppe, Giovanni, Antonio, Mario, Luigi, Francesco, Angelo, Vincenzo, Pietro, Salvatore,
    Carlo, Franco, Domenico, Bruno, Paolo, Michele, Giorgio, Aldo, Sergio, Luciano, Marco, Andrea,
    Alessandro, Roberto, Stefano, Luca, Massimo, Davide, Matteo, Fabio, Claudio, Maurizio, Daniele,
    Simone, Enrico, Riccardo, Federico, Lorenzo, Gabriele, Alberto, Diego, Emanuele, Nicola,
    Filippo, Tommaso, Giacomo, Edoardo, Gianluca, Pier Paolo, Gianfranco, Renato, Silvano, Ivan,
    Cristian, Mirko, Walter, Ettore, Samuele, Guido, Raffaele, Gennaro, Ciro, Pasquale, Gaetano,
    Nicolò, Vito, Rocco, Cosimo, Carmine, Leonardo, Alfredo, Umberto, Giancarlo, Gian Luca, Ugo
""")
WOMEN = listed("""
    Maria, Anna, Giuseppina, Rosa, Angela, Giovanna, Teresa, Lucia, Carmela, Caterina, Francesca,
    Antonietta, Carla, Elena, Concetta, Rita, Margherita, Franca, Paola, Laura, Giulia, Sara,
    Chiara, Silvia, Valentina, Alessandra, Federica, Barbara, Cristina, Monica, Daniela, Roberta,
    Simona, Elisabetta, Antonella, Patrizia, Martina, Alice, Giorgia, Ilaria, Serena, Michela,
    Manuela, Marta, Nadia, Ornella, Luisa, Maria Grazia, Anna Maria, Maria Teresa, Claudia,
    Emanuela, Stefania, Sabrina, Tiziana, Loredana, Mariangela, Rosanna, Ivana, Donatella,
    Gabriella, Beatrice, Eleonora, Camilla, Noemi, Vittoria, Raffaella, Maddalena, Filomena,
    Immacolata, Vincenza, Domenica, Assunta, Grazia, Rosaria
""")
# In thousands.
CITIES = {
    **{"Roma": 2750, "Milano": 1370, "Napoli": 910, "Torino": 845, "Palermo": 630, "Genova": 560},
    **{"Bologna": 390, "Firenze": 360, "Bari": 316, "Catania": 300, "Verona": 255, "Venezia": 250},
    **{"Messina": 218, "Padova": 207, "Trieste": 198, "Brescia": 197, "Parma": 196},
    **{"Taranto": 188, "Prato": 195, "Modena": 184, "Reggio di Calabria": 171},
    **{"Reggio nell'Emilia": 171, "Perugia": 162, "Ravenna": 156, "Livorno": 153, "Rimini": 149},
    **{"Cagliari": 148, "Foggia": 146, "Ferrara": 130, "Latina": 127, "Salerno": 127},
    **{"Giugliano in Campania": 124, "Monza": 122, "Sassari": 121, "Bergamo": 120, "Trento": 118},
    **{"Pescara": 118, "Siracusa": 117, "Forlì": 117, "Vicenza": 110, "Terni": 107},
    **{"Bolzano": 106, "Piacenza": 103, "Novara": 102, "Ancona": 99, "Udine": 98, "Andria": 98},
    **{"Arezzo": 97, "Cesena": 96, "Pesaro": 95, "Lecce": 94, "La Spezia": 92, "Barletta": 92},
    **{"Alessandria": 91, "Guidonia Montecelio": 89, "Lucca": 89, "Pistoia": 89, "Pisa": 89},
    **{"Treviso": 85, "Catanzaro": 85},
}
LARGEST_OTHER = 84
DIALLING_PREFIXES = dict(
    entry.split()
    for entry in listed("""
    AG 0922, AL 0131, AN 071, AO 0165, AP 0736, AQ 0862, AR 0575, AT 0141, AV 0825, BA 080, BG 035,
    BI 015, BL 0437, BN 0824, BO 051, BR 0831, BS 030, BT 0883, BZ 0471, CA 070, CB 0874, CE 0823,
    CH 0871, CL 0934, CN 0171, CO 031, CR 0372, CS 0984, CT 095, CZ 0961, EN 0935, FC 0543, FE 0532,
    FG 0881, FI 055, FM 0734, FR 0775, GE 010, GO 0481, GR 0564, IM 0183, IS 0865, KR 0962, LC 0341,
    LE 0832, LI 0586, LO 0371, LT 0773, LU 0583, MB 039, MC 0733, ME 090, MI 02, MN 0376, MO 059,
    MS 0585, MT 0835, NA 081, NO 0321, NU 0784, OR 0783, PA 091, PC 0523, PD 049, PE 085, PG 075,
    PI 050, PN 0434, PO 0574, PR 0521, PT 0573, PU 0721, PV 0382, PZ 0971, RA 0544, RC 0965,
    RE 0522, RG 0932, RI 0746, RM 06, RN 0541, RO 0425, SA 089, SI 0577, SO 0342, SP 0187, SR 0931,
    SS 079, SU 0781, SV 019, TA 099, TE 0861, TN 0461, TO 011, TP 0923, TR 0744, TS 040, TV 0422,
    UD 0432, VA 0332, VB 0323, VC 0161, VE 041, VI 0444, VR 045, VT 0761, VV 0963
    """)
)
STREETS_OF_ALL_KINDS = listed("""
    Via Roma, Via Garibaldi, Corso Italia, Via Mazzini, Via Marconi, Via Dante Alighieri,
    Via Giuseppe Verdi, Via Cavour, Via Matteotti, Via Gramsci, Piazza della Repubblica,
    Via Vittorio Emanuele II, Via Kennedy, Via IV Novembre, Via XXV Aprile, Via della Libertà,
    Via San Francesco, Via Papa Giovanni XXIII, Via XX Settembre, Via Don Minzoni, Viale Europa,
    Via Nazionale, Via Provinciale, Via dei Mille, Corso Vittorio Emanuele, Via De Gasperi,
    Via Aldo Moro, Via Piave, Via Trieste, Via Trento, Via Fratelli Bandiera, Piazza Garibaldi,
    Via dell'Industria, Via dell'Artigianato, Viale della Vittoria, Piazza del Popolo,
    Via Togliatti, Via San Rocco, Via Sant'Antonio, Via Santa Lucia, Via I Maggio, Via 2 Giugno,
    Corso Matteotti,
    Piazza Sant'Anna, Vicolo Chiuso, Viale Italia, Viale Stazione, Via delle Rose, Via dei Tigli,
    Via dei Pini, Via degli Ulivi, Via della Resistenza, Via del Lavoro, Via della Repubblica,
    Via Fratelli Cervi, Via Fratelli Rosselli, Via Martiri della Libertà, Piazza XX Settembre,
    Via Circonvallazione, Via Forlì, Via della Stazione, Via della Chiesa, Via del Mulino,
    Via dei Glicini, Via dei Gelsomini, Via Monte Grappa, Via Monte Bianco, Via Monte Rosa,
    Strada Statale 16, Contrada San Giovanni, Località Casalino, Largo Augusto, Vicolo del Forno,
    Salita Santa Caterina, Borgo San Lorenzo, Viale dei Caduti, Via Caduti sul Lavoro
""")
STREET_NAMES = listed("""
    Leopardi, Manzoni, Carducci, Pascoli, Foscolo, Petrarca, Boccaccio, Ariosto, Tasso, Alfieri,
    Goldoni, Parini, D'Annunzio, Pirandello, Verga, Deledda, Pavese, Rossini, Puccini, Bellini,
    Donizetti, Toscanini, Mascagni, Vivaldi, Paganini, Galvani, Volta, Galilei, Fermi, Meucci,
    Torricelli, Avogadro, Leonardo da Vinci, Michelangelo, Raffaello, Tiziano, Giotto, Botticelli,
    Caravaggio, Canova, Tintoretto, Colombo, Vespucci, Marco Polo, Magellano, Diaz, Cadorna,
    Cesare Battisti, Nazario Sauro, Oberdan, Mameli, Pisacane, Crispi, Gioberti, Pellico, Einaudi,
    Buozzi, Nenni, Pertini, Amendola, Gobetti, Berlinguer, La Malfa, Dalla Chiesa, Falcone,
    Borsellino, Milano, Torino, Venezia, Napoli, Firenze, Bologna, Genova, Palermo, Bari, Ancona,
    Perugia, Cagliari, Gorizia, Udine, Zara, Fiume, Adua, Tripoli, Isonzo, Adige, Tevere, Arno, Po,
    Ticino, Brennero, Monte Nero, Pasubio, San Martino, San Giuseppe, San Marco, San Pietro,
    San Paolo, San Michele, San Nicola, San Bernardino, San Carlo, Santa Maria, Santa Chiara,
    Santa Rita, Madonna delle Grazie, Sant'Agostino, Don Bosco, Don Sturzo, Padre Pio, Turati
""")
CRAFTS = listed("""
    Edilizia, Impianti, Officina Meccanica, Carpenteria, Autotrasporti, Falegnameria, Tipografia,
    Idraulica, Torneria, Serramenti, Costruzioni, Autofficina, Panificio, Immobiliare, Studio,
    Farmacia, Arredamenti, Alimentari, Logistica, Elettromeccanica, Verniciatura, Agricola,
    Ristorante, Albergo, Consulting, Informatica, Sistemi, Servizi, Pulizie, Vivai, Cantine,
    Caseificio, Salumificio, Molino, Oleificio, Calzaturificio, Maglificio, Ceramiche, Marmi,
    Legnami, Ferramenta, Carrozzeria, Gomme, Petroli, Trasporti, Spedizioni, Viaggi,
    Assicurazioni, Ottica,
    Gioielleria, Stampi, Fonderia, Utensileria, Galvanica, Imballaggi, Grafica, Editrice, Termica
""")
HEADS = listed("""
    Oro, Val, Tec, Meta, Nova, Alba, Ital, Euro, Medi, Adria, Ligu, Lario, Bren, Ter, Orobi, Sol,
    Eco, Inter, Uni, Omni, Ferro, Gran, Monte, Rover, Gal, Prima, Delta, Sigma, Termo, Elettro,
    Agri, Bio, Padan, Tirre, Etru, Apulo, Sicil, Sardo, Veneto, Lumi
""")
TAILS = listed("""
    mec, tec, plast, color, form, mar, therm, gest, lux, line, sped, stil, gomma, pan, frut, carni,
    legno, tess, data, net, system, service, power, impex, trade, bond, cart, chim, med, lab
""")
PROVIDERS = listed("""
    gmail.com, libero.it, hotmail.it, virgilio.it, alice.it, yahoo.it, tiscali.it, hotmail.com,
    outlook.it, icloud.com, live.it, tin.it, fastwebnet.it, inwind.it, email.it, outlook.com
""")
MOBILE_PREFIXES = listed("""
    320, 327, 328, 329, 331, 333, 334, 335, 338, 339, 340, 345, 347, 348, 349, 351, 366, 380, 388,
    389, 391, 392, 393
""")


@cache
def surnames() -> Pool[str]:
    """Tens of thousands of family names, the commonest borne by about one in a hundred."""
    known = [*read_lines("names/family.txt"), *read_lines("names/family_common.txt")]
    first = {name.lower() for name in COMMON_SURNAMES}
    others = [name.title() for name in dict.fromkeys(known) if name not in first and len(name) > 2]
    return zipf([*COMMON_SURNAMES, *_shuffled(others)], 10)


@cache
def given_names() -> dict[str, Pool[str]]:
    """The given names of each sex; Giuseppe and Maria are borne by nearly one in ten."""
    usual = {plain_letters(name) for name in (*MEN, *WOMEN)}
    rarer = {"M": "o", "F": "a"}
    pools = {}
    for sex, names in (("M", MEN), ("F", WOMEN)):
        looks_italian = re.compile(rf"[abcdefgilmnopqrstuvz]{{3,}}{rarer[sex]}")
        others = [name for name in read_lines("names/given_common.txt") if name not in usual]
        italian = [name.title() for name in others if looks_italian.fullmatch(name)]
        pools[sex] = zipf([*names, *_shuffled(italian)], 3, power=1.3)
    return pools


@cache
def towns() -> Pool[Town]:
    """All municipalities, by population: the cities' as it is, the others' by a power law."""
    lines = read_lines("countries/it_municipalities.txt")
    everywhere = [_town(line) for line in lines]
    cities = [town for town in everywhere if town.name in CITIES]
    others = [town for town in everywhere if town.name not in CITIES]
    ranks = range(len(CITIES), len(CITIES) + len(others))
    smaller = [LARGEST_OTHER * (len(CITIES) / rank) ** 0.75 for rank in ranks]
    return Pool([*cities, *_shuffled(others)], [*(CITIES[city.name] for city in cities), *smaller])


@cache
def streets() -> Pool[str]:
    """Some three hundred streets, the commonest in every town."""
    more = [f"{kind} {name}" for kind in ("Via", "Viale") for name in STREET_NAMES]
    return zipf([*STREETS_OF_ALL_KINDS, *more], 8)


@cache
def providers() -> Pool[str]:
    """Where people have their mailboxes."""
    return zipf(PROVIDERS, 0.5)


def _shuffled(values: list[T]) -> list[T]:
    return Random("the commonest first").sample(values, len(values))


def _town(line: str) -> Town:
    """A municipality of the list, with every postcode of its stretches."""
    name, province, code, stretches = line.split("\t")
    postcodes = (
        f"{number:05}"
        for stretch in stretches.split()
        for first, _, last in [stretch.partition("-")]
        for number in range(int(first), int(last or first) + 1)
    )
    return Town(name, province, code, tuple(postcodes), DIALLING_PREFIXES[province])
