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
        ("SAS Institute", "SAS Institute", "sas institute", None),
        ("srl", "SRL", "srl", None),
        ("n/a", None, None, None),
    ],
)
def test_a_firm_s_name_and_its_legal_form(written, name, compared, form):
    standard = standardise(written)
    assert (standard.name, standard.key, standard.legal_form) == (name, compared, form)


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
