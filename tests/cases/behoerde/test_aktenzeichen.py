"""Numbers of cases by the scheme of the authority."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from cases.behoerde.services.aktenzeichen import next_aktenzeichen
from cases.behoerde.services.behoerde import update_behoerde, update_kuerzel
from cases.models import Aktenzeichenzaehler, Behoerde, Case, Team
from cases.models.aktenzeichen import Aktenzeichenschema, SchemaFehler, pruefziffer
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_behoerde, make_fall, make_user


@pytest.mark.parametrize(
    ("schema", "erwartet"),
    [
        ("{praefix}-{jahr}-{nummer:05}", "EH-2026-00042"),
        ("{jahr2}/{team}/{nummer:4}", "26/NORD/0042"),
        ("{praefix} {nummer}.{jahr}", "EH 42.2026"),
        ("{jahr}{nummer:4}-{pruefziffer}", "20260042-3"),
    ],
)
def test_scheme_builds_the_number(schema, erwartet):
    gelesen = Aktenzeichenschema.lesen(schema)
    assert gelesen.bilden(praefix="EH", jahr=2026, team="NORD", nummer=42) == erwartet


@pytest.mark.parametrize(
    ("schema", "satz"),
    [
        ("{praefix}-{jahr}", "fehlt {nummer}"),
        ("{nummer}-{nummer}", "mehr als einmal"),
        ("{nummer", "geschweifte Klammer"),
        ("{monat}-{nummer}", "gibt es nicht"),
        ("{jahr:4}-{nummer}", "nur bei {nummer}"),
        ("{pruefziffer}-{nummer}", "am Ende"),
        ("<{nummer}>", "nur Buchstaben"),
        ("{nummer.__class__}", "gibt es nicht"),
    ],
)
def test_wrong_scheme_is_refused_with_its_reason(schema, satz):
    with pytest.raises(SchemaFehler) as error:
        Aktenzeichenschema.lesen(schema)
    assert satz in str(error.value)


def test_scheme_that_would_be_too_long_is_refused():
    gelesen = Aktenzeichenschema.lesen("Eingliederungshilfe-{jahr}-{nummer:9}")
    with pytest.raises(SchemaFehler, match="höchstens 30"):
        gelesen.bilden(praefix="", jahr=2026, team="", nummer=1)


def test_check_digit_finds_every_single_wrong_digit():
    # The example of the standard: the string 0794 carries the check digit 5.
    assert pruefziffer("0794") == 5
    richtig = pruefziffer("20260042")
    falsch = [
        pruefziffer("20260042"[:i] + str(z) + "20260042"[i + 1 :])
        for i in range(8)
        for z in range(10)
        if str(z) != "20260042"[i]
    ]
    assert richtig not in falsch


@pytest.mark.django_db
def test_each_series_counts_for_itself_and_old_numbers_stay(fallmanager):
    alt = make_fall(fallmanager, eingang=date(2026, 1, 5))
    Team.objects.update(kuerzel="NORD")
    admin = make_user("admin", Rolle.FACHADMINISTRATION)
    update_behoerde(
        angaben={"aktenzeichen_schema": "{jahr2}/{team}/{nummer:4}"}, by=admin, tag=HEUTE
    )
    fallmanager.team.refresh_from_db()
    neu = make_fall(fallmanager, eingang=date(2026, 1, 6))
    alt.refresh_from_db()
    assert (alt.aktenzeichen, neu.aktenzeichen) == ("EH-2026-00001", "26/NORD/0001")
    update_behoerde(
        angaben={"aktenzeichen_schema": "{praefix}-{jahr}-{nummer:6}"}, by=admin, tag=HEUTE
    )
    assert make_fall(fallmanager, eingang=date(2026, 1, 7)).aktenzeichen == "EH-2026-000002"


@pytest.mark.django_db
def test_a_number_that_a_case_already_carries_is_passed_over(fallmanager):
    case = make_fall(fallmanager, eingang=date(2026, 1, 5))
    Case.objects.filter(pk=case.pk).update(aktenzeichen="EH-2026-00002")
    assert make_fall(fallmanager, eingang=date(2026, 1, 6)).aktenzeichen == "EH-2026-00003"


@pytest.mark.django_db
def test_kuerzel_vorhanden(fallmanager):
    admin = make_user("admin", Rolle.FACHADMINISTRATION)
    with pytest.raises(SchrittUnzulaessig, match="Team Nord hat noch kein Kürzel"):
        update_behoerde(angaben={"aktenzeichen_schema": "{team}-{nummer}"}, by=admin, tag=HEUTE)
    update_kuerzel(team_id=fallmanager.team_id, kuerzel="N", by=admin)
    update_behoerde(angaben={"aktenzeichen_schema": "{team}-{nummer}"}, by=admin, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="hat noch kein Kürzel"):
        update_kuerzel(team_id=fallmanager.team_id, kuerzel="", by=admin)


@pytest.mark.django_db
def test_schema_verwendbar(fallmanager, leitung):
    admin = make_user("admin", Rolle.FACHADMINISTRATION)
    with pytest.raises(SchrittUnzulaessig, match=r"fehlt \{nummer\}"):
        update_behoerde(angaben={"aktenzeichen_schema": "{jahr}"}, by=admin, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="nur die Rolle Fachadministration"):
        update_behoerde(angaben={"name": "x"}, by=leitung, tag=HEUTE)
    assert Behoerde.objects.get().aktenzeichen_schema == "{praefix}-{jahr}-{nummer:05}"


@pytest.mark.django_db(transaction=True)
def test_intakes_at_once_get_different_numbers_without_a_gap():
    make_behoerde()
    nummern, start = [], threading.Barrier(4)

    def take() -> None:
        start.wait()
        for _ in range(5):
            with transaction.atomic():
                nummern.append(next_aktenzeichen(2026))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(nummern) == [f"EH-2026-{n:05d}" for n in range(1, 21)]
    assert Aktenzeichenzaehler.objects.get().stand == 20
