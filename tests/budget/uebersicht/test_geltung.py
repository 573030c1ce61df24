"""Every amount that was ever in force is found again on its day, with its Bescheid."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from budget.uebersicht.queries import bewilligungen_of, in_force_on
from cases.models import Case
from tests.budget.folge import geschichte, nachfolge
from tests.budget.folge.nachfolge import AB

pytestmark = pytest.mark.django_db
TAG = timedelta(days=1)


def _text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def geaendert():
    akte = geschichte.running()
    neu, bescheid = nachfolge.change(akte, "1200.00")
    nachfolge.run(AB)
    return akte, neu, bescheid


def test_each_day_has_one_grant_and_each_grant_its_bescheid(geaendert, django_assert_num_queries):
    akte, neu, bescheid = geaendert
    case = Case.objects.get(pk=akte.case.pk)
    assert case.leistungsberechtigte_person is not None
    with django_assert_num_queries(5):
        rows = bewilligungen_of(case)
    assert [(r.von, r.bis) for r in rows] == [(AB, None), (date(2026, 5, 1), AB - TAG)]
    for tag, budget, brief in (
        (date(2026, 4, 30), None, None),
        (date(2026, 5, 1), akte.budget.pk, akte.bescheid.schreiben_id),
        (AB - TAG, akte.budget.pk, akte.bescheid.schreiben_id),
        (AB, neu.pk, bescheid.schreiben_id),
        (date(2030, 1, 1), neu.pk, bescheid.schreiben_id),
    ):
        eine = in_force_on(rows, tag)
        assert (eine.budget.pk if eine else None) == budget
        assert (eine.bescheid.schreiben_id if eine else None) == brief
    assert rows[1].ende.art == "aenderung"


@pytest.mark.parametrize(
    ("am", "summe"),
    [("31.07.2026", "2.589,00 €"), ("01.08.2026", "2.739,00 €"), ("30.04.2026", "kein Persön")],
)
def test_the_page_shows_what_applied_on_the_day(client, geaendert, am, summe):
    akte, _, _ = geaendert
    client.force_login(akte.fallmanager)
    url = reverse("budget_geltung", args=[akte.case.pk])
    with time_machine.travel(datetime(2026, 8, 3, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False):
        text = _text(client.get(url, {"am": am}))
        falsch = client.get(url, {"am": "32.13.2026"})
    oben = text.split("Alle Bewilligungen")[0]
    assert summe in oben
    assert falsch.status_code == 200
    assert "32.13.2026" in _text(falsch)


def test_the_page_of_the_budget_names_what_runs_beside_it(client):
    akte = geschichte.running()
    client.force_login(akte.fallmanager)
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False):
        url = reverse("budget", args=[akte.case.pk])
        assert "Änderung oder Weiterbewilligung vorbereiten" in _text(client.get(url))
        form = reverse("budget_nachfolge", args=[akte.case.pk])
        falsch = client.post(form, {"beginn": "01.04.2026", "sachverhalt": "x"})
        assert "gilt erst ab 01.05.2026" in _text(falsch)
        client.post(form, {"beginn": "01.08.2026", "sachverhalt": "Mehr Bedarf."})
        text = _text(client.get(url))
        assert "Daneben bewilligt" in text
        assert "Vorbereitung verwerfen" in text
        assert "unverändert" in text
        again = client.get(form, follow=True)
        assert "schon in Arbeit" in _text(again)
