"""Unusual reading: the alert fires at M+1 different cases in an hour, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from cases.access import STOPP_FACH
from cases.models import (
    Auffaelligkeit,
    EigenerWert,
    Lesezugriff,
    Listenabruf,
    Zugangsmeldung,
    Zugriffsverweigerung,
)
from cases.models.wertschluessel import ZUGANG_VORGABEN
from cases.queries.zugangsgrenze import grenze
from cases.registry.routen import ROUTES
from cases.services.auffaelligkeit import note_listenabruf
from cases.states.zugang import Abrufart
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


def test_far_too_many_cases_are_stopped_and_those_open_stay_open(client, fallmanager, uhr, drei):
    """N+1 gets 429 and is no reading; danger still opens the door."""
    faelle = [make_fall(fallmanager) for _ in range(3 * STOPP_FACH + 1)]
    client.force_login(fallmanager)
    lies(client, faelle[:-1])
    answer = client.get(reverse("fall", args=[faelle[-1].pk]))
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert faelle[-1].leistungsberechtigte_person.nachname not in answer.text
    assert not Lesezugriff.objects.filter(case=faelle[-1]).exists()
    assert Zugriffsverweigerung.objects.filter(case_id_angefragt=faelle[-1].pk).count() == 1
    lies(client, faelle[:3])
    uhr.move_to(JETZT + timedelta(minutes=61))
    client.logout()
    client.force_login(fallmanager)
    lies(client, faelle[-1:])


@pytest.mark.parametrize(
    ("seite", "schluessel", "art"),
    [
        ("suche", "zugang.suchen_je_stunde", Abrufart.SUCHE),
        ("faelle_tabelle", "zugang.ausfuhren_je_stunde", Abrufart.AUSFUHR),
        ("fristen_tabelle", "zugang.ausfuhren_je_stunde", Abrufart.AUSFUHR),
    ],
)
def test_searches_and_files_are_braked_and_reported(
    client, fallmanager, datenschutz, uhr, monkeypatch, seite, schluessel, art
):
    monkeypatch.setitem(ZUGANG_VORGABEN, schluessel, 2)
    client.force_login(fallmanager)
    make_fall(fallmanager)
    for _ in range(2):
        note_listenabruf(by=fallmanager, route=seite, art=art, faelle=[])
    url = reverse(seite, args=[] if seite == "suche" else ["csv"])
    assert client.get(url).status_code == 429
    row = Auffaelligkeit.objects.get()
    assert (row.user, row.anzahl, row.grenze) == (fallmanager, 3, 2)
    assert Zugangsmeldung.objects.get().user == datenschutz
    assert client.get(reverse("start")).status_code == 200
    assert Listenabruf.objects.filter(art=art).count() == 2


def test_scrolling_through_the_list_of_cases_is_braked(client, fallmanager, uhr, monkeypatch):
    monkeypatch.setitem(ZUGANG_VORGABEN, "zugang.personen_je_stunde", 2)
    client.force_login(fallmanager)
    zeige = range(1, 2 * STOPP_FACH + 1)
    note_listenabruf(by=fallmanager, route="faelle", art=Abrufart.LISTE, faelle=zeige)
    note_listenabruf(by=fallmanager, route="faelle", art=Abrufart.LISTE, faelle=zeige)
    assert client.get(reverse("faelle")).status_code == 200
    note_listenabruf(by=fallmanager, route="faelle", art=Abrufart.LISTE, faelle=[9_999])
    assert client.get(reverse("faelle")).status_code == 429


def test_every_page_that_hands_out_a_file_is_braked():
    """A new export is braked by itself; the pages of lists and of the search say so."""
    assert get_resolver().url_patterns
    dateien = {name for name, row in ROUTES.items() if row.abruf == Abrufart.AUSFUHR}
    assert dateien >= {"faelle_tabelle", "fristen_tabelle", "verzeichnis_tabelle"}
    assert all(row.abruf for row in ROUTES.values() if row.bestaetigt and not row.schreibt)
    assert {ROUTES["suche"].abruf, ROUTES["faelle"].abruf} == {Abrufart.SUCHE, Abrufart.LISTE}
