import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards.organizations import has_legal_form, standardise


@pytest.mark.parametrize(
    ("written", "name", "compared", "form"),
    [
        ("ACME SRL", "Acme S.r.l.", "acme", "S.r.l."),
        ("Acme S.r.l.", "Acme S.r.l.", "acme", "S.r.l."),
        ("Acme S.R.L", "Acme S.r.l.", "acme", "S.r.l."),
        ("acme s r l", "Acme S.r.l.", "acme", "S.r.l."),
        ("acme s. r. l.", "Acme S.r.l.", "acme", "S.r.l."),
        ("Acme Società a responsabilità limitata", "Acme S.r.l.", "acme", "S.r.l."),
        ("ACME SOCIETA' A RESPONSABILITA' LIMITATA", "Acme S.r.l.", "acme", "S.r.l."),
        ("Gamma S.r.l.s.", "Gamma S.r.l.s.", "gamma", "S.r.l.s."),
        ("Delta srl in liquidazione", "Delta S.r.l.", "delta", "S.r.l."),
        ("Alfa S.p.A. Unipersonale", "Alfa S.p.A.", "alfa", "S.p.A."),
        ("Beta Società per Azioni", "Beta S.p.A.", "beta", "S.p.A."),
        ("Rossi S.n.c. di Rossi Mario & C.", "Rossi S.n.c. di Rossi Mario & C.", "rossi", "S.n.c."),
        (
            "Bar Blu di Bianchi L. & C. S.a.s.",
            "Bar Blu di Bianchi L. & C. S.a.s.",
            "bar blu",
            "S.a.s.",
        ),
        ("Alba Soc. Coop. a r.l.", "Alba Soc. Coop.", "alba", "Soc. Coop."),
        ("ALBA COOPERATIVA", "Alba Soc. Coop.", "alba", "Soc. Coop."),
        ("Alba Coop.", "Alba Soc. Coop.", "alba", "Soc. Coop."),
        ("Alba S.C.", "Alba Soc. Coop.", "alba", "Soc. Coop."),
        ("Hamburger SC", "Hamburger SC", "hamburger sc", None),
        ("Coop Lombardia", "Coop Lombardia", "cooperativa lombardia", None),
        ("A.S.D. Virtus", "Virtus A.S.D.", "virtus", "A.S.D."),
        ("SNC ROSSI", "Rossi S.n.c.", "rossi", "S.n.c."),
        ("F.LLI ROSSI SNC", "Fratelli Rossi S.n.c.", "fratelli rossi", "S.n.c."),
        ("F.lli Rossi", "Fratelli Rossi", "fratelli rossi", None),
        ("SPA Benessere", "SPA Benessere", "spa benessere", None),
        ("Hotel Terme & SPA", "Hotel Terme & SPA", "hotel terme e spa", None),
        ("Acme S.r.l. - Filiale di Milano", "Acme S.r.l. - Filiale di Milano", "acme", "S.r.l."),
        ("Müller GmbH & Co. KG", "Müller GmbH & Co. KG", "muller", "GmbH & Co. KG"),
        ("Smith & Sons Ltd", "Smith & Sons Ltd", "smith e sons", "Ltd"),
        ("Smith and Sons Limited", "Smith and Sons Ltd", "smith e sons", "Ltd"),
        ("Foo, Inc.", "Foo Inc", "foo", "Inc"),
        ("Foo L.L.C.", "Foo LLC", "foo", "LLC"),
        ("Novartis AG", "Novartis AG", "novartis", "AG"),
        ("Philips N.V.", "Philips NV", "philips", "NV"),
        ("Kowalski Sp. z o.o.", "Kowalski Sp. z o.o.", "kowalski", "Sp. z o.o."),
        ("Dupont SARL", "Dupont SARL", "dupont", "SARL"),
        ("A.B.C. Trasporti srl", "A.B.C. Trasporti S.r.l.", "abc trasporti", "S.r.l."),
        ("TRASPORTI D'AMICO SRL", "Trasporti D'Amico S.r.l.", "trasporti damico", "S.r.l."),
        ("COMUNE DI MILANO", "Comune di Milano", "comune di milano", None),
        ("Az. Agr. Bruni", "Az. Agr. Bruni", "azienda agricola bruni", None),
        ("Rossi Srl.", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi s.r.l. unipersonale", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi srl con socio unico", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi Srl - Società Unipersonale", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi Società a Resp. Limitata", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi Soc. a r.l.", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi S.r.l. Società Benefit", "Rossi S.r.l.", "rossi", "S.r.l."),
        ("Rossi Srl Semplificata", "Rossi S.r.l.s.", "rossi", "S.r.l.s."),
        (
            "Il Sorriso Soc. Coop. Sociale ONLUS",
            "Il Sorriso Soc. Coop. Soc.",
            "il sorriso",
            "Soc. Coop. Soc.",
        ),
        (
            "Coop. Sociale Il Sorriso a r.l.",
            "Il Sorriso Soc. Coop. Soc.",
            "il sorriso",
            "Soc. Coop. Soc.",
        ),
        (
            "Il Sorriso Soc. Coop. a r.l. Onlus",
            "Il Sorriso Soc. Coop. Onlus",
            "il sorriso",
            "Soc. Coop. Onlus",
        ),
        ("Soc. Agr. Bruni s.s.", "Soc. Agr. Bruni S.s.", "soc agricola bruni", "S.s."),
        ("S.p.A. Bianchi", "Bianchi S.p.A.", "bianchi", "S.p.A."),
        ("S.a.s. Bianchi", "Bianchi S.a.s.", "bianchi", "S.a.s."),
        ("Bianchi Mario & C. S.A.S.", "Bianchi Mario & C. S.a.s.", "bianchi mario", "S.a.s."),
        ("Bar Blu s.n.c. di Rossi & Verdi", "Bar Blu S.n.c. di Rossi & Verdi", "bar blu", "S.n.c."),
        (
            "Fratelli Bianchi e C. s.n.c.",
            "Fratelli Bianchi e C. S.n.c.",
            "fratelli bianchi",
            "S.n.c.",
        ),
        (
            "Rossi Mario Ditta Individuale",
            "Rossi Mario Ditta individuale",
            "rossi mario",
            "Ditta individuale",
        ),
        (
            "Impresa Individuale Rossi Mario",
            "Rossi Mario Ditta individuale",
            "rossi mario",
            "Ditta individuale",
        ),
        (
            "Studio Associato Rossi & Verdi",
            "Studio Associato Rossi & Verdi",
            "studio associato rossi e verdi",
            None,
        ),
        (
            "Studio Associato Rossi e Verdi",
            "Studio Associato Rossi e Verdi",
            "studio associato rossi e verdi",
            None,
        ),
        ("Centro Benessere SPA", "Centro Benessere SPA", "centro benessere spa", None),
        ("La Spa", "La Spa", "la spa", None),
        ("Spa del Sole S.r.l.", "Spa del Sole S.r.l.", "spa del sole", "S.r.l."),
        ("Terme di Saturnia S.p.A.", "Terme di Saturnia S.p.A.", "terme di saturnia", "S.p.A."),
        (
            "COMUNE DI REGGIO NELL'EMILIA",
            "Comune di Reggio nell'Emilia",
            "comune di reggio nellemilia",
            None,
        ),
        ('"Acme" S.r.l.', "Acme S.r.l.", "acme", "S.r.l."),
        ("«Acme» srl", "Acme S.r.l.", "acme", "S.r.l."),
        ("Acme Srl / Filiale Roma", "Acme S.r.l. - Filiale Roma", "acme", "S.r.l."),
        ("Acme S.r.l. (Milano)", "Acme S.r.l. - Milano", "acme", "S.r.l."),
        ("Auto-scuola Rossi", "Auto-scuola Rossi", "autoscuola rossi", None),
        ("Rossi-Bianchi srl", "Rossi-Bianchi S.r.l.", "rossi bianchi", "S.r.l."),
        ("4 Ruote S.n.c.", "4 Ruote S.n.c.", "4 ruote", "S.n.c."),
        ("I.N.P.S.", "I.N.P.S.", "inps", None),
        ("Bosch Ges.m.b.H.", "Bosch GmbH", "bosch", "GmbH"),
        ("Muster GmbH u. Co. KG", "Muster GmbH & Co. KG", "muster", "GmbH & Co. KG"),
        ("Deutsche Bank Aktiengesellschaft", "Deutsche Bank AG", "deutsche bank", "AG"),
        ("L'Oréal S.A.", "L'Oréal SA", "loreal", "SA"),
        ("ACME CO., LTD.", "Acme Ltd", "acme", "Ltd"),
        ("PLC Acme", "Acme PLC", "acme", "PLC"),
        ("Acme P.L.C.", "Acme PLC", "acme", "PLC"),
        ("Construcciones Pérez, S.L.", "Construcciones Pérez S.L.", "construcciones perez", "S.L."),
        ("Novo Nordisk A/S", "Novo Nordisk A/S", "novo nordisk", "A/S"),
        ("Škoda a.s.", "Škoda a.s.", "skoda", "a.s."),
        ("Novák s.r.o.", "Novák s.r.o.", "novak", "s.r.o."),
        ("ООО Ромашка", "Ромашка OOO", "romashka", "OOO"),
        ("株式会社トヨタ", "トヨタ K.K.", "toyota", "K.K."),
        ("Rossi™ Italia", "Rossi™ Italia", "rossi italia", None),
        ("SAS Institute", "SAS Institute", "sas institute", None),
        ("srl", "SRL", "srl", None),
        ("n/a", None, None, None),
    ],
)
def test_a_firm_s_name_and_its_legal_form(written, name, compared, form):
    standard = standardise(written)
    assert (standard.name, standard.key, standard.legal_form) == (name, compared, form)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Delta srl in liquidazione", "in liquidazione"),
        ("DELTA S.P.A. (IN LIQUIDAZIONE)", "in liquidazione"),
        ("Delta srl in liq.", "in liq"),
        ("Delta srl in concordato preventivo", "in concordato preventivo"),
        ("Delta srl", None),
        ("Liquidazione Rossi", None),
    ],
)
def test_the_state_of_a_firm_is_kept(written, state):
    assert standardise(written).state == state


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Klein, Daniel and Lubowitz", "Klein, Lubowitz & Daniel"),
        ("Rossi & Bianchi S.n.c.", "Bianchi e Rossi snc"),
        ("Autofficina Rossi Mario", "ROSSI MARIO AUTOFFICINA"),
        ("Studio Rossi, Verdi e Neri", "Studio Neri Rossi Verdi"),
    ],
)
def test_the_same_words_in_another_place_are_the_same(one, other):
    assert standardise(one).same_as == standardise(other).same_as


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme Srl", True),
        ("Mario Rossi", False),
        ("SPA Benessere", False),
        ("Joao de Sa", False),
        (None, False),
    ],
)
def test_a_legal_form_shows_a_firm(text, found):
    assert has_legal_form(text) is found


_WORDS = st.sampled_from(
    [
        "Acme",
        "SRL",
        "S.p.A.",
        "di",
        "Rossi",
        "&",
        "C.",
        "F.lli",
        "GmbH",
        "Co.",
        "KG",
        "in",
        "liquidazione",
        "-",
        "(",
        ")",
        "A.B.",
        "srl,",
        "e",
        "Ltd",
    ]
)


@given(st.lists(_WORDS, max_size=6).map(" ".join) | st.text())
def test_any_text_has_a_key_or_no_name(text):
    standard = standardise(text)
    assert (standard.name is None) == (standard.key is None)


@pytest.mark.parametrize(
    "written",
    [
        "ACME SRL",
        "Rossi S.n.c. di Rossi Mario & C.",
        "Acme S.r.l. - Filiale di Milano",
        "A.S.D. Virtus",
        "F.LLI ROSSI",
    ],
)
def test_a_standard_firm_is_its_own_standard(written):
    standard = standardise(written)
    assert standardise(standard.name) == standard
