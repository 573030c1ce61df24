"""The daily run: noted, alone, and its gaps are seen."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Auftrag, Erinnerungsmail, Tageslauf
from cases.states.rolle import Rolle
from cases.tisch.queries.tageslauf import last_successful, missing_days, postlage
from cases.tisch.services import tageslauf
from cases.tisch.services.tageslauf import run_tageslauf
from tests import uhr
from tests.fabriken import make_behoerde, make_fall, make_fallmanager, make_user

DIENSTAG = date(2026, 3, 17)
# The run may be of an earlier day; the moment is that of the clocks.
FRUEH = uhr.JETZT


@pytest.mark.django_db
def test_run_is_noted_with_its_figures(fallmanager):
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    lauf = run_tageslauf(tag=DIENSTAG, now=FRUEH)
    assert lauf is not None
    assert (lauf.eskaliert, lauf.bevorstehend, lauf.erinnerungen, lauf.fehler) == (1, 1, 1, "")
    assert last_successful() == lauf


@pytest.mark.django_db
def test_second_run_of_the_day_moves_nothing(fallmanager):
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    run_tageslauf(tag=DIENSTAG, now=FRUEH)
    lauf = run_tageslauf(tag=DIENSTAG, now=FRUEH + timedelta(hours=1))
    assert lauf is not None
    assert (lauf.ueberfaellig, lauf.eskaliert, lauf.erinnerungen) == (0, 0, 0)
    assert (Erinnerungsmail.objects.count(), Auftrag.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_failed_run_is_noted_by_the_kind_of_its_error(behoerde, monkeypatch):
    def fail(*, tag):
        raise LookupError("Emil Muster")

    monkeypatch.setattr(tageslauf, "sweep", fail)
    with pytest.raises(LookupError, match="Emil Muster"):
        run_tageslauf(tag=DIENSTAG, now=FRUEH)
    assert Tageslauf.objects.get().fehler == "LookupError"
    assert last_successful() is None


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_have_one_effect(monkeypatch):
    make_behoerde()
    make_fall(make_fallmanager(), eingang=date(2026, 3, 2))
    begonnen, weiter, ergebnisse = threading.Event(), threading.Event(), []
    wirklich = tageslauf.sweep

    def slow(*, tag):
        begonnen.set()
        weiter.wait(20)
        return wirklich(tag=tag)

    def beat():
        try:
            ergebnisse.append(run_tageslauf(tag=DIENSTAG, now=FRUEH))
        finally:
            connection.close()

    monkeypatch.setattr(tageslauf, "sweep", slow)
    first = threading.Thread(target=beat)
    first.start()
    assert begonnen.wait(20)
    assert run_tageslauf(tag=DIENSTAG, now=FRUEH) is None
    weiter.set()
    first.join(30)
    assert [lauf.eskaliert for lauf in ergebnisse] == [1]
    assert (Tageslauf.objects.count(), Erinnerungsmail.objects.count()) == (1, 1)
    assert run_tageslauf(tag=DIENSTAG, now=FRUEH) is not None


@pytest.mark.django_db
def test_missing_day_is_named(behoerde):
    for tage in (4, 3, 1):
        run_tageslauf(tag=DIENSTAG - timedelta(days=tage), now=FRUEH)
    assert missing_days(DIENSTAG) == [DIENSTAG - timedelta(days=2)]


@pytest.mark.django_db
def test_failed_mail_is_counted(fallmanager):
    make_fall(fallmanager, eingang=date(2026, 3, 2))
    run_tageslauf(tag=DIENSTAG, now=FRUEH)
    assert (postlage().wartend, postlage().gescheitert) == (1, 0)
    Auftrag.objects.update(state="fehlgeschlagen")
    assert (postlage().wartend, postlage().gescheitert) == (0, 1)


@pytest.mark.django_db
def test_page_and_health_tell_the_last_run(client, behoerde):
    client.force_login(make_user("verwaltung", Rolle.FACHADMINISTRATION))
    assert "noch keiner" in client.get(reverse("tageslauf")).content.decode()
    assert client.get(reverse("gesund")).json() == {"zustand": "gesund", "tageslauf": None}
    run_tageslauf(tag=DIENSTAG, now=FRUEH)
    assert "vollständig" in client.get(reverse("tageslauf")).content.decode()
    assert client.get(reverse("gesund")).json()["tageslauf"] == "2026-03-17"
