"""The pages of an interruption: rule beside the form, errors at their field, way to the letter."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Folgebescheid, Unterbrechung
from budget.unterbrechung.queries import resting_teile
from tests.budget.folge import geschichte as folge
from tests.budget.unterbrechung import geschichte
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
JETZT = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(JETZT, tick=False):
        yield


@pytest.fixture
def akte():
    return folge.running()


def _text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def _url(akte, name: str, *mehr: int) -> str:
    return reverse(name, args=[akte.case.pk, *mehr])


def eingabe(akte, **mehr: object) -> dict[str, object]:
    return {
        "anlass": "krankenhaus",
        "von": "11.05.2026",
        "mitgeteilt_am": "13.05.2026",
        "quelle": "Anruf der Betreuerin",
        "regel": "ruht",
        "weiter_tage": "28",
        "teile": [str(teil.pk) for teil in resting_teile(akte.budget)],
        "nachfragen_am": "15.06.2026",
        **mehr,
    }


def test_from_the_budget_to_the_bescheid(client, akte):
    client.force_login(akte.fallmanager)
    assert _url(akte, "unterbrechungen") in _text(client.get(_url(akte, "budget")))
    assert _url(akte, "unterbrechungen") in _text(client.get(_url(akte, "folgebescheide")))
    form = client.get(_url(akte, "unterbrechung_neu"))
    assert form.context["form"].initial["weiter_tage"] == 28
    assert "Was vereinbart ist" in _text(form)
    antwort = client.post(_url(akte, "unterbrechung_neu"), eingabe(akte), follow=True)
    text = _text(antwort)
    for teil in ("Ab dem 08.06.2026 ruhen 1.463,00 €", "1.121,63 €", "Juni 2026", "dauert an"):
        assert teil in text, teil
    row = Unterbrechung.objects.get()
    antwort = client.post(_url(akte, "unterbrechung_bescheid", row.pk), follow=True)
    bescheid = Folgebescheid.objects.get(art="unterbrechung")
    assert antwort.redirect_chain[-1][0] == _url(akte, "folgebescheid", bescheid.pk)
    assert "Anruf der Betreuerin" in _text(antwort)
    neu = reverse("folge_neu", args=[akte.case.pk, "unterbrechung"])
    assert client.get(neu).url == _url(akte, "unterbrechungen")


@pytest.mark.parametrize(
    ("mehr", "feld", "text"),
    [
        ({"von": "01.01.2020"}, "von", "außerhalb der Bewilligung"),
        ({"bis": "01.05.2026"}, "bis", "vor dem ersten"),
        ({"mitgeteilt_am": "02.06.2026"}, "mitgeteilt_am", ""),
        ({"quelle": ""}, "quelle", "Bitte ausfüllen"),
        ({"weiter_tage": ""}, "weiter_tage", "auch 0"),
        ({"weiter_tage": "-1"}, "weiter_tage", ""),
        ({"teile": []}, "teile", "welche Teilbudgets"),
        ({"regel": "laeuft_weiter"}, "teile", "dann ruht kein"),
        ({"kosten": "9.999,00"}, "kosten", "höher als"),
        ({"kosten": "100,00"}, "kosten_nachweis", "womit"),
        ({"nachfragen_am": "01.05.2026"}, "nachfragen_am", "vergangen"),
    ],
)
def test_errors_stand_at_their_field_and_keep_what_was_typed(client, akte, mehr, feld, text):
    client.force_login(akte.fallmanager)
    antwort = client.post(_url(akte, "unterbrechung_neu"), eingabe(akte, **mehr))
    assert antwort.status_code == 422
    assert text in antwort.context["form"].errors[feld][0]
    assert "Anruf der Betreuerin" in _text(antwort) or feld == "quelle"
    assert not Unterbrechung.objects.exists()


def test_end_change_and_discard(client, akte):
    row = geschichte.record(akte)
    client.force_login(akte.fallmanager)
    ende = _url(akte, "unterbrechung_ende", row.pk)
    frueh = client.post(ende, {"bis": "01.05.2026"})
    assert "erst am 11.05.2026 begonnen" in _text(frueh)
    assert "Ende bekannt" in _text(client.post(ende, {"bis": "31.05.2026"}, follow=True))
    aendern = _url(akte, "unterbrechung_bearbeiten", row.pk)
    stand = client.get(aendern).context["form"].stand_jetzt
    client.post(aendern, eingabe(akte, bis="31.05.2026", quelle="Brief", gesehen=stand))
    row.refresh_from_db()
    assert row.quelle == "Brief"
    client.post(_url(akte, "unterbrechung_verwerfen", row.pk))
    assert "noch nicht unterbrochen" in _text(client.get(_url(akte, "unterbrechungen")))
    assert client.get(ende).status_code == 404


def test_revision_reads_and_another_case_sees_nothing(client, akte):
    row = geschichte.record(akte)
    client.force_login(make_user("revision", "Revision"))
    seite = _text(client.get(_url(akte, "unterbrechungen")))
    assert "Anruf der Betreuerin" in seite
    assert "Unterbrechung vermerken" not in seite
    assert client.get(_url(akte, "unterbrechung_ende", row.pk)).status_code == 403
