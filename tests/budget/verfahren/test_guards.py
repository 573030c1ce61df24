"""When a budget may begin, change and end, at the edges."""

from __future__ import annotations

from datetime import date

import pytest

from budget.bemessung.services.teilbudget import finish_bemessung
from budget.models import Folgebescheid, PersoenlichesBudget
from budget.verfahren import guards
from budget.verfahren.queries import get_budget
from cases.models import Weiterleitung
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Gesamtplan
from tests.budget import fabriken
from tests.fabriken import make_fall, make_traeger, norm_of

pytestmark = pytest.mark.django_db


def test_gesamtplan_freigegeben(akte):
    entwurf = Gesamtplan(state="entwurf")
    assert guards.gesamtplan_freigegeben(akte.plan, akte.tage.beginn) is None
    assert guards.gesamtplan_freigegeben(entwurf, date(2005, 12, 1)).norm == "§ 58 SGB XII"
    hindernis = guards.gesamtplan_freigegeben(entwurf, date(2026, 1, 1))
    assert hindernis.norm == "§ 120 Abs. 2 SGB IX, § 121 SGB IX"
    # Part 2 of SGB IX came into force in 2020.
    hindernis = guards.gesamtplan_freigegeben(entwurf, date(2019, 12, 31))
    assert hindernis.norm == "§ 143a Abs. 2 SGB XII, § 144 SGB XII"


@pytest.mark.parametrize(
    ("beginn", "offen"), [(date(2005, 9, 11), False), (date(2005, 9, 12), True)]
)
def test_beginn_nicht_vor_antragsmonat(akte, beginn, offen):
    antrag = akte.case.antraege.get()
    norm = "" if offen else "§ 18 SGB XII"
    assert norm_of(guards.beginn_nicht_vor_antragsmonat(antrag, beginn)) == norm
    assert guards.beginn_nicht_vor_antragsmonat(None, beginn).text.startswith("Für diesen Fall")


def test_antrag_im_fall(akte):
    antrag = akte.case.antraege.get()
    assert guards.antrag_im_fall(antrag, akte.case) is None
    fremd = make_fall(akte.fallmanager, eingang=akte.tage.eingang)
    assert "zu einem anderen Fall" in guards.antrag_im_fall(antrag, fremd).text
    rente = make_traeger("rentenversicherung", "Rentenversicherung")
    Weiterleitung.objects.create(antrag=antrag, an=rente, am=akte.tage.eingang, grund="Reha")
    # The Antrag is of 2005: until 2017 the forwarded application stood in S. 3.
    assert guards.antrag_im_fall(antrag, akte.case).norm == "§ 14 Abs. 2 S. 3 SGB IX a.F."
    antrag.eingang = date(2018, 1, 1)
    assert guards.antrag_im_fall(antrag, akte.case).norm == "§ 14 Abs. 2 S. 4 SGB IX"


def test_befristung_begruendet():
    ende = date(2027, 1, 31)
    assert guards.befristung_begruendet(None, "") is None
    assert guards.befristung_begruendet(ende, "Umzug im Januar") is None
    assert guards.befristung_begruendet(ende, "  ").norm.endswith("B 8 SO 9/19 R")


@pytest.mark.parametrize(
    ("beginn", "ende", "warnt"),
    [
        (date(2005, 12, 1), date(2007, 11, 30), False),
        (date(2005, 12, 1), date(2007, 12, 1), True),
        (date(2005, 12, 1), None, False),
        (date(2026, 5, 1), date(2029, 4, 30), False),
    ],
)
def test_zeitraum_hoechstens_zwei_jahre(beginn, ende, warnt):
    norm = "KVJS-Leitfaden 2010 Nr. 3.5" if warnt else ""
    assert norm_of(guards.zeitraum_hoechstens_zwei_jahre(beginn, ende)) == norm


def test_anschrift_vollstaendig(akte):
    person = akte.case.leistungsberechtigte_person
    assert guards.anschrift_vollstaendig(person, date(2005, 11, 1)) is None
    assert guards.anschrift_vollstaendig(person, date(1999, 12, 31)).norm == "§ 37 Abs. 1 SGB X"
    person.anschriften.update(ort=" ")
    person = type(person).objects.get(pk=person.pk)
    assert guards.anschrift_vollstaendig(person, date(2005, 11, 1)).norm == "§ 37 Abs. 1 SGB X"


@pytest.mark.parametrize(("tag", "offen"), [(date(2007, 11, 30), False), (date(2007, 12, 1), True)])
def test_bewilligungszeitraum_abgelaufen(akte, tag, offen):
    budget = fabriken.start(akte)
    norm = norm_of(guards.bewilligungszeitraum_abgelaufen(budget, tag))
    assert norm == ("" if offen else "§ 39 Abs. 2 SGB X")
    budget.ende = None
    assert "bis auf Weiteres" in guards.bewilligungszeitraum_abgelaufen(budget, tag).text


def test_gesamtplan_vorhanden(akte):
    heute = date(2026, 1, 1)
    assert guards.gesamtplan_vorhanden(akte.plan, heute) is None
    assert guards.gesamtplan_vorhanden(None, heute).norm == "§ 120 Abs. 2 SGB IX"
    assert guards.gesamtplan_vorhanden(None, date(2010, 1, 1)).norm == "§ 58 SGB XII"
    assert guards.gesamtplan_vorhanden(None, date(2019, 1, 1)).norm == "§ 143a Abs. 2 SGB XII"


def test_kein_offenes_budget(akte):
    assert guards.kein_offenes_budget(None) is None
    budget = fabriken.start(akte)
    assert "schon ein Persönliches Budget" in guards.kein_offenes_budget(budget).text
    budget.state = "beendet"
    assert guards.kein_offenes_budget(budget) is None


def test_konferenz_oder_absprachen():
    akte = fabriken.make_akte(fabriken.B)
    fabriken.bemiss(akte)
    PersoenlichesBudget.objects.update(absprachen="")
    budget = get_budget(akte.case)
    assert guards.konferenz_oder_absprachen(budget, gehalten=lambda: True) is None
    fehlt = guards.konferenz_oder_absprachen(budget, gehalten=lambda: False)
    assert (fehlt.norm, "Absprachen" in fehlt.text) == ("§ 29 Abs. 3 S. 1 SGB IX", True)
    budget.absprachen = "Am 08.04. mit allen besprochen."
    assert guards.konferenz_oder_absprachen(budget, gehalten=lambda: False) is None
    budget.verfahrensart = "ausfuehrlich"
    fehlt = guards.konferenz_oder_absprachen(budget, gehalten=lambda: False)
    assert "Niederschrift" in fehlt.text
    with pytest.raises(SchrittUnzulaessig, match="Budgetkonferenz"):
        finish_bemessung(budget=akte.budget, by=akte.fallmanager, tag=akte.tage.ausgefertigt)


def test_antrag_nicht_abgelehnt():
    assert guards.antrag_nicht_abgelehnt(None) is None
    hindernis = guards.antrag_nicht_abgelehnt(Folgebescheid(datum=date(2026, 6, 12)))
    assert "12.06.2026" in hindernis.text
    assert hindernis.norm == "§ 39 Abs. 2 SGB X"
