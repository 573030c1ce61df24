"""No day counts as today before it has come, and a wrong run is taken back."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from cases.frist.services.fristberichtigung import Berichtigung
from cases.frist.services.fristenlauf import sweep
from cases.models import Auftrag, Ereignis, Erinnerungsmail, Frist, Tageslauf, Vermerk
from cases.registry.beitrag import registry
from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.services.erinnerung import order_erinnerungen
from cases.tisch.services.tageslauf import correct_tageslauf, run_tageslauf
from tests import uhr
from tests.fabriken import make_fall

pytestmark = pytest.mark.django_db

HEUTE = uhr.HEUTE
TAG = timedelta(days=1)


def shape() -> list[tuple[object, ...]]:
    """Return what a sweep can change of all Fristen."""
    return list(
        Frist.objects.order_by("pk").values_list("pk", "state", "stufe", "erledigt_am", "ende")
    )


@pytest.fixture
def fall(fallmanager):
    """A case whose Fristen end on both sides of today."""
    case = make_fall(fallmanager, eingang=HEUTE - 10 * TAG)
    for regel, ende in (("F51", HEUTE), ("F52", HEUTE + 20 * TAG), ("F57", HEUTE - 3 * TAG)):
        Frist.objects.create(
            case=case,
            regel=regel,
            bezeichnung=f"Probe {regel}",
            gegenstand="probe:1",
            ausloeser_datum=ende - 30 * TAG,
            ende_rechnerisch=ende,
            ende=ende,
            anzeige=f"{ende:%d.%m.%Y}",
            wiedervorlage=ende - 5 * TAG,
            norm="§ 77 SGG",
            rechtsstand="B",
            wirkung="ablauf",
        )
    return case


@pytest.mark.parametrize("tage", [1, 2, 365, 1500])
def test_no_run_of_a_day_that_has_not_come(fall, tage):
    before = shape()
    with pytest.raises(CommandError, match="noch nicht gekommen"):
        call_command("fristenlauf", "--tag", f"{HEUTE + tage * TAG:%d.%m.%Y}")
    assert (shape(), Tageslauf.objects.count(), Auftrag.objects.count()) == (before, 0, 0)


@pytest.mark.parametrize("abweichung", [25 * 60, -25 * 60, 4 * 365 * 24 * 60])
def test_program_with_a_wrong_clock_decides_nothing(fall, abweichung, caplog):
    before = shape()
    falsch = uhr.JETZT + timedelta(minutes=abweichung)
    with pytest.raises(SchrittUnzulaessig, match="Uhr der Anwendung"):
        run_tageslauf(tag=min(falsch.date(), HEUTE), now=falsch)
    with pytest.raises(SchrittUnzulaessig, match="Uhr der Anwendung"):
        correct_tageslauf(now=falsch)
    assert (shape(), Tageslauf.objects.count()) == (before, 0)
    assert "Uhren von Anwendung und Datenbank" in caplog.text


def test_small_difference_is_an_alarm_and_no_stop(fall, caplog):
    # The database's clock of a test run goes on from its start, Python's begins anew.
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        genau = cursor.fetchone()[0]
    assert run_tageslauf(tag=HEUTE, now=genau) is not None
    assert "Uhren" not in caplog.text
    assert run_tageslauf(tag=HEUTE, now=genau + timedelta(seconds=4)) is not None
    assert caplog.text.count("Uhren von Anwendung und Datenbank") == 1


def test_clock_behind_the_last_run_is_no_clock(fall):
    Tageslauf.objects.create(datum=HEUTE + 3 * TAG, begonnen=uhr.JETZT + 3 * TAG)
    with pytest.raises(SchrittUnzulaessig, match="fristenlauf --berichtigen"):
        run_tageslauf(tag=HEUTE, now=uhr.JETZT)


def test_long_standstill_is_confirmed_by_a_person(fall, settings):
    settings.STILLSTAND_TAGE = 7
    Tageslauf.objects.create(datum=HEUTE - 8 * TAG, begonnen=uhr.JETZT - 8 * TAG)
    with pytest.raises(CommandError, match="vor mehr als 7 Tagen"):
        call_command("fristenlauf")
    call_command("fristenlauf", "--tag", f"{HEUTE:%d.%m.%Y}", stdout=StringIO())
    assert Tageslauf.objects.filter(datum=HEUTE, fehler="").exists()


def test_three_days_of_standstill_need_nobody(fall, settings):
    settings.STILLSTAND_TAGE = 7
    Tageslauf.objects.create(datum=HEUTE - 3 * TAG, begonnen=uhr.JETZT - 3 * TAG)
    assert run_tageslauf(tag=HEUTE, now=uhr.JETZT) is not None


def test_new_computation_is_refused_with_a_wrong_clock(fall, monkeypatch):
    monkeypatch.setattr(
        "cases.management.commands.fristen_neu_rechnen.timezone.now", lambda: uhr.JETZT + 9 * TAG
    )
    with pytest.raises(CommandError, match="Uhr der Anwendung"):
        call_command("fristen_neu_rechnen", "--anwenden")


def test_wrong_run_is_taken_back_to_the_row(fall, monkeypatch):
    """What a run of a future day has done equals, corrected, what the run of today does."""
    told: list[str] = []
    monkeypatch.setitem(registry.nach_fristablauf, "F51", lambda frist, tag: None)
    monkeypatch.setitem(registry.nach_fristablauf, "F52", lambda frist, tag: None)
    for regel in ("F51", "F52"):
        monkeypatch.setitem(
            registry.nach_fristberichtigung, regel, lambda frist, tag: told.append(frist.regel)
        )
    run_tageslauf(tag=HEUTE, now=uhr.JETZT)
    richtig = shape()
    # What 0.3.0 did: the sweep of any day, here of one in four years.
    falsch = HEUTE + 1500 * TAG
    sweep(tag=falsch)
    order_erinnerungen(tag=HEUTE + 3 * TAG)
    Tageslauf.objects.create(datum=falsch, begonnen=uhr.JETZT, beendet=uhr.JETZT)
    verstellt = shape()
    assert sum(a != b for a, b in zip(richtig, verstellt, strict=True)) >= 3
    zu_frueh = sum(
        "abgelaufen" in b and "abgelaufen" not in a for a, b in zip(richtig, verstellt, strict=True)
    )

    berichtigung = correct_tageslauf(now=uhr.JETZT)

    assert shape() == richtig
    assert isinstance(berichtigung, Berichtigung)
    assert berichtigung.wieder_offen == zu_frueh >= 2
    assert told == ["F51", "F52"]
    assert not Erinnerungsmail.objects.filter(datum__gt=HEUTE).exists()
    assert not Tageslauf.objects.filter(datum__gt=HEUTE, fehler="").exists()
    assert (
        Ereignis.objects.filter(text__contains="der Vermerk über ihren Ablauf").count() == zu_frueh
    )
    assert correct_tageslauf(now=uhr.JETZT) == Berichtigung()


def test_page_writes_nothing_while_the_clocks_are_a_day_apart(
    client, fall, fallmanager, settings, monkeypatch
):
    settings.UHRVERGLEICH_SEKUNDEN = 60
    monkeypatch.setattr("cases.middleware.timezone.now", lambda: uhr.JETZT + 2 * TAG)
    client.force_login(fallmanager)
    url = reverse("vermerk_neu", args=[fall.pk])
    answer = client.post(url, {"text": "Anruf der Mutter"})
    assert answer.status_code == 503
    assert "Uhr der Anwendung" in answer.content.decode()
    assert not Vermerk.objects.exists()
    # Reading goes on.
    assert client.get(reverse("fall", args=[fall.pk])).status_code == 200
