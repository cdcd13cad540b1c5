import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unify.standards.addresses import standardise


def address(
    street=None, number=None, city=None, region=None, postcode=None, country=None, default="IT"
):
    return standardise(
        street=street,
        house_number=number,
        city=city,
        region=region,
        postcode=postcode,
        country=country,
        default_country=default,
    )


@pytest.mark.parametrize(
    ("written", "street", "number", "compared"),
    [
        ("Via Roma 12/A", "Via Roma, 12/A", "12/A", "roma"),
        ("Via Roma, 12", "Via Roma, 12", "12", "roma"),
        ("via roma n. 12", "Via Roma, 12", "12", "roma"),
        ("VIA ROMA 12 a", "Via Roma, 12/A", "12/A", "roma"),
        ("Via Roma 12 bis", "Via Roma, 12/bis", "12/bis", "roma"),
        ("Via Roma, 12-14", "Via Roma, 12-14", "12-14", "roma"),
        ("Via Roma SNC", "Via Roma, SNC", "SNC", "roma"),
        ("V. Garibaldi 5", "Via Garibaldi, 5", "5", "garibaldi"),
        ("Via G. Garibaldi 5", "Via G. Garibaldi, 5", "5", "garibaldi"),
        ("Via Giuseppe Garibaldi, 5", "Via Giuseppe Garibaldi, 5", "5", "garibaldi"),
        ("V.le Monza 3", "Viale Monza, 3", "3", "monza"),
        ("P.zza Duomo, 1", "Piazza Duomo, 1", "1", "duomo"),
        ("P.zza.Duomo, 1", "Piazza Duomo, 1", "1", "duomo"),
        ("C.so Vittorio Emanuele II 10", "Corso Vittorio Emanuele II, 10", "10", "emanuele ii"),
        ("L.go Augusto 2", "Largo Augusto, 2", "2", "augusto"),
        ("Via XXV Aprile 5", "Via XXV Aprile, 5", "5", "25 aprile"),
        ("Via 25 aprile 5", "Via 25 Aprile, 5", "5", "25 aprile"),
        ("Via 4 Novembre", "Via 4 Novembre", None, "4 novembre"),
        ("Via S. Anna 3", "Via S. Anna, 3", "3", "san anna"),
        ("Via Sant'Anna 3", "Via Sant'Anna, 3", "3", "san anna"),
        ("VIA DELL'INDUSTRIA 4", "Via dell'Industria, 4", "4", "industria"),
        ("S.S. 16", "Strada Statale 16", None, "16"),
        ("Loc. Pian dei Fiori 3", "Località Pian dei Fiori, 3", "3", "pian fiori"),
        ("Fraz. San Rocco, 12", "Frazione San Rocco, 12", "12", "san rocco"),
        ("c/o Studio Bianchi, Via Roma 12", "Via Roma, 12", "12", "roma"),
        ("Via dei Mille 12 int. 3", "Via dei Mille, 12 int. 3", "12", "mille"),
        ("Via NICOLO' MACHIAVELLI 3", "Via Nicolò Machiavelli, 3", "3", "machiavelli"),
        ("Via Roma, n.c. 12", "Via Roma, 12", "12", "roma"),
        ("Via Roma nr. 12", "Via Roma, 12", "12", "roma"),
        ("Via Roma N.12", "Via Roma, 12", "12", "roma"),
        ("Via Roma 12 - 14", "Via Roma, 12-14", "12-14", "roma"),
        ("Via Roma 12/a/b", "Via Roma, 12/A/B", "12/A/B", "roma"),
        ("Via Roma 12 rosso", "Via Roma, 12/R", "12/R", "roma"),
        ("Via Roma s.n.c.", "Via Roma, SNC", "SNC", "roma"),
        ("Via Roma, senza numero", "Via Roma, SNC", "SNC", "roma"),
        ("Via Roma km 12,500", "Via Roma, km 12,500", "km 12,500", "roma"),
        (
            "SS 16 Adriatica Km 12,300",
            "Strada Statale 16 Adriatica, km 12,300",
            "km 12,300",
            "16 adriatica",
        ),
        ("S.S. 16 km 12", "Strada Statale 16, km 12", "km 12", "16"),
        ("Strada Statale 16 n. 12", "Strada Statale 16, 12", "12", "16"),
        ("Via Roma 12 scala B int. 4", "Via Roma, 12 scala B int. 4", "12", "roma"),
        ("Via Roma 12, Palazzina C", "Via Roma, 12 Palazzina C", "12", "roma"),
        ("Via Roma 12 (ang. Via Verdi)", "Via Roma, 12 ang. Via Verdi", "12", "roma"),
        ("12 Via Roma", "Via Roma, 12", "12", "roma"),
        ("12, Via Roma", "Via Roma, 12", "12", "roma"),
        ("Roma 12", "Roma, 12", "12", "roma"),
        ("Via F.lli Cervi 3", "Via Fratelli Cervi, 3", "3", "fratelli cervi"),
        ("Via dell' Industria 4", "Via dell'Industria, 4", "4", "industria"),
        ("Via Don Minzoni 3", "Via Don Minzoni, 3", "3", "minzoni"),
        ("Via Gen. Dalla Chiesa 4", "Via Gen. dalla Chiesa, 4", "4", "chiesa"),
        ("Via Primo Maggio 3", "Via Primo Maggio, 3", "3", "1 maggio"),
        ("Via XX Settembre 12", "Via XX Settembre, 12", "12", "20 settembre"),
        ("Z.I. Nord 4", "Zona Industriale Nord, 4", "4", "nord"),
        ("C.da San Marco sn", "Contrada San Marco, SNC", "SNC", "san marco"),
        ("LOC. PIAN DEI FIORI SNC", "Località Pian dei Fiori, SNC", "SNC", "pian fiori"),
        ("Cannaregio, 3245/A", "Cannaregio, 3245/A", "3245/A", "cannaregio"),
        (
            "Viale Papa Giovanni XXIII 106",
            "Viale Papa Giovanni XXIII, 106",
            "106",
            "papa giovanni xxiii",
        ),
        ("Casella Postale 34", "Casella Postale 34", "34", "casella postale"),
        ("c/o Studio Bianchi Via Roma 12", "Via Roma, 12", "12", "roma"),
        ("Via Roma 12 presso Bianchi", "Via Roma, 12", "12", "roma"),
        ("Via Roma 12 - Loc. Galluzzo", "Via Roma, 12", "12", "roma"),
        ("n/a", None, None, None),
    ],
)
def test_an_italian_street(written, street, number, compared):
    found = address(written)
    assert (found.street, found.number, found.street_key) == (street, number, compared)


@pytest.mark.parametrize(
    ("written", "country", "street", "compared"),
    [
        ("12 Main St", "US", "12 Main Street", "main"),
        ("12A Oak Rd Apt 4", "US", "12A Oak Road Apt 4", "oak"),
        ("1600 Pennsylvania Ave NW", "US", "1600 Pennsylvania Avenue NW", "pennsylvania"),
        ("22 St John Street", "GB", "22 St John Street", "st john"),
        ("Hauptstr. 12", "DE", "Hauptstraße 12", "haupt"),
        ("12 rue de la Paix", "FR", "12 Rue de la Paix", "paix"),
        ("C/ Mayor 5", "ES", "Calle Mayor, 5", "mayor"),
        ("C/ Mayor 5, 3º B", "ES", "Calle Mayor, 5 3º B", "mayor"),
        ("Hauptstraße 12", "DE", "Hauptstraße 12", "haupt"),
        ("Karl-Marx-Allee 12", "DE", "Karl-Marx-Allee 12", "karl marx allee"),
        ("12 bis, rue de la Paix", "FR", "12bis Rue de la Paix", "paix"),
        ("12, Bd. Saint-Germain", "FR", "12 Boulevard Saint-Germain", "saint germain"),
        ("Flat 4, 22 High Street", "GB", "22 High Street Flat 4", "high"),
        ("22B Baker St", "GB", "22B Baker Street", "baker"),
        ("PO Box 123", "US", "PO Box 123", "po box"),
        (
            "1600 Pennsylvania Ave NW, Suite 200",
            "US",
            "1600 Pennsylvania Avenue NW Suite 200",
            "pennsylvania",
        ),
        ("ul. Marszałkowska 12", "PL", "Ulica Marszałkowska 12", "marszalkowska"),
        ("Keizersgracht 123", "NL", "Keizersgracht 123", "keizersgracht"),
        ("Rua Augusta 12", "PT", "Rua Augusta 12", "augusta"),
    ],
)
def test_a_street_elsewhere(written, country, street, compared):
    found = address(written, default=country)
    assert (found.street, found.street_key) == (street, compared)


@pytest.mark.parametrize(
    ("written", "plainer"),
    [
        ("4600 S. Hermitage Ave", "4600 Hermitage"),
        ("3401 West Ainslie Street", "3401 Ainslie"),
        ("747 Ninth Ave.", "747 9th Ave"),
        ("2450 Broadway between 90th and 91st Sts.", "2450 Broadway"),
        ("95 Ave. A at 6th St.", "95 Ave. A"),
        ("2355 Peachtree Rd. Battle Shopping Center", "2355 Peachtree Rd. NE"),
        ("25 W 47TH ST", "25 W. 47 St."),
    ],
)
def test_an_english_street_is_compared_without_what_leads_to_it(written, plainer):
    long, short = address(written, default="US"), address(plainer, default="US")
    assert (long.street_key, long.number) == (short.street_key, short.number)


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 North Street", "12 South Street"), ("12 1st Ave", "12 2nd Ave")],
)
def test_an_english_street_keeps_what_it_is_called(one, other):
    assert address(one, default="US").street_key != address(other, default="US").street_key


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ({"city": "ROMA RM"}, ("Roma", "RM", None)),
        ({"city": "Roma (RM)"}, ("Roma", "RM", None)),
        ({"city": "20121 Milano"}, ("Milano", "MI", "20121")),
        ({"city": "forli'"}, ("Forlì", "FC", None)),
        ({"city": "S. Giovanni Rotondo"}, ("San Giovanni Rotondo", "FG", "71013")),
        ({"city": "S. Angelo Lodigiano"}, ("Sant'Angelo Lodigiano", "LO", "26866")),
        ({"city": "Reggio Emilia"}, ("Reggio nell'Emilia", "RE", None)),
        ({"city": "Roma", "postcode": "187"}, ("Roma", "RM", "00187")),
        ({"postcode": "20121"}, ("Milano", "MI", "20121")),
        ({"city": "Treviso"}, ("Treviso", "TV", "31100")),
        ({"city": "Castro", "postcode": "24063"}, ("Castro", "BG", "24063")),
        ({"city": "Castro"}, ("Castro", None, None)),
        ({"city": "Samone", "region": "TO"}, ("Samone", "TO", "10010")),
        ({"city": "Bari", "region": "provincia di Bari"}, ("Bari", "BA", None)),
        ({"city": "Pincopallo", "region": "Lombardia"}, ("Pincopallo", "Lombardia", None)),
        ({"city": "Monza", "region": "MI"}, ("Monza", "MB", "20900")),
        ({"city": "Milnao", "postcode": "20121"}, ("Milano", "MI", "20121")),
        ({"city": "Milnao"}, ("Milnao", None, None)),
        ({"city": "Cernusco s/N", "postcode": "20063"}, ("Cernusco sul Naviglio", "MI", "20063")),
        (
            {"city": "S. Maria Capua V.", "region": "CE"},
            ("Santa Maria Capua Vetere", "CE", "81055"),
        ),
        ({"city": "Bolzano/Bozen"}, ("Bolzano", "BZ", "39100")),
        ({"city": "L AQUILA"}, ("L'Aquila", "AQ", "67100")),
        ({"city": "Reggio Calabria"}, ("Reggio di Calabria", "RC", None)),
        ({"city": "Milano, Italia"}, ("Milano", "MI", None)),
        ({"city": "I-20121 Milano"}, ("Milano", "MI", "20121")),
        ({"city": "Roma", "postcode": "00100"}, ("Roma", "RM", "00100")),
        ({"postcode": "00100"}, ("Roma", "RM", "00100")),
        ({"postcode": "13900"}, ("Biella", "BI", "13900")),
        ({"postcode": "10010"}, (None, "TO", "10010")),
        ({"postcode": "99999"}, (None, None, "99999")),
        ({"city": "Castro", "postcode": "73030"}, ("Castro", "LE", "73030")),
        ({"city": "Spoleto - Loc. Morgnano"}, ("Spoleto", "PG", "06049")),
        ({"city": "Fraz. San Rocco di Camogli"}, ("Camogli", "GE", "16032")),
        ({"city": "Bazzano", "postcode": "40053"}, ("Bazzano", "BO", "40053")),
        # Province and postcode agree on another place than the town: a hamlet of its name.
        (
            {"city": "Torre del Greco", "region": "MI", "postcode": "20121"},
            ("Torre del Greco", "MI", "20121"),
        ),
        ({"city": "Milano", "region": "TO"}, ("Milano", "MI", None)),
    ],
)
def test_an_italian_place_is_checked_and_completed(written, place):
    found = address(**written)
    assert (found.city, found.region, found.postcode) == place


def test_a_number_of_its_own_joins_its_street():
    assert address("Via Roma", "12a").street == "Via Roma, 12/A"
    assert address("Via Roma 12", "12").street == "Via Roma, 12"


def test_a_whole_address_in_the_street_is_taken_apart():
    found = address("Via Roma 12, 20121 Milano (MI)")
    assert (found.street, found.postcode, found.city, found.region) == (
        "Via Roma, 12",
        "20121",
        "Milano",
        "MI",
    )


def test_a_postal_box_is_no_street():
    found = address("Via Roma 12 - C.P. 34")
    assert (found.street, found.postal_box) == ("Via Roma, 12", "34")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ({"street": "Via Roma 12 c/o Studio Bianchi"}, {"care_of": "Studio Bianchi"}),
        ({"street": "presso Bianchi, Via Roma 12"}, {"care_of": "Bianchi"}),
        ({"street": "c/o Viaggi Rossi, Via Roma 12"}, {"care_of": "Viaggi Rossi"}),
        ({"street": "Via Roma 12, Fraz. San Rocco"}, {"locality": "Fraz. San Rocco"}),
        ({"city": "Mestre"}, {"locality": "Mestre", "city": "Venezia"}),
        ({"city": "Loc. Morgnano, Spoleto"}, {"locality": "Loc. Morgnano", "city": "Spoleto"}),
        ({"street": "C.P. 34"}, {"postal_box": "34", "street": "Casella Postale 34"}),
        ({"street": "Via Roma 12 Milano"}, {"street": "Via Roma, 12", "city": "Milano"}),
    ],
)
def test_what_stands_beside_a_street_is_kept(written, kept):
    found = address(**written)
    assert {name: getattr(found, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Italia", "IT"),
        ("ITA", "IT"),
        ("I", "IT"),
        ("Germania", "DE"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("", "IT"),
    ],
)
def test_a_country_has_one_code(written, code):
    assert address("Via Roma", country=written).country == code


def test_nothing_written_is_no_address_in_the_default_country():
    assert address().country is None


_STREETS = st.lists(
    st.sampled_from(
        [
            "Via",
            "P.zza",
            "Roma",
            "12",
            "12/A",
            "bis",
            "n.",
            "SNC",
            ",",
            "-",
            "C.P.",
            "34",
            "int.",
            "dell'Orto",
            "S.",
            "XX",
            "Settembre",
            "St",
        ]
    ),
    max_size=6,
).map(" ".join)


_TOWNS = st.text("abcdEFGàò' -().RM12", max_size=14)


@settings(max_examples=300)
@given(_STREETS | st.text(), st.text(max_size=12), st.sampled_from(["IT", "US", "DE", ""]))
def test_any_text_stands(street, city, country):
    address(street, street, city, city, city, city, default=country)


@given(_TOWNS, st.sampled_from(["IT", "US"]))
def test_a_standard_city_is_its_own_standard(city, country):
    found = address(city=city, default=country)
    assert address(city=found.city, default=country).city == found.city


@pytest.mark.parametrize(
    "written",
    ["Via Roma 12 a", "P.zza.Duomo, 1", "Via dei Mille 12 int. 3", "S.S. 16", "V. S. Anna SNC"],
)
def test_a_standard_street_is_its_own_standard(written):
    found = address(written)
    again = address(found.street, found.number)
    assert again == found
