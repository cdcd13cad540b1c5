import pytest

from unify.standards.owners import named


@pytest.mark.parametrize(
    ("firm", "person"),
    [
        ("Rossi Mario Ditta Individuale", "Mario Rossi"),
        ("Ditta Individuale De Luca Anna", "Anna De Luca"),
        ("Ditta Rossi Mario", "Mario Rossi"),
        ("Impresa individuale D'Amico Luca", "Luca D'Amico"),
        ("Autofficina Rossi Mario", "Mario Rossi"),
        ("Bar Blu di Rossi Mario & C. S.n.c.", "Mario Rossi"),
        ("Rossi S.n.c. di Rossi Mario & C.", "Mario Rossi"),
        ("Bar Centrale di Bianchi L. & C.", "L. Bianchi"),
        ("Studio Legale Avv. Rossi Mario", "Mario Rossi"),
        ("Studio Dott.ssa Anna Neri", "Anna Neri"),
        ("Mario Rossi & Figli", "Mario Rossi"),
        ("John Smith Ltd", "John Smith"),
        ("Trattoria Da Mario", None),
        ("Comune di Milano", None),
        ("Hotel San Marco", None),
        ("Ferramenta Rosa Maria", None),
        ("Ditta Fratelli Rossi", None),
        ("Farmacia Dott. Verdi", None),
        ("F.lli Bianchi di Bianchi Luca e Marco S.n.c.", None),
        ("Acme S.r.l.", None),
        ("La Rosa S.r.l.", None),
        ("Bar Sport", None),
        ("n/a", None),
        (None, None),
    ],
)
def test_a_firm_names_its_owner(firm, person):
    found = named(firm, "IT")
    assert (found.full if found else None) == person
