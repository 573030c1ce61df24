"""What a review starts besides: the time to adapt an agreement and the Teilhabeplan (F39, F36)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cases.models import Frist
from gesamtplan.models import Planabstimmung
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.vereinbarung.services import (
    complete_planvereinbarung,
    continue_planvereinbarung,
    create_planvereinbarung,
)
from recht.fristkennung import Regel
from tests.fabriken import HEUTE, make_traeger
from tests.gesamtplan import bausteine
from tests.gesamtplan.ueberpruefung.test_ueberpruefung import complete, states_of
from tests.schrittprobe import force

pytestmark = pytest.mark.django_db
SPAETER = HEUTE + timedelta(days=200)


@pytest.fixture
def plan(fallmanager, leitung):
    return bausteine.make_laufenden_plan(fallmanager, leitung, ziele=2)


@pytest.fixture
def row(plan, fallmanager):
    return bausteine.make_bewertete_ueberpruefung(plan, fallmanager)


def make_vereinbarung(plan, by, stand):
    row = create_planvereinbarung(
        gesamtplan=plan,
        beitrag_person="Ich übe.",
        beitrag_traeger="Wir fragen nach.",
        gilt_bis=SPAETER,
        by=by,
        tag=HEUTE,
    )
    force(row, stand, person_am=HEUTE, traeger_am=HEUTE)
    return row


@pytest.mark.parametrize(
    ("stand", "person", "laeuft"),
    [
        ("geschlossen", "nicht_erreicht", True),
        ("geschlossen", "entfallen", True),
        ("geschlossen", "teilweise", False),
        ("vorbereitet", "nicht_erreicht", False),
        (None, "nicht_erreicht", False),
    ],
)
def test_missed_goals_let_the_time_to_adapt_the_agreement_run(
    plan, fallmanager, stand, person, laeuft
):
    # § 122 S. 3 SGB IX: at once.
    vereinbarung = make_vereinbarung(plan, fallmanager, stand) if stand else None
    row = bausteine.make_bewertete_ueberpruefung(
        plan, fallmanager, person=person, fallmanagement="teilweise"
    )
    complete(row, fallmanager)
    erwartet = [(f"planvereinbarung:{vereinbarung.pk}", "offen")] if laeuft else []
    assert states_of(plan.case, Regel.TEILHABEZIELE_ANPASSEN) == erwartet
    satz = "Teilhabezielvereinbarung anpassen, Ziel 1, 2 nicht erreicht (§ 122 S. 3 SGB IX)"
    assert plan.case.ereignisse.filter(text__contains=satz).exists() is laeuft
    assert not plan.case.wiedervorlagen.exists()


def test_time_to_adapt_is_at_once_and_says_why(plan, fallmanager):
    make_vereinbarung(plan, fallmanager, "geschlossen")
    row = bausteine.make_bewertete_ueberpruefung(
        plan, fallmanager, person="nicht_erreicht", fallmanagement="offen"
    )
    complete(row, fallmanager)
    frist = Frist.objects.get(case=plan.case, regel=Regel.TEILHABEZIELE_ANPASSEN)
    assert (frist.norm, frist.ausloeser_datum) == ("§ 122 S. 3 SGB IX", HEUTE)
    assert frist.ende == HEUTE + timedelta(weeks=2)
    assert frist.wiedervorlage <= HEUTE + timedelta(days=4)
    texte = [schritt["text"] for schritt in frist.schritte]
    assert any("Auslegung" in text for text in texte)


def test_signed_adaptation_meets_it_and_the_next_missed_goal_starts_it_again(plan, fallmanager):
    alt = make_vereinbarung(plan, fallmanager, "geschlossen")
    verfehlt = {"person": "nicht_erreicht", "fallmanagement": "offen"}
    complete(bausteine.make_bewertete_ueberpruefung(plan, fallmanager, **verfehlt), fallmanager)
    neu = continue_planvereinbarung(
        planvereinbarung=alt,
        anlass="Der Weg war zu weit.",
        beitrag_person="Ich übe mit dem Bus.",
        beitrag_traeger="Wir fragen öfter nach.",
        gilt_bis=SPAETER,
        by=fallmanager,
        tag=HEUTE,
    )
    assert states_of(plan.case, Regel.TEILHABEZIELE_ANPASSEN) == [
        (f"planvereinbarung:{alt.pk}", "offen")
    ]
    complete_planvereinbarung(
        planvereinbarung=neu, person_am=HEUTE, traeger_am=HEUTE, by=fallmanager, tag=HEUTE
    )
    complete(bausteine.make_bewertete_ueberpruefung(plan, fallmanager, **verfehlt), fallmanager)
    assert states_of(plan.case, Regel.TEILHABEZIELE_ANPASSEN) == [
        (f"planvereinbarung:{alt.pk}", "gewahrt"),
        (f"planvereinbarung:{neu.pk}", "offen"),
    ]


def test_goals_seen_in_reach_again_lift_it(plan, fallmanager):
    alt = make_vereinbarung(plan, fallmanager, "geschlossen")
    for person in ("nicht_erreicht", "teilweise"):
        row = bausteine.make_bewertete_ueberpruefung(
            plan, fallmanager, person=person, fallmanagement="offen"
        )
        complete(row, fallmanager)
    assert states_of(plan.case, Regel.TEILHABEZIELE_ANPASSEN) == [
        (f"planvereinbarung:{alt.pk}", "aufgehoben")
    ]


def ask_traeger(plan, by):
    with connection.cursor() as cursor:
        # Asked before the release.
        cursor.execute("SET LOCAL session_replication_role = replica")
        Planabstimmung.objects.create(
            gesamtplan=plan,
            traeger=make_traeger("rentenversicherung", "DRV Probe"),
            angefragt_am=HEUTE,
            bis=SPAETER,
            bearbeitet_von=by,
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    ("ergebnis", "laeuft"), [("fortschreiben", True), ("bestaetigen", False), ("beenden", False)]
)
def test_changed_plan_lets_the_time_to_adapt_the_teilhabeplan_run(
    row, plan, fallmanager, ergebnis, laeuft
):
    # § 19 Abs. 3 SGB IX: with the other carriers, as long as the decision with them.
    ask_traeger(plan, fallmanager)
    complete(row, fallmanager, ergebnis)
    erwartet = [(f"gesamtplan:{plan.pk}", "offen")] if laeuft else []
    assert states_of(plan.case, Regel.TEILHABEPLAN_ANPASSEN) == erwartet
    if laeuft:
        frist = Frist.objects.get(case=plan.case, regel=Regel.TEILHABEPLAN_ANPASSEN)
        assert (frist.norm, frist.ende) == ("§ 19 Abs. 3 SGB IX", HEUTE + timedelta(weeks=6))


def test_plan_without_other_carriers_has_no_teilhabeplan_to_adapt(row, plan, fallmanager):
    complete(row, fallmanager, "fortschreiben")
    assert states_of(plan.case, Regel.TEILHABEPLAN_ANPASSEN) == []


def test_next_version_meets_the_teilhabeplan_and_its_own_change_starts_it_again(
    plan, fallmanager, leitung
):
    make_vereinbarung(plan, fallmanager, "geschlossen")
    ask_traeger(plan, fallmanager)
    verfehlt = {"person": "nicht_erreicht", "fallmanagement": "offen"}
    row = bausteine.make_bewertete_ueberpruefung(plan, fallmanager, **verfehlt)
    complete(row, fallmanager, "fortschreiben")
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=plan, anlass="Überprüfung", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    freigabe.submit_gesamtplan(gesamtplan=neu, by=fallmanager, tag=HEUTE)
    neu = freigabe.release_gesamtplan(gesamtplan=neu, by=leitung, tag=HEUTE)
    assert states_of(plan.case, Regel.TEILHABEPLAN_ANPASSEN) == [
        (f"gesamtplan:{plan.pk}", "gewahrt")
    ]
    # The agreement about the version before binds nobody any more.
    assert [s for _, s in states_of(plan.case, Regel.TEILHABEZIELE_ANPASSEN)] == ["aufgehoben"]
    ask_traeger(neu, fallmanager)
    gesamtplan.continue_gesamtplan(
        gesamtplan=neu, anlass="Umzug", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    assert states_of(plan.case, Regel.TEILHABEPLAN_ANPASSEN)[1:] == [
        (f"gesamtplan:{neu.pk}", "offen")
    ]
