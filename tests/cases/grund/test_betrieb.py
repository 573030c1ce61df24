"""What runs by itself is seen: signs of life, a missing run, every damage of the night."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, models
from django.urls import reverse

from cases import tasks
from cases.crypto import EncryptedBinaryField
from cases.models import (
    Auftrag,
    Behoerde,
    Betriebsstand,
    Schreibendatei,
    Tageslauf,
    Versand,
)
from cases.queries.geschichte import clear_columns, tracked_models
from cases.queries.invarianten import INVARIANTEN, broken_invariants
from cases.services.betrieb import (
    alarms_of,
    check_night,
    note_beat,
    state_of_operation,
)
from cases.services.entwurf import save_entwurf
from cases.services.feldschluessel import encrypted_columns
from cases.states.rolle import Rolle
from cases.tisch import tasks as tisch_tasks
from cases.tisch.services.tageslauf import run_tageslauf
from config import views
from tests import uhr
from tests.budget import fabriken
from tests.fabriken import make_behoerde, make_fall, make_user

pytestmark = pytest.mark.django_db


def test_all_invariants_hold_in_a_told_case():
    fabriken.tell("frei")
    run_tageslauf(tag=uhr.HEUTE, now=uhr.JETZT)
    assert len(INVARIANTEN) >= 12
    assert broken_invariants() == {}


def test_check_of_the_night_is_silent_when_all_is_well(fallmanager):
    make_fall(fallmanager)
    out = StringIO()
    call_command("nachtpruefung", stdout=out)
    assert "alles gut" in out.getvalue()
    assert Betriebsstand.objects.get(schluessel="nachtpruefung").befunde == {}


def test_every_damaged_text_and_file_is_found(eigentuemer):
    """One bit in each encrypted column that has a value, and one byte in each letter."""
    fabriken.tell("frei")
    user = make_user("schreibend", Rolle.FALLMANAGEMENT)
    for n in range(5):
        save_entwurf(user_id=user.pk, pfad=f"/{n}/", felder={"text": [f"Entwurf {n}"]})
    damaged = 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, column, _ in encrypted_columns():
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET {column} = overlay({column} PLACING "
                f"CASE substr({column}, 20, 1) WHEN 'A' THEN 'B' ELSE 'A' END FROM 20)"
                f" WHERE {column} <> ''"
            )
            damaged += cursor.rowcount
        cursor.execute("UPDATE cases_schreibendatei SET pdf = set_byte(pdf, 5, 255)")
        briefe = cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")
    befunde = check_night(now=uhr.JETZT)
    texte = sum(n for name, n in befunde.items() if name.startswith("beschädigte Texte"))
    assert damaged > 5
    assert texte == damaged
    assert briefe == Schreibendatei.objects.count() > 0
    assert befunde["Schreiben, deren Datei verändert ist"] == briefe
    with pytest.raises(CommandError, match="Befunde"):
        call_command("nachtpruefung", stdout=StringIO())


def test_state_tells_age_of_beat_oldest_order_and_alarms(fallmanager):
    leer = alarms_of(state_of_operation(now=uhr.JETZT))
    assert any(satz.startswith("Takt oder Aufgaben") for satz in leer)
    jetzt = uhr.JETZT + timedelta(seconds=5)
    tasks.note_beat()
    run_tageslauf(tag=uhr.HEUTE, now=uhr.JETZT)
    check_night(now=uhr.JETZT)
    Auftrag.objects.all().delete()
    stand = state_of_operation(now=jetzt)
    assert {satz for satz in alarms_of(stand) if "Uhren" not in satz} == set()
    note_beat(now=jetzt - timedelta(minutes=6))
    Auftrag.objects.create(
        art="erinnerung",
        schluessel="alt",
        gegenstand_id=1,
        naechster_versuch=jetzt - timedelta(minutes=20),
    )
    stand = state_of_operation(now=jetzt)
    assert (stand["takt_alter_s"], stand["aeltester_auftrag_s"]) == (360, 1200)
    assert len([satz for satz in alarms_of(stand) if "Uhren" not in satz]) == 2


@pytest.mark.parametrize("hour", [4, 6, 23])
def test_missed_run_of_the_day_is_made_up_once(fallmanager, monkeypatch, hour):
    make_fall(fallmanager)
    jetzt = uhr.JETZT.replace(hour=hour)
    runs: list[object] = []
    monkeypatch.setattr(
        tisch_tasks.tageslauf, "run_tageslauf", lambda *, tag, now: runs.append(tag)
    )
    with time_machine.travel(jetzt, tick=False):
        tisch_tasks.catch_up()
        assert runs == ([] if hour < 5 else [uhr.HEUTE])
        Tageslauf.objects.create(datum=uhr.HEUTE, begonnen=jetzt, beendet=jetzt)
        tisch_tasks.catch_up()
    assert len(runs) == (0 if hour < 5 else 1)


def test_page_shows_what_needs_a_look(client, behoerde):
    client.force_login(make_user("verwaltung", Rolle.FACHADMINISTRATION))
    page = client.get(reverse("tageslauf")).content.decode()
    assert "Betrieb: das braucht einen Blick" in page
    assert "Lebenszeichen von Takt und Aufgaben" in page


def test_health_for_operators_has_a_key_and_tells_what_is_missing(client, settings, monkeypatch):
    url = reverse("gesund_betrieb")
    assert client.get(url).status_code == 404
    settings.BETRIEB_SCHLUESSEL = "x" * 32
    assert client.get(url).status_code == 404
    assert client.get(url, headers={"Authorization": "Bearer falsch"}).status_code == 404
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get(url, headers={"Authorization": f"Bearer {'x' * 32}"})
    assert answer.status_code == 503
    alarme = answer.json()["alarme"]
    assert any(satz.startswith("Redis antwortet nicht") for satz in alarme)
    assert any(satz.startswith("Takt oder Aufgaben") for satz in alarme)
    assert "takt_alter_s" in answer.json()

    def gone(**_):
        raise OperationalError

    monkeypatch.setattr(views.betrieb, "state_of_operation", gone)
    answer = client.get(url, headers={"Authorization": f"Bearer {'x' * 32}"})
    assert "Die Datenbank antwortet nicht." in answer.json()["alarme"]


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        (
            "laufende Budgets ohne versandten Bescheid",
            "UPDATE budget_bescheid SET state = 'freigegeben'",
        ),
        (
            "versandte Bescheide, deren Schreiben nie aufgegeben wurde",
            "UPDATE cases_versand SET state = 'zurueckgenommen'",
        ),
        (
            "Bescheide, deren Schreiben in einem anderen Fall liegt",
            "UPDATE budget_bescheid SET schreiben_id = (SELECT id FROM cases_schreiben WHERE "
            "case_id <> (SELECT min(case_id) FROM budget_persoenlichesbudget) LIMIT 1)",
        ),
    ],
)
def test_rule_of_an_upper_floor_is_asked_and_finds_what_breaks_it(eigentuemer, name, spoil):
    akte = fabriken.tell("frei")
    fremd = make_fall(make_user("fremd", Rolle.FALLMANAGEMENT, akte.case.team))
    fabriken.make_schreiben(fremd, akte.fallmanager, "gesamtplan")
    brief = akte.bescheid.schreiben
    Versand.objects.create(
        schreiben=brief, weg="post", an=["x"], state="aufgegeben", aufgabe_am=brief.datum
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE budget_bescheid SET state = 'versandt'")
        cursor.execute("UPDATE budget_persoenlichesbudget SET state = 'laeuft'")
        assert name not in broken_invariants()
        cursor.execute(spoil)
        assert broken_invariants()[name] == 1
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_letters_of_every_kind_lie_in_one_table():
    """Folgebescheide, Mehrausfertigungen and Anhörungen are letters: their file is one of these."""
    felder = [
        f"{model.__name__}.{f.name}"
        for model in apps.get_models()
        for f in model._meta.local_concrete_fields
        if isinstance(f, models.BinaryField | EncryptedBinaryField)
    ]
    assert sorted(felder) == [
        "Behoerdenbild.inhalt",
        "Druckstapel.pdf",
        "Protokollsiegel.zeilen",
        "Schreibendatei.pdf",
        "Unterlagendatei.inhalt",
    ]


def test_most_tables_have_a_history_that_is_compared():
    verglichen = {model.__name__ for _, model in tracked_models()}
    assert verglichen >= {
        "Gesamtplan",
        "Leistung",
        "Bescheid",
        "Folgebescheid",
        "Teilbudget",
        "Versand",
        "Unterlage",
        "Frist",
        "Case",
    }
    assert len(verglichen) >= 60
    assert all(len(clear_columns(*paar)) >= 3 for paar in tracked_models())


def test_nothing_runs_before_the_authority_is_set_up(monkeypatch):
    runs: list[object] = []
    monkeypatch.setattr(
        tisch_tasks.tageslauf, "run_tageslauf", lambda *, tag, now: runs.append(tag)
    )
    Behoerde.objects.all().delete()
    with time_machine.travel(uhr.JETZT, tick=False):
        tisch_tasks.catch_up()
        assert runs == []
        make_behoerde()
        tisch_tasks.catch_up()
    assert runs == [uhr.HEUTE]
