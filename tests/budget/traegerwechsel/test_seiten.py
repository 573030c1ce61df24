"""The pages of a change of the carrier: errors at their field, closed steps with reason."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.models import Folgebescheid, Traegerwechsel
from budget.traegerwechsel import services
from cases.models import Auskunftssperre
from tests.budget.folge import geschichte as folge
from tests.budget.traegerwechsel import geschichte
from tests.budget.umzug import geschichte as umzug
from tests.budget.unterbrechung import geschichte as unterbrechung
from tests.fabriken import make_traeger, make_user

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


def eingabe(**mehr: object) -> dict[str, object]:
    return {
        "an": make_traeger("unfallversicherung", "BG Nord").pk,
        "grund": "vorrang",
        "ab": "01.07.2026",
        "bekannt_seit": "28.05.2026",
        "begruendung": "Bescheid der BG Nord vom 20.05.2026",
        **mehr,
    }


def test_from_the_budget_to_the_aufhebung(client, akte):
    client.force_login(akte.fallmanager)
    seite = _url(akte, "traegerwechsel")
    assert seite in _text(client.get(_url(akte, "budget")))
    assert "Kein anderer Träger" in _text(client.get(seite))
    text = _text(client.post(_url(akte, "traegerwechsel_neu"), eingabe(), follow=True))
    for teil in ("BG Nord", "Übernahme noch nicht zugesagt", "§ 104 Abs. 1 SGB X", "fehlt noch"):
        assert teil in text, teil
    row = Traegerwechsel.objects.get()
    assert client.get(_url(akte, "traegerwechsel_pdf", row.pk)).status_code == 200
    zusage = _url(akte, "traegerwechsel_zusage", row.pk)
    antwort = client.post(zusage, {"vom": "01.06.2026", "uebernimmt_ab": "01.06.2026"})
    assert "erst ab dem 01.07.2026" in antwort.context["form"].errors["uebernimmt_ab"][0]
    text = _text(
        client.post(zusage, {"vom": "01.06.2026", "uebernimmt_ab": "01.09.2026"}, follow=True)
    )
    assert "Erstattung verlangen bis" in text
    assert "31.08.2027" in text
    betrag = client.post(
        _url(akte, "traegerwechsel_erstattung", row.pk), {"am": "01.06.2026", "betrag": "5,00"}
    )
    assert "Angewiesen sind" in betrag.context["form"].errors["betrag"][0]
    assert client.get(_url(akte, "traegerwechsel_pdf", row.pk)).status_code == 200
    client.post(_url(akte, "traegerwechsel_schreiben", row.pk))
    row.refresh_from_db()
    assert row.mitteilung is not None
    client.post(_url(akte, "traegerwechsel_aufheben", row.pk))
    assert Folgebescheid.objects.get().anspruch == "anderer"
    client.force_login(akte.leitung)
    text = _text(client.get(seite))
    assert "Die Bewilligung gilt noch" in text
    assert "§ 39 Abs. 2 SGB X" in text


@pytest.mark.parametrize(
    ("mehr", "feld", "text"),
    [
        ({"grund": "umzug"}, "grund", "Umzug allein"),
        ({"grund": "unterbrechung"}, "grund", "keine Unterbrechung festgehalten"),
        ({"ab": "01.01.2020"}, "ab", "nicht in der Zeit"),
        ({"bekannt_seit": "02.06.2026"}, "bekannt_seit", ""),
        ({"an": ""}, "an", "Bitte auswählen"),
        ({"begruendung": ""}, "begruendung", "Bitte ausfüllen"),
    ],
)
def test_errors_stand_at_their_field(client, akte, mehr, feld, text):
    client.force_login(akte.fallmanager)
    antwort = client.post(_url(akte, "traegerwechsel_neu"), eingabe(**mehr))
    assert antwort.status_code == 422
    assert text in antwort.context["form"].errors[feld][0]
    assert "Bescheid der BG Nord" in _text(antwort) or feld == "begruendung"
    assert not Traegerwechsel.objects.exists()


def test_six_months_without_leistung_are_offered_from_the_record(client, akte):
    row = unterbrechung.record(akte, anlass="haft")
    unterbrechung.decide(akte, row)
    url = _url(akte, "traegerwechsel_neu")
    with time_machine.travel(datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False):
        client.force_login(akte.fallmanager)
        seite = client.get(url)
        frueh = eingabe(grund="unterbrechung")
        antwort = client.post(url, frueh)
    assert "Festgehalten ohne Leistung: vom 17.06.2026 an." in _text(seite)
    assert seite.context["form"].initial["grund"] == "vorrang"
    assert "keine sechs Monate ohne Leistung" in antwort.context["form"].errors["grund"][0]
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False):
        client.force_login(akte.fallmanager)
        anfang = client.get(url).context["form"].initial
        daheim = client.post(url, frueh | {"ab": "17.12.2026"})
        umzug.move(akte, date(2026, 12, 1))
        client.post(url, frueh | {"ab": "17.12.2026"})
    assert anfang["grund"] == "unterbrechung"
    assert anfang["begruendung"].startswith("Vom 17.06.2026 an")
    assert (
        "wohnt die Person nach ihrer Anschrift im eigenen Gebiet"
        in (daheim.context["form"].errors["grund"][0])
    )
    assert Traegerwechsel.objects.get().grund == "unterbrechung"


def test_auskunftssperre_hides_the_new_carrier_everywhere(client, akte):
    """Which carrier is competent tells where the person lives now."""
    row = geschichte.promise(akte, geschichte.record(akte))
    bescheid = services.decide_aufhebung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    pages = ("fall", "fall_chronik", "budget", "folgebescheide", "traegerwechsel")
    urls = [_url(akte, name) for name in pages] + [_url(akte, "folgebescheid", bescheid.pk)]
    client.force_login(make_user("revision", "Revision"))
    assert "BG Nord" in _text(client.get(urls[-1]))
    Auskunftssperre.objects.create(
        leistungsberechtigte_person=akte.case.leistungsberechtigte_person,
        art="auskunftssperre",
        gueltig_ab=date(2026, 1, 1),
    )
    seen = {url: client.get(url) for url in urls}
    assert [url for url, answer in seen.items() if "BG Nord" in answer.text] == []
    assert {url for url, answer in seen.items() if answer.status_code != 200} == {urls[4]}
    assert "wo die Person lebt" in _text(seen[urls[-1]])
    client.force_login(akte.fallmanager)
    assert "BG Nord" in client.get(urls[4]).text


def test_discard_and_who_only_reads(client, akte):
    row = geschichte.record(akte)
    client.force_login(make_user("revision", "Revision"))
    assert "BG Nord" in _text(client.get(_url(akte, "traegerwechsel")))
    assert client.get(_url(akte, "traegerwechsel_neu")).status_code == 403
    client.force_login(akte.fallmanager)
    assert client.post(_url(akte, "traegerwechsel_abgeben", row.pk)).status_code == 403
    client.post(_url(akte, "traegerwechsel_verwerfen", row.pk))
    assert not Traegerwechsel.objects.exists()
    assert client.get(_url(akte, "traegerwechsel_zusage", row.pk)).status_code == 404
