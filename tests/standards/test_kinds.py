import pytest

from unify.standards.kinds import decide

NOTHING = {
    "written_kind": None,
    "full": None,
    "given": None,
    "family": None,
    "organization": None,
    "tax_id_is_person": None,
    "vat_valid": False,
    "birth_date": None,
}


@pytest.mark.parametrize(
    ("full", "kind"),
    [
        ("Mario Rossi", "person"),
        ("ROSSI MARIO", "person"),
        ("De Luca Anna", "person"),
        ("John Smith", "person"),
        ("Dott. Xu Li", "person"),
        ("Anna Villa", "person"),
        ("Acme Srl", "organization"),
        ("Studio Rossi", "organization"),
        ("Studio Legale Avv. Mario Rossi", "organization"),
        ("Officine Bianchi", "organization"),
        ("Hotel Miramare", "organization"),
        ("Comune di Milano", "organization"),
        ("F.lli Verdi", "organization"),
        ("Autofficina Rossi Mario", "organization"),
        ("Rossi Mario Ditta Individuale", "organization"),
        ("Mario Bianco e C.", "organization"),
        ("Smith & Sons", "organization"),
        ("Università di Pisa", "organization"),
    ],
)
def test_a_name_in_one_column_tells_the_kind(full, kind):
    assert decide(**NOTHING | {"full": full}).kind == kind


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        ({"given": "Mario", "family": "Rossi", "organization": "Acme srl"}, "person"),
        ({"organization": "Acme"}, "organization"),
        ({"written_kind": "Azienda", "full": "Mario Rossi"}, "organization"),
        ({"written_kind": "Privato", "full": "Officine Bianchi"}, "person"),
        ({"written_kind": "B2B", "given": "Mario", "family": "Rossi"}, "person"),
        ({"written_kind": "B2B", "full": "Rossi"}, "organization"),
        ({"full": "Xyzzy", "tax_id_is_person": True}, "person"),
        ({"full": "Xyzzy", "tax_id_is_person": False}, "organization"),
        ({"full": "Xyzzy", "vat_valid": True}, "organization"),
        ({"full": "Xyzzy", "birth_date": "1975-03-12"}, "person"),
        ({"full": "Acme Srl", "written_kind": "Persona"}, "organization"),
    ],
)
def test_the_strongest_evidence_decides(evidence, kind):
    assert decide(**NOTHING | evidence).kind == kind


def test_a_guess_is_less_certain_than_a_legal_form():
    guess, sure = (decide(**NOTHING | {"full": full}) for full in ("Barilla", "Barilla S.p.A."))
    assert guess.certainty < 0.6 < sure.certainty
