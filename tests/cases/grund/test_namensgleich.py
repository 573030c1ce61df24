"""Two accounts of one human being are one pair of eyes, however the name is written."""

from __future__ import annotations

import pytest

from cases.guards import konten_der_person
from cases.models import Kontoaenderung, User
from cases.states.rolle import Rolle
from cases.states.zugang import Kontovorgang
from cases.zugang.queries.konto import same_name
from tests import uhr
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db


def named(username: str, vorname: str, nachname: str) -> User:
    """Return an account of this name."""
    user = make_user(username, Rolle.LEITUNG)
    User.objects.filter(pk=user.pk).update(first_name=vorname, last_name=nachname)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("vorname", "nachname"),
    [
        ("Anna-Lena", "Müller"),
        ("anna-lena", "MÜLLER"),
        ("Anna Lena", "Mueller"),
        ("Annalena", "Müller"),
        ("Anna-Lena ", " Mu\u0308ller"),
        ("Anna\u00a0Lena", "Müller\u200b"),
        ("Müller", "Anna-Lena"),
        ("\u0410nna-Lena", "Müller"),
    ],
)
def test_same_name_in_another_spelling_is_the_same_person(vorname, nachname):
    erste, zweite = named("erste", "Anna-Lena", "Müller"), named("zweite", vorname, nachname)
    assert konten_der_person(erste) == konten_der_person(zweite) == {erste.pk, zweite.pk}
    if not vorname.startswith("Müller"):
        assert erste in same_name(vorname, nachname)


@pytest.mark.parametrize(
    ("vorname", "nachname"), [("Anna", "Müller"), ("Anna-Lena", "Miller"), ("", "")]
)
def test_another_name_is_another_person(vorname, nachname):
    erste, zweite = named("erste", "Anna-Lena", "Müller"), named("zweite", vorname, nachname)
    assert konten_der_person(erste) == {erste.pk}
    assert konten_der_person(zweite) == {zweite.pk}


def test_name_of_before_counts_in_every_spelling():
    erste, zweite = named("erste", "Anna-Lena", "Müller"), named("zweite", "Tina", "Neu")
    Kontoaenderung.objects.create(
        konto=zweite,
        art=Kontovorgang.ANGABEN,
        wert="Annalena Mueller",
        veranlasst_von=erste,
        veranlasst_am=uhr.JETZT,
        state="wirksam",
    )
    assert konten_der_person(erste) == {erste.pk, zweite.pk}
