"""Unusual reading: the alert fires at M+1 different cases in an hour, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Auffaelligkeit, EigenerWert, Listenabruf, Zugangsmeldung
from cases.models.eigener_wert import ZUGANG_VORGABEN
from cases.zugang.queries.zugang import grenze
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import make_fall, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def drei(monkeypatch):
    """The built-in limit is three cases."""
    monkeypatch.setitem(ZUGANG_VORGABEN, "zugang.faelle_je_stunde", 3)


def lies(client, faelle):
    for case in faelle:
        assert client.get(reverse("fall", args=[case.pk])).status_code == 200


def test_alert_fires_at_the_fourth_case_and_once(client, fallmanager, datenschutz, drei, uhr):
    faelle = [make_fall(fallmanager) for _ in range(5)]
    client.force_login(fallmanager)
    lies(client, [*faelle[:3], *faelle[:3]])
    assert Auffaelligkeit.objects.count() == 0
    lies(client, faelle[3:])
    row = Auffaelligkeit.objects.get()
    assert (row.user, row.anzahl, row.grenze) == (fallmanager, 4, 3)
    assert Zugangsmeldung.objects.get().user == datenschutz


def test_hour_moves_with_the_clock(client, fallmanager, drei, uhr):
    faelle = [make_fall(fallmanager) for _ in range(4)]
    client.force_login(fallmanager)
    lies(client, faelle[:3])
    uhr.move_to(JETZT + timedelta(hours=1))
    client.logout()
    client.force_login(fallmanager)
    lies(client, faelle[3:])
    assert Auffaelligkeit.objects.count() == 0


def test_authority_sets_the_limit_from_a_day_on(client, fallmanager, uhr):
    werte = {"schluessel": "zugang.faelle_je_stunde", "zahl": 1, "begruendung": "Verfügung"}
    EigenerWert.objects.create(
        **werte,
        gueltig_ab=JETZT.date(),
        state="freigegeben",
        vorgeschlagen_von=make_user("a", "Fachadministration"),
        vorgeschlagen_am=JETZT.date(),
        freigegeben_von=make_user("b", "Fachadministration"),
        freigegeben_am=JETZT.date(),
    )
    assert grenze("zugang.faelle_je_stunde", JETZT.date() - timedelta(days=1)) == 40
    assert grenze("zugang.faelle_je_stunde", JETZT.date()) == 1
    client.force_login(fallmanager)
    lies(client, [make_fall(fallmanager), make_fall(fallmanager)])
    assert Auffaelligkeit.objects.get().grenze == 1


def test_datenschutz_settles_an_alert(client, fallmanager, datenschutz):
    row = Auffaelligkeit.objects.create(user=fallmanager, zeit=JETZT, anzahl=41, grenze=40)
    client.force_login(datenschutz)
    assert "41" in client.get(reverse("datenschutz")).text
    url = reverse("auffaelligkeit", args=[row.pk])
    client.post(url, {"bemerkung": "Übergabe von Fällen, abgesprochen"})
    row.refresh_from_db()
    assert (row.geprueft_von, row.bemerkung) == (
        datenschutz,
        "Übergabe von Fällen, abgesprochen",
    )


def test_lists_and_searches_are_noted_as_numbers(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    client.get(reverse("faelle"))
    client.post(
        reverse("suche"), {"suchtext": case.leistungsberechtigte_person.nachname}, follow=True
    )
    client.post(reverse("suche"), {"suchtext": "Gibtesnicht"}, follow=True)
    assert list(Listenabruf.objects.order_by("id").values_list("route", "anzahl")) == [
        ("faelle", 1),
        ("suche", 1),
        ("suche", 0),
    ]
