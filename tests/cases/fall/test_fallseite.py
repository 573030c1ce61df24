"""The case page: one next step, nothing that leads to a refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.fall.views.schritte import order_schritte
from cases.models import Case, Frist
from cases.registry.schritt import Hindernis, Schritt
from cases.states.rolle import Rolle
from tests import uhr
from tests.fabriken import make_fall, make_user

FEST = (Hindernis("Es fehlt etwas."),)


def test_the_first_open_main_step_is_next():
    folge = order_schritte(
        [
            Schritt("Weiterleiten", "/w/"),
            Schritt("Zu", "/z/", hindernisse=FEST, haupt=True),
            Schritt("Bedarf", "/b/", haupt=True),
            Schritt("Plan", "/p/", haupt=True),
        ]
    )
    assert folge.naechster == Schritt("Bedarf", "/b/", haupt=True)
    assert folge.weitere == (Schritt("Weiterleiten", "/w/"), Schritt("Plan", "/p/"))
    assert [s.titel for s in folge.verschlossen] == ["Zu"]


def test_what_ends_the_case_is_never_next():
    ende = Schritt("Fall beenden", "/e/", haupt=True, gefahr=True)
    folge = order_schritte([ende])
    assert folge.naechster is None
    assert [s.titel for s in folge.endend] == ["Fall beenden"]


@pytest.mark.django_db
def test_new_case_offers_zustaendigkeit_first(client, fallmanager):
    case = make_fall(fallmanager, eingang=uhr.HEUTE)
    client.force_login(fallmanager)
    folge = client.get(reverse("fall", args=[case.pk])).context["schritte"]
    assert folge.naechster.titel == "Zuständigkeit feststellen"
    assert [s.titel for s in folge.weitere] == ["Antrag weiterleiten"]


@pytest.mark.django_db
@pytest.mark.parametrize(("tage", "draengt"), [(0, True), (-30, False)])
def test_page_does_not_say_that_nothing_is_to_be_done_while_a_frist_presses(
    client, fallmanager, tage, draengt
):
    case = make_fall(fallmanager)
    Case.objects.filter(pk=case.pk).update(state="leistung_laeuft")
    Frist.objects.filter(case=case).update(wiedervorlage=uhr.HEUTE - timedelta(days=tage))
    client.force_login(fallmanager)
    antwort = client.get(reverse("fall", args=[case.pk]))
    assert antwort.context["schritte"].naechster is None
    text = antwort.content.decode()
    assert ("Was noch zu tun ist" in text) is draengt
    assert not (draengt and "Zurzeit muss nichts geschehen" in text)


@pytest.mark.django_db
def test_revision_gets_no_link_that_is_refused(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(make_user("revision", Rolle.REVISION))
    for seite in ("fall", "fall_fristen"):
        text = client.get(reverse(seite, args=[case.pk])).content.decode()
        for name in ("person", "anschrift_neu", "wiedervorlage_neu"):
            assert reverse(name, args=[case.pk]) not in text


@pytest.mark.django_db
def test_step_in_the_wrong_state_leads_back_with_a_reason(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    response = client.get(reverse("fortfuehren", args=[case.pk]), follow=True)
    assert response.redirect_chain == [(reverse("fall", args=[case.pk]), 302)]
    assert "„Überprüfung abschließen“ ist im Zustand „Antrag eingegangen“ nicht möglich" in (
        response.content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rolle", "ziel"),
    [
        (Rolle.KASSE, "auszahlungen"),
        (Rolle.REVISION, "faelle"),
        (Rolle.DATENSCHUTZ, "datenschutz"),
    ],
)
def test_role_without_cases_of_its_own_has_no_empty_desk(client, behoerde, rolle, ziel):
    client.force_login(make_user("wer", rolle))
    response = client.get(reverse("start"), follow=True)
    menue = response.context["menue"]
    titel = [eintrag["titel"] for gruppe in menue for eintrag in gruppe["eintraege"]]
    assert "Mein Tag" not in titel
    assert response.redirect_chain == [(reverse(ziel), 302)]
