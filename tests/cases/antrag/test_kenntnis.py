"""Since when the need was known: entered before the help begins (§ 18 Abs. 1 SGB XII)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.antrag.guards.antrag import kenntnis_vor_dem_antrag
from cases.antrag.services.antrag import record_kenntnis
from cases.models import Antrag, Ereignis
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import antrag_of, make_fall, norm_of

pytestmark = pytest.mark.django_db
EINGANG, KENNTNIS = date(2012, 11, 20), date(2012, 11, 5)


@pytest.fixture
def antrag(fallmanager) -> Antrag:
    return antrag_of(make_fall(fallmanager, eingang=EINGANG))


@pytest.mark.parametrize(
    ("eingang", "am", "durch", "satz"),
    [
        (EINGANG, KENNTNIS, "Anruf", ""),
        (EINGANG, EINGANG, "Anruf", ""),
        (EINGANG, date(2012, 11, 21), "Anruf", "früheren Tag"),
        (EINGANG, KENNTNIS, " ", "wodurch"),
        (date(2026, 11, 3), date(2026, 9, 1), "Anruf", "nur auf Antrag"),
        # Of the turn of the law the Antrag decides.
        (date(2020, 1, 1), date(2019, 12, 1), "Anruf", "nur auf Antrag"),
        (date(2019, 12, 31), date(2019, 12, 1), "Anruf", ""),
    ],
)
def test_kenntnis_vor_dem_antrag(eingang, am, durch, satz):
    hindernis = kenntnis_vor_dem_antrag(Antrag(eingang=eingang), am, durch)
    assert satz in (hindernis.text if hindernis else "")
    assert norm_of(hindernis) == ("§ 18 Abs. 1 SGB XII" if satz else "")


def test_page_records_it_and_the_earliest_beginning_follows(client, fallmanager, antrag):
    client.force_login(fallmanager)
    fall = antrag.case_id
    assert "20.11.2012" in client.get(reverse("fall_antrag", args=[fall])).content.decode()
    seite = reverse("antrag_kenntnis", args=[fall, antrag.pk])
    assert "§ 18" in client.get(seite).content.decode()
    antwort = client.post(
        seite, {"kenntnis_am": "05.11.2012", "kenntnis_durch": "Anruf der Klinik"}
    )
    assert antwort.status_code == 302
    antrag.refresh_from_db()
    assert (antrag.kenntnis_am, antrag.leistungstag) == (KENNTNIS, KENNTNIS)
    text = client.get(reverse("fall_antrag", args=[fall])).content.decode()
    assert "Anruf der Klinik" in text
    assert "Kenntnis ändern" in text
    assert Ereignis.objects.filter(case=fall, text__contains="Anruf der Klinik").exists()


def test_bad_input_keeps_what_was_typed(client, fallmanager, antrag):
    client.force_login(fallmanager)
    seite = reverse("antrag_kenntnis", args=[antrag.case_id, antrag.pk])
    antwort = client.post(seite, {"kenntnis_am": "01.12.2012", "kenntnis_durch": "Anruf"})
    assert antwort.status_code == 422
    assert "früheren Tag" in antwort.content.decode()
    assert 'value="01.12.2012"' in antwort.content.decode()


def test_second_editor_is_told(fallmanager, antrag):
    record_kenntnis(antrag=antrag, am=KENNTNIS, durch="Anruf", by=fallmanager, tag=EINGANG)
    with pytest.raises(SchrittUnzulaessig, match="inzwischen geändert"):
        record_kenntnis(
            antrag=antrag, am=EINGANG, durch="x", by=fallmanager, tag=EINGANG, gesehen="alt"
        )


def test_the_database_asks_for_both_and_for_the_order(antrag):
    for werte in (
        {"kenntnis_am": KENNTNIS},
        {"kenntnis_durch": "Anruf"},
        {"kenntnis_am": date(2012, 12, 1), "kenntnis_durch": "Anruf"},
    ):
        with pytest.raises(IntegrityError, match="antrag_kenntnis"), transaction.atomic():
            Antrag.objects.filter(pk=antrag.pk).update(**werte)
