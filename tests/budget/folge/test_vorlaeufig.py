"""Provisional Leistung: its preconditions, its letter, its pages, and that it decides nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse

from budget.folge.guards import vorlaeufig as guards
from budget.folge.queries import norm_of, offene_antraege
from budget.folge.queries.gegenstand import gegenstaende_of
from budget.folge.schreiben.daten import anhoerung_daten, folge_daten
from budget.folge.services import bescheid as folge
from budget.models import Folgebescheid, PersoenlichesBudget
from budget.states.folge import FOLGEARTEN
from cases.frist.queries import fristen_of
from cases.models import Antrag, Frist, Vorlaeufigkeit
from cases.states.tafel import SchrittUnzulaessig
from recht.leistungsbeginn import fruehester_beginn
from tests.budget import fabriken
from tests.budget.folge import geschichte, vorlaeufig
from tests.fabriken import norm_of as norm_des_hindernisses

ZEILE, ZURUECK = FOLGEARTEN["vorlaeufig"], FOLGEARTEN["vorlaeufig_zurueck"]
ABLEHNUNG = FOLGEARTEN["ablehnung"]
A, UE, B = date(2010, 6, 1), date(2018, 6, 1), date(2026, 3, 2)
MAERZ, JUNI = date(2026, 3, 1), date(2026, 6, 30)
GELD = Decimal("1500.00")


def row(**felder) -> Folgebescheid:
    werte = {"fall_des_gesetzes": "1", "betrag": GELD, "zeitraum_von": MAERZ, "zeitraum_bis": JUNI}
    return Folgebescheid(art="vorlaeufig", datum=B, **werte | felder)


@pytest.mark.parametrize(
    ("felder", "text"),
    [
        ({}, ""),
        ({"betrag": None}, "der Betrag im Monat"),
        ({"fall_des_gesetzes": ""}, "warum vorläufig geleistet wird"),
        ({"zeitraum_von": None, "zeitraum_bis": None}, "der erste Tag, der letzte Tag"),
    ],
)
def test_vorlaeufig_bestimmt(felder, text):
    found = guards.vorlaeufig_bestimmt(row(**felder), ZEILE)
    assert norm_des_hindernisses(found) == ("§ 33 Abs. 1 SGB X" if text else "")
    assert not text or text in found.text
    assert guards.vorlaeufig_bestimmt(row(betrag=None), ABLEHNUNG) is None


@pytest.mark.parametrize(
    ("fall", "eingang", "zu"),
    [("5", B, True), ("5", UE, True), ("5", A, False), ("1", B, False), ("3", B, False)],
)
def test_streit_nicht_seit_2018(fall, eingang, zu):
    found = guards.streit_nicht_seit_2018(row(fall_des_gesetzes=fall), ZEILE, eingang)
    assert norm_des_hindernisses(found) == ("§ 24 S. 3 SGB IX" if zu else "")


@pytest.mark.parametrize(
    ("fall", "grund", "zu"),
    [
        ("1", "", False),
        ("3", "", True),
        ("3", "aufenthalt", True),
        ("3", "eilfall", False),
        ("4", "aufenthalt", False),
    ],
)
def test_vorlaeufigkeit_festgehalten(fall, grund, zu):
    gefunden = Vorlaeufigkeit(grund=grund) if grund else None
    found = guards.vorlaeufigkeit_festgehalten(
        row(fall_des_gesetzes=fall), ZEILE, gefunden, "§ 120 Abs. 4 SGB IX"
    )
    assert norm_des_hindernisses(found) == ("§ 120 Abs. 4 SGB IX" if zu else "")


@pytest.mark.parametrize(
    ("eingang", "von", "norm"),
    [
        (B, MAERZ, ""),
        (B, date(2026, 2, 28), "§ 108 Abs. 1 S. 2 SGB IX"),
        (date(2010, 3, 2), date(2010, 3, 1), "§ 18 SGB XII"),
    ],
)
def test_vorlaeufig_nicht_vor_antrag(eingang, von, norm):
    found = guards.vorlaeufig_nicht_vor_antrag(
        row(zeitraum_von=von), ZEILE, fruehester_beginn(eingang)
    )
    assert norm_des_hindernisses(found) == norm


@pytest.mark.parametrize(
    ("von", "bis", "frei"),
    [
        (date(2026, 1, 1), date(2026, 2, 28), True),
        # A month belongs to one decision, even where the days do not meet.
        (date(2026, 1, 1), date(2026, 3, 15), False),
        (date(2026, 6, 30), date(2026, 9, 30), False),
        (date(2026, 7, 1), date(2026, 9, 30), True),
    ],
)
def test_monat_noch_frei(von, bis, frei):
    andere = [guards.Strecke(von, bis, GELD)]
    found = guards.monat_noch_frei(row(zeitraum_von=date(2026, 3, 16)), ZEILE, andere, [])
    assert norm_des_hindernisses(found) == ("" if frei else "§ 33 Abs. 1 SGB X")


@pytest.mark.parametrize(
    ("von", "betrag", "frei"),
    [
        (date(2026, 5, 1), "1600.00", True),
        (date(2026, 5, 1), "1500.00", False),
        (date(2026, 5, 2), "1600.00", False),
        (MAERZ, "1600.00", False),
    ],
)
def test_more_may_take_the_place_from_a_later_month_on(von, betrag, frei):
    neu = row(zeitraum_von=von, betrag=Decimal(betrag))
    found = guards.monat_noch_frei(neu, ZEILE, [guards.Strecke(MAERZ, JUNI, GELD)], [])
    assert norm_des_hindernisses(found) == ("" if frei else "§ 33 Abs. 1 SGB X")


def test_beside_a_running_grant_there_is_no_room_for_a_provisional_one():
    budget = PersoenlichesBudget(beginn=date(2026, 5, 1), gilt_bis=date(2026, 5, 31))
    found = guards.monat_noch_frei(row(), ZEILE, [], [budget])
    assert norm_des_hindernisses(found) == "§ 48 Abs. 1 SGB X"
    nachher = row(zeitraum_von=date(2026, 6, 1))
    assert guards.monat_noch_frei(nachher, ZEILE, [], [budget]) is None


@pytest.mark.parametrize(
    ("bewilligt", "abgelehnt", "zu"),
    [(False, False, True), (True, False, False), (False, True, False)],
)
def test_erst_nach_der_entscheidung(bewilligt, abgelehnt, zu):
    found = guards.erst_nach_der_entscheidung(
        row(), ZURUECK, bewilligt=bewilligt, abgelehnt=abgelehnt
    )
    assert norm_des_hindernisses(found) == ("§ 42 Abs. 2 S. 2 SGB I" if zu else "")


@pytest.mark.parametrize(
    ("streit", "bewilligt", "zu"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_erstattung_nur_als_verpflichteter(streit, bewilligt, zu):
    found = guards.erstattung_nur_als_verpflichteter(
        row(), ZURUECK, streit=streit, bewilligt=bewilligt
    )
    assert norm_des_hindernisses(found) == ("§ 43 Abs. 2 S. 2 SGB I" if zu else "")


@pytest.mark.parametrize(
    ("betrag", "zu_viel", "verlangt", "norm"),
    [
        ("300.00", "300.00", "0.00", ""),
        ("300.01", "300.00", "0.00", "§ 42 Abs. 2 S. 1 SGB I"),
        ("200.00", "300.00", "100.01", "§ 42 Abs. 2 S. 1 SGB I"),
        (None, "300.00", "0.00", "§ 50 Abs. 3 S. 1 SGB X"),
    ],
)
def test_abrechnung_hoechstens(betrag, zu_viel, verlangt, norm):
    gefordert = row(betrag=Decimal(betrag) if betrag else None)
    found = guards.abrechnung_hoechstens(gefordert, ZURUECK, Decimal(zu_viel), Decimal(verlangt))
    assert norm_des_hindernisses(found) == norm


@pytest.mark.parametrize(
    ("fall", "eingang", "norm"),
    [
        ("1", B, "§ 42 Abs. 1 S. 1 SGB I"),
        ("2", B, "§ 42 Abs. 1 S. 2 SGB I"),
        ("3", B, "§ 120 Abs. 4 SGB IX"),
        ("3", UE, "§ 24 S. 1 SGB IX"),
        ("3", A, "§ 43 Abs. 1 SGB I"),
        ("4", B, "§ 98 Abs. 2 S. 1 SGB IX"),
        ("4", A, "§ 98 Abs. 2 S. 3 SGB XII"),
        ("5", A, "§ 43 Abs. 1 SGB I"),
        ("", B, "§ 24 S. 1 SGB IX"),
    ],
)
@pytest.mark.django_db
def test_the_ground_follows_the_case_and_the_law_of_the_antrag(fall, eingang, norm):
    akte = fabriken.make_akte(fabriken.B)
    entwurf = row(
        case=akte.case, antrag=Antrag(case=akte.case, eingang=eingang), fall_des_gesetzes=fall
    )
    assert norm_of(entwurf) == norm


def _text(vorlage: str, daten: dict) -> str:
    html = render_to_string(f"budget/folge/{vorlage}.html", {"d": daten, "kopf": daten["kopf"]})
    return " ".join(html.replace("\u00a0", " ").split())


def letter(zeile: Folgebescheid) -> str:
    daten = folge_daten(row=zeile, datum=zeile.datum, empfaenger=["Emil Muster"])
    return _text("schreiben_verfuegung", daten)


@pytest.mark.django_db
def test_the_letter_grants_under_reservation_and_the_antrag_stays_open():
    akte, bescheid = vorlaeufig.granted()
    text = letter(bescheid)
    assert "<strong>1.500,00 €</strong> im Monat" in text
    assert "bis längstens zum 30. Juni 2026" in text
    assert "rechnen wir auf das an" in text
    assert "§ 42 Abs. 2 S. 2 SGB I" in text
    assert "bindet uns nicht" in text
    assert not bescheid.nachteilig
    assert bescheid.wirksam_am is not None
    antrag = akte.case.antraege.get()
    assert offene_antraege(akte.case) == [antrag]
    # The Fristen for the decision run on.
    assert fristen_of(akte.case, antrag, "F04").get().erledigt_am is None
    assert not Frist.objects.filter(erledigt_durch="Bescheid bekannt gegeben").exists()
    assert gegenstaende_of(akte.case, ZURUECK) == []


@pytest.mark.django_db
def test_a_dispute_or_an_unrecorded_eilfall_is_no_ground_and_the_page_says_why(client):
    akte = fabriken.make_akte(vorlaeufig.TAGE)
    entwurf = vorlaeufig.draft(akte, fall_des_gesetzes="5")
    tag = {"by": akte.fallmanager, "tag": vorlaeufig.TAG}
    with pytest.raises(SchrittUnzulaessig, match="§ 43 SGB I seit 2018 nicht anzuwenden"):
        folge.submit_folgebescheid(row=entwurf, **tag)
    entwurf = folge.update_folgebescheid(row=entwurf, angaben={"fall_des_gesetzes": "3"}, **tag)
    client.force_login(akte.fallmanager)
    jetzt = datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(jetzt, tick=False):
        url = reverse("folgebescheid", args=[akte.case.pk, entwurf.pk])
        text = " ".join(client.get(url).content.decode().replace("\u00a0", " ").split())
        neu = reverse("folge_neu", args=[akte.case.pk, "vorlaeufig"])
        formular = client.get(neu).content.decode()
    assert "nicht festgehalten, dass vorläufig geleistet wird (Eilfall" in text
    assert "§ 120 Abs. 4 SGB IX" in text
    assert "1.500,00 € vom 01.03.2026 bis längstens 30.06.2026" in text
    assert "Längstens bis zum" in formular
    assert "Zu zahlen bis" not in formular


@pytest.mark.django_db
def test_a_refusal_ends_it_and_only_then_it_is_asked_back():
    akte, _ = vorlaeufig.granted()
    am = date(2026, 4, 20)
    ablehnung = geschichte.draft(akte, "ablehnung", akte.case.antraege.get())
    text = letter(ablehnung)
    assert "endet die vorläufige Leistung nach unserem Bescheid vom 10. März 2026." in text
    # Nothing was ordered, so nothing is announced.
    assert "zu erstatten" not in text
    geschichte.decide(akte, ablehnung, am)
    assert offene_antraege(akte.case) == []
    entwurf = Folgebescheid(
        case=akte.case,
        art="vorlaeufig_zurueck",
        antrag=akte.case.antraege.get(),
        betrag=Decimal("1500.00"),
        zeitraum_von=MAERZ,
        zeitraum_bis=JUNI,
        datum=am,
    )
    text = _text(
        "schreiben_anhoerung",
        anhoerung_daten(row=entwurf, datum=am, empfaenger=["Emil Muster"]),
    )
    assert "Wir wollen 1.500,00 € zurückfordern, die in der Zeit vom 1. März 2026" in text
    assert "§ 42 Abs. 2 S. 2 SGB I" in text
    assert "Für diese Zeit ist Ihnen keine Leistung bewilligt" in letter(entwurf)
