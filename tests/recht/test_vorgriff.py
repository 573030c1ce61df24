"""Values of a coming year, entered before the package has them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from recht.beitrag import compute_beitrag
from recht.fehler import ParameterUnbekannt
from recht.grenzen import einkommensgrenze, vermoegensgrenze
from recht.parameter import OFFEN, alle_parameter, parameter
from recht.pflege import kombileistung
from recht.vorgriff import ABGELEITET, PAKET, Vorgriff, Wertebestand, eingebbar

NEUJAHR = date(2027, 1, 1)


def vorgriff(schluessel, wert, ab=NEUJAHR):
    return Vorgriff(schluessel, Decimal(wert), ab, "BGBl. 2026 I Nr. 999", date(2026, 11, 20))


@pytest.mark.parametrize("eine", eingebbar(), ids=lambda r: r.schluessel)
def test_package_alone_has_no_value_after_its_last_day(eine):
    assert eine.deckung_bis < OFFEN
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        PAKET.am(eine.schluessel, date(2031, 1, 2))
    assert PAKET.am(eine.schluessel, date(2026, 11, 23)) == parameter(
        eine.schluessel, date(2026, 11, 23)
    )


def test_what_follows_from_another_value_is_not_entered_itself():
    frei = {eine.schluessel for eine in eingebbar()}

    assert {"regelbedarfsstufe_1", "bezugsgroesse", "minijob_grenze", "pflegegeld.grad3"} <= frei
    assert not frei & set(ABGELEITET)
    assert {r.schluessel for r in alle_parameter() if r.jaehrlich} == {
        "regelbedarfsstufe_1", "bezugsgroesse", "minijob_grenze", *ABGELEITET
    }  # fmt: skip


def test_entered_value_holds_for_its_year_with_its_source():
    werte = Wertebestand([vorgriff("regelbedarfsstufe_1", "575")])

    wert = werte.am("regelbedarfsstufe_1", date(2027, 12, 31))

    assert (wert.wert, wert.gueltig_ab, wert.gueltig_bis) == (575, NEUJAHR, date(2027, 12, 31))
    assert (wert.quelle, wert.grad) == ("BGBl. 2026 I Nr. 999", "E")
    assert wert.norm == "Anlage zu § 28 SGB XII"
    assert werte.am("regelbedarfsstufe_1", date(2026, 12, 31)).wert == 563
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        werte.am("regelbedarfsstufe_1", date(2028, 1, 1))


def test_amounts_of_the_pflegeversicherung_hold_until_the_next_adaptation():
    # § 30 SGB XI: from 01.01.2028 on, with no end of its own.
    werte = Wertebestand([vorgriff("pflegegeld.grad3", "620", date(2028, 1, 1))])

    assert werte.am("pflegegeld.grad3", date(2031, 1, 2)).wert == 620
    assert werte.am("pflegegeld.grad3", date(2027, 12, 31)).wert == 599


def test_derived_values_follow_the_entered_one():
    # § 85 Abs. 1 SGB XII: twice, and 70 percent rounded up; §§ 136, 139 SGB IX: percent.
    werte = Wertebestand(
        [vorgriff("regelbedarfsstufe_1", "575"), vorgriff("bezugsgroesse", "50000")]
    )

    gefunden = {name: werte.am(name, date(2027, 6, 1)) for name in ABGELEITET}

    assert gefunden["grundbetrag_85"].wert == 1150
    assert gefunden["familienzuschlag_85"].wert == 403
    assert gefunden["vermoegensfreibetrag"].wert == 75000
    assert gefunden["einkommensgrenze.sv"].wert == 42500
    assert gefunden["grundbetrag_85"].quelle.startswith("berechnet aus: Regelbedarfsstufe 1")
    assert {w.grad for w in gefunden.values()} == {"E"}


def test_every_derived_value_is_computed_as_the_package_has_it():
    # Entering the values of 2026 again gives exactly the derived ones of the package.
    tag = date(2026, 1, 1)
    werte = Wertebestand(
        vorgriff(name, parameter(name, tag).wert, tag)
        for name in ("regelbedarfsstufe_1", "bezugsgroesse")
    )

    for name in ABGELEITET:
        assert werte.am(name, tag).wert == parameter(name, tag).wert


def test_package_value_that_comes_later_is_shown_and_changes_nothing_yet():
    eingegeben = vorgriff("minijob_grenze", "640")
    werte = Wertebestand([eingegeben])

    assert werte.am("minijob_grenze", date(2027, 5, 1)).wert == 640
    assert werte.abweichung(eingegeben).wert == 633
    assert werte.abweichung(replace(eingegeben, wert=Decimal(633))) is None
    assert werte.abweichung(vorgriff("bezugsgroesse", "50000")) is None


def test_computations_take_the_entered_values():
    werte = Wertebestand(
        [
            vorgriff("regelbedarfsstufe_1", "575"),
            vorgriff("bezugsgroesse", "50000"),
            vorgriff("pflegegeld.grad3", "620", date(2028, 1, 1)),
            vorgriff("pflegesachleistung.grad3", "1600", date(2028, 1, 1)),
        ]
    )
    tag = date(2027, 3, 1)

    assert einkommensgrenze(tag, Decimal(500), werte=werte).betrag == 1650
    assert vermoegensgrenze(tag, werte=werte).betrag == 75000
    assert compute_beitrag(2027, Decimal(60000), "sv", werte=werte).grenze == 42500
    kombi = kombileistung("grad3", Decimal(800), date(2028, 1, 1), werte=werte)
    assert kombi.geld == 310
    with pytest.raises(ParameterUnbekannt, match="kein Wert hinterlegt"):
        compute_beitrag(2027, Decimal(60000), "sv")


def test_missing_values_of_a_day_are_named():
    namen = {eine.schluessel for eine in PAKET.fehlende(date(2027, 1, 4))}

    assert {"regelbedarfsstufe_1", "bezugsgroesse", "grundbetrag_85"} <= namen
    assert not namen & {"minijob_grenze", "pflegegeld.grad3", "bekanntgabe_tage"}
    assert {"minijob_grenze", "pflegegeld.grad3"} <= {
        eine.schluessel for eine in PAKET.fehlende(date(2028, 1, 3))
    }
    mit = Wertebestand([vorgriff("regelbedarfsstufe_1", "575")])
    assert not {e.schluessel for e in mit.fehlende(date(2027, 1, 4))} & {"grundbetrag_85"}
