from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from unify.standards.names import standardise


@pytest.mark.parametrize(
    ("full", "given_name", "family"),
    [
        ("Mario Rossi", "Mario", "Rossi"),
        ("Rossi Mario", "Mario", "Rossi"),
        ("ROSSI MARIO", "Mario", "Rossi"),
        ("mario rossi", "Mario", "Rossi"),
        ("Rossi, Mario", "Mario", "Rossi"),
        ("De Luca Giuseppe", "Giuseppe", "De Luca"),
        ("GIUSEPPE DE LUCA", "Giuseppe", "De Luca"),
        ("D'AMICO ANNA MARIA", "Anna Maria", "D'Amico"),
        ("D' Amico Anna", "Anna", "D'Amico"),
        ("Anna Maria D'Amico", "Anna Maria", "D'Amico"),
        ("Della Valle Giovanni", "Giovanni", "Della Valle"),
        ("Lo Presti Salvatore", "Salvatore", "Lo Presti"),
        ("Di Maio Luigi", "Luigi", "Di Maio"),
        ("Maria Teresa De Santis", "Maria Teresa", "De Santis"),
        ("Dell'Orto Piero", "Piero", "Dell'Orto"),
        ("NICOLO' ZANIOLO", "Nicolò", "Zaniolo"),
        ("FRANCO MARTINO", "Franco", "Martino"),
        ("Rossi Bianchi Mario", "Mario", "Rossi Bianchi"),
        ("Mario Rossi Bianchi", "Mario", "Rossi Bianchi"),
        ("ROSSI-BIANCHI MARIA", "Maria", "Rossi-Bianchi"),
        ("M. Rossi", "M.", "Rossi"),
        ("Rossi M.", "M.", "Rossi"),
        ("Ronald McDonald", "Ronald", "McDonald"),
        ("Mario", "Mario", None),
        ("Rossi", None, "Rossi"),
        ("Null", None, "Null"),
        ("Xyzzy Qwfp", "Xyzzy", "Qwfp"),
        (
            "XYZZY QWFP",
            "Qwfp",
            "Xyzzy",
        ),  # capitals: the family name first, as Italian offices write
        ("Mario (Beppe) Rossi", "Mario", "Rossi"),
        ("D AMICO LUCA", "Luca", "D'Amico"),
        ("D. Rossi", "D.", "Rossi"),
        ("Rossi/Mario", "Mario", "Rossi"),
        ("Rossi - Mario", "Mario", "Rossi"),
        ("Mario Rossi 2", "Mario", "Rossi"),
        ("Rossi XXX", None, "Rossi"),
        ("?Mario Rossi", "Mario", "Rossi"),
        ("NiccolÃ² Rossi", "Niccolò", "Rossi"),
        ("Rossi in Bianchi Maria", "Maria", "Rossi"),
        ("Rossi ved. De Luca Maria", "Maria", "Rossi"),
        ("Bianchi Maria vedova Rossi", "Maria", "Bianchi"),
        ("Mario e Anna Rossi", "Mario e Anna", "Rossi"),
        ("Rossi Mario e Bianchi Anna", "Mario e Anna", "Rossi e Bianchi"),
        ("Gian Battista Rossi", "Gian Battista", "Rossi"),
        ("G.B. Rossi", "G.B.", "Rossi"),
        ("La Rosa Simona", "Simona", "La Rosa"),
        ("SAN MARTINO GIUSEPPE", "Giuseppe", "San Martino"),
        ("Иванов Иван", "Иван", "Иванов"),
        ("Γιώργος Παπαδόπουλος", "Γιώργος", "Παπαδόπουλος"),
        ("Popescu Maria", "Maria", "Popescu"),
        ("- Mario Rossi;", "Mario", "Rossi"),
        ("n/a", None, None),
        ("12345", None, None),
    ],
)
def test_one_italian_column_is_split(full, given_name, family):
    name = standardise(full=full)
    assert (name.given, name.family) == (given_name, family)


@pytest.mark.parametrize(
    ("full", "country", "parts"),
    [
        ("John Fitzgerald Kennedy", "US", ("John", "Fitzgerald", "Kennedy")),
        ("JOHN SMITH", "US", ("John", None, "Smith")),
        ("Smith, John Q.", "US", ("John", "Q.", "Smith")),
        ("Jane van der Berg", "NL", ("Jane", None, "van der Berg")),
        ("Gabriel García Márquez", "ES", ("Gabriel", None, "García Márquez")),
        ("Mario G. Rossi", "IT", ("Mario", "G.", "Rossi")),
        ("Robert St. Amant", "US", ("Robert", None, "St. Amant")),
        ("Magda El Zarki", "US", ("Magda", None, "El Zarki")),
        ("Cindy Mac Kendrick", "US", ("Cindy", None, "Mac Kendrick")),
        ("Ludwig van Beethoven", "DE", ("Ludwig", None, "van Beethoven")),
        ("Marie-Claire Dupont", "FR", ("Marie-Claire", None, "Dupont")),
        ("O'Brien Patrick", "IE", ("Patrick", None, "O'Brien")),
        ("李 小龙", "CN", ("小龙", None, "李")),
    ],
)
def test_middle_names_follow_the_country(full, country, parts):
    name = standardise(full=full, country=country)
    assert (name.given, name.middle, name.family) == parts


@pytest.mark.parametrize(
    ("full", "prefix", "suffix", "rest"),
    [
        ("Dott.ssa Bianchi Lucia", "Dott.ssa", None, "Lucia Bianchi"),
        ("Dott. Ing. Mario Rossi", "Dott. Ing.", None, "Mario Rossi"),
        ("Rossi Rag. Mario", "Rag.", None, "Mario Rossi"),
        ("Sig. ra Maria Verdi", "Sig.ra", None, "Maria Verdi"),
        ("Avv. Giuseppe Conte", "Avv.", None, "Giuseppe Conte"),
        ("Geom Rossi Mario", "Geom.", None, "Mario Rossi"),
        ("Mario Rossi Jr.", None, "Jr.", "Mario Rossi"),
        ("Don Matteo Bianchi", "Don", None, "Matteo Bianchi"),
        ("ing mario rossi", "Ing.", None, "Mario Rossi"),
        ("Per. Ind. Mario Rossi", "Per. Ind.", None, "Mario Rossi"),
        ("Gr. Uff. Mario Rossi", "Gr. Uff.", None, "Mario Rossi"),
        ("Gent.ma Sig.ra Maria Bianchi", "Gent.ma Sig.ra", None, "Maria Bianchi"),
        ("Rossi Mario Ing.", "Ing.", None, "Mario Rossi"),
        ("Dr.ssa Rossi Maria", "Dott.ssa", None, "Maria Rossi"),
        ("Conte Giuseppe", None, None, "Giuseppe Conte"),
    ],
)
def test_titles_are_taken_off_and_kept(full, prefix, suffix, rest):
    name = standardise(full=full)
    assert (name.prefix, name.suffix, name.full) == (prefix, suffix, rest)


@pytest.mark.parametrize(
    ("full", "prefix", "suffix", "rest"),
    [
        ("Senator Barack Obama", "Senator", None, "Barack Obama"),
        ("State Representative Sara Jones", "Rep.", None, "Sara Jones"),
        ("Victoria Lynn Clements, D.O.", None, "DO", "Victoria Lynn Clements"),
        ("Edwin B. Frost, V", None, "V", "Edwin B. Frost"),
        ("Daniel Kordik, attorney at law", None, "Attorney", "Daniel Kordik"),
        ("Smith Jr., John", None, "Jr.", "John Smith"),
        ("Anna Ma", None, None, "Anna Ma"),
        ("Pastor Maldonado", None, None, "Pastor Maldonado"),
    ],
)
def test_titles_abroad_are_taken_off_and_kept(full, prefix, suffix, rest):
    name = standardise(full=full, country="US")
    assert (name.prefix, name.suffix, name.full) == (prefix, suffix, rest)


@pytest.mark.parametrize(
    ("full", "nickname", "other_family"),
    [
        ('Mario "Beppe" Rossi', "Beppe", None),
        ("Mario Rossi (Ditta)", "Ditta", None),
        ("Rossi in Bianchi Maria", None, "Bianchi"),
        ("Maria Rossi ved. De Luca", None, "De Luca"),
        ("Mario Rossi", None, None),
    ],
)
def test_what_stands_beside_a_name_is_kept(full, nickname, other_family):
    name = standardise(full=full)
    assert (name.nickname, name.other_family) == (nickname, other_family)


def test_don_is_a_given_name_in_america():
    assert standardise(full="Don Draper", country="US").given == "Don"


@pytest.mark.parametrize(
    ("given_name", "family", "standard"),
    [
        ("Rossi", "Mario", "Mario Rossi"),
        ("Mario", "Rossi", "Mario Rossi"),
        ("Franco", "Martino", "Franco Martino"),
        ("Martino", "Franco", "Martino Franco"),
        ("Scott", "James", "Scott James"),
        ("Smith", "John", "John Smith"),
        ("Mario", "Rossi Mario", "Mario Rossi"),
        ("dott. mario", "rossi", "Mario Rossi"),
        (None, "ROSSI MARIO", "Mario Rossi"),
    ],
)
def test_fields_change_places_only_when_the_lists_are_sure(given_name, family, standard):
    assert standardise(given=given_name, family=family).full == standard


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beppe", "Giuseppe"),
        ("Pippo", "Giuseppe"),
        ("Gianni", "Giovanni"),
        ("Pina", "Giuseppina"),
        ("Mimmo", "Domenico"),
        ("Lella", "Raffaella"),
        ("Angelina", "Angela"),
        ("Silvietta", "Silvia"),
        ("Robertuccio", "Roberto"),
        ("Franchino", "Franco"),
        ("Grazia", "Mariagrazia"),
        ("Bob", "Robert"),
        ("Bill", "William"),
        ("Liz", "Elizabeth"),
        ("Nicolo'", "Nicolò"),
        ("Gian Carlo", "Giancarlo"),
        ("Giuseppe Antonio", "Giuseppe"),
        ("Steven", "Stephen"),
        ('Mario "Beppe"', "Giuseppe"),
    ],
)
def test_two_forms_of_a_given_name_meet(one, other):
    forms = [set(standardise(given=name, family="Rossi").given_forms) for name in (one, other)]
    assert forms[0] & forms[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Giuseppe", "Filippo"),  # both are Pippo
        ("Alessandro", "Alessandra"),
        ("Maria Teresa", "Maria Grazia"),
        ("Maria Teresa", "Maria"),
        ("Mario", "Maria"),
        ("Marina", "Maria"),
        ("Martina", "Marta"),
        ("Giuseppina", "Giuseppe"),
        ("Robertuccio", "Roberta"),
        ("John", "Jonathan"),
        ("Mario e Anna", "Mario"),
        ("Mario (Ditta)", "Ditta"),
    ],
)
def test_two_names_do_not_meet_through_a_third(one, other):
    forms = [set(standardise(given=name, family="Rossi").given_forms) for name in (one, other)]
    assert not forms[0] & forms[1]


_WORDS = st.sampled_from(
    ["Mario", "ROSSI", "Luca", "dott.", ",", "-", "McDonald", "o'neil", "M.", "sig.ra"]
)


@settings(max_examples=300)
@given(
    st.lists(_WORDS, max_size=5, unique=True).map(" ".join) | st.text(),
    st.sampled_from(["IT", "US", ""]),
)
@example("0/0A µ", "IT")
def test_a_standard_name_is_its_own_standard(text, country):
    name = standardise(full=text, country=country)
    again = standardise(
        prefix=name.prefix,
        given=name.given,
        middle=name.middle,
        family=name.family,
        suffix=name.suffix,
        country=country,
    )
    if name.given and name.family:
        # A nickname and a name by marriage have no column to come back in.
        kept = replace(name, nickname=None, other_family=None, given_forms=again.given_forms)
        assert again == kept
