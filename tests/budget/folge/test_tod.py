"""After a death: what was paid for later months is asked back from the heirs, nothing else is.

§ 59 S. 1 SGB I, § 39 Abs. 2 SGB X, § 50 Abs. 2 S. 1 SGB X.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from budget.folge.queries import norm_of
from budget.folge.schreiben.daten import folge_daten, verspaetung
from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.models.zahlung import Zahlungswunsch
from budget.zahlung.queries import list_zahlungen, month_of, orders_of
from budget.zahlung.services import record_anweisungen
from cases.fall.services.tod import record_death
from cases.schreiben.satz.brief import render_html
from cases.schreiben.services.schreiben import empfaenger_of
from tests.budget.folge import geschichte
from tests.cases.fall.test_tod import heir
from tests.fabriken import make_user

pytestmark = pytest.mark.django_db
TOD, JULI, AUGUST = date(2026, 6, 20), date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def akte():
    """Return a grant that was paid for July and August before the death of June was known."""
    akte = geschichte.running()
    kasse = make_user("kasse", "Kasse")
    for monat in (JULI, AUGUST):
        wunsch = Zahlungswunsch(akte.budget.pk, monat, Decimal("1793.00"))
        record_anweisungen(wuensche=[wunsch], by=kasse, tag=monat)
    record_death(
        case=akte.case,
        am=TOD,
        quelle="sterbeurkunde",
        by=akte.fallmanager,
        tag=date(2026, 8, 10),
    )
    akte.case.refresh_from_db()
    heir(akte.case.leistungsberechtigte_person, gueltig_ab=TOD)
    return geschichte.refresh(akte)


def _erstattung(akte, von: date):
    return geschichte.draft(
        akte,
        "erstattung",
        akte.budget,
        betrag=Decimal("3586.00"),
        zeitraum_von=von,
        zeitraum_bis=date(2026, 8, 31),
        zahlung_bis=date(2026, 10, 30),
        anhoerung_bis=date(2026, 9, 15),
    )


def _closed(akte, row) -> list[str]:
    lage = Folgelage(akte.fallmanager, date(2026, 8, 12), row)
    return [h.norm for h in FOLGESCHRITTE.hindernisse(lage, "vorlegen")]


def test_the_month_of_the_death_is_paid_and_what_came_after_is_shown(akte):
    kasse = make_user("zweite", "Kasse")
    liste = month_of(list_zahlungen(kasse, AUGUST), AUGUST, AUGUST, orders_of(kasse, AUGUST))
    assert not liste.posten
    assert [r.anweisung.monat for r in liste.entfallen] == [JULI, AUGUST]


def test_it_is_asked_back_from_the_heirs_without_a_decision_that_lifts(akte):
    row = _erstattung(akte, JULI)
    assert norm_of(row) == "§ 50 Abs. 2 S. 1 SGB X"
    assert _closed(akte, row) == ["§ 24 Abs. 1 SGB X"]
    an = empfaenger_of(akte.case, date(2026, 8, 12))
    assert an[0] == "Eva Erbin"
    daten = folge_daten(row=row, datum=date(2026, 8, 12), empfaenger=an)
    html = render_html(art="folgebescheid", titel="Erstattung", daten=daten)
    brief = " ".join(strip_tags(html).replace("\u00a0", " ").replace("\u2060", "").split())
    assert "(§ 50 Abs. 2 S. 1 SGB X)" in brief
    assert "endete mit dem Monat des Todes" in brief
    row.anhoerung_verzicht, row.verzicht_grund = "1", "x"
    row.save()
    row = geschichte.folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 8, 12))
    row = geschichte.folge.release_folgebescheid(row=row, by=akte.leitung, tag=date(2026, 8, 12))
    assert verspaetung(row.schreiben, date(2026, 8, 12)) is None


def test_for_the_month_of_the_death_the_grant_holds_and_has_to_be_lifted(akte):
    row = _erstattung(akte, date(2026, 6, 25))
    assert norm_of(row) == "§ 50 Abs. 1 SGB X"
    assert "§ 50 Abs. 1 S. 1 SGB X" in _closed(akte, row)
