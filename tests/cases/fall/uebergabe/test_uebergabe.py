"""Handover of cases: sets, notices, undo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.fall.queries.uebergabe import Auswahl, distribute, preview_uebergabe
from cases.fall.services.uebergabe import hand_over, note_uebergabe, undo_uebergabe
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import Case, Ereignis, Uebergabemeldung, Uebergabezeile, Wiedervorlage
from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.services.erinnerung import order_erinnerungen
from tests.fabriken import (
    HEUTE,
    make_fall,
    make_fallmanager,
    make_leitung,
    make_person,
    make_team,
)

pytestmark = pytest.mark.django_db
MITTAG = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture
def neu(fallmanager):
    return make_fallmanager("neue", make_team("Team Süd"))


def hand(faelle, an, leitung, **angaben):
    return hand_over(
        case_ids=[f.pk for f in faelle],
        an=an,
        grund="Wechsel",
        by=leitung,
        zeitpunkt=MITTAG,
        **angaben,
    )


def test_handover_moves_owner_team_and_own_reminders(fallmanager, leitung, neu):
    case = make_fall(fallmanager)
    eigene = create_wiedervorlage(
        case=case, user=fallmanager, am=HEUTE, anlass="Rückruf", by=fallmanager, tag=HEUTE
    )
    fremde = create_wiedervorlage(
        case=case, user=leitung, am=HEUTE, anlass="Kontrolle", by=leitung, tag=HEUTE
    )
    hand([case], [neu], leitung)
    case.refresh_from_db()
    assert (case.caseworker, case.team) == (neu, neu.team)
    wem = dict(Wiedervorlage.objects.values_list("pk", "user"))
    assert wem == {eigene.pk: neu.pk, fremde.pk: leitung.pk}
    assert Ereignis.objects.filter(case=case, art="uebergabe").get().text == (
        "Fall übergeben von Fallmanager Beispiel an Neue Beispiel (Team Nord an Team Süd): Wechsel"
    )


def test_number_of_queries_does_not_grow_with_the_cases(fallmanager, leitung, neu):
    zahlen = []
    # The first round reads the roles of the people, which they keep.
    for menge in (1, 2, 30):
        faelle = [make_fall(fallmanager) for _ in range(menge)]
        with CaptureQueriesContext(
            connection,
        ) as abfragen:
            uebergabe = hand(faelle, [neu], leitung)
        with CaptureQueriesContext(connection) as zurueck:
            undo_uebergabe(uebergabe=uebergabe, by=leitung, zeitpunkt=MITTAG)
        zahlen.append((len(abfragen), len(zurueck)))
    assert zahlen[1] == zahlen[2]
    assert max(zahlen[2]) <= 15


def test_undo_gives_back_what_has_not_changed_hands_again(fallmanager, leitung, neu):
    bleibt, zurueck = make_fall(fallmanager), make_fall(fallmanager)
    erinnerung = create_wiedervorlage(
        case=zurueck, user=fallmanager, am=HEUTE, anlass="x", by=fallmanager, tag=HEUTE
    )
    make_leitung("leitungsued", neu.team).geleitete_teams.add(bleibt.team)
    leitung.geleitete_teams.add(neu.team)
    dritte = make_fallmanager("dritte")
    uebergabe = hand([bleibt, zurueck], [neu], leitung)
    hand([bleibt], [dritte], leitung)
    undo_uebergabe(uebergabe=uebergabe, by=leitung, zeitpunkt=MITTAG + timedelta(hours=24))
    wem = dict(Case.objects.values_list("pk", "caseworker"))
    assert wem == {bleibt.pk: dritte.pk, zurueck.pk: fallmanager.pk}
    erinnerung.refresh_from_db()
    assert erinnerung.user == fallmanager
    gruende = Uebergabezeile.objects.filter(uebergabe=uebergabe).order_by("case_id")
    assert [(z.zurueck, z.bleibt_weil) for z in gruende] == [
        (False, "Der Fall wurde inzwischen weitergegeben."),
        (True, ""),
    ]


def test_uebergabe_binnen_eines_tages(fallmanager, leitung, neu):
    uebergabe = hand([make_fall(fallmanager)], [neu], leitung)
    spaet = MITTAG + timedelta(hours=24, seconds=1)
    with pytest.raises(SchrittUnzulaessig, match="binnen 24 Stunden"):
        undo_uebergabe(uebergabe=uebergabe, by=leitung, zeitpunkt=spaet)
    undo_uebergabe(uebergabe=uebergabe, by=leitung, zeitpunkt=MITTAG + timedelta(hours=24))
    with pytest.raises(SchrittUnzulaessig, match="schon rückgängig"):
        undo_uebergabe(uebergabe=uebergabe, by=leitung, zeitpunkt=MITTAG)


def test_a_case_that_went_and_came_back_counts_as_changed_hands(fallmanager, leitung, neu):
    case = make_fall(fallmanager)
    leitung.geleitete_teams.add(neu.team)
    uebergabe = hand([case], [neu], leitung)
    hand([case], [fallmanager], leitung)
    hand([case], [neu], leitung)
    with pytest.raises(SchrittUnzulaessig, match="Keiner der Fälle"):
        undo_uebergabe(uebergabe=uebergabe, by=leitung, zeitpunkt=MITTAG)


def test_darf_uebergeben(fallmanager, neu):
    with pytest.raises(SchrittUnzulaessig, match="Sachgebietsleitung"):
        hand([make_fall(fallmanager)], [neu], fallmanager)


def test_cases_of_a_foreign_team_cannot_be_handed_over(fallmanager, neu):
    fremd = make_leitung("fremd", make_team("Team West"))
    with pytest.raises(SchrittUnzulaessig, match="gehört nicht mehr zu Ihren Teams"):
        hand([make_fall(fallmanager)], [neu], fremd)


def test_kann_uebernehmen(fallmanager, leitung, neu):
    neu.is_active = False
    neu.save()
    with pytest.raises(SchrittUnzulaessig, match="kann keine Fälle übernehmen"):
        hand([make_fall(fallmanager)], [neu], leitung)


def test_fall_kann_wechseln(fallmanager, leitung, neu):
    geschuetzt, beendet = make_fall(fallmanager), make_fall(fallmanager)
    Case.objects.filter(pk=geschuetzt.pk).update(geschuetzt=True)
    Case.objects.filter(pk=beendet.pk).update(state="beendet", beendet_am=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Keiner der Fälle"):
        hand([geschuetzt, beendet], [neu], leitung)
    hand([geschuetzt, beendet], [neu], leitung, geschuetzte=True)
    wem = dict(Case.objects.values_list("pk", "caseworker"))
    assert wem == {geschuetzt.pk: neu.pk, beendet.pk: fallmanager.pk}


def test_both_sides_and_the_supervisors_are_told_once(fallmanager, leitung, neu):
    andere = make_leitung("andere", neu.team)
    uebergabe = hand([make_fall(fallmanager), make_fall(fallmanager)], [neu], leitung)
    rows = Uebergabemeldung.objects.order_by("art", "user")
    assert [(m.user, m.art, m.anzahl) for m in rows] == [
        (fallmanager, "abgegeben", 2),
        (andere, "leitung", 2),
        (neu, "uebernommen", 2),
    ]
    assert note_uebergabe(uebergabe=uebergabe, by=neu, tag=HEUTE) == 1
    assert note_uebergabe(uebergabe=uebergabe, by=neu, tag=HEUTE) == 0


def test_digest_counts_a_handover_and_names_nobody(fallmanager, leitung, neu):
    hand([make_fall(fallmanager)], [neu], leitung)
    order_erinnerungen(tag=date(2026, 11, 20))
    mails = dict(neu.erinnerungsmails.values_list("user", "uebergaben"))
    assert mails == {neu.pk: 1}


def test_distribution_is_even_and_keeps_the_cases_of_a_person_together(fallmanager, neu):
    person = make_person("Aal")
    zwei = [make_fall(fallmanager, person=person), make_fall(fallmanager, person=person)]
    faelle = [*zwei, make_fall(fallmanager), make_fall(fallmanager)]
    paare = distribute(reversed(faelle), [fallmanager, neu])
    assert {case.pk: ziel for case, ziel in paare} == {
        zwei[0].pk: fallmanager,
        zwei[1].pk: fallmanager,
        faelle[2].pk: neu,
        faelle[3].pk: neu,
    }


@pytest.mark.parametrize(
    ("von", "bis", "namen"),
    [
        ("A", "K", ["Albers", "Kühn"]),
        ("L", "", ["Łukasik", "Öztürk", "Schäfer"]),
        ("", "O", ["Albers", "Kühn", "Łukasik", "Öztürk"]),
        ("Sch", "Sch", ["Schäfer"]),
    ],
)
def test_letter_range_of_the_surname_ignores_accents(fallmanager, leitung, neu, von, bis, namen):
    for name in ("Albers", "Kühn", "Łukasik", "Öztürk", "Schäfer"):
        make_fall(fallmanager, person=make_person(name))
    vorschau = preview_uebergabe(
        user=leitung,
        stichtag=HEUTE,
        auswahl=Auswahl(buchstabe_von=von, buchstabe_bis=bis),
        an=[neu],
        geschuetzte=False,
    )
    found = {z.case.leistungsberechtigte_person.nachname for z in vorschau.gehen}
    assert found == set(namen)


def test_preview_counts_what_moves_along_and_says_why_cases_stay(fallmanager, leitung, neu):
    case, eigener = make_fall(fallmanager), make_fall(fallmanager)
    Case.objects.filter(pk=eigener.pk).update(caseworker=neu)
    create_wiedervorlage(
        case=case, user=fallmanager, am=HEUTE, anlass="x", by=fallmanager, tag=HEUTE
    )
    vorschau = preview_uebergabe(
        user=leitung,
        stichtag=HEUTE,
        auswahl=Auswahl(aktenzeichen=(case.aktenzeichen, eigener.aktenzeichen, "EH-1-1")),
        an=[neu],
        geschuetzte=False,
    )
    assert vorschau.summe == {"fristen": 2, "wiedervorlagen": 1, "entwuerfe": 0}
    assert vorschau.bleiben == [(eigener, "Der Fall liegt schon bei Neue Beispiel.")]
    assert vorschau.unbekannt == ("EH-1-1",)
