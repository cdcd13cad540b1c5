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
        ("1600 Pennsylvania Ave NW", "US", "1600 Pennsylvania Avenue NW", "pennsylvania nw"),
        ("22 St John Street", "GB", "22 St John Street", "st john"),
        ("Hauptstr. 12", "DE", "Hauptstraße 12", "haupt"),
        ("12 rue de la Paix", "FR", "12 Rue de la Paix", "paix"),
        ("C/ Mayor 5", "ES", "Calle Mayor, 5", "mayor"),
    ],
)
def test_a_street_elsewhere(written, country, street, compared):
    found = address(written, default=country)
    assert (found.street, found.street_key) == (street, compared)


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
