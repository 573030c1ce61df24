"""Each precondition of review and proof, with its norm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budget.models import Budgetueberpruefung, PersoenlichesBudget, Verwendungsnachweis
from budget.states.ueberpruefung import PROTOKOLL
from budget.ueberpruefung import guards
from cases.models import Case
from tests.fabriken import norm_of

BEGINN, ENDE, HEUTE = date(2026, 5, 1), date(2027, 4, 30), date(2026, 11, 5)
ALT = date(2010, 5, 1)
PRUEFNORM, NACHWEISNORM = "§ 29 Abs. 4 S. 2 Nr. 3 SGB IX", "§ 29 Abs. 4 S. 2 Nr. 2 SGB IX"


def budget(beginn: date = BEGINN) -> PersoenlichesBudget:
    return PersoenlichesBudget(case=Case(pk=1), beginn=beginn, ende=ENDE)


def review(**felder) -> Budgetueberpruefung:
    werte = {name: "gut" for name, _ in PROTOKOLL} | {"gespraech_am": HEUTE} | felder
    return Budgetueberpruefung(pk=1, persoenliches_budget=budget(), **werte)


def proof(**felder) -> Verwendungsnachweis:
    werte = {
        "von": BEGINN,
        "verlangt_am": date(2026, 11, 1),
        "faellig_am": date(2026, 11, 30),
        "zu_belegen": Decimal(600),
    }
    return Verwendungsnachweis(persoenliches_budget=budget(), **werte | felder)


def test_leistung_hat_begonnen():
    assert guards.leistung_hat_begonnen(budget(), BEGINN) is None
    assert guards.leistung_hat_begonnen(budget(), date(2026, 4, 30)).norm == PRUEFNORM
    alt = guards.leistung_hat_begonnen(budget(ALT), date(2010, 4, 30))
    assert alt.norm == "KVJS-Leitfaden 2010 Nr. 3.6"


def test_keine_offene_budgetpruefung():
    assert guards.keine_offene_budgetpruefung(budget(), None) is None
    assert guards.keine_offene_budgetpruefung(budget(), review()).url


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (None, "nicht festgehalten"),
        (date(2026, 11, 6), "Zukunft"),
        (date(2026, 4, 30), "vor dem Beginn"),
        (BEGINN, ""),
    ],
)
def test_budgetgespraech_gefuehrt(tag, text):
    found = guards.budgetgespraech_gefuehrt(review(gespraech_am=tag), HEUTE)
    assert norm_of(found) == (PRUEFNORM if text else "")
    assert text in getattr(found, "text", "")


@pytest.mark.parametrize(("name", "titel"), PROTOKOLL)
def test_protokoll_vollstaendig(name, titel):
    assert guards.protokoll_vollstaendig(review()) is None
    assert titel in guards.protokoll_vollstaendig(review(**{name: " "})).text


def test_zeitraum_im_budget():
    assert guards.zeitraum_im_budget(budget(), BEGINN, ENDE, HEUTE, ENDE) is None
    assert guards.zeitraum_im_budget(budget(), BEGINN, date(2030, 1, 1), HEUTE, None) is None
    frueher = guards.zeitraum_im_budget(budget(), BEGINN, HEUTE, HEUTE, date(2026, 7, 31))
    assert "31.07.2026" in frueher.text
    for von, bis in (
        (date(2026, 4, 30), HEUTE),
        (BEGINN, date(2027, 5, 1)),
        (HEUTE, BEGINN),
        (date(2026, 11, 6), date(2026, 11, 30)),
    ):
        assert guards.zeitraum_im_budget(budget(), von, bis, HEUTE, ENDE).norm == NACHWEISNORM


def test_vorlage_nach_zeitraum():
    bis = date(2026, 10, 31)
    assert guards.vorlage_nach_zeitraum(budget(), bis, HEUTE, HEUTE) is None
    frueh = guards.vorlage_nach_zeitraum(budget(), bis, date(2026, 10, 30), HEUTE)
    assert "vor dem Ende" in frueh.text
    spaet = guards.vorlage_nach_zeitraum(budget(), bis, date(2026, 11, 4), HEUTE)
    assert "ist vorbei" in spaet.text


def test_etwas_nachzuweisen():
    assert guards.etwas_nachzuweisen(budget(), Decimal("0.01")) is None
    assert guards.etwas_nachzuweisen(budget(), Decimal(0)).norm == NACHWEISNORM


def test_eingang_moeglich():
    assert guards.eingang_moeglich(proof(), HEUTE, HEUTE) is None
    # Before it was asked for, but not before there was anything to prove.
    assert guards.eingang_moeglich(proof(), date(2026, 10, 20), HEUTE) is None
    for tag in (date(2026, 4, 30), date(2026, 11, 6)):
        assert guards.eingang_moeglich(proof(), tag, HEUTE).norm == NACHWEISNORM


@pytest.mark.parametrize(
    ("betraege", "geht_auf"),
    [
        (("600", "0", "0"), True),
        (("500.50", "99.49", "0.01"), True),
        (("600.01", "0", "0"), False),
        (("700", "-100", "0"), False),
    ],
)
def test_nachweis_geht_auf(betraege, geht_auf):
    norm = norm_of(guards.nachweis_geht_auf(proof(), *map(Decimal, betraege)))
    assert norm == ("" if geht_auf else NACHWEISNORM)


def test_nachweis_ueberfaellig():
    assert guards.nachweis_ueberfaellig(proof(), date(2026, 12, 1)) is None
    assert "30.11.2026" in guards.nachweis_ueberfaellig(proof(), date(2026, 11, 30)).text
    da = proof(eingegangen_am=HEUTE)
    assert "schon eingegangen" in guards.nachweis_ueberfaellig(da, date(2026, 12, 1)).text
