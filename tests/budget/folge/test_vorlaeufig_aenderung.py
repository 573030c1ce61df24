"""A provisional amount is lowered or ended by its own decision: guards, letters, page."""

from __future__ import annotations

import re
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
from budget.folge.schreiben.titel import titel_of
from budget.folge.services import bescheid as folge
from budget.models import Folgebescheid
from budget.models.folge import erster_tag_weniger
from budget.states.folge import FOLGEARTEN
from cases.frist.queries import fristen_of
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte, vorlaeufig
from tests.fabriken import norm_of as norm_des_hindernisses

ZEILE, VORLAEUFIG = FOLGEARTEN["vorlaeufig_aenderung"], FOLGEARTEN["vorlaeufig"]
MAI, JUNI = date(2026, 5, 1), date(2026, 6, 30)
BISHER = guards.Strecke(date(2026, 3, 1), JUNI, Decimal("1500.00"))
AM = date(2026, 4, 13)


def row(**felder) -> Folgebescheid:
    werte = {"fall_des_gesetzes": "W", "betrag": Decimal("1200.00"), "wirkt_ab": MAI}
    return Folgebescheid(art="vorlaeufig_aenderung", datum=AM, **werte | felder)


@pytest.mark.parametrize(
    ("fall", "betrag", "text"),
    [
        ("W", "1200.00", ""),
        ("W", None, "wie viel ab dann"),
        ("E", None, ""),
        ("E", "1.00", "widerspricht dem"),
        ("V", "1.00", "widerspricht dem"),
        ("R", "1200.00", ""),
        ("R", None, "wie viel ab dann"),
        ("U", None, ""),
        ("U", "1.00", "widerspricht dem"),
        ("", None, ""),
    ],
)
def test_minderung_bestimmt(fall, betrag, text):
    zeile = row(fall_des_gesetzes=fall, betrag=Decimal(betrag) if betrag else None)
    found = guards.minderung_bestimmt(zeile, ZEILE)
    assert norm_des_hindernisses(found) == ("§ 33 Abs. 1 SGB X" if text else "")
    assert not text or text in found.text
    assert guards.minderung_bestimmt(zeile, VORLAEUFIG) is None


def test_minderung_an_laufender():
    assert guards.minderung_an_laufender(row(), ZEILE, BISHER) is None
    found = guards.minderung_an_laufender(row(), ZEILE, None)
    assert norm_des_hindernisses(found) == "§ 39 Abs. 2 SGB X"


@pytest.mark.parametrize(
    ("betrag", "zu"),
    [("1499.99", False), ("1500.00", True), ("1600.00", True), (None, False)],
)
@pytest.mark.parametrize(
    ("fall", "norm"),
    [("W", "§ 48 Abs. 1 S. 1 SGB X"), ("R", "§ 45 Abs. 1 SGB X"), ("", "§ 48 Abs. 1 S. 1 SGB X")],
)
def test_minderung_gibt_weniger(betrag, zu, fall, norm):
    zeile = row(betrag=Decimal(betrag) if betrag else None, fall_des_gesetzes=fall)
    found = guards.minderung_gibt_weniger(zeile, ZEILE, BISHER)
    assert norm_des_hindernisses(found) == (norm if zu else "")


@pytest.mark.parametrize(
    ("ab", "betrag", "zu"), [(MAI, "1.00", False), (AM, "1.00", True), (AM, None, False)]
)
def test_minderung_zum_monatsersten(ab, betrag, zu):
    zeile = row(wirkt_ab=ab, betrag=Decimal(betrag) if betrag else None)
    found = guards.minderung_zum_monatsersten(zeile, ZEILE)
    assert norm_des_hindernisses(found) == ("§ 33 Abs. 1 SGB X" if zu else "")


BEKANNT = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("vom", "eingang", "text"),
    [
        (BEKANNT, BEKANNT, ""),
        (date(2026, 4, 8), AM, ""),
        (date(2026, 3, 13), date(2026, 3, 16), "erst am 14.03.2026 bekannt gegeben"),
        (date(2026, 4, 8), date(2026, 4, 7), "nicht, bevor er am 08.04.2026 erklärt"),
        (date(2026, 4, 8), date(2026, 4, 14), "liegt in der Zukunft"),
        (None, AM, "Es fehlt"),
        (date(2026, 4, 8), None, "Es fehlt"),
    ],
)
def test_verzicht_erklaert(vom, eingang, text):
    zeile = row(fall_des_gesetzes="V", betrag=None, verzicht_vom=vom, verzicht_eingang=eingang)
    found = guards.verzicht_erklaert(zeile, ZEILE, bekannt=BEKANNT, stichtag=AM)
    assert norm_des_hindernisses(found) == ("§ 46 Abs. 1 SGB I" if text else "")
    assert not text or text in found.text
    zeile.fall_des_gesetzes = "E"
    assert guards.verzicht_erklaert(zeile, ZEILE, bekannt=BEKANNT, stichtag=AM) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("werte", "feld", "text"),
    [
        ({}, "verzicht_vom", "Bitte nennen Sie den Tag auf der Erklärung."),
        ({"verzicht_vom": "08.04.2026"}, "verzicht_eingang", "den Tag des Eingangs"),
        (
            {"verzicht_vom": "13.03.2026", "verzicht_eingang": "16.03.2026"},
            "verzicht_vom",
            "erst am 14.03.2026 bekannt gegeben",
        ),
        (
            {"verzicht_vom": "08.04.2026", "verzicht_eingang": "07.04.2026"},
            "verzicht_eingang",
            "nicht, bevor er erklärt wurde",
        ),
        (
            {"verzicht_vom": "08.04.2026", "verzicht_eingang": "14.04.2026"},
            "verzicht_eingang",
            "darf nicht nach dem 13.04.2026 liegen",
        ),
        (
            {"fall_des_gesetzes": "E", "verzicht_vom": "08.04.2026"},
            "verzicht_vom",
            "Nur bei einem Verzicht",
        ),
    ],
)
def test_the_days_of_a_waiver_are_asked_at_their_fields(client, werte, feld, text):
    akte, _ = vorlaeufig.granted()
    client.force_login(akte.fallmanager)
    url = reverse("folge_neu", args=[akte.case.pk, "vorlaeufig_aenderung"])
    basis = {
        "sachverhalt": "a",
        "gruende": "b",
        "fall_des_gesetzes": "V",
        "wirkt_ab": "01.05.2026",
    }
    with time_machine.travel(
        datetime(2026, 4, 13, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False
    ):
        antwort = client.post(url, basis | werte)
    assert antwort.status_code == 422
    fehler = antwort.context["form"].errors[feld]
    assert text in " ".join(fehler)
    assert "01.05.2026" in antwort.content.decode()


@pytest.mark.parametrize(
    ("bekannt", "betrag", "erster"),
    [
        (date(2026, 4, 30), "1200.00", MAI),
        # Known on the first of the month or later, it counts from the next month on.
        (MAI, "1200.00", date(2026, 6, 1)),
        (MAI, None, date(2026, 5, 2)),
    ],
)
def test_what_is_known_late_lowers_the_next_month(bekannt, betrag, erster):
    wert = Decimal(betrag) if betrag else None
    assert erster_tag_weniger(MAI, bekannt, wert) == erster


@pytest.mark.parametrize(
    ("fall", "norm"),
    [
        ("W", "§ 48 Abs. 1 S. 1 SGB X"),
        ("E", "§ 48 Abs. 1 S. 1 SGB X"),
        ("V", "§ 46 Abs. 1 SGB I, § 48 Abs. 1 S. 1 SGB X"),
        ("R", "§ 45 Abs. 1 SGB X"),
        ("U", "§ 45 Abs. 1 SGB X"),
        ("", "§ 48 Abs. 1 S. 1 SGB X"),
    ],
)
@pytest.mark.django_db
def test_the_ground_follows_the_case(fall, norm):
    akte, _ = vorlaeufig.granted()
    assert norm_of(row(case=akte.case, fall_des_gesetzes=fall)) == norm


def _text(vorlage: str, daten: dict) -> str:
    html = render_to_string(f"budget/folge/{vorlage}.html", {"d": daten, "kopf": daten["kopf"]})
    return " ".join(html.replace("\u00a0", " ").split())


def letter(zeile: Folgebescheid, vorlage: str = "schreiben_verfuegung") -> str:
    return _text(vorlage, folge_daten(row=zeile, datum=AM, empfaenger=["Emil Muster"]))


@pytest.mark.django_db
def test_the_person_is_heard_and_the_letter_names_both_amounts_and_the_last_day():
    akte, _ = vorlaeufig.granted()
    entwurf = vorlaeufig.lower(
        akte, MAI, "1200.00", AM, anhoerung_verzicht="", anhoerung_bis=date(2026, 4, 30)
    )
    with pytest.raises(SchrittUnzulaessig, match="noch nicht angehört"):
        folge.submit_folgebescheid(row=entwurf, by=akte.fallmanager, tag=AM)
    frage = _text(
        "schreiben_anhoerung",
        anhoerung_daten(row=entwurf, datum=AM, empfaenger=["Emil Muster"]),
    )
    assert "1.500,00 € im Monat. Wir wollen den Betrag mit Wirkung ab dem 1. Mai 2026" in frage
    assert "würden wir vorläufig 1.200,00 € im Monat zahlen" in frage
    text = letter(entwurf)
    assert "nach unserem Bescheid vom 10. März 2026, 1.500,00 € im Monat" in text
    assert "<strong>1.200,00 €</strong> im Monat, längstens bis zum 30. Juni 2026" in text
    assert "§ 42 Abs. 2 S. 1 SGB I" in text
    assert "Sie bekommen dann 1.200,00 € im Monat." in letter(entwurf, "schreiben_einfach")
    assert "Wie viel wir vorläufig leisten, steht in unserem Ermessen" in letter(
        entwurf, "schreiben"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fall", "betrag", "verfuegung", "anhoerung"),
    [
        (
            "R",
            "1200.00",
            "Das war von Anfang an zu viel. Diesen Bescheid nehmen wir deshalb mit Wirkung ab dem "
            "1. Mai 2026 zum Teil zurück (§ 45 Abs. 1 SGB X)",
            "von Anfang an zu viel. Wir wollen den Bescheid mit Wirkung ab dem 1. Mai 2026 zum "
            "Teil zurücknehmen (§ 45 Abs. 1 SGB X)",
        ),
        (
            "U",
            None,
            "nehmen wir deshalb mit Wirkung ab dem 1. Mai 2026 zurück (§ 45 Abs. 1 SGB X)",
            "von Anfang an nicht zu leisten. Wir wollen diesen Bescheid mit Wirkung ab dem 1. Mai "
            "2026 zurücknehmen (§ 45 Abs. 1 SGB X)",
        ),
    ],
)
def test_what_was_too_much_from_the_beginning_is_taken_back_ahead_only(
    fall, betrag, verfuegung, anhoerung
):
    akte, _ = vorlaeufig.granted()
    ohne = {"anhoerung_verzicht": "", "anhoerung_bis": date(2026, 4, 30)}
    entwurf = vorlaeufig.lower(akte, MAI, betrag, AM, fall_des_gesetzes=fall, **ohne)
    assert entwurf.nachteilig
    with pytest.raises(SchrittUnzulaessig, match="noch nicht angehört"):
        folge.submit_folgebescheid(row=entwurf, by=akte.fallmanager, tag=AM)
    frage = _text(
        "schreiben_anhoerung", anhoerung_daten(row=entwurf, datum=AM, empfaenger=["Emil Muster"])
    )
    assert anhoerung in frage
    assert "Haben Sie auf das Geld vertraut" in frage
    text = letter(entwurf)
    assert verfuegung in text
    assert "fordern wir mit diesem Bescheid nicht zurück" in text
    ganz = letter(entwurf, "schreiben")
    assert "Ihr Vertrauen darauf ist zu schützen" in ganz
    assert re.search("dieser Fall des Gesetzes vor: (Es war|Vorläufig war) von Anfang an", ganz)
    folge.update_folgebescheid(
        row=entwurf,
        by=akte.fallmanager,
        tag=AM,
        angaben={"anhoerung_verzicht": "1", "verzicht_grund": "Es eilt.", "ermessen": ""},
    )
    entwurf.refresh_from_db()
    with pytest.raises(SchrittUnzulaessig, match="Ermessen"):
        folge.submit_folgebescheid(row=entwurf, by=akte.fallmanager, tag=AM)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fall", "am", "zu_spaet"),
    [
        # Made known on 14.03.2026; what is posted on the 10th is known on the 14th.
        ("R", date(2028, 3, 10), False),
        ("R", date(2028, 3, 11), True),
        ("W", date(2028, 3, 11), False),
    ],
)
def test_after_two_years_nothing_is_taken_back(fall, am, zu_spaet):
    # § 45 Abs. 3 S. 1 SGB X
    akte, _ = vorlaeufig.granted(zeitraum_bis=date(2029, 1, 31))
    entwurf = vorlaeufig.lower(akte, date(2028, 4, 1), "1200.00", am, fall_des_gesetzes=fall)
    if zu_spaet:
        with pytest.raises(SchrittUnzulaessig, match="Zwei Jahre nach der Bekanntgabe") as grund:
            folge.submit_folgebescheid(row=entwurf, by=akte.fallmanager, tag=am)
        assert grund.value.norm == "§ 45 Abs. 3 S. 1 SGB X"
        return
    vorgelegt = folge.submit_folgebescheid(row=entwurf, by=akte.fallmanager, tag=am)
    assert vorgelegt.state == "vorgelegt"


@pytest.mark.django_db
@pytest.mark.parametrize(("fall", "titel"), [("R", "Änderung"), ("U", "Ende"), ("V", "Ende")])
def test_the_title_says_whether_something_is_left(fall, titel):
    zeile = Folgebescheid(art="vorlaeufig_aenderung", fall_des_gesetzes=fall)
    assert titel_of(zeile) == f"{titel} der vorläufigen Leistung"


@pytest.mark.django_db
def test_it_decides_nothing_about_the_antrag_and_can_be_lowered_again():
    akte, _ = vorlaeufig.granted()
    antrag = akte.case.antraege.get()
    assert gegenstaende_of(akte.case, ZEILE) == [antrag]
    eins = geschichte.decide(akte, vorlaeufig.lower(akte, MAI, "1200.00", AM), AM)
    assert (eins.nachteilig, eins.erster_tag) == (True, MAI)
    assert offene_antraege(akte.case) == [antrag]
    assert fristen_of(akte.case, antrag, "F04").get().erledigt_am is None
    ende = vorlaeufig.lower(akte, date(2026, 5, 16), None, date(2026, 5, 4))
    text = letter(ende)
    assert "zuletzt nach unserem Bescheid vom 13. April 2026, 1.200,00 € im Monat" in text
    assert "mit Wirkung ab dem 16. Mai 2026 auf" in text
    assert "Ab diesem Tag zahlen wir nicht mehr vorläufig." in text
    geschichte.decide(akte, ende, date(2026, 5, 4))
    spaeter = vorlaeufig.lower(akte, date(2026, 6, 1), None, date(2026, 5, 11))
    with pytest.raises(SchrittUnzulaessig, match="nicht vorläufig geleistet"):
        folge.submit_folgebescheid(row=spaeter, by=akte.fallmanager, tag=date(2026, 5, 11))
    # After its end it can be granted anew, from the next month on.
    neu = vorlaeufig.draft(
        akte, date(2026, 5, 11), zeitraum_von=date(2026, 6, 1), betrag=Decimal("300.00")
    )
    geschichte.decide(akte, neu, date(2026, 5, 11))
    ablehnung = geschichte.draft(akte, "ablehnung", antrag)
    assert "Mit der Bekanntgabe dieses Bescheids endet" in letter(ablehnung)


@pytest.mark.django_db
def test_a_waiver_needs_no_anhoerung_and_no_weighing_and_takes_nothing():
    akte, _ = vorlaeufig.granted()
    entwurf = vorlaeufig.lower(
        akte, MAI, None, AM, fall_des_gesetzes="V", ermessen="", anhoerung_verzicht=""
    )
    assert not entwurf.nachteilig
    text = letter(entwurf)
    assert (
        "Sie haben mit Ihrer Erklärung vom 8. April 2026, bei uns eingegangen am 10. April 2026, "
        "schriftlich auf die vorläufige Leistung verzichtet." in text
    )
    chronik = akte.case.ereignisse.filter(art="folgebescheid").values_list("text", flat=True)
    assert any("(Verzicht vom 08.04.2026, eingegangen am 10.04.2026)" in t for t in chronik)
    assert "jederzeit für die Zukunft widerrufen (§ 46 Abs. 1 SGB I)" in text
    bescheid = geschichte.decide(akte, entwurf, AM)
    assert bescheid.wirksam_am is not None
    ablehnung = geschichte.draft(akte, "ablehnung", akte.case.antraege.get())
    daten = folge_daten(row=ablehnung, datum=date(2026, 5, 18), empfaenger=["Emil Muster"])
    assert "endete mit dem 30. April 2026" in _text("schreiben_verfuegung", daten)


@pytest.mark.django_db
def test_more_or_a_day_within_the_month_is_refused_and_the_form_says_it_at_the_field(client):
    akte, _ = vorlaeufig.granted()
    entwurf = vorlaeufig.lower(akte, MAI, "1600.00", AM)
    with pytest.raises(SchrittUnzulaessig, match="sind nicht weniger"):
        folge.submit_folgebescheid(row=entwurf, by=akte.fallmanager, tag=AM)
    folge.discard_folgebescheid(row=entwurf, by=akte.fallmanager, tag=AM)
    client.force_login(akte.fallmanager)
    url = reverse("folge_neu", args=[akte.case.pk, "vorlaeufig_aenderung"])
    basis = {"sachverhalt": "a", "gruende": "b", "fall_des_gesetzes": "W"}
    with time_machine.travel(
        datetime(2026, 4, 13, 9, tzinfo=ZoneInfo("Europe/Berlin")), tick=False
    ):
        assert "Ab dann vorläufig im Monat" in client.get(url).content.decode()
        leer = client.post(url, basis | {"wirkt_ab": "16.05.2026"})
        ende = client.post(url, basis | {"fall_des_gesetzes": "E", "betrag": "5,00"})
        gut = client.post(url, basis | {"wirkt_ab": "01.05.2026", "betrag": "1.200,00"})
        seite = client.get(gut.url).content.decode().replace("\u00a0", " ")
    assert (leer.status_code, ende.status_code) == (422, 422)
    assert "wie viel ab dann im Monat gezahlt wird" in leer.content.decode()
    assert "Bitte nennen Sie den Ersten eines Monats" in leer.content.decode()
    assert "Bitte lassen Sie das Feld leer" in ende.content.decode()
    assert "Ab dann vorläufig im Monat" in seite
    assert "1.200,00 €" in seite
