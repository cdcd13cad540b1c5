import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards.emails import standardise


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("Mario.Rossi@Ditta.IT ", ["mario.rossi@ditta.it"]),
        ("Mario <m@x.it>", ["m@x.it"]),
        ("mailto:a@ditta.it", ["a@ditta.it"]),
        ("E-mail: a@ditta.it", ["a@ditta.it"]),
        ("a@ditta.it; b@ditta.it", ["a@ditta.it", "b@ditta.it"]),
        ("a@ditta.it,a@ditta.it", ["a@ditta.it"]),
        ("a@ditta.it/b@ditta.it", ["a@ditta.it", "b@ditta.it"]),
        ("<a@ditta.it>, 'b@ditta.it'", ["a@ditta.it", "b@ditta.it"]),
        ("mario @ ditta.it", ["mario@ditta.it"]),
        ("a@ditta.it.", ["a@ditta.it"]),
        ("a@example.com", ["a@example.com"]),
        ("test@test.com", []),
        ("nome@email.it", []),
        ("mario@", []),
        ("@ditta.it", []),
        ("mario@rossi@it", []),
        ("mario.rossi", []),
        ("n/a", []),
    ],
)
def test_every_address_of_a_cell_is_found(written, values):
    assert [email.value for email in standardise(written)] == values


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mario.Rossi@gmail.com", "mariorossi@googlemail.com"),
        ("mario+spesa@gmail.com", "m.ario@gmail.com"),
        ("MARIO@ditta.it", "mario@ditta.it"),
    ],
)
def test_two_spellings_of_one_mailbox_are_the_same(one, other):
    assert standardise(one)[0].same_as == standardise(other)[0].same_as


def test_only_google_ignores_stops():
    assert standardise("m.rossi@libero.it")[0].same_as != standardise("mrossi@libero.it")[0].same_as


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("mario@ditta.it", True),
        ("a@sub.test", True),
        ("niccolò@ditta.it", True),
        ("mario.rossi@libero", False),
        ("mario@ditta..it", False),
        (".mario@ditta.it", True),  # a stop beside the address is no part of it
        ("mario..rossi@ditta.it", False),
    ],
)
def test_an_address_that_cannot_be_is_kept_and_marked(written, valid):
    assert [email.valid for email in standardise(written)] == [valid]


@pytest.mark.parametrize(
    ("written", "role", "free", "pec"),
    [
        ("info@ditta.it", True, False, False),
        ("vendite2@ditta.it", True, False, False),
        ("mario@libero.it", False, True, False),
        ("mario@pec.ditta.it", False, False, True),
        ("ditta@legalmail.it", False, False, True),
        ("m.rossi@ditta.it", False, False, False),
    ],
)
def test_an_address_says_what_it_is(written, role, free, pec):
    email = standardise(written)[0]
    assert (email.role, email.free_provider, email.pec) == (role, free, pec)


@given(st.emails() | st.text("ab@.<>; ,mailto:'", max_size=30) | st.text())
def test_a_standard_address_is_its_own_standard(text):
    for email in standardise(text):
        assert standardise(email.value) == (email,)
