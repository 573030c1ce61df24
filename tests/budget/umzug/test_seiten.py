"""The pages of a move: what follows beside the form, errors at their field."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Umzug
from cases.models import Auskunftssperre
from tests.budget.folge import geschichte as folge
from tests.budget.umzug import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
JETZT = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
EINGABE = {"gebiet": "ausserhalb", "entscheidung": "unveraendert", "grund": "Gespräch am 28.05."}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(JETZT, tick=False):
        yield


@pytest.fixture
def akte():
    return folge.running()


def _text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_from_the_case_to_the_decision(client, akte):
    client.force_login(akte.fallmanager)
    leer = client.get(reverse("umzuege", args=[akte.case.pk]))
    assert "kein Umzug in ein anderes Gebiet" in _text(leer)
    neu = geschichte.move(akte)
    fall = _text(client.get(reverse("fall", args=[akte.case.pk])))
    assert "Umzug am 15.06.2026" in fall
    url = reverse("umzug_entscheiden", args=[akte.case.pk, neu.pk])
    assert _text(client.get(reverse("start"))).count(url) == 1
    form = _text(client.get(url))
    for teil in ("Wir bleiben zuständig.", "§ 98 Abs. 1 S. 3 SGB IX", "München", "neuen Konto"):
        assert teil in form, teil
    antwort = client.post(url, EINGABE, follow=True)
    assert "es bleibt, wie es ist" in _text(antwort)
    assert "Gespräch am 28.05." in _text(antwort)
    assert client.get(url).status_code == 302
    assert url not in _text(client.get(reverse("start")))
    zurueck = reverse("umzug_zuruecknehmen", args=[akte.case.pk, neu.pk])
    client.post(zurueck, {"text": "Falsch verstanden"})
    assert not Umzug.objects.exists()


@pytest.mark.parametrize(
    ("mehr", "feld", "text"),
    [
        ({"entscheidung": "traegerwechsel"}, "entscheidung", "wechselt nicht"),
        ({"entscheidung": ""}, "entscheidung", "Bitte auswählen"),
        ({"gebiet": ""}, "gebiet", "Bitte auswählen"),
        ({"grund": ""}, "grund", "Bitte ausfüllen"),
    ],
)
def test_errors_stand_at_their_field(client, akte, mehr, feld, text):
    neu = geschichte.move(akte)
    client.force_login(akte.fallmanager)
    url = reverse("umzug_entscheiden", args=[akte.case.pk, neu.pk])
    antwort = client.post(url, EINGABE | mehr)
    assert antwort.status_code == 422
    assert text in antwort.context["form"].errors[feld][0]
    assert "Gespräch am 28.05." in _text(antwort) or feld == "grund"


def test_revision_reads_and_unknown_moves_do_not_exist(client, akte):
    neu = geschichte.move(akte)
    geschichte.decide(akte, neu)
    client.force_login(make_user("revision", "Revision"))
    assert "derselbe" in _text(client.get(reverse("umzuege", args=[akte.case.pk])))
    url = reverse("umzug_entscheiden", args=[akte.case.pk, neu.pk])
    assert client.get(url).status_code == 403
    client.force_login(akte.fallmanager)
    assert client.get(reverse("umzug_entscheiden", args=[akte.case.pk, 999999])).status_code == 404


@pytest.mark.parametrize("gesperrt", [False, True])
def test_blocked_address_is_not_shown_to_who_controls(client, akte, gesperrt):
    neu = geschichte.move(akte, strasse="Kanarienweg 7")
    geschichte.decide(akte, neu)
    if gesperrt:
        Auskunftssperre.objects.create(
            leistungsberechtigte_person=akte.case.leistungsberechtigte_person,
            art="auskunftssperre",
            grund="Bedrohung",
            gueltig_ab=date(2026, 1, 1),
        )
    url = reverse("umzuege", args=[akte.case.pk])
    for user, zeigt in (
        (make_user("revision", "Revision"), not gesperrt),
        (akte.fallmanager, True),
    ):
        client.force_login(user)
        assert ("Kanarienweg" in _text(client.get(url))) is zeigt
        assert (url in _text(client.get(reverse("budget", args=[akte.case.pk])))) is zeigt
