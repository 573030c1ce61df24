"""A new installation: what is missing is said in a sentence, and one command enters it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cases.models import Behoerde, Entwurf, Leistungstraeger
from cases.states.rolle import Rolle
from tests.cases.grund.test_formular import EINGABE, token_of
from tests.fabriken import make_fall, make_fallmanager, make_user

pytestmark = pytest.mark.django_db

ANGABEN = {
    "name": "Landkreis Probe",
    "amt": "Sozialamt",
    "strasse": "Markt 1",
    "plz": "70999",
    "ort": "Probe",
    "telefon": "0799 1",
    "email": "post@probe.example",
    "zugang": "post@probe.example",
    "land": "BW",
    "traeger": "Träger der Eingliederungshilfe",
}


def _argumente(**felder: str) -> list[str]:
    return [f"--{name}={wert}" for name, wert in (ANGABEN | felder).items()]


def test_pages_without_authority_say_what_is_missing(client, fallmanager):
    case = make_fall(fallmanager)
    client.force_login(fallmanager)
    Behoerde.objects.all().delete()
    response = client.get(reverse("bedarf_neu", args=[case.pk]))
    assert response.status_code == 503
    assert "manage.py behoerde" in response.text
    assert response["Cache-Control"] == "no-store, private"


def test_typed_text_survives_the_missing_authority(client):
    fm = make_fallmanager()
    client.force_login(fm)
    seite = client.post(reverse("antrag_aufnehmen"), {"aus_suche": "1"})
    daten = {**EINGABE, "caseworker": fm.pk, "vorgang": token_of(seite.text)}
    assert client.post(reverse("antrag_aufnehmen"), daten).status_code == 503
    assert "Assistenz beim Wohnen" in Entwurf.objects.get(user=fm).daten


@pytest.mark.parametrize("rolle", list(Rolle))
def test_first_page_of_every_role_answers_without_authority(client, rolle):
    client.force_login(make_user("jemand", rolle))
    assert client.get("/", follow=True).status_code in {200, 503}


def test_command_enters_the_authority_once_and_changes_it_later():
    with pytest.raises(CommandError, match="noch keine Behörde"):
        call_command("behoerde")
    call_command("behoerde", *_argumente(), stdout=StringIO())
    call_command("behoerde", "--telefon=0799 2", stdout=StringIO())
    behoerde = Behoerde.objects.get()
    assert (behoerde.name, behoerde.telefon) == ("Landkreis Probe", "0799 2")
    assert behoerde.bezeichnung_bis_2019 == "Örtlicher Träger der Sozialhilfe"
    assert Leistungstraeger.objects.get().eigener


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"land": "XX"}, "--land muss eines von"),
        ({"email": "kein-at"}, "--email"),
        ({"amt": ""}, "--amt"),
    ],
)
def test_command_names_the_wrong_argument(felder, satz):
    with pytest.raises(CommandError, match=satz):
        call_command("behoerde", *_argumente(**felder))
    assert Behoerde.objects.count() == 0
