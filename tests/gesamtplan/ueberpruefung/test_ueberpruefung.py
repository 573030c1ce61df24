"""A review from its beginning to its outcome, and the Fristen that it meets and starts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases.frist.services.frist import start_frist
from cases.models import Case, Frist, Leistungserbringer
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Ueberpruefung
from gesamtplan.models.angaben import Bewertung, Bewertungsstelle
from gesamtplan.plan.services import freigabe, gesamtplan
from gesamtplan.states.ueberpruefung import UEBERPRUEFUNG, Pruefstand
from gesamtplan.ueberpruefung import guards
from gesamtplan.ueberpruefung.queries import ueberpruefung_of
from gesamtplan.ueberpruefung.queries.verlauf import verlaeufe_of
from gesamtplan.ueberpruefung.schritte import (
    BEGINN,
    PRUEFSCHRITTE,
    Prueflage,
    begin_lage,
)
from gesamtplan.ueberpruefung.services import bericht as berichte
from gesamtplan.ueberpruefung.services import ueberpruefung as services
from recht.fristkennung import Regel
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan import bausteine
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db
SPAETER = HEUTE + timedelta(days=200)


@pytest.fixture
def plan(fallmanager, leitung):
    return bausteine.make_laufenden_plan(fallmanager, leitung, ziele=2)


@pytest.fixture
def row(plan, fallmanager):
    return bausteine.make_bewertete_ueberpruefung(plan, fallmanager)


def make_erbringer(name="Lebensnah gGmbH"):
    return Leistungserbringer.objects.create(
        name=name, strasse="Weg 1", plz="70999", ort="Musterau"
    )


def complete(row, by, ergebnis="bestaetigen", tag=HEUTE):
    return services.complete_ueberpruefung(
        ueberpruefung=row, ergebnis=ergebnis, grund="Es läuft gut.", by=by, tag=tag
    )


def states_of(case, regel):
    rows = Frist.objects.filter(case=case, regel=regel).order_by("pk")
    return list(rows.values_list("gegenstand", "state"))


def test_running_case_goes_under_review_and_runs_on_when_confirmed(row, plan, fallmanager):
    assert Case.objects.get(pk=plan.case_id).state == Fallzustand.UEBERPRUEFUNG
    done = complete(row, fallmanager)
    assert done.state == Pruefstand.ABGESCHLOSSEN
    assert Case.objects.get(pk=plan.case_id).state == Fallzustand.LEISTUNG_LAEUFT
    texte = list(plan.case.ereignisse.order_by("pk").values_list("text", flat=True))
    assert any("abgeschlossen: Der Plan gilt unverändert weiter" in text for text in texte)


def test_confirmation_meets_the_review_and_starts_the_next_from_the_talk(row, plan, fallmanager):
    complete(row, fallmanager)
    assert states_of(plan.case, Regel.UEBERPRUEFUNG_GESAMTPLAN) == [
        (f"gesamtplan:{plan.pk}", "gewahrt"),
        (f"ueberpruefung:{row.pk}", "offen"),
    ]
    neu = Frist.objects.get(case=plan.case, gegenstand=f"ueberpruefung:{row.pk}")
    assert neu.ausloeser_datum == row.gespraech_am


def test_release_after_a_confirmation_ends_the_review_it_has_started(
    row, plan, fallmanager, leitung
):
    complete(row, fallmanager)
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=plan, anlass="Umzug", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    freigabe.submit_gesamtplan(gesamtplan=neu, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=neu, by=leitung, tag=HEUTE)
    assert states_of(plan.case, Regel.UEBERPRUEFUNG_GESAMTPLAN) == [
        (f"gesamtplan:{plan.pk}", "gewahrt"),
        (f"ueberpruefung:{row.pk}", "gewahrt"),
        (f"gesamtplan:{neu.pk}", "offen"),
    ]


def test_continuing_leaves_the_review_to_the_release_and_takes_the_rating_over(
    row, plan, fallmanager
):
    complete(row, fallmanager, "fortschreiben")
    assert states_of(plan.case, Regel.UEBERPRUEFUNG_GESAMTPLAN) == [
        (f"gesamtplan:{plan.pk}", "offen")
    ]
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=plan, anlass="Überprüfung", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    assert {ziel.status for ziel in neu.teilhabeziele.all()} == {"teilweise"}


@pytest.mark.parametrize("laenge", [None, "12 Monate"])
def test_agreed_talks_are_met_and_go_on_at_their_own_length(row, plan, fallmanager, laenge):
    start_frist(
        case=plan.case,
        regel=Regel.VERLAUFSGESPRAECH,
        gegenstand=plan.case,
        ausloeser=HEUTE - timedelta(days=170),
        by=fallmanager,
        laenge=laenge,
    )
    complete(row, fallmanager, "fortschreiben")
    erste, zweite = Frist.objects.filter(regel=Regel.VERLAUFSGESPRAECH).order_by("pk")
    assert (erste.state, zweite.state) == ("gewahrt", "offen")
    assert zweite.ausloeser_datum == HEUTE
    assert zweite.angaben.get("laenge") == laenge


def test_no_talks_agreed_none_started(row, plan, fallmanager):
    complete(row, fallmanager)
    assert not Frist.objects.filter(regel=Regel.VERLAUFSGESPRAECH).exists()


@pytest.mark.parametrize("stimme", ["person", "fallmanagement"])
@pytest.mark.parametrize("gespraech", [None, HEUTE + timedelta(days=1)])
def test_nobody_is_rated_before_the_talk(plan, fallmanager, stimme, gespraech):
    row = services.start_ueberpruefung(case=plan.case, anlass="verlauf", by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Bewertet wird, was Sie mit der Person"):
        services.update_ueberpruefung(
            ueberpruefung=row,
            bewertungen=bausteine.rate(row, **{stimme: "offen"}),
            gespraech_am=gespraech,
            by=fallmanager,
            tag=HEUTE,
        )
    assert row.zielbewertungen.count() == 0


@pytest.mark.parametrize(
    ("eine", "satz"),
    [
        (Bewertung("erreicht", " "), "Es fehlt die Begründung"),
        (Bewertung("", "weil"), "Es fehlt die Einschätzung"),
    ],
)
def test_half_a_rating_is_refused(row, fallmanager, eine, satz):
    ziel = row.gesamtplan.teilhabeziele.all()[0]
    with pytest.raises(SchrittUnzulaessig, match=satz):
        services.update_ueberpruefung(
            ueberpruefung=row,
            bewertungen={Bewertungsstelle(ziel.kennung, "person"): eine},
            gespraech_am=HEUTE,
            by=fallmanager,
            tag=HEUTE,
        )


def test_gespraech_zum_plan(plan, fallmanager):
    row = services.start_ueberpruefung(case=plan.case, anlass="verlauf", by=fallmanager, tag=HEUTE)
    assert guards.gespraech_zum_plan(row, plan.datum) is None
    with pytest.raises(SchrittUnzulaessig, match="vor dem Datum des Plans") as gefunden:
        services.update_ueberpruefung(
            ueberpruefung=row,
            bewertungen=bausteine.rate(row, person="offen"),
            gespraech_am=plan.datum - timedelta(days=1),
            by=fallmanager,
            tag=HEUTE,
        )
    assert (gefunden.value.norm, gefunden.value.feld) == ("§ 121 Abs. 2 SGB IX", "gespraech_am")
    assert row.zielbewertungen.count() == 0


@pytest.mark.parametrize(("tage", "satz"), [(-1, "Angefordert ist der Bericht"), (1, "Zukunft")])
def test_bericht_nach_der_anforderung(row, fallmanager, tage, satz):
    bericht = berichte.add_verlaufsbericht(
        ueberpruefung=row,
        leistungserbringer=make_erbringer(),
        bis=SPAETER,
        by=fallmanager,
        tag=HEUTE,
    )
    assert guards.bericht_nach_der_anforderung(bericht, HEUTE, HEUTE) is None
    with pytest.raises(SchrittUnzulaessig, match=satz) as gefunden:
        berichte.accept_verlaufsbericht(
            bericht=bericht,
            text="Es läuft.",
            eingegangen_am=HEUTE + timedelta(days=tage),
            bewertungen={},
            by=fallmanager,
            tag=HEUTE,
        )
    assert gefunden.value.norm == "§ 121 Abs. 2 SGB IX"


def test_ziele_sind_bewertet(plan, fallmanager):
    row = bausteine.make_bewertete_ueberpruefung(plan, fallmanager, person="erreicht")
    with pytest.raises(SchrittUnzulaessig, match="Fallmanagement: Ziel 1, 2"):
        complete(row, fallmanager)


def test_gespraech_gefuehrt(plan, fallmanager):
    row = services.start_ueberpruefung(case=plan.case, anlass="verlauf", by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Der Tag des Gesprächs fehlt"):
        complete(row, fallmanager)


def test_berichte_liegen_vor(row, fallmanager):
    bericht = berichte.add_verlaufsbericht(
        ueberpruefung=row,
        leistungserbringer=make_erbringer(),
        bis=HEUTE + timedelta(days=14),
        by=fallmanager,
        tag=HEUTE,
    )
    with pytest.raises(SchrittUnzulaessig, match="stehen noch aus: Lebensnah"):
        complete(row, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="schon ein Bericht angefordert"):
        berichte.add_verlaufsbericht(
            ueberpruefung=row,
            leistungserbringer=bericht.leistungserbringer,
            bis=SPAETER,
            by=fallmanager,
            tag=HEUTE,
        )
    with pytest.raises(SchrittUnzulaessig, match="erinnern können Sie danach"):
        berichte.mark_erinnert(bericht=bericht, by=fallmanager, tag=HEUTE)
    danach = bericht.bis + timedelta(days=1)
    assert berichte.mark_erinnert(bericht=bericht, by=fallmanager, tag=danach).erinnert_am == danach
    complete(row, fallmanager, tag=danach)


def test_report_is_taken_in_once_with_the_ratings_of_the_provider(row, fallmanager):
    bericht = berichte.add_verlaufsbericht(
        ueberpruefung=row, leistungserbringer=make_erbringer(), bis=HEUTE, by=fallmanager, tag=HEUTE
    )
    ziele = row.gesamtplan.teilhabeziele.all()
    werte = {
        "text": "Guter Verlauf.",
        "eingegangen_am": HEUTE,
        "bewertungen": {ziele[0].kennung: Bewertung("nicht_erreicht", "Er kommt selten.")},
        "by": fallmanager,
        "tag": HEUTE,
    }
    berichte.accept_verlaufsbericht(bericht=bericht, **werte)
    with pytest.raises(SchrittUnzulaessig, match="schon eingetragen"):
        berichte.accept_verlaufsbericht(bericht=bericht, **werte)
    row = ueberpruefung_of(row.case, row.pk)
    erster = verlaeufe_of([row])[0].spalten[0]
    assert [(p.stimme, p.status, p.stufe) for p in erster.punkte] == [
        ("person", "erreicht", 3),
        ("leistungserbringer", "nicht_erreicht", 0),
        ("fallmanagement", "teilweise", 2),
    ]
    assert erster.uneins
    complete(row, fallmanager)


def test_goals_are_followed_through_versions_by_identity(row, plan, fallmanager, leitung):
    complete(row, fallmanager, "fortschreiben")
    neu = gesamtplan.continue_gesamtplan(
        gesamtplan=plan, anlass="Überprüfung", datum=HEUTE, by=fallmanager, tag=HEUTE
    )
    ziel = neu.teilhabeziele.all()[0]
    type(ziel).objects.filter(pk=ziel.pk).update(text="Ich koche jeden Tag selbst.")
    freigabe.submit_gesamtplan(gesamtplan=neu, by=fallmanager, tag=HEUTE)
    freigabe.release_gesamtplan(gesamtplan=neu, by=leitung, tag=HEUTE)
    force(plan.case, Fallzustand.LEISTUNG_LAEUFT)
    zweite = bausteine.make_bewertete_ueberpruefung(
        neu, fallmanager, person="entfallen", fallmanagement="erreicht"
    )
    verlauf = verlaeufe_of([zweite, ueberpruefung_of(row.case, row.pk)])[0]
    assert verlauf.ziel.text == "Ich koche jeden Tag selbst."
    assert [[p.status for p in s.punkte] for s in verlauf.spalten] == [
        ["erreicht", "teilweise"],
        ["entfallen", "erreicht"],
    ]
    assert verlauf.spalten[1].punkte[0].stufe is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gesamtplan_ueberpruefung SET notiz = 'x'",
        "DELETE FROM gesamtplan_ueberpruefung",
        "UPDATE gesamtplan_zielbewertung SET grund = 'x'",
        "DELETE FROM gesamtplan_zielbewertung",
    ],
)
def test_closed_review_refuses_raw_sql(row, fallmanager, sql):
    complete(row, fallmanager)
    with (
        pytest.raises(
            DatabaseError,
            match=r"Cannot (update or )?(update|delete) rows|permission denied|festgeschriebenen",
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_steps_of_a_review_agree(row, fallmanager, leitung):
    alle = [fallmanager, leitung, make_user("revision", "Revision")]
    erbringer, gesagt = make_erbringer(), {}
    nehmen = {
        "bearbeiten": lambda u, by: services.update_ueberpruefung(
            ueberpruefung=u, bewertungen={}, gespraech_am=HEUTE, by=by, tag=HEUTE
        ),
        "bericht_anfordern": lambda u, by: berichte.add_verlaufsbericht(
            ueberpruefung=u, leistungserbringer=erbringer, bis=HEUTE, by=by, tag=HEUTE
        ),
        "abschliessen": complete,
    }
    for state in Pruefstand.values:
        fertig = state == Pruefstand.ABGESCHLOSSEN
        angaben = {"ergebnis": "beenden", "ergebnis_grund": "x"} if fertig else {}
        force(row, state, abgeschlossen_am=HEUTE if fertig else None, **angaben)
        for zeile in PRUEFSCHRITTE.zeilen:
            for user in alle:
                jetzt = ueberpruefung_of(row.case, row.pk)
                gesagt[state, zeile.schritt, user.username] = agree(
                    PRUEFSCHRITTE,
                    Prueflage(user, HEUTE, jetzt),
                    zeile.schritt,
                    lambda s=zeile.schritt, r=jetzt, u=user: nehmen[s](r, u),
                )
    assert len(gesagt) == 2 * len(UEBERPRUEFUNG.uebergaenge) * 3
    assert gesagt["offen", "abschliessen", "fallmanager"] == ""
    assert gesagt["abgeschlossen", "bearbeiten", "leitung"] is None


def test_beginning_agrees_in_every_state_of_the_case(plan, fallmanager, leitung):
    gesagt = {}
    for state in Fallzustand:
        force(plan.case, state)
        for user in (fallmanager, leitung, make_user(f"revision{state}", "Revision")):
            jetzt = Case.objects.get(pk=plan.case_id)
            gesagt[state, user.username] = agree(
                BEGINN,
                begin_lage(jetzt, user, HEUTE),
                "ueberpruefen",
                lambda c=jetzt, u=user: services.start_ueberpruefung(
                    case=c, anlass="verlauf", by=u, tag=HEUTE
                ),
            )
    assert gesagt["leistung_laeuft", "fallmanager"] == ""
    assert gesagt["anfrage", "fallmanager"] is None


def test_plan_ist_freigegeben(fallmanager):
    entwurf = bausteine.make_plan(fallmanager)
    force(entwurf.case, Fallzustand.LEISTUNG_LAEUFT)
    with pytest.raises(SchrittUnzulaessig, match="diesen gibt es noch nicht"):
        services.start_ueberpruefung(case=entwurf.case, anlass="verlauf", by=fallmanager, tag=HEUTE)


def test_keine_offene_ueberpruefung(row, fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="schon eine Überprüfung in Arbeit"):
        services.start_ueberpruefung(case=row.case, anlass="verlauf", by=fallmanager, tag=HEUTE)
    assert Ueberpruefung.objects.filter(case=row.case).count() == 1
