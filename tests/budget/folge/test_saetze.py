"""What the letters of further decisions say, kind by kind: the real intention and nothing else."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from budget.folge.forms.bescheid import FolgebescheidForm
from budget.folge.schreiben.daten import anhoerung_daten, folge_daten
from budget.folge.schritte import Folgelage, schritte_of
from budget.folge.services import bescheid as folge
from budget.folge.services import wirkung
from budget.models import Folgebescheid
from budget.pruefung import services as pruefung
from budget.states.folge import FOLGEARTEN
from cases.schreiben.satz.brief import render_html
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.budget.pruefung import geschichte as jahr

pytestmark = pytest.mark.django_db
AN = ["Emil Muster", "Weg 1", "1 Ort"]


def _text(art: str, daten: dict) -> str:
    html = render_html(art=art, titel="x", daten=daten)
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(text).split())


def anhoerung(row: Folgebescheid, tag: date = geschichte.HEUTE) -> str:
    """Return what the Anhörung of a draft says."""
    return _text("anhoerung", anhoerung_daten(row=row, datum=tag, empfaenger=AN))


def bescheid(row: Folgebescheid, tag: date = geschichte.HEUTE) -> str:
    """Return what the decision says, with its Anlage in simple words."""
    daten = folge_daten(row=row, datum=tag, empfaenger=AN)
    return _text("folgebescheid", daten | {"einfach": True})


def beitrag(monkeypatch, **angaben) -> Folgebescheid:
    """Return a draft over a new Beitrag: 390 € instead of 270 €."""
    akte = jahr.running(monkeypatch)
    row = jahr.review(akte, **(angaben or jahr.MEHR))
    return pruefung.decide_pruefung(row=row, by=akte.fallmanager, tag=jahr.HEUTE)


def test_the_anhoerung_about_a_new_beitrag_says_the_new_sum(monkeypatch):
    # § 24 Abs. 1 SGB X: she is heard about what is really intended.
    text = anhoerung(beitrag(monkeypatch), jahr.HEUTE)
    assert "im Monat 390,00 € statt 270,00 €" in text
    assert "2.010,00 €" in text
    for falsch in ("aufheben", "kein Geld mehr", "Sachleistung"):
        assert falsch not in text


def test_the_simple_words_about_a_new_beitrag_say_the_new_sum(monkeypatch):
    text = bescheid(beitrag(monkeypatch), jahr.HEUTE)
    einfach = text[text.index("Was haben wir entschieden?") :]
    assert "390,00 €" in einfach
    assert "2.010,00 €" in einfach
    assert "endet" not in einfach
    assert "kein Geld mehr" not in einfach


def test_no_kind_falls_into_the_sentence_of_another():
    # A kind without a branch of its own says nothing, never something that is not decided.
    akte = geschichte.running()
    row = geschichte.draft(
        akte, "aufhebung", akte.budget, wirkt_ab=date(2026, 9, 1), anhoerung_bis=date(2026, 6, 22)
    )
    daten = anhoerung_daten(row=row, datum=geschichte.HEUTE, empfaenger=AN)
    for zeile in FOLGEARTEN.values():
        # What rests has its numbers from an interruption; its letter is tested beside it.
        if zeile.anhoerung and not zeile.ruht:
            text = _text("anhoerung", daten | {"art": zeile.art.value})
            assert "Wir wollen" in text, zeile.art
    fremd = _text("anhoerung", daten | {"art": "etwas_anderes", "beendet": False})
    assert "Wir wollen" not in fremd
    daten = folge_daten(row=row, datum=geschichte.HEUTE, empfaenger=AN)
    fremd = _text(
        "folgebescheid", daten | {"art": "etwas_anderes", "beendet": False, "einfach": True}
    )
    assert "Persönliches Budget endet" not in fremd
    assert "weisen wir" not in fremd


def lifting(akte, art: str = "aufhebung", **angaben) -> Folgebescheid:
    """Return a draft that ends the running grant, on 1 September if nothing else is said."""
    werte = {"wirkt_ab": date(2026, 9, 1), "anhoerung_bis": date(2026, 6, 22)} | angaben
    return geschichte.draft(akte, art, akte.budget, **werte)


@pytest.mark.parametrize(
    ("anspruch", "ja", "nein"),
    [
        ("bleibt", "als Sachleistung", "besteht ab diesem Tag nicht mehr"),
        ("entfaellt", "besteht ab diesem Tag nicht mehr", "Sachleistung"),
    ],
)
def test_the_end_says_of_the_claim_only_what_is_decided(anspruch, ja, nein):
    # § 34 SGB X: what is said without a decision could be read as a promise.
    akte = geschichte.running()
    for art in ("aufhebung", "aufhebung_vergangen", "ruecknahme"):
        text = bescheid(lifting(akte, art, anspruch=anspruch, fall_des_gesetzes="2"))
        assert ja in text
        assert nein not in text
        weiter = "Sie haben weiter ein Recht" in text
        assert weiter == (anspruch == "bleibt")


def test_the_claim_is_decided_before_anybody_is_heard_or_released():
    akte = geschichte.running()
    row = lifting(akte, anspruch="")
    assert "Sachleistung" not in anhoerung(row)
    with pytest.raises(SchrittUnzulaessig, match="Anspruch auf die Leistungen"):
        folge.issue_anhoerung(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    row = folge.update_folgebescheid(
        row=row,
        by=akte.fallmanager,
        tag=geschichte.HEUTE,
        angaben={"anhoerung_verzicht": "1", "verzicht_grund": "Es eilt."},
    )
    with pytest.raises(SchrittUnzulaessig, match="Bleibt er als Sachleistung") as grund:
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert grund.value.norm == "§ 33 Abs. 1 SGB X"


def test_the_chronik_says_of_the_claim_what_the_bescheid_says():
    akte = geschichte.running()
    geschichte.lift(akte, ab=date(2026, 7, 1), anspruch="entfaellt")
    wirkung.begin_wirkungen(tag=date(2026, 7, 1))
    texte = [e.text for e in akte.case.ereignisse.filter(art="budget")]
    assert any("auch der Anspruch auf die Leistungen ist entfallen" in t for t in texte)
    assert not any("lebt wieder auf" in t for t in texte)


def test_who_has_given_notice_herself_is_not_offered_an_anhoerung():
    akte = geschichte.running()
    werte = {"gekuendigt_am": date(2026, 5, 29)}
    row = lifting(akte, "kuendigung", fall_des_gesetzes="P", **werte)
    namen = [s.titel for s in schritte_of(Folgelage(akte.fallmanager, geschichte.HEUTE, row))]
    assert "Anhörung schreiben" not in namen
    assert "Zur Freigabe vorlegen" in namen
    assert "haben wir gekündigt" not in anhoerung(row)
    row.fall_des_gesetzes = "T"
    assert "haben wir gekündigt" in anhoerung(row)
    row.gekuendigt_am = None
    assert "Wir wollen die Zielvereinbarung kündigen (§ 29 Abs. 4 S. 4 SGB IX)" in anhoerung(row)


@pytest.mark.parametrize("art", ["aufhebung_vergangen", "ruecknahme"])
def test_a_past_day_names_the_money_that_was_already_paid(art):
    # § 24 Abs. 1 SGB X: heard about all that threatens her, also about paying back (§ 50 SGB X).
    akte = geschichte.running()
    row = lifting(akte, art, wirkt_ab=date(2026, 5, 1), fall_des_gesetzes="2")
    text = anhoerung(row)
    assert "müssten wir zurückfordern (§ 50 Abs. 1 SGB X)" in text
    assert "Ab diesem Tag erhielten Sie kein Geld mehr" not in text
    text = bescheid(row)
    assert "müssen Sie es zurückzahlen" in text
    assert "bekommen Sie kein Geld mehr" not in text
    row.wirkt_ab = date(2026, 9, 1)
    assert "zurückfordern" not in anhoerung(row)


def test_an_immediate_effect_is_ordered_with_its_reason_only():
    akte = geschichte.running()
    row = lifting(akte, sofort_vollziehbar=True, anhoerung_verzicht="1", verzicht_grund="Es eilt.")
    with pytest.raises(SchrittUnzulaessig, match="nicht begründet") as grund:
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=geschichte.HEUTE)
    assert grund.value.norm == "§ 86a Abs. 2 Nr. 5 SGG"
    row = folge.update_folgebescheid(
        row=row,
        by=akte.fallmanager,
        tag=geschichte.HEUTE,
        angaben={"sofort_grund": "Das Geld wäre nicht zurückzuholen."},
    )
    assert "Das Geld wäre nicht zurückzuholen." in bescheid(row)
    form = FolgebescheidForm(
        {"sofort_vollziehbar": "on"}, zeile=FOLGEARTEN["aufhebung"], heute=geschichte.HEUTE
    )
    assert "nicht gewartet werden kann" in str(form.errors["sofort_grund"])


@pytest.mark.parametrize(
    ("wahl", "satz"),
    [
        ("gewaehrt", "Wir gewähren Wiedereinsetzung"),
        ("abgelehnt", "Wiedereinsetzung in den vorigen Stand gewähren wir nicht"),
    ],
)
def test_the_widerspruchsbescheid_says_what_became_of_the_wiedereinsetzung(wahl, satz):
    # § 67 SGG, § 85 Abs. 3 SGG
    akte = geschichte.running()
    lift = geschichte.lift(akte)
    widerspruch = geschichte.attack(
        akte,
        lift.schreiben,
        date(2026, 8, 3),
        wiedereinsetzung=wahl,
        wiedereinsetzung_grund="Sie war vom 1. bis 30. Juli im Krankenhaus.",
    )
    row = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="Sozialgericht Ulm")
    daten = folge_daten(row=row, datum=date(2026, 8, 4), empfaenger=AN)
    text = _text("widerspruchsbescheid", daten)
    assert satz in text
    assert "Sie war vom 1. bis 30. Juli im Krankenhaus." in text


def test_the_klagebelehrung_names_any_decision_in_good_german():
    akte = geschichte.running()
    lift = geschichte.lift(akte)
    widerspruch = geschichte.attack(akte, lift.schreiben, date(2026, 6, 26))
    row = geschichte.draft(akte, "widerspruchsbescheid", widerspruch, gericht="Sozialgericht Ulm")
    daten = folge_daten(row=row, datum=geschichte.HEUTE, empfaenger=AN)
    text = _text("widerspruchsbescheid", daten)
    assert "Gegen den Bescheid „Aufhebung des Bescheids über Ihr Persönliches Budget“ vom" in text
    assert "Gegen den Aufhebung" not in text
