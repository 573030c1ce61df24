"""Each legal precondition of the Zielvereinbarung, at its edges."""

from __future__ import annotations

from datetime import date

import pytest

from budget.zielvereinbarung import guards
from tests.budget import fabriken
from tests.fabriken import norm_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tage", "schluessel", "norm"),
    [
        (fabriken.A, "nachweis", "§ 4 Abs. 1 Nr. 2 BudgetV"),
        (fabriken.B, "hoehe", "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX"),
    ],
)
def test_pflichtinhalte_der_zielvereinbarung(tage, schluessel, norm):
    akte = fabriken.tell("entwurf", tage)
    check = guards.pflichtinhalte_der_zielvereinbarung
    assert check(akte.zielvereinbarung, tage.beginn) is None
    akte.zielvereinbarung.vereinbarungsinhalte.filter(schluessel=schluessel).update(text=" ")
    assert check(akte.zielvereinbarung, tage.beginn).norm == norm


def test_pflichtinhalte_der_zielvereinbarung_leave_the_amount_free_in_the_old_law():
    akte = fabriken.tell("entwurf")
    akte.zielvereinbarung.vereinbarungsinhalte.filter(schluessel="hoehe").update(text="")
    check = guards.pflichtinhalte_der_zielvereinbarung
    assert check(akte.zielvereinbarung, akte.tage.beginn) is None


def test_summe_stimmt(vorgelegt):
    row = vorgelegt.zielvereinbarung
    assert guards.summe_stimmt(vorgelegt.budget, row) is None
    assert guards.summe_stimmt(vorgelegt.budget, None) is None
    row.schreiben.daten["summen"]["gesamt"] = "2714.01"
    hindernis = guards.summe_stimmt(vorgelegt.budget, row)
    assert hindernis.text == "Die Teilbudgets ergeben 2.714,00 €, vereinbart sind 2.714,01 €."


def test_nur_pflegekassen(akte):
    fabriken.bemiss(akte)
    assert guards.nur_pflegekassen(akte.budget).norm == "§ 4 BudgetV"


@pytest.mark.parametrize(("tage", "offen"), [(fabriken.A, False), (fabriken.B, True)])
def test_nur_pflegekassen_is_an_exception_of_the_new_law(tage, offen):
    norm = norm_of(guards.nur_pflegekassen(fabriken.nur_pflegekasse(tage).budget))
    assert norm == ("" if offen else "§ 4 BudgetV")


def test_zielvereinbarung_unterzeichnet(vorgelegt):
    budget, row = vorgelegt.budget, vorgelegt.zielvereinbarung
    assert guards.zielvereinbarung_unterzeichnet(budget, row) is None
    row.state = "ausgefertigt"
    hindernis = guards.zielvereinbarung_unterzeichnet(budget, row)
    assert hindernis.norm == "§ 3 Abs. 5 BudgetV, § 4 BudgetV"
    assert guards.zielvereinbarung_unterzeichnet(budget, None) == hindernis


def test_zielvereinbarung_unterzeichnet_is_not_asked_of_pflegekassen_alone():
    akte = fabriken.nur_pflegekasse(fabriken.B)
    assert guards.zielvereinbarung_unterzeichnet(akte.budget, None) is None


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (date(2026, 4, 7), "liegt vor der Ausfertigung am 08.04.2026"),
        (date(2026, 4, 8), ""),
        (date(2026, 4, 15), ""),
        (date(2026, 4, 16), "liegt in der Zukunft"),
    ],
)
def test_unterschriften_zeitlich_moeglich(tag, text):
    hindernis = guards.unterschriften_zeitlich_moeglich(
        date(2026, 4, 8), [date(2026, 4, 8), tag], date(2026, 4, 15)
    )
    if text:
        assert text in hindernis.text
    else:
        assert hindernis is None


def test_laufzeit_gleich_zielvereinbarung(vorgelegt):
    budget, row = vorgelegt.budget, vorgelegt.zielvereinbarung
    assert guards.laufzeit_gleich_zielvereinbarung(budget, row) is None
    assert guards.laufzeit_gleich_zielvereinbarung(budget, None) is None
    row.gueltig_bis = date(2007, 11, 29)
    hindernis = guards.laufzeit_gleich_zielvereinbarung(budget, row)
    assert hindernis.norm == "§ 4 Abs. 3 BudgetV"


def test_keine_offene_zielvereinbarung(vorgelegt):
    assert guards.keine_offene_zielvereinbarung(None) is None
    hindernis = guards.keine_offene_zielvereinbarung(vorgelegt.zielvereinbarung)
    assert hindernis.text == "Es gibt bereits eine Zielvereinbarung."


def test_texte_folgen_den_angaben():
    assert guards.texte_folgen_den_angaben([]) is None
    offen = guards.texte_folgen_den_angaben(["Ziele", "Nachweise"])
    assert "„Ziele“, „Nachweise“" in offen.text
    assert offen.norm == "§ 20 SGB X"


@pytest.mark.parametrize(
    ("bis", "am", "text"),
    [
        (None, None, ""),
        (date(2026, 10, 31), date(2026, 10, 15), ""),
        (date(2026, 10, 31), date(2026, 10, 31), ""),
        (date(2026, 10, 31), None, "einen Tag der Auswertung"),
        (date(2026, 10, 31), date(2026, 11, 1), "nach dem Ende"),
        (date(2026, 10, 31), date(2026, 5, 1), "nicht in der Zeit"),
        (date(2027, 5, 1), date(2027, 4, 1), "nicht in der Zeit"),
    ],
)
def test_erprobung_im_zeitraum(bis, am, text):
    akte = fabriken.tell("entwurf", fabriken.B)
    row = akte.zielvereinbarung
    row.gueltig_bis, row.probe_bis, row.probe_gespraech_am = date(2027, 4, 30), bis, am
    hindernis = guards.erprobung_im_zeitraum(row)
    assert norm_of(hindernis) == ("§ 29 Abs. 4 S. 2 Nr. 3 SGB IX" if text else "")
    assert not text or text in hindernis.text


@pytest.mark.parametrize(
    ("tage", "norm"),
    [
        (fabriken.A, "§ 4 Abs. 1 Nr. 2 BudgetV"),
        (fabriken.B, "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX"),
    ],
)
def test_arbeitsvertrag_im_arbeitgebermodell(tage, norm):
    check = guards.arbeitsvertrag_im_arbeitgebermodell
    assert check(True, ["Assistenz"], tage.beginn) is None
    assert check(False, [], tage.beginn) is None
    offen = check(False, ["Assistenz", "Pflege"], tage.beginn)
    assert "Für „Assistenz“ und „Pflege“ ist ein Arbeitsvertrag nachzuweisen." in offen.text
    assert offen.norm == norm
