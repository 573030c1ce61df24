"""Each precondition of an own value, with the sentence that the user reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cases.behoerde.guards.eigener_wert import (
    richtwert_nach_der_tabelle,
    wert_durch_zweite_person,
    wert_einmal_je_tag,
    wert_einstellbar,
    wert_im_rahmen,
    wert_noch_nicht_in_kraft,
)
from cases.models import EigenerWert
from tests.cases.behoerde.proben import AB, HEUTE, propose, set_value


def test_wert_einstellbar():
    assert wert_einstellbar("vorlauf.F04") is None
    hindernis = wert_einstellbar("bekanntgabe_tage")
    assert (hindernis.text, hindernis.norm) == (
        "„Tage bis zur Bekanntgabe nach Aufgabe zur Post oder Absendung“ ist vorgegeben und kann "
        "nicht durch einen eigenen Wert ersetzt werden.",
        "§ 37 Abs. 2 SGB X",
    )
    assert wert_einstellbar("vorlauf.F99").norm == "§ 31 SGB I"
    # A Frist without an end has no lead time, one that looks back has none either.
    assert wert_einstellbar("vorlauf.F03").norm == "§ 31 SGB I"
    assert wert_einstellbar("vorlauf.F17").norm == "§ 31 SGB I"


def test_richtwert_nach_der_tabelle():
    key = "richtwert.hbg2.geistig"
    assert richtwert_nach_der_tabelle(key, date(2018, 1, 1)) is None
    assert richtwert_nach_der_tabelle("wochenfaktor", date(2012, 1, 1)) is None
    hindernis = richtwert_nach_der_tabelle(key, date(2017, 12, 31))
    assert hindernis.norm == "KVJS-Leitfaden 2010 Anlage 3"
    assert hindernis.text.startswith("Bis zum 31.12.2017 gilt die Tabelle des KVJS.")


@pytest.mark.parametrize(
    ("schluessel", "zahl", "auswahl", "teil"),
    [
        ("wochenfaktor", "4.345", None, None),
        ("wochenfaktor", "4", None, None),
        ("wochenfaktor", "5.01", None, "nicht plausibel"),
        ("wochenfaktor", "4.33333", None, "höchstens vier Stellen"),
        ("wochenfaktor", "-4", None, "Wochenfaktor"),
        ("wochenfaktor", None, None, "als Zahl"),
        ("vorlauf.F01", "0", None, None),
        ("vorlauf.F01", "365", None, None),
        ("vorlauf.F01", "366", None, "von 0 bis 365"),
        ("vorlauf.F01", "-1", None, "von 0 bis 365"),
        ("vorlauf.F01", "2.5", None, "ganze Tage"),
        ("stundensatz.assistenz", "0.01", None, None),
        ("stundensatz.assistenz", "0", None, "über 0 €"),
        ("stundensatz.assistenz", "100000", None, "über 0 €"),
        ("richtwert.hbg1.seelisch", "425.005", None, "zwei Stellen"),
        ("teilmonat_modus", None, "kalendertage", None),
        ("teilmonat_modus", None, None, "wählen Sie aus"),
    ],
)
def test_wert_im_rahmen(schluessel, zahl, auswahl, teil):
    wert = None if zahl is None else Decimal(zahl)
    hindernis = wert_im_rahmen(schluessel, wert, auswahl, AB)
    if teil is None:
        assert hindernis is None
    else:
        assert teil in hindernis.text
        assert hindernis.norm != ""


@pytest.mark.parametrize("ab", [date(2003, 12, 31), date(2100, 1, 1)])
def test_wert_im_rahmen_of_the_covered_years(ab):
    hindernis = wert_im_rahmen("vorlauf.F01", Decimal(3), None, ab)
    assert "zulässig sind Tage vom 01.01.2004 bis 31.12.2099" in hindernis.text


@pytest.mark.django_db
def test_wert_durch_zweite_person(erste, zweite):
    wert = propose(erste, "wochenfaktor", Decimal("4.345"))
    assert wert_durch_zweite_person(wert, zweite) is None
    hindernis = wert_durch_zweite_person(wert, erste)
    assert hindernis.norm == "Vier-Augen-Grundsatz"
    assert hindernis.text.startswith("Sie haben diesen Wert selbst vorgeschlagen.")


@pytest.mark.django_db
def test_wert_einmal_je_tag(erste, zweite):
    propose(erste, "wochenfaktor", Decimal("4.345"))
    assert wert_einmal_je_tag("wochenfaktor", AB) is None
    set_value(erste, zweite, "wochenfaktor", Decimal("4.345"))
    assert wert_einmal_je_tag("wochenfaktor", HEUTE) is None
    assert wert_einmal_je_tag("wochenfaktor", AB).text.startswith("Ab dem 01.01.2026")


def test_wert_noch_nicht_in_kraft():
    wert = EigenerWert(gueltig_ab=date(2026, 11, 21))
    assert wert_noch_nicht_in_kraft(wert, HEUTE) is None
    hindernis = wert_noch_nicht_in_kraft(wert, date(2026, 11, 21))
    assert hindernis.text.startswith("Der Wert gilt seit dem 21.11.2026")
