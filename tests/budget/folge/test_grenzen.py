"""How far back and how much: limits in time of taking back, and of what is asked back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.folge.forms.bescheid import FolgebescheidForm
from budget.folge.guards import anhoerung as anhoerungsguards
from budget.folge.guards import wirkung as guards
from budget.folge.queries import ruecknahme_laenge
from budget.folge.queries.gegenstand import gegenstaende_of
from budget.folge.services import bescheid as folge
from budget.models import Anweisung, Folgebescheid
from budget.states.folge import FOLGEARTEN
from cases.models import Schreiben, Versand
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget.folge import geschichte
from tests.fabriken import norm_of

HEUTE = date(2026, 6, 1)
BEKANNT = date(2026, 6, 5)
VERZICHT = {"anhoerung_verzicht": "5", "verzicht_grund": "Das Einkommen ist gestiegen."}


@pytest.mark.parametrize(
    ("art", "fall", "ab", "laenge"),
    [
        ("ruecknahme", "0", HEUTE, "2 Jahre"),
        ("ruecknahme", "0", date(2026, 7, 1), "2 Jahre"),
        # Fraud is a ground for a retrial: § 45 Abs. 3 S. 2 SGB X.
        ("ruecknahme", "1", HEUTE, None),
        ("ruecknahme", "2", HEUTE, "10 Jahre"),
        ("ruecknahme", "3", HEUTE, "10 Jahre"),
        # § 48 Abs. 4 S. 1 SGB X: only what reaches back to her disadvantage.
        ("aufhebung_vergangen", "1", HEUTE, None),
        ("aufhebung_vergangen", "2", HEUTE, "10 Jahre"),
        ("aufhebung_vergangen", "4", BEKANNT, "10 Jahre"),
        ("aufhebung_vergangen", "2", date(2026, 6, 6), None),
        ("aufhebung", "", HEUTE, None),
    ],
)
def test_how_long_a_grant_can_be_lifted_so(art, fall, ab, laenge):
    row = Folgebescheid(art=art, fall_des_gesetzes=fall, wirkt_ab=ab)
    assert ruecknahme_laenge(row, FOLGEARTEN[art], BEKANNT) == laenge


@pytest.mark.parametrize(
    ("fall", "bis", "wird_gezahlt", "teil", "norm"),
    [
        ("0", None, True, "", ""),
        ("0", BEKANNT, True, "", ""),
        ("0", date(2026, 6, 4), True, "Zwei Jahre", "§ 45 Abs. 3 S. 1 SGB X"),
        ("2", date(2026, 6, 4), False, "Zehn Jahre", "§ 45 Abs. 3 SGB X"),
        # § 45 Abs. 3 S. 4 SGB X
        ("2", date(2026, 6, 4), True, "", ""),
    ],
)
def test_ruecknahmefrist_gewahrt(fall, bis, wird_gezahlt, teil, norm):
    row = Folgebescheid(art="ruecknahme", fall_des_gesetzes=fall)
    found = guards.ruecknahmefrist_gewahrt(row, bis, fruehestens=BEKANNT, wird_gezahlt=wird_gezahlt)
    assert norm_of(found) == norm
    assert teil in (found.text if found else "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bekannt", "offen"), [(date(2023, 3, 6), False), (date(2024, 6, 5), True)]
)
def test_a_rucknahme_for_the_time_to_come_is_possible_for_two_years(bekannt, offen):
    akte = geschichte.running()
    Versand.objects.filter(schreiben=akte.bescheid.schreiben).update(bekanntgabe=bekannt)
    row = geschichte.draft(
        akte,
        "ruecknahme",
        akte.budget,
        wirkt_ab=date(2026, 7, 1),
        fall_des_gesetzes="0",
        **VERZICHT,
    )
    if offen:
        row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=HEUTE)
        assert row.state == "vorgelegt"
        return
    with pytest.raises(SchrittUnzulaessig, match=r"seit dem 06\.03\.2025") as grund:
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=HEUTE)
    assert grund.value.norm == "§ 45 Abs. 3 S. 1 SGB X"


@pytest.mark.parametrize(
    ("art", "betrag", "gezahlt", "verlangt", "teil"),
    [
        ("aufhebung", None, "0", "0", ""),
        ("erstattung", "100.00", "100.00", "0", ""),
        ("erstattung", "100.01", "100.00", "0", "Mehr als 100,00"),
        ("erstattung", "60.00", "100.00", "50.00", "davon sind 50,00"),
        ("erstattung", "50.00", "100.00", "50.00", ""),
    ],
)
def test_erstattung_hoechstens(art, betrag, gezahlt, verlangt, teil):
    row = Folgebescheid(art=art, betrag=Decimal(betrag) if betrag else None)
    found = guards.erstattung_hoechstens(row, Decimal(gezahlt), Decimal(verlangt))
    assert norm_of(found) == ("§ 50 Abs. 1 S. 1 SGB X" if teil else "")
    assert teil in (found.text.replace("\xa0", " ") if found else "")


def ordered(akte, monat: date, betrag: str) -> None:
    """Let the Kasse have ordered a month."""
    Anweisung.objects.create(
        persoenliches_budget=akte.budget,
        monat=monat,
        faellig=monat,
        betrag=Decimal(betrag),
        angewiesen_am=monat,
        angewiesen_von=akte.leitung,
    )


def claim(akte, betrag: str) -> Folgebescheid:
    """Draft an Erstattung for June and July."""
    return geschichte.draft(
        akte,
        "erstattung",
        akte.budget,
        betrag=Decimal(betrag),
        zeitraum_von=date(2026, 6, 1),
        zeitraum_bis=date(2026, 7, 31),
        **VERZICHT,
    )


def lifted(akte) -> Folgebescheid:
    """Return a released Aufhebung from 01.06., not posted yet."""
    row = geschichte.draft(
        akte,
        "aufhebung_vergangen",
        akte.budget,
        wirkt_ab=date(2026, 6, 1),
        fall_des_gesetzes="2",
        kenntnis_am=date(2026, 6, 1),
        **VERZICHT,
    )
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=date(2026, 8, 3))
    return folge.release_folgebescheid(row=row, by=akte.leitung, tag=date(2026, 8, 3))


@pytest.mark.django_db
def test_asked_back_is_what_was_ordered_and_not_before_the_grant_is_lifted():
    # § 50 Abs. 1, 3 SGB X
    akte, tag = geschichte.running(), date(2026, 8, 3)
    ordered(akte, date(2026, 5, 1), "900.00")
    ordered(akte, date(2026, 6, 1), "700.00")
    ordered(akte, date(2026, 7, 1), "300.00")
    aufhebung = lifted(akte)
    row = claim(akte, "1000.01")
    with pytest.raises(SchrittUnzulaessig, match=r"1\.000,00"):
        folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=tag)
    row = folge.update_folgebescheid(
        row=row, by=akte.fallmanager, tag=tag, angaben={"betrag": Decimal("1000.00")}
    )
    row = folge.submit_folgebescheid(row=row, by=akte.fallmanager, tag=tag)
    row = folge.release_folgebescheid(row=row, by=akte.leitung, tag=tag)
    werte = {"weg": "post", "by": akte.fallmanager, "tag": tag}
    with pytest.raises(SchrittUnzulaessig, match="noch nicht auf dem Weg"):
        send(schreiben=row.schreiben, **werte)
    send(schreiben=aufhebung.schreiben, **werte)
    versand = send(schreiben=row.schreiben, **werte)
    record_aufgabe(versand=versand, aufgabe_am=tag, by=akte.fallmanager, tag=tag)
    # The same money is not asked back twice.
    zweite = claim(akte, "0.01")
    with pytest.raises(SchrittUnzulaessig, match="schon zurückgefordert"):
        folge.submit_folgebescheid(row=zweite, by=akte.fallmanager, tag=tag)


@pytest.mark.django_db
def test_money_can_be_asked_back_of_every_grant():
    akte = geschichte.running()
    assert gegenstaende_of(akte.case, FOLGEARTEN["erstattung"]) == [akte.budget]


@pytest.mark.parametrize(
    ("art", "felder", "teil"),
    [
        ("aufhebung", {}, "erste Tag der Wirkung"),
        ("aufhebung", {"wirkt_ab": HEUTE}, "Anspruch auf die Leistungen"),
        ("aufhebung", {"wirkt_ab": HEUTE, "anspruch": "bleibt"}, ""),
        ("ruecknahme", {"wirkt_ab": HEUTE}, "Fall des Gesetzes"),
        ("erstattung", {"betrag": Decimal("1.00")}, "Betrag und Zeitraum"),
        ("ablehnung", {}, ""),
    ],
)
def test_absicht_bestimmt(art, felder, teil):
    found = anhoerungsguards.absicht_bestimmt(Folgebescheid(art=art, **felder), FOLGEARTEN[art])
    assert norm_of(found) == ("§ 24 Abs. 1 SGB X" if teil else "")
    assert teil in (found.text if found else "")


@pytest.mark.parametrize(
    ("geschrieben", "jetzt", "offen"),
    [(False, HEUTE, True), (True, BEKANNT, True), (True, HEUTE, False), (True, None, False)],
)
def test_anhoerungsfrist_zugesagt(geschrieben, jetzt, offen):
    row = Folgebescheid(anhoerung_bis=jetzt)
    row.anhoerung_schreiben = Schreiben(pk=1) if geschrieben else None
    found = anhoerungsguards.anhoerungsfrist_zugesagt(row, BEKANNT)
    assert norm_of(found) == ("" if offen else "§ 26 Abs. 7 SGB X")


@pytest.mark.parametrize(
    ("bis", "teil"),
    [
        (None, ""),
        (date(2026, 6, 5), "bekannt gegeben wäre der Bescheid erst am 05.06.2026"),
        (date(2026, 6, 6), ""),
    ],
)
def test_zahlungsziel_erreichbar(bis, teil):
    # § 39 Abs. 1 SGB X
    grund = guards.zahlungsziel_erreichbar(
        Folgebescheid(art="erstattung", zahlung_bis=bis), date(2026, 6, 5)
    )
    assert (grund.text if grund else "").find(teil) >= 0
    assert bool(grund) == bool(teil)
    form = FolgebescheidForm(
        {"zahlung_bis": f"{bis:%d.%m.%Y}" if bis else ""},
        zeile=FOLGEARTEN["erstattung"],
        heute=HEUTE,
        bekannt=date(2026, 6, 5),
    )
    assert ("frühestens am 05.06.2026" in str(form.errors.get("zahlung_bis", ""))) == bool(teil)
