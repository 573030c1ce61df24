"""The words of an application can be put right as long as the case is open (§ 16 Abs. 3 SGB I)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.antrag.services.begehren import correct_begehren
from cases.models import Antrag, Case, Ereignis
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, antrag_of, make_fall

pytestmark = pytest.mark.django_db
NEU = "Assistenz beim Kochen"


@pytest.fixture
def antrag(fallmanager) -> Antrag:
    return antrag_of(make_fall(fallmanager))


def _correct(antrag, by, **anders):
    werte = {"begehren": NEU, "grund": "Schreibfehler", "by": by, "tag": HEUTE, **anders}
    return correct_begehren(antrag=antrag, **werte)


def test_page_corrects_it_and_keeps_the_former_words(client, fallmanager, antrag):
    # What an old version has taken in blocked every letter of the person.
    Antrag.objects.filter(pk=antrag.pk).update(begehren="Hilfe \U0001f600")
    client.force_login(fallmanager)
    fall = antrag.case_id
    seite = reverse("antrag_begehren", args=[fall, antrag.pk])
    assert seite in client.get(reverse("fall_antrag", args=[fall])).text
    falsch = client.post(seite, {"begehren": "Hilfe \U0001f600", "grund": "x"})
    assert falsch.status_code == 422
    assert "nicht drucken" in falsch.text
    antwort = client.post(seite, {"begehren": NEU, "grund": "Zeichen nicht druckbar"})
    assert antwort["Location"] == reverse("fall_antrag", args=[fall])
    antrag.refresh_from_db()
    assert antrag.begehren == NEU
    fassungen = list(antrag.events.order_by("pgh_id").values_list("begehren", flat=True))
    assert fassungen[-2:] == ["Hilfe \U0001f600", NEU]
    ereignis = Ereignis.objects.get(case=fall, text__contains="berichtigt")
    assert "Zeichen nicht druckbar" in ereignis.text
    assert NEU not in ereignis.text


@pytest.mark.parametrize("leer", [{"begehren": " "}, {"grund": " "}])
def test_without_words_or_reason_nothing_is_changed(fallmanager, antrag, leer):
    with pytest.raises(SchrittUnzulaessig, match="was beantragt ist und warum"):
        _correct(antrag, fallmanager, **leer)


def test_second_editor_is_told(fallmanager, antrag):
    with pytest.raises(SchrittUnzulaessig, match="inzwischen geändert"):
        _correct(antrag, fallmanager, gesehen="alt")


def test_same_words_leave_no_trace(fallmanager, antrag):
    _correct(antrag, fallmanager)
    vorher = Ereignis.objects.count()
    _correct(antrag, fallmanager)
    assert Ereignis.objects.count() == vorher


@pytest.mark.parametrize("state", ["weitergeleitet", "beendet"])
def test_application_of_a_case_that_is_over_stays(client, fallmanager, antrag, state):
    beendet = {"beendet_am": HEUTE} if state == "beendet" else {}
    Case.objects.filter(pk=antrag.case_id).update(state=state, **beendet)
    with pytest.raises(SchrittUnzulaessig, match="bleibt, wie er ist"):
        _correct(antrag, fallmanager)
    client.force_login(fallmanager)
    text = client.get(reverse("fall_antrag", args=[antrag.case_id])).text
    assert "Wortlaut berichtigen" not in text
