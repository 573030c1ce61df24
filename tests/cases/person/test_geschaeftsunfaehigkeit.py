"""Geschäftsunfähigkeit of a person: a fact with day and source that changes who gets letters."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from cases.models import LeistungsberechtigtePerson
from cases.person.guards.adressat import adressat_vorhanden, zustellung_am
from tests.fabriken import HEUTE, make_fall
from tests.fabriken import make_person as neue_person

pytestmark = pytest.mark.django_db

SEIT, QUELLE = date(2026, 3, 1), "Gutachten Dr. Probe vom 12.02.2026"


@pytest.fixture
def jugendlich(behoerde) -> LeistungsberechtigtePerson:
    return neue_person(geburtsdatum=date(2010, 5, 5))


def test_youth_of_16_is_addressed_directly_only_with_geschaeftsfaehigkeit(jugendlich):
    assert zustellung_am(jugendlich, HEUTE).an_die_person

    jugendlich.geschaeftsunfaehig_seit, jugendlich.geschaeftsunfaehig_quelle = SEIT, QUELLE
    jugendlich.save()

    zustellung = zustellung_am(jugendlich, HEUTE)
    assert not zustellung.an_die_person
    hindernis = adressat_vorhanden(zustellung, HEUTE)
    assert "keine gesetzliche Vertretung" in hindernis.text
    assert zustellung_am(jugendlich, date(2026, 2, 28)).an_die_person


@pytest.mark.parametrize(
    "felder",
    [
        {"geschaeftsunfaehig_seit": SEIT, "geschaeftsunfaehig_quelle": ""},
        {"geschaeftsunfaehig_seit": None, "geschaeftsunfaehig_quelle": QUELLE},
    ],
)
def test_database_wants_day_and_source_together(jugendlich, felder):
    name = "person_geschaeftsunfaehig_mit_quelle"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        LeistungsberechtigtePerson.objects.filter(pk=jugendlich.pk).update(**felder)


def test_source_is_stored_encrypted(jugendlich):
    jugendlich.geschaeftsunfaehig_seit, jugendlich.geschaeftsunfaehig_quelle = SEIT, QUELLE
    jugendlich.save()

    with connection.cursor() as cursor:
        cursor.execute("SELECT geschaeftsunfaehig_quelle FROM cases_leistungsberechtigteperson")
        [(gespeichert,)] = cursor.fetchall()

    jugendlich.refresh_from_db()
    assert "Probe" not in gespeichert
    assert jugendlich.geschaeftsunfaehig_quelle == QUELLE


@pytest.mark.parametrize(
    ("angaben", "feld"),
    [
        ({"geschaeftsunfaehig_seit": "01.03.2026"}, "geschaeftsunfaehig_quelle"),
        ({"geschaeftsunfaehig_quelle": QUELLE}, "geschaeftsunfaehig_seit"),
        (
            {"geschaeftsunfaehig_seit": "01.03.2099", "geschaeftsunfaehig_quelle": QUELLE},
            "geschaeftsunfaehig_seit",
        ),
        (
            {"geschaeftsunfaehig_seit": "01.03.1900", "geschaeftsunfaehig_quelle": QUELLE},
            "geschaeftsunfaehig_seit",
        ),
        (
            {"geschaeftsunfaehig_seit": "01.03.2026", "geschaeftsunfaehig_quelle": QUELLE},
            "",
        ),
    ],
)
def test_form_names_what_is_missing(client, fallmanager, angaben, feld):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    url = reverse("person", args=[case.pk])
    form = client.get(url).context["form"]
    werte = {name: form[name].value() for name in form.fields}
    daten = {name: wert for name, wert in werte.items() if wert} | angaben
    daten["geburtsdatum"] = "17.04.1985"

    antwort = client.post(url, daten)

    if feld:
        assert list(antwort.context["form"].errors) == [feld]
        assert angaben[next(iter(angaben))] in antwort.content.decode()
        return
    assert antwort.status_code == 302
    seite = client.get(reverse("fall_person", args=[case.pk])).content.decode()
    assert QUELLE in seite
