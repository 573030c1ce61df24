"""The notice of Art. 13 and 14 DSGVO: missing at the case until it has left the house."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.einwilligung.schreiben import SCHREIBENARTEN
from cases.models import Schreiben, Versand
from cases.queries.datenschutzhinweis import ART, hinweise_of, is_informed
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.versand import record_aufgabe, send
from recht.datenschutzhinweis import datenschutzhinweis
from tests import uhr
from tests.cases.schreiben.pruefer import text_of
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db
FEHLT = "Es fehlt noch: Information zum Datenschutz"
HINWEIS = next(art for art in SCHREIBENARTEN if art.schluessel == ART)


@pytest.fixture
def case(behoerde, fallmanager):
    type(behoerde).objects.update(
        datenschutzbeauftragte="Dora Schutz, Schlossplatz 1, 70999 Musterau",
        aufsichtsbehoerde="Landesbeauftragte, Postfach 1, 70000 Musterstadt",
    )
    return make_fall(fallmanager)


def freeze(client, case) -> Schreiben:
    """Write the letter on its pages: the preview first, then the button."""
    assert client.get(reverse("schreiben_vorschau", args=[case.pk, ART])).status_code == 200
    antwort = client.post(reverse("schreiben_verfassen", args=[case.pk, ART]), {"vorgang": ""})
    assert antwort.status_code == 302
    return Schreiben.objects.get(case=case, art=ART)


def test_case_says_what_is_missing_until_the_letter_has_left(client, case, fallmanager):
    client.force_login(fallmanager)
    seite = client.get(reverse("fall", args=[case.pk])).text
    assert FEHLT in seite
    assert "Art. 13 DSGVO" in seite
    assert reverse("schreiben_verfassen", args=[case.pk, ART]) in seite

    brief = freeze(client, case)
    assert FEHLT in client.get(reverse("fall", args=[case.pk])).text
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=uhr.HEUTE)
    assert not is_informed(case.pk)

    record_aufgabe(versand=versand, aufgabe_am=uhr.HEUTE, by=fallmanager, tag=uhr.HEUTE)
    assert FEHLT not in client.get(reverse("fall", args=[case.pk])).text
    register = client.get(reverse("einwilligungen", args=[case.pk])).text
    assert "Brief, Fassung 2018-1" in register
    assert f"{uhr.HEUTE:%d.%m.%Y}" in register


def test_letter_tells_what_the_law_asks(client, case, fallmanager):
    client.force_login(fallmanager)
    brief = freeze(client, case)
    text = " ".join(text_of(bytes(brief.datei.pdf)).split())
    person = case.leistungsberechtigte_person
    assert person.voller_name in text
    for punkt in datenschutzhinweis(uhr.HEUTE).punkte:
        assert punkt.titel in text
    for wort in (
        "Dora Schutz",
        "Landesbeauftragte",
        "Landkreis Musterau",
        "beschweren",
        "Auskunft verlangen",
        "Fassung des Wortlauts",
    ):
        assert wort in text
    assert brief.daten["fassung"] == "2018-1"


def test_letter_that_was_taken_back_has_told_nobody(case, fallmanager, client):
    client.force_login(fallmanager)
    brief = freeze(client, case)
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=uhr.HEUTE)
    Versand.objects.filter(pk=versand.pk).update(state="zurueckgenommen")
    assert not is_informed(case.pk)
    assert list(hinweise_of(case.pk)) == []


@pytest.mark.parametrize(
    ("tag", "satz"), [(date(2018, 5, 24), "seit dem 25.05.2018"), (date(2018, 5, 25), "")]
)
def test_before_the_law_asked_for_it_the_step_is_closed(case, fallmanager, tag, satz):
    gruende = [g for g in HINWEIS.pruefungen(Schreibanlass(case, tag, fallmanager)) if g]
    assert [satz in grund.text for grund in gruende] == ([True] if satz else [])


@pytest.mark.parametrize("feld", ["datenschutzbeauftragte", "aufsichtsbehoerde"])
def test_without_an_address_to_turn_to_it_is_not_written(case, fallmanager, behoerde, feld):
    type(behoerde).objects.update(**{feld: " "})
    [grund] = [g for g in HINWEIS.pruefungen(Schreibanlass(case, uhr.HEUTE, fallmanager)) if g]
    assert type(behoerde)._meta.get_field(feld).verbose_name in grund.text
    assert grund.norm == "Art. 13 Abs. 1 DSGVO"


def test_other_roles_read_that_it_is_missing_and_write_nothing(client, case, behoerde):
    from cases.states.rolle import Rolle
    from tests.fabriken import make_user

    client.force_login(make_user("pruefung", Rolle.REVISION))
    seite = client.get(reverse("fall", args=[case.pk])).text
    assert FEHLT in seite
    assert reverse("schreiben_verfassen", args=[case.pk, ART]) not in seite
