"""Voices that stay apart, amounts with their reason, and a need that is determined again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.bedarf import services
from gesamtplan.bedarf.queries import bereiche_of, open_lebensbereiche
from gesamtplan.models import Bedarfsermittlung
from gesamtplan.models.angaben import Befund, Mengenangabe
from tests.fabriken import HEUTE
from tests.gesamtplan import bausteine
from tests.oberflaeche.gleichzeitig import felder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(fallmanager):
    return bausteine.make_ermittlung(bausteine.make_zustaendigen_fall(fallmanager), fallmanager)


def say(row, by, text="Ich will allein kochen.", **anders):
    werte = {
        "lebensbereich": "d6",
        "stimme": "person",
        "urheber": "Emil Muster",
        "abweichend": False,
        "am": HEUTE,
    }
    return services.add_aussage(
        bedarfsermittlung=row, text=text, by=by, tag=HEUTE, **(werte | anders)
    )


def menge(von=0, bis=None, zahl="6", begruendung="dreimal zwei Stunden"):
    return Mengenangabe(
        HEUTE + timedelta(days=von),
        Decimal(zahl),
        "stunden_woche",
        begruendung,
        None if bis is None else HEUTE + timedelta(days=bis),
    )


def set_mengen(row, by, *mengen):
    return services.set_bedarfsmengen(
        bedarfsermittlung=row, lebensbereich="d6", mengen=mengen, by=by, tag=HEUTE
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gesamtplan_aussage SET text = 'geglättet'",
        "DELETE FROM gesamtplan_aussage",
        "UPDATE gesamtplan_aussage SET urheber = 'jemand'",
    ],
)
def test_words_are_never_overwritten_not_even_by_sql(row, fallmanager, sql):
    say(row, fallmanager)
    with (
        pytest.raises(
            DatabaseError,
            match=r"Cannot (update or )?(update|delete) rows|permission denied|festgeschriebenen",
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_voices_stand_beside_each_other_with_their_names(row, fallmanager):
    say(row, fallmanager)
    say(row, fallmanager, "Er schafft das noch nicht.", stimme="fachdienst", urheber="Dr. Weiß")
    say(row, fallmanager, "Ich sehe es anders.", abweichend=True)
    sechs = next(b for b in bereiche_of(row) if b.code == "d6")
    assert [(a.urheber, a.abweichend) for a in sechs.aussagen] == [
        ("Emil Muster", False),
        ("Dr. Weiß", False),
        ("Emil Muster", True),
    ]


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"urheber": " "}, "wer was gesagt hat"),
        ({"text": ""}, "wer was gesagt hat"),
        ({"am": HEUTE + timedelta(days=1)}, "liegt in der Zukunft"),
    ],
)
def test_nothing_is_put_into_a_mouth(row, fallmanager, anders, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        say(row, fallmanager, **anders)


def test_closed_talk_takes_no_further_words_or_amounts(row, fallmanager):
    services.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="abgeschlossen"):
        say(row, fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="abgeschlossen"):
        set_mengen(row, fallmanager, menge())


@pytest.mark.parametrize(
    ("mengen", "satz"),
    [
        ([menge(zahl="0")], "über null braucht ihre Begründung"),
        ([menge(begruendung=" ")], "braucht ihre Begründung"),
        ([menge(10, 5)], "Das Ende liegt vor dem Beginn"),
        ([menge(0, 30), menge(30, 60)], "Zeitabschnitt 2 beginnt, bevor der vorige endet"),
        ([menge(0), menge(31)], "Zeitabschnitt 2 beginnt"),
        ([menge(0, 1), menge(2, 3), menge(4, 5), menge(6)], "höchstens drei Zeitabschnitte"),
    ],
)
def test_mengen_sind_nachvollziehbar(row, fallmanager, mengen, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        set_mengen(row, fallmanager, *mengen)
    assert row.bedarfsmengen.count() == 0


def test_amounts_are_replaced_as_a_whole(row, fallmanager):
    set_mengen(row, fallmanager, menge(0, 30), menge(31, zahl="4"))
    assert [str(m) for m in row.bedarfsmengen.all()] == [
        "6 Stunden in der Woche",
        "4 Stunden in der Woche",
    ]
    set_mengen(row, fallmanager, menge(zahl="2.5"))
    assert [str(m) for m in row.bedarfsmengen.all()] == ["2,5 Stunden in der Woche"]


@pytest.mark.parametrize(
    ("nach", "grund", "geht"),
    [(30, "", False), (30, "Umzug", True), (729, "", False), (731, "", True)],
)
def test_fruehere_wiederholung_begruendet(row, fallmanager, nach, grund, geht):
    services.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    tag = HEUTE + timedelta(days=nach)

    def start():
        return services.start_bedarfsermittlung(
            case=row.case,
            datum=tag,
            instrument="x",
            beteiligte="y",
            grund=grund,
            by=fallmanager,
            tag=tag,
        )

    if geht:
        assert start().vorgaenger_id == row.pk
        return
    with pytest.raises(SchrittUnzulaessig, match=r"in der Regel ab dem 20\.11\.2028") as caught:
        start()
    assert "§ 29 Abs. 2" in caught.value.norm


def test_repetition_begins_with_the_findings_and_marks_what_changed(row, fallmanager):
    services.complete_bedarfsermittlung(bedarfsermittlung=row, by=fallmanager, tag=HEUTE)
    neu = services.start_bedarfsermittlung(
        case=row.case,
        datum=HEUTE,
        instrument="x",
        beteiligte="y",
        grund="Umzug",
        uebernehmen=True,
        by=fallmanager,
        tag=HEUTE,
    )
    sechs = neu.bedarfe.get(lebensbereich="d6")
    assert (sechs.bedarf, sechs.wunsch) == (bausteine.KOCHEN.bedarf, "")
    befund = Befund(
        beeintraechtigung=sechs.beeintraechtigung, ressourcen="Er backt jetzt.", bedarf=sechs.bedarf
    )
    neu = services.update_bedarf(
        bedarfsermittlung=neu, befunde={"d6": befund}, by=fallmanager, tag=HEUTE
    )
    felder = next(b for b in bereiche_of(neu) if b.code == "d6").felder
    assert [(titel, anders) for titel, _, anders in felder] == [
        ("Beeinträchtigung", False),
        ("Ressourcen", True),
        ("Bedarf", False),
    ]


def test_nine_areas_are_looked_at(row, fallmanager):
    assert len(open_lebensbereiche(row)) == 8
    ohne = Befund(ohne_beeintraechtigung=True)
    row = services.update_bedarf(
        bedarfsermittlung=row,
        befunde={f"d{n}": ohne for n in (1, 2, 3, 4, 5, 7, 8, 9)},
        by=fallmanager,
        tag=HEUTE,
    )
    assert open_lebensbereiche(row) == []


def test_beeintraechtigung_widerspricht_sich_nicht(row, fallmanager):
    beides = Befund(beeintraechtigung="liest nicht", ohne_beeintraechtigung=True)
    with pytest.raises(SchrittUnzulaessig, match="passt nicht zu einer") as caught:
        services.update_bedarf(
            bedarfsermittlung=row, befunde={"d1": beides}, by=fallmanager, tag=HEUTE
        )
    assert caught.value.norm == "§ 118 Abs. 1 SGB IX"


def test_pages_write_words_and_amounts(client, row, fallmanager):
    client.force_login(fallmanager)
    seite = reverse("aussage_neu", args=[row.case_id, row.pk])
    felder = felder_of(client.get(seite, {"bereich": "d4"}))
    assert felder["lebensbereich"] == ["d4"]
    felder |= {"text": "Bus fahren ist mir zu laut.", "am": f"{row.datum:%d.%m.%Y}"}
    assert client.post(seite, felder)["Location"].endswith("#befund-d4")
    seite = reverse("bedarfsmengen", args=[row.case_id, row.pk, 4])
    felder = felder_of(client.get(seite))
    felder |= {"von_1": "01.12.2026", "menge_1": "2,5", "einheit_1": "stunden_woche"}
    fehler = client.post(seite, felder).context["form"].errors
    assert set(fehler) == {"begruendung_1"}
    felder |= {"begruendung_1": "zweimal begleiten"}
    assert client.post(seite, felder).status_code == 302
    text = client.get(reverse("bedarf_anzeigen", args=[row.case_id, row.pk])).content.decode()
    for wort in (
        "Bus fahren ist mir zu laut.",
        "2,5 Stunden in der Woche",
        "Noch nicht betrachtet",
    ):
        assert wort in text
    assert client.get(reverse("bedarfsmengen", args=[row.case_id, row.pk, 10])).status_code == 404


def test_form_refuses_both_answers_at_the_field(client, row, fallmanager):
    client.force_login(fallmanager)
    seite = reverse("bedarf_bearbeiten", args=[row.case_id, row.pk])
    felder = felder_of(client.get(seite)) | {"d6_ohne_beeintraechtigung": "on"}
    assert set(client.post(seite, felder).context["form"].errors) == {"d6_ohne_beeintraechtigung"}


def test_in_a_the_page_shows_the_group_that_the_fachdienst_has_found(client, fallmanager):
    tag = date(2016, 5, 2)
    case = bausteine.make_zustaendigen_fall(fallmanager, tag)
    row = bausteine.make_ermittlung(case, fallmanager, tag)
    client.force_login(fallmanager)
    text = client.get(reverse("bedarf_anzeigen", args=[case.pk, row.pk])).content.decode()
    assert "Hilfebedarfsgruppe" in text
    heute = bausteine.make_ermittlung(bausteine.make_zustaendigen_fall(fallmanager), fallmanager)
    text = client.get(reverse("bedarf_anzeigen", args=[heute.case_id, heute.pk])).content.decode()
    assert "Hilfebedarfsgruppe" not in text
    assert Bedarfsermittlung.objects.count() == 2
